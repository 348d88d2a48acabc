"""Resizes or folds objects so that goals are feasible."""

from __future__ import annotations

from collections.abc import Iterator

from sage.asset import Asset
from sage.context import Context
from sage.generators.placement.reshaping import enlarged, folded, shrunk
from sage.generators.placement.room_state import Stock
from sage.task import Relation

__all__ = ["fit_goals"]

_SLIMMER = (0.85, 0.7, 0.58)
"""Of the size, tried in turn."""


def fit_goals(stock: Stock, context: Context) -> None:
    """Resize or fold objects so that each goal's object fits on or in its target, where possible.

    Things keep within the sizes of their kind; those that carry something stay as they are.
    """
    for goal in stock.task.goal:
        if goal.name in ("on", "in") and not goal.negated and not stock.has_room(goal):
            _fit(goal, stock, context)


def _fit(goal: Relation, stock: Stock, context: Context) -> None:
    for name, words, assets in _options(goal, stock, context):
        before = stock.located[name].asset
        for asset in assets:
            if stock.exchange(name, asset) and stock.has_room(goal):
                context.note(f"{name} is {words} for {goal}")
                return
        if stock.located[name].asset is not before:
            stock.exchange(name, before)


def _options(goal: Relation, stock: Stock, context: Context) -> Iterator[tuple[str, str, Iterator[Asset]]]:
    """Yield what could be exchanged, how that is told, and for what, the least change first."""
    subject, target = stock.located[goal.subject], stock.located[goal.object]
    known = context.vocabulary.find(subject.item.category)
    if known is not None and known.soft:
        yield goal.subject, "folded", folded(subject.asset)
    taker = context.vocabulary.find(target.item.category)
    if taker is not None and not target.item.fixed and "size" not in target.item.attributes:
        yield goal.object, "made larger", enlarged(target.asset, taker)
    if "size" not in subject.item.attributes:
        yield goal.subject, "made smaller", (shrunk(subject.asset, share) for share in _SLIMMER)
