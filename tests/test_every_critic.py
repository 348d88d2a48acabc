"""Conformance of every critic: bounds, repeatability, no side effects, detection of its own fault."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sage.asset import Asset, Mesh
from sage.context import Context
from sage.critics import CRITICS
from sage.critics.looks import WARNINGS
from sage.critique import HARD, UNMET, Critic, Critique, FindingKind, worth
from sage.generators.settle import Settle
from sage.geometry import Pose
from sage.scene import Scene
from sage.spatial.rescale import rescaled
from sage.spatial.structure import room_blocks

if TYPE_CHECKING:
    from tests.conftest import Stage

    Fault = Callable[[Stage], None]

ALL = pytest.mark.parametrize("critic", CRITICS, ids=[critic.name for critic in CRITICS])
FAULTS: dict[str, tuple[str, Fault]] = {}
BY_NAME = {critic.name: critic for critic in CRITICS}
DECORATION = ("plant_1", "trash_bin_1", "picture_1", "picture_2")
"""What keeps the kitchen from being bare."""
ONLY_SCORED = {"narrow_way", *WARNINGS}
"""What lowers the score but does not fail a scene."""
KINDS: tuple[str, ...] = FindingKind.__args__  # type: ignore[attr-defined]


def fault(critic: str, kind: str) -> Callable[[Fault], Fault]:
    """Say which critic must find which kind of fault in the scene that a function spoils."""

    def mark(spoil: Fault) -> Fault:
        FAULTS[f"{kind}: {spoil.__name__.replace('_', ' ')}"] = (critic, spoil)
        return spoil

    return mark


def asset_of(name: str, stage: Stage) -> Asset:
    return stage.store[stage.scene[name].asset]


def hang(category: str, wall_id: str, stage: Stage, bottom: float = 1.3) -> str:
    """Hang a thing in the middle of a wall, its lower edge so high [m]."""
    name = stage.stand(category, Pose(), support="wall", fixed=True)
    wall = next(wall for wall in stage.scene.rooms[0].walls if wall.id == wall_id)
    x, y = wall.point(wall.length / 2, asset_of(name, stage).size[0] / 2 + 0.001)
    stage.change(name, pose=Pose.planar(x, y, bottom, wall.yaw))
    return name


def painted(stage: Stage, rgb: tuple[float, float, float] | None) -> None:
    """Give walls and floor one colour; None: take only the floor's pattern away."""
    room = stage.scene.rooms[0]
    change = {"rgba": (*rgb, 1.0)} if rgb else {"pattern": None}
    shell = tuple(block.model_copy(update=change) for block in room_blocks(room))
    stage.scene = stage.scene.replacing(rooms=(room.model_copy(update={"shell": shell}),))


def remade(asset: Asset, change: Callable[[Mesh], Mesh]) -> Asset:
    """Return an asset whose visual meshes are changed."""
    links = tuple(
        link.model_copy(
            update={"visuals": tuple(v.model_copy(update={"mesh": change(v.mesh)}) for v in link.visuals)}
        )
        for link in asset.links
    )
    return asset.model_copy(update={"links": links}).identified()


@pytest.fixture
def kitchen(stage: Stage, context: Context) -> Stage:
    """A room where the only mug, on the counter, is to be put on the table, and everything is in order."""
    table = stage.stand("table", Pose.planar(3.0, 2.0), role="receptacle")
    stage.set_down("bowl", table, at=(0.2, 0.4))
    stage.stand("chair", Pose.planar(3.9, 2.0, 0, math.pi))
    counter = stage.stand("counter", Pose.planar(4.0, 0.32, 0, math.pi / 2), fixed=True)
    mug = stage.set_down("mug", counter, at=(0.1, 0.0), role="target")
    stage.stand("plant", Pose.planar(2.3, 0.3))
    stage.stand("trash bin", Pose.planar(2.2, 3.75))
    for wall in ("wall_east", "wall_west"):
        hang("picture", wall, stage)
    goal = {"name": "on", "subject": mug, "object": table}
    stage.ask(
        prompt="put the mug on the table",
        kind="task",
        objects=(
            {"ids": (mug,), "category": "mug", "name": "mug", "role": "target"},
            {"ids": (table,), "category": "table", "name": "table", "role": "receptacle"},
        ),
        initial=(goal | {"negated": True}, {"name": "on", "subject": mug, "object": counter}),
        goal=(goal,),
    )
    stage.scene = Settle().apply(stage.scene, context)
    return stage


def spoiled(name: str, kitchen: Stage) -> tuple[Critic, str]:
    critic, spoil = FAULTS[name]
    spoil(kitchen)
    return BY_NAME[critic], name.partition(":")[0]


@fault("physics", "collision")
def a_chair_in_the_table(stage: Stage) -> None:
    stage.change("chair_1", pose=Pose.planar(3.2, 2.02, 0, 0.1))


@fault("physics", "unstable")
def a_mug_in_the_air(stage: Stage) -> None:
    pose = stage.scene["mug_1"].pose
    x, y, z = pose.position
    stage.change("mug_1", pose=pose.model_copy(update={"position": (x, y, z + 0.3)}))


@fault("physics", "unsupported")
def a_mug_above_its_support(stage: Stage) -> None:
    a_mug_in_the_air(stage)


@fault("physics", "unsupported")
def a_bowl_whose_support_is_elsewhere(stage: Stage) -> None:
    stage.change("bowl_1", support="counter_1")


@fault("physics", "out_of_bounds")
def a_chair_half_outside_the_wall(stage: Stage) -> None:
    stage.change("chair_1", pose=Pose.planar(0.0, 2.0))


@fault("physics", "out_of_bounds")
def a_bowl_below_the_floor(stage: Stage) -> None:
    stage.change("bowl_1", pose=Pose.planar(1.0, 3.0, -0.5), fixed=True, support="floor")


@fault("task", "missing")
def no_mug(stage: Stage) -> None:
    stage.scene = stage.scene.removing("mug_1")


@fault("task", "wrong_attribute")
def a_mug_of_another_colour(stage: Stage) -> None:
    mug, table = stage.scene.task.objects
    colour = stage.store[stage.scene["mug_1"].asset].attributes["color"]
    asked = "red" if colour != "red" else "blue"
    stage.ask(
        objects=(mug.model_copy(update={"attributes": {"color": asked}, "name": f"{asked} mug"}), table)
    )


@fault("task", "wrong_attribute")
def a_bowl_for_a_mug(stage: Stage) -> None:
    bowl = stage.scene["bowl_1"]
    stage.change("mug_1", category="bowl", asset=bowl.asset, size=bowl.size)


@fault("task", "excluded")
def what_was_not_wanted(stage: Stage) -> None:
    stage.ask(excluded=("chair",))


@fault("task", "ambiguous")
def a_second_mug(stage: Stage) -> None:
    stage.set_down("mug", "table_1", at=(-0.2, -0.4))


@fault("task", "relation")
def a_mug_that_starts_elsewhere(stage: Stage) -> None:
    stage.ask(initial=({"name": "on", "subject": "mug_1", "object": "chair_1"},))


@fault("task", "goal_holds")
def a_task_that_is_done_already(stage: Stage) -> None:
    stage.ask(goal=({"name": "on", "subject": "mug_1", "object": "counter_1"},), initial=())


@fault("task", "goal_impossible")
def a_crowded_table(stage: Stage) -> None:
    stage.scene = stage.scene.removing("bowl_1")
    for row in (-1, 0, 1):
        stage.set_down(stage.block((0.27, 1.3, 0.1)), "table_1", at=(0.28 * row, 0.0))


@fault("task", "goal_impossible")
def a_thing_too_wide_to_grasp(stage: Stage) -> None:
    crate = stage.stand(stage.block((0.4, 0.4, 0.3)), Pose.planar(4.3, 0.6, 0.001), role="target")
    stage.ask(goal=({"name": "on", "subject": crate, "object": "table_1"},))


@fault("task", "goal_impossible")
def a_bowl_to_be_opened(stage: Stage) -> None:
    stage.ask(goal=({"name": "open", "subject": "bowl_1"},))


@fault("access", "unreachable")
def a_mug_in_the_middle_of_a_huge_table(stage: Stage) -> None:
    stage.scene = stage.scene.removing("bowl_1", "table_1", "chair_1")
    stage.stand(stage.block((2.6, 2.6, 0.7)), Pose.planar(2.6, 2.4), id="table_1")
    stage.scene = stage.scene.removing("mug_1")
    stage.set_down("mug", "table_1", id="mug_1", role="target")


@fault("access", "unreachable")
def a_mug_behind_a_barrier(stage: Stage) -> None:
    stage.stand(stage.block((2.4, 1.3, 0.5)), Pose.planar(3.8, 1.4))
    stage.stand(stage.block((1.0, 0.7, 0.5)), Pose.planar(3.1, 0.37))


@fault("access", "opening_blocked")
def a_box_before_the_door(stage: Stage) -> None:
    stage.stand(stage.block((0.4, 0.4, 0.4)), Pose.planar(0.7, 0.4))


@fault("access", "opening_blocked")
def a_shelf_before_the_window(stage: Stage) -> None:
    stage.stand(stage.block((0.3, 0.5, 1.6)), Pose.planar(2.5, 3.8))


@fault("access", "not_navigable")
def a_wall_of_boxes(stage: Stage) -> None:
    stage.stand(stage.block((0.3, 4.0, 1.5)), Pose.planar(1.7, 2.0))


@fault("access", "not_openable")
def a_heavy_box_before_the_drawers(stage: Stage) -> None:
    stage.stand(stage.block((0.7, 0.4, 0.85), kind="stone"), Pose.planar(4.0, 0.95))


@fault("access", "task_not_openable")
def a_heavy_box_before_the_drawers_that_the_task_names(stage: Stage) -> None:
    stage.change("counter_1", role="receptacle")
    a_heavy_box_before_the_drawers(stage)


@fault("access", "narrow_way")
def a_nook_behind_a_gap_of_half_a_metre(stage: Stage) -> None:
    stage.stand("dresser", Pose.planar(0.3, 3.4))
    stage.stand(stage.block((0.3, 1.6, 1.0)), Pose.planar(1.6, 3.2))
    stage.stand(stage.block((0.95, 0.3, 1.0)), Pose.planar(0.475, 2.4))


@fault("plausibility", "implausible")
def a_giant_chair(stage: Stage) -> None:
    stage.scene = stage.scene.removing("chair_1")
    stage.stand(stage.block((1.5, 1.4, 2.5), "chair", fill=0.01), Pose.planar(1.5, 2.5))


@fault("plausibility", "implausible")
def a_chair_of_stone(stage: Stage) -> None:
    stage.scene = stage.scene.removing("chair_1")
    stage.stand(stage.block((0.5, 0.45, 0.9), "chair", kind="stone"), Pose.planar(1.5, 2.5))


@fault("plausibility", "implausible")
def a_bed_in_the_kitchen(stage: Stage) -> None:
    stage.scene = stage.scene.removing("chair_1")
    stage.stand("single bed", Pose.planar(1.3, 3.3))


@fault("plausibility", "implausible")
def a_stool_on_the_table(stage: Stage) -> None:
    top = float(stage.layout["table_1"].high[2])
    x, y = (float(stage.layout["table_1"].center[k]) for k in (0, 1))
    stage.stand("stool", Pose.planar(x, y, top))
    stage.change("stool_1", support="table_1")


@fault("plausibility", "implausible")
def five_plain_bodies(stage: Stage) -> None:
    stage.scene = stage.scene.removing("chair_1")
    for x in (0.8, 1.2, 1.6, 2.0, 2.4):
        stage.stand("helicopter", Pose.planar(x, 3.3))


@fault("plausibility", "not_grouped")
def a_chair_far_from_the_desk(stage: Stage) -> None:
    stage.scene = stage.scene.removing(*DECORATION)
    stage.stand("desk", Pose.planar(0.4, 3.0))
    stage.stand("office chair", Pose.planar(4.5, 3.6, 0, math.pi))


@fault("plausibility", "not_grouped")
def a_chair_with_its_back_to_the_desk(stage: Stage) -> None:
    stage.scene = stage.scene.removing(*DECORATION)
    stage.stand("desk", Pose.planar(0.4, 3.0))
    stage.stand("office chair", Pose.planar(1.1, 3.0))


@fault("looks", "not_visible")
def a_mug_behind_a_screen(stage: Stage) -> None:
    base = stage.scene.task.robot_bases["mug_1"]
    mug = stage.layout["mug_1"].center
    x, y = (base.position[k] + 0.75 * (mug[k] - base.position[k]) for k in (0, 1))
    stage.stand(stage.block((0.02, 2.0, 2.4)), Pose.planar(float(x), float(y), 0, base.yaw))


@fault("looks", "blank")
def no_room_at_all(stage: Stage) -> None:
    stage.scene = stage.scene.replacing(rooms=(), objects=())


@fault("looks", "exposure")
def a_black_render(stage: Stage) -> None:
    painted(stage, (0.0, 0.0, 0.0))


@fault("looks", "colour_cast")
def a_room_of_one_red(stage: Stage) -> None:
    painted(stage, (0.9, 0.1, 0.1))


@fault("looks", "untextured")
def a_room_without_texture(stage: Stage) -> None:
    painted(stage, None)


@fault("looks", "missing_texture")
def a_table_without_its_texture(stage: Stage) -> None:
    asset = asset_of("table_1", stage)
    for name in asset.textures:
        (stage.store.path(asset.id) / name).unlink()


@fault("looks", "floating")
def a_floating_lamp(stage: Stage) -> None:
    lamp = stage.stand("ceiling lamp", Pose(), support="ceiling", fixed=True)
    height = stage.scene.rooms[0].height - asset_of(lamp, stage).size[2] - 0.1
    stage.change(lamp, pose=Pose.planar(2.5, 2.0, height))


@fault("looks", "floating")
def a_picture_on_a_window(stage: Stage) -> None:
    hang("picture", "wall_north", stage, bottom=1.2)


@fault("looks", "intersects")
def a_rug_under_the_counter(stage: Stage) -> None:
    stage.stand("rug", Pose.planar(4.0, 0.9))


@fault("looks", "inverted_faces")
def a_table_inside_out(stage: Stage) -> None:
    def turned(mesh: Mesh) -> Mesh:
        return Mesh(mesh.vertices, mesh.faces[:, ::-1], -mesh.normals, mesh.uv)

    stage.change("table_1", asset=stage.store.add(remade(asset_of("table_1", stage), turned)))


@fault("looks", "inverted_faces")
def a_table_with_faces_against_their_normals(stage: Stage) -> None:
    def half_turned(mesh: Mesh) -> Mesh:
        faces = mesh.faces.copy()
        faces[::4] = faces[::4, ::-1]
        return Mesh(mesh.vertices, faces, mesh.normals, mesh.uv)

    stage.change("table_1", asset=stage.store.add(remade(asset_of("table_1", stage), half_turned)))


@fault("looks", "stretched_texture")
def a_table_with_a_stretched_texture(stage: Stage) -> None:
    def stretched(mesh: Mesh) -> Mesh:
        return Mesh(mesh.vertices, mesh.faces, mesh.normals, mesh.uv * np.array([12.0, 0.5]))

    stage.change("table_1", asset=stage.store.add(remade(asset_of("table_1", stage), stretched)))


@fault("looks", "z_fighting")
def two_boxes_with_one_top(stage: Stage) -> None:
    stage.stand(stage.block((0.4, 0.4, 0.5)), Pose.planar(1.5, 3.0))
    stage.stand(stage.block((0.4, 0.4, 0.5), kind="stone"), Pose.planar(1.7, 3.0))


@fault("looks", "bare_wall")
def a_wall_with_nothing_at_it(stage: Stage) -> None:
    stage.scene = stage.scene.removing("picture_1")


@fault("looks", "empty_floor")
def an_empty_quarter(stage: Stage) -> None:
    stage.scene = stage.scene.removing("plant_1")


@fault("looks", "clutter")
def next_to_nothing_on_the_furniture(stage: Stage) -> None:
    stage.scene = stage.scene.removing("bowl_1")


@fault("looks", "composition")
def a_picture_at_the_floor(stage: Stage) -> None:
    x, y, _ = stage.scene["picture_1"].pose.position
    stage.change("picture_1", pose=Pose.planar(x, y, 0.2, stage.scene["picture_1"].pose.yaw))


@fault("looks", "composition")
def a_curtain_without_a_window(stage: Stage) -> None:
    hang("curtain", "wall_east", stage, bottom=0.2)


@fault("looks", "composition")
def a_rug_apart_from_everything(stage: Stage) -> None:
    stage.stand("rug", Pose.planar(0.8, 2.4))


@ALL
def test_a_good_scene_passes(kitchen: Stage, context: Context, critic: Critic) -> None:
    critique = critic.review(kitchen.scene, context)
    assert critique.passed, [finding.message for finding in critique.findings]
    assert critique.score == 1.0
    assert not critique.findings


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_by_its_critic(kitchen: Stage, context: Context, name: str) -> None:
    critic, kind = spoiled(name, kitchen)
    critique = critic.review(kitchen.scene, context)
    found = [finding.kind for finding in critique.findings]
    assert kind in found
    assert critique.score < 1.0
    assert critique.passed is (kind in ONLY_SCORED)


@pytest.mark.parametrize("name", FAULTS)
def test_findings_name_objects_that_exist_and_say_what_is_wrong(
    kitchen: Stage, context: Context, name: str
) -> None:
    critic, _ = spoiled(name, kitchen)
    for finding in critic.review(kitchen.scene, context).findings:
        assert finding.message and "\n" not in finding.message
        strangers = [item for item in finding.objects if item not in kitchen.scene]
        assert finding.kind == "missing" or not strangers, finding


@pytest.mark.parametrize("name", ["good", *FAULTS])
def test_a_verdict_is_within_bounds_and_the_same_again_and_spares_the_scene(
    kitchen: Stage, context: Context, name: str
) -> None:
    critics = CRITICS if name == "good" else (spoiled(name, kitchen)[0],)
    before = kitchen.scene.model_dump_json()
    for critic in critics:
        first = critic.review(kitchen.scene, context)
        assert first.critic == critic.name
        assert 0 <= first.score <= 1
        assert all(math.isfinite(value) for value in first.metrics.values())
        assert first == critic.review(Scene.model_validate_json(before), context)
    assert kitchen.scene.model_dump_json() == before


@ALL
def test_an_empty_room_breaks_no_critic(scene: Scene, context: Context, critic: Critic) -> None:
    assert 0 <= critic.review(scene, context).score <= 1


@ALL
def test_a_scene_without_a_room_breaks_no_critic_and_does_not_pass_them_all(
    scene: Scene, context: Context, critic: Critic
) -> None:
    """It is what stands when the first call of a planner was rejected."""
    bare = scene.replacing(rooms=())
    assert 0 <= critic.review(bare, context).score <= 1


def test_every_kind_of_finding_has_a_scene_that_shows_it() -> None:
    """But `inconsistent`, which is said of files (test_generate.py), and `shaken_off` (test_shake.py)."""
    assert {name.partition(":")[0] for name in FAULTS} == set(KINDS) - {
        "inconsistent",
        "shaken_off",
        "suggestion",
    }


def test_a_collision_is_told_with_its_depth_its_direction_and_the_way_out(
    kitchen: Stage, context: Context
) -> None:
    a_chair_in_the_table(kitchen)
    findings = BY_NAME["physics"].review(kitchen.scene, context).findings
    (finding,) = (finding for finding in findings if finding.kind == "collision")
    assert finding.objects[0] == "chair_1"
    assert finding.value is not None and finding.value > 0.001
    assert math.hypot(*finding.direction or ()) == pytest.approx(1.0, abs=1e-5)
    shift = finding.displacement or (0.0, 0.0, 0.0)
    x, y, z = (a + b for a, b in zip(kitchen.scene["chair_1"].pose.position, shift, strict=True))
    kitchen.change("chair_1", pose=Pose.planar(x, y, z, 0.1))
    again = BY_NAME["physics"].review(kitchen.scene, context)
    assert "collision" not in {finding.kind for finding in again.findings}


def found_by(critic: str, stage: Stage, context: Context) -> set[str]:
    return {finding.kind for finding in BY_NAME[critic].review(stage.scene, context).findings}


def test_goals_of_which_no_body_shows_the_rest_do_not_hold_yet(kitchen: Stage, context: Context) -> None:
    a_task_that_is_done_already(kitchen)
    assert "goal_holds" in found_by("task", kitchen, context)
    kitchen.ask(statements=({"text": "cooked(soup_1)", "when": "goal", "fate": "not_simulated"},))
    assert "goal_holds" not in found_by("task", kitchen, context)


def test_what_the_task_has_in_a_box_need_not_open_in_it(
    stage: Stage, context: Context, make: Callable[..., Asset]
) -> None:
    made = rescaled(make("box"), (0.6, 0.6, 0.5), 2.0, category="box", synset=None, provenance="a test")
    box = stage.stand(made, Pose.planar(2.5, 2.0))
    till = stage.set_down("cash register", box, "inside", role="receptacle")
    assert "task_not_openable" in found_by("access", stage, context)
    stage.ask(initial=({"name": "in", "subject": till, "object": box},))
    assert "task_not_openable" not in found_by("access", stage, context)


def test_names_of_critics_are_unique() -> None:
    assert len(BY_NAME) == len(CRITICS)


def test_hard_and_unmet_kinds_exist_and_differ() -> None:
    assert set(KINDS) >= HARD | UNMET
    assert not HARD & UNMET


def test_scenes_are_compared_by_hard_failures_then_requirements_then_score() -> None:
    def verdict(score: float, *kinds: str) -> tuple[Critique, ...]:
        findings = [{"kind": kind, "message": kind} for kind in kinds]
        return (
            Critique.model_validate(
                {"critic": "c", "score": score, "passed": not kinds, "findings": findings}
            ),
        )

    ranked = [
        verdict(0.9, "collision"),
        verdict(0.1, "missing", "relation"),
        verdict(0.1, "missing"),
        verdict(0.5, "implausible"),
        verdict(0.6, "implausible", "blank"),
        verdict(1.0),
    ]
    values = [worth(critiques) for critiques in ranked]
    assert values == sorted(values)
    assert len(set(values)) == len(values)
