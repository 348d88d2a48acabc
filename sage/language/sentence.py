"""State of a sentence while it is read from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.clauses import Clause, Place, is_command
from sage.language.phrases import Phrase, PhraseReader
from sage.language.segments import Segment, segments

__all__ = ["DIRECTED", "HOLDING", "Draft", "Sentence", "stands"]

HOLDING = ("with", "contains", "topped")
DIRECTED = ("to", "into", "onto")
_SPARING = ("but", "except", "excluding", "minus")


@dataclass
class Draft:
    """A clause that is being read."""

    frame: lexicon.Frame = "describe"
    verb: str = ""
    subjects: list[Phrase] = field(default_factory=list)
    objects: list[Phrase] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    contents: list[Phrase] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    fronted: list[Place] = field(default_factory=list)
    before_verb: int = 0
    """How many of the places stand between subject and verb."""
    inverted: bool = False
    """Its subject follows its verb."""
    leading: int = 0
    """How many of the places stand before the verb."""
    duty: bool = False
    """It says what is to be: `should`, `must`."""
    expletive: bool = False
    """It starts with `there`."""
    negated: bool = False
    states: list[str] = field(default_factory=list)
    gerund: bool = False
    """Its verb is a gerund: `by lining the pens up`."""
    out: bool = False
    people: bool = False

    @property
    def is_command(self) -> bool:
        """Return whether it says what is to be done."""
        return self.frame != "describe"

    @property
    def about(self) -> list[Phrase]:
        """The subject of the clause."""
        return self.objects if self.is_command else self.subjects


class Sentence:
    """A sentence that is being read from left to right, and the clauses that were found in it.

    Args:
        words: all words of the prompt.
        start, end: the sentence is the words from `start` to before `end`.
        phrases: reads noun phrases.
        notes: is given what was passed over.
        before: the clauses of the sentences before.
    """

    def __init__(
        self,
        words: Sequence[Word],
        start: int,
        end: int,
        phrases: PhraseReader,
        notes: list[str],
        before: tuple[Clause, ...],
    ) -> None:
        self.words, self.phrases, self.notes, self.before = words, phrases, notes, before
        self.row = segments(words, start, end, phrases)
        self.at = 0
        """Index of the segment that is read next."""
        self.found: list[Clause] = []
        self.draft = Draft()
        self.waiting: Place | None = None
        """A preposition or verb that waits for its object."""
        self.last: Phrase | None = None
        self.comma = self.conjoined = self.alternative = self.sequel = False
        """What joins the next segment to those before: a comma, `and`, `or`, `then`."""
        self.negated = self.excluding = self.each = False
        self.subordinate: Phrase | None = None
        """The noun phrase that a relative clause or a participle describes."""
        self.relative = False
        """A relative pronoun was read."""
        self.passive = ""
        """A participle that `by` or `with` may complete: `flanked`."""
        self.settled: tuple[int, ...] = ()
        """Words of a verb such as `lying`, which the next preposition completes."""
        self.itemized = False
        """It stands after a colon."""
        self.wished = False
        """What follows is asked for: `make sure that`."""
        self.condition = ""
        self.owners: dict[int, int] = {}
        """Head word of what each verb is said of; -1 if it has several subjects."""
        self.carried: list[Place] = []
        """Places at the front of the sentence, which hold for its coordinate clauses too."""
        self.pool: dict[int, Phrase] = {}
        """The noun phrases of the sentence by their head words."""
        self.siblings: dict[int, int] = {}
        """Head words of what each noun phrase stands beside, where that is not said."""
        self.others: set[int] = set()
        """Head words of `another`, which stands to what follows as the one before does."""
        self.targets: dict[str, Phrase] = {}
        """What followed each preposition last, which `the other one` after it speaks of."""

    def subject_before(self) -> int:
        """Return the head word of what the clause before is about; -1 if there is none."""
        before = [*self.before, *self.found]
        subjects = [item for clause in before for item in clause.objects if item.kind == "object"]
        return subjects[-1].head if subjects else -1

    def peek(self) -> Segment | None:
        """Return the next segment, if there is one."""
        return self.row[self.at] if self.at < len(self.row) else None

    def joined(self) -> bool:
        """Return whether a comma or `and` stands before the segment that is read."""
        return self.comma or self.conjoined

    def places(self) -> list[Place]:
        """Return the places of the clause, or those before its subject while it has none."""
        return self.draft.places if self.has_subject() else self.draft.fronted

    def has_subject(self) -> bool:
        """Return whether the clause has begun."""
        return bool(self.draft.about) or self.draft.is_command

    def add_place(self, place: Place) -> None:
        """Add a place to the clause."""
        self.places().append(place)

    def length_at(self, at: int) -> bool:
        """Return whether a length stands somewhere in the row: `10 cm`."""
        return at < len(self.row) and self.words[self.row[at].start].token.kind == "side"

    def place_follows(self) -> bool:
        """Return whether a preposition with an object, or a length, follows."""
        if self.length_at(self.at):
            return True
        following = self.peek()
        return following is not None and following.kind == "place" and not following.alone

    def verb_follows(self) -> bool:
        """Return whether a finite verb follows."""
        return self.peek_tag() in ("VBZ", "VBP", "VBD", "MD")

    def participle_follows(self) -> bool:
        """Return whether a participle follows."""
        return self.peek_tag() in ("VBN", "VBG")

    def verb_after_to(self) -> bool:
        """Return whether the `to` that is read belongs to an infinitive."""
        following = self.peek()
        return following is not None and following.kind == "verb"

    def peek_tag(self) -> str:
        """Return the part of speech of the verb that follows; nothing if none does."""
        following = self.peek()
        return self.words[following.start].tag if following is not None and following.kind == "verb" else ""

    def clause_follows(self) -> bool:
        """Return whether a clause follows: `before you close it`, `after opening it`."""
        kinds = [segment.kind for segment in self.row[self.at : self.at + 2]]
        return kinds[:1] == ["verb"] or (kinds == ["noun", "verb"] and self.is_finite_at(self.at + 1))

    def is_finite_at(self, at: int) -> bool:
        """Return whether a segment is a finite verb."""
        return self.words[self.row[at].start].tag in ("VBZ", "VBP", "VBD", "MD", "VB")

    def is_known(self, phrase: Phrase) -> bool:
        """Return whether a noun phrase with `the` names something that was named before."""
        if not phrase.definite or phrase.bare:
            return False
        clauses = (*self.before, *self.found)
        said = [
            p
            for clause in clauses
            for p in (*clause.objects, *(q for pl in clause.places for q in pl.phrases))
        ]
        said += [p for head, p in self.pool.items() if head < phrase.head]
        return any(p.noun.split()[-1:] == phrase.noun.split()[-1:] for p in said)

    def in_draft(self, head: int) -> bool:
        """Return whether the noun phrase with a head word is in the clause that is read."""
        draft = self.draft
        places = (*draft.places, *draft.fronted)
        known = [*draft.subjects, *draft.objects, *(p for place in places for p in place.phrases)]
        return any(phrase.head == head for phrase in known)

    def follows_command(self) -> bool:
        """Return whether the clause that is read, or the one before, is an instruction."""
        if self.draft.is_command and self.draft.verb:
            return True
        before = [*self.before, *self.found]
        return bool(before) and is_command(before[-1])

    def describes_room(self) -> bool:
        """Return whether the room was spoken of before."""
        clauses = (*self.before, *self.found)
        return any(phrase.kind == "room" for clause in clauses for phrase in clause.objects)

    def phrase(self, start: int, end: int, *, opening: bool = False, of: bool = False) -> Phrase | None:
        """Read the noun phrase from word `start` to before `end`; see `PhraseReader.read`."""
        indices = tuple(range(start, end))
        row = tuple(self.words[k].token for k in indices)
        return self.phrases.read(row, indices, opening=opening, of=of)

    def draft_has_verb(self) -> bool:
        """Return whether the clause that is read has its verb."""
        return bool(self.draft.verb or self.draft.words)

    def drop_place(self) -> None:
        """Give up a preposition that waits for an object."""
        self.waiting = None

    def is_spared(self, phrase: Phrase) -> bool:
        """Return whether `but` or `except` stands before a noun phrase."""
        before = phrase.words[0] - 1 if phrase.words else -1
        return before >= 0 and self.words[before].text in _SPARING


def stands(phrase: Phrase) -> bool:
    """Return whether a noun phrase is for furniture that stands on the floor."""
    return phrase.category is not None and phrase.category.mount == "floor" and not phrase.category.covering


def is_room(phrase: Phrase) -> bool:
    """Return whether a noun phrase is the room itself: `a room`, `the kitchen`."""
    return phrase.kind == "room" or (phrase.kind == "place" and phrase.noun == "room")
