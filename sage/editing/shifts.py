"""How far and which way something is to be shifted: `30 cm to the left`, `0.5 m away from the wall`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sage.reading.words import Token

__all__ = ["Shift", "read_shift"]

Way = Literal["left", "right", "forward", "back", "towards", "away"]

_ENDING_TEXTS: dict[Way, tuple[str, ...]] = {
    "left": ("to the left", "to its left", "left", "leftward", "leftwards"),
    "right": ("to the right", "to its right", "right", "rightward", "rightwards"),
    "forward": ("forward", "forwards", "to the front", "ahead"),
    "back": ("back", "backward", "backwards", "to the back"),
}
_LEAD_TEXTS: dict[Way, tuple[str, ...]] = {
    "away": ("away from", "further away from", "farther away from", "further from", "farther from"),
    "towards": ("towards", "toward", "closer to", "nearer to", "in the direction of"),
}


def _by_words(texts: dict[Way, tuple[str, ...]]) -> dict[tuple[str, ...], Way]:
    return {tuple(text.split()): way for way, own in texts.items() for text in own}


_ENDINGS, _LEADS = _by_words(_ENDING_TEXTS), _by_words(_LEAD_TEXTS)
_SLIGHTLY = (("a", "little", "bit"), ("a", "bit"), ("a", "little"), ("slightly",), ("somewhat",))
_ABOUT = ("by", "about", "around", "roughly", "some", "exactly")


@dataclass(frozen=True)
class Shift:
    """What is said of a shift, in words."""

    objects: tuple[Token, ...]
    """What is to be shifted."""
    way: Way | None
    """None if it is not said."""
    metres: float | None
    """None if it is not said how far."""
    reference: tuple[Token, ...] = ()
    """What is approached or left."""


def read_shift(row: tuple[Token, ...]) -> Shift | None:
    """Read what follows `move` as a shift, or return None if it is another kind of move."""
    lengths = [token.size[0] for token in row if token.kind == "side"]
    if len(lengths) > 1:
        return None
    metres = lengths[0] if lengths else None
    rest, slightly = _without_length(row)
    words = tuple(token.text for token in rest)
    for ending, way in sorted(_ENDINGS.items(), key=lambda pair: -len(pair[0])):
        count = len(ending)
        bare = count > 1 or words[-2:-1] not in (("the",), ("to",), ("its",))
        alone = ending in (("back",), ("to", "the", "back")) and not (metres or slightly)
        if words[-count:] == ending and len(words) > count and bare and not alone:
            return Shift(rest[:-count], way, metres)
    leads = _LEADS | (_by_words({"away": ("from",)}) if metres is not None else {})
    for lead, way in sorted(leads.items(), key=lambda pair: -len(pair[0])):
        for at in range(1, len(words) - len(lead)):
            if words[at : at + len(lead)] == lead:
                return Shift(rest[:at], way, metres, rest[at + len(lead) :])
    return Shift(rest, None, metres) if metres is not None else None


def _without_length(row: tuple[Token, ...]) -> tuple[tuple[Token, ...], bool]:
    """Return a row without the words that say how far, and whether it is only slightly."""
    kept: list[Token] = []
    for token in row:
        if token.kind == "side":
            while kept and kept[-1].text in _ABOUT:
                kept.pop()
        else:
            kept.append(token)
    texts = [token.text for token in kept]
    for said in _SLIGHTLY:
        for at in range(len(texts) - len(said) + 1):
            if tuple(texts[at : at + len(said)]) == said:
                return (*kept[:at], *kept[at + len(said) :]), True
    while kept and kept[-1].text == "by":
        kept.pop()
    return tuple(kept), False
