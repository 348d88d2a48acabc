"""The loaders of docs/how_to/load_in_simulators.md run, each in the environment of its simulator."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from sage.context import Context
from sage.geometry import Pose
from sage.result import SceneResult
from sage.simulation.verification import ENGINES, environment, installed
from tests.conftest import Stage
from tests.snippets import snippets

LIMIT_LINES = 30
SEEN = {
    "mujoco": "print(data.body('box_2').xpos[2])",
    "pybullet": "print(p.getBasePositionAndOrientation(bodies['box_2'])[0][2])",
    "drake": "print(plant.EvalBodyPoseInWorld(context, plant.GetBodyByName('box_2')).translation()[2])",
    "newton": "print(now.body_q.numpy()[model.body_label.index('/World/objects/box_2/base')][2])",
    "genesis": "print(float(dict(zip([i['id'] for i in items], entities))['box_2'].get_pos()[2]))",
}
"""Prints the height of a box that stands on another."""


def loaders(project: Path) -> Iterator[tuple[str, str]]:
    return ((item.name, item.code) for item in snippets(project) if item.marker == "run")


def test_loaders_are_short(project: Path) -> None:
    lengths = {name: len(code.splitlines()) for name, code in loaders(project)}
    assert lengths.keys() == SEEN.keys()
    assert max(lengths.values()) <= LIMIT_LINES, lengths


@pytest.mark.parametrize("name", SEEN)
def test_a_loaded_scene_is_at_rest(
    name: str, project: Path, tmp_path: Path, stage: Stage, context: Context
) -> None:
    engine = ENGINES[name]
    if not installed(engine):
        pytest.skip(f"needs sage verify --install {name}")
    low = stage.stand(stage.block((0.4, 0.4, 0.4)), Pose.planar(1.5, 2))
    high = stage.set_down(stage.block((0.1, 0.1, 0.1)), low, yaw=0.4)
    stage.stand("microwave", Pose.planar(3, 2), joints={})
    result = SceneResult(
        stage.scene, True, critiques=(), planner="test", rounds=1, transcript=(), store=context.store
    )
    result.write(tmp_path / "scene")
    python = environment(engine) / "bin" / "python" if engine.requirements else Path(sys.executable)
    code = f"{dict(loaders(project))[name]}\n{SEEN[name]}"
    clean = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [python, "-c", code], cwd=tmp_path, env=clean, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    centre = {"pybullet": 0.05}.get(name, 0.0)
    height = stage.scene[high].pose.position[2] + centre
    assert float(done.stdout.splitlines()[-1]) == pytest.approx(height, abs=0.002)
