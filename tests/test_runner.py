"""Scenes in processes of their own: outcomes, limits, crashes."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sage.errors import UserError
from sage.service.request import SceneRequest
from sage.service.runner import ProcessLimits, Runner

MAKER = "faulty:make"
PATH = f"{Path(__file__).parent / 'makers'}{os.pathsep}{Path(__file__).parents[1]}"


@pytest.fixture(scope="module")
def runner() -> Iterator[Runner]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", PATH)
        with Runner(ProcessLimits(seconds=30.0, memory_bytes=1 << 30), MAKER) as runner:
            yield runner


def test_a_scene_is_made_and_its_stages_are_told(runner: Runner, tmp_path: Path) -> None:
    stages: list[str] = []
    outcome = runner.run(SceneRequest(prompt="a kitchen"), tmp_path / "scene", stages.append)
    assert outcome.state == "accepted" and stages == ["a kitchen"]
    assert outcome.cpu_seconds > 0 and outcome.peak_bytes > 10 << 20
    assert (tmp_path / "scene" / "scene.json").is_file()


@pytest.mark.parametrize(
    ("prompt", "kind", "words"),
    [
        ("crash", "crash", "SIGSEGV"),
        ("eat", "memory", "1024 MiB"),
        ("impossible", "TaskImpossible", "it cannot be"),
        ("bug", "ZeroDivisionError", "on purpose"),
    ],
)
def test_a_failure_is_named_and_the_next_scene_is_made(
    runner: Runner, tmp_path: Path, prompt: str, kind: str, words: str
) -> None:
    outcome = runner.run(SceneRequest(prompt=prompt), tmp_path / "bad")
    assert (outcome.state, outcome.kind) == ("failed", kind)
    assert words in outcome.reason
    assert runner.run(SceneRequest(prompt="a kitchen"), tmp_path / "good").state == "accepted"


def test_a_bug_leaves_its_traceback(runner: Runner, tmp_path: Path) -> None:
    outcome = runner.run(SceneRequest(prompt="bug"), tmp_path / "bad")
    assert "faulty.py" in outcome.traceback and "ZeroDivisionError" in outcome.traceback


def test_what_hangs_is_killed_at_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", PATH)
    with Runner(ProcessLimits(seconds=0.5), MAKER) as runner:
        start = time.monotonic()
        outcome = runner.run(SceneRequest(prompt="hang"), tmp_path / "bad")
    assert (outcome.state, outcome.kind) == ("failed", "time") and "0.5 s" in outcome.reason
    assert time.monotonic() - start < 60


def test_a_scene_that_is_not_wanted_any_more_is_killed(runner: Runner, tmp_path: Path) -> None:
    outcome = runner.run(SceneRequest(prompt="hang"), tmp_path / "bad", cancelled=lambda: True)
    assert outcome.state == "cancelled"


def test_a_warm_process_that_dies_costs_one_scene(runner: Runner, tmp_path: Path) -> None:
    def kill_it(stage: str) -> None:
        assert runner.process is not None
        os.kill(runner.process, signal.SIGKILL)

    outcome = runner.run(SceneRequest(prompt="hang"), tmp_path / "bad", kill_it)
    assert (outcome.state, outcome.kind) == ("failed", "crash") and "worker process" in outcome.reason
    assert outcome.killed
    assert runner.run(SceneRequest(prompt="a kitchen"), tmp_path / "good").state == "accepted"


@pytest.mark.parametrize("limits", [{"seconds": 0.0}, {"memory_bytes": 1}])
def test_limits_that_nothing_meets_are_refused(limits: dict[str, float]) -> None:
    with pytest.raises(UserError, match="must be"):
        ProcessLimits(**limits)  # type: ignore[arg-type]
