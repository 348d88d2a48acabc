"""Clauses: verb frames with their objects and locative phrases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from sage.language.lexicon import Frame
from sage.language.phrases import Phrase

__all__ = ["IT", "THERE", "Clause", "Frame", "Place"]

THERE = Phrase("pronoun", "there", "there")
"""The place named last."""
IT = Phrase("pronoun", "it", "it")
"""The object named last."""

_IDENTIFYING = ("nearest", "farthest", "behind", "in_front_of")
"""Relations that identify an object, rather than its destination, if `on` or `in` follows."""


@dataclass(frozen=True)
class Place:
    """A locative phrase: a preposition or descriptive verb, and its objects."""

    relation: str
    """One of `sage.language.lexicon.PLACES`, `DESCRIPTIVE` or `PASSIVE`."""
    phrases: tuple[Phrase, ...] = ()
    """Objects of the preposition; empty if it refers to something named before: `a bin beneath`."""
    bound: bool = False
    """Whether it states a present location, never a destination: `the mug that stands on the table`."""
    contact: str = ""
    """`on` or `in`, for the relation `with`: `a dresser with a vase on it`."""
    each: bool = False
    """Whether its objects exist once per host: `six tables, each with four chairs`."""
    negated: bool = False
    """Whether the relation must not hold: `but not on the place mat`."""
    host: int = -1
    """Head word of the noun phrase that it describes; -1 for the subject of the clause."""
    anchor: int = -1
    """Head word of the implied object, where none follows: `a chair nearby`."""
    words: tuple[int, ...] = ()
    """Indices of its words, without those of its noun phrases."""

    @property
    def is_current(self) -> bool:
        """Return whether it states the present location of an object rather than its destination."""
        return self.bound or self.relation in ("nearest", "farthest")


@dataclass(frozen=True)
class Clause:
    """An instruction, or a statement about the scene."""

    frame: Frame
    """Class of the verb, such as `move`; `describe` for a statement."""
    verb: str
    objects: tuple[Phrase, ...] = ()
    """Objects of an instruction, or subjects of a statement."""
    places: tuple[Place, ...] = ()
    contents: tuple[Phrase, ...] = ()
    """Objects that something is loaded or laid with."""
    words: tuple[int, ...] = field(default=())
    """Indices of the words of its verb."""
    states: tuple[str, ...] = ()
    """Predicate adjectives of its subject: `open` for `is open`."""
    spared: tuple[Phrase, ...] = ()
    """Objects excepted from the action: `clear everything but the vase off the desk`."""
    to_people: bool = False
    """Whether an object is handed to a person."""

    def split_places(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Split the places of a moved object into those of its present location and its destination."""
        apart = tuple(place for place in self.places if place.negated)
        now, after = self._split(tuple(place for place in self.places if not place.negated))
        return now, (*after, *apart) if after else after

    def _split(self, places: tuple[Place, ...]) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        directed = [
            k
            for k, place in enumerate(places)
            if place.relation in ("to", "onto", "into") and not place.is_current
        ]
        if directed:
            return places[: directed[0]], places[directed[0] :]
        if self.frame == "take":
            return places, ()
        sources = [k for k, place in enumerate(places) if place.relation == "from"]
        free = [
            k
            for k, place in enumerate(places)
            if not place.is_current and place.relation not in ("from", "with", "using")
        ]
        if not free:
            return places, ()
        if sources and sources[0] < free[0]:
            return places[: free[-1]], places[free[-1] :]
        start = free[0]
        if len(free) > 1 and free[1] == start + 1:
            identifies = places[start].relation in _IDENTIFYING and places[free[1]].relation in ("on", "in")
            if identifies or _is_furniture(places[start], places[free[1]]):
                start = free[1]
        return places[:start], places[start:]

    def of(self, *objects: Phrase) -> Clause:
        """Return the clause with other objects."""
        return replace(self, objects=objects)


def _is_furniture(place: Place, following: Place) -> bool:
    """Return whether a place is furniture, which the next cannot contain: `on the nightstand in the box`."""
    host, item = place.phrases[0] if place.phrases else None, following.phrases[:1]
    if host is None or host.category is None or following.relation not in ("on", "in") or not item:
        return False
    return host.category.mount == "floor" and item[0].category is not None


def is_command(clause: Clause) -> bool:
    """Return whether a clause is an instruction."""
    return clause.frame not in ("describe", "exclude", "forbid")
