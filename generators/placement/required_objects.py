"""Places the required objects of a task."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import chain

import numpy as np

from sage.asset import Asset
from sage.context import Context
from sage.generators.placement.arrangements import setting_spot
from sage.generators.placement.on_surface import is_ringed, spots_said
from sage.generators.placement.reshaping import LARGE_CLOTH_M, folded, shrunk
from sage.generators.placement.room_state import Stock
from sage.generators.placement.task_assets import make_for_task
from sage.generators.placement.task_relations import neighbours
from sage.geometry import Pose
from sage.spatial.layout import Located, Patch
from sage.spatial.space import (
    GAP_M,
    HAND_HEIGHT_M,
    MARGIN_M,
    TOUCHING_M,
    patches_for,
    spots_beside,
    spots_over,
    spots_upright,
)
from sage.task import FLOOR, Relation, RequiredObject

__all__ = ["Requirements"]

_REMAKES = 4
_SLIMMER = (0.8, 0.65, 0.52)
"""Of the size, tried in turn for what does not fit."""
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
_ROW_ROOM = 1.2
"""Length of a surface for a row, relative to the sum of what stands in it."""
_INSIDE_M, _RISE_M = 0.02, 0.015


class Requirements:
    """Puts what the task needs into a room."""

    def __init__(self, stock: Stock, context: Context) -> None:
        self._stock, self._context = stock, context

    def put_all(self) -> tuple[str, ...]:
        """Put every required object that is missing, carriers before what they carry.

        Returns:
            The ids of those that found no place.
        """
        every = ((name, item) for item in self._stock.task.objects for name in item.ids)
        missing = [(name, item) for name, item in every if name not in self._stock.located]
        waiting = dict(sorted(missing, key=self._rank))
        failed = []
        while (name := self._next(waiting)) is not None:
            item = waiting.pop(name)
            if not self._put(name, item, self._stock.task.carrier(name)):
                self._context.note(f"no place for {name}")
                failed.append(name)
        return (*failed, *waiting)

    def _next(self, waiting: dict[str, RequiredObject]) -> str | None:
        """Return the first that waits for nothing, or else the first whose carrier is there."""
        carried = [
            name
            for name in waiting
            if (carrier := self._stock.task.carrier(name)) is None or carrier.object not in waiting
        ]
        free = (name for name in carried if not any(other in waiting for other in self._references(name)))
        return next(free, next(iter(carried), None))

    def _references(self, name: str) -> Iterator[str]:
        """Yield what the task says an object is beside, between, around, ...

        What others are around comes before what it is beside.
        """
        if is_ringed(name, self._stock.task):
            return
        for relation in self._stock.task.initial:
            if relation.subject == name and not relation.negated:
                yield from (other for other in (relation.object, relation.other) if other not in (name, None))

    def _row(self, name: str) -> list[str]:
        """Return what an object is left or right, in front of or behind."""
        said = [r for r in self._stock.task.initial if r.name in _ROW and not r.negated]
        pairs = [(r.subject, r.object) for r in said if name in (r.subject, r.object)]
        return [second if name == first else first for first, second in pairs]

    def _rank(self, pair: tuple[str, RequiredObject]) -> tuple[bool, bool, bool, float]:
        """Order what the task places first, then the middle of things, what goals fill, and what is large."""
        name, item = pair
        category = self._context.vocabulary.find(item.category)
        task = self._stock.task
        amid = any(r.subject == name and r.name == "in_middle" for r in task.initial) or is_ringed(name, task)
        area = category.size[0] * category.size[1] if category else 0.0
        filled = any(r.object == name and r.name in ("on", "in") for r in task.goal)
        return task.carrier(name) is None, not amid, not filled, -area

    def _beside(self, name: str) -> Relation | None:
        """Return what an object is to be under, next to or in touch with, of what is there."""
        for relation in self._stock.task.initial:
            near = relation.subject == name and relation.name in _BESIDE and not relation.negated
            if near and relation.object in self._stock.located:
                return relation
        return None

    def _put_beside(self, name: str, item: RequiredObject, carrier: Relation | None) -> bool:
        """Put an object by another, if the task says so, on what that rests on; tell whether it was."""
        beside = self._beside(name)
        if beside is None or is_ringed(name, self._stock.task):
            return False
        partner = self._stock.located[beside.object]
        asset = make_for_task(name, item, self._stock.task, self._context)
        if partner.item.support == FLOOR or beside.name == "under":
            known = self._context.vocabulary.find(item.category)
            if beside.name == "next_to" and known is not None and self._stock.plan.keeps(known):
                return False
            return carrier is None and self._stock.put_by(name, asset, item, beside)
        if partner.item.support_part is None or (carrier and carrier.object != partner.item.support):
            return False
        patch = self._stock.located[partner.item.support].patch(partner.item.support_part)
        poses = spots_beside(patch, asset, partner)
        return self._stock.put(name, asset, [patch], required=item, poses=poses, margin=TOUCHING_M)

    def _put(self, name: str, item: RequiredObject, carrier: Relation | None) -> bool:
        """Put a required object; one that does not fit, or takes no goal, is made anew a few times.

        Targets then become smaller, and what they are to go into larger. What fits on nothing, and is said
        to be nowhere, lies on the floor.
        """
        if self._on_floor(name):
            return self._put_on_floor(name, item)
        if self._put_beside(name, item, carrier):
            return True
        reachable = True
        if carrier is not None:
            if carrier.object not in self._stock.layout:
                return False
            support = self._stock.layout[carrier.object]
            patches = patches_for("in" if carrier.name == "in" else "on", support, carrier.part)
            reachable = item.role != "context" or support.item.role == "receptacle"
        else:
            category = self._context.vocabulary.find(item.category)
            if category is None or category.mount != "surface":
                return False
            patches = [*self._shared(name), *self._homes(name, item.category)]
        for attempt in range(_REMAKES):
            crowded = any(r.name == "around" and r.subject == name for r in self._stock.said(name))
            size = _SIZE_THAT_FITS.get(item.role, "small" if crowded else None) if attempt else None
            asked = ({"size": size} if size else {}) | item.attributes
            wish = item.model_copy(update={"attributes": asked})
            asset = make_for_task(name, wish, self._stock.task, self._context)
            asset = self._as_kept(asset) if carrier is not None else asset
            last = attempt == _REMAKES - 1
            if self._lay(name, item, asset, carrier) or self._line_up(name, item, asset, patches, reachable):
                return True
            if self._put_as_said(name, item, asset, patches, reachable):
                return True
            if self._stock.put(name, asset, patches, required=item, reachable=reachable):
                return True
            if carrier is None and self._stock.said(name):
                break
            if self._stock.put(
                name, asset, patches, required=item, reachable=reachable, agreeing=False, insist=last
            ):
                return True
        if carrier is None:
            return self._put_somewhere(name, item, asset, patches)
        shapes = list(self._shapes(asset))
        return any(self._squeeze(name, item, shape, carrier, patches) for shape in shapes) or any(
            self._stock.put(
                name, shape, [patch], required=item, poses=spots_upright(patch, shape), insist=True
            )
            for shape in shapes
            for patch in patches
            if carrier.name == "in"
        )

    def _put_as_said(
        self, name: str, item: RequiredObject, asset: Asset, patches: list[Patch], reachable: bool
    ) -> bool:
        """Put an object where all holds that is said of it, beginning where that is likely."""
        said = self._stock.said(name)
        return any(
            self._stock.put(
                name, asset, [patch], required=item, poses=poses, reachable=reachable, margin=MARGIN_M
            )
            for patch in patches
            if (poses := list(spots_said(said, name, asset, patch, self._stock.layout)))
        )

    def _put_somewhere(self, name: str, item: RequiredObject, asset: Asset, patches: list[Patch]) -> bool:
        """Put what is said to be on nothing where the most of what is said of it holds.

        That is on the floor at something that stands there, on some surface, or anywhere on the floor.
        """
        by = [r for r in self._stock.said(name) if r.subject == name and not r.negated]
        at = [self._stock.located.get(r.object) for r in by]
        on_floor = any(other is not None and other.item.support == FLOOR for other in at)
        is_goal = any(r.subject == name and r.object == FLOOR for r in self._stock.task.goal)
        if on_floor and not is_goal and self._stock.put_on_floor(name, asset, item, agreeing=True):
            return True
        if self._stock.put(name, asset, patches, required=item, reachable=True, agreeing=False, insist=True):
            return True
        return not is_goal and self._put_on_floor(name, item)

    def _as_kept(self, asset: Asset) -> Asset:
        """Return large cloths, such as sheets, as people keep them: folded."""
        known = self._context.vocabulary.find(asset.category)
        large = max(asset.size) > LARGE_CLOTH_M
        return [asset, *folded(asset)][-1] if large and known is not None and known.soft else asset

    def _shapes(self, asset: Asset) -> Iterator[Asset]:
        """Yield an asset as it is, folded if it is soft, and smaller and smaller."""
        yield asset
        known = self._context.vocabulary.find(asset.category)
        if known is not None and known.soft:
            yield from folded(asset)
        yield from (shrunk(asset, share) for share in _SLIMMER)

    def _squeeze(
        self, name: str, item: RequiredObject, asset: Asset, carrier: Relation, patches: list[Patch]
    ) -> bool:
        """Put a thing wherever its carrier has room, out of reach too, or upon what lies in a hollow."""
        for patch in patches:
            poses = chain(spots_over(patch, asset), self._let_go(carrier, patch, asset))
            if self._stock.put(name, asset, [patch], required=item, poses=poses, insist=True):
                return True
        if carrier.name != "in":
            return False
        lying = [o for o in self._stock.located.values() if o.item.support == carrier.object]
        tops = [patch for located in lying for patch in located.patches if patch.surface.placement == "on"]
        if self._stock.put(name, asset, tops, required=item, insist=True):
            return True
        return any(
            self._stock.put(name, asset, [patch], required=item, poses=poses, margin=0.0, insist=True)
            for patch in patches
            for poses in [self._above(patch, asset, lying)]
        )

    def _above(self, patch: Patch, asset: Asset, lying: list[Located]) -> Iterator[Pose]:
        """Yield places over a patch above what lies there, as long as they are inside."""
        room = patch.surface.height
        inside = float(self._stock.layout[patch.owner].high[2]) - patch.z if room is None else room
        rises = sorted({round(float(located.high[2]) - patch.z, 3) for located in lying})
        for rise in rises:
            if 0 < rise < inside - (_INSIDE_M if room is None else asset.size[2]):
                for spot in spots_over(patch, asset):
                    yield Pose(position=(0.0, 0.0, rise)) @ spot

    def _let_go(self, carrier: Relation, patch: Patch, asset: Asset) -> Iterator[Pose]:
        """Yield where something too wide for a surface is let go: over its middle, higher and higher.

        In a hollow that widens upwards it comes to rest between the sides; on a plate or a bowl, on the rim.
        """
        rim = float(self._stock.layout[patch.owner].high[2]) - patch.z
        rises = [rim] if carrier.name == "on" else []
        if patch.surface.placement == "in":
            room = patch.surface.height
            inside = rim - _INSIDE_M if room is None else room - asset.size[2]
            rises = [*np.arange(_RISE_M, max(inside, 0.0), _RISE_M), *rises]
        for rise in rises:
            for turn in (0.0, math.pi / 2):
                yield patch.pose @ Pose.planar(0.0, 0.0, float(rise) + GAP_M, turn)

    def _lay(self, name: str, item: RequiredObject, asset: Asset, carrier: Relation | None) -> bool:
        """Put a required object where it belongs in a place setting, if the recipe knows one."""
        if carrier is None or carrier.name != "on":
            return False
        owner = self._stock.layout[carrier.object]
        for entry in self._stock.plan.clutter:
            if entry.arrange == "setting" and item.category in entry.items and self._stock.owns(entry, owner):
                slot = entry.items.index(item.category)
                for patch, seat in self._stock.settings(owner, entry):
                    poses = setting_spot(slot, asset, patch, seat)
                    if self._stock.put(name, asset, [patch], required=item, poses=poses):
                        return True
        return False

    def _line_up(
        self, name: str, item: RequiredObject, asset: Asset, patches: list[Patch], reachable: bool
    ) -> bool:
        """Put an object that stands in a row beside its neighbour, the first of a row amid room for all."""
        row = self._row(name)
        if not row:
            return False
        located = self._stock.located
        partner = next((located[other] for other in row if other in located), None)
        if partner is None:
            roomy = [
                p
                for p in patches
                if max(p.surface.size) > _ROW_ROOM * len(self._whole_row(name)) * min(asset.size[:2])
            ]
            return any(
                self._stock.put(
                    name, asset, [p], required=item, poses=self._amid_row(name, p, asset), reachable=reachable
                )
                for p in roomy
            )
        if partner.item.support not in located or partner.item.support_part is None:
            return False
        patch = located[partner.item.support].patch(partner.item.support_part)
        poses = spots_beside(patch, asset, partner, air=MARGIN_M + TOUCHING_M)
        return self._stock.put(name, asset, [patch], required=item, poses=poses, reachable=reachable)

    def _amid_row(self, name: str, patch: Patch, asset: Asset) -> list[Pose]:
        """Return places all over a patch, first where there is room for what stands beside an object."""
        needs = dict.fromkeys(_ROW, 0.0)
        for relation in self._stock.task.initial:
            item = self._stock.task.required(relation.subject)
            known = self._context.vocabulary.find(item.category) if item is not None else None
            if relation.object == name and relation.name in _ROW and known is not None:
                side = 0 if relation.name in ("in_front_of", "behind") else 1
                needs[relation.name] = max(needs[relation.name], known.size[side])
        ahead = (needs["behind"] - needs["in_front_of"]) / 2
        aside = (needs["left_of"] - needs["right_of"]) / 2
        middle = (patch.pose @ Pose.planar(ahead, aside)).position
        return sorted(spots_over(patch, asset), key=lambda spot: math.dist(spot.position, middle))

    def _whole_row(self, name: str) -> set[str]:
        """Return all that stands in a row with an object."""
        row, front = {name}, [name]
        while front:
            new = [other for other in self._row(front.pop()) if other not in row]
            row.update(new)
            front += new
        return row

    def _on_floor(self, name: str) -> bool:
        return any(
            r.subject == name and r.object == FLOOR and r.name == "on" and not r.negated
            for r in self._stock.task.initial
        )

    def _put_on_floor(self, name: str, item: RequiredObject) -> bool:
        asset = make_for_task(name, item, self._stock.task, self._context)
        return self._stock.put_on_floor(name, asset, item)

    def _shared(self, name: str) -> list[Patch]:
        """Return the surfaces that what the task has beside an object rests on."""
        located = self._stock.located
        resting = [
            other.item for other in neighbours(name, self._stock.layout) if other.item.support in located
        ]
        return [located[item.support].patch(item.support_part) for item in resting if item.support_part]

    def _homes(self, name: str, category: str) -> list[Patch]:
        """Return surfaces for a required object that the task leaves free, best first."""
        is_a = self._context.vocabulary.is_a
        owners = [entry.owner for entry in self._stock.plan.clutter if category in entry.items]
        owners = [*self._stock.plan.homes.get(category, ()), *owners]
        avoided = {
            r.object
            for r in (*self._stock.task.initial, *self._stock.task.goal)
            if r.subject == name and r.name in ("on", "in") and (r.negated or r in self._stock.task.goal)
        }
        vessels = (item for item in self._stock.located.values() if item.asset.mount == "surface")
        goals = {r.object for r in self._stock.task.goal if r.name in ("on", "in")}
        avoided |= {located.item.id for located in vessels} & goals
        usual: list[Patch] = []
        other: list[Patch] = []
        for located in list(self._stock.located.values()):
            if located.item.id in avoided or located.item.support in avoided or located.item.covering:
                continue
            for patch in located.patches:
                reachable = HAND_HEIGHT_M[0] <= patch.z <= HAND_HEIGHT_M[1]
                if not reachable or patch.surface.joint or located.item.placement == "in":
                    continue
                if any(is_a(located.item.category, owner) for owner in owners):
                    usual.append(patch)
                elif located.item.category not in _NOT_FOR_STORAGE and patch.surface.placement == "on":
                    other.append(patch)
        rng = self._context.rng
        order = {owner: place for place, owner in reversed(list(enumerate(owners)))}
        usual = [usual[int(k)] for k in rng.permutation(len(usual))]
        usual.sort(key=lambda patch: order.get(self._stock.located[patch.owner].item.category, len(order)))
        return [*usual, *(other[int(k)] for k in rng.permutation(len(other)))]
