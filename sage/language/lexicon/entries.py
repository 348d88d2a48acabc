"""Entries of the lexicon, written as comma-separated text."""

from __future__ import annotations

__all__ = ["entries", "mapped"]


def entries(text: str) -> tuple[str, ...]:
    """Return the entries of a comma-separated text."""
    return tuple(item.strip() for item in text.split(","))


def mapped(value: str, text: str) -> dict[str, str]:
    """Return a table in which all entries of a comma-separated text have one value."""
    return dict.fromkeys(entries(text), value)
