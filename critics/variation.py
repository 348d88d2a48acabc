"""Fidelity of a variation: it differs from its parent where required, and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sage.choices import Level
from sage.context import Context
from sage.critique import Critique, Finding
from sage.geometry import angle_between
from sage.planning.variation import exchangeable, movable
from sage.scene import Scene, SceneObject

__all__ = ["VariationCritic"]

_MIN_VARIED = 0.3
"""Least share of the objects that may vary which do."""
_MAX_LOST = 0.1
"""Largest share of the parent's objects that are missing."""
_MOVED_M, _TURNED_RAD = 0.02, 0.1
"""Least motion of an object with a varied pose."""
_UNCHANGED_M = 0.01
"""Largest motion of an object with an unchanged pose [m]."""


@dataclass(frozen=True)
class VariationCritic:
    """Compares a variation with its parent: enough objects vary, and nothing else.

    It is not for the level `layout`, where everything but the task is new.
    """

    level: Level
    """What varies: poses, or assets and materials."""
    parent: Scene
    """The scene that is varied."""
    name: str = "variation"

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        if self.level == "pose":
            choice = movable(self.parent, context.store)
        else:
            choice = exchangeable(self.parent)
        there = [(old, scene[old.id]) for old in self.parent.objects if old.id in scene]
        ids = {item.id for item in choice}
        varied = [old.id for old, new in there if old.id in ids and self._varies(old, new)]
        share = len(varied) / len(choice) if choice else 0.0
        findings = tuple(
            [*self._too_similar(share, len(choice)), *self._lost(scene), *self._unrequested(there)]
        )
        kept = len(there) / len(self.parent.objects) if self.parent.objects else 1.0
        return Critique(
            critic=self.name, score=share, passed=not findings, findings=findings,
            metrics={"varied": round(share, 4), "kept": round(kept, 4)},
        )  # fmt: skip

    def _varies(self, old: SceneObject, new: SceneObject) -> bool:
        if self.level == "pose":
            turned = angle_between(new.pose.orientation, old.pose.orientation) > _TURNED_RAD
            return turned or math.dist(new.pose.position, old.pose.position) > _MOVED_M
        return new.asset != old.asset

    def _too_similar(self, share: float, most: int) -> Iterator[Finding]:
        if share < _MIN_VARIED:
            words = f"{share:.0%} of {most} objects differ from the parent; at least {_MIN_VARIED:.0%} must"
            yield Finding(kind="missing", message=words, value=share, limit=_MIN_VARIED)

    def _lost(self, scene: Scene) -> Iterator[Finding]:
        gone = tuple(item.id for item in self.parent.objects if item.id not in scene)
        if len(gone) > _MAX_LOST * len(self.parent.objects):
            words = f"{len(gone)} of {len(self.parent.objects)} objects were left out"
            yield Finding(kind="missing", objects=gone, message=words, value=len(gone))
        for item in scene.objects:
            if item.id not in self.parent:
                yield Finding(
                    kind="excluded", objects=(item.id,), message=f"{item.id!r} is not in the parent"
                )

    def _unrequested(self, there: list[tuple[SceneObject, SceneObject]]) -> Iterator[Finding]:
        """Yield findings on objects that vary though they must not."""
        for old, new in there:
            words = ""
            if new.category != old.category:
                words = f"{old.id!r} became a {new.category}"
            elif self.level == "pose" and new.asset != old.asset:
                words = f"{old.id!r} has another asset; only poses may vary"
            elif self.level == "look" and math.dist(new.pose.position, old.pose.position) > _UNCHANGED_M:
                words = f"{old.id!r} was moved; only assets and materials may vary"
            if words:
                yield Finding(kind="relation", objects=(old.id,), message=words)
