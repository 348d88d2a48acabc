"""Asset source with a bounded number of variants per request."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

import numpy as np

from sage.asset import Asset, AssetSource
from sage.assets.materials import Finishes

__all__ = ["AssetPool"]


@dataclass(frozen=True)
class AssetPool:
    """Asset source that returns one of `variants` assets for each distinct request.

    A request is a category with its attributes, size and finishes. The scenes of a dataset that share a pool
    share its assets. Pools with different seeds make different assets.
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
        """Make one asset; see `sage.asset.AssetSource`. `rng` is used only to choose the variant."""
        request = (category, sorted((attributes or {}).items()), size)
        key = repr((*request, sorted(self.finishes.items())) if self.finishes else request)
        request_seed = int.from_bytes(hashlib.sha256(key.encode()).digest()[:8])
        variant_rng = np.random.default_rng([self.seed, request_seed, int(rng.integers(self.variants))])
        return self.source.make(category, variant_rng, attributes, size)

    def within(self, finishes: Finishes) -> AssetPool:
        """Return a pool whose assets use the finishes of a room; see `sage.asset.AssetSource`."""
        return replace(self, source=self.source.within(finishes), finishes=finishes)
