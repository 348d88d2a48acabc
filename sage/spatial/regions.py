"""Regions that relations refer to: outlines and heights of objects and room elements, and their sides."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from sage.geometry import Array
from sage.scene import Opening, Room, Wall
from sage.spatial.layout import Layout, Located
from sage.task import CEILING, DOOR, FLOOR, ROOM, WALL, WINDOW

__all__ = [
    "MARGIN",
    "Region",
    "Side",
    "Sides",
    "corners",
    "exists",
    "regions_of",
    "side_walls",
    "sides",
    "wall_distances",
    "walls_meant",
]

Side = Literal["left", "right", "front", "back"]

MARGIN = 0.25
"""Width by which the strip beyond a face exceeds the face, relative to it."""
_APPROACH_M = 0.8
"""Depth of the floor in front of a wall, door or window that counts as beside it [m]."""
_ROUND = 1.1
"""Ratio of the widths of an outline in different directions below which it counts as round."""
_JOINED_M = 0.02
"""Largest distance between the ends of walls that meet [m]."""
_PARALLEL, _UPRIGHT = 0.7, 0.5
"""Least cosine between parallel walls; least sine between two walls that form a corner."""
_SQUARE = 1.05
"""Ratio of the sides of a room below which all its walls are both long and short."""


@dataclass(frozen=True)
class Region:
    """An object or room element as an outline on the floor plan between two heights [m, world frame]."""

    outline: BaseGeometry
    """A polygon; for a wall, door or window the line on the inner face."""
    low: float
    high: float
    front: Array | None = None
    """Unit vector in which its front faces, shape [2]; None if it has no front."""
    located: Located | None = None
    """The object; None for a room element."""

    @classmethod
    def of(cls, located: Located) -> Region:
        """Return the region of an object."""
        return cls(
            outline=located.body_footprint,
            low=float(located.low[2]),
            high=float(located.high[2]),
            front=located.forward if located.asset.has_front else None,
            located=located,
        )

    @property
    def center(self) -> Array:
        """Middle of its oriented bounding box on the floor plan [m], shape [2]."""
        if self.located is None:
            point = self.outline.centroid
            return np.array([point.x, point.y])
        x, y = self.located.forward
        axes = np.array([[x, y], [-y, x]])
        own = shapely.get_coordinates(self.outline) @ axes.T
        middle: Array = (own.min(axis=0) + own.max(axis=0)) / 2 @ axes
        return middle

    @property
    def axis(self) -> Array | None:
        """Unit vector along one of its sides, shape [2]; None if it is round or on another object."""
        if self.located is None or self.located.item.support not in (FLOOR, WALL, CEILING):
            return self.front
        return None if _is_round(self.outline) else self.located.forward

    @property
    def hangs(self) -> bool:
        """Whether it hangs on a wall, or is a room element."""
        return self.located is None or self.located.item.support == WALL

    def distance(self, other: Region) -> float:
        """Return the distance to another region [m], from outlines in the plan and extents in height."""
        apart = max(0.0, self.low - other.high, other.low - self.high)
        return math.hypot(float(self.outline.distance(other.outline)), apart)


@dataclass(frozen=True)
class Sides:
    """Bounding box of a region in the frame of a viewer who faces it."""

    toward: Array
    """Unit vector from the region to the viewer, shape [2]."""
    span: tuple[float, float]
    """Coordinates of its back and front along `toward` [m]."""
    width: tuple[float, float]
    """Coordinates of its left and right side, as the viewer sees them, along `right` [m]."""

    @property
    def right(self) -> Array:
        """Unit vector to the right of the viewer, shape [2]."""
        return np.array([-self.toward[1], self.toward[0]])

    @property
    def size(self) -> tuple[float, float]:
        """Depth and width [m]."""
        return (self.span[1] - self.span[0], self.width[1] - self.width[0])

    def beyond(self, side: Side, outline: Polygon, margin: float = MARGIN) -> float:
        """Return the share of an outline beyond a face, in a strip as wide as the face plus a margin.

        For an outline more than twice as wide as the strip, the strip is as wide as the outline.

        Args:
            side: the face.
            outline: a polygon on the floor plan [m, world frame].
            margin: width added to the strip, relative to the face.
        """
        ahead, across = (self.toward, self.right) if side in ("front", "back") else (self.right, self.toward)
        (low, high), face = (self.span, self.width) if side in ("front", "back") else (self.width, self.span)
        points = np.asarray(outline.exterior.coords) @ np.stack([ahead, across], axis=1)
        if side in ("back", "left"):
            points[:, 0], high = -points[:, 0], -low
        own = float(np.ptp(points[:, 1])) / 2
        half = (face[1] - face[0]) / 2 * (1 + margin)
        half = own if own > 2 * half else half
        middle = sum(face) / 2
        points -= [high, middle]
        inside = shapely.clip_by_rect(Polygon(points), -1e-6, -half, 1e3, half)
        return float(inside.area / outline.area)

    def share(self, point: Array) -> tuple[float, float]:
        """Return the position of a point, shape [2]: 0..1 from back to front, and 0..1 from left to right."""
        along, across = float(point @ self.toward), float(point @ self.right)
        depth, width = (max(side, 1e-9) for side in self.size)
        return ((along - self.span[0]) / depth, (across - self.width[0]) / width)


def regions_of(name: str, room: Room, layout: Layout) -> list[Region]:
    """Return the regions that a name in a relation refers to: an object, or alternative room elements.

    Args:
        name: id of an object, wall or opening, or a word such as `wall`; see `sage.task`.
        room: the room of the relation's subject.
        layout: objects of the scene.

    Raises:
        KeyError: there is no such object or element.
    """
    if name in layout:
        return [Region.of(layout[name])]
    if name in (ROOM, FLOOR, CEILING):
        low, high = {ROOM: (0.0, room.height), FLOOR: (0.0, 0.0), CEILING: (room.height, room.height)}[name]
        front = -room.doors[0][0].inward if room.doors else None
        return [Region(room.floor, low, high, front)]
    if name == WALL or any(wall.id == name for wall in room.walls):
        return [_wall_region(wall) for wall in room.walls if name in (WALL, wall.id)]
    if name in (DOOR, WINDOW):
        return [_opening_region(wall, opening) for wall, opening in room.openings if opening.kind == name]
    found = layout.scene.opening(name)
    if found is None:
        raise KeyError(name)
    return [_opening_region(*found)]


def exists(name: str, room: Room, layout: Layout) -> bool:
    """Return whether a relation's name refers to an object of a layout or an element of a room."""
    words = (ROOM, FLOOR, CEILING, WALL, DOOR, WINDOW)
    known = name in layout or name in words or any(wall.id == name for wall in room.walls)
    return known or layout.scene.opening(name) is not None


def _wall_region(wall: Wall) -> Region:
    return Region(LineString([wall.start, wall.end]), 0.0, wall.height, wall.inward)


def _opening_region(wall: Wall, opening: Opening) -> Region:
    ends = (wall.point(opening.offset + side * opening.width / 2) for side in (-1, 1))
    return Region(LineString(ends), opening.sill, opening.sill + opening.height, wall.inward)


def sides(region: Region, room: Room) -> Sides:
    """Return the sides of a region, for a viewer who faces its front or, if it has none, looks from the door.

    Without a front, the viewer is at the side of its oriented box which faces the door the most, or in the
    direction of the door if it is round.
    """
    toward = region.front if region.front is not None else _toward_door(region, room)
    coords = shapely.get_coordinates(region.outline)
    right = np.array([-toward[1], toward[0]])
    along, across = coords @ toward, coords @ right
    near = float(along.max()) + (_APPROACH_M if isinstance(region.outline, LineString) else 0.0)
    return Sides(toward, (float(along.min()), near), (float(across.min()), float(across.max())))


def _toward_door(region: Region, room: Room) -> Array:
    axis = region.axis
    fallback = axis if axis is not None else np.array([1.0, 0.0])
    if not room.doors:
        return fallback
    wall, door = room.doors[0]
    direction = wall.point(door.offset) - region.center
    length = float(np.linalg.norm(direction))
    if length < 1e-6:
        return fallback
    if axis is None:
        return direction / length
    normal = np.array([-axis[1], axis[0]])
    return max((axis, normal, -axis, -normal), key=lambda way: round(float(way @ direction), 6))


def _is_round(outline: BaseGeometry) -> bool:
    angles = np.arange(8) * math.pi / 8
    coords = shapely.get_coordinates(outline)
    widths = np.ptp(coords @ np.stack([np.cos(angles), np.sin(angles)]), axis=0)
    return bool(widths.max() < _ROUND * widths.min())


def wall_distances(item: Located, room: Room) -> dict[str, float]:
    """Return the distance of an object to the inner face of each wall [m], by the wall's id."""
    return {
        wall.id: float(LineString([wall.start, wall.end]).distance(item.body_footprint))
        for wall in room.walls
    }


def side_walls(room: Room, part: str | None) -> tuple[Wall, ...]:
    """Return the walls on a side of a room, left and right as seen on entering by the first door.

    Args:
        room: the room.
        part: `left`, `right`, `back` (opposite the door), `front` (with the door), `long` or `short`; all
            walls by default.
    """
    if part is None:
        return room.walls
    if part in ("long", "short"):
        return tuple(wall for wall in room.walls if _is_along(wall, room, part))
    if not room.doors:
        return ()
    x, y = room.doors[0][0].inward
    inward = {"front": (x, y), "back": (-x, -y), "left": (y, -x), "right": (-y, x)}[part]
    return tuple(wall for wall in room.walls if float(wall.inward @ inward) > _PARALLEL)


def walls_meant(name: str, room: Room, part: str | None) -> tuple[Wall, ...]:
    """Return the wall of an id, or else the walls on a side of a room; see `side_walls`."""
    return tuple(wall for wall in room.walls if wall.id == name) or side_walls(room, part)


def _is_along(wall: Wall, room: Room, part: str) -> bool:
    ring = np.asarray(room.floor.minimum_rotated_rectangle.exterior.coords)[:3]
    first, second = ring[1] - ring[0], ring[2] - ring[1]
    lengths = (float(np.linalg.norm(first)), float(np.linalg.norm(second)))
    if max(lengths) < _SQUARE * min(lengths):
        return True
    longer = first / lengths[0] if lengths[0] > lengths[1] else second / lengths[1]
    return (abs(float(wall.along @ longer)) > _PARALLEL) == (part == "long")


def corners(room: Room, part: str | None = None) -> Iterator[tuple[Wall, Wall]]:
    """Yield the pairs of walls that form the convex corners of a room.

    Args:
        room: the room.
        part: only corners at a side: `far` (opposite the door), `near` (with the door), `left` or `right`.
    """
    meant = {"far": "back", "near": "front"}.get(part, part) if part is not None else None
    among = {wall.id for wall in side_walls(room, meant)}
    for first in room.walls:
        for second in room.walls:
            joined = Point(first.end).distance(Point(second.start)) <= _JOINED_M
            turn = float(first.along[0] * second.along[1] - first.along[1] * second.along[0])
            if joined and turn > _UPRIGHT and among & {first.id, second.id}:
                yield first, second
