"""Spelling correction: `pikc up teh bowl`, `tabel`, `refridgerator`.

A word that is neither in the lexicon, the vocabulary nor an English dictionary is replaced by the nearest
known word within a Damerau-Levenshtein distance of one, or two for long words (Damerau 1964).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from spellchecker import SpellChecker

from sage.language import lexicon
from sage.language.tokens import Token, singulars
from sage.vocabulary import Vocabulary

__all__ = ["corrected"]

_SHORTEST, _LONG = 4, 8
"""Minimum number of letters for one correction, and for two."""
_SWAPPED = 3
"""Minimum number of letters for a swap of two neighbours."""


def corrected(row: tuple[Token, ...], vocabulary: Vocabulary) -> tuple[tuple[Token, ...], tuple[str, ...]]:
    """Return tokens with misspelled words replaced, and a note on each replacement."""
    nouns = _nouns(vocabulary)
    found, notes = list(row), []
    for place, token in enumerate(row):
        if token.kind != "word" or not token.text.isalpha() or _is_word(token.text, nouns, vocabulary):
            continue
        correction = _correction(token.text, nouns)
        if correction:
            found[place] = replace(token, text=correction)
            notes.append(f"{token.text!r} is read as {correction!r}")
    return tuple(found), tuple(notes)


def _is_word(text: str, nouns: frozenset[str], vocabulary: Vocabulary) -> bool:
    if any(word in words for word in singulars(text) for words in (_grammar(), nouns)):
        return True
    return vocabulary.find(text) is not None or bool(_dictionary().known([text]))


def _correction(text: str, nouns: frozenset[str]) -> str:
    """Return the nearest known word, or an empty string; ties go to words of the lexicon."""
    allowed = 2 if len(text) >= _LONG else 1
    best, least = "", allowed + 1
    for words in (_grammar(), nouns):
        for word in sorted(words):
            starts_alike = word[0] == text[0] or text[:2] == word[1::-1]
            if not starts_alike or abs(len(word) - len(text)) > allowed or len(word) < _SWAPPED:
                continue
            shorter = min(len(text), len(word))
            if shorter < _SHORTEST and sorted(word) != sorted(text):
                continue
            count = _distance(text, word)
            if count < least and count <= (allowed if shorter >= _LONG - 1 else 1):
                best, least = word, count
    return best


def _distance(a: str, b: str) -> int:
    """Return the Damerau-Levenshtein distance of two words (optimal string alignment)."""
    before, last = list[int](), list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        row = [i]
        for j, y in enumerate(b, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        before, last = last, row
    return last[-1]


@cache
def _grammar() -> frozenset[str]:
    """Return all words of the lexicon."""
    tables: tuple[object, ...] = tuple(
        value for name, value in vars(lexicon).items() if name.isupper() and not name.startswith("_")
    )
    phrases = {
        text
        for table in tables
        if isinstance(table, (dict, frozenset, tuple))
        for text in table
        if isinstance(text, str)
    }
    return frozenset(word for phrase in phrases for word in phrase.split() if word.isalpha())


@cache
def _dictionary() -> SpellChecker:
    """Return an English dictionary, whose words are never corrected."""
    return SpellChecker()


@cache
def _nouns(vocabulary: Vocabulary) -> frozenset[str]:
    texts = [noun for category in vocabulary.categories() for noun in (category.name, *category.words)]
    texts += [word for room in vocabulary.room_types() for word in room.words]
    words = {word for text in texts for word in text.casefold().replace("-", " ").split() if word.isalpha()}
    return frozenset(words | {f"{word}s" for word in words})
