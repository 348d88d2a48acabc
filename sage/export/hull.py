"""Convex hulls simplified to the facet limits of USD importers.

PhysX limits a convex hull to 64 facets and drops points beyond that, so a round object would rest on another
facet than in the scene. A collider split into several hulls keeps all its points.
"""

from __future__ import annotations

import numpy as np

from sage.asset import Collider
from sage.geometry import Array, convex_hull, face_normals

__all__ = ["split_hull"]

_MAX_FACETS = 60
_PLANE_DECIMALS = 6
"""Decimals to which the planes of triangles must agree to count as one facet."""


def split_hull(collider: Collider) -> tuple[Collider, ...]:
    """Return convex pieces of at most 60 facets that together fill a collider, in its link frame.

    A box, or a collider within the limit, is returned unchanged. Others are halved across their longest axis.
    """
    if collider.box or _facets(collider) <= _MAX_FACETS:
        return (collider,)
    points = collider.points
    axis = int(np.argmax(np.ptp(points, axis=0)))
    middle = float(points[:, axis].mean())
    side = points[:, axis] - middle
    edges = np.unique(np.sort(collider.faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1), axis=0)
    a, b = edges[(side[edges[:, 0]] > 0) != (side[edges[:, 1]] > 0)].T
    fraction = (side[a] / (side[a] - side[b]))[:, None]
    section = points[a] + fraction * (points[b] - points[a])
    halves = (_hull(collider.name, np.concatenate([points[half], section])) for half in (side <= 0, side > 0))
    return tuple(part for half in halves for part in split_hull(half))


def _facets(collider: Collider) -> int:
    normals = face_normals(collider.points, collider.faces)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    planes = np.column_stack([normals, np.einsum("ij,ij->i", normals, collider.points[collider.faces[:, 0]])])
    return len(np.unique(np.round(planes, _PLANE_DECIMALS), axis=0))


def _hull(name: str, points: Array) -> Collider:
    corners, faces = convex_hull(points)
    return Collider(name=name, points=corners, faces=faces)
