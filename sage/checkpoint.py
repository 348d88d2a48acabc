"""Checkpoints of the agent loop in an SQLite database.

Steps are stored as JSON only, so that reading a checkpoint executes nothing. The state model of the
loop restores the types.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.sqlite import SqliteSaver
from pydantic import BaseModel

from sage.errors import CheckpointError

__all__ = ["Checkpointer", "checkpoints"]

Checkpointer = BaseCheckpointSaver[str]
"""Storage of the steps of a run."""

_KIND = "json"


@contextmanager
def checkpoints(path: Path) -> Iterator[Checkpointer]:
    """Yield a checkpointer that stores the steps of a run in a database, which is created if missing.

    Committed steps survive a killed process.

    Raises:
        CheckpointError: the file is no checkpoint database, or cannot be read or written.
    """
    try:
        with closing(sqlite3.connect(path, check_same_thread=False)) as connection:
            connection.execute("PRAGMA synchronous=NORMAL")
            yield SqliteSaver(connection, serde=_Json())
    except sqlite3.Error as error:
        raise CheckpointError(f"the checkpoint {str(path)!r} cannot be read or written: {error}") from error


class _Json:
    """Serializer that writes models as JSON objects and reads plain values."""

    def dumps_typed(self, obj: Any) -> tuple[str, bytes]:
        return _KIND, json.dumps(obj, default=_plain).encode()

    def loads_typed(self, data: tuple[str, bytes]) -> Any:
        kind, content = data
        if kind != _KIND:
            raise CheckpointError(f"the checkpoint contains {kind!r} data; only {_KIND} is read")
        try:
            return json.loads(content)
        except ValueError as error:
            raise CheckpointError(f"the checkpoint contains invalid JSON: {error}") from error


def _plain(value: object) -> Any:
    """Return a model as a plain object; infinities stay."""
    if isinstance(value, BaseModel):
        return value.model_dump()
    if isinstance(value, BaseException):
        return repr(value)
    raise TypeError(f"{type(value).__name__} cannot be stored in a checkpoint")
