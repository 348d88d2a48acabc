"""Detects floors, walls, ceilings and rooms in an imported scene.

A static box belongs to the building if it is a plate and its name says so, or if it is so large
that it can hardly be anything else. Whatever else is static is an object that is fixed.
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
from sage.importing.shapes import moved
from sage.scene import Block, Room, Wall

__all__ = ["Building", "block_of", "building", "with_floor"]

_Kind = Literal["floor", "wall", "door", "window", "trim"]

_WORDS: dict[str, _Kind] = {
    "floor": "floor", "ground": "floor", "groundplane": "floor", "ceiling": "trim", "roof": "trim",
    "wall": "wall", "walls": "wall", "door": "door", "window": "window", "baseboard": "trim",
}  # fmt: skip
_ASIDE = re.compile(
    r"^([a-z]|left|right|front|back|rear|north|south|east|west|inner|outer|main|leaf|pane|plane|slab|mesh"
    r"|geom|geometry|collision|collider|col|visual|box|cube)$"
)
"""Words of a name that do not tell what a thing is."""
_PLATE_M = 0.5
_FULL_BOX = 0.98
_WALL_M = (0.3, 1.0, 1.8)
"""A plate thinner than the first, longer than the second and higher than the third is a wall [m]."""
_FLOOR_M2 = 6.0
_LEAST_FLOOR_M2 = 1.0
_LEVEL = 0.99
_TOUCH_M = 0.01
_DOORWAY_M = 1.3
"""Gaps in walls up to this width do not join two rooms [m]."""
_NICHE_M = 0.06
_ROOM_M2 = 0.5
_SLAB_M = 0.1
_MARGIN_M = 1.0
_DROP_M = 1.0
_CEILING_M = 1.8
_GREY = (0.8, 0.8, 0.8, 1.0)


@dataclass(frozen=True)
class Building:
    """Rooms of an imported scene, and the vertical shift that brings its floor to z = 0."""

    rooms: tuple[Room, ...]
    lift: float
    """[m]"""
    has_floor: bool
    has_walls: bool


def block_of(name: str, collider: Collider, *, by_shape: bool = True) -> Block | None:
    """Return a static piece, given in the world, as a block of the building, or None if it is none.

    Only its name counts unless `by_shape`.
    """
    fitted = _as_box(collider)
    if fitted is None:
        return None
    size, pose = fitted
    kind = _kind(name, np.array(size), pose, by_shape)
    if kind is None:
        return None
    return Block(name=name, kind=kind, size=size, pose=pose, rgba=_GREY)


def _as_box(collider: Collider) -> tuple[tuple[float, float, float], Pose] | None:
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
    words = [word for word in re.findall(r"[a-z]+", name.lower()) if not _ASIDE.match(word)]
    called = _WORDS.get(words[-1]) if words else None
    thin, middle, long = sorted(size)
    up, tall = _upright(size, pose)
    if up is None or (thin > _PLATE_M and called != "floor"):
        return None
    if called and (called in ("floor", "trim") or tall > thin):
        return called
    if not by_shape:
        return None
    if tall == thin and middle * long >= _FLOOR_M2:
        return "floor"
    thickest, shortest, lowest = _WALL_M
    flat = sorted(np.delete(size, up))
    if tall != thin and flat[0] <= thickest and flat[1] >= shortest and tall >= lowest:
        return "wall"
    return None


def _upright(size: Array, pose: Pose) -> tuple[int | None, float]:
    """Return which axis of a box is vertical, if one is, and its extent [m]."""
    lean = np.abs(rotation_matrix(pose.orientation)[2])
    axis = int(lean.argmax())
    return (axis, float(size[axis])) if lean[axis] > 0.9999 else (None, 0.0)


def with_floor(found: SourceScene) -> SourceScene:
    """Return a scene with a floor: the lowest fixed plate if none is marked."""
    if found.rooms or len(found.things) < 2 or any(block.kind == "floor" for block in found.blocks):
        return found
    if any(plane.normal[2] > _LEVEL for plane in found.planes):
        return found
    lows = {thing.id: float(thing.world_points()[:, 2].min()) for thing in found.things}
    for thing in sorted(found.things, key=lambda item: lows[item.id]):
        pieces = [piece for part in thing.parts for piece in part.colliders]
        fitted = _as_box(moved(pieces[0], thing.pose)) if thing.fixed and len(pieces) == 1 else None
        if fitted is None:
            continue
        block = Block(name=thing.id, kind="floor", size=fitted[0], pose=fitted[1], rgba=_GREY)
        _, tall = _upright(np.array(block.size), block.pose)
        below = all(_top(block) <= low + _TOUCH_M for name, low in lows.items() if name != thing.id)
        if tall == min(block.size) and footprint(_corners(block)).area >= _LEAST_FLOOR_M2 and below:
            others = tuple(other for other in found.things if other is not thing)
            return replace(found, things=others, blocks=(*found.blocks, block))
    return found


def building(found: SourceScene) -> Building:
    """Return the rooms of a foreign scene, from its floor and walls or else from its extent."""
    points = np.concatenate(
        [thing.world_points() for thing in found.things]
        + [_corners(block) for block in found.blocks]
        + [np.array([plane.point]) for plane in found.planes]
    )
    slabs = [_slab(plane, points) for plane in found.planes]
    blocks = (*found.blocks, *slabs)
    floor = _floor(blocks, found)
    has_floor = floor is not None
    level = _top(floor) if floor is not None else float(points[:, 2].min()) - _DROP_M
    blocks = tuple(_raised(block, -level) for block in blocks)
    if found.rooms:
        return Building(found.rooms, 0.0, has_floor=True, has_walls=True)
    barriers = [b for b in blocks if _is_barrier(b)]
    middles = [Point(*thing.world_points().mean(axis=0)[:2]) for thing in found.things]
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
    signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
    return block.pose.apply(signs * np.array(block.size) / 2)


def _slab(plane: InfinitePlane, points: Array) -> Block:
    """Return an infinite plane as a slab that covers the scene."""
    normal = plane.normal / np.linalg.norm(plane.normal)
    aside = np.eye(3)[int(np.abs(normal).argmin())]
    x = np.cross(aside, normal)
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


def _floor(blocks: tuple[Block, ...], found: SourceScene) -> Block | None:
    """Return the floor: the largest horizontal plate below most objects; plates named so come first."""
    level = [b for b in blocks if b.kind == "floor" and _top(b) is not None]
    if not level:
        return None
    lows = [float(thing.world_points()[:, 2].min()) for thing in found.things]
    usual = float(np.median(lows)) + _PLATE_M if lows else np.inf
    below = [block for block in level if _top(block) <= usual] or level
    return max(below, key=lambda block: block.size[0] * block.size[1] * block.size[2] / min(block.size))


def _top(block: Block) -> float:
    return float(_corners(block)[:, 2].max())


def _raised(block: Block, lift: float) -> Block:
    x, y, z = block.pose.position
    return block.model_copy(update={"pose": block.pose.model_copy(update={"position": (x, y, z + lift)})})


def _is_barrier(block: Block) -> bool:
    """Return whether a block keeps people from walking through: a wall, or what fills a hole in one."""
    up, tall = _upright(np.array(block.size), block.pose)
    return block.kind in ("wall", "door", "window") and up is not None and tall > min(block.size)


def _outlines(
    blocks: tuple[Block, ...], barriers: list[Block], points: Array, middles: list[Point], has_floor: bool
) -> list[Polygon]:
    """Return the floor outline of each room that holds something."""
    floors = [
        footprint(_corners(b)) for b in blocks if has_floor and b.kind == "floor" and abs(_top(b)) < 0.01
    ]
    everything = box(*points[:, :2].min(axis=0), *points[:, :2].max(axis=0))
    ground = shapely.union_all(floors) if floors else everything.buffer(_MARGIN_M, join_style="mitre")
    if not barriers:
        within = everything.buffer(_MARGIN_M, join_style="mitre")
        return [_straight(ground.intersection(within).envelope)]
    standing = shapely.union_all([footprint(_corners(block)) for block in barriers])
    reach = _DOORWAY_M / 2
    closed = standing.buffer(reach, join_style="mitre").buffer(-reach, join_style="mitre").union(standing)
    around = standing.envelope.intersection(ground)
    for solid in (standing, closed):
        free = around.difference(solid.buffer(1e-6, join_style="mitre"))
        parts = [part for part in getattr(free, "geoms", [free]) if part.area >= _ROOM_M2]
        found = [part for part in parts if any(part.contains(middle) for middle in middles)]
        if found and not any(_leaks(part, around) for part in found):
            return [_straight(part) for part in found]
    return [_straight(around.envelope)]


def _leaks(part: Polygon, around: Polygon) -> bool:
    """Return whether a piece of floor reaches the outside of the building by more than a corner."""
    return float(part.exterior.intersection(around.exterior.buffer(1e-4)).length) > _PLATE_M


def _straight(polygon: Polygon) -> Polygon:
    """Return an outline without door and window niches, counter-clockwise."""
    ring = np.array(polygon.exterior.coords)[:-1]
    corner = int(np.linalg.norm(ring - ring.mean(axis=0), axis=1).argmax())
    turned = Polygon(np.roll(ring, -corner, axis=0)).simplify(_NICHE_M)
    return shapely.geometry.polygon.orient(Polygon(np.round(np.array(turned.exterior.coords)[:-1], 5)))


def _height(blocks: tuple[Block, ...], points: Array, level: float) -> float:
    """Return the underside of the ceiling, else the top of the walls, else of everything [m]."""
    lids = [
        float(_corners(b)[:, 2].min())
        for b in blocks
        if b.kind in ("trim", "floor") and _upright(np.array(b.size), b.pose)[1] == min(b.size)
    ]
    lids = [low for low in lids if low >= _CEILING_M]
    walls = [_top(b) for b in blocks if _is_barrier(b)]
    top = float(points[:, 2].max()) - level
    return round(min(lids, default=max(walls, default=max(top, 0.0) + _NICHE_M)), 6)


def _walls(barriers: list[Block], outline: Polygon) -> tuple[Wall, ...]:
    """Return the faces of the barriers that look into a room, the room on their left."""
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
    """Return the point a step aside of a wall's face that is in the room, or nearer to it."""
    step = across / np.linalg.norm(across) * 2 * _SLAB_M
    return min((point + step, point - step), key=lambda place: float(outline.distance(Point(*place))))
