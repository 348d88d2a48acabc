"""Scenes of the service generated on a real local Ray cluster."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from ray.cluster_utils import Cluster

from sage.client import Client
from tests.serving import PATH, serving, until

pytestmark = pytest.mark.slow
HANG, EAT = 1002, 1003


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A head that makes nothing, and one node that makes one scene at a time."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", PATH)
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
        try:
            cluster.add_node(num_cpus=1)
            yield cluster
        finally:
            cluster.shutdown()


Service = tuple[Client, "subprocess.Popen[bytes]"]


@pytest.fixture(scope="module")
def service(cluster: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    with serving(tmp_path_factory.mktemp("cluster"), ray=cluster.address, seconds=600.0) as service:
        yield service


def running(client: Client, seed: int) -> str:
    """Return a job whose process has told its first stage."""
    job_id = client.generate("a kitchen", seed=seed).id
    until(lambda: client.job(job_id).stage == "a kitchen", 120)
    return job_id


def test_a_scene_is_made_and_its_stages_are_told(service: Service) -> None:
    client, _ = service
    job = client.generate("a kitchen", seed=1)
    assert client.wait(job.id).accepted
    kinds = [event["kind"] for event in client.events(job.id)]
    assert kinds[:3] == ["queued", "running", "stage"] and kinds[-1] == "succeeded"


def test_what_is_cancelled_ends_at_once_and_the_next_is_made(service: Service) -> None:
    client, _ = service
    job_id = running(client, HANG)
    client.cancel(job_id)
    until(lambda: client.job(job_id).state == "cancelled", 10)
    assert client.wait(client.generate("a kitchen", seed=2).id).accepted


def test_limits_hold_on_the_node(service: Service) -> None:
    client, _ = service
    job_id = client.generate("a kitchen", seed=EAT).id
    until(lambda: client.job(job_id).state == "failed", 60)
    assert client.job(job_id).kind == "memory"


def test_a_job_outlives_its_node(service: Service, cluster: Cluster) -> None:
    client, _ = service
    job_id = running(client, HANG)
    cluster.remove_node(max(cluster.worker_nodes, key=id), allow_graceful=False)
    until(lambda: client.job(job_id).tries == 2, 60)
    cluster.add_node(num_cpus=1)
    until(lambda: client.job(job_id).stage == "a kitchen", 120)
    client.cancel(job_id)
    assert client.wait(client.generate("a kitchen", seed=3).id).accepted


def test_no_cluster_and_too_little_memory_are_told_in_a_line(cluster: Cluster, tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "sage.service.cli",
        "serve",
        "--data",
        str(tmp_path),
        "--port",
        "0",
        "--ray",
    ]
    for arguments, told in (
        (["127.0.0.1:1"], "no Ray at '127.0.0.1:1'"),
        (["ray://127.0.0.1:10001"], "runs on a node of the cluster"),
        (["nonsense"], "an address is HOST:PORT"),
        ([cluster.address, "--memory-per-scene", "9999"], "lower --memory-per-scene"),
    ):
        done = subprocess.run([*command, *arguments], capture_output=True, text=True, timeout=120)
        assert done.returncode == 2 and told in done.stderr and "Traceback" not in done.stderr
