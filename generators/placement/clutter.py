"""Fills furniture with the clutter of a recipe: rows, stacks, piles and settings."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from sage.asset import Asset, Surface
from sage.context import Context
from sage.generators.placement.arrangements import Row, heaped, setting_spot
from sage.generators.placement.room_state import Stock
from sage.generators.placement.task_relations import ambiguous
from sage.generators.recipes import Clutter
from sage.geometry import Pose
from sage.spatial.layout import Located, Patch
from sage.spatial.space import spots_on
from sage.task import FLOOR

__all__ = ["Cluttering"]

_VARIANTS = 4
_MOST_SHARE, _FEW = 0.2, 8
_CLOSE_M = 0.0004
_SNUG = 0.9
"""Width of what is made to fit, of that of what it goes on."""


class Cluttering:
    """Puts clutter into a room.

    Args:
        factor: how much, relative to what the recipe says.
    """

    def __init__(self, stock: Stock, factor: float, context: Context) -> None:
        self._stock, self._factor, self._context = stock, factor, context
        self._variants: dict[str, list[Asset]] = {}
        self._refused = 0

    def put_all(self) -> None:
        """Put what the recipe keeps on each piece that stands here."""
        for entry in self._stock.plan.clutter:
            if entry.mess and self._stock.disorder != "messy":
                continue
            if entry.owner == FLOOR:
                self._litter(entry)
                continue
            owners = [located for located in self._stock.located.values() if self._stock.owns(entry, located)]
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
        """Put single things, or stacks, rows or piles, on one surface."""
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
        {"stack": self._stack, "row": self._line_up, "pile": self._heap}[entry.arrange](patch, entry, many)

    def _add(
        self, asset: Asset, patch: Patch, poses: Iterable[Pose] | None = None, back: bool = False
    ) -> str:
        """Put one thing and return its id; nothing if there is no room for it."""
        name = self._stock.free_name(asset.category)
        margin = None if poses is None else _CLOSE_M
        put = self._stock.put(name, asset, [patch], poses=poses, margin=margin, back=back)
        self._refused += not put
        return name if put else ""

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
            above = [p for p in self._stock.located[name].patches if _stacks(p.surface)] if name else []
            if not above:
                return
            patch = above[0]

    def _line_up(self, patch: Patch, entry: Clutter, many: int) -> None:
        row = Row(patch, self._context.rng, self._stock.askew)
        category = self._draw(entry)
        if category is None:
            return
        for k in range(many):
            asset = self._variant(category)
            leans = k == many - 1 and self._stock.disorder != "tidy"
            poses = chain(row.leaning(asset), row.next(asset)) if leans else row.next(asset)
            if self._add(asset, patch, poses):
                row.take()
            else:
                row.skip()

    def _heap(self, patch: Patch, entry: Clutter, many: int) -> None:
        category = self._draw(entry)
        if category is None:
            return
        owner = self._stock.located[patch.owner]
        for _ in range(many):
            asset = self._variant(category)
            content = [o for o in self._stock.located.values() if o.item.support == patch.owner]
            below = spots_on(patch, owner.item, asset, self._context.rng)
            above = heaped(asset, patch, owner, content, self._context.rng)
            if not self._add(asset, patch, chain(below, above)):
                return

    def _set_table(self, owner: Located, entry: Clutter) -> None:
        """Lay one of each item before every seat; before some of them if sparse."""
        for patch, seat in self._stock.settings(owner, entry):
            if self._context.rng.random() > self._factor:
                continue
            for slot, category in enumerate(entry.items):
                if not self._unwelcome(category, share=1.0):
                    asset = self._variant(category, alike=True)
                    self._add(asset, patch, setting_spot(slot, asset, patch, seat))

    def _litter(self, entry: Clutter) -> None:
        low, high = entry.count
        for _ in range(round(self._factor * int(self._context.rng.integers(low, high + 1)))):
            category = self._draw(entry)
            if category is not None:
                name = self._stock.free_name(category)
                self._refused += not self._stock.put_on_floor(name, self._variant(category))

    def _draw(self, entry: Clutter) -> str | None:
        """Draw one of an entry's items that is welcome, or None."""
        items = [category for category in entry.items if not self._unwelcome(category)]
        return items[int(self._context.rng.integers(len(items)))] if items else None

    def _unwelcome(self, category: str, share: float = _MOST_SHARE) -> bool:
        """Return whether one more would be too many of its kind, or could be mistaken for what is asked."""
        count = self._stock.counts[category]
        crowded = count >= _FEW and count >= share * self._stock.counts.total()
        return crowded or ambiguous(category, self._stock.task, self._context.vocabulary)

    def _stackable(self, category: str) -> Asset:
        """Return a variant that another of its kind can stand on: a closed one, of what is usually open."""
        asset = self._variant(category)
        if any(_stacks(surface) for surface in asset.surfaces):
            return asset
        return self._context.source.make(category, self._context.rng, {"state": "closed"})

    def _fitting(self, category: str, patch: Patch) -> Asset:
        """Return a variant, or one made smaller if that is wider than what it goes on, as televisions are."""
        asset, width = self._variant(category), max(patch.surface.size)
        if asset.size[1] < width:
            return asset
        aim = (None, _SNUG * width, None)
        return self._context.source.make(category, self._context.rng, size=aim)

    def _variant(self, category: str, *, alike: bool = False) -> Asset:
        """Return one of the few kinds of such a thing that a household has; always the first if `alike`."""
        known = self._variants.setdefault(category, [])
        rng = self._context.rng
        if not known or (not alike and len(known) < _VARIANTS and rng.random() < 1 / (1 + len(known))):
            known.append(self._context.source.make(category, rng))
            return known[-1]
        return known[0] if alike else known[int(rng.integers(len(known)))]


def _stacks(surface: Surface) -> bool:
    return surface.nests or (surface.placement == "on" and surface.joint is None)
