"""Illuminance of visible surfaces, sampled on a coarse pixel grid and interpolated to every pixel.

Grid neighbours are weighted by part and orientation, as in joint bilateral upsampling (Kopf et al. 2007).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sage.rendering.lighting import Lamp, Lighting, Window
from sage.rendering.raycast import RayCaster

__all__ = ["RAY_OFFSET_M", "Irradiance", "Points", "direct_sun"]

Floats = npt.NDArray[np.float32]

_AMBIENT_RAYS, _AMBIENT_REACH_M = 8, 0.9
_WINDOW_RAYS = 9
RAY_OFFSET_M = 1e-3
"""Offset of ray origins from the surface [m]."""
_BULB_M = 0.06
_NEAR_M2 = 0.04
"""Least squared distance to a light source; it avoids the singularity at 0 [m2]."""
_FAINT = 0.01
"""Illuminance by a lamp below this fraction of the indirect light is neglected."""
_SUN_M = 40.0
_FLAT = 0.9
"""Cosine between triangle normals below which illuminance is not shared."""
_SAME_PART, _OTHER_PART = 0.05, 1e-4
"""Interpolation weight of a grid point of another orientation, and of one on another part."""


@dataclass(frozen=True, eq=False)
class Points:
    """Surface points that a camera sees; vectors are in the world frame."""

    position: Floats
    """Positions [m], shape [n, 3]."""
    normal: Floats
    """Unit interpolated normals that face the camera, shape [n, 3]."""
    flat: Floats
    """Unit triangle normals that face the camera, shape [n, 3]."""
    depth: Floats
    """Distance along the camera's z axis [m], shape [n]."""
    part: npt.NDArray[np.int32]
    """Index in `Surfaces.parts`, shape [n]."""

    def at(self, rows: npt.NDArray[np.intp]) -> Points:
        """Return the points at given indices."""
        return Points(
            self.position[rows], self.normal[rows], self.flat[rows], self.depth[rows], self.part[rows]
        )


def direct_sun(points: Points, light: Lighting, solid: Sequence[RayCaster]) -> Floats:
    """Return the direct illuminance by the sun.

    Args:
        points: Surface points.
        light: Lighting of the scene; with windows, the sun reaches only points that see it through a pane.
        solid: Ray casters of everything that casts shadows.

    Returns:
        Illuminance, RGB [lx], shape [n, 3].
    """
    found = np.zeros((len(points.depth), 3), dtype=np.float32)
    if light.to_sun[2] <= 0:
        return found
    to_sun = light.to_sun.astype(np.float32)
    cosine = points.normal @ to_sun
    lit = np.flatnonzero((cosine > 0) & (points.flat @ to_sun > 0))
    if light.windows:
        lit = lit[_behind_panes(points.position[lit], to_sun, light.windows)]
    starts = points.position[lit] + RAY_OFFSET_M * points.flat[lit]
    free = lit[~_blocked(solid, starts, np.broadcast_to(_SUN_M * to_sun, starts.shape))]
    found[free] = cosine[free, None] * light.sun.astype(np.float32)
    return found


def _behind_panes(positions: Floats, to_sun: Floats, windows: Sequence[Window]) -> npt.NDArray[np.bool_]:
    """Return a mask of the points that see the sun through a pane, occluders disregarded."""
    found = np.zeros(len(positions), dtype=bool)
    for window in windows:
        inward = window.inward.astype(np.float32)
        slope = float(to_sun @ inward)
        if slope >= 0:
            continue
        middle = window.middle.astype(np.float32)
        off = positions - middle
        off -= ((off @ inward) / np.float32(slope))[:, None] * to_sun
        inside = np.ones(len(positions), dtype=bool)
        for side in (window.along, window.up):
            inside &= np.abs(off @ side.astype(np.float32)) <= np.float32(1.02 * float(side @ side))
        found |= inside
    return found


class Irradiance:
    """Illuminance by indirect light, windows and lamps, without the sun, on a grid of a camera's pixels.

    Args:
        points: Surface points at the grid's pixels, row by row.
        seen: Mask of the grid's pixels that show a surface, shape [rows, columns].
        light: Lighting of the scene.
        solid: Ray casters of everything that casts shadows; only the first one occludes indirect light.
    """

    def __init__(
        self, points: Points, seen: npt.NDArray[np.bool_], light: Lighting, solid: Sequence[RayCaster]
    ) -> None:
        rng = np.random.default_rng(0)
        shape = seen.shape
        values = _indirect(points, light, solid[0], rng)
        for window in light.windows:
            values += _from_window(window, points, light, solid, rng)
        for lamp in light.lamps:
            values += _from_lamp(lamp, points, light, solid, rng)
        self._position = _on_grid(points.position, seen)
        self._flat = _on_grid(points.flat, seen)
        self._values = _on_grid(values, seen)
        self._seen = seen
        self._part = np.full(shape, -1, dtype=np.int32)
        self._part[seen] = points.part
        for step in (1, 2):
            self._values = self._smoothed(step, shape)
        self._even = self._evenly_lit()

    def at(self, points: Points, rows: Floats, columns: Floats) -> Floats:
        """Return the interpolated illuminance, RGB [lx], shape [n, 3].

        Args:
            points: Surface points.
            rows: Fractional grid rows of the points, shape [n].
            columns: Fractional grid columns of the points, shape [n].
        """
        height, width = self._seen.shape
        top, left = np.floor(rows).astype(np.intp), np.floor(columns).astype(np.intp)
        below, right = (rows - top).astype(np.float32), (columns - left).astype(np.float32)
        cell = np.clip(top, 0, height - 1) * width + np.clip(left, 0, width - 1)
        smooth = self._even.ravel()[cell] & (self._similarity(points, cell) == 1)
        found = np.empty((len(rows), 3), dtype=np.float32)
        even, rest = np.flatnonzero(smooth), np.flatnonzero(~smooth)
        values, first = self._values.reshape(-1, 3), cell[even]
        x, y = right[even, None], below[even, None]
        upper = values[first] * (1 - x) + values[first + 1] * x
        found[even] = upper * (1 - y) + (values[first + width] * (1 - x) + values[first + width + 1] * x) * y
        found[rest] = self._interpolated(points.at(rest), top[rest], left[rest], below[rest], right[rest])
        return found

    def _interpolated(
        self,
        points: Points,
        top: npt.NDArray[np.intp],
        left: npt.NDArray[np.intp],
        below: Floats,
        right: Floats,
    ) -> Floats:
        """Return the illuminance of the four nearest grid points, weighted by similarity, shape [n, 3]."""
        height, width = self._seen.shape
        total = np.zeros((len(top), 3), dtype=np.float32)
        weights = np.full(len(top), 1e-9, dtype=np.float32)
        for down in (0, 1):
            for across in (0, 1):
                row, column = np.clip(top + down, 0, height - 1), np.clip(left + across, 0, width - 1)
                index = row * width + column
                share = np.where(down, below, 1 - below) * np.where(across, right, 1 - right) + 1e-3
                weight = share * self._similarity(points, index)
                total += weight[:, None] * self._values.reshape(-1, 3)[index]
                weights += weight
        return total / weights[:, None]

    def _evenly_lit(self) -> npt.NDArray[np.bool_]:
        """Return the grid cells whose four corners lie on one flat part, shape [h, w]."""
        even = np.zeros(self._seen.shape, dtype=bool)
        inner = self._seen[:-1, :-1].copy()
        for there in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None)),
                      (slice(1, None), slice(1, None))):  # fmt: skip
            inner &= self._part[there] == self._part[:-1, :-1]
            inner &= np.einsum("hwk,hwk->hw", self._flat[there], self._flat[:-1, :-1]) > _FLAT
        even[:-1, :-1] = inner
        return even

    def _similarity(self, points: Points, index: npt.NDArray[np.intp]) -> Floats:
        """Return the interpolation weights of grid points by part and orientation, 0..1, shape [n]."""
        same = self._part.ravel()[index] == points.part
        alike = np.einsum("nk,nk->n", self._flat.reshape(-1, 3)[index], points.flat) > _FLAT
        weight = np.where(alike, np.float32(1.0), np.float32(_SAME_PART))
        weight[~same] = _OTHER_PART
        weight[~self._seen.ravel()[index]] = 0.0
        return weight

    def _smoothed(self, step: int, shape: tuple[int, ...]) -> Floats:
        """Return the illuminance averaged over the 3 x 3 neighbours, `step` apart, on the same surface."""
        total, weights = np.zeros_like(self._values), np.zeros(shape, dtype=np.float32)
        depth = np.float32(0.06)
        for down in (-step, 0, step):
            for across in (-step, 0, step):
                move = ((-down, -across), (0, 1))
                position, flat = (np.roll(grid, *move) for grid in (self._position, self._flat))
                off_plane = np.abs(np.einsum("hwk,hwk->hw", position - self._position, self._flat))
                alike = np.einsum("hwk,hwk->hw", flat, self._flat) > _FLAT
                weight = (alike & (off_plane < depth)).astype(np.float32)
                weight *= np.roll(self._seen, *move) & _inside(shape, down, across)
                total += weight[..., None] * np.roll(self._values, *move)
                weights += weight
        smoothed: Floats = (total / np.maximum(weights, 1e-6)[..., None]).astype(np.float32)
        return smoothed


def _inside(shape: tuple[int, ...], down: int, across: int) -> npt.NDArray[np.bool_]:
    """Return a mask of the cells whose neighbour at an offset is on the grid."""
    row, column = np.ogrid[: shape[0], : shape[1]]
    found: npt.NDArray[np.bool_] = (
        (row + down >= 0) & (row + down < shape[0]) & (column + across >= 0) & (column + across < shape[1])
    )
    return found


def _on_grid(values: Floats, seen: npt.NDArray[np.bool_]) -> Floats:
    grid = np.zeros((*seen.shape, 3), dtype=np.float32)
    grid[seen] = values
    return grid


def _indirect(points: Points, light: Lighting, blockers: RayCaster, rng: np.random.Generator) -> Floats:
    """Return indirect illuminance, reduced by ambient obscurance (Zhukov et al. 1998), shape [n, 3]."""
    count = len(points.depth)
    starts = points.position + RAY_OFFSET_M * points.flat
    free = np.zeros(count, dtype=np.float32)
    for _ in range(_AMBIENT_RAYS):
        directions = rng.standard_normal((count, 3), dtype=np.float32)
        directions = directions / np.linalg.norm(directions, axis=1, keepdims=True) + points.flat
        directions *= (_AMBIENT_REACH_M * np.sqrt(rng.random(count, dtype=np.float32)))[:, None]
        free += ~blockers.blocked(starts, directions)
    upward = 0.85 + 0.15 * points.normal[:, 2]
    found: Floats = (free / _AMBIENT_RAYS * upward)[:, None] * light.indirect.astype(np.float32)
    return found


def _from_window(
    window: Window, points: Points, light: Lighting, solid: Sequence[RayCaster], rng: np.random.Generator
) -> Floats:
    """Return the illuminance by a window, a uniform area light."""
    found = np.zeros((len(points.depth), 3), dtype=np.float32)
    total = sum(other.area for other in light.windows)
    rays = max(3, round(_WINDOW_RAYS * window.area / total))
    for number in range(rays):
        # Stratified along the pane's width.
        a = 2 * (number + rng.random(len(points.depth), dtype=np.float32)) / rays - 1
        b = 2 * rng.random(len(points.depth), dtype=np.float32) - 1
        targets = window.middle + a[:, None] * window.along + b[:, None] * window.up
        strength = _geometry_factor(points, targets.astype(np.float32), solid, facing=window.inward)
        found += strength[:, None] * (window.area / rays * light.sky).astype(np.float32)
    return found


def _from_lamp(
    lamp: Lamp, points: Points, light: Lighting, solid: Sequence[RayCaster], rng: np.random.Generator
) -> Floats:
    """Return the illuminance by a lamp, an isotropic spherical bulb."""
    candelas = lamp.flux / (4 * np.pi) * lamp.colour
    jitter = rng.standard_normal((len(points.depth), 3), dtype=np.float32) * np.float32(_BULB_M)
    targets = lamp.position.astype(np.float32) + jitter
    faint = _FAINT * float(np.mean(light.indirect)) / max(float(np.mean(candelas)), 1e-9)
    strength = _geometry_factor(points, targets, solid, faint=faint, free=lamp.reach)
    return strength[:, None] * candelas.astype(np.float32)


def _geometry_factor(
    points: Points,
    targets: Floats,
    solid: Sequence[RayCaster],
    *,
    facing: npt.NDArray[np.float64] | None = None,
    faint: float = 0.0,
    free: float = 0.0,
) -> Floats:
    """Return the geometry factor between points and light samples: cosines over squared distance [1/m2].

    Args:
        points: Surface points.
        targets: Positions of one light sample for each point, world frame [m], shape [n, 3].
        solid: Ray casters of everything that casts shadows.
        facing: Unit normal of the light, world frame; None for an isotropic light.
        faint: Factors below this are set to 0 [1/m2].
        free: Radius around a light sample within which nothing casts shadows [m].
    """
    directions = targets - points.position
    square = np.maximum(np.einsum("nk,nk->n", directions, directions), _NEAR_M2)
    strength: Floats = np.einsum("nk,nk->n", directions, points.normal) / square**1.5
    if facing is not None:
        strength *= np.maximum(-(directions @ facing.astype(np.float32)), 0.0) / np.sqrt(square)
    strength[np.einsum("nk,nk->n", directions, points.flat) <= 0] = 0.0
    lit = np.flatnonzero(strength > max(faint, 1e-9))
    starts = points.position[lit] + RAY_OFFSET_M * points.flat[lit]
    length = np.maximum(0.999 - np.float32(free) / np.sqrt(square[lit]), 0.0)
    dark = _blocked(solid, starts, length[:, None] * (targets[lit] - starts))
    found: Floats = np.zeros_like(strength)
    found[lit[~dark]] = strength[lit[~dark]]
    return found


def _blocked(solid: Sequence[RayCaster], starts: Floats, directions: Floats) -> npt.NDArray[np.bool_]:
    """Return a mask of the segments that hit any of the ray casters' triangles, shape [n]."""
    blocked = solid[0].blocked(starts, directions)
    for part in solid[1:]:
        rest = np.flatnonzero(~blocked)
        blocked[rest] = part.blocked(starts[rest], directions[rest])
    return blocked
