"""Dataset card: README.md with statistics and plots, schema.json, ATTRIBUTION.md."""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

import numpy as np

from sage.dataset.storage import Storage
from sage.dataset.tables import MANIFEST, read_rows
from sage.scene import Scene
from sage.service.dataset.manifest import TIMINGS
from sage.service.dataset.plan import read_plan

__all__ = ["Statistics", "statistics", "write_card"]

_SAMPLE = 500
"""Number of scenes, evenly spaced, among which distances are measured."""
_MOST = 25
"""Rows of a table and bars of a plot."""
_PAIRED = 20
"""Categories in the plot of categories that occur together."""


@dataclass
class Statistics:
    """Counts over the rows of a manifest; memory grows with categories and assets, not with scenes."""

    states: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    splits: Counter[str] = field(default_factory=Counter)
    rooms: Counter[str] = field(default_factory=Counter)
    objects: Counter[int] = field(default_factory=Counter)
    """Scenes by their number of objects."""
    categories: Counter[str] = field(default_factory=Counter)
    """Objects by category."""
    together: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Scenes with both of two categories."""
    containing: Counter[str] = field(default_factory=Counter)
    """Scenes with a category."""
    licences: Counter[str] = field(default_factory=Counter)
    variations: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Variations by level and state."""
    bytes: int = 0
    """Size of the scene folders without assets [B]."""
    assets: dict[str, int] = field(default_factory=dict)
    """Size of each asset [B]."""
    repeated: int = 0
    """Size of the assets [B], counted for each scene that uses them."""
    distances: tuple[float, ...] = ()
    """Jaccard distance (0 to 1) of the categories of each sampled scene to those of the nearest sampled scene
    of the same room."""

    @property
    def scenes(self) -> int:
        """Scenes that did not fail."""
        return self.states["accepted"] + self.states["not_accepted"]

    @property
    def distance(self) -> float | None:
        """Mean of `distances`."""
        return float(np.mean(self.distances)) if self.distances else None

    @property
    def yields(self) -> dict[str, tuple[int, int]]:
        """Variations accepted and tried, by level."""
        return {
            level: (self.variations[level, "accepted"], sum(self.variations[level, s] for s in self.states))
            for level in sorted({level for level, _ in self.variations})
        }

    @property
    def share(self) -> float:
        """Size of scenes and assets, relative to that of separate scene folders."""
        return (self.bytes + sum(self.assets.values())) / max(1, self.bytes + self.repeated)

    @property
    def mean_objects(self) -> float:
        """Mean number of objects per scene."""
        return self.categories.total() / self.scenes if self.scenes else 0.0


def statistics(storage: Storage, planned: int) -> Statistics:
    """Return the statistics of a dataset, given the number of planned scenes."""
    found = Statistics()
    sample: list[tuple[str, frozenset[str]]] = []
    step = max(1, planned // _SAMPLE)
    for row in read_rows(storage):
        found.states[row["state"]] += 1
        if row["level"]:
            found.variations[row["level"], row["state"]] += 1
        if row["kind"]:
            found.kinds[row["kind"]] += 1
        if row["state"] == "failed":
            continue
        found.splits[row["split"]] += 1
        found.rooms[row["room"]] += 1
        found.objects[row["objects"]] += 1
        found.categories.update(row["categories"])
        found.containing.update(row["categories"].keys())
        found.together.update(combinations(sorted(row["categories"]), 2))
        found.licences.update(row["licences"])
        found.bytes += row["bytes"]
        found.assets.update(zip(row["assets"], row["asset_bytes"], strict=True))
        found.repeated += sum(row["asset_bytes"])
        if row["index"] % step == 0:
            sample.append((row["room"], frozenset(row["categories"])))
    found.distances = tuple(_nearest(sample))
    return found


def _nearest(sample: Sequence[tuple[str, frozenset[str]]]) -> Iterator[float]:
    for _, others in _by_room(sample):
        for index, mine in enumerate(others if len(others) > 1 else ()):
            yield min(_distance(mine, other) for k, other in enumerate(others) if k != index)


def _distance(one: frozenset[str], other: frozenset[str]) -> float:
    return 1 - len(one & other) / max(1, len(one | other))


def _by_room(
    sample: Sequence[tuple[str, frozenset[str]]],
) -> Iterator[tuple[str, list[frozenset[str]]]]:
    rooms: dict[str, list[frozenset[str]]] = {}
    for room, categories in sample:
        rooms.setdefault(room, []).append(categories)
    yield from rooms.items()


def write_card(storage: Storage) -> None:
    """Write README.md, its plots, schema.json and ATTRIBUTION.md from the manifest."""
    plan = read_plan(storage)
    found = statistics(storage, plan.scenes)
    pictures = dict(_plots(found))
    for name, picture in pictures.items():
        storage.write(f"plots/{name}.png", picture)
    storage.write("README.md", _text(found, plan.scenes, plan.version, pictures.keys()).encode())
    storage.write("schema.json", json.dumps(Scene.model_json_schema(), indent=1).encode() + b"\n")
    storage.write("ATTRIBUTION.md", _attribution(found).encode())


def _text(found: Statistics, planned: int, version: str, pictures: Set[str]) -> str:
    states, tried = found.states, found.states.total()
    lines = [
        "# Indoor scenes for robots",
        "",
        f"Made by sage {version}: {planned} scenes planned, {tried} tried, {states['accepted']} accepted, "
        f"{states['not_accepted']} written but not accepted, {states['failed']} failed. "
        f"{found.mean_objects:.1f} objects a scene, {len(found.categories)} categories, "
        f"{len(found.rooms)} types of room.",
    ]
    if found.distance is not None:
        lines.append(
            f"Mean distance of a scene's set of categories to that of its nearest neighbour of the same room "
            f"(Jaccard): {found.distance:.3f}."
        )
    lines.append(
        f"{len(found.assets)} assets of {_gb(sum(found.assets.values()))} and scenes of {_gb(found.bytes)}: "
        f"{found.share:.0%} of what the scenes take as folders of their own."
    )
    plots = ("objects", "categories", "rooms", "together", "distances", "reasons")
    lines += [
        "",
        f"`{MANIFEST}` has a row a scene, `{TIMINGS}` what it took; `scenes/` holds the scene folders, "
        "`assets/` what they share. Read it with pandas or `sage.Dataset`; `sage dataset export` makes a "
        "scene a folder of its own.",
        *_yields(found.yields),
        *_table("Splits", "split", found.splits, found.scenes),
        *_table("Rooms", "room", found.rooms, found.scenes),
        *_table("Not accepted, or failed", "reason", found.kinds, tried),
        *_table("Most frequent categories", "category", found.categories, found.categories.total()),
        *_table(
            "Most often together",
            "categories",
            Counter({" + ".join(pair): count for pair, count in found.together.most_common(_MOST)}),
            found.scenes,
        ),
        "",
        *(f"![{name}](plots/{name}.png)" for name in plots if name in pictures),
    ]
    return "\n".join(lines) + "\n"


def _gb(count: int) -> str:
    return f"{count / 1e9:.2f} GB"


def _yields(yields: dict[str, tuple[int, int]]) -> Iterator[str]:
    if not yields:
        return
    yield from ("", "## Variations", "", "| level | tried | accepted | yield |", "| --- | --- | --- | --- |")
    for level, (accepted, tried) in yields.items():
        yield f"| {level} | {tried} | {accepted} | {accepted / tried:.1%} |"


def _table(title: str, what: str, counts: Counter[str], whole: int) -> Iterator[str]:
    if not counts:
        return
    yield from ("", f"## {title}", "", f"| {what} | count | share |", "| --- | --- | --- |")
    for name, count in counts.most_common(_MOST):
        yield f"| {name} | {count} | {count / whole:.1%} |"


def _attribution(found: Statistics) -> str:
    lines = ["# Licences of the assets", "", "The `asset.json` of each asset names its provenance.", ""]
    lines += [f"- {name}: in {count} scenes" for name, count in sorted(found.licences.items())]
    return "\n".join(lines) + "\n"


def _plots(found: Statistics) -> Iterator[tuple[str, bytes]]:
    from matplotlib.figure import Figure

    def bars(counts: Counter[Any], title: str) -> bytes:
        figure = Figure(figsize=(7, 0.6 + 0.22 * min(len(counts), _MOST)), layout="constrained")
        axes = figure.subplots()
        names, values = zip(*reversed(counts.most_common(_MOST)), strict=True)
        axes.barh([str(name) for name in names], values)
        axes.set_title(title)
        return _png(figure)

    def histogram(values: list[float], weights: list[int] | None, what: str) -> bytes:
        figure = Figure(figsize=(7, 3), layout="constrained")
        axes = figure.subplots()
        axes.hist(values, weights=weights, bins=30)
        axes.set_xlabel(what)
        axes.set_ylabel("scenes")
        return _png(figure)

    if found.kinds:
        yield "reasons", bars(found.kinds, "not accepted, or failed, by reason")
    if found.distances:
        yield "distances", histogram(list(found.distances), None, "distance to the nearest scene")
    if len(found.containing) > 1:
        yield "together", _together(found)
    if found.objects:
        counts = list(found.objects.values())
        yield "objects", histogram([float(n) for n in found.objects], counts, "objects")
        yield "categories", bars(found.categories, "objects by category")
        yield "rooms", bars(found.rooms, "scenes by room")


def _together(found: Statistics) -> bytes:
    """Plot the share of scenes with one category that have another, for the most frequent ones."""
    from matplotlib.figure import Figure

    names = [name for name, _ in found.containing.most_common(_PAIRED)]
    share = [
        [found.together[min(a, b), max(a, b)] / found.containing[a] if a != b else 1.0 for b in names]
        for a in names
    ]
    figure = Figure(figsize=(7, 6.2), layout="constrained")
    axes = figure.subplots()
    shown = axes.imshow(np.array(share), vmin=0, vmax=1)
    axes.set_xticks(range(len(names)), names, rotation=90)
    axes.set_yticks(range(len(names)), names)
    axes.set_title("share of scenes with the row's category that hold the column's")
    figure.colorbar(shown)
    return _png(figure)


def _png(figure: Any) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", metadata={"Software": None})
    return buffer.getvalue()
