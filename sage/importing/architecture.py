"""Detection of floors, walls, ceilings and rooms in imported scenes.

A static box is part of the building if it is a plate with a name such as `wall`, or large enough to be a
floor or a wall. All other static bodies are fixed objects.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon, box

from sage.asset import Collider
from sage.geometry import Array, Pose, footprint, rotation_matrix
from sage.importing.foreign import InfinitePlane, SourceScene
from sage.importing.shapes import transformed
from sage.scene import Block, Room, Wall

__all__ = ["Building", "block_of", "detect_building", "with_floor"]

_Kind = Literal["floor", "wall", "door", "window", "trim"]

_WORDS: dict[str, _Kind] = {
    "floor": "floor", "ground": "floor", "groundplane": "floor", "ceiling": "trim", "roof": "trim",
    "wall": "wall", "walls": "wall", "door": "door", "window": "window", "baseboard": "trim",
}  # fmt: skip
_NEUTRAL_WORDS = re.compile(
    r"^([a-z]|left|right|front|back|rear|north|south|east|west|inner|outer|main|leaf|pane|plane|slab|mesh"
    r"|geom|geometry|collision|collider|col|visual|box|cube)$"
)
"""Words of a name that do not describe the kind of element."""
_PLATE_M = 0.5
"""Largest thickness of a wall, ceiling, door or window [m]."""
_FULL_BOX = 0.98
"""Smallest ratio of a piece's volume to that of its oriented bounding box to count as a box."""
_WALL_M = (0.3, 1.0, 1.8)
"""Largest thickness, and smallest length and height, of a wall recognized by its shape [m]."""
_FLOOR_M2 = 6.0
"""Smallest area of a floor recognized by its shape [m2]."""
_MIN_FLOOR_M2 = 1.0
"""Smallest area of a plate below all objects that counts as the floor [m2]."""
_LEVEL = 0.99
"""Smallest z component of the unit normal of a floor."""
_TOUCH_M = 0.01
_DOORWAY_M = 1.3
"""Largest width of a gap in a wall that separates two rooms [m]."""
_NICHE_M = 0.06
"""Depth of niches that room outlines omit [m]."""
_ROOM_M2 = 0.5
"""Smallest floor area of a room [m2]."""
_SLAB_M = 0.1
"""Thickness of the slab that replaces an infinite plane [m]."""
_MARGIN_M = 1.0
"""Width of the floor around objects without walls [m]."""
_DROP_M = 1.0
"""Height of the objects above z = 0 if there is no floor [m]."""
_CEILING_M = 1.8
"""Smallest height of a ceiling [m]."""
_GREY = (0.8, 0.8, 0.8, 1.0)


@dataclass(frozen=True)
class Building:
    """Rooms of an imported scene, and the vertical shift that brings its floor to z = 0."""

    rooms: tuple[Room, ...]
    lift: float
    """Vertical shift to add to all positions of the source [m]."""
    has_floor: bool
    """Whether a floor was source."""
    has_walls: bool
    """Whether walls, doors or windows were source."""


def block_of(name: str, collider: Collider, *, by_shape: bool = True) -> Block | None:
    """Return the building block that a static collider represents, or None if it is part of an object.

    Args:
        name: name from which the kind of element is inferred.
        collider: convex piece in the world frame.
        by_shape: whether large plates count regardless of their names.
    """
    bounding_box = _as_box(collider)
    if bounding_box is None:
        return None
    size, pose = bounding_box
    kind = _kind(name, np.array(size), pose, by_shape)
    if kind is None:
        return None
    return Block(name=name, kind=kind, size=size, pose=pose, rgba=_GREY)


def _as_box(collider: Collider) -> tuple[tuple[float, float, float], Pose] | None:
    """Return the extents [m] and the pose of a piece that is nearly a box, else None."""
    if collider.box:
        return collider.box, collider.pose
    import trimesh

    mesh = trimesh.Trimesh(collider.points, collider.faces, process=False)
    to_origin, extents = trimesh.bounds.oriented_bounds(mesh)  # type: ignore[no-untyped-call]
    if abs(mesh.volume) < _FULL_BOX * float(np.prod(extents)):
        return None
    x, y, z = (float(value) for value in extents)
    return (x, y, z), Pose.from_matrix(np.linalg.inv(to_origin))


def _kind(name: str, size: Array, pose: Pose, by_shape: bool) -> _Kind | None:
    """Return the kind of building element that a box is, or None for an object."""
    words = [word for word in re.findall(r"[a-z]+", name.lower()) if not _NEUTRAL_WORDS.match(word)]
    named = _WORDS.get(words[-1]) if words else None
    thickness, middle, long = sorted(size)
    up, height = _vertical_extent(size, pose)
    if up is None or (thickness > _PLATE_M and named != "floor"):
        return None
    if named and (named in ("floor", "trim") or height > thickness):
        return named
    if not by_shape:
        return None
    if height == thickness and middle * long >= _FLOOR_M2:
        return "floor"
    max_thickness, min_length, min_height = _WALL_M
    horizontal = sorted(np.delete(size, up))
    if (
        height != thickness
        and horizontal[0] <= max_thickness
        and horizontal[1] >= min_length
        and height >= min_height
    ):
        return "wall"
    return None


def _vertical_extent(size: Array, pose: Pose) -> tuple[int | None, float]:
    """Return the index of the vertical axis of a box and its extent along it [m], or None and 0."""
    alignment = np.abs(rotation_matrix(pose.orientation)[2])
    axis = int(alignment.argmax())
    return (axis, float(size[axis])) if alignment[axis] > 0.9999 else (None, 0.0)


def with_floor(source: SourceScene) -> SourceScene:
    """Return a scene in which a fixed plate below all other objects is the floor, if it has no floor yet."""
    if source.rooms or len(source.objects) < 2 or any(block.kind == "floor" for block in source.blocks):
        return source
    if any(plane.normal[2] > _LEVEL for plane in source.planes):
        return source
    lows = {thing.id: float(thing.world_points()[:, 2].min()) for thing in source.objects}
    for thing in sorted(source.objects, key=lambda item: lows[item.id]):
        pieces = [piece for part in thing.parts for piece in part.colliders]
        single = thing.fixed and len(pieces) == 1
        bounding_box = _as_box(transformed(pieces[0], thing.pose)) if single else None
        if bounding_box is None:
            continue
        block = Block(name=thing.id, kind="floor", size=bounding_box[0], pose=bounding_box[1], rgba=_GREY)
        _, height = _vertical_extent(np.array(block.size), block.pose)
        below = all(_top(block) <= low + _TOUCH_M for name, low in lows.items() if name != thing.id)
        if height == min(block.size) and footprint(_corners(block)).area >= _MIN_FLOOR_M2 and below:
            others = tuple(other for other in source.objects if other is not thing)
            return replace(source, objects=others, blocks=(*source.blocks, block))
    return source


def detect_building(source: SourceScene) -> Building:
    """Return the rooms of an imported scene, inferred from its floor and walls or else from its extent."""
    points = np.concatenate(
        [thing.world_points() for thing in source.objects]
        + [_corners(block) for block in source.blocks]
        + [np.array([plane.point]) for plane in source.planes]
    )
    slabs = [_slab(plane, points) for plane in source.planes]
    blocks = (*source.blocks, *slabs)
    floor = _floor(blocks, source)
    has_floor = floor is not None
    level = _top(floor) if floor is not None else float(points[:, 2].min()) - _DROP_M
    blocks = tuple(_raised(block, -level) for block in blocks)
    if source.rooms:
        return Building(source.rooms, 0.0, has_floor=True, has_walls=True)
    barriers = [b for b in blocks if _is_barrier(b)]
    middles = [Point(*thing.world_points().mean(axis=0)[:2]) for thing in source.objects]
    outlines = _outlines(blocks, barriers, points, middles, has_floor)
    height = _height(blocks, points, level)
    rooms = [
        Room(
            id="room" if len(outlines) == 1 else f"room_{index + 1}",
            type="room",
            polygon=tuple((float(x), float(y)) for x, y in outline.exterior.coords[:-1]),
            height=height,
            walls=_walls(barriers, outline),
            shell=() if index else blocks,
        )
        for index, outline in enumerate(outlines)
    ]
    return Building(tuple(rooms), -level, has_floor=has_floor, has_walls=bool(barriers))


def _corners(block: Block) -> Array:
    """Return the corners of a block in the world frame [m], shape [8, 3]."""
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    return block.pose.apply(signs * np.array(block.size) / 2)


def _slab(plane: InfinitePlane, points: Array) -> Block:
    """Return a slab in place of an infinite plane, large enough for the points of the scene, shape [n, 3]."""
    normal = plane.normal / np.linalg.norm(plane.normal)
    least_aligned = np.eye(3)[int(np.abs(normal).argmin())]
    x = np.cross(least_aligned, normal)
    x /= np.linalg.norm(x)
    matrix = np.eye(4)
    matrix[:3, :3] = np.stack([x, np.cross(normal, x), normal], axis=1)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    reach = float(np.linalg.norm(np.ptp(points, axis=0))) + 4 * _MARGIN_M
    matrix[:3, 3] = middle - normal * ((middle - plane.point) @ normal + _SLAB_M / 2)
    kind: _Kind = "floor" if normal[2] > _LEVEL else "wall"
    return Block(
        name=plane.name, kind=kind, size=(reach, reach, _SLAB_M), pose=Pose.from_matrix(matrix), rgba=_GREY
    )


def _floor(blocks: tuple[Block, ...], source: SourceScene) -> Block | None:
    """Return the largest floor block below most objects, or else the largest one; None without any."""
    floors = [b for b in blocks if b.kind == "floor" and _top(b) is not None]
    if not floors:
        return None
    lows = [float(thing.world_points()[:, 2].min()) for thing in source.objects]
    max_height = float(np.median(lows)) + _PLATE_M if lows else np.inf
    below = [block for block in floors if _top(block) <= max_height] or floors
    return max(below, key=lambda block: block.size[0] * block.size[1] * block.size[2] / min(block.size))


def _top(block: Block) -> float:
    return float(_corners(block)[:, 2].max())


def _raised(block: Block, lift: float) -> Block:
    x, y, z = block.pose.position
    return block.model_copy(update={"pose": block.pose.model_copy(update={"position": (x, y, z + lift)})})


def _is_barrier(block: Block) -> bool:
    """Return whether a block bounds a room: an upright wall, door or window."""
    up, height = _vertical_extent(np.array(block.size), block.pose)
    return block.kind in ("wall", "door", "window") and up is not None and height > min(block.size)


def _outlines(
    blocks: tuple[Block, ...], barriers: list[Block], points: Array, middles: list[Point], has_floor: bool
) -> list[Polygon]:
    """Return the floor outline of each room that contains an object, in the world frame [m].

    Gaps up to the width of a doorway are closed if rooms would otherwise open to the outside.

    Args:
        blocks: building blocks, shifted so that the floor is at z = 0.
        barriers: those that bound rooms.
        points: points of the scene [m], shape [n, 3].
        middles: centres of the objects [m].
        has_floor: whether the blocks contain a floor.
    """
    floors = [
        footprint(_corners(b)) for b in blocks if has_floor and b.kind == "floor" and abs(_top(b)) < 0.01
    ]
    everything = box(*points[:, :2].min(axis=0), *points[:, :2].max(axis=0))
    ground = shapely.union_all(floors) if floors else everything.buffer(_MARGIN_M, join_style="mitre")
    if not barriers:
        within = everything.buffer(_MARGIN_M, join_style="mitre")
        return [_straight(ground.intersection(within).envelope)]
    footprints = shapely.union_all([footprint(_corners(block)) for block in barriers])
    reach = _DOORWAY_M / 2
    closed = footprints.buffer(reach, join_style="mitre").buffer(-reach, join_style="mitre").union(footprints)
    around = footprints.envelope.intersection(ground)
    for solid in (footprints, closed):
        free = around.difference(solid.buffer(1e-6, join_style="mitre"))
        parts = [part for part in getattr(free, "geoms", [free]) if part.area >= _ROOM_M2]
        found = [part for part in parts if any(part.contains(middle) for middle in middles)]
        if found and not any(_leaks(part, around) for part in found):
            return [_straight(part) for part in found]
    return [_straight(around.envelope)]


def _leaks(part: Polygon, around: Polygon) -> bool:
    """Return whether a piece of floor shares more than a corner with the outline of the building."""
    return float(part.exterior.intersection(around.exterior.buffer(1e-4)).length) > _PLATE_M


def _straight(polygon: Polygon) -> Polygon:
    """Return an outline without the niches of doors and windows, counter-clockwise."""
    ring = np.array(polygon.exterior.coords)[:-1]
    corner = int(np.linalg.norm(ring - ring.mean(axis=0), axis=1).argmax())
    turned = Polygon(np.roll(ring, -corner, axis=0)).simplify(_NICHE_M)
    return shapely.geometry.polygon.orient(Polygon(np.round(np.array(turned.exterior.coords)[:-1], 5)))


def _height(blocks: tuple[Block, ...], points: Array, level: float) -> float:
    """Return the height of the ceiling, else of the walls, else of the whole scene [m]."""
    ceilings = [
        float(_corners(b)[:, 2].min())
        for b in blocks
        if b.kind in ("trim", "floor") and _vertical_extent(np.array(b.size), b.pose)[1] == min(b.size)
    ]
    ceilings = [low for low in ceilings if low >= _CEILING_M]
    walls = [_top(b) for b in blocks if _is_barrier(b)]
    top = float(points[:, 2].max()) - level
    return round(min(ceilings, default=max(walls, default=max(top, 0.0) + _NICHE_M)), 6)


def _walls(barriers: list[Block], outline: Polygon) -> tuple[Wall, ...]:
    """Return the walls of a room: the faces of the barriers towards it, with the room on their left."""
    walls = []
    for block in barriers:
        ring = np.array(footprint(_corners(block)).exterior.coords)
        sides = sorted(itertools.pairwise(ring), key=lambda s: -float(np.linalg.norm(s[1] - s[0])))
        face = min(sides[:2], key=lambda side: LineString(side).distance(outline))
        start, end = face
        if LineString(face).distance(outline) > _SLAB_M or np.linalg.norm(end - start) < 1e-3:
            continue
        inward = np.array([start[1] - end[1], end[0] - start[0]])
        if inward @ (_beside(outline, (start + end) / 2, inward) - start) < 0:
            start, end = end, start
        walls.append(
            Wall(
                id=block.name,
                start=(float(start[0]), float(start[1])),
                end=(float(end[0]), float(end[1])),
                height=max(_top(block), 0.01),
                thickness=max(min(block.size), 1e-3),
            )
        )
    return tuple(walls)


def _beside(outline: Polygon, point: Array, across: Array) -> Array:
    """Return the point beside a wall's face that is in the room, or nearer to it.

    Args:
        outline: floor outline of the room [m].
        point: point on the face [m], shape [2].
        across: vector across the face, shape [2].
    """
    step = across / np.linalg.norm(across) * 2 * _SLAB_M
    return min((point + step, point - step), key=lambda place: float(outline.distance(Point(*place))))
