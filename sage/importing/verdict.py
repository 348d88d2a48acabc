"""Verdict on an imported scene: how it was read, and which criteria could not be judged."""

from __future__ import annotations

from collections.abc import Mapping

from sage.critique import Critique, FindingKind
from sage.importing.assembly import ForeignScene

__all__ = ["review_source", "without"]

_KINDS: dict[str, FindingKind] = {
    "accessible": "unreachable",
    "in_bounds": "out_of_bounds",
    "navigable": "not_navigable",
    "openable": "not_openable",
    "openings_clear": "opening_blocked",
    "walkways": "narrow_way",
}
"""The kind of finding that a metric counts."""


def review_source(foreign: ForeignScene) -> Critique:
    """Review what was read, what was simplified and what cannot be judged."""
    solid = foreign.scene.objects
    return Critique(
        critic="source",
        score=1.0,
        passed=True,
        metrics={"objects": len(solid), "free": sum(not item.fixed for item in solid)},
        not_judged=foreign.not_judged,
        notes=foreign.notes,
    )


def without(critique: Critique, not_judged: Mapping[str, str]) -> Critique:
    """Return a critique that says nothing of metrics that cannot be judged."""
    if critique.passed is None:
        return critique
    silent = {_KINDS[name] for name in critique.metrics.keys() & not_judged.keys() & _KINDS.keys()}
    findings = tuple(finding for finding in critique.findings if finding.kind not in silent)
    metrics = {name: value for name, value in critique.metrics.items() if name not in not_judged}
    return critique.model_copy(
        update={
            "findings": findings,
            "metrics": metrics,
            "passed": critique.passed or (len(findings) < len(critique.findings) and not findings),
        }
    )
