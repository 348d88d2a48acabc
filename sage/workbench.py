"""Interactive session on a scene: one edit at a time, with undo."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

from sage.agent import review_scene
from sage.context import Context
from sage.critique import Critic, Critique, accepted
from sage.errors import PlannerError, SageError, ToolRejected
from sage.result import SceneResult
from sage.scene import Scene
from sage.tools import CallRecord, Outcome, Round, ToolCall, Tools, carry_out

__all__ = ["Workbench"]

_MOST_CALLS = 1000
_MOST_UNDONE = 50
"""Number of edits that can be undone."""


@dataclass
class Workbench:
    """Interactive session: applies edits to a scene, reviews it and undoes edits.

    A failed or cancelled edit leaves the scene unchanged. As in the loop, call k draws from its
    own random numbers, so that the same calls on the same task and seed give the same scene.
    """

    scene: Scene
    context: Context
    tools: Tools
    critics: Sequence[Critic]
    planner: str = "a caller"
    """Name of the planner in the transcript."""
    critiques: tuple[Critique, ...] = ()
    """Critiques of the current scene; empty until it is reviewed."""
    _calls: int = 0
    _before: deque[tuple[Scene, int]] = field(default_factory=lambda: deque(maxlen=_MOST_UNDONE))
    """Scene before each applied edit, and the index of the edit in the transcript."""
    _transcript: list[Round] = field(default_factory=list)

    def apply(self, call: ToolCall) -> list[str]:
        """Apply an edit; return its notes.

        Raises:
            PlannerError: there is no such tool, or the arguments do not fit its schema.
            ToolRejected: the edit is impossible; the message says what would work instead.
            Cancelled: the caller asked to stop.
        """
        if self._calls >= _MOST_CALLS:
            raise ToolRejected(
                f"this scene has had {_MOST_CALLS} calls, which is the limit; export it and start another"
            )
        number = self._calls
        self._calls += 1
        own = self.context.drawing(self.scene.seed, number).furnishing(self.scene.rooms)
        try:
            self.context.check()
            self.context.progress(call.tool)
            scene, notes = carry_out(call, self.scene, self.tools, own)
            self.context.check()
        except SageError as error:
            rejected = isinstance(error, ToolRejected | PlannerError)
            outcome: Outcome = "rejected" if rejected else "failed"
            self._record(CallRecord(**dict(call), outcome=outcome, reason=str(error)))
            raise
        self._record(CallRecord(**dict(call), outcome="applied", notes=tuple(notes)))
        self._before.append((self.scene, number))
        self.scene, self.critiques = scene, ()
        return notes

    def undo(self) -> ToolCall:
        """Undo the last edit; return its call.

        Raises:
            ToolRejected: there is no edit to undo, or it was too many edits ago.
        """
        if not self._before:
            raise ToolRejected("there is nothing left to undo")
        self.scene, number = self._before.pop()
        self.critiques = ()
        step = self._transcript[number]
        (call,) = step.calls
        undone = call.model_copy(update={"outcome": "undone"})
        self._transcript[number] = step.model_copy(update={"kept": False, "calls": (undone,)})
        return ToolCall(tool=call.tool, arguments=call.arguments)

    def _record(self, record: CallRecord) -> None:
        number = len(self._transcript) + 1
        kept = record.outcome == "applied"
        self._transcript.append(Round(round=number, planner=self.planner, calls=(record,), kept=kept))

    def review(self) -> tuple[Critique, ...]:
        """Return the critiques of the current scene, cached until the next edit.

        Raises:
            CriticFailed: a critic raised an unexpected exception.
            Cancelled: the caller asked to stop.
        """
        if not self.critiques:
            self.critiques = review_scene(self.scene, self.critics, self.context)
        return self.critiques

    def result(self) -> SceneResult:
        """Return the reviewed scene as a result, as the loop does."""
        critiques = self.review()
        return SceneResult(
            scene=self.scene,
            accepted=accepted(critiques),
            critiques=critiques,
            planner=self.planner,
            rounds=len(self._transcript),
            transcript=tuple(self._transcript),
            store=self.context.store,
            not_reproducible=(f"{self.planner} chose the edits",),
        )
