"""The README's examples of extending sage are code that runs."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from assets.families import FAMILIES
from assets.family import Family
from assets.parametric import ParametricAssets
from assets.vocabulary import TableVocabulary
from generators.floor_plan import FloorPlan
from generators.furnish import Furnish
from generators.populate import Populate
from generators.recipe import Recipe, room_types
from sage.context import Context
from sage.critique import Critique
from sage.reader import read
from sage.scene import Scene
from sage.tools import Generator

BLOCK = re.compile(r"<!-- *test: *(?P<name>[\w-]+) *-->\s*```\w+\n(?P<code>.*?)```", re.DOTALL)


@pytest.fixture
def example(
    request: pytest.FixtureRequest, project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """The module that the README's blocks of this name make, one after the other."""
    name = request.param
    blocks = [m["code"] for m in BLOCK.finditer((project / "README.md").read_text()) if m["name"] == name]
    assert blocks, f"README.md has no python block below <!-- test: {name} -->"
    module = ModuleType(f"readme_{name}")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    monkeypatch.chdir(tmp_path)
    for code in blocks:
        exec(compile(code, f"README.md ({name})", "exec"), module.__dict__)
    return module


def defined(module: ModuleType, kind: type) -> list[type]:
    return [
        value
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, kind) and value.__module__ == module.__name__
    ]


@pytest.mark.parametrize("example", ["generator"], indirect=True)
def test_a_generator_is_one_class(example: ModuleType) -> None:
    (tool,) = defined(example, Generator)
    assert tool.model_json_schema()["description"]  # type: ignore[attr-defined]
    assert tool.tool_name().isidentifier()  # type: ignore[attr-defined]


@pytest.mark.parametrize("example", ["critic"], indirect=True)
def test_a_critic_is_one_class(example: ModuleType, scene: Scene, context: Context) -> None:
    (critic,) = [kind for kind in defined(example, object) if hasattr(kind, "review")]
    critique = critic().review(scene, context)
    assert isinstance(critique, Critique)
    assert critique.critic == critic().name


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
    (text,) = [m["code"] for m in BLOCK.finditer((project / "README.md").read_text()) if m["name"] == "room"]
    plan = Recipe.model_validate(tomllib.loads(text))
    monkeypatch.setattr("generators.recipe._recipes", lambda: {plan.room: plan})
    scene = Scene(task=read(f"a {plan.words[-1]}", TableVocabulary(room_types())), seed=0)
    for edit in (FloorPlan(), Furnish(density="dense"), Populate()):
        scene = edit.apply(scene, context)
    assert scene.rooms[0].type == plan.room
    present = {item.category for item in scene.objects}
    assert present >= {entry.category for entry in plan.furniture if entry.need == "must"}
    assert len(present & {entry.category for entry in plan.furniture}) >= 3
    assert present & {"book", "notebook"}
    assert "pillow" in present
