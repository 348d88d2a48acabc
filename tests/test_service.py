"""HTTP service on SQLite and PostgreSQL: submit, follow, fetch."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, cast

import httpx
import numpy as np
import pytest

from sage.client import Client, JobFailed, Refused
from sage.export.formats import FORMATS
from sage.service.http.app import Settings
from sage.service.http.auth import add_key
from sage.service.http.jobs import JobFilter, Jobs, KeyTaken, QueueFull
from sage.service.http.logs import FIELDS
from sage.service.http.rate import Rate
from sage.service.http.tables import Job, now, open_database
from sage.service.http.views import FormatName
from sage.service.http.workers import Keeping, Workers
from sage.service.request import SceneRequest
from sage.service.runner import Runner
from tests.serving import Postgres, postgres, serving, until

ENDED = ("succeeded", "failed", "cancelled")
BDDL = Path(__file__).parent / "data" / "bddl" / "bowl_in_the_drawer.bddl"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[Postgres | None]:
    with postgres() if request.param == "postgresql" else nullcontext() as server:
        yield server


@pytest.fixture(scope="module")
def client(database: Postgres | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    url = database.database("service") if database else ""
    with serving(tmp_path_factory.mktemp("service"), database=url) as (client, _):
        yield client


def state_of(client: Client, job_id: str, *states: str) -> None:
    until(lambda: client.job(job_id).state in (states or ENDED), 120)


def test_a_scene_is_asked_for_followed_and_fetched(client: Client, tmp_path: Path) -> None:
    job = client.generate("a kitchen", seed=5)
    kinds = [event["kind"] for event in client.events(job.id)]
    assert kinds == ["queued", "running", "stage", "succeeded"]
    scene = client.wait(job.id)
    assert (scene.room, scene.objects, scene.seed, scene.accepted) == ("kitchen", 1, 5, True)
    assert json.loads(client.file(scene.id, "scene.json"))["seed"] == 5
    names = {file.path for file in client.files(scene.id)}
    assert {"scene.json", "report.json"} < names
    folder = client.download(scene.id, tmp_path / "scene")
    assert {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} == names
    assert scene in client.scenes(room="kitchen", q="KIT", accepted=True).scenes
    assert client.scenes(accepted=False).total == client.scenes(q="kit chen 100%").total == 0


def test_a_scene_is_had_in_formats_that_it_was_not_made_in(client: Client, tmp_path: Path) -> None:
    scene = client.wait(client.generate("a kitchen").id)
    [bowl] = json.loads(client.file(scene.id, "scene.json"))["objects"]
    assert not {file.path for file in client.files(scene.id)} & {item.main for item in FORMATS.values()}
    for name, item in FORMATS.items():
        folder = client.download(scene.id, tmp_path / name, format=cast(FormatName, name))
        assert item.positions(folder / item.main)["bowl_1"] == pytest.approx(bowl["pose"]["position"])
        others = {other.main for other in FORMATS.values()} - {item.main}
        assert not any((folder / other).exists() for other in others)
    assert json.loads(client.file(scene.id, "report.json"))["formats"] == list(FORMATS)
    other = client.wait(client.generate("a kitchen", seed=7).id)
    assert client.http.get(f"/v1/scenes/{other.id}/files/scene.glb").content[:4] == b"glTF"


def test_a_file_is_sent_once_and_packed(client: Client) -> None:
    scene = client.wait(client.generate("a kitchen").id)
    path = f"/v1/scenes/{scene.id}/files/scene.json"
    first = client.http.get(path)
    assert first.headers["content-encoding"] == "gzip" and "no-cache" in first.headers["cache-control"]
    again = client.http.get(path, headers={"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304 and not again.content
    plain = client.http.get(path, headers={"Accept-Encoding": "identity", "If-None-Match": "gone"})
    assert plain.content == first.content and "content-encoding" not in plain.headers
    part = client.http.get(path, headers={"Range": "bytes=10-19"})
    assert part.status_code == 206 and part.content == first.content[10:20]


def test_the_shapes_of_a_scene_are_told_at_once(client: Client) -> None:
    scene = client.wait(client.generate("a kitchen").id)
    [bowl] = json.loads(client.file(scene.id, "scene.json"))["objects"]
    [shape] = client.http.get(f"/v1/scenes/{scene.id}/shapes").json()
    assert shape["id"] == bowl["asset"] and shape["surfaces"][0]["placement"] == "in"
    pieces = [piece for link in shape["links"] for piece in link["pieces"]]
    corners = np.concatenate([piece["corners"] for piece in pieces])
    assert np.ptp(corners, axis=0) == pytest.approx(bowl["size"], abs=1e-4)
    for piece in pieces:
        triangles = np.array(piece["corners"])[np.array(piece["triangles"])]
        assert np.linalg.det(triangles - np.mean(piece["corners"], axis=0)).sum() > 0


def test_a_stream_of_events_is_taken_up_where_it_broke(client: Client) -> None:
    job = client.generate("a kitchen")
    client.wait(job.id)
    assert [event["id"] for event in client.events(job.id, after=2)] == [3, 4]


def test_pages_follow_each_other(client: Client) -> None:
    for seed in range(3):
        client.wait(client.generate("a pantry", seed=seed).id)
    first = client.scenes(q="pantry", limit=2)
    assert first.total == 3 and len(first.scenes) == 2 and first.next
    rest = client.http.get(first.next).json()
    assert len(rest["scenes"]) == 1 and rest["next"] is None
    seen = [scene.seed for scene in first.scenes] + [scene["seed"] for scene in rest["scenes"]]
    assert seen == [2, 1, 0]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"task": "asdf qwer"}, "no object or room was found"),
        ({"task": "a kitchen " * 401}, "at most 4000 characters"),
        ({"task": "a bedroom with a frobnicator", "strict": True}, "not understood: 'frobnicator'"),
        ({"task": ""}, "at least 1 character"),
        ({"task": "a kitchen\0"}, "NUL"),
        ({"task": "a kitchen", "seed": -1}, "body.seed"),
        ({"task": "a kitchen", "sede": 1}, "body.sede"),
        ({"task": "a kitchen", "density": "packed"}, "body.density"),
        ({"task": "a kitchen", "bddl": "(define)"}, "either 'task' or 'bddl'"),
        ({"bddl": "(define"}, "never closed"),
        ({}, "either 'task' or 'bddl'"),
    ],
)
def test_what_cannot_be_made_is_refused_at_once(client: Client, body: dict[str, Any], words: str) -> None:
    for path, sent in (("scenes", body), ("batches", {"scenes": [body]})):
        answer = client.http.post(f"/v1/{path}", json=sent)
        assert answer.status_code == 422 and words.removeprefix("body.") in answer.json()["detail"]
        assert answer.headers["content-type"] == "application/problem+json"


def test_words_and_definitions_are_understood(client: Client) -> None:
    assert client.understand("put the red mug in the microwave").objects[0].name == "red mug"
    told = client.understand("a bedroom with a frobnicator").understood
    assert told.coverage == 0.5 and told.not_understood[0].start == 17
    task = client.understand(bddl=BDDL.read_text())
    assert task.definition and task.goal
    job = client.generate(bddl=BDDL.read_text())
    assert job.task == task.prompt and client.wait(job.id).task == task.prompt


def test_a_job_and_its_scene_tell_what_of_the_task_was_not_understood(client: Client) -> None:
    prompt = "a kitchen with a frobnicator; boil the kettle"
    job = client.generate(prompt)
    batch = client.generate_many([{"task": prompt}])
    (other,) = client.jobs(batch=batch.id).jobs
    for view in (job, client.job(job.id), client.wait(job.id), other):
        assert view.understood is not None
        assert [word.text for word in view.understood.not_understood] == ["frobnicator"]
        assert view.understood.recorded == ("boil the kettle",)
        assert view.understood.coverage == 0.75
    assert client.generate("a kitchen", strict=True).understood


def test_an_edit_is_a_new_scene(client: Client) -> None:
    scene = client.wait(client.generate("a study", seed=3).id)
    changed = client.wait(client.edit(scene.id, "add a book").id)
    assert (changed.based_on, changed.edit, changed.task) == (scene.id, "add a book", scene.task)
    assert client.scenes(based_on=scene.id).scenes == [changed]
    assert client.scene(scene.id) == scene
    with pytest.raises(Refused, match="there is no scene"):
        client.edit("nothing", "add a book")


def test_a_batch_is_followed_and_cancelled(client: Client) -> None:
    batch = client.generate_many([{"task": "a kitchen", "seed": seed} for seed in (1, 2)])
    until(lambda: client.batch(batch.id).succeeded == 2)
    assert client.batch(batch.id).accepted == client.batch(batch.id).total == 2
    assert client.scenes(batch=batch.id).total == client.jobs(batch=batch.id).total == 2
    with pytest.raises(Refused, match="the limit is 3") as full:
        client.generate_many([{"task": "a kitchen"}] * 4)
    assert full.value.status == 429 and full.value.retry_after
    hanging = client.generate_many([{"task": "a kitchen", "seed": 1002}] * 2)
    until(lambda: client.batch(hanging.id).running == 1)
    client.cancel_batch(hanging.id)
    until(lambda: client.batch(hanging.id).cancelled == 2)


def test_no_path_leaves_the_scene(client: Client) -> None:
    scene = client.wait(client.generate("a kitchen").id)
    for path in ("../../jobs.sqlite", "%2e%2e/%2e%2e/jobs.sqlite", "/etc/passwd", "assets", "%00", "a" * 900):
        assert client.http.get(f"/v1/scenes/{scene.id}/files/{path}").status_code == 404, path
    for path in ("jobs/nothing", "scenes/nothing", "batches/nothing", "jobs/nothing/pictures/1"):
        assert client.http.get(f"/v1/{path}").status_code == 404


def test_a_request_that_is_too_large_is_refused(client: Client) -> None:
    assert client.http.post("/v1/scenes", content=b" " * 300_000).status_code == 413
    assert client.http.post("/v1/scenes", content=iter([b" "] * 10)).status_code == 411


def test_the_same_idempotency_key_is_the_same_job(client: Client) -> None:
    first = client.generate("a kitchen", seed=1, idempotency_key="mine")
    assert client.generate("a kitchen", seed=1, idempotency_key="mine").id == first.id
    with pytest.raises(Refused, match="another request") as taken:
        client.generate("a kitchen", seed=2, idempotency_key="mine")
    assert taken.value.status == 409
    batch = client.generate_many([{"task": "a bar"}], idempotency_key="mine")
    assert client.generate_many([{"task": "a bar"}], idempotency_key="mine").id == batch.id
    with pytest.raises(Refused, match="other requests"):
        client.generate_many([{"task": "an office"}], idempotency_key="mine")


def test_a_crash_is_tried_again_and_then_told(client: Client) -> None:
    with pytest.raises(JobFailed, match="SIGSEGV") as failed:
        client.wait(client.generate("a kitchen", seed=1001).id)
    assert (failed.value.job.kind, failed.value.job.tries) == ("crash", 3)


def test_jobs_are_cancelled_and_the_queue_is_bounded(client: Client) -> None:
    running = client.generate("a kitchen", seed=1002)
    state_of(client, running.id, "running")
    waiting = [client.generate("a kitchen") for _ in range(3)]
    with pytest.raises(Refused) as full:
        client.generate("a kitchen")
    assert full.value.status == 429 and full.value.retry_after
    for job in (*waiting, running):
        client.cancel(job.id)
        state_of(client, job.id)
        assert client.job(job.id).state == "cancelled"
    with pytest.raises(Refused, match="has cancelled"):
        client.cancel(running.id)


def test_metrics_and_readiness_are_told(client: Client) -> None:
    assert client.http.get("/readyz").json() == {"status": "ok"}
    assert 'sage_jobs{state="succeeded"}' in client.http.get("/metrics").text


def test_keys_are_asked_for_and_kept_as_hashes(tmp_path: Path) -> None:
    key = add_key(Settings(tmp_path).open(), "lab")
    with serving(tmp_path, needs_key=True, requests_a_minute=4) as (client, _):
        assert client.http.get("/v1/scenes").status_code == 401
        assert client.http.get("/v1/scenes", headers={"Authorization": "Bearer wrong"}).status_code == 401
        assert client.http.get("/healthz").status_code == client.http.get("/").status_code == 200
        mine = {"Authorization": f"Bearer {key}"}
        assert [client.http.get("/v1/scenes", headers=mine).status_code for _ in range(5)] == [200] * 4 + [
            429
        ]
        often = client.http.get("/v1/scenes", headers=mine)
        assert "4 requests a minute" in often.json()["detail"] and 0 < int(often.headers["retry-after"]) <= 15
    assert key.encode() not in (tmp_path / "jobs.sqlite").read_bytes()
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    answered = [line for line in lines if line["message"] == "answered"]
    assert {line["status"] for line in answered} == {200, 401, 429}
    assert {line["caller"] for line in answered} == {"-", "lab"} and key not in (tmp_path / "log").read_text()
    assert {"method", "path", "ms"} < answered[0].keys() < {*FIELDS, "time", "level", "logger", "message"}


def test_a_bucket_of_requests_fills_again() -> None:
    moment = [0.0]
    rate = Rate(2, clock=lambda: moment[0])
    assert [rate.wait("a") for _ in range(3)] == [0.0, 0.0, 30.0]
    assert rate.wait("b") == 0.0
    moment[0] = 30.0
    assert [rate.wait("a"), rate.wait("a")] == [0.0, 30.0]
    assert not any(Rate(0).wait("a") for _ in range(100))


@pytest.fixture
def jobs(database: Postgres | None, tmp_path: Path) -> Iterator[Jobs]:
    url = (
        database.database(f"jobs_{abs(hash(tmp_path))}") if database else f"sqlite:///{tmp_path}/jobs.sqlite"
    )
    engine = open_database(url)
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
    first = jobs.submit(SceneRequest(prompt="a kitchen"), idempotency_key="a")
    second = jobs.submit(SceneRequest(prompt="an office"))
    with pytest.raises(QueueFull, match="2 jobs are waiting"):
        jobs.submit(SceneRequest(prompt="a bar"))
    with pytest.raises(KeyTaken):
        jobs.submit(SceneRequest(prompt="a bar"), idempotency_key="a")
    taken = [jobs.claim(worker) for worker in ("a-1-0", "b-2-0", "c-3-0")]
    assert [job.id if job else None for job in taken] == [first.id, second.id, None]
    assert jobs.renew(first.id, "a-1-0") and not jobs.renew(first.id, "b-2-0")
    assert jobs.cancel(first.id) is not None and not jobs.renew(first.id, "a-1-0")


def test_what_was_made_expires_by_age_and_by_size(jobs: Jobs, tmp_path: Path) -> None:
    made = []
    for age in (3, 2, 1, 0):
        job = jobs.submit(SceneRequest(prompt="a kitchen"))
        with jobs._writing() as session:
            row = session.get(Job, job.id)
            assert row is not None
            row.state, row.finished, row.bytes = "succeeded", now() - timedelta(days=age), 100
        (tmp_path / job.id).mkdir()
        (tmp_path / f"{job.id}.steps").mkdir()
        made.append(job.id)
    waits = jobs.submit(SceneRequest(prompt="a kitchen")).id
    for keeping, kept in ((Keeping(), 4), (Keeping(days=2.5), 3), (Keeping(days=9, most_bytes=250), 2)):
        Workers(jobs, tmp_path, 1, Runner, keeping).expire()
        assert [name for name in made if (tmp_path / name).exists()] == made[4 - kept :]
        assert [job.id for job in jobs.find(JobFilter(states=("succeeded",)))[0]] == made[4 - kept :][::-1]
    assert not (tmp_path / f"{made[0]}.steps").exists() and jobs.get(waits) is not None


def test_a_client_says_why_it_is_refused(tmp_path: Path) -> None:
    with Client("http://127.0.0.1:9") as client, pytest.raises(httpx.TransportError):
        client.scenes()
    with pytest.raises(Exception, match="is there already"):
        client.download("any", tmp_path)
