"""Verification in simulators: verdicts, failures by name, errors."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sage.asset import AssetStore
from sage.context import Context
from sage.errors import EngineUnavailable, FolderError, UserError
from sage.generators.populate import Populate
from sage.generators.settle import Settle
from sage.geometry import Pose
from sage.result import SceneResult
from sage.scene import Scene
from sage.simulation import verification
from sage.simulation.verification import (
    ENGINES,
    VALIDATOR,
    chosen_engines,
    install,
    installed,
    record,
    recorded,
    require_formats,
    verify,
)
from tests.conftest import Stage

DEFAULT = ("pybullet", "mujoco")
BRIEF_S = 0.4

Write = Callable[[Scene], Path]


@pytest.fixture(autouse=True)
def engines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where engines are installed: nowhere yet."""
    folder = tmp_path / "engines"
    monkeypatch.setenv("SAGE_ENGINES", str(folder))
    return folder


@pytest.fixture
def write(tmp_path: Path, store: AssetStore) -> Write:
    """Writes a scene folder."""

    def go(scene: Scene) -> Path:
        result = SceneResult(
            scene=scene, accepted=True, critiques=(), planner="test", rounds=1, transcript=(), store=store
        )
        result.write(tmp_path / "scene", overwrite=True)
        return tmp_path / "scene"

    return go


@pytest.fixture
def scripts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of programs in the place of ours."""
    folder = tmp_path / "scripts"
    folder.mkdir()
    monkeypatch.setattr(verification, "_SCRIPTS", folder)
    return folder


def rest(stage: Stage) -> Scene:
    """A box on a box, a cabinet whose door is ajar, and a rug."""
    low = stage.stand(stage.block((0.4, 0.4, 0.4)), Pose.planar(1.5, 2))
    stage.set_down(stage.block((0.1, 0.1, 0.1)), low, yaw=0.4)
    stage.stand("microwave", Pose.planar(3, 2), joints={})
    return stage.scene


@pytest.mark.parametrize("engine", DEFAULT)
def test_what_rests_passes(stage: Stage, write: Write, engine: str) -> None:
    proof = verify(write(rest(stage)), ENGINES[engine], seconds=1.0)
    assert proof.passed, proof.failures
    assert (proof.share_stable, proof.free_objects) == (1.0, 3)
    assert proof.drift_m is not None and proof.drift_m < 0.002
    assert proof.sink_m is not None and 0.0001 < proof.sink_m <= 0.001, "it falls through the gap beneath it"
    assert proof.version == {"pybullet": "3.2.7", "mujoco": "4.0.0"}[engine]


@pytest.mark.parametrize("engine", DEFAULT)
def test_what_floats_or_topples_fails_by_name(stage: Stage, write: Write, engine: str) -> None:
    mug = stage.stand("mug", Pose.planar(1, 1, 0.3))
    tall = stage.stand(
        stage.block((0.02, 0.3, 0.6), "board"),
        Pose(position=(3, 2, 0.0), orientation=(0.98006658, 0, 0.19866933, 0)),
    )
    proof = verify(write(stage.scene), ENGINES[engine], seconds=1.5)
    assert not proof.passed and proof.share_stable == 0
    assert any(line.startswith(f"{mug} moves 0.3") for line in proof.failures), proof.failures
    assert any(line.startswith(f"{tall} turns 1.") for line in proof.failures), proof.failures


def test_an_object_that_an_engine_does_not_find_is_named(stage: Stage, write: Write) -> None:
    folder = write(rest(stage))
    text = (folder / "scene.json").read_text()
    (folder / "scene.json").write_text(text.replace('"box_2"', '"box_3"'))
    proof = verify(folder, ENGINES["mujoco"], seconds=0.1)
    assert proof.failures == ("box_3 is missing",)


def test_fixed_things_are_left_out(stage: Stage, write: Write) -> None:
    stage.stand("mug", Pose.planar(1, 1, 0.5), fixed=True)
    folder = write(stage.scene)
    for engine in DEFAULT:
        proof = verify(folder, ENGINES[engine], seconds=0.1)
        assert proof.passed and (proof.free_objects, proof.share_stable) == (0, 1.0)


def test_a_door_that_is_blocked_is_stuck(stage: Stage, write: Write) -> None:
    oven = stage.stand("microwave", Pose.planar(2, 2), joints={}, role="target")
    folder = write(stage.scene)
    free = {engine: verify(folder, ENGINES[engine], seconds=0.1, drive=True) for engine in DEFAULT}
    depth = stage.scene[oven].size[0]
    stage.stand(stage.block((0.4, 2.0, 1.0), "wall"), Pose.planar(2 + depth / 2 + 0.25, 2), fixed=True)
    folder = write(stage.scene)
    for engine in DEFAULT:
        assert free[engine].stuck == (), free[engine]
        proof = verify(folder, ENGINES[engine], seconds=0.1, drive=True)
        assert [name.partition("/")[0] for name in proof.stuck] == [oven]
        assert proof.failures[-1].endswith("does not reach its limit")


def test_the_proof_is_kept_beside_the_rest_of_the_report(stage: Stage, write: Write) -> None:
    folder = write(rest(stage))
    before = json.loads((folder / "report.json").read_text())
    record(folder, [verify(folder, ENGINES["mujoco"], seconds=BRIEF_S)])
    record(folder, [verify(folder, ENGINES["pybullet"], seconds=BRIEF_S)])
    after = json.loads((folder / "report.json").read_text())
    assert {name: after[name] for name in before} == before
    assert set(after["verified"]) == {"mujoco", "pybullet"}
    proof = after["verified"]["mujoco"]
    assert proof["passed"] is True and proof["share_stable"] == 1.0 and proof["failures"] == []
    assert proof["version"] == "4.0.0" and proof["drift_m"] < 0.01


def test_a_proof_is_read_back_as_it_was(stage: Stage, write: Write) -> None:
    stage.stand("mug", Pose.planar(1, 1, 0.3))
    folder = write(stage.scene)
    assert recorded(folder) == {}
    proof = verify(folder, ENGINES["mujoco"], seconds=BRIEF_S)
    assert proof.failures
    record(folder, [proof])
    assert recorded(folder) == {"mujoco": proof}
    (folder / "report.json").write_text("[")
    assert recorded(folder) == {}


def test_a_folder_without_the_format_says_which_export_helps(stage: Stage, write: Write) -> None:
    folder = write(rest(stage))
    require_formats(folder, list(ENGINES.values()))
    (folder / "scene.xml").unlink()
    with pytest.raises(FolderError, match=r"lacks scene\.xml for mujoco: sage export .* --formats mjcf$"):
        verify(folder, ENGINES["mujoco"])
    assert verify(folder, ENGINES["pybullet"], seconds=0.1).share_stable == 1.0
    shutil.rmtree(folder / "urdf")
    wanted = r"for pybullet, mujoco, drake, sapien, genesis: .* --formats mjcf,urdf$"
    with pytest.raises(FolderError, match=wanted):
        require_formats(folder, list(ENGINES.values()))


def test_an_engine_that_breaks_is_reported(
    stage: Stage, write: Write, scripts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(rest(stage))
    monkeypatch.setattr(verification, "_START_LIMIT_S", 2.0)
    monkeypatch.setattr(verification, "_STEP_LIMIT_S", 0.0)
    for program, word in {
        "import sys; sys.exit('no such mesh')": "mujoco ended with status 1: no such mesh",
        "import os; os.abort()": "mujoco ended with SIGABRT",
        "print('hello')": "mujoco printed no result",
        "print('[1]')": "mujoco printed no result",
        "import time; time.sleep(60)": "mujoco did not finish within 2 s",
    }.items():
        (scripts / "mujoco_scene.py").write_text(program)
        proof = verify(folder, ENGINES["mujoco"])
        assert not proof.passed and proof.share_stable == 0 and proof.drift_m is None
        assert len(proof.failures) == 1 and proof.failures[0].startswith(word)


def test_what_is_not_finite_fails(stage: Stage, write: Write, scripts: Path) -> None:
    folder = write(rest(stage))
    nowhere = {"start": [float("nan")] * 7, "end": [float("nan")] * 7, "speed": float("nan"), "spin": 0.0}
    answer = {"objects": {item.id: nowhere for item in stage.scene.objects}}
    (scripts / "mujoco_scene.py").write_text(f"print({json.dumps(json.dumps(answer))})")
    proof = verify(folder, ENGINES["mujoco"])
    assert proof.share_stable == 0 and proof.drift_m is None
    record(folder, [proof])
    assert "NaN" not in (folder / "report.json").read_text()


def test_absent_engines_are_skipped_with_a_word_or_refused_by_name() -> None:
    words: list[str] = []
    assert [engine.name for engine in chosen_engines(None, words.append)] == list(DEFAULT)
    assert "drake is skipped: not installed; run: sage verify --install drake" in words
    assert [engine.name for engine in chosen_engines("mujoco, PyBullet")] == ["mujoco", "pybullet"]
    with pytest.raises(EngineUnavailable, match="sage verify --install newton"):
        chosen_engines("mujoco,newton")
    with pytest.raises(
        EngineUnavailable, match=r"'gazebo' is unknown; use some of .*pybullet, mujoco, drake"
    ):
        chosen_engines("gazebo")


@pytest.mark.slow
def test_an_install_that_fails_leaves_nothing_behind(
    engines: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    empty = tmp_path / "index"
    empty.mkdir()
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(empty))
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    for tool in (ENGINES["sapien"], VALIDATOR):
        with pytest.raises(EngineUnavailable, match=f"pip cannot install '{tool.name}'"):
            install(tool.name)
        assert not installed(tool)
    assert list(engines.iterdir()) == []


def test_mistakes_are_told(stage: Stage, write: Write, tmp_path: Path) -> None:
    folder = write(rest(stage))
    with pytest.raises(UserError, match="must be more than 0"):
        verify(folder, ENGINES["mujoco"], seconds=-1)
    with pytest.raises(FolderError, match=r"no scene\.json"):
        verify(tmp_path / "nothing", ENGINES["mujoco"])
    (folder / "report.json").write_text("[")
    with pytest.raises(UserError, match=r"cannot be written.*report\.json"):
        record(folder, [])


@pytest.mark.slow
def test_the_command_tells_by_its_status(
    stage: Stage, write: Write, clean_environment: dict[str, str], engines: Path
) -> None:
    environment = clean_environment | {"SAGE_ENGINES": str(engines)}

    def sage(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "sage.service.cli", "verify", *map(str, arguments)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=120, check=False
        )

    good = write(rest(stage))
    done = sage(good, "--seconds", "0.3")
    assert done.returncode == 0, done.stderr
    assert "drake is skipped" in done.stderr and "100.0% of 3" in done.stdout
    stage.stand("mug", Pose.planar(1, 1, 0.5))
    floating = write(stage.scene)
    bad = sage(floating, "--sim", "mujoco", "--seconds", "0.3", "--json")
    assert bad.returncode == 3 and json.loads(bad.stdout)["passed"] is False
    assert json.loads((floating / "report.json").read_text())["verified"]["mujoco"]["passed"] is False
    assert sage(floating, "--sim", "drake").returncode == 2
    nothing = sage()
    assert nothing.returncode == 2 and "name a scene folder" in nothing.stderr


def test_the_programs_run_by_themselves(stage: Stage, write: Write, tmp_path: Path) -> None:
    folder = shutil.copytree(write(rest(stage)), tmp_path / "moved")
    programs = Path(verification.__file__).parent / "loaders"
    for name in DEFAULT:
        command = [sys.executable, "-I", str(programs / f"{name}_scene.py"), str(folder), "--seconds", "0.1"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path)
        answer = json.loads(done.stdout.splitlines()[-1])
        assert set(answer["objects"]) == {item.id for item in stage.scene.objects}


KEPT: dict[str, tuple[tuple[str, ...], dict[str, Any]]] = {
    "things in drawers": (
        ("dresser",),
        {"owner": "dresser", "surface": "drawer", "items": ["towel", "book", "box"], "count": [3, 3]},
    ),
    "a row of books on each shelf": (
        ("bookcase",),
        {"owner": "bookcase", "surface": "shelf", "arrange": "row", "items": ["book"], "each": [6, 6]},
    ),
    "toys in a basket": (
        ("table", "basket"),
        {"owner": "basket", "surface": "inside", "arrange": "pile", "items": ["toy block", "toy car"],
         "each": [6, 6]},
    ),
    "fruit in a bowl": (
        ("table", "mixing bowl"),
        {"owner": "mixing bowl", "surface": "inside", "arrange": "pile", "items": ["lemon", "tomato"],
         "each": [5, 5]},
    ),
    "a stack of plates": (
        ("table",),
        {"owner": "table", "arrange": "stack", "items": ["plate"], "each": [6, 6]},
    ),
    "a cup on a stack of books": (
        ("table",),
        {"owner": "table", "arrange": "stack", "items": ["book"], "each": [4, 4]},
    ),
}  # fmt: skip
"""What carries, each on the one before, and what is put in or on the last of it."""
KEPT_WITHIN = (0.01, 0.01, 0.1)
"""How far things may go to the side, up or down, and turn [m, m, rad]."""


@pytest.mark.slow
@pytest.mark.parametrize("kind", KEPT)
def test_what_rests_in_and_on_others_stays_for_a_minute(
    stage: Stage, context: Context, furnishes: Callable[..., None], write: Write, kind: str
) -> None:
    carriers, entry = KEPT[kind]
    below = stage.stand(carriers[0], Pose.planar(2.5, 2.0))
    for carrier in carriers[1:]:
        below = stage.set_down(carrier, below)
    furnishes(clutter=[{"count": [1, 1]} | entry])
    scene = Populate(disorder="tidy").apply(stage.scene, context.drawing(0, 0))
    stage.scene = Settle().apply(scene, context)
    kept = [item.id for item in stage.scene.carried_by(below)]
    assert len(kept) >= 2
    if kind.startswith("a cup"):
        stage.set_down("cup", kept[-1])
    folder = write(stage.scene)
    for engine in DEFAULT:
        proof = verify(folder, ENGINES[engine], seconds=60.0)
        assert proof.free_objects == len(stage.scene.objects)
        worst = proof.drift_m, proof.sink_m, proof.turn_rad
        # In a heap the engines disagree by a few millimetres on how things lie.
        for value, limit in zip(worst, KEPT_WITHIN, strict=True):
            assert value is not None and value < limit, proof
