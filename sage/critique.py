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
    # hard failures: no simulator should see these
    "collision", "unstable", "unsupported", "out_of_bounds",
    # unmet requirements of the task
    "missing", "wrong_attribute", "excluded", "relation", "goal_holds", "goal_impossible",
    "ambiguous", "unreachable", "task_not_openable",
    # what makes a room worse
    "not_navigable", "narrow_way", "opening_blocked", "not_openable", "implausible", "not_grouped",
    # what looks wrong
    "not_visible", "blank", "exposure", "floating", "intersects", "missing_texture", "inverted_faces",
    "z_fighting",
    # what could look better; warnings
    "untextured", "stretched_texture", "colour_cast", "bare_wall", "empty_floor", "clutter", "composition",
    # what someone who looked would have otherwise, in words
    "suggestion",
    # what a knock would do; a warning
    "shaken_off",
    # files of a scene folder that are missing or contradict each other
    "inconsistent",
]  # fmt: skip

HARD: frozenset[str] = frozenset({"collision", "unstable", "unsupported", "out_of_bounds"})
"""Kinds that rank before everything else when two scenes are compared."""

UNMET: frozenset[str] = frozenset(
    {"missing", "wrong_attribute", "excluded", "relation", "goal_holds", "goal_impossible",
     "ambiguous", "unreachable", "task_not_openable"}
)  # fmt: skip
"""Kinds that mean that the scene does not serve its task."""


class Finding(Frozen):
    """One fault, phrased so that a planner can act on it."""

    kind: FindingKind
    objects: tuple[str, ...] = ()
    """Ids of the objects concerned, the one to change first."""
    where: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """Id of the wall, door or window at which something is missing."""
    message: str
    """Says in words what is wrong and by how much."""
    value: float | None = None
    """What was measured."""
    limit: float | None = None
    """What it had to keep to, in the same unit."""
    direction: Vec3 | None = None
    """Of a collision: which way the first object leaves the other; a unit vector in the world frame."""
    displacement: Vec3 | None = None
    """The smallest shift of the first object, not downwards, that takes all of it out of the other [m]."""


class Critique(Frozen):
    """A critic's verdict on one scene."""

    critic: str
    score: float | None = Field(ge=0, le=1)
    """None if it could not judge."""
    passed: bool | None
    """None if it could not judge: neither passed nor failed; `not_judged` says why."""
    findings: tuple[Finding, ...] = ()
    metrics: dict[str, float] = {}
    """By the names of the open definitions in the README."""
    not_judged: dict[str, str] = Field(default={}, exclude_if=lambda value: not value)
    """Metrics that nobody can tell, neither passed nor failed, each with what is missing."""
    notes: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    """What else the reader should know, in plain words."""


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
    """A judge. It never changes the scene; if it breaks, that is an error and not a low score."""

    @property
    def name(self) -> str:
        """Name of the critic in verdicts."""
        ...

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        ...


def accepted(critiques: Iterable[Critique]) -> bool:
    """Return whether no critic rejects a scene; one that could not judge does not."""
    return all(critique.passed is not False for critique in critiques)


def no_worse(new: Iterable[Critique], old: Iterable[Critique]) -> bool:
    """Compare two scenes by what was judged of both; see `worth`."""
    new, old = (tuple(c for c in critiques if c.passed is not None) for critiques in (new, old))
    common = {critique.critic for critique in new} & {critique.critic for critique in old}
    first, second = ([c for c in critiques if c.critic in common] for critiques in (new, old))
    return worth(first) >= worth(second)


def worth(critiques: Iterable[Critique]) -> tuple[int, int, float]:
    """Return what scenes are compared by; the larger tuple is the better scene.

    Lexicographic: fewer hard failures, fewer unmet requirements, higher mean score.
    """
    critiques = tuple(critiques)
    scores = [critique.score for critique in critiques if critique.score is not None]
    kinds = [finding.kind for critique in critiques for finding in critique.findings]
    hard = sum(kind in HARD for kind in kinds)
    unmet = sum(kind in UNMET for kind in kinds)
    mean = sum(scores) / max(1, len(scores))
    return (-hard, -unmet, round(mean, 6))
