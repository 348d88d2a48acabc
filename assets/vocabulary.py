"""Vocabulary of every noun that an asset can be made for."""

from __future__ import annotations

import difflib
from functools import cache

from sage.assets.families import FAMILIES
from sage.assets.family import Family
from sage.assets.homes import HOMES, homes_of
from sage.assets.knowledge.table import knowledge, members, synonyms
from sage.assets.parts import PARTS
from sage.assets.rare import Rare, key, lemma, plain, rare, row_of
from sage.assets.stand_in import ancestors, rows, typical
from sage.language.tokens import singulars
from sage.vocabulary import PLAIN, Category, RoomType

__all__ = ["TableVocabulary"]


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
                    self._index.setdefault(key(noun), category.name)

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
        """Return what a noun means that has no family: a family's row, or a kind that another makes."""
        row = row_of(noun)
        if row in self._makers and "family" not in rows()[row]:
            return self._categories[self._makers[row]]
        found = rare(noun)
        if found is None:
            return None
        if found.made.family is not None and found.made.plainly:
            return self._categories[found.made.family.category]
        if found.name not in self._rare_categories:
            self._rare_categories[found.name] = self._stretched(found)
        return self._rare_categories[found.name]

    def _stretched(self, found: Rare) -> Category:
        made, above = found.made, set(ancestors(found.synset)[1:])
        family = made.family
        known = typical(family) if family is not None else None
        homes = self._categories[family.category].rooms if family is not None else {}
        more_general = [c.name for c in self._categories.values() if c.synset in above]
        return Category(
            name=found.name,
            synset=found.synset,
            kinds=tuple(dict.fromkeys((*more_general, *(family.kinds if family is not None else ())))),
            mount=made.mount,
            fixed=family is not None and family.fixed,
            covering=family is not None and family.covering,
            soft=found.soft if known is None or found.rooms is not None else "cloth" in known.affordances,
            size=made.size,
            mass=made.mass,
            parts=PARTS.get(family.category, {}) if family is not None else {},
            stand_in=PLAIN if family is None else family.category,
            rooms={
                room: share
                for room, share in (
                    HOMES.get(found.name) or (homes if found.rooms is None else dict(found.rooms))
                ).items()
                if room in self._rooms
            },
        )

    def members(self, noun: str) -> tuple[str, ...]:
        """Return what people mean by a noun of many things; see `sage.vocabulary.Vocabulary`."""
        return _collectives().get(key(noun), ())

    def concrete(self, noun: str) -> bool:
        """Return whether a noun names a physical thing; see `sage.vocabulary.Vocabulary`."""
        return bool(self.members(noun)) or lemma(noun) is not None or self.find(noun) is not None

    def common(self, noun: str) -> Category | None:
        """Return the category with a family of its own that a noun names, or None.

        Names win over other words, and those over more general nouns, of which the first category
        that answers to it is returned. Case, plural, articles, hyphens and spaces do not matter.
        """
        head, _, last = plain(noun).rpartition(" ")
        for word in singulars(last):
            name = self._index.get(key(f"{head} {word}"))
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
        asked = plain(noun)
        keys = {word: category.name for category in self.categories() for word in _words(category)}
        keys |= {name: name for name in self._categories}
        close: list[str] = []
        for text in (asked, *reversed(asked.split())):
            close += difflib.get_close_matches(text, keys, n=2 * count, cutoff=0.6)
        return tuple(dict.fromkeys(keys[word] for word in close))[:count]

    def is_a(self, category: str, noun: str) -> bool:
        """Return whether things of a category answer to a noun."""
        own, asked = self.find(category), self.find(noun)
        if own is None or asked is None:
            return False
        singular = {key(word) for word in singulars(plain(noun))}
        return own.name == asked.name or any(key(kind) in singular for kind in own.kinds)


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


@cache
def _collectives() -> dict[str, tuple[str, ...]]:
    return {key(noun): tuple(names) for noun, names in members().items()}


def _category(family: Family, rooms: set[str]) -> Category:
    """Return what is known of the things that a family makes."""
    known = typical(family)
    return Category(
        name=family.category,
        synset=family.synset,
        words=(*family.words, *synonyms().get(family.category, ())),
        kinds=family.kinds,
        mount=family.mount,
        fixed=family.fixed,
        covering=family.covering,
        free=family.free,
        soft="cloth" in known.affordances,
        size=known.size,
        mass=known.mass,
        parts=PARTS.get(family.category, {}),
        rooms=homes_of(family, known.rooms, rooms),
    )
