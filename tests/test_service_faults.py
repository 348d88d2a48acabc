"""Faults around the service lose and duplicate nothing."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from sage.client import Client, JobFailed, Refused
from sage.service.http.jobs import TRIES, JobFilter, Jobs
from sage.service.http.making import MAKER
from sage.service.http.tables import open_database
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
        if parent == server.pid and b"sage.service.worker" in words:
            return int(path.name)
    raise AssertionError("no worker is there")


def maker_process(server: subprocess.Popen[bytes]) -> int | None:
    """Return the id of the process that makes a scene, if one does."""
    below = Path(f"/proc/{warm_process(server)}/task").glob("*/children")
    children = [int(word) for path in below for word in path.read_text().split()]
    return children[0] if children else None


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
    until(lambda: client.job(job_id).stage)
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


@pytest.mark.slow
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
    found, total = Jobs(engine).find(JobFilter(), limit=200)
    engine.dispose()
    assert total == QUEUE + 1 and {job.state for job in found} == {"queued"}
    assert len({job.request["seed"] for job in found}) == QUEUE + 1
    assert {job.id: job.tries for job in found}[hanging] == 0


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_database_that_is_away_for_seconds_loses_nothing(tmp_path: Path) -> None:
    with postgres() as server, serving(tmp_path, database=server.database("away")) as (client, _):
        job_id = running(client, DAWDLE)
        server.stop()
        time.sleep(1)
        with pytest.raises(Refused, match="does not answer") as away:
            client.job(job_id)
        assert away.value.status == 503 and away.value.retry_after
        assert client.http.get("/healthz").is_success and client.http.get("/readyz").status_code == 503
        time.sleep(9)
        server.start()
        assert client.wait(job_id).accepted and client.job(job_id).tries == 1
        assert client.wait(client.generate("a kitchen").id).accepted


@pytest.mark.slow
def test_a_database_that_is_locked_for_seconds_loses_nothing(tmp_path: Path) -> None:
    with serving(tmp_path) as (client, _):
        job_id = running(client, DAWDLE)
        answers: Counter[int] = Counter()

        def ask(k: int) -> None:
            try:
                client.generate("a kitchen", seed=k, idempotency_key=f"locked-{k}")
                answers[202] += 1
            except Refused as refused:
                answers[refused.status] += 1

        with (
            sqlite3.connect(tmp_path / "jobs.sqlite", isolation_level=None) as lock,
            ThreadPoolExecutor(2) as pool,
        ):
            lock.execute("BEGIN EXCLUSIVE")
            asked = [pool.submit(ask, k) for k in (1, 2)]
            end = time.monotonic() + 11
            while time.monotonic() < end:
                start = time.monotonic()
                assert client.job(job_id).state == "running" and client.http.get("/healthz").is_success
                assert time.monotonic() - start < 5
                time.sleep(0.5)
            lock.execute("ROLLBACK")
            wait(asked)
        assert answers.keys() <= {202, 503}
        for k in (1, 2):
            again = client.generate("a kitchen", seed=k, idempotency_key=f"locked-{k}")
            assert client.wait(again.id).accepted
        assert client.wait(job_id).accepted and client.job(job_id).tries == 1
        assert client.jobs().total == 3


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """Yield a folder on a disk of its own, or skip the test and say why."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "none", str(folder)]
    if shutil.which("mount") is None or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("a small disk cannot be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(disk: Path, left: int) -> Path:
    """Fill a disk but for so many bytes, and return the file that does."""
    file = disk / f"ballast-{left}"
    with file.open("wb") as ballast:
        os.posix_fallocate(ballast.fileno(), 0, shutil.disk_usage(disk).free - left)
    return file


@pytest.mark.slow
def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    keeping = {"least_free": 8 << 20}
    with small_disk(tmp_path / "disk", 32) as disk, serving(disk, keeping=keeping) as (client, _):
        first = client.wait(client.generate("a kitchen", seed=1).id)
        dawdling = running(client, DAWDLE)
        waiting = client.generate("a kitchen", seed=2).id
        ballast = fill(disk, 0)
        until(lambda: client.job(dawdling).state == "running" and client.job(dawdling).tries == 1)
        try:
            asked = [client.generate("a kitchen", seed=3).id]
        except Refused as refused:
            assert refused.status == 503 and refused.retry_after
            asked = []
        assert client.http.get("/healthz").is_success
        full = client.http.get("/readyz")
        assert full.status_code == 503 and "disk is full" in full.json()["detail"]
        assert client.scene(first.id) == first and client.file(first.id, "scene.json")
        time.sleep(8)
        assert client.job(waiting).tries == 0
        ballast.unlink()
        for job_id in (waiting, *asked):
            assert client.wait(job_id).accepted and client.job(job_id).tries == 1
        assert client.wait(dawdling).accepted and client.job(dawdling).tries == 2
        assert client.jobs().total == 3 + len(asked) and client.http.get("/readyz").is_success


@pytest.mark.slow
def test_a_worker_killed_in_any_stage_goes_on_and_makes_the_same_scene(tmp_path: Path) -> None:
    prompt = "pick up a bowl and place it on the table"
    with serving(tmp_path, maker=MAKER, seconds=600.0) as (client, server):
        undisturbed = client.generate(prompt, seed=3)
        stages = [event["stage"] for event in client.events(undisturbed.id) if event["kind"] == "stage"]
        scene = client.file(client.wait(undisturbed.id).id, "scene.json")
        assert {"understand", "furnish", "populate", "settle", "export"} <= set(stages)
        left = list(dict.fromkeys(stages))
        while left:
            job = client.generate(prompt, seed=3)
            killed: dict[int, str] = {}
            for event in client.events(job.id):
                if event.get("stage") in left and len(killed) < TRIES - 1:
                    process = maker_process(server)
                    if process in killed:
                        continue
                    left.remove(event["stage"])
                    with suppress(ProcessLookupError):
                        if process:
                            os.kill(process, signal.SIGKILL)
                            killed[process] = event["stage"]
            made = client.wait(job.id)
            assert client.job(job.id).tries == 1 + len(killed), killed
            assert client.file(made.id, "scene.json") == scene, killed
        assert client.scenes().total == client.jobs().total
        assert not [path for path in (tmp_path / "scenes").iterdir() if path.suffix in (".partial", ".copy")]
