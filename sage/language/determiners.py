"""Determiners, counts and partitives: `the`, `both`, `two of the five`, `half of the`."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sage.errors import TaskImpossible
from sage.language import lexicon
from sage.language.cursor import Cursor

__all__ = ["MOST_OF_A_KIND", "Determiner", "read_determiner"]

MOST_OF_A_KIND = 60
"""Most objects of one kind that a prompt may request."""
_WHOLES = ("all", "all of", "both", "both of", "every", "each", "every one of", "every single")
_MULTIPLES = {"dozen": 12, "hundred": 100, "thousand": 1000}


@dataclass(frozen=True)
class Determiner:
    """Count and selection that a determiner expresses."""

    count: int = 1
    counted: bool = False
    """Whether a number or quantifier is present."""
    exact: bool = True
    """Whether the count is exact rather than a minimum."""
    definite: bool = False
    """Whether it refers to known objects: `the mug`."""
    new: bool = False
    """Whether it refers to a further object: `another mug`."""
    chosen: int = 0
    """Number of selected objects: 2 for `two of the five books`; 0 for all."""
    choice: str = ""
    """`other` for `the other mug`."""
    bare: bool = False
    """Whether there is no article, number or quantifier."""
    each: bool = False
    """Whether it distributes over objects: `each cup`, `its saucer`."""


def read_determiner(cursor: Cursor) -> Determiner:
    """Read articles, quantifiers and numbers from a cursor; a noun without any is definite.

    Raises:
        TaskImpossible: the number exceeds `MOST_OF_A_KIND`.
    """
    found, halved, start = Determiner(), False, cursor.at
    while not cursor.done:
        text = cursor.token.text
        if quantifier := cursor.read(lexicon.QUANTIFIERS):
            found = _quantified(found, quantifier)
            halved = halved or quantifier in lexicon.HALVES
            if quantifier in lexicon.AT_LEAST and _number(cursor) is not None:
                found = replace(found, count=_take_number(cursor), exact=False)
        elif _number(cursor) is not None:
            definite = found.definite or text == "both"
            count = _take_number(cursor)
            chosen = count // 2 if halved else found.chosen
            found = replace(found, count=count, exact=True, counted=True, definite=definite, chosen=chosen)
        elif text in lexicon.ARTICLES:
            cursor.at += 1
            definite = found.definite or text not in ("a", "an")
            found = replace(found, definite=definite, each=found.each or text in ("its", "their"))
        elif text == "of" and cursor.at > start and cursor.ahead(1).text in lexicon.ARTICLES:
            if not cursor.text(start).endswith(_WHOLES) and not found.chosen:
                found = replace(found, chosen=found.count, count=found.count + 1, exact=False)
            cursor.at += 1
        elif text in ("more", "other") and cursor.at > start and not found.new:
            cursor.at += 1
            found = replace(found, new=True, choice="other" if found.definite and text == "other" else "")
        else:
            break
    return found if cursor.at > start else replace(found, definite=True, bare=True)


def _quantified(found: Determiner, quantifier: str) -> Determiner:
    count, exact = lexicon.QUANTIFIERS[quantifier]
    return replace(
        found,
        count=count,
        exact=exact,
        counted=True,
        new=found.new or quantifier in ("another", "one more"),
        definite=quantifier in _WHOLES,
        chosen=count // 2 if quantifier in lexicon.HALVES else 0,
        each=quantifier in ("each", "every", "every single", "every one of"),
    )


def _number(cursor: Cursor) -> int | None:
    token = cursor.token
    if token.kind == "number":
        return max(1, int(float(token.text[:9])))
    return lexicon.NUMBERS.get(token.text)


def _take_number(cursor: Cursor) -> int:
    count = _number(cursor) or 1
    cursor.at += 1
    if cursor.token.text in _MULTIPLES:
        count *= _MULTIPLES[cursor.token.text]
        cursor.at += 1
    if count > MOST_OF_A_KIND:
        raise TaskImpossible(
            f"{count} {cursor.token.text} are too many: ask for at most {MOST_OF_A_KIND} of one kind"
        )
    return count
