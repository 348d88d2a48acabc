"""Small objects: required objects of the task, then clutter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from sage.choices import Density, Disorder
from sage.context import Context
from sage.critique import Finding, FindingKind
from sage.errors import ToolRejected
from sage.generators.placement.clutter import ClutterPlacement
from sage.generators.placement.fitting import fit_goals
from sage.generators.placement.required_objects import RequiredObjects
from sage.generators.placement.room_state import RoomState
from sage.scene import Scene
from sage.tools import Generator, Repair, ToolCall

__all__ = ["Populate"]

_FACTOR: dict[Density, float] = {"sparse": 0.4, "normal": 1.0, "dense": 1.7}
"""Amount of clutter relative to the recipe."""


def _add_clutter(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Add clutter where there is too little."""
    if finding.value is not None and finding.limit is not None and finding.value < finding.limit:
        yield ToolCall(tool=Populate.tool_name())


def _add_missing(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Add missing objects of the task if one of their carriers is in the scene."""
    carriers = (scene.task.carrier(name) for name in finding.objects)
    if any(carrier is not None and carrier.object in scene for carrier in carriers):
        yield ToolCall(tool=Populate.tool_name(), arguments={"clutter": False})


class Populate(Generator):
    """Place small objects on tops and shelves and inside open and closed storage.

    First come all missing objects of the task, within a robot's reach; then the usual clutter of each piece
    of furniture, in rows, stacks, piles and place settings. Clutter never makes the task ambiguous or a goal
    infeasible. Needs furniture.
    """

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {"clutter": _add_clutter, "missing": _add_missing}

    density: Density = Field(default="normal")
    """Amount of clutter: 0.4, 1 or 1.7 times that of the recipe. Does not affect task objects."""
    disorder: Disorder = Field(default="lived_in")
    """`tidy`: objects square to their support; `lived_in`: slightly turned; `messy`: turned at random, with
    some on the floor."""
    clutter: bool = True
    """False to place only task objects."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the populated scene."""
        if not scene.objects:
            raise ToolRejected("there is no furniture to put things on; call furnish first")
        state = RoomState(scene, self.disorder, context)
        missing = RequiredObjects(state, context).place_all()
        fit_goals(state, context)
        if self.clutter:
            ClutterPlacement(state, _FACTOR[self.density], context).place_all()
        populated = state.scene()
        if missing and populated == scene:
            raise ToolRejected(
                f"no place for {', '.join(missing)}; a larger room takes more: floor_plan with grow above 1"
            )
        return populated
