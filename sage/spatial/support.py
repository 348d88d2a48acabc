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
    "is_at",
    "is_lifted",
    "is_supported",
    "joint_shares",
    "part_name",
    "rests_on",
    "serves",
]

LIFTED_M = 0.05
"""Least height of a lifted object above everything below it [m]."""
MAX_PENETRATION_M = 0.001
"""Depth from which on overlapping bodies collide [m]."""
_BEFORE_M = 0.25
"""Largest distance from a door or window of what hangs on it, such as a curtain [m]."""


def rests_on(item: Located, support: Located, part: str | None = None) -> Patch | None:
    """Return the surface of a support on or in which an object rests, or None.

    Args:
        item: the object.
        support: the support.
        part: only the surface of this name.
    """
    patches = (p for p in support.patches if part is None or p.surface.name == part)
    return next((patch for patch in patches if patch.holds(item) or patch.rim_holds(item)), None)


def is_supported(located: Located, layout: Layout, touching: Set[frozenset[str]]) -> bool:
    """Return whether an object rests on the support that the scene states.

    Args:
        located: the object.
        layout: all objects.
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
    """Return whether an object in a container rests on other contents, as towels in a hamper do."""
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
    """Resolve the name of a part such as `drawer_2`, `drawer_-1` (the last) or `drawer_middle`.

    Args:
        part: name as requested.
        available: names of an asset's surfaces or links, counted from the top.

    Returns:
        One of the available names, or None.

    Example:
        >>> part_name("drawer_-1", ("top", "drawer_1", "drawer_2"))
        'drawer_2'
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
    """Return whether an object that rests on a surface of an asset is `on`, or `in`, the asset.

    A shelf board is both. For an asset with cavities but no top, such as a bowl, `in` is also `on`.
    """
    if surface.shelf or surface.placement == placement:
        return True
    return placement == "on" and not any(s.shelf or s.placement == "on" for s in asset.surfaces)


def is_at(relation: Relation, layout: Layout, placement: Placement) -> bool:
    """Return whether the subject of a relation is `on`, or `in`, its object or the part of it.

    Objects that stand on the floor over a rug are on the rug.
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
    """Return whether an object stands on the floor, mostly over a rug."""
    shared = float(rug.footprint.intersection(item.body_footprint).area)
    on_floor = float(item.low[2]) <= float(rug.high[2]) + CONTACT_M
    return on_floor and shared >= MOST * float(item.body_footprint.area)


def _is_hung(relation: Relation, layout: Layout) -> bool:
    """Return whether an object without a support hangs at a wall, door or window."""
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
    """Return whether a patch holds an object that does not lie across the owner's rim and beyond it."""
    across = patch.rim_holds(item) and not owner.body_footprint.buffer(CONTACT_M).contains(item.footprint)
    return patch.holds(item) and not across


def joint_shares(relation: Relation, layout: Layout) -> list[float]:
    """Return how far each door, drawer or lid of a relation's subject and part is open, 0..1."""
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
    """Return whether an object is above the floor and every surface below its middle by `LIFTED_M`."""
    patches = [p for other in layout if other.item.id != item.item.id for p in other.patches]
    if any(patch.holds(item) for patch in patches):
        return False
    low, middle = float(item.low[2]), Point(*item.center[:2])
    below = (patch.z for patch in patches if patch.z <= low and patch.area.contains(middle))
    return low - max(below, default=0.0) > LIFTED_M
