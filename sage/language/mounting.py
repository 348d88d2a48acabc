"""Refines categories by their mount: ceiling, floor, table or wall lamp."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sage.language.things import Thing
from sage.task import CEILING, FLOOR, ROOM, WALL, Relation, RelationName
from sage.vocabulary import Category, Vocabulary

__all__ = ["fit_to_mounts"]

_MOUNTS = {WALL: "wall", CEILING: "ceiling", FLOOR: "floor"}
_VARIANTS = {
    "wall": ("wall {}", "wall-mounted {}"),
    "ceiling": ("ceiling {}", "hanging {}"),
    "floor": ("floor {}", "standing {}"),
    "surface": ("table {}", "desk {}"),
}
"""Names under which the vocabulary may hold a kind of thing for a mount."""
_WORDS = {
    "wall-mounted": "wall", "wall-hung": "wall", "floor-standing": "floor", "ceiling-mounted": "ceiling",
    "full-length": "floor",
    "pendant": "ceiling", "overhead": "ceiling",
}  # fmt: skip
_STANDS: dict[str | None, RelationName] = {"surface": "on", "floor": "next_to"}
"""What `above` furniture comes to for what does not hang: a microwave is on it, an arc lamp beside it."""
_LIGHTS = frozenset("lamp light lantern lanterns chandelier pendant bulb lights".split())


def fit_to_mounts(
    things: Sequence[Thing], initial: list[Relation], goal: list[Relation], vocabulary: Vocabulary
) -> list[str]:
    """Give things the kind that can be where they are said to be; leave out what no kind of them can.

    Args:
        things: everything that was named; their categories and ids are changed.
        initial: what holds at first; changed in place.
        goal: what is to hold in the end; its ids are changed.
        vocabulary: the kinds that are known.

    Returns:
        Notes on what has no effect.
    """
    notes: list[str] = []
    renamed: dict[str, str] = {}
    owners = {name: thing for thing in things for name in thing.ids}
    for thing in things:
        asked = _mount_asked(thing, initial, owners)
        if asked is None and (asked := _mount_named(thing)) == "wall":
            initial += [Relation(name="on", subject=name, object=WALL) for name in thing.ids]
        if asked is None or asked == thing.category.mount:
            continue
        variant = _variant(thing, asked, vocabulary)
        if variant is not None:
            renamed |= _become(thing, variant, things)
        elif asked == "ceiling" or (asked == "wall" and _is_said(thing, "on", initial)):
            notes.append(f"a {thing.noun} is not made for the {asked}: it stands where such things do")
    for relations in (initial, goal):
        relations[:] = [_renamed(relation, renamed) for relation in relations]
    initial[:] = list(dict.fromkeys(_possible(initial, things)))
    return notes


def _mount_asked(thing: Thing, initial: Sequence[Relation], owners: dict[str, Thing]) -> str | None:
    """Return where a thing is said to be: the mount that its kind must have."""
    lamp = not _LIGHTS.isdisjoint(thing.noun.split())
    for relation in initial:
        if relation.subject in thing.ids and relation.name == "above":
            hung = "ceiling" if lamp else "wall"
            return hung if thing.category.mount == "surface" else None
        if relation.subject not in thing.ids or relation.name != "on" or relation.negated:
            continue
        if relation.object in _MOUNTS:
            small = relation.object == FLOOR and thing.category.mount == "surface"
            return None if small and not lamp else _MOUNTS[relation.object]
        host = owners.get(relation.object)
        if host is not None and host.category.mount in ("floor", "surface") and not host.category.covering:
            return "surface"
    return None


def _is_said(thing: Thing, name: str, initial: Sequence[Relation]) -> bool:
    return any(relation.name == name and relation.subject in thing.ids for relation in initial)


def _mount_named(thing: Thing) -> str | None:
    """Return the mount that the words of a thing name: `wall-mounted`, `floor-standing`."""
    return next((mount for word, mount in _WORDS.items() if word in thing.name.split()), None)


def _variant(thing: Thing, mount: str, vocabulary: Vocabulary) -> Category | None:
    """Return the kind of a thing for a mount, if there is one."""
    nouns = [thing.noun]
    if vocabulary.is_a(thing.category.name, thing.noun.split()[-1]):
        nouns.append(thing.noun.split()[-1])
    if not _LIGHTS.isdisjoint(thing.noun.split()):
        nouns.append("lamp")
    for noun in dict.fromkeys(nouns):
        for name in _VARIANTS[mount]:
            found = vocabulary.common(name.format(noun))
            if found is not None and found.mount == mount:
                return found
    kinds = (vocabulary.common(kind) for kind in thing.category.kinds)
    return next((kind for kind in kinds if kind is not None and kind.mount == mount), None)


def _become(thing: Thing, category: Category, things: Sequence[Thing]) -> dict[str, str]:
    """Change the category of a thing, and return its new ids by the old ones."""
    stem = category.name.replace(" ", "_")
    taken = {name for other in things for name in other.ids if other is not thing}
    numbers = (number for number in range(1, 1000) if f"{stem}_{number}" not in taken)
    renamed = {old: f"{stem}_{next(numbers)}" for old in thing.ids}
    thing.category, thing.ids = category, tuple(renamed.values())
    return renamed


def _renamed(relation: Relation, names: dict[str, str]) -> Relation:
    ends = {
        "subject": names.get(relation.subject, relation.subject),
        "object": names.get(relation.object, relation.object),
        "other": names.get(relation.other, relation.other) if relation.other else None,
    }
    return relation.model_copy(update=ends)


def _possible(initial: Sequence[Relation], things: Sequence[Thing]) -> Iterator[Relation]:
    """Return the relations without those to walls and ceilings that the kind of their subject cannot have."""
    mounts = {name: thing.category.mount for thing in things for name in thing.ids}
    for relation in initial:
        mount = mounts.get(relation.subject)
        if relation.name == "above" and mounts.get(relation.object) == "floor" and mount in _STANDS:
            yield relation.model_copy(update={"name": _STANDS[mount]})
            continue
        if relation.name != "on" or relation.object not in (WALL, CEILING) or mount is None:
            yield relation
        elif mount == _MOUNTS[relation.object]:
            yield relation
        elif relation.object == WALL and mount == "floor":
            yield relation.model_copy(update={"name": "against_wall", "object": ROOM})
