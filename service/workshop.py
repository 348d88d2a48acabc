"""Interactive sessions by id: concurrent, serialized per scene, closed when idle."""

from __future__ import annotations

import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from sage.context import Context, never, silent
from sage.errors import Cancelled, ToolRejected
from sage.workbench import Workbench

__all__ = ["MOST_OPEN", "CallHooks", "Workshop"]

MOST_OPEN = 16
_IDLE_S = 3600.0
_POLL_S = 0.1


@dataclass(frozen=True)
class CallHooks:
    """Callbacks of a call: progress and cancellation."""

    progress: Callable[[str], None] = silent
    cancelled: Callable[[], bool] = never

    def over(self, context: Context) -> Context:
        """Return a context with these callbacks."""
        return replace(context, progress=self.progress, cancelled=self.cancelled)


@dataclass
class _Session:
    """A workbench, the folder of its geometry, its time of last use and its lock."""

    bench: Workbench
    folder: Path
    used: float
    lock: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Workshop:
    """Open workbenches by id. Ids are random, so that only clients that know an id can use its scene."""

    most: int = MOST_OPEN
    """Largest number of open scenes."""
    idle_s: float = _IDLE_S
    """Time without a call after which a scene is closed [s]."""
    clock: Callable[[], float] = time.monotonic
    _sessions: dict[str, _Session] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def open_ids(self) -> tuple[str, ...]:
        """Ids of the scenes that are open."""
        with self._lock:
            return tuple(self._sessions)

    def open(self, make: Callable[[Path], Workbench]) -> str:
        """Open a workbench and return its id.

        Args:
            make: returns a workbench that stores its geometry in the given folder.

        Raises:
            ToolRejected: too many scenes are open.
        """
        self._sweep()
        with self._lock:
            self._refuse_more()
        folder = Path(tempfile.mkdtemp(prefix="sage-"))
        try:
            bench = make(folder)
            with self._lock:
                self._refuse_more()
                scene_id = f"scene_{secrets.token_hex(8)}"
                self._sessions[scene_id] = _Session(bench, folder, self.clock())
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return scene_id

    @contextmanager
    def at(self, scene_id: str, hooks: CallHooks) -> Iterator[Workbench]:
        """Yield a workbench when no other call uses it.

        Raises:
            ToolRejected: there is no such scene, or it was closed.
            Cancelled: the call was cancelled while it waited.
        """
        self._sweep()
        with self._lock:
            session = self._sessions.get(scene_id)
        if session is None:
            raise ToolRejected(f"there is no scene {scene_id!r}, or it was closed; call start_scene")
        while not session.lock.acquire(timeout=_POLL_S):
            if hooks.cancelled():
                raise Cancelled("the caller asked to stop")
        try:
            if scene_id not in self.open_ids:
                raise ToolRejected(f"scene {scene_id!r} was closed; call start_scene")
            session.bench.context = hooks.over(session.bench.context)
            yield session.bench
        finally:
            session.used = self.clock()
            session.bench.context = CallHooks().over(session.bench.context)
            session.lock.release()

    def close(self, scene_id: str) -> None:
        """Close a scene that the caller uses, and remove its geometry."""
        with self._lock:
            session = self._sessions.pop(scene_id)
        shutil.rmtree(session.folder, ignore_errors=True)

    def close_all(self) -> None:
        """Close every scene."""
        for scene_id in self.open_ids:
            self.close(scene_id)

    def _refuse_more(self) -> None:
        if len(self._sessions) >= self.most:
            raise ToolRejected(
                f"{len(self._sessions)} scenes are open, the limit is {self.most}; close one with close_scene"
            )

    def _sweep(self) -> None:
        """Close scenes that have been idle for too long."""
        with self._lock:
            old = [
                self._sessions.pop(scene_id)
                for scene_id, session in tuple(self._sessions.items())
                if self.clock() - session.used > self.idle_s and not session.lock.locked()
            ]
        for session in old:
            shutil.rmtree(session.folder, ignore_errors=True)
