"""Pieces of furniture to place, and the order in which to place them."""

from __future__ import annotations

from dataclasses import dataclass

from sage.asset import Asset
from sage.generators.placement.by_relation import SHARED_PLACES
from sage.generators.recipes import Furniture, FurniturePlace
from sage.task import Relation, RequiredObject

__all__ = [
    "BESIDE",
    "FALLBACK_PLACES",
    "SUPPORT_OF_MOUNT",
    "Piece",
    "anchored_groups",
    "followers",
    "in_placement_order",
    "is_seat",
    "references",
]

FALLBACK_PLACES: dict[FurniturePlace, FurniturePlace] = {
    "seat": "wall", "front": "wall", "around": "wall", "gather": "wall", "opposite": "wall",
    "over_run": "hung", "above": "hung", "before": "wall", "beside": "wall", "under": "free",
}  # fmt: skip
"""Places at another piece, each with the place of a required piece if none is left there."""
BESIDE = ("touching", "around", "long_side", "short_side", "in_front_of", "behind", "left_of", "right_of",
       "next_to", "under", "above", "in_middle")  # fmt: skip
"""Relations of pieces that go with another and may occupy the clear floor before it."""
_LEAVES_ROOM = frozenset(BESIDE) | {"across", "between", "on", "far"}
"""Relations for whose subjects an anchor must leave room."""
SUPPORT_OF_MOUNT = {"floor": "floor", "surface": "floor", "wall": "wall", "ceiling": "ceiling"}
"""Support of furniture by the mount of its category."""


@dataclass(frozen=True)
class Piece:
    """A piece of furniture to place."""

    id: str
    asset: Asset
    entry: Furniture
    """Entry of the recipe by which it is placed."""
    of: tuple[str, ...]
    """Ids of the pieces that it goes with."""
    required: RequiredObject | None
    """The task's requirement that it meets; None if it is only in the recipe."""
    fixed: bool
    """Whether it is mounted or built in."""
    relations: tuple[Relation, ...] = ()
    """Relations of the task which place it, the most constraining first."""
    support: str = "floor"
    """`floor`, `wall` or `ceiling`."""
    load: float = 0.0
    """Height of the tallest object that the task places on it [m]."""

    @property
    def companions(self) -> frozenset[str]:
        """Ids of the pieces whose clear floor it may occupy."""
        return frozenset(r.object for r in self.relations if r.name in BESIDE)

    @property
    def clear(self) -> float:
        """Depth of the floor to keep free before its front [m]; 0 for hanging pieces and seats at a table."""
        drawn_up = is_seat(self.asset) and any(r.name in SHARED_PLACES for r in self.relations)
        return self.entry.clear if self.support == "floor" and not drawn_up else 0.0

    @property
    def optional(self) -> bool:
        """Whether the scene is complete without it."""
        return self.required is None and self.entry.need != "must"


def in_placement_order(pieces: list[Piece]) -> list[Piece]:
    """Return pieces with leaders before followers, required before optional, large before small.

    A required follower comes right after its leader, so that backtracking reaches the leader first. Of two
    pieces that refer to each other, the first of `pieces` goes first.
    """
    order = {piece.id: k for k, piece in enumerate(pieces)}
    tiers = {
        "at_window": 0.5, "under_window": 0.7, "ceiling": 4, "above": 4, "over_run": 4.5, "hung": 5, "rug": 6,
    }  # fmt: skip
    groups = anchored_groups([piece for piece in pieces if piece.required is not None])
    heads = {piece.id: (group[0], k) for group in groups for k, piece in enumerate(group)}
    largest = {group[0].id: max(map(_area, group)) for group in groups}

    def rank(piece: Piece) -> tuple[float, ...]:
        if piece.id in heads and heads[piece.id][0] is not piece:
            head, number = heads[piece.id]
            return (*rank(head), number)
        leads = [pieces[order[name]] for name in piece.of if name in order and name not in heads]
        if piece.required is None:
            leads = [pieces[order[name]] for name in piece.of if name in order and name != piece.id]
        before = rank(leads[0]) if leads else None
        tier: float = tiers.get(piece.entry.place, 1) if piece.optional else 0
        if before and not piece.optional:
            return (*before, order[piece.id])
        if before:
            tier = max(2, tier, before[0])
        run = piece.entry.place == "run"
        area = largest.get(piece.id, _area(piece))
        return (tier, bool(before), not run, 0.0 if run else -area, order[piece.id])

    return sorted(pieces, key=rank)


def _area(piece: Piece) -> float:
    return piece.asset.size[0] * piece.asset.size[1]


def anchored_groups(pieces: list[Piece]) -> list[list[Piece]]:
    """Return required pieces in groups: an anchor, then its followers in order of dependency."""
    by_id = {piece.id: piece for piece in pieces}
    needs = {piece.id: [name for name in references(piece) if name in by_id] for piece in pieces}
    groups: list[list[Piece]] = []
    seen: set[str] = set()
    done: set[str] = set()

    def visit(name: str, group: list[Piece]) -> None:
        if name in seen:
            return
        seen.add(name)
        for other in needs[name]:
            visit(other, group)
        group.append(by_id[name])
        done.add(name)
        for other in sorted(needs, key=lambda other: -_area(by_id[other])):
            if name in needs[other] and done.issuperset(needs[other]):
                visit(other, group)

    for piece in sorted(pieces, key=lambda piece: (bool(needs[piece.id]), -_area(piece))):
        group: list[Piece] = []
        visit(piece.id, group)
        if group:
            groups.append(group)
    return groups


def references(piece: Piece) -> tuple[str, ...]:
    """Return the ids of what the pose of a piece depends on."""
    names = [*piece.of, *(name for r in piece.relations for name in (r.object, r.other or r.object))]
    return tuple(dict.fromkeys(name for name in names if name != piece.id))


def followers(piece: Piece, pieces: list[Piece]) -> tuple[Piece, ...]:
    """Return the required pieces which need room at a piece."""
    return tuple(
        other
        for other in pieces
        if any(r.name in _LEAVES_ROOM and r.object == piece.id for r in other.relations)
    )


def is_seat(asset: Asset) -> bool:
    """Return whether an asset is something to sit on."""
    return any(surface.name == "seat" for surface in asset.surfaces)
