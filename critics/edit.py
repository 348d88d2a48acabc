"""Fidelity of an edit: requested changes are made, and nothing else changed."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sage.context import Context
from sage.critique import Critique, Finding, FindingKind
from sage.geometry import angle_between
from sage.planning.changes import OBJECTS, Change
from sage.scene import Scene
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds

__all__ = ["EditCritic"]

_UNCHANGED_M, _UNCHANGED_RAD = 0.01, 0.1
"""Largest motion of an object that counts as unchanged."""
_HEADING_RAD = math.radians(10)
"""Largest error of a requested heading [rad]."""
_MIN_RESIZE = 0.04
"""Least relative change of volume of a resized object."""
_POSITION_M = 0.02
"""Largest error of a requested position [m]."""


@dataclass(frozen=True)
class EditCritic:
    """Checks that every requested change is made, and that everything else is unchanged."""

    changes: tuple[Change, ...]
    """Requested changes."""
    before: Scene
    """The scene before the edit."""
    name: str = "edit"
    notes: tuple[str, ...] = ()
    """Parts of the instruction that were not understood or have no effect."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        layout = Layout(scene, context.store)
        unmet = [finding for change in self.changes for finding in self._unmet(change, layout, context)]
        unrequested = list(self._unrequested(scene))
        checks = len(self.changes) + 1
        score = 1.0 - min(checks, len({f.objects for f in unmet}) + bool(unrequested)) / checks
        findings = (*unmet, *unrequested)
        return Critique(
            critic=self.name, score=score, passed=not findings, findings=findings, notes=self.notes
        )

    def _unmet(self, change: Change, layout: Layout, context: Context) -> Iterator[Finding]:
        if not change.painted:
            yield from _unmet(change, layout, context)
        elif layout.scene.rooms == self.before.rooms:
            yield _finding(
                "wrong_attribute", change.subject, "the walls still have their old colour; paint them"
            )

    def _unrequested(self, scene: Scene) -> Iterator[Finding]:
        """Find objects that were removed, added or moved without a request."""
        if not self.changes:
            return
        concerned = {change.subject for change in self.changes} | {
            name for c in self.changes for name in _named(c)
        }
        concerned |= {item.id for name in list(concerned) for item in self.before.carried_by(name)}
        for item in self.before.objects:
            if item.id in concerned:
                continue
            if item.id not in scene:
                yield _finding("relation", item.id, f"{item.id!r} was removed without a request; undo that")
                continue
            pose = scene[item.id].pose
            away = math.dist(pose.position, item.pose.position)
            if away > _UNCHANGED_M or angle_between(pose.orientation, item.pose.orientation) > _UNCHANGED_RAD:
                yield _finding(
                    "relation", item.id, f"{item.id!r} was moved by {away:.2f} m without a request; undo that"
                )
        for item in scene.objects:
            if item.id not in self.before and item.id not in concerned:
                yield _finding("excluded", item.id, f"{item.id!r} was added without a request; remove it")


def _named(change: Change) -> Iterator[str]:
    """Yield the ids of the objects that the calls of a change edit."""
    for call in change.calls:
        for key in OBJECTS:
            if key in call.arguments:
                yield str(call.arguments[key])


def _unmet(change: Change, layout: Layout, context: Context) -> Iterator[Finding]:
    name = change.subject
    if change.gone:
        if name in layout:
            yield _finding("excluded", name, f"{name!r} still exists; remove it")
        return
    if name not in layout:
        yield _finding("missing", name, f"{name!r} does not exist; add it")
        return
    located = layout[name]
    if change.category is not None and not context.vocabulary.is_a(located.item.category, change.category):
        yield _finding(
            "wrong_attribute",
            name,
            f"{name!r} is a {located.item.category}; replace it by a {change.category}",
        )
    looks = located.asset.attributes
    for key, wanted in change.attributes.items():
        if key in looks and looks[key] != wanted:
            yield _finding(
                "wrong_attribute",
                name,
                f"{name!r} has {key} {looks[key]!r} instead of {wanted!r}; replace it",
            )
    if change.larger is not None and change.size is not None:
        ratio = float(np.prod(located.item.size) / np.prod(change.size)) - 1.0
        if (ratio if change.larger else -ratio) < _MIN_RESIZE:
            word = "larger" if change.larger else "smaller"
            yield _finding("wrong_attribute", name, f"{name!r} is not {word} than before; replace it")
    if (
        change.yaw is not None
        and abs(math.remainder(located.item.pose.yaw - change.yaw, math.tau)) > _HEADING_RAD
    ):
        yield _finding("relation", name, f"{name!r} does not have the requested heading; turn it")
    if change.to is not None:
        away = math.dist(located.item.pose.position[:2], change.to)
        if away > _POSITION_M:
            yield _finding(
                "relation", name, f"{name!r} is {away:.2f} m from the requested position; shift it"
            )
    if change.relation is not None and not _holds(change, layout):
        yield _finding("relation", name, f"{change.relation} does not hold; move {name!r}")


def _holds(change: Change, layout: Layout) -> bool:
    assert change.relation is not None
    try:
        return holds(change.relation, layout)
    except KeyError:
        return False


def _finding(kind: FindingKind, name: str, message: str) -> Finding:
    return Finding(kind=kind, objects=(name,), message=message)
