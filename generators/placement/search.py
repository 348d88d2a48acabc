"""Depth-first search for the poses of furniture.

Steps back when a required piece does not fit, gives up optional pieces before required ones, and keeps
the best set of pieces that it has seen.
"""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
import numpy.typing as npt
from shapely.geometry import Polygon

from sage.asset import Asset
from sage.context import Context
from sage.generators.placement.by_place import Stand, around_the_corner, candidates
from sage.generators.placement.by_relation import (
    SHARED_PLACES,
    Asked,
    openings_named,
    poses_anywhere,
    poses_by,
    turned_to,
)
from sage.generators.placement.piece import (
    FALLBACK_PLACES,
    Piece,
    anchored_groups,
    followers,
    is_seat,
    references,
)
from sage.generators.placement.scene_objects import initial_joints, scene_object
from sage.generators.recipes import Place
from sage.geometry import Array, Pose
from sage.scene import Opening, Room, Scene, SceneObject, Wall
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import holds
from sage.spatial.space import WINDOW_CLEAR_M, Space
from sage.spatial.walkway import ARM_M, PASSAGE_M, ROBOT_RADIUS_M, Walkway
from sage.task import WALL, Relation

__all__ = ["FurnitureSearch"]

_UNORDERED: tuple[Place, ...] = ("wall", "corner", "hung", "free")
"""Places with unordered candidates: the least awkward of a batch is taken."""
_JOINED: dict[Place, tuple[Place, ...]] = {"run": ("run",), "over_run": ("run", "over_run", "above")}
"""Places side by side without gaps, and the places that they join."""
_BATCH = 5
_AWKWARD_GAP_M = (0.04, 0.4)
_SEARCH_BUDGET, _TOTAL_BUDGET = 1500, 3000
"""Poses tried in one search, and in all before required pieces may be left out."""
_CROWDED = (*SHARED_PLACES, "near")
"""Relations by which several pieces compete for the floor around one."""
_LOOSE = ("near", "far", "across", "facing", "next_to")
"""Relations that can be met from either side, whichever piece is placed first."""
_RESTARTS = 3
"""Searches that begin with the piece that found no place before."""
_PATIENCE = 3
"""Dead ends of a piece before its requirements are relaxed."""
_MOST_POSES = 500
"""Poses of a piece that are tested against its relations."""
_LOOKAHEAD_POSES = 14
"""Poses of each follower that are tried in the lookahead."""
_MOST_CRAMPED = 40
"""Poses of an anchor without room for all followers, before the best of them is taken."""
_HIDDEN = 0.3
"""Share of a footprint in front of a window above which its load hides the window."""
_TALL_M = 1.2
_AT_WALL_M = 0.15
_ROBOT_DEPTH_M = 0.75
"""Depth of the free floor in front of a wall-mounted task object [m]."""
_BRANCHES = 4
_RUN_BRANCHES = 16
_CANDIDATES = 120
_NAVIGABLE = 0.9
_WALKABLE = 0.8
"""Least share of the free floor that is connected for robots (`_NAVIGABLE`) and for people."""
_WALK_CHECKS = 8


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
    """Backtracking search over candidate poses, which jumps back to the pieces in the way of others."""

    def __init__(
        self,
        scene: Scene,
        room: Room,
        pieces: list[Piece],
        placing: tuple[Relation, ...],
        askew: float,
        context: Context,
    ) -> None:
        self._scene, self._room, self._pieces, self._context = scene, room, pieces, context
        self._relations, self._askew = placing, askew
        self._space = Space(room, Layout(scene, context.store))
        self._walls = [(wall.start, tuple(map(float, wall.inward)), wall.yaw) for wall in room.walls]
        self._placed: list[Located] = []
        self._walkways = [Walkway(room)]
        self._approaches: list[npt.NDArray[np.bool_]] = []
        self._best: list[Located] = []
        self._best_value = (-1, -1, -1)
        self._budget = _SEARCH_BUDGET
        self._lenient = False
        """Whether required pieces may be left out."""
        self._failures: Counter[str] = Counter()
        """Number of times that each piece found no place, by id."""
        self._obstacles: set[str] = set()
        """Ids of what was in the way of the current piece."""
        self._conflicts: set[str] = set()
        """Conflict set of the last dead end: pieces whose other poses might leave a place."""
        self._restarts = _RESTARTS
        self._promoted: set[str] = set()
        """Ids of the pieces that went first in a restarted search."""
        self._walk_checks = _WALK_CHECKS
        self._items: dict[str, SceneObject] = {}
        self._ids = scene.task.ids
        self._followers = {piece.id: followers(piece, pieces) for piece in pieces if piece.required}

    def run(self) -> Scene:
        """Return the scene with the best set of pieces found.

        A piece that repeatedly finds no place goes first in another search, up to a number of restarts. Then
        it is relaxed: at first all its relations must hold, then as many as possible, and at last it may be
        left out.
        """
        empty, spent = self._space.mark(), 0
        for self._lenient in (*(False,) * (_RESTARTS + 2), True):
            self._space.rewind(empty)
            self._placed, self._approaches = [], []
            del self._walkways[1:]
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
        loose = all(r.name in _LOOSE or r.object not in self._ids for r in piece.relations)
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
                nearest = min(self._room.windows, key=lambda pair: _distance(located, *pair))
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
            self._conflicts = {located.item.id for located in self._placed}
            return self._walkable()
        piece = self._pieces[index]
        if piece.required is None and piece.of and not self._partners_of(piece):
            return self._place_from(index + 1)
        branches = 0
        mark, known = self._space.mark(), (len(self._walkways), len(self._approaches))
        conflicts = set(references(piece))
        self._obstacles = set()
        for located in self._reachable(piece):
            conflicts |= self._obstacles
            self._space.add(located, piece.clear)
            self._placed.append(located)
            if self._place_from(index + 1):
                return True
            self._placed.pop()
            self._space.rewind(mark)
            del self._walkways[known[0] :], self._approaches[known[1] :]
            branches += 1
            if branches >= _branches(piece) or self._budget <= 0:
                break
            if piece.id not in self._conflicts:
                return False
            conflicts |= self._conflicts
            self._obstacles = set()
        if self._budget <= 0:
            return True
        if not branches:
            self._failures[piece.id] += 1
            stuck = self._failures[piece.id] >= _PATIENCE and piece.required is not None
            if stuck and self._restarts and piece.id not in self._promoted:
                raise _Restart(piece)
        self._conflicts = (conflicts | self._obstacles) - {piece.id}
        skippable = self._lenient or self._failures[piece.id] > 2 * _PATIENCE
        return (piece.optional or skippable) and self._place_from(index + 1)

    def _is_strict(self, piece: Piece) -> bool:
        return not self._lenient and self._failures[piece.id] < _PATIENCE

    def _reachable(self, piece: Piece) -> Iterator[Located]:
        """Yield poses that keep the room navigable; at last, for required pieces, one that does not."""
        blocking = None
        for located in self._fitting(piece):
            if self._leaves_ways(piece, located):
                yield located
            else:
                blocking = blocking or located
                self._obstacles |= {other.item.id for other in self._placed}
        if blocking and not self._is_strict(piece) and not piece.optional:
            self._walkways.append(self._walkways[-1].adding(blocking))
            yield blocking

    def _fitting(self, piece: Piece) -> Iterator[Located]:
        """Yield collision-free poses, the least awkward of each batch first."""
        fits = self._collision_free(piece)
        followers = self._followers.get(piece.id, ())
        if piece.entry.place not in _UNORDERED and not followers:
            yield from fits
        amid = any(r.name == "in_middle" for r in piece.relations)
        narrow: list[tuple[int, int, Located]] = []
        batch: list[Located] = []
        for k, located in enumerate(fits):
            self._budget -= len(followers)
            lacking = self._followers_without_room(piece, located, followers)
            if lacking:
                narrow.append((lacking, k, located))
            else:
                batch.append(located)
            if len(batch) == (1 if amid else _BATCH):
                yield from sorted(batch, key=self._awkwardness)
                batch = []
            if len(narrow) == _MOST_CRAMPED:
                break
        yield from sorted(batch, key=self._awkwardness)
        yield from (located for _, _, located in sorted(narrow, key=lambda entry: entry[:2]))

    def _followers_without_room(self, piece: Piece, located: Located, followers: tuple[Piece, ...]) -> int:
        """Return how many followers of a piece have no room if it has this pose.

        Followers with the same relation occupy space one after the other.
        """
        mark, obstacles, placed = self._space.mark(), set(self._obstacles), len(self._placed)
        self._space.add(located, piece.clear)
        self._placed.append(located)
        lacking = 0
        for other in followers:
            poses = itertools.islice(self._asked_poses(other), _LOOKAHEAD_POSES)
            stands = (self._located(other, pose) for pose in poses)
            fitting = (s for s in stands if self._count_violated(s) == 0 and self._fits(other, s))
            if (found := next(fitting, None)) is None:
                lacking += 1
            elif any(r.name in _CROWDED for r in other.relations):
                self._space.add(found, other.clear)
                self._placed.append(found)
        del self._placed[placed:]
        self._space.rewind(mark)
        self._obstacles = obstacles
        return lacking

    def _collision_free(self, piece: Piece) -> Iterator[Located]:
        for located in self._candidates(piece):
            self._budget -= 1
            if self._budget <= 0:
                return
            if self._fits(piece, located):
                yield located

    def _fits(self, piece: Piece, located: Located) -> bool:
        companions = frozenset(other.item.id for other in self._partners_of(piece))
        companions |= {located.item.id for located in self._placed if located.item.id in piece.companions}
        if piece.support == "ceiling" and any(r.name == "above" for r in piece.relations):
            companions = frozenset(other.item.id for other in self._placed)
        if piece.support == "floor" and not piece.asset.covering:
            if any(place.intersects(located.footprint) for place in self._robot_stances()):
                return False
        if piece.asset.covering:
            return self._covers(piece, located)
        if piece.required is None and piece.support == WALL and self._over_curtain(located):
            return False
        if piece.fixed and piece.support == "floor" and (rug := self._rug_below(located)) is not None:
            self._obstacles.add(rug)
            return False
        if self._is_strict(piece) and piece.load and (window := self._hidden_window(piece, located)):
            self._obstacles.add(window)
            return False
        margin = 0.001 if piece.entry.place in _JOINED else 0.012
        obstacle = self._space.obstacle(located, margin=margin, clear=piece.clear, companions=companions)
        if obstacle is not None:
            self._obstacles.add(obstacle)
        return obstacle is None

    def _covers(self, piece: Piece, located: Located) -> bool:
        """Return whether a rug or curtain is free of others; rugs may lie under pieces that are not fixed."""
        inside = bool(self._room.floor.contains(located.footprint))
        barred = any(
            (other.asset.covering or (other.item.fixed and other.item.support == "floor"))
            and other.footprint.intersects(located.footprint)
            for other in self._placed
        )
        if piece.required is None and piece.support == WALL:
            barred = barred or any(_hang_over(other, located) for other in self._placed)
        corners = located.item.pose.apply(piece.asset.corners)
        return inside and not barred and (piece.asset.mount == "floor" or self._space.is_free(corners))

    def _robot_stances(self) -> Iterator[Polygon]:
        """Yield the floor in front of task objects on walls, where a robot stands to act on them."""
        for located in self._placed:
            if located.item.support == WALL and located.item.role != "context":
                side = np.array([-located.forward[1], located.forward[0]])
                middle, ahead = located.center[:2], located.forward * _ROBOT_DEPTH_M
                half = side * (ROBOT_RADIUS_M + 0.02)
                yield Polygon([middle - half, middle + half, middle + half + ahead, middle - half + ahead])

    def _over_curtain(self, located: Located) -> bool:
        """Return whether a piece on a wall would overlap a curtain."""
        return any(other.asset.covering and _hang_over(other, located) for other in self._placed)

    def _hidden_window(self, piece: Piece, located: Located) -> str | None:
        """Return the id of a window that the load of a piece would hide, or None."""
        top = float(located.high[2]) + piece.load
        for wall, window in self._room.windows:
            zone = wall.zone(window, WINDOW_CLEAR_M)
            shared = float(zone.intersection(located.footprint).area)
            if window.sill < top and shared > _HIDDEN * float(located.footprint.area):
                return window.id
        return None

    def _rug_below(self, located: Located) -> str | None:
        """Return the id of a rug below a fixed piece, or None."""
        rugs = (o for o in self._placed if o.item.covering and o.item.support == "floor")
        return next((o.item.id for o in rugs if o.footprint.intersects(located.footprint)), None)

    def _leaves_ways(self, piece: Piece, located: Located) -> bool:
        """Return whether everything stays reachable from the doors with a piece; if so, keep the walkway."""
        if piece.support != "floor" or piece.asset.covering:
            return True
        walkway = self._walkways[-1].adding(located)
        wide = walkway.at(PASSAGE_M / 2)
        approaches = [*self._approaches, *([] if piece.of else [wide.approach(located.body_footprint)])]
        doors = all(wide.reaches(wall, door) for wall, door in self._room.doors)
        whole = walkway.navigable >= _NAVIGABLE and wide.navigable >= _WALKABLE
        if not (doors and whole and all(wide.passes(area) for area in approaches)):
            return False
        self._walkways.append(walkway)
        self._approaches = approaches
        return True

    def _awkwardness(self, located: Located) -> float:
        """Return how awkward a pose looks: the number of narrow side gaps, plus how far off centre it is."""
        origin = np.array(located.item.pose.position[:2])
        left = np.array([-located.forward[1], located.forward[0]])
        depth, width, _ = located.asset.size
        ends = [-np.inf, np.inf]
        shapes = [other.footprint for other in self._placed if _beside(other, located)]
        for shape in [*shapes, *_wall_solids(self._room)]:
            corners = np.array(shape.exterior.coords) - origin
            ahead, aside = corners @ located.forward, corners @ left
            if ahead.max() > -depth / 2 and ahead.min() < depth / 2:
                if aside.max() <= -width / 2 + 0.01:
                    ends[0] = max(ends[0], float(aside.max()))
                elif aside.min() >= width / 2 - 0.01:
                    ends[1] = min(ends[1], float(aside.min()))
        gaps = [-width / 2 - ends[0], ends[1] - width / 2]
        low, high = _AWKWARD_GAP_M
        awkward = sum(low < gap < high for gap in gaps)
        total = sum(gaps) if np.isfinite(sum(gaps)) else 0.0
        off = abs(gaps[0] - gaps[1]) / total if total > 0 and width > 1.2 else 0.0
        return awkward + off

    def _partners_of(self, piece: Piece) -> tuple[Located, ...]:
        ids = set(piece.of)
        if together := _JOINED.get(piece.entry.place):
            ids = {other.id for other in self._pieces if other.entry.place in together}
        return tuple(located for located in self._placed if located.item.id in ids)

    def _candidates(self, piece: Piece) -> Iterator[Located]:
        if piece.required is None:
            poses = itertools.islice(self._usual_poses(piece), _CANDIDATES)
            return (self._located(piece, pose) for pose in poses)
        return itertools.islice(self._satisfying(piece), _CANDIDATES)

    def _satisfying(self, piece: Piece) -> Iterator[Located]:
        """Yield poses of a required piece where all its relations hold; if relaxed, also where most do."""
        poses = self._asked_poses(piece) if piece.relations else self._usual_poses(piece)
        partly: list[tuple[int, int, Located]] = []
        for k, pose in enumerate(itertools.islice(poses, _MOST_POSES)):
            located = self._located(piece, pose)
            failing = self._count_violated(located)
            if not failing:
                yield located
            elif not self._is_strict(piece):
                partly.append((failing, k, located))
        yield from (located for _, _, located in sorted(partly, key=lambda entry: entry[:2]))

    def _located(self, piece: Piece, pose: Pose) -> Located:
        item = self._items.get(piece.id) or self._items.setdefault(
            piece.id,
            scene_object(
                piece.id, piece.asset, piece.required, self._room.id, support=piece.support,
                fixed=piece.fixed, joints=initial_joints(piece.id, piece.asset, self._scene.task),
            ),
        )  # fmt: skip
        return Located(item.model_copy(update={"pose": pose}), piece.asset)

    def _usual_poses(self, piece: Piece) -> Iterator[Pose]:
        """Yield poses at the recipe's place; for a required piece, at last also elsewhere."""
        partners = self._partners_of(piece)
        fallback_allowed = (
            not self._is_strict(piece) and piece.required is not None and piece.entry.place in FALLBACK_PLACES
        )
        if piece.of and not partners and not fallback_allowed:
            return
        stand = self._stand(piece, partners)
        yield from candidates(piece.entry.place, stand)
        strict = self._is_strict(piece)
        if not strict and piece.entry.place == "run" and not piece.optional:
            yield from around_the_corner(stand)
        if not strict and piece.entry.place == "rows":
            yield from candidates("wall", stand)
        if fallback_allowed:
            yield from candidates(FALLBACK_PLACES[piece.entry.place], stand)
        if piece.required is not None and (not strict or self._followers.get(piece.id)):
            yield from poses_anywhere(Asked(stand, piece.support))

    def _stand(self, piece: Piece, partners: tuple[Located, ...]) -> Stand:
        entry = piece.entry
        return Stand(
            piece.asset, self._room, self._context.rng, partners, entry.spacing, entry.height, self._askew
        )

    def _asked_poses(self, piece: Piece) -> Iterator[Pose]:
        """Yield poses by the relations of a piece, the most constraining first."""
        looks_at = self._facing_target(piece)
        pools: list[Iterable[Pose]] = []
        shared = any(r.name in SHARED_PLACES for r in piece.relations)
        if piece.of and self._partners_of(piece) and piece.entry.of and not shared:
            pools.append(candidates(piece.entry.place, self._stand(piece, self._partners_of(piece))))
        if beside := self._siblings(piece):
            pools.append(candidates("beside", self._stand(piece, beside)))
        asked = None
        for relation in piece.relations:
            asked = self._asked(piece, relation)
            if asked is not None:
                poses = poses_by(relation, asked)
                pools.append(poses if looks_at is None else turned_to(poses, looks_at))
        if not piece.entry.of:
            pools.append(candidates(piece.entry.place, self._stand(piece, ())))
        everywhere = poses_anywhere(Asked(self._stand(piece, ()), piece.support))
        pools.append(everywhere if looks_at is None else turned_to(everywhere, looks_at))
        poses = chain.from_iterable(pools)
        return self._at_walls_first(poses, piece.asset) if self._belongs_at_wall(piece) else poses

    def _at_walls_first(self, poses: Iterator[Pose], asset: Asset) -> Iterator[Pose]:
        """Yield poses with the back to a wall before the others."""
        others = []
        for pose in itertools.islice(poses, _MOST_POSES):
            if self._is_at_wall(pose, asset):
                yield pose
            else:
                others.append(pose)
        yield from others

    def _siblings(self, piece: Piece) -> tuple[Located, ...]:
        """Return placed pieces of the same category to which the same subjects have the same relations."""
        relations = {
            (r.name, r.subject) for r in self._relations if r.object == piece.id and r.name in _LOOSE
        }
        others = {r.object for r in self._relations if (r.name, r.subject) in relations} - {piece.id}
        return tuple(
            o for o in self._placed if o.item.id in others and o.asset.category == piece.asset.category
        )

    def _asked(self, piece: Piece, relation: Relation) -> Asked | None:
        """Return the query for poses by a relation, or None if what it refers to is not placed yet."""
        located = {other.item.id: other for other in self._placed}
        names = [name for name in (relation.object, relation.other) if name in self._scene.task.ids]
        if any(name not in located for name in names):
            return None
        if piece.asset.covering and relation.name == "under":
            names += [r.object for r in piece.relations if r.name == "under" and r.object not in names]
        partners = tuple(located[name] for name in names if name in located)
        alike = [r.subject for r in self._relations if (r.name, r.object) == (relation.name, relation.object)]
        return Asked(
            self._stand(piece, partners),
            piece.support,
            seat=is_seat(piece.asset),
            at_table=bool(partners) and self._is_table(partners[0].asset.category),
            place=(alike.index(piece.id), len(alike)),
        )

    def _is_table(self, category: str) -> bool:
        is_a = self._context.vocabulary.is_a
        return any(is_a(category, noun) for noun in ("table", "desk", "counter"))

    def _facing_target(self, piece: Piece) -> Array | None:
        """Return the point that a piece is to face [m, world frame], or None."""
        for relation in piece.relations:
            if relation.name != "facing" or not piece.asset.has_front:
                continue
            for located in self._placed:
                if located.item.id == relation.object:
                    return located.center
            for wall, opening in openings_named(relation.object, self._room):
                return wall.point(opening.offset)
        return None

    def _belongs_at_wall(self, piece: Piece) -> bool:
        usual = piece.entry.place in ("wall", "corner", "run") or piece.asset.size[2] >= _TALL_M
        return piece.support == "floor" and piece.asset.has_front and usual and not is_seat(piece.asset)

    def _is_at_wall(self, pose: Pose, asset: Asset) -> bool:
        x, y, _ = pose.position
        yaw = pose.yaw
        x, y = x - asset.size[0] / 2 * math.cos(yaw), y - asset.size[0] / 2 * math.sin(yaw)
        return any(
            abs((x - start[0]) * inward[0] + (y - start[1]) * inward[1]) < _AT_WALL_M
            and abs(math.remainder(wall_yaw - yaw, 2 * math.pi)) < 0.1
            for start, inward, wall_yaw in self._walls
        )

    def _count_violated(self, located: Located) -> int:
        """Return how many relations between a piece and the placed ones do not hold."""
        present = {other.item.id: other for other in [*self._placed, located]}
        layout = Layout.of(self._scene, present)
        named = (r for r in self._relations if located.item.id in (r.subject, r.object, r.other))
        return sum(not holds(r, layout) for r in named if self._is_decidable(r, present))

    def _is_decidable(self, relation: Relation, present: dict[str, Located]) -> bool:
        """Return whether all objects of a relation are placed; for `around`, all its subjects too."""
        names = {relation.subject, relation.object, relation.other or relation.subject}
        if relation.name == "around":
            names |= {r.subject for r in self._relations if (r.name, r.object) == ("around", relation.object)}
        return all(name in present for name in names & self._ids)

    def _walkable(self) -> bool:
        if self._walk_checks <= 0:
            return True
        self._walk_checks -= 1
        walkway = Walkway(self._room, self._placed)
        doors = all(walkway.reaches(wall, door) for wall, door in self._room.doors)
        needed = (o for o in self._placed if o.item.role != "context" and not o.item.covering)
        reached = all(walkway.distance(located) <= ARM_M for located in needed)
        return doors and reached and walkway.navigable >= _NAVIGABLE

    def _keep_best(self) -> None:
        required = sum(1 for located in self._placed if located.item.id in self._ids)
        if required < self._best_value[0]:
            return
        value = (required, self._count_satisfied(), len(self._placed))
        if value >= self._best_value:
            self._best, self._best_value = list(self._placed), value

    def _count_satisfied(self) -> int:
        """Return how many relations hold among the placed pieces."""
        present = {located.item.id: located for located in self._placed}
        layout = Layout.of(self._scene, present)
        return sum(bool(holds(r, layout)) for r in self._relations if self._is_decidable(r, present))


def _distance(located: Located, wall: Wall, opening: Opening) -> float:
    return float(np.linalg.norm(located.center[:2] - wall.point(opening.offset)))


def _hang_over(one: Located, other: Located) -> bool:
    """Return whether two pieces on a wall overlap."""
    apart = one.low[2] >= other.high[2] or other.low[2] >= one.high[2]
    return one.item.support == other.item.support == WALL and not (
        apart or not one.footprint.intersects(other.footprint)
    )


def _beside(other: Located, located: Located) -> bool:
    """Return whether two pieces overlap in height."""
    return bool(other.low[2] < located.high[2] and other.high[2] > located.low[2]) and not other.item.covering


def _wall_solids(room: Room) -> list[Polygon]:
    """Return the walls as polygons 0.1 m thick, outside the room."""
    return [
        Polygon([wall.start, wall.end, wall.point(wall.length, -0.1), wall.point(0.0, -0.1)])
        for wall in room.walls
    ]
