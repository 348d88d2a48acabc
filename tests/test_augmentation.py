"""Variations: the varied level changes, the rest stays, and results are reproducible."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from sage.appearance.reskin import reskinned
from sage.asset import Asset, AssetStore
from sage.assets.parametric import ParametricAssets
from sage.choices import LEVELS, Level
from sage.context import Context
from sage.critics.variation import VariationCritic
from sage.errors import VariationRejected
from sage.export.reading import read_scene
from sage.generators.move import MoveObject
from sage.generators.settle import Settle
from sage.geometry import Pose
from sage.rendering.lighting import lighting
from sage.scene import Scene
from sage.service.augmentation import augment
from sage.service.understanding import understand
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds

if TYPE_CHECKING:
    from tests.conftest import Stage


TASK = understand("pick up the red mug to the left of the bowl on the table")


def written(scene: Scene, store: AssetStore, folder: Path) -> Path:
    """Write no more of a scene folder than a variation needs."""
    folder.mkdir()
    (folder / "scene.json").write_text(scene.model_dump_json())
    for item in scene.objects:
        store[item.asset].save(folder / "assets" / item.asset)
    return folder


@pytest.fixture
def parent(stage: Stage, make: Callable[..., Asset], context: Context, tmp_path: Path) -> Path:
    """A table with a bowl, a mug and three books, and a chair."""
    stage.ask(**TASK.model_dump(include={"objects", "initial", "goal"}))
    table = stage.stand("table", Pose.planar(1.5, 1.5, 0.0, 0.0), id="table_1")
    stage.stand("chair", Pose.planar(1.5, 3.0, 0.0, -1.57))
    stage.set_down("bowl", table, id="bowl_1", role="receptacle")
    mug = make("mug", 0, color="red")
    stage.set_down(mug, table, at=(0.0, 0.2), id="mug_1", name="red mug", role="target")
    for k in range(3):
        stage.set_down("book", table, at=(0.25 * (k - 1), -0.4))
    placed = MoveObject(object_id="mug_1", relation="on", reference="table_1").apply(stage.scene, context)
    return written(Settle().apply(placed, context), stage.store, tmp_path / "parent")


def digest(folder: Path) -> str:
    return hashlib.sha256((folder / "scene.json").read_bytes()).hexdigest()


def varied(parent: Path, out: Path, level: Level, number: int = 0) -> tuple[Scene, AssetStore, Scene]:
    result = augment(parent, out, level=level, number=number, density="sparse", formats="glb")
    assert result.accepted, result.findings
    scene, store = read_scene(out)
    layout = Layout(scene, store)
    assert all(holds(relation, layout) for relation in scene.task.initial)
    assert scene.task.initial and scene.task.ids <= {item.id for item in scene.objects}
    return scene, store, read_scene(parent)[0]


def test_poses_vary_and_instances_stay(parent: Path, tmp_path: Path) -> None:
    scene, _, before = varied(parent, tmp_path / "one", "pose")
    assert {(item.id, item.asset) for item in scene.objects} <= {(o.id, o.asset) for o in before.objects}
    mug, old = scene["mug_1"], before["mug_1"]
    assert mug.support == old.support and mug.pose != old.pose
    varied(parent, tmp_path / "again", "pose")
    varied(parent, tmp_path / "other", "pose", number=1)
    one, again, other = (digest(tmp_path / name) for name in ("one", "again", "other"))
    assert one == again != other


def test_instances_vary_and_categories_stay(parent: Path, tmp_path: Path) -> None:
    scene, store, before = varied(parent, tmp_path / "one", "object")
    assert {item.id: item.category for item in scene.objects}.items() <= {
        item.id: item.category for item in before.objects
    }.items()
    changed = [item for item in scene.objects if item.asset != before[item.id].asset]
    assert len(changed) > 0.3 * len(scene.objects)
    assert store[scene["mug_1"].asset].attributes["color"] == "red"


def test_a_layout_varies_around_the_same_task(parent: Path, tmp_path: Path) -> None:
    scene, _, before = varied(parent, tmp_path / "one", "layout")
    bare = {"robot_bases": {}}
    assert scene.task.model_copy(update=bare) == before.task.model_copy(update=bare)
    assert scene.rooms[0].polygon != before.rooms[0].polygon
    assert scene.rooms[0].type == before.rooms[0].type


def test_looks_vary_and_physics_stays(parent: Path, tmp_path: Path) -> None:
    scene, store, before = varied(parent, tmp_path / "one", "look")
    old = AssetStore(parent / "assets")
    assert [item.pose for item in scene.objects] == [item.pose for item in before.objects]
    for item, was in zip(scene.objects, before.objects, strict=True):
        new, known = store[item.asset], old[was.asset]
        assert [link.mass for link in new.links] == [link.mass for link in known.links]
        np.testing.assert_array_equal(new.collision_points(), known.collision_points())
    assert sum(a.asset != b.asset for a, b in zip(scene.objects, before.objects, strict=True)) > 0
    assert store[scene["mug_1"].asset].attributes["color"] == "red"
    assert scene.hour != before.hour and lighting(scene, store).hour == scene.hour


@pytest.mark.parametrize("level", ["pose", "object"])
def test_a_room_with_nothing_to_vary_is_told(level: Level, stage: Stage, tmp_path: Path) -> None:
    stage.stand("curtain" if level == "object" else "table", Pose())
    folder = written(stage.scene, stage.store, tmp_path / "bare")
    with pytest.raises(VariationRejected, match="0%"):
        augment(folder, tmp_path / "out", level=level, formats="glb")
    assert not (tmp_path / "out").exists()


def test_a_critic_tells_what_was_to_stay(stage: Stage, context: Context) -> None:
    table = stage.stand("table", Pose(position=(1.5, 1.5, 0.0)))
    stage.set_down("mug", table)
    before = stage.scene
    (mug,) = (item for item in before.objects if item.category == "mug")
    other = ParametricAssets().make("mug", np.random.default_rng(9))
    context.store.add(other)
    swapped = before.updating(mug.model_copy(update={"asset": other.id, "size": other.size}))
    assert VariationCritic("object", before).review(swapped, context).metrics["varied"] == 0.5
    assert not VariationCritic("pose", before).review(swapped, context).passed
    gone = VariationCritic("object", before).review(before.removing(mug.id), context)
    assert any("left out" in finding.message for finding in gone.findings)


def test_a_loan_of_materials_changes_looks_alone() -> None:
    source = ParametricAssets()
    for category in ("mug", "chair", "bookcase", "sofa", "table lamp"):
        asset = source.make(category, np.random.default_rng(0))
        skins = (reskinned(asset, source.make(category, np.random.default_rng(k))) for k in range(1, 12))
        other = next(skin for skin in skins if skin is not None)
        assert other.id != asset.id and other.mass == asset.mass and other.size == asset.size
        assert other.grasp_width == asset.grasp_width and other.joints == asset.joints
        assert [link.friction for link in other.links] == [link.friction for link in asset.links]
    assert LEVELS == ("pose", "object", "layout", "look")
