"""Asset source limited to a number of assets per category, so that the scenes of a dataset share them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

import numpy as np

from sage.asset import Asset, AssetSource
from sage.assets.materials import Finishes

__all__ = ["AssetPool"]


@dataclass(frozen=True)
class AssetPool:
    """Draws from `variants` assets for each category, set of attributes, size and palette that is asked for.

    Pools of different seeds have no asset seed in common.
    """

    source: AssetSource
    seed: int
    variants: int
    finishes: Finishes = field(default_factory=dict)

    def make(
        self,
        category: str,
        rng: np.random.Generator,
        attributes: dict[str, str] | None = None,
        size: tuple[float | None, float | None, float | None] = (None, None, None),
    ) -> Asset:
        """Make one asset; see `sage.asset.AssetSource`. The random state chooses among the variants."""
        told = (category, sorted((attributes or {}).items()), size)
        asked = repr((*told, sorted(self.finishes.items())) if self.finishes else told)
        kind = int.from_bytes(hashlib.sha256(asked.encode()).digest()[:8])
        own = np.random.default_rng([self.seed, kind, int(rng.integers(self.variants))])
        return self.source.make(category, own, attributes, size)

    def within(self, finishes: Finishes) -> AssetPool:
        """Return the pool of assets that keep to the finishes of a room; see `sage.asset.AssetSource`."""
        return replace(self, source=self.source.within(finishes), finishes=finishes)
