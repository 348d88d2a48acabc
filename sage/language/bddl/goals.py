"""Expands quantifiers and alternatives of a BDDL goal into one conjunction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sage.errors import TaskNotUnderstood
from sage.language.bddl.syntax import Expression, Literal, shortened

__all__ = ["MOST_CONDITIONS", "MOST_STATEMENTS", "Grounding", "ground"]

MOST_STATEMENTS = 2_000
"""Statements that a goal may come to."""
MOST_CONDITIONS = 10_000
"""Conditions that a goal may come to once each quantifier is written out, those within others included."""


@dataclass(frozen=True)
class Grounding:
    """Statements that make a condition true."""

    literals: tuple[Literal, ...]
    choice: bool
    """Whether the condition leaves other ways open."""


def ground(goal: Expression, objects: Mapping[str, str], simulated: Callable[[Literal], bool]) -> Grounding:
    """Work out one way to make a condition true.

    Of alternatives the first is taken whose statements can all be simulated, else the first; what
    exists is the first object of its kind that is not the other party; pairs are made in order.

    Args:
        goal: made of `and`, `or`, `not`, `imply`, `forall`, `exists`, `forn`, `forpairs`, `fornpairs`.
        objects: type of each object that quantifiers range over.
        simulated: tells statements that a rigid-body simulator can judge from others.

    Raises:
        TaskNotUnderstood: the condition is malformed, or none of its objects exists.
    """
    work = _Work(objects, simulated)
    literals = work.expand(goal, {}, holds=True)
    return Grounding(tuple(dict.fromkeys(literals)), work.choice)


_Names = Mapping[str, str]
_Part = tuple[Expression, _Names]
"""A condition, and the objects that its variables stand for."""


class _Work:
    def __init__(self, objects: Mapping[str, str], simulated: Callable[[Literal], bool]) -> None:
        self._simulated = simulated
        self._by_kind: dict[str, list[str]] = {}
        for name, kind in objects.items():
            self._by_kind.setdefault(kind, []).append(name)
        self._conditions = self._statements = 0
        self.choice = False

    def expand(self, goal: Expression, names: _Names, *, holds: bool) -> list[Literal]:
        """Return statements that make `goal` hold, or not hold.

        Args:
            names: the object that each variable stands for.
        """
        self._conditions += 1
        if self._conditions > MOST_CONDITIONS:
            raise TaskNotUnderstood(
                f"written out, the goal comes to more than {MOST_CONDITIONS} conditions: nest fewer "
                "quantifiers, or name fewer objects"
            )
        if not isinstance(goal, list) or not goal or not isinstance(goal[0], str):
            raise TaskNotUnderstood(f"{shortened(goal)} is no condition")
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
            return self._some(word, rest, goal, names, holds)
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
        """Return the body of a quantifier once for each object that its variable ranges over."""
        if len(rest) != 2:
            raise TaskNotUnderstood(f"{shortened(goal)} needs a variable with its type, and a condition")
        variable, kind = _variable(rest[0])
        return [(rest[1], {**names, variable: own}) for own in self._of_kind(kind)]

    def _some(
        self, word: str, rest: Sequence[Expression], goal: Expression, names: _Names, holds: bool
    ) -> list[Literal]:
        """Expand a condition that holds for a number of objects, or for as many pairs as there are."""
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
            raise TaskNotUnderstood(f"{shortened(goal)} speaks of {limit} of what there are {len(bodies)}")
        self.choice = True
        wanted = bodies if limit is None else bodies[:limit]
        return self._all_or_one(wanted, holds, every=holds)

    def _of_kind(self, kind: str) -> list[str]:
        own = self._by_kind.get(kind)
        if not own:
            raise TaskNotUnderstood(f"the goal speaks of a {kind!r}, but no object is one")
        return own

    def _statement(self, goal: list[Expression], names: _Names, holds: bool) -> Literal:
        if not all(isinstance(word, str) for word in goal):
            raise TaskNotUnderstood(f"{shortened(goal)} is no statement about objects")
        self._statements += 1
        if self._statements > MOST_STATEMENTS:
            raise TaskNotUnderstood(
                f"the goal comes to more than {MOST_STATEMENTS} statements: name fewer objects"
            )
        predicate, *terms = (str(word) for word in goal)
        said = tuple(names.get(term, term).lstrip("?") for term in terms)
        return Literal(predicate.lower(), said, not holds)


def _of_itself(literal: Literal) -> bool:
    return len(literal.terms) > 1 and len(set(literal.terms)) < len(literal.terms)


def _paired(first: list[str], second: list[str]) -> Iterator[tuple[str, str]]:
    """Pair objects off in order; of one kind, neighbours, and an odd one with the first."""
    if first != second:
        yield from zip(first, second, strict=False)
        return
    yield from zip(first[::2], first[1::2], strict=False)
    if len(first) % 2 and len(first) > 1:
        yield first[-1], first[0]


def _variable(part: Expression) -> tuple[str, str]:
    """Read `(?x - type)`."""
    words = part if isinstance(part, list) else []
    if len(words) != 3 or words[1] != "-" or not all(isinstance(word, str) for word in words):
        raise TaskNotUnderstood(f"{shortened(part)} is no variable with its type, such as (?x - bowl.n.01)")
    return str(words[0]), str(words[2])


def _number(part: Expression, goal: Expression) -> int:
    text = shortened(part).strip("()")
    if not text.isdigit():
        raise TaskNotUnderstood(f"{shortened(goal)} lacks a number, such as (2)")
    return int(text)
