"""Grounding of BDDL goals: expansion of quantifiers and alternatives into one conjunction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sage.errors import TaskNotUnderstood
from sage.language.bddl.syntax import Expression, Literal, shortened

__all__ = ["MOST_CONDITIONS", "MOST_STATEMENTS", "Grounding", "ground"]

MOST_STATEMENTS = 2_000
"""Maximum number of statements of an expanded goal."""
MOST_CONDITIONS = 10_000
"""Maximum number of conditions of an expanded goal, including nested ones."""


@dataclass(frozen=True)
class Grounding:
    """A conjunction of statements that satisfies a condition."""

    literals: tuple[Literal, ...]
    choice: bool
    """Whether other groundings would satisfy the condition too."""


def ground(goal: Expression, objects: Mapping[str, str], simulated: Callable[[Literal], bool]) -> Grounding:
    """Return one conjunction of statements that satisfies a goal.

    Of several alternatives, including the objects of `exists`, the first whose statements can all be
    simulated is used, else the first; alternatives that relate an object to itself are avoided. Pairs are
    formed in the order of the objects.

    Args:
        goal: condition made of `and`, `or`, `not`, `imply`, `forall`, `exists`, `forn`, `forpairs` and
            `fornpairs`.
        objects: type of each object that quantifiers range over.
        simulated: returns whether a rigid-body simulator can evaluate a statement.

    Raises:
        TaskNotUnderstood: the goal is malformed, exceeds a limit, or quantifies over a type without objects.

    Example:
        >>> goal = ["forall", ["?x", "-", "mug"], ["ontop", "?x", "table_1"]]
        >>> found = ground(goal, {"mug_1": "mug", "mug_2": "mug"}, lambda literal: True)
        >>> [str(literal) for literal in found.literals]
        ['ontop(mug_1, table_1)', 'ontop(mug_2, table_1)']
    """
    expansion = _Expansion(objects, simulated)
    literals = expansion.expand(goal, {}, holds=True)
    return Grounding(tuple(dict.fromkeys(literals)), expansion.choice)


_Names = Mapping[str, str]
"""Object bound to each variable."""
_Part = tuple[Expression, _Names]
"""A condition and its variable bindings."""


class _Expansion:
    def __init__(self, objects: Mapping[str, str], simulated: Callable[[Literal], bool]) -> None:
        self._simulated = simulated
        self._by_kind: dict[str, list[str]] = {}
        for name, kind in objects.items():
            self._by_kind.setdefault(kind, []).append(name)
        self._conditions = self._statements = 0
        self.choice = False

    def expand(self, goal: Expression, names: _Names, *, holds: bool) -> list[Literal]:
        """Return statements that make `goal` true, or false if not `holds`.

        Args:
            goal: A condition.
            names: object bound to each variable.
            holds: truth value to establish.
        """
        self._conditions += 1
        if self._conditions > MOST_CONDITIONS:
            raise TaskNotUnderstood(
                f"the expanded goal has more than {MOST_CONDITIONS} conditions: nest fewer quantifiers, "
                "or name fewer objects"
            )
        if not isinstance(goal, list) or not goal or not isinstance(goal[0], str):
            raise TaskNotUnderstood(f"{shortened(goal)} is not a condition")
        head, *rest = goal
        word = str(head).lower()
        if word in ("and", "or"):
            return self._all_or_one([(part, names) for part in rest], holds, every=(word == "and") == holds)
        if word == "not":
            return self.expand(self._only(rest, goal), names, holds=not holds)
        if word == "imply":
            if len(rest) != 2:
                raise TaskNotUnderstood(f"{shortened(goal)} needs two conditions")
            return self.expand(["or", ["not", rest[0]], rest[1]], names, holds=holds)
        if word in ("forall", "exists"):
            parts = self._over(rest, goal, names)
            return self._all_or_one(parts, holds, every=(word == "forall") == holds)
        if word in ("forn", "forpairs", "fornpairs"):
            return self._counted(word, rest, goal, names, holds)
        return [self._statement(goal, names, holds)]

    def _only(self, rest: Sequence[Expression], goal: Expression) -> Expression:
        if len(rest) != 1:
            raise TaskNotUnderstood(f"{shortened(goal)} needs one condition")
        return rest[0]

    def _all_or_one(self, parts: Sequence[_Part], holds: bool, *, every: bool) -> list[Literal]:
        ways = [self.expand(part, names, holds=holds) for part, names in parts]
        if every or len(ways) <= 1:
            return [literal for way in ways for literal in way]
        self.choice = True
        sound = (way for way in ways if not any(_of_itself(literal) for literal in way))
        usable = list(sound) or ways
        return next((way for way in usable if all(map(self._simulated, way))), usable[0])

    def _over(self, rest: Sequence[Expression], goal: Expression, names: _Names) -> list[_Part]:
        """Return the body of a quantifier with each binding of its variable."""
        if len(rest) != 2:
            raise TaskNotUnderstood(f"{shortened(goal)} needs a variable with its type, and a condition")
        variable, kind = _variable(rest[0])
        return [(rest[1], {**names, variable: own}) for own in self._of_kind(kind)]

    def _counted(
        self, word: str, rest: Sequence[Expression], goal: Expression, names: _Names, holds: bool
    ) -> list[Literal]:
        """Expand `forn`, `forpairs` or `fornpairs`, which hold for a number of objects or of pairs."""
        parts = list(rest)
        limit = None if word == "forpairs" else _number(parts.pop(0) if parts else "", goal)
        if len(parts) != (2 if word == "forn" else 3):
            raise TaskNotUnderstood(f"{shortened(goal)} has too few or too many parts")
        *declared, body = parts
        variables, kinds = zip(*(_variable(part) for part in declared), strict=True)
        rows: Iterator[tuple[str, ...]]
        if word == "forn":
            rows = ((own,) for own in self._of_kind(kinds[0]))
        else:
            rows = _paired(self._of_kind(kinds[0]), self._of_kind(kinds[1]))
        bodies = [(body, {**names, **dict(zip(variables, row, strict=True))}) for row in rows]
        if limit is not None and len(bodies) < limit:
            raise TaskNotUnderstood(
                f"{shortened(goal)} needs {limit} objects or pairs, but there are only {len(bodies)}"
            )
        self.choice = True
        required = bodies if limit is None else bodies[:limit]
        return self._all_or_one(required, holds, every=holds)

    def _of_kind(self, kind: str) -> list[str]:
        own = self._by_kind.get(kind)
        if not own:
            raise TaskNotUnderstood(f"the goal refers to the type {kind!r}, but no object has it")
        return own

    def _statement(self, goal: list[Expression], names: _Names, holds: bool) -> Literal:
        if not all(isinstance(word, str) for word in goal):
            raise TaskNotUnderstood(f"{shortened(goal)} is not a statement about objects")
        self._statements += 1
        if self._statements > MOST_STATEMENTS:
            raise TaskNotUnderstood(
                f"the goal has more than {MOST_STATEMENTS} statements: name fewer objects"
            )
        predicate, *terms = (str(word) for word in goal)
        bound = tuple(names.get(term, term).lstrip("?") for term in terms)
        return Literal(predicate.lower(), bound, not holds)


def _of_itself(literal: Literal) -> bool:
    """Return whether a statement relates an object to itself."""
    return len(literal.terms) > 1 and len(set(literal.terms)) < len(literal.terms)


def _paired(first: list[str], second: list[str]) -> Iterator[tuple[str, str]]:
    """Pair objects in order; of a single type, pair neighbours and an odd last one with the first."""
    if first != second:
        yield from zip(first, second, strict=False)
        return
    yield from zip(first[::2], first[1::2], strict=False)
    if len(first) % 2 and len(first) > 1:
        yield first[-1], first[0]


def _variable(part: Expression) -> tuple[str, str]:
    """Parse `(?x - type)`."""
    words = part if isinstance(part, list) else []
    if len(words) != 3 or words[1] != "-" or not all(isinstance(word, str) for word in words):
        raise TaskNotUnderstood(f"{shortened(part)} is not a typed variable, such as (?x - bowl.n.01)")
    return str(words[0]), str(words[2])


def _number(part: Expression, goal: Expression) -> int:
    text = shortened(part).strip("()")
    if not text.isdigit():
        raise TaskNotUnderstood(f"{shortened(goal)} lacks a number, such as (2)")
    return int(text)
