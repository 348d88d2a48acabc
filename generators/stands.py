"""Candidate poses for furniture: for each kind of place, where such a piece usually stands."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import numpy as np
from shapely.geometry import Point

from generators.recipe import Place
from sage.asset import Asset
from sage.geometry import Pose, heading
from sage.layout import Located
from sage.scene import Room, Wall

__all__ = ["candidates"]

_BACK_GAP_M = 0.015
_SIDE_GAP_M = 0.03
_RUN_GAP_M = 0.005
_STEP_M = 0.1
_ELBOW_M = 0.08
_EYE_HEIGHT_M = 1.55

Candidates = Callable[[Asset, Room, tuple[Located, ...], np.random.Generator], Iterator[Pose]]


def candidates(
    place: Place, asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    """Yield poses `world_from_object` for a piece, likelier ones first; nothing is checked yet.

    Args:
        partners: what the piece goes with; for a kitchen run, what already stands in it.
    """
    yield from _BY_PLACE[place](asset, room, partners, rng)


def _at_wall(asset: Asset, wall: Wall, offset: float, gap: float = _BACK_GAP_M) -> Pose:
    x, y = wall.point(offset, gap + asset.size[0] / 2)
    return Pose.planar(float(x), float(y), 0.0, wall.yaw)


def _wall(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    half = asset.size[1] / 2 + _SIDE_GAP_M
    spots = [
        (wall, offset)
        for wall in room.walls
        for offset in np.arange(half, wall.length - half + 1e-9, _STEP_M)
    ]
    for index in rng.permutation(len(spots)):
        wall, offset = spots[int(index)]
        yield _at_wall(asset, wall, float(offset))


def _corner(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    half = asset.size[1] / 2 + _SIDE_GAP_M
    spots = [(wall, offset) for wall in room.walls for offset in (half, wall.length - half)]
    for index in rng.permutation(len(spots)):
        wall, offset = spots[int(index)]
        for shift in (0.0, 0.08, 0.16):
            inward = shift if offset == half else -shift
            yield _at_wall(asset, wall, offset + inward, _BACK_GAP_M + 0.02)


def _run(asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator) -> Iterator[Pose]:
    if not partners:
        half = asset.size[1] / 2
        walls = sorted(room.walls, key=lambda wall: (bool(_doors(wall)), -wall.length))
        for inset in (0.02, 0.15, 0.3, 0.5, 0.8):
            for wall in walls:
                ends = [half + inset, wall.length - half - inset]
                for k in rng.permutation(2):
                    yield _at_wall(asset, wall, ends[int(k)])
        return
    for partner in reversed(partners):
        for side in (1, -1):
            yield _side_by_side(asset, partner, side, _RUN_GAP_M)


def _doors(wall: Wall) -> list[str]:
    return [opening.id for opening in wall.openings if opening.kind == "door"]


def _side_by_side(asset: Asset, partner: Located, side: int, gap: float) -> Pose:
    """Stand beside a partner, backs in one line; side 1 is to its left."""
    back = -partner.asset.size[0] / 2 + asset.size[0] / 2
    across = side * (partner.asset.size[1] / 2 + asset.size[1] / 2 + gap)
    return partner.item.pose @ Pose.planar(back, across)


def _beside(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    for partner in partners:
        for gap in (0.05, 0.12, 0.25, 0.4):
            for side in rng.permutation([-1, 1]):
                yield _side_by_side(asset, partner, int(side), gap)


def _around(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    for partner in partners:
        depth, width = partner.asset.size[:2]
        for tuck in (0.12, 0.0, -0.06):
            reach = asset.size[0] / 2 - tuck
            seats = []
            per_side = max(1, int(width // (asset.size[1] + _ELBOW_M)))
            for k in range(per_side):
                across = (k + 0.5) / per_side * width - width / 2
                seats += [(depth / 2 + reach, across, math.pi), (-depth / 2 - reach, across, 0.0)]
            ends = [(0.0, width / 2 + reach, -math.pi / 2), (0.0, -width / 2 - reach, math.pi / 2)]
            if depth < 0.6 or width < 1.0:
                ends = ends if depth >= 0.6 else []
            for x, y, yaw in [*seats, *ends]:
                yield partner.item.pose @ Pose.planar(x, y, 0.0, yaw + rng.normal(0, 0.05))


def _seat(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    for partner in partners:
        front = partner.asset.size[0] / 2
        for tuck in (0.08, 0.0, -0.1, -0.2):
            across = rng.uniform(-0.12, 0.12)
            x = front + asset.size[0] / 2 - tuck
            yield partner.item.pose @ Pose.planar(x, across, 0.0, math.pi + rng.normal(0, 0.15))


def _front(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    for partner in partners:
        front = partner.asset.size[0] / 2 + asset.size[0] / 2
        for gap in (0.40, 0.34, 0.5, 0.3):
            yield partner.item.pose @ Pose.planar(front + gap, rng.uniform(-0.1, 0.1))


def _opposite(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    for partner in partners:
        forward = partner.forward
        for wall in sorted(room.walls, key=lambda wall: float(wall.inward @ forward)):
            facing_back = float(wall.inward @ forward)
            if facing_back > -0.5:
                continue
            along = float((partner.center[:2] - np.array(wall.start)) @ wall.along)
            half = asset.size[1] / 2 + _SIDE_GAP_M
            for shift in (0.0, 0.15, -0.15, 0.3, -0.3, 0.45, -0.45, 0.6, -0.6):
                if half <= along + shift <= wall.length - half:
                    yield _at_wall(asset, wall, along + shift)


def _under(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    for partner in partners:
        depth, width = partner.asset.size[:2]
        for _ in range(80):
            x = rng.uniform(-0.05, 0.4) * depth
            y = rng.uniform(-0.45, 0.45) * width
            yield partner.item.pose @ Pose.planar(x, y, 0.0, 0.0)


def _under_window(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    half = asset.size[1] / 2 + _SIDE_GAP_M
    for wall, window in room.windows:
        for shift in (0.0, 0.1, -0.1, 0.2, -0.2, 0.35, -0.35):
            offset = window.offset + shift
            if half <= offset <= wall.length - half:
                yield _at_wall(asset, wall, offset)


def _hung(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    for pose in _wall(asset, room, partners, rng):
        x, y, _ = pose.position
        height = _EYE_HEIGHT_M + rng.uniform(-0.06, 0.1) - asset.size[2] / 2
        back = heading(pose.yaw) * (_BACK_GAP_M - 0.001)
        yield Pose.planar(x - float(back[0]), y - float(back[1]), height, pose.yaw)


def _middle(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    center = room.floor.centroid
    turns = [0.0, math.pi / 2] if rng.random() < 0.5 else [math.pi / 2, 0.0]
    along = turns if not _long_axis(room) else [math.pi / 2, 0.0]
    for spread in (0.15, 0.3, 0.5, 0.7, 1.0):
        for _ in range(6):
            x, y = center.x + rng.uniform(-spread, spread), center.y + rng.uniform(-spread, spread)
            for yaw in along:
                yield Pose.planar(x, y, 0.0, yaw)


def _long_axis(room: Room) -> bool:
    low_x, low_y, high_x, high_y = room.floor.bounds
    return bool(high_x - low_x > 1.15 * (high_y - low_y))


def _free(
    asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator
) -> Iterator[Pose]:
    low_x, low_y, high_x, high_y = room.floor.bounds
    center = np.array([(low_x + high_x) / 2, (low_y + high_y) / 2])
    inset = max(asset.size[:2]) / 2 + 0.08
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


def _rug(asset: Asset, room: Room, partners: tuple[Located, ...], rng: np.random.Generator) -> Iterator[Pose]:
    for partner in partners:
        for yaw in (0.0, math.pi / 2):
            x = partner.asset.size[0] * 0.25 if partner.item.category == "bed" else 0.0
            yield partner.item.pose @ Pose.planar(x, 0.0, 0.0, yaw)
    yield from _middle(asset, room, (), rng)


_BY_PLACE: dict[Place, Candidates] = {
    "wall": _wall,
    "corner": _corner,
    "run": _run,
    "middle": _middle,
    "beside": _beside,
    "around": _around,
    "seat": _seat,
    "front": _front,
    "opposite": _opposite,
    "under": _under,
    "under_window": _under_window,
    "hung": _hung,
    "rug": _rug,
    "free": _free,
}
