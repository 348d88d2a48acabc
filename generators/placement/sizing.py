"""Resizes pieces that have to fit under or over others."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping

import numpy as np
from shapely.geometry import Point

from sage.asset import Asset
from sage.generators.placement.by_place import ROW_GAP_M
from sage.generators.placement.piece import Piece
from sage.generators.placement.scene_objects import scene_object
from sage.geometry import Vec3
from sage.spatial.layout import Located
from sage.spatial.rescale import rescaled

__all__ = ["sized"]

_GAP_M = 0.01
"""Air over what stands under a piece, and under what hangs over one."""
_FOOT_M = 0.05
"""Height below which a part is a foot of a piece rather than its underside [m]."""
_SMALLEST = 0.5
"""Least size of a piece, relative to its usual size."""
_SHORTEST_HUNG = 0.3
"""Least height of what hangs from the ceiling, relative to its usual height, which is mostly cord."""
_PAST_ENDS = 1.1
"""Width of a row on the wall over a piece, relative to that piece, at most."""


def sized(name: str, pieces: Mapping[str, Piece], ceiling: float) -> Asset:
    """Return the asset of a piece, made smaller if it would not fit where the task has it.

    Lower to go under another piece, as a box under a bed; shorter to hang over a tall one, as a lamp over a
    four-poster; narrower for several side by side on the wall over one, as mirrors over a vanity. What would
    have to be much smaller keeps its size.

    Args:
        name: id of the piece.
        pieces: what stands or hangs in the room, by id.
        ceiling: height of the room [m].
    """
    piece = pieces[name]
    asset = piece.asset
    if asset.covering:
        return asset
    depth, width, height = asset.size
    others = {r.object: r.name for r in piece.relations if r.object in pieces}
    below = [o for o in others if others[o] == "under" and pieces[o].support == "floor"]
    over = [o for o in others if others[o] == "above" and pieces[o].support == "floor"]
    if space := [_clearance(pieces[other].asset) for other in below]:
        low = min(space) - 2 * _GAP_M
        if _SMALLEST * height <= low < height:
            return _scaled(asset, (depth, width, low))
    if over and piece.support == "ceiling":
        room = ceiling - max(pieces[other].asset.size[2] for other in over) - 2 * _GAP_M
        if _SHORTEST_HUNG * height <= room < height:
            return _scaled(asset, (depth, width, room))
    if over and piece.support == "wall":
        share = min(_row_share(other, pieces) for other in over)
        if _SMALLEST <= share < 1.0:
            return _scaled(asset, (depth, width * share, height * share))
    return asset


def _row_share(other: str, pieces: Mapping[str, Piece]) -> float:
    """Return by how much those that hang over a piece have to be narrower to hang there in a row."""
    row = [
        piece.asset.size[1]
        for piece in pieces.values()
        if piece.support == "wall" and any((r.name, r.object) == ("above", other) for r in piece.relations)
    ]
    room = _PAST_ENDS * pieces[other].asset.size[1] - (len(row) - 1) * ROW_GAP_M
    return room / sum(row) if len(row) > 1 else 1.0


def _scaled(asset: Asset, size: Vec3) -> Asset:
    smaller = math.prod(size) / math.prod(asset.size)
    return rescaled(
        asset, (round(size[0], 4), round(size[1], 4), round(size[2], 4)), asset.mass * smaller,
        provenance=f"{asset.provenance}; made smaller for where it has to be",
    )  # fmt: skip


def _clearance(asset: Asset) -> float:
    """Return how high the floor is free under an asset [m]: under the lowest of it that is no leg or foot."""
    located = Located(scene_object("", asset, None, "", support="floor"), asset)
    depth, width, height = asset.size
    lows = []
    for u, v in itertools.product(np.linspace(-0.4, 0.4, 9), repeat=2):
        spot = Point(u * depth, v * width)
        lows.append(min((low for outline, low, _ in located.prisms if outline.covers(spot)), default=height))
    raised = [low for low in lows if low > _FOOT_M]
    return min(raised) if len(raised) > len(lows) / 2 else 0.0
