"""Amounts of shifting and turning: `30 cm to the left`, `90 degrees clockwise`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from sage.language import lexicon
from sage.language.analysis import Word

__all__ = ["Step", "Way", "degrees_of", "metres_of", "steps_of"]

Way = Literal["left", "right", "forward", "back", "towards", "away"]
"""Direction of a shift: left and right as seen from the door, forward along the front of the object."""


@dataclass(frozen=True)
class Step:
    """Shift along one direction."""

    way: Way
    metres: float | None = None
    """Distance [m]; None if the text states none."""


_WAYS: dict[str, Way] = {
    **dict.fromkeys(("left", "leftward", "leftwards"), "left"),
    **dict.fromkeys(("right", "rightward", "rightwards"), "right"),
    **dict.fromkeys(("forward", "forwards", "ahead", "front"), "forward"),
    **dict.fromkeys(("back", "backward", "backwards"), "back"),
}
_CLOCKWISE = ("clockwise", "right", "rightwards")
_COUNTER = ("counterclockwise", "counter-clockwise", "anticlockwise", "anti-clockwise", "left", "leftwards")
_ANGLES = {
    "quarter": 90,
    "half": 180,
    "full": 360,
    "sixty": 60,
    "ninety": 90,
    "eighty": 80,
    "seventy": 70,
    "forty-five": 45,
}


def metres_of(words: Iterable[Word]) -> float | None:
    """Return the first length in a text [m], or None."""
    return next((word.token.size[0] for word in words if word.token.kind == "side"), None)


def steps_of(words: Sequence[Word]) -> tuple[Step, ...]:
    """Return the shifts in a text: `20 cm to the right`, `10 cm forward`."""
    found: list[Step] = []
    metres, way = None, None
    for word in words:
        length = word.token.size[0] if word.token.kind == "side" else None
        turn = _WAYS.get(word.text)
        if (length is not None and metres is not None) or (turn and way):
            found += [Step(way, metres)] if way else []
            metres, way = None, None
        metres, way = length if length is not None else metres, turn or way
    return (*found, Step(way, metres)) if way else tuple(found)


def degrees_of(texts: Sequence[str]) -> float | None:
    """Return the counter-clockwise angle in a text [deg], or None; a direction alone is a quarter turn.

    Example:
        >>> degrees_of(["45", "degrees", "clockwise"])
        -45.0
        >>> degrees_of(["left"])
        90.0
    """
    angles = [value for text in texts if (value := _number(text)) is not None]
    sense = next((-1 if text in _CLOCKWISE else 1 for text in texts if text in (*_CLOCKWISE, *_COUNTER)), 0)
    if not angles and not sense:
        return None
    return (angles[0] if angles else 90.0) * (sense or 1)


def _number(text: str) -> float | None:
    if text.replace(".", "", 1).isdigit():
        return float(text)
    return lexicon.NUMBERS.get(text, _ANGLES.get(text))
