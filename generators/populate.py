"""Put small things where people keep them: what the task needs, then what a room collects."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from generators.recipe import Clutter, Recipe, recipe
from generators.requests import ambiguous, opened, scene_object
from sage.asset import Asset
from sage.context import Context
from sage.critique import FindingKind
from sage.errors import ToolRejected
from sage.layout import Layout, Located, Patch
from sage.scene import Room, Scene, SceneObject, free_id
from sage.space import Space, patches_for, set_down
from sage.task import Relation, RequiredObject
from sage.tools import Density, Generator
from sage.walkway import Walkway

__all__ = ["Populate"]

_FACTOR = {"sparse": 0.4, "normal": 1.0, "dense": 1.8}
_REMAKES = 4
_HAND_HEIGHT_M = (0.3, 1.4)
_NOT_FOR_STORAGE = ("stove", "sink", "sofa", "armchair", "chair", "office chair", "tray", "plate")


class Populate(Generator):
    """Put small objects on tops and shelves and inside open and closed storage.

    First every object of the task that is not there yet, within a robot's reach; then clutter that
    suits each piece of furniture, never such that the task becomes ambiguous or its goal is crowded
    out. Needs furniture.
    """

    repairs: ClassVar[frozenset[FindingKind]] = frozenset({"missing"})

    density: Density = Field(default="normal")
    """How much clutter: 0.4, 1 or 1.8 times what the recipe says. Task objects are not affected."""
    clutter: bool = True
    """False to put only what the task needs."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the populated scene."""
        if not scene.objects:
            raise ToolRejected("there is no furniture to put things on; call furnish first")
        stocking = _Stocking(scene, context)
        stocking.put_required()
        if self.clutter:
            stocking.put_clutter(_FACTOR[self.density])
        return stocking.scene()


class _Stocking:
    def __init__(self, scene: Scene, context: Context) -> None:
        self._start, self._context = scene, context
        self._task = scene.task
        self._room: Room = scene.rooms[0]
        self._plan: Recipe = recipe(self._room.type)
        self._located = {item.id: Located(item, context.store[item.asset]) for item in scene.objects}
        self._layout = Layout.of(scene, self._located)
        self._space = Space(self._room, self._layout)
        self._walkway = Walkway(self._room, self._layout)
        self._added: list[SceneObject] = []

    def scene(self) -> Scene:
        """Return the scene with what was put."""
        return self._start.adding(*self._added)

    def put_required(self) -> None:
        """Put every required object that is missing, carriers before what they carry."""
        waiting = [
            (name, item) for item in self._task.objects for name in item.ids if name not in self._located
        ]
        progress = True
        while waiting and progress:
            progress = False
            for name, item in list(waiting):
                carrier = self._carrier(name)
                if carrier is not None and carrier.object in (n for n, _ in waiting):
                    continue
                waiting.remove((name, item))
                progress = True
                if not self._put(name, item, carrier):
                    self._context.progress(f"populate: no place for {name}")

    def _carrier(self, name: str) -> Relation | None:
        relations = (r for r in self._task.initial if r.subject == name and not r.negated)
        return next((r for r in relations if r.name in ("on", "in") and r.object in self._task.ids), None)

    def _put(self, name: str, item: RequiredObject, carrier: Relation | None) -> bool:
        """Put a required object; one whose goal does not fit is made anew, smaller, a few times."""
        if carrier is not None:
            if carrier.object not in self._layout:
                return False
            support = self._layout[carrier.object]
            patches = patches_for(carrier.name, support, carrier.part)
            reachable = item.role == "target" or support.item.role == "receptacle"
        else:
            patches = self._homes(name, item.category)
            reachable = True
        for attempt in range(_REMAKES):
            small = {"size": "small"} if attempt and "size" not in item.attributes else {}
            asset = self._context.source.make(item.category, self._context.rng, item.attributes | small)
            last = attempt == _REMAKES - 1
            if self._set(name, asset, item, patches, reachable=reachable, insist=last):
                return True
        return False

    def _set(
        self,
        name: str,
        asset: Asset,
        required: RequiredObject | None,
        patches: list[Patch],
        *,
        reachable: bool = False,
        back: bool = False,
        insist: bool = False,
    ) -> bool:
        category = self._context.vocabulary.find(asset.category)
        item = scene_object(
            name, asset, required, self._room.id, support="floor",
            fixed=bool(category and category.fixed), joints=opened(name, asset, self._task),
        )  # fmt: skip
        located = set_down(
            item, asset, patches, self._layout, self._space, self._context.rng,
            walkway=self._walkway if reachable else None,
            back=back,
        )  # fmt: skip
        if located is None:
            return False
        mark = self._space.mark()
        self._space.add(located)
        self._located[name] = located
        if not insist and not self._goals_fit():
            self._space.rewind(mark)
            del self._located[name]
            return False
        self._context.store.add(asset)
        self._added.append(located.item)
        return True

    def _homes(self, name: str, category: str) -> list[Patch]:
        """Return surfaces for a required object that the task leaves free, best first."""
        is_a = self._context.vocabulary.is_a
        owners = [entry.owner for entry in self._plan.clutter if category in entry.items]
        owners = [*self._plan.homes.get(category, ()), *owners]
        avoided = {
            r.object
            for r in (*self._task.initial, *self._task.goal)
            if r.subject == name and r.name in ("on", "in") and (r.negated or r in self._task.goal)
        }
        usual: list[Patch] = []
        other: list[Patch] = []
        for located in list(self._located.values()):
            if located.item.id in avoided or located.item.support in avoided or located.item.covering:
                continue
            for patch in located.patches:
                reachable = _HAND_HEIGHT_M[0] <= patch.z <= _HAND_HEIGHT_M[1]
                if not reachable or patch.surface.joint or located.item.placement == "in":
                    continue
                if any(is_a(located.item.category, owner) for owner in owners):
                    usual.append(patch)
                elif located.item.category not in _NOT_FOR_STORAGE and patch.surface.placement == "on":
                    other.append(patch)
        rng = self._context.rng
        order = {owner: place for place, owner in reversed(list(enumerate(owners)))}
        usual = [usual[int(k)] for k in rng.permutation(len(usual))]
        usual.sort(key=lambda patch: order.get(self._located[patch.owner].item.category, len(order)))
        return [*usual, *(other[int(k)] for k in rng.permutation(len(other)))]

    def put_clutter(self, factor: float) -> None:
        """Put what the recipe keeps on each piece that stands here."""
        context = self._context
        for entry in self._plan.clutter:
            owners = [
                located
                for located in list(self._located.values())
                if context.vocabulary.is_a(located.item.category, entry.owner)
                and "empty" not in located.item.states
            ]
            for owner in owners:
                context.check()
                self._clutter_on(owner, entry, factor)

    def _clutter_on(self, owner: Located, entry: Clutter, factor: float) -> None:
        rng = self._context.rng
        for patch in owner.patches:
            if not patch.surface.name.startswith(entry.surface):
                continue
            items = [
                name for name in entry.items if not ambiguous(name, self._task, self._context.vocabulary)
            ]
            low, high = entry.count
            count = round(factor * int(rng.integers(low, high + 1)))
            for _ in range(count if items else 0):
                category = items[int(rng.integers(len(items)))]
                asset = self._context.source.make(category, rng)
                used = self._located.keys() | self._task.ids
                self._set(free_id(category, used), asset, None, [patch], back=entry.where == "back")

    def _goals_fit(self) -> bool:
        """Tell whether every goal of the task still has a free spot."""
        for relation in self._task.goal:
            if relation.name not in ("on", "in") or relation.negated:
                continue
            if relation.subject not in self._layout or relation.object not in self._layout:
                continue
            subject = self._layout[relation.subject]
            patches = patches_for(relation.name, self._layout[relation.object], relation.part)
            spot = set_down(
                subject.item, subject.asset, patches, self._layout, self._space, self._context.rng
            )
            if spot is None:
                return False
        return True
