"""The tables of a dataset, written from its records a shard at a time: manifest.parquet and timings.parquet.

The manifest depends on the dataset's content alone; the times of the machines lie in a file of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sage.errors import FolderError
from sage.service.dataset.plan import SHARD, Collection, Plan, read_plan, scene_path
from sage.service.dataset.record import Record, read_record
from sage.service.dataset.storage import Storage

__all__ = ["MANIFEST", "TIMINGS", "read_rows", "write_tables"]

MANIFEST = "manifest.parquet"
TIMINGS = "timings.parquet"
_SAME = (
    "state", "split", "kind", "reason", "room", "style", "objects", "initial", "goal", "coverage",
    "not_understood", "licences", "assets", "asset_bytes", "textures",
)  # fmt: skip
"""Fields of a record that are columns as they are."""

_MANIFEST_SCHEMA = pa.schema(
    [
        ("scene", pa.string()),
        ("index", pa.int64()),
        ("state", pa.string()),
        ("split", pa.string()),
        ("kind", pa.string()),
        ("reason", pa.string()),
        ("prompt", pa.string()),
        ("seed", pa.int64()),
        ("density", pa.string()),
        ("disorder", pa.string()),
        ("parent", pa.string()),
        ("level", pa.string()),
        ("number", pa.int32()),
        ("room", pa.string()),
        ("style", pa.string()),
        ("objects", pa.int32()),
        ("categories", pa.map_(pa.string(), pa.int32())),
        ("initial", pa.list_(pa.string())),
        ("goal", pa.list_(pa.string())),
        ("coverage", pa.float64()),
        ("not_understood", pa.list_(pa.string())),
        ("metrics", pa.map_(pa.string(), pa.float64())),
        ("proofs", pa.map_(pa.string(), pa.bool_())),
        ("licences", pa.list_(pa.string())),
        ("assets", pa.list_(pa.string())),
        ("asset_bytes", pa.list_(pa.int64())),
        ("textures", pa.list_(pa.string())),
        ("folder", pa.string()),
        ("bytes", pa.int64()),
        ("sha256", pa.string()),
    ]
)
_TIMINGS_SCHEMA = pa.schema(
    [
        ("scene", pa.string()),
        ("index", pa.int64()),
        ("seconds", pa.float64()),
        ("cpu_seconds", pa.float64()),
        ("peak_bytes", pa.int64()),
        ("stages", pa.map_(pa.string(), pa.float64())),
        ("traceback", pa.string()),
    ]
)


def write_tables(storage: Storage, progress: Callable[[int], None] = lambda count: None) -> None:
    """Write both tables anew; scenes that were not tried yet have no row.

    Raises:
        FolderError: it is no dataset.
    """
    plan = read_plan(storage)
    with storage.writing(MANIFEST) as manifest, storage.writing(TIMINGS) as timings:
        with (
            pq.ParquetWriter(manifest, _MANIFEST_SCHEMA) as rows,
            pq.ParquetWriter(timings, _TIMINGS_SCHEMA) as times,
        ):
            for records in shards_of_records(storage, plan):
                rows.write_table(pa.Table.from_pylist([_row(r) for r in records], _MANIFEST_SCHEMA))
                logs = [_log(storage, record) for record in records]
                times.write_table(pa.Table.from_pylist(logs, _TIMINGS_SCHEMA))
                progress(len(records))


def shards_of_records(storage: Storage, plan: Plan | Collection) -> Iterator[list[Record]]:
    """Yield the records that there are, in order, a shard at a time."""
    for shard in plan.shards():
        there = storage.names(f"records/{scene_path(shard[0]).split('/')[0]}")
        names = (scene_path(index) for index in shard)
        paths = (f"records/{name}.json" for name in names if f"{name.split('/')[1]}.json" in there)
        yield [record for path in paths if (record := read_record(storage, path)) is not None]


def _row(record: Record) -> dict[str, Any]:
    digest = hashlib.sha256()
    for name, file in sorted(record.files.items()):
        digest.update(f"{name}:{file.sha256}\n".encode())
    request = record.request
    return {
        "scene": f"{record.index:07d}",
        "index": record.index,
        "prompt": request.prompt,
        "seed": request.seed,
        "density": request.density,
        "disorder": request.disorder,
        **{name: getattr(request.variation, name, None) for name in ("parent", "level", "number")},
        "categories": list(record.categories.items()),
        "metrics": list(record.metrics.items()),
        "proofs": list(record.proofs.items()),
        "folder": record.folder if record.files else None,
        "bytes": sum(file.bytes for file in record.files.values()),
        "sha256": digest.hexdigest() if record.files else None,
        **{name: getattr(record, name) for name in _SAME},
    }


def _log(storage: Storage, record: Record) -> dict[str, Any]:
    log = json.loads(storage.read(f"logs/{scene_path(record.index)}.json"))
    return {
        "scene": f"{record.index:07d}",
        "index": record.index,
        "seconds": log.get("seconds"),
        "cpu_seconds": log.get("cpu_seconds"),
        "peak_bytes": log.get("peak_bytes"),
        "stages": list(log["stages"].items()),
        "traceback": log.get("traceback"),
    }


def read_rows(storage: Storage) -> Iterator[dict[str, Any]]:
    """Yield the rows of the manifest; no more than a shard of them is held.

    Raises:
        FolderError: there is no manifest, or one of another version.
    """
    try:
        file = storage.reading(MANIFEST)
    except FileNotFoundError:
        raise FolderError(
            f"{storage.url!r} has no manifest: it is no dataset, or not finished; run sage batch again"
        ) from None
    with file:
        rows = pq.ParquetFile(file)
        if missing := set(_MANIFEST_SCHEMA.names) - set(rows.schema_arrow.names):
            raise FolderError(
                f"{storage.url!r} was made by another version: its manifest has no "
                f"{', '.join(sorted(missing))}; make it anew, or read it with that version"
            )
        for batch in rows.iter_batches(SHARD):
            yield from batch.to_pylist(maps_as_pydicts="strict")
