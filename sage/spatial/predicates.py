"""Spatial relations between objects and room elements, used by generators and critics alike.

Left and right are as seen by a viewer who faces the front of the reference or, if it has none, looks at it
from the door. An object is at a side of a reference if most of it lies beyond that face of the reference's
oriented box, in a strip 25 % wider than the face. Distances are between surfaces.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
from shapely.geometry import Point, Polygon

from sage.geometry import Array
from sage.scene import Room
from sage.spatial.layout import CONTACT_M, Layout, Located
from sage.spatial.regions import Region, Side, corners, exists, regions_of, sides, wall_distances, walls_meant
from sage.spatial.spacing import (
    FACING_RAD,
    MOST,
    NEXT_TO_M,
    angle_off,
    carries,
    covers,
    evenness,
    is_before,
    least_turn,
    share_support,
)
from sage.spatial.support import (
    LIFTED_M,
    is_at,
    is_lifted,
    is_supported,
    joint_shares,
    part_name,
    rests_on,
    serves,
)
from sage.task import ROOM, Relation

__all__ = [
    "ACROSS_M",
    "AGAINST_WALL_M",
    "CLOSED_SHARE",
    "CONTACT_M",
    "FACING_RAD",
    "FAR_M",
    "LIFTED_M",
    "MOST",
    "NEAR_M",
    "NEXT_TO_M",
    "OPEN_SHARE",
    "gap",
    "holds",
    "is_known",
    "is_supported",
    "pairs",
    "part_name",
    "rests_on",
    "serves",
    "wall_distances",
]

NEAR_M = (0.21, 1.5)
"""Distance of `near` [m]; objects on the same support are near up to `NEXT_TO_M`."""
ACROSS_M = (1.45, 4.05)
"""Distance of `across` [m]."""
FAR_M = 3.75
"""Least distance of `far` [m]."""
AGAINST_WALL_M = 0.3
"""Largest distance of `against_wall` and `in_corner` [m]."""
OPEN_SHARE = 0.20
"""Least joint position that counts as open, relative to the joint's range."""
CLOSED_SHARE = 0.02
"""Largest joint position that counts as closed, relative to the joint's range."""
_SIDE_M, _AHEAD_M = 1.5, 4.05
"""Largest distance to the left or right of a reference, and in front of or behind it [m]."""
_BELOW_M = 0.75
"""Largest distance of `next_to` an opening, including height [m]."""
_STEP_M = 0.3
"""Largest difference in height of `left_of`, `right_of`, `in_front_of` and `behind` [m]."""
_MIDDLE_SHARE, _MIDDLE_OF_SHARE, _MIDDLE_M = 0.25, 0.35, 0.29
"""Largest distance from the middle of a room, of an object (share of the shorter side); of an object [m]."""
_OBLONG = 1.05
"""Ratio of sides below which they are neither long nor short."""
_EVEN = 0.6
"""Least evenness of objects around a reference, 0..1; see `evenness`."""
_ROOM_MIDDLE_M = 1.3
"""Largest distance from the middle of a room [m]."""
_ROUNDING_M = 1e-6


def holds(relation: Relation, layout: Layout) -> bool:
    """Return whether a relation holds, or does not if it is negated.

    Args:
        relation: the relation.
        layout: objects of the scene.

    Raises:
        KeyError: an object or room element that it names does not exist; see `is_known`.
    """
    return _TESTS[relation.name](relation, layout) != relation.negated


def gap(a: Located, b: Located) -> float:
    """Return the distance between the footprints of two objects [m]; 0 if they overlap."""
    return float(a.body_footprint.distance(b.body_footprint))


def _on(relation: Relation, layout: Layout) -> bool:
    return is_at(relation, layout, "on")


def _in(relation: Relation, layout: Layout) -> bool:
    return is_at(relation, layout, "in")


def _in_room(relation: Relation, layout: Layout) -> bool:
    room = layout.scene.room(layout[relation.subject].item.room)
    return relation.object in (room.id, room.type, ROOM)


def is_known(relation: Relation, layout: Layout) -> bool:
    """Return whether all objects and room elements that a relation names exist."""
    if relation.subject not in layout:
        return False
    room = layout.scene.room(layout[relation.subject].item.room)
    names = filter(None, (relation.object, relation.other))
    return relation.name == "in_room" or all(exists(name, room, layout) for name in names)


def pairs(relation: Relation, layout: Layout) -> list[tuple[Region, Region]]:
    """Return the subject's region paired with each region that the object's name may refer to.

    Raises:
        KeyError: the object or room element does not exist.
    """
    item = layout[relation.subject]
    subject = Region.of(item)
    return [
        (subject, region) for region in regions_of(relation.object, layout.scene.room(item.item.room), layout)
    ]


def _any(test: Callable[[Region, Region, Room], bool], relation: Relation, layout: Layout) -> bool:
    room = layout.scene.room(layout[relation.subject].item.room)
    return any(test(subject, region, room) for subject, region in pairs(relation, layout))


def _under(relation: Relation, layout: Layout) -> bool:
    return _any(lambda a, b, room: a.low < b.low + CONTACT_M and _is_under(a, b, room), relation, layout)


def _is_under(low: Region, high: Region, room: Room) -> bool:
    """Return whether an object is below a region, or below its top: under a table, at a window's sill."""
    if carries(high, low):
        return False
    if high.hangs:
        return low.low < high.low and covers(high, low, room)
    top = high.high if high.located is None else float(high.located.body_points[:, 2].max())
    return low.high <= top + CONTACT_M and covers(high, low, room)


def _above(relation: Relation, layout: Layout) -> bool:
    return _any(
        lambda a, b, room: not carries(b, a) and a.low >= b.high - CONTACT_M and covers(a, b, room),
        relation,
        layout,
    )


def _next_to(relation: Relation, layout: Layout) -> bool:
    return _any(lambda a, b, room: _is_next_to(a, b), relation, layout)


def _is_next_to(a: Region, b: Region) -> bool:
    """Return whether two regions are next to each other; for room elements, on the floor plan."""
    if b.located is not None:
        return _in_band(a, b, (0.0, NEXT_TO_M))
    return float(a.outline.distance(b.outline)) <= NEXT_TO_M and a.distance(b) <= _BELOW_M


def _near(relation: Relation, layout: Layout) -> bool:
    return _any(
        lambda a, b, room: _in_band(a, b, (0.0, NEXT_TO_M) if share_support(a, b) else NEAR_M),
        relation,
        layout,
    )


def _across(relation: Relation, layout: Layout) -> bool:
    return _any(
        lambda a, b, room: _in_band(a, b, ACROSS_M) and (is_before(a, b, room) or is_before(b, a, room)),
        relation,
        layout,
    )


def _far(relation: Relation, layout: Layout) -> bool:
    found = pairs(relation, layout)
    return bool(found) and all(
        a.distance(b) > (NEXT_TO_M if share_support(a, b) else FAR_M) for a, b in found
    )


def _in_band(a: Region, b: Region, band: tuple[float, float]) -> bool:
    if carries(a, b) or carries(b, a):
        return False
    return band[0] - _ROUNDING_M <= a.distance(b) <= band[1] + _ROUNDING_M


def _at_side(side: Side, relation: Relation, layout: Layout) -> bool:
    reach = _AHEAD_M if side in ("front", "back") else _SIDE_M

    def test(a: Region, b: Region, room: Room) -> bool:
        if carries(a, b) or carries(b, a):
            return False
        level = max(a.low - b.high, b.low - a.high) <= _STEP_M
        limit = _SIDE_M if share_support(a, b) else reach
        if not level or float(a.outline.distance(b.outline)) > limit:
            return False
        return isinstance(a.outline, Polygon) and sides(b, room).beyond(side, a.outline) >= MOST

    return _any(test, relation, layout)


def _left_of(relation: Relation, layout: Layout) -> bool:
    return _at_side("left", relation, layout)


def _right_of(relation: Relation, layout: Layout) -> bool:
    return _at_side("right", relation, layout)


def _in_front_of(relation: Relation, layout: Layout) -> bool:
    return _at_side("front", relation, layout)


def _behind(relation: Relation, layout: Layout) -> bool:
    return _at_side("back", relation, layout)


def _long_side(relation: Relation, layout: Layout) -> bool:
    return _at_length(relation, layout, longer=True)


def _short_side(relation: Relation, layout: Layout) -> bool:
    return _at_length(relation, layout, longer=False)


def _at_length(relation: Relation, layout: Layout, *, longer: bool) -> bool:
    """Return whether an object is next to a long, or short, side of a reference, mostly beyond that face."""

    def test(a: Region, b: Region, room: Room) -> bool:
        depth, width = (seen := sides(b, room)).size
        if max(depth, width) < _OBLONG * min(depth, width) or not _in_band(a, b, (0.0, NEXT_TO_M)):
            return False
        ways: tuple[Side, ...] = ("front", "back") if (width > depth) == longer else ("left", "right")
        return isinstance(a.outline, Polygon) and any(
            seen.beyond(way, a.outline, margin=0.0) >= MOST for way in ways
        )

    return _any(test, relation, layout)


def _left_part(relation: Relation, layout: Layout) -> bool:
    return _in_part(relation, layout, lambda along, across: across <= 1 / 3)


def _right_part(relation: Relation, layout: Layout) -> bool:
    return _in_part(relation, layout, lambda along, across: across >= 2 / 3)


def _front_part(relation: Relation, layout: Layout) -> bool:
    return _in_part(relation, layout, lambda along, across: along >= 2 / 3)


def _back_part(relation: Relation, layout: Layout) -> bool:
    return _in_part(relation, layout, lambda along, across: along <= 1 / 3)


def _in_part(relation: Relation, layout: Layout, third: Callable[[float, float], bool]) -> bool:
    """Return whether the middle of an object on, in or at a region is in one third of it."""

    def test(a: Region, b: Region, room: Room) -> bool:
        if a.located is None:
            return False
        if b.located is not None:
            there = rests_on(a.located, b.located, part) is not None
        else:
            there = a.distance(b) <= AGAINST_WALL_M
        return there and third(*sides(b, room).share(a.center))

    part = relation.part
    if part is not None and relation.object in layout:
        part = part_name(part, tuple(s.name for s in layout[relation.object].asset.surfaces))
        if part is None:
            return False
    return _any(test, relation, layout)


def _around(relation: Relation, layout: Layout) -> bool:
    """Return whether an object is one of those evenly around a reference.

    These are all objects that the task has around it. Two are on opposite sides. While some are not placed
    yet, the others must be at least half the even angle apart.
    """
    task = layout.scene.task
    siblings = {
        r.subject: None
        for r in (*task.initial, *task.goal, relation)
        if r.name == "around" and r.object == relation.object and not r.negated
    }
    ring = [Region.of(layout[name]) for name in siblings if name in layout]
    for middle in regions_of(relation.object, layout.scene.room(layout[relation.subject].item.room), layout):
        if all(region.distance(middle) <= _SIDE_M for region in ring) and (
            evenness(ring, middle.center) >= _EVEN
            if len(ring) == len(siblings)
            else least_turn(ring, middle.center) >= math.pi / len(siblings)
        ):
            return True
    return False


def _touching(relation: Relation, layout: Layout) -> bool:
    """Return whether convex pieces of two objects are within `CONTACT_M`."""
    a = layout[relation.subject]
    if relation.object not in layout:
        return _any(lambda one, other, room: one.distance(other) <= CONTACT_M, relation, layout)
    return any(
        max(low - other_high, other_low - high) <= CONTACT_M and outline.distance(other) <= CONTACT_M
        for outline, low, high in a.prisms
        for other, other_low, other_high in layout[relation.object].prisms
    )


def _facing(relation: Relation, layout: Layout) -> bool:
    return _any(lambda a, b, room: angle_off(a, b) <= FACING_RAD + 1e-9, relation, layout)


def _against_wall(relation: Relation, layout: Layout) -> bool:
    item = layout[relation.subject]
    room = layout.scene.room(item.item.room)
    distances = wall_distances(item, room)
    meant = walls_meant(relation.object, room, relation.part)
    return any(distances[wall.id] <= AGAINST_WALL_M for wall in meant)


def _in_corner(relation: Relation, layout: Layout) -> bool:
    item = layout[relation.subject]
    room = layout.scene.room(item.item.room)
    distances = wall_distances(item, room)
    named = any(wall.id == relation.object for wall in room.walls)
    return any(
        max(distances[first.id], distances[second.id]) <= AGAINST_WALL_M
        for first, second in corners(room, relation.part)
        if not named or relation.object in (first.id, second.id)
    )


def _in_middle(relation: Relation, layout: Layout) -> bool:
    """Return whether an object is in the middle of the room, or of another object."""
    item = layout[relation.subject]
    room = layout.scene.room(item.item.room)
    if relation.object in layout:
        other = Region.of(layout[relation.object])
        reach = min(_MIDDLE_M, _MIDDLE_OF_SHARE * min(sides(other, room).size))
        return float(np.linalg.norm(other.center - Region.of(item).center)) <= reach
    floor = room.floor
    box = floor.minimum_rotated_rectangle.exterior.coords
    lengths = [math.dist(a, b) for a, b in itertools.pairwise(box)][:2]
    reach = min(_MIDDLE_SHARE * min(lengths), _ROOM_MIDDLE_M)
    return bool(floor.centroid.distance(Point(*Region.of(item).center)) <= reach)


def _between(relation: Relation, layout: Layout) -> bool:
    if relation.other is None:
        return False
    item = layout[relation.subject]
    room = layout.scene.room(item.item.room)
    return any(
        _is_between(Region.of(item).center, first.center, second.center)
        for first in regions_of(relation.object, room, layout)
        for second in regions_of(relation.other, room, layout)
    )


def _is_between(a: Array, first: Array, second: Array) -> bool:
    span = second - first
    length = float(np.linalg.norm(span))
    if length < 1e-6:
        return False
    share = float((a - first) @ span) / length**2
    off = abs(float(span[0] * (a - first)[1] - span[1] * (a - first)[0])) / length
    return 0.1 <= share <= 0.9 and off <= max(0.3, 0.35 * length)


def _open(relation: Relation, layout: Layout) -> bool:
    shares = joint_shares(relation, layout)
    return any(share >= OPEN_SHARE for share in shares)


def _closed(relation: Relation, layout: Layout) -> bool:
    shares = joint_shares(relation, layout)
    return bool(shares) and all(share <= CLOSED_SHARE for share in shares)


def _lifted(relation: Relation, layout: Layout) -> bool:
    return is_lifted(layout[relation.subject], layout)


_TESTS: dict[str, Callable[[Relation, Layout], bool]] = {
    "on": _on,
    "in": _in,
    "under": _under,
    "above": _above,
    "next_to": _next_to,
    "near": _near,
    "across": _across,
    "far": _far,
    "around": _around,
    "touching": _touching,
    "left_of": _left_of,
    "right_of": _right_of,
    "in_front_of": _in_front_of,
    "behind": _behind,
    "long_side": _long_side,
    "short_side": _short_side,
    "left_part": _left_part,
    "right_part": _right_part,
    "front_part": _front_part,
    "back_part": _back_part,
    "facing": _facing,
    "in_room": _in_room,
    "against_wall": _against_wall,
    "in_corner": _in_corner,
    "in_middle": _in_middle,
    "between": _between,
    "open": _open,
    "closed": _closed,
    "lifted": _lifted,
}
