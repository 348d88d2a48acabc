"""Cost of rendered images and ground truth.

    python tests/benchmarks/rendering.py scenes/*

CPU seconds of this process, best of `--repeats`, with assets in memory and nothing else prepared: a
preview of 800 x 600 by `fast`; depth, ids and normals of 640 x 480 by the first camera, and by each further
one. Scaled to 75 objects by the number of objects. With `--engines`, also a picture of 800 x 600 by each of
the other engines, best of two and as it is: their cost is that of the pixels. Engines that are not installed
are named as such. Exit status 1 if a limit is missed in the median over the scenes.
"""

from __future__ import annotations

import argparse
import importlib.util
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from sage.asset import AssetStore
from sage.export.reading import read_scene
from sage.rendering.engines import renderer_of
from sage.rendering.lighting import lighting
from sage.rendering.observation import Frame, Observer
from sage.rendering.surfaces import surfaces
from sage.rendering.viewpoints import corner_cameras
from sage.rendering.views import SIZE, picture, view_of
from sage.scene import Scene

OBJECTS = 75
LIMITS_S = {"fast preview": 0.5, "ground truth, first frame": 0.15, "ground truth, next frame": 0.15}
OTHERS = {"open3d": ("open3d", 2.0), "photo": ("mitsuba", 30.0)}
"""Other engines, the package that each needs, and its limit [CPU s]."""


def main() -> int:
    """Run, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--engines", action="store_true", help="also the engines that take seconds")
    options = parser.parse_args()
    others = [name for name, (package, _) in OTHERS.items() if importlib.util.find_spec(package) is not None]
    rows: dict[str, list[float]] = {name: [] for name in LIMITS_S}
    seconds_of: dict[str, list[float]] = {name: [] for name in others if options.engines}
    for folder in options.folders:
        if not (folder / "scene.json").is_file():
            continue
        scene, store = read_scene(folder)
        count = sum(not item.covering for item in scene.objects)
        found = _measured(scene, store, options.repeats)
        print(f"{folder.name}: {count} objects, " + ", ".join(f"{k} {v:.3f}" for k, v in found.items()))
        for name, seconds in found.items():
            rows[name].append(seconds * OBJECTS / max(count, 1))
        for name, values in seconds_of.items():
            values.append(_best(partial(_taken, name, scene, store), 2))
            print(f"{folder.name}: {name} {values[-1]:.2f}", flush=True)
    good = True
    for name, values in rows.items():
        median = statistics.median(values)
        good = good and median <= LIMITS_S[name]
        print(f"{name:<26} {median:6.3f} CPU s for {OBJECTS} objects, median (limit {LIMITS_S[name]:g})")
    for name, (package, limit) in OTHERS.items():
        if name not in others:
            print(f"{name:<26} not installed: {package}")
        elif options.engines:
            median = statistics.median(seconds_of[name])
            good = good and median <= limit
            print(f"{name:<26} {median:6.2f} CPU s a picture, median (limit {limit:g})")
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


def _taken(engine: str, scene: Scene, store: AssetStore) -> object:
    seen = view_of(scene, store, "preview")
    found, light = surfaces(scene, store), lighting(scene, store)
    return renderer_of(engine, found, light, seen.hidden).picture(seen.camera)


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
