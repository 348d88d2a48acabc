"""Writes a scene folder, whole or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Any

from sage.agent import SceneResult
from sage.asset import AssetStore
from sage.context import Context
from sage.errors import FolderError
from sage.export.mjcf import scene_mjcf
from sage.export.urdf import asset_urdf, scene_urdf, write_bullet_urdf
from sage.export.usd import write_usd
from sage.render import write_preview
from sage.scene import Scene

__all__ = ["check_target", "read_scene", "write_scene_folder"]


def check_target(out: Path, *, overwrite: bool) -> None:
    """Make sure that a scene can be written to `out`, before any work is done.

    Raises:
        FolderError: it is a file, is not empty, or cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise FolderError(f"{str(out)!r} is a file; name a folder that does not exist yet")
    if out.is_dir() and any(out.iterdir()):
        if not overwrite:
            raise FolderError(f"{str(out)!r} is not empty; choose another folder or pass --overwrite")
        if not (out / "scene.json").exists():
            raise FolderError(f"{str(out)!r} holds something that is not a scene; it is not overwritten")
    try:
        partial = _partial(out)
        shutil.rmtree(partial, ignore_errors=True)
        partial.mkdir(parents=True)
        partial.rmdir()
    except OSError as error:
        raise FolderError(f"cannot write to {str(out)!r}: {error.strerror}; choose another folder") from error


def write_scene_folder(result: SceneResult, context: Context, out: Path, *, overwrite: bool = False) -> None:
    """Write everything beside `out` and rename it when it is complete.

    Raises:
        FolderError: the folder cannot be written, or the disk is full; nothing is left behind.
        Cancelled: the caller asked to stop; nothing is left behind.
    """
    check_target(out, overwrite=overwrite)
    with _whole(out) as folder:
        _write(result, context.store, folder)
        context.check()


@contextmanager
def _whole(out: Path) -> Iterator[Path]:
    partial = _partial(out)
    try:
        partial.mkdir(parents=True)
        yield partial
        if out.is_dir():
            shutil.rmtree(out)
        partial.rename(out)
    except OSError as error:
        raise FolderError(
            f"cannot write {str(out)!r}: {error.strerror or error}; free some space or choose another folder"
        ) from error
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _partial(out: Path) -> Path:
    return out.parent / f"{out.resolve().name}.partial"


def _write(result: SceneResult, store: AssetStore, folder: Path) -> None:
    scene = result.scene
    urdf = folder / "urdf"
    urdf.mkdir()
    for asset_id in sorted({item.asset for item in scene.objects}):
        asset = store[asset_id]
        asset.save(folder / "assets" / asset_id)
        write_bullet_urdf(asset, folder / "assets" / asset_id)
        (urdf / f"{asset_id}.urdf").write_text(asset_urdf(asset, f"../assets/{asset_id}"))
    (urdf / "scene.urdf").write_text(scene_urdf(scene, store))
    (folder / "scene.xml").write_text(scene_mjcf(scene, store))
    write_usd(scene, store, folder)
    if scene.rooms:
        write_preview(scene, store, folder / "preview.png")
    (folder / "report.json").write_text(json.dumps(_report(result, store), indent=1) + "\n")
    (folder / "scene.json").write_text(scene.model_dump_json(indent=1) + "\n")


def _report(result: SceneResult, store: AssetStore) -> dict[str, Any]:
    counted = [item for item in result.scene.objects if not item.covering]
    assets = [store[name] for name in sorted({item.asset for item in result.scene.objects})]
    return {
        "accepted": result.accepted,
        "reproducible": True,
        "metrics": {name: value for c in result.critiques for name, value in c.metrics.items()},
        "object_count": len(counted),
        "critiques": [critique.model_dump(mode="json") for critique in result.critiques],
        "planner": result.planner,
        "seed": result.scene.seed,
        "rounds": result.rounds,
        "cpu_seconds": result.seconds,
        "versions": {name: version(name) for name in ("sage-scenes", "pybullet", "numpy", "trimesh")},
        "attributions": [
            {"asset": asset.id, "provenance": asset.provenance, "licence": asset.licence} for asset in assets
        ],
        "transcript": list(result.transcript),
    }


def read_scene(folder: Path) -> tuple[Scene, AssetStore]:
    """Read a scene folder back.

    Raises:
        FolderError: it is no scene folder, or its scene.json is broken.
    """
    path = folder / "scene.json"
    if not path.is_file():
        raise FolderError(f"{str(folder)!r} is no scene folder: it has no scene.json")
    try:
        scene = Scene.model_validate_json(path.read_text())
    except (OSError, ValueError) as error:
        first = str(error).splitlines()
        detail = " ".join(line.strip() for line in first[1:3]) or str(error)
        raise FolderError(f"{str(path)!r} is broken: {detail}") from error
    store = AssetStore(folder / "assets")
    for item in scene.objects:
        if not (store.path(item.asset) / "asset.json").is_file():
            raise FolderError(f"{str(folder)!r} lacks the asset {item.asset!r} of {item.id!r}")
        unknown = item.joints.keys() - {joint.name for joint in store[item.asset].joints}
        if unknown:
            raise FolderError(f"{item.id!r} has joints that its asset lacks: {', '.join(sorted(unknown))}")
    return scene, store
