"""The agent loop: understand, propose, apply, review, judge, until every critic passes.

New scenes, edits, variations and resumed runs are starts of the same graph. The loop receives its planner,
generators and critics and depends on none of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from pydantic import ValidationError

from sage.context import Context
from sage.critique import Critic, Critique, Verdict, accepted, no_worse
from sage.errors import CheckpointError, CriticFailed, PlannerError, SageError, ToolRejected
from sage.geometry import Frozen
from sage.result import SceneResult
from sage.scene import Scene
from sage.task import Task
from sage.tools import CallRecord, Generator, Memory, Planner, Round, ToolCall, Tools, carry_out

__all__ = ["Loop", "review_scene"]

_RUN: RunnableConfig = {"configurable": {"thread_id": "run"}, "recursion_limit": 1_000_000}
"""A checkpointer stores one run; the loop counts its rounds itself."""


class _State(Frozen):
    """State of the graph: plain values, so that it can be stored as JSON."""

    best: Scene
    """Best scene so far."""
    critiques: tuple[Critique, ...] = ()
    """Critiques of `best`."""
    draft: Scene
    """`best` after the calls of this round so far."""
    proposal: tuple[ToolCall, ...] = ()
    """Remaining calls of this round."""
    rejections: tuple[str, ...] = ()
    """Reasons of the calls of this round that were rejected."""
    calls: int = 0
    """Number of calls of the run; call k draws from the k-th random stream."""
    transcript: tuple[Round, ...] = ()
    memory: Memory = {}
    """Memory of the planner."""
    seconds: dict[str, float] = {}
    """CPU seconds by stage."""


@dataclass(frozen=True)
class Loop:
    """Graph of the loop: propose, apply call by call, review, judge; from any scene, or from a checkpoint.

    With a checkpointer, every node is stored when it ends: a killed run loses at most one call or review.
    """

    planner: Planner
    generators: Sequence[type[Generator]]
    critics: Sequence[Critic]
    context: Context
    max_rounds: int = 8
    checkpointer: BaseCheckpointSaver[str] | None = None
    thumbnail: Callable[[Scene], str] | None = None
    """Renders the thumbnail of a round: a JPEG file in base64."""

    def generate(self, prompt: str, *, understand: Callable[[str], Task], seed: int) -> SceneResult:
        """Generate a scene for a prompt, or resume the run that the checkpointer has.

        Args:
            prompt: task or room description.
            understand: reads the prompt; raises `UserError` if it cannot.
            seed: of all random choices.

        Returns:
            The scene that every critic accepts, or the best one after `max_rounds`.

        Raises:
            UserError: the prompt cannot be understood.
            CheckpointError: the stored steps cannot be read.
            CriticFailed: a critic raised an unexpected exception.
            Cancelled: the context asked to stop.
        """
        if self.begun:
            return self.resume()
        seconds: dict[str, float] = {}
        self.context.progress("understand")
        with _Timed(seconds, "understand"):
            task = understand(prompt)
        return self.run(Scene(task=task, seed=seed), seconds=seconds)

    def run(
        self,
        scene: Scene,
        critiques: tuple[Critique, ...] = (),
        *,
        calls: int = 0,
        seconds: dict[str, float] | None = None,
    ) -> SceneResult:
        """Edit a scene until the critics accept it.

        Args:
            scene: the scene to start from; without rooms to generate one from nothing.
            critiques: its critiques; without them the first draft is kept whatever its score.
            calls: number of the first call, which selects its random stream.
            seconds: CPU seconds spent before, by stage.

        Raises:
            CriticFailed: a critic raised an unexpected exception.
            Cancelled: the context asked to stop.
        """
        start = _State(best=scene, critiques=critiques, draft=scene, calls=calls, seconds=seconds or {})
        return self._invoke(dict(start))

    def resume(self) -> SceneResult:
        """Continue after the last stored step; the result is that of the uninterrupted run.

        Raises:
            CheckpointError: the stored step is broken, or there is none.
        """
        saved = self.checkpointer.get_tuple(_RUN) if self.checkpointer is not None else None
        if saved is None:
            raise CheckpointError("no step of the run was stored; begin anew")
        values = saved.checkpoint["channel_values"]
        try:
            _State.model_validate({name: values[name] for name in _State.model_fields if name in values})
        except ValidationError as error:
            raise CheckpointError(f"the checkpoint is not a state of the loop: {_first(error)}") from error
        return self._invoke(None)

    @property
    def begun(self) -> bool:
        """Whether the checkpointer has a run to resume."""
        return self.checkpointer is not None and self.checkpointer.get_tuple(_RUN) is not None

    def _invoke(self, start: dict[str, Any] | None) -> SceneResult:
        graph = StateGraph(_State)
        graph.add_node("propose", self._propose)
        graph.add_node("apply", self._apply)
        graph.add_node("review", self._review)
        graph.add_edge(START, "propose")
        graph.add_conditional_edges("propose", _next_call, ["apply", "review"])
        graph.add_conditional_edges("apply", _next_call, ["apply", "review"])
        graph.add_conditional_edges("review", self._judge, ["propose", END])
        compiled = cast(Any, graph.compile(checkpointer=self.checkpointer))
        durable = {"durability": "sync"} if self.checkpointer is not None else {}
        end = _State.model_validate(compiled.invoke(start, _RUN, **durable))
        return SceneResult(
            scene=end.best,
            accepted=accepted(end.critiques),
            critiques=end.critiques,
            planner=", then ".join(dict.fromkeys(step.planner for step in end.transcript)),
            rounds=len(end.transcript),
            transcript=end.transcript,
            seconds={name: round(value, 3) for name, value in end.seconds.items()},
            memory=end.memory,
            store=self.context.store,
        )

    def _propose(self, state: _State) -> dict[str, Any]:
        """Ask the planner for the calls of a round."""
        self.context.check()
        plan = self.planner.plan(
            state.best, state.critiques, self._tools, state.rejections, dict(state.memory)
        )
        step = Round(round=len(state.transcript) + 1, planner=self.planner.name)
        return {
            "draft": state.best,
            "proposal": plan.calls,
            "rejections": (),
            "transcript": (*state.transcript, step),
            "memory": plan.memory,
        }

    def _apply(self, state: _State) -> dict[str, Any]:
        """Apply the next call to the draft."""
        call, *rest = state.proposal
        *earlier, step = state.transcript
        self.context.check()
        self.context.progress(call.tool)
        update: dict[str, Any] = {}
        seconds = dict(state.seconds)
        try:
            with _Timed(seconds, call.tool):
                own = self.context.drawing(state.best.seed, state.calls).furnishing(state.draft.rooms)
                update["draft"], notes = carry_out(call, state.draft, self._tools, own)
            record = CallRecord(**dict(call), outcome="applied", notes=tuple(dict.fromkeys(notes)))
        except (ToolRejected, PlannerError) as error:
            update["rejections"] = (*state.rejections, f"{call.tool}: {error}")
            record = CallRecord(**dict(call), outcome="rejected", reason=str(error))
        step = step.model_copy(update={"calls": (*step.calls, record)})
        self.context.on_step(update.get("draft", state.draft), self.context.store, step)
        return update | {
            "proposal": tuple(rest),
            "calls": state.calls + 1,
            "transcript": (*earlier, step),
            "seconds": seconds,
        }

    def _review(self, state: _State) -> dict[str, Any]:
        """Review the draft if it differs from the best scene; keep it if it is not worse."""
        *earlier, step = state.transcript
        if state.critiques and state.draft == state.best:
            return {}
        seconds = dict(state.seconds)
        critiques = review_scene(state.draft, self.critics, self.context, seconds)
        kept = not state.critiques or no_worse(critiques, state.critiques)
        step = step.model_copy(update={"kept": kept, "verdicts": tuple(map(Verdict.of, critiques))})
        self.context.on_step(state.draft, self.context.store, step)
        step = self._pictured(step, state.draft, accepted(critiques), seconds)
        best = {"best": state.draft, "critiques": critiques} if kept else {}
        return {"transcript": (*earlier, step), "seconds": seconds} | best

    def _pictured(self, step: Round, scene: Scene, passed: bool, seconds: dict[str, float]) -> Round:
        """Return a round with a thumbnail; a run of one round needs none."""
        if self.thumbnail is None or not scene.rooms or (passed and step.round == 1):
            return step
        with _Timed(seconds, "thumbnail"):
            return step.model_copy(update={"picture": self.thumbnail(scene)})

    def _judge(self, state: _State) -> str:
        """Return the next node: another round, or the end."""
        passed = bool(state.critiques) and accepted(state.critiques)
        spent = len(state.transcript) >= self.max_rounds
        return END if passed or spent or not state.transcript[-1].calls else "propose"

    @property
    def _tools(self) -> Tools:
        return {generator.tool_name(): generator for generator in self.generators}


def _next_call(state: _State) -> str:
    return "apply" if state.proposal else "review"


def review_scene(
    scene: Scene, critics: Sequence[Critic], context: Context, seconds: dict[str, float] | None = None
) -> tuple[Critique, ...]:
    """Return the critiques of a scene, one per critic.

    Args:
        scene: the scene.
        critics: asked in order.
        context: of the run.
        seconds: receives the CPU seconds of each critic by name.

    Raises:
        CriticFailed: a critic raised an unexpected exception.
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
            raise CriticFailed(f"critic {critic.name!r} raised {error!r}") from error
    return tuple(critiques)


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    return f"{'.'.join(str(part) for part in first['loc'])}: {first['msg']}"


class _Timed:
    """Adds the CPU seconds of a block to a stage."""

    def __init__(self, seconds: dict[str, float], stage: str) -> None:
        self._seconds, self._stage = seconds, stage

    def __enter__(self) -> None:
        self._start = time.process_time()

    def __exit__(self, *_: object) -> None:
        spent = time.process_time() - self._start
        self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + spent
