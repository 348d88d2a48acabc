"""`sage report`: one HTML page about a scene."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from sage.service.commands.display import showing_progress
from sage.service.commands.options import Hour, Quiet

if TYPE_CHECKING:
    from sage.asset import AssetStore
    from sage.scene import Scene

__all__ = ["report"]

_CAMERAS = "top,corner_1,corner_3"
_SIZE = (640, 480)
_QUALITY = 88


def report(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A scene folder.")],
    out: Annotated[
        Path | None, typer.Option(help="File to write; by default report.html in the folder.")
    ] = None,
    cameras: Annotated[
        str, typer.Option(metavar="NAMES", help="Standard cameras to show, separated by commas.")
    ] = _CAMERAS,
    hour: Hour = None,
    quiet: Quiet = False,
) -> None:
    """Write a self-contained page: views, floor plan, verdicts, verification and objects."""
    from sage.errors import FolderError
    from sage.export.reading import read_scene
    from sage.report.page import report_page

    with showing_progress(quiet) as progress:
        progress("read")
        scene, store = read_scene(folder)
        data = _read_report(folder)
        pictures = _preview(folder)
        progress("render")
        pictures += _rendered(scene, store, cameras, hour)
        target = out or folder / "report.html"
        try:
            target.write_text(report_page(scene, store, data, pictures), encoding="utf-8")
        except OSError as error:
            raise FolderError(f"cannot write {str(target)!r}: {error.strerror}") from error
    typer.echo(str(target))


def _read_report(folder: Path) -> dict[str, Any]:
    from sage.errors import FolderError

    path = folder / "report.json"
    if not path.is_file():
        return {}
    try:
        data = json.loads(path.read_text())
    except ValueError as error:
        raise FolderError(f"{str(path)!r} is broken: {error}") from error
    if not isinstance(data, dict):
        raise FolderError(f"{str(path)!r} is broken: it must hold an object")
    return data


def _preview(folder: Path) -> list[tuple[str, bytes]]:
    path = folder / "preview.png"
    return [("preview", path.read_bytes())] if path.is_file() else []


def _rendered(scene: Scene, store: AssetStore, names: str, hour: float | None) -> list[tuple[str, bytes]]:
    from PIL import Image

    from sage.rendering.fast import FastRenderer
    from sage.rendering.lighting import lighting
    from sage.rendering.surfaces import surfaces
    from sage.rendering.viewpoints import chosen_cameras

    renderer = FastRenderer(surfaces(scene, store), lighting(scene, store, hour))
    found = []
    for camera in chosen_cameras(scene, store, names):
        buffer = io.BytesIO()
        Image.fromarray(renderer.picture(camera.sized(*_SIZE))).save(buffer, "JPEG", quality=_QUALITY)
        found.append((camera.name, buffer.getvalue()))
    return found
