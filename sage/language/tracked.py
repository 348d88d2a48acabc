"""Rewritten text that keeps the source offset of every character."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Tracked"]

_LETTERS = {
    "\u00f8": "o", "\u00e6": "ae", "\u0153": "oe", "\u0142": "l", "\u0111": "d", "\u00f0": "d", "\u0131": "i",
    "\u00d7": "x", "_": " ",
    **dict.fromkeys("\u2018\u2019\u00b4`\u2032", "'"),
    **dict.fromkeys("\u201c\u201d\u2033", '"'),
    **dict.fromkeys("\u2010\u2011", "-"),
    **dict.fromkeys("\u2012\u2013\u2014\u2015", " - "),
    **dict.fromkeys("()[]{}", " "),
}  # fmt: skip


@dataclass(frozen=True)
class Tracked:
    """A text derived from an original, with the source span of each character."""

    text: str
    offsets: tuple[int, ...]
    """Offset of the first source character of each character; -1 for an insertion."""
    ends: tuple[int, ...]
    """Offset after the last source character of each character; -1 for an insertion."""

    @classmethod
    def plain(cls, text: str) -> Tracked:
        """Return a text normalized to lower case, without accents and typographic variants."""
        pieces, offsets = [], list[int]()
        for place, char in enumerate(text):
            folded = unicodedata.normalize("NFKC", char).casefold()
            folded = "".join(_LETTERS.get(part, part) for part in folded)
            folded = unicodedata.normalize("NFKD", folded)
            folded = "".join(part for part in folded if not unicodedata.combining(part))
            pieces.append(folded)
            offsets += [place] * len(folded)
        return cls("".join(pieces), tuple(offsets), tuple(offset + 1 for offset in offsets))

    def substituted(self, pattern: re.Pattern[str], new: str | Callable[[re.Match[str]], str]) -> Tracked:
        """Return the text with all matches of a pattern replaced.

        Each character of a replacement has the source span of the whole match.

        Args:
            pattern: pattern to search for.
            new: replacement template, or function of the match.
        """
        pieces, offsets, ends, last = [], list[int](), list[int](), 0
        for match in pattern.finditer(self.text):
            replaced = match.expand(new) if isinstance(new, str) else new(match)
            pieces += [self.text[last : match.start()], replaced]
            offsets += self.offsets[last : match.start()]
            ends += self.ends[last : match.start()]
            written = match.end() > match.start()
            offsets += [self.offsets[match.start()] if written else -1] * len(replaced)
            ends += [self.ends[match.end() - 1] if written else -1] * len(replaced)
            last = match.end()
        pieces.append(self.text[last:])
        return Tracked("".join(pieces), (*offsets, *self.offsets[last:]), (*ends, *self.ends[last:]))
