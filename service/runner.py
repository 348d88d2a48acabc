"""Runs scene generation in a separate process with time and memory limits.

Datasets use it in Ray tasks; the HTTP service in threads or Ray actors.
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
"""Time for the worker process to report a child that was killed [s]."""
_POLL_S = 0.2
_START_S = 120.0
"""Time for the worker process to start [s]."""
_LOG_TAIL_BYTES = 2000


@dataclass(frozen=True)
class ProcessLimits:
    """Limits of time and memory after which the process is killed."""

    seconds: float = 900.0
    """Wall-clock time [s]."""
    memory_bytes: int = 4 << 30
    """Memory of data, heap and private mappings [B]."""

    def __post_init__(self) -> None:
        if self.seconds <= 0:
            raise UserError(f"the limit per scene is {self.seconds:g} s; it must be above 0")
        if self.memory_bytes < 512 << 20:
            raise UserError(f"the limit per scene is {self.memory_bytes} bytes; it must be at least 512 MiB")


class Outcome(Frozen):
    """Outcome of a request."""

    state: Literal["accepted", "not_accepted", "failed", "cancelled"]
    kind: str = ""
    """Kind of failure: name of an exception, `time`, `memory` or `crash`; empty otherwise."""
    reason: str = ""
    """Reason of the failure, in one line."""
    traceback: str = ""
    """Traceback of an unexpected exception, or the end of the output of a crashed process."""
    killed: bool = False
    """Whether something else killed the process, so that another try may succeed."""
    cpu_seconds: float = 0.0
    """CPU time of the process [s]."""
    seconds: float = 0.0
    """Wall-clock time [s]."""
    peak_bytes: int = 0
    """Largest resident memory [B]."""


class SceneRunner(Protocol):
    """Generates one scene at a time: `Runner` on this machine, `ClusterRunner` on a Ray cluster."""

    def __enter__(self) -> SceneRunner: ...

    def __exit__(self, *_: object) -> None: ...

    def run(
        self,
        request: Frozen,
        out: Path,
        progress: Callable[..., None] = silent,
        cancelled: Callable[[], bool] = never,
    ) -> Outcome:
        """Generate the scene of a request in the folder `out`; see `Runner.run`."""
        ...


class Runner:
    """Owns a worker process that has everything imported and forks a child for each scene.

    Use it as a context manager, or call `close`. The worker process also ends with the thread that started
    it. Not thread-safe.
    """

    def __init__(self, limits: ProcessLimits | None = None, maker: str = MAKER) -> None:
        """Set limits and maker; the worker process starts with the first scene.

        Args:
            limits: time and memory of each scene.
            maker: function that generates a scene, as `module:function`; called with a request as JSON
                values, `out` and `progress`.
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
        """Process id of the worker process; None before it starts."""
        return self._worker.pid if self._worker else None

    def close(self) -> None:
        """Kill the worker process and the scene that it generates."""
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
        """Generate the scene of a request; a failed scene is an outcome, not an exception.

        Args:
            request: request of the maker; by default a `sage.service.request.SceneRequest`.
            out: folder to write the scene to.
            progress: called with the name of each stage, and with details that the maker reports.
            cancelled: polled five times a second; True kills the process.

        Returns:
            The outcome, with the resources that the process used.
        """
        with tempfile.TemporaryDirectory(prefix="sage-", ignore_cleanup_errors=True) as scratch:
            self._send(request, out, scratch)
            start = time.monotonic()
            try:
                events = self._follow(start + self._limits.seconds, progress, cancelled)
            except BaseException:
                self.close()
                raise
            ended = events.get("ended", {})
            outcome = self._judge(events, _tail(Path(scratch) / LOG))
        return outcome.model_copy(
            update={
                "cpu_seconds": ended.get("cpu_seconds", 0.0),
                "peak_bytes": ended.get("peak_bytes", 0),
                "seconds": time.monotonic() - start,
            }
        )

    def _judge(self, events: dict[str, dict[str, Any]], log: str) -> Outcome:
        """Return the outcome, given the last event of each kind and the end of the output."""
        if "made" in events:
            return Outcome(state="accepted" if events["made"]["accepted"] else "not_accepted")
        if "cancelled" in events:
            return Outcome(state="cancelled")
        if "late" in events:
            reason = f"it took longer than the limit of {self._limits.seconds:g} s"
            return Outcome(state="failed", kind="time", reason=reason, traceback=log)
        if "failed" in events:
            failed = events["failed"]
            if failed["kind"] == "memory":
                failed["reason"] += f" of {self._limits.memory_bytes / 2**20:.0f} MiB"
            return Outcome(
                state="failed",
                kind=failed["kind"],
                reason=failed["reason"],
                traceback=failed.get("traceback", ""),
            )
        status = events.get("ended", {}).get("status")
        if status is None or status == -signal.SIGKILL:
            which = "its worker process" if status is None else "its process"
            reason = f"the process crashed: {which} was killed"
            return Outcome(state="failed", kind="crash", reason=reason, killed=True, traceback=log)
        reason = f"the process crashed: {_exit_name(status)}"
        return Outcome(state="failed", kind="crash", reason=reason, traceback=log)

    def _follow(
        self, deadline: float, progress: Callable[..., None], cancelled: Callable[[], bool]
    ) -> dict[str, dict[str, Any]]:
        """Wait for the child to end, killing it at the deadline or on cancellation.

        Returns:
            The last event of each kind.
        """
        last: dict[str, dict[str, Any]] = {}
        killed_at: float | None = None
        while "ended" not in last:
            events = self._listen(_POLL_S)
            if events is None:
                self.close()
                break
            for event in events:
                if event["event"] == "progress":
                    progress(event["stage"], **event.get("details", {}))
                else:
                    last[event["event"]] = event
            now = time.monotonic()
            if killed_at is None and "ended" not in last and (now > deadline or cancelled()):
                last["late" if now > deadline else "cancelled"] = {}
                self._kill(last)
                killed_at = now
            if killed_at is not None and now > killed_at + _GRACE_S:
                self.close()
                break
        return last

    def _kill(self, last: dict[str, dict[str, Any]]) -> None:
        if "started" not in last:
            self.close()
            return
        with suppress(ProcessLookupError):
            os.killpg(last["started"]["pid"], signal.SIGKILL)

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
            events = self._listen(_POLL_S)
            if events is None or time.monotonic() > deadline:
                self.close()
                raise RuntimeError(f"the worker process did not start within {_START_S:g} s")
            if events:
                return self._worker

    def _listen(self, seconds: float) -> list[dict[str, Any]] | None:
        """Return the events that arrive within a time [s]; None after the end of the worker process."""
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
    return log.read_bytes()[-_LOG_TAIL_BYTES:].decode(errors="replace").strip() if log.exists() else ""
