"""Reader of USD stages with UsdPhysics, whose layers are checked before the stage is composed.

The transform `metre_from_stage` converts stage units and the up axis to metres and z up; scale is applied to
the shapes. Masses follow UsdPhysics: the mass of the body, else of its colliders, else density times volume,
with a default density of 1000 kg/m3. Bodies connected by joints form one object. Joints that are not modelled
(spherical, with free axes or stiff drives) are held at their positions and reported in the notes.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from pxr import Gf, Tf, Usd, UsdGeom, UsdPhysics, UsdShade

from sage.asset import Collider
from sage.errors import SourceError
from sage.geometry import Array, Pose
from sage.importing import shapes
from sage.importing.architecture import block_of
from sage.importing.foreign import (
    ImportedJoint,
    ImportedObject,
    ImportedPart,
    InfinitePlane,
    SourceScene,
    category_of,
)
from sage.importing.limits import MAX_BODIES, MAX_PIECES, MAX_VERTICES, Source, bounded
from sage.importing.usd.joined import Body, Link, parts_of, tree_from, triple
from sage.importing.usd.layers import refuse_unsafe
from sage.importing.usd.prims import (
    body_of,
    component_of,
    friction_of,
    is_enabled_body,
    is_enabled_collider,
    label_of,
    number,
    own_name,
    round_points,
    triangles,
)
from sage.scene import Block

__all__ = ["read_usd"]

_DENSITY = 1000.0
"""Default density in UsdPhysics [kg/m3]."""
_FRICTION = 0.5
"""Default friction coefficient in PhysX."""
_UNLIMITED = 1e3
"""Range of joints without limits [rad or m]."""
_STIFF = 1e-6
"""Stiffness above which a drive holds its joint."""
_BASE = "base"
_AXES = {"X": (1.0, 0.0, 0.0), "Y": (0.0, 1.0, 0.0), "Z": (0.0, 0.0, 1.0)}


def read_usd(path: Path, root: Path | None = None) -> SourceScene:
    """Read a USD file: .usd, .usda, .usdc or .usdz.

    Args:
        path: USD file.
        root: folder that must contain all layers; by default the folder of the file.

    Raises:
        SourceError: the file is invalid, has no UsdPhysics bodies and colliders, exceeds a limit, or refers
            to a layer outside the root.
    """
    source = Source(root or path.parent)
    source.file(path.name, path.parent)
    try:
        refuse_unsafe(path, source)
        stage = Usd.Stage.Open(str(path), load=Usd.Stage.LoadAll)
        return _Reader(stage).read()
    except (Tf.ErrorException, RuntimeError, ValueError, zipfile.BadZipFile) as error:
        raise SourceError(f"USD cannot read {path.name!r}: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    """Return the informative line of a USD error, without its source location."""
    try:
        text = str(error)
    except UnicodeDecodeError:  # USD quotes the broken bytes
        return "it is not UTF-8 text"
    lines = [line.strip(" '") for line in text.splitlines() if any(map(str.isalpha, line))]
    return lines[0].split(".h : ")[-1].split(".cpp : ")[-1].lstrip("'") if lines else type(error).__name__


class _Reader:
    """Reader of a composed stage."""

    def __init__(self, stage: Usd.Stage) -> None:
        self._stage = stage
        unit = float(UsdGeom.GetStageMetersPerUnit(stage))
        if not 1e-4 <= unit <= 1e3:
            raise SourceError(f"the stage has metersPerUnit = {unit:g}; it must be from 0.0001 to 1000")
        self._unit = unit
        self._kilogram = float(UsdPhysics.GetStageKilogramsPerUnit(stage)) or 1.0
        z_up_from_stage = np.eye(4)
        if UsdGeom.GetStageUpAxis(stage) == UsdGeom.Tokens.y:
            z_up_from_stage[:3, :3] = [[1, 0, 0], [0, 0, -1], [0, 1, 0]]
        self._turn = z_up_from_stage
        self._metre_from_stage = z_up_from_stage @ np.diag([unit, unit, unit, 1.0])
        self._cache = UsdGeom.XformCache()
        self._notes: dict[str, int] = {}
        self._vertices = 0

    def read(self) -> SourceScene:
        """Return the imported scene."""
        bodies: dict[str, list[Usd.Prim]] = {}
        static: list[Usd.Prim] = []
        joints: list[Usd.Prim] = []
        for prim in self._prims():
            if prim.IsA(UsdPhysics.Joint):
                joints.append(prim)
            if prim.HasAPI(UsdPhysics.RigidBodyAPI):
                bodies.setdefault(str(prim.GetPath()), [])
            if prim.HasAPI(UsdPhysics.CollisionAPI) and is_enabled_collider(prim):
                owner = body_of(prim)
                if owner is None:
                    static.append(prim)
                else:
                    bodies.setdefault(str(owner.GetPath()), []).append(prim)
        if not bodies and not static:
            raise SourceError("the stage has no UsdPhysics body and no collider: there is nothing to judge")
        bounded("bodies", len(bodies), MAX_BODIES)
        bounded("colliders", len(static) + sum(map(len, bodies.values())), MAX_PIECES)
        blocks: list[Block] = []
        planes: list[InfinitePlane] = []
        objects = self._static(static, blocks, planes)
        rigid = {name: self._body(name, colliders) for name, colliders in bodies.items()}
        objects += self._objects(rigid, joints, blocks)
        notes = tuple(f"{count} {text}" for text, count in self._notes.items())
        return SourceScene("USD", tuple(objects), tuple(blocks), tuple(planes), notes=notes)

    def _prims(self) -> Iterator[Usd.Prim]:
        predicate = Usd.TraverseInstanceProxies(Usd.PrimDefaultPredicate)
        for prim in Usd.PrimRange(self._stage.GetPseudoRoot(), predicate):
            if prim.IsA(UsdGeom.PointInstancer):
                self._note("point instancers are not imported")
            yield prim

    def _note(self, text: str) -> None:
        self._notes[text] = self._notes.get(text, 0) + 1

    def _matrix(self, prim: Usd.Prim) -> Array:
        """Return the affine `world_from_prim`, from stage units to metres, shape [4, 4]."""
        matrix = np.array(self._cache.GetLocalToWorldTransform(prim)).T
        if not np.isfinite(matrix).all():
            raise SourceError(
                f"{prim.GetPath()} has a transform with values that are not numbers; correct the file"
            )
        world: Array = self._metre_from_stage @ matrix
        return world

    def _frame(self, prim: Usd.Prim) -> Pose:
        """Return the rigid `world_from_prim` of a prim frame that is z up, whatever the stage's up axis."""
        matrix = self._matrix(prim) @ np.linalg.inv(self._metre_from_stage)
        return _rigid(matrix)

    def _pieces(self, prim: Usd.Prim, movable: bool) -> tuple[Collider, ...]:
        """Return a collider as convex pieces in the world frame."""
        matrix, name = self._matrix(prim), prim.GetName()
        if prim.IsA(UsdGeom.Cube):
            size = float(UsdGeom.Cube(prim).GetSizeAttr().Get())
            return (shapes.box(matrix, (size, size, size), name),)
        if prim.IsA(UsdGeom.Mesh):
            return self._mesh(UsdGeom.Mesh(prim), matrix, movable)
        points = round_points(prim)
        if points is None:
            self._note(f"colliders of type {prim.GetTypeName() or 'none'} are not imported")
            return ()
        return (shapes.hull(points @ matrix[:3, :3].T + matrix[:3, 3], name),)

    def _mesh(self, mesh: UsdGeom.Mesh, matrix: Array, movable: bool) -> tuple[Collider, ...]:
        prim = mesh.GetPrim()
        points = np.array(mesh.GetPointsAttr().Get() or [], dtype=float).reshape(-1, 3)
        self._vertices += len(points)
        bounded("mesh vertices", self._vertices, MAX_VERTICES)
        world = points @ matrix[:3, :3].T + matrix[:3, 3]
        tokens = UsdPhysics.Tokens
        kind = tokens.none
        if prim.HasAPI(UsdPhysics.MeshCollisionAPI):
            kind = UsdPhysics.MeshCollisionAPI(prim).GetApproximationAttr().Get()
        if kind == tokens.boundingCube:
            low, high = points.min(axis=0), points.max(axis=0)
            middle = np.eye(4)
            middle[:3, 3] = (low + high) / 2
            return (shapes.box(matrix @ middle, high - low, prim.GetName()),)
        if kind == tokens.boundingSphere:
            centre = (points.min(axis=0) + points.max(axis=0)) / 2
            radius = float(np.linalg.norm(points - centre, axis=1).max())
            ball = centre + shapes.capsule(radius, 0.0)
            return (shapes.hull(ball @ matrix[:3, :3].T + matrix[:3, 3], prim.GetName()),)
        if kind == tokens.convexHull or (kind in (tokens.none, tokens.meshSimplification) and movable):
            return (shapes.hull(world, prim.GetName()),)
        return shapes.decomposed(world, triangles(mesh, len(points)), prim.GetName())

    def _static(
        self, prims: list[Usd.Prim], blocks: list[Block], planes: list[InfinitePlane]
    ) -> list[ImportedObject]:
        """Return static colliders as fixed objects, one per component; append structure to the lists."""
        groups: dict[str, list[Collider]] = {}
        for prim in prims:
            if prim.IsA(UsdGeom.Plane):
                planes.append(self._plane(prim))
                continue
            for piece in self._pieces(prim, movable=False):
                block = block_of(label_of(prim) or own_name(prim), piece)
                if block:
                    blocks.append(block.model_copy(update={"name": f"{prim.GetName()}_{len(blocks)}"}))
                else:
                    groups.setdefault(component_of(prim), []).append(piece)
        return [
            ImportedObject(
                name.rsplit("/", 1)[-1],
                category_of(label_of(self._stage.GetPrimAtPath(name)) or name),
                Pose(),
                (ImportedPart("root", tuple(pieces), 1.0, np.zeros(3), np.eye(3)),),
                fixed=True,
            )
            for name, pieces in groups.items()
        ]

    def _plane(self, prim: Usd.Prim) -> InfinitePlane:
        matrix = self._matrix(prim)
        axis = _AXES[str(UsdGeom.Plane(prim).GetAxisAttr().Get())]
        return InfinitePlane(prim.GetName(), matrix[:3, 3], matrix[:3, :3] @ np.array(axis))

    def _body(self, path: str, prims: list[Usd.Prim]) -> Body:
        prim = self._stage.GetPrimAtPath(path)
        movable = is_enabled_body(prim)
        pieces = {str(p.GetPath()): self._pieces(p, movable) for p in prims}
        frame = self._frame(prim)
        mass, com, inertia = self._mass_properties(prim, frame, prims, pieces)
        frictions = [value for p in prims if (value := friction_of(p)) is not None]
        return Body(
            prim, frame, tuple(piece for group in pieces.values() for piece in group), mass, com, inertia,
            friction=float(np.mean(frictions)) if frictions else _FRICTION,
        )  # fmt: skip

    def _mass_properties(
        self, prim: Usd.Prim, frame: Pose, prims: list[Usd.Prim], pieces: dict[str, tuple[Collider, ...]]
    ) -> tuple[float, Array, Array]:
        """Return the mass properties of a body in the world frame, by the rules of UsdPhysics.

        Args:
            prim: body.
            frame: `world_from_body`.
            prims: its colliders.
            pieces: convex pieces of each collider, by prim path.

        Returns:
            Mass [kg], centre of mass [m], shape [3], and inertia tensor about it [kg m2], shape [3, 3].
        """
        parts = []
        whole = UsdPhysics.MassAPI(prim)
        for collider in prims:
            shape = pieces[str(collider.GetPath())]
            if not shape:
                continue
            volume, centre, tensor = shapes.volume_properties(shape)
            own = UsdPhysics.MassAPI(collider)
            mass = self._kilogram * number(own.GetMassAttr())
            if mass <= 0 or collider == prim:
                mass = volume * self._density(collider, own, whole)
            parts.append(ImportedPart("", (), mass, centre, tensor * (mass / max(volume, 1e-12))))
        stated = self._kilogram * number(whole.GetMassAttr())
        if not parts:
            parts = [ImportedPart("", (), 1.0, np.array(frame.position), np.eye(3) * 1e-3)]
        sum_ = shapes.merged(tuple(parts))
        mass, com = sum_.mass, sum_.com
        inertia = sum_.inertia
        if stated > 0:
            inertia, mass = inertia * (stated / mass), stated
        centre = whole.GetCenterOfMassAttr().Get()
        if whole and centre is not None and np.isfinite(np.array(centre)).all():
            matrix = self._matrix(prim)
            com = matrix[:3, :3] @ np.array(centre) + matrix[:3, 3]
        return mass, com, self._stated_inertia(whole, prim, inertia)

    def _density(self, collider: Usd.Prim, own: Any, whole: Any) -> float:
        """Return the density of a collider: its own, its body's, its material's, or the default [kg/m3]."""
        scale = self._kilogram / self._unit**3
        material = UsdShade.MaterialBindingAPI(collider).ComputeBoundMaterial("physics")[0]
        stated = [number(own.GetDensityAttr()), number(whole.GetDensityAttr())]
        if material and material.GetPrim().HasAPI(UsdPhysics.MaterialAPI):
            stated.append(number(UsdPhysics.MaterialAPI(material).GetDensityAttr()))
        return next((value * scale for value in stated if value > 0), _DENSITY)

    def _stated_inertia(self, whole: Any, prim: Usd.Prim, computed: Array) -> Array:
        """Return the inertia tensor that a body states, in world axes [kg m2], else the computed one."""
        moments = whole.GetDiagonalInertiaAttr().Get() if whole else None
        if moments is None or not np.any(np.array(moments)):
            return computed
        axes = whole.GetPrincipalAxesAttr().Get()
        body_from_principal = np.eye(3)
        if axes is not None and axes.GetLength() > 0.5:
            body_from_principal = np.array(Gf.Matrix3d(Gf.Rotation(Gf.Quatd(axes.GetNormalized())))).T
        world_from_principal = _rotation(self._matrix(prim)[:3, :3]) @ body_from_principal
        scaled = np.diag(np.array(moments, dtype=float)) * self._kilogram * self._unit**2
        tensor: Array = world_from_principal @ scaled @ world_from_principal.T
        return tensor

    def _objects(
        self, bodies: dict[str, Body], joints: list[Usd.Prim], blocks: list[Block]
    ) -> list[ImportedObject]:
        """Return one object per set of connected bodies; append parts of the building to `blocks`."""
        links, anchored = self._links(bodies, joints)
        neighbours: dict[str, list[Link]] = {name: [] for name in bodies}
        for link in links:
            neighbours[link.parent].append(link)
            neighbours[link.child].append(link)
        static = anchored | {name for name, body in bodies.items() if not is_enabled_body(body.prim)}
        children = {link.child for link in links}
        objects: list[ImportedObject] = []
        done: set[str] = set()
        loops = len(links)
        for start in sorted(bodies, key=lambda name: (name not in static, name in children)):
            if start in done:
                continue
            tree = tree_from(start, neighbours, done)
            loops -= len(tree)
            fixed = not static.isdisjoint([start, *tree])
            item = _object(bodies[start], parts_of(start, tree, bodies), fixed)
            structure = _as_blocks(item) if item.fixed and not tree else None
            if structure:
                blocks += structure
            else:
                objects.append(item)
        if loops:
            self._notes["joints that close loops are not modelled"] = loops
        return [item for item in objects if any(part.colliders for part in item.parts)]

    def _links(self, bodies: dict[str, Body], joints: list[Usd.Prim]) -> tuple[list[Link], set[str]]:
        """Return the connections of bodies by joints, and the bodies that joints attach to the world."""
        links, anchored = [], set()
        for prim in joints:
            schema = UsdPhysics.Joint(prim)
            if not schema.GetJointEnabledAttr().Get():
                continue
            ends = [self._end(schema.GetBody0Rel(), bodies), self._end(schema.GetBody1Rel(), bodies)]
            if ends[0] == ends[1]:
                continue
            if None in ends:
                name = ends[0] or ends[1]
                assert name is not None
                anchored.add(name)
                if not prim.IsA(UsdPhysics.FixedJoint):
                    self._note("joints to the world are held at their positions")
                continue
            first, second = ends
            assert first is not None and second is not None
            links.append(Link(first, second, self._joint(prim, bodies[first], bodies[second])))
        return links, anchored

    def _end(self, relation: Usd.Relationship, bodies: dict[str, Body]) -> str | None:
        """Return the path of the body that a joint's relationship targets, or that contains the target."""
        targets = relation.GetTargets()
        prim = self._stage.GetPrimAtPath(targets[0]) if targets else None
        while prim and not prim.IsPseudoRoot():
            if str(prim.GetPath()) in bodies:
                return str(prim.GetPath())
            prim = prim.GetParent()
        return None

    def _joint(self, prim: Usd.Prim, first: Body, second: Body) -> ImportedJoint | None:
        """Return a joint in the world frame, or None for a joint that is fixed or not modelled."""
        if prim.IsA(UsdPhysics.FixedJoint):
            return None
        kinds = {"PhysicsRevoluteJoint": "angular", "PhysicsPrismaticJoint": "linear"}
        motion = kinds.get(prim.GetTypeName())
        drive = UsdPhysics.DriveAPI.Get(prim, motion) if motion else None
        if motion is None or (drive and number(drive.GetStiffnessAttr()) > _STIFF):
            self._note("joints have drives, or are not modelled; they are held at their positions")
            return None
        revolute = motion == "angular"
        schema = (UsdPhysics.RevoluteJoint if revolute else UsdPhysics.PrismaticJoint)(prim)
        scale = math.pi / 180 if revolute else self._unit
        axis = np.array(_AXES[str(schema.GetAxisAttr().Get())])
        frames = [self._joint_frame(schema, first.prim, 0), self._joint_frame(schema, second.prim, 1)]
        lower, upper = (number(a) * scale for a in (schema.GetLowerLimitAttr(), schema.GetUpperLimitAttr()))
        if not (math.isfinite(lower) and math.isfinite(upper)):
            lower, upper = -_UNLIMITED, _UNLIMITED
        damping = number(drive.GetDampingAttr()) if drive else 0.0
        friction = prim.GetAttribute("newton:friction")
        return ImportedJoint(
            kind="revolute" if revolute else "prismatic",
            anchor=triple(frames[0][:3, 3]),
            axis=triple(frames[0][:3, :3] @ axis),
            lower=lower,
            upper=upper,
            damping=max(damping / scale, 0.0) if revolute else max(damping, 0.0),
            friction=number(friction) if friction else 0.0,
            position=_position(frames, axis, revolute),
        )

    def _joint_frame(self, schema: Any, body: Usd.Prim, side: int) -> Array:
        """Return the rigid `world_from_joint` of one side, 0 or 1, in metres, shape [4, 4]."""
        position = (schema.GetLocalPos0Attr if side == 0 else schema.GetLocalPos1Attr)().Get()
        rotation = (schema.GetLocalRot0Attr if side == 0 else schema.GetLocalRot1Attr)().Get()
        matrix = self._matrix(body)
        frame = np.eye(4)
        local = np.array(Gf.Matrix3d(Gf.Rotation(Gf.Quatd(rotation.GetNormalized())))).T
        frame[:3, :3] = _rotation(matrix[:3, :3]) @ local
        frame[:3, 3] = matrix[:3, :3] @ np.array(position) + matrix[:3, 3]
        return frame


def _object(root: Body, parts: tuple[ImportedPart, ...], fixed: bool) -> ImportedObject:
    """Return the object of a root body, with the parts of all connected bodies."""
    top = _object_prim(root.prim, len(parts))
    category = category_of(label_of(top) or top.GetName())
    return ImportedObject(top.GetDisplayName() or top.GetName(), category, root.pose, parts, fixed)


def _object_prim(prim: Usd.Prim, bodies: int) -> Usd.Prim:
    """Return the component that contains a body, if it has this number of bodies, else the body's prim."""
    above = prim
    while above and not above.IsPseudoRoot():
        model = Usd.ModelAPI(above)
        if model.GetKind() in ("component", "subcomponent"):
            inside = [p for p in Usd.PrimRange(above) if p.HasAPI(UsdPhysics.RigidBodyAPI)]
            return above if len(inside) == bodies else prim
        above = above.GetParent()
    return prim


def _as_blocks(thing: ImportedObject) -> list[Block] | None:
    """Return the building blocks of a fixed object, or None if it is not part of the building."""
    pieces = [shapes.transformed(piece, thing.pose) for part in thing.parts for piece in part.colliders]
    blocks = [block_of(thing.id, piece, by_shape=False) for piece in pieces]
    if not blocks or not all(blocks):
        return None
    return [b.model_copy(update={"name": f"{thing.id}_{index}"}) for index, b in enumerate(blocks) if b]


def _position(frames: list[Array], axis: Array, revolute: bool) -> float:
    """Return the position of a joint [rad or m], from the frames `world_from_joint` of its two sides."""
    between = np.linalg.inv(frames[0]) @ frames[1]
    if not revolute:
        return float(between[:3, 3] @ axis)
    skew = np.array(
        [between[2, 1] - between[1, 2], between[0, 2] - between[2, 0], between[1, 0] - between[0, 1]]
    )
    return math.atan2(float(skew @ axis), float(np.trace(between[:3, :3]) - 1.0))


def _rotation(matrix: Array) -> Array:
    """Return the rotation nearest to a 3x3 matrix, without its scale and mirroring."""
    left, _, right = np.linalg.svd(matrix)
    rotation: Array = left @ right
    return rotation if np.linalg.det(rotation) > 0 else -rotation


def _rigid(matrix: Array) -> Pose:
    """Return the pose of an affine transform, shape [4, 4], without its scale."""
    frame = np.eye(4)
    frame[:3, :3] = _rotation(matrix[:3, :3])
    frame[:3, 3] = matrix[:3, 3]
    return Pose.from_matrix(frame)
