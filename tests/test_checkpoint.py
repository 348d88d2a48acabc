"""Runs killed at any step resume to the same scene."""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import pickle
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sage.agent import Loop
from sage.checkpoint import checkpoints
from sage.context import Context
from sage.critique import Critique, Finding
from sage.errors import CheckpointError, FolderError
from sage.export.partial import Partial
from sage.generators import GENERATORS
from sage.generators.remove import RemoveObject
from sage.geometry import Pose
from sage.planning.rules import RulesPlanner
from sage.scene import Scene
from sage.service.generation import generate, resume
from sage.tools import Tools

if TYPE_CHECKING:
    from tests.conftest import Stage

PROMPT = "put the mug on the table"
OPTIONS: dict[str, Any] = {"seed": 1, "density": "sparse", "formats": ["mjcf"]}
KILLED = 9

Files = dict[str, bytes]


def files(folder: Path) -> Files:
    """Return every file but the report, which holds how long things took."""
    found = {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    return {name: content for name, content in found.items() if name != "report.json"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[Files, list[str]]:
    """What a run that nothing interrupts writes, and the names of its steps."""
    steps: list[str] = []
    out = tmp_path_factory.mktemp("whole") / "scene"
    assert generate(PROMPT, out=out, progress=steps.append, **OPTIONS).accepted
    assert [path.name for path in out.parent.iterdir()] == ["scene"]
    return files(out), steps


def killed(work: Callable[..., object], at: int, *arguments: Any, **options: Any) -> None:
    """Do some work in another process, which ends without a word when a step begins."""
    begun = 0

    def progress(step: str) -> None:
        nonlocal begun
        begun += 1
        if begun == at:
            os._exit(KILLED)

    process = multiprocessing.get_context("fork").Process(
        target=work, args=arguments, kwargs=options | {"progress": progress}
    )
    process.start()
    process.join(300)
    assert process.exitcode == KILLED


STEPS = (
    "understand",
    "floor_plan",
    "furnish",
    "populate",
    "settle",
    "critic: task",
    "critic: looks",
    "export",
)


@pytest.mark.parametrize("step", STEPS)
def test_a_run_killed_at_any_step_ends_as_if_it_had_not_been(
    whole: tuple[Files, list[str]], tmp_path: Path, step: str
) -> None:
    expected, steps = whole
    assert set(steps) >= set(STEPS)
    out = tmp_path / "scene"
    killed(generate, steps.index(step) + 1, PROMPT, out=out, **OPTIONS)
    assert [path.name for path in tmp_path.iterdir()] == ["scene.partial"]
    again: list[str] = []
    assert resume(out, progress=again.append).accepted
    begun = steps.index("critic: task") if step.startswith("critic") else steps.index(step)
    assert again == steps[begun:]
    assert files(out) == expected
    assert [path.name for path in tmp_path.iterdir()] == ["scene"]


def test_a_run_may_be_killed_again_and_again(whole: tuple[Files, list[str]], tmp_path: Path) -> None:
    expected, _ = whole
    out = tmp_path / "scene"
    killed(generate, 3, PROMPT, out=out, **OPTIONS)
    for _ in range(2):
        killed(resume, 2, out)
    resume(out)
    assert files(out) == expected
    told = json.loads((out / "report.json").read_text())
    assert [entry["outcome"] for entry in told["transcript"][0]["calls"]] == ["applied"] * 4
    assert set(told["cpu_seconds"]) >= {"understand", "floor_plan", "settle", "physics", "export"}


@pytest.fixture
def abandoned(tmp_path: Path) -> Path:
    """The folder that a run was to write when it was killed."""
    killed(generate, 3, PROMPT, out=tmp_path / "scene", **OPTIONS)
    return tmp_path / "scene"


def test_a_new_run_does_not_throw_an_abandoned_one_away_unasked(abandoned: Path) -> None:
    with pytest.raises(FolderError, match=r"--resume.*--overwrite"):
        generate("a closet", out=abandoned)
    assert Partial(abandoned).resumable
    assert generate("a closet", out=abandoned, overwrite=True, density="sparse", formats=["mjcf"]).accepted
    assert [path.name for path in abandoned.parent.iterdir()] == ["scene"]


def test_nothing_to_resume_is_the_users_error(tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match="no interrupted run"):
        resume(tmp_path / "scene")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": 99}, "format 99"),
        ({"versions": {"sage-scenes": "9.9"}}, r"sage-scenes 9\.9"),
        ({"request": {"prompt": "a closet", "density": "crammed"}}, "broken"),
        ({"request": {"prompt": "a closet", "seed": -1}}, "broken: the seed is -1"),
        ({"versions": None}, "not the record"),
    ],
)
def test_a_record_of_another_version_is_refused_and_kept(
    abandoned: Path, change: dict[str, Any], words: str
) -> None:
    record = Partial(abandoned).record
    record.write_text(json.dumps(json.loads(record.read_text()) | change))
    with pytest.raises(CheckpointError, match=words):
        resume(abandoned)
    assert record.is_file() and Partial(abandoned).checkpoint.is_file()


class Bomb:
    """Something that would be executed if it were unpickled."""

    def __reduce__(self) -> Any:
        return (os._exit, (1,))


def test_a_checkpoint_is_json_and_nothing_else_is_read(abandoned: Path) -> None:
    partial = Partial(abandoned)
    with sqlite3.connect(partial.checkpoint) as database:
        rows = database.execute("SELECT type, checkpoint FROM checkpoints").fetchall()
        assert rows and all(kind == "json" and json.loads(content) for kind, content in rows)
        database.execute("UPDATE checkpoints SET type = 'pickle', checkpoint = ?", (pickle.dumps(Bomb()),))
    database.close()
    with pytest.raises(CheckpointError, match="pickle"):
        resume(abandoned)
    assert partial.resumable


@pytest.mark.parametrize("content", [b"not a database at all", b'{"channel_values": {"best": 7}}'])
def test_a_broken_checkpoint_is_refused_and_kept(abandoned: Path, content: bytes) -> None:
    partial = Partial(abandoned)
    if content.startswith(b"{"):
        with sqlite3.connect(partial.checkpoint) as database:
            database.execute("UPDATE checkpoints SET checkpoint = ?", (content,))
        database.close()
    else:
        partial.checkpoint.write_bytes(content * 99)
        for name in ("-wal", "-shm"):
            partial.checkpoint.with_name(partial.checkpoint.name + name).unlink(missing_ok=True)
    with pytest.raises(CheckpointError, match="checkpoint"):
        resume(abandoned)
    assert partial.resumable


def test_two_runs_do_not_write_one_folder_at_a_time(tmp_path: Path) -> None:
    partial = Partial(tmp_path / "scene")
    with partial.opened(), pytest.raises(FolderError, match="another run"):
        generate("a closet", out=tmp_path / "scene")
    assert not list(tmp_path.iterdir())


def write(folder: Path, text: str) -> None:
    (folder / "scene.json").write_text(text)


@pytest.mark.parametrize("exchange", [True, False])
def test_a_scene_takes_the_place_of_another_in_one_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, exchange: bool
) -> None:
    """Where the system cannot exchange two folders, what was there is put back by the next run."""
    if not exchange:
        monkeypatch.setattr("sage.export.partial._RENAME_EXCHANGE", 1 << 10)
    out = tmp_path / "scene"
    out.mkdir()
    write(out, "old")
    partial = Partial(out)
    with partial.opened(), partial.whole() as folder:
        write(folder, "new")
    assert (out / "scene.json").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["scene"]


def test_what_was_set_aside_when_the_power_went_is_put_back(tmp_path: Path) -> None:
    partial = Partial(tmp_path / "scene")
    with partial.opened():
        write_old = partial.path / "old"
        write_old.mkdir()
        write(write_old, "old")
        shutil.copytree(partial.path, tmp_path / "kept")
    (tmp_path / "kept").rename(partial.path)
    with partial.opened():
        pass
    assert (tmp_path / "scene" / "scene.json").read_text() == "old"


TOOLS: Tools = {generator.tool_name(): generator for generator in GENERATORS}


def collision(*names: str) -> Critique:
    findings = tuple(Finding(kind="collision", objects=(name,), message=f"{name} collides") for name in names)
    return Critique(critic="physics", score=0, passed=False, findings=findings)


def test_rules_that_are_told_what_they_knew_go_on_as_if_they_had_never_stopped(stage: Stage) -> None:
    stage.stand("chair", Pose.planar(2.0, 2.0))
    rounds = [collision("chair_1"), collision("chair_1"), collision("chair_1", "table_1")]
    steady, memory = RulesPlanner(), {}
    for critique in (*rounds, *rounds):
        expected = steady.plan(stage.scene, (critique,), TOOLS, (), memory)
        stored = json.loads(json.dumps(memory))
        assert RulesPlanner().plan(stage.scene, (critique,), TOOLS, (), stored) == expected
        memory = expected.memory
    assert memory["starts"] >= 2


@dataclass(frozen=True)
class Endless:
    """A judge that measures an infinite distance."""

    name: str = "endless"

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        finding = Finding(kind="missing", message="it is nowhere", value=math.inf)
        return Critique(critic=self.name, score=0.5, passed=False, findings=(finding,))


def test_a_number_that_json_has_no_word_for_survives(stage: Stage, context: Context, tmp_path: Path) -> None:
    stage.stand("chair", Pose.planar(2.0, 2.0))
    critique = Endless().review(stage.scene, context)

    def interrupt(step: str) -> None:
        raise KeyboardInterrupt

    path = tmp_path / "checkpoint.sqlite"
    tools = (RemoveObject,)
    with pytest.raises(KeyboardInterrupt), checkpoints(path) as checkpointer:
        broken_off = replace(context, progress=interrupt)
        Loop(RulesPlanner(), tools, (Endless(),), broken_off, 1, checkpointer).run(stage.scene, (critique,))
    with checkpoints(path) as checkpointer:
        result = Loop(RulesPlanner(), tools, (Endless(),), context, 1, checkpointer).resume()
    assert result.critiques[0].findings[0].value == math.inf
    assert result.scene == stage.scene
    assert result.rounds == 1
