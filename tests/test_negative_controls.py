"""Every fault in a scene is found by its critic, by name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pydantic import ValidationError

from sage.asset import Asset
from sage.assets.builder import AssetBuilder
from sage.assets.materials import Style
from sage.context import Context
from sage.critics.looks import LooksCritic
from sage.critics.physics import PhysicsCritic
from sage.critique import Critique
from sage.errors import ExportError
from sage.generators.settle import Settle
from sage.geometry import Pose
from sage.scene import Scene

if TYPE_CHECKING:
    from tests.conftest import Stage

MIDDLE = (2.5, 2.0)


def found(critique: Critique, kind: str) -> set[str]:
    """Ids of the objects that findings of a kind name."""
    return {name for finding in critique.findings if finding.kind == kind for name in finding.objects}


def four_legs(short_m: float) -> Asset:
    """Return a table of 1 x 1 m, one of whose legs is too short."""
    builder = AssetBuilder(Style(np.random.default_rng(0)))
    wood = builder.style.part("wood")
    part = builder.part()
    part.box((1.0, 1.0, 0.04), (0, 0, 0.72), wood, bevel=0.0)
    for x in (-0.45, 0.45):
        for y in (-0.45, 0.45):
            missing = short_m if x > 0 and y > 0 else 0.0
            part.box((0.06, 0.06, 0.7 - missing), (x, y, 0.35 + missing / 2), wood, bevel=0.0)
    builder.surface("top", (0, 0, 0.74), (1.0, 1.0))
    return builder.finish("table", "table.n.02", has_front=False, mount="floor")


def test_a_floating_mug(stage: Stage, context: Context) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE))
    mug = stage.set_down("mug", table, lift=0.1)
    critique = PhysicsCritic().review(stage.scene, context)
    assert mug in found(critique, "unsupported") & found(critique, "unstable")


def test_overlapping_boxes(stage: Stage, context: Context, block: Callable[..., Asset]) -> None:
    pair = {stage.stand(block((0.2, 0.2, 0.2)), Pose.planar(2.5 + x, 2.0), fixed=True) for x in (0.0, 0.195)}
    critique = PhysicsCritic().review(stage.scene, context)
    (finding,) = critique.findings
    assert finding.kind == "collision" and set(finding.objects) == pair
    assert finding.value == pytest.approx(0.005, abs=1e-4)
    assert np.linalg.norm(finding.displacement or ()) == pytest.approx(0.005, abs=1e-4)


@pytest.mark.parametrize("short_m", [0.0, 0.08])
def test_a_table_with_one_short_leg(
    stage: Stage, context: Context, block: Callable[..., Asset], short_m: float
) -> None:
    table = stage.stand(four_legs(short_m), Pose.planar(*MIDDLE))
    stage.set_down(block((0.2, 0.2, 0.1), kind="stone"), table, at=(0.38, 0.38))
    critique = PhysicsCritic().review(stage.scene, context)
    assert (table in found(critique, "unstable")) is (short_m > 0)


@pytest.fixture
def dresser(stage: Stage) -> Path:
    """The folder of an asset on disk: a dresser with drawers."""
    name = stage.stand("dresser", Pose.planar(*MIDDLE))
    return stage.store.path(stage.scene[name].asset)


def edited(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    data = json.loads((folder / "asset.json").read_text())
    change(data)
    (folder / "asset.json").write_text(json.dumps(data))


def swapped_limits(data: dict[str, Any]) -> None:
    joint = data["joints"][0]
    joint["lower"], joint["upper"] = joint["upper"], joint["lower"]


def no_mass(data: dict[str, Any]) -> None:
    data["links"][0]["mass"] = 0


def impossible_inertia(data: dict[str, Any]) -> None:
    data["links"][0]["inertia"] = [1.0, 1.0, 2.1, 0.0, 0.0, 0.0]


def endless_inertia(data: dict[str, Any]) -> None:
    data["links"][0]["inertia"][0] = float("nan")


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (swapped_limits, "joint 'drawer_1_joint': its lower limit .* is above its upper"),
        (no_mass, "mass: .*greater than 0"),
        (impossible_inertia, "triangle inequality"),
        (endless_inertia, "must be finite"),
    ],
)
def test_an_asset_that_cannot_be_is_refused_with_its_name(dresser: Path, change: Any, word: str) -> None:
    assert Asset.load(dresser).category == "dresser"
    edited(dresser, change)
    with pytest.raises(ExportError, match=f"{dresser.name}.*{word}"):
        Asset.load(dresser)


@pytest.mark.parametrize("kind", ["collision", "visual"])
def test_a_mirrored_mesh(dresser: Path, kind: str) -> None:
    """As a negative scale along y leaves it."""
    path = min(dresser.glob(f"{kind}_*.obj"))
    mirrored = re.sub(
        r"^(vn?) (\S+) (\S+)", lambda m: f"{m[1]} {m[2]} {-float(m[3])}", path.read_text(), flags=re.M
    )
    path.write_text(mirrored)
    with pytest.raises(ExportError, match=f"{dresser.name}.*mirrored"):
        Asset.load(dresser)


def test_a_missing_texture(stage: Stage, context: Context) -> None:
    table = stage.stand("table", Pose.planar(*MIDDLE), role="receptacle")
    stage.scene = Settle().apply(stage.scene, context)
    folder = stage.store.path(stage.scene[table].asset)
    pictures = [folder / name for name in stage.store[folder.name].textures]
    assert pictures
    for picture in pictures:
        picture.unlink()
    findings = LooksCritic().review(stage.scene, context).findings
    assert [f for f in findings if f.kind == "missing_texture" and f.objects == (table,)]


def test_a_pose_that_is_no_number(stage: Stage) -> None:
    stage.stand("mug", Pose.planar(*MIDDLE))
    data = stage.scene.model_dump()
    data["objects"][0]["pose"]["position"] = (0.0, float("nan"), 0.0)
    with pytest.raises(ValidationError, match=r"pose.position[\s\S]*finite"):
        Scene.model_validate(data)
