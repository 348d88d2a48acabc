"""The loop: understand, propose, apply, review, judge; again until every critic passes.

This is the one path that everything takes: command line, service and batch call `generate_scene`.
It receives its planner, generators and critics and knows none of them by name.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict, cast

from langgraph.graph import END, START, StateGraph

from sage.context import Context
from sage.critique import Critic, Critique, worth
from sage.errors import CriticFailed, PlannerError, SageError, ToolRejected
from sage.scene import Scene
from sage.task import Task
from sage.tools import Generator, Planner, ToolCall, bind

__all__ = ["SceneResult", "generate_scene", "review_scene"]


@dataclass(frozen=True)
class SceneResult:
    """A scene and how it came about. One that was not accepted is a result too."""

    scene: Scene
    accepted: bool
    critiques: tuple[Critique, ...]
    planner: str
    """Who chose the edits, in the order in which they took over."""
    rounds: int
    transcript: tuple[dict[str, Any], ...]
    """One entry a round: who planned it, the calls and what became of them, the verdicts, if it was kept."""
    seconds: dict[str, float] = field(default_factory=dict)
    """CPU seconds by stage: each generator and critic by name."""
    language_model: dict[str, Any] | None = None
    """What a language model used, if one was asked: turns, tokens, dollars, why it gave up."""

    @property
    def left_out(self) -> tuple[str, ...]:
        """What the edits that stand noted, such as pieces that found no place."""
        notes: dict[str, list[str]] = {}
        for record in self.transcript:
            if record["kept"]:
                notes |= {call["tool"]: call.get("notes", []) for call in record["calls"]}
        return tuple(note for told in notes.values() for note in told)


class _State(TypedDict):
    """What flows through the graph. `best` and `critiques` are what stands."""

    best: Scene
    critiques: tuple[Critique, ...]
    proposal: tuple[ToolCall, ...]
    draft: Scene
    rejections: tuple[str, ...]
    calls: int
    transcript: tuple[dict[str, Any], ...]


def generate_scene(
    prompt: str,
    *,
    understand: Callable[[str], Task],
    planner: Planner,
    generators: Sequence[type[Generator]],
    critics: Sequence[Critic],
    context: Context,
    seed: int,
    max_rounds: int = 8,
) -> SceneResult:
    """Turn a prompt into a scene that its critics accept, or the best found in `max_rounds`.

    Args:
        understand: reads the prompt; raises `UserError` if it cannot.
        seed: with the prompt and the version it determines the scene.

    Raises:
        UserError: the prompt cannot be taken.
        CriticFailed: a critic broke.
        Cancelled: `context` asked to stop.
    """
    tools = {generator.tool_name(): generator for generator in generators}
    seconds: dict[str, float] = {}

    def propose(state: _State) -> dict[str, Any]:
        calls = planner.plan(state["best"], state["critiques"], tools, state["rejections"])
        return {"proposal": calls}

    def apply(state: _State) -> dict[str, Any]:
        scene, rejections, outcomes = state["best"], [], []
        number = state["calls"]
        for call in state["proposal"]:
            context.check()
            context.progress(call.tool)
            notes: list[str] = []
            entry: dict[str, Any] = call.model_dump()
            try:
                with _Timed(seconds, call.tool):
                    own = replace(context.drawing(seed, number), note=notes.append)
                    scene = bind(call, tools).apply(scene, own)
                entry |= {"outcome": "applied", **({"notes": notes} if notes else {})}
            except (ToolRejected, PlannerError) as error:
                rejections.append(f"{call.tool}: {error}")
                entry["outcome"] = f"rejected: {error}"
            outcomes.append(entry)
            number += 1
        record = {"round": len(state["transcript"]) + 1, "planner": planner.name, "calls": outcomes}
        return {
            "draft": scene,
            "rejections": tuple(rejections),
            "calls": number,
            "transcript": (*state["transcript"], record),
        }

    def review(state: _State) -> dict[str, Any]:
        """Judge the draft, if it is another scene, and keep it if it is not worse than what stands."""
        *earlier, record = state["transcript"]
        if state["critiques"] and state["draft"] == state["best"]:
            return {"transcript": (*earlier, record | {"kept": False, "verdicts": []})}
        critiques = review_scene(state["draft"], critics, context, seconds)
        kept = not state["critiques"] or worth(critiques) >= worth(state["critiques"])
        record = record | {"kept": kept, "verdicts": [_verdict(critique) for critique in critiques]}
        update: dict[str, Any] = {"transcript": (*earlier, record)}
        if kept:
            update |= {"best": state["draft"], "critiques": critiques}
        return update

    def judge(state: _State) -> str:
        passed = bool(state["critiques"]) and all(critique.passed for critique in state["critiques"])
        spent = len(state["transcript"]) >= max_rounds
        return END if passed or spent or not state["proposal"] else "propose"

    graph = StateGraph(_State)
    graph.add_node("propose", propose)
    graph.add_node("apply", apply)
    graph.add_node("review", review)
    graph.add_edge(START, "propose")
    graph.add_edge("propose", "apply")
    graph.add_edge("apply", "review")
    graph.add_conditional_edges("review", judge, ["propose", END])

    context.progress("understand")
    with _Timed(seconds, "understand"):
        task = understand(prompt)
    empty = Scene(task=task, seed=seed)
    start: _State = {
        "best": empty, "critiques": (), "proposal": (), "draft": empty, "rejections": (), "calls": 0,
        "transcript": (),
    }  # fmt: skip
    limit = {"recursion_limit": 3 * max_rounds + 10}
    end = cast(_State, cast(Any, graph.compile()).invoke(start, limit))
    return SceneResult(
        scene=end["best"],
        accepted=all(critique.passed for critique in end["critiques"]),
        critiques=end["critiques"],
        planner=", then ".join(dict.fromkeys(record["planner"] for record in end["transcript"])),
        rounds=len(end["transcript"]),
        transcript=end["transcript"],
        seconds={name: round(value, 3) for name, value in seconds.items()},
    )


def review_scene(
    scene: Scene, critics: Sequence[Critic], context: Context, seconds: dict[str, float] | None = None
) -> tuple[Critique, ...]:
    """Ask every critic.

    Raises:
        CriticFailed: a critic raised something unforeseen.
    """
    critiques = []
    for critic in critics:
        context.check()
        context.progress(f"critic: {critic.name}")
        try:
            with _Timed(seconds if seconds is not None else {}, critic.name):
                critiques.append(critic.review(scene, context))
        except SageError:
            raise
        except Exception as error:
            raise CriticFailed(f"critic {critic.name!r} broke: {error!r}") from error
    return tuple(critiques)


def _verdict(critique: Critique) -> dict[str, Any]:
    return {
        "critic": critique.critic,
        "passed": critique.passed,
        "score": round(critique.score, 4),
        "findings": [finding.message for finding in critique.findings],
    }


class _Timed:
    """Adds the CPU seconds of a block to a stage."""

    def __init__(self, seconds: dict[str, float], stage: str) -> None:
        self._seconds, self._stage = seconds, stage

    def __enter__(self) -> None:
        self._start = time.process_time()

    def __exit__(self, *_: object) -> None:
        spent = time.process_time() - self._start
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + spent
