"""Cameras and lamps that the formats share."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sage.asset import Asset
from sage.geometry import Array, Pose, heading, quat_from_matrix
from sage.scene import Room

__all__ = ["Camera", "cameras", "lamp_position"]

_PREVIEW_DEG, _TOP_DEG, _DOOR_DEG = 45.0, 45.0, 75.0
_PREVIEW_BACKWARD = (-0.45, -0.6, 0.95)
_EYE_M, _STEP_IN_M = 1.6, 0.2
_TOP_MARGIN = 1.1
_BELOW_LAMP_M = 0.05


@dataclass(frozen=True)
class Camera:
    """A point of view, with the name it has in every format."""

    name: str
    pose: Pose
    """`world_from_camera`, which looks along -z and has y up, as in MuJoCo and USD."""
    fov: float
    """Vertical field of view [degrees]."""


def cameras(rooms: tuple[Room, ...]) -> tuple[Camera, ...]:
    """Return `preview`, from above a corner; `top`, from above; and one at eye height in each door."""
    if not rooms:
        return ()
    corners = np.array([point for room in rooms for point in room.polygon])
    low, high = corners.min(axis=0), corners.max(axis=0)
    height = max(room.height for room in rooms)
    middle = np.array([*(low + high) / 2, height / 4])
    radius = float(np.linalg.norm([*(high - low) / 2, height / 2]))
    backward = np.array(_PREVIEW_BACKWARD) / np.linalg.norm(_PREVIEW_BACKWARD)
    eye = middle + backward * radius / math.sin(math.radians(_PREVIEW_DEG / 2))
    rise = _TOP_MARGIN * float((high - low).max()) / 2 / math.tan(math.radians(_TOP_DEG / 2))
    above = np.array([middle[0], middle[1], height + rise])
    return (
        Camera("preview", _looking(eye, middle), _PREVIEW_DEG),
        Camera("top", Pose(position=tuple(above)), _TOP_DEG),
        *(_in_door(room, number) for room in rooms for number in range(len(room.doors))),
    )


def _in_door(room: Room, number: int) -> Camera:
    wall, door = room.doors[number]
    eye = np.array([*wall.point(door.offset, _STEP_IN_M), _EYE_M])
    middle = room.floor.centroid
    target = np.array([middle.x, middle.y, _EYE_M / 2])
    if np.linalg.norm((target - eye)[:2]) < _STEP_IN_M:
        target = eye + np.array([*heading(wall.yaw), -0.2])
    return Camera(door.id, _looking(eye, target), _DOOR_DEG)


def _looking(eye: Array, target: Array) -> Pose:
    """Return the pose of a camera at `eye` that has `target` in the middle, upright."""
    backward = (eye - target) / np.linalg.norm(eye - target)
    right = np.cross([0.0, 0.0, 1.0], backward)
    right /= np.linalg.norm(right)
    turn = quat_from_matrix(np.column_stack([right, np.cross(backward, right), backward]))
    return Pose(position=tuple(eye), orientation=turn)


def lamp_position(asset: Asset) -> tuple[float, float, float] | None:
    """Return where the light of a ceiling lamp is, in the asset frame [m]; None if it is no such lamp."""
    return (0.0, 0.0, -_BELOW_LAMP_M) if asset.mount == "ceiling" and "lamp" in asset.category else None
