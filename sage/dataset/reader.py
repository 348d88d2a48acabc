"""Lazy, indexable, picklable dataset reader, as a PyTorch DataLoader needs it."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq

from sage.asset import TEXTURES, AssetStore
from sage.dataset.storage import Storage
from sage.dataset.tables import MANIFEST, read_rows
from sage.errors import FolderError, UserError
from sage.export.reading import read_scene
from sage.scene import Scene

__all__ = ["Dataset", "StoredScene", "export_scene", "fetch_scene"]


@dataclass(frozen=True)
class StoredScene:
    """A scene of a dataset; nothing but its row is read until it is asked for."""

    url: str
    row: dict[str, Any]
    """Its row of the manifest."""

    @property
    def task(self) -> str:
        """The prompt."""
        return str(self.row["prompt"])

    @cached_property
    def scene(self) -> Scene:
        """The scene itself.

        Raises:
            FolderError: the dataset lacks it.
        """
        name = f"{self.row['folder']}/scene.json"
        try:
            return Scene.model_validate_json(Storage(self.url).read(name))
        except FileNotFoundError:
            raise FolderError(f"{self.url!r} lacks {name}; sage dataset fsck tells what else") from None

    @property
    def folder(self) -> Path:
        """Its folder on this machine, which simulators load as it stands.

        Raises:
            FolderError: the dataset lies elsewhere; `export_scene` fetches it.
        """
        local = Storage(self.url).local
        if local is None:
            raise FolderError(f"{self.url!r} is not on this machine; sage dataset export fetches a scene")
        return local / str(self.row["folder"])

    def open(self) -> tuple[Scene, AssetStore]:
        """Return the scene with its assets; what lies elsewhere is fetched, and kept while these are held."""
        storage = Storage(self.url)
        if storage.local is not None:
            return read_scene(self.folder)
        folder = Path(tempfile.mkdtemp(prefix="sage-"))
        fetch_scene(storage, self.row["folder"], self.row["assets"], self.row["textures"], folder)
        scene, store = read_scene(folder)
        weakref.finalize(store, shutil.rmtree, folder, ignore_errors=True)
        return scene, store


class Dataset:
    """The scenes of a dataset that were accepted, or of one of its splits.

    Example:
        >>> scenes = sage.Dataset("dataset", split="train")  # doctest: +SKIP
        >>> scenes[0].scene.task.prompt  # doctest: +SKIP
    """

    def __init__(self, url: str | Path, split: str | None = None, *, accepted: bool = True) -> None:
        """Read the manifest.

        Args:
            url: folder, or what fsspec opens.
            split: `train`, `validation`, `test`; None for all.
            accepted: leave out what was written but not accepted.

        Raises:
            UserError: there is no manifest, or no such split.
        """
        if split not in (None, "train", "validation", "test"):
            raise UserError(f"there is no split {split!r}; the splits are train, validation, test")
        self.url = str(url)
        states = ["accepted"] if accepted else ["accepted", "not_accepted"]
        chosen = pc.field("state").isin(states)
        if split is not None:
            chosen &= pc.field("split") == split
        try:
            with Storage(self.url).reading(MANIFEST) as file:
                # With threads, reading a Python file may abort the interpreter at exit: apache/arrow#50482.
                self._rows = pq.read_table(file, filters=chosen, use_threads=False)
        except FileNotFoundError:
            raise FolderError(f"{self.url!r} has no manifest: it is no dataset, or not finished") from None

    def __len__(self) -> int:
        return int(self._rows.num_rows)

    def __getitem__(self, index: int) -> StoredScene:
        """Return a scene.

        Raises:
            IndexError: there are fewer.
        """
        if not -len(self) <= index < len(self):
            raise IndexError(f"there is no scene {index}: there are {len(self)}")
        (row,) = self._rows.slice(index % len(self), 1).to_pylist(maps_as_pydicts="strict")
        return StoredScene(self.url, row)

    def __iter__(self) -> Iterator[StoredScene]:
        return (self[index] for index in range(len(self)))


def fetch_scene(
    storage: Storage, folder: str, assets: Iterable[str], textures: Iterable[str], target: Path
) -> None:
    """Copy a scene with what it shares out of a dataset: `target` becomes a scene folder of its own.

    Raises:
        FileNotFoundError: the dataset lacks a texture.
    """
    storage.get_folder(folder, target)
    for name in assets:
        storage.get_folder(f"assets/{name}", target / "assets" / name)
    images = target / "assets" / TEXTURES
    images.mkdir(parents=True, exist_ok=True)
    for name in textures:
        (images / name).write_bytes(storage.read(f"assets/{TEXTURES}/{name}"))


def export_scene(url: str, index: int, out: Path) -> None:
    """Write a scene of a dataset as a folder of its own, with its assets.

    Raises:
        FolderError: the dataset lacks the scene, or `out` is not empty.
    """
    storage = Storage(url)
    row = next((row for row in read_rows(storage) if row["index"] == index), None)
    if row is None or row["folder"] is None:
        raise FolderError(f"{url!r} has no scene {index}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderError(f"{str(out)!r} is not empty; choose another folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{out.name}-", dir=out.parent) as aside:
        made = Path(aside) / "scene"
        fetch_scene(storage, row["folder"], row["assets"], row["textures"], made)
        if out.exists():
            out.rmdir()
        shutil.move(made, out)
