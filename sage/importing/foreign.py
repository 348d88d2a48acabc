"""Intermediate representation of an imported scene.

World: z up, metres. An object's geometry is given in its root frame, joints at zero.
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
    """A joint between a part and its parent."""

    kind: Literal["revolute", "prismatic"]
    anchor: Vec3
    """A point on the axis, in the root frame with joints at zero [m]."""
    axis: Vec3
    """Unit axis in the root frame."""
    lower: float
    upper: float
    damping: float = 0.0
    friction: float = 0.0
    position: float = 0.0
    """Where it stands [rad or m]."""


@dataclass(frozen=True, eq=False)
class ImportedPart:
    """A rigid part of an object, in the root frame with joints at zero."""

    name: str
    colliders: tuple[Collider, ...]
    mass: float
    com: Array
    inertia: Array
    """About the centre of mass, axes of the root frame, shape [3, 3] [kg m2]."""
    friction: float = 0.6
    parent: str | None = None
    hinge: ImportedJoint | None = None
    """None for the root."""


@dataclass(frozen=True, eq=False)
class ImportedObject:
    """An object: the first part is its root."""

    id: str
    category: str
    pose: Pose
    """`world_from_root`."""
    parts: tuple[ImportedPart, ...]
    fixed: bool
    room: str | None = None
    support: str | None = None
    """`floor`, `wall`, `ceiling` or an id, if the source says what it rests on."""

    def world_points(self) -> Array:
        """Return the corners of all pieces with joints at zero [m], shape [n, 3]."""
        return self.pose.apply(np.concatenate([c.points for part in self.parts for c in part.colliders]))


@dataclass(frozen=True, eq=False)
class InfinitePlane:
    """Infinite plane; the scene lies on the side of its normal."""

    name: str
    point: Array
    normal: Array


@dataclass(frozen=True)
class SourceScene:
    """Content of an imported scene that is needed to judge it."""

    format: str
    things: tuple[ImportedObject, ...] = ()
    blocks: tuple[Block, ...] = ()
    """Floors, walls and ceilings that are boxes."""
    planes: tuple[InfinitePlane, ...] = ()
    rooms: tuple[Room, ...] = ()
    """If the source says what its rooms are."""
    notes: tuple[str, ...] = field(default=())
    """What was left out or simplified, in plain words."""


def plain_name(name: str, used: Set[str]) -> str:
    """Return an unused identifier of letters, digits and `_` that names no structural element."""
    stem = re.sub(r"[^A-Za-z0-9_./-]+", "_", name)[:80] or "object"
    taken = used | {"floor", "wall", "ceiling"}
    numbered = (f"{stem}_{number}" for number in itertools.count(2))
    return next(candidate for candidate in itertools.chain([stem], numbered) if candidate not in taken)


def category_of(name: str) -> str:
    """Return the noun in a name: `red_mug_03` gives `red mug`."""
    words = re.sub(r"[^A-Za-z]+", " ", name.rsplit("/", 1)[-1]).strip().lower()
    return words[:60] or "object"
