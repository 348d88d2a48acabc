"""The examples of README.md and docs/how_to/add_*.md run as they are and do what they claim."""

from __future__ import annotations

import gc
import math
import pickle
import sys
import tomllib
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sage.assets.families import FAMILIES
from sage.assets.family import Family
from sage.assets.parametric import ParametricAssets
from sage.assets.vocabulary import TableVocabulary
from sage.context import Context
from sage.critics import CRITICS
from sage.critique import accepted
from sage.errors import ToolRejected
from sage.generators.floor_plan import FloorPlan
from sage.generators.furnish import Furnish
from sage.generators.populate import Populate
from sage.generators.recipes import Recipe, room_types
from sage.geometry import Pose
from sage.language.prompt import read
from sage.scene import Scene
from sage.service import generation
from sage.service.generation import start
from sage.tools import Generator, ToolCall
from sage.workbench import Workbench
from tests.snippets import code_of


@pytest.fixture
def example(
    request: pytest.FixtureRequest, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """Module made of the blocks with this name, in order."""
    name = request.param
    module = ModuleType(f"snippets_{name}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.chdir(tmp_path)
    for code in code_of(project, name):
        exec(compile(code, f"snippet {name}", "exec"), module.__dict__)
    return module


def defined(module: ModuleType, kind: type) -> list[type]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, kind) and value.__module__ == module.__name__
    ]


def test_a_picture_of_the_scene_and_its_files_are_at_hand(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Python examples of the README run in one session."""
    monkeypatch.chdir(tmp_path)
    own: dict[str, Any] = {}
    for code in code_of(project, "python"):
        exec(compile(code, "snippet python", "exec"), own)
    assert own["result"].accepted and accepted(own["critiques"])
    with Image.open("top.png") as picture:
        assert picture.size == (400, 300)
    assert {path.name for path in Path("closet").iterdir()} >= {"scene.json", "scene.xml", "scene.usda"}
    assert not Path("closet/scene.glb").exists()
    assert [item.category for item in own["bench"].scene.objects] == ["desk"]


def test_geometry_that_was_not_written_goes_with_the_result() -> None:
    bench = start("an office")
    bench.apply(ToolCall(tool="floor_plan"))
    result = bench.result()
    assert result.store is not None
    folder = result.store.folder
    again = pickle.loads(pickle.dumps(result))
    assert again.scene == result.scene and again.store.folder == folder
    assert folder.is_dir()
    del bench, result, again
    gc.collect()
    assert not folder.exists()


def a_bench(monkeypatch: pytest.MonkeyPatch, name: str, kind: Any) -> Workbench:
    """Start a scene with a table, one more entry in a list that `start` assembles."""
    lines = getattr(generation, name)
    monkeypatch.setattr(generation, name, (*lines, kind))
    bench = start("an office")
    bench.apply(ToolCall(tool="floor_plan", arguments={"size": (3.0, 3.0)}))
    table = {"category": "table", "relation": "in_middle"}
    bench.apply(ToolCall(tool="place_object", arguments=table))
    return bench


@pytest.mark.parametrize("example", ["generator"], indirect=True)
def test_a_generator_is_one_class(example: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    (tool,) = defined(example, Generator)
    assert tool.model_json_schema()["description"]  # type: ignore[attr-defined]
    bench = a_bench(monkeypatch, "GENERATORS", tool)
    table = bench.scene["table_1"]
    askew = table.model_copy(update={"pose": Pose.planar(1.5, 1.5, yaw=1.4)})
    bench.scene = bench.scene.updating(askew)
    straighten = ToolCall(tool="straighten_object", arguments={"object_id": "table_1"})
    bench.apply(straighten)
    assert bench.scene["table_1"].pose.yaw == pytest.approx(math.pi / 2)
    with pytest.raises(ToolRejected, match="missing or carries something"):
        bench.apply(straighten.model_copy(update={"arguments": {"object_id": "lamp_7"}}))


@pytest.mark.parametrize("example", ["critic"], indirect=True)
def test_a_critic_is_one_class(example: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    (critic,) = [kind for kind in defined(example, object) if hasattr(kind, "review")]
    bench = a_bench(monkeypatch, "CRITICS", critic())
    *others, own = bench.review()
    assert len(others) == len(CRITICS) and own.critic == "breakable" and own.passed
    glass = bench.scene["table_1"].model_copy(update={"attributes": {"material": "glass"}})
    bench.scene, bench.critiques = bench.scene.updating(glass), ()
    assert [finding.objects for finding in bench.review()[-1].findings] == [("table_1",)]


@pytest.mark.parametrize("example", ["family"], indirect=True)
def test_a_family_is_a_range_of_sizes_and_a_function(example: ModuleType) -> None:
    own = [value for value in vars(example).values() if isinstance(value, Family)]
    own += [
        f
        for value in vars(example).values()
        if isinstance(value, tuple)
        for f in value
        if isinstance(f, Family)
    ]
    assert own
    for family in own:
        asset = ParametricAssets((*FAMILIES, family)).make(family.category, np.random.default_rng(0))
        assert asset.category == family.category
        assert asset.mass > 0 and asset.links[0].colliders


def test_a_type_of_room_is_one_file(project: Path, context: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    (text,) = code_of(project, "room")
    plan = Recipe.model_validate(tomllib.loads(text))
    monkeypatch.setattr("sage.generators.recipes._recipes", lambda: {plan.room: plan})
    scene = Scene(task=read(f"a {plan.words[-1]}", TableVocabulary(room_types())), seed=0)
    for edit in (FloorPlan(), Furnish(density="dense"), Populate()):
        scene = edit.apply(scene, context)
    assert scene.rooms[0].type == plan.room
    present = {item.category for item in scene.objects}
    assert present >= {entry.category for entry in plan.furniture if entry.need == "must"}
    assert len(present & {entry.category for entry in plan.furniture}) >= 3
    assert present & {"book", "notebook"}
    assert "pillow" in present
