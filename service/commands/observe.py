"""`sage observe`: images and exact ground truth of a scene."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.display import showing_progress
from sage.service.commands.options import Cameras, Hour, Orbit, OrbitViews, Quiet, Size, Video, picture_size

__all__ = ["observe"]


def observe(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A scene folder.")],
    out: Annotated[Path, typer.Option(help="Folder to write to; it must not exist yet, or be empty.")],
    cameras: Cameras = None,
    orbit: Orbit = None,
    n: OrbitViews = 24,
    size: Size = "640x480",
    hour: Hour = None,
    data: Annotated[
        str | None,
        typer.Option(
            metavar="NAMES",
            help="Any of rgb, depth, ids, normals, coordinates, points, or all; default: the first four.",
        ),
    ] = None,
    through_glass: Annotated[
        bool, typer.Option("--through-glass", help="Treat glass as transparent in depth and ids.")
    ] = False,
    video: Video = False,
    quiet: Quiet = False,
) -> None:
    """Write images, depth, ids, normals, visibility and annotations of a scene."""
    from sage.errors import UserError
    from sage.export.frames import chosen_data, picture_file, write_frames, write_video

    chosen = chosen_data(data)
    if video and "rgb" not in chosen:
        raise UserError("--video needs pictures: add rgb to --data")
    width, height = picture_size(size)
    with showing_progress(quiet) as progress:
        progress("read")
        from sage.export.reading import read_scene
        from sage.rendering.fast import FastRenderer
        from sage.rendering.lighting import lighting
        from sage.rendering.observation import Observer
        from sage.rendering.surfaces import surfaces
        from sage.rendering.viewpoints import chosen_cameras, orbit_cameras
        from sage.service.wiring import known_categories

        scene, store = read_scene(folder)
        round_it = orbit_cameras(scene, store, orbit, n) if orbit else ()
        views = () if orbit and cameras is None else chosen_cameras(scene, store, cameras)
        views = tuple(view.sized(width, height) for view in (*views, *round_it))
        seen = surfaces(scene, store)
        light = lighting(scene, store, hour)
        write_frames(
            Observer(seen, through_glass=through_glass),
            views,
            out,
            picture=FastRenderer(seen, light).picture,
            data=chosen,
            categories=known_categories(),
            progress=progress,
        )
        if video:
            write_video([out / "rgb" / picture_file(view) for view in views], out / "video.png")
    typer.echo(str(out / "cameras.json"))
