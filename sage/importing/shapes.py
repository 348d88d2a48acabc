"""Converts the shapes of other formats into convex pieces with mass.

Round shapes become polyhedra whose corners lie on the shape. A concave mesh is cut by CoACD
(Wei et al., SIGGRAPH 2022), an optional dependency.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sage.asset import Collider
from sage.errors import SourceError
from sage.geometry import Array, Pose, box_corners, convex_hull
from sage.importing.foreign import ImportedPart

if TYPE_CHECKING:
    import trimesh

__all__ = [
    "box", "capsule", "cone", "cylinder", "decomposed", "ellipsoid", "hull", "merged", "moved", "weighed",
]  # fmt: skip

Faces = npt.NDArray[np.int64]

_SIDES = 48
_RINGS = 10
_CAP_RAD = 0.06
"""Balls are a little flat at their poles: on a corner they would not stand."""
_FLAT_M = 1e-6
_SHEET_M = 0.01
"""What a flat sheet is thickened to, away from the side that things lie on [m]."""
_CONVEX_SHARE = 0.98
"""A mesh that fills this much of its hull is taken to be convex."""
_CONCAVITY = 0.05
"""CoACD's threshold: its own default."""
_MAX_HULLS = 64
_VOXELS = 50
"""What a mesh with holes is rebuilt from, along its longest side: within its box it grows by half of one."""
_SEARCH = 60
"""Cuts that are tried: less than CoACD's own, in half the time, for one or two pieces more."""


def box(matrix: Array, size: npt.ArrayLike, name: str = "0") -> Collider:
    """Return a box of a size about the origin, mapped by an affine 4x4 matrix; sheared, it is a hull."""
    half = np.asarray(size, dtype=float) / 2
    axes = matrix[:3, :3] * (2 * half)
    extents = np.linalg.norm(axes, axis=0)
    corners = box_corners(-half, half) @ matrix[:3, :3].T + matrix[:3, 3]
    gram = axes.T @ axes / np.outer(extents, extents) if extents.min() > _FLAT_M else np.ones((3, 3))
    piece = hull(corners, name)
    if np.abs(gram - np.eye(3)).max() > 1e-6:
        return piece
    turn = np.eye(4)
    turn[:3, :3] = axes / extents
    if np.linalg.det(turn[:3, :3]) < 0:
        turn[:3, 0] *= -1
    turn[:3, 3] = matrix[:3, 3]
    x, y, z = (float(value) for value in extents)
    return piece.model_copy(update={"box": (x, y, z), "pose": Pose.from_matrix(turn)})


def hull(points: Array, name: str = "0") -> Collider:
    """Return the convex hull of points, shape [n, 3]; a flat sheet is thickened by 1 cm.

    Raises:
        SourceError: the points are not finite, or lie on a line.
    """
    from scipy.spatial import QhullError

    points = np.asarray(points, dtype=float)
    if len(points) < 3 or not np.isfinite(points).all():
        raise SourceError(f"shape {name!r} has {len(points)} points or some that are not numbers; mend it")
    spread, axes = np.linalg.eigh(np.cov(points.T, bias=True))
    if spread[1] < _FLAT_M**2:
        raise SourceError(f"shape {name!r} has no area; remove it or give it a size")
    if spread[0] < _FLAT_M**2:
        normal = axes[:, 0] * math.copysign(1.0, axes[2, 0] or 1.0)
        points = np.concatenate([points, points - _SHEET_M * normal])
    try:
        vertices, faces = convex_hull(points)
    except QhullError as error:
        raise SourceError(f"shape {name!r} has no convex hull; mend its mesh") from error
    return Collider(name=name, points=vertices, faces=faces)


def cylinder(radius: float, half: float) -> Array:
    """Return points of a cylinder along z, `half` its height each way [m]."""
    return np.concatenate([_ring(radius, z) for z in (-half, half)])


def cone(radius: float, half: float) -> Array:
    """Return points of a cone along z with its tip at `half` [m]."""
    return np.concatenate([_ring(radius, -half), [[0.0, 0.0, half]]])


def ellipsoid(radii: npt.ArrayLike) -> Array:
    """Return points of an ellipsoid with these radii along its axes [m]."""
    points: Array = capsule(1.0, 0.0) * np.asarray(radii, dtype=float)
    return points


def capsule(radius: float, half: float) -> Array:
    """Return points of a cylinder along z of `half` length each way, closed by half spheres [m]."""
    angles = (*np.linspace(0, math.pi / 2, _RINGS)[:-1], math.pi / 2 - _CAP_RAD)
    lift = radius * (1 - math.sin(angles[-1]))
    top = np.concatenate([_ring(radius * math.cos(a), half + radius * math.sin(a)) for a in angles])
    top[-_SIDES:, 2] += lift
    return np.unique(np.concatenate([top, top * [1, 1, -1]]), axis=0)


def _ring(radius: float, z: float) -> Array:
    angles = np.arange(_SIDES) * 2 * math.pi / _SIDES
    return np.stack([radius * np.cos(angles), radius * np.sin(angles), np.full(_SIDES, z)], axis=1)


def decomposed(vertices: Array, faces: Faces, name: str) -> tuple[Collider, ...]:
    """Cut a triangle mesh into convex pieces; one that is convex already is its hull.

    Raises:
        SourceError: it is concave and CoACD is not installed, or CoACD fails.
    """
    import trimesh

    whole = hull(vertices, name)
    mesh = trimesh.Trimesh(vertices, faces)
    mesh.merge_vertices()
    solid = trimesh.Trimesh(whole.points, whole.faces, process=False)
    flat = len(whole.points) > len(np.unique(vertices, axis=0))
    if flat or (mesh.is_watertight and abs(mesh.volume) >= _CONVEX_SHARE * solid.volume):
        return (whole,)
    try:
        import coacd
    except ImportError:
        raise SourceError(
            f"the mesh of {name!r} is concave and must be cut into convex pieces, for which CoACD is "
            "needed: pip install 'sage-scenes[import]'"
        ) from None
    coacd.set_log_level("error")
    try:
        parts = coacd.run_coacd(
            coacd.Mesh(np.asarray(mesh.vertices), np.asarray(mesh.faces)),
            threshold=_CONCAVITY,
            max_convex_hull=_MAX_HULLS,
            preprocess_mode="off" if mesh.is_watertight else "on",
            preprocess_resolution=_VOXELS,
            mcts_iterations=_SEARCH,
            mcts_max_depth=2,
            seed=0,
        )
    except RuntimeError as error:
        raise SourceError(f"the mesh of {name!r} cannot be cut into convex pieces: {error}") from error
    low, high = mesh.bounds
    return tuple(
        hull(np.clip(points, low, high), f"{name}_{index}") for index, (points, _) in enumerate(parts)
    )


def moved(collider: Collider, pose: Pose) -> Collider:
    """Return a piece in another frame, `pose` being `new_from_old`."""
    update: dict[str, object] = {"points": pose.apply(collider.points)}
    if collider.box:
        update["pose"] = pose @ collider.pose
    return collider.model_copy(update=update)


def weighed(colliders: tuple[Collider, ...]) -> tuple[float, Array, Array]:
    """Return volume [m3], centre [m] and inertia at unit density [m5] of a set of pieces."""
    import trimesh

    total, moment = 0.0, np.zeros(3)
    each = []
    for collider in colliders:
        mesh: trimesh.Trimesh = trimesh.Trimesh(collider.points, collider.faces, process=False)
        volume, centre = abs(float(mesh.volume)), np.asarray(mesh.center_mass)
        each.append((volume, centre, np.asarray(mesh.moment_inertia)))
        total += volume
        moment += volume * centre
    centre = moment / total
    tensor = np.zeros((3, 3))
    for volume, own, inertia in each:
        tensor += inertia + volume * _offset(own - centre)
    return total, centre, tensor


def merged(parts: tuple[ImportedPart, ...]) -> ImportedPart:
    """Merge welded parts into one, with the name and joint of the first."""
    mass = sum(part.mass for part in parts)
    if len(parts) == 1 or mass <= 0:
        pieces = tuple(c for part in parts for c in part.colliders)
        return replace(parts[0], colliders=pieces)
    com = sum((part.mass * part.com for part in parts), np.zeros(3)) / mass
    inertia = sum((part.inertia + part.mass * _offset(part.com - com) for part in parts), np.zeros((3, 3)))
    grips = [part.friction for part in parts if part.colliders]
    return replace(
        parts[0],
        colliders=tuple(c for part in parts for c in part.colliders),
        mass=mass,
        com=com,
        inertia=inertia,
        friction=float(np.mean(grips)) if grips else parts[0].friction,
    )


def _offset(arm: Array) -> Array:
    """Return the inertia of a unit mass at the end of an arm, shape [3, 3]."""
    tensor: Array = arm @ arm * np.eye(3) - np.outer(arm, arm)
    return tensor
