"""The routes under /v1: scenes are asked for, jobs are followed, scenes are fetched."""

from __future__ import annotations

import asyncio
import json
import pathlib
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from typing import Annotated, Any, Literal

import zipstream
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response
from fastapi.responses import FileResponse, StreamingResponse
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from sage.task import Task
from sage.tools import Density, Disorder
from service.http.jobs import ENDED, Jobs
from service.http.making import NewScene, steps_folder
from service.http.problems import PROBLEMS
from service.http.tables import Job
from service.wiring import understand

__all__ = ["routes"]

_POLL_S = 0.5
_ALIVE_S = 15.0
State = Literal["queued", "running", "succeeded", "failed", "cancelled"]


class SceneOrder(BaseModel):
    """A scene that is asked for."""

    model_config = {"extra": "forbid"}

    task: str = Field(
        min_length=1,
        max_length=4000,
        description="A task or a description of a room, in English.",
        examples=["pick up a bowl and place it on the table"],
    )
    seed: int = Field(default=0, ge=0, le=2**63 - 1, description="The same task and seed: the same scene.")
    room: str | None = Field(default=None, max_length=40, description="Type of room, instead of the task's.")
    density: Density = "normal"
    disorder: Disorder = "lived_in"
    max_rounds: int = Field(default=8, ge=1, le=20)
    formats: tuple[Literal["usd", "mjcf", "urdf", "glb", "sdf", "sceneeval"], ...] = (
        "usd", "mjcf", "urdf", "glb",
    )  # fmt: skip

    def request(self) -> NewScene:
        """Return what the maker takes."""
        return NewScene(prompt=self.task, **self.model_dump(exclude={"task"}))


class JobView(BaseModel):
    """A job: a scene that is asked for, and what becomes of it."""

    id: str
    state: State
    task: str
    seed: int
    created: datetime
    started: datetime | None
    finished: datetime | None
    tries: int
    stage: str = Field(description="Where its making is.")
    accepted: bool | None = Field(description="Whether every critic passed; null until the scene is made.")
    reason: str = Field(description="Why it failed.")
    kind: str = Field(description="Of failure: an exception's name, time, memory or crash.")
    scene: str | None = Field(description="Path of the scene, once there is one.")

    @classmethod
    def of(cls, job: Job) -> JobView:
        """Return what is told of a job."""
        return cls(
            id=job.id, state=job.state, task=job.request["prompt"], seed=job.request["seed"],
            created=job.created, started=job.started, finished=job.finished, tries=job.tries, stage=job.stage,
            accepted=job.accepted, reason=job.reason, kind=job.kind,
            scene=f"/v1/scenes/{job.id}" if job.state == "succeeded" else None,
        )  # fmt: skip


class SceneView(BaseModel):
    """A scene that was made."""

    id: str
    task: str
    seed: int
    room: str | None
    objects: int | None
    accepted: bool | None
    bytes: int | None
    created: datetime
    cpu_seconds: float | None
    files: str

    @classmethod
    def of(cls, job: Job) -> SceneView:
        """Return what is told of a finished job's scene."""
        return cls(
            id=job.id, task=job.request["prompt"], seed=job.request["seed"], room=job.room,
            objects=job.objects, accepted=job.accepted, bytes=job.bytes, created=job.finished or job.created,
            cpu_seconds=job.cpu_seconds, files=f"/v1/scenes/{job.id}/files",
        )  # fmt: skip


class SceneFile(BaseModel):
    """A file of a scene."""

    path: str
    bytes: int


class ScenePage(BaseModel):
    """Some of the scenes, newest first."""

    scenes: list[SceneView]
    total: int
    next: str | None


class Prompt(BaseModel):
    """Words to be understood."""

    task: str = Field(min_length=1, max_length=4000, examples=["put the red mug in the microwave"])


def routes(jobs: Jobs, scenes: pathlib.Path, caller: Any) -> APIRouter:
    """Return the routes.

    Args:
        scenes: folder with a folder a scene.
        caller: dependency that puts the caller's name into the request's state as `owner`, or refuses.
    """
    router = APIRouter(prefix="/v1", dependencies=[Depends(caller)], responses=PROBLEMS(401, 422, 429, 503))

    def job_of(job_id: str) -> Job:
        job = jobs.get(job_id)
        if job is None:
            raise HTTPException(404, f"there is no job {job_id!r}")
        return job

    def scene_of(scene_id: str) -> Job:
        job = jobs.get(scene_id)
        if job is None or job.state != "succeeded":
            raise HTTPException(404, f"there is no scene {scene_id!r}")
        return job

    @router.post("/scenes", status_code=202, tags=["scenes"])
    def ask_for_a_scene(
        order: SceneOrder,
        request: Request,
        response: Response,
        idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
    ) -> JobView:
        """Queue a scene; what cannot be understood is refused at once."""
        understand(order.task)
        job = jobs.submit(order.request(), request.state.owner, idempotency_key)
        response.headers["Location"] = f"/v1/jobs/{job.id}"
        return JobView.of(job)

    @router.get("/jobs/{job_id}", tags=["jobs"], responses=PROBLEMS(404))
    def follow_a_job(job_id: str) -> JobView:
        """Tell a job's state."""
        return JobView.of(job_of(job_id))

    @router.get("/jobs/{job_id}/events", tags=["jobs"], responses=PROBLEMS(404))
    async def follow_the_events_of_a_job(
        job_id: str, request: Request, last_event_id: Annotated[int, Header(ge=0)] = 0
    ) -> StreamingResponse:
        """Stream a job's steps as server-sent events, from Last-Event-ID on, until it has ended."""
        await run_in_threadpool(job_of, job_id)
        stream = _stream(jobs, job_id, last_event_id, request)
        return StreamingResponse(
            stream, media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    @router.get("/jobs/{job_id}/pictures/{number}", tags=["jobs"], responses=PROBLEMS(404))
    def look_at_a_step(job_id: str, number: Annotated[int, Path(ge=1, le=10**6)]) -> FileResponse:
        """Fetch the picture that an event's `picture` names."""
        file = steps_folder(scenes / job_of(job_id).id) / f"{number}.jpg"
        if not file.is_file():
            raise HTTPException(404, f"job {job_id!r} has no picture {number}")
        return FileResponse(file)

    @router.delete("/jobs/{job_id}", tags=["jobs"], responses=PROBLEMS(404, 409))
    def cancel_a_job(job_id: str) -> JobView:
        """Take a job out of the queue, or stop it. One that has ended stays as it is: 409."""
        job = job_of(job_id)
        if job.state in ENDED:
            raise HTTPException(409, f"job {job_id!r} has {job.state}")
        return JobView.of(jobs.cancel(job_id) or job)

    @router.get("/scenes", tags=["scenes"])
    def list_scenes(
        request: Request,
        accepted: bool | None = None,
        room: Annotated[str | None, Query(max_length=40)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
        offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    ) -> ScenePage:
        """List scenes, newest first."""
        found, total = jobs.find(
            states=["succeeded"], accepted=accepted, room=room, limit=limit, offset=offset
        )
        after = offset + len(found)
        following = request.url.include_query_params(offset=after) if after < total else None
        return ScenePage(
            scenes=[SceneView.of(job) for job in found],
            total=total,
            next=f"{following.path}?{following.query}" if following else None,
        )

    @router.get("/scenes/{scene_id}", tags=["scenes"], responses=PROBLEMS(404))
    def describe_a_scene(scene_id: str) -> SceneView:
        """Tell of a scene."""
        return SceneView.of(scene_of(scene_id))

    @router.get("/scenes/{scene_id}/files", tags=["scenes"], responses=PROBLEMS(404))
    def list_the_files_of_a_scene(scene_id: str) -> list[SceneFile]:
        """List a scene's files."""
        folder = scenes / scene_of(scene_id).id
        return [
            SceneFile(path=path.relative_to(folder).as_posix(), bytes=path.stat().st_size)
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]

    @router.get("/scenes/{scene_id}/files/{path:path}", tags=["scenes"], responses=PROBLEMS(404))
    def fetch_a_file(scene_id: str, path: str) -> FileResponse:
        """Fetch a file of a scene, such as scene.json, scene.usda, scene.xml, scene.glb or preview.png."""
        folder = (scenes / scene_of(scene_id).id).resolve()
        file = (folder / path).resolve() if "\0" not in path else folder
        if not file.is_relative_to(folder) or not file.is_file():
            raise HTTPException(404, f"scene {scene_id!r} has no file {path!r}")
        return FileResponse(file)

    @router.get("/scenes/{scene_id}/archive", tags=["scenes"], responses=PROBLEMS(404))
    def fetch_everything(scene_id: str) -> StreamingResponse:
        """Fetch the scene folder as a zip file."""
        job = scene_of(scene_id)
        headers = {"Content-Disposition": f'attachment; filename="{job.id}.zip"'}
        return StreamingResponse(_zipped(scenes / job.id), media_type="application/zip", headers=headers)

    @router.post("/tasks:understand", tags=["tasks"])
    def understand_a_task(prompt: Prompt) -> Task:
        """Tell what a prompt is taken to ask for, without making anything."""
        return understand(prompt.task)

    return router


async def _stream(jobs: Jobs, job_id: str, after: int, request: Request) -> AsyncIterator[str]:
    quiet = 0.0
    while not await request.is_disconnected():
        for step in await run_in_threadpool(jobs.events, job_id, after):
            after, quiet = step.number, 0.0
            data = json.dumps({"kind": step.kind, "at": step.at.isoformat(), **step.data})
            yield f"id: {step.number}\nevent: {step.kind}\ndata: {data}\n\n"
            if step.kind in ENDED:
                return
        job = await run_in_threadpool(jobs.get, job_id)
        if job is None or job.state in ENDED:
            if not await run_in_threadpool(jobs.events, job_id, after):
                return
            continue
        await asyncio.sleep(_POLL_S)
        quiet += _POLL_S
        if quiet >= _ALIVE_S:
            quiet = 0.0
            yield ": still there\n\n"


def _zipped(folder: pathlib.Path) -> Iterator[bytes]:
    archive = zipstream.ZipStream.from_path(folder, arcname=folder.name, sized=True)
    yield from archive
