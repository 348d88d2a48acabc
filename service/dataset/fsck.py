"""Consistency check of a dataset: files, checksums, references; critics on a sample of scenes."""

from __future__ import annotations

import hashlib
import heapq
import tempfile
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path

import numpy as np

from sage.asset import TEXTURES
from sage.dataset.reader import export_scene
from sage.dataset.storage import Storage
from sage.dataset.tables import MANIFEST, read_rows
from sage.errors import FolderError, SageError
from sage.scene import Scene
from sage.service.checking import check
from sage.service.dataset.manifest import shards_of_records
from sage.service.dataset.plan import Collection, Plan, read_plan, scene_path
from sage.service.dataset.record import Record, read_record

__all__ = ["faults"]


def faults(
    url: str,
    *,
    sample: int = 3,
    repair: bool = False,
    progress: Callable[[str], None] = lambda word: None,
) -> Iterator[str]:
    """Yield a line for each fault.

    Args:
        url: folder or URL of the dataset.
        sample: number of accepted scenes, drawn at random, that the critics judge again.
        repair: remove the record of each broken scene, so that the next run generates it again.
        progress: called with the name of each record.

    Raises:
        FolderError: it is not a dataset.
    """
    storage = Storage(url)
    plan = read_plan(storage)
    assets = storage.names("assets") | {f"{TEXTURES}/{name}" for name in storage.names(f"assets/{TEXTURES}")}
    drawn: list[tuple[int, int]] = []
    for shard in plan.shards():
        where = scene_path(shard[0]).split("/")[0]
        for name in sorted(storage.names(f"records/{where}")):
            progress(name)
            path = f"records/{where}/{name}"
            record = read_record(storage, path)
            found = list(_faults(storage, plan, record, assets)) if record else ["it is broken"]
            yield from (f"{path}: {fault}" for fault in found)
            if found and repair:
                storage.remove(path)
            elif record and record.state == "accepted":
                drawn = heapq.nsmallest(sample, [*drawn, (_random_key(record.index), record.index)])
    yield from _rows(storage, plan)
    for index in sorted(index for _, index in drawn):
        progress(f"judging scene {index} again")
        yield from _judged(url, index)


def _random_key(index: int) -> int:
    return int(np.random.default_rng(index).integers(2**63))


def _faults(storage: Storage, plan: Plan | Collection, record: Record, assets: set[str]) -> Iterator[str]:
    if isinstance(plan, Plan) and record.request != plan.request(record.index):
        yield "its request differs from the plan"
    for name, file in record.files.items():
        try:
            data = storage.read(f"{record.folder}/{name}")
        except FileNotFoundError:
            yield f"{name} is missing"
            continue
        if hashlib.sha256(data).hexdigest() != file.sha256:
            yield f"{name} has another checksum"
        elif name == "scene.json":
            try:
                Scene.model_validate_json(data)
            except ValueError as error:
                yield f"{name} does not fit its schema: {str(error).splitlines()[0]}"
    shared = (*record.assets, *(f"{TEXTURES}/{name}" for name in record.textures))
    yield from (f"asset {name} is missing" for name in shared if name not in assets)


def _rows(storage: Storage, plan: Plan | Collection) -> Iterator[str]:
    """Compare the manifest with the records."""
    recorded = (record.index for records in shards_of_records(storage, plan) for record in records)
    try:
        listed = (row["index"] for row in read_rows(storage))
        same = all(one == other for one, other in zip_longest(listed, recorded))
    except FolderError:
        yield f"{MANIFEST} is missing; run sage batch again"
        return
    if not same:
        yield f"{MANIFEST} has other rows than there are records; run sage batch again"


def _judged(url: str, index: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="sage-") as scratch:
        folder = Path(scratch) / "scene"
        try:
            export_scene(url, index, folder)
            _, critiques = check(folder)
        except SageError as error:
            yield f"scene {index} cannot be judged: {error}"
            return
    for critique in critiques:
        if not critique.passed:
            words = "; ".join(finding.message for finding in critique.findings[:3])
            yield f"scene {index} was accepted, but {critique.critic} finds: {words}"
