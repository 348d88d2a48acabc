"""Places furniture: what the task needs and what is usual in a room of its type.

A depth-first search over pieces and their usual stands. It steps back when a required piece does
not fit, gives up optional pieces before required ones, and keeps the best that it has seen.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np
import numpy.typing as npt
from pydantic import Field
from shapely.geometry import Polygon

from sage.asset import Asset
from sage.context import Context
from sage.errors import ToolRejected
from sage.generators.placement.relative import (
    CONSTRAINING,
    SHARED_PLACES,
    Asked,
    openings_named,
    poses_anywhere,
    poses_by,
    turned_to,
)
from sage.generators.placement.requests import ambiguous, make_for_task, opened, scene_object
from sage.generators.placement.sizing import sized
from sage.generators.placement.splash_back import with_splash_backs
from sage.generators.placement.stands import Stand, around_the_corner, candidates
from sage.generators.recipes import Furniture, Place, Recipe, recipe
from sage.geometry import Array, Pose
from sage.scene import Opening, Room, Scene, SceneObject, Wall, free_id
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import holds
from sage.spatial.space import WINDOW_CLEAR_M, Space
from sage.spatial.walkway import ARM_M, PASSAGE_M, ROBOT_RADIUS_M, Walkway
from sage.task import CEILING, FLOOR, ROOM, WALL, Relation, RequiredObject, Task
from sage.tools import Density, Disorder, Generator

__all__ = ["Furnish"]

_CLAIMS: dict[str, tuple[Place, ...]] = {
    "next_to": ("beside",),
    "left_of": ("beside",),
    "right_of": ("beside",),
    "in_front_of": ("front", "seat", "gather"),
    "around": ("around",),
    "long_side": ("around",),
    "short_side": ("around",),
    "across": ("opposite",),
    "above": ("above", "ceiling"),
    "under": ("under", "rug"),
}
"""Places by a piece that a required one takes by its relation to that: the recipe's pieces keep off."""
_BY = ("touching", "around", "long_side", "short_side", "in_front_of", "behind", "left_of", "right_of",
       "next_to", "under", "above", "in_middle")  # fmt: skip
"""Relations of what goes with another piece and may stand where people would come up to that."""
_DIRECT = frozenset(_BY) | {"across", "between", "on", "far"}
"""Relations whose places an anchor must leave free."""
_AT_HOME_ON_FLOOR = ("in_corner", "against_wall", "in_middle", "under", "near", "next_to", "across", "far")
"""Relations to the room by which a small thing stands on the floor."""
_UNORDERED: tuple[Place, ...] = ("wall", "corner", "hung", "free")
"""Places whose candidates come in no order: the neatest of a few is taken."""
_ELSEWHERE: dict[Place, Place] = {
    "seat": "wall", "front": "wall", "around": "wall", "gather": "wall", "opposite": "wall",
    "over_run": "hung", "above": "hung", "before": "wall", "beside": "wall", "under": "free",
}  # fmt: skip
"""Places by another piece, and where what the task needs goes instead if there is none left."""
_JOINED: dict[Place, tuple[Place, ...]] = {"run": ("run",), "over_run": ("run", "over_run", "above")}
"""Places side by side without gaps, and of what."""
_TOGETHER = 5
_AWKWARD_GAP_M = (0.04, 0.4)
_ASKEW_RAD: dict[Disorder, float] = {"tidy": 0.0, "lived_in": 0.05, "messy": 0.22}
_SHARED = ("color", "material", "finish", "worktop")
"""Attributes that pieces which match have in common."""
_UNUSUAL = ("glass", "stone", "marble", "metal", "steel", "leather", "plastic", "ceramic")
"""Materials of a piece that is asked for which those that go with it do not take over."""
_BUDGET, _MOST_SPENT = 1500, 3000
"""Stands that are tried in one search, and in all before what must be there may be left out."""
_MANY = 4
"""So many pieces that are asked for make a description explicit: what else is usual there only fills up."""
_CROWDED = (*SHARED_PLACES, "near")
"""Relations by which several may crowd the floor about a piece."""
_LOOSE = ("near", "far", "across", "facing", "next_to")
"""Relations to a piece that can be kept to whichever of the two stands first."""
_RESTARTS = 3
"""Searches that begin with a piece that found no place in the one before."""
_PATIENCE = 3
"""How often a piece may find no place before less is asked for it."""
_MOST_POSES = 500
"""Poses of a piece that are tested for what is said of it."""
_GLANCE = 14
"""Poses of what goes with an anchor that are tried for room there."""
_MOST_NARROW = 40
"""Stands of an anchor without room for all that goes with it, before the best of them is taken."""
_HIDDEN = 0.3
"""Share of a top before a window from which on what stands there hides that."""
_TALL_M = 1.2
_AT_WALL_M = 0.15
_STAND_M = 0.75
"""How far before what hangs on a wall the floor is free for a robot that acts on it [m]."""
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

    said: tuple[Relation, ...] = ()
    """What the task says of where it is, what leaves the fewest places first."""
    support: str = "floor"
    load: float = 0.0
    """Height of what the task puts on it [m]."""

    @property
    def companions(self) -> frozenset[str]:
        """Ids of what it may stand close before."""
        return frozenset(r.object for r in self.said if r.name in _BY)

    @property
    def clear(self) -> float:
        """Floor to keep free before its front [m]: none for what hangs, and for seats drawn up to a table."""
        drawn_up = _is_seat(self.asset) and any(r.name in SHARED_PLACES for r in self.said)
        return self.entry.clear if self.support == "floor" and not drawn_up else 0.0

    @property
    def optional(self) -> bool:
        return self.required is None and self.entry.need != "must"


class Furnish(Generator):
    """Furnish the empty room: against walls, in groups, facing what they belong to.

    Puts everything of the task that stands on the floor or hangs, then what a room of its type has,
    with ways of 0.7 m between door, windows and groups. Needs a floor plan; call it once. Pieces that
    found no place are left out and noted.
    """

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
        choice = _Choice(scene, recipe(room.type), self.density, context)
        askew = _ASKEW_RAD[self.disorder]
        furnished = _Search(scene, room, choice.pieces(), choice.placing, askew, context).run()
        return with_splash_backs(furnished, context.store)


class _Choice:
    """Chooses the pieces: those of the task, then those of the recipe."""

    def __init__(self, scene: Scene, plan: Recipe, density: Density, context: Context) -> None:
        self._task, self._plan, self._density, self._context = scene.task, plan, density, context
        self._room = scene.rooms[0]
        self._windows = self._room.windows
        self._pieces: list[_Piece] = []
        self._said: dict[str, list[Relation]] = {}
        coverings = {name for item in self._task.objects for name in item.ids if self._covers(name)}
        hanging = {name for item in self._task.objects for name in item.ids if self._hangs(name)}
        self.placing = _placing(self._task, frozenset(coverings), frozenset(hanging))
        """What the task says of where things are."""
        self._explicit = False
        self._claimed: set[tuple[Place, str]] = set()
        """Where required pieces go, and the id of what they go with: the recipe's pieces keep off."""

    def pieces(self) -> list[_Piece]:
        """Return everything to put, in the order in which to put it."""
        is_a = self._context.vocabulary.is_a
        waiting = [item for item in self._task.objects if self._stands(item)]
        standing = {name for item in waiting for name in item.ids}
        waiting += [
            item for item in self._task.objects if item not in waiting and self._stands_by(item, standing)
        ]
        standing |= {name for item in waiting for name in item.ids}
        for relation in self.placing:
            references = {relation.object, relation.other or relation.object} & self._task.ids
            if relation.subject in standing and references <= standing:
                self._said.setdefault(relation.subject, []).append(relation)
                self._claimed |= {(place, relation.object) for place in _CLAIMS.get(relation.name, ())}
        self._explicit = len(standing) >= _MANY
        named = {entry.category for entry in self._plan.furniture}
        for entry in self._plan.furniture:
            matching = [
                item
                for item in waiting
                if item.category == entry.category
                or (item.category not in named and is_a(item.category, entry.category))
            ]
            for item in matching:
                waiting.remove(item)
                self._require(item, entry)
            if not matching and not ambiguous(entry.category, self._task, self._context.vocabulary):
                self._furnish(entry)
        for item in waiting:
            self._require(item, None)
        known = {piece.id: piece for piece in self._pieces}
        self._pieces = [
            replace(piece, asset=sized(piece.id, known, self._room.height)) for piece in self._pieces
        ]
        return _ordered(self._pieces)

    def _stands(self, item: RequiredObject) -> bool:
        """Return whether a required object stands on the floor or hangs, rather than lies on another."""
        category = self._context.vocabulary.find(item.category)
        if category is None:
            return False
        own = [r for r in self._task.initial if r.subject in item.ids and not r.negated]
        carried = any(
            r.name in ("on", "in") and r.object in self._task.ids and not self._covers(r.object) for r in own
        )
        at_home = any(
            (r.name in _AT_HOME_ON_FLOOR and (r.object == ROOM or openings_named(r.object, self._room)))
            or (r.name == "on" and r.object in (WALL, CEILING))
            for r in own
        )
        lies = category.mount in ("wall", "ceiling") and any(
            r.name == "on" and r.object == FLOOR for r in own
        )
        return not (carried or lies) and (category.mount != "surface" or at_home)

    def _stands_by(self, item: RequiredObject, standing: set[str]) -> bool:
        """Return whether a small thing stands on the floor at a piece: a basket at the foot of a bed."""
        category = self._context.vocabulary.find(item.category)
        own = [r for r in self._task.initial if r.subject in item.ids and not r.negated]
        carried = any(r.name in ("on", "in") and r.object in self._task.ids for r in own)
        if category is None or category.mount != "surface" or carried or item.role != "context":
            return False
        said = any(r.name in _BY and r.object in standing for r in own)
        on_floor = any(
            (r.name == "on" and r.object == FLOOR) or (r.name == "under" and r.object in standing)
            for r in own
        )
        return said and (on_floor or not self._plan.keeps(category))

    def _hangs(self, name: str) -> bool:
        item = self._task.required(name)
        category = self._context.vocabulary.find(item.category) if item else None
        return category is not None and _hangs_at(name, category.mount, self._task) != "floor"

    def _covers(self, name: str) -> bool:
        item = self._task.required(name)
        category = self._context.vocabulary.find(item.category) if item else None
        return category is not None and category.covering

    def _require(self, item: RequiredObject, entry: Furniture | None) -> None:
        category = self._context.vocabulary.find(item.category)
        if category is None:
            raise ToolRejected(f"nothing is known of a {item.category!r}")
        asset = make_for_task(item.ids[0], item, self._task, self._context)
        for name in item.ids:
            said = sorted(self._said.get(name, ()), key=lambda r: CONSTRAINING.index(r.name))
            support = _hangs_at(name, asset.mount, self._task)
            usual: dict[str, Place] = {
                "wall": "hung", "ceiling": "ceiling", "floor": "middle" if category.free else "wall",
            }  # fmt: skip
            base = entry or Furniture(category=item.category, place=usual[support], need="must", clear=0.3)
            if base.of and not said and support == WALL and item.role != "context" and not asset.covering:
                base = base.model_copy(update={"place": usual[support], "of": None})
            partners = tuple(r.object for r in said if r.name in _BY and r.object in self._task.ids)
            if not said and base.of:
                leaders = self._leaders(base.of)
                if self._explicit:
                    leaders = [piece for piece in leaders if piece.required is not None]
                partners = tuple(piece.id for piece in leaders)
            if base.of and not partners and base.place in _ELSEWHERE:
                base = base.model_copy(update={"place": _ELSEWHERE[base.place], "of": None})
            fixed = category.fixed or support != "floor"
            load = self._load(name) if support == "floor" else 0.0
            self._pieces.append(_Piece(name, asset, base, partners, item, fixed, tuple(said), support, load))

    def _load(self, name: str) -> float:
        """Return how tall the tallest is that the task has on a piece [m]."""
        carried = (r.subject for r in self._task.initial if r.name == "on" and r.object == name)
        items = (self._task.required(other) for other in carried)
        known = (self._context.vocabulary.find(item.category) for item in items if item is not None)
        return max((category.size[2] for category in known if category is not None), default=0.0)

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
        entry = beyond if self._explicit else entry
        for of, count in zip(leaders, counts, strict=True):
            for number in range(count):
                name = free_id(entry.category, {piece.id for piece in self._pieces} | self._task.ids)
                own = entry if number < entry.count[0] else beyond
                self._pieces.append(
                    _Piece(name, asset, own, of, None, category.fixed, (), _SUPPORT[asset.mount])
                )
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
        shared = _SHARED if known.get("material") not in _UNUSUAL else ()
        attributes = {name: value for name, value in known.items() if name in shared}
        return self._context.source.make(entry.category, self._context.rng, attributes)

    def _leaders(self, category: str) -> list[_Piece]:
        """Return the pieces of a category, or if there is none, those that answer to it."""
        exact = [piece for piece in self._pieces if piece.asset.category == category]
        is_a = self._context.vocabulary.is_a
        return exact or [piece for piece in self._pieces if is_a(piece.asset.category, category)]


def _placing(task: Task, coverings: frozenset[str], hanging: frozenset[str]) -> tuple[Relation, ...]:
    """Return what a task says of where things are, of things carried as said of what carries them all.

    What stands on a rug, and is said to be elsewhere too, has the rug under it. What is under a thing that
    hangs has that above it.
    """
    carriers = {
        r.subject: r.object
        for r in task.initial
        if r.name in ("on", "in") and not r.negated and r.object in task.ids - coverings
    }
    laid = {r.subject for r in task.initial if r.subject in coverings and r.name in CONSTRAINING[:-2]}
    found = []
    for relation in task.initial:
        if relation.name == "on" and relation.object in coverings and not relation.negated:
            anchored = any(
                r.subject == relation.subject and r.name in CONSTRAINING and r != relation
                for r in task.initial
            )
            if anchored or relation.object not in laid:
                laid.add(relation.object)
                relation = Relation(name="under", subject=relation.object, object=relation.subject)
        below = relation.subject not in hanging | coverings
        if relation.name == "under" and relation.object in hanging and below and not relation.negated:
            relation = Relation(name="above", subject=relation.object, object=relation.subject)
        names = {
            key: _carried_by(name, carriers)
            for key in ("subject", "object", "other")
            if (name := getattr(relation, key)) is not None
        }
        said = relation.model_copy(update=names)
        if said.name in CONSTRAINING and not said.negated and said.subject not in (said.object, said.other):
            found.append(said)
    return tuple(dict.fromkeys(found))


def _carried_by(name: str, carriers: dict[str, str]) -> str:
    """Return what is at the bottom of a stack of things that carry each other."""
    seen = {name}
    while (below := carriers.get(name)) is not None and below not in seen:
        seen.add(below)
        name = below
    return name


def _hangs_at(name: str, mount: str, task: Task) -> str:
    """Return what a thing rests on: `floor`, `wall` or `ceiling`."""
    for relation in task.initial:
        if relation.subject == name and relation.name == "on" and relation.object in (WALL, CEILING):
            return relation.object
    return _SUPPORT[mount]


def _ordered(pieces: list[_Piece]) -> list[_Piece]:
    """Leaders before followers, required before optional, large before small.

    A required follower comes right after its leader, so that the search steps back to that. Where two
    pieces are said to be by each other, the one that was met first goes first.
    """
    order = {piece.id: k for k, piece in enumerate(pieces)}
    tiers = {
        "at_window": 0.5, "under_window": 0.7, "ceiling": 4, "above": 4, "over_run": 4.5, "hung": 5, "rug": 6,
    }  # fmt: skip
    groups = _groups([piece for piece in pieces if piece.required is not None])
    heads = {piece.id: (group[0], k) for group in groups for k, piece in enumerate(group)}
    largest = {group[0].id: max(map(_area, group)) for group in groups}

    def rank(piece: _Piece) -> tuple[float, ...]:
        if piece.id in heads and heads[piece.id][0] is not piece:
            head, number = heads[piece.id]
            return (*rank(head), number)
        leads = [pieces[order[name]] for name in piece.of if name in order and name not in heads]
        if piece.required is None:
            leads = [pieces[order[name]] for name in piece.of if name in order and name != piece.id]
        before = rank(leads[0]) if leads else None
        tier: float = tiers.get(piece.entry.place, 1) if piece.optional else 0
        if before and not piece.optional:
            return (*before, order[piece.id])
        if before:
            tier = max(2, tier, before[0])
        run = piece.entry.place == "run"
        area = largest.get(piece.id, _area(piece))
        return (tier, bool(before), not run, 0.0 if run else -area, order[piece.id])

    return sorted(pieces, key=rank)


def _area(piece: _Piece) -> float:
    return piece.asset.size[0] * piece.asset.size[1]


def _groups(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Return required pieces in groups: an anchor, then what goes with it, each after what it goes with."""
    by_id = {piece.id: piece for piece in pieces}
    needs = {piece.id: [name for name in _references(piece) if name in by_id] for piece in pieces}
    groups: list[list[_Piece]] = []
    seen: set[str] = set()
    done: set[str] = set()

    def visit(name: str, group: list[_Piece]) -> None:
        if name in seen:
            return
        seen.add(name)
        for other in needs[name]:
            visit(other, group)
        group.append(by_id[name])
        done.add(name)
        for other in sorted(needs, key=lambda other: -_area(by_id[other])):
            if name in needs[other] and done.issuperset(needs[other]):
                visit(other, group)

    for piece in sorted(pieces, key=lambda piece: (bool(needs[piece.id]), -_area(piece))):
        group: list[_Piece] = []
        visit(piece.id, group)
        if group:
            groups.append(group)
    return groups


def _references(piece: _Piece) -> tuple[str, ...]:
    names = [*piece.of, *(name for r in piece.said for name in (r.object, r.other or r.object))]
    return tuple(dict.fromkeys(name for name in names if name != piece.id))


def _branches(piece: _Piece) -> int:
    """Return how many stands of a piece are tried before the search steps back past it."""
    if piece.optional:
        return 1
    return _RUN_BRANCHES if piece.entry.place == "run" else _BRANCHES


class _StartOver(Exception):
    """A piece found no place again and again."""

    def __init__(self, piece: _Piece) -> None:
        super().__init__(piece.id)
        self.piece = piece


class _Search:
    def __init__(
        self,
        scene: Scene,
        room: Room,
        pieces: list[_Piece],
        placing: tuple[Relation, ...],
        askew: float,
        context: Context,
    ) -> None:
        self._scene, self._room, self._pieces, self._context = scene, room, pieces, context
        self._placing, self._askew = placing, askew
        self._space = Space(room, Layout(scene, context.store))
        self._walls = [(wall.start, tuple(map(float, wall.inward)), wall.yaw) for wall in room.walls]
        self._placed: list[Located] = []
        self._walkways = [Walkway(room)]
        self._approaches: list[npt.NDArray[np.bool_]] = []
        self._best: list[Located] = []
        self._best_value = (-1, -1, -1)
        self._budget = _BUDGET
        self._lenient = False
        """Whether what must be there may be left out."""
        self._failures: Counter[str] = Counter()
        """How often each piece found no place."""
        self._met: set[str] = set()
        """What was in the way of the piece that is being put."""
        self._blamed: set[str] = set()
        """Pieces that, if they stood elsewhere, might let the last that failed have a place."""
        self._restarts = _RESTARTS
        self._promoted: set[str] = set()
        """Pieces that went first in a search because they had found no place."""
        self._walk_checks = _WALK_CHECKS
        self._items: dict[str, SceneObject] = {}
        self._ids = scene.task.ids
        self._followers = {piece.id: _followers(piece, pieces) for piece in pieces if piece.required}

    def run(self) -> Scene:
        """Search, and return the scene with the best set of pieces found.

        A piece that finds no place again and again goes first in another search, as long as there are some
        left. Then it is asked for less: at first all must hold that is said of it, then as much as can, at
        last it may be left out.
        """
        empty, spent = self._space.mark(), 0
        for self._lenient in (*(False,) * (_RESTARTS + 2), True):
            self._space.rewind(empty)
            self._placed, self._approaches = [], []
            del self._walkways[1:]
            spent += _BUDGET - self._budget
            if spent > _MOST_SPENT and not self._lenient:
                continue
            self._budget = _BUDGET
            try:
                if self._go(0) and self._budget > 0:
                    break
            except _StartOver as stuck:
                self._promote(stuck.piece)
        best = self._without_odd_curtains()
        self._tell_leftovers({located.item.id for located in best})
        for located in best:
            self._context.store.add(located.asset)
        return self._scene.adding(*(located.item for located in best))

    def _promote(self, piece: _Piece) -> None:
        """Put a piece first, with all that goes with it unless it has a place of its own in the room."""
        self._restarts -= 1
        self._failures.clear()
        self._promoted.add(piece.id)
        loose = all(r.name in _LOOSE or r.object not in self._ids for r in piece.said)
        first = {piece.id}
        if not loose:
            groups = _groups([other for other in self._pieces if other.required is not None])
            first = {other.id for group in groups if piece in group for other in group}
        self._pieces.sort(key=lambda other: other.id not in first)

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
            self._blamed = {located.item.id for located in self._placed}
            return self._walkable()
        piece = self._pieces[index]
        if piece.required is None and piece.of and not self._partners_of(piece):
            return self._go(index + 1)
        branches = 0
        mark, known = self._space.mark(), (len(self._walkways), len(self._approaches))
        blamed = set(_references(piece))
        self._met = set()
        for located in self._standing(piece):
            blamed |= self._met
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
            if piece.id not in self._blamed:
                return False
            blamed |= self._blamed
            self._met = set()
        if self._budget <= 0:
            return True
        if not branches:
            self._failures[piece.id] += 1
            stuck = self._failures[piece.id] >= _PATIENCE and piece.required is not None
            if stuck and self._restarts and piece.id not in self._promoted:
                raise _StartOver(piece)
        self._blamed = (blamed | self._met) - {piece.id}
        spared = self._lenient or self._failures[piece.id] > 2 * _PATIENCE
        return (piece.optional or spared) and self._go(index + 1)

    def _is_strict(self, piece: _Piece) -> bool:
        return not self._lenient and self._failures[piece.id] < _PATIENCE

    def _standing(self, piece: _Piece) -> Iterator[Located]:
        """Yield stands that leave ways open; at last, one that does not for what must be there."""
        blocking = None
        for located in self._fitting(piece):
            if self._leaves_ways(piece, located):
                yield located
            else:
                blocking = blocking or located
                self._met |= {other.item.id for other in self._placed}
        if blocking and not self._is_strict(piece) and not piece.optional:
            self._walkways.append(self._walkways[-1].adding(blocking))
            yield blocking

    def _fitting(self, piece: _Piece) -> Iterator[Located]:
        """Yield stands where a piece fits, the neatest of each handful first."""
        fits = self._free(piece)
        followers = self._followers.get(piece.id, ())
        if piece.entry.place not in _UNORDERED and not followers:
            yield from fits
        amid = any(r.name == "in_middle" for r in piece.said)
        narrow: list[tuple[int, int, Located]] = []
        batch: list[Located] = []
        for k, located in enumerate(fits):
            self._budget -= len(followers)
            lacking = self._lacking(piece, located, followers)
            if lacking:
                narrow.append((lacking, k, located))
            else:
                batch.append(located)
            if len(batch) == (1 if amid else _TOGETHER):
                yield from sorted(batch, key=self._awkwardness)
                batch = []
            if len(narrow) == _MOST_NARROW:
                break
        yield from sorted(batch, key=self._awkwardness)
        yield from (located for _, _, located in sorted(narrow, key=lambda entry: entry[:2]))

    def _lacking(self, piece: _Piece, located: Located, followers: tuple[_Piece, ...]) -> int:
        """Return for how many of the pieces that go with one there is no room where it stands.

        Of several in the same relation each keeps off those before it.
        """
        mark, met, placed = self._space.mark(), set(self._met), len(self._placed)
        self._space.add(located, piece.clear)
        self._placed.append(located)
        lacking = 0
        for other in followers:
            poses = itertools.islice(self._asked_poses(other), _GLANCE)
            stands = (self._at(other, pose) for pose in poses)
            fitting = (s for s in stands if self._failing(s) == 0 and self._fits(other, s))
            if (found := next(fitting, None)) is None:
                lacking += 1
            elif any(r.name in _CROWDED for r in other.said):
                self._space.add(found, other.clear)
                self._placed.append(found)
        del self._placed[placed:]
        self._space.rewind(mark)
        self._met = met
        return lacking

    def _free(self, piece: _Piece) -> Iterator[Located]:
        for located in self._stands(piece):
            self._budget -= 1
            if self._budget <= 0:
                return
            if self._fits(piece, located):
                yield located

    def _fits(self, piece: _Piece, located: Located) -> bool:
        companions = frozenset(other.item.id for other in self._partners_of(piece))
        companions |= {located.item.id for located in self._placed if located.item.id in piece.companions}
        if piece.support == "ceiling" and any(r.name == "above" for r in piece.said):
            companions = frozenset(other.item.id for other in self._placed)
        if piece.support == "floor" and not piece.asset.covering:
            if any(place.intersects(located.footprint) for place in self._before_hung()):
                return False
        if piece.asset.covering:
            return self._covers(piece, located)
        if piece.required is None and piece.support == WALL and self._over_curtain(located):
            return False
        if piece.fixed and piece.support == "floor" and (rug := self._rug_below(located)) is not None:
            self._met.add(rug)
            return False
        if self._is_strict(piece) and piece.load and (window := self._hidden_window(piece, located)):
            self._met.add(window)
            return False
        margin = 0.001 if piece.entry.place in _JOINED else 0.012
        obstacle = self._space.obstacle(located, margin=margin, clear=piece.clear, companions=companions)
        if obstacle is not None:
            self._met.add(obstacle)
        return obstacle is None

    def _covers(self, piece: _Piece, located: Located) -> bool:
        """Return whether a rug or curtain lies or hangs free; rugs may lie under what is not built in."""
        inside = bool(self._room.floor.contains(located.footprint))
        barred = any(
            (other.asset.covering or (other.item.fixed and other.item.support == "floor"))
            and other.footprint.intersects(located.footprint)
            for other in self._placed
        )
        if piece.required is None and piece.support == WALL:
            barred = barred or any(_hang_over(other, located) for other in self._placed)
        corners = located.item.pose.apply(piece.asset.corners)
        return inside and not barred and (piece.asset.mount == "floor" or self._space.is_free(corners))

    def _before_hung(self) -> Iterator[Polygon]:
        """Yield the floor before what hangs on a wall and is acted on, where a robot is to stand."""
        for located in self._placed:
            if located.item.support == WALL and located.item.role != "context":
                side = np.array([-located.forward[1], located.forward[0]])
                middle, ahead = located.center[:2], located.forward * _STAND_M
                half = side * (ROBOT_RADIUS_M + 0.02)
                yield Polygon([middle - half, middle + half, middle + half + ahead, middle - half + ahead])

    def _over_curtain(self, located: Located) -> bool:
        """Return whether what hangs on a wall would hang over a curtain."""
        return any(other.asset.covering and _hang_over(other, located) for other in self._placed)

    def _hidden_window(self, piece: _Piece, located: Located) -> str | None:
        """Return a window that what stands on a piece would hide, as most of its top is before it."""
        top = float(located.high[2]) + piece.load
        for wall, window in self._room.windows:
            zone = wall.zone(window, WINDOW_CLEAR_M)
            shared = float(zone.intersection(located.footprint).area)
            if window.sill < top and shared > _HIDDEN * float(located.footprint.area):
                return window.id
        return None

    def _rug_below(self, located: Located) -> str | None:
        """Return a rug that lies where a piece is to be built in."""
        rugs = (o for o in self._placed if o.item.covering and o.item.support == "floor")
        return next((o.item.id for o in rugs if o.footprint.intersects(located.footprint)), None)

    def _leaves_ways(self, piece: _Piece, located: Located) -> bool:
        """Return whether everything is still reachable from the door with a piece; if so, record that."""
        if piece.support != "floor" or piece.asset.covering:
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
        ids = set(piece.of)
        if together := _JOINED.get(piece.entry.place):
            ids = {other.id for other in self._pieces if other.entry.place in together}
        return tuple(located for located in self._placed if located.item.id in ids)

    def _stands(self, piece: _Piece) -> Iterator[Located]:
        if piece.required is None:
            poses = itertools.islice(self._usual_poses(piece), _CANDIDATES)
            return (self._at(piece, pose) for pose in poses)
        return itertools.islice(self._agreeing(piece), _CANDIDATES)

    def _agreeing(self, piece: _Piece) -> Iterator[Located]:
        """Yield stands of a required piece where all holds that is said; if need be, also where most does."""
        poses = self._asked_poses(piece) if piece.said else self._usual_poses(piece)
        partly: list[tuple[int, int, Located]] = []
        for k, pose in enumerate(itertools.islice(poses, _MOST_POSES)):
            located = self._at(piece, pose)
            failing = self._failing(located)
            if not failing:
                yield located
            elif not self._is_strict(piece):
                partly.append((failing, k, located))
        yield from (located for _, _, located in sorted(partly, key=lambda entry: entry[:2]))

    def _at(self, piece: _Piece, pose: Pose) -> Located:
        item = self._items.get(piece.id) or self._items.setdefault(
            piece.id,
            scene_object(
                piece.id, piece.asset, piece.required, self._room.id, support=piece.support,
                fixed=piece.fixed, joints=opened(piece.id, piece.asset, self._scene.task),
            ),
        )  # fmt: skip
        return Located(item.model_copy(update={"pose": pose}), piece.asset)

    def _usual_poses(self, piece: _Piece) -> Iterator[Pose]:
        """Yield where a recipe has a piece; for one that must be there, at last elsewhere."""
        partners = self._partners_of(piece)
        anyhow = not self._is_strict(piece) and piece.required is not None and piece.entry.place in _ELSEWHERE
        if piece.of and not partners and not anyhow:
            return
        stand = self._stand(piece, partners)
        yield from candidates(piece.entry.place, stand)
        strict = self._is_strict(piece)
        if not strict and piece.entry.place == "run" and not piece.optional:
            yield from around_the_corner(stand)
        if not strict and piece.entry.place == "rows":
            yield from candidates("wall", stand)
        if anyhow:
            yield from candidates(_ELSEWHERE[piece.entry.place], stand)
        if piece.required is not None and (not strict or self._followers.get(piece.id)):
            yield from poses_anywhere(Asked(stand, piece.support))

    def _stand(self, piece: _Piece, partners: tuple[Located, ...]) -> Stand:
        entry = piece.entry
        return Stand(
            piece.asset, self._room, self._context.rng, partners, entry.spacing, entry.height, self._askew
        )

    def _asked_poses(self, piece: _Piece) -> Iterator[Pose]:
        """Yield poses from what is said of a piece, from what leaves the fewest places on."""
        looks_at = self._looked_at(piece)
        pools: list[Iterable[Pose]] = []
        shared = any(r.name in SHARED_PLACES for r in piece.said)
        if piece.of and self._partners_of(piece) and piece.entry.of and not shared:
            pools.append(candidates(piece.entry.place, self._stand(piece, self._partners_of(piece))))
        if beside := self._likewise(piece):
            pools.append(candidates("beside", self._stand(piece, beside)))
        asked = None
        for relation in piece.said:
            asked = self._asked(piece, relation)
            if asked is not None:
                poses = poses_by(relation, asked)
                pools.append(poses if looks_at is None else turned_to(poses, looks_at))
        if not piece.entry.of:
            pools.append(candidates(piece.entry.place, self._stand(piece, ())))
        everywhere = poses_anywhere(Asked(self._stand(piece, ()), piece.support))
        pools.append(everywhere if looks_at is None else turned_to(everywhere, looks_at))
        poses = chain.from_iterable(pools)
        return self._at_walls_first(poses, piece.asset) if self._belongs_at_wall(piece) else poses

    def _at_walls_first(self, poses: Iterator[Pose], asset: Asset) -> Iterator[Pose]:
        """Yield the first of some poses, those with the back to a wall before the others."""
        others = []
        for pose in itertools.islice(poses, _MOST_POSES):
            if self._is_at_wall(pose, asset):
                yield pose
            else:
                others.append(pose)
        yield from others

    def _likewise(self, piece: _Piece) -> tuple[Located, ...]:
        """Return what stands of which the same is said as of a piece, with the same third thing."""
        said = {(r.name, r.subject) for r in self._placing if r.object == piece.id and r.name in _LOOSE}
        others = {r.object for r in self._placing if (r.name, r.subject) in said} - {piece.id}
        return tuple(
            o for o in self._placed if o.item.id in others and o.asset.category == piece.asset.category
        )

    def _asked(self, piece: _Piece, relation: Relation) -> Asked | None:
        """Return what a relation asks of a piece, as far as what it refers to stands."""
        located = {other.item.id: other for other in self._placed}
        names = [name for name in (relation.object, relation.other) if name in self._scene.task.ids]
        if any(name not in located for name in names):
            return None
        if piece.asset.covering and relation.name == "under":
            names += [r.object for r in piece.said if r.name == "under" and r.object not in names]
        partners = tuple(located[name] for name in names if name in located)
        alike = [r.subject for r in self._placing if (r.name, r.object) == (relation.name, relation.object)]
        return Asked(
            self._stand(piece, partners),
            piece.support,
            seat=_is_seat(piece.asset),
            at_table=bool(partners) and self._is_table(partners[0].asset.category),
            place=(alike.index(piece.id), len(alike)),
        )

    def _is_table(self, category: str) -> bool:
        is_a = self._context.vocabulary.is_a
        return any(is_a(category, noun) for noun in ("table", "desk", "counter"))

    def _looked_at(self, piece: _Piece) -> Array | None:
        """Return the point that a piece is to face, if what is there stands."""
        for relation in piece.said:
            if relation.name != "facing" or not piece.asset.has_front:
                continue
            for located in self._placed:
                if located.item.id == relation.object:
                    return located.center
            for wall, opening in openings_named(relation.object, self._room):
                return wall.point(opening.offset)
        return None

    def _belongs_at_wall(self, piece: _Piece) -> bool:
        usual = piece.entry.place in ("wall", "corner", "run") or piece.asset.size[2] >= _TALL_M
        return piece.support == "floor" and piece.asset.has_front and usual and not _is_seat(piece.asset)

    def _is_at_wall(self, pose: Pose, asset: Asset) -> bool:
        x, y, _ = pose.position
        yaw = pose.yaw
        x, y = x - asset.size[0] / 2 * math.cos(yaw), y - asset.size[0] / 2 * math.sin(yaw)
        return any(
            abs((x - start[0]) * inward[0] + (y - start[1]) * inward[1]) < _AT_WALL_M
            and abs(math.remainder(wall_yaw - yaw, 2 * math.pi)) < 0.1
            for start, inward, wall_yaw in self._walls
        )

    def _failing(self, located: Located) -> int:
        """Return how much that is said of a piece and of what stands does not hold."""
        present = {other.item.id: other for other in [*self._placed, located]}
        layout = Layout.of(self._scene, present)
        named = (r for r in self._placing if located.item.id in (r.subject, r.object, r.other))
        return sum(not holds(r, layout) for r in named if self._can_tell(r, present))

    def _can_tell(self, relation: Relation, present: dict[str, Located]) -> bool:
        """Return whether all of which something is said stands; of what is all around, all of that."""
        names = {relation.subject, relation.object, relation.other or relation.subject}
        if relation.name == "around":
            names |= {r.subject for r in self._placing if (r.name, r.object) == ("around", relation.object)}
        return all(name in present for name in names & self._ids)

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
        required = sum(1 for located in self._placed if located.item.id in self._ids)
        if required < self._best_value[0]:
            return
        value = (required, self._holding(), len(self._placed))
        if value >= self._best_value:
            self._best, self._best_value = list(self._placed), value

    def _holding(self) -> int:
        """Return how much of what is said holds among what stands."""
        present = {located.item.id: located for located in self._placed}
        layout = Layout.of(self._scene, present)
        return sum(bool(holds(r, layout)) for r in self._placing if self._can_tell(r, present))


def _followers(piece: _Piece, pieces: list[_Piece]) -> tuple[_Piece, ...]:
    """Return the required pieces that a piece must leave room for beside it."""
    return tuple(
        other for other in pieces if any(r.name in _DIRECT and r.object == piece.id for r in other.said)
    )


def _is_seat(asset: Asset) -> bool:
    return any(surface.name == "seat" for surface in asset.surfaces)


_SUPPORT = {"floor": "floor", "surface": "floor", "wall": "wall", "ceiling": "ceiling"}


def _distance(located: Located, wall: Wall, opening: Opening) -> float:
    return float(np.linalg.norm(located.center[:2] - wall.point(opening.offset)))


def _hang_over(one: Located, other: Located) -> bool:
    """Return whether of two things on a wall one would hang over the other."""
    apart = one.low[2] >= other.high[2] or other.low[2] >= one.high[2]
    return one.item.support == other.item.support == WALL and not (
        apart or not one.footprint.intersects(other.footprint)
    )


def _at_height(other: Located, located: Located) -> bool:
    """Return whether one is beside the other rather than above or below it."""
    return bool(other.low[2] < located.high[2] and other.high[2] > located.low[2]) and not other.item.covering


def _beyond(room: Room) -> list[Polygon]:
    """Return what bounds a piece beside it: the walls."""
    return [
        Polygon([wall.start, wall.end, wall.point(wall.length, -0.1), wall.point(0.0, -0.1)])
        for wall in room.walls
    ]
