"""What goes wrong around the service costs nothing that was accepted, and nothing is made twice."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from service.client import Client, JobFailed, Refused
from service.http.jobs import Jobs
from service.http.tables import open_database
from tests.serving import postgres, serving, until

CRASH, HANG, EAT, DAWDLE = 1001, 1002, 1003, 1004
QUEUE = 50
Service = tuple[Client, subprocess.Popen[bytes]]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("faults"), seconds=10.0) as service:
        yield service


def warm_process(server: subprocess.Popen[bytes]) -> int:
    """Return the id of the process that forks the makers of scenes."""
    for path in Path("/proc").glob("[0-9]*"):
        try:
            words = (path / "cmdline").read_bytes().split(b"\0")
            parent = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
        if parent == server.pid and b"service.worker" in words:
            return int(path.name)
    raise AssertionError("no worker is there")


def running(client: Client, seed: int) -> str:
    job_id = client.generate("a kitchen", seed=seed).id
    until(lambda: client.job(job_id).state == "running")
    return job_id


def cancel(client: Client, job_id: str) -> None:
    client.cancel(job_id)
    until(lambda: client.job(job_id).state == "cancelled")


def test_a_job_that_eats_memory_fails_and_the_next_is_made(service: Service) -> None:
    client, _ = service
    with pytest.raises(JobFailed, match="1024 MiB") as failed:
        client.wait(client.generate("a kitchen", seed=EAT).id)
    assert failed.value.job.kind == "memory" and failed.value.job.tries == 1
    assert client.wait(client.generate("a kitchen").id).accepted


def test_a_job_that_hangs_fails_at_its_limit(service: Service) -> None:
    client, _ = service
    with pytest.raises(JobFailed, match="limit of 10 s") as failed:
        client.wait(client.generate("a kitchen", seed=HANG).id)
    assert failed.value.job.kind == "time" and failed.value.job.tries == 1


def test_a_killed_worker_costs_a_try_and_not_the_job(service: Service) -> None:
    client, server = service
    job_id = running(client, HANG)
    os.kill(warm_process(server), signal.SIGKILL)
    until(lambda: client.job(job_id).tries == 2)
    assert [event["kind"] for event in client.events(job_id)][:4] == ["queued", "running", "stage", "queued"]
    until(lambda: client.job(job_id).state == "failed")
    assert client.job(job_id).kind == "time" and client.http.get("/readyz").is_success


def test_a_client_that_goes_in_mid_stream_takes_nothing_along(service: Service) -> None:
    client, _ = service
    job_id = running(client, HANG)
    for _ in range(20):
        with client.http.stream("GET", f"/v1/jobs/{job_id}/events") as stream:
            next(stream.iter_lines())
    assert client.job(job_id).state == "running"
    cancel(client, job_id)
    assert [event["kind"] for event in client.events(job_id)][-1] == "cancelled"


def test_two_hundred_at_once_fill_the_queue_and_a_stop_loses_none(tmp_path: Path) -> None:
    with serving(tmp_path, most_waiting=QUEUE, seconds=600.0) as (client, server):
        hanging = running(client, HANG)

        def ask(k: int) -> int:
            try:
                client.generate("a kitchen", seed=k, idempotency_key=f"burst-{k}")
                return 202
            except Refused as refused:
                assert refused.retry_after
                return refused.status

        with ThreadPoolExecutor(40) as pool:
            answers = Counter(pool.map(ask, range(200)))
        assert answers == {202: QUEUE, 429: 200 - QUEUE}
        server.terminate()
        server.wait(60)
    engine = open_database(f"sqlite:///{tmp_path}/jobs.sqlite")
    found, total = Jobs(engine).find(limit=200)
    engine.dispose()
    assert total == QUEUE + 1 and {job.state for job in found} == {"queued"}
    assert len({job.request["seed"] for job in found}) == QUEUE + 1
    assert {job.id: job.tries for job in found}[hanging] == 0


def test_a_killed_server_comes_back_with_every_job(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, server):
        hanging = running(client, HANG)
        waiting = [client.generate("a kitchen", seed=seed).id for seed in (1, 2)]
        os.kill(server.pid, signal.SIGKILL)
        server.wait()
    with serving(tmp_path) as (client, _):
        until(lambda: client.job(hanging).tries == 2 and client.job(hanging).state == "running")
        cancel(client, hanging)
        assert [client.wait(job_id).accepted for job_id in waiting] == [True, True]
        assert client.jobs().total == 3 and client.scenes().total == 2


def test_a_database_that_is_away_for_seconds_loses_nothing(tmp_path: Path) -> None:
    with postgres() as server, serving(tmp_path, database=server.database("away")) as (client, _):
        job_id = running(client, DAWDLE)
        server.stop()
        time.sleep(1)
        with pytest.raises(Refused, match="does not answer") as away:
            client.job(job_id)
        assert away.value.status == 503 and away.value.retry_after
        assert client.http.get("/healthz").is_success and client.http.get("/readyz").status_code == 503
        time.sleep(5)
        server.start()
        assert client.wait(job_id).accepted and client.job(job_id).tries == 1
        assert client.wait(client.generate("a kitchen").id).accepted
