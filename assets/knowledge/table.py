"""Reads the tables of this folder; see the README there."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from typing import Any

__all__ = ["hypernyms", "knowledge"]


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


def _read(name: str) -> Any:
    return json.loads((resources.files("assets") / "knowledge" / name).read_text())
