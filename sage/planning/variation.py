"""Planner of variations: exchanges poses, objects, layout or materials of a scene.

The levels of SAGE (poses, instances, layouts), and one more: materials and light.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pydantic import Field

from sage.asset import AssetStore
from sage.choices import Level
from sage.critique import Critique
from sage.geometry import Frozen
from sage.scene import Scene, SceneObject
from sage.tools import Memory, Plan, ToolCall, Tools, repairs

__all__ = ["Variation", "VariationPlanner", "exchangeable", "movable"]


class Variation(Frozen):
    """Parent and level of a variation."""

    parent: str
    """Folder of the parent scene; in a dataset, its path there."""
    level: Level
    """What varies."""
    number: int = Field(ge=0)
    """Number among the variations of one parent and level."""


def movable(scene: Scene, store: AssetStore) -> tuple[SceneObject, ...]:
    """Return the small objects that rest on others, supports first."""
    found = (item for item in scene.objects if item.support in scene and not item.fixed and not item.covering)
    small = (item for item in found if store[item.asset].mount == "surface")
    return tuple(sorted(small, key=lambda item: scene.layer(item.id)))


def exchangeable(scene: Scene) -> tuple[SceneObject, ...]:
    """Return the objects that can be replaced: neither fixed nor coverings, supports first."""
    found = (item for item in scene.objects if not item.fixed and not item.covering)
    return tuple(sorted(found, key=lambda item: scene.layer(item.id)))


@dataclass
class VariationPlanner:
    """Planner that varies a scene in the first round and repairs findings afterwards."""

    level: Level
    store: AssetStore
    name: str = "variation"

    def plan(
        self,
        scene: Scene,
        critiques: tuple[Critique, ...],
        tools: Tools,
        rejections: tuple[str, ...],
        memory: Memory,
    ) -> Plan:
        """Return the calls of the next round; see `sage.tools.Planner`."""
        if not memory:
            return Plan(tuple(self._variations(scene)), {"begun": True})
        findings = (finding for critique in critiques if not critique.passed for finding in critique.findings)
        calls = {str(call): call for finding in findings for call in repairs(finding, scene, tools)}
        return Plan((*calls.values(), ToolCall(tool="settle")) if calls else (), memory)

    def _variations(self, scene: Scene) -> Iterator[ToolCall]:
        if self.level == "look":
            yield ToolCall(tool="redecorate")
            return
        yield from _moves(scene, self.store) if self.level == "pose" else _exchanges(scene)
        yield ToolCall(tool="settle")


def _moves(scene: Scene, store: AssetStore) -> Iterator[ToolCall]:
    """Move every small object elsewhere on its support surface."""
    for item in movable(scene, store):
        where = {"relation": item.placement, "reference": item.support, "part": item.support_part}
        yield ToolCall(tool="move_object", arguments={"object_id": item.id} | where)


def _exchanges(scene: Scene) -> Iterator[ToolCall]:
    """Replace every object by another instance; objects that shared an asset share the new one."""
    first: dict[str, str] = {}
    for item in exchangeable(scene):
        like = {"like": first[item.asset]} if item.asset in first else {}
        first.setdefault(item.asset, item.id)
        yield ToolCall(tool="replace_object", arguments={"object_id": item.id} | like)
