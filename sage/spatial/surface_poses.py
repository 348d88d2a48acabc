"""Candidate poses of an object on a support surface, without collision checks.

Poses are `world_from_object` and leave `GAP_M` between the object and the surface.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator

import numpy as np
from shapely.geometry import Point, Polygon

from sage.asset import Asset
from sage.geometry import Array, Pose, rectangle
from sage.scene import SceneObject
from sage.spatial.layout import Located, Patch
from sage.spatial.stance import ON_BASE, on_edge, on_end
from sage.spatial.stance import extents as extents_of

__all__ = ["ASKEW_RAD", "GAP_M", "grid_poses", "poses_beside", "sampled_poses", "upright_poses"]

GAP_M = 0.0008
"""Height above its support at which an object is placed before physics settles it [m]."""

ASKEW_RAD = 0.12
"""Standard deviation of an object's heading from square to its support [rad]."""

_REAR_M = 0.06
"""Largest distance of an object at the rear from the rear end of its surface [m]."""
_SAMPLES = 40
_BESIDE_M = 0.003
"""Distance between neighbours [m]."""
_GRID_M, _MAX_ROWS = 0.015, 24
_LARGE_SHARE = 0.45
"""Share of a surface from which on an object goes to its middle."""
_LONG_M = 0.42
"""Length from which on an object goes to the middle of its surface [m]."""
_STICK = 2.5
"""Ratio of the longest to the middle side of a stick."""
_FLAT = 2.5
"""Ratio of the middle to the shortest side of a flat object."""
_FOOT_M = 0.01
"""Height of the lowest part of an object, on which it stands [m]."""


def sampled_poses(
    patch: Patch,
    owner: SceneObject,
    asset: Asset,
    rng: np.random.Generator,
    *,
    back: bool = False,
    askew: float = ASKEW_RAD,
) -> Iterator[Pose]:
    """Sample poses of an asset on a patch.

    An asset with a front faces as its support does. Objects of the owner's category stack in the middle of
    it; those that nest are not turned, so that their facets match. In a cavity, sticks that are too long
    stand on end, as pens do, and flat objects that are too broad on edge, as books do.

    Args:
        patch: the surface.
        owner: the object that the surface belongs to.
        asset: the asset to place.
        rng: random generator.
        back: sample only the rear of the patch.
        askew: standard deviation of the heading from square to the patch [rad].
    """
    if owner.category == asset.category and (patch.surface.nests or patch.surface.placement == "on"):
        if _fits_under(patch, asset.size[2]):
            turn = 0.0 if patch.surface.nests or not askew else rng.normal(0, askew)
            yield patch.pose @ Pose.planar(0.0, 0.0, GAP_M, float(turn))
        return
    stance = _stance_in_cavity(asset, patch) if patch.surface.placement == "in" else ON_BASE
    *extents, height = extents_of(asset, stance)
    if not _fits_under(patch, height):
        return
    sides, room = np.array(extents), np.array(patch.surface.size)
    if patch.surface.placement == "on" and stance is ON_BASE and not _fits_turned(sides, room):
        sides, stance = _base(asset)
    area = patch.area.buffer(1e-6)
    central = sides.prod() > _LARGE_SHARE * room.prod() or sides.max() > _LONG_M
    if central and not back and area.contains(rectangle(patch.pose.position, sides, patch.pose.yaw)):
        yield patch.pose @ Pose.planar(0.0, 0.0, GAP_M) @ stance
    for _ in range(_SAMPLES):
        turn = _sampled_turn(asset, rng, askew)
        if np.any(_turned(sides, turn) > room):
            ahead = asset.has_front and np.all(sides <= room)
            turn = 0.0 if ahead else float(rng.choice([0.0, math.pi / 2]))
        spare = room - _turned(sides, turn)
        if np.any(spare < 0):
            continue
        offset = rng.uniform(-0.5, 0.5, 2) * spare
        if back:
            offset[0] = min(_REAR_M * rng.random(), spare[0]) - 0.5 * spare[0]
        pose = patch.pose @ Pose.planar(float(offset[0]), float(offset[1]), GAP_M, float(turn))
        if not patch.surface.round or area.contains(_outline(asset, pose, sides)):
            yield pose @ stance


def _fits_turned(sides: Array, room: Array) -> bool:
    """Return whether a rectangle fits in another, as it is or turned by 90 degrees."""
    return bool(np.all(np.sort(sides) <= np.sort(room)))


def _base(asset: Asset) -> tuple[Array, Pose]:
    """Return the sides of the base of an asset [m], and the stance with the base in the middle.

    A spout or a handle may overhang the edge of the surface.
    """
    points = asset.collision_points()
    feet = points[points[:, 2] < points[:, 2].min() + _FOOT_M][:, :2]
    low, high = feet.min(axis=0), feet.max(axis=0)
    x, y = (float(value) for value in -(low + high) / 2)
    return high - low, Pose(position=(x, y, 0.0))


def _fits_under(patch: Patch, height: float) -> bool:
    return patch.surface.height is None or height <= patch.surface.height - 0.01


def _stance_in_cavity(asset: Asset, patch: Patch) -> Pose:
    """Return the stance of an asset in a cavity: flat if it can lie there, else on edge or on end."""
    if _is_long_stick(asset, patch):
        return on_end(asset)
    thin, middle, _ = sorted(asset.size)
    flat = asset.size[2] == thin and middle > _FLAT * thin
    room = np.array(patch.surface.size)
    if not flat or _fits_turned(np.array(asset.size[:2]), room):
        return ON_BASE
    return on_edge(asset) if _fits_turned(np.array(extents_of(asset, on_edge(asset))[:2]), room) else ON_BASE


def _is_long_stick(asset: Asset, patch: Patch) -> bool:
    """Return whether an asset is a stick that is too long to lie in a cavity."""
    _, middle, long = sorted(asset.size)
    return long > max(patch.surface.size) and long > _STICK * middle


def _outline(asset: Asset, pose: Pose, sides: Array) -> Polygon:
    """Return the outline of an asset at a pose: a disc if it has no front and is about square."""
    if not asset.has_front and np.ptp(sides) < 0.05 * sides.max():
        return Point(pose.position[:2]).buffer(float(sides.max()) / 2)
    return rectangle(pose.position, sides, pose.yaw)


def _sampled_turn(asset: Asset, rng: np.random.Generator, askew: float) -> float:
    """Sample the heading of an asset [rad]: near one of four directions if it has no front."""
    turn = float(rng.normal(0, askew)) if askew else 0.0
    return turn if asset.has_front else turn + math.pi / 2 * int(rng.integers(4))


def _turned(extents: Array, turn: float) -> Array:
    """Return the sides of the axis-aligned box around a rectangle turned by an angle [m]."""
    c, s = abs(math.cos(turn)), abs(math.sin(turn))
    return np.array([c * extents[0] + s * extents[1], s * extents[0] + c * extents[1]])


def grid_poses(patch: Patch, asset: Asset) -> Iterator[Pose]:
    """Yield poses of an asset on a grid over a patch, square to it.

    An asset that is less than twice as large as an open top goes to its middle. In a cavity, sticks that are
    too long stand on end.
    """
    stance = on_end(asset) if patch.surface.placement == "in" and _is_long_stick(asset, patch) else ON_BASE
    yield from _grid(patch, asset, stance)


def upright_poses(patch: Patch, asset: Asset) -> Iterator[Pose]:
    """Yield poses on a grid over a patch for an asset that stands on edge, then on end."""
    for stance in (on_edge(asset), on_end(asset)):
        yield from _grid(patch, asset, stance)


def _grid(patch: Patch, asset: Asset, stance: Pose) -> Iterator[Pose]:
    *extents, height = extents_of(asset, stance)
    if not _fits_under(patch, height):
        return
    room, area = np.array(patch.surface.size), patch.area.buffer(1e-6)
    for turn in (0.0,) if asset.has_front else (0.0, math.pi / 2):
        sides = _turned(np.array(extents), turn)
        spare = room - sides
        if np.any(spare < 0):
            if patch.surface.placement == "on" and patch.surface.height is None and np.all(sides < 2 * room):
                yield patch.pose @ Pose.planar(0.0, 0.0, GAP_M, turn)
            continue
        counts = np.minimum(np.ceil(spare / np.maximum(_GRID_M, sides / 4)), _MAX_ROWS).astype(int) + 1
        rows = (np.linspace(-s / 2, s / 2, n) for s, n in zip(spare, counts, strict=True))
        for u, v in itertools.product(*rows):
            pose = patch.pose @ Pose.planar(float(u), float(v), GAP_M, turn)
            if not patch.surface.round or area.contains(_outline(asset, pose, np.array(extents))):
                yield pose @ stance


def poses_beside(patch: Patch, asset: Asset, partner: Located, gap: float = _BESIDE_M) -> Iterator[Pose]:
    """Yield poses of an asset on a patch: at the sides of a partner there, then all over, nearest first.

    Args:
        patch: the surface.
        asset: the asset to place.
        partner: an object on the same surface.
        gap: distance to the partner [m].
    """
    depth, width = partner.asset.size[:2]
    for turn in (0.0,) if asset.has_front else (0.0, math.pi / 2):
        x, y = _turned(np.array(asset.size[:2]), turn)
        along, aside = (depth + x) / 2 + gap, (width + y) / 2 + gap
        for u, v in ((0.0, aside), (0.0, -aside), (along, 0.0), (-along, 0.0)):
            pose = partner.item.pose @ Pose.planar(u, v, 0.0, turn)
            raised = Pose.planar(*pose.position[:2], patch.z + GAP_M, pose.yaw)
            if patch.area.contains(Point(pose.position[:2])):
                yield raised
    yield from sorted(
        grid_poses(patch, asset), key=lambda pose: math.dist(pose.position[:2], partner.center[:2])
    )
