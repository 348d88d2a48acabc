"""Typed client of the HTTP service.

with Client("http://localhost:8000") as client:
scene = client.wait(client.generate("put the mug in the drawer").id)
client.download(scene.id, Path("scene"), format="mjcf")
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import httpx

from sage.errors import UserError
from sage.service.http.views import (
    ENDED,
    BatchView,
    FormatName,
    JobPage,
    JobView,
    SceneFile,
    ScenePage,
    SceneView,
    State,
    Understanding,
)

__all__ = ["Client", "JobFailed", "Refused"]

_AGAIN_S = 0.5


class Refused(UserError):
    """The service does not take a request; the message is its reason."""

    def __init__(self, status: int, detail: str, retry_after: float | None = None) -> None:
        super().__init__(detail)
        self.status = status
        self.retry_after = retry_after
        """Seconds after which it may be sent again, if the service says so."""


class JobFailed(UserError):
    """A job ended without a scene."""

    def __init__(self, job: JobView) -> None:
        super().__init__(f"job {job.id} {job.state}: {job.reason or job.kind}")
        self.job = job


class Client:
    """Speaks to one service; a context manager that closes its connections.

    Every method raises `Refused` if the service says no, and httpx.TransportError if it does not answer.
    """

    def __init__(self, url: str = "http://127.0.0.1:8000", key: str = "", timeout: float = 30.0) -> None:
        """Name the service.

        Args:
            key: an API key, if it asks for one.
            timeout: for an answer, or the next piece of one [s].
        """
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self.http = httpx.Client(base_url=url, headers=headers, timeout=timeout)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self.http.close()

    def generate(
        self,
        task: str | None = None,
        *,
        bddl: str | None = None,
        idempotency_key: str | None = None,
        **options: Any,
    ) -> JobView:
        """Ask for a scene from words or a definition.

        Args:
            options: `seed`, `room`, `density`, `disorder`, `style`, `strict`, `max_rounds`, `formats`.
        """
        body = _order(task, bddl, options)
        return JobView.model_validate(self._post("/v1/scenes", body, idempotency_key))

    def edit(self, scene_id: str, instruction: str, *, idempotency_key: str | None = None) -> JobView:
        """Ask for a changed copy of a scene."""
        body = {"instruction": instruction}
        return JobView.model_validate(self._post(f"/v1/scenes/{scene_id}/edit", body, idempotency_key))

    def understand(self, task: str | None = None, *, bddl: str | None = None) -> Understanding:
        """Return what words or a definition are taken to ask for, and how much of it was understood."""
        return Understanding.model_validate(self._post("/v1/tasks:understand", _order(task, bddl, {})))

    def generate_many(
        self, scenes: Sequence[dict[str, Any]], *, idempotency_key: str | None = None
    ) -> BatchView:
        """Ask for scenes together, each by the arguments of `generate` as a dictionary."""
        return BatchView.model_validate(self._post("/v1/batches", {"scenes": list(scenes)}, idempotency_key))

    def batch(self, batch_id: str) -> BatchView:
        """Return how far a batch is."""
        return BatchView.model_validate(self._get(f"/v1/batches/{batch_id}"))

    def cancel_batch(self, batch_id: str) -> BatchView:
        """Cancel what of a batch has not ended."""
        return BatchView.model_validate(self._answer("DELETE", f"/v1/batches/{batch_id}").json())

    def job(self, job_id: str) -> JobView:
        """Return a job."""
        return JobView.model_validate(self._get(f"/v1/jobs/{job_id}"))

    def jobs(
        self, *, state: State | None = None, batch: str | None = None, limit: int = 50, offset: int = 0
    ) -> JobPage:
        """Return a page of jobs, newest first."""
        asked = {"state": state, "batch": batch, "limit": limit, "offset": offset}
        return JobPage.model_validate(self._get("/v1/jobs", asked))

    def cancel(self, job_id: str) -> JobView:
        """Cancel a job."""
        return JobView.model_validate(self._answer("DELETE", f"/v1/jobs/{job_id}").json())

    def events(self, job_id: str, after: int = 0) -> Iterator[dict[str, Any]]:
        """Yield the steps of a job with a number above `after`, until it has ended.

        Each has `id`, `kind`, `at` and what else belongs to its kind. A stream that breaks is taken up.
        """
        while True:
            try:
                with self.http.stream(
                    "GET", f"/v1/jobs/{job_id}/events", headers={"Last-Event-ID": str(after)}
                ) as answer:
                    if answer.is_error:
                        answer.read()
                    _check(answer)
                    for event in _events(answer.iter_lines()):
                        after = event["id"]
                        yield event
                        if event["kind"] in ENDED:
                            return
                return
            except httpx.TransportError:
                time.sleep(_AGAIN_S)

    def wait(self, job_id: str, seconds: float = 900.0) -> SceneView:
        """Return the scene of a job once it is made.

        Raises:
            JobFailed: there is none.
            TimeoutError: it takes longer.
        """
        end = time.monotonic() + seconds
        while (job := self.job(job_id)).state not in ENDED:
            if time.monotonic() > end:
                raise TimeoutError(f"job {job_id} is still {job.state} after {seconds:g} s")
            time.sleep(_AGAIN_S)
        if job.state != "succeeded":
            raise JobFailed(job)
        return self.scene(job_id)

    def scene(self, scene_id: str) -> SceneView:
        """Return what is told of a scene."""
        return SceneView.model_validate(self._get(f"/v1/scenes/{scene_id}"))

    def scenes(
        self,
        *,
        accepted: bool | None = None,
        room: str | None = None,
        q: str | None = None,
        batch: str | None = None,
        based_on: str | None = None,
        limit: int = 50,
        offset: int = 0,
    ) -> ScenePage:
        """Return a page of scenes, newest first; each argument that is given filters, `q` by words."""
        asked = {
            "accepted": accepted, "room": room, "q": q, "batch": batch, "based_on": based_on,
            "limit": limit, "offset": offset,
        }  # fmt: skip
        return ScenePage.model_validate(self._get("/v1/scenes", asked))

    def files(self, scene_id: str) -> list[SceneFile]:
        """Return what files a scene has."""
        return [SceneFile.model_validate(file) for file in self._get(f"/v1/scenes/{scene_id}/files")]

    def file(self, scene_id: str, path: str) -> bytes:
        """Return a file of a scene."""
        return self._answer("GET", f"/v1/scenes/{scene_id}/files/{path}").content

    def download(self, scene_id: str, out: Path, format: FormatName | None = None) -> Path:
        """Write a scene's folder to `out`, which must not exist yet, and return it.

        Args:
            format: only what this format needs.
        """
        if out.exists():
            raise UserError(f"{str(out)!r} is there already; name a folder that does not exist yet")
        asked = {"format": format} if format else {}
        with tempfile.TemporaryDirectory(dir=out.parent, prefix=".sage") as scratch:
            archive = Path(scratch) / "scene.zip"
            with self.http.stream("GET", f"/v1/scenes/{scene_id}/archive", params=asked) as answer:
                if answer.is_error:
                    answer.read()
                _check(answer)
                with archive.open("wb") as file:
                    for piece in answer.iter_bytes():
                        file.write(piece)
            with zipfile.ZipFile(archive) as opened:
                opened.extractall(scratch)
            shutil.move(Path(scratch) / scene_id, out)
        return out

    def _get(self, path: str, asked: dict[str, Any] | None = None) -> Any:
        given = {name: value for name, value in (asked or {}).items() if value is not None}
        return self._answer("GET", path, params=given).json()

    def _post(self, path: str, body: dict[str, Any], idempotency_key: str | None = None) -> Any:
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        return self._answer("POST", path, json=body, headers=headers).json()

    def _answer(self, method: str, path: str, **request: Any) -> httpx.Response:
        answer = self.http.request(method, path, **request)
        _check(answer)
        return answer


def _order(task: str | None, bddl: str | None, options: dict[str, Any]) -> dict[str, Any]:
    given = {"task": task, "bddl": bddl} | options
    return {name: value for name, value in given.items() if value is not None}


def _check(answer: httpx.Response) -> None:
    if answer.is_success:
        return
    try:
        detail = str(answer.json()["detail"])
    except (ValueError, KeyError, TypeError):
        detail = answer.text
    wait = answer.headers.get("retry-after", "")
    raise Refused(answer.status_code, detail, float(wait) if wait.isdigit() else None)


def _events(lines: Iterator[str]) -> Iterator[dict[str, Any]]:
    number = 0
    for line in lines:
        name, _, value = line.partition(": ")
        if name == "id":
            number = int(value)
        elif name == "data":
            yield {"id": number, **json.loads(value)}
