"""Records of the scenes of a dataset; a record is written last, so that its scene is complete."""

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

__all__ = ["File", "Record", "publish", "read_record", "record_failure", "store_scene", "write_record"]

_UNSTEADY = ("cpu_seconds",)
"""Fields of report.json that differ between runs; they go to the log of the scene."""


class File(Frozen):
    """Size and checksum of a file."""

    bytes: int
    sha256: str

    @classmethod
    def of(cls, path: Path) -> File:
        """Return size and checksum of a file.

        Raises:
            FileNotFoundError: there is no such file.
        """
        with path.open("rb") as file:
            return cls(bytes=path.stat().st_size, sha256=hashlib.file_digest(file, "sha256").hexdigest())


class Record(Frozen):
    """Request and outcome of a scene; a row of the manifest."""

    index: int
    state: Literal["accepted", "not_accepted", "failed"]
    split: Split
    request: SceneRequest
    kind: str = ""
    """Kind of failure, see `Outcome`; or kinds of finding of a scene that was not accepted."""
    reason: str = ""
    room: str = ""
    style: str = ""
    objects: int = 0
    categories: dict[str, int] = {}
    initial: tuple[str, ...] = ()
    """Relations of the task that hold in the scene."""
    goal: tuple[str, ...] = ()
    coverage: float | None = None
    """Share of the words of the prompt that were understood; None if unknown."""
    not_understood: tuple[str, ...] = ()
    """Words of the prompt that have no effect."""
    metrics: dict[str, float] = {}
    proofs: dict[str, bool] = {}
    """Whether the scene is stable, by simulator in which it was verified."""
    licences: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    asset_bytes: tuple[int, ...] = ()
    """Size of each of `assets` [B]."""
    textures: tuple[str, ...] = ()
    """Texture images of the assets and the room."""
    files: dict[str, File] = {}
    """Files of the scene by path in its folder, without the assets."""

    @property
    def path(self) -> str:
        """Path of the record in the dataset."""
        return f"records/{scene_path(self.index)}.json"

    @property
    def folder(self) -> str:
        """Path of the scene folder in the dataset."""
        return f"scenes/{scene_path(self.index)}"


def publish(storage: Storage, plan: Plan, index: int, made: Path, outcome: Outcome) -> Record:
    """Move a scene folder into the dataset: its assets to the shared ones, its files, and last its record."""
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
    store_scene(storage, record, made, log)
    return record


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def store_scene(storage: Storage, record: Record, made: Path, log: Mapping[str, Any]) -> None:
    """Move a scene folder into the dataset unless it exists; shared files may be missing in the folder."""
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
    """Write the record of a failed scene."""
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
    """Return a record; None if it is missing or broken."""
    try:
        return Record.model_validate_json(storage.read(name))
    except (ValueError, UserError, FileNotFoundError):
        return None


def write_record(storage: Storage, record: Record, log: Mapping[str, Any]) -> None:
    """Write the log of a scene, which differs between runs, and then its record."""
    storage.write(f"logs/{scene_path(record.index)}.json", json.dumps(log, indent=1).encode() + b"\n")
    storage.write(record.path, record.model_dump_json(indent=1).encode() + b"\n")


def _failing(report: dict[str, Any]) -> set[str]:
    """Return the kinds of finding of the critics that did not pass."""
    critiques = (critique for critique in report["critiques"] if not critique["passed"])
    return {finding["kind"] for critique in critiques for finding in critique["findings"]}
