"""Reading the clauses of a prompt from its parsed words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.clauses import IT, THERE, Clause, Place, is_command
from sage.language.phrases import Phrase, PhraseReader, is_attribute, is_result
from sage.language.segments import Segment, segments
from sage.vocabulary import Vocabulary

__all__ = ["ClauseReader"]

_SENTENCE_ENDS = (".", "!", "?", ";", ":")
_WITH_TOOLS = ("idle", "open", "close", "clear", "turn")
"""Frames in which `with` names a tool, not contents."""
_HOLDING = ("with", "contains", "topped")
_CONDITIONS = frozenset(
    "if when once while until before after because as since unless whenever although though whether".split()
)
_DUTIES = frozenset("should must shall need ought have belong go has needs".split())
_SWITCHED = ("on", "off", "open", "closed", "shut")
_SPARING = ("but", "except", "excluding", "minus")
_ALL_THINGS = ("everything", "all", "all things", "anything")
_LISTED = ("conj", "appos")
_FRONTED = ("on", "in", "middle_of", "corner_of", "against", "under", "next_to", "flanking", "near", "at")
_ENSURING = ("make sure", "ensure", "see to it", "be sure", "make certain", "check", "verify")
_MEASURES = frozenset("degrees degree deg percent times minutes seconds hours bit little tad".split())
_SIDES = {
    "left_side": "left", "right_side": "right", "front_side": "front", "back_side": "back",
    "middle_of": "middle",
    "in_front_of": "front",
}  # fmt: skip
"""Places without an object that choose one of several: `the book on the left`."""
_PUTTING = ("move", "take", "stack", "load", "lay", "forbid")
"""Frames whose places say where something is or goes."""
_ADJACENT = {"adjacent": "next_to", "nearby": "near", "adjoining": "next_to", "neighbouring": "next_to"}
_CENTERED = ("centered", "centred")
_LATERAL = ("left_of", "right_of", "in_front_of", "behind", "next_to", "near")
_NAMING = ("mentions", "sees", "contains")
_MADE = frozenset("make paint finish upholster color colour carve craft build stain wrap bind".split())
_DIRECTED = ("to", "into", "onto")


@dataclass
class _Draft:
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
        return self.frame != "describe"

    @property
    def about(self) -> list[Phrase]:
        """What the clause speaks of."""
        return self.objects if self.is_command else self.subjects


class ClauseReader:
    """Reads the clauses of a prompt; `notes` has what was passed over, `recorded` what is not simulated."""

    def __init__(self, words: Sequence[Word], vocabulary: Vocabulary) -> None:
        self._words = words
        self._phrases = PhraseReader(vocabulary)
        self._vocabulary = vocabulary
        self.notes: list[str] = []

    def read(self) -> tuple[Clause, ...]:
        """Return all clauses in order."""
        found: list[Clause] = []
        for start, end in self._sentences():
            sentence = _Sentence(self._words, start, end, self._phrases, self.notes, tuple(found))
            found += sentence.read()
        return tuple(found)

    def _sentences(self) -> Iterator[tuple[int, int]]:
        start = 0
        for at, word in enumerate(self._words):
            if word.is_mark and word.text in _SENTENCE_ENDS:
                if at > start:
                    yield start, at
                start = at + 1
        if start < len(self._words):
            yield start, len(self._words)


class _Sentence:
    """Reads one sentence from left to right."""

    def __init__(
        self,
        words: Sequence[Word],
        start: int,
        end: int,
        phrases: PhraseReader,
        notes: list[str],
        before: tuple[Clause, ...],
    ) -> None:
        self._words, self._phrases, self._notes, self._before = words, phrases, notes, before
        self._row = segments(words, start, end, phrases)
        self._at = 0
        self._found: list[Clause] = []
        self._draft = _Draft()
        self._place: Place | None = None
        """A preposition or verb that waits for its object."""
        self._list: list[Phrase] | None = None
        """What the next noun phrase after a comma or `and` may belong to."""
        self._list_place: int | None = None
        """Which of the draft's places `_list` belongs to."""
        self._last: Phrase | None = None
        self._comma = self._and = False
        self._subordinate: Phrase | None = None
        """The noun phrase that a relative clause or a participle describes."""
        self._relative = False
        self._passive = ""
        self._settled: tuple[int, ...] = ()
        """Words of a verb such as `lying`, which the next preposition completes."""
        self._wished = False
        self._condition = ""
        self._each = False
        self._not = self._excluding = self._or = self._then = False
        self._owners: dict[int, int] = {}
        """Head word of what each verb is said of."""
        self._carried: list[Place] = []
        """Places at the front of the sentence, which hold for its coordinate clauses too."""
        self._pool: dict[int, Phrase] = {}
        self._siblings: dict[int, int] = {}
        """Head words of what each noun phrase stands beside, where that is not said."""
        self._targets: dict[str, Phrase] = {}
        """What followed each preposition last, which `the other one` after it speaks of."""

    def read(self) -> list[Clause]:
        while self._at < len(self._row):
            segment = self._row[self._at]
            self._at += 1
            handle = getattr(self, f"_read_{segment.kind}")
            handle(segment)
            if segment.kind not in ("and", "mark", "word"):
                self._comma = self._and = False
        self._finish()
        return self._found

    # Joints.

    def _read_mark(self, segment: Segment) -> None:
        self._comma = True
        self._drop_place()
        following = self._peek()
        goes_on = following is not None and (
            following.kind == "place" or self._words[following.start].tag in ("VBN", "VBG")
        )
        if self._condition and self._draft_has_verb() and not goes_on:
            self._finish()
            self._condition = ""
        self._relative = False
        self._subordinate = None

    def _read_and(self, segment: Segment) -> None:
        self._and = True
        self._or = segment.text == "or" and not self._excluding
        self._then = segment.text == "then"

    def _read_relative(self, segment: Segment) -> None:
        if self._wished and self._last is None:
            return
        following = self._peek()
        if segment.text == "where" and self._last is not None and following is not None:
            if following.kind == "noun":
                self._start_there(self._last)
                return
        self._relative = self._last is not None

    def _start_there(self, antecedent: Phrase) -> None:
        """Start a clause about what is where: `a table where puzzles lie`."""
        self._finish()
        if antecedent.kind == "object":
            known = replace(antecedent, definite=True, new=False)
            self._draft.fronted.append(Place("at", (known,)))

    def _read_not(self, segment: Segment) -> None:
        self._not = True

    def _read_word(self, segment: Segment) -> None:
        text = segment.text
        self._excluding = False
        draft = self._draft
        if draft.is_command and draft.objects and f"{draft.verb} {text}" in lexicon.VERBS:
            draft.verb, draft.out = f"{draft.verb} {text}", draft.out or text == "out"
            draft.frame = lexicon.VERBS[draft.verb]
            draft.words.append(segment.start)
            return
        token = self._words[segment.start].token
        if token.kind == "size":
            self._found.append(Clause("describe", "", (Phrase("place", "room", "room", size=token.size),)))
            return
        if self._draft.words and not self._draft.is_command and (is_attribute(text) or text in _SWITCHED):
            self._draft.states.append(text)
            self._draft.words.append(segment.start)
        if draft.is_command and draft.objects and draft.verb in lexicon.RESULTS and is_result(text):
            draft.states.append(text)
            draft.words.append(segment.start)
        if draft.is_command and (
            text in lexicon.DIRECTIONS or text in lexicon.MANNER or token.kind == "side"
        ):
            self._add_place(Place("nowhere", (), words=(segment.start,)))
            return
        if self._subordinate is not None and (text in lexicon.STATES or text in _SWITCHED):
            self._add_state(segment)
            return
        if text in _CONDITIONS:
            self._carried = [place for place in self._carried if place.relation in ("on", "in")]
            self._condition = text
            following = self._peek()
            apart = text not in ("before", "after", "while") or (
                following is not None and following.kind == "noun"
            )
            if self._draft_has_verb() and apart:
                self._finish()
        elif text == "there":
            if self._is_place_pronoun():
                self._add_place(Place("to", (THERE,), words=(segment.start,)))
            else:
                self._begin().expletive = True
        elif text == "each":
            self._each = True
        elif text == "so":
            self._condition = "so"

    def _add_state(self, segment: Segment) -> None:
        """Take in the state that a relative clause tells: `the microwave, which is open`."""
        assert self._subordinate is not None
        state = Phrase("pronoun", segment.text, segment.text)
        words = (segment.start,)
        self._add_place(Place("state", (state,), bound=True, host=self._subordinate.head, words=words))

    def _is_place_pronoun(self) -> bool:
        following = self._row[self._at] if self._at < len(self._row) else None
        return self._draft.is_command and (following is None or following.kind in ("mark", "and"))

    # Noun phrases.

    def _read_noun(self, segment: Segment) -> None:
        if self._words[segment.end - 1].text in _MEASURES:
            if self._draft.is_command:
                self._add_place(Place("nowhere", (), words=tuple(range(segment.start, segment.end))))
            return
        phrase = self._phrase(segment)
        if phrase is None or self._continues_purpose(phrase):
            return
        self._pool[phrase.head] = phrase
        if self._draft.is_command and phrase.kind == "pronoun" and self._verb_follows():
            self._subject(phrase)
            return
        if self._or and self._joined():
            self._notes.append(f"'or {phrase.text}' leaves a choice: the first is taken")
            self._or = False
            return
        following = self._peek()
        if phrase.text == "each" and following is not None and following.kind == "place":
            self._each = True
            return
        if self._not and self._draft.is_command and self._draft.objects and self._is_spared(phrase):
            self._not = False
            self._draft.objects.append(phrase)
            return
        if (self._not or (self._excluding and self._joined())) and not self._draft.is_command:
            self._exclude(phrase)
            return
        self._excluding = False
        looks = self._places()[-1] if self._places() else None
        if self._place is not None:
            self._target(phrase)
        elif self._joined() and looks is not None and looks.relation == "looks" and self._looks(phrase):
            self._places()[-1] = replace(looks, phrases=(*looks.phrases, phrase))
            return
        elif self._joined() and self._continue_list(phrase):
            pass
        elif self._takes_object(phrase):
            self._draft.objects.append(phrase)
            self._list, self._list_place = self._draft.objects, None
        else:
            self._subject(phrase)
        self._sibling(phrase)
        self._last = phrase
        self._adjacent(phrase)

    def _sibling(self, phrase: Phrase) -> None:
        """Remember what a noun phrase stands beside: the one before it in its list, or the clause before."""
        holder = next((p.host for p in self._places() if p.relation in _HOLDING and phrase in p.phrases), -1)
        if holder in self._pool and self._pool[holder].kind == "object":
            self._siblings[phrase.head] = holder
            return
        draft = self._draft
        for row in (draft.subjects, draft.objects, *(place.phrases for place in self._places())):
            heads = [item.head for item in row]
            if phrase.head in heads[1:]:
                self._siblings[phrase.head] = heads[heads.index(phrase.head) - 1]
                return
        if draft.subjects and draft.subjects[0].head == phrase.head:
            self._siblings[phrase.head] = self._subject_before()

    def _subject_before(self) -> int:
        """Return the head word of what the clause before is about; -1 if there is none."""
        before = [*self._before, *self._found]
        subjects = [item for clause in before for item in clause.objects if item.kind == "object"]
        return subjects[-1].head if subjects else -1

    def _adjacent(self, phrase: Phrase) -> None:
        """Take in `an adjacent nightstand` as a place."""
        if phrase.kind != "object":
            return
        for index in phrase.words[:-1]:
            relation = _ADJACENT.get(self._words[index].text)
            if relation is not None:
                anchor = self._siblings.get(phrase.head, -1)
                self._add_place(Place(relation, (), host=phrase.head, words=(index,), anchor=anchor))

    def _phrase(self, segment: Segment) -> Phrase | None:
        """Read a noun phrase with what `of`, `'s` and `from the left` add to it."""
        start, end = segment.start, segment.end
        following = self._peek()
        if following is not None and following.text == "of" and self._only_counts(start, end):
            whole = self._row[self._at + 1] if self._at + 1 < len(self._row) else None
            if whole is not None and whole.kind == "noun":
                self._at += 2
                end = whole.end
                following = self._peek()
        row = tuple(self._words[k].token for k in range(start, end))
        opening = not (self._before or self._found or self._draft.is_command)
        of = following is not None and (following.text == "of" or self._from_side() != "")
        indices = tuple(range(start, end))
        phrase = self._phrases.read(row, indices, opening=opening, of=of)
        if phrase is None:
            return None
        while (following := self._peek()) is not None:
            after = self._row[self._at + 1] if self._at + 1 < len(self._row) else None
            if following.text == "'s" and after is not None and after.kind == "noun":
                self._at += 2
                inner = tuple(range(after.start, after.end))
                owned = self._phrases.possessed(phrase, tuple(self._words[k].token for k in inner), inner)
                phrase = owned or phrase
            elif following.text == "of" and after is not None and after.kind == "noun":
                self._at += 2
                whole_phrase = self._phrase(after)
                phrase = phrase if whole_phrase is None else self._phrases.of(phrase, whole_phrase)
            elif (side := self._from_side()) and (phrase.rank or phrase.kind == "part"):
                self._at += 2
                phrase = self._counted(phrase, side)
            else:
                break
        return phrase

    def _counted(self, phrase: Phrase, side: str) -> Phrase:
        if phrase.kind == "part" and side == "bottom" and phrase.ordinal.isdigit():
            return replace(phrase, part=f"{phrase.part.partition('_')[0]}_-{phrase.ordinal}")
        return self._phrases.counted_from(phrase, side) if phrase.kind != "part" else phrase

    def _from_side(self) -> str:
        """Return `left` if `from the left` follows."""
        pair = self._row[self._at : self._at + 2]
        text = " ".join(segment.text for segment in pair)
        if text in ("from the top", "from the bottom"):
            return text.rpartition(" ")[2]
        return lexicon.FROM_SIDES.get(text, "")

    def _only_counts(self, start: int, end: int) -> bool:
        texts = [self._words[k].text for k in range(start, end)]
        return all(
            text in lexicon.NUMBERS or text in lexicon.ARTICLES or text in ("half", "most", "all", "each",
            "some", "many", "every", "any", "none", "several") or self._words[k].token.kind == "number"
            for k, text in zip(range(start, end), texts, strict=True)
        )  # fmt: skip

    def _peek(self) -> Segment | None:
        return self._row[self._at] if self._at < len(self._row) else None

    def _joined(self) -> bool:
        return self._comma or self._and

    def _takes_object(self, phrase: Phrase) -> bool:
        draft = self._draft
        if not draft.is_command or len(draft.places) > draft.leading:
            return False
        if draft.objects and draft.objects[0].noun == "person" and len(draft.objects) == 1:
            draft.objects.clear()
            draft.people = True
        return not draft.objects

    def _target(self, phrase: Phrase) -> None:
        """Give a waiting preposition or verb its object."""
        assert self._place is not None
        self._place, phrase = self._with_side(self._place, phrase)
        last = self._words[phrase.head].text if phrase.head >= 0 else ""
        if phrase.part == "region" and last in ("foot", "head") and self._place.relation == "at":
            self._place = replace(self._place, relation=f"{last}_of")
        if self._place.relation in ("in", "of") and self._looks(phrase):
            self._place = replace(self._place, relation="looks", bound=True)
        relation = self._place.relation
        plain = phrase.kind == "pronoun" and phrase.noun == "one" and not phrase.attributes
        if plain and relation in self._targets and not phrase.counted:
            phrase = replace(self._targets[relation], head=phrase.head, words=phrase.words, definite=True)
        elif phrase.kind == "object":
            self._targets[relation] = phrase
        place = replace(self._place, phrases=(phrase,))
        if phrase.kind == "pronoun" and phrase.noun == "it":
            place = replace(place, anchor=self._siblings.get(place.host, -1))
        if relation == "across" and phrase.noun == "room":
            subject = self._draft.subjects[0].head if self._draft.subjects else self._subject_before()
            place = replace(place, phrases=(), anchor=subject, words=(*place.words, *phrase.words))
        self._place = self._subordinate = None
        self._add_place(place)
        self._list_place = len(self._places()) - 1
        self._list = None

    def _looks(self, phrase: Phrase) -> bool:
        """Tell whether only attributes follow a preposition: `in bright orange`, `of dark oak`."""
        texts = [self._words[k].text for k in phrase.words]
        made = any(text in lexicon.COLOURS or text in lexicon.MATERIALS for text in texts)
        return made and all(is_attribute(text) for text in texts)

    def _with_side(self, place: Place, phrase: Phrase) -> tuple[Place, Phrase]:
        """Read `line its long sides` as being at its long side."""
        texts = [self._words[k].text for k in phrase.words]
        if not texts or not any(text in ("side", "sides") for text in texts):
            return place, phrase
        side = next((text for text in texts if text in ("long", "short", "longer", "shorter")), "")
        if not side:
            return place, phrase
        its = phrase.category is None
        if its:
            place = replace(place, words=(*place.words, *phrase.words))
        relation = "long_side" if side.startswith("long") else "short_side"
        return replace(place, relation=relation), replace(
            IT, head=phrase.head, words=phrase.words
        ) if its else phrase

    def _places(self) -> list[Place]:
        return self._draft.places if self._has_subject() else self._draft.fronted

    def _has_subject(self) -> bool:
        return bool(self._draft.about) or self._draft.is_command

    def _add_place(self, place: Place) -> None:
        self._places().append(place)

    def _continue_list(self, phrase: Phrase) -> bool:
        """Add a noun phrase after a comma or `and` to the list that it continues, if there is one."""
        places = self._places()
        if self._draft.inverted and not self._is_held(phrase) and self._goes_on(phrase):
            before = self._draft
            self._finish()
            self._draft = _Draft(
                fronted=list(before.fronted), verb=before.verb, inverted=True, duty=before.duty,
                expletive=before.expletive, subjects=[phrase],
            )  # fmt: skip
            return True
        if self._draft.is_command and self._draft.places and self._place_follows() and not self._is_between():
            self._again(phrase)
            return True
        for at in self._candidate_places(phrase):
            place = places[at]
            if self._fits(place, phrase):
                places[at] = replace(place, phrases=(*place.phrases, phrase))
                self._list_place = at
                return True
        draft = self._draft
        if draft.duty and self._place_follows() and draft.places:
            verb = draft.verb
            self._finish()
            self._draft = _Draft(verb=verb, duty=True)
            self._draft.subjects.append(phrase)
            return True
        if draft.is_command:
            if len(draft.places) > draft.leading:
                return False
            draft.objects.append(phrase)
            return True
        shares = self._shares_verb() or (self._and and not self._comma and self._participle_follows())
        if draft.subjects and not self._draft_has_verb() and not draft.places and shares:
            draft.subjects.append(phrase)
            return True
        return False

    def _is_held(self, phrase: Phrase) -> bool:
        """Tell whether a small thing goes on a list of contents: `a desk with a lamp, a pen and`."""
        last = self._draft.places[-1] if self._draft.places else None
        return last is not None and last.relation in _HOLDING and self._fits(last, phrase)

    def _goes_on(self, phrase: Phrase) -> bool:
        """Tell whether subjects after their verb go on: `on the desk are a lamp, a mug and a pen`."""
        if self._verb_follows() or phrase.kind != "object":
            return False
        root = self._words[phrase.head]
        listed = root.dep in _LISTED and any(root.head == s.head for s in self._draft.subjects)
        return self._comma or listed or not self._places_of_subject()

    def _places_of_subject(self) -> bool:
        return bool(self._draft.places)

    def _candidate_places(self, phrase: Phrase) -> list[int]:
        """Return the places whose list a noun phrase may continue, the parser's choice first."""
        places = self._places()
        heads = {p.head: at for at, place in enumerate(places) for p in place.phrases}
        root = phrase.head
        chosen: list[int] = []
        for _ in range(12):
            word = self._words[root]
            if word.dep not in (*_LISTED, "dobj", "pobj", "dep", "npadvmod", "attr") or word.head == root:
                break
            root = word.head
            if root in heads:
                chosen.append(heads[root])
                break
            if word.dep not in _LISTED:
                break
        return list(dict.fromkeys([*chosen, *reversed(range(len(places)))]))

    def _fits(self, place: Place, phrase: Phrase) -> bool:
        """Tell whether a noun phrase can be one more object of a place."""
        last = place.phrases[-1] if place.phrases else None
        if last is None or (phrase.kind in ("pronoun",) and phrase.noun != "one"):
            return False
        if self._verb_follows() and not self._and:
            return False
        if place.relation in (*_HOLDING, "supported"):
            host = self._pool.get(place.host) or (self._draft.subjects[0] if self._draft.subjects else None)
            follows = last is self._last or last.head == (self._last.head if self._last else -1)
            if phrase.bare and not phrase.plural and self._and and not self._comma:
                return follows
            if host is None or host.kind in ("room", "place"):
                return True
            return not _stands(phrase) or (_stands(last) and self._at_side_follows())
        if place.relation in ("between", "divided") and len(place.phrases) == 1 and not last.plural:
            return True
        if place.relation in ("surrounded", "flanked", "beside", "mentions", "centered"):
            ends = self._verb_follows() or self._place_follows() or self._participle_follows()
            return not ends and _stands(last) == _stands(phrase)
        alike = last.definite == phrase.definite and last.kind == phrase.kind
        return (
            self._and and not self._comma and alike and not self._place_follows() and not self._verb_follows()
        )

    def _at_side_follows(self) -> bool:
        """Tell whether a place at a side of something follows: `and a bench along one long side`."""
        texts = {word for segment in self._row[self._at : self._at + 2] for word in segment.text.split()}
        return self._place_follows() and bool(texts & {"side", "sides", "end", "ends"})

    def _is_between(self) -> bool:
        places = self._draft.places
        last = places[-1] if places else None
        return last is not None and last.relation == "between" and len(last.phrases) == 1

    def _length_at(self, at: int) -> bool:
        """Tell whether a length stands somewhere in the row: `10 cm`."""
        return at < len(self._row) and self._words[self._row[at].start].token.kind == "side"

    def _place_follows(self) -> bool:
        if self._length_at(self._at):
            return True
        following = self._peek()
        return following is not None and following.kind == "place" and not following.alone

    def _verb_follows(self) -> bool:
        return self._peek_tag() in ("VBZ", "VBP", "VBD", "MD")

    def _participle_follows(self) -> bool:
        return self._peek_tag() in ("VBN", "VBG")

    def _shares_verb(self) -> bool:
        """Tell whether subjects share the verb that follows: `a vase and a candle sit on the desk`."""
        if not self._and and not self._comma:
            return False
        for segment in self._row[self._at :]:
            if segment.kind == "verb":
                return self._words[segment.start].tag not in ("VBG", "VBN")
            if segment.kind == "place":
                return False
        return False

    def _again(self, phrase: Phrase) -> None:
        """Start a clause with the verb of the one before: `and the plate in the sink`."""
        before = self._draft
        self._finish()
        self._draft = _Draft(frame=before.frame, verb=before.verb, words=[])
        self._draft.objects.append(phrase)

    def _subject(self, phrase: Phrase) -> None:
        """Start to say something of a noun phrase."""
        draft = self._draft
        if any(place.relation in _HOLDING for place in draft.fronted):
            self._finish()
            draft = self._draft
        elif draft.about:
            fronted = self._fronted_again()
            self._finish()
            draft = self._draft
            draft.fronted += fronted
        draft.inverted = (self._draft_has_verb() and bool(draft.fronted)) or draft.expletive
        draft.subjects.append(phrase)
        self._list, self._list_place = draft.subjects, None

    def _fronted_again(self) -> list[Place]:
        """Take the place before a subject out of the clause before: `, and across the room a bath stands`."""
        kinds = [segment.kind for segment in self._row[max(0, self._at - 4) : self._at]]
        if kinds[1:] != ["place", "noun", "noun"] or kinds[0] not in ("and", "mark"):
            return []
        return [replace(self._draft.places.pop(), host=-1)] if self._draft.places else []

    def _exclude(self, phrase: Phrase) -> None:
        self._not, self._excluding, self._place = False, True, None
        self._found.append(Clause("exclude", "no", (phrase,)))

    def _continues_purpose(self, phrase: Phrase) -> bool:
        """Read on after `so that`: `it is between` tells where the thing goes, all else is recorded."""
        following = self._peek()
        if self._condition != "so" or not self._draft.is_command or following is None:
            return False
        if phrase.kind != "pronoun" or following.kind != "verb":
            return False
        lemma = following.text.partition(" ")[0]
        self._condition = ""
        if lexicon.SETTLED.get(lemma) == "":
            self._at += 1
            return True
        if lemma in lexicon.SETTLED:
            return True
        end = next(
            (k for k in range(self._at, len(self._row)) if self._row[k].kind == "mark"), len(self._row)
        )
        words = range(self._row[self._at].start, self._row[end - 1].end)
        self._add_place(Place("purpose", (), words=(*phrase.words, *words)))
        self._at = end
        return True

    # Prepositions.

    def _read_place(self, segment: Segment) -> None:
        words = tuple(range(segment.start, segment.end))
        self._drop_place()
        relation = segment.relation
        if segment.text == "to" and self._verb_after_to():
            return
        if segment.text == "by" and (self._peek_tag() == "VBG" or self._length_at(self._at)):
            return
        if segment.text in _CONDITIONS and self._clause_follows():
            self._condition = segment.text
            return
        if segment.text in lexicon.ADVERBIAL and self._joined() and self._clause_follows():
            self._front(segment)
            return
        if self._joined() and self._draft.subjects and self._inverts():
            self._finish()
        relation = self._participle_relation(segment) or relation
        if (
            self._draft.frame == "forbid"
            and relation in _DIRECTED
            and self._found
            and is_command(self._found[-1])
        ):
            self._resume()
        if self._draft.is_command and relation in _DIRECTED:
            self._subordinate = None
            if self._then and any(place.relation in _DIRECTED for place in self._draft.places):
                self._again(IT)
        host = self._host(segment)
        words, self._settled = (*self._settled, *words), ()
        each = self._each or (host in self._pool and self._pool[host].each)
        place = Place(
            relation, (), bound=self._subordinate is not None, host=host, words=words, each=each,
            negated=self._not,
        )  # fmt: skip
        self._each = self._not = False
        if segment.text in lexicon.OF_IT:
            self._of_it(place)
        elif segment.alone:
            self._alone(place, segment)
        else:
            self._place = place

    def _of_it(self, place: Place) -> None:
        """Take in `to its left`; what flanks a thing or is on it is what stands so."""
        last = self._places()[-1] if self._places() else None
        if (
            last is not None
            and last.host == place.host
            and last.relation in ("flanked", "surrounded", "with")
        ):
            place = replace(place, host=last.phrases[-1].head)
        self._add_place(replace(place, phrases=(IT,), anchor=self._siblings.get(place.host, -1)))

    def _inverts(self) -> bool:
        """Tell whether a place starts a clause whose subject follows: `and by the door lies a mat`."""
        kinds = [segment.kind for segment in self._row[self._at : self._at + 3]]
        return kinds == ["noun", "verb", "noun"] and self._is_finite_at(self._at + 1)

    def _front(self, segment: Segment) -> None:
        """Start a clause with an adverb of place: `and nearby a table stands`."""
        self._finish()
        words = tuple(range(segment.start, segment.end))
        relation = lexicon.ADVERBIAL[segment.text]
        self._draft.fronted.append(Place(relation, (), words=words, anchor=self._subject_before()))

    def _resume(self) -> None:
        """Go on with the instruction before `without touching the vase`."""
        before = self._found.pop()
        self._finish()
        self._draft = _Draft(frame=before.frame, verb=before.verb, words=list(before.words))
        self._draft.objects += before.objects
        self._draft.places += before.places

    def _verb_after_to(self) -> bool:
        following = self._peek()
        return following is not None and following.kind == "verb"

    def _peek_tag(self) -> str:
        following = self._peek()
        return self._words[following.start].tag if following is not None and following.kind == "verb" else ""

    def _clause_follows(self) -> bool:
        """Tell whether a clause follows: `before you close it`, `after opening it`."""
        kinds = [segment.kind for segment in self._row[self._at : self._at + 2]]
        return kinds[:1] == ["verb"] or (kinds == ["noun", "verb"] and self._is_finite_at(self._at + 1))

    def _is_finite_at(self, at: int) -> bool:
        return self._words[self._row[at].start].tag in ("VBZ", "VBP", "VBD", "MD", "VB")

    def _participle_relation(self, segment: Segment) -> str:
        """Return what `by` or `with` means after a participle: `flanked by`, `topped with`."""
        passive, self._passive = self._passive, ""
        if passive in ("center", "centre") and segment.text in ("on", "upon", "around", "about"):
            return "centered"
        if segment.text not in ("by", "with", "in", "of") or not passive:
            return ""
        relation = lexicon.PASSIVE.get(passive, "")
        if segment.text == "in" and relation != "topped":
            return ""
        return relation

    def _host(self, segment: Segment) -> int:
        """Return the head word of the noun phrase that a preposition describes; -1 for the clause's own."""
        if self._subordinate is not None:
            small = self._small_holder(self._subordinate.head, segment)
            return small if small >= 0 else self._subordinate.head
        return self._climbed(self._nearest_host(segment), segment)

    def _climbed(self, head: int, segment: Segment) -> int:
        """Return what a place describes rather than a wall: `on the wall across from the door`."""
        if self._draft.is_command or segment.relation in ("with", "contains"):
            return head
        for _ in range(4):
            phrase = self._pool.get(head)
            known = phrase is not None and self._is_known(phrase) and not self._is_subject(phrase)
            if phrase is None or not (known or phrase.kind == "place"):
                break
            stands = phrase.category is not None and phrase.category.mount == "floor"
            if stands and self._about_small():
                break
            owner = next((p for p in self._places() if any(q.head == head for q in p.phrases)), None)
            if owner is None or owner.relation in _HOLDING:
                break
            head = (
                owner.host
                if owner.host >= 0
                else (self._draft.subjects[0].head if self._draft.subjects else -1)
            )
        return head

    def _is_known(self, phrase: Phrase) -> bool:
        """Tell whether a noun phrase with `the` names something that was named before."""
        if not phrase.definite or phrase.bare:
            return False
        clauses = (*self._before, *self._found)
        said = [
            p
            for clause in clauses
            for p in (*clause.objects, *(q for pl in clause.places for q in pl.phrases))
        ]
        said += [p for head, p in self._pool.items() if head < phrase.head]
        return any(p.noun.split()[-1:] == phrase.noun.split()[-1:] for p in said)

    def _about_small(self) -> bool:
        """Tell whether the clause speaks of something that stands on furniture."""
        first = self._draft.subjects[0] if self._draft.subjects else None
        return first is not None and first.category is not None and first.category.mount == "surface"

    def _is_subject(self, phrase: Phrase) -> bool:
        return any(phrase.head == subject.head for subject in self._draft.subjects)

    def _nearest_host(self, segment: Segment) -> int:
        """Return the head word of the noun phrase that the parser relates a preposition to, or the last."""
        head = self._syntactic_head(segment)
        subjects = {phrase.head for phrase in self._draft.subjects}
        if self._draft_has_verb() and not self._draft.is_command and len(subjects) > 1:
            if head in subjects or self._owners.get(head, 0) == -1:
                return -1
        last = self._last.head if self._last is not None else -1
        if segment.relation == "between" and not self._draft.is_command:
            return last
        if segment.relation in ("with", "contains"):
            return self._with_host(head, segment)
        if self._comma and not self._draft.is_command and (holder := self._holder_of(last)) is not None:
            return holder.head
        if segment.alone:
            return last
        from_last = bool(self._draft.places) and self._draft.places[-1].relation == "from"
        if self._draft.is_command and self._draft.places and self._draft.places[-1].relation == "using":
            return last
        if self._draft.frame == "take" and from_last and segment.relation in ("on", "in", "under"):
            return last
        if head in self._pool and self._in_draft(head):
            if _is_room(self._pool[head]):
                return last
            small = self._small_holder(head, segment)
            return small if small >= 0 else head
        if head in self._owners:
            owner = self._owners[head]
            holder = self._holder_of(last)
            if (
                segment.relation in _LATERAL
                and holder is not None
                and holder.head == owner
                and not self._comma
            ):
                return last
            return last if owner in self._pool and _is_room(self._pool[owner]) else owner
        if self._draft.is_command and self._draft_has_verb():
            return -1 if self._draft.frame in _PUTTING else last
        if self._words[head].tag.startswith("VB") and not self._in_place(head):
            return -1
        return last

    def _small_holder(self, head: int, segment: Segment) -> int:
        """Return what stands there with its contents: `a vase with flowers on the table`; -1 for nothing."""
        following = self._peek()
        again = following is None or following.text in lexicon.PRONOUNS
        wall = following is not None and following.text.split()[-1] in lexicon.ARCHITECTURE
        rests = segment.relation in ("on", "in")
        if again or self._draft.is_command or not (rests or wall):
            return -1
        flanked = self._holder_of(head, ("flanked", "surrounded")) if wall else None
        holder = self._holder_of(head)
        category = self._pool[head].category if head in self._pool else None
        if flanked is not None or holder is None or holder.category is None or category is None:
            return flanked.head if flanked is not None else -1
        small = rests and holder.category.mount == "surface"
        return holder.head if small or (wall and category.mount == "surface") else -1

    def _holder_of(self, head: int, relations: tuple[str, ...] = _HOLDING) -> Phrase | None:
        """Return the furniture that holds a thing: `a table bearing a can, far from the desk`."""
        holding = (place for place in self._places() if place.relation in relations)
        place = next((p for p in holding if any(q.head == head for q in p.phrases)), None)
        holder = self._pool.get(place.host) if place is not None else None
        return holder if holder is not None and holder.kind == "object" else None

    def _with_host(self, head: int, segment: Segment) -> int:
        """Return what `with` describes: after a comma what the clause is about, else what the parser says."""
        subject = self._draft.subjects[0] if self._draft.subjects else None
        about = subject is not None and self._can_hold(subject) and subject.kind != "room"
        if self._comma and subject is not None and about and self._draft_has_verb():
            return subject.head
        if segment.relation == "with" and head in self._pool and self._can_hold(self._pool[head]):
            known = self._pool[head].definite and subject is not None and _stands(subject)
            if known and subject is not None and not subject.definite and self._draft_has_verb():
                return subject.head
            return head
        owner = self._owners.get(head, -1)
        if segment.relation == "with" and owner in self._pool and self._pool[owner].kind != "room":
            return owner
        return self._holder()

    def _in_place(self, index: int) -> bool:
        """Tell whether a word was read as a preposition: `facing`."""
        return any(s.kind == "place" and s.start <= index < s.end for s in self._row)

    def _syntactic_head(self, segment: Segment) -> int:
        at = segment.start
        for _ in range(8):
            head = self._words[at].head
            if head == at:
                return at
            if not segment.start <= head < segment.end and self._words[head].tag not in (
                "IN",
                "RB",
                "TO",
                "RP",
            ):
                return head
            at = head
        return at

    def _in_draft(self, head: int) -> bool:
        draft = self._draft
        places = (*draft.places, *draft.fronted)
        known = [*draft.subjects, *draft.objects, *(p for place in places for p in place.phrases)]
        return any(phrase.head == head for phrase in known)

    def _holder(self) -> int:
        """Return the nearest noun phrase before that something can be with: no corner, no wall."""
        holders = [
            phrase
            for phrase in reversed([*self._pool.values()])
            if self._can_hold(phrase) and self._in_draft(phrase.head)
        ]
        standing = [phrase for phrase in holders if self._comma and _stands(phrase)]
        return next((phrase.head for phrase in (*standing, *holders)), -1)

    def _can_hold(self, phrase: Phrase) -> bool:
        return phrase.kind in ("object", "room", "unknown", "part") or phrase.noun in ("one", "room")

    def _alone(self, place: Place, segment: Segment) -> None:
        """Take in a preposition without an object: `a bin beneath`, `put it inside`, `turn the lamp on`."""
        draft = self._draft
        if draft.is_command and draft.objects and segment.text in ("on", "off", "up", "down", "out", "over"):
            if f"{draft.verb} {segment.text}" in lexicon.VERBS:
                draft.verb = f"{draft.verb} {segment.text}"
                draft.frame = lexicon.VERBS[draft.verb]
            return
        part = self._last is not None and self._last.noun in lexicon.PARTS
        following = self._peek()
        if segment.text in _CENTERED and following is not None and following.kind == "place":
            return
        if place.relation == "outside" or (part and place.relation in ("under", "above")):
            return
        if place.relation in ("manner", "side_by_side"):
            self._add_place(place)
            return
        side = _SIDES.get(place.relation)
        if side is not None and self._tells_wall(side, place):
            return
        if draft.is_command and side is not None and segment.text.startswith("to "):
            self._add_place(Place("nowhere", (), words=place.words))
        elif draft.is_command and side is not None and not draft.places:
            chosen = Phrase("pronoun", side, segment.text)
            host = draft.objects[-1].head if draft.objects else -1
            self._add_place(Place("choice", (chosen,), bound=True, host=host, words=place.words))
        elif place.relation == "between":
            self._add_place(place)
        elif draft.is_command and place.relation in ("in", "on", "under", "next_to", "into", "onto"):
            self._add_place(replace(place, phrases=(THERE,)))
        elif not self._is_contact(place):
            said_of = place.host if place.host >= 0 or not draft.subjects else draft.subjects[0].head
            self._add_place(replace(place, anchor=self._siblings.get(said_of, -1)))
        self._subordinate = None

    def _tells_wall(self, side: str, place: Place) -> bool:
        """Take in `against the wall to the right`; tell whether it is that."""
        places = self._places()
        last = places[-1].phrases[-1] if places and places[-1].phrases else None
        if last is None or last is not self._last or last.noun not in ("wall", "corner"):
            return False
        told = replace(last, text=f"{side} {last.text}", words=(*last.words, *place.words))
        places[-1] = replace(places[-1], phrases=(*places[-1].phrases[:-1], told))
        return True

    def _is_contact(self, place: Place) -> bool:
        """Take in `on top` or `inside` after contents: `a table with a vase on top`."""
        places = self._places()
        last = places[-1] if places else None
        if last is None or last.relation not in _HOLDING or place.relation not in ("on", "in"):
            return False
        places[-1] = replace(last, contact=place.relation, words=(*last.words, *place.words))
        return True

    # Verbs.

    def _read_verb(self, segment: Segment) -> None:
        word = self._words[segment.start]
        self._drop_place()
        if self._ensures(segment) or self._reports(segment) or self._begins(segment, word):
            return
        helps = word.dep in ("aux", "auxpass") and not word.commanded
        if word.tag == "MD" or helps or self._is_auxiliary(segment):
            self._auxiliary(segment, word)
            return
        if self._not and self._draft.is_command and word.tag == "VBG":
            self._forbid(segment)
        elif self._draft.duty and self._and and word.tag in ("VBN", "VBD") and segment.text in lexicon.VERBS:
            self._finish()
            self._draft = _Draft(subjects=[IT], verb=segment.text, duty=True)
        elif self._starts_command(segment, word):
            self._command(segment, word)
        elif self._describes_noun(word):
            self._participle(segment, word)
        else:
            self._predicate(segment, word)

    def _ensures(self, segment: Segment) -> bool:
        """Read `make sure that`, `ensure`: what follows is to hold in the end."""
        following = self._peek()
        sure = segment.text == "make" and following is not None and following.text in ("sure", "certain")
        that = following is not None and (following.kind == "relative" or following.kind == "noun")
        if not (
            sure or (segment.text in ("ensure", "verify", "check") and that and not self._draft.subjects)
        ):
            return False
        if segment.text == "check" and following is not None and following.kind != "relative":
            return False
        self._at += sure
        if self._draft_has_verb():
            self._finish()
        self._draft = _Draft()
        self._wished = True
        return True

    def _begins(self, segment: Segment, word: Word) -> bool:
        """Skip `starting from the left`, which says how something is to be done."""
        if word.tag != "VBG" or segment.text not in ("start", "begin") or not self._draft.is_command:
            return False
        end = next(
            (k for k in range(self._at, len(self._row)) if self._row[k].kind == "mark"), len(self._row)
        )
        words = tuple(range(segment.start, self._row[end - 1].end))
        self._add_place(Place("purpose", (), words=words))
        self._at = end
        return True

    def _reports(self, segment: Segment) -> bool:
        """Read `I want`, `we need`, `let us`: what follows is asked for."""
        lemma = segment.text.partition(" ")[0]
        draft = self._draft
        if lemma == "let" and not draft.subjects:
            following = self._peek()
            us = following is not None and following.kind == "noun" and following.text in ("us", "me")
            self._at += us
            if not us:
                self._finish()
            self._wished = self._wished or not us
            return True
        person = bool(draft.subjects) and draft.subjects[-1].noun == "person"
        if lemma not in lexicon.WISHES or not person:
            return False
        self._draft = _Draft()
        self._wished = True
        return True

    def _is_auxiliary(self, segment: Segment) -> bool:
        """Tell whether `have to`, `need to`, `is to` or `has been` stands here."""
        lemma = segment.text
        following = [self._row[k] for k in range(self._at, min(self._at + 2, len(self._row)))]
        to = (
            bool(following)
            and following[0].text == "to"
            and len(following) > 1
            and following[1].kind == "verb"
        )
        return to and lemma in ("have", "need", "be", "ought", "go")

    def _auxiliary(self, segment: Segment, word: Word) -> None:
        lemma = word.lemma
        to = self._is_auxiliary(segment)
        if word.text in ("should", "must", "shall") or (to and lemma in ("have", "need", "be", "ought")):
            self._draft.duty = True
        if lemma == "be" or word.dep == "auxpass":
            self._draft.words.append(segment.start)

    def _starts_command(self, segment: Segment, word: Word) -> bool:
        if segment.text not in lexicon.VERBS:
            return self._is_unknown_command(segment, word)
        if word.commanded:
            return True
        draft = self._draft
        before = self._row[self._at - 2].text if self._at > 1 else ""
        if before == "to" and draft.is_command and lexicon.SETTLED.get(segment.text) == "facing":
            return False
        actor = bool(draft.subjects) and self._is_actor(draft.subjects[-1])
        following = self._peek()
        object_follows = following is not None and following.kind == "noun"
        meant = draft.duty and object_follows and any(phrase.noun == "it" for phrase in draft.subjects[-1:])
        if actor or meant:
            return True
        follows = self._follows_command()
        led = self._at > 1 and self._row[self._at - 2].text in ("before", "after", "while", "by")
        if led and word.tag == "VBG":
            return True
        again = self._and and word.tag == "VBG" and draft.is_command and draft.gerund
        if again:
            return True
        bare = word.tag in ("VB", "VBP", "VBD") and not draft.subjects and not draft.fronted
        if bare and follows and (self._joined() or not draft.objects):
            return True
        if bare and not (self._before or self._found or draft.subjects):
            return True
        tags = ("VB", "VBP", "VBZ") if not draft.subjects else ("VB", "VBP")
        return self._joined() and follows and word.tag in tags and word.dep in ("conj", "dep", "ROOT")

    def _forbid(self, segment: Segment) -> None:
        """Read `without spilling the water`."""
        self._not = False
        self._finish()
        words = list(range(segment.start, segment.end))
        self._draft = _Draft(frame="forbid", verb=segment.text, words=words)

    def _is_unknown_command(self, segment: Segment, word: Word) -> bool:
        """Tell whether a verb that is not in the lexicon is an imperative: `defragment the disk`."""
        draft = self._draft
        if word.tag != "VB" or draft.subjects or segment.text in ("be", "have"):
            return False
        before = self._row[self._at - 2].text if self._at > 1 else ""
        starts = self._at == 1 or before in ("and", "then", ",", "please")
        return (
            starts
            and (self._at == 1 or self._follows_command())
            and word.dep in ("ROOT", "conj", "ccomp", "dep")
        )

    def _is_actor(self, phrase: Phrase) -> bool:
        words = {*phrase.text.split(), phrase.noun}
        return bool(words & lexicon.ACTORS) or phrase.noun == "person"

    def _follows_command(self) -> bool:
        if self._draft.is_command and self._draft.verb:
            return True
        before = [*self._before, *self._found]
        return bool(before) and is_command(before[-1])

    def _command(self, segment: Segment, word: Word) -> None:
        draft = self._draft
        negated, fronted = draft.negated or self._not, draft.fronted
        actor = bool(draft.subjects) and self._is_actor(draft.subjects[-1])
        told = self._draft_has_verb()
        if not told and (
            actor or (draft.subjects and not draft.is_command and draft.subjects[0].kind == "pronoun")
        ):
            draft.subjects.clear()
            fronted = draft.fronted
            self._draft = _Draft()
        elif draft.subjects or draft.is_command or draft.fronted:
            if draft.fronted and not draft.subjects and not draft.is_command:
                self._draft = _Draft()
            else:
                self._finish()
                fronted = []
        self._not = False
        verb = segment.text
        frame = lexicon.VERBS.get(verb, "idle")
        self._draft = _Draft(frame="forbid" if negated else frame, verb=verb)
        self._draft.places += fronted
        self._draft.leading = len(fronted)
        self._draft.words += list(range(segment.start, segment.end))
        self._draft.out = "out" in verb.split()
        self._draft.gerund = word.tag == "VBG"
        self._last = None
        self._list = self._draft.objects
        self._list_place = None
        self._subordinate = None
        if self._condition in ("without",):
            self._draft.frame = "forbid"

    def _describes_noun(self, word: Word) -> bool:
        """Tell whether a participle or relative clause describes the noun phrase before."""
        if self._last is None or (len(self._draft.subjects) > 1 and not self._draft_has_verb()):
            return False
        if self._relative:
            return True
        if self._draft.words and not self._draft.is_command and self._passive_aux():
            return False
        return word.tag in ("VBG", "VBN", "VBD") and (
            word.dep
            in ("acl", "relcl", "advcl", "amod", "dep", "ccomp", "conj", "pcomp", "xcomp", "appos", "ROOT")
            and not self._is_finite(word)
        )

    def _passive_aux(self) -> bool:
        return any(self._words[k].lemma in ("be", "get") for k in self._draft.words[-1:])

    def _is_finite(self, word: Word) -> bool:
        """Tell whether a past form is the verb of its clause rather than a participle."""
        return (
            word.tag == "VBD"
            and not self._draft_has_verb()
            and word.dep == "ROOT"
            and bool(self._draft.subjects)
        )

    def _participle(self, segment: Segment, word: Word) -> None:
        antecedent = self._antecedent(word)
        self._relative = False
        self._subordinate = antecedent
        self._owners[segment.start] = antecedent.head
        self._tell(segment, word, antecedent.head, passive=word.tag in ("VBN", "VBD"))

    def _antecedent(self, word: Word) -> Phrase:
        """Return what a participle describes: the parser's choice if that is in the clause, else the last."""
        assert self._last is not None
        about = self._draft.subjects[0] if self._draft.subjects else None
        if self._comma and about is not None and word.tag == "VBG" and self._draft_has_verb():
            return about
        if self._relative and self._last.kind != "place":
            return self._last
        found = self._related(word) or self._last
        if found.kind == "part" and (holder := self._holder_of(found.head)) is not None:
            return holder
        if found.kind == "room" and word.lemma in lexicon.PASSIVE:
            standing = (p for head, p in reversed(self._pool.items()) if _stands(p) and self._in_draft(head))
            return next(standing, found)
        if found.kind == "place" and self._draft.about:
            return self._owner_of(found) or self._draft.about[-1]
        relation = lexicon.PASSIVE.get(word.lemma)
        after = self._comma and about is not None and self._draft_has_verb()
        if after and relation == "beside":
            return about or found
        holder = self._holder_of(found.head)
        if after and relation == "topped" and holder is not None and _stands(holder):
            return holder
        holds = lexicon.SETTLED.get(word.lemma) == "contains" or word.lemma in lexicon.PASSIVE
        if holds and about is not None and _stands(about) and found.definite and not about.definite:
            return about
        return found

    def _related(self, word: Word) -> Phrase | None:
        """Return the noun phrase of the clause that the parser relates a participle to."""
        head = word.head
        for _ in range(4):
            if head in self._pool and self._in_draft(head):
                return self._pool[head]
            if self._words[head].dep not in ("conj", "acl", "advcl"):
                break
            head = self._words[head].head
        return None

    def _owner_of(self, phrase: Phrase) -> Phrase | None:
        """Return what a wall, corner or other place was said of: `a sideboard along the wall topped with`."""
        place = next((p for p in self._places() if any(q.head == phrase.head for q in p.phrases)), None)
        return self._pool.get(place.host) if place is not None else None

    def _predicate(self, segment: Segment, word: Word) -> None:
        """Read the verb of a statement."""
        draft = self._draft
        lemma = segment.text.partition(" ")[0]
        if self._draft_has_verb() and self._joined() and not draft.is_command and draft.subjects:
            subjects = list(draft.subjects)
            self._finish()
            draft = self._draft
            draft.subjects += [replace(IT, head=p.head) if p.kind != "room" else p for p in subjects[:1]]
        if not draft.verb:
            draft.before_verb = len(draft.places)
        draft.verb = draft.verb or segment.text
        draft.words += list(range(segment.start, segment.end))
        owner = draft.subjects[0].head if len(draft.subjects) == 1 else -1
        self._owners[segment.start] = owner
        if lemma in ("go", "belong") and not draft.expletive:
            draft.duty = draft.duty or bool(draft.subjects and draft.subjects[0].definite)
        passive = word.tag in ("VBN", "VBD") and self._passive_aux_before(segment)
        acted = passive and segment.text in lexicon.VERBS and lemma not in lexicon.RESTING
        if acted and lemma not in lexicon.PASSIVE and not self._describes_room():
            draft.duty = True
            draft.verb = segment.text
        if draft.duty or self._wished:
            draft.verb = segment.text
        self._tell(segment, word, owner, passive=passive)

    def _describes_room(self) -> bool:
        clauses = (*self._before, *self._found)
        return any(phrase.kind == "room" for clause in clauses for phrase in clause.objects)

    def _passive_aux_before(self, segment: Segment) -> bool:
        return any(
            self._words[k].lemma in ("be", "get") for k in range(max(0, segment.start - 3), segment.start)
        )

    def _tell(self, segment: Segment, word: Word, owner: int, *, passive: bool) -> None:
        """Note what a verb of description says of its subject, and what waits for an object."""
        lemma = segment.text.partition(" ")[0]
        words = tuple(range(segment.start, segment.end))
        following = self._peek()
        on = following is not None and following.text in ("on", "upon", "around", "about")
        if lemma in ("center", "centre") and on:
            self._passive = lemma
            return
        if passive and lemma in lexicon.PASSIVE:
            self._passive, self._settled = lemma, words
            return
        relation = "for" if lemma in ("seat", "accommodate") else lexicon.SETTLED.get(lemma)
        if relation == "" or (lemma in _MADE and word.tag == "VBN"):
            self._settled = words
            return
        bound = self._subordinate is not None
        self._place = Place(relation or "mentions", (), bound=bound, host=owner, words=words)

    def _draft_has_verb(self) -> bool:
        return bool(self._draft.verb or self._draft.words)

    def _drop_place(self) -> None:
        self._place = None

    def _begin(self) -> _Draft:
        """Return the clause that starts here."""
        if self._draft.about or self._draft.places:
            self._finish()
        return self._draft

    # Ends.

    def _finish(self) -> None:
        """Close the clause that is being read."""
        draft, self._draft = self._draft, _Draft()
        self._place, self._list, self._list_place, self._passive = None, None, None, ""
        self._subordinate, self._relative, self._each = None, False, False
        if draft.is_command:
            self._close_command(draft)
        elif draft.subjects:
            self._close_statement(draft)
        elif draft.fronted:
            self._found.append(
                Clause("describe", draft.verb, (), tuple(draft.fronted), words=tuple(draft.words))
            )
            holds = any(place.relation in _HOLDING for place in draft.fronted)
            self._carried = [] if holds else list(draft.fronted)

    def _close_command(self, draft: _Draft) -> None:
        frame, verb, places = draft.frame, draft.verb, list(draft.places)
        objects = list(draft.objects)
        if frame in ("load", "lay") or (
            verb in ("set", "lay") and objects and objects[0].noun in lexicon.LAID
        ):
            filled = [place for place in places if place.relation == "with"]
            draft.contents += [phrase for place in filled for phrase in place.phrases]
            places = [place for place in places if place not in filled]
            if verb in ("set", "lay") and (filled or not places or places[0].relation == "for"):
                frame = "lay"
        directed = [p for p in places if p.relation in ("into", "onto") and p.phrases]
        if frame == "idle" and objects and any(p.phrases[0].kind in ("object", "part") for p in directed):
            frame = "move"
            places = [replace(place, host=-1) for place in places]
        spared = [phrase for phrase in objects if self._is_spared(phrase)]
        objects = [phrase for phrase in objects if phrase not in spared]
        if frame in ("take", "clear") and objects and objects[0].noun in _ALL_THINGS and not draft.out:
            there = [place for place in places if place.relation in ("from", "on", "in") and place.phrases]
            if len(places) == len(there) == 1:
                draft.words += objects[0].words
                if spared:
                    stays = replace(there[0], relation="on")
                    self._found.append(Clause("describe", "remain", tuple(spared), (stays,)))
                frame, objects, places = "clear", list(there[0].phrases), []
        if frame in _WITH_TOOLS:
            places = [replace(p, relation="using") if p.relation == "with" else p for p in places]
        if draft.out and not any(place.relation == "from" for place in places):
            places.insert(0, Place("from", (THERE,), bound=True))
        self._found.append(
            Clause(
                frame,
                verb,
                tuple(objects),
                tuple(places),
                tuple(draft.contents),
                tuple(draft.words),
                tuple(draft.states),
                spared=tuple(spared),
                to_people=draft.people,
            )
        )

    def _is_spared(self, phrase: Phrase) -> bool:
        before = phrase.words[0] - 1 if phrase.words else -1
        return before >= 0 and self._words[before].text in _SPARING

    def _close_statement(self, draft: _Draft) -> None:
        rests = any(place.relation in ("on", "in") for place in self._carried)
        settling = [p for p in _FRONTED if not (rests and p in ("next_to", "near"))]
        settled = any(place.relation in settling and not place.bound for place in draft.places)
        fronted = draft.fronted or ([] if settled or draft.expletive or not draft.verb else self._carried)
        if draft.fronted:
            self._carried = list(draft.fronted)
        small = all(p.category is not None and p.category.mount == "surface" for p in draft.subjects)
        asks = draft.expletive and draft.duty and small and bool(draft.places)
        duty = (draft.duty or self._wished) and (not draft.expletive or asks)
        if any(phrase.noun in ("person", "nothing", *lexicon.PEOPLE) for phrase in draft.subjects[:1]):
            said = tuple(
                phrase for place in draft.places for phrase in place.phrases if place.relation in _NAMING
            )
            places = tuple(place for place in draft.places if place.relation not in _NAMING)
            start = min(k for phrase in draft.subjects for k in phrase.words)
            end = self._row[self._at - 1].start if self._at <= len(self._row) - 1 else self._row[-1].end
            words = tuple(range(start, max(end, start + 1)))
            self._found.append(Clause("idle", draft.verb, said or tuple(draft.subjects), places, words=words))
            return
        if any(place.relation in _DIRECTED for place in draft.places) and self._follows_command():
            self._found.append(Clause("move", "put", tuple(draft.subjects), tuple(draft.places)))
            return
        room = any(phrase.kind == "room" or phrase.noun == "room" for phrase in draft.subjects)
        if (
            duty
            and not room
            and (asks or all(phrase.definite or phrase.kind == "pronoun" for phrase in draft.subjects))
        ):
            self._close_wish(draft)
            return
        fronted = [replace(place, host=-1) for place in fronted]
        self._found.append(
            Clause(
                "describe",
                draft.verb,
                tuple(draft.subjects),
                (*fronted, *draft.places),
                words=tuple(draft.words),
                states=tuple(draft.states),
            )
        )

    def _close_wish(self, draft: _Draft) -> None:
        """Turn `the bowl should be on the table` into a command."""
        verb = draft.verb
        frame = lexicon.VERBS.get(verb)
        opened = next((state for state in draft.states if state in lexicon.OPENNESS), "")
        if opened:
            frame, verb = lexicon.OPENNESS[opened], lexicon.OPENNESS[opened]
        elif draft.states and not draft.places:
            frame, verb = "idle", "be"
        places = tuple(
            replace(place, bound=True) if k < draft.before_verb else place
            for k, place in enumerate(draft.places)
        )
        if frame is None or (verb in ("go", "stay", "stand", "sit", "end") and frame != "idle"):
            frame, verb = "move", "put"
        words, states = tuple(draft.words), tuple(draft.states)
        self._found.append(Clause(frame, verb, tuple(draft.subjects), places, words=words, states=states))


def _stands(phrase: Phrase) -> bool:
    """Tell whether a noun phrase is for furniture that stands on the floor."""
    return phrase.category is not None and phrase.category.mount == "floor" and not phrase.category.covering


def _is_room(phrase: Phrase) -> bool:
    """Tell whether a noun phrase is the room itself: `a room`, `the kitchen`."""
    return phrase.kind == "room" or (phrase.kind == "place" and phrase.noun == "room")
