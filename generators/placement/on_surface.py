"""Candidate poses on a surface by relation: around, amid, beside or facing what is there."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np

from sage.asset import Asset
from sage.geometry import Pose
from sage.spatial.layout import Layout, Located, Patch
from sage.spatial.space import GAP_M, spots_beside, spots_over
from sage.task import LATERAL_RELATIONS, Relation, Task

__all__ = ["is_ringed", "spots_said"]

_AIR_M = 0.015
_NUDGES_M = (0.0, 0.03, -0.03, 0.07, -0.07)
_TURNED = 60
"""Spots that are tried for what is to face something."""


def spots_said(said: list[Relation], name: str, asset: Asset, patch: Patch, layout: Layout) -> Iterator[Pose]:
    """Yield poses `world_from_object` where what is said of an object may hold, likelier ones first.

    Args:
        said: relations whose other objects are in the layout.
        name: id of the object; only what is said of it as the subject leads to spots.
        asset: the object's.
        patch: what it is to stand on.
        layout: what is there.
    """
    if is_ringed(name, layout.scene.task):
        yield from _amid(asset, patch, layout[patch.owner])
    for relation in said:
        if relation.subject != name or relation.negated or relation.object not in layout:
            continue
        reference = layout[relation.object]
        if relation.name == "around":
            yield from _ring(relation, asset, patch, reference, layout)
        elif relation.name == "in_middle":
            yield from _amid(asset, patch, reference)
        elif relation.name == "facing" and asset.has_front:
            yield from _turned(asset, patch, reference)
        elif relation.name in LATERAL_RELATIONS and reference.item.support == patch.owner:
            yield from spots_beside(patch, asset, reference, air=_AIR_M)


def is_ringed(name: str, task: Task) -> bool:
    """Return whether the task has things around an object, on what that is on itself."""
    carrier = task.carrier(name)
    ring = {r.subject for r in task.initial if (r.name, r.object, r.negated) == ("around", name, False)}
    return carrier is not None and any(
        r.subject in ring and (r.name, r.object, r.negated) == ("on", carrier.object, False)
        for r in task.initial
    )


def _at(patch: Patch, x: float, y: float, yaw: float) -> Pose:
    return Pose.planar(x, y, patch.z + GAP_M, yaw)


def _ring(
    relation: Relation, asset: Asset, patch: Patch, reference: Located, layout: Layout
) -> Iterator[Pose]:
    """Stand evenly spread around a thing, as near as all of them can; around their carrier, at its edge."""
    ring = [
        r.subject
        for r in layout.scene.task.initial
        if (r.name, r.object, r.negated) == ("around", relation.object, False)
    ]
    index, count = ring.index(relation.subject), len(ring)
    x, y = (float(value) for value in reference.center[:2])
    depth, width = asset.size[:2]
    if reference.item.id == patch.owner:
        most = min(patch.surface.size) / 2 - max(depth, width) / 2 - _AIR_M
        reaches = [share * most for share in (1.0, 0.85, 0.7)]
    else:
        inner = max(reference.asset.size[:2]) / 2
        if count > 2:
            inner = max(inner, width / 2 / math.tan(math.pi / count))
        reaches = [inner + depth / 2 + air for air in (_AIR_M, 0.04, 0.08, 0.14)]
    for reach, phase in itertools.product(reaches, (0.0, math.pi / count)):
        for k in (*range(index, count), *range(index)):
            angle = patch.pose.yaw + phase + 2 * math.pi * k / count
            yield _at(patch, x + reach * math.cos(angle), y + reach * math.sin(angle), angle + math.pi)


def _amid(asset: Asset, patch: Patch, reference: Located) -> Iterator[Pose]:
    x, y = reference.center[:2]
    for u, v in sorted(itertools.product(_NUDGES_M, repeat=2), key=lambda spot: math.hypot(*spot)):
        yield _at(patch, float(x) + u, float(y) + v, patch.pose.yaw)


def _turned(asset: Asset, patch: Patch, reference: Located) -> Iterator[Pose]:
    """Stand all over a patch, looking at a thing."""
    spots = list(spots_over(patch, asset))
    for spot in spots[:: max(1, len(spots) // _TURNED)]:
        x, y = spot.position[:2]
        ahead = reference.center[:2] - np.array([x, y])
        yield _at(patch, x, y, math.atan2(float(ahead[1]), float(ahead[0])))
