"""Put the furniture: what the task needs and what a room of its type has.

A depth-first search over pieces and their usual stands. It steps back when a required piece does
not fit, gives up optional pieces before required ones, and keeps the best that it has seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import ClassVar

from pydantic import Field

from generators.recipe import Furniture, Place, Recipe, recipe
from generators.requests import ambiguous, make_for_task, opened, scene_object
from generators.stands import candidates
from sage.asset import Asset
from sage.context import Context
from sage.critique import FindingKind
from sage.errors import ToolRejected
from sage.layout import Layout, Located
from sage.predicates import holds
from sage.scene import Room, Scene, free_id
from sage.space import Space
from sage.task import Relation, RequiredObject, Task
from sage.tools import Density, Generator
from sage.walkway import ARM_M, Walkway

__all__ = ["Furnish"]

_PLACE_OF_RELATION: dict[str, Place] = {
    "next_to": "beside",
    "in_corner": "corner",
    "in_middle": "middle",
    "against_wall": "wall",
    "in_front_of": "front",
    "under": "under",
}
_BUDGET = 6000
_BRANCHES = 4
_RUN_BRANCHES = 16
_CANDIDATES = 120
_NAVIGABLE = 0.9
_WALK_CHECKS = 8


@dataclass(frozen=True)
class _Piece:
    """One thing to put."""

    id: str
    asset: Asset
    place: Place
    of: tuple[str, ...]
    """Categories or ids that it goes with."""
    clear: float
    required: RequiredObject | None
    fixed: bool
    optional: bool


class Furnish(Generator):
    """Furnish the empty room: against walls, in groups, facing what they belong to.

    Puts everything of the task that stands on the floor or hangs on a wall, then what a room of its
    type has. Needs a floor plan; call it once. Pieces that found no place are left out.
    """

    repairs: ClassVar[frozenset[FindingKind]] = frozenset()

    density: Density = Field(default="normal")
    """`sparse` leaves optional pieces out, `dense` takes as many as the recipe allows."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the furnished scene."""
        if not scene.rooms:
            raise ToolRejected("there is no room yet; call floor_plan first")
        if scene.objects:
            raise ToolRejected("the room is furnished; use place, move, replace or remove")
        room = scene.rooms[0]
        pieces = _pieces(scene, recipe(room.type), self.density, context)
        search = _Search(scene, room, pieces, context)
        return search.run()


def _pieces(scene: Scene, plan: Recipe, density: Density, context: Context) -> list[_Piece]:
    task, vocabulary = scene.task, context.vocabulary
    wanted = [item for item in task.objects if _stands(item, task, context)]
    pieces: list[_Piece] = []
    taken: set[str] = set()
    for entry in plan.furniture:
        matching = [item for item in wanted if vocabulary.is_a(item.category, entry.category)]
        for item in matching:
            pieces += _required(item, entry, task, context)
            taken.add(item.category)
        if matching or ambiguous(entry.category, task, vocabulary):
            continue
        low, high = entry.count
        count = {"sparse": low, "dense": high}.get(density, int(context.rng.integers(low, high + 1)))
        asset = context.source.make(entry.category, context.rng)
        for _ in range(count):
            pieces.append(_from_recipe(entry, asset, pieces, scene, context))
            if entry.place == "hung":
                asset = context.source.make(entry.category, context.rng)
    for item in wanted:
        if item.category not in taken:
            pieces += _required(item, None, task, context)
    return _ordered(pieces)


def _stands(item: RequiredObject, task: Task, context: Context) -> bool:
    """Tell whether a required object stands on the floor or hangs, rather than lies on another."""
    category = context.vocabulary.find(item.category)
    carried = any(
        r.name in ("on", "in") and not r.negated and r.subject in item.ids and r.object in task.ids
        for r in task.initial
    )
    return category is not None and category.mount in ("floor", "wall") and not carried


def _required(item: RequiredObject, entry: Furniture | None, task: Task, context: Context) -> list[_Piece]:
    category = context.vocabulary.find(item.category)
    if category is None:
        raise ToolRejected(f"nothing is known of a {item.category!r}")
    asset = make_for_task(item.ids[0], item, task, context)
    return [
        _Piece(
            id=name,
            asset=asset,
            place=_place(name, entry, category.mount, task, context),
            of=_partners(name, task) or ((entry.of,) if entry and entry.of else ()),
            clear=entry.clear if entry else 0.3,
            required=item,
            fixed=category.fixed,
            optional=False,
        )
        for name in item.ids
    ]


def _from_recipe(
    entry: Furniture, asset: Asset, pieces: list[_Piece], scene: Scene, context: Context
) -> _Piece:
    category = context.vocabulary.find(entry.category)
    if category is None:
        raise ToolRejected(f"the recipe names a {entry.category!r} that nothing makes")
    return _Piece(
        id=free_id(entry.category, {piece.id for piece in pieces} | scene.task.ids),
        asset=asset,
        place=entry.place,
        of=(entry.of,) if entry.of else (),
        clear=entry.clear,
        required=None,
        fixed=category.fixed,
        optional=not entry.essential,
    )


def _place(name: str, entry: Furniture | None, mount: str, task: Task, context: Context) -> Place:
    """Return how the recipe groups a piece with the partner that the task names, else what the task says."""
    partners = [task.required(partner) for partner in _partners(name, task)]
    categories = [partner.category for partner in partners if partner]
    if entry and entry.of and any(context.vocabulary.is_a(noun, entry.of) for noun in categories):
        return entry.place
    return _hint(name, task) or (entry.place if entry else "hung" if mount == "wall" else "wall")


def _hint(name: str, task: Task) -> Place | None:
    """Return the place that an initial relation of the task speaks of."""
    for relation in task.initial:
        if relation.subject == name and not relation.negated:
            if relation.object.startswith("window"):
                return "under_window"
            if relation.name in _PLACE_OF_RELATION:
                return _PLACE_OF_RELATION[relation.name]
    return None


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
    """Leaders before followers, required before optional, large before small."""

    def rank(piece: _Piece) -> tuple[int, int, float]:
        late = {"rug": 5, "hung": 4}.get(piece.place)
        follows = bool(piece.of)
        tier = late or (0 if not follows and not piece.optional else 1 if not piece.optional else 2 + follows)
        run = 0 if piece.place == "run" else 1
        return (tier, run, 0.0 if not run else -piece.asset.size[0] * piece.asset.size[1])

    return sorted(pieces, key=rank)


def _branches(piece: _Piece) -> int:
    """Return how many stands of a piece are tried before the search steps back past it."""
    if piece.optional:
        return 1
    return _RUN_BRANCHES if piece.place == "run" else _BRANCHES


class _Search:
    def __init__(self, scene: Scene, room: Room, pieces: list[_Piece], context: Context) -> None:
        self._scene, self._room, self._pieces, self._context = scene, room, pieces, context
        self._space = Space(room, Layout(scene, context.store))
        self._placed: list[Located] = []
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
        if not self._go(0):
            self._lenient, self._budget = True, _BUDGET
            self._go(0)
        best = self._best
        missing = len(self._pieces) - len(best)
        if missing:
            self._context.progress(f"furnish: {missing} of {len(self._pieces)} pieces found no place")
        for located in best:
            self._context.store.add(located.asset)
        return self._scene.adding(*(located.item for located in best))

    def _go(self, index: int) -> bool:
        """Place the pieces from `index` on; False asks the caller to try another stand."""
        self._context.check()
        self._remember()
        if index == len(self._pieces):
            return self._walkable()
        piece = self._pieces[index]
        branches = 0
        for located in self._fitting(piece):
            mark = self._space.mark()
            self._space.add(located, piece.clear)
            self._placed.append(located)
            if self._go(index + 1):
                return True
            self._placed.pop()
            self._space.rewind(mark)
            branches += 1
            if branches >= _branches(piece) or self._budget <= 0:
                break
        if self._budget <= 0:
            return True
        return (piece.optional or self._lenient) and self._go(index + 1)

    def _fitting(self, piece: _Piece) -> Iterator[Located]:
        for located in self._stands(piece):
            self._budget -= 1
            if self._budget <= 0:
                return
            if self._fits(piece, located):
                yield located

    def _fits(self, piece: _Piece, located: Located) -> bool:
        companions = frozenset(other.item.id for other in self._partners_of(piece))
        if piece.asset.covering:
            return bool(self._room.floor.contains(located.footprint))
        margin = 0.001 if piece.place == "run" else 0.012
        obstacle = self._space.obstacle(located, margin=margin, clear=piece.clear, companions=companions)
        return obstacle is None and self._relations_hold(located)

    def _partners_of(self, piece: _Piece) -> tuple[Located, ...]:
        if piece.place == "run":
            ids = {other.id for other in self._pieces if other.place == "run"}
            return tuple(located for located in self._placed if located.item.id in ids)
        vocabulary = self._context.vocabulary
        return tuple(
            located
            for located in self._placed
            if any(
                located.item.id == name or vocabulary.is_a(located.item.category, name)
                for name in (self._carriers.get(n, n) for n in piece.of)
            )
        )

    def _stands(self, piece: _Piece) -> list[Located]:
        partners = self._partners_of(piece)
        if piece.of and not partners:
            return []
        item = scene_object(
            piece.id, piece.asset, piece.required, self._room.id, support="floor", fixed=piece.fixed,
            joints=opened(piece.id, piece.asset, self._scene.task),
        )  # fmt: skip
        if piece.asset.mount == "wall":
            item = item.model_copy(update={"support": "wall"})
        found: list[Located] = []
        poses = candidates(piece.place, piece.asset, self._room, partners, self._context.rng)
        if self._lenient and piece.place == "run":
            poses = chain(poses, candidates("wall", piece.asset, self._room, (), self._context.rng))
        for pose in poses:
            if len(found) >= _CANDIDATES:
                break
            found.append(Located(item.model_copy(update={"pose": pose}), piece.asset))
        return found

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
        walkway = Walkway(self._room, Layout.of(self._scene, {o.item.id: o for o in self._placed}))
        doors = all(walkway.reaches(wall, door) for wall, door in self._room.doors)
        needed = (o for o in self._placed if o.item.role != "context" and not o.item.covering)
        reached = all(walkway.distance(located) <= ARM_M for located in needed)
        return doors and reached and walkway.navigable >= _NAVIGABLE

    def _remember(self) -> None:
        required = sum(1 for located in self._placed if located.item.id in self._scene.task.ids)
        value = (required, len(self._placed))
        if value >= self._best_value:
            self._best, self._best_value = list(self._placed), value
