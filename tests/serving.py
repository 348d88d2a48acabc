"""Services and databases in processes of their own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from sage.client import Client

FAULTY = "faulty:make"
PATH = f"{Path(__file__).parent / 'makers'}{os.pathsep}{Path(__file__).parents[1]}"
_PROGRAM = """
import json, sys, uvicorn
from pathlib import Path
from sage.service.http.app import Settings, create_app
from sage.service.http.logs import log_to_stderr
from sage.service.http.workers import Keeping
from sage.service.runner import ProcessLimits
port, told = int(sys.argv[1]), json.loads(sys.argv[2])
log_to_stderr(True)
settings = Settings(Path(told.pop("data")), limits=ProcessLimits(told.pop("seconds", 60.0), 1 << 30),
                    keeping=Keeping(**told.pop("keeping", {})), **told)
uvicorn.run(create_app(settings), port=port, log_config=None, timeout_graceful_shutdown=3)
"""


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def serving(data: Path, **settings: Any) -> Iterator[tuple[Client, subprocess.Popen[bytes]]]:
    """Yield a client of a service that runs with these `Settings`, and its process; its log is in `data`."""
    port = free_port()
    told = {"data": str(data), "maker": FAULTY, "most_waiting": 3, **settings}
    data.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", _PROGRAM, str(port), json.dumps(told)]
    with (data / "log").open("ab") as log:
        server = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": PATH}, stderr=log)
    try:
        with Client(f"http://127.0.0.1:{port}") as client:
            until(lambda: server.poll() is not None or _answers(client), 120)
            assert server.poll() is None, (data / "log").read_text()[-2000:]
            yield client, server
    finally:
        server.terminate()
        server.wait()


def _answers(client: Client) -> bool:
    try:
        return client.http.get("/healthz").is_success
    except httpx.TransportError:
        return False


def until(holds: Any, seconds: float = 60.0) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it never came to be"
        time.sleep(0.05)


class Postgres:
    """A PostgreSQL server of our own, on this machine only."""

    def __init__(self, binaries: Path, folder: Path) -> None:
        self.binaries, self.folder, self.port = binaries, folder, free_port()
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(folder, self.user)
        self._run("initdb", "--no-sync", "--auth=trust", "--username=sage", "-D", str(folder / "data"))

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self.binaries / program, *arguments], user=self.user, cwd=self.folder, capture_output=True
        )
        assert done.returncode == 0, done.stderr.decode()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        flags = ("-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-k", str(self.folder))
        command = [self.binaries / "postgres", "-D", str(self.folder / "data"), "-p", str(self.port), *flags]
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(command, user=self.user, cwd=self.folder, stderr=log, stdout=log)
        until(self._ready)

    def _ready(self) -> bool:
        asked = [self.binaries / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked).returncode == 0

    def stop(self) -> None:
        """Stop it at once, whoever is connected."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait()

    def database(self, name: str) -> str:
        """Make an empty database and return its URL."""
        where = ("-h", "127.0.0.1", "-p", str(self.port), "-U", "sage")
        self._run("createdb", *where, name)
        return f"postgresql+psycopg://sage@127.0.0.1:{self.port}/{name}"


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Yield a running PostgreSQL, or skip the test and say why."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: pip install 'sage-scenes[postgres]'")
    found = shutil.which("initdb")
    binaries = [Path(found).resolve().parent] if found else sorted(Path("/usr/lib/postgresql").glob("*/bin"))
    if not binaries:
        pytest.skip("PostgreSQL's programs (initdb, postgres) are not installed")
    folder = Path(tempfile.mkdtemp(prefix="sage-postgres-"))
    folder.chmod(0o755)
    try:
        server = Postgres(binaries[-1], folder)
        server.start()
        yield server
        server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
