"""Take objects away."""

from __future__ import annotations

from typing import ClassVar

from sage.context import Context
from sage.critique import FindingKind
from sage.errors import ToolRejected
from sage.scene import Scene
from sage.tools import Generator, object_named

__all__ = ["RemoveObject"]


class RemoveObject(Generator):
    """Remove one object and whatever stands on it. Objects that the task needs cannot be removed."""

    repairs: ClassVar[frozenset[FindingKind]] = frozenset(
        {"collision", "unstable", "unsupported", "out_of_bounds", "ambiguous", "excluded",
         "opening_blocked", "not_openable", "task_not_openable", "not_navigable", "implausible",
         "not_grouped",
         "goal_impossible", "floating", "intersects", "z_fighting", "composition"}
    )  # fmt: skip

    object_id: str
    """What to remove."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene without it."""
        item = object_named(scene, self.object_id)
        gone = [item.id, *(other.id for other in scene.carried_by(item.id))]
        needed = [name for name in gone if name in scene.task.ids]
        if needed:
            raise ToolRejected(f"the task needs {', '.join(needed)}; move or replace it instead")
        return scene.removing(*gone)
