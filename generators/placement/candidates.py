"""Candidate poses of furniture pieces in a partial room, likelier ones first."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from itertools import chain

from sage.asset import Asset
from sage.context import Context
from sage.generators.placement.by_place import PoseQuery, poses_around_corner, poses_at_place
from sage.generators.placement.by_relation import (
    SHARED_PLACES,
    RelationQuery,
    openings_named,
    poses_anywhere,
    poses_by_relation,
    turned_to,
)
from sage.generators.placement.partial import PartialRoom
from sage.generators.placement.piece import FALLBACK_PLACES, Piece, is_seat
from sage.generators.placement.scene_objects import initial_joints, scene_object
from sage.geometry import Array, Pose
from sage.scene import SceneObject
from sage.spatial.layout import Located
from sage.task import Relation

__all__ = ["LOOSE_RELATIONS", "Candidates"]

LOOSE_RELATIONS = ("near", "far", "across", "facing", "next_to")
"""Relations that can be met from either side, whichever piece is placed first."""
_MAX_CANDIDATES = 120
"""Candidates of a piece."""
_MAX_POSES = 500
"""Poses of a piece that are tested against its relations."""
_TALL_M = 1.2
"""Height from which on a piece belongs at a wall [m]."""
_AT_WALL_M = 0.15
"""Distance of a back to the wall that it stands at [m]."""


class Candidates:
    """Enumerates candidate poses of pieces, by the task's relations or at the recipe's places.

    Args:
        partial: pieces placed so far.
        anchors: ids of pieces at which required pieces are to be placed.
        askew: standard deviation of the heading of seats [rad].
        context: vocabulary and random generator.
    """

    def __init__(self, partial: PartialRoom, anchors: frozenset[str], askew: float, context: Context) -> None:
        self._partial, self._anchors, self._askew, self._context = partial, anchors, askew, context
        self._walls = [(wall.start, tuple(map(float, wall.inward)), wall.yaw) for wall in partial.room.walls]
        self._items: dict[str, SceneObject] = {}

    def of(self, piece: Piece, *, strict: bool) -> Iterator[Located]:
        """Yield a piece at its candidate poses.

        Args:
            piece: the piece.
            strict: for required pieces, only poses where all decidable relations hold.
        """
        if piece.required is None:
            poses = itertools.islice(self._usual_poses(piece, strict), _MAX_CANDIDATES)
            return (self._located(piece, pose) for pose in poses)
        return itertools.islice(self._satisfying(piece, strict), _MAX_CANDIDATES)

    def by_relations(self, piece: Piece) -> Iterator[Located]:
        """Yield a required piece at poses by its relations, whether or not they hold there."""
        return (self._located(piece, pose) for pose in self._poses_by_relations(piece))

    def _satisfying(self, piece: Piece, strict: bool) -> Iterator[Located]:
        """Yield poses of a required piece where all its relations hold; if relaxed, also where most do."""
        poses = self._poses_by_relations(piece) if piece.relations else self._usual_poses(piece, strict)
        partly: list[tuple[int, int, Located]] = []
        for k, pose in enumerate(itertools.islice(poses, _MAX_POSES)):
            located = self._located(piece, pose)
            violations = self._partial.violations(located)
            if not violations:
                yield located
            elif not strict:
                partly.append((violations, k, located))
        yield from (located for _, _, located in sorted(partly, key=lambda entry: entry[:2]))

    def _located(self, piece: Piece, pose: Pose) -> Located:
        item = self._items.get(piece.id) or self._items.setdefault(
            piece.id,
            scene_object(
                piece.id, piece.asset, piece.required, self._partial.room.id, support=piece.support,
                fixed=piece.fixed, joints=initial_joints(piece.id, piece.asset, self._partial.scene.task),
            ),
        )  # fmt: skip
        return Located(item.model_copy(update={"pose": pose}), piece.asset)

    def _usual_poses(self, piece: Piece, strict: bool) -> Iterator[Pose]:
        """Yield poses at the recipe's place; for a required piece, at last also elsewhere."""
        partners = self._partial.partners_of(piece)
        place = piece.entry.place
        fallback_allowed = not strict and piece.required is not None and place in FALLBACK_PLACES
        if piece.of and not partners and not fallback_allowed:
            return
        query = self._query(piece, partners)
        yield from poses_at_place(place, query)
        if not strict and place == "run" and not piece.optional:
            yield from poses_around_corner(query)
        if not strict and place == "rows":
            yield from poses_at_place("wall", query)
        if fallback_allowed:
            yield from poses_at_place(FALLBACK_PLACES[place], query)
        if piece.required is not None and (not strict or piece.id in self._anchors):
            yield from poses_anywhere(RelationQuery(query, piece.support))

    def _query(self, piece: Piece, partners: tuple[Located, ...]) -> PoseQuery:
        entry, room = piece.entry, self._partial.room
        return PoseQuery(
            piece.asset, room, self._context.rng, partners, entry.spacing, entry.height, self._askew
        )

    def _poses_by_relations(self, piece: Piece) -> Iterator[Pose]:
        """Yield poses by the relations of a piece, the most constraining first."""
        target = self._facing_target(piece)
        pools: list[Iterable[Pose]] = []
        shared = any(r.name in SHARED_PLACES for r in piece.relations)
        if piece.of and (partners := self._partial.partners_of(piece)) and piece.entry.of and not shared:
            pools.append(poses_at_place(piece.entry.place, self._query(piece, partners)))
        if siblings := self._siblings(piece):
            pools.append(poses_at_place("beside", self._query(piece, siblings)))
        for relation in piece.relations:
            query = self._relation_query(piece, relation)
            if query is not None:
                poses = poses_by_relation(relation, query)
                pools.append(poses if target is None else turned_to(poses, target))
        alone = self._query(piece, ())
        if not piece.entry.of:
            pools.append(poses_at_place(piece.entry.place, alone))
        everywhere = poses_anywhere(RelationQuery(alone, piece.support))
        pools.append(everywhere if target is None else turned_to(everywhere, target))
        poses = chain.from_iterable(pools)
        return self._at_walls_first(poses, piece.asset) if _belongs_at_wall(piece) else poses

    def _at_walls_first(self, poses: Iterator[Pose], asset: Asset) -> Iterator[Pose]:
        """Yield poses with the back to a wall before the others."""
        others = []
        for pose in itertools.islice(poses, _MAX_POSES):
            if self._is_at_wall(pose, asset):
                yield pose
            else:
                others.append(pose)
        yield from others

    def _siblings(self, piece: Piece) -> tuple[Located, ...]:
        """Return placed pieces of the same category to which the same subjects have the same relations."""
        stated = self._partial.relations
        relations = {
            (r.name, r.subject) for r in stated if r.object == piece.id and r.name in LOOSE_RELATIONS
        }
        others = {r.object for r in stated if (r.name, r.subject) in relations} - {piece.id}
        return tuple(
            o
            for o in self._partial.placed
            if o.item.id in others and o.asset.category == piece.asset.category
        )

    def _relation_query(self, piece: Piece, relation: Relation) -> RelationQuery | None:
        """Return the query for poses by a relation, or None if what it refers to is not placed yet."""
        located = {other.item.id: other for other in self._partial.placed}
        ids = self._partial.scene.task.ids
        names = [name for name in (relation.object, relation.other) if name in ids]
        if any(name not in located for name in names):
            return None
        if piece.asset.covering and relation.name == "under":
            names += [r.object for r in piece.relations if r.name == "under" and r.object not in names]
        partners = tuple(located[name] for name in names if name in located)
        alike = [
            r.subject
            for r in self._partial.relations
            if (r.name, r.object) == (relation.name, relation.object)
        ]
        return RelationQuery(
            self._query(piece, partners),
            piece.support,
            seat=is_seat(piece.asset),
            at_table=bool(partners) and self._is_table(partners[0].asset.category),
            slot=(alike.index(piece.id), len(alike)),
        )

    def _is_table(self, category: str) -> bool:
        is_a = self._context.vocabulary.is_a
        return any(is_a(category, noun) for noun in ("table", "desk", "counter"))

    def _facing_target(self, piece: Piece) -> Array | None:
        """Return the point that a piece is to face [m, world frame], or None."""
        for relation in piece.relations:
            if relation.name != "facing" or not piece.asset.has_front:
                continue
            for located in self._partial.placed:
                if located.item.id == relation.object:
                    return located.center
            for wall, opening in openings_named(relation.object, self._partial.room):
                return wall.point(opening.offset)
        return None

    def _is_at_wall(self, pose: Pose, asset: Asset) -> bool:
        x, y, _ = pose.position
        yaw = pose.yaw
        x, y = x - asset.size[0] / 2 * math.cos(yaw), y - asset.size[0] / 2 * math.sin(yaw)
        return any(
            abs((x - start[0]) * inward[0] + (y - start[1]) * inward[1]) < _AT_WALL_M
            and abs(math.remainder(wall_yaw - yaw, 2 * math.pi)) < 0.1
            for start, inward, wall_yaw in self._walls
        )


def _belongs_at_wall(piece: Piece) -> bool:
    usual = piece.entry.place in ("wall", "corner", "run") or piece.asset.size[2] >= _TALL_M
    return piece.support == "floor" and piece.asset.has_front and usual and not is_seat(piece.asset)
