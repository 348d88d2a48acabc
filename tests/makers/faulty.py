"""Scene maker for tests of the runner and datasets: fast, or faulty as the prompt requests."""

from __future__ import annotations

import ctypes
import json
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np

from sage.asset import AssetStore
from sage.assets.parametric import ParametricAssets
from sage.errors import TaskImpossible
from sage.geometry import Pose
from sage.scene import Room, Scene, SceneObject, Wall
from sage.task import Task, Word

FAULTS = {1001: "crash", 1002: "hang", 1003: "eat", 1004: "dawdle"}
"""What goes wrong with scenes of these seeds."""
CORNERS = ((0.0, 0.0), (4.0, 0.0), (4.0, 3.0), (0.0, 3.0))


def make(request: dict[str, Any], *, out: str, progress: Callable[[str], None]) -> SimpleNamespace:
    """Write the barest scene folder, or crash, hang, eat memory, raise as the prompt or the seed says."""
    prompt, seed = request["prompt"], request["seed"]
    progress(prompt)
    prompt = FAULTS.get(seed, prompt)
    if prompt == "crash":
        ctypes.string_at(0)
    if prompt == "slow":
        time.sleep(0.5)
    if prompt == "hang":
        time.sleep(1000)
    if prompt == "dawdle":
        time.sleep(4)
    if prompt == "eat":
        _ = [np.empty(1 << 24) for _ in range(10_000)]
    if prompt == "bug":
        raise ZeroDivisionError("on purpose")
    if prompt == "impossible":
        raise TaskImpossible("it cannot be")
    folder = Path(out)
    store = AssetStore(folder / "assets")
    asset = ParametricAssets().make("bowl", np.random.default_rng(seed % 2))
    store.add(asset)
    bowl = SceneObject(
        id="bowl_1", category="bowl", name="bowl", asset=asset.id, pose=Pose(position=(1.0, 1.0, 0.0)),
        size=asset.size, room="kitchen", support="floor", support_part="floor",
    )  # fmt: skip
    walls = tuple(
        Wall(id=f"wall_{k}", start=CORNERS[k], end=CORNERS[(k + 1) % 4], height=2.6, thickness=0.1)
        for k in range(4)
    )
    room = Room(id="kitchen", type="kitchen", polygon=CORNERS, height=2.6, walls=walls)
    words = (Word(text=prompt, start=0, fate="not_understood"),) if prompt == "poor" else ()
    task = Task(prompt=prompt, kind="room", rooms=("kitchen",), words=words)
    scene = Scene(task=task, seed=seed, rooms=(room,), objects=(bowl,))
    accepted = prompt != "poor"
    kinds = [] if accepted else [{"kind": "implausible"}]
    report = {
        "accepted": accepted,
        "metrics": {"supported": 1.0},
        "critiques": [{"passed": accepted, "findings": kinds}],
        "cpu_seconds": {"furnish": time.process_time()},
    }
    (folder / "report.json").write_text(json.dumps(report))
    (folder / "scene.json").write_text(scene.model_dump_json())
    return SimpleNamespace(accepted=accepted)
