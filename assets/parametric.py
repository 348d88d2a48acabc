"""Default asset source, which builds assets from parametric families."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from sage.asset import Asset
from sage.assets.builder import AssetBuilder
from sage.assets.families import FAMILIES
from sage.assets.family import Family
from sage.assets.materials import Finishes, Style
from sage.assets.plain_body import plain_body
from sage.assets.rare_categories import rare_category
from sage.assets.sizing import Size, dimensions, outline_shape, stretch_factors
from sage.errors import AssetNotFound
from sage.spatial.rescale import rescaled

__all__ = ["ParametricAssets"]


_ANY: Size = (None, None, None)
_SPREAD = 0.05
"""Largest random deviation of a stand-in from its typical size, as a share."""


class ParametricAssets:
    """Asset source that builds assets from parametric families.

    The same random state gives the same asset. A category without a family that the knowledge tables list is
    made by a stand-in, a similar family stretched to its size and mass, or as a plain body.

    Args:
        families: families to build from.
        finishes: colours or wood species of the room, by kind of material.
    """

    def __init__(self, families: tuple[Family, ...] = FAMILIES, finishes: Finishes | None = None) -> None:
        self._families = {family.category: family for family in families}
        self._finishes = finishes or {}

    def within(self, finishes: Finishes) -> ParametricAssets:
        """Return a source whose assets use the finishes of a room; see `sage.asset.AssetSource`."""
        return ParametricAssets(tuple(self._families.values()), finishes)

    def make(
        self,
        category: str,
        rng: np.random.Generator,
        attributes: dict[str, str] | None = None,
        size: tuple[float | None, float | None, float | None] = (None, None, None),
    ) -> Asset:
        """Make one asset; see `sage.asset.AssetSource`. A size outside the family's range is clipped to it.

        If a shape is requested that the asset cannot have, it is built as if none were requested. Its
        attribute `shape` is then its actual shape, if that has a name.

        Raises:
            AssetNotFound: no family or stand-in makes this category.
        """
        requested = dict(attributes or {})
        state = rng.bit_generator.state
        asset = self._build(category, rng, requested, size)
        if "shape" in requested and asset.attributes.get("shape") != requested["shape"]:
            rng.bit_generator.state = state
            without_shape = {key: value for key, value in requested.items() if key != "shape"}
            asset = _with_shape(self._build(category, rng, without_shape, size), requested)
        return asset

    def _build(self, category: str, rng: np.random.Generator, requested: dict[str, str], size: Size) -> Asset:
        family = self._families.get(category)
        if family is None:
            return self._build_stand_in(category, rng, requested, size)
        drawn = rng.uniform(family.low, family.high)
        furnishing = family.mount != "surface"
        style = Style(rng, requested, finishes=self._finishes, furnishing=furnishing)
        builder = AssetBuilder(style)
        grasp_width = family.build(builder, dimensions(family, drawn, requested, size))
        asset = builder.finish(
            category,
            family.synset,
            mount=family.mount,
            has_front=family.has_front,
            covering=family.covering,
            grasp_width=grasp_width,
        )
        return _with_shape(asset, requested)

    def _build_stand_in(
        self,
        category: str,
        rng: np.random.Generator,
        requested: dict[str, str],
        size: Size,
    ) -> Asset:
        """Build an asset of a category without a family, at its typical size and mass."""
        rare = rare_category(category)
        if rare is None:
            raise AssetNotFound(category, tuple(sorted(self._families))[:5])
        construction = rare.construction
        family, mount = construction.family, construction.mount
        if family is not None and construction.is_subtype:
            return self._build(family.category, rng, requested, size)
        varied = np.array(construction.size) * rng.uniform(1 - _SPREAD, 1 + _SPREAD)
        factors = stretch_factors(requested, construction.size, mount)
        depth, width, height = (
            round(float(side * factor if target is None else min(max(target, side / 2), side * 2)), 4)
            for side, factor, target in zip(varied, factors, size, strict=True)
        )
        mass = construction.mass * depth * width * height / float(np.prod(construction.size))
        if family is None:
            body = plain_body(
                category, rare.synset, (depth, width, height), mass, mount, rng, requested, self._finishes
            )
            return _with_shape(body, requested)
        asset = rescaled(
            self._build(family.category, rng, requested, _ANY),
            (depth, width, height),
            mass,
            category=category,
            synset=rare.synset,
            provenance=f"parametric: a {family.category}, stretched to the size and mass of a {category}",
        )
        attributes = {key: value for key, value in asset.attributes.items() if key != "shape"}
        asset = asset.model_copy(update={"id": "", "mount": mount, "attributes": attributes}).identified()
        return _with_shape(asset, requested)


def _with_shape(asset: Asset, requested: Mapping[str, str]) -> Asset:
    """Return the asset with its attribute `shape` set, if one was requested and its family sets none."""
    if "shape" not in requested or "shape" in asset.attributes:
        return asset
    shape = outline_shape(asset)
    attributes = asset.attributes | ({"shape": shape} if shape else {})
    return asset.model_copy(update={"id": "", "attributes": attributes}).identified()
