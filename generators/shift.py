"""Moves of objects by a distance."""

from __future__ import annotations

import math

import numpy as np
from pydantic import Field

from sage.context import Context
from sage.errors import ToolRejected
from sage.scene import Scene
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import rests_on
from sage.spatial.space import TOUCHING_M, Space
from sage.tools import Generator, object_named

__all__ = ["ShiftObject"]

_STEP_M = 0.01


class ShiftObject(Generator):
    """Move one object by a distance on the floor plan, without turning it. Call settle afterwards.

    Objects on it move along, and it stays on its support.
    """

    object_id: str
    """Id of the object to move."""
    x: float = Field(ge=-20, le=20)
    """Distance along the world's x axis [m]."""
    y: float = Field(ge=-20, le=20)
    """Distance along the world's y axis [m]."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with the object moved."""
        item = object_named(scene, self.object_id)
        if item.fixed or item.support in ("wall", "ceiling"):
            raise ToolRejected(f"{item.id!r} is built in or hangs and cannot be moved; replace it instead")
        load = scene.carried_by(item.id)
        rest = scene.removing(item.id, *(other.id for other in load))
        layout = Layout(rest, context.store)
        space = Space(scene.room(item.room), layout)
        moved = self._moved(scene, context, 1.0)
        hindrance = _hindrance(moved, layout, space)
        if hindrance is not None:
            length = math.hypot(self.x, self.y)
            shares = np.linspace(1.0, 0.0, math.ceil(length / _STEP_M) + 1)
            tried = ((s, self._moved(scene, context, float(s))) for s in shares)
            free = next((s * length for s, new in tried if _hindrance(new, layout, space) is None), 0.0)
            raise ToolRejected(
                f"{item.id!r} cannot be moved by {length:.2f} m: {hindrance}; {free:.2f} m are free"
            )
        return scene.carrying(moved.item)

    def _moved(self, scene: Scene, context: Context, share: float) -> Located:
        """Return the object moved by a share of the distance."""
        item = scene[self.object_id]
        x, y, z = item.pose.position
        pose = item.pose.model_copy(update={"position": (x + share * self.x, y + share * self.y, z)})
        return Located(item.model_copy(update={"pose": pose}), context.store[item.asset])


def _hindrance(located: Located, layout: Layout, space: Space) -> str | None:
    """Return in words why an object cannot be at its pose, or None."""
    support = located.item.support
    if support in layout and rests_on(located, layout[support], located.item.support_part) is None:
        return f"it would leave {support!r}"
    others = frozenset(other.item.id for other in layout)
    blocker = space.obstacle(located, margin=TOUCHING_M, companions=others)
    if blocker is None:
        return None
    return "a wall is in the way" if blocker == "wall" else f"{blocker!r} is in the way"
