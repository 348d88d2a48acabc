"""Phrase lookup in text, regardless of case, hyphens, accents, apostrophes and plurals."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

__all__ = ["keyed", "phrase_key", "spot"]

Value = TypeVar("Value")

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+|['’](?!\w))*|[,;:./&+()]")  # noqa: RUF001
_LONGEST_PHRASE = 5
"""Most words of a phrase in a table."""


def keyed(text: str) -> list[tuple[str, int, int]]:
    """Return the lookup key and character span of each word; punctuation marks are separate words.

    Example:
        >>> keyed("Kids' rooms")
        [('kid', 0, 5), ('room', 6, 11)]
    """
    found = ((match.group(), *match.span()) for match in _WORD.finditer(text))
    return [(_key(word), start, end) for word, start, end in found]


def phrase_key(phrase: str) -> str:
    """Return the lookup key of a phrase.

    Example:
        >>> phrase_key("Kids' room") == phrase_key("kids-room")
        True
    """
    return "".join(key for key, _, _ in keyed(phrase))


def spot(keys: Sequence[str], table: Mapping[str, Value]) -> Iterator[tuple[int, int, Value]]:
    """Yield the phrases of a table that occur in a text, in order; of overlapping ones the longest.

    Args:
        keys: lookup keys of the words, as `keyed` returns them.
        table: values by `phrase_key`.

    Yields:
        Index of the first word, index after the last word, and the value.
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
    """Return a word in lower case without accents, apostrophes and plural ending."""
    letters = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(char for char in letters if char.isalnum() or char in ",;:./&+()")
    if plain.endswith("ies") and len(plain) > 4:
        return plain[:-3] + "y"
    return plain[:-1] if plain.endswith("s") and not plain.endswith("ss") and len(plain) > 2 else plain
