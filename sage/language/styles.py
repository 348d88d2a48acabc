"""Style, density, disorder and spaciousness of a room from its adjectives."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from sage.geometry import Frozen
from sage.language.spotting import keyed, phrase_key, spot
from sage.task import Density, Disorder, Spaciousness, StyleName

__all__ = ["Look", "look_of", "room_size_of"]


class Look(Frozen):
    """Style, density, disorder and spaciousness of a room."""

    density: Density | None = None
    disorder: Disorder | None = None
    style: tuple[StyleName, ...] = ()
    """The first counts."""
    walls: str | None = None
    """Colour of the walls: `dark blue`."""
    notes: tuple[str, ...] = ()
    """What each of the words is taken for."""
    words: tuple[str, ...] = ()
    """Those that say something, as they were given."""


class _Sense(Frozen):
    """Interpretations of words of one kind."""

    words: tuple[str, ...]
    style: StyleName | None = None
    walls: str | None = None
    density: Density | None = None
    disorder: Disorder | None = None
    weak: bool = False
    """Gives a style only where no other word does: a cozy modern room is modern."""


def look_of(words: Sequence[str]) -> Look:
    """Return what words that describe a room say of its look; the first of a kind counts.

    Args:
        words: adjectives and phrases such as `art deco`, in order; whole or word by word.
    """
    text = " ".join(words)
    row = keyed(text)
    found = [
        (text[row[start][1] : row[end - 1][2]], sense)
        for start, end, sense in spot([key for key, _, _ in row], _senses())
    ]
    styles = [(sense.weak, sense.style) for _, sense in found if sense.style]
    strong = [style for weak, style in styles if not weak]
    chosen = tuple(dict.fromkeys(strong or [style for _, style in styles]))
    senses = [sense for _, sense in found]
    return Look(
        density=next((sense.density for sense in senses if sense.density), None),
        disorder=next((sense.disorder for sense in senses if sense.disorder), None),
        style=chosen,
        walls=next((sense.walls for sense in senses if sense.walls), None),
        notes=tuple(dict.fromkeys(_note(said, sense, chosen) for said, sense in found)),
        words=tuple(said for said, _ in found),
    )


def room_size_of(words: Sequence[str]) -> Spaciousness | None:
    """Return what adjectives of a room say of its size; the first counts."""
    row = keyed(" ".join(words))
    return next((size for _, _, size in spot([key for key, _, _ in row], _sizes())), None)


def _note(said: str, sense: _Sense, chosen: tuple[StyleName, ...]) -> str:
    """Return a note of how a word was interpreted: `'cyberpunk' is furnished in the dark style`."""
    told = []
    if sense.style and sense.style in chosen[:1]:
        colour = f" with {sense.walls} walls" if sense.walls else ""
        told.append(f"is furnished in the {sense.style} style{colour}")
    moods = [mood.replace("_", "-") for mood in (sense.density, sense.disorder) if mood]
    if moods:
        told.append(f"makes the whole room {' and '.join(moods)}")
    return f"{said!r} {' and '.join(told) or f'gives way to the {chosen[0]} style'}"


@lru_cache(maxsize=1)
def _senses() -> dict[str, _Sense]:
    senses = [_Sense.model_validate(row) for row in _data()["look"]]
    return {phrase_key(word): sense for sense in senses for word in sense.words}


@lru_cache(maxsize=1)
def _sizes() -> dict[str, Spaciousness]:
    return {phrase_key(word): size for size, words in _data()["sizes"].items() for word in words}


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("sage.language") / "styles.toml").read_text())
