"""Parsing of room sizes: `3 m x 2.5 m`, `12 by 14 feet`, `10 square metres`, `4 m long and 3 m wide`."""

from __future__ import annotations

import math
import re

from sage.language.tracked import Tracked

__all__ = ["AREA", "SIDE", "SIZE", "area", "normalize_sizes", "side", "size"]

_METRES = {
    "m": 1.0, "meter": 1.0, "metre": 1.0, "cm": 0.01, "centimeter": 0.01, "centimetre": 0.01, "mm": 0.001,
    "ft": 0.3048, "feet": 0.3048, "foot": 0.3048, "inch": 0.0254, "inche": 0.0254, "yard": 0.9144,
}  # fmt: skip
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "eighteen": 18, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "a hundred": 100,
}  # fmt: skip
_UNIT = r"(?:m|met(?:er|re)s?|cm|centimet(?:er|re)s?|mm|ft|feet|foot|inch(?:es)?|yards?)\b"
_NUMBER = r"\d+(?:[.,]\d+)?"
_COUNT = rf"(?:{_NUMBER}|\b(?:{'|'.join(_WORDS)})\b)"
_BY = r"[\s-]*(?:x|\*|by)[\s-]*"
_LENGTH = rf"{_NUMBER}[\s-]*{_UNIT}"
_ALONG = r"(?:long|wide|deep|broad|in length|in width)"
SIZE = (
    rf"(?P<size>(?P<w>{_NUMBER})[\s-]*(?P<wu>{_UNIT})?{_BY}(?P<d>{_NUMBER})[\s-]*(?P<du>{_UNIT})?"
    rf"(?:{_BY}(?P<h>{_NUMBER})[\s-]*(?P<hu>{_UNIT})?)?)"
)
"""Pattern of width, depth and an optional height: `3 x 2.5 m`."""

AREA = (
    rf"(?P<area>(?P<a>{_NUMBER})[\s-]*"
    r"(?:(?P<feet>(?:sq\.?|square)[\s-]*(?:ft|feet|foot)\b\.?|ft2|ft\^2)|m2\b|m\^2|qm\b|sqm\b"
    r"|(?:sq\.?|square)[\s-]*(?:m|met(?:er|re)s?)\b))"
)
"""Pattern of an area: `10 m2`."""

SIDE = rf"(?P<side>(?P<l>{_NUMBER})[\s-]*(?P<lu>{_UNIT})(?:[\s-]+{_ALONG})?)"
"""Pattern of a single length: `2 m wide`."""

_SHAPE = 4 / 3
"""Ratio of width to depth of a room of which only the area is given."""
_PRIMES = re.compile(r"(\d+)\s*'\s*(?:(\d+)\s*\"?)?(?=\s*(?:x|by|\*|[a-z]|,|\.|$))")
_INCHES = re.compile(rf"({_NUMBER})\s*(?:ft|feet|foot)\s*(\d+)\s*(?:in\b|inch(?:es)?\b|\")")
_SIDES = re.compile(rf"({_LENGTH})[\s-]+{_ALONG}(?:\s*,\s*|\s+and\s+|{_BY})({_LENGTH})[\s-]+{_ALONG}")
_SQUARE = re.compile(rf"(?:with |of )?({_LENGTH})\s+(?:sides?\b|square\b(?!\s*m))|sides? of ({_LENGTH})")
_SPELLED = re.compile(rf"({_COUNT}){_BY}({_COUNT})(?=[\s-]*{_UNIT})")
_HALF = re.compile(r"\b(?:half an?|a half)[\s-]+(?=(?:met(?:er|re)s?|foot)\b)")
_SPELLED_AREA = re.compile(rf"\b({'|'.join(_WORDS)})(?=[\s-]+(?:sq\b|square\b))")


def normalize_sizes(text: Tracked) -> Tracked:
    """Rewrite the sizes of a lower-case text to the notation that `SIZE`, `AREA` and `SIDE` match."""
    text = text.substituted(_PRIMES, lambda m: f"{_feet(m[1], m[2])} m ")
    text = text.substituted(_INCHES, lambda m: f"{_feet(m[1], m[2])} m ")
    text = text.substituted(_SIDES, r"\1 x \2")
    text = text.substituted(_HALF, "0.5 ")
    text = text.substituted(_SQUARE, lambda m: f"{m[1] or m[2]} x {m[1] or m[2]}")
    text = text.substituted(_SPELLED, lambda m: f"{_digits(m[1])} x {_digits(m[2])}")
    return text.substituted(_SPELLED_AREA, lambda m: _digits(m[1]))


def size(match: re.Match[str]) -> tuple[float, ...]:
    """Convert a match of `SIZE` to width and depth [m], followed by the height [m] if there is one.

    A missing unit is that of a later number, or else metres.

    Example:
        >>> size(re.fullmatch(SIZE, "12 x 14 feet"))
        (3.658, 4.267)
    """
    last = match["hu"] or match["du"] or match["wu"] or "m"
    units = (match["wu"] or match["du"] or last, match["du"] or match["wu"] or last, match["hu"] or last)
    sides = zip((match["w"], match["d"], match["h"]), units, strict=True)
    return tuple(round(_value(side) * _metres(name), 3) for side, name in sides if side)


def area(match: re.Match[str]) -> tuple[float, float]:
    """Convert a match of `AREA` to width and depth [m] of a room of that area, with an aspect ratio of 4:3.

    Example:
        >>> area(re.fullmatch(AREA, "12 m2"))
        (4.0, 3.0)
    """
    floor = _value(match["a"]) * (_METRES["foot"] ** 2 if match["feet"] else 1.0)
    depth = round(math.sqrt(floor / _SHAPE), 3)
    return (round(floor / depth, 3) if depth else 0.0, depth)


def side(match: re.Match[str]) -> tuple[float]:
    """Convert a match of `SIDE` to its length [m]."""
    return (round(_value(match["l"]) * _metres(match["lu"]), 3),)


def _feet(feet: str, inches: str | None) -> float:
    return round((_value(feet) + _value(inches or "0") / 12) * _METRES["foot"], 3)


def _digits(number: str) -> str:
    return str(_WORDS.get(number, number))


def _metres(unit: str) -> float:
    return _METRES[unit] if unit in _METRES else _METRES[unit.rstrip("s")]


def _value(number: str) -> float:
    return float(number.replace(",", "."))
