"""Categories without a family of their own, from the knowledge table and WordNet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sage.assets.knowledge.table import household, wordnet
from sage.assets.stand_in import Made, made_of_row, made_of_synset, own_rows, rare_kinds, rows
from sage.language.tokens import singulars

__all__ = ["Rare", "key", "lemma", "plain", "rare", "row_of"]

_ARTICLES = re.compile(r"^(?:the|an?) ")


@dataclass(frozen=True)
class Rare:
    """A kind of thing that has no family of its own."""

    name: str
    synset: str
    made: Made
    soft: bool = False
    rooms: tuple[tuple[str, float], ...] | None = None
    """Mean count by room as the table has it; None if it has none."""


@lru_cache(maxsize=4096)
def plain(noun: str) -> str:
    """Return a noun in small letters without article, hyphens and underscores."""
    return _ARTICLES.sub("", re.sub(r"[\s_-]+", " ", noun.casefold()).strip())


@lru_cache(maxsize=4096)
def key(noun: str) -> str:
    """Return what nouns are looked up by: `night stand` and `nightstand` are one."""
    return plain(noun).replace(" ", "")


def _keys(noun: str) -> list[str]:
    """Return the keys of what a noun may be the plural of, itself first."""
    head, _, last = plain(noun).rpartition(" ")
    return [key(f"{head} {word}") for word in singulars(last)]


def row_of(noun: str) -> str | None:
    """Return the row of the knowledge table that a noun names, unless people mean something else by it."""
    keys = _keys(noun)
    if any(each in _household() for each in keys):
        return None
    return next((own_rows()[each] for each in keys if each in own_rows()), None)


@cache
def _household() -> frozenset[str]:
    return frozenset(word.replace("_", "") for word in household())


def lemma(noun: str) -> tuple[str, str] | None:
    """Return a concrete noun of WordNet in the singular, and the synset that it means indoors."""
    nouns = wordnet()[0]
    return next((nouns[each] for each in _keys(noun) if each in nouns), None)


@lru_cache(maxsize=4096)
def rare(noun: str) -> Rare | None:
    """Return what a noun names that has no family of its own, or None.

    That is a row of the knowledge table by that name, else what WordNet says that the noun means, else a
    row that
    is of that kind.
    """
    row = row_of(noun)
    if row is not None:
        return _of_row(row)
    found = lemma(noun)
    if found is None:
        kinds = rare_kinds()
        other = next(
            (kinds[each] for each in _keys(noun) if each in kinds and each not in _household()), None
        )
        return None if other is None else _of_row(other)
    made = made_of_synset(found[1])
    return None if made is None else Rare(found[0], found[1], made)


def _of_row(row: str) -> Rare:
    known = rows()[row]
    soft = "cloth" in known["affordances"]
    return Rare(
        row.replace("_", " "), known["synset"] or "", made_of_row(row), soft, tuple(known["rooms"].items())
    )
