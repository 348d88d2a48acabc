"""Swaps of two objects."""

from __future__ import annotations

from sage.context import Context
from sage.errors import ToolRejected
from sage.geometry import Pose
from sage.scene import Scene, SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.space import TOUCHING_M, Space
from sage.spatial.surface_poses import GAP_M
from sage.tools import Generator, object_named

__all__ = ["SwapObjects"]


class SwapObjects(Generator):
    """Exchange the places and headings of two objects. Call settle afterwards.

    Objects on them move along.
    """

    first: str
    """Id of one object."""
    second: str
    """Id of the other object."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with both objects exchanged."""
        one, other = object_named(scene, self.first), object_named(scene, self.second)
        groups = [{item.id, *(o.id for o in scene.carried_by(item.id))} for item in (one, other)]
        if groups[0] & groups[1]:
            raise ToolRejected(f"one of {one.id!r} and {other.id!r} stands on the other; move it instead")
        rest = scene.removing(*groups[0], *groups[1])
        space = Space(scene.room(one.room), Layout(rest, context.store))
        moved = []
        for item, place in ((one, other), (other, one)):
            located = Located(_at(item, place), context.store[item.asset])
            blocker = space.obstacle(located, margin=TOUCHING_M)
            if blocker is not None:
                raise ToolRejected(
                    f"{blocker!r} leaves {item.id!r} no room where {place.id!r} is; move it first"
                )
            space.add(located)
            moved.append(located.item)
        return scene.carrying(*moved)


def _at(item: SceneObject, place: SceneObject) -> SceneObject:
    """Return an object upright at the place and heading of another one."""
    x, y, z = place.pose.position
    pose = Pose.planar(x, y, z + GAP_M, place.pose.yaw)
    update = {"pose": pose, "support": place.support, "support_part": place.support_part}
    return item.model_copy(update=update | {"placement": place.placement})
