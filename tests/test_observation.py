"""Ground truth of cameras compared with geometry, pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from sage.geometry import Pose
from sage.rendering.camera import Camera, look_at
from sage.rendering.observation import Observer, category_numbers
from sage.rendering.surfaces import Surfaces, surfaces

pytestmark = pytest.mark.quick

SIZE = {"width": 32, "height": 24}
PLACES = st.tuples(st.floats(0.2, 4.8), st.floats(0.2, 3.8), st.floats(0.1, 2.5))


def brute_force(found: Surfaces, camera: Camera) -> tuple[NDArray, NDArray]:
    """Test every ray against every triangle (Moeller and Trumbore 1997); return triangles and depths."""
    a, b, c = (found.vertices[found.faces[:, k]] for k in range(3))
    ways = camera.rays().reshape(-1, 1, 3)
    across = np.cross(ways, (c - a)[None])
    scale = np.einsum("rmk,mk->rm", across, b - a)
    with np.errstate(divide="ignore", invalid="ignore"):
        u = np.einsum("rmk,mk->rm", across, camera.eye - a) / scale
        turned = np.cross(camera.eye - a, b - a)
        v = np.einsum("rmk,mk->rm", np.broadcast_to(ways, across.shape), turned) / scale
        depth = np.einsum("mk,mk->m", turned, c - a) / scale
        met = (u >= 0) & (v >= 0) & (u + v <= 1) & (depth > 0)
    depth = np.where(met, depth, np.inf)
    nearest = depth.argmin(axis=1)
    return nearest, depth[np.arange(len(depth)), nearest]


@pytest.fixture
def furnished(stage, block):
    """A room with a turned box on a box, an open cabinet and a rug."""
    low = stage.stand(block((0.8, 0.6, 0.5)), Pose.planar(2.5, 2.0, 0.0, 0.4))
    stage.set_down(block((0.2, 0.1, 0.3)), low, at=(0.1, 0.1), yaw=0.7)
    cabinet = stage.stand("cabinet", Pose.planar(0.4, 2.0))
    asset = stage.store[stage.scene[cabinet].asset]
    stage.change(cabinet, joints={joint.name: joint.upper for joint in asset.joints})
    stage.stand("rug", Pose.planar(3.5, 1.0))
    return stage


@pytest.fixture
def boxes(stage, block):
    """Three boxes, each turned, by their sizes."""
    sizes = [(0.5, 0.4, 0.9), (1.2, 0.3, 0.4), (0.05, 0.05, 2.0)]
    for size, (x, y, yaw) in zip(sizes, [(1, 1, 0.2), (3, 2.5, 1.0), (2, 2, 0.0)], strict=True):
        stage.stand(block(size), Pose.planar(x, y, 0.0, yaw))
    return Observer(surfaces(stage.scene, stage.store)), sizes


many = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
few = settings(many, max_examples=8)


@few
@given(eye=PLACES, target=PLACES, fov=st.floats(30, 100))
def test_ids_and_depth_match_a_brute_force_ray_test(eye, target, fov, furnished) -> None:
    assume(np.linalg.norm(np.subtract(eye, target)[:2]) > 0.2)
    found = surfaces(furnished.scene, furnished.store)
    camera = Camera(name="any", pose=look_at(eye, target), fov=fov, **SIZE)
    frame = Observer(found).look(camera)
    face, depth = brute_force(found, camera)
    seen = frame.seen.ravel()
    differs = np.isfinite(depth) != seen
    # A ray along an edge may slip off a silhouette in single precision.
    assert differs.mean() < 0.01
    both = seen & ~differs
    assert (np.abs(frame.depth.ravel() - depth)[both] < 1e-3).mean() > 0.995
    assert (frame.instances.ravel() == found.thing_of_face[face] + 1)[both].mean() > 0.995
    assert (frame.parts.ravel() == found.part_of_face[face] + 1)[both].mean() > 0.995


@many
@given(eye=PLACES, target=PLACES, fov=st.floats(30, 100))
def test_every_pixel_lies_on_its_box_and_projects_to_itself(eye, target, fov, boxes) -> None:
    assume(np.linalg.norm(np.subtract(eye, target)[:2]) > 0.2)
    observer, sizes = boxes
    frame = observer.look(Camera(name="any", pose=look_at(eye, target), fov=fov, **SIZE))
    pixels, depth = frame.camera.project(frame.points[frame.seen])
    v, u = np.nonzero(frame.seen)
    assert pixels == pytest.approx(np.column_stack([u, v]), abs=0.01)
    assert depth == pytest.approx(frame.depth[frame.seen], abs=1e-4)
    for number, size in enumerate(sizes, start=1):
        local = frame.object_points[frame.instances == number]
        outside = np.abs(local - (0, 0, size[2] / 2)) - np.array(size) / 2
        assert outside.max(axis=1, initial=-1.0)[: len(local)] == pytest.approx(0.0, abs=1e-3)


@many
@given(eye=PLACES, target=PLACES)
def test_normals_are_those_of_the_sides_that_are_seen(eye, target, boxes) -> None:
    assume(np.linalg.norm(np.subtract(eye, target)[:2]) > 0.2)
    observer, _ = boxes
    frame = observer.look(Camera(name="any", pose=look_at(eye, target), fov=70, **SIZE))
    assert np.linalg.norm(frame.normals[frame.seen], axis=1) == pytest.approx(1.0, abs=1e-5)
    ahead = frame.camera.pose.inverse().apply(frame.points[frame.seen])
    assert (np.einsum("nk,nk->n", frame.camera_normals[frame.seen], ahead) < 1e-5).all()
    floor = np.array([thing.category == "floor" for thing in observer.surfaces.things])
    on_top = frame.seen & np.append(False, floor)[frame.instances] & (np.abs(frame.points[..., 2]) < 1e-4)
    assert frame.normals[on_top] == pytest.approx(np.tile([0.0, 0.0, 1.0], (on_top.sum(), 1)), abs=1e-6)


def test_a_known_corner_is_where_the_pinhole_says(boxes) -> None:
    observer, _ = boxes
    camera = Camera(name="c", pose=look_at((2.0, 0.2, 2.5), (2.0, 2.0, 1.5)), fov=40)
    frame = observer.look(camera)
    top_corners = [(2 + x, 2 + y, 2.0) for x, y in ((-0.025, -0.025), (0.025, -0.025), (0.025, 0.025))]
    pixels, depth = camera.project(top_corners)
    v, u = np.nonzero(frame.instances == 3)
    assert abs(u.min() - pixels[0, 0]) < 1 and abs(u.max() - pixels[1:, 0].max()) < 1
    assert abs(v.min() - pixels[2, 1]) < 1
    assert frame.depth[v, u].min() == pytest.approx(depth.min(), abs=2e-3)


def test_what_is_behind_is_told(stage, block) -> None:
    front = stage.stand(block((0.1, 0.5, 0.6)), Pose.planar(3.0, 2.25))
    behind = stage.stand(block((0.1, 1.0, 0.6)), Pose.planar(2.9, 2.0))
    hidden = stage.stand(block((0.1, 0.2, 0.3)), Pose.planar(2.7, 2.2))
    aside = stage.stand(block((0.1, 0.2, 0.3)), Pose.planar(4.95, 2.2))
    observer = Observer(surfaces(stage.scene, stage.store))
    camera = Camera(name="c", pose=look_at((4.5, 2.0, 0.3), (2.0, 2.0, 0.3)), fov=60)
    told = {entry.thing: entry for entry in observer.visibility(observer.look(camera))}
    assert told[front].unoccluded == 1.0 and not told[front].cut
    # The front one ends at the optical axis, which halves the other.
    assert told[behind].unoccluded == pytest.approx(0.5, abs=0.01)
    assert told[behind].box_alone[2] - told[behind].box_alone[0] > told[behind].box[2] - told[behind].box[0]
    assert told[hidden].pixels == 0 and told[hidden].pixels_alone > 1000
    assert told[hidden].unoccluded == 0.0 and told[hidden].box is None
    assert (told[aside].pixels_alone, told[aside].cut) == (0, True)
    close = observer.visibility(observer.look(camera.model_copy(update={"fov": 10.0})))
    assert all(entry.cut for entry in close[:2])


def test_glass_is_met_unless_one_looks_through_it(stage) -> None:
    found = surfaces(stage.scene, stage.store)
    camera = Camera(name="c", pose=look_at((2.1, 1.0, 1.6), (2.1, 4.0, 1.6)), fov=20, **SIZE)
    pane = next(n for n, thing in enumerate(found.things, start=1) if thing.category == "window")
    middle = (SIZE["height"] // 2, SIZE["width"] // 2)
    assert Observer(found).look(camera).instances[middle] == pane
    through = Observer(found, through_glass=True)
    frame = through.look(camera)
    assert frame.instances[middle] == 0 and frame.depth[middle] == 0
    assert pane not in frame.instances


def test_joints_are_where_the_scene_has_them(stage) -> None:
    cabinet = stage.stand("cabinet", Pose.planar(1.0, 2.0))
    asset = stage.store[stage.scene[cabinet].asset]
    door = next(joint for joint in asset.joints if joint.opens in ("door", "drawer"))
    camera = Camera(name="c", pose=look_at((1.2, 2.0, 2.5), (1.2, 2.0, 0.0), up=(1, 0, 0)), fov=60, **SIZE)
    seen = []
    for position in (0.0, door.upper):
        stage.change(cabinet, joints={door.name: position})
        frame = Observer(surfaces(stage.scene, stage.store)).look(camera)
        links = [part.link for part in frame.surfaces.parts]
        seen.append(int((frame.parts == links.index(door.child) + 1).sum()))
    assert seen[1] > seen[0] + 5


def test_known_categories_have_the_same_number_in_every_scene(stage, block) -> None:
    stage.stand(block((0.1, 0.1, 0.1), "gizmo"), Pose.planar(1, 1))
    found = surfaces(stage.scene, stage.store)
    numbers = category_numbers(found, ("wall", "apple", "floor"))
    assert [name for name, n in sorted(numbers.items(), key=lambda pair: pair[1])][:3] == [
        "apple",
        "floor",
        "wall",
    ]
    assert numbers["gizmo"] > 3 and sorted(numbers.values()) == list(range(1, len(numbers) + 1))
