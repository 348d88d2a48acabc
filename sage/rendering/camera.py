"""Pinhole camera without distortion, in OpenCV's convention.

The camera's frame has x right, y down and z forward. Pixel coordinates (u, v) go right and down; whole
numbers are the middles of pixels, so that the image spans -0.5 to width - 0.5. Depth is the distance along
z, not along the ray.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from pydantic import Field, FiniteFloat

from sage.geometry import Array, Frozen, Pose, Vec3, quat_from_matrix, rotation_matrix

__all__ = ["Camera", "looking"]

_OPENCV_FROM_OPENGL = Pose(orientation=(0.0, 1.0, 0.0, 0.0))


class Camera(Frozen):
    """A point of view, with the name it has in every format."""

    name: str
    pose: Pose
    """`world_from_camera`: x right, y down, z forward."""
    fov: FiniteFloat = Field(gt=0, lt=180)
    """Vertical field of view [degrees]."""
    width: int = Field(default=640, gt=0)
    height: int = Field(default=480, gt=0)
    """Size of the picture [pixels]."""

    @property
    def focal_px(self) -> float:
        """Focal length, the same along both axes [pixels]."""
        return self.height / 2 / math.tan(math.radians(self.fov) / 2)

    @property
    def intrinsics(self) -> Array:
        """The matrix K, shape [3, 3] [pixels]: K times a point in the camera's frame, over its depth."""
        focal = self.focal_px
        return np.array(
            [[focal, 0.0, (self.width - 1) / 2], [0.0, focal, (self.height - 1) / 2], [0.0, 0.0, 1.0]]
        )

    @property
    def opengl_pose(self) -> Pose:
        """`world_from_camera` as OpenGL, MuJoCo and USD have it: x right, y up, looking along -z."""
        return self.pose @ _OPENCV_FROM_OPENGL

    @property
    def eye(self) -> Array:
        """Position in the world [m], shape [3]."""
        return np.array(self.pose.position)

    @property
    def forward(self) -> Array:
        """Unit vector that it looks along, in the world, shape [3]."""
        forward: Array = rotation_matrix(self.pose.orientation)[:, 2]
        return forward

    def sized(self, width: int, height: int) -> Camera:
        """Return the same camera with another size of picture [pixels]; the vertical field of view stays."""
        return self.model_copy(update={"width": width, "height": height})

    def project(self, points: npt.ArrayLike) -> tuple[Array, Array]:
        """Map points of the world [m], shape [n, 3], to the picture.

        Returns:
            Pixel coordinates, shape [n, 2], NaN for what is not in front; depths, shape [n] [m].
        """
        local = self.pose.inverse().apply(np.reshape(points, (-1, 3)))
        depth = local[:, 2]
        ahead = np.where(depth > 0, depth, np.nan)
        pixels: Array = (local @ self.intrinsics.T)[:, :2] / ahead[:, None]
        return pixels, depth

    def unproject(self, pixels: npt.ArrayLike, depth: npt.ArrayLike) -> Array:
        """Map pixel coordinates, shape [n, 2], at depths, shape [n], to the world, shape [n, 3] [m]."""
        return self.pose.apply(self._directions(np.reshape(pixels, (-1, 2))) * np.reshape(depth, (-1, 1)))

    def rays(self) -> Array:
        """Return a direction in the world for each pixel, shape [height, width, 3], with a depth of 1."""
        v, u = np.ogrid[: self.height, : self.width]
        return self.rays_through(u, v)

    def rays_through(self, u: npt.ArrayLike, v: npt.ArrayLike) -> Array:
        """Return directions in the world with a depth of 1 through pixel coordinates, shape [..., 3]."""
        right, down, forward = rotation_matrix(self.pose.orientation).T
        x = (np.asarray(u) - (self.width - 1) / 2) / self.focal_px
        y = (np.asarray(v) - (self.height - 1) / 2) / self.focal_px
        ways: Array = forward + y[..., None] * down + x[..., None] * right
        return ways

    def _directions(self, pixels: Array) -> Array:
        """Return the points at depth 1 in the camera's frame, shape [n, 3]."""
        middle = np.array([(self.width - 1) / 2, (self.height - 1) / 2])
        return np.column_stack([(pixels - middle) / self.focal_px, np.ones(len(pixels))])


def looking(eye: npt.ArrayLike, target: npt.ArrayLike, up: Vec3 = (0.0, 0.0, 1.0)) -> Pose:
    """Return `world_from_camera` of a camera at `eye` with `target` in the middle [m], `up` upwards."""
    start = np.asarray(eye, dtype=float)
    forward = np.asarray(target, dtype=float) - start
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, up)
    right /= np.linalg.norm(right)
    turn = quat_from_matrix(np.column_stack([right, np.cross(forward, right), forward]))
    x, y, z = (float(value) for value in start)
    return Pose(position=(x, y, z), orientation=turn)
