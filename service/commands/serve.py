"""`sage serve`: the service over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

__all__ = ["serve"]


def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535)] = 8000,
    data: Annotated[Path, typer.Option(help="Folder of scenes and jobs.")] = Path("sage-data"),
    database: Annotated[
        str, typer.Option(envvar="SAGE_DATABASE", help="URL of a PostgreSQL database, instead of SQLite.")
    ] = "",
    workers: Annotated[int, typer.Option(min=1, help="Scenes made at once.")] = 1,
    queue: Annotated[int, typer.Option(min=1, help="Jobs that may wait.")] = 100,
    limit_per_scene: Annotated[float, typer.Option(min=1, help="Seconds before a scene is given up.")] = 900,
    memory_per_scene: Annotated[float, typer.Option(min=0.5, help="GiB that a scene may take.")] = 2.0,
    add_key: Annotated[
        str | None, typer.Option(metavar="NAME", help="Make an API key, print it, and end.")
    ] = None,
) -> None:
    """Serve scenes over HTTP: POST /v1/scenes asks for one; /docs describes everything.

    On another address than this machine's own, callers need an API key (--add-key).
    """
    import ipaddress
    import logging

    import uvicorn

    from service.http.app import Settings, create_app
    from service.http.app import add_key as make_key
    from service.http.page import shows_scenes
    from service.runner import ProcessLimits

    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    settings = Settings(
        data=data,
        database=database,
        workers=workers,
        most_waiting=queue,
        limits=ProcessLimits(limit_per_scene, int(memory_per_scene * 2**30)),
        needs_key=not loopback,
    )
    if add_key is not None:
        typer.echo(make_key(settings.open(), add_key))
        return
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    app = create_app(settings)
    if not shows_scenes():
        logging.getLogger("sage").warning(
            "built without three.js: no scene is shown in 3D; `python hatch_build.py` mends it"
        )
    uvicorn.run(app, host=host, port=port, log_config=None, timeout_graceful_shutdown=10)
