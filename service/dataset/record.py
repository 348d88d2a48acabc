"""Record of each scene of a dataset, written last: a scene exists once its record does."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from sage.asset import TEXTURES, AssetStore
from sage.dataset.storage import Storage
from sage.errors import UserError
from sage.geometry import Frozen
from sage.scene import Scene
from sage.service.dataset.plan import Plan, Split, scene_path
from sage.service.request import SceneRequest
from sage.service.runner import Outcome

__all__ = ["File", "Record", "bring_in", "publish", "read_record", "record_failure", "write_record"]

_UNSTEADY = ("cpu_seconds",)
"""Fields of report.json that two runs do not share; they go where timings go."""


class File(Frozen):
    """Size and checksum of a scene's file."""

    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> File:
        """Return what a file is.

        Raises:
            FileNotFoundError: there is none.
        """
        with path.open("rb") as file:
            return cls(bytes=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


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
    style: str = ""
    objects: int = 0
    categories: dict[str, int] = {}
    initial: tuple[str, ...] = ()
    """Relations of the task that hold in the scene."""
    goal: tuple[str, ...] = ()
    coverage: float | None = None
    """Share of the prompt's words that were understood; None where there is no account of them."""
    not_understood: tuple[str, ...] = ()
    """Words of the prompt that have no effect."""
    metrics: dict[str, float] = {}
    proofs: dict[str, bool] = {}
    """By simulator: whether the scene stands in it; only those in which it was proven."""
    licences: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    asset_bytes: tuple[int, ...] = ()
    """Of all files of each of `assets`."""
    textures: tuple[str, ...] = ()
    """Images that these or the room share with others."""
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
    textures = tuple(sorted(image.name for image in (store.folder / TEXTURES).glob("*")))
    files = {
        name: File.of(path)
        for path in sorted(made.rglob("*"))
        if path.is_file() and not (name := path.relative_to(made).as_posix()).startswith("assets/")
    }
    counted = [item for item in scene.objects if not item.covering]
    record = Record(
        index=index,
        state="accepted" if report["accepted"] else "not_accepted",
        split=plan.split(index),
        request=plan.request(index),
        kind=", ".join(sorted(_failing(report))),
        room=scene.rooms[0].type,
        style=scene.rooms[0].style or "",
        objects=len(counted),
        categories=dict(sorted(Counter(item.category for item in counted).items())),
        initial=tuple(map(str, scene.task.initial)),
        goal=tuple(map(str, scene.task.goal)),
        coverage=scene.task.understood.coverage,
        not_understood=tuple(word.text for word in scene.task.not_understood),
        metrics=report["metrics"],
        proofs={name: proof["passed"] for name, proof in report.get("verified", {}).items()},
        licences=licences,
        assets=names,
        asset_bytes=tuple(map(_bytes, (made / "assets" / name for name in names))),
        textures=textures,
        files=files,
    )
    log = outcome.model_dump(mode="json", exclude_defaults=True) | {"stages": timings.get("cpu_seconds", {})}
    bring_in(storage, record, made, log)
    return record


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def bring_in(storage: Storage, record: Record, made: Path, log: Mapping[str, Any]) -> None:
    """Move a scene folder into the dataset, where it is not yet; what it shares need not be in the folder."""
    for name in record.textures:
        if not storage.exists(f"assets/{TEXTURES}/{name}"):
            storage.write(f"assets/{TEXTURES}/{name}", (made / "assets" / TEXTURES / name).read_bytes())
    for name in record.assets:
        if not storage.exists(f"assets/{name}/asset.json"):
            storage.put_folder(made / "assets" / name, f"assets/{name}", last="asset.json")
    shutil.rmtree(made / "assets", ignore_errors=True)
    if storage.exists(record.path):
        return
    if storage.local is not None:
        depth = record.folder.count("/") + 1
        (made / "assets").symlink_to(os.path.join(*[".."] * depth, "assets"))
    storage.put_folder(made, record.folder, last="scene.json")
    write_record(storage, record, log)


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
    write_record(storage, record, outcome.model_dump(mode="json", exclude_defaults=True) | {"stages": {}})
    return record


def read_record(storage: Storage, name: str) -> Record | None:
    """Return a record, or None if it is absent or broken."""
    try:
        return Record.model_validate_json(storage.read(name))
    except (ValueError, UserError, FileNotFoundError):
        return None


def write_record(storage: Storage, record: Record, log: Mapping[str, Any]) -> None:
    """Write how it went, which differs from run to run, and then the record."""
    storage.write(f"logs/{scene_path(record.index)}.json", json.dumps(log, indent=1).encode() + b"\n")
    storage.write(record.path, record.model_dump_json(indent=1).encode() + b"\n")


def _failing(report: dict[str, Any]) -> set[str]:
    """Return the kinds of finding for which a scene was not accepted."""
    critiques = (critique for critique in report["critiques"] if not critique["passed"])
    return {finding["kind"] for critique in critiques for finding in critique["findings"]}
