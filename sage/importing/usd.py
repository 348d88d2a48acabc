"""Reads a USD stage with UsdPhysics. Its layers are looked through before the stage is composed.

Metres and z up are reached by one change of frame, `metre_from_stage`, applied to both sides of
every transform; scale goes into the shapes. Masses follow UsdPhysics: the mass of the body, else
of its colliders, else density times volume, with 1000 kg/m3 where no density is given. Bodies
joined by joints are one object. Joints that sage has no word for (spherical, free axes, stiff drives)
are held where they are, and told.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from pxr import Gf, Sdf, Tf, Usd, UsdGeom, UsdPhysics, UsdSemantics, UsdShade

from sage.asset import Collider
from sage.errors import SourceError
from sage.geometry import Array, Pose
from sage.importing import shapes
from sage.importing.architecture import block_of
from sage.importing.foreign import Found, Hinge, Part, Plane, Thing, category_of
from sage.importing.limits import MAX_BODIES, MAX_PIECES, MAX_VERTICES, Source, bounded
from sage.scene import Block

__all__ = ["read_usd"]

_DENSITY = 1000.0
"""What UsdPhysics gives to shapes of which nothing is said [kg/m3]."""
_FRICTION = 0.5
"""What PhysX gives to shapes of which nothing is said."""
_ENDLESS = 1e3
_STIFF = 1e-6
_MAX_LAYERS = 5_000
_BASE = "base"
_SUFFIXES = (".usd", ".usda", ".usdc", ".usdz")
_AXES = {"X": (1.0, 0.0, 0.0), "Y": (0.0, 1.0, 0.0), "Z": (0.0, 0.0, 1.0)}


def read_usd(path: Path, root: Path | None = None) -> Found:
    """Read a USD file: .usd, .usda, .usdc or .usdz.

    Args:
        root: the folder below which its layers must lie; by default the file's own.

    Raises:
        SourceError: it is broken, has no physics, or asks for something outside the folder or too large.
    """
    source = Source(root or path.parent)
    source.file(path.name, path.parent)
    try:
        _inspect(path, source)
        stage = Usd.Stage.Open(str(path), load=Usd.Stage.LoadAll)
        return _Reader(stage).found()
    except (Tf.ErrorException, RuntimeError, ValueError, zipfile.BadZipFile) as error:
        raise SourceError(f"USD cannot read {path.name!r}: {_first_line(error)}") from error


def _first_line(error: Exception) -> str:
    """Return the line of an error that says something, without the place in USD's source."""
    try:
        text = str(error)
    except UnicodeDecodeError:  # USD quotes the broken bytes
        return "it is no text in UTF-8"
    lines = [line.strip(" '") for line in text.splitlines() if any(map(str.isalpha, line))]
    return lines[0].split(".h : ")[-1].split(".cpp : ")[-1].lstrip("'") if lines else type(error).__name__


def _inspect(path: Path, source: Source) -> None:
    """Refuse layers outside the folder, on the network or too many, before anything is composed."""
    waiting, seen = [path.resolve()], set()
    while waiting:
        current = waiting.pop()
        if current in seen:
            continue
        seen.add(current)
        bounded("layers", len(seen), _MAX_LAYERS)
        if current.suffix.lower() == ".usdz":
            _inspect_package(current)
            continue
        if current.suffix.lower() not in _SUFFIXES:
            raise SourceError(f"the scene refers to {current.name!r}, which is no USD layer")
        layer = Sdf.Layer.OpenAsAnonymous(str(current))
        _refuse_clips(layer, current.name)
        for reference in layer.GetCompositionAssetDependencies():
            name, arguments = Sdf.Layer.SplitIdentifier(reference)
            if arguments:
                raise SourceError(
                    f"{current.name!r} refers to {reference!r} with arguments; they are not taken"
                )
            if name.split("[")[0]:
                waiting.append(source.file(name.split("[")[0], current.parent))


def _refuse_clips(layer: Sdf.Layer, name: str) -> None:
    """Refuse value clips: they name further layers out of sight."""

    def look(path: Sdf.Path) -> None:
        spec = layer.GetPrimAtPath(path) if path.IsPrimPath() else None
        if spec and spec.HasInfo("clips"):
            raise SourceError(f"{name!r} has value clips at {path}; they are not read")

    layer.Traverse(Sdf.Path.absoluteRootPath, look)


def _inspect_package(path: Path) -> None:
    """Refuse a package that reaches outside itself or unpacks to more than it is."""
    with zipfile.ZipFile(path) as package:
        for entry in package.infolist():
            if entry.compress_type != zipfile.ZIP_STORED:
                raise SourceError(
                    f"{path.name!r} holds {entry.filename!r} compressed; USDZ does not allow it"
                )
            if entry.filename.startswith("/") or ".." in Path(entry.filename).parts:
                raise SourceError(f"{path.name!r} holds {entry.filename!r}, outside the package")
        for name in package.namelist():
            if Path(name).suffix.lower() in (".usd", ".usda", ".usdc"):
                layer = Sdf.Layer.OpenAsAnonymous(f"{path}[{name}]")
                _refuse_clips(layer, name)
                for reference in layer.GetCompositionAssetDependencies():
                    if "://" in reference or reference.startswith("/") or ".." in Path(reference).parts:
                        raise SourceError(f"{path.name!r} refers to {reference!r}, outside the package")


@dataclass(frozen=True, eq=False)
class _Body:
    """A rigid body with its frame and colliders, in the world [m]."""

    prim: Usd.Prim
    pose: Pose
    """`world_from_body`"""
    colliders: tuple[Collider, ...]
    """In the world."""
    mass: float
    com: Array
    inertia: Array
    """Both in the world."""
    friction: float


class _Reader:
    """Goes through a composed stage."""

    def __init__(self, stage: Usd.Stage) -> None:
        self._stage = stage
        unit = float(UsdGeom.GetStageMetersPerUnit(stage))
        if not 1e-4 <= unit <= 1e3:
            raise SourceError(f"the stage has metersPerUnit = {unit:g}; 0.0001 to 1000 are taken")
        self._unit = unit
        self._kilogram = float(UsdPhysics.GetStageKilogramsPerUnit(stage)) or 1.0
        turn = np.eye(4)
        if UsdGeom.GetStageUpAxis(stage) == UsdGeom.Tokens.y:
            turn[:3, :3] = [[1, 0, 0], [0, 0, -1], [0, 1, 0]]
        self._turn = turn
        self._metre_from_stage = turn @ np.diag([unit, unit, unit, 1.0])
        self._cache = UsdGeom.XformCache()
        self._notes: dict[str, int] = {}
        self._vertices = 0

    def found(self) -> Found:
        """Return everything that bears on judging the stage."""
        bodies: dict[str, list[Usd.Prim]] = {}
        static: list[Usd.Prim] = []
        joints: list[Usd.Prim] = []
        for prim in self._prims():
            if prim.IsA(UsdPhysics.Joint):
                joints.append(prim)
            if prim.HasAPI(UsdPhysics.RigidBodyAPI):
                bodies.setdefault(str(prim.GetPath()), [])
            if prim.HasAPI(UsdPhysics.CollisionAPI) and _enabled(prim):
                owner = _owner(prim)
                if owner is None:
                    static.append(prim)
                else:
                    bodies.setdefault(str(owner.GetPath()), []).append(prim)
        if not bodies and not static:
            raise SourceError("the stage has no UsdPhysics body and no collider: it cannot be judged")
        bounded("bodies", len(bodies), MAX_BODIES)
        bounded("colliders", len(static) + sum(map(len, bodies.values())), MAX_PIECES)
        blocks: list[Block] = []
        planes: list[Plane] = []
        things = self._static(static, blocks, planes)
        made = {name: self._body(name, pieces) for name, pieces in bodies.items()}
        things += self._objects(made, joints, blocks)
        notes = tuple(f"{count} {text}" for text, count in self._notes.items())
        return Found("USD", tuple(things), tuple(blocks), tuple(planes), notes=notes)

    def _prims(self) -> Iterator[Usd.Prim]:
        predicate = Usd.TraverseInstanceProxies(Usd.PrimDefaultPredicate)
        for prim in Usd.PrimRange(self._stage.GetPseudoRoot(), predicate):
            if prim.IsA(UsdGeom.PointInstancer):
                self._note("point instancers are not read")
            yield prim

    def _note(self, text: str) -> None:
        self._notes[text] = self._notes.get(text, 0) + 1

    def _matrix(self, prim: Usd.Prim) -> Array:
        """Return the affine 4x4 `world_from_prim`, of local lengths in stage units to metres."""
        matrix = np.array(self._cache.GetLocalToWorldTransform(prim)).T
        if not np.isfinite(matrix).all():
            raise SourceError(f"{prim.GetPath()} is placed by values that are not numbers; mend the file")
        world: Array = self._metre_from_stage @ matrix
        return world

    def _frame(self, prim: Usd.Prim) -> Pose:
        """Return `world_from_prim` as a pose, z up at the identity whatever the stage's up axis."""
        matrix = self._matrix(prim) @ np.linalg.inv(self._metre_from_stage)
        return _rigid(matrix)

    def _pieces(self, prim: Usd.Prim, movable: bool) -> tuple[Collider, ...]:
        """Return a collider as convex pieces in the world."""
        matrix, name = self._matrix(prim), prim.GetName()
        if prim.IsA(UsdGeom.Cube):
            size = float(UsdGeom.Cube(prim).GetSizeAttr().Get())
            return (shapes.box(matrix, (size, size, size), name),)
        if prim.IsA(UsdGeom.Mesh):
            return self._mesh(UsdGeom.Mesh(prim), matrix, movable)
        points = _round(prim)
        if points is None:
            self._note(f"colliders of type {prim.GetTypeName() or 'none'} are not read")
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
        return shapes.decomposed(world, _triangles(mesh, len(points)), prim.GetName())

    def _static(self, prims: list[Usd.Prim], blocks: list[Block], planes: list[Plane]) -> list[Thing]:
        """Sort colliders without a body: building, or objects that are fixed, one a component."""
        groups: dict[str, list[Collider]] = {}
        for prim in prims:
            if prim.IsA(UsdGeom.Plane):
                planes.append(self._plane(prim))
                continue
            for piece in self._pieces(prim, movable=False):
                block = block_of(_label(prim) or _own_name(prim), piece)
                if block:
                    blocks.append(block.model_copy(update={"name": f"{prim.GetName()}_{len(blocks)}"}))
                else:
                    groups.setdefault(_component(prim), []).append(piece)
        return [
            Thing(
                name.rsplit("/", 1)[-1],
                category_of(_label(self._stage.GetPrimAtPath(name)) or name),
                Pose(),
                (Part("root", tuple(pieces), 1.0, np.zeros(3), np.eye(3)),),
                fixed=True,
            )
            for name, pieces in groups.items()
        ]

    def _plane(self, prim: Usd.Prim) -> Plane:
        matrix = self._matrix(prim)
        axis = _AXES[str(UsdGeom.Plane(prim).GetAxisAttr().Get())]
        return Plane(prim.GetName(), matrix[:3, 3], matrix[:3, :3] @ np.array(axis))

    def _body(self, path: str, prims: list[Usd.Prim]) -> _Body:
        prim = self._stage.GetPrimAtPath(path)
        movable = _is_enabled_body(prim)
        pieces = {str(p.GetPath()): self._pieces(p, movable) for p in prims}
        frame = self._frame(prim)
        mass, com, inertia = self._weight(prim, frame, prims, pieces)
        grips = [grip for p in prims if (grip := _friction(p)) is not None]
        return _Body(
            prim, frame, tuple(piece for group in pieces.values() for piece in group), mass, com, inertia,
            friction=float(np.mean(grips)) if grips else _FRICTION,
        )  # fmt: skip

    def _weight(
        self, prim: Usd.Prim, frame: Pose, prims: list[Usd.Prim], pieces: dict[str, tuple[Collider, ...]]
    ) -> tuple[float, Array, Array]:
        """Return mass [kg], centre [m] and inertia about it [kg m2] in the world, as UsdPhysics defines."""
        parts = []
        whole = UsdPhysics.MassAPI(prim)
        for collider in prims:
            shape = pieces[str(collider.GetPath())]
            if not shape:
                continue
            volume, centre, tensor = shapes.weighed(shape)
            own = UsdPhysics.MassAPI(collider)
            mass = self._kilogram * _number(own.GetMassAttr())
            if mass <= 0 or collider == prim:
                mass = volume * self._density(collider, own, whole)
            parts.append(Part("", (), mass, centre, tensor * (mass / max(volume, 1e-12))))
        stated = self._kilogram * _number(whole.GetMassAttr())
        if not parts:
            parts = [Part("", (), 1.0, np.array(frame.position), np.eye(3) * 1e-3)]
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
        """Return what holds for a collider: its own density, its body's, its material's, water's."""
        scale = self._kilogram / self._unit**3
        material = UsdShade.MaterialBindingAPI(collider).ComputeBoundMaterial("physics")[0]
        stated = [_number(own.GetDensityAttr()), _number(whole.GetDensityAttr())]
        if material and material.GetPrim().HasAPI(UsdPhysics.MaterialAPI):
            stated.append(_number(UsdPhysics.MaterialAPI(material).GetDensityAttr()))
        return next((value * scale for value in stated if value > 0), _DENSITY)

    def _stated_inertia(self, whole: Any, prim: Usd.Prim, computed: Array) -> Array:
        moments = whole.GetDiagonalInertiaAttr().Get() if whole else None
        if moments is None or not np.any(np.array(moments)):
            return computed
        axes = whole.GetPrincipalAxesAttr().Get()
        turn = np.eye(3)
        if axes is not None and axes.GetLength() > 0.5:
            turn = np.array(Gf.Matrix3d(Gf.Rotation(Gf.Quatd(axes.GetNormalized())))).T
        world = _rotation(self._matrix(prim)[:3, :3]) @ turn
        scaled = np.diag(np.array(moments, dtype=float)) * self._kilogram * self._unit**2
        tensor: Array = world @ scaled @ world.T
        return tensor

    def _objects(self, bodies: dict[str, _Body], joints: list[Usd.Prim], blocks: list[Block]) -> list[Thing]:
        """Join bodies by their joints and make each tree of them an object."""
        links, anchored = self._links(bodies, joints)
        neighbours: dict[str, list[_Link]] = {name: [] for name in bodies}
        for link in links:
            neighbours[link.parent].append(link)
            neighbours[link.child].append(link)
        still = anchored | {name for name, body in bodies.items() if not _is_enabled_body(body.prim)}
        children = {link.child for link in links}
        things: list[Thing] = []
        done: set[str] = set()
        open_ends = len(links)
        for start in sorted(bodies, key=lambda name: (name not in still, name in children)):
            if start in done:
                continue
            tree = _tree(start, neighbours, done)
            open_ends -= len(tree)
            thing = self._thing(start, tree, bodies, fixed=not still.isdisjoint([start, *tree]))
            walls = _as_blocks(thing) if thing.fixed and not tree else None
            if walls:
                blocks += walls
            else:
                things.append(thing)
        if open_ends:
            self._notes["joints that close loops are not modelled"] = open_ends
        return [thing for thing in things if any(part.colliders for part in thing.parts)]

    def _links(self, bodies: dict[str, _Body], joints: list[Usd.Prim]) -> tuple[list[_Link], set[str]]:
        """Return the joints between bodies, and the bodies that a joint fixes to the world."""
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
                    self._note("joints to the world are held where they are")
                continue
            first, second = ends
            assert first is not None and second is not None
            links.append(_Link(first, second, self._hinge(prim, bodies[first], bodies[second])))
        return links, anchored

    def _end(self, relation: Usd.Relationship, bodies: dict[str, _Body]) -> str | None:
        """Return the body that a joint's relation names: the prim or the body that it is part of."""
        targets = relation.GetTargets()
        prim = self._stage.GetPrimAtPath(targets[0]) if targets else None
        while prim and not prim.IsPseudoRoot():
            if str(prim.GetPath()) in bodies:
                return str(prim.GetPath())
            prim = prim.GetParent()
        return None

    def _hinge(self, prim: Usd.Prim, first: _Body, second: _Body) -> Hinge | None:
        """Return a joint in the world as it stands, or None if it holds its bodies together."""
        if prim.IsA(UsdPhysics.FixedJoint):
            return None
        kinds = {"PhysicsRevoluteJoint": "angular", "PhysicsPrismaticJoint": "linear"}
        motion = kinds.get(prim.GetTypeName())
        drive = UsdPhysics.DriveAPI.Get(prim, motion) if motion else None
        if motion is None or (drive and _number(drive.GetStiffnessAttr()) > _STIFF):
            self._note("joints are driven or of a kind that is not modelled: held where they are")
            return None
        turns = motion == "angular"
        schema = (UsdPhysics.RevoluteJoint if turns else UsdPhysics.PrismaticJoint)(prim)
        scale = math.pi / 180 if turns else self._unit
        axis = np.array(_AXES[str(schema.GetAxisAttr().Get())])
        frames = [self._joint_frame(schema, first.prim, 0), self._joint_frame(schema, second.prim, 1)]
        lower, upper = (_number(a) * scale for a in (schema.GetLowerLimitAttr(), schema.GetUpperLimitAttr()))
        if not (math.isfinite(lower) and math.isfinite(upper)):
            lower, upper = -_ENDLESS, _ENDLESS
        damping = _number(drive.GetDampingAttr()) if drive else 0.0
        friction = prim.GetAttribute("newton:friction")
        return Hinge(
            kind="revolute" if turns else "prismatic",
            anchor=_triple(frames[0][:3, 3]),
            axis=_triple(frames[0][:3, :3] @ axis),
            lower=lower,
            upper=upper,
            damping=max(damping / scale, 0.0) if turns else max(damping, 0.0),
            friction=_number(friction) if friction else 0.0,
            position=_position(frames, axis, turns),
        )

    def _joint_frame(self, schema: Any, body: Usd.Prim, side: int) -> Array:
        """Return `world_from_joint`, rigid, of one side."""
        position = (schema.GetLocalPos0Attr if side == 0 else schema.GetLocalPos1Attr)().Get()
        turn = (schema.GetLocalRot0Attr if side == 0 else schema.GetLocalRot1Attr)().Get()
        matrix = self._matrix(body)
        frame = np.eye(4)
        local = np.array(Gf.Matrix3d(Gf.Rotation(Gf.Quatd(turn.GetNormalized())))).T
        frame[:3, :3] = _rotation(matrix[:3, :3]) @ local
        frame[:3, 3] = matrix[:3, :3] @ np.array(position) + matrix[:3, 3]
        return frame

    def _thing(self, start: str, tree: dict[str, _Link], bodies: dict[str, _Body], fixed: bool) -> Thing:
        """Make an object of bodies: those held together become one part, in the root's frame."""
        world_from_root = bodies[start].pose
        root_from_world = world_from_root.inverse()
        owner, to_zero = {start: start}, {start: Pose()}
        hinges: dict[str, tuple[str, Hinge]] = {}
        for name, link in tree.items():
            parent = link.parent if link.child == name else link.child
            hinge = link.hinge if link.hinge is None or link.child == name else _reversed(link.hinge)
            if hinge is None:
                owner[name], to_zero[name] = owner[parent], to_zero[parent]
                continue
            owner[name] = name
            to_zero[name] = to_zero[parent] @ _motion(hinge, -hinge.position)
            placed = root_from_world @ to_zero[parent]
            anchor, axis = _triple(placed.apply(hinge.anchor)), _turned(placed, hinge.axis)
            hinges[name] = (owner[parent], replace(hinge, anchor=anchor, axis=axis))
        parts = []
        for name in dict.fromkeys(owner.values()):
            members = [n for n, o in owner.items() if o == name]
            welded = tuple(self._part(bodies[n], root_from_world @ to_zero[n], n) for n in members)
            above, motion = hinges.get(name, (None, None))
            parts.append(replace(shapes.merged(welded), name=name, parent=above, hinge=motion))
        top = self._object_prim(bodies[start].prim, len(owner))
        return Thing(
            top.GetDisplayName() or top.GetName(),
            category_of(_label(top) or top.GetName()),
            world_from_root,
            tuple(_renamed(parts)),
            fixed=fixed,
        )

    @staticmethod
    def _object_prim(prim: Usd.Prim, bodies: int) -> Usd.Prim:
        """Return the prim that stands for an object: its component, if that holds this body alone."""
        above = prim
        while above and not above.IsPseudoRoot():
            model = Usd.ModelAPI(above)
            if model.GetKind() in ("component", "subcomponent"):
                inside = [p for p in Usd.PrimRange(above) if p.HasAPI(UsdPhysics.RigidBodyAPI)]
                return above if len(inside) == bodies else prim
            above = above.GetParent()
        return prim

    @staticmethod
    def _part(body: _Body, root_from_world: Pose, name: str) -> Part:
        turn = root_from_world.matrix[:3, :3]
        return Part(
            name=name,
            colliders=tuple(shapes.moved(piece, root_from_world) for piece in body.colliders),
            mass=body.mass,
            com=root_from_world.apply(body.com),
            inertia=turn @ body.inertia @ turn.T,
            friction=body.friction,
        )


@dataclass(frozen=True)
class _Link:
    """Two bodies and what joins them, in the world; None holds them together."""

    parent: str
    child: str
    hinge: Hinge | None


def _tree(start: str, neighbours: dict[str, list[_Link]], done: set[str]) -> dict[str, _Link]:
    """Return what is joined to a body, each with the joint by which it was reached, nearest first."""
    found: dict[str, _Link] = {}
    done.add(start)
    waiting = [start]
    while waiting:
        here = waiting.pop(0)
        for link in neighbours[here]:
            other = link.child if link.parent == here else link.parent
            if other not in done:
                done.add(other)
                found[other] = link
                waiting.append(other)
    return found


def _as_blocks(thing: Thing) -> list[Block] | None:
    """Return a fixed body that is part of the building as its blocks."""
    pieces = [shapes.moved(piece, thing.pose) for part in thing.parts for piece in part.colliders]
    blocks = [block_of(thing.id, piece, by_shape=False) for piece in pieces]
    if not blocks or not all(blocks):
        return None
    return [b.model_copy(update={"name": f"{thing.id}_{index}"}) for index, b in enumerate(blocks) if b]


def _renamed(parts: list[Part]) -> list[Part]:
    """Return parts under short names: a path is no name."""
    names = {part.name: "root" if i == 0 else f"link_{i}" for i, part in enumerate(parts)}
    return [replace(p, name=names[p.name], parent=names.get(p.parent or "")) for p in parts]


def _reversed(hinge: Hinge) -> Hinge:
    """Return a joint as its parent moves against its child."""
    x, y, z = hinge.axis
    return replace(hinge, axis=(-x, -y, -z))


def _motion(hinge: Hinge, amount: float) -> Pose:
    """Return the rigid motion of the world that moves a joint by an amount [rad or m]."""
    axis, anchor = np.array(hinge.axis), np.array(hinge.anchor)
    if hinge.kind == "prismatic":
        return Pose(position=_triple(axis * amount))
    x, y, z = (float(value) for value in math.sin(amount / 2) * axis)
    turn = Pose(orientation=(math.cos(amount / 2), x, y, z))
    return turn.model_copy(update={"position": _triple(anchor - turn.apply(anchor))})


def _position(frames: list[Array], axis: Array, turns: bool) -> float:
    """Return where a joint stands, from the frames of its two sides."""
    between = np.linalg.inv(frames[0]) @ frames[1]
    if not turns:
        return float(between[:3, 3] @ axis)
    skew = np.array(
        [between[2, 1] - between[1, 2], between[0, 2] - between[2, 0], between[1, 0] - between[0, 1]]
    )
    return math.atan2(float(skew @ axis), float(np.trace(between[:3, :3]) - 1.0))


def _turned(pose: Pose, axis: tuple[float, float, float]) -> tuple[float, float, float]:
    return _triple(pose.matrix[:3, :3] @ np.array(axis))


def _rotation(matrix: Array) -> Array:
    """Return the rotation of a 3x3 matrix, without its scale and mirroring."""
    left, _, right = np.linalg.svd(matrix)
    turn: Array = left @ right
    return turn if np.linalg.det(turn) > 0 else -turn


def _rigid(matrix: Array) -> Pose:
    frame = np.eye(4)
    frame[:3, :3] = _rotation(matrix[:3, :3])
    frame[:3, 3] = matrix[:3, 3]
    return Pose.from_matrix(frame)


def _round(prim: Usd.Prim) -> Array | None:
    """Return points of a sphere, capsule, cylinder or cone in its own frame, or None."""
    if prim.IsA(UsdGeom.Sphere):
        return shapes.capsule(float(UsdGeom.Sphere(prim).GetRadiusAttr().Get()), 0.0)
    makers = {"Capsule": shapes.capsule, "Cylinder": shapes.cylinder, "Cone": shapes.cone}
    kind = str(prim.GetTypeName())
    if kind not in makers:
        return None
    schema = getattr(UsdGeom, kind)(prim)
    points = makers[kind](float(schema.GetRadiusAttr().Get()), float(schema.GetHeightAttr().Get()) / 2)
    order = {"X": [2, 0, 1], "Y": [1, 2, 0], "Z": [0, 1, 2]}[str(schema.GetAxisAttr().Get())]
    return points[:, order]


def _triangles(mesh: UsdGeom.Mesh, count: int) -> shapes.Faces:
    """Return a mesh's faces as fans of triangles, shape [m, 3]."""
    sizes = list(mesh.GetFaceVertexCountsAttr().Get() or [])
    corners = list(mesh.GetFaceVertexIndicesAttr().Get() or [])
    if sum(sizes) != len(corners) or any(not 0 <= corner < count for corner in corners):
        raise SourceError(f"the faces of {mesh.GetPath()} name points that it does not have")
    triangles, start = [], 0
    for size in sizes:
        ring = corners[start : start + size]
        triangles += [(ring[0], ring[i], ring[i + 1]) for i in range(1, size - 1)]
        start += size
    return np.array(triangles, dtype=np.int64).reshape(-1, 3)


def _enabled(prim: Usd.Prim) -> bool:
    return bool(UsdPhysics.CollisionAPI(prim).GetCollisionEnabledAttr().Get())


def _is_enabled_body(prim: Usd.Prim) -> bool:
    """Tell whether a body moves by itself: enabled and not kinematic."""
    body = UsdPhysics.RigidBodyAPI(prim)
    return bool(body.GetRigidBodyEnabledAttr().Get()) and not body.GetKinematicEnabledAttr().Get()


def _owner(prim: Usd.Prim) -> Usd.Prim | None:
    """Return the rigid body that a collider belongs to: the nearest above."""
    while prim and not prim.IsPseudoRoot():
        if prim.HasAPI(UsdPhysics.RigidBodyAPI):
            return prim
        prim = prim.GetParent()
    return None


def _component(prim: Usd.Prim) -> str:
    """Return the path of the component that a static collider belongs to, else its own."""
    above = prim
    while above and not above.IsPseudoRoot():
        if Usd.ModelAPI(above).GetKind() == "component":
            return str(above.GetPath())
        above = above.GetParent()
    return str(prim.GetPath())


def _own_name(prim: Usd.Prim) -> str:
    """Return a prim's name, or its parent's if the prim is all that the parent holds."""
    parent = prim.GetParent()
    alone = parent and not parent.IsPseudoRoot() and len(parent.GetChildren()) == 1
    return str(parent.GetName() if alone else prim.GetName())


def _label(prim: Usd.Prim) -> str:
    """Return a prim's first semantic label, or nothing."""
    for taxonomy in ("category", "class"):
        if prim and prim.HasAPI(UsdSemantics.LabelsAPI, taxonomy):
            labels = UsdSemantics.LabelsAPI(prim, taxonomy).GetLabelsAttr().Get()
            if labels:
                return str(labels[0])
    return ""


def _friction(prim: Usd.Prim) -> float | None:
    material = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial("physics")[0]
    if not material or not material.GetPrim().HasAPI(UsdPhysics.MaterialAPI):
        return None
    return _number(UsdPhysics.MaterialAPI(material).GetStaticFrictionAttr())


def _number(attribute: Usd.Attribute) -> float:
    """Return an attribute's value, 0 if it has none."""
    value = attribute.Get() if attribute else None
    return float(value) if value is not None else 0.0


def _triple(values: Array) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return (x, y, z)
