"""Helpers for writing lexicon tables as comma-separated text."""

from __future__ import annotations

__all__ = ["entries", "mapped"]


def entries(text: str) -> tuple[str, ...]:
    """Return the entries of a comma-separated text.

    Example:
        >>> entries("a, an, the")
        ('a', 'an', 'the')
    """
    return tuple(item.strip() for item in text.split(","))


def mapped(value: str, text: str) -> dict[str, str]:
    """Return a table that maps each entry of a comma-separated text to the same value.

    Example:
        >>> mapped("grey", "gray, charcoal")
        {'gray': 'grey', 'charcoal': 'grey'}
    """
    return dict.fromkeys(entries(text), value)
