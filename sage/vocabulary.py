"""Vocabulary interface: categories of objects and types of room."""

from __future__ import annotations

from typing import Literal, Protocol

from sage.geometry import Frozen, Vec3
from sage.task import RequiredObject

__all__ = ["PLAIN", "Category", "RoomType", "Vocabulary", "answers"]

PLAIN = "plain"
"""`Category.stand_in` of a category that is made as a plain body."""


class Category(Frozen):
    """A category of objects."""

    name: str
    """Noun: `bowl`, `coffee table`."""
    synset: str
    words: tuple[str, ...] = ()
    """Synonyms."""
    kinds: tuple[str, ...] = ()
    """More general nouns: a coffee table is a `table`."""
    mount: Literal["floor", "surface", "wall", "ceiling"] = "surface"
    fixed: bool = False
    """Whether it is mounted, plumbed or built in."""
    covering: bool = False
    free: bool = False
    """Whether it usually stands away from walls."""
    soft: bool = False
    """Whether it is cloth, which can be folded."""
    size: Vec3
    """Typical depth, width, height [m]."""
    mass: float
    """Typical mass [kg]."""
    parts: dict[str, int] = {}
    """Largest number of drawers, doors, lids, shelves and compartments, by the kind of part."""
    stand_in: str = ""
    """Similar category that is built in its place, stretched to its size and mass.

    Empty if it has a builder of its own; `PLAIN` if it is a plain body of its size and mass.
    """
    rooms: dict[str, float] = {}
    """Mean number of objects in a room, by room type."""

    @property
    def made_as(self) -> str:
        """The stand-in in words, such as `figurine` or `plain body`; empty if there is none."""
        return "plain body" if self.stand_in == PLAIN else self.stand_in


class RoomType(Frozen):
    """A type of room that can be furnished."""

    name: str
    """Name with underscores: `living_room`."""
    words: tuple[str, ...]
    """Nouns for it: `living room`, `lounge`."""


class Vocabulary(Protocol):
    """Categories by noun, and types of rooms."""

    def __hash__(self) -> int: ...

    def categories(self) -> tuple[Category, ...]:
        """Return every category that can be made."""
        ...

    def room_types(self) -> tuple[RoomType, ...]:
        """Return every type of room that can be furnished."""
        ...

    def find(self, noun: str) -> Category | None:
        """Return the category that a noun, singular or plural, names, or None.

        Rare physical objects have a stand-in or a plain body, animals and vehicles a figure or toy. There is
        no category for people, parts of objects or buildings, materials and abstract nouns like `comfort`.
        """
        ...

    def members(self, noun: str) -> tuple[str, ...]:
        """Return the two to five categories that a collective noun stands for, or none.

        `toiletries` are shampoo, toothpaste and a soap bar. For some of these nouns, such as `fruit`, `find`
        returns the first category that answers to them.
        """
        ...

    def concrete(self, noun: str) -> bool:
        """Return whether a noun, singular or plural, names a physical object or material.

        `wall`, `oak` and `guitar` do; `style`, `comfort` and `guest` do not.
        """
        ...

    def common(self, noun: str) -> Category | None:
        """Return the category that a noun names, without stand-ins, or None; see `find`."""
        ...

    def of_synset(self, synset: str) -> tuple[tuple[Category, ...], tuple[Category, ...]]:
        """Return the categories of a WordNet synset such as `table.n.02`, common before rare.

        Returns:
            Categories of the synset itself, and of its hyponyms.
        """
        ...

    def nearest(self, noun: str, count: int = 3) -> tuple[str, ...]:
        """Return the names of the categories spelled most like a noun."""
        ...

    def is_a(self, category: str, noun: str) -> bool:
        """Return whether a noun names a category or a more general one: a coffee table is a `table`."""
        ...


def answers(category: str, asked: RequiredObject, vocabulary: Vocabulary) -> bool:
    """Return whether a category answers to the noun by which an object is requested.

    Any lamp answers to "a lamp", whatever kind is made for it; a coffee table is no "dining table".
    """
    words = asked.name.split()
    tails = (" ".join(words[first:]) for first in range(len(words)))
    named = (tail for tail in tails if (known := vocabulary.find(tail)) and known.name == asked.category)
    return vocabulary.is_a(category, next(named, asked.category))
