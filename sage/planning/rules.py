"""Planner `rules`: selects repairs by kind of finding.

Deterministic, without a network. It builds a scene in one round, then repairs what the critics
found: what overlaps is pushed apart first, and removed only if it still overlaps. When repairs stop
helping it starts over in another, larger room, and gives up on findings that no room avoids.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sage.choices import Density, Disorder
from sage.critique import HARD, UNMET, Critique, Finding
from sage.geometry import Frozen
from sage.scene import Scene
from sage.task import Task
from sage.tools import Memory, Plan, ToolCall, Tools, repairs

__all__ = ["RulesPlanner"]

_GROWTH = 1.2
_ROOMS, _ROOMS_FOR_PLACES = 4, 3
"""Number of rooms that are tried before a finding common to all is considered unsolvable; the second number
holds if all such findings are relations."""


class _Memory(Frozen):
    """Memory between rounds."""

    starts: int = 0
    seen: tuple[str, ...] = ()
    """Messages of the findings of the last round."""
    eased: bool = False
    """Whether overlapping objects of this room were pushed apart."""
    lasting: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """Kind and objects of the findings that all rooms so far have in common."""
    eased_last: bool = False
    """Whether overlapping objects were pushed apart in the last round."""


@dataclass
class RulesPlanner:
    """Planner that chooses edits by rules."""

    density: Density = "normal"
    """Density of furniture and clutter."""
    disorder: Disorder = "lived_in"
    """Disorder of objects."""
    room_type: str | None = None
    """Type of room, instead of the one that the task suggests."""
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
        known = _Memory.model_validate(memory)
        if not scene.objects:
            return self._build(known, scene.task)
        findings = [finding for c in critiques if not c.passed for finding in c.findings]
        messages = tuple(finding.message for finding in findings)
        stuck = messages == known.seen or bool(rejections)
        gentle = not known.eased and any(f.kind == "collision" for f in findings) and "separate" in tools
        if stuck and not known.eased_last:
            calls = []
        else:
            calls = self._repairs(findings, scene, tools, gentle=gentle)
        known = known.model_copy(
            update={"seen": messages, "eased_last": gentle, "eased": known.eased or gentle}
        )
        if not calls:
            unmet = tuple((f.kind, f.objects) for f in findings if f.kind in UNMET | HARD)
            lasting = tuple(pair for pair in unmet if known.starts <= 1 or pair in known.lasting)
            only_words = bool(findings) and all(finding.kind == "suggestion" for finding in findings)
            only_places = bool(unmet) and all(kind == "relation" for kind, _ in unmet)
            given_up = known.starts >= (_ROOMS_FOR_PLACES if only_places else _ROOMS) and lasting
            if only_words or given_up or (only_places and known.starts >= _ROOMS):
                return Plan((), memory)
            return self._build(known.model_copy(update={"lasting": lasting}), scene.task)
        return Plan((*calls, ToolCall(tool="settle")), known.model_dump(mode="json"))

    def _build(self, known: _Memory, task: Task) -> Plan:
        """Return the calls of a new room; default options yield to density and disorder of the prompt."""
        floor_plan: dict[str, Any] = {"grow": min(3.0, _GROWTH**known.starts)}
        if self.room_type:
            floor_plan["room_type"] = self.room_type
        start = {"starts": known.starts + 1, "eased": False, "eased_last": False}
        amount = {
            "density": (self.density == "normal" and task.density) or self.density,
            "disorder": (self.disorder == "lived_in" and task.disorder) or self.disorder,
        }
        calls = (
            ToolCall(tool="floor_plan", arguments=floor_plan),
            ToolCall(tool="furnish", arguments=amount),
            ToolCall(tool="populate", arguments=amount),
            ToolCall(tool="settle"),
        )
        return Plan(calls, known.model_copy(update=start).model_dump(mode="json"))

    def _repairs(
        self, findings: list[Finding], scene: Scene, tools: Tools, *, gentle: bool
    ) -> list[ToolCall]:
        """Return a repair for each finding, each object once; none if a finding needs a new room.

        Overlapping objects are also unstable; only their collision is repaired.

        Args:
            findings: findings of the critics that did not pass.
            scene: the scene.
            tools: the generators that may be called.
            gentle: push overlapping objects apart instead of removing them.
        """
        calls: dict[str, ToolCall] = {}
        if gentle:
            calls["separate"] = ToolCall(tool="separate")
        flung = {name for f in findings if f.kind == "collision" for name in f.objects}
        flung |= {item.id for name in flung for item in scene.carried_by(name)}
        # Objects that still overlap then were pushed apart in this room before.
        rest = {name: tool for name, tool in tools.items() if name != "separate"}
        for finding in findings:
            parts = finding.kind == "collision"
            if (parts and gentle) or (not parts and finding.kind in HARD and flung & {*finding.objects}):
                continue
            mending = repairs(finding, scene, rest)
            if not mending and finding.kind in HARD | UNMET:
                return []
            for call in mending:
                calls.setdefault(_key(call), call)
        return list(calls.values())


def _key(call: ToolCall) -> str:
    """Return the key under which a call is made only once per round."""
    return str(call.arguments.get("object_id", call.arguments.get("reference", call.tool)))
