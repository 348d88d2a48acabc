"""Separation of overlapping objects: small shifts, supports kept, at rest."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sage.asset import Asset
from sage.context import Context
from sage.critics.physics import PhysicsCritic
from sage.critique import Critique
from sage.errors import ToolRejected
from sage.generators import GENERATORS
from sage.generators.separate import Separate
from sage.generators.settle import Settle
from sage.geometry import Pose
from sage.planning.rules import RulesPlanner
from sage.scene import Scene
from sage.simulation.physics import World
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds, rests_on
from sage.tools import ToolCall, bind

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    from tests.conftest import Stage

TOOLS = {generator.tool_name(): generator for generator in GENERATORS}
MIDDLE = (2.5, 2.0)


def deepest(scene: Scene, stage: Stage) -> float:
    with World(scene, stage.store) as world:
        return max((contact.depth for contact in world.contacts()), default=0.0)


def gone(name: str, before: Scene, after: Scene) -> np.ndarray[Any, Any]:
    """How far a thing was shifted [m]."""
    return np.subtract(after[name].pose.position, before[name].pose.position)


@pytest.fixture
def table(stage: Stage, block: Callable[..., Asset]) -> str:
    return stage.stand(block((1.0, 1.6, 0.7), "table", kind="stone"), Pose.planar(*MIDDLE))


@pytest.fixture
def cube(block: Callable[..., Asset]) -> Asset:
    return block((0.1, 0.1, 0.1))


def test_two_boxes_on_a_table_part_by_their_overlap_and_stay_on_it(
    stage: Stage, context: Context, table: str, cube: Asset
) -> None:
    a = stage.set_down(cube, table)
    b = stage.set_down(cube, table, at=(0.08, 0.01))
    after = Separate().apply(stage.scene, context)
    assert deepest(after, stage) <= 0.001
    apart = gone(b, stage.scene, after) - gone(a, stage.scene, after)
    assert apart == pytest.approx((0.0203, 0, 0), abs=2e-4)
    assert gone(a, stage.scene, after)[0] == pytest.approx(-gone(b, stage.scene, after)[0], abs=1e-4)
    assert not np.any(gone(table, stage.scene, after))


def test_a_crowd_parts_all_at_once(stage: Stage, context: Context, table: str, cube: Asset) -> None:
    names = [
        stage.set_down(cube, table, at=(0.085 * row, 0.09 * column), yaw=0.1 * row * column)
        for row in range(-2, 3)
        for column in range(-2, 3)
    ]
    assert deepest(stage.scene, stage) > 0.01
    after = Separate().apply(stage.scene, context)
    assert deepest(after, stage) <= 0.001
    assert max(np.linalg.norm(gone(name, stage.scene, after)) for name in names) < 0.09
    settled = Settle().apply(after, context)
    critique = PhysicsCritic().review(settled, context)
    assert critique.passed, [finding.message for finding in critique.findings]


def test_what_would_fall_off_stays_and_the_other_makes_way(
    stage: Stage, context: Context, table: str, cube: Asset
) -> None:
    edge = stage.set_down(cube, table, at=(0.48, 0.0))
    inner = stage.set_down(cube, table, at=(0.4, 0.0))
    after = Separate().apply(stage.scene, context)
    assert deepest(after, stage) <= 0.001
    layout = Layout(after, stage.store)
    assert all(rests_on(layout[name], layout[table], "top") for name in (edge, inner))
    assert gone(inner, stage.scene, after)[0] < -0.009


def test_furniture_takes_its_load_along_and_leaves_the_wall(
    stage: Stage, context: Context, table: str, cube: Asset
) -> None:
    load = stage.set_down(cube, table, at=(0.3, 0.2))
    stage.change(table, pose=Pose.planar(0.47, 2.0))
    stage.change(load, pose=stage.scene[load].pose.model_copy(update={"position": (0.77, 2.2, 0.7005)}))
    after = Separate().apply(stage.scene, context)
    assert deepest(after, stage) <= 0.001
    assert gone(table, stage.scene, after) == pytest.approx((0.03, 0, 0), abs=5e-4)
    assert gone(load, stage.scene, after) == pytest.approx(gone(table, stage.scene, after))


def test_what_is_fixed_stays_and_the_light_moves_more(
    stage: Stage, context: Context, block: Callable[..., Asset]
) -> None:
    fixed = stage.stand(block((0.6, 0.6, 0.8), "counter"), Pose.planar(*MIDDLE), fixed=True)
    stool = stage.stand(block((0.4, 0.4, 0.4), "stool", fill=0.2), Pose.planar(2.97, 2.0, 0.0005))
    trunk = stage.stand(block((0.4, 0.4, 0.4), "trunk", kind="stone"), Pose.planar(3.35, 2.0, 0.0005))
    after = Separate().apply(stage.scene, context)
    assert deepest(after, stage) <= 0.001
    assert not np.any(gone(fixed, stage.scene, after))
    assert gone(stool, stage.scene, after)[0] == pytest.approx(0.03, abs=0.001)
    assert gone(trunk, stage.scene, after)[0] == pytest.approx(0.05, abs=0.001)


def test_what_hangs_slides_along_its_wall(
    stage: Stage, context: Context, block: Callable[..., Asset]
) -> None:
    frame = block((0.02, 0.5, 0.4), "picture", mount="wall")
    hung = [
        stage.stand(frame, Pose.planar(0.0105, y, 1.4), support="wall", fixed=fixed)
        for y, fixed in ((1.0, True), (1.46, False))
    ]
    after = Separate().apply(stage.scene, context)
    assert deepest(after, stage) <= 0.001
    assert gone(hung[1], stage.scene, after) == pytest.approx((0, 0.04, 0), abs=5e-4)


def test_a_thing_sunk_into_its_support_is_lifted(
    stage: Stage, context: Context, table: str, cube: Asset
) -> None:
    box = stage.set_down(cube, table, lift=-0.006)
    after = Separate().apply(stage.scene, context)
    assert gone(box, stage.scene, after) == pytest.approx((0, 0, 0.0058), abs=2e-4)


def test_an_apple_in_the_wall_of_a_bowl_is_taken_out_of_all_its_pieces(
    stage: Stage, context: Context, table: str
) -> None:
    bowl = stage.set_down("bowl", table)
    apple = stage.set_down("apple", bowl, "inside", at=(0.05, 0.0))
    assert deepest(stage.scene, stage) > 0.002
    after = Separate().apply(stage.scene, context)
    assert deepest(after, stage) <= 0.001
    assert rests_on(*(Layout(after, stage.store)[name] for name in (apple, bowl)))


@pytest.mark.parametrize("limit", [0.005, 0.15])
def test_nothing_goes_further_than_it_may(
    stage: Stage, context: Context, table: str, cube: Asset, limit: float
) -> None:
    stage.set_down(cube, table, fixed=True)
    stage.set_down(cube, table, at=(0.08, 0.0))
    if limit < 0.02:
        with pytest.raises(ToolRejected, match="remove"):
            Separate(limit_m=limit).apply(stage.scene, context)
    else:
        assert deepest(Separate(limit_m=limit).apply(stage.scene, context), stage) <= 0.001


def test_what_the_task_asks_for_still_holds(stage: Stage, context: Context, table: str, cube: Asset) -> None:
    """A chair at the end of a table, and a box between them: the chair may not leave the table."""
    low = stage.stand(cube, Pose.planar(4.0, 2.0, 0.0005))
    chair = stage.stand("chair", Pose.planar(2.3, 2.95, 0, -math.pi / 2))
    wish = {"name": "next_to", "subject": chair, "object": table}
    stage.ask(initial=(wish,))
    stage.change(low, pose=Pose.planar(2.5, 2.76, 0.0005))
    after = Separate().apply(stage.scene, context)
    assert holds(stage.scene.task.initial[0], Layout(after, stage.store))
    assert deepest(after, stage) <= 0.001


def test_what_does_not_overlap_is_not_touched(
    stage: Stage, context: Context, table: str, cube: Asset
) -> None:
    stage.set_down(cube, table)
    far = stage.set_down(cube, table, at=(0.3, 0.3))
    stage.set_down(cube, table, at=(0.05, 0.0))
    after = Separate().apply(stage.scene, context)
    assert after[far] == stage.scene[far]
    assert Separate().apply(stage.scene, context) == after


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.floats(-0.25, 0.25), st.floats(-0.5, 0.5), st.floats(-math.pi, math.pi)),
        min_size=2,
        max_size=7,
    )
)
def test_any_heap_on_a_table_parts_or_keeps_what_it_cannot_part(
    stage: Stage, context: Context, block: Callable[..., Asset], places: list[tuple[float, float, float]]
) -> None:
    stage.clear()
    table = stage.stand(block((1.0, 1.6, 0.7), "table", kind="stone"), Pose.planar(*MIDDLE))
    names = [
        stage.set_down(block((0.1, 0.14, 0.1), fill=0.5), table, at=(x, y), yaw=yaw) for x, y, yaw in places
    ]
    before = deepest(stage.scene, stage)
    if before <= 0.0009:
        return
    after = Separate().apply(stage.scene, context)
    layout = Layout(after, stage.store)
    assert all(rests_on(layout[name], layout[table], "top") for name in names)
    assert all(np.linalg.norm(gone(name, stage.scene, after)) <= 0.15 for name in names)
    assert deepest(after, stage) <= max(0.001, before)


@pytest.fixture
def overlapping(stage: Stage, context: Context, table: str, cube: Asset) -> tuple[Scene, Critique]:
    """Two boxes in one another, and what the physics critic says about them."""
    stage.set_down(cube, table)
    stage.set_down(cube, table, at=(0.08, 0.0))
    return stage.scene, PhysicsCritic().review(stage.scene, context)


def tools(calls: tuple[ToolCall, ...]) -> list[str]:
    return [call.tool for call in calls]


def test_the_rules_push_apart_first_and_remove_what_still_overlaps_then(
    overlapping: tuple[Scene, Critique],
) -> None:
    scene, critique = overlapping
    planner = RulesPlanner()
    calls, memory = planner.plan(scene, (critique,), TOOLS, (), {})
    assert tools(calls) == ["separate", "settle"]
    calls, memory = planner.plan(scene, (critique,), TOOLS, (), memory)
    assert tools(calls) == ["remove_object", "settle"]
    assert tools(planner.plan(scene, (critique,), TOOLS, (), memory).calls)[0] == "floor_plan"


def test_the_rules_remove_what_cannot_be_pushed_apart(overlapping: tuple[Scene, Critique]) -> None:
    scene, critique = overlapping
    planner = RulesPlanner()
    _, memory = planner.plan(scene, (critique,), TOOLS, (), {})
    rejections = ("separate: nothing that overlaps can be shifted",)
    calls, _ = planner.plan(scene, (critique,), TOOLS, rejections, memory)
    assert tools(calls) == ["remove_object", "settle"]


def test_what_the_rules_push_apart_passes(overlapping: tuple[Scene, Critique], context: Context) -> None:
    scene, critique = overlapping
    assert not critique.passed
    for call in RulesPlanner().plan(scene, (critique,), TOOLS, (), {}).calls:
        scene = bind(call, TOOLS).apply(scene, context)
    assert PhysicsCritic().review(scene, context).passed
