"""Candidate poses on a surface by relation: around, in the middle of, beside or facing an object there."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np

from sage.asset import Asset
from sage.geometry import Pose
from sage.spatial.layout import Layout, Located, Patch
from sage.spatial.surface_poses import GAP_M, grid_poses, poses_beside
from sage.task import LATERAL_RELATIONS, Relation, Task

__all__ = ["has_ring", "poses_by_relations"]

_GAP_M = 0.015
"""Distance between neighbours [m]."""
_OFFSETS_M = (0.0, 0.03, -0.03, 0.07, -0.07)
_FACING_POSES = 60
"""Poses that are tried for an object that faces another."""


def poses_by_relations(
    relations: list[Relation], name: str, asset: Asset, patch: Patch, layout: Layout
) -> Iterator[Pose]:
    """Yield poses `world_from_object` where relations of an object may hold, likelier ones first.

    Args:
        relations: relations whose other objects are in the layout.
        name: id of the object; only relations with it as the subject give poses.
        asset: its asset.
        patch: the surface.
        layout: the placed objects.
    """
    if has_ring(name, layout.scene.task):
        yield from _in_middle(asset, patch, layout[patch.owner])
    for relation in relations:
        if relation.subject != name or relation.negated or relation.object not in layout:
            continue
        reference = layout[relation.object]
        if relation.name == "around":
            yield from _around(relation, asset, patch, reference, layout)
        elif relation.name == "in_middle":
            yield from _in_middle(asset, patch, reference)
        elif relation.name == "facing" and asset.has_front:
            yield from _facing(asset, patch, reference)
        elif relation.name in LATERAL_RELATIONS and reference.item.support == patch.owner:
            yield from poses_beside(patch, asset, reference, gap=_GAP_M)


def has_ring(name: str, task: Task) -> bool:
    """Return whether the task has other objects around an object, on the same carrier."""
    carrier = task.carrier(name)
    ring = {r.subject for r in task.initial if (r.name, r.object, r.negated) == ("around", name, False)}
    return carrier is not None and any(
        r.subject in ring and (r.name, r.object, r.negated) == ("on", carrier.object, False)
        for r in task.initial
    )


def _at(patch: Patch, x: float, y: float, yaw: float) -> Pose:
    return Pose.planar(x, y, patch.z + GAP_M, yaw)


def _around(
    relation: Relation, asset: Asset, patch: Patch, reference: Located, layout: Layout
) -> Iterator[Pose]:
    """Yield poses evenly spread around a reference as near as all fit; around their carrier, at its edge."""
    ring = [
        r.subject
        for r in layout.scene.task.initial
        if (r.name, r.object, r.negated) == ("around", relation.object, False)
    ]
    index, count = ring.index(relation.subject), len(ring)
    x, y = (float(value) for value in reference.center[:2])
    depth, width = asset.size[:2]
    if reference.item.id == patch.owner:
        limit = min(patch.surface.size) / 2 - max(depth, width) / 2 - _GAP_M
        reaches = [share * limit for share in (1.0, 0.85, 0.7)]
    else:
        inner = max(reference.asset.size[:2]) / 2
        if count > 2:
            inner = max(inner, width / 2 / math.tan(math.pi / count))
        reaches = [inner + depth / 2 + gap for gap in (_GAP_M, 0.04, 0.08, 0.14)]
    for reach, phase in itertools.product(reaches, (0.0, math.pi / count)):
        for k in (*range(index, count), *range(index)):
            angle = patch.pose.yaw + phase + 2 * math.pi * k / count
            yield _at(patch, x + reach * math.cos(angle), y + reach * math.sin(angle), angle + math.pi)


def _in_middle(asset: Asset, patch: Patch, reference: Located) -> Iterator[Pose]:
    x, y = reference.center[:2]
    for u, v in sorted(itertools.product(_OFFSETS_M, repeat=2), key=lambda offset: math.hypot(*offset)):
        yield _at(patch, float(x) + u, float(y) + v, patch.pose.yaw)


def _facing(asset: Asset, patch: Patch, reference: Located) -> Iterator[Pose]:
    """Yield poses all over a patch that face a reference."""
    poses = list(grid_poses(patch, asset))
    for pose in poses[:: max(1, len(poses) // _FACING_POSES)]:
        x, y = pose.position[:2]
        ahead = reference.center[:2] - np.array([x, y])
        yield _at(patch, x, y, math.atan2(float(ahead[1]), float(ahead[0])))
