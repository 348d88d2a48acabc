"""CPU time of a scene over its number of objects.

    python tests/benchmarks/scaling.py                    # restaurants, libraries and grocery stores
    python tests/benchmarks/scaling.py --rooms warehouse --densities normal --seeds 1

One warm process makes rooms of one type in several sizes and densities and writes them to a scratch
folder. The prompt asks for more of the room's main furniture as the floor grows, so that the small
rooms are no more crowded than the large ones: crowding costs time too and would hide the growth. For each
stage and in total, cost = a * n^b is fitted by least squares on the logarithms of the medians over
seeds; what cannot be put down to a stage is `rest`. From 20 to 200 objects n log n grows like n^1.25,
so the claim is that the total's exponent b is at most that for every type of room, and that over the
upper half of the points it is not more by over two standard errors. Exit status 1 if it does not hold,
or if the counts do not span enough to tell.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import numpy as np
from scipy.stats import linregress

from sage.choices import Density
from sage.service.generation import generate

MAX_EXPONENT = 1.25
FURNITURE = {
    "restaurant": ("table", "tables"),
    "library": ("bookcase", "bookcases"),
    "grocery store": ("shelf", "shelves"),
    "warehouse": ("shelf", "shelves"),
}
"""What each type of room has more of as it grows."""
SIZES = ((4, 1), (8, 4), (12, 8))
"""The side of a square room [m] and how many of its main furniture."""
MIN_SPAN = 4.0
"""The most objects by the fewest: what an exponent needs to mean anything."""
SHOWN_AT = (20, 50, 100, 200)
NOTED_SHARE = 0.1
"""A stage that takes this share of the CPU is named when it grows faster than the limit."""
SHORTEST_S = 0.005
"""A stage that ever takes less is not fitted [CPU s]: `result.seconds` counts in milliseconds."""


@dataclass(frozen=True)
class Made:
    """One room that was made."""

    objects: int
    rounds: int
    accepted: bool
    seconds: dict[str, float]
    """CPU seconds by stage, with the export and the rest."""

    @property
    def total(self) -> float:
        """CPU seconds of the whole run."""
        return sum(self.seconds.values())


@dataclass(frozen=True)
class Point:
    """A size and a density: medians over seeds."""

    label: str
    objects: float
    rounds: float
    total: float
    stages: dict[str, float]


@dataclass(frozen=True)
class Fit:
    """cost = a * n^b."""

    a: float
    b: float
    error: float
    """Standard error of b; infinite where two points make the line."""
    r2: float

    def at(self, n: float) -> float:
        """Return the fitted CPU seconds for n objects."""
        return float(self.a * n**self.b)


def make(prompt: str, seed: int, density: Density, folder: Path) -> Made:
    """Generate and write one room."""
    exported = math.nan

    def progress(stage: str) -> None:
        nonlocal exported
        if stage == "export":
            exported = time.process_time()

    start = time.process_time()
    result = generate(prompt, out=folder, seed=seed, density=density, overwrite=True, progress=progress)
    end = time.process_time()
    stages = result.seconds | {"export": end - exported}
    return Made(
        sum(not item.covering for item in result.scene.objects),
        result.rounds,
        result.accepted,
        stages | {"rest": max(0.0, end - start - sum(stages.values()))},
    )


def median_point(label: str, made: Sequence[Made]) -> Point:
    """Return the medians over seeds."""
    stages = {name for each in made for name in each.seconds}
    return Point(
        label,
        statistics.median(each.objects for each in made),
        statistics.median(each.rounds for each in made),
        statistics.median(each.total for each in made),
        {name: statistics.median(each.seconds.get(name, 0.0) for each in made) for name in stages},
    )


def fit(points: Sequence[Point], cost: Callable[[Point], float]) -> Fit:
    """Fit a power of the number of objects; every cost must be above zero."""
    line = linregress(np.log([point.objects for point in points]), np.log([cost(point) for point in points]))
    error = float(line.stderr) if len(points) > 2 else math.inf
    return Fit(math.exp(line.intercept), float(line.slope), error, float(line.rvalue**2))


def main() -> int:
    """Run, print the tables, and return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--rooms", nargs="+", choices=FURNITURE, default=["restaurant", "library", "grocery store"]
    )
    parser.add_argument("--densities", nargs="+", choices=get_args(Density), default=get_args(Density))
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    options = parser.parse_args()
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "scene"
        for room in options.rooms:
            make(f"a {room}", 0, "normal", folder)
        print("warm", flush=True)
        good = [_report(room, _points(room, options.densities, seeds, folder)) for room in options.rooms]
    return 0 if all(good) else 1


def _points(room: str, densities: Sequence[Density], seeds: Sequence[int], folder: Path) -> list[Point]:
    points = []
    for density in densities:
        for side, count in SIZES:
            noun = FURNITURE[room][count > 1]
            prompt = f"a {room}, {side} m x {side} m, with {count} {noun}"
            label = f"{density} {side} m, {count} {noun}"
            made = [make(prompt, seed, density, folder) for seed in seeds]
            points.append(median_point(label, made))
            refused = sum(not each.accepted for each in made)
            print(
                f"{label}: {points[-1].objects:g} objects, {points[-1].rounds:g} rounds, "
                f"{points[-1].total:.2f} CPU s{f', {refused} NOT accepted' if refused else ''}",
                flush=True,
            )
    return sorted(points, key=lambda point: point.objects)


def _report(room: str, points: list[Point]) -> bool:
    total = fit(points, lambda point: point.total)
    upper = fit(points[len(points) // 2 :], lambda point: point.total)
    everything = sum(point.total for point in points)
    shares = {
        name: sum(point.stages.get(name, 0.0) for point in points) / everything
        for name in sorted({name for point in points for name in point.stages})
    }
    stages = sorted(shares, key=lambda name: -shares[name])
    _print_points(points, stages)
    columns = "".join(f"{f'at {n}':>9}" for n in SHOWN_AT)
    print(f"{'':<14}  share      b         R2    cost / (n log n) [ms]\n{'':<40}{columns}")
    print(_fit_line("total", 1.0, total))
    print(_fit_line("  upper half", 1.0, upper))
    for name in stages:
        if min(point.stages.get(name, 0.0) for point in points) < SHORTEST_S:
            print(f"{name:<14} {shares[name]:6.1%}  too short to fit")
            continue
        found = fit(points, lambda point, name=name: point.stages[name])  # type: ignore[misc]
        fast = found.b > MAX_EXPONENT and shares[name] >= NOTED_SHARE
        print(_fit_line(name, shares[name], found) + ("  faster than n log n" if fast else ""))
    span = points[-1].objects / points[0].objects
    even = total.b <= MAX_EXPONENT and upper.b - 2 * upper.error <= MAX_EXPONENT
    good = even and span >= MIN_SPAN
    print(
        f"{room}: n^{total.b:.2f} (limit {MAX_EXPONENT}) from {points[0].objects:g} to "
        f"{points[-1].objects:g} objects (limit {MIN_SPAN:g} times): {'good' if good else 'MISSED'}\n",
        flush=True,
    )
    return good


def _print_points(points: Sequence[Point], stages: Sequence[str]) -> None:
    print("\nobjects  rounds   total" + "".join(f"{name[:11]:>12}" for name in stages) + "  [CPU s]")
    for point in points:
        cells = "".join(f"{point.stages.get(name, 0.0):12.3f}" for name in stages)
        print(f"{point.objects:7g} {point.rounds:7g} {point.total:7.2f}{cells}  {point.label}")


def _fit_line(name: str, share: float, found: Fit) -> str:
    cells = "".join(f"{1e3 * found.at(n) / (n * math.log(n)):9.2f}" for n in SHOWN_AT)
    return f"{name:<14} {share:6.1%}  {found.b:5.2f} +-{found.error:.2f} {found.r2:6.2f}  {cells}"


if __name__ == "__main__":
    sys.exit(main())
