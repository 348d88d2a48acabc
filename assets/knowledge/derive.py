"""Derivation of `categories.json` and `hypernyms.json` from the bddl package; see `README.md` here."""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

__all__ = ["derive", "hypernyms", "main"]

_ROOMS = {
    "childs_room": "childrens_room",
    "private_office": "office",
    "shared_office": "office",
    "television_room": "living_room",
    "pantry_room": "pantry",
    "exercise_room": "gym",
}
"""Room types by their name in the source, where it differs."""

_STRUCTURE = ("floors", "walls", "ceilings", "door", "room_light")
"""Rows whose counts give the number of rooms of a type, the most reliable first."""

_UNKNOWN_ROOMS = 10
"""Assumed number of rooms of a type that none of these rows lists."""


def derive(source: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the rows of `categories.json`, sorted by name.

    Args:
        source: by category, rows with `synset`, `bbox_median_m`, `bbox_min_m`, `bbox_max_m`, `mass_kg`,
            `affordances` and `rooms` (total counts by room type).
    """
    rooms_of_type: dict[str, int] = defaultdict(int)
    for room in sorted({room for row in source.values() for room in row["rooms"]}):
        rooms_of_type[_ROOMS.get(room, room)] += _room_count(source, room)
    return {name: _row(source[name], rooms_of_type) for name in sorted(source)}


def _room_count(source: dict[str, dict[str, Any]], room: str) -> int:
    counts = (source[row]["rooms"].get(room) for row in _STRUCTURE if row in source)
    return next((count for count in counts if count), _UNKNOWN_ROOMS)


def _row(row: dict[str, Any], rooms_of_type: dict[str, int]) -> dict[str, Any]:
    counts: dict[str, int] = defaultdict(int)
    for room, count in row["rooms"].items():
        counts[_ROOMS.get(room, room)] += count
    return {
        "synset": row["synset"],
        "median": row["bbox_median_m"],
        "low": row["bbox_min_m"],
        "high": row["bbox_max_m"],
        "mass": row["mass_kg"],
        "affordances": row["affordances"],
        "rooms": {room: round(count / rooms_of_type[room], 3) for room, count in sorted(counts.items())},
    }


def hypernyms(tree: dict[str, Any]) -> dict[str, str]:
    """Return the hypernym of each synset below the root; of several the first in alphabetical order.

    Args:
        tree: `name` and `children` of the root synset, as in `output_hierarchy.json` of the package.

    Example:
        >>> hypernyms({"name": "entity.n.01", "children": [{"name": "object.n.01"}]})
        {'object.n.01': 'entity.n.01'}
    """
    found: dict[str, str] = {}
    pending = [tree]
    while pending:
        node = pending.pop()
        for child in node.get("children", ()):
            previous = found.get(child["name"], node["name"])
            found[child["name"]] = min(previous, node["name"])
            pending.append(child)
    return dict(sorted(found.items()))


def main() -> None:
    """Derive a table from a source file and write it, one row per line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="JSON file of the bddl package")
    parser.add_argument("table", type=Path, help="JSON file to write")
    arguments = parser.parse_args()
    source = json.loads(arguments.source.read_text())
    rows: dict[str, Any] = hypernyms(source) if "children" in source else derive(source)
    lines = [f"{json.dumps(name)}: {json.dumps(row, separators=(',', ':'))}" for name, row in rows.items()]
    arguments.table.write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
