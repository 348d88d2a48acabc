"""`sage edit`: edit a scene folder, or undo an edit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.display import print_json, print_verdicts, showing_progress
from sage.service.commands.interruption import interrupted
from sage.service.commands.options import (
    MAX_SECONDS,
    MAX_TOKENS,
    Json,
    MaxSeconds,
    MaxTokens,
    PlannerOption,
    Quiet,
)

__all__ = ["edit"]


def edit(
    folder: Annotated[Path, typer.Argument(help="A scene folder.")],
    instruction: Annotated[
        str | None,
        typer.Argument(help="What to change, in English.", show_default=False),
    ] = None,
    undo: Annotated[bool, typer.Option("--undo", help="Undo the last edit.")] = False,
    revisions: Annotated[
        bool, typer.Option("--revisions", "--list", help="List all revisions of the folder.")
    ] = False,
    planner: PlannerOption = "rules",
    max_tokens: MaxTokens = MAX_TOKENS,
    max_seconds: MaxSeconds = MAX_SECONDS,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Edit a scene: add, remove, move, replace, open, turn and more; other objects stay where they are."""
    from sage.errors import UserError

    if (instruction is not None) + undo + revisions != 1:
        raise UserError("give an instruction, --undo or --revisions: exactly one of them")
    if revisions:
        _list(folder, as_json=as_json)
    elif undo:
        _undo(folder)
    else:
        with showing_progress(quiet) as progress:
            from sage.llm import Limits
            from sage.service.editing import edit as change

            result = change(
                folder, str(instruction), planner=planner,
                limits=Limits(tokens=max_tokens, seconds=max_seconds), progress=progress,
                cancelled=interrupted.is_set,
            )  # fmt: skip
        if as_json:
            typer.echo((folder / "report.json").read_text(), nl=False)
        elif not quiet:
            print_verdicts(result.critiques)
            _list(folder, as_json=False)


def _undo(folder: Path) -> None:
    from sage.service.editing import undo as take_back

    revision = take_back(folder)
    typer.echo(f"{folder}: revision {revision.number} again: {revision.edit or 'as it was generated'}")


def _list(folder: Path, *, as_json: bool) -> None:
    from dataclasses import asdict

    from sage.service.editing import revisions as states

    found = states(folder)
    if as_json:
        print_json({"revisions": [asdict(revision) for revision in found]})
        return
    for revision in found:
        mark = "*" if revision.current else " "
        word = "" if revision.accepted else " (not accepted)"
        typer.echo(f"{mark} {revision.number}: {revision.edit or 'as it was generated'}{word}")
