"""Every example and every cell of the notebook runs as it is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
SCRIPTS = sorted(EXAMPLES.glob("*.py"))


def run(program: list[str], folder: Path, environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, *program], cwd=folder, env=environment, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def test_there_are_ten_and_each_says_how_to_run_it() -> None:
    assert len(SCRIPTS) == 10
    for path in SCRIPTS:
        assert f"python examples/{path.name}" in path.read_text(), path.name
        assert len(path.read_text().splitlines()) <= 50, path.name


@pytest.mark.slow
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_an_example_runs(script: Path, tmp_path: Path, clean_environment: dict[str, str]) -> None:
    run([str(script)], tmp_path, clean_environment)


@pytest.mark.slow
def test_the_notebook_runs(tmp_path: Path, clean_environment: dict[str, str]) -> None:
    cells = json.loads((EXAMPLES / "tour.ipynb").read_text())["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    (tmp_path / "tour.py").write_text(code)
    run(["tour.py"], tmp_path, clean_environment)
    assert (tmp_path / "tour" / "scene.xml").is_file()
