"""Planner `openai`: a language model that reads findings and calls generators as tools.

Errors in calls are returned to the model. If it reaches a limit, is unreachable or makes no progress, another
planner finishes the scene. The transcript names the planner of each round.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sage.critique import Critique
from sage.errors import ChatFailed, PlannerError, RequestRefused
from sage.llm import Call, Chat, Message, Reply, Usage, picture_part, text_part
from sage.planning.describe import describe
from sage.scene import Scene
from sage.task import Task
from sage.tools import Memory, Plan, Planner, ToolCall, Tools, bind, tool_description

__all__ = ["ChatPlanner"]

_ROLE = """You furnish indoor scenes for robots by calling tools. Every call edits the scene; after the
calls of a turn the scene is simulated and judged, and you are told what critics found. Go on until they
find nothing.

A new scene: floor_plan, furnish, populate, settle, in this order, in one turn. Furnish and populate bring
what the task needs by themselves. Then mend what is found with the tools that edit single objects, and
end each turn with settle. If much is wrong, start over with floor_plan and a larger `grow`. Name objects
by the ids that the plan shows. Answer with tool calls only."""

_EDITOR = """You edit an indoor scene for robots by calling tools. Every call edits the scene; after
the calls of a turn the scene is simulated and judged, and you are told what critics found. Do what the
user asks for and keep everything else where it is. Name objects by the ids that the plan shows. End each turn
with settle, with `only` the objects that you changed. Answer with tool calls only."""

_PICTURE = "The scene from above, x to the right and y upwards; what hangs from the ceiling is left out:"
_MOST_FINDINGS = 40
_PATIENCE = 3
"""Consecutive turns without progress before the successor takes over."""


@dataclass
class ChatPlanner:
    """Planner that asks a language model, and falls back to another planner."""

    chat: Chat
    """Conversation with the language model."""
    successor: Planner
    """Planner that takes over."""
    look: Callable[[Scene], bytes] | None = None
    """Renders the scene as a PNG file for models that take images; None shows no picture."""
    pictures: int = 0
    """Number of pictures that the model received."""
    pictures_refused: str = ""
    """Reason why the endpoint refused a picture; empty while it accepts them."""
    instruction: str = ""
    """What to change in an existing scene; empty for a new scene."""
    gave_up: str = ""
    """Reason why the successor took over; empty while the model chooses."""
    _idle: int = 0
    _successor_memory: Memory = field(default_factory=dict)
    _seen: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def _remembered(self) -> Memory:
        """Return the memory of this planner and its successor, with the usage of the conversation."""
        return {
            "gave_up": self.gave_up,
            "idle": self._idle,
            "seen": self._seen,
            "used": self.chat.used.model_dump(),
            "pictures": self.pictures,
            "pictures_refused": self.pictures_refused,
            "successor": self._successor_memory,
        }

    def restore(self, memory: Memory) -> None:
        """Set the state from the memory of an earlier plan."""
        found, rejections = memory["seen"]
        self.gave_up, self._idle, self._seen = (
            memory["gave_up"],
            memory["idle"],
            (tuple(found), tuple(rejections)),
        )
        self.pictures, self.pictures_refused = memory["pictures"], memory["pictures_refused"]
        used = Usage.model_validate(memory["used"])
        if used.turns > self.chat.used.turns:  # a critic may have asked since
            self.chat.used = used
        self._successor_memory = memory["successor"]

    @property
    def name(self) -> str:
        """Name of the planner in charge."""
        return self.successor.name if self.gave_up else f"openai {self.chat.endpoint.model}"

    def plan(
        self,
        scene: Scene,
        critiques: tuple[Critique, ...],
        tools: Tools,
        rejections: tuple[str, ...],
        memory: Memory,
    ) -> Plan:
        """Return the calls of the next round; see `sage.tools.Planner`."""
        if memory:
            self.restore(memory)
        if not self.gave_up:
            self._watch(critiques, rejections)
        if not self.gave_up:
            try:
                return Plan(self._asked(scene, critiques, tools, rejections), self._remembered())
            except ChatFailed as error:
                self.gave_up = str(error)
        calls, self._successor_memory = self.successor.plan(
            scene, critiques, tools, rejections, self._successor_memory
        )
        return Plan(calls, self._remembered())

    def _watch(self, critiques: tuple[Critique, ...], rejections: tuple[str, ...]) -> None:
        """Give up on a model whose turns make no progress."""
        now = (tuple(f.message for c in critiques for f in c.findings), rejections)
        self._idle = self._idle + 1 if now == self._seen else 0
        self._seen = now
        if self._idle >= _PATIENCE:
            self.gave_up = f"{_PATIENCE} turns of the model changed nothing"

    def _asked(
        self, scene: Scene, critiques: tuple[Critique, ...], tools: Tools, rejections: tuple[str, ...]
    ) -> tuple[ToolCall, ...]:
        """Ask until an answer has a valid call; invalid answers are returned with the error."""
        situation = self._situation(scene, critiques, rejections)
        exchange: list[Message] = []
        described = [tool_description(tool) for tool in tools.values()]
        for _ in range(_PATIENCE):
            reply = self._shown(scene, situation, exchange, described)
            calls, complaints = _read(reply.calls, tools)
            if calls:
                return calls
            complaint = "; ".join(complaints) or "you called no tool, but the scene does not pass yet"
            exchange += [{"role": "assistant", "content": reply.text}, {"role": "user", "content": complaint}]
        raise ChatFailed(f"{_PATIENCE} answers of the model held no call that a tool takes")

    def _shown(
        self, scene: Scene, situation: str, exchange: list[Message], described: list[dict[str, Any]]
    ) -> Reply:
        """Ask with an image of the scene, or without one if the endpoint refuses images."""
        role = _EDITOR if self.instruction else _ROLE

        def opening(content: Any) -> list[Message]:
            return [{"role": "system", "content": role}, {"role": "user", "content": content}]

        if self.look is not None and scene.rooms and not self.pictures_refused:
            parts = [text_part(situation), text_part(_PICTURE), picture_part(self.look(scene))]
            try:
                reply = self.chat.ask([*opening(parts), *exchange], described)
                self.pictures += 1
                return reply
            except RequestRefused as error:
                self.pictures_refused = str(error)
        return self.chat.ask([*opening(situation), *exchange], described)

    def _situation(self, scene: Scene, critiques: tuple[Critique, ...], rejections: tuple[str, ...]) -> str:
        return "\n\n".join(
            (
                *((f"The user asks for: {self.instruction}",) if self.instruction else ()),
                f"The task, as it was understood:\n{_task(scene.task)}",
                f"The scene that stands:\n{describe(scene)}",
                "\n".join(("Found:", *_findings(critiques))) if critiques else "Nothing was judged yet.",
                *(("Calls that were turned down:\n" + "\n".join(rejections),) if rejections else ()),
            )
        )


def _read(calls: tuple[Call, ...], tools: Tools) -> tuple[tuple[ToolCall, ...], list[str]]:
    """Return the calls, or none if all are invalid, and the errors.

    An invalid call beside a valid one is left to the loop, which records its rejection.
    """
    tool_calls, complaints = [], []
    for call in calls:
        tool_call = ToolCall(tool=call.name, arguments=_arguments(call))
        tool_calls.append(tool_call)
        try:
            bind(tool_call, tools)
        except PlannerError as error:
            complaints.append(str(error))
    return (() if len(complaints) == len(tool_calls) else tuple(tool_calls)), complaints


def _arguments(call: Call) -> dict[str, Any]:
    """Return the arguments, or a readable invalid argument if they are no JSON object."""
    try:
        arguments = json.loads(call.arguments)
    except (ValueError, RecursionError):
        arguments = None
    return arguments if isinstance(arguments, dict) else {"not a JSON object": call.arguments[:200]}


def _task(task: Task) -> str:
    return task.model_dump_json(exclude={"robot_bases"}, exclude_defaults=True)


def _findings(critiques: tuple[Critique, ...]) -> Iterator[str]:
    lines = [f"- {c.critic}: {f.message} ({f.kind})" for c in critiques if not c.passed for f in c.findings]
    yield from lines[:_MOST_FINDINGS] or ["- nothing that matters"]
    if len(lines) > _MOST_FINDINGS:
        yield f"- and {len(lines) - _MOST_FINDINGS} more"
