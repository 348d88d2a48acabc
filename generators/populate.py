"""Places small objects: those of the task, then clutter."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from sage.context import Context
from sage.critique import Finding, FindingKind
from sage.errors import ToolRejected
from sage.generators.placement.clutter import ClutterPlacement
from sage.generators.placement.fitting import fit_goals
from sage.generators.placement.required_objects import RequiredObjects
from sage.generators.placement.room_state import RoomState
from sage.scene import Scene
from sage.tools import Density, Disorder, Generator, Repair, ToolCall

__all__ = ["Populate"]

_FACTOR: dict[Density, float] = {"sparse": 0.4, "normal": 1.0, "dense": 1.7}


def _strew(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Put small things where there are too few."""
    if finding.value is not None and finding.limit is not None and finding.value < finding.limit:
        yield ToolCall(tool=Populate.tool_name())


def _supply(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Put objects of the task that are missing on or in what the task has them, if that stands."""
    carriers = (scene.task.carrier(name) for name in finding.objects)
    if any(carrier is not None and carrier.object in scene for carrier in carriers):
        yield ToolCall(tool=Populate.tool_name(), arguments={"clutter": False})


class Populate(Generator):
    """Put small objects on tops and shelves and inside open and closed storage.

    First every object of the task that is not there yet, within a robot's reach; then clutter that
    suits each piece of furniture: in rows, stacks, piles and place settings where people have them,
    never such that the task becomes ambiguous or its goal is crowded out. Needs furniture.
    """

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {"clutter": _strew, "missing": _supply}

    density: Density = Field(default="normal")
    """How much clutter: 0.4, 1 or 1.7 times what the recipe says. Task objects are not affected."""
    disorder: Disorder = Field(default="lived_in")
    """`tidy`: square to what it stands on, nothing left lying about; `lived_in`: a little askew; `messy`:
    every which way, with things left out on the floor."""
    clutter: bool = True
    """False to put only what the task needs."""

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
