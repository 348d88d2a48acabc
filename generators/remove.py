"""Removal of objects."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar

from sage.context import Context
from sage.critique import Finding, FindingKind
from sage.errors import ToolRejected
from sage.scene import Scene
from sage.tools import Generator, Repair, ToolCall, object_named

__all__ = ["RemoveObject"]


def _remove(name: str) -> ToolCall:
    return ToolCall(tool=RemoveObject.tool_name(), arguments={"object_id": name})


def _remove_least(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Remove the smallest of the objects concerned that the task does not require."""
    spare = [name for name in finding.objects if scene.can_spare(name)]
    if spare:
        yield _remove(min(spare, key=lambda name: (len(scene.carried_by(name)), math.prod(scene[name].size))))


def _remove_all(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Remove all objects concerned that the task does not require."""
    yield from (_remove(name) for name in finding.objects if scene.can_spare(name))


def _clear(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Remove objects that the task does not require from the crowded target of a goal."""
    if len(finding.objects) > 1:
        load = scene.supported_by(finding.objects[0])
        yield from (_remove(item.id) for item in load if scene.can_spare(item.id))


def _remove_coverings(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Remove misplaced rugs and curtains."""
    if finding.objects and scene[finding.objects[0]].covering:
        yield from _remove_all(finding, scene)


class RemoveObject(Generator):
    """Remove one object and all objects on it. Objects that the task requires cannot be removed."""

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {
        "collision": _remove_least,
        "unstable": _remove_least,
        "unsupported": _remove_least,
        "out_of_bounds": _remove_least,
        "task_not_openable": _remove_least,
        "not_navigable": _remove_least,
        "not_openable": _remove_least,
        "not_grouped": _remove_least,
        "floating": _remove_least,
        "intersects": _remove_least,
        "z_fighting": _remove_least,
        "excluded": _remove_all,
        "ambiguous": _remove_all,
        "opening_blocked": _remove_all,
        "implausible": _remove_all,
        "goal_impossible": _clear,
        "composition": _remove_coverings,
    }

    object_id: str
    """Id of the object to remove."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene without it."""
        item = object_named(scene, self.object_id)
        gone = [item.id, *(other.id for other in scene.carried_by(item.id))]
        needed = [name for name in gone if name in scene.task.ids]
        if needed:
            raise ToolRejected(f"the task needs {', '.join(needed)}; move or replace it instead")
        return scene.removing(*gone)
