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

__all__ = ["Desk", "routes"]

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
class Desk:
    """Shared state of the routes."""

    jobs: Jobs
    scenes: Path
    """Folder with a folder a scene."""
    writer: Writer
    """Writes them in further formats."""
    keep: timedelta | None = None
    """How long a scene is kept."""

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
        """Return what is told of a scene."""
        return SceneView.of(job, job.finished + self.keep if self.keep and job.finished else None)

    def batch(self, batch_id: str) -> BatchView:
        """Return how far a batch is, or answer 404."""
        batch = self.jobs.batch(batch_id)
        if batch is None:
            raise HTTPException(404, f"there is no batch {batch_id!r}")
        return self.progress(batch)

    def progress(self, batch: Batch) -> BatchView:
        """Return how far a batch is."""
        return BatchView(
            id=batch.id, created=batch.created, total=batch.total, **self.jobs.counts(batch.id),
            jobs=f"/v1/jobs?batch={batch.id}", scenes=f"/v1/scenes?batch={batch.id}",
        )  # fmt: skip


def routes(desk: Desk, caller: Any) -> APIRouter:
    """Return the routes.

    Args:
        caller: dependency that puts the caller's name into the request's state as `owner`, or refuses.
    """
    router = APIRouter(
        prefix="/v1", dependencies=[Depends(caller)], responses=PROBLEMS(400, 401, 413, 422, 429, 503)
    )
    router.include_router(_asking(desk))
    router.include_router(_batches(desk))
    router.include_router(_following(desk))
    router.include_router(_fetching(desk))
    return router


def _asking(desk: Desk) -> APIRouter:
    router = APIRouter()

    @router.post("/scenes", status_code=202, tags=["scenes"], responses=PROBLEMS(409))
    def create_scene(
        order: SceneOrder, request: Request, response: Response, idempotency_key: _Key = None
    ) -> JobView:
        """Queue a scene; what cannot be understood is refused at once."""
        scene, understood = _request_of(order)
        job = desk.jobs.submit(scene, request.state.owner, idempotency_key, understood)
        response.headers["Location"] = f"/v1/jobs/{job.id}"
        return JobView.of(job)

    @router.post("/scenes/{scene_id}/edit", status_code=202, tags=["scenes"], responses=PROBLEMS(404, 409))
    def edit_scene(
        scene_id: _Id,
        order: EditOrder,
        request: Request,
        response: Response,
        idempotency_key: _Key = None,
    ) -> JobView:
        """Queue an edit. The changed scene is a new one, with the job's id; the other stays as it is."""
        scene = desk.scene(scene_id)
        asked = EditRequest(
            prompt=scene.task, seed=scene.request["seed"], scene=scene.id, instruction=order.instruction
        )
        job = desk.jobs.submit(asked, request.state.owner, idempotency_key)
        response.headers["Location"] = f"/v1/jobs/{job.id}"
        return JobView.of(job)

    @router.post("/tasks:understand", tags=["tasks"])
    def understand_task(prompt: Prompt) -> Understanding:
        """Return what is understood of a prompt or a definition, without generating a scene.

        `words` has what became of each content word; `understood` what to tell a person of it.
        """
        return Understanding.model_validate(_understood(prompt).model_dump())

    return router


def _batches(desk: Desk) -> APIRouter:
    router = APIRouter(tags=["batches"])

    @router.post("/batches", status_code=202, responses=PROBLEMS(409))
    def create_batch(
        order: BatchOrder, request: Request, response: Response, idempotency_key: _Key = None
    ) -> BatchView:
        """Queue scenes, all or none of them."""
        requests = [_request_of(scene) for scene in order.scenes]
        batch = desk.jobs.submit_batch(requests, request.state.owner, idempotency_key)
        response.headers["Location"] = f"/v1/batches/{batch.id}"
        return desk.progress(batch)

    @router.get("/batches/{batch_id}", responses=PROBLEMS(404))
    def get_batch(batch_id: _Id) -> BatchView:
        """Return the number of scenes of a batch in each state."""
        return desk.batch(batch_id)

    @router.delete("/batches/{batch_id}", responses=PROBLEMS(404))
    def cancel_batch(batch_id: _Id) -> BatchView:
        """Cancel what of a batch has not ended."""
        desk.batch(batch_id)
        desk.jobs.cancel_batch(batch_id)
        return desk.batch(batch_id)

    return router


def _following(desk: Desk) -> APIRouter:
    router = APIRouter(tags=["jobs"])
    jobs = desk.jobs

    @router.get("/jobs")
    def list_jobs(
        request: Request,
        state: State | None = None,
        batch: Annotated[str | None, Query(max_length=32), Text] = None,
        limit: _Limit = 50,
        offset: _Offset = 0,
    ) -> JobPage:
        """List jobs, newest first."""
        states = [state] if state else []
        found, total = jobs.find(states=states, batch=batch, limit=limit, offset=offset)
        return JobPage(
            jobs=[JobView.of(job) for job in found],
            total=total,
            next=_next(request, offset + len(found), total if found else 0),
        )

    @router.get("/jobs/{job_id}", responses=PROBLEMS(404))
    def get_job(job_id: _Id) -> JobView:
        """Return the state of a job."""
        return JobView.of(desk.job(job_id))

    @router.get("/jobs/{job_id}/events", response_class=StreamingResponse, responses=_STREAM | PROBLEMS(404))
    async def stream_job_events(
        job_id: _Id, request: Request, last_event_id: Annotated[int, Header(ge=0, le=2**31 - 1)] = 0
    ) -> StreamingResponse:
        """Stream a job's steps as server-sent events, from Last-Event-ID on, until it has ended."""
        await run_in_threadpool(desk.job, job_id)
        stream = _stream(jobs, job_id, last_event_id, request)
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    @router.get(
        "/jobs/{job_id}/pictures/{number}", response_class=FileResponse, responses=_FILE | PROBLEMS(404)
    )
    def get_step_picture(
        job_id: _Id, number: Annotated[int, InPath(ge=1, le=10**6)], request: Request
    ) -> Response:
        """Fetch the picture, a JPEG, that an event's `picture` names."""
        file = steps_folder(desk.scenes / desk.job(job_id).id) / f"{number}.jpg"
        if not file.is_file():
            raise HTTPException(404, f"job {job_id!r} has no picture {number}")
        return sent_file(file, request)

    @router.delete("/jobs/{job_id}", responses=PROBLEMS(404, 409))
    def cancel_job(job_id: _Id) -> JobView:
        """Take a job out of the queue, or stop it. One that has ended stays as it is: 409."""
        job = desk.job(job_id)
        if job.state in ENDED:
            raise HTTPException(409, f"job {job_id!r} has {job.state}")
        return JobView.of(jobs.cancel(job_id) or job)

    return router


def _fetching(desk: Desk) -> APIRouter:
    router = APIRouter(tags=["scenes"])

    @router.get("/scenes")
    def list_scenes(
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
        found, total = desk.jobs.find(
            states=["succeeded"], accepted=accepted, room=room, words=q, batch=batch, based_on=based_on,
            limit=limit, offset=offset,
        )  # fmt: skip
        return ScenePage(
            scenes=[desk.view(job) for job in found],
            total=total,
            next=_next(request, offset + len(found), total if found else 0),
        )

    @router.get("/scenes/{scene_id}", responses=PROBLEMS(404))
    def get_scene(scene_id: _Id) -> SceneView:
        """Return a scene's description."""
        return desk.view(desk.scene(scene_id))

    @router.get("/scenes/{scene_id}/files", responses=PROBLEMS(404))
    def list_scene_files(scene_id: _Id) -> list[SceneFile]:
        """List a scene's files."""
        folder = desk.scenes / desk.scene(scene_id).id
        return [
            SceneFile(path=path.relative_to(folder).as_posix(), bytes=path.stat().st_size)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]

    @router.get(
        "/scenes/{scene_id}/files/{path:path}", response_class=FileResponse, responses=_FILE | PROBLEMS(404)
    )
    def get_scene_file(
        scene_id: _Id, path: Annotated[str, InPath(max_length=1000)], request: Request
    ) -> Response:
        """Fetch a file of a scene, such as scene.json, scene.usda, scene.xml, scene.glb or preview.png.

        The main file of a format that the scene was not written in is written first.
        """
        folder = (desk.scenes / desk.scene(scene_id).id).resolve()
        for name in [item.name for item in FORMATS.values() if item.main == path]:
            desk.writer.write(folder, name)
        file = _file_below(folder, path)
        if file is None:
            raise HTTPException(404, f"scene {scene_id!r} has no file {path!r}")
        return sent_file(file, request)

    @router.get("/scenes/{scene_id}/shapes", response_model=list[AssetShape], responses=_SAME | PROBLEMS(404))
    def get_scene_shapes(scene_id: _Id, request: Request) -> Response:
        """Return the collision shapes and support surfaces of a scene's assets."""
        folder = desk.scenes / desk.scene(scene_id).id
        return sent(lambda: shapes(folder), request, f"{folder} shapes", scene_id, "application/json")

    @router.get(
        "/scenes/{scene_id}/archive", response_class=StreamingResponse, responses=_ZIP | PROBLEMS(404)
    )
    def get_scene_archive(
        scene_id: _Id,
        format: Annotated[
            FormatName | None, Query(description="Only what this format needs; by default everything.")
        ] = None,
    ) -> StreamingResponse:
        """Fetch the scene folder as a zip file; a format that it was not written in is written first."""
        job = desk.scene(scene_id)
        folder = desk.scenes / job.id
        if format is not None:
            desk.writer.write(folder, format)
        headers = {"Content-Disposition": f'attachment; filename="{job.id}.zip"'}
        return StreamingResponse(_zipped(folder, format), media_type="application/zip", headers=headers)

    return router


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
