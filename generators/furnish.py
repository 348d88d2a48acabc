"""Put the furniture: what the task needs and what a room of its type has.

A depth-first search over pieces and their usual stands. It steps back when a required piece does
not fit, gives up optional pieces before required ones, and keeps the best that it has seen.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

import numpy as np
import numpy.typing as npt
from pydantic import Field
from shapely.geometry import Polygon

from generators.recipe import Furniture, Place, Recipe, recipe
from generators.requests import ambiguous, make_for_task, opened, scene_object
from generators.splash_back import with_splash_backs
from generators.stands import Stand, around_the_corner, candidates
from sage.asset import Asset
from sage.context import Context
from sage.critique import FindingKind
from sage.errors import ToolRejected
from sage.layout import Layout, Located
from sage.predicates import holds
from sage.scene import Opening, Room, Scene, Wall, free_id
from sage.space import Space
from sage.task import Relation, RequiredObject, Task
from sage.tools import Density, Disorder, Generator
from sage.walkway import ARM_M, PASSAGE_M, Walkway

__all__ = ["Furnish"]

_PLACE_OF_RELATION: dict[str, Place] = {
    "next_to": "beside",
    "in_corner": "corner",
    "in_middle": "middle",
    "against_wall": "wall",
    "in_front_of": "front",
    "under": "under",
}
_UNORDERED: tuple[Place, ...] = ("wall", "corner", "hung", "free")
"""Places whose candidates come in no order: the neatest of a few is taken."""
_EASY: tuple[Place, ...] = ("gather", "free")
"""Places of what rather faces what the task says."""
_ELSEWHERE: dict[Place, Place] = {
    "seat": "wall", "front": "wall", "around": "wall", "gather": "wall", "opposite": "wall",
    "over_run": "hung",
}  # fmt: skip
"""Places by another piece, and where what the task needs goes instead if there is none left."""
_JOINED: dict[Place, tuple[Place, ...]] = {"run": ("run",), "over_run": ("run", "over_run", "above")}
"""Places side by side without gaps, and of what."""
_TOGETHER = 5
_AWKWARD_GAP_M = (0.04, 0.4)
_ASKEW_RAD: dict[Disorder, float] = {"tidy": 0.0, "lived_in": 0.05, "messy": 0.22}
_SHARED = ("color", "material", "finish", "worktop")
"""Attributes that pieces which match have in common."""
_BUDGET = 1500
_BRANCHES = 4
_RUN_BRANCHES = 16
_CANDIDATES = 120
_NAVIGABLE = 0.9
_WALKABLE = 0.8
"""Share of the floor that people walk on which must hang together: no piece cuts a room in two."""
_WALK_CHECKS = 8


@dataclass(frozen=True)
class _Piece:
    """One thing to put."""

    id: str
    asset: Asset
    entry: Furniture
    of: tuple[str, ...]
    """Ids of what it goes with."""
    required: RequiredObject | None
    fixed: bool

    @property
    def clear(self) -> float:
        """Floor to keep free before its front [m]."""
        return self.entry.clear if self.asset.mount == "floor" else 0.0

    @property
    def optional(self) -> bool:
        return self.required is None and self.entry.need != "must"


class Furnish(Generator):
    """Furnish the empty room: against walls, in groups, facing what they belong to.

    Puts everything of the task that stands on the floor or hangs, then what a room of its type has,
    with ways of 0.7 m between door, windows and groups. Needs a floor plan; call it once. Pieces that
    found no place are left out and noted.
    """

    repairs: ClassVar[frozenset[FindingKind]] = frozenset()

    density: Density = Field(default="normal")
    """`sparse`: what must be there, and the least of what is usual; `normal`: also half of what may be
    there; `dense`: all that may be there, the most of it."""
    disorder: Disorder = Field(default="lived_in")
    """How far seats are turned from where they belong."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the furnished scene."""
        if not scene.rooms:
            raise ToolRejected("there is no room yet; call floor_plan first")
        if scene.objects:
            raise ToolRejected("the room is furnished; use place, move, replace or remove")
        room = scene.rooms[0]
        pieces = _Choice(scene, recipe(room.type), self.density, context).pieces()
        furnished = _Search(scene, room, pieces, _ASKEW_RAD[self.disorder], context).run()
        return with_splash_backs(furnished, context.store)


class _Choice:
    """Chooses the pieces: those of the task, then those of the recipe."""

    def __init__(self, scene: Scene, plan: Recipe, density: Density, context: Context) -> None:
        self._task, self._plan, self._density, self._context = scene.task, plan, density, context
        self._windows = scene.rooms[0].windows
        self._pieces: list[_Piece] = []
        self._claimed: set[tuple[Place | None, str]] = set()
        """Where required pieces go, and the id of what they go with: the recipe's pieces keep off."""

    def pieces(self) -> list[_Piece]:
        """Return everything to put, in the order in which to put it."""
        is_a = self._context.vocabulary.is_a
        waiting = [item for item in self._task.objects if _stands(item, self._task, self._context)]
        for item in waiting:
            names = [(name, of) for name in item.ids for of in _partners(name, self._task)]
            self._claimed |= {(_hint(name, self._task), of) for name, of in names}
        for entry in self._plan.furniture:
            matching = [item for item in waiting if is_a(item.category, entry.category)]
            for item in matching:
                waiting.remove(item)
                self._require(item, entry)
            if not matching and not ambiguous(entry.category, self._task, self._context.vocabulary):
                self._furnish(entry)
        for item in waiting:
            self._require(item, None)
        return _ordered(self._pieces)

    def _require(self, item: RequiredObject, entry: Furniture | None) -> None:
        category = self._context.vocabulary.find(item.category)
        if category is None:
            raise ToolRejected(f"nothing is known of a {item.category!r}")
        asset = make_for_task(item.ids[0], item, self._task, self._context)
        hung: dict[str, Place] = {"wall": "hung", "ceiling": "ceiling"}
        base = entry or Furniture(
            category=item.category, place=hung.get(category.mount, "wall"), need="must", clear=0.3
        )
        for name in item.ids:
            place = _place(name, base, self._task, self._context)
            partners = _partners(name, self._task)
            if not partners and place == base.place and base.of:
                partners = tuple(piece.id for piece in self._leaders(base.of))
            if place in _EASY and (faced := _faced(name, self._task)):
                place, partners = "before", faced
            own = base.model_copy(update={"place": place})
            self._pieces.append(_Piece(name, asset, own, partners, item, category.fixed))

    def _furnish(self, entry: Furniture) -> None:
        """Add what a recipe's line says: so many, or so many for each piece that they go with."""
        category = self._context.vocabulary.find(entry.category)
        if category is None:
            raise ToolRejected(f"the recipe names a {entry.category!r} that nothing makes")
        leaders: list[tuple[str, ...]] = [()]
        if entry.of:
            found = self._leaders(entry.of)
            leaders = [(piece.id,) for piece in found if (entry.place, piece.id) not in self._claimed]
            if entry.place in ("ceiling", "rows", "rug"):
                leaders = leaders[: entry.count[1]]
        counts = [self._count(entry) for _ in leaders]
        if entry.place == "at_window":
            counts = [2 * len(self._windows) * (count > 0) for count in counts]
        if not sum(counts):
            return
        asset = self._make(entry)
        beyond = entry.model_copy(update={"need": "should"}) if entry.need == "must" else entry
        for of, count in zip(leaders, counts, strict=True):
            for number in range(count):
                name = free_id(entry.category, {piece.id for piece in self._pieces} | self._task.ids)
                own = entry if number < entry.count[0] else beyond
                self._pieces.append(_Piece(name, asset, own, of, None, category.fixed))
                if entry.place in ("hung", "above") and not entry.match:
                    asset = self._make(entry)

    def _count(self, entry: Furniture) -> int:
        rng = self._context.rng
        low, high = entry.count
        if self._density == "dense":
            return high
        if entry.need == "may" and (self._density == "sparse" or rng.random() < 0.5):
            return 0
        return low if self._density == "sparse" else int(rng.integers(low, high + 1))

    def _make(self, entry: Furniture) -> Asset:
        alike = next(iter(self._leaders(entry.match)), None) if entry.match else None
        known = alike.asset.attributes if alike else {}
        attributes = {name: value for name, value in known.items() if name in _SHARED}
        return self._context.source.make(entry.category, self._context.rng, attributes)

    def _leaders(self, category: str) -> list[_Piece]:
        """Return the pieces of a category, or if there is none, those that answer to it."""
        exact = [piece for piece in self._pieces if piece.asset.category == category]
        is_a = self._context.vocabulary.is_a
        return exact or [piece for piece in self._pieces if is_a(piece.asset.category, category)]


def _stands(item: RequiredObject, task: Task, context: Context) -> bool:
    """Tell whether a required object stands on the floor or hangs, rather than lies on another."""
    category = context.vocabulary.find(item.category)
    carried = any(
        r.name in ("on", "in") and not r.negated and r.subject in item.ids and r.object in task.ids
        for r in task.initial
    )
    return category is not None and category.mount != "surface" and not carried


def _place(name: str, entry: Furniture, task: Task, context: Context) -> Place:
    """Return how the recipe groups a piece with what it is next to, else what the task says."""
    hint = _hint(name, task) or entry.place
    partners = [task.required(partner) for partner in _partners(name, task)]
    of, is_a = entry.of, context.vocabulary.is_a
    grouped = of is not None and any(is_a(partner.category, of) for partner in partners if partner)
    return entry.place if hint == "beside" and grouped else hint


def _hint(name: str, task: Task) -> Place | None:
    """Return the place that an initial relation of the task speaks of."""
    for relation in task.initial:
        if relation.subject == name and not relation.negated:
            if relation.object.startswith("window"):
                return "under_window"
            if relation.name in _PLACE_OF_RELATION:
                return _PLACE_OF_RELATION[relation.name]
    return None


def _faced(name: str, task: Task) -> tuple[str, ...]:
    return tuple(
        relation.object
        for relation in task.initial
        if relation.name == "facing" and relation.subject == name and relation.object in task.ids
    )


def _partners(name: str, task: Task) -> tuple[str, ...]:
    return tuple(
        relation.object
        for relation in task.initial
        if relation.subject == name
        and not relation.negated
        and relation.name in ("next_to", "under", "in_front_of")
        and relation.object in task.ids
    )


def _ordered(pieces: list[_Piece]) -> list[_Piece]:
    """Leaders before followers, required before optional, large before small.

    A required follower comes right after its leader, so that the search steps back to that.
    """
    order = {piece.id: k for k, piece in enumerate(pieces)}
    tiers = {
        "at_window": 0.5, "under_window": 0.7, "ceiling": 4, "above": 4, "over_run": 4.5, "hung": 5, "rug": 6,
    }  # fmt: skip

    def rank(piece: _Piece) -> tuple[float, ...]:
        here = order[piece.id]
        leads = [pieces[order[name]] for name in piece.of if name in order and name != piece.id]
        before = rank(leads[0]) if leads else None
        if before and not piece.optional:
            return (*before, here)
        tier: float = tiers.get(piece.entry.place, 1) if piece.optional else 0
        if before:
            tier = max(2, tier, before[0])
        run = piece.entry.place == "run"
        area = piece.asset.size[0] * piece.asset.size[1]
        return (tier, bool(before), not run, 0.0 if run else -area, here)

    return sorted(pieces, key=rank)


def _branches(piece: _Piece) -> int:
    """Return how many stands of a piece are tried before the search steps back past it."""
    if piece.optional:
        return 1
    return _RUN_BRANCHES if piece.entry.place == "run" else _BRANCHES


class _Search:
    def __init__(
        self, scene: Scene, room: Room, pieces: list[_Piece], askew: float, context: Context
    ) -> None:
        self._scene, self._room, self._pieces, self._context = scene, room, pieces, context
        self._askew = askew
        self._space = Space(room, Layout(scene, context.store))
        self._placed: list[Located] = []
        self._walkways = [Walkway(room)]
        self._approaches: list[npt.NDArray[np.bool_]] = []
        self._best: list[Located] = []
        self._best_value = (-1, -1)
        self._budget = _BUDGET
        self._lenient = False
        self._walk_checks = _WALK_CHECKS
        self._carriers = {
            r.subject: r.object for r in scene.task.initial if r.name in ("on", "in") and not r.negated
        }

    def run(self) -> Scene:
        """Search, and return the scene with the best set of pieces found."""
        empty = self._space.mark()
        if not self._go(0) or self._budget <= 0:
            self._space.rewind(empty)
            self._placed, self._approaches = [], []
            del self._walkways[1:]
            self._lenient, self._budget = True, _BUDGET
            self._go(0)
        best = self._without_odd_curtains()
        self._tell_leftovers({located.item.id for located in best})
        for located in best:
            self._context.store.add(located.asset)
        return self._scene.adding(*(located.item for located in best))

    def _without_odd_curtains(self) -> list[Located]:
        """Return the best set without curtains that hang at one side of their window only."""
        hanging = {piece.id for piece in self._pieces if piece.entry.place == "at_window"}
        pairs: dict[str, list[str]] = {}
        for located in self._best:
            if located.item.id in hanging:
                nearest = min(self._room.windows, key=lambda pair: _distance(located, *pair))
                pairs.setdefault(nearest[1].id, []).append(located.item.id)
        odd = {name for names in pairs.values() if len(names) == 1 for name in names}
        return [located for located in self._best if located.item.id not in odd - self._scene.task.ids]

    def _tell_leftovers(self, placed: set[str]) -> None:
        missing = Counter(piece.asset.category for piece in self._pieces if piece.id not in placed)
        if missing:
            names = ", ".join(f"{count} {category}" for category, count in sorted(missing.items()))
            self._context.note(f"no place for {names}; a larger room would take them")

    def _go(self, index: int) -> bool:
        """Place the pieces from `index` on; False asks the caller to try another stand."""
        self._context.check()
        self._remember()
        if index == len(self._pieces):
            return self._walkable()
        piece = self._pieces[index]
        if piece.required is None and piece.of and not self._partners_of(piece):
            return self._go(index + 1)
        branches = 0
        mark, known = self._space.mark(), (len(self._walkways), len(self._approaches))
        for located in self._standing(piece):
            self._space.add(located, piece.clear)
            self._placed.append(located)
            if self._go(index + 1):
                return True
            self._placed.pop()
            self._space.rewind(mark)
            del self._walkways[known[0] :], self._approaches[known[1] :]
            branches += 1
            if branches >= _branches(piece) or self._budget <= 0:
                break
        if self._budget <= 0:
            return True
        return (piece.optional or self._lenient) and self._go(index + 1)

    def _standing(self, piece: _Piece) -> Iterator[Located]:
        """Yield stands that leave ways open; at last, one that does not for what must be there."""
        blocking = None
        for located in self._fitting(piece):
            if self._leaves_ways(piece, located):
                yield located
            else:
                blocking = blocking or located
        if blocking and self._lenient and not piece.optional:
            self._walkways.append(self._walkways[-1].adding(blocking))
            yield blocking

    def _fitting(self, piece: _Piece) -> Iterator[Located]:
        """Yield stands where a piece fits, the neatest of each handful first."""
        fits = self._free(piece)
        if piece.entry.place not in _UNORDERED:
            yield from fits
        while batch := list(itertools.islice(fits, _TOGETHER)):
            yield from sorted(batch, key=self._awkwardness)

    def _free(self, piece: _Piece) -> Iterator[Located]:
        for located in self._stands(piece):
            self._budget -= 1
            if self._budget <= 0:
                return
            if self._fits(piece, located):
                yield located

    def _fits(self, piece: _Piece, located: Located) -> bool:
        companions = frozenset(other.item.id for other in self._partners_of(piece))
        if piece.asset.covering:
            return self._covers(piece, located)
        margin = 0.001 if piece.entry.place in _JOINED else 0.012
        obstacle = self._space.obstacle(located, margin=margin, clear=piece.clear, companions=companions)
        return obstacle is None and self._relations_hold(located)

    def _covers(self, piece: _Piece, located: Located) -> bool:
        """Tell whether a rug or curtain lies or hangs free; rugs may lie under what is not built in."""
        inside = bool(self._room.floor.contains(located.footprint))
        barred = any(
            (other.asset.covering or (other.item.fixed and other.item.support == "floor"))
            and other.footprint.intersects(located.footprint)
            for other in self._placed
        )
        corners = located.item.pose.apply(piece.asset.corners)
        return inside and not barred and (piece.asset.mount == "floor" or self._space.is_free(corners))

    def _leaves_ways(self, piece: _Piece, located: Located) -> bool:
        """Tell whether people still get from the door to everything once a piece stands; if so, keep that."""
        if piece.asset.mount != "floor" or piece.asset.covering:
            return True
        walkway = self._walkways[-1].adding(located)
        wide = walkway.at(PASSAGE_M / 2)
        approaches = [*self._approaches, *([] if piece.of else [wide.approach(located.body_footprint)])]
        doors = all(wide.reaches(wall, door) for wall, door in self._room.doors)
        whole = walkway.navigable >= _NAVIGABLE and wide.navigable >= _WALKABLE
        if not (doors and whole and all(wide.passes(area) for area in approaches)):
            return False
        self._walkways.append(walkway)
        self._approaches = approaches
        return True

    def _awkwardness(self, located: Located) -> float:
        """Return how odd a piece would look where it is: narrow gaps beside it, large ones off the middle."""
        origin = np.array(located.item.pose.position[:2])
        left = np.array([-located.forward[1], located.forward[0]])
        depth, width, _ = located.asset.size
        ends = [-np.inf, np.inf]
        shapes = [other.footprint for other in self._placed if _at_height(other, located)]
        for shape in [*shapes, *_beyond(self._room)]:
            corners = np.array(shape.exterior.coords) - origin
            ahead, aside = corners @ located.forward, corners @ left
            if ahead.max() > -depth / 2 and ahead.min() < depth / 2:
                if aside.max() <= -width / 2 + 0.01:
                    ends[0] = max(ends[0], float(aside.max()))
                elif aside.min() >= width / 2 - 0.01:
                    ends[1] = min(ends[1], float(aside.min()))
        gaps = [-width / 2 - ends[0], ends[1] - width / 2]
        low, high = _AWKWARD_GAP_M
        awkward = sum(low < gap < high for gap in gaps)
        total = sum(gaps) if np.isfinite(sum(gaps)) else 0.0
        off = abs(gaps[0] - gaps[1]) / total if total > 0 and width > 1.2 else 0.0
        return awkward + off

    def _partners_of(self, piece: _Piece) -> tuple[Located, ...]:
        ids = set(piece.of) | {self._carriers.get(name, name) for name in piece.of}
        if together := _JOINED.get(piece.entry.place):
            ids = {other.id for other in self._pieces if other.entry.place in together}
        return tuple(located for located in self._placed if located.item.id in ids)

    def _stands(self, piece: _Piece) -> list[Located]:
        partners = self._partners_of(piece)
        anyhow = self._lenient and piece.required is not None and piece.entry.place in _ELSEWHERE
        if piece.of and not partners and not anyhow:
            return []
        item = scene_object(
            piece.id, piece.asset, piece.required, self._room.id, support=_SUPPORT[piece.asset.mount],
            fixed=piece.fixed, joints=opened(piece.id, piece.asset, self._scene.task),
        )  # fmt: skip
        stand = Stand(
            piece.asset, self._room, self._context.rng, partners, piece.entry.spacing, piece.entry.height,
            self._askew,
        )  # fmt: skip
        poses = candidates(piece.entry.place, stand)
        if self._lenient and piece.entry.place == "run" and not piece.optional:
            poses = chain(poses, around_the_corner(stand))
        if self._lenient and piece.entry.place == "rows":
            poses = chain(poses, candidates("wall", stand))
        if anyhow:
            poses = chain(poses, candidates(_ELSEWHERE[piece.entry.place], stand))
        return [
            Located(item.model_copy(update={"pose": pose}), piece.asset)
            for pose in itertools.islice(poses, _CANDIDATES)
        ]

    def _relations_hold(self, located: Located) -> bool:
        """Check the task's initial relations among what stands, things carried by their carrier."""
        present = {other.item.id: other for other in [*self._placed, located]}
        layout = Layout.of(self._scene, present)
        for relation in self._scene.task.initial:
            if relation.name in ("on", "in", "open", "closed") or relation.negated:
                continue
            proxied = self._by_carrier(relation)
            names = [proxied.subject, proxied.object, proxied.other or "room"]
            if proxied.subject == proxied.object or located.item.id not in names:
                continue
            known = all(n in present or n == "room" or n.startswith("window") or not n for n in names)
            if known and not holds(proxied, layout):
                return False
        return True

    def _by_carrier(self, relation: Relation) -> Relation:
        swap = self._carriers
        other = swap.get(relation.other, relation.other) if relation.other else None
        return relation.model_copy(
            update={
                "subject": swap.get(relation.subject, relation.subject),
                "object": swap.get(relation.object, relation.object),
                "other": other,
            }
        )

    def _walkable(self) -> bool:
        if self._walk_checks <= 0:
            return True
        self._walk_checks -= 1
        walkway = Walkway(self._room, self._placed)
        doors = all(walkway.reaches(wall, door) for wall, door in self._room.doors)
        needed = (o for o in self._placed if o.item.role != "context" and not o.item.covering)
        reached = all(walkway.distance(located) <= ARM_M for located in needed)
        return doors and reached and walkway.navigable >= _NAVIGABLE

    def _remember(self) -> None:
        required = sum(1 for located in self._placed if located.item.id in self._scene.task.ids)
        value = (required, len(self._placed))
        if value >= self._best_value:
            self._best, self._best_value = list(self._placed), value


_SUPPORT = {"floor": "floor", "surface": "floor", "wall": "wall", "ceiling": "ceiling"}


def _distance(located: Located, wall: Wall, opening: Opening) -> float:
    return float(np.linalg.norm(located.center[:2] - wall.point(opening.offset)))


def _at_height(other: Located, located: Located) -> bool:
    """Tell whether one is beside the other rather than above or below it."""
    return bool(other.low[2] < located.high[2] and other.high[2] > located.low[2]) and not other.item.covering


def _beyond(room: Room) -> list[Polygon]:
    """Return what bounds a piece beside it: the walls."""
    return [
        Polygon([wall.start, wall.end, wall.point(wall.length, -0.1), wall.point(0.0, -0.1)])
        for wall in room.walls
    ]
