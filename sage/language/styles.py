"""Style, density, disorder and size of a room from its adjectives."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import Any

from sage.choices import Density, Disorder, StyleName
from sage.geometry import Frozen
from sage.language.spotting import keyed, phrase_key, spot
from sage.task import Spaciousness

__all__ = ["Look", "look_of", "room_size_of"]


class Look(Frozen):
    """Style, wall colour, density and disorder of a room."""

    density: Density | None = None
    disorder: Disorder | None = None
    style: tuple[StyleName, ...] = ()
    """Styles in the order of the text; the first is used."""
    walls: str | None = None
    """Colour of the walls: `dark blue`."""
    notes: tuple[str, ...] = ()
    """Interpretation of each word in `words`."""
    words: tuple[str, ...] = ()
    """Words with an effect, as written."""


class _Sense(Frozen):
    """Interpretation of a set of synonyms."""

    words: tuple[str, ...]
    style: StyleName | None = None
    walls: str | None = None
    density: Density | None = None
    disorder: Disorder | None = None
    weak: bool = False
    """Whether the style applies only if no other word gives one: a cozy modern room is modern."""


def look_of(words: Sequence[str]) -> Look:
    """Return the look that words describe; for each property the first word counts.

    Args:
        words: adjectives and phrases such as `art deco` in order, as whole phrases or single words.
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
        notes=tuple(dict.fromkeys(_note(word, sense, chosen) for word, sense in found)),
        words=tuple(word for word, _ in found),
    )


def room_size_of(words: Sequence[str]) -> Spaciousness | None:
    """Return the size that adjectives of a room give; the first counts."""
    row = keyed(" ".join(words))
    return next((size for _, _, size in spot([key for key, _, _ in row], _sizes())), None)


def _note(word: str, sense: _Sense, chosen: tuple[StyleName, ...]) -> str:
    """Return a note on how a word was interpreted: `'cyberpunk' is furnished in the dark style`."""
    effects = []
    if sense.style and sense.style in chosen[:1]:
        colour = f" with {sense.walls} walls" if sense.walls else ""
        effects.append(f"is furnished in the {sense.style} style{colour}")
    properties = [value.replace("_", "-") for value in (sense.density, sense.disorder) if value]
    if properties:
        effects.append(f"makes the whole room {' and '.join(properties)}")
    return f"{word!r} {' and '.join(effects) or f'is overridden by the {chosen[0]} style'}"


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
