"""Importer of SAGE layouts: JSON and PLY meshes.

The JSON file describes rooms, walls, doors, windows and objects, z up, in metres, with Euler angles in
degrees, applied as Rz Ry Rx. An object's position is the bottom centre of its mesh in the world frame. Meshes
are in metres, at `<source>/<source_id>.ply` or, in a packed scene, at `objects/<source_id>.ply`; concave ones
are decomposed into convex pieces. As in SAGE, objects on walls are fixed, and the default mass is 1 kg. Walls
are assumed to be outside the rectangle of their room.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, FiniteFloat, ValidationError
from scipy.spatial.transform import Rotation

from sage.asset import Collider
from sage.errors import SourceError
from sage.geometry import Array, Pose, Vec2
from sage.importing import shapes
from sage.importing.foreign import ImportedObject, ImportedPart, SourceScene, category_of
from sage.importing.limits import MAX_BODIES, MAX_VERTICES, Source, bounded
from sage.scene import Opening, Room, Wall

__all__ = ["is_sage_layout", "read_sage_layout"]

_MASS_KG = 1.0
"""Default mass of an object [kg]."""
_MAX_JSON_BYTES = 64 * 2**20
_FRICTION = 0.6
_SHEET_M = 0.001
"""Thickness of walls that adjacent rooms may share [m]."""
_Length = Annotated[FiniteFloat, Field(gt=0)]


class _Loose(BaseModel):
    """Model that ignores unknown fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class _Point(_Loose):
    x: FiniteFloat = 0.0
    y: FiniteFloat = 0.0
    z: FiniteFloat = 0.0


class _Size(_Loose):
    width: _Length
    length: _Length
    height: FiniteFloat = 0.0


class _Wall(_Loose):
    id: str
    start_point: _Point
    end_point: _Point
    height: _Length = 2.7
    thickness: _Length = 0.1


class _Opening(_Loose):
    id: str
    wall_id: str
    position_on_wall: FiniteFloat
    width: _Length
    height: _Length
    sill_height: FiniteFloat = 0.0
    opens_inward: bool = True


class _Object(_Loose):
    id: str
    type: str = "object"
    position: _Point
    rotation: _Point = _Point()
    source: str = "generation"
    source_id: str
    place_id: str = "floor"
    mass: FiniteFloat | None = None


class _Room(_Loose):
    id: str
    room_type: str = "room"
    position: _Point
    dimensions: _Size
    walls: tuple[_Wall, ...] = ()
    doors: tuple[_Opening, ...] = ()
    windows: tuple[_Opening, ...] = ()
    objects: tuple[_Object, ...] = ()
    ceiling_height: _Length = 2.7


class _Layout(_Loose):
    rooms: tuple[_Room, ...] = Field(min_length=1)


def is_sage_layout(folder: Path) -> bool:
    """Return whether a folder contains the JSON file of a SAGE layout."""
    return _layout_file(folder) is not None


def _layout_file(folder: Path) -> Path | None:
    """Return the JSON file with a list of rooms, preferably the one named like the folder, or None."""
    files = sorted(folder.glob("*.json"), key=lambda path: (path.stem != folder.resolve().name, path.name))
    for path in files[:100]:
        if path.stat().st_size > _MAX_JSON_BYTES:
            continue
        try:
            data = json.loads(path.read_bytes())
        except (ValueError, RecursionError):
            if path.stem == folder.resolve().name:
                return path
            continue
        if isinstance(data, dict) and isinstance(data.get("rooms"), list) and "schema_version" not in data:
            return path
    return None


def read_sage_layout(folder: Path, root: Path | None = None) -> SourceScene:
    """Read the folder of a SAGE layout.

    Args:
        folder: folder of the layout.
        root: folder that must contain all files; by default `folder`.

    Raises:
        SourceError: the JSON file is missing or invalid; or a mesh is missing, invalid, too large or outside
            the root.
    """
    path = _layout_file(folder)
    if path is None:
        raise SourceError(f"{str(folder)!r} is not a SAGE layout: it has no JSON file with a list of rooms")
    try:
        layout = _Layout.model_validate(json.loads(path.read_bytes()))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        raise SourceError(f"{path.name!r} is invalid at {place}: {first['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise SourceError(f"{path.name!r} is not a valid JSON file: {error}") from error
    bounded("objects", sum(len(room.objects) for room in layout.rooms), MAX_BODIES)
    meshes = _Meshes(folder, Source(root or folder))
    walls = {wall.id for room in layout.rooms for wall in room.walls}
    objects = [_imported_object(item, room, walls, meshes) for room in layout.rooms for item in room.objects]
    rooms = tuple(_room(room, shared=len(layout.rooms) > 1) for room in layout.rooms)
    return SourceScene("SAGE layout", tuple(objects), rooms=rooms)


class _Meshes:
    """Cache of the convex pieces of each mesh file."""

    def __init__(self, folder: Path, source: Source) -> None:
        self._folder, self._source = folder, source
        self._pieces: dict[Path, tuple[Collider, ...]] = {}
        self._vertices = 0

    def pieces(self, item: _Object) -> tuple[Collider, ...]:
        """Return the convex pieces of an object in its mesh frame."""
        names = (f"{item.source}/{item.source_id}.ply", f"objects/{item.source_id}.ply")
        reference = next((name for name in names if (self._folder / name).is_file()), names[0])
        path = self._source.file(reference, self._folder)
        if path not in self._pieces:
            vertices, faces = self._load(path)
            self._pieces[path] = shapes.decomposed(vertices, faces, path.stem)
        return self._pieces[path]

    def _load(self, path: Path) -> tuple[Array, shapes.Faces]:
        import trimesh

        try:
            with path.open("rb") as file:
                mesh: Any = trimesh.load(file, file_type="ply", force="mesh", process=False)
            vertices = np.asarray(mesh.vertices, dtype=float)
            faces = np.asarray(mesh.faces, dtype=np.int64)
        except Exception as error:  # trimesh raises various errors for invalid files
            raise SourceError(f"the mesh {path.name!r} cannot be read: {error}") from error
        self._vertices += len(vertices)
        bounded("mesh vertices", self._vertices, MAX_VERTICES)
        if not len(faces) or not np.isfinite(vertices).all() or faces.max() >= len(vertices):
            raise SourceError(
                f"the mesh {path.name!r} is empty or has invalid vertices or faces; correct the file"
            )
        return vertices, faces


def _imported_object(item: _Object, room: _Room, walls: set[str], meshes: _Meshes) -> ImportedObject:
    pieces = meshes.pieces(item)
    mass = item.mass if item.mass and item.mass > 0 else _MASS_KG
    volume, com, tensor = shapes.volume_properties(pieces)
    angles = (item.rotation.x, item.rotation.y, item.rotation.z)
    matrix = np.eye(4)
    matrix[:3, :3] = Rotation.from_euler("xyz", angles, degrees=True).as_matrix()
    matrix[:3, 3] = (item.position.x, item.position.y, item.position.z)
    on_wall = item.place_id == "wall" or item.place_id in walls
    support = "wall" if on_wall else "floor" if item.place_id == room.id else item.place_id
    return ImportedObject(
        item.id,
        category_of(item.type),
        Pose.from_matrix(matrix),
        (ImportedPart("root", pieces, mass, com, tensor * (mass / volume), _FRICTION),),
        fixed=on_wall,
        room=room.id,
        support=support,
    )


def _room(room: _Room, *, shared: bool) -> Room:
    """Return a room whose walls have their inner faces on its rectangle.

    Args:
        room: room of the layout.
        shared: whether the layout has several rooms. They may be adjacent, so walls are then thin sheets that
            do not extend into the next room.
    """
    x, y = room.position.x, room.position.y
    width, length = room.dimensions.width, room.dimensions.length
    corners = ((x, y), (x + width, y), (x + width, y + length), (x, y + length))
    sides: dict[int, list[_Wall]] = {k: [] for k in range(4)}
    for wall in room.walls:
        middle = np.array([wall.start_point.x + wall.end_point.x, wall.start_point.y + wall.end_point.y]) / 2
        near = [_distance(middle, corners[k], corners[(k + 1) % 4]) for k in range(4)]
        sides[int(np.argmin(near))].append(wall)
    return Room(
        id=room.id,
        type=room.room_type.replace(" ", "_") or "room",
        polygon=corners,
        height=room.ceiling_height,
        walls=tuple(
            _side(room, f"{room.id}_wall_{k + 1}", (corners[k], corners[(k + 1) % 4]), sides[k], shared)
            for k in range(4)
        ),
    )


def _distance(point: Array, start: tuple[float, float], end: tuple[float, float]) -> float:
    """Return the distance of a point from a line segment [m]."""
    span = np.array(end) - np.array(start)
    fraction = float(np.clip((point - start) @ span / (span @ span), 0, 1))
    return float(np.linalg.norm(point - start - fraction * span))


def _side(room: _Room, name: str, ends: tuple[Vec2, Vec2], walls: list[_Wall], shared: bool) -> Wall:
    """Return one side of a room as a wall with the openings of the layout's walls along it."""
    start, end = ends
    length = math.dist(start, end)
    along = (np.array(end) - np.array(start)) / length

    def offset(point: _Point) -> float:
        return float((np.array([point.x, point.y]) - start) @ along)

    openings = []
    for wall in walls:
        first, last = offset(wall.start_point), offset(wall.end_point)
        for kind, items in (("door", room.doors), ("window", room.windows)):
            for item in items:
                if item.wall_id == wall.id:
                    openings.append(
                        _opening(kind, item, first + item.position_on_wall * (last - first), length)
                    )
    thickness = _SHEET_M if shared else max((wall.thickness for wall in walls), default=0.1)
    return Wall(
        id=name, start=start, end=end, height=room.ceiling_height, thickness=thickness,
        openings=_without_overlaps(openings),
    )  # fmt: skip


def _opening(kind: Any, item: _Opening, middle: float, length: float) -> Opening:
    """Return an opening, narrowed and shifted to fit into its wall.

    Args:
        kind: `door` or `window`.
        item: opening of the layout.
        middle: distance of its middle from the start of the wall [m].
        length: length of the wall [m].
    """
    width = min(item.width, length)
    return Opening(
        id=item.id,
        kind=kind,
        offset=min(max(middle, width / 2), length - width / 2),
        width=width,
        height=item.height,
        sill=max(item.sill_height, 0.0),
        swing="in" if item.opens_inward else "out",
    )


def _without_overlaps(openings: list[Opening]) -> tuple[Opening, ...]:
    """Return the openings that do not overlap an earlier one."""
    kept: list[Opening] = []
    for opening in sorted(openings, key=lambda item: item.offset - item.width / 2):
        if not kept or opening.offset - opening.width / 2 >= kept[-1].offset + kept[-1].width / 2:
            kept.append(opening)
    return tuple(kept)
