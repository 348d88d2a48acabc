"""Navigable-floor occupancy grid.

A cell of 4 cm is free if its distance to walls and to everything below 2 m is at least a radius. Navigability
is the area of the largest connected free part over that of all free cells, as in scene-synthesis benchmarks.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cached_property

import numpy as np
import numpy.typing as npt
import shapely
from PIL import Image, ImageDraw
from scipy import ndimage
from shapely.geometry import Polygon

from sage.geometry import Array, Pose
from sage.scene import Opening, Room, Wall
from sage.spatial.layout import Located

__all__ = [
    "ARM_M",
    "EYE_HEIGHT_M",
    "GRIPPER_M",
    "MIN_NAVIGABLE",
    "PASSAGE_M",
    "ROBOT_RADIUS_M",
    "Walkway",
    "eye_above",
]

ROBOT_RADIUS_M = 0.2
"""Radius of the robot base [m]."""
MIN_NAVIGABLE = 0.9
"""Least navigability of an accepted room."""
PASSAGE_M = 0.7
"""Width of a passage for people [m]."""
EYE_HEIGHT_M = 1.3
"""Height of the robot's camera [m]."""
ARM_M = 0.8
"""Horizontal reach of the robot's arm from the middle of its base [m]."""
GRIPPER_M = 0.08
"""Opening of a parallel gripper [m]."""
_CELL_M = 0.04
_HEAD_M = 2.0
"""Height above which objects do not occupy the floor [m]."""
_COMFORT_M = 0.45
"""Preferred distance of a robot base from an object [m]."""
_DETOUR_M = 0.3
"""Distance of a robot base from an object beyond that of the nearest base, at most [m]."""
_STEP_M = 0.6
"""Distance from furniture at which people use it [m]."""
_SECTOR_RAD = math.radians(30)
"""Angle between robot bases for one object [rad]."""


class Walkway:
    """Free floor of one room for a disc.

    Args:
        room: the room.
        layout: objects that occupy the floor; coverings do not.
        radius: radius of the disc [m].
    """

    def __init__(self, room: Room, layout: Iterable[Located] = (), radius: float = ROBOT_RADIUS_M) -> None:
        low_x, low_y, high_x, high_y = room.floor.bounds
        self._room, self._radius = room, radius
        self._origin = np.array([low_x, low_y])
        shape = (math.ceil((high_x - low_x) / _CELL_M), math.ceil((high_y - low_y) / _CELL_M))
        self._image = Image.new("1", shape, 1)
        ImageDraw.Draw(self._image).polygon(self._pixels(np.array(room.polygon)), fill=0)
        for located in layout:
            self._cover(located)

    def adding(self, *layout: Located) -> Walkway:
        """Return the free floor with more objects."""
        other = self._like(self._radius)
        other._image = self._image.copy()
        for located in layout:
            other._cover(located)
        return other

    def at(self, radius: float) -> Walkway:
        """Return the free floor for a disc of another radius [m]."""
        other = self._like(radius)
        other._clearance = self._clearance
        return other

    def _like(self, radius: float) -> Walkway:
        other = Walkway.__new__(Walkway)
        other._room, other._radius = self._room, radius
        other._origin, other._image = self._origin, self._image
        return other

    def _cover(self, located: Located) -> None:
        if located.item.room != self._room.id or located.item.covering:
            return
        draw = ImageDraw.Draw(self._image)
        for outline, low, _ in located.prisms:
            if low < _HEAD_M:
                draw.polygon(self._pixels(shapely.get_coordinates(outline)), fill=1, outline=1)

    def _pixels(self, points: Array) -> list[float]:
        """Return pixel coordinates of points [m, world frame], shape [n, 2], as x, y, x, y, ..."""
        pixels: list[float] = ((points - self._origin) / _CELL_M - 0.5).ravel().tolist()
        return pixels

    @cached_property
    def free(self) -> npt.NDArray[np.bool_]:
        """Mask of free cells, shape [y, x]."""
        free: npt.NDArray[np.bool_] = self._clearance >= self._radius
        return free

    @cached_property
    def _clearance(self) -> Array:
        """Distance of each cell to the nearest wall or object [m], shape [y, x]."""
        padded = np.pad(np.asarray(self._image, dtype=bool), 1, constant_values=True)
        clearance: Array = ndimage.distance_transform_edt(~padded)[1:-1, 1:-1] * _CELL_M
        return clearance

    @cached_property
    def _main(self) -> npt.NDArray[np.bool_]:
        """Mask of the largest connected part of the free floor, shape [y, x]."""
        labels, count = ndimage.label(self.free, structure=np.ones((3, 3)))
        if not count:
            return np.zeros_like(self.free)
        sizes = np.bincount(labels.ravel())[1:]
        main: npt.NDArray[np.bool_] = labels == (int(np.argmax(sizes)) + 1)
        return main

    def approach(self, footprint: Polygon) -> npt.NDArray[np.bool_]:
        """Return a mask of the cells within 0.6 m of an outline on the floor plan [m], shape [y, x]."""
        image = Image.new("1", self._image.size, 0)
        ring = shapely.get_coordinates(footprint.buffer(_STEP_M, join_style="mitre"))
        ImageDraw.Draw(image).polygon(self._pixels(ring), fill=1)
        return np.asarray(image, dtype=bool)

    def passes(self, cells: npt.NDArray[np.bool_]) -> bool:
        """Return whether the largest free part contains one of some cells, a mask of shape [y, x]."""
        return bool((cells & self._main).any())

    @property
    def navigable(self) -> float:
        """Area of the largest connected free part over all free area, 0..1."""
        total = int(self.free.sum())
        return float(self._main.sum()) / total if total else 0.0

    def reaches(self, wall: Wall, door: Opening) -> bool:
        """Return whether the largest free part extends to a door."""
        return self._gap(wall.point(door.offset, self._radius)) <= 2 * self._radius

    def distance(self, target: Located) -> float:
        """Return the horizontal distance from the nearest robot base to an object [m], or inf.

        The distance is to the nearest edge of an object on the floor, and to the middle of any other.
        """
        if target.item.support == "floor":
            positions = shapely.points(self._positions)
            return float(shapely.distance(positions, target.body_footprint).min(initial=math.inf))
        return self._gap(target.center)

    def _gap(self, point: Array) -> float:
        return float(np.linalg.norm(self._positions - point[:2], axis=1).min(initial=math.inf))

    @cached_property
    def _positions(self) -> Array:
        """Middles of the cells in the largest free part [m, world frame], shape [n, 2]."""
        rows, columns = np.nonzero(self._main)
        positions: Array = self._origin + (np.stack([columns, rows], axis=1) + 0.5) * _CELL_M
        return positions

    def has(self, point: Array) -> bool:
        """Return whether a point [m, world frame], shape [2], is in the largest free part."""
        return self._gap(point) <= _CELL_M

    def serves(self, base: Pose | None, target: Located) -> bool:
        """Return whether a base, `world_from_base`, is in the largest free part and reaches an object."""
        if base is None or self._gap(np.array(base.position)) > _CELL_M:
            return False
        position = shapely.Point(*base.position[:2])
        if target.item.support == "floor":
            return bool(position.distance(target.body_footprint) <= ARM_M)
        return bool(position.distance(shapely.Point(*target.center[:2])) <= ARM_M)

    def bases(self, target: Located) -> list[Pose]:
        """Return robot bases, `world_from_base`, that face an object within reach, best first.

        There is one for each sector of 30 degrees around the object, at a distance of about 0.45 m.
        """
        offsets = target.center[:2] - self._positions
        distances = np.linalg.norm(offsets, axis=1)
        nearest = float(distances.min(initial=math.inf))
        if self.distance(target) > ARM_M:
            return []
        limit = max(ARM_M, nearest) if target.item.support == "floor" else ARM_M
        reachable = np.flatnonzero(distances <= min(limit, nearest + _DETOUR_M))
        effort = np.abs(distances - max(_COMFORT_M, nearest))
        found: dict[int, int] = {}
        for index in reachable[np.argsort(effort[reachable], kind="stable")]:
            direction = math.atan2(float(offsets[index][1]), float(offsets[index][0]))
            found.setdefault(round(direction / _SECTOR_RAD), int(index))
        poses = []
        for index in found.values():
            x, y = (round(float(value), 4) for value in self._positions[index])
            yaw = math.atan2(float(offsets[index][1]), float(offsets[index][0]))
            poses.append(Pose.planar(x, y, 0.0, round(yaw, 6)))
        return poses


def eye_above(base: Pose) -> Array:
    """Return the camera position of a robot at a base pose [m, world frame], shape [3]."""
    x, y, _ = base.position
    return np.array([x, y, EYE_HEIGHT_M])
