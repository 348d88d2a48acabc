"""Revisions of a scene folder: each edit keeps the previous state, so that it can be undone.

`revisions/0001/` contains scene.json and report.json of the first revision; `assets/` contains the assets of
all revisions. Files that sage did not write are kept.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sage.asset import AssetStore
from sage.errors import FolderError, UserError
from sage.export.folder import REPORT, completed_report, formats_of, write_files, write_report
from sage.export.formats import FORMATS, Format
from sage.export.partial import Partial
from sage.export.reading import read_scene
from sage.scene import Scene

__all__ = ["Revision", "revisions_of", "undo", "write_revision"]

_FOLDER = "revisions"
_SCENE = "scene.json"
_WRITTEN_BY_SAGE = {_SCENE, REPORT, _FOLDER, "preview.png", "assets"} | {
    Path(name).parts[0] for item in FORMATS.values() for name in (item.main, *item.more)
}


@dataclass(frozen=True)
class Revision:
    """Revision of a scene folder."""

    number: int
    """Number from 1, which is the generated scene."""
    edit: str | None
    """Instruction that produced the revision; None for the first."""
    accepted: bool
    """Whether every critic accepted it."""
    current: bool
    """Whether it is the scene in the folder itself."""


def revisions_of(folder: Path) -> tuple[Revision, ...]:
    """Return the revisions of a scene folder, the current one last.

    Raises:
        FolderError: the folder has no scene.json.
    """
    if not (folder / _SCENE).is_file():
        raise FolderError(f"{str(folder)!r} is not a scene folder: it has no {_SCENE}")
    earlier = sorted(path for path in (folder / _FOLDER).glob("[0-9]*") if (path / _SCENE).is_file())
    return (
        *(_revision(path, int(path.name), current=False) for path in earlier),
        _revision(folder, len(earlier) + 1, current=True),
    )


def _revision(folder: Path, number: int, *, current: bool) -> Revision:
    report = _read_report(folder)
    return Revision(number, report.get("edit"), bool(report.get("accepted")), current)


def _read_report(folder: Path) -> dict[str, Any]:
    """Return the report of a folder; empty if it is missing or broken."""
    try:
        report = json.loads((folder / REPORT).read_text())
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}


def write_revision(
    scene: Scene,
    store: AssetStore,
    partial: Partial,
    formats: Sequence[Format],
    report: Mapping[str, Any],
    edit: str,
) -> None:
    """Make an edited scene the current revision of a folder, atomically.

    Args:
        scene: the edited scene.
        store: its assets.
        partial: working folder of the scene folder, opened.
        formats: export formats to write.
        report: content of report.json, except `formats`, `revision`, `edit` and the CPU seconds of writing.
        edit: instruction that produced the scene.

    Raises:
        FolderError: the folder cannot be written, or the disk is full; nothing was changed.
    """
    number = len(revisions_of(partial.out))
    with partial.whole() as folder:
        seconds = write_files(scene, store, folder, formats)
        written = completed_report(report, formats, seconds)
        write_report(folder, written | {"revision": number + 1, "edit": edit})
        history = folder / _FOLDER
        if (partial.out / _FOLDER).is_dir():
            shutil.copytree(partial.out / _FOLDER, history)
        previous = history / f"{number:04d}"
        previous.mkdir(parents=True)
        for name in (_SCENE, REPORT):
            if (partial.out / name).is_file():
                shutil.copyfile(partial.out / name, previous / name)
        _keep_rest(partial.out, folder)


def undo(folder: Path) -> Revision:
    """Undo the last edit of a scene folder atomically; return the restored revision.

    Raises:
        UserError: the scene has not been edited.
        FolderError: the folder is not a scene folder, or cannot be written; nothing was changed.
    """
    revisions = revisions_of(folder)
    if len(revisions) == 1:
        raise UserError(f"{str(folder)!r} has not been edited; there is nothing to undo")
    last = folder / _FOLDER / f"{revisions[-2].number:04d}"
    scene, _ = read_scene(folder)
    formats = formats_of(scene, folder)
    partial = Partial(folder)
    with partial.opened():
        shutil.copytree(folder / "assets", partial.assets)
        shutil.copyfile(last / _SCENE, partial.path / _SCENE)
        scene, store = read_scene(partial.path)
        with partial.whole() as new:
            write_files(scene, store, new, formats)
            shutil.copyfile(last / _SCENE, new / _SCENE)
            write_report(new, _read_report(last) | {"formats": [item.name for item in formats]})
            for path in sorted((folder / _FOLDER).glob("[0-9]*")):
                if path.name != last.name:
                    shutil.copytree(path, new / _FOLDER / path.name)
            _keep_rest(folder, new)
    return revisions_of(folder)[-1]


def _keep_rest(old: Path, new: Path) -> None:
    """Copy the assets of earlier revisions, and files that sage did not write, to the new folder."""
    scenes = [json.loads(path.read_text()) for path in (new / _FOLDER).glob(f"*/{_SCENE}")]
    for name in sorted({item["asset"] for scene in scenes for item in scene["objects"]}):
        if not (new / "assets" / name).exists():
            AssetStore(old / "assets").copy(name, new / "assets")
    for path in sorted(old.iterdir()):
        if path.name not in _WRITTEN_BY_SAGE:
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, new / path.name)
