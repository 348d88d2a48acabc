"""Cursor over a row of tokens."""

from __future__ import annotations

from collections.abc import Container

from sage.language.tokens import Token

__all__ = ["Cursor"]

_LONGEST = 9


class Cursor:
    """Reads tokens from left to right."""

    def __init__(self, row: tuple[Token, ...]) -> None:
        self._row = row
        self.at = 0

    @property
    def done(self) -> bool:
        """Return whether everything is read."""
        return self.at >= len(self._row)

    @property
    def token(self) -> Token:
        """The next token; an empty mark at the end."""
        return self.ahead(0)

    def ahead(self, steps: int) -> Token:
        """Return a token further on."""
        place = self.at + steps
        return self._row[place] if place < len(self._row) else Token("", "mark")

    def text(self, start: int) -> str:
        """Return what was read since a place."""
        return " ".join(token.text for token in self._row[start : self.at])

    def skip(self, *texts: str) -> bool:
        """Read the next token if it is one of these."""
        found = self.token.text in texts and not self.done
        self.at += found
        return found

    def match(self, phrases: Container[str], start: int = 0) -> str:
        """Return the longest of some phrases that stands `start` tokens ahead, or nothing; reads nothing."""
        for length in range(_LONGEST, 0, -1):
            row = self._row[self.at + start : self.at + start + length]
            text = " ".join(token.text for token in row if token.kind in ("word", "number"))
            if len(row) == length and text.count(" ") == length - 1 and text in phrases:
                return text
        return ""

    def read(self, phrases: Container[str]) -> str:
        """Read the longest of some phrases, or nothing."""
        text = self.match(phrases)
        self.at += len(text.split())
        return text
