"""Which room a task belongs to."""

from __future__ import annotations

from sage.reading.things import Thing
from sage.vocabulary import Vocabulary

__all__ = ["rank_rooms"]

_FURNITURE_WEIGHT = 3.0
_PUBLIC_WEIGHT = 0.2
_STOCK_WEIGHT = 0.01
_LEAST_SHARE = 0.2
_PUBLIC = (
    "classroom", "restaurant", "bar", "gym", "grocery_store", "warehouse", "lobby", "library", "meeting_room",
    "break_room", "computer_lab", "locker_room", "workshop", "corridor",
)  # fmt: skip
"""Rooms that are rarer than those of a home."""
_STOCKED = ("grocery_store", "warehouse")
"""Rooms that hold many of everything, so that small things there say little."""


def rank_rooms(named: list[str], things: list[Thing], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the room types that fit, best first: those named, else those where such things are met.

    Each kind of thing votes with its share of every room type; what stands on the floor or hangs counts
    more, since cups wander and beds do not. Homes are likelier than public rooms, and what is said to be
    in another room tells nothing.
    """
    if named:
        return tuple(dict.fromkeys(named))
    rooms = [room.name for room in vocabulary.room_types()]
    votes = dict.fromkeys(rooms, 0.0)
    for thing in things:
        if thing.elsewhere:
            continue
        furniture = thing.category.mount != "surface"
        counts = {room: _weight(room, furniture) * thing.category.rooms.get(room, 0.0) for room in rooms}
        total = sum(counts.values())
        weight = _FURNITURE_WEIGHT if furniture else 1.0
        for room in rooms:
            votes[room] += weight * counts[room] / total if total else 0.0
    best = max(votes.values())
    if not best:
        return tuple(room for room in rooms if room not in _PUBLIC)
    ranked = sorted(rooms, key=lambda room: (-votes[room], rooms.index(room)))
    return tuple(room for room in ranked if votes[room] >= _LEAST_SHARE * best)


def _weight(room: str, furniture: bool) -> float:
    if room in _STOCKED and not furniture:
        return _STOCK_WEIGHT
    return _PUBLIC_WEIGHT if room in _PUBLIC else 1.0
