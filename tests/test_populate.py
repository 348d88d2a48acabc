"""Small objects: rows, stacks, piles and settings, never in the way of the task."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from sage.asset import Asset
from sage.choices import Density, Disorder
from sage.context import Context
from sage.critics.looks import LooksCritic
from sage.critics.task import TaskCritic
from sage.generators.furnish import Furnish
from sage.generators.populate import Populate
from sage.generators.recipes import recipe, recipe_names
from sage.generators.settle import Settle
from sage.geometry import Pose, rotation_matrix
from sage.scene import Scene
from sage.simulation.physics import World, motion
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds
from sage.spatial.rescale import rescaled
from sage.spatial.surface_poses import sampled_poses
from sage.spatial.walkway import ARM_M, Walkway

if TYPE_CHECKING:
    from tests.conftest import Stage

    Furnishes = Callable[..., None]

SEEDS = range(3)
STACKED = sorted(
    {item for room in recipe_names() for entry in recipe(room).clutter if entry.arrange == "stack"
     for item in entry.items}
)  # fmt: skip
UPRIGHT = math.pi / 2


def populated(
    stage: Stage,
    context: Context,
    seed: int = 0,
    density: Density = "normal",
    disorder: Disorder = "lived_in",
) -> Scene:
    return Populate(density=density, disorder=disorder).apply(stage.scene, context.drawing(seed, 0))


def added(scene: Scene, category: str) -> list[str]:
    return [item.id for item in scene.objects if item.category == category]


def rests(scene: Scene, context: Context) -> bool:
    """Return whether nothing overlaps, and nothing moves in two seconds once it has settled."""
    with World(scene, context.store) as world:
        if any(contact.depth > 0.001 for contact in world.contacts()):
            return False
    with World(Settle().apply(scene, context), context.store) as world:
        start = world.state()
        world.step(2.0)
        moved = motion(start, world.state()).values()
    return all(one.drift < 0.01 and one.turn < 0.1 for one in moved)


# --- rows ---


@pytest.fixture
def shelves(stage: Stage, furnishes: Furnishes) -> Stage:
    """A bookcase, each of whose boards gets a row of books."""
    stage.stand("bookcase", Pose.planar(2.5, 0.3, 0, math.pi / 2))
    row = {"owner": "bookcase", "surface": "shelf", "arrange": "row", "items": ["book"]}
    furnishes(clutter=[row | {"count": [1, 1], "each": [6, 6]}])
    return stage


def rows(scene: Scene) -> list[list[str]]:
    boards: dict[str, list[str]] = {}
    for name in added(scene, "book"):
        boards.setdefault(scene[name].support_part or "", []).append(name)
    return list(boards.values())


@pytest.mark.parametrize("seed", SEEDS)
def test_books_stand_in_rows_with_their_spines_ahead(shelves: Stage, context: Context, seed: int) -> None:
    scene = populated(shelves, context, seed)
    ahead = rotation_matrix(scene["bookcase_1"].pose.orientation)[:, 0]
    assert rows(scene)
    for row in rows(scene):
        assert len(row) >= 4
        for name in row:
            spine = rotation_matrix(scene[name].pose.orientation)[:, 1]
            assert spine @ ahead == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("seed", SEEDS)
def test_a_row_of_books_is_at_rest(shelves: Stage, context: Context, seed: int) -> None:
    assert rests(populated(shelves, context, seed), context)


def test_only_the_last_book_of_a_row_leans_and_where_it_is_tidy_none(
    shelves: Stage, context: Context
) -> None:
    def leaning(disorder: Disorder) -> list[list[bool]]:
        scenes = [populated(shelves, context, seed, disorder=disorder) for seed in SEEDS]
        return [
            [abs(scene[name].pose.tilt - UPRIGHT) > 0.05 for name in row]
            for scene in scenes for row in rows(scene)
        ]  # fmt: skip

    lived_in = leaning("lived_in")
    assert any(row[-1] for row in lived_in)
    assert not any(any(row[:-1]) for row in lived_in)
    assert not any(any(row) for row in leaning("tidy"))


# --- stacks ---


@pytest.mark.parametrize("category", STACKED)
def test_what_recipes_stack_stands_on_one_another_and_stays(
    stage: Stage, context: Context, furnishes: Furnishes, category: str
) -> None:
    table = stage.stand(stage.block((1.3, 1.3, 0.7), "table"), Pose.planar(2.5, 2.0))
    furnishes(clutter=[{"owner": "table", "arrange": "stack", "items": [category], "each": [3, 3],
                        "count": [1, 1]}])  # fmt: skip
    scene = populated(stage, context)
    below = table
    for name in added(scene, category):
        assert scene[name].support == below
        below = name
    assert len(added(scene, category)) == 3
    assert rests(scene, context)


@pytest.mark.parametrize("category", ["saucer", "plate", "bowl", "mixing bowl", "colander"])
def test_what_nests_does_not_sink_into_its_like(stage: Stage, context: Context, category: str) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2.0))
    before, nested = stage.scene, 0
    for seed in range(16):
        stage.scene = before
        asset = context.source.make(category, np.random.default_rng(seed))
        (hollow,) = [surface for surface in asset.surfaces if surface.name in ("top", "inside")]
        if hollow.nests:
            nested += 1
            stage.set_down(asset, stage.set_down(asset, table), hollow.name)
            with World(stage.scene, context.store) as world:
                depths = [c.depth for c in world.contacts() if table not in (c.a, c.b)]
            assert max(depths, default=0.0) <= 0.001, seed
    assert nested


# --- piles ---


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("vessel", ["bowl", "basket"])
def test_heaped_fruit_ends_up_in_its_vessel(
    stage: Stage, context: Context, furnishes: Furnishes, vessel: str, seed: int
) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2.0))
    stage.set_down(vessel, table, at=(0.0, 0.1))
    furnishes(clutter=[{"owner": vessel, "surface": "inside", "arrange": "pile", "items": ["apple"],
                        "count": [1, 1], "each": [4, 4]}])  # fmt: skip
    scene = Settle().apply(populated(stage, context, seed), context)
    layout = Layout(scene, context.store)
    holder = layout[f"{vessel}_1"]
    assert len(added(scene, "apple")) >= (2 if vessel == "basket" else 1)
    for name in added(scene, "apple"):
        x, y, _ = layout[name].center
        assert abs(x - holder.center[0]) < scene[f"{vessel}_1"].size[0] / 2
        assert abs(y - holder.center[1]) < scene[f"{vessel}_1"].size[1] / 2
        assert scene[name].support == f"{vessel}_1"
        assert layout[name].low[2] >= holder.low[2]
        assert layout[name].center[2] <= holder.high[2] + 0.01


# --- place settings ---


SETTING = {"owner": "table", "arrange": "setting", "items": ["plate", "fork", "knife", "glass"]}


def table_for_four(stage: Stage, block: Callable[..., Asset], is_round: bool) -> None:
    asset = block((1.2, 1.2, 0.75), "table")
    if is_round:
        (top,) = asset.surfaces
        asset = asset.model_copy(update={"surfaces": (top.model_copy(update={"round": True}),)}).identified()
    stage.stand(asset, Pose.planar(2.5, 2.0, 0, 0.2))
    for turn in (0.2, 1.8, 3.3, -1.4):
        x, y = 2.5 - 0.95 * math.cos(turn), 2.0 - 0.95 * math.sin(turn)
        stage.stand("chair", Pose.planar(x, y, 0, turn))


@pytest.mark.parametrize("is_round", [False, True])
def test_before_every_seat_lies_a_plate_with_the_fork_left_and_the_knife_right(
    stage: Stage, context: Context, furnishes: Furnishes, block: Callable[..., Asset], is_round: bool
) -> None:
    table_for_four(stage, block, is_round)
    furnishes(clutter=[SETTING])
    scene = populated(stage, context)
    layout = Layout(scene, context.store)
    counts = Counter(item.category for item in scene.objects)
    assert [counts[category] for category in ("chair", *SETTING["items"])] == [4] * 5
    for chair in added(scene, "chair"):
        seat = scene[chair].pose
        from_seat = {
            name: seat.inverse().apply(layout[name].center)
            for category in ("plate", "fork", "knife")
            for name in added(scene, category)
        }
        own = {
            category: min((from_seat[name] for name in added(scene, category)), key=np.linalg.norm)
            for category in ("plate", "fork", "knife")
        }
        assert abs(own["plate"][1]) < 0.1
        assert all(0.1 < spot[0] < 0.8 for spot in own.values())
        assert own["knife"][1] + 0.1 < own["plate"][1] < own["fork"][1] - 0.1
    assert rests(scene, context)


def test_a_setting_looks_away_from_its_seat(
    stage: Stage, context: Context, furnishes: Furnishes, block: Callable[..., Asset]
) -> None:
    table_for_four(stage, block, False)
    furnishes(clutter=[SETTING])
    scene = populated(stage, context)
    headings = sorted(scene[chair].pose.yaw for chair in added(scene, "chair"))
    for category in ("fork", "knife"):
        assert sorted(scene[name].pose.yaw for name in added(scene, category)) == pytest.approx(headings)


# --- how much, how neat ---


@pytest.fixture
def living(stage: Stage, furnishes: Furnishes) -> Stage:
    """A table, a dresser and a shelf, on which things are scattered."""
    stage.stand("table", Pose.planar(2.5, 2.0, 0, 0.4))
    stage.stand("dresser", Pose.planar(4.7, 2.0, 0, math.pi))
    stage.stand("shelf", Pose.planar(0.3, 2.5))
    furnishes(
        clutter=[
            {"owner": "table", "count": [3, 5], "items": ["book", "mug", "vase", "magazine"]},
            {"owner": "dresser", "count": [2, 3], "items": ["photo frame", "candle"]},
            {"owner": "shelf", "surface": "shelf", "count": [1, 2], "items": ["box", "basket"]},
            {"owner": "floor", "count": [2, 2], "items": ["backpack"], "mess": True},
        ]
    )
    return stage


@pytest.mark.parametrize("seed", SEEDS)
def test_there_is_more_the_denser_it_is(living: Stage, context: Context, seed: int) -> None:
    amounts: tuple[Density, ...] = ("sparse", "normal", "dense")
    few, usual, many = (len(populated(living, context, seed, density=amount).objects) for amount in amounts)
    assert few < usual < many


def off_square(scene: Scene) -> list[float]:
    """Return how far each scattered thing is turned from square to its support [rad]."""
    loose = [item for item in scene.objects if item.support in scene]
    turns = [item.pose.yaw - scene[item.support].pose.yaw for item in loose]
    return [abs(math.remainder(turn, math.pi / 2)) for turn in turns]


def test_all_is_square_where_it_is_tidy_and_every_which_way_where_it_is_messy(
    living: Stage, context: Context
) -> None:
    tidy, lived_in, messy = (
        float(np.mean(off_square(populated(living, context, disorder=disorder))))
        for disorder in ("tidy", "lived_in", "messy")
    )
    assert tidy < 1e-6 < lived_in < messy


def test_things_are_left_on_the_floor_only_where_it_is_messy(living: Stage, context: Context) -> None:
    expected: dict[Disorder, int] = {"tidy": 0, "lived_in": 0, "messy": 2}
    for disorder, count in expected.items():
        scene = populated(living, context, disorder=disorder)
        left = added(scene, "backpack")
        assert len(left) == count
        assert all(scene[name].support == "floor" for name in left)


def test_what_there_is_once_is_on_one_of_many_surfaces(
    stage: Stage, context: Context, furnishes: Furnishes
) -> None:
    for k in range(3):
        stage.stand("nightstand", Pose.planar(1.0 + 1.2 * k, 3.0))
    kettle = {"owner": "nightstand", "items": ["kettle"], "count": [1, 1]}
    furnishes(clutter=[kettle | {"once": True}])
    places = {populated(stage, context, seed)["kettle_1"].support for seed in range(6)}
    assert all(len(added(populated(stage, context, seed), "kettle")) == 1 for seed in range(6))
    assert len(places) > 1
    furnishes(clutter=[kettle])
    assert len(added(populated(stage, context), "kettle")) == 3


def test_what_finds_no_place_is_told(stage: Stage, context: Context, furnishes: Furnishes) -> None:
    stage.stand("stool", Pose.planar(2.5, 2.0))
    furnishes(clutter=[{"owner": "stool", "surface": "", "items": ["vase"], "count": [12, 12]}])
    told: list[str] = []
    scene = populated(stage, replace(context, note=told.append))
    assert told == [f"no place for {12 - len(added(scene, 'vase'))} small things of the recipe"]


# --- the task ---


def ask_for_the_red_mug(stage: Stage, table: str) -> None:
    goal = {"name": "on", "subject": "mug_1", "object": table}
    red = {"ids": ("mug_1",), "category": "mug", "name": "red mug", "attributes": {"color": "red"}}
    stage.ask(
        prompt="put the red mug on the table",
        kind="task",
        objects=(
            red | {"role": "target"},
            {"ids": (table,), "category": "table", "name": "table", "role": "receptacle"},
        ),
        initial=(goal | {"negated": True},),
        goal=(goal,),
    )


@pytest.mark.parametrize("seed", SEEDS)
def test_the_red_mug_is_the_only_one_and_its_goal_keeps_room_however_dense(
    stage: Stage, context: Context, furnishes: Furnishes, seed: int
) -> None:
    table = stage.stand("side table", Pose.planar(2.5, 2.0), category="table", role="receptacle")
    stage.stand("counter", Pose.planar(4.0, 0.32, 0, math.pi / 2), fixed=True)
    crowd: dict[str, Any] = {"count": [6, 8], "items": ["mug", "cup", "book", "mug", "vase"]}
    furnishes(clutter=[{"owner": owner} | crowd for owner in ("table", "counter")])
    ask_for_the_red_mug(stage, table)
    scene = populated(stage, context, seed, density="dense")
    assert added(scene, "mug") == ["mug_1"]
    assert scene["mug_1"].attributes["color"] == "red"
    assert len(scene.objects) > 8
    critique = TaskCritic().review(scene, context)
    assert not {"ambiguous", "goal_impossible", "goal_holds"} & {f.kind for f in critique.findings}


@pytest.mark.parametrize("seed", SEEDS)
def test_toys_that_lie_on_the_floor_do_so_within_reach(
    stage: Stage, context: Context, furnishes: Furnishes, seed: int
) -> None:
    stage.stand("table", Pose.planar(2.5, 2.0))
    stage.stand("dresser", Pose.planar(4.7, 2.0, 0, math.pi))
    furnishes()
    names = ("teddy_bear_1", "teddy_bear_2")
    stage.ask(
        objects=({"ids": names, "category": "teddy bear", "name": "toy", "role": "target"},),
        initial=tuple({"name": "on", "subject": name, "object": "floor"} for name in names),
    )
    scene = populated(stage, context, seed)
    layout = Layout(scene, context.store)
    walkway = Walkway(scene.rooms[0], layout)
    for name in names:
        assert (scene[name].support, scene[name].support_part) == ("floor", None)
        assert layout[name].low[2] == pytest.approx(0.0, abs=0.002)
        assert walkway.distance(layout[name]) <= ARM_M
    assert not [f for f in TaskCritic().review(scene, context).findings if f.kind == "relation"]


def test_what_fits_on_nothing_lies_on_the_floor(stage: Stage, context: Context, furnishes: Furnishes) -> None:
    bench = stage.stand("bench", Pose.planar(2.5, 0.4, 0, math.pi / 2), role="receptacle")
    stage.stand("stool", Pose.planar(4.0, 2.0))
    furnishes()
    goal = {"name": "on", "subject": "umbrella_1", "object": bench}
    stage.ask(
        prompt="put the umbrella on the bench",
        kind="task",
        objects=(
            {"ids": ("umbrella_1",), "category": "umbrella", "name": "umbrella", "role": "target"},
            {"ids": (bench,), "category": "bench", "name": "bench", "role": "receptacle"},
        ),
        initial=(goal | {"negated": True},),
        goal=(goal,),
    )
    assert populated(stage, context)["umbrella_1"].support == "floor"


def test_pillows_lie_at_the_head_of_a_bed(stage: Stage, context: Context, furnishes: Furnishes) -> None:
    bed = stage.stand("bed", Pose.planar(2.5, 2.0))
    furnishes(clutter=[{"owner": "bed", "arrange": "back", "items": ["pillow"], "count": [2, 2]}])
    scene = populated(stage, context)
    layout = Layout(scene, context.store)
    patch = layout[bed].patch("top")
    for name in added(scene, "pillow"):
        x = (patch.pose.inverse() @ scene[name].pose).position[0]
        half = layout[name].asset.size[:2]
        assert x + patch.surface.size[0] / 2 < max(half) / 2 + 0.15
    assert len(added(scene, "pillow")) == 2


def test_what_has_a_front_lies_aside_where_it_is_too_long_to_lie_ahead(
    stage: Stage, context: Context
) -> None:
    bench = stage.stand("bench", Pose.planar(2.5, 2.0))
    located = Layout(stage.scene, context.store)[bench]
    patch = located.patch("seat")
    umbrella = context.source.make("umbrella", np.random.default_rng(0))
    assert umbrella.has_front and umbrella.size[0] > patch.surface.size[0]
    spots = list(sampled_poses(patch, located.item, umbrella, np.random.default_rng(0)))
    assert spots
    assert all(abs(abs(spot.yaw) - math.pi / 2) < 0.5 for spot in spots)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_stands_in_a_row_stands_in_that_order(
    stage: Stage, context: Context, furnishes: Furnishes, seed: int
) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2.0))
    furnishes()
    names = [f"mug_{k}" for k in (3, 1, 4, 2)]
    row = tuple({"name": "left_of", "subject": a, "object": b} for a, b in pairwise(names))
    on = tuple({"name": "on", "subject": name, "object": table} for name in names)
    stage.ask(objects=({"ids": tuple(sorted(names)), "category": "mug", "name": "mug"},), initial=(*on, *row))
    scene = populated(stage, context, seed)
    layout = Layout(scene, context.store)
    assert all(holds(relation, layout) for relation in scene.task.initial)


@pytest.mark.parametrize(("category", "holder"), [("pizza box", "trash bin")])
def test_what_is_to_go_where_it_does_not_fit_is_made_to_fit(
    stage: Stage, context: Context, furnishes: Furnishes, category: str, holder: str
) -> None:
    stage.stand("table", Pose.planar(2.5, 2.0))
    taker = stage.stand(holder, Pose.planar(4.5, 3.0), role="receptacle")
    furnishes()
    goal = {"name": "in", "subject": "thing_1", "object": taker}
    stage.ask(
        objects=(
            {"ids": ("thing_1",), "category": category, "name": category, "role": "target"},
            {"ids": (taker,), "category": holder, "name": holder, "role": "receptacle"},
        ),
        initial=({"name": "on", "subject": "thing_1", "object": "table_1"}, goal | {"negated": True}),
        goal=(goal,),
    )
    scene = populated(stage, context)
    assert TaskCritic().review(scene, context).findings == ()


def test_what_lies_in_a_bowl_in_a_drawer_has_room_there(
    stage: Stage, context: Context, furnishes: Furnishes
) -> None:
    """The drawer sweeps through the bowl, which goes with it, and so does what is in the bowl."""
    stage.stand("dresser", Pose.planar(2.5, 2.0))
    furnishes()
    bowl = {"ids": ("bowl_1",), "category": "bowl", "name": "bowl", "attributes": {"size": "small"}}
    stage.ask(
        objects=(
            bowl,
            {"ids": ("egg_1",), "category": "egg", "name": "egg"},
            {"ids": ("dresser_1",), "category": "dresser", "name": "dresser"},
        ),
        initial=(
            {"name": "in", "subject": "bowl_1", "object": "dresser_1", "part": "drawer_-1"},
            {"name": "in", "subject": "egg_1", "object": "bowl_1"},
        ),
    )
    layout = Layout(populated(stage, context), context.store)
    assert all(holds(relation, layout) for relation in layout.scene.task.initial)


@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_robot_picks_off_the_floor_is_seen_by_it(
    stage: Stage, context: Context, furnishes: Furnishes, seed: int
) -> None:
    stage.stand("table", Pose.planar(2.5, 2.0))
    stage.stand("sofa", Pose.planar(2.5, 3.2))
    stage.stand("wardrobe", Pose.planar(4.4, 2.0, 0, math.pi))
    furnishes()
    names = ("sock_1", "sock_2", "sock_3")
    stage.ask(
        objects=({"ids": names, "category": "sock", "name": "sock", "role": "target"},),
        initial=tuple({"name": "on", "subject": name, "object": "floor"} for name in names),
    )
    scene = Settle().apply(populated(stage, context, seed), context)
    found = LooksCritic().review(scene, context).findings
    assert not [finding for finding in found if finding.kind == "not_visible"]


@pytest.mark.parametrize("height", [2.4, 1.9])
@pytest.mark.parametrize("seed", SEEDS)
def test_what_a_robot_takes_from_a_high_shelf_stands_where_it_is_seen(
    stage: Stage,
    context: Context,
    furnishes: Furnishes,
    make: Callable[..., Asset],
    seed: int,
    height: float,
) -> None:
    tall = rescaled(
        make("bookcase"), (0.5, 1.4, height), 40.0, category="bookcase", synset=None, provenance="a test"
    )
    case = stage.stand(tall, Pose.planar(4.6, 2.0, 0, math.pi))
    furnishes()
    names = ("tin_can_1", "tin_can_2", "tin_can_3")
    stage.ask(
        objects=(
            {"ids": names, "category": "tin can", "name": "tin can", "role": "target"},
            {"ids": (case,), "category": "bookcase", "name": "bookcase"},
        ),
        initial=tuple({"name": "on", "subject": name, "object": case} for name in names),
    )
    scene = Settle().apply(populated(stage, context, seed), context)
    assert all(holds(relation, Layout(scene, context.store)) for relation in scene.task.initial)
    found = LooksCritic().review(scene, context).findings
    assert not [finding for finding in found if finding.kind == "not_visible"]


@pytest.mark.parametrize(
    ("category", "highest"), [("picture", 0.1), ("wreath", 0.2), ("air conditioner", 0.4)]
)
def test_what_is_made_to_hang_is_laid_on_the_floor_where_the_task_has_it_there(
    stage: Stage, context: Context, furnishes: Furnishes, category: str, highest: float
) -> None:
    furnishes(furniture=[{"category": "table", "need": "must"}])
    stage.ask(
        objects=({"ids": ("thing_1",), "category": category, "name": category},),
        initial=({"name": "on", "subject": "thing_1", "object": "floor"},),
    )
    furnished = Furnish().apply(stage.scene, context.drawing(0, 0))
    scene = Settle().apply(Populate().apply(furnished, context.drawing(0, 1)), context)
    layout = Layout(scene, context.store)
    assert all(holds(relation, layout) for relation in scene.task.initial)
    assert layout["thing_1"].high[2] < highest
    assert not layout["thing_1"].item.fixed


def test_a_blind_that_lies_on_the_floor_is_drawn_up(
    stage: Stage, context: Context, furnishes: Furnishes
) -> None:
    stage.stand("table", Pose.planar(2.5, 2.0))
    furnishes()
    stage.ask(
        objects=({"ids": ("blind_1",), "category": "window blind", "name": "window blind"},),
        initial=({"name": "on", "subject": "blind_1", "object": "floor"},),
    )
    scene = populated(stage, context)
    assert max(scene["blind_1"].size[0], scene["blind_1"].size[2]) < 0.3
