"""Directions on the floor plan: `left`, `forward`, `away from the wall`."""

from __future__ import annotations

import numpy as np
from shapely.geometry import LineString, Point

from sage.errors import EditRejected
from sage.geometry import Array
from sage.scene import Room
from sage.spatial.layout import Located

__all__ = ["direction_from", "direction_of", "nearest_corner", "nearest_wall"]


def direction_of(way: str, located: Located, room: Room) -> Array:
    """Return the unit vector of a direction in the world frame, shape (2,).

    Left and right are as seen from the door; forward is the direction of the front of the object.

    Args:
        way: `left`, `right`, `forward` or `back`.
        located: the object.
        room: its room.

    Raises:
        EditRejected: the object has no front, which `forward` and `back` need.
    """
    if way in ("forward", "back"):
        if not located.asset.has_front:
            raise EditRejected(
                f"{located.item.id!r} has no front to define {way!r}: say left, right, or towards an object"
            )
        return located.forward if way == "forward" else -located.forward
    x, y = room.doors[0][0].inward if room.doors else (0.0, 1.0)
    return np.array([-y, x]) if way == "left" else np.array([y, -x])


def direction_from(located: Located, point: Array) -> Array:
    """Return the unit vector from a point to an object on the floor plan, shape (2,).

    Args:
        located: the object.
        point: position in the world frame [m], shape (2,).

    Raises:
        EditRejected: the object is less than 1 mm from the point.
    """
    direction = located.center[:2] - point
    length = float(np.linalg.norm(direction))
    if length < 1e-3:
        raise EditRejected(f"{located.item.id!r} is at that point already: say left or right")
    return np.array(direction / length)


def nearest_wall(located: Located, room: Room) -> Array:
    """Return the point on the nearest wall that is closest to an object, world frame [m], shape (2,)."""
    x, y = located.center[:2]
    wall = min(
        room.walls, key=lambda wall: LineString([wall.start, wall.end]).distance(located.body_footprint)
    )
    line = LineString([wall.start, wall.end])
    return np.array(line.interpolate(line.project(Point(x, y))).coords[0])


def nearest_corner(located: Located, room: Room) -> Array:
    """Return the corner of a room that is nearest to an object, in the world frame [m], shape (2,)."""
    corners = np.array(room.floor.exterior.coords)
    return np.array(corners[np.linalg.norm(corners - located.center[:2], axis=1).argmin()])
