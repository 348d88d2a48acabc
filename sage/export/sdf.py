"""SDFormat export: the whole scene as a world for Drake and Gazebo.

Models are named after object ids, links keep their names. A fixed object is a static model or, if it has
joints, attached to the world by a fixed joint. In SDFormat, joints are at 0 in the poses of the file: links
have their poses in the scene, joint limits are relative to the joint positions in the scene, and
`sage:position` records these positions.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from sage.asset import Asset, AssetStore, Collider, Joint, Link, collision_file, visual_file
from sage.export.inertia import principal_inertia
from sage.export.text import document, numbers, rpy
from sage.geometry import Pose, Vec3, rotation_matrix
from sage.scene import GRAVITY, Scene, SceneObject
from sage.spatial.structure import STRUCTURE_FRICTION, Block, room_blocks

__all__ = ["scene_sdf", "sdf_positions"]

_VERSION = "1.9"
_NAMESPACES = {"xmlns:drake": "http://drake.mit.edu", "xmlns:sage": "urn:sage"}
_EFFORT, _VELOCITY = -1.0, -1.0
"""SDFormat values for unlimited effort and velocity."""
_ANCHOR = "anchor"


def scene_sdf(scene: Scene, store: AssetStore) -> str:
    """Return a scene as SDFormat text, with mesh paths relative to the scene folder."""
    root = ET.Element("sdf", {"version": _VERSION, **_NAMESPACES})
    world = ET.SubElement(root, "world", name="scene")
    _text(world, "gravity", numbers([0, 0, -GRAVITY]))
    _sun(world)
    for room in scene.rooms:
        _room(world, room.id, room_blocks(room))
    for item in scene.objects:
        _model(world, item, store[item.asset])
    return document(root)


def sdf_positions(path: Path) -> dict[str, Vec3]:
    """Return the position of every model of an SDFormat world, in the world frame [m], by name."""
    found = {}
    for model in ET.parse(path).iterfind("world/model"):
        x, y, z, *_ = (float(value) for value in model.findtext("pose", "0 0 0").split())
        found[model.get("name", "")] = (x, y, z)
    return found


def _sun(world: ET.Element) -> None:
    light = ET.SubElement(world, "light", name="sun", type="directional")
    _text(light, "direction", "0.3 0.2 -1")
    _text(light, "diffuse", "0.8 0.8 0.8 1")
    _text(light, "cast_shadows", "true")


def _room(world: ET.Element, name: str, blocks: tuple[Block, ...]) -> None:
    """Add the blocks of a room as a static model with one link."""
    model = ET.SubElement(world, "model", name=f"{name}_structure")
    _text(model, "static", "true")
    link = ET.SubElement(model, "link", name="structure")
    for block in blocks:
        for tag in ("visual", "collision") if block.collides else ("visual",):
            element = ET.SubElement(link, tag, name=block.name)
            _pose(element, block.pose)
            _box(element, block.size)
            if tag == "visual":
                material = ET.SubElement(element, "material")
                _text(material, "ambient", numbers(block.rgba))
                _text(material, "diffuse", numbers(block.rgba))
            else:
                _friction(element, STRUCTURE_FRICTION)


def _model(world: ET.Element, item: SceneObject, asset: Asset) -> None:
    model = ET.SubElement(world, "model", name=item.id)
    _pose(model, item.pose)
    if item.fixed and not asset.joints:
        _text(model, "static", "true")
    poses = asset.link_poses(item.joints)
    for link in asset.links:
        _link(model, asset, link, poses[link.name])
    if item.fixed and asset.joints:
        anchor = ET.SubElement(model, "joint", name=_ANCHOR, type="fixed")
        _text(anchor, "parent", "world")
        _text(anchor, "child", asset.links[0].name)
    for joint in asset.joints:
        _joint(model, joint, item.joints.get(joint.name, 0.0))


def _link(model: ET.Element, asset: Asset, link: Link, pose: Pose) -> None:
    element = ET.SubElement(model, "link", name=link.name)
    _pose(element, pose)
    _inertial(element, link)
    for visual in link.visuals:
        # Drake and Gazebo read materials from the MTL file of the mesh.
        shape = ET.SubElement(element, "visual", name=f"visual_{visual.name}")
        _mesh(shape, f"assets/{asset.id}/{visual_file(link.name, visual.name)}")
    for collider in link.colliders:
        _collision(element, asset, link, collider)


def _inertial(element: ET.Element, link: Link) -> None:
    moments, axes = principal_inertia(link)
    inertial = ET.SubElement(element, "inertial")
    _text(inertial, "pose", numbers([*link.com, *rpy(axes)]))
    _text(inertial, "mass", numbers([link.mass]))
    inertia = ET.SubElement(inertial, "inertia")
    for name, moment in zip(("ixx", "iyy", "izz"), moments, strict=True):
        _text(inertia, name, numbers([moment]))
    for name in ("ixy", "ixz", "iyz"):
        _text(inertia, name, "0")


def _collision(element: ET.Element, asset: Asset, link: Link, collider: Collider) -> None:
    shape = ET.SubElement(element, "collision", name=f"collision_{collider.name}")
    if collider.box is None:
        mesh = _mesh(shape, f"assets/{asset.id}/{collision_file(link.name, collider.name)}")
        ET.SubElement(mesh, "drake:declare_convex")
    else:
        _pose(shape, collider.pose)
        _box(shape, collider.box)
    _friction(shape, link.friction)


def _joint(model: ET.Element, joint: Joint, position: float) -> None:
    element = ET.SubElement(model, "joint", name=joint.name, type=joint.kind)
    element.set("sage:position", numbers([position]))
    _text(element, "parent", joint.parent)
    _text(element, "child", joint.child)
    axis = ET.SubElement(element, "axis")
    _text(axis, "xyz", numbers(joint.axis))
    limit = ET.SubElement(axis, "limit")
    _text(limit, "lower", numbers([joint.lower - position]))
    _text(limit, "upper", numbers([joint.upper - position]))
    _text(limit, "effort", numbers([_EFFORT]))
    _text(limit, "velocity", numbers([_VELOCITY]))
    dynamics = ET.SubElement(axis, "dynamics")
    _text(dynamics, "damping", numbers([joint.damping]))
    _text(dynamics, "friction", numbers([joint.friction]))


def _friction(element: ET.Element, friction: float) -> None:
    surface = ET.SubElement(element, "surface")
    ode = ET.SubElement(ET.SubElement(surface, "friction"), "ode")
    _text(ode, "mu", numbers([friction]))
    _text(ode, "mu2", numbers([friction]))


def _mesh(element: ET.Element, uri: str) -> ET.Element:
    mesh = ET.SubElement(ET.SubElement(element, "geometry"), "mesh")
    _text(mesh, "uri", uri)
    return mesh


def _box(element: ET.Element, size: Vec3) -> None:
    box = ET.SubElement(ET.SubElement(element, "geometry"), "box")
    _text(box, "size", numbers(size))


def _pose(element: ET.Element, pose: Pose) -> None:
    _text(element, "pose", numbers([*pose.position, *rpy(rotation_matrix(pose.orientation))]))


def _text(element: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(element, tag).text = text
