"""Route handlers, one module per kind of resource."""

from __future__ import annotations

from fastapi import APIRouter, Depends

from sage.service.http.auth import authenticate
from sage.service.http.problems import problem_responses
from sage.service.http.routes import batches, files, jobs, scenes, tasks

__all__ = ["router"]

router = APIRouter(
    prefix="/v1",
    dependencies=[Depends(authenticate)],
    responses=problem_responses(400, 401, 413, 422, 429, 503),
)
for module in (scenes, tasks, batches, jobs, files):
    router.include_router(module.router)
