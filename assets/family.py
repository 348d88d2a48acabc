"""Parametric asset families: a size range and a build function per category."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sage.assets.builder import AssetBuilder
from sage.geometry import Vec3

__all__ = ["Build", "Family"]

Build = Callable[[AssetBuilder, Vec3], float | None]
"""Function that adds an object of the given depth, width, height [m] to an asset builder.

`AssetBuilder.style` holds the materials and the random generator. The function returns the gripper opening
needed to grasp the object [m], or None for its smallest side.
"""


@dataclass(frozen=True)
class Family:
    """Parametric model of one object category."""

    category: str
    """Noun in the singular, such as `coffee table`."""
    synset: str
    """WordNet synset, such as `coffee_table.n.01`."""
    low: Vec3
    """Smallest depth, width, height [m]."""
    high: Vec3
    """Largest depth, width, height [m]."""
    build: Build
    known: str
    """Row of `knowledge/categories.json` with the typical size and mass; empty for none."""
    words: tuple[str, ...] = ()
    """Synonyms."""
    kinds: tuple[str, ...] = ()
    """More general nouns, such as `table` for a coffee table."""
    mount: Literal["floor", "surface", "wall", "ceiling"] = "surface"
    """What the object is placed on or attached to."""
    has_front: bool = True
    """Whether the object has a distinct front, which faces +x in the asset frame."""
    fixed: bool = False
    """Whether it is attached to the building: mounted, plumbed or built in."""
    covering: bool = False
    """Whether it is a thin cover without colliders, such as a rug; see `sage.asset.Asset.covering`."""
    free: bool = False
    """Whether it stands away from the walls by default, with space to walk around it."""
    mass: float | None = None
    """Typical mass [kg] where `known` is empty; None estimates it from the size."""
    most: Vec3 | None = None
    """Largest depth, width, height [m] on request for a large, tall, long or wide object or for many seats;
    None for `high`."""
    seats: tuple[float, float] | None = None
    """Width per seat and remaining width [m]; None if the number of seats does not change the size."""
