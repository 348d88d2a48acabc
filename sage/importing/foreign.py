"""Intermediate representation of an imported scene.

The world frame is z up, lengths are in metres. Geometry is given in the root frame of each object, with
joints at zero.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Literal

import numpy as np

from sage.asset import Collider
from sage.geometry import Array, Pose, Vec3
from sage.scene import Block, Room

__all__ = [
    "ImportedJoint",
    "ImportedObject",
    "ImportedPart",
    "InfinitePlane",
    "SourceScene",
    "category_of",
    "plain_name",
]


@dataclass(frozen=True)
class ImportedJoint:
    """Joint between a part and its parent."""

    kind: Literal["revolute", "prismatic"]
    anchor: Vec3
    """Point on the axis in the root frame, with joints at zero [m]."""
    axis: Vec3
    """Unit axis in the root frame, with joints at zero."""
    lower: float
    """Lower limit [rad or m]."""
    upper: float
    """Upper limit [rad or m]."""
    damping: float = 0.0
    """Viscous damping [N m s/rad or N s/m]."""
    friction: float = 0.0
    """Dry friction [N m or N]."""
    position: float = 0.0
    """Position in the scene [rad or m]."""


@dataclass(frozen=True, eq=False)
class ImportedPart:
    """Rigid part of an object, in the root frame with joints at zero."""

    name: str
    colliders: tuple[Collider, ...]
    """Convex pieces in the root frame."""
    mass: float
    """Mass [kg]."""
    com: Array
    """Centre of mass in the root frame [m], shape [3]."""
    inertia: Array
    """Inertia tensor about the centre of mass, in root frame axes [kg m2], shape [3, 3]."""
    friction: float = 0.6
    """Friction coefficient."""
    parent: str | None = None
    """Name of the parent part; None for the root."""
    joint: ImportedJoint | None = None
    """Joint to the parent; None for the root."""


@dataclass(frozen=True, eq=False)
class ImportedObject:
    """Rigid or articulated object."""

    id: str
    category: str
    """Noun inferred from labels or names."""
    pose: Pose
    """`world_from_root`."""
    parts: tuple[ImportedPart, ...]
    """Rigid parts, the root first."""
    fixed: bool
    """Whether the root is attached to the world."""
    room: str | None = None
    """Id of its room, if the source states it."""
    support: str | None = None
    """`floor`, `wall`, `ceiling` or the id of the supporting object, if the source states it."""

    def world_points(self) -> Array:
        """Return the corners of all pieces in the world frame [m], shape [n, 3], with joints at zero."""
        return self.pose.apply(np.concatenate([c.points for part in self.parts for c in part.colliders]))


@dataclass(frozen=True, eq=False)
class InfinitePlane:
    """Infinite plane; the scene is on the side of its normal."""

    name: str
    point: Array
    """Point on the plane in the world frame [m], shape [3]."""
    normal: Array
    """Normal in the world frame, shape [3]."""


@dataclass(frozen=True)
class SourceScene:
    """Content of an imported scene that critics need."""

    format: str
    """Name of the source format."""
    objects: tuple[ImportedObject, ...] = ()
    blocks: tuple[Block, ...] = ()
    """Boxes of the building: floors, walls, ceilings, doors and windows."""
    planes: tuple[InfinitePlane, ...] = ()
    """Floors and walls without bounds."""
    rooms: tuple[Room, ...] = ()
    """Rooms, if the source states them."""
    notes: tuple[str, ...] = field(default=())
    """Parts of the source that were omitted or simplified."""


def plain_name(name: str, used: Set[str]) -> str:
    """Return an unused identifier of letters, digits and `_./-`, other than `floor`, `wall` and `ceiling`.

    Example:
        >>> plain_name("red mug", {"red_mug"})
        'red_mug_2'
    """
    stem = re.sub(r"[^A-Za-z0-9_./-]+", "_", name)[:80] or "object"
    reserved = used | {"floor", "wall", "ceiling"}
    numbered = (f"{stem}_{number}" for number in itertools.count(2))
    return next(candidate for candidate in itertools.chain([stem], numbered) if candidate not in reserved)


def category_of(name: str) -> str:
    """Return the words in the last segment of a name or path, in lower case, at most 60 characters.

    Example:
        >>> category_of("World/Red_Mug_03")
        'red mug'
    """
    words = re.sub(r"[^A-Za-z]+", " ", name.rsplit("/", 1)[-1]).strip().lower()
    return words[:60] or "object"
