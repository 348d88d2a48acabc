"""Poses of small-object arrangements: rows, stacks, piles and place settings."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from shapely.geometry import LineString, Polygon

from sage.asset import Asset
from sage.geometry import Array, Pose
from sage.scene import SceneObject
from sage.spatial.layout import Layout, Located, Patch
from sage.spatial.stance import ON_BASE, extents, falls_over, on_edge
from sage.spatial.surface_poses import GAP_M

__all__ = ["Row", "pile_poses", "seats_at", "setting_poses"]

_FLAT, _FLAT_M = 0.45, 0.08
"""Height, relative to the shorter side and in metres, below which an asset stands on edge in a row."""
_THIN = 14.0
"""Ratio of depth to height from which on an asset is too thin to stand on edge."""
_BETWEEN_BOOKS_M, _BETWEEN_M = 0.0012, 0.012
"""Gap between objects on edge, and between others [m]."""
_SKIP_M = 0.04
_LEAN_RAD = 0.2
_NUDGE_RAD = 0.07
"""Tilt that an object on edge must recover from [rad]."""
_SEAT_REACH_M = 0.45
"""Distance of a seat from its table, at most [m]."""
_LAYERS = 3
_SLOTS = (
    (0.17, 0.0), (0.16, 0.165), (0.16, -0.165), (0.30, -0.13), (0.30, 0.12), (0.16, 0.21), (0.16, -0.205),
)  # fmt: skip
"""Slots of a place setting: distance from the edge of the table, and to the left of the seat's middle [m]."""


class Row:
    """A row of objects across a patch, from one of its ends; flat objects stand on edge.

    Args:
        patch: the surface.
        rng: random generator.
        askew: standard deviation of the heading of objects that do not stand on edge [rad].
    """

    def __init__(self, patch: Patch, rng: np.random.Generator, askew: float) -> None:
        self._patch, self._rng, self._askew = patch, rng, askew
        self._from_left = bool(rng.random() < 0.5)
        self._used = float(rng.choice([0.004, rng.uniform(0.0, 0.3) * patch.surface.size[1]]))
        self._tallest = 0.0
        self._count = 0

    def next(self, asset: Asset) -> Iterator[Pose]:
        """Yield the pose of the next object, if it still fits; call `take` once it is placed, else `skip`."""
        edge = _stands_on_edge(asset, self._patch)
        stance = on_edge(asset) if edge else ON_BASE
        depth, width, height = extents(asset, stance)
        room_x, room_y = self._patch.surface.size
        gap = _BETWEEN_BOOKS_M if edge else _BETWEEN_M
        free = self._patch.surface.height
        if depth > room_x or self._used + width > room_y or (free is not None and height > free - 0.01):
            return
        side = 1 if self._from_left else -1
        aside = side * (room_y / 2 - self._used - width / 2)
        spare = (room_x - depth) / 2
        pushed = min(spare, abs(self._rng.normal(0, 0.01 + 0.1 * self._askew)))
        ahead = spare * (0.9 if edge else 0.5) - pushed
        turn = 0.0 if edge else float(self._rng.normal(0, self._askew))
        self._next = self._used + width + gap
        yield self._patch.pose @ Pose.planar(ahead, aside, GAP_M, turn) @ stance

    def leaning(self, asset: Asset) -> Iterator[Pose]:
        """Yield the pose of a last book that leans against at least three others."""
        if self._count < 3 or not _stands_on_edge(asset, self._patch):
            return
        stance = on_edge(asset)
        depth, width, height = extents(asset, stance)
        reach = height * math.sin(_LEAN_RAD)
        room_x, room_y = self._patch.surface.size
        if self._used + reach + width > room_y or depth > room_x:
            return
        side = 1 if self._from_left else -1
        foot = side * (room_y / 2 - self._used - reach)
        lean = Pose.from_matrix(_roll(side * -_LEAN_RAD))
        corner = Pose(position=(0.0, -side * width / 2, 0.0))
        self._next = room_y
        ahead = (room_x - depth) / 2 * 0.9
        yield self._patch.pose @ Pose.planar(ahead, foot, GAP_M) @ lean @ corner @ stance

    def skip(self) -> None:
        """Leave a gap where the last pose was not free."""
        self._used += _SKIP_M

    def take(self) -> None:
        """Extend the row by the last object."""
        self._used = self._next
        self._count += 1


def _roll(angle: float) -> Array:
    matrix = np.eye(4)
    c, s = math.cos(angle), math.sin(angle)
    matrix[1:3, 1:3] = [[c, -s], [s, c]]
    return matrix


def _stands_on_edge(asset: Asset, patch: Patch) -> bool:
    depth, width, height = asset.size
    flat = height < min(_FLAT * min(depth, width), _FLAT_M) and depth < _THIN * height
    free = patch.surface.height
    fits = width <= patch.surface.size[0] and (free is None or depth < free - 0.015)
    return flat and fits and not _tips(asset)


def _tips(asset: Asset) -> bool:
    """Return whether a nudge tips an asset on edge over, since it stands on a rim only."""
    stance = on_edge(asset)
    points, middle = stance.apply(asset.collision_points()), stance.apply(asset.center_of_mass())
    return falls_over(points, middle, _NUDGE_RAD)


def pile_poses(
    asset: Asset, patch: Patch, owner: Located, contents: list[Located], rng: np.random.Generator
) -> Iterator[Pose]:
    """Sample poses in a cavity above its contents, up to where an object's middle is level with the rim.

    Args:
        asset: the asset to place.
        patch: the floor of the cavity.
        owner: the object that the cavity belongs to.
        contents: the objects in the cavity.
        rng: random generator.
    """
    rim = float(owner.body_points[:, 2].max())
    top = max((float(item.high[2]) for item in contents), default=patch.z)
    room = np.array(patch.surface.size) - np.array(asset.size[:2])
    for layer in range(_LAYERS):
        rise = top - patch.z + GAP_M + layer * 0.5 * asset.size[2]
        if patch.z + rise + asset.size[2] / 2 > rim:
            return
        for _ in range(6):
            x, y = rng.uniform(-0.5, 0.5, 2) * np.maximum(room, 0.0)
            yield patch.pose @ Pose.planar(float(x), float(y), rise, float(rng.uniform(-math.pi, math.pi)))


def seats_at(owner: SceneObject, layout: Layout) -> list[Located]:
    """Return the seats within 0.45 m of an object that face it."""
    table = layout[owner.id]
    found = []
    for located in layout:
        seat = any(surface.name == "seat" for surface in located.asset.surfaces)
        if not seat or located.item.id == owner.id:
            continue
        reach = LineString([located.center[:2], located.center[:2] + located.forward * _SEAT_REACH_M * 2])
        close = located.body_footprint.distance(table.body_footprint) < _SEAT_REACH_M
        if close and reach.intersects(table.body_footprint):
            found.append(located)
    return found


def setting_poses(slot: int, asset: Asset, patch: Patch, seat: Located) -> Iterator[Pose]:
    """Yield poses of one object of a place setting.

    Args:
        slot: 0 in front of the seat, 1 to its left, 2 to its right, 3 and 4 behind it to the right and left.
        asset: the asset to place.
        patch: the table top.
        seat: the seat, at the table and facing it.
    """
    inward = seat.forward
    edge = _edge(patch.area, seat)
    if edge is None:
        return
    left = np.array([-inward[1], inward[0]])
    ahead, aside = _SLOTS[min(slot, len(_SLOTS) - 1)]
    for nearer in (0.0, 0.03, -0.03):
        x, y = edge + (ahead + nearer) * inward + aside * left
        yaw = math.atan2(float(inward[1]), float(inward[0]))
        turn = 0.0 if asset.size[0] >= asset.size[1] else math.pi / 2
        yield Pose.planar(float(x), float(y), patch.z + GAP_M, yaw + turn)


def _edge(area: Polygon, seat: Located) -> Array | None:
    """Return the point where the line ahead of a seat enters an area [m, world frame], shape [2], or None."""
    back = seat.center[:2] - 0.3 * seat.forward
    ahead = LineString([back, back + 1.6 * seat.forward]).intersection(area)
    if ahead.is_empty:
        return None
    points = np.array(ahead.coords)
    nearest: Array = points[np.argmin((points - back) @ seat.forward)]
    return nearest
