"""Planner of edits: makes the calls of changes that do not hold yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sage.critique import Critique
from sage.planning.changes import OBJECTS, Change
from sage.scene import Scene
from sage.tools import Memory, Plan, ToolCall, Tools

__all__ = ["EditPlanner"]

_TRIES = 2
_GENTLE = 1
"""Tries in which only the changed objects may move."""


@dataclass
class EditPlanner:
    """Makes the calls of an edit, and repeats failed ones with new random poses."""

    changes: tuple[Change, ...]
    judge: str
    """Name of the critic that reports missing changes."""
    name: str = "rules"

    def plan(
        self,
        scene: Scene,
        critiques: tuple[Critique, ...],
        tools: Tools,
        rejections: tuple[str, ...],
        memory: Memory,
    ) -> Plan:
        """Return the calls of the next round; see `sage.tools.Planner`."""
        tries = int(memory.get("tries", 0))
        memory = {"tries": tries + 1}
        findings = [f for critique in critiques if critique.critic == self.judge for f in critique.findings]
        unmet = {name for finding in findings for name in finding.objects}
        wanted = [change for change in self.changes if change.subject in unmet]
        calls = [call for change in wanted for call in change.calls]
        if tries >= _TRIES or not wanted:
            return Plan((), memory)
        gentle = {} if tries >= _GENTLE else {"only": sorted(_concerned(wanted, scene))}
        return Plan((*calls, ToolCall(tool="settle", arguments=gentle)), memory)


def _concerned(changes: Sequence[Change], scene: Scene) -> set[str]:
    """Return the ids of objects that may move: the changed ones and what they carry."""
    names = {change.subject for change in changes}
    for call in (call for change in changes for call in change.calls):
        names |= {str(call.arguments[key]) for key in OBJECTS if key in call.arguments}
    return names | {item.id for name in names if name in scene for item in scene.carried_by(name)}
