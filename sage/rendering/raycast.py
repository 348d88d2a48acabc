"""Ray casting against scene surfaces with Intel Embree 4; the only module that imports embreex.

Embree computes in single precision: at room scale, hit points are accurate to about 10 micrometres.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from embreex.mesh_construction import TriangleMesh
from embreex.rtcore_scene import EmbreeScene

from sage.rendering.surfaces import Surfaces

__all__ = ["Hits", "RayCaster"]


@dataclass(frozen=True, eq=False)
class Hits:
    """First intersections of n rays."""

    distance: npt.NDArray[np.float32]
    """Distance in multiples of the direction's length, shape [n]; infinite where a ray hits nothing."""
    face: npt.NDArray[np.int32]
    """Row in `Surfaces.faces`, -1 for none, shape [n]."""
    bary: npt.NDArray[np.float32]
    """Barycentric weights of the triangle's second and third corner, shape [n, 2]."""


class RayCaster:
    """Acceleration structure for rays against two-sided triangles.

    Args:
        surfaces: Surfaces of a scene.
        only: Mask of the triangles that rays can hit, shape [m]; None for all.
    """

    def __init__(self, surfaces: Surfaces, only: npt.NDArray[np.bool_] | None = None) -> None:
        rows = np.arange(len(surfaces.faces)) if only is None else np.flatnonzero(only)
        self._rows = np.append(rows, -1).astype(np.int32)
        self._empty = not len(rows)
        self._scene = EmbreeScene(robust=True)
        if not self._empty:
            faces = surfaces.faces[rows]
            first, last = faces.min(), faces.max()
            vertices = surfaces.vertices[first : last + 1].astype(np.float32)
            TriangleMesh(self._scene, vertices, faces - first)

    def cast(self, origins: npt.ArrayLike, directions: npt.ArrayLike) -> Hits:
        """Return the first intersection of each ray.

        Args:
            origins: Origins in the world frame [m], shape [n, 3] or [3].
            directions: Directions in the world frame, shape [n, 3]; they need not be unit vectors.
        """
        rays = np.ascontiguousarray(directions, dtype=np.float32)
        if self._empty or not len(rays):
            none = np.full(len(rays), -1, dtype=np.int32)
            return Hits(np.full(len(rays), np.inf, np.float32), none, np.zeros((len(rays), 2), np.float32))
        found = self._scene.run(_broadcast(origins, rays), rays, output=True)
        distance, row = found["tfar"], found["primID"]
        distance[row < 0] = np.inf
        return Hits(distance, self._rows[row], np.column_stack([found["u"], found["v"]]))

    def blocked(self, origins: npt.ArrayLike, directions: npt.ArrayLike) -> npt.NDArray[np.bool_]:
        """Return whether each segment from an origin along its direction hits a triangle.

        Args:
            origins: Start points in the world frame [m], shape [n, 3] or [3].
            directions: Segments in the world frame [m], shape [n, 3]; their length limits the distance.

        Returns:
            Mask of the segments that are blocked, shape [n].
        """
        rays = np.ascontiguousarray(directions, dtype=np.float32)
        if self._empty or not len(rays):
            return np.zeros(len(rays), dtype=bool)
        starts = _broadcast(origins, rays)
        ids = self._scene.run(starts, rays, dists=np.ones(len(rays), np.float32), query="OCCLUDED")
        hit: npt.NDArray[np.bool_] = ids >= 0
        return hit


def _broadcast(origins: npt.ArrayLike, rays: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    return np.ascontiguousarray(np.broadcast_to(np.asarray(origins, np.float32), rays.shape))
