"""Visible surfaces of a scene, as one triangle list in the world frame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import shapely

from sage.asset import AssetStore, Material, Mesh
from sage.geometry import Array, Pose, rotation_matrix
from sage.scene import Block, Room, Scene
from sage.spatial.structure import block_images, block_material, block_mesh, room_blocks

__all__ = ["CEILING", "STRUCTURE_CATEGORIES", "Look", "Part", "Surfaces", "Thing", "surfaces"]

_PLAIN_ROUGHNESS = 0.9
_OPAQUE = 1.0
CEILING = "ceiling"
"""Category of ceilings, which only cameras below them see."""
STRUCTURE_CATEGORIES = ("floor", "wall", "door", "window", "trim", CEILING)


@dataclass(frozen=True)
class Thing:
    """An object of the scene, or a piece of its structure: a floor, a wall, a door's leaf, a pane."""

    name: str
    """The object's id; a wall's id; else the block's name."""
    category: str
    synset: str
    """WordNet synset; empty where none is known."""
    kind: Literal["object", "structure"]
    pose: Pose
    """`world_from_thing`."""
    wall: str | None = None
    """Wall that a piece of structure belongs to."""


@dataclass(frozen=True)
class Part:
    """A link of an object, or the whole of a piece of structure."""

    thing: int
    """Place in `Surfaces.things`."""
    link: str


@dataclass(frozen=True)
class Look:
    """A material with its images, each a PNG; see `Material` for what is in them."""

    material: Material
    image: bytes | None
    """Of the base colour."""
    surface: bytes | None = None
    """Of roughness and metallic share."""
    normal: bytes | None = None

    @classmethod
    def of(cls, material: Material, images: Mapping[str, bytes]) -> Look:
        """Return a material with those of the images that it names."""
        names = (material.texture, material.surface_map, material.normal_map)
        image, surface, normal = (images[name] if name else None for name in names)
        return cls(material, image, surface, normal)

    @property
    def clear(self) -> bool:
        """True if light comes through, as through glass."""
        return self.material.rgba[3] < _OPAQUE


@dataclass(frozen=True, eq=False)
class Surfaces:
    """Triangles in the world and what they belong to. Objects come first, in the scene's order."""

    vertices: Array
    """[m], shape [n, 3]."""
    normals: npt.NDArray[np.float32]
    """Unit normals at the vertices, shape [n, 3]."""
    uv: npt.NDArray[np.float32]
    """Texture coordinates at the vertices, v up, shape [n, 2]."""
    faces: npt.NDArray[np.int32]
    """Vertices, counter-clockwise from outside, shape [m, 3]."""
    part_of_face: npt.NDArray[np.int32]
    """Place in `parts`, shape [m]."""
    look_of_face: npt.NDArray[np.int32]
    """Place in `looks`, shape [m]."""
    things: tuple[Thing, ...]
    parts: tuple[Part, ...]
    looks: tuple[Look, ...]

    @cached_property
    def thing_of_face(self) -> npt.NDArray[np.int32]:
        """Place in `things` of each triangle, shape [m]."""
        things = np.array([part.thing for part in self.parts], dtype=np.int32)
        found: npt.NDArray[np.int32] = things[self.part_of_face]
        return found

    @cached_property
    def clear_face(self) -> npt.NDArray[np.bool_]:
        """True where light comes through a triangle, shape [m]."""
        clear = np.array([look.clear for look in self.looks], dtype=bool)
        found: npt.NDArray[np.bool_] = clear[self.look_of_face]
        return found

    def faces_of(self, names: Set[str]) -> npt.NDArray[np.bool_]:
        """Return which triangles belong to things of these names, or to walls, shape [m]."""
        named = [thing.name in names or thing.wall in names for thing in self.things]
        found: npt.NDArray[np.bool_] = np.array(named, dtype=bool)[self.thing_of_face]
        return found

    def met_from(self, height: float) -> npt.NDArray[np.bool_]:
        """Return the triangles that a camera at a height sees, shape [m]: no ceiling that is below it [m]."""
        ceiling = np.array([thing.category == CEILING for thing in self.things], dtype=bool)[
            self.thing_of_face
        ]
        met: npt.NDArray[np.bool_] = ~ceiling | (self.vertices[self.faces[:, 0], 2] > height)
        return met

    @cached_property
    def face_normals(self) -> npt.NDArray[np.float32]:
        """Unit normals of the triangles, outwards; 0 for those without an area; shape [m, 3]."""
        a, b, c = (self.vertices[self.faces[:, corner]] for corner in range(3))
        across = np.cross(b - a, c - a)
        length = np.linalg.norm(across, axis=1, keepdims=True)
        return (across / np.where(length > 0, length, 1.0)).astype(np.float32)

    @cached_property
    def repeats_per_m(self) -> npt.NDArray[np.float32]:
        """Texture repeats per metre of each triangle, shape [m]."""
        a, b, c = (self.vertices[self.faces[:, corner]] for corner in range(3))
        p, q, r = (self.uv[self.faces[:, corner]].astype(float) for corner in range(3))
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
        (x, y), (z, w) = (q - p).T, (r - p).T
        found: npt.NDArray[np.float32] = np.sqrt(
            np.abs(x * w - y * z) / np.maximum(area, 1e-12), dtype=np.float32
        )
        return found


def surfaces(scene: Scene, store: AssetStore) -> Surfaces:
    """Gather a scene's triangles, joints where they are, coverings and ceilings too."""
    gathered = _Gathered()
    for item in scene.objects:
        asset = store[item.asset]
        gathered.thing(Thing(item.id, item.category, asset.synset, "object", item.pose))
        poses = asset.link_poses(item.joints)
        for link in asset.links:
            part = gathered.part(link.name)
            for visual in link.visuals:
                look = Look.of(visual.material, asset.textures)
                gathered.mesh(visual.mesh, item.pose @ poses[link.name], part, look)
    for room in scene.rooms:
        for thing, blocks in _structure(room):
            gathered.thing(thing)
            part = gathered.part("")
            for block in blocks:
                look = Look.of(block_material(block), block_images(block))
                gathered.mesh(block_mesh(block), block.pose, part, look)
        if room.shell is None:
            gathered.thing(Thing(f"{room.id}_{CEILING}", CEILING, "ceiling.n.01", "structure", Pose()))
            gathered.mesh(_ceiling(room), Pose(), gathered.part(""), _CEILING_LOOK)
    return gathered.whole()


def _structure(room: Room) -> Iterator[tuple[Thing, list[Block]]]:
    """Yield pieces of structure: the blocks and the trim of a wall are one, other blocks one each."""
    groups: dict[str, list[Block]] = {}
    for block in room_blocks(room):
        of_wall = block.wall and block.kind in ("wall", "trim")
        groups.setdefault(block.wall if of_wall and block.wall else block.name, []).append(block)
    yaws = {wall.id: Pose.planar(*wall.start, 0.0, wall.yaw) for wall in room.walls}
    for name, blocks in groups.items():
        kind = "wall" if name in yaws else blocks[0].kind
        synset = {"trim": ""}.get(kind, f"{kind}.n.01")
        pose, wall = yaws.get(name, blocks[0].pose), blocks[0].wall
        yield Thing(name, kind, synset, "structure", pose, wall), blocks


def _ceiling(room: Room) -> Mesh:
    """Return the underside of a room's ceiling, in the world: simulators have none, eyes do."""
    triangles = shapely.constrained_delaunay_triangles(room.floor).geoms
    corners = np.concatenate(
        [shapely.orient_polygons(one, exterior_cw=True).exterior.coords[:3] for one in triangles]
    )
    vertices = np.column_stack([corners, np.full(len(corners), room.height)])
    normals = np.tile([0.0, 0.0, -1.0], (len(corners), 1))
    return Mesh(vertices, np.arange(len(corners)).reshape(-1, 3), normals, corners)


_CEILING_LOOK = Look(Material(name=CEILING, rgba=(0.95, 0.95, 0.94, 1.0), roughness=_PLAIN_ROUGHNESS), None)


class _Gathered:
    """Triangles gathered so far."""

    def __init__(self) -> None:
        self._things: list[Thing] = []
        self._parts: list[Part] = []
        self._looks: dict[Look, int] = {}
        self._meshes: list[tuple[Array, Array, Mesh, int, int]] = []

    def thing(self, thing: Thing) -> None:
        self._things.append(thing)

    def part(self, link: str) -> int:
        self._parts.append(Part(len(self._things) - 1, link))
        return len(self._parts) - 1

    def mesh(self, mesh: Mesh, pose: Pose, part: int, look: Look) -> None:
        number = self._looks.setdefault(look, len(self._looks))
        turned = mesh.normals @ rotation_matrix(pose.orientation).T
        self._meshes.append((pose.apply(mesh.vertices), turned, mesh, part, number))

    def whole(self) -> Surfaces:
        counts = np.array([len(places) for places, *_ in self._meshes], dtype=np.int64)
        starts = np.cumsum(counts) - counts
        sizes = [len(mesh.faces) for _, _, mesh, _, _ in self._meshes]
        faces = [mesh.faces + start for (_, _, mesh, _, _), start in zip(self._meshes, starts, strict=True)]
        return Surfaces(
            vertices=_joined([places for places, *_ in self._meshes], 3),
            normals=_joined([turned for _, turned, *_ in self._meshes], 3).astype(np.float32),
            uv=_joined([mesh.uv for _, _, mesh, _, _ in self._meshes], 2).astype(np.float32),
            faces=_joined(faces, 3).astype(np.int32),
            part_of_face=np.repeat([part for *_, part, _ in self._meshes], sizes).astype(np.int32),
            look_of_face=np.repeat([look for *_, look in self._meshes], sizes).astype(np.int32),
            things=tuple(self._things),
            parts=tuple(self._parts),
            looks=tuple(self._looks),
        )


def _joined(rows: Sequence[npt.NDArray[Any]], width: int) -> npt.NDArray[Any]:
    return np.concatenate([np.zeros((0, width)), *rows])
