"""Generic box or cylinder assets for categories that no family resembles."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from sage.asset import Asset
from sage.assets.builder import AssetBuilder
from sage.assets.materials import Finishes, Style
from sage.geometry import Vec3
from sage.spatial.rescale import rescaled

__all__ = ["plain_body"]

_ROUND = 1.15
"""Footprints with a smaller ratio of length to width may become cylinders."""
_LARGEST_ROUND_M = 0.6
"""Longest side of a body that is a cylinder by default [m]."""
_BEVEL = 0.12
"""Bevel as a share of the smallest side."""
_MOST_BEVEL_M = 0.02
_EDGE_M = 0.01
"""Margin around the support surface on top [m]."""
_LEAST_TOP_M = 0.08
"""Smallest side of a support surface [m]."""


def plain_body(
    category: str,
    synset: str,
    size: Vec3,
    mass: float,
    mount: Literal["floor", "surface", "wall", "ceiling"],
    rng: np.random.Generator,
    attributes: dict[str, str],
    finishes: Finishes,
) -> Asset:
    """Make a bevelled box, or a cylinder if the footprint is nearly square.

    Args:
        category: category of the asset.
        synset: WordNet synset of the asset.
        size: depth, width, height [m].
        mass: total mass [kg].
        mount: where the asset is placed; a body on the floor or on a surface gets a support surface on top.
        rng: source of randomness.
        attributes: requested attributes, such as `{"color": "red"}`.
        finishes: finishes of the room.
    """
    depth, width, height = size
    style = Style(rng, attributes, finishes=finishes, furnishing=mount != "surface")
    builder = AssetBuilder(style)
    part = builder.part()
    skin = style.main("plastic", "wood", colours=("beige", "grey", "white", "brown", "birch", "pine", "oak"))
    bevel = min(_BEVEL * min(size), _MOST_BEVEL_M)
    nearly_square = max(depth, width) < _ROUND * min(depth, width)
    shape = style.requested.get("shape", "round" if max(size) <= _LARGEST_ROUND_M else "")
    if shape == "round" and nearly_square:
        radius = min(depth, width) / 2
        profile = [(radius - bevel, 0.0), (radius, bevel), (radius, height - bevel), (radius - bevel, height)]
        part.lathe(profile, skin)
        top = radius * math.sqrt(2)
    else:
        part.box(size, (0, 0, height / 2), skin, bevel=bevel)
        top = math.inf
    clear = (min(depth - 2 * _EDGE_M, top), min(width - 2 * _EDGE_M, top))
    if mount in ("floor", "surface") and min(clear) >= _LEAST_TOP_M:
        builder.surface("top", (0, 0, height), clear)
    asset = builder.finish(category, synset, mount=mount)
    return rescaled(
        asset,
        size,
        mass,
        category=category,
        synset=synset,
        provenance="parametric: a plain body of its size and mass",
    )
