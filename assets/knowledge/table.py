"""Reads the tables of this folder; see the README there."""

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
    """Return the more general synset of each synset."""
    above: dict[str, str] = _read("hypernyms.json")
    return above


@cache
def further() -> dict[str, dict[str, list[float]]]:
    """Return kinds that the table does not have, by the family that is stretched to them.

    Each with its depth, width and height [m] and its mass [kg].
    """
    found: dict[str, dict[str, list[float]]] = _read_toml("further.toml")
    return found


@cache
def synonyms() -> dict[str, list[str]]:
    """Return more nouns for what a family makes, by its category."""
    found: dict[str, list[str]] = _read_toml("synonyms.toml")
    return found


class Nature(TypedDict, total=False):
    """Construction of the hyponyms of a synset; see `natures.toml`."""

    make: str
    size: list[float]
    mass: float
    mount: str
    same: bool
    none: bool


@cache
def natures() -> dict[str, Nature]:
    """Return what things below a synset are made as."""
    found: dict[str, Nature] = _read_toml("natures.toml")
    return found


@cache
def members() -> dict[str, list[str]]:
    """Return what people mean by nouns of many things: `toiletries`."""
    found: dict[str, list[str]] = _read_toml("members.toml")
    return found


@cache
def wordnet() -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """Return WordNet's concrete nouns.

    Returns:
        By a noun without spaces and hyphens: the noun and the synset that it means indoors; and the more
        general
        synset of each synset.
    """
    nouns: dict[str, tuple[str, str]] = {}
    above: dict[str, str] = {}
    for line in _text("wordnet.tsv").splitlines():
        synset, more_general, words = line.split("\t")
        if more_general:
            above[synset] = more_general
        for word in words.split():
            plain = word.replace("_", " ").replace("-", " ")
            nouns.setdefault(plain.replace(" ", ""), (plain, synset))
    return nouns, above


@cache
def household() -> dict[str, str]:
    """Return the synsets that some nouns mean indoors, whatever is meant most elsewhere; empty for none."""
    found: dict[str, str] = _read_toml("household.toml")
    return found


def _read_toml(name: str) -> Any:
    return tomllib.loads(_text(name))


def _read(name: str) -> Any:
    return json.loads(_text(name))


def _text(name: str) -> str:
    return (resources.files("sage.assets") / "knowledge" / name).read_text()
