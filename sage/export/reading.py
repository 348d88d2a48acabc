"""Scene folder reader, independent of exporters and physics engines."""

from __future__ import annotations

from pathlib import Path

from sage.asset import AssetStore
from sage.errors import ExportError, FolderError
from sage.scene import Scene, SceneObject

__all__ = ["read_scene"]

_SIZE_TOLERANCE_M = 1e-4
"""Largest difference between the sizes of an object and its asset [m]."""


def read_scene(folder: Path) -> tuple[Scene, AssetStore]:
    """Read the scene and the assets of a scene folder.

    Raises:
        FolderError: scene.json is missing, invalid or without a room; or an asset is missing, broken or
            inconsistent with the scene.
    """
    path = folder / "scene.json"
    if not path.is_file():
        raise FolderError(f"{str(folder)!r} is not a scene folder: it has no scene.json")
    try:
        scene = Scene.model_validate_json(path.read_text())
    except (OSError, ValueError) as error:
        first = str(error).splitlines()
        detail = " ".join(line.strip() for line in first[1:3]) or str(error)
        raise FolderError(f"{str(path)!r} is broken: {detail}") from error
    if not scene.rooms:
        raise FolderError(f"{str(path)!r} has no room")
    store = AssetStore(folder / "assets")
    for item in scene.objects:
        _check_asset(item, store)
    return scene, store


def _check_asset(item: SceneObject, store: AssetStore) -> None:
    if not (store.path(item.asset) / "asset.json").is_file():
        raise FolderError(f"{str(store.folder.parent)!r} lacks the asset {item.asset!r} of {item.id!r}")
    try:
        asset = store[item.asset]
    except ExportError as error:
        raise FolderError(str(error)) from error
    unknown = item.joints.keys() - {joint.name for joint in asset.joints}
    if unknown:
        raise FolderError(f"{item.id!r} has joints that its asset lacks: {', '.join(sorted(unknown))}")
    if any(abs(a - b) > _SIZE_TOLERANCE_M for a, b in zip(item.size, asset.size, strict=True)):
        raise FolderError(f"{item.id!r} has size {item.size} m, but its asset has size {asset.size} m")
