"""Critic interface, critiques and findings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Literal, Protocol

from pydantic import Field

from sage.geometry import Frozen, Vec3

if TYPE_CHECKING:
    from sage.context import Context
    from sage.scene import Scene

__all__ = [
    "HARD",
    "UNMET",
    "Critic",
    "Critique",
    "Finding",
    "FindingKind",
    "Verdict",
    "accepted",
    "no_worse",
    "worth",
]

FindingKind = Literal[
    # hard failures: the scene cannot be simulated
    "collision", "unstable", "unsupported", "out_of_bounds",
    # unmet requirements of the task
    "missing", "wrong_attribute", "excluded", "relation", "goal_holds", "goal_impossible",
    "ambiguous", "unreachable", "task_not_openable",
    # lower quality of the room
    "not_navigable", "narrow_way", "opening_blocked", "not_openable", "implausible", "not_grouped",
    # visual faults
    "not_visible", "blank", "exposure", "floating", "intersects", "missing_texture", "inverted_faces",
    "z_fighting",
    # visual warnings
    "untextured", "stretched_texture", "colour_cast", "bare_wall", "empty_floor", "clutter", "composition",
    # a vision-language model's suggestion in words
    "suggestion",
    # robustness to disturbances; a warning
    "shaken_off",
    # files of a scene folder that are missing or contradict each other
    "inconsistent",
]  # fmt: skip

HARD: frozenset[str] = frozenset({"collision", "unstable", "unsupported", "out_of_bounds"})
"""Kinds of physical failures; they rank before everything else when scenes are compared."""

UNMET: frozenset[str] = frozenset(
    {"missing", "wrong_attribute", "excluded", "relation", "goal_holds", "goal_impossible",
     "ambiguous", "unreachable", "task_not_openable"}
)  # fmt: skip
"""Kinds by which a scene does not meet the requirements of its task."""


class Finding(Frozen):
    """One fault of a scene, with what a planner needs to repair it."""

    kind: FindingKind
    objects: tuple[str, ...] = ()
    """Ids of the objects concerned, first the one to change."""
    where: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """Id of the wall, door or window concerned."""
    message: str
    """The fault in words: objects, measured value and limit."""
    value: float | None = None
    """Measured value."""
    limit: float | None = None
    """Limit of the value, in the same unit."""
    direction: Vec3 | None = None
    """For collisions: unit vector in which the first object leaves the other, in the world frame."""
    displacement: Vec3 | None = None
    """For collisions: smallest shift of the first object out of the other, not downwards [m, world frame]."""


class Critique(Frozen):
    """A critic's verdict on one scene."""

    critic: str
    score: float | None = Field(ge=0, le=1)
    """Score in 0..1; None if the critic could not judge."""
    passed: bool | None
    """Whether the critic accepts the scene; None if it could not judge, see `not_judged`."""
    findings: tuple[Finding, ...] = ()
    metrics: dict[str, float] = {}
    """Measurements by name."""
    not_judged: dict[str, str] = Field(default={}, exclude_if=lambda value: not value)
    """Metrics that cannot be measured, each with the reason."""
    notes: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    """Remarks for the reader."""


class Verdict(Frozen):
    """Summary of a critique in the transcript."""

    critic: str
    passed: bool | None
    score: float | None
    findings: tuple[str, ...]
    """Messages of the findings."""

    @classmethod
    def of(cls, critique: Critique) -> Verdict:
        """Return the summary of a critique."""
        return cls(
            critic=critique.critic,
            passed=critique.passed,
            score=None if critique.score is None else round(critique.score, 4),
            findings=tuple(finding.message for finding in critique.findings),
        )


class Critic(Protocol):
    """Judges a scene without changing it. A failure of the critic is an error, not a low score."""

    @property
    def name(self) -> str:
        """Name of the critic in critiques."""
        ...

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene.

        Args:
            scene: the scene.
            context: assets, vocabulary and cancellation.
        """
        ...


def accepted(critiques: Iterable[Critique]) -> bool:
    """Return whether no critic rejects a scene; critics that could not judge do not reject it."""
    return all(critique.passed is not False for critique in critiques)


def no_worse(new: Iterable[Critique], old: Iterable[Critique]) -> bool:
    """Return whether a scene is at least as good as another by the critics that judged both; see `worth`."""
    new, old = (tuple(c for c in critiques if c.passed is not None) for critiques in (new, old))
    common = {critique.critic for critique in new} & {critique.critic for critique in old}
    first, second = ([c for c in critiques if c.critic in common] for critiques in (new, old))
    return worth(first) >= worth(second)


def worth(critiques: Iterable[Critique]) -> tuple[int, int, float]:
    """Return a lexicographic rank of a scene; the larger one is better.

    Returns:
        Minus the number of hard failures, minus the number of unmet requirements, and the mean score.
    """
    critiques = tuple(critiques)
    scores = [critique.score for critique in critiques if critique.score is not None]
    kinds = [finding.kind for critique in critiques for finding in critique.findings]
    hard = sum(kind in HARD for kind in kinds)
    unmet = sum(kind in UNMET for kind in kinds)
    mean = sum(scores) / max(1, len(scores))
    return (-hard, -unmet, round(mean, 6))
