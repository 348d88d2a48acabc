"""Makes one scene in a separate process with time and memory limits.

The dataset runs it inside Ray tasks, the service inside threads, or inside actors of Ray.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, Protocol

from sage.context import never, silent
from sage.errors import UserError
from sage.geometry import Frozen
from sage.service.worker import LOG

__all__ = ["MAKER", "Outcome", "ProcessLimits", "Runner", "SceneRunner"]

MAKER = "sage.service.augmentation:make_from_json"
"""Function that generates a scene by default, as `module:function`."""
_GRACE_S = 10.0
"""How long a warm process may take to start, or to report a child that was killed."""
_LISTEN_S = 0.2
_START_S = 120.0
_LAST_OF_LOG = 2000


@dataclass(frozen=True)
class ProcessLimits:
    """Limits of time and memory after which the process is killed."""

    seconds: float = 900.0
    """By the clock [s]."""
    memory_bytes: int = 4 << 30
    """Of data, heap and private mappings [B]."""

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise UserError(f"the limit is {self.seconds:g} s a scene; it must be more than 0")
        if self.memory_bytes < 512 << 20:
            raise UserError(f"the limit is {self.memory_bytes} bytes a scene; it must be at least 512 MiB")


class Outcome(Frozen):
    """Outcome of a request."""

    state: Literal["accepted", "not_accepted", "failed", "cancelled"]
    kind: str = ""
    """Of failure: an exception's name, `time`, `memory`, or `crash`."""
    reason: str = ""
    """Why it failed, in a line."""
    traceback: str = ""
    """For a failure that nobody foresaw: where it happened, or the last the process said."""
    killed: bool = False
    """Whether it failed because someone else killed its process."""
    cpu_seconds: float = 0.0
    seconds: float = 0.0
    peak_bytes: int = 0


class SceneRunner(Protocol):
    """Makes one scene after another; `Runner` here, `sage.service.cluster.ClusterRunner` elsewhere."""

    def __enter__(self) -> SceneRunner: ...

    def __exit__(self, *_: object) -> None: ...

    def run(
        self,
        request: Frozen,
        out: Path,
        progress: Callable[..., None] = silent,
        cancelled: Callable[[], bool] = never,
    ) -> Outcome:
        """Make the scene in the folder `out` and tell what became of it; see `Runner.run`."""
        ...


class Runner:
    """Owns a warm process, which forks one child a scene. Not for several threads at once.

    Use it as a context manager, or `close` it; the process also ends with the one that started it.
    """

    def __init__(self, limits: ProcessLimits | None = None, maker: str = MAKER) -> None:
        """Name the function that makes a scene.

        Args:
            limits: of time and memory of each scene.
            maker: `module:function`, called with a request as JSON, `out` and `progress`.
        """
        self._limits = limits or ProcessLimits()
        self._maker = maker
        self._worker: subprocess.Popen[bytes] | None = None
        self._events = -1
        self._buffer = b""

    def __enter__(self) -> Runner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def process(self) -> int | None:
        """Id of the warm process, while there is one."""
        return self._worker.pid if self._worker else None

    def close(self) -> None:
        """End the process and what it was making."""
        if self._worker is not None:
            self._worker.kill()
            self._worker.wait()
            if self._worker.stdin is not None:
                self._worker.stdin.close()
            os.close(self._events)
            self._worker = None

    def run(
        self,
        request: Frozen,
        out: Path,
        progress: Callable[..., None] = silent,
        cancelled: Callable[[], bool] = never,
    ) -> Outcome:
        """Make the scene in the folder `out` and tell what became of it; never raises for a failed scene.

        Args:
            request: what the maker takes: by default a `sage.service.request.SceneRequest`.
            progress: called with the name of each stage, and with what details the maker tells of it.
            cancelled: asked five times a second; True kills the process.
        """
        with tempfile.TemporaryDirectory(prefix="sage-", ignore_cleanup_errors=True) as scratch:
            self._send(request, out, scratch)
            start = time.monotonic()
            try:
                told = self._follow(start + self._limits.seconds, progress, cancelled)
            except BaseException:
                self.close()
                raise
            ended = told.get("ended", {})
            outcome = self._judge(told, _tail(Path(scratch) / LOG))
        return outcome.model_copy(
            update={
                "cpu_seconds": ended.get("cpu_seconds", 0.0),
                "peak_bytes": ended.get("peak_bytes", 0),
                "seconds": time.monotonic() - start,
            }
        )

    def _judge(self, told: dict[str, dict[str, Any]], log: str) -> Outcome:
        if "made" in told:
            return Outcome(state="accepted" if told["made"]["accepted"] else "not_accepted")
        if "cancelled" in told:
            return Outcome(state="cancelled")
        if "late" in told:
            reason = f"it took longer than its limit of {self._limits.seconds:g} s"
            return Outcome(state="failed", kind="time", reason=reason, traceback=log)
        if "failed" in told:
            failed = told["failed"]
            if failed["kind"] == "memory":
                failed["reason"] += f" of {self._limits.memory_bytes / 2**20:.0f} MiB"
            return Outcome(
                state="failed",
                kind=failed["kind"],
                reason=failed["reason"],
                traceback=failed.get("traceback", ""),
            )
        status = told.get("ended", {}).get("status")
        if status is None or status == -signal.SIGKILL:
            which = "its warm process" if status is None else "its process"
            reason = f"the process crashed: {which} was killed"
            return Outcome(state="failed", kind="crash", reason=reason, killed=True, traceback=log)
        reason = f"the process crashed: {_exit_name(status)}"
        return Outcome(state="failed", kind="crash", reason=reason, traceback=log)

    def _follow(
        self, deadline: float, progress: Callable[..., None], cancelled: Callable[[], bool]
    ) -> dict[str, dict[str, Any]]:
        """Listen until the child has ended, killing it when late or not wanted; return what was told."""
        told: dict[str, dict[str, Any]] = {}
        killed_at: float | None = None
        while "ended" not in told:
            events = self._listen(_LISTEN_S)
            if events is None:
                self.close()
                break
            for event in events:
                if event["event"] == "progress":
                    progress(event["stage"], **event.get("details", {}))
                else:
                    told[event["event"]] = event
            now = time.monotonic()
            if killed_at is None and "ended" not in told and (now > deadline or cancelled()):
                told["late" if now > deadline else "cancelled"] = {}
                self._kill(told)
                killed_at = now
            if killed_at is not None and now > killed_at + _GRACE_S:
                self.close()
                break
        return told

    def _kill(self, told: dict[str, dict[str, Any]]) -> None:
        if "started" not in told:
            self.close()
            return
        with suppress(ProcessLookupError):
            os.killpg(told["started"]["pid"], signal.SIGKILL)

    def _send(self, request: Frozen, out: Path, scratch: str) -> None:
        message = {
            "request": request.model_dump(mode="json"),
            "out": str(out),
            "scratch": scratch,
            "memory_bytes": self._limits.memory_bytes,
        }
        line = json.dumps(message).encode() + b"\n"
        worker = self._started()
        assert worker.stdin is not None
        try:
            worker.stdin.write(line)
            worker.stdin.flush()
        except BrokenPipeError:
            self.close()
            again = self._started()
            assert again.stdin is not None
            again.stdin.write(line)
            again.stdin.flush()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._worker is not None and self._worker.poll() is None:
            return self._worker
        self.close()
        read, write = os.pipe()
        self._worker = subprocess.Popen(
            [sys.executable, "-m", "sage.service.worker", str(write), self._maker],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            pass_fds=(write,),
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )
        os.close(write)
        self._events, self._buffer = read, b""
        deadline = time.monotonic() + _START_S
        while True:
            events = self._listen(_LISTEN_S)
            if events is None or time.monotonic() > deadline:
                self.close()
                raise RuntimeError("the warm process that makes scenes did not start")
            if events:
                return self._worker

    def _listen(self, seconds: float) -> list[dict[str, Any]] | None:
        """Return the events that arrive within a time, or None when there will be no more."""
        if self._worker is None:
            return None
        ready, _, _ = select.select([self._events], [], [], seconds)
        if not ready:
            return []
        chunk = os.read(self._events, 1 << 16)
        if not chunk:
            return None
        *lines, self._buffer = (self._buffer + chunk).split(b"\n")
        return list(_events(lines))


def _events(lines: list[bytes]) -> Iterator[dict[str, Any]]:
    for line in lines:
        with suppress(ValueError):
            yield json.loads(line)


def _exit_name(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"


def _tail(log: Path) -> str:
    return log.read_bytes()[-_LAST_OF_LOG:].decode(errors="replace").strip() if log.exists() else ""
