"""Words: splitting a prompt into tokens, and the singular of nouns."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

__all__ = ["Token", "is_plural", "singulars", "tokens"]

_IRREGULAR = {
    "knives": "knife", "shelves": "shelf", "loaves": "loaf", "leaves": "leaf", "halves": "half",
    "children": "child", "people": "person", "men": "man", "women": "woman", "feet": "foot",
    "mice": "mouse", "teeth": "tooth", "geese": "goose", "scarves": "scarf", "wives": "wife",
}  # fmt: skip
_CONTRACTIONS = {
    "i'd": "i would", "i'll": "i will", "i'm": "i am", "let's": "let us", "it's": "it is",
    "there's": "there is", "that's": "that is", "don't": "do not", "doesn't": "does not",
    "mustn't": "must not", "can't": "can not", "cannot": "can not", "shouldn't": "should not",
    "you're": "you are", "they're": "they are", "i've": "i have", "won't": "will not",
}  # fmt: skip
_METRES = {"m": 1.0, "meter": 1.0, "metre": 1.0, "cm": 0.01, "ft": 0.3048, "feet": 0.3048, "foot": 0.3048}

_QUOTES = "[\u2018\u2019\u00b4`]"
_HYPHENS = "[\u2010\u2011]"
_DASHES = "[\u2012-\u2015]"
_UNIT = r"(?:m|meters?|metres?|cm|ft|feet|foot)\b"
_NUMBER = r"\d+(?:[.,]\d+)?"
_BY = r"\s*(?:x|\*|by)\s*"
_PATTERN = re.compile(
    rf"(?P<size>(?P<w>{_NUMBER})\s*(?P<wu>{_UNIT})?{_BY}(?P<d>{_NUMBER})\s*(?P<du>{_UNIT})?"
    rf"(?:{_BY}(?P<h>{_NUMBER})\s*(?:{_UNIT})?)?)"
    rf"|(?P<area>(?P<a>{_NUMBER})\s*(?:m2|m\^2|sq\.?\s?m\b|sqm\b|square\s(?:m|meters?|metres?)\b))"
    rf"|(?P<number>{_NUMBER}(?![a-z0-9]))"
    r"|(?P<possessive>'s\b)"
    r"|(?P<word>[a-z0-9]+(?:-[a-z0-9]+)*)"
    r"|(?P<mark>[.,;:!?()\[\]{}+&/]|-)"
)


@dataclass(frozen=True)
class Token:
    """A word, number, size or mark of a prompt."""

    text: str
    kind: Literal["word", "number", "size", "mark"] = "word"
    size: tuple[float, ...] = ()
    """Of `size`: width, depth and perhaps height [m]."""


def tokens(text: str) -> tuple[Token, ...]:
    """Split a text; case, accents, underscores and symbols without a meaning are gone."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(_QUOTES, "'", plain.replace("_", " ").replace("\u00d7", "x"))
    plain = re.sub(_HYPHENS, "-", re.sub(_DASHES, " - ", plain))
    for short, full in _CONTRACTIONS.items():
        plain = re.sub(rf"\b{short}\b", full, plain)
    plain = re.sub(r"(?<=s)'(?=\s)", "'s", plain)
    return tuple(_token(match) for match in _PATTERN.finditer(plain))


def _token(match: re.Match[str]) -> Token:
    kind, text = match.lastgroup, match.group().strip()
    if match["size"]:
        return Token(text, "size", _size(match))
    if match["area"]:
        depth = round((_value(match["a"]) * 3 / 4) ** 0.5, 2)
        return Token(text, "size", (round(depth * 4 / 3, 2), depth))
    if kind == "number":
        return Token(text.replace(",", "."), "number")
    if kind == "possessive":
        return Token("'s", "mark")
    if kind == "mark":
        return Token({"&": "and", "+": "and", "/": "or"}[text]) if text in "&+/" else Token(text, "mark")
    return Token(text)


def _size(match: re.Match[str]) -> tuple[float, ...]:
    unit = match["du"] or match["wu"] or "m"
    units = (match["wu"] or unit, match["du"] or unit)
    sides = zip((match["w"], match["d"]), units, strict=True)
    size = tuple(round(_value(side) * _METRES[_singular_unit(name)], 3) for side, name in sides)
    return (*size, _value(match["h"])) if match["h"] else size


def _singular_unit(name: str) -> str:
    return name.rstrip("s")


def _value(number: str) -> float:
    return float(number.replace(",", "."))


def singulars(word: str) -> tuple[str, ...]:
    """Return what a word may be the plural of, itself first."""
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
    """Tell whether a noun looks like a plural."""
    return len(singulars(word)) > 1
