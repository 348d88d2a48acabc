"""Scenes are validated immutable values that survive JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from sage.geometry import Pose
from sage.scene import Opening, Room, Scene, SceneObject, Wall
from sage.task import RELATIONS, Relation, RequiredObject, Task

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    from tests.conftest import Stage

TASK = Task(prompt="a kitchen", kind="room", rooms=("kitchen",))

words = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), min_size=1, max_size=12)
names = st.from_regex(r"[a-z][a-z_]{0,8}_[1-9]", fullmatch=True)
metres = st.floats(-1e3, 1e3)
positive = st.floats(0.01, 100)
triples = st.tuples(metres, metres, metres)
poses = st.builds(Pose.planar, metres, metres, metres, st.floats(-math.pi, math.pi))
relations = st.builds(
    Relation, name=st.sampled_from(RELATIONS), subject=names, object=names,
    part=st.none() | words, other=st.none() | names, negated=st.booleans(),
)  # fmt: skip
required = st.builds(
    RequiredObject, ids=st.lists(names, min_size=1, max_size=3).map(tuple), category=words, name=words,
    attributes=st.dictionaries(words, words, max_size=2), exact=st.booleans(),
)  # fmt: skip
tasks = st.builds(
    Task, prompt=words, kind=st.sampled_from(["task", "room"]), rooms=st.tuples(words),
    objects=st.lists(required, max_size=2).map(tuple), initial=st.lists(relations, max_size=2).map(tuple),
    goal=st.lists(relations, max_size=2).map(tuple), size=st.none() | st.tuples(positive, positive),
    robot_bases=st.dictionaries(names, poses, max_size=2),
)  # fmt: skip
objects = st.builds(
    SceneObject, id=names, category=words, name=words, attributes=st.dictionaries(words, words, max_size=2),
    asset=st.from_regex(r"[a-z]+_[0-9a-f]{10}", fullmatch=True), pose=poses,
    size=st.tuples(positive, positive, positive), room=st.just("kitchen"),
    support=st.sampled_from(["floor", "wall", "ceiling"]), joints=st.dictionaries(words, metres, max_size=2),
    fixed=st.booleans(), role=st.sampled_from(["target", "receptacle", "context"]),
)  # fmt: skip


def kitchen() -> Room:
    corners = ((0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0))
    door = Opening(id="door_1", kind="door", offset=1.0, width=0.9, height=2.0)
    walls = tuple(
        Wall(
            id=f"wall_{k}", start=corners[k], end=corners[(k + 1) % 4], height=2.6, thickness=0.1,
            openings=(door,) if k == 0 else (),
        )
        for k in range(4)
    )  # fmt: skip
    return Room(id="kitchen", type="kitchen", polygon=corners, height=2.6, walls=walls)


def item(name: str, support: str = "floor", **fields: Any) -> SceneObject:
    known = {
        "id": name,
        "category": "box",
        "name": "box",
        "asset": "box_0",
        "pose": Pose(),
        "size": (1, 1, 1),
    }
    return SceneObject.model_validate(known | {"room": "kitchen", "support": support} | fields)


def example(*objects: SceneObject) -> Scene:
    return Scene(task=TASK, seed=0, rooms=(kitchen(),), objects=objects)


def stacked() -> Scene:
    return example(
        item("table_1"),
        item("tray_1", "table_1"),
        item("mug_1", "tray_1"),
        item("mug_2", "table_1"),
        item("chair_1"),
    )


@settings(max_examples=50)
@given(tasks, st.lists(objects, max_size=4, unique_by=lambda item: item.id), st.integers(0, 2**63 - 1))
def test_a_scene_survives_json(task: Task, objects: list[SceneObject], seed: int) -> None:
    scene = Scene(task=task, seed=seed, rooms=(kitchen(),), objects=tuple(objects))
    text = scene.model_dump_json()
    back = Scene.model_validate_json(text)
    assert back == scene
    assert back.model_dump_json() == text


def test_a_made_scene_survives_json(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2.0, 0, 0.3))
    stage.set_down("mug", table, yaw=1.1)
    assert Scene.model_validate_json(stage.scene.model_dump_json(indent=1)) == stage.scene


def test_ids_must_be_unique() -> None:
    with pytest.raises(ValidationError, match="repeated: mug_1"):
        example(item("mug_1"), item("mug_1"))


@pytest.mark.parametrize("support", ["table_9", "mug_1", ""])
def test_a_support_must_exist_and_be_another(support: str) -> None:
    with pytest.raises(ValidationError, match="unknown support"):
        example(item("mug_1", support))


def test_supports_must_not_go_round_in_a_circle() -> None:
    """Else whoever asks what is carried never comes to an end."""
    with pytest.raises(ValidationError):
        example(item("a_1", "b_1"), item("b_1", "a_1"))


def test_a_room_must_exist() -> None:
    with pytest.raises(ValidationError, match="unknown room 'attic'"):
        example(item("mug_1", room="attic"))


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize(
    "fields",
    [
        lambda bad: {"pose": {"position": (0, 0, bad)}},
        lambda bad: {"pose": {"orientation": (1, 0, 0, bad)}},
        lambda bad: {"size": (1, bad, 1)},
        lambda bad: {"joints": {"door_1_joint": bad}},
    ],
    ids=["position", "orientation", "size", "joint"],
)
def test_a_number_that_is_none_is_refused(fields: Any, value: float) -> None:
    with pytest.raises(ValidationError):
        item("mug_1", **fields(value))


@pytest.mark.parametrize("value", [math.nan, math.inf])
@pytest.mark.parametrize("field", ["offset", "width", "height", "sill"])
def test_an_opening_without_a_place_is_refused(field: str, value: float) -> None:
    good = {"id": "door_1", "kind": "door", "offset": 1.0, "width": 0.9, "height": 2.0}
    with pytest.raises(ValidationError):
        Opening.model_validate(good | {field: value})


@pytest.mark.parametrize("text", ["", "{}", "null", "[]", '{"schema_version": 2}', '{"objects": NaN}'])
def test_json_that_is_no_scene_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        Scene.model_validate_json(text)


def test_an_unknown_field_is_refused() -> None:
    data = example().model_dump(mode="json") | {"mood": "cosy"}
    with pytest.raises(ValidationError, match="mood"):
        Scene.model_validate(data)


def test_a_scene_cannot_be_changed_in_place() -> None:
    scene = stacked()
    with pytest.raises(ValidationError):
        scene.objects = ()  # type: ignore[misc]


def test_the_next_id_is_free_in_the_scene_and_in_the_task() -> None:
    wanted = RequiredObject(ids=("coffee_table_2",), category="coffee table", name="coffee table")
    scene = example(item("coffee_table_1")).replacing(task=TASK.model_copy(update={"objects": (wanted,)}))
    assert scene.next_id("coffee table") == "coffee_table_3"
    assert scene.next_id("mug") == "mug_1"


def test_what_is_carried_is_everything_above_however_high() -> None:
    scene = stacked()
    assert {o.id for o in scene.carried_by("table_1")} == {"tray_1", "mug_1", "mug_2"}
    assert {o.id for o in scene.supported_by("table_1")} == {"tray_1", "mug_2"}
    assert scene.carried_by("chair_1") == ()


def test_objects_are_found_by_id() -> None:
    scene = stacked()
    assert scene["mug_1"].support == "tray_1"
    assert "mug_1" in scene and "mug_9" not in scene
    with pytest.raises(KeyError):
        scene["mug_9"]


def test_an_edit_returns_a_new_scene_and_checks_it() -> None:
    scene = stacked()
    more = scene.adding(item("bowl_1", "table_1"))
    assert "bowl_1" in more and "bowl_1" not in scene
    fewer = more.removing("bowl_1")
    assert fewer == scene
    moved = scene.updating(scene["mug_1"].model_copy(update={"pose": Pose.planar(1, 1)}))
    assert [o.id for o in moved.objects] == [o.id for o in scene.objects]
    assert moved["mug_1"].pose != scene["mug_1"].pose
    with pytest.raises(ValidationError):
        scene.adding(item("mug_1"))
    with pytest.raises(ValidationError):
        scene.removing("table_1")


def test_openings_are_found_by_id() -> None:
    found = example().opening("door_1")
    assert found is not None and found[0].id == "wall_0"
    assert example().opening("door_9") is None


def test_walls_look_into_the_room_and_zones_lie_in_it(room: Room) -> None:
    for wall, opening in room.openings:
        assert room.floor.contains(room.floor.centroid)
        assert room.floor.buffer(1e-9).contains(wall.zone(opening, 0.8))
        assert wall.zone(opening, 0.8).area == pytest.approx(0.8 * opening.width)
    for wall in room.walls:
        assert room.floor.buffer(-0.01).distance(_point(wall.point(wall.length / 2, 0.5))) == 0


def _point(xy: Any) -> Any:
    from shapely.geometry import Point

    return Point(*xy)


SCHEMA = Scene.model_json_schema()


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for child in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(child)


def test_the_schema_is_json_whose_references_and_types_all_exist() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA
    types = {"object", "array", "string", "number", "integer", "boolean", "null"}
    for node in nodes(SCHEMA):
        if isinstance(node.get("$ref"), str):
            path, _, name = node["$ref"].rpartition("/")
            assert path == "#/$defs" and name in SCHEMA["$defs"]
        if isinstance(node.get("type"), str):
            assert node["type"] in types


def test_the_schema_names_every_field_of_the_contract() -> None:
    assert {"schema_version", "task", "seed", "hour", "rooms", "objects"} == set(SCHEMA["properties"])
    assert set(SCHEMA["$defs"]["SceneObject"]["properties"]) == {
        "id", "category", "name", "attributes", "states", "asset", "pose", "size", "room", "support",
        "support_part", "placement", "fixed", "covering", "joints", "role",
    }  # fmt: skip


def test_a_written_scene_has_every_field_that_the_schema_requires() -> None:
    data = stacked().model_dump(mode="json")
    assert set(SCHEMA["required"]) <= set(data) <= set(SCHEMA["properties"])
    required = set(SCHEMA["$defs"]["SceneObject"]["required"])
    assert all(required <= set(entry) for entry in data["objects"])


def test_a_relation_reads_as_one_line() -> None:
    relation = Relation(name="on", subject="bowl_1", object="table_1", negated=True)
    assert str(relation) == "not on(bowl_1, table_1)"
    inside = Relation(name="in", subject="towel_1", object="dresser_1", part="drawer_1")
    assert str(inside) == "in(towel_1, dresser_1.drawer_1)"
    assert str(Relation(name="open", subject="dresser_1", part="drawer_1")) == "open(dresser_1.drawer_1)"


def test_a_changed_copy_forgets_what_was_worked_out_from_the_old_one() -> None:
    scene = Scene(task=TASK, seed=0, rooms=(kitchen(),))
    assert "cup_1" not in scene
    cup = SceneObject(
        id="cup_1", category="cup", name="cup", asset="cup_0", pose=Pose(), size=(0.1, 0.1, 0.1),
        room="kitchen", support="floor",
    )  # fmt: skip
    assert "cup_1" in scene.model_copy(update={"objects": (cup,)})
