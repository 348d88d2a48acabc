"""How a thing may be set down other than on its base: on edge, as books on a shelf; on end, as pens in a pot.

A stance is a pose `set_from_asset`: it turns the asset so that the middle of what it then stands on is the
origin.
"""

from __future__ import annotations

import math

import numpy as np

from sage.asset import Asset
from sage.geometry import Array, Pose, Vec3

__all__ = ["ON_BASE", "extents", "falls_over", "on_edge", "on_end"]

ON_BASE = Pose()

_EDGE = np.array([[0.0, 1.0, 0.0], [0.0, 0.0, -1.0], [-1.0, 0.0, 0.0]])
"""The left side looks ahead, what was the front is below."""
_WAYS = 16
_LEVEL_M = 1e-6
_END = {
    0: np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
    1: np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]),
}
"""By which side of the asset comes to be upright."""


def on_edge(asset: Asset) -> Pose:
    """Return the stance of a book on a shelf: its left side, the spine, ahead."""
    return _stance(asset, _EDGE)


def on_end(asset: Asset) -> Pose:
    """Return the stance with the longer horizontal side upright."""
    return _stance(asset, _END[int(np.argmax(asset.size[:2]))])


def extents(asset: Asset, stance: Pose) -> Vec3:
    """Return depth, width and height in a stance [m]."""
    corners = stance.apply(asset.corners)
    depth, width, height = (float(v) for v in corners.max(axis=0) - corners.min(axis=0))
    return (depth, width, height)


def falls_over(points: Array, middle: Array, tilt: float) -> bool:
    """Tell whether a body on level ground goes on falling once it is tilted.

    It does if its centre of mass is then lower than it was, whichever way that is. A ball does not: it
    rolls.

    Args:
        points: corners of its convex pieces [m], shape [n, 3].
        middle: its centre of mass [m], shape [3].
        tilt: by how much [rad].
    """
    arms = points - middle
    headings = np.arange(_WAYS) * 2 * math.pi / _WAYS
    ahead = arms[:, :2] @ np.stack([np.cos(headings), np.sin(headings)])
    tilted = math.cos(tilt) * arms[:, 2:] - math.sin(tilt) * ahead
    return bool(tilted.min(axis=0).max() > arms[:, 2].min() + _LEVEL_M)


def _stance(asset: Asset, turn: Array) -> Pose:
    corners = asset.corners @ turn.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    middle = (low + high) / 2
    matrix = np.eye(4)
    matrix[:3, :3] = turn
    matrix[:3, 3] = -middle[0], -middle[1], -low[2]
    return Pose.from_matrix(matrix)
