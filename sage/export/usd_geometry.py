"""Visual and collision geometry of assets and rooms in USD."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from pxr import Gf, Sdf, Vt

from sage.asset import Asset, Collider, Material, Mesh
from sage.export.hull import split_hull
from sage.export.usd_specs import (
    UNIFORM,
    apply,
    create_layer,
    define,
    identifier,
    place,
    put,
    relate,
    save,
    vectors,
)
from sage.geometry import Array, Pose, face_normals

__all__ = [
    "LOOKS",
    "PHYSICS_MATERIAL",
    "ROOT",
    "bind",
    "cube",
    "physics_material",
    "render_material",
    "visual",
    "write_geometry",
]

_TYPES = Sdf.ValueTypeNames
ROOT = "geometry"
"""Name of the root prim of an asset's geometry file."""
LOOKS, PHYSICS_MATERIAL = "Looks", "grip"
"""Names of the scope of materials and of the physics material in it."""


def write_geometry(asset: Asset, names: Mapping[str, str], file: Path) -> None:
    """Write the visual and collision geometry of every link of an asset, with its materials.

    Args:
        asset: asset to write; coverings have no collision geometry.
        names: prim name of each link.
        file: USD file to write.
    """
    layer, _ = create_layer(ROOT, "usdc")
    for link in asset.links:
        root = f"/{ROOT}/{names[link.name]}"
        define(layer, root, "Xform")
        define(layer, f"{root}/{LOOKS}", "Scope")
        materials = dict.fromkeys(shape.material for shape in link.visuals)
        looks = {
            material: render_material(layer, f"{root}/{LOOKS}/{identifier(material.name)}_{index}", material)
            for index, material in enumerate(materials)
        }
        for shape in link.visuals:
            path = f"{root}/{identifier('visual_' + shape.name)}"
            textured = shape.material.texture is not None
            visual(layer, path, shape.mesh, looks[shape.material], textured=textured)
        if asset.covering:
            continue
        friction_material = physics_material(layer, f"{root}/{LOOKS}/{PHYSICS_MATERIAL}", link.friction)
        for collider in link.colliders:
            path = f"{root}/{identifier('collision_' + collider.name)}"
            parts = split_hull(collider)
            for number, part in enumerate(parts):
                _piece(layer, path if len(parts) == 1 else f"{path}_part_{number}", part, friction_material)
    save(layer, file)


def cube(layer: Sdf.Layer, path: str, pose: Pose, size: tuple[float, float, float]) -> Sdf.PrimSpec:
    """Define a box.

    Args:
        layer: layer to edit.
        path: path of the prim.
        pose: `parent_from_box`.
        size: extents along the axes of the box [m].
    """
    prim = define(layer, path, "Cube")
    put(prim, "size", _TYPES.Double, 1.0)
    put(prim, "extent", _TYPES.Float3Array, Vt.Vec3fArray([Gf.Vec3f(-0.5), Gf.Vec3f(0.5)]))
    place(prim, pose, size)
    return prim


def visual(layer: Sdf.Layer, path: str, shape: Mesh, look: Sdf.Path, *, textured: bool) -> Sdf.PrimSpec:
    """Define a visual mesh.

    Args:
        layer: layer to edit.
        path: path of the prim.
        shape: mesh in the parent frame.
        look: path of its render material.
        textured: whether to write texture coordinates.
    """
    prim = _mesh(layer, path, shape.vertices, shape.faces)
    normals = put(prim, "normals", _TYPES.Normal3fArray, vectors(shape.normals))
    normals.SetInfo("interpolation", "vertex")
    bind(prim, look)
    if textured:
        uv = Vt.Vec2fArray.FromNumpy(np.ascontiguousarray(shape.uv, dtype=np.float32))
        put(prim, "primvars:st", _TYPES.TexCoord2fArray, uv).SetInfo("interpolation", "vertex")
    return prim


def render_material(layer: Sdf.Layer, path: str, look: Material) -> Sdf.Path:
    """Define a render material (UsdPreviewSurface); return its path."""
    material = define(layer, path, "Material")
    shader = _shader(layer, f"{path}/surface", "UsdPreviewSurface")
    red, green, blue, alpha = look.linear_rgba
    inputs: dict[str, tuple[Sdf.ValueTypeName, Any]] = {
        "diffuseColor": (_TYPES.Color3f, Gf.Vec3f(red, green, blue)),
        "roughness": (_TYPES.Float, look.roughness),
        "metallic": (_TYPES.Float, look.metallic),
        "opacity": (_TYPES.Float, alpha),
    }
    sources: dict[str, Sdf.Path] = {}
    if look.images:
        reader = _shader(layer, f"{path}/st", "UsdPrimvarReader_float2")
        put(reader, "inputs:varname", _TYPES.String, "st")
        st = _output(reader, "result", _TYPES.Float2)
    if look.texture:
        image = _image(layer, f"{path}/texture", look.texture, st, (red, green, blue, 1), "sRGB")
        sources["diffuseColor"] = _output(image, "rgb", _TYPES.Float3)
    if look.surface_map:
        factors = (1.0, look.roughness, look.metallic, 1.0)
        image = _image(layer, f"{path}/surface_map", look.surface_map, st, factors)
        sources["roughness"] = _output(image, "g", _TYPES.Float)
        sources["metallic"] = _output(image, "b", _TYPES.Float)
    for name, (kind, value) in inputs.items():
        if name in sources:
            _connect(shader, f"inputs:{name}", kind, sources[name])
        else:
            put(shader, f"inputs:{name}", kind, value)
    if look.normal_map:
        image = _image(layer, f"{path}/normal_map", look.normal_map, st, (2, 2, 2, 1), bias=(-1, -1, -1, 0))
        _connect(shader, "inputs:normal", _TYPES.Normal3f, _output(image, "rgb", _TYPES.Float3))
    _connect(material, "outputs:surface", _TYPES.Token, _output(shader, "surface", _TYPES.Token))
    return material.path


def physics_material(layer: Sdf.Layer, path: str, friction: float) -> Sdf.Path:
    """Define a physics material with a friction coefficient and no restitution; return its path."""
    material = define(layer, path, "Material")
    apply(material, "PhysicsMaterialAPI")
    for name, value in (("staticFriction", friction), ("dynamicFriction", friction), ("restitution", 0.0)):
        put(material, f"physics:{name}", _TYPES.Float, value)
    return material.path


def bind(prim: Sdf.PrimSpec, material: Sdf.Path, purpose: str = "") -> None:
    """Bind a material to a prim, for one purpose, such as `physics`, or for all."""
    apply(prim, "MaterialBindingAPI")
    relate(prim, f"material:binding:{purpose}" if purpose else "material:binding", material)


def _piece(layer: Sdf.Layer, path: str, collider: Collider, friction_material: Sdf.Path) -> None:
    """Add a collider that is not rendered. Newton reads friction from the colliders only."""
    if collider.box:
        prim = cube(layer, path, collider.pose, collider.box)
    else:
        prim = _hull(layer, path, collider)
        apply(prim, "PhysicsMeshCollisionAPI")
        put(prim, "physics:approximation", _TYPES.Token, "convexHull", UNIFORM)
    apply(prim, "PhysicsCollisionAPI")
    put(prim, "purpose", _TYPES.Token, "guide", UNIFORM)
    bind(prim, friction_material, "physics")


def _hull(layer: Sdf.Layer, path: str, collider: Collider) -> Sdf.PrimSpec:
    prim = _mesh(layer, path, collider.points, collider.faces)
    normals = face_normals(collider.points, collider.faces)
    units = vectors(normals / np.linalg.norm(normals, axis=1, keepdims=True))
    put(prim, "normals", _TYPES.Normal3fArray, units).SetInfo("interpolation", "uniform")
    return prim


def _mesh(layer: Sdf.Layer, path: str, points: Array, faces: npt.NDArray[np.int64]) -> Sdf.PrimSpec:
    prim = define(layer, path, "Mesh")
    put(prim, "subdivisionScheme", _TYPES.Token, "none", UNIFORM)
    put(prim, "points", _TYPES.Point3fArray, vectors(points))
    put(prim, "faceVertexCounts", _TYPES.IntArray, Vt.IntArray(len(faces), 3))
    corners = Vt.IntArray.FromNumpy(np.ascontiguousarray(faces.ravel(), dtype=np.int32))
    put(prim, "faceVertexIndices", _TYPES.IntArray, corners)
    extent = vectors(np.array([points.min(axis=0), points.max(axis=0)]))
    put(prim, "extent", _TYPES.Float3Array, extent)
    return prim


def _image(
    layer: Sdf.Layer,
    path: str,
    file: str,
    st: Sdf.Path,
    scale: tuple[float, float, float, float],
    space: str = "raw",
    bias: tuple[float, float, float, float] | None = None,
) -> Sdf.PrimSpec:
    """Add a texture shader for an image file, with the texture coordinates of the shader output `st`."""
    texture = _shader(layer, path, "UsdUVTexture")
    place = file if file.startswith("../") else f"./{file}"
    put(texture, "inputs:file", _TYPES.Asset, Sdf.AssetPath(place))
    put(texture, "inputs:sourceColorSpace", _TYPES.Token, space)
    put(texture, "inputs:scale", _TYPES.Float4, Gf.Vec4f(*scale))
    if bias:
        put(texture, "inputs:bias", _TYPES.Float4, Gf.Vec4f(*bias))
    for side in ("wrapS", "wrapT"):
        put(texture, f"inputs:{side}", _TYPES.Token, "repeat")
    _connect(texture, "inputs:st", _TYPES.Float2, st)
    return texture


def _shader(layer: Sdf.Layer, path: str, name: str) -> Sdf.PrimSpec:
    shader = define(layer, path, "Shader")
    put(shader, "info:id", _TYPES.Token, name, UNIFORM)
    return shader


def _output(shader: Sdf.PrimSpec, name: str, kind: Sdf.ValueTypeName) -> Sdf.Path:
    return Sdf.AttributeSpec(shader, f"outputs:{name}", kind).path


def _connect(prim: Sdf.PrimSpec, name: str, kind: Sdf.ValueTypeName, source: Sdf.Path) -> None:
    Sdf.AttributeSpec(prim, name, kind).connectionPathList.explicitItems = [source]
