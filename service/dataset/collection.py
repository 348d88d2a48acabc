"""Merging and splitting of datasets, without changes to scenes.

`sage batch` generates no scenes in the resulting datasets.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Literal

from sage.asset import TEXTURES
from sage.dataset.reader import fetch_scene
from sage.dataset.storage import Storage
from sage.errors import FolderError, UserError
from sage.service.dataset.card import write_card
from sage.service.dataset.manifest import shards_of_records, write_tables
from sage.service.dataset.plan import PLAN_FILE, Collection, Plan, read_plan, scene_path
from sage.service.dataset.record import File, Record, store_scene, write_record

__all__ = ["Key", "merge", "split"]

Key = Literal["split", "room"]
"""What the scenes of a part have in common."""

Progress = Callable[[int], None]
"""Called after each scene with the number of scenes so far."""


def merge(urls: Sequence[str], out: str, progress: Progress = lambda count: None) -> Collection:
    """Copy the scenes of several datasets into one, renumbered in the order of the datasets.

    The same call resumes an interrupted copy.

    Args:
        urls: folders of datasets, or URLs that fsspec opens; of unfinished ones, the existing scenes.
        out: folder or URL of the new dataset.
        progress: called after each scene.

    Raises:
        FolderError: one is not a dataset or broken, or `out` holds something else.
        UserError: two have the same plan, and thus the same scenes.
    """
    sources = [Storage(url) for url in urls]
    plans = [_plans(storage) for storage in sources]
    for (one, other), (mine, theirs) in zip(combinations(urls, 2), combinations(plans, 2), strict=True):
        if same := next((plan for plan in mine if any(_same(plan, their) for their in theirs)), None):
            raise UserError(
                f"{one!r} and {other!r} hold the same scenes: both have seed {same.seed} and its tasks"
            )
    made = Collection(
        scenes=sum(1 for storage in sources for _ in _records(storage)),
        sources=tuple(plan for each in plans for plan in each),
    )
    into = _Part(out, made)
    for storage in sources:
        for record in _records(storage):
            into.take(storage, record)
            progress(into.count)
    into.finish()
    return made


def split(url: str, out: str, by: Key = "split", progress: Progress = lambda count: None) -> dict[str, int]:
    """Copy the scenes of a dataset into one dataset for each split or type of room.

    Failed scenes have no room; a split by room leaves them out.

    Args:
        url: folder or URL of the dataset.
        out: folder or URL of the parts, each named by its split or room.
        by: what the scenes of a part have in common.
        progress: called after each scene.

    Returns:
        Number of scenes by part.

    Raises:
        FolderError: it is not a dataset or broken, or `out` holds something else.
    """
    storage = Storage(url)
    plans = _plans(storage)
    counts = Counter(name for record in _records(storage) if (name := getattr(record, by)))
    where = {name: f"{out.rstrip('/')}/{name}" for name in sorted(counts)}
    parts = {name: _Part(at, Collection(scenes=counts[name], sources=plans)) for name, at in where.items()}
    for count, record in enumerate(_records(storage), 1):
        if name := getattr(record, by):
            parts[name].take(storage, record)
        progress(count)
    for part in parts.values():
        part.finish()
    return dict(sorted(counts.items()))


class _Part:
    """A dataset that scenes are copied into."""

    def __init__(self, url: str, collection: Collection) -> None:
        self._storage = Storage(url)
        self._parent = ("", "")
        self.count = 0
        if self._storage.exists(PLAN_FILE):
            if read_plan(self._storage) != collection:
                raise FolderError(f"{url!r} holds another dataset; choose another folder")
        elif self._storage.names(""):
            raise FolderError(f"{url!r} is not empty; choose another folder")
        self._storage.write(PLAN_FILE, collection.model_dump_json(indent=1).encode() + b"\n")
        self._storage.clear_stale()

    def take(self, source: Storage, record: Record) -> None:
        """Copy a scene as the next one, unless it exists; parents come before their variations."""
        request = record.request
        moved = record.model_copy(update={"index": self.count})
        if request.variation is None:
            self._parent = (record.folder, moved.folder)
        elif request.variation.parent == self._parent[0]:
            there = request.variation.model_copy(update={"parent": self._parent[1]})
            moved = moved.model_copy(update={"request": request.model_copy(update={"variation": there})})
        self.count += 1
        if self._storage.exists(moved.path):
            return
        log = json.loads(source.read(f"logs/{scene_path(record.index)}.json"))
        if not record.files:
            write_record(self._storage, moved, log)
            return
        with self._storage.staging() as aside:
            self._fetch(source, record, aside / "scene")
            store_scene(self._storage, moved, aside / "scene", log)

    def _fetch(self, source: Storage, record: Record, folder: Path) -> None:
        """Copy a scene folder, with the shared files that are missing here."""
        has = self._storage.exists
        assets = [name for name in record.assets if not has(f"assets/{name}/asset.json")]
        textures = [name for name in record.textures if not has(f"assets/{TEXTURES}/{name}")]
        fault = "an image is missing"
        try:
            fetch_scene(source, record.folder, assets, textures, folder)
            wrong = [name for name, file in record.files.items() if File.of(folder / name) != file]
            wrong += [name for name in assets if not (folder / "assets" / name / "asset.json").is_file()]
            fault = f"{wrong[0]} has another checksum" if wrong else ""
        except FileNotFoundError as error:
            fault = f"{error.filename or fault} is missing"
        if fault:
            raise FolderError(
                f"{source.url!r}, scene {record.index}: {fault}; sage dataset fsck --repair removes it"
            )

    def finish(self) -> None:
        """Write the tables and the card."""
        write_tables(self._storage)
        write_card(self._storage)


def _records(storage: Storage) -> Iterator[Record]:
    for records in shards_of_records(storage, read_plan(storage)):
        yield from records


def _plans(storage: Storage) -> tuple[Plan, ...]:
    plan = read_plan(storage)
    return plan.sources if isinstance(plan, Collection) else (plan,)


def _same(one: Plan, other: Plan) -> bool:
    """Return whether two plans differ at most in the number of scenes."""
    return one.model_copy(update={"scenes": other.scenes}) == other
