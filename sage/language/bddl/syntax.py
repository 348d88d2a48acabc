"""Parser of BDDL's parenthesised syntax, as in PDDL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sage.errors import TaskNotUnderstood

__all__ = [
    "LONGEST_DEFINITION",
    "MOST_OBJECTS",
    "Definition",
    "Expression",
    "Literal",
    "parse",
    "shortened",
    "shown",
]

LONGEST_DEFINITION = 200_000
"""Most characters of a definition."""
MOST_OBJECTS = 500
"""Objects and fixtures that a definition may name; no room holds more."""

_DEEPEST = 60
_LONGEST_WORD = 200
_MOST_INITIAL = 2_000
"""Statements of a section `:init`."""
_LONGEST_SHOWN = 80
"""Characters that a message shows of an expression."""
_TOKEN = re.compile(r";[^\n]*|[()]|[^\s();]+")
_SECTIONS = (
    ":domain",
    ":objects",
    ":init",
    ":goal",
    ":language",
    ":regions",
    ":fixtures",
    ":obj_of_interest",
)

Expression = str | list["Expression"]
"""A word, or a list of expressions. Words are as written, without regard to their case."""


@dataclass(frozen=True)
class Literal:
    """A predicate of names, or that it does not hold."""

    predicate: str
    """In lower case."""
    terms: tuple[str, ...]
    negated: bool = False

    def __str__(self) -> str:
        """Return it on one line: `not ontop(bowl.n.01_1, table.n.02_1)`."""
        return f"{'not ' if self.negated else ''}{self.predicate}({', '.join(self.terms)})"


@dataclass(frozen=True)
class Definition:
    """A BDDL definition by section."""

    text: str
    name: str
    """Of the problem; empty if it has none."""
    domain: str
    objects: dict[str, str]
    """Type of each object; empty for those without."""
    fixtures: dict[str, str]
    """The same of what LIBERO calls fixtures."""
    initial: tuple[Literal, ...]
    goal: Expression
    language: str = ""
    """The instruction in words."""
    regions: tuple[Expression, ...] = ()
    of_interest: tuple[str, ...] = ()
    without_effect: tuple[str, ...] = ()
    """Sections that are not known, as they are written."""

    @property
    def libero(self) -> bool:
        """Whether it is in LIBERO's dialect."""
        return bool(self.regions or self.language or self.fixtures)

    @property
    def notes(self) -> tuple[str, ...]:
        """Statements without effect, in plain words."""
        names = self.without_effect
        return (f"sections without effect: {', '.join(names)}",) if names else ()


def parse(text: str) -> Definition:
    """Read a definition: `(define (problem NAME) (:domain D) (:objects ...) (:init ...) (:goal ...))`.

    A byte order mark before it is skipped, and sections that are not known are only listed.

    Raises:
        TaskNotUnderstood: it is malformed or too large; the message has the line.
    """
    text = text.removeprefix("\ufeff")
    if len(text) > LONGEST_DEFINITION:
        raise TaskNotUnderstood(
            f"the definition has {len(text)} characters, the limit is {LONGEST_DEFINITION}: shorten it"
        )
    expressions = _expressions(text)
    if len(expressions) != 1 or not isinstance(expressions[0], list) or expressions[0][:1] != ["define"]:
        raise TaskNotUnderstood("a BDDL definition is one list that begins with '(define (problem NAME)'")
    sections: dict[str, list[Expression]] = {}
    unknown: list[str] = []
    name = ""
    for part in expressions[0][1:]:
        if part == "\\":  # a slip that some published definitions have
            continue
        if not isinstance(part, list) or not part or not isinstance(part[0], str):
            raise TaskNotUnderstood(f"{shortened(part)} is no section of a BDDL definition")
        head = part[0].lower()
        if head == "problem":
            name = " ".join(shown(word) for word in part[1:])
        elif head not in _SECTIONS:
            unknown.append(part[0])
        elif head in sections:
            raise TaskNotUnderstood(f"the section {part[0]!r} is there twice")
        else:
            sections[head] = part[1:]
    if ":objects" not in sections and ":fixtures" in sections:
        sections[":objects"] = []
    missing = [section for section in (":objects", ":init", ":goal") if section not in sections]
    if missing:
        raise TaskNotUnderstood(f"the definition has no section {', '.join(missing)}")
    objects, fixtures = _typed(sections[":objects"]), _typed(sections.get(":fixtures", []))
    initial = tuple(literal(expression) for expression in _conjuncts(sections[":init"]))
    for what, count, limit in (
        ("objects", len(objects | fixtures), MOST_OBJECTS),
        ("initial statements", len(initial), _MOST_INITIAL),
    ):
        if count > limit:
            raise TaskNotUnderstood(f"the definition has {count} {what}, the limit is {limit}: name fewer")
    return Definition(
        text=text,
        name=name,
        domain=" ".join(shown(word) for word in sections.get(":domain", [])),
        objects=objects,
        fixtures=fixtures,
        initial=initial,
        goal=["and", *sections[":goal"]],
        language=" ".join(shown(word) for word in sections.get(":language", [])),
        regions=tuple(sections.get(":regions", ())),
        of_interest=tuple(shown(word) for word in sections.get(":obj_of_interest", ())),
        without_effect=tuple(dict.fromkeys(unknown)),
    )


def literal(expression: Expression) -> Literal:
    """Read `(ontop a b)` or `(not (ontop a b))`.

    Raises:
        TaskNotUnderstood: it is neither.
    """
    inner, negated = expression, False
    if isinstance(inner, list) and len(inner) == 2 and inner[0] == "not":
        inner, negated = inner[1], True
    if not isinstance(inner, list) or not inner or not all(isinstance(word, str) for word in inner):
        raise TaskNotUnderstood(f"{shortened(expression)} is no statement about objects")
    predicate, *terms = (str(word) for word in inner)
    return Literal(predicate.lower(), tuple(term.lstrip("?") for term in terms), negated)


def shown(expression: Expression) -> str:
    """Write an expression in one line."""
    if isinstance(expression, str):
        return expression
    return f"({' '.join(shown(part) for part in expression)})"


def shortened(expression: Expression) -> str:
    """Write the beginning of an expression, for a message."""
    text = shown(expression)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."


def _conjuncts(expressions: list[Expression]) -> Iterator[Expression]:
    """Yield the statements of a section, those of an `and` one by one."""
    for expression in expressions:
        if isinstance(expression, list) and expression[:1] == ["and"]:
            yield from _conjuncts(expression[1:])
        else:
            yield expression


def _expressions(text: str) -> list[Expression]:
    open_lists: list[list[Expression]] = [[]]
    starts: list[int] = []
    line, read = 1, 0
    for match in _TOKEN.finditer(text):
        token, line, read = match.group(), line + text.count("\n", read, match.start()), match.start()
        if token.startswith(";"):
            continue
        if token == "(":
            if len(open_lists) > _DEEPEST:
                raise TaskNotUnderstood(f"line {line}: lists are nested more than {_DEEPEST} deep")
            open_lists.append([])
            starts.append(line)
        elif token == ")":
            if not starts:
                raise TaskNotUnderstood(f"line {line}: this ')' closes nothing")
            starts.pop()
            done = open_lists.pop()
            open_lists[-1].append(done)
        elif len(token) > _LONGEST_WORD:
            raise TaskNotUnderstood(
                f"line {line}: the word {shortened(token)!r} has {len(token)} characters, the limit is "
                f"{_LONGEST_WORD}: shorten it"
            )
        else:
            open_lists[-1].append(token)
    if starts:
        raise TaskNotUnderstood(f"the '(' of line {starts[-1]} is never closed")
    return open_lists[0]


def _typed(words: list[Expression]) -> dict[str, str]:
    """Read `a b - type`; a name that is there twice must have one type.

    Raises:
        TaskNotUnderstood: it is no such list.
    """
    found: dict[str, str] = {}
    waiting: list[str] = []
    row = iter(words)
    for word in row:
        if not isinstance(word, str):
            raise TaskNotUnderstood(f"{shortened(word)} stands where a name of an object is expected")
        if word != "-":
            waiting.append(word)
            continue
        kind = next(row, None)
        if not isinstance(kind, str) or not waiting:
            raise TaskNotUnderstood(f"a type is missing after {' '.join(waiting) or 'nothing'} '-'")
        found |= _of_type(waiting, kind, found)
        waiting = []
    return found | _of_type(waiting, "", found)


def _of_type(names: list[str], kind: str, known: dict[str, str]) -> dict[str, str]:
    other = next((name for name in names if known.get(name, kind) != kind), None)
    if other:
        raise TaskNotUnderstood(f"the object {other!r} is a {known[other]!r} and a {kind!r}: name one type")
    return dict.fromkeys(names, kind)
