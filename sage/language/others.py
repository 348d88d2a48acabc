"""Distractor objects implied by a description: `the left mug` implies a second mug to its right."""

from __future__ import annotations

from itertools import pairwise

from sage.errors import TaskImpossible
from sage.language import lexicon
from sage.language.arrangement import Arrangement
from sage.language.entities import Entity, other_colour
from sage.language.stated import OPENNESS
from sage.task import Relation, RelationName

__all__ = ["add_others"]

_SIDE: dict[str, RelationName] = {
    "left": "left_of", "right": "right_of", "front": "in_front_of", "back": "behind",
}  # fmt: skip
_PLACING = ("on", "in", "under")
_ORDINALS = {rank: word for word, rank in lexicon.RANKS.items() if word.isalpha()}
_FAR_SIDE = {"left": "right", "front": "back"}


def add_others(arrangement: Arrangement) -> None:
    """Add the objects that contrastive descriptions imply, and state the relations that tell them apart.

    `the left mug` needs a second mug, `the third book from the left` a row of at least three. Objects of the
    same category that the prompt names already are used first.

    Raises:
        TaskImpossible: two descriptions claim the same position in a row.
    """
    rows: list[list[Entity]] = []
    for entity in list(arrangement.entities.named):
        if entity.contrast:
            _of_another_size(arrangement, entity)
        elif entity.choice and len(entity.ids) == 1 and not any(entity in row for row in rows):
            row = [entity, *(o for o in _alike(arrangement, entity) if o.choice and len(o.ids) == 1)]
            if any(other.rank or other.among > 2 for other in row) and _axis(row):
                rows.append(row)
                _in_a_row(arrangement, row)
            else:
                _chosen(arrangement, entity)


def _axis(row: list[Entity]) -> tuple[str, str] | None:
    """Return the two ends that positions in a row are counted from, such as left and right.

    Return None if the descriptions mix different rows, such as left-right and front-back.
    """
    choices = {entity.choice for entity in row} - {"middle"}
    ends = (pair for pair in _FAR_SIDE.items() if choices <= {*pair})
    return next(ends, None)


def _in_a_row(arrangement: Arrangement, row: list[Entity]) -> None:
    """Arrange objects in a row so that each has its described position, and add objects for the gaps."""
    first, last = _axis(row) or ("", "")
    from_first = [max(1, t.rank) for t in row if t.choice == first]
    from_last = [max(1, t.rank) for t in row if t.choice == last]
    named = {name for entity in (row[0], *_alike(arrangement, row[0])) for name in entity.ids}
    length = max(
        len(named), *(entity.among for entity in row), max(from_first, default=1) + max(from_last, default=1)
    )
    length += any(entity.choice == "middle" for entity in row) and length % 2 == 0
    places: dict[int, str] = {}
    for entity in row:
        rank = max(1, entity.rank)
        place = (
            rank - 1 if entity.choice == first else length - rank if entity.choice == last else length // 2
        )
        if not 0 <= place < length or place in places:
            raise TaskImpossible(
                f"{entity.name!r} shares its position in a row of {length} with another object: "
                "give it a different position"
            )
        places[place] = entity.ids[0]
    free = [
        name for entity in _alike(arrangement, row[0]) for name in entity.ids if name not in places.values()
    ]
    for place in (place for place in range(length) if place not in places):
        if free:
            places[place] = free.pop(0)
            continue
        made = _another(arrangement, row[0], "other")
        made.name = f"{_ORDINALS.get(place + 1, f'{place + 1}th')} {row[0].noun} from the {first}"
        _beside(arrangement, row[0], made)
        places[place] = made.ids[0]
    order = [places[place] for place in range(length)]
    order = order if from_first else order[::-1]
    side = _SIDE[first if from_first else last]
    arrangement.add_initial(*(Relation(name=side, subject=a, object=b) for a, b in pairwise(order)))


def _of_another_size(arrangement: Arrangement, entity: Entity) -> None:
    if _alike(arrangement, entity):
        return
    other = _another(arrangement, entity, entity.contrast)
    other.attributes = entity.attributes | {"size": entity.contrast}
    _beside(arrangement, entity, other)


def _chosen(arrangement: Arrangement, entity: Entity) -> None:
    """Add the objects that `left`, `middle`, `top`, `nearest`, `between` or a colour contrasts with."""
    named = _alike(arrangement, entity)
    count = 2 if entity.choice == "middle" else max(1, entity.rank - 1)
    others = [name for other in named for name in other.ids][:count]
    while len(others) < count:
        word = lexicon.OPPOSITE_CHOICES.get(entity.choice, "other" if entity.choice != "other" else "first")
        made = _another(arrangement, entity, word)
        if entity.choice == "color":
            made.attributes["color"] = other_colour(entity.attributes.get("color", ""))
            made.name = f"{made.attributes['color']} {entity.noun}"
        others += made.ids
        if entity.choice in (*_SIDE, *lexicon.RANKS, "middle", "color", "other"):
            _beside(arrangement, entity, made)
    _differ(arrangement, entity, others)


def _differ(arrangement: Arrangement, entity: Entity, others: list[str]) -> None:
    (own,), other = entity.ids, others[0]
    initial = arrangement.initial
    if entity.choice in _SIDE:
        known = any({r.subject, r.object} == {own, other} for r in initial)
        relation = Relation(name=_SIDE[entity.choice], subject=own, object=other)
        arrangement.add_initial(*(() if known else (relation,)))
    elif entity.choice == "middle":
        arrangement.add_initial(Relation(name="between", subject=own, object=other, other=others[1]))
    elif entity.choice in ("top", "bottom"):
        upper, lower = (own, other) if entity.choice == "top" else (other, own)
        arrangement.add_initial(Relation(name="on", subject=upper, object=lower))
    elif entity.choice in ("nearest", "farthest", "between"):
        for relation in [r for r in initial if r.subject == own and r.name in ("next_to", "between")]:
            opposite = {"subject": other, "negated": not relation.negated}
            arrangement.add_initial(relation.model_copy(update=opposite))


def _alike(arrangement: Arrangement, entity: Entity) -> list[Entity]:
    """Return the other named objects of the same category."""
    named = arrangement.entities.named
    return [other for other in named if other.category == entity.category and other is not entity]


def _another(arrangement: Arrangement, entity: Entity, word: str) -> Entity:
    other = arrangement.entities.make(entity.noun, new=True).entities[0]
    other.name = f"{word} {entity.noun}"
    other.attributes = dict(entity.attributes)
    return other


def _beside(arrangement: Arrangement, entity: Entity, other: Entity) -> None:
    """Give another object the same place as the given one."""
    (own,), (name,) = entity.ids, other.ids
    there = [r for r in arrangement.initial if r.subject == own and r.name not in OPENNESS and not r.negated]
    kept = there if entity.contrast else [r for r in there if r.name in _PLACING]
    arrangement.add_initial(*(r.model_copy(update={"subject": name}) for r in kept))
