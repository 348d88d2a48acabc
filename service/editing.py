"""Edits scene folders with the same loop and critics."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from sage.agent import review_scene
from sage.asset import AssetStore
from sage.choices import PlannerName
from sage.context import Context, StepCallback, ignore_step, never, silent
from sage.critics.edit import EditCritic
from sage.critique import Critique
from sage.errors import EditRejected, FolderError, TaskNotUnderstood
from sage.export.folder import formats_of
from sage.export.partial import Partial
from sage.export.reading import read_scene
from sage.export.revisions import Revision, revisions_of, write_revision
from sage.export.revisions import undo as take_back
from sage.llm import Limits
from sage.planning.changes import Change, changes_for
from sage.planning.requests import read_instruction
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.wiring import (
    CRITICS,
    chat_of,
    default_vocabulary,
    edit_loop,
    edit_planner,
    make_context,
    with_language_models,
)

__all__ = ["edit", "revisions", "undo"]

_ATTEMPTS = 3
_ROUNDS = 4
_CALLS = 1000
"""Above the number of calls of an attempt: each attempt of each revision has its own random streams."""


def edit(
    folder: Path | str,
    instruction: str,
    *,
    planner: PlannerName = "rules",
    limits: Limits | None = None,
    progress: Callable[[str], None] = silent,
    cancelled: Callable[[], bool] = never,
    on_step: StepCallback = ignore_step,
) -> SceneResult:
    """Edit a scene folder and keep everything else where it is; the folder gets a new revision.

    Args:
        folder: a scene folder.
        instruction: in English: what to add, remove, move, replace, swap, open, close, turn, recolour,
            resize, tidy or clear; several edits are joined by commas, `and` or `then`.
        planner: `rules`, or `openai`: a language model, which may understand more.
        limits: limits of the conversation with the language model.
        progress: called with the name of each stage.
        cancelled: polled; True ends the work and changes nothing.
        on_step: called after each call and each review of the loop.

    Raises:
        UserError: the instruction cannot be understood, or `folder` is not a scene folder.
        EditRejected: the edit is impossible; nothing was changed.
        Cancelled: `cancelled` returned True; nothing was changed.
    """
    out = Path(folder)
    scene, store = read_scene(out)
    changes, notes = _changes(instruction, scene, store, required=planner == "rules")
    judge = EditCritic(changes, scene, notes=notes)
    partial = Partial(out)
    with partial.opened():
        if partial.resumable:
            raise FolderError(
                f"a run that is to replace {str(out)!r} was interrupted; end it first: "
                f"'sage generate --resume {out}'"
            )
        shutil.copytree(out / "assets", partial.assets)
        context = make_context(AssetStore(partial.assets), progress, cancelled, on_step)
        result = _edited(scene, instruction, judge, planner, limits, context, len(revisions_of(out)))
        progress("export")
        formats = formats_of(scene, out)
        write_revision(result.scene, context.store, partial, formats, result.report(), instruction)
    return replace(result, store=AssetStore(out / "assets"))


def undo(folder: Path | str) -> Revision:
    """Undo the last edit of a scene folder.

    Raises:
        UserError: it is not a scene folder, or it has no edit.
    """
    return take_back(Path(folder))


def revisions(folder: Path | str) -> tuple[Revision, ...]:
    """Return every revision of a scene folder, the newest last.

    Raises:
        FolderError: it is not a scene folder.
    """
    return revisions_of(Path(folder))


def _changes(
    instruction: str, scene: Scene, store: AssetStore, *, required: bool
) -> tuple[tuple[Change, ...], tuple[str, ...]]:
    """Return the changes that an instruction asks for, and notes on what was not understood.

    Args:
        required: raise if the instruction is not understood; otherwise leave it to the planner.
    """
    vocabulary = default_vocabulary()
    try:
        read = read_instruction(instruction, vocabulary)
        return changes_for(read.requests, scene, store, vocabulary), read.notes
    except TaskNotUnderstood:
        if required:
            raise
        return (), ()


def _edited(
    scene: Scene,
    instruction: str,
    judge: EditCritic,
    planner: PlannerName,
    limits: Limits | None,
    context: Context,
    revision: int,
) -> SceneResult:
    """Return the first attempt that makes every change and that no critic finds worse.

    Raises:
        EditRejected: there is no such attempt.
    """
    critics, changes = (judge, *CRITICS), judge.changes
    before = review_scene(scene, critics, context)
    if changes and before[0].passed:
        raise EditRejected("the scene already is as requested; nothing was changed")
    chat = chat_of(planner, limits or Limits())
    reasons: tuple[str, ...] = ()
    for attempt in range(_ATTEMPTS):
        chooser = edit_planner(changes, judge.name, instruction, chat)
        loop = edit_loop(chooser, critics, context, 2 * _ROUNDS if chat else _ROUNDS)
        result = loop.run(scene, before, calls=_CALLS * (_ATTEMPTS * revision + attempt))
        result = with_language_models(result, chooser)
        known, reasons = reasons, tuple(_faults(result, scene, before))
        if not reasons:
            return result
        if reasons == known:
            break
    raise EditRejected(f"nothing was changed: {'; '.join(dict.fromkeys(reasons[:4]))}")


def _faults(result: SceneResult, scene: Scene, before: tuple[Critique, ...]) -> Iterator[str]:
    """Yield the reasons why a result does not satisfy the instruction; nothing if it does."""
    passed = {critique.critic for critique in before if critique.passed}
    worse = [
        c
        for c in result.critiques
        if c.passed is False and (c.critic in passed or c.critic == before[0].critic)
    ]
    if not worse and result.scene != scene:
        return
    known = {finding.message for critique in before for finding in critique.findings}
    found = False
    for step in result.transcript:
        for call in step.calls:
            if call.outcome == "rejected":
                found = True
                yield call.reason
        for verdict in () if step.kept else step.verdicts:
            for message in verdict.findings if not verdict.passed else ():
                if message not in known:
                    found = True
                    yield message
    for critique in worse:
        for finding in critique.findings:
            if finding.message not in known:
                found = True
                yield finding.message
    if not found:
        yield "no edit was found that satisfies the instruction"
