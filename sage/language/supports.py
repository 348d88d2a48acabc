"""Selection of supports for small objects of which only neighbours are stated."""

from __future__ import annotations

from sage.language import lexicon
from sage.language.arrangement import Arrangement
from sage.language.entities import Entity
from sage.language.stated import rests
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

    - Below a wall object that is above furniture, a small object is put on that furniture.
    - Portable objects such as bags and boxes are put on the floor.
    - Other small objects at a wall, corner or door get a side table there.
    - A small object next to another one shares the support of the small object named before it.
    """
    _below(arrangement)
    _possible_places(arrangement)
    for entity in sorted(arrangement.entities.named, key=lambda entity: entity.at):
        loose = [name for name in entity.ids if _is_loose(arrangement, entity, name)]
        if not loose:
            continue
        if any(_is_at_room(arrangement, name) for name in loose):
            _at_room(arrangement, entity, loose)
        elif any(_is_beside_small(arrangement, name) for name in loose):
            _on_last_support(arrangement, entity, loose)
    arrangement.share_supports()


def _below(arrangement: Arrangement) -> None:
    """Resolve `below` a wall object that is above furniture.

    `a towel below the mirror` over a vanity becomes a towel on the vanity; a rug is put in front of it.
    """
    entities, initial = arrangement.entities, arrangement.initial
    for at, relation in enumerate(initial):
        if relation.name != "under" or {relation.subject, relation.object} - entities.ids:
            continue
        own, other = entities.of(relation.subject).category, entities.of(relation.object).category
        bearer = next((r.object for r in initial if r.name == "above" and r.subject == relation.object), "")
        if other.mount != "wall" or bearer not in entities.ids:
            continue
        if own.covering:
            initial[at] = relation.model_copy(update={"name": "in_front_of", "object": bearer})
        elif own.mount == "surface":
            initial[at] = relation.model_copy(update={"name": "on", "object": bearer})


def _possible_places(arrangement: Arrangement) -> None:
    """Relax infeasible places of the initial scene.

    Objects around another one in a corner are put next to it; an object at the back wall and by the door,
    which is in the front wall, may be at any wall.
    """
    initial = arrangement.initial
    cornered = {r.subject for r in initial if r.name == "in_corner" and not r.negated}
    at_door = {r.subject for r in initial if r.name in ("next_to", "near") and r.object == DOOR}
    for at, relation in enumerate(initial):
        if relation.name == "around" and relation.object in cornered:
            initial[at] = relation.model_copy(update={"name": "next_to"})
        elif relation.name in _AT_ROOM and relation.part == "back" and relation.subject in at_door:
            initial[at] = relation.model_copy(update={"part": None})


def _is_loose(arrangement: Arrangement, entity: Entity, name: str) -> bool:
    """Return whether a small object has no stated support."""
    own = [r for r in arrangement.initial if r.subject == name and not r.negated]
    carried = any(rests(r) or r.name in _HANGING for r in own)
    small = entity.category.mount == "surface" and not entity.category.covering
    return small and not carried and name not in arrangement.moved


def _is_at_room(arrangement: Arrangement, name: str) -> bool:
    """Return whether an object is stated to be at a wall, corner or door, or beside floor furniture."""
    own = [r for r in arrangement.initial if r.subject == name and not r.negated]
    return any(r.name in _AT_ROOM or (r.name in _BESIDE and _is_on_floor(arrangement, r.object)) for r in own)


def _is_on_floor(arrangement: Arrangement, name: str) -> bool:
    if name in _ELEMENTS:
        return True
    return name in arrangement.entities.ids and arrangement.entities.of(name).category.mount == "floor"


def _is_beside_small(arrangement: Arrangement, name: str) -> bool:
    """Return whether an object supports others as a tray does, or is beside a small object.

    Neighbours of the objects that it supports count too.
    """
    borne = [r.subject for r in arrangement.initial if rests(r) and r.object == name]
    if borne and not _is_floored(arrangement.entities.of(name)):
        return True
    small = {n for t in arrangement.entities.named if t.category.mount == "surface" for n in t.ids}
    pairs = (
        (r.subject, r.object)
        for r in arrangement.initial
        if r.name in _BESIDE and {r.subject, r.object} <= small
    )
    return any(not {name, *borne}.isdisjoint(pair) for pair in pairs)


def _is_floored(entity: Entity) -> bool:
    return not lexicon.PORTABLE.isdisjoint((entity.category.name, *entity.category.kinds))


def _at_room(arrangement: Arrangement, entity: Entity, loose: list[str]) -> None:
    if _is_floored(entity):
        arrangement.add_initial(*(Relation(name="on", subject=name, object=FLOOR) for name in loose))
        return
    stated = [
        r for r in arrangement.initial if r.subject in loose and (r.name in _AT_ROOM or r.object == DOOR)
    ]
    if not stated or "plant" in (entity.category.name, *entity.category.kinds):
        return
    made = arrangement.entities.make("side table", new=True)
    (table,) = made.ids
    arrangement.entities.notes.append(f"a side table is added to support the {entity.noun}")
    arrangement.add_initial(*(r.model_copy(update={"subject": table}) for r in stated))
    arrangement.add_initial(*(Relation(name="on", subject=name, object=table) for name in loose))


def _on_last_support(arrangement: Arrangement, entity: Entity, loose: list[str]) -> None:
    """Put objects on the support of the last small object named before them."""
    entities = arrangement.entities
    known = [
        (entities.of(r.subject).at, r)
        for r in arrangement.initial
        if rests(r) and {r.subject, r.object} <= entities.ids
    ]
    before = [
        (at, r)
        for at, r in known
        if at < entity.at and entities.of(r.object).category.mount in ("floor", "wall")
    ]
    if before:
        _, support = max(before, key=lambda pair: pair[0])
        arrangement.add_initial(*(support.model_copy(update={"subject": name}) for name in loose))
