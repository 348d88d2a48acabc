"""Scores of furniture poses."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from shapely.geometry import Polygon

from sage.scene import Room
from sage.spatial.layout import Located

__all__ = ["awkwardness"]

_AWKWARD_GAP_M = (0.04, 0.4)
"""Gaps beside a piece that look unintended: too wide to touch, too narrow to use [m]."""
_WIDE_M = 1.2
"""Width above which a piece looks better in the middle of a gap [m]."""


def awkwardness(located: Located, placed: Iterable[Located], room: Room) -> float:
    """Return how awkward a pose looks: the number of narrow side gaps, plus how far off centre it is.

    Args:
        located: the piece at its pose.
        placed: the pieces around it.
        room: the room, whose walls bound gaps too.
    """
    origin = np.array(located.item.pose.position[:2])
    left = np.array([-located.forward[1], located.forward[0]])
    depth, width, _ = located.asset.size
    ends = [-np.inf, np.inf]
    shapes = [other.footprint for other in placed if _overlap_in_height(other, located)]
    for shape in [*shapes, *_wall_solids(room)]:
        corners = np.array(shape.exterior.coords) - origin
        ahead, aside = corners @ located.forward, corners @ left
        if ahead.max() > -depth / 2 and ahead.min() < depth / 2:
            if aside.max() <= -width / 2 + 0.01:
                ends[0] = max(ends[0], float(aside.max()))
            elif aside.min() >= width / 2 - 0.01:
                ends[1] = min(ends[1], float(aside.min()))
    gaps = [-width / 2 - ends[0], ends[1] - width / 2]
    low, high = _AWKWARD_GAP_M
    narrow = sum(low < gap < high for gap in gaps)
    total = sum(gaps) if np.isfinite(sum(gaps)) else 0.0
    off_center = abs(gaps[0] - gaps[1]) / total if total > 0 and width > _WIDE_M else 0.0
    return narrow + off_center


def _overlap_in_height(other: Located, located: Located) -> bool:
    """Return whether two pieces overlap in height; coverings never do."""
    return bool(other.low[2] < located.high[2] and other.high[2] > located.low[2]) and not other.item.covering


def _wall_solids(room: Room) -> list[Polygon]:
    """Return the walls as polygons 0.1 m thick, outside the room."""
    return [
        Polygon([wall.start, wall.end, wall.point(wall.length, -0.1), wall.point(0.0, -0.1)])
        for wall in room.walls
    ]
