"""Measured values and limits of relations, for repairs."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from shapely.geometry import Polygon

from sage.spatial.layout import Layout
from sage.spatial.predicates import (
    ACROSS_M,
    AGAINST_WALL_M,
    CLOSED_SHARE,
    FACING_RAD,
    FAR_M,
    MOST,
    NEAR_M,
    NEXT_TO_M,
    OPEN_SHARE,
    pairs,
)
from sage.spatial.regions import Side, corners, sides, wall_distances, walls_meant
from sage.spatial.spacing import angle_off, share_support
from sage.spatial.support import joint_shares
from sage.task import Relation

__all__ = ["Measure", "measure"]


@dataclass(frozen=True)
class Measure:
    """Measured value of a relation, its limit, and a phrase with both."""

    value: float
    """In the unit of the relation: distance [m], angle [deg] or share in 0..1."""
    limit: float
    """Limit in the same unit."""
    text: str


def measure(relation: Relation, layout: Layout) -> Measure | None:
    """Return the measure by which a relation fails, or None if it fails for another reason.

    Raises:
        KeyError: the relation names an object that does not exist.
    """
    of = _MEASURES.get(relation.name)
    return of(relation, layout) if of is not None else None


def _distance(relation: Relation, layout: Layout) -> Measure | None:
    found = [(a.distance(b), share_support(a, b)) for a, b in pairs(relation, layout)]
    if not found:
        return None
    apart, small = min(found)
    low, high = _band(relation.name, small=small)
    if low <= apart <= high:
        return None
    limit = low if apart < low else high
    bounds = f"at least {low:.2f} m" if math.isinf(high) else f"{low:.2f} to {high:.2f} m"
    return Measure(apart, limit, f"they are {apart:.2f} m apart, but {bounds} is required")


def _band(name: str, *, small: bool) -> tuple[float, float]:
    """Return the range of distances in which a relation holds [m]."""
    if name == "far":
        return (NEXT_TO_M if small else FAR_M, math.inf)
    if name == "across":
        return ACROSS_M
    return NEAR_M if name == "near" and not small else (0.0, NEXT_TO_M)


def _beyond(side: Side) -> Callable[[Relation, Layout], Measure | None]:
    def of(relation: Relation, layout: Layout) -> Measure | None:
        room = layout.scene.room(layout[relation.subject].item.room)
        shares = [
            sides(b, room).beyond(side, a.outline)
            for a, b in pairs(relation, layout)
            if isinstance(a.outline, Polygon)
        ]
        if not shares or max(shares) >= MOST:
            return None
        text = f"{max(shares):.0%} of it is beyond that side, within its width, but {MOST:.0%} is required"
        return Measure(max(shares), MOST, text)

    return of


def _facing(relation: Relation, layout: Layout) -> Measure | None:
    angles = [angle_off(a, b) for a, b in pairs(relation, layout)]
    least, limit = math.degrees(min(angles, default=math.inf)), math.degrees(FACING_RAD)
    if math.isinf(least):
        return None
    return Measure(least, limit, f"its front is {least:.0f} degrees off, but at most {limit:.0f} are allowed")


def _to_wall(relation: Relation, layout: Layout) -> Measure | None:
    item = layout[relation.subject]
    room = layout.scene.room(item.item.room)
    distances = wall_distances(item, room)
    meant = [distances[wall.id] for wall in walls_meant(relation.object, room, relation.part)]
    if not meant:
        return None
    text = f"it is {min(meant):.2f} m from the wall, but at most {AGAINST_WALL_M:.2f} m are allowed"
    return Measure(min(meant), AGAINST_WALL_M, text)


def _to_corner(relation: Relation, layout: Layout) -> Measure | None:
    item = layout[relation.subject]
    room = layout.scene.room(item.item.room)
    distances = wall_distances(item, room)
    off = [max(distances[a.id], distances[b.id]) for a, b in corners(room, relation.part)]
    if not off:
        return None
    text = f"it is {min(off):.2f} m from one of the two walls, but at most {AGAINST_WALL_M:.2f} m are allowed"
    return Measure(min(off), AGAINST_WALL_M, text)


def _opening(relation: Relation, layout: Layout) -> Measure | None:
    shares = joint_shares(relation, layout)
    if not shares:
        return None
    share = max(shares)
    bound, limit = ("at least", OPEN_SHARE) if relation.name == "open" else ("at most", CLOSED_SHARE)
    return Measure(share, limit, f"it is {share:.0%} open, but {bound} {limit:.0%} is required")


_MEASURES: dict[str, Callable[[Relation, Layout], Measure | None]] = {
    "next_to": _distance,
    "near": _distance,
    "across": _distance,
    "far": _distance,
    "left_of": _beyond("left"),
    "right_of": _beyond("right"),
    "in_front_of": _beyond("front"),
    "behind": _beyond("back"),
    "facing": _facing,
    "against_wall": _to_wall,
    "in_corner": _to_corner,
    "open": _opening,
    "closed": _opening,
}
