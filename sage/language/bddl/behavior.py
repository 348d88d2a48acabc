"""Reader of BEHAVIOR activity definitions.

Objects are named by WordNet synsets, rooms by `inroom`. One room is generated: the indoor room with the most
initial statements. Statements that rigid bodies cannot represent, such as those about liquids, powders, heat
and dirt, are recorded but not simulated. `Task.statements` lists every statement with its outcome.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.language.bddl.goals import ground
from sage.language.bddl.syntax import Definition, Expression, Literal
from sage.language.checks import check_order
from sage.scene import free_id
from sage.task import FLOOR, ROOM, WINDOW, Relation, RelationName, RequiredObject, Statement, Task
from sage.vocabulary import Category, Vocabulary

__all__ = ["read_behavior"]

_RELATIONS: dict[str, RelationName] = {
    "ontop": "on", "onfloor": "on", "inside": "in", "under": "under", "nextto": "next_to",
    "touching": "touching",
}  # fmt: skip
_NOT_RIGID = {
    "covered": "covered with {}", "filled": "filled with {}", "saturated": "saturated with {}",
    "contains": "contains {}", "insource": "source of {}", "cooked": "cooked", "frozen": "frozen",
    "hot": "hot", "broken": "broken", "folded": "folded", "unfolded": "unfolded",
    "toggled_on": "switched on", "on_fire": "on fire", "attached": "attached to {}",
    "draped": "draped over {}", "overlaid": "laid over {}", "assembled": "assembled", "real": "made later",
    "future": "made later", "grasped": "grasped by {}", "burnt": "burnt", "sliced": "sliced",
    "empty": "empty of {}",
}  # fmt: skip
"""Predicates that rigid bodies cannot represent, with a description of the first object."""
_OF_SUBSTANCES = ("covered", "filled", "saturated", "contains", "insource", "empty")
"""Predicates whose second object is a substance."""
_ROOMS = {
    "private_office": "office", "shared_office": "office", "childs_room": "childrens_room",
    "television_room": "living_room", "pantry_room": "pantry", "exercise_room": "gym",
    "utility_room": "laundry_room",
}  # fmt: skip
"""Room types of the vocabulary under another BEHAVIOR name."""
_LIKE_ROOMS = {
    "staircase": "corridor", "spa": "bathroom", "sauna": "bathroom", "hammam": "bathroom",
    "empty_room": "storage_room", "biology_lab": "classroom", "chemistry_lab": "classroom",
    "conference_hall": "meeting_room", "copy_room": "office", "infirmary": "bedroom", "phone_room": "office",
}  # fmt: skip
"""Substitutes for room types that the vocabulary lacks."""
_OUTDOORS = ("garden",)
_STRUCTURE = {
    "floor": FLOOR,
    "lawn": FLOOR,
    "driveway": FLOOR,
    "window": "window",
    "openable_window": "window",
}
"""Room elements by lemma, with their names in relations."""
_BUILT_IN = ("wall", "door", "ceiling", "sliding_door", "garage_door")
"""Room elements that relations cannot name."""
_GRASP_M = 0.08
"""Opening of the gripper [m]."""
_SHOWN = 4
"""Maximum number of names in a note."""
_INSTANCE = re.compile(r"^(?P<lemma>[^.\s]+)\.n\.\d+(?:_(?P<number>\d+|\*))?$")


def read_behavior(definition: Definition, vocabulary: Vocabulary) -> Task:
    """Convert a BEHAVIOR activity definition into a task.

    Raises:
        TaskNotUnderstood: the goal is malformed, or the room is missing or unknown.
        TaskImpossible: the whole activity is outdoors, or objects rest on each other in a circle.
    """
    return _Reading(definition, vocabulary).task()


class _Reading:
    def __init__(self, definition: Definition, vocabulary: Vocabulary) -> None:
        self._definition, self._vocabulary = definition, vocabulary
        self._types = {
            name: kind or name for name, kind in definition.objects.items() if not name.endswith("_*")
        }
        self._substances = _substances(definition, self._types)
        self._statements: list[Statement] = []
        self._notes = [*definition.notes]
        initial = [literal for literal in definition.initial if not _about_more(literal)]
        self._agents = {name for name, kind in self._types.items() if _lemma(kind) == "agent"}
        self._future = {
            literal.terms[0] for literal in initial if literal.predicate == "future" and literal.terms
        }
        self._initial = [literal for literal in initial if not self._agents & {*literal.terms}]
        self._rooms = _rooms_of(self._initial)
        self._room = self._choose_room()
        self._ids: dict[str, str] = {}
        self._categories: dict[str, Category] = {}
        self._missing: dict[str, str] = {}
        self._find_objects()

    def task(self) -> Task:
        """Return the task."""
        initial = [r for literal in self._initial if (r := self._interpret(literal, "initial"))]
        solid = {
            name: kind for name, kind in self._types.items() if name not in self._substances | self._agents
        }
        grounding = ground(self._definition.goal, solid | self._others(), self._is_simulated)
        goal = [r for literal in grounding.literals if (r := self._interpret(literal, "goal"))]
        if grounding.choice:
            self._notes.append("the goal has alternatives; only one of them is checked")
        check_order(initial)
        self._note_omitted()
        return Task(
            prompt=_words(self._definition.name) or "a BDDL task",
            kind="task",
            rooms=(self._room_type(),),
            objects=self._required(goal),
            initial=tuple(dict.fromkeys(initial)),
            goal=tuple(dict.fromkeys(goal)),
            notes=tuple(dict.fromkeys(self._notes)),
            definition=self._definition.text,
            statements=tuple(self._statements),
        )

    def _others(self) -> dict[str, str]:
        """Return the type of each substance; quantifiers may range over them too."""
        return {name: self._types[name] for name in self._types if name in self._substances}

    def _choose_room(self) -> str:
        votes = Counter(
            room
            for literal in self._initial
            for room in {self._rooms[name] for name in literal.terms if name in self._rooms}
        )
        indoors = [room for room in votes if room not in _OUTDOORS]
        if votes and not indoors:
            raise TaskImpossible(
                f"the activity is in the {_words(next(iter(votes)))}, but only indoor rooms are made: "
                "choose an activity within the house"
            )
        if not indoors:
            raise TaskNotUnderstood(
                "the definition does not state in which room any object is: add (inroom OBJECT ROOM)"
            )
        return max(indoors, key=lambda room: votes[room])

    def _room_type(self) -> str:
        known = {word.replace(" ", "_"): t.name for t in self._vocabulary.room_types() for word in t.words}
        known |= {room.name: room.name for room in self._vocabulary.room_types()}
        name = known.get(_ROOMS.get(self._room, self._room))
        if name is None and self._room in _LIKE_ROOMS:
            name = _LIKE_ROOMS[self._room]
            self._notes.append(f"a {_words(self._room)} is furnished as a {_words(name)}")
        if name is None:
            raise TaskNotUnderstood(
                f"the room {self._room!r} is unknown; use one of {', '.join(sorted(set(known.values())))}"
            )
        return name

    def _find_objects(self) -> None:
        """Assign each initially present object an id and a category, or record why it is omitted."""
        for name, kind in self._types.items():
            lemma = _lemma(kind)
            if name in self._substances | self._agents | self._future or lemma in _STRUCTURE:
                continue
            here = self._rooms.get(name, self._room)
            if here != self._room:
                self._missing[name] = f"in the {_words(here)}, but only one room is made"
            elif lemma in _BUILT_IN:
                self._missing[name] = f"a {_words(lemma)} is part of the room"
            else:
                category = self._category(kind)
                if category is None:
                    self._missing[name] = f"there is no asset for a {_words(lemma)}"
                    continue
                self._categories[name] = category
                self._ids[name] = self._new_id(name)

    def _category(self, kind: str) -> Category | None:
        """Return the category of a synset; for a hypernym, the most common of its categories in this room."""
        exact, below = self._vocabulary.of_synset(kind)
        if exact or not below:
            return exact[0] if exact else self._vocabulary.find(_words(_lemma(kind)))
        room = self._room_type()
        return max(below, key=lambda category: (not category.stand_in, category.rooms.get(room, 0.0)))

    def _new_id(self, name: str) -> str:
        match = _INSTANCE.match(name)
        stem = re.sub(r"[^a-z0-9]+", "_", (match["lemma"] if match else name).lower()).strip("_") or "thing"
        number = match["number"] if match else None
        used = set(self._ids.values())
        preferred = f"{stem}_{number}" if number and number.isdigit() else ""
        return preferred if preferred and preferred not in used else free_id(stem, used)

    def _interpret(self, literal: Literal, when: str) -> Relation | None:
        """Return the relation of a statement, or None, and record the outcome in the statements."""
        relation, why = self._relation(literal)
        fate = "taken"
        if relation is None and why:
            fate = "omitted" if self._is_simulated(literal) else "not_simulated"
        self._statements.append(
            Statement.model_validate(
                {"text": str(literal), "when": when, "fate": fate, "why": why, "relation": relation}
            )
        )
        return relation

    def _relation(self, literal: Literal) -> tuple[Relation | None, str]:
        """Return the relation of a statement, or the reason why it has none.

        Both are empty for a statement that always holds, such as a floor being in its room.
        """
        if literal.predicate in _NOT_RIGID:
            return None, "rigid bodies cannot represent it"
        concerned = [name for name in literal.terms if name in self._types]
        for name in concerned:
            if name in self._substances:
                return None, f"{name} is a substance"
            if name in self._future:
                return None, f"{name} is created during the task"
        if literal.predicate == "inroom":
            return self._in_room(literal)
        for name in concerned:
            if name in self._missing:
                return None, f"{name}: {self._missing[name]}"
        if literal.predicate == "open" and len(literal.terms) == 1:
            name = self._word(literal.terms[0])
            if name in (FLOOR, WINDOW):
                return None, f"a {name} is part of the room"
            return Relation(name="closed" if literal.negated else "open", subject=name), ""
        if literal.predicate not in _RELATIONS or len(literal.terms) != 2:
            return None, f"the predicate {literal.predicate!r} is unknown"
        subject, other = (self._word(name) for name in literal.terms)
        if subject == other:
            return None, "it relates an object to itself"
        name = _RELATIONS[literal.predicate]
        if subject in (FLOOR, WINDOW):
            return None, "it moves a part of the room"
        if (other == FLOOR and name not in ("on", "touching")) or (
            other == WINDOW and name not in ("under", "next_to")
        ):
            return None, f"{literal.predicate!r} is not supported for the {other} of the room"
        if other == FLOOR:
            name = "on"
        return Relation(name=name, subject=subject, object=other, negated=literal.negated), ""

    def _in_room(self, literal: Literal) -> tuple[Relation | None, str]:
        name, room = literal.terms if len(literal.terms) == 2 else ("", "")
        if room != self._room:
            return None, f"in the {_words(room)}, but only one room is made"
        if name not in self._ids:
            built_in = _lemma(self._types.get(name, name)) in (*_STRUCTURE, *_BUILT_IN)
            return None, "" if built_in else f"{name}: {self._missing.get(name, 'unknown')}"
        return Relation(name="in_room", subject=self._ids[name], object=ROOM, negated=literal.negated), ""

    def _word(self, name: str) -> str:
        """Return the name of an object in relations: its id, or the word for a room element.

        Raises:
            TaskNotUnderstood: the definition has no such object.
        """
        if name in self._ids:
            return self._ids[name]
        kind = self._types.get(name, name)
        if _lemma(kind) in _STRUCTURE:
            return _STRUCTURE[_lemma(kind)]
        raise TaskNotUnderstood(f"{name!r} is not among the objects of the definition")

    def _is_simulated(self, literal: Literal) -> bool:
        known = literal.predicate in _RELATIONS or literal.predicate in ("open", "inroom")
        return known and not any(t in self._substances or t in self._future for t in literal.terms)

    def _required(self, goal: Iterable[Relation]) -> tuple[RequiredObject, ...]:
        targets = {r.subject for r in goal if not r.negated}
        receptacles = {r.object for r in goal if not r.negated}
        more = {name.rpartition("_")[0] for name in self._definition.objects if name.endswith("_*")}
        found, bulky = [], []
        for name, own in self._ids.items():
            category = self._categories[name]
            role = "target" if own in targets else "receptacle" if own in receptacles else "context"
            if role == "target" and not _one_hand(category):
                role = "receptacle"
                bulky.append(own)
            found.append(
                RequiredObject.model_validate({
                    "ids": (own,), "category": category.name, "name": _words(_lemma(self._types[name])),
                    "role": role, "exact": False, "aliases": (name,),
                    "unsimulated": self._unsimulated(name),
                })
            )  # fmt: skip
        if bulky:
            self._notes.append(
                f"grasps are not checked for objects too wide for one gripper: {_listed(bulky)}"
            )
        if more:
            self._notes.append(
                f"the scene may contain more of: {_listed(sorted(_words(_lemma(kind)) for kind in more))}"
            )
        return tuple(found)

    def _unsimulated(self, name: str) -> tuple[str, ...]:
        """Return the initial properties of an object that rigid bodies cannot represent."""
        found = []
        for literal in self._initial:
            if literal.predicate in _NOT_RIGID and literal.terms[:1] == (name,):
                others = ", ".join(_shown_term(term, self._types) for term in literal.terms[1:])
                text = _NOT_RIGID[literal.predicate].format(others)
                found.append(f"not {text}" if literal.negated else text)
        return tuple(dict.fromkeys(found))

    def _note_omitted(self) -> None:
        """Add notes that count the omitted and the recorded statements."""
        omitted = Counter(s.why.rpartition(": ")[2] for s in self._statements if s.fate == "omitted")
        for why, count in omitted.items():
            self._notes.append(f"{count} {'statements are' if count > 1 else 'statement is'} left out: {why}")
        unshown = Counter(s.text.removeprefix("not ").partition("(")[0] for s in self._statements
                          if s.fate == "not_simulated")  # fmt: skip
        if unshown:
            names = ", ".join(f"{count} {name}" for name, count in sorted(unshown.items()))
            self._notes.append(f"not simulated, but kept with the task: {names}")


def _listed(names: list[str]) -> str:
    """Return a list of names for a note, shortened if there are many."""
    more = len(names) - _SHOWN
    return ", ".join(names) if more <= 1 else f"{', '.join(names[:_SHOWN])} and {more} more"


def _about_more(literal: Literal) -> bool:
    """Return whether a statement is about any number of further objects: `apple.n.01_*`."""
    return any(term.endswith("_*") for term in literal.terms)


def _substances(definition: Definition, types: Mapping[str, str]) -> set[str]:
    """Return the names of substances: what objects are covered or filled with, or what a source emits."""
    kinds: set[str] = set()
    pending: list[Expression] = [definition.goal]
    statements = [[literal.predicate, *literal.terms] for literal in definition.initial]
    while pending:
        part = pending.pop()
        if isinstance(part, list):
            pending += part
            if all(isinstance(word, str) for word in part):
                statements.append([str(word) for word in part])
    for predicate, *terms in statements:
        if predicate.lower() in _OF_SUBSTANCES and len(terms) == 2:
            kinds.add(_kind(terms[1].lstrip("?"), types))
    return {name for name, kind in types.items() if kind in kinds}


def _kind(name: str, types: Mapping[str, str]) -> str:
    """Return the type of an object, or of a variable from its name."""
    return types.get(name, re.sub(r"_\d+$", "", name))


def _rooms_of(literals: Iterable[Literal]) -> dict[str, str]:
    """Return the room of each object: as stated, or that of an object that it is on, in or beside."""
    literals = [literal for literal in literals if not literal.negated]
    pairs = [(literal.predicate, literal.terms) for literal in literals if len(literal.terms) == 2]
    rooms = {terms[0]: terms[1] for predicate, terms in pairs if predicate == "inroom"}
    joining = (*_RELATIONS, "attached", "draped", "overlaid")
    joined = [terms for predicate, terms in pairs if predicate in joining]
    growing = True
    while growing:
        growing = False
        for a, b in joined:
            for one, other in ((a, b), (b, a)):
                if one in rooms and other not in rooms:
                    rooms[other] = rooms[one]
                    growing = True
    return rooms


def _one_hand(category: Category) -> bool:
    """Return whether one gripper can grasp objects of a category from above."""
    return category.mount == "surface" and min(category.size[:2]) <= _GRASP_M


def _lemma(kind: str) -> str:
    """Return the lemma of a synset or of an instance of it: `table` for `table.n.02_1`."""
    match = _INSTANCE.match(kind)
    return match["lemma"] if match else kind


def _words(name: str) -> str:
    """Return a name as words: `dining room` for `dining_room`."""
    return " ".join(re.sub(r"-\d+$", "", name).replace("_", " ").split())


def _shown_term(term: str, types: Mapping[str, str]) -> str:
    return _words(_lemma(_kind(term, types)))
