"""`sage batch`: make a dataset over Ray."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from service.commands.display import print_json
from service.commands.interruption import interrupted
from service.commands.options import Formats, Json, MaxRounds, Quiet, Seed

if TYPE_CHECKING:
    from service.dataset.batch import Tally

__all__ = ["batch"]


def batch(
    tasks: Annotated[
        Path | None,
        typer.Argument(help="File of tasks: .txt with one a line, .jsonl or .csv with a field `prompt`."),
    ] = None,
    out: Annotated[str, typer.Option(help="Folder of the dataset, or a URL such as s3://bucket/name.")] = "",
    scenes: Annotated[
        int | None, typer.Option(min=1, help="How many; by default one for each task of the file.")
    ] = None,
    mixture: Annotated[
        Path | None,
        typer.Option(help="YAML with tasks, rooms, densities and their weights; by default our own."),
    ] = None,
    seed: Seed = 0,
    formats: Formats = "usd,mjcf,urdf,glb",
    max_rounds: MaxRounds = 8,
    verify: Annotated[
        str | None, typer.Option(metavar="NAMES", help="Prove each scene in these simulators, by commas.")
    ] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Scenes made at once; by default one for each CPU.")
    ] = None,
    ray: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Of a Ray cluster to run on.")] = None,
    limit_per_scene: Annotated[float, typer.Option(min=1, help="Seconds before a scene is given up.")] = 900,
    memory_per_scene: Annotated[float, typer.Option(min=0.5, help="GiB that a scene may take.")] = 2.0,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try what failed again.")] = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Make a dataset, or what is missing of it: the same command goes on where it was stopped."""
    from sage.errors import UserError
    from sage.export.formats import choose_formats
    from sage.verification import chosen_engines
    from service.dataset.batch import make
    from service.dataset.card import write_card
    from service.dataset.manifest import write_tables
    from service.dataset.plan import Plan, read_entries, read_mixture
    from service.dataset.storage import Storage
    from service.runner import ProcessLimits

    if not out:
        raise UserError("say where to: --out FOLDER")
    if tasks and mixture:
        raise UserError("a file of tasks and a --mixture exclude each other; name one")
    entries = read_entries(tasks) if tasks else read_mixture(mixture)
    if scenes is None and not tasks:
        raise UserError("say how many scenes: --scenes 100")
    engines = chosen_engines(verify, lambda word: typer.echo(f"note: {word}", err=True)) if verify else ()
    plan = Plan(
        scenes=scenes or len(entries.entries),
        seed=seed,
        mixture=entries,
        formats=tuple(item.name for item in choose_formats(formats)),
        max_rounds=max_rounds,
        verify=tuple(engine.name for engine in engines),
    )
    limits = ProcessLimits(limit_per_scene, int(memory_per_scene * 2**30))
    with _showing_tally(quiet) as progress:
        tally = make(
            plan, out, workers=workers, address=ray, limits=limits, retry_failed=retry_failed,
            progress=progress, cancelled=interrupted.is_set,
        )  # fmt: skip
    storage = Storage(out)
    write_tables(storage)
    write_card(storage)
    if as_json:
        counts = {"states": dict(tally.states), "kinds": dict(tally.kinds)}
        print_json({"planned": tally.planned, "already": tally.already, "made": tally.made, **counts})
    elif not quiet:
        typer.echo(f"{out}: {_words(tally)}")
    raise typer.Exit(0 if not tally.states["failed"] else 3)


@contextmanager
def _showing_tally(quiet: bool) -> Iterator[Callable[[Tally], None]]:
    """Yield what shows a bar with the rate, the share accepted, the reasons against it and the time left."""
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
