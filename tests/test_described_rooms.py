"""Rooms described by relations hold the requested objects and relations."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sage.assets.vocabulary import TableVocabulary
from sage.context import Context
from sage.critics.task import TaskCritic
from sage.generators.floor_plan import FloorPlan
from sage.generators.furnish import Furnish
from sage.generators.placement.task_relations import ambiguous
from sage.generators.populate import Populate
from sage.geometry import Pose
from sage.scene import Scene
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds
from sage.task import Relation, RequiredObject, Task

if TYPE_CHECKING:
    from tests.conftest import Stage


def task_of(room: str, things: str, relations: str) -> Task:
    """Return a task from `basket; place mat x4 color=red` and `around place_mat_1 bowl_1; ...`."""
    objects = []
    for line in things.split(";"):
        words = line.split()
        attributes = dict(word.split("=") for word in words if "=" in word)
        count = next((int(word[1:]) for word in words if word[0] == "x" and word[1:].isdigit()), 1)
        noun = " ".join(word for word in words if "=" not in word and word != f"x{count}")
        ids = tuple(f"{noun.replace(' ', '_')}_{k}" for k in range(1, count + 1))
        objects.append(RequiredObject(ids=ids, category=noun, name=noun, attributes=attributes))
    initial = [
        Relation.model_validate(dict(zip(("name", "subject", "object", "part"), line.split(), strict=False)))
        for line in relations.split(";")
    ]
    return Task(prompt=room, kind="room", rooms=(room,), objects=tuple(objects), initial=tuple(initial))


def made(task: Task, context: Context, seed: int) -> Scene:
    scene = Scene(task=task, seed=seed)
    for k, generator in enumerate((FloorPlan(), Furnish(), Populate(clutter=False))):
        scene = generator.apply(scene, context.drawing(seed, k))
    return scene


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(
    ("room", "things", "relations"),
    [
        ("bedroom", "bed; basket; pillow x2", "in_front_of basket_1 bed_1; on pillow_1 bed_1; "
         "on pillow_2 bed_1"),
        ("playroom", "rug; rocking horse", "in_middle rug_1 room; on rocking_horse_1 rug_1"),
        ("playroom", "rug; toy car; teddy bear", "on toy_car_1 rug_1; on teddy_bear_1 rug_1"),
        ("living_room", "sofa; coffee table; rug", "against_wall sofa_1 room; on sofa_1 rug_1; "
         "on coffee_table_1 rug_1"),
        ("living_room", "sofa; tv stand; speaker x2", "left_of speaker_1 tv_stand_1; "
         "right_of speaker_2 tv_stand_1"),
        ("bathroom", "bathtub; candle x4; rug", "in_middle bathtub_1 room; in_front_of rug_1 bathtub_1; "
         + "; ".join(f"around candle_{k} bathtub_1; on candle_{k} floor" for k in range(1, 5))),
        ("dining_room", "table shape=round; salad bowl; place mat x5", "on salad_bowl_1 table_1; "
         "in_middle salad_bowl_1 table_1; "
         + "; ".join(f"on place_mat_{k} table_1; around place_mat_{k} salad_bowl_1" for k in range(1, 6))),
        ("office", "desk; desktop computer; monitor; keyboard", "under desk_1 window; "
         "on desktop_computer_1 desk_1; on monitor_1 desk_1; on keyboard_1 desk_1; "
         "in_front_of keyboard_1 monitor_1"),
        ("bedroom", "single bed; box x2", "in_corner single_bed_1 room; under box_1 single_bed_1; "
         "under box_2 single_bed_1"),
        ("bathroom", "bathtub; vanity; mirror; hamper", "above mirror_1 vanity_1; near hamper_1 mirror_1; "
         "next_to hamper_1 door"),
        ("living_room", "bookcase x2; chair; picture", "far bookcase_1 door; far bookcase_2 door; "
         "near chair_1 bookcase_1; near chair_1 bookcase_2; across picture_1 bookcase_1; "
         "across picture_1 bookcase_2"),
        ("dining_room", "table shape=round; chair x5; pendant lamp x2", "above pendant_lamp_1 table_1; "
         "above pendant_lamp_2 table_1; " + "; ".join(f"around chair_{k} table_1" for k in range(1, 6))),
        ("playroom", "table; stool x3; box; crayon; book", "under table_1 window; long_side stool_1 table_1; "
         "long_side stool_2 table_1; long_side stool_3 table_1; on book_1 table_1; in crayon_1 box_1; "
         "next_to crayon_1 book_1"),
        ("pantry", "cabinet; basket", "under cabinet_1 window; on basket_1 cabinet_1"),
        ("bedroom", "bed; desk; stool", "far desk_1 bed_1; across stool_1 bed_1"),
        ("kitchen", "table; tray; cruet; pepper mill; chair", "on tray_1 table_1; on cruet_1 tray_1; "
         "on pepper_mill_1 tray_1; next_to chair_1 cruet_1"),
        ("dining_room", "table shape=round; chair x5; salad bowl; pitcher; place mat x5",
         "in_middle table_1 room; on salad_bowl_1 table_1; on pitcher_1 table_1; "
         "next_to salad_bowl_1 pitcher_1; "
         + "; ".join(f"around chair_{k} table_1; on place_mat_{k} table_1; around place_mat_{k} salad_bowl_1"
                     for k in range(1, 6))),
        ("bathroom", "vanity; mirror x2", "against_wall vanity_1 room; above mirror_1 vanity_1; "
         "above mirror_2 vanity_1"),
        ("bedroom", "canopy bed; pendant lamp", "against_wall canopy_bed_1 room; "
         "above pendant_lamp_1 canopy_bed_1"),
        ("dining_room", "table; chair x4; bench", "in_middle table_1 room; long_side bench_1 table_1; "
         + "; ".join(f"short_side chair_{k} table_1" for k in range(1, 5))),
        ("kitchen", "kitchen island; bar stool x4", "in_middle kitchen_island_1 room; "
         + "; ".join(f"long_side bar_stool_{k} kitchen_island_1" for k in range(1, 5))),
        ("playroom", "ball pit; blackboard", "in_corner ball_pit_1 room; under ball_pit_1 window"),
        ("office", "meeting table; server rack; desk", "next_to meeting_table_1 door; "
         "near server_rack_1 door; under desk_1 window"),
    ],
)  # fmt: skip
def test_a_described_room_holds_what_is_asked(
    context: Context, room: str, things: str, relations: str, seed: int
) -> None:
    scene = made(task_of(room, things, relations), context, seed)
    layout = Layout(scene, context.store)
    assert scene.task.ids <= {item.id for item in scene.objects}
    assert not [str(relation) for relation in scene.task.initial if not holds(relation, layout)]


def test_what_stands_where_a_rug_lies_is_on_it_and_rests_on_the_floor(stage: Stage) -> None:
    rug = stage.stand("rug", Pose.planar(2.5, 2.0), fixed=True)
    on = Relation(name="on", subject="table_1", object=rug)
    stage.stand("table", Pose.planar(2.5, 2.0))
    assert holds(on, stage.layout)
    stage.change("table_1", pose=Pose.planar(4.2, 2.0))
    assert not holds(on, stage.layout)


def test_no_other_that_answers_to_the_same_word_is_added(vocabulary: TableVocabulary) -> None:
    chair = RequiredObject(ids=("office_chair_1",), category="office chair", name="black swivel chair")
    table = RequiredObject(ids=("coffee_table_1",), category="coffee table", name="round coffee table")
    task = Task(prompt="a den", kind="room", rooms=("living_room",), objects=(chair, table))
    assert ambiguous("armchair", task, vocabulary)
    assert not ambiguous("side table", task, vocabulary)


def test_several_of_a_kind_that_a_description_names_are_not_mistaken_for_each_other(
    stage: Stage, context: Context
) -> None:
    stage.stand("table", Pose.planar(2.5, 2.0))
    stage.set_down("mug", "table_1", at=(0.0, -0.2))
    stage.set_down("mug", "table_1", at=(0.0, 0.2))
    mugs = [{"ids": (f"mug_{k}",), "category": "mug", "name": "mug"} for k in (1, 2)]
    stage.ask(objects=mugs)
    assert TaskCritic().review(stage.scene, context).passed
    stage.ask(objects=[mugs[0] | {"role": "target"}, mugs[1]])
    assert not TaskCritic().review(stage.scene, context).passed
