"""Navigable-floor occupancy grid.

Free cells keep a radius from everything lower than 2 m. Following the definition that
scene benchmarks use, navigability is the largest connected free area over all free area.
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
MIN_NAVIGABLE = 0.9
"""Least share of the free floor that is connected in an accepted room."""
PASSAGE_M = 0.7
"""Width of a way that people walk without turning sideways."""
EYE_HEIGHT_M = 1.3
ARM_M = 0.8
GRIPPER_M = 0.08
"""How far a usual parallel gripper opens [m]."""
_CELL_M = 0.04
_HEAD_M = 2.0
_COMFORT_M = 0.45
_DETOUR_M = 0.3
_STEP_M = 0.6
_SECTOR_RAD = math.radians(30)


class Walkway:
    """The free floor of one room, for something of a radius [m]."""

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
        """Return the free floor with more objects on it."""
        other = self._like(self._radius)
        other._image = self._image.copy()
        for located in layout:
            other._cover(located)
        return other

    def at(self, radius: float) -> Walkway:
        """Return the same floor for something of another radius [m]."""
        other = self._like(radius)
        other._air = self._air
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
        """Return x and y by turns."""
        pixels: list[float] = ((points - self._origin) / _CELL_M - 0.5).ravel().tolist()
        return pixels

    @cached_property
    def free(self) -> npt.NDArray[np.bool_]:
        """Cells free for a robot's centre, rows along y, columns along x."""
        free: npt.NDArray[np.bool_] = self._air >= self._radius
        return free

    @cached_property
    def _air(self) -> Array:
        """Distance from the nearest wall or thing [m]."""
        padded = np.pad(np.asarray(self._image, dtype=bool), 1, constant_values=True)
        air: Array = ndimage.distance_transform_edt(~padded)[1:-1, 1:-1] * _CELL_M
        return air

    @cached_property
    def _main(self) -> npt.NDArray[np.bool_]:
        """The largest connected part of the free floor."""
        labels, count = ndimage.label(self.free, structure=np.ones((3, 3)))
        if not count:
            return np.zeros_like(self.free)
        sizes = np.bincount(labels.ravel())[1:]
        main: npt.NDArray[np.bool_] = labels == (int(np.argmax(sizes)) + 1)
        return main

    def approach(self, footprint: Polygon) -> npt.NDArray[np.bool_]:
        """Return the cells from which people get at something: within a step of its edge."""
        image = Image.new("1", self._image.size, 0)
        ring = shapely.get_coordinates(footprint.buffer(_STEP_M, join_style="mitre"))
        ImageDraw.Draw(image).polygon(self._pixels(ring), fill=1)
        return np.asarray(image, dtype=bool)

    def passes(self, cells: npt.NDArray[np.bool_]) -> bool:
        """Return whether the main free area comes into some of the cells."""
        return bool((cells & self._main).any())

    @property
    def navigable(self) -> float:
        """Largest connected free area over all free area, 0..1."""
        total = int(self.free.sum())
        return float(self._main.sum()) / total if total else 0.0

    def reaches(self, wall: Wall, door: Opening) -> bool:
        """Return whether the main free area comes up to a door."""
        return self._gap(wall.point(door.offset, self._radius)) <= 2 * self._radius

    def distance(self, target: Located) -> float:
        """Return how far an arm must reach for an object from the nearest place to stand [m].

        To the middle of what is carried, to the nearest edge of what stands on the floor.
        """
        if target.item.support == "floor":
            places = shapely.points(self._places)
            return float(shapely.distance(places, target.body_footprint).min(initial=math.inf))
        return self._gap(target.center)

    def _gap(self, point: Array) -> float:
        return float(np.linalg.norm(self._places - point[:2], axis=1).min(initial=math.inf))

    @cached_property
    def _places(self) -> Array:
        """Robot positions in the main free area [m], shape [n, 2]."""
        rows, columns = np.nonzero(self._main)
        places: Array = self._origin + (np.stack([columns, rows], axis=1) + 0.5) * _CELL_M
        return places

    def has(self, point: Array) -> bool:
        """Return whether a robot may stand at a point [m], shape [2]."""
        return self._gap(point) <= _CELL_M

    def serves(self, base: Pose | None, target: Located) -> bool:
        """Return whether a robot base is on the main free floor and within reach of an object."""
        if base is None or self._gap(np.array(base.position)) > _CELL_M:
            return False
        place = shapely.Point(*base.position[:2])
        if target.item.support == "floor":
            return bool(place.distance(target.body_footprint) <= ARM_M)
        return bool(place.distance(shapely.Point(*target.center[:2])) <= ARM_M)

    def bases(self, target: Located) -> list[Pose]:
        """Return robot base poses that look at an object from within arm's reach, best first.

        One for each direction it can be approached from: the one nearest to a comfortable 0.45 m.
        """
        offsets = target.center[:2] - self._places
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
            x, y = (round(float(value), 4) for value in self._places[index])
            yaw = math.atan2(float(offsets[index][1]), float(offsets[index][0]))
            poses.append(Pose.planar(x, y, 0.0, round(yaw, 6)))
        return poses


def eye_above(base: Pose) -> Array:
    """Return where the camera of a robot at a base pose is [m]."""
    x, y, _ = base.position
    return np.array([x, y, EYE_HEIGHT_M])
