"""Diversity of the scenes of one prompt over seeds.

    python tests/benchmarks/diversity.py                  # a living room, 50 seeds
    python tests/benchmarks/diversity.py --prompt "a kitchen" --density dense --seeds 30

Nothing is written. Each distance runs from 0 to 1 and is taken from every accepted scene to the one
nearest to it, so that a single twin counts against both; the mean over scenes is what is judged.
Exit status 1 if a limit is missed.
"""

from __future__ import annotations

import argparse
import itertools
import math
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar, get_args

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment
from scipy.spatial.distance import cdist

from sage.choices import Density
from sage.scene import Scene
from sage.service.generation import generate

MIN_LAYOUT, MIN_CATEGORIES, MAX_REPEATS = 0.1, 0.1, 0
UNMATCHED = 0.5
"""What an object costs that has no counterpart in the other scene."""
MIN_SIZES = 5
"""Fewer assets of a category than this say nothing of its spread."""
NAMED = 5
"""How many categories the table names."""

T = TypeVar("T")
Array = npt.NDArray[np.float64]
Places = dict[str, Array]
"""Positions by category in a room that is scaled to the unit square, shape [n, 2]."""


@dataclass(frozen=True)
class Made:
    """What is compared of a scene."""

    seed: int
    content: str
    """Everything but the seed."""
    places: Places
    furniture: Places
    """Of what stands on the floor."""
    counts: Counter[str]
    assets: frozenset[str]
    sizes: dict[str, list[tuple[float, float, float]]]
    """By category, each asset once [m]."""


@dataclass(frozen=True)
class Row:
    """A distance of every scene to the one nearest to it."""

    name: str
    distances: list[float]
    limit: float | None = None

    @property
    def mean(self) -> float:
        """Over the scenes."""
        return statistics.fmean(self.distances)

    @property
    def good(self) -> bool:
        """Whether the limit is kept, if there is one."""
        return self.limit is None or self.mean >= self.limit


def digest(scene: Scene) -> Made:
    """Take from a scene what is compared."""
    corners = {room.id: np.array(room.polygon) for room in scene.rooms}
    places, furniture = defaultdict(list), defaultdict(list)
    for item in scene.objects:
        low, high = corners[item.room].min(axis=0), corners[item.room].max(axis=0)
        place = (np.array(item.pose.position[:2]) - low) / (high - low)
        places[item.category].append(place)
        if item.support == "floor":
            furniture[item.category].append(place)
    sizes = defaultdict(list)
    for item in {item.asset: item for item in scene.objects}.values():
        sizes[item.category].append(item.size)
    return Made(
        scene.seed,
        scene.model_dump_json(exclude={"seed"}),
        {name: np.stack(each) for name, each in places.items()},
        {name: np.stack(each) for name, each in furniture.items()},
        Counter(item.category for item in scene.objects),
        frozenset(item.asset for item in scene.objects),
        dict(sizes),
    )


def layout_distance(a: Places, b: Places) -> float:
    """Return how far apart the objects of two scenes stand, a mean over objects.

    Objects are matched within their category so that the sum is least. 0: each has a counterpart at
    the same place of the room; 0.5: nothing has a counterpart; 1: each stands in the corner opposite
    to its counterpart's.
    """
    total, matched, unmatched = _match(a, b)
    objects = matched + unmatched
    return (total + UNMATCHED * unmatched) / objects if objects else 0.0


def matched_distance(a: Places, b: Places) -> float:
    """Return the mean distance of counterparts alone: 0 and 1 as above, 1 too if there are none."""
    total, matched, _ = _match(a, b)
    return total / matched if matched else 1.0


def _match(a: Places, b: Places) -> tuple[float, int, int]:
    """Return the sum over counterparts [diagonals of the room], their number and that of the others."""
    total, matched = 0.0, 0
    for name in sorted(a.keys() & b.keys()):
        cost = cdist(a[name], b[name]) / math.sqrt(2)
        total += float(cost[linear_sum_assignment(cost)].sum())
        matched += min(cost.shape)
    objects = sum(len(each) for places in (a, b) for each in places.values())
    return total, matched, objects - 2 * matched


def turned_distance(a: Places, b: Places) -> float:
    """Return the least layout distance over the turns and mirror images of one room.

    0 and 1 mean what they mean there, but a room that is another one turned or mirrored is at 0.
    """
    return min(
        layout_distance(a, {name: _turned(places, *how) for name, places in b.items()})
        for how in itertools.product((False, True), repeat=3)
    )


def _turned(places: Array, swap: bool, flip_x: bool, flip_y: bool) -> Array:
    places = places[:, ::-1] if swap else places
    return np.where([flip_x, flip_y], 1 - places, places)


def category_distance(a: Counter[str], b: Counter[str]) -> float:
    """Return 1 - weighted Jaccard of what there is and how many.

    0: the same number of each category; 1: no category in common.
    """
    union = (a | b).total()
    return 1 - (a & b).total() / union if union else 0.0


def asset_distance(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the share of a scene's assets that another one has not.

    0: the other has them all; 1: it has none of them. A colour or a millimetre makes another asset, so
    this finds what is copied; how different the rest is, `size_spread` tells.
    """
    return 1 - len(a & b) / len(a) if a else 0.0


def size_spread(made: Sequence[Made]) -> dict[str, float]:
    """Return by category how much sizes vary: standard deviation by mean, averaged over the three axes.

    0: all of a size; 1: the deviation is as large as the size itself. An asset counts once a scene.
    """
    sizes: dict[str, list[tuple[float, float, float]]] = defaultdict(list)
    for each in made:
        for name, some in each.sizes.items():
            sizes[name] += some
    enough = {name: np.array(some) for name, some in sizes.items() if len(some) >= MIN_SIZES}
    return {name: float((some.std(axis=0) / some.mean(axis=0)).mean()) for name, some in enough.items()}


def nearest(items: Sequence[T], distance: Callable[[T, T], float]) -> list[float]:
    """Return for every item its distance to the one nearest to it."""
    least = [math.inf] * len(items)
    for a, b in itertools.permutations(range(len(items)), 2):
        least[a] = min(least[a], distance(items[a], items[b]))
    return least


def main() -> int:
    """Run, print the table, and return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--prompt", default="a living room")
    parser.add_argument("--density", choices=get_args(Density), default="normal")
    parser.add_argument("--seeds", type=int, default=50, help="how many scenes to make, at least 2")
    parser.add_argument("--first-seed", type=int, default=0)
    options = parser.parse_args()
    if options.seeds < 2:
        parser.error("--seeds must be at least 2: a scene alone has no nearest one")
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    made = [scene for seed in seeds if (scene := _make(options.prompt, options.density, seed))]
    if len(made) < 2:
        print(f"{len(made)} scenes were accepted: nothing to compare")
        return 1
    return _summary(made, options.seeds)


def _make(prompt: str, density: Density, seed: int) -> Made | None:
    start = time.process_time()
    result = generate(prompt, seed=seed, density=density)
    cpu = time.process_time() - start
    made = digest(result.scene)
    word = "accepted" if result.accepted else "NOT accepted, left out"
    print(
        f"seed {seed}: {word}, {made.counts.total()} objects of {len(made.counts)} kinds, "
        f"{len(made.assets)} assets, {cpu:.1f} CPU s",
        flush=True,
    )
    return made if result.accepted else None


def _summary(made: list[Made], asked: int) -> int:
    print("\ncomparing", flush=True)
    repeats = len(made) - len({each.content for each in made})
    rows = [
        Row("layout", nearest([each.places for each in made], layout_distance), MIN_LAYOUT),
        Row("  turned or mirrored", nearest([each.places for each in made], turned_distance)),
        Row("  of counterparts only", nearest([each.places for each in made], matched_distance)),
        Row("  what is on the floor", nearest([each.furniture for each in made], layout_distance)),
        Row("categories", nearest([each.counts for each in made], category_distance), MIN_CATEGORIES),
        Row("assets not shared", nearest([each.assets for each in made], asset_distance)),
    ]
    print(f"scenes compared         {len(made):5d}   of {asked}, the rest was not accepted")
    print(f"exact repeats           {repeats:5d}   (limit {MAX_REPEATS})")
    print("to the nearest scene     mean     least   most")
    for row in rows:
        limit = "" if row.limit is None else f"   (limit of the mean {row.limit:g})"
        print(f"{row.name:<23} {row.mean:6.3f}   {min(row.distances):6.3f} {max(row.distances):6.3f}{limit}")
    spread = size_spread(made)
    order = sorted(spread, key=lambda name: spread[name])
    if order:
        print(f"spread of sizes         {statistics.median(spread.values()):6.3f}   median of {len(order)}")
        print(f"  least: {', '.join(f'{name} {spread[name]:.3f}' for name in order[:NAMED])}")
        print(f"  most: {', '.join(f'{name} {spread[name]:.3f}' for name in order[: -NAMED - 1 : -1])}")
    return 0 if repeats <= MAX_REPEATS and all(row.good for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
