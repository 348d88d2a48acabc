"""Dataset storage: a local folder, or any fsspec URL such as s3://bucket/name."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import fsspec
from fsspec.implementations.local import LocalFileSystem

from sage.errors import UserError

__all__ = ["Storage"]

_STAGING = ".staging"
_STALE_S = 24 * 3600.0


class Storage:
    """Files below a root, named by relative paths with slashes. Safe for many writers at once."""

    def __init__(self, url: str) -> None:
        """Open a folder or URL; nothing is made yet.

        Raises:
            UserError: no file system takes the URL.
        """
        self.url = url
        try:
            self._fs, self._root = fsspec.url_to_fs(url, use_listings_cache=False)
        except (ValueError, ImportError, OSError) as error:
            raise UserError(f"{url!r} cannot be opened: {error}") from error
        self.local: Path | None = Path(self._root) if isinstance(self._fs, LocalFileSystem) else None
        """The folder, if it is one of this machine."""

    def _at(self, name: str) -> str:
        return f"{self._root.rstrip('/')}/{name}" if name else self._root

    def exists(self, name: str) -> bool:
        """Whether there is a file or folder of this name."""
        return bool(self._fs.exists(self._at(name)))

    def read(self, name: str) -> bytes:
        """Return a file's content.

        Raises:
            FileNotFoundError: there is none.
        """
        data: bytes = self._fs.cat_file(self._at(name))
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file that appears whole, or not at all."""
        with self.writing(name) as file:
            file.write(data)

    def reading(self, name: str) -> Any:
        """Open a binary file for reading.

        Raises:
            FileNotFoundError: there is none.
        """
        return self._fs.open(self._at(name), "rb")

    @contextmanager
    def writing(self, name: str) -> Iterator[Any]:
        """Yield a binary file that appears under its name when the block ends well."""
        with self.staging() as folder:
            with (folder / "file").open("wb") as file:
                yield file
            if self.local is None:
                self._fs.put_file(str(folder / "file"), self._at(name))
            else:
                (self.local / name).parent.mkdir(parents=True, exist_ok=True)
                os.replace(folder / "file", self.local / name)

    def names(self, folder: str) -> set[str]:
        """Return the names of what lies directly in a folder; nothing if there is none."""
        try:
            found = self._fs.ls(self._at(folder), detail=False)
        except FileNotFoundError:
            return set()
        return {name for path in found if not (name := path.rstrip("/").rsplit("/", 1)[-1]).startswith(".")}

    def sizes(self, folder: str) -> dict[str, int]:
        """Return the size of every file below a folder [B] by its path in it; links are not followed."""
        if self.local is None:
            root = self._at(folder)
            found = self._fs.find(root, detail=True)
            return {path[len(root) + 1 :]: int(entry["size"]) for path, entry in found.items()}
        base = self.local / folder
        return {
            os.path.relpath(os.path.join(where, name), base): os.lstat(os.path.join(where, name)).st_size
            for where, _, files in os.walk(base)
            for name in files
        }

    def remove(self, name: str) -> None:
        """Remove a file or a folder, if it is there."""
        with suppress(FileNotFoundError):
            self._fs.rm(self._at(name), recursive=True)

    def put_folder(self, source: Path, name: str, last: str) -> None:
        """Bring in a folder under a name, replacing what is there; of its files `last` comes last.

        In a folder of this machine it is moved, in one step.
        """
        if self.local is None:
            found = (path for path in source.rglob("*") if path.is_file() and not path.is_symlink())
            files = {path.relative_to(source).as_posix(): str(path) for path in sorted(found)}
            for stale in self.sizes(name).keys() - files.keys():
                self.remove(f"{name}/{stale}")
            at = {path: self._at(f"{name}/{path}") for path in files if path != last}
            self._fs.put([files[path] for path in at], list(at.values()))
            self._fs.put_file(files[last], self._at(f"{name}/{last}"))
            return
        target = self.local / name
        target.parent.mkdir(parents=True, exist_ok=True)
        for _ in range(10):
            try:
                source.rename(target)
                return
            except OSError:
                shutil.rmtree(target, ignore_errors=True)
        raise UserError(f"{str(target)!r} cannot be replaced; is another program writing there?")

    def get_folder(self, name: str, target: Path) -> None:
        """Copy a folder out of the dataset; links are left out."""
        base = self.local / name if self.local is not None else None
        paths = [path for path in self.sizes(name) if base is None or not (base / path).is_symlink()]
        for path in paths:
            (target / path).parent.mkdir(parents=True, exist_ok=True)
        if paths:
            self._fs.get(
                [self._at(f"{name}/{path}") for path in paths], [str(target / path) for path in paths]
            )

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """Yield a folder to make something in, on the same disk where that is of use, removed at the end."""
        if self.local is None:
            with tempfile.TemporaryDirectory(prefix="sage-") as name:
                yield Path(name)
            return
        folder = self.local / _STAGING / f"{socket.gethostname()}-{os.getpid()}-{uuid.uuid4().hex}"
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def clear_stale(self) -> None:
        """Remove what killed processes left half made: those of this host that ended, others after a day."""
        if self.local is None:
            return
        staging = self.local / _STAGING
        for folder in staging.iterdir() if staging.is_dir() else ():
            host, process, _ = folder.name.rsplit("-", 2)
            with suppress(OSError):
                gone = host == socket.gethostname() and not Path(f"/proc/{process}").exists()
                if gone or time.time() - folder.stat().st_mtime > _STALE_S:
                    shutil.rmtree(folder)
        with suppress(OSError):
            staging.rmdir()
