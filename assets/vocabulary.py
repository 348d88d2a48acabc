"""Vocabulary of all nouns for which an asset can be made."""

from __future__ import annotations

import difflib
from functools import cache

from sage.assets.families import FAMILIES
from sage.assets.family import Family
from sage.assets.knowledge.table import knowledge, members, synonyms
from sage.assets.part_limits import PART_LIMITS
from sage.assets.rare_categories import (
    RareCategory,
    lookup_key,
    normalized,
    rare_category,
    row_of,
    wordnet_noun,
)
from sage.assets.room_counts import ROOM_COUNTS, counts_by_room
from sage.assets.stand_in import ancestors, rows, typical
from sage.language.tokens import singulars
from sage.vocabulary import PLAIN, Category, RoomType

__all__ = ["TableVocabulary"]


class TableVocabulary:
    """Vocabulary of parametric families and knowledge tables; see `sage.vocabulary.Vocabulary`.

    Args:
        room_types: room types that can be furnished.
        families: families whose categories have an asset builder of their own.
    """

    def __init__(self, room_types: tuple[RoomType, ...], families: tuple[Family, ...] = FAMILIES) -> None:
        self._room_types = room_types
        self._rooms = {room.name for room in room_types}
        self._categories = {family.category: _category(family, self._rooms) for family in families}
        self._category_of_row = {
            family.known: family.category for family in reversed(families) if family.known
        }
        self._synsets = _synsets(families)
        self._index: dict[str, str] = {}
        self._rare_categories: dict[str, Category] = {}
        for nouns in (_names, _words, _kinds):
            for category in self._categories.values():
                for noun in nouns(category):
                    self._index.setdefault(lookup_key(noun), category.name)

    def categories(self) -> tuple[Category, ...]:
        """Return every category with a family of its own."""
        return tuple(self._categories.values())

    def room_types(self) -> tuple[RoomType, ...]:
        """Return every room type that can be furnished."""
        return self._room_types

    def find(self, noun: str) -> Category | None:
        """Return the category that a noun names, or None; see `sage.vocabulary.Vocabulary`."""
        return self.common(noun) or self._rare(noun)

    def _rare(self, noun: str) -> Category | None:
        """Return the category of a noun that names no family: that of its table row, or a rare category."""
        row = row_of(noun)
        if row in self._category_of_row and "family" not in rows()[row]:
            return self._categories[self._category_of_row[row]]
        rare = rare_category(noun)
        if rare is None:
            return None
        if rare.construction.family is not None and rare.construction.is_subtype:
            return self._categories[rare.construction.family.category]
        if rare.name not in self._rare_categories:
            self._rare_categories[rare.name] = self._stand_in_category(rare)
        return self._rare_categories[rare.name]

    def _stand_in_category(self, rare: RareCategory) -> Category:
        construction, hypernyms = rare.construction, set(ancestors(rare.synset)[1:])
        family = construction.family
        known = typical(family) if family is not None else None
        family_rooms = self._categories[family.category].rooms if family is not None else {}
        counts = ROOM_COUNTS.get(rare.name) or (family_rooms if rare.rooms is None else dict(rare.rooms))
        more_general = [c.name for c in self._categories.values() if c.synset in hypernyms]
        return Category(
            name=rare.name,
            synset=rare.synset,
            kinds=tuple(dict.fromkeys((*more_general, *(family.kinds if family is not None else ())))),
            mount=construction.mount,
            fixed=family is not None and family.fixed,
            covering=family is not None and family.covering,
            soft=rare.soft if known is None or rare.rooms is not None else "cloth" in known.affordances,
            size=construction.size,
            mass=construction.mass,
            parts=PART_LIMITS.get(family.category, {}) if family is not None else {},
            stand_in=PLAIN if family is None else family.category,
            rooms={room: count for room, count in counts.items() if room in self._rooms},
        )

    def members(self, noun: str) -> tuple[str, ...]:
        """Return the categories that a collective noun stands for; see `sage.vocabulary.Vocabulary`."""
        return _collectives().get(lookup_key(noun), ())

    def concrete(self, noun: str) -> bool:
        """Return whether a noun names a physical object; see `sage.vocabulary.Vocabulary`."""
        return bool(self.members(noun)) or wordnet_noun(noun) is not None or self.find(noun) is not None

    def common(self, noun: str) -> Category | None:
        """Return the category with a family of its own that a noun names, or None.

        Category names take precedence over synonyms, and synonyms over more general nouns; a more general
        noun gives the first category below it. Case, plural, articles, hyphens and spaces are ignored.
        """
        head, _, last = normalized(noun).rpartition(" ")
        for word in singulars(last):
            name = self._index.get(lookup_key(f"{head} {word}"))
            if name is not None:
                return self._categories[name]
        return None

    def of_synset(self, synset: str) -> tuple[tuple[Category, ...], tuple[Category, ...]]:
        """Return the categories of a synset and of its hyponyms; see `sage.vocabulary.Vocabulary`."""
        named = [(name, synsets) for name, synsets in self._synsets if synset in synsets]
        exact = [name for name, _ in sorted(named, key=lambda pair: pair[1][0] != synset)]
        below = [name for name, synsets in self._synsets if any(synset in ancestors(s)[1:] for s in synsets)]
        return self._named(exact), self._named(below)

    def _named(self, names: list[str]) -> tuple[Category, ...]:
        """Return the categories of these names that can be made, each once."""
        found = (self._categories.get(name) or self._rare(name) for name in names)
        return tuple({category.name: category for category in found if category is not None}.values())

    def nearest(self, noun: str, count: int = 3) -> tuple[str, ...]:
        """Return the names of the categories spelled most like a noun or one of its words.

        Args:
            noun: any word or phrase.
            count: largest number of names.
        """
        text = normalized(noun)
        names = {word: category.name for category in self.categories() for word in _words(category)}
        names |= {name: name for name in self._categories}
        close: list[str] = []
        for part in (text, *reversed(text.split())):
            close += difflib.get_close_matches(part, names, n=2 * count, cutoff=0.6)
        return tuple(dict.fromkeys(names[word] for word in close))[:count]

    def is_a(self, category: str, noun: str) -> bool:
        """Return whether a category is the one that a noun names or a kind of it."""
        own, named = self.find(category), self.find(noun)
        if own is None or named is None:
            return False
        singular = {lookup_key(word) for word in singulars(normalized(noun))}
        return own.name == named.name or any(lookup_key(kind) in singular for kind in own.kinds)


def _synsets(families: tuple[Family, ...]) -> list[tuple[str, tuple[str, ...]]]:
    """Return the names of families, then of table rows, each with its synsets."""
    rows = {name: str(row["synset"] or "") for name, row in knowledge().items()}
    of_families = [(family.category, (family.synset, rows.get(family.known, ""))) for family in families]
    of_rows = [(name, (synset,)) for name, synset in rows.items()]
    return [(name, tuple(filter(None, synsets))) for name, synsets in (*of_families, *of_rows)]


def _names(category: Category) -> tuple[str, ...]:
    return (category.name,)


def _words(category: Category) -> tuple[str, ...]:
    return category.words


def _kinds(category: Category) -> tuple[str, ...]:
    return category.kinds


@cache
def _collectives() -> dict[str, tuple[str, ...]]:
    return {lookup_key(noun): tuple(names) for noun, names in members().items()}


def _category(family: Family, rooms: set[str]) -> Category:
    """Return the category of a family, with its typical size, mass and rooms."""
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
        parts=PART_LIMITS.get(family.category, {}),
        rooms=counts_by_room(family, known.rooms, rooms),
    )
