"""What do pictures and ground truth of a scene cost?

    python tests/benchmarks/rendering.py scenes/*

CPU seconds of this process, best of `--repeats`, with assets in memory and nothing else prepared: a
preview of 800 x 600 by `fast`; depth, ids and normals of 640 x 480 by the first camera, and by each further
one. Scaled to 75 objects by the number of objects. Engines that are not installed are named as such. Exit
status 1 if a limit is missed in the median over the scenes.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from sage.asset import AssetStore
from sage.export.folder import read_scene
from sage.observation import Frame, Observer
from sage.render import SIZE, picture
from sage.scene import Scene
from sage.surfaces import surfaces
from sage.viewpoints import corner_cameras

OBJECTS = 75
LIMITS_S = {"fast preview": 0.5, "ground truth, first frame": 0.15, "ground truth, next frame": 0.15}
OTHERS = {"open3d": "open3d", "photo": "mitsuba"}
"""Other engines, and the package that each needs."""


def main() -> int:
    """Run, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    rows: dict[str, list[float]] = {name: [] for name in LIMITS_S}
    for folder in options.folders:
        if not (folder / "scene.json").is_file():
            continue
        scene, store = read_scene(folder)
        count = sum(not item.covering for item in scene.objects)
        found = _measured(scene, store, options.repeats)
        print(f"{folder.name}: {count} objects, " + ", ".join(f"{k} {v:.3f}" for k, v in found.items()))
        for name, seconds in found.items():
            rows[name].append(seconds * OBJECTS / max(count, 1))
    good = True
    for name, values in rows.items():
        median = statistics.median(values)
        good = good and median <= LIMITS_S[name]
        print(f"{name:<26} {median:6.3f} CPU s for {OBJECTS} objects, median (limit {LIMITS_S[name]:g})")
    for name, package in OTHERS.items():
        if importlib.util.find_spec(package) is None:
            print(f"{name:<26} not installed: {package}")
    return 0 if good else 1


def _measured(scene: Scene, store: AssetStore, repeats: int) -> dict[str, float]:
    for item in scene.objects:
        _ = store[item.asset]
    camera = corner_cameras(scene, store, scene.rooms[0])[0].sized(640, 480)
    observers: list[Observer] = []

    def first_frame() -> None:
        observers.append(Observer(surfaces(scene, store)))
        _whole(observers[-1].look(camera))

    preview = _best(lambda: picture(scene, store, size=SIZE), repeats)
    first = _best(first_frame, repeats)
    more = _best(lambda: _whole(observers[-1].look(camera)), repeats)
    return dict(zip(LIMITS_S, (preview, first, more), strict=True))


def _whole(frame: Frame) -> None:
    """Have a frame work out all that it is measured by."""
    _ = (frame.depth, frame.instances, frame.parts, frame.normals)


def _best(work: Callable[[], object], repeats: int) -> float:
    spent = []
    for _ in range(repeats):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


if __name__ == "__main__":
    sys.exit(main())
