"""Turns of objects in place."""

from __future__ import annotations

import math

import numpy as np
from pydantic import Field

from sage.context import Context
from sage.errors import ToolRejected
from sage.geometry import Array, Pose
from sage.scene import Scene, SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.space import TOUCHING_M, Space
from sage.tools import Generator, object_named

__all__ = ["TurnObject"]

_SHIFTS_M = (0.0, 0.05, 0.1, 0.2, 0.3)
_DIRECTIONS = 8


class TurnObject(Generator):
    """Turn one object about its vertical axis, by an angle or until it faces another. Call settle afterwards.

    Objects on it turn along. Without space to turn, it is also shifted, by 0.3 m at most.
    """

    object_id: str
    """Id of the object to turn."""
    degrees: float = Field(default=180.0, ge=-360, le=360)
    """Angle counter-clockwise as seen from above; ignored if `facing` is given."""
    facing: str | None = None
    """Id of an object or opening to face, or `room` for the middle of the room."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with the object turned."""
        item = object_named(scene, self.object_id)
        if item.fixed or item.support in ("wall", "ceiling"):
            raise ToolRejected(f"{item.id!r} is built in or hangs and cannot be turned; replace it instead")
        load = scene.carried_by(item.id)
        rest = scene.removing(item.id, *(other.id for other in load))
        layout = Layout(rest, context.store)
        others = frozenset(located.item.id for located in layout)
        space = Space(scene.room(item.room), layout)
        angle = self._angle(item, scene, context)
        for pose in _turned(item, angle):
            new = item.model_copy(update={"pose": pose})
            located = Located(new, context.store[item.asset])
            home = item.support not in layout or any(p.holds(located) for p in layout[item.support].patches)
            if home and space.obstacle(located, margin=TOUCHING_M, companions=others) is None:
                return scene.carrying(new)
        raise ToolRejected(
            f"{item.id!r} has no room to turn by {math.degrees(angle):.0f} degrees; move it first"
        )

    def _angle(self, item: SceneObject, scene: Scene, context: Context) -> float:
        """Return the angle to turn by [rad]."""
        if self.facing is None:
            return math.radians(self.degrees)
        x, y = self._target(self.facing, item, scene, context) - np.array(item.pose.position[:2])
        return math.atan2(y, x) - item.pose.yaw

    def _target(self, name: str, item: SceneObject, scene: Scene, context: Context) -> Array:
        opening = scene.opening(name)
        if name in scene:
            return Located(scene[name], context.store[scene[name].asset]).center[:2]
        if opening is not None:
            return opening[0].point(opening[1].offset)
        if name == "room":
            return np.array(scene.room(item.room).floor.centroid.coords[0])
        raise ToolRejected(f"there is no {name!r} to face; name an object, an opening or `room`")


def _turned(item: SceneObject, angle: float) -> list[Pose]:
    """Return the turned pose in place, then shifted ever further in each direction."""
    poses = []
    x, y, z = item.pose.position
    turned = item.pose @ Pose.planar(0.0, 0.0, 0.0, angle)
    for shift in _SHIFTS_M:
        for direction in range(_DIRECTIONS if shift else 1):
            a = direction * 2 * math.pi / _DIRECTIONS
            place = (x + shift * math.cos(a), y + shift * math.sin(a), z)
            poses.append(turned.model_copy(update={"position": place}))
    return poses
