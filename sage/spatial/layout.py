"""World-frame geometry of a scene's objects, computed once and cached."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cached_property

import numpy as np
from shapely.geometry import Point, Polygon

from sage.asset import Asset, AssetStore, Surface
from sage.geometry import Array, Pose, footprint, footprints, rectangle, rotation_matrix
from sage.scene import Scene, SceneObject

__all__ = ["CONTACT_M", "Layout", "Located", "Patch"]

CONTACT_M = 0.01
"""Largest distance between an object at rest and what it touches [m]."""
_RIM_M = 0.05
"""Largest height of the rim of a top above it [m]."""


class Patch:
    """A support surface of an object, in the world frame."""

    def __init__(self, located: Located, surface: Surface) -> None:
        self.owner = located.item.id
        self.surface = surface
        self._located = located
        self.pose: Pose = located.link_pose(surface.link) @ Pose(position=surface.center)
        """`world_from_patch`; the origin is the middle of the patch."""

    @property
    def z(self) -> float:
        """Height on which objects rest [m]."""
        return self.pose.position[2]

    @cached_property
    def area(self) -> Polygon:
        """Outline on the floor plan [m, world frame]."""
        if self.surface.round:
            angles = np.arange(24) * 2 * math.pi / 24
            depth, width = self.surface.size
            ring = np.stack([np.cos(angles) * depth / 2, np.sin(angles) * width / 2, np.zeros(24)], 1)
            return Polygon(self.pose.apply(ring)[:, :2])
        return rectangle(self.pose.position, self.surface.size, self.pose.yaw)

    def holds(self, item: Located, margin: float = 0.02) -> bool:
        """Return whether an object rests on the patch, or is inside the cavity above it.

        Args:
            item: the object; its middle must be over the patch.
            margin: distance beyond the patch at which the middle may be [m].
        """
        height = self.surface.height
        if height is None:
            rim = float(self._located.high[2]) - self.z
            height = 2.0 if self.surface.placement == "on" else max(0.25, rim)
        rise = item.low[2] - self.z
        at_rest = abs(rise) <= CONTACT_M
        inside = self.surface.placement == "in" and -CONTACT_M <= rise < height
        if not (at_rest or inside):
            return False
        return self._is_below(item, margin)

    def rim_holds(self, item: Located, margin: float = 0.02) -> bool:
        """Return whether an object that is too large for the patch rests on the rim around it.

        The rim is the highest point of the owner, no more than 5 cm above a top.
        """
        rim = float(self._located.high[2])
        if self.surface.height is not None or (self.surface.placement == "on" and rim - self.z > _RIM_M):
            return False
        return abs(float(item.low[2]) - rim) <= CONTACT_M and self._is_below(item, margin)

    def _is_below(self, item: Located, margin: float) -> bool:
        x, y = item.center[:2]
        return bool(self.area.buffer(margin).contains(Point(x, y)))


class Located:
    """An object with its asset and world-frame geometry."""

    def __init__(self, item: SceneObject, asset: Asset) -> None:
        self.item = item
        self.asset = asset
        self._link_poses = asset.link_poses(item.joints)

    def link_pose(self, link: str) -> Pose:
        """Return the pose `world_from_link` of a link."""
        return self.item.pose @ self._link_poses[link]

    @cached_property
    def points(self) -> Array:
        """Corners of all convex pieces [m, world frame], shape [n, 3]."""
        return self.item.pose.apply(self.asset.collision_points(self.item.joints))

    @cached_property
    def body_points(self) -> Array:
        """Corners of the root link's convex pieces, without moving parts [m, world frame], shape [n, 3]."""
        root = self.asset.links[0]
        return self.item.pose.apply(root.points if root.colliders else self.asset.corners)

    @cached_property
    def low(self) -> Array:
        """Lower corner of the world-aligned bounding box [m], shape [3]."""
        low: Array = self.points.min(axis=0)
        return low

    @cached_property
    def high(self) -> Array:
        """Upper corner of the world-aligned bounding box [m], shape [3]."""
        high: Array = self.points.max(axis=0)
        return high

    @cached_property
    def center(self) -> Array:
        """Middle of the root link's bounding box [m, world frame], shape [3]."""
        body = self.body_points
        middle: Array = (body.min(axis=0) + body.max(axis=0)) / 2
        return middle

    @property
    def center_of_mass(self) -> Array:
        """Centre of mass [m, world frame], shape [3]."""
        return self.item.pose.apply(self.asset.center_of_mass(self.item.joints))

    @cached_property
    def prisms(self) -> tuple[tuple[Polygon, float, float], ...]:
        """Outline on the floor plan, lowest and highest z of each convex piece [m, world frame]."""
        counts = self.asset.piece_sizes
        if not counts:
            return ()
        starts = np.cumsum([0, *counts[:-1]])
        heights = self.points[:, 2]
        lows, highs = np.minimum.reduceat(heights, starts), np.maximum.reduceat(heights, starts)
        return tuple(zip(footprints(self.points, counts), lows.tolist(), highs.tolist(), strict=True))

    @cached_property
    def footprint(self) -> Polygon:
        """Convex outline on the floor plan, with moving parts at their joint positions [m]."""
        return footprint(self.points)

    @cached_property
    def body_footprint(self) -> Polygon:
        """Convex outline of the root link on the floor plan [m]."""
        return footprint(self.body_points)

    @cached_property
    def forward(self) -> Array:
        """Unit vector in which the front faces on the floor plan, shape [2]."""
        x, y = rotation_matrix(self.item.pose.orientation)[:2, 0]
        length = math.hypot(x, y)
        return np.array([x, y]) / length if length > 1e-6 else np.array([1.0, 0.0])

    @cached_property
    def patches(self) -> tuple[Patch, ...]:
        """Its support surfaces."""
        return tuple(Patch(self, surface) for surface in self.asset.surfaces)

    def patch(self, name: str) -> Patch:
        """Return the patch of the surface of a name."""
        return next(patch for patch in self.patches if patch.surface.name == name)


class Layout:
    """All objects of a scene with their geometry, by id.

    Args:
        scene: the scene.
        store: assets of its objects.
    """

    def __init__(self, scene: Scene, store: AssetStore) -> None:
        self.scene = scene
        self._located = {item.id: Located(item, store[item.asset]) for item in scene.objects}

    @classmethod
    def of(cls, scene: Scene, located: dict[str, Located]) -> Layout:
        """Build a layout of other objects than the scene's.

        Args:
            scene: the scene, for its rooms and task.
            located: objects by id; later changes of the dict show in the layout.
        """
        layout = cls.__new__(cls)
        layout.scene, layout._located = scene, located
        return layout

    def __getitem__(self, object_id: str) -> Located:
        """Return the object of an id, or raise KeyError."""
        return self._located[object_id]

    def __contains__(self, object_id: str) -> bool:
        """Return whether there is an object of an id."""
        return object_id in self._located

    def __iter__(self) -> Iterator[Located]:
        """Iterate over the objects in order."""
        return iter(self._located.values())
