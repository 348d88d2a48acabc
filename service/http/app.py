"""The FastAPI application: routes, keys, health, and worker life cycle."""

from __future__ import annotations

import hashlib
import logging
import math
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Header, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sage.errors import UserError
from sage.service.http.api import ServiceState, routes
from sage.service.http.jobs import Jobs
from sage.service.http.making import MAKER
from sage.service.http.page import page
from sage.service.http.problems import PROBLEMS, problem, tell_problems
from sage.service.http.rate import Rate
from sage.service.http.tables import WRITES, Key, now, open_database
from sage.service.http.workers import Keeping, Workers
from sage.service.http.writing import Writer
from sage.service.runner import ProcessLimits, Runner, SceneRunner

__all__ = ["Settings", "add_key", "create_app"]

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
    """Folder of its scenes, and of its database unless `database` names another."""
    database: str = ""
    """URL such as postgresql+psycopg://user:password@host/name."""
    workers: int = 1
    most_waiting: int = 100
    limits: ProcessLimits = field(default_factory=ProcessLimits)
    needs_key: bool = False
    requests_a_minute: float = 0.0
    """Of each key, or of each address where no key is needed; 0 for as many as they like."""
    ray: str = ""
    """Address of the Ray cluster that makes the scenes; empty for this machine alone."""
    keeping: Keeping = field(default_factory=lambda: Keeping())
    most_bytes: int = 256 * 1024
    """Of a request's body."""
    maker: str = MAKER

    def open(self) -> Engine:
        """Make the folders and open the database."""
        (self.data / "scenes").mkdir(parents=True, exist_ok=True)
        return open_database(self.database or f"sqlite:///{self.data.resolve()}/jobs.sqlite")


def create_app(settings: Settings) -> FastAPI:
    """Return the application; its workers run between startup and shutdown."""
    engine = settings.open()
    jobs = Jobs(engine, settings.most_waiting)
    scenes = settings.data / "scenes"
    cluster = ExitStack()
    runner: Callable[[], SceneRunner] = partial(Runner, settings.limits, settings.maker)
    if settings.ray:
        runner = _on_cluster(settings, cluster)
    workers = Workers(jobs, scenes, settings.workers, runner, settings.keeping)
    writer = Writer(settings.limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        workers.start()
        yield
        await run_in_threadpool(workers.stop)
        await run_in_threadpool(writer.close)
        cluster.close()
        engine.dispose()

    app = FastAPI(
        title="sage",
        version=version("sage-scenes"),
        description="Embodied tasks in words become stable, simulator-ready indoor 3D scenes.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
    )
    tell_problems(app)
    app.add_middleware(_Guard, most_bytes=settings.most_bytes)
    app.include_router(_operation(engine, jobs, workers))
    days = settings.keeping.days
    keep = timedelta(days=days) if days is not None else None
    app.state.service = ServiceState(jobs, scenes, writer, keep)
    app.include_router(routes(_caller(engine, settings)))
    app.include_router(page())
    return app


def _on_cluster(settings: Settings, stack: ExitStack) -> Callable[[], SceneRunner]:
    """Connect to the cluster until `stack` is closed; return what makes runners on it.

    Raises:
        UserError: Ray is not installed, or there is no cluster.
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


def _caller(engine: Engine, settings: Settings) -> Callable[..., None]:
    """Return the dependency that knows who asks, and refuses who may not or asks too often."""
    rate = Rate(settings.requests_a_minute)

    def caller(request: Request, authorization: Annotated[str | None, Header()] = None) -> None:
        request.state.owner = ""
        asking = request.client.host if request.client else ""
        if settings.needs_key:
            scheme, _, key = (authorization or "").partition(" ")
            with Session(engine) as session:
                name = session.scalar(select(Key.name).where(Key.sha256 == _hash(key)))
            if scheme.lower() != "bearer" or name is None:
                raise HTTPException(
                    401, "send a key: Authorization: Bearer KEY", {"WWW-Authenticate": "Bearer"}
                )
            request.state.owner = asking = name
        wait = rate.wait(asking)
        if wait:
            often = f"{settings.requests_a_minute:g} requests a minute are allowed; ask again in {wait:.0f} s"
            raise HTTPException(429, often, {"Retry-After": str(math.ceil(wait))})

    return caller


class _Guard:
    """Bounds the bodies of requests, sets headers, and logs each request when its answer has been sent."""

    def __init__(self, app: ASGIApp, most_bytes: int) -> None:
        self._app, self._most_bytes = app, most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        start, status = time.monotonic(), 500

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        try:
            await (self._refusal(Headers(scope=scope)) or self._app)(scope, receive, told)
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
        """Return the answer to a request whose body is not taken."""
        length = headers.get("content-length", "0")
        if "transfer-encoding" in headers:
            return problem(411, "tell the length of the body: Content-Length")
        if not (length.isascii() and length.isdigit()) or int(length) > self._most_bytes:
            return problem(413, f"a request may have {self._most_bytes} bytes")
        return None


def _operation(engine: Engine, jobs: Jobs, workers: Workers) -> APIRouter:
    """Return the routes for whoever runs the service."""
    router = APIRouter(tags=["operation"])

    @router.get("/healthz")
    async def is_alive() -> JSONResponse:
        """Tell that the process answers."""
        return JSONResponse({"status": "ok"})

    @router.get("/readyz", responses=PROBLEMS(503))
    def is_ready() -> JSONResponse:
        """Return whether the database answers, every worker runs and the disk has room."""
        with Session(engine) as session:
            session.execute(text("SELECT 1"))
        if not workers.alive:
            return problem(503, "a worker is not running")
        if not workers.has_space:
            return problem(503, "the disk is full: jobs wait until some space is free")
        return JSONResponse({"status": "ok"})

    @router.get("/metrics", response_class=PlainTextResponse, responses=PROBLEMS(503))
    def count_jobs() -> PlainTextResponse:
        """Return the number of jobs in each state, for Prometheus."""
        counts = jobs.counts()
        accepted = counts.pop("accepted")
        lines = ["# HELP sage_jobs Jobs by state.", "# TYPE sage_jobs gauge"]
        lines += [f'sage_jobs{{state="{state}"}} {count}' for state, count in sorted(counts.items())]
        lines += ["# HELP sage_scenes_accepted Scenes that every critic passed."]
        lines += ["# TYPE sage_scenes_accepted gauge", f"sage_scenes_accepted {accepted}"]
        return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")

    return router


def add_key(engine: Engine, name: str) -> str:
    """Make an API key, keep its hash, and return it; it cannot be shown again."""
    key = f"sage-{secrets.token_urlsafe(24)}"
    with Session(engine.execution_options(**WRITES)) as session, session.begin():
        session.merge(Key(name=name, sha256=_hash(key), created=now()))
    return key


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
