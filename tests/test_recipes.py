"""Conformance of every room recipe."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

import numpy as np
import pytest

from sage.assets.families import FAMILIES
from sage.assets.knowledge.table import knowledge
from sage.assets.parametric import ParametricAssets
from sage.assets.vocabulary import TableVocabulary
from sage.generators.recipes import FurniturePlace, Recipe, recipe, recipe_names, room_types
from sage.task import FLOOR

pytestmark = pytest.mark.quick

ALL = pytest.mark.parametrize("room", recipe_names())
SEEDS = range(4)
MOUNTED: dict[str, tuple[FurniturePlace, ...]] = {
    "wall": ("hung", "above", "over_run", "at_window"),
    "ceiling": ("ceiling",),
}
NEEDS_PARTNER: tuple[FurniturePlace, ...] = (
    "beside", "around", "gather", "seat", "front", "before", "opposite", "under", "above", "rug",
)  # fmt: skip
TABLE_ROOMS = {"laundry_room": "utility_room"}
"""What the knowledge table calls a room that has another name here."""
OFTEN = 0.5
"""Mean count per room from which a recipe must know a category."""
LEFT_OUT: dict[tuple[str, str], str] = {
    ("bar", "mouse"): "the table's bars have an office beside them",
    ("bar", "hamper"): "the table's bars have a laundry beside them",
    ("dining_room", "hanging_plant"): "ceilings are left to lamps",
}
"""Rows of the table, by room, that a recipe does without, and why."""


def carried(plan: Recipe) -> set[str]:
    return {item for entry in plan.clutter for item in entry.items}


def present(plan: Recipe) -> set[str]:
    return {entry.category for entry in plan.furniture} | carried(plan)


@cache
def vocabulary() -> TableVocabulary:
    return TableVocabulary(room_types())


def answering(noun: str, categories: set[str]) -> set[str]:
    return {category for category in categories if vocabulary().is_a(category, noun)}


@cache
def surfaces(category: str) -> frozenset[str]:
    made = (ParametricAssets().make(category, np.random.default_rng(seed)) for seed in SEEDS)
    return frozenset(surface.name for asset in made for surface in asset.surfaces)


def ranges(plan: Recipe) -> Iterator[tuple[float, float]]:
    yield from (plan.area, plan.aspect, plan.height, plan.windows)
    yield from (entry.count for entry in plan.furniture)
    for clutter in plan.clutter:
        yield from (clutter.count, clutter.each)


def test_a_file_is_named_after_its_room() -> None:
    names = {file.name for file in resources.files("sage.generators.recipes").iterdir()}
    assert {name for name in names if name.endswith(".toml")} == {f"{room}.toml" for room in recipe_names()}


@ALL
def test_least_is_not_above_most(room: str) -> None:
    assert all(0 <= least <= most for least, most in ranges(recipe(room)))


@ALL
def test_a_family_makes_every_category(room: str) -> None:
    plan = recipe(room)
    named = present(plan) | set(plan.homes) | {owner for owners in plan.homes.values() for owner in owners}
    assert named <= {family.category for family in FAMILIES}


@ALL
def test_what_a_piece_goes_with_comes_before_it(room: str) -> None:
    before: set[str] = set()
    for entry in recipe(room).furniture:
        for partner in filter(None, (entry.of, entry.match)):
            assert answering(partner, before), f"{entry.category}: no {partner} before it"
        before.add(entry.category)


@ALL
def test_a_piece_goes_where_its_kind_is_mounted(room: str) -> None:
    for entry in recipe(room).furniture:
        category = vocabulary().find(entry.category)
        assert category is not None
        hangs = MOUNTED.get(category.mount)
        if hangs:
            assert entry.place in hangs, entry.category
        else:
            assert all(entry.place not in places for places in MOUNTED.values()), entry.category
        assert entry.of or entry.place not in NEEDS_PARTNER, entry.category


@ALL
def test_something_carries_all_clutter(room: str) -> None:
    """The owner stands, or is put by an entry before, and has such a surface."""
    plan = recipe(room)
    before = {entry.category for entry in plan.furniture}
    for entry in plan.clutter:
        if entry.owner != FLOOR:
            owners = answering(entry.owner, before)
            assert owners, f"no {entry.owner} before {entry.items}"
            found = {name for owner in owners for name in surfaces(owner)}
            assert any(name.startswith(entry.surface) for name in found), f"{entry.owner}: {entry.surface}"
        before |= set(entry.items)


@ALL
def test_small_things_are_no_furniture(room: str) -> None:
    """What is put on a piece is made to lie on it, or is worn or carried by people."""
    for entry in recipe(room).clutter:
        for item in entry.items:
            category = vocabulary().find(item)
            assert category is not None
            assert category.mount in ("surface", "floor") and not category.fixed, item


@ALL
def test_a_home_is_in_the_room(room: str) -> None:
    plan = recipe(room)
    for category, owners in plan.homes.items():
        assert all(answering(owner, present(plan)) for owner in owners), category


@ALL
def test_a_recipe_knows_what_is_often_met_in_such_rooms(room: str) -> None:
    plan = recipe(room)
    for name, row in knowledge().items():
        makers = {family.category for family in FAMILIES if family.known == name}
        met = row["rooms"].get(TABLE_ROOMS.get(room, room), 0.0)
        if makers and met >= OFTEN and (room, name) not in LEFT_OUT:
            assert makers & present(plan), f"{name}, {met} per {room}, made as {sorted(makers)}"


def test_nothing_is_left_out_without_need() -> None:
    for room, name in LEFT_OUT:
        makers = {family.category for family in FAMILIES if family.known == name}
        assert knowledge()[name]["rooms"].get(room, 0.0) >= OFTEN and not makers & present(recipe(room))
