"""Clauses: a verb frame with its objects and places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sage.language.lexicon import Frame
from sage.language.phrases import Phrase

__all__ = ["IT", "THERE", "Clause", "Frame", "Place"]

THERE = Phrase("pronoun", "there", "there")
IT = Phrase("pronoun", "it", "it")

_TELLING = ("nearest", "farthest", "behind", "in_front_of")
"""Relations that rather tell which of several is meant than where to put it, if both are said."""


@dataclass(frozen=True)
class Place:
    """A preposition or a verb of description, and what follows it."""

    relation: str
    """One of `sage.language.lexicon.PLACES`, `SETTLED` or `PASSIVE`."""
    phrases: tuple[Phrase, ...] = ()
    """What follows; nothing if something named before is meant: `a bin beneath`."""
    bound: bool = False
    """It tells where something is, never where to put it: `the mug that stands on the table`."""
    contact: str = ""
    """`on` or `in` for `with`: `a dresser with a vase on it`."""
    each: bool = False
    """What follows is there once for each: `six tables, each with four chairs`."""
    negated: bool = False
    """`but not on the place mat`."""
    host: int = -1
    """Head word of the noun phrase that it describes; -1 for what the clause is about."""
    anchor: int = -1
    """Head word of what is meant where nothing follows: `a chair nearby`."""
    words: tuple[int, ...] = ()
    """Indices of the words that say it, without the noun phrases."""

    @property
    def tells_where(self) -> bool:
        """Return whether it says where a thing is, not where to put it."""
        return self.bound or self.relation in ("nearest", "farthest")


@dataclass(frozen=True)
class Clause:
    """An action on objects, or a statement of what is there."""

    frame: Frame
    verb: str
    objects: tuple[Phrase, ...] = ()
    places: tuple[Place, ...] = ()
    contents: tuple[Phrase, ...] = ()
    """What something is loaded or laid with."""
    words: tuple[int, ...] = field(default=())
    """Indices of the words of its verb."""
    states: tuple[str, ...] = ()
    """What is said of its subject without a preposition: `is open`."""
    spared: tuple[Phrase, ...] = ()
    """What stays as it is: `clear everything but the vase off the desk`."""
    to_people: bool = False
    """Something is handed to a person."""

    def divided(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Divide the places of a moved object into where it is now and where it goes."""
        apart = tuple(place for place in self.places if place.negated)
        now, after = self._divided(tuple(place for place in self.places if not place.negated))
        return now, (*after, *apart) if after else after

    def _divided(self, places: tuple[Place, ...]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        directed = [
            k
            for k, place in enumerate(places)
            if place.relation in ("to", "onto", "into") and not place.tells_where
        ]
        if directed:
            return places[: directed[0]], places[directed[0] :]
        if self.frame == "take":
            return places, ()
        sources = [k for k, place in enumerate(places) if place.relation == "from"]
        free = [
            k
            for k, place in enumerate(places)
            if not place.tells_where and place.relation not in ("from", "with", "using")
        ]
        if not free:
            return places, ()
        if sources and sources[0] < free[0]:
            return places[: free[-1]], places[free[-1] :]
        start = free[0]
        if len(free) > 1 and free[1] == start + 1:
            told = places[start].relation in _TELLING and places[free[1]].relation in ("on", "in")
            if told or _is_furniture(places[start], places[free[1]]):
                start = free[1]
        return places[:start], places[start:]

    def of(self, *objects: Phrase) -> Clause:
        """Return the same said of other objects."""
        return replace(self, objects=objects)


def _is_furniture(place: Place, following: Place) -> bool:
    """Return whether `on the nightstand in the box` cannot mean a nightstand in a box."""
    host, item = place.phrases[0] if place.phrases else None, following.phrases[:1]
    if host is None or host.category is None or following.relation not in ("on", "in") or not item:
        return False
    return host.category.mount == "floor" and item[0].category is not None


def is_command(clause: Clause) -> bool:
    """Return whether a clause says what is to be done."""
    return clause.frame not in ("describe", "exclude", "forbid")
