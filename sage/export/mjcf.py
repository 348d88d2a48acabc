"""MJCF export: the whole scene for MuJoCo.

An object's top-level body is named after the object's id, the bodies of its other links `id/link`. A free
object has one undamped freejoint. Keyframe 0, `rest`, holds the poses and joint positions of the scene.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import numpy as np

from sage.appearance.patterns import PATTERNS
from sage.asset import Asset, AssetStore, Collider, Link, collision_file, visual_file
from sage.export.pattern import asset_image, block_image, write_patterns
from sage.export.text import document, numbers
from sage.export.view import cameras, ceiling_lamp_position
from sage.geometry import Pose, Vec3
from sage.scene import GRAVITY, Room, Scene, SceneObject
from sage.spatial.structure import STRUCTURE_FRICTION, Block, block_material, room_blocks

__all__ = ["mjcf_positions", "scene_mjcf", "write_mjcf"]

_STEP_S = 0.002
"""Simulation time step [s]."""
_STIFF = {"solref": f"{2 * _STEP_S:g} 1", "solimp": "0.95 0.99 0.0005"}
"""Contact parameters; a time constant of twice the step is the stiffest that MuJoCo keeps stable."""
_STICKING = "0.9999 0.9999 0.001"
"""Joint friction impedance, as rigid as MuJoCo allows; at 0.95, a latched joint creeps by 0.2 deg/s."""
_GEOM_IN_UPRIGHT_BLOCK = Pose(orientation=(0.5, 0.5, 0.5, 0.5))
"""`block_from_geom` of upright blocks: geom x along the width, y up, z along the depth."""
_TORSIONAL_M, _ROLLING_M = 0.005, 0.0001
"""Coefficients of torsional and rolling friction [m]."""
_SUN_M = 10.0
"""Height of the directional light [m]."""
_LAMP = {"dir": "0 0 -1", "cutoff": "80", "castshadow": "false", "diffuse": "0.2 0.2 0.18"}


def scene_mjcf(scene: Scene, store: AssetStore, *, patterned: bool = False) -> str:
    """Return a scene as MJCF text.

    Args:
        scene: scene to export.
        store: its assets.
        patterned: whether floors and walls have textures, which `write_mjcf` writes too.

    Returns:
        MJCF text, with file paths relative to the scene folder.
    """
    assets = {item.asset: store[item.asset] for item in scene.objects}
    root = ET.Element("mujoco", model="scene")
    _settings(root)
    assets_element = ET.SubElement(root, "asset")
    declared_textures: set[str] = set()
    for asset in assets.values():
        _declare(assets_element, asset, declared_textures)
    world = ET.SubElement(root, "worldbody")
    _view(root, world, scene.rooms)
    blocks = [block for room in scene.rooms for block in room_blocks(room)]
    if patterned:
        for block in {block.pattern: block for block in blocks if block.pattern}.values():
            _pattern(assets_element, block, declared_textures)
    for block in blocks:
        _block(world, block, patterned=patterned)
    contact = ET.SubElement(root, "contact")
    rest: list[float] = []
    for item in scene.objects:
        asset = assets[item.asset]
        rest += _object(world, item, asset)
        _excludes(contact, item, asset)
    ET.SubElement(ET.SubElement(root, "keyframe"), "key", name="rest", qpos=numbers(rest))
    return document(root)


def write_mjcf(scene: Scene, store: AssetStore, folder: Path) -> None:
    """Write `scene.xml` and the textures of floors and walls into a scene folder."""
    write_patterns(scene.rooms, folder)
    (folder / "scene.xml").write_text(scene_mjcf(scene, store, patterned=True))


def mjcf_positions(path: Path) -> dict[str, Vec3]:
    """Return the position of every top-level body of an MJCF file, in the world frame [m], by name."""
    found = {}
    for body in ET.parse(path).iterfind("worldbody/body"):
        x, y, z = (float(value) for value in body.get("pos", "0 0 0").split())
        found[body.get("name", "")] = (x, y, z)
    return found


def _settings(root: ET.Element) -> None:
    ET.SubElement(
        root,
        "compiler",
        angle="radian",
        meshdir=".",
        texturedir=".",
        autolimits="false",
        inertiafromgeom="false",
        balanceinertia="false",
    )
    option = ET.SubElement(
        root,
        "option",
        timestep=f"{_STEP_S:g}",
        gravity=f"0 0 {-GRAVITY}",
        integrator="implicitfast",
        cone="elliptic",
        impratio="10",
    )
    ET.SubElement(option, "flag", multiccd="enable")
    default = ET.SubElement(root, "default")
    # MuJoCo rejects thin or tiny meshes unless they are shells. Bodies state their own inertia.
    ET.SubElement(default, "mesh", inertia="shell")
    ET.SubElement(default, "geom", _STIFF)
    limit = {f"{name}limit": value for name, value in _STIFF.items()}
    ET.SubElement(default, "joint", limit, solreffriction=_STIFF["solref"], solimpfriction=_STICKING)
    visual = ET.SubElement(default, "default", {"class": "visual"})
    ET.SubElement(visual, "geom", type="mesh", group="2", contype="0", conaffinity="0", mass="0")
    collision = ET.SubElement(default, "default", {"class": "collision"})
    ET.SubElement(collision, "geom", type="mesh", group="3", condim="4", rgba="0.6 0.7 0.9 0.5")


def _view(root: ET.Element, world: ET.Element, rooms: tuple[Room, ...]) -> None:
    """Add lights and cameras."""
    visual = ET.SubElement(root, "visual")
    ET.SubElement(visual, "headlight", ambient="0.35 0.35 0.35", diffuse="0.3 0.3 0.3", specular="0 0 0")
    ET.SubElement(visual, "global", offwidth="1280", offheight="960")
    ET.SubElement(
        world,
        "light",
        name="sun",
        type="directional",
        pos=f"0 0 {_SUN_M:g}",
        dir="0.3 0.2 -1",
        diffuse="0.5 0.5 0.5",
        specular="0.1 0.1 0.1",
    )
    for camera in cameras(rooms):
        element = ET.SubElement(world, "camera", name=camera.name, fovy=f"{camera.fov:g}")
        _place(element, camera.opengl_pose)


def _declare(assets_element: ET.Element, asset: Asset, declared_textures: set[str]) -> None:
    """Add an asset's textures, materials and meshes, which all objects of the asset share.

    Only base colour textures are written: MuJoCo's renderer does not use roughness and normal maps.
    """
    folder = f"assets/{asset.id}"
    for name in sorted(
        {v.material.texture for link in asset.links for v in link.visuals if v.material.texture}
    ):
        _texture(assets_element, asset_image(asset.id, name), declared_textures)
    for link in asset.links:
        for visual in link.visuals:
            material, name = visual.material, f"{asset.id}/{link.name}/{visual.name}"
            element = ET.SubElement(
                assets_element,
                "material",
                name=name,
                rgba=numbers(material.rgba),
                roughness=numbers([material.roughness]),
                metallic=numbers([material.metallic]),
                shininess=numbers([1 - material.roughness]),
                specular=numbers([0.5 * (1 - material.roughness)]),
            )
            if material.texture:
                element.set("texture", asset_image(asset.id, material.texture))
                element.set("texuniform", "false")
            file = f"{folder}/{visual_file(link.name, visual.name)}"
            ET.SubElement(assets_element, "mesh", name=name, file=file)
        for collider in link.colliders:
            if collider.box is None:
                name = _hull_name(asset, link, collider)
                file = f"{folder}/{collision_file(link.name, collider.name)}"
                ET.SubElement(assets_element, "mesh", name=name, file=file)


def _hull_name(asset: Asset, link: Link, collider: Collider) -> str:
    return f"{asset.id}/{link.name}/collision_{collider.name}"


def _texture(assets_element: ET.Element, file: str, declared_textures: set[str]) -> None:
    if file not in declared_textures:
        declared_textures.add(file)
        ET.SubElement(assets_element, "texture", name=file, type="2d", file=file)


def _pattern(assets_element: ET.Element, block: Block, declared_textures: set[str]) -> None:
    """Add the texture and material of a floor or wall pattern, in real-world scale."""
    material, size = block_material(block), PATTERNS[str(block.pattern)].size
    image = block_image(str(material.texture))
    _texture(assets_element, image, declared_textures)
    ET.SubElement(
        assets_element,
        "material",
        name=str(block.pattern),
        texture=image,
        texuniform="true",
        texrepeat=numbers([1 / size, 1 / size]),
        specular="0.1",
    )


def _block(world: ET.Element, block: Block, *, patterned: bool) -> None:
    """Add the box of a block.

    MuJoCo maps textures along x and y of a geom, which are the width and height of upright blocks here.
    """
    pose, (depth, width, height) = block.pose, block.size
    size = (depth, width, height)
    if block.kind != "floor":
        pose, size = pose @ _GEOM_IN_UPRIGHT_BLOCK, (width, height, depth)
    geom = ET.SubElement(world, "geom", name=block.name, type="box", size=numbers(np.array(size) / 2))
    _place(geom, pose)
    geom.set("rgba", numbers(block.rgba))
    if patterned and block.pattern:
        geom.set("material", block.pattern)
    geom.set("friction", numbers([STRUCTURE_FRICTION, _TORSIONAL_M, _ROLLING_M]))
    if not block.collides:
        geom.set("contype", "0")
        geom.set("conaffinity", "0")


def _object(world: ET.Element, item: SceneObject, asset: Asset) -> list[float]:
    """Add an object; return its entries of `qpos`."""
    body = ET.SubElement(world, "body", name=item.id)
    _place(body, item.pose)
    lamp = ceiling_lamp_position(asset)
    if lamp:
        ET.SubElement(body, "light", _LAMP, name=f"{item.id}/light", pos=numbers(lamp))
    rest: list[float] = []
    if not item.fixed:
        ET.SubElement(body, "freejoint", name=f"{item.id}/free")
        rest += [*item.pose.position, *item.pose.orientation]
    return rest + _link(body, item, asset, asset.links[0])


def _link(body: ET.Element, item: SceneObject, asset: Asset, link: Link) -> list[float]:
    """Add a link and its child links to a body; return their joint positions [rad or m].

    The positions are in depth-first order, which is the order of `qpos`.
    """
    xx, yy, zz, xy, xz, yz = link.inertia
    inertia = numbers([xx, yy, zz, xy, xz, yz])
    ET.SubElement(body, "inertial", pos=numbers(link.com), mass=numbers([link.mass]), fullinertia=inertia)
    for visual in link.visuals:
        name = f"{asset.id}/{link.name}/{visual.name}"
        ET.SubElement(body, "geom", {"class": "visual"}, mesh=name, material=name)
    friction = numbers([link.friction, _TORSIONAL_M, _ROLLING_M])
    for collider in link.colliders:
        geom = ET.SubElement(body, "geom", {"class": "collision"}, friction=friction)
        if collider.box is None:
            geom.set("mesh", _hull_name(asset, link, collider))
        else:
            geom.set("type", "box")
            geom.set("size", numbers(np.array(collider.box) / 2))
            _place(geom, collider.pose)
    rest: list[float] = []
    for joint in asset.joints:
        if joint.parent != link.name:
            continue
        child = ET.SubElement(body, "body", name=f"{item.id}/{joint.child}", pos=numbers(joint.origin))
        ET.SubElement(
            child,
            "joint",
            name=f"{item.id}/{joint.name}",
            type={"revolute": "hinge", "prismatic": "slide"}[joint.kind],
            axis=numbers(joint.axis),
            limited="true",
            range=numbers([joint.lower, joint.upper]),
            damping=numbers([joint.damping]),
            frictionloss=numbers([joint.friction]),
        )
        rest += [item.joints.get(joint.name, 0.0), *_link(child, item, asset, asset.link(joint.child))]
    return rest


def _excludes(contact: ET.Element, item: SceneObject, asset: Asset) -> None:
    """Exclude contacts between the static root of a fixed object and its child links.

    MuJoCo excludes contacts between a body and its parent, but not if the parent is static; a door would
    scrape along its own frame.
    """
    root = asset.links[0].name
    for joint in asset.joints:
        if item.fixed and joint.parent == root:
            ET.SubElement(contact, "exclude", body1=item.id, body2=f"{item.id}/{joint.child}")


def _place(element: ET.Element, pose: Pose) -> None:
    element.set("pos", numbers(pose.position))
    element.set("quat", numbers(pose.orientation))
