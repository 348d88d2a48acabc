"""`sage check`: judge a scene from its files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.display import print_json, print_verdicts, showing_progress
from sage.service.commands.options import Json, Quiet, Vlm

__all__ = ["check"]


def check(
    path: Annotated[
        Path,
        typer.Argument(help="A scene folder; or a scene of others: MJCF, USD, the folder of a SAGE layout."),
    ],
    root: Annotated[
        Path | None,
        typer.Option(help="Folder below which a foreign scene's files must lie; by default its own."),
    ] = None,
    shake: Annotated[
        bool, typer.Option("--shake", help="Also knock at the room and at everything in it; only warns.")
    ] = False,
    vlm: Vlm = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Judge a scene from its files, whatever made it."""
    with showing_progress(quiet) as progress:
        from sage.critique import accepted
        from sage.service.checking import check as judge

        _, critiques = judge(path, progress, root, shake=shake, vlm=vlm)
    fine = accepted(critiques)
    if as_json:
        print_json({"accepted": fine, "critiques": [c.model_dump(mode="json") for c in critiques]})
    elif not quiet:
        print_verdicts(critiques)
    raise typer.Exit(0 if fine else 3)
