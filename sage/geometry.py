"""Poses, boxes and polygons.

SI units. Quaternions are wxyz. A transform is named `parent_from_child`, so that adjacent names
cancel: `world_from_cup = world_from_table @ table_from_cup`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Self

import numpy as np
import numpy.typing as npt
import shapely
from pydantic import AfterValidator, BaseModel, ConfigDict, FiniteFloat
from shapely.geometry import Polygon

__all__ = [
    "Array",
    "Frozen",
    "Pose",
    "Quat",
    "Vec2",
    "Vec3",
    "angle_between",
    "box_corners",
    "convex_hull",
    "face_normals",
    "footprint",
    "footprints",
    "heading",
    "least_step",
    "moments_of_volume",
    "quat_from_matrix",
    "quat_from_yaw",
    "rectangle",
    "rotation_matrix",
]

Array = npt.NDArray[np.float64]


def _unit(values: tuple[float, ...]) -> tuple[float, ...]:
    if abs(math.hypot(*values) - 1.0) > 1e-4:
        raise ValueError(f"a quaternion must have length 1, got {values}")
    return values


Vec2 = tuple[FiniteFloat, FiniteFloat]
Vec3 = tuple[FiniteFloat, FiniteFloat, FiniteFloat]
Quat = Annotated[tuple[FiniteFloat, FiniteFloat, FiniteFloat, FiniteFloat], AfterValidator(_unit)]


class Frozen(BaseModel):
    """Base of immutable models, compared by content, that reject unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields replaced, without cached properties of the original."""
        copy = super().model_copy(update=update, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy


def rotation_matrix(quat: Sequence[float]) -> Array:
    """Return the 3x3 rotation of a wxyz quaternion."""
    w, x, y, z = quat
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def quat_from_matrix(matrix: Array) -> tuple[float, float, float, float]:
    """Return the wxyz quaternion, w >= 0, of a 3x3 rotation."""
    from scipy.spatial.transform import Rotation

    quat = Rotation.from_matrix(matrix).as_quat(canonical=True, scalar_first=True)
    return (float(quat[0]), float(quat[1]), float(quat[2]), float(quat[3]))


def quat_from_yaw(yaw: float) -> tuple[float, float, float, float]:
    """Return the wxyz quaternion of a turn about z [rad]."""
    return (math.cos(yaw / 2), 0.0, 0.0, math.sin(yaw / 2))


def heading(yaw: float) -> Array:
    """Return the unit vector of a heading about z from the x axis [rad], shape [2].

    Example:
        >>> heading(0.0).tolist()
        [1.0, 0.0]
    """
    return np.array([math.cos(yaw), math.sin(yaw)])


def angle_between(a: Sequence[float], b: Sequence[float]) -> float:
    """Return the angle between two wxyz quaternions [rad], in 0..pi; accurate for small angles too."""
    apart = min(math.dist(a, b), math.dist(a, [-value for value in b]))
    return 4.0 * math.asin(min(1.0, apart / 2.0))


class Pose(Frozen):
    """Rigid transform `parent_from_child`: a rotation, then a translation."""

    position: Vec3 = (0.0, 0.0, 0.0)
    """Origin of the child in the parent frame [m]."""
    orientation: Quat = (1.0, 0.0, 0.0, 0.0)
    """Rotation of the child in the parent frame, wxyz."""

    @classmethod
    def planar(cls, x: float, y: float, z: float = 0.0, yaw: float = 0.0) -> Pose:
        """Return an upright pose at a position [m] with a heading about z [rad]."""
        return cls(position=(x, y, z), orientation=quat_from_yaw(yaw))

    @classmethod
    def from_matrix(cls, matrix: Array) -> Pose:
        """Return the pose of a rigid transform `parent_from_child`, shape [4, 4]."""
        x, y, z = (float(value) for value in matrix[:3, 3])
        return cls(position=(x, y, z), orientation=quat_from_matrix(matrix[:3, :3]))

    @property
    def matrix(self) -> Array:
        """Homogeneous transform `parent_from_child`, shape [4, 4]."""
        matrix = np.eye(4)
        matrix[:3, :3] = rotation_matrix(self.orientation)
        matrix[:3, 3] = self.position
        return matrix

    @property
    def yaw(self) -> float:
        """Heading of the child's x axis in the parent's xy plane [rad], in -pi..pi."""
        forward = rotation_matrix(self.orientation)[:, 0]
        return math.atan2(float(forward[1]), float(forward[0]))

    @property
    def tilt(self) -> float:
        """Angle between the z axes of child and parent [rad]."""
        up = float(rotation_matrix(self.orientation)[2, 2])
        return math.acos(max(-1.0, min(1.0, up)))

    def apply(self, points: npt.ArrayLike) -> Array:
        """Transform points from the child to the parent frame [m], shape [n, 3] or [3]."""
        rotation = rotation_matrix(self.orientation)
        moved: Array = np.asarray(points, dtype=float) @ rotation.T + np.array(self.position)
        return moved

    def __matmul__(self, other: Pose) -> Pose:
        """Compose transforms: `a_from_b @ b_from_c` is `a_from_c`.

        Example:
            >>> (Pose.planar(1.0, 0.0) @ Pose.planar(0.0, 2.0)).position
            (1.0, 2.0, 0.0)
        """
        x, y, z = (float(value) for value in self.apply(other.position))
        return Pose(position=(x, y, z), orientation=_product(self.orientation, other.orientation))

    def inverse(self) -> Pose:
        """Return `child_from_parent`."""
        w, i, j, k = self.orientation
        turn = Pose(orientation=(w, -i, -j, -k))
        x, y, z = (float(value) for value in turn.apply(np.negative(self.position)))
        return Pose(position=(x, y, z), orientation=turn.orientation)


def _product(a: Sequence[float], b: Sequence[float]) -> tuple[float, float, float, float]:
    """Return the unit wxyz quaternion, w >= 0, of the rotation b followed by a."""
    aw, ax, ay, az = a
    bw, bx, by, bz = b
    w = aw * bw - ax * bx - ay * by - az * bz
    x = aw * bx + ax * bw + ay * bz - az * by
    y = aw * by - ax * bz + ay * bw + az * bx
    z = aw * bz + ax * by - ay * bx + az * bw
    length = math.copysign(math.sqrt(w * w + x * x + y * y + z * z), w)
    return (w / length, x / length, y / length, z / length)


def least_step(directions: Array, amounts: Array) -> Array | None:
    """Return the shortest vector whose component along each direction is at least a given amount.

    Least-distance programming by non-negative least squares (Lawson and Hanson 1974, chapter 23).

    Args:
        directions: directions, shape [n, k].
        amounts: least components along them, shape [n].

    Returns:
        The vector, shape [k], or None if no vector satisfies all constraints.
    """
    from scipy.optimize import nnls

    scale = float(np.abs(amounts).max(initial=0.0))
    if scale == 0.0:
        return np.zeros(directions.shape[1])
    matrix = np.vstack([directions.T, amounts / scale])
    aim = np.zeros(len(matrix))
    aim[-1] = 1.0
    residual = matrix @ nnls(matrix, aim)[0] - aim
    if -residual[-1] < 1e-9:
        return None
    step: Array = -residual[:-1] / residual[-1] * scale
    return step


def box_corners(low: npt.ArrayLike, high: npt.ArrayLike) -> Array:
    """Return the 8 corners of an axis-aligned box, shape [8, 3], z varying fastest."""
    ends = np.stack([np.asarray(low, dtype=float), np.asarray(high, dtype=float)])
    picks = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)])
    corners: Array = ends[picks, np.arange(3)]
    return corners


def convex_hull(points: Array) -> tuple[Array, npt.NDArray[np.int64]]:
    """Return the convex hull of points.

    Args:
        points: shape [k, 3].

    Returns:
        Its corners, shape [n, 3], and its triangles as indices of corners, shape [m, 3], facing outwards.

    Raises:
        scipy.spatial.QhullError: the points are coplanar.
    """
    from scipy.spatial import ConvexHull

    hull = ConvexHull(points, qhull_options="QbB Pp Qt")
    index = np.zeros(len(points), dtype=np.int64)
    index[hull.vertices] = np.arange(len(hull.vertices))
    vertices: Array = points[hull.vertices]
    faces = index[hull.simplices]
    outwards = vertices[faces[:, 0]] - vertices.mean(axis=0)
    inwards = np.einsum("ij,ij->i", face_normals(vertices, faces), outwards) < 0
    faces[inwards] = faces[inwards][:, ::-1]
    return vertices, faces


def face_normals(points: Array, faces: npt.NDArray[np.int64]) -> Array:
    """Return the normal of each triangle, with twice its area as length, shape [m, 3].

    For small meshes this is several times faster than `np.cross`.

    Args:
        points: shape [n, 3].
        faces: indices of points, shape [m, 3].
    """
    a, b, c = points[faces.T]
    (ux, uy, uz), (vx, vy, vz) = (b - a).T, (c - a).T
    return np.stack([uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx], axis=1)


def moments_of_volume(points: Array, faces: npt.NDArray[np.int64]) -> tuple[float, Array, Array]:
    """Return the volume, centroid and inertia of a closed mesh.

    Sums over the tetrahedra between each triangle and the mean of the points (Tonon 2004).

    Args:
        points: shape [n, 3], [m].
        faces: indices of points, shape [m, 3], facing outwards.

    Returns:
        Volume [m3]; centroid [m], shape [3]; inertia about the centroid for unit density [m5], shape [3, 3].
    """
    middle = points.mean(axis=0)
    corners = points[faces] - middle
    sums = corners.sum(axis=1)
    weights = np.einsum("ij,ij->i", corners[:, 0], face_normals(points, faces)) / 6
    volume = float(weights.sum())
    shift = weights @ sums / (4 * volume)
    second = (sums.T * weights) @ sums + np.einsum("i,ikx,iky->xy", weights, corners, corners)
    second = second / 20 - volume * np.outer(shift, shift)
    return volume, middle + shift, np.trace(second) * np.eye(3) - second


def footprint(points: npt.ArrayLike) -> Polygon:
    """Return the convex hull of points, shape [n, 2 or 3], projected to the xy plane."""
    rows = np.asarray(points, dtype=float)
    ring = np.concatenate([rows, rows[:1]])
    return footprints(ring, [len(ring)])[0]


def footprints(points: Array, counts: Sequence[int]) -> list[Polygon]:
    """Return the convex hulls of several sets of points, projected to the xy plane.

    Args:
        points: points of all sets, one set after the other, shape [n, 2 or 3].
        counts: number of points in each set, at least 2.
    """
    runs = np.repeat(np.arange(len(counts)), counts)
    # A line through the points has the same hull, and shapely builds it many times faster than a MultiPoint.
    hulls = shapely.convex_hull(shapely.linestrings(points[:, :2], indices=runs))
    return [hull if isinstance(hull, Polygon) else hull.buffer(1e-4) for hull in hulls]


def rectangle(center: npt.ArrayLike, size: npt.ArrayLike, yaw: float = 0.0) -> Polygon:
    """Return a rectangle on the xy plane.

    Args:
        center: its centre [m], shape [2 or more].
        size: depth and width [m], shape [2 or more].
        yaw: heading of the depth from the x axis [rad].

    Example:
        >>> rectangle((0.0, 0.0), (2.0, 1.0)).bounds
        (-1.0, -0.5, 1.0, 0.5)
    """
    half = np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]]) * np.asarray(size, dtype=float)[:2] / 2
    forward = heading(yaw)
    left = np.array([-forward[1], forward[0]])
    return Polygon(np.asarray(center, dtype=float)[:2] + half[:, :1] * forward + half[:, 1:] * left)
