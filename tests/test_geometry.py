"""Poses form a group acting on points; footprints and rectangles keep their sizes."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from shapely import affinity

from sage.geometry import (
    Pose,
    angle_between,
    box_corners,
    convex_hull,
    footprint,
    footprints,
    heading,
    moments_of_volume,
    quat_from_matrix,
    quat_from_yaw,
    rectangle,
    rotation_matrix,
)

pytestmark = pytest.mark.quick

metres = st.floats(-50, 50, allow_subnormal=False)
lengths = st.floats(0.01, 10)
angles = st.floats(-math.pi, math.pi)
points = st.tuples(metres, metres, metres)


@st.composite
def quaternions(draw: st.DrawFn) -> tuple[float, float, float, float]:
    axis = np.array(draw(st.tuples(*[st.floats(-1, 1)] * 3).filter(lambda v: math.hypot(*v) > 0.1)))
    half = draw(angles) / 2
    x, y, z = (float(v) for v in math.sin(half) * axis / np.linalg.norm(axis))
    return (math.cos(half), x, y, z)


poses = st.builds(Pose, position=points, orientation=quaternions())


def near(a: Pose, b: Pose) -> bool:
    return np.allclose(a.matrix, b.matrix, atol=1e-9)


@given(quaternions())
def test_a_quaternion_survives_the_way_through_a_matrix(quat: tuple[float, float, float, float]) -> None:
    back = quat_from_matrix(rotation_matrix(quat))
    assert back[0] >= 0
    assert angle_between(quat, back) < 1e-6
    assert np.allclose(rotation_matrix(quat), rotation_matrix(back), atol=1e-9)


@given(quaternions())
def test_a_rotation_matrix_is_orthonormal_and_right_handed(quat: tuple[float, float, float, float]) -> None:
    matrix = rotation_matrix(quat)
    assert np.allclose(matrix @ matrix.T, np.eye(3), atol=1e-9)
    assert np.linalg.det(matrix) == pytest.approx(1)


@given(quaternions(), quaternions())
def test_the_angle_between_rotations_is_symmetric_and_blind_to_sign(
    a: tuple[float, float, float, float], b: tuple[float, float, float, float]
) -> None:
    angle = angle_between(a, b)
    assert 0 <= angle <= math.pi + 1e-9
    assert angle == pytest.approx(angle_between(b, a))
    assert angle == pytest.approx(angle_between([-v for v in a], b))
    between = rotation_matrix(a).T @ rotation_matrix(b)
    assert math.cos(angle) == pytest.approx((np.trace(between) - 1) / 2, abs=1e-6)


@given(poses)
def test_a_pose_survives_the_way_through_a_matrix(pose: Pose) -> None:
    assert near(Pose.from_matrix(pose.matrix), pose)


@given(poses)
def test_a_pose_survives_the_way_through_json(pose: Pose) -> None:
    assert Pose.model_validate_json(pose.model_dump_json()) == pose


@given(poses)
def test_the_identity_changes_no_pose(pose: Pose) -> None:
    assert near(pose @ Pose(), pose)
    assert near(Pose() @ pose, pose)


@given(poses)
def test_a_pose_and_its_inverse_cancel(pose: Pose) -> None:
    assert near(pose @ pose.inverse(), Pose())
    assert near(pose.inverse() @ pose, Pose())


@given(poses, poses)
def test_composition_and_inverse_are_those_of_matrices(a: Pose, b: Pose) -> None:
    assert np.allclose((a @ b).matrix, a.matrix @ b.matrix, atol=1e-9)
    assert np.allclose(a.inverse().matrix, np.linalg.inv(a.matrix), atol=1e-9)
    assert (a @ b).orientation[0] >= 0


@given(poses)
def test_a_long_chain_of_poses_stays_a_pose(step: Pose) -> None:
    end = Pose()
    for _ in range(50):
        end = end @ step
    assert math.hypot(*end.orientation) == pytest.approx(1.0, abs=1e-12)


@given(poses, poses, poses)
def test_composition_is_associative(a: Pose, b: Pose, c: Pose) -> None:
    assert near((a @ b) @ c, a @ (b @ c))


@given(poses, poses, points)
def test_a_composed_pose_acts_as_one_after_the_other(a: Pose, b: Pose, point: tuple[float, ...]) -> None:
    assert np.allclose((a @ b).apply(point), a.apply(b.apply(point)), atol=1e-8)


@given(poses, points, points)
def test_a_pose_keeps_distances(pose: Pose, a: tuple[float, ...], b: tuple[float, ...]) -> None:
    moved = np.linalg.norm(pose.apply(a) - pose.apply(b))
    assert moved == pytest.approx(math.dist(a, b), abs=1e-9)


@given(metres, metres, metres, angles)
def test_a_planar_pose_is_upright_and_keeps_its_yaw(x: float, y: float, z: float, yaw: float) -> None:
    pose = Pose.planar(x, y, z, yaw)
    assert pose.tilt == pytest.approx(0, abs=1e-6)
    assert np.allclose(heading(pose.yaw), heading(yaw))
    assert np.allclose(pose.apply([1, 0, 0])[:2], np.add((x, y), heading(yaw)))
    assert pose.orientation == quat_from_yaw(yaw)


@given(st.floats(0, math.pi), angles)
def test_tilt_is_the_angle_to_the_vertical_whatever_the_yaw(tilt: float, yaw: float) -> None:
    lean = Pose(orientation=(math.cos(tilt / 2), math.sin(tilt / 2), 0, 0))
    assert (Pose.planar(0, 0, 0, yaw) @ lean).tilt == pytest.approx(tilt, abs=1e-6)


@pytest.mark.parametrize(
    "fields",
    [
        {"position": (math.nan, 0, 0)},
        {"position": (math.inf, 0, 0)},
        {"position": (0, 0)},
        {"orientation": (0, 0, 0, 0)},
        {"orientation": (2, 0, 0, 0)},
        {"orientation": (math.nan, 0, 0, 1)},
        {"turn": 1},
    ],
)
def test_a_pose_that_is_none_is_refused(fields: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Pose.model_validate(fields)


def test_a_pose_cannot_be_changed_in_place() -> None:
    pose = Pose()
    with pytest.raises(ValidationError):
        pose.position = (1.0, 0.0, 0.0)  # type: ignore[misc]


@given(points, st.tuples(lengths, lengths, lengths))
def test_a_box_has_eight_corners_at_its_ends(low: tuple[float, ...], size: tuple[float, ...]) -> None:
    high = np.add(low, size)
    corners = box_corners(low, high)
    assert len({tuple(corner) for corner in corners}) == 8
    assert np.array_equal(corners.min(axis=0), low)
    assert np.array_equal(corners.max(axis=0), high)


@given(metres, metres, lengths, lengths, angles)
def test_a_rectangle_keeps_its_area_and_centre_however_it_is_turned(
    x: float, y: float, depth: float, width: float, yaw: float
) -> None:
    shape = rectangle((x, y), (depth, width), yaw)
    assert shape.is_valid and shape.exterior.is_ccw
    assert shape.area == pytest.approx(depth * width, rel=1e-6)
    assert (shape.centroid.x, shape.centroid.y) == pytest.approx((x, y), abs=1e-6)
    straight = rectangle((x, y), (depth, width))
    turned = affinity.rotate(straight, yaw, origin=(x, y), use_radians=True)
    assert turned.symmetric_difference(shape).area == pytest.approx(0, abs=1e-6)


@given(st.lists(points, min_size=1, max_size=20))
def test_a_footprint_is_convex_and_covers_every_point(cloud: list[tuple[float, float, float]]) -> None:
    shape = footprint(cloud)
    assert shape.area > 0
    assert shape.convex_hull.area == pytest.approx(shape.area)
    hull = shape.buffer(1e-3)
    assert all(hull.covers(footprint([point]).centroid) for point in cloud)


@given(poses, lengths, lengths, lengths)
def test_a_footprint_does_not_depend_on_the_order_of_points(
    pose: Pose, depth: float, width: float, height: float
) -> None:
    corners = pose.apply(box_corners((0, 0, 0), (depth, width, height)))
    there, back = footprint(corners), footprint(corners[::-1])
    assert there.symmetric_difference(back).area == pytest.approx(0, abs=1e-9)


@given(metres, metres, angles, lengths, lengths)
def test_the_footprint_of_an_upright_box_is_its_rectangle(
    x: float, y: float, yaw: float, depth: float, width: float
) -> None:
    corners = box_corners((-depth / 2, -width / 2, 0), (depth / 2, width / 2, 1))
    covered = footprint(Pose.planar(x, y, 0, yaw).apply(corners))
    shape = rectangle((x, y), (depth, width), yaw)
    assert covered.symmetric_difference(shape).area == pytest.approx(0, abs=1e-6)


@given(poses, st.tuples(lengths, lengths, lengths))
def test_a_box_weighs_what_the_textbook_says(pose: Pose, size: tuple[float, float, float]) -> None:
    corners, faces = convex_hull(box_corners([0.0] * 3, size))
    volume, center, inertia = moments_of_volume(pose.apply(corners), faces)
    squares = np.square(size)
    turn = rotation_matrix(pose.orientation)
    expected = turn @ np.diag(volume / 12 * (squares.sum() - squares)) @ turn.T
    assert volume == pytest.approx(math.prod(size), rel=1e-6)
    assert center == pytest.approx(pose.apply(np.array(size) / 2), abs=1e-6)
    assert inertia == pytest.approx(expected, rel=1e-6, abs=1e-6 * np.trace(expected))


def test_footprints_of_runs_of_points_are_those_of_each_run() -> None:
    rng = np.random.default_rng(3)
    runs = [rng.normal(size=(count, 3)) for count in (3, 8, 40)] + [np.zeros((4, 3))]
    together = footprints(np.concatenate(runs), [len(run) for run in runs])
    assert all(one.equals(footprint(run)) and one.area > 0 for one, run in zip(together, runs, strict=True))
