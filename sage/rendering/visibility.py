"""Visibility of an object from a robot's head camera."""

from __future__ import annotations

import numpy as np

from sage.geometry import Pose
from sage.rendering.camera import Camera, looking
from sage.rendering.observation import Observer, Visibility
from sage.rendering.surfaces import Surfaces
from sage.rendering.viewpoints import ROBOT_FOV_DEG
from sage.spatial.layout import Layout
from sage.spatial.walkway import Walkway, eye_above

__all__ = ["MIN_PIXELS", "MIN_UNOCCLUDED", "Sight", "is_seen"]

_SIZE_PX = (320, 240)
_BACK_M = (0.4, 0.8, 1.2)
"""How far a robot steps back to look into a shelf [m]."""
MIN_PIXELS = 6
"""Of 320 x 240 that must show an object: what a teaspoon fills that is looked at from 1.5 m."""
MIN_UNOCCLUDED = 0.1
"""Share of what the picture would show of an object, were it alone, that it must show."""


class Sight:
    """Looks from robot bases at objects of a scene. Glass is looked through, but at things of glass.

    So is what the task wants on an object: a plate is not looked for under its pizza.

    Args:
        layout: where everything is.
        found: what is seen of it.
    """

    def __init__(self, layout: Layout, found: Surfaces) -> None:
        self._layout, self._surfaces = layout, found
        self._observers: dict[tuple[bool, frozenset[str]], Observer] = {}

    def of(self, object_id: str, base: Pose) -> Visibility:
        """Return how much a robot at a base pose sees of an object that it looks at, of 320 x 240 pixels."""
        pose = looking(eye_above(base), self._layout[object_id].center)
        width, height = _SIZE_PX
        camera = Camera(name="head", pose=pose, fov=ROBOT_FOV_DEG, width=width, height=height)
        return self._observer(not self._is_clear(object_id), self._load(object_id)).glimpse(camera, object_id)

    def from_around(self, object_id: str, base: Pose) -> Visibility:
        """Return the same, if too little is seen, from a few steps further back on free floor, if more is."""
        seen = self.of(object_id, base)
        if is_seen(seen):
            return seen
        room = self._layout.scene.room(self._layout[object_id].item.room)
        walkway = Walkway(room, self._layout)
        x, y, z = base.position
        away = np.array([x, y]) - self._layout[object_id].center[:2]
        away /= max(float(np.linalg.norm(away)), 1e-9)
        for step in _BACK_M:
            place = np.array([x, y]) + step * away
            if walkway.has(place):
                back = Pose.planar(float(place[0]), float(place[1]), z, base.yaw)
                seen = max(seen, self.of(object_id, back), key=lambda one: (is_seen(one), one.pixels))
        return seen

    def _is_clear(self, object_id: str) -> bool:
        return bool(self._surfaces.clear_face[self._surfaces.faces_of({object_id})].all())

    def _observer(self, through_glass: bool, without: frozenset[str]) -> Observer:
        key = (through_glass, without)
        if key not in self._observers:
            self._observers[key] = Observer(self._surfaces, through_glass=through_glass, without=without)
        return self._observers[key]

    def _load(self, object_id: str) -> frozenset[str]:
        """Return what the task wants on an object, and on that in turn."""
        carried = {item.id for item in self._layout.scene.carried_by(object_id)}
        wanted = (r.subject for r in self._layout.scene.task.initial if r.name == "on" and not r.negated)
        return frozenset(carried.intersection(wanted))


def is_seen(visibility: Visibility) -> bool:
    """Return whether enough of an object is seen to find it."""
    return visibility.pixels >= MIN_PIXELS and visibility.unoccluded >= MIN_UNOCCLUDED
