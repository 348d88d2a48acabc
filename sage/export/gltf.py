"""GLB export: the whole scene as one textured binary glTF 2.0 file.

glTF is y up: the root node rotates the scene, and the nodes below it keep the scene's z-up frames. The node
of an object's root link is named after the object's id; its other links are descendants named `id/link`.
Their `extras` hold category, mass, inertia and joints. Objects of the same asset share its meshes.
"""

from __future__ import annotations

import json
import math
import posixpath
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sage.asset import Asset, AssetStore, Joint, Link, Material, Mesh
from sage.errors import ExportError
from sage.geometry import Array, Pose, Vec3
from sage.scene import Room, Scene, SceneObject
from sage.spatial.structure import Block, block_images, block_material, block_mesh, room_blocks

__all__ = ["asset_glb", "glb_positions", "read_glb", "scene_glb"]

_MAGIC, _VERSION, _JSON, _BIN = 0x46546C67, 2, 0x4E4F534A, 0x004E4942
_FLOAT, _UINT16, _UINT32 = 5126, 5123, 5125
_VERTICES, _INDICES = 34962, 34963
_REPEAT, _LINEAR, _MIPMAPS = 10497, 9729, 9987
_Y_UP_FROM_Z_UP = [-math.sqrt(0.5), 0.0, 0.0, math.sqrt(0.5)]
"""Rotation from z up to y up, xyzw as in glTF."""


def scene_glb(scene: Scene, store: AssetStore) -> bytes:
    """Return a scene as a self-contained GLB file."""
    document = _Document()
    rooms = [_room(document, room) for room in scene.rooms]
    objects = [_object(document, item, store[item.asset]) for item in scene.objects]
    extras = {"prompt": scene.task.prompt, "seed": scene.seed}
    root = document.node("scene", rotation=_Y_UP_FROM_Z_UP, children=rooms + objects, extras=extras)
    return document.packed(root)


def asset_glb(asset: Asset, joints: dict[str, float]) -> bytes:
    """Return an asset as a GLB file with one node and one mesh, y up, with the front along z.

    Args:
        asset: asset to export.
        joints: joint positions by name [rad or m]; 0 where absent.
    """
    document = _Document()
    poses = asset.link_poses(joints)
    parts = [
        (_in_y_up_frame(visual.mesh, poses[link.name]), visual.material)
        for link in asset.links
        for visual in link.visuals
    ]
    mesh = document.mesh_of(asset.id, parts, asset.textures)
    return document.packed(document.node(asset.id, mesh=mesh, extras={"category": asset.category}))


def _in_y_up_frame(mesh: Mesh, pose: Pose) -> Mesh:
    """Return a mesh in the y-up asset frame, whose x, y, z axes are y, z, x of the asset frame.

    Args:
        mesh: mesh in the link frame.
        pose: `asset_from_link`.
    """
    normals = Pose(orientation=pose.orientation).apply(mesh.normals)
    order = [1, 2, 0]
    return replace(mesh, vertices=pose.apply(mesh.vertices)[:, order], normals=normals[:, order])


def glb_positions(path: Path) -> dict[str, Vec3]:
    """Return the position of every object in a GLB, in the world frame [m], by id."""
    nodes = read_glb(path.read_bytes())[0]["nodes"]
    return {node["name"]: tuple(node["translation"]) for node in nodes if "support" in node["extras"]}


def read_glb(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return the JSON document and the binary chunk of a GLB file.

    Raises:
        ExportError: the data is not a complete GLB file of version 2.
    """
    head = np.frombuffer(data[:12], "<u4")
    if list(head[:2]) != [_MAGIC, _VERSION] or head[2] != len(data):
        raise ExportError("the file is not a GLB of version 2, or is truncated; export the scene again")
    parts, start = {}, 12
    while start < len(data):
        length, kind = (int(value) for value in np.frombuffer(data[start : start + 8], "<u4"))
        parts[kind] = data[start + 8 : start + 8 + length]
        start += 8 + length
    return json.loads(parts[_JSON]), parts.get(_BIN, b"")


def _room(document: _Document, room: Room) -> int:
    blocks = [_block(document, block) for block in room_blocks(room)]
    extras = {"room": room.id, "type": room.type}
    return document.node(f"{room.id}/structure", children=blocks, extras=extras)


def _object(document: _Document, item: SceneObject, asset: Asset) -> int:
    extras = item.model_dump(mode="json", exclude={"pose", "joints"}) | {
        "synset": asset.synset,
        "mass": asset.mass,
    }
    return _link(document, item, asset, asset.links[0], item.id, item.pose, extras)


def _link(
    document: _Document,
    item: SceneObject,
    asset: Asset,
    link: Link,
    name: str,
    pose: Pose,
    extras: dict[str, Any],
) -> int:
    """Add the node of a link, at `parent_from_link`, and those of its child links; return its index."""
    poses = asset.link_poses(item.joints)
    children = []
    for joint in asset.joints:
        if joint.parent == link.name:
            child = asset.link(joint.child)
            child_pose = poses[link.name].inverse() @ poses[child.name]
            child_extras = {"joint": _joint(joint, item.joints.get(joint.name, 0.0))}
            child_name = f"{item.id}/{child.name}"
            children.append(_link(document, item, asset, child, child_name, child_pose, child_extras))
    body = link.model_dump(mode="json", include={"name", "mass", "com", "inertia", "friction"})
    return document.node(
        name, pose, mesh=document.mesh(asset, link), children=children, extras=extras | {"link": body}
    )


def _joint(joint: Joint, position: float) -> dict[str, Any]:
    return joint.model_dump(mode="json") | {"position": position}


def _block(document: _Document, block: Block) -> int:
    """Add a block of a room's structure, with patterns in real-world scale; return its node index."""
    mesh = document.mesh_of(block.name, [(block_mesh(block), block_material(block))], block_images(block))
    return document.node(block.name, block.pose, mesh=mesh, extras={"category": block.kind})


class _Document:
    """glTF document under construction: JSON and binary buffer, each mesh and image stored once."""

    def __init__(self) -> None:
        self._lists: dict[str, list[Any]] = {}
        self._bytes = bytearray()
        self._known: dict[object, int] = {}

    def _add(self, kind: str, entry: Mapping[str, Any]) -> int:
        entries = self._lists.setdefault(kind, [])
        entries.append({key: value for key, value in entry.items() if value is not None})
        return len(entries) - 1

    def node(
        self,
        name: str,
        pose: Pose | None = None,
        *,
        rotation: list[float] | None = None,
        mesh: int | None = None,
        children: list[int] | None = None,
        extras: dict[str, Any],
    ) -> int:
        """Add a node with the transform `parent_from_node`; return its index."""
        entry: dict[str, Any] = {"name": name, "rotation": rotation, "mesh": mesh, "extras": extras}
        if pose is not None:
            w, x, y, z = pose.orientation
            entry |= {"translation": list(pose.position), "rotation": [x, y, z, w]}
        return self._add("nodes", entry | {"children": children or None})

    def mesh(self, asset: Asset, link: Link) -> int | None:
        """Return the index of a link's mesh, or None if it has no visuals."""
        key = ("mesh", asset.id, link.name)
        if key not in self._known and link.visuals:
            parts = [(visual.mesh, visual.material) for visual in link.visuals]
            self._known[key] = self.mesh_of(f"{asset.id}/{link.name}", parts, asset.textures)
        return self._known.get(key)

    def mesh_of(self, name: str, parts: list[tuple[Mesh, Material]], images: dict[str, bytes]) -> int:
        """Add a mesh with one primitive per part; return its index.

        Args:
            name: name of the mesh.
            parts: geometry and material of each primitive.
            images: PNG files by the names that the materials use.
        """
        return self._add("meshes", {"name": name, "primitives": [self._primitive(*p, images) for p in parts]})

    def _primitive(self, mesh: Mesh, material: Material, images: dict[str, bytes]) -> dict[str, Any]:
        length = np.linalg.norm(mesh.normals, axis=1, keepdims=True)
        attributes = {"POSITION": self._vectors(mesh.vertices, bounds=True)}
        attributes["NORMAL"] = self._vectors(mesh.normals / length)
        if material.texture:
            # In glTF, v points down.
            attributes["TEXCOORD_0"] = self._vectors(np.column_stack([mesh.uv[:, 0], 1 - mesh.uv[:, 1]]))
        small = len(mesh.vertices) < 0xFFFF
        indices = mesh.faces.ravel().astype("<u2" if small else "<u4")
        accessor = {
            "bufferView": self._view(indices.tobytes(), _INDICES),
            "componentType": _UINT16 if small else _UINT32,
            "count": len(indices),
            "type": "SCALAR",
        }
        look = self._material(material, images)
        return {"attributes": attributes, "indices": self._add("accessors", accessor), "material": look}

    def _vectors(self, values: Array, *, bounds: bool = False) -> int:
        data: npt.NDArray[np.float32] = values.astype("<f4")
        accessor = {
            "bufferView": self._view(data.tobytes(), _VERTICES),
            "componentType": _FLOAT,
            "count": len(data),
            "type": f"VEC{data.shape[1]}",
            "min": data.min(axis=0).tolist() if bounds else None,
            "max": data.max(axis=0).tolist() if bounds else None,
        }
        return self._add("accessors", accessor)

    def _view(self, data: bytes, target: int | None = None) -> int:
        start = len(self._bytes)
        self._bytes += data + bytes(-len(data) % 4)
        view = {"buffer": 0, "byteOffset": start, "byteLength": len(data), "target": target}
        return self._add("bufferViews", view)

    def _material(self, material: Material, images: dict[str, bytes]) -> int:
        image, surface, normal = (
            images[name] if name else None
            for name in (material.texture, material.surface_map, material.normal_map)
        )
        key = ("material", material.rgba, material.roughness, material.metallic, image, surface, normal)
        if key not in self._known:
            shading: dict[str, Any] = {
                "baseColorFactor": list(material.linear_rgba),
                "metallicFactor": material.metallic,
                "roughnessFactor": material.roughness,
            }
            if image is not None:
                shading["baseColorTexture"] = {"index": self._texture(material.texture or "", image)}
            if surface is not None:
                texture = {"index": self._texture(material.surface_map or "", surface)}
                shading["metallicRoughnessTexture"] = texture
            entry: dict[str, Any] = {"name": material.name, "pbrMetallicRoughness": shading}
            if normal is not None:
                entry["normalTexture"] = {"index": self._texture(material.normal_map or "", normal)}
            self._known[key] = self._add(
                "materials", entry | {"alphaMode": "BLEND" if material.rgba[3] < 1 else None}
            )
        return self._known[key]

    def _texture(self, name: str, image: bytes) -> int:
        key = ("texture", image)
        if key not in self._known:
            source = self._add(
                "images",
                {"name": posixpath.basename(name), "mimeType": "image/png", "bufferView": self._view(image)},
            )
            if "samplers" not in self._lists:
                self._add("samplers", {"magFilter": _LINEAR, "minFilter": _MIPMAPS,
                                       "wrapS": _REPEAT, "wrapT": _REPEAT})  # fmt: skip
            self._known[key] = self._add("textures", {"sampler": 0, "source": source})
        return self._known[key]

    def packed(self, root: int) -> bytes:
        """Return the GLB file whose scene has the given root node."""
        head: dict[str, Any] = {
            "asset": {"version": "2.0", "generator": "sage"},
            "scene": 0,
            "scenes": [{"nodes": [root]}],
        }
        if self._bytes:
            head["buffers"] = [{"byteLength": len(self._bytes)}]
        text = json.dumps(head | self._lists, separators=(",", ":")).encode()
        chunks = [(_JSON, text + b" " * (-len(text) % 4)), (_BIN, bytes(self._bytes))]
        body = b"".join(
            len(data).to_bytes(4, "little") + kind.to_bytes(4, "little") + data for kind, data in chunks
        )
        words = (_MAGIC, _VERSION, 12 + len(body))
        return b"".join(word.to_bytes(4, "little") for word in words) + body
