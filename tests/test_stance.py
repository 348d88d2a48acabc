"""Resting orientations: same faces down, on the ground, centred."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sage.asset import Asset
from sage.geometry import Pose, box_corners
from sage.spatial.stance import ON_BASE, extents, falls_over, on_edge, on_end

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    Stance = Callable[[Asset], Pose]

STANCES: dict[str, Stance] = {"on base": lambda _: ON_BASE, "on edge": on_edge, "on end": on_end}
ALL = pytest.mark.parametrize("stance", STANCES.values(), ids=STANCES)
lengths = st.floats(0.005, 2.0)


@ALL
@settings(max_examples=25)
@given(size=st.tuples(lengths, lengths, lengths))
def test_extents_are_the_sides_in_another_order(
    block: Callable[..., Asset], stance: Stance, size: tuple[float, float, float]
) -> None:
    asset = block(size)
    assert sorted(extents(asset, stance(asset))) == pytest.approx(sorted(asset.size), abs=1e-9)


@ALL
@pytest.mark.parametrize("category", ["book", "folder", "pencil", "plate", "frying pan", "chair"])
def test_a_thing_stands_on_the_ground_centred_and_not_mirrored(
    make: Callable[..., Asset], stance: Stance, category: str
) -> None:
    asset = make(category)
    corners = stance(asset).apply(asset.corners)
    depth, width, height = extents(asset, stance(asset))
    assert corners.min(axis=0) == pytest.approx((-depth / 2, -width / 2, 0.0), abs=1e-6)
    assert corners.max(axis=0) == pytest.approx((depth / 2, width / 2, height), abs=1e-6)
    assert np.linalg.det(stance(asset).matrix) == pytest.approx(1.0)


def test_a_book_on_edge_is_as_wide_as_it_is_thick_and_has_its_spine_ahead(make: Callable[..., Asset]) -> None:
    book = make("book")
    depth, width, height = book.size
    assert extents(book, on_edge(book)) == pytest.approx((width, height, depth))
    spine = on_edge(book).apply([0.0, width / 2, height / 2])
    assert spine[0] == pytest.approx(width / 2)


def test_a_case_on_edge_has_its_handle_above(make: Callable[..., Asset]) -> None:
    case = make("screw box")
    handle = on_edge(case).apply([case.size[0] / 2, 0.0, case.size[2] / 2])
    assert handle[2] == pytest.approx(case.size[0])


@pytest.mark.parametrize("size", [(0.2, 0.05, 0.01), (0.05, 0.2, 0.01)])
def test_the_longer_side_of_what_stands_on_end_is_upright(
    block: Callable[..., Asset], size: tuple[float, float, float]
) -> None:
    stick = block(size)
    assert extents(stick, on_end(stick))[2] == pytest.approx(0.2)


@given(width=st.floats(0.001, 0.3), height=st.floats(0.01, 0.5), tilt=st.floats(0.01, 0.3))
def test_a_box_falls_over_once_the_tilt_is_twice_that_at_which_it_balances(
    width: float, height: float, tilt: float
) -> None:
    balance = np.arctan2(width, height)
    assume(abs(tilt - 2 * balance) > 0.01)
    corners = box_corners([-width / 2, -1.0, 0.0], [width / 2, 1.0, height])
    assert falls_over(corners, np.array([0.0, 0.0, height / 2]), tilt) == (tilt > 2 * balance)
