"""Resizes or folds objects so that goals are feasible."""

from __future__ import annotations

from collections.abc import Iterator

from sage.asset import Asset
from sage.context import Context
from sage.generators.placement.reshaping import enlarged, folded, shrunk
from sage.generators.placement.room_state import RoomState
from sage.task import Relation

__all__ = ["fit_goals"]

_SHRINKS = (0.85, 0.7, 0.58)
"""Scale factors that are tried in turn."""


def fit_goals(state: RoomState, context: Context) -> None:
    """Resize or fold objects so that each goal's object fits on or in its target, where possible.

    Sizes stay plausible for the category; objects that carry others are not changed.
    """
    for goal in state.task.goal:
        if goal.name in ("on", "in") and not goal.negated and not state.goal_has_room(goal):
            _fit(goal, state, context)


def _fit(goal: Relation, state: RoomState, context: Context) -> None:
    for name, words, assets in _options(goal, state, context):
        before = state.located[name].asset
        for asset in assets:
            if state.replace_asset(name, asset) and state.goal_has_room(goal):
                context.note(f"{name} is {words} for {goal}")
                return
        if state.located[name].asset is not before:
            state.replace_asset(name, before)


def _options(
    goal: Relation, state: RoomState, context: Context
) -> Iterator[tuple[str, str, Iterator[Asset]]]:
    """Yield ids of objects to change, the change in words, and assets to try, the least change first."""
    subject, target = state.located[goal.subject], state.located[goal.object]
    known = context.vocabulary.find(subject.item.category)
    if known is not None and known.soft:
        yield goal.subject, "folded", folded(subject.asset)
    receptacle = context.vocabulary.find(target.item.category)
    if receptacle is not None and not target.item.fixed and "size" not in target.item.attributes:
        yield goal.object, "made larger", enlarged(target.asset, receptacle)
    if "size" not in subject.item.attributes:
        yield goal.subject, "made smaller", (shrunk(subject.asset, share) for share in _SHRINKS)
