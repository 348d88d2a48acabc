"""Furnishing: functional groups, runs, and clearance of doors and windows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import shapely

from sage.choices import Density, Disorder
from sage.context import Context
from sage.generators.floor_plan import FloorPlan
from sage.generators.furnish import Furnish
from sage.generators.recipes import recipe
from sage.scene import Scene
from sage.service.generation import generate
from sage.spatial.layout import Layout
from sage.spatial.predicates import gap
from sage.spatial.walkway import PASSAGE_M, Walkway

if TYPE_CHECKING:
    Furnishes = Callable[..., None]

SEEDS = range(3)


def furnished(
    scene: Scene,
    context: Context,
    seed: int = 0,
    density: Density = "normal",
    disorder: Disorder = "lived_in",
) -> Scene:
    return Furnish(density=density, disorder=disorder).apply(scene, context.drawing(seed, 1))


def a_room(scene: Scene, context: Context, size: tuple[float, float], seed: int = 0) -> Scene:
    return FloorPlan(size=size).apply(scene, context.drawing(seed, 0))


def of(scene: Scene, category: str) -> list[str]:
    return [item.id for item in scene.objects if item.category == category]


def must(category: str, **fields: Any) -> dict[str, Any]:
    return {"category": category, "need": "must", **fields}


@pytest.mark.parametrize("seed", SEEDS)
def test_followers_stand_at_their_own_leader(
    scene: Scene, context: Context, furnishes: Furnishes, seed: int
) -> None:
    chairs = must("chair", place="around", of="table", count=[2, 2], clear=0.0)
    furnishes(furniture=[must("table", place="rows", count=[3, 3], spacing=[1.6, 1.2]), chairs])
    after = furnished(a_room(scene, context, (8.0, 6.0), seed), context, seed)
    layout = Layout(after, context.store)
    tables = of(after, "table")
    assert len(tables) == 3
    nearest = Counter(
        min(tables, key=lambda table: gap(layout[chair], layout[table])) for chair in of(after, "chair")
    )
    assert nearest == dict.fromkeys(tables, 2)
    assert all(min(gap(layout[c], layout[t]) for t in tables) < 0.3 for c in of(after, "chair"))


@pytest.mark.parametrize("disorder", ["tidy", "messy"])
def test_desks_in_rows_line_up_and_look_one_way(
    scene: Scene, context: Context, furnishes: Furnishes, disorder: Disorder
) -> None:
    board = must("whiteboard", place="hung", height=0.95)
    desks = must("desk", place="rows", of="whiteboard", count=[4, 4], spacing=[1.0, 0.6])
    seats = must("chair", place="seat", of="desk", clear=0.0)
    furnishes(furniture=[board, desks, seats])
    after = furnished(a_room(scene, context, (8.0, 7.0)), context, disorder=disorder)
    poses = [after[name].pose for name in of(after, "desk")]
    assert len(poses) == len(of(after, "chair")) == 4
    assert len({round(pose.yaw, 6) for pose in poses}) == 1
    own = poses[0].inverse()
    ranks, files = zip(*((own @ pose).position[:2] for pose in poses), strict=True)
    assert len({round(x, 6) for x in ranks}) * len({round(y, 6) for y in files}) <= 6
    layout = Layout(after, context.store)
    for name in of(after, "desk"):
        ahead = layout[of(after, "whiteboard")[0]].center[:2] - layout[name].center[:2]
        assert abs(float(ahead @ layout[name].forward)) > 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_curtains_hang_at_both_sides_of_a_window_or_not_at_all(
    scene: Scene, context: Context, furnishes: Furnishes, seed: int
) -> None:
    wardrobes = must("wardrobe", count=[3, 3])
    (entry,) = (entry for entry in recipe("dining_room").furniture if entry.category == "curtain")
    furnishes(furniture=[entry.model_dump()])
    window = scene.rooms[0].windows[0][1]
    alone = furnished(scene, context, seed)
    assert len(of(alone, "curtain")) == 2
    low, high = sorted(alone[name].pose.position[0] for name in of(alone, "curtain"))
    assert low < window.offset < high or low < 5.0 - window.offset < high
    assert len({alone[name].pose.position[2] for name in of(alone, "curtain")}) == 1
    furnishes(furniture=[wardrobes, entry.model_dump()])
    assert len(of(furnished(scene, context, seed), "curtain")) in (0, 2)


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_tall_stands_before_a_window(
    scene: Scene, context: Context, furnishes: Furnishes, seed: int
) -> None:
    furnishes(furniture=[must("wardrobe", count=[2, 2]), must("bookcase", count=[3, 3])])
    after = furnished(scene, context, seed)
    assert len(after.objects) >= 4
    for wall, window in after.rooms[0].windows:
        for located in Layout(after, context.store):
            if located.high[2] > window.sill + 0.02:
                assert located.footprint.intersection(wall.zone(window, 0.5)).area < 1e-4, located.item.id


@pytest.mark.parametrize("seed", SEEDS)
def test_there_is_more_the_denser_it_is(
    scene: Scene, context: Context, furnishes: Furnishes, seed: int
) -> None:
    furnishes(
        furniture=[
            must("table", place="middle"),
            {"category": "chair", "place": "around", "of": "table", "count": [1, 4], "clear": 0.0},
            *({"category": name, "need": "may"} for name in ("dresser", "shelf", "cabinet")),
            {"category": "picture", "place": "hung", "count": [1, 4]},
        ]
    )
    amounts: tuple[Density, ...] = ("sparse", "normal", "dense")
    few, usual, many = (len(furnished(scene, context, seed, amount).objects) for amount in amounts)
    assert few == 3
    assert few <= usual <= many
    assert many >= 8


def test_seats_are_square_where_it_is_tidy_and_askew_where_it_is_messy(
    scene: Scene, context: Context, furnishes: Furnishes
) -> None:
    chairs = must("chair", place="around", of="table", count=[4, 4], clear=0.0)
    furnishes(furniture=[must("table", place="middle"), chairs])

    def askew(disorder: Disorder) -> float:
        after = furnished(scene, context, disorder=disorder)
        turns = [after[name].pose.yaw - after["table_1"].pose.yaw for name in of(after, "chair")]
        return float(np.mean([abs(math.remainder(turn, math.pi / 2)) for turn in turns]))

    assert askew("tidy") < 1e-6 < askew("lived_in") < askew("messy")


def test_what_finds_no_place_is_told(scene: Scene, context: Context, furnishes: Furnishes) -> None:
    furnishes(furniture=[must("table", place="middle"), {"category": "bed", "count": [9, 9]}])
    told: list[str] = []
    after = furnished(scene, replace(context, note=told.append))
    left = 9 - len(of(after, "bed"))
    assert 0 < left < 9
    assert told == [f"no place for {left} bed; ask for a larger room or sparse density"]


def test_nothing_is_told_where_all_finds_its_place(
    scene: Scene, context: Context, furnishes: Furnishes
) -> None:
    furnishes(furniture=[must("table", place="middle")])
    told: list[str] = []
    assert len(furnished(scene, replace(context, note=told.append)).objects) == 1
    assert not told


@pytest.mark.parametrize("seed", SEEDS)
def test_people_get_to_everything_however_dense(
    scene: Scene, context: Context, furnishes: Furnishes, seed: int
) -> None:
    names = ("dresser", "cabinet", "shelf", "bookcase", "armchair", "desk", "sofa")
    furnishes(furniture=[must("table", place="middle"), *({"category": name} for name in names)])
    after = furnished(scene, context, seed, "dense")
    layout = Layout(after, context.store)
    walkway = Walkway(after.rooms[0], layout, PASSAGE_M / 2)
    assert len(after.objects) >= 4
    for located in layout:
        assert walkway.passes(walkway.approach(located.body_footprint)), located.item.id
    assert all(walkway.reaches(wall, door) for wall, door in after.rooms[0].doors)


@pytest.mark.parametrize("seed", (0, 6, 10, 13))
def test_no_piece_cuts_a_room_in_two(scene: Scene, context: Context, furnishes: Furnishes, seed: int) -> None:
    desks = must("desk", count=[2, 2], clear=0.8)
    furnishes(furniture=[desks, must("office chair", place="seat", of="desk", clear=0.0)])
    after = furnished(a_room(scene, context, (4.6, 3.4), seed), context, seed)
    walkway = Walkway(after.rooms[0], Layout(after, context.store), PASSAGE_M / 2)
    assert len(of(after, "desk")) == len(of(after, "office chair")) == 2
    assert walkway.navigable >= 0.8


def test_only_the_least_of_a_range_must_be_there(
    scene: Scene, context: Context, furnishes: Furnishes
) -> None:
    furnishes(furniture=[must("table", place="middle"), must("bed", count=[1, 9])])
    after = furnished(scene, context, density="dense")
    layout = Layout(after, context.store)
    walkway = Walkway(after.rooms[0], layout, PASSAGE_M / 2)
    assert 1 <= len(of(after, "bed")) < 9
    assert all(walkway.passes(walkway.approach(located.body_footprint)) for located in layout)


@pytest.mark.parametrize("seed", SEEDS)
def test_wall_units_hang_in_one_line_over_what_is_low(
    scene: Scene, context: Context, furnishes: Furnishes, seed: int
) -> None:
    low = [must(name, place="run", clear=0.8) for name in ("stove", "counter", "sink", "counter")]
    hood = {"category": "range hood", "place": "above", "of": "stove", "height": 1.65}
    units = {"category": "wall cabinet", "place": "over_run", "count": [2, 2], "height": 1.42}
    furnishes(furniture=[*low, hood, units])
    room = FloorPlan(size=(6.0, 5.0)).apply(scene, context.drawing(seed, 0)).rooms[0]
    walls = tuple(
        wall.model_copy(update={"openings": tuple(o for o in wall.openings if o.kind == "door")})
        for wall in room.walls
    )
    bare = scene.replacing(rooms=(room.model_copy(update={"walls": walls}),), objects=())
    after = furnished(bare, context, seed)
    layout = Layout(after, context.store)
    low_ones = (layout[name] for kind in ("stove", "counter", "sink") for name in of(after, kind))
    below = shapely.union_all([located.footprint.buffer(0.02) for located in low_ones])
    hung = [layout[name] for name in of(after, "wall cabinet")]
    assert len(hung) == 2
    assert len({unit.item.pose.position[2] for unit in hung}) == 1
    assert all(below.contains(unit.footprint) for unit in hung)
    neighbours = [*hung, *(layout[name] for name in of(after, "range hood"))]
    for unit in hung:
        assert min(gap(unit, other) for other in neighbours if other is not unit) < 0.04


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_unasked_hangs_over_a_curtain(
    scene: Scene, context: Context, furnishes: Furnishes, seed: int
) -> None:
    (curtain,) = (entry for entry in recipe("dining_room").furniture if entry.category == "curtain")
    hung = must("picture", place="hung", count=[6, 8], height=1.4)
    furnishes(furniture=[curtain.model_dump(), hung])
    after = furnished(scene, context, seed)
    layout = Layout(after, context.store)
    curtains = [layout[name] for name in of(after, "curtain")]
    assert curtains
    for picture in (layout[name] for name in of(after, "picture")):
        assert not any(curtain.footprint.intersects(picture.footprint) for curtain in curtains)


@pytest.mark.parametrize(
    "prompt",
    [
        "straighten the painting in the bedroom",
        "draw the curtains in the living room",
        pytest.param("place the cup on the mat by the door", marks=pytest.mark.slow),
        pytest.param("hang the towel on the towel rail", marks=pytest.mark.slow),
        "put the silverware in the drawer",
    ],
)
def test_what_hangs_lies_flat_or_is_of_several_kinds_can_be_acted_on(prompt: str) -> None:
    assert generate(prompt, seed=0).accepted
