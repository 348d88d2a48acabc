"""Conversion of shapes to convex pieces, and their volume and inertia.

Round shapes become polyhedra whose corners lie on the shape. Concave meshes are decomposed by CoACD (Wei et
al., SIGGRAPH 2022), an optional dependency.
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
    "box", "capsule", "cone", "cylinder", "decomposed", "ellipsoid", "hull", "merged", "transformed",
    "volume_properties",
]  # fmt: skip

Faces = npt.NDArray[np.int64]

_SIDES = 48
"""Number of corners around the axis of a round shape."""
_RINGS = 10
"""Number of rings of corners on a half sphere."""
_CAP_RAD = 0.06
"""Polar angle of the flat cap of a sphere [rad]; it could not rest on a single corner."""
_FLAT_M = 1e-6
"""Standard deviation of points below which they are flat [m]."""
_SHEET_M = 0.01
"""Thickness that flat sheets are given, below their upper side [m]."""
_CONVEX_RATIO = 0.98
"""Smallest ratio of the volumes of a mesh and its hull for the mesh to count as convex."""
_CONCAVITY = 0.05
"""CoACD's concavity threshold, at its default."""
_MAX_HULLS = 64
"""Largest number of convex pieces of a mesh."""
_VOXELS = 50
"""Resolution at which CoACD remeshes meshes with holes; they grow by half a voxel inside their bounds."""
_SEARCH = 60
"""CoACD's search iterations; fewer than its default take half the time and give one or two pieces more."""


def box(matrix: Array, size: npt.ArrayLike, name: str = "0") -> Collider:
    """Return a box, centred at the origin of its frame, in a parent frame.

    Args:
        matrix: affine transform `parent_from_box`, shape [4, 4]. If it shears the box, the piece is a hull.
        size: extents before the transform, shape [3].
        name: name of the piece.

    Raises:
        SourceError: the points are not finite, or lie on a line.
    """
    half = np.asarray(size, dtype=float) / 2
    axes = matrix[:3, :3] * (2 * half)
    extents = np.linalg.norm(axes, axis=0)
    corners = box_corners(-half, half) @ matrix[:3, :3].T + matrix[:3, 3]
    gram = axes.T @ axes / np.outer(extents, extents) if extents.min() > _FLAT_M else np.ones((3, 3))
    piece = hull(corners, name)
    if np.abs(gram - np.eye(3)).max() > 1e-6:
        return piece
    parent_from_box = np.eye(4)
    parent_from_box[:3, :3] = axes / extents
    if np.linalg.det(parent_from_box[:3, :3]) < 0:
        parent_from_box[:3, 0] *= -1
    parent_from_box[:3, 3] = matrix[:3, 3]
    x, y, z = (float(value) for value in extents)
    return piece.model_copy(update={"box": (x, y, z), "pose": Pose.from_matrix(parent_from_box)})


def hull(points: Array, name: str = "0") -> Collider:
    """Return the convex hull of points; a flat sheet is thickened by 1 cm.

    Args:
        points: points [m], shape [n, 3].
        name: name of the piece.

    Raises:
        SourceError: the points are not finite, or lie on a line.
    """
    from scipy.spatial import QhullError

    points = np.asarray(points, dtype=float)
    if len(points) < 3 or not np.isfinite(points).all():
        raise SourceError(f"shape {name!r} has {len(points)} points; it needs at least 3, all of them finite")
    spread, axes = np.linalg.eigh(np.cov(points.T, bias=True))
    if spread[1] < _FLAT_M**2:
        raise SourceError(f"shape {name!r} has no area; remove it or give it a size")
    if spread[0] < _FLAT_M**2:
        normal = axes[:, 0] * math.copysign(1.0, axes[2, 0] or 1.0)
        points = np.concatenate([points, points - _SHEET_M * normal])
    try:
        vertices, faces = convex_hull(points)
    except QhullError as error:
        raise SourceError(f"shape {name!r} has no convex hull; correct its mesh") from error
    return Collider(name=name, points=vertices, faces=faces)


def cylinder(radius: float, half: float) -> Array:
    """Return the corners of a cylinder along z [m], shape [n, 3].

    Args:
        radius: radius [m].
        half: half of the height [m].
    """
    return np.concatenate([_ring(radius, z) for z in (-half, half)])


def cone(radius: float, half: float) -> Array:
    """Return the corners of a cone along z with its tip upwards [m], shape [n, 3].

    Args:
        radius: radius of the base, which is at z = -`half` [m].
        half: half of the height [m].
    """
    return np.concatenate([_ring(radius, -half), [[0.0, 0.0, half]]])


def ellipsoid(radii: npt.ArrayLike) -> Array:
    """Return the corners of an ellipsoid [m], shape [n, 3], given its radii along x, y and z [m]."""
    points: Array = capsule(1.0, 0.0) * np.asarray(radii, dtype=float)
    return points


def capsule(radius: float, half: float) -> Array:
    """Return the corners of a capsule along z [m], shape [n, 3].

    Args:
        radius: radius [m].
        half: half of the distance between the centres of the two half spheres [m]; 0 for a sphere.
    """
    angles = (*np.linspace(0, math.pi / 2, _RINGS)[:-1], math.pi / 2 - _CAP_RAD)
    lift = radius * (1 - math.sin(angles[-1]))
    top = np.concatenate([_ring(radius * math.cos(a), half + radius * math.sin(a)) for a in angles])
    top[-_SIDES:, 2] += lift
    return np.unique(np.concatenate([top, top * [1, 1, -1]]), axis=0)


def _ring(radius: float, z: float) -> Array:
    angles = np.arange(_SIDES) * 2 * math.pi / _SIDES
    return np.stack([radius * np.cos(angles), radius * np.sin(angles), np.full(_SIDES, z)], axis=1)


def decomposed(vertices: Array, faces: Faces, name: str) -> tuple[Collider, ...]:
    """Decompose a triangle mesh into convex pieces; a convex mesh becomes its hull.

    Args:
        vertices: positions [m], shape [n, 3].
        faces: vertex indices, shape [m, 3].
        name: name of the mesh, from which the names of the pieces are derived.

    Raises:
        SourceError: the mesh is degenerate; or it is concave and CoACD is not installed or fails.
    """
    import trimesh

    whole = hull(vertices, name)
    mesh = trimesh.Trimesh(vertices, faces)
    mesh.merge_vertices()
    solid = trimesh.Trimesh(whole.points, whole.faces, process=False)
    flat = len(whole.points) > len(np.unique(vertices, axis=0))
    if flat or (mesh.is_watertight and abs(mesh.volume) >= _CONVEX_RATIO * solid.volume):
        return (whole,)
    try:
        import coacd
    except ImportError:
        raise SourceError(
            f"the mesh of {name!r} is concave and must be decomposed by CoACD, which is not installed: "
            "pip install 'sage-scenes[import]'"
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
        raise SourceError(f"the mesh of {name!r} cannot be decomposed into convex pieces: {error}") from error
    low, high = mesh.bounds
    return tuple(
        hull(np.clip(points, low, high), f"{name}_{index}") for index, (points, _) in enumerate(parts)
    )


def transformed(collider: Collider, pose: Pose) -> Collider:
    """Return a convex piece in another frame, given `new_from_old`."""
    update: dict[str, object] = {"points": pose.apply(collider.points)}
    if collider.box:
        update["pose"] = pose @ collider.pose
    return collider.model_copy(update=update)


def volume_properties(colliders: tuple[Collider, ...]) -> tuple[float, Array, Array]:
    """Return the volume, centre of volume and inertia at unit density of a set of pieces.

    Returns:
        Volume [m3]; centre [m], shape [3]; and inertia tensor about the centre [m5], shape [3, 3]. Overlaps
        count once per piece.
    """
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
        tensor += inertia + volume * _point_inertia(own - centre)
    return total, centre, tensor


def merged(parts: tuple[ImportedPart, ...]) -> ImportedPart:
    """Merge rigidly connected parts into one, with the name and joint of the first and the mean friction."""
    mass = sum(part.mass for part in parts)
    if len(parts) == 1 or mass <= 0:
        pieces = tuple(c for part in parts for c in part.colliders)
        return replace(parts[0], colliders=pieces)
    com = sum((part.mass * part.com for part in parts), np.zeros(3)) / mass
    inertia = sum(
        (part.inertia + part.mass * _point_inertia(part.com - com) for part in parts), np.zeros((3, 3))
    )
    frictions = [part.friction for part in parts if part.colliders]
    return replace(
        parts[0],
        colliders=tuple(c for part in parts for c in part.colliders),
        mass=mass,
        com=com,
        inertia=inertia,
        friction=float(np.mean(frictions)) if frictions else parts[0].friction,
    )


def _point_inertia(offset: Array) -> Array:
    """Return the inertia of a unit mass at an offset from the reference point [m2], shape [3, 3]."""
    tensor: Array = offset @ offset * np.eye(3) - np.outer(offset, offset)
    return tensor
