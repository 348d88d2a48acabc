"""USD: a scene of referenced assets with UsdPhysics bodies. The only file that imports pxr.

An asset is two files: `<id>.usda` holds bodies, masses and joints, `geometry.usdc` what is seen and touched.
Links are siblings below their asset, never nested, and each refers to its geometry as an instance, so that
objects of the same asset share it; bodies are never inside instances. A free object's links are rigid bodies;
a fixed object is a static collider, or, if it has joints, an articulation fixed to the world.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import numpy.typing as npt
from pxr import Gf, Kind, Sdf, Tf, Usd, UsdGeom, UsdLux, UsdPhysics, UsdSemantics, UsdShade, Vt

from sage.asset import Asset, AssetStore, Collider, Joint, Link, Material, Mesh
from sage.camera import Camera
from sage.errors import ExportError
from sage.export.hull import split_hull
from sage.export.inertia import principal_inertia
from sage.export.pattern import block_image, write_patterns
from sage.export.view import cameras, lamp_position
from sage.geometry import Array, Pose, Vec3, face_normals, quat_from_matrix
from sage.scene import GRAVITY, Room, Scene, SceneObject
from sage.structure import STRUCTURE_FRICTION, Block, block_material, block_mesh, room_blocks

__all__ = ["usd_positions", "write_usd"]

_DOME_INTENSITY = 350.0
_CEILING_LIGHT_INTENSITY = 1500.0
_LAMP_INTENSITY, _LAMP_RADIUS_M = 8000.0, 0.05
_JOINT_UNITS = {"revolute": ("angular", math.degrees(1.0)), "prismatic": ("linear", 1.0)}
"""What UsdPhysics calls a joint's axis, and how many of its units are in a radian or a metre."""
_LOOKS, _JOINTS, _LIGHT, _ANCHOR = "Looks", "Joints", "light", "anchor"
"""Names of prims beside an asset's links and joints; no link or joint may take them."""
_GRIP = "grip"
_GEOMETRY = "geometry"
"""The prim below a link, and the root of the file it refers to."""


def write_usd(scene: Scene, store: AssetStore, folder: Path) -> None:
    """Write `scene.usda`, `assets/<id>/<id>.usda` and `assets/<id>/geometry.usdc` into a scene's folder.

    Images are referred to relative to `assets/<id>/`; those that assets share are in `assets/textures/`.

    Raises:
        ExportError: USD refused to write.
    """
    try:
        ids = dict.fromkeys(item.asset for item in scene.objects)
        # The layers are kept open so that the scene does not parse them again.
        stages = [_write_asset(store[asset_id], folder / "assets" / asset_id) for asset_id in ids]
        write_patterns(scene.rooms, folder)
        _write_scene(scene, store, folder / "scene.usda")
        del stages
    except Tf.ErrorException as error:
        raise ExportError(f"USD could not write {folder.name!r}: {error}") from error


def usd_positions(path: Path) -> dict[str, Vec3]:
    """Return where every object of a scene's USD file stands [m], by id.

    Raises:
        ExportError: it is no USD, or has no objects.
    """
    try:
        # A layer without a name is read anew, whatever is open.
        layer = Sdf.Layer.OpenAsAnonymous(str(path))
        objects = layer.GetPrimAtPath("/World/objects").nameChildren
        places = {
            prim.GetInfo("displayName"): prim.attributes["xformOp:translate"].default for prim in objects
        }
    except (Tf.ErrorException, AttributeError, KeyError) as error:
        raise ExportError(f"USD cannot read {path.name!r}: {error}") from error
    return {name: (place[0], place[1], place[2]) for name, place in places.items()}


def _write_scene(scene: Scene, store: AssetStore, path: Path) -> None:
    stage, world = _stage(path, "World")
    Usd.ModelAPI(world).SetKind(Kind.Tokens.assembly)
    gravity = UsdPhysics.Scene.Define(stage, "/World/physics")
    gravity.CreateGravityDirectionAttr(Gf.Vec3f(0, 0, -1))
    gravity.CreateGravityMagnitudeAttr(GRAVITY)
    dome = UsdLux.DomeLight.Define(stage, "/World/sky")
    dome.CreateIntensityAttr(_DOME_INTENSITY)
    shell = UsdPhysics.CollisionGroup.Define(stage, "/World/shell")
    shell.GetCollidersCollectionAPI().CreateIncludesRel().SetTargets(["/World/structure"])
    # Walls and floor reach into one another.
    shell.CreateFilteredGroupsRel().SetTargets(["/World/shell"])
    for scope in ("structure", "objects", "cameras"):
        group = UsdGeom.Xform.Define(stage, f"/World/{scope}")
        Usd.ModelAPI(group).SetKind(Kind.Tokens.group)
    rooms = _prim_names(room.id for room in scene.rooms)
    for room in scene.rooms:
        _room(stage, room, f"/World/structure/{rooms[room.id]}")
    for camera in cameras(scene.rooms):
        _camera(stage, camera)
    names = _prim_names(item.id for item in scene.objects)
    for item in scene.objects:
        _object(stage, item, store[item.asset], f"/World/objects/{names[item.id]}")
    stage.GetRootLayer().Save()


def _camera(stage: Usd.Stage, camera: Camera) -> None:
    view = UsdGeom.Camera.Define(stage, f"/World/cameras/{_identifier(camera.name)}")
    # A frame of 4:3, as wide as a 35 mm film; both lengths are in tenths of a unit.
    width, height = 36.0, 27.0
    view.CreateHorizontalApertureAttr(width)
    view.CreateVerticalApertureAttr(height)
    view.CreateFocalLengthAttr(height / 2 / math.tan(math.radians(camera.fov) / 2))
    view.CreateClippingRangeAttr(Gf.Vec2f(0.05, 100))
    _place(view.GetPrim(), camera.opengl_pose)


def _object(stage: Usd.Stage, item: SceneObject, asset: Asset, path: str) -> None:
    prim = UsdGeom.Xform.Define(stage, path).GetPrim()
    prim.GetReferences().AddReference(f"./assets/{asset.id}/{asset.id}.usda")
    _place(prim, item.pose)
    prim.SetDisplayName(item.id)
    _label(prim, "category", item.category)
    poses = asset.link_poses(item.joints)
    names = _link_names(asset)
    for link in asset.links[1:]:
        _place(stage.OverridePrim(f"{path}/{names[link.name]}"), poses[link.name])
    joint_names = _joint_names(asset)
    for joint in asset.joints:
        override = stage.OverridePrim(f"{path}/{_JOINTS}/{joint_names[joint.name]}")
        _set_joint(override, joint, item.joints.get(joint.name, 0.0))
    lamp = lamp_position(asset)
    if lamp:
        light = UsdLux.SphereLight.Define(stage, f"{path}/{_LIGHT}")
        light.CreateRadiusAttr(_LAMP_RADIUS_M)
        light.CreateIntensityAttr(_LAMP_INTENSITY)
        _place(light.GetPrim(), Pose(position=lamp))
    root = f"{path}/{names[asset.links[0].name]}"
    if item.fixed and asset.joints:
        anchor = UsdPhysics.FixedJoint.Define(stage, f"{path}/{_JOINTS}/{_ANCHOR}")
        anchor.CreateBody1Rel().SetTargets([root])
        anchor.CreateLocalPos0Attr(Gf.Vec3f(*item.pose.position))
        anchor.CreateLocalRot0Attr(_quatf(item.pose.orientation))
    elif item.fixed and not item.covering:
        # Not merely disabled: Newton lets disabled bodies fall unless it is told not to.
        body = stage.OverridePrim(root)
        body.RemoveAPI(UsdPhysics.RigidBodyAPI)
        body.RemoveAPI(UsdPhysics.MassAPI)


def _room(stage: Usd.Stage, room: Room, path: str) -> None:
    prim = UsdGeom.Xform.Define(stage, path).GetPrim()
    Usd.ModelAPI(prim).SetKind(Kind.Tokens.component)
    _label(prim, "category", room.type)
    UsdGeom.Scope.Define(stage, f"{path}/{_LOOKS}")
    blocks = room_blocks(room)
    looks = {
        look: _surface(stage, f"{path}/{_LOOKS}/look_{index}", look)
        for index, look in enumerate(dict.fromkeys(_look(block) for block in blocks))
    }
    grip = _grip(stage, f"{path}/{_LOOKS}/{_GRIP}", STRUCTURE_FRICTION)
    names = _prim_names([_LOOKS, *(block.name for block in blocks)])
    for block in blocks:
        cube = _cube(stage, f"{path}/{names[block.name]}", block.pose, block.size)
        _label(cube, "category", block.kind)
        if block.collides:
            UsdPhysics.CollisionAPI.Apply(cube)
            _bind(cube, grip, "physics")
        if block.pattern:
            UsdGeom.Imageable(cube).CreatePurposeAttr(UsdGeom.Tokens.guide)
            # A cube has no coordinates for a pattern.
            seen = f"{path}/{names[block.name]}_{block.pattern}"
            prim = _visual(stage, seen, block_mesh(block), looks[_look(block)], textured=True)
            _place(prim, block.pose)
            _label(prim, "category", block.kind)
        else:
            _bind(cube, looks[_look(block)])
    low_x, low_y, high_x, high_y = room.floor.bounds
    light = UsdLux.RectLight.Define(stage, f"{path}/ceiling_light")
    light.CreateWidthAttr((high_x - low_x) / 2)
    light.CreateHeightAttr((high_y - low_y) / 2)
    light.CreateIntensityAttr(_CEILING_LIGHT_INTENSITY)
    centre = room.floor.representative_point()
    _place(light.GetPrim(), Pose(position=(centre.x, centre.y, room.height - 0.05)))


def _look(block: Block) -> Material:
    """Return a block's material with its images where they are for the stage."""
    look = block_material(block)
    names = ("texture", "surface_map", "normal_map")
    files = {name: block_image(file) for name in names if (file := getattr(look, name))}
    return look.model_copy(update={"name": ""} | files)


def _write_asset(asset: Asset, folder: Path) -> Usd.Stage:
    folder.mkdir(parents=True, exist_ok=True)
    stage, root = _stage(folder / f"{asset.id}.usda", Tf.MakeValidIdentifier(asset.id))
    Usd.ModelAPI(root).SetKind(Kind.Tokens.component)
    _label(root, "category", asset.category)
    _label(root, "wordnet", asset.synset)
    path = str(root.GetPath())
    names = _link_names(asset)
    _write_geometry(asset, names, folder / f"{_GEOMETRY}.usdc")
    poses = asset.link_poses()
    for link in asset.links:
        body = UsdGeom.Xform.Define(stage, f"{path}/{names[link.name]}").GetPrim()
        _place(body, poses[link.name])
        if not asset.covering:
            _body(body, link)
        geometry = UsdGeom.Xform.Define(stage, f"{body.GetPath()}/{_GEOMETRY}").GetPrim()
        geometry.GetReferences().AddReference(f"./{_GEOMETRY}.usdc", f"/{_GEOMETRY}/{names[link.name]}")
        geometry.SetInstanceable(True)
    if asset.joints:
        UsdPhysics.ArticulationRootAPI.Apply(root)
        UsdGeom.Scope.Define(stage, f"{path}/{_JOINTS}")
    joint_names = _joint_names(asset)
    for joint in asset.joints:
        _joint(stage, f"{path}/{_JOINTS}/{joint_names[joint.name]}", joint, path, names)
    stage.GetRootLayer().Save()
    return stage


def _write_geometry(asset: Asset, names: dict[str, str], file: Path) -> None:
    """Write what is seen and touched of every link; what is bound in an instance must be in it."""
    stage, _ = _stage(file, _GEOMETRY)
    for link in asset.links:
        root = f"/{_GEOMETRY}/{names[link.name]}"
        UsdGeom.Xform.Define(stage, root)
        UsdGeom.Scope.Define(stage, f"{root}/{_LOOKS}")
        materials = dict.fromkeys(visual.material for visual in link.visuals)
        looks = {
            material: _surface(stage, f"{root}/{_LOOKS}/{_identifier(material.name)}_{index}", material)
            for index, material in enumerate(materials)
        }
        for visual in link.visuals:
            path = f"{root}/{_identifier('visual_' + visual.name)}"
            textured = visual.material.texture is not None
            _visual(stage, path, visual.mesh, looks[visual.material], textured=textured)
        if asset.covering:
            continue
        grip = _grip(stage, f"{root}/{_LOOKS}/{_GRIP}", link.friction)
        for collider in link.colliders:
            path = f"{root}/{_identifier('collision_' + collider.name)}"
            parts = split_hull(collider)
            for number, part in enumerate(parts):
                _piece(stage, path if len(parts) == 1 else f"{path}_part_{number}", part, grip)
    stage.GetRootLayer().Save()


def _piece(stage: Usd.Stage, path: str, collider: Collider, grip: UsdShade.Material) -> None:
    """Add a convex piece that touches and is not seen. Newton looks for the grip nowhere but here."""
    if collider.box:
        piece = _cube(stage, path, collider.pose, collider.box)
    else:
        piece = _hull(stage, path, collider)
        UsdPhysics.MeshCollisionAPI.Apply(piece).CreateApproximationAttr(UsdPhysics.Tokens.convexHull)
    UsdPhysics.CollisionAPI.Apply(piece)
    UsdGeom.Imageable(piece).CreatePurposeAttr(UsdGeom.Tokens.guide)
    _bind(piece, grip, "physics")


def _body(body: Usd.Prim, link: Link) -> None:
    """Make a prim a rigid body with mass."""
    UsdPhysics.RigidBodyAPI.Apply(body)
    moments, axes = principal_inertia(link)
    mass = UsdPhysics.MassAPI.Apply(body)
    mass.CreateMassAttr(link.mass)
    mass.CreateCenterOfMassAttr(Gf.Vec3f(*link.com))
    mass.CreateDiagonalInertiaAttr(Gf.Vec3f(*(float(value) for value in moments)))
    mass.CreatePrincipalAxesAttr(_quatf(quat_from_matrix(axes)))


def _joint(stage: Usd.Stage, path: str, joint: Joint, root: str, names: dict[str, str]) -> None:
    """Add a joint whose x axis is the asset's axis.

    UsdPhysics has no word for dry friction [N m or N]: it is written as PhysX and Newton read it.
    """
    axis, scale = _JOINT_UNITS[joint.kind]
    define = {"revolute": UsdPhysics.RevoluteJoint, "prismatic": UsdPhysics.PrismaticJoint}[joint.kind]
    schema = define.Define(stage, path)
    turn = Gf.Rotation(Gf.Vec3d.XAxis(), Gf.Vec3d(*joint.axis)).GetQuat()
    schema.CreateAxisAttr(UsdPhysics.Tokens.x)
    schema.CreateLowerLimitAttr(joint.lower * scale)
    schema.CreateUpperLimitAttr(joint.upper * scale)
    schema.CreateBody0Rel().SetTargets([f"{root}/{names[joint.parent]}"])
    schema.CreateBody1Rel().SetTargets([f"{root}/{names[joint.child]}"])
    schema.CreateLocalPos0Attr(Gf.Vec3f(*joint.origin))
    schema.CreateLocalPos1Attr(Gf.Vec3f(0))
    schema.CreateLocalRot0Attr(Gf.Quatf(turn))
    schema.CreateLocalRot1Attr(Gf.Quatf(turn))
    # A hinge lies in the frame that it turns in.
    child = UsdPhysics.FilteredPairsAPI.Apply(stage.GetPrimAtPath(f"{root}/{names[joint.child]}"))
    child.CreateFilteredPairsRel().AddTarget(f"{root}/{names[joint.parent]}")
    prim = schema.GetPrim()
    drive = UsdPhysics.DriveAPI.Apply(prim, axis)
    drive.CreateTypeAttr(UsdPhysics.Tokens.force)
    drive.CreateStiffnessAttr(0.0)
    drive.CreateDampingAttr(joint.damping / scale)
    drive.CreateTargetVelocityAttr(0.0)
    prim.AddAppliedSchema(f"PhysxJointAxisAPI:{axis}")
    _number(prim, f"physxJointAxis:{axis}:staticFrictionEffort", joint.friction)
    _number(prim, f"physxJointAxis:{axis}:dynamicFrictionEffort", joint.friction)
    prim.AddAppliedSchema("NewtonJointAPI")
    _number(prim, "newton:friction", joint.friction)


def _set_joint(prim: Usd.Prim, joint: Joint, position: float) -> None:
    """Say where a joint stands; without this PhysX takes it to be at zero, whatever its links say."""
    axis, scale = _JOINT_UNITS[joint.kind]
    prim.AddAppliedSchema(f"PhysicsJointStateAPI:{axis}")
    _number(prim, f"state:{axis}:physics:position", position * scale)


def _visual(stage: Usd.Stage, path: str, shape: Mesh, look: UsdShade.Material, *, textured: bool) -> Usd.Prim:
    mesh = _mesh(stage, path, shape.vertices, shape.faces)
    mesh.CreateNormalsAttr(_vectors(shape.normals))
    mesh.SetNormalsInterpolation(UsdGeom.Tokens.vertex)
    _bind(mesh.GetPrim(), look)
    if textured:
        uv = UsdGeom.PrimvarsAPI(mesh).CreatePrimvar(
            "st", Sdf.ValueTypeNames.TexCoord2fArray, UsdGeom.Tokens.vertex
        )
        uv.Set(Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(shape.uv, dtype=np.float32)))
    return mesh.GetPrim()


def _hull(stage: Usd.Stage, path: str, collider: Collider) -> Usd.Prim:
    mesh = _mesh(stage, path, collider.points, collider.faces)
    normals = face_normals(collider.points, collider.faces)
    mesh.CreateNormalsAttr(_vectors(normals / np.linalg.norm(normals, axis=1, keepdims=True)))
    mesh.SetNormalsInterpolation(UsdGeom.Tokens.uniform)
    return mesh.GetPrim()


def _mesh(stage: Usd.Stage, path: str, points: Array, faces: npt.NDArray[np.int64]) -> UsdGeom.Mesh:
    mesh = UsdGeom.Mesh.Define(stage, path)
    mesh.CreateSubdivisionSchemeAttr(UsdGeom.Tokens.none)
    mesh.CreatePointsAttr(_vectors(points))
    mesh.CreateFaceVertexCountsAttr(Vt.IntArray(len(faces), 3))
    mesh.CreateFaceVertexIndicesAttr(
        Vt.IntArray.FromNumpy(np.ascontiguousarray(faces.ravel(), dtype=np.int32))
    )
    mesh.CreateExtentAttr(_vectors(np.array([points.min(axis=0), points.max(axis=0)])))
    return mesh


def _cube(stage: Usd.Stage, path: str, pose: Pose, size: tuple[float, float, float]) -> Usd.Prim:
    cube = UsdGeom.Cube.Define(stage, path)
    cube.CreateSizeAttr(1.0)
    cube.CreateExtentAttr([Gf.Vec3f(-0.5), Gf.Vec3f(0.5)])
    _place(cube.GetPrim(), pose)
    cube.AddScaleOp(UsdGeom.XformOp.PrecisionDouble).Set(Gf.Vec3d(*size))
    return cube.GetPrim()


def _surface(stage: Usd.Stage, path: str, look: Material) -> UsdShade.Material:
    """Define a material that is seen."""
    material = UsdShade.Material.Define(stage, path)
    shader = UsdShade.Shader.Define(stage, f"{path}/surface")
    shader.CreateIdAttr("UsdPreviewSurface")
    red, green, blue, alpha = look.linear_rgba
    inputs = {
        "diffuseColor": (Sdf.ValueTypeNames.Color3f, Gf.Vec3f(red, green, blue)),
        "roughness": (Sdf.ValueTypeNames.Float, look.roughness),
        "metallic": (Sdf.ValueTypeNames.Float, look.metallic),
        "opacity": (Sdf.ValueTypeNames.Float, alpha),
    }
    images: dict[str, UsdShade.Shader] = {}
    if look.images:
        reader = UsdShade.Shader.Define(stage, f"{path}/st")
        reader.CreateIdAttr("UsdPrimvarReader_float2")
        reader.CreateInput("varname", Sdf.ValueTypeNames.String).Set("st")
        st = reader.CreateOutput("result", Sdf.ValueTypeNames.Float2)
    if look.texture:
        images["diffuseColor"] = _image(
            stage, f"{path}/texture", look.texture, st, (red, green, blue, 1), "sRGB"
        )
    if look.surface_map:
        factors = (1.0, look.roughness, look.metallic, 1.0)
        images["roughness"] = _image(stage, f"{path}/surface_map", look.surface_map, st, factors)
        images["metallic"] = images["roughness"]
    for name, (kind, value) in inputs.items():
        told = shader.CreateInput(name, kind)
        if name in images:
            channel = {"roughness": "g", "metallic": "b"}.get(name, "rgb")
            output = Sdf.ValueTypeNames.Float3 if channel == "rgb" else Sdf.ValueTypeNames.Float
            told.ConnectToSource(images[name].CreateOutput(channel, output))
        else:
            told.Set(value)
    if look.normal_map:
        bumps = _image(stage, f"{path}/normal_map", look.normal_map, st, (2, 2, 2, 1), bias=(-1, -1, -1, 0))
        normal = shader.CreateInput("normal", Sdf.ValueTypeNames.Normal3f)
        normal.ConnectToSource(bumps.CreateOutput("rgb", Sdf.ValueTypeNames.Float3))
    material.CreateSurfaceOutput().ConnectToSource(shader.ConnectableAPI(), "surface")
    return material


def _image(
    stage: Usd.Stage,
    path: str,
    file: str,
    st: UsdShade.Output,
    scale: tuple[float, float, float, float],
    space: str = "raw",
    bias: tuple[float, float, float, float] | None = None,
) -> UsdShade.Shader:
    """Add an image that a material is read from, at the coordinates `st`."""
    texture = UsdShade.Shader.Define(stage, path)
    texture.CreateIdAttr("UsdUVTexture")
    place = file if file.startswith("../") else f"./{file}"
    texture.CreateInput("file", Sdf.ValueTypeNames.Asset).Set(place)
    texture.CreateInput("sourceColorSpace", Sdf.ValueTypeNames.Token).Set(space)
    texture.CreateInput("scale", Sdf.ValueTypeNames.Float4).Set(Gf.Vec4f(*scale))
    if bias:
        texture.CreateInput("bias", Sdf.ValueTypeNames.Float4).Set(Gf.Vec4f(*bias))
    for side in ("wrapS", "wrapT"):
        texture.CreateInput(side, Sdf.ValueTypeNames.Token).Set("repeat")
    texture.CreateInput("st", Sdf.ValueTypeNames.Float2).ConnectToSource(st)
    return texture


def _grip(stage: Usd.Stage, path: str, friction: float) -> UsdShade.Material:
    """Define a material that is felt."""
    material = UsdShade.Material.Define(stage, path)
    physics = UsdPhysics.MaterialAPI.Apply(material.GetPrim())
    physics.CreateStaticFrictionAttr(friction)
    physics.CreateDynamicFrictionAttr(friction)
    physics.CreateRestitutionAttr(0.0)
    return material


def _number(prim: Usd.Prim, name: str, value: float) -> None:
    prim.CreateAttribute(name, Sdf.ValueTypeNames.Float, custom=False).Set(value)


def _bind(prim: Usd.Prim, material: UsdShade.Material, purpose: str = "") -> None:
    strength = UsdShade.Tokens.fallbackStrength
    UsdShade.MaterialBindingAPI.Apply(prim).Bind(material, strength, purpose)


def _label(prim: Usd.Prim, taxonomy: str, label: str) -> None:
    UsdSemantics.LabelsAPI.Apply(prim, taxonomy).CreateLabelsAttr([label])


def _stage(path: Path, root: str) -> tuple[Usd.Stage, Usd.Prim]:
    """Start a file of metres and kilograms, z up, with a root that is its default prim."""
    stage = Usd.Stage.CreateNew(str(path))
    UsdGeom.SetStageMetersPerUnit(stage, 1.0)
    UsdGeom.SetStageUpAxis(stage, UsdGeom.Tokens.z)
    UsdPhysics.SetStageKilogramsPerUnit(stage, 1.0)
    prim = UsdGeom.Xform.Define(stage, f"/{root}").GetPrim()
    stage.SetDefaultPrim(prim)
    return stage, prim


def _place(prim: Usd.Prim, pose: Pose) -> None:
    xform = UsdGeom.Xformable(prim)
    xform.ClearXformOpOrder()
    w, x, y, z = pose.orientation
    xform.AddTranslateOp(UsdGeom.XformOp.PrecisionDouble).Set(Gf.Vec3d(*pose.position))
    xform.AddOrientOp(UsdGeom.XformOp.PrecisionDouble).Set(Gf.Quatd(w, x, y, z))


def _prim_names(names: Iterable[str]) -> dict[str, str]:
    """Return a valid and unique prim name for each name."""
    taken: dict[str, str] = {}
    for name in names:
        identifier = _identifier(name)
        while identifier in taken.values():
            identifier += "_"
        taken[name] = identifier
    return taken


def _link_names(asset: Asset) -> dict[str, str]:
    return _prim_names([_LOOKS, _JOINTS, _LIGHT, *(link.name for link in asset.links)])


def _joint_names(asset: Asset) -> dict[str, str]:
    return _prim_names([_ANCHOR, *(joint.name for joint in asset.joints)])


def _identifier(name: str) -> str:
    return str(Tf.MakeValidIdentifier(name))


def _vectors(values: Array) -> Vt.Vec3fArray:
    return Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(values, dtype=np.float32))


def _quatf(quat: tuple[float, float, float, float]) -> Gf.Quatf:
    w, x, y, z = quat
    return Gf.Quatf(w, x, y, z)
