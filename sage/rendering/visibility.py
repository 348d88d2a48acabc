"""Visibility of an object from a robot's head camera."""

from __future__ import annotations

import numpy as np

from sage.geometry import Pose
from sage.rendering.camera import Camera, look_at
from sage.rendering.observation import Observer, Visibility
from sage.rendering.surfaces import Surfaces
from sage.rendering.viewpoints import ROBOT_FOV_DEG
from sage.spatial.layout import Layout
from sage.spatial.walkway import Walkway, eye_above

__all__ = ["MIN_PIXELS", "MIN_UNOCCLUDED", "Sight", "is_seen"]

_SIZE_PX = (320, 240)
_BACK_M = (0.4, 0.8, 1.2)
"""Distances that a robot steps back, for instance to look into a shelf [m]."""
MIN_PIXELS = 6
"""Pixels of 320 x 240 that must show an object; a teaspoon at 1.5 m fills as many."""
MIN_UNOCCLUDED = 0.1
"""Fraction of an object's pixels, when unoccluded, that must be visible."""


class Sight:
    """Visibility of objects from the head camera of a robot at a base pose.

    Glass does not occlude, except objects made of glass themselves. Neither do objects that the task requires
    on the observed one: a pizza does not occlude the plate below it.

    Args:
        layout: Layout of the scene.
        found: Surfaces of the scene.
    """

    def __init__(self, layout: Layout, found: Surfaces) -> None:
        self._layout, self._surfaces = layout, found
        self._observers: dict[tuple[bool, frozenset[str]], Observer] = {}

    def of(self, object_id: str, base: Pose) -> Visibility:
        """Return the visibility of an object from a robot base, in 320 x 240 pixels.

        Args:
            object_id: Object in the centre of the image.
            base: `world_from_base`.
        """
        pose = look_at(eye_above(base), self._layout[object_id].center)
        width, height = _SIZE_PX
        camera = Camera(name="head", pose=pose, fov=ROBOT_FOV_DEG, width=width, height=height)
        return self._observer(not self._is_clear(object_id), self._required_load(object_id)).visibility_of(
            camera, object_id
        )

    def from_around(self, object_id: str, base: Pose) -> Visibility:
        """Return the best visibility of an object from a robot base and, if needed, from further back.

        Positions up to 1.2 m further from the object are tried where the floor is free, and only if too
        little of the object is visible from the base itself.

        Args:
            object_id: Object in the centre of the image.
            base: `world_from_base`.
        """
        seen = self.of(object_id, base)
        if is_seen(seen):
            return seen
        room = self._layout.scene.room(self._layout[object_id].item.room)
        walkway = Walkway(room, self._layout)
        x, y, z = base.position
        away = np.array([x, y]) - self._layout[object_id].center[:2]
        away /= max(float(np.linalg.norm(away)), 1e-9)
        for step in _BACK_M:
            position = np.array([x, y]) + step * away
            if walkway.has(position):
                back = Pose.planar(float(position[0]), float(position[1]), z, base.yaw)
                seen = max(seen, self.of(object_id, back), key=lambda one: (is_seen(one), one.pixels))
        return seen

    def _is_clear(self, object_id: str) -> bool:
        return bool(self._surfaces.clear_face[self._surfaces.faces_of({object_id})].all())

    def _observer(self, through_glass: bool, without: frozenset[str]) -> Observer:
        key = (through_glass, without)
        if key not in self._observers:
            self._observers[key] = Observer(self._surfaces, through_glass=through_glass, without=without)
        return self._observers[key]

    def _required_load(self, object_id: str) -> frozenset[str]:
        """Return the objects carried by an object that the task requires to be on something."""
        carried = {item.id for item in self._layout.scene.carried_by(object_id)}
        required = (r.subject for r in self._layout.scene.task.initial if r.name == "on" and not r.negated)
        return frozenset(carried.intersection(required))


def is_seen(visibility: Visibility) -> bool:
    """Return whether enough of an object is visible to recognise it."""
    return visibility.pixels >= MIN_PIXELS and visibility.unoccluded >= MIN_UNOCCLUDED
