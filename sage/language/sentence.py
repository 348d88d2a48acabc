"""Parser state of one sentence, updated as its segments are read from left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.clauses import Clause, Place, is_command
from sage.language.phrases import Phrase, PhraseReader
from sage.language.segments import Segment, segments

__all__ = ["DIRECTED", "HOLDING", "Draft", "Sentence", "is_furniture"]

HOLDING = ("with", "contains", "topped")
DIRECTED = ("to", "into", "onto")
_SPARING = ("but", "except", "excluding", "minus")


@dataclass
class Draft:
    """A clause under construction."""

    frame: lexicon.Frame = "describe"
    verb: str = ""
    subjects: list[Phrase] = field(default_factory=list)
    objects: list[Phrase] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    contents: list[Phrase] = field(default_factory=list)
    """Objects that something is loaded or laid with."""
    words: list[int] = field(default_factory=list)
    """Indices of the words of its verb."""
    fronted: list[Place] = field(default_factory=list)
    """Places before the subject."""
    before_verb: int = 0
    """Number of places between subject and verb."""
    inverted: bool = False
    """Whether the subject follows the verb."""
    leading: int = 0
    """Number of places before the verb of an instruction."""
    obligation: bool = False
    """Whether it states an obligation: `should`, `must`."""
    expletive: bool = False
    """Whether it starts with an expletive `there`."""
    negated: bool = False
    states: list[str] = field(default_factory=list)
    """Adjectives after the verb: `make the table bigger`."""
    gerund: bool = False
    """Whether its verb is a gerund: `by lining the pens up`."""
    out: bool = False
    """Whether its verb has the particle `out`: `take out`."""
    people: bool = False

    @property
    def is_command(self) -> bool:
        """Whether the clause is an instruction."""
        return self.frame != "describe"

    @property
    def about(self) -> list[Phrase]:
        """Objects of an instruction, subjects of a statement."""
        return self.objects if self.is_command else self.subjects


class Sentence:
    """Parser state of one sentence: position, draft clause and completed clauses.

    Args:
        words: all words of the prompt.
        start: index of the first word of the sentence.
        end: index after its last word.
        phrases: parser of noun phrases.
        notes: collects messages about words without effect.
        before: clauses of the previous sentences.
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
        """Index of the next segment."""
        self.found: list[Clause] = []
        self.draft = Draft()
        self.waiting: Place | None = None
        """Preposition or verb whose object has not been read yet."""
        self.last: Phrase | None = None
        self.comma = self.conjoined = self.alternative = self.sequel = False
        """Which of comma, `and`, `or` and `then` precede the next segment."""
        self.negated = self.excluding = self.each = False
        self.subordinate: Phrase | None = None
        """Noun phrase that the current relative clause or participle modifies."""
        self.relative = False
        """Whether a relative pronoun was just read."""
        self.passive = ""
        """Participle that `by` or `with` may complete: `flanked`."""
        self.verb_words: tuple[int, ...] = ()
        """Indices of the words of a verb such as `lying` that the next preposition completes."""
        self.itemized = False
        """Whether the sentence follows a colon."""
        self.requested = False
        """Whether a request precedes the clause: `make sure that`."""
        self.condition = ""
        """Conjunction of the current subordinate clause, such as `if` or `before`."""
        self.owners: dict[int, int] = {}
        """Head word of the subject by index of the verb; -1 if the verb has several subjects."""
        self.carried: list[Place] = []
        """Places at the front of the sentence, which apply to its coordinate clauses too."""
        self.pool: dict[int, Phrase] = {}
        """Noun phrases of the sentence by head word."""
        self.siblings: dict[int, int] = {}
        """Head word of the implied neighbour of each noun phrase, by its own head word."""
        self.others: set[int] = set()
        """Head words of phrases with `another` that repeat the place of the phrase before."""
        self.targets: dict[str, Phrase] = {}
        """Last object of each preposition, the referent of `the other one` after the same preposition."""

    def subject_before(self) -> int:
        """Return the head word of the last object of the previous clauses, or -1."""
        before = [*self.before, *self.found]
        subjects = [item for clause in before for item in clause.objects if item.kind == "object"]
        return subjects[-1].head if subjects else -1

    def peek(self) -> Segment | None:
        """Return the next segment, or None at the end of the sentence."""
        return self.row[self.at] if self.at < len(self.row) else None

    def joined(self) -> bool:
        """Return whether a comma or `and` precedes the current segment."""
        return self.comma or self.conjoined

    def places(self) -> list[Place]:
        """Return the list that new places of the clause go to; before the subject, the fronted ones."""
        return self.draft.places if self.has_subject() else self.draft.fronted

    def has_subject(self) -> bool:
        """Return whether the clause has a subject or is an instruction."""
        return bool(self.draft.about) or self.draft.is_command

    def add_place(self, place: Place) -> None:
        """Add a place to the clause."""
        self.places().append(place)

    def length_at(self, at: int) -> bool:
        """Return whether segment `at` is a length: `10 cm`."""
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
        """Return whether the current `to` belongs to an infinitive."""
        following = self.peek()
        return following is not None and following.kind == "verb"

    def peek_tag(self) -> str:
        """Return the part-of-speech tag of the next segment if it is a verb, else empty."""
        following = self.peek()
        return self.words[following.start].tag if following is not None and following.kind == "verb" else ""

    def clause_follows(self) -> bool:
        """Return whether a clause follows: `before you close it`, `after opening it`."""
        kinds = [segment.kind for segment in self.row[self.at : self.at + 2]]
        return kinds[:1] == ["verb"] or (kinds == ["noun", "verb"] and self.is_finite_at(self.at + 1))

    def is_finite_at(self, at: int) -> bool:
        """Return whether segment `at` is a finite verb."""
        return self.words[self.row[at].start].tag in ("VBZ", "VBP", "VBD", "MD", "VB")

    def is_known(self, phrase: Phrase) -> bool:
        """Return whether a definite noun phrase repeats a noun used before."""
        if not phrase.definite or phrase.bare:
            return False
        clauses = (*self.before, *self.found)
        earlier = [
            p
            for clause in clauses
            for p in (*clause.objects, *(q for pl in clause.places for q in pl.phrases))
        ]
        earlier += [p for head, p in self.pool.items() if head < phrase.head]
        return any(p.noun.split()[-1:] == phrase.noun.split()[-1:] for p in earlier)

    def in_draft(self, head: int) -> bool:
        """Return whether the noun phrase with a head word belongs to the current clause."""
        draft = self.draft
        places = (*draft.places, *draft.fronted)
        known = [*draft.subjects, *draft.objects, *(p for place in places for p in place.phrases)]
        return any(phrase.head == head for phrase in known)

    def follows_command(self) -> bool:
        """Return whether the current clause or the one before is an instruction."""
        if self.draft.is_command and self.draft.verb:
            return True
        before = [*self.before, *self.found]
        return bool(before) and is_command(before[-1])

    def describes_room(self) -> bool:
        """Return whether an earlier clause is about a room."""
        clauses = (*self.before, *self.found)
        return any(phrase.kind == "room" for clause in clauses for phrase in clause.objects)

    def phrase(self, start: int, end: int, *, opening: bool = False, of: bool = False) -> Phrase | None:
        """Parse the noun phrase in words `start` to `end` (exclusive); see `PhraseReader.read`."""
        indices = tuple(range(start, end))
        row = tuple(self.words[k].token for k in indices)
        return self.phrases.read(row, indices, opening=opening, of=of)

    def draft_has_verb(self) -> bool:
        """Return whether the verb of the current clause has been read."""
        return bool(self.draft.verb or self.draft.words)

    def drop_place(self) -> None:
        """Discard a preposition whose object was not found."""
        self.waiting = None

    def is_excepted(self, phrase: Phrase) -> bool:
        """Return whether `but` or `except` precedes a noun phrase."""
        before = phrase.words[0] - 1 if phrase.words else -1
        return before >= 0 and self.words[before].text in _SPARING


def is_furniture(phrase: Phrase) -> bool:
    """Return whether a noun phrase names floor-standing furniture."""
    return phrase.category is not None and phrase.category.mount == "floor" and not phrase.category.covering


def is_room(phrase: Phrase) -> bool:
    """Return whether a noun phrase names a room: `a room`, `the kitchen`."""
    return phrase.kind == "room" or (phrase.kind == "place" and phrase.noun == "room")
