"""The queue, in a database: jobs are submitted, claimed by one worker at a time, watched, finished."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, Select, delete, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sage.errors import SageError
from service.http.tables import WRITES, Event, Job, now
from service.runner import Outcome, SceneRequest

__all__ = ["ENDED", "LEASE", "TRIES", "Jobs", "QueueFull"]

ENDED = ("succeeded", "failed", "cancelled")
LEASE = timedelta(seconds=30)
"""How long a worker may be silent before its job is queued again."""
TRIES = 3
"""How often a job is begun before it has failed."""


class QueueFull(SageError):
    """As many jobs wait as may; try again later."""


@dataclass(frozen=True)
class Jobs:
    """All jobs. Every method is one transaction, so many threads and servers may use it at once."""

    engine: Engine
    most_waiting: int = 100

    def submit(self, request: SceneRequest, owner: str = "", idempotency_key: str | None = None) -> Job:
        """Queue a request and return its job; a known idempotency key returns the job that it made.

        Raises:
            QueueFull: too many wait.
        """
        with self._writing() as session:
            if idempotency_key is not None and (old := self._by_key(session, owner, idempotency_key)):
                return old
            waiting = session.scalar(select(func.count()).where(Job.state == "queued")) or 0
            if waiting >= self.most_waiting:
                raise QueueFull(f"{waiting} jobs are waiting, and no more than {self.most_waiting} may")
            job = Job(
                id=uuid.uuid4().hex, state="queued", request=request.model_dump(mode="json"), owner=owner,
                idempotency_key=idempotency_key, created=now(),
            )  # fmt: skip
            try:
                with session.begin_nested():
                    session.add(job)
            except IntegrityError:
                return self._by_key(session, owner, idempotency_key or "") or job
            self._tell(session, job.id, "queued")
            return job

    def get(self, job_id: str) -> Job | None:
        """Return a job, if there is one."""
        with self._session() as session:
            return session.get(Job, job_id)

    def find(
        self,
        *,
        states: Sequence[str] = (),
        accepted: bool | None = None,
        room: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> tuple[list[Job], int]:
        """Return a page of jobs, newest first, and how many there are."""
        query: Select[Any] = select(Job)
        if states:
            query = query.where(Job.state.in_(states))
        if accepted is not None:
            query = query.where(Job.accepted == accepted)
        if room is not None:
            query = query.where(Job.room == room)
        with self._session() as session:
            total = session.scalar(select(func.count()).select_from(query.subquery())) or 0
            page = query.order_by(Job.created.desc(), Job.id).limit(limit).offset(offset)
            return list(session.scalars(page)), total

    def counts(self) -> dict[str, int]:
        """Return how many jobs are in each state."""
        with self._session() as session:
            rows = session.execute(select(Job.state, func.count()).group_by(Job.state))
            return {str(state): int(count) for state, count in rows}

    def events(self, job_id: str, after: int = 0) -> list[Event]:
        """Return a job's events with a number above `after`."""
        with self._session() as session:
            query = select(Event).where(Event.job == job_id, Event.number > after).order_by(Event.number)
            return list(session.scalars(query))

    def cancel(self, job_id: str) -> Job | None:
        """End a job that waits, ask the worker of one that runs, leave one that ended; return it."""
        with self._writing() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is not None and job.state == "queued":
                job.state, job.finished = "cancelled", now()
                self._tell(session, job_id, "cancelled")
            elif job is not None and job.state == "running":
                job.cancelling = True
            return job

    def claim(self, worker: str) -> Job | None:
        """Take the oldest job that waits, for as long as a lease; None if none waits."""
        with self._writing() as session:
            oldest = select(Job.id).where(Job.state == "queued").order_by(Job.created).limit(1)
            taken = session.execute(
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
            if taken is None:
                return None
            self._tell(session, taken, "running")
            return session.get(Job, taken)

    def renew(self, job_id: str, worker: str) -> bool:
        """Vouch for a running job; False if it is to be given up: cancelled, or another worker's by now."""
        with self._writing() as session:
            done = session.execute(
                update(Job)
                .where(Job.id == job_id, Job.worker == worker, Job.state == "running", ~Job.cancelling)
                .values(lease=now() + LEASE)
                .returning(Job.id)
            )
            return done.scalar() is not None

    def release(self, job_id: str, worker: str, *, counts: bool) -> None:
        """Put a running job back into the queue; tell whether the try counts."""
        with self._writing() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is not None and job.worker == worker and job.state == "running":
                job.state, job.lease, job.tries = "queued", None, job.tries - (not counts)
                self._tell(session, job_id, "queued")

    def step(self, job_id: str, stage: str, **details: Any) -> None:
        """Tell that a job has come to a stage, or, with details, what a step of it was."""
        with self._writing() as session:
            job = session.get(Job, job_id, with_for_update=True)
            if job is not None:
                if details:
                    self._tell(session, job_id, stage, **details)
                else:
                    job.stage = stage
                    self._tell(session, job_id, "stage", stage=stage)

    def finish(self, job_id: str, worker: str, outcome: Outcome, **scene: Any) -> None:
        """Write down what became of a job, unless it is another worker's by now."""
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
            self._tell(session, job_id, state, reason=outcome.reason, accepted=job.accepted)

    def requeue_lost(self, is_gone: Callable[[str], bool] = lambda worker: False) -> list[str]:
        """Queue jobs again whose worker is silent or gone; those tried too often have failed. Return ids."""
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
                self._tell(session, job.id, job.state, reason=job.reason)
            return [job.id for job in lost]

    def remove(self, job_id: str) -> None:
        """Forget a job and its events."""
        with self._writing() as session:
            session.execute(delete(Event).where(Event.job == job_id))
            session.execute(delete(Job).where(Job.id == job_id))

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with self._session(self.engine.execution_options(**WRITES)) as session:
            yield session

    @contextmanager
    def _session(self, engine: Engine | None = None) -> Iterator[Session]:
        with Session(engine or self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    @staticmethod
    def _by_key(session: Session, owner: str, key: str) -> Job | None:
        return session.scalar(select(Job).where(Job.owner == owner, Job.idempotency_key == key))

    @staticmethod
    def _tell(session: Session, job_id: str, kind: str, **data: Any) -> None:
        last = session.scalar(select(func.max(Event.number)).where(Event.job == job_id)) or 0
        session.add(Event(job=job_id, number=last + 1, at=now(), kind=kind, data=data))
