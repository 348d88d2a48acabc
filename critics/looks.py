"""Visual quality of a scene, and visibility of the task's objects to the robot.

Geometry and a 64 x 48 pixel preview, cheap enough for every round of the loop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sage.context import Context
from sage.critics.measures.composition import amount_of_clutter, bare_walls, empty_quarters, misplaced
from sage.critics.measures.contact import crossing, floating, points_seen
from sage.critics.measures.image_quality import Shot, faults, take_shot
from sage.critics.measures.mesh_quality import (
    Triangles,
    coplanar_faces,
    inverted_faces,
    missing_textures,
    stretched_textures,
)
from sage.critics.measures.sight import hidden, task_sights
from sage.critique import Critique, Finding, FindingKind
from sage.rendering.observation import Visibility
from sage.rendering.surfaces import surfaces
from sage.rendering.visibility import is_seen
from sage.scene import Scene
from sage.spatial.layout import Layout

__all__ = ["WARNINGS", "LooksCritic"]

WARNINGS: frozenset[FindingKind] = frozenset(
    {"untextured", "stretched_texture", "colour_cast", "bare_wall", "empty_floor", "clutter", "composition"}
)
"""Kinds that lower the score but reject no scene."""


@dataclass(frozen=True)
class LooksCritic:
    """Checks visibility from the robot's bases, a small preview, meshes, textures and the composition."""

    name: str = "looks"
    serious: float = 0.2
    """Reduction of the score for a finding that rejects the scene."""
    slight: float = 0.04
    """Reduction of the score for a warning."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        if not scene.rooms:
            nothing = Finding(kind="blank", message="there is no room to judge; call floor_plan first")
            return Critique(critic=self.name, score=0.0, passed=False, findings=(nothing,))
        missing = tuple(missing_textures(scene, context.store))
        if missing:
            return self._verdict(missing, {})
        context.check()
        layout, found = Layout(scene, context.store), surfaces(scene, context.store)
        triangles, points = Triangles(found), points_seen(found)
        sights, shot = task_sights(layout, found), take_shot(scene, context.store, found)
        findings = (
            *hidden(sights, layout),
            *faults(shot),
            *floating(layout, points),
            *crossing(layout, points),
            *inverted_faces(triangles),
            *coplanar_faces(triangles),
            *stretched_textures(triangles),
            *bare_walls(layout),
            *empty_quarters(layout),
            *amount_of_clutter(layout),
            *misplaced(layout, context),
        )
        return self._verdict(findings, dict(_metrics(sights, shot)))

    def _verdict(self, findings: tuple[Finding, ...], metrics: dict[str, float]) -> Critique:
        slight = sum(finding.kind in WARNINGS for finding in findings)
        score = 1.0 - self.serious * (len(findings) - slight) - self.slight * slight
        return Critique(
            critic=self.name,
            score=max(0.0, score),
            passed=len(findings) == slight,
            findings=findings,
            metrics=metrics,
        )


def _metrics(sights: dict[str, Visibility], shot: Shot) -> Iterator[tuple[str, float]]:
    yield "visible", round(sum(map(is_seen, sights.values())) / len(sights), 4) if sights else 1.0
    if sights:
        yield "least_unoccluded", round(min(seen.unoccluded for seen in sights.values()), 4)
    for name in ("brightness", "contrast", "textured"):
        yield name, round(getattr(shot, name), 4)
