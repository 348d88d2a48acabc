"""Scene objects made of assets, with the joint positions that a task requires."""

from __future__ import annotations

from sage.asset import Asset, Joint
from sage.geometry import Pose
from sage.scene import SceneObject
from sage.spatial.predicates import part_name
from sage.task import RequiredObject, Task

__all__ = ["initial_joints", "joint_position", "scene_object"]

_OPENED_SHARE = 0.85
"""How far an opened joint is from its closed end, relative to its range."""


def scene_object(
    object_id: str,
    asset: Asset,
    required: RequiredObject | None,
    room: str,
    *,
    support: str,
    fixed: bool = False,
    joints: dict[str, float] | None = None,
) -> SceneObject:
    """Return an object of an asset at the origin, with the name and attributes that the task asks for.

    Args:
        object_id: id of the new object.
        asset: asset of the object.
        required: requirement of the task that the object meets, if any.
        room: id of its room.
        support: `floor`, `wall`, `ceiling` or an object's id.
        fixed: whether it is mounted or built in.
        joints: joint positions [rad or m]; all zero by default.
    """
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
        pose=Pose(),
        size=asset.size,
        room=room,
        support=support,
        fixed=fixed,
        covering=asset.covering,
        joints=joints if joints is not None else {joint.name: 0.0 for joint in asset.joints},
        role=required.role if required else "context",
    )


def initial_joints(object_id: str, asset: Asset, task: Task) -> dict[str, float]:
    """Return an object's initial joint positions [rad or m]: closed, unless the task requires it open."""
    positions = {joint.name: 0.0 for joint in asset.joints}
    for relation in task.initial:
        if relation.name != "open" or relation.subject != object_id or relation.negated:
            continue
        names = tuple(joint.child for joint in asset.joints if joint.opens != "none")
        part = part_name(relation.part, names) if relation.part else None
        for joint in asset.joints:
            if joint.opens != "none" and (relation.part is None or joint.child == part):
                positions[joint.name] = joint_position(joint, opened=True)
    return positions


def joint_position(joint: Joint, *, opened: bool) -> float:
    """Return a joint's position [rad or m]: its lower end if closed, 85 % of its range if opened."""
    share = _OPENED_SHARE if opened else 0.0
    return round(joint.lower + share * (joint.upper - joint.lower), 4)
