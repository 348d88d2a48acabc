"""Scenes: rooms, openings and objects as immutable values, independent of any engine.

World frame: right-handed, z up, floor at z = 0, SI units, quaternions wxyz. An edit returns a new scene. The
geometry of objects is in assets, to which a scene refers by id.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Set
from functools import cached_property
from typing import Literal

import numpy as np
from pydantic import Field, FiniteFloat, model_validator
from shapely.geometry import Polygon

from sage.geometry import Array, Frozen, Pose, Vec2, Vec3, rectangle
from sage.task import Task

__all__ = [
    "GRAVITY",
    "Block",
    "Cladding",
    "FloorPattern",
    "Opening",
    "Placement",
    "Room",
    "Scene",
    "SceneObject",
    "Wall",
    "WallPattern",
    "free_id",
]

GRAVITY = 9.81
"""Gravitational acceleration along -z [m/s2]."""
_DEFAULT_HOUR = 15.0

Placement = Literal["on", "in"]


def free_id(category: str, used: Set[str]) -> str:
    """Return the first unused id of a category: the category and a number.

    Example:
        >>> free_id("coffee table", {"coffee_table_1"})
        'coffee_table_2'
    """
    stem = category.replace(" ", "_")
    return next(name for name in (f"{stem}_{n}" for n in itertools.count(1)) if name not in used)


class Opening(Frozen):
    """A door or a window in a wall."""

    id: str
    kind: Literal["door", "window"]
    offset: FiniteFloat
    """Distance from the wall's start to the middle of the opening [m]."""
    width: FiniteFloat = Field(gt=0)
    height: FiniteFloat = Field(gt=0)
    sill: FiniteFloat = 0.0
    """Height of the lower edge above the floor [m]."""
    swing: Literal["in", "out"] = "in"
    """Whether a door's leaf opens into this room or out of it."""


class Wall(Frozen):
    """A straight wall. `start` and `end` are on its inner face, with the room to the left of the line [m]."""

    id: str
    start: Vec2
    end: Vec2
    height: FiniteFloat = Field(gt=0)
    thickness: FiniteFloat = Field(gt=0)
    """Thickness outwards from the inner face [m]."""
    openings: tuple[Opening, ...] = ()

    @property
    def length(self) -> float:
        """Length of the inner face [m]."""
        return math.dist(self.start, self.end)

    @property
    def along(self) -> Array:
        """Unit vector from start to end, shape [2]."""
        along: Array = (np.array(self.end) - np.array(self.start)) / self.length
        return along

    @property
    def inward(self) -> Array:
        """Unit vector into the room, shape [2]."""
        x, y = self.along
        return np.array([-y, x])

    @property
    def yaw(self) -> float:
        """Heading of `inward` [rad], which furniture with its back to the wall has."""
        x, y = self.inward
        return math.atan2(y, x)

    def point(self, offset: float, inset: float = 0.0) -> Array:
        """Return the point at `offset` along the wall and `inset` into the room [m], shape [2]."""
        return np.array(self.start) + offset * self.along + inset * self.inward

    def zone(self, opening: Opening, depth: float) -> Polygon:
        """Return the floor in front of an opening, as wide as the opening and `depth` deep [m]."""
        center = self.point(opening.offset, depth / 2)
        return rectangle(center, (depth, opening.width), self.yaw)


class Block(Frozen):
    """A box of a room's fixed structure."""

    name: str
    kind: Literal["floor", "wall", "door", "window", "trim"]
    wall: str | None = None
    """Id of the wall that it belongs to."""
    size: Vec3
    """Extents in its own frame [m]."""
    pose: Pose
    """`world_from_block`."""
    rgba: tuple[float, float, float, float]
    pattern: str | None = None
    """Name of its surface pattern in `sage.appearance.patterns.PATTERNS`."""
    metallic: FiniteFloat = Field(default=0.0, exclude_if=lambda value: not value)
    collides: bool = True


FloorPattern = Literal["planks", "parquet", "tiles", "carpet", "concrete", "terrazzo"]
"""Names of floor coverings in `sage.appearance.patterns`."""
WallPattern = Literal["paint", "plaster", "wallpaper", "brick", "panelling", "wall_tiles", "mosaic"]
"""Names of wall coverings in `sage.appearance.patterns`."""


class Cladding(Frozen):
    """A part of a wall's inner face with another covering, such as a splash-back."""

    wall: str
    span: tuple[FiniteFloat, FiniteFloat]
    """Offsets of its ends along the wall, from the wall's start [m]."""
    heights: tuple[FiniteFloat, FiniteFloat]
    """Heights of its lower and upper edge above the floor [m]."""
    pattern: WallPattern
    color: Vec3


class Room(Frozen):
    """A room, bounded by the inner faces of its walls."""

    id: str
    type: str
    """Room type, such as `kitchen` or `living_room`."""
    polygon: tuple[Vec2, ...] = Field(min_length=3)
    """Floor outline along the inner faces, counter-clockwise [m]."""
    height: FiniteFloat = Field(gt=0)
    walls: tuple[Wall, ...]
    floor_color: Vec3 = (0.62, 0.5, 0.38)
    floor_pattern: FloorPattern = "planks"
    wall_color: Vec3 = (0.9, 0.89, 0.86)
    wall_pattern: WallPattern = "paint"
    claddings: tuple[Cladding, ...] = ()
    trim_color: Vec3 = (0.95, 0.95, 0.93)
    """Colour of skirting boards, door cases and window frames."""
    door_color: Vec3 = (0.72, 0.6, 0.46)
    style: str | None = None
    """Style whose palette the room uses, such as `rustic`."""
    finishes: dict[str, tuple[str, ...]] = {}
    """The palette: colours, or woods, by kind of material, for objects without a requested colour."""
    shell: tuple[Block, ...] | None = Field(default=None, exclude_if=lambda value: value is None)
    """Structure of an imported scene; None if it follows from walls and openings."""

    @property
    def floor(self) -> Polygon:
        """The floor as a polygon [m, world frame]."""
        return Polygon(self.polygon)

    @property
    def openings(self) -> tuple[tuple[Wall, Opening], ...]:
        """Every opening with its wall."""
        return tuple((wall, opening) for wall in self.walls for opening in wall.openings)

    @property
    def doors(self) -> tuple[tuple[Wall, Opening], ...]:
        """Every door with its wall."""
        return tuple(pair for pair in self.openings if pair[1].kind == "door")

    @property
    def windows(self) -> tuple[tuple[Wall, Opening], ...]:
        """Every window with its wall."""
        return tuple(pair for pair in self.openings if pair[1].kind == "window")


class SceneObject(Frozen):
    """An object in a scene: an asset with a pose, joint positions and a support."""

    id: str
    category: str
    """Category in the vocabulary, or the requested noun."""
    name: str
    """Name as requested, with attributes: `red mug`."""
    attributes: dict[str, str] = {}
    states: tuple[str, ...] = ()
    asset: str = Field(pattern=r"^[A-Za-z0-9_-]+$")
    pose: Pose
    """`world_from_object`."""
    size: Vec3
    """Depth x, width y, height z of the visual mesh in the asset frame, joints at zero [m]."""
    room: str
    support: str
    """`floor`, `wall`, `ceiling` or an object's id."""
    support_part: str | None = None
    """Name of the surface or cavity of the support."""
    placement: Placement = "on"
    fixed: bool = False
    covering: bool = False
    joints: dict[str, FiniteFloat] = {}
    """Position of each joint by name [rad or m]."""
    role: Literal["target", "receptacle", "context"] = "context"


class Scene(Frozen):
    """Rooms and objects for a task."""

    schema_version: Literal[1] = 1
    task: Task
    seed: int
    rooms: tuple[Room, ...] = ()
    objects: tuple[SceneObject, ...] = ()
    hour: FiniteFloat = Field(
        default=_DEFAULT_HOUR, ge=0, le=24, exclude_if=lambda value: bool(value == _DEFAULT_HOUR)
    )
    """Hour of the day of its daylight."""

    @model_validator(mode="after")
    def _references_hold(self) -> Scene:
        ids = [item.id for item in self.objects]
        repeated = sorted({item for item in ids if ids.count(item) > 1})
        if repeated:
            raise ValueError(f"object ids must be unique, repeated: {', '.join(repeated)}")
        rooms = {room.id for room in self.rooms}
        known = {*ids, "floor", "wall", "ceiling"}
        for item in self.objects:
            if item.support not in known or item.support == item.id:
                raise ValueError(f"{item.id!r} names the unknown support {item.support!r}")
            if item.room not in rooms:
                raise ValueError(f"{item.id!r} names the unknown room {item.room!r}")
        supports = {item.id: item.support for item in self.objects}
        for start in supports:
            place, seen = start, {start}
            while (place := supports.get(place, "floor")) in supports:
                if place in seen:
                    raise ValueError(f"{place!r} stands on itself, by way of what it supports")
                seen.add(place)
        return self

    @cached_property
    def _index(self) -> dict[str, SceneObject]:
        return {item.id: item for item in self.objects}

    def __contains__(self, object_id: str) -> bool:
        """Return whether an object of this id exists."""
        return object_id in self._index

    def __getitem__(self, object_id: str) -> SceneObject:
        """Return the object of this id, or raise KeyError."""
        return self._index[object_id]

    def room(self, room_id: str) -> Room:
        """Return the room of this id."""
        return next(room for room in self.rooms if room.id == room_id)

    def opening(self, opening_id: str) -> tuple[Wall, Opening] | None:
        """Return the wall and the door or window of this id."""
        pairs = (pair for room in self.rooms for pair in room.openings)
        return next((pair for pair in pairs if pair[1].id == opening_id), None)

    def can_spare(self, object_id: str) -> bool:
        """Return whether an object exists and the task requires neither it nor anything that it carries."""
        if object_id not in self:
            return False
        gone = {object_id, *(item.id for item in self.carried_by(object_id))}
        return not self.task.ids & gone

    def supported_by(self, object_id: str) -> tuple[SceneObject, ...]:
        """Return the objects directly on or in an object."""
        return tuple(item for item in self.objects if item.support == object_id)

    def carried_by(self, object_id: str) -> tuple[SceneObject, ...]:
        """Return all objects on or in an object, directly or by way of others."""
        carried: list[SceneObject] = []
        for item in self.supported_by(object_id):
            carried += [item, *self.carried_by(item.id)]
        return tuple(carried)

    def layer(self, object_id: str) -> int:
        """Return the number of objects below an object in its chain of supports; 0 on the floor or a wall."""
        layer, below = 0, self[object_id].support
        while below in self:
            layer, below = layer + 1, self[below].support
        return layer

    def next_id(self, category: str) -> str:
        """Return an unused id for an object of a category; see `free_id`."""
        return free_id(category, self._index.keys() | self.task.ids)

    def adding(self, *objects: SceneObject) -> Scene:
        """Return the scene with more objects."""
        return self.replacing(objects=(*self.objects, *objects))

    def removing(self, *object_ids: str) -> Scene:
        """Return the scene without objects; the list must include all that they carry."""
        return self.replacing(objects=tuple(o for o in self.objects if o.id not in object_ids))

    def updating(self, *objects: SceneObject) -> Scene:
        """Return the scene with objects replaced by the given ones of the same id."""
        new = {item.id: item for item in objects}
        return self.replacing(objects=tuple(new.get(item.id, item) for item in self.objects))

    def carrying(self, *objects: SceneObject) -> Scene:
        """Return the scene with objects replaced as in `updating`, and all that they carry moved along."""
        moved = []
        for new in objects:
            along = new.pose @ self[new.id].pose.inverse()
            load = self.carried_by(new.id)
            moved += [new, *(item.model_copy(update={"pose": along @ item.pose}) for item in load)]
        return self.updating(*moved)

    def replacing(self, **fields: object) -> Scene:
        """Return a validated copy with some fields replaced.

        Raises:
            pydantic.ValidationError: the result refers to unknown rooms or supports, or repeats an id.
        """
        values = {name: getattr(self, name) for name in type(self).model_fields}
        return Scene.model_validate(values | fields)
