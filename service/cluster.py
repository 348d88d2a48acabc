"""Connects to Ray, and runs scene generation on its nodes."""

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

_REACH_S = 5.0
_LISTEN_S = 0.2


class ClusterRunner:
    """A `Runner` on whichever node of the connected cluster has a CPU free; waits until one has.

    It keeps the CPU until it is closed. The folders that scenes are made in must lie on a disk that all
    nodes have under the same path.
    """

    def __init__(self, limits: ProcessLimits | None = None, maker: str = MAKER) -> None:
        """Take the arguments of `Runner`."""
        self._limits, self._maker = limits or ProcessLimits(), maker
        self._station: Any = None

    def __enter__(self) -> ClusterRunner:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process on the node and what it was making."""
        if self._station is not None:
            ray.kill(self._station)
            self._station = None

    def run(
        self,
        request: Frozen,
        out: Path,
        progress: Callable[..., None] = silent,
        cancelled: Callable[[], bool] = never,
    ) -> Outcome:
        """Do what `Runner.run` does; the death of the node counts as that of the process.

        Raises:
            ray.exceptions.RayError: the cluster itself is gone.
        """
        start = time.monotonic()
        if self._station is None:
            progress("wait for a node")
            station = ray.remote(_Station).options(num_cpus=1, memory=self._limits.memory_bytes)
            self._station = station.remote(self._limits, self._maker)
        events = self._station.make.options(num_returns="streaming").remote(request, out.resolve())
        try:
            while not cancelled():
                ready, _ = ray.wait([events], timeout=_LISTEN_S)
                if not ready:
                    continue
                told = ray.get(next(events))
                if isinstance(told, Outcome):
                    return told
                stage, details = told
                progress(stage, **details)
        except RayActorError as error:
            self._station = None
            reason = f"the process crashed: its node is lost ({' '.join(str(error).split())[:200]})"
            return Outcome(
                state="failed", kind="crash", reason=reason, killed=True, seconds=time.monotonic() - start
            )
        except BaseException:
            self.close()
            raise
        self.close()
        return Outcome(state="cancelled", seconds=time.monotonic() - start)


class _Station:
    """A runner on a node, as an actor of Ray."""

    def __init__(self, limits: ProcessLimits, maker: str) -> None:
        self._runner = Runner(limits, maker)
        # The warm process dies with the thread that started it, so one thread stays for all scenes.
        self._thread = ThreadPoolExecutor(max_workers=1)

    def make(self, request: Frozen, out: Path) -> Iterator[tuple[str, dict[str, Any]] | Outcome]:
        """Yield each stage that the scene comes to, with its details, and at last what became of it."""
        if not out.parent.is_dir():
            where = f"{str(out.parent)!r} is not on the node {socket.gethostname()!r}"
            reason = f"{where}: all nodes must share the data folder under one path"
            yield Outcome(state="failed", kind="disk", reason=reason)
            return
        told: SimpleQueue[tuple[str, dict[str, Any]] | None] = SimpleQueue()
        made = self._thread.submit(
            self._runner.run, request, out, lambda stage, **details: told.put((stage, details))
        )
        made.add_done_callback(lambda _: told.put(None))
        while (event := told.get()) is not None:
            yield event
        yield made.result()


@contextmanager
def connected(address: str | None, workers: int | None = None) -> Iterator[int]:
    """Connect to Ray, or start it here, unless the program has; yield how many CPUs it has.

    Args:
        address: of a cluster: HOST:PORT, ray://HOST:PORT or auto; None starts one on this machine.
        workers: CPUs of the one that is started.

    Raises:
        UserError: there is none, or it does not start.
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
    except Exception as error:  # Ray raises bare ones
        where = f"at {address!r}" if address else "on this machine"
        raise UserError(f"no Ray {where}: {' '.join(str(error).split())[:300]}") from error
    try:
        yield int(ray.cluster_resources().get("CPU", 1))
    finally:
        ray.shutdown()


def _check_listening(address: str) -> None:
    """Make sure that something answers where a cluster is said to be; Ray itself takes a minute to tell.

    Raises:
        OSError: nothing does.
        ValueError: it is no address.
    """
    if address in ("auto", "local"):
        return
    parts = urlsplit(address if "://" in address else f"ray://{address}")
    if parts.hostname is None or parts.port is None:
        raise ValueError("an address is HOST:PORT, ray://HOST:PORT or auto")
    socket.create_connection((parts.hostname, parts.port), _REACH_S).close()


def check_memory(limits: ProcessLimits) -> None:
    """Make sure that a node of the connected cluster has the memory that a scene may take.

    Raises:
        UserError: none has.
    """
    most = max((node["Resources"].get("memory", 0.0) for node in ray.nodes() if node["Alive"]), default=0.0)
    if most < limits.memory_bytes:
        raise UserError(
            f"a scene may take {limits.memory_bytes / 2**20:.0f} MiB, but no worker has more than "
            f"{most / 2**20:.0f} MiB: lower --memory-per-scene"
        )
