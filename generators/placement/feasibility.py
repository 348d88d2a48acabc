"""Hard constraints on a furniture pose: collisions, clear floor, windows and coverings."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from shapely.geometry import Polygon

from sage.generators.placement.partial import JOINED_PLACES, PartialRoom
from sage.generators.placement.piece import Piece
from sage.spatial.layout import Located
from sage.spatial.space import TOUCHING_M, WINDOW_CLEAR_M
from sage.spatial.walkway import ROBOT_RADIUS_M
from sage.task import WALL

__all__ = ["Feasibility"]

_HIDDEN = 0.3
"""Share of a footprint in front of a window above which its load hides the window."""
_ROBOT_DEPTH_M = 0.75
"""Depth of the free floor in front of a wall-mounted task object [m]."""
_MARGIN_M = 0.012
"""Air to keep to other pieces, except in a run [m]."""


class Feasibility:
    """Tests poses in a partial room and records what was in the way."""

    def __init__(self, partial: PartialRoom) -> None:
        self._partial = partial
        self.obstacles: set[str] = set()
        """Ids of what was in the way of the poses tested."""

    def fits(self, piece: Piece, located: Located, *, strict: bool) -> bool:
        """Return whether a piece fits at a pose.

        Args:
            piece: the piece.
            located: the piece at its pose.
            strict: whether a load that hides a window counts.
        """
        placed, space = self._partial.placed, self._partial.space
        companions = frozenset(other.item.id for other in self._partial.partners_of(piece))
        companions |= {other.item.id for other in placed if other.item.id in piece.companions}
        if piece.support == "ceiling" and any(r.name == "above" for r in piece.relations):
            companions = frozenset(other.item.id for other in placed)
        if piece.support == "floor" and not piece.asset.covering:
            if any(place.intersects(located.footprint) for place in self._robot_stances()):
                return False
        if piece.asset.covering:
            return self._covering_fits(piece, located)
        if piece.required is None and piece.support == WALL and self._is_over_curtain(located):
            return False
        if piece.fixed and piece.support == "floor" and (rug := self._rug_below(located)) is not None:
            self.obstacles.add(rug)
            return False
        if strict and piece.load and (window := self._hidden_window(piece, located)):
            self.obstacles.add(window)
            return False
        margin = TOUCHING_M if piece.entry.place in JOINED_PLACES else _MARGIN_M
        obstacle = space.obstacle(located, margin=margin, clear=piece.clear, companions=companions)
        if obstacle is not None:
            self.obstacles.add(obstacle)
        return obstacle is None

    def _covering_fits(self, piece: Piece, located: Located) -> bool:
        """Return whether a rug or curtain is free of others; rugs may lie under pieces that are not fixed."""
        placed = self._partial.placed
        inside = bool(self._partial.room.floor.contains(located.footprint))
        barred = any(
            (other.asset.covering or (other.item.fixed and other.item.support == "floor"))
            and other.footprint.intersects(located.footprint)
            for other in placed
        )
        if piece.required is None and piece.support == WALL:
            barred = barred or any(_overlap_on_wall(located, other) for other in placed)
        corners = located.item.pose.apply(piece.asset.corners)
        free = self._partial.space.is_free
        return inside and not barred and (piece.asset.mount == "floor" or free(corners))

    def _robot_stances(self) -> Iterator[Polygon]:
        """Yield the floor in front of task objects on walls, where a robot stands to act on them."""
        for located in self._partial.placed:
            if located.item.support == WALL and located.item.role != "context":
                side = np.array([-located.forward[1], located.forward[0]])
                middle, ahead = located.center[:2], located.forward * _ROBOT_DEPTH_M
                half = side * (ROBOT_RADIUS_M + 0.02)
                yield Polygon([middle - half, middle + half, middle + half + ahead, middle - half + ahead])

    def _is_over_curtain(self, located: Located) -> bool:
        """Return whether a piece on a wall would overlap a curtain."""
        return any(
            other.asset.covering and _overlap_on_wall(other, located) for other in self._partial.placed
        )

    def _hidden_window(self, piece: Piece, located: Located) -> str | None:
        """Return the id of a window that the load of a piece would hide, or None."""
        top = float(located.high[2]) + piece.load
        for wall, window in self._partial.room.windows:
            zone = wall.zone(window, WINDOW_CLEAR_M)
            shared = float(zone.intersection(located.footprint).area)
            if window.sill < top and shared > _HIDDEN * float(located.footprint.area):
                return window.id
        return None

    def _rug_below(self, located: Located) -> str | None:
        """Return the id of a rug below a fixed piece, or None."""
        rugs = (o for o in self._partial.placed if o.item.covering and o.item.support == "floor")
        return next((o.item.id for o in rugs if o.footprint.intersects(located.footprint)), None)


def _overlap_on_wall(one: Located, other: Located) -> bool:
    """Return whether two pieces on a wall overlap."""
    apart = one.low[2] >= other.high[2] or other.low[2] >= one.high[2]
    return one.item.support == other.item.support == WALL and not (
        apart or not one.footprint.intersects(other.footprint)
    )
