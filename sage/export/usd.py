"""USD export: a scene of referenced assets with UsdPhysics bodies.

An asset has two files: `<id>.usda` with bodies, masses and joints, and `geometry.usdc` with visual and
collision meshes. Links are siblings below the asset's prim, never nested. Each references its geometry as an
instance, so that objects of the same asset share it; bodies are never inside instances. A free object's links
are rigid bodies; a fixed object is a static collider or, with joints, an articulation fixed to the world.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from pxr import Gf, Kind, Sdf, Tf

from sage.asset import Asset, AssetStore, Joint, Link, Material
from sage.errors import ExportError
from sage.export.inertia import principal_inertia
from sage.export.pattern import block_image, write_patterns
from sage.export.usd_geometry import (
    LOOKS,
    PHYSICS_MATERIAL,
    ROOT,
    bind,
    cube,
    physics_material,
    render_material,
    visual,
    write_geometry,
)
from sage.export.usd_specs import (
    UNIFORM,
    apply,
    create_layer,
    define,
    identifier,
    label,
    over,
    place,
    put,
    quatf,
    relate,
    save,
)
from sage.export.view import cameras, ceiling_lamp_position
from sage.geometry import Pose, Vec3, quat_from_matrix
from sage.rendering.camera import Camera
from sage.scene import GRAVITY, Room, Scene, SceneObject
from sage.spatial.structure import STRUCTURE_FRICTION, Block, block_material, block_mesh, room_blocks

__all__ = ["usd_positions", "write_usd"]

_TYPES = Sdf.ValueTypeNames
_DOME_INTENSITY = 350.0
_CEILING_LIGHT_INTENSITY = 1500.0
_LAMP_INTENSITY, _LAMP_RADIUS_M = 8000.0, 0.05
_JOINT_UNITS = {"revolute": ("angular", math.degrees(1.0)), "prismatic": ("linear", 1.0)}
"""Axis name in UsdPhysics by joint kind, and its units per radian or metre."""
_JOINTS, _LIGHT, _ANCHOR = "Joints", "light", "anchor"
"""Reserved prim names beside an asset's links and joints."""
_BODY_SCHEMAS = ("PhysicsRigidBodyAPI", "PhysicsMassAPI")


def write_usd(scene: Scene, store: AssetStore, folder: Path) -> None:
    """Write `scene.usda`, `assets/<id>/<id>.usda` and `assets/<id>/geometry.usdc` into a scene folder.

    Image paths are relative to `assets/<id>/`; images that assets share are in `assets/textures/`.

    Raises:
        ExportError: USD cannot write a file.
    """
    try:
        ids = dict.fromkeys(item.asset for item in scene.objects)
        for asset_id in ids:
            _write_asset(store[asset_id], folder / "assets" / asset_id)
        write_patterns(scene.rooms, folder)
        _write_scene(scene, store, folder / "scene.usda")
    except Tf.ErrorException as error:
        raise ExportError(f"USD could not write {folder.name!r}: {error}") from error


def usd_positions(path: Path) -> dict[str, Vec3]:
    """Return the position of every object of a USD scene, in the world frame [m], by id.

    Raises:
        ExportError: the file is not USD, or has no prim `/World/objects`.
    """
    try:
        # Anonymous layers bypass the cache of open layers.
        layer = Sdf.Layer.OpenAsAnonymous(str(path))
        objects = layer.GetPrimAtPath("/World/objects").nameChildren
        places = {
            prim.GetInfo("displayName"): prim.attributes["xformOp:translate"].default for prim in objects
        }
    except (Tf.ErrorException, AttributeError, KeyError) as error:
        raise ExportError(f"USD cannot read {path.name!r}: {error}") from error
    return {name: (place[0], place[1], place[2]) for name, place in places.items()}


def _write_scene(scene: Scene, store: AssetStore, path: Path) -> None:
    layer, world = create_layer("World")
    world.kind = Kind.Tokens.assembly
    gravity = define(layer, "/World/physics", "PhysicsScene")
    put(gravity, "physics:gravityDirection", _TYPES.Vector3f, Gf.Vec3f(0, 0, -1))
    put(gravity, "physics:gravityMagnitude", _TYPES.Float, GRAVITY)
    put(define(layer, "/World/sky", "DomeLight"), "inputs:intensity", _TYPES.Float, _DOME_INTENSITY)
    shell = define(layer, "/World/shell", "PhysicsCollisionGroup")
    relate(shell, "collection:colliders:includes", "/World/structure")
    # Walls and floor overlap.
    relate(shell, "physics:filteredGroups", "/World/shell")
    for scope in ("structure", "objects", "cameras"):
        define(layer, f"/World/{scope}", "Xform").kind = Kind.Tokens.group
    rooms = _prim_names(room.id for room in scene.rooms)
    for room in scene.rooms:
        _room(layer, room, f"/World/structure/{rooms[room.id]}")
    for camera in cameras(scene.rooms):
        _camera(layer, camera)
    names = _prim_names(item.id for item in scene.objects)
    for item in scene.objects:
        _object(layer, item, store[item.asset], f"/World/objects/{names[item.id]}")
    save(layer, path)


def _camera(layer: Sdf.Layer, camera: Camera) -> None:
    view = define(layer, f"/World/cameras/{identifier(camera.name)}", "Camera")
    # Aspect ratio 4:3, in tenths of a scene unit, as UsdGeomCamera requires.
    width, height = 36.0, 27.0
    put(view, "horizontalAperture", _TYPES.Float, width)
    put(view, "verticalAperture", _TYPES.Float, height)
    put(view, "focalLength", _TYPES.Float, height / 2 / math.tan(math.radians(camera.fov) / 2))
    put(view, "clippingRange", _TYPES.Float2, Gf.Vec2f(0.05, 100))
    place(view, camera.opengl_pose)


def _object(layer: Sdf.Layer, item: SceneObject, asset: Asset, path: str) -> None:
    prim = define(layer, path, "Xform")
    prim.referenceList.Prepend(Sdf.Reference(f"./assets/{asset.id}/{asset.id}.usda"))
    place(prim, item.pose)
    prim.SetInfo("displayName", item.id)
    label(prim, "category", item.category)
    poses = asset.link_poses(item.joints)
    names = _link_names(asset)
    for link in asset.links[1:]:
        place(over(layer, f"{path}/{names[link.name]}"), poses[link.name])
    joint_names = _joint_names(asset)
    for joint in asset.joints:
        moved = over(layer, f"{path}/{_JOINTS}/{joint_names[joint.name]}")
        _set_joint(moved, joint, item.joints.get(joint.name, 0.0))
    lamp = ceiling_lamp_position(asset)
    if lamp:
        light = define(layer, f"{path}/{_LIGHT}", "SphereLight")
        put(light, "inputs:radius", _TYPES.Float, _LAMP_RADIUS_M)
        put(light, "inputs:intensity", _TYPES.Float, _LAMP_INTENSITY)
        place(light, Pose(position=lamp))
    root = f"{path}/{names[asset.links[0].name]}"
    if item.fixed and asset.joints:
        anchor = define(layer, f"{path}/{_JOINTS}/{_ANCHOR}", "PhysicsFixedJoint")
        relate(anchor, "physics:body1", root)
        put(anchor, "physics:localPos0", _TYPES.Point3f, Gf.Vec3f(*item.pose.position))
        put(anchor, "physics:localRot0", _TYPES.Quatf, quatf(item.pose.orientation))
    elif item.fixed and not item.covering:
        # Removing the schemas is necessary: by default, Newton lets disabled bodies fall.
        removed = Sdf.TokenListOp.Create(deletedItems=list(_BODY_SCHEMAS))
        over(layer, root).SetInfo("apiSchemas", removed)


def _room(layer: Sdf.Layer, room: Room, path: str) -> None:
    prim = define(layer, path, "Xform")
    prim.kind = Kind.Tokens.component
    label(prim, "category", room.type)
    define(layer, f"{path}/{LOOKS}", "Scope")
    blocks = room_blocks(room)
    looks = {
        look: render_material(layer, f"{path}/{LOOKS}/look_{index}", look)
        for index, look in enumerate(dict.fromkeys(_look(block) for block in blocks))
    }
    friction_material = physics_material(layer, f"{path}/{LOOKS}/{PHYSICS_MATERIAL}", STRUCTURE_FRICTION)
    names = _prim_names([LOOKS, *(block.name for block in blocks)])
    for block in blocks:
        box = cube(layer, f"{path}/{names[block.name]}", block.pose, block.size)
        label(box, "category", block.kind)
        if block.collides:
            apply(box, "PhysicsCollisionAPI")
            bind(box, friction_material, "physics")
        if block.pattern:
            put(box, "purpose", _TYPES.Token, "guide", UNIFORM)
            # Cubes have no texture coordinates.
            visual_path = f"{path}/{names[block.name]}_{block.pattern}"
            prim = visual(layer, visual_path, block_mesh(block), looks[_look(block)], textured=True)
            place(prim, block.pose)
            label(prim, "category", block.kind)
        else:
            bind(box, looks[_look(block)])
    low_x, low_y, high_x, high_y = room.floor.bounds
    light = define(layer, f"{path}/ceiling_light", "RectLight")
    put(light, "inputs:width", _TYPES.Float, (high_x - low_x) / 2)
    put(light, "inputs:height", _TYPES.Float, (high_y - low_y) / 2)
    put(light, "inputs:intensity", _TYPES.Float, _CEILING_LIGHT_INTENSITY)
    centre = room.floor.representative_point()
    place(light, Pose(position=(centre.x, centre.y, room.height - 0.05)))


def _look(block: Block) -> Material:
    """Return the material of a block, with image paths relative to the scene folder."""
    look = block_material(block)
    names = ("texture", "surface_map", "normal_map")
    files = {name: block_image(file) for name in names if (file := getattr(look, name))}
    return look.model_copy(update={"name": ""} | files)


def _write_asset(asset: Asset, folder: Path) -> None:
    layer, root = create_layer(identifier(asset.id))
    root.kind = Kind.Tokens.component
    label(root, "category", asset.category)
    label(root, "wordnet", asset.synset)
    path = str(root.path)
    names = _link_names(asset)
    write_geometry(asset, names, folder / f"{ROOT}.usdc")
    poses = asset.link_poses()
    for link in asset.links:
        body = define(layer, f"{path}/{names[link.name]}", "Xform")
        place(body, poses[link.name])
        if not asset.covering:
            _body(body, link)
        geometry = define(layer, f"{body.path}/{ROOT}", "Xform")
        geometry.referenceList.Prepend(Sdf.Reference(f"./{ROOT}.usdc", f"/{ROOT}/{names[link.name]}"))
        geometry.instanceable = True
    if asset.joints:
        apply(root, "PhysicsArticulationRootAPI")
        define(layer, f"{path}/{_JOINTS}", "Scope")
    joint_names = _joint_names(asset)
    for joint in asset.joints:
        _joint(layer, f"{path}/{_JOINTS}/{joint_names[joint.name]}", joint, path, names)
    save(layer, folder / f"{asset.id}.usda")


def _body(body: Sdf.PrimSpec, link: Link) -> None:
    """Make a prim a rigid body with the mass and inertia of a link."""
    apply(body, *_BODY_SCHEMAS)
    moments, axes = principal_inertia(link)
    put(body, "physics:mass", _TYPES.Float, link.mass)
    put(body, "physics:centerOfMass", _TYPES.Point3f, Gf.Vec3f(*link.com))
    put(body, "physics:diagonalInertia", _TYPES.Float3, Gf.Vec3f(*(float(value) for value in moments)))
    put(body, "physics:principalAxes", _TYPES.Quatf, quatf(quat_from_matrix(axes)))


def _joint(layer: Sdf.Layer, path: str, joint: Joint, root: str, names: dict[str, str]) -> None:
    """Add a joint whose x axis is the joint axis.

    UsdPhysics does not define dry friction [N m or N]; it is written as attributes of PhysX and Newton.

    Args:
        layer: layer of the asset.
        path: path of the joint's prim.
        joint: joint to add.
        root: path of the asset's prim.
        names: prim name of each link.
    """
    axis, scale = _JOINT_UNITS[joint.kind]
    prim = define(layer, path, f"Physics{joint.kind.capitalize()}Joint")
    parent, child = (f"{root}/{names[name]}" for name in (joint.parent, joint.child))
    link_from_joint = Gf.Quatf(Gf.Rotation(Gf.Vec3d.XAxis(), Gf.Vec3d(*joint.axis)).GetQuat())
    put(prim, "physics:axis", _TYPES.Token, "X", UNIFORM)
    put(prim, "physics:lowerLimit", _TYPES.Float, joint.lower * scale)
    put(prim, "physics:upperLimit", _TYPES.Float, joint.upper * scale)
    relate(prim, "physics:body0", parent)
    relate(prim, "physics:body1", child)
    put(prim, "physics:localPos0", _TYPES.Point3f, Gf.Vec3f(*joint.origin))
    put(prim, "physics:localPos1", _TYPES.Point3f, Gf.Vec3f(0))
    put(prim, "physics:localRot0", _TYPES.Quatf, link_from_joint)
    put(prim, "physics:localRot1", _TYPES.Quatf, link_from_joint)
    # A hinge lies in the frame that it turns in.
    moving = over(layer, child)
    apply(moving, "PhysicsFilteredPairsAPI")
    relate(moving, "physics:filteredPairs", parent)
    apply(prim, f"PhysicsDriveAPI:{axis}", f"PhysxJointAxisAPI:{axis}", "NewtonJointAPI")
    put(prim, f"drive:{axis}:physics:type", _TYPES.Token, "force", UNIFORM)
    for name, value in (("stiffness", 0.0), ("damping", joint.damping / scale), ("targetVelocity", 0.0)):
        put(prim, f"drive:{axis}:physics:{name}", _TYPES.Float, value)
    for name in ("staticFrictionEffort", "dynamicFrictionEffort"):
        put(prim, f"physxJointAxis:{axis}:{name}", _TYPES.Float, joint.friction)
    put(prim, "newton:friction", _TYPES.Float, joint.friction)


def _set_joint(prim: Sdf.PrimSpec, joint: Joint, position: float) -> None:
    """Set the position of a joint [rad or m], which PhysX otherwise assumes to be zero."""
    axis, scale = _JOINT_UNITS[joint.kind]
    apply(prim, f"PhysicsJointStateAPI:{axis}")
    put(prim, f"state:{axis}:physics:position", _TYPES.Float, position * scale)


def _prim_names(names: Iterable[str]) -> dict[str, str]:
    """Return a valid and unique prim name for each name."""
    prim_names: dict[str, str] = {}
    for name in names:
        valid = identifier(name)
        while valid in prim_names.values():
            valid += "_"
        prim_names[name] = valid
    return prim_names


def _link_names(asset: Asset) -> dict[str, str]:
    return _prim_names([LOOKS, _JOINTS, _LIGHT, *(link.name for link in asset.links)])


def _joint_names(asset: Asset) -> dict[str, str]:
    return _prim_names([_ANCHOR, *(joint.name for joint in asset.joints)])
