"""URDF export: portable assets, assets adapted to Bullet, and a static snapshot of the scene.

Rotations in URDF are roll, pitch and yaw about fixed axes [rad].
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np

from sage.asset import Asset, AssetStore, Collider, Joint, Link, Material, collision_file, visual_file
from sage.export.inertia import principal_inertia
from sage.export.text import document, numbers, rpy
from sage.geometry import Pose, Vec3, rotation_matrix
from sage.scene import Scene, SceneObject
from sage.spatial.structure import STRUCTURE_FRICTION, room_blocks

__all__ = [
    "BULLET_URDF",
    "asset_urdf",
    "bullet_urdf",
    "room_urdf",
    "scene_urdf",
    "urdf_positions",
    "write_bullet_urdf",
    "write_urdf",
]

BULLET_URDF = "bullet.urdf"
"""Name of the URDF file adapted to Bullet, in an asset's folder."""

_EFFORT = 100.0
_VELOCITY = 5.0
"""Effort [N or N m] and velocity [m/s or rad/s] limits that URDF requires; the joints are not driven."""

_AddPieces = Callable[[ET.Element, Link], None]
_FileName = Callable[[Link, Collider], str]


def bullet_urdf(asset: Asset) -> tuple[str, dict[str, bytes]]:
    """Return the URDF of an asset adapted to PyBullet, and its convex hulls as STL files.

    PyBullet wraps OBJ meshes in compound shapes, to whose hulls `collisionMargin=0` does not apply: they
    would be 1 mm too thick. STL meshes become plain hulls, to which it applies.

    Returns:
        URDF text and the content of each STL file, by path relative to the asset's folder.
    """
    pieces = [(link, collider) for link in asset.links for collider in link.colliders]
    files = {_stl_file(link, piece): _stl(piece) for link, piece in pieces if piece.box is None}
    return _asset_text(asset, "", _pieces("", _stl_file)), files


def write_bullet_urdf(asset: Asset, folder: Path) -> Path:
    """Write the URDF and STL files for PyBullet into the asset's folder; return the path of the URDF."""
    text, files = bullet_urdf(asset)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    path = folder / BULLET_URDF
    path.write_text(text)
    return path


def write_urdf(scene: Scene, store: AssetStore, folder: Path) -> None:
    """Write `urdf/` into a scene folder: one file per asset, `room.urdf` and `scene.urdf`."""
    target = folder / "urdf"
    target.mkdir(exist_ok=True)
    for asset_id in sorted({item.asset for item in scene.objects}):
        (target / f"{asset_id}.urdf").write_text(asset_urdf(store[asset_id], f"../assets/{asset_id}"))
    (target / "room.urdf").write_text(room_urdf(scene))
    (target / "scene.urdf").write_text(scene_urdf(scene, store))


def urdf_positions(path: Path) -> dict[str, Vec3]:
    """Return the position of every link of a scene snapshot, in the world frame [m], by name."""
    found = {}
    for joint in ET.parse(path).iterfind("joint"):
        child, origin = joint.find("child"), joint.find("origin")
        if child is not None and origin is not None:
            x, y, z = (float(value) for value in origin.get("xyz", "0 0 0").split())
            found[child.get("link", "")] = (x, y, z)
    return found


def asset_urdf(asset: Asset, mesh_folder: str) -> str:
    """Return the portable URDF of an asset: full dynamics, one collision element per convex piece.

    Args:
        asset: asset to export.
        mesh_folder: path of the asset's folder, relative to the URDF file.
    """
    return _asset_text(asset, f"{mesh_folder}/", _pieces(f"{mesh_folder}/", _obj_file))


def scene_urdf(scene: Scene, store: AssetStore) -> str:
    """Return a static snapshot of a scene as URDF text, for `<scene folder>/urdf/`.

    URDF has no free bodies, so all links are attached to the link `world` by fixed joints. `world` contains
    the structure of the rooms as boxes. An object's root link is named after the object's id, its other links
    `id/link`.
    """
    robot = ET.Element("robot", name="scene")
    assets = {item.asset: store[item.asset] for item in scene.objects}
    for asset in assets.values():
        _materials(robot, asset, f"../assets/{asset.id}/", f"{asset.id}/")
    _rooms(robot, scene)
    for item in scene.objects:
        _fixed_object(robot, item, assets[item.asset])
    return document(robot)


def room_urdf(scene: Scene) -> str:
    """Return the structure of a scene's rooms, without objects, as URDF text."""
    robot = ET.Element("robot", name="room")
    _rooms(robot, scene)
    return document(robot)


def _asset_text(asset: Asset, prefix: str, add_pieces: _AddPieces) -> str:
    robot = ET.Element("robot", name=asset.id)
    materials = _materials(robot, asset, prefix, "")
    for link in asset.links:
        _link(robot, link.name, link, prefix, materials, add_pieces)
    for joint in asset.joints:
        _joint(robot, joint)
    return document(robot)


def _fixed_object(robot: ET.Element, item: SceneObject, asset: Asset) -> None:
    prefix = f"../assets/{asset.id}/"
    materials = _material_names(asset, f"{asset.id}/")
    poses = asset.link_poses(item.joints)
    for link in asset.links:
        name = item.id if link is asset.links[0] else f"{item.id}/{link.name}"
        _link(robot, name, link, prefix, materials, _pieces(prefix, _obj_file))
        element = ET.SubElement(robot, "joint", name=f"{name}/fixed", type="fixed")
        _origin(element, item.pose @ poses[link.name])
        ET.SubElement(element, "parent", link="world")
        ET.SubElement(element, "child", link=name)


def _rooms(robot: ET.Element, scene: Scene) -> None:
    blocks = [block for room in scene.rooms for block in room_blocks(room)]
    colours = {rgba: f"room/{i}" for i, rgba in enumerate(dict.fromkeys(b.rgba for b in blocks))}
    for rgba, name in colours.items():
        ET.SubElement(ET.SubElement(robot, "material", name=name), "color", rgba=numbers(rgba))
    world = ET.SubElement(robot, "link", name="world")
    contact = ET.SubElement(world, "contact")
    ET.SubElement(contact, "lateral_friction", value=numbers([STRUCTURE_FRICTION]))
    for block in blocks:
        for tag in ("visual", "collision") if block.collides else ("visual",):
            element = ET.SubElement(world, tag, name=block.name)
            _origin(element, block.pose)
            ET.SubElement(ET.SubElement(element, "geometry"), "box", size=numbers(block.size))
            if tag == "visual":
                ET.SubElement(element, "material", name=colours[block.rgba])


def _material_names(asset: Asset, prefix: str) -> dict[Material, str]:
    used = dict.fromkeys(visual.material for link in asset.links for visual in link.visuals)
    return {material: f"{prefix}{material.name}_{index}" for index, material in enumerate(used)}


def _materials(robot: ET.Element, asset: Asset, folder: str, prefix: str) -> dict[Material, str]:
    names = _material_names(asset, prefix)
    for material, name in names.items():
        element = ET.SubElement(robot, "material", name=name)
        ET.SubElement(element, "color", rgba=numbers(material.rgba))
        if material.texture:
            ET.SubElement(element, "texture", filename=posixpath.normpath(f"{folder}{material.texture}"))
    return names


def _link(
    robot: ET.Element,
    name: str,
    link: Link,
    prefix: str,
    materials: dict[Material, str],
    add_pieces: _AddPieces,
) -> None:
    element = ET.SubElement(robot, "link", name=name)
    contact = ET.SubElement(element, "contact")
    ET.SubElement(contact, "lateral_friction", value=numbers([link.friction]))
    _inertial(element, link)
    for visual in link.visuals:
        shape = ET.SubElement(element, "visual", name=visual.name)
        _mesh(shape, prefix + visual_file(link.name, visual.name))
        ET.SubElement(shape, "material", name=materials[visual.material])
    add_pieces(element, link)


def _inertial(element: ET.Element, link: Link) -> None:
    moments, axes = principal_inertia(link)
    inertial = ET.SubElement(element, "inertial")
    ET.SubElement(inertial, "origin", xyz=numbers(link.com), rpy=numbers(rpy(axes)))
    ET.SubElement(inertial, "mass", value=numbers([link.mass]))
    xx, yy, zz = (numbers([value]) for value in moments)
    ET.SubElement(inertial, "inertia", ixx=xx, iyy=yy, izz=zz, ixy="0", ixz="0", iyz="0")


def _joint(robot: ET.Element, joint: Joint) -> None:
    element = ET.SubElement(robot, "joint", name=joint.name, type=joint.kind)
    ET.SubElement(element, "origin", xyz=numbers(joint.origin), rpy="0 0 0")
    ET.SubElement(element, "parent", link=joint.parent)
    ET.SubElement(element, "child", link=joint.child)
    ET.SubElement(element, "axis", xyz=numbers(joint.axis))
    lower, upper, effort, velocity = (
        numbers([value]) for value in (joint.lower, joint.upper, _EFFORT, _VELOCITY)
    )
    ET.SubElement(element, "limit", lower=lower, upper=upper, effort=effort, velocity=velocity)
    damping, friction = numbers([joint.damping]), numbers([joint.friction])
    ET.SubElement(element, "dynamics", damping=damping, friction=friction)


def _pieces(prefix: str, file: _FileName) -> _AddPieces:
    """Return a function that adds the convex pieces of a link, as boxes or as meshes."""

    def add_pieces(element: ET.Element, link: Link) -> None:
        for collider in link.colliders:
            collision = ET.SubElement(element, "collision", name=collider.name)
            if collider.box is None:
                _mesh(collision, prefix + file(link, collider))
            else:
                _origin(collision, collider.pose)
                ET.SubElement(ET.SubElement(collision, "geometry"), "box", size=numbers(collider.box))

    return add_pieces


def _obj_file(link: Link, collider: Collider) -> str:
    return collision_file(link.name, collider.name)


def _stl_file(link: Link, collider: Collider) -> str:
    return str(Path(_obj_file(link, collider)).with_suffix(".stl"))


def _stl(collider: Collider) -> bytes:
    """Return a hull as binary STL; PyBullet does not read text STL."""
    triangles = np.zeros(
        len(collider.faces), [("normal", "<f4", 3), ("corners", "<f4", (3, 3)), ("rest", "<u2")]
    )
    triangles["corners"] = collider.points[collider.faces]
    return bytes(80) + len(triangles).to_bytes(4, "little") + triangles.tobytes()


def _mesh(element: ET.Element, filename: str) -> None:
    ET.SubElement(ET.SubElement(element, "geometry"), "mesh", filename=filename)


def _origin(element: ET.Element, pose: Pose) -> None:
    angles = numbers(rpy(rotation_matrix(pose.orientation)))
    ET.SubElement(element, "origin", xyz=numbers(pose.position), rpy=angles)
