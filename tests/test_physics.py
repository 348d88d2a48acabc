"""Physics world: expected motion, margin-free measurements, no state or memory leaks."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
import pybullet
import pytest

from sage.asset import Asset
from sage.context import Context
from sage.critics.physics import PhysicsCritic
from sage.geometry import Pose
from sage.scene import Room
from sage.simulation.physics import STEP_S, World, motion

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    from tests.conftest import Stage

GRAVITY = 9.81
MIDDLE = (2.5, 2.0)


@pytest.fixture
def cube(block: Callable[..., Asset]) -> Asset:
    return block((0.2, 0.2, 0.2))


def clients() -> int:
    return sum(bool(pybullet.isConnected(number)) for number in range(32))


@pytest.mark.parametrize("height", [0.05, 0.5, 1.5])
def test_a_dropped_box_falls_and_hits_the_floor_when_physics_says(
    stage: Stage, cube: Asset, height: float
) -> None:
    box = stage.stand(cube, Pose.planar(*MIDDLE, height))
    expected = math.sqrt(2 * height / GRAVITY) / STEP_S
    with World(stage.scene, stage.store) as world:
        steps = 0
        while world.state().poses[box].position[2] > 0.003 and steps < 2 * expected + 10:
            fallen = height - world.state().poses[box].position[2]
            passed = steps * STEP_S
            assert fallen == pytest.approx(GRAVITY * passed * (passed + STEP_S) / 2, abs=1e-4)
            world.step(STEP_S)
            steps += 1
        assert steps == pytest.approx(expected, abs=2.5)
        world.settle(2.0)
        x, y, z = world.state().poses[box].position
    assert (x, y, z) == pytest.approx((*MIDDLE, 0.0), abs=0.002)


def test_a_fixed_object_does_not_fall(stage: Stage, cube: Asset) -> None:
    box = stage.stand(cube, Pose.planar(*MIDDLE, 1.0), fixed=True)
    with World(stage.scene, stage.store) as world:
        world.step(0.5)
        assert world.state().poses[box].position == pytest.approx((*MIDDLE, 1.0), abs=1e-6)


@pytest.mark.parametrize("fruit", ["apple", "orange"])
def test_a_round_fruit_on_a_table_stays(stage: Stage, fruit: str) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE, 0.0))
    name = stage.set_down(fruit, table, at=(0.1, 0.1))
    with World(stage.scene, stage.store) as world:
        start = world.state()
        world.step(5.0)
        moved = motion(start, world.state())[name]
    assert moved.drift < 0.01
    assert moved.turn < 0.1


def test_a_stack_of_boxes_stays(stage: Stage, cube: Asset) -> None:
    below = stage.stand(cube, Pose.planar(*MIDDLE, 0.0005))
    names = [below]
    for turn in (0.2, -0.3, 0.1, 0.5):
        names.append(stage.set_down(cube, names[-1], yaw=turn))
    with World(stage.scene, stage.store) as world:
        world.settle(2.0)
        start = world.state()
        world.step(5.0)
        moved = motion(start, world.state())
    assert max(moved[name].drift for name in names) < 0.002
    assert max(moved[name].turn for name in names) < 0.02


def test_a_box_half_over_an_edge_stays_and_one_beyond_falls(
    stage: Stage, block: Callable[..., Asset], cube: Asset
) -> None:
    pillar = stage.stand(block((1.0, 1.0, 0.5), kind="stone"), Pose.planar(*MIDDLE))
    stays = stage.set_down(cube, pillar, at=(0.46, 0.3))
    falls = stage.set_down(cube, pillar, at=(0.54, -0.3))
    with World(stage.scene, stage.store) as world:
        start = world.state()
        world.step(2.0)
        moved = motion(start, world.state())
    assert moved[stays].drift < 0.01
    assert moved[falls].drift > 0.1


def test_two_objects_a_millimetre_apart_do_not_touch(stage: Stage, cube: Asset) -> None:
    a = stage.stand(cube, Pose.planar(*MIDDLE, 0.5))
    b = stage.stand(cube, Pose.planar(MIDDLE[0] + 0.201, MIDDLE[1], 0.5))
    with World(stage.scene, stage.store) as world:
        assert world.contacts() == ()
        assert world.touching(a) == ()
        (near,) = world.contacts(0.005)
    assert {near.a, near.b} == {a, b}
    assert near.depth == pytest.approx(-0.001, abs=1e-4)


@pytest.mark.parametrize("depth", [0.0005, 0.0015, 0.02])
@pytest.mark.parametrize("aside", [0.0, 0.03])
def test_depth_is_measured_without_margins(stage: Stage, cube: Asset, depth: float, aside: float) -> None:
    stage.stand(cube, Pose.planar(*MIDDLE, 0.5))
    b = stage.stand(cube, Pose.planar(MIDDLE[0] + 0.2 - depth, MIDDLE[1] + aside, 0.5))
    with World(stage.scene, stage.store) as world:
        (contact,) = world.contacts()
        (seen,) = world.touching(b)
    assert seen.a == b and {contact.a, contact.b} == {seen.a, seen.b}
    assert contact.depth == pytest.approx(depth, abs=1e-4)


def test_an_object_in_a_wall_touches_it(stage: Stage, cube: Asset) -> None:
    box = stage.stand(cube, Pose.planar(0.08, 2.0, 0.5))
    with World(stage.scene, stage.store) as world:
        (contact,) = world.contacts()
    assert contact.a == box and contact.b.startswith("wall_west")
    assert contact.depth == pytest.approx(0.02, abs=1e-4)


def test_a_covering_takes_no_part(stage: Stage, cube: Asset) -> None:
    stage.stand("rug", Pose.planar(*MIDDLE), fixed=True)
    box = stage.stand(cube, Pose.planar(*MIDDLE, 0.0))
    with World(stage.scene, stage.store) as world:
        assert set(world.state().poses) == {box}


def test_poses_and_joints_are_read_back_as_they_were_set(stage: Stage) -> None:
    pose = Pose.planar(2.0, 2.5, 0.0, 0.7)
    dresser = stage.stand("dresser", pose)
    joint = stage.layout[dresser].asset.joint("drawer_2_joint")
    half = joint.upper / 2
    stage.change(dresser, joints=stage.scene[dresser].joints | {joint.name: half})
    with World(stage.scene, stage.store) as world:
        state = world.state()
        assert state.joints[dresser][joint.name] == pytest.approx(half)
        assert state.joints[dresser]["drawer_1_joint"] == 0.0
        there = state.poses[dresser]
        assert there.position == pytest.approx(pose.position, abs=1e-6)
        assert there.yaw == pytest.approx(0.7, abs=1e-6)
        world.set_joint(dresser, joint.name, joint.upper)
        assert world.state().joints[dresser][joint.name] == pytest.approx(joint.upper)


def test_a_driven_drawer_opens_and_one_left_alone_stays(stage: Stage) -> None:
    dresser = stage.stand("dresser", Pose.planar(*MIDDLE))
    with World(stage.scene, stage.store) as world:
        world.drive(dresser, "drawer_1_joint", speed=0.2, force=60)
        world.step(1.0)
        joints = world.state().joints[dresser]
    assert joints["drawer_1_joint"] > 0.1
    assert abs(joints["drawer_2_joint"]) < 0.005


def test_two_worlds_of_one_scene_end_in_the_same_state(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    stage.set_down("mug", table, lift=0.05)
    stage.set_down("apple", table, at=(0.2, 0.3), lift=0.02)
    stage.stand("dresser", Pose.planar(4.7, 2.0, 0.01, math.pi))
    ends = []
    for _ in range(2):
        with World(stage.scene, stage.store) as world:
            world.step(1.0)
            ends.append(world.state())
    assert ends[0] == ends[1]


def test_settling_ends_once_all_is_still_and_no_later_than_told(stage: Stage, cube: Asset) -> None:
    stage.stand(cube, Pose.planar(*MIDDLE, 0.0005))
    with World(stage.scene, stage.store) as world:
        assert world.settle(4.0) < 1.0
    stage.stand(cube, Pose.planar(1.0, 1.0, 2.3))
    with World(stage.scene, stage.store) as world:
        assert world.settle(0.3) == pytest.approx(0.3, abs=0.051)


def test_a_world_leaves_no_client_behind(stage: Stage, cube: Asset) -> None:
    stage.stand(cube, Pose.planar(*MIDDLE))
    before = clients()
    with World(stage.scene, stage.store):
        assert clients() == before + 1
    with pytest.raises(ZeroDivisionError), World(stage.scene, stage.store):
        raise ZeroDivisionError
    assert clients() == before


def test_a_world_that_cannot_be_built_leaves_no_client_behind(stage: Stage, cube: Asset) -> None:
    box = stage.stand(cube, Pose.planar(*MIDDLE))
    broken = stage.scene.updating(stage.scene[box].model_copy(update={"joints": {}, "asset": "none_0"}))
    before = clients()
    with pytest.raises(Exception, match="none_0"), World(broken, stage.store):
        pass
    assert clients() == before


def test_a_world_prints_nothing(stage: Stage, room: Room, capfd: pytest.CaptureFixture[str]) -> None:
    stage.stand("dresser", Pose.planar(*MIDDLE))
    with World(stage.scene, stage.store) as world:
        world.step(0.1)
    assert capfd.readouterr() == ("", "")


def test_a_contact_tells_which_way_the_first_leaves_the_second(stage: Stage, cube: Asset) -> None:
    stage.stand(cube, Pose.planar(*MIDDLE, 0.5))
    stage.stand(cube, Pose.planar(MIDDLE[0] + 0.19, MIDDLE[1], 0.5))
    with World(stage.scene, stage.store) as world:
        (contact,) = world.contacts()
    assert contact.direction == pytest.approx((-1 if contact.a == "box_1" else 1, 0, 0), abs=1e-6)


def depth_after(stage: Stage, name: str, shift: Any) -> float:
    """How deep an object is in anything after a shift [m]."""
    pose = stage.scene[name].pose
    x, y, z = np.add(pose.position, shift).tolist()
    moved = stage.scene.updating(
        stage.scene[name].model_copy(update={"pose": pose.model_copy(update={"position": (x, y, z)})})
    )
    with World(moved, stage.store) as world:
        return max((contact.depth for contact in world.touching(name)), default=0.0)


@pytest.mark.parametrize(
    ("offset", "shift"),
    [
        ((0.17, 0.02, 0.0), (0.03, 0, 0)),
        ((0.02, -0.18, 0.03), (0, -0.02, 0)),
        ((0.05, 0.02, 0.15), (0, 0, 0.05)),
        ((0.05, 0.02, -0.199), (0, 0, -0.001)),
    ],
)
def test_two_boxes_part_by_their_overlap(stage: Stage, cube: Asset, offset: Any, shift: Any) -> None:
    stage.stand(cube, Pose.planar(*MIDDLE, 1.0), fixed=True)
    x, y, z = np.add((*MIDDLE, 1.0), offset)
    b = stage.stand(cube, Pose.planar(x, y, z))
    with World(stage.scene, stage.store) as world:
        found = world.separation(b, "box_1")
        clear = world.separation(b, "box_1", clearance=0.005)
        assert world.state().poses[b].position == pytest.approx((x, y, z), abs=1e-9)
    assert found == pytest.approx(shift, abs=1e-4)
    assert clear is not None and found is not None
    assert np.linalg.norm(clear) == pytest.approx(np.linalg.norm(found) + 0.005, abs=1e-4)


def test_ways_out_can_be_forbidden(stage: Stage, cube: Asset) -> None:
    stage.stand(cube, Pose.planar(*MIDDLE, 1.0))
    b = stage.stand(cube, Pose.planar(MIDDLE[0], MIDDLE[1] + 0.02, 0.81))
    with World(stage.scene, stage.store) as world:
        assert world.separation(b, "box_1") == pytest.approx((0, 0, -0.01), abs=1e-4)
        flat = world.separation(b, "box_1", axes=((1, 0, 0), (0, 1, 0)))
        along_x = world.separation(b, "box_1", axes=((1, 0, 0),))
        rising = world.separation(b, "box_1", upward=True)
    assert flat == pytest.approx((0, 0.18, 0), abs=1e-4)
    assert along_x is not None and abs(along_x[0]) == pytest.approx(0.2, abs=1e-4)
    assert rising == pytest.approx((0, 0.18, 0), abs=1e-4)


@pytest.mark.parametrize(
    ("thing", "owner", "at", "lift"),
    [
        ("apple", "bowl", (0.05, 0.0), 0.0),
        ("mug", "mug", (0.05, 0.02), 0.0),
        ("apple", "chair", (0.2, 0.2), 0.2),
        ("book", "chair", (-0.18, 0.0), 0.4),
        ("mug", "dresser", (0.1, 0.1), 0.3),
        ("bowl", "bowl", (0.03, 0.01), 0.005),
    ],
)
def test_a_shift_takes_all_pieces_of_hollow_things_apart(
    stage: Stage, thing: str, owner: str, at: tuple[float, float], lift: float
) -> None:
    stage.stand(owner, Pose.planar(*MIDDLE, 0.0), fixed=True)
    x, y = np.add(MIDDLE, at)
    name = stage.stand(thing, Pose.planar(x, y, lift, 0.3))
    with World(stage.scene, stage.store) as world:
        assert max(contact.depth for contact in world.touching(name)) > 0.001
        shift = world.separation(name, f"{owner}_1", upward=True)
    assert shift is not None and 0 < np.linalg.norm(shift) < 0.5
    assert depth_after(stage, name, shift) < 1e-4


def test_an_object_is_taken_out_of_a_wall(stage: Stage, cube: Asset) -> None:
    box = stage.stand(cube, Pose.planar(0.08, 2.0, 0.5))
    with World(stage.scene, stage.store) as world:
        (contact,) = world.contacts()
        assert world.separation(box, contact.b) == pytest.approx((0.02, 0, 0), abs=1e-4)


def test_what_is_apart_need_not_move(stage: Stage, cube: Asset) -> None:
    a = stage.stand(cube, Pose.planar(*MIDDLE, 0.5))
    b = stage.stand(cube, Pose.planar(MIDDLE[0] + 0.3, MIDDLE[1], 0.5))
    with World(stage.scene, stage.store) as world:
        assert world.separation(a, b) == pytest.approx((0, 0, 0))


@pytest.mark.parametrize("width, seconds", [(0.004, 5.0), (0.1, 1.0)])
def test_what_hardly_stands_is_watched_for_all_the_time(
    stage: Stage, context: Context, block: Callable[..., Asset], width: float, seconds: float
) -> None:
    stage.stand(block((width, 0.2, 0.2)), Pose.planar(*MIDDLE))
    critique = PhysicsCritic().review(stage.scene, context)
    assert critique.metrics["simulated_s"] == seconds
