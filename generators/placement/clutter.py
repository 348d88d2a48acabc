"""Placement of a recipe's clutter: single objects, rows, stacks, piles and place settings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from sage.asset import Asset, Surface
from sage.context import Context
from sage.generators.placement.arrangements import Row, pile_poses, setting_poses
from sage.generators.placement.room_state import NewObject, RoomState, Rules
from sage.generators.placement.task_relations import ambiguous
from sage.generators.recipes import Clutter
from sage.geometry import Pose
from sage.spatial.layout import Located, Patch
from sage.spatial.surface_poses import sampled_poses
from sage.task import FLOOR

__all__ = ["ClutterPlacement"]

_VARIANTS = 4
"""Assets that are made of each category, at most."""
_MAX_SHARE, _FEW = 0.2, 8
"""Share of one category among all objects, at most, once there are more than a few."""
_IN_CONTACT = Rules(margin=0.0004)
_FITTING_SHARE = 0.9
"""Width of an asset that is made to fit its surface, relative to the surface."""


class ClutterPlacement:
    """Places the clutter of a room's recipe.

    Args:
        state: the furnished room, which is changed.
        factor: amount of clutter relative to the recipe.
        context: source of assets, vocabulary and random generator.
    """

    def __init__(self, state: RoomState, factor: float, context: Context) -> None:
        self._state, self._factor, self._context = state, factor, context
        self._variants: dict[str, list[Asset]] = {}
        self._refused = 0

    def place_all(self) -> None:
        """Place the clutter of each piece of furniture."""
        for entry in self._state.recipe.clutter:
            if entry.mess and self._state.disorder != "messy":
                continue
            if entry.owner == FLOOR:
                self._litter(entry)
                continue
            owners = [
                located for located in self._state.located.values() if self._state.is_owner(entry, located)
            ]
            if entry.arrange == "setting":
                for owner in owners:
                    self._set_table(owner, entry)
                continue
            named = entry.surface
            patches = [p for owner in owners for p in owner.patches if p.surface.name.startswith(named)]
            if entry.once and patches:
                patches = [patches[int(self._context.rng.integers(len(patches)))]]
            for patch in patches:
                self._context.check()
                self._fill(patch, entry)
        if self._refused:
            self._context.note(f"no place for {self._refused} small things of the recipe")

    def _fill(self, patch: Patch, entry: Clutter) -> None:
        """Place single objects, stacks, rows or piles on one surface."""
        least, most = entry.count
        count = int(self._context.rng.integers(least, most + 1))
        if entry.arrange in ("scatter", "back"):
            for _ in range(round(self._factor * count)):
                self._drop(patch, entry)
            return
        for _ in range(count):
            least, most = entry.each
            many = max(1, round(self._factor * int(self._context.rng.integers(least, most + 1))))
            self._arrange(patch, entry, many)

    def _arrange(self, patch: Patch, entry: Clutter, many: int) -> None:
        {"stack": self._stack, "row": self._line_up, "pile": self._pile}[entry.arrange](patch, entry, many)

    def _add(
        self, asset: Asset, patch: Patch, poses: Iterable[Pose] | None = None, back: bool = False
    ) -> str:
        """Place one object and return its id, empty if there is no room for it."""
        new = NewObject(self._state.free_id(asset.category), asset)
        rules = Rules(back=back) if poses is None else _IN_CONTACT
        placed = self._state.place(new, [patch], poses, rules)
        self._refused += not placed
        return new.id if placed else ""

    def _drop(self, patch: Patch, entry: Clutter) -> None:
        category = self._draw(entry)
        if category is not None:
            self._add(self._fitting(category, patch), patch, back=entry.arrange == "back")

    def _stack(self, patch: Patch, entry: Clutter, many: int) -> None:
        category = self._draw(entry)
        if category is None:
            return
        asset = self._stackable(category)
        for _ in range(many):
            name = self._add(asset, patch)
            above = [p for p in self._state.located[name].patches if _stacks(p.surface)] if name else []
            if not above:
                return
            patch = above[0]

    def _line_up(self, patch: Patch, entry: Clutter, many: int) -> None:
        row = Row(patch, self._context.rng, self._state.askew)
        category = self._draw(entry)
        if category is None:
            return
        for k in range(many):
            asset = self._variant(category)
            leans = k == many - 1 and self._state.disorder != "tidy"
            poses = chain(row.leaning(asset), row.next(asset)) if leans else row.next(asset)
            if self._add(asset, patch, poses):
                row.take()
            else:
                row.skip()

    def _pile(self, patch: Patch, entry: Clutter, many: int) -> None:
        category = self._draw(entry)
        if category is None:
            return
        owner = self._state.located[patch.owner]
        for _ in range(many):
            asset = self._variant(category)
            contents = [o for o in self._state.located.values() if o.item.support == patch.owner]
            below = sampled_poses(patch, owner.item, asset, self._context.rng)
            above = pile_poses(asset, patch, owner, contents, self._context.rng)
            if not self._add(asset, patch, chain(below, above)):
                return

    def _set_table(self, owner: Located, entry: Clutter) -> None:
        """Lay one of each item at every seat, or at some seats if the factor is below 1."""
        for patch, seat in self._state.place_settings(owner, entry):
            if self._context.rng.random() > self._factor:
                continue
            for slot, category in enumerate(entry.items):
                if not self._is_unwelcome(category, share=1.0):
                    asset = self._variant(category, alike=True)
                    self._add(asset, patch, setting_poses(slot, asset, patch, seat))

    def _litter(self, entry: Clutter) -> None:
        low, high = entry.count
        for _ in range(round(self._factor * int(self._context.rng.integers(low, high + 1)))):
            category = self._draw(entry)
            if category is not None:
                new = NewObject(self._state.free_id(category), self._variant(category))
                self._refused += not self._state.place_on_floor(new)

    def _draw(self, entry: Clutter) -> str | None:
        """Draw one of an entry's categories of which one more is welcome, or None."""
        items = [category for category in entry.items if not self._is_unwelcome(category)]
        return items[int(self._context.rng.integers(len(items)))] if items else None

    def _is_unwelcome(self, category: str, share: float = _MAX_SHARE) -> bool:
        """Return whether there are too many of a category, or one more is ambiguous."""
        count = self._state.counts[category]
        crowded = count >= _FEW and count >= share * self._state.counts.total()
        return crowded or ambiguous(category, self._state.task, self._context.vocabulary)

    def _stackable(self, category: str) -> Asset:
        """Return a variant that another one can stand on, closed if the category is usually open."""
        asset = self._variant(category)
        if any(_stacks(surface) for surface in asset.surfaces):
            return asset
        return self._context.source.make(category, self._context.rng, {"state": "closed"})

    def _fitting(self, category: str, patch: Patch) -> Asset:
        """Return a variant, or a smaller one if that is wider than its surface, as televisions are."""
        asset, width = self._variant(category), max(patch.surface.size)
        if asset.size[1] < width:
            return asset
        aim = (None, _FITTING_SHARE * width, None)
        return self._context.source.make(category, self._context.rng, size=aim)

    def _variant(self, category: str, *, alike: bool = False) -> Asset:
        """Return one of at most 4 assets of a category, always the first if `alike`."""
        known = self._variants.setdefault(category, [])
        rng = self._context.rng
        if not known or (not alike and len(known) < _VARIANTS and rng.random() < 1 / (1 + len(known))):
            known.append(self._context.source.make(category, rng))
            return known[-1]
        return known[0] if alike else known[int(rng.integers(len(known)))]


def _stacks(surface: Surface) -> bool:
    return surface.nests or (surface.placement == "on" and surface.joint is None)
