"""Time until the page shows a scene of about 75 objects, in a real browser.

    python tests/benchmarks/page.py [--scene FOLDER] [--times 3] [--pictures FOLDER] [--limit 3]

From the moment its address is opened to the first frame, whole on the canvas, with every object in the scene
graph; then the layer of collision pieces. The first time with an empty cache, then as a visitor who comes
back. Fails if the quickest first visit takes longer than the limit [s]; the others tell how busy the machine
is.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from sage.service.generation import generate_or_resume
from sage.service.http.app import Settings
from sage.service.http.jobs import Jobs
from sage.service.http.workers import scene_columns
from sage.service.request import SceneRequest
from sage.service.runner import Outcome
from tests.browsing import chromium
from tests.serving import serving

TASK, SEED = "a bedroom with a double bed between two nightstands, a wardrobe in the corner and a rug", 1
DRAWN = """
const wait = setInterval(() => {
  const viewer = window.viewer;
  if (!viewer) return;
  clearInterval(wait);
  viewer.addEventListener('draw', function drawn() {
    if (!viewer.objects.size) return;
    viewer.removeEventListener('draw', drawn);
    const gl = viewer.renderer.getContext();
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    window.drawn = performance.now() / 1000;
  });
}, 1);
"""
"""Reading a pixel waits until the frame is drawn, which a browser else does while it goes on."""
LAYER = """() => new Promise((done) => {
  const start = performance.now();
  const look = () => {
    let shown = false;
    viewer.root.traverse((node) => { shown ||= Boolean(node.userData.layer && node.visible); });
    if (shown) done((performance.now() - start) / 1000);
    else requestAnimationFrame(look);
  };
  document.querySelector('[data-layer=collision]').click();
  look();
})"""


@dataclass
class Visit:
    """What opening the scene, or a layer of it, took."""

    seconds: float
    requests: int
    received: int
    """Bytes over the network, with headers."""
    cpu: dict[str, float]
    """Seconds of `server` and `browser`."""


class Meter:
    """Counts what a page fetches, from its cache apart, and what the processes work meanwhile."""

    def __init__(self, page: Any, server: int) -> None:
        self.server = server
        self.sent: set[str] = set()
        self.received = 0
        network = page.context.new_cdp_session(page)
        network.send("Network.enable")
        network.on("Network.requestWillBeSent", self._sent)
        network.on("Network.loadingFinished", self._finished)
        network.on("Network.requestServedFromCache", self._kept)
        network.on("Network.responseReceived", self._came)
        self.before = self._cpu()

    def _sent(self, told: dict[str, Any]) -> None:
        self.sent.add(told["requestId"])

    def _kept(self, told: dict[str, Any]) -> None:
        self.sent.discard(told["requestId"])

    def _came(self, told: dict[str, Any]) -> None:
        if told["response"]["fromDiskCache"]:
            self.sent.discard(told["requestId"])

    def _finished(self, told: dict[str, Any]) -> None:
        self.received += int(told["encodedDataLength"])

    def _cpu(self) -> dict[str, float]:
        return {
            "server": cpu_seconds({self.server}),
            "browser": cpu_seconds(descendants(os.getpid()) - {os.getpid()} - descendants(self.server)),
        }

    def visit(self, seconds: float) -> Visit:
        """Return what there was since the last, and begin anew."""
        now = self._cpu()
        told = Visit(seconds, len(self.sent), self.received, {k: now[k] - self.before[k] for k in now})
        self.sent, self.received, self.before = set(), 0, now
        return told


def descendants(process: int) -> set[int]:
    """Return a process and all below it."""
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(path.name)] = int((path / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except OSError:
            continue
    found, more = {process}, True
    while more:
        below = {child for child, parent in parents.items() if parent in found} - found
        found |= below
        more = bool(below)
    return found


def cpu_seconds(processes: set[int]) -> float:
    """Return how long processes have worked so far."""
    ticks = 0
    for process in processes:
        try:
            fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def shelve(data: Path, scene: Path | None) -> tuple[str, int]:
    """Put a scene into a service's folder as if it had made it; return its id and how many objects it has."""
    engine = Settings(data).open()
    jobs = Jobs(engine)
    job = jobs.submit(SceneRequest(prompt=TASK, seed=SEED))
    claimed = jobs.claim("benchmark-0-0")
    assert claimed is not None and claimed.id == job.id
    out = data / "scenes" / job.id
    if scene is None:
        print("a scene is made ...", flush=True)
        generate_or_resume(out=str(out), prompt=TASK, seed=SEED, density="normal")
    else:
        shutil.copytree(scene, out)
    jobs.finish(job.id, "benchmark-0-0", Outcome(state="accepted"), **scene_columns(out))
    engine.dispose()
    return job.id, len(json.loads((out / "scene.json").read_text())["objects"])


def open_scene(page: Any, meter: Meter, address: str, count: int) -> list[Visit]:
    """Open it and its layer of collision pieces."""
    page.goto(address)
    page.wait_for_function("() => window.drawn")
    seen = page.evaluate("() => [window.drawn, viewer.objects.size]")
    assert seen[1] == count, f"{seen[1]} of {count} objects are in the scene graph"
    first = meter.visit(seen[0])
    page.wait_for_selector("canvas[data-ready]")
    meter.visit(0)
    return [first, meter.visit(page.evaluate(LAYER))]


def main() -> int:
    """Open it several times and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--scene", type=Path)
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--pictures", type=Path, help="take screenshots into this folder")
    parser.add_argument("--limit", type=float, default=3.0)
    asked = parser.parse_args()
    told: dict[str, list[Visit]] = {"first visit": [], "its layer": [], "come back": [], "layer again": []}
    with tempfile.TemporaryDirectory() as name:
        scene_id, count = shelve(Path(name), asked.scene)
        with serving(Path(name)) as (client, server), chromium() as browser:
            address = f"{client.http.base_url}/#/scenes/{scene_id}"
            for _ in range(asked.times):
                context = browser.new_context(viewport={"width": 1280, "height": 800})
                context.add_init_script(DRAWN)
                for first, layer in (("first visit", "its layer"), ("come back", "layer again")):
                    page = context.new_page()
                    visits = open_scene(page, Meter(page, server.pid), address, count)
                    told[first].append(visits[0])
                    told[layer].append(visits[1])
                    page.close()
                context.close()
    return report(told, count, asked.limit)


def report(told: dict[str, list[Visit]], count: int, limit: float) -> int:
    """Print a line a kind; return 1 if the first visit takes too long."""
    load = os.getloadavg()[0] / (os.cpu_count() or 1)
    print(f"{count} objects; {os.cpu_count()} cores with {load:.1f} processes waiting for each")
    heads = ("least s", "median s", "requests", "kB", "server cpu s", "browser cpu s")
    print(" " * 12 + "".join(f"{head:>15}" for head in heads))
    for kind, visits in told.items():
        seconds = [visit.seconds for visit in visits]
        cpu = [statistics.median(visit.cpu[name] for visit in visits) for name in ("server", "browser")]
        numbers = (min(seconds), statistics.median(seconds), visits[0].requests, visits[0].received / 1000)
        print(f"{kind:12}" + "".join(f"{number:15.4g}" for number in (*numbers, *cpu)))
    return int(min(visit.seconds for visit in told["first visit"]) > limit)


if __name__ == "__main__":
    sys.exit(main())
