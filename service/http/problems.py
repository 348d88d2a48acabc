"""Errors as problem details (RFC 9457): what is wrong, and the way out."""

from __future__ import annotations

import logging
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from sage.errors import UserError
from sage.service.http.jobs import KeyTaken, QueueFull
from sage.service.http.writing import NotWritten

__all__ = ["Problem", "Responses", "add_problem_handlers", "problem", "problem_responses"]

Responses = dict[int | str, dict[str, Any]]
"""Responses of an operation by status, for the OpenAPI document."""

_log = logging.getLogger("sage.http")
_RETRY_S = 30


class Problem(BaseModel):
    """Body of every error response (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


_TITLES = {
    400: "Bad request",
    401: "Unauthorized",
    404: "Not found",
    405: "Method not allowed",
    409: "Conflict",
    411: "Length required",
    413: "Request too large",
    422: "Cannot be taken as it stands",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available",
}


def problem_responses(*statuses: int) -> Responses:
    """Return the error responses of an operation, for the OpenAPI document."""
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {status: {"description": _TITLES[status], "content": content} for status in statuses}


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return a response with problem details."""
    body = Problem(title=_TITLES.get(status, "Error"), status=status, detail=detail)
    return JSONResponse(
        body.model_dump(), status_code=status, media_type="application/problem+json", headers=headers
    )


def add_problem_handlers(app: FastAPI) -> None:
    """Make an application answer every error with problem details."""
    for kind, handler in _HANDLERS.items():
        app.add_exception_handler(kind, handler)


def _user_error(_: Request, error: Exception) -> JSONResponse:
    return problem(422, str(error))


def _invalid_request(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = (f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
    return problem(422, "; ".join(faults))


def _queue_full(_: Request, error: Exception) -> JSONResponse:
    return problem(429, f"{error}; try again later", {"Retry-After": str(_RETRY_S)})


def _not_written(_: Request, error: Exception) -> JSONResponse:
    return problem(503, f"{error}; try again later", {"Retry-After": str(_RETRY_S)})


def _key_taken(_: Request, error: Exception) -> JSONResponse:
    return problem(409, f"{error}; send another key")


def _http_error(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return problem(error.status_code, str(error.detail), dict(error.headers or {}))


def _database_away(_: Request, error: Exception) -> JSONResponse:
    _log.error("the database does not answer: %s", error)
    return problem(503, "the database does not answer; try again later", {"Retry-After": "5"})


def _internal_error(_: Request, error: Exception) -> JSONResponse:
    _log.exception("a request failed", exc_info=error)
    return problem(500, "internal server error; see the service log")


_HANDLERS = {
    UserError: _user_error,
    RequestValidationError: _invalid_request,
    QueueFull: _queue_full,
    NotWritten: _not_written,
    KeyTaken: _key_taken,
    HTTPException: _http_error,
    PoolTimeout: _database_away,
    DBAPIError: _database_away,
    Exception: _internal_error,
}
