"""Placement of a task's required objects on furniture and on the floor."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

import numpy as np

from sage.asset import Asset
from sage.context import Context
from sage.generators.placement.arrangements import setting_poses
from sage.generators.placement.on_surface import has_ring, poses_by_relations
from sage.generators.placement.reshaping import LARGE_CLOTH_M, folded, shrunk
from sage.generators.placement.room_state import NewObject, RoomState, Rules
from sage.generators.placement.task_assets import make_for_task
from sage.generators.placement.task_relations import neighbours
from sage.geometry import Pose
from sage.spatial.layout import Located, Patch
from sage.spatial.space import MARGIN_M, TOUCHING_M
from sage.spatial.surface_poses import GAP_M, grid_poses, poses_beside, upright_poses
from sage.spatial.surface_search import HAND_HEIGHT_M, patches_for
from sage.task import FLOOR, Relation, RequiredObject

__all__ = ["RequiredObjects"]

_ATTEMPTS = 4
"""Assets that are made for an object until one fits."""
_SHRINKS = (0.8, 0.65, 0.52)
"""Scale factors that are tried in turn for an object that does not fit."""
_SIZE_THAT_FITS = {"target": "small", "receptacle": "large"}
_NOT_FOR_STORAGE = (
    "stove",
    "sink",
    "sofa",
    "armchair",
    "chair",
    "office chair",
    "stool",
    "bar stool",
    "tray",
    "plate",
    "toilet",
)
_BESIDE = ("under", "next_to", "touching")
_ROW = ("left_of", "right_of", "in_front_of", "behind")
"""Relations by which objects stand in a row."""
_ROW_LENGTH = 1.2
"""Length of a surface for a row, relative to the sum of the widths in it."""
_BELOW_RIM_M, _DROP_STEP_M = 0.02, 0.015
_LAST_RESORT = Rules(last_resort=True)


class RequiredObjects:
    """Places the required objects of a task in a room.

    Args:
        state: the furnished room, which is changed.
        context: source of assets, vocabulary and random generator.
    """

    def __init__(self, state: RoomState, context: Context) -> None:
        self._state, self._context = state, context

    def place_all(self) -> tuple[str, ...]:
        """Place every required object that is missing, carriers before what they carry.

        Returns:
            Ids of the objects without a free pose.
        """
        every = ((name, item) for item in self._state.task.objects for name in item.ids)
        missing = [(name, item) for name, item in every if name not in self._state.located]
        waiting = dict(sorted(missing, key=self._rank))
        failed = []
        while (name := self._next(waiting)) is not None:
            item = waiting.pop(name)
            if not self._place(name, item, self._state.task.carrier(name)):
                self._context.note(f"no place for {name}")
                failed.append(name)
        return (*failed, *waiting)

    def _next(self, waiting: dict[str, RequiredObject]) -> str | None:
        """Return the first object whose references are placed, else the first whose carrier is placed."""
        carried = [
            name
            for name in waiting
            if (carrier := self._state.task.carrier(name)) is None or carrier.object not in waiting
        ]
        free = (name for name in carried if not any(other in waiting for other in self._references(name)))
        return next(free, next(iter(carried), None))

    def _references(self, name: str) -> Iterator[str]:
        """Yield the references of an object's relations; none for one with a ring of others around it."""
        if has_ring(name, self._state.task):
            return
        for relation in self._state.task.initial:
            if relation.subject == name and not relation.negated:
                yield from (other for other in (relation.object, relation.other) if other not in (name, None))

    def _rank(self, pair: tuple[str, RequiredObject]) -> tuple[bool, bool, bool, float]:
        """Rank carried objects first, then those in the middle, those that goals fill, and large ones."""
        name, item = pair
        category = self._context.vocabulary.find(item.category)
        task = self._state.task
        central = any(r.subject == name and r.name == "in_middle" for r in task.initial)
        area = category.size[0] * category.size[1] if category else 0.0
        filled = any(r.object == name and r.name in ("on", "in") for r in task.goal)
        return task.carrier(name) is None, not (central or has_ring(name, task)), not filled, -area

    def _place(self, name: str, item: RequiredObject, carrier: Relation | None) -> bool:
        """Place a required object; if it does not fit, or blocks a goal, make another asset a few times.

        Later targets are small and receptacles large. An object without a carrier that fits nowhere else goes
        on the floor.
        """
        if self._is_on_floor(name):
            return self._place_on_floor(name, item)
        if self._place_beside(name, item, carrier):
            return True
        found = self._patches(name, item, carrier)
        if found is None:
            return False
        patches, rules = found
        for attempt in range(_ATTEMPTS):
            asset = self._make(name, item, attempt)
            new = NewObject(name, self._as_stored(asset) if carrier is not None else asset, item)
            if self._place_in_setting(new, carrier) or self._place_in_row(new, patches, rules):
                return True
            if self._place_by_relations(new, patches, rules) or self._state.place(new, patches, rules=rules):
                return True
            if carrier is None and self._state.relations_of(name):
                break
            last = attempt == _ATTEMPTS - 1
            if self._state.place(new, patches, rules=replace(rules, all_relations=False, last_resort=last)):
                return True
        if carrier is None:
            return self._place_anywhere(new, patches)
        return self._place_reshaped(new, carrier, patches)

    def _patches(
        self, name: str, item: RequiredObject, carrier: Relation | None
    ) -> tuple[list[Patch], Rules] | None:
        """Return the surfaces for an object, best first, and whether it must be reachable there.

        Returns:
            None if its carrier is not placed, or if its category does not go on surfaces.
        """
        if carrier is None:
            category = self._context.vocabulary.find(item.category)
            if category is None or category.mount != "surface":
                return None
            patches = [*self._neighbours_patches(name), *self._usual_patches(name, item.category)]
            return patches, Rules(reachable=True)
        if carrier.object not in self._state.layout:
            return None
        support = self._state.layout[carrier.object]
        reachable = item.role != "context" or support.item.role == "receptacle"
        patches = patches_for("in" if carrier.name == "in" else "on", support, carrier.part)
        return patches, Rules(reachable=reachable)

    def _make(self, name: str, item: RequiredObject, attempt: int) -> Asset:
        """Return an asset for an object: at later attempts a small target or large receptacle."""
        ringed = any(r.name == "around" and r.subject == name for r in self._state.relations_of(name))
        size = _SIZE_THAT_FITS.get(item.role, "small" if ringed else None) if attempt else None
        asked = ({"size": size} if size else {}) | item.attributes
        sized = item.model_copy(update={"attributes": asked})
        return make_for_task(name, sized, self._state.task, self._context)

    def _place_beside(self, name: str, item: RequiredObject, carrier: Relation | None) -> bool:
        """Place an object that is to be under, next to or in touch with a placed one at that one."""
        beside = self._beside(name)
        if beside is None or has_ring(name, self._state.task):
            return False
        partner = self._state.located[beside.object]
        new = NewObject(name, make_for_task(name, item, self._state.task, self._context), item)
        if partner.item.support == FLOOR or beside.name == "under":
            known = self._context.vocabulary.find(item.category)
            if beside.name == "next_to" and known is not None and self._state.recipe.keeps(known):
                return False
            return carrier is None and self._state.place_beside(new, beside)
        if partner.item.support_part is None or (carrier and carrier.object != partner.item.support):
            return False
        patch = self._state.located[partner.item.support].patch(partner.item.support_part)
        poses = poses_beside(patch, new.asset, partner)
        return self._state.place(new, [patch], poses, Rules(margin=TOUCHING_M))

    def _beside(self, name: str) -> Relation | None:
        """Return the first relation by which an object is under, next to or in touch with a placed one."""
        for relation in self._state.task.initial:
            near = relation.subject == name and relation.name in _BESIDE and not relation.negated
            if near and relation.object in self._state.located:
                return relation
        return None

    def _place_by_relations(self, new: NewObject, patches: list[Patch], rules: Rules) -> bool:
        """Place an object where all its relations hold, trying likely poses first."""
        relations = self._state.relations_of(new.id)
        return any(
            self._state.place(new, [patch], poses, replace(rules, margin=MARGIN_M))
            for patch in patches
            if (poses := list(poses_by_relations(relations, new.id, new.asset, patch, self._state.layout)))
        )

    def _place_anywhere(self, new: NewObject, patches: list[Patch]) -> bool:
        """Place an object without a carrier where most of its relations hold.

        That is on the floor at a reference that stands there, on some surface, or anywhere on the floor.
        """
        item = new.required
        assert item is not None
        own = [r for r in self._state.relations_of(new.id) if r.subject == new.id and not r.negated]
        references = [self._state.located.get(r.object) for r in own]
        on_floor = any(other is not None and other.item.support == FLOOR for other in references)
        is_goal = any(r.subject == new.id and r.object == FLOOR for r in self._state.task.goal)
        if on_floor and not is_goal and self._state.place_on_floor(new, all_relations=True):
            return True
        if self._state.place(
            new, patches, rules=Rules(reachable=True, all_relations=False, last_resort=True)
        ):
            return True
        return not is_goal and self._place_on_floor(new.id, item)

    def _as_stored(self, asset: Asset) -> Asset:
        """Return a large cloth, such as a sheet, folded; any other asset as it is."""
        known = self._context.vocabulary.find(asset.category)
        large = max(asset.size) > LARGE_CLOTH_M
        return [asset, *folded(asset)][-1] if large and known is not None and known.soft else asset

    def _place_reshaped(self, new: NewObject, carrier: Relation, patches: list[Patch]) -> bool:
        """Place an object on its carrier as it is, folded if it is soft, shrunk, or upright in a cavity."""
        shapes = [replace(new, asset=asset) for asset in self._shapes(new.asset)]
        return any(self._squeeze(shape, carrier, patches) for shape in shapes) or any(
            self._state.place(shape, [patch], upright_poses(patch, shape.asset), _LAST_RESORT)
            for shape in shapes
            for patch in patches
            if carrier.name == "in"
        )

    def _shapes(self, asset: Asset) -> Iterator[Asset]:
        """Yield an asset as it is, folded if it is soft, and ever smaller."""
        yield asset
        known = self._context.vocabulary.find(asset.category)
        if known is not None and known.soft:
            yield from folded(asset)
        yield from (shrunk(asset, share) for share in _SHRINKS)

    def _squeeze(self, new: NewObject, carrier: Relation, patches: list[Patch]) -> bool:
        """Place an object wherever its carrier has room, reachable or not, or on top of its contents."""
        for patch in patches:
            poses = chain(grid_poses(patch, new.asset), self._drop_poses(carrier, patch, new.asset))
            if self._state.place(new, [patch], poses, _LAST_RESORT):
                return True
        if carrier.name != "in":
            return False
        contents = [o for o in self._state.located.values() if o.item.support == carrier.object]
        tops = [patch for located in contents for patch in located.patches if patch.surface.placement == "on"]
        if self._state.place(new, tops, rules=_LAST_RESORT):
            return True
        return any(
            self._state.place(new, [patch], poses, replace(_LAST_RESORT, margin=0.0))
            for patch in patches
            for poses in [self._poses_above(patch, new.asset, contents)]
        )

    def _poses_above(self, patch: Patch, asset: Asset, contents: list[Located]) -> Iterator[Pose]:
        """Yield poses over a cavity's floor on top of its contents, as long as they are inside."""
        room = patch.surface.height
        inside = float(self._state.layout[patch.owner].high[2]) - patch.z if room is None else room
        rises = sorted({round(float(located.high[2]) - patch.z, 3) for located in contents})
        for rise in rises:
            if 0 < rise < inside - (_BELOW_RIM_M if room is None else asset.size[2]):
                for pose in grid_poses(patch, asset):
                    yield Pose(position=(0.0, 0.0, rise)) @ pose

    def _drop_poses(self, carrier: Relation, patch: Patch, asset: Asset) -> Iterator[Pose]:
        """Yield poses from which an object too wide for a surface is dropped, ever higher over its middle.

        In a cavity that widens upwards it comes to rest between the sides; on a plate or bowl, on the rim.
        """
        rim = float(self._state.layout[patch.owner].high[2]) - patch.z
        rises = [rim] if carrier.name == "on" else []
        if patch.surface.placement == "in":
            room = patch.surface.height
            inside = rim - _BELOW_RIM_M if room is None else room - asset.size[2]
            rises = [*np.arange(_DROP_STEP_M, max(inside, 0.0), _DROP_STEP_M), *rises]
        for rise in rises:
            for turn in (0.0, math.pi / 2):
                yield patch.pose @ Pose.planar(0.0, 0.0, float(rise) + GAP_M, turn)

    def _place_in_setting(self, new: NewObject, carrier: Relation | None) -> bool:
        """Place an object at its slot in a place setting, if the recipe has one with its category."""
        if carrier is None or carrier.name != "on" or new.required is None:
            return False
        owner, category = self._state.layout[carrier.object], new.required.category
        for entry in self._state.recipe.clutter:
            if entry.arrange == "setting" and category in entry.items and self._state.is_owner(entry, owner):
                slot = entry.items.index(category)
                for patch, seat in self._state.place_settings(owner, entry):
                    poses = setting_poses(slot, new.asset, patch, seat)
                    if self._state.place(new, [patch], poses):
                        return True
        return False

    def _place_in_row(self, new: NewObject, patches: list[Patch], rules: Rules) -> bool:
        """Place an object in a row beside its neighbour, or, as the first, where the whole row has room."""
        row = self._row_neighbours(new.id)
        if not row:
            return False
        located = self._state.located
        partner = next((located[other] for other in row if other in located), None)
        if partner is None:
            length = _ROW_LENGTH * len(self._row(new.id)) * min(new.asset.size[:2])
            return any(
                self._state.place(new, [patch], self._poses_in_row(new, patch), rules)
                for patch in patches
                if max(patch.surface.size) > length
            )
        if partner.item.support not in located or partner.item.support_part is None:
            return False
        patch = located[partner.item.support].patch(partner.item.support_part)
        poses = poses_beside(patch, new.asset, partner, gap=MARGIN_M + TOUCHING_M)
        return self._state.place(new, [patch], poses, rules)

    def _poses_in_row(self, new: NewObject, patch: Patch) -> list[Pose]:
        """Return grid poses on a patch, first those that leave room for the neighbours in the row."""
        needs = dict.fromkeys(_ROW, 0.0)
        for relation in self._state.task.initial:
            item = self._state.task.required(relation.subject)
            known = self._context.vocabulary.find(item.category) if item is not None else None
            if relation.object == new.id and relation.name in _ROW and known is not None:
                side = 0 if relation.name in ("in_front_of", "behind") else 1
                needs[relation.name] = max(needs[relation.name], known.size[side])
        ahead = (needs["behind"] - needs["in_front_of"]) / 2
        aside = (needs["left_of"] - needs["right_of"]) / 2
        middle = (patch.pose @ Pose.planar(ahead, aside)).position
        return sorted(grid_poses(patch, new.asset), key=lambda pose: math.dist(pose.position, middle))

    def _row_neighbours(self, name: str) -> list[str]:
        """Return the ids of the objects directly beside an object in its row."""
        stated = [r for r in self._state.task.initial if r.name in _ROW and not r.negated]
        pairs = [(r.subject, r.object) for r in stated if name in (r.subject, r.object)]
        return [second if name == first else first for first, second in pairs]

    def _row(self, name: str) -> set[str]:
        """Return the ids of all objects in a row with an object."""
        row, front = {name}, [name]
        while front:
            new = [other for other in self._row_neighbours(front.pop()) if other not in row]
            row.update(new)
            front += new
        return row

    def _is_on_floor(self, name: str) -> bool:
        return any(
            r.subject == name and r.object == FLOOR and r.name == "on" and not r.negated
            for r in self._state.task.initial
        )

    def _place_on_floor(self, name: str, item: RequiredObject) -> bool:
        asset = make_for_task(name, item, self._state.task, self._context)
        return self._state.place_on_floor(NewObject(name, asset, item))

    def _neighbours_patches(self, name: str) -> list[Patch]:
        """Return the surfaces on which the neighbours of an object are."""
        located = self._state.located
        carried = [
            other.item for other in neighbours(name, self._state.layout) if other.item.support in located
        ]
        return [located[item.support].patch(item.support_part) for item in carried if item.support_part]

    def _usual_patches(self, name: str, category: str) -> list[Patch]:
        """Return surfaces for an object without a carrier: those usual for its category, then others.

        Surfaces on which it must not be, or is to be only once the goal is reached, are left out.
        """
        is_a = self._context.vocabulary.is_a
        owners = [entry.owner for entry in self._state.recipe.clutter if category in entry.items]
        owners = [*self._state.recipe.homes.get(category, ()), *owners]
        avoided = {
            r.object
            for r in (*self._state.task.initial, *self._state.task.goal)
            if r.subject == name and r.name in ("on", "in") and (r.negated or r in self._state.task.goal)
        }
        vessels = (item for item in self._state.located.values() if item.asset.mount == "surface")
        targets = {r.object for r in self._state.task.goal if r.name in ("on", "in")}
        avoided |= {located.item.id for located in vessels} & targets
        usual: list[Patch] = []
        other: list[Patch] = []
        for located in list(self._state.located.values()):
            if located.item.id in avoided or located.item.support in avoided or located.item.covering:
                continue
            for patch in located.patches:
                handy = HAND_HEIGHT_M[0] <= patch.z <= HAND_HEIGHT_M[1]
                if not handy or patch.surface.joint or located.item.placement == "in":
                    continue
                if any(is_a(located.item.category, owner) for owner in owners):
                    usual.append(patch)
                elif located.item.category not in _NOT_FOR_STORAGE and patch.surface.placement == "on":
                    other.append(patch)
        rng = self._context.rng
        order = {owner: place for place, owner in reversed(list(enumerate(owners)))}
        usual = [usual[int(k)] for k in rng.permutation(len(usual))]
        usual.sort(key=lambda patch: order.get(self._state.located[patch.owner].item.category, len(order)))
        return [*usual, *(other[int(k)] for k in rng.permutation(len(other)))]
