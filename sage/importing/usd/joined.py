"""Conversion of bodies connected by joints to articulated objects."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from pxr import Usd

from sage.asset import Collider
from sage.geometry import Array, Pose
from sage.importing import shapes
from sage.importing.foreign import ImportedJoint, ImportedPart

__all__ = ["Body", "Link", "parts_of", "tree_from", "triple"]


@dataclass(frozen=True, eq=False)
class Body:
    """Rigid body of a stage, in the world frame."""

    prim: Usd.Prim
    pose: Pose
    """`world_from_body`."""
    colliders: tuple[Collider, ...]
    """Convex pieces in the world frame."""
    mass: float
    """Mass [kg]."""
    com: Array
    """Centre of mass in the world frame [m], shape [3]."""
    inertia: Array
    """Inertia tensor about the centre of mass, in world axes [kg m2], shape [3, 3]."""
    friction: float
    """Friction coefficient."""


@dataclass(frozen=True)
class Link:
    """Connection of two bodies by a joint."""

    parent: str
    """Prim path of the parent body."""
    child: str
    """Prim path of the child body."""
    joint: ImportedJoint | None
    """Joint in the world frame, at its position in the scene; None for a fixed joint."""


def tree_from(start: str, neighbours: dict[str, list[Link]], done: set[str]) -> dict[str, Link]:
    """Return the bodies connected to a body, in breadth-first order.

    Args:
        start: prim path of the root body.
        neighbours: connections of each body, by prim path.
        done: bodies that already belong to an object; the bodies found are added.

    Returns:
        The connection that leads to each body, by prim path, without the root.
    """
    tree: dict[str, Link] = {}
    done.add(start)
    queue = [start]
    while queue:
        current = queue.pop(0)
        for link in neighbours[current]:
            other = link.child if link.parent == current else link.parent
            if other not in done:
                done.add(other)
                tree[other] = link
                queue.append(other)
    return tree


def parts_of(start: str, tree: dict[str, Link], bodies: dict[str, Body]) -> tuple[ImportedPart, ...]:
    """Return the parts of an articulated object in its root frame, with joints at zero.

    Fixed joints merge bodies into one part.

    Args:
        start: prim path of the root body.
        tree: connection that leads to each other body, from `tree_from`.
        bodies: all bodies, by prim path.
    """
    world_from_root = bodies[start].pose
    root_from_world = world_from_root.inverse()
    owner, to_zero = {start: start}, {start: Pose()}
    joints: dict[str, tuple[str, ImportedJoint]] = {}
    for name, link in tree.items():
        parent = link.parent if link.child == name else link.child
        joint = link.joint if link.joint is None or link.child == name else _reversed(link.joint)
        if joint is None:
            owner[name], to_zero[name] = owner[parent], to_zero[parent]
            continue
        owner[name] = name
        to_zero[name] = to_zero[parent] @ _motion(joint, -joint.position)
        to_root = root_from_world @ to_zero[parent]
        anchor, axis = triple(to_root.apply(joint.anchor)), _rotated(to_root, joint.axis)
        joints[name] = (owner[parent], replace(joint, anchor=anchor, axis=axis))
    parts = []
    for name in dict.fromkeys(owner.values()):
        members = [n for n, o in owner.items() if o == name]
        rigid = tuple(_part(bodies[n], root_from_world @ to_zero[n], n) for n in members)
        parent_part, joint = joints.get(name, (None, None))
        parts.append(replace(shapes.merged(rigid), name=name, parent=parent_part, joint=joint))
    return tuple(_renamed(parts))


def _part(body: Body, root_from_world: Pose, name: str) -> ImportedPart:
    rotation = root_from_world.matrix[:3, :3]
    return ImportedPart(
        name=name,
        colliders=tuple(shapes.transformed(piece, root_from_world) for piece in body.colliders),
        mass=body.mass,
        com=root_from_world.apply(body.com),
        inertia=rotation @ body.inertia @ rotation.T,
        friction=body.friction,
    )


def _renamed(parts: list[ImportedPart]) -> list[ImportedPart]:
    """Return parts with short names in place of prim paths."""
    names = {part.name: "root" if i == 0 else f"link_{i}" for i, part in enumerate(parts)}
    return [replace(p, name=names[p.name], parent=names.get(p.parent or "")) for p in parts]


def _reversed(joint: ImportedJoint) -> ImportedJoint:
    """Return a joint with parent and child swapped."""
    x, y, z = joint.axis
    return replace(joint, axis=(-x, -y, -z))


def _motion(joint: ImportedJoint, amount: float) -> Pose:
    """Return the rigid motion in the world frame that moves a joint by an amount [rad or m]."""
    axis, anchor = np.array(joint.axis), np.array(joint.anchor)
    if joint.kind == "prismatic":
        return Pose(position=triple(axis * amount))
    x, y, z = (float(value) for value in math.sin(amount / 2) * axis)
    rotation = Pose(orientation=(math.cos(amount / 2), x, y, z))
    return rotation.model_copy(update={"position": triple(anchor - rotation.apply(anchor))})


def _rotated(pose: Pose, axis: tuple[float, float, float]) -> tuple[float, float, float]:
    return triple(pose.matrix[:3, :3] @ np.array(axis))


def triple(values: Array) -> tuple[float, float, float]:
    """Return an array of shape [3] as a tuple."""
    x, y, z = (float(value) for value in values)
    return (x, y, z)
