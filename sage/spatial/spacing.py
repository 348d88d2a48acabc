"""Relative placement of two or more places on the floor plan: over, before, facing, evenly around."""

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
FACING_RAD = math.radians(15)
MOST = 0.5
"""Share of a thing that has to lie where a relation says."""
_OPPOSITE_RAD = math.radians(140)
_RAYS, _SIGHT_M = 17, 100.0


def carries(support: Region, item: Region) -> bool:
    """Return whether one thing stands, lies or hangs on or in the other."""
    return (
        support.located is not None
        and item.located is not None
        and item.located.item.support == support.located.item.id
    )


def share_support(a: Region, b: Region) -> bool:
    """Return whether two small things stand on or lie in the same thing."""
    if a.located is None or b.located is None:
        return False
    support = a.located.item.support
    return support == b.located.item.support and support not in (FLOOR, WALL, CEILING)


def covers(high: Region, low: Region, room: Room) -> bool:
    """Return whether most of the smaller of two is over or under the other.

    What hangs on a wall is over what stands before it there, no further off than what is next to it.
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
    """Return whether most of a place is before the front of another; before any side of what has no front."""
    if not isinstance(a.outline, Polygon):
        return False
    seen = sides(b, room)
    ways: tuple[Side, ...] = ("front",) if b.front is not None else ("front", "back", "left", "right")
    return any(seen.beyond(way, a.outline) >= MOST for way in ways)


def angle_off(a: Region, b: Region) -> float:
    """Return the angle between an object's front and the middle of what it sees of a place [rad].

    What it sees is where rays from all over it along its front meet the place; infinite if none does.
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
    """Return which of the points on a ray is met first; the last if the ray starts inside."""
    return int(along.argmin() if along.min() > 1e-6 else along.argmax())


def evenness(ring: list[Region], middle: Array) -> float:
    """Return how near angles and distances of things around a point are to all the same, 0..1."""
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
    """Return the smallest angle between two neighbours around a point [rad]."""
    return float(_turns(ring, middle).min())


def _turns(ring: list[Region], middle: Array) -> Array:
    """Return the angles from each of the things around a point to the next [rad], counter-clockwise."""
    ways = [region.center - middle for region in ring]
    bearings = np.sort([math.atan2(way[1], way[0]) for way in ways])
    return np.diff(np.append(bearings, bearings[0] + 2 * math.pi))
