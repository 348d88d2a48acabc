"""Database tables, in SQLite or PostgreSQL, and their migration."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import (
    JSON,
    Connection,
    DateTime,
    Engine,
    ForeignKey,
    Index,
    String,
    Text,
    create_engine,
    event,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, OperationalError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from sage.errors import UserError

__all__ = ["WRITES", "Base", "Batch", "Event", "Job", "Key", "now", "open_database"]

WRITES = {"sage_writes": True}
"""Execution options of a transaction that writes."""

_POOL: dict[str, Any] = {"pool_size": 20, "max_overflow": 40, "pool_timeout": 10}
"""Database connections: more than threads that answer requests."""


class _Utc(TypeDecorator[datetime]):
    """Time in UTC; SQLite drops the time zone, which is restored on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        return value.replace(tzinfo=UTC) if value is not None and value.tzinfo is None else value


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map = {dict[str, Any]: JSON, datetime: _Utc}


class Job(Base):
    """A request for a scene and its outcome; a succeeded job also describes its scene."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    state: Mapped[str] = mapped_column(String(16))
    """queued, running, succeeded, failed or cancelled."""
    request: Mapped[dict[str, Any]]
    task: Mapped[str] = mapped_column(Text, default="")
    """Prompt of the scene, for search."""
    based_on: Mapped[str | None] = mapped_column(String(32))
    """Id of the edited scene; None if the job generates a new one."""
    batch: Mapped[str | None] = mapped_column(String(32))
    owner: Mapped[str] = mapped_column(String(64), default="")
    """Name of the caller's API key."""
    idempotency_key: Mapped[str | None] = mapped_column(String(200))
    understood: Mapped[dict[str, Any] | None]
    """How much of the prompt was understood: a `sage.task.Understood`; None for edits."""
    created: Mapped[datetime]
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    lease: Mapped[datetime | None]
    """End of the worker's lease; a running job with an expired lease is queued again."""
    worker: Mapped[str] = mapped_column(String(100), default="")
    tries: Mapped[int] = mapped_column(default=0)
    cancelling: Mapped[bool] = mapped_column(default=False)
    stage: Mapped[str] = mapped_column(String(100), default="")
    accepted: Mapped[bool | None]
    room: Mapped[str | None] = mapped_column(String(40))
    objects: Mapped[int | None]
    bytes: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(100), default="")
    reason: Mapped[str] = mapped_column(Text, default="")
    traceback: Mapped[str] = mapped_column(Text, default="")
    cpu_seconds: Mapped[float | None]

    __table_args__ = (
        Index("jobs_by_state", "state", "created"),
        Index("jobs_by_idempotency_key", "owner", "idempotency_key", unique=True),
        Index("jobs_by_batch", "batch"),
    )


class Batch(Base):
    """Scenes that were requested together."""

    __tablename__ = "batches"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    owner: Mapped[str] = mapped_column(String(64), default="")
    idempotency_key: Mapped[str | None] = mapped_column(String(200))
    requests: Mapped[str] = mapped_column(String(64))
    """SHA-256 of the requests."""
    total: Mapped[int]
    created: Mapped[datetime]

    __table_args__ = (Index("batches_by_idempotency_key", "owner", "idempotency_key", unique=True),)


class Event(Base):
    """Event of a job, numbered from 1."""

    __tablename__ = "events"

    job: Mapped[str] = mapped_column(ForeignKey("jobs.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    data: Mapped[dict[str, Any]]


class Key(Base):
    """API key; only its hash is stored."""

    __tablename__ = "keys"

    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    created: Mapped[datetime]


def now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def open_database(url: str) -> Engine:
    """Connect to a database and migrate its tables.

    Raises:
        UserError: the URL is invalid, or the database cannot be reached.
    """
    try:
        engine = create_engine(make_url(url), pool_pre_ping=True, **_POOL)
        if engine.dialect.name == "sqlite":
            event.listen(engine, "connect", _prepare_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    except (ArgumentError, ImportError, OperationalError) as error:
        first = str(error).splitlines()[0]
        raise UserError(f"the database {_shown(url)!r} cannot be used: {first}") from error
    return engine


def _shown(url: str) -> str:
    try:
        return make_url(url).render_as_string(hide_password=True)
    except ArgumentError:
        return url.split("@")[-1]


def _prepare_sqlite(connection: Any, _: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Lock at the begin of a writing transaction: SQLite cannot upgrade a read lock while others write."""
    writes = connection.get_execution_options().keys() >= WRITES.keys()
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
