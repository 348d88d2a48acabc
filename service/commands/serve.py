"""`sage serve`: serve scene generation over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.options import (
    MEMORY_PER_SCENE_GIB,
    SECONDS_PER_SCENE,
    LimitPerScene,
    MemoryPerScene,
)

__all__ = ["serve"]


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on.")] = 8000,
    data: Annotated[Path, typer.Option(help="Folder of scenes and of the job database.")] = Path("sage-data"),
    database: Annotated[
        str, typer.Option(envvar="SAGE_DATABASE", help="URL of a PostgreSQL database, instead of SQLite.")
    ] = "",
    workers: Annotated[int, typer.Option(min=1, help="Scenes generated at the same time.")] = 1,
    ray: Annotated[
        str,
        typer.Option(
            envvar="SAGE_RAY",
            metavar="ADDRESS",
            help="Ray cluster that generates the scenes: HOST:PORT or auto; its nodes share the data folder.",
        ),
    ] = "",
    queue: Annotated[int, typer.Option(min=1, help="Largest number of waiting jobs.")] = 100,
    limit_per_scene: LimitPerScene = SECONDS_PER_SCENE,
    memory_per_scene: MemoryPerScene = MEMORY_PER_SCENE_GIB,
    rate: Annotated[
        float, typer.Option(min=0, help="Requests per minute of each API key; 0 for no limit.")
    ] = 1200,
    keep_days: Annotated[
        float | None, typer.Option(min=0.01, help="Days after which scenes are removed; by default never.")
    ] = None,
    keep_gib: Annotated[
        float | None,
        typer.Option(min=0.1, help="Total size [GiB] above which the oldest scenes are removed."),
    ] = None,
    json_logs: Annotated[bool, typer.Option("--json-logs", help="Log one JSON object per line.")] = False,
    add_key: Annotated[
        str | None, typer.Option(metavar="NAME", help="Create an API key, print it, and exit.")
    ] = None,
) -> None:
    """Serve scene generation over HTTP: POST /v1/scenes queues a scene; /docs describes all routes.

    On an address other than loopback, callers need an API key (--add-key).
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
            "built without three.js: scenes are not shown in 3D; run `python hatch_build.py` to fetch it"
        )
    uvicorn.run(app, host=host, port=port, log_config=None, timeout_graceful_shutdown=10)
