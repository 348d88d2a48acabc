"""Working folder of a run, moved into the place of the scene folder when complete."""

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

_MARK = ".sage"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
_CANNOT_EXCHANGE = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP)


class Partial:
    """`<out>.partial`: what was asked of a run, its checkpoint, its assets and the scene as it is written.

    It outlives a run that was killed or interrupted, which can then go on. One run at a time has it.
    """

    def __init__(self, out: Path) -> None:
        self.out = out
        self._target = out.resolve()
        self.path = self._target.parent / f"{self._target.name}.partial"
        self.record = self.path / "run.json"
        """What was asked for. Once this is written the run can be resumed."""
        self.checkpoint = self.path / "checkpoint.sqlite"
        self.assets = self.path / "assets"
        self._scene, self._old = self.path / "scene", self.path / "old"

    @property
    def waits(self) -> bool:
        """Whether the folder has an interrupted run to resume."""
        return self.record.is_file()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Lock the folder, creating it if needed; remove it when the work is done.

        What was interrupted, or failed because of a file, stays if it can be resumed.

        Raises:
            FolderError: it cannot be written, is not ours, or another run has it.
        """
        with self._locked():
            self._recover()
            if not self.waits:
                self._clear()
            try:
                yield
            except BaseException as error:
                if not (self.waits and isinstance(error, _RESUMABLE)):
                    self.remove()
                raise
            self.remove()

    def _clear(self) -> None:
        """Remove the files of a run that cannot be resumed."""
        for path in self.path.iterdir():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != _MARK:
                path.unlink()

    def remove(self) -> None:
        """Remove the folder, first the files that make it resumable."""
        self.record.unlink(missing_ok=True)
        shutil.rmtree(self.path, ignore_errors=True)

    @contextmanager
    def whole(self) -> Iterator[Path]:
        """Yield an empty folder that takes the place of `out` at the end, in one step.

        Raises:
            FolderError: it cannot be written, or the disk is full; what `out` held stays.
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
        """Swap the new scene and the one that `out` holds; where the system cannot, in two steps."""
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
            mark = self._marked()
        except OSError as error:
            raise FolderError(
                f"cannot write to {str(self.out)!r}: {error.strerror or error}; choose another folder"
            ) from error
        with mark:
            try:
                fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise FolderError(
                    f"another run is writing {str(self.out)!r}; wait for its end or choose another folder"
                ) from None
            yield

    def _marked(self) -> IO[str]:
        """Create the folder, or check that sage created it; return its marker file."""
        mark = self.path / _MARK
        ours = (
            not self.path.exists() or mark.is_file() or (self.path.is_dir() and not any(self.path.iterdir()))
        )
        if not ours:
            raise FolderError(
                f"{str(self.path)!r} is in the way and not ours; move it or choose another folder"
            )
        self.path.mkdir(parents=True, exist_ok=True)
        return mark.open("a")


_RESUMABLE = (Cancelled, CheckpointError, FolderError, KeyboardInterrupt)


def check_target(out: Path, *, overwrite: bool) -> None:
    """Check that a scene can be written to `out`.

    Raises:
        FolderError: it is a file, is not empty, cannot be written, or an interrupted run waits beside it.
    """
    if out.exists() and not out.is_dir():
        raise FolderError(f"{str(out)!r} is a file; name a folder that does not exist yet")
    if out.resolve() == Path.cwd():
        raise FolderError("the current folder cannot be replaced; name a folder in it, such as scene/")
    if out.is_dir() and any(out.iterdir()):
        if not overwrite:
            raise FolderError(f"{str(out)!r} is not empty; choose another folder or pass --overwrite")
        if not (out / "scene.json").exists():
            raise FolderError(f"{str(out)!r} holds something that is not a scene; it is not overwritten")
    partial = Partial(out)
    with partial.opened():
        if partial.waits and not overwrite:
            raise FolderError(
                f"an interrupted run waits in {str(partial.path)!r}: 'sage generate --resume {out}' goes on "
                "with it, --overwrite begins anew"
            )
