"""Selects the room type of a prompt, by name or by the objects in it."""

from __future__ import annotations

import difflib
import math
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from sage.language.spotting import keyed, phrase_key
from sage.vocabulary import Category, RoomType, Vocabulary

__all__ = ["NamedRoom", "RankedThing", "nearest_rooms", "rank_rooms", "room_named", "several_rooms"]


@dataclass(frozen=True)
class NamedRoom:
    """A room that words name."""

    type: str
    """A room type of the vocabulary."""
    words: str
    """Those that name it, as they were given."""
    note: str | None = None
    """How it differs from what was said: `'boudoir' is furnished as a bedroom`."""


@dataclass(frozen=True)
class RankedThing:
    """A kind of thing that a prompt names, as evidence of the room that is meant."""

    category: Category
    count: int = 1
    elsewhere: bool = False
    """Said to be in another room."""


@dataclass(frozen=True)
class _Name:
    """Room types that a phrase for a room may mean."""

    type: str
    exact: bool
    dwelling: bool = False


@dataclass(frozen=True)
class _Found:
    """A room's name among words."""

    name: _Name
    start: int
    """Its first word."""
    end: int
    """The word after its last."""
    joined: bool = False
    """`room` is said once for two: `living and dining room`."""


def room_named(words: str, vocabulary: Vocabulary) -> NamedRoom | None:
    """Return the room that a phrase is about, or None.

    The longest name counts, and the first where there are several; what stands before it is ignored. A word
    for a room before another noun, as in `kitchen table`, names no room.
    """
    row = keyed(words)
    found = next(_found([key for key, _, _ in row], vocabulary), None)
    if found is None:
        return None
    said = words[row[found.start][1] : row[found.end - 1][2]]
    return NamedRoom(found.name.type, said, _note(found, said, vocabulary))


def nearest_rooms(words: str, rooms: Sequence[RoomType]) -> tuple[str, ...]:
    """Return the few room types that come nearest to a name that is none of theirs.

    First what such a room is furnished as, then what is spelled alike, at last the most usual.
    """
    known = [room.name for room in rooms]
    said = phrase_key(words.replace("_", " "))
    others = _data()["furnished_as"] | _data()["dwellings"]
    meant = [room for room, names in others.items() if said in map(phrase_key, names)]
    spelled = {phrase_key(word): room.name for room in rooms for word in (*room.words, room.name)}
    alike = difflib.get_close_matches(said, spelled, n=_FEW)
    found = dict.fromkeys((*meant, *(spelled[key] for key in alike), *_PRIOR))
    return tuple([room for room in found if room in known][:_FEW])


_FEW = 3
"""Room types that are proposed for one that there is not."""


def several_rooms(words: str, vocabulary: Vocabulary) -> str | None:
    """Return why a phrase for several rooms cannot be made as it stands, or None if it is for one."""
    row = keyed(words)
    keys = [key for key, _, _ in row]
    found = list(_found(keys, vocabulary))
    for number, room in enumerate(found):
        before = keys[max(0, room.start - _NEAR) : room.start]
        last = words[row[room.end - 1][1] : row[room.end - 1][2]].casefold()
        plural = last.endswith("s") and keys[room.end - 1] != last
        counted = any(key in _set("numbers") or (key.isdigit() and int(key) > 1) for key in before)
        whole = any(key in _set("whole") for key in before)
        listed = number > 0 and before[-1:] in _ARTICLES and before[-2:-1] in _ANDS
        if listed or (counted and plural) or ((counted or whole) and room.name.dwelling):
            said = words.strip().replace(" ,", ",")
            return f"{said!r} has several rooms, and one is made: ask for one of them, such as 'a bedroom'"
    return None


def rank_rooms(
    named: Sequence[str], things: Sequence[RankedThing], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Return the room types that fit, best first: those named, else those where such things are kept.

    Rooms are weighed as by Bayes: how likely a room is before anything is known of it, times the chance
    to meet each kind of thing there; furniture counts most where it is most typical. What is said to be
    in another room tells nothing.
    """
    if named:
        return tuple(dict.fromkeys(named))
    rooms = [room.name for room in vocabulary.room_types()]
    score = {room: math.log(_PRIOR.get(room, _RARE)) for room in rooms}
    evidence = [thing for thing in things if not thing.elsewhere]
    for thing in evidence:
        met = _met(thing.category, vocabulary)
        strays = _STRAYS if thing.category.mount == "surface" else _STAYS
        weight = 1.0 + math.log2(max(thing.count, 1)) / 4
        if thing.category.mount != "surface":
            best = max(met.values(), default=1.0)
            met = {room: chance * math.sqrt(chance / best) for room, chance in met.items()}
        for room in rooms if any(met.get(room) for room in rooms) else ():
            astray = strays * max(_PRIOR.get(room, _RARE), _RARE)
            score[room] += weight * math.log(astray + met.get(room, 0.0))
    best = max(score.values())
    ranked = sorted(rooms, key=lambda room: (-score[room], rooms.index(room)))
    return tuple(room for room in ranked if score[room] >= best + math.log(_LEAST_SHARE))


_PRIOR = {
    "kitchen": 1.0, "living_room": 1.0, "bedroom": 0.9, "bathroom": 0.8, "dining_room": 0.6, "office": 0.5,
    "childrens_room": 0.35, "laundry_room": 0.4, "garage": 0.4, "playroom": 0.3, "entryway": 0.3,
    "closet": 0.2,
    "storage_room": 0.2, "pantry": 0.15, "workshop": 0.15, "classroom": 0.05, "gym": 0.1, "meeting_room": 0.1,
    "library": 0.1, "music_room": 0.1, "gaming_room": 0.1, "laboratory": 0.1, "studio": 0.1,
    "grocery_store": 0.005, "warehouse": 0.005,
}  # fmt: skip
"""How likely a room is to be meant: homes more than public rooms, shops least."""
_RARE = 0.05
_STRAYS, _STAYS = 0.15, 0.002
"""Chance to meet a small thing (times the room's prior) and furniture where it is never kept."""
_LEAST_SHARE = 0.2
_COMMON = 0.7
"""Mean count in its most usual room that a thing has at least: soap is rarely counted and often there."""
_KIN = 0.5
"""What a kind counts whose next of kin are met in a room, and for which that is not known itself."""


def _met(category: Category, vocabulary: Vocabulary) -> dict[str, float]:
    """Return the chance to meet a kind of thing by room, with what is known of its kin."""
    known = {room.name for room in vocabulary.room_types()}
    own = {room: count for room, count in category.rooms.items() if room in known}
    relatives = (category.stand_in, *(() if own else category.kinds))
    for noun in relatives:
        kin = vocabulary.find(noun) if noun and noun != "plain" else None
        for room, count in (kin.rooms if kin else {}).items():
            if room in known:
                own.setdefault(room, _KIN * count)
    scale = max(1.0, _COMMON / max(own.values(), default=_COMMON))
    return {room: 1.0 - math.exp(-count * scale) for room, count in own.items()}


def _found(keys: list[str], vocabulary: Vocabulary) -> Iterator[_Found]:
    """Yield the names of rooms among words, in order."""
    names = _names(vocabulary)
    after = 0
    for end in range(1, len(keys) + 1):
        for start in range(max(after, end - _LONGEST_NAME), end):
            phrase = "".join(keys[start:end])
            joined = phrase not in names and keys[end : end + 1] in _ANDS and keys[-1].endswith("room")
            name = names.get(phrase + "room" if joined else phrase)
            if name is None or not _ends(keys, end) or _is_thing(keys, end):
                continue
            if any("".join(keys[first : end + 1]) in names for first in range(after, end) if end < len(keys)):
                break
            after = len(keys) if joined else end
            yield _Found(name, start, after, joined)
            break


_LONGEST_NAME = 5
"""Most words of a room's name."""
_NEAR = 3
"""Words before a room's name that are about it."""
_ANDS = (["and"], ["/"], ["&"], [","], ["plu"])
_ARTICLES = (["a"], ["an"], ["another"], ["the"])


def _ends(keys: list[str], end: int) -> bool:
    """Return whether a room's name can end before a word."""
    generic, ends = _set("generic"), _set("ends")
    while end < len(keys) and keys[end] in generic:
        end += 1
    return end == len(keys) or keys[end] in ends or not keys[end].isalpha()


def _is_thing(keys: list[str], end: int) -> bool:
    """Return whether words that end before or with a word name a thing: `chocolate bar`, `bar of soap`."""
    starts = range(max(0, end - 4), end)
    return any("".join(keys[start:until]) in _set("things") for start in starts for until in (end, end + 1))


def _note(found: _Found, said: str, vocabulary: Vocabulary) -> str | None:
    made = next(room.words[0] for room in vocabulary.room_types() if room.name == found.name.type)
    article = "an" if made[0] in "aeiou" else "a"
    if found.joined or found.name.dwelling:
        return f"of {said!r} one room is made, {article} {made}"
    return None if found.name.exact else f"{said!r} is furnished as {article} {made}"


@lru_cache(maxsize=8)
def _names(vocabulary: Vocabulary) -> Mapping[str, _Name]:
    """Return what every phrase for a room means; the words of recipes come first."""
    names: dict[str, _Name] = {}
    for room in vocabulary.room_types():
        for word in (room.name.replace("_", " "), *room.words):
            names.setdefault(phrase_key(word), _Name(room.name, exact=True))
    known = {room.name for room in vocabulary.room_types()}
    for table, dwelling in (("furnished_as", False), ("dwellings", True)):
        for room_type, words in _data()[table].items():
            for word in words if room_type in known else ():
                names.setdefault(phrase_key(word), _Name(room_type, exact=False, dwelling=dwelling))
    return names


@lru_cache(maxsize=4)
def _set(table: str) -> frozenset[str]:
    return frozenset(phrase_key(word) for word in _data()["words"][table])


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("sage.language") / "rooms.toml").read_text())
