"""Matching of objects and attributes to the nouns of a specification.

An object answers to the noun that fits best: words that it was asked for by, its category, or a more
general kind of that category, in the vocabulary or in WordNet. A plain body has only its words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from sage.asset import Asset
from sage.assets.materials import KINDS
from sage.assets.rare_categories import wordnet_noun
from sage.assets.stand_in import ancestors
from sage.assets.vocabulary import TableVocabulary
from sage.geometry import Array
from sage.language import lexicon
from sage.language.styles import look_of
from sage.language.tokens import singulars
from sage.scene import Scene, SceneObject
from sage.vocabulary import PLAIN

__all__ = ["HOW", "Judged", "Match", "Shown", "forms", "kind_of", "match", "matches", "shown", "told"]

How = Literal["kind", "stand_in", "name", "plain"]
HOW: dict[How, str] = {
    "kind": "by its kind, made as what it is",
    "stand_in": "by its kind, another of the same nature stands in",
    "name": "by the words it was asked for alone, made as another kind",
    "plain": "by the words it was asked for alone, made as a plain body",
}

Shown = Literal["shown", "not shown", "kept", "lost"]
"""Seen in the scene; made otherwise; no scene shows it and the object has the word; it has not."""

_SIZES: dict[str, tuple[str, int]] = {
    **dict.fromkeys("small little tiny mini miniature compact".split(), ("volume", -1)),
    **dict.fromkeys("large big huge giant spacious sizable oversized".split(), ("volume", 1)),
    **dict.fromkeys("tall high towering".split(), ("height", 1)),
    **dict.fromkeys("low short".split(), ("height", -1)),
    **dict.fromkeys("long wide".split(), ("length", 1)),
    **dict.fromkeys("narrow slim slender".split(), ("breadth", -1)),
}
_BEDS_M = {"twin": (0.8, 1.25), "single": (0.8, 1.25), "full": (1.25, 1.6), "double": (1.25, 1.6),
           "queen": (1.4, 1.75), "king": (1.7, 2.3)}  # fmt: skip
_SEAT_M = (0.5, 1.1)
_MOUNTS = {
    "wall_mounted": ("wall",), "wall_hung": ("wall",), "floating": ("wall",), "hanging": ("wall", "ceiling"),
    "overhead": ("ceiling", "wall"), "freestanding": ("floor",), "floor_standing": ("floor",),
}  # fmt: skip
_SAME_MATERIAL = (
    {"wood", "wooden", "painted wood"},
    {"metal", "metallic", "steel", "sheet metal", "painted metal", "iron", "aluminium", "brass", "chrome",
     "bronze"},
    {"fabric", "upholstery", "mattress"}, {"ceramic", "porcelain"}, {"stone", "marble"},
    {"plastic", "electronics"}, {"paper", "cardboard"},
)  # fmt: skip
_LEAST_SHARE = 0.1
"""Of the surface that a material takes."""
_TOLERANCE = 0.02


@cache
def forms(noun: str) -> frozenset[str]:
    """Return a noun of a specification in plain words, and what it may be the plural of."""
    head, _, last = re.sub(r"[\s_-]+", " ", noun.casefold()).strip().rpartition(" ")
    return frozenset(f"{head} {word}".strip() for word in singulars(last))


def _spoken(noun: str) -> str:
    return re.sub(r"[\s_-]+", " ", noun.casefold()).strip()


@dataclass(frozen=True)
class Match:
    """An object, the noun that it answers to, and why."""

    object: str
    noun: str
    how: How


def match(
    scene: Scene, nouns: Sequence[str], vocabulary: TableVocabulary, asset_synset: dict[str, str]
) -> tuple[Match, ...]:
    """Return for each object the noun that fits it best, if any does."""
    found = []
    for item in scene.objects:
        synset = asset_synset.get(item.id, "")
        own = nouns if item.id in scene.task.ids else [noun for noun in nouns if " of " not in _spoken(noun)]
        best = matches(item.category, item.name, own, vocabulary, synset, item.support)
        if best is not None:
            found.append(Match(item.id, *best))
    return tuple(found)


def matches(
    category: str,
    name: str,
    nouns: Sequence[str],
    vocabulary: TableVocabulary,
    synset: str = "",
    support: str = "",
) -> tuple[str, How] | None:
    """Return the noun that fits a thing best, and how it fits.

    Args:
        category: of the vocabulary.
        name: the words it was asked for by.
        nouns: of the specifications.
        vocabulary: tells kinds.
        synset: of what was made.
        support: `wall`, `ceiling` or `floor` if it is known where the thing is: a shelf on the wall answers
            to `wall_shelf`.
    """
    ranked = [(_fit(category, name, noun, vocabulary, synset, support), len(noun), noun) for noun in nouns]
    best = max(ranked, key=lambda each: each[:2], default=(0, 0, ""))
    if not best[0]:
        return None
    known = vocabulary.find(category)
    if not any(_by_kind(category, each, vocabulary, synset) for each in (best[2], _head(best[2]))):
        return best[2], "plain" if known and known.stand_in == PLAIN else "name"
    if known is not None and known.stand_in:
        return best[2], "plain" if known.stand_in == PLAIN else "stand_in"
    return best[2], "kind"


def _fit(category: str, name: str, noun: str, vocabulary: TableVocabulary, synset: str, support: str) -> int:
    """Return how well a noun fits: by all its words, by its category, by a kind; 0 not at all."""
    own, asked, said = vocabulary.find(category), forms(noun), forms(name)
    if any(each == one or each.endswith(f" {one}") for each in said for one in asked):
        return 4
    words = set(_spoken(noun).split()) - {"of", "the", "a", support}
    if words <= set(_spoken(name).split()) and (
        forms(_spoken(name).split()[-1]) | forms(_head(name))
    ) & forms(_head(noun)):
        return 3
    if own is not None and own.stand_in == PLAIN:
        return 0
    meant = vocabulary.find(_spoken(noun))
    if meant is not None and own is not None and meant.name == own.name:
        return 2 if forms(category) & asked or len(words) == 1 else 1
    return int(_by_kind(category, noun, vocabulary, synset))


def _head(noun: str) -> str:
    """Return what a noun is about: `chair` of `gaming_chair`, `spool` of `spool_of_thread`."""
    return _spoken(noun).partition(" of ")[0].split()[-1]


def _by_kind(category: str, noun: str, vocabulary: TableVocabulary, synset: str) -> bool:
    """Return whether things of a category are of the kind that a noun names."""
    asked, _, filled = _spoken(noun).partition(" of ")
    if filled and vocabulary.find(_spoken(noun)) is not None:
        asked = _spoken(noun)
    if vocabulary.is_a(category, asked):
        return True
    if category in vocabulary.members(asked):
        return True
    named = wordnet_noun(asked)
    if named is None:
        return False
    known = vocabulary.find(category)
    own = {synset, known.synset if known else "", *((row[1],) if (row := wordnet_noun(category)) else ())} - {
        ""
    }
    return any(named[1] in ancestors(each) for each in own)


@dataclass(frozen=True)
class Judged:
    """What became of an attribute, and of which kind it is."""

    kind: str
    fate: Shown


def told(attribute: str, name: str, *values: str) -> bool:
    """Return whether all words of an attribute are among those that an object has."""
    own = {word for text in (name, *values) for word in re.split(r"[\s_-]+", text.casefold())}
    return set(re.split(r"[\s_-]+", attribute.casefold())) - {"style", "colored", "coloured", "has"} <= own


def kind_of(attribute: str) -> str:
    """Return the kind of an attribute: colour, material, shape, size, seats, mount, state, style, other."""
    word = attribute.casefold().replace("-", "_")
    parts = word.split("_")
    if word in _MOUNTS:
        return "mount"
    if _seats(word) is not None:
        return "seats"
    if parts[0] in _BEDS_M and len(parts) <= 2 and parts[-1] in (*_BEDS_M, "size", "sized"):
        return "bed size"
    if _shape(word):
        return "shape"
    if word in lexicon.STATES or word in ("potted", "framed"):
        return "state"
    if any(part in lexicon.COLOURS for part in parts):
        return "colour"
    if any(part in lexicon.MATERIALS or part in ("woven", "wood") for part in parts):
        return "material"
    if all(part in _SIZES or part in ("very", "profile", "slung", "sized") for part in parts):
        return "size"
    return "style" if look_of([word.replace("_", " ")]).style else "other"


def shown(
    attribute: str, item: SceneObject, asset: Asset, scene: Scene, vocabulary: TableVocabulary
) -> Judged:
    """Judge whether an object of a scene shows an attribute."""
    kind = kind_of(attribute)
    word = attribute.casefold().replace("-", "_")
    kept = told(word, item.name, *item.attributes.values(), *item.states)
    parts = word.split("_")
    seen: bool | None = None
    if kind == "colour":
        wanted = {lexicon.COLOURS[part] for part in parts if part in lexicon.COLOURS}
        seen = asset.attributes.get("color") in wanted
    elif kind == "material":
        seen = any(_is_of(asset, lexicon.MATERIALS.get(part, part)) for part in parts)
    elif kind == "shape":
        seen = _has_shape(asset, _shape(word))
    elif kind == "size":
        measure, sign = next(_SIZES[part] for part in parts if part in _SIZES)
        known = vocabulary.find(item.category)
        ratio = _measure(item.size, measure) / _measure(known.size, measure) if known else 1.0
        seen = sign * (ratio - 1) >= -_TOLERANCE
    elif kind == "bed size":
        low, high = _BEDS_M[parts[0]]
        seen = low <= item.size[1] <= high
    elif kind == "seats":
        seats = _seats(word) or 0
        seen = seats * _SEAT_M[0] <= item.size[1] <= seats * _SEAT_M[1]
    elif kind == "mount":
        seen = item.support in _MOUNTS[word]
    elif word == "empty":
        seen = not scene.supported_by(item.id)
    elif word in ("open", "opened") and asset.joints:
        seen = any(item.joints.values())
    elif kind == "style":
        seen = True if scene.room(item.room).style in look_of([word.replace("_", " ")]).style else None
    if seen is None:
        return Judged(kind, "kept" if kept else "lost")
    return Judged(kind, "shown" if seen else "not shown")


def _seats(word: str) -> int | None:
    found = re.fullmatch(r"([a-z]+|\d)_(?:seat|seater|person)", word)
    return None if found is None else lexicon.NUMBERS.get(found[1])


def _shape(word: str) -> str:
    if word in ("l_shape", "l_shaped", "u_shape", "u_shaped", "sectional"):
        return "l-shaped"
    return lexicon.SHAPES.get(word, "") if word != "corner" else ""


def _is_of(asset: Asset, material: str) -> bool:
    """Return whether part of an asset's surface is of a material."""
    kinds = next((kinds for kinds in _SAME_MATERIAL if material in kinds), {material})
    areas: dict[str, float] = {}
    for link in asset.links:
        for visual in link.visuals:
            corners = visual.mesh.vertices[visual.mesh.faces]
            sides = corners[:, 1:] - corners[:, :1]
            area = float(np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1).sum() / 2)
            made = visual.material.name.replace("_", " ")
            known = max((kind for kind in KINDS if made.startswith(kind)), key=len, default="")
            areas[known] = areas.get(known, 0.0) + area
    if set(areas) == {""}:
        return asset.attributes.get("material") in kinds
    return sum(area for kind, area in areas.items() if kind in kinds) >= _LEAST_SHARE * sum(areas.values())


def _has_shape(asset: Asset, shape: str) -> bool:
    """Return whether an asset is of a shape as seen from above."""
    cells = _plan(asset)
    depth, width = cells.shape
    fill, ratio = float(cells.mean()), max(depth, width) / min(depth, width)
    middle = cells[depth // 3 : -(-2 * depth // 3), width // 3 : -(-2 * width // 3)]
    if shape == "l-shaped":
        return 0.4 < fill < 0.85 and not (cells[0, 0] and cells[0, -1] and cells[-1, 0] and cells[-1, -1])
    if shape in ("round", "oval"):
        rounded = fill < 0.88 and bool(middle.mean() > 0.5) and not cells[0, 0] and not cells[-1, -1]
        return rounded and (ratio < 1.15) == (shape == "round")
    return fill > 0.88 and (ratio < 1.15 if shape == "square" else ratio > 1.05)


def _plan(asset: Asset, cells: int = 48) -> Array:
    """Return which cells of an asset's plan its visual meshes cover, joints at zero."""
    poses = asset.link_poses()
    triangles = np.concatenate([
        poses[link.name].apply(visual.mesh.vertices)[visual.mesh.faces]
        for link in asset.links for visual in link.visuals
    ])[:, :, :2]  # fmt: skip
    low, high = triangles.min(axis=(0, 1)), triangles.max(axis=(0, 1))
    step = float((high - low).max()) / cells
    counts = np.maximum(1, np.ceil((high - low) / step - 1e-9).astype(int))
    plan = np.zeros(tuple(counts), dtype=bool)
    x, y = np.meshgrid(*(low[k] + (np.arange(counts[k]) + 0.5) * step for k in (0, 1)), indexing="ij")
    for a, b, c in triangles:
        first = np.maximum(0, np.floor((np.min((a, b, c), axis=0) - low) / step - 0.5).astype(int))
        last = np.ceil((np.max((a, b, c), axis=0) - low) / step + 0.5).astype(int)
        window = (slice(first[0], last[0]), slice(first[1], last[1]))
        px, py = x[window], y[window]
        sides = [
            (q[0] - p[0]) * (py - p[1]) - (q[1] - p[1]) * (px - p[0]) for p, q in ((a, b), (b, c), (c, a))
        ]
        inside = (np.minimum.reduce(sides) >= -1e-12) | (np.maximum.reduce(sides) <= 1e-12)
        flat = abs((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])) < 1e-12
        if not flat:
            plan[window] |= inside
    return plan


def _measure(size: Sequence[float], what: str) -> float:
    depth, width, height = size
    return {
        "volume": math.prod(size) ** (1 / 3), "height": height, "length": max(depth, width),
        "breadth": min(depth, width),
    }[what]  # fmt: skip
