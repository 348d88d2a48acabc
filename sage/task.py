"""Tasks: required objects, relations, goals, and what was understood of the prompt."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

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
    "Density",
    "Disorder",
    "Relation",
    "RelationName",
    "RequiredObject",
    "Spaciousness",
    "Statement",
    "StyleName",
    "Task",
    "Understood",
    "Word",
    "WordFate",
]

LONGEST_PROMPT = 4000
"""Characters that a prompt may have."""

Density = Literal["sparse", "normal", "dense"]
"""How much furniture and clutter a room gets."""

Disorder = Literal["tidy", "lived_in", "messy"]
"""How far from neat: things square to what they lie on; a little askew; every which way, and on the floor."""

StyleName = Literal[
    "modern", "rustic", "classic", "industrial", "scandinavian", "coastal", "bohemian", "dark", "pastel",
]  # fmt: skip
"""Whose few materials a room keeps to."""

Spaciousness = Literal["small", "large", "narrow"]
"""What is said of a room's size without a figure; `narrow` is twice as long as wide."""

RelationName = Literal[
    "on", "in", "under", "next_to", "near", "left_of", "right_of", "in_front_of", "behind",
    "facing", "in_room", "against_wall", "in_corner", "in_middle", "between", "touching", "open", "closed",
    "lifted", "above", "across", "far", "around", "long_side", "short_side", "left_part", "right_part",
    "front_part", "back_part",
]  # fmt: skip
"""Every relation; each is defined once, geometrically, in `sage/spatial/predicates.py`."""

RELATIONS: tuple[str, ...] = RelationName.__args__  # type: ignore[attr-defined]

LATERAL_RELATIONS = ("next_to", "near", "left_of", "right_of", "in_front_of", "behind")
"""Relations of an object to another one beside it."""

ROOM = "room"
FLOOR = "floor"
WALL = "wall"
CEILING = "ceiling"
WINDOW = "window"
DOOR = "door"
"""Words that may stand in a relation where an object's id could."""

WordFate = Literal[
    "object", "relation", "attribute", "count", "goal", "room", "size", "style", "recorded", "not_understood",
]  # fmt: skip
"""What a content word of a prompt became. `recorded`: about what rigid bodies do not show; it is kept in
`Task.statements`. `not_understood`: it has no effect on the scene."""


class RequiredObject(Frozen):
    """Objects of one description that the scene must hold."""

    ids: tuple[str, ...] = Field(min_length=1)
    """Ids that these objects get in the scene; as many as are required."""
    category: str
    """A category of the vocabulary."""
    name: str
    """As asked, with its attributes: `red mug`."""
    attributes: dict[str, str] = {}
    """Such as `color`, `material`, `size`, `shape`."""
    states: tuple[str, ...] = ()
    """Such as `empty` or `folded`."""
    role: Literal["target", "receptacle", "context"] = "context"
    exact: bool = True
    """False if more of the same are welcome ("lots of books")."""

    aliases: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    """What a definition calls each of them, such as `bowl.n.01_1`."""
    unsimulated: tuple[str, ...] = Field(default=(), exclude_if=lambda value: not value)
    """What was said of them that is not rigid and that no scene shows: `filled with water`."""

    @property
    def count(self) -> int:
        """Number of objects required."""
        return len(self.ids)


class Relation(Frozen):
    """A statement about objects of the scene."""

    name: RelationName
    subject: str
    """An object's id."""
    object: str = ""
    """An object's, opening's or wall's id; `room`, `floor`, `ceiling`; `wall`, `door`, `window`: any of them;
    or nothing for `open`, `closed`, `lifted`."""
    part: str | None = None
    """Which surface, door or drawer of the object (of the subject for `open`, `closed`): its name, or
    `drawer_2`, `shelf_2` counted from the top, `drawer_-1` from the bottom, `drawer_middle`.
    Of `against_wall`, and of `on` a wall, which wall: `left`, `right`, `back`, `front` for who enters by the
    door, `long`, `short`; of `in_corner` which corner: `far`, `near`, `left`, `right`."""
    other: str | None = None
    """The second reference of `between`."""
    negated: bool = False

    def __str__(self) -> str:
        """Return it on one line: `not on(bowl_1, table_1)`."""
        target = f"{self.object}.{self.part}" if self.part and self.object else self.object
        subject = f"{self.subject}.{self.part}" if self.part and not self.object else self.subject
        terms = [term for term in (subject, target, self.other) if term]
        return f"{'not ' if self.negated else ''}{self.name}({', '.join(terms)})"


class Statement(Frozen):
    """One thing that a definition says, and what became of it."""

    text: str
    """In its own terms: `ontop(bowl.n.01_1, table.n.02_1)`."""
    when: Literal["initial", "goal"]
    fate: Literal["taken", "not_simulated", "omitted"]
    """Became part of the task; is about what no rigid-body simulator shows; could not be taken."""
    why: str = Field(default="", exclude_if=lambda value: not value)
    """Why it was not taken."""
    relation: Relation | None = Field(default=None, exclude_if=lambda value: value is None)
    """What it became, if it says more than that something is there."""


class Word(Frozen):
    """A content word of a prompt, and what became of it."""

    text: str
    """As written."""
    start: int
    """Offset of its first character in the prompt, in code points."""
    fate: WordFate


class Understood(Frozen):
    """Coverage of a prompt, words not understood, and statements without effect."""

    coverage: float | None
    """Share of its content words that were understood, 0..1; None where there is no account of them: of a
    definition, and where a language model read the prompt."""
    not_understood: tuple[Word, ...] = ()
    """Words that have no effect."""
    recorded: tuple[str, ...] = ()
    """Requests that no rigid-body simulator shows, each in a few words."""


class Task(Frozen):
    """A prompt and what was understood of it."""

    prompt: str
    kind: Literal["task", "room"]
    """Something a robot is to do, or the description of a room."""
    rooms: tuple[str, ...] = Field(min_length=1)
    """Room types that fit, best first."""
    objects: tuple[RequiredObject, ...] = ()
    initial: tuple[Relation, ...] = ()
    """What must hold in the generated scene."""
    goal: tuple[Relation, ...] = ()
    """What must be possible and must not hold yet."""
    excluded: tuple[str, ...] = ()
    """Categories that must not be there ("no sofa")."""
    size: Vec2 | None = None
    """Inner size of the room asked for [m]."""
    density: Density | None = None
    """Of furniture and clutter, if the prompt says: `a cluttered office`."""
    disorder: Disorder | None = None
    """Of how things stand and lie, if the prompt says: `a messy desk`."""
    style: tuple[StyleName, ...] = Field(default=(), exclude_if=lambda value: not value)
    """How the room is to look, if the prompt says; the first counts."""
    spaciousness: Spaciousness | None = Field(default=None, exclude_if=lambda value: value is None)
    """How large the room is to be where no `size` is given: `a compact kitchen`."""
    walls: str | None = Field(default=None, exclude_if=lambda value: value is None)
    """Colour of the walls, if the prompt says: `blue`, `dark green`, `light grey`."""
    notes: tuple[str, ...] = ()
    """What was read but has no effect, in plain words."""
    definition: str = Field(default="", exclude_if=lambda value: not value)
    """The text of the formal definition that the task was read from, if it was not words."""
    statements: tuple[Statement, ...] = Field(default=(), exclude_if=lambda value: not value)
    """What that says, one by one, with what became of it."""
    words: tuple[Word, ...] = Field(default=(), exclude_if=lambda value: not value)
    """The content words of the prompt in order, with what became of each."""
    robot_bases: dict[str, Pose] = {}
    """For each task object a robot base pose from which it can be reached."""

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
        """Content words of the prompt that have no effect."""
        return tuple(word for word in self.words if word.fate == "not_understood")

    @property
    def recorded(self) -> tuple[str, ...]:
        """Requests that no rigid-body simulator shows, each in a few words."""
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
        """The prompt in pieces, in order, each with what became of it; None for what stands between words."""
        found: list[tuple[str, WordFate | None]] = []
        done = 0
        for word in self.words:
            if word.start >= done:
                found += [(self.prompt[done : word.start], None), (word.text, word.fate)]
                done = word.start + len(word.text)
        found.append((self.prompt[done:], None))
        return tuple((text, fate) for text, fate in found if text)

    def required(self, object_id: str) -> RequiredObject | None:
        """Return the requirement that an id belongs to."""
        return next((item for item in self.objects if object_id in item.ids), None)

    def carrier(self, object_id: str) -> Relation | None:
        """Return what an object is on or in at first; of a thing and what that is on, the thing."""
        ids = self.ids
        resting = [r for r in self.initial if r.name in ("on", "in") and not r.negated and r.object in ids]
        own = [r for r in resting if r.subject == object_id]
        below = {r.object for r in resting if r.subject in {other.object for other in own}}
        return next((r for r in own if r.object not in below), next(iter(own), None))
