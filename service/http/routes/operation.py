"""Routes for operating the service: health and metrics."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import JSONResponse, PlainTextResponse
from sqlalchemy import text
from sqlalchemy.orm import Session

from sage.service.http.problems import problem, problem_responses
from sage.service.http.state import Service

__all__ = ["router"]

router = APIRouter(tags=["operation"])


@router.get("/healthz")
async def is_alive() -> JSONResponse:
    """Report that the process answers."""
    return JSONResponse({"status": "ok"})


@router.get("/readyz", responses=problem_responses(503))
def is_ready(service: Service) -> JSONResponse:
    """Return whether the database answers, every worker runs and the disk has space."""
    with Session(service.jobs.engine) as session:
        session.execute(text("SELECT 1"))
    if not service.workers.alive:
        return problem(503, "a worker is not running")
    if not service.workers.has_space:
        return problem(503, "the disk is full: jobs wait until some space is free")
    return JSONResponse({"status": "ok"})


@router.get("/metrics", response_class=PlainTextResponse, responses=problem_responses(503))
def count_jobs(service: Service) -> PlainTextResponse:
    """Return the number of jobs in each state, for Prometheus."""
    counts = service.jobs.counts()
    accepted = counts.pop("accepted")
    lines = ["# HELP sage_jobs Jobs by state.", "# TYPE sage_jobs gauge"]
    lines += [f'sage_jobs{{state="{state}"}} {count}' for state, count in sorted(counts.items())]
    lines += ["# HELP sage_scenes_accepted Scenes that every critic passed."]
    lines += ["# TYPE sage_scenes_accepted gauge", f"sage_scenes_accepted {accepted}"]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4")
