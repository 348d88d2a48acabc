"""Merges bodies that joints connect into one articulated object."""

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
    """A rigid body with its frame and colliders, in the world [m]."""

    prim: Usd.Prim
    pose: Pose
    """`world_from_body`"""
    colliders: tuple[Collider, ...]
    """In the world."""
    mass: float
    com: Array
    inertia: Array
    """Both in the world."""
    friction: float


@dataclass(frozen=True)
class Link:
    """Joint between two bodies, in the world frame; None is a fixed joint."""

    parent: str
    child: str
    hinge: ImportedJoint | None


def tree_from(start: str, neighbours: dict[str, list[Link]], done: set[str]) -> dict[str, Link]:
    """Return the bodies joined to a body, each with its joint, in breadth-first order."""
    found: dict[str, Link] = {}
    done.add(start)
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        for link in neighbours[here]:
            other = link.child if link.parent == here else link.parent
            if other not in done:
                done.add(other)
                found[other] = link
                waiting.append(other)
    return found


def parts_of(start: str, tree: dict[str, Link], bodies: dict[str, Body]) -> tuple[ImportedPart, ...]:
    """Return the parts of an articulated object in the root's frame; fixed joints merge bodies."""
    world_from_root = bodies[start].pose
    root_from_world = world_from_root.inverse()
    owner, to_zero = {start: start}, {start: Pose()}
    hinges: dict[str, tuple[str, ImportedJoint]] = {}
    for name, link in tree.items():
        parent = link.parent if link.child == name else link.child
        hinge = link.hinge if link.hinge is None or link.child == name else _reversed(link.hinge)
        if hinge is None:
            owner[name], to_zero[name] = owner[parent], to_zero[parent]
            continue
        owner[name] = name
        to_zero[name] = to_zero[parent] @ _motion(hinge, -hinge.position)
        placed = root_from_world @ to_zero[parent]
        anchor, axis = triple(placed.apply(hinge.anchor)), _turned(placed, hinge.axis)
        hinges[name] = (owner[parent], replace(hinge, anchor=anchor, axis=axis))
    parts = []
    for name in dict.fromkeys(owner.values()):
        members = [n for n, o in owner.items() if o == name]
        welded = tuple(_part(bodies[n], root_from_world @ to_zero[n], n) for n in members)
        above, motion = hinges.get(name, (None, None))
        parts.append(replace(shapes.merged(welded), name=name, parent=above, hinge=motion))
    return tuple(_renamed(parts))


def _part(body: Body, root_from_world: Pose, name: str) -> ImportedPart:
    turn = root_from_world.matrix[:3, :3]
    return ImportedPart(
        name=name,
        colliders=tuple(shapes.moved(piece, root_from_world) for piece in body.colliders),
        mass=body.mass,
        com=root_from_world.apply(body.com),
        inertia=turn @ body.inertia @ turn.T,
        friction=body.friction,
    )


def _renamed(parts: list[ImportedPart]) -> list[ImportedPart]:
    """Return parts with short names in place of prim paths."""
    names = {part.name: "root" if i == 0 else f"link_{i}" for i, part in enumerate(parts)}
    return [replace(p, name=names[p.name], parent=names.get(p.parent or "")) for p in parts]


def _reversed(hinge: ImportedJoint) -> ImportedJoint:
    """Return a joint with parent and child swapped."""
    x, y, z = hinge.axis
    return replace(hinge, axis=(-x, -y, -z))


def _motion(hinge: ImportedJoint, amount: float) -> Pose:
    """Return the rigid motion of the world that moves a joint by an amount [rad or m]."""
    axis, anchor = np.array(hinge.axis), np.array(hinge.anchor)
    if hinge.kind == "prismatic":
        return Pose(position=triple(axis * amount))
    x, y, z = (float(value) for value in math.sin(amount / 2) * axis)
    turn = Pose(orientation=(math.cos(amount / 2), x, y, z))
    return turn.model_copy(update={"position": triple(anchor - turn.apply(anchor))})


def _turned(pose: Pose, axis: tuple[float, float, float]) -> tuple[float, float, float]:
    return triple(pose.matrix[:3, :3] @ np.array(axis))


def triple(values: Array) -> tuple[float, float, float]:
    """Return three numbers as a tuple."""
    x, y, z = (float(value) for value in values)
    return (x, y, z)
