"""What is known about the nouns of everything that can be made."""

from __future__ import annotations

import difflib
import re
from functools import lru_cache
from typing import Any

from assets.families import FAMILIES
from assets.family import Family
from assets.homes import homes_of
from assets.knowledge.table import knowledge, synonyms
from assets.parts import PARTS
from assets.stand_in import ancestors, rare_kinds, rows, stand_in, typical_size
from sage.language.tokens import singulars
from sage.vocabulary import Category, RoomType

__all__ = ["TableVocabulary"]

_BULK_DENSITY = 200.0
"""Of the box around an object that the table does not know [kg/m3]."""

_ARTICLES = re.compile(r"^(?:the|an?) ")


class TableVocabulary:
    """The nouns of all families, with what the knowledge table says of them.

    Args:
        room_types: rooms that can be furnished.
    """

    def __init__(self, room_types: tuple[RoomType, ...], families: tuple[Family, ...] = FAMILIES) -> None:
        self._room_types = room_types
        self._rooms = {room.name for room in room_types}
        self._categories = {family.category: _category(family, self._rooms) for family in families}
        self._makers = {family.known: family.category for family in reversed(families) if family.known}
        self._synsets = _synsets(families)
        self._index: dict[str, str] = {}
        self._rare_categories: dict[str, Category] = {}
        for nouns in (_names, _words, _kinds):
            for category in self._categories.values():
                for noun in nouns(category):
                    self._index.setdefault(_key(noun), category.name)

    def categories(self) -> tuple[Category, ...]:
        """Return every category that can be made."""
        return tuple(self._categories.values())

    def room_types(self) -> tuple[RoomType, ...]:
        """Return every room that can be furnished."""
        return self._room_types

    def find(self, noun: str) -> Category | None:
        """Return the category that a noun names, or None; see `sage.vocabulary.Vocabulary`."""
        return self.common(noun) or self._rare(noun)

    def _rare(self, noun: str) -> Category | None:
        """Return what a noun of the knowledge table means: a family's own row, or a kind that has none."""
        head, _, last = _plain(noun).rpartition(" ")
        found = (rare_kinds().get(_key(f"{head} {word}")) for word in singulars(last))
        row = next((row for row in found if row is not None), None)
        if row is None:
            return None
        if row in self._makers and "family" not in rows()[row]:
            return self._categories[self._makers[row]]
        if row not in self._rare_categories:
            self._rare_categories[row] = self._stretched(row)
        return self._rare_categories[row]

    def _stretched(self, row: str) -> Category:
        family, known = stand_in(row), rows()[row]
        above = set(ancestors(known["synset"] or "")[1:])
        return Category(
            name=row.replace("_", " "),
            synset=known["synset"] or "",
            kinds=tuple(c.name for c in self._categories.values() if c.synset in above),
            mount=family.mount,
            fixed=family.fixed,
            covering=family.covering,
            soft="cloth" in known["affordances"],
            size=typical_size(row),
            mass=known["mass"],
            parts=PARTS.get(family.category, {}),
            stand_in=family.category,
            rooms={room: share for room, share in known["rooms"].items() if room in self._rooms},
        )

    def common(self, noun: str) -> Category | None:
        """Return the category with a family of its own that a noun names, or None.

        Names win over other words, and those over more general nouns, of which the first category
        that answers to it is returned. Case, plural, articles, hyphens and spaces do not matter.
        """
        plain = _plain(noun)
        head, _, last = plain.rpartition(" ")
        for word in singulars(last):
            name = self._index.get(_key(f"{head} {word}"))
            if name is not None:
                return self._categories[name]
        return None

    def of_synset(self, synset: str) -> tuple[tuple[Category, ...], tuple[Category, ...]]:
        """Return the categories that a synset means; see `sage.vocabulary.Vocabulary`."""
        named = [(name, own) for name, own in self._synsets if synset in own]
        exact = [name for name, _ in sorted(named, key=lambda pair: pair[1][0] != synset)]
        below = [name for name, own in self._synsets if any(synset in ancestors(s)[1:] for s in own)]
        return self._made(exact), self._made(below)

    def _made(self, names: list[str]) -> tuple[Category, ...]:
        found = (self._categories.get(name) or self._rare(name) for name in names)
        return tuple({category.name: category for category in found if category is not None}.values())

    def nearest(self, noun: str, count: int = 3) -> tuple[str, ...]:
        """Return the names of categories spelled most like a noun, or like one of its words."""
        plain = _plain(noun)
        keys = {word: category.name for category in self.categories() for word in _words(category)}
        keys |= {name: name for name in self._categories}
        close: list[str] = []
        for text in (plain, *reversed(plain.split())):
            close += difflib.get_close_matches(text, keys, n=2 * count, cutoff=0.6)
        return tuple(dict.fromkeys(keys[word] for word in close))[:count]

    def is_a(self, category: str, noun: str) -> bool:
        """Tell whether things of a category answer to a noun."""
        own, asked = self.find(category), self.find(noun)
        if own is None or asked is None:
            return False
        plain = {_key(word) for word in singulars(_plain(noun))}
        return own.name == asked.name or any(_key(kind) in plain for kind in own.kinds)


def _synsets(families: tuple[Family, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Return what is called by synsets, families first: a name with the synsets that it has."""
    rows = {name: str(row["synset"] or "") for name, row in knowledge().items()}
    own = [(family.category, (family.synset, rows.get(family.known, ""))) for family in families]
    return [
        (name, tuple(filter(None, names))) for name, names in (*own, *((k, (v,)) for k, v in rows.items()))
    ]


def _names(category: Category) -> tuple[str, ...]:
    return (category.name,)


def _words(category: Category) -> tuple[str, ...]:
    return category.words


def _kinds(category: Category) -> tuple[str, ...]:
    return category.kinds


@lru_cache(maxsize=4096)
def _plain(noun: str) -> str:
    return _ARTICLES.sub("", re.sub(r"[\s_-]+", " ", noun.casefold()).strip())


@lru_cache(maxsize=4096)
def _key(noun: str) -> str:
    """Return what nouns are looked up by: `night stand` and `nightstand` are one."""
    return _plain(noun).replace(" ", "")


def _category(family: Family, rooms: set[str]) -> Category:
    """Return what the table knows of a family; one that names no row goes by the middle of its range.

    Raises:
        KeyError: the family names a row that does not exist.
    """
    row = rows()[family.known] if family.known else _estimate(family)
    return Category(
        name=family.category,
        synset=family.synset,
        words=(*family.words, *synonyms().get(family.category, ())),
        kinds=family.kinds,
        mount=family.mount,
        fixed=family.fixed,
        covering=family.covering,
        soft="cloth" in row["affordances"],
        size=row["median"],
        mass=row["mass"],
        parts=PARTS.get(family.category, {}),
        rooms=homes_of(family, row["rooms"], rooms),
    )


def _estimate(family: Family) -> dict[str, Any]:
    depth, width, height = ((low + high) / 2 for low, high in zip(family.low, family.high, strict=True))
    mass = depth * width * height * _BULK_DENSITY
    return {"median": (depth, width, height), "mass": round(mass, 3), "rooms": {}, "affordances": ()}
