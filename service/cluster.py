"""Connection to a Ray cluster, and scene generation on its nodes."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from urllib.parse import urlsplit

import ray
from ray.exceptions import RayActorError

from sage.context import never, silent
from sage.errors import UserError
from sage.geometry import Frozen
from sage.service.runner import MAKER, Outcome, ProcessLimits, Runner

__all__ = ["ClusterRunner", "check_memory", "connected"]

_CONNECT_S = 5.0
_POLL_S = 0.2


class ClusterRunner:
    """A `Runner` on a node of the connected cluster that has a free CPU; waits for one.

    It holds the CPU until it is closed. All nodes must have the folders of scenes under the same path.
    """

    def __init__(self, limits: ProcessLimits | None = None, maker: str = MAKER) -> None:
        """Set limits and maker; see `Runner`."""
        self._limits, self._maker = limits or ProcessLimits(), maker
        self._actor: Any = None

    def __enter__(self) -> ClusterRunner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Kill the worker process on the node and the scene that it generates."""
        if self._actor is not None:
            ray.kill(self._actor)
            self._actor = None

    def run(
        self,
        request: Frozen,
        out: Path,
        progress: Callable[..., None] = silent,
        cancelled: Callable[[], bool] = never,
    ) -> Outcome:
        """Generate the scene of a request; see `Runner.run`. The loss of the node is a crash of the process.

        Raises:
            ray.exceptions.RayError: the cluster itself is lost.
        """
        start = time.monotonic()
        if self._actor is None:
            progress("wait for a node")
            actor = ray.remote(_RunnerActor).options(num_cpus=1, memory=self._limits.memory_bytes)
            self._actor = actor.remote(self._limits, self._maker)
        events = self._actor.make.options(num_returns="streaming").remote(request, out.resolve())
        try:
            while not cancelled():
                ready, _ = ray.wait([events], timeout=_POLL_S)
                if not ready:
                    continue
                event = ray.get(next(events))
                if isinstance(event, Outcome):
                    return event
                stage, details = event
                progress(stage, **details)
        except RayActorError as error:
            self._actor = None
            reason = f"the process crashed: its node was lost ({' '.join(str(error).split())[:200]})"
            return Outcome(
                state="failed", kind="crash", reason=reason, killed=True, seconds=time.monotonic() - start
            )
        except BaseException:
            self.close()
            raise
        self.close()
        return Outcome(state="cancelled", seconds=time.monotonic() - start)


class _RunnerActor:
    """Runner on a node, as a Ray actor."""

    def __init__(self, limits: ProcessLimits, maker: str) -> None:
        self._runner = Runner(limits, maker)
        # The worker process dies with the thread that started it: one thread serves all scenes.
        self._thread = ThreadPoolExecutor(max_workers=1)

    def make(self, request: Frozen, out: Path) -> Iterator[tuple[str, dict[str, Any]] | Outcome]:
        """Yield each stage with its details, and at last the outcome."""
        if not out.parent.is_dir():
            where = f"{str(out.parent)!r} is not on the node {socket.gethostname()!r}"
            reason = f"{where}: all nodes must have the data folder under the same path"
            yield Outcome(state="failed", kind="disk", reason=reason)
            return
        events: SimpleQueue[tuple[str, dict[str, Any]] | None] = SimpleQueue()
        made = self._thread.submit(
            self._runner.run, request, out, lambda stage, **details: events.put((stage, details))
        )
        made.add_done_callback(lambda _: events.put(None))
        while (event := events.get()) is not None:
            yield event
        yield made.result()


@contextmanager
def connected(address: str | None, workers: int | None = None) -> Iterator[int]:
    """Connect to Ray, or start it on this machine, unless the program is connected; yield its CPUs.

    Args:
        address: HOST:PORT, ray://HOST:PORT or auto; None starts Ray on this machine.
        workers: number of CPUs of the Ray that is started; by default all.

    Raises:
        UserError: there is no cluster at the address, or Ray does not start.
    """
    if ray.is_initialized():
        yield int(ray.cluster_resources().get("CPU", 1))
        return
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        if address:
            _check_listening(address)
            ray.init(address=address, log_to_driver=False, logging_level=logging.ERROR)
        else:
            ray.init(
                address="local", num_cpus=workers, include_dashboard=False, object_store_memory=200_000_000,
                log_to_driver=False, logging_level=logging.ERROR,
            )  # fmt: skip
    except Exception as error:  # Ray raises bare exceptions
        where = f"at {address!r}" if address else "on this machine"
        raise UserError(f"no Ray {where}: {' '.join(str(error).split())[:300]}") from error
    try:
        yield int(ray.cluster_resources().get("CPU", 1))
    finally:
        ray.shutdown()


def _check_listening(address: str) -> None:
    """Check that something listens at an address; Ray itself takes a minute to report it.

    Raises:
        OSError: nothing listens there.
        ValueError: it is not an address.
    """
    if address in ("auto", "local"):
        return
    parts = urlsplit(address if "://" in address else f"ray://{address}")
    if parts.hostname is None or parts.port is None:
        raise ValueError("an address is HOST:PORT, ray://HOST:PORT or auto")
    socket.create_connection((parts.hostname, parts.port), _CONNECT_S).close()


def check_memory(limits: ProcessLimits) -> None:
    """Check that a node of the connected cluster has the memory that a scene may use.

    Raises:
        UserError: no node has.
    """
    most = max((node["Resources"].get("memory", 0.0) for node in ray.nodes() if node["Alive"]), default=0.0)
    if most < limits.memory_bytes:
        raise UserError(
            f"a scene may take {limits.memory_bytes / 2**20:.0f} MiB, but no worker has more than "
            f"{most / 2**20:.0f} MiB: lower --memory-per-scene"
        )
