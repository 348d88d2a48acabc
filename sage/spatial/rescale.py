"""Rescaling of an asset to another size and mass."""

from __future__ import annotations

import numpy as np

from sage.asset import Asset, Collider, Joint, Link, Mesh, Surface, Visual
from sage.geometry import Array, Pose, Vec3

__all__ = ["rescaled"]

_ALIGNED = 1e-6


def rescaled(
    asset: Asset,
    size: Vec3,
    mass: float,
    *,
    provenance: str,
    category: str | None = None,
    synset: str | None = None,
) -> Asset:
    """Return an asset stretched along its axes to a size and given a mass.

    The relative distribution of mass is kept: for a stretch S, the second moments M of a link about its
    centre of mass become S M S times the ratio of masses, from which its inertia follows exactly.

    Args:
        asset: the asset.
        size: depth, width, height [m].
        mass: total mass [kg].
        provenance: origin of the result, in words.
        category: category that the result stands for; by default the asset's own.
        synset: WordNet synset of the category; by default the asset's own.
    """
    scale = np.array(size) / np.array(asset.size)
    mass_ratio = mass / asset.mass
    return asset.model_copy(
        update={
            "id": "",
            "category": asset.category if category is None else category,
            "synset": asset.synset if synset is None else synset,
            "provenance": provenance,
            "size": _triple(np.array(asset.size) * scale),
            "grasp_width": float(asset.grasp_width * _grasp_scale(asset, scale)),
            "links": tuple(_link(link, scale, mass_ratio) for link in asset.links),
            "joints": tuple(_joint(joint, scale, mass_ratio) for joint in asset.joints),
            "surfaces": tuple(_surface(surface, scale) for surface in asset.surfaces),
        }
    ).identified()


def _grasp_scale(asset: Asset, scale: Array) -> float:
    """Return the scale of the grasp width: that of the side nearest to it in length."""
    return float(scale[int(np.argmin(np.abs(np.array(asset.size) - asset.grasp_width)))])


def _link(link: Link, scale: Array, mass_ratio: float) -> Link:
    xx, yy, zz, xy, xz, yz = link.inertia
    inertia = np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])
    moments = np.trace(inertia) / 2 * np.eye(3) - inertia
    stretched = mass_ratio * np.outer(scale, scale) * moments
    new = np.trace(stretched) * np.eye(3) - stretched
    return link.model_copy(
        update={
            "visuals": tuple(_visual(visual, scale) for visual in link.visuals),
            "colliders": tuple(_collider(collider, scale) for collider in link.colliders),
            "mass": float(link.mass * mass_ratio),
            "com": _triple(np.array(link.com) * scale),
            "inertia": tuple(
                float(v) for v in (new[0, 0], new[1, 1], new[2, 2], new[0, 1], new[0, 2], new[1, 2])
            ),
        }
    )


def _visual(visual: Visual, scale: Array) -> Visual:
    mesh = visual.mesh
    normals = mesh.normals / scale
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    stretched = Mesh(np.round(mesh.vertices * scale, 9), mesh.faces, normals, mesh.uv)
    return visual.model_copy(update={"mesh": stretched})


def _collider(collider: Collider, scale: Array) -> Collider:
    """Return a stretched collider; a rotated box becomes the convex hull of its corners."""
    update: dict[str, object] = {"points": np.round(collider.points * scale, 9)}
    if collider.box is not None and abs(abs(collider.pose.orientation[0]) - 1) < _ALIGNED:
        position = _triple(np.array(collider.pose.position) * scale)
        update |= {"box": _triple(np.array(collider.box) * scale), "pose": Pose(position=position)}
    elif collider.box is not None:
        update |= {"box": None, "pose": Pose()}
    return collider.model_copy(update=update)


def _joint(joint: Joint, scale: Array, mass_ratio: float) -> Joint:
    update: dict[str, object] = {
        "origin": _triple(np.array(joint.origin) * scale),
        "damping": joint.damping * mass_ratio,
        "friction": joint.friction * mass_ratio,
    }
    if joint.kind == "prismatic":
        along = np.array(joint.axis) * scale
        stretch = float(np.linalg.norm(along))
        update |= {
            "axis": _triple(along / stretch),
            "lower": joint.lower * stretch,
            "upper": joint.upper * stretch,
        }
    return joint.model_copy(update=update)


def _surface(surface: Surface, scale: Array) -> Surface:
    depth, width = surface.size
    return surface.model_copy(
        update={
            "center": _triple(np.array(surface.center) * scale),
            "size": (float(depth * scale[0]), float(width * scale[1])),
            "height": None if surface.height is None else float(surface.height * scale[2]),
        }
    )


def _triple(values: Array) -> Vec3:
    x, y, z = (round(float(value), 9) for value in values)
    return (x, y, z)
