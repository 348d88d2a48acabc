"""The fixed shell of a room as blocks: floor, walls with holes, door leaves, panes, frames.

Physics, previews and every export build the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import numpy as np

from sage.asset import Mesh
from sage.geometry import Array, Pose, box_corners
from sage.scene import Block, Opening, Room, Wall

__all__ = ["FLOOR_THICKNESS_M", "PATTERN_M", "STRUCTURE_FRICTION", "Block", "block_mesh", "room_blocks"]

FLOOR_THICKNESS_M = 0.1
PATTERN_M = 1.2
"""How far a floor's pattern goes before it repeats."""
STRUCTURE_FRICTION = 0.6
_LEAF_M = 0.04
_PANE_M = 0.01
_FRAME_M = 0.05
_SKIRTING_M = (0.012, 0.07)

_DOOR_COLOR = (0.72, 0.6, 0.46, 1.0)
_GLASS_COLOR = (0.72, 0.85, 0.93, 0.35)
_FRAME_COLOR = (0.95, 0.95, 0.93, 1.0)


def room_blocks(room: Room) -> tuple[Block, ...]:
    """Return every block of a room. Walls stand outside the floor polygon, on the floor slab."""
    if room.shell is not None:
        return room.shell
    return (_floor(room), *(block for wall in room.walls for block in _wall(room, wall)))


def _floor(room: Room) -> Block:
    margin = max(wall.thickness for wall in room.walls)
    low_x, low_y, high_x, high_y = room.floor.bounds
    size = (high_x - low_x + 2 * margin, high_y - low_y + 2 * margin, FLOOR_THICKNESS_M)
    red, green, blue = room.floor_color
    return Block(
        name=f"{room.id}_floor",
        kind="floor",
        size=size,
        pose=Pose.planar((low_x + high_x) / 2, (low_y + high_y) / 2, -FLOOR_THICKNESS_M / 2),
        rgba=(red, green, blue, 1.0),
        pattern=room.floor_pattern,
    )


def _wall(room: Room, wall: Wall) -> Iterator[Block]:
    red, green, blue = room.wall_color
    count = 0

    def block(start: float, end: float, low: float, high: float) -> Block:
        nonlocal count
        count += 1
        return _slab(
            wall, f"{wall.id}_{count}", "wall", start, end, low, high,
            -wall.thickness, 0.0, (red, green, blue, 1.0),
        )  # fmt: skip

    cursor = -wall.thickness
    for opening in sorted(wall.openings, key=lambda item: item.offset):
        start, end = opening.offset - opening.width / 2, opening.offset + opening.width / 2
        top = opening.sill + opening.height
        yield block(cursor, start, 0.0, wall.height)
        if opening.sill > 0:
            yield block(start, end, 0.0, opening.sill)
        if top < wall.height:
            yield block(start, end, top, wall.height)
        yield from _filling(wall, opening)
        cursor = end
    yield block(cursor, wall.length, 0.0, wall.height)
    yield from _skirting(wall)


def _filling(wall: Wall, opening: Opening) -> Iterator[Block]:
    start, end = opening.offset - opening.width / 2, opening.offset + opening.width / 2
    low, high = opening.sill, opening.sill + opening.height
    middle = -wall.thickness / 2
    if opening.kind == "door":
        yield _slab(
            wall, f"{opening.id}_leaf", "door", start, end, low, high,
            middle - _LEAF_M / 2, middle + _LEAF_M / 2, _DOOR_COLOR,
        )  # fmt: skip
    else:
        yield _slab(
            wall, f"{opening.id}_pane", "window", start, end, low, high,
            middle - _PANE_M / 2, middle + _PANE_M / 2, _GLASS_COLOR,
        )  # fmt: skip
        middle_x = (start + end) / 2
        for name, a, b, c, d in (
            ("mullion", middle_x - _FRAME_M / 2, middle_x + _FRAME_M / 2, low, high),
            ("bottom", start, end, low, low + _FRAME_M),
        ):
            yield _trim(wall, f"{opening.id}_{name}", a, b, c, d, middle - 0.03, middle + 0.03)
    for name, a, b, c, d in (
        ("left", start, start + _FRAME_M, low, high),
        ("right", end - _FRAME_M, end, low, high),
        ("head", start, end, high - _FRAME_M, high),
    ):
        yield _trim(wall, f"{opening.id}_{name}", a, b, c, d, -wall.thickness, -0.002)


def _skirting(wall: Wall) -> Iterator[Block]:
    depth, height = _SKIRTING_M
    cursor, count = 0.0, 0
    doors = [item for item in wall.openings if item.kind == "door"]
    for start, end in [
        *((door.offset - door.width / 2, door.offset + door.width / 2) for door in
          sorted(doors, key=lambda item: item.offset)),
        (wall.length, wall.length),
    ]:  # fmt: skip
        if start - cursor > 0.02:
            count += 1
            yield _trim(wall, f"{wall.id}_skirting_{count}", cursor, start, 0.0, height, 0.0, depth)
        cursor = end


def _trim(
    wall: Wall, name: str, start: float, end: float, low: float, high: float, back: float, front: float
) -> Block:
    slab = _slab(wall, name, "trim", start, end, low, high, back, front, _FRAME_COLOR)
    return slab.model_copy(update={"collides": False})


def _slab(
    wall: Wall,
    name: str,
    kind: Literal["wall", "door", "window", "trim"],
    start: float,
    end: float,
    low: float,
    high: float,
    back: float,
    front: float,
    rgba: tuple[float, float, float, float],
) -> Block:
    """Return a block between offsets along the wall, heights, and insets into the room [m]."""
    x, y = wall.point((start + end) / 2, (back + front) / 2)
    return Block(
        name=name,
        kind=kind,
        wall=wall.id,
        size=(front - back, end - start, high - low),
        pose=Pose.planar(float(x), float(y), (low + high) / 2, wall.yaw),
        rgba=rgba,
    )


def block_mesh(block: Block) -> Mesh:
    """Return a block as a mesh in its own frame, with flat sides; its pattern repeats every PATTERN_M."""
    half = np.array(block.size) / 2
    corners: list[Array] = []
    normals: list[Array] = []
    faces: list[tuple[int, int, int]] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            side = [corner for corner in box_corners(-half, half) if corner[axis] * sign > 0]
            normal = np.eye(3)[axis] * sign
            low, right, left, high = (len(corners) + k for k in range(4))
            corners += side
            normals += [normal] * 4
            if np.dot(np.cross(side[1] - side[0], side[2] - side[0]), normal) > 0:
                faces += [(low, right, left), (left, right, high)]
            else:
                faces += [(low, left, right), (left, high, right)]
    vertices = np.array(corners)
    return Mesh(vertices, np.array(faces), np.array(normals), vertices[:, :2] / PATTERN_M)
