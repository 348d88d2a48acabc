"""Distractor objects implied by a description: `the left mug` implies a second mug to its right."""

from __future__ import annotations

from itertools import pairwise

from sage.errors import TaskImpossible
from sage.language import lexicon
from sage.language.arrangement import Arrangement
from sage.language.stated import OPENNESS
from sage.language.things import Thing, other_colour
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
    rows: list[list[Thing]] = []
    for thing in list(arrangement.things.named):
        if thing.contrast:
            _of_another_size(arrangement, thing)
        elif thing.choice and len(thing.ids) == 1 and not any(thing in row for row in rows):
            row = [thing, *(o for o in _alike(arrangement, thing) if o.choice and len(o.ids) == 1)]
            if any(other.rank or other.among > 2 for other in row) and _axis(row):
                rows.append(row)
                _in_a_row(arrangement, row)
            else:
                _chosen(arrangement, thing)


def _axis(row: list[Thing]) -> tuple[str, str] | None:
    """Return the two ends that positions in a row are counted from, such as left and right.

    Return None if the descriptions mix different rows, such as left-right and front-back.
    """
    choices = {thing.choice for thing in row} - {"middle"}
    ends = (pair for pair in _FAR_SIDE.items() if choices <= {*pair})
    return next(ends, None)


def _in_a_row(arrangement: Arrangement, row: list[Thing]) -> None:
    """Arrange objects in a row so that each has its described position, and add objects for the gaps."""
    first, last = _axis(row) or ("", "")
    from_first = [max(1, t.rank) for t in row if t.choice == first]
    from_last = [max(1, t.rank) for t in row if t.choice == last]
    named = {name for thing in (row[0], *_alike(arrangement, row[0])) for name in thing.ids}
    length = max(
        len(named), *(thing.among for thing in row), max(from_first, default=1) + max(from_last, default=1)
    )
    length += any(thing.choice == "middle" for thing in row) and length % 2 == 0
    places: dict[int, str] = {}
    for thing in row:
        rank = max(1, thing.rank)
        place = rank - 1 if thing.choice == first else length - rank if thing.choice == last else length // 2
        if not 0 <= place < length or place in places:
            raise TaskImpossible(
                f"{thing.name!r} shares its position in a row of {length} with another object: "
                "give it a different position"
            )
        places[place] = thing.ids[0]
    free = [
        name for thing in _alike(arrangement, row[0]) for name in thing.ids if name not in places.values()
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
    arrangement.begin(*(Relation(name=side, subject=a, object=b) for a, b in pairwise(order)))


def _of_another_size(arrangement: Arrangement, thing: Thing) -> None:
    if _alike(arrangement, thing):
        return
    other = _another(arrangement, thing, thing.contrast)
    other.attributes = thing.attributes | {"size": thing.contrast}
    _beside(arrangement, thing, other)


def _chosen(arrangement: Arrangement, thing: Thing) -> None:
    """Add the objects that `left`, `middle`, `top`, `nearest`, `between` or a colour contrasts with."""
    named = _alike(arrangement, thing)
    count = 2 if thing.choice == "middle" else max(1, thing.rank - 1)
    others = [name for other in named for name in other.ids][:count]
    while len(others) < count:
        word = lexicon.OPPOSITE_CHOICES.get(thing.choice, "other" if thing.choice != "other" else "first")
        made = _another(arrangement, thing, word)
        if thing.choice == "color":
            made.attributes["color"] = other_colour(thing.attributes.get("color", ""))
            made.name = f"{made.attributes['color']} {thing.noun}"
        others += made.ids
        if thing.choice in (*_SIDE, *lexicon.RANKS, "middle", "color", "other"):
            _beside(arrangement, thing, made)
    _differ(arrangement, thing, others)


def _differ(arrangement: Arrangement, thing: Thing, others: list[str]) -> None:
    (own,), other = thing.ids, others[0]
    said = arrangement.initial
    if thing.choice in _SIDE:
        known = any({r.subject, r.object} == {own, other} for r in said)
        relation = Relation(name=_SIDE[thing.choice], subject=own, object=other)
        arrangement.begin(*(() if known else (relation,)))
    elif thing.choice == "middle":
        arrangement.begin(Relation(name="between", subject=own, object=other, other=others[1]))
    elif thing.choice in ("top", "bottom"):
        upper, lower = (own, other) if thing.choice == "top" else (other, own)
        arrangement.begin(Relation(name="on", subject=upper, object=lower))
    elif thing.choice in ("nearest", "farthest", "between"):
        for relation in [r for r in said if r.subject == own and r.name in ("next_to", "between")]:
            opposite = {"subject": other, "negated": not relation.negated}
            arrangement.begin(relation.model_copy(update=opposite))


def _alike(arrangement: Arrangement, thing: Thing) -> list[Thing]:
    """Return the other named objects of the same category."""
    named = arrangement.things.named
    return [other for other in named if other.category == thing.category and other is not thing]


def _another(arrangement: Arrangement, thing: Thing, word: str) -> Thing:
    other = arrangement.things.make(thing.noun, new=True).things[0]
    other.name = f"{word} {thing.noun}"
    other.attributes = dict(thing.attributes)
    return other


def _beside(arrangement: Arrangement, thing: Thing, other: Thing) -> None:
    """Give another object the same place as the given one."""
    (own,), (name,) = thing.ids, other.ids
    there = [r for r in arrangement.initial if r.subject == own and r.name not in OPENNESS and not r.negated]
    kept = there if thing.contrast else [r for r in there if r.name in _PLACING]
    arrangement.begin(*(r.model_copy(update={"subject": name}) for r in kept))
