"""Requested sizes, seats and shapes of an asset, and whether they were met."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from sage.asset import Asset
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["Size", "dimensions", "scale", "seen_shape"]

Size = tuple[float | None, float | None, float | None]
"""Wanted depth, width, height [m]; None for any."""

_SQUARE = 1.08
"""Sides less different than this are alike."""
_MOST_OBLONG = 2.0
"""Sides more different than this are not made alike: a piano does not become square."""
_FULL, _ROUNDED = 0.95, 0.83
"""Share of its rectangle that a rectangular outline fills at least, and a round or oval one at most."""
_DISC = 0.74
"""And at least: what fills less is neither."""
_STRETCH = {
    "small": 0.85,
    "short": 0.85,
    "low": 0.8,
    "narrow": 0.8,
    "large": 1.2,
    "tall": 1.2,
    "long": 1.25,
    "wide": 1.25,
}
"""By how much a stand-in is made larger or smaller along the axes that a word is about."""


def _words(attributes: Mapping[str, str]) -> list[str]:
    """Return the words of size that are asked for, those about most axes first: `narrow`, then `long`."""
    words = [word for word in attributes.get("size", "").split() if word in _STRETCH]
    return sorted(words, key=lambda word: -len(_axes(word, (1.0, 1.0, 1.0), "floor")))


def _axes(word: str, size: Vec3, mount: str) -> tuple[int, ...]:
    """Return the axes that a word of size is about: depth, width, height."""
    if word in ("small", "large"):
        return (0, 1, 2)
    if word in ("tall", "low"):
        return (2,)
    if word == "short":
        return (int(np.argmax(size)),)
    flat = (1,) if mount == "wall" or size[1] >= size[0] else (0,)
    if word == "long":
        return flat
    if word == "wide":
        return (1,)
    return (1,) if mount == "wall" else (0, 1)


def dimensions(family: Family, drawn: Array, attributes: Mapping[str, str], size: Size) -> Vec3:
    """Return depth, width, height [m] of a thing to be made, within the range of its family.

    Args:
        drawn: the same, as chance would have them.
        attributes: of which `size`, `seats` and `shape` count.
        size: that are wanted whatever is drawn; clipped to the range.
    """
    most = family.most or family.high
    depth, width, height = ((low + high) / 2 for low, high in zip(family.low, family.high, strict=True))
    middle = (depth, width, height)
    wanted = [float(value) for value in drawn]
    for word in _words(attributes):
        for axis in _axes(word, middle, family.mount):
            wanted[axis] = most[axis] if _STRETCH[word] > 1 else family.low[axis]
    seats = attributes.get("seats", "")
    if family.seats is not None and seats.isdigit():
        wanted[1] = family.seats[1] + int(seats) * family.seats[0]
    wanted = [own if wish is None else wish for own, wish in zip(wanted, size, strict=True)]
    limits = zip(wanted, family.low, most, strict=True)
    sides = [min(max(value, low), high) for value, low, high in limits]
    one, other = _outline(family.mount)
    shape = attributes.get("shape", "")
    if shape in ("square", "round") and _nearly(middle[one], middle[other]):
        low, high = max(family.low[one], family.low[other]), min(most[one], most[other])
        side = float(np.sqrt(sides[one] * sides[other]))
        sides[one] = sides[other] = min(max(side, low), high) if low <= high else side
    elif shape in ("oval", "rectangular") and max(sides[one], sides[other]) < _SQUARE * min(
        sides[one], sides[other]
    ):
        sides[one], sides[other] = family.low[one], most[other]
    depth, width, height = (round(float(side), 4) for side in sides)
    return (depth, width, height)


def scale(attributes: Mapping[str, str], size: Vec3, mount: str) -> Vec3:
    """Return the factors by which a stand-in of a usual size is stretched for its wanted size and shape."""
    factors = [1.0, 1.0, 1.0]
    for word in _words(attributes):
        for axis in _axes(word, size, mount):
            factors[axis] = _STRETCH[word]
    one, other = _outline(mount)
    if attributes.get("shape") in ("square", "round") and _nearly(size[one], size[other]):
        side = float(np.sqrt(size[one] * size[other]))
        factors[one], factors[other] = side / size[one], side / size[other]
    return (factors[0], factors[1], factors[2])


def _nearly(one: float, other: float) -> bool:
    """Return whether a thing is no more oblong than those that are made square or round as well."""
    return max(one, other) <= _MOST_OBLONG * min(one, other)


def _outline(mount: str) -> tuple[int, int]:
    """Return the axes of the outline by which people name a thing's shape."""
    return (1, 2) if mount == "wall" else (0, 1)


def seen_shape(asset: Asset) -> str:
    """Return what its outline looks like from above, or from the front if it hangs on a wall.

    `round`, `oval`, `square`, `rectangular`, or nothing if it is none of these.
    """
    poses = asset.link_poses()
    points = np.concatenate([poses[lk.name].apply(v.mesh.vertices) for lk in asset.links for v in lk.visuals])
    flat = points[:, [1, 2]] if asset.mount == "wall" else points[:, :2]
    sides = np.ptp(flat, axis=0)
    share = float(shapely.MultiPoint(flat).convex_hull.area / np.prod(sides))
    alike = max(sides) <= _SQUARE * min(sides)
    if share >= _FULL:
        return "square" if alike else "rectangular"
    if _DISC <= share <= _ROUNDED:
        return "round" if alike else "oval"
    return ""
