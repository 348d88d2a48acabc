"""`sage preview`: show a scene's picture and contents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.display import print_contents, print_understood, showing_progress
from sage.service.commands.interruption import interrupted, telling_how_to_resume
from sage.service.commands.options import (
    Density,
    DensityOption,
    Disorder,
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
        Path | None, typer.Option(help="Where to write a new scene; by default beside its prompt's name.")
    ] = None,
    seed: Seed = 0,
    density: DensityOption = Density.normal,
    disorder: DisorderOption = Disorder.lived_in,
    style: StyleOption = None,
    strict: Strict = False,
    overwrite: Overwrite = False,
    quiet: Quiet = False,
) -> None:
    """Make a scene, or take one that exists, and show its picture's path and what is in it."""
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
        with showing_progress(quiet) as progress, telling_how_to_resume(folder):
            from sage.service.generation import generate as make

            result = make(
                subject, out=folder, seed=seed, density=density.value, disorder=disorder.value,
                style=style.value if style else None, strict=strict, overwrite=overwrite, progress=progress,
                cancelled=interrupted.is_set,
            )  # fmt: skip
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
