"""Which family stands in for a kind of thing that has none of its own."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from assets.families import FAMILIES
from assets.family import Family
from assets.knowledge.table import further, hypernyms, knowledge
from sage.geometry import Vec3

__all__ = ["ancestors", "rare_kinds", "rows", "stand_in", "typical_size"]

_SIZE_WEIGHT = 0.25
_ABILITY_WEIGHT = 0.1
_BULK_DENSITY = 200.0
"""Of the box around a thing of unknown mass [kg/m3]."""
_ABILITIES = ("openable", "fillable", "rigidBody")
"""Affordances that say what shape a thing has."""
_STRUCTURE = frozenset(
    {
        "walls", "floors", "ceilings", "door", "sliding_door", "garage_door", "gate", "rail_fence",
        "fixed_window", "openable_window", "lawn", "driveway", "room_light", "electric_switch",
    }
)  # fmt: skip
"""Rows that are part of a building or of the ground."""
_GENERAL = frozenset(
    f"{noun}.n.01" for noun in ("entity", "physical_entity", "object", "artifact", "device", "matter")
) | {"abstraction.n.06", "instrumentality.n.03", "whole.n.02"}
"""Synsets so general that two things below them need not look alike."""
_PLAIN = ("eraser", "soap bar", "toy block", "cutting board", "book", "box", "ottoman", "cabinet")
"""Families of plain shape, which stand in for what none is akin to."""
_LARGEST_M = (4.0, 4.0, 3.0)
_SMALLEST_M = 0.01
_THINNEST_M = 0.001


@cache
def ancestors(synset: str) -> tuple[str, ...]:
    """Return a synset and all that are more general, the most general last."""
    chain, above = [synset], hypernyms()
    while chain[-1] in above:
        chain.append(above[chain[-1]])
    return tuple(chain)


@cache
def rows() -> dict[str, dict[str, Any]]:
    """Return the rows of the knowledge table, and those added to it, which name their `family`."""
    families = {family.category: family for family in FAMILIES}
    added: dict[str, dict[str, Any]] = {}
    for category, kinds in further().items():
        family = families[category]
        own = knowledge()[family.known] if family.known else {"rooms": {}, "affordances": ()}
        for noun, (*size, mass) in kinds.items():
            added[noun.replace(" ", "_")] = {
                "synset": family.synset, "median": size, "mass": mass, "family": category,
                "rooms": own["rooms"], "affordances": own["affordances"],
            }  # fmt: skip
    return {name: _weighed(row) for name, row in knowledge().items()} | added


def _weighed(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with the mass of its box at a middling density, if the table has none."""
    return (
        row if row["mass"] is not None else row | {"mass": round(math.prod(row["median"]) * _BULK_DENSITY, 3)}
    )


_VAGUE = frozenset(("set", "matter", "material", "machine", "light", "wing", "breast", "food"))
"""Kinds of which nobody means the first that there is."""


@cache
def rare_kinds() -> dict[str, str]:
    """Return the rows that something can be made for, by their nouns without spaces.

    A kind without a row of its own is the first whose name ends in it: `tripod` is a camera tripod.
    Left out are parts of buildings, what fits into no room, and what is as small as a peppercorn.
    """
    kinds: dict[str, str] = {}
    nouns = {row.replace("_", ""): row for row, known in rows().items() if "family" in known}
    for row, known in knowledge().items():
        sides = zip(known["median"], _LARGEST_M, strict=True)
        fits = all(side <= limit for side, limit in sides) and max(known["median"]) >= _SMALLEST_M
        if row not in _STRUCTURE and fits:
            lemma = (known["synset"] or row).partition(".")[0]
            for noun in (row, lemma):
                nouns.setdefault(noun.replace("_", ""), row)
            above = {synset.partition(".")[0] for synset in ancestors(known["synset"] or "")[1:]}
            ends = (noun for noun in above - _VAGUE if row.endswith(f"_{noun}"))
            kinds.update({noun: kinds.get(noun, row) for noun in ends})
    return {noun.replace("_", ""): row for noun, row in kinds.items()} | nouns


def typical_size(row: str) -> Vec3:
    """Return the typical depth, width, height of a row [m]; the table has no thickness for sheets."""
    depth, width, height = (max(float(side), _THINNEST_M) for side in rows()[row]["median"])
    return (depth, width, height)


@cache
def stand_in(row: str) -> Family:
    """Return the family that is nearest to a row of the knowledge table.

    Nearness is that of Wu and Palmer (1994) in the tree of synsets, less a share of how differently
    large the two typically are, plus a little for what both can do (open, hold). What can be carried about
    is not made of what is mounted, and has a body. What no family is akin to gets a plain shape.
    """
    known = rows()[row]
    if "family" in known:
        return next(family for family in FAMILIES if family.category == known["family"])
    mounted = "sceneObject" in known["affordances"]
    usable = [f for f in FAMILIES if mounted or not (f.fixed or f.covering or f.mount in ("wall", "ceiling"))]
    nearest = max(usable, key=lambda family: _nearness(known, family))
    if _shared(known, nearest) in _GENERAL | {None}:
        return min((f for f in FAMILIES if f.category in _PLAIN), key=lambda f: _unlikeness(known, f))
    return nearest


def _nearness(row: dict[str, Any], family: Family) -> float:
    own, other = ancestors(row["synset"] or ""), ancestors(_synset(family))
    shared = next((len(own) - k for k, name in enumerate(own) if name in other), 0)
    kinship = 2 * shared / (len(own) + len(other))
    abilities = knowledge()[family.known]["affordances"] if family.known else ()
    both = sum((name in row["affordances"]) == (name in abilities) for name in _ABILITIES)
    return kinship - _SIZE_WEIGHT * _unlikeness(row, family) + _ABILITY_WEIGHT * both / len(_ABILITIES)


def _shared(row: dict[str, Any], family: Family) -> str | None:
    """Return the most special synset that both are below."""
    other = ancestors(_synset(family))
    return next((name for name in ancestors(row["synset"] or "") if name in other), None)


def _unlikeness(row: dict[str, Any], family: Family) -> float:
    """Return how differently large the two typically are, as a mean of logarithms; 0 is alike."""
    middle = [(low + high) / 2 for low, high in zip(family.low, family.high, strict=True)]
    sizes = zip(sorted(row["median"]), sorted(middle), strict=True)
    return sum(abs(math.log(max(a, 1e-3) / b)) for a, b in sizes) / 3


def _synset(family: Family) -> str:
    known = family.synset in hypernyms() or not family.known
    return family.synset if known else str(knowledge()[family.known]["synset"])
