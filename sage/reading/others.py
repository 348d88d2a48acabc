"""The others that a description tells a thing from: `the left mug` is one of two."""

from __future__ import annotations

from sage.reading import lexicon
from sage.reading.arrangement import OPENNESS, Arrangement
from sage.reading.things import Thing, other_colour
from sage.task import Relation, RelationName

__all__ = ["add_others"]

_SIDE: dict[str, RelationName] = {
    "left": "left_of", "right": "right_of", "front": "in_front_of", "back": "behind",
}  # fmt: skip
_PLACING = ("on", "in", "under")


def add_others(arrangement: Arrangement) -> None:
    """Name what things are told from, where nothing named yet is, and state how they differ."""
    for thing in list(arrangement.things.named):
        if thing.contrast:
            _of_another_size(arrangement, thing)
        elif thing.choice and len(thing.ids) == 1:
            _chosen(arrangement, thing)


def _of_another_size(arrangement: Arrangement, thing: Thing) -> None:
    if _alike(arrangement, thing):
        return
    other = _another(arrangement, thing, thing.contrast)
    other.attributes = thing.attributes | {"size": thing.contrast}
    _beside(arrangement, thing, other)


def _chosen(arrangement: Arrangement, thing: Thing) -> None:
    """Add what `left`, `middle`, `top`, `nearest`, `between` or a colour tells a thing from."""
    named = _alike(arrangement, thing)
    count = 2 if thing.choice == "middle" else 1
    others = [name for other in named for name in other.ids][:count]
    while len(others) < count:
        word = lexicon.OPPOSITE_CHOICES.get(thing.choice, "other" if thing.choice != "other" else "first")
        made = _another(arrangement, thing, word)
        if thing.choice == "color":
            made.attributes["color"] = other_colour(thing.attributes.get("color", ""))
            made.name = f"{made.attributes['color']} {thing.noun}"
        others += made.ids
        if thing.choice in (*_SIDE, "middle", "color", "other"):
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
    """Return what else of its category is named."""
    named = arrangement.things.named
    return [other for other in named if other.category == thing.category and other is not thing]


def _another(arrangement: Arrangement, thing: Thing, word: str) -> Thing:
    other = arrangement.things.make(thing.noun, new=True).things[0]
    other.name = f"{word} {thing.noun}"
    other.attributes = dict(thing.attributes)
    return other


def _beside(arrangement: Arrangement, thing: Thing, other: Thing) -> None:
    """Put another where a thing is."""
    (own,), (name,) = thing.ids, other.ids
    there = [r for r in arrangement.initial if r.subject == own and r.name not in OPENNESS and not r.negated]
    kept = there if thing.contrast else [r for r in there if r.name in _PLACING]
    arrangement.begin(*(r.model_copy(update={"subject": name}) for r in kept))
