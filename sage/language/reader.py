"""Clause parser: turns the analysed words of a prompt into clauses.

Each sentence is divided into segments (`segments`), which are read from left to right: noun phrases
(`noun_phrases`, `lists`), prepositions (`prepositions`, `attachment`) and verbs (`verbs`) fill the draft of a
clause, which is completed (`closing`) where the next clause begins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.clauses import THERE, Clause, Place
from sage.language.closing import finish, start_clause
from sage.language.noun_phrases import read_noun
from sage.language.phrases import Phrase, PhraseReader, is_attribute, is_result
from sage.language.prepositions import CONJUNCTIONS, read_place
from sage.language.segments import Kind, Segment
from sage.language.sentence import Sentence
from sage.language.verbs import read_verb
from sage.vocabulary import Vocabulary

__all__ = ["ClauseReader"]

_SENTENCE_ENDS = (".", "!", "?", ";", ":")
_SWITCHED = ("on", "off", "open", "closed", "shut")


class ClauseReader:
    """Parser of the clauses of a prompt; `notes` collects messages about words without effect."""

    def __init__(self, words: Sequence[Word], vocabulary: Vocabulary) -> None:
        self._words = words
        self._phrases = PhraseReader(vocabulary)
        self._vocabulary = vocabulary
        self.notes: list[str] = []

    def read(self) -> tuple[Clause, ...]:
        """Return all clauses in the order of the text."""
        found: list[Clause] = []
        for start, end in self._sentences():
            sentence = Sentence(self._words, start, end, self._phrases, self.notes, tuple(found))
            sentence.itemized = start > 0 and self._words[start - 1].text == ":"
            found += _read(sentence)
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


def _read(sentence: Sentence) -> list[Clause]:
    """Read a sentence to its end and return its clauses."""
    while sentence.at < len(sentence.row):
        segment = sentence.row[sentence.at]
        sentence.at += 1
        _READERS[segment.kind](sentence, segment)
        if segment.kind not in ("and", "mark", "word"):
            sentence.comma = sentence.conjoined = False
    finish(sentence)
    return sentence.found


def _read_mark(sentence: Sentence, segment: Segment) -> None:
    sentence.comma = True
    sentence.drop_place()
    following = sentence.peek()
    goes_on = following is not None and (
        following.kind == "place" or sentence.words[following.start].tag in ("VBN", "VBG")
    )
    if sentence.condition and sentence.draft_has_verb() and not goes_on:
        finish(sentence)
        sentence.condition = ""
    sentence.relative = False
    sentence.subordinate = None


def _read_and(sentence: Sentence, segment: Segment) -> None:
    sentence.conjoined = True
    sentence.alternative = segment.text == "or" and not sentence.excluding
    sentence.sequel = segment.text == "then"
    if sentence.draft_has_verb() and not sentence.draft.is_command and _is_inverted(sentence):
        finish(sentence)
        sentence.conjoined, sentence.last, sentence.carried = False, None, []


def _is_inverted(sentence: Sentence) -> bool:
    """Return whether an inverted clause begins here: `and above it hangs a sign`."""
    row = sentence.row[sentence.at : sentence.at + 4]
    if [segment.kind for segment in row] != ["place", "noun", "verb", "noun"]:
        return False
    verb = sentence.words[row[2].start]
    return verb.tag in ("VBZ", "VBP", "VBD") and lexicon.DESCRIPTIVE.get(row[2].text) == ""


def _read_relative(sentence: Sentence, segment: Segment) -> None:
    if sentence.requested and sentence.last is None:
        return
    following = sentence.peek()
    if segment.text == "where" and sentence.last is not None and following is not None:
        if following.kind == "noun":
            _start_there(sentence, sentence.last)
            return
    sentence.relative = sentence.last is not None


def _start_there(sentence: Sentence, antecedent: Phrase) -> None:
    """Start a clause located at the antecedent of `where`: `a table where puzzles lie`."""
    finish(sentence)
    if antecedent.kind == "object":
        known = replace(antecedent, definite=True, new=False)
        sentence.draft.fronted.append(Place("at", (known,)))


def _read_not(sentence: Sentence, segment: Segment) -> None:
    sentence.negated = True


def _read_word(sentence: Sentence, segment: Segment) -> None:
    text = segment.text
    sentence.excluding = False
    draft = sentence.draft
    if draft.is_command and draft.objects and f"{draft.verb} {text}" in lexicon.VERBS:
        draft.verb, draft.out = f"{draft.verb} {text}", draft.out or text == "out"
        draft.frame = lexicon.VERBS[draft.verb]
        draft.words.append(segment.start)
        return
    token = sentence.words[segment.start].token
    if token.kind == "size":
        sentence.found.append(Clause("describe", "", (Phrase("place", "room", "room", size=token.size),)))
        return
    if sentence.draft.words and not sentence.draft.is_command and (is_attribute(text) or text in _SWITCHED):
        sentence.draft.states.append(text)
        sentence.draft.words.append(segment.start)
    instead = sentence.at > 1 and sentence.row[sentence.at - 2].text in ("instead of", "rather than")
    results = draft.is_command and draft.objects and draft.verb in lexicon.RESULTS and not instead
    if results and is_result(text):
        draft.states.append(text)
        draft.words.append(segment.start)
    if draft.is_command and (text in lexicon.DIRECTIONS or text in lexicon.MANNER or token.kind == "side"):
        sentence.add_place(Place("nowhere", (), words=(segment.start,)))
        return
    if sentence.subordinate is not None and (text in lexicon.STATES or text in _SWITCHED):
        _add_state(sentence, segment)
        return
    if text in CONJUNCTIONS:
        sentence.condition = text
        kinds = [segment.kind for segment in sentence.row[sentence.at : sentence.at + 4]]
        apart = text not in ("before", "after", "while") or kinds[:1] == ["noun"]
        apart = apart or kinds == ["place", "noun", "noun", "verb"]
        if sentence.draft_has_verb() and apart:
            finish(sentence)
        sentence.carried = [place for place in sentence.carried if place.relation in ("on", "in")]
    elif text == "there":
        if _is_place_pronoun(sentence):
            sentence.add_place(Place("to", (THERE,), words=(segment.start,)))
        else:
            start_clause(sentence).expletive = True
    elif text == "each":
        sentence.each = True
    elif text == "so":
        sentence.condition = "so"


def _add_state(sentence: Sentence, segment: Segment) -> None:
    """Add the state stated by a relative clause: `the microwave, which is open`."""
    assert sentence.subordinate is not None
    state = Phrase("pronoun", segment.text, segment.text)
    words = (segment.start,)
    sentence.add_place(Place("state", (state,), bound=True, host=sentence.subordinate.head, words=words))


def _is_place_pronoun(sentence: Sentence) -> bool:
    """Return whether `there` is a destination rather than an expletive: `put it there`."""
    following = sentence.row[sentence.at] if sentence.at < len(sentence.row) else None
    return sentence.draft.is_command and (following is None or following.kind in ("mark", "and"))


_READERS: dict[Kind, Callable[[Sentence, Segment], None]] = {
    "noun": read_noun, "place": read_place, "verb": read_verb, "and": _read_and, "mark": _read_mark,
    "relative": _read_relative, "not": _read_not, "word": _read_word,
}  # fmt: skip
