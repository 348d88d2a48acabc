"""Findings of the critic `looks`, and its cost.

    python tests/benchmarks/looks.py scenes/*            # folders that exist
    python tests/benchmarks/looks.py scenes/* --views out/

Lists every finding, how many scenes have one of each kind, and CPU seconds a scene, once assets are in
memory. With `--views` it writes a picture of each scene with a finding, to be looked at: whether an alarm
is false is for eyes to say. Exit status 1 if a scene costs more than the limit in the median.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

from sage.context import silent
from sage.critics.looks import WARNINGS, LooksCritic
from sage.critique import Critique
from sage.export.reading import read_scene
from sage.rendering.views import picture
from sage.service.wiring import make_context

MAX_MEDIAN_CPU_S = 0.3


def main() -> int:
    """Run, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--views", type=Path, help="write pictures of scenes with findings here")
    options = parser.parse_args()
    folders = [folder for folder in options.folders if (folder / "scene.json").is_file()]
    seconds, kinds, rejected = [], Counter[str](), 0
    for folder in folders:
        critique, spent = _judged(folder, options.views)
        seconds.append(spent)
        kinds.update({finding.kind for finding in critique.findings})
        rejected += not critique.passed
    print()
    print(f"scenes with a finding that rejects {rejected:4d} of {len(folders)}")
    for kind, count in kinds.most_common():
        print(f"  {kind:<18} {count:4d} {'(warning)' if kind in WARNINGS else ''}")
    median = statistics.median(seconds)
    print(f"CPU seconds a scene {median:6.3f} median (limit {MAX_MEDIAN_CPU_S:g}), {max(seconds):.3f} most")
    return 0 if median <= MAX_MEDIAN_CPU_S else 1


def _judged(folder: Path, views: Path | None) -> tuple[Critique, float]:
    """Return the verdict on a scene and the CPU seconds that it took."""
    scene, store = read_scene(folder)
    context = make_context(store, silent)
    for item in scene.objects:
        _ = store[item.asset]
    start = time.process_time()
    critique = LooksCritic().review(scene, context)
    spent = time.process_time() - start
    if critique.findings:
        print(f"{folder.name}: {scene.rooms[0].type}, score {critique.score:.2f}", flush=True)
    for finding in critique.findings:
        print(f"    {finding.kind}: {finding.message}", flush=True)
    if critique.findings and views is not None:
        views.mkdir(parents=True, exist_ok=True)
        picture(scene, store).save(views / f"{folder.name}.png")
    return critique, spent


if __name__ == "__main__":
    sys.exit(main())
