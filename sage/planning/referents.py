"""Resolves phrases to objects of a scene: `the left nightstand`, `the red mug on the desk`, `mug_2`.

Left and right are as seen from the door, looking into the room.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from sage.errors import TaskNotUnderstood
from sage.language import lexicon
from sage.language.clauses import Place
from sage.language.phrases import Phrase, element_of
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import holds
from sage.task import DOOR, FLOOR, RELATIONS, ROOM, WINDOW, Relation, RelationName
from sage.vocabulary import Vocabulary

__all__ = ["Referents", "holder"]

_ARCHITECTURE = {
    "window": WINDOW,
    "door": DOOR,
    "floor": FLOOR,
    "room": ROOM,
    "wall": ROOM,
    "corner": ROOM,
    "middle": ROOM,
}
_LARGEST = frozenset(("biggest", "largest", "bigger", "larger", "big", "large", "tallest"))
_SMALLEST = frozenset(("smallest", "smaller", "small", "little", "tiny"))
_MOST_LISTED = 6
_WHERE = {
    "from": "on", "at": "next_to", "with": "next_to", "onto": "on", "into": "in", "against": "against_wall",
    "left_side": "on", "right_side": "on", "corner_of": "in_corner", "middle_of": "in_middle",
}  # fmt: skip
"""Relation of a present location, by preposition, where their names differ."""


class Referents:
    """Resolves phrases in one scene; keeps the last referents for pronouns."""

    def __init__(self, layout: Layout, vocabulary: Vocabulary) -> None:
        self._layout, self._vocabulary = layout, vocabulary
        self.last: tuple[str, ...] = ()
        """Ids of the objects that `it` and `them` refer to."""

    def find(
        self,
        phrase: Phrase,
        places: tuple[Place, ...] = (),
        *,
        prefer: Callable[[str], bool] = lambda name: True,
    ) -> tuple[str, ...]:
        """Return the ids of the referents of a phrase.

        Args:
            phrase: the noun phrase.
            places: its present location, as the instruction states it.
            prefer: condition on the referents; used if more objects match than the phrase counts.

        Raises:
            TaskNotUnderstood: no object matches, or more than the phrase counts.
        """
        if phrase.kind == "pronoun" and phrase.noun in ("it", "them", "there"):
            if not self.last:
                raise TaskNotUnderstood(f"{phrase.text!r} refers to nothing named before: name the object")
            return self.last
        sorting = [place for place in places if place.relation in ("nearest", "farthest")]
        stated = [place for place in places if place not in sorting]
        found = [
            name for name in self.matching(phrase) if all(self._is_placed(name, place) for place in stated)
        ]
        if not found:
            raise TaskNotUnderstood(self._no_match(phrase, places))
        if sorting:
            self.last = self._by_distance(found, sorting[0])[: phrase.count]
            return self.last
        side = next((p.phrases[0].noun for p in places if p.relation == "choice"), "")
        likely = [name for name in found if prefer(name)]
        if len(found) > phrase.count == len(likely) and not phrase.rank:
            found = likely
        chosen = self._chosen(phrase, found, side)
        self.last = chosen
        return chosen

    def matching(self, phrase: Phrase) -> tuple[str, ...]:
        """Return the ids of all objects that match a phrase."""
        if phrase.label:
            name = _id_of(phrase)
            return (name,) if name in self._layout else ()
        if phrase.kind in ("object", "part") and phrase.noun == "shelf":
            return self._shelves(phrase)
        return tuple(located.item.id for located in self._layout if self._matches(located, phrase))

    def _shelves(self, phrase: Phrase) -> tuple[str, ...]:
        """Return the objects called shelf; if none, bookcases; if none, all objects with shelf boards."""
        boarded = [o for o in self._layout if any(surface.shelf for surface in o.asset.surfaces)]
        tiers = (
            [o for o in self._layout if phrase.kind == "object" and self._matches(o, phrase)],
            [o for o in boarded if o.item.category in lexicon.PART_OWNERS["shelf"]],
            boarded,
        )
        return tuple(located.item.id for located in next((tier for tier in tiers if tier), []))

    def is_at(self, name: str, place: Place) -> bool:
        """Return whether an object is at a place that states a location."""
        try:
            return self._is_placed(name, place)
        except TaskNotUnderstood:
            return False

    def related(self, relation: str, name: str, other: str) -> bool:
        """Return whether a relation holds between two objects."""
        return holds(_relation(relation, name, other), self._layout)

    def _matches(self, located: Located, phrase: Phrase) -> bool:
        item = located.item
        if phrase.kind == "part":
            stem = phrase.part.partition("_")[0]
            return any(surface.name.startswith(stem) for surface in located.asset.surfaces)
        if phrase.noun in ("everything", "all"):
            return located.asset.mount == "surface"
        category = phrase.category
        nouns = {phrase.noun, phrase.noun.replace(" ", "_")}
        known = category is not None and self._vocabulary.is_a(item.category, category.name)
        named = not nouns.isdisjoint({item.category, item.name})
        attributes = located.asset.attributes | item.attributes
        required = (pair for pair in phrase.attributes if pair[0] != "size")
        return (known or named) and all(attributes.get(key) == value for key, value in required)

    def _by_distance(self, names: list[str], place: Place) -> tuple[str, ...]:
        """Return object ids sorted by distance from the referent of a place."""
        phrase = place.phrases[0]
        element = element_of(phrase)
        if element:
            room = self._layout.scene.rooms[0]
            points = [wall.point(o.offset) for wall, o in room.openings if o.kind == element]
        else:
            points = [self._layout[name].center[:2] for name in self._candidates(phrase)]
        if not points:
            raise TaskNotUnderstood(
                f"'{place.relation} to the {element}' has no position: name an object, a door or a window"
            )

        def distance(name: str) -> float:
            return min(math.dist(self._layout[name].center[:2], point) for point in points)

        return tuple(sorted(names, key=distance, reverse=place.relation == "farthest"))

    def _is_placed(self, name: str, place: Place) -> bool:
        """Return whether an object is at a place."""
        if place.relation == "choice":
            return True
        for relation in self._relations(name, place):
            try:
                if holds(relation, self._layout):
                    return True
            except KeyError:
                continue
        return False

    def _relations(self, name: str, place: Place) -> Iterator[Relation]:
        """Yield alternative relations, one of which must hold."""
        word = _WHERE.get(place.relation, place.relation)
        phrase = place.phrases[0]
        element = element_of(phrase)
        if element:
            at = {"corner": "in_corner", "middle": "in_middle", "wall": "against_wall"}.get(element, word)
            at = "next_to" if element in ("window", "door") and at in ("on", "in") else at
            at = "in_room" if element == "room" else at
            if at in RELATIONS and element in _ARCHITECTURE:
                yield _relation(at, name, _ARCHITECTURE[element])
            return
        for other in self._candidates(phrase):
            if other == name:
                continue
            if word == "between":
                second = self._candidates(place.phrases[-1])
                yield from (
                    Relation(name="between", subject=name, object=other, other=third)
                    for third in second
                    if third not in (name, other)
                )
                continue
            for at in ("on", "in") if word in ("on", "in") else (word,):
                if at in RELATIONS:
                    yield _relation(at, name, other)

    def _candidates(self, phrase: Phrase) -> Sequence[str]:
        """Return the ids of the possible referents of a place."""
        names: Sequence[str] = self.last if phrase.kind == "pronoun" else self.matching(phrase)
        ranked = self._ranked(phrase, names)
        names = names if ranked is None else ranked[: phrase.count]
        if not names:
            raise TaskNotUnderstood(self._no_match(phrase, ()))
        return names

    def _chosen(self, phrase: Phrase, found: list[str], side: str) -> tuple[str, ...]:
        """Return as many matching objects as a phrase asks for."""
        ranked = self._ranked(phrase, found, side)
        if phrase.chosen and len(found) >= phrase.chosen:
            return tuple((ranked or found)[: phrase.chosen])
        every = not phrase.exact or (phrase.plural and not phrase.counted)
        if phrase.definite and every and ranked is None:
            return tuple(found)
        if len(found) < phrase.count:
            raise TaskNotUnderstood(
                f"{phrase.text!r} needs {phrase.count} objects; found only {len(found)}: {', '.join(found)}"
            )
        if phrase.definite and ranked is None and len(found) > phrase.count:
            raise TaskNotUnderstood(
                f"{len(found)} objects match {phrase.text!r}: {self._listing(found)}; "
                "choose one by its place, by a side such as 'the left one', or by its id"
            )
        return tuple((ranked or found)[: phrase.count])

    def _ranked(self, phrase: Phrase, found: Sequence[str], side: str = "") -> list[str] | None:
        """Return the matching objects in the order that a phrase names, or None."""
        words = set(phrase.text.split())
        side = side if side in ("left", "right", "middle", "front", "back") else ""
        choice = "left" if phrase.choice in lexicon.RANKS else phrase.choice
        side = side or choice or next((word for word in ("left", "right") if word in words), "")
        if phrase.rank > len(found):
            raise TaskNotUnderstood(
                f"no {phrase.noun!r} has number {phrase.rank}; found only {len(found)}: {', '.join(found)}"
            )
        if side in ("left", "right", "middle"):
            row = sorted(found, key=self._angle_to_the_right, reverse=side == "right")
            return row[len(row) // 2 if side == "middle" else max(0, phrase.rank - 1) :]
        if side in ("front", "back"):
            row = sorted(found, key=self._distance, reverse=side == "back")
            return row[max(0, phrase.rank - 1) :]
        if words & (_LARGEST | _SMALLEST):
            return sorted(found, key=self._volume, reverse=bool(words & _LARGEST))
        return None

    def _angle_to_the_right(self, name: str) -> float:
        """Return the angle of an object to the right of the view from the door [rad]."""
        located = self._layout[name]
        room = self._layout.scene.room(located.item.room)
        if not room.doors:
            return float(located.center[0])
        wall, door = room.doors[0]
        ahead, (x, y) = wall.inward, located.center[:2] - wall.point(door.offset)
        return float(math.atan2(x * ahead[1] - y * ahead[0], x * ahead[0] + y * ahead[1]))

    def _distance(self, name: str) -> float:
        """Return the distance of an object from the door [m]."""
        located = self._layout[name]
        room = self._layout.scene.room(located.item.room)
        if not room.doors:
            return float(located.center[1])
        wall, door = room.doors[0]
        return math.dist(located.center[:2], wall.point(door.offset))

    def _volume(self, name: str) -> float:
        return float(np.prod(self._layout[name].item.size))

    def _listing(self, names: list[str]) -> str:
        items = [self._layout[name].item for name in names[:_MOST_LISTED]]
        listed = [
            f"{item.id} ({item.attributes.get('color', '')} {item.placement} {item.support})"
            for item in items
        ]
        more = f" and {len(names) - _MOST_LISTED} more" if len(names) > _MOST_LISTED else ""
        return ", ".join(text.replace("( ", "(") for text in listed) + more

    def _no_match(self, phrase: Phrase, places: tuple[Place, ...]) -> str:
        """Return an error message that lists the existing objects."""
        name = phrase.text or phrase.noun
        kinds = sorted({located.item.category for located in self._layout})
        if phrase.label:
            name = _id_of(phrase)
        alike = self.matching(phrase)
        if alike:
            return f"no {name!r} is at that place; the scene has {self._listing(list(alike))}"
        bare = [
            located.item.id
            for located in self._layout
            if phrase.noun in (located.item.category, located.item.name)
        ]
        if bare:
            return f"there is no {name!r}; the scene has {self._listing(bare)}"
        return f"there is no {name!r}; the scene contains {', '.join(kinds)}"


def _id_of(phrase: Phrase) -> str:
    return f"{phrase.text.replace(' ', '_')}_{phrase.label}"


def _relation(name: str, subject: str, target: str) -> Relation:
    known: RelationName = name  # type: ignore[assignment]
    return Relation(name=known, subject=subject, object=target)


def holder(relation: str, located: Located) -> str:
    """Return whether objects brought `to` something are put `on` or `in` it."""
    if relation in ("on", "onto"):
        return "on"
    category = located.item.category
    if relation in ("in", "into"):
        return "on" if category in lexicon.FLAT else "in"
    return "in" if category in lexicon.CONTAINERS - lexicon.TOPPED else "on"
