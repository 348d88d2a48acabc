"""Routes of jobs: list, follow, cancel."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from sage.service.http.jobs import JobFilter, Jobs
from sage.service.http.making import steps_folder
from sage.service.http.problems import Responses, problem_responses
from sage.service.http.routes.parameters import BatchFilter, ExistingJob, Page
from sage.service.http.sending import FILE_RESPONSE, file_response
from sage.service.http.state import Service
from sage.service.http.views import ENDED, JobPage, JobView, State

__all__ = ["router"]

router = APIRouter(tags=["jobs"])

_POLL_S = 0.5
_KEEP_ALIVE_S = 15.0
"""Longest silence of an event stream; then a comment keeps the connection open."""
_EVENT = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("id", "event", "data")},
    "required": ["id", "event", "data"],
}
_STREAM: Responses = {200: {"content": {"text/event-stream": {"schema": _EVENT}}}}


@router.get("/jobs")
def list_jobs(page: Page, service: Service, state: State | None = None, batch: BatchFilter = None) -> JobPage:
    """List jobs, newest first."""
    chosen = JobFilter(states=(state,) if state else (), batch=batch)
    found, total = service.jobs.find(chosen, page.limit, page.offset)
    views = [JobView.of(job) for job in found]
    return JobPage(jobs=views, total=total, next=page.following(len(found), total))


@router.get("/jobs/{job_id}", responses=problem_responses(404))
def get_job(job: ExistingJob) -> JobView:
    """Return the state of a job."""
    return JobView.of(job)


@router.get(
    "/jobs/{job_id}/events", response_class=StreamingResponse, responses=_STREAM | problem_responses(404)
)
async def stream_job_events(
    job: ExistingJob,
    request: Request,
    service: Service,
    last_event_id: Annotated[int, Header(ge=0, le=2**31 - 1)] = 0,
) -> StreamingResponse:
    """Stream a job's steps as server-sent events, from Last-Event-ID on, until it has ended."""
    stream = _stream(service.jobs, job.id, last_event_id, request)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.get(
    "/jobs/{job_id}/pictures/{number}",
    response_class=FileResponse,
    responses=FILE_RESPONSE | problem_responses(404),
)
def get_step_picture(
    job: ExistingJob, number: Annotated[int, InPath(ge=1, le=10**6)], request: Request, service: Service
) -> Response:
    """Fetch the picture, a JPEG, that an event's `picture` names."""
    file = steps_folder(service.scenes / job.id) / f"{number}.jpg"
    if not file.is_file():
        raise HTTPException(404, f"job {job.id!r} has no picture {number}")
    return file_response(file, request)


@router.delete("/jobs/{job_id}", responses=problem_responses(404, 409))
def cancel_job(job: ExistingJob, service: Service) -> JobView:
    """Remove a job from the queue, or stop it. A job that has ended stays as it is: 409."""
    if job.state in ENDED:
        raise HTTPException(409, f"job {job.id!r} has {job.state}")
    return JobView.of(service.jobs.cancel(job.id) or job)


async def _stream(jobs: Jobs, job_id: str, after: int, request: Request) -> AsyncIterator[str]:
    """Yield a job's events with a number above `after`, until it has ended or the client is gone."""
    quiet_s = 0.0
    while not await request.is_disconnected():
        events = await run_in_threadpool(jobs.events, job_id, after)
        for event in events:
            after, quiet_s = event.number, 0.0
            data = json.dumps({"kind": event.kind, "at": event.at.isoformat(), **event.data})
            yield f"id: {event.number}\nevent: {event.kind}\ndata: {data}\n\n"
            if event.kind in ENDED:
                return
        if not events and quiet_s % _KEEP_ALIVE_S == 0.0:
            job = await run_in_threadpool(jobs.get, job_id)
            if job is None or job.state in ENDED:
                if not await run_in_threadpool(jobs.events, job_id, after):
                    return
                continue
            yield ": still there\n\n"
        await asyncio.sleep(_POLL_S)
        quiet_s += _POLL_S
