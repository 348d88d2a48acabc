"""What the task asks of single objects, and objects made to that."""

from __future__ import annotations

import math

from sage.asset import Asset
from sage.context import Context
from sage.geometry import Pose
from sage.predicates import part_name
from sage.scene import Placement, SceneObject
from sage.task import Relation, RequiredObject, Task
from sage.vocabulary import Vocabulary

__all__ = ["ambiguous", "make_for_task", "opened", "scene_object"]

_OPEN_SHARE = 0.85
_MAKES = 8
_SEAT_M = 0.58
_AIR_M = 0.004


def ambiguous(category: str, task: Task, vocabulary: Vocabulary) -> bool:
    """Tell whether one more of a category would be unwelcome: excluded, or mistaken for what is asked."""
    if any(vocabulary.is_a(category, name) for name in task.excluded):
        return True
    return any(item.exact and vocabulary.is_a(category, item.category) for item in task.objects)


def make_for_task(object_id: str, item: RequiredObject, task: Task, context: Context) -> Asset:
    """Make a required object whose surfaces are large enough for what the task puts there."""
    wanted = [
        relation
        for relation in (*task.initial, *task.goal)
        if relation.object == object_id and relation.name in ("on", "in") and not relation.negated
    ]
    width = _width_for_seats(object_id, task, context)
    for _ in range(_MAKES):
        asset = context.source.make(item.category, context.rng, item.attributes, (None, width, None))
        if all(_takes(asset, relation, task, context) for relation in wanted):
            break
    return asset


def _width_for_seats(object_id: str, task: Task, context: Context) -> float | None:
    """Return how wide a table must be for the chairs that the task wants at it [m], or None."""
    neighbours = (r.subject for r in task.initial if r.name == "next_to" and r.object == object_id)
    wanted = [task.required(name) for name in neighbours]
    seats = sum(1 for item in wanted if item and context.vocabulary.is_a(item.category, "chair"))
    per_side = math.ceil((seats - 2) / 2)
    return per_side * _SEAT_M if seats > 4 else None


def _takes(asset: Asset, relation: Relation, task: Task, context: Context) -> bool:
    """Tell whether something of the subject's typical size fits where the relation says."""
    subject = task.required(relation.subject)
    known = context.vocabulary.find(subject.category) if subject else None
    if known is None:
        return True
    surfaces = [s for s in asset.surfaces if s.shelf or s.placement == relation.name]
    if relation.part is not None:
        name = part_name(relation.part, tuple(surface.name for surface in asset.surfaces))
        surfaces = [surface for surface in surfaces if surface.name == name]
    flat = sorted(known.size[:2])
    return any(
        all(side + _AIR_M <= room for side, room in zip(flat, sorted(surface.size), strict=True))
        and (surface.height is None or known.size[2] < surface.height - 0.01)
        for surface in surfaces
    )


def opened(object_id: str, asset: Asset, task: Task) -> dict[str, float]:
    """Return the joint positions that an object starts with: closed, unless the task wants it open."""
    positions = {joint.name: 0.0 for joint in asset.joints}
    for relation in task.initial:
        if relation.name != "open" or relation.subject != object_id or relation.negated:
            continue
        names = tuple(joint.child for joint in asset.joints if joint.opens != "none")
        part = part_name(relation.part, names) if relation.part else None
        for joint in asset.joints:
            if joint.opens != "none" and (relation.part is None or joint.child == part):
                positions[joint.name] = round(joint.lower + _OPEN_SHARE * (joint.upper - joint.lower), 4)
    return positions


def scene_object(
    object_id: str,
    asset: Asset,
    required: RequiredObject | None,
    room: str,
    *,
    support: str,
    support_part: str | None = None,
    placement: Placement = "on",
    fixed: bool = False,
    joints: dict[str, float] | None = None,
    pose: Pose | None = None,
) -> SceneObject:
    """Return an object of an asset, named and attributed as the task asks."""
    attributes = dict(asset.attributes)
    name = asset.category
    if required is not None:
        attributes |= required.attributes
        name = required.name
    return SceneObject(
        id=object_id,
        category=asset.category,
        name=name,
        attributes=attributes,
        states=required.states if required else (),
        asset=asset.id,
        pose=pose or Pose(),
        size=asset.size,
        room=room,
        support=support,
        support_part=support_part,
        placement=placement,
        fixed=fixed,
        covering=asset.covering,
        joints=joints if joints is not None else {joint.name: 0.0 for joint in asset.joints},
        role=required.role if required else "context",
    )
