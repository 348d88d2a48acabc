"""`sage preview`: show picture and contents of a scene."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.display import print_contents, print_understood, showing_progress
from sage.service.commands.interruption import explaining_resume, interrupted
from sage.service.commands.options import (
    DensityOption,
    DisorderOption,
    Overwrite,
    Quiet,
    Seed,
    Strict,
    StyleOption,
)

__all__ = ["preview"]


def preview(
    subject: Annotated[str, typer.Argument(metavar="TASK|DIR", help="A prompt, or a scene folder.")],
    out: Annotated[
        Path | None,
        typer.Option(help="Folder of a new scene; by default scenes/PROMPT_SEED."),
    ] = None,
    seed: Seed = 0,
    density: DensityOption = "normal",
    disorder: DisorderOption = "lived_in",
    style: StyleOption = None,
    strict: Strict = False,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Generate a scene, or open a scene folder; print the path of its picture and its contents."""
    if _looks_like_folder(subject):
        from sage.export.reading import read_scene
        from sage.rendering.views import write_preview

        folder = Path(subject)
        scene, store = read_scene(folder)
        with showing_progress(quiet) as progress:
            progress("render")
            write_preview(scene, store, folder / "preview.png")
        accepted = True
    else:
        folder = out or Path("scenes") / _slug(subject, seed)
        with showing_progress(quiet) as progress, explaining_resume(folder):
            from sage.service.generation import make
            from sage.service.request import SceneRequest, user_errors

            with user_errors():
                request = SceneRequest(
                    prompt=subject, seed=seed, density=density, disorder=disorder, style=style, strict=strict
                )
            result = make(
                request, folder, overwrite=overwrite, progress=progress, cancelled=interrupted.is_set
            )
        scene, accepted = result.scene, result.accepted
    typer.echo(str(folder / "preview.png"))
    if not quiet:
        print_understood(scene)
        print_contents(scene)
    raise typer.Exit(0 if accepted else 3)


def _looks_like_folder(subject: str) -> bool:
    try:
        return Path(subject).is_dir()
    except (OSError, ValueError):
        return False


def _slug(prompt: str, seed: int) -> str:
    words = "".join(c if c.isalnum() else "_" for c in prompt.lower()).split("_")
    return "_".join(word for word in words if word)[:48] + f"_{seed}"
