"""A first look: can a robot see what the task names, and is the picture more than blank walls?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sage.context import Context
from sage.critique import Critique, Finding
from sage.layout import Layout
from sage.physics import World
from sage.render import picture
from sage.rendering.fast import BACKGROUND
from sage.scene import Scene
from sage.walkway import eye_above

__all__ = ["LooksCritic"]


@dataclass(frozen=True)
class LooksCritic:
    """Looks from the robot's poses and at a small preview."""

    name: str = "looks"
    max_background: float = 0.7
    """Largest share of the preview that may show nothing."""
    min_contrast: float = 12.0
    """Least standard deviation of the preview's grey values, of 255."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        findings = (*self._hidden(scene, context), *self._blank(scene, context))
        looked_at = max(1, len(scene.task.robot_bases) + 1)
        return Critique(
            critic=self.name,
            score=max(0.0, 1 - len(findings) / looked_at),
            passed=not findings,
            findings=findings,
            metrics={"visible": round(1 - len(findings) / looked_at, 4)},
        )

    def _hidden(self, scene: Scene, context: Context) -> Iterator[Finding]:
        if not scene.task.robot_bases:
            return
        layout = Layout(scene, context.store)
        with World(scene, context.store) as world:
            for name, base in scene.task.robot_bases.items():
                if name not in scene or _shut_away(scene, layout, name):
                    continue
                if not world.sees(eye_above(base), name, layout[name].points):
                    yield Finding(
                        kind="not_visible",
                        objects=(name,),
                        message=f"{name!r} cannot be seen from the robot's pose that reaches it",
                    )

    def _blank(self, scene: Scene, context: Context) -> Iterator[Finding]:
        if not scene.rooms:
            yield Finding(kind="blank", message="there is no room to look at")
            return
        rgb = np.asarray(picture(scene, context.store, size=(200, 150)))
        empty = float((rgb == BACKGROUND).all(axis=2).mean())
        contrast = float(rgb.mean(axis=2).std())
        if empty > self.max_background:
            yield Finding(
                kind="blank",
                message=f"{empty:.0%} of the preview shows nothing",
                value=round(empty, 3),
                limit=self.max_background,
            )
        if contrast < self.min_contrast:
            yield Finding(
                kind="blank",
                message=f"the preview has almost no contrast ({contrast:.1f})",
                value=round(contrast, 2),
                limit=self.min_contrast,
            )
        for item in scene.objects:
            for link in context.store[item.asset].links:
                for visual in link.visuals:
                    for image in visual.material.images:
                        if not (context.store.path(item.asset) / image).exists():
                            yield Finding(
                                kind="blank",
                                objects=(item.id,),
                                message=f"{item.id!r} lacks texture {image!r}",
                            )


def _shut_away(scene: Scene, layout: Layout, name: str) -> bool:
    """Tell whether an object is in something, where sight may be blocked by design."""
    item = scene[name]
    while item.support in layout:
        if item.placement == "in" or item.support_part is None:
            return True
        item = scene[item.support]
    return False
