"""Standard cameras of a scene: top, corners, doors, a robot's head and wrist, around an object."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from shapely.geometry import Point, Polygon

from sage.asset import AssetStore
from sage.errors import UserError
from sage.geometry import Array, Pose, heading
from sage.rendering.camera import Camera, looking
from sage.scene import Room, Scene
from sage.spatial.layout import Layout, Located
from sage.spatial.walkway import eye_above

__all__ = [
    "ROBOT_FOV_DEG",
    "chosen_cameras",
    "corner_cameras",
    "door_cameras",
    "head_camera",
    "orbit_cameras",
    "overview_camera",
    "standard_cameras",
    "top_camera",
    "wrist_camera",
]

ROBOT_FOV_DEG = 55.0
"""Vertical field of view of a robot's cameras [degrees]."""
_OVERVIEW_DEG, _TOP_DEG, _CORNER_DEG, _DOOR_DEG, _ORBIT_DEG = 45.0, 20.0, 68.0, 75.0, 45.0
_OVERVIEW_BACKWARD = (-0.45, -0.6, 0.95)
_MARGIN = 1.05
_ASPECT = 4 / 3
_EYE_M, _STEP_IN_M = 1.6, 0.2
_CORNER_M = 2.2
"""Height of a camera in a corner: above most furniture."""
_BELOW_CEILING_M = 0.15
_WRIST_M, _WRIST_ELEVATION = 0.3, math.radians(50)
_ORBIT_ELEVATION = math.radians(25)
_CLEAR_M = 0.1
"""Between a camera and walls or furniture."""


def standard_cameras(scene: Scene, store: AssetStore) -> tuple[Camera, ...]:
    """Return `top`, `corner_1` to `corner_4`, each door's, and `head_ID` and `wrist_ID` of each task object.

    With several rooms, the names of corners start with the room's id.
    """
    task_objects = [name for name in scene.task.robot_bases if name in scene]
    return (
        top_camera(scene.rooms),
        *(camera for room in scene.rooms for camera in corner_cameras(scene, store, room)),
        *(camera for room in scene.rooms for camera in door_cameras(room)),
        *(head_camera(scene, store, name) for name in task_objects),
        *(wrist_camera(scene, store, name) for name in task_objects),
    )


def chosen_cameras(scene: Scene, store: AssetStore, names: str | None) -> tuple[Camera, ...]:
    """Return the standard cameras named, separated by commas; None: all.

    Raises:
        UserError: one is unknown.
    """
    known = {camera.name: camera for camera in standard_cameras(scene, store)}
    chosen = list(known) if names is None else [name.strip() for name in names.split(",")]
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise UserError(f"there is no camera {unknown[0]!r}; name some of {', '.join(known)}")
    return tuple(known[name] for name in dict.fromkeys(chosen))


def top_camera(rooms: Sequence[Room], aspect: float = _ASPECT) -> Camera:
    """Return `top`: straight down from far above, north up, whole rooms in the picture.

    Args:
        rooms: what to see; there is no ceiling.
        aspect: width over height of the picture.
    """
    low, high = _bounds(rooms)
    depth = max(float((high - low)[1]), float((high - low)[0]) / aspect) * _MARGIN
    rise = depth / 2 / math.tan(math.radians(_TOP_DEG) / 2)
    x, y = (low + high) / 2
    height = max(room.height for room in rooms)
    pose = looking((x, y, height + rise), (x, y, 0.0), up=(0.0, 1.0, 0.0))
    return Camera(name="top", pose=pose, fov=_TOP_DEG)


def overview_camera(rooms: Sequence[Room]) -> Camera:
    """Return `preview`: all rooms from above the south-west corner."""
    low, high = _bounds(rooms)
    height = max(room.height for room in rooms)
    middle = np.array([*(low + high) / 2, height / 4])
    radius = float(np.linalg.norm([*(high - low) / 2, height / 2]))
    backward = np.array(_OVERVIEW_BACKWARD) / np.linalg.norm(_OVERVIEW_BACKWARD)
    eye = middle + backward * radius / math.sin(math.radians(_OVERVIEW_DEG / 2))
    return Camera(name="preview", pose=looking(eye, middle), fov=_OVERVIEW_DEG)


def corner_cameras(scene: Scene, store: AssetStore, room: Room) -> tuple[Camera, ...]:
    """Return `corner_1` to `corner_4`: from high up in the SW, SE, NE and NW corner across the room.

    Where furniture fills the corner, the camera is as near to it as there is room.
    """
    corners = np.array(room.polygon)
    z = min(_CORNER_M, room.height - _BELOW_CEILING_M)
    solid = [located.footprint for located in Layout(scene, store) if _at_height(located, z)]
    prefix = f"{room.id}_" if len(scene.rooms) > 1 else ""
    middle = _middle(room)
    found = []
    for number, way in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1)), start=1):
        index = int(np.argmax(corners @ np.array(way)))
        target = np.array([*middle, room.height / 4])
        eye = np.array([*_inside_corner(room.floor, corners, index, solid), z])
        found.append(Camera(name=f"{prefix}corner_{number}", pose=looking(eye, target), fov=_CORNER_DEG))
    return tuple(found)


def _inside_corner(floor: Polygon, corners: Array, index: int, solid: list[Polygon]) -> Array:
    """Return the point nearest to a corner, on its bisector, that is clear of walls and furniture."""
    corner = corners[index]
    ways = [corners[(index + step) % len(corners)] - corner for step in (-1, 1)]
    bisector = sum(way / np.linalg.norm(way) for way in ways)
    bisector /= max(float(np.linalg.norm(bisector)), 1e-9)
    free = floor.buffer(-_CLEAR_M)
    places = [corner + distance * bisector for distance in np.arange(0.15, 1.5, 0.05)]
    clear = (p for p in places if free.contains(Point(p)) and not _near_any(solid, p))
    chosen: Array = next(clear, places[0])
    return chosen


def door_cameras(room: Room) -> tuple[Camera, ...]:
    """Return a camera in each door, at eye height, by the door's id."""
    found = []
    for wall, door in room.doors:
        eye = np.array([*wall.point(door.offset, _STEP_IN_M), _EYE_M])
        target = np.array([*_middle(room), _EYE_M / 2])
        if np.linalg.norm((target - eye)[:2]) < _STEP_IN_M:
            target = eye + np.array([*heading(wall.yaw), -0.2])
        found.append(Camera(name=door.id, pose=looking(eye, target), fov=_DOOR_DEG))
    return tuple(found)


def head_camera(scene: Scene, store: AssetStore, object_id: str) -> Camera:
    """Return `head_ID`: from 1.3 m above the robot's base for a task object, at the object.

    Raises:
        UserError: the scene has no robot base for it.
    """
    eye = eye_above(_base(scene, object_id))
    pose = looking(eye, _target(scene, store, object_id))
    return Camera(name=f"head_{object_id}", pose=pose, fov=ROBOT_FOV_DEG)


def wrist_camera(scene: Scene, store: AssetStore, object_id: str) -> Camera:
    """Return `wrist_ID`: from 0.3 m off a task object's top, towards the robot and above, at the object.

    Raises:
        UserError: the scene has no robot base for it.
    """
    base, located = _base(scene, object_id), Located(scene[object_id], store[scene[object_id].asset])
    target = _target(scene, store, object_id)
    away = np.array(base.position[:2]) - target[:2]
    away /= max(float(np.linalg.norm(away)), 1e-9)
    rise = float(located.high[2] - target[2]) + _WRIST_M * math.sin(_WRIST_ELEVATION)
    eye = target + np.array([*away * _WRIST_M * math.cos(_WRIST_ELEVATION), rise])
    return Camera(name=f"wrist_{object_id}", pose=looking(eye, target), fov=ROBOT_FOV_DEG)


def orbit_cameras(scene: Scene, store: AssetStore, object_id: str, count: int) -> tuple[Camera, ...]:
    """Return `orbit_ID_000`, ...: evenly round an object, or along the arc of a circle that lies in its room.

    The circle is as wide as the object needs to fill the picture, and narrower in a narrow room.

    Raises:
        UserError: there is no such object, or `count` is below 1.
    """
    if object_id not in scene:
        raise UserError(f"there is no object {object_id!r} to go round; scene.json lists the ids")
    if count < 1:
        raise UserError(f"{count} views of an orbit were asked for; at least 1 is needed")
    located = Located(scene[object_id], store[scene[object_id].asset])
    corners = located.item.pose.apply(located.asset.corners)
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    radius = float(np.linalg.norm(corners - middle, axis=1).max())
    distance = max(0.3, 1.2 * radius / math.sin(math.radians(_ORBIT_DEG) / 2))
    free = scene.room(located.item.room).floor.buffer(-_CLEAR_M)
    eyes = _arc(middle, distance, free)
    picks = np.linspace(0, len(eyes), count, endpoint=False).astype(int)
    return tuple(
        Camera(name=f"orbit_{object_id}_{number:03d}", pose=looking(eyes[pick], middle), fov=_ORBIT_DEG)
        for number, pick in enumerate(picks)
    )


def _arc(middle: Array, distance: float, free: Polygon, least: float = 0.25) -> list[Array]:
    """Return points of the widest circle of which at least a share `least` lies over `free`, in order."""
    angles = np.radians(np.arange(360))
    for shrink in 0.9 ** np.arange(20):
        flat = distance * shrink * math.cos(_ORBIT_ELEVATION)
        rise = distance * shrink * math.sin(_ORBIT_ELEVATION)
        eyes = [middle + np.array([*flat * heading(float(angle)), rise]) for angle in angles]
        inside = np.array([free.contains(Point(eye[:2])) for eye in eyes])
        if inside.mean() >= least:
            start = int(np.flatnonzero(~inside)[-1]) + 1 if not inside.all() else 0
            order = np.roll(np.arange(360), -start)
            return [eyes[index] for index in order if inside[index]]
    return eyes


def _bounds(rooms: Sequence[Room]) -> tuple[Array, Array]:
    """Return the lowest and highest corner of all floors with their walls [m], each of shape [2]."""
    corners = np.array([point for room in rooms for point in room.polygon])
    thickness = max((wall.thickness for room in rooms for wall in room.walls), default=0.0)
    return corners.min(axis=0) - thickness, corners.max(axis=0) + thickness


def _middle(room: Room) -> Array:
    """Return a point of the floor [m], its centroid if that is one, shape [2]."""
    centroid = room.floor.centroid
    point = centroid if room.floor.contains(centroid) else room.floor.representative_point()
    return np.array([point.x, point.y])


def _at_height(located: Located, z: float) -> bool:
    if located.item.covering:
        return False
    return bool(located.low[2] - _CLEAR_M < z < located.high[2] + _CLEAR_M)


def _near_any(solid: list[Polygon], point: Array) -> bool:
    return any(outline.distance(Point(point)) < _CLEAR_M for outline in solid)


def _base(scene: Scene, object_id: str) -> Pose:
    if object_id not in scene or object_id not in scene.task.robot_bases:
        known = ", ".join(scene.task.robot_bases) or "none"
        raise UserError(f"the scene has no robot base for {object_id!r}; it has for: {known}")
    return scene.task.robot_bases[object_id]


def _target(scene: Scene, store: AssetStore, object_id: str) -> Array:
    return Located(scene[object_id], store[scene[object_id].asset]).center
