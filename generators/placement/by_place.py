"""Candidate poses of furniture by place: at a wall, around a table, above a sofa.

Poses are `world_from_object` and not checked for collisions.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from shapely.geometry import Point

from sage.asset import Asset
from sage.generators.recipes import FurniturePlace
from sage.geometry import Pose, Vec2, heading
from sage.scene import Opening, Room, Wall
from sage.spatial.layout import Located

__all__ = [
    "HANG_GAP_M",
    "ROW_GAP_M",
    "PoseQuery",
    "poses_above",
    "poses_around_corner",
    "poses_at_place",
    "poses_on_floor",
    "wall_behind",
]

ROW_GAP_M = 0.12
"""Gap between objects side by side on the wall over a piece [m]."""
_BACK_GAP_M = 0.015
"""Gap between the wall and a piece with its back to it [m]."""
HANG_GAP_M = 0.001
"""Gap between the wall and what hangs on it [m]."""
_SIDE_GAP_M = 0.03
"""Gap beside a piece at a wall [m]."""
_RUN_GAP_M = 0.005
"""Gap between the pieces of a run [m]."""
_DOOR_GAPS_M = (0.0, 0.03, 0.08, 0.15)
"""Gaps beside a deeper neighbour, so that a door opens [m]."""
_STEP_M = 0.1
_MAX_POSES = 200
_ELBOW_M = 0.08
"""Gap between seats at one side of a table [m]."""
_PICTURE_HEIGHT_M = 1.55
"""Height of the middle of what hangs on a wall [m]."""
_HANG_ABOVE_M = 0.15
"""Gap between a piece and what hangs above it [m]."""
_BOARD_TO_DESK_M = (0.95, 0.85, 1.1)
_TO_HEARTH_M = (1.3, 1.0, 1.7, 2.2)
"""Distances at which pieces gather in front of a partner, such as a fireplace [m]."""
_AISLE_M = 1.2
"""Largest gap between columns of rows, unless the recipe has a larger one [m]."""
_BEFORE_ROWS_M, _BEFORE_BOARD_M = 0.5, 2.1
"""Depth of the free floor in front of the first row, and in front of a board with a desk [m]."""


@dataclass(frozen=True)
class PoseQuery:
    """Query for poses of a piece in a room."""

    asset: Asset
    room: Room
    rng: np.random.Generator
    partners: tuple[Located, ...] = ()
    """Placed pieces that it goes with; for a run, its placed pieces."""
    spacing: Vec2 = (0.9, 0.75)
    """For rows: free floor behind and beside each piece [m]."""
    height: float | None = None
    """Height of the bottom of a hanging piece [m]; by default its middle is at 1.55 m."""
    askew: float = 0.05
    """Standard deviation of the heading of seats [rad]."""

    @property
    def half_width(self) -> float:
        """Half of its length along a wall, with the gap beside it [m]."""
        return self.asset.size[1] / 2 + _SIDE_GAP_M

    def bottom(self, shift: float = 0.0) -> float:
        """Return the height of the bottom of a hanging piece [m].

        Args:
            shift: shift upwards from the default height [m]; no effect if the query has a height.
        """
        if self.height is not None:
            return self.height
        return max(0.05, _PICTURE_HEIGHT_M + shift - self.asset.size[2] / 2)


def poses_at_place(place: FurniturePlace, query: PoseQuery) -> Iterator[Pose]:
    """Yield poses of a piece at a place, likelier ones first."""
    yield from _BY_PLACE[place](query)


def _at_wall(asset: Asset, wall: Wall, offset: float, gap: float = _BACK_GAP_M, z: float = 0.0) -> Pose:
    x, y = wall.point(offset, gap + asset.size[0] / 2)
    return Pose.planar(float(x), float(y), z, wall.yaw)


def _wall(query: PoseQuery) -> Iterator[Pose]:
    for wall, offset in _wall_spots(query):
        yield _at_wall(query.asset, wall, offset)


def _wall_spots(query: PoseQuery) -> Iterator[tuple[Wall, float]]:
    """Yield walls with offsets along them in steps of 0.1 m, in random order."""
    half = query.half_width
    spots = [
        (wall, float(offset))
        for wall in query.room.walls
        for offset in (*np.arange(half, wall.length - half + 1e-9, _STEP_M), wall.length - half)
        if half <= wall.length - half
    ]
    for index in query.rng.permutation(len(spots)):
        yield spots[int(index)]


def _corner(query: PoseQuery) -> Iterator[Pose]:
    half = query.half_width
    spots = [(wall, offset) for wall in query.room.walls for offset in (half, wall.length - half)]
    for index in query.rng.permutation(len(spots)):
        wall, offset = spots[int(index)]
        for shift in (0.0, 0.08, 0.16):
            inward = shift if offset == half else -shift
            yield _at_wall(query.asset, wall, offset + inward, _BACK_GAP_M + 0.02)


def _run(query: PoseQuery) -> Iterator[Pose]:
    if not query.partners:
        half = query.asset.size[1] / 2
        walls = sorted(query.room.walls, key=lambda wall: (bool(_doors(wall)), -wall.length))
        for inset in (0.02, 0.15, 0.3, 0.5, 0.8):
            for wall in walls:
                ends = [half + inset, wall.length - half - inset]
                for k in query.rng.permutation(2):
                    yield _at_wall(query.asset, wall, ends[int(k)])
        return
    for partner in reversed(query.partners):
        for side in (1, -1):
            yield _side_by_side(query.asset, partner, side, _RUN_GAP_M)


def poses_around_corner(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses that continue a run along other walls, those nearest to the run first."""
    if not query.partners:
        return
    depth = max(partner.asset.size[0] for partner in query.partners) + _BACK_GAP_M
    half = query.asset.size[1] / 2
    corners = [
        _at_wall(query.asset, wall, offset)
        for wall in query.room.walls
        for offset in (depth + 0.02 + half, wall.length - depth - 0.02 - half)
        if half < offset < wall.length - half
    ]
    run = np.array([partner.center[:2] for partner in query.partners])

    def away(pose: Pose) -> float:
        return float(np.linalg.norm(run - pose.position[:2], axis=1).min())

    yield from sorted([*corners, *_wall(query)], key=away)


def _doors(wall: Wall) -> list[str]:
    return [opening.id for opening in wall.openings if opening.kind == "door"]


def _side_by_side(asset: Asset, partner: Located, side: int, gap: float) -> Pose:
    """Return the pose beside a partner with the backs in line; side 1 is to its left, -1 to its right."""
    back = -partner.asset.size[0] / 2 + asset.size[0] / 2
    across = side * (partner.asset.size[1] / 2 + asset.size[1] / 2 + gap)
    return partner.item.pose @ Pose.planar(back, across)


def _beside(query: PoseQuery) -> Iterator[Pose]:
    for partner in query.partners:
        for gap in (0.05, 0.12, 0.25, 0.4):
            for side in query.rng.permutation([-1, 1]):
                yield _side_by_side(query.asset, partner, int(side), gap)


def _around(query: PoseQuery) -> Iterator[Pose]:
    size = query.asset.size
    for partner in query.partners:
        depth, width = partner.asset.size[:2]
        for tuck in (0.12, 0.0, -0.06):
            reach = size[0] / 2 - tuck
            seats = []
            per_side = max(1, int(width // (size[1] + _ELBOW_M)))
            for k in range(per_side):
                across = (k + 0.5) / per_side * width - width / 2
                seats += [(depth / 2 + reach, across, math.pi), (-depth / 2 - reach, across, 0.0)]
            ends = [(0.0, width / 2 + reach, -math.pi / 2), (0.0, -width / 2 - reach, math.pi / 2)]
            for x, y, yaw in [*seats, *(ends if depth >= 0.6 else [])]:
                yield partner.item.pose @ Pose.planar(x, y, 0.0, yaw + query.rng.normal(0, query.askew))


def _gather(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses that face a partner from its sides, then from its front."""
    size = query.asset.size
    for partner in query.partners:
        depth, width = partner.asset.size[:2]
        for gap, along in itertools.product((0.45, 0.35, 0.6, 0.8), (0.0, 0.15, -0.15, 0.3)):
            for side in query.rng.permutation([-1, 1]):
                y = side * (width / 2 + gap + size[0] / 2)
                turn = -side * math.pi / 2 + query.rng.normal(0, query.askew)
                yield partner.item.pose @ Pose.planar(along, float(y), 0.0, float(turn))
        for gap, across in itertools.product((0.45, 0.6, 0.8), (0.4, -0.4, 0.0)):
            x = depth / 2 + gap + size[0] / 2
            yield partner.item.pose @ Pose.planar(x, across * width, 0.0, math.pi)


def _seat(query: PoseQuery) -> Iterator[Pose]:
    for partner in query.partners:
        front, aside = _sitting_edge(partner.asset)
        for tuck in (0.08, 0.0, -0.1, -0.2, -0.3, -0.42):
            across = aside + query.rng.uniform(-2.4, 2.4) * query.askew
            x = front + query.asset.size[0] / 2 - tuck
            turn = math.pi + query.rng.normal(0, 3 * query.askew)
            yield partner.item.pose @ Pose.planar(x, across, 0.0, turn)


def _sitting_edge(table: Asset) -> tuple[float, float]:
    """Return the position of a seat at a desk: ahead, and to the left of the desk's middle [m].

    At a desk with a wing, the seat is in the corner between the two tops.
    """
    named = {surface.name: surface for surface in table.surfaces}
    if "wing" not in named:
        return table.size[0] / 2, 0.0
    top, wing = named["top"], named["wing"]
    return top.center[0] + top.size[0] / 2, math.copysign(wing.size[1] / 2, -wing.center[1])


def _front(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses in front of a partner; for one on a wall, with space for a person in between."""
    for partner in query.partners:
        front = partner.asset.size[0] / 2 + query.asset.size[0] / 2
        if partner.item.support == "wall":
            for gap, across in itertools.product(_BOARD_TO_DESK_M, (0.0, 0.5, -0.5, 1.0, -1.0)):
                pose = partner.item.pose @ Pose.planar(front + gap, across, 0.0, math.pi)
                yield Pose.planar(*pose.position[:2], 0.0, pose.yaw)
            continue
        for gap in (0.40, 0.34, 0.5, 0.3):
            across = query.rng.uniform(-2, 2) * query.askew
            yield partner.item.pose @ Pose.planar(front + gap, across)


def _before(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses at some distance in front of a partner that face it, nearly straight ahead first."""
    for partner in query.partners:
        front = partner.asset.size[0] / 2 + query.asset.size[0] / 2
        for away, angle in itertools.product(_TO_HEARTH_M, (0.35, -0.35, 0.0, 0.7, -0.7)):
            x, y = front + away * math.cos(angle), away * math.sin(angle)
            yaw = math.atan2(-y, -x) + query.rng.normal(0, query.askew)
            place = partner.item.pose @ Pose.planar(x, y, 0.0, yaw)
            yield Pose.planar(*place.position[:2], 0.0, place.yaw)


def _opposite(query: PoseQuery) -> Iterator[Pose]:
    for partner in query.partners:
        forward = partner.forward
        for wall in sorted(query.room.walls, key=lambda wall: float(wall.inward @ forward)):
            facing_back = float(wall.inward @ forward)
            if facing_back > -0.5:
                continue
            along = float((partner.center[:2] - np.array(wall.start)) @ wall.along)
            for shift in (0.0, 0.15, -0.15, 0.3, -0.3, 0.45, -0.45, 0.6, -0.6):
                if query.half_width <= along + shift <= wall.length - query.half_width:
                    yield _at_wall(query.asset, wall, along + shift)


def _rows(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses in rows across the room, from the front, and from the middle outwards."""
    yaws = [partner.item.pose.yaw for partner in query.partners]
    if not yaws:
        yaws = [0.0, math.pi / 2] if query.rng.random() < 0.5 else [math.pi / 2, 0.0]
        yaws = [math.pi / 2, 0.0] if _long_axis(query.room) else yaws
    for yaw in yaws:
        yield from _grid(query, yaw)


def _grid(query: PoseQuery, yaw: float) -> Iterator[Pose]:
    forward, left = heading(yaw), heading(yaw + math.pi / 2)
    corners = np.array(query.room.polygon)
    along, across = corners @ forward, corners @ left
    start, end = float(along.min()), float(along.max())
    ahead = _BEFORE_ROWS_M
    for partner in query.partners:
        start = max(start, float(partner.center[:2] @ forward))
        ahead = _BEFORE_BOARD_M if partner.item.support == "wall" else ahead
    start += ahead
    depth, width = query.asset.size[:2]
    behind, beside = query.spacing
    margin = min(beside, 0.75)
    usable = float(across.max() - across.min()) - 2 * margin
    columns = int((usable + beside) // (width + beside))
    rows = int((end - start + 1e-6) // (depth + behind))
    if columns < 1 or rows < 1:
        return
    pitch = min((usable - width) / max(1, columns - 1), width + max(beside, _AISLE_M))
    middle = float(across.max() + across.min()) / 2
    offsets = sorted((k - (columns - 1) / 2 for k in range(columns)), key=abs)
    slack = (end - start) / rows
    for row in range(rows):
        for offset in offsets:
            x, y = (start + row * slack + depth / 2) * forward + (middle + offset * pitch) * left
            yield Pose.planar(float(x), float(y), 0.0, yaw)


def _under(query: PoseQuery) -> Iterator[Pose]:
    for partner in query.partners:
        depth, width = partner.asset.size[:2]
        for _ in range(80):
            x = query.rng.uniform(-0.05, 0.4) * depth
            y = query.rng.uniform(-0.45, 0.45) * width
            yield partner.item.pose @ Pose.planar(x, y, 0.0, 0.0)


def _under_window(query: PoseQuery) -> Iterator[Pose]:
    for wall, window in query.room.windows:
        for shift in (0.0, 0.1, -0.1, 0.2, -0.2, 0.35, -0.35):
            offset = window.offset + shift
            if query.half_width <= offset <= wall.length - query.half_width:
                yield _at_wall(query.asset, wall, offset)


def _at_window(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses of a curtain at both sides of each window, from 12 cm above it."""
    _, width, height = query.asset.size
    for wall, window in query.room.windows:
        z = max(0.01, _top(window) + 0.12 - height)
        for side in (-1, 1):
            offset = window.offset + side * (window.width + width - 0.1) / 2
            if width / 2 <= offset <= wall.length - width / 2:
                yield _at_wall(query.asset, wall, offset, 0.02, z)


def _top(opening: Opening) -> float:
    return opening.sill + opening.height


def _hung(query: PoseQuery) -> Iterator[Pose]:
    for wall, offset in _wall_spots(query):
        bottom = query.bottom(query.rng.uniform(-0.06, 0.1))
        yield _at_wall(query.asset, wall, offset, HANG_GAP_M, bottom)


def _above(query: PoseQuery) -> Iterator[Pose]:
    yield from poses_above(query)


def poses_above(query: PoseQuery, slot: tuple[int, int] | None = None) -> Iterator[Pose]:
    """Yield poses on the wall above a partner: over its middle, then side by side.

    Args:
        query: the piece and its partners.
        slot: index of the piece among those that hang there side by side, and their number; if given, the
            gap above tall partners may be smaller.
    """
    _, width, height = query.asset.size
    for partner in query.partners:
        wall = wall_behind(partner, query.room)
        if wall is None:
            continue
        bottom = max(query.bottom(), float(partner.high[2]) + _HANG_ABOVE_M)
        if bottom + height > query.room.height - 0.05:
            bottom = query.room.height - 0.05 - height
            if slot is None or bottom < float(partner.high[2]):
                continue
        along = float((partner.center[:2] - np.array(wall.start)) @ wall.along)
        step = width + ROW_GAP_M
        index, count = slot or (0, 1)
        row = [(k - (count - 1) / 2) * step for k in range(count)]
        for shift in dict.fromkeys((*row[index:], *row, 0.0, step / 2, -step / 2, step, -step)):
            if abs(shift) <= max(0.1, (partner.asset.size[1] - width) / 2 + 0.1):
                least, most = width / 2 + _RUN_GAP_M, wall.length - width / 2 - _RUN_GAP_M
                if least <= most:
                    offset = min(max(along + shift, least), most)
                    yield _at_wall(query.asset, wall, offset, HANG_GAP_M, bottom)


def _over_run(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses above the low pieces of a run: next to what hangs there, then from its ends."""
    half, bottom = query.asset.size[1] / 2, query.bottom()
    for wall in query.room.walls:
        beside = [partner for partner in query.partners if wall_behind(partner, query.room) is wall]
        hanging = [_span(partner, wall) for partner in beside if partner.item.support == "wall"]
        edges = [edge for left, right in hanging for edge in ((right, 1), (left, -1))]
        low = [_span(partner, wall) for partner in beside if partner.high[2] < bottom]
        for start, end in _joined(low):
            for gap, (edge, side) in itertools.product(_DOOR_GAPS_M, [*edges, (start, 1), (end, -1)]):
                offset = edge + side * (gap + half)
                if start - _RUN_GAP_M <= offset - half and offset + half <= end + _RUN_GAP_M:
                    yield _at_wall(query.asset, wall, offset, HANG_GAP_M, bottom)


def _span(partner: Located, wall: Wall) -> Vec2:
    """Return the offsets of the ends of a partner along its wall, with half the gap beside it [m]."""
    middle = float((partner.center[:2] - np.array(wall.start)) @ wall.along)
    half = partner.asset.size[1] / 2 + _RUN_GAP_M / 2
    return (middle - half, middle + half)


def _joined(spans: list[Vec2]) -> list[Vec2]:
    """Return spans in order, with touching ones merged."""
    joined: list[Vec2] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1] + _RUN_GAP_M:
            start, end = joined[-1][0], max(end, joined.pop()[1])
        joined.append((start, end))
    return joined


def wall_behind(partner: Located, room: Room) -> Wall | None:
    """Return the wall within 0.25 m behind a piece, or None."""
    for wall in room.walls:
        gap = float((partner.center[:2] - np.array(wall.start)) @ wall.inward) - partner.asset.size[0] / 2
        if float(wall.inward @ partner.forward) > 0.95 and gap < 0.25:
            return wall
    return None


def _ceiling(query: PoseQuery) -> Iterator[Pose]:
    z = query.room.height - query.asset.size[2]
    for partner in query.partners:
        x, y = partner.center[:2]
        yield Pose.planar(float(x), float(y), z, partner.item.pose.yaw)
    if not query.partners:
        low_x, low_y, high_x, high_y = query.room.floor.bounds
        for share in (0.5, 0.3, 0.7):
            x, y = low_x + share * (high_x - low_x), low_y + 0.5 * (high_y - low_y)
            yield Pose.planar(x, y, z, math.pi / 2 if _long_axis(query.room) else 0.0)


def _middle(query: PoseQuery) -> Iterator[Pose]:
    center = query.room.floor.centroid
    rng = query.rng
    turns = [0.0, math.pi / 2] if rng.random() < 0.5 else [math.pi / 2, 0.0]
    turns = [math.pi / 2, 0.0] if _long_axis(query.room) else turns
    for spread in (0.15, 0.3, 0.5, 0.7, 1.0):
        for _ in range(6):
            x, y = center.x + rng.uniform(-spread, spread), center.y + rng.uniform(-spread, spread)
            for yaw in turns:
                yield Pose.planar(x, y, 0.0, yaw)


def _long_axis(room: Room) -> bool:
    low_x, low_y, high_x, high_y = room.floor.bounds
    return bool(high_x - low_x > 1.15 * (high_y - low_y))


def _free(query: PoseQuery) -> Iterator[Pose]:
    asset, room, rng = query.asset, query.room, query.rng
    low_x, low_y, high_x, high_y = room.floor.bounds
    center = np.array([(low_x + high_x) / 2, (low_y + high_y) / 2])
    inset = max(asset.size[:2]) / 2 + 0.08
    if 2 * inset >= min(high_x - low_x, high_y - low_y):
        return
    for _ in range(60):
        x = rng.uniform(low_x + inset, high_x - inset)
        y = rng.uniform(low_y + inset, high_y - inset)
        wall = min(room.walls, key=lambda wall: abs(float((np.array([x, y]) - wall.start) @ wall.inward)))
        depth = float((np.array([x, y]) - wall.start) @ wall.inward)
        x, y = np.array([x, y]) - wall.inward * max(0.0, depth - asset.size[0] / 2 - 0.08)
        if asset.has_front:
            aim = center - np.array([x, y])
            yaw = math.atan2(aim[1], aim[0])
        else:
            yaw = wall.yaw
        if room.floor.contains(Point(x, y)):
            yield Pose.planar(float(x), float(y), 0.0, yaw)


def poses_on_floor(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses on a grid over the floor, from the walls inwards."""
    low_x, low_y, high_x, high_y = query.room.floor.bounds
    depth, width = query.asset.size[:2]
    for yaw, x_side, y_side in ((0.0, depth, width), (math.pi / 2, width, depth)):
        xs, ys = (
            np.arange(low + side / 2 + _STEP_M / 2, high - side / 2, max(_STEP_M, side / 2))
            for low, high, side in ((low_x, high_x, x_side), (low_y, high_y, y_side))
        )
        spots = [Point(x, y) for x in xs for y in ys]
        edge = query.room.floor.exterior
        for spot in sorted((s for s in spots if query.room.floor.contains(s)), key=edge.distance)[
            :_MAX_POSES
        ]:
            yield Pose.planar(spot.x, spot.y, 0.0, yaw)


def _rug(query: PoseQuery) -> Iterator[Pose]:
    """Yield poses of a rug under a partner, or in front of one that is fixed."""
    for partner in query.partners:
        if partner.item.fixed:
            for gap, across in itertools.product((0.03, 0.1), (0.0, 0.2, -0.2, 0.35, -0.35)):
                x = (partner.asset.size[0] + query.asset.size[0]) / 2 + gap
                yield partner.item.pose @ Pose.planar(x, across, 0.0, 0.0)
            continue
        for yaw in (0.0, math.pi / 2):
            x = partner.asset.size[0] * 0.25 if partner.item.category == "bed" else 0.0
            yield partner.item.pose @ Pose.planar(x, 0.0, 0.0, yaw)
    yield from _middle(query)


_BY_PLACE: dict[FurniturePlace, Callable[[PoseQuery], Iterator[Pose]]] = {
    "wall": _wall,
    "corner": _corner,
    "run": _run,
    "middle": _middle,
    "beside": _beside,
    "around": _around,
    "gather": _gather,
    "before": _before,
    "seat": _seat,
    "front": _front,
    "opposite": _opposite,
    "rows": _rows,
    "under": _under,
    "under_window": _under_window,
    "at_window": _at_window,
    "hung": _hung,
    "above": _above,
    "over_run": _over_run,
    "ceiling": _ceiling,
    "rug": _rug,
    "free": _free,
}
