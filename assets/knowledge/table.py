"""Loaders of the knowledge tables; `README.md` in this folder describes the tables."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import resources
from typing import Any, TypedDict

__all__ = [
    "Nature",
    "further",
    "household",
    "hypernyms",
    "knowledge",
    "members",
    "natures",
    "synonyms",
    "wordnet",
]


@cache
def knowledge() -> dict[str, dict[str, Any]]:
    """Return the rows of `categories.json` by name."""
    rows: dict[str, dict[str, Any]] = _read("categories.json")
    return rows


@cache
def hypernyms() -> dict[str, str]:
    """Return the hypernym of each synset in `hypernyms.json`."""
    hypernym_of: dict[str, str] = _read("hypernyms.json")
    return hypernym_of


@cache
def further() -> dict[str, dict[str, list[float]]]:
    """Return the categories of `further.toml` by the family that is stretched to them.

    The values of a category are depth, width, height [m] and mass [kg].
    """
    found: dict[str, dict[str, list[float]]] = _read_toml("further.toml")
    return found


@cache
def synonyms() -> dict[str, list[str]]:
    """Return further nouns for the categories of families, by category."""
    found: dict[str, list[str]] = _read_toml("synonyms.toml")
    return found


class Nature(TypedDict, total=False):
    """How objects below a synset are built; see `natures.toml`."""

    make: str
    """Category of the family that is stretched; a plain body is built without it."""
    size: list[float]
    """Depth, width, height [m]."""
    mass: float
    """[kg]"""
    mount: str
    """`floor`, `surface`, `wall` or `ceiling`, where it differs from the family's."""
    same: bool
    """Whether all hyponyms are of the category `make`: a cookbook is a book."""
    none: bool
    """Whether no object is built."""


@cache
def natures() -> dict[str, Nature]:
    """Return how objects below each synset of `natures.toml` are built."""
    found: dict[str, Nature] = _read_toml("natures.toml")
    return found


@cache
def members() -> dict[str, list[str]]:
    """Return the categories that collective nouns such as `toiletries` stand for."""
    found: dict[str, list[str]] = _read_toml("members.toml")
    return found


@cache
def wordnet() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Return the concrete nouns of WordNet and their hypernyms.

    Returns:
        Two mappings: from a noun without spaces and hyphens to the noun and its synset indoors, and from a
        synset to its hypernym.
    """
    nouns: dict[str, tuple[str, str]] = {}
    hypernym_of: dict[str, str] = {}
    for line in _text("wordnet.tsv").splitlines():
        synset, hypernym, words = line.split("\t")
        if hypernym:
            hypernym_of[synset] = hypernym
        for word in words.split():
            noun = word.replace("_", " ").replace("-", " ")
            nouns.setdefault(noun.replace(" ", ""), (noun, synset))
    return nouns, hypernym_of


@cache
def household() -> dict[str, str]:
    """Return the synsets that override WordNet's most frequent sense, by noun; empty for no object."""
    found: dict[str, str] = _read_toml("household.toml")
    return found


def _read_toml(name: str) -> Any:
    return tomllib.loads(_text(name))


def _read(name: str) -> Any:
    return json.loads(_text(name))


def _text(name: str) -> str:
    return (resources.files("sage.assets") / "knowledge" / name).read_text()
