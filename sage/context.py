"""What travels with a run: randomness, where assets come from, progress and cancellation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sage.asset import AssetSource, AssetStore
from sage.errors import Cancelled
from sage.vocabulary import Vocabulary

__all__ = ["Context", "never", "silent"]


def silent(message: str) -> None:
    """Ignore progress."""


def never() -> bool:
    """Go on whatever happens."""
    return False


@dataclass(frozen=True)
class Context:
    """Everything that generators and critics may use beside the scene."""

    rng: np.random.Generator
    source: AssetSource
    store: AssetStore
    """Where the geometry of placed assets lies."""
    vocabulary: Vocabulary
    progress: Callable[[str], None] = silent
    cancelled: Callable[[], bool] = never
    note: Callable[[str], None] = silent
    """Takes what the record of a call should tell, such as what found no place."""

    def drawing(self, seed: int, call: int) -> Context:
        """Return the context of call number `call` of a run: its own stream of random numbers."""
        return replace(self, rng=np.random.default_rng([seed, call]))

    def check(self) -> None:
        """Raise `Cancelled` if the caller asked to stop. Long work calls this often."""
        if self.cancelled():
            raise Cancelled("the caller asked to stop")
