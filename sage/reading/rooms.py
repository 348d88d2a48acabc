"""Which room a task belongs to."""

from __future__ import annotations

from sage.reading.things import Thing
from sage.vocabulary import Vocabulary

__all__ = ["rank_rooms"]

_FURNITURE_WEIGHT = 3.0
_LEAST_SHARE = 0.2


def rank_rooms(named: list[str], things: list[Thing], vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the room types that fit, best first: those named, else those where such things are met.

    Each kind of thing votes with its share of every room type; what stands on the floor counts more,
    since cups wander and beds do not.
    """
    if named:
        return tuple(dict.fromkeys(named))
    rooms = [room.name for room in vocabulary.room_types()]
    votes = dict.fromkeys(rooms, 0.0)
    for thing in things:
        counts = {room: thing.category.rooms.get(room, 0.0) for room in rooms}
        total = sum(counts.values())
        weight = _FURNITURE_WEIGHT if thing.category.mount == "floor" else 1.0
        for room in rooms:
            votes[room] += weight * counts[room] / total if total else 0.0
    best = max(votes.values())
    ranked = sorted(rooms, key=lambda room: (-votes[room], rooms.index(room)))
    return tuple(room for room in ranked if votes[room] >= _LEAST_SHARE * best)
