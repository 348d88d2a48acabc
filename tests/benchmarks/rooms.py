"""Object counts and categories of default rooms, compared with statistics.

    python tests/benchmarks/rooms.py                      # every room that has a recipe, 3 seeds each
    python tests/benchmarks/rooms.py --rooms gym bar --seeds 10 --density dense

Nothing is written. The last figures compare our mean counts with those of the knowledge table itself,
without our own estimates, over what the table meets in such rooms and a family makes: Pearson's
correlation of the square roots of shares, Spearman's of the counts, and the rows of which we have
far fewer (-) or more (+) than it, ours before its.
Exit status 1 if a limit is missed at normal density.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from typing import get_args

import numpy as np
from scipy.stats import pearsonr, spearmanr

from sage.assets.families import FAMILIES
from sage.assets.knowledge.table import knowledge
from sage.choices import Density
from sage.generators.recipes import recipe_names, room_types
from sage.service.generation import generate

MIN_ACCEPTED, MIN_OBJECTS, MIN_CATEGORIES, MAX_SHARE = 0.9, 75, 22, 0.25
MODELS = {"laundry_room": ("utility_room",), "restaurant": ("dining_room", "bar")}
"""Rooms of the table that stand for one which it does not know by that name."""
MIN_ROWS = 5
"""Fewer rows of the table than this say nothing."""
DISAGREEMENTS = 3


@dataclass(frozen=True)
class Made:
    """One room that was made."""

    accepted: bool
    counts: Counter[str]
    """Objects by category, without coverings."""
    cpu: float

    @property
    def objects(self) -> int:
        """How many objects."""
        return self.counts.total()

    @property
    def share(self) -> float:
        """Of the commonest category."""
        return max(self.counts.values(), default=0) / max(1, self.objects)


@dataclass(frozen=True)
class Agreement:
    """How our counts in a type of room go with the table's."""

    rows: int
    pearson: float = math.nan
    spearman: float = math.nan
    worst: tuple[str, ...] = ()


def make(room: str, words: str, seed: int, density: Density) -> Made:
    """Generate one room of a type."""
    article = "an" if words[0] in "aeiou" else "a"
    start = time.process_time()
    result = generate(f"{article} {words}", seed=seed, room=room, density=density)
    cpu = time.process_time() - start
    counts = Counter(item.category for item in result.scene.objects if not item.covering)
    return Made(result.accepted, counts, cpu)


def agreement(room: str, made: list[Made]) -> Agreement:
    """Compare mean counts with the table's, by its rows: families that share one are added up."""
    ours: Counter[str] = Counter()
    table: dict[str, float] = {}
    for family in FAMILIES:
        if not family.known or family.covering:
            continue
        rooms = knowledge()[family.known]["rooms"]
        met = sum(rooms.get(name, 0.0) for name in MODELS.get(room, (room,)))
        if met:
            table[family.known] = met
        ours[family.known] += sum(item.counts[family.category] for item in made)
    rows = sorted(table)
    if len(rows) < MIN_ROWS or not any(ours[row] for row in rows):
        return Agreement(len(rows))
    mine = np.array([ours[row] / len(made) for row in rows])
    theirs = np.array([table[row] for row in rows])
    a, b = np.sqrt(mine / mine.sum()), np.sqrt(theirs / theirs.sum())
    furthest = np.argsort(-abs(a - b), kind="stable")[:DISAGREEMENTS]
    worst = tuple(f"{'+' if a[k] > b[k] else '-'}{rows[k]} {a[k] ** 2:.0%}/{b[k] ** 2:.0%}" for k in furthest)
    return Agreement(len(rows), float(pearsonr(a, b)[0]), float(spearmanr(mine, theirs)[0]), worst)


def main() -> int:
    """Run, print a line for each room and the medians, and return the exit status."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rooms", nargs="*", default=list(recipe_names()), choices=recipe_names())
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--density", choices=get_args(Density), default="normal")
    parser.add_argument("--counts", action="store_true", help="print the mean count of every category")
    options = parser.parse_args()
    words = {room.name: room.words[0] for room in room_types()}
    made: dict[str, list[Made]] = {}
    agreements: dict[str, Agreement] = {}
    print("room            accepted  objects   categories  largest share               CPU s  table")
    for room in options.rooms:
        seeds = range(options.first_seed, options.first_seed + options.seeds)
        made[room] = [make(room, words[room], seed, options.density) for seed in seeds]
        agreements[room] = agreement(room, made[room])
        print(_line(room, made[room], agreements[room]), flush=True)
        if options.counts:
            print(_counts(made[room]), flush=True)
    return _summary(made, agreements, judged=options.density == "normal")


def _line(room: str, made: list[Made], found: Agreement) -> str:
    objects = [item.objects for item in made]
    categories = [len(item.counts) for item in made]
    fullest = max(made, key=lambda item: item.share)
    commonest = max(fullest.counts, key=lambda name: fullest.counts[name], default="")
    accepted = sum(item.accepted for item in made)
    line = (
        f"{room:<15} {accepted:>3} of {len(made):<3} {min(objects):>3}-{max(objects):<4} "
        f"{min(categories):>5}-{max(categories):<4} {fullest.share:>7.0%} {commonest:<18} "
        f"{statistics.median(item.cpu for item in made):>6.1f}  "
    )
    if math.isnan(found.pearson):
        return f"{line}knows {found.rows} rows"
    return f"{line}r {found.pearson:.2f}, rho {found.spearman:.2f} of {found.rows}: {', '.join(found.worst)}"


def _counts(made: list[Made]) -> str:
    total = sum((item.counts for item in made), Counter[str]())
    return "    " + ", ".join(f"{name} {count / len(made):.1f}" for name, count in total.most_common())


def _summary(made: dict[str, list[Made]], agreements: dict[str, Agreement], *, judged: bool) -> int:
    rooms = [item for each in made.values() for item in each]
    accepted = statistics.fmean(item.accepted for item in rooms)
    objects = {room: statistics.median(item.objects for item in each) for room, each in made.items()}
    categories = {room: statistics.median(len(item.counts) for item in each) for room, each in made.items()}
    share = max(item.share for item in rooms)
    print()
    print(f"accepted           {accepted:7.1%}   of {len(rooms)} (limit {MIN_ACCEPTED:.0%})")
    print(
        f"objects a room     {statistics.median(objects.values()):7.0f}   median; "
        f"least {min(objects.values()):.0f} in a {min(objects, key=lambda room: objects[room])} "
        f"(limit {MIN_OBJECTS})"
    )
    print(
        f"categories a room  {statistics.median(categories.values()):7.0f}   median; "
        f"least {min(categories.values()):.0f} in a {min(categories, key=lambda room: categories[room])} "
        f"(limit {MIN_CATEGORIES})"
    )
    print(f"largest share      {share:7.0%}   (limit {MAX_SHARE:.0%})")
    print(f"CPU seconds a room {statistics.median(item.cpu for item in rooms):7.2f}   median, not exported")
    known = [item for item in agreements.values() if not math.isnan(item.pearson)]
    if known:
        print(f"Pearson            {statistics.median(item.pearson for item in known):7.2f}   median")
        print(f"Spearman           {statistics.median(item.spearman for item in known):7.2f}   median")
    good = accepted >= MIN_ACCEPTED and share <= MAX_SHARE
    full = min(objects.values()) >= MIN_OBJECTS and min(categories.values()) >= MIN_CATEGORIES
    return 0 if not judged or (good and full) else 1


if __name__ == "__main__":
    sys.exit(main())
