"""Asset source backed by the parametric families, the default."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sage.asset import Asset
from sage.assets.families import FAMILIES
from sage.assets.family import Family
from sage.assets.materials import Finishes, Style
from sage.assets.plain import plain_body
from sage.assets.rare import rare
from sage.assets.sculpt import Sculpture
from sage.assets.wishes import Size, dimensions, scale, seen_shape
from sage.errors import AssetNotFound
from sage.spatial.rescale import rescaled

__all__ = ["ParametricAssets"]


_ANY: Size = (None, None, None)
_SPREAD = 0.05
"""How much larger or smaller than known a stand-in is made."""


class ParametricAssets:
    """Makes assets from families; the same random state gives the same asset.

    A kind that has no family, but is known of, is made by one of the same nature and stretched, or as a
    plain body.
    """

    def __init__(self, families: tuple[Family, ...] = FAMILIES, finishes: Finishes | None = None) -> None:
        self._families = {family.category: family for family in families}
        self._finishes = finishes or {}

    def within(self, finishes: Finishes) -> ParametricAssets:
        """Return a source that keeps to the finishes of a room; see `sage.asset.AssetSource`."""
        return ParametricAssets(tuple(self._families.values()), finishes)

    def make(
        self,
        category: str,
        rng: np.random.Generator,
        attributes: dict[str, str] | None = None,
        size: tuple[float | None, float | None, float | None] = (None, None, None),
    ) -> Asset:
        """Make one asset; see `sage.asset.AssetSource`. A size beyond the family's range is clipped.

        Where a shape is asked for, the asset's attribute `shape` tells the one that it has, if any: a thing
        that cannot be made in that shape is made as if none had been asked for.
        """
        asked = dict(attributes or {})
        state = rng.bit_generator.state
        asset = self._made(category, rng, asked, size)
        if "shape" in asked and asset.attributes.get("shape") != asked["shape"]:
            rng.bit_generator.state = state
            plain = {key: value for key, value in asked.items() if key != "shape"}
            asset = _of_shape(self._made(category, rng, plain, size), asked)
        return asset

    def _made(self, category: str, rng: np.random.Generator, asked: dict[str, str], size: Size) -> Asset:
        family = self._families.get(category)
        if family is None:
            return self._stretched(category, rng, asked, size)
        drawn = rng.uniform(family.low, family.high)
        furnishing = family.mount != "surface"
        style = Style(rng, asked, finishes=self._finishes, furnishing=furnishing)
        sculpture = Sculpture(style)
        grasp_width = family.build(sculpture, dimensions(family, drawn, asked, size))
        asset = sculpture.finish(
            category,
            family.synset,
            mount=family.mount,
            has_front=family.has_front,
            covering=family.covering,
            grasp_width=grasp_width,
        )
        return _of_shape(asset, asked)

    def _stretched(
        self,
        category: str,
        rng: np.random.Generator,
        asked: dict[str, str],
        size: Size,
    ) -> Asset:
        """Make what stands for a kind without a family, at its known size and mass."""
        kind = rare(category)
        if kind is None:
            raise AssetNotFound(category, tuple(sorted(self._families))[:5])
        family, typical = kind.made.family, kind.made.size
        if family is not None and kind.made.plainly:
            return self._made(family.category, rng, asked, size)
        middle = np.array(typical) * rng.uniform(1 - _SPREAD, 1 + _SPREAD)
        stretch = scale(asked, typical, kind.made.mount)
        depth, width, height = (
            round(float(own * factor if wish is None else min(max(wish, own / 2), own * 2)), 4)
            for own, factor, wish in zip(middle, stretch, size, strict=True)
        )
        mass = kind.made.mass * depth * width * height / float(np.prod(typical))
        if family is None:
            body = plain_body(
                category, kind.synset, (depth, width, height), mass, kind.made.mount, rng, asked,
                self._finishes,
            )  # fmt: skip
            return _of_shape(body, asked)
        asset = rescaled(
            self._made(family.category, rng, asked, _ANY), (depth, width, height), mass, category=category,
            synset=kind.synset,
            provenance=f"parametric: a {family.category}, stretched to the size and mass of a {category}",
        )  # fmt: skip
        told = {key: value for key, value in asset.attributes.items() if key != "shape"}
        asset = asset.model_copy(update={"id": "", "mount": kind.made.mount, "attributes": told}).identified()
        return _of_shape(asset, asked)


def _of_shape(asset: Asset, asked: Mapping[str, str]) -> Asset:
    """Return an asset that tells its shape, if one was asked for and its builder does not tell."""
    if "shape" not in asked or "shape" in asset.attributes:
        return asset
    seen = seen_shape(asset)
    told = asset.attributes | ({"shape": seen} if seen else {})
    return asset.model_copy(update={"id": "", "attributes": told}).identified()
