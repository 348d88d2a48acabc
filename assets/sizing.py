"""Dimensions of an asset from the size, seats and shape requested."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from sage.asset import Asset
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["Size", "dimensions", "outline_shape", "stretch_factors"]

Size = tuple[float | None, float | None, float | None]
"""Requested depth, width, height [m]; None for any."""

_SQUARE = 1.08
"""Outlines with a smaller ratio of sides count as square or round."""
_MOST_OBLONG = 2.0
"""Outlines with a larger ratio of sides are never made square or round: a piano does not become square."""
_LEAST_RECTANGULAR = 0.95
"""Smallest share of its bounding rectangle that a rectangular outline fills."""
_LEAST_ROUND, _MOST_ROUND = 0.74, 0.83
"""Smallest and largest share of its bounding rectangle that a round or oval outline fills (a disc: pi/4)."""
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
"""Scale factor of a stand-in along the axes that a size word refers to."""


def _size_words(attributes: Mapping[str, str]) -> list[str]:
    """Return the requested size words, those that refer to most axes first, as `narrow` before `long`."""
    words = [word for word in attributes.get("size", "").split() if word in _STRETCH]
    return sorted(words, key=lambda word: -len(_axes(word, (1.0, 1.0, 1.0), "floor")))


def _axes(word: str, size: Vec3, mount: str) -> tuple[int, ...]:
    """Return the axes that a size word refers to: 0 depth, 1 width, 2 height."""
    if word in ("small", "large"):
        return (0, 1, 2)
    if word in ("tall", "low"):
        return (2,)
    if word == "short":
        return (int(np.argmax(size)),)
    longest_horizontal = (1,) if mount == "wall" or size[1] >= size[0] else (0,)
    if word == "long":
        return longest_horizontal
    if word == "wide":
        return (1,)
    return (1,) if mount == "wall" else (0, 1)


def dimensions(family: Family, drawn: Array, attributes: Mapping[str, str], size: Size) -> Vec3:
    """Return depth, width, height [m] of an asset, within the range of its family.

    Args:
        family: family that builds the asset.
        drawn: randomly drawn depth, width, height [m], shape [3].
        attributes: requested attributes; only `size`, `seats` and `shape` matter here.
        size: requested depth, width, height [m]; these replace the other values and are clipped to the range.
    """
    most = family.most or family.high
    depth, width, height = ((low + high) / 2 for low, high in zip(family.low, family.high, strict=True))
    middle = (depth, width, height)
    targets = [float(value) for value in drawn]
    for word in _size_words(attributes):
        for axis in _axes(word, middle, family.mount):
            targets[axis] = most[axis] if _STRETCH[word] > 1 else family.low[axis]
    seats = attributes.get("seats", "")
    if family.seats is not None and seats.isdigit():
        targets[1] = family.seats[1] + int(seats) * family.seats[0]
    targets = [target if given is None else given for target, given in zip(targets, size, strict=True)]
    limits = zip(targets, family.low, most, strict=True)
    sides = [min(max(value, low), high) for value, low, high in limits]
    one, other = _outline_axes(family.mount)
    shape = attributes.get("shape", "")
    if shape in ("square", "round") and _may_be_square(middle[one], middle[other]):
        low, high = max(family.low[one], family.low[other]), min(most[one], most[other])
        side = float(np.sqrt(sides[one] * sides[other]))
        sides[one] = sides[other] = min(max(side, low), high) if low <= high else side
    elif shape in ("oval", "rectangular") and max(sides[one], sides[other]) < _SQUARE * min(
        sides[one], sides[other]
    ):
        sides[one], sides[other] = family.low[one], most[other]
    depth, width, height = (round(float(side), 4) for side in sides)
    return (depth, width, height)


def stretch_factors(attributes: Mapping[str, str], size: Vec3, mount: str) -> Vec3:
    """Return the scale factors of a stand-in along depth, width, height for the requested size and shape.

    Args:
        attributes: requested attributes; only `size` and `shape` matter here.
        size: typical depth, width, height [m].
        mount: mount of the asset, such as `wall`.

    Example:
        >>> stretch_factors({"size": "tall"}, (0.4, 0.4, 0.8), "floor")
        (1.0, 1.0, 1.2)
    """
    factors = [1.0, 1.0, 1.0]
    for word in _size_words(attributes):
        for axis in _axes(word, size, mount):
            factors[axis] = _STRETCH[word]
    one, other = _outline_axes(mount)
    if attributes.get("shape") in ("square", "round") and _may_be_square(size[one], size[other]):
        side = float(np.sqrt(size[one] * size[other]))
        factors[one], factors[other] = side / size[one], side / size[other]
    return (factors[0], factors[1], factors[2])


def _may_be_square(one: float, other: float) -> bool:
    """Return whether an outline of these sides is compact enough to be made square or round."""
    return max(one, other) <= _MOST_OBLONG * min(one, other)


def _outline_axes(mount: str) -> tuple[int, int]:
    """Return the two axes of the outline that a shape word refers to: front view on walls, else top view."""
    return (1, 2) if mount == "wall" else (0, 1)


def outline_shape(asset: Asset) -> str:
    """Return the shape of an asset's outline from above, or from the front if it is mounted on a wall.

    Returns:
        `round`, `oval`, `square` or `rectangular`; an empty string for any other outline.
    """
    poses = asset.link_poses()
    points = np.concatenate([poses[lk.name].apply(v.mesh.vertices) for lk in asset.links for v in lk.visuals])
    flat = points[:, [1, 2]] if asset.mount == "wall" else points[:, :2]
    sides = np.ptp(flat, axis=0)
    share = float(shapely.MultiPoint(flat).convex_hull.area / np.prod(sides))
    equal_sides = max(sides) <= _SQUARE * min(sides)
    if share >= _LEAST_RECTANGULAR:
        return "square" if equal_sides else "rectangular"
    if _LEAST_ROUND <= share <= _MOST_ROUND:
        return "round" if equal_sides else "oval"
    return ""
