"""Parser of BDDL's parenthesized syntax, which follows PDDL."""

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
"""Maximum number of characters of a definition."""
MOST_OBJECTS = 500
"""Maximum number of objects and fixtures of a definition."""

_DEEPEST = 60
"""Maximum nesting depth of lists."""
_LONGEST_WORD = 200
"""Maximum number of characters of a word."""
_MOST_INITIAL = 2_000
"""Maximum number of statements of the section `:init`."""
_LONGEST_SHOWN = 80
"""Maximum number of characters of an expression in a message."""
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
"""A word as written, or a list of expressions."""


@dataclass(frozen=True)
class Literal:
    """A predicate applied to names, possibly negated."""

    predicate: str
    """Name of the predicate in lower case."""
    terms: tuple[str, ...]
    """Names of objects or variables, without a leading `?`."""
    negated: bool = False

    def __str__(self) -> str:
        """Return one line such as `not ontop(bowl.n.01_1, table.n.02_1)`."""
        return f"{'not ' if self.negated else ''}{self.predicate}({', '.join(self.terms)})"


@dataclass(frozen=True)
class Definition:
    """Sections of a parsed BDDL definition."""

    text: str
    """The whole definition as written."""
    name: str
    """Name of the problem; empty if missing."""
    domain: str
    objects: dict[str, str]
    """Type of each object; empty if not given."""
    fixtures: dict[str, str]
    """Type of each LIBERO fixture; empty if not given."""
    initial: tuple[Literal, ...]
    """Statements of `:init`."""
    goal: Expression
    """Conjunction of the conditions of `:goal`."""
    language: str = ""
    """LIBERO's instruction in natural language."""
    regions: tuple[Expression, ...] = ()
    """LIBERO's regions, not interpreted."""
    of_interest: tuple[str, ...] = ()
    """LIBERO's objects of interest."""
    without_effect: tuple[str, ...] = ()
    """Names of unknown sections, as written."""

    @property
    def libero(self) -> bool:
        """Whether the definition is in LIBERO's dialect."""
        return bool(self.regions or self.language or self.fixtures)

    @property
    def notes(self) -> tuple[str, ...]:
        """Messages about sections without effect."""
        names = self.without_effect
        return (f"sections without effect: {', '.join(names)}",) if names else ()


def parse(text: str) -> Definition:
    """Parse a definition `(define (problem NAME) (:domain D) (:objects ...) (:init ...) (:goal ...))`.

    A leading byte order mark is skipped. Unknown sections are listed in `Definition.without_effect`.

    Raises:
        TaskNotUnderstood: the definition is malformed or exceeds a limit.
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
        if part == "\\":  # some published definitions contain a stray backslash
            continue
        if not isinstance(part, list) or not part or not isinstance(part[0], str):
            raise TaskNotUnderstood(f"{shortened(part)} is not a section of a BDDL definition")
        head = part[0].lower()
        if head == "problem":
            name = " ".join(shown(word) for word in part[1:])
        elif head not in _SECTIONS:
            unknown.append(part[0])
        elif head in sections:
            raise TaskNotUnderstood(f"the section {part[0]!r} is given twice: merge them")
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
    """Parse `(ontop a b)` or `(not (ontop a b))`.

    Raises:
        TaskNotUnderstood: the expression has another form.

    Example:
        >>> str(literal(["not", ["ontop", "bowl_1", "?table"]]))
        'not ontop(bowl_1, table)'
    """
    inner, negated = expression, False
    if isinstance(inner, list) and len(inner) == 2 and inner[0] == "not":
        inner, negated = inner[1], True
    if not isinstance(inner, list) or not inner or not all(isinstance(word, str) for word in inner):
        raise TaskNotUnderstood(f"{shortened(expression)} is not a statement about objects")
    predicate, *terms = (str(word) for word in inner)
    return Literal(predicate.lower(), tuple(term.lstrip("?") for term in terms), negated)


def shown(expression: Expression) -> str:
    """Return an expression as text on one line.

    Example:
        >>> shown(["not", ["ontop", "a", "b"]])
        '(not (ontop a b))'
    """
    if isinstance(expression, str):
        return expression
    return f"({' '.join(shown(part) for part in expression)})"


def shortened(expression: Expression) -> str:
    """Return an expression as text, truncated for a message."""
    text = shown(expression)
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 3]}..."


def _conjuncts(expressions: list[Expression]) -> Iterator[Expression]:
    """Yield the statements of a section, with `and` flattened."""
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
    """Parse a typed list `a b - type` into the type of each name.

    Raises:
        TaskNotUnderstood: the list is malformed, or gives a name two types.
    """
    found: dict[str, str] = {}
    waiting: list[str] = []
    row = iter(words)
    for word in row:
        if not isinstance(word, str):
            raise TaskNotUnderstood(f"the name of an object is expected instead of {shortened(word)}")
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
