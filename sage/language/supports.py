"""Finds supports for small objects of which only neighbours are stated."""

from __future__ import annotations

from sage.language import lexicon
from sage.language.arrangement import Arrangement
from sage.language.stated import rests
from sage.language.things import Thing
from sage.task import DOOR, FLOOR, WALL, WINDOW, Relation

__all__ = ["stand_somewhere"]

_BESIDE = (
    "next_to", "near", "left_of", "right_of", "in_front_of", "behind", "around", "across", "between",
)  # fmt: skip
_AT_ROOM = ("in_corner", "against_wall", "in_middle")
_HANGING = ("above", "under")
_ELEMENTS = (DOOR, WINDOW, WALL)


def stand_somewhere(arrangement: Arrangement) -> None:
    """Add supports of small objects of which only the place in the room, or a neighbour, is stated.

    What hangs over furniture has on that what is below it. What is carried about stands on the floor. Other
    small things that are told by a wall, corner or door have a table there. What is told by another small
    thing stands where the text was: on what bears the small thing before.
    """
    _below(arrangement)
    _possible_places(arrangement)
    for thing in sorted(arrangement.things.named, key=lambda thing: thing.at):
        loose = [name for name in thing.ids if _is_loose(arrangement, thing, name)]
        if not loose:
            continue
        if any(_is_told(arrangement, name) for name in loose):
            _at_room(arrangement, thing, loose)
        elif any(_is_beside_small(arrangement, name) for name in loose):
            _where_the_text_was(arrangement, thing, loose)
    arrangement.share_supports()


def _below(arrangement: Arrangement) -> None:
    """Turn `a towel below the mirror` above a basin into a towel on the basin; a rug lies before it."""
    things, initial = arrangement.things, arrangement.initial
    for at, relation in enumerate(initial):
        if relation.name != "under" or {relation.subject, relation.object} - things.ids:
            continue
        own, other = things.of(relation.subject).category, things.of(relation.object).category
        bearer = next((r.object for r in initial if r.name == "above" and r.subject == relation.object), "")
        if other.mount != "wall" or bearer not in things.ids:
            continue
        if own.covering:
            initial[at] = relation.model_copy(update={"name": "in_front_of", "object": bearer})
        elif own.mount == "surface":
            initial[at] = relation.model_copy(update={"name": "on", "object": bearer})


def _possible_places(arrangement: Arrangement) -> None:
    """Take what is around a thing in a corner as beside it, and a back wall by the door as any wall there."""
    initial = arrangement.initial
    cornered = {r.subject for r in initial if r.name == "in_corner" and not r.negated}
    at_door = {r.subject for r in initial if r.name in ("next_to", "near") and r.object == DOOR}
    for at, relation in enumerate(initial):
        if relation.name == "around" and relation.object in cornered:
            initial[at] = relation.model_copy(update={"name": "next_to"})
        elif relation.name in _AT_ROOM and relation.part == "back" and relation.subject in at_door:
            initial[at] = relation.model_copy(update={"part": None})


def _is_loose(arrangement: Arrangement, thing: Thing, name: str) -> bool:
    """Return whether a small thing rests on nothing that was said."""
    own = [r for r in arrangement.initial if r.subject == name and not r.negated]
    carried = any(rests(r) or r.name in _HANGING for r in own)
    small = thing.category.mount == "surface" and not thing.category.covering
    return small and not carried and name not in arrangement.moved


def _is_told(arrangement: Arrangement, name: str) -> bool:
    """Return whether a thing is said to be at a wall, corner or door, or beside furniture on the floor."""
    own = [r for r in arrangement.initial if r.subject == name and not r.negated]
    return any(r.name in _AT_ROOM or (r.name in _BESIDE and _is_on_floor(arrangement, r.object)) for r in own)


def _is_on_floor(arrangement: Arrangement, name: str) -> bool:
    if name in _ELEMENTS:
        return True
    return name in arrangement.things.ids and arrangement.things.of(name).category.mount == "floor"


def _is_beside_small(arrangement: Arrangement, name: str) -> bool:
    """Return whether a thing, or what it bears, is beside a small one, or bears one as a tray does."""
    borne = [r.subject for r in arrangement.initial if rests(r) and r.object == name]
    if borne and not _is_floored(arrangement.things.of(name)):
        return True
    small = {n for t in arrangement.things.named if t.category.mount == "surface" for n in t.ids}
    pairs = (
        (r.subject, r.object)
        for r in arrangement.initial
        if r.name in _BESIDE and {r.subject, r.object} <= small
    )
    return any(not {name, *borne}.isdisjoint(pair) for pair in pairs)


def _is_floored(thing: Thing) -> bool:
    return not lexicon.FLOORED.isdisjoint((thing.category.name, *thing.category.kinds))


def _at_room(arrangement: Arrangement, thing: Thing, loose: list[str]) -> None:
    if _is_floored(thing):
        arrangement.begin(*(Relation(name="on", subject=name, object=FLOOR) for name in loose))
        return
    said = [r for r in arrangement.initial if r.subject in loose and (r.name in _AT_ROOM or r.object == DOOR)]
    if not said or "plant" in (thing.category.name, *thing.category.kinds):
        return
    made = arrangement.things.make("side table", new=True)
    (bearer,) = made.ids
    arrangement.things.notes.append(f"the {thing.noun} is given a side table to stand on")
    arrangement.begin(*(r.model_copy(update={"subject": bearer}) for r in said))
    arrangement.begin(*(Relation(name="on", subject=name, object=bearer) for name in loose))


def _where_the_text_was(arrangement: Arrangement, thing: Thing, loose: list[str]) -> None:
    """Put things on what bears the small thing that was named last before them."""
    things = arrangement.things
    known = [
        (things.of(r.subject).at, r)
        for r in arrangement.initial
        if rests(r) and {r.subject, r.object} <= things.ids
    ]
    before = [
        (at, r)
        for at, r in known
        if at < thing.at and things.of(r.object).category.mount in ("floor", "wall")
    ]
    if before:
        _, support = max(before, key=lambda pair: pair[0])
        arrangement.begin(*(support.model_copy(update={"subject": name}) for name in loose))
