"""A partly furnished room: placed pieces, occupied space and free floor, with undo."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sage.context import Context
from sage.generators.placement.piece import Piece
from sage.generators.recipes import FurniturePlace
from sage.scene import Scene
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import holds
from sage.spatial.space import Space
from sage.spatial.walkway import ARM_M, MIN_NAVIGABLE, PASSAGE_M, Walkway
from sage.task import Relation

__all__ = ["JOINED_PLACES", "Mark", "PartialRoom"]

JOINED_PLACES: dict[FurniturePlace, tuple[FurniturePlace, ...]] = {
    "run": ("run",),
    "over_run": ("run", "over_run", "above"),
}
"""Places side by side without gaps, and the places that they join."""
_MIN_WALKABLE = 0.8
"""Least share of the free floor for people that is connected."""


class Mark(NamedTuple):
    """Extent of a partial room, to return to."""

    space: int
    placed: int
    walkways: int
    approaches: int


class PartialRoom:
    """A room with the pieces that are placed so far.

    Args:
        scene: the empty scene.
        pieces: all pieces to place.
        relations: relations of the task that place pieces.
        context: asset store.
    """

    def __init__(
        self, scene: Scene, pieces: Sequence[Piece], relations: tuple[Relation, ...], context: Context
    ) -> None:
        self.scene, self.room, self.relations = scene, scene.rooms[0], relations
        self.space = Space(self.room, Layout(scene, context.store))
        self.placed: list[Located] = []
        """Placed pieces, in order."""
        self._pieces, self._ids = pieces, scene.task.ids
        self._walkways = [Walkway(self.room)]
        self._approaches: list[npt.NDArray[np.bool_]] = []

    def mark(self) -> Mark:
        """Return the present extent."""
        return Mark(self.space.mark(), len(self.placed), len(self._walkways), len(self._approaches))

    def rewind(self, mark: Mark) -> None:
        """Remove everything added after a mark."""
        self.space.rewind(mark.space)
        del self.placed[mark.placed :], self._walkways[mark.walkways :], self._approaches[mark.approaches :]

    def add(self, piece: Piece, located: Located) -> None:
        """Place a piece, with the floor that stays clear before its front."""
        self.space.add(located, piece.clear)
        self.placed.append(located)

    def cover_floor(self, located: Located) -> None:
        """Mark the floor below a piece as not navigable."""
        self._walkways.append(self._walkways[-1].adding(located))

    def stays_navigable(self, piece: Piece, located: Located) -> bool:
        """Return whether every door and approach stays reachable with a piece; if so, cover its floor."""
        if piece.support != "floor" or piece.asset.covering:
            return True
        walkway = self._walkways[-1].adding(located)
        wide = walkway.at(PASSAGE_M / 2)
        approaches = [*self._approaches, *([] if piece.of else [wide.approach(located.body_footprint)])]
        doors = all(wide.reaches(wall, door) for wall, door in self.room.doors)
        whole = walkway.navigable >= MIN_NAVIGABLE and wide.navigable >= _MIN_WALKABLE
        if not (doors and whole and all(wide.passes(area) for area in approaches)):
            return False
        self._walkways.append(walkway)
        self._approaches = approaches
        return True

    def serves_robot(self) -> bool:
        """Return whether a robot gets from the doors to all task objects."""
        walkway = Walkway(self.room, self.placed)
        doors = all(walkway.reaches(wall, door) for wall, door in self.room.doors)
        needed = (o for o in self.placed if o.item.role != "context" and not o.item.covering)
        reached = all(walkway.distance(located) <= ARM_M for located in needed)
        return doors and reached and walkway.navigable >= MIN_NAVIGABLE

    def partners_of(self, piece: Piece) -> tuple[Located, ...]:
        """Return the placed pieces that a piece goes with."""
        ids = set(piece.of)
        if together := JOINED_PLACES.get(piece.entry.place):
            ids = {other.id for other in self._pieces if other.entry.place in together}
        return tuple(located for located in self.placed if located.item.id in ids)

    def violations(self, located: Located) -> int:
        """Return how many relations between a piece and the placed ones do not hold."""
        present = {other.item.id: other for other in [*self.placed, located]}
        layout = Layout.of(self.scene, present)
        named = (r for r in self.relations if located.item.id in (r.subject, r.object, r.other))
        return sum(not holds(r, layout) for r in named if self._is_decidable(r, present))

    def value(self) -> tuple[int, int, int]:
        """Return the numbers of required pieces placed, of relations that hold, and of pieces placed."""
        present = {located.item.id: located for located in self.placed}
        layout = Layout.of(self.scene, present)
        satisfied = sum(bool(holds(r, layout)) for r in self.relations if self._is_decidable(r, present))
        return (self.required_count(), satisfied, len(self.placed))

    def required_count(self) -> int:
        """Return the number of required pieces placed."""
        return sum(1 for located in self.placed if located.item.id in self._ids)

    def _is_decidable(self, relation: Relation, present: dict[str, Located]) -> bool:
        """Return whether all objects of a relation are placed; for `around`, all its subjects too."""
        names = {relation.subject, relation.object, relation.other or relation.subject}
        if relation.name == "around":
            names |= {r.subject for r in self.relations if (r.name, r.object) == ("around", relation.object)}
        return all(name in present for name in names & self._ids)
