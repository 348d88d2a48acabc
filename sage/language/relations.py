"""Mapping from prepositions and descriptive verbs to the relations of `sage.task`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sage.errors import TaskNotUnderstood
from sage.language import lexicon
from sage.language.entities import Reference
from sage.task import CEILING, DOOR, FLOOR, RELATIONS, ROOM, WALL, WINDOW, Relation, RelationName

__all__ = ["SIDES", "can_rest", "mutual", "relations"]

_INSIDE = ("on", "in", "onto", "into", "to", "from", "contains", "with", "corner_of", "over", "supported")
SIDES: dict[str, tuple[RelationName, RelationName]] = {
    "left_side": ("left_part", "left_of"),
    "right_side": ("right_part", "right_of"),
    "front_side": ("front_part", "in_front_of"),
    "back_side": ("back_part", "behind"),
}
"""Relations for a side of furniture: the part of its surface for small objects, the side for furniture."""
_CORNERS = {
    f"{row}_{column}_side": (f"{row}_side", f"{column}_side")
    for row in ("front", "back")
    for column in ("left", "right")
}
_ROOM_SIDES = {
    name: side.removesuffix("_side") for side, (_, beside) in SIDES.items() for name in (side, beside)
}
"""Wall at each side of a room, by relation."""
_AT_ONE_WALL = 3
"""Most pieces of furniture that are placed along one wall."""
_AROUND_MIN = 3
"""Fewest objects that can be arranged around another."""
_SAME: dict[str, RelationName] = {
    "under": "under", "above": "above", "near": "near", "far": "far", "left_of": "left_of",
    "right_of": "right_of", "in_front_of": "in_front_of", "behind": "behind", "facing": "facing",
    "across": "across", "next_to": "next_to", "long_side": "long_side", "short_side": "short_side",
}  # fmt: skip
"""Prepositions that map to one relation whatever the objects are."""


def relations(
    relation: str, subject: Reference, found: Sequence[Reference], notes: list[str]
) -> list[Relation]:
    """Return the relations that a preposition states.

    Args:
        relation: value of a table of `sage.language.lexicon`, such as `PLACES`.
        subject: objects whose place is stated.
        found: objects of the preposition; at least one.
        notes: collects messages about prepositions without effect.

    Raises:
        TaskNotUnderstood: an object is related to itself, or `between` has only one object.
    """
    target = found[0]
    if not subject.ids:
        return []
    if relation in ("between", "divided"):
        return _between(subject, found)
    if target.place is not None:
        return _about_room(relation, subject, target, notes)
    if set(subject.ids) & set(target.ids):
        raise TaskNotUnderstood(
            f"{subject.entities[0].name!r} cannot be {relation} itself: name something else"
        )
    if not target.ids:
        return []
    return _about_things(relation, subject, target, notes)


def _about_things(relation: str, subject: Reference, target: Reference, notes: list[str]) -> list[Relation]:
    """Return the relations of a preposition between two objects or groups of objects."""
    freestanding = subject.category is not None and subject.category.mount != "surface"
    if relation == "over":
        relation = "above" if freestanding else "on"
    if relation == "outside":
        outside = [Relation(name="in", subject=s, object=target.ids[0], negated=True) for s in subject.ids]
        return [*_pairs("next_to", subject, target), *outside]
    special = _SPECIAL.get(relation)
    if special is not None:
        return special(subject, target)
    if relation in SIDES:
        return _at_side(relation, subject, target)
    if relation in _CORNERS:
        both = [part for side in _CORNERS[relation] for part in _at_side(side, subject, target)]
        return list(dict.fromkeys(both))
    if relation in _INSIDE:
        return _resting(relation, subject, target)
    if relation == "facing" and subject.is_one_of(lexicon.SEATS) and _is_table(target):
        return [*_pairs("facing", subject, target), *_pairs("next_to", subject, target)]
    if relation in _SAME:
        return _pairs(_SAME[relation], subject, target)
    notes.append(f"{relation.replace('_', ' ')!r} the {target.entities[0].noun} has no effect")
    return []


def _is_table(target: Reference) -> bool:
    """Return whether an object is a table or desk, so that seats facing it are next to it."""
    category = target.category
    kinds = " ".join((category.name, *category.kinds)).split() if category is not None else []
    return "table" in kinds or "desk" in kinds


def can_rest(subject: Reference, target: Reference) -> bool:
    """Return whether the subject can be on or in the target: furniture on a rug, but not in a box."""
    own, other = subject.category, target.category
    if own is None or other is None or own.mount == "surface" or "plant" in own.kinds:
        return True
    return other.covering or (own.mount != "floor" and other.mount != "surface")


def _at(subject: Reference, target: Reference) -> list[Relation]:
    """Return the relations of `at`: small objects rest on the target, furniture is next to it."""
    if subject.category is not None and subject.category.mount == "surface":
        return _resting("to", subject, target)
    return _pairs("next_to", subject, target)


def _around(subject: Reference, target: Reference) -> list[Relation]:
    return _pairs("around" if len(subject.ids) >= _AROUND_MIN else "next_to", subject, target)


def _flanking(subject: Reference, target: Reference) -> list[Relation]:
    """Place the subjects alternately to the left and right of the target."""
    count = len(target.ids)
    names: tuple[RelationName, RelationName] = ("left_of", "right_of")
    if len(subject.ids) == 1:
        return _pairs("next_to", subject, target)
    return [
        Relation(name=names[index // count % 2], subject=item, object=target.ids[index % count])
        for index, item in enumerate(subject.ids)
    ]


def _foot_of(subject: Reference, target: Reference) -> list[Relation]:
    """Return the relations of `at the foot of`: in front of a bed, next to other targets."""
    bed = target.category is not None and (
        target.category.name.endswith("bed") or "bed" in target.category.kinds
    )
    return _pairs("in_front_of" if bed else "next_to", subject, target)


def _head_of(subject: Reference, target: Reference) -> list[Relation]:
    if subject.category is not None and subject.category.mount == "surface":
        return _resting("to", subject, target)
    return _pairs("next_to", subject, target)


def _middle_of(subject: Reference, target: Reference) -> list[Relation]:
    """Return the relations of `in the middle of` an object; small objects also rest on it."""
    small = subject.category is not None and subject.category.mount == "surface"
    rests = _resting("on", subject, target) if small else []
    return [*rests, *_pairs("in_middle", subject, target)] if len(subject.ids) == 1 else rests


def _against(subject: Reference, target: Reference) -> list[Relation]:
    small = subject.category is not None and subject.category.mount == "surface"
    if small and target.part == "region":
        return _resting("to", subject, target)
    return _pairs("next_to", subject, target)


_SPECIAL: dict[str, Callable[[Reference, Reference], list[Relation]]] = {
    "at": _at,
    "around": _around,
    "flanking": _flanking,
    "foot_of": _foot_of,
    "head_of": _head_of,
    "middle_of": _middle_of,
    "occupies": _middle_of,
    "against": _against,
}


def _at_side(relation: str, subject: Reference, target: Reference) -> list[Relation]:
    """Return the relations of a side: small objects rest on that part of furniture, others are beside it."""
    part, side = SIDES[relation]
    carried = subject.category is not None and subject.category.mount == "surface"
    if carried and target.category is not None and target.category.mount != "surface":
        return [*_resting("to", subject, target), *_pairs(part, subject, target)]
    return _pairs(side, subject, target)


def _resting(relation: str, subject: Reference, target: Reference) -> list[Relation]:
    """Return `on` or `in` relations: as stated, else by whether the target has an inside."""
    flat = target.is_one_of(lexicon.FLAT) and target.part is None
    drawer = target.part is not None and target.part.startswith("drawer")
    name: RelationName = "in"
    if target.part in lexicon.SURFACES.values():
        name = "on"
    elif relation in ("on", "onto", "over"):
        name = "in" if drawer else "on"
    elif relation == "contains":
        name = "in" if _is_hollow(target) else "on"
    elif relation in ("in", "into"):
        name = "on" if flat else "in"
    elif not (drawer or target.is_one_of(lexicon.CONTAINERS)) or subject.is_one_of(("lid",)):
        name = "on"
    return [
        Relation(name=name, subject=item, object=target.ids[index % len(target.ids)], part=target.part)
        for index, item in enumerate(subject.ids)
    ]


def _is_hollow(target: Reference) -> bool:
    """Return whether contents are in the target rather than on it: in a bookcase, on a desk."""
    if target.part is not None and not target.part.startswith("region"):
        return True
    if target.is_one_of(lexicon.TOPPED) or target.is_one_of(lexicon.FLAT):
        return False
    if target.category is not None and (
        target.category.parts.get("shelf") or target.category.name == "shelf"
    ):
        return True
    furniture = target.category is not None and target.category.mount == "floor"
    kinds = frozenset(target.category.kinds) if target.category is not None else frozenset()
    return not furniture or target.is_one_of(lexicon.CONTAINERS) or not kinds.isdisjoint(lexicon.CONTAINERS)


def _about_room(relation: str, subject: Reference, target: Reference, notes: list[str]) -> list[Relation]:
    """Return the relations to walls, windows, doors, corners, floor and ceiling."""
    place = target.place or ROOM
    mount = subject.category.mount if subject.category is not None else "floor"
    name: RelationName | None = None
    reference, part = ROOM, target.part
    if place == "person":
        notes.append("handing an object to a person has no goal relation")
    elif place == "floor" and relation != "middle_of":
        name, reference = "on", FLOOR
    elif place == "corner" or (place == "room" and relation == "corner_of"):
        name = "in_corner"
    elif place == "middle" or (place in ("room", "floor") and relation in ("middle_of", "occupies")):
        name = "in_middle"
    elif place == "room" and relation in _ROOM_SIDES and _is_placed(subject):
        name, reference = _at_wall("against", mount)
        part = _ROOM_SIDES[relation]
    elif place == "ceiling":
        name, reference = ("on" if relation in ("on", "from", "to", "in", "at") else None), CEILING
    elif place == "wall":
        name, reference = _at_wall(relation, mount)
    elif place in ("window", "door"):
        name = _at_opening(relation)
        reference = WINDOW if place == "window" else DOOR
        if relation in ("on", "in", "to", "onto") and place == "window" and mount == "surface":
            notes.append("window sills do not support objects: it is put near the window")
            name = "near"
    if place in ("window", "door") and relation in ("above", "over") and mount == "surface":
        at_wall = [Relation(name="on", subject=item, object=WALL) for item in subject.ids]
        return [*at_wall, *(Relation(name="next_to", subject=item, object=reference) for item in subject.ids)]
    if name is None:
        if not (place == "room" and relation in ("in", "to", "at", "from")):
            notes.append(f"{relation.replace('_', ' ')!r} the {place} has no effect")
        return []
    part = part if place in ("wall", "corner") or relation in _ROOM_SIDES else None
    return [Relation(name=name, subject=item, object=reference, part=part) for item in subject.ids]


def _is_placed(subject: Reference) -> bool:
    """Return whether all subjects fit along one wall: a few pieces of furniture or wall objects."""
    category = subject.category
    return (
        category is not None
        and category.mount in ("floor", "wall")
        and not category.covering
        and len(subject.ids) <= _AT_ONE_WALL
    )


def _at_wall(relation: str, mount: str) -> tuple[RelationName | None, str]:
    """Return the relation for a place at a wall, and its reference: the wall or the room."""
    if relation in ("near", "far", "facing", "across"):
        return ("facing", WALL) if relation == "facing" else (_SAME[relation], WALL)
    if mount == "ceiling":
        return None, WALL
    return ("on", WALL) if mount == "wall" or relation in ("on", "to") else ("against_wall", ROOM)


def _at_opening(relation: str) -> RelationName:
    """Return the relation to a window or door."""
    if relation in ("under", "near", "far", "across", "facing"):
        return _SAME[relation]
    return "next_to"


def _pairs(name: RelationName, subject: Reference, target: Reference) -> list[Relation]:
    """Return relations that pair subjects with targets.

    One subject is related to each of several targets; several subjects are distributed over the targets.
    """
    if len(subject.ids) == 1 and len(target.ids) > 1 and name in ("next_to", "near", "across", "far"):
        return [Relation(name=name, subject=subject.ids[0], object=other) for other in target.ids]
    share, rest = divmod(len(target.ids), len(subject.ids))
    if share > 1 and not rest and name in ("next_to", "near"):
        return [
            Relation(name=name, subject=subject.ids[index // share], object=other)
            for index, other in enumerate(target.ids)
        ]
    return [
        Relation(name=name, subject=item, object=target.ids[index % len(target.ids)])
        for index, item in enumerate(subject.ids)
    ]


def mutual(relation: str, group: Reference) -> list[Relation]:
    """Return the relations within a group: `next to each other`.

    Raises:
        TaskNotUnderstood: the group has only one object.
    """
    if len(group.ids) < 2:
        raise TaskNotUnderstood("'each other' needs two or more objects: say how many")
    name: RelationName = "on" if relation in ("on", "onto") else _SAME.get(relation, "next_to")
    assert name in RELATIONS
    pairs = list(zip(group.ids, group.ids[1:], strict=False))
    if relation == "facing":
        pairs += [(second, first) for first, second in pairs]
    return [Relation(name=name, subject=second, object=first) for first, second in pairs]


def _between(subject: Reference, found: Sequence[Reference]) -> list[Relation]:
    """Return the relations of `between`; for a pair such as `two lamps`, each is next to the subject."""
    ids = tuple(name for reference in found for name in reference.ids)
    if len(found) == 1 and len(ids) == 2:
        return [Relation(name="next_to", subject=name, object=subject.ids[0]) for name in ids]
    if len(ids) < 2:
        raise TaskNotUnderstood("'between' needs two objects: name the other")
    return [Relation(name="between", subject=item, object=ids[0], other=ids[1]) for item in subject.ids]
