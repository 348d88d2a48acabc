"""`sage check`: run the critics on the files of a scene."""

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
        typer.Argument(help="A scene folder, an MJCF or USD file, or the folder of a SAGE layout."),
    ],
    root: Annotated[
        Path | None,
        typer.Option(help="Folder that contains all files of an imported scene; by default its own."),
    ] = None,
    shake: Annotated[
        bool, typer.Option("--shake", help="Also perturb the room and every object; adds warnings only.")
    ] = False,
    vlm: Vlm = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Run the critics on the files of a scene."""
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
