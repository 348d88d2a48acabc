"""Candidate poses of furniture by relation.

Poses are `world_from_object`. Callers test each with `sage.spatial.predicates.holds` and for collisions, so
the candidates include both sides of a reference, and gaps that may be too wide.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from shapely.geometry import Point

from sage.generators.placement.by_place import (
    HANG_GAP_M,
    PoseQuery,
    poses_above,
    poses_at_place,
    poses_on_floor,
    wall_behind,
)
from sage.geometry import Array, Pose, Vec2
from sage.scene import Opening, Room, Wall
from sage.spatial.layout import Located
from sage.task import DOOR, WINDOW, Relation

__all__ = [
    "CONSTRAINING",
    "SHARED_PLACES",
    "RelationQuery",
    "openings_named",
    "poses_anywhere",
    "poses_by_relation",
    "turned_to",
]

CONSTRAINING = (
    "around", "long_side", "short_side", "above", "between", "in_front_of", "behind", "left_of", "right_of",
    "touching", "under", "in_corner", "in_middle", "next_to", "across", "near", "far", "facing", "on",
    "against_wall",
)  # fmt: skip
"""Relations that restrict where a piece is, the most constraining first."""
SHARED_PLACES = ("around", "long_side", "short_side")
"""Relations by which several pieces share the places at one."""
_CLOSE_GAPS_M = (0.05, 0.12, 0.25, 0.4)
_GAPS_M: dict[str, tuple[float, ...]] = {
    "touching": (0.003,),
    "next_to": _CLOSE_GAPS_M,
    "left_of": (*_CLOSE_GAPS_M, 0.02, 0.6, 0.8),
    "right_of": (*_CLOSE_GAPS_M, 0.02, 0.6, 0.8),
    "in_front_of": (0.38, 0.08, 0.25, 0.02, 0.6, 0.8, 1.1, 1.4),
    "behind": (0.05, 0.15, 0.3, 0.5, 0.8, 1.1),
    "near": (0.5, 0.35, 0.7, 0.9, 1.1, 1.35),
    "across": (1.8, 2.2, 1.6, 2.7, 3.2, 3.8),
    "facing": (0.6, 1.0, 1.5, 2.0, 2.6, 3.3),
    "far": (4.1, 4.4, 4.8, 5.5),
}
"""Gaps between a piece and its reference, likelier ones first [m]."""
_SIDES: dict[str, tuple[str, ...]] = {
    "left_of": ("aside", "ahead", "behind"),
    "right_of": ("aside", "ahead", "behind"),
    "in_front_of": ("ahead", "behind", "aside"),
    "behind": ("behind", "ahead", "aside"),
    "across": ("ahead", "behind", "aside"),
    "facing": ("ahead", "aside", "behind"),
}
_ANGLES: dict[str, tuple[float, ...]] = {
    "ahead": (0.0,), "aside": (math.pi / 2, -math.pi / 2), "behind": (math.pi,),
}  # fmt: skip
_ALONG = (0.0, 0.12, -0.12, 0.25, -0.25, 0.4, -0.4)
"""Offsets along a side, relative to its length."""
_TUCKS_M = (0.1, 0.0, -0.05, -0.15)
"""Depths by which seats are pushed under a table [m]."""
_FAR_M = 4.0
"""Least distance between middles for `far` [m]."""
_APART_M = 1.0
"""Gap from which on a piece in front of another faces it rather than the same way [m]."""
_WALL_STEP_M = 0.12
_HANG_BESIDE_M = (0.12, 0.2, 0.06, 0.35)
"""Horizontal gaps between pieces on a wall [m]."""
_VERTICAL_GAP_M = 0.12
"""Vertical gap between pieces on a wall, and above an opening [m]."""

_SAT_AT, _KNEES_M = ("desk", "table"), 0.65
"""Last words of the categories that one sits at, and their least height [m]."""


@dataclass(frozen=True)
class RelationQuery:
    """Query for poses of a piece by a relation."""

    query: PoseQuery
    """The piece, the room, and as partners the relation's references."""
    support: str
    """`floor`, `wall` or `ceiling`."""
    seat: bool = False
    """Whether the piece is a seat."""
    at_table: bool = False
    """Whether the first partner is a table."""
    slot: tuple[int, int] = (0, 1)
    """Index of the piece among those in the same relation to the same reference, and their number."""

    @property
    def depth(self) -> float:
        """Depth of the piece [m]."""
        return self.query.asset.size[0]

    @property
    def width(self) -> float:
        """Width of the piece [m]."""
        return self.query.asset.size[1]


def poses_by_relation(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses where a relation may hold, likelier ones first."""
    room = request.query.room
    named = openings_named(relation.object, room)
    if named or relation.object in (WINDOW, DOOR):
        yield from _by_opening(relation, request, named)
    elif request.support == "ceiling":
        if not request.query.partners:
            yield from _raised(_by_room(relation, request), request.query)
        yield from _from_ceiling(request)
    elif request.support == "wall":
        yield from _on_wall(relation, request)
    elif request.query.asset.covering:
        yield from _rug(relation, request)
    elif not request.query.partners:
        yield from _by_room(relation, request)
    else:
        yield from _BY_RELATION.get(relation.name, _strips)(relation, request)


def poses_anywhere(request: RelationQuery) -> Iterator[Pose]:
    """Yield poses all over the piece's support: the walls, the floor or the ceiling."""
    query = request.query
    if request.support == "ceiling":
        yield from _over_floor(query)
    elif request.support == "wall":
        yield from poses_at_place("hung", query)
    else:
        yield from poses_at_place("wall", query)
        yield from poses_at_place("corner", query)
        if query.asset.has_front:
            for pose in poses_on_floor(query):
                yield pose
                yield pose @ Pose.planar(0.0, 0.0, 0.0, math.pi)
        else:
            yield from poses_on_floor(query)


def turned_to(poses: Iterable[Pose], target: Array) -> Iterator[Pose]:
    """Yield each pose turned to face a point [m, world frame], shape [2 or 3], then as it is."""
    for pose in poses:
        x, y, z = pose.position
        ahead = target[:2] - np.array([x, y])
        yield Pose.planar(x, y, z, math.atan2(float(ahead[1]), float(ahead[0])))
        yield pose


def openings_named(name: str, room: Room) -> tuple[tuple[Wall, Opening], ...]:
    """Return the doors or windows of an id or kind, with their walls."""
    return tuple(pair for pair in room.openings if name in (pair[1].id, pair[1].kind))


# ---- references on the floor


def _strips(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses in front of, behind and beside a partner, in the strips beyond its faces."""
    name = relation.name
    groups = _SIDES.get(name, ("aside", "ahead", "behind"))
    gaps = _GAPS_M.get(name, _CLOSE_GAPS_M)
    if name == "in_front_of" and request.seat and request.at_table:
        gaps = (*(-tuck for tuck in _TUCKS_M), 0.25, 0.4, 0.6)
    for group in groups:
        for gap, share in itertools.product(gaps, _ALONG):
            angles = _ANGLES[group]
            order = request.query.rng.permutation(len(angles)) if len(angles) > 1 else (0,)
            for k in order:
                yield from _in_strip(request, angles[int(k)], gap, share)


def _in_strip(request: RelationQuery, angle: float, gap: float, share: float) -> Iterator[Pose]:
    """Yield poses at one side of a partner, with each suitable heading.

    Args:
        request: the piece and its partner.
        angle: direction of the side from the partner's front [rad].
        gap: gap to the partner [m].
        share: offset along the side, relative to its length.
    """
    partner = request.query.partners[0]
    depth, width = partner.asset.size[:2]
    ahead, aside = round(math.cos(angle)), round(math.sin(angle))
    for turn in _turns(request, angle, gap):
        own = _extents(request, turn)
        if ahead:
            spots = [(ahead * (depth / 2 + gap + own[0] / 2), share * width)]
        else:
            y = aside * (width / 2 + gap + own[1] / 2)
            in_line = [-(depth - own[0]) / 2, 0.0] if share == 0.0 else []
            spots = [(x, y) for x in (*in_line, share * depth)]
        for x, y in dict.fromkeys(spots):
            yield _beside(partner, x, y, turn)


def _turns(request: RelationQuery, angle: float, gap: float) -> tuple[float, ...]:
    """Return headings of a piece at a side of its partner, in the partner's frame, likelier first [rad]."""
    if not request.query.asset.has_front:
        return (0.0, math.pi / 2) if abs(request.depth - request.width) > 0.05 else (0.0,)
    facing = angle + math.pi
    ahead = abs(angle) < 0.1
    looks_at = gap >= _APART_M or (request.seat and (request.at_table or ahead))
    if ahead and not request.seat and gap < _APART_M:
        return (0.0, facing, math.pi / 2)
    if abs(angle - math.pi) < 0.1 and not looks_at:
        return (math.pi, 0.0)
    return (facing, 0.0) if looks_at else (0.0, facing)


def _extents(request: RelationQuery, turn: float) -> Vec2:
    c, s = abs(math.cos(turn)), abs(math.sin(turn))
    return (c * request.depth + s * request.width, s * request.depth + c * request.width)


def _beside(partner: Located, x: float, y: float, turn: float) -> Pose:
    """Return an upright pose on the floor at x, y [m] and a heading [rad] in the frame of a partner."""
    (at_x, at_y, _), yaw = partner.item.pose.position, partner.item.pose.yaw
    c, s = math.cos(yaw), math.sin(yaw)
    return Pose.planar(at_x + c * x - s * y, at_y + s * x + c * y, 0.0, yaw + turn)


def _around(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses evenly around a partner that face it, at equal distances; then poses at its sides."""
    partner = request.query.partners[0]
    depth, width = partner.asset.size[:2]
    index, count = request.slot
    round_top = partner.asset.attributes.get("shape") == "round"
    start = 0.0 if count % 2 or width <= depth * 1.15 else math.pi / count
    for tuck, phase in itertools.product((0.02, -0.06, -0.16), (start, math.pi / count - start)):
        angles = [phase + 2 * math.pi * k / count for k in range(count)]
        reach = max(_edge(depth, width, angle, round_top) for angle in angles) + request.depth / 2 - tuck
        for k in (*range(index, count), *range(index)):
            x, y = reach * math.cos(angles[k]), reach * math.sin(angles[k])
            yield _beside(partner, x, y, angles[k] + math.pi)
    yield from poses_at_place("around", request.query)


def _edge(depth: float, width: float, angle: float, round_top: bool) -> float:
    """Return the distance from the middle of a table top to its edge in a direction [m]."""
    if round_top:
        return max(depth, width) / 2
    c, s = abs(math.cos(angle)), abs(math.sin(angle))
    return min(depth / 2 / c if c > 1e-6 else math.inf, width / 2 / s if s > 1e-6 else math.inf)


def _at_side(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses at the long, or short, sides of a partner, evenly spread along each."""
    partner = request.query.partners[0]
    depth, width = partner.asset.size[:2]
    long_ahead = width >= depth
    ahead = long_ahead == (relation.name == "long_side")
    angles = (0.0, math.pi) if ahead else (math.pi / 2, -math.pi / 2)
    length = width if ahead else depth
    across = request.width if request.seat else min(request.depth, request.width)
    _, count = request.slot
    inside = [
        angle
        for angle in angles
        if request.query.room.floor.contains(
            Point(*_beside(partner, *_outwards(angle, (depth, width), across / 2), 0.0).position[:2])
        )
    ]
    angles = (inside[0], inside[-1]) if inside else angles
    if ahead and partner.item.fixed and any(s[:, 0].max() > depth / 2 for s in partner.asset.sweeps):
        angles = (math.pi, math.pi)
    per_side = max(1, min(math.ceil(count / len(set(angles))), int(length // (across + 0.02))))
    spread = [(k + 0.5) / per_side - 0.5 for k in range(per_side)]
    others = [share for share in _ALONG if share not in spread]
    gaps = [-tuck for tuck in _TUCKS_M] if request.seat else [0.05, 0.15, 0.3]
    spots = itertools.chain.from_iterable(
        itertools.product(gaps, shares, angles) for shares in (spread, others)
    )
    for gap, share, angle in spots:
        turn = angle + math.pi if request.seat else 0.0
        own = _extents(request, turn)
        if ahead:
            x, y = math.cos(angle) * (depth / 2 + gap + own[0] / 2), share * width
        else:
            x, y = share * depth, math.sin(angle) * (width / 2 + gap + own[1] / 2)
        yield _beside(partner, x, y, turn)


def _outwards(angle: float, size: Vec2, away: float) -> Vec2:
    """Return the point at a distance beyond the middle of a face of a box, in the frame of the box [m]."""
    x, y = math.cos(angle), math.sin(angle)
    return (x * (size[0] / 2 + away), y * (size[1] / 2 + away))


def _between(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses halfway between two partners, aligned with either, backs in line first."""
    if len(request.query.partners) < 2:
        yield from _strips(relation, request)
        return
    first, second = (partner.center[:2] for partner in request.query.partners[:2])
    away = second - first
    aside = np.array([-away[1], away[0]]) / max(float(np.linalg.norm(away)), 1e-6)
    yaws = [partner.item.pose.yaw for partner in request.query.partners[:2]]
    yaws += [yaw + math.pi / 2 for yaw in yaws]
    depths = [partner.asset.size[0] for partner in request.query.partners[:2]]
    for share, shift in itertools.product((0.5, 0.42, 0.58, 0.34, 0.66), (0.0, 0.1, -0.1, 0.22, -0.22)):
        x, y = first + share * away + shift * aside
        for yaw in dict.fromkeys(round(yaw, 4) for yaw in yaws):
            back = np.array([math.cos(yaw), math.sin(yaw)]) * (request.depth - depths[0]) / 2
            if shift == 0.0:
                yield Pose.planar(float(x + back[0]), float(y + back[1]), 0.0, yaw)
            yield Pose.planar(float(x), float(y), 0.0, yaw)


def _in_middle(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    partner = request.query.partners[0]
    for x, y in itertools.product((0.0, 0.08, -0.08, 0.18, -0.18), repeat=2):
        for turn in (0.0, math.pi / 2):
            yield _beside(partner, x, y, turn)


def _under(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    yield from poses_at_place("under", request.query)


def _across(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses at the wall that a partner faces, or in front of it, facing back."""
    if not request.seat:
        yield from poses_at_place("opposite", request.query)
        yield from _strips(relation, request)
    else:
        yield from _strips(relation, request)
        yield from poses_at_place("opposite", request.query)


def _facing(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses that face a partner.

    A seat goes to its desk or table, other pieces to the wall that the partner faces; then come poses in
    front of the partner and anywhere.
    """
    partner = request.query.partners[0]
    if request.seat and partner.asset.category.split()[-1] in _SAT_AT and partner.asset.size[2] > _KNEES_M:
        yield from poses_at_place("seat", request.query)
    if request.seat:
        yield from poses_at_place("before", request.query)
    yield from poses_at_place("opposite", request.query)
    yield from _strips(relation, request)
    yield from turned_to(poses_at_place("free", request.query), partner.center)


def _far(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses in corners and at walls far from a partner."""
    partner = request.query.partners[0]
    spots = itertools.chain(poses_at_place("corner", request.query), poses_at_place("wall", request.query))
    middle = Point(*partner.center[:2])
    for pose in spots:
        if middle.distance(Point(*pose.position[:2])) >= _FAR_M:
            yield pose


# ---- the room


def _by_room(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    query = request.query
    if relation.name == "in_corner":
        yield from poses_at_place("corner", query)
    elif relation.name == "in_middle":
        yield from _in_room_middle(query)
    elif relation.name in ("against_wall", "next_to", "near"):
        yield from poses_at_place("wall", query)


def _in_room_middle(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses in the middle of the room, then ever further from it."""
    center = query.room.floor.centroid
    low_x, low_y, high_x, high_y = query.room.floor.bounds
    turns = (math.pi / 2, 0.0) if high_x - low_x > high_y - low_y else (0.0, math.pi / 2)
    for shift in (0.0, 0.1, 0.2, 0.35, 0.5):
        for x, y in ((shift, 0.0), (0.0, shift), (-shift, 0.0), (0.0, -shift)):
            for yaw in turns:
                yield Pose.planar(center.x + x, center.y + y, 0.0, yaw)
            if not shift:
                break


# ---- doors and windows


def _by_opening(
    relation: Relation, request: RelationQuery, named: tuple[tuple[Wall, Opening], ...]
) -> Iterator[Pose]:
    """Yield poses at, near, across from or far from doors or windows."""
    if request.support == "ceiling":
        yield from _from_ceiling(request)
        return
    query = request.query
    if relation.name in ("far", "across"):
        if request.support == "wall":
            yield from poses_at_place("hung", query)
        else:
            yield from poses_at_place("wall", query)
            yield from poses_at_place("corner", query)
            yield from poses_on_floor(query)
        return
    order = query.rng.permutation(len(named))
    pairs = [named[int(k)] for k in order]
    if relation.name == "facing" and request.support == "floor":
        for wall, opening in pairs:
            yield from turned_to(_before_opening(request, wall, opening), wall.point(opening.offset))
        yield from turned_to(
            poses_at_place("free", query), pairs[0][0].point(pairs[0][1].offset) if pairs else np.zeros(2)
        )
        return
    for wall, opening in pairs:
        if request.support == "wall":
            yield from _hung_by_opening(request, wall, opening)
            continue
        for offset in _offsets(wall, opening, query, under=relation.name == "under"):
            x, y = wall.point(offset, 0.015 + request.depth / 2)
            yield Pose.planar(float(x), float(y), 0.0, wall.yaw)
        if request.seat or relation.name in ("in_front_of", "near"):
            yield from _before_opening(request, wall, opening)
    yield from poses_at_place("wall", query)


def _offsets(wall: Wall, opening: Opening, query: PoseQuery, *, under: bool) -> Iterator[float]:
    """Yield offsets along a wall outwards from the middle of an opening, or from its sides [m]."""
    start = 0.0 if under or opening.kind == "window" else (opening.width + query.asset.size[1]) / 2 + 0.08
    for step in range(int(2.0 / _WALL_STEP_M)):
        for side in (1, -1):
            offset = opening.offset + side * (start + step * _WALL_STEP_M)
            if query.half_width <= offset <= wall.length - query.half_width:
                yield offset


def _before_opening(request: RelationQuery, wall: Wall, opening: Opening) -> Iterator[Pose]:
    """Yield poses in front of an opening that face into the room, or the opening."""
    for inset, shift in itertools.product((0.45, 0.7, 1.0, 1.4, 1.9), (0.0, 0.4, -0.4, 0.9, -0.9)):
        offset = opening.offset + shift
        if request.query.half_width <= offset <= wall.length - request.query.half_width:
            x, y = wall.point(offset, inset + request.depth / 2)
            for turn in (0.0, math.pi):
                yield Pose.planar(float(x), float(y), 0.0, wall.yaw + turn)


# ---- walls


def _on_wall(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses on walls: above, beside or below a partner, at the wall that it faces, then anywhere."""
    query, partner = request.query, next(iter(request.query.partners), None)
    if partner is None:
        yield from poses_at_place("hung", query)
        return
    if relation.name in ("above", "behind", "on", "next_to", "near", "in_middle"):
        yield from poses_above(query, request.slot)
    if relation.name == "under" and partner.item.support == "wall":
        wall = wall_behind(partner, query.room)
        z = float(partner.low[2]) - _VERTICAL_GAP_M - query.asset.size[2]
        if wall is not None:
            yield from _hang(request, wall, [_along(partner, wall)], z)
    if relation.name in ("next_to", "near", "left_of", "right_of"):
        yield from _hung_beside(request, partner)
    if relation.name in ("across", "facing", "in_front_of"):
        for pose in poses_at_place("opposite", query):
            wall = min(query.room.walls, key=lambda wall: abs(_angle(wall.yaw - pose.yaw)))
            offset = float((np.array(pose.position[:2]) - np.array(wall.start)) @ wall.along)
            yield from _hang(request, wall, [offset])
    yield from poses_at_place("hung", query)


def _hung_beside(request: RelationQuery, partner: Located) -> Iterator[Pose]:
    wall = wall_behind(partner, request.query.room)
    if wall is None:
        return
    along, half = _along(partner, wall), (partner.asset.size[1] + request.width) / 2
    z = None
    if partner.item.support == "wall":
        z = float(partner.low[2] + partner.high[2]) / 2 - request.query.asset.size[2] / 2
    for gap in _HANG_BESIDE_M:
        sides = request.query.rng.permutation([-1, 1])
        yield from _hang(request, wall, [along + float(side) * (half + gap) for side in sides], z)


def _hung_by_opening(request: RelationQuery, wall: Wall, opening: Opening) -> Iterator[Pose]:
    """Yield poses on a wall beside an opening, then above it."""
    reach = (opening.width + request.width) / 2
    for gap in (*_HANG_BESIDE_M, 0.5, 0.7):
        yield from _hang(request, wall, [opening.offset + reach + gap, opening.offset - reach - gap])
    yield from _hang(request, wall, [opening.offset], opening.sill + opening.height + _VERTICAL_GAP_M)


def _hang(request: RelationQuery, wall: Wall, offsets: list[float], z: float | None = None) -> Iterator[Pose]:
    """Yield poses on a wall at offsets along it and a height of the bottom; see `PoseQuery.bottom` [m]."""
    bottom = request.query.bottom() if z is None else z
    for offset in offsets:
        if request.width / 2 <= offset <= wall.length - request.width / 2:
            x, y = wall.point(offset, HANG_GAP_M + request.depth / 2)
            yield Pose.planar(float(x), float(y), bottom, wall.yaw)


def _along(partner: Located, wall: Wall) -> float:
    return float((partner.center[:2] - np.array(wall.start)) @ wall.along)


def _angle(angle: float) -> float:
    return math.remainder(angle, 2 * math.pi)


# ---- ceiling, rugs


def _from_ceiling(request: RelationQuery) -> Iterator[Pose]:
    """Yield poses on the ceiling over a partner, several along its longer side; then over the floor."""
    query, (index, count) = request.query, request.slot
    z = query.room.height - query.asset.size[2]
    for partner in query.partners[:1]:
        depth, width = partner.asset.size[:2]
        spread = [((k + 0.5) / count - 0.5) * max(depth, width) for k in range(count)]
        along = (*spread[index:], *spread[:index], 0.15, -0.15, 0.3, -0.3)
        for off_wall, shift in itertools.product((0.0, 0.1, 0.2), along):
            x, y = (shift, off_wall) if depth > width else (off_wall, shift)
            pose = _beside(partner, x, y, 0.0)
            yield Pose.planar(*pose.position[:2], z, pose.yaw)
    yield from _over_floor(query)


def _raised(poses: Iterator[Pose], query: PoseQuery) -> Iterator[Pose]:
    """Yield poses raised from the floor to the ceiling."""
    z = query.room.height - query.asset.size[2]
    for pose in poses:
        yield Pose.planar(*pose.position[:2], z, pose.yaw)


def _over_floor(query: PoseQuery) -> Iterator[Pose]:
    yield from poses_at_place("ceiling", PoseQuery(query.asset, query.room, query.rng))
    low_x, low_y, high_x, high_y = query.room.floor.bounds
    z = query.room.height - query.asset.size[2]
    for x, y in itertools.product((0.5, 0.25, 0.75, 0.12, 0.88), repeat=2):
        yield Pose.planar(low_x + x * (high_x - low_x), low_y + y * (high_y - low_y), z)


def _rug(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses of a rug: under, in front of or beside its partners, or in the room's middle."""
    query = request.query
    if query.partners and relation.name not in ("under", "in_middle", "on"):
        yield from _strips(relation, request)
    elif query.partners:
        yield from _rug_under(request)
    else:
        yield from _in_room_middle(query)
    yield from poses_at_place("rug", query)


def _rug_under(request: RelationQuery) -> Iterator[Pose]:
    """Yield poses of a rug in the middle of its partners, then under the first and ahead of it."""
    first = request.query.partners[0]
    x, y = np.mean([partner.center[:2] for partner in request.query.partners], axis=0)
    for turn in (0.0, math.pi / 2):
        yield Pose.planar(float(x), float(y), 0.0, first.item.pose.yaw + turn)
    for turn in (0.0, math.pi / 2):
        spare = (_extents(request, turn)[0] - first.asset.size[0]) / 2
        for shift in (0.0, spare, spare + 0.1, -spare, spare + first.asset.size[0] / 3):
            yield _beside(first, shift, 0.0, turn)


def _on_rug(relation: Relation, request: RelationQuery) -> Iterator[Pose]:
    """Yield poses on a rug, in its middle first."""
    rug = request.query.partners[0]
    depth, width = rug.asset.size[:2]
    shares = (0.0, 0.15, -0.15, 0.3, -0.3, 0.42, -0.42)
    for u, v in sorted(itertools.product(shares, repeat=2), key=lambda spot: math.hypot(*spot)):
        for turn in (
            (0.0, math.pi / 2, math.pi, -math.pi / 2) if request.query.asset.has_front else (0.0, 0.8)
        ):
            yield _beside(rug, u * depth, v * width, turn)


_BY_RELATION: dict[str, Callable[[Relation, RelationQuery], Iterator[Pose]]] = {
    "around": _around,
    "long_side": _at_side,
    "short_side": _at_side,
    "between": _between,
    "in_middle": _in_middle,
    "under": _under,
    "across": _across,
    "facing": _facing,
    "far": _far,
    "on": _on_rug,
}
