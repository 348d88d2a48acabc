"""Scene sessions by id: concurrent, serialized per scene, expired when idle."""

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
_LOOK_S = 0.1


@dataclass(frozen=True)
class CallHooks:
    """Observer of a call that may stop it."""

    progress: Callable[[str], None] = silent
    cancelled: Callable[[], bool] = never

    def over(self, context: Context) -> Context:
        """Return the context as this call sees it."""
        return replace(context, progress=self.progress, cancelled=self.cancelled)


@dataclass
class _Place:
    """A workbench, the folder of its geometry, and who is at it."""

    bench: Workbench
    folder: Path
    used: float
    taken: threading.Lock = field(default_factory=threading.Lock)


@dataclass
class Workshop:
    """Holds workbenches. An id is random: who does not know it cannot touch its scene.

    Args:
        most: how many may be open at once.
        idle_s: one that no call touches for so long is closed [s].
    """

    most: int = MOST_OPEN
    idle_s: float = _IDLE_S
    clock: Callable[[], float] = time.monotonic
    _places: dict[str, _Place] = field(default_factory=dict)
    _door: threading.Lock = field(default_factory=threading.Lock)

    @property
    def open_ids(self) -> tuple[str, ...]:
        """Ids of the scenes that are open."""
        with self._door:
            return tuple(self._places)

    def open(self, make: Callable[[Path], Workbench]) -> str:
        """Open a workbench whose geometry lies in the folder that `make` is given; return its id.

        Raises:
            ToolRejected: too many are open.
        """
        self._sweep()
        with self._door:
            self._refuse_more()
        folder = Path(tempfile.mkdtemp(prefix="sage-"))
        try:
            bench = make(folder)
            with self._door:
                self._refuse_more()
                scene_id = f"scene_{secrets.token_hex(8)}"
                self._places[scene_id] = _Place(bench, folder, self.clock())
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        return scene_id

    @contextmanager
    def at(self, scene_id: str, hooks: CallHooks) -> Iterator[Workbench]:
        """Yield a workbench once no other call is at it.

        Raises:
            ToolRejected: there is no such scene, or it was closed.
            Cancelled: the caller did not want to wait.
        """
        self._sweep()
        with self._door:
            place = self._places.get(scene_id)
        if place is None:
            raise ToolRejected(f"there is no scene {scene_id!r}, or it was closed; call start_scene")
        while not place.taken.acquire(timeout=_LOOK_S):
            if hooks.cancelled():
                raise Cancelled("the caller asked to stop")
        try:
            if scene_id not in self.open_ids:
                raise ToolRejected(f"scene {scene_id!r} was closed meanwhile; call start_scene")
            place.bench.context = hooks.over(place.bench.context)
            yield place.bench
        finally:
            place.used = self.clock()
            place.bench.context = CallHooks().over(place.bench.context)
            place.taken.release()

    def close(self, scene_id: str) -> None:
        """Forget a scene that the caller is at."""
        with self._door:
            place = self._places.pop(scene_id)
        shutil.rmtree(place.folder, ignore_errors=True)

    def close_all(self) -> None:
        """Forget every scene."""
        for scene_id in self.open_ids:
            self.close(scene_id)

    def _refuse_more(self) -> None:
        if len(self._places) >= self.most:
            raise ToolRejected(
                f"{len(self._places)} scenes are open, the limit is {self.most}; close one with close_scene"
            )

    def _sweep(self) -> None:
        """Forget what nobody is at and nobody touched for long."""
        with self._door:
            old = [
                self._places.pop(scene_id)
                for scene_id, place in tuple(self._places.items())
                if self.clock() - place.used > self.idle_s and not place.taken.locked()
            ]
        for place in old:
            shutil.rmtree(place.folder, ignore_errors=True)
