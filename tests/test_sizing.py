"""Requested shapes, sizes and seats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sage.asset import Asset
from sage.assets.families import FAMILIES
from sage.assets.parametric import ParametricAssets
from sage.assets.sizing import outline_shape
from sage.context import Context
from sage.critics.task import TaskCritic
from sage.generators.placement.by_place import PoseQuery, poses_at_place
from sage.generators.placement.task_assets import make_for_task
from sage.geometry import Pose
from sage.spatial.space import Space
from sage.task import RequiredObject

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    from tests.conftest import Stage

MADE = {
    "table": ("round", "oval", "square", "rectangular"),
    "coffee table": ("round", "oval", "square", "rectangular"),
    "side table": ("round", "oval", "square"),
    "rug": ("round", "oval", "square", "rectangular"),
    "mirror": ("round", "oval", "square", "rectangular"),
    "floor mirror": ("oval", "rectangular"),
    "wall clock": ("round", "square"),
    "ottoman": ("round", "square"),
    "stool": ("round", "square"),
    "floor cushion": ("round", "square"),
    "trash bin": ("round", "square"),
    "bathtub": ("oval", "rectangular"),
    "hamper": ("round",),
}
FREE = {family.category: family for family in FAMILIES}


def made(category: str, seed: int = 0, **attributes: str) -> Asset:
    return ParametricAssets().make(category, np.random.default_rng(seed), attributes)


@pytest.mark.parametrize(
    ("category", "shape"), [(c, shape) for c, shapes in MADE.items() for shape in shapes]
)
def test_a_shape_that_is_asked_for_is_told_and_seen(category: str, shape: str) -> None:
    for seed in range(3):
        asset = made(category, seed, shape=shape)
        assert asset.attributes["shape"] == shape
        if category not in ("bathtub", "floor mirror", "hamper", "stool"):
            assert outline_shape(asset) == shape, asset.size


@pytest.mark.parametrize("category", ["desk", "sofa"])
def test_what_is_l_shaped_leaves_a_corner_free_and_stands(category: str) -> None:
    for seed in range(3):
        asset = made(category, seed, shape="l-shaped")
        assert asset.attributes["shape"] == "l-shaped"
        assert min(asset.size[:2]) > 1.2
        points = asset.collision_points()[:, :2]
        ends = points[points[:, 0] > asset.size[0] / 2 - 0.1][:, 1]
        assert np.ptp(ends) < 0.7 * asset.size[1]


@pytest.mark.parametrize(
    ("category", "word", "axis", "more"),
    [
        ("bookcase", "tall", 2, True), ("bookcase", "low", 2, False), ("bookcase", "wide", 1, True),
        ("cabinet", "low", 2, False), ("floor lamp", "tall", 2, True), ("table", "long", 1, True),
        ("console table", "narrow", 0, False), ("bench", "long", 1, True), ("bench", "short", 1, False),
        ("wardrobe", "short", 2, False), ("curtain", "wide", 1, True), ("sofa", "large", 1, True),
        ("rug", "small", 1, False), ("bed", "wide", 1, True), ("plant", "tall", 2, True),
    ],
)  # fmt: skip
def test_a_word_of_size_moves_its_axis_to_the_end_of_the_range(
    category: str, word: str, axis: int, more: bool
) -> None:
    usual = [made(category, seed).size[axis] for seed in range(4)]
    asked = [made(category, seed, size=word).size[axis] for seed in range(4)]
    assert min(asked) >= max(usual) - 0.02 if more else max(asked) <= min(usual) + 0.02


def test_several_words_of_size_hold_together() -> None:
    for size in ("narrow long", "long narrow"):
        asset = made("console table", size=size)
        assert asset.size[0] < 0.34 and asset.size[1] > 1.3
    assert made("table", size="low large").size[2] < 0.73


@pytest.mark.parametrize("seats", [2, 3, 4])
def test_a_sofa_has_as_many_cushions_as_seats_are_asked_for(seats: int) -> None:
    asset = made("sofa", seats=str(seats))
    assert asset.attributes["seats"] == str(seats)
    assert asset.size[1] == pytest.approx(0.34 + 0.66 * seats, abs=0.02)


def test_more_seats_make_a_longer_table_and_bench() -> None:
    for category in ("table", "bench"):
        widths = [made(category, seats=str(seats)).size[1] for seats in (2, 3, 4, 6)]
        assert widths == sorted(widths) and widths[-1] > widths[0]


@pytest.mark.parametrize(("noun", "shape"), [("plate", "round"), ("ball", "round"), ("book", "rectangular")])
def test_a_thing_that_has_the_shape_by_nature_tells_it(noun: str, shape: str) -> None:
    assert made(noun, shape=shape).attributes["shape"] == shape


@pytest.mark.parametrize("category", ["piano", "bookcase", "wardrobe"])
def test_a_shape_that_cannot_be_made_leaves_the_thing_as_it_is(category: str) -> None:
    asset = made(category, shape="round")
    assert asset.attributes.get("shape") != "round"
    family = FREE[category]
    assert all(
        low - 0.02 <= side <= high + 0.02
        for low, side, high in zip(family.low, asset.size, family.high, strict=True)
    )


def test_a_shape_that_cannot_be_made_is_noted_and_no_fault(stage: Stage, context: Context) -> None:
    for category, shape, faults in (("bookcase", "round", 0), ("coffee table", "round", 1)):
        asked = RequiredObject(
            ids=("thing_1",), category=category, name=f"{shape} {category}", attributes={"shape": shape}
        )
        stage.clear()
        stage.ask(objects=(asked,))
        notes: list[str] = []
        asset = make_for_task("thing_1", asked, stage.scene.task, replace(context, note=notes.append))
        assert any(f"no {category} is made {shape}" in note for note in notes) == (faults == 0)
        other = asset if faults == 0 else made(category, shape="rectangular")
        stage.stand(other, Pose.planar(2.0, 2.0), id="thing_1")
        findings = TaskCritic().review(stage.scene, context).findings
        assert [finding.kind for finding in findings] == ["wrong_attribute"] * faults


def test_one_sits_in_the_corner_of_an_l_shaped_desk(stage: Stage) -> None:
    desk = made("desk", shape="l-shaped")
    stage.stand(desk, Pose.planar(0.8, 2.0), id="desk_1")
    stand = PoseQuery(
        made("office chair"), stage.scene.rooms[0], np.random.default_rng(0), (stage.layout["desk_1"],)
    )
    space = Space(stage.scene.rooms[0], stage.layout)
    stage.stand(stand.asset, next(poses_at_place("seat", stand)), id="office_chair_1")
    chair = stage.layout["office_chair_1"]
    assert space.obstacle(chair, companions=frozenset({"desk_1"})) is None
    assert float(chair.center[0]) < 0.8 + desk.size[0] / 2
