"""`sage dataset`: look at a dataset, check it, take scenes out of it."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.display import print_json, showing_progress
from sage.service.commands.options import Json, Quiet, Seed

__all__ = ["dataset"]

dataset = typer.Typer(help="Look at a dataset, check it, take scenes out of it.", no_args_is_help=True)


class _Key(Enum):
    split = "split"
    room = "room"


_Url = Annotated[str, typer.Argument(metavar="DIR|URL", help="Of a dataset.")]


@dataset.command()
def info(url: _Url) -> None:
    """Print the dataset's card."""
    from sage.dataset.storage import Storage
    from sage.errors import FolderError

    try:
        typer.echo(Storage(url).read("README.md").decode())
    except FileNotFoundError:
        raise FolderError(f"{url!r} has no card: it is no dataset, or not finished") from None


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
    count: Annotated[int, typer.Option("--n", min=1, help="How many.")] = 10,
    split: Annotated[str | None, typer.Option(help="train, validation or test.")] = None,
    room: Annotated[str | None, typer.Option(help="Only of this type of room.")] = None,
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
    scene: Annotated[int, typer.Argument(help="Its number.")],
    out: Annotated[Path, typer.Option(help="Folder to write it to.")],
) -> None:
    """Write one scene as a folder of its own, with its assets."""
    from sage.dataset.reader import export_scene

    export_scene(url, scene, out)
    typer.echo(str(out))


@dataset.command()
def merge(
    urls: Annotated[list[str], typer.Argument(metavar="DIR|URL...", help="Of datasets, two or more.")],
    out: Annotated[
        str, typer.Option(help="Of the new dataset: a folder, or a URL such as s3://bucket/name.")
    ],
    quiet: Quiet = False,
) -> None:
    """Copy the scenes of datasets into one, numbered anew; they keep their splits."""
    from sage.errors import UserError
    from sage.service.dataset.collection import merge

    if len(urls) < 2:
        raise UserError("name two datasets or more")
    with showing_progress(quiet) as progress:
        made = merge(urls, out, lambda count: progress(f"{count} scenes"))
    typer.echo(f"{out}: {made.scenes} scenes of {len(urls)} datasets")


@dataset.command()
def split(
    url: _Url,
    out: Annotated[str, typer.Option(help="What the parts lie in: a folder or a URL.")],
    by: Annotated[_Key, typer.Option(help="What the parts are told apart by.")] = _Key.split,
    quiet: Quiet = False,
) -> None:
    """Copy the scenes of a dataset into one dataset for each split or type of room."""
    from sage.service.dataset.collection import split

    with showing_progress(quiet) as progress:
        counts = split(url, out, by.value, lambda count: progress(f"{count} scenes"))
    for name, count in counts.items():
        typer.echo(f"{name}\t{count}")


@dataset.command()
def webdataset(
    url: _Url,
    out: Annotated[str, typer.Option(help="Folder to write to, or a URL such as s3://bucket/name.")],
    per_tar: Annotated[int, typer.Option(min=1, help="Scenes in a tar.")] = 100,
    folders: Annotated[
        bool, typer.Option("--folders", help="Also add each scene's folder, with its assets, as a tar.")
    ] = False,
) -> None:
    """Write the accepted scenes as tars in the order of WebDataset, by split."""
    from sage.service.dataset.tars import write_tars

    for split, count in write_tars(url, out, per_tar, folders=folders).items():
        typer.echo(f"{split}\t{count}")


@dataset.command()
def fsck(
    url: _Url,
    judge: Annotated[int, typer.Option(min=0, help="How many scenes are judged again.")] = 3,
    repair: Annotated[
        bool, typer.Option("--repair", help="Forget broken scenes, so that sage batch makes them anew.")
    ] = False,
    quiet: Quiet = False,
    as_json: Json = False,
) -> None:
    """Check every file of a dataset, and judge a sample of its scenes again."""
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
