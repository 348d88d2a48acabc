"""Visible surfaces of a scene as one triangle list in the world frame."""

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
"""Category of ceilings, which are visible only from below."""
STRUCTURE_CATEGORIES = ("floor", "wall", "door", "window", "trim", CEILING)
"""Categories of structural elements."""


@dataclass(frozen=True)
class Thing:
    """An instance: an object, or a structural element such as a floor, wall, door leaf or pane."""

    name: str
    """Id of the object or wall; for other structural elements the name of the block."""
    category: str
    synset: str
    """WordNet synset; empty if none is known."""
    kind: Literal["object", "structure"]
    pose: Pose
    """`world_from_thing`."""
    wall: str | None = None
    """Id of the wall that a structural element belongs to."""


@dataclass(frozen=True)
class Part:
    """A link of an object, or a whole structural element."""

    thing: int
    """Index in `Surfaces.things`."""
    link: str
    """Name of the link; empty for a structural element."""


@dataclass(frozen=True)
class Look:
    """A material with its texture maps as PNG data; `Material` defines their channels."""

    material: Material
    image: bytes | None
    """Base-colour map."""
    surface: bytes | None = None
    """Roughness and metalness map."""
    normal: bytes | None = None
    """Normal map in tangent space."""

    @classmethod
    def of(cls, material: Material, images: Mapping[str, bytes]) -> Look:
        """Return a material with the texture maps that it names.

        Args:
            material: Material of a visual or block.
            images: PNG data by file name.

        Raises:
            KeyError: A map that the material names is missing.
        """
        names = (material.texture, material.surface_map, material.normal_map)
        image, surface, normal = (images[name] if name else None for name in names)
        return cls(material, image, surface, normal)

    @property
    def clear(self) -> bool:
        """Whether the material is transparent, such as glass."""
        return self.material.rgba[3] < _OPAQUE


@dataclass(frozen=True, eq=False)
class Surfaces:
    """Triangles of a scene with their part and material; objects come first, in the order of the scene."""

    vertices: Array
    """Vertex positions in the world frame [m], shape [n, 3]."""
    normals: npt.NDArray[np.float32]
    """Unit vertex normals in the world frame, shape [n, 3]."""
    uv: npt.NDArray[np.float32]
    """Texture coordinates of the vertices, v up, shape [n, 2]."""
    faces: npt.NDArray[np.int32]
    """Vertex indices, counter-clockwise seen from outside, shape [m, 3]."""
    part_of_face: npt.NDArray[np.int32]
    """Index in `parts` of each triangle, shape [m]."""
    look_of_face: npt.NDArray[np.int32]
    """Index in `looks` of each triangle, shape [m]."""
    things: tuple[Thing, ...]
    """Objects and structural elements."""
    parts: tuple[Part, ...]
    """Links and structural elements."""
    looks: tuple[Look, ...]
    """Materials."""

    @cached_property
    def thing_of_face(self) -> npt.NDArray[np.int32]:
        """Index in `things` of each triangle, shape [m]."""
        things = np.array([part.thing for part in self.parts], dtype=np.int32)
        found: npt.NDArray[np.int32] = things[self.part_of_face]
        return found

    @cached_property
    def clear_face(self) -> npt.NDArray[np.bool_]:
        """Mask of the transparent triangles, shape [m]."""
        clear = np.array([look.clear for look in self.looks], dtype=bool)
        found: npt.NDArray[np.bool_] = clear[self.look_of_face]
        return found

    def faces_of(self, names: Set[str]) -> npt.NDArray[np.bool_]:
        """Return the mask of the triangles that belong to given instances, shape [m].

        Args:
            names: Names of objects, structural elements or walls; a wall includes its doors, windows and
                trim.
        """
        named = [thing.name in names or thing.wall in names for thing in self.things]
        found: npt.NDArray[np.bool_] = np.array(named, dtype=bool)[self.thing_of_face]
        return found

    def visible_from(self, height: float) -> npt.NDArray[np.bool_]:
        """Return the mask of the triangles that a camera may show: all but ceilings below it, shape [m].

        Args:
            height: Height of the camera in the world frame [m].
        """
        ceiling = np.array([thing.category == CEILING for thing in self.things], dtype=bool)[
            self.thing_of_face
        ]
        visible: npt.NDArray[np.bool_] = ~ceiling | (self.vertices[self.faces[:, 0], 2] > height)
        return visible

    @cached_property
    def face_normals(self) -> npt.NDArray[np.float32]:
        """Unit outward normals of the triangles in the world frame, 0 if degenerate, shape [m, 3]."""
        a, b, c = (self.vertices[self.faces[:, corner]] for corner in range(3))
        across = np.cross(b - a, c - a)
        length = np.linalg.norm(across, axis=1, keepdims=True)
        return (across / np.where(length > 0, length, 1.0)).astype(np.float32)

    @cached_property
    def repeats_per_m(self) -> npt.NDArray[np.float32]:
        """Texture repeats per metre on each triangle [1/m], shape [m]."""
        a, b, c = (self.vertices[self.faces[:, corner]] for corner in range(3))
        p, q, r = (self.uv[self.faces[:, corner]].astype(float) for corner in range(3))
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
        (x, y), (z, w) = (q - p).T, (r - p).T
        found: npt.NDArray[np.float32] = np.sqrt(
            np.abs(x * w - y * z) / np.maximum(area, 1e-12), dtype=np.float32
        )
        return found


def surfaces(scene: Scene, store: AssetStore) -> Surfaces:
    """Return the triangles of a scene at its joint positions, including coverings and ceilings.

    Args:
        scene: Scene to convert.
        store: Store of its assets.
    """
    builder = _Builder()
    for item in scene.objects:
        asset = store[item.asset]
        builder.add_thing(Thing(item.id, item.category, asset.synset, "object", item.pose))
        poses = asset.link_poses(item.joints)
        for link in asset.links:
            part = builder.add_part(link.name)
            for visual in link.visuals:
                look = Look.of(visual.material, asset.textures)
                builder.add_mesh(visual.mesh, item.pose @ poses[link.name], part, look)
    for room in scene.rooms:
        for thing, blocks in _structure(room):
            builder.add_thing(thing)
            part = builder.add_part("")
            for block in blocks:
                look = Look.of(block_material(block), block_images(block))
                builder.add_mesh(block_mesh(block), block.pose, part, look)
        if room.shell is None:
            builder.add_thing(Thing(f"{room.id}_{CEILING}", CEILING, "ceiling.n.01", "structure", Pose()))
            builder.add_mesh(_ceiling(room), Pose(), builder.add_part(""), _CEILING_LOOK)
    return builder.build()


def _structure(room: Room) -> Iterator[tuple[Thing, list[Block]]]:
    """Yield the structural elements of a room; a wall's blocks and trim form one element."""
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
    """Return the underside of a room's ceiling in the world frame; only rendering has ceilings."""
    triangles = shapely.constrained_delaunay_triangles(room.floor).geoms
    corners = np.concatenate(
        [shapely.orient_polygons(one, exterior_cw=True).exterior.coords[:3] for one in triangles]
    )
    vertices = np.column_stack([corners, np.full(len(corners), room.height)])
    normals = np.tile([0.0, 0.0, -1.0], (len(corners), 1))
    return Mesh(vertices, np.arange(len(corners)).reshape(-1, 3), normals, corners)


_CEILING_LOOK = Look(Material(name=CEILING, rgba=(0.95, 0.95, 0.94, 1.0), roughness=_PLAIN_ROUGHNESS), None)


class _Builder:
    """Builder of `Surfaces`."""

    def __init__(self) -> None:
        self._things: list[Thing] = []
        self._parts: list[Part] = []
        self._looks: dict[Look, int] = {}
        self._meshes: list[tuple[Array, Array, Mesh, int, int]] = []

    def add_thing(self, thing: Thing) -> None:
        self._things.append(thing)

    def add_part(self, link: str) -> int:
        self._parts.append(Part(len(self._things) - 1, link))
        return len(self._parts) - 1

    def add_mesh(self, mesh: Mesh, pose: Pose, part: int, look: Look) -> None:
        number = self._looks.setdefault(look, len(self._looks))
        normals = mesh.normals @ rotation_matrix(pose.orientation).T
        self._meshes.append((pose.apply(mesh.vertices), normals, mesh, part, number))

    def build(self) -> Surfaces:
        counts = np.array([len(vertices) for vertices, *_ in self._meshes], dtype=np.int64)
        starts = np.cumsum(counts) - counts
        sizes = [len(mesh.faces) for _, _, mesh, _, _ in self._meshes]
        faces = [mesh.faces + start for (_, _, mesh, _, _), start in zip(self._meshes, starts, strict=True)]
        return Surfaces(
            vertices=_concatenated([vertices for vertices, *_ in self._meshes], 3),
            normals=_concatenated([normals for _, normals, *_ in self._meshes], 3).astype(np.float32),
            uv=_concatenated([mesh.uv for _, _, mesh, _, _ in self._meshes], 2).astype(np.float32),
            faces=_concatenated(faces, 3).astype(np.int32),
            part_of_face=np.repeat([part for *_, part, _ in self._meshes], sizes).astype(np.int32),
            look_of_face=np.repeat([look for *_, look in self._meshes], sizes).astype(np.int32),
            things=tuple(self._things),
            parts=tuple(self._parts),
            looks=tuple(self._looks),
        )


def _concatenated(rows: Sequence[npt.NDArray[Any]], width: int) -> npt.NDArray[Any]:
    return np.concatenate([np.zeros((0, width)), *rows])
