"""Judges scene folders and imported scenes from their files, and exports folders in further formats."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from sage.agent import review_scene
from sage.asset import AssetStore
from sage.context import silent
from sage.critics.files import FilesCritic
from sage.critics.shake import ShakeCritic
from sage.critics.source import SourceCritic, without_unjudged
from sage.critique import Critic, Critique
from sage.errors import SourceError
from sage.export.folder import add_formats
from sage.export.formats import choose_formats
from sage.export.reading import read_scene
from sage.importing.assembly import assemble
from sage.importing.foreign import SourceScene
from sage.importing.mjcf import read_mjcf
from sage.importing.sage_layout import is_sage_layout, read_sage_layout
from sage.importing.usd import read_usd
from sage.llm import Limits
from sage.scene import Scene
from sage.service.wiring import FILE_CRITICS, GEOMETRY_CRITICS, make_context, vision_critics

__all__ = ["check", "export"]

_IMPORTERS = {".xml": read_mjcf} | dict.fromkeys((".usd", ".usda", ".usdc", ".usdz"), read_usd)


def check(
    path: Path | str,
    progress: Callable[[str], None] = silent,
    root: Path | None = None,
    *,
    shake: bool = False,
    vlm: bool = False,
) -> tuple[Scene, tuple[Critique, ...]]:
    """Judge a scene from its files alone: a scene folder, or a scene that other software wrote.

    Args:
        path: a scene folder, an MJCF file (.xml), a USD stage (.usd, .usda, .usdc, .usdz), or the folder of a
            SAGE layout.
        progress: called with the name of each stage.
        root: folder that must contain every file that an imported scene refers to; by default its own.
        shake: also report which objects fall when the room or the objects are perturbed.
        vlm: also ask a vision-language model about five views; see `sage.generate`.

    Raises:
        FolderError: it is not a scene, or a file of a scene folder is broken.
        SourceError: an imported scene cannot be read, or refers to something that is never loaded.
    """
    path = Path(path)
    importer = _importer(path)
    more: tuple[Critic, ...] = (ShakeCritic(),) if shake else ()
    more += vision_critics(None, Limits()) if vlm else ()
    if importer is None:
        scene, store = read_scene(path)
        critics = (FilesCritic(path), *FILE_CRITICS, *more)
        return scene, review_scene(scene, critics, make_context(store, progress))
    progress("read")
    with tempfile.TemporaryDirectory(prefix="sage-") as folder:
        imported = assemble(importer(path, root), AssetStore(Path(folder)))
        context = make_context(AssetStore(Path(folder)), progress)
        critics = (SourceCritic(imported), *GEOMETRY_CRITICS, *more)
        source, *others = review_scene(imported.scene, critics, context)
    judged = (without_unjudged(critique, imported.not_judged) for critique in others)
    return imported.scene, (source, *(c for c in judged if c.metrics or c.passed is None))


def export(folder: Path | str, formats: str | Sequence[str]) -> tuple[str, ...]:
    """Write the scene of a folder in further formats; return the main file of each.

    Raises:
        UserError: a format is unknown, or it is not a scene folder.
    """
    chosen = choose_formats(formats)
    add_formats(Path(folder), chosen)
    return tuple(item.main for item in chosen)


def _importer(path: Path) -> Callable[[Path, Path | None], SourceScene] | None:
    """Return the reader for an imported scene, or None for a scene folder."""
    if path.is_dir():
        return None if (path / "scene.json").exists() or not is_sage_layout(path) else read_sage_layout
    if not path.is_file():
        return None
    importer = _IMPORTERS.get(path.suffix.lower())
    if importer is None:
        raise SourceError(f"{path.name!r} is no scene: name a folder, or a file {', '.join(_IMPORTERS)}")
    return importer
