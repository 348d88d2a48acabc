"""Judges a variation: it differs from its parent where it should and nowhere else."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from sage.context import Context
from sage.critique import Critique, Finding
from sage.geometry import angle_between
from sage.planning.variation import Level, exchangeable, movable
from sage.scene import Scene, SceneObject

__all__ = ["VariationCritic"]

_LEAST_VARIED = 0.3
_MOST_LOST = 0.1
_MOVED_M, _TURNED_RAD = 0.02, 0.1
_STRAYED_M = 0.01


@dataclass(frozen=True)
class VariationCritic:
    """Compares a variation with its parent: enough of what may vary does, and nothing else.

    At the level `layout` there is nothing to compare: all but the task is new.
    """

    level: Level
    parent: Scene
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
        findings = tuple([*self._little(share, len(choice)), *self._lost(scene), *self._strange(there)])
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

    def _little(self, share: float, most: int) -> Iterator[Finding]:
        if share < _LEAST_VARIED:
            words = f"{share:.0%} of {most} things differ from the scene that is varied"
            yield Finding(kind="missing", message=words, value=share, limit=_LEAST_VARIED)

    def _lost(self, scene: Scene) -> Iterator[Finding]:
        gone = tuple(item.id for item in self.parent.objects if item.id not in scene)
        if len(gone) > _MOST_LOST * len(self.parent.objects):
            words = f"{len(gone)} of {len(self.parent.objects)} things were left out"
            yield Finding(kind="missing", objects=gone, message=words, value=len(gone))
        for item in scene.objects:
            if item.id not in self.parent:
                yield Finding(
                    kind="excluded", objects=(item.id,), message=f"{item.id!r} was not there before"
                )

    def _strange(self, there: list[tuple[SceneObject, SceneObject]]) -> Iterator[Finding]:
        """Find what varies that was to stay."""
        for old, new in there:
            words = ""
            if new.category != old.category:
                words = f"{old.id!r} became a {new.category}"
            elif self.level == "pose" and new.asset != old.asset:
                words = f"{old.id!r} was to stay the same {old.category}"
            elif self.level == "look" and math.dist(new.pose.position, old.pose.position) > _STRAYED_M:
                words = f"{old.id!r} was to stay where it is"
            if words:
                yield Finding(kind="relation", objects=(old.id,), message=words)
