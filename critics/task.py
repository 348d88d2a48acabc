"""Requirements of the task: objects, initial relations, and goals that are feasible and not reached yet."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sage.context import Context
from sage.critique import Critique, Finding
from sage.errors import AssetNotFound
from sage.planning.measures import measure
from sage.scene import Scene, SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import holds, is_known
from sage.spatial.space import Space
from sage.spatial.surface_search import SurfaceSearch, patches_for
from sage.spatial.walkway import GRIPPER_M
from sage.task import Relation, RequiredObject
from sage.vocabulary import answers

__all__ = ["TaskCritic"]

_SAMPLES = 3
"""Assets of a category that are made to find the least grasp width."""
_VISIBLE_ATTRIBUTES = ("color", "material", "shape")


@dataclass(frozen=True)
class TaskCritic:
    """Checks required objects, initial relations, goals, and that the task is unambiguous.

    Required objects exist with their attributes, and initial relations hold. The goals do not all hold yet,
    unless some are not simulated, and each is feasible: there is a free pose for its object, and the gripper
    grasps what must move. Objects too wide for the gripper in any size, such as toasters, need two hands or
    are pushed, which is a note and no finding. "The mug" matches exactly as many objects as required.
    """

    name: str = "task"
    max_grasp_m: float = GRIPPER_M
    """Opening of the gripper [m]."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        layout = Layout(scene, context.store)
        grasps = tuple(self._grasps(layout, context))
        findings = tuple(
            [
                *_missing(scene, context),
                *_excluded(scene, context),
                *_ambiguous(scene, context),
                *_initial(scene, layout),
                *self._goals(scene, layout),
                *(grasp for grasp in grasps if isinstance(grasp, Finding)),
                *_filled(scene),
            ]
        )
        checks = (
            sum(item.count for item in scene.task.objects)
            + len(scene.task.initial)
            + len(scene.task.goal)
            + len(scene.task.excluded)
        )
        failed = min(len(findings), checks)
        score = 1.0 - failed / checks if checks else 1.0
        return Critique(
            critic=self.name,
            score=score,
            passed=not findings,
            findings=findings,
            metrics={"task": 0.0 if findings else 1.0},
            notes=tuple(grasp for grasp in grasps if isinstance(grasp, str)),
        )

    def _goals(self, scene: Scene, layout: Layout) -> Iterator[Finding]:
        goals = [goal for goal in scene.task.goal if is_known(goal, layout)]
        unseen = any(s.when == "goal" and s.fate == "not_simulated" for s in scene.task.statements)
        if (
            goals
            and not unseen
            and len(goals) == len(scene.task.goal)
            and all(holds(goal, layout) for goal in goals)
        ):
            yield Finding(
                kind="goal_holds",
                objects=(goals[0].subject,),
                message=f"every goal holds already: {', '.join(map(str, goals))}; move an object of a goal",
            )
        for goal in goals:
            yield from self._possible(goal, scene, layout)

    def _grasps(self, layout: Layout, context: Context) -> Iterator[Finding | str]:
        """Yield a finding on each target too wide for the gripper, or a note if all of its category are."""
        for located in layout:
            item, width = located.item, located.asset.grasp_width
            if item.role != "target" or item.fixed or width <= self.max_grasp_m:
                continue
            if self._least_grasp(located, layout, context) > self.max_grasp_m:
                yield f"{item.id} is {width * 1e3:.0f} mm wide: it takes two hands, or is pushed"
                continue
            opening = f"the gripper opens {self.max_grasp_m * 1e3:.0f} mm"
            yield Finding(
                kind="goal_impossible",
                objects=(item.id,),
                message=f"{item.id} needs a grasp of {width * 1e3:.0f} mm; {opening}: replace it",
                value=width,
                limit=self.max_grasp_m,
            )

    def _least_grasp(self, located: Located, layout: Layout, context: Context) -> float:
        """Return the least grasp width of a few small assets with the same attributes [m], or inf."""
        required = layout.scene.task.required(located.item.id)
        asked = {"size": "small"} | (required.attributes if required else {})
        category, make = located.item.category, context.source.make
        try:
            return min(make(category, np.random.default_rng(k), asked).grasp_width for k in range(_SAMPLES))
        except AssetNotFound:
            return math.inf

    def _possible(self, goal: Relation, scene: Scene, layout: Layout) -> Iterator[Finding]:
        subject = layout[goal.subject]
        if goal.name in ("open", "closed"):
            if not any(joint.opens != "none" for joint in subject.asset.joints):
                yield Finding(
                    kind="goal_impossible",
                    objects=(goal.subject,),
                    message=f"{goal}: {goal.subject} has no door, drawer or lid; replace it",
                )
            return
        if goal.negated:
            return
        if goal.name in ("on", "in") and goal.object in layout and not holds(goal, layout):
            others = Layout.of(scene, {o.item.id: o for o in layout if o.item.id != goal.subject})
            space = Space(scene.room(subject.item.room), others)
            patches = patches_for(goal.name, layout[goal.object], goal.part)
            rng = np.random.default_rng(0)
            if not SurfaceSearch(others, space).has_room(subject.item, subject.asset, patches, rng):
                yield Finding(
                    kind="goal_impossible",
                    objects=(goal.object, goal.subject),
                    message=f"{goal}: no free space for {goal.subject}; remove what is there",
                )


def _missing(scene: Scene, context: Context) -> Iterator[Finding]:
    for required in scene.task.objects:
        for name in required.ids:
            if name not in scene:
                yield Finding(
                    kind="missing", objects=(name,), message=f"{required.name} {name!r} is missing; place it"
                )
                continue
            item = scene[name]
            if not context.vocabulary.is_a(item.category, required.category):
                yield Finding(
                    kind="wrong_attribute",
                    objects=(name,),
                    message=f"{name!r} is a {item.category}, not a {required.category}; replace it",
                )
            for key, wanted, found in _differences(item, required, context):
                yield Finding(
                    kind="wrong_attribute",
                    objects=(name,),
                    message=f"{name!r} has {key} {found!r} instead of {wanted!r}; replace it",
                )


def _differences(
    item: SceneObject, required: RequiredObject, context: Context
) -> Iterator[tuple[str, str, str]]:
    actual = context.store[item.asset].attributes
    for key, wanted in required.attributes.items():
        if key not in _VISIBLE_ATTRIBUTES or actual.get(key) == wanted:
            continue
        if key != "shape" or _is_made(item.category, wanted, context):
            yield key, wanted, actual.get(key, "none")


def _is_made(category: str, shape: str, context: Context) -> bool:
    """Return whether a category can be made in a shape; if not, the generators note it."""
    try:
        asset = context.source.make(category, np.random.default_rng(0), {"shape": shape})
    except AssetNotFound:
        return False
    return asset.attributes.get("shape") == shape


def _excluded(scene: Scene, context: Context) -> Iterator[Finding]:
    for noun in scene.task.excluded:
        for item in scene.objects:
            if context.vocabulary.is_a(item.category, noun):
                yield Finding(
                    kind="excluded",
                    objects=(item.id,),
                    message=f"{item.id!r} is a {noun}, which the task excludes; remove it",
                )


def _filled(scene: Scene) -> Iterator[Finding]:
    for item in scene.objects:
        inside = [other.id for other in scene.supported_by(item.id)] if "empty" in item.states else []
        if inside:
            yield Finding(
                kind="wrong_attribute",
                objects=(item.id, *inside),
                message=f"{item.id!r} must be empty but holds {', '.join(inside)}; remove them",
            )


def _ambiguous(scene: Scene, context: Context) -> Iterator[Finding]:
    for required in scene.task.objects:
        if not required.exact:
            continue
        matching = [
            item.id
            for item in scene.objects
            if answers(item.category, required, context.vocabulary)
            and not list(_differences(item, required, context))
        ]
        extra = [
            name
            for name in matching
            if name not in required.ids and not _is_required_elsewhere(scene.task.required(name), required)
        ]
        if extra:
            yield Finding(
                kind="ambiguous",
                objects=tuple(extra),
                message=f"{required.name!r} refers to {', '.join(required.ids)}, "
                f"but {', '.join(extra)} answer to it too; remove or replace them",
                value=float(len(matching)),
                limit=float(required.count),
            )


def _is_required_elsewhere(other: RequiredObject | None, required: RequiredObject) -> bool:
    """Return whether an object that answers to a requirement meets another one of the task.

    Task objects must be distinguishable by the task's words, unless one noun stands for several categories,
    such as knives and forks for `the cutlery`.
    """
    if other is None:
        return False
    concerned = other.role != "context" or required.role != "context"
    return other.name != required.name or other.category != required.category or not concerned


def _initial(scene: Scene, layout: Layout) -> Iterator[Finding]:
    for relation in scene.task.initial:
        if not is_known(relation, layout) or holds(relation, layout):
            continue
        names = (relation.subject, relation.object, relation.other or "")
        found = None if relation.negated else measure(relation, layout)
        yield Finding(
            kind="relation",
            objects=tuple(name for name in names if name in layout),
            message=f"{relation} does not hold" + (f": {found.text}" if found else ""),
            value=round(found.value, 3) if found else None,
            limit=found.limit if found else None,
        )
