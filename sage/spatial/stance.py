"""Resting orientations of an asset: on its base, on edge, on end, on its back.

A stance is a pose `set_from_asset` that rotates the asset and puts the middle of its bounding box's underside
at the origin.
"""

from __future__ import annotations

import math

import numpy as np

from sage.asset import Asset
from sage.geometry import Array, Pose, Vec3

__all__ = ["ON_BASE", "extents", "falls_over", "on_back", "on_edge", "on_end"]

ON_BASE = Pose()
"""Stance of an asset on its base."""

_EDGES = (
    np.array([[0.0, 1.0, 0.0], [0.0, 0.0, -1.0], [-1.0, 0.0, 0.0]]),
    np.array([[0.0, 1.0, 0.0], [0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]),
)
"""Rotations that turn the left side to the front, and the front, or the back, downwards."""
_FOOT_M = 0.002
"""Height of the lowest part of an asset, which bears it [m]."""
_DIRECTIONS = 16
_LEVEL_M = 1e-6
_END = {
    0: np.array([[0.0, 0.0, -1.0], [0.0, 1.0, 0.0], [1.0, 0.0, 0.0]]),
    1: np.array([[1.0, 0.0, 0.0], [0.0, 0.0, -1.0], [0.0, 1.0, 0.0]]),
}
"""Rotations that turn the depth, or the width, upright."""


def on_edge(asset: Asset) -> Pose:
    """Return the stance of a book on a shelf: its left side, the spine, faces ahead.

    The asset stands on its front, or on its back if that is at least twice as broad, as with a briefcase.
    """
    front, back = (_stance(asset, turn) for turn in _EDGES)
    return back if _foot(asset, back) > 2 * _foot(asset, front) else front


def on_end(asset: Asset) -> Pose:
    """Return the stance with the longer horizontal side upright."""
    return _stance(asset, _END[int(np.argmax(asset.size[:2]))])


def on_back(asset: Asset) -> Pose:
    """Return the stance with the front facing up."""
    return _stance(asset, _END[0])


def extents(asset: Asset, stance: Pose) -> Vec3:
    """Return depth, width and height of an asset in a stance [m]."""
    corners = stance.apply(asset.corners)
    depth, width, height = (float(v) for v in corners.max(axis=0) - corners.min(axis=0))
    return (depth, width, height)


def falls_over(points: Array, middle: Array, tilt: float) -> bool:
    """Return whether a body on level ground falls over once it is tilted.

    It does if a tilt in some direction lowers its centre of mass. A ball does not fall over.

    Args:
        points: corners of its convex pieces [m, world frame], shape [n, 3].
        middle: its centre of mass [m, world frame], shape [3].
        tilt: angle of the tilt [rad].
    """
    arms = points - middle
    headings = np.arange(_DIRECTIONS) * 2 * math.pi / _DIRECTIONS
    ahead = arms[:, :2] @ np.stack([np.cos(headings), np.sin(headings)])
    tilted = math.cos(tilt) * arms[:, 2:] - math.sin(tilt) * ahead
    return bool(tilted.min(axis=0).max() > arms[:, 2].min() + _LEVEL_M)


def _foot(asset: Asset, stance: Pose) -> float:
    """Return the smaller side of the area that bears an asset in a stance [m]."""
    points = stance.apply(asset.collision_points())
    feet = points[points[:, 2] < points[:, 2].min() + _FOOT_M]
    return float(np.ptp(feet[:, :2], axis=0).min())


def _stance(asset: Asset, turn: Array) -> Pose:
    corners = asset.corners @ turn.T
    low, high = corners.min(axis=0), corners.max(axis=0)
    middle = (low + high) / 2
    matrix = np.eye(4)
    matrix[:3, :3] = turn
    matrix[:3, 3] = -middle[0], -middle[1], -low[2]
    return Pose.from_matrix(matrix)
