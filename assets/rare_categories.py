"""Lookup of categories without a parametric family, in the knowledge table and WordNet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from sage.assets.knowledge.table import household, wordnet
from sage.assets.stand_in import (
    Construction,
    construction_of_row,
    construction_of_synset,
    rows,
    rows_by_name,
    rows_by_noun,
)
from sage.language.tokens import singulars

__all__ = ["RareCategory", "lookup_key", "normalized", "rare_category", "row_of", "wordnet_noun"]

_ARTICLES = re.compile(r"^(?:the|an?) ")


@dataclass(frozen=True)
class RareCategory:
    """A category without a parametric family of its own."""

    name: str
    """Noun in the singular."""
    synset: str
    """WordNet synset."""
    construction: Construction
    soft: bool = False
    """Whether it is made of cloth, according to the knowledge table."""
    rooms: tuple[tuple[str, float], ...] | None = None
    """Pairs of room type and mean count per room, from the knowledge table; None if it is not there."""


@lru_cache(maxsize=4096)
def normalized(noun: str) -> str:
    """Return a noun in lower case without article, hyphens and underscores.

    Example:
        >>> normalized("The Coffee-Table")
        'coffee table'
    """
    return _ARTICLES.sub("", re.sub(r"[\s_-]+", " ", noun.casefold()).strip())


@lru_cache(maxsize=4096)
def lookup_key(noun: str) -> str:
    """Return the key under which a noun is indexed, which ignores spaces.

    Example:
        >>> lookup_key("night stand"), lookup_key("a Nightstand")
        ('nightstand', 'nightstand')
    """
    return normalized(noun).replace(" ", "")


def _keys(noun: str) -> list[str]:
    """Return the keys of a noun and of its possible singular forms, its own first."""
    head, _, last = normalized(noun).rpartition(" ")
    return [lookup_key(f"{head} {word}") for word in singulars(last)]


def row_of(noun: str) -> str | None:
    """Return the row of the knowledge table that a noun names.

    Returns:
        The name of the row; None if there is none, or if `household.toml` gives the noun another meaning.
    """
    keys = _keys(noun)
    if any(key in _household_keys() for key in keys):
        return None
    return next((rows_by_name()[key] for key in keys if key in rows_by_name()), None)


@cache
def _household_keys() -> frozenset[str]:
    return frozenset(word.replace("_", "") for word in household())


def wordnet_noun(noun: str) -> tuple[str, str] | None:
    """Return the singular of a concrete noun in WordNet and the synset it denotes indoors, or None."""
    nouns = wordnet()[0]
    return next((nouns[key] for key in _keys(noun) if key in nouns), None)


@lru_cache(maxsize=4096)
def rare_category(noun: str) -> RareCategory | None:
    """Return the category without a family that a noun names, or None.

    Sources in order: a row of the knowledge table with that name, the noun's synset in WordNet, and a row
    that is a kind of what the noun names.
    """
    row = row_of(noun)
    if row is not None:
        return _category_of_row(row)
    found = wordnet_noun(noun)
    if found is None:
        by_noun = rows_by_noun()
        row = next(
            (by_noun[key] for key in _keys(noun) if key in by_noun and key not in _household_keys()), None
        )
        return None if row is None else _category_of_row(row)
    name, synset = found
    construction = construction_of_synset(synset)
    return None if construction is None else RareCategory(name, synset, construction)


def _category_of_row(row: str) -> RareCategory:
    values = rows()[row]
    return RareCategory(
        row.replace("_", " "),
        values["synset"] or "",
        construction_of_row(row),
        "cloth" in values["affordances"],
        tuple(values["rooms"].items()),
    )
