"""Target places of an edit: a relation to an object, wall, corner or window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sage.errors import EditRejected, TaskNotUnderstood
from sage.language import lexicon
from sage.language.clauses import Place
from sage.language.phrases import Phrase, element_of
from sage.planning.referents import Referents, holder
from sage.scene import Room
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import part_name
from sage.spatial.regions import side_walls
from sage.task import ROOM
from sage.vocabulary import Category, Vocabulary

__all__ = ["Goal", "Goals"]

_NEAR_RELATIONS = {
    "next_to": "next_to", "near": "next_to", "at": "next_to", "around": "next_to", "flanking": "next_to",
    "against": "next_to", "to": "next_to", "adjacent": "next_to", "left_of": "left_of",
    "right_of": "right_of", "left_side": "left_of", "right_side": "right_of", "under": "under",
    "in_front_of": "in_front_of", "foot_of": "in_front_of", "facing": "facing", "behind": "behind",
    "above": "above", "over": "above", "across": "across", "far": "far",
    "long_side": "next_to", "short_side": "next_to", "front_side": "in_front_of", "back_side": "behind",
}  # fmt: skip
"""Relation of an object that stands or hangs near the reference, by preposition."""
_ON_IF_SMALL = ("to", "at", "middle_of", "corner_of", "left_side", "right_side", "front_side", "back_side")
"""Prepositions after which small objects rest on the reference, while others stand near it."""
_ELEMENTS = {"corner": "in_corner", "middle": "in_middle", "wall": "against_wall", "room": "against_wall"}
"""Relation to the room, by the element that a phrase names."""
_TOP_HEIGHT_M = (0.3, 1.4)
"""Lowest and highest top on which a small object is put by default [m]."""
_STANDING_HEIGHT_M = 0.3
"""Least height of small objects, such as plants, that may stand on the floor [m]."""
_SEATS = ("bed", "sofa", "chair", "bench", "stool")
"""Categories on which nothing is put by default."""


@dataclass(frozen=True)
class Goal:
    """Target place of an object."""

    relation: str
    """Name of the relation to the reference."""
    reference: str
    """Id of an object, a wall or an opening, or `ROOM`."""
    part: str | None = None
    """Surface of the reference, such as `drawer_2`."""
    other: str | None = None
    """The second reference of `between`."""


class Goals:
    """Resolves target places in one scene."""

    def __init__(self, layout: Layout, referents: Referents, vocabulary: Vocabulary) -> None:
        self._layout, self._scene, self._referents = layout, layout.scene, referents
        self._vocabulary = vocabulary

    def each(self, places: tuple[Place, ...], category: Category) -> list[Goal]:
        """Return the goals of new objects of a category: one, or one for each named reference.

        Raises:
            TaskNotUnderstood: the place matches no object, or too many.
            EditRejected: an object of this category cannot be placed there.
        """
        if not places:
            return [self.home(category)]
        phrase = places[0].phrases[0]
        if not phrase.each or phrase.kind != "object":
            return [self.of(places, category)]
        names = self.reference(phrase, places[1:])
        return [self._at(places[0], name, category) for name in names]

    def fitting(self, category: Category, noun: str, goal: Goal) -> Category:
        """Return the subcategory that suits a place: for a lamp in a corner, a floor lamp."""
        kin = self._vocabulary.common(f"floor {noun}") if category.mount == "surface" else None
        stands = goal.relation not in ("on", "in") and goal.reference not in self._layout
        return kin if kin is not None and stands and kin.mount == "floor" else category

    def of(self, places: tuple[Place, ...], category: Category, *, mover: str = "") -> Goal:
        """Return the goal of an object of a category; further places identify the reference.

        Args:
            places: the target place, then places that identify its reference.
            category: category of the object.
            mover: id of the object if it exists; the place where it is cannot be the target.

        Raises:
            TaskNotUnderstood: the place matches no object, or too many.
            EditRejected: an object of this category cannot be placed there.
        """
        place, *more = places
        phrase = place.phrases[0]
        if element_of(phrase):
            return self._in_room(place, more, category)
        (reference, *rest) = self._other(phrase, mover) or self.reference(phrase, tuple(more))
        if reference == mover:
            raise TaskNotUnderstood(f"{phrase.text!r} is the moved object itself: name another place for it")
        if place.relation == "between":
            return Goal("between", reference, other=self._second(place, rest))
        if rest:
            raise TaskNotUnderstood(
                f"{phrase.text!r} matches {', '.join((reference, *rest))}: name one of them"
            )
        return self._at(place, reference, category)

    def _at(self, place: Place, reference: str, category: Category) -> Goal:
        """Return the goal of a place at an object."""
        small = category.mount == "surface"
        if small if place.relation in _ON_IF_SMALL else place.relation in ("on", "onto", "in", "into"):
            return self._resting(place, reference, category)
        if place.relation not in _NEAR_RELATIONS:
            word = place.relation.replace("_", " ")
            raise TaskNotUnderstood(
                f"'{word} the {place.phrases[0].noun}' cannot be a destination: say on, in, next to or under"
            )
        return Goal(_NEAR_RELATIONS[place.relation], reference)

    def _other(self, phrase: Phrase, mover: str) -> tuple[str, ...]:
        """Return the referent of `the other desk`: the only one where the object is not."""
        if phrase.choice != "other" or mover not in self._layout:
            return ()
        names = self._referents.matching(phrase)
        here = {
            name
            for name in names
            for relation in ("on", "in", "next_to")
            if name != mover and self._referents.related(relation, mover, name)
        }
        found = tuple(name for name in names if name not in here and name != mover)
        return found if len(found) == 1 else ()

    def home(self, category: Category) -> Goal:
        """Return the goal of an object without a stated place.

        Small objects are put on the largest top of a piece of furniture, others against a wall.

        Raises:
            EditRejected: no furniture has a suitable top.
        """
        if category.mount != "surface":
            return Goal("against_wall", ROOM)
        tops = [
            (patch.area.area, located.item.id)
            for located in self._layout
            for patch in located.patches
            if patch.surface.name == "top" and _TOP_HEIGHT_M[0] <= patch.z <= _TOP_HEIGHT_M[1]
            if located.item.support == "floor" and not self._is_seat(located)
        ]
        if not tops:
            raise EditRejected(f"no furniture here has a top for a {category.name}; name a place for it")
        return Goal("on", max(tops)[1])

    def _is_seat(self, located: Located) -> bool:
        return any(self._vocabulary.is_a(located.item.category, noun) for noun in _SEATS)

    def reference(self, phrase: Phrase, places: tuple[Place, ...]) -> tuple[str, ...]:
        """Return the ids of the referents of a place, without changing the referent of `it`."""
        last = self._referents.last
        found = self._referents.find(phrase, places)
        self._referents.last = last
        return found

    def _second(self, place: Place, rest: Sequence[str]) -> str:
        if len(place.phrases) > 1:
            return self.reference(place.phrases[1], ())[0]
        if not rest:
            only = place.phrases[0].text
            raise TaskNotUnderstood(f"'between' needs two objects, but only {only!r} is named: name both")
        return rest[0]

    def _resting(self, place: Place, reference: str, category: Category) -> Goal:
        phrase = place.phrases[0]
        part = phrase.part if phrase.part[-1:].isdigit() or phrase.part.endswith("_middle") else None
        if reference not in self._layout:
            return Goal("in" if place.relation in ("in", "into") else "on", reference, part)
        located = self._layout[reference]
        on = "in" if part and part.startswith("drawer") else holder(place.relation, located)
        if part and part_name(part, tuple(surface.name for surface in located.asset.surfaces)) is None:
            raise EditRejected(f"{reference!r} has no {part}; it has {_surfaces(located)}")
        if category.mount != "surface":
            raise EditRejected(f"a {category.name} stands on the floor; it cannot be put {on} {reference!r}")
        return Goal(on, reference, part)

    def _in_room(self, place: Place, more: Sequence[Place], category: Category) -> Goal:
        """Return the goal of a place at a wall, a corner, a window or the middle of the room."""
        phrase = place.phrases[0]
        noun = element_of(phrase)
        openings = [self._opening(other) for other in (place, *more)]
        if openings[0]:
            return Goal("under" if place.relation == "under" else "next_to", openings[0])
        if noun == "floor" and category.mount == "surface":
            raise EditRejected("an edit puts no small objects on the floor; name a piece of furniture")
        noun = (
            "middle" if place.relation == "middle_of" else "corner" if place.relation == "corner_of" else noun
        )
        if noun == "floor":
            noun = "wall"
        if noun not in _ELEMENTS:
            raise TaskNotUnderstood(f"'{place.relation} the {noun}' is no place: name a piece of furniture")
        if category.mount == "surface" and category.size[2] < _STANDING_HEIGHT_M:
            return self.home(category)
        wall = self._wall(phrase, next(filter(None, openings), ""))
        return Goal(_ELEMENTS[noun], wall if noun in ("wall", "corner") and wall else ROOM)

    def _opening(self, place: Place) -> str:
        """Return the id of the window or door that a place names, or an empty string."""
        kind = element_of(place.phrases[0])
        if kind not in ("window", "door"):
            return ""
        found = [
            opening.id for room in self._scene.rooms for _, opening in room.openings if opening.kind == kind
        ]
        if not found:
            raise EditRejected(f"the room has no {kind}")
        return found[0]

    def _wall(self, phrase: Phrase, opening: str) -> str:
        """Return the id of the wall named by a word such as `left` or by an opening, or an empty string."""
        room: Room = self._scene.rooms[0]
        sides = [lexicon.WALL_SIDES[word] for word in phrase.text.split() if word in lexicon.WALL_SIDES]
        walls = side_walls(room, sides[0]) if sides else ()
        if walls:
            return walls[0].id
        return next((wall.id for wall, o in room.openings if o.id == opening), "") if opening else ""


def _surfaces(located: Located) -> str:
    return ", ".join(surface.name for surface in located.asset.surfaces) or "no surface"
