"""Load test of the service: response times and memory.

    python tests/benchmarks/web_service.py [--clients 50] [--minutes 10] [--real]

Clients submit, poll, list, download files and archives and follow events at random. Scenes are made by a
maker that takes no time, unless `--real`. Fails if an answer other than a scene took more than 0.5 s at the
99th percentile, or if the server's memory grew by more than a tenth over the second half.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).parents[2]))

from sage.client import Client, Refused
from sage.service.http.making import MAKER
from tests.serving import FAULTY, serving

LIMIT_S = 0.5
GROWTH = 1.1


class Load:
    """Clients that go on until a moment, and the seconds that their requests took, by kind."""

    def __init__(self, url: str, end: float) -> None:
        self.url, self.end = url, end
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.refused = 0
        self.broken: list[str] = []

    def client(self, seed: int) -> None:
        """Be one client."""
        draw = random.Random(seed)
        with Client(self.url, timeout=60) as client:
            scenes: list[str] = []
            while time.monotonic() < self.end:
                kind = draw.choices(
                    ("submit", "poll", "list", "download", "archive", "page", "events"), (2, 6, 3, 3, 1, 2, 1)
                )[0]
                start = time.monotonic()
                try:
                    self._do(kind, client, draw, scenes)
                    if kind != "events":
                        self.seconds[kind].append(time.monotonic() - start)
                except Refused as refused:
                    self.refused += refused.status == 429
                    if refused.status >= 500:
                        self.broken.append(f"{kind}: {refused}")
                except httpx.TransportError as error:
                    self.broken.append(f"{kind}: {error!r}")
                time.sleep(draw.uniform(0.2, 1.0))

    def _do(self, kind: str, client: Client, draw: random.Random, scenes: list[str]) -> None:
        if kind == "submit":
            scenes.append(client.generate("a kitchen", seed=draw.randrange(900)).id)
        elif kind == "poll" and scenes:
            client.job(draw.choice(scenes))
        elif kind == "download" and scenes:
            client.http.get(f"/v1/scenes/{draw.choice(scenes)}/files/scene.json")
        elif kind == "archive" and scenes:
            client.http.get(f"/v1/scenes/{draw.choice(scenes)}/archive")
        elif kind == "events" and scenes:
            for _ in client.events(scenes[-1]):
                if time.monotonic() > self.end:
                    break
        elif kind == "page":
            client.http.get("/")
        else:
            client.scenes(limit=20)


def resident_bytes(process: int) -> int:
    """Return how much memory a process has."""
    return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * 4096


def cpu_seconds(process: int) -> float:
    """Return how long a process has worked, without those that it started."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Run the load and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--real", action="store_true")
    asked = parser.parse_args()
    maker, lasts = MAKER if asked.real else FAULTY, asked.minutes * 60
    with (
        tempfile.TemporaryDirectory() as data,
        serving(Path(data), maker=maker, most_waiting=100) as (client, server),
    ):
        load = Load(str(client.http.base_url), time.monotonic() + lasts)
        threads = [threading.Thread(target=load.client, args=(k,)) for k in range(asked.clients)]
        for thread in threads:
            thread.start()
        time.sleep(lasts / 2)
        half = resident_bytes(server.pid)
        for thread in threads:
            thread.join()
        worked = cpu_seconds(server.pid)
        grown = resident_bytes(server.pid) / half
    slow = False
    print(f"{'':10}{'count':>8}{'p50 ms':>9}{'p99 ms':>9}")
    for kind, seconds in sorted(load.seconds.items()):
        seconds.sort()
        p50, p99 = (seconds[int(len(seconds) * share)] for share in (0.5, 0.99))
        slow |= p99 > LIMIT_S
        print(f"{kind:10}{len(seconds):8}{p50 * 1000:9.0f}{p99 * 1000:9.0f}")
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"{worked:.0f} s of CPU in the server; {busy:.1f} processes waited for each core of the machine")
    print(f"refused for a full queue: {load.refused}; broken: {len(load.broken)} {load.broken[:3]}")
    print(f"memory: {half / 2**20:.0f} MiB at half time, x {grown:.2f} at the end")
    return int(slow or bool(load.broken) or grown > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
