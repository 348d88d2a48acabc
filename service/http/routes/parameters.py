"""Parameters that route handlers share: ids, pages, jobs and scenes that exist."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Query, Request
from fastapi import Path as InPath
from starlette.exceptions import HTTPException

from sage.service.http.state import Service
from sage.service.http.tables import Job
from sage.service.http.views import Text

__all__ = [
    "BatchFilter",
    "ExistingJob",
    "ExistingScene",
    "Id",
    "IdempotencyKey",
    "Page",
    "PageQuery",
]

Id = Annotated[str, InPath(max_length=32), Text]
IdempotencyKey = Annotated[str | None, Header(max_length=200, alias="Idempotency-Key"), Text]
BatchFilter = Annotated[str | None, Query(max_length=32), Text]
_Limit = Annotated[int, Query(ge=1, le=200)]
_Offset = Annotated[int, Query(ge=0, le=10**9)]


def _existing_job(job_id: Id, service: Service) -> Job:
    job = service.jobs.get(job_id)
    if job is None:
        raise HTTPException(404, f"there is no job {job_id!r}")
    return job


def _existing_scene(scene_id: Id, service: Service) -> Job:
    job = service.jobs.get(scene_id)
    if job is None or job.state != "succeeded":
        raise HTTPException(404, f"there is no scene {scene_id!r}")
    return job


ExistingJob = Annotated[Job, Depends(_existing_job)]
"""The job of the path; 404 if there is none."""
ExistingScene = Annotated[Job, Depends(_existing_scene)]
"""The job that generated the scene of the path; 404 if there is none."""


@dataclass(frozen=True)
class PageQuery:
    """Part of a list that a request asks for."""

    request: Request
    limit: int
    offset: int

    def following(self, count: int, total: int) -> str | None:
        """Return the path of the next page, given the items on this one and in all; None for the last."""
        after = self.offset + count
        if not count or after >= total:
            return None
        url = self.request.url.include_query_params(offset=after)
        return f"{url.path}?{url.query}"


def _page_query(request: Request, limit: _Limit = 50, offset: _Offset = 0) -> PageQuery:
    return PageQuery(request, limit, offset)


Page = Annotated[PageQuery, Depends(_page_query)]
