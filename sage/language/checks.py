"""Consistency and feasibility checks of a task."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.language.entities import Entity, part_needed
from sage.task import Relation, Task
from sage.vocabulary import Vocabulary

__all__ = [
    "check_area", "check_fit", "check_order", "check_parts", "check_understood", "missing_part_relations",
    "oversized_relations",
]  # fmt: skip

_LARGEST_FLOOR_M2 = 60.0
_OPENING = ("drawer", "door", "lid")
_COUNTED = ("drawer", "shelf", "compartment")
_SHOWN = 6
"""Most words or names that a message lists."""
_STRETCH = 1.1
"""Ratio to the size of a container up to which an object is taken to fit."""


def check_area(entities: list[Entity], size: tuple[float, float] | None) -> None:
    """Check that the floor-standing furniture fits the floor area of the room.

    Args:
        entities: requested objects.
        size: width and depth of the room [m]; None for the largest room that is generated.

    Raises:
        TaskImpossible: the furniture needs more area than the floor has.
    """
    furniture = [t for t in entities if t.category.mount == "floor" and not t.category.covering]
    needed = sum(len(t.ids) * t.category.size[0] * t.category.size[1] for t in furniture)
    floor = size[0] * size[1] if size else _LARGEST_FLOOR_M2
    if needed <= floor:
        return
    listed = ", ".join(f"{len(t.ids)} x {t.name}" for t in furniture[:4])
    room = "the requested room has" if size else "the largest room has"
    raise TaskImpossible(
        f"{listed} take about {needed:.1f} m2 of floor, {room} {floor:.1f} m2: "
        "ask for a larger room or for less furniture"
    )


def check_fit(relations: Iterable[Relation], entities: list[Entity]) -> None:
    """Check by typical sizes that objects fit in or on what they are related to.

    Raises:
        TaskImpossible: an object is far too large for its container or support.
    """
    for _, message in oversized_relations(relations, entities):
        raise TaskImpossible(message)


def oversized_relations(
    relations: Iterable[Relation], entities: list[Entity]
) -> Iterator[tuple[Relation, str]]:
    """Yield the relations that put an object in or on something far too small, with a message for each.

    The longest side of an object may stick out of a container; the two others must fit.
    """
    owner = {name: entity for entity in entities for name in entity.ids}
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
                    f"({_shown(room)} m): name a larger one"
                ),
            )


def check_parts(relations: Iterable[Relation], entities: list[Entity], vocabulary: Vocabulary) -> None:
    """Check that the doors, drawers and shelves that relations name exist.

    Raises:
        TaskImpossible: an object has no such part; the message lists objects that have one.
    """
    for _, message in missing_part_relations(relations, entities, vocabulary):
        raise TaskImpossible(message)


def missing_part_relations(
    relations: Iterable[Relation], entities: list[Entity], vocabulary: Vocabulary
) -> Iterator[tuple[Relation, str]]:
    """Yield the relations that name a part which their object does not have, with a message for each."""
    owner = {name: entity for entity in entities for name in entity.ids}
    for relation in relations:
        opens = relation.name in ("open", "closed")
        entity = owner.get(relation.subject if opens else relation.object)
        if entity is None or relation.negated or not (opens or relation.part):
            continue
        stem, needed = part_needed(relation.part or "")
        parts = entity.category.parts
        if opens and not any(parts.get(kind) for kind in ((stem,) if stem else _OPENING)):
            yield (
                relation,
                (
                    f"a {entity.noun} has no {stem or 'door, drawer or lid'} that opens: "
                    f"name one of {', '.join(_openable(entity, vocabulary))}"
                ),
            )
        if needed > parts.get(stem, needed if stem not in _COUNTED else 0):
            yield (
                relation,
                (
                    f"a {entity.noun} has at most {parts.get(stem, 0)} of {stem}, not {needed}: "
                    "name other furniture or another part"
                ),
            )


def _openable(entity: Entity, vocabulary: Vocabulary) -> list[str]:
    """Return the categories with a part that opens: those of the same noun, or else the first few."""
    openable = [c for c in vocabulary.categories() if any(c.parts.get(kind) for kind in _OPENING)]
    same = [c.name for c in openable if vocabulary.is_a(c.name, entity.noun) or entity.noun in c.name.split()]
    return same or [category.name for category in openable][:_SHOWN]


def check_order(relations: Iterable[Relation]) -> None:
    """Check that no objects rest on each other in a cycle.

    Raises:
        TaskImpossible: there is a cycle of `on` or `in` relations.
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
            raise TaskImpossible(f"{' on '.join([*seen, name])} form a circle: leave one relation out")


def check_understood(task: Task) -> None:
    """Check that every word of a prompt was understood, and every statement of a formal definition used.

    Raises:
        TaskNotUnderstood: some were not; the message lists them.
    """
    missed = [word.text for word in task.not_understood]
    missed += [f"{item.text} ({item.why})" for item in task.statements if item.fate == "omitted"]
    if missed:
        listed = ", ".join(repr(text) for text in dict.fromkeys(missed[:_SHOWN]))
        more = f" and {len(missed) - _SHOWN} more" if len(missed) > _SHOWN else ""
        raise TaskNotUnderstood(
            f"not understood: {listed}{more}; say it in other words or leave it out, "
            "or generate the rest without 'strict'"
        )


def _shown(size: Iterable[float]) -> str:
    return " x ".join(f"{side:.2f}" for side in size)
