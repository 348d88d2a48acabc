"""Builds assets from exact solids.

A family describes its object in the asset frame (x forward, y left, z up, joints closed) and
needs no other frame: `Sculpture` moves everything into link frames, puts the origin at the centre
of the footprint, and works out masses, centres and inertias from volume and density.

A solid has a watertight mesh that is seen and weighed, and convex pieces that touch.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import trimesh
from scipy.spatial.transform import Rotation

from sage.asset import Asset, Collider, Joint, Link, Material, Mesh, Surface, Visual
from sage.assets.materials import Style
from sage.geometry import (
    Array,
    Pose,
    Vec2,
    Vec3,
    box_corners,
    convex_hull,
    face_normals,
    moments_of_volume,
    quat_from_matrix,
)

__all__ = ["Part", "Profile", "Sculpture", "hull_mesh"]

Point = Sequence[float] | Array
Profile = Sequence[tuple[float, float]]
"""Outline of a solid of revolution from bottom to top: (radius, height) [m]."""

_SMOOTH_ANGLE = math.radians(38)
_TEXTURE_M = 0.5
"""Side of a texture that is nobody's pattern."""
_STAGGER = np.array([0.618034, 0.381966])
"""By how much of a repeat each solid is farther on than the one before: no two boards are alike."""
_SECTORS = 12
_SEEN_M, _FELT_M = 0.0003, 0.0015
"""How far what is seen, and what touches, may fall short of a circle."""


def _chamfered(half: Array, cut: float | Array) -> Array:
    """Return the corners of a box with chamfered edges, shape [24, 3], by half its extents."""
    return np.concatenate([box_corners(-s, s) for s in np.where(np.eye(3, dtype=bool), half, half - cut)])


_BOX_FACES = convex_hull(box_corners([-1.0] * 3, [1.0] * 3))[1]
_CHAMFERED_FACES = convex_hull(_chamfered(np.ones(3), 0.5))[1]
"""Triangles of boxes: the same however long the sides are."""

_Piece = tuple[Array, Vec3 | None, Pose]
"""Points of a convex piece; extents and pose if it is a box."""


@dataclass
class _Solid:
    vertices: Array
    faces: npt.NDArray[np.int64]
    pieces: list[_Piece]
    material: Material
    fill: float
    visible: bool


@dataclass
class Part:
    """A rigid part under construction. All coordinates are in the asset frame [m]."""

    name: str
    origin: Array
    solids: list[_Solid] = field(default_factory=list)

    def solid(
        self,
        mesh: trimesh.Trimesh,
        material: Material,
        pieces: Sequence[Array],
        fill: float = 1.0,
        visible: bool = True,
    ) -> None:
        """Add a watertight mesh whose touchable shape is the hulls of `pieces`, each [n, 3].

        Args:
            fill: share of the volume that is material; 1 is solid.
            visible: False for a shape that only touches and weighs.
        """
        hulls: list[_Piece] = [(p, None, Pose()) for p in pieces]
        vertices, faces = np.asarray(mesh.vertices), np.asarray(mesh.faces)
        self.solids.append(_Solid(vertices, faces, hulls, material, fill, visible))

    def box(
        self,
        size: Point,
        center: Point,
        material: Material,
        *,
        bevel: float = 0.003,
        rpy: Point = (0.0, 0.0, 0.0),
        fill: float = 1.0,
        collide: bool = True,
        visible: bool = True,
    ) -> None:
        """Add a box with chamfered edges, turned by fixed-axis roll, pitch, yaw [rad]."""
        extents = np.asarray(size, dtype=float)
        x, y, z = (float(value) for value in center)
        pose = Pose(position=(x, y, z))
        if any(rpy):
            turn = Rotation.from_euler("xyz", rpy).as_matrix()
            pose = Pose(position=(x, y, z), orientation=quat_from_matrix(turn))
        half = extents / 2
        corners = pose.apply(box_corners(-half, half))
        vertices, faces = corners, _BOX_FACES
        cut = min(bevel, 0.45 * float(extents.min()))
        if cut > 1e-4 and visible:
            vertices, faces = pose.apply(_chamfered(half, cut)), _CHAMFERED_FACES
        depth, width, height = (float(value) for value in extents)
        pieces: list[_Piece] = [(corners, (depth, width, height), pose)] if collide else []
        self.solids.append(_Solid(vertices, faces, pieces, material, fill, visible))

    def cylinder(
        self,
        radius: float,
        height: float,
        center: Point,
        material: Material,
        *,
        axis: Literal["x", "y", "z"] = "z",
        top_radius: float | None = None,
        fill: float = 1.0,
        collide: bool = True,
    ) -> None:
        """Add a cylinder or cone frustum along an axis, centred at `center`."""
        top = radius if top_radius is None else top_radius
        profile = [(radius, -height / 2), (top, height / 2)]
        mesh = _revolve([(0.0, -height / 2), *profile, (0.0, height / 2)])
        piece = np.concatenate([_ring(r, z, _sides(max(radius, top), _FELT_M)) for r, z in profile])
        turn = {
            "z": np.eye(3),
            "x": np.array([[0.0, 0, 1], [0, 1, 0], [-1, 0, 0]]),
            "y": np.array([[1.0, 0, 0], [0, 0, 1], [0, -1, 0]]),
        }[axis]
        transform = np.eye(4)
        transform[:3, :3], transform[:3, 3] = turn, center
        mesh.apply_transform(transform)
        placed = piece @ turn.T + np.asarray(center, dtype=float)
        self.solid(mesh, material, [placed] if collide else [], fill)

    def lathe(
        self,
        profile: Profile,
        material: Material,
        *,
        center: Point = (0.0, 0.0, 0.0),
        fill: float = 1.0,
        collide: bool = True,
    ) -> None:
        """Add a full solid of revolution about z; each convex stretch of the profile is a piece."""
        mesh = _revolve([(0.0, profile[0][1]), *profile, (0.0, profile[-1][1])])
        mesh.apply_translation(center)
        sides = _sides(max(r for r, _ in profile), _FELT_M)
        pieces = [
            np.concatenate([_ring(r, z, sides) for r, z in run]) + np.asarray(center)
            for run in _convex_runs(profile)
        ]
        self.solid(mesh, material, pieces if collide else [], fill)

    def vessel(
        self,
        profile: Profile,
        wall: float,
        floor: float,
        material: Material,
        *,
        center: Point = (0.0, 0.0, 0.0),
        sectors: int = _SECTORS,
        rings: int = 2,
        fill: float = 1.0,
    ) -> None:
        """Add an open round vessel: `profile` is its outside from the foot to the rim.

        The wall is `wall` thick and the floor `floor` [m]; the cavity is real, in what is seen and
        in what touches: a full disc below and at most `rings` rows of `sectors` convex staves above.
        """
        bottom = profile[0][1] + floor
        rim = profile[-1][1]
        heights = sorted({bottom, rim, *(z for _, z in profile if bottom + 1e-6 < z < rim)})
        outer = [(float(np.interp(z, [q for _, q in profile], [r for r, _ in profile])), z) for z in heights]
        inner = [(max(r - wall, 0.002), z) for r, z in outer]
        outline = [
            (0.0, profile[0][1]),
            *[(r, z) for r, z in profile if z < bottom],
            *outer,
            *reversed(inner),
            (0.0, bottom),
        ]
        mesh = _revolve(outline)
        mesh.apply_translation(center)
        base = [(r, z) for r, z in profile if z < bottom - 1e-9] + [outer[0]]
        sides = _sides(max(r for r, _ in base), _FELT_M)
        pieces = [np.concatenate([_ring(r, z, sides) for r, z in base])]
        angles = np.linspace(0, 2 * math.pi, sectors + 1)
        count = min(rings, len(heights) - 1)
        levels = np.linspace(0, len(heights) - 1, count + 1).round().astype(int)
        for low, high in itertools.pairwise(levels):
            for start, end in itertools.pairwise(angles):
                corners = [
                    (r * math.cos(a), r * math.sin(a), z)
                    for index in (low, high)
                    for r, z in (outer[index], inner[index])
                    for a in (start, end)
                ]
                pieces.append(np.array(corners))
        self.solid(mesh, material, [p + np.asarray(center) for p in pieces], fill)

    def bar(
        self,
        start: Point,
        end: Point,
        thickness: float,
        material: Material,
        *,
        end_thickness: float | None = None,
        sides: int = 8,
        fill: float = 1.0,
        collide: bool = True,
    ) -> None:
        """Add a straight bar of polygonal section between two points; 4 sides make it square."""
        a, b = np.asarray(start, dtype=float), np.asarray(end, dtype=float)
        along = (b - a) / np.linalg.norm(b - a)
        helper = np.array([1.0, 0, 0]) if abs(along[0]) < 0.9 else np.array([0, 1.0, 0])
        side = np.cross(along, helper)
        side /= np.linalg.norm(side)
        other = np.cross(along, side)
        angles = (np.arange(sides) + 0.5) * 2 * math.pi / sides
        ring = np.cos(angles)[:, None] * side + np.sin(angles)[:, None] * other
        scale = 0.5 / math.cos(math.pi / sides)
        last = thickness if end_thickness is None else end_thickness
        points = np.concatenate([a + ring * thickness * scale, b + ring * last * scale])
        self.solid(hull_mesh(points), material, [points] if collide else [], fill)

    def path(self, points: Sequence[Point], thickness: float, material: Material) -> None:
        """Add a bent bar through points, such as a handle."""
        for start, end in itertools.pairwise(points):
            self.bar(start, end, thickness, material)

    def cushion(
        self, size: Point, center: Point, material: Material, *, bulge: float = 0.5, fill: float = 1.0
    ) -> None:
        """Add a soft-looking block, rounder the larger `bulge` (0..1); it touches as a chamfered box."""
        half = np.asarray(size, dtype=float) / 2
        sphere = trimesh.creation.icosphere(subdivisions=3)
        power = 0.16 + 0.30 * bulge
        points = np.sign(sphere.vertices) * np.abs(sphere.vertices) ** power
        points *= half / np.abs(points).max(axis=0)
        mesh = trimesh.Trimesh(points + np.asarray(center), sphere.faces, process=False)
        # PhysX takes a chamfer of less than a millimetre for flat, and lets things sink by it.
        chamfer = np.maximum(half * 0.25 * bulge, np.minimum(half * 0.25, 0.0015))
        piece = _chamfered(half, chamfer) + np.asarray(center)
        self.solid(mesh, material, [piece], fill)

    def carcass(
        self,
        size: Point,
        center: Point,
        wall: float,
        material: Material,
        *,
        open_side: Literal["front", "top", "none"] = "front",
        back: float = 0.008,
        fill: float = 1.0,
    ) -> None:
        """Add a hollow box of boards, open to the front (+x) or the top."""
        depth, width, height = (float(value) for value in size)
        x, y, z = (float(value) for value in center)
        inner = width - 2 * wall
        sides = depth if open_side != "none" else depth - wall
        shift = 0.0 if open_side != "none" else -wall / 2
        for sign in (-1, 1):
            place = (x + shift, y + sign * (width - wall) / 2, z)
            self.box((sides, wall, height), place, material, bevel=0.002, fill=fill)
        self.box(
            (sides, inner, wall), (x + shift, y, z - (height - wall) / 2), material, bevel=0.0, fill=fill
        )
        tall = height - 2 * wall
        lift = 0.0
        if open_side == "top":
            tall, lift = height - wall, wall / 2
            place = (x + (depth - wall) / 2, y, z + lift)
            self.box((wall, inner, tall), place, material, bevel=0.0, fill=fill)
        else:
            self.box(
                (sides, inner, wall), (x + shift, y, z + (height - wall) / 2), material, bevel=0.0, fill=fill
            )
        if open_side == "none":
            self.box((wall, width, height), (x + (depth - wall) / 2, y, z), material, fill=fill)
        place = (x - (depth - back) / 2, y, z + lift)
        self.box((back, inner, tall), place, material, bevel=0.0, fill=fill)


class Sculpture:
    """An asset under construction: parts, joints and surfaces, all in the asset frame."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self.parts: dict[str, Part] = {}
        self._joints: list[tuple[Joint, Array]] = []
        self._surfaces: list[Surface] = []

    def part(self, name: str = "base") -> Part:
        """Add the root part. Call it once, first."""
        self.parts[name] = Part(name, np.zeros(3))
        return self.parts[name]

    def moving(
        self,
        name: str,
        kind: Literal["revolute", "prismatic"],
        origin: Point,
        axis: Point,
        upper: float,
        *,
        lower: float = 0.0,
        parent: str | None = None,
        damping: float = 0.5,
        friction: float = 0.3,
        opens: Literal["door", "drawer", "lid", "none"] = "none",
    ) -> Part:
        """Add a part that moves against `parent` (the root by default).

        Args:
            origin: a point on the axis, joint at zero.
            axis: direction of opening; a hinge turns right-handed about it.
            upper: position when fully open [rad or m].
            friction: torque or force [N m or N] that a motion must overcome, so that it stays put.
        """
        parent = parent or next(iter(self.parts))
        place = np.asarray(origin, dtype=float)
        relative = place - self.parts[parent].origin
        part = Part(name, place)
        self.parts[name] = part
        unit = np.asarray(axis, dtype=float) / np.linalg.norm(axis)
        joint = Joint(
            name=f"{name}_joint",
            kind=kind,
            parent=parent,
            child=name,
            origin=_triple(relative),
            axis=_triple(unit),
            lower=lower,
            upper=upper,
            damping=damping,
            friction=friction,
            opens=opens,
        )
        self._joints.append((joint, place))
        return part

    def surface(
        self,
        name: str,
        center: Point,
        size: Vec2,
        *,
        placement: Literal["on", "in"] = "on",
        height: float | None = None,
        part: str | None = None,
        joint: str | None = None,
        round: bool = False,
        shelf: bool = False,
        nests: bool = False,
    ) -> None:
        """Add a support surface; `center` is the middle of the patch, at rest height."""
        link = part or next(iter(self.parts))
        local = np.asarray(center, dtype=float) - self.parts[link].origin
        self._surfaces.append(
            Surface(
                name=name,
                link=link,
                placement=placement,
                center=_triple(local),
                size=(round_m(size[0]), round_m(size[1])),
                height=height,
                round=round,
                joint=joint,
                shelf=shelf,
                nests=nests,
            )
        )

    def finish(
        self,
        category: str,
        synset: str,
        *,
        mount: Literal["floor", "surface", "wall", "ceiling"] = "surface",
        has_front: bool = True,
        covering: bool = False,
        grasp_width: float | None = None,
    ) -> Asset:
        """Centre the sculpture on its footprint and return the asset with its id."""
        visible = [s.vertices[s.faces.ravel()] for p in self.parts.values() for s in p.solids if s.visible]
        low = np.min([corners.min(axis=0) for corners in visible], axis=0)
        high = np.max([corners.max(axis=0) for corners in visible], axis=0)
        shift = -np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
        root = next(iter(self.parts))
        links = []
        for part in self.parts.values():
            offset = shift if part.name == root else -part.origin
            links.append(_link(part, offset, covering, self.style.sizes))
        joints = []
        for joint, _ in self._joints:
            origin = np.array(joint.origin) + (shift if joint.parent == root else 0.0)
            joints.append(joint.model_copy(update={"origin": _triple(origin)}))
        surfaces = []
        for surface in self._surfaces:
            center = np.array(surface.center) + (shift if surface.link == root else 0.0)
            surfaces.append(surface.model_copy(update={"center": _triple(center)}))
        size = _triple(high - low)
        used = {name for link in links for visual in link.visuals for name in visual.material.images}
        return Asset(
            category=category,
            synset=synset,
            attributes=dict(self.style.attributes),
            mount=mount,
            has_front=has_front,
            covering=covering,
            size=size,
            grasp_width=round_m(min(size) if grasp_width is None else grasp_width),
            links=tuple(links),
            joints=tuple(joints),
            surfaces=tuple(surfaces),
            textures={name: data for name, data in self.style.textures.items() if name in used},
            provenance="parametric",
            licence="Apache-2.0",
        ).identified()


def round_m(value: float) -> float:
    """Round a length to a nanometre, so that it is written the same everywhere."""
    return round(float(value), 9)


def _triple(values: Array) -> Vec3:
    x, y, z = (round_m(value) for value in values)
    return (x, y, z)


def _sides(radius: float, tolerance: float) -> int:
    """Return how many sides, a multiple of 4, keep a polygon within `tolerance` of its circle [m]."""
    half = math.acos(max(0.0, 1 - tolerance / radius)) if radius > tolerance else math.pi / 4
    return min(max(4 * math.ceil(math.pi / half / 4), 8), 40)


def _ring(radius: float, z: float, sides: int) -> Array:
    angles = np.arange(sides) * 2 * math.pi / sides
    return np.stack([radius * np.cos(angles), radius * np.sin(angles), np.full(sides, z)], axis=1)


def hull_mesh(points: Array) -> trimesh.Trimesh:
    """Return the convex hull of points, facing outwards; several times faster than trimesh's own."""
    vertices, faces = convex_hull(points)
    return trimesh.Trimesh(vertices, faces, process=False)


def _convex_runs(profile: Profile) -> list[list[tuple[float, float]]]:
    """Split a profile where it turns inwards, so that each run sweeps a convex solid."""
    runs = [[profile[0]]]
    for before, here, after in zip(profile, profile[1:], [*profile[2:], None], strict=False):
        runs[-1].append(here)
        if after is None:
            break
        (r0, z0), (r1, z1), (r2, z2) = before, here, after
        if (r1 - r0) * (z2 - z1) - (z1 - z0) * (r2 - r1) < -1e-12:
            runs.append([here])
    return [run for run in runs if run[-1][1] - run[0][1] > 1e-5]


def _revolve(outline: Profile) -> trimesh.Trimesh:
    points = [p for i, p in enumerate(outline) if i == 0 or np.hypot(*np.subtract(p, outline[i - 1])) > 1e-7]
    sections = _sides(max(r for r, _ in points), _SEEN_M)
    mesh = trimesh.creation.revolve(np.array(points), sections=sections)
    mesh.merge_vertices()
    mesh.update_faces(mesh.nondegenerate_faces())
    if mesh.volume < 0:
        mesh.invert()
    return mesh


def _link(part: Part, offset: Array, covering: bool, sizes: Mapping[str, float]) -> Link:
    mass, moment = 0.0, np.zeros(3)
    friction = 0.0
    weighed = []
    for solid in part.solids:
        if not solid.fill:
            continue
        volume, center, tensor = moments_of_volume(solid.vertices, solid.faces)
        density = solid.material.density * solid.fill
        solid_mass, com = abs(volume) * density, center + offset
        weighed.append((solid_mass, com, math.copysign(density, volume) * tensor))
        mass += solid_mass
        moment += solid_mass * com
        friction += solid_mass * solid.material.friction
    com = moment / mass
    inertia = np.zeros((3, 3))
    for solid_mass, place, tensor in weighed:
        arm = place - com
        inertia += tensor + solid_mass * (arm @ arm * np.eye(3) - np.outer(arm, arm))
    by_material: dict[str, list[_Solid]] = {}
    for solid in part.solids:
        if solid.visible:
            by_material.setdefault(solid.material.name, []).append(solid)
    visuals = tuple(
        Visual(
            name=str(index),
            material=solids[0].material,
            mesh=_textured(solids, offset, sizes.get(solids[0].material.texture or "", _TEXTURE_M)),
        )
        for index, solids in enumerate(by_material.values())
    )
    pieces = [] if covering else [piece for solid in part.solids for piece in solid.pieces]
    colliders = tuple(_collider(str(i), piece, offset) for i, piece in enumerate(pieces))
    xx, yy, zz = inertia[0, 0], inertia[1, 1], inertia[2, 2]
    xy, xz, yz = inertia[0, 1], inertia[0, 2], inertia[1, 2]
    return Link(
        name=part.name,
        visuals=visuals,
        colliders=colliders,
        mass=float(f"{mass:.9g}"),
        com=_triple(com),
        inertia=tuple(float(f"{v:.9g}") for v in (xx, yy, zz, xy, xz, yz)),
        friction=round(friction / mass, 3),
    )


def _collider(name: str, piece: _Piece, offset: Array) -> Collider:
    points, box, pose = piece
    moved = pose.model_copy(update={"position": _triple(np.array(pose.position) + offset)})
    corners = np.round(points + offset, 9)
    vertices, faces = (corners, _BOX_FACES) if box else convex_hull(corners)
    return Collider(
        name=name,
        points=vertices,
        faces=faces,
        box=box,
        pose=moved if box else Pose(),
    )


def _corner_normals(points: Array, faces: npt.NDArray[np.int64]) -> Array:
    """Return a unit normal for each corner of each face, shape [m * 3, 3].

    A corner's normal is the mean, by area, of the faces around its vertex that turn from its own by
    less than `_SMOOTH_ANGLE`.
    """
    crosses = face_normals(points, faces)
    units = crosses / np.maximum(np.linalg.norm(crosses, axis=1, keepdims=True), 1e-18)
    order = np.argsort(faces.ravel(), kind="stable")
    counts = np.bincount(faces.ravel(), minlength=len(points))
    starts = np.concatenate([[0], np.cumsum(counts)])[:-1]
    valence = counts[faces.ravel()]
    corner = np.repeat(np.arange(faces.size), valence)
    firsts = np.cumsum(valence) - valence
    step = np.arange(len(corner)) - np.repeat(firsts, valence)
    around = order[starts[faces.ravel()][corner] + step] // 3
    alike = np.einsum("ij,ij->i", units[corner // 3], units[around]) > math.cos(_SMOOTH_ANGLE)
    normals = np.add.reduceat(np.where(alike[:, None], crosses[around], 0.0), firsts)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    # A triangle without area has no normal of its own; nobody sees it, but files want a unit vector.
    return np.where(lengths > 0, normals / np.maximum(lengths, 1e-18), (0.0, 0.0, 1.0))


def _textured(solids: Sequence[_Solid], offset: Array, repeat: float) -> Mesh:
    """Join meshes, shade what is nearly flush as round, and lay a texture of side `repeat` [m] over them.

    The texture lies along whichever axis each face looks, its grain along the solid.
    """
    counts = np.cumsum([0, *(len(solid.vertices) for solid in solids)])
    faces = np.concatenate([solid.faces + n for solid, n in zip(solids, counts[:-1], strict=True)])
    vertices = np.round(np.concatenate([solid.vertices for solid in solids]) + offset, 9)
    solid_of = np.repeat(np.arange(len(solids)), np.diff(counts))
    # Corners that two solids share are kept apart, so that neither shades the other.
    first, index = _alike(np.column_stack([solid_of, vertices]))
    vertices, faces, solid_of = vertices[first], index[faces], solid_of[first]
    normals = _corner_normals(vertices, faces)
    axis = np.abs(face_normals(vertices, faces)).argmax(axis=1)
    keys = np.column_stack([faces.ravel(), np.repeat(axis, 3), np.round(normals * 1e4)])
    first, index = _alike(keys)
    corner = faces.ravel()[first]
    planes = np.stack([_along(solid) for solid in solids])[solid_of[corner], keys[first, 1].astype(np.int64)]
    uv = np.take_along_axis(vertices[corner], planes, axis=1) / repeat + solid_of[corner, None] * _STAGGER
    return Mesh(
        vertices=vertices[corner],
        faces=index.reshape(-1, 3),
        normals=np.round(normals[first], 7),
        uv=np.round(uv, 6),
    )


def _along(solid: _Solid) -> npt.NDArray[np.int64]:
    """Return the axes of u, the longer, and v for faces that look along x, y and z; shape [3, 2]."""
    long = np.argsort(-np.ptp(solid.vertices, axis=0).round(4), kind="stable")
    return np.array([[axis for axis in long if axis != look] for look in range(3)])


def _alike(rows: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the first of each set of equal rows, in sorted order, and for each row the number of its set.

    As `np.unique` along axis 0 does, several times faster.
    """
    order = np.lexsort(rows.T[::-1])
    ordered = rows[order]
    new = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(axis=1)])
    index = np.empty(len(rows), dtype=np.int64)
    index[order] = np.cumsum(new) - 1
    return order[new], index
