"""Put small things where people keep them: what the task needs, then what a room collects."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import ClassVar

from pydantic import Field

from generators.arrange import Row, heaped, seats_at, setting_spot
from generators.recipe import Clutter, Recipe, recipe
from generators.requests import ambiguous, opened, scene_object
from generators.stands import Stand, candidates
from sage.asset import Asset
from sage.context import Context
from sage.critique import FindingKind
from sage.errors import ToolRejected
from sage.geometry import Pose
from sage.layout import Layout, Located, Patch
from sage.scene import Room, Scene, SceneObject, free_id
from sage.space import ASKEW_RAD, MARGIN_M, Space, patches_for, set_at, set_down
from sage.task import FLOOR, Relation, RequiredObject
from sage.tools import Density, Disorder, Generator
from sage.walkway import Walkway

__all__ = ["Populate"]

_FACTOR: dict[Density, float] = {"sparse": 0.4, "normal": 1.0, "dense": 1.7}
_ASKEW_RAD: dict[Disorder, float] = {"tidy": 0.0, "lived_in": ASKEW_RAD, "messy": 0.6}
_REMAKES = 4
_VARIANTS = 4
_MOST_SHARE, _FEW = 0.2, 8
_NAVIGABLE = 0.9
_ROW_MARGIN_M = 0.0004
_HAND_HEIGHT_M = (0.3, 1.4)
_NOT_FOR_STORAGE = ("stove", "sink", "sofa", "armchair", "chair", "office chair", "tray", "plate", "toilet")


class Populate(Generator):
    """Put small objects on tops and shelves and inside open and closed storage.

    First every object of the task that is not there yet, within a robot's reach; then clutter that
    suits each piece of furniture: in rows, stacks, piles and place settings where people have them,
    never such that the task becomes ambiguous or its goal is crowded out. Needs furniture.
    """

    repairs: ClassVar[frozenset[FindingKind]] = frozenset({"missing"})

    density: Density = Field(default="normal")
    """How much clutter: 0.4, 1 or 1.7 times what the recipe says. Task objects are not affected."""
    disorder: Disorder = Field(default="lived_in")
    """`tidy`: square to what it stands on, nothing left lying about; `lived_in`: a little askew; `messy`:
    every which way, with things left out on the floor."""
    clutter: bool = True
    """False to put only what the task needs."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the populated scene."""
        if not scene.objects:
            raise ToolRejected("there is no furniture to put things on; call furnish first")
        stocking = _Stocking(scene, self.disorder, context)
        stocking.put_required()
        if self.clutter:
            stocking.put_clutter(_FACTOR[self.density])
        return stocking.scene()


class _Stocking:
    def __init__(self, scene: Scene, disorder: Disorder, context: Context) -> None:
        self._start, self._disorder, self._context = scene, disorder, context
        self._askew = _ASKEW_RAD[disorder]
        self._task = scene.task
        self._room: Room = scene.rooms[0]
        self._plan: Recipe = recipe(self._room.type)
        self._located = {item.id: Located(item, context.store[item.asset]) for item in scene.objects}
        self._layout = Layout.of(scene, self._located)
        self._space = Space(self._room, self._layout)
        self._walkway = Walkway(self._room, self._layout)
        self._added: list[SceneObject] = []
        self._variants: dict[str, list[Asset]] = {}
        self._counts = Counter(item.category for item in scene.objects)
        goals = (r for r in self._task.goal if r.name in ("on", "in") and not r.negated)
        self._owners_of_goals = {goal.object for goal in goals}
        self._refused = 0

    def scene(self) -> Scene:
        """Return the scene with what was put."""
        if self._refused:
            self._context.note(f"no place for {self._refused} small things of the recipe")
        return self._start.adding(*self._added)

    def put_required(self) -> None:
        """Put every required object that is missing, carriers before what they carry."""
        waiting = [
            (name, item) for item in self._task.objects for name in item.ids if name not in self._located
        ]
        waiting.sort(key=lambda pair: self._carrier(pair[0]) is None)
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
                    self._context.note(f"no place for {name}")

    def _carrier(self, name: str) -> Relation | None:
        relations = (r for r in self._task.initial if r.subject == name and not r.negated)
        return next((r for r in relations if r.name in ("on", "in") and r.object in self._task.ids), None)

    def _put(self, name: str, item: RequiredObject, carrier: Relation | None) -> bool:
        """Put a required object; one whose goal does not fit is made anew, smaller, a few times."""
        if self._on_floor(name):
            return self._put_on_floor(name, item)
        if carrier is not None:
            if carrier.object not in self._layout:
                return False
            support = self._layout[carrier.object]
            patches = patches_for(carrier.name, support, carrier.part)
            reachable = item.role == "target" or support.item.role == "receptacle"
        else:
            category = self._context.vocabulary.find(item.category)
            if category is None or category.mount != "surface":
                return False
            patches = self._homes(name, item.category)
            reachable = True
        for attempt in range(_REMAKES):
            small = {"size": "small"} if attempt and "size" not in item.attributes else {}
            asset = self._context.source.make(item.category, self._context.rng, item.attributes | small)
            last = attempt == _REMAKES - 1
            if self._lay(name, item, asset, carrier):
                return True
            if self._set(name, asset, item, patches, reachable=reachable, insist=last):
                return True
        return False

    def _lay(self, name: str, item: RequiredObject, asset: Asset, carrier: Relation | None) -> bool:
        """Put a required object where it belongs in a place setting, if the recipe knows one."""
        if carrier is None or carrier.name != "on":
            return False
        owner = self._layout[carrier.object]
        for entry in self._plan.clutter:
            if entry.arrange == "setting" and item.category in entry.items and self._owns(entry, owner):
                slot = entry.items.index(item.category)
                for patch, seat in self._settings(owner, entry):
                    if self._set(name, asset, item, [patch], poses=setting_spot(slot, asset, patch, seat)):
                        return True
        return False

    def _on_floor(self, name: str) -> bool:
        return any(
            r.subject == name and r.object == FLOOR and r.name == "on" and not r.negated
            for r in self._task.initial
        )

    def _put_on_floor(self, name: str, item: RequiredObject) -> bool:
        asset = self._context.source.make(item.category, self._context.rng, item.attributes)
        return self._set_on_floor(name, asset, item)

    def _set(
        self,
        name: str,
        asset: Asset,
        required: RequiredObject | None,
        patches: list[Patch],
        *,
        poses: Iterable[Pose] | None = None,
        margin: float = MARGIN_M,
        reachable: bool = False,
        back: bool = False,
        insist: bool = False,
    ) -> bool:
        """Set a thing down on the first of some patches that has room, or at the first free pose on one."""
        item = self._item(name, asset, required)
        walkway = self._walkway if reachable else None
        if poses is None:
            located = set_down(
                item, asset, patches, self._layout, self._space, self._context.rng, walkway=walkway,
                back=back, askew=self._askew,
            )  # fmt: skip
        else:
            located = set_at(item, asset, patches[0], poses, self._layout, self._space, margin=margin)
        return located is not None and self._keep(located, insist=insist)

    def _item(self, name: str, asset: Asset, required: RequiredObject | None) -> SceneObject:
        category = self._context.vocabulary.find(asset.category)
        return scene_object(
            name, asset, required, self._room.id, support=FLOOR,
            fixed=bool(category and category.fixed), joints=opened(name, asset, self._task),
        )  # fmt: skip

    def _keep(self, located: Located, *, insist: bool = False) -> bool:
        """Count a thing in, unless it takes the last free spot of a goal."""
        name, mark = located.item.id, self._space.mark()
        self._space.add(located)
        self._located[name] = located
        crowds = located.item.role != "context" or located.item.support in self._owners_of_goals
        if crowds and not insist and not self._goals_fit():
            self._space.rewind(mark)
            del self._located[name]
            return False
        self._context.store.add(located.asset)
        self._added.append(located.item)
        self._counts[located.item.category] += 1
        return True

    def _set_on_floor(self, name: str, asset: Asset, required: RequiredObject | None) -> bool:
        """Put a thing on the free floor, at walls and beside furniture, where nobody has to step over it."""
        item = self._item(name, asset, required)
        stand = Stand(asset, self._room, self._context.rng)
        for pose in candidates("free", stand):
            located = Located(item.model_copy(update={"pose": pose}), asset)
            if self._space.obstacle(located) is not None:
                continue
            walkway = self._walkway.adding(located)
            doors = all(walkway.reaches(wall, door) for wall, door in self._room.doors)
            if doors and walkway.navigable >= _NAVIGABLE and self._keep(located):
                self._walkway = walkway
                return True
        return False

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
        for entry in self._plan.clutter:
            if entry.mess and self._disorder != "messy":
                continue
            if entry.owner == FLOOR:
                self._litter(entry, factor)
                continue
            owners = [located for located in self._located.values() if self._owns(entry, located)]
            if entry.arrange == "setting":
                for owner in owners:
                    self._set_table(owner, entry, factor)
                continue
            named = entry.surface
            patches = [p for owner in owners for p in owner.patches if p.surface.name.startswith(named)]
            if entry.once and patches:
                patches = [patches[int(self._context.rng.integers(len(patches)))]]
            for patch in patches:
                self._context.check()
                self._fill(patch, entry, factor)

    def _owns(self, entry: Clutter, located: Located) -> bool:
        is_a = self._context.vocabulary.is_a
        return is_a(located.item.category, entry.owner) and "empty" not in located.item.states

    def _fill(self, patch: Patch, entry: Clutter, factor: float) -> None:
        """Put single things, or stacks, rows or piles, on one surface."""
        least, most = entry.count
        count = int(self._context.rng.integers(least, most + 1))
        if entry.arrange in ("scatter", "back"):
            for _ in range(round(factor * count)):
                self._drop(entry, [patch])
            return
        for _ in range(count):
            least, most = entry.each
            many = max(1, round(factor * int(self._context.rng.integers(least, most + 1))))
            _ARRANGE[entry.arrange](self, patch, entry, many)

    def _drop(self, entry: Clutter, patches: list[Patch]) -> None:
        category = self._draw(entry)
        if category is not None:
            asset, back = self._variant(category), entry.arrange == "back"
            self._count_refusal(self._set(self._name(category), asset, None, patches, back=back))

    def _stack(self, patch: Patch, entry: Clutter, many: int) -> None:
        category = self._draw(entry)
        if category is None:
            return
        asset = self._variant(category)
        for _ in range(many):
            name = self._name(category)
            if not self._set(name, asset, None, [patch]):
                return
            above = [p for p in self._located[name].patches if p.surface.joint is None]
            if not above:
                return
            patch = above[0]

    def _line_up(self, patch: Patch, entry: Clutter, many: int) -> None:
        row = Row(patch, self._context.rng, self._askew)
        category = self._draw(entry)
        if category is None:
            return
        for k in range(many):
            asset = self._variant(category)
            last = k == many - 1 and self._disorder != "tidy"
            for poses in (row.leaning(asset), row.next(asset)) if last else (row.next(asset),):
                if self._set(self._name(category), asset, None, [patch], poses=poses, margin=_ROW_MARGIN_M):
                    row.take()
                    break

    def _heap(self, patch: Patch, entry: Clutter, many: int) -> None:
        category = self._draw(entry)
        if category is None:
            return
        rim = float(self._located[patch.owner].body_points[:, 2].max())
        for _ in range(many):
            asset = self._variant(category)
            name = self._name(category)
            if self._set(name, asset, None, [patch]):
                continue
            content = [o for o in self._located.values() if o.item.support == patch.owner]
            poses = heaped(asset, patch, content, rim, self._context.rng)
            if not self._set(name, asset, None, [patch], poses=poses, margin=_ROW_MARGIN_M):
                return

    def _set_table(self, owner: Located, entry: Clutter, factor: float) -> None:
        """Lay one of each item before every seat; before some of them if sparse."""
        for patch, seat in self._settings(owner, entry):
            if factor < 1 and self._context.rng.random() > factor:
                continue
            for slot, category in enumerate(entry.items):
                if self._unwelcome(category, share=1.0):
                    continue
                asset = self._variant(category, alike=True)
                poses = setting_spot(slot, asset, patch, seat)
                self._count_refusal(self._set(self._name(category), asset, None, [patch], poses=poses))

    def _settings(self, owner: Located, entry: Clutter) -> Iterator[tuple[Patch, Located]]:
        patch = next((p for p in owner.patches if p.surface.name.startswith(entry.surface)), None)
        if patch is not None:
            yield from ((patch, seat) for seat in seats_at(owner.item, self._layout))

    def _litter(self, entry: Clutter, factor: float) -> None:
        low, high = entry.count
        for _ in range(round(factor * int(self._context.rng.integers(low, high + 1)))):
            category = self._draw(entry)
            if category is not None:
                self._count_refusal(self._set_on_floor(self._name(category), self._variant(category), None))

    def _draw(self, entry: Clutter) -> str | None:
        """Draw one of an entry's items that is welcome, or None."""
        items = [category for category in entry.items if not self._unwelcome(category)]
        return items[int(self._context.rng.integers(len(items)))] if items else None

    def _unwelcome(self, category: str, share: float = _MOST_SHARE) -> bool:
        """Tell whether one more would be too many of its kind, or could be mistaken for what is asked."""
        count = self._counts[category]
        crowded = count >= _FEW and count >= share * self._counts.total()
        return crowded or ambiguous(category, self._task, self._context.vocabulary)

    def _variant(self, category: str, *, alike: bool = False) -> Asset:
        """Return one of the few kinds of such a thing that a household has; always the first if `alike`."""
        known = self._variants.setdefault(category, [])
        rng = self._context.rng
        if not known or (not alike and len(known) < _VARIANTS and rng.random() < 1 / (1 + len(known))):
            known.append(self._context.source.make(category, rng))
            return known[-1]
        return known[0] if alike else known[int(rng.integers(len(known)))]

    def _name(self, category: str) -> str:
        return free_id(category, self._located.keys() | self._task.ids)

    def _count_refusal(self, done: bool) -> None:
        self._refused += not done

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


_ARRANGE = {"stack": _Stocking._stack, "row": _Stocking._line_up, "pile": _Stocking._heap}
