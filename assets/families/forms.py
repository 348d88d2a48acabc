"""Shapes and weights that several families of small things share."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import trimesh
from scipy.interpolate import CubicSpline

from assets.sculpt import Part, hull_mesh
from sage.asset import Material
from sage.geometry import Array, rotation_matrix

__all__ = ["arc", "band", "bulk", "frames", "hull", "print_on", "sheet", "sweep", "tiles", "tube"]

Point = Sequence[float]


def sheet(material: Material, weight: float = 9.2, thickest: float = 0.009) -> tuple[float, float]:
    """Return thickness [m] and fill of a wall of which a square metre weighs `weight` [kg].

    Light materials are made thick, up to `thickest` [m]. Heavy ones are in truth thinner than a
    simulator likes: they get 3.5 mm of which only a share is material.
    """
    thickness = min(max(weight / material.density, 0.0035), thickest)
    return thickness, min(1.0, weight / (material.density * thickness))


def bulk(material: Material, density: float) -> float:
    """Return the fill with which a hollow or fluffy thing has this density [kg/m3] as a whole."""
    return min(1.0, density / material.density)


def arc(start: Point, end: Point, bulge: float = 1.0, steps: int = 5) -> list[tuple[float, float]]:
    """Return points of a quarter ellipse between two profile points (radius, height) [m].

    It leaves `start` along the radius and meets `end` along the height; with a negative `bulge` the
    other way round. At `bulge` 0 it is a straight line.
    """
    angles = np.linspace(0, np.pi / 2, steps)
    straight = np.linspace(0, 1, steps)
    along, up = np.sin(angles), 1 - np.cos(angles)
    if bulge < 0:
        along, up = up, along
    share = abs(bulge)
    r = start[0] + (end[0] - start[0]) * ((1 - share) * straight + share * along)
    z = start[1] + (end[1] - start[1]) * ((1 - share) * straight + share * up)
    return [(float(a), float(b)) for a, b in zip(r, z, strict=True)]


def hull(
    part: Part, points: npt.ArrayLike, material: Material, *, fill: float = 1.0, collide: bool = True
) -> None:
    """Add the convex solid that some points [m], shape [n, 3], span."""
    corners = np.asarray(points, dtype=float)
    part.solid(hull_mesh(corners), material, [corners] if collide else [], fill)


def print_on(
    part: Part, size: Point, center: Point, material: Material, rpy: Point = (0.0, 0.0, 0.0)
) -> None:
    """Add a thin block that is only seen: a label, a key, a painted mark."""
    part.box(size, center, material, bevel=0.0, rpy=rpy, fill=0.0, collide=False)


def band(
    part: Part, radius: float, low: float, high: float, material: Material, width: float = 0.0015
) -> None:
    """Add a ring between two heights [m], `width` inwards from `radius`, that is only seen."""
    mesh = trimesh.creation.annulus(radius - width, radius, high - low, sections=40)
    mesh.apply_translation((0, 0, (low + high) / 2))
    part.solid(mesh, material, [], fill=0.0)


_CUBE = trimesh.creation.box((2.0, 2.0, 2.0))


def tiles(part: Part, blocks: Sequence[tuple[Point, Point]], material: Material, tilt: float = 0.0) -> None:
    """Add many thin blocks that are only seen, such as keys, each a size and a centre [m].

    Args:
        tilt: turn of each block about y [rad].
    """
    turn = rotation_matrix((math.cos(tilt / 2), 0.0, math.sin(tilt / 2), 0.0))
    corners = [_CUBE.vertices * np.asarray(size) / 2 @ turn.T + np.asarray(at) for size, at in blocks]
    faces = [np.asarray(_CUBE.faces) + 8 * index for index in range(len(blocks))]
    mesh = trimesh.Trimesh(np.concatenate(corners), np.concatenate(faces), process=False)
    part.solid(mesh, material, [], fill=0.0)


def frames(
    part: Part, size: tuple[float, float], levels: Iterable[float], thickness: float, material: Material
) -> None:
    """Lay a cord around a rectangle of outer `size` [m] at each height; they are only seen."""
    corner = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) / 2
    outer, inner = corner * size, corner * (np.asarray(size) - 2 * thickness)
    vertices: list[Array] = []
    faces: list[tuple[int, int, int]] = []
    for level in levels:
        rings = ((outer, 0.0), (inner, thickness / 2), (inner, -thickness / 2))
        start = 12 * len(vertices)
        vertices.append(np.concatenate([np.column_stack([r, np.full(4, level + dz)]) for r, dz in rings]))
        for ring in range(3):
            for side in range(4):
                a, b = 4 * ring + side, 4 * ring + (side + 1) % 4
                c, d = (a + 4) % 12, (b + 4) % 12
                faces += [(start + a, start + b, start + c), (start + b, start + d, start + c)]
    mesh = trimesh.Trimesh(np.concatenate(vertices), np.array(faces), process=False)
    part.solid(mesh, material, [], fill=0.0)


def sweep(spine: npt.ArrayLike, sections: Array, normal: Point) -> trimesh.Trimesh:
    """Return the solid that cross sections sweep along a spine [n, 3].

    Args:
        sections: rows of (across, up) per point, counter-clockwise, shape [n, k, 2] [m].
        normal: a direction that is never along the spine; `across` is square to both.
    """
    points = np.asarray(spine, dtype=float)
    along = np.gradient(points, axis=0)
    across = np.cross(np.asarray(normal, dtype=float), along)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    up = np.cross(along, across)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    rings = points[:, None] + sections[..., :1] * across[:, None] + sections[..., 1:] * up[:, None]
    rows, sides = sections.shape[:2]
    corner = np.arange(sides)
    after = (corner + 1) % sides
    faces = [np.column_stack([np.zeros(sides - 2), corner[2:], corner[1:-1]])]
    for row in range(rows - 1):
        a, b = row * sides + corner, row * sides + after
        faces += [np.column_stack([a, b, b + sides]), np.column_stack([a, b + sides, a + sides])]
    faces.append(np.column_stack([np.zeros(sides - 2), corner[1:-1], corner[2:]]) + (rows - 1) * sides)
    mesh = trimesh.Trimesh(rings.reshape(-1, 3), np.concatenate(faces).astype(np.int64), process=False)
    if mesh.volume < 0:
        mesh.invert()
    return mesh


def tube(
    part: Part,
    points: Sequence[Point],
    thickness: float,
    material: Material,
    normal: Point,
    fill: float = 1.0,
) -> None:
    """Add a smoothly bent round bar through points that lie in a plane square to `normal`.

    It touches as one convex piece for each stretch between two of the points.
    """
    fine = CubicSpline(np.linspace(0, 1, len(points)), np.asarray(points, dtype=float))
    per = 4
    spine = fine(np.linspace(0, 1, per * (len(points) - 1) + 1))
    angles = np.arange(10) * 2 * np.pi / 10
    ring = np.column_stack([np.cos(angles), np.sin(angles)]) * thickness / 2
    mesh = sweep(spine, np.broadcast_to(ring, (len(spine), 10, 2)), normal)
    corners = np.asarray(mesh.vertices).reshape(len(spine), 10, 3)
    stretches = [corners[[i, i + per // 2, i + per]].reshape(-1, 3) for i in range(0, len(spine) - 1, per)]
    part.solid(mesh, material, stretches, fill)
