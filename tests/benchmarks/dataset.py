"""Overhead of dataset generation beyond the scenes: `python tests/benchmarks/dataset.py`.

A plan of 100,000 scenes whose maker writes next to nothing; some of them are made, the rest have been made
before. Prints the driver's peak memory and its CPU time a scene.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import time
from pathlib import Path

from sage.dataset.storage import Storage
from sage.service.dataset.batch import BatchOptions, Tally, make
from sage.service.dataset.card import statistics
from sage.service.dataset.manifest import write_tables
from sage.service.dataset.plan import Plan, read_mixture, scene_path
from sage.service.dataset.record import Record

ROOT = Path(__file__).parents[2]


def record_made(storage: Storage, plan: Plan, first: int) -> None:
    """Write records of scenes without files from number `first` on."""
    assert storage.local is not None
    for index in range(first, plan.scenes):
        record = Record(
            index=index, state="accepted", split=plan.split(index), request=plan.request(index),
            room="kitchen", objects=60, categories={f"thing {k}": 2 for k in range(30)},
        )  # fmt: skip
        for name, text in (
            (record.path, record.model_dump_json()),
            (f"logs/{scene_path(index)}.json", '{"stages": {}}'),
        ):
            path = storage.local / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)


def spent() -> float:
    """Return the CPU seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--planned", type=int, default=100_000)
    parser.add_argument("--made", type=int, default=2000, help="how many of them are made here")
    asked = parser.parse_args()
    os.environ["PYTHONPATH"] = f"{ROOT / 'tests/makers'}{os.pathsep}{ROOT}"
    plan = Plan(scenes=asked.planned, seed=1, mixture=read_mixture(None))
    marks: list[tuple[int, float]] = []

    def mark(tally: Tally) -> None:
        if not tally.already:
            marks.append((tally.made, spent()))

    with tempfile.TemporaryDirectory() as folder:
        storage = Storage(folder)
        storage.write("dataset.json", plan.model_dump_json().encode())
        record_made(storage, plan, asked.made)
        start, clock = spent(), time.monotonic()
        tally = make(plan, folder, BatchOptions(workers=os.cpu_count(), maker="bare:make"), progress=mark)
        driver, seconds = spent() - start, time.monotonic() - clock
        (made_first, cpu_first), (made_last, cpu_last) = marks[0], marks[-1]
        each = (cpu_last - cpu_first) / max(1, made_last - made_first)
        found = (start + driver - cpu_last) / max(1, tally.already)
        start = spent()
        write_tables(storage)
        statistics(storage, plan.scenes)
        tables = spent() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"planned {plan.scenes}, made {tally.made} in {seconds:.0f} s, found {tally.already}")
    print(f"driver: {1e3 * each:.2f} ms of CPU a scene made, {1e3 * found:.2f} a scene found")
    print(f"peak of the driver: {peak:.0f} MB")
    print(f"tables and statistics: {1e3 * tables / plan.scenes:.2f} ms a scene")


if __name__ == "__main__":
    main()
