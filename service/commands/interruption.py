"""Whether the user asked to stop."""

from __future__ import annotations

import signal
import threading

__all__ = ["heed_signals", "interrupted"]

interrupted = threading.Event()
"""Set by Ctrl-C and by a request to terminate; commands hand its `is_set` down as `cancelled`."""


def heed_signals() -> None:
    """Let SIGINT and SIGTERM raise KeyboardInterrupt and set `interrupted`."""
    signal.signal(signal.SIGINT, _stop)
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: object) -> None:
    """Interrupt, and leave a mark in case a library on the stack swallows the exception."""
    interrupted.set()
    raise KeyboardInterrupt
