"""The default source of assets: parametric families."""

from __future__ import annotations

import numpy as np

from assets.families import FAMILIES
from assets.family import Family
from assets.materials import Style
from assets.sculpt import Sculpture
from sage.asset import Asset
from sage.errors import AssetNotFound

__all__ = ["ParametricAssets"]


class ParametricAssets:
    """Makes assets from families; the same random state gives the same asset."""

    def __init__(self, families: tuple[Family, ...] = FAMILIES) -> None:
        self._families = {family.category: family for family in families}

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
            raise AssetNotFound(category, tuple(sorted(self._families))[:5])
        drawn = rng.uniform(family.low, family.high)
        bias = {"small": 0.0, "large": 1.0}.get((attributes or {}).get("size", ""))
        dimensions = []
        for low, high, value, wish in zip(family.low, family.high, drawn, size, strict=True):
            value = low + bias * (high - low) if bias is not None else value
            value = value if wish is None else wish
            dimensions.append(round(float(min(max(value, low), high)), 4))
        depth, width, height = dimensions
        style = Style(rng, dict(attributes or {}))
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
