"""Masses, poses, friction and joints read back from every format.

Each format has a reader of its own here, which knows nothing of the writer: pxr for USD, mujoco for MJCF,
plain XML for URDF and SDFormat, trimesh for GLB and SceneEval's meshes.
"""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

import mujoco
import numpy as np
import pytest
import trimesh
from hypothesis import given, settings
from hypothesis import strategies as st
from pxr import Usd, UsdGeom, UsdPhysics, UsdShade
from scipy.spatial import ConvexHull
from scipy.spatial.transform import Rotation

from sage.asset import Asset, AssetStore, Collider, Joint, Link, Material, Mesh, Visual
from sage.errors import ExportError
from sage.export.formats import FORMATS
from sage.export.gltf import read_glb
from sage.export.inertia import inertia_tensor
from sage.geometry import Array, Pose, box_corners
from sage.scene import Room, Scene, SceneObject, Wall
from sage.task import Task

RELATIVE = 1e-5
OBJECT = "thing-1"
FAMILIES = (
    "mug",
    "microwave",
    "laptop",
    "filing cabinet",
    "refrigerator",
    "scissors",
    "bookcase",
    "ceiling lamp",
)


Make = Callable[..., Asset]


@dataclass(frozen=True)
class Body:
    """A link as a format tells it."""

    mass: float
    com: Array
    """[3]"""
    inertia: Array
    """About the centre of mass, axes of the link frame, [3, 3]."""
    friction: float | None
    """None if nothing touches."""
    world: Array
    """`world_from_link`, [4, 4]."""


@dataclass(frozen=True)
class Hinge:
    """A joint as a format tells it."""

    kind: str
    ends: tuple[str, str]
    axis: Array
    """[3]"""
    limits: tuple[float, float]
    resistance: tuple[float, float]
    """Damping and dry friction."""


Told = tuple[dict[str, Body], dict[str, Hinge]]
"""Links and joints of the one object of a scene, by name."""


def truth(scene: Scene, store: AssetStore) -> Told:
    item = scene[OBJECT]
    asset = store[item.asset]
    poses = asset.link_poses(item.joints)
    bodies = {
        link.name: Body(
            link.mass, np.array(link.com), inertia_tensor(link), link.friction if link.colliders else None,
            (item.pose @ poses[link.name]).matrix,
        )
        for link in asset.links
    }  # fmt: skip
    return bodies, {
        joint.name: Hinge(
            joint.kind, (joint.parent, joint.child), np.array(joint.axis), (joint.lower, joint.upper),
            (joint.damping, joint.friction),
        )
        for joint in asset.joints
    }  # fmt: skip


def assert_near(told: object, true: object, scale: float) -> None:
    assert np.asarray(told) == pytest.approx(np.asarray(true), abs=RELATIVE * scale, rel=0)


def assert_same(told: Told, true: Told) -> None:
    assert [set(part) for part in told] == [set(part) for part in true]
    for name, body in true[0].items():
        read = told[0][name]
        assert read.mass == pytest.approx(body.mass, rel=RELATIVE)
        assert_near(read.com, body.com, float(np.linalg.norm(body.com)) + 1e-9)
        assert_near(read.inertia, body.inertia, float(np.trace(body.inertia)))
        assert (read.friction is None) == (body.friction is None)
        if body.friction is not None:
            assert read.friction == pytest.approx(body.friction, rel=RELATIVE)
        assert_near(read.world[:3, 3], body.world[:3, 3], float(np.linalg.norm(body.world[:3, 3])) + 1e-9)
        assert_near(read.world[:3, :3], body.world[:3, :3], 1.0)
    for name, joint in true[1].items():
        hinge = told[1][name]
        assert (hinge.kind, hinge.ends) == (joint.kind, joint.ends)
        assert_near(hinge.axis, joint.axis, 1.0)
        assert_near(hinge.limits, joint.limits, joint.limits[1] - joint.limits[0])
        assert hinge.resistance == pytest.approx(joint.resistance, rel=RELATIVE)


def matrix(position: Array, turn: Array) -> Array:
    made = np.eye(4)
    made[:3, :3], made[:3, 3] = turn, position
    return made


def wxyz(quat: Array) -> Array:
    return Rotation.from_quat(np.asarray(quat), scalar_first=True).as_matrix()


# Readers


def read_usd(folder: Path) -> Told:
    stage = Usd.Stage.Open(str(folder / "scene.usda"))
    (thing,) = stage.GetPrimAtPath("/World/objects").GetChildren()
    places = UsdGeom.XformCache()
    bodies, hinges = {}, {}
    for prim in thing.GetChildren():
        mass = UsdPhysics.MassAPI(prim)
        # What is static tells its mass, which nothing simulates.
        if mass.GetMassAttr().HasAuthoredValue():
            assert not prim.IsInstanceProxy()
            quat = mass.GetPrincipalAxesAttr().Get()
            axes = wxyz(np.array([quat.real, *quat.imaginary]))
            moments = np.diag(mass.GetDiagonalInertiaAttr().Get())
            bodies[prim.GetName()] = Body(
                mass.GetMassAttr().Get(),
                np.array(mass.GetCenterOfMassAttr().Get()),
                axes @ moments @ axes.T,
                usd_friction(prim),
                np.array(places.GetLocalToWorldTransform(prim)).T,
            )
    for prim in stage.Traverse():
        if prim.IsA(UsdPhysics.RevoluteJoint) or prim.IsA(UsdPhysics.PrismaticJoint):
            hinges[prim.GetName()] = usd_hinge(prim)
    return bodies, hinges


def usd_friction(prim: Usd.Prim) -> float | None:
    found = set()
    for piece in Usd.PrimRange(prim, Usd.TraverseInstanceProxies()):
        if piece.HasAPI(UsdPhysics.CollisionAPI):
            material, _ = UsdShade.MaterialBindingAPI(piece).ComputeBoundMaterial("physics")
            grip = UsdPhysics.MaterialAPI(material)
            found |= {grip.GetStaticFrictionAttr().Get(), grip.GetDynamicFrictionAttr().Get()}
    assert len(found) <= 1
    return found.pop() if found else None


def usd_hinge(prim: Usd.Prim) -> Hinge:
    turns = prim.IsA(UsdPhysics.RevoluteJoint)
    joint = UsdPhysics.RevoluteJoint(prim) if turns else UsdPhysics.PrismaticJoint(prim)
    drive, unit = ("angular", math.pi / 180) if turns else ("linear", 1.0)
    column = "XYZ".index(joint.GetAxisAttr().Get())
    axes = []
    for attribute in (joint.GetLocalRot0Attr(), joint.GetLocalRot1Attr()):
        quat = attribute.Get()
        axes.append(wxyz(np.array([quat.real, *quat.imaginary]))[:, column])
    assert_near(axes[0], axes[1], 1.0)
    ends = [rel.GetTargets()[0].name for rel in (joint.GetBody0Rel(), joint.GetBody1Rel())]
    limits = (joint.GetLowerLimitAttr().Get() * unit, joint.GetUpperLimitAttr().Get() * unit)
    damping = UsdPhysics.DriveAPI(prim, drive).GetDampingAttr().Get() / unit
    friction = prim.GetAttribute("newton:friction").Get()
    kind = "revolute" if turns else "prismatic"
    return Hinge(kind, (ends[0], ends[1]), axes[0], limits, (damping, friction))


def read_mjcf(folder: Path) -> Told:
    model = mujoco.MjModel.from_xml_path(str(folder / "scene.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, model.key("rest").id)
    mujoco.mj_forward(model, data)
    bodies, hinges = {}, {}
    for number in range(1, model.nbody):
        body = model.body(number)
        axes = wxyz(body.iquat)
        touching = {
            float(model.geom_friction[g, 0])
            for g in range(model.ngeom)
            if model.geom_bodyid[g] == number and model.geom_contype[g]
        }
        assert len(touching) <= 1
        bodies[mujoco_link(body.name)] = Body(
            float(body.mass[0]), body.ipos, axes @ np.diag(body.inertia) @ axes.T,
            touching.pop() if touching else None,
            matrix(data.body(number).xpos, data.body(number).xmat.reshape(3, 3)),
        )  # fmt: skip
    kinds = {int(mujoco.mjtJoint.mjJNT_HINGE): "revolute", int(mujoco.mjtJoint.mjJNT_SLIDE): "prismatic"}
    for number in range(model.njnt):
        joint = model.joint(number)
        kind = kinds.get(int(joint.type[0]))
        if kind:
            child = model.body(joint.bodyid[0])
            ends = (mujoco_link(model.body(child.parentid[0]).name), mujoco_link(child.name))
            hinges[joint.name.split("/")[1]] = Hinge(
                kind, ends, joint.axis, tuple(joint.range),
                (float(np.ravel(joint.damping)[0]), float(joint.frictionloss[0])),
            )  # fmt: skip
    return bodies, hinges


def mujoco_link(name: str) -> str:
    return name.split("/")[1] if "/" in name else "base"


def floats(text: str | None) -> Array:
    assert text is not None
    return np.array([float(word) for word in text.split()])


def xml_pose(position: Array, rpy: Array) -> Array:
    return matrix(position, Rotation.from_euler("xyz", rpy).as_matrix())


def read_urdf(folder: Path) -> Told:
    """Dynamics from the asset's own file, places from the snapshot."""
    (path,) = (
        path for path in (folder / "urdf").glob("*.urdf") if path.name not in ("scene.urdf", "room.urdf")
    )
    robot, snapshot = ET.parse(path).getroot(), ET.parse(folder / "urdf" / "scene.urdf").getroot()
    places = {}
    for joint in snapshot.iterfind("joint"):
        origin = joint.find("origin")
        assert origin is not None
        name = str(joint.find("child").attrib["link"])  # type: ignore[union-attr]
        places[mujoco_link(name)] = xml_pose(floats(origin.get("xyz")), floats(origin.get("rpy")))
    bodies = {}
    for link in robot.iterfind("link"):
        name = link.attrib["name"]
        inertia = {key: float(value) for key, value in link.find("inertial/inertia").attrib.items()}  # type: ignore[union-attr]
        origin = link.find("inertial/origin")
        assert origin is not None
        friction = float(link.find("contact/lateral_friction").attrib["value"])  # type: ignore[union-attr]
        bodies[name] = Body(
            float(link.find("inertial/mass").attrib["value"]),  # type: ignore[union-attr]
            floats(origin.get("xyz")),
            turned_tensor(inertia, floats(origin.get("rpy"))),
            friction if link.find("collision") is not None else None,
            places[name],
        )
    hinges = {}
    for joint in robot.iterfind("joint"):
        limit, dynamics = joint.find("limit"), joint.find("dynamics")
        assert limit is not None and dynamics is not None
        hinges[joint.attrib["name"]] = Hinge(
            joint.attrib["type"],
            (joint.find("parent").attrib["link"], joint.find("child").attrib["link"]),  # type: ignore[union-attr]
            floats(joint.find("axis").attrib["xyz"]),  # type: ignore[union-attr]
            (float(limit.attrib["lower"]), float(limit.attrib["upper"])),
            (float(dynamics.attrib["damping"]), float(dynamics.attrib["friction"])),
        )
    return bodies, hinges


def turned_tensor(values: dict[str, float], rpy: Array) -> Array:
    xx, yy, zz, xy, xz, yz = (values[name] for name in ("ixx", "iyy", "izz", "ixy", "ixz", "iyz"))
    turn = Rotation.from_euler("xyz", rpy).as_matrix()
    return turn @ np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]) @ turn.T


def read_sdf(folder: Path) -> Told:
    models = ET.parse(folder / "scene.sdf").getroot().findall("world/model")
    (model,) = (model for model in models if model.attrib["name"] == OBJECT)
    placed = floats(model.findtext("pose"))
    world = xml_pose(placed[:3], placed[3:])
    bodies = {}
    for link in model.iterfind("link"):
        pose, inertial = floats(link.findtext("pose")), floats(link.findtext("inertial/pose"))
        inertia = {element.tag: float(str(element.text)) for element in link.iterfind("inertial/inertia/*")}
        grips = {float(str(mu.text)) for mu in link.iterfind("collision/surface/friction/ode/mu")}
        assert len(grips) <= 1
        bodies[link.attrib["name"]] = Body(
            float(floats(link.findtext("inertial/mass"))[0]), inertial[:3],
            turned_tensor(inertia, inertial[3:]), grips.pop() if grips else None,
            world @ xml_pose(pose[:3], pose[3:]),
        )  # fmt: skip
    hinges = {}
    for joint in model.iterfind("joint"):
        if joint.attrib["type"] == "fixed":
            assert joint.findtext("parent") == "world"
            continue
        start = float(joint.attrib["{urn:sage}position"])
        lower, upper, damping, friction = (
            float(floats(joint.findtext(f"axis/{name}"))[0])
            for name in ("limit/lower", "limit/upper", "dynamics/damping", "dynamics/friction")
        )
        hinges[joint.attrib["name"]] = Hinge(
            joint.attrib["type"], (str(joint.findtext("parent")), str(joint.findtext("child"))),
            floats(joint.findtext("axis/xyz")), (lower + start, upper + start), (damping, friction),
        )  # fmt: skip
    return bodies, hinges


def read_gltf(folder: Path) -> Told:
    """Places from trimesh, the rest from the nodes' extras."""
    graph = trimesh.load_scene(folder / "scene.glb").graph
    document, _ = read_glb((folder / "scene.glb").read_bytes())
    upright = Rotation.from_euler("x", 90, degrees=True).as_matrix()
    bodies, hinges = {}, {}
    parents = {child: node["name"] for node in document["nodes"] for child in node.get("children", ())}
    for number, node in enumerate(document["nodes"]):
        if "link" not in node["extras"]:
            continue
        link = node["extras"]["link"]
        xx, yy, zz, xy, xz, yz = link["inertia"]
        place = graph[node["name"]][0]
        bodies[link["name"]] = Body(
            link["mass"], np.array(link["com"]), np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]),
            link["friction"], matrix(upright @ place[:3, 3], upright @ place[:3, :3]),
        )  # fmt: skip
        joint = node["extras"].get("joint")
        if joint:
            assert mujoco_link(parents[number]) == joint["parent"]
            hinges[joint["name"]] = Hinge(
                joint["kind"], (joint["parent"], joint["child"]), np.array(joint["axis"]),
                (joint["lower"], joint["upper"]), (joint["damping"], joint["friction"]),
            )  # fmt: skip
    return bodies, hinges


READERS: dict[str, Callable[[Path], Told]] = {
    "usd": read_usd, "mjcf": read_mjcf, "urdf": read_urdf, "sdf": read_sdf, "glb": read_gltf,
}  # fmt: skip


# Scenes


def a_room() -> Room:
    corners = ((-50.0, -50.0), (50.0, -50.0), (50.0, 50.0), (-50.0, 50.0))
    walls = tuple(
        Wall(id=f"wall_{k}", start=corners[k], end=corners[(k + 1) % 4], height=2.6, thickness=0.1)
        for k in range(4)
    )
    return Room(id="hall_1", type="hall", polygon=corners, height=2.6, walls=walls)


def a_scene(asset: Asset, pose: Pose, joints: dict[str, float], *, fixed: bool) -> Scene:
    item = SceneObject(
        id=OBJECT, category=asset.category, name=asset.category, asset=asset.id, pose=pose, size=asset.size,
        room="hall_1", support="floor", fixed=fixed, joints=joints,
    )  # fmt: skip
    task = Task(prompt="a hall", kind="room", rooms=("hall",))
    return Scene(task=task, seed=0, rooms=(a_room(),), objects=(item,))


def numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_subnormal=False)


def vectors(limit: float) -> st.SearchStrategy[tuple[float, float, float]]:
    return st.tuples(*[numbers(-limit, limit)] * 3)


@st.composite
def turns(draw: st.DrawFn) -> tuple[float, float, float, float]:
    parts = np.array(draw(st.tuples(*[numbers(-1, 1)] * 4)))
    parts = parts if np.linalg.norm(parts) > 0.1 else np.array([1.0, 0, 0, 0])
    w, x, y, z = parts / np.linalg.norm(parts)
    return (float(w), float(x), float(y), float(z))


@st.composite
def poses(draw: st.DrawFn, limit: float = 20.0) -> Pose:
    return Pose(position=draw(vectors(limit)), orientation=draw(turns()))


@st.composite
def links(draw: st.DrawFn, name: str) -> Link:
    """A link with the mass and inertia of a random box, turned at random, with two pieces to touch."""
    sides = np.array(draw(st.tuples(*[numbers(0.01, 2.0)] * 3)))
    mass = 10 ** draw(numbers(-3, 3))
    axes = wxyz(np.array(draw(turns())))
    tensor = axes @ np.diag(mass / 12 * ((sides**2).sum() - sides**2)) @ axes.T
    xx, yy, zz = (float(value) for value in np.diag(tensor))
    place = draw(poses(0.5))
    corners = place.apply(box_corners(-sides / 2, sides / 2))
    pieces = tuple(
        Collider(
            name=str(number), points=points, faces=hull_faces(points),
            box=tuple(float(side) for side in sides) if number == 0 else None,
            pose=place if number == 0 else Pose(),
        )
        for number, points in enumerate((corners, corners[[0, 1, 2, 4]]))
    )  # fmt: skip
    outwards = corners - corners.mean(axis=0)
    outwards /= np.linalg.norm(outwards, axis=1, keepdims=True)
    seen = Mesh(corners, hull_faces(corners), outwards, np.zeros((8, 2)))
    look = Material(name="grey", rgba=(0.5, 0.5, 0.5, 1.0))
    return Link(
        name=name, visuals=(Visual(name="0", material=look, mesh=seen),), colliders=pieces, mass=mass,
        com=draw(vectors(0.5)), friction=draw(numbers(0.05, 1.5)),
        inertia=(xx, yy, zz, float(tensor[0, 1]), float(tensor[0, 2]), float(tensor[1, 2])),
    )  # fmt: skip


def hull_faces(points: Array) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """Return triangles of a hull, counter-clockwise from outside."""
    hull = ConvexHull(points)
    faces = hull.simplices.astype(np.int64)
    a, b, c = (points[faces[:, k]] for k in range(3))
    inward = np.einsum("ij,ij->i", np.cross(b - a, c - a), hull.equations[:, :3]) < 0
    faces[inward] = faces[inward][:, [0, 2, 1]]
    return faces


@st.composite
def joints(draw: st.DrawFn, number: int, parent: str) -> Joint:
    axis = np.array(draw(vectors(1.0)))
    axis = axis / np.linalg.norm(axis) if np.linalg.norm(axis) > 0.1 else np.array([0.0, 0, 1])
    lower = draw(numbers(-1.5, 0.0))
    return Joint(
        name=f"joint_{number}", kind=draw(st.sampled_from(["revolute", "prismatic"])), parent=parent,
        child=f"part_{number}", origin=draw(vectors(1.0)), axis=tuple(float(value) for value in axis),
        lower=lower, upper=lower + draw(numbers(0.05, 1.6)), damping=draw(numbers(0.001, 10.0)),
        friction=draw(numbers(0.001, 10.0)),
    )  # fmt: skip


@st.composite
def scenes(draw: st.DrawFn) -> tuple[Scene, Asset]:
    """One random asset of up to three links somewhere."""
    names = ["base", *(f"part_{number}" for number in range(draw(st.integers(0, 2))))]
    chain = tuple(
        draw(joints(number, draw(st.sampled_from(names[: number + 1])))) for number in range(len(names) - 1)
    )
    asset = Asset(
        category="thing", synset="thing.n.01", size=(1, 1, 1), grasp_width=1.0, joints=chain,
        links=tuple(draw(links(name)) for name in names), provenance="test", licence="none",
    ).identified()  # fmt: skip
    stand = {joint.name: draw(numbers(joint.lower, joint.upper)) for joint in chain}
    return a_scene(asset, draw(poses()), stand, fixed=draw(st.booleans())), asset


def written(scene: Scene, asset: Asset, name: str, folder: Path) -> AssetStore:
    store = AssetStore(folder / "assets")
    store.add(asset)
    FORMATS[name].write(scene, store, folder)
    return store


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=25)
@given(case=scenes())
def test_a_random_thing_comes_back_from(name: str, case: tuple[Scene, Asset]) -> None:
    scene, asset = case
    with tempfile.TemporaryDirectory() as text:
        folder = Path(text)
        store = written(scene, asset, name, folder)
        assert_same(READERS[name](folder), truth(scene, store))


@pytest.mark.parametrize("category", FAMILIES)
@pytest.mark.parametrize("name", READERS)
def test_a_made_thing_comes_back_from(name: str, category: str, make: Make, tmp_path: Path) -> None:
    asset = make(category)
    rng = np.random.default_rng(len(category))
    stand = {joint.name: float(rng.uniform(joint.lower, joint.upper)) for joint in asset.joints}
    pose = Pose(position=tuple(rng.uniform(-5, 5, 3)), orientation=tuple(Rotation.random(rng=rng).as_quat()))
    scene = a_scene(asset, pose, stand, fixed=bool(rng.integers(2)))
    store = written(scene, asset, name, tmp_path)
    assert_same(READERS[name](tmp_path), truth(scene, store))


def world_vertices(scene: Scene, store: AssetStore) -> Array:
    item = scene[OBJECT]
    asset = store[item.asset]
    places = asset.link_poses(item.joints)
    return np.concatenate([
        (item.pose @ places[link.name]).apply(visual.mesh.vertices)
        for link in asset.links
        for visual in link.visuals
    ])  # fmt: skip


@pytest.mark.parametrize("category", FAMILIES)
def test_sceneeval_sees_every_vertex_where_it_is(category: str, make: Make, tmp_path: Path) -> None:
    asset = make(category)
    rng = np.random.default_rng(1)
    stand = {joint.name: round(float(rng.uniform(joint.lower, joint.upper)), 3) for joint in asset.joints}
    scene = a_scene(asset, Pose.planar(1.0, -2.0, 0.5, 0.7), stand, fixed=False)
    store = written(scene, asset, "sceneeval", tmp_path)
    state = json.loads((tmp_path / "sceneeval" / "scene_0.json").read_text())
    (item,) = state["scene"]["object"]
    source, model = item["modelId"].split(".")
    assert source == "sage"
    assert (
        json.loads((tmp_path / "sceneeval" / "annotations.json").read_text())[model]["category"] == category
    )
    mesh = trimesh.load_mesh(tmp_path / "sceneeval" / "assets" / model / f"{model}.glb", process=False)
    mesh.apply_transform(np.array(item["transform"]["data"]).reshape(4, 4).T)
    true = world_vertices(scene, store)
    assert len(mesh.vertices) == len(true)
    assert mesh.bounds == pytest.approx(np.array([true.min(axis=0), true.max(axis=0)]), abs=1e-5)
    assert mesh.vertices.mean(axis=0) == pytest.approx(true.mean(axis=0), abs=1e-5)


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_where_it_puts_things(name: str, make: Make, tmp_path: Path) -> None:
    scene = a_scene(make("mug"), Pose.planar(1.25, -2.5, 0.75, 0.7), {}, fixed=False)
    written(scene, make("mug"), name, tmp_path)
    chosen = FORMATS[name]
    assert chosen.positions(tmp_path / chosen.main)[OBJECT] == pytest.approx((1.25, -2.5, 0.75), abs=1e-8)
    assert all((tmp_path / file).is_file() for file in chosen.files(scene))


@pytest.mark.parametrize("name", FORMATS)
def test_a_broken_file_is_told_as_such(name: str, tmp_path: Path) -> None:
    path = tmp_path / FORMATS[name].main
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"glTF is not this")
    with pytest.raises((ExportError, ValueError, SyntaxError)):
        FORMATS[name].positions(path)
