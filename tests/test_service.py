"""The service over HTTP: what is asked for is made, followed and fetched; nothing accepted is lost."""

from __future__ import annotations

import io
import json
import os
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from service.http.app import Settings, add_key
from service.http.jobs import Jobs, QueueFull
from service.http.tables import Job, now, open_database
from service.runner import SceneRequest

PATH = f"{Path(__file__).parent / 'makers'}{os.pathsep}{Path(__file__).parents[1]}"
PROGRAM = """
import sys, uvicorn
from pathlib import Path
from service.http.app import Settings, create_app
from service.runner import ProcessLimits
settings = Settings(Path(sys.argv[1]), needs_key=len(sys.argv) > 3, most_waiting=3, maker="faulty:make",
                    limits=ProcessLimits(60.0, 1 << 30))
uvicorn.run(create_app(settings), port=int(sys.argv[2]), log_level="warning", timeout_graceful_shutdown=3)
"""


@contextmanager
def serving(data: Path, *options: str) -> Iterator[tuple[httpx.Client, subprocess.Popen[bytes]]]:
    """Yield a client of a service of its own process, and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", PROGRAM, str(data), str(port), *options]
    server = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": PATH})
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) as client:
            for _ in range(600):
                try:
                    client.get("/healthz")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            yield client, server
    finally:
        server.terminate()
        server.wait()


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    with serving(tmp_path_factory.mktemp("service")) as (client, _):
        yield client


def ask(client: httpx.Client, seed: int = 0, **headers: str) -> dict[str, Any]:
    answer = client.post("/v1/scenes", json={"task": "a kitchen", "seed": seed}, headers=headers)
    assert answer.status_code == 202, answer.text
    job: dict[str, Any] = answer.json()
    assert answer.headers["location"] == f"/v1/jobs/{job['id']}"
    return job


def wait(client: httpx.Client, job_id: str, *states: str) -> dict[str, Any]:
    for _ in range(600):
        job: dict[str, Any] = client.get(f"/v1/jobs/{job_id}").json()
        if job["state"] in (states or ("succeeded", "failed", "cancelled")):
            return job
        time.sleep(0.1)
    raise AssertionError(f"job {job_id} is still {job['state']}")


def test_a_scene_is_asked_for_followed_and_fetched(client: httpx.Client) -> None:
    job = ask(client, 5)
    with client.stream("GET", f"/v1/jobs/{job['id']}/events") as stream:
        steps = [json.loads(line[6:]) for line in stream.iter_lines() if line.startswith("data: ")]
    assert [step["kind"] for step in steps] == ["queued", "running", "stage", "succeeded"]
    done = client.get(f"/v1/jobs/{job['id']}").json()
    assert done["state"] == "succeeded" and done["accepted"] is True
    scene = client.get(done["scene"]).json()
    assert (scene["room"], scene["objects"], scene["seed"]) == ("kitchen", 1, 5)
    assert client.get(f"{scene['files']}/scene.json").json()["seed"] == 5
    names = {entry["path"] for entry in client.get(scene["files"]).json()}
    assert {"scene.json", "report.json"} < names
    archive = zipfile.ZipFile(io.BytesIO(client.get(f"{done['scene']}/archive").content))
    assert {name.split("/", 1)[1] for name in archive.namelist() if not name.endswith("/")} == names
    assert scene["id"] in [
        item["id"] for item in client.get("/v1/scenes", params={"room": "kitchen"}).json()["scenes"]
    ]
    assert client.get("/v1/scenes", params={"accepted": False}).json()["total"] == 0


def test_a_stream_of_events_is_taken_up_where_it_broke(client: httpx.Client) -> None:
    job = ask(client)
    wait(client, job["id"])
    url = f"/v1/jobs/{job['id']}/events"
    with client.stream("GET", url, headers={"Last-Event-ID": "2"}) as stream:
        numbers = [line for line in stream.iter_lines() if line.startswith("id: ")]
    assert numbers == ["id: 3", "id: 4"]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"task": "asdf qwer"}, "no object or room was found"),
        ({"task": ""}, "at least 1 character"),
        ({"task": "a kitchen", "seed": -1}, "body.seed"),
        ({"task": "a kitchen", "sede": 1}, "body.sede"),
        ({"task": "a kitchen", "density": "packed"}, "body.density"),
        ({}, "body.task"),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(
    client: httpx.Client, body: dict[str, Any], words: str
) -> None:
    answer = client.post("/v1/scenes", json=body)
    assert answer.status_code == 422 and words in answer.json()["detail"]
    assert answer.headers["content-type"] == "application/problem+json"


def test_no_path_leaves_the_scene(client: httpx.Client) -> None:
    job = ask(client)
    wait(client, job["id"])
    for path in ("../../jobs.sqlite", "%2e%2e/%2e%2e/jobs.sqlite", "/etc/passwd", "assets", "%00", "nothing"):
        assert client.get(f"/v1/scenes/{job['id']}/files/{path}").status_code == 404, path
    assert client.get("/v1/jobs/nothing").status_code == 404
    assert client.get("/v1/scenes/nothing").status_code == 404


def test_a_request_that_is_too_large_is_refused(client: httpx.Client) -> None:
    assert client.post("/v1/scenes", content=b" " * 100_000).status_code == 413


def test_the_same_idempotency_key_is_the_same_job(client: httpx.Client) -> None:
    first = ask(client, 1, **{"Idempotency-Key": "mine"})
    assert ask(client, 2, **{"Idempotency-Key": "mine"})["id"] == first["id"]


def test_a_crash_is_tried_again_and_then_told(client: httpx.Client) -> None:
    done = wait(client, ask(client, 1001)["id"])
    assert (done["state"], done["kind"], done["tries"]) == ("failed", "crash", 3)
    assert "SIGSEGV" in done["reason"]


def test_jobs_are_cancelled_and_the_queue_is_bounded(client: httpx.Client) -> None:
    running = ask(client, 1002)
    wait(client, running["id"], "running")
    waiting = [ask(client) for _ in range(3)]
    full = client.post("/v1/scenes", json={"task": "a kitchen"})
    assert full.status_code == 429 and int(full.headers["retry-after"]) > 0
    for job in (*waiting, running):
        assert client.delete(f"/v1/jobs/{job['id']}").status_code == 200
        assert wait(client, job["id"])["state"] == "cancelled"
    assert client.delete(f"/v1/jobs/{running['id']}").status_code == 409
    assert wait(client, ask(client)["id"])["state"] == "succeeded"


def test_it_tells_that_it_is_well(client: httpx.Client) -> None:
    assert client.get("/readyz").status_code == 200
    assert "sage_jobs{state=" in client.get("/metrics").text
    understood = client.post("/v1/tasks:understand", json={"task": "put the mug on the table"}).json()
    assert [item["category"] for item in understood["objects"]] == ["mug", "table"]


def test_without_a_key_nothing_is_told(tmp_path: Path) -> None:
    key = add_key(Settings(tmp_path).open(), "lab")
    with serving(tmp_path, "key") as (client, _):
        assert client.get("/v1/scenes").status_code == 401
        assert client.get("/v1/scenes", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.get("/v1/scenes", headers={"Authorization": f"Bearer {key}"}).status_code == 200
        assert client.get("/healthz").status_code == 200
    assert key.encode() not in (tmp_path / "jobs.sqlite").read_bytes()


def test_a_killed_server_comes_back_with_every_job(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, server):
        running = ask(client, 1002)
        wait(client, running["id"], "running")
        waiting = [ask(client, seed) for seed in (1, 2)]
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    with serving(tmp_path) as (client, _):
        assert wait(client, running["id"], "running")["tries"] == 2
        client.delete(f"/v1/jobs/{running['id']}")
        assert [wait(client, job["id"])["state"] for job in waiting] == ["succeeded", "succeeded"]


@pytest.fixture
def jobs(tmp_path: Path) -> Iterator[Jobs]:
    engine = open_database(f"sqlite:///{tmp_path}/jobs.sqlite")
    yield Jobs(engine, most_waiting=2)
    engine.dispose()


def test_a_lost_worker_costs_a_try_and_three_cost_the_job(jobs: Jobs) -> None:
    job_id = jobs.submit(SceneRequest(prompt="a kitchen")).id
    for tries in (1, 2, 3):
        claimed = jobs.claim("machine-1-0")
        assert claimed is not None and claimed.tries == tries
        assert jobs.requeue_lost() == []
        with jobs._writing() as session:
            row = session.get(Job, job_id)
            assert row is not None
            row.lease = now() - timedelta(seconds=1)
        assert jobs.requeue_lost() == [job_id]
    job = jobs.get(job_id)
    assert job is not None and job.state == "failed" and "3 times" in job.reason
    assert jobs.claim("machine-1-0") is None


def test_the_oldest_job_is_taken_by_one_worker_only(jobs: Jobs) -> None:
    first = jobs.submit(SceneRequest(prompt="a kitchen"))
    second = jobs.submit(SceneRequest(prompt="an office"))
    with pytest.raises(QueueFull, match="2 jobs are waiting"):
        jobs.submit(SceneRequest(prompt="a bar"))
    taken = [jobs.claim(worker) for worker in ("a-1-0", "b-2-0", "c-3-0")]
    assert [job.id if job else None for job in taken] == [first.id, second.id, None]
    assert jobs.renew(first.id, "a-1-0") and not jobs.renew(first.id, "b-2-0")
    assert jobs.cancel(first.id) is not None and not jobs.renew(first.id, "a-1-0")
