"""Procedural, seamless material patterns from band-limited periodic noise.

Image rows run from high v to low v, columns along u, which is the direction of the grain. A seed gives the
same pattern at every resolution.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["PATTERNS", "Canvas", "Pattern", "Relief"]

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Relief:
    """A tileable square patch of a surface."""

    colour: Floats
    """Factor on the base colour, sRGB, 0..1, shape [n, n] or [n, n, 3]."""
    height: Floats
    """Height above the mean surface [m], shape [n, n]."""
    roughness: Floats
    """Factor on the roughness, 0..1, shape [n, n]."""
    metallic: Floats | None = None
    """Factor on the metalness, 0..1, shape [n, n]; None for 1 everywhere."""


@dataclass(frozen=True)
class Pattern:
    """A random distribution of reliefs of one kind of surface."""

    size: float
    """Side of the tileable patch [m]."""
    draw: Callable[[Canvas], Relief]
    """Function that draws a relief on a canvas."""


class Canvas:
    """Sampling grid and source of tileable noise.

    Args:
        rng: Random generator.
        pixels: Side of the grid, n [px].
    """

    def __init__(self, rng: np.random.Generator, pixels: int) -> None:
        self.rng, self.pixels = rng, pixels
        line = (np.arange(pixels) + 0.5) / pixels
        self.u, self.v = np.meshgrid(line, line[::-1])

    def noise(self, low: float, high: int, slope: float = 1.0, stretch: float = 1.0) -> Floats:
        """Return tileable noise of mean 0 and standard deviation 1, shape [n, n].

        Args:
            low: Lowest frequency [cycles per patch].
            high: Highest frequency [cycles per patch].
            slope: Exponent by which amplitude falls with frequency; 0 gives white noise.
            stretch: Ratio of feature lengths along u and along v.
        """
        count = 2 * high + 1
        random = self.rng.normal(size=(count, count)) + 1j * self.rng.normal(size=(count, count))
        k = np.arange(-high, high + 1)
        waves = np.hypot(k[None, :] * stretch, k[:, None])
        within = (waves >= low) & (waves <= high)
        random *= np.where(within, np.maximum(waves, 1.0) ** -slope, 0.0)
        inside = np.abs(k) <= (self.pixels - 1) // 2
        spectrum = np.zeros((self.pixels, self.pixels), dtype=complex)
        spectrum[np.ix_(k[inside], k[inside])] = random[np.ix_(inside, inside)]
        field: Floats = np.fft.ifft2(spectrum).real
        found: Floats = field / max(float(field.std()), 1e-12)
        return found

    def cells(
        self, columns: int, rows: int, shift: float = 0.0
    ) -> tuple[npt.NDArray[np.int64], Floats, Floats]:
        """Divide the patch into rectangular cells such as bricks or tiles.

        Args:
            columns: Number of cells along u.
            rows: Number of cells along v.
            shift: Offset of each row from the row below, as a fraction of a cell.

        Returns:
            Index of the cell at each pixel, and distances of the pixel to the nearest joint along u and along
            v as fractions of the patch, each of shape [n, n].
        """
        row = np.floor(self.v * rows).astype(np.int64) % rows
        along = self.u * columns + row * shift
        column = np.floor(along).astype(np.int64) % columns
        across = self.v * rows
        gap_u = np.minimum(along % 1, 1 - along % 1) / columns
        gap_v = np.minimum(across % 1, 1 - across % 1) / rows
        return row * columns + column, gap_u, gap_v

    def per_cell(self, cells: npt.NDArray[np.int64], low: float, high: float) -> Floats:
        """Return an image with one uniformly distributed value per cell, shape [n, n].

        Args:
            cells: Index of the cell at each pixel, shape [n, n].
            low: Lower bound of the values.
            high: Upper bound of the values.
        """
        values: Floats = self.rng.uniform(low, high, int(cells.max()) + 1)[cells]
        return values


def _smooth(value: Floats, low: float, high: float) -> Floats:
    """Return the smoothstep from 0 at `low` to 1 at `high`."""
    t = np.clip((value - low) / (high - low), 0, 1)
    found: Floats = t * t * (3 - 2 * t)
    return found


def _tinted(shade: Floats, dark: tuple[float, float, float]) -> Floats:
    """Return the blend from `dark` at shade 0 to white at shade 1, shape [n, n, 3]."""
    low = np.array(dark)
    found: Floats = low + np.clip(shade, 0, 1)[..., None] * (1 - low)
    return found


_WOOD_DARK = (0.62, 0.52, 0.42)


def _grain(c: Canvas, rings: int, wander: float = 1.0) -> tuple[Floats, Floats]:
    """Return the lightness of flat-sawn wood and the mask of its pores, both 0..1 and of shape [n, n]."""
    bend = wander * (c.noise(1, 4, 1.6, 2.5) * 1.1 + 0.16 * c.noise(3, 24, 1.0, 5))
    age = (c.v * rings + bend) % 1
    ring = np.minimum(age / 0.82, (1 - age) / 0.18)
    fibre = c.noise(10, 110, 0.25, 14)
    pores = _smooth(c.noise(24, 120, 0.0, 18), 1.5, 2.6)
    light = 0.80 - 0.24 * ring**2 + 0.075 * fibre + 0.06 * c.noise(1, 5, 1.0, 3) - 0.30 * pores
    return light, pores


def _wood(c: Canvas) -> Relief:
    light, pores = _grain(c, int(c.rng.integers(12, 20)))
    height = 2e-5 * c.noise(10, 100, 0.3, 14) - 8e-5 * pores
    return Relief(_tinted(light, _WOOD_DARK), height, np.clip(0.86 - 0.14 * light + 0.2 * pores, 0, 1))


def _boards(c: Canvas, columns: int, rows: int, shift: float, joint_m: float, size: float) -> Relief:
    cell, gap_u, gap_v = c.cells(columns, rows, shift)
    light, pores = _grain(c, 4 * rows, 1.4)
    joint = 1 - _smooth(np.minimum(gap_u, gap_v) * size, 0.4 * joint_m, joint_m)
    shade = np.clip(light + c.per_cell(cell, -0.20, 0.12), 0, 1) * (1 - 0.75 * joint)
    height = -8e-4 * joint - 1e-4 * pores + c.per_cell(cell, -1, 1) * 1e-4
    return Relief(
        _tinted(shade, (0.55, 0.46, 0.38)), height, np.clip(0.74 + 0.16 * pores + 0.26 * joint, 0, 1)
    )


def _planks(c: Canvas) -> Relief:
    return _boards(c, 1, 8, 0.381966, 0.003, 1.2)


def _panelling(c: Canvas) -> Relief:
    cell, _, gap = c.cells(1, 8)
    groove = 1 - _smooth(gap * 0.96, 0.002, 0.008)
    shade = 0.97 - 0.30 * groove + c.per_cell(cell, -0.015, 0.01) + 0.008 * c.noise(6, 60, 0.5, 10)
    return Relief(shade, -3e-3 * groove, np.clip(0.8 + 0.2 * groove, 0, 1))


def _parquet(c: Canvas) -> Relief:
    """Return basket-weave parquet: blocks of five staves in alternating direction."""
    blocks, staves = 4, 5
    i, j = np.floor(c.u * blocks).astype(np.int64), np.floor(c.v * blocks).astype(np.int64)
    turned = (i + j) % 2 == 1
    along, across = np.where(turned, c.v, c.u) * blocks, np.where(turned, c.u, c.v) * blocks
    stave = np.floor(across % 1 * staves).astype(np.int64) % staves
    cell = ((i % blocks) * blocks + j % blocks) * staves + stave
    light, pores = _grain(c, 20)
    light = np.where(turned, light.T[::-1, ::-1], light)
    edge = np.minimum(
        np.minimum(along % 1, 1 - along % 1),
        np.minimum(across * staves % 1, 1 - across * staves % 1) / staves,
    )
    joint = 1 - _smooth(edge, 0.001, 0.009)
    shade = np.clip(light + c.per_cell(cell, -0.22, 0.12), 0, 1) * (1 - 0.5 * joint)
    return Relief(
        _tinted(shade, (0.55, 0.46, 0.38)), -5e-4 * joint - 1e-4 * pores, np.clip(0.7 + 0.3 * joint, 0, 1)
    )


def _tiled(
    c: Canvas, columns: int, rows: int, shift: float, joint_m: float, size: float, spread: float
) -> Relief:
    cell, gap_u, gap_v = c.cells(columns, rows, shift)
    edge = np.minimum(gap_u, gap_v) * size
    joint = 1 - _smooth(edge, 0.45 * joint_m, 0.8 * joint_m)
    body = (
        0.965
        + c.per_cell(cell, -spread, spread / 2)
        + 0.012 * c.noise(2, 12, 0.8)
        + 0.006 * c.noise(30, 100, 0.0)
    )
    shade = np.where(joint > 0.5, 0.74 + 0.03 * c.noise(20, 90, 0.2), body)
    height = -8e-4 * joint + 6e-4 * _smooth(edge, 0.0, 3 * joint_m) + 2e-5 * c.noise(2, 9, 0.6)
    return Relief(shade, height, np.where(joint > 0.5, 1.0, 0.42 + 0.03 * c.noise(3, 20, 0.5)))


def _tiles(c: Canvas) -> Relief:
    return _tiled(c, 3, 3, 0.0, 0.004, 1.2, 0.03)


def _wall_tiles(c: Canvas) -> Relief:
    return _tiled(c, 4, 8, 0.5, 0.003, 0.6, 0.025)


def _mosaic(c: Canvas) -> Relief:
    return _tiled(c, 12, 12, 0.0, 0.003, 0.6, 0.08)


def _brick(c: Canvas) -> Relief:
    cell, gap_u, gap_v = c.cells(4, 16, 0.5)
    rough = c.noise(12, 90, 0.6)
    edge = np.minimum(gap_u, gap_v) * 1.0 + 0.0012 * c.noise(8, 40, 0.4)
    joint = 1 - _smooth(edge, 0.003, 0.007)
    body = 0.86 + c.per_cell(cell, -0.22, 0.12) + 0.04 * rough
    fired = np.array([0.80, 0.47, 0.37]) * body[..., None]
    mortar = np.ones(3) * (0.95 + 0.03 * rough)[..., None]
    shade = fired * (1 - joint[..., None]) + mortar * joint[..., None]
    return Relief(shade, -4e-3 * joint + 5e-4 * rough, np.full_like(rough, 0.97))


def _concrete(c: Canvas) -> Relief:
    cloud, sand = c.noise(1, 10, 1.0), c.noise(30, 120, 0.2)
    holes = _smooth(c.noise(20, 70, 0.0), 2.7, 3.2)
    shade = 0.91 + 0.022 * cloud + 0.018 * sand - 0.25 * holes
    return Relief(shade, 1e-4 * sand - 1.5e-3 * holes, np.clip(0.86 + 0.05 * cloud + 0.1 * holes, 0, 1))


def _terrazzo(c: Canvas) -> Relief:
    shade = np.full_like(c.u, 0.97)
    for low, high, tone in ((18, 26, 0.72), (16, 24, 0.85), (22, 34, 0.55)):
        shade = np.where(c.noise(low, high, 0.0) > 1.75, tone, shade)
    return Relief(shade, 1e-5 * c.noise(4, 40, 0.5), np.full_like(shade, 0.7))


def _stone(c: Canvas) -> Relief:
    """Return marble, with veins at the zeros of a warped sine wave (Perlin 1985)."""
    warp = c.noise(1, 40, 1.7)
    wave = np.abs(np.sin(np.pi * (c.u + 2 * c.v) + 1.5 * warp))
    veins = np.exp(-((wave / 0.07) ** 2)) * (0.35 + 0.65 * _smooth(c.noise(1, 4), -0.8, 0.8)) + 0.3 * np.exp(
        -wave / 0.2
    )
    fine = np.exp(-((c.noise(1, 40, 1.7) / 0.05) ** 2)) * _smooth(c.noise(1, 5), 0.0, 1.5)
    shade = 0.96 + 0.014 * c.noise(1, 8, 1.0) - 0.24 * veins - 0.12 * fine
    return Relief(shade, 1e-5 * c.noise(4, 40, 0.5), np.clip(0.72 + 0.1 * veins, 0, 1))


def _granite(c: Canvas) -> Relief:
    grains = c.noise(28, 120, 0.3)
    shade = 0.80 + 0.07 * grains + 0.03 * c.noise(2, 12, 0.8)
    shade = np.where(c.noise(24, 90, 0.0) > 1.6, 0.45, shade)
    return Relief(shade, 1e-5 * grains, np.clip(0.66 + 0.05 * grains, 0, 1))


def _weave(c: Canvas) -> Relief:
    """Return plain-woven fabric with threads of uneven thickness."""
    threads = 64
    warp, weft = np.sin(np.pi * threads * c.u) ** 2, np.sin(np.pi * threads * c.v) ** 2
    over = (np.floor(c.u * threads) + np.floor(c.v * threads)) % 2 == 0
    top = np.where(over, warp, weft)
    slub = 0.03 * c.noise(6, 90, 0.3, 12) + 0.03 * c.noise(6, 90, 0.3, 12).T
    return Relief(0.86 + 0.09 * top + slub + 0.015 * c.noise(1, 6), 2.5e-4 * top, np.full_like(top, 0.97))


def _carpet(c: Canvas) -> Relief:
    pile = c.noise(30, 120, 0.0)
    shade = 0.86 + 0.055 * pile + 0.008 * c.noise(2, 9, 0.8)
    return Relief(shade, 9e-4 * pile, np.full_like(pile, 1.0))


def _leather(c: Canvas) -> Relief:
    folds = np.exp(-((c.noise(16, 44, 0.3) / 0.30) ** 2))
    worn = c.noise(1, 7, 0.8)
    return Relief(
        0.93 - 0.13 * folds + 0.02 * worn, -1.2e-4 * folds, np.clip(0.85 + 0.1 * folds - 0.07 * worn, 0, 1)
    )


def _brushed(c: Canvas) -> Relief:
    streaks = c.noise(8, 120, 0.1, 60)
    return Relief(0.94 + 0.022 * streaks, 6e-6 * streaks, np.clip(0.88 + 0.06 * streaks, 0, 1))


def _worn(c: Canvas) -> Relief:
    """Return blackened iron with spots of rust."""
    spots = _smooth(c.noise(4, 60, 0.9), 1.7, 2.6)
    share = 0.6 * spots[..., None]
    shade = (0.86 - 0.03 * c.noise(2, 40, 0.6))[..., None] * (1 - share)
    colour = shade + share * np.array([1.0, 0.72, 0.5])
    rough = np.clip(0.82 + 0.18 * spots, 0, 1)
    return Relief(colour, 4e-5 * c.noise(8, 60, 0.4), rough, 1 - 0.7 * spots)


def _glaze(c: Canvas) -> Relief:
    cloud = c.noise(2, 10, 0.8)
    specks = _smooth(c.noise(40, 120, 0.0), 3.0, 3.6)
    return Relief(0.965 + 0.014 * cloud - 0.12 * specks, 3e-5 * cloud, np.clip(0.86 + 0.06 * cloud, 0, 1))


def _moulded(c: Canvas) -> Relief:
    peel = c.noise(40, 110, 0.0)
    return Relief(0.965 + 0.008 * peel, 1.2e-5 * peel, np.clip(0.92 + 0.03 * peel, 0, 1))


def _brushmarks(c: Canvas) -> Relief:
    """Return brushed paint on wood or metal."""
    marks = c.noise(10, 110, 0.4, 20)
    return Relief(0.965 + 0.009 * marks, 2.5e-5 * marks, np.clip(0.9 + 0.03 * marks, 0, 1))


def _paint(c: Canvas) -> Relief:
    """Return rolled paint on slightly uneven plaster."""
    nap, waves = c.noise(40, 110, 0.2), c.noise(1, 6, 1.0)
    return Relief(
        0.972 + 0.007 * nap + 0.006 * waves, 8e-5 * nap + 4e-4 * waves, np.clip(0.95 + 0.02 * nap, 0, 1)
    )


def _plaster(c: Canvas) -> Relief:
    trowel, cloud = c.noise(3, 40, 1.2, 2), c.noise(1, 7, 0.9)
    return Relief(0.95 + 0.008 * trowel + 0.007 * cloud, 8e-4 * trowel, np.clip(0.94 + 0.03 * cloud, 0, 1))


def _wallpaper(c: Canvas) -> Relief:
    """Return wallpaper with stripes, or with leaves on stems, darker than the background."""
    if c.rng.random() < 0.4:
        figure = _smooth(np.sin(2 * np.pi * 5 * c.u), -0.08, 0.08) * 0.7
        figure += 0.3 * _smooth(np.cos(2 * np.pi * 10 * c.u), 0.93, 0.97)
    else:
        bend = 0.06 * np.sin(2 * np.pi * c.v)
        x, y = ((c.u - bend) * 3) % 1 - 0.5, (c.v * 6) % 1 - 0.5
        figure = np.exp(-((x / 0.025) ** 2))
        for side in (-x, x):
            leaf = ((side - 0.20 - 0.25 * y) / 0.15) ** 2 + ((y - 0.6 * side + 0.12) / 0.10) ** 2
            figure = np.clip(figure + np.exp(-(leaf**3)), 0, 1)
    fibre = c.noise(30, 110, 0.1)
    return Relief(0.975 - 0.10 * figure + 0.006 * fibre, 6e-5 * figure + 1e-5 * fibre, 0.97 - 0.2 * figure)


def _paper(c: Canvas) -> Relief:
    fibre = c.noise(16, 120, 0.3)
    return Relief(0.965 + 0.012 * fibre, 1.5e-5 * fibre, np.full_like(fibre, 0.97))


def _cardboard(c: Canvas) -> Relief:
    flutes = np.sin(2 * np.pi * 72 * c.v)
    fibre = c.noise(16, 120, 0.4, 4)
    return Relief(0.90 + 0.015 * flutes + 0.03 * fibre, 4e-5 * flutes, np.full_like(fibre, 0.98))


def _wicker(c: Canvas) -> Relief:
    """Return wickerwork: rods woven around uprights."""
    rows, uprights = 20, 10
    phase = np.cos(2 * np.pi * uprights * c.u / 2 + np.pi * np.floor(c.v * rows))
    rod = np.sqrt(np.clip(1 - (2 * (c.v * rows % 1) - 1) ** 2, 0, 1))
    height = rod * (0.55 + 0.45 * phase)
    shade = 0.50 + 0.42 * height + 0.05 * c.noise(10, 100, 0.3, 10)
    return Relief(_tinted(shade, (0.5, 0.42, 0.34)), 2e-3 * height, np.full_like(height, 0.95))


def _crumb(c: Canvas) -> Relief:
    pits = _smooth(c.noise(16, 70, 0.2), 1.2, 2.2)
    shade = 0.94 + 0.015 * c.noise(2, 12, 0.8) - 0.14 * pits
    return Relief(shade, -4e-4 * pits, np.full_like(pits, 0.95))


PATTERNS: dict[str, Pattern] = {
    "wood": Pattern(0.5, _wood),
    "planks": Pattern(1.2, _planks),
    "parquet": Pattern(1.2, _parquet),
    "panelling": Pattern(0.96, _panelling),
    "tiles": Pattern(1.2, _tiles),
    "wall_tiles": Pattern(0.6, _wall_tiles),
    "mosaic": Pattern(0.6, _mosaic),
    "brick": Pattern(1.0, _brick),
    "concrete": Pattern(2.0, _concrete),
    "terrazzo": Pattern(1.0, _terrazzo),
    "stone": Pattern(0.8, _stone),
    "granite": Pattern(0.4, _granite),
    "weave": Pattern(0.2, _weave),
    "carpet": Pattern(0.8, _carpet),
    "leather": Pattern(0.4, _leather),
    "brushed": Pattern(0.5, _brushed),
    "worn": Pattern(0.5, _worn),
    "glaze": Pattern(0.3, _glaze),
    "moulded": Pattern(0.3, _moulded),
    "brushmarks": Pattern(0.5, _brushmarks),
    "paint": Pattern(1.0, _paint),
    "plaster": Pattern(1.5, _plaster),
    "wallpaper": Pattern(0.53, _wallpaper),
    "paper": Pattern(0.2, _paper),
    "cardboard": Pattern(0.4, _cardboard),
    "wicker": Pattern(0.2, _wicker),
    "crumb": Pattern(0.1, _crumb),
}
"""Patterns by name."""
