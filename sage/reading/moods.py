"""How full and neat a room is to be and how it is to look, as adjectives say: `a cluttered rustic office`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from sage.reading import lexicon
from sage.reading.words import Token
from sage.task import Density, Disorder, StyleName

__all__ = ["Mood", "mood_of"]


@dataclass(frozen=True)
class Mood:
    """What adjectives say of a room as a whole."""

    density: Density | None = None
    disorder: Disorder | None = None
    style: tuple[StyleName, ...] = ()
    notes: tuple[str, ...] = ()


def mood_of(row: tuple[Token, ...]) -> Mood:
    """Return what the adjectives of a prompt say; the first of a kind counts."""
    density: Density | None = None
    disorder: Disorder | None = None
    notes = []
    for place, token in enumerate(row):
        word = token.text
        if word not in lexicon.MOODS or _is_verb(row, place):
            continue
        density = density or lexicon.DENSITIES.get(word)
        disorder = disorder or lexicon.DISORDERS.get(word)
        said = (lexicon.DENSITIES.get(word), lexicon.DISORDERS.get(word))
        notes.append(f"{word!r} makes the whole room {' and '.join(name for name in said if name)}")
    if density is None and disorder is None and _tidies(row):
        disorder = "messy"
        notes.append("what is to be tidied begins messy")
    looks = dict.fromkeys(token.text for token in row if token.text in lexicon.LOOKS)
    notes += [f"{word!r} makes the whole room {lexicon.LOOKS[word]}" for word in looks]
    return Mood(density, disorder, tuple(dict.fromkeys(lexicon.LOOKS[word] for word in looks)), tuple(notes))


def _is_verb(row: tuple[Token, ...], place: int) -> bool:
    following = row[place + 1].text if place + 1 < len(row) else ""
    return row[place].text in lexicon.VERBS and following in (*lexicon.ARTICLES, *lexicon.PARTICLES)


def _tidies(row: tuple[Token, ...]) -> bool:
    texts = [token.text for token in row]
    return any(pair in (("tidy", "up"), ("clean", "up"), ("tidy", "the")) for pair in pairwise(texts))
