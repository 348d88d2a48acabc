"""Finds known phrases in text, regardless of case, hyphens, accents, apostrophes and plurals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

__all__ = ["keyed", "phrase_key", "spot"]

Value = TypeVar("Value")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|['’](?!\w))*|[,;:./&+()]")  # noqa: RUF001
_LONGEST_PHRASE = 5
"""Most words of a phrase."""


def keyed(text: str) -> list[tuple[str, int, int]]:
    """Return each word of a text as it is looked up, with its span; punctuation is a word of its own."""
    found = ((match.group(), *match.span()) for match in _WORD.finditer(text))
    return [(_key(word), start, end) for word, start, end in found]


def phrase_key(phrase: str) -> str:
    """Return what a phrase is looked up by: `Kids' room` and `kids-room` are one."""
    return "".join(key for key, _, _ in keyed(phrase))


def spot(keys: Sequence[str], table: Mapping[str, Value]) -> Iterator[tuple[int, int, Value]]:
    """Yield the phrases of a table among words, in order, the longest first where they overlap.

    Args:
        keys: words as `keyed` returns them.
        table: values by `phrase_key`.

    Yields:
        First word, the word after the last, and the value.
    """
    start = 0
    while start < len(keys):
        for end in range(min(len(keys), start + _LONGEST_PHRASE), start, -1):
            value = table.get("".join(keys[start:end]))
            if value is not None:
                yield start, end, value
                start = end
                break
        else:
            start += 1


def _key(word: str) -> str:
    """Return a word in lower case without accents, apostrophes and the ending of the plural."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in letters if char.isalnum() or char in ",;:./&+()")
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith("ss") and len(plain) > 2 else plain
