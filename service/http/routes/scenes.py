"""Routes of scenes: queue, edit, list, describe."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from sage.service.http.auth import Owner
from sage.service.http.jobs import JobFilter
from sage.service.http.making import EditRequest
from sage.service.http.problems import problem_responses
from sage.service.http.routes.parameters import BatchFilter, ExistingScene, IdempotencyKey, Page
from sage.service.http.routes.tasks import request_of
from sage.service.http.state import Service, ServiceState
from sage.service.http.tables import Job
from sage.service.http.views import EditOrder, JobView, SceneOrder, ScenePage, SceneView, Text

__all__ = ["router"]

router = APIRouter(tags=["scenes"])


@router.post("/scenes", status_code=202, responses=problem_responses(409))
def create_scene(
    order: SceneOrder,
    owner: Owner,
    service: Service,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> JobView:
    """Queue a scene. A prompt that cannot be understood is rejected at once."""
    request, understood = request_of(order)
    job = service.jobs.submit(request, owner, idempotency_key, understood)
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return JobView.of(job)


@router.post("/scenes/{scene_id}/edit", status_code=202, responses=problem_responses(404, 409))
def edit_scene(
    order: EditOrder,
    scene: ExistingScene,
    owner: Owner,
    service: Service,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> JobView:
    """Queue an edit. The result is a new scene with the id of the job; the edited scene stays as it is."""
    request = EditRequest(
        prompt=scene.task, seed=scene.request["seed"], scene=scene.id, instruction=order.instruction
    )
    job = service.jobs.submit(request, owner, idempotency_key)
    response.headers["Location"] = f"/v1/jobs/{job.id}"
    return JobView.of(job)


def _scene_filter(
    accepted: bool | None = None,
    room: Annotated[str | None, Query(max_length=40), Text] = None,
    q: Annotated[str | None, Query(max_length=200, description="Words of the task."), Text] = None,
    batch: BatchFilter = None,
    based_on: Annotated[str | None, Query(max_length=32), Text] = None,
) -> JobFilter:
    return JobFilter(
        states=("succeeded",), accepted=accepted, room=room, words=q, batch=batch, based_on=based_on
    )


@router.get("/scenes")
def list_scenes(
    chosen: Annotated[JobFilter, Depends(_scene_filter)], page: Page, service: Service
) -> ScenePage:
    """List scenes, newest first."""
    found, total = service.jobs.find(chosen, page.limit, page.offset)
    views = [_view(job, service) for job in found]
    return ScenePage(scenes=views, total=total, next=page.following(len(found), total))


@router.get("/scenes/{scene_id}", responses=problem_responses(404))
def get_scene(scene: ExistingScene, service: Service) -> SceneView:
    """Return a scene's description."""
    return _view(scene, service)


def _view(scene: Job, service: ServiceState) -> SceneView:
    expires = scene.finished + service.keep if service.keep and scene.finished else None
    return SceneView.of(scene, expires)
