"""Authoring of USD specs directly in layers, without a composed stage.

A stage would recompose after each of the thousands of values of a scene.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from pxr import Gf, Sdf, Tf, Vt

from sage.geometry import Array, Pose

__all__ = [
    "UNIFORM",
    "apply",
    "create_layer",
    "define",
    "identifier",
    "label",
    "over",
    "place",
    "put",
    "quatf",
    "relate",
    "save",
    "vectors",
]

_TYPES = Sdf.ValueTypeNames
UNIFORM = Sdf.VariabilityUniform


def create_layer(root: str, form: str = "usda") -> tuple[Sdf.Layer, Sdf.PrimSpec]:
    """Create a layer in metres and kilograms, z up.

    Args:
        root: name of the root prim, which becomes the default prim.
        form: file format, `usda` or `usdc`.

    Returns:
        The layer and its root prim.
    """
    layer = Sdf.Layer.CreateAnonymous(f".{form}")
    for name, value in {"metersPerUnit": 1.0, "upAxis": "Z", "kilogramsPerUnit": 1.0}.items():
        layer.pseudoRoot.SetInfo(name, value)
    layer.defaultPrim = root
    return layer, define(layer, f"/{root}", "Xform")


def save(layer: Sdf.Layer, path: Path) -> None:
    """Write a layer to a file, creating its folder.

    Raises:
        Tf.ErrorException: the file cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    layer.Export(str(path))


def define(layer: Sdf.Layer, path: str, kind: str) -> Sdf.PrimSpec:
    """Define a prim at a path with a type such as `Xform`."""
    prim = Sdf.CreatePrimInLayer(layer, path)
    prim.specifier, prim.typeName = Sdf.SpecifierDef, kind
    return prim


def over(layer: Sdf.Layer, path: str) -> Sdf.PrimSpec:
    """Override a prim that a referenced layer defines."""
    return Sdf.CreatePrimInLayer(layer, path)


def put(
    prim: Sdf.PrimSpec,
    name: str,
    kind: Sdf.ValueTypeName,
    value: Any,
    variability: Sdf.Variability = Sdf.VariabilityVarying,
) -> Sdf.AttributeSpec:
    """Set an attribute of a prim."""
    attribute = Sdf.AttributeSpec(prim, name, kind, variability)
    attribute.default = value
    return attribute


def relate(prim: Sdf.PrimSpec, name: str, target: Sdf.Path | str) -> None:
    """Set a relationship of a prim to one target."""
    Sdf.RelationshipSpec(prim, name, custom=False).targetPathList.explicitItems = [target]


def apply(prim: Sdf.PrimSpec, *schemas: str) -> None:
    """Apply API schemas to a prim, after those already applied."""
    applied = prim.GetInfo("apiSchemas").prependedItems if prim.HasInfo("apiSchemas") else []
    prim.SetInfo("apiSchemas", Sdf.TokenListOp.Create(prependedItems=[*applied, *schemas]))


def label(prim: Sdf.PrimSpec, taxonomy: str, text: str) -> None:
    """Set the semantic label of a prim in a taxonomy (UsdSemantics)."""
    apply(prim, f"SemanticsLabelsAPI:{taxonomy}")
    put(prim, f"semantics:labels:{taxonomy}", _TYPES.TokenArray, Vt.TokenArray([text]))


def place(prim: Sdf.PrimSpec, pose: Pose, size: tuple[float, float, float] | None = None) -> None:
    """Set the transform of a prim.

    Args:
        prim: prim to edit.
        pose: `parent_from_prim` [m].
        size: scale along the axes of the prim.
    """
    w, x, y, z = pose.orientation
    put(prim, "xformOp:translate", _TYPES.Double3, Gf.Vec3d(*pose.position))
    put(prim, "xformOp:orient", _TYPES.Quatd, Gf.Quatd(w, x, y, z))
    order = ["xformOp:translate", "xformOp:orient"]
    if size:
        put(prim, "xformOp:scale", _TYPES.Double3, Gf.Vec3d(*size))
        order.append("xformOp:scale")
    put(prim, "xformOpOrder", _TYPES.TokenArray, Vt.TokenArray(order), UNIFORM)


def identifier(name: str) -> str:
    """Return a valid prim name, in which `_` replaces other characters.

    Example:
        >>> identifier("kitchen/wall 1")
        'kitchen_wall_1'
    """
    return str(Tf.MakeValidIdentifier(name))


def vectors(values: Array) -> Vt.Vec3fArray:
    """Return an array of shape [n, 3] as USD vectors of single precision."""
    return Vt.Vec3fArray.FromNumpy(np.ascontiguousarray(values, dtype=np.float32))


def quatf(quat: tuple[float, float, float, float]) -> Gf.Quatf:
    """Return a wxyz quaternion as a USD quaternion of single precision."""
    w, x, y, z = quat
    return Gf.Quatf(w, x, y, z)
