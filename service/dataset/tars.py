"""Export of a dataset as tar files in the WebDataset layout."""

from __future__ import annotations

import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sage.dataset.reader import fetch_scene
from sage.dataset.storage import Storage
from sage.dataset.tables import read_rows
from sage.errors import FolderError

__all__ = ["write_tars"]

_FILES = {
    "scene.json": "scene.json", "report.json": "report.json", "preview.png": "png", "scene.glb": "glb",
}  # fmt: skip
"""Files of a scene folder that are members of its sample, and their endings there."""


def write_tars(url: str, out: str, per_tar: int = 100, *, folders: bool = False) -> dict[str, int]:
    """Write the accepted scenes of a dataset as `train-000000.tar` and so on.

    A sample is `0000123.json` (its row of the manifest), `.scene.json`, `.report.json`, `.png` (the
    preview), `.glb` if there is one and, with `folders`, `.tar`: the scene folder with its assets. The same
    dataset gives the same bytes.

    Args:
        url: folder or URL of the dataset.
        out: folder to write to, or a URL that fsspec opens.
        per_tar: scenes per tar file.
        folders: add each scene folder.

    Returns:
        Number of scenes by split.

    Raises:
        FolderError: it is not a dataset, or `out` is not empty.
    """
    source, target = Storage(url), Storage(out)
    if target.names(""):
        raise FolderError(f"{out!r} is not empty; choose another folder")
    counts: dict[str, int] = {}
    for split in ("train", "validation", "test"):
        rows = (row for row in read_rows(source) if (row["split"], row["state"]) == (split, "accepted"))
        for number, shard in enumerate(_shards(rows, per_tar)):
            with (
                target.writing(f"{split}-{number:06d}.tar") as file,
                tarfile.open(fileobj=file, mode="w", format=tarfile.USTAR_FORMAT) as tar,
            ):
                for row in shard:
                    _add_sample(tar, source, row, folders=folders)
            counts[split] = counts.get(split, 0) + len(shard)
    return counts


def _shards(rows: Iterator[dict[str, Any]], most: int) -> Iterator[list[dict[str, Any]]]:
    shard: list[dict[str, Any]] = []
    for row in rows:
        shard.append(row)
        if len(shard) == most:
            yield shard
            shard = []
    if shard:
        yield shard


def _add_sample(tar: tarfile.TarFile, source: Storage, row: dict[str, Any], *, folders: bool) -> None:
    name = row["scene"]
    _add(tar, f"{name}.json", json.dumps(row, indent=1).encode() + b"\n")
    there = source.sizes(row["folder"])
    for file, ending in _FILES.items():
        if file in there:
            _add(tar, f"{name}.{ending}", source.read(f"{row['folder']}/{file}"))
    if folders:
        with tempfile.TemporaryDirectory(prefix="sage-") as scratch:
            folder = Path(scratch) / name
            fetch_scene(source, row["folder"], row["assets"], row["textures"], folder)
            _add(tar, f"{name}.tar", _packed(folder))


def _packed(folder: Path) -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for path in sorted(path for path in folder.rglob("*") if path.is_file()):
            _add(tar, path.relative_to(folder.parent).as_posix(), path.read_bytes())
    return buffer.getvalue()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    """Add a file without owner and date, which differ between runs."""
    info = tarfile.TarInfo(name)
    info.size = len(data)
    tar.addfile(info, io.BytesIO(data))
