"""Relative positions of regions: above, in front of, facing, evenly around."""

from __future__ import annotations

import math

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from sage.geometry import Array
from sage.scene import Room
from sage.spatial.regions import Region, Side, sides
from sage.task import CEILING, FLOOR, WALL

__all__ = [
    "FACING_RAD",
    "MOST",
    "NEXT_TO_M",
    "angle_off",
    "carries",
    "covers",
    "evenness",
    "is_before",
    "least_turn",
    "share_support",
]

NEXT_TO_M = 0.5
"""Largest distance between objects next to each other [m]."""
FACING_RAD = math.radians(15)
"""Largest angle between an object's front and what it faces [rad]."""
MOST = 0.5
"""Least share of an object's outline that must be where a relation requires."""
_OPPOSITE_RAD = math.radians(140)
"""Least angle between two objects on opposite sides of a point [rad]."""
_RAYS, _SIGHT_M = 17, 100.0


def carries(support: Region, item: Region) -> bool:
    """Return whether an object is supported by another."""
    return (
        support.located is not None
        and item.located is not None
        and item.located.item.support == support.located.item.id
    )


def share_support(a: Region, b: Region) -> bool:
    """Return whether two objects are supported by the same object."""
    if a.located is None or b.located is None:
        return False
    support = a.located.item.support
    return support == b.located.item.support and support not in (FLOOR, WALL, CEILING)


def covers(high: Region, low: Region, room: Room) -> bool:
    """Return whether the smaller of two outlines is mostly inside the other.

    A region on a wall covers what is in front of it, within `NEXT_TO_M`.
    """
    if not (high.hangs or low.located is None):
        shared = high.outline.intersection(low.outline).area
        return bool(shared >= MOST * min(high.outline.area, low.outline.area))
    wall = high if high.located is None or low.located is not None else low
    seen, other = sides(wall, room), (low if wall is high else high)
    across = shapely.get_coordinates(other.outline) @ seen.right
    shared = min(seen.width[1], float(across.max())) - max(seen.width[0], float(across.min()))
    least = min(seen.size[1], float(np.ptp(across)))
    return shared >= MOST * least and float(high.outline.distance(low.outline)) <= NEXT_TO_M


def is_before(a: Region, b: Region, room: Room) -> bool:
    """Return whether a region is mostly in front of another, or beyond any side of one without a front."""
    if not isinstance(a.outline, Polygon):
        return False
    seen = sides(b, room)
    ways: tuple[Side, ...] = ("front",) if b.front is not None else ("front", "back", "left", "right")
    return any(seen.beyond(way, a.outline) >= MOST for way in ways)


def angle_off(a: Region, b: Region) -> float:
    """Return the angle between the front of an object and the middle of what it faces of a region [rad].

    Rays are cast along the front from the full width of the object; the angle is infinite if none hits.

    Args:
        a: the object.
        b: the region.
    """
    if a.located is None:
        return math.inf
    ahead = a.located.forward
    left = np.array([-ahead[1], ahead[0]])
    if b.located is None and isinstance(b.outline, LineString) and b.front is not None:
        off = math.acos(max(-1.0, min(1.0, float(-b.front @ ahead))))
        if off > FACING_RAD:
            return off
    half = float(np.ptp(shapely.get_coordinates(a.outline) @ left)) / 2
    starts = a.center + np.linspace(-half, half, _RAYS + 2)[1:-1, None] * left
    rays = shapely.linestrings(np.stack([starts, starts + _SIGHT_M * ahead], axis=1))
    seen = [
        (shapely.get_coordinates(hit) - a.center)
        for hit in shapely.intersection(rays, b.outline)
        if not hit.is_empty
    ]
    if not seen:
        return math.inf
    hits = np.array([points[_first(points @ ahead)] for points in seen])
    middle = hits.mean(axis=0)
    return abs(math.atan2(float(middle @ left), max(float(middle @ ahead), 1e-9)))


def _first(along: Array) -> int:
    """Return the index of the first hit on a ray, or of the last if the ray starts inside."""
    return int(along.argmin() if along.min() > 1e-6 else along.argmax())


def evenness(ring: list[Region], middle: Array) -> float:
    """Return how uniform the angles and distances of regions around a point are, 0..1.

    Args:
        ring: the regions; two must be on opposite sides.
        middle: the point [m, world frame], shape [2].
    """
    if len(ring) == 1:
        return 1.0
    turns = _turns(ring, middle)
    if len(ring) == 2:
        return float(turns.min() >= _OPPOSITE_RAD)
    distances = np.array([np.linalg.norm(region.center - middle) for region in ring])
    typical, even = float(np.median(distances)), 2 * math.pi / len(ring)
    off = np.clip(np.abs(distances - typical) / max(typical, 1e-9), 0.0, 1.0)
    turned = np.clip(np.abs(turns - even) / even, 0.0, 1.0)
    return float(((1 - off) ** 2).mean() + ((1 - turned) ** 2).mean()) / 2


def least_turn(ring: list[Region], middle: Array) -> float:
    """Return the smallest angle between neighbours around a point, shape [2], [rad]."""
    return float(_turns(ring, middle).min())


def _turns(ring: list[Region], middle: Array) -> Array:
    """Return the angles between successive regions around a point, counter-clockwise [rad]."""
    ways = [region.center - middle for region in ring]
    bearings = np.sort([math.atan2(way[1], way[0]) for way in ways])
    return np.diff(np.append(bearings, bearings[0] + 2 * math.pi))
