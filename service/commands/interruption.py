"""Handles Ctrl-C and termination signals."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

__all__ = ["explaining_resume", "install_signal_handlers", "interrupted"]

interrupted = threading.Event()
"""Set by SIGINT and SIGTERM; commands pass its `is_set` as `cancelled`."""


def install_signal_handlers() -> None:
    """Make SIGINT and SIGTERM raise KeyboardInterrupt and set `interrupted`."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: object) -> None:
    """Interrupt, and set the event in case a library on the stack swallows the exception."""
    interrupted.set()
    raise KeyboardInterrupt


@contextmanager
def explaining_resume(out: Path) -> Iterator[None]:
    """If a run that writes `out` is interrupted, raise `Cancelled` with the command that resumes it."""
    from sage.errors import Cancelled

    try:
        yield
    except (KeyboardInterrupt, Cancelled) as error:
        from sage.export.partial import Partial

        if not Partial(out).resumable:
            raise
        raise Cancelled(f"'sage generate --resume {out}' resumes from the last finished step") from error
