"""What a preposition between things says, as relations of `sage.task`."""

from __future__ import annotations

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.things import Reference
from sage.task import FLOOR, RELATIONS, ROOM, WINDOW, Relation, RelationName

__all__ = ["LATERAL", "host_of", "mutual", "relations"]

LATERAL = ("next_to", "near", "left_of", "right_of", "in_front_of", "behind")
_INSIDE = ("on", "in", "onto", "into", "to", "from", "contains", "with")


def relations(
    relation: str, subject: Reference, found: tuple[Reference, ...], notes: list[str]
) -> list[Relation]:
    """Return what a preposition between things says."""
    target = found[0]
    if not subject.ids:
        return []
    if relation == "between":
        return _between(subject, found)
    if target.place is not None:
        return _about_room(relation, subject, target.place, notes)
    if set(subject.ids) & set(target.ids):
        raise TaskImpossible(f"{subject.things[0].name!r} cannot be {relation} itself: name something else")
    floor = subject.category is not None and subject.category.mount == "floor"
    if relation in ("at", "to", "around") and floor and not target.is_one_of(lexicon.CONTAINERS):
        return _pairs("next_to", subject, target)
    if relation in ("left_side", "right_side"):
        return _beside(relation, subject, target, notes)
    if relation in _INSIDE:
        return _resting(relation, subject, target)
    if relation in ("around", "at"):
        return _pairs("next_to", subject, target)
    if relation == "against_wall":
        return _pairs("next_to", subject, target)
    if relation == "above":
        notes.append(f"'above the {target.things[0].noun}' has no effect")
        return []
    return _pairs(_name(relation), subject, target)


def _beside(relation: str, subject: Reference, target: Reference, notes: list[str]) -> list[Relation]:
    """Return `left_of` or `right_of`; small things on a side of furniture are on it."""
    carried = subject.category is not None and subject.category.mount == "surface"
    if carried and target.category is not None and target.category.mount == "floor":
        notes.append(f"which side of the {target.things[0].noun} is meant has no effect")
        return _resting("to", subject, target)
    return _pairs("left_of" if relation == "left_side" else "right_of", subject, target)


def _resting(relation: str, subject: Reference, target: Reference) -> list[Relation]:
    """Return `on` or `in`: as asked, or by the nature of what things rest on."""
    flat = target.is_one_of(lexicon.FLAT) and target.part is None
    drawer = target.part is not None and target.part.startswith("drawer")
    name: RelationName = "in"
    if target.part in lexicon.SURFACES.values():
        name = "on"
    elif relation in ("on", "onto"):
        name = "in" if drawer else "on"
    elif relation in ("in", "into", "contains"):
        name = "on" if flat else "in"
    elif not (drawer or target.is_one_of(lexicon.CONTAINERS)):
        name = "on"
    return [
        Relation(name=name, subject=item, object=target.ids[index % len(target.ids)], part=target.part)
        for index, item in enumerate(subject.ids)
    ]


def _about_room(relation: str, subject: Reference, place: str, notes: list[str]) -> list[Relation]:
    """Return what is said of walls, windows, corners and floors."""
    wall = subject.category is not None and subject.category.mount == "wall"
    if place == "person":
        notes.append("handing over has no goal relation")
    elif place == "floor" and relation in ("on", "to", "onto", "from", "in", "at"):
        return [Relation(name="on", subject=item, object=FLOOR) for item in subject.ids]
    elif place == "corner":
        return [Relation(name="in_corner", subject=item, object=ROOM) for item in subject.ids]
    elif place == "middle":
        return [Relation(name="in_middle", subject=item, object=ROOM) for item in subject.ids]
    elif place == "wall" and not wall:
        return [Relation(name="against_wall", subject=item, object=ROOM) for item in subject.ids]
    elif place == "window" and subject.ids:
        name: RelationName = "under" if relation == "under" else "near" if relation == "near" else "next_to"
        if relation not in ("under", "near", "next_to"):
            notes.append(f"{relation.replace('_', ' ')!r} the window is read as next to it")
        if relation in ("on", "in", "to", "onto", "from"):
            raise TaskNotUnderstood("nothing can stand on a window sill here: name a piece of furniture")
        return [Relation(name=name, subject=item, object=WINDOW) for item in subject.ids]
    elif (
        not (place == "room" and relation in ("in", "to")) and subject.ids and not (place == "wall" and wall)
    ):
        notes.append(f"{relation.replace('_', ' ')!r} the {place} has no effect")
    return []


def _name(relation: str) -> RelationName:
    return relation  # type: ignore[return-value]


def host_of(hosts: list[Reference], relation: str, target: Reference) -> Reference:
    """Return which of the nouns before a place it belongs to: the last that it can be true of."""
    for host in reversed(hosts):
        if host.category is None:
            continue
        floor = host.category.mount != "surface"
        thing = target.category
        rests = relation in ("on", "in", "onto", "into", "from") and thing is not None and not thing.covering
        beside = relation in LATERAL and thing is not None and thing.mount == "surface"
        if not (floor and (rests or beside)):
            return host
    return hosts[0]


def _pairs(name: RelationName, subject: Reference, target: Reference) -> list[Relation]:
    """Return a relation for each subject: with its own of several objects, or each object for one subject."""
    if len(subject.ids) == 1 and len(target.ids) > 1 and name in ("next_to", "near"):
        return [Relation(name=name, subject=subject.ids[0], object=other) for other in target.ids]
    return [
        Relation(name=name, subject=item, object=target.ids[index % len(target.ids)])
        for index, item in enumerate(subject.ids)
    ]


def mutual(relation: str, group: Reference) -> list[Relation]:
    """Return what holds within a group: `next to each other`."""
    if relation not in RELATIONS or len(group.ids) < 2:
        raise TaskNotUnderstood("'each other' needs two or more objects: say how many")
    pairs = list(zip(group.ids, group.ids[1:], strict=False))
    if relation == "facing":
        pairs += [(second, first) for first, second in pairs]
    return [Relation(name=_name(relation), subject=second, object=first) for first, second in pairs]


def _between(subject: Reference, found: tuple[Reference, ...]) -> list[Relation]:
    """Return `between`; a thing between two of a kind has them beside it."""
    ids = tuple(name for reference in found for name in reference.ids)
    if len(found) == 1 and len(ids) == 2:
        return [Relation(name="next_to", subject=name, object=subject.ids[0]) for name in ids]
    if len(ids) < 2:
        raise TaskNotUnderstood("'between' needs two objects: name the other")
    return [Relation(name="between", subject=item, object=ids[0], other=ids[1]) for item in subject.ids]
