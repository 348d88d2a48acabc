"""Parametric families: a range of sizes and a function that builds an asset within it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from sage.assets.sculpt import Sculpture
from sage.geometry import Vec3

__all__ = ["Build", "Family"]

Build = Callable[[Sculpture, Vec3], float | None]
"""Builds an object of the given depth, width, height [m] into a sculpture, whose `style` holds the
materials and the random generator. Returns what a gripper must open to take it [m], or None for the
smallest side."""


@dataclass(frozen=True)
class Family:
    """Makes the objects of one category."""

    category: str
    """The plain noun."""
    synset: str
    """WordNet synset."""
    low: Vec3
    """Smallest depth, width, height [m]."""
    high: Vec3
    """Largest depth, width, height [m]."""
    build: Build
    known: str
    """Row of the knowledge table that tells its typical size and mass; empty for none."""
    words: tuple[str, ...] = ()
    """Other nouns for the same thing."""
    kinds: tuple[str, ...] = ()
    """More general nouns that it also answers to."""
    mount: Literal["floor", "surface", "wall", "ceiling"] = "surface"
    has_front: bool = True
    fixed: bool = False
    """Mounted, plumbed or built in."""
    covering: bool = False
    free: bool = False
    """Stands free in the room, where people walk round it, unless it is told otherwise."""
    mass: float | None = None
    """Typical mass [kg], where no row of the table tells it."""
    most: Vec3 | None = None
    """Largest when it is asked for large, tall, long or wide, or for many seats [m]; `high` if None."""
    seats: tuple[float, float] | None = None
    """Width [m] that each seat takes, and that of the rest; None if it is not sold by seats."""
