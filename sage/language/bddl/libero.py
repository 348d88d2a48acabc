"""Reader of LIBERO's dialect of BDDL: typed objects, regions of fixtures and a natural-language instruction.

A region is either a rectangle on a fixture, where objects are placed initially, or a part of the fixture such
as a drawer. Objects in a rectangle are placed anywhere on the fixture, and a note says so. `Task.statements`
lists every statement with its outcome.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sage.errors import TaskNotUnderstood
from sage.language.bddl.goals import ground
from sage.language.bddl.syntax import Definition, Expression, Literal, shortened
from sage.language.checks import check_order
from sage.language.lexicon import COLOURS
from sage.task import FLOOR, Relation, RelationName, RequiredObject, Statement, Task
from sage.vocabulary import Category, Vocabulary

__all__ = ["read_libero"]

_RELATIONS: dict[str, RelationName] = {"on": "on", "in": "in"}
_OPENING: dict[str, RelationName] = {"open": "open", "close": "closed"}
_NOT_RIGID = {
    "turnon": "switched on", "turnoff": "switched off", "up": "lifted", "upright": "upright",
    "printjointstate": "printed",
}  # fmt: skip
_ROOMS = (
    ("kitchen", "kitchen"), ("living_room", "living_room"), ("study", "office"),
    ("coffee_table", "living_room"), ("floor", "living_room"),
)  # fmt: skip
"""Pairs of a substring of the problem's name and a room type; the first match counts, else `kitchen`."""
_NOUNS = {
    "soup": "food can", "sauce": "ketchup", "dressing": "ketchup", "pudding": "yogurt",
    "popcorn": "chips bag", "caddy": "storage box", "ramekin": "bowl", "wine rack": "dish rack",
    "moka pot": "kettle", "cookies": "cookie box",
}  # fmt: skip
"""Substitutes for nouns that the vocabulary lacks."""
_LEVELS = {"top": "1", "middle": "middle", "bottom": "-1"}
"""Suffix of the drawer or shelf name by word in the name of a region."""


@dataclass(frozen=True)
class _Region:
    target: str
    name: str
    placed: bool
    """Whether it is a rectangle on the target rather than a part of it."""

    @property
    def words(self) -> set[str]:
        return set(self.name.split("_"))


def read_libero(definition: Definition, vocabulary: Vocabulary) -> Task:
    """Convert a LIBERO definition into a task.

    Raises:
        TaskNotUnderstood: the definition is malformed, or names an unknown object type.
        TaskImpossible: objects rest on each other in a circle.
    """
    return _Reading(definition, vocabulary).task()


class _Reading:
    def __init__(self, definition: Definition, vocabulary: Vocabulary) -> None:
        self._definition, self._vocabulary = definition, vocabulary
        self._types = definition.fixtures | definition.objects
        regions = [_region(part) for part in definition.regions]
        self._regions = {region.name: region for region in regions} | {
            f"{region.target}_{region.name}": region for region in regions
        }
        self._statements: list[Statement] = []
        self._notes = [*definition.notes]
        self._floors = {name for name, kind in self._types.items() if kind.lower() == "floor"}
        self._categories = {
            name: self._category(name, kind) for name, kind in self._types.items() if name not in self._floors
        }

    def task(self) -> Task:
        """Return the task."""
        initial = [r for literal in self._definition.initial if (r := self._interpret(literal, "initial"))]
        grounding = ground(
            self._definition.goal, self._types, lambda literal: literal.predicate not in _NOT_RIGID
        )
        goal = [r for literal in grounding.literals if (r := self._interpret(literal, "goal"))]
        if grounding.choice:
            self._notes.append("the goal has alternatives; only one of them is checked")
        if any(region.placed for region in self._regions.values()):
            self._notes.append(
                "the ranges of regions have no effect: positions on fixtures are chosen freely"
            )
        check_order(initial)
        omitted = Counter(s.why.rpartition(": ")[2] for s in self._statements if s.fate != "taken")
        self._notes += [f"statements left out ({count}): {why}" for why, count in omitted.items()]

        name = self._definition.name.lower()
        return Task(
            prompt=self._definition.language or " ".join(name.split("_")) or "a LIBERO task",
            kind="task",
            rooms=(next((room for word, room in _ROOMS if word in name), "kitchen"),),
            objects=self._required(goal),
            initial=tuple(dict.fromkeys(initial)),
            goal=tuple(dict.fromkeys(goal)),
            notes=tuple(dict.fromkeys(self._notes)),
            definition=self._definition.text,
            statements=tuple(self._statements),
        )

    def _category(self, name: str, kind: str) -> Category:
        """Return the category of a type such as `akita_black_bowl`, by the longest known noun at its end.

        A fixture with top, middle and bottom regions is a dresser, whatever its type.

        Raises:
            TaskNotUnderstood: no word of the type is known.
        """
        if self._levels(name) >= {"top", "middle", "bottom"}:
            drawers = self._vocabulary.find("dresser")
            if drawers is not None:
                return drawers
        words = [
            word for word in (kind or name.rstrip("0123456789_")).lower().split("_") if not word.isdigit()
        ]
        for start in range(len(words)):
            noun = " ".join(words[start:])
            found = self._vocabulary.find(_NOUNS.get(noun, noun))
            if found is not None:
                return found
        near = self._vocabulary.nearest(words[-1] if words else name)
        raise TaskNotUnderstood(
            f"there is no asset for a {' '.join(words)!r} ({name}); "
            f"the nearest are {', '.join(near) or 'none'}"
        )

    def _levels(self, name: str) -> set[str]:
        parts = [region for region in self._regions.values() if region.target == name and not region.placed]
        return {level for region in parts for level in _LEVELS if {level, "region"} == region.words}

    def _interpret(self, literal: Literal, when: str) -> Relation | None:
        """Return the relation of a statement, or None, and record the outcome in the statements."""
        relation, why = self._relation(literal)
        fate = "taken"
        if relation is None:
            fate = "not_simulated" if literal.predicate in _NOT_RIGID else "omitted"
        self._statements.append(
            Statement.model_validate(
                {"text": str(literal), "when": when, "fate": fate, "why": why, "relation": relation}
            )
        )
        return relation

    def _relation(self, literal: Literal) -> tuple[Relation | None, str]:
        if literal.predicate in _NOT_RIGID:
            return None, "rigid bodies cannot represent it"
        if literal.predicate in _OPENING and len(literal.terms) == 1:
            target, region = self._place(literal.terms[0])
            name = _OPENING[literal.predicate]
            if literal.negated:
                name = "closed" if name == "open" else "open"
            return Relation(name=name, subject=target, part=self._part(target, region)), ""
        if literal.predicate not in _RELATIONS or len(literal.terms) != 2:
            return None, f"the predicate {literal.predicate!r} is unknown"
        subject, _ = self._place(literal.terms[0])
        target, region = self._place(literal.terms[1])
        if target in self._floors:
            return Relation(name="on", subject=subject, object=FLOOR, negated=literal.negated), ""
        if self._categories[subject].mount == "floor" and self._categories[target].mount == "floor":
            return None, f"{subject} is furniture, which stands on the floor, not on {target}"
        name = _RELATIONS[literal.predicate]
        part = self._part(target, region)
        if region is not None and part is not None and not region.placed:
            name = "in"
        return Relation(name=name, subject=subject, object=target, part=part, negated=literal.negated), ""

    def _place(self, term: str) -> tuple[str, _Region | None]:
        """Return the object of a term and, if the term names a region, that region of it.

        Raises:
            TaskNotUnderstood: the term names neither.
        """
        if term in self._types:
            return term, None
        if term in self._regions:
            return self._regions[term].target, self._regions[term]
        owner = max((name for name in self._types if term.startswith(f"{name}_")), key=len, default=None)
        if owner is None:
            raise TaskNotUnderstood(f"{term!r} is neither an object nor a region of the definition")
        return owner, _Region(owner, term.removeprefix(f"{owner}_"), placed=False)

    def _part(self, target: str, region: _Region | None) -> str | None:
        """Return the drawer or shelf that a region stands for, or None for the whole target."""
        if region is None or region.placed:
            return None
        level = next((level for level in _LEVELS if {level, "region"} == region.words), None)
        if level is None:
            side = region.words & {"left", "right", "front", "back"}
            if side:
                self._notes.append(
                    f"the side given by the {region.name.replace('_', ' ')} of {target} has no effect"
                )
            return None
        if self._categories[target].name == "dresser" or "drawer" in target:
            return f"drawer_{_LEVELS[level]}"
        shelves = self._vocabulary.is_a(self._categories[target].name, "shelf") or "shelf" in target
        return f"shelf_{_LEVELS[level]}" if shelves else None

    def _required(self, goal: list[Relation]) -> tuple[RequiredObject, ...]:
        targets = {relation.subject for relation in goal if relation.name in ("on", "in")}
        useful = {relation.object or relation.subject for relation in goal} | {*self._definition.of_interest}
        found = []
        for name, category in self._categories.items():
            words = (self._types[name] or name).lower().split("_")
            colours = [COLOURS[word] for word in words if word in COLOURS]
            if len(colours) > 1:
                self._notes.append(f"{name} has several colours: only {colours[0]} is used")
            role = "target" if name in targets else "receptacle" if name in useful else "context"
            found.append(
                RequiredObject.model_validate({
                    "ids": (name,), "category": category.name, "name": " ".join(words), "role": role,
                    "attributes": {"color": colours[0]} if colours else {}, "exact": False,
                    "unsimulated": self._unsimulated(name),
                })
            )  # fmt: skip
        if not found:
            raise TaskNotUnderstood("the definition names no objects")
        return tuple(found)

    def _unsimulated(self, name: str) -> tuple[str, ...]:
        """Return the initial properties of an object that rigid bodies cannot represent."""
        found = (s for s in self._definition.initial if s.predicate in _NOT_RIGID and s.terms[:1] == (name,))
        return tuple(("not " if s.negated else "") + _NOT_RIGID[s.predicate] for s in found)


def _region(part: Expression) -> _Region:
    """Parse a region `(name (:target t) (:ranges (...)) ...)`.

    Raises:
        TaskNotUnderstood: the region is malformed or has no target.
    """
    if not isinstance(part, list) or not part or not isinstance(part[0], str):
        raise TaskNotUnderstood(f"{shortened(part)} is not a region")

    name = part[0]
    facts = {str(fact[0]).lower(): fact[1:] for fact in part[1:] if isinstance(fact, list) and fact}
    target = facts.get(":target", [])
    if len(target) != 1 or not isinstance(target[0], str):
        raise TaskNotUnderstood(f"the region {name!r} has no (:target ...)")
    return _Region(target[0], name, placed=bool(facts.get(":ranges")))
