"""Navigable floor: invariances, robot width, blocked ways."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sage.asset import Asset
from sage.geometry import Pose
from sage.scene import Room
from sage.spatial.walkway import PASSAGE_M, ROBOT_RADIUS_M, Walkway

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    from tests.conftest import Stage

BARRIER_X_M, BARRIER_M = 3.0, 0.3
anywhere = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
places = st.builds(Pose.planar, st.floats(0.3, 4.7), st.floats(0.3, 3.7), st.just(0.0), st.floats(-3.1, 3.1))


def barrier(stage: Stage, gap: float, height: float = 1.0) -> str:
    """Part the room by two boxes with a way between them; return what stands behind."""
    for low, high in ((0.0, 2.0 - gap / 2), (2.0 + gap / 2, 4.0)):
        box = stage.block((BARRIER_M, high - low, height))
        stage.stand(box, Pose.planar(BARRIER_X_M, (low + high) / 2))
    return stage.stand(stage.block((0.5, 1.0, 0.8)), Pose.planar(4.7, 2.0))


@anywhere
@given(boxes=st.lists(places, min_size=1, max_size=4))
def test_adding_things_is_the_same_as_starting_with_them(stage: Stage, room: Room, boxes: list[Pose]) -> None:
    stage.clear()
    for pose in boxes:
        stage.stand(stage.block((0.5, 0.3, 0.4)), pose)
    located = list(stage.layout)
    empty = Walkway(room)
    before = empty.free.copy()
    grown = empty.adding(located[0]).adding(*located[1:])
    assert np.array_equal(grown.free, Walkway(room, located).free)
    assert np.array_equal(empty.free, before)


@anywhere
@given(boxes=st.lists(places, max_size=4), radii=st.tuples(st.floats(0.05, 0.6), st.floats(0.05, 0.6)))
def test_the_wider_has_less_floor_and_a_radius_may_be_changed_later(
    stage: Stage, room: Room, boxes: list[Pose], radii: tuple[float, float]
) -> None:
    stage.clear()
    for pose in boxes:
        stage.stand(stage.block((0.5, 0.3, 0.4)), pose)
    slim, wide = sorted(radii)
    walkway = Walkway(room, stage.layout, wide)
    assert not (walkway.free & ~walkway.at(slim).free).any()
    assert np.array_equal(walkway.at(slim).free, Walkway(room, stage.layout, slim).free)


@pytest.mark.parametrize(
    ("gap", "people", "robot"), [(0.3, False, False), (0.6, False, True), (0.8, True, True)]
)
def test_what_is_behind_a_barrier_is_come_to_if_the_way_is_wide_enough(
    stage: Stage, room: Room, gap: float, people: bool, robot: bool
) -> None:
    target = barrier(stage, gap)
    walkway = Walkway(room, stage.layout)
    cells = walkway.approach(stage.layout[target].body_footprint)
    for radius, passes in ((PASSAGE_M / 2, people), (ROBOT_RADIUS_M, robot)):
        own = walkway.at(radius)
        assert own.passes(cells) is passes
        assert (own.navigable > 0.99) is passes


def test_a_barrier_is_approached_from_both_sides_but_come_to_from_one(stage: Stage, room: Room) -> None:
    barrier(stage, 0.1)
    walkway = Walkway(room, stage.layout)
    cells = walkway.approach(stage.layout["box_1"].body_footprint)
    middle = round(BARRIER_X_M / 5.0 * cells.shape[1])
    left, right = cells.copy(), cells.copy()
    left[:, middle:], right[:, :middle] = False, False
    assert left.any() and right.any()
    assert walkway.passes(left) and not walkway.passes(right)


def test_what_lies_flat_or_hangs_high_bars_no_way(
    stage: Stage, room: Room, block: Callable[..., Asset]
) -> None:
    free = Walkway(room).free
    stage.stand("rug", Pose.planar(2.5, 2.0), fixed=True)
    stage.stand(block((1.0, 1.0, 0.3)), Pose.planar(2.5, 2.0, 2.1), fixed=True, support="ceiling")
    assert np.array_equal(Walkway(room, stage.layout).free, free)
    stage.stand(block((1.0, 1.0, 0.3)), Pose.planar(2.5, 2.0, 1.8), fixed=True, support="ceiling")
    assert Walkway(room, stage.layout).free.sum() < free.sum()
