"""Standard cameras of a scene: top, corners, doors, robot head and wrist, and orbits around objects.

Positions are in the world frame [m]; +x is east and +y is north.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from shapely.geometry import Point, Polygon

from sage.asset import AssetStore
from sage.errors import UserError
from sage.geometry import Array, Pose, heading
from sage.rendering.camera import Camera, look_at
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
"""Vertical field of view of a robot's head and wrist cameras [degrees]."""
_OVERVIEW_DEG, _TOP_DEG, _CORNER_DEG, _DOOR_DEG, _ORBIT_DEG = 45.0, 20.0, 68.0, 75.0, 45.0
_OVERVIEW_BACKWARD = (-0.45, -0.6, 0.95)
_MARGIN = 1.05
_ASPECT = 4 / 3
_EYE_M, _STEP_IN_M = 1.6, 0.2
_CORNER_M = 2.2
"""Height of a corner camera, above most furniture [m]."""
_BELOW_CEILING_M = 0.15
_WRIST_M, _WRIST_ELEVATION = 0.3, math.radians(50)
_ORBIT_ELEVATION = math.radians(25)
_CLEAR_M = 0.1
"""Clearance between a camera and walls or furniture [m]."""


def standard_cameras(scene: Scene, store: AssetStore) -> tuple[Camera, ...]:
    """Return the standard cameras of a scene.

    They are `top`, `corner_1` to `corner_4`, one per door with the id of the door, and `head_ID` and
    `wrist_ID` for each task object. If the scene has several rooms, names of corner cameras start with the id
    of the room.
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
    """Return the standard cameras of given names.

    Args:
        scene: Scene that the cameras show.
        store: Store of its assets.
        names: Names separated by commas; None for all standard cameras.

    Raises:
        UserError: A name is unknown.
    """
    known = {camera.name: camera for camera in standard_cameras(scene, store)}
    chosen = list(known) if names is None else [name.strip() for name in names.split(",")]
    unknown = [name for name in chosen if name not in known]
    if unknown:
        raise UserError(f"camera {unknown[0]!r} is unknown; use some of {', '.join(known)}")
    return tuple(known[name] for name in dict.fromkeys(chosen))


def top_camera(rooms: Sequence[Room], aspect: float = _ASPECT) -> Camera:
    """Return camera `top`, which looks straight down on whole rooms with north up in the image.

    Args:
        rooms: Rooms to show.
        aspect: Ratio of image width to height.
    """
    low, high = _bounds(rooms)
    depth = max(float((high - low)[1]), float((high - low)[0]) / aspect) * _MARGIN
    rise = depth / 2 / math.tan(math.radians(_TOP_DEG) / 2)
    x, y = (low + high) / 2
    height = max(room.height for room in rooms)
    pose = look_at((x, y, height + rise), (x, y, 0.0), up=(0.0, 1.0, 0.0))
    return Camera(name="top", pose=pose, fov=_TOP_DEG)


def overview_camera(rooms: Sequence[Room]) -> Camera:
    """Return camera `preview`, which shows all rooms from above the south-west corner."""
    low, high = _bounds(rooms)
    height = max(room.height for room in rooms)
    middle = np.array([*(low + high) / 2, height / 4])
    radius = float(np.linalg.norm([*(high - low) / 2, height / 2]))
    backward = np.array(_OVERVIEW_BACKWARD) / np.linalg.norm(_OVERVIEW_BACKWARD)
    eye = middle + backward * radius / math.sin(math.radians(_OVERVIEW_DEG / 2))
    return Camera(name="preview", pose=look_at(eye, middle), fov=_OVERVIEW_DEG)


def corner_cameras(scene: Scene, store: AssetStore, room: Room) -> tuple[Camera, ...]:
    """Return cameras `corner_1` to `corner_4`, high in the SW, SE, NE and NW corner of a room.

    If furniture fills a corner, its camera is at the nearest free position.

    Args:
        scene: Scene of the room.
        store: Store of its assets.
        room: Room to show.
    """
    corners = np.array(room.polygon)
    z = min(_CORNER_M, room.height - _BELOW_CEILING_M)
    solid = [located.footprint for located in Layout(scene, store) if _at_height(located, z)]
    prefix = f"{room.id}_" if len(scene.rooms) > 1 else ""
    middle = _floor_centre(room)
    found = []
    for number, direction in enumerate(((-1, -1), (1, -1), (1, 1), (-1, 1)), start=1):
        index = int(np.argmax(corners @ np.array(direction)))
        target = np.array([*middle, room.height / 4])
        eye = np.array([*_inside_corner(room.floor, corners, index, solid), z])
        found.append(Camera(name=f"{prefix}corner_{number}", pose=look_at(eye, target), fov=_CORNER_DEG))
    return tuple(found)


def _inside_corner(floor: Polygon, corners: Array, index: int, solid: list[Polygon]) -> Array:
    """Return the point on a corner's bisector nearest to it that is clear of walls and furniture [m], [2]."""
    corner = corners[index]
    directions = [corners[(index + step) % len(corners)] - corner for step in (-1, 1)]
    bisector = sum(direction / np.linalg.norm(direction) for direction in directions)
    bisector /= max(float(np.linalg.norm(bisector)), 1e-9)
    free = floor.buffer(-_CLEAR_M)
    candidates = [corner + distance * bisector for distance in np.arange(0.15, 1.5, 0.05)]
    clear = (p for p in candidates if free.contains(Point(p)) and not _near_any(solid, p))
    chosen: Array = next(clear, candidates[0])
    return chosen


def door_cameras(room: Room) -> tuple[Camera, ...]:
    """Return a camera just inside each door at eye height, named by the id of the door."""
    found = []
    for wall, door in room.doors:
        eye = np.array([*wall.point(door.offset, _STEP_IN_M), _EYE_M])
        target = np.array([*_floor_centre(room), _EYE_M / 2])
        if np.linalg.norm((target - eye)[:2]) < _STEP_IN_M:
            target = eye + np.array([*heading(wall.yaw), -0.2])
        found.append(Camera(name=door.id, pose=look_at(eye, target), fov=_DOOR_DEG))
    return tuple(found)


def head_camera(scene: Scene, store: AssetStore, object_id: str) -> Camera:
    """Return camera `head_ID`, which looks at a task object from 1.3 m above its robot base.

    Raises:
        UserError: The scene has no robot base for the object.
    """
    eye = eye_above(_base(scene, object_id))
    pose = look_at(eye, _target(scene, store, object_id))
    return Camera(name=f"head_{object_id}", pose=pose, fov=ROBOT_FOV_DEG)


def wrist_camera(scene: Scene, store: AssetStore, object_id: str) -> Camera:
    """Return camera `wrist_ID`, which looks at a task object from 0.3 m off its top, on the robot's side.

    Raises:
        UserError: The scene has no robot base for the object.
    """
    base, located = _base(scene, object_id), Located(scene[object_id], store[scene[object_id].asset])
    target = _target(scene, store, object_id)
    away = np.array(base.position[:2]) - target[:2]
    away /= max(float(np.linalg.norm(away)), 1e-9)
    rise = float(located.high[2] - target[2]) + _WRIST_M * math.sin(_WRIST_ELEVATION)
    eye = target + np.array([*away * _WRIST_M * math.cos(_WRIST_ELEVATION), rise])
    return Camera(name=f"wrist_{object_id}", pose=look_at(eye, target), fov=ROBOT_FOV_DEG)


def orbit_cameras(scene: Scene, store: AssetStore, object_id: str, count: int) -> tuple[Camera, ...]:
    """Return cameras `orbit_ID_000`, ... on a circle around an object, or on the part of it inside the room.

    The radius lets the object fill the image; it is reduced in a narrow room.

    Args:
        scene: Scene of the object.
        store: Store of its assets.
        object_id: Object in the centre of the images.
        count: Number of cameras, at least 1.

    Raises:
        UserError: The object is unknown, or `count` is below 1.
    """
    if object_id not in scene:
        raise UserError(f"object {object_id!r} is unknown; scene.json lists the ids")
    if count < 1:
        raise UserError(f"an orbit of {count} cameras was requested; at least 1 is required")
    located = Located(scene[object_id], store[scene[object_id].asset])
    corners = located.item.pose.apply(located.asset.corners)
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    radius = float(np.linalg.norm(corners - middle, axis=1).max())
    distance = max(0.3, 1.2 * radius / math.sin(math.radians(_ORBIT_DEG) / 2))
    free = scene.room(located.item.room).floor.buffer(-_CLEAR_M)
    eyes = _arc(middle, distance, free)
    chosen = np.linspace(0, len(eyes), count, endpoint=False).astype(int)
    return tuple(
        Camera(name=f"orbit_{object_id}_{number:03d}", pose=look_at(eyes[index], middle), fov=_ORBIT_DEG)
        for number, index in enumerate(chosen)
    )


def _arc(middle: Array, distance: float, free: Polygon, least: float = 0.25) -> list[Array]:
    """Return the points, in order, of the widest circle of which a fraction `least` lies over `free`."""
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
    """Return the minimum and maximum corner of all floors including walls [m], each of shape [2]."""
    corners = np.array([point for room in rooms for point in room.polygon])
    thickness = max((wall.thickness for room in rooms for wall in room.walls), default=0.0)
    return corners.min(axis=0) - thickness, corners.max(axis=0) + thickness


def _floor_centre(room: Room) -> Array:
    """Return the centroid of a room's floor, or another point if it lies outside the floor [m], shape [2]."""
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
        raise UserError(f"the scene has no robot base for {object_id!r}; objects with a base: {known}")
    return scene.task.robot_bases[object_id]


def _target(scene: Scene, store: AssetStore, object_id: str) -> Array:
    return Located(scene[object_id], store[scene[object_id].asset]).center
