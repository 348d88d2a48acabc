"""Generation from prompt to folder: accepted, loadable, reproducible."""

from __future__ import annotations

import importlib.util
import inspect
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from PIL import Image

from sage.asset import AssetStore
from sage.critics.files import file_findings
from sage.errors import ExportError, FolderError, SageError, TaskImpossible, TaskNotUnderstood, UserError
from sage.export.formats import FORMATS
from sage.export.reading import read_scene
from sage.result import SceneResult
from sage.scene import Scene
from sage.service.checking import check, export
from sage.service.generation import generate
from sage.service.request import SceneRequest, user_errors
from sage.service.understanding import understand
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds
from sage.task import Task

PROMPT = "pick up a bowl and place it on the table"
FILES = (
    "scene.json",
    "scene.usda",
    "scene.xml",
    "scene.glb",
    "urdf/scene.urdf",
    "preview.png",
    "report.json",
)
MADE_IN_A_FRESH_PROCESS = (
    "import sys; from sage.service.generation import generate; generate(sys.argv[1], out=sys.argv[2], seed=3)"
)


@pytest.fixture(scope="module")
def twins(tmp_path_factory: pytest.TempPathFactory, clean_environment: dict[str, str]) -> tuple[Path, Path]:
    """The same prompt and seed in two processes that hash strings differently."""
    folders = []
    for number in (1, 2):
        folder = tmp_path_factory.mktemp(f"process_{number}") / "scene"
        command = [sys.executable, "-c", MADE_IN_A_FRESH_PROCESS, PROMPT, str(folder)]
        environment = clean_environment | {"PYTHONHASHSEED": str(number)}
        subprocess.run(
            command, env=environment, cwd=folder.parent, check=True, capture_output=True, timeout=300
        )
        folders.append(folder)
    return folders[0], folders[1]


@pytest.fixture(scope="module")
def folder(twins: tuple[Path, Path]) -> Path:
    """A generated scene."""
    return twins[0]


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    """A generated scene that may be spoiled, in another place."""
    return Path(shutil.copytree(folder, tmp_path / "copy"))


@pytest.fixture(scope="module")
def acceptance(project: Path) -> ModuleType:
    """The benchmark, for its verdict by MuJoCo."""
    spec = importlib.util.spec_from_file_location("acceptance", project / "tests/benchmarks/acceptance.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["acceptance"] = module
    spec.loader.exec_module(module)
    return module


def report(folder: Path) -> dict[str, Any]:
    return dict(json.loads((folder / "report.json").read_text()))


def test_a_prompt_becomes_an_accepted_scene_of_the_task(folder: Path) -> None:
    assert report(folder)["accepted"] is True
    scene, store = read_scene(folder)
    layout = Layout(scene, store)
    assert scene.task == understand(PROMPT).model_copy(update={"robot_bases": scene.task.robot_bases})
    assert scene.seed == 3
    assert scene["bowl_1"].role == "target" and scene["table_1"].role == "receptacle"
    assert set(scene.task.robot_bases) == {"bowl_1", "table_1"}
    assert not any(holds(goal, layout) for goal in scene.task.goal)
    assert len(scene.objects) >= 10


def test_the_folder_holds_every_file_and_nothing_unfinished(folder: Path) -> None:
    scene, _ = read_scene(folder)
    assert all((folder / name).stat().st_size > 0 for name in FILES)
    assets = {item.asset for item in scene.objects}
    assert {path.name for path in (folder / "assets").iterdir()} == assets | {"textures"}
    assert {path.name for path in (folder / "urdf").iterdir()} == {
        "room.urdf",
        "scene.urdf",
        *(f"{a}.urdf" for a in assets),
    }
    assert [path.name for path in folder.parent.iterdir()] == ["scene"]


def test_the_report_tells_how_the_scene_came_about(folder: Path) -> None:
    told = report(folder)
    scene, _ = read_scene(folder)
    assert told["seed"] == 3 and told["planner"] == "rules" and told["reproducible"] is True
    assert told["object_count"] == sum(not item.covering for item in scene.objects)
    assert told["rounds"] == len(told["transcript"]) >= 1
    assert {critique["critic"] for critique in told["critiques"]} >= {"task", "physics", "access"}
    assert told["metrics"]["collision"] == 0 and told["metrics"]["stable_strict"] == 1
    assert told["formats"] == ["usd", "mjcf", "urdf", "glb"]
    assert told["versions"]["pybullet"] and told["attributions"]
    assert all(seconds >= 0 for seconds in told["cpu_seconds"].values())


def test_the_preview_is_a_picture_of_something(folder: Path) -> None:
    with Image.open(folder / "preview.png") as picture:
        low, high = picture.convert("L").getextrema()
        assert picture.size == (800, 600)
    assert high - low > 80


def test_two_processes_write_the_same_bytes(twins: tuple[Path, Path]) -> None:
    """All but the report, which holds how long it took."""
    one, other = ({p.relative_to(f): p.read_bytes() for p in f.rglob("*") if p.is_file()} for f in twins)
    assert one[Path("scene.json")] == other[Path("scene.json")]
    assert one.keys() == other.keys()
    assert [str(path) for path in one if one[path] != other[path] and path.name != "report.json"] == []


def test_no_file_names_the_machine_that_wrote_it(folder: Path) -> None:
    strange = [str(folder.parent), str(Path.home()), "/tmp/"]
    for path in folder.rglob("*"):
        if path.suffix in (".json", ".xml", ".urdf", ".usda", ".obj", ".mtl"):
            text = path.read_text()
            assert not any(name in text for name in strange), path


def test_the_folder_can_be_moved_and_still_passes_every_critic(copy: Path) -> None:
    scene, critiques = check(copy)
    assert all(critique.passed for critique in critiques)
    assert scene == read_scene(copy)[0]


def test_checking_changes_no_file(copy: Path) -> None:
    before = {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()}
    check(copy)
    assert {path: path.read_bytes() for path in copy.rglob("*") if path.is_file()} == before


def test_an_engine_that_the_loop_does_not_use_agrees(copy: Path, acceptance: ModuleType) -> None:
    scene, _ = read_scene(copy)
    verdict = acceptance.mujoco_verdict(copy)
    assert verdict.bodies == sum(not item.fixed and not item.covering for item in scene.objects)
    assert verdict.unstable == ()
    assert verdict.depth <= acceptance.MAX_DEPTH_M


def test_a_folder_without_a_scene_is_no_scene_folder(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match=r"no scene\.json"):
        check(tmp_path)
    with pytest.raises(FolderError, match=r"no scene\.json"):
        check(tmp_path / "nowhere")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"schema_version": 1}',
        '{"schema_version": 99, "task": {}, "seed": 0}',
        "\x00\x01",
        pytest.param(b"\xff\xfe\x00", id="not text"),
    ],
)
def test_a_broken_scene_file_is_the_users_error_in_one_line(tmp_path: Path, text: str | bytes) -> None:
    (tmp_path / "scene.json").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(FolderError, match=r"scene\.json") as caught:
        check(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_missing_asset_is_named(copy: Path) -> None:
    asset = read_scene(copy)[0]["bowl_1"].asset
    shutil.rmtree(copy / "assets" / asset)
    with pytest.raises(FolderError, match=asset):
        check(copy)


@pytest.mark.parametrize("spoil", ["empty", "half", "gone"])
def test_a_broken_asset_is_an_error_of_the_folder(copy: Path, spoil: str) -> None:
    asset = copy / "assets" / read_scene(copy)[0]["bowl_1"].asset
    shutil.rmtree(asset / "urdf", ignore_errors=True)
    if spoil == "gone":
        next(asset.glob("visual_*.obj")).unlink()
    else:
        text = (asset / "asset.json").read_text()
        (asset / "asset.json").write_text("" if spoil == "empty" else text[: len(text) // 2])
    with pytest.raises(SageError, match=asset.name):
        check(copy)


def test_a_joint_or_part_that_an_asset_lacks_is_an_error_of_the_folder(copy: Path) -> None:
    data = json.loads((copy / "scene.json").read_text())
    bowl = next(item for item in data["objects"] if item["id"] == "bowl_1")
    bowl["joints"] = {"lid_joint": 0.3}
    (copy / "scene.json").write_text(json.dumps(data))
    with pytest.raises(SageError, match="lid_joint"):
        check(copy)


def test_an_asset_outside_the_folder_is_refused(copy: Path) -> None:
    data = json.loads((copy / "scene.json").read_text())
    bowl = next(item for item in data["objects"] if item["id"] == "bowl_1")
    shutil.move(copy / "assets" / bowl["asset"], copy / bowl["asset"])
    bowl["asset"] = f"../{bowl['asset']}"
    (copy / "scene.json").write_text(json.dumps(data))
    with pytest.raises(FolderError):
        check(copy)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"seed": -1}, UserError, "seed"),
        ({"seed": 2**63}, UserError, "seed"),
        ({"max_rounds": 0}, UserError, "max_rounds"),
        ({"room": "sauna"}, TaskImpossible, "kitchen"),
        ({"density": "crammed"}, UserError, "dense"),
        ({"formats": "fbx"}, UserError, "sceneeval"),
        ({"formats": ()}, UserError, "sceneeval"),
    ],
)
def test_an_option_that_cannot_be_taken_is_the_users_error(
    tmp_path: Path, options: dict[str, Any], error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        generate(PROMPT, out=tmp_path / "scene", **options)
    assert not list(tmp_path.iterdir())


def test_a_prompt_of_nothing_known_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(TaskNotUnderstood):
        generate("ponder the meaning of it all", out=tmp_path / "scene")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_else_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("chapter one")
    for overwrite in (False, True):
        with pytest.raises(FolderError):
            generate(PROMPT, out=tmp_path, overwrite=overwrite)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_the_convenience_for_python_users_is_the_same_function() -> None:
    import sage

    assert sage.generate is generate
    with pytest.raises(AttributeError):
        _ = sage.degenerate


def test_scene_json_is_what_the_schema_describes(folder: Path) -> None:
    data = json.loads((folder / "scene.json").read_text())
    assert Scene.model_validate(data).model_dump(mode="json") == data


def test_a_missing_export_and_a_pose_that_only_one_file_knows_are_found(copy: Path) -> None:
    scene, _ = read_scene(copy)
    assert not list(file_findings(scene, copy))
    (copy / "scene.usda").unlink()
    moved = json.loads((copy / "scene.json").read_text())
    moved["objects"][0]["pose"]["position"][2] += 0.01
    (copy / "scene.json").write_text(json.dumps(moved))
    scene, _ = read_scene(copy)
    findings = list(file_findings(scene, copy))
    assert {finding.kind for finding in findings} == {"inconsistent"}
    told = " ".join(finding.message for finding in findings)
    assert "scene.usda is missing" in told and scene.objects[0].id in told


def test_formats_are_added_to_a_folder_and_checked_like_the_rest(copy: Path) -> None:
    assert export(copy, "SDF, sceneeval") == ("scene.sdf", "sceneeval/scene_0.json")
    assert report(copy)["formats"] == ["usd", "mjcf", "urdf", "glb", "sdf", "sceneeval"]
    assert not [path.name for path in copy.iterdir() if path.name.startswith(".")]
    scene, _ = read_scene(copy)
    assert not list(file_findings(scene, copy))
    (copy / "scene.sdf").write_text((copy / "scene.sdf").read_text().replace("</sdf>", ""))
    (copy / "sceneeval" / "scene_0.json").unlink()
    told = " ".join(finding.message for finding in file_findings(scene, copy))
    assert "scene.sdf is broken" in told and "scene_0.json is missing" in told


def test_every_format_that_puts_a_thing_elsewhere_is_named(copy: Path) -> None:
    export(copy, "all")
    moved = json.loads((copy / "scene.json").read_text())
    moved["objects"][0]["pose"]["position"][0] += 0.001
    scene = Scene.model_validate(moved)
    told = {finding.message.split()[0] for finding in file_findings(scene, copy)}
    assert told == {item.main for item in FORMATS.values()}


def test_only_the_formats_asked_for_are_written(tmp_path: Path) -> None:
    made = generate("a small closet", out=tmp_path / "scene", density="sparse", formats=["mjcf"])
    assert report(tmp_path / "scene")["formats"] == ["mjcf"]
    names = {path.name for path in (tmp_path / "scene").iterdir()}
    assert names == {"scene.json", "scene.xml", "assets", "preview.png", "report.json"}
    assert not list(file_findings(made.scene, tmp_path / "scene"))


def test_a_folder_in_the_way_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    kept = tmp_path / "scene.partial" / "thesis.txt"
    kept.parent.mkdir()
    kept.write_text("years of work")
    with pytest.raises(FolderError, match="not created by sage"):
        generate(PROMPT, out=tmp_path / "scene")
    assert kept.read_text() == "years of work"


def test_a_room_too_large_to_build_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(TaskImpossible, match="30 m"):
        generate("a kitchen, 30 m x 30 m", out=tmp_path / "scene")
    assert not list(tmp_path.iterdir())


def test_a_result_without_a_room_says_that_none_could_be_built(tmp_path: Path) -> None:
    scene = Scene(task=Task(prompt="a kitchen", kind="room", rooms=("kitchen",)), seed=0)
    result = SceneResult(scene, False, (), "test", 1, (), store=AssetStore(tmp_path / "assets"))
    for use in (lambda: result.write(tmp_path / "scene"), result.picture):
        with pytest.raises(ExportError, match="no planned room could be built"):
            use()
    assert not (tmp_path / "scene").exists()


def test_generate_takes_the_fields_of_a_request() -> None:
    given = {
        name: parameter.default
        for name, parameter in inspect.signature(generate).parameters.items()
        if name not in ("bddl", "behavior", "out", "overwrite", "progress", "cancelled", "on_step")
    }
    fields = {name: field.default for name, field in SceneRequest.model_fields.items()}
    assert given.keys() == fields.keys() - {"bddl", "variation"}
    differing = {name for name in given if given[name] != fields[name]}
    assert differing == {"prompt", "limits"}  # None stands for the field's default


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"seed": -1}, "the seed is -1"),
        ({"max_rounds": 0}, "max_rounds is 0; it must be at least 1"),
        ({"density": "crowded"}, "density is 'crowded'; it must be one of sparse, normal, dense"),
        ({"room": "bathroon"}, "bathroon"),
        ({"formats": ("fbx",)}, "no format 'fbx'"),
        ({"strict": True, "planner": "openai"}, "strict needs planner 'rules'"),
        ({"asset_pool": "many"}, "asset_pool"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_request_names_what_is_wrong(fields: dict[str, Any], words: str) -> None:
    with pytest.raises(UserError, match=re.escape(words)), user_errors():
        SceneRequest(prompt="a kitchen", **fields)
