"""Selection of the room type, by name or by the objects in the prompt."""

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

__all__ = ["NamedRoom", "RoomEvidence", "nearest_rooms", "rank_rooms", "room_named", "several_rooms"]


@dataclass(frozen=True)
class NamedRoom:
    """A room named in a text."""

    type: str
    """Room type of the vocabulary."""
    words: str
    """The words that name the room, as written."""
    note: str | None = None
    """Substitution made for an unsupported name: `'boudoir' is furnished as a bedroom`."""


@dataclass(frozen=True)
class RoomEvidence:
    """Objects of one category in a prompt, as evidence of the room type."""

    category: Category
    count: int = 1
    elsewhere: bool = False
    """Whether the objects are in another room and therefore no evidence."""


@dataclass(frozen=True)
class _Name:
    """Meaning of a name for a room."""

    type: str
    """Room type of the vocabulary."""
    exact: bool
    """Whether the name belongs to the room type itself rather than to a similar room."""
    dwelling: bool = False
    """Whether the name is for a home of several rooms, such as `apartment`."""


@dataclass(frozen=True)
class _Found:
    """Occurrence of a room name in a text."""

    name: _Name
    start: int
    """Index of its first word."""
    end: int
    """Index after its last word."""
    joined: bool = False
    """Whether `room` is shared by two names: `living and dining room`."""


def room_named(words: str, vocabulary: Vocabulary) -> NamedRoom | None:
    """Return the room that a phrase names, or None.

    The longest name counts, and the first of several. Words before the name are ignored. A room word that
    modifies another noun, as in `kitchen table`, does not name a room.
    """
    row = keyed(words)
    found = next(_found([key for key, _, _ in row], vocabulary), None)
    if found is None:
        return None
    written = words[row[found.start][1] : row[found.end - 1][2]]
    return NamedRoom(found.name.type, written, _note(found, written, vocabulary))


def nearest_rooms(words: str, rooms: Sequence[RoomType]) -> tuple[str, ...]:
    """Return the room types to suggest for an unknown name, best first.

    Candidates are the room type that the name is furnished as, then names of similar spelling, then the most
    common rooms.
    """
    known = [room.name for room in rooms]
    key = phrase_key(words.replace("_", " "))
    others = _data()["furnished_as"] | _data()["dwellings"]
    substitutes = [room for room, names in others.items() if key in map(phrase_key, names)]
    spelled = {phrase_key(word): room.name for room in rooms for word in (*room.words, room.name)}
    alike = difflib.get_close_matches(key, spelled, n=_SUGGESTIONS)
    found = dict.fromkeys((*substitutes, *(spelled[other] for other in alike), *_PRIOR))
    return tuple([room for room in found if room in known][:_SUGGESTIONS])


_SUGGESTIONS = 3
"""Number of room types suggested for an unknown one."""


def several_rooms(words: str, vocabulary: Vocabulary) -> str | None:
    """Return an error message if a text asks for several rooms, else None."""
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
            text = words.strip().replace(" ,", ",")
            return (
                f"{text!r} has several rooms, but a scene has one: ask for one of them, such as 'a bedroom'"
            )
    return None


def rank_rooms(
    named: Sequence[str], objects: Sequence[RoomEvidence], vocabulary: Vocabulary
) -> tuple[str, ...]:
    """Return the plausible room types, best first.

    Rooms that are named count alone. Otherwise rooms are scored by naive Bayes: the prior of the room times
    the probability of finding each object there. Furniture is weighted towards its most typical room;
    objects in another room are ignored.

    Args:
        named: room types named in the prompt.
        objects: objects named in the prompt.
        vocabulary: supplies the room types and, through each category, the rooms that it is found in.
    """
    if named:
        return tuple(dict.fromkeys(named))
    rooms = [room.name for room in vocabulary.room_types()]
    score = {room: math.log(_PRIOR.get(room, _RARE)) for room in rooms}
    evidence = [item for item in objects if not item.elsewhere]
    for item in evidence:
        likelihood = _likelihood(item.category, vocabulary)
        floor = _ATYPICAL_SMALL if item.category.mount == "surface" else _ATYPICAL_FURNITURE
        weight = 1.0 + math.log2(max(item.count, 1)) / 4
        if item.category.mount != "surface":
            best = max(likelihood.values(), default=1.0)
            likelihood = {room: chance * math.sqrt(chance / best) for room, chance in likelihood.items()}
        for room in rooms if any(likelihood.get(room) for room in rooms) else ():
            atypical = floor * max(_PRIOR.get(room, _RARE), _RARE)
            score[room] += weight * math.log(atypical + likelihood.get(room, 0.0))
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
"""Prior weight of each room type: rooms of homes more than public rooms, shops least."""
_RARE = 0.05
"""Prior weight of all other room types."""
_ATYPICAL_SMALL, _ATYPICAL_FURNITURE = 0.15, 0.002
"""Probability, times the prior of the room, of a small object and of furniture where it is never recorded."""
_LEAST_SHARE = 0.2
"""Smallest posterior, relative to the best room, of a plausible room."""
_COMMON = 0.7
"""Lower bound of an object's mean count in its most typical room; small objects are under-recorded."""
_KIN = 0.5
"""Weight of the counts of related categories, used for rooms without counts of the category itself."""


def _likelihood(category: Category, vocabulary: Vocabulary) -> dict[str, float]:
    """Return the probability of finding a category in each room type, with counts of related categories."""
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
    """Yield the room names among lookup keys, in order."""
    names = _names(vocabulary)
    after = 0
    for end in range(1, len(keys) + 1):
        for start in range(max(after, end - _LONGEST_NAME), end):
            phrase = "".join(keys[start:end])
            joined = phrase not in names and keys[end : end + 1] in _ANDS and keys[-1].endswith("room")
            name = names.get(phrase + "room" if joined else phrase)
            if name is None or not _ends(keys, end) or _is_object(keys, end):
                continue
            if any("".join(keys[first : end + 1]) in names for first in range(after, end) if end < len(keys)):
                break
            after = len(keys) if joined else end
            yield _Found(name, start, after, joined)
            break


_LONGEST_NAME = 5
"""Most words of a room name."""
_NEAR = 3
"""Number of words before a room name that may count or quantify it."""
_ANDS = (["and"], ["/"], ["&"], [","], ["plu"])
_ARTICLES = (["a"], ["an"], ["another"], ["the"])


def _ends(keys: list[str], end: int) -> bool:
    """Return whether a room name can end before the word at `end`."""
    generic, ends = _set("generic"), _set("ends")
    while end < len(keys) and keys[end] in generic:
        end += 1
    return end == len(keys) or keys[end] in ends or not keys[end].isalpha()


def _is_object(keys: list[str], end: int) -> bool:
    """Return whether the words around `end` name an object: `chocolate bar`, `bar of soap`."""
    starts = range(max(0, end - 4), end)
    return any("".join(keys[start:until]) in _set("things") for start in starts for until in (end, end + 1))


def _note(found: _Found, written: str, vocabulary: Vocabulary) -> str | None:
    made = next(room.words[0] for room in vocabulary.room_types() if room.name == found.name.type)
    article = "an" if made[0] in "aeiou" else "a"
    if found.joined or found.name.dwelling:
        return f"only one room of {written!r} is made, {article} {made}"
    return None if found.name.exact else f"{written!r} is furnished as {article} {made}"


@lru_cache(maxsize=8)
def _names(vocabulary: Vocabulary) -> Mapping[str, _Name]:
    """Return the meaning of each room name, by lookup key; names of room types take precedence."""
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
