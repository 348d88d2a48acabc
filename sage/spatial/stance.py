"""Poses of rest other than on the base: on edge, on end, on the back.

A stance is a pose `set_from_asset`: it turns the asset so that the middle of what it then stands on is the
origin.
"""

from __future__ import annotations

import math

import numpy as np

from sage.asset import Asset
from sage.geometry import Array, Pose, Vec3

__all__ = ["ON_BASE", "extents", "falls_over", "on_back", "on_edge", "on_end"]

ON_BASE = Pose()

_EDGES = (
    np.array([[0.0, 1.0, 0.0], [0.0, 0.0, -1.0], [-1.0, 0.0, 0.0]]),
    np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
)
"""The left side looks ahead; below is what was the front, or what was the back."""
_FOOT_M = 0.002
"""What is no higher than this above its lowest point bears a thing."""
_WAYS = 16
_LEVEL_M = 1e-6
_END = {
    0: np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
    1: np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]),
}
"""By which side of the asset comes to be upright."""


def on_edge(asset: Asset) -> Pose:
    """Return the stance of a book on a shelf: its left side, the spine, ahead.

    It stands on its front, or on its back where that is broader: a case does not stand on its handle.
    """
    front, back = (_stance(asset, turn) for turn in _EDGES)
    return back if _foot(asset, back) > 2 * _foot(asset, front) else front


def on_end(asset: Asset) -> Pose:
    """Return the stance with the longer horizontal side upright."""
    return _stance(asset, _END[int(np.argmax(asset.size[:2]))])


def on_back(asset: Asset) -> Pose:
    """Return the stance with the front upwards."""
    return _stance(asset, _END[0])


def extents(asset: Asset, stance: Pose) -> Vec3:
    """Return depth, width and height in a stance [m]."""
    corners = stance.apply(asset.corners)
    depth, width, height = (float(v) for v in corners.max(axis=0) - corners.min(axis=0))
    return (depth, width, height)


def falls_over(points: Array, middle: Array, tilt: float) -> bool:
    """Return whether a body on level ground goes on falling once it is tilted.

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


def _foot(asset: Asset, stance: Pose) -> float:
    """Return how narrow that is on which a thing stands [m]."""
    points = stance.apply(asset.collision_points())
    bears = points[points[:, 2] < points[:, 2].min() + _FOOT_M]
    return float(np.ptp(bears[:, :2], axis=0).min())


def _stance(asset: Asset, turn: Array) -> Pose:
    corners = asset.corners @ turn.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    middle = (low + high) / 2
    matrix = np.eye(4)
    matrix[:3, :3] = turn
    matrix[:3, 3] = -middle[0], -middle[1], -low[2]
    return Pose.from_matrix(matrix)
