"""Routes of batches: scenes that are queued together."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Response
from starlette.exceptions import HTTPException

from sage.service.http.auth import Owner
from sage.service.http.problems import problem_responses
from sage.service.http.routes.parameters import Id, IdempotencyKey
from sage.service.http.routes.tasks import request_of
from sage.service.http.state import Service, ServiceState
from sage.service.http.tables import Batch
from sage.service.http.views import BatchOrder, BatchView

__all__ = ["router"]

router = APIRouter(tags=["batches"])


@router.post("/batches", status_code=202, responses=problem_responses(409))
def create_batch(
    order: BatchOrder,
    owner: Owner,
    service: Service,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> BatchView:
    """Queue scenes, all or none of them."""
    requests = [request_of(scene) for scene in order.scenes]
    batch = service.jobs.submit_batch(requests, owner, idempotency_key)
    response.headers["Location"] = f"/v1/batches/{batch.id}"
    return _view(batch, service)


def _existing_batch(batch_id: Id, service: Service) -> Batch:
    batch = service.jobs.batch(batch_id)
    if batch is None:
        raise HTTPException(404, f"there is no batch {batch_id!r}")
    return batch


_ExistingBatch = Annotated[Batch, Depends(_existing_batch)]


@router.get("/batches/{batch_id}", responses=problem_responses(404))
def get_batch(batch: _ExistingBatch, service: Service) -> BatchView:
    """Return the number of scenes of a batch in each state."""
    return _view(batch, service)


@router.delete("/batches/{batch_id}", responses=problem_responses(404))
def cancel_batch(batch: _ExistingBatch, service: Service) -> BatchView:
    """Cancel all jobs of a batch that have not ended."""
    service.jobs.cancel_batch(batch.id)
    return _view(batch, service)


def _view(batch: Batch, service: ServiceState) -> BatchView:
    return BatchView(
        id=batch.id, created=batch.created, total=batch.total, **service.jobs.counts(batch.id),
        jobs=f"/v1/jobs?batch={batch.id}", scenes=f"/v1/scenes?batch={batch.id}",
    )  # fmt: skip
