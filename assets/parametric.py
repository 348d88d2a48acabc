"""The default source of assets: parametric families."""

from __future__ import annotations

import numpy as np

from assets.families import FAMILIES
from assets.family import Family
from assets.materials import Finishes, Style
from assets.plain import plain_body
from assets.rare import rare
from assets.sculpt import Sculpture
from sage.asset import Asset
from sage.errors import AssetNotFound
from sage.rescale import rescaled

__all__ = ["ParametricAssets"]


_SPREAD = 0.05
"""How much larger or smaller than known a stand-in is made."""
_SIZES = {"small": 0.85, "large": 1.2}
"""The same if it is asked for small or large."""


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
        """Make one asset; see `sage.asset.AssetSource`. A size beyond the family's range is clipped."""
        family = self._families.get(category)
        if family is None:
            return self._stretched(category, rng, attributes, size)
        drawn = rng.uniform(family.low, family.high)
        bias = {"small": 0.0, "large": 1.0}.get((attributes or {}).get("size", ""))
        dimensions = []
        for low, high, value, wish in zip(family.low, family.high, drawn, size, strict=True):
            value = low + bias * (high - low) if bias is not None else value
            value = value if wish is None else wish
            dimensions.append(round(float(min(max(value, low), high)), 4))
        depth, width, height = dimensions
        furnishing = family.mount != "surface"
        style = Style(rng, dict(attributes or {}), finishes=self._finishes, furnishing=furnishing)
        sculpture = Sculpture(style)
        grasp_width = family.build(sculpture, (depth, width, height))
        return sculpture.finish(
            category,
            family.synset,
            mount=family.mount,
            has_front=family.has_front,
            covering=family.covering,
            grasp_width=grasp_width,
        )

    def _stretched(
        self,
        category: str,
        rng: np.random.Generator,
        attributes: dict[str, str] | None,
        size: tuple[float | None, float | None, float | None],
    ) -> Asset:
        """Make what stands for a kind without a family, at its known size and mass."""
        kind = rare(category)
        if kind is None:
            raise AssetNotFound(category, tuple(sorted(self._families))[:5])
        family, typical = kind.made.family, kind.made.size
        if family is not None and kind.made.plainly:
            return self.make(family.category, rng, attributes, size)
        middle = np.array(typical) * rng.uniform(1 - _SPREAD, 1 + _SPREAD)
        bias = _SIZES.get((attributes or {}).get("size", ""), 1.0)
        depth, width, height = (
            round(float(own * bias if wish is None else min(max(wish, own / 2), own * 2)), 4)
            for own, wish in zip(middle, size, strict=True)
        )
        mass = kind.made.mass * depth * width * height / float(np.prod(typical))
        if family is None:
            return plain_body(
                category, kind.synset, (depth, width, height), mass, kind.made.mount, rng, attributes or {},
                self._finishes,
            )  # fmt: skip
        asset = rescaled(
            self.make(family.category, rng, attributes), (depth, width, height), mass, category=category,
            synset=kind.synset,
            provenance=f"parametric: a {family.category}, stretched to the size and mass of a {category}",
        )  # fmt: skip
        return asset.model_copy(update={"id": "", "mount": kind.made.mount}).identified()
