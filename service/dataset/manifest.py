"""Tables of a dataset, written from its records shard by shard: manifest.parquet and timings.parquet.

The manifest depends on the content of the dataset alone; times of machines are in a table of their own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sage.dataset.storage import Storage
from sage.dataset.tables import MANIFEST, MANIFEST_SCHEMA
from sage.service.dataset.plan import Collection, Plan, read_plan, scene_path
from sage.service.dataset.record import Record, read_record

__all__ = ["TIMINGS", "write_tables"]

TIMINGS = "timings.parquet"
_SAME = (
    "state", "split", "kind", "reason", "room", "style", "objects", "initial", "goal", "coverage",
    "not_understood", "licences", "assets", "asset_bytes", "textures",
)  # fmt: skip
"""Fields of a record that are columns without conversion."""

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
    """Write both tables; scenes without a record have no row.

    Raises:
        FolderError: it is not a dataset.
    """
    plan = read_plan(storage)
    with storage.writing(MANIFEST) as manifest, storage.writing(TIMINGS) as timings:
        with (
            pq.ParquetWriter(manifest, MANIFEST_SCHEMA) as rows,
            pq.ParquetWriter(timings, _TIMINGS_SCHEMA) as times,
        ):
            for records in shards_of_records(storage, plan):
                rows.write_table(pa.Table.from_pylist([_row(r) for r in records], MANIFEST_SCHEMA))
                logs = [_log(storage, record) for record in records]
                times.write_table(pa.Table.from_pylist(logs, _TIMINGS_SCHEMA))
                progress(len(records))


def shards_of_records(storage: Storage, plan: Plan | Collection) -> Iterator[list[Record]]:
    """Yield the existing records in order, shard by shard."""
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
