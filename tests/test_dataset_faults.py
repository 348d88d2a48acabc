"""A dataset whose driver, workers and nodes are killed equals an undisturbed one."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from ray.cluster_utils import Cluster

from sage.service.dataset.plan import Entry, Mixture, Plan

pytestmark = pytest.mark.slow

SCENES, KILLS = 60, 20
PLAN = Plan(scenes=SCENES, seed=5, mixture=Mixture(entries=(Entry(prompt="slow"),), augmentation={"pose": 1}))
PATH = f"{Path(__file__).parent / 'makers'}{os.pathsep}{Path(__file__).parents[1]}"
DRIVER = """
import sys
from sage.service.dataset.batch import BatchOptions, make
from sage.service.dataset.card import write_card
from sage.service.dataset.manifest import write_tables
from sage.service.dataset.plan import Plan
from sage.dataset.storage import Storage
from sage.service.runner import ProcessLimits
options = BatchOptions(
    workers=2, ray=sys.argv[3] or None, maker="faulty:make", limits=ProcessLimits(60.0, 1 << 30)
)
tally = make(Plan.model_validate_json(sys.argv[1]), sys.argv[2], options)
write_tables(Storage(sys.argv[2]))
write_card(Storage(sys.argv[2]))
assert not tally.states["failed"], tally.kinds
"""


@pytest.fixture(autouse=True)
def path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", PATH)
    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("undisturbed") / "dataset"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", PATH)
        assert started(folder).wait(600) == 0
    return digest(folder)


def started(folder: Path, address: str = "") -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", DRIVER, PLAN.model_dump_json(), str(folder), address]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def digest(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())
    steady = (path for path in files if "logs" not in path.parts and path.name != "timings.parquet")
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in steady}


def made(folder: Path) -> int:
    return len(list((folder / "records").rglob("*.json")))


def descendants(process: int) -> Iterator[tuple[int, str]]:
    """Yield id and command line of all that a process started."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        children.setdefault(parent, []).append(int(status.parent.name))
    waiting = [process]
    while waiting:
        for child in children.get(waiting.pop(), []):
            waiting.append(child)
            try:
                yield child, Path(f"/proc/{child}/cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue


def candidates(driver: int) -> dict[str, list[int]]:
    """Return the raylet, the workers of Ray, and ours, that a driver has."""
    found = list(descendants(driver))
    return {
        "raylet": [one for one, words in found if "raylet/raylet" in words.split(" ")[0]],
        "worker of Ray": [one for one, words in found if words.startswith("ray::")],
        "worker": [one for one, words in found if "sage.service.worker" in words],
    }


def victim(driver: int, dice: random.Random) -> int:
    """Return the driver, the raylet, a worker of Ray, or one of ours, whichever the dice say."""
    kinds = candidates(driver)
    kind = dice.choice(["driver", *sorted(name for name, ids in kinds.items() if ids)])
    return driver if kind == "driver" else dice.choice(kinds[kind])


def test_twenty_kills_leave_no_trace(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    dice, folder, kills = random.Random(1), tmp_path / "dataset", 0
    driver = started(folder)
    while driver.poll() is None or driver.returncode != 0:
        if driver.poll() is not None:
            driver = started(folder)
        before, pause = made(folder), dice.randint(0, 3)
        while driver.poll() is None and made(folder) < min(before + pause, SCENES):
            time.sleep(0.05)
        time.sleep(dice.uniform(0, 0.5))
        if kills < KILLS and driver.poll() is None and made(folder) > 0:
            try:
                os.kill(victim(driver.pid, dice), signal.SIGKILL)
                kills += 1
            except ProcessLookupError:
                continue
        elif kills == KILLS:
            driver.wait(600)
    assert kills == KILLS and digest(folder) == undisturbed


def test_no_scene_fails_because_ray_died(tmp_path: Path) -> None:
    driver = started(tmp_path / "dataset")
    while made(tmp_path / "dataset") < 2 and driver.poll() is None:
        time.sleep(0.05)
    os.kill(candidates(driver.pid)["raylet"][0], signal.SIGKILL)
    assert driver.wait(300) != 0
    records = list((tmp_path / "dataset/records").rglob("*.json"))
    assert records and all(json.loads(r.read_text())["state"] == "accepted" for r in records)


def test_two_nodes_make_the_same_though_one_is_killed(tmp_path: Path, undisturbed: dict[str, str]) -> None:
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    try:
        other = cluster.add_node(num_cpus=1)
        driver = started(tmp_path / "dataset", cluster.address)
        while driver.poll() is None and made(tmp_path / "dataset") < SCENES // 3:
            time.sleep(0.1)
        cluster.remove_node(other, allow_graceful=False)
        assert driver.wait(600) == 0
    finally:
        cluster.shutdown()
    assert digest(tmp_path / "dataset") == undisturbed
