"""Visible contact faults: floating and interpenetrating meshes.

The physics critic tests convex collision pieces. This module tests visual meshes, including coverings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from sage.critique import Finding
from sage.geometry import Array
from sage.rendering.surfaces import Surfaces
from sage.scene import Room, Wall
from sage.spatial.layout import Layout, Located

__all__ = ["crossing", "floating", "points_seen"]

MAX_GAP_M = 0.015
"""Largest gap between the visual mesh of an object and its support [m]."""
MAX_FOLD_M = 0.06
"""Largest gap for coverings: curtains hang off the wall, cloths have folds [m]."""
MAX_CROSSING_M = 0.012
"""Largest depth of a visual mesh in a convex piece of another object [m]."""


def points_seen(found: Surfaces) -> dict[str, Array]:
    """Return the visual vertices of each object with a mesh [m, world frame], shape [n, 3], by id."""
    owner = np.zeros(len(found.vertices), dtype=np.int64)
    owner[found.faces] = found.thing_of_face[:, None]
    things, starts = np.unique(owner, return_index=True)
    parts = np.split(found.vertices, starts[1:])
    named = ((found.things[number], points) for number, points in zip(things, parts, strict=True))
    return {thing.name: points for thing, points in named if thing.kind == "object"}


def floating(layout: Layout, points: Mapping[str, Array]) -> Iterator[Finding]:
    """Yield findings on objects whose visual mesh does not touch their support."""
    for located in layout:
        seen = points.get(located.item.id)
        if seen is None:
            continue
        gap, what = _gap(located, seen, layout.scene.room(located.item.room))
        limit = MAX_FOLD_M if located.item.covering else MAX_GAP_M
        if gap > limit:
            yield Finding(
                kind="floating",
                objects=(located.item.id,),
                message=f"{located.item.id!r} floats {100 * gap:.1f} cm off {what}; "
                f"at most {100 * limit:g} cm is allowed: settle or move it",
                value=round(gap, 4),
                limit=limit,
            )


def _gap(located: Located, seen: Array, room: Room) -> tuple[float, str]:
    """Return the gap between visual vertices and the support of an object [m], and the support in words."""
    support = located.item.support
    if support == "ceiling":
        return room.height - float(seen[:, 2].max()), "the ceiling"
    if support == "wall":
        return min((_off_wall(wall, seen), "the wall") for wall in room.walls)
    if support == "floor":
        return float(seen[:, 2].min()), "the floor"
    return float(seen[:, 2].min() - located.low[2]), f"{support!r}"


def _off_wall(wall: Wall, points: Array) -> float:
    """Return the least distance of points, shape [n, 3], to the face of a wall outside its openings [m]."""
    offsets = points[:, :2] - np.array(wall.start)
    along, inset, height = offsets @ wall.along, offsets @ wall.inward, points[:, 2]
    solid = (along > 0) & (along < wall.length) & (height < wall.height)
    for opening in wall.openings:
        across = np.abs(along - opening.offset) < opening.width / 2
        solid &= ~(across & (height > opening.sill) & (height < opening.sill + opening.height))
    return float(np.abs(inset[solid]).min(initial=np.inf))


def crossing(layout: Layout, points: Mapping[str, Array]) -> Iterator[Finding]:
    """Yield findings on objects whose visual mesh, beyond their convex pieces, is inside other objects."""
    boxes = {name: (seen.min(axis=0), seen.max(axis=0)) for name, seen in points.items()}
    for located in layout:
        name = located.item.id
        if name not in boxes or not _reaches_out(located, boxes[name]):
            continue
        if located.item.covering and located.item.support == "floor":
            yield from _built_over(located, layout)
            continue
        for other, (low, high) in boxes.items():
            overlap = np.minimum(high, boxes[name][1]) - np.maximum(low, boxes[name][0])
            if other == name or overlap.min() <= 0:
                continue
            within = points[name][((points[name] > low) & (points[name] < high)).all(axis=1)]
            deep = _depth(within, layout[other]) if len(within) else 0.0
            if deep > MAX_CROSSING_M:
                yield _crosses(name, other, deep)


def _depth(points: Array, other: Located) -> float:
    """Return the largest depth of points, shape [n, 3], in the convex pieces of an object [m]."""
    deepest = 0.0
    for link in other.asset.links:
        local = other.link_pose(link.name).inverse().apply(points)
        for collider in link.colliders:
            a, b, c = (collider.points[collider.faces[:, corner]] for corner in range(3))
            across = np.cross(b - a, c - a)
            normals = across / np.maximum(np.linalg.norm(across, axis=1, keepdims=True), 1e-12)
            heights = local @ normals.T - np.einsum("nk,nk->n", normals, a)
            deepest = max(deepest, float(-heights.max(axis=1).min()))
    return deepest


def _built_over(rug: Located, layout: Layout) -> Iterator[Finding]:
    """Yield findings on fixed furniture over a rug; other furniture may stand on it."""
    for other in layout:
        if other.item.fixed and other.item.support == "floor" and not other.item.covering:
            overlap = rug.footprint.intersection(other.footprint)
            low_x, low_y, high_x, high_y = overlap.bounds if overlap.area else (0.0,) * 4
            deep = min(high_x - low_x, high_y - low_y)
            if deep > MAX_CROSSING_M:
                yield _crosses(rug.item.id, other.item.id, deep)


def _crosses(name: str, other: str, deep: float) -> Finding:
    return Finding(
        kind="intersects",
        objects=(name, other),
        message=f"{name!r} goes {100 * deep:.1f} cm through {other!r}; at most "
        f"{100 * MAX_CROSSING_M:g} cm is allowed: move one of them",
        value=round(deep, 4),
        limit=MAX_CROSSING_M,
    )


def _reaches_out(located: Located, box: tuple[Array, Array]) -> bool:
    """Return whether the visual mesh of an object extends beyond its convex pieces."""
    beyond = max((located.low - box[0]).max(), (box[1] - located.high).max())
    return located.item.covering or bool(beyond > MAX_CROSSING_M)
