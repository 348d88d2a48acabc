"""Exports read back by their engines."""

from __future__ import annotations

import io
import math
import shutil
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import mujoco
import numpy as np
import pybullet
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st
from pxr import Usd, UsdGeom, UsdPhysics, UsdSemantics, UsdShade, UsdValidation
from scipy.spatial.transform import Rotation

from sage.asset import Asset, AssetStore, Link, Material
from sage.assets.builder import AssetBuilder
from sage.assets.materials import Style
from sage.export.gltf import read_glb, scene_glb
from sage.export.inertia import inertia_tensor, principal_inertia
from sage.export.mjcf import write_mjcf
from sage.export.urdf import asset_urdf, scene_urdf, write_bullet_urdf
from sage.export.usd import write_usd
from sage.geometry import Array, Pose, rotation_matrix
from sage.scene import Opening, Room, Scene, SceneObject, Wall
from sage.task import Task

pytestmark = pytest.mark.quick

OPEN_M = 0.1
POSE_TOLERANCE = 1e-6


def cabinet() -> Asset:
    style = Style(np.random.default_rng(0))
    wood, metal = style.part("wood", "oak"), style.part("metal", "grey")
    builder = AssetBuilder(style)
    base = builder.part()
    base.carcass((0.4, 0.5, 0.8), (0, 0, 0.4), 0.018, wood)
    base.box((0.36, 0.464, 0.018), (0, 0, 0.5), wood)
    drawer = builder.moving(
        "drawer", "prismatic", (0.18, 0, 0.65), (1, 0, 0), 0.3, damping=5, friction=1.5, opens="drawer"
    )
    drawer.box((0.3, 0.44, 0.012), (0.03, 0, 0.56), wood)
    drawer.box((0.018, 0.46, 0.2), (0.19, 0, 0.65), wood)
    drawer.path([(0.2, -0.05, 0.65), (0.23, -0.05, 0.65), (0.23, 0.05, 0.65), (0.2, 0.05, 0.65)], 0.01, metal)
    door = builder.moving(
        "door", "revolute", (0.2, 0.245, 0.25), (0, 0, 1), 1.9, damping=0.2, friction=0.1, opens="door"
    )
    door.box((0.018, 0.48, 0.45), (0.21, 0, 0.25), wood)
    latch = builder.moving("latch", "revolute", (0.23, -0.2, 0.25), (0.6, 0.8, 0), 0.5, parent="door")
    latch.bar((0.23, -0.2, 0.2), (0.24, -0.17, 0.3), 0.012, metal)
    return builder.finish("cabinet", "cabinet.n.01", mount="floor")


def table() -> Asset:
    style = Style(np.random.default_rng(1))
    builder = AssetBuilder(style)
    builder.part().box((0.6, 0.8, 0.7), (0, 0, 0.35), style.part("wood", "pine"))
    return builder.finish("table", "table.n.02", mount="floor")


def bowl() -> Asset:
    style = Style(np.random.default_rng(2))
    builder = AssetBuilder(style)
    profile = [(0.035, 0.0), (0.035, 0.006), (0.06, 0.03), (0.075, 0.06)]
    builder.part().vessel(profile, 0.004, 0.008, style.part("ceramic", "blue"))
    return builder.finish("bowl", "bowl.n.01", has_front=False)


def rug() -> Asset:
    style = Style(np.random.default_rng(3))
    builder = AssetBuilder(style)
    builder.part().box((1.0, 1.5, 0.005), (0, 0, 0.0025), style.part("fabric", "red"))
    return builder.finish("rug", "rug.n.01", mount="floor", covering=True)


def room() -> Room:
    door = Opening(id="door_1", kind="door", offset=1.0, width=0.9, height=2.0)
    window = Opening(id="window_1", kind="window", offset=2.0, width=1.2, height=1.2, sill=0.9)
    corners = [(0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0)]
    walls = tuple(
        Wall(id=f"wall_{i}", start=start, end=end, height=2.6, thickness=0.1, openings=openings)
        for i, (start, end, openings) in enumerate(
            zip(corners, corners[1:] + corners[:1], [(door,), (), (window,), ()], strict=True)
        )
    )
    return Room(id="kitchen_1", type="kitchen", polygon=tuple(corners), height=2.6, walls=walls)


def example(store: AssetStore) -> Scene:
    table_id, bowl_id, cabinet_id, rug_id = (store.add(make()) for make in (table, bowl, cabinet, rug))
    table_pose = Pose.planar(1.5, 1.5, 0, 0.7)

    def item(name: str, asset: str, pose: Pose, support: str, **more: object) -> SceneObject:
        fields = {"category": store[asset].category, "name": name, "size": store[asset].size}
        return SceneObject.model_validate(
            {
                "id": name,
                "asset": asset,
                "pose": pose,
                "support": support,
                "room": "kitchen_1",
                **fields,
                **more,
            }
        )

    ajar = {"drawer_joint": OPEN_M, "door_joint": 0.4, "latch_joint": 0.2}
    bowl_pose = table_pose @ Pose.planar(0.1, 0.15, 0.7, 0.3)
    return Scene(
        task=Task(prompt="a kitchen", kind="room", rooms=("kitchen",)),
        seed=0,
        rooms=(room(),),
        objects=(
            item("table_1", table_id, table_pose, "floor"),
            item("bowl_1", bowl_id, bowl_pose, "table_1"),
            item("cabinet_1", cabinet_id, Pose.planar(3.7, 1.5, 0, math.pi), "floor", joints=ajar),
            item("cabinet-2", cabinet_id, Pose.planar(0.25, 1.5, 0.5), "wall", joints=ajar, fixed=True),
            item("bowl_2", bowl_id, Pose.planar(2.0, 0.4, 1.0), "wall", fixed=True),
            item("rug_1", rug_id, Pose.planar(2.5, 1.5), "floor", fixed=True, covering=True),
        ),
    )


def export(folder: Path) -> tuple[Scene, AssetStore]:
    store = AssetStore(folder / "assets")
    scene = example(store)
    (folder / "urdf").mkdir()
    for asset_id in {item.asset for item in scene.objects}:
        write_bullet_urdf(store[asset_id], store.path(asset_id))
        text = asset_urdf(store[asset_id], f"../assets/{asset_id}")
        (folder / "urdf" / f"{asset_id}.urdf").write_text(text)
    (folder / "urdf" / "scene.urdf").write_text(scene_urdf(scene, store))
    write_mjcf(scene, store, folder)
    write_usd(scene, store, folder)
    return scene, store


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Scene, AssetStore]:
    """An exported scene in a folder that was moved afterwards."""
    made = tmp_path_factory.mktemp("made") / "scene"
    made.mkdir()
    scene, store = export(made)
    folder = tmp_path_factory.mktemp("moved") / "elsewhere"
    shutil.move(made, folder)
    return folder, scene, store


@pytest.fixture
def client() -> Iterator[int]:
    """A PyBullet world."""
    number = pybullet.connect(pybullet.DIRECT)
    try:
        yield number
    finally:
        pybullet.disconnect(number)


def link_poses(scene: Scene, store: AssetStore) -> Iterator[tuple[SceneObject, str, Link, Pose]]:
    """Yield object, name of the body, link and `world_from_link` of every link of a scene."""
    for item in scene.objects:
        asset = store[item.asset]
        poses = asset.link_poses(item.joints)
        for link in asset.links:
            name = item.id if link is asset.links[0] else f"{item.id}/{link.name}"
            yield item, name, link, item.pose @ poses[link.name]


def assert_inertia(link: Link, moments: Array, axes: Array, tolerance: float = 1e-5) -> None:
    tensor = inertia_tensor(link)
    assert axes @ np.diag(moments) @ axes.T == pytest.approx(tensor, abs=tolerance * float(tensor.max()))


def xyzw_matrix(quat: tuple[float, ...]) -> Array:
    x, y, z, w = quat
    return rotation_matrix((w, x, y, z))


def assert_bullet_dynamics(client: int, body: int, index: int, link: Link) -> None:
    info = pybullet.getDynamicsInfo(body, index, physicsClientId=client)
    assert info[0] == pytest.approx(link.mass, rel=1e-8)
    assert info[1] == pytest.approx(link.friction)
    assert info[3] == pytest.approx(link.com, abs=1e-8)
    assert_inertia(link, np.array(info[2]), xyzw_matrix(info[4]))


@pytest.mark.parametrize("variant", ["bullet", "portable"])
def test_pybullet_reads_an_assets_urdf_as_it_was(
    exported: tuple[Path, Scene, AssetStore], client: int, variant: str
) -> None:
    folder, scene, store = exported
    for asset_id in {item.asset for item in scene.objects}:
        asset = store[asset_id]
        path = {
            "bullet": folder / "assets" / asset_id / "bullet.urdf",
            "portable": folder / "urdf" / f"{asset_id}.urdf",
        }[variant]
        body = pybullet.loadURDF(str(path), flags=pybullet.URDF_USE_INERTIA_FROM_FILE, physicsClientId=client)
        infos = [
            pybullet.getJointInfo(body, i, physicsClientId=client)
            for i in range(pybullet.getNumJoints(body, physicsClientId=client))
        ]
        index = {asset.links[0].name: -1} | {info[12].decode(): info[0] for info in infos}
        for link in asset.links:
            assert_bullet_dynamics(client, body, index[link.name], link)
            shapes = pybullet.getCollisionShapeData(body, index[link.name], physicsClientId=client)
            assert len(shapes) == len(link.colliders)
        ajar = {joint.name: joint.upper / 3 for joint in asset.joints}
        for info in infos:
            joint = asset.joint(info[1].decode())
            assert info[8:10] == pytest.approx((joint.lower, joint.upper))
            assert info[6:8] == pytest.approx((joint.damping, joint.friction))
            inertial = pybullet.getDynamicsInfo(body, info[0], physicsClientId=client)[4]
            # Bullet gives the axis in the child's inertial frame.
            assert xyzw_matrix(inertial) @ info[13] == pytest.approx(np.array(joint.axis), abs=1e-7)
            pybullet.resetJointState(body, info[0], ajar[joint.name], physicsClientId=client)
        root = pybullet.getDynamicsInfo(body, -1, physicsClientId=client)
        pybullet.resetBasePositionAndOrientation(body, root[3], root[4], physicsClientId=client)
        for info in infos:
            state = pybullet.getLinkState(
                body, info[0], computeForwardKinematics=True, physicsClientId=client
            )
            expected = asset.link_poses(ajar)[info[12].decode()]
            assert state[4] == pytest.approx(expected.position, abs=POSE_TOLERANCE)
            turn = rotation_matrix(expected.orientation)
            assert xyzw_matrix(state[5]) == pytest.approx(turn, abs=POSE_TOLERANCE)


def test_a_marble_fits_into_the_bowl_that_pybullet_reads(
    exported: tuple[Path, Scene, AssetStore], client: int
) -> None:
    folder, scene, _ = exported
    path = folder / "assets" / scene["bowl_1"].asset / "bullet.urdf"
    bowl_body = pybullet.loadURDF(str(path), physicsClientId=client)
    marble = pybullet.createCollisionShape(pybullet.GEOM_SPHERE, radius=0.02, physicsClientId=client)
    body = pybullet.createMultiBody(0.01, marble, basePosition=(0, 0, 0.035), physicsClientId=client)
    root = pybullet.getDynamicsInfo(bowl_body, -1, physicsClientId=client)
    pybullet.resetBasePositionAndOrientation(bowl_body, root[3], root[4], physicsClientId=client)
    pybullet.changeDynamics(bowl_body, -1, collisionMargin=0.0, physicsClientId=client)
    (closest, *_) = sorted(
        point[8] for point in pybullet.getClosestPoints(bowl_body, body, 0.05, physicsClientId=client)
    )
    assert closest == pytest.approx(0.007, abs=1e-6)


def test_pybullet_reads_the_snapshot_of_a_scene(
    exported: tuple[Path, Scene, AssetStore], client: int
) -> None:
    folder, scene, store = exported
    body = pybullet.loadURDF(
        str(folder / "urdf" / "scene.urdf"),
        useFixedBase=True,
        flags=pybullet.URDF_USE_INERTIA_FROM_FILE,
        physicsClientId=client,
    )
    index = {
        pybullet.getJointInfo(body, i, physicsClientId=client)[12].decode(): i
        for i in range(pybullet.getNumJoints(body, physicsClientId=client))
    }
    expected = list(link_poses(scene, store))
    assert set(index) == {name for _, name, _, _ in expected}
    for _, name, link, pose in expected:
        assert_bullet_dynamics(client, body, index[name], link)
        state = pybullet.getLinkState(body, index[name], physicsClientId=client)
        assert state[4] == pytest.approx(pose.position, abs=POSE_TOLERANCE)
        assert xyzw_matrix(state[5]) == pytest.approx(rotation_matrix(pose.orientation), abs=POSE_TOLERANCE)


def at_rest(folder: Path) -> tuple[mujoco.MjModel, mujoco.MjData]:
    model = mujoco.MjModel.from_xml_path(str(folder / "scene.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, model.key("rest").id)
    mujoco.mj_forward(model, data)
    return model, data


def test_mujoco_reads_masses_and_inertias_as_they_were(exported: tuple[Path, Scene, AssetStore]) -> None:
    folder, scene, store = exported
    model, _ = at_rest(folder)
    for _, name, link, _ in link_poses(scene, store):
        body = model.body(name)
        assert body.mass[0] == pytest.approx(link.mass, rel=1e-8)
        assert body.ipos == pytest.approx(np.array(link.com), abs=1e-8)
        assert_inertia(link, body.inertia, rotation_matrix(body.iquat), tolerance=1e-8)
        touching = [
            g for g in range(model.ngeom) if model.geom_bodyid[g] == body.id and model.geom_contype[g]
        ]
        assert len(touching) == len(link.colliders)
        assert model.geom_friction[touching, 0] == pytest.approx(link.friction)


def test_mujoco_keyframe_rest_is_the_scene(exported: tuple[Path, Scene, AssetStore]) -> None:
    folder, scene, store = exported
    _, data = at_rest(folder)
    for item, name, _, pose in link_poses(scene, store):
        assert data.body(name).xpos == pytest.approx(np.array(pose.position), abs=POSE_TOLERANCE)
        turn = rotation_matrix(pose.orientation)
        assert data.body(name).xmat.reshape(3, 3) == pytest.approx(turn, abs=POSE_TOLERANCE)
        for joint in store[item.asset].joints:
            assert data.joint(f"{item.id}/{joint.name}").qpos[0] == pytest.approx(item.joints[joint.name])


def test_mujoco_joints_have_their_axes_limits_and_resistance(
    exported: tuple[Path, Scene, AssetStore],
) -> None:
    folder, scene, store = exported
    model, _ = at_rest(folder)
    for item in scene.objects:
        for joint in store[item.asset].joints:
            read = model.joint(f"{item.id}/{joint.name}")
            assert read.axis == pytest.approx(np.array(joint.axis))
            assert read.range == pytest.approx((joint.lower, joint.upper))
            assert model.jnt_limited[read.id]
            assert read.damping[0] == pytest.approx(joint.damping)
            assert read.frictionloss[0] == pytest.approx(joint.friction)


def test_mjcf_keeps_the_contract_on_free_bodies_and_contacts(
    exported: tuple[Path, Scene, AssetStore],
) -> None:
    folder, scene, _ = exported
    model, _ = at_rest(folder)
    for item in scene.objects:
        body = model.body(item.id)
        assert model.body_parentid[body.id] == 0
        kinds = [model.jnt_type[body.jntadr[0]]] if body.jntnum[0] else []
        assert kinds == ([] if item.fixed else [mujoco.mjtJoint.mjJNT_FREE])
        if not item.fixed:
            first = model.joint(f"{item.id}/free").dofadr[0]
            assert not model.dof_damping[first : first + 6].any()
            assert not model.dof_frictionloss[first : first + 6].any()
    assert model.opt.gravity == pytest.approx((0, 0, -9.81))
    assert not model.body_gravcomp.any()
    assert model.neq == 0
    assert (model.geom_solref[:, 0] <= 0.005).all()
    for pair in ET.parse(folder / "scene.xml").getroot().iter("exclude"):
        assert pair.attrib["body1"].split("/")[0] == pair.attrib["body2"].split("/")[0]


def test_a_settled_scene_stays_where_it_is_in_mujoco(exported: tuple[Path, Scene, AssetStore]) -> None:
    folder, _, _ = exported
    model, data = at_rest(folder)
    start = data.qpos.copy()
    for _ in range(round(2.0 / model.opt.timestep)):
        mujoco.mj_step(model, data)
    assert np.abs(data.qpos - start).max() < 1e-4
    assert data.contact.dist.min() > -3e-4


def test_a_stack_of_heavy_things_does_not_sink_in_mujoco(tmp_path: Path) -> None:
    store = AssetStore(tmp_path / "assets")
    style = Style(np.random.default_rng(4))
    block = AssetBuilder(style)
    block.part().box((0.4, 0.4, 0.3), (0, 0, 0.15), style.part("stone", "grey"), bevel=0.0)
    stand = AssetBuilder(style)
    base, wood = stand.part(), style.part("wood", "oak")
    for x, y in ((-0.25, -0.25), (-0.25, 0.25), (0.25, -0.25), (0.25, 0.25)):
        base.bar((x, y, 0), (x, y, 0.5), 0.04, wood)
    base.box((0.6, 0.6, 0.04), (0, 0, 0.52), wood)
    ids = [store.add(s.finish(n, f"{n}.n.01")) for n, s in (("stand", stand), ("block", block))]
    heights = [(ids[0], 0.0), (ids[1], 0.54), (ids[1], 0.84), (ids[1], 1.14)]
    objects = tuple(
        SceneObject(
            id=f"thing_{i}", category="thing", name="thing", asset=asset, size=store[asset].size,
            pose=Pose.planar(2, 1.5, z, 0.2 * i), room="kitchen_1", support="floor",
        )
        for i, (asset, z) in enumerate(heights)
    )  # fmt: skip
    task = Task(prompt="a kitchen", kind="room", rooms=("kitchen",))
    scene = Scene(task=task, seed=0, rooms=(room(),), objects=objects)
    write_mjcf(scene, store, tmp_path)
    model, data = at_rest(tmp_path)
    assert model.body("thing_3").mass[0] > 100
    start = data.xpos.copy()
    for _ in range(round(2.0 / model.opt.timestep)):
        mujoco.mj_step(model, data)
    assert data.contact.dist.min() > -3e-4
    assert np.abs(data.xpos - start).max() < 1e-3


def test_doors_and_drawers_reach_their_upper_limit_in_mujoco(
    exported: tuple[Path, Scene, AssetStore],
) -> None:
    folder, _, _ = exported
    for cabinet_id in ("cabinet_1", "cabinet-2"):
        for name, effort in (("drawer_joint", 8.0), ("door_joint", 1.5)):
            model, data = at_rest(folder)
            joint = model.joint(f"{cabinet_id}/{name}")
            data.qfrc_applied[joint.dofadr[0]] = effort
            for _ in range(round(3.0 / model.opt.timestep)):
                mujoco.mj_step(model, data)
            assert data.qpos[joint.qposadr[0]] == pytest.approx(joint.range[1], rel=0.01)


@pytest.mark.parametrize(("name", "effort"), [("drawer_joint", 8.0), ("door_joint", 1.5)])
def test_doors_and_drawers_reach_their_upper_limit_in_pybullet(
    exported: tuple[Path, Scene, AssetStore], client: int, name: str, effort: float
) -> None:
    folder, scene, store = exported
    asset = store[scene["cabinet_1"].asset]
    body = pybullet.loadURDF(
        str(folder / "assets" / asset.id / "bullet.urdf"),
        useFixedBase=True,
        flags=pybullet.URDF_USE_INERTIA_FROM_FILE,
        physicsClientId=client,
    )
    pybullet.setGravity(0, 0, -9.81, physicsClientId=client)
    count = pybullet.getNumJoints(body, physicsClientId=client)
    index = {pybullet.getJointInfo(body, i, physicsClientId=client)[1].decode(): i for i in range(count)}
    for joint, number in index.items():
        pybullet.setJointMotorControl2(
            body, number, pybullet.VELOCITY_CONTROL, force=asset.joint(joint).friction, physicsClientId=client
        )
    for _ in range(3 * 240):
        pybullet.setJointMotorControl2(
            body, index[name], pybullet.TORQUE_CONTROL, force=effort, physicsClientId=client
        )
        pybullet.stepSimulation(physicsClientId=client)
    reached = pybullet.getJointState(body, index[name], physicsClientId=client)[0]
    assert reached == pytest.approx(asset.joint(name).upper, rel=0.01)


PRIMS = {"cabinet-2": "cabinet_2"}


def prim_of(stage: Usd.Stage, item: SceneObject, part: str) -> Usd.Prim:
    prim = stage.GetPrimAtPath(f"/World/objects/{PRIMS.get(item.id, item.id)}/{part}")
    assert prim.IsValid()
    return prim


def pieces_of(prim: Usd.Prim) -> list[Usd.Prim]:
    below = Usd.PrimRange(prim, Usd.TraverseInstanceProxies())
    return [child for child in below if child.HasAPI(UsdPhysics.CollisionAPI)]


def gf_matrix(quat: object) -> Array:
    return rotation_matrix((quat.real, *quat.imaginary))  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def stage(exported: tuple[Path, Scene, AssetStore]) -> Usd.Stage:
    """The exported scene, opened as USD."""
    return Usd.Stage.Open(str(exported[0] / "scene.usda"))


def test_usd_is_valid(stage: Usd.Stage) -> None:
    validators = UsdValidation.ValidationRegistry().GetOrLoadAllValidators()
    errors = UsdValidation.ValidationContext(validators).Validate(stage)
    assert [error.GetMessage() for error in errors] == []
    assert UsdGeom.GetStageUpAxis(stage) == "Z"
    assert UsdGeom.GetStageMetersPerUnit(stage) == 1.0
    assert stage.GetDefaultPrim().GetPath() == "/World"


def test_usd_gives_back_masses_poses_friction_and_pieces(
    exported: tuple[Path, Scene, AssetStore], stage: Usd.Stage
) -> None:
    _, scene, store = exported
    places = UsdGeom.XformCache()
    for item, _, link, pose in link_poses(scene, store):
        prim = prim_of(stage, item, link.name)
        world = np.array(places.GetLocalToWorldTransform(prim)).T
        assert world == pytest.approx(pose.matrix, abs=POSE_TOLERANCE)
        if item.covering:
            assert not prim.HasAPI(UsdPhysics.RigidBodyAPI)
            continue
        mass = UsdPhysics.MassAPI(prim)
        assert mass.GetMassAttr().Get() == pytest.approx(link.mass, rel=1e-6)
        assert mass.GetCenterOfMassAttr().Get() == pytest.approx(link.com, abs=1e-7)
        moments = np.array(mass.GetDiagonalInertiaAttr().Get())
        assert_inertia(link, moments, gf_matrix(mass.GetPrincipalAxesAttr().Get()))
        pieces = pieces_of(prim)
        for piece in pieces:
            material, _ = UsdShade.MaterialBindingAPI(piece).ComputeBoundMaterial("physics")
            grip = UsdPhysics.MaterialAPI(material)
            assert grip.GetStaticFrictionAttr().Get() == pytest.approx(link.friction)
            assert grip.GetRestitutionAttr().Get() == 0.0
        assert len(pieces) == len(link.colliders)
        for piece, collider in zip(pieces, link.colliders, strict=True):
            box = UsdGeom.Boundable(piece).ComputeLocalBound(0.0, "guide").ComputeAlignedRange()
            assert np.array(box.GetMin()) == pytest.approx(collider.points.min(axis=0), abs=1e-6)
            assert np.array(box.GetMax()) == pytest.approx(collider.points.max(axis=0), abs=1e-6)


def test_usd_shares_geometry_below_bodies_and_never_a_body(
    exported: tuple[Path, Scene, AssetStore], stage: Usd.Stage
) -> None:
    _, scene, store = exported
    used = {(item.asset, link.name) for item in scene.objects for link in store[item.asset].links}
    assert len(stage.GetPrototypes()) == len(used)
    for prototype in stage.GetPrototypes():
        assert not [prim for prim in Usd.PrimRange(prototype) if prim.HasAPI(UsdPhysics.RigidBodyAPI)]
    for item, _, link, _ in link_poses(scene, store):
        geometry = prim_of(stage, item, f"{link.name}/geometry")
        assert geometry.IsInstance()
        for prim in Usd.PrimRange(geometry, Usd.TraverseInstanceProxies()):
            if prim.IsA(UsdGeom.Mesh):
                assert UsdGeom.Mesh(prim).GetNormalsAttr().Get() and UsdGeom.Mesh(prim).GetExtentAttr().Get()


def test_usd_filters_what_touches_by_design(
    exported: tuple[Path, Scene, AssetStore], stage: Usd.Stage
) -> None:
    _, scene, _ = exported
    for part, parent in (("drawer", "base"), ("door", "base"), ("latch", "door")):
        pairs = UsdPhysics.FilteredPairsAPI(prim_of(stage, scene["cabinet_1"], part))
        assert [path.name for path in pairs.GetFilteredPairsRel().GetTargets()] == [parent]


def test_usd_and_mjcf_have_the_same_cameras_and_they_see_the_room(
    exported: tuple[Path, Scene, AssetStore], stage: Usd.Stage
) -> None:
    folder, scene, _ = exported
    model, data = at_rest(folder)
    names = [model.camera(number).name for number in range(model.ncam)]
    assert names == ["preview", "top", "door_1"]
    middle = np.array([*np.mean(scene.rooms[0].polygon, axis=0), 0.5])
    places = UsdGeom.XformCache()
    for name in names:
        world = np.array(places.GetLocalToWorldTransform(stage.GetPrimAtPath(f"/World/cameras/{name}"))).T
        camera = data.camera(name)
        assert world[:3, 3] == pytest.approx(camera.xpos, abs=1e-6)
        assert world[:3, :3] == pytest.approx(camera.xmat.reshape(3, 3), abs=1e-6)
        ahead = middle - world[:3, 3]
        assert -world[:3, 2] @ ahead / np.linalg.norm(ahead) > math.cos(math.radians(22))


def test_glb_shares_meshes_and_stands_upright(exported: tuple[Path, Scene, AssetStore]) -> None:
    _, scene, store = exported
    data = scene_glb(scene, store)
    document, binary = read_glb(data)
    assert scene_glb(scene, store) == data
    assert document["buffers"] == [{"byteLength": len(binary)}]
    nodes = {node["name"]: node for node in document["nodes"]}
    assert nodes["bowl_1"]["mesh"] == nodes["bowl_2"]["mesh"] != nodes["table_1"]["mesh"]
    assert nodes["cabinet_1/door"]["mesh"] == nodes["cabinet-2/door"]["mesh"]
    assert nodes["bowl_1"]["extras"]["support"] == "table_1"
    assert nodes["bowl_1"]["extras"]["mass"] == pytest.approx(store[scene["bowl_1"].asset].mass)
    assert nodes["cabinet-2"]["extras"]["fixed"] and not nodes["cabinet_1"]["extras"]["fixed"]
    seen = trimesh.load_scene(io.BytesIO(data), file_type="glb")
    underside, top_of_walls = -0.1, 2.6
    assert seen.bounds[:, 1] == pytest.approx((underside, top_of_walls), abs=1e-5)
    for image in document["images"]:
        view = document["bufferViews"][image["bufferView"]]
        start = view["byteOffset"]
        assert binary[start : start + 8] == b"\x89PNG\r\n\x1a\n"


def test_usd_joints_have_their_frames_axes_limits_and_resistance(
    exported: tuple[Path, Scene, AssetStore], stage: Usd.Stage
) -> None:
    _, scene, store = exported
    kinds = {"revolute": (UsdPhysics.RevoluteJoint, 180 / math.pi, "angular"),
             "prismatic": (UsdPhysics.PrismaticJoint, 1.0, "linear")}  # fmt: skip
    for item in scene.objects:
        for joint in store[item.asset].joints:
            schema, scale, drive = kinds[joint.kind]
            prim = prim_of(stage, item, f"Joints/{joint.name}")
            read = schema(prim)
            assert read.GetLowerLimitAttr().Get() == pytest.approx(joint.lower * scale)
            assert read.GetUpperLimitAttr().Get() == pytest.approx(joint.upper * scale)
            assert read.GetLocalPos0Attr().Get() == pytest.approx(joint.origin)
            axis = gf_matrix(read.GetLocalRot0Attr().Get())[:, 0]
            assert axis == pytest.approx(np.array(joint.axis), abs=1e-6)
            bodies = [read.GetBody0Rel().GetTargets()[0].name, read.GetBody1Rel().GetTargets()[0].name]
            assert bodies == [joint.parent, joint.child]
            damping = UsdPhysics.DriveAPI(prim, drive).GetDampingAttr().Get()
            assert damping * scale == pytest.approx(joint.damping)
            assert prim.GetAttribute("newton:friction").Get() == pytest.approx(joint.friction)
            effort = prim.GetAttribute(f"physxJointAxis:{drive}:staticFrictionEffort").Get()
            assert effort == pytest.approx(joint.friction)
            position = prim.GetAttribute(f"state:{drive}:physics:position").Get()
            assert position == pytest.approx(item.joints[joint.name] * scale)


def test_usd_holds_fixed_objects_and_frees_the_rest(
    exported: tuple[Path, Scene, AssetStore], stage: Usd.Stage
) -> None:
    _, scene, _ = exported
    bodies = {
        name: prim_of(stage, scene[name], "base").HasAPI(UsdPhysics.RigidBodyAPI)
        for name in ("table_1", "bowl_1", "bowl_2", "cabinet_1", "cabinet-2")
    }
    assert bodies == {"table_1": True, "bowl_1": True, "bowl_2": False, "cabinet_1": True, "cabinet-2": True}
    anchor = UsdPhysics.FixedJoint(prim_of(stage, scene["cabinet-2"], "Joints/anchor"))
    assert anchor.GetBody0Rel().GetTargets() == []
    assert [path.name for path in anchor.GetBody1Rel().GetTargets()] == ["base"]
    assert anchor.GetLocalPos0Attr().Get() == pytest.approx(scene["cabinet-2"].pose.position)
    assert not stage.GetPrimAtPath("/World/objects/cabinet_1/Joints/anchor").IsValid()
    rooted = [prim.GetName() for prim in stage.Traverse() if prim.HasAPI(UsdPhysics.ArticulationRootAPI)]
    assert rooted == ["cabinet_1", "cabinet_2"]


def test_no_rigid_body_is_nested_or_inside_an_instance(stage: Usd.Stage) -> None:
    bodies = [prim for prim in stage.Traverse() if prim.HasAPI(UsdPhysics.RigidBodyAPI)]
    assert bodies
    for body in bodies:
        parents = [stage.GetPrimAtPath(path) for path in body.GetPath().GetParentPath().GetPrefixes()]
        assert not any(prim.IsInstance() or prim.HasAPI(UsdPhysics.RigidBodyAPI) for prim in parents)


def test_usd_says_what_things_are(exported: tuple[Path, Scene, AssetStore], stage: Usd.Stage) -> None:
    for item in exported[1].objects:
        prim = prim_of(stage, item, "base").GetParent()
        labels = UsdSemantics.LabelsAPI(prim, "category").GetLabelsAttr().Get()
        assert list(labels) == [item.category]
        assert Usd.ModelAPI(prim).GetKind() == "component"
        assert prim.GetDisplayName() == item.id


def test_ids_that_differ_only_in_punctuation_become_different_prims(tmp_path: Path) -> None:
    store = AssetStore(tmp_path / "assets")
    scene = example(store)
    first = scene["bowl_1"]
    scene = scene.adding(*(first.model_copy(update={"id": name}) for name in ("cup-1", "cup_1", "1 cup")))
    write_usd(scene, store, tmp_path)
    stage = Usd.Stage.Open(str(tmp_path / "scene.usda"))
    prims = stage.GetPrimAtPath("/World/objects").GetChildren()
    assert {prim.GetDisplayName() for prim in prims} == {item.id for item in scene.objects}


def test_the_same_scene_is_written_with_the_same_bytes(
    exported: tuple[Path, Scene, AssetStore], tmp_path: Path
) -> None:
    folder = exported[0]
    export(tmp_path)
    names = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert [name for name in names if (folder / name).read_bytes() != (tmp_path / name).read_bytes()] == []


def test_no_exported_file_names_the_machine(exported: tuple[Path, Scene, AssetStore]) -> None:
    folder = exported[0]
    texts = [p for p in folder.rglob("*") if p.suffix in {".urdf", ".xml", ".usda", ".obj", ".mtl"}]
    assert texts
    assert [path.name for path in texts if str(folder.parent.parent) in path.read_text()] == []


@st.composite
def links(draw: st.DrawFn) -> Link:
    """A link with the inertia of a random box, turned at random."""
    sides = np.array([draw(st.floats(0.01, 2.0)) for _ in range(3)])
    mass = draw(st.floats(0.01, 100.0))
    moments = mass / 12 * ((sides**2).sum() - sides**2)
    angles = [draw(st.floats(-math.pi, math.pi)) for _ in range(3)]
    turn = Rotation.from_rotvec(angles).as_matrix()
    tensor = turn @ np.diag(moments) @ turn.T
    xx, yy, zz = (float(value) for value in np.diag(tensor))
    inertia = (xx, yy, zz, float(tensor[0, 1]), float(tensor[0, 2]), float(tensor[1, 2]))
    return Link(name="base", visuals=(), colliders=(), mass=mass, com=(0.1, -0.2, 0.3), inertia=inertia)


@given(links())
def test_principal_axes_give_back_the_whole_tensor(link: Link) -> None:
    moments, axes = principal_inertia(link)
    assert np.linalg.det(axes) == pytest.approx(1.0)
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-9)
    assert_inertia(link, moments, axes, tolerance=1e-8)


@given(links())
def test_the_text_of_a_urdf_gives_back_the_whole_tensor(link: Link) -> None:
    asset = Asset(
        id="thing", category="thing", synset="thing.n.01", size=(1, 1, 1), grasp_width=1.0, links=(link,),
        provenance="test", licence="none",
    )  # fmt: skip
    inertial = ET.fromstring(asset_urdf(asset, ".")).find("link/inertial")
    assert inertial is not None
    origin, inertia = inertial.find("origin"), inertial.find("inertia")
    assert origin is not None and inertia is not None
    rpy = [float(value) for value in origin.attrib["rpy"].split()]
    axes = Rotation.from_euler("xyz", rpy).as_matrix()
    moments = np.array([float(inertia.attrib[name]) for name in ("ixx", "iyy", "izz")])
    assert_inertia(link, moments, axes, tolerance=1e-7)


def test_colours_are_linear_where_the_format_wants_light(exported: tuple[Path, Scene, AssetStore]) -> None:
    """A middle grey on the screen is a fifth of the light."""
    assert Material(name="", rgba=(0.0, 0.5, 1.0, 0.5)).linear_rgba == pytest.approx(
        (0, 0.2140, 1, 0.5), abs=1e-4
    )
    folder, scene, store = exported
    looks = {
        visual.material
        for item in scene.objects
        for link in store[item.asset].links
        for visual in link.visuals
    }
    document, _ = read_glb(scene_glb(scene, store))
    factors = {tuple(entry["pbrMetallicRoughness"]["baseColorFactor"]) for entry in document["materials"]}
    assert {look.linear_rgba for look in looks} <= factors
    stage = Usd.Stage.Open(str(folder / "scene.usda"))
    seen = {
        tuple(round(value, 5) for value in shader.GetInput("diffuseColor").Get())
        for prim in stage.Traverse(Usd.TraverseInstanceProxies())
        if (shader := UsdShade.Shader(prim)) and shader.GetInput("diffuseColor").Get() is not None
    }
    plain = {look for look in looks if look.texture is None}
    assert {tuple(round(float(np.float32(v)), 5) for v in look.linear_rgba[:3]) for look in plain} <= seen


def test_every_format_finds_its_images_in_the_folder(exported: tuple[Path, Scene, AssetStore]) -> None:
    folder, scene, store = exported
    named: dict[str, set[Path]] = {"obj": set(), "mjcf": set(), "urdf": set(), "usd": set()}
    for path in folder.rglob("*.mtl"):
        files = [
            line.split()[-1] for line in path.read_text().splitlines() if line.startswith(("map_", "norm"))
        ]
        named["obj"] |= {path.parent / file for file in files}
    for texture in ET.parse(folder / "scene.xml").iter("texture"):
        named["mjcf"].add(folder / texture.get("file", ""))
    for path in (folder / "urdf").glob("*.urdf"):
        named["urdf"] |= {path.parent / t.get("filename", "") for t in ET.parse(path).iter("texture")}
    for path in [folder / "scene.usda", *folder.glob("assets/*/*.usdc")]:
        layer = Usd.Stage.Open(str(path))
        inputs = (prim.GetAttribute("inputs:file") for prim in layer.TraverseAll())
        told = [attribute.Get().path for attribute in inputs if attribute]
        assert not any(file.startswith("/") for file in told)
        named["usd"] |= {path.parent / file for file in told}
    shared = folder / "assets" / "textures"
    for kind, files in named.items():
        assert files and all(file.is_file() for file in files), kind
        assert {file.resolve().parent for file in files} == {shared.resolve()}, kind
    maps = {name for asset in {o.asset for o in scene.objects} for name in store.shared_images(asset)}
    assert maps <= {path.name for path in shared.iterdir()}
    assert {file.name for file in named["usd"]} >= maps, "roughness and normals too"
