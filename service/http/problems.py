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

__all__ = ["PROBLEMS", "Problem", "problem", "tell_problems"]

_log = logging.getLogger("sage.http")
_RETRY_S = 30


class Problem(BaseModel):
    """Body of every error response (RFC 9457)."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str


def PROBLEMS(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the error answers of an operation, for the OpenAPI document."""
    content = {"application/problem+json": {"schema": Problem.model_json_schema()}}
    return {status: {"description": _TITLES[status], "content": content} for status in statuses}


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


def problem(status: int, detail: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """Return an answer that tells a problem."""
    told = Problem(title=_TITLES.get(status, "Error"), status=status, detail=detail)
    return JSONResponse(
        told.model_dump(), status_code=status, media_type="application/problem+json", headers=headers
    )


def tell_problems(app: FastAPI) -> None:
    """Make an app answer every error with problem details."""

    @app.exception_handler(UserError)
    def cannot(_: Request, error: UserError) -> JSONResponse:
        return problem(422, str(error))

    @app.exception_handler(RequestValidationError)
    def invalid(_: Request, error: RequestValidationError) -> JSONResponse:
        told = (f"{'.'.join(map(str, item['loc']))}: {item['msg']}" for item in error.errors())
        return problem(422, "; ".join(told))

    @app.exception_handler(QueueFull)
    def full(_: Request, error: QueueFull) -> JSONResponse:
        return problem(429, f"{error}; try again later", {"Retry-After": str(_RETRY_S)})

    @app.exception_handler(NotWritten)
    def unwritten(_: Request, error: NotWritten) -> JSONResponse:
        return problem(503, f"{error}; try again later", {"Retry-After": str(_RETRY_S)})

    @app.exception_handler(KeyTaken)
    def taken(_: Request, error: KeyTaken) -> JSONResponse:
        return problem(409, f"{error}; send another key")

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        return problem(error.status_code, str(error.detail), dict(error.headers or {}))

    @app.exception_handler(PoolTimeout)
    @app.exception_handler(DBAPIError)
    def away(_: Request, error: Exception) -> JSONResponse:
        _log.error("the database does not answer: %s", error)
        return problem(503, "the database does not answer; try again later", {"Retry-After": "5"})

    @app.exception_handler(Exception)
    def broken(_: Request, error: Exception) -> JSONResponse:
        _log.exception("a request broke")
        return problem(500, "internal server error; see the service log")
