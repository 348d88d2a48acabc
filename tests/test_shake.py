"""Perturbation tests: stable objects stay, unstable ones fall."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sage.asset import Asset
from sage.context import Context
from sage.critics.shake import ShakeCritic, nudged
from sage.generators.settle import Settle
from sage.geometry import Pose, angle_between
from sage.simulation.physics import World

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    from tests.conftest import Stage


@pytest.fixture
def table(stage: Stage, block: Callable[..., Asset]) -> str:
    return stage.stand(block((1.0, 1.0, 0.7), "table", kind="stone"), Pose.planar(2.5, 2.0))


def test_what_stands_firmly_stays(stage: Stage, context: Context, table: str) -> None:
    bowl = stage.set_down("bowl", table, at=(0.2, 0.2))
    stage.set_down("apple", bowl, "inside")
    stage.set_down("mug", table)
    stage.scene = Settle().apply(stage.scene, context)
    critique = ShakeCritic().review(stage.scene, context)
    assert critique.findings == ()
    assert critique.passed and critique.score == 1.0
    assert critique.metrics == {"stays_when_pulsed": 1.0, "stays_when_nudged": 1.0}


def test_a_slender_rod_falls_by_the_pulse_and_is_only_a_warning(
    stage: Stage, context: Context, block: Callable[..., Asset], table: str
) -> None:
    """At the edge of a table, and twice the usual pulse."""
    rod = stage.set_down(block((0.06, 0.06, 0.4), "rod"), table, at=(0.465, 0.0))
    low = stage.set_down(block((0.2, 0.2, 0.05)), table, at=(-0.2, 0.0))
    stage.scene = Settle().apply(stage.scene, context)
    critique = ShakeCritic(pulse_g=0.6).review(stage.scene, context)
    assert critique.passed
    assert critique.metrics["stays_when_pulsed"] == pytest.approx(2 / 3, abs=1e-3)
    assert {f.objects for f in critique.findings if "pulse" in f.message} == {(rod,)}
    assert low in stage.scene


def test_a_thing_at_the_very_edge_falls_by_a_nudge(
    stage: Stage, context: Context, block: Callable[..., Asset], table: str
) -> None:
    boxes = [stage.set_down(block((0.1, 0.05, 0.02)), table, at=(0.499, 0.1 * k)) for k in range(-4, 5)]
    critique = ShakeCritic(after_s=0.8).review(stage.scene, context)
    off = {f.objects[0] for f in critique.findings if "nudge" in f.message}
    assert off and off < set(boxes)
    assert critique.metrics["stays_when_nudged"] == pytest.approx(1 - len(off) / 10)


def test_what_rests_nowhere_is_not_counted(stage: Stage, context: Context, table: str) -> None:
    stage.set_down("mug", table, lift=0.3)
    critique = ShakeCritic().review(stage.scene, context)
    assert critique.findings == ()


def test_an_empty_room_cannot_be_shaken(stage: Stage, context: Context) -> None:
    assert ShakeCritic().review(stage.scene, context).score == 1.0


def test_a_nudge_is_as_large_as_told_and_starts_clear(
    stage: Stage, context: Context, block: Callable[..., Asset], table: str
) -> None:
    below = stage.set_down(block((0.3, 0.3, 0.1)), table)
    above = stage.set_down(block((0.2, 0.2, 0.1)), below)
    after = nudged(stage.scene, context, np.random.default_rng(0), shift=0.002, turn=0.0087)
    for name in (below, above):
        old, new = stage.scene[name].pose, after[name].pose
        middle = [pose.apply([0, 0, 0.05])[:2] for pose in (old, new)]
        assert np.linalg.norm(middle[1] - middle[0]) == pytest.approx(0.002, abs=1e-6)
        assert angle_between(old.orientation, new.orientation) == pytest.approx(0.0087, abs=1e-5)
    with World(after, stage.store) as world:
        assert max((contact.depth for contact in world.contacts()), default=0.0) < 1e-5
