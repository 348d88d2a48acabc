"""Writes scenes on demand in further formats, in a separate process."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sage.errors import SageError
from sage.export.folder import REPORT, add_formats
from sage.export.formats import FORMATS, choose_formats
from sage.geometry import Frozen
from sage.service.runner import ProcessLimits, Runner

__all__ = ["FormatRequest", "NotWritten", "Writer", "add", "is_written"]

_MAKER = "sage.service.http.writing:add"
_MOST_WAITING = 8


class NotWritten(SageError):
    """A scene could not be written in a format, or too many scenes wait; try again later."""


class FormatRequest(Frozen):
    """Request for further formats of a scene."""

    formats: tuple[str, ...]


def add(request: dict[str, Any], *, out: str, progress: Callable[..., None]) -> SimpleNamespace:
    """Write the scene in the folder `out` in further formats; `sage.service.worker` calls it."""
    add_formats(Path(out), choose_formats(FormatRequest.model_validate(request).formats))
    return SimpleNamespace(accepted=True)


def is_written(folder: Path, name: str) -> bool:
    """Return whether a scene folder has all files of a format; its report is written last."""
    try:
        report = json.loads((folder / REPORT).read_text())
    except (OSError, ValueError):
        return False
    return name in report.get("formats", FORMATS) and (folder / FORMATS[name].main).is_file()


class Writer:
    """Writes one scene at a time in further formats; its process starts with the first one."""

    def __init__(self, limits: ProcessLimits) -> None:
        self._runner = Runner(limits, _MAKER)
        self._lock = threading.Lock()
        self._waiting = threading.BoundedSemaphore(_MOST_WAITING)

    def write(self, folder: Path, name: str) -> None:
        """Write a scene folder in a format, unless it has it.

        Raises:
            NotWritten: too many scenes wait, or the format could not be written.
        """
        if is_written(folder, name):
            return
        if not self._waiting.acquire(blocking=False):
            raise NotWritten(f"{_MOST_WAITING} scenes are waiting to be written in further formats")
        try:
            with self._lock:
                if not is_written(folder, name):
                    outcome = self._runner.run(FormatRequest(formats=(name,)), folder)
                    if outcome.state != "accepted":
                        raise NotWritten(f"the scene cannot be written as {name}: {outcome.reason}")
        finally:
            self._waiting.release()

    def close(self) -> None:
        """Stop the process."""
        with self._lock:
            self._runner.close()
