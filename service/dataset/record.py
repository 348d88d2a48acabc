"""What a dataset knows of each of its scenes. A scene is there once its record is: it is written last."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from sage.asset import TEXTURES, AssetStore
from sage.geometry import Frozen
from sage.scene import Scene
from service.dataset.plan import Plan, Split, scene_path
from service.dataset.storage import Storage
from service.runner import Outcome, SceneRequest

__all__ = ["File", "Record", "fetch", "publish", "record_failure"]

_UNSTEADY = ("cpu_seconds",)
"""Fields of report.json that two runs do not share; they go where timings go."""


class File(Frozen):
    """What a file of a scene must be."""

    bytes: int
    sha256: str


class Record(Frozen):
    """A row of the manifest: what was planned, and what became of it."""

    index: int
    state: Literal["accepted", "not_accepted", "failed"]
    split: Split
    request: SceneRequest
    kind: str = ""
    """Of failure: see `Outcome`; of a scene that was not accepted: its findings."""
    reason: str = ""
    room: str = ""
    objects: int = 0
    categories: dict[str, int] = {}
    initial: tuple[str, ...] = ()
    """Relations of the task that hold in the scene."""
    goal: tuple[str, ...] = ()
    metrics: dict[str, float] = {}
    proofs: dict[str, bool] = {}
    """By simulator: whether the scene stands in it; only those in which it was proven."""
    licences: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    files: dict[str, File] = {}
    """By path below the scene's folder; the assets are named by their content."""

    @property
    def path(self) -> str:
        """Name the record's file in the dataset."""
        return f"records/{scene_path(self.index)}.json"

    @property
    def folder(self) -> str:
        """Name the scene's folder in the dataset."""
        return f"scenes/{scene_path(self.index)}"


def publish(storage: Storage, plan: Plan, index: int, made: Path, outcome: Outcome) -> Record:
    """Move a scene folder into the dataset: its assets to those of all, its files, and last its record."""
    scene = Scene.model_validate_json((made / "scene.json").read_text())
    report = json.loads((made / "report.json").read_text())
    timings = {name: report.pop(name) for name in _UNSTEADY if name in report}
    (made / "report.json").write_text(json.dumps(report, indent=1) + "\n")
    store = AssetStore(made / "assets")
    names = tuple(sorted({item.asset for item in scene.objects}))
    licences = tuple(sorted({store[name].licence for name in names}))
    for image in sorted((store.folder / TEXTURES).glob("*")):
        if not storage.exists(f"assets/{TEXTURES}/{image.name}"):
            storage.write(f"assets/{TEXTURES}/{image.name}", image.read_bytes())
    for name in names:
        if not storage.exists(f"assets/{name}/asset.json"):
            storage.put_folder(made / "assets" / name, f"assets/{name}", last="asset.json")
    shutil.rmtree(made / "assets")
    files = {
        path.relative_to(made).as_posix(): File(bytes=path.stat().st_size, sha256=_sha256(path))
        for path in sorted(made.rglob("*"))
        if path.is_file()
    }
    counted = [item for item in scene.objects if not item.covering]
    record = Record(
        index=index,
        state="accepted" if report["accepted"] else "not_accepted",
        split=plan.split(index),
        request=plan.request(index),
        kind=", ".join(sorted(_failing(report))),
        room=scene.rooms[0].type,
        objects=len(counted),
        categories=dict(sorted(Counter(item.category for item in counted).items())),
        initial=tuple(map(str, scene.task.initial)),
        goal=tuple(map(str, scene.task.goal)),
        metrics=report["metrics"],
        proofs={name: proof["passed"] for name, proof in report.get("verified", {}).items()},
        licences=licences,
        assets=names,
        files=files,
    )
    if storage.exists(record.path):
        return record
    if storage.local is not None:
        depth = record.folder.count("/") + 1
        (made / "assets").symlink_to(os.path.join(*[".."] * depth, "assets"))
    storage.put_folder(made, record.folder, last="scene.json")
    _file(storage, record, outcome, timings)
    return record


def fetch(storage: Storage, folder: str, assets: Iterable[str], target: Path) -> None:
    """Copy a scene with its assets out of a dataset: `target` becomes a scene folder of its own."""
    storage.get_folder(folder, target)
    for name in assets:
        storage.get_folder(f"assets/{name}", target / "assets" / name)
    storage.get_folder(f"assets/{TEXTURES}", target / "assets" / TEXTURES)


def record_failure(storage: Storage, plan: Plan, index: int, outcome: Outcome) -> Record:
    """Write down that a scene could not be made, and why."""
    record = Record(
        index=index,
        state="failed",
        split=plan.split(index),
        request=plan.request(index),
        kind=outcome.kind,
        reason=outcome.reason,
    )
    _file(storage, record, outcome, {})
    return record


def _file(storage: Storage, record: Record, outcome: Outcome, timings: dict[str, Any]) -> None:
    """Write how it went, which differs from run to run, and then the record."""
    log = outcome.model_dump(mode="json", exclude_defaults=True) | {"stages": timings.get("cpu_seconds", {})}
    storage.write(f"logs/{scene_path(record.index)}.json", json.dumps(log, indent=1).encode() + b"\n")
    storage.write(record.path, record.model_dump_json(indent=1).encode() + b"\n")


def _failing(report: dict[str, Any]) -> set[str]:
    """Return the kinds of finding for which a scene was not accepted."""
    critiques = (critique for critique in report["critiques"] if not critique["passed"])
    return {finding["kind"] for critique in critiques for finding in critique["findings"]}


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
