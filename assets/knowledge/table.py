"""Reads the tables of this folder; see the README there."""

from __future__ import annotations

import json
import tomllib
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["further", "hypernyms", "knowledge", "synonyms"]


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


def _read_toml(name: str) -> Any:
    return tomllib.loads((resources.files("assets") / "knowledge" / name).read_text())


def _read(name: str) -> Any:
    return json.loads((resources.files("assets") / "knowledge" / name).read_text())
