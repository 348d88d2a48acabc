"""Support relations: surfaces, cavities and parts that carry objects."""

from __future__ import annotations

from collections.abc import Set

from shapely.geometry import LineString, Point

from sage.asset import Asset, Surface
from sage.scene import Placement
from sage.spatial.layout import CONTACT_M, Layout, Located, Patch
from sage.spatial.regions import regions_of, walls_meant
from sage.spatial.spacing import MOST
from sage.task import CEILING, FLOOR, ROOM, WALL, Relation

__all__ = [
    "LIFTED_M",
    "MAX_PENETRATION_M",
    "at_home",
    "is_lifted",
    "is_supported",
    "joint_shares",
    "part_name",
    "rests_on",
    "serves",
]

LIFTED_M = 0.05
"""How far above everything below it a thing is that was lifted [m]."""
MAX_PENETRATION_M = 0.001
"""Depth from which on overlapping bodies collide [m]."""
_BEFORE_M = 0.25
"""How far before a door or window things hang that are on it, as curtains [m]."""


def rests_on(item: Located, support: Located, part: str | None = None) -> Patch | None:
    """Return the patch of `support` that an object is at home on or in, or None."""
    patches = (p for p in support.patches if part is None or p.surface.name == part)
    return next((patch for patch in patches if patch.holds(item) or patch.rim_holds(item)), None)


def is_supported(located: Located, layout: Layout, touching: Set[frozenset[str]]) -> bool:
    """Return whether an object rests on what the scene says.

    Args:
        touching: pairs of ids of bodies no further apart than `CONTACT_M`.
    """
    item = located.item
    room = layout.scene.room(item.room)
    if item.support in layout:
        support = layout[item.support]
        close = frozenset((item.id, item.support)) in touching
        direct = close and rests_on(located, support, item.support_part) is not None
        return direct or (item.placement == "in" and _lies_on_contents(located, support, layout, touching))
    if item.support == "floor":
        return abs(float(located.low[2])) <= CONTACT_M
    if item.support == "ceiling":
        return abs(float(located.high[2]) - room.height) <= CONTACT_M
    lines = (LineString([wall.start, wall.end]) for wall in room.walls)
    return any(line.distance(located.footprint) <= CONTACT_M for line in lines)


def _lies_on_contents(
    located: Located, support: Located, layout: Layout, touching: Set[frozenset[str]]
) -> bool:
    """Return whether an object in a container lies on what else is in it: a towel on another in a hamper."""
    item = located.item
    if not support.footprint.contains(Point(located.center[:2])) or located.center[2] > support.high[2]:
        return False
    lower = (
        other
        for other in layout
        if other.item.support == item.support
        and other.item.placement == "in"
        and frozenset((item.id, other.item.id)) in touching
        and other.center[2] < located.center[2]
    )
    return any(is_supported(other, layout, touching) for other in lower)


def part_name(part: str, available: tuple[str, ...]) -> str | None:
    """Resolve a part such as `drawer_2`, `drawer_-1` (the last) or `drawer_middle`, or None.

    Args:
        available: names of an asset's surfaces or links, counted from the top.
    """
    if part in available:
        return part
    stem, _, position = part.rpartition("_")
    family = [name for name in available if name.rpartition("_")[0] == stem]
    if not family:
        return None
    if position == "middle":
        return family[len(family) // 2]
    if position.lstrip("-").isdigit() and position.startswith("-") and len(family) >= -int(position):
        return family[int(position)]
    return None


def serves(surface: Surface, placement: Placement, asset: Asset) -> bool:
    """Return whether what rests on a surface of an asset is `on` it, or `in` it.

    A shelf board is both; what has hollows but no top, as a bowl, has things on it that lie in it.
    """
    if surface.shelf or surface.placement == placement:
        return True
    return placement == "on" and not any(s.shelf or s.placement == "on" for s in asset.surfaces)


def at_home(relation: Relation, layout: Layout, placement: Placement) -> bool:
    """Return whether the subject of a relation is at home on, or in, its object or the part that is named.

    What stands where a rug lies is on it.
    """
    item = layout[relation.subject]
    room = layout.scene.room(item.item.room)
    if relation.object == FLOOR:
        return abs(float(item.low[2])) <= CONTACT_M
    if relation.object == CEILING:
        return abs(float(item.high[2]) - room.height) <= CONTACT_M
    if relation.object == ROOM:
        return True
    if relation.object not in layout:
        return _is_hung(relation, layout) and placement == "on"
    support = layout[relation.object]
    if support.item.covering and support.item.support == FLOOR:
        return placement == "on" and _stands_over(item, support)
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


def _stands_over(item: Located, rug: Located) -> bool:
    """Return whether an object stands on the floor where a rug lies, with most of what it covers."""
    shared = float(rug.footprint.intersection(item.body_footprint).area)
    on_floor = float(item.low[2]) <= float(rug.high[2]) + CONTACT_M
    return on_floor and shared >= MOST * float(item.body_footprint.area)


def _is_hung(relation: Relation, layout: Layout) -> bool:
    """Return whether an object that stands on nothing has its back at a wall, a door or a window."""
    item = layout[relation.subject]
    room = layout.scene.room(item.item.room)
    meant = regions_of(relation.object, room, layout)
    if item.item.support in layout or float(item.low[2]) <= CONTACT_M:
        return False
    if relation.object != WALL and all(wall.id != relation.object for wall in room.walls):
        return any(region.outline.distance(item.footprint) <= _BEFORE_M for region in meant)
    return any(
        LineString([wall.start, wall.end]).distance(item.footprint) <= CONTACT_M
        and (not item.asset.has_front or float(wall.inward @ item.forward) > 0.0)
        for wall in walls_meant(relation.object, room, relation.part)
    )


def _is_within(item: Located, patch: Patch, owner: Located) -> bool:
    """Return whether a patch holds an object that does not lie across the rim of its owner."""
    across = patch.rim_holds(item) and not owner.body_footprint.buffer(CONTACT_M).contains(item.footprint)
    return patch.holds(item) and not across


def joint_shares(relation: Relation, layout: Layout) -> list[float]:
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


def is_lifted(item: Located, layout: Layout) -> bool:
    """Return whether a thing is held by nothing, well above the floor and every surface below its middle."""
    patches = [p for other in layout if other.item.id != item.item.id for p in other.patches]
    if any(patch.holds(item) for patch in patches):
        return False
    low, middle = float(item.low[2]), Point(*item.center[:2])
    below = (patch.z for patch in patches if patch.z <= low and patch.area.contains(middle))
    return low - max(below, default=0.0) > LIFTED_M
