"""Room occupancy and collision tests.

Everything is a slab: a convex outline on the floor plan between two heights. That is exact for upright
prisms, and conservative for tilted ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import LineString, Polygon

from sage.geometry import Array, footprint, footprints, rectangle
from sage.scene import Room, SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.walkway import Walkway, eye_above

__all__ = [
    "MARGIN_M",
    "TOUCHING_M",
    "WINDOW_CLEAR_M",
    "Slab",
    "Space",
    "front_zone",
    "slabs",
    "swept_slabs",
]

MARGIN_M = 0.008
"""Air to keep between small objects [m]."""
TOUCHING_M = 0.001
"""Air to keep between objects that stand side by side in contact [m]."""
WINDOW_CLEAR_M = 0.5
"""Depth of the free space in front of a window, above its sill [m]."""
_DOOR_CLEAR_M = 0.9
"""Depth of the free floor in front of a door [m]."""
_BODY_HEIGHT_M = (0.12, 1.9)
"""Heights between which space for people stays free [m]."""

Use = Literal["solid", "swept", "clear"]


@dataclass(frozen=True)
class Slab:
    """A convex outline between two heights [m]."""

    outline: Polygon
    low: float
    high: float
    owner: str
    """Id of the object or opening that occupies it."""
    use: Use = "solid"
    """`solid`: a body; `swept`: passed through by a door, drawer or lid; `clear`: kept free for people."""


def slabs(located: Located, margin: float = 0.0) -> list[Slab]:
    """Return an object's convex pieces as slabs, widened on the floor plan by a margin [m]."""
    outlines, lows, highs = zip(*located.prisms, strict=True) if located.prisms else ((), (), ())
    if margin:
        outlines = shapely.buffer(outlines, margin, join_style="mitre")
    return [Slab(*slab, located.item.id) for slab in zip(outlines, lows, highs, strict=True)]


def swept_slabs(located: Located) -> list[Slab]:
    """Return the volume that each door, drawer and lid sweeps when it opens."""
    item, sweeps = located.item, located.asset.sweeps
    if not sweeps:
        return []
    points = [item.pose.apply(sweep) for sweep in sweeps]
    outlines = footprints(np.concatenate(points), [len(sweep) for sweep in sweeps])
    return [
        Slab(outline, float(p[:, 2].min()), float(p[:, 2].max()), item.id, "swept")
        for outline, p in zip(outlines, points, strict=True)
    ]


def front_zone(located: Located, depth: float) -> Slab | None:
    """Return the floor in front of an object as clear space, or None if it has no front.

    Args:
        located: the object.
        depth: depth of the floor [m].
    """
    if depth <= 0 or not located.asset.has_front:
        return None
    low, high = located.asset.bounds
    center = located.item.pose.apply([high[0] + depth / 2, 0.0, 0.0])
    outline = rectangle(center, (depth, float(high[1] - low[1]) * 0.9), located.item.pose.yaw)
    return Slab(outline, *_BODY_HEIGHT_M, located.item.id, "clear")


class Space:
    """Occupied space of one room.

    Args:
        room: the room; the floor in front of its doors and the air in front of its windows are kept clear.
        layout: the objects in it.
    """

    def __init__(self, room: Room, layout: Layout) -> None:
        self.room = room
        self._floor = room.floor.buffer(1e-6)
        self._wide_floor = room.floor.buffer(0.02)
        shapely.prepare([self._floor, self._wide_floor])
        self._slabs: list[Slab] = []
        self._boxes = np.zeros((0, 6))
        self._supports: dict[str, str] = {}
        for wall, opening in room.openings:
            if opening.kind == "door":
                zone = wall.zone(opening, _DOOR_CLEAR_M)
                self._occupy([Slab(zone, 0.0, 2.0, opening.id, "clear")])
            else:
                zone = wall.zone(opening, WINDOW_CLEAR_M)
                self._occupy([Slab(zone, opening.sill + 0.01, 3.0, opening.id, "clear")])
        for located in layout:
            self.add(located)

    def add(self, located: Located, clear: float = 0.0) -> None:
        """Occupy the space of an object, of what its doors sweep, and of the floor in front of it.

        Args:
            located: the object; coverings occupy nothing.
            clear: depth of the clear floor in front of it [m].
        """
        if located.item.covering:
            return
        self._supports[located.item.id] = located.item.support
        zone = front_zone(located, clear)
        self._occupy([*slabs(located), *swept_slabs(located), *([zone] if zone else [])])

    def _occupy(self, new: list[Slab]) -> None:
        if not new:
            return
        self._slabs += new
        bounds = shapely.bounds([slab.outline for slab in new])
        heights = np.array([(slab.low, slab.high) for slab in new])
        boxes = np.column_stack([bounds[:, :2], heights[:, 0], bounds[:, 2:], heights[:, 1]])
        self._boxes = np.concatenate([self._boxes, boxes])

    def mark(self) -> int:
        """Return the present extent, to `rewind` to."""
        return len(self._slabs)

    def rewind(self, mark: int) -> None:
        """Remove everything added after a mark."""
        del self._slabs[mark:]
        self._boxes = self._boxes[:mark]

    def obstacle(
        self,
        located: Located,
        *,
        margin: float = 0.01,
        clear: float = 0.0,
        companions: frozenset[str] = frozenset(),
        nest: frozenset[str] = frozenset(),
    ) -> str | None:
        """Return what an object would collide with, or None if it fits.

        Args:
            located: the object at its pose.
            margin: air to keep to everything solid [m].
            clear: depth of the floor to keep clear in front of it [m].
            companions: ids of objects in whose clear space it may stand, as a chair does at its desk.
            nest: ids of objects that it nests in, as plates and bowls do in stacks; they are ignored.

        Returns:
            `wall`, or the id of the first object or opening in the way.
        """
        if not self._floor.contains(located.footprint):
            return "wall"
        support = self._carriers(located.item)
        ignored: dict[Use, frozenset[str]] = {
            "solid": nest,
            "swept": support,
            "clear": companions | support,
        }
        outline = located.footprint.buffer(margin, join_style="mitre")
        around = Slab(outline, float(located.low[2]), float(located.high[2]), located.item.id)
        blocker = self._hit([around], ignored) and self._hit(slabs(located, margin), ignored)
        if blocker is not None:
            return blocker
        zone = front_zone(located, clear)
        swept = swept_slabs(located)
        if any(not self._wide_floor.contains(slab.outline) for slab in (*swept, *([zone] if zone else []))):
            return "wall"
        blocker = self._hit(swept, {"solid": support})
        if blocker is None and zone is not None:
            blocker = self._hit([zone], {"solid": companions | support})
        return blocker

    def _carriers(self, item: SceneObject) -> frozenset[str]:
        """Return the ids of an object and of all that carries it, which its own parts do not collide with."""
        found, name = {item.id}, item.support
        while name not in found:
            found.add(name)
            name = self._supports.get(name, name)
        return frozenset(found)

    def is_free(self, points: Array) -> bool:
        """Return whether the upright hull of points, shape [n, 3], is free of solids [m, world frame]."""
        heights = points[:, 2]
        slab = Slab(footprint(points), float(heights.min()), float(heights.max()), "")
        return self._hit([slab], {"solid": frozenset()}) is None

    def is_hidden(self, eye: Array, located: Located) -> bool:
        """Return whether solid objects hide the middle and all upper corners of an object from an eye point.

        Args:
            eye: eye point [m, world frame], shape [3].
            located: the object.
        """
        (x, y, _), (far_x, far_y, top) = located.low, located.high
        aims = [located.points.mean(axis=0), *(np.array([u, v, top]) for u in (x, far_x) for v in (y, far_y))]
        return all(self._is_between(eye, aim, located.item.id) for aim in aims)

    def is_seen(self, located: Located, walkway: Walkway) -> bool:
        """Return whether a robot sees an object from one of the bases that reach it."""
        eyes = (eye_above(base) for base in walkway.bases(located))
        return any(not self.is_hidden(eye, located) for eye in eyes)

    def _is_between(self, eye: Array, aim: Array, name: str) -> bool:
        """Return whether something solid, other than the object of an id, is between two points."""
        low, high, boxes = np.minimum(eye, aim), np.maximum(eye, aim), self._boxes
        near = np.flatnonzero(np.all(boxes[:, :3] < high, axis=1) & np.all(boxes[:, 3:] > low, axis=1))
        line, length = LineString([eye[:2], aim[:2]]), math.dist(eye[:2], aim[:2])
        for slab in (self._slabs[index] for index in near):
            if slab.use != "solid" or slab.owner == name or not line.intersects(slab.outline):
                continue
            ends = np.array(line.intersection(slab.outline).coords)
            shares = np.linalg.norm(ends - eye[:2], axis=1) / max(length, 1e-9)
            heights = eye[2] + shares * (aim[2] - eye[2])
            if heights.min() < slab.high and heights.max() > slab.low:
                return True
        return False

    def _hit(self, own: list[Slab], against: dict[Use, frozenset[str]]) -> str | None:
        """Return the owner of the first slab that one of `own` overlaps, or None.

        Args:
            own: slabs to test.
            against: uses of the slabs to test against, each with the owners to ignore.
        """
        for slab in own:
            low_x, low_y, high_x, high_y = slab.outline.bounds
            boxes = self._boxes
            near = np.flatnonzero(
                (boxes[:, 0] < high_x) & (boxes[:, 3] > low_x)
                & (boxes[:, 1] < high_y) & (boxes[:, 4] > low_y)
                & (boxes[:, 2] < slab.high - 1e-4) & (boxes[:, 5] > slab.low + 1e-4)
            )  # fmt: skip
            for index in near:
                other = self._slabs[index]
                counts = other.use in against and other.owner not in against[other.use]
                if counts and _overlap(slab.outline, other.outline):
                    return other.owner
        return None


def _overlap(a: Polygon, b: Polygon) -> bool:
    return bool(a.intersects(b)) and float(a.intersection(b).area) > 1e-7
