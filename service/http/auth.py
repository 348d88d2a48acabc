"""API keys and rate limits."""

from __future__ import annotations

import hashlib
import math
import secrets
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from starlette.exceptions import HTTPException

from sage.service.http.rate import Rate
from sage.service.http.tables import WRITES, Key, now

__all__ = ["Access", "Owner", "add_key", "authenticate"]


@dataclass(frozen=True)
class Access:
    """Conditions of access to the routes under /v1; in `app.state.access`."""

    engine: Engine
    """Database with the API keys."""
    needs_key: bool
    """Whether requests need an API key."""
    rate: Rate
    """Rate limit of each key, or of each address where no key is needed."""


def authenticate(request: Request, authorization: Annotated[str | None, Header()] = None) -> str:
    """Return the name of the caller's API key, and keep it as `request.state.owner`; empty without keys.

    Raises:
        HTTPException: 401 without a valid key, 429 above the rate limit.
    """
    access: Access = request.app.state.access
    request.state.owner = ""
    caller = request.client.host if request.client else ""
    if access.needs_key:
        request.state.owner = caller = _key_name(access.engine, authorization or "")
    wait_s = access.rate.wait(caller)
    if wait_s:
        limit = f"{access.rate.a_minute:g} requests a minute are allowed; ask again in {wait_s:.0f} s"
        raise HTTPException(429, limit, {"Retry-After": str(math.ceil(wait_s))})
    owner: str = request.state.owner
    return owner


Owner = Annotated[str, Depends(authenticate)]
"""Name of the caller's API key; empty where no key is needed."""


def add_key(engine: Engine, name: str) -> str:
    """Create an API key, store its hash, and return it; it cannot be read again."""
    key = f"sage-{secrets.token_urlsafe(24)}"
    with Session(engine.execution_options(**WRITES)) as session, session.begin():
        session.merge(Key(name=name, sha256=_hash(key), created=now()))
    return key


def _key_name(engine: Engine, authorization: str) -> str:
    scheme, _, key = authorization.partition(" ")
    with Session(engine) as session:
        name = session.scalar(select(Key.name).where(Key.sha256 == _hash(key)))
    if scheme.lower() != "bearer" or name is None:
        raise HTTPException(401, "send a key: Authorization: Bearer KEY", {"WWW-Authenticate": "Bearer"})
    return name


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "surrogateescape")).hexdigest()
