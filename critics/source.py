"""Notes on an imported scene, and the metrics that cannot be judged for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sage.context import Context
from sage.critique import Critique, FindingKind
from sage.importing.assembly import ImportedScene
from sage.scene import Scene

__all__ = ["SourceCritic", "without_unjudged"]

_KINDS: dict[str, FindingKind] = {
    "accessible": "unreachable",
    "in_bounds": "out_of_bounds",
    "navigable": "not_navigable",
    "openable": "not_openable",
    "openings_clear": "opening_blocked",
    "walkways": "narrow_way",
}
"""Kind of the findings that each metric counts."""


@dataclass(frozen=True)
class SourceCritic:
    """Reports notes of the importer and metrics that cannot be judged; always passes."""

    imported: ImportedScene
    name: str = "source"

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        free = sum(not item.fixed for item in scene.objects)
        return Critique(
            critic=self.name,
            score=1.0,
            passed=True,
            metrics={"objects": len(scene.objects), "free": free},
            not_judged=self.imported.not_judged,
            notes=self.imported.notes,
        )


def without_unjudged(critique: Critique, not_judged: Mapping[str, str]) -> Critique:
    """Return a critique without the metrics that cannot be judged and without their findings."""
    if critique.passed is None:
        return critique
    hidden = {_KINDS[name] for name in critique.metrics.keys() & not_judged.keys() & _KINDS.keys()}
    findings = tuple(finding for finding in critique.findings if finding.kind not in hidden)
    metrics = {name: value for name, value in critique.metrics.items() if name not in not_judged}
    return critique.model_copy(
        update={
            "findings": findings,
            "metrics": metrics,
            "passed": critique.passed or (len(findings) < len(critique.findings) and not findings),
        }
    )
