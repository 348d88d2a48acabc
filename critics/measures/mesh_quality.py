"""Mesh and texture quality: missing textures, inverted faces, stretched textures, z-fighting.

Stretch is the ratio of the singular values of the map from a triangle to its texture
(Sander et al. 2001).
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import shapely

from sage.asset import AssetStore
from sage.critique import Finding
from sage.geometry import Array
from sage.rendering.surfaces import Surfaces
from sage.scene import Scene

__all__ = ["Triangles", "coplanar_faces", "inverted_faces", "missing_textures", "stretched_textures"]

MAX_INVERTED = 0.05
"""Largest share of an object's surface with inverted faces."""
MAX_STRETCH = 5.0
"""Largest ratio of texture scales along the directions of a triangle."""
MAX_STRETCHED = 0.25
"""Largest share of an object's textured surface with a larger stretch."""
MAX_COPLANAR_M2 = 4e-4
"""Largest area that faces of two objects share in one plane with the same normal [m2]."""
_OPEN, _THIN = 1e-4, 1e-4
"""Closed meshes: largest sum of area vectors relative to area, least volume relative to area ** 1.5."""
_STRETCHED_M2 = 0.01
"""Least stretched area of a finding [m2]."""
_PLANE_M = 1.5e-4
"""Largest distance of coplanar faces [m]."""
_FACE_M2 = 1e-4
"""Least area of faces tested for z-fighting [m2]."""
_AXES_DIGITS = 3
"""Decimal places to which normals of coplanar faces agree."""
_DOWN = -0.7
"""Vertical component of normals below which faces are hidden undersides."""


def missing_textures(scene: Scene, store: AssetStore) -> Iterator[Finding]:
    """Yield findings on assets with missing texture files."""
    for item in scene.objects:
        looks = (visual.material for link in store[item.asset].links for visual in link.visuals)
        for name in sorted({image for look in looks for image in look.images}):
            if not (store.path(item.asset) / name).is_file():
                yield Finding(
                    kind="missing_texture",
                    objects=(item.id,),
                    message=f"the texture {name!r} of {item.id!r} does not exist; replace the object",
                )


class Triangles:
    """Triangles of a scene with properties that several checks use.

    Args:
        found: visual surfaces of the scene.
    """

    def __init__(self, found: Surfaces) -> None:
        self.found = found
        self.corners = found.vertices[found.faces]
        """Corners [m, world frame], shape [m, 3, 3]."""
        self.along = self.corners[:, 1] - self.corners[:, 0]
        """First sides [m], shape [m, 3]."""
        self.across = np.cross(self.along, self.corners[:, 2] - self.corners[:, 0])
        """Outward normals, with twice the area as length [m2], shape [m, 3]."""
        self.area = np.linalg.norm(self.across, axis=1) / 2
        """Areas [m2], shape [m]."""


def inverted_faces(triangles: Triangles) -> Iterator[Finding]:
    """Yield findings on closed meshes of negative volume, and on faces opposed to their vertex normals."""
    found = triangles.found
    faulty = _inside_out(triangles) | _against_normals(triangles)
    count = len(found.things)
    whole = np.bincount(found.thing_of_face, weights=triangles.area, minlength=count)
    bad = np.bincount(found.thing_of_face, weights=triangles.area * faulty, minlength=count)
    for number in np.flatnonzero(bad > MAX_INVERTED * whole):
        share, thing = float(bad[number] / whole[number]), found.things[number]
        yield Finding(
            kind="inverted_faces",
            objects=(thing.name,) if thing.kind == "object" else (),
            message=f"{share:.0%} of the surface of {thing.name!r} faces inwards; "
            f"at most {MAX_INVERTED:.0%} may: replace it",
            value=round(share, 3),
            limit=MAX_INVERTED,
        )


def _inside_out(triangles: Triangles) -> npt.NDArray[np.bool_]:
    """Return a mask of triangles in closed meshes of negative volume, by part and material, shape [m]."""
    found = triangles.found
    group = found.part_of_face.astype(np.int64) * len(found.looks) + found.look_of_face
    _, mesh = np.unique(group, return_inverse=True)

    def summed(values: Array) -> Array:
        return np.stack([np.bincount(mesh, weights=column) for column in values.T], axis=1)

    middle = triangles.corners.mean(axis=1)
    area = np.bincount(mesh, weights=triangles.area)
    center = summed(middle * triangles.area[:, None]) / np.maximum(area, 1e-12)[:, None]
    closed = np.linalg.norm(summed(triangles.across / 2), axis=1) < _OPEN * area
    heights = np.einsum("nk,nk->n", middle - center[mesh], triangles.across)
    volume = np.bincount(mesh, weights=heights) / 6
    inverted: npt.NDArray[np.bool_] = (closed & (volume < -_THIN * area**1.5))[mesh]
    return inverted


def _against_normals(triangles: Triangles) -> npt.NDArray[np.bool_]:
    """Return a mask of triangles opposed to their vertex normals, shape [m]."""
    found = triangles.found
    normals = found.normals[found.faces[:, 0]] + found.normals[found.faces[:, 1]]
    normals += found.normals[found.faces[:, 2]]
    against: npt.NDArray[np.bool_] = np.einsum("nk,nk->n", normals, triangles.across) < 0
    return against


def stretched_textures(triangles: Triangles) -> Iterator[Finding]:
    """Yield findings on objects with stretched textures."""
    found, area = triangles.found, triangles.area
    textured = np.array([look.image is not None for look in found.looks], dtype=bool)[found.look_of_face]
    stretch = _stretch(triangles)
    count = len(found.things)
    whole = np.bincount(found.thing_of_face, weights=area * textured, minlength=count)
    faulty = area * (textured & (stretch > MAX_STRETCH))
    bad = np.bincount(found.thing_of_face, weights=faulty, minlength=count)
    for number in np.flatnonzero((bad > _STRETCHED_M2) & (bad > MAX_STRETCHED * whole)):
        thing = found.things[number]
        worst = float(np.median(stretch[(found.thing_of_face == number) & (faulty > 0)]))
        yield Finding(
            kind="stretched_texture",
            objects=(thing.name,) if thing.kind == "object" else (),
            message=f"the texture of {bad[number] / whole[number]:.0%} of {thing.name!r} is stretched "
            + (f"{worst:.1f} to 1" if worst < 1000 else "to lines")
            + f"; at most {MAX_STRETCH:g} to 1 is allowed: replace it",
            value=round(min(worst, 1000.0), 2),
            limit=MAX_STRETCH,
        )


def _stretch(triangles: Triangles) -> Array:
    """Return the ratio of singular values of each triangle's texture map, 1e6 without a map, shape [m]."""
    found = triangles.found
    p, q, r = (found.uv[found.faces[:, corner]].astype(float) for corner in range(3))
    length = np.maximum(np.linalg.norm(triangles.along, axis=1), 1e-12)
    x = np.einsum("nk,nk->n", triangles.corners[:, 2] - triangles.corners[:, 0], triangles.along) / length
    y = np.maximum(2 * triangles.area / length, 1e-12)
    by_x = (q - p) / length[:, None]
    by_y = ((r - p) - by_x * x[:, None]) / y[:, None]
    first, second, mixed = (
        np.einsum("nk,nk->n", m, n) for m, n in ((by_x, by_x), (by_y, by_y), (by_x, by_y))
    )
    spread = np.sqrt(((first - second) / 2) ** 2 + mixed**2)
    middle = (first + second) / 2
    ratio = np.sqrt((middle + spread) / np.maximum(middle - spread, 1e-12 * np.maximum(middle, 1e-12)))
    return np.where(middle > 0, ratio, 1e6)


def coplanar_faces(triangles: Triangles) -> Iterator[Finding]:
    """Yield findings on overlapping coplanar faces of different objects with the same normal."""
    found = triangles.found
    for (one, other), area in _shared_planes(triangles).items():
        names = (found.things[one].name, found.things[other].name)
        objects = tuple(found.things[k].name for k in (one, other) if found.things[k].kind == "object")
        if area > MAX_COPLANAR_M2 and objects:
            yield Finding(
                kind="z_fighting",
                objects=objects,
                message=f"{names[0]!r} and {names[1]!r} flicker: they share {1e4 * area:.0f} cm2 of a plane; "
                f"move one of them",
                value=round(area, 6),
                limit=MAX_COPLANAR_M2,
            )


def _shared_planes(triangles: Triangles) -> dict[tuple[int, int], float]:
    """Return the coplanar areas that pairs of objects share, by their indices in `things` [m2]."""
    found = triangles.found
    rows = np.flatnonzero(
        (triangles.area > _FACE_M2) & ~found.clear_face & (found.face_normals[:, 2] > _DOWN)
    )
    normals = np.round(found.face_normals[rows], _AXES_DIGITS) + np.float32(0.0)
    offsets = np.einsum("nk,nk->n", found.face_normals[rows].astype(float), triangles.corners[rows, 0])
    order = np.lexsort((offsets, *normals.T))
    rows, normals, offsets = rows[order], normals[order], offsets[order]
    new = np.any(normals[1:] != normals[:-1], axis=1) | (np.diff(offsets) > _PLANE_M)
    shared: dict[tuple[int, int], float] = defaultdict(float)
    for start, end in itertools.pairwise(np.flatnonzero(np.r_[True, new, True])):
        group = rows[start:end]
        if end - start > 1 and len(set(found.thing_of_face[group].tolist())) > 1:
            for pair, overlap in _overlaps(triangles, group):
                shared[pair] += overlap
    return shared


def _overlaps(triangles: Triangles, rows: npt.NDArray[np.intp]) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield pairs of objects whose coplanar triangles overlap, with the area of the overlap [m2]."""
    found = triangles.found
    normal = found.face_normals[rows[0]].astype(float)
    across = np.cross(normal, np.eye(3)[int(np.argmin(np.abs(normal)))])
    across /= np.linalg.norm(across)
    flat = triangles.corners[rows] @ np.stack([across, np.cross(normal, across)], axis=1)
    low, high, owners = flat.min(axis=1), flat.max(axis=1), found.thing_of_face[rows]
    boxes = {int(k): (low[owners == k].min(axis=0), high[owners == k].max(axis=0)) for k in np.unique(owners)}
    for one, other in itertools.combinations(boxes, 2):
        if (boxes[one][0] < boxes[other][1]).all() and (boxes[other][0] < boxes[one][1]).all():
            shapes = (shapely.union_all(shapely.polygons(flat[owners == k])) for k in (one, other))
            yield (one, other), float(shapely.intersection(*shapes).area)
