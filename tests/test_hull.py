"""Convex pieces with many facets are split into pieces with few that fill them exactly."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import ConvexHull

from sage.asset import Collider
from sage.export.hull import split_hull
from sage.geometry import Array

pytestmark = pytest.mark.quick


def piece(points: Array) -> Collider:
    """Return the hull of points, its faces counter-clockwise from outside."""
    hull = ConvexHull(points)
    faces = hull.simplices.astype(np.int64)
    a, b, c = (points[faces[:, corner]] for corner in range(3))
    inwards = np.einsum("ij,ij->i", np.cross(b - a, c - a), hull.equations[:, :3]) < 0
    faces[inwards] = faces[inwards][:, ::-1]
    return Collider(name="piece", points=points, faces=faces)


def test_a_round_piece_is_cut_into_pieces_that_fill_it() -> None:
    points = np.random.default_rng(0).normal(size=(160, 3))
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    hull = ConvexHull(points)
    parts = split_hull(piece(points))
    hulls = [ConvexHull(part.points) for part in parts]
    assert len(parts) > 1 and all(len(np.unique(h.equations.round(6), axis=0)) <= 60 for h in hulls)
    assert np.isclose(sum(h.volume for h in hulls), hull.volume, rtol=1e-9)
    corners = np.concatenate([part.points for part in parts])
    assert all(np.linalg.norm(corners - point, axis=1).min() < 1e-12 for point in points)


def test_a_piece_of_few_facets_stays() -> None:
    angles = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles), np.zeros(40)])
    points = np.concatenate([ring, ring + np.array([0.0, 0.0, 1.0])])
    tin = piece(points)
    (only,) = split_hull(tin)
    assert only is tin
