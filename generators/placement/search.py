"""Depth-first search for the poses of furniture.

The search backtracks when a required piece does not fit, gives up optional pieces before required ones, and
keeps the best set of pieces found.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator

import numpy as np

from sage.context import Context
from sage.generators.placement.by_relation import SHARED_PLACES
from sage.generators.placement.candidates import LOOSE_RELATIONS, Candidates
from sage.generators.placement.feasibility import Feasibility
from sage.generators.placement.partial import PartialRoom
from sage.generators.placement.piece import Piece, anchored_groups, followers, references
from sage.generators.placement.scoring import awkwardness
from sage.generators.recipes import FurniturePlace
from sage.scene import Opening, Scene, Wall
from sage.spatial.layout import Located
from sage.task import Relation

__all__ = ["FurnitureSearch"]

_UNORDERED: tuple[FurniturePlace, ...] = ("wall", "corner", "hung", "free")
"""Places with unordered candidates: the least awkward of a batch is taken."""
_BATCH = 5
_SEARCH_BUDGET, _TOTAL_BUDGET = 1500, 3000
"""Poses tried in one search, and in all before required pieces may be left out."""
_CROWDED = (*SHARED_PLACES, "near")
"""Relations by which several pieces compete for the floor around one."""
_RESTARTS = 3
"""Searches that begin with the piece that found no place before."""
_MAX_FAILURES = 3
"""Dead ends of a piece before its requirements are relaxed."""
_LOOKAHEAD_POSES = 14
"""Poses of each follower that are tried in the lookahead."""
_MAX_CRAMPED = 40
"""Poses of an anchor without room for all followers, before the best of them is taken."""
_BRANCHES = 4
_RUN_BRANCHES = 16
_REACH_CHECKS = 8
"""Complete sets of pieces that are rejected for being out of a robot's reach, at most."""


def _branches(piece: Piece) -> int:
    """Return how many poses of a piece are tried before the search backtracks past it."""
    if piece.optional:
        return 1
    return _RUN_BRANCHES if piece.entry.place == "run" else _BRANCHES


class _Restart(Exception):
    """Raised when a piece repeatedly finds no place."""

    def __init__(self, piece: Piece) -> None:
        super().__init__(piece.id)
        self.piece = piece


class FurnitureSearch:
    """Backtracking search over candidate poses with conflict-directed backjumping (Prosser 1993).

    Args:
        scene: the scene with its empty room.
        pieces: the pieces in placement order; see `in_placement_order`.
        relations: relations of the task that place pieces.
        askew: standard deviation of the heading of seats [rad].
        context: asset store, vocabulary and random generator.
    """

    def __init__(
        self,
        scene: Scene,
        pieces: list[Piece],
        relations: tuple[Relation, ...],
        askew: float,
        context: Context,
    ) -> None:
        self._scene, self._pieces, self._context = scene, pieces, context
        self._followers = {piece.id: followers(piece, pieces) for piece in pieces if piece.required}
        self._partial = PartialRoom(scene, pieces, relations, context)
        anchors = frozenset(name for name, others in self._followers.items() if others)
        self._candidates = Candidates(self._partial, anchors, askew, context)
        self._feasibility = Feasibility(self._partial)
        self._best: list[Located] = []
        self._best_value = (-1, -1, -1)
        self._budget = _SEARCH_BUDGET
        self._lenient = False
        """Whether required pieces may be left out."""
        self._failures: Counter[str] = Counter()
        """Number of times that each piece found no place, by id."""
        self._conflicts: set[str] = set()
        """Conflict set of the last dead end: pieces whose other poses might leave a place."""
        self._restarts = _RESTARTS
        self._promoted: set[str] = set()
        """Ids of the pieces that went first in a restarted search."""
        self._reach_checks = _REACH_CHECKS

    def run(self) -> Scene:
        """Return the scene with the best set of pieces found.

        A piece that repeatedly finds no place goes first in another search, up to a number of restarts. Then
        it is relaxed: at first all its relations must hold, then as many as possible, and at last it may be
        left out.
        """
        empty, spent = self._partial.mark(), 0
        for self._lenient in (*(False,) * (_RESTARTS + 2), True):
            self._partial.rewind(empty)
            spent += _SEARCH_BUDGET - self._budget
            if spent > _TOTAL_BUDGET and not self._lenient:
                continue
            self._budget = _SEARCH_BUDGET
            try:
                if self._place_from(0) and self._budget > 0:
                    break
            except _Restart as stuck:
                self._promote(stuck.piece)
        best = self._without_odd_curtains()
        self._note_left_out({located.item.id for located in best})
        for located in best:
            self._context.store.add(located.asset)
        return self._scene.adding(*(located.item for located in best))

    def _promote(self, piece: Piece) -> None:
        """Move a piece to the front, with its group unless it only relates to the room."""
        self._restarts -= 1
        self._failures.clear()
        self._promoted.add(piece.id)
        ids = self._scene.task.ids
        loose = all(r.name in LOOSE_RELATIONS or r.object not in ids for r in piece.relations)
        first = {piece.id}
        if not loose:
            groups = anchored_groups([other for other in self._pieces if other.required is not None])
            first = {other.id for group in groups if piece in group for other in group}
        self._pieces.sort(key=lambda other: other.id not in first)

    def _without_odd_curtains(self) -> list[Located]:
        """Return the best set without curtains that hang at one side of a window only."""
        hanging = {piece.id for piece in self._pieces if piece.entry.place == "at_window"}
        pairs: dict[str, list[str]] = {}
        for located in self._best:
            if located.item.id in hanging:
                nearest = min(self._partial.room.windows, key=lambda pair: _distance(located, *pair))
                pairs.setdefault(nearest[1].id, []).append(located.item.id)
        odd = {name for names in pairs.values() if len(names) == 1 for name in names}
        return [located for located in self._best if located.item.id not in odd - self._scene.task.ids]

    def _note_left_out(self, placed: set[str]) -> None:
        missing = Counter(piece.asset.category for piece in self._pieces if piece.id not in placed)
        if missing:
            names = ", ".join(f"{count} {category}" for category, count in sorted(missing.items()))
            self._context.note(f"no place for {names}; ask for a larger room or sparse density")

    def _place_from(self, index: int) -> bool:
        """Place the pieces from `index` on; False asks the caller to try another pose."""
        self._context.check()
        self._keep_best()
        if index == len(self._pieces):
            self._conflicts = {located.item.id for located in self._partial.placed}
            return self._is_complete()
        piece, partial, feasibility = self._pieces[index], self._partial, self._feasibility
        if piece.required is None and piece.of and not partial.partners_of(piece):
            return self._place_from(index + 1)
        branches = 0
        mark = partial.mark()
        conflicts = set(references(piece))
        feasibility.obstacles = set()
        for located in self._navigable(piece):
            conflicts |= feasibility.obstacles
            partial.add(piece, located)
            if self._place_from(index + 1):
                return True
            partial.rewind(mark)
            branches += 1
            if branches >= _branches(piece) or self._budget <= 0:
                break
            if piece.id not in self._conflicts:
                return False
            conflicts |= self._conflicts
            feasibility.obstacles = set()
        if self._budget <= 0:
            return True
        if not branches:
            self._failures[piece.id] += 1
            stuck = self._failures[piece.id] >= _MAX_FAILURES and piece.required is not None
            if stuck and self._restarts and piece.id not in self._promoted:
                raise _Restart(piece)
        self._conflicts = (conflicts | feasibility.obstacles) - {piece.id}
        skippable = self._lenient or self._failures[piece.id] > 2 * _MAX_FAILURES
        return (piece.optional or skippable) and self._place_from(index + 1)

    def _is_strict(self, piece: Piece) -> bool:
        return not self._lenient and self._failures[piece.id] < _MAX_FAILURES

    def _is_complete(self) -> bool:
        """Return whether a robot reaches all task objects; True once that was checked too often."""
        if self._reach_checks <= 0:
            return True
        self._reach_checks -= 1
        return self._partial.serves_robot()

    def _keep_best(self) -> None:
        if self._partial.required_count() < self._best_value[0]:
            return
        value = self._partial.value()
        if value >= self._best_value:
            self._best, self._best_value = list(self._partial.placed), value

    def _navigable(self, piece: Piece) -> Iterator[Located]:
        """Yield poses that keep the room navigable; at last, for required pieces, one that does not."""
        blocking = None
        for located in self._ranked(piece):
            if self._partial.stays_navigable(piece, located):
                yield located
            else:
                blocking = blocking or located
                self._feasibility.obstacles |= {other.item.id for other in self._partial.placed}
        if blocking and not self._is_strict(piece) and not piece.optional:
            self._partial.cover_floor(blocking)
            yield blocking

    def _ranked(self, piece: Piece) -> Iterator[Located]:
        """Yield collision-free poses with room for followers first, the least awkward of each batch first."""
        fits = self._collision_free(piece)
        followers = self._followers.get(piece.id, ())
        if piece.entry.place not in _UNORDERED and not followers:
            yield from fits
        centered = any(r.name == "in_middle" for r in piece.relations)
        cramped: list[tuple[int, int, Located]] = []
        batch: list[Located] = []
        for k, located in enumerate(fits):
            self._budget -= len(followers)
            lacking = self._followers_without_room(piece, located, followers)
            if lacking:
                cramped.append((lacking, k, located))
            else:
                batch.append(located)
            if len(batch) == (1 if centered else _BATCH):
                yield from sorted(batch, key=self._awkwardness)
                batch = []
            if len(cramped) == _MAX_CRAMPED:
                break
        yield from sorted(batch, key=self._awkwardness)
        yield from (located for _, _, located in sorted(cramped, key=lambda entry: entry[:2]))

    def _awkwardness(self, located: Located) -> float:
        return awkwardness(located, self._partial.placed, self._partial.room)

    def _followers_without_room(self, piece: Piece, located: Located, followers: tuple[Piece, ...]) -> int:
        """Return how many followers of a piece have no room if it has this pose.

        Followers with the same relation occupy space one after the other.
        """
        mark, obstacles = self._partial.mark(), set(self._feasibility.obstacles)
        self._partial.add(piece, located)
        lacking = 0
        for other in followers:
            poses = itertools.islice(self._candidates.by_relations(other), _LOOKAHEAD_POSES)
            satisfying = (pose for pose in poses if self._partial.violations(pose) == 0)
            fitting = (pose for pose in satisfying if self._fits(other, pose))
            if (found := next(fitting, None)) is None:
                lacking += 1
            elif any(r.name in _CROWDED for r in other.relations):
                self._partial.add(other, found)
        self._partial.rewind(mark)
        self._feasibility.obstacles = obstacles
        return lacking

    def _collision_free(self, piece: Piece) -> Iterator[Located]:
        for located in self._candidates.of(piece, strict=self._is_strict(piece)):
            self._budget -= 1
            if self._budget <= 0:
                return
            if self._fits(piece, located):
                yield located

    def _fits(self, piece: Piece, located: Located) -> bool:
        return self._feasibility.fits(piece, located, strict=self._is_strict(piece))


def _distance(located: Located, wall: Wall, opening: Opening) -> float:
    return float(np.linalg.norm(located.center[:2] - wall.point(opening.offset)))
