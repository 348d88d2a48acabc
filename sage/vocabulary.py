"""Vocabulary interface: categories of objects and types of room."""

from __future__ import annotations

from typing import Literal, Protocol

from sage.geometry import Frozen, Vec3
from sage.task import RequiredObject

__all__ = ["PLAIN", "Category", "RoomType", "Vocabulary", "answers"]

PLAIN = "plain"
"""`Category.stand_in` of a thing that is made as a plain body."""


class Category(Frozen):
    """A kind of object that can be placed."""

    name: str
    """The plain noun: `bowl`, `coffee table`."""
    synset: str
    words: tuple[str, ...] = ()
    """Other nouns for the same kind."""
    kinds: tuple[str, ...] = ()
    """More general nouns that it also answers to: a coffee table is a `table`."""
    mount: Literal["floor", "surface", "wall", "ceiling"] = "surface"
    fixed: bool = False
    """Mounted, plumbed or built in."""
    covering: bool = False
    free: bool = False
    """Stands free in the room, where people walk round it, unless it is told otherwise."""
    soft: bool = False
    """Cloth, which folds."""
    size: Vec3
    """Typical depth, width, height [m]."""
    mass: float
    """Typical mass [kg]."""
    parts: dict[str, int] = {}
    """How many drawers, doors, lids, shelves and compartments it has at most, by the kind of part."""
    stand_in: str = ""
    """The category of the same nature that is made in its place, stretched to its size and mass.

    Empty if it has a maker; `PLAIN` if nothing is of its nature: a plain body of its size and mass.
    """
    rooms: dict[str, float] = {}
    """How often it is met, by room type: mean count per room."""

    @property
    def made_as(self) -> str:
        """The stand-in, in words: `figurine`, `plain body`; empty if it has a maker."""
        return "plain body" if self.stand_in == PLAIN else self.stand_in


class RoomType(Frozen):
    """A kind of room that can be furnished."""

    name: str
    """With underscores: `living_room`."""
    words: tuple[str, ...]
    """How people call it: `living room`, `lounge`."""


class Vocabulary(Protocol):
    """Nouns, sizes, masses and rooms."""

    def __hash__(self) -> int: ...

    def categories(self) -> tuple[Category, ...]:
        """Return every category that can be made."""
        ...

    def room_types(self) -> tuple[RoomType, ...]:
        """Return every room that can be furnished."""
        ...

    def find(self, noun: str) -> Category | None:
        """Return the category that a whole noun, singular or plural, names, or None.

        That may be a rare one, for which another or a plain body stands in: any physical thing that is
        found in
        a room, and of animals and vehicles a figure or a toy. None is found of people, parts of other
        things and
        of buildings, materials, and words such as `comfort`.
        """
        ...

    def members(self, noun: str) -> tuple[str, ...]:
        """Return what people mean by a noun of many things: two to five categories, or none.

        `toiletries` are shampoo, toothpaste and a soap bar. Some such nouns, `fruit` for one, `find` knows
        too, as
        the first category that answers to them.
        """
        ...

    def concrete(self, noun: str) -> bool:
        """Return whether a noun, singular or plural, names a physical thing, whether or not it can be made.

        `wall`, `oak` and `guitar` do; `style`, `comfort` and `guest` do not.
        """
        ...

    def common(self, noun: str) -> Category | None:
        """Return the same, but only of categories that are made as what they are."""
        ...

    def of_synset(self, synset: str) -> tuple[tuple[Category, ...], tuple[Category, ...]]:
        """Return the categories that a WordNet synset such as `table.n.02` means, common before rare.

        Returns:
            Those of the synset itself, and those of more special ones.
        """
        ...

    def nearest(self, noun: str, count: int = 3) -> tuple[str, ...]:
        """Return the names of categories spelled most like a noun."""
        ...

    def is_a(self, category: str, noun: str) -> bool:
        """Return whether things of a category answer to a noun: a coffee table to `table`."""
        ...


def answers(category: str, asked: RequiredObject, vocabulary: Vocabulary) -> bool:
    """Return whether things of a category answer to the noun by which an object is asked for.

    "A lamp" is any lamp, whichever kind of lamp is made for it; "a dining table" is no coffee table.
    """
    words = asked.name.split()
    tails = (" ".join(words[first:]) for first in range(len(words)))
    named = (tail for tail in tails if (known := vocabulary.find(tail)) and known.name == asked.category)
    return vocabulary.is_a(category, next(named, asked.category))
