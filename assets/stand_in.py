"""Selects the family, and the size, that stands in for a category without one."""

from __future__ import annotations

import math
import statistics
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, cast

from sage.assets.families import FAMILIES
from sage.assets.family import Family
from sage.assets.knowledge.table import Nature, further, hypernyms, knowledge, natures, wordnet
from sage.geometry import Vec3

__all__ = [
    "Made", "ancestors", "made_of_row", "made_of_synset", "own_rows", "rare_kinds", "rows", "stand_in",
    "typical", "typical_size",
]  # fmt: skip

Mount = Literal["floor", "surface", "wall", "ceiling"]

_BULK_DENSITY = 200.0
"""Of the box around a thing of unknown mass [kg/m3]."""
_STRUCTURE = frozenset(
    {
        "walls", "floors", "ceilings", "door", "sliding_door", "garage_door", "gate", "rail_fence",
        "fixed_window", "openable_window", "lawn", "driveway", "room_light", "electric_switch",
    }
)  # fmt: skip
"""Rows that are part of a building or of the ground."""
_UNKNOWN: tuple[Vec3, float] = ((0.15, 0.2, 0.15), 0.8)
"""Size [m] and mass [kg] of what nothing is known of."""
_HOLLOW = ("bowl", "mixing bowl", "jar", "cup", "bucket", "box", "basket", "storage box", "tray", "crate")
"""Families of plain shape that hold something."""
_MOST_UNEVEN = 3.0
"""By how much more a builder is stretched along one axis than along another."""
_MOST_SCALED = 6.0
"""By how much larger or smaller a builder is made."""
_FLAT_M = 0.01
"""Least thickness that still shows [m]."""
_CARRIED_M, _CARRIED_M3 = 0.75, 0.12
"""What is larger stands on the floor."""
_CLOTHING = "clothing.n.01"
_WORN_M = 0.1
"""A garment that is nowhere thinner has the shape of who wears it [m]."""
_FOLDS = 2.0
"""Longest side of a garment as it is worn, relative to that of the same one folded, at least."""
_LARGEST_M = (4.0, 4.0, 3.0)
_SMALLEST_M = 0.01
_THINNEST_M = 0.001


@cache
def ancestors(synset: str) -> tuple[str, ...]:
    """Return a synset and all that are more general, the most general last."""
    chain, above = [synset], hypernyms()
    while more_general := above.get(chain[-1]) or wordnet()[1].get(chain[-1]):
        chain.append(more_general)
    return tuple(chain)


@cache
def rows() -> dict[str, dict[str, Any]]:
    """Return the rows of the knowledge table, and those added to it, which name their `family` or `plain`."""
    families = {family.category: family for family in FAMILIES}
    added: dict[str, dict[str, Any]] = {}
    for category, kinds in further().items():
        family = families.get(category)
        known = family is not None and family.known
        own = knowledge()[known] if known else {"rooms": {}, "affordances": ()}
        for noun, (*size, mass) in kinds.items():
            added[noun.replace(" ", "_")] = {
                "synset": family.synset if family is not None else "", "median": size, "mass": mass,
                "family": category, "rooms": own["rooms"], "affordances": own["affordances"],
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
def own_rows() -> dict[str, str]:
    """Return the rows that something can be made for, by their names without spaces.

    Left out are parts of buildings, what fits into no room, and what is as small as a peppercorn.
    """
    made = (
        row for row, known in rows().items() if "family" in known or (row not in _STRUCTURE and _fits(known))
    )
    return {row.replace("_", ""): row for row in made}


@cache
def rare_kinds() -> dict[str, str]:
    """Return the same rows by all of their nouns.

    A row is also called what its synset is. A kind without a row of its own is the first whose name ends in
    it:
    `tripod` is a camera tripod.
    """
    kinds: dict[str, str] = {}
    nouns = dict(own_rows())
    for row, known in knowledge().items():
        if row not in _STRUCTURE and _fits(known):
            lemma = (known["synset"] or row).partition(".")[0]
            nouns.setdefault(lemma.replace("_", ""), row)
            above = {synset.partition(".")[0] for synset in ancestors(known["synset"] or "")[1:]}
            ends = (noun for noun in above - _VAGUE if row.endswith(f"_{noun}"))
            kinds.update({noun: kinds.get(noun, row) for noun in ends})
    return {noun.replace("_", ""): row for noun, row in kinds.items()} | nouns


def _fits(known: dict[str, Any]) -> bool:
    """Return whether a thing fits into a room and is larger than a peppercorn."""
    within = all(side <= limit for side, limit in zip(known["median"], _LARGEST_M, strict=True))
    return within and max(known["median"]) >= _SMALLEST_M


def typical_size(row: str) -> Vec3:
    """Return the typical depth, width, height of a row [m]; the table has no thickness for sheets."""
    depth, width, height = (max(float(side), _THINNEST_M) for side in rows()[row]["median"])
    return (depth, width, height)


@dataclass(frozen=True)
class Made:
    """Construction of a category without a builder of its own."""

    family: Family | None
    """Whose builder is stretched to it; None for a plain body."""
    size: Vec3
    """Depth, width, height [m]."""
    mass: float
    """[kg]"""
    mount: Mount
    plainly: bool = False
    """Whether it is nothing but a kind of what the family makes: an oak table is a table."""


@cache
def stand_in(row: str) -> Family | None:
    """Return the family that stands in for a row of the knowledge table, or None: a plain body does."""
    known = rows()[row]
    return _by_category().get(known["family"]) if "family" in known else made_of_row(row).family


@cache
def made_of_row(row: str) -> Made:
    """Return how a row of the knowledge table is made: at its own size and mass.

    It is made as what it is a kind of, if that can be stretched to its size; what holds something has a
    hollow. What can be carried about is not made of what is mounted. Things that lie on their side in the
    table stand, and garments, which the table has as they are worn, are folded.
    """
    known, size = rows()[row], typical_size(row)
    if "family" in known:
        family = stand_in(row)
        place = _plain_mount(size, "") if family is None else _mount(family, size)
        return Made(family, size, known["mass"], place)
    candidates, mount = _candidates(known["synset"] or "")
    mounted, holds = "sceneObject" in known["affordances"], "fillable" in known["affordances"]
    if holds and "rigidBody" in known["affordances"]:
        candidates = [*candidates, *sorted(_hollow(), key=lambda family: _unlikeness(size, family))[:2]]
    for family in candidates:
        own = typical(family).size
        turned = next((s for s in (size, _turned(size, own)) if alike(s, own)), None)
        if turned is not None and (mounted or _portable(family)):
            return Made(family, turned, known["mass"], _mount(family, turned))
    worn = "cloth" in known["affordances"] and _CLOTHING in ancestors(known["synset"] or "")
    if worn and candidates and min(size) > _WORN_M:
        folded, own = candidates[0], typical(candidates[0]).size
        share = min(1.0, max(size) / (_FOLDS * max(own)))
        small = (round(own[0] * share, 4), round(own[1] * share, 4), round(own[2] * share, 4))
        return Made(folded, small, known["mass"], folded.mount)
    return Made(None, size, known["mass"], _plain_mount(size, mount))


def _candidates(synset: str) -> tuple[list[Family], str]:
    """Return the families that make what a synset is a kind of, and where that is put if it is told."""
    found = sorted(_packed_alike(synset), key=lambda family: family.category)
    for above in (synset, *(_container(synset) or ancestors(synset)[1:])):
        nature = natures().get(above)
        found += _made_at(above) if nature is None else _named(nature)
        if nature is not None:
            usual = _named(nature)[0].mount if "make" in nature else ""
            return found, nature.get("mount", "" if usual == "surface" else usual)
    return found, ""


def _packed_alike(synset: str) -> list[Family]:
    """Return the families that make other things packed the same: `bag__of__flour` for `bag__of__rice`."""
    packing, of, _ = synset.partition("__of__")
    return [family for family in FAMILIES if of and _synset(family).startswith(f"{packing}__of__")]


def _container(synset: str) -> tuple[str, ...]:
    """Return what the container of `bottle__of__water` or `allspice__shaker` is a kind of."""
    packing, of, _ = synset.partition("__of__")
    _, apart, holder = synset.partition(".")[0].rpartition("__")
    noun = packing if of else holder if apart else ""
    found = wordnet()[0].get(noun.replace("_", ""))
    return ancestors(found[1]) if found is not None else ()


def _turned(size: Vec3, other: Vec3) -> Vec3:
    """Return the sides of a size in such an order that the longest lies where that of another does."""
    ranks = sorted(range(3), key=lambda axis: other[axis])
    sides = dict(zip(ranks, sorted(size), strict=True))
    return (sides[0], sides[1], sides[2])


@cache
def made_of_synset(synset: str) -> Made | None:
    """Return how a thing of a synset is made, or None if nothing of its nature is.

    It is made as what it is a kind of: by the first family that makes one of the more general synsets, or as
    `natures.toml` says of that. Its size is that of what is made, or of those kinds of the table that are
    nearest to it.
    """
    chain = ancestors(synset)
    for level, above in enumerate(chain):
        nature = natures().get(above)
        if nature is not None and nature.get("none"):
            return None
        candidates = _made_at(above) if nature is None else _named(nature)
        if candidates:
            family = candidates[0]
            size, mass = _told(nature) or _typical_of(family)
            same = _synset(family) in chain or bool((nature or {}).get("same"))
            plainly = _told(nature) is None and same
            return Made(family, size, mass, _mount(family, size, (nature or {}).get("mount", "")), plainly)
        if nature is not None:
            size, mass = (_kin(chain) if level > 1 else None) or _told(nature) or _UNKNOWN
            return Made(None, size, mass, _plain_mount(size, nature.get("mount", "")))
    return None


def _told(nature: Nature | None) -> tuple[Vec3, float] | None:
    if nature is None or "size" not in nature:
        return None
    depth, width, height = nature["size"]
    return (depth, width, height), nature["mass"]


def _typical_of(family: Family) -> tuple[Vec3, float]:
    known = typical(family)
    return known.size, known.mass


def _kin(chain: tuple[str, ...]) -> tuple[Vec3, float] | None:
    """Return the middle size and mass of the table's kinds of the same or of the next more general synset."""
    for above in chain[:2]:
        if above in natures() and above != chain[0]:
            return None
        kin = [known for known in _rows_at(above) if max(known["median"]) >= _SMALLEST_M]
        if kin:
            depth, width, height = (
                max(_THINNEST_M, statistics.median(known["median"][axis] for known in kin))
                for axis in range(3)
            )
            return (depth, width, height), statistics.median(known["mass"] for known in kin)
    return None


@cache
def _rows_below() -> dict[str, list[dict[str, Any]]]:
    below: dict[str, list[dict[str, Any]]] = {}
    for name, known in rows().items():
        if known["synset"] and name not in _STRUCTURE and _fits(known):
            for above in ancestors(known["synset"])[:2]:
                below.setdefault(above, []).append(known)
    return below


def _rows_at(synset: str) -> list[dict[str, Any]]:
    return _rows_below().get(synset, [])


def _plain_mount(size: Vec3, told: str) -> Mount:
    """Return where a plain body is put: as it is told, or by its size."""
    if told:
        return cast(Mount, told)
    large = max(size) > _CARRIED_M or math.prod(size) > _CARRIED_M3
    return "floor" if large else "surface"


def _mount(family: Family, size: Vec3, told: str = "") -> Mount:
    """Return where a stretched thing is put: what is too large for a table stands on the floor."""
    if told:
        return cast(Mount, told)
    if family.mount == "surface" and max(size) > 1.5 * max(typical(family).size):
        return _plain_mount(size, "")
    return family.mount


def _portable(family: Family) -> bool:
    return not (family.fixed or family.covering or family.mount in ("wall", "ceiling"))


@cache
def _by_category() -> dict[str, Family]:
    return {family.category: family for family in FAMILIES}


def _named(nature: Nature) -> list[Family]:
    return [_by_category()[nature["make"]]] if "make" in nature else []


@cache
def _families_at() -> dict[str, list[Family]]:
    """Return the families by the synsets that they make; first the one that is called so."""
    found: dict[str, list[Family]] = {}
    for family in FAMILIES:
        for synset in dict.fromkeys((family.synset, _synset(family))):
            found.setdefault(synset, []).append(family)
    for synset, families in found.items():
        lemma = synset.partition(".")[0].replace("_", " ")
        families.sort(key=lambda family: family.category != lemma)
    return found


def _made_at(synset: str) -> list[Family]:
    return _families_at().get(synset, [])


@cache
def _hollow() -> list[Family]:
    return [_by_category()[name] for name in _HOLLOW]


def alike(size: Vec3, other: Vec3) -> bool:
    """Return whether a thing can be stretched to the size of another with similar proportions."""
    scales = [max(a, _FLAT_M) / max(b, _FLAT_M) for a, b in zip(size, other, strict=True)]
    even = max(scales) <= _MOST_UNEVEN * min(scales)
    return even and 1 / _MOST_SCALED <= math.prod(scales) ** (1 / 3) <= _MOST_SCALED


def _unlikeness(size: Vec3, family: Family) -> float:
    """Return how differently large the two typically are, as a mean of logarithms; 0 is alike."""
    sizes = zip(sorted(size), sorted(typical(family).size), strict=True)
    return sum(abs(math.log(max(a, 1e-3) / max(b, 1e-3))) for a, b in sizes) / 3


def _synset(family: Family) -> str:
    known = family.synset in hypernyms() or not family.known
    return family.synset if known else str(knowledge()[family.known]["synset"])


@dataclass(frozen=True)
class Typical:
    """Typical size and mass of the assets of a family."""

    size: Vec3
    mass: float
    rooms: dict[str, float]
    affordances: tuple[str, ...]


@cache
def typical(family: Family) -> Typical:
    """Return what the table knows of a family; one that names no row goes by the middle of its range.

    Raises:
        KeyError: the family names a row that does not exist.
    """
    if family.known:
        row = rows()[family.known]
        depth, width, height = (float(side) for side in row["median"])
        return Typical((depth, width, height), row["mass"], row["rooms"], tuple(row["affordances"]))
    depth, width, height = ((low + high) / 2 for low, high in zip(family.low, family.high, strict=True))
    mass = family.mass or round(depth * width * height * _BULK_DENSITY, 3)
    return Typical((depth, width, height), mass, {}, ())
