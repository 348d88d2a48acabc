"""Relations that a task states of an object, and how many of them a pose violates."""

from __future__ import annotations

from collections.abc import Callable

from sage.scene import SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import holds
from sage.spatial.regions import exists
from sage.task import LATERAL_RELATIONS, Relation, RequiredObject, Task
from sage.vocabulary import Vocabulary, answers

__all__ = ["ambiguous", "must_be_visible", "neighbours", "relations_of", "violation_counter"]

_BESIDE = (*LATERAL_RELATIONS, "between")
_NOT_LATERAL = ("on", "in", "in_room", "open", "closed", "lifted")
"""Relations that do not restrict where an object is beside others."""


def ambiguous(category: str, task: Task, vocabulary: Vocabulary) -> bool:
    """Return whether one more object of a category is excluded by the task or confused with a required one.

    If one swivel chair is required, an armchair answers to "chair" too; if a coffee table is required, a side
    table answers to "table".
    """
    if any(vocabulary.is_a(category, name) for name in task.excluded):
        return True
    return any(
        item.exact and (answers(category, item, vocabulary) or _shares_noun(category, item, vocabulary))
        for item in task.objects
    )


def _shares_noun(category: str, asked: RequiredObject, vocabulary: Vocabulary) -> bool:
    """Return whether a category answers to the last word of a noun that is not the name of its category."""
    own = asked.name.split()
    known = vocabulary.find(own[-1]) if own else None
    is_kind = asked.name.endswith(asked.category)
    return known is not None and not is_kind and vocabulary.is_a(category, own[-1])


def relations_of(object_id: str, layout: Layout) -> list[Relation]:
    """Return the task's relations on the position of an object whose other objects are all placed.

    Relations of what the object is to carry count as its own: crayons next to a book place their box there.
    """
    initial = layout.scene.task.initial
    carried = {
        r.subject for r in initial if r.name in ("on", "in") and r.object == object_id and not r.negated
    }
    found = []
    for relation in initial:
        if relation.name in _NOT_LATERAL and not (relation.negated and relation.name in ("on", "in")):
            continue
        if carried.intersection(_names(relation)) and not relation.negated:
            own = (key for key in ("subject", "object", "other") if getattr(relation, key) in carried)
            relation = relation.model_copy(update=dict.fromkeys(own, object_id))
        names = _names(relation)
        if names.count(object_id) == 1 and _are_placed(names, object_id, layout):
            found.append(relation)
    return list(dict.fromkeys(found))


def must_be_visible(item: SceneObject, task: Task) -> bool:
    """Return whether the robot handles an object that the task does not put in a container."""
    put_in = any(r.subject == item.id and r.name == "in" and not r.negated for r in task.initial)
    return item.role != "context" and not put_in


def violation_counter(object_id: str, layout: Layout) -> tuple[Callable[[Located], int], int]:
    """Return a function that counts the relations of an object that a pose violates, and their number."""
    relations = relations_of(object_id, layout)

    def violated(located: Located) -> int:
        names = {name for relation in relations for name in _names(relation) if name in layout}
        ring = _ring(relations, layout)
        together = Layout.of(
            layout.scene, {name: layout[name] for name in names} | ring | {object_id: located}
        )
        return sum(not holds(relation, together) for relation in relations)

    return violated, len(relations)


def _ring(relations: list[Relation], layout: Layout) -> dict[str, Located]:
    """Return the placed objects which the task has around the same objects, by id."""
    around = {relation.object for relation in relations if relation.name == "around"}
    return {
        r.subject: layout[r.subject]
        for r in layout.scene.task.initial
        if r.name == "around" and r.object in around and r.subject in layout
    }


def neighbours(object_id: str, layout: Layout) -> tuple[Located, ...]:
    """Return the placed objects which the task has beside an object."""
    return tuple(
        layout[name]
        for relation in relations_of(object_id, layout)
        if relation.name in _BESIDE and not relation.negated
        for name in _names(relation)
        if name != object_id and name in layout
    )


def _names(relation: Relation) -> tuple[str, ...]:
    return tuple(filter(None, (relation.subject, relation.object, relation.other)))


def _are_placed(names: tuple[str, ...], object_id: str, layout: Layout) -> bool:
    room = layout.scene.rooms[0]
    return all(name == object_id or exists(name, room, layout) for name in names)
