"""Selection of a similar family, a size and a mass for categories without a family of their own."""

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
    "Construction", "ancestors", "construction_of_row", "construction_of_synset", "rows", "rows_by_name",
    "rows_by_noun", "similar_proportions", "stand_in", "typical", "typical_size",
]  # fmt: skip

Mount = Literal["floor", "surface", "wall", "ceiling"]

_BULK_DENSITY = 200.0
"""Mass of an object of unknown mass over the volume of its bounding box [kg/m3]."""
_STRUCTURE = frozenset(
    {
        "walls", "floors", "ceilings", "door", "sliding_door", "garage_door", "gate", "rail_fence",
        "fixed_window", "openable_window", "lawn", "driveway", "room_light", "electric_switch",
    }
)  # fmt: skip
"""Rows for parts of a building or the ground."""
_UNKNOWN: tuple[Vec3, float] = ((0.15, 0.2, 0.15), 0.8)
"""Size [m] and mass [kg] of an object without data."""
_HOLLOW = ("bowl", "mixing bowl", "jar", "cup", "bucket", "box", "basket", "storage box", "tray", "crate")
"""Families of simple containers."""
_MOST_UNEVEN = 3.0
"""Largest ratio between the scale factors of two axes."""
_MOST_SCALED = 6.0
"""Largest geometric mean of the scale factors; its reciprocal is the smallest."""
_FLAT_M = 0.01
"""Sides shorter than this count as this long when proportions are compared [m]."""
_CARRIED_M, _CARRIED_M3 = 0.75, 0.12
"""Longest side [m] and largest bounding box [m3] of objects placed on surfaces; others go on the floor."""
_CLOTHING = "clothing.n.01"
_WORN_M = 0.1
"""A garment whose smallest side is longer was measured as worn on a body [m]."""
_FOLDS = 2.0
"""Smallest ratio of the longest side of a garment as worn to that of the same garment folded."""
_LARGEST_M = (4.0, 4.0, 3.0)
"""Largest depth, width, height of an object that fits into a room [m]."""
_SMALLEST_M = 0.01
"""Smallest longest side of an object that is made [m]."""
_THINNEST_M = 0.001
"""Smallest thickness [m]."""


@cache
def ancestors(synset: str) -> tuple[str, ...]:
    """Return a synset followed by its hypernyms, the most general last.

    Example:
        >>> ancestors("coffee_table.n.01")[:3]
        ('coffee_table.n.01', 'table.n.02', 'furniture.n.01')
    """
    chain, above = [synset], hypernyms()
    while more_general := above.get(chain[-1]) or wordnet()[1].get(chain[-1]):
        chain.append(more_general)
    return tuple(chain)


@cache
def rows() -> dict[str, dict[str, Any]]:
    """Return the rows of `categories.json` and `further.toml` by name.

    Rows of `further.toml` also have a key `family`: the category of the stand-in, or `plain`.
    """
    added: dict[str, dict[str, Any]] = {}
    for category, kinds in further().items():
        family = _families_by_category().get(category)
        known = family is not None and family.known
        family_row = knowledge()[known] if known else {"rooms": {}, "affordances": ()}
        for noun, (*size, mass) in kinds.items():
            added[noun.replace(" ", "_")] = {
                "synset": family.synset if family is not None else "", "median": size, "mass": mass,
                "family": category, "rooms": family_row["rooms"], "affordances": family_row["affordances"],
            }  # fmt: skip
    return {name: _with_mass(row) for name, row in knowledge().items()} | added


def _with_mass(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose mass, if missing, is estimated from its bounding box."""
    return (
        row if row["mass"] is not None else row | {"mass": round(math.prod(row["median"]) * _BULK_DENSITY, 3)}
    )


_VAGUE = frozenset(("set", "matter", "material", "machine", "light", "wing", "breast", "food"))
"""Nouns too general to stand for the first row whose name ends in them."""


@cache
def rows_by_name() -> dict[str, str]:
    """Return the names of the rows for which an asset can be made, by the same names without underscores.

    Left out are parts of buildings and objects that are too large for a room or smaller than 1 cm.
    """
    feasible = (
        name
        for name, row in rows().items()
        if "family" in row or (name not in _STRUCTURE and _has_feasible_size(row))
    )
    return {name.replace("_", ""): name for name in feasible}


@cache
def rows_by_noun() -> dict[str, str]:
    """Return the names of the same rows by all nouns that name them, without underscores.

    These are the row's name, the lemma of its synset, and the lemma of a hypernym in which its name ends, if
    no other row has that name: `tripod` names the row `camera_tripod`.
    """
    by_suffix: dict[str, str] = {}
    nouns = dict(rows_by_name())
    for name, row in knowledge().items():
        if name not in _STRUCTURE and _has_feasible_size(row):
            lemma = (row["synset"] or name).partition(".")[0]
            nouns.setdefault(lemma.replace("_", ""), name)
            above = {synset.partition(".")[0] for synset in ancestors(row["synset"] or "")[1:]}
            suffixes = (noun for noun in above - _VAGUE if name.endswith(f"_{noun}"))
            by_suffix.update({noun: by_suffix.get(noun, name) for noun in suffixes})
    return {noun.replace("_", ""): name for noun, name in by_suffix.items()} | nouns


def _has_feasible_size(row: dict[str, Any]) -> bool:
    """Return whether an object fits into a room and is at least 1 cm long."""
    within = all(side <= limit for side, limit in zip(row["median"], _LARGEST_M, strict=True))
    return within and max(row["median"]) >= _SMALLEST_M


def typical_size(row: str) -> Vec3:
    """Return the typical depth, width, height of a row [m], each at least 1 mm.

    The table gives sheets no thickness.
    """
    depth, width, height = (max(float(side), _THINNEST_M) for side in rows()[row]["median"])
    return (depth, width, height)


@dataclass(frozen=True)
class Construction:
    """How an asset of a category without a family of its own is built."""

    family: Family | None
    """Stand-in that is stretched to `size`; None for a plain body."""
    size: Vec3
    """Depth, width, height [m]."""
    mass: float
    """[kg]"""
    mount: Mount
    is_subtype: bool = False
    """Whether the family builds the category as it is, without stretching: an oak table is a table."""


@cache
def stand_in(row: str) -> Family | None:
    """Return the family that stands in for a row of the knowledge table; None for a plain body."""
    values = rows()[row]
    if "family" in values:
        return _families_by_category().get(values["family"])
    return construction_of_row(row).family


@cache
def construction_of_row(row: str) -> Construction:
    """Return how an asset for a row of the knowledge table is built, at the row's size and mass.

    The stand-in is the first family of a more general synset with similar proportions; for a fillable object
    it may be a simple container. A portable object never gets a mounted stand-in. Objects that lie on their
    side in the table are stood up, and garments, which the table measures as worn, are folded.
    """
    values, size = rows()[row], typical_size(row)
    mass, affordances = values["mass"], values["affordances"]
    if "family" in values:
        family = stand_in(row)
        mount = _plain_mount(size, "") if family is None else _mount(family, size)
        return Construction(family, size, mass, mount)
    candidates, required_mount = _candidates(values["synset"] or "")
    if "fillable" in affordances and "rigidBody" in affordances:
        candidates = [*candidates, *sorted(_hollow(), key=lambda family: _size_distance(size, family))[:2]]
    for family in candidates:
        family_size = typical(family).size
        orientations = (size, _reoriented(size, family_size))
        fitting = next((sides for sides in orientations if similar_proportions(sides, family_size)), None)
        if fitting is not None and ("sceneObject" in affordances or _portable(family)):
            return Construction(family, fitting, mass, _mount(family, fitting))
    garment = "cloth" in affordances and _CLOTHING in ancestors(values["synset"] or "")
    if garment and candidates and min(size) > _WORN_M:
        folded, family_size = candidates[0], typical(candidates[0]).size
        share = min(1.0, max(size) / (_FOLDS * max(family_size)))
        depth, width, height = (round(side * share, 4) for side in family_size)
        return Construction(folded, (depth, width, height), mass, folded.mount)
    return Construction(None, size, mass, _plain_mount(size, required_mount))


def _candidates(synset: str) -> tuple[list[Family], str]:
    """Return candidate stand-ins for a synset, the best first, and the required mount or an empty string."""
    found = sorted(_same_packaging(synset), key=lambda family: family.category)
    for above in (synset, *(_container(synset) or ancestors(synset)[1:])):
        nature = natures().get(above)
        found += _families_of(above) if nature is None else _stand_in_of(nature)
        if nature is not None:
            usual = _stand_in_of(nature)[0].mount if "make" in nature else ""
            return found, nature.get("mount", "" if usual == "surface" else usual)
    return found, ""


def _same_packaging(synset: str) -> list[Family]:
    """Return the families of other contents in the same packaging: `bag__of__flour` for `bag__of__rice`."""
    packaging, of, _ = synset.partition("__of__")
    return [family for family in FAMILIES if of and _synset(family).startswith(f"{packaging}__of__")]


def _container(synset: str) -> tuple[str, ...]:
    """Return the synset and hypernyms of the container in `bottle__of__water` or `allspice__shaker`."""
    packaging, of, _ = synset.partition("__of__")
    _, separator, holder = synset.partition(".")[0].rpartition("__")
    noun = packaging if of else holder if separator else ""
    found = wordnet()[0].get(noun.replace("_", ""))
    return ancestors(found[1]) if found is not None else ()


def _reoriented(size: Vec3, reference: Vec3) -> Vec3:
    """Return a size with its sides permuted so that they rank like those of a reference, axis by axis."""
    ranks = sorted(range(3), key=lambda axis: reference[axis])
    sides = dict(zip(ranks, sorted(size), strict=True))
    return (sides[0], sides[1], sides[2])


@cache
def construction_of_synset(synset: str) -> Construction | None:
    """Return how an object of a synset is built, or None if no object of its kind can be made.

    The first hypernym that has a family or an entry in `natures.toml` decides. Size and mass are those of
    that entry, of the family, or of the most closely related rows of the table.
    """
    chain = ancestors(synset)
    for level, above in enumerate(chain):
        nature = natures().get(above)
        if nature is not None and nature.get("none"):
            return None
        given = _size_and_mass(nature)
        candidates = _families_of(above) if nature is None else _stand_in_of(nature)
        if candidates:
            family = candidates[0]
            known = typical(family)
            size, mass = given or (known.size, known.mass)
            same = _synset(family) in chain or bool((nature or {}).get("same"))
            mount = _mount(family, size, (nature or {}).get("mount", ""))
            return Construction(family, size, mass, mount, is_subtype=given is None and same)
        if nature is not None:
            size, mass = (_median_of_related(chain) if level > 1 else None) or given or _UNKNOWN
            return Construction(None, size, mass, _plain_mount(size, nature.get("mount", "")))
    return None


def _size_and_mass(nature: Nature | None) -> tuple[Vec3, float] | None:
    """Return the size [m] and mass [kg] given in `natures.toml`, if any."""
    if nature is None or "size" not in nature:
        return None
    depth, width, height = nature["size"]
    return (depth, width, height), nature["mass"]


def _median_of_related(chain: tuple[str, ...]) -> tuple[Vec3, float] | None:
    """Return the median size [m] and mass [kg] of the rows under a synset, else under its first hypernym."""
    for above in chain[:2]:
        if above in natures() and above != chain[0]:
            return None
        related = [row for row in _rows_under().get(above, []) if max(row["median"]) >= _SMALLEST_M]
        if related:
            depth, width, height = (
                max(_THINNEST_M, statistics.median(row["median"][axis] for row in related))
                for axis in range(3)
            )
            return (depth, width, height), statistics.median(row["mass"] for row in related)
    return None


@cache
def _rows_under() -> dict[str, list[dict[str, Any]]]:
    """Return the rows by their synset and by its first hypernym."""
    under: dict[str, list[dict[str, Any]]] = {}
    for name, row in rows().items():
        if row["synset"] and name not in _STRUCTURE and _has_feasible_size(row):
            for above in ancestors(row["synset"])[:2]:
                under.setdefault(above, []).append(row)
    return under


def _plain_mount(size: Vec3, required: str) -> Mount:
    """Return the mount of a plain body: the required one if given, else the floor or a surface by size."""
    if required:
        return cast(Mount, required)
    large = max(size) > _CARRIED_M or math.prod(size) > _CARRIED_M3
    return "floor" if large else "surface"


def _mount(family: Family, size: Vec3, required: str = "") -> Mount:
    """Return the mount of a stretched stand-in: the required one if given, else the family's.

    An object much larger than those of a family that is placed on surfaces may be placed on the floor.
    """
    if required:
        return cast(Mount, required)
    if family.mount == "surface" and max(size) > 1.5 * max(typical(family).size):
        return _plain_mount(size, "")
    return family.mount


def _portable(family: Family) -> bool:
    return not (family.fixed or family.covering or family.mount in ("wall", "ceiling"))


@cache
def _families_by_category() -> dict[str, Family]:
    return {family.category: family for family in FAMILIES}


def _stand_in_of(nature: Nature) -> list[Family]:
    return [_families_by_category()[nature["make"]]] if "make" in nature else []


@cache
def _families_by_synset() -> dict[str, list[Family]]:
    """Return the families by synset; a family whose category is the synset's lemma comes first."""
    found: dict[str, list[Family]] = {}
    for family in FAMILIES:
        for synset in dict.fromkeys((family.synset, _synset(family))):
            found.setdefault(synset, []).append(family)
    for synset, families in found.items():
        lemma = synset.partition(".")[0].replace("_", " ")
        families.sort(key=lambda family: family.category != lemma)
    return found


def _families_of(synset: str) -> list[Family]:
    return _families_by_synset().get(synset, [])


@cache
def _hollow() -> list[Family]:
    return [_families_by_category()[name] for name in _HOLLOW]


def similar_proportions(size: Vec3, other: Vec3) -> bool:
    """Return whether one size can be stretched to another without much distortion.

    Args:
        size: depth, width, height [m].
        other: depth, width, height [m].

    Example:
        >>> similar_proportions((0.2, 0.2, 0.4), (0.1, 0.1, 0.1))
        True
        >>> similar_proportions((0.1, 0.1, 1.0), (0.1, 0.1, 0.1))
        False
    """
    scales = [max(a, _FLAT_M) / max(b, _FLAT_M) for a, b in zip(size, other, strict=True)]
    even = max(scales) <= _MOST_UNEVEN * min(scales)
    return even and 1 / _MOST_SCALED <= math.prod(scales) ** (1 / 3) <= _MOST_SCALED


def _size_distance(size: Vec3, family: Family) -> float:
    """Return the mean absolute log ratio between the sorted sides of a size and a family's typical size."""
    sizes = zip(sorted(size), sorted(typical(family).size), strict=True)
    return sum(abs(math.log(max(a, 1e-3) / max(b, 1e-3))) for a, b in sizes) / 3


def _synset(family: Family) -> str:
    """Return the synset of a family, or that of its row if `hypernyms.json` lacks the former."""
    listed = family.synset in hypernyms() or not family.known
    return family.synset if listed else str(knowledge()[family.known]["synset"])


@dataclass(frozen=True)
class Typical:
    """Typical properties of the assets of a family."""

    size: Vec3
    """Depth, width, height [m]."""
    mass: float
    """[kg]"""
    rooms: dict[str, float]
    """Mean count per room, by room type of the knowledge table."""
    affordances: tuple[str, ...]
    """Affordances of BEHAVIOR-1K, such as `openable`."""


@cache
def typical(family: Family) -> Typical:
    """Return the typical properties of a family.

    They come from the family's row of the knowledge table, or from the middle of its size range if it names
    no row.

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
