"""Atomic writing of scene folders, and export of existing ones to further formats."""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sage.asset import AssetStore
from sage.errors import ExportError, FolderError
from sage.export.formats import FORMATS, Format
from sage.export.partial import Partial
from sage.export.reading import read_scene
from sage.export.urdf import BULLET_URDF, write_bullet_urdf
from sage.rendering.views import write_preview
from sage.scene import Scene

__all__ = [
    "REPORT",
    "add_formats",
    "completed_report",
    "formats_of",
    "write_files",
    "write_report",
    "write_scene",
]

REPORT = "report.json"
"""Name of the file that records verdict, metrics and history of a scene."""


def write_scene(
    scene: Scene,
    store: AssetStore,
    partial: Partial,
    formats: Sequence[Format],
    report: Mapping[str, Any],
    check: Callable[[], None] = lambda: None,
) -> None:
    """Write a scene into an opened partial folder and move it into place when it is complete.

    Args:
        scene: scene to write.
        store: its assets.
        partial: working folder, opened.
        formats: export formats to write besides scene.json.
        report: content of report.json, except `formats` and the CPU seconds of writing.
        check: called when all files are written; may raise `Cancelled`.

    Raises:
        FolderError: the folder cannot be written, or the disk is full.
        ExportError: the scene has no room.
    """
    if not scene.rooms:
        raise ExportError("there is no room to write: no planned room could be built")
    with partial.whole() as folder:
        seconds = write_files(scene, store, folder, formats)
        write_report(folder, completed_report(report, formats, seconds))
        check()


def add_formats(folder: Path, formats: Sequence[Format]) -> None:
    """Write the scene of a folder in further formats and list them in its report.

    Each file is replaced atomically, the report last.

    Raises:
        FolderError: the folder is not a scene folder, or cannot be written.
    """
    scene, store = read_scene(folder)
    try:
        with tempfile.TemporaryDirectory(prefix=".sage", dir=folder) as name:
            partial = Path(name)
            for chosen in formats:
                chosen.write(scene, store, partial)
            for path in sorted(path for path in partial.rglob("*") if path.is_file()):
                target = folder / path.relative_to(partial)
                target.parent.mkdir(parents=True, exist_ok=True)
                os.replace(path, target)
            if (folder / REPORT).is_file():
                report = json.loads((folder / REPORT).read_text())
                written = [*formats_of(scene, folder), *formats]
                report["formats"] = [name for name in FORMATS if name in {item.name for item in written}]
                write_report(partial, report)
                os.replace(partial / REPORT, folder / REPORT)
    except (OSError, ValueError) as error:
        raise FolderError(f"cannot write to {str(folder)!r}: {error}") from error


def write_files(scene: Scene, store: AssetStore, folder: Path, formats: Sequence[Format]) -> dict[str, float]:
    """Write scene.json, assets, preview and export formats into an empty folder, without a report.

    Returns:
        CPU time of the stages `export` and `preview` [s].
    """
    start = time.process_time()
    for asset_id in sorted({item.asset for item in scene.objects}):
        target = store.copy(asset_id, folder / "assets")
        if not (target / BULLET_URDF).exists():
            write_bullet_urdf(store[asset_id], target)
    for chosen in formats:
        chosen.write(scene, store, folder)
    written = time.process_time()
    write_preview(scene, store, folder / "preview.png")
    (folder / "scene.json").write_text(scene.model_dump_json(indent=1) + "\n")
    return {"export": round(written - start, 3), "preview": round(time.process_time() - written, 3)}


def completed_report(
    report: Mapping[str, Any], formats: Sequence[Format], seconds: Mapping[str, float]
) -> dict[str, Any]:
    """Return a report completed_report with the written formats and the CPU time of writing [s]."""
    return {
        **report,
        "cpu_seconds": report["cpu_seconds"] | seconds,
        "formats": [chosen.name for chosen in formats],
    }


def write_report(folder: Path, report: Mapping[str, Any]) -> None:
    """Write report.json into a folder."""
    (folder / REPORT).write_text(json.dumps(report, indent=1) + "\n")


def formats_of(scene: Scene, folder: Path) -> tuple[Format, ...]:
    """Return the formats listed in a folder's report; without a readable report, those that have a file."""
    try:
        names = json.loads((folder / REPORT).read_text())["formats"]
        return tuple(FORMATS[name] for name in names)
    except (OSError, ValueError, KeyError, TypeError):
        found = FORMATS.values()
        return tuple(item for item in found if any((folder / name).is_file() for name in item.files(scene)))
