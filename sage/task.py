"""Tasks: required objects, relations, goals, and the coverage of the prompt."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from sage.choices import Density, Disorder, StyleName
from sage.geometry import Frozen, Pose, Vec2

__all__ = [
    "CEILING",
    "DOOR",
    "FLOOR",
    "LATERAL_RELATIONS",
    "LONGEST_PROMPT",
    "RELATIONS",
    "ROOM",
    "WALL",
    "WINDOW",
    "Relation",
    "RelationName",
    "RequiredObject",
    "Spaciousness",
    "Statement",
    "Task",
    "Understood",
    "Word",
    "WordFate",
]

LONGEST_PROMPT = 4000
"""Largest number of characters in a prompt."""

Spaciousness = Literal["small", "large", "narrow"]
"""Size of a room without a number; `narrow` is at least twice as long as wide."""

RelationName = Literal[
    "on", "in", "under", "next_to", "near", "left_of", "right_of", "in_front_of", "behind",
    "facing", "in_room", "against_wall", "in_corner", "in_middle", "between", "touching", "open", "closed",
    "lifted", "above", "across", "far", "around", "long_side", "short_side", "left_part", "right_part",
    "front_part", "back_part",
]  # fmt: skip
"""Relations; `sage.spatial.predicates` defines each geometrically."""

RELATIONS: tuple[str, ...] = RelationName.__args__  # type: ignore[attr-defined]

LATERAL_RELATIONS = ("next_to", "near", "left_of", "right_of", "in_front_of", "behind")
"""Relations of an object to another one beside it."""

ROOM = "room"
FLOOR = "floor"
WALL = "wall"
CEILING = "ceiling"
WINDOW = "window"
DOOR = "door"
"""Words that a relation may have in place of an object's id."""

WordFate = Literal[
    "object", "relation", "attribute", "count", "goal", "room", "size", "style", "recorded", "not_understood",
]  # fmt: skip
"""Use of a content word of a prompt. `recorded`: about something that rigid bodies do not show, and kept in
`Task.statements`. `not_understood`: without effect on the scene."""


class RequiredObject(Frozen):
    """Required objects of one description."""

    ids: tuple[str, ...] = Field(min_length=1)
    """Ids of the objects in the scene, one for each."""
    category: str
    """A category of the vocabulary."""
    name: str
    """Name as requested, with attributes: `red mug`."""
    attributes: dict[str, str] = {}
    """Values by attribute, such as `color`, `material`, `size`, `shape`."""
    states: tuple[str, ...] = ()
    """States, such as `empty` or `folded`."""
    role: Literal["target", "receptacle", "context"] = "context"
    exact: bool = True
    """False if more of the same are allowed ("lots of books")."""

    aliases: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    """Name of each object in a formal definition, such as `bowl.n.01_1`."""
    unsimulated: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    """Requested states that rigid bodies do not show: `filled with water`."""

    @property
    def count(self) -> int:
        """Number of objects required."""
        return len(self.ids)


class Relation(Frozen):
    """A relation of an object to another object or room element."""

    name: RelationName
    subject: str
    """An object's id."""
    object: str = ""
    """Id of an object, opening or wall; `room`, `floor`, `ceiling`; `wall`, `door` or `window` for any one;
    empty for `open`, `closed`, `lifted`."""
    part: str | None = None
    """Surface, door or drawer of the object, or of the subject for `open`, `closed`: its name, or `drawer_2`,
    `shelf_2` counted from the top, `drawer_-1` from the bottom, `drawer_middle`. For `against_wall`, and `on`
    a wall, the wall as seen on entering by the door: `left`, `right`, `back`, `front`, `long`, `short`. For
    `in_corner` the corner: `far`, `near`, `left`, `right`."""
    other: str | None = None
    """Second reference of `between`."""
    negated: bool = False

    def __str__(self) -> str:
        """Return the relation as text: `not on(bowl_1, table_1)`."""
        target = f"{self.object}.{self.part}" if self.part and self.object else self.object
        subject = f"{self.subject}.{self.part}" if self.part and not self.object else self.subject
        terms = [term for term in (subject, target, self.other) if term]
        return f"{'not ' if self.negated else ''}{self.name}({', '.join(terms)})"


class Statement(Frozen):
    """A statement of a formal definition, and how it was used."""

    text: str
    """Text in the definition's terms: `ontop(bowl.n.01_1, table.n.02_1)`."""
    when: Literal["initial", "goal"]
    fate: Literal["taken", "not_simulated", "omitted"]
    """Part of the task; about what rigid bodies do not show; or not used."""
    why: str = Field(default="", exclude_if=lambda value: not value)
    """Reason why it was not used."""
    relation: Relation | None = Field(default=None, exclude_if=lambda value: value is None)
    """The resulting relation; None if it only states that an object exists."""


class Word(Frozen):
    """A content word of a prompt, and how it was used."""

    text: str
    """Spelling in the prompt."""
    start: int
    """Offset of its first character in the prompt, in code points."""
    fate: WordFate


class Understood(Frozen):
    """Coverage of a prompt, words not understood, and statements without effect."""

    coverage: float | None
    """Share of content words that were understood, 0..1; None for formal definitions, and for prompts read
    by a language model."""
    not_understood: tuple[Word, ...] = ()
    """Words without effect."""
    recorded: tuple[str, ...] = ()
    """Requests that rigid bodies do not show, each in a few words."""


class Task(Frozen):
    """A prompt with its required objects, relations and goals."""

    prompt: str
    kind: Literal["task", "room"]
    """Whether the prompt is a robot's task or the description of a room."""
    rooms: tuple[str, ...] = Field(min_length=1)
    """Room types that fit, best first."""
    objects: tuple[RequiredObject, ...] = ()
    initial: tuple[Relation, ...] = ()
    """Relations that must hold in the generated scene."""
    goal: tuple[Relation, ...] = ()
    """Relations that must be feasible, and not all hold yet."""
    excluded: tuple[str, ...] = ()
    """Categories that must not be there ("no sofa")."""
    size: Vec2 | None = None
    """Requested inner length and width of the room [m]."""
    density: Density | None = None
    """Requested amount of furniture and clutter: `a cluttered office`."""
    disorder: Disorder | None = None
    """Requested untidiness: `a messy desk`."""
    style: tuple[StyleName, ...] = Field(default=(), exclude_if=lambda value: not value)
    """Requested styles; the first one is used."""
    spaciousness: Spaciousness | None = Field(default=None, exclude_if=lambda value: value is None)
    """Requested size without a number, used if there is no `size`: `a compact kitchen`."""
    walls: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """Requested colour of the walls: `blue`, `dark green`, `light grey`."""
    notes: tuple[str, ...] = ()
    """Parts of the prompt without effect, in words."""
    definition: str = Field(default="", exclude_if=lambda value: not value)
    """Text of the formal definition that the task was read from, or empty."""
    statements: tuple[Statement, ...] = Field(default=(), exclude_if=lambda value: not value)
    """Statements of the definition."""
    words: tuple[Word, ...] = Field(default=(), exclude_if=lambda value: not value)
    """Content words of the prompt, in order."""
    robot_bases: dict[str, Pose] = {}
    """Pose `world_from_base` of a robot that reaches an object, by the id of each task object."""

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all required objects."""
        return frozenset(name for item in self.objects for name in item.ids)

    @property
    def coverage(self) -> float:
        """Share of the prompt's content words that were understood, 0..1."""
        return 1.0 - len(self.not_understood) / len(self.words) if self.words else 1.0

    @property
    def not_understood(self) -> tuple[Word, ...]:
        """Content words of the prompt without effect."""
        return tuple(word for word in self.words if word.fate == "not_understood")

    @property
    def recorded(self) -> tuple[str, ...]:
        """Requests that rigid bodies do not show, each in a few words."""
        return tuple(item.text for item in self.statements if item.fate == "not_simulated")

    @property
    def understood(self) -> Understood:
        """Coverage, words not understood, and statements recorded."""
        return Understood(
            coverage=self.coverage if self.words else None,
            not_understood=self.not_understood,
            recorded=self.recorded,
        )

    @property
    def passages(self) -> tuple[tuple[str, WordFate | None], ...]:
        """The prompt in pieces, each with its use; None for text between content words."""
        found: list[tuple[str, WordFate | None]] = []
        done = 0
        for word in self.words:
            if word.start >= done:
                found += [(self.prompt[done : word.start], None), (word.text, word.fate)]
                done = word.start + len(word.text)
        found.append((self.prompt[done:], None))
        return tuple((text, fate) for text, fate in found if text)

    def required(self, object_id: str) -> RequiredObject | None:
        """Return the requirement that an id belongs to, or None."""
        return next((item for item in self.objects if object_id in item.ids), None)

    def carrier(self, object_id: str) -> Relation | None:
        """Return the relation by which an object is initially on or in another: the topmost one."""
        ids = self.ids
        resting = [r for r in self.initial if r.name in ("on", "in") and not r.negated and r.object in ids]
        own = [r for r in resting if r.subject == object_id]
        below = {r.object for r in resting if r.subject in {other.object for other in own}}
        return next((r for r in own if r.object not in below), next(iter(own), None))
