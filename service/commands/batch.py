"""`sage batch`: generate a dataset over Ray."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, NoReturn

import typer

from sage.service.commands.display import print_json
from sage.service.commands.interruption import interrupted
from sage.service.commands.options import (
    DATASET_FORMAT_NAMES,
    MEMORY_PER_SCENE_GIB,
    SECONDS_PER_SCENE,
    Formats,
    Json,
    LimitPerScene,
    MaxRounds,
    MemoryPerScene,
    Quiet,
    Ray,
    RetryFailed,
    Seed,
    Strict,
    Workers,
)

if TYPE_CHECKING:
    from sage.service.dataset.batch import BatchOptions, Tally
    from sage.service.dataset.plan import Plan

__all__ = ["batch", "generate_dataset"]


def batch(
    tasks: Annotated[
        Path | None,
        typer.Argument(
            help="File of prompts: .txt with one per line, .jsonl or .csv with a field `prompt`; or a folder "
            "of .bddl files."
        ),
    ] = None,
    out: Annotated[str, typer.Option(help="Folder of the dataset, or a URL such as s3://bucket/name.")] = "",
    scenes: Annotated[
        int | None, typer.Option(min=1, help="Number of scenes; by default one for each prompt of the file.")
    ] = None,
    mixture: Annotated[
        Path | None,
        typer.Option(
            help="YAML file with prompts, rooms, densities, their weights, and variations; by default that "
            "of the package."
        ),
    ] = None,
    seed: Seed = 0,
    formats: Formats = DATASET_FORMAT_NAMES,
    variants: Annotated[
        int,
        typer.Option(min=1, help="Assets per category and palette that the scenes of a split share."),
    ] = 10,
    strict: Strict = False,
    max_rounds: MaxRounds = 8,
    verify: Annotated[
        str | None,
        typer.Option(metavar="NAMES", help="Verify each scene in these simulators, separated by commas."),
    ] = None,
    workers: Workers = None,
    ray: Ray = None,
    limit_per_scene: LimitPerScene = SECONDS_PER_SCENE,
    memory_per_scene: MemoryPerScene = MEMORY_PER_SCENE_GIB,
    retry_failed: RetryFailed = False,
    shards: Annotated[
        Literal["folders", "webdataset"],
        typer.Option(help="`webdataset` also writes the accepted scenes as tar files to tars/."),
    ] = "folders",
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Generate a dataset, or its missing scenes: the same command resumes an interrupted run."""
    from sage.errors import UserError
    from sage.export import format_names
    from sage.service.dataset.batch import BatchOptions
    from sage.service.dataset.plan import Plan, read_entries, read_mixture
    from sage.service.runner import ProcessLimits
    from sage.simulation.verification import chosen_engines

    if not out:
        raise UserError("the dataset has no folder; name one with --out FOLDER")
    if tasks and mixture:
        raise UserError("a file of prompts and a --mixture exclude each other; name one")
    entries = read_entries(tasks) if tasks else read_mixture(mixture)
    if scenes is None and not tasks:
        raise UserError("the number of scenes is missing; give it with --scenes 100")
    engines = chosen_engines(verify, lambda word: typer.echo(f"note: {word}", err=True)) if verify else ()
    plan = Plan(
        scenes=scenes or len(entries.entries) * (1 + len(entries.levels)),
        seed=seed,
        mixture=entries,
        formats=format_names(formats),
        strict=strict,
        max_rounds=max_rounds,
        variants=variants,
        verify=tuple(engine.name for engine in engines),
    )
    limits = ProcessLimits(limit_per_scene, int(memory_per_scene * 2**30))
    options = BatchOptions(workers, ray, limits, retry_failed)
    generate_dataset(plan, out, options, tars=shards == "webdataset", quiet=quiet, as_json=as_json)


def generate_dataset(
    plan: Plan, out: str, options: BatchOptions, *, tars: bool = False, quiet: bool, as_json: bool
) -> NoReturn:
    """Generate the missing scenes of a dataset, write its tables and its card, and print counts."""
    from sage.dataset.storage import Storage
    from sage.service.dataset.batch import make
    from sage.service.dataset.card import statistics, write_card
    from sage.service.dataset.manifest import write_tables
    from sage.service.dataset.tars import write_tars

    with _showing_tally(quiet) as progress:
        tally = make(plan, out, options, progress=progress, cancelled=interrupted.is_set)
    storage = Storage(out)
    write_tables(storage)
    write_card(storage)
    if tars:
        storage.remove("tars")
        write_tars(out, f"{out.rstrip('/')}/tars", folders=True)
    yields = statistics(storage, plan.scenes).yields if plan.mixture.levels else {}
    if as_json:
        counts = {"states": dict(tally.states), "kinds": dict(tally.kinds), "yields": yields}
        print_json({"planned": tally.planned, "already": tally.already, "made": tally.made, **counts})
    elif not quiet:
        typer.echo(f"{out}: {_words(tally)}")
        for level, (accepted, tried) in yields.items():
            typer.echo(f"{level}: {accepted} of {tried} variations accepted")
    raise typer.Exit(0 if not tally.states["failed"] else 3)


@contextmanager
def _showing_tally(quiet: bool) -> Iterator[Callable[[Tally], None]]:
    """Yield a function that shows progress, rate, accepted scenes, reasons of failure and remaining time."""
    if quiet:
        yield lambda tally: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True)) as bar:
        shown = bar.add_task("starting Ray", total=None)

        def show(tally: Tally) -> None:
            done = tally.already + tally.made
            words = _words(tally, bar.tasks[0].speed)
            bar.update(shown, total=tally.planned, completed=done, description=words)

        yield show


def _words(tally: Tally, speed: float | None = None) -> str:
    made = tally.made
    words = [f"{tally.states['accepted']} of {made} accepted"]
    if speed:
        words.insert(0, f"{60 * speed:.1f} a minute")
    if tally.already:
        words.append(f"{tally.already} were there")
    words += [f"{count} {kind}" for kind, count in tally.kinds.most_common(3)]
    return ", ".join(words)
