"""Assets: geometry, physics, semantics and files.

The asset frame has x forward (the front), y left and z up (ROS REP 103); its origin is the centre
of the footprint, on the bottom. Every link frame is parallel to the asset frame while the joints
are at zero, with its origin on its joint's axis.

On disk an asset is a folder with `asset.json`, one `visual_*.obj` per visual mesh with its material,
one `collision_*.obj` per convex piece, and PNG textures. Textures that several assets share are in
`../textures/`. The id ends in a hash of the content, so that equal assets are stored once.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt
import shapely
from pydantic import ConfigDict, Field, ValidationError, model_validator

from sage.errors import ExportError
from sage.geometry import Array, Frozen, Pose, Vec2, Vec3, box_corners, face_normals, footprint

__all__ = [
    "SHARED",
    "TEXTURES",
    "Asset",
    "AssetSource",
    "AssetStore",
    "Collider",
    "Joint",
    "Link",
    "Material",
    "Mesh",
    "Surface",
    "Visual",
]

TEXTURES = "textures"
"""Name of the folder of shared textures, beside the folders of the assets."""
SHARED = f"../{TEXTURES}/"
"""Path of the folder of shared textures, relative to the folder of an asset."""
_SWEEP_STOPS = 5
_SLACK = 1e-6


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles with a normal and a texture coordinate per vertex."""

    vertices: Array
    """Positions in the link frame [m], shape [n, 3]."""
    faces: npt.NDArray[np.int64]
    """Vertex indices, counter-clockwise from outside, shape [m, 3]."""
    normals: Array
    """Unit normals, shape [n, 3]."""
    uv: Array
    """Texture coordinates, v up, shape [n, 2]; a unit is one repeat of the texture."""


class Material(Frozen):
    """Appearance, density and friction of a part."""

    name: str
    rgba: tuple[float, float, float, float]
    """Base colour (sRGB) and opacity, in 0..1; multiplies the texture."""
    texture: str | None = None
    """File of the base colour image, relative to the asset's folder."""
    surface_map: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """File of the image whose green channel multiplies `roughness` and whose blue channel `metallic`."""
    normal_map: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """File of the normal map in tangent space, green up."""
    roughness: float = 0.7
    metallic: float = 0.0
    density: float = 600.0
    """Density of the solid material [kg/m3]."""
    friction: float = 0.6
    """Coulomb friction coefficient against the same material."""

    @property
    def images(self) -> tuple[str, ...]:
        """Files of the texture maps."""
        return tuple(name for name in (self.texture, self.surface_map, self.normal_map) if name)

    def without_maps(self, **changes: Any) -> Material:
        """Return the material without texture maps, with some fields replaced."""
        return self.model_copy(update={"texture": None, "surface_map": None, "normal_map": None} | changes)

    @property
    def linear_rgba(self) -> tuple[float, float, float, float]:
        """`rgba` as linear light, converted from sRGB (IEC 61966-2-1), as glTF and USD define it."""
        red, green, blue = (
            value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in self.rgba[:3]
        )
        return (red, green, blue, self.rgba[3])


class Visual(Frozen):
    """Visual mesh with one material."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    material: Material
    mesh: Mesh = Field(exclude=True, repr=False)

    @model_validator(mode="after")
    def _faces_agree_with_normals(self) -> Visual:
        normals = face_normals(self.mesh.vertices, self.mesh.faces)
        seen = self.mesh.normals[self.mesh.faces].sum(axis=1)
        if float(np.einsum("ij,ij->", normals, seen)) < 0:
            raise ValueError(f"mesh {self.name!r} is mirrored: its faces point away from its normals")
        return self


class Collider(Frozen):
    """Convex collision piece: an oriented box if `box` is given, else the hull of the points."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    name: str
    points: Array = Field(exclude=True, repr=False)
    """Corners in the link frame [m], shape [n, 3]."""
    faces: npt.NDArray[np.int64] = Field(exclude=True, repr=False)
    """Triangles of the hull, counter-clockwise from outside, shape [m, 3]."""
    box: Vec3 | None = None
    """Extents of the box in its own frame [m]."""
    pose: Pose = Pose()
    """`link_from_box`; the identity for a hull."""

    @model_validator(mode="after")
    def _faces_outwards(self) -> Collider:
        outwards = self.points[self.faces[:, 0]] - self.points.mean(axis=0)
        if float(np.einsum("ij,ij->", outwards, face_normals(self.points, self.faces))) < 0:
            raise ValueError(f"convex piece {self.name!r} is mirrored: its faces point inwards")
        return self


class Link(Frozen):
    """Rigid part of an asset."""

    name: str
    visuals: tuple[Visual, ...]
    colliders: tuple[Collider, ...]
    mass: float = Field(gt=0)
    """Mass [kg]."""
    com: Vec3
    """Centre of mass in the link frame [m]."""
    inertia: tuple[float, float, float, float, float, float]
    """Inertia about the centre of mass, along the link frame: xx, yy, zz, xy, xz, yz [kg m2]."""
    friction: float = 0.6

    @cached_property
    def points(self) -> Array:
        """Corners of all convex pieces in the link frame [m], shape [n, 3]."""
        return np.concatenate([np.zeros((0, 3)), *(collider.points for collider in self.colliders)])

    @model_validator(mode="after")
    def _has_physical_inertia(self) -> Link:
        xx, yy, zz, xy, xz, yz = self.inertia
        tensor = np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])
        if not np.isfinite(tensor).all():
            raise ValueError(f"link {self.name!r}: its inertia must be finite, got {self.inertia}")
        least, middle, most = (float(value) for value in np.linalg.eigvalsh(tensor))
        if least < -_SLACK * most or most > (least + middle) * (1.0 + _SLACK):
            raise ValueError(
                f"link {self.name!r}: its principal moments {least:g}, {middle:g}, {most:g} kg m2 break the "
                "triangle inequality: none may be larger than the other two together"
            )
        return self


class Joint(Frozen):
    """Joint between a link and its parent; closed at position 0."""

    name: str
    kind: Literal["revolute", "prismatic"]
    parent: str
    child: str
    origin: Vec3
    """Origin of the child frame in the parent frame at position 0 [m]."""
    axis: Vec3
    """Unit axis, the same in both frames; positive motion is right-handed."""
    lower: float = 0.0
    """Lower limit [rad or m]."""
    upper: float
    """Upper limit [rad or m]."""
    damping: float
    """Viscous damping [N m s/rad or N s/m]."""
    friction: float
    """Dry friction [N m or N]."""
    opens: Literal["door", "drawer", "lid", "none"] = "none"

    @model_validator(mode="after")
    def _has_a_range(self) -> Joint:
        if not self.lower <= self.upper:
            raise ValueError(
                f"joint {self.name!r}: its lower limit {self.lower:g} is above its upper {self.upper:g}"
            )
        return self


class Surface(Frozen):
    """Support surface: a horizontal patch on or inside a link."""

    name: str
    link: str
    placement: Literal["on", "in"]
    """Relation of supported objects: `in` for the floor of a cavity, `on` for an open top."""
    center: Vec3
    """Centre of the patch in the link frame [m]; objects rest at its z."""
    size: Vec2
    """Usable depth along x and width along y [m]."""
    height: float | None = None
    """Free height above the patch [m]; None if unlimited."""
    round: bool = False
    """Whether the patch is the ellipse inscribed in `size`."""
    joint: str | None = None
    """Joint that must be open for a hand to reach in."""
    shelf: bool = False
    """Whether it is an open shelf board, whose objects are both `on` and `in`."""
    nests: bool = False
    """Whether a copy of the asset sinks in and rests here, as in a stack of bowls."""


class Asset(Frozen):
    """Geometry, physics, semantics, joints and support surfaces of an object."""

    id: str = ""
    category: str
    """Noun of the vocabulary, such as `bowl`."""
    synset: str
    """WordNet synset, such as `bowl.n.01`."""
    attributes: dict[str, str] = {}
    """Attributes that a prompt can ask for, such as `color` and `material`."""
    mount: Literal["floor", "surface", "wall", "ceiling"] = "surface"
    has_front: bool = True
    covering: bool = False
    """Whether it is at most 5 mm thick and has no colliders: a rug, a curtain, a cloth."""
    size: Vec3
    """Extents of the visual meshes along x, y and z of the asset frame, joints at zero [m]."""
    grasp_width: float
    """Opening that a parallel gripper needs to grasp it [m]."""
    links: tuple[Link, ...]
    """Links; the first one is the root, whose frame is the asset frame."""
    joints: tuple[Joint, ...] = ()
    surfaces: tuple[Surface, ...] = ()
    textures: dict[str, bytes] = Field(default={}, exclude=True, repr=False)
    """PNG files by path relative to the asset's folder."""
    provenance: str
    licence: str

    @property
    def mass(self) -> float:
        """Total mass of all links [kg]."""
        return sum(link.mass for link in self.links)

    def center_of_mass(self, positions: dict[str, float] | None = None) -> Array:
        """Return the centre of mass in the asset frame [m], shape [3].

        Args:
            positions: joint positions by name [rad or m]; 0 where absent.
        """
        poses = self.link_poses(positions)
        moments = [link.mass * poses[link.name].apply(link.com) for link in self.links]
        center: Array = np.sum(moments, axis=0) / self.mass
        return center

    @cached_property
    def _link_index(self) -> dict[str, Link]:
        return {link.name: link for link in self.links}

    def link(self, name: str) -> Link:
        """Return the link of this name."""
        return self._link_index[name]

    def joint(self, name: str) -> Joint:
        """Return the joint of this name."""
        return next(joint for joint in self.joints if joint.name == name)

    def surface(self, name: str) -> Surface:
        """Return the surface of this name."""
        return next(surface for surface in self.surfaces if surface.name == name)

    def link_poses(self, positions: dict[str, float] | None = None) -> dict[str, Pose]:
        """Return the pose `asset_from_link` of every link, by name.

        Args:
            positions: joint positions by name [rad or m]; 0 where absent.
        """
        positions = positions or {}
        poses = {self.links[0].name: Pose()}
        for joint in self.joints:
            value = positions.get(joint.name, 0.0)
            axis = np.array(joint.axis)
            if joint.kind == "prismatic":
                origin = np.array(joint.origin) + value * axis
                parent_from_child = Pose(position=tuple(origin))
            else:
                xyz = np.sin(value / 2) * axis
                parent_from_child = Pose(
                    position=joint.origin,
                    orientation=(float(np.cos(value / 2)), *(float(v) for v in xyz)),
                )
            poses[joint.child] = poses[joint.parent] @ parent_from_child
        return poses

    def collision_points(self, positions: dict[str, float] | None = None) -> Array:
        """Return the corners of all convex pieces in the asset frame [m], shape [n, 3].

        Args:
            positions: joint positions by name [rad or m]; 0 where absent.
        """
        poses = self.link_poses(positions)
        parts = [poses[link.name].apply(link.points) for link in self.links if link.colliders]
        return np.concatenate(parts) if parts else self.corners

    @cached_property
    def piece_sizes(self) -> tuple[int, ...]:
        """Number of points of each convex piece, in the order of `collision_points`."""
        return tuple(len(collider.points) for link in self.links for collider in link.colliders)

    @cached_property
    def sweeps(self) -> tuple[Array, ...]:
        """Volumes swept by doors, drawers and lids, as convex sets of points in the asset frame [m].

        The range of each joint is divided into steps; a set covers the moving part at both ends of a step.
        """
        found = []
        for joint in self.joints:
            if joint.opens == "none":
                continue
            points = self.link(joint.child).points
            stops = np.linspace(joint.lower, joint.upper, _SWEEP_STOPS)
            shapes = [self.link_poses({joint.name: float(stop)})[joint.child].apply(points) for stop in stops]
            found += [_outline(np.concatenate(pair)) for pair in itertools.pairwise(shapes)]
        return tuple(found)

    @property
    def bounds(self) -> tuple[Array, Array]:
        """Lowest and highest corner of `size` in the asset frame [m]."""
        depth, width, height = self.size
        return np.array([-depth / 2, -width / 2, 0.0]), np.array([depth / 2, width / 2, height])

    @property
    def corners(self) -> Array:
        """The 8 corners of `bounds` [m], of shape (8, 3)."""
        return box_corners(*self.bounds)

    def identified(self) -> Asset:
        """Return the asset with its content hash as id."""
        digest = hashlib.sha256(self.model_dump_json(exclude={"id"}).encode())
        for link in self.links:
            for visual in link.visuals:
                for array in (visual.mesh.vertices, visual.mesh.uv):
                    digest.update(np.round(array, 6).tobytes())
                digest.update(visual.mesh.faces.tobytes())
            for collider in link.colliders:
                digest.update(np.round(collider.points, 6).tobytes())
        for name in sorted(self.textures):
            if not name.startswith(SHARED):
                digest.update(self.textures[name])
        name = self.category.replace(" ", "_")
        return self.model_copy(update={"id": f"{name}_{digest.hexdigest()[:10]}"})

    def save(self, folder: Path) -> None:
        """Write the files of the asset into `folder`, which is created if missing."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self.textures.items():
            _write_image(folder / name, data, shared=name.startswith(SHARED))
        for link in self.links:
            for visual in link.visuals:
                _write_visual(folder, link.name, visual)
            for collider in link.colliders:
                text = _obj_text(collider.points, collider.faces)
                (folder / collision_file(link.name, collider.name)).write_text(text)
        (folder / "asset.json").write_text(self.model_dump_json(indent=1) + "\n")

    @classmethod
    def load(cls, folder: Path) -> Asset:
        """Load an asset that `save` wrote.

        Raises:
            ExportError: a file is missing or invalid.
        """
        try:
            data = json.loads((folder / "asset.json").read_text())
            for link in data["links"]:
                for visual in link["visuals"]:
                    visual["mesh"] = _read_mesh(folder / visual_file(link["name"], visual["name"]))
                for collider in link["colliders"]:
                    path = folder / collision_file(link["name"], collider["name"])
                    collider["points"], collider["faces"] = read_hull(path)
            asset = cls.model_validate(data)
            images = {n for link in asset.links for v in link.visuals for n in v.material.images}
            textures = {name: (folder / name).read_bytes() for name in sorted(images)}
            return asset.model_copy(update={"textures": textures})
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ExportError(f"asset {folder.name!r} is invalid: {where}: {first['msg']}") from error
        except (OSError, ValueError, KeyError, IndexError) as error:
            raise ExportError(f"asset {folder.name!r} cannot be read: {error}") from error


def _outline(points: Array) -> Array:
    """Return the corners of the upright prism around a set of points, shape (n, 3)."""
    ring = shapely.get_coordinates(footprint(points))[:-1]
    heights = (points[:, 2].min(), points[:, 2].max())
    return np.concatenate([np.column_stack([ring, np.full(len(ring), z)]) for z in heights])


def _write_image(path: Path, data: bytes, *, shared: bool) -> None:
    """Write an image, unless it is shared and exists already."""
    if not shared or not path.exists():
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)


def visual_file(link: str, visual: str) -> str:
    """Return the name of a visual's mesh file."""
    return f"visual_{link}_{visual}.obj"


def collision_file(link: str, collider: str) -> str:
    """Return the name of a convex piece's mesh file."""
    return f"collision_{link}_{collider}.obj"


def _obj_text(points: Array, faces: npt.NDArray[np.int64]) -> str:
    return _lines("v %.12g %.12g %.12g\n", points) + _lines("f %d %d %d\n", faces + 1)


def _lines(form: str, rows: npt.NDArray[np.float64] | npt.NDArray[np.int64]) -> str:
    """Return formatted rows as one text, fast for thousands of rows."""
    return form * len(rows) % tuple(rows.ravel().tolist())


def _write_visual(folder: Path, link: str, visual: Visual) -> None:
    name = visual_file(link, visual.name)
    mesh, material = visual.mesh, visual.material
    red, green, blue, alpha = material.rgba
    mtl = [f"newmtl {material.name}", f"Kd {red:.6g} {green:.6g} {blue:.6g}", f"d {alpha:.6g}"]
    mtl += [f"Pr {material.roughness:.6g}", f"Pm {material.metallic:.6g}"]
    if material.texture:
        mtl.append(f"map_Kd {material.texture}")
    if material.surface_map:
        mtl += [f"map_Pr -imfchan g {material.surface_map}", f"map_Pm -imfchan b {material.surface_map}"]
    if material.normal_map:
        mtl.append(f"norm {material.normal_map}")
    text = f"mtllib {Path(name).with_suffix('.mtl')}\n"
    text += _lines("v %.12g %.12g %.12g\n", mesh.vertices)
    text += _lines("vt %.9g %.9g\n", mesh.uv)
    text += _lines("vn %.7g %.7g %.7g\n", mesh.normals)
    text += f"usemtl {material.name}\n"
    text += _lines("f %d/%d/%d %d/%d/%d %d/%d/%d\n", np.repeat(mesh.faces + 1, 3, axis=1))
    (folder / name).write_text(text)
    (folder / name).with_suffix(".mtl").write_text("\n".join(mtl) + "\n")


def _rows(path: Path) -> dict[str, list[list[str]]]:
    """Return the fields of an OBJ file by keyword; for files that `save` wrote."""
    rows: dict[str, list[list[str]]] = {"v": [], "vt": [], "vn": [], "f": []}
    for line in path.read_text().splitlines():
        keyword, *fields = line.split()
        if keyword in rows:
            rows[keyword].append(fields)
    return rows


def read_hull(path: Path) -> tuple[Array, npt.NDArray[np.int64]]:
    """Return the corners [m], shape [n, 3], and the triangles, shape [m, 3], of a convex piece's file."""
    rows = _rows(path)
    return np.array(rows["v"], dtype=float), np.array(rows["f"], dtype=np.int64) - 1


def _read_mesh(path: Path) -> Mesh:
    rows = _rows(path)
    faces = [[int(field.split("/")[0]) - 1 for field in fields] for fields in rows["f"]]
    return Mesh(
        vertices=np.array(rows["v"], dtype=float),
        faces=np.array(faces, dtype=np.int64),
        normals=np.array(rows["vn"], dtype=float),
        uv=np.array(rows["vt"], dtype=float),
    )


class AssetSource(Protocol):
    """Source of assets, such as parametric families."""

    def make(
        self,
        category: str,
        rng: np.random.Generator,
        attributes: dict[str, str] | None = None,
        size: tuple[float | None, float | None, float | None] = (None, None, None),
    ) -> Asset:
        """Return a new asset of a category.

        Args:
            category: noun of the vocabulary.
            rng: source of all randomness.
            attributes: required attributes, such as `{"color": "red"}`.
            size: desired depth, width and height [m]; None leaves one to the source.

        Raises:
            AssetNotFound: the source does not provide this category.
        """
        ...

    def within(self, finishes: Mapping[str, tuple[str, ...]]) -> AssetSource:
        """Return a source that uses the finishes of a room where no attribute is given.

        Args:
            finishes: colours, or woods, by kind of material; see `sage.scene.Room`.
        """
        ...


class AssetStore:
    """Store of assets by id, in a folder on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._loaded: dict[str, Asset] = {}

    def __getstate__(self) -> dict[str, Any]:
        """Return the state without cached assets, which are read again from disk."""
        return {"folder": self.folder, "_loaded": {}}

    def add(self, asset: Asset) -> str:
        """Store an asset, unless it is stored already, and return its id."""
        if asset.id not in self._loaded:
            asset.save(self.path(asset.id))
            self._loaded[asset.id] = asset
        return asset.id

    def path(self, asset_id: str) -> Path:
        """Return the folder of an asset."""
        return self.folder / asset_id

    def shared_images(self, asset_id: str) -> tuple[str, ...]:
        """Return the names of the images in `textures/` that an asset shares with others."""
        return tuple(name.removeprefix(SHARED) for name in self[asset_id].textures if name.startswith(SHARED))

    def copy(self, asset_id: str, target: Path) -> Path:
        """Copy an asset and its shared images to the folder of another store; return the folder of the copy.

        Args:
            asset_id: id of the asset.
            target: folder of the other store.
        """
        destination = target / asset_id
        shutil.copytree(self.path(asset_id), destination, copy_function=shutil.copyfile)
        for name in self.shared_images(asset_id):
            copy = target / TEXTURES / name
            if not copy.exists():
                copy.parent.mkdir(exist_ok=True)
                shutil.copyfile(self.folder / TEXTURES / name, copy)
        return destination

    def __getitem__(self, asset_id: str) -> Asset:
        """Return an asset, from memory or disk.

        Raises:
            ExportError: the asset is missing or cannot be read.
        """
        if asset_id not in self._loaded:
            self._loaded[asset_id] = Asset.load(self.path(asset_id))
        return self._loaded[asset_id]
