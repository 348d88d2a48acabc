"""Construction of assets from solids: meshes, convex colliders, masses and inertias.

A family describes its object in one frame: x forward, y left, z up, joints closed. `AssetBuilder` converts
all geometry to link frames, puts the origin of the asset frame at the centre of the footprint, and computes
masses, centres of mass and inertias from volumes and densities.

A solid has a watertight mesh, which is rendered and gives its mass, and convex pieces for collisions.
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

__all__ = ["AssetBuilder", "Part", "Profile", "hull_mesh"]

Point = Sequence[float] | Array
"""Three coordinates (x, y, z) [m]."""
Profile = Sequence[tuple[float, float]]
"""Outline of a solid of revolution from bottom to top: (radius, z) [m]."""

_SMOOTH_ANGLE = math.radians(38)
"""Faces that meet at a smaller angle are shaded smoothly [rad]."""
_TEXTURE_M = 0.5
"""Side of one texture repeat for materials without a pattern [m]."""
_STAGGER = np.array([0.618034, 0.381966])
"""Shift of the texture from one solid to the next (u, v) [repeats], so that no two boards look the same."""
_SECTORS = 12
"""Number of convex pieces around a vessel."""
_VISUAL_TOLERANCE_M, _COLLISION_TOLERANCE_M = 0.0003, 0.0015
"""Largest distance between a circle and its polygon, in meshes and in colliders [m]."""


def _chamfered(half: Array, cut: float | Array) -> Array:
    """Return the corners of a box with chamfered edges [m], shape [24, 3].

    Args:
        half: half extents of the box [m], shape [3].
        cut: width of the chamfer along each axis [m].
    """
    return np.concatenate([box_corners(-s, s) for s in np.where(np.eye(3, dtype=bool), half, half - cut)])


_BOX_FACES = convex_hull(box_corners([-1.0] * 3, [1.0] * 3))[1]
_CHAMFERED_FACES = convex_hull(_chamfered(np.ones(3), 0.5))[1]
"""Vertex indices of the triangles of plain and chamfered boxes, which do not depend on the size."""

_Piece = tuple[Array, Vec3 | None, Pose]
"""Convex piece: corners [m], shape [n, 3]; if it is a box, its extents [m] and its pose, else None and the
identity."""


@dataclass
class _Solid:
    vertices: Array
    """Mesh vertices [m], shape [n, 3]."""
    faces: npt.NDArray[np.int64]
    """Vertex indices of the triangles, shape [m, 3]."""
    pieces: list[_Piece]
    """Colliders."""
    material: Material
    fill: float
    """Share of the volume that is material, 0..1; 0 has no mass."""
    visible: bool


@dataclass
class Part:
    """A rigid part under construction.

    All coordinates are in the asset frame with joints closed [m]. In every method, `material` sets
    appearance, density and friction, and `fill` is the share of the volume that is material, 0..1 (0 for no
    mass). `collide=False` adds no collider, and `visible=False` adds a collider and mass without a visual.
    """

    name: str
    """Name of the link."""
    origin: Array
    """Origin of the link frame [m], shape [3]."""
    solids: list[_Solid] = field(default_factory=list)

    def solid(
        self,
        mesh: trimesh.Trimesh,
        material: Material,
        pieces: Sequence[Array],
        fill: float = 1.0,
        visible: bool = True,
    ) -> None:
        """Add a watertight mesh with convex colliders.

        Args:
            mesh: watertight triangle mesh [m].
            material: material of the solid.
            pieces: corners of each convex collider [m], shape [n, 3]; colliders are their hulls.
            fill: share of the volume that is material, 0..1.
            visible: False for a solid that only has mass and colliders.
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
        """Add a box with chamfered edges; its collider is the box without chamfers.

        Args:
            size: extents along x, y, z before rotation [m].
            center: centre of the box [m].
            material: material of the box.
            bevel: width of the chamfers [m].
            rpy: rotation about the fixed axes x, y, z (roll, pitch, yaw) [rad].
            fill: share of the volume that is material, 0..1.
            collide: whether to add a collider.
            visible: whether to show it.
        """
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
        """Add a cylinder or a cone frustum.

        Args:
            radius: radius at the end on the negative side of the axis [m].
            height: length along the axis [m].
            center: midpoint of the axis [m].
            material: material of the cylinder.
            axis: axis of the asset frame.
            top_radius: radius at the other end [m]; None for `radius`.
            fill: share of the volume that is material, 0..1.
            collide: whether to add a collider.
        """
        top = radius if top_radius is None else top_radius
        profile = [(radius, -height / 2), (top, height / 2)]
        mesh = _revolve([(0.0, -height / 2), *profile, (0.0, height / 2)])
        piece = np.concatenate(
            [_ring(r, z, _sides(max(radius, top), _COLLISION_TOLERANCE_M)) for r, z in profile]
        )
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
        """Add a solid of revolution about the vertical through `center`.

        Args:
            profile: outline from bottom to top; each convex section becomes one collider.
            material: material of the solid.
            center: origin of the profile [m].
            fill: share of the volume that is material, 0..1.
            collide: whether to add colliders.
        """
        mesh = _revolve([(0.0, profile[0][1]), *profile, (0.0, profile[-1][1])])
        mesh.apply_translation(center)
        sides = _sides(max(r for r, _ in profile), _COLLISION_TOLERANCE_M)
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
        """Add an open round vessel, hollow in the mesh and in the colliders.

        Its colliders are a disc for the floor and, above, up to `rings` rows of `sectors` convex pieces.

        Args:
            profile: outer outline from the foot to the rim.
            wall: thickness of the wall [m].
            floor: thickness of the floor [m].
            material: material of the vessel.
            center: origin of the profile [m].
            sectors: number of convex pieces around the wall.
            rings: largest number of convex pieces along the height of the wall.
            fill: share of the volume that is material, 0..1.
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
        sides = _sides(max(r for r, _ in base), _COLLISION_TOLERANCE_M)
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
        """Add a straight bar with a regular polygon as cross section.

        Args:
            start: centre of one end [m].
            end: centre of the other end [m].
            thickness: distance between opposite sides of the polygon at `start` [m].
            material: material of the bar.
            end_thickness: the same at `end` [m]; None for `thickness`.
            sides: number of sides of the cross section; 4 for a square bar.
            fill: share of the volume that is material, 0..1.
            collide: whether to add a collider.
        """
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
        """Add a bent bar through points, such as a handle.

        Args:
            points: two or more points [m].
            thickness: thickness of the bar [m].
            material: material of the bar.
        """
        for start, end in itertools.pairwise(points):
            self.bar(start, end, thickness, material)

    def cushion(
        self, size: Point, center: Point, material: Material, *, bulge: float = 0.5, fill: float = 1.0
    ) -> None:
        """Add a block with a rounded, soft-looking shape; its collider is a chamfered box.

        Args:
            size: extents along x, y, z [m].
            center: centre of the block [m].
            material: material of the block.
            bulge: roundness, from 0 (box) to 1.
            fill: share of the volume that is material, 0..1.
        """
        half = np.asarray(size, dtype=float) / 2
        sphere = trimesh.creation.icosphere(subdivisions=3)
        power = 0.16 + 0.30 * bulge
        points = np.sign(sphere.vertices) * np.abs(sphere.vertices) ** power
        points *= half / np.abs(points).max(axis=0)
        mesh = trimesh.Trimesh(points + np.asarray(center), sphere.faces, process=False)
        # PhysX treats a chamfer below 1 mm as flat, and objects then sink into the block by that much.
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
        """Add a hollow box of boards, such as the case of a cabinet.

        Args:
            size: outer extents along x, y, z [m].
            center: centre of the box [m].
            material: material of the boards.
            wall: thickness of the boards [m].
            open_side: side without a board: the front (+x), the top, or none.
            back: thickness of the back board [m].
            fill: share of the boards' volume that is material, 0..1.
        """
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


class AssetBuilder:
    """An asset under construction: parts, joints and support surfaces.

    All coordinates are in one frame: x forward, y left, z up, joints closed [m]. Its origin may lie anywhere;
    `finish` moves it to the centre of the footprint.

    Args:
        style: chooses the materials and holds the random generator.
    """

    def __init__(self, style: Style) -> None:
        self.style = style
        self.parts: dict[str, Part] = {}
        self._joints: list[tuple[Joint, Array]] = []
        self._surfaces: list[Surface] = []

    def part(self, name: str = "base") -> Part:
        """Add the root part. Call this once, before `moving`."""
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
        """Add a part on a joint.

        Args:
            name: name of the part; the joint is called `{name}_joint`.
            kind: type of joint.
            origin: a point on the joint axis, at joint position 0 [m].
            axis: joint axis: the direction of sliding, or the right-handed axis of rotation.
            upper: position when fully open [rad or m].
            lower: lower limit [rad or m].
            parent: name of the part that carries it; None for the root.
            damping: viscous damping [N m s/rad or N s/m].
            friction: torque or force that a motion must overcome, which holds the joint in place [N m or N].
            opens: what the joint opens, if anything.
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
        """Add a support surface.

        Args:
            name: name of the surface.
            center: centre of the surface, at the height where objects rest [m].
            size: depth along x and width along y [m].
            placement: `in` for the floor of a cavity, `on` for a free top.
            height: free height above the surface [m]; None if it is unlimited.
            part: name of the part that carries it; None for the root.
            joint: name of the joint that must be open to reach the surface; None if it is always accessible.
            round: whether the surface is the ellipse within `size`.
            shelf: whether it is an open board, whose objects are both on and in the asset.
            nests: whether another asset of the same model can be stacked here, as bowls are.
        """
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
        """Return the finished asset, with its origin at the centre of the footprint.

        Args:
            category: category of the asset.
            synset: WordNet synset of the asset.
            mount: what the asset is placed on or attached to.
            has_front: whether the asset has a distinct front, which faces +x.
            covering: whether it is a thin cover, which gets no colliders.
            grasp_width: gripper opening needed to grasp it [m]; None for the smallest side.
        """
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
    """Round a length [m] to a nanometre, so that files are identical on all platforms."""
    return round(float(value), 9)


def _triple(values: Array) -> Vec3:
    x, y, z = (round_m(value) for value in values)
    return (x, y, z)


def _sides(radius: float, tolerance: float) -> int:
    """Return the number of sides, a multiple of 4, of a polygon within `tolerance` [m] of its circle."""
    half = math.acos(max(0.0, 1 - tolerance / radius)) if radius > tolerance else math.pi / 4
    return min(max(4 * math.ceil(math.pi / half / 4), 8), 40)


def _ring(radius: float, z: float, sides: int) -> Array:
    """Return points on a horizontal circle about the z axis [m], shape [sides, 3]."""
    angles = np.arange(sides) * 2 * math.pi / sides
    return np.stack([radius * np.cos(angles), radius * np.sin(angles), np.full(sides, z)], axis=1)


def hull_mesh(points: Array) -> trimesh.Trimesh:
    """Return the convex hull of points with outward faces; several times faster than `trimesh.convex`.

    Args:
        points: at least four points that are not coplanar [m], shape [n, 3].
    """
    vertices, faces = convex_hull(points)
    return trimesh.Trimesh(vertices, faces, process=False)


def _convex_runs(profile: Profile) -> list[list[tuple[float, float]]]:
    """Split a profile at its concave corners, so that each section sweeps a convex solid."""
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
    """Return the solid of revolution of an outline about z."""
    points = [p for i, p in enumerate(outline) if i == 0 or np.hypot(*np.subtract(p, outline[i - 1])) > 1e-7]
    sections = _sides(max(r for r, _ in points), _VISUAL_TOLERANCE_M)
    mesh = trimesh.creation.revolve(np.array(points), sections=sections)
    mesh.merge_vertices()
    mesh.update_faces(mesh.nondegenerate_faces())
    if mesh.volume < 0:
        mesh.invert()
    return mesh


def _link(part: Part, offset: Array, covering: bool, sizes: Mapping[str, float]) -> Link:
    """Return the finished link of a part.

    Args:
        part: part under construction.
        offset: translation into the link frame [m], shape [3].
        covering: True for a link without colliders.
        sizes: side of one texture repeat [m], by texture file.
    """
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

    The normal is the area-weighted mean over the faces at the corner's vertex whose normals differ from that
    of its own face by less than `_SMOOTH_ANGLE`.

    Args:
        points: vertices, shape [n, 3].
        faces: vertex indices, shape [m, 3].
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
    smooth = np.einsum("ij,ij->i", units[corner // 3], units[around]) > math.cos(_SMOOTH_ANGLE)
    normals = np.add.reduceat(np.where(smooth[:, None], crosses[around], 0.0), firsts)
    lengths = np.linalg.norm(normals, axis=1, keepdims=True)
    # A degenerate triangle has no normal and is invisible, but the file formats require a unit vector.
    return np.where(lengths > 0, normals / np.maximum(lengths, 1e-18), (0.0, 0.0, 1.0))


def _textured(solids: Sequence[_Solid], offset: Array, repeat: float) -> Mesh:
    """Join meshes into one with smooth normals and texture coordinates.

    Each face is mapped along the axis closest to its normal (box mapping), with u, the direction of the
    grain, along the longer side of its solid.

    Args:
        solids: solids of one material.
        offset: translation of the vertices [m], shape [3].
        repeat: side of one texture repeat [m].
    """
    counts = np.cumsum([0, *(len(solid.vertices) for solid in solids)])
    faces = np.concatenate([solid.faces + n for solid, n in zip(solids, counts[:-1], strict=True)])
    vertices = np.round(np.concatenate([solid.vertices for solid in solids]) + offset, 9)
    solid_of = np.repeat(np.arange(len(solids)), np.diff(counts))
    # Vertices are merged within a solid only, so that normals are not smoothed across solids.
    first, index = _unique_rows(np.column_stack([solid_of, vertices]))
    vertices, faces, solid_of = vertices[first], index[faces], solid_of[first]
    normals = _corner_normals(vertices, faces)
    axis = np.abs(face_normals(vertices, faces)).argmax(axis=1)
    keys = np.column_stack([faces.ravel(), np.repeat(axis, 3), np.round(normals * 1e4)])
    first, index = _unique_rows(keys)
    corner = faces.ravel()[first]
    planes = np.stack([_uv_axes(solid) for solid in solids])[
        solid_of[corner], keys[first, 1].astype(np.int64)
    ]
    uv = np.take_along_axis(vertices[corner], planes, axis=1) / repeat + solid_of[corner, None] * _STAGGER
    return Mesh(
        vertices=vertices[corner],
        faces=index.reshape(-1, 3),
        normals=np.round(normals[first], 7),
        uv=np.round(uv, 6),
    )


def _uv_axes(solid: _Solid) -> npt.NDArray[np.int64]:
    """Return the axes of u (the longer side) and v for faces normal to x, y and z, shape [3, 2]."""
    by_length = np.argsort(-np.ptp(solid.vertices, axis=0).round(4), kind="stable")
    return np.array([[axis for axis in by_length if axis != normal] for normal in range(3)])


def _unique_rows(rows: Array) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the indices of the unique rows and, for each row, its position among them.

    Equivalent to `np.unique` along axis 0 with `return_index` and `return_inverse`, but several times faster.
    """
    order = np.lexsort(rows.T[::-1])
    ordered = rows[order]
    new = np.concatenate([[True], (ordered[1:] != ordered[:-1]).any(axis=1)])
    index = np.empty(len(rows), dtype=np.int64)
    index[order] = np.cumsum(new) - 1
    return order[new], index
