"""Blocks of a room's fixed structure: floor, walls with openings, doors, windows and trim.

Physics, previews and every export use the same blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sage.appearance.patterns import PATTERNS
from sage.appearance.texture import MAP_KINDS, maps
from sage.asset import Material, Mesh
from sage.geometry import Array, Pose, Vec3, box_corners
from sage.scene import Block, Cladding, Opening, Room, Wall

__all__ = [
    "FLOOR_THICKNESS_M",
    "STRUCTURE_FRICTION",
    "Block",
    "block_images",
    "block_material",
    "block_mesh",
    "room_blocks",
]

FLOOR_THICKNESS_M = 0.1
STRUCTURE_FRICTION = 0.6
"""Friction coefficient of floors, walls, doors and windows."""
_LEAF_M = 0.04
"""Thickness of a door leaf [m]."""
_PANE_M = 0.01
"""Thickness of a window pane [m]."""
_FRAME_M = 0.05
"""Width of door and window frames [m]."""
_SKIRTING_M = (0.012, 0.07)
"""Depth and height of skirting boards [m]."""
_CASE_M = (0.014, 0.065)
"""Depth and width of the boards around a door [m]."""
_SILL_M = (0.03, 0.025)
"""Overhang and thickness of a window board [m]."""
_CLADDING_M = 0.004
"""Thickness of a cladding [m]."""
_HANDLE_M = (1.02, 0.065)
"""Height of a door handle, and distance from the edge of the leaf [m]."""
_SWITCH_M = (1.05, 0.16)
"""Height of a light switch, and distance from the door [m]."""
_SOCKETS_M = (0.28, 3.2)
"""Height of sockets, and largest distance between them [m]."""
_PLATE_M = (0.009, 0.082)
"""Depth and side length of switches and sockets [m]."""

_GLASS_COLOR = (0.72, 0.85, 0.93, 0.35)
_STEEL_COLOR = (0.70, 0.70, 0.71)
_PLATE_COLOR = (0.96, 0.96, 0.95)
_ROUGHNESS = {
    "tiles": 0.75, "wall_tiles": 0.6, "mosaic": 0.6, "terrazzo": 0.5, "planks": 0.6, "parquet": 0.5,
    "panelling": 0.6,
}  # fmt: skip
_PLAIN_ROUGHNESS, _GLASS_ROUGHNESS, _STEEL_ROUGHNESS = 0.9, 0.1, 0.3


@dataclass(frozen=True)
class _Extent:
    """A box at a wall, in the wall's coordinates [m]."""

    start: float
    """Offsets along the wall, from its start."""
    end: float
    low: float
    """Heights above the floor."""
    high: float
    back: float
    """Insets into the room from the wall's inner face."""
    front: float


def room_blocks(room: Room) -> tuple[Block, ...]:
    """Return every block of a room, poses in the world frame.

    Walls stand outside the floor polygon, on the floor slab. An imported room has the blocks of its source.
    """
    if room.shell is not None:
        return room.shell
    return (_floor(room), *(block for wall in room.walls for block in _wall(room, wall)))


def _floor(room: Room) -> Block:
    margin = max(wall.thickness for wall in room.walls)
    low_x, low_y, high_x, high_y = room.floor.bounds
    size = (high_x - low_x + 2 * margin, high_y - low_y + 2 * margin, FLOOR_THICKNESS_M)
    return Block(
        name=f"{room.id}_floor",
        kind="floor",
        size=size,
        pose=Pose.planar((low_x + high_x) / 2, (low_y + high_y) / 2, -FLOOR_THICKNESS_M / 2),
        rgba=(*room.floor_color, 1.0),
        pattern=room.floor_pattern,
    )


def _wall(room: Room, wall: Wall) -> Iterator[Block]:
    count = 0

    def block(start: float, end: float, low: float, high: float) -> Block:
        nonlocal count
        count += 1
        extent = _Extent(start, end, low, high, -wall.thickness, 0.0)
        slab = _slab(wall, f"{wall.id}_{count}", "wall", extent, (*room.wall_color, 1.0))
        return slab.model_copy(update={"pattern": room.wall_pattern})

    cursor = -wall.thickness
    for opening in sorted(wall.openings, key=lambda item: item.offset):
        start, end = opening.offset - opening.width / 2, opening.offset + opening.width / 2
        top = opening.sill + opening.height
        yield block(cursor, start, 0.0, wall.height)
        if opening.sill > 0:
            yield block(start, end, 0.0, opening.sill)
        if top < wall.height:
            yield block(start, end, top, wall.height)
        yield from _door(room, wall, opening) if opening.kind == "door" else _window(room, wall, opening)
        cursor = end
    yield block(cursor, wall.length, 0.0, wall.height)
    for number, cladding in enumerate(c for c in room.claddings if c.wall == wall.id):
        yield from _clad(wall, f"{wall.id}_cladding_{number + 1}", cladding)
    yield from _skirting(room, wall)
    yield from _plates(wall)


def _door(room: Room, wall: Wall, door: Opening) -> Iterator[Block]:
    """Yield the leaf, panels and handle of a door, and the case around it."""
    start, end = door.offset - door.width / 2, door.offset + door.width / 2
    low, high, middle = door.sill, door.sill + door.height, -wall.thickness / 2
    extent = _Extent(start, end, low, high, middle - _LEAF_M / 2, middle + _LEAF_M / 2)
    leaf = _slab(wall, f"{door.id}_leaf", "door", extent, (*room.door_color, 1.0))
    yield leaf.model_copy(update={"pattern": "brushmarks"})
    face, (rise, inset) = middle + _LEAF_M / 2, _HANDLE_M
    at = end - _FRAME_M - inset
    for name, extent in (
        ("panel_1", _Extent(start + 0.16, end - 0.16, low + 0.22, low + 0.86, face, face + 0.006)),
        ("panel_2", _Extent(start + 0.16, end - 0.16, low + 1.14, high - 0.18, face, face + 0.006)),
    ):
        panel = _trim(wall, f"{door.id}_{name}", extent, room.door_color)
        yield panel.model_copy(update={"pattern": "brushmarks"})
    for name, extent in (
        ("plate", _Extent(at - 0.02, at + 0.02, rise - 0.11, rise + 0.09, face, face + 0.006)),
        ("neck", _Extent(at - 0.008, at + 0.008, rise - 0.008, rise + 0.008, face, face + 0.045)),
        ("handle", _Extent(at - 0.12, at + 0.01, rise - 0.009, rise + 0.009, face + 0.038, face + 0.052)),
    ):
        steel = _trim(wall, f"{door.id}_{name}", extent, _STEEL_COLOR)
        yield steel.model_copy(update={"metallic": 0.9})
    yield from _frame(room, wall, door)
    depth, width = _CASE_M
    for name, a, b, c, d in (
        ("case_left", start - width, start, low, high),
        ("case_right", end, end + width, low, high),
        ("case_head", start - width, end + width, high, high + width),
    ):
        yield _trim(wall, f"{door.id}_{name}", _Extent(a, b, c, d, 0.0, depth), room.trim_color)


def _window(room: Room, wall: Wall, window: Opening) -> Iterator[Block]:
    """Yield the pane and frame of a window, and the board below it."""
    start, end = window.offset - window.width / 2, window.offset + window.width / 2
    low, high, middle = window.sill, window.sill + window.height, -wall.thickness / 2
    extent = _Extent(start, end, low, high, middle - _PANE_M / 2, middle + _PANE_M / 2)
    yield _slab(wall, f"{window.id}_pane", "window", extent, _GLASS_COLOR)
    middle_x = (start + end) / 2
    for name, a, b, c, d in (
        ("mullion", middle_x - _FRAME_M / 2, middle_x + _FRAME_M / 2, low, high),
        ("bottom", start, end, low, low + _FRAME_M),
    ):
        extent = _Extent(a, b, c, d, middle - 0.03, middle + 0.03)
        yield _trim(wall, f"{window.id}_{name}", extent, room.trim_color)
    yield from _frame(room, wall, window)
    if low > 0:
        reach, thick = _SILL_M
        extent = _Extent(start - reach, end + reach, low - thick, low, -0.002, reach)
        yield _trim(wall, f"{window.id}_board", extent, room.trim_color)


def _frame(room: Room, wall: Wall, opening: Opening) -> Iterator[Block]:
    start, end = opening.offset - opening.width / 2, opening.offset + opening.width / 2
    low, high = opening.sill, opening.sill + opening.height
    for name, a, b, c, d in (
        ("left", start, start + _FRAME_M, low, high),
        ("right", end - _FRAME_M, end, low, high),
        ("head", start, end, high - _FRAME_M, high),
    ):
        extent = _Extent(a, b, c, d, -wall.thickness, -0.002)
        yield _trim(wall, f"{opening.id}_{name}", extent, room.trim_color)


def _clad(wall: Wall, name: str, cladding: Cladding) -> Iterator[Block]:
    """Yield the pieces of a cladding around the openings of its wall."""
    (start, end), (low, high) = cladding.span, cladding.heights
    pieces = []
    for opening in sorted(wall.openings, key=lambda item: item.offset):
        left, right = opening.offset - opening.width / 2, opening.offset + opening.width / 2
        if right <= start or left >= end:
            continue
        within = (max(left, start), min(right, end))
        pieces.append((start, left, low, high))
        pieces.append((*within, low, min(high, opening.sill)))
        pieces.append((*within, max(low, opening.sill + opening.height), high))
        start = right
    for number, (a, b, c, d) in enumerate([*pieces, (start, end, low, high)]):
        if b - a > 1e-3 and d - c > 1e-3:
            extent = _Extent(a, b, c, d, 0.0, _CLADDING_M)
            piece = _trim(wall, f"{name}_{number}", extent, cladding.color)
            yield piece.model_copy(update={"pattern": cladding.pattern})


def _skirting(room: Room, wall: Wall) -> Iterator[Block]:
    depth, height = _SKIRTING_M
    cursor, count = 0.0, 0
    doors = [item for item in wall.openings if item.kind == "door"]
    beside = _CASE_M[1]
    for start, end in [
        *((door.offset - door.width / 2 - beside, door.offset + door.width / 2 + beside) for door in
          sorted(doors, key=lambda item: item.offset)),
        (wall.length, wall.length),
    ]:  # fmt: skip
        if start - cursor > 0.02:
            count += 1
            name = f"{wall.id}_skirting_{count}"
            yield _trim(wall, name, _Extent(cursor, start, 0.0, height, 0.0, depth), room.trim_color)
        cursor = end


def _plates(wall: Wall) -> Iterator[Block]:
    """Yield light switches on the handle side of doors, and sockets."""
    depth, side = _PLATE_M
    places = []
    height, beside = _SWITCH_M
    for door in (item for item in wall.openings if item.kind == "door"):
        at = door.offset + door.width / 2 + beside
        if at + side > wall.length:
            at = door.offset - door.width / 2 - beside
        if side < at < wall.length - side:
            places.append((at, height))
    rise, apart = _SOCKETS_M
    count = int(wall.length / apart) + 1
    for at in ((number + 0.5) * wall.length / count + 0.21 for number in range(count)):
        if side < at < wall.length - side and not any(
            abs(at - item.offset) < item.width / 2 + 0.2 and item.sill < rise + side for item in wall.openings
        ):
            places.append((at, rise))
    for number, (at, middle) in enumerate(places, start=1):
        for name, half, front in (("plate", side / 2, depth), ("button", side / 4, depth + 0.003)):
            extent = _Extent(at - half, at + half, middle - half, middle + half, 0.0, front)
            yield _trim(wall, f"{wall.id}_{name}_{number}", extent, _PLATE_COLOR)


def _trim(wall: Wall, name: str, extent: _Extent, color: Vec3) -> Block:
    slab = _slab(wall, name, "trim", extent, (*color, 1.0))
    return slab.model_copy(update={"collides": False})


def _slab(
    wall: Wall,
    name: str,
    kind: Literal["wall", "door", "window", "trim"],
    extent: _Extent,
    rgba: tuple[float, float, float, float],
) -> Block:
    x, y = wall.point((extent.start + extent.end) / 2, (extent.back + extent.front) / 2)
    return Block(
        name=name,
        kind=kind,
        wall=wall.id,
        size=(extent.front - extent.back, extent.end - extent.start, extent.high - extent.low),
        pose=Pose.planar(float(x), float(y), (extent.low + extent.high) / 2, wall.yaw),
        rgba=rgba,
    )


def block_material(block: Block) -> Material:
    """Return the material of a block; its texture maps are keys of `block_images`."""
    clear = block.rgba[3] < 1
    files = {} if block.pattern is None else {kind: maps(block.pattern, 0).file(kind) for kind in MAP_KINDS}
    rough = _GLASS_ROUGHNESS if clear else _STEEL_ROUGHNESS if block.metallic else _PLAIN_ROUGHNESS
    return Material(
        name=block.pattern or block.kind,
        rgba=block.rgba,
        texture=files.get("colour"),
        surface_map=files.get("surface"),
        normal_map=files.get("normal"),
        roughness=_ROUGHNESS.get(block.pattern or "", rough),
        metallic=block.metallic,
        friction=STRUCTURE_FRICTION,
    )


def block_images(block: Block) -> dict[str, bytes]:
    """Return the texture maps of a block's material as PNG, by file name."""
    if block.pattern is None:
        return {}
    drawn = maps(block.pattern, 0)
    return {drawn.file(kind): getattr(drawn, kind) for kind in MAP_KINDS}


def block_mesh(block: Block) -> Mesh:
    """Return the flat-shaded mesh of a block in the block's frame.

    Texture coordinates are in true scale, and continuous between the blocks of a wall.
    """
    half = np.array(block.size) / 2
    corners: list[Array] = []
    normals: list[Array] = []
    planes: list[tuple[int, int]] = []
    faces: list[tuple[int, int, int]] = []
    for axis in range(3):
        for sign in (-1.0, 1.0):
            side = [corner for corner in box_corners(-half, half) if corner[axis] * sign > 0]
            normal = np.eye(3)[axis] * sign
            low, right, left, high = (len(corners) + k for k in range(4))
            corners += side
            normals += [normal] * 4
            planes += [((1, 2), (0, 2), (0, 1))[axis]] * 4
            if np.dot(np.cross(side[1] - side[0], side[2] - side[0]), normal) > 0:
                faces += [(low, right, left), (left, right, high)]
            else:
                faces += [(low, left, right), (left, high, right)]
    vertices = np.array(corners)
    turn = Pose(orientation=block.pose.orientation).inverse()
    places = vertices + turn.apply(np.array([block.pose.position]))
    repeat = PATTERNS[block.pattern].size if block.pattern else 1.0
    uv = np.take_along_axis(places, np.array(planes), axis=1) / repeat
    return Mesh(vertices, np.array(faces), np.array(normals), uv)
