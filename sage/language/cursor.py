"""Cursor over a sequence of tokens."""

from __future__ import annotations

from collections.abc import Container

from sage.language.tokens import Token

__all__ = ["Cursor"]

_LONGEST = 9
"""Most words that a matched phrase may have."""


class Cursor:
    """Reads tokens from left to right."""

    def __init__(self, row: tuple[Token, ...]) -> None:
        self._row = row
        self.at = 0

    @property
    def done(self) -> bool:
        """Return whether all tokens are read."""
        return self.at >= len(self._row)

    @property
    def token(self) -> Token:
        """The next token; an empty punctuation mark at the end."""
        return self.ahead(0)

    def ahead(self, steps: int) -> Token:
        """Return the token `steps` after the next one; an empty punctuation mark past the end."""
        index = self.at + steps
        return self._row[index] if index < len(self._row) else Token("", "mark")

    def text(self, start: int) -> str:
        """Return the text from index `start` to the last token read."""
        return " ".join(token.text for token in self._row[start : self.at])

    def skip(self, *texts: str) -> bool:
        """Read the next token if its text is one of `texts`; return whether it was."""
        found = self.token.text in texts and not self.done
        self.at += found
        return found

    def match(self, phrases: Container[str], start: int = 0) -> str:
        """Return the longest of `phrases` that starts `start` tokens ahead, or "", without reading it."""
        for length in range(_LONGEST, 0, -1):
            row = self._row[self.at + start : self.at + start + length]
            text = " ".join(token.text for token in row if token.kind in ("word", "number"))
            if len(row) == length and text.count(" ") == length - 1 and text in phrases:
                return text
        return ""

    def read(self, phrases: Container[str]) -> str:
        """Read the longest of `phrases` that comes next; return it, or "" if none does."""
        text = self.match(phrases)
        self.at += len(text.split())
        return text
