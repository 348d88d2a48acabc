"""The geometry of relations, in one place: generators place by it, critics and tests judge by it.

Left and right are as seen by someone who faces the reference object's front; if it has none, by
someone who looks at it from the door. Distances are between footprints;
what is next to a thing is near it too.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Set

import numpy as np
from shapely.geometry import LineString, Point

from sage.asset import Asset, Surface
from sage.geometry import Array
from sage.layout import Layout, Located, Patch
from sage.scene import Placement, Room, Wall
from sage.task import FLOOR, ROOM, Relation

__all__ = [
    "AGAINST_WALL_M",
    "CLOSED_SHARE",
    "FACING_RAD",
    "LIFTED_M",
    "NEAR_M",
    "NEXT_TO_M",
    "OPEN_SHARE",
    "SUPPORT_GAP_M",
    "gap",
    "holds",
    "is_supported",
    "part_name",
    "rests_on",
    "serves",
    "wall_distances",
]

NEXT_TO_M = 0.5
NEAR_M = 1.5
FACING_RAD = math.radians(30)
AGAINST_WALL_M = 0.3
LIFTED_M = 0.05
"""How far above everything below it a thing is that was lifted [m]."""
OPEN_SHARE = 0.20
CLOSED_SHARE = 0.02
SUPPORT_GAP_M = 0.01
"""How far from what it rests on a thing at rest may be [m]."""
_SIDE_RAD = math.radians(50)
_MIDDLE_SHARE = 0.25
_CONTACT_M = 0.01


def holds(relation: Relation, layout: Layout) -> bool:
    """Tell whether a relation holds in a scene.

    Raises:
        KeyError: it names an object that does not exist.
    """
    return _TESTS[relation.name](relation, layout) != relation.negated


def gap(a: Located, b: Located) -> float:
    """Return the distance between two footprints [m]; 0 if they overlap."""
    return float(a.body_footprint.distance(b.body_footprint))


def rests_on(item: Located, support: Located, part: str | None = None) -> Patch | None:
    """Return the patch of `support` that an object is at home on or in, or None."""
    patches = (p for p in support.patches if part is None or p.surface.name == part)
    return next((patch for patch in patches if patch.holds(item) or patch.rim_holds(item)), None)


def is_supported(located: Located, layout: Layout, touching: Set[frozenset[str]]) -> bool:
    """Tell whether an object rests on what the scene says.

    Args:
        touching: pairs of ids of bodies no further apart than `SUPPORT_GAP_M`.
    """
    item = located.item
    room = layout.scene.room(item.room)
    if item.support in layout:
        close = frozenset((item.id, item.support)) in touching
        return close and rests_on(located, layout[item.support], item.support_part) is not None
    if item.support == "floor":
        return abs(float(located.low[2])) <= SUPPORT_GAP_M
    if item.support == "ceiling":
        return abs(float(located.high[2]) - room.height) <= SUPPORT_GAP_M
    lines = (LineString([wall.start, wall.end]) for wall in room.walls)
    return any(line.distance(located.footprint) <= SUPPORT_GAP_M for line in lines)


def wall_distances(item: Located, room: Room) -> dict[str, float]:
    """Return the distance of an object to the inner face of each wall [m]."""
    return {
        wall.id: float(LineString([wall.start, wall.end]).distance(item.body_footprint))
        for wall in room.walls
    }


def part_name(part: str, available: tuple[str, ...]) -> str | None:
    """Resolve a part such as `drawer_2`, `drawer_-1` (the last) or `drawer_middle`, or None.

    Args:
        available: names of an asset's surfaces or links, counted from the top.
    """
    if part in available:
        return part
    stem, _, place = part.rpartition("_")
    family = [name for name in available if name.rpartition("_")[0] == stem]
    if not family:
        return None
    if place == "middle":
        return family[len(family) // 2]
    if place.lstrip("-").isdigit() and place.startswith("-") and len(family) >= -int(place):
        return family[int(place)]
    return None


def serves(surface: Surface, placement: Placement, asset: Asset) -> bool:
    """Tell whether what rests on a surface of an asset is `on` it, or `in` it.

    A shelf board is both; what has hollows but no top, as a bowl, has things on it that lie in it.
    """
    if surface.shelf or surface.placement == placement:
        return True
    return placement == "on" and not any(s.shelf or s.placement == "on" for s in asset.surfaces)


def _on(relation: Relation, layout: Layout) -> bool:
    return _at_home(relation, layout, "on")


def _in(relation: Relation, layout: Layout) -> bool:
    return _at_home(relation, layout, "in")


def _at_home(relation: Relation, layout: Layout, placement: Placement) -> bool:
    item = layout[relation.subject]
    if relation.object == FLOOR:
        return abs(float(item.low[2])) <= _CONTACT_M
    support = layout[relation.object]
    part = relation.part
    if part is not None:
        part = part_name(part, tuple(s.name for s in support.asset.surfaces))
        if part is None:
            return False
    patches = (p for p in support.patches if part is None or p.surface.name == part)
    return any(
        serves(patch.surface, placement, support.asset)
        and (
            patch.rim_holds(item) or patch.holds(item)
            if placement == "on"
            else _is_within(item, patch, support)
        )
        for patch in patches
    )


def _is_within(item: Located, patch: Patch, owner: Located) -> bool:
    """Tell whether a patch holds an object that does not lie across the rim of its owner."""
    across = patch.rim_holds(item) and not owner.body_footprint.buffer(_CONTACT_M).contains(item.footprint)
    return patch.holds(item) and not across


def _under(relation: Relation, layout: Layout) -> bool:
    item = layout[relation.subject]
    window = _window(relation.object, layout)
    if window is not None:
        wall, offset, width, sill = window
        along = float((item.center[:2] - np.array(wall.start)) @ wall.along)
        near = float(LineString([wall.start, wall.end]).distance(item.body_footprint))
        return abs(along - offset) <= width / 2 and near <= NEXT_TO_M and item.low[2] < sill
    above = layout[relation.object]
    if item.item.support == above.item.id:
        return False
    inside = above.body_footprint.buffer(0.05).contains(Point(*item.center[:2]))
    return bool(inside) and float(item.high[2]) <= float(above.body_points[:, 2].max()) + _CONTACT_M


def _window(name: str, layout: Layout) -> tuple[Wall, float, float, float] | None:
    pairs = [pair for room in layout.scene.rooms for pair in room.windows]
    for wall, opening in pairs:
        if name in (opening.id, "window"):
            return wall, opening.offset, opening.width, opening.sill
    return None


def _next_to(relation: Relation, layout: Layout) -> bool:
    return _within(relation, layout, NEXT_TO_M)


def _touching(relation: Relation, layout: Layout) -> bool:
    """Tell whether pieces of the two are no further apart than things at rest on each other are."""
    a = layout[relation.subject]
    if relation.object == FLOOR:
        return abs(float(a.low[2])) <= _CONTACT_M
    return any(
        max(low - other_high, other_low - high) <= _CONTACT_M and outline.distance(other) <= _CONTACT_M
        for outline, low, high in a.prisms
        for other, other_low, other_high in layout[relation.object].prisms
    )


def _near(relation: Relation, layout: Layout) -> bool:
    return _within(relation, layout, NEAR_M)


def _within(relation: Relation, layout: Layout, limit: float) -> bool:
    window = _window(relation.object, layout) if relation.object not in layout else None
    a = layout[relation.subject]
    if window is not None:
        wall, offset, width, _ = window
        line = LineString([wall.point(offset - width / 2), wall.point(offset + width / 2)])
        return bool(line.distance(a.body_footprint) <= limit)
    b = layout[relation.object]
    if a.item.id == b.item.support or b.item.id == a.item.support:
        return False
    apart = max(float(a.low[2] - b.high[2]), float(b.low[2] - a.high[2]))
    return gap(a, b) <= limit and apart <= 0.3


def _viewed(relation: Relation, layout: Layout) -> tuple[float, float]:
    """Return where the subject is for someone who faces the object: (ahead of it, to the left) [m]."""
    a, b = layout[relation.subject], layout[relation.object]
    if b.asset.has_front:
        toward_viewer = b.forward
    else:
        toward_viewer = _toward_door(b, layout.scene.room(b.item.room))
    viewer_left = np.array([toward_viewer[1], -toward_viewer[0]])
    offset = a.center[:2] - b.center[:2]
    return float(offset @ toward_viewer), float(offset @ viewer_left)


def _toward_door(item: Located, room: Room) -> Array:
    if not room.doors:
        return item.forward
    wall, door = room.doors[0]
    direction = wall.point(door.offset) - item.center[:2]
    length = float(np.linalg.norm(direction))
    return direction / length if length > 1e-6 else item.forward


def _left_of(relation: Relation, layout: Layout) -> bool:
    ahead, left = _viewed(relation, layout)
    return left > 0 and abs(math.atan2(ahead, left)) <= _SIDE_RAD and _near(_flat(relation), layout)


def _right_of(relation: Relation, layout: Layout) -> bool:
    ahead, left = _viewed(relation, layout)
    return left < 0 and abs(math.atan2(ahead, -left)) <= _SIDE_RAD and _near(_flat(relation), layout)


def _in_front_of(relation: Relation, layout: Layout) -> bool:
    ahead, left = _viewed(relation, layout)
    return ahead > 0 and abs(math.atan2(left, ahead)) <= _SIDE_RAD and _near(_flat(relation), layout)


def _behind(relation: Relation, layout: Layout) -> bool:
    ahead, left = _viewed(relation, layout)
    return ahead < 0 and abs(math.atan2(left, -ahead)) <= _SIDE_RAD and _near(_flat(relation), layout)


def _flat(relation: Relation) -> Relation:
    return Relation(name="near", subject=relation.subject, object=relation.object)


def _facing(relation: Relation, layout: Layout) -> bool:
    a, b = layout[relation.subject], layout[relation.object]
    direction = b.center[:2] - a.center[:2]
    length = float(np.linalg.norm(direction))
    if length < 1e-6:
        return False
    return math.acos(max(-1.0, min(1.0, float(direction @ a.forward) / length))) <= FACING_RAD


def _in_room(relation: Relation, layout: Layout) -> bool:
    room = layout.scene.room(layout[relation.subject].item.room)
    return relation.object in (room.id, room.type, ROOM)


def _against_wall(relation: Relation, layout: Layout) -> bool:
    item = layout[relation.subject]
    return min(wall_distances(item, layout.scene.room(item.item.room)).values()) <= AGAINST_WALL_M


def _in_corner(relation: Relation, layout: Layout) -> bool:
    item = layout[relation.subject]
    distances = sorted(wall_distances(item, layout.scene.room(item.item.room)).values())
    return len(distances) > 1 and distances[1] <= AGAINST_WALL_M


def _in_middle(relation: Relation, layout: Layout) -> bool:
    item = layout[relation.subject]
    floor = layout.scene.room(item.item.room).floor
    reach = _MIDDLE_SHARE * min(
        math.dist(a, b) for a, b in itertools.pairwise(floor.minimum_rotated_rectangle.exterior.coords)
    )
    return bool(floor.centroid.distance(Point(*item.center[:2])) <= reach)


def _between(relation: Relation, layout: Layout) -> bool:
    if relation.other is None:
        return False
    a = layout[relation.subject].center[:2]
    first, second = layout[relation.object].center[:2], layout[relation.other].center[:2]
    span = second - first
    length = float(np.linalg.norm(span))
    if length < 1e-6:
        return False
    share = float((a - first) @ span) / length**2
    off = abs(float(span[0] * (a - first)[1] - span[1] * (a - first)[0])) / length
    return 0.1 <= share <= 0.9 and off <= max(0.3, 0.35 * length)


def _joint_shares(relation: Relation, layout: Layout) -> list[float]:
    """Return how far each door, drawer or lid that is meant stands open, 0..1."""
    located = layout[relation.subject]
    joints = [joint for joint in located.asset.joints if joint.opens != "none"]
    if relation.part is not None:
        name = part_name(relation.part, tuple(joint.child for joint in joints))
        joints = [joint for joint in joints if joint.child == name]
    return [
        (located.item.joints.get(joint.name, 0.0) - joint.lower) / (joint.upper - joint.lower)
        for joint in joints
    ]


def _open(relation: Relation, layout: Layout) -> bool:
    shares = _joint_shares(relation, layout)
    return any(share >= OPEN_SHARE for share in shares)


def _closed(relation: Relation, layout: Layout) -> bool:
    shares = _joint_shares(relation, layout)
    return bool(shares) and all(share <= CLOSED_SHARE for share in shares)


def _lifted(relation: Relation, layout: Layout) -> bool:
    """Tell whether a thing is at home nowhere and well above the floor and every surface below its middle."""
    item = layout[relation.subject]
    patches = [p for other in layout if other.item.id != relation.subject for p in other.patches]
    if any(patch.holds(item) for patch in patches):
        return False
    low, middle = float(item.low[2]), Point(*item.center[:2])
    below = (patch.z for patch in patches if patch.z <= low and patch.area.contains(middle))
    return low - max(below, default=0.0) > LIFTED_M


_TESTS: dict[str, Callable[[Relation, Layout], bool]] = {
    "on": _on,
    "in": _in,
    "under": _under,
    "next_to": _next_to,
    "near": _near,
    "touching": _touching,
    "left_of": _left_of,
    "right_of": _right_of,
    "in_front_of": _in_front_of,
    "behind": _behind,
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
