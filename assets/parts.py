"""How many drawers, doors, lids, shelves and compartments the things of each family have at most."""

from __future__ import annotations

__all__ = ["PARTS"]

PARTS: dict[str, dict[str, int]] = {
    "bookcase": {"shelf": 6},
    "cabinet": {"door": 2, "drawer": 2, "shelf": 3},
    "caddy": {"compartment": 4},
    "cash register": {"drawer": 1},
    "clothes dryer": {"door": 1},
    "coffee table": {"shelf": 1},
    "counter": {"door": 2, "drawer": 2, "shelf": 2},
    "desk": {"drawer": 3},
    "dishwasher": {"door": 1, "shelf": 2},
    "display case": {"door": 2, "shelf": 5},
    "doll house": {"shelf": 3},
    "dresser": {"drawer": 8},
    "dumbbell rack": {"shelf": 3},
    "filing cabinet": {"drawer": 4},
    "laptop": {"lid": 1},
    "locker": {"door": 2, "shelf": 2},
    "lunch box": {"lid": 1},
    "microwave": {"door": 1},
    "nightstand": {"drawer": 2, "shelf": 1},
    "oven": {"door": 1},
    "paper tray": {"shelf": 2},
    "rack": {"shelf": 4},
    "refrigerator": {"door": 2, "shelf": 4},
    "serving cart": {"shelf": 2},
    "shelf": {"shelf": 5},
    "shoe rack": {"shelf": 3},
    "side table": {"shelf": 1},
    "sink": {"door": 2},
    "stove": {"door": 1, "shelf": 2},
    "toilet": {"lid": 1},
    "toy box": {"lid": 1},
    "tv stand": {"door": 2, "drawer": 4, "shelf": 2},
    "wall cabinet": {"door": 2, "shelf": 3},
    "wall shelf": {"shelf": 1},
    "wardrobe": {"door": 2, "drawer": 2, "shelf": 1},
    "washing machine": {"door": 1},
    "workbench": {"shelf": 1},
}
"""By category; a single piece may have fewer."""
