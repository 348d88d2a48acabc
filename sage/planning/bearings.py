"""Directions on the floor plan: `left`, `forward`, `away from the wall`."""

from __future__ import annotations

import numpy as np
from shapely.geometry import LineString, Point

from sage.errors import EditRejected
from sage.geometry import Array
from sage.scene import Room
from sage.spatial.layout import Located

__all__ = ["apart", "bearing", "nearest_corner", "nearest_wall"]


def bearing(way: str, located: Located, room: Room) -> Array:
    """Return the unit vector of a direction, shape (2,); left and right as seen from the door.

    Forward is the direction of the object's front.

    Raises:
        EditRejected: it has no front.
    """
    if way in ("forward", "back"):
        if not located.asset.has_front:
            raise EditRejected(
                f"{located.item.id!r} has no front to tell {way!r} by: say left, right, or towards something"
            )
        return located.forward if way == "forward" else -located.forward
    x, y = room.doors[0][0].inward if room.doors else (0.0, 1.0)
    return np.array([-y, x]) if way == "left" else np.array([y, -x])


def apart(located: Located, point: Array) -> Array:
    """Return the unit vector from a point on the floor plan [m] to an object, shape [2].

    Raises:
        EditRejected: the object is there.
    """
    direction = located.center[:2] - point
    length = float(np.linalg.norm(direction))
    if length < 1e-3:
        raise EditRejected(f"{located.item.id!r} is there already: say left or right")
    return np.array(direction / length)


def nearest_wall(located: Located, room: Room) -> Array:
    """Return the point on the nearest wall that is closest to an object [m], shape (2,)."""
    x, y = located.center[:2]
    wall = min(
        room.walls, key=lambda wall: LineString([wall.start, wall.end]).distance(located.body_footprint)
    )
    line = LineString([wall.start, wall.end])
    return np.array(line.interpolate(line.project(Point(x, y))).coords[0])


def nearest_corner(located: Located, room: Room) -> Array:
    """Return the nearest corner of a room [m], shape [2]."""
    corners = np.array(room.floor.exterior.coords)
    return np.array(corners[np.linalg.norm(corners - located.center[:2], axis=1).argmin()])
