"""Refinement of categories by mount: a lamp becomes a ceiling, floor, table or wall lamp."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sage.language.entities import Entity
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
"""Patterns of category names for each mount."""
_WORDS = {
    "wall-mounted": "wall", "wall-hung": "wall", "floor-standing": "floor", "ceiling-mounted": "ceiling",
    "full-length": "floor",
    "pendant": "ceiling", "overhead": "ceiling",
}  # fmt: skip
_ABOVE_FURNITURE: dict[str | None, RelationName] = {"surface": "on", "floor": "next_to"}
"""Relation that replaces `above` furniture for a mount that does not hang: a microwave rests on a counter."""
_LIGHTS = frozenset("lamp light lantern lanterns chandelier pendant bulb lights".split())


def fit_to_mounts(
    entities: Sequence[Entity], initial: list[Relation], goal: list[Relation], vocabulary: Vocabulary
) -> list[str]:
    """Change categories to variants whose mount matches the stated place; drop relations that none allows.

    Args:
        entities: all named objects; categories and ids are changed in place.
        initial: initial relations; changed in place.
        goal: goal relations; ids are changed in place.
        vocabulary: known categories.

    Returns:
        Notes on stated places that have no effect.
    """
    notes: list[str] = []
    renamed: dict[str, str] = {}
    owners = {name: entity for entity in entities for name in entity.ids}
    for entity in entities:
        required = _required_mount(entity, initial, owners)
        if required is None and (required := _named_mount(entity)) == "wall":
            initial += [Relation(name="on", subject=name, object=WALL) for name in entity.ids]
        if required is None or required == entity.category.mount:
            continue
        variant = _variant(entity, required, vocabulary)
        if variant is not None:
            renamed |= _change_category(entity, variant, entities)
        elif required == "ceiling" or (required == "wall" and _is_subject(entity, "on", initial)):
            notes.append(f"a {entity.noun} cannot be mounted on the {required}: it gets its usual place")
    for relations in (initial, goal):
        relations[:] = [_renamed(relation, renamed) for relation in relations]
    initial[:] = list(dict.fromkeys(_feasible(initial, entities)))
    return notes


def _required_mount(entity: Entity, initial: Sequence[Relation], owners: dict[str, Entity]) -> str | None:
    """Return the mount that the stated place of an object requires, or None if any will do."""
    lamp = not _LIGHTS.isdisjoint(entity.noun.split())
    for relation in initial:
        if relation.subject in entity.ids and relation.name == "above":
            hung = "ceiling" if lamp else "wall"
            return hung if entity.category.mount == "surface" else None
        if relation.subject not in entity.ids or relation.name != "on" or relation.negated:
            continue
        if relation.object in _MOUNTS:
            small = relation.object == FLOOR and entity.category.mount == "surface"
            return None if small and not lamp else _MOUNTS[relation.object]
        host = owners.get(relation.object)
        if host is not None and host.category.mount in ("floor", "surface") and not host.category.covering:
            return "surface"
    return None


def _is_subject(entity: Entity, name: str, initial: Sequence[Relation]) -> bool:
    return any(relation.name == name and relation.subject in entity.ids for relation in initial)


def _named_mount(entity: Entity) -> str | None:
    """Return the mount that an adjective of an object names: `wall-mounted`, `floor-standing`."""
    return next((mount for word, mount in _WORDS.items() if word in entity.name.split()), None)


def _variant(entity: Entity, mount: str, vocabulary: Vocabulary) -> Category | None:
    """Return the category of the same kind with another mount, if there is one."""
    nouns = [entity.noun]
    if vocabulary.is_a(entity.category.name, entity.noun.split()[-1]):
        nouns.append(entity.noun.split()[-1])
    if not _LIGHTS.isdisjoint(entity.noun.split()):
        nouns.append("lamp")
    for noun in dict.fromkeys(nouns):
        for name in _VARIANTS[mount]:
            found = vocabulary.common(name.format(noun))
            if found is not None and found.mount == mount:
                return found
    kinds = (vocabulary.common(kind) for kind in entity.category.kinds)
    return next((kind for kind in kinds if kind is not None and kind.mount == mount), None)


def _change_category(entity: Entity, category: Category, entities: Sequence[Entity]) -> dict[str, str]:
    """Change the category of an object; return its new ids by the old ones."""
    stem = category.name.replace(" ", "_")
    used = {name for other in entities for name in other.ids if other is not entity}
    numbers = (number for number in range(1, 1000) if f"{stem}_{number}" not in used)
    renamed = {old: f"{stem}_{next(numbers)}" for old in entity.ids}
    entity.category, entity.ids = category, tuple(renamed.values())
    return renamed


def _renamed(relation: Relation, names: dict[str, str]) -> Relation:
    ends = {
        "subject": names.get(relation.subject, relation.subject),
        "object": names.get(relation.object, relation.object),
        "other": names.get(relation.other, relation.other) if relation.other else None,
    }
    return relation.model_copy(update=ends)


def _feasible(initial: Sequence[Relation], entities: Sequence[Entity]) -> Iterator[Relation]:
    """Yield the relations that the mount of their subject allows, some replaced by a feasible one."""
    mounts = {name: entity.category.mount for entity in entities for name in entity.ids}
    for relation in initial:
        mount = mounts.get(relation.subject)
        if relation.name == "above" and mounts.get(relation.object) == "floor" and mount in _ABOVE_FURNITURE:
            yield relation.model_copy(update={"name": _ABOVE_FURNITURE[mount]})
            continue
        if relation.name != "on" or relation.object not in (WALL, CEILING) or mount is None:
            yield relation
        elif mount == _MOUNTS[relation.object]:
            yield relation
        elif relation.object == WALL and mount == "floor":
            yield relation.model_copy(update={"name": "against_wall", "object": ROOM})
