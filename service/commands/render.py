"""`sage render`: images of a scene."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sage.service.commands.display import showing_progress
from sage.service.commands.options import Hour, Orbit, OrbitViews, Quiet, Size, Video, picture_size

if TYPE_CHECKING:
    from sage.asset import AssetStore
    from sage.rendering.views import View
    from sage.scene import Scene

__all__ = ["render"]


def render(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A scene folder.")],
    camera: Annotated[
        str,
        typer.Option(
            metavar="NAMES",
            help="Separated by commas: preview, top, cutaway_1 to cutaway_4 from outside, corner_1 to "
            "corner_4 from inside, the id of a door, head_ID and wrist_ID of a task object.",
        ),
    ] = "preview,top",
    size: Size = "800x600",
    hour: Hour = None,
    engine: Annotated[
        str,
        typer.Option(
            help="`fast`; `open3d`: Filament, with reflections, in seconds; or `photo`: path tracing with "
            "Mitsuba, in tens of CPU seconds per picture."
        ),
    ] = "fast",
    orbit: Orbit = None,
    n: OrbitViews = 24,
    video: Video = False,
    out: Annotated[
        Path | None, typer.Option(help="Folder to write to; by default views/ in the scene folder.")
    ] = None,
    quiet: Quiet = False,
) -> None:
    """Render images of a scene at a time of day."""
    width, height = picture_size(size)
    with showing_progress(quiet) as progress:
        progress("read")
        from PIL import Image

        from sage.errors import FolderError
        from sage.export.frames import picture_file, write_video
        from sage.export.reading import read_scene
        from sage.rendering.engines import Renderer, renderer_of
        from sage.rendering.lighting import lighting
        from sage.rendering.surfaces import surfaces
        from sage.rendering.viewpoints import orbit_cameras

        scene, store = read_scene(folder)
        views = _views(scene, store, camera, (width, height))
        if orbit:
            from sage.rendering.views import View

            views += [
                View(c.sized(width, height), frozenset()) for c in orbit_cameras(scene, store, orbit, n)
            ]
        found, light = surfaces(scene, store), lighting(scene, store, hour)
        target = out or folder / "views"
        renderers: dict[frozenset[str], Renderer] = {}
        files = []
        for view in views:
            progress(view.camera.name)
            if view.hidden not in renderers:
                renderers[view.hidden] = renderer_of(engine, found, light, view.hidden)
            picture = Image.fromarray(renderers[view.hidden].picture(view.camera))
            files.append(target / picture_file(view.camera))
            try:
                target.mkdir(parents=True, exist_ok=True)
                picture.save(files[-1])
            except OSError as error:
                raise FolderError(f"cannot write {str(files[-1])!r}: {error.strerror or error}") from error
        if video:
            files.append(target / "video.png")
            write_video(files[:-1], files[-1])
    for file in files:
        typer.echo(str(file))


def _views(scene: Scene, store: AssetStore, names: str, size: tuple[int, int]) -> list[View]:
    from sage.rendering.viewpoints import chosen_cameras
    from sage.rendering.views import VIEWS, View, view_of

    views = []
    for name in dict.fromkeys(word.strip() for word in names.split(",")):
        if name in VIEWS:
            views.append(view_of(scene, store, name, size))
        else:
            views += [View(camera.sized(*size), frozenset()) for camera in chosen_cameras(scene, store, name)]
    return views
