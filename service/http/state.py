"""State of the running service, which route handlers share."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from sage.service.http.jobs import Jobs
from sage.service.http.workers import Workers
from sage.service.http.writing import Writer

__all__ = ["Service", "ServiceState"]


@dataclass(frozen=True)
class ServiceState:
    """Everything that the service owns while it runs; in `app.state.service`."""

    jobs: Jobs
    workers: Workers
    scenes: Path
    """Folder of the scene folders, each named by its job."""
    writer: Writer
    """Writes scenes in further formats."""
    keep: timedelta | None = None
    """How long a scene is kept; None keeps it."""
    cluster: ExitStack = field(default_factory=ExitStack)
    """Closes the connection to a Ray cluster."""


def _service_state(request: Request) -> ServiceState:
    state: ServiceState = request.app.state.service
    return state


Service = Annotated[ServiceState, Depends(_service_state)]
