"""Manifest of a dataset: manifest.parquet, one row a scene."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from sage.dataset.storage import Storage
from sage.errors import FolderError

__all__ = ["MANIFEST", "MANIFEST_SCHEMA", "SHARD", "read_rows"]

MANIFEST = "manifest.parquet"
SHARD = 1000
MANIFEST_SCHEMA = pa.schema(
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
        if missing := set(MANIFEST_SCHEMA.names) - set(rows.schema_arrow.names):
            raise FolderError(
                f"{storage.url!r} was made by another version: its manifest has no "
                f"{', '.join(sorted(missing))}; make it anew, or read it with that version"
            )
        for batch in rows.iter_batches(SHARD):
            yield from batch.to_pylist(maps_as_pydicts="strict")
