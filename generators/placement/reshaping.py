"""Folded, bundled, shrunk and enlarged variants of assets."""

from __future__ import annotations

from collections.abc import Iterator

from sage.asset import Asset
from sage.geometry import Pose, Vec3
from sage.spatial.rescale import rescaled
from sage.spatial.stance import ON_BASE, on_back
from sage.vocabulary import Category

__all__ = [
    "LARGE_CLOTH_M",
    "MASS_LIMIT",
    "STRETCHES",
    "enlarged",
    "folded",
    "for_the_floor",
    "is_plausible_size",
    "scaled_size",
    "shrunk",
]

LARGE_CLOTH_M = 0.9
"""Length above which cloths are stored folded [m]."""
STRETCHES = (1.1, 1.2, 1.3, 1.4, 1.55, 1.7, 1.9)
"""Scale factors that are tried in turn."""
MASS_LIMIT = 2.3
"""Largest mass of an enlarged asset, relative to the typical mass of its category."""
_SIDE_LIMIT = 1.9
"""Largest side of an enlarged asset, relative to the typical side of its category."""
_LEAST_MASS_SHARE = 0.45
"""Least mass of a shrunk asset, relative to the original."""
_FLAT = 0.2
"""Height relative to the shorter side below which an asset is flat."""
_UPRIGHT = 0.5
"""Depth relative to width and height below which an asset made to hang does not stand upright."""
_BUNDLE_M = 0.12
"""Depth and height of a large cloth in a bundle [m]."""


def folded(asset: Asset) -> Iterator[Asset]:
    """Yield a flat asset folded across its longer side once, twice and so on, until it is no longer flat."""
    depth, width, height = asset.size
    while height < _FLAT * min(depth, width):
        shape = (depth / 2, width) if depth > width else (depth, width / 2)
        depth, width, height = (*shape, 2 * height)
        yield rescaled(
            asset, (round(depth, 4), round(width, 4), round(height, 4)), asset.mass,
            provenance=f"{asset.provenance}; folded to fit where it has to be",
        )  # fmt: skip


def for_the_floor(asset: Asset) -> tuple[Asset, Pose]:
    """Return the variant of an asset that lies or stands on the floor, and its stance there.

    Of assets made to hang, large cloths and blinds are bundled, flat ones lie on their back, others stand.

    Returns:
        The asset, and the pose `set_from_asset`; see `sage.spatial.stance`.
    """
    depth, width, height = asset.size
    if asset.mount not in ("wall", "ceiling"):
        return asset, ON_BASE
    if height > LARGE_CLOTH_M and depth < _FLAT * height:
        size = (round(max(depth, _BUNDLE_M), 4), width, _BUNDLE_M)
        note = f"{asset.provenance}; drawn up to lie on the floor"
        return rescaled(asset, size, asset.mass, provenance=note), ON_BASE
    return asset, on_back(asset) if depth < _UPRIGHT * min(width, height) else ON_BASE


def shrunk(asset: Asset, share: float) -> Asset:
    """Return an asset whose sides are scaled by `share` < 1; its mass shrinks less than its volume."""
    depth, width, height = (round(side * share, 4) for side in asset.size)
    note = f"{asset.provenance}; made smaller to fit where it has to be"
    mass = asset.mass * max(share**1.5, _LEAST_MASS_SHARE)
    return rescaled(asset, (depth, width, height), mass, provenance=note)


def enlarged(asset: Asset, known: Category) -> Iterator[Asset]:
    """Yield an asset scaled up uniformly, step by step, as far as is plausible for its category."""
    for step in STRETCHES:
        size = scaled_size(asset.size, (step, step, step))
        if not is_plausible_size(size, asset.size, known.size):
            return
        mass = min(asset.mass * step**2, max(MASS_LIMIT * known.mass, asset.mass))
        note = f"{asset.provenance}; made larger for what it has to take"
        yield rescaled(asset, size, mass, provenance=note)


def scaled_size(size: Vec3, scale: Vec3) -> Vec3:
    """Return a size scaled per axis, rounded to 0.1 mm [m]."""
    depth, width, height = (round(side * factor, 4) for side, factor in zip(size, scale, strict=True))
    return (depth, width, height)


def is_plausible_size(size: Vec3, before: Vec3, typical: Vec3) -> bool:
    """Return whether no side exceeds 1.9 times the typical one, or the one before scaling if that is larger.

    Args:
        size: sides after scaling [m]; sides are compared smallest with smallest.
        before: sides before scaling [m].
        typical: typical sides of the category [m].
    """
    sides = zip(sorted(size), sorted(before), sorted(typical), strict=True)
    return all(side <= max(_SIDE_LIMIT * usual, old) for side, old, usual in sides)
