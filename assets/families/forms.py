"""Geometric primitives and material helpers shared by the families."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import trimesh
from scipy.interpolate import CubicSpline

from sage.asset import Material
from sage.assets.builder import Part, Point, hull_mesh
from sage.geometry import Array, rotation_matrix

__all__ = [
    "arc",
    "band",
    "bulk",
    "frames",
    "hollow",
    "hull",
    "loft",
    "print_on",
    "prism",
    "rim",
    "rounded",
    "sheet",
    "stacked",
    "superellipse",
    "sweep",
    "tiles",
    "toned",
    "tube",
]


def sheet(material: Material, weight: float = 9.2, thickest: float = 0.009) -> tuple[float, float]:
    """Return the thickness [m] and fill factor of a wall with a given mass per area.

    Simulators handle very thin walls badly: a wall that would be thinner is made 3.5 mm thick with a fill
    factor below 1.

    Args:
        material: material of the wall.
        weight: mass per area [kg/m2].
        thickest: largest thickness [m].
    """
    thickness = min(max(weight / material.density, 0.0035), thickest)
    return thickness, min(1.0, weight / (material.density * thickness))


def toned(material: Material, factor: float, alpha: float | None = None) -> Material:
    """Return a darker or lighter variant of a material.

    Args:
        material: original material.
        factor: factor on the colour; below 1 is darker.
        alpha: opacity, 0..1; None leaves it unchanged.
    """
    red, green, blue, opacity = material.rgba
    r, g, b = (round(min(1.0, value * factor), 3) for value in (red, green, blue))
    name = f"{material.name}_{round(100 * factor)}"
    return material.model_copy(update={"name": name, "rgba": (r, g, b, opacity if alpha is None else alpha)})


def bulk(material: Material, density: float) -> float:
    """Return the fill factor at which a hollow or porous object has a given bulk density.

    Args:
        material: material of the object.
        density: bulk density [kg/m3].
    """
    return min(1.0, density / material.density)


def arc(start: Point, end: Point, bulge: float = 1.0, steps: int = 5) -> list[tuple[float, float]]:
    """Return points of a quarter ellipse between two points of a profile.

    Args:
        start: first point (radius, height) [m].
        end: last point (radius, height) [m].
        bulge: 1 for an ellipse that is horizontal at `start` and vertical at `end`, -1 for the reverse, 0 for
            a straight line; values between interpolate.
        steps: number of points, both ends included.

    Example:
        >>> arc((0.0, 0.0), (1.0, 1.0), bulge=0.0, steps=3)
        [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)]
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
    """Add the convex hull of points.

    Args:
        part: part that receives the solid.
        points: points in the asset frame [m], shape [n, 3].
        material: material of the solid.
        fill: share of the volume that is material, 0..1.
        collide: whether to add a collider.
    """
    corners = np.asarray(points, dtype=float)
    part.solid(hull_mesh(corners), material, [corners] if collide else [], fill)


def ellipsoid(
    part: Part,
    radii: Point,
    center: Point,
    material: Material,
    *,
    facet: float = 0.0,
    detail: int = 2,
    fill: float = 1.0,
    collide: bool = True,
) -> None:
    """Add an ellipsoid, optionally with a flat base to stand on.

    Args:
        part: part that receives the solid.
        radii: semi-axes along x, y, z [m].
        center: centre of the ellipsoid [m].
        material: material of the solid.
        facet: width of the flat base relative to that of the ellipsoid; 0 for none.
        detail: number of subdivisions of the mesh.
        fill: share of the volume that is material, 0..1.
        collide: whether to add a collider.
    """
    points = np.asarray(trimesh.creation.icosphere(subdivisions=detail).vertices)
    if facet:
        low = -math.sqrt(1 - facet**2)
        angles = np.arange(12) * 2 * np.pi / 12
        rim = np.column_stack([facet * np.cos(angles), facet * np.sin(angles), np.full(12, low)])
        points = np.concatenate([points[points[:, 2] > low + 0.01], rim])
    hull(part, points * np.asarray(radii) + np.asarray(center), material, fill=fill, collide=collide)


def patch(part: Part, outline: Array, radius: float, center: Point, material: Material) -> None:
    """Add a convex patch on a sphere, without mass and colliders.

    Args:
        part: part that receives the patch.
        outline: unit vectors from the centre of the sphere to the corners of the patch, shape [n, 3].
        radius: radius of the sphere [m].
        center: centre of the sphere [m].
        material: material of the patch.
    """
    edge = np.concatenate([outline, (outline + np.roll(outline, 1, axis=0)) / 2])
    middle = edge.mean(axis=0)
    points = np.concatenate([edge, (edge + middle) / 2, middle[None]])
    points *= radius / np.linalg.norm(points, axis=1, keepdims=True)
    hull(part, points + np.asarray(center), material, fill=0.0, collide=False)


def prism(
    part: Part,
    outline: npt.ArrayLike,
    low: float,
    high: float,
    material: Material,
    *,
    axis: int = 0,
    fill: float = 1.0,
    collide: bool = True,
) -> None:
    """Add the convex prism of an outline along an axis of the asset frame.

    Args:
        part: part that receives the solid.
        outline: points on the two other axes, in the order x, y, z [m], shape [n, 2].
        low: lower end along the axis [m].
        high: upper end along the axis [m].
        material: material of the solid.
        axis: 0 for x, 1 for y, 2 for z.
        fill: share of the volume that is material, 0..1.
        collide: whether to add a collider.
    """
    flat = np.asarray(outline, dtype=float)
    ends = [np.insert(flat, axis, place, axis=1) for place in (low, high)]
    hull(part, np.concatenate(ends), material, fill=fill, collide=collide)


def rim(
    part: Part,
    outer: npt.ArrayLike,
    inner: npt.ArrayLike,
    low: float,
    high: float,
    material: Material,
    fill: float = 1.0,
) -> None:
    """Add a frame between two outlines, extruded along x, without colliders.

    Args:
        part: part that receives the solid.
        outer: outer outline (y, z) [m], shape [n, 2].
        inner: inner outline with as many points (y, z) [m], shape [n, 2].
        low: lower end along x [m].
        high: upper end along x [m].
        material: material of the frame.
        fill: share of the volume that is material, 0..1.
    """
    loops = [
        np.insert(np.asarray(outline, dtype=float), 0, x, axis=1)
        for x, outline in ((low, outer), (high, outer), (high, inner), (low, inner))
    ]
    count = len(loops[0])
    here = np.arange(count)
    after = (here + 1) % count
    faces = []
    for loop in range(4):
        a, b = loop * count + here, loop * count + after
        c, d = (loop + 1) % 4 * count + here, (loop + 1) % 4 * count + after
        faces += [np.column_stack([a, b, d]), np.column_stack([a, d, c])]
    mesh = trimesh.Trimesh(np.concatenate(loops), np.concatenate(faces).astype(np.int64), process=False)
    if mesh.volume < 0:
        mesh.invert()
    part.solid(mesh, material, [], fill)


def rounded(wide: float, high: float, radius: float, middle: Point = (0.0, 0.0), steps: int = 5) -> Array:
    """Return the outline of a rectangle with rounded corners, counter-clockwise.

    Args:
        wide: extent along the first axis [m].
        high: extent along the second axis [m].
        radius: radius of the corners [m].
        middle: centre of the rectangle [m].
        steps: number of points per corner.

    Returns:
        Points [m], shape [4 * steps, 2].
    """
    turn = np.linspace(0, math.pi / 2, steps)
    corners = []
    for quarter, (side, up) in enumerate(((1, 1), (-1, 1), (-1, -1), (1, -1))):
        angles = turn + quarter * math.pi / 2
        center = np.array([side * (wide / 2 - radius), up * (high / 2 - radius)])
        corners.append(center + radius * np.column_stack([np.cos(angles), np.sin(angles)]))
    outline: Array = np.concatenate(corners) + np.asarray(middle)
    return outline


def print_on(
    part: Part, size: Point, center: Point, material: Material, rpy: Point = (0.0, 0.0, 0.0)
) -> None:
    """Add a box without mass and colliders, such as a label or a printed mark; see `Part.box`."""
    part.box(size, center, material, bevel=0.0, rpy=rpy, fill=0.0, collide=False)


def band(
    part: Part, radius: float, low: float, high: float, material: Material, width: float = 0.0015
) -> None:
    """Add a ring about the z axis, without mass and colliders.

    Args:
        part: part that receives the ring.
        radius: outer radius [m].
        low: z of the lower edge [m].
        high: z of the upper edge [m].
        material: material of the ring.
        width: difference between outer and inner radius [m].
    """
    mesh = trimesh.creation.annulus(radius - width, radius, high - low, sections=40)
    mesh.apply_translation((0, 0, (low + high) / 2))
    part.solid(mesh, material, [], fill=0.0)


_CUBE = trimesh.creation.box((2.0, 2.0, 2.0))


def tiles(part: Part, blocks: Sequence[tuple[Point, Point]], material: Material, tilt: float = 0.0) -> None:
    """Add many boxes as one mesh, without mass and colliders, such as the keys of a keyboard.

    Args:
        part: part that receives the boxes.
        blocks: size and centre (x, y, z) of each box [m].
        material: material of the boxes.
        tilt: rotation of each box about y [rad].
    """
    turn = rotation_matrix((math.cos(tilt / 2), 0.0, math.sin(tilt / 2), 0.0))
    corners = [_CUBE.vertices * np.asarray(size) / 2 @ turn.T + np.asarray(at) for size, at in blocks]
    faces = [np.asarray(_CUBE.faces) + 8 * index for index in range(len(blocks))]
    mesh = trimesh.Trimesh(np.concatenate(corners), np.concatenate(faces), process=False)
    part.solid(mesh, material, [], fill=0.0)


def frames(
    part: Part, size: tuple[float, float], levels: Iterable[float], thickness: float, material: Material
) -> None:
    """Add rectangular rings of triangular cross section, without mass and colliders.

    Args:
        part: part that receives the rings.
        size: outer depth and width of the rings [m].
        levels: z of each ring [m].
        thickness: height of the cross section at its inner edge, and its depth [m].
        material: material of the rings.
    """
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
    """Return the solid that cross sections sweep along a curve.

    Args:
        spine: points of the curve [m], shape [n, 3].
        sections: cross section (across, up) at each point, counter-clockwise [m], shape [n, k, 2].
        normal: direction that is nowhere parallel to the curve, shape [3]; `across` is perpendicular to both.
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
    end_thickness: float | None = None,
) -> None:
    """Add a smoothly bent round bar through points in one plane.

    Its colliders are one convex piece for each segment between two points.

    Args:
        part: part that receives the bar.
        points: points on the centre line [m].
        thickness: diameter at the first point [m].
        material: material of the bar.
        normal: normal of the plane, shape [3].
        fill: share of the volume that is material, 0..1.
        end_thickness: diameter at the last point [m]; None for `thickness`.
    """
    fine = CubicSpline(np.linspace(0, 1, len(points)), np.asarray(points, dtype=float))
    per = 4
    spine = fine(np.linspace(0, 1, per * (len(points) - 1) + 1))
    angles = np.arange(10) * 2 * np.pi / 10
    ring = np.column_stack([np.cos(angles), np.sin(angles)]) / 2
    last = thickness if end_thickness is None else end_thickness
    mesh = sweep(spine, ring * np.linspace(thickness, last, len(spine))[:, None, None], normal)
    corners = np.asarray(mesh.vertices).reshape(len(spine), 10, 3)
    stretches = [corners[[i, i + per // 2, i + per]].reshape(-1, 3) for i in range(0, len(spine) - 1, per)]
    part.solid(mesh, material, stretches, fill)


def superellipse(
    size: tuple[float, float],
    center: Point,
    square: float = 4.0,
    *,
    count: int = 20,
    axis: Literal["x", "z"] = "z",
) -> Array:
    """Return the points of a superellipse (Lame curve) in a plane perpendicular to an axis.

    Args:
        size: extents along x and y [m]; along y and z for a curve around the x axis.
        center: centre (x, y, z) [m].
        square: exponent: 2 for an ellipse, 4 for a rounded rectangle, 10 for nearly a rectangle.
        count: number of points; four times an odd number puts points at the corners and gives flat sides.
        axis: axis perpendicular to the plane.

    Returns:
        Points [m], shape [count, 3].
    """
    angles = (np.arange(count) + 0.5) * 2 * np.pi / count
    flat = np.column_stack([np.cos(angles), np.sin(angles)])
    flat = np.sign(flat) * np.abs(flat) ** (2 / square)
    flat *= np.asarray(size) / 2 / flat.max(axis=0)
    columns = [flat[:, 0], flat[:, 1], np.zeros(count)]
    points: Array = np.column_stack(columns if axis == "z" else columns[2:] + columns[:2])
    points += np.asarray(center)
    return points


def stacked(
    part: Part,
    levels: Sequence[tuple[float, float, float]],
    material: Material,
    *,
    square: float = 2.0,
    count: int = 16,
    center: tuple[float, float] = (0.0, 0.0),
    fill: float = 1.0,
    collide: bool = True,
) -> None:
    """Add the convex hull of horizontal superellipses.

    Args:
        part: part that receives the solid.
        levels: z, depth and width of each superellipse [m].
        material: material of the solid.
        square: exponent; see `superellipse`.
        count: number of points per superellipse.
        center: centre (x, y) [m].
        fill: share of the volume that is material, 0..1.
        collide: whether to add a collider.
    """
    rings = [superellipse((x, y), (*center, z), square, count=count) for z, x, y in levels]
    hull(part, np.concatenate(rings), material, fill=fill, collide=collide)


def loft(rings: Sequence[Array], *, closed: bool = False) -> trimesh.Trimesh:
    """Return the solid whose surface connects consecutive rings of points.

    Args:
        rings: rings with the same number of points [m], each of shape [n, 3].
        closed: whether to connect the last ring to the first instead of capping the ends.
    """
    rows, count = len(rings), len(rings[0])
    corner = np.arange(count)
    after = (corner + 1) % count
    faces = []
    for row in range(rows if closed else rows - 1):
        low, high = row * count, (row + 1) % rows * count
        faces.append(np.column_stack([low + corner, low + after, high + after]))
        faces.append(np.column_stack([low + corner, high + after, high + corner]))
    points = [*rings]
    if not closed:
        points += [ring.mean(axis=0, keepdims=True) for ring in (rings[0], rings[-1])]
        last = (rows - 1) * count
        middle = rows * count
        faces.append(np.column_stack([after, corner, np.full(count, middle)]))
        faces.append(np.column_stack([last + corner, last + after, np.full(count, middle + 1)]))
    mesh = trimesh.Trimesh(np.concatenate(points), np.concatenate(faces), process=False)
    if mesh.volume < 0:
        mesh.invert()
    return mesh


def hollow(
    part: Part,
    outside: Sequence[Array],
    inside: Sequence[Array],
    material: Material,
    *,
    sectors: int = 4,
    fill: float = 1.0,
) -> None:
    """Add an open vessel bounded by horizontal rings of points.

    Its colliders are one convex piece for the floor and `sectors` convex pieces around the wall.

    Args:
        part: part that receives the vessel.
        outside: rings of the outer surface from the bottom to the rim [m], each of shape [n, 3].
        inside: rings of the inner surface from the rim to the floor [m], each of shape [n, 3].
        material: material of the vessel.
        sectors: number of convex pieces around the wall.
        fill: share of the volume that is material, 0..1.
    """
    count, level = len(outside[0]), float(inside[-1][0, 2])
    below = max(k for k, ring in enumerate(outside) if ring[0, 2] < level)
    low, high = outside[below], outside[below + 1]
    share = (level - low[0, 2]) / (high[0, 2] - low[0, 2])
    cut = low + share * (high - low)
    pieces = [np.concatenate([*outside[: below + 1], cut])]
    bounds = (np.linspace(0, count, sectors + 1) + count // 8).round().astype(int)
    for start, end in itertools.pairwise(bounds):
        arc_of = np.arange(start, end + 1) % count
        ends = arc_of[[0, -1]]
        outer = [ring[arc_of] for ring in (cut, *outside[below + 1 :])]
        pieces.append(np.concatenate([*outer, *(ring[ends] for ring in inside)]))
    part.solid(loft([*outside, *inside]), material, pieces, fill)
