"""Tokenization into words, numbers, sizes and punctuation, and singular forms of nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from sage.language.dimensions import AREA, SIDE, SIZE, area, normalize_sizes, side, size
from sage.language.tracked import Tracked

__all__ = ["Token", "is_plural", "singulars", "tokens"]

_IRREGULAR = {
    "knives": "knife", "shelves": "shelf", "loaves": "loaf", "leaves": "leaf", "halves": "half",
    "children": "child", "people": "person", "men": "man", "women": "woman", "feet": "foot",
    "mice": "mouse", "teeth": "tooth", "geese": "goose", "scarves": "scarf", "wives": "wife",
    "bookshelves": "bookshelf", "dice": "die",
}  # fmt: skip
_CONTRACTIONS = {
    "i'd": "i would", "i'll": "i will", "i'm": "i am", "let's": "let us", "it's": "it is",
    "there's": "there is", "that's": "that is", "don't": "do not", "doesn't": "does not",
    "mustn't": "must not", "can't": "can not", "cannot": "can not", "shouldn't": "should not",
    "isn't": "is not", "aren't": "are not", "needn't": "need not", "what's": "what is", "we'd": "we would",
    "didn't": "did not", "there'd": "there would", "wouldn't": "would not", "couldn't": "could not",
    "you're": "you are", "they're": "they are", "i've": "i have", "won't": "will not", "who's": "who is",
}  # fmt: skip
_PATTERN = re.compile(
    rf"{SIZE}|{AREA}|{SIDE}"
    r"|(?P<number>\d+(?:[.,]\d+)?(?![a-z0-9]))"
    r"|(?P<possessive>'s\b)"
    r"|(?P<word>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"|(?P<mark>[.,;:!?+&/]|-)"
)
_ABOUT = ("about", "around", "roughly", "approximately", "circa", "exactly", "some", "only", "just")
_MEASURE = ("area", "size", "footprint", "dimensions", "floorspace", "space")


@dataclass(frozen=True)
class Token:
    """A word, number, size or punctuation mark of a text."""

    text: str
    """Text in lower case, without accents."""
    kind: Literal["word", "number", "size", "side", "mark"] = "word"
    size: tuple[float, ...] = ()
    """Dimensions [m]: width, depth and optionally height for kind `size`, one length for kind `side`."""
    start: int = -1
    """Offset of its first character in the text; -1 for an inserted token."""
    end: int = -1
    """Offset after its last character."""


_CONTRACTED = re.compile(rf"\b(?:{'|'.join(map(re.escape, _CONTRACTIONS))})\b")
_PLURAL_POSSESSIVE = re.compile(r"(?<=s)'(?=\s)")


def tokens(text: str) -> tuple[Token, ...]:
    """Split a text into tokens, without case, accents and symbols that have no meaning.

    Example:
        >>> [token.text for token in tokens("Don't move the Café table!")]
        ['do', 'not', 'move', 'the', 'cafe', 'table', '!']
    """
    plain = Tracked.plain(text).substituted(_CONTRACTED, lambda match: _CONTRACTIONS[match.group()])
    plain = normalize_sizes(plain).substituted(re.compile('"'), " ")
    plain = plain.substituted(_PLURAL_POSSESSIVE, "'s")
    return _bare_sizes([_token(match, plain) for match in _PATTERN.finditer(plain.text)])


def _token(match: re.Match[str], plain: Tracked) -> Token:
    found = _read(match)
    return replace(found, start=plain.offsets[match.start()], end=plain.ends[match.end() - 1])


def _read(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup, match.group().strip()
    if match["size"]:
        return Token(text, "size", size(match))
    if match["area"]:
        return Token(text, "size", area(match))
    if match["side"]:
        return Token(text, "side", side(match))
    if kind == "number":
        return Token(text.replace(",", "."), "number")
    if kind == "possessive":
        return Token("'s", "mark")
    if kind == "mark":
        return Token({"&": "and", "+": "and", "/": "or"}[text]) if text in "&+/" else Token(text, "mark")
    return Token(text)


def _bare_sizes(row: list[Token]) -> tuple[Token, ...]:
    """Drop the words around a size: `with a floor area of about`, `that measures`."""
    found: list[Token] = []
    for token in row:
        if token.kind == "size":
            _drop(found, _ABOUT)
            led = _drop(found, ("of", "by")) and _drop(found, _MEASURE)
            if led:
                _drop(found, ("floor", "total"))
                _drop(found, ("a", "an"))
                _drop(found, ("with", "has", "having"))
            elif _drop(found, ("measuring", "measures", "sized", "is", "are", "at")):
                pass
            _drop(found, ("that", "which"))
        after = found[-1].kind if found else ""
        if after == "size" and (token.text in ("large", "big", "overall") or token.text in _MEASURE):
            continue
        if token.text in _MEASURE and len(found) > 1 and found[-2].kind == "size" and found[-1].text == "in":
            found.pop()
            continue
        found.append(token)
    return tuple(found)


def _drop(row: list[Token], words: tuple[str, ...]) -> bool:
    """Remove the last token of a row if it is one of `words`; return whether it was."""
    last = bool(row) and row[-1].text in words
    if last:
        row.pop()
    return last


def singulars(word: str) -> tuple[str, ...]:
    """Return the word itself and the nouns that it may be the plural of.

    Example:
        >>> singulars("mugs")
        ('mugs', 'mug')

    """
    found = [word]
    if word in _IRREGULAR:
        found.append(_IRREGULAR[word])
    if word.endswith("ies") and len(word) > 4:
        found.append(word[:-3] + "y")
    if word.endswith("es") and len(word) > 3:
        found.append(word[:-2])
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 2:
        found.append(word[:-1])
    return tuple(dict.fromkeys(found))


def is_plural(word: str) -> bool:
    """Return whether a noun looks like a plural."""
    return len(singulars(word)) > 1
