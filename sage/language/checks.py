"""Consistency and feasibility checks of a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.language.things import Thing, part_needed
from sage.task import Relation, Task
from sage.vocabulary import Vocabulary

__all__ = [
    "check_area", "check_fit", "check_order", "check_parts", "check_understood", "unfit", "unparted",
]  # fmt: skip

_LARGEST_FLOOR_M2 = 60.0
_OPENING = ("drawer", "door", "lid")
_COUNTED = ("drawer", "shelf", "compartment")
_SHOWN = 6
_STRETCH = 1.1


def check_area(things: list[Thing], size: tuple[float, float] | None) -> None:
    """Compare the floor that furniture takes with what there is.

    Raises:
        TaskImpossible: there is too little; the message has both areas.
    """
    standing = [t for t in things if t.category.mount == "floor" and not t.category.covering]
    needed = sum(len(t.ids) * t.category.size[0] * t.category.size[1] for t in standing)
    floor = size[0] * size[1] if size else _LARGEST_FLOOR_M2
    if needed <= floor:
        return
    listed = ", ".join(f"{len(t.ids)} x {t.name}" for t in standing[:4])
    asked = "the room asked for has" if size else "the largest room has"
    raise TaskImpossible(
        f"{listed} take about {needed:.1f} m2 of floor, {asked} {floor:.1f} m2: "
        "ask for a larger room or for less furniture"
    )


def check_fit(relations: Iterable[Relation], things: list[Thing]) -> None:
    """Compare typical sizes of what is to be in or on something with that.

    Raises:
        TaskImpossible: it is far too large; the message has both sizes.
    """
    for _, message in unfit(relations, things):
        raise TaskImpossible(message)


def unfit(relations: Iterable[Relation], things: list[Thing]) -> Iterator[tuple[Relation, str]]:
    """Yield the relations that put something in or on what is far too small, with a message for each.

    The longest side may stick out of a container, the two others must go in.
    """
    owner = {name: thing for thing in things for name in thing.ids}
    for relation in relations:
        item, holder = owner.get(relation.subject), owner.get(relation.object)
        if item is None or holder is None or relation.negated or relation.name not in ("on", "in"):
            continue
        own, room = sorted(item.category.size), sorted(holder.category.size)
        narrow = any(a > _STRETCH * b for a, b in zip(own[:2], room[1:], strict=True))
        furniture = item.category.mount == "floor" and holder.category.mount == "surface"
        if furniture or (relation.name == "in" and narrow):
            yield (
                relation,
                (
                    f"{item.name!r} ({_shown(own)} m) does not fit {relation.name} {holder.name!r} "
                    f"({_shown(room)} m): name something larger"
                ),
            )


def check_parts(relations: Iterable[Relation], things: list[Thing], vocabulary: Vocabulary) -> None:
    """Compare the doors, drawers and shelves that are spoken of with what things have.

    Raises:
        TaskImpossible: there is no such part; the message says what has one.
    """
    for _, message in unparted(relations, things, vocabulary):
        raise TaskImpossible(message)


def unparted(
    relations: Iterable[Relation], things: list[Thing], vocabulary: Vocabulary
) -> Iterator[tuple[Relation, str]]:
    """Yield the relations that speak of parts which things do not have, with a message for each."""
    owner = {name: thing for thing in things for name in thing.ids}
    for relation in relations:
        opens = relation.name in ("open", "closed")
        thing = owner.get(relation.subject if opens else relation.object)
        if thing is None or relation.negated or not (opens or relation.part):
            continue
        stem, needed = part_needed(relation.part or "")
        parts = thing.category.parts
        if opens and not any(parts.get(kind) for kind in ((stem,) if stem else _OPENING)):
            yield (
                relation,
                (
                    f"no {stem or 'door, drawer or lid'} of a {thing.noun} opens here: "
                    f"name one of {', '.join(_openable(thing, vocabulary))}"
                ),
            )
        if needed > parts.get(stem, needed if stem not in _COUNTED else 0):
            yield (
                relation,
                (
                    f"a {thing.noun} has at most {parts.get(stem, 0)} of {stem} here, not {needed}: "
                    "name another piece or part"
                ),
            )


def _openable(thing: Thing, vocabulary: Vocabulary) -> list[str]:
    """Return what opens, first what answers to the same noun."""
    every = [c for c in vocabulary.categories() if any(c.parts.get(kind) for kind in _OPENING)]
    kin = [c.name for c in every if vocabulary.is_a(c.name, thing.noun) or thing.noun in c.name.split()]
    return kin or [category.name for category in every][:_SHOWN]


def check_order(relations: Iterable[Relation]) -> None:
    """Refuse things that are to rest on each other in a circle.

    Raises:
        TaskImpossible: they are.
    """
    below: dict[str, str] = {}
    for relation in relations:
        if relation.name not in ("on", "in") or relation.negated:
            continue
        below.setdefault(relation.subject, relation.object)
        seen, name = {relation.subject: None}, relation.object
        while name in below and name not in seen:
            seen[name] = None
            name = below[name]
        if name == relation.subject:
            raise TaskImpossible(f"{' on '.join([*seen, name])} goes round in a circle: leave one out")


def check_understood(task: Task) -> None:
    """Refuse a prompt with words that are not understood, or a definition of which something is omitted.

    Raises:
        TaskNotUnderstood: there are; the message names them.
    """
    lost = [word.text for word in task.not_understood]
    lost += [f"{said.text} ({said.why})" for said in task.statements if said.fate == "omitted"]
    if lost:
        told = ", ".join(repr(text) for text in dict.fromkeys(lost[:_SHOWN]))
        more = f" and {len(lost) - _SHOWN} more" if len(lost) > _SHOWN else ""
        raise TaskNotUnderstood(
            f"not understood: {told}{more}; say it in other words or leave it out, "
            "or do without 'strict' to have the rest made"
        )


def _shown(size: Iterable[float]) -> str:
    return " x ".join(f"{side:.2f}" for side in size)
