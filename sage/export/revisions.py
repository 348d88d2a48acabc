"""Revisions of a scene folder: each edit keeps the state before it, so that it can be undone.

`revisions/0001/` holds scene.json and report.json as they were; the assets of all revisions lie in `assets/`.
Whatever else is in the folder stays in it.
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
from sage.export.folder import REPORT, completed, formats_of, write_files, write_report
from sage.export.formats import FORMATS, Format
from sage.export.partial import Partial
from sage.export.reading import read_scene
from sage.scene import Scene

__all__ = ["Revision", "revisions_of", "undo", "write_revision"]

_FOLDER = "revisions"
_SCENE = "scene.json"
_OURS = {_SCENE, REPORT, _FOLDER, "preview.png", "assets"} | {
    Path(name).parts[0] for item in FORMATS.values() for name in (item.main, *item.more)
}


@dataclass(frozen=True)
class Revision:
    """Revision of a scene folder."""

    number: int
    """From 1, the scene as it was generated."""
    edit: str | None
    """The instruction that led to it; None for the first."""
    accepted: bool
    current: bool


def revisions_of(folder: Path) -> tuple[Revision, ...]:
    """Return the revisions of a scene folder, the current one last.

    Raises:
        FolderError: it is no scene folder.
    """
    if not (folder / _SCENE).is_file():
        raise FolderError(f"{str(folder)!r} is no scene folder: it has no {_SCENE}")
    earlier = sorted(path for path in (folder / _FOLDER).glob("[0-9]*") if (path / _SCENE).is_file())
    return (
        *(_revision(path, int(path.name), current=False) for path in earlier),
        _revision(folder, len(earlier) + 1, current=True),
    )


def _revision(folder: Path, number: int, *, current: bool) -> Revision:
    told = _told(folder)
    return Revision(number, told.get("edit"), bool(told.get("accepted")), current)


def _told(folder: Path) -> dict[str, Any]:
    try:
        told = json.loads((folder / REPORT).read_text())
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def write_revision(
    scene: Scene,
    store: AssetStore,
    partial: Partial,
    formats: Sequence[Format],
    report: Mapping[str, Any],
    edit: str,
) -> None:
    """Make an edited scene the current revision of a folder, in one step.

    Args:
        report: what report.json holds, but for the formats, the seconds of writing, and the revision.
        edit: the instruction.

    Raises:
        FolderError: the folder cannot be written, or the disk is full; nothing was changed.
    """
    number = len(revisions_of(partial.out))
    with partial.whole() as folder:
        seconds = write_files(scene, store, folder, formats)
        told = completed(report, formats, seconds)
        write_report(folder, told | {"revision": number + 1, "edit": edit})
        kept = folder / _FOLDER
        if (partial.out / _FOLDER).is_dir():
            shutil.copytree(partial.out / _FOLDER, kept)
        now = kept / f"{number:04d}"
        now.mkdir(parents=True)
        for name in (_SCENE, REPORT):
            if (partial.out / name).is_file():
                shutil.copyfile(partial.out / name, now / name)
        _keep_rest(partial.out, folder)


def undo(folder: Path) -> Revision:
    """Undo the last edit in one step; return the revision that is current then.

    Raises:
        UserError: there is no edit to take back.
        FolderError: it is no scene folder, or cannot be written; nothing was changed.
    """
    revisions = revisions_of(folder)
    if len(revisions) == 1:
        raise UserError(f"{str(folder)!r} was not edited; there is nothing to undo")
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
            write_report(new, _told(last) | {"formats": [item.name for item in formats]})
            for path in sorted((folder / _FOLDER).glob("[0-9]*")):
                if path.name != last.name:
                    shutil.copytree(path, new / _FOLDER / path.name)
            _keep_rest(folder, new)
    return revisions_of(folder)[-1]


def _keep_rest(old: Path, new: Path) -> None:
    """Copy the assets of earlier revisions and the files that sage did not write."""
    scenes = [json.loads(path.read_text()) for path in (new / _FOLDER).glob(f"*/{_SCENE}")]
    for name in sorted({item["asset"] for scene in scenes for item in scene["objects"]}):
        if not (new / "assets" / name).exists():
            AssetStore(old / "assets").copy(name, new / "assets")
    for path in sorted(old.iterdir()):
        if path.name not in _OURS:
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, new / path.name)
