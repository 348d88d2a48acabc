"""`sage augment`: make a dataset of variations of a scene."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.batch import make_dataset
from sage.service.commands.options import (
    Density,
    DensityOption,
    Disorder,
    DisorderOption,
    Formats,
    Json,
    LimitPerScene,
    MaxRounds,
    MemoryPerScene,
    Quiet,
    Ray,
    RetryFailed,
    Seed,
    Workers,
)

__all__ = ["augment"]


class _Level(StrEnum):
    pose = "pose"
    object = "object"
    layout = "layout"
    look = "look"


def augment(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A scene folder.")],
    level: Annotated[
        list[_Level],
        typer.Option(
            help="pose: where small things lie on what carries them; object: other instances of the same "
            "categories; layout: another room around the same task; look: materials and light. May be "
            "repeated."
        ),
    ],
    out: Annotated[str, typer.Option(help="Folder of the dataset, or a URL such as s3://bucket/name.")],
    count: Annotated[int, typer.Option("--n", min=1, help="How many of each level.")] = 16,
    seed: Seed = 0,
    density: DensityOption = Density.normal,
    disorder: DisorderOption = Disorder.lived_in,
    formats: Formats = "usd,mjcf,urdf",
    max_rounds: MaxRounds = 8,
    workers: Workers = None,
    ray: Ray = None,
    limit_per_scene: LimitPerScene = 900,
    memory_per_scene: MemoryPerScene = 2.0,
    retry_failed: RetryFailed = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Make a dataset of variations of a scene; the same command goes on where it was stopped."""
    from sage.export import format_names
    from sage.export.reading import read_scene
    from sage.planning.variation import LEVELS
    from sage.service.dataset.plan import Plan, of_parent
    from sage.service.runner import ProcessLimits

    scene, _ = read_scene(folder)
    levels = tuple(name for name in LEVELS if name in {item.value for item in level})
    plan = Plan(
        scenes=count * len(levels),
        seed=seed,
        mixture=of_parent(scene.task.prompt, levels, density.value, disorder.value),
        formats=format_names(formats),
        max_rounds=max_rounds,
        parent=str(folder.resolve()),
    )
    limits = ProcessLimits(limit_per_scene, int(memory_per_scene * 2**30))
    make_dataset(plan, out, limits, workers, ray, retry_failed=retry_failed, quiet=quiet, as_json=as_json)
