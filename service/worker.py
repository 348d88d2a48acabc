"""Worker process that forks a child for every scene; `sage.service.runner` starts it.

    python -m sage.service.worker EVENTS_FD MAKER

Reads one request per line on standard input and writes events, one JSON object per line, to the file
descriptor EVENTS_FD: `started` with the process id of the child; `progress`, `made` or `failed` from the
child; `ended` with its exit status and the resources that it used. The child has everything imported and
dies with this process.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import resource
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from sage.errors import SageError

__all__ = ["LOG", "main"]

LOG = "log"
"""File in the scratch folder of a request that holds the output of its process."""

_PR_SET_PDEATHSIG = 1
_TRACEBACK_TAIL = 4000


def main() -> None:
    """Serve requests until standard input ends."""
    events, maker = int(sys.argv[1]), _load(sys.argv[2])
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _die_with_parent()
    gc.collect()
    gc.freeze()
    _send(events, event="ready")
    for line in sys.stdin:
        request = json.loads(line)
        child = os.fork()
        if child == 0:
            _make(events, maker, request)
        _send(events, event="started", pid=child)
        _, status, used = os.wait4(child, 0)
        _send(
            events,
            event="ended",
            status=os.waitstatus_to_exitcode(status),
            cpu_seconds=used.ru_utime + used.ru_stime,
            peak_bytes=used.ru_maxrss * 1024,
        )


def _load(name: str) -> Callable[..., Any]:
    module, _, attribute = name.partition(":")
    maker: Callable[..., Any] = getattr(import_module(module), attribute)
    return maker


def _make(events: int, maker: Callable[..., Any], request: dict[str, Any]) -> NoReturn:
    """Run the maker in this child process, send the result, and exit."""
    status = 1
    try:
        _confine(Path(request["scratch"]), request["memory_bytes"])
        made = maker(
            request["request"],
            out=request["out"],
            progress=lambda stage, **details: _send(events, event="progress", stage=stage, details=details),
        )
        _send(events, event="made", accepted=bool(made.accepted))
        status = 0
    except MemoryError:
        _send(events, event="failed", kind="memory", reason="it needs more memory than the limit")
    except SageError as error:
        _send(events, event="failed", kind=type(error).__name__, reason=str(error))
    except BaseException as error:
        trace = traceback.format_exc()[-_TRACEBACK_TAIL:]
        _send(events, event="failed", kind=type(error).__name__, reason=str(error), traceback=trace)
    finally:
        os._exit(status)


def _confine(scratch: Path, memory_bytes: int) -> None:
    """Start a process group that dies with its parent; limit memory; redirect output to the log."""
    os.setsid()
    _die_with_parent()
    tempfile.tempdir = str(scratch)
    log = os.open(scratch / LOG, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.dup2(log, 1)
    os.dup2(log, 2)
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with_parent() -> None:
    """Ask the kernel to kill this process when the thread that started it ends."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _send(events: int, **event: Any) -> None:
    """Write an event between newlines, so that an event cut off by a kill does not corrupt the next."""
    os.write(events, b"\n" + json.dumps(event).encode() + b"\n")


if __name__ == "__main__":
    main()
