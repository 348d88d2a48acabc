"""Physical properties of tableware, boxes and books."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pybullet
import pytest

from sage.asset import Asset, AssetStore
from sage.assets.parametric import ParametricAssets
from sage.geometry import Array, Pose
from sage.scene import Room, Scene, SceneObject, Wall
from sage.simulation.physics import World, motion
from sage.task import Task

pytestmark = pytest.mark.quick

BALL_M = 0.015
VESSELS = (
    "bowl",
    "mug",
    "cup",
    "glass",
    "pot",
    "frying pan",
    "vase",
    "basket",
    "box",
    "trash bin",
    "pen holder",
)


def _make(category: str, seed: int = 0) -> Asset:
    return ParametricAssets().make(category, np.random.default_rng(seed))


def _scene(asset: Asset, poses: list[Pose], store: AssetStore) -> Scene:
    corners = [(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]
    walls = tuple(
        Wall(id=f"wall_{i}", start=corners[i], end=corners[(i + 1) % 4], height=2.5, thickness=0.1)
        for i in range(4)
    )
    room = Room(id="room", type="kitchen", polygon=tuple(corners), height=2.5, walls=walls)
    key = store.add(asset)
    objects = tuple(
        SceneObject(
            id=f"item_{i}", category=asset.category, name=asset.category, asset=key, pose=pose,
            size=asset.size, room="room", support="floor",
        )
        for i, pose in enumerate(poses)
    )  # fmt: skip
    task = Task(prompt="a kitchen", kind="room", rooms=("kitchen",))
    return Scene(task=task, seed=0, rooms=(room,), objects=objects)


@pytest.fixture
def client() -> Iterator[int]:
    number = pybullet.connect(pybullet.DIRECT)
    pybullet.setGravity(0, 0, -9.81, physicsClientId=number)
    yield number
    pybullet.disconnect(number)


def _fixed(asset: Asset, client: int) -> int:
    """Load the pieces of an asset's root as one immovable body at the origin."""
    shapes = [
        pybullet.createCollisionShape(
            pybullet.GEOM_MESH, vertices=piece.points.tolist(), physicsClientId=client
        )
        for piece in asset.links[0].colliders
    ]
    bodies = [pybullet.createMultiBody(0, shape, physicsClientId=client) for shape in shapes]
    return len(bodies)


def _drop_ball(start: Array, seconds: float, client: int) -> Array:
    shape = pybullet.createCollisionShape(pybullet.GEOM_SPHERE, radius=BALL_M, physicsClientId=client)
    ball = pybullet.createMultiBody(0.01, shape, basePosition=list(start), physicsClientId=client)
    pybullet.changeDynamics(ball, -1, restitution=0, rollingFriction=5e-4, physicsClientId=client)
    for _ in range(round(seconds * 240)):
        pybullet.stepSimulation(physicsClientId=client)
    return np.array(pybullet.getBasePositionAndOrientation(ball, physicsClientId=client)[0])


@pytest.mark.parametrize("category", VESSELS)
def test_a_ball_that_falls_into_a_vessel_comes_to_rest_on_its_floor(category: str, client: int) -> None:
    asset = _make(category)
    floor = asset.surface("inside")
    assert _fixed(asset, client) <= 30
    start = np.add(floor.center, (0.005, 0.0, asset.size[2]))
    rest = _drop_ball(start, 1.5, client)
    assert np.abs(rest - floor.center)[:2].max() < min(asset.size[:2]) / 2
    assert rest[2] == pytest.approx(floor.center[2] + BALL_M, abs=0.004)


@pytest.mark.parametrize("category", ["plate", "bowl"])
def test_tableware_stacks_foot_on_floor_and_stays(category: str, tmp_path: Path) -> None:
    asset, store = _make(category), AssetStore(tmp_path)
    rise = asset.surfaces[0].center[2]
    poses = [Pose.planar(0, 0, 0.001 + index * (rise + 0.001), yaw=0.7 * index) for index in range(4)]
    with World(_scene(asset, poses, store), store) as world:
        world.step(1.0)
        before = world.state()
        world.step(2.0)
        after = world.state()
    assert max(m.drift for m in motion(before, after).values()) < 0.001
    heights = [after.poses[f"item_{index}"].position[2] for index in range(4)]
    assert np.diff(heights) == pytest.approx([rise] * 3, abs=0.0005)
    assert max(pose.tilt for pose in after.poses.values()) < 0.01


def test_books_stack_without_sinking_into_each_other(tmp_path: Path) -> None:
    asset, store = _make("book"), AssetStore(tmp_path)
    thick = asset.surface("top").center[2]
    poses = [Pose.planar(0, 0, 0.001 + index * (thick + 0.002), yaw=0.1 * index) for index in range(4)]
    with World(_scene(asset, poses, store), store) as world:
        world.step(2.0)
        heights = [pose.position[2] for pose in world.state().poses.values()]
    assert np.diff(heights) == pytest.approx([thick] * 3, abs=0.0005)


@pytest.mark.parametrize("seed", range(3))
def test_a_thin_bar_passes_through_a_mugs_handle_but_not_its_wall(seed: int, client: int) -> None:
    asset = _make("mug", seed)
    _fixed(asset, client)
    depth, width, height = asset.size
    bar = pybullet.createCollisionShape(
        pybullet.GEOM_CYLINDER, radius=0.004, height=0.1, physicsClientId=client
    )
    across = pybullet.getQuaternionFromEuler([0, np.pi / 2, 0])

    def hits(y: float) -> bool:
        body = pybullet.createMultiBody(
            1.0, bar, basePosition=[0, y, 0.52 * height], baseOrientation=across, physicsClientId=client
        )
        pybullet.performCollisionDetection(physicsClientId=client)
        touching = bool(pybullet.getContactPoints(bodyA=body, physicsClientId=client))
        pybullet.removeBody(body, physicsClientId=client)
        return touching

    ear = width - depth
    hole = [y for y in np.linspace(width / 2 - ear, width / 2, 41) if not hits(float(y))]
    assert hole and max(hole) < width / 2 - 0.009
    assert hits(width / 2 - 0.005)
    assert hits(-width / 2 + 0.003)


def test_what_a_gripper_takes_is_narrower_than_its_jaws_open() -> None:
    for category in ("mug", "bottle", "can", "milk carton", "cereal box", "book", "remote control", "towel"):
        assert 0.002 < _make(category).grasp_width <= 0.08, category


def test_an_empty_carton_is_lighter_than_a_full_one() -> None:
    full = ParametricAssets().make("milk carton", np.random.default_rng(0))
    empty = ParametricAssets().make("milk carton", np.random.default_rng(0), {"state": "empty"})
    assert empty.mass < 0.2 * full.mass
