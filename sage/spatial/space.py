"""Room occupancy and collision-free placement.

Everything is a slab: a convex outline on the floor plan between two heights. For upright pieces
that is exact; for tilted ones it errs on the safe side.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon

from sage.asset import Asset
from sage.geometry import Array, Pose, footprint, footprints, rectangle
from sage.scene import Placement, Room, SceneObject
from sage.spatial.layout import Layout, Located, Patch
from sage.spatial.predicates import part_name, serves
from sage.spatial.stance import ON_BASE, on_edge, on_end
from sage.spatial.stance import extents as extents_of
from sage.spatial.walkway import ARM_M, EYE_HEIGHT_M, Walkway, eye_above
from sage.task import FLOOR

__all__ = [
    "ASKEW_RAD",
    "GAP_M",
    "HAND_HEIGHT_M",
    "MARGIN_M",
    "TOUCHING_M",
    "WINDOW_CLEAR_M",
    "Slab",
    "Space",
    "front_zone",
    "has_room",
    "patches_for",
    "set_at",
    "set_down",
    "slabs",
    "spots_beside",
    "spots_on",
    "spots_over",
    "spots_upright",
    "swept_slabs",
]

GAP_M = 0.0008
"""How far above its support a thing is set down before physics takes over [m]."""

ASKEW_RAD = 0.12
"""How far people turn things from square to what they put them on, as a standard deviation [rad]."""

MARGIN_M = 0.008
"""Air to keep between small things [m]."""

HAND_HEIGHT_M = (0.3, EYE_HEIGHT_M)
"""Heights at which a robot that stands reaches what lies there, and sees it from above [m]."""

TOUCHING_M = 0.001
"""Air to keep to the others where objects stand in contact with them [m]."""

_CLOSE_M = 0.0015
_REAR_M = 0.06
"""How far from the very back what is kept at the rear lies at most."""
_TRIES = 40
_MOST_LOOKS = 24
"""Places at which what is preferred is tried for on a patch."""
_TOUCH_M = 0.003
_MAIN = ("top", "inside")
_GRID_M, _MOST_ROWS = 0.015, 24
_TIDY_SHARE = 0.45
_LONG_M = 0.42
_STICK = 2.5
_FLAT = 2.5
_FOOT_M = 0.01
_ROBOT_REACH_M = ARM_M - 0.12
_DOOR_CLEAR_M = 0.9
WINDOW_CLEAR_M = 0.5
"""Depth of what stays free before a window, above its sill [m]."""
_BODY_HEIGHT_M = (0.12, 1.9)

Use = Literal["solid", "swept", "clear"]


@dataclass(frozen=True)
class Slab:
    """A convex outline between two heights [m]."""

    outline: Polygon
    low: float
    high: float
    owner: str
    """Id of the object or opening that takes the space."""
    use: Use = "solid"
    """Taken by a body; passed through by a door or drawer; kept free for people."""


def slabs(located: Located, margin: float = 0.0) -> list[Slab]:
    """Return an object's convex pieces as slabs, widened by `margin` on the floor plan [m]."""
    outlines, lows, highs = zip(*located.prisms, strict=True) if located.prisms else ((), (), ())
    if margin:
        outlines = shapely.buffer(outlines, margin, join_style="mitre")
    return [Slab(*slab, located.item.id) for slab in zip(outlines, lows, highs, strict=True)]


def swept_slabs(located: Located) -> list[Slab]:
    """Return what each door, drawer and lid passes through, as space it sweeps."""
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
    """Return the floor before an object's front as free space, or None."""
    if depth <= 0 or not located.asset.has_front:
        return None
    low, high = located.asset.bounds
    center = located.item.pose.apply([high[0] + depth / 2, 0.0, 0.0])
    outline = rectangle(center, (depth, float(high[1] - low[1]) * 0.9), located.item.pose.yaw)
    return Slab(outline, *_BODY_HEIGHT_M, located.item.id, "clear")


class Space:
    """The taken space of one room."""

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
                self._take([Slab(zone, 0.0, 2.0, opening.id, "clear")])
            else:
                zone = wall.zone(opening, WINDOW_CLEAR_M)
                self._take([Slab(zone, opening.sill + 0.01, 3.0, opening.id, "clear")])
        for located in layout:
            self.add(located)

    def add(self, located: Located, clear: float = 0.0) -> None:
        """Count an object in, with the space its doors need and `clear` metres before its front."""
        if located.item.covering:
            return
        self._supports[located.item.id] = located.item.support
        zone = front_zone(located, clear)
        self._take([*slabs(located), *swept_slabs(located), *([zone] if zone else [])])

    def _take(self, new: list[Slab]) -> None:
        if not new:
            return
        self._slabs += new
        bounds = shapely.bounds([slab.outline for slab in new])
        heights = np.array([(slab.low, slab.high) for slab in new])
        boxes = np.column_stack([bounds[:, :2], heights[:, 0], bounds[:, 2:], heights[:, 1]])
        self._boxes = np.concatenate([self._boxes, boxes])

    def mark(self) -> int:
        """Return a mark to `rewind` to."""
        return len(self._slabs)

    def rewind(self, mark: int) -> None:
        """Forget everything added after the mark."""
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
        """Return what is in the way of an object, or None if it fits.

        Args:
            margin: air to keep to everything solid [m].
            clear: floor to keep free before its front [m].
            companions: objects whose free space it may stand in (a chair at its desk).
            nest: things that it sinks into, as plates and bowls do in stacks, so slabs cannot tell.

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
        """Return an object, what it rests on, what that rests on, and so on: drawers take all of it along."""
        found, name = {item.id}, item.support
        while name not in found:
            found.add(name)
            name = self._supports.get(name, name)
        return frozenset(found)

    def is_free(self, points: Array) -> bool:
        """Return whether the upright hull of some points [m], shape [n, 3], touches nothing solid."""
        heights = points[:, 2]
        slab = Slab(footprint(points), float(heights.min()), float(heights.max()), "")
        return self._hit([slab], {"solid": frozenset()}) is None

    def is_hidden(self, eye: Array, located: Located) -> bool:
        """Return whether solid things hide an object's middle and all its upper corners from a point [m]."""
        (x, y, _), (far_x, far_y, top) = located.low, located.high
        aims = [located.points.mean(axis=0), *(np.array([u, v, top]) for u in (x, far_x) for v in (y, far_y))]
        return all(self._is_between(eye, aim, located.item.id) for aim in aims)

    def is_seen(self, located: Located, walkway: Walkway) -> bool:
        """Return whether a robot that reaches an object sees it from there."""
        eyes = (eye_above(base) for base in walkway.bases(located))
        return any(not self.is_hidden(eye, located) for eye in eyes)

    def _is_between(self, eye: Array, aim: Array, name: str) -> bool:
        """Return whether something solid, other than an object, is on the line between two points [m]."""
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
        """Return the owner of the first slab that one of `own` overlaps.

        Args:
            against: uses that matter, each with the owners that do not.
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


def spots_on(
    patch: Patch,
    owner: SceneObject,
    asset: Asset,
    rng: np.random.Generator,
    *,
    back: bool = False,
    askew: float = ASKEW_RAD,
) -> Iterator[Pose]:
    """Draw places for an asset on a patch: `world_from_object`, before asking what is in the way.

    Things with a front look where their support looks. Things of the same kind stack in the middle,
    and what nests is not turned, for then its facets would not match.
    What is too long for a hollow stands on end in it, as pens do, and what is too broad on edge, as books do.

    Args:
        back: keep to the rear of the patch.
        askew: standard deviation of how far things are turned from square to the patch [rad].
    """
    if owner.category == asset.category and (patch.surface.nests or patch.surface.placement == "on"):
        if _fits_under(patch, asset.size[2]):
            turn = 0.0 if patch.surface.nests or not askew else rng.normal(0, askew)
            yield patch.pose @ Pose.planar(0.0, 0.0, GAP_M, float(turn))
        return
    stance = _stance_in(asset, patch) if patch.surface.placement == "in" else ON_BASE
    *extents, height = extents_of(asset, stance)
    if not _fits_under(patch, height):
        return
    sides, room = np.array(extents), np.array(patch.surface.size)
    if patch.surface.placement == "on" and stance is ON_BASE and not _turns_into(sides, room):
        sides, stance = _base(asset)
    area = patch.area.buffer(1e-6)
    tidy = sides.prod() > _TIDY_SHARE * room.prod() or sides.max() > _LONG_M
    if tidy and not back and area.contains(rectangle(patch.pose.position, sides, patch.pose.yaw)):
        yield patch.pose @ Pose.planar(0.0, 0.0, GAP_M) @ stance
    for _ in range(_TRIES):
        turn = _turn(asset, rng, askew)
        if np.any(_turned(sides, turn) > room):
            ahead = asset.has_front and np.all(sides <= room)
            turn = 0.0 if ahead else float(rng.choice([0.0, math.pi / 2]))
        spare = room - _turned(sides, turn)
        if np.any(spare < 0):
            continue
        u = rng.uniform(-0.5, 0.5, 2) * spare
        if back:
            u[0] = min(_REAR_M * rng.random(), spare[0]) - 0.5 * spare[0]
        spot = patch.pose @ Pose.planar(float(u[0]), float(u[1]), GAP_M, float(turn))
        if not patch.surface.round or area.contains(_outline(asset, spot, sides)):
            yield spot @ stance


def _turns_into(sides: Array, room: Array) -> bool:
    return bool(np.all(np.sort(sides) <= np.sort(room)))


def _base(asset: Asset) -> tuple[Array, Pose]:
    """Return the sides of what an asset stands on [m], and the stance that has that in the middle.

    A spout or a handle may stick out over an edge.
    """
    points = asset.collision_points()
    feet = points[points[:, 2] < points[:, 2].min() + _FOOT_M][:, :2]
    low, high = feet.min(axis=0), feet.max(axis=0)
    x, y = (float(value) for value in -(low + high) / 2)
    return high - low, Pose(position=(x, y, 0.0))


def _fits_under(patch: Patch, height: float) -> bool:
    return patch.surface.height is None or height <= patch.surface.height - 0.01


def _stance_in(asset: Asset, patch: Patch) -> Pose:
    """Return how a thing is put into a hollow: flat if it can lie there."""
    if _is_long(asset, patch):
        return on_end(asset)
    thin, middle, _ = sorted(asset.size)
    flat = asset.size[2] == thin and middle > _FLAT * thin
    room = np.array(patch.surface.size)
    if not flat or _turns_into(np.array(asset.size[:2]), room):
        return ON_BASE
    return on_edge(asset) if _turns_into(np.array(extents_of(asset, on_edge(asset))[:2]), room) else ON_BASE


def _is_long(asset: Asset, patch: Patch) -> bool:
    """Return whether a stick is too long to lie in a hollow."""
    _, middle, long = sorted(asset.size)
    return long > max(patch.surface.size) and long > _STICK * middle


def _outline(asset: Asset, spot: Pose, sides: Array) -> Polygon:
    """Return what an asset covers at a spot: a disc if it looks the same from all sides."""
    if not asset.has_front and np.ptp(sides) < 0.05 * sides.max():
        return Point(spot.position[:2]).buffer(float(sides.max()) / 2)
    return rectangle(spot.position, sides, spot.yaw)


def _turn(asset: Asset, rng: np.random.Generator, askew: float) -> float:
    """Draw how far an asset is turned: round a quarter of a circle if it has no front [rad]."""
    turn = float(rng.normal(0, askew)) if askew else 0.0
    return turn if asset.has_front else turn + math.pi / 2 * int(rng.integers(4))


def _turned(extents: Array, turn: float) -> Array:
    """Return the sides of the box around a rectangle turned by an angle [m]."""
    c, s = abs(math.cos(turn)), abs(math.sin(turn))
    return np.array([c * extents[0] + s * extents[1], s * extents[0] + c * extents[1]])


def spots_over(patch: Patch, asset: Asset) -> Iterator[Pose]:
    """Yield places for an asset all over a patch, row by row, square to it: `world_from_object`.

    One that is larger than the patch, but stays put on it, is put in its middle.
    """
    stance = on_end(asset) if patch.surface.placement == "in" and _is_long(asset, patch) else ON_BASE
    yield from _grid_over(patch, asset, stance)


def spots_upright(patch: Patch, asset: Asset) -> Iterator[Pose]:
    """Yield places all over a patch for an asset that stands on edge, then on end."""
    for stance in (on_edge(asset), on_end(asset)):
        yield from _grid_over(patch, asset, stance)


def _grid_over(patch: Patch, asset: Asset, stance: Pose) -> Iterator[Pose]:
    *extents, height = extents_of(asset, stance)
    if not _fits_under(patch, height):
        return
    room, area = np.array(patch.surface.size), patch.area.buffer(1e-6)
    for turn in (0.0,) if asset.has_front else (0.0, math.pi / 2):
        sides = _turned(np.array(extents), turn)
        spare = room - sides
        if np.any(spare < 0):
            if patch.surface.placement == "on" and patch.surface.height is None and np.all(sides < 2 * room):
                yield patch.pose @ Pose.planar(0.0, 0.0, GAP_M, turn)
            continue
        counts = np.minimum(np.ceil(spare / np.maximum(_GRID_M, sides / 4)), _MOST_ROWS).astype(int) + 1
        rows = (np.linspace(-s / 2, s / 2, n) for s, n in zip(spare, counts, strict=True))
        for u, v in itertools.product(*rows):
            spot = patch.pose @ Pose.planar(float(u), float(v), GAP_M, turn)
            if not patch.surface.round or area.contains(_outline(asset, spot, np.array(extents))):
                yield spot @ stance


def spots_beside(patch: Patch, asset: Asset, partner: Located, air: float = _TOUCH_M) -> Iterator[Pose]:
    """Yield places for an asset on a patch, those at the sides of a partner on it first, so far off [m]."""
    depth, width = partner.asset.size[:2]
    for turn in (0.0,) if asset.has_front else (0.0, math.pi / 2):
        x, y = _turned(np.array(asset.size[:2]), turn)
        along, aside = (depth + x) / 2 + air, (width + y) / 2 + air
        for u, v in ((0.0, aside), (0.0, -aside), (along, 0.0), (-along, 0.0)):
            spot = partner.item.pose @ Pose.planar(u, v, 0.0, turn)
            raised = Pose.planar(*spot.position[:2], patch.z + GAP_M, spot.yaw)
            if patch.area.contains(Point(spot.position[:2])):
                yield raised
    spots = list(spots_over(patch, asset))
    yield from sorted(spots, key=lambda spot: math.dist(spot.position[:2], partner.center[:2]))


def patches_for(relation: Placement, support: Located, part: str | None = None) -> list[Patch]:
    """Return the surfaces of a support that make `on` or `in` true, best first.

    First come those that are neither too high nor too low to be seen and reached, of these the top.
    """
    patches = [patch for patch in support.patches if serves(patch.surface, relation, support.asset)]
    if part is not None:
        name = part_name(part, tuple(s.name for s in support.asset.surfaces))
        patches = [patch for patch in patches if patch.surface.name == name]
    return sorted(patches, key=lambda patch: (not _is_handy(patch), patch.surface.name not in _MAIN))


def _is_handy(patch: Patch) -> bool:
    low, high = HAND_HEIGHT_M
    return low <= patch.z <= high


def set_at(
    item: SceneObject,
    asset: Asset,
    patch: Patch,
    poses: Iterable[Pose],
    layout: Layout,
    space: Space,
    *,
    walkway: Walkway | None = None,
    margin: float | None = None,
    accepts: Callable[[Located], bool] | None = None,
    prefers: Callable[[Located], bool] | None = None,
) -> Located | None:
    """Set an object down on a patch at the first of some poses that is free.

    What is put where a rug lies stands on the floor: the rug carries nothing.

    Args:
        item: the object; its pose, support and placement are set.
        walkway: given for task objects, which must then be within a robot's reach.
        margin: air to keep to everything beside it [m]; by default less in a hollow, where things touch.
        accepts: what else must be true of it there.
        prefers: what is better true of it there; if it is of none of the first places, that is no matter.

    Returns:
        The object at its place, or None.
    """
    update: dict[str, object] = {
        "support": patch.owner,
        "support_part": patch.surface.name,
        "placement": patch.surface.placement,
    }
    if layout[patch.owner].item.covering:
        update = {"support": FLOOR, "support_part": None, "placement": "on"}
    if margin is None:
        margin = _CLOSE_M if patch.surface.placement == "in" and not patch.surface.shelf else MARGIN_M
    nest = _nest(item.category, patch.owner, layout) if patch.surface.nests else frozenset()
    first, looks = None, 0
    for pose in poses:
        located = Located(item.model_copy(update=update | {"pose": pose}), asset)
        if walkway is not None and walkway.distance(located) > _ROBOT_REACH_M:
            continue
        if accepts is not None and not accepts(located):
            continue
        if space.obstacle(located, margin=margin, nest=nest) is None:
            if prefers is None or prefers(located):
                return located
            first, looks = first or located, looks + 1
            if looks == _MOST_LOOKS:
                break
    return first


def _nest(category: str, owner: str, layout: Layout) -> frozenset[str]:
    """Return the stack of things of the same category that something is put on."""
    found: set[str] = set()
    while owner in layout and layout[owner].item.category == category:
        found.add(owner)
        owner = layout[owner].item.support
    return frozenset(found)


def set_down(
    item: SceneObject,
    asset: Asset,
    patches: Iterable[Patch],
    layout: Layout,
    space: Space,
    rng: np.random.Generator,
    *,
    walkway: Walkway | None = None,
    back: bool = False,
    askew: float = ASKEW_RAD,
    accepts: Callable[[Located], bool] | None = None,
    prefers: Callable[[Located], bool] | None = None,
) -> Located | None:
    """Find a spot for an object on the first of `patches` that has one.

    Args:
        item: the object; its pose, support and placement are set.
        walkway: given for task objects, which must then be within a robot's reach.
        back: keep to the rear of the patch.
        askew: how far it may be turned; see `spots_on`.
        accepts: what else must be true of it there.
        prefers: what is better true of it there; see `set_at`.

    Returns:
        The object at its place, or None.
    """
    spare = None
    for patch in patches:
        owner = layout[patch.owner].item
        spots = spots_on(patch, owner, asset, rng, back=back, askew=askew)
        if accepts is not None or prefers is not None:
            spots = itertools.chain(spots, spots_over(patch, asset))
        located = set_at(
            item, asset, patch, spots, layout, space, walkway=walkway, accepts=accepts, prefers=prefers
        )
        if located is not None and (prefers is None or prefers(located)):
            return located
        spare = spare or located
    return spare


def has_room(
    item: SceneObject,
    asset: Asset,
    patches: list[Patch],
    layout: Layout,
    space: Space,
    rng: np.random.Generator,
) -> bool:
    """Return whether one of some patches has a free spot for an object, flat, on edge or on end."""
    if set_down(item, asset, patches, layout, space, rng) is not None:
        return True
    for patch in patches:
        upright = spots_upright(patch, asset) if patch.surface.placement == "in" else ()
        spots = itertools.chain(spots_over(patch, asset), upright)
        if set_at(item, asset, patch, spots, layout, space) is not None:
            return True
    return False
