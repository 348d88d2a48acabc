"""Context of a run: random numbers, asset source and store, progress and cancellation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from sage.asset import AssetSource, AssetStore
from sage.errors import Cancelled
from sage.scene import Room, Scene
from sage.vocabulary import Vocabulary

if TYPE_CHECKING:
    from sage.tools import Round

__all__ = ["Context", "StepCallback", "ignore_step", "never", "silent"]

StepCallback = Callable[[Scene, AssetStore, "Round"], None]
"""Receives the draft scene, its assets and the round so far, after each call and each review."""


def silent(message: str) -> None:
    """Ignore progress."""


def ignore_step(scene: Scene, store: AssetStore, step: Round) -> None:
    """Do nothing; the default step callback."""


def never() -> bool:
    """Return False: never cancel."""
    return False


@dataclass(frozen=True)
class Context:
    """Context that generators and critics receive in addition to the scene."""

    rng: np.random.Generator
    source: AssetSource
    store: AssetStore
    """Geometry of placed assets."""
    vocabulary: Vocabulary
    progress: Callable[[str], None] = silent
    cancelled: Callable[[], bool] = never
    note: Callable[[str], None] = silent
    """Receives notes for the record of a call, such as pieces that found no place."""
    on_step: StepCallback = ignore_step
    """Called after each call and each review of the loop."""

    def drawing(self, seed: int, call: int) -> Context:
        """Return the context of call number `call` of a run, with its own random stream."""
        return replace(self, rng=np.random.default_rng([seed, call]))

    def furnishing(self, rooms: Sequence[Room]) -> Context:
        """Return the context with an asset source that uses the finishes of the first room."""
        finishes = rooms[0].finishes if rooms else {}
        return replace(self, source=self.source.within(finishes)) if finishes else self

    def check(self) -> None:
        """Raise `Cancelled` if the caller asked to stop; long operations call it often."""
        if self.cancelled():
            raise Cancelled("the caller asked to stop")
