"""Sizes of furniture that must fit under, above or over other pieces."""

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

_VERTICAL_GAP_M = 0.01
"""Vertical gap between pieces over each other [m]."""
_FOOT_M = 0.05
"""Height below which the underside of a part counts as a foot [m]."""
_SMALLEST = 0.5
"""Least size of a piece, relative to its original size."""
_SHORTEST_HUNG = 0.3
"""Least height of a piece on the ceiling, relative to its original height, which is mostly cord."""
_PAST_ENDS = 1.1
"""Largest width of a row on the wall above a piece, relative to the piece."""


def sized(name: str, pieces: Mapping[str, Piece], ceiling: float) -> Asset:
    """Return the asset of a piece, shrunk if its relations would not be feasible otherwise.

    It is lower to fit under another piece, as a box under a bed; shorter to hang over a tall one, as a lamp
    over a four-poster; narrower to hang in a row on the wall above one, as mirrors over a vanity. If it would
    have to be less than half as large, it keeps its size.

    Args:
        name: id of the piece.
        pieces: all pieces of the room, by id.
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
        low = min(space) - 2 * _VERTICAL_GAP_M
        if _SMALLEST * height <= low < height:
            return _scaled(asset, (depth, width, low))
    if over and piece.support == "ceiling":
        room = ceiling - max(pieces[other].asset.size[2] for other in over) - 2 * _VERTICAL_GAP_M
        if _SHORTEST_HUNG * height <= room < height:
            return _scaled(asset, (depth, width, room))
    if over and piece.support == "wall":
        share = min(_row_share(other, pieces) for other in over)
        if _SMALLEST <= share < 1.0:
            return _scaled(asset, (depth, width * share, height * share))
    return asset


def _row_share(other: str, pieces: Mapping[str, Piece]) -> float:
    """Return the scale by which the pieces on the wall above a piece fit there in a row."""
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
    """Return the free height under an asset [m], between its legs; 0 if most of it reaches the floor."""
    located = Located(scene_object("", asset, None, "", support="floor"), asset)
    depth, width, height = asset.size
    lows = []
    for u, v in itertools.product(np.linspace(-0.4, 0.4, 9), repeat=2):
        spot = Point(u * depth, v * width)
        lows.append(min((low for outline, low, _ in located.prisms if outline.covers(spot)), default=height))
    raised = [low for low in lows if low > _FOOT_M]
    return min(raised) if len(raised) > len(lows) / 2 else 0.0
