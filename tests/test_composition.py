"""Repairs of findings on composition, and their frequency in generated rooms."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sage.asset import Asset
from sage.context import Context
from sage.critics.looks import LooksCritic
from sage.critique import Finding, FindingKind
from sage.generators import GENERATORS
from sage.generators.placement.by_place import PoseQuery, poses_at_place
from sage.generators.populate import Populate
from sage.geometry import Pose
from sage.spatial.layout import Located
from sage.tools import bind, repairs

if TYPE_CHECKING:
    from tests.conftest import Stage

TOOLS = {tool.tool_name(): tool for tool in GENERATORS}


def found(stage: Stage, context: Context, kind: FindingKind) -> list[Finding]:
    findings = LooksCritic().review(stage.scene, context).findings
    return [finding for finding in findings if finding.kind == kind]


@pytest.fixture
def sparse(stage: Stage) -> Stage:
    """A kitchen of 20 m2 with next to nothing in it."""
    stage.stand("table", Pose.planar(3.6, 2.6))
    stage.stand("rug", Pose.planar(1.2, 1.2))
    picture = stage.stand("picture", Pose(), support="wall", fixed=True)
    wall = next(wall for wall in stage.scene.rooms[0].walls if wall.id == "wall_east")
    x, y = wall.point(2.0, stage.scene[picture].size[0] / 2 + 0.001)
    stage.change(picture, pose=Pose.planar(x, y, 0.2, wall.yaw))
    return stage


@pytest.mark.parametrize("kind", ["bare_wall", "empty_floor", "composition", "clutter"])
def test_the_planner_mends_what_makes_a_room_bare(sparse: Stage, context: Context, kind: FindingKind) -> None:
    before = found(sparse, context, kind)
    assert before
    calls = [call for finding in before for call in repairs(finding, sparse.scene, TOOLS)]
    assert calls
    if kind == "clutter":
        assert calls == [calls[0]] and calls[0].tool == Populate.tool_name()
    for call in calls:
        sparse.scene = bind(call, TOOLS).apply(sparse.scene, context)
    assert len(found(sparse, context, kind)) < len(before)


@pytest.mark.parametrize("kind", ["inverted_faces", "stretched_texture", "missing_texture"])
def test_what_is_badly_made_is_made_anew(sparse: Stage, kind: FindingKind) -> None:
    finding = Finding(kind=kind, objects=("table_1",), message="badly made")
    (call,) = repairs(finding, sparse.scene, TOOLS)
    assert (call.tool, call.arguments) == ("replace_object", {"object_id": "table_1"})


@pytest.mark.parametrize("kind", ["floating", "intersects", "z_fighting"])
def test_what_hangs_in_the_air_or_sticks_through_things_is_removed(sparse: Stage, kind: FindingKind) -> None:
    finding = Finding(kind=kind, objects=("rug_1", "table_1"), message="wrong")
    (call,) = repairs(finding, sparse.scene, TOOLS)
    assert call.tool == "remove_object"


def test_a_picture_is_hung_on_the_wall_that_is_named(stage: Stage, context: Context) -> None:
    wish = {"category": "picture", "relation": "against_wall", "reference": "wall_west"}
    scene = TOOLS["place_object"].model_validate(wish).apply(stage.scene, context)
    (picture,) = scene.objects
    assert picture.pose.position[0] < 0.05 and picture.support == "wall"


def test_a_mat_lies_before_what_is_built_in_and_a_rug_under_what_is_not(
    stage: Stage, make: Callable[..., Asset]
) -> None:
    names = {
        "shower": stage.stand("shower", Pose.planar(0.6, 3.2), fixed=True),
        "table": stage.stand("table", Pose.planar(3.0, 2.0)),
    }
    rng = np.random.default_rng(0)
    for category, name in names.items():
        partner, rug = stage.layout[name], make("bath mat")
        stand = PoseQuery(rug, stage.scene.rooms[0], rng, (partner,))
        pose = next(poses_at_place("rug", stand))
        stage.stand("bath mat", pose, id=f"{category}_mat")
        lies = Located(stage.scene[f"{category}_mat"], rug)
        assert lies.footprint.intersects(partner.footprint) is (category == "table")


def test_a_seat_is_offered_beyond_the_reach_of_drawers(stage: Stage, make: Callable[..., Asset]) -> None:
    name = stage.stand("desk", Pose.planar(0.5, 2.0))
    desk = stage.layout[name]
    chair = make("office chair")
    stand = PoseQuery(chair, stage.scene.rooms[0], np.random.default_rng(0), (desk,))
    gaps = [pose.position[0] - 0.5 - desk.asset.size[0] / 2 for pose in poses_at_place("seat", stand)]
    assert max(gaps) - chair.size[0] / 2 == pytest.approx(0.42, abs=0.02)


def test_of_a_thing_and_what_that_is_on_the_thing_is_moved_back_to(stage: Stage) -> None:
    table = stage.stand("table", Pose.planar(2.5, 2.0))
    plates = [stage.set_down("plate", table), stage.set_down("plate", table, at=(0.3, 0.3))]
    stage.ask(
        objects=(
            {"ids": tuple(plates), "category": "plate", "name": "plate"},
            {"ids": (table,), "category": "table", "name": "table"},
        ),
        initial=(
            *({"name": "on", "subject": name, "object": table} for name in plates),
            {"name": "on", "subject": plates[1], "object": plates[0]},
        ),
    )
    finding = Finding(kind="relation", objects=tuple(reversed(plates)), message="not there")
    (call,) = repairs(finding, stage.scene, TOOLS)
    assert call.arguments["reference"] == plates[0]
