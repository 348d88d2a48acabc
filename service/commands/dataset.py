"""`sage dataset`: inspect, check, merge and split datasets."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from sage.service.commands.display import print_json, showing_progress
from sage.service.commands.options import Json, Quiet, Seed

__all__ = ["dataset"]

dataset = typer.Typer(help="Inspect, check, merge and split datasets.", no_args_is_help=True)


_Url = Annotated[str, typer.Argument(metavar="DIR|URL", help="A dataset.")]


@dataset.command()
def info(url: _Url) -> None:
    """Print the card of a dataset."""
    from sage.dataset.storage import Storage
    from sage.errors import FolderError

    try:
        typer.echo(Storage(url).read("README.md").decode())
    except FileNotFoundError:
        raise FolderError(f"{url!r} has no README.md: it is not a dataset, or not finished") from None


@dataset.command()
def stats(url: _Url) -> None:
    """Print counts over all scenes as JSON."""
    from sage.dataset.storage import Storage
    from sage.service.dataset.card import statistics
    from sage.service.dataset.plan import read_plan

    storage = Storage(url)
    found = statistics(storage, read_plan(storage).scenes)
    print_json(
        {
            "scenes": found.scenes,
            "states": found.states,
            "kinds": found.kinds,
            "splits": found.splits,
            "rooms": found.rooms,
            "objects_per_scene": found.mean_objects,
            "categories": dict(found.categories.most_common()),
            "bytes": found.bytes,
            "nearest_distance": found.distance,
        }
    )


@dataset.command()
def sample(
    url: _Url,
    count: Annotated[int, typer.Option("--n", min=1, help="Number of scenes.")] = 10,
    split: Annotated[str | None, typer.Option(help="train, validation or test.")] = None,
    room: Annotated[str | None, typer.Option(help="Only this type of room.")] = None,
    seed: Seed = 0,
) -> None:
    """Print folder, number of objects and task of scenes drawn at random."""
    import numpy as np

    from sage.dataset import Dataset

    scenes = [item for item in Dataset(url, split) if room in (None, item.row["room"])]
    for index in np.random.default_rng(seed).permutation(len(scenes))[:count]:
        row = scenes[index].row
        typer.echo(f"{row['folder']}\t{row['objects']}\t{row['prompt']}")


@dataset.command()
def export(
    url: _Url,
    scene: Annotated[int, typer.Argument(help="Number of the scene.")],
    out: Annotated[Path, typer.Option(help="Folder to write it to.")],
) -> None:
    """Write one scene as a folder of its own, with its assets."""
    from sage.dataset.reader import export_scene

    export_scene(url, scene, out)
    typer.echo(str(out))


@dataset.command()
def merge(
    urls: Annotated[list[str], typer.Argument(metavar="DIR|URL...", help="Two or more datasets.")],
    out: Annotated[str, typer.Option(help="The new dataset: a folder, or a URL such as s3://bucket/name.")],
    quiet: Quiet = False,
) -> None:
    """Copy the scenes of several datasets into one, renumbered; they keep their splits."""
    from sage.errors import UserError
    from sage.service.dataset.collection import merge

    if len(urls) < 2:
        raise UserError("name at least two datasets")
    with showing_progress(quiet) as progress:
        made = merge(urls, out, lambda count: progress(f"{count} scenes"))
    typer.echo(f"{out}: {made.scenes} scenes of {len(urls)} datasets")


@dataset.command()
def split(
    url: _Url,
    out: Annotated[str, typer.Option(help="Folder or URL of the parts.")],
    by: Annotated[Literal["split", "room"], typer.Option(help="What each part has in common.")] = "split",
    quiet: Quiet = False,
) -> None:
    """Copy the scenes of a dataset into one dataset for each split or type of room."""
    from sage.service.dataset.collection import split

    with showing_progress(quiet) as progress:
        counts = split(url, out, by, lambda count: progress(f"{count} scenes"))
    for name, count in counts.items():
        typer.echo(f"{name}\t{count}")


@dataset.command()
def webdataset(
    url: _Url,
    out: Annotated[str, typer.Option(help="Folder to write to, or a URL such as s3://bucket/name.")],
    per_tar: Annotated[int, typer.Option(min=1, help="Scenes per tar file.")] = 100,
    folders: Annotated[
        bool, typer.Option("--folders", help="Also add each scene folder, with its assets, as a tar file.")
    ] = False,
) -> None:
    """Write the accepted scenes of each split as tar files in the WebDataset layout."""
    from sage.service.dataset.tars import write_tars

    for split, count in write_tars(url, out, per_tar, folders=folders).items():
        typer.echo(f"{split}\t{count}")


@dataset.command()
def fsck(
    url: _Url,
    judge: Annotated[int, typer.Option(min=0, help="Number of scenes that the critics judge again.")] = 3,
    repair: Annotated[
        bool,
        typer.Option(
            "--repair", help="Remove the records of broken scenes, so that sage batch generates them again."
        ),
    ] = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Check every file of a dataset, and run the critics on a sample of its scenes."""
    with showing_progress(quiet) as progress:
        from sage.service.dataset.fsck import faults

        found = list(faults(url, sample=judge, repair=repair, progress=progress))
    if as_json:
        print_json({"faults": found})
    else:
        for fault in found:
            typer.echo(fault)
        if not found and not quiet:
            typer.echo(f"{url}: no fault")
    raise typer.Exit(3 if found else 0)
