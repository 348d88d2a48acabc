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
    ray: Annotated[
        str,
        typer.Option(
            envvar="SAGE_RAY",
            metavar="ADDRESS",
            help="Ray cluster that makes the scenes, whose nodes share the data folder: HOST:PORT or auto.",
        ),
    ] = "",
    queue: Annotated[int, typer.Option(min=1, help="Jobs that may wait.")] = 100,
    limit_per_scene: Annotated[float, typer.Option(min=1, help="Seconds before a scene is given up.")] = 900,
    memory_per_scene: Annotated[float, typer.Option(min=0.5, help="GiB that a scene may take.")] = 2.0,
    rate: Annotated[
        float, typer.Option(min=0, help="Requests a minute that each key may send; 0 for any number.")
    ] = 1200,
    keep_days: Annotated[
        float | None, typer.Option(min=0.01, help="Days that scenes are kept; by default for ever.")
    ] = None,
    keep_gib: Annotated[
        float | None, typer.Option(min=0.1, help="GiB that all scenes may take; the oldest go first.")
    ] = None,
    json_logs: Annotated[bool, typer.Option("--json-logs", help="Log a JSON object a line.")] = False,
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

    from sage.service.http.app import Settings, create_app
    from sage.service.http.auth import add_key as make_key
    from sage.service.http.logs import log_to_stderr
    from sage.service.http.page import shows_scenes
    from sage.service.http.workers import Keeping
    from sage.service.runner import ProcessLimits

    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = host == "localhost"
    settings = Settings(
        data=data,
        database=database,
        workers=workers,
        ray=ray,
        most_waiting=queue,
        limits=ProcessLimits(limit_per_scene, int(memory_per_scene * 2**30)),
        needs_key=not loopback,
        requests_a_minute=0 if loopback else rate,
        keeping=Keeping(keep_days, None if keep_gib is None else int(keep_gib * 2**30)),
    )
    if add_key is not None:
        typer.echo(make_key(settings.open(), add_key))
        return
    log_to_stderr(json_logs)
    app = create_app(settings)
    if not shows_scenes():
        logging.getLogger("sage").warning(
            "built without three.js: no scene is shown in 3D; `python hatch_build.py` mends it"
        )
    uvicorn.run(app, host=host, port=port, log_config=None, timeout_graceful_shutdown=10)
