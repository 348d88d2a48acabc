"""Routes under /v1: scenes, jobs, files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import zipstream
from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi import Path as InPath
from fastapi.responses import FileResponse, StreamingResponse
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from sage.export.formats import FORMATS
from sage.language.checks import check_understood
from sage.service.http.jobs import ENDED, Jobs
from sage.service.http.making import EditRequest, steps_folder
from sage.service.http.problems import PROBLEMS
from sage.service.http.sending import sent, sent_file
from sage.service.http.shapes import AssetShape, shapes
from sage.service.http.tables import Batch, Job
from sage.service.http.views import (
    BatchOrder,
    BatchView,
    EditOrder,
    FormatName,
    JobPage,
    JobView,
    Prompt,
    SceneFile,
    SceneOrder,
    ScenePage,
    SceneView,
    State,
    Text,
    Understanding,
)
from sage.service.http.writing import Writer
from sage.service.request import SceneRequest
from sage.service.understanding import understand, understand_definition
from sage.task import Task, Understood

__all__ = ["ServiceState", "routes"]

_POLL_S = 0.5
_ALIVE_S = 15.0
_Answers = dict[int | str, dict[str, Any]]
_BYTES = {"type": "string", "format": "binary"}
_ZIP: _Answers = {200: {"content": {"application/zip": {"schema": _BYTES}}}}
_SAME: _Answers = {304: {"description": "Not modified: the `ETag` is that of `If-None-Match`."}}
_FILE: _Answers = {**_SAME, 200: {"content": {"application/octet-stream": {"schema": _BYTES}}}}
_EVENT = {
    "type": "object",
    "properties": {name: {"type": "string"} for name in ("id", "event", "data")},
    "required": ["id", "event", "data"],
}
_STREAM: _Answers = {200: {"content": {"text/event-stream": {"schema": _EVENT}}}}


_Id = Annotated[str, InPath(max_length=32), Text]
_Limit = Annotated[int, Query(ge=1, le=200)]
_Offset = Annotated[int, Query(ge=0, le=10**9)]
_Key = Annotated[str | None, Header(max_length=200, alias="Idempotency-Key"), Text]


@dataclass(frozen=True)
class ServiceState:
    """Jobs, scenes and settings that the routes share."""

    jobs: Jobs
    scenes: Path
    """Folder of the scene folders."""
    writer: Writer
    """Writes scenes in further formats."""
    keep: timedelta | None = None
    """Age after which a scene is removed."""

    def job(self, job_id: str) -> Job:
        """Return a job, or answer 404."""
        job = self.jobs.get(job_id)
        if job is None:
            raise HTTPException(404, f"there is no job {job_id!r}")
        return job

    def scene(self, scene_id: str) -> Job:
        """Return the job that made a scene, or answer 404."""
        job = self.jobs.get(scene_id)
        if job is None or job.state != "succeeded":
            raise HTTPException(404, f"there is no scene {scene_id!r}")
        return job

    def view(self, job: Job) -> SceneView:
        """Return the description of a scene."""
        return SceneView.of(job, job.finished + self.keep if self.keep and job.finished else None)

    def batch(self, batch_id: str) -> BatchView:
        """Return the progress of a batch, or answer 404."""
        batch = self.jobs.batch(batch_id)
        if batch is None:
            raise HTTPException(404, f"there is no batch {batch_id!r}")
        return self.progress(batch)

    def progress(self, batch: Batch) -> BatchView:
        """Return the progress of a batch."""
        return BatchView(
            id=batch.id, created=batch.created, total=batch.total, **self.jobs.counts(batch.id),
            jobs=f"/v1/jobs?batch={batch.id}", scenes=f"/v1/scenes?batch={batch.id}",
        )  # fmt: skip


_requests = APIRouter()
_batches = APIRouter(tags=["batches"])
_jobs = APIRouter(tags=["jobs"])
_scenes = APIRouter(tags=["scenes"])


def routes(caller: Any) -> APIRouter:
    """Return the routes; they read `ServiceState` from `app.state.service`.

    Args:
        caller: dependency that sets `request.state.owner` to the name of the caller, or rejects the request.
    """
    router = APIRouter(
        prefix="/v1", dependencies=[Depends(caller)], responses=PROBLEMS(400, 401, 413, 422, 429, 503)
    )
    for group in (_requests, _batches, _jobs, _scenes):
        router.include_router(group)
    return router


def _state(request: Request) -> ServiceState:
    state: ServiceState = request.app.state.service
    return state


_Service = Annotated[ServiceState, Depends(_state)]


@_requests.post("/scenes", status_code=202, tags=["scenes"], responses=PROBLEMS(409))
def create_scene(
    service: _Service, order: SceneOrder, request: Request, response: Response, idempotency_key: _Key = None
) -> JobView:
    """Queue a scene. A task that cannot be understood is rejected at once."""
    scene, understood = _request_of(order)
    job = service.jobs.submit(scene, request.state.owner, idempotency_key, understood)
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return JobView.of(job)


@_requests.post("/scenes/{scene_id}/edit", status_code=202, tags=["scenes"], responses=PROBLEMS(404, 409))
def edit_scene(
    service: _Service,
    scene_id: _Id,
    order: EditOrder,
    request: Request,
    response: Response,
    idempotency_key: _Key = None,
) -> JobView:
    """Queue an edit. The result is a new scene with the id of the job; the original is kept."""
    scene = service.scene(scene_id)
    asked = EditRequest(
        prompt=scene.task, seed=scene.request["seed"], scene=scene.id, instruction=order.instruction
    )
    job = service.jobs.submit(asked, request.state.owner, idempotency_key)
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return JobView.of(job)


@_requests.post("/tasks:understand", tags=["tasks"])
def understand_task(service: _Service, prompt: Prompt) -> Understanding:
    """Return what is understood of a prompt or a definition, without generating a scene.

    `words` has the fate of each content word; `understood` a summary for people.
    """
    return Understanding.model_validate(_understood(prompt).model_dump())


@_batches.post("/batches", status_code=202, responses=PROBLEMS(409))
def create_batch(
    service: _Service, order: BatchOrder, request: Request, response: Response, idempotency_key: _Key = None
) -> BatchView:
    """Queue several scenes, all or none."""
    requests = [_request_of(scene) for scene in order.scenes]
    batch = service.jobs.submit_batch(requests, request.state.owner, idempotency_key)
    response.headers["Location"] = f"/v1/batches/{batch.id}"
    return service.progress(batch)


@_batches.get("/batches/{batch_id}", responses=PROBLEMS(404))
def get_batch(service: _Service, batch_id: _Id) -> BatchView:
    """Return the number of scenes of a batch in each state."""
    return service.batch(batch_id)


@_batches.delete("/batches/{batch_id}", responses=PROBLEMS(404))
def cancel_batch(service: _Service, batch_id: _Id) -> BatchView:
    """Cancel the unfinished jobs of a batch."""
    service.batch(batch_id)
    service.jobs.cancel_batch(batch_id)
    return service.batch(batch_id)


@_jobs.get("/jobs")
def list_jobs(
    service: _Service,
    request: Request,
    state: State | None = None,
    batch: Annotated[str | None, Query(max_length=32), Text] = None,
    limit: _Limit = 50,
    offset: _Offset = 0,
) -> JobPage:
    """List jobs, newest first."""
    states = [state] if state else []
    found, total = service.jobs.find(states=states, batch=batch, limit=limit, offset=offset)
    return JobPage(
        jobs=[JobView.of(job) for job in found],
        total=total,
        next=_next(request, offset + len(found), total if found else 0),
    )


@_jobs.get("/jobs/{job_id}", responses=PROBLEMS(404))
def get_job(service: _Service, job_id: _Id) -> JobView:
    """Return the state of a job."""
    return JobView.of(service.job(job_id))


@_jobs.get("/jobs/{job_id}/events", response_class=StreamingResponse, responses=_STREAM | PROBLEMS(404))
async def stream_job_events(
    service: _Service,
    job_id: _Id,
    request: Request,
    last_event_id: Annotated[int, Header(ge=0, le=2**31 - 1)] = 0,
) -> StreamingResponse:
    """Stream the steps of a job as server-sent events after Last-Event-ID, until it has ended."""
    await run_in_threadpool(service.job, job_id)
    stream = _stream(service.jobs, job_id, last_event_id, request)
    return StreamingResponse(stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@_jobs.get("/jobs/{job_id}/pictures/{number}", response_class=FileResponse, responses=_FILE | PROBLEMS(404))
def get_step_picture(
    service: _Service, job_id: _Id, number: Annotated[int, InPath(ge=1, le=10**6)], request: Request
) -> Response:
    """Fetch a picture by the number in an event's `picture`, as a JPEG file."""
    file = steps_folder(service.scenes / service.job(job_id).id) / f"{number}.jpg"
    if not file.is_file():
        raise HTTPException(404, f"job {job_id!r} has no picture {number}")
    return sent_file(file, request)


@_jobs.delete("/jobs/{job_id}", responses=PROBLEMS(404, 409))
def cancel_job(service: _Service, job_id: _Id) -> JobView:
    """Cancel a queued or running job. One that has ended answers 409."""
    job = service.job(job_id)
    if job.state in ENDED:
        raise HTTPException(409, f"job {job_id!r} has {job.state}")
    return JobView.of(service.jobs.cancel(job_id) or job)


@_scenes.get("/scenes")
def list_scenes(
    service: _Service,
    request: Request,
    accepted: bool | None = None,
    room: Annotated[str | None, Query(max_length=40), Text] = None,
    q: Annotated[str | None, Query(max_length=200, description="Words of the task."), Text] = None,
    batch: Annotated[str | None, Query(max_length=32), Text] = None,
    based_on: Annotated[str | None, Query(max_length=32), Text] = None,
    limit: _Limit = 50,
    offset: _Offset = 0,
) -> ScenePage:
    """List scenes, newest first."""
    found, total = service.jobs.find(
        states=["succeeded"], accepted=accepted, room=room, words=q, batch=batch, based_on=based_on,
        limit=limit, offset=offset,
    )  # fmt: skip
    return ScenePage(
        scenes=[service.view(job) for job in found],
        total=total,
        next=_next(request, offset + len(found), total if found else 0),
    )


@_scenes.get("/scenes/{scene_id}", responses=PROBLEMS(404))
def get_scene(service: _Service, scene_id: _Id) -> SceneView:
    """Return a scene's description."""
    return service.view(service.scene(scene_id))


@_scenes.get("/scenes/{scene_id}/files", responses=PROBLEMS(404))
def list_scene_files(service: _Service, scene_id: _Id) -> list[SceneFile]:
    """List a scene's files."""
    folder = service.scenes / service.scene(scene_id).id
    return [
        SceneFile(path=path.relative_to(folder).as_posix(), bytes=path.stat().st_size)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]


@_scenes.get(
    "/scenes/{scene_id}/files/{path:path}", response_class=FileResponse, responses=_FILE | PROBLEMS(404)
)
def get_scene_file(
    service: _Service, scene_id: _Id, path: Annotated[str, InPath(max_length=1000)], request: Request
) -> Response:
    """Fetch a file of a scene, such as scene.json, scene.usda, scene.xml, scene.glb or preview.png.

    The main file of a format that is missing is written first.
    """
    folder = (service.scenes / service.scene(scene_id).id).resolve()
    for name in [item.name for item in FORMATS.values() if item.main == path]:
        service.writer.write(folder, name)
    file = _file_below(folder, path)
    if file is None:
        raise HTTPException(404, f"scene {scene_id!r} has no file {path!r}")
    return sent_file(file, request)


@_scenes.get("/scenes/{scene_id}/shapes", response_model=list[AssetShape], responses=_SAME | PROBLEMS(404))
def get_scene_shapes(service: _Service, scene_id: _Id, request: Request) -> Response:
    """Return the collision shapes and support surfaces of a scene's assets."""
    folder = service.scenes / service.scene(scene_id).id
    return sent(lambda: shapes(folder), request, f"{folder} shapes", scene_id, "application/json")


@_scenes.get("/scenes/{scene_id}/archive", response_class=StreamingResponse, responses=_ZIP | PROBLEMS(404))
def get_scene_archive(
    service: _Service,
    scene_id: _Id,
    format: Annotated[
        FormatName | None, Query(description="Only what this format needs; by default everything.")
    ] = None,
) -> StreamingResponse:
    """Fetch the scene folder as a ZIP file; a missing format is written first."""
    job = service.scene(scene_id)
    folder = service.scenes / job.id
    if format is not None:
        service.writer.write(folder, format)
    headers = {"Content-Disposition": f'attachment; filename="{job.id}.zip"'}
    return StreamingResponse(_zipped(folder, format), media_type="application/zip", headers=headers)


def _understood(prompt: Prompt) -> Task:
    return understand_definition(prompt.bddl) if prompt.bddl else understand(prompt.task or "")


def _request_of(order: SceneOrder) -> tuple[SceneRequest, Understood]:
    """Return the request of an order, and what was understood of its task.

    Raises:
        UserError: it cannot be understood.
    """
    task = _understood(order)
    if order.strict:
        check_understood(task)
    return order.request(task.prompt), task.understood


def _next(request: Request, after: int, total: int) -> str | None:
    """Return the path of the page that follows, if there is one."""
    if after >= total:
        return None
    following = request.url.include_query_params(offset=after)
    return f"{following.path}?{following.query}"


def _file_below(folder: Path, path: str) -> Path | None:
    """Return a file of a folder, or None if the path leads nowhere or out of it."""
    try:
        file = (folder / path).resolve()
        return file if file.is_relative_to(folder) and file.is_file() else None
    except (OSError, ValueError):
        return None


async def _stream(jobs: Jobs, job_id: str, after: int, request: Request) -> AsyncIterator[str]:
    quiet = 0.0
    while not await request.is_disconnected():
        steps = await run_in_threadpool(jobs.events, job_id, after)
        for step in steps:
            after, quiet = step.number, 0.0
            data = json.dumps({"kind": step.kind, "at": step.at.isoformat(), **step.data})
            yield f"id: {step.number}\nevent: {step.kind}\ndata: {data}\n\n"
            if step.kind in ENDED:
                return
        if not steps and quiet % _ALIVE_S == 0.0:
            job = await run_in_threadpool(jobs.get, job_id)
            if job is None or job.state in ENDED:
                if not await run_in_threadpool(jobs.events, job_id, after):
                    return
                continue
            yield ": still there\n\n"
        await asyncio.sleep(_POLL_S)
        quiet += _POLL_S


def _zipped(folder: Path, chosen: str | None) -> Iterator[bytes]:
    """Yield a zip file of a scene folder; of one format, without what only the others need."""
    others = {
        PurePosixPath(name).parts[0] if "/" in name else name
        for item in FORMATS.values()
        if chosen is not None and item.name != chosen
        for name in (item.main, *item.more)
    }
    others |= {"revisions"} if chosen else set()
    archive = zipstream.ZipStream(sized=True)
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder)
        if path.is_file() and inside.parts[0] not in others:
            archive.add_path(path, f"{folder.name}/{inside.as_posix()}")
    yield from archive
