"""SceneEval's relations between objects and with the room, as scores of oriented boxes.

The definitions are those of SceneEval (Tam et al. 2025, arXiv 2503.14756), implemented anew. World frame,
metres; a box's axes are its forward, left and up. Left and right are as seen by someone who looks at a
box's front. A relation holds if its score is above `SATISFIED`. Points inside a box are a fixed Halton
sequence, so that the same scene always scores the same.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
from scipy.spatial import cKDTree
from scipy.stats import qmc
from shapely import contains_xy
from shapely.geometry import Polygon

from sage.asset import Asset
from sage.geometry import Array
from sage.scene import Opening, Room, SceneObject, Wall

__all__ = [
    "SATISFIED", "Architecture", "Body", "Box", "Spec", "architecture", "body", "compares", "element_score",
    "element_words", "groups", "nearest", "object_score", "object_words", "read_specs",
]  # fmt: skip

SATISFIED = 0.5
_POINTS_A_M3, _FEWEST, _MOST = 5000, 64, 8192
_RAYS = 256
_SURFACE_STEP_M = 0.02
_MOST_SURFACE = 20000
_EDGE_M = 1e-6
_BANDS = {"next_to": (0.0, 0.5), "near": (0.5, 1.5), "across": (1.5, 4.0), "far": (4.0, math.inf)}
"""Distance between surfaces [m]."""
_BAND_M = 0.25
_FACING_DEG = 30.0
_SIDE_MARGIN = 0.25
_ON_WALL, _AGAINST_WALL, _HANGING = (0.01, 0.01), (0.3, 0.1), (0.01, 0.03)
"""How far away it may be, and the width of the Gaussian beyond that [m]."""
_CORNER_M, _PERPENDICULAR = 0.8, 0.15
_FEWEST_AROUND = 3
_SIDES = {
    "front": (0, 1), "back": (0, -1), "right": (1, 1), "left": (1, -1), "top": (2, 1), "bottom": (2, -1),
}  # fmt: skip
"""Axis and direction of each face, y as left of the box itself and so right of who looks at its front."""


@dataclass(frozen=True)
class Spec:
    """So many of something: `eq,2,chair,wooden` compares the number of wooden chairs with 2."""

    compare: str
    count: int
    words: tuple[str, ...]
    """What follows the number."""

    def __str__(self) -> str:
        """Write it as it was read."""
        return ",".join((self.compare, str(self.count), *self.words))


def read_specs(text: str) -> tuple[Spec, ...]:
    """Return the specifications of a field, which semicolons separate."""
    rows = ([word.strip() for word in part.split(",")] for part in text.split(";") if part.strip())
    return tuple(Spec(compare, int(count), tuple(words)) for compare, count, *words in rows)


def compares(spec: Spec, number: int) -> bool:
    """Return whether a number is what a specification wants."""
    wanted = spec.count
    return {
        "eq": number == wanted, "gt": number > wanted, "ge": number >= wanted,
        "lt": number < wanted, "le": number <= wanted,
    }[spec.compare]  # fmt: skip


@cache
def _unit_points() -> Array:
    points: Array = qmc.Halton(3, scramble=False).random(_MOST + 1)[1:] * 2 - 1
    return points


@dataclass(frozen=True, eq=False)
class Box:
    """An oriented box."""

    center: Array
    axes: Array
    """Unit vectors forward, left and up as columns, shape [3, 3]."""
    half: Array
    """Half extents along them [m]."""

    @cached_property
    def points(self) -> Array:
        """Points inside, at least 64 and 5,000 per m3 (at most 8,192), shape [n, 3]."""
        count = int(8 * np.prod(self.half) * _POINTS_A_M3)
        return self.world(_unit_points()[: min(max(count, _FEWEST), _MOST)] * self.half)

    @cached_property
    def corners(self) -> Array:
        """The eight corners, shape [8, 3]."""
        return self.world(np.array(list(itertools.product((-1.0, 1.0), repeat=3))) * self.half)

    def world(self, points: Array) -> Array:
        """Return points of the box's frame in the world's."""
        moved: Array = points @ self.axes.T + self.center
        return moved

    def local(self, points: Array) -> Array:
        """Return points of the world in the box's frame."""
        moved: Array = (points - self.center) @ self.axes
        return moved

    def holds(self, points: Array) -> npt.NDArray[np.bool_]:
        """Tell for each point whether it lies inside."""
        inside: npt.NDArray[np.bool_] = (abs(self.local(points)) <= self.half + _EDGE_M).all(axis=1)
        return inside

    def beyond(self, points: Array, side: str, margin: float, *, outside: bool) -> npt.NDArray[np.bool_]:
        """Tell for each point whether it lies at a side of the box.

        Args:
            side: which face.
            margin: by which share the face is enlarged; the point must lie before the enlarged face.
            outside: beyond the face; else beyond the box's middle.
        """
        axis, sign = _SIDES[side]
        local = self.local(points)
        others = [k for k in range(3) if k != axis]
        within = (abs(local[:, others]) <= self.half[others] * (1 + margin) + _EDGE_M).all(axis=1)
        least = self.half[axis] if outside else 0.0
        found: npt.NDArray[np.bool_] = (sign * local[:, axis] >= least - _EDGE_M) & within
        return found

    def distances(self, points: Array) -> Array:
        """Return how far points are from the box taken as solid [m]."""
        out = np.maximum(abs(self.local(points)) - self.half, 0.0)
        lengths: Array = np.linalg.norm(out, axis=1)
        return lengths


@dataclass(frozen=True, eq=False)
class Body:
    """A visual mesh and its box."""

    box: Box
    triangles: Array
    """Shape [n, 3, 3]."""

    @cached_property
    def surface(self) -> Array:
        """Points all over the surface, about one in 2 x 2 cm and all corners, shape [n, 3]."""
        a, b, c = self.triangles.transpose(1, 0, 2)
        areas = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
        total = float(areas.sum())
        count = min(int(total / _SURFACE_STEP_M**2) + 1, _MOST_SURFACE)
        if total <= 0:
            return self.triangles.reshape(-1, 3)
        rng = np.random.default_rng(0)
        chosen = np.searchsorted(np.cumsum(areas) / total, rng.random(count), side="right")
        chosen = np.minimum(chosen, len(areas) - 1)
        u, v = rng.random((2, count))
        turned = u + v > 1
        u, v = np.where(turned, 1 - u, u), np.where(turned, 1 - v, v)
        spread = a[chosen] + u[:, None] * (b - a)[chosen] + v[:, None] * (c - a)[chosen]
        return np.concatenate([np.unique(self.triangles.reshape(-1, 3), axis=0), spread])

    @cached_property
    def tree(self) -> cKDTree:
        """The surface, ready to be asked for nearest points."""
        return cKDTree(self.surface)


def body(item: SceneObject, asset: Asset) -> Body:
    """Return an object's visual mesh where it is in the world, its joints as they stand."""
    poses = asset.link_poses(item.joints)
    meshes = [(poses[link.name], visual.mesh) for link in asset.links for visual in link.visuals]
    parts = [pose.apply(mesh.vertices)[mesh.faces] for pose, mesh in meshes]
    points = np.concatenate(parts).reshape(-1, 3)
    low, high = points.min(axis=0), points.max(axis=0)
    axes = item.pose.matrix[:3, :3]
    box = Box(item.pose.apply([(low + high) / 2])[0], axes, (high - low) / 2)
    return Body(box, item.pose.apply(points).reshape(-1, 3, 3))


@dataclass(frozen=True, eq=False)
class Architecture:
    """What objects may be related to in a room."""

    kind: str
    floor: Polygon
    height: float
    walls: tuple[Box, ...]
    """Forward is into the room."""
    doors: tuple[Box, ...]
    windows: tuple[Box, ...]

    def elements(self, name: str) -> tuple[Box, ...]:
        """Return the walls, doors or windows."""
        return {"wall": self.walls, "door": self.doors, "window": self.windows}[name]


def architecture(room: Room) -> Architecture:
    """Return the floor, walls, doors and windows of a room."""
    return Architecture(
        room.type, room.floor, room.height,
        tuple(_wall_box(wall) for wall in room.walls),
        tuple(_opening_box(*pair) for pair in room.doors),
        tuple(_opening_box(*pair) for pair in room.windows),
    )  # fmt: skip


def _in_wall(wall: Wall, middle: float, half: tuple[float, float], z: float) -> Box:
    x, y = wall.point(middle, -wall.thickness / 2)
    forward = np.array([*wall.inward, 0.0])
    up = np.array([0.0, 0.0, 1.0])
    axes = np.stack([forward, np.cross(up, forward), up], axis=1)
    return Box(np.array([x, y, z]), axes, np.array([wall.thickness / 2, *half]))


def _wall_box(wall: Wall) -> Box:
    return _in_wall(wall, wall.length / 2, (wall.length / 2, wall.height / 2), wall.height / 2)


def _opening_box(wall: Wall, opening: Opening) -> Box:
    half = (opening.width / 2, opening.height / 2)
    return _in_wall(wall, opening.offset, half, opening.sill + opening.height / 2)


def nearest(a: Body, b: Body) -> float:
    """Return the distance between two surfaces [m]; to within 2 cm where they do not touch."""
    few, many = sorted((a, b), key=lambda each: len(each.surface))
    return float(many.tree.query(few.surface)[0].min())


def _band(distance: float, name: str) -> float:
    low, high = _BANDS[name]
    if low <= distance <= high:
        return 1.0
    return _fading(min(abs(distance - low), abs(distance - high)), _BAND_M)


def _fading(distance: float, width: float) -> float:
    return math.exp(-(distance**2) / (2 * width**2))


def _share(mask: npt.NDArray[np.bool_]) -> float:
    return float(mask.mean())


def _inside(target: Body, anchor: Body) -> float:
    return _share(anchor.box.holds(target.box.points))


def _outside(target: Body, anchor: Body) -> float:
    return 1.0 - _inside(target, anchor)


def _on_top(target: Body, anchor: Body) -> float:
    return _share(anchor.box.beyond(target.box.points, "top", 0.0, outside=True))


def _at(side: str) -> Callable[[Body, Body], float]:
    def score(target: Body, anchor: Body) -> float:
        return _share(anchor.box.beyond(target.box.points, side, _SIDE_MARGIN, outside=True))

    return score


def _region(side: str) -> Callable[[Body, Body], float]:
    def score(target: Body, anchor: Body) -> float:
        points = target.box.points
        at_side = anchor.box.beyond(points, side, 0.0, outside=False)
        return _share(at_side & anchor.box.holds(points))

    return score


def _oblong(*, long: bool) -> Callable[[Body, Body], float]:
    def score(target: Body, anchor: Body) -> float:
        depth, width, _ = anchor.box.half
        if math.isclose(depth, width, rel_tol=1e-5):
            return 0.0
        sides = ("left", "right") if (depth > width) == long else ("front", "back")
        points = target.box.points
        return max(_share(anchor.box.beyond(points, side, 0.0, outside=True)) for side in sides)

    return score


def _middle(target: Body, anchor: Body) -> float:
    return _fading(math.dist(target.box.center[:2], anchor.box.center[:2]), _BAND_M)


def _apart(name: str) -> Callable[[Body, Body], float]:
    def score(target: Body, anchor: Body) -> float:
        return _band(nearest(target, anchor), name)

    return score


def _facing(target: Body, anchor: Body) -> float:
    """Follow rays along the target's front to the anchor; score the angle to the middle of the hits."""
    forward = target.box.axes[:, 0]
    hits = _hits(target.box.points[:_RAYS], forward, anchor.triangles)
    ahead, front = (hits.mean(axis=0) - target.box.center)[:2] if len(hits) else np.zeros(2), forward[:2]
    lengths = float(np.linalg.norm(ahead) * np.linalg.norm(front))
    if lengths < _EDGE_M:
        return 0.0
    angle = math.degrees(math.acos(min(1.0, max(-1.0, float(ahead @ front) / lengths))))
    return max(0.0, 1.0 - angle / _FACING_DEG)


def _hits(origins: Array, way: Array, triangles: Array) -> Array:
    """Return where parallel rays first meet triangles, of those that meet any (Moeller, Trumbore 1997)."""
    a, edge1, edge2 = triangles[:, 0], triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    normal = np.cross(way, edge2)
    det = np.einsum("ij,ij->i", edge1, normal)
    usable = abs(det) > 1e-12
    a, edge1, edge2, normal, det = (each[usable] for each in (a, edge1, edge2, normal, det))
    found = []
    for origin in origins:
        offset = origin - a
        u = np.einsum("ij,ij->i", offset, normal) / det
        crossed = np.cross(offset, edge1)
        v = crossed @ way / det
        t = np.einsum("ij,ij->i", edge2, crossed) / det
        met = t[(u >= 0) & (v >= 0) & (u + v <= 1) & (t >= 0)]
        if len(met):
            found.append(origin + met.min() * way)
    return np.array(found)


def _surround(targets: Sequence[Body], anchor: Body) -> float:
    """Score how equal the distances and the angles are at which things stand around another."""
    count = len(targets)
    if count < _FEWEST_AROUND:
        return 0.0
    ways = np.array([target.box.center - anchor.box.center for target in targets])
    lengths = np.linalg.norm(ways, axis=1)
    middle = float(np.median(lengths))
    if middle < _EDGE_M:
        return 0.0
    order = np.argsort(np.arctan2(ways[:, 1], ways[:, 0]))
    angles = np.arctan2(ways[order, 1], ways[order, 0])
    gaps = np.diff(np.append(angles, angles[0] + 2 * math.pi))
    ideal = 2 * math.pi / count
    uneven = np.clip(abs(gaps - ideal) / ideal, 0, 1)
    unequal = np.clip(abs(lengths - middle) / middle, 0, 1)
    return float(np.mean((1 - unequal) ** 2) / 2 + np.mean((1 - uneven) ** 2) / 2)


_SCORES: dict[str, Callable[[Body, Body], float]] = {
    "inside": _inside, "outside": _outside, "on_top": _on_top, "facing": _facing, "middle": _middle,
    "long_side": _oblong(long=True), "short_side": _oblong(long=False),
    **{name: _apart(name) for name in _BANDS},
    **{side: _at(side) for side in _SIDES},
    **{f"{side}_region": _region(side) for side in _SIDES},
}  # fmt: skip

_OBJECT_WORDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "on": (("on_top",),), "on_top": (("on_top",),),
    **dict.fromkeys(("in", "inside", "within"), (("inside",),)), "outside": (("outside",),),
    **dict.fromkeys(
        ("next", "next_to", "beside", "adjacent", "side_by_side", "against", "lean_against"), (("next_to",),)
    ),
    **dict.fromkeys(("near", "nearby", "close"), (("near",),)),
    **dict.fromkeys(("across", "opposite"), (("across",),)), "far": (("far",),),
    **dict.fromkeys(("front", "in_front"), (("front",),)),
    **dict.fromkeys(("behind", "back"), (("back",),)),
    **dict.fromkeys(("left", "left_of"), (("left",),)), **dict.fromkeys(("right", "right_of"), (("right",),)),
    **dict.fromkeys(("above", "over"), (("top",),)),
    **dict.fromkeys(
        ("under", "beneath", "below", "underneath", "under_region"), (("bottom_region",), ("bottom",))
    ),
    **dict.fromkeys(("face", "facing"), (("facing",),)),
    **dict.fromkeys(("center", "middle", "middle_of", "at_the_center"), (("middle",),)),
    **dict.fromkeys(("foot", "at_the_foot"), (("front", "next_to"),)),
    **dict.fromkeys(("surround", "around"), (("surround",),)),
    "long_side": (("long_side",),), "short_side": (("short_side",),),
    **{f"{side}_region": ((f"{side}_region",),) for side in ("left", "right", "front", "back", "top")},
}  # fmt: skip
"""What relation words mean: alternatives, the better of which counts, of predicates that must all score."""

_SHELVES = frozenset(("shelf", "shelving", "bookshelf", "bookcase", "rack", "shelves"))


def object_words(relation: str, anchor: str) -> tuple[tuple[str, ...], ...]:
    """Return the predicates that a relation word between objects means; see `_OBJECT_WORDS`.

    Things on a shelf are inside its box, or on top of it.

    Raises:
        KeyError: the word is not known.
    """
    if relation == "on" and _SHELVES & set(anchor.lower().split("_")):
        return (("inside",), ("on_top",))
    return _OBJECT_WORDS[relation]


def object_score(predicates: Iterable[Iterable[str]], targets: Sequence[Body], anchor: Body) -> float:
    """Return how well things are in a relation to another, 0..1."""
    return max(min(_score(name, targets, anchor) for name in each) for each in predicates)


def _score(name: str, targets: Sequence[Body], anchor: Body) -> float:
    if name == "surround":
        return _surround(targets, anchor)
    return min(_SCORES[name](target, anchor) for target in targets)


def groups(
    spec: Spec, matched: Mapping[str, Sequence[str]]
) -> tuple[str, str, list[tuple[str, tuple[str, ...]]]]:
    """Return a relation's word, its anchor's noun, and all anchors with the others that they may have.

    Args:
        spec: of objects: relation, index of the anchor, nouns; `chair:0`, `chair:1` are two different ones.
        matched: the objects that answer to each noun.
    """
    relation, index, *said = spec.words
    nouns = [noun.partition(":")[0] for noun in said]
    at = int(index) if 0 <= int(index) < len(nouns) else 0
    anchor, others = nouns[at], nouns[:at] + nouns[at + 1 :]
    choices = [
        list(itertools.combinations(matched.get(noun, ()), others.count(noun)))
        for noun in dict.fromkeys(others)
    ]
    found = []
    for first in matched.get(anchor, ()):
        for chosen in itertools.product(*choices):
            ids = tuple(itertools.chain.from_iterable(chosen))
            if first not in ids and len(set(ids)) == len(ids):
                found.append((first, ids))
    return relation, anchor, found


_ELEMENT_WORDS: dict[tuple[str, str], tuple[str, ...]] = {
    ("on", "wall"): ("on_wall",), ("hang", "wall"): ("on_wall",), ("mount", "wall"): ("on_wall",),
    **{(word, "wall"): ("against_wall",) for word in ("against", "along", "leaning", "lean_against")},
    **{(word, "ceiling"): ("hanging",) for word in ("hang", "hang_from", "hanging", "mount", "on")},
    ("corner", "room"): ("corner",),
    **{(word, "room"): ("middle_of_room",) for word in ("center", "middle", "centre")},
    ("in", "room"): ("inside_room",),
    **{
        (word, element): predicates
        for element in ("wall", "door", "window")
        for words, predicates in (
            (("next", "next_to", "beside", "adjacent"), ("next_to",)),
            (("near", "nearby"), ("near",)), (("across", "opposite"), ("across",)), (("far",), ("far",)),
            (("front", "in_front"), ("next_to", "near")),
        )
        for word in words
    },
    **{(word, "window"): ("next_to",) for word in ("under", "beneath", "below", "against")},
}  # fmt: skip
"""What relation words mean for an element of the room: the best of these predicates counts."""


def element_words(relation: str, element: str) -> tuple[str, ...]:
    """Return the predicates that a relation word means for `wall`, `door`, ... or a room's name.

    Raises:
        KeyError: the word is not known.
    """
    known = element if element in ("wall", "door", "window", "ceiling") else "room"
    return _ELEMENT_WORDS[relation, known]


def element_score(
    predicates: Iterable[str], element: str, target: Body, rooms: Iterable[Architecture]
) -> float:
    """Return how well a thing is in a relation to an element of a room, 0..1: the best of the rooms."""
    return max((_element(name, element, target, room) for name in predicates for room in rooms), default=0.0)


def _element(name: str, element: str, target: Body, room: Architecture) -> float:
    if name in _BANDS:
        return max((_band(_reach(target, each), name) for each in room.elements(element)), default=0.0)
    if name == "inside_room":
        return _in_room(target, room) if element in ("room", room.kind) else 0.0
    return {
        "on_wall": lambda: _before_wall(target, room, *_ON_WALL),
        "against_wall": lambda: _before_wall(target, room, *_AGAINST_WALL),
        "hanging": lambda: _hanging(target, room), "corner": lambda: _corner(target, room),
        "middle_of_room": lambda: _middle_of_room(target, room),
    }[name]()  # fmt: skip


def _reach(target: Body, element: Box) -> float:
    points = np.concatenate([target.box.points, target.box.corners])
    return float(element.distances(points).min())


def _before_wall(target: Body, room: Architecture, most: float, width: float) -> float:
    scores = [
        _share(wall.beyond(target.box.points, "front", 0.0, outside=True))
        * _fading(max(0.0, _reach(target, wall) - most), width)
        for wall in room.walls
    ]
    return max(scores, default=0.0)


def _in_room(target: Body, room: Architecture) -> float:
    return float(np.mean(contains_xy(room.floor, target.box.points[:, :2])))


def _corner(target: Body, room: Architecture) -> float:
    if _in_room(target, room) < SATISFIED:
        return 0.0
    scores = [_fading(max(0.0, _reach(target, wall) - _CORNER_M), _BAND_M) for wall in room.walls]
    pairs = itertools.combinations(range(len(scores)), 2)
    square = (
        scores[a] * scores[b]
        for a, b in pairs
        if abs(float(room.walls[a].axes[:, 0] @ room.walls[b].axes[:, 0])) < _PERPENDICULAR
    )
    return max(square, default=0.0)


def _hanging(target: Body, room: Architecture) -> float:
    top = float(target.box.corners[:, 2].max())
    most, width = _HANGING
    return _fading(max(0.0, abs(room.height - top) - most), width)


def _middle_of_room(target: Body, room: Architecture) -> float:
    low_x, low_y, high_x, high_y = room.floor.bounds
    own, side = 2 * float(target.box.half[:2].max()), ((high_x - low_x) + (high_y - low_y)) / 2
    width = own / 2 + 1 - own / side
    middle = ((low_x + high_x) / 2, (low_y + high_y) / 2)
    return _fading(math.dist(target.box.center[:2], middle), width)
