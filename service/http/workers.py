"""Worker threads, each with a worker process that generates scenes."""

from __future__ import annotations

import json
import logging
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy.exc import DBAPIError

from sage.export.partial import Partial
from sage.service.http.jobs import LEASE, TRIES, Jobs
from sage.service.http.making import read_request, steps_folder
from sage.service.http.tables import Job, now
from sage.service.runner import SceneRunner

__all__ = ["Keeping", "Workers", "scene_columns"]

_log = logging.getLogger("sage.jobs")
_IDLE_S = 0.5
_RENEW_S = 5.0
_EXPIRE_S = 60.0


@dataclass(frozen=True)
class Keeping:
    """Retention of results; None keeps them."""

    days: float | None = None
    """Days after the end of a job."""
    most_bytes: int | None = None
    """Size of all scenes [B]; the oldest are removed first."""
    least_free: int = 128 << 20
    """Free disk space [B] below which no job is started."""


class Workers:
    """Threads that execute jobs until they are stopped."""

    def __init__(
        self,
        jobs: Jobs,
        scenes: Path,
        count: int,
        runner: Callable[[], SceneRunner],
        keeping: Keeping = Keeping(),
    ) -> None:
        """Prepare the threads; they run after `start`.

        Args:
            jobs: the queue.
            scenes: folder of the scene folders, each named by its job.
            count: number of scenes generated at the same time.
            runner: returns a runner; called once by each thread.
            keeping: retention of results.
        """
        self._jobs, self._scenes, self._runner, self._keeping = jobs, scenes, runner, keeping
        self._stopping = threading.Event()
        name = f"{socket.gethostname()}-{os.getpid()}"
        self._threads = [
            threading.Thread(target=self._work, args=(f"{name}-{k}",), name=f"worker-{k}")
            for k in range(count)
        ]
        self._threads.append(threading.Thread(target=self._maintain, name="maintenance"))

    def start(self) -> None:
        """Start the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Stop the running jobs, put them back into the queue, and wait for the threads."""
        self._stopping.set()
        for thread in self._threads:
            thread.join()

    @property
    def has_space(self) -> bool:
        """Whether the disk has space for another scene."""
        return shutil.disk_usage(self._scenes).free >= self._keeping.least_free

    @property
    def alive(self) -> bool:
        """Whether every thread is running."""
        return all(thread.is_alive() for thread in self._threads)

    def _work(self, worker: str) -> None:
        with self._runner() as runner:
            while not self._stopping.is_set():
                try:
                    job = self._jobs.claim(worker) if self.has_space else None
                    if job is not None:
                        self._make(job, worker, runner)
                except Exception:
                    _log.exception("worker %s failed", worker)
                    job = None
                if job is None:
                    self._stopping.wait(_IDLE_S)

    def _make(self, job: Job, worker: str, runner: SceneRunner) -> None:
        labels = {"job": job.id, "worker": worker}
        _log.info("try %d starts", job.tries, extra=labels)
        out = self._scenes / job.id
        lease = _Lease(self._jobs, job.id, worker, self._stopping)
        outcome = runner.run(
            read_request(job.request),
            out,
            progress=lease.step,
            cancelled=lease.must_stop,
        )
        if outcome.state == "cancelled" and self._stopping.is_set():
            self._jobs.release(job.id, worker, counts=False)
            return
        again = outcome.kind == "crash" or (outcome.state == "failed" and not self.has_space)
        if again and job.tries < TRIES:
            _log.warning("trying again: %s", outcome.reason, extra=labels)
            lease.retry(lambda: self._jobs.release(job.id, worker, counts=True))
            return
        if outcome.state in ("failed", "cancelled"):
            _clear(out)
        scene = scene_columns(out)
        lease.retry(lambda: self._jobs.finish(job.id, worker, outcome, **scene))
        _log.info("%s %s", outcome.state, outcome.reason, extra=labels)

    def _maintain(self) -> None:
        """Requeue jobs of lost workers of any server, and remove expired scenes."""
        last_expiry = -_EXPIRE_S
        while not self._stopping.is_set():
            try:
                if not self.has_space:
                    _log.warning(
                        "the disk is full: jobs wait until %d bytes are free", self._keeping.least_free
                    )
                for job_id in self._jobs.requeue_lost(_is_gone):
                    _log.warning("the worker is lost", extra={"job": job_id})
                if time.monotonic() - last_expiry > _EXPIRE_S:
                    last_expiry = time.monotonic()
                    self.expire()
            except Exception:
                _log.exception("maintenance of the queue failed")
            self._stopping.wait(_RENEW_S)

    def expire(self) -> None:
        """Remove expired jobs and scenes."""
        keeping = self._keeping
        before = None if keeping.days is None else now() - timedelta(days=keeping.days)
        for job_id in self._jobs.outlived(before, keeping.most_bytes):
            self._jobs.remove(job_id)
            out = self._scenes / job_id
            for path in (out, steps_folder(out)):
                shutil.rmtree(path, ignore_errors=True)
            _log.info("expired", extra={"job": job_id})


def _is_gone(worker: str) -> bool:
    """Return whether a worker's process ran on this machine and has ended."""
    host, process, _ = worker.rsplit("-", 2)
    return host == socket.gethostname() and not Path(f"/proc/{process}").exists()


class _Lease:
    """Lease of a running job; tolerates a database that is unavailable for a while."""

    def __init__(self, jobs: Jobs, job_id: str, worker: str, stopping: threading.Event) -> None:
        self._jobs, self._job_id, self._worker, self._stopping = jobs, job_id, worker, stopping
        self._renewed = time.monotonic()
        self._lost = False

    def must_stop(self) -> bool:
        """Renew the lease from time to time; return True if the job must be abandoned."""
        if self._stopping.is_set():
            return True
        if time.monotonic() - self._renewed > _IDLE_S:
            self._renewed = time.monotonic()
            with _tolerating_database_errors():
                self._lost = not self._jobs.renew(self._job_id, self._worker)
        return self._lost

    def step(self, stage: str, **details: Any) -> None:
        """Record the stage of the job, or a step of the loop."""
        with _tolerating_database_errors():
            self._jobs.step(self._job_id, stage, **details)

    def retry(self, call: Callable[[], None]) -> None:
        """Retry a write until the database accepts it, or the job passes to another worker anyway."""
        end = time.monotonic() + LEASE.total_seconds()
        while True:
            with _tolerating_database_errors():
                call()
                return
            if time.monotonic() > end:
                return
            time.sleep(_IDLE_S)


@contextmanager
def _tolerating_database_errors() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        _log.warning("the database does not answer: %s", str(error).splitlines()[0])


def _clear(out: Path) -> None:
    """Remove the partial folders of an unfinished job."""
    copy = out.with_name(f"{out.name}.copy")
    for path in (Partial(out).path, copy, Partial(copy).path):
        shutil.rmtree(path, ignore_errors=True)


def scene_columns(folder: Path) -> dict[str, Any]:
    """Return the columns of a job that describe its scene; empty if no scene was written."""
    if not (folder / "scene.json").is_file():
        return {}
    report = json.loads((folder / "report.json").read_text())
    scene = json.loads((folder / "scene.json").read_text())
    return {
        "accepted": report["accepted"],
        "room": scene["rooms"][0]["type"],
        "objects": sum(not item.get("covering", False) for item in scene["objects"]),
        "bytes": sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
    }
