"""Removal of greetings and thanks: `hello robot, ...`, `..., thank you very much!`."""

from __future__ import annotations

from collections.abc import Iterator

from sage.language.tokens import Token

__all__ = ["without_courtesies"]

_COURTESIES = tuple(
    tuple(phrase.split())
    for phrase in (
        "thank you very much", "thank you so much", "thank you", "thanks a lot", "thanks so much",
        "many thanks", "thanks", "hello there", "hello robot", "hello", "hi there", "hi robot", "hi",
        "hey there", "hey robot", "hey", "good morning", "good evening", "cheers",
    )
)  # fmt: skip
"""Each phrase before the shorter ones that it starts with."""


def without_courtesies(row: tuple[Token, ...]) -> tuple[Token, ...]:
    """Return the tokens of a text without courtesies that are set off by punctuation.

    "A thank you card" and "a hello sign" are unchanged, and so is a text of courtesies only.
    """
    kept = tuple(_kept(row))
    return kept if any(token.kind != "mark" for token in kept) else row


def _kept(row: tuple[Token, ...]) -> Iterator[Token]:
    at, alone = 0, True
    while at < len(row):
        length = _courtesy(row, at) if alone else 0
        after = row[at + length].kind if at + length < len(row) else "mark"
        if length and after == "mark":
            at += length + (at + length < len(row) and row[at + length].text == ",")
            continue
        yield row[at]
        alone = row[at].kind == "mark"
        at += 1


def _courtesy(row: tuple[Token, ...], at: int) -> int:
    """Return the number of tokens of the courtesy at index `at`; 0 if there is none."""
    texts = tuple(token.text for token in row[at : at + 4])
    return next((len(phrase) for phrase in _COURTESIES if texts[: len(phrase)] == phrase), 0)
