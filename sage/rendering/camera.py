"""Pinhole camera model without distortion, in the OpenCV convention.

The camera frame has x right, y down and z forward. Pixel coordinates (u, v) increase right and down; integers
are pixel centres, so the image spans -0.5 to width - 0.5. Depth is the distance along z, not along the ray.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt
from pydantic import Field, FiniteFloat

from sage.geometry import Array, Frozen, Pose, Vec3, quat_from_matrix, rotation_matrix

__all__ = ["Camera", "look_at"]

_OPENCV_FROM_OPENGL = Pose(orientation=(0.0, 1.0, 0.0, 0.0))


class Camera(Frozen):
    """A named pinhole camera with square pixels and the principal point at the image centre."""

    name: str
    """Identifier, the same in every export format."""
    pose: Pose
    """`world_from_camera`, with x right, y down and z forward."""
    fov: FiniteFloat = Field(gt=0, lt=180)
    """Vertical field of view [degrees]."""
    width: int = Field(default=640, gt=0)
    """Image width [px]."""
    height: int = Field(default=480, gt=0)
    """Image height [px]."""

    @property
    def focal_px(self) -> float:
        """Focal length, the same along both axes [px]."""
        return self.height / 2 / math.tan(math.radians(self.fov) / 2)

    @property
    def intrinsics(self) -> Array:
        """Calibration matrix K [px], shape [3, 3]: `K @ point_camera / depth` is (u, v, 1)."""
        focal = self.focal_px
        return np.array(
            [[focal, 0.0, (self.width - 1) / 2], [0.0, focal, (self.height - 1) / 2], [0.0, 0.0, 1.0]]
        )

    @property
    def opengl_pose(self) -> Pose:
        """`world_from_camera` in the convention of OpenGL, MuJoCo and USD: x right, y up, -z forward."""
        return self.pose @ _OPENCV_FROM_OPENGL

    @property
    def eye(self) -> Array:
        """Optical centre in the world frame [m], shape [3]."""
        return np.array(self.pose.position)

    @property
    def forward(self) -> Array:
        """Unit viewing direction in the world frame, shape [3]."""
        forward: Array = rotation_matrix(self.pose.orientation)[:, 2]
        return forward

    def sized(self, width: int, height: int) -> Camera:
        """Return a copy with another image size [px] and the same vertical field of view."""
        return self.model_copy(update={"width": width, "height": height})

    def project(self, points: npt.ArrayLike) -> tuple[Array, Array]:
        """Project points onto the image plane.

        Args:
            points: Points in the world frame [m], shape [n, 3].

        Returns:
            Pixel coordinates (u, v), shape [n, 2], NaN for points that are not in front of the camera, and
            depths [m], shape [n]. Pixel coordinates may lie outside the image.

        Example:
            >>> camera = Camera(name="c", pose=Pose(), fov=90, width=100, height=50)
            >>> pixels, depth = camera.project([(0.0, 0.0, 2.0), (2.0, 0.0, 2.0)])
            >>> pixels.round(6).tolist(), depth.tolist()
            ([[49.5, 24.5], [74.5, 24.5]], [2.0, 2.0])
        """
        local = self.pose.inverse().apply(np.reshape(points, (-1, 3)))
        depth = local[:, 2]
        ahead = np.where(depth > 0, depth, np.nan)
        pixels: Array = (local @ self.intrinsics.T)[:, :2] / ahead[:, None]
        return pixels, depth

    def unproject(self, pixels: npt.ArrayLike, depth: npt.ArrayLike) -> Array:
        """Return the points in the world frame [m], shape [n, 3], seen at given pixels and depths.

        Args:
            pixels: Pixel coordinates (u, v), shape [n, 2].
            depth: Distances along the camera's z axis [m], shape [n].
        """
        return self.pose.apply(self._directions(np.reshape(pixels, (-1, 2))) * np.reshape(depth, (-1, 1)))

    def rays(self) -> Array:
        """Return the ray direction of each pixel in the world frame, shape [height, width, 3].

        Directions have a depth of 1 rather than unit length, so a ray's hit distance is a depth.
        """
        v, u = np.ogrid[: self.height, : self.width]
        return self.rays_through(u, v)

    def rays_through(self, u: npt.ArrayLike, v: npt.ArrayLike) -> Array:
        """Return ray directions through pixel coordinates, in the world frame and with a depth of 1.

        Args:
            u: Horizontal pixel coordinates, broadcast against `v`.
            v: Vertical pixel coordinates.

        Returns:
            Directions, shape [..., 3].
        """
        right, down, forward = rotation_matrix(self.pose.orientation).T
        x = (np.asarray(u) - (self.width - 1) / 2) / self.focal_px
        y = (np.asarray(v) - (self.height - 1) / 2) / self.focal_px
        directions: Array = forward + y[..., None] * down + x[..., None] * right
        return directions

    def _directions(self, pixels: Array) -> Array:
        """Return ray directions in the camera frame with a depth of 1, shape [n, 3]."""
        centre = np.array([(self.width - 1) / 2, (self.height - 1) / 2])
        return np.column_stack([(pixels - centre) / self.focal_px, np.ones(len(pixels))])


def look_at(eye: npt.ArrayLike, target: npt.ArrayLike, up: Vec3 = (0.0, 0.0, 1.0)) -> Pose:
    """Return the pose of a camera that has a target in the centre of its image.

    Args:
        eye: Camera position in the world frame [m], shape [3].
        target: Point to look at, in the world frame [m], shape [3].
        up: World direction that points up in the image; must not be parallel to the viewing direction.

    Returns:
        `world_from_camera`, with x right, y down and z forward.
    """
    start = np.asarray(eye, dtype=float)
    forward = np.asarray(target, dtype=float) - start
    forward /= np.linalg.norm(forward)
    right = np.cross(forward, up)
    right /= np.linalg.norm(right)
    rotation = quat_from_matrix(np.column_stack([right, np.cross(forward, right), forward]))
    x, y, z = (float(value) for value in start)
    return Pose(position=(x, y, z), orientation=rotation)
