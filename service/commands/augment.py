"""`sage augment`: generate a dataset of variations of a scene."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sage.choices import LEVELS
from sage.service.commands.batch import generate_dataset
from sage.service.commands.options import (
    DATASET_FORMAT_NAMES,
    MEMORY_PER_SCENE_GIB,
    SECONDS_PER_SCENE,
    DensityOption,
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

__all__ = ["LevelOption", "augment"]


class LevelOption(StrEnum):
    """The values of `sage.choices.Level`: Typer does not support lists of literals."""

    pose = "pose"
    object = "object"
    layout = "layout"
    look = "look"


def augment(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A scene folder.")],
    level: Annotated[
        list[LevelOption],
        typer.Option(
            help="pose: other poses of small objects on their supports; object: other instances of the same "
            "categories; layout: another room around the same task; look: materials and light. May be "
            "repeated."
        ),
    ],
    out: Annotated[str, typer.Option(help="Folder of the dataset, or a URL such as s3://bucket/name.")],
    count: Annotated[int, typer.Option("--n", min=1, help="Variations of each level.")] = 16,
    seed: Seed = 0,
    density: DensityOption = "normal",
    disorder: DisorderOption = "lived_in",
    formats: Formats = DATASET_FORMAT_NAMES,
    max_rounds: MaxRounds = 8,
    workers: Workers = None,
    ray: Ray = None,
    limit_per_scene: LimitPerScene = SECONDS_PER_SCENE,
    memory_per_scene: MemoryPerScene = MEMORY_PER_SCENE_GIB,
    retry_failed: RetryFailed = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Generate a dataset of variations of a scene; the same command resumes an interrupted run."""
    from sage.export import format_names
    from sage.export.reading import read_scene
    from sage.service.dataset.batch import BatchOptions
    from sage.service.dataset.plan import Plan, of_parent
    from sage.service.runner import ProcessLimits

    scene, _ = read_scene(folder)
    levels = tuple(name for name in LEVELS if name in level)
    plan = Plan(
        scenes=count * len(levels),
        seed=seed,
        mixture=of_parent(scene.task.prompt, levels, density, disorder),
        formats=format_names(formats),
        max_rounds=max_rounds,
        parent=str(folder.resolve()),
    )
    limits = ProcessLimits(limit_per_scene, int(memory_per_scene * 2**30))
    options = BatchOptions(workers, ray, limits, retry_failed)
    generate_dataset(plan, out, options, quiet=quiet, as_json=as_json)
