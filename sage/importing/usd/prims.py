"""Queries of single USD prims: geometry, physics, names and labels."""

from __future__ import annotations

import numpy as np
from pxr import Usd, UsdGeom, UsdPhysics, UsdSemantics, UsdShade

from sage.errors import SourceError
from sage.geometry import Array
from sage.importing import shapes

__all__ = [
    "body_of",
    "component_of",
    "friction_of",
    "is_enabled_body",
    "is_enabled_collider",
    "label_of",
    "number",
    "own_name",
    "round_points",
    "triangles",
]


def round_points(prim: Usd.Prim) -> Array | None:
    """Return the corners of a sphere, capsule, cylinder or cone in the prim frame, shape [n, 3], or None.

    Lengths are in stage units.
    """
    if prim.IsA(UsdGeom.Sphere):
        return shapes.capsule(float(UsdGeom.Sphere(prim).GetRadiusAttr().Get()), 0.0)
    makers = {"Capsule": shapes.capsule, "Cylinder": shapes.cylinder, "Cone": shapes.cone}
    kind = str(prim.GetTypeName())
    if kind not in makers:
        return None
    schema = getattr(UsdGeom, kind)(prim)
    points = makers[kind](float(schema.GetRadiusAttr().Get()), float(schema.GetHeightAttr().Get()) / 2)
    order = {"X": [2, 0, 1], "Y": [1, 2, 0], "Z": [0, 1, 2]}[str(schema.GetAxisAttr().Get())]
    return points[:, order]


def triangles(mesh: UsdGeom.Mesh, count: int) -> shapes.Faces:
    """Return the faces of a mesh as fans of triangles.

    Args:
        mesh: mesh of polygons.
        count: number of its points.

    Returns:
        Point indices, shape [m, 3].

    Raises:
        SourceError: the faces are inconsistent with the points.
    """
    sizes = list(mesh.GetFaceVertexCountsAttr().Get() or [])
    corners = list(mesh.GetFaceVertexIndicesAttr().Get() or [])
    if sum(sizes) != len(corners) or any(not 0 <= corner < count for corner in corners):
        raise SourceError(f"the faces of {mesh.GetPath()} do not match its {count} points; correct the mesh")
    triangles, start = [], 0
    for size in sizes:
        ring = corners[start : start + size]
        triangles += [(ring[0], ring[i], ring[i + 1]) for i in range(1, size - 1)]
        start += size
    return np.array(triangles, dtype=np.int64).reshape(-1, 3)


def is_enabled_collider(prim: Usd.Prim) -> bool:
    """Return whether a collider is enabled."""
    return bool(UsdPhysics.CollisionAPI(prim).GetCollisionEnabledAttr().Get())


def is_enabled_body(prim: Usd.Prim) -> bool:
    """Return whether a rigid body is dynamic: enabled and not kinematic."""
    body = UsdPhysics.RigidBodyAPI(prim)
    return bool(body.GetRigidBodyEnabledAttr().Get()) and not body.GetKinematicEnabledAttr().Get()


def body_of(prim: Usd.Prim) -> Usd.Prim | None:
    """Return the rigid body that a collider belongs to: itself or the nearest ancestor, else None."""
    while prim and not prim.IsPseudoRoot():
        if prim.HasAPI(UsdPhysics.RigidBodyAPI):
            return prim
        prim = prim.GetParent()
    return None


def component_of(prim: Usd.Prim) -> str:
    """Return the path of the nearest prim of kind component above a static collider, else its own."""
    above = prim
    while above and not above.IsPseudoRoot():
        if Usd.ModelAPI(above).GetKind() == "component":
            return str(above.GetPath())
        above = above.GetParent()
    return str(prim.GetPath())


def own_name(prim: Usd.Prim) -> str:
    """Return the name of a prim, or of its parent if the prim is the only child."""
    parent = prim.GetParent()
    alone = parent and not parent.IsPseudoRoot() and len(parent.GetChildren()) == 1
    return str(parent.GetName() if alone else prim.GetName())


def label_of(prim: Usd.Prim) -> str:
    """Return the first label of a prim in the taxonomies `category` and `class`, or an empty string."""
    for taxonomy in ("category", "class"):
        if prim and prim.HasAPI(UsdSemantics.LabelsAPI, taxonomy):
            labels = UsdSemantics.LabelsAPI(prim, taxonomy).GetLabelsAttr().Get()
            if labels:
                return str(labels[0])
    return ""


def friction_of(prim: Usd.Prim) -> float | None:
    """Return the static friction of a collider's physics material, or None if it has none."""
    material = UsdShade.MaterialBindingAPI(prim).ComputeBoundMaterial("physics")[0]
    if not material or not material.GetPrim().HasAPI(UsdPhysics.MaterialAPI):
        return None
    return number(UsdPhysics.MaterialAPI(material).GetStaticFrictionAttr())


def number(attribute: Usd.Attribute) -> float:
    """Return the value of an attribute; 0 if it is missing or empty."""
    value = attribute.Get() if attribute else None
    return float(value) if value is not None else 0.0
