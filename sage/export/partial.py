"""Working folder of a run, whose complete scene replaces the scene folder atomically."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sage.errors import Cancelled, CheckpointError, FolderError

__all__ = ["Partial", "check_target"]

_MARKER = ".sage"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


class Partial:
    """Folder `<out>.partial` with the request, checkpoint, assets and unfinished scene of a run.

    The folder remains if the run is killed or interrupted, so that the run can be resumed. Only one run at a
    time can open it.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._target = out.resolve()
        self.path = self._target.parent / f"{self._target.name}.partial"
        self.record = self.path / "run.json"
        """File with the request; the run can be resumed once it exists."""
        self.checkpoint = self.path / "checkpoint.sqlite"
        """SQLite database with the state of the loop after each step."""
        self.assets = self.path / "assets"
        """Folder of the run's assets."""
        self._scene, self._old = self.path / "scene", self.path / "old"

    @property
    def resumable(self) -> bool:
        """Whether the folder contains an interrupted run that can be resumed."""
        return self.record.is_file()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Lock the folder, creating it if needed, and remove it at the end.

        If the run is interrupted or fails on a file, and can be resumed, the folder is kept.

        Raises:
            FolderError: the folder cannot be written, was not created by sage, or is locked by another run.
        """
        with self._locked():
            self._recover()
            if not self.resumable:
                self._clear()
            try:
                yield
            except BaseException as error:
                if not (self.resumable and isinstance(error, _RESUMABLE)):
                    self.remove()
                raise
            self.remove()

    def _clear(self) -> None:
        """Remove the files of a run that cannot be resumed."""
        for path in self.path.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _MARKER:
                path.unlink()

    def remove(self) -> None:
        """Remove the folder, beginning with the file that marks it as resumable."""
        self.record.unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    @contextmanager
    def whole(self) -> Iterator[Path]:
        """Yield an empty folder that replaces `out` atomically at the end.

        Raises:
            FolderError: the folder cannot be written, or the disk is full; `out` is unchanged.
        """
        try:
            shutil.rmtree(self._scene, ignore_errors=True)
            self._scene.mkdir()
            yield self._scene
            if self._target.is_dir() and any(self._target.iterdir()):
                self._exchange()
            else:
                self._scene.rename(self._target)
        except OSError as error:
            raise FolderError(
                f"cannot write {str(self.out)!r}: {error.strerror or error}; free some space or choose "
                "another folder"
            ) from error

    def _exchange(self) -> None:
        """Exchange the new scene with `out` atomically, or in two steps where the system cannot."""
        system = ctypes.CDLL(None, use_errno=True)
        if hasattr(system, "renameat2"):
            paths = (os.fsencode(self._scene), os.fsencode(self._target))
            if not system.renameat2(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE):
                return
            if ctypes.get_errno() not in _CANNOT_EXCHANGE:
                raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        self._target.rename(self._old)
        self._scene.rename(self._target)

    def _recover(self) -> None:
        """Restore `out` if a run was killed between the two steps of an exchange."""
        if self._old.is_dir() and not self._target.exists():
            self._old.rename(self._target)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            marker = self._open_marker()
        except OSError as error:
            raise FolderError(
                f"cannot write to {str(self.out)!r}: {error.strerror or error}; choose another folder"
            ) from error
        with marker:
            try:
                fcntl.flock(marker, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderError(
                    f"another run is writing {str(self.out)!r}; wait until it ends or choose another folder"
                ) from None
            yield

    def _open_marker(self) -> IO[str]:
        """Create the folder, or check that sage created it; return its opened marker file."""
        marker = self.path / _MARKER
        usable = (
            not self.path.exists()
            or marker.is_file()
            or (self.path.is_dir() and not any(self.path.iterdir()))
        )
        if not usable:
            raise FolderError(
                f"{str(self.path)!r} exists but was not created by sage; move it or choose another folder"
            )
        self.path.mkdir(parents=True, exist_ok=True)
        return marker.open("a")


_RESUMABLE = (Cancelled, CheckpointError, FolderError, KeyboardInterrupt)
"""Errors after which a run can be resumed."""


def check_target(out: Path, *, overwrite: bool) -> None:
    """Check that a scene can be written to a folder.

    Args:
        out: the scene folder.
        overwrite: whether an existing scene, or an interrupted run, may be replaced.

    Raises:
        FolderError: `out` is a file, the current folder, or cannot be written; or it contains anything but a
            scene, or a scene or interrupted run that may not be replaced.
    """
    if out.exists() and not out.is_dir():
        raise FolderError(f"{str(out)!r} is a file; name a folder that does not exist yet")
    if out.resolve() == Path.cwd():
        raise FolderError("the current folder cannot be replaced; name a folder in it, such as scene/")
    if out.is_dir() and any(out.iterdir()):
        if not overwrite:
            raise FolderError(f"{str(out)!r} is not empty; choose another folder or pass --overwrite")
        if not (out / "scene.json").exists():
            raise FolderError(
                f"{str(out)!r} is not a scene folder and is not overwritten; choose another folder"
            )
    partial = Partial(out)
    with partial.opened():
        if partial.resumable and not overwrite:
            raise FolderError(
                f"{str(partial.path)!r} contains an interrupted run: resume it with 'sage generate --resume "
                f"{out}', or start again with --overwrite"
            )
