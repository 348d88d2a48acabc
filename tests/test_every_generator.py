"""Conformance of every generator: schema, manual, valid scenes, helpful rejections."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pydantic import ValidationError

from sage.asset import Asset, AssetStore
from sage.assets.vocabulary import TableVocabulary
from sage.context import Context
from sage.critique import FindingKind
from sage.errors import PlannerError, ToolRejected
from sage.generators import GENERATORS
from sage.generators.floor_plan import FloorPlan
from sage.generators.furnish import Furnish
from sage.generators.move import MoveObject
from sage.generators.place import PlaceObject
from sage.generators.populate import Populate
from sage.generators.recipes import FurniturePlace, recipe
from sage.generators.remove import RemoveObject
from sage.generators.replace import ReplaceObject
from sage.generators.settle import Settle
from sage.geometry import Pose
from sage.scene import Scene
from sage.simulation.physics import World
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds, rests_on
from sage.task import FLOOR, Relation, Task
from sage.tools import Generator, ToolCall, bind

if TYPE_CHECKING:
    from tests.conftest import Stage

TOOLS = {generator.tool_name(): generator for generator in GENERATORS}
KINDS: tuple[str, ...] = FindingKind.__args__  # type: ignore[attr-defined]
ALL = pytest.mark.parametrize("name", TOOLS)

GOOD: dict[str, tuple[str, dict[str, Any]]] = {
    "floor_plan": ("bare", {}),
    "furnish": ("empty", {"density": "sparse"}),
    "populate": ("furnished", {}),
    "place_object": ("furnished", {"category": "book", "relation": "on", "reference": "table_1"}),
    "move_object": ("furnished", {"object_id": "mug_1", "relation": "on", "reference": "dresser_1"}),
    "replace_object": ("furnished", {"object_id": "bowl_1"}),
    "remove_object": ("furnished", {"object_id": "bowl_1"}),
    "turn_object": ("furnished", {"object_id": "chair_1", "degrees": 90}),
    "shift_object": ("furnished", {"object_id": "mug_1", "x": 0.02, "y": 0.0}),
    "swap_objects": ("furnished", {"first": "bowl_1", "second": "mug_1"}),
    "operate_object": ("furnished", {"object_id": "dresser_1", "open": True, "part": "drawer_1"}),
    "separate": ("crowded", {}),
    "paint_walls": ("furnished", {"color": "light blue"}),
    "redecorate": ("furnished", {"hour": 9.0}),
    "settle": ("furnished", {}),
}
"""A request that can be met by each tool: the scene it starts from, and the arguments."""

IMPOSSIBLE: list[tuple[str, str, dict[str, Any], str]] = [
    ("floor_plan", "bare", {"size": (0.5, 4.0)}, "1.8"),
    ("floor_plan", "bare", {"size": (4.0, 90.0)}, "20"),
    ("floor_plan", "bare", {"room_type": "sauna"}, "kitchen"),
    ("furnish", "bare", {}, "floor_plan"),
    ("paint_walls", "bare", {"color": "blue"}, "floor_plan"),
    ("paint_walls", "furnished", {"color": "cosy"}, "blue"),
    ("furnish", "furnished", {}, "move"),
    ("populate", "bare", {}, "furnish"),
    ("populate", "empty", {}, "furnish"),
    ("place_object", "furnished", {"category": "quandary", "relation": "in_middle"}, "nearest"),
    ("place_object", "furnished", {"category": "mug", "relation": "on", "reference": "desk_7"}, "table_1"),
    ("place_object", "furnished", {"category": "mug", "relation": "on", "reference": "room"}, "object"),
    ("place_object", "furnished", {"category": "bed", "relation": "on", "reference": "table_1"}, "surfaces"),
    ("place_object", "furnished", {"category": "mug", "relation": "in", "reference": "chair_1"}, "seat"),
    (
        "place_object", "furnished",
        {"category": "mug", "relation": "on", "reference": "table_1", "object_id": "bowl_1"}, "move",
    ),
    ("place_object", "bare", {"category": "table", "relation": "in_middle"}, "floor_plan"),
    ("move_object", "furnished", {"object_id": "vase_9", "relation": "in_middle"}, "bowl_1"),
    ("move_object", "furnished", {"object_id": "table_1", "relation": "on", "reference": "mug_1"}, "another"),
    ("move_object", "furnished", {"object_id": "table_1", "relation": "in", "reference": "dresser_1"}, "top"),
    ("replace_object", "furnished", {"object_id": "vase_9"}, "bowl_1"),
    ("replace_object", "furnished", {"object_id": "bowl_1", "category": "bed"}, "place a bed"),
    ("replace_object", "furnished", {"object_id": "mug_1", "new_id": "mug_9"}, "keep its id"),
    ("shift_object", "furnished", {"object_id": "vase_9", "x": 0.1, "y": 0.0}, "bowl_1"),
    ("shift_object", "furnished", {"object_id": "mug_1", "x": 3.0, "y": 0.0}, "would leave"),
    ("shift_object", "furnished", {"object_id": "table_1", "x": 9.0, "y": 0.0}, "wall"),
    ("turn_object", "furnished", {"object_id": "vase_9"}, "bowl_1"),
    ("turn_object", "furnished", {"object_id": "chair_1", "facing": "sofa_1"}, "opening"),
    ("swap_objects", "furnished", {"first": "bowl_1", "second": "vase_9"}, "bowl_1"),
    ("swap_objects", "furnished", {"first": "bowl_1", "second": "table_1"}, "move"),
    ("operate_object", "furnished", {"object_id": "vase_9", "open": True}, "bowl_1"),
    ("operate_object", "furnished", {"object_id": "dresser_1", "open": True, "part": "drawer_9"}, "drawer_1"),
    ("remove_object", "furnished", {"object_id": "vase_9"}, "bowl_1"),
    ("remove_object", "furnished", {"object_id": "mug_1"}, "move"),
    ("remove_object", "furnished", {"object_id": "dresser_1"}, "mug_1"),
    ("separate", "bare", {}, "floor_plan"),
    ("separate", "furnished", {}, "remove"),
    ("redecorate", "bare", {}, "floor_plan"),
    ("settle", "bare", {}, "floor_plan"),
]  # fmt: skip
"""A request that cannot be met, and a word of what would work instead."""


@pytest.fixture
def starts(stage: Stage) -> dict[str, Scene]:
    """Scenes to start from: without a room, an empty room, some furniture, and a book in a bowl there."""
    empty = stage.scene
    table = stage.stand("table", Pose.planar(2.5, 2.0))
    stage.set_down("bowl", table, at=(0.1, 0.3))
    stage.stand("chair", Pose.planar(2.5, 3.3, 0, -math.pi / 2))
    dresser = stage.stand("dresser", Pose.planar(4.7, 2.0, 0, math.pi))
    mug = stage.set_down("mug", dresser, role="target")
    stage.ask(objects=({"ids": (mug,), "category": "mug", "name": "mug", "role": "target"},))
    furnished = stage.scene
    stage.set_down("book", table, at=(0.1, 0.28))
    return {
        "bare": empty.replacing(rooms=()), "empty": empty, "furnished": furnished, "crowded": stage.scene,
    }  # fmt: skip


def applied(name: str, starts: dict[str, Scene], context: Context) -> Scene:
    start, arguments = GOOD[name]
    return bind(ToolCall(tool=name, arguments=arguments), TOOLS).apply(starts[start], context.drawing(3, 0))


@ALL
def test_a_generator_has_a_schema_and_a_manual(name: str) -> None:
    tool = TOOLS[name]
    schema = tool.model_json_schema()
    assert schema["type"] == "object"
    assert schema["additionalProperties"] is False
    assert len((tool.__doc__ or "").split()) >= 5
    assert schema["description"]
    assert tool.repairs.keys() <= set(KINDS)


@ALL
def test_a_generator_returns_a_new_valid_scene_and_spares_the_old(
    starts: dict[str, Scene], context: Context, name: str
) -> None:
    before = starts[GOOD[name][0]]
    text = before.model_dump_json()
    after = applied(name, starts, context)
    assert before.model_dump_json() == text
    assert after != before
    assert Scene.model_validate_json(after.model_dump_json()) == after
    assert all(context.store[item.asset].id == item.asset for item in after.objects)
    assert all(item.size == context.store[item.asset].size for item in after.objects)


@ALL
def test_a_generator_draws_only_from_the_random_generator_of_its_call(
    starts: dict[str, Scene], context: Context, name: str
) -> None:
    assert applied(name, starts, context) == applied(name, starts, context)


@pytest.mark.parametrize(("name", "start", "arguments", "hint"), IMPOSSIBLE)
def test_an_impossible_request_is_rejected_with_what_would_work(
    starts: dict[str, Scene], context: Context, name: str, start: str, arguments: dict[str, Any], hint: str
) -> None:
    tool = bind(ToolCall(tool=name, arguments=arguments), TOOLS)
    with pytest.raises(ToolRejected) as caught:
        tool.apply(starts[start], context)
    assert hint in str(caught.value)
    assert "\n" not in str(caught.value)


@ALL
def test_a_generator_refuses_to_work_without_a_room_unless_it_makes_one(
    starts: dict[str, Scene], context: Context, name: str
) -> None:
    tool = bind(ToolCall(tool=name, arguments=GOOD[name][1]), TOOLS)
    if name == "floor_plan":
        assert tool.apply(starts["bare"], context).rooms
        return
    with pytest.raises(ToolRejected):
        tool.apply(starts["bare"], context)


@ALL
def test_arguments_that_do_not_fit_the_schema_are_refused(name: str) -> None:
    with pytest.raises(PlannerError, match="mood"):
        bind(ToolCall(tool=name, arguments=GOOD[name][1] | {"mood": "cosy"}), TOOLS)


@ALL
def test_a_generator_cannot_be_changed_in_place(name: str) -> None:
    tool = bind(ToolCall(tool=name, arguments=GOOD[name][1]), TOOLS)
    with pytest.raises(ValidationError):
        tool.mood = "cosy"  # type: ignore[attr-defined]


def test_every_generator_has_a_request_that_can_be_met_and_one_that_cannot() -> None:
    """Add both for a new generator."""
    assert set(GOOD) == {name for name, *_ in IMPOSSIBLE} == set(TOOLS)


def test_tool_names_are_words_with_underscores() -> None:
    assert FloorPlan.tool_name() == "floor_plan"
    assert len(TOOLS) == len(GENERATORS)
    assert all(issubclass(tool, Generator) and tool.tool_name().isidentifier() for tool in GENERATORS)


# --- single generators ---


@pytest.mark.parametrize("seed", range(4))
def test_a_floor_plan_is_a_closed_room_with_a_door(scene: Scene, context: Context, seed: int) -> None:
    (room,) = FloorPlan(size=(4.0, 3.0)).apply(scene, context.drawing(seed, 0)).rooms
    assert room.floor.area == pytest.approx(12.0)
    assert room.floor.exterior.is_ccw
    assert sum(wall.length for wall in room.walls) == pytest.approx(room.floor.length)
    assert len(room.doors) >= 1
    for wall, opening in room.openings:
        assert opening.width / 2 <= opening.offset <= wall.length - opening.width / 2
        assert opening.sill + opening.height <= wall.height


def test_a_floor_plan_grows_when_told_to(scene: Scene, context: Context) -> None:
    small, large = (FloorPlan(grow=grow).apply(scene, context.drawing(0, 0)) for grow in (1.0, 2.0))
    assert large.rooms[0].floor.area == pytest.approx(2 * small.rooms[0].floor.area, rel=0.02)


ROOMS = ("kitchen", "dining_room", "classroom", "bathroom", "warehouse", "bedroom", "living_room")
"""Together they show every kind of place; `test_recipes.py` looks at all rooms."""


@pytest.fixture(scope="module", params=ROOMS)
def stocked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, source: Any, vocabulary: Any
) -> tuple[Scene, Scene, AssetStore]:
    """A room: furnished, and populated."""
    store = AssetStore(tmp_path_factory.mktemp("stocked"))
    context = Context(rng=np.random.default_rng(0), source=source, store=store, vocabulary=vocabulary)
    task = Task(prompt=request.param, kind="room", rooms=(request.param,))
    plan = FloorPlan().apply(Scene(task=task, seed=0), context.drawing(1, 0))
    furnished = Furnish().apply(plan, context.drawing(1, 1))
    return furnished, Populate().apply(furnished, context.drawing(1, 2)), store


def test_furniture_does_not_overlap_and_stays_inside(stocked: tuple[Scene, Scene, AssetStore]) -> None:
    furnished, _, store = stocked
    assert len(furnished.objects) >= 3
    with World(furnished, store) as world:
        assert max((contact.depth for contact in world.contacts()), default=0.0) <= 0.001
    floor = furnished.rooms[0].floor.buffer(0.002)
    assert all(floor.contains(o.footprint) for o in Layout(furnished, store) if not o.item.covering)


def test_what_must_be_there_is_there_for_each_that_it_goes_with(
    stocked: tuple[Scene, Scene, AssetStore], vocabulary: TableVocabulary
) -> None:
    furnished, _, _ = stocked

    def count(noun: str) -> int:
        return sum(vocabulary.is_a(item.category, noun) for item in furnished.objects)

    for entry in recipe(furnished.rooms[0].type).furniture:
        if entry.need == "must":
            assert count(entry.category) >= entry.count[0] * (count(entry.of) if entry.of else 1)


def test_furniture_leaves_the_doors_free(stocked: tuple[Scene, Scene, AssetStore]) -> None:
    furnished, _, store = stocked
    for wall, door in furnished.rooms[0].doors:
        zone = wall.zone(door, 0.8)
        for located in Layout(furnished, store):
            if not located.item.covering and located.low[2] < door.height:
                assert located.footprint.intersection(zone).area < 1e-4, located.item.id


def test_furniture_does_not_look_into_the_wall_behind_it(stocked: tuple[Scene, Scene, AssetStore]) -> None:
    furnished, _, store = stocked
    floor = furnished.rooms[0].floor
    for located in Layout(furnished, store):
        if located.asset.has_front and located.item.support == "floor":
            ahead = located.item.pose.apply([located.asset.size[0] / 2 + 0.1, 0, 0])
            assert floor.contains(_point(ahead)), located.item.id


def test_the_rooms_show_every_kind_of_place() -> None:
    shown = {entry.place for room in ROOMS for entry in recipe(room).furniture}
    assert shown == set(FurniturePlace.__args__) - {"before"}, "that comes of tasks"  # type: ignore[attr-defined]


def test_nothing_small_floats_or_overlaps(stocked: tuple[Scene, Scene, AssetStore]) -> None:
    """What is heaped up hangs in its hollow until it is settled."""
    furnished, populated, store = stocked
    layout = Layout(populated, store)
    added = [item for item in populated.objects if item.id not in furnished]
    assert len(added) >= 5
    for item in added:
        patch = None if item.support == FLOOR else layout[item.support].patch(item.support_part or "")
        rise = layout[item.id].low[2] - (patch.z if patch else 0.0)
        heaped = item.placement == "in" and layout[item.id].center[2] < layout[item.support].high[2]
        assert -1e-6 <= rise <= 0.002 or (heaped and rise > 0), item.id
    with World(populated, store) as world:
        assert max((contact.depth for contact in world.contacts()), default=0.0) <= 0.001


def test_populating_leaves_the_furniture_where_it_is(stocked: tuple[Scene, Scene, AssetStore]) -> None:
    furnished, populated, _ = stocked
    assert populated.objects[: len(furnished.objects)] == furnished.objects


def _point(xyz: Any) -> Any:
    from shapely.geometry import Point

    return Point(float(xyz[0]), float(xyz[1]))


def test_populating_puts_what_the_task_needs_where_it_says(stage: Stage, context: Context) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2.0))
    stage.ask(
        objects=({"ids": ("mug_1", "mug_2"), "category": "mug", "name": "mug", "role": "target"},),
        initial=({"name": "on", "subject": "mug_1", "object": table},),
    )
    after = Populate(clutter=False).apply(stage.scene, context)
    assert {item.id for item in after.objects} == {table, "mug_1", "mug_2"}
    assert holds(stage.scene.task.initial[0], Layout(after, context.store)) or after["mug_1"].support == table


@pytest.mark.parametrize(
    ("category", "relation", "reference"),
    [
        ("book", "on", "table_1"),
        ("towel", "in", "dresser_1"),
        ("stool", "next_to", "table_1"),
        ("stool", "in_corner", "room"),
        ("bookcase", "against_wall", "room"),
        ("basket", "under", "table_1"),
        ("stool", "in_front_of", "dresser_1"),
    ],
)
def test_what_is_placed_by_a_relation_stands_in_it(
    starts: dict[str, Scene], context: Context, category: str, relation: Any, reference: str
) -> None:
    call = PlaceObject(category=category, relation=relation, reference=reference)
    after = call.apply(starts["furnished"], context)
    (new,) = [item for item in after.objects if item.id not in starts["furnished"]]
    statement = Relation(name=relation, subject=new.id, object=reference)
    assert holds(statement, Layout(after, context.store))
    with World(after, context.store) as world:
        assert all(contact.depth <= 0.001 for contact in world.touching(new.id))


def test_a_part_is_obeyed(starts: dict[str, Scene], context: Context) -> None:
    call = PlaceObject(category="towel", relation="in", reference="dresser_1", part="drawer_-1")
    after = call.apply(starts["furnished"], context)
    assert after["towel_1"].support_part == "drawer_3"


def test_a_required_object_is_placed_with_its_id_name_and_colour(stage: Stage, context: Context) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2.0))
    asked = {
        "ids": ("mug_1",), "category": "mug", "name": "red mug", "attributes": {"color": "red"},
        "role": "target",
    }  # fmt: skip
    stage.ask(objects=(asked,))
    call = PlaceObject(category="mug", relation="on", reference=table, object_id="mug_1")
    mug = call.apply(stage.scene, context)["mug_1"]
    assert (mug.name, mug.role, mug.attributes["color"]) == ("red mug", "target", "red")
    assert context.store[mug.asset].attributes["color"] == "red"


def test_moving_takes_along_what_stands_on_it(starts: dict[str, Scene], context: Context) -> None:
    before = starts["furnished"]
    tray_on = PlaceObject(category="tray", relation="on", reference="table_1").apply(before, context)
    loaded = PlaceObject(category="apple", relation="on", reference="tray_1").apply(tray_on, context)
    after = MoveObject(object_id="table_1", relation="against_wall").apply(loaded, context)
    assert after["table_1"].pose != loaded["table_1"].pose
    for name in ("bowl_1", "tray_1", "apple_1"):
        was = loaded["table_1"].pose.inverse() @ loaded[name].pose
        now = after["table_1"].pose.inverse() @ after[name].pose
        assert np.allclose(was.matrix, now.matrix, atol=1e-6), name
    still = ("chair_1", "dresser_1", "mug_1")
    assert all(after[name] == loaded[name] for name in still)


def test_a_moved_thing_knows_its_new_support(starts: dict[str, Scene], context: Context) -> None:
    call = MoveObject(object_id="mug_1", relation="on", reference="table_1")
    mug = call.apply(starts["furnished"], context)["mug_1"]
    assert (mug.support, mug.support_part, mug.placement) == ("table_1", "top", "on")


def test_a_thing_moved_from_a_table_to_the_floor_is_on_no_part(
    starts: dict[str, Scene], context: Context
) -> None:
    call = MoveObject(object_id="bowl_1", relation="in_corner")
    bowl = call.apply(starts["furnished"], context)["bowl_1"]
    assert (bowl.support, bowl.support_part, bowl.placement) == ("floor", None, "on")


def test_removing_takes_away_what_stands_on_it(starts: dict[str, Scene], context: Context) -> None:
    after = RemoveObject(object_id="table_1").apply(starts["furnished"], context)
    assert {item.id for item in after.objects} == {"chair_1", "dresser_1", "mug_1"}


def test_a_replaced_object_keeps_its_id_pose_and_support(starts: dict[str, Scene], context: Context) -> None:
    before = starts["furnished"]
    after = ReplaceObject(object_id="bowl_1").apply(before, context.drawing(5, 0))
    old, new = before["bowl_1"], after["bowl_1"]
    assert new.asset != old.asset
    assert (new.pose, new.support, new.support_part, new.category) == (
        old.pose, old.support, old.support_part, old.category,
    )  # fmt: skip


def test_a_replaced_object_stays_open_if_the_task_wants_it_so(stage: Stage, context: Context) -> None:
    wanted = Relation(name="open", subject="dresser_1", part="drawer_1")
    stage.ask(
        objects=({"ids": ("dresser_1",), "category": "dresser", "name": "dresser", "role": "receptacle"},),
        initial=(wanted,),
    )
    call = PlaceObject(category="dresser", relation="against_wall", object_id="dresser_1")
    placed = call.apply(stage.scene, context)
    assert holds(wanted, Layout(placed, context.store))
    after = ReplaceObject(object_id="dresser_1").apply(placed, context)
    assert holds(wanted, Layout(after, context.store))


def test_settling_brings_a_dropped_mug_to_rest_on_the_table(stage: Stage, context: Context) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2.0))
    mug = stage.set_down("mug", table, lift=0.05)
    after = Settle().apply(stage.scene, context)
    layout = Layout(after, context.store)
    assert after[mug].pose.tilt < 0.05
    assert layout[mug].low[2] == pytest.approx(layout[table].patch("top").z, abs=0.001)
    assert holds(Relation(name="on", subject=mug, object=table), layout)


def test_settling_moves_nothing_that_is_fixed_or_flat(
    stage: Stage, context: Context, block: Callable[..., Asset]
) -> None:
    shelf = stage.stand(block((0.3, 0.6, 0.3)), Pose.planar(0.15, 2.0, 1.4), fixed=True, support="wall")
    rug = stage.stand("rug", Pose.planar(2.5, 2.0), fixed=True)
    before = stage.scene
    after = Settle().apply(before, context)
    assert (after[shelf], after[rug]) == (before[shelf], before[rug])


def test_settling_tells_from_where_a_robot_reaches_what_the_task_names(
    starts: dict[str, Scene], context: Context
) -> None:
    after = Settle().apply(starts["furnished"], context)
    base = after.task.robot_bases["mug_1"]
    mug = Layout(after, context.store)["mug_1"].center
    assert set(after.task.robot_bases) == {"mug_1"}
    assert 0.2 < math.dist(base.position[:2], mug[:2]) <= 0.8
    toward = math.atan2(mug[1] - base.position[1], mug[0] - base.position[0])
    assert math.cos(toward - base.yaw) > 0.999


def test_settling_what_is_at_rest_changes_next_to_nothing(starts: dict[str, Scene], context: Context) -> None:
    once = Settle().apply(starts["furnished"], context)
    twice = Settle().apply(once, context)
    drift = [math.dist(a.pose.position, twice[a.id].pose.position) for a in once.objects]
    assert max(drift) < 0.001


def test_settling_puts_back_what_falls_off(
    stage: Stage, context: Context, block: Callable[..., Asset]
) -> None:
    table = stage.stand(block((0.8, 0.8, 0.7), "table", kind="stone"), Pose.planar(2.5, 2.0))
    box = stage.set_down(block((0.1, 0.1, 0.1)), table, at=(0.44, 0.0))
    notes: list[str] = []
    after = Settle().apply(stage.scene, replace(context, note=notes.append))
    layout = Layout(after, context.store)
    assert rests_on(layout[box], layout[table], "top")
    assert after[box].pose.tilt < 0.01
    assert [note for note in notes if box in note and "elsewhere" in note]


def test_settling_takes_away_what_stays_nowhere_and_its_load_but_not_what_the_task_needs(
    stage: Stage, context: Context, block: Callable[..., Asset]
) -> None:
    plank = block((0.9, 0.06, 0.02))
    pillar = stage.stand(block((0.1, 0.1, 0.7), "pillar", kind="stone"), Pose.planar(2.5, 2.0))
    spare = stage.set_down(plank, pillar, at=(0.44, 0.0))
    load = stage.set_down(block((0.05, 0.05, 0.05)), spare, at=(-0.3, 0.0))
    needed = stage.set_down(plank, pillar, at=(0.0, 0.46), yaw=math.pi / 2, role="target")
    stage.ask(objects=({"ids": (needed,), "category": "box", "name": "box", "role": "target"},))
    notes: list[str] = []
    after = Settle().apply(stage.scene, replace(context, note=notes.append))
    assert spare not in after and load not in after
    assert needed in after and pillar in after
    assert [note for note in notes if spare in note and load in note and "left out" in note]


def test_settling_leaves_the_rest_alone_when_one_thing_falls(
    stage: Stage, context: Context, block: Callable[..., Asset]
) -> None:
    table = stage.stand(block((0.8, 0.8, 0.7), "table", kind="stone"), Pose.planar(2.5, 2.0))
    stays = stage.set_down(block((0.1, 0.1, 0.1)), table, at=(-0.2, 0.1))
    stage.set_down(block((0.1, 0.1, 0.1)), table, at=(0.44, 0.0))
    after = Settle().apply(stage.scene, context)
    assert math.dist(after[stays].pose.position, stage.scene[stays].pose.position) < 0.001
