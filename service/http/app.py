"""The FastAPI application: settings, assembly, life cycle."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path

from fastapi import FastAPI, Response
from sqlalchemy import Engine
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sage.errors import UserError
from sage.service.http import page, routes
from sage.service.http.auth import Access
from sage.service.http.jobs import Jobs
from sage.service.http.making import MAKER
from sage.service.http.problems import add_problem_handlers, problem
from sage.service.http.rate import Rate
from sage.service.http.routes import operation
from sage.service.http.state import ServiceState
from sage.service.http.tables import open_database
from sage.service.http.workers import Keeping, Workers
from sage.service.http.writing import Writer
from sage.service.runner import ProcessLimits, Runner, SceneRunner

__all__ = ["Settings", "create_app"]

_log = logging.getLogger("sage.http")
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
        "connect-src 'self' blob:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


@dataclass(frozen=True)
class Settings:
    """Settings of the service."""

    data: Path
    """Folder of the scenes, and of the SQLite database."""
    database: str = ""
    """URL of another database, such as postgresql+psycopg://user:password@host/name."""
    workers: int = 1
    """Scenes generated at the same time."""
    most_waiting: int = 100
    """Jobs that may wait in the queue."""
    limits: ProcessLimits = field(default_factory=ProcessLimits)
    """Limits of each scene."""
    needs_key: bool = False
    """Whether requests need an API key."""
    requests_a_minute: float = 0.0
    """Rate limit of each key, or of each address where no key is needed; 0 for none."""
    ray: str = ""
    """Address of the Ray cluster that generates the scenes; empty for this machine alone."""
    keeping: Keeping = field(default_factory=lambda: Keeping())
    """How long scenes are kept."""
    most_bytes: int = 256 * 1024
    """Largest request body [B]."""
    maker: str = MAKER
    """Function that executes a job, as `module:function`."""

    def open(self) -> Engine:
        """Create the folders and open the database.

        Raises:
            UserError: the database cannot be opened.
        """
        (self.data / "scenes").mkdir(parents=True, exist_ok=True)
        return open_database(self.database or f"sqlite:///{self.data.resolve()}/jobs.sqlite")


def create_app(settings: Settings) -> FastAPI:
    """Return the application; its workers run between startup and shutdown.

    Raises:
        UserError: the database or the Ray cluster cannot be opened.
    """
    engine = settings.open()
    app = FastAPI(
        title="sage",
        version=version("sage-scenes"),
        description="Embodied tasks in words become stable, simulator-ready indoor 3D scenes.",
        lifespan=_lifespan,
        docs_url=None,
        redoc_url=None,
    )
    app.state.service = _service(settings, engine)
    app.state.access = Access(engine, settings.needs_key, Rate(settings.requests_a_minute))
    app.state.page = page.PageFiles.read()
    add_problem_handlers(app)
    app.add_middleware(_Guard, most_bytes=settings.most_bytes)
    app.include_router(operation.router)
    app.include_router(routes.router)
    app.include_router(page.router)
    return app


def _service(settings: Settings, engine: Engine) -> ServiceState:
    jobs, scenes, cluster = Jobs(engine, settings.most_waiting), settings.data / "scenes", ExitStack()
    runner: Callable[[], SceneRunner] = partial(Runner, settings.limits, settings.maker)
    if settings.ray:
        runner = _on_cluster(settings, cluster)
    days = settings.keeping.days
    return ServiceState(
        jobs=jobs,
        workers=Workers(jobs, scenes, settings.workers, runner, settings.keeping),
        scenes=scenes,
        writer=Writer(settings.limits),
        keep=timedelta(days=days) if days is not None else None,
        cluster=cluster,
    )


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    service: ServiceState = app.state.service
    service.workers.start()
    yield
    await run_in_threadpool(service.workers.stop)
    await run_in_threadpool(service.writer.close)
    service.cluster.close()
    service.jobs.engine.dispose()


def _on_cluster(settings: Settings, stack: ExitStack) -> Callable[[], SceneRunner]:
    """Connect to a Ray cluster until `stack` is closed; return what creates runners on it.

    Raises:
        UserError: Ray is not installed, or there is no cluster at the address.
    """
    if settings.ray.startswith("ray://"):
        raise UserError(
            f"the service runs on a node of the cluster, not beside it: HOST:PORT, not {settings.ray!r}"
        )
    try:
        from sage.service.cluster import ClusterRunner, check_memory, connected
    except ImportError as error:
        raise UserError("--ray needs Ray: pip install 'sage-scenes[batch]'") from error
    stack.enter_context(connected(settings.ray))
    check_memory(settings.limits)
    return partial(ClusterRunner, settings.limits, settings.maker)


class _Guard:
    """Middleware that limits request bodies, sets security headers, and logs each request."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app, self._most_bytes = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.monotonic(), 500

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await (self._refusal(Headers(scope=scope)) or self._app)(scope, receive, send_guarded)
        finally:
            _log.info(
                "answered",
                extra={
                    "method": scope["method"],
                    "path": scope["path"],
                    "status": status,
                    "ms": round((time.monotonic() - start) * 1000, 1),
                    "caller": scope.get("state", {}).get("owner") or "-",
                },
            )

    def _refusal(self, headers: Headers) -> Response | None:
        """Return the response to a request whose body is too long or of unknown length."""
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers:
            return problem(411, "send the length of the body: Content-Length")
        if not (length.isascii() and length.isdigit()) or int(length) > self._most_bytes:
            return problem(413, f"the body may have at most {self._most_bytes} bytes")
        return None
