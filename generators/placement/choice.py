"""Choice of a room's furniture: the task's pieces, then the recipe's."""

from __future__ import annotations

from dataclasses import replace

from sage.asset import Asset
from sage.choices import Density
from sage.context import Context
from sage.errors import ToolRejected
from sage.generators.placement.by_relation import (
    CONSTRAINING,
    openings_named,
)
from sage.generators.placement.piece import (
    BESIDE,
    FALLBACK_PLACES,
    SUPPORT_OF_MOUNT,
    Piece,
    in_placement_order,
)
from sage.generators.placement.sizing import sized
from sage.generators.placement.task_assets import make_for_task
from sage.generators.placement.task_relations import ambiguous
from sage.generators.recipes import Furniture, FurniturePlace, Recipe
from sage.scene import Scene, free_id
from sage.task import CEILING, FLOOR, ROOM, WALL, Relation, RequiredObject, Task

__all__ = ["FurnitureChoice"]

_CLAIMS: dict[str, tuple[FurniturePlace, ...]] = {
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
"""Places at an anchor that a required piece occupies by its relation; closed to the recipe's pieces."""
_AT_HOME_ON_FLOOR = ("in_corner", "against_wall", "in_middle", "under", "near", "next_to", "across", "far")
"""Relations to the room by which a small object is placed on the floor."""
_MANY = 4
"""Required pieces that make a description explicit: then the recipe's pieces are all optional."""
_SHARED = ("color", "material", "finish", "worktop")
"""Attributes that matching pieces share."""
_UNUSUAL = ("glass", "stone", "marble", "metal", "steel", "leather", "plastic", "ceramic")
"""Materials that a piece does not pass on to those which match it."""


class FurnitureChoice:
    """Pieces of a room, before they have poses: those of the task, then those of the recipe.

    Args:
        scene: the scene with an empty room and its task.
        plan: recipe of the room type.
        density: how many of the recipe's optional pieces are chosen.
        context: source of assets, vocabulary and random generator.
    """

    def __init__(self, scene: Scene, plan: Recipe, density: Density, context: Context) -> None:
        self._task, self._plan, self._density, self._context = scene.task, plan, density, context
        self._room = scene.rooms[0]
        self._windows = self._room.windows
        self._pieces: list[Piece] = []
        self._relations: dict[str, list[Relation]] = {}
        coverings = {name for item in self._task.objects for name in item.ids if self._covers(name)}
        hanging = {name for item in self._task.objects for name in item.ids if self._hangs(name)}
        self.placing = _placing(self._task, frozenset(coverings), frozenset(hanging))
        """Relations of the task that decide where pieces are placed."""
        self._explicit = False
        self._claimed: set[tuple[FurniturePlace, str]] = set()
        """Places that required pieces occupy, with the id of their anchor: closed to the recipe's pieces."""

    def pieces(self) -> list[Piece]:
        """Return all pieces in the order in which to place them."""
        is_a = self._context.vocabulary.is_a
        waiting = [item for item in self._task.objects if self._is_furniture(item)]
        standing = {name for item in waiting for name in item.ids}
        waiting += [
            item
            for item in self._task.objects
            if item not in waiting and self._is_on_floor_beside(item, standing)
        ]
        standing |= {name for item in waiting for name in item.ids}
        for relation in self.placing:
            references = {relation.object, relation.other or relation.object} & self._task.ids
            if relation.subject in standing and references <= standing:
                self._relations.setdefault(relation.subject, []).append(relation)
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
        return in_placement_order(self._pieces)

    def _is_furniture(self, item: RequiredObject) -> bool:
        """Return whether a required object rests on the floor, a wall or the ceiling."""
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

    def _is_on_floor_beside(self, item: RequiredObject, standing: set[str]) -> bool:
        """Return whether a small object stands on the floor beside a piece, as a basket does at a bed."""
        category = self._context.vocabulary.find(item.category)
        own = [r for r in self._task.initial if r.subject in item.ids and not r.negated]
        carried = any(r.name in ("on", "in") and r.object in self._task.ids for r in own)
        if category is None or category.mount != "surface" or carried or item.role != "context":
            return False
        relations = any(r.name in BESIDE and r.object in standing for r in own)
        on_floor = any(
            (r.name == "on" and r.object == FLOOR) or (r.name == "under" and r.object in standing)
            for r in own
        )
        return relations and (on_floor or not self._plan.keeps(category))

    def _hangs(self, name: str) -> bool:
        item = self._task.required(name)
        category = self._context.vocabulary.find(item.category) if item else None
        return category is not None and _support_of(name, category.mount, self._task) != "floor"

    def _covers(self, name: str) -> bool:
        item = self._task.required(name)
        category = self._context.vocabulary.find(item.category) if item else None
        return category is not None and category.covering

    def _require(self, item: RequiredObject, entry: Furniture | None) -> None:
        category = self._context.vocabulary.find(item.category)
        if category is None:
            raise ToolRejected(f"the category {item.category!r} is not in the vocabulary")
        asset = make_for_task(item.ids[0], item, self._task, self._context)
        for name in item.ids:
            relations = sorted(self._relations.get(name, ()), key=lambda r: CONSTRAINING.index(r.name))
            support = _support_of(name, asset.mount, self._task)
            usual: dict[str, FurniturePlace] = {
                "wall": "hung", "ceiling": "ceiling", "floor": "middle" if category.free else "wall",
            }  # fmt: skip
            base = entry or Furniture(category=item.category, place=usual[support], need="must", clear=0.3)
            if (
                base.of
                and not relations
                and support == WALL
                and item.role != "context"
                and not asset.covering
            ):
                base = base.model_copy(update={"place": usual[support], "of": None})
            partners = tuple(r.object for r in relations if r.name in BESIDE and r.object in self._task.ids)
            if not relations and base.of:
                leaders = self._leaders(base.of)
                if self._explicit:
                    leaders = [piece for piece in leaders if piece.required is not None]
                partners = tuple(piece.id for piece in leaders)
            if base.of and not partners and base.place in FALLBACK_PLACES:
                base = base.model_copy(update={"place": FALLBACK_PLACES[base.place], "of": None})
            fixed = category.fixed or support != "floor"
            load = self._load(name) if support == "floor" else 0.0
            self._pieces.append(
                Piece(name, asset, base, partners, item, fixed, tuple(relations), support, load)
            )

    def _load(self, name: str) -> float:
        """Return the height of the tallest object that the task has on a piece [m]."""
        carried = (r.subject for r in self._task.initial if r.name == "on" and r.object == name)
        items = (self._task.required(other) for other in carried)
        known = (self._context.vocabulary.find(item.category) for item in items if item is not None)
        return max((category.size[2] for category in known if category is not None), default=0.0)

    def _furnish(self, entry: Furniture) -> None:
        """Add the pieces of an entry: `count`, or `count` for each piece that they go with."""
        category = self._context.vocabulary.find(entry.category)
        if category is None:
            raise ToolRejected(f"the recipe's category {entry.category!r} is not in the vocabulary")
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
                    Piece(name, asset, own, of, None, category.fixed, (), SUPPORT_OF_MOUNT[asset.mount])
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

    def _leaders(self, category: str) -> list[Piece]:
        """Return the pieces of a category, or if there is none, of its subcategories."""
        exact = [piece for piece in self._pieces if piece.asset.category == category]
        is_a = self._context.vocabulary.is_a
        return exact or [piece for piece in self._pieces if is_a(piece.asset.category, category)]


def _placing(task: Task, coverings: frozenset[str], hanging: frozenset[str]) -> tuple[Relation, ...]:
    """Return the relations of a task that place furniture, with carried objects replaced by their carrier.

    A piece on a rug that has another relation keeps that one, and the rug goes under it. `under` a hanging
    piece becomes `above` of that piece.
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
            key: _bottom_carrier(name, carriers)
            for key in ("subject", "object", "other")
            if (name := getattr(relation, key)) is not None
        }
        relations = relation.model_copy(update=names)
        if (
            relations.name in CONSTRAINING
            and not relations.negated
            and relations.subject not in (relations.object, relations.other)
        ):
            found.append(relations)
    return tuple(dict.fromkeys(found))


def _bottom_carrier(name: str, carriers: dict[str, str]) -> str:
    """Return the id at the bottom of a chain of carried objects."""
    seen = {name}
    while (below := carriers.get(name)) is not None and below not in seen:
        seen.add(below)
        name = below
    return name


def _support_of(name: str, mount: str, task: Task) -> str:
    """Return the element that an object rests on: `floor`, `wall` or `ceiling`."""
    for relation in task.initial:
        if relation.subject == name and relation.name == "on" and relation.object in (WALL, CEILING):
            return relation.object
    return SUPPORT_OF_MOUNT[mount]
