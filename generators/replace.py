"""Swap an object for another of its kind."""

from __future__ import annotations

from typing import ClassVar

from generators.requests import make_for_task, opened, scene_object
from sage.context import Context
from sage.critique import FindingKind
from sage.errors import ToolRejected
from sage.geometry import Vec3
from sage.layout import Layout, Located
from sage.scene import Scene
from sage.space import Space
from sage.tools import Generator

__all__ = ["ReplaceObject"]

_TRIES = 8


class ReplaceObject(Generator):
    """Replace an object that carries nothing by a new one in the same place, of another shape.

    Call settle afterwards.
    """

    repairs: ClassVar[frozenset[FindingKind]] = frozenset({"wrong_attribute", "goal_impossible"})

    object_id: str
    """What to replace."""
    size: Vec3 | None = None
    """Depth, width, height to aim at [m]; by default drawn anew."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with the new object under the old id."""
        if self.object_id not in scene:
            known = ", ".join(item.id for item in scene.objects)
            raise ToolRejected(f"there is no {self.object_id!r}; objects are {known}")
        old = scene[self.object_id]
        if scene.supported_by(old.id):
            raise ToolRejected(f"things stand on {old.id!r}; move them first")
        required = scene.task.required(old.id)
        asked = required.attributes if required else {}
        rest = scene.removing(old.id)
        space = Space(scene.room(old.room), Layout(rest, context.store))
        for _ in range(_TRIES):
            if required is not None and self.size is None:
                asset = make_for_task(old.id, required, scene.task, context)
            else:
                asset = context.source.make(old.category, context.rng, asked, self.size or (None, None, None))
            new = scene_object(
                old.id, asset, required, old.room, support=old.support,
                support_part=old.support_part, placement=old.placement, fixed=old.fixed, pose=old.pose,
                joints=opened(old.id, asset, scene.task),
            )  # fmt: skip
            if space.obstacle(Located(new, asset), margin=0.003) is None:
                context.store.add(asset)
                return scene.updating(new)
        raise ToolRejected(f"no other {old.category} fits where {old.id!r} is; move it first")
