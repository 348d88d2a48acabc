"""Job queue in a database."""

from __future__ import annotations

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Select, delete, func, select, text, update
from sqlalchemy.orm import Session

from sage.errors import SageError
from sage.service.http.making import EditRequest, JobRequest, read_request
from sage.service.http.tables import WRITES, Batch, Event, Job, now
from sage.service.http.views import ENDED
from sage.service.request import SceneRequest
from sage.service.runner import Outcome
from sage.task import Understood

__all__ = ["LEASE", "TRIES", "JobFilter", "Jobs", "KeyTaken", "QueueFull"]

LEASE = timedelta(seconds=30)
"""Time without a sign of life from a worker after which its job is queued again."""
TRIES = 3
"""Number of times that a job is started before it fails."""

_QUEUE_LOCK = 5_347_201
"""Key of the PostgreSQL advisory lock for adding jobs."""


class QueueFull(SageError):
    """The queue is full; try again later."""


class KeyTaken(SageError):
    """The idempotency key was used for another request."""


@dataclass(frozen=True)
class JobFilter:
    """Conditions on jobs; None and empty values mean any."""

    states: tuple[str, ...] = ()
    accepted: bool | None = None
    room: str | None = None
    words: str | None = None
    """Words that the task must contain, each on its own, in upper or lower case."""
    batch: str | None = None
    """Id of a batch."""
    based_on: str | None = None
    """Id of the scene that the job edits."""

    def query(self) -> Select[Any]:
        """Return the query for the jobs."""
        query: Select[Any] = select(Job)
        if self.states:
            query = query.where(Job.state.in_(self.states))
        for column in (Job.accepted, Job.room, Job.batch, Job.based_on):
            value = getattr(self, column.key)
            if value is not None:
                query = query.where(column == value)
        for word in (self.words or "").split():
            query = query.where(Job.task.icontains(word, autoescape=True))
        return query


@dataclass(frozen=True)
class Jobs:
    """The jobs in a database. Every method is one transaction: threads and servers may share the database."""

    engine: Engine
    most_waiting: int = 100
    """Largest number of waiting jobs."""

    def submit(
        self,
        request: JobRequest,
        owner: str = "",
        idempotency_key: str | None = None,
        understood: Understood | None = None,
    ) -> Job:
        """Queue a request.

        Args:
            request: request of the job.
            owner: name of the caller's API key.
            idempotency_key: key of the request; a request with a known key returns the job of the first one.
            understood: how much of the prompt was understood.

        Returns:
            The job, new or old.

        Raises:
            QueueFull: too many jobs wait.
            KeyTaken: the idempotency key was used for another request.
        """
        with self._queueing() as session:
            known = select(Job).where(Job.owner == owner, Job.idempotency_key == idempotency_key)
            if idempotency_key is not None and (old := session.scalar(known)):
                if read_request(old.request) != request:
                    raise KeyTaken(f"idempotency key {idempotency_key!r} was used for another request")
                return old
            self._check_space(session, 1)
            return self._add(session, request, understood, owner=owner, idempotency_key=idempotency_key)

    def submit_batch(
        self,
        requests: Sequence[tuple[SceneRequest, Understood]],
        owner: str = "",
        idempotency_key: str | None = None,
    ) -> Batch:
        """Queue requests together, all or none.

        Args:
            requests: requests, each with how much of its prompt was understood.
            owner: name of the caller's API key.
            idempotency_key: key of the requests; a known key returns the batch of the first ones.

        Returns:
            The batch, new or old.

        Raises:
            QueueFull: the queue has no space for all of them.
            KeyTaken: the idempotency key was used for other requests.
        """
        content = json.dumps([request.model_dump(mode="json") for request, _ in requests])
        digest = hashlib.sha256(content.encode()).hexdigest()
        with self._queueing() as session:
            known = select(Batch).where(Batch.owner == owner, Batch.idempotency_key == idempotency_key)
            if idempotency_key is not None and (old := session.scalar(known)):
                if old.requests != digest:
                    raise KeyTaken(f"idempotency key {idempotency_key!r} was used for other requests")
                return old
            self._check_space(session, len(requests))
            batch = Batch(
                id=uuid.uuid4().hex, owner=owner, idempotency_key=idempotency_key, requests=digest,
                total=len(requests), created=now(),
            )  # fmt: skip
            session.add(batch)
            for request, understood in requests:
                self._add(session, request, understood, owner=owner, batch=batch.id)
            return batch

    def batch(self, batch_id: str) -> Batch | None:
        """Return a batch; None if there is no such batch."""
        with self._session() as session:
            return session.get(Batch, batch_id)

    def cancel_batch(self, batch_id: str) -> None:
        """Cancel all jobs of a batch that have not ended."""
        with self._session() as session:
            open_jobs = select(Job.id).where(Job.batch == batch_id, Job.state.in_(("queued", "running")))
            ids = list(session.scalars(open_jobs))
        for job_id in ids:
            self.cancel(job_id)

    def get(self, job_id: str) -> Job | None:
        """Return a job; None if there is no such job."""
        with self._session() as session:
            return session.get(Job, job_id)

    def find(self, chosen: JobFilter, limit: int = 50, offset: int = 0) -> tuple[list[Job], int]:
        """Return a page of the chosen jobs, newest first, and the number of all chosen jobs."""
        query = chosen.query()
        with self._session() as session:
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            page = query.order_by(Job.created.desc(), Job.id).limit(limit).offset(offset)
            return list(session.scalars(page)), total

    def counts(self, batch: str | None = None) -> dict[str, int]:
        """Return the number of jobs, of all or of a batch, in each state, and of `accepted` scenes."""
        query = select(Job.state, func.count()).group_by(Job.state)
        passed = select(func.count()).where(Job.accepted.is_(True))
        if batch is not None:
            query, passed = query.where(Job.batch == batch), passed.where(Job.batch == batch)
        with self._session() as session:
            found = {str(state): int(count) for state, count in session.execute(query)}
            return found | {"accepted": session.scalar(passed) or 0}

    def events(self, job_id: str, after: int = 0) -> list[Event]:
        """Return the events of a job with a number above `after`."""
        with self._session() as session:
            query = select(Event).where(Event.job == job_id, Event.number > after).order_by(Event.number)
            return list(session.scalars(query))

    def cancel(self, job_id: str) -> Job | None:
        """Cancel a waiting job, ask the worker of a running one to stop; return the job."""
        with self._writing() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is not None and job.state == "queued":
                job.state, job.finished = "cancelled", now()
                self._add_event(session, job_id, "cancelled")
            elif job is not None and job.state == "running":
                job.cancelling = True
            return job

    def claim(self, worker: str) -> Job | None:
        """Assign the oldest waiting job to a worker, for the time of a lease; None if no job waits."""
        with self._writing() as session:
            oldest = select(Job.id).where(Job.state == "queued").order_by(Job.created, Job.id).limit(1)
            oldest = oldest.with_for_update(skip_locked=True)
            claimed = session.execute(
                update(Job)
                .where(Job.id == oldest.scalar_subquery(), Job.state == "queued")
                .values(
                    state="running",
                    worker=worker,
                    started=now(),
                    lease=now() + LEASE,
                    tries=Job.tries + 1,
                    stage="",
                )
                .returning(Job.id)
            ).scalar()
            if claimed is None:
                return None
            self._add_event(session, claimed, "running")
            return session.get(Job, claimed)

    def renew(self, job_id: str, worker: str) -> bool:
        """Extend the lease of a running job; False if it was cancelled or has passed to another worker."""
        with self._writing() as session:
            done = session.execute(
                update(Job)
                .where(Job.id == job_id, Job.worker == worker, Job.state == "running", ~Job.cancelling)
                .values(lease=now() + LEASE)
                .returning(Job.id)
            )
            return done.scalar() is not None

    def release(self, job_id: str, worker: str, *, counts: bool) -> None:
        """Put a running job back into the queue.

        Args:
            job_id: id of the job.
            worker: name of its worker.
            counts: whether the try counts towards `TRIES`.
        """
        with self._writing() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is not None and job.worker == worker and job.state == "running":
                job.state, job.lease, job.tries = "queued", None, job.tries - (not counts)
                self._add_event(session, job_id, "queued")

    def step(self, job_id: str, stage: str, **details: Any) -> None:
        """Record the stage of a job or, with details, a step of the loop."""
        with self._writing() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is not None:
                if details:
                    self._add_event(session, job_id, stage, **details)
                else:
                    job.stage = stage
                    self._add_event(session, job_id, "stage", stage=stage)

    def finish(self, job_id: str, worker: str, outcome: Outcome, **scene: Any) -> None:
        """Record the outcome of a job, unless it has passed to another worker."""
        states = {"accepted": "succeeded", "not_accepted": "succeeded"}
        state = states.get(outcome.state, outcome.state)
        with self._writing() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is None or job.worker != worker or job.state != "running":
                return
            job.state, job.finished, job.lease = state, now(), None
            job.kind, job.reason, job.traceback = outcome.kind, outcome.reason, outcome.traceback
            job.cpu_seconds = outcome.cpu_seconds
            for name, value in scene.items():
                setattr(job, name, value)
            self._add_event(session, job_id, state, reason=outcome.reason, accepted=job.accepted)

    def requeue_lost(self, is_gone: Callable[[str], bool] = lambda worker: False) -> list[str]:
        """Queue jobs of lost workers again, or fail them after `TRIES`; return their ids."""
        with self._writing() as session:
            running = session.scalars(select(Job).where(Job.state == "running").with_for_update())
            lost = [job for job in running if job.lease is None or job.lease < now() or is_gone(job.worker)]
            for job in lost:
                job.lease = None
                if job.cancelling:
                    job.state, job.finished = "cancelled", now()
                elif job.tries < TRIES:
                    job.state = "queued"
                else:
                    job.state, job.finished, job.kind = "failed", now(), "crash"
                    job.reason = f"its worker was lost {job.tries} times"
                self._add_event(session, job.id, job.state, reason=job.reason)
            return [job.id for job in lost]

    def remove(self, job_id: str) -> None:
        """Remove a job and its events."""
        with self._writing() as session:
            session.execute(delete(Event).where(Event.job == job_id))
            session.execute(delete(Job).where(Job.id == job_id))

    def outlived(self, before: datetime | None, most_bytes: int | None) -> list[str]:
        """Return the ids of expired jobs.

        Args:
            before: jobs that ended before this time are expired.
            most_bytes: limit of the size of all scenes; the oldest above it are expired.
        """
        with self._session() as session:
            ended = select(Job).where(Job.state.in_(ENDED)).order_by(Job.finished.desc())
            kept, found = 0, []
            for job in session.scalars(ended):
                kept += job.bytes or 0
                old = before is not None and job.finished is not None and job.finished < before
                if old or (most_bytes is not None and kept > most_bytes):
                    found.append(job.id)
            return found

    @staticmethod
    def _add(session: Session, request: JobRequest, understood: Understood | None, **fields: Any) -> Job:
        edited = request.scene if isinstance(request, EditRequest) else None
        job = Job(
            id=uuid.uuid4().hex, state="queued", request=request.model_dump(mode="json"), task=request.prompt,
            based_on=edited, created=now(),
            understood=understood.model_dump(mode="json") if understood else None, **fields,
        )  # fmt: skip
        session.add(job)
        session.flush()
        Jobs._add_event(session, job.id, "queued")
        return job

    def _check_space(self, session: Session, count: int) -> None:
        waiting = session.scalar(select(func.count()).where(Job.state == "queued")) or 0
        if waiting + count > self.most_waiting:
            raise QueueFull(f"{waiting} jobs are waiting; the limit is {self.most_waiting}")

    @contextmanager
    def _queueing(self) -> Iterator[Session]:
        """Open a transaction that adds to the queue, one at a time; SQLite has a single writer anyway."""
        with self._writing() as session:
            if self.engine.dialect.name == "postgresql":
                session.execute(text("SELECT pg_advisory_xact_lock(:name)"), {"name": _QUEUE_LOCK})
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self._session(self.engine.execution_options(**WRITES)) as session:
            yield session

    @contextmanager
    def _session(self, engine: Engine | None = None) -> Iterator[Session]:
        with Session(engine or self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @staticmethod
    def _add_event(session: Session, job_id: str, kind: str, **data: Any) -> None:
        last = session.scalar(select(func.max(Event.number)).where(Event.job == job_id)) or 0
        session.add(Event(job=job_id, number=last + 1, at=now(), kind=kind, data=data))
