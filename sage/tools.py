"""Generator and planner interfaces, tool calls and repairs."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal, NamedTuple, Protocol

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_serializer, model_validator

from sage.context import Context
from sage.critique import Critique, Finding, FindingKind, Verdict
from sage.errors import PlannerError, ToolRejected
from sage.geometry import Frozen
from sage.scene import Scene, SceneObject

__all__ = [
    "CallRecord",
    "Generator",
    "Memory",
    "Outcome",
    "Plan",
    "Planner",
    "Repair",
    "Round",
    "ToolCall",
    "Tools",
    "bind",
    "carry_out",
    "object_named",
    "repairs",
    "tool_description",
]


class Generator(BaseModel, ABC):
    """Edit of a scene, callable as a tool: the fields are its schema, the docstring its manual."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {}
    """Repairs with this edit, by kind of finding."""

    @classmethod
    def tool_name(cls) -> str:
        """Return the tool name: `FloorPlan` is `floor_plan`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @abstractmethod
    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the edited scene.

        Raises:
            ToolRejected: the edit is impossible; the message says what would work instead.
        """


def object_named(scene: Scene, name: str) -> SceneObject:
    """Return the object that a tool's argument names.

    Raises:
        ToolRejected: there is none; the message says which there are.
    """
    if name not in scene:
        raise ToolRejected(
            f"there is no {name!r}; objects are {', '.join(item.id for item in scene.objects)}"
        )
    return scene[name]


Tools = Mapping[str, type[Generator]]
"""Generators by tool name."""


class ToolCall(Frozen):
    """Call of a tool: its name and arguments."""

    tool: str
    arguments: dict[str, Any] = {}


Outcome = Literal["applied", "rejected", "failed", "undone"]
"""`rejected`: invalid arguments or an impossible edit; `failed`: cancelled; `undone`: undone later."""


class CallRecord(ToolCall):
    """A call of a round and its outcome. In JSON, `outcome` holds both: `rejected: there is no room`."""

    outcome: Outcome
    reason: str = Field(default="", exclude=True)
    """Why it was rejected or failed; empty otherwise."""
    notes: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    """Notes of the edit, such as pieces that found no place."""

    @field_serializer("outcome")
    def _joined(self, outcome: str) -> str:
        return f"{outcome}: {self.reason}" if self.reason else outcome

    @model_validator(mode="before")
    @classmethod
    def _split(cls, data: Any) -> Any:
        if isinstance(data, dict) and "reason" not in data:
            outcome, _, reason = str(data.get("outcome", "")).partition(": ")
            return data | {"outcome": outcome, "reason": reason}
        return data


class Round(Frozen):
    """One round of the loop, or one call of an interactive session."""

    round: int
    """Number, from 1."""
    planner: str
    """Name of the planner that chose the calls."""
    calls: tuple[CallRecord, ...] = ()
    kept: bool = False
    """Whether the scene after the calls became the best one."""
    verdicts: tuple[Verdict, ...] = ()
    """Verdicts on the scene after the calls; none if it was not reviewed."""
    picture: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """Thumbnail of the scene after the calls: a JPEG file in base64."""


Repair = Callable[[Finding, Scene], Iterator[ToolCall]]
"""Yields the calls of an edit that repair a finding in a scene; none if the edit cannot repair it."""


def repairs(finding: Finding, scene: Scene, tools: Tools) -> list[ToolCall]:
    """Return the calls of the first tool that can repair a finding; none if no tool can."""
    for tool in tools.values():
        rule = tool.repairs.get(finding.kind)
        if rule is not None and (calls := list(rule(finding, scene))):
            return calls
    return []


Memory = dict[str, Any]
"""State of a planner between rounds, as plain JSON. It is part of every checkpoint, so that a resumed run
continues as an uninterrupted one would have."""


class Plan(NamedTuple):
    """Calls of a round, and the planner's memory for the next one."""

    calls: tuple[ToolCall, ...]
    memory: Memory


class Planner(Protocol):
    """Chooses the next edits."""

    @property
    def name(self) -> str:
        """Name of the planner in transcripts."""
        ...

    def plan(
        self,
        scene: Scene,
        critiques: tuple[Critique, ...],
        tools: Tools,
        rejections: tuple[str, ...],
        memory: Memory,
    ) -> Plan:
        """Return the calls of the next round; no calls if nothing is left to try.

        Args:
            scene: the best scene so far; without rooms in the first round.
            critiques: its critiques; empty in the first round.
            tools: the generators that may be called, by tool name.
            rejections: reasons why calls of the last round were rejected.
            memory: the memory that the last plan returned; empty in the first round.
        """
        ...


def bind(call: ToolCall, tools: Tools) -> Generator:
    """Return the edit of a call.

    Raises:
        PlannerError: there is no such tool, or the arguments do not fit its schema.
    """
    if call.tool not in tools:
        raise PlannerError(f"there is no tool {call.tool!r}; the tools are {', '.join(tools)}")
    try:
        return tools[call.tool].model_validate(call.arguments)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise PlannerError(f"{call.tool}: {where}: {first['msg']}") from error


def carry_out(call: ToolCall, scene: Scene, tools: Tools, context: Context) -> tuple[Scene, list[str]]:
    """Return the scene after a call, and the notes of the edit.

    Raises:
        PlannerError: there is no such tool, or the arguments do not fit its schema.
        ToolRejected: the edit is impossible.
    """
    notes: list[str] = []
    return bind(call, tools).apply(scene, replace(context, note=notes.append)), notes


def tool_description(tool: type[Generator]) -> dict[str, Any]:
    """Return the function description of a generator for a language model."""
    schema = tool.model_json_schema()
    manual = schema.pop("description", "")
    schema.pop("title", None)
    return {
        "type": "function",
        "function": {"name": tool.tool_name(), "description": manual, "parameters": schema},
    }
