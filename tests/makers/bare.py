"""Scene maker for the dataset benchmark: an empty room."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sage.scene import Room, Scene, Wall
from sage.task import Task

CORNERS = ((0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0))
WALLS = tuple(
    Wall(id=f"wall_{k}", start=CORNERS[k], end=CORNERS[(k + 1) % 4], height=2.6, thickness=0.1)
    for k in range(4)
)


def make(request: dict[str, Any], *, out: str, progress: Callable[[str], None]) -> SimpleNamespace:
    """Write the barest scene folder."""
    prompt, seed = request["prompt"], request["seed"]
    folder = Path(out)
    (folder / "assets").mkdir(parents=True)
    room = Room(id="kitchen", type="kitchen", polygon=CORNERS, height=2.6, walls=WALLS)
    task = Task(prompt=prompt, kind="room", rooms=("kitchen",))
    report = {"accepted": True, "metrics": {}, "critiques": []}
    (folder / "report.json").write_text(json.dumps(report))
    (folder / "scene.json").write_text(Scene(task=task, seed=seed, rooms=(room,)).model_dump_json())
    return SimpleNamespace(accepted=True)
