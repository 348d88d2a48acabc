"""Imported scenes: same definitions as generated ones, and nothing is executed."""

from __future__ import annotations

import json
import math
import shutil
import sys
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import trimesh
from pxr import Gf, Sdf, Usd, UsdGeom, UsdPhysics

from sage.asset import AssetStore, Link
from sage.context import Context
from sage.critics.physics import PhysicsCritic
from sage.critique import Critique
from sage.errors import SourceError, UserError
from sage.export.inertia import inertia_tensor
from sage.export.mjcf import scene_mjcf
from sage.export.usd import write_usd
from sage.geometry import Pose
from sage.importing import shapes
from sage.importing.assembly import ImportedScene, assemble
from sage.importing.mjcf import read_mjcf
from sage.importing.sage_layout import read_sage_layout
from sage.importing.usd import read_usd
from sage.scene import Scene
from sage.service.checking import check

FAULTS = {
    ("collision", "sunk"), ("unsupported", "sunk"), ("unstable", "floating"), ("unsupported", "floating"),
}  # fmt: skip
SAME = ("collision", "stable_strict", "stable_lenient", "supported", "in_bounds")

FURNISHED = """
<mujoco>
  <asset>
    <mesh name="wedge" vertex="0 0 0  .2 0 0  0 .2 0  .2 .2 0  0 0 .1  0 .2 .1"/>
  </asset>
  <worldbody>
    <geom name="floor" type="plane" size="5 5 .1"/>
    <body name="table" pos="0 0 0">
      <geom type="box" size=".5 .4 .02" pos="0 0 .73"/>
      <geom type="cylinder" size=".3 .355" pos="0 0 .355"/>
    </body>
    {}
  </worldbody>
</mujoco>
"""


def free_body(name: str, place: str, geom: str) -> str:
    return f'<body name="{name}" pos="{place}"><freejoint/>{geom}</body>'


BOX = '<geom type="box" size=".05 .05 .05" density="500"/>'


def write(path: Path, text: str) -> Path:
    path.write_text(text)
    return path


def verdicts(path: Path, **options: Any) -> tuple[Scene, dict[str, Critique]]:
    scene, critiques = check(path, **options)
    return scene, {critique.critic: critique for critique in critiques}


def found(critique: Critique) -> set[tuple[str, str]]:
    return {(finding.kind, name) for finding in critique.findings for name in finding.objects}


# Our own files read back.


@pytest.fixture
def kitchen(stage: Any, context: Context, tmp_path: Path) -> tuple[Scene, Path]:
    """A scene with a fault of each kind, written in our formats."""
    table = stage.stand(stage.block((0.8, 1.2, 0.7), "table"), Pose.planar(2.0, 2.0, 0.0005, 0.4))
    stage.set_down(stage.block((0.1, 0.1, 0.1), "tin"), table, at=(0.2, 0.3), yaw=0.2)
    stage.set_down("mug", table, at=(-0.2, -0.3))
    stage.set_down(stage.block((0.1, 0.12, 0.1), "jar"), table, at=(0.0, 0.1), lift=0.3)
    stage.set_down(stage.block((0.1, 0.1, 0.14), "can"), table, at=(0.2, -0.1), lift=-0.02)
    stage.stand("cabinet", Pose.planar(4.6, 2.0, 0.0005, math.pi), joints=ajar(stage.store, "cabinet"))
    shelf = stage.block((0.25, 0.6, 0.03), "wall shelf", mount="wall")
    stage.stand(shelf, Pose.planar(0.125, 3.0, 1.4), support="wall", fixed=True)
    (tmp_path / "scene.json").write_text(stage.scene.model_dump_json())
    (tmp_path / "scene.xml").write_text(scene_mjcf(stage.scene, stage.store))
    write_usd(stage.scene, stage.store, tmp_path)
    return stage.scene, tmp_path


def ajar(store: AssetStore, category: str) -> dict[str, float]:
    from tests.conftest import made

    return {joint.name: 0.3 * joint.upper for joint in made(category).joints}


@pytest.fixture(params=["scene.xml", "scene.usda"])
def read_back(request: Any, kitchen: tuple[Scene, Path], tmp_path: Path) -> ImportedScene:
    path = kitchen[1] / request.param
    reader = read_mjcf if path.suffix == ".xml" else read_usd
    return assemble(reader(path), AssetStore(tmp_path / "read"))


def test_our_own_files_get_the_same_figures(
    kitchen: tuple[Scene, Path], read_back: ImportedScene, context: Context, tmp_path: Path
) -> None:
    critic = PhysicsCritic(patient=True)
    ours = critic.review(kitchen[0], context)
    read = Context(context.rng, context.source, AssetStore(tmp_path / "read"), context.vocabulary)
    theirs = critic.review(read_back.scene, read)
    assert (
        ours.metrics["collision"] > 0 < 1 - ours.metrics["stable_strict"] > 0 < 1 - ours.metrics["supported"]
    )
    assert {name: theirs.metrics[name] for name in SAME} == {name: ours.metrics[name] for name in SAME}
    assert found(theirs) == found(ours)


def test_our_own_files_give_back_poses_joints_and_masses(
    kitchen: tuple[Scene, Path], read_back: ImportedScene, context: Context, tmp_path: Path
) -> None:
    store = AssetStore(tmp_path / "read")
    for item in kitchen[0].objects:
        twin = read_back.scene[item.id]
        mine, theirs = context.store[item.asset], store[twin.asset]
        poses, others = mine.link_poses(item.joints), theirs.link_poses(twin.joints)
        assert twin.fixed == item.fixed
        assert len(theirs.links) == len(mine.links)
        for link, other in pair(mine.links, theirs.links):
            same_body(link, other, item.fixed and link is mine.links[0])
            frame, twin_frame = item.pose @ poses[link.name], twin.pose @ others[other.name]
            assert frame.matrix == pytest.approx(twin_frame.matrix, abs=1e-5)


def pair(links: tuple[Link, ...], others: tuple[Link, ...]) -> list[tuple[Link, Link]]:
    """Match links by their mass: formats have names of their own."""
    return list(zip(*(sorted(group, key=lambda k: k.mass) for group in (links, others)), strict=True))


def same_body(link: Link, other: Link, massless: bool) -> None:
    if massless:
        return
    assert other.mass == pytest.approx(link.mass, rel=1e-5)
    assert other.com == pytest.approx(link.com, abs=1e-5)
    assert other.friction == pytest.approx(link.friction, rel=1e-5)
    tensor = inertia_tensor(link)
    assert inertia_tensor(other) == pytest.approx(tensor, abs=1e-5 * np.abs(tensor).max())


def test_the_room_is_found_again(kitchen: tuple[Scene, Path], read_back: ImportedScene) -> None:
    room, own = read_back.scene.rooms[0], kitchen[0].rooms[0]
    assert room.floor.symmetric_difference(own.floor).area < 1e-3
    assert room.height == pytest.approx(own.height)
    assert read_back.scene["wall_shelf_1"].support == "wall"


# MJCF of others.


def test_an_mjcf_scene_is_judged_as_physics_dictates(tmp_path: Path) -> None:
    bodies = [
        free_body("floating", "-.3 0 1.2", BOX),
        free_body("sunk", "0 0 .78", BOX),
        free_body("stable", ".3 .1 .8", BOX),
        free_body("ball", ".3 -.2 .78", '<geom type="sphere" size=".03"/>'),
        free_body("wedge", "-.4 .15 .75", '<geom type="mesh" mesh="wedge"/>'),
    ]
    scene, told = verdicts(write(tmp_path / "them.xml", FURNISHED.format("".join(bodies))))
    physics = told["physics"]
    assert FAULTS <= found(physics)
    assert not {name for _, name in found(physics)} & {"stable", "wedge", "ball"}
    assert physics.metrics["collision"] == pytest.approx(2 / 6, abs=1e-4)
    assert physics.metrics["supported"] == pytest.approx(4 / 6, abs=1e-4)
    assert max(f.value or 0 for f in physics.findings if f.kind == "collision") == pytest.approx(
        0.02, abs=1e-3
    )
    assert scene["stable"].support == "table" and scene["table"].fixed
    assert "in_bounds" not in physics.metrics and "navigable" in told["source"].not_judged
    assert not {"task", "plausible"} & told.keys()


def test_a_world_without_a_floor_lets_things_fall(tmp_path: Path) -> None:
    text = f"<mujoco><worldbody>{free_body('lone', '0 0 0', BOX)}</worldbody></mujoco>"
    _, told = verdicts(write(tmp_path / "them.xml", text))
    assert {("unstable", "lone"), ("unsupported", "lone")} <= found(told["physics"])
    assert any("no floor" in note for note in told["source"].notes)


def test_what_mujoco_warns_of_is_told_and_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    text = FURNISHED.format("").replace("<asset>", '<compiler settotalmass="9"/><asset>')
    _, told = verdicts(write(tmp_path / "them.xml", text))
    assert any("settotalmass" in note for note in told["source"].notes)
    assert [path.name for path in tmp_path.iterdir()] == ["them.xml"]
    assert not capfd.readouterr().err


def test_walls_bound_rooms_and_an_open_doorway_does_not(tmp_path: Path) -> None:
    walls = "".join(
        f'<geom name="wall_{i}" type="box" size="{x} {y} 1.25" pos="{px} {py} 1.25"/>'
        for i, (x, y, px, py) in enumerate(
            [(2, 0.05, 0, -2.05), (2, 0.05, 0, 2.05), (0.05, 2.1, -2.05, 0), (0.05, 1.6, 2.05, -0.5)]
        )
    )
    text = f"""<mujoco><worldbody><geom name="ground" type="plane" size="9 9 1"/>{walls}
      {free_body("inside", "0 0 .05", BOX)}{free_body("astride", "-1.98 0 .05", BOX)}</worldbody></mujoco>"""
    scene, told = verdicts(write(tmp_path / "them.xml", text))
    assert scene.rooms[0].floor.area == pytest.approx(16, rel=0.03)
    assert {("out_of_bounds", "astride"), ("collision", "astride")} <= found(told["physics"])
    assert ("out_of_bounds", "inside") not in found(told["physics"])
    assert told["access"].metrics.keys() == {"navigable"}


def test_a_hinged_door_swings_and_a_driven_joint_is_held(tmp_path: Path) -> None:
    text = """<mujoco><worldbody><geom name="floor" type="plane" size="5 5 .1"/>
      <body name="chest" pos="0 0 .25"><freejoint/><geom type="box" size=".2 .2 .25" mass="9"/>
        <body name="flap" pos=".21 .2 0" quat="0 0 0 1">
          <joint name="j" type="hinge" axis="0 0 -1" range="0 90"/>
          <geom type="box" size=".01 .2 .2" pos="0 .2 0" mass=".5"/></body></body>
      <body name="arm" pos="2 0 0"><geom type="box" size=".1 .1 .1" pos="0 0 .1"/>
        <body pos="0 0 .25"><joint name="m" type="hinge" axis="0 1 0"/>
          <geom type="capsule" fromto="0 0 0 .5 0 0" size=".04"/></body></body></worldbody>
      <actuator><motor joint="m"/></actuator>
      <keyframe><key qpos="0 0 .25 1 0 0 0 .5 .3"/></keyframe></mujoco>"""
    found_ = read_mjcf(write(tmp_path / "them.xml", text))
    foreign = assemble(found_, AssetStore(tmp_path / "read"))
    assert list(foreign.scene["chest"].joints.values()) == [0.5]
    assert foreign.scene["arm"].joints == {} and foreign.scene["arm"].fixed
    assert any("held" in note for note in foreign.notes)
    asset = AssetStore(tmp_path / "read")[foreign.scene["chest"].asset]
    flap = foreign.scene["chest"].pose @ asset.link_poses(foreign.scene["chest"].joints)[asset.links[1].name]
    corner = flap.apply(asset.links[1].colliders[0].points).mean(axis=0)
    turned = 0.2 * np.array([math.sin(-0.5), -math.cos(-0.5)])
    assert corner[:2] == pytest.approx([0.21 + turned[0], 0.2 + turned[1]], abs=1e-6)


# USD of others.


def a_stage(path: Path, up: str, unit: float) -> Usd.Stage:
    stage = Usd.Stage.CreateNew(str(path))
    UsdGeom.SetStageUpAxis(stage, up)
    UsdGeom.SetStageMetersPerUnit(stage, unit)
    stage.SetDefaultPrim(UsdGeom.Xform.Define(stage, "/World").GetPrim())
    return stage


def a_cube(
    stage: Usd.Stage, name: str, place: tuple[float, ...], size: tuple[float, ...], *, free: bool
) -> Usd.Prim:
    cube = UsdGeom.Cube.Define(stage, f"/World/{name}")
    cube.CreateSizeAttr(1.0)
    cube.AddTranslateOp().Set(Gf.Vec3d(*place))
    cube.AddScaleOp().Set(Gf.Vec3f(*size))
    UsdPhysics.CollisionAPI.Apply(cube.GetPrim())
    if free:
        UsdPhysics.RigidBodyAPI.Apply(cube.GetPrim())
    return cube.GetPrim()


def y_up_centimetres(path: Path) -> Usd.Stage:
    stage = a_stage(path, "Y", 0.01)
    a_cube(stage, "Floor", (0, -5, 0), (600, 10, 400), free=False)
    a_cube(stage, "desk", (0, 36, 0), (120, 72, 60), free=False)
    a_cube(stage, "stable", (20, 77, 10), (10, 10, 10), free=True)
    a_cube(stage, "floating", (-30, 120, 0), (10, 10, 10), free=True)
    a_cube(stage, "sunk", (0, 75, 0), (10, 10, 10), free=True)
    return stage


def test_a_stage_with_y_up_in_centimetres_is_judged_as_physics_dictates(tmp_path: Path) -> None:
    y_up_centimetres(tmp_path / "them.usda").Save()
    scene, told = verdicts(tmp_path / "them.usda")
    names = {name for _, name in found(told["physics"])}
    assert FAULTS <= found(told["physics"])
    assert "stable" not in names
    assert scene["stable"].pose.position == pytest.approx((0.2, -0.1, 0.77), abs=1e-9)
    assert scene["stable"].support == "desk" and scene["desk"].fixed
    assert [round(side, 6) for side in scene["desk"].size] == [1.2, 0.6, 0.72]


def test_the_plate_below_everything_is_the_floor(tmp_path: Path) -> None:
    stage = a_stage(tmp_path / "them.usda", "Z", 1.0)
    a_cube(stage, "plinth", (0, 0, 0.5), (1.5, 1.5, 0.4), free=False)
    a_cube(stage, "crate", (0, 0, 0.95), (0.5, 0.5, 0.5), free=True)
    stage.Save()
    scene, told = verdicts(tmp_path / "them.usda")
    assert [item.id for item in scene.objects] == ["crate"]
    assert told["physics"].passed and scene["crate"].support == "floor"


def test_bodies_joined_by_a_joint_are_one_object(tmp_path: Path) -> None:
    stage = a_stage(tmp_path / "them.usda", "Z", 1.0)
    a_cube(stage, "ground", (0, 0, -0.05), (6, 6, 0.1), free=False)
    a_cube(stage, "chest", (0, 0, 0.25), (0.5, 0.5, 0.5), free=True)
    lid = UsdGeom.Xform.Define(stage, "/World/lid")
    lid.AddTranslateOp().Set(Gf.Vec3d(-0.25, 0, 0.5))
    lid.AddRotateYOp().Set(-60)
    UsdPhysics.RigidBodyAPI.Apply(lid.GetPrim())
    a_cube(stage, "lid/plate", (0.25, 0, 0.01), (0.5, 0.5, 0.02), free=False)
    joint = UsdPhysics.RevoluteJoint.Define(stage, "/World/hinge")
    joint.CreateBody0Rel().SetTargets(["/World/chest"])
    joint.CreateBody1Rel().SetTargets(["/World/lid"])
    joint.CreateAxisAttr("Y")
    joint.CreateLocalPos0Attr(Gf.Vec3f(-0.5, 0, 0.5))
    joint.CreateLowerLimitAttr(-110)
    joint.CreateUpperLimitAttr(0)
    stage.Save()
    foreign = assemble(read_usd(tmp_path / "them.usda"), AssetStore(tmp_path / "read"))
    (item,) = foreign.scene.objects
    asset = AssetStore(tmp_path / "read")[item.asset]
    assert list(item.joints.values()) == [pytest.approx(-math.pi / 3)]
    assert [len(link.colliders) for link in asset.links] == [1, 1]
    frame = item.pose @ asset.link_poses(item.joints)[asset.links[1].name]
    turned = frame.apply(asset.links[1].colliders[0].points).mean(axis=0)
    along = np.array([math.cos(math.pi / 3), 0, math.sin(math.pi / 3)])
    across = np.array([-math.sin(math.pi / 3), 0, math.cos(math.pi / 3)])
    assert turned == pytest.approx([-0.25, 0, 0.5] + 0.25 * along + 0.01 * across, abs=1e-6)


def test_usd_masses_follow_its_rules(tmp_path: Path) -> None:
    stage = y_up_centimetres(tmp_path / "them.usda")
    dense = a_cube(stage, "dense", (90, 10, 90), (20, 20, 20), free=True)
    UsdPhysics.MassAPI.Apply(dense).CreateDensityAttr(0.0005)
    told = a_cube(stage, "told", (120, 10, 90), (20, 20, 20), free=True)
    UsdPhysics.MassAPI.Apply(told).CreateMassAttr(3.0)
    stage.Save()
    foreign = assemble(read_usd(tmp_path / "them.usda"), AssetStore(tmp_path / "read"))
    store = AssetStore(tmp_path / "read")
    masses = {item.id: store[item.asset].mass for item in foreign.scene.objects}
    assert masses["stable"] == pytest.approx(1.0)
    assert masses["dense"] == pytest.approx(0.008 * 0.0005 * 1e6)
    assert masses["told"] == pytest.approx(3.0)
    assert store[foreign.scene["told"].asset].links[0].inertia[0] == pytest.approx(3.0 * 0.04 / 6)


def test_a_packed_stage_is_read(tmp_path: Path) -> None:
    y_up_centimetres(tmp_path / "them.usdc").Save()
    from pxr import UsdUtils

    assert UsdUtils.CreateNewUsdzPackage(str(tmp_path / "them.usdc"), str(tmp_path / "them.usdz"))
    assert len(read_usd(tmp_path / "them.usdz").objects) == 4


# SAGE layouts.


def a_layout(folder: Path, **fields: Any) -> Path:
    """Write a layout with a table, a box on it, one above it, one on the wall."""

    def item(name: str, mesh: str, x: float, y: float, z: float, place: str, **more: Any) -> dict[str, Any]:
        base = {"id": name, "room_id": "room_1", "type": name, "description": "", "source": "generation"}
        place_ = {
            "position": {"x": x, "y": y, "z": z},
            "rotation": {"x": 0, "y": 0, "z": 90},
            "place_id": place,
        }
        size = {"dimensions": {"width": 1, "length": 1, "height": 1}}
        return base | place_ | size | {"source_id": mesh} | more

    (folder / "generation").mkdir(parents=True)
    for mesh, size in {
        "table": (1.2, 0.7, 0.75),
        "box": (0.2, 0.1, 0.1),
        "picture": (0.6, 0.04, 0.4),
    }.items():
        shape = trimesh.creation.box(size)
        shape.apply_translation([0, 0, size[2] / 2 + 0.001])
        (folder / "generation" / f"{mesh}.ply").write_bytes(shape.export(file_type="ply"))
    corners = [(1, 1), (5, 1), (5, 4), (1, 4)]
    walls = [
        {"id": f"wall_{k}", "start_point": dict(zip("xyz", (*a, 0), strict=True)),
         "end_point": dict(zip("xyz", (*b, 0), strict=True)), "height": 2.7, "thickness": 0.1, "material": ""}
        for k, (a, b) in enumerate(zip(corners, corners[1:] + corners[:1], strict=True))
    ]  # fmt: skip
    room = {
        "id": "room_1", "room_type": "living room", "position": {"x": 1, "y": 1, "z": 0},
        "dimensions": {"width": 4, "length": 3, "height": 2.7}, "walls": walls, "windows": [],
        "doors": [
            {"id": "door_1", "wall_id": "wall_0", "position_on_wall": 0.75, "width": 0.9, "height": 2.0}
        ],
        "objects": [
            item("table", "table", 2.5, 2.5, 0.0, "floor", mass=20.0),
            item("standing", "box", 2.5, 2.7, 0.751, "table", mass=0.5),
            item("floating", "box", 2.5, 2.2, 0.851, "table"),
            item("picture", "picture", 1.02, 3.0, 1.4, "wall_3"),
        ],
    }  # fmt: skip
    (folder / f"{folder.name}.json").write_text(json.dumps({"id": folder.name, "rooms": [room | fields]}))
    return folder


def test_a_sage_layout_is_judged_by_both_rules(tmp_path: Path) -> None:
    scene, told = verdicts(a_layout(tmp_path / "layout_1"))
    physics = told["physics"]
    assert found(physics) == {("unstable", "floating"), ("unsupported", "floating")}
    assert physics.metrics["stable_strict"] == pytest.approx(2 / 3, abs=1e-4)
    assert physics.metrics["stable_lenient"] == 1.0, "it falls by 0.1 m and stays flat"
    assert told["access"].metrics["openings_clear"] == 1.0
    assert told["source"].metrics == {"objects": 4, "free": 3}
    ((wall, door),) = scene.rooms[0].doors
    assert wall.point(door.offset) == pytest.approx([4.0, 1.0])
    assert scene["picture"].fixed and scene["picture"].support == "wall"


def test_a_sage_mass_that_is_not_given_is_one_kilogram(tmp_path: Path) -> None:
    read = read_sage_layout(a_layout(tmp_path / "layout_1"))
    assert {thing.id: thing.parts[0].mass for thing in read.objects} == {
        "table": 20.0, "standing": 0.5, "floating": 1.0, "picture": 1.0,
    }  # fmt: skip


def a_corner() -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return a watertight L of two arms, 0.1 m wide and 0.2 m high."""
    outline = [(0, 0), (1, 0), (1, 0.1), (0.1, 0.1), (0.1, 1), (0, 1)]
    vertices = np.array([(x, y, z) for z in (0.0, 0.2) for x, y in outline])
    caps = [(0, k + 1, k) for k in range(1, 5)] + [(6, k + 6, k + 7) for k in range(1, 5)]
    sides = [(k, (k + 1) % 6, k + 6) for k in range(6)]
    sides += [((k + 1) % 6, (k + 1) % 6 + 6, k + 6) for k in range(6)]
    return vertices, np.array(caps + sides)


def test_a_concave_mesh_says_what_is_missing_to_cut_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "coacd", None)
    with pytest.raises(SourceError, match=r"concave.*pip install 'sage-scenes\[import\]'"):
        shapes.decomposed(*a_corner(), "corner")


@pytest.mark.slow
def test_a_concave_mesh_is_cut_into_convex_pieces() -> None:
    pytest.importorskip("coacd")
    pieces = shapes.decomposed(*a_corner(), "corner")
    assert len(pieces) >= 2
    assert shapes.volume_properties(pieces)[0] == pytest.approx(0.19 * 0.2, rel=0.01)


# Refusals.


@pytest.mark.parametrize(
    ("asset", "reason"),
    [
        ('<asset><mesh name="m" file="../secret.stl"/></asset>', "outside"),
        ('<asset><mesh name="m" file="/etc/hostname"/></asset>', "outside"),
        ('<asset><mesh name="m" file="link.stl"/></asset>', "outside"),
        ('<asset><mesh name="m" file="https://example.org/m.stl"/></asset>', "nothing is fetched"),
        ('<compiler meshdir="/"/><asset><mesh name="m" file="etc/hostname"/></asset>', "outside"),
        ('<asset><mesh name="m" file="none.stl"/></asset>', "not there"),
        ('<include file="../secret.stl"/>', "outside"),
        ('<extension><plugin plugin="mujoco.sdf.bolt"/></extension>', "plugins are never run"),
        ('<worldbody><replicate count="100"><replicate count="1000"><geom size="1"/></replicate></replicate>'
         "</worldbody>", "copies"),
        ('<worldbody><body pos="nan 0 0"><geom size=".1"/></body></worldbody>', "not a number"),
        ('<size memory="900G"/>', "memory"),
        ('<asset><hfield name="h" nrow="2" ncol="2" size="1 1 1 1"/></asset><worldbody>'
         '<geom type="hfield" hfield="h"/></worldbody>', "height field"),
        ("<worldbody><light/></worldbody>", "nothing to judge"),
        ("<worldbody><body><geom/></body></worldbody>", "MuJoCo"),
        ("<worldbody>", "not well-formed XML"),
    ],
)  # fmt: skip
def test_mjcf_that_asks_for_what_is_never_done_is_refused(tmp_path: Path, asset: str, reason: str) -> None:
    folder = tmp_path / "scene"
    folder.mkdir()
    (tmp_path / "secret.stl").write_text("<mujocoinclude/>")
    (folder / "link.stl").symlink_to(tmp_path / "secret.stl")
    with pytest.raises(SourceError, match=reason):
        check(write(folder / "them.xml", f"<mujoco>{asset}</mujoco>"))


def test_xml_entities_are_refused(tmp_path: Path) -> None:
    text = '<!DOCTYPE m [<!ENTITY a "b">]><mujoco>&a;</mujoco>'
    with pytest.raises(SourceError, match="entities"):
        check(write(tmp_path / "them.xml", text))


def test_a_wider_root_lets_a_scene_reach_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "scenes"
    folder.mkdir()
    (tmp_path / "box.stl").write_bytes(trimesh.creation.box((0.1, 0.1, 0.1)).export(file_type="stl"))
    body = free_body("tin", "0 0 .8", '<geom type="mesh" mesh="box"/>')
    text = FURNISHED.format(body).replace("<asset>", '<asset><mesh name="box" file="../box.stl"/>')
    path = write(folder / "them.xml", text)
    with pytest.raises(SourceError, match="--root"):
        check(path)
    _, told = verdicts(path, root=tmp_path)
    assert told["physics"].passed


@pytest.mark.parametrize(
    ("reference", "reason"),
    [
        ("../secret.usda", "outside"),
        ("http://example.org/a.usda", "nothing is fetched"),
        ("omniverse://host/a.usd", "nothing is fetched"),
        ("missing.usda", "not there"),
        ("picture.png", "not a USD layer"),
    ],
)
@pytest.mark.parametrize("arc", ["sublayer", "references", "payload"])
def test_usd_that_reaches_out_is_refused(tmp_path: Path, reference: str, reason: str, arc: str) -> None:
    folder = tmp_path / "scene"
    folder.mkdir()
    (folder / "picture.png").write_bytes(b"\x89PNG")
    Sdf.Layer.CreateNew(str(tmp_path / "secret.usda")).Save()
    line = f"prepend {arc} = @{reference}@</A>"
    head, body = (f"(subLayers = [@{reference}@])", "") if arc == "sublayer" else ("", f"({line})")
    path = write(folder / "them.usda", f'#usda 1.0\n{head}\ndef Xform "World" {body} {{}}\n')
    with pytest.raises(SourceError, match=reason):
        check(path)


def test_broken_usd_is_refused_with_the_reason(tmp_path: Path) -> None:
    stage = y_up_centimetres(tmp_path / "whole.usdc")
    stage.Save()
    data = (tmp_path / "whole.usdc").read_bytes()
    (tmp_path / "half.usdc").write_bytes(data[: len(data) // 2])
    with pytest.raises(SourceError, match=r"half\.usdc"):
        check(tmp_path / "half.usdc")
    with pytest.raises(SourceError, match=r"text\.usda"):
        check(write(tmp_path / "text.usda", "#usda 1.0\ndef Cube {"))
    with zipfile.ZipFile(tmp_path / "bomb.usdz", "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("a.usda", "#usda 1.0\n")
    with pytest.raises(SourceError, match="compressed"):
        check(tmp_path / "bomb.usdz")
    (tmp_path / "no.usdz").write_bytes(b"PK")
    with pytest.raises(SourceError, match=r"no\.usdz"):
        check(tmp_path / "no.usdz")


def test_usd_without_physics_or_with_poses_that_are_no_numbers_is_refused(tmp_path: Path) -> None:
    stage = a_stage(tmp_path / "seen.usda", "Z", 1.0)
    UsdGeom.Cube.Define(stage, "/World/cube")
    stage.Save()
    with pytest.raises(SourceError, match="no UsdPhysics body"):
        check(tmp_path / "seen.usda")
    stage = a_stage(tmp_path / "nan.usda", "Z", 1.0)
    a_cube(stage, "cube", (math.nan, 0, 0), (1, 1, 1), free=True)
    stage.Save()
    with pytest.raises(SourceError, match="not numbers"):
        check(tmp_path / "nan.usda")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"dimensions": {"width": -1, "length": 3}}, "dimensions"),
        ({"position": {"x": "NaN", "y": 0, "z": 0}}, "position"),
        ({"objects": [{"id": "a", "position": {}, "source_id": "../../secret"}]}, "outside"),
        ({"objects": [{"id": "a", "position": {}, "source_id": "gone"}]}, "not there"),
        ({"objects": [{"id": str(n), "position": {}, "source_id": "box"} for n in range(4000)]}, "at most"),
        ({"objects": []}, "nothing to judge"),
    ],
)
def test_broken_layouts_are_refused(tmp_path: Path, change: dict[str, Any], reason: str) -> None:
    with pytest.raises(SourceError, match=reason):
        check(a_layout(tmp_path / "layout_1", **change))


def test_a_truncated_mesh_is_refused(tmp_path: Path) -> None:
    folder = a_layout(tmp_path / "layout_1")
    mesh = folder / "generation" / "box.ply"
    mesh.write_bytes(mesh.read_bytes()[:-200])
    with pytest.raises(SourceError, match=r"box\.ply"):
        check(folder)


def test_what_is_no_scene_is_a_user_error(tmp_path: Path) -> None:
    for path in (write(tmp_path / "a.txt", ""), tmp_path, tmp_path / "gone.xml"):
        with pytest.raises(UserError):
            check(path)
    shutil.rmtree(tmp_path)
