"""Articles, numbers, quantifiers and ordinals."""

from __future__ import annotations

from sage.language.lexicon.entries import entries, mapped

__all__ = [
    "ARTICLES",
    "AT_LEAST",
    "FULL",
    "HALVES",
    "LOADED",
    "NUMBERS",
    "ORDINALS",
    "PLAIN_PLURAL",
    "QUANTIFIERS",
    "RANKS",
]

ARTICLES = frozenset(
    entries("a, an, the, whichever, whatever, this, that, these, those, my, your, our, his, her, their, its")
)
"""Determiners without a number; all but `a` and `an` are definite."""

NUMBERS: dict[str, int] = {
    word: number
    for number, word in enumerate(
        entries(
            "one, two, three, four, five, six, seven, eight, nine, ten, eleven, twelve, thirteen, fourteen, "
            "fifteen, sixteen, seventeen, eighteen, nineteen, twenty"
        ),
        start=1,
    )
} | {"both": 2, "dozen": 12, "single": 1, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
"""Value of number words."""

QUANTIFIERS: dict[str, tuple[int, bool]] = {
    **dict.fromkeys(entries("a couple of, a pair of, the pair of, pair of, couple of, both of"), (2, True)),
    **dict.fromkeys(entries("exactly, about, another, one more, a single"), (1, True)),
    **dict.fromkeys(entries("every, each, every single, every one of"), (2, False)),
    **dict.fromkeys(entries("at least, more than, any"), (1, False)),
    **dict.fromkeys(entries("most, most of"), (3, False)),
    **dict.fromkeys(entries("some"), (2, False)),
    **dict.fromkeys(entries("a few, few, several, various, a number of, all of, all, assorted"), (3, False)),
    **dict.fromkeys(entries("a pile of, a stack of, the stack of, the pile of"), (3, False)),
    **dict.fromkeys(entries("a bunch of, a set of, a row of, a collection of, a group of"), (4, False)),
    **dict.fromkeys(
        entries("many, lots of, a lot of, plenty of, loads of, tons of, stacks of, piles of, rows of"),
        (6, False),
    ),
    **dict.fromkeys(entries("half a dozen, half dozen"), (6, True)),
    **dict.fromkeys(entries("half of, half"), (4, False)),
    "a dozen": (12, True),
}
"""Number of objects by quantifier, and whether it is exact rather than a minimum."""

HALVES = ("half of", "half")
"""Quantifiers that select half of a set, whose other half is in the scene too."""

AT_LEAST = ("at least", "more than", "any")
"""Quantifiers that make a following number a minimum."""

PLAIN_PLURAL = 2
"""Number of objects of a plural without a number."""

FULL = 6
"""Minimum number of objects in containers that are `full of` them."""

LOADED = 3
"""Minimum number of objects in each of several loaded containers."""

ORDINALS: dict[str, str] = {
    **mapped("1", "top, upper, topmost, uppermost, first, 1st, highest"),
    **mapped("2", "second, 2nd"),
    **mapped("3", "third, 3rd"),
    **mapped("4", "fourth, 4th"),
    **mapped("5", "fifth, 5th"),
    **mapped("-1", "bottom, lower, lowest, last, lowermost, bottommost"),
    **mapped("middle", "middle, center, centre"),
}
"""Index of a part counted from the top, by ordinal; negative numbers count from the bottom."""

RANKS: dict[str, int] = {
    word: number
    for number, words in enumerate(
        ("first, 1st", "second, 2nd", "third, 3rd", "fourth, 4th", "fifth, 5th", "sixth, 6th"), start=1
    )
    for word in entries(words)
} | {"last": -1}
"""Position in a row by ordinal; -1 counts from the end."""
