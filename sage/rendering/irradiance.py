"""Irradiance of visible surfaces, sampled coarsely and interpolated to every pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sage.rendering.lighting import Lamp, Lighting, Window
from sage.rendering.raycast import RayCaster

__all__ = ["Irradiance", "Points", "direct_sun"]

Floats = npt.NDArray[np.float32]

_AMBIENT_RAYS, _AMBIENT_REACH_M = 8, 0.9
_WINDOW_RAYS = 9
_OFF_M = 1e-3
"""By how much rays start off the surface."""
_BULB_M = 0.06
_NEAR_M2 = 0.04
_FAINT = 0.01
"""Light of a lamp below this share of the mean is left out."""
_SUN_M = 40.0
_FLAT = 0.9
"""Cosine between normals below which points do not share light."""
_SAME_PART, _OTHER_PART = 0.05, 1e-4
"""Share of its weight that a point keeps whose surface is bent away, or belongs to another part."""


@dataclass(frozen=True, eq=False)
class Points:
    """Places on surfaces, n of them."""

    position: Floats
    """[m], shape [n, 3]."""
    normal: Floats
    """Of the smooth surface, on the side that is seen, shape [n, 3]."""
    flat: Floats
    """Of the triangle, on the side that is seen, shape [n, 3]."""
    depth: Floats
    """From the camera [m], shape [n]."""
    part: npt.NDArray[np.int32]
    """Place in `Surfaces.parts`, shape [n]."""

    def at(self, rows: npt.NDArray[np.intp]) -> Points:
        """Return some of them."""
        return Points(
            self.position[rows], self.normal[rows], self.flat[rows], self.depth[rows], self.part[rows]
        )


def direct_sun(points: Points, light: Lighting, solid: Sequence[RayCaster]) -> Floats:
    """Return the illuminance by the sun [lx], RGB, shape [n, 3]."""
    found = np.zeros((len(points.depth), 3), dtype=np.float32)
    if light.to_sun[2] <= 0:
        return found
    to_sun = light.to_sun.astype(np.float32)
    cosine = points.normal @ to_sun
    lit = np.flatnonzero((cosine > 0) & (points.flat @ to_sun > 0))
    if light.windows:
        lit = lit[_behind_panes(points.position[lit], to_sun, light.windows)]
    starts = points.position[lit] + _OFF_M * points.flat[lit]
    free = lit[~_blocked(solid, starts, np.broadcast_to(_SUN_M * to_sun, starts.shape))]
    found[free] = cosine[free, None] * light.sun.astype(np.float32)
    return found


def _behind_panes(places: Floats, to_sun: Floats, windows: Sequence[Window]) -> npt.NDArray[np.bool_]:
    """Return a mask of the points that see the sun through a pane's rectangle, if nothing is between."""
    found = np.zeros(len(places), dtype=bool)
    for window in windows:
        inward = window.inward.astype(np.float32)
        slope = float(to_sun @ inward)
        if slope >= 0:
            continue
        middle = window.middle.astype(np.float32)
        off = places - middle
        off -= ((off @ inward) / np.float32(slope))[:, None] * to_sun
        inside = np.ones(len(places), dtype=bool)
        for side in (window.along, window.up):
            inside &= np.abs(off @ side.astype(np.float32)) <= np.float32(1.02 * float(side @ side))
        found |= inside
    return found


class Irradiance:
    """Light at a grid of a camera's pixels: reflected light, windows and lamps, without the sun.

    Args:
        points: where the pixels of the grid meet surfaces, row by row.
        seen: which pixels of the grid meet any, shape [rows, columns].
        light: of the scene.
        solid: what keeps light away; of that, the first weakens reflected light too.
    """

    def __init__(
        self, points: Points, seen: npt.NDArray[np.bool_], light: Lighting, solid: Sequence[RayCaster]
    ) -> None:
        rng = np.random.default_rng(0)
        shape = seen.shape
        values = _bounced(points, light, solid[0], rng)
        for window in light.windows:
            values += _through(window, points, light, solid, rng)
        for lamp in light.lamps:
            values += _of_lamp(lamp, points, light, solid, rng)
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
        """Return the illuminance [lx], RGB, at n points, shape [n, 3].

        Args:
            points: where.
            rows: of the grid, between its own, shape [n].
            columns: likewise.
        """
        height, width = self._seen.shape
        top, left = np.floor(rows).astype(np.intp), np.floor(columns).astype(np.intp)
        below, right = (rows - top).astype(np.float32), (columns - left).astype(np.float32)
        cell = np.clip(top, 0, height - 1) * width + np.clip(left, 0, width - 1)
        plain = self._even.ravel()[cell] & (self._kinship(points, cell) == 1)
        found = np.empty((len(rows), 3), dtype=np.float32)
        even, rest = np.flatnonzero(plain), np.flatnonzero(~plain)
        values, first = self._values.reshape(-1, 3), cell[even]
        x, y = right[even, None], below[even, None]
        upper = values[first] * (1 - x) + values[first + 1] * x
        found[even] = upper * (1 - y) + (values[first + width] * (1 - x) + values[first + width + 1] * x) * y
        found[rest] = self._between(points.at(rest), top[rest], left[rest], below[rest], right[rest])
        return found

    def _between(
        self,
        points: Points,
        top: npt.NDArray[np.intp],
        left: npt.NDArray[np.intp],
        below: Floats,
        right: Floats,
    ) -> Floats:
        """Return the illuminance of the four points of the grid around, weighted by kinship, shape [n, 3]."""
        height, width = self._seen.shape
        total = np.zeros((len(top), 3), dtype=np.float32)
        weights = np.full(len(top), 1e-9, dtype=np.float32)
        for down in (0, 1):
            for across in (0, 1):
                row, column = np.clip(top + down, 0, height - 1), np.clip(left + across, 0, width - 1)
                index = row * width + column
                share = np.where(down, below, 1 - below) * np.where(across, right, 1 - right) + 1e-3
                weight = share * self._kinship(points, index)
                total += weight[:, None] * self._values.reshape(-1, 3)[index]
                weights += weight
        return total / weights[:, None]

    def _evenly_lit(self) -> npt.NDArray[np.bool_]:
        """Return where a grid point and its right and lower neighbours lie on one flat part, shape [h, w]."""
        even = np.zeros(self._seen.shape, dtype=bool)
        inner = self._seen[:-1, :-1].copy()
        for there in ((slice(1, None), slice(None, -1)), (slice(None, -1), slice(1, None)),
                      (slice(1, None), slice(1, None))):  # fmt: skip
            inner &= self._part[there] == self._part[:-1, :-1]
            inner &= np.einsum("hwk,hwk->hw", self._flat[there], self._flat[:-1, :-1]) > _FLAT
        even[:-1, :-1] = inner
        return even

    def _kinship(self, points: Points, index: npt.NDArray[np.intp]) -> Floats:
        """Return how much points share the light of the grid's, 0..1, shape [n]."""
        same = self._part.ravel()[index] == points.part
        alike = np.einsum("nk,nk->n", self._flat.reshape(-1, 3)[index], points.flat) > _FLAT
        kin = np.where(alike, np.float32(1.0), np.float32(_SAME_PART))
        kin[~same] = _OTHER_PART
        kin[~self._seen.ravel()[index]] = 0.0
        return kin

    def _smoothed(self, step: int, shape: tuple[int, ...]) -> Floats:
        """Return the light averaged over the 3 x 3 neighbours at a distance that lie on the same surface."""
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
    """Return a mask of the cells whose neighbour is on the grid."""
    row, column = np.ogrid[: shape[0], : shape[1]]
    found: npt.NDArray[np.bool_] = (
        (row + down >= 0) & (row + down < shape[0]) & (column + across >= 0) & (column + across < shape[1])
    )
    return found


def _on_grid(values: Floats, seen: npt.NDArray[np.bool_]) -> Floats:
    grid = np.zeros((*seen.shape, 3), dtype=np.float32)
    grid[seen] = values
    return grid


def _bounced(points: Points, light: Lighting, blockers: RayCaster, rng: np.random.Generator) -> Floats:
    """Return reflected light, weakened by what is close; a little more comes from above."""
    count = len(points.depth)
    starts = points.position + _OFF_M * points.flat
    free = np.zeros(count, dtype=np.float32)
    for _ in range(_AMBIENT_RAYS):
        ways = rng.standard_normal((count, 3), dtype=np.float32)
        ways = ways / np.linalg.norm(ways, axis=1, keepdims=True) + points.flat
        ways *= (_AMBIENT_REACH_M * np.sqrt(rng.random(count, dtype=np.float32)))[:, None]
        free += ~blockers.blocked(starts, ways)
    upward = 0.85 + 0.15 * points.normal[:, 2]
    found: Floats = (free / _AMBIENT_RAYS * upward)[:, None] * light.bounced.astype(np.float32)
    return found


def _through(
    window: Window, points: Points, light: Lighting, solid: Sequence[RayCaster], rng: np.random.Generator
) -> Floats:
    """Return the light of the sky through a window: an even source over its pane."""
    found = np.zeros((len(points.depth), 3), dtype=np.float32)
    total = sum(other.area for other in light.windows)
    rays = max(3, round(_WINDOW_RAYS * window.area / total))
    for number in range(rays):
        # Strata along the pane's diagonal direction keep the samples apart.
        a = 2 * (number + rng.random(len(points.depth), dtype=np.float32)) / rays - 1
        b = 2 * rng.random(len(points.depth), dtype=np.float32) - 1
        targets = window.middle + a[:, None] * window.along + b[:, None] * window.up
        strength = _arriving(points, targets.astype(np.float32), solid, facing=window.inward)
        found += strength[:, None] * (window.area / rays * light.sky).astype(np.float32)
    return found


def _of_lamp(
    lamp: Lamp, points: Points, light: Lighting, solid: Sequence[RayCaster], rng: np.random.Generator
) -> Floats:
    """Return the light of a lamp: a bulb that shines evenly all round."""
    candelas = lamp.flux / (4 * np.pi) * lamp.colour
    jitter = rng.standard_normal((len(points.depth), 3), dtype=np.float32) * np.float32(_BULB_M)
    targets = lamp.position.astype(np.float32) + jitter
    faint = _FAINT * float(np.mean(light.bounced)) / max(float(np.mean(candelas)), 1e-9)
    strength = _arriving(points, targets, solid, faint=faint, free=lamp.reach)
    return strength[:, None] * candelas.astype(np.float32)


def _arriving(
    points: Points,
    targets: Floats,
    solid: Sequence[RayCaster],
    *,
    facing: npt.NDArray[np.float64] | None = None,
    faint: float = 0.0,
    free: float = 0.0,
) -> Floats:
    """Return what arrives of small sources of strength 1 [1/m2]: cosines over square of distance.

    Args:
        points: where it arrives.
        targets: the sources [m], shape [n, 3].
        solid: what casts shadows.
        facing: which way the sources look; None: all round.
        faint: what is less is left out.
        free: around a source nothing casts shadows [m].
    """
    ways = targets - points.position
    square = np.maximum(np.einsum("nk,nk->n", ways, ways), _NEAR_M2)
    strength: Floats = np.einsum("nk,nk->n", ways, points.normal) / square**1.5
    if facing is not None:
        strength *= np.maximum(-(ways @ facing.astype(np.float32)), 0.0) / np.sqrt(square)
    strength[np.einsum("nk,nk->n", ways, points.flat) <= 0] = 0.0
    lit = np.flatnonzero(strength > max(faint, 1e-9))
    starts = points.position[lit] + _OFF_M * points.flat[lit]
    length = np.maximum(0.999 - np.float32(free) / np.sqrt(square[lit]), 0.0)
    dark = _blocked(solid, starts, length[:, None] * (targets[lit] - starts))
    found: Floats = np.zeros_like(strength)
    found[lit[~dark]] = strength[lit[~dark]]
    return found


def _blocked(solid: Sequence[RayCaster], starts: Floats, ways: Floats) -> npt.NDArray[np.bool_]:
    """Return for each ray whether it hits any of the parts, one asked after the other."""
    blocked = solid[0].blocked(starts, ways)
    for part in solid[1:]:
        rest = np.flatnonzero(~blocked)
        blocked[rest] = part.blocked(starts[rest], ways[rest])
    return blocked
