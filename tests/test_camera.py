"""Cameras: projection and its inverse, and the views of standard cameras."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sage.errors import UserError
from sage.geometry import Pose, rotation_matrix
from sage.rendering.camera import Camera, look_at
from sage.rendering.viewpoints import orbit_cameras, standard_cameras, top_camera

pytestmark = pytest.mark.quick

COORDINATES = st.floats(-5, 5)


@st.composite
def some_camera(draw: st.DrawFn) -> Camera:
    """A camera anywhere, turned anyhow."""
    turn = np.array(draw(st.tuples(*[st.floats(-1, 1)] * 4)))
    if np.linalg.norm(turn) < 0.1:
        turn = np.array([1.0, 0, 0, 0])
    turn /= np.linalg.norm(turn)
    return Camera(
        name="any",
        pose=Pose(position=draw(st.tuples(*[COORDINATES] * 3)), orientation=tuple(turn)),
        fov=draw(st.floats(10, 120)),
        width=draw(st.integers(1, 40)),
        height=draw(st.integers(1, 40)),
    )


@given(some_camera(), st.lists(st.tuples(*[COORDINATES] * 3), min_size=1, max_size=20))
def test_what_is_projected_comes_back(camera: Camera, points: list[tuple[float, float, float]]) -> None:
    pixels, depth = camera.project(points)
    ahead = depth > 1e-2
    back = camera.unproject(pixels[ahead], depth[ahead])
    assert back == pytest.approx(np.array(points)[ahead], abs=1e-6)
    assert np.isnan(pixels[depth <= 0]).all()


@given(some_camera())
def test_rays_agree_with_projection_and_have_depth_one(camera: Camera) -> None:
    rays = camera.rays()
    assert rays.shape == (camera.height, camera.width, 3)
    pixels, depth = camera.project(camera.eye + 2.5 * rays.reshape(-1, 3))
    v, u = np.mgrid[: camera.height, : camera.width]
    assert pixels == pytest.approx(np.column_stack([u.ravel(), v.ravel()]), abs=1e-4)
    assert depth == pytest.approx(2.5, abs=1e-9)


def test_conventions_by_hand() -> None:
    camera = Camera(name="c", pose=look_at((0, 0, 1), (4, 0, 1)), fov=90, width=100, height=50)
    assert camera.forward == pytest.approx([1, 0, 0])
    assert camera.intrinsics == pytest.approx(np.array([[25, 0, 49.5], [0, 25, 24.5], [0, 0, 1]]))
    # One metre to the left, which is +y when looking along +x, and one metre up, at a depth of two.
    pixels, depth = camera.project([(2, 1, 2)])
    assert depth == pytest.approx([2])
    assert pixels[0] == pytest.approx([49.5 - 12.5, 24.5 - 12.5])
    upright = rotation_matrix(camera.opengl_pose.orientation)
    assert upright == pytest.approx(np.array([[0, 0, -1], [-1, 0, 0], [0, 1, 0]]))


def test_the_picture_ends_at_the_field_of_view() -> None:
    camera = Camera(name="c", pose=Pose(), fov=40, width=64, height=48)
    top, _ = camera.project([(0, -math.tan(math.radians(20)), 1)])
    assert top[0] == pytest.approx([31.5, -0.5])


def test_from_above_all_rooms_are_in_the_picture(room) -> None:
    camera = top_camera((room,), aspect=2.0).sized(200, 100)
    corners = np.array([[x, y, z] for x, y in room.polygon for z in (0.0, room.height)])
    pixels, depth = camera.project(corners)
    assert (pixels > 0).all() and (pixels < [199, 99]).all() and (depth > 0).all()
    north, south = camera.project([(2, 3, 0), (2, 1, 0)])[0][:, 1]
    assert north < south


def test_standard_cameras_stand_in_the_room_and_look_at_what_they_are_named_for(stage, block) -> None:
    tall = stage.stand(block((0.6, 0.6, 2.4)), Pose.planar(0.32, 0.32))
    cup = stage.stand(block((0.1, 0.1, 0.1)), Pose.planar(2.5, 2.0))
    stage.ask(robot_bases={cup: Pose.planar(3.2, 2.0)})
    cameras = {camera.name: camera for camera in standard_cameras(stage.scene, stage.store)}
    names = ["top", "corner_1", "corner_2", "corner_3", "corner_4", "door_1", f"head_{cup}", f"wrist_{cup}"]
    assert list(cameras) == names
    for name in names[1:]:
        x, y, z = cameras[name].pose.position
        assert 0 < x < 5 and 0 < y < 4 and 0 < z < 2.6, name
    assert (np.abs(cameras["corner_1"].eye[:2] - 0.32) > 0.3).any(), tall
    assert np.linalg.norm(cameras["corner_3"].eye[:2] - (5, 4)) < 0.5
    for name in names[-2:]:
        assert cameras[name].project([(2.5, 2.0, 0.05)])[0][0] == pytest.approx([319.5, 239.5], abs=0.1)
    assert cameras[f"head_{cup}"].eye == pytest.approx([3.2, 2.0, 1.3])


def test_an_orbit_stays_in_the_room_and_has_the_object_in_the_middle(stage, block) -> None:
    free = stage.stand(block((0.3, 0.3, 0.3)), Pose.planar(2.5, 2.0))
    walled = stage.stand(block((0.3, 0.3, 0.3)), Pose.planar(0.2, 2.0))
    for name in (free, walled):
        cameras = orbit_cameras(stage.scene, stage.store, name, 8)
        assert len({camera.pose for camera in cameras}) == 8
        for camera in cameras:
            assert 0 < camera.eye[0] < 5 and 0 < camera.eye[1] < 4
            middle = np.array([*stage.scene[name].pose.position[:2], 0.15])
            assert camera.project([middle])[0][0] == pytest.approx([319.5, 239.5], abs=0.5)
    around = [c.eye[:2] - (2.5, 2.0) for c in orbit_cameras(stage.scene, stage.store, free, 4)]
    assert np.sum(around, axis=0) == pytest.approx([0, 0], abs=1e-9)
    with pytest.raises(UserError, match="object 'cup_9' is unknown"):
        orbit_cameras(stage.scene, stage.store, "cup_9", 4)
