"""Rate limiting: a token bucket per caller, in this process."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["Rate"]

_MOST_CALLERS = 10_000


@dataclass
class Rate:
    """Token bucket of each caller, with bursts of up to a minute's requests."""

    a_minute: float
    """Requests per minute of each caller; 0 for no limit."""
    clock: Callable[[], float] = time.monotonic
    _buckets: OrderedDict[str, tuple[float, float]] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wait(self, caller: str) -> float:
        """Count a request; return 0 if it is allowed, or the seconds to wait."""
        if not self.a_minute:
            return 0.0
        with self._lock:
            now = self.clock()
            tokens, then = self._buckets.pop(caller, (self.a_minute, now))
            tokens = min(self.a_minute, tokens + (now - then) * self.a_minute / 60)
            allowed = tokens >= 1
            self._buckets[caller] = (tokens - allowed, now)
            while len(self._buckets) > _MOST_CALLERS:
                self._buckets.popitem(last=False)
            return 0.0 if allowed else (1 - tokens) * 60 / self.a_minute
