"""Visibility of objects from a robot's stance and a few steps back."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sage.asset import Asset
from sage.geometry import Pose
from sage.rendering.surfaces import surfaces
from sage.rendering.visibility import MIN_PIXELS, Sight, is_seen

pytestmark = pytest.mark.quick

if TYPE_CHECKING:
    from tests.conftest import Stage

BASE = Pose.planar(1.0, 2.0)


def sight(stage: Stage) -> Sight:
    return Sight(stage.layout, surfaces(stage.scene, stage.store))


@pytest.fixture
def box(stage: Stage, block: Callable[..., Asset]) -> str:
    """A box on a table, an arm's length from the robot."""
    table = stage.stand(block((0.6, 0.6, 0.7)), Pose.planar(1.9, 2.0))
    return stage.set_down(block((0.1, 0.1, 0.1)), table)


def test_what_nothing_hides_is_seen_whole(stage: Stage, box: str) -> None:
    seen = sight(stage).of(box, BASE)
    assert seen.unoccluded == 1.0
    assert seen.pixels > 10 * MIN_PIXELS


@pytest.mark.parametrize("thickness", [0.002, 0.1])
@pytest.mark.parametrize("turn", [0.0, 0.1])
def test_a_screen_hides_it(
    stage: Stage, box: str, block: Callable[..., Asset], thickness: float, turn: float
) -> None:
    stage.stand(block((thickness, 3.0, 2.4)), Pose.planar(1.4, 2.0, 0, turn))
    seen = sight(stage).of(box, BASE)
    assert seen.pixels == 0 and not is_seen(seen)


def test_a_screen_of_glass_does_not(stage: Stage, box: str) -> None:
    whole = sight(stage).of(box, BASE)
    stage.stand("wine glass", Pose.planar(1.7, 2.0, 0.7), support="floor")
    assert sight(stage).of(box, BASE).pixels == whole.pixels


def test_half_a_screen_hides_half(stage: Stage, box: str, block: Callable[..., Asset]) -> None:
    stage.stand(block((0.01, 1.0, 2.4)), Pose.planar(1.4, 2.5))
    assert sight(stage).of(box, BASE).unoccluded == pytest.approx(0.5, abs=0.12)


def test_what_the_task_puts_on_a_thing_does_not_hide_it_and_anything_else_does(
    stage: Stage, box: str, block: Callable[..., Asset]
) -> None:
    whole = sight(stage).of(box, BASE)
    lid = stage.set_down(block((0.4, 0.4, 0.3)), box)
    assert not is_seen(sight(stage).of(box, BASE))
    stage.ask(initial=({"name": "on", "subject": lid, "object": box},))
    assert sight(stage).of(box, BASE).pixels == whole.pixels
    stage.stand(block((0.1, 3.0, 2.4)), Pose.planar(1.4, 2.0))
    assert not is_seen(sight(stage).of(box, BASE))


def test_a_robot_steps_back_to_look_below_a_board(stage: Stage, block: Callable[..., Asset]) -> None:
    low = stage.stand(block((0.08, 0.08, 0.15)), Pose.planar(1.75, 2.0))
    stage.stand(block((0.5, 1.4, 0.02)), Pose.planar(1.65, 2.0, 0.5))
    found = sight(stage)
    assert not is_seen(found.of(low, BASE))
    assert is_seen(found.from_around(low, BASE))
    stage.stand(block((0.02, 3.0, 2.4)), Pose.planar(1.3, 2.0))
    assert not is_seen(sight(stage).from_around(low, BASE))


def test_pictures_and_ground_truth_take_no_gl_library(
    stage: Stage, box: str, clean_environment: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "scene.json").write_text(stage.scene.model_dump_json())
    code = f"""
from pathlib import Path
from sage.asset import AssetStore
from sage.rendering.observation import Observer
from sage.rendering.views import picture
from sage.scene import Scene
from sage.rendering.surfaces import surfaces
from sage.rendering.viewpoints import top_camera

scene = Scene.model_validate_json(Path("scene.json").read_text())
store = AssetStore(Path({str(stage.store.folder)!r}))
assert picture(scene, store, size=(64, 48)).getcolors(3072)
assert Observer(surfaces(scene, store)).look(top_camera(scene.rooms)).seen.any()
loaded = Path("/proc/self/maps").read_text()
print([name for name in ("libGL", "libEGL", "libOSMesa", "libX11", "libvulkan") if name in loaded])
"""
    command = [sys.executable, "-c", code]
    done = subprocess.run(
        command, cwd=tmp_path, env=clean_environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
