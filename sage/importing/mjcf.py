"""MJCF importer, which compiles the model with MuJoCo.

The imported state is keyframe 0 if there is one, else the initial state. Mesh geoms are replaced by their
convex hulls, as in MuJoCo. Joints that are not modelled (ball joints, several joints of one body, joints with
springs or actuators) are held at their positions and reported in the notes.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np

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
from sage.importing.limits import MAX_BODIES, MAX_COUNT, MAX_PIECES, MAX_VERTICES, Source, bounded
from sage.scene import Block

__all__ = ["read_mjcf"]

_FILE_ATTRIBUTES = re.compile(r"^(file|content_type|vertex.*|file(right|left|up|down|front|back))$")
_REFUSED_ELEMENTS = {
    "extension": "plugins are never run",
    "plugin": "plugins are never run",
    "flex": "soft bodies are not supported",
    "flexcomp": "soft bodies are not supported",
    "model": "models attached from other files are not read",
    "attach": "models attached from other files are not read",
}
"""Reason why an element is refused, by tag."""
_MAX_PIXELS = 8_192
"""Largest width and height of a texture [px]."""
_MAX_ARENA = 2**31
"""Largest memory of the simulation [bytes]."""
_MAX_DEPTH = 32
"""Largest nesting depth of included files."""
_UNITS = {"K": 2**10, "M": 2**20, "G": 2**30, "T": 2**40, "P": 2**50, "E": 2**60}
_UNLIMITED = {"revolute": 1e3, "prismatic": 1e3}
"""Range of joints without limits [rad or m]."""
_BASE = "base"
"""Name of the static root of an object whose top-level body has a joint."""


def read_mjcf(path: Path, root: Path | None = None) -> SourceScene:
    """Read an MJCF file.

    Args:
        path: MJCF file.
        root: folder that must contain all files; by default the folder of the file.

    Raises:
        SourceError: the file is invalid, exceeds a limit, refers to a file outside the root, or uses a
            feature that is refused, such as plugins.
    """
    import mujoco

    source = Source(root or path.parent)
    _check_file(source.file(path.name, path.parent), source)
    warnings: list[str] = []
    previous_handler = mujoco.get_mju_user_warning()
    # By default, MuJoCo writes warnings to standard error and to a file in the current folder.
    mujoco.set_mju_user_warning(warnings.append)
    try:
        model = mujoco.MjModel.from_xml_path(str(path))
        _check_size(model)
        scene = _Reader(model).read()
        return replace(scene, notes=(*scene.notes, *(f"MuJoCo warns: {text}" for text in warnings)))
    except (ValueError, mujoco.FatalError, mujoco.UnexpectedError) as error:
        raise SourceError(f"MuJoCo cannot read {path.name!r}: {error}") from error
    finally:
        mujoco.set_mju_user_warning(previous_handler)


def _check_file(path: Path, source: Source) -> None:
    """Refuse unsafe and unsupported elements before MuJoCo compiles the file."""
    elements = list(_elements(path, path.parent, source, 0))
    folders = {"meshdir": ".", "texturedir": "."}
    for element, _ in elements:
        if element.tag == "compiler":
            for key in folders:
                folders[key] = element.get(key, element.get("assetdir", folders[key]))
    for element, _ in elements:
        if element.tag in _REFUSED_ELEMENTS:
            raise SourceError(
                f"{path.name!r} has <{element.tag}>: {_REFUSED_ELEMENTS[element.tag]}; remove it"
            )
        _check_numbers(element)
        kind = "texturedir" if element.tag == "texture" else "meshdir"
        for key, value in element.attrib.items():
            if _FILE_ATTRIBUTES.match(key) and key != "content_type" and not key.startswith("vertex"):
                base = path.parent if element.tag == "include" else path.parent / folders[kind]
                source.file(value, base)
    bounded("copies", max((copies for _, copies in elements), default=1), MAX_COUNT)


def _elements(path: Path, main: Path, source: Source, depth: int) -> Iterator[tuple[ET.Element, int]]:
    """Yield the elements of a file and of its includes, each with its number of copies.

    Args:
        path: file to read.
        main: folder of the main file, to which include paths are relative, as in MuJoCo.
        source: files that the scene may read.
        depth: nesting depth of includes.
    """
    if depth > _MAX_DEPTH:
        raise SourceError(f"{path.name!r} includes files more than {_MAX_DEPTH} levels deep")
    data = path.read_bytes()
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise SourceError(f"{path.name!r} declares XML entities, which are not expanded; remove them")
    try:
        top = ET.fromstring(data)
    except ET.ParseError as error:
        raise SourceError(f"{path.name!r} is not well-formed XML: {error}") from error
    if depth == 0 and top.tag != "mujoco":
        raise SourceError(f"{path.name!r} is not an MJCF file: its root element is <{top.tag}>, not <mujoco>")
    stack = [(top, 1)]
    while stack:
        element, copies = stack.pop()
        copies *= _copies(element)
        yield element, copies
        if element.tag == "include":
            included = source.file(element.get("file", ""), main)
            yield from _elements(included, main, source, depth + 1)
        stack += [(child, copies) for child in element]


def _copies(element: ET.Element) -> int:
    """Return the number of copies that an element makes of its children."""
    if element.tag not in ("replicate", "composite"):
        return 1
    try:
        return math.prod(max(1, int(number)) for number in element.get("count", "1").split())
    except ValueError:
        raise SourceError(
            f"<{element.tag}> has count={element.get('count')!r}, which is not a list of integers"
        ) from None


def _check_numbers(element: ET.Element) -> None:
    """Refuse attributes that are not a number or exceed a limit."""
    for key, value in element.attrib.items():
        words = value.lower().split()
        if key not in ("name", "file", "class") and any(word in ("nan", "-nan", "+nan") for word in words):
            raise SourceError(f"<{element.tag}> has {key}={value!r}, which is not a number")
    if element.tag == "texture":
        for key in ("width", "height"):
            if float(element.get(key, "0")) > _MAX_PIXELS:
                raise SourceError(f"a texture has {key} {element.get(key)}; the limit is {_MAX_PIXELS} px")
    if element.tag == "size":
        memory = element.get("memory", "-1")
        unit = _UNITS.get(memory[-1:].upper(), 1)
        number = memory[:-1] if unit > 1 else memory
        if not re.fullmatch(r"-?\d+", number) or int(number) * unit > _MAX_ARENA:
            raise SourceError(f"<size> requests memory={memory!r}; the limit is 2G")
        for key, value in element.attrib.items():
            if key != "memory" and re.fullmatch(r"\d+", value) and int(value) > MAX_VERTICES:
                raise SourceError(f"<size> requests {key}={value!r}; the limit is {MAX_VERTICES}")


def _check_size(model: Any) -> None:
    """Refuse a compiled model that exceeds a limit or contains values that are not finite."""
    bounded("bodies", int(model.nbody), MAX_BODIES)
    bounded("geoms", int(model.ngeom), MAX_PIECES)
    bounded("mesh vertices", int(model.nmeshvert), MAX_VERTICES)
    for name in ("body_pos", "body_quat", "body_mass", "body_inertia", "geom_size", "geom_pos", "mesh_vert",
                 "jnt_range", "qpos0", "key_qpos"):  # fmt: skip
        if not np.isfinite(getattr(model, name)).all():
            raise SourceError(f"{name} contains a value that is not a finite number; correct the file")


class _Reader:
    """Reader of a compiled model, with joints at zero and free bodies at their poses."""

    def __init__(self, model: Any) -> None:
        import mujoco

        self._model = model
        self._types = mujoco.mjtJoint
        self._geoms = mujoco.mjtGeom
        self._actuated_joints = self._find_actuated_joints(mujoco)
        self._articulated = {body for body in range(1, model.nbody) if self._is_articulated(body)}
        self._qpos = np.array(model.key_qpos[0] if model.nkey else model.qpos0)
        data = mujoco.MjData(model)
        data.qpos[:] = self._qpos
        for body in self._articulated:
            data.qpos[model.jnt_qposadr[model.body_jntadr[body]]] = 0.0
        mujoco.mj_kinematics(model, data)
        self._data = data

    def _find_actuated_joints(self, mujoco: Any) -> set[int]:
        model = self._model
        on_joint = (int(mujoco.mjtTrn.mjTRN_JOINT), int(mujoco.mjtTrn.mjTRN_JOINTINPARENT))
        return {
            int(model.actuator_trnid[index, 0])
            for index in range(model.nu)
            if int(model.actuator_trntype[index]) in on_joint
        }

    def _is_articulated(self, body: int) -> bool:
        """Return whether the only joint of a body is a hinge or slide joint without spring and actuator."""
        model = self._model
        if model.body_jntnum[body] != 1:
            return False
        joint = int(model.body_jntadr[body])
        kinds = (int(self._types.mjJNT_HINGE), int(self._types.mjJNT_SLIDE))
        sprung = float(np.ravel(model.jnt_stiffness[joint])[0]) > 0
        return int(model.jnt_type[joint]) in kinds and not sprung and joint not in self._actuated_joints

    def _is_free(self, body: int) -> bool:
        model = self._model
        first = int(model.body_jntadr[body])
        return first >= 0 and int(model.jnt_type[first]) == int(self._types.mjJNT_FREE)

    def read(self) -> SourceScene:
        """Return the imported scene."""
        model = self._model
        blocks: list[Block] = []
        planes: list[InfinitePlane] = []
        objects = self._world_geoms(blocks, planes)
        for body in range(1, model.nbody):
            if model.body_parentid[body] == 0:
                objects += self._object(body, blocks, planes)
        return SourceScene("MJCF", tuple(objects), tuple(blocks), tuple(planes), notes=self._notes())

    def _geoms_of(self, body: int) -> Iterator[int]:
        """Yield the geoms of a body that collide."""
        model = self._model
        start = int(model.body_geomadr[body])
        for geom in range(start, start + int(model.body_geomnum[body])):
            if model.geom_contype[geom] or model.geom_conaffinity[geom]:
                yield geom

    def _geom_name(self, geom: int) -> str:
        model = self._model
        body = model.body(int(model.geom_bodyid[geom])).name
        return str(model.geom(geom).name) or f"{body}_geom_{geom}"

    def _plane(self, geom: int) -> InfinitePlane | None:
        if int(self._model.geom_type[geom]) != int(self._geoms.mjGEOM_PLANE):
            return None
        normal = np.array(self._data.geom_xmat[geom]).reshape(3, 3)[:, 2]
        return InfinitePlane(self._geom_name(geom), np.array(self._data.geom_xpos[geom]), normal)

    def _world_geoms(self, blocks: list[Block], planes: list[InfinitePlane]) -> list[ImportedObject]:
        """Return the geoms of the world body as fixed objects; append parts of the building to the lists."""
        objects = []
        for geom in self._geoms_of(0):
            name = self._geom_name(geom)
            plane = self._plane(geom)
            if plane:
                planes.append(plane)
                continue
            piece = self._piece(geom, Pose())
            block = block_of(name, piece)
            if block:
                blocks.append(block)
                continue
            part = _static(name, (piece,), float(self._model.geom_friction[geom, 0]))
            objects.append(ImportedObject(name, category_of(name), Pose(), (part,), fixed=True))
        return objects

    def _piece(self, geom: int, root_from_world: Pose) -> Collider:
        """Return a geom as a convex piece in a root frame."""
        model, kinds = self._model, self._geoms
        size = np.array(model.geom_size[geom])
        matrix = np.eye(4)
        matrix[:3, :3] = np.array(self._data.geom_xmat[geom]).reshape(3, 3)
        matrix[:3, 3] = self._data.geom_xpos[geom]
        local = root_from_world.matrix @ matrix
        name = self._geom_name(geom)
        kind = int(model.geom_type[geom])
        if kind == int(kinds.mjGEOM_BOX):
            return shapes.box(local, 2 * size, name)
        if kind == int(kinds.mjGEOM_MESH):
            mesh = int(model.geom_dataid[geom])
            start = int(model.mesh_vertadr[mesh])
            points = np.array(model.mesh_vert[start : start + int(model.mesh_vertnum[mesh])], dtype=float)
        elif kind == int(kinds.mjGEOM_SPHERE):
            points = shapes.capsule(size[0], 0.0)
        elif kind == int(kinds.mjGEOM_CAPSULE):
            points = shapes.capsule(size[0], size[1])
        elif kind == int(kinds.mjGEOM_CYLINDER):
            points = shapes.cylinder(size[0], size[1])
        elif kind == int(kinds.mjGEOM_ELLIPSOID):
            points = shapes.ellipsoid(size)
        else:
            raise SourceError(f"geom {name!r} is a height field or signed distance field; remove it")
        return shapes.hull(points @ local[:3, :3].T + local[:3, 3], name)

    def _object(self, top: int, blocks: list[Block], planes: list[InfinitePlane]) -> list[ImportedObject]:
        """Return the object of a top-level body; append parts of the building to the lists instead."""
        model = self._model
        root = self._pose(top)
        groups, parents = self._groups(top)
        planes += [p for body in groups for g in self._geoms_of(body) if (p := self._plane(g))]
        parts = tuple(
            replace(
                shapes.merged(tuple(self._part(body, root) for body in members)),
                parent=None if body == top else self._link_name(parents[body]),
                joint=self._joint(body, root) if body in self._articulated else None,
            )
            for body, members in groups.items()
        )
        name = model.body(top).name or f"body_{top}"
        fixed = not self._is_free(top)
        if top in self._articulated:
            base = _static(_BASE, (), 0.6)
            parts = (base, replace(parts[0], parent=_BASE), *parts[1:])
        pieces = [piece for part in parts for piece in part.colliders]
        if fixed and not self._articulated & groups.keys() and pieces:
            structure = [block_of(name, shapes.transformed(piece, root), by_shape=False) for piece in pieces]
            if all(structure):
                blocks += [b.model_copy(update={"name": f"{name}_{i}"}) for i, b in enumerate(structure) if b]
                return []
        if not pieces:
            return []
        return [ImportedObject(name, category_of(name), root, parts, fixed=fixed)]

    def _groups(self, top: int) -> tuple[dict[int, list[int]], dict[int, int]]:
        """Group a top-level body and its descendants into rigid parts.

        Returns:
            The bodies of each part, by its first body, and the first body of the part's parent.
        """
        model = self._model
        owner, groups, parents = {top: top}, {top: [top]}, {}
        for body in range(top + 1, model.nbody):
            parent = int(model.body_parentid[body])
            if parent not in owner:
                continue
            if body in self._articulated:
                owner[body], groups[body], parents[body] = body, [body], owner[parent]
            else:
                owner[body] = owner[parent]
                groups[owner[body]].append(body)
        return groups, parents

    def _pose(self, body: int) -> Pose:
        """Return `world_from_body`."""
        x, y, z = (float(value) for value in self._data.xpos[body])
        quat = np.array(self._data.xquat[body])
        w, i, j, k = (float(value) for value in quat / np.linalg.norm(quat))
        return Pose(position=(x, y, z), orientation=(w, i, j, k))

    def _link_name(self, body: int) -> str:
        return f"link_{body}"

    def _part(self, body: int, root: Pose) -> ImportedPart:
        """Return a body as a part, in the frame `root`, which is `world_from_root`."""
        model = self._model
        inverse = root.inverse()
        frame = inverse @ self._pose(body)
        quat = np.array(model.body_iquat[body])
        w, i, j, k = (float(value) for value in quat / np.linalg.norm(quat))
        x, y, z = (float(value) for value in model.body_ipos[body])
        inertial = (frame @ Pose(position=(x, y, z), orientation=(w, i, j, k))).matrix
        rotation = inertial[:3, :3]
        geoms = [geom for geom in self._geoms_of(body) if self._plane(geom) is None]
        frictions = [float(model.geom_friction[geom, 0]) for geom in geoms]
        mass = float(model.body_mass[body])
        return ImportedPart(
            name=self._link_name(body),
            colliders=tuple(self._piece(geom, inverse) for geom in geoms),
            mass=mass,
            com=inertial[:3, 3],
            inertia=rotation @ np.diag(model.body_inertia[body]) @ rotation.T,
            friction=float(np.mean(frictions)) if frictions else 1.0,
        )

    def _joint(self, body: int, root: Pose) -> ImportedJoint:
        """Return the joint of a body, in the frame `root`, which is `world_from_root`."""
        model, data = self._model, self._data
        joint = int(model.body_jntadr[body])
        revolute = int(model.jnt_type[joint]) == int(self._types.mjJNT_HINGE)
        inverse = root.inverse()
        anchor = inverse.apply(np.array(data.xanchor[joint]))
        axis = inverse.apply(np.array(data.xaxis[joint])) - inverse.apply([0.0, 0.0, 0.0])
        axis = axis / np.linalg.norm(axis)
        lower, upper = (float(value) for value in model.jnt_range[joint])
        if not model.jnt_limited[joint]:
            upper = _UNLIMITED["revolute" if revolute else "prismatic"]
            lower = -upper
        dof = int(model.jnt_dofadr[joint])
        return ImportedJoint(
            kind="revolute" if revolute else "prismatic",
            anchor=_triple(anchor),
            axis=_triple(axis),
            lower=lower,
            upper=upper,
            damping=float(np.ravel(model.dof_damping[dof])[0]),
            friction=float(model.dof_frictionloss[dof]),
            position=float(self._qpos[model.jnt_qposadr[joint]]),
        )

    def _notes(self) -> tuple[str, ...]:
        model = self._model
        modelled = len(self._articulated) + sum(self._is_free(body) for body in range(1, model.nbody))
        held = int(model.njnt) - modelled
        counts = [
            (held, "joints have actuators or springs, or are not modelled; they are held at their positions"),
            (int(model.neq), "equality constraints are not modelled"),
            (int(model.ntendon), "tendons are not modelled"),
            (int((model.body_gravcomp > 0).sum()), "bodies have gravity compensation, which is not modelled"),
            (
                int(model.nexclude),
                "pairs of bodies are excluded from contact, which is kept only within an object",
            ),
        ]
        return tuple(f"{count} {text}" for count, text in counts if count)


def _static(name: str, pieces: tuple[Collider, ...], friction: float) -> ImportedPart:
    """Return a static part with a nominal mass."""
    return ImportedPart(name, pieces, 1.0, np.zeros(3), np.eye(3), friction)


def _triple(values: Array) -> tuple[float, float, float]:
    x, y, z = (float(value) for value in values)
    return (x, y, z)
