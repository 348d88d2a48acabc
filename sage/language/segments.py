"""Segmentation of sentences into noun phrases, prepositions, verbs and conjunctions.

Parts of speech and dependencies come from the parser; the lexicon overrides it where it is known to err. For
example, adjacent noun phrases of which the first ends in a descriptive verb (`the rug anchors the room`) are
read as subject, verb and object.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.phrases import PhraseReader, is_attribute, is_result
from sage.language.tokens import singulars

__all__ = ["Segment", "segments"]

Kind = Literal["noun", "place", "verb", "and", "mark", "relative", "not", "word"]

_LONGEST = 7
_INNER = ("amod", "compound", "nmod", "nummod", "poss")
_PREDETERMINERS = frozenset("all both half each every many most some any".split())
_NOT = frozenset("not never no without neither except minus excluding lacking".split())
_STOPS = frozenset("and or then instead rather too again please".split())
_RELATIVE = frozenset("that which who whose where whom".split())
_ALSO = ("along with", "together with", "as well as", "in addition to", "plus")
_STREAMING = ("filter", "stream", "pour", "spill", "flood")
_DEGREES = ("a little", "a little bit", "a bit", "a lot", "a touch", "much")
_CONJUNCTIONS = frozenset("while whereas where as because so".split())


@dataclass(frozen=True)
class Segment:
    """A run of words with one syntactic role."""

    kind: Kind
    start: int
    """Index of the first word in the prompt."""
    end: int
    """Index after the last word."""
    text: str
    relation: str = ""
    """Relation of a segment of kind `place`; see `sage.language.lexicon.PLACES`."""
    alone: bool = False
    """Whether it is a preposition without an object."""


def segments(words: Sequence[Word], start: int, end: int, phrases: PhraseReader) -> list[Segment]:
    """Return the segments of the words from `start` to before `end`."""
    return _Segmenter(words, start, end, phrases).run()


class _Segmenter:
    def __init__(self, words: Sequence[Word], start: int, end: int, phrases: PhraseReader) -> None:
        self._words, self._at, self._end, self._phrases = words, start, end, phrases
        self._found: list[Segment] = []

    def run(self) -> list[Segment]:
        while self._at < self._end:
            self._found.append(self._next())
            self._at = self._found[-1].end
        return self._with_verbs(self._merged(self._with_lonely_places()))

    def _next(self) -> Segment:
        at, word = self._at, self._words[self._at]
        if word.is_mark:
            return Segment("mark", at, at + 1, word.text)
        if word.token.kind in ("size", "side"):
            return Segment("word", at, at + 1, word.text)
        if word.text in ("and", "plus", "or", "nor", "then", "but") and word.tag != "NN":
            return Segment("and", at, at + 1, word.text)
        degree = self._match(_DEGREES)
        end = at + len(degree.split())
        if degree and end < self._end and self._words[end].tag in ("JJR", "RBR"):
            return Segment("word", at, end, degree)
        if word.text in ("sure", "certain") and at > 0 and self._words[at - 1].lemma in ("make", "be"):
            return Segment("word", at, at + 1, word.text)
        if also := self._match(_ALSO):
            return Segment("and", at, at + len(also.split()), "and")
        if word.text in _NOT:
            return Segment("not", at, at + 1, word.text)
        if word.text in _RELATIVE and (
            word.tag in ("IN", "WDT", "WP", "WP$", "WRB") or (at + 1 < self._end and self._is_finite(at + 1))
        ):
            return Segment("relative", at, at + 1, word.text)
        if word.text == "there" and (word.dep == "expl" or self._is_copula(at + 1)):
            return Segment("word", at, at + 1, word.text)
        for table in (lexicon.QUANTIFIERS, lexicon.PRONOUNS):
            text = self._match(table)
            if text and " " in text:
                end = at + len(text.split())
                return self._noun(end) if table is lexicon.QUANTIFIERS else Segment("noun", at, end, text)
        if manner := self._match(lexicon.MANNERS):
            relation, end = lexicon.MANNERS[manner], at + len(manner.split())
            return Segment("place", at, end, manner, relation, alone=True)
        if self._found and self._completes(self._found[-1]) and self._is_result(at):
            return Segment("word", at, at + 1, word.text)
        if place := self._place():
            return place
        if self._is_verb(at):
            return self._verb()
        if self._starts_noun():
            return self._noun(at)
        return Segment("word", at, at + 1, word.text)

    def _is_finite(self, at: int) -> bool:
        return self._words[at].tag in ("VBZ", "VBP", "VBD", "MD")

    def _is_copula(self, at: int) -> bool:
        return at < self._end and (self._words[at].lemma == "be" or self._words[at].tag == "MD")

    def _match(self, table: object, at: int | None = None) -> str:
        """Return the longest entry of a table that starts at word `at` (default: the current), else empty."""
        at = self._at if at is None else at
        for length in range(min(_LONGEST, self._end - at), 0, -1):
            text = " ".join(word.text for word in self._words[at : at + length])
            if text in table:  # type: ignore[operator]
                return text
        return ""

    def _place(self) -> Segment | None:
        at, word = self._at, self._words[self._at]
        text, alone = self._match(lexicon.PLACES), self._match(lexicon.ADVERBIAL)
        if len(alone.split()) > len(text.split()) and not self._continues(at + len(alone.split())):
            return Segment("place", at, at + len(alone.split()), alone, lexicon.ADVERBIAL[alone], alone=True)
        if not text:
            return None
        end = at + len(text.split())
        if " " not in text and word.tag in ("JJ", "NN", "NNP", "VBN", "JJS") and word.dep in _INNER:
            return None
        if (
            (text == "like" and word.tag == "VB")
            or text == "that"
            or (word.tag.startswith("VB") and word.dep in _INNER)
        ):
            return None
        if word.tag == "VBG" and at > 0 and self._words[at - 1].text == "by":
            return None
        relation = lexicon.PLACES[text]
        if text in lexicon.POSSESSIVE_PLACES:
            return Segment("place", at, end, text, relation)
        whole = len(alone.split()) >= len(text.split())
        if alone and whole and not self._continues(at + len(alone.split())):
            return Segment("place", at, at + len(alone.split()), alone, lexicon.ADVERBIAL[alone], alone=True)
        return Segment("place", at, end, text, relation)

    def _continues(self, at: int) -> bool:
        """Return whether the object of a preposition can start at word `at`."""
        if at >= self._end:
            return False
        word = self._words[at]
        if word.is_mark or word.text in ("and", "or", "is", "are", "then", "but"):
            return False
        if word.token.kind in ("size", "side") or (is_attribute(word.text) and self._stops(at + 1)):
            return False
        if self._match(lexicon.PLACES, at) or self._is_verb(at):
            return word.text in ("of",)
        return word.tag[:2] in ("DT", "PR", "CD", "JJ", "NN", "PD", "VB") or word.text in lexicon.ARTICLES

    def _is_verb(self, at: int) -> bool:
        word = self._words[at]
        if word.commanded:
            return True
        if self._is_can(at) or self._is_misread(at) or self._ends_compound(at):
            return False
        if word.text in lexicon.COLOURS and self._stops(at + 1):
            return False
        if word.text in ("left", "right") and self._stops(at + 1):
            return False
        if not (word.tag.startswith("VB") or word.tag == "MD"):
            return False
        if word.tag in ("VBN", "VBG", "VBD", "VB") and word.dep in _INNER and at + 1 < self._end:
            return not self._nominal(at + 1)
        if is_attribute(word.text) and word.tag in ("VBN", "VBD") and at + 1 < self._end:
            return not (self._nominal(at + 1) and self._words[at + 1].tag.startswith(("NN", "JJ")))
        return True

    def _is_misread(self, at: int) -> bool:
        """Return whether the parser tagged a noun of the vocabulary as a verb: `a kids bedroom`."""
        word = self._words[at]
        known = any(word.lemma in table for table in (lexicon.DESCRIPTIVE, lexicon.PASSIVE, lexicon.VERBS))
        ends = at + 1 >= self._end or self._words[at + 1].is_mark
        if ends and at > 0 and self._phrases.names(f"{self._words[at - 1].text} {word.text}"):
            return word.tag.startswith("VB") and not word.commanded
        if known or not word.tag.startswith("VB") or word.lemma in ("be", "have", "do"):
            return False
        led = at > 0 and (
            self._words[at - 1].tag[:2] in ("DT", "JJ", "NN", "CD")
            or self._words[at - 1].text in lexicon.ARTICLES
        )
        return led and self._phrases.names(word.text)

    def _ends_compound(self, at: int) -> bool:
        """Return whether the parser tagged the head of a compound noun as a verb: `the tv stand`.

        A plural verb needs a list of subjects, so that `stand` is a verb in `a tv and a lamp stand`.
        """
        word = self._words[at]
        if word.tag not in ("VB", "VBP") or word.commanded or at == 0 or self._words[at - 1].tag != "NN":
            return False
        nouns = (" ".join(w.text for w in self._words[at - length : at + 1]) for length in (2, 1))
        return any(map(self._phrases.knows, nouns)) and not self._is_listed(at)

    def _is_listed(self, at: int) -> bool:
        """Return whether the noun before word `at` ends a list of subjects that begins the clause."""
        first = at - 1
        while first > 0 and self._words[first - 1].tag[:2] in ("NN", "JJ", "DT", "CD", "VB"):
            if self._words[first].tag == "DT":
                break
            first -= 1
        if first == 0 or self._words[first - 1].text not in ("and", ","):
            return False
        start = next((k for k in range(first - 1, -1, -1) if self._words[k].text in (".", ";")), -1)
        return not any(self._is_finite(k) for k in range(start + 1, first))

    def _is_can(self, at: int) -> bool:
        """Return whether `can` is the container, not the modal verb: `the rightmost can in the bin`."""
        word = self._words[at]
        if word.text != "can" or word.tag != "MD" or at == 0:
            return False
        before = self._words[at - 1]
        if self._phrases.knows(f"{before.text} can"):
            return True
        noun = before.tag.startswith(("NN", "JJ", "DT", "RB")) and before.dep != "expl"
        return noun and not (at + 1 < self._end and self._words[at + 1].tag.startswith("VB"))

    def _verb(self) -> Segment:
        """Read a verb with its particle: `pick up`, `turn on`."""
        at = self._at
        word, end = self._words[at], at + 1
        base = _base(word)
        for length in (3, 2, 1):
            rest = [w.text for w in self._words[at + 1 : at + 1 + length]]
            if rest[-1:] == ["to"] and not word.commanded:
                continue
            if len(rest) == length and " ".join((base, *rest)) in lexicon.VERBS:
                end = at + 1 + length
                break
        return Segment("verb", at, end, " ".join((base, *(w.text for w in self._words[at + 1 : end]))))

    def _nominal(self, at: int) -> bool:
        """Return whether a word can continue a noun phrase."""
        word = self._words[at]
        if word.is_mark or word.commanded:
            return False
        if self._is_can(at) or self._is_misread(at) or self._ends_compound(at):
            return True
        if word.tag[:2] in ("NN", "JJ", "CD") or word.tag in ("HYPH", "FW", "AFX", "ADD"):
            return word.text not in ("and", "or")
        if word.tag in ("VBN", "VBG", "VBD", "VBP", "VB") and word.dep in _INNER:
            return at + 1 < self._end and self._nominal(at + 1)
        if word.tag in ("VBN", "VBG", "VBD") and is_attribute(word.text):
            return at + 1 < self._end and self._nominal(at + 1)
        if word.tag in ("RB", "RBR", "RBS", "IN", "RP", "UH"):
            return is_attribute(word.text) and at + 1 < self._end and self._nominal(at + 1)
        return False

    def _starts_noun(self) -> bool:
        word = self._words[self._at]
        if word.text in lexicon.PRONOUNS or word.text in _PREDETERMINERS or word.text in lexicon.NUMBERS:
            return True
        if word.text in ("no",):
            return False
        if word.tag in ("DT", "PDT", "PRP$", "PRP") or word.text in lexicon.ARTICLES:
            return word.text not in _NOT
        if word.tag in ("RB", "RBR", "RBS") and self._at + 1 < self._end:
            following = self._words[self._at + 1]
            return (
                following.tag.startswith("JJ") and word.head == self._at + 1 and self._nominal(self._at + 1)
            )
        return self._nominal(self._at)

    def _noun(self, at: int) -> Segment:
        """Read a base noun phrase that starts at the current word.

        Args:
            at: index of the first word after a multi-word quantifier; else the current word.
        """
        start, end, noun = self._at, at, False
        if at == start and self._words[at].text in lexicon.PRONOUNS and not self._goes_on(at + 1):
            return Segment("noun", start, start + 1, self._words[at].text)
        while end < self._end:
            word = self._words[end]
            if word.text == "'s" and noun:
                break
            joined = word.text in ("and", ",") and not noun and end > start and self._adjectives(start, end)
            if joined:
                end += 1
                continue
            determines = word.tag in ("DT", "PDT", "PRP$", "CD") or word.text in lexicon.ARTICLES
            determines = determines or word.text in _PREDETERMINERS or word.text in lexicon.NUMBERS
            if determines and not noun:
                if end > start and word.text in ("a", "an", "the") and not self._only_determiners(start, end):
                    break
                end += 1
                continue
            adverb = word.tag in ("RB", "RBR", "RBS") and not noun and word.head > end
            if not (adverb or self._nominal(end)) or (noun and self._match(lexicon.MANNERS, end)):
                break
            if noun and (word.token.kind in ("size", "side") or self._is_result(end)):
                break
            if noun and word.tag == "CD" and word.text not in ("one", "ones"):
                end += self._is_label(end)
                break
            place = self._match(lexicon.PLACES, end)
            if noun and place and (word.tag[:2] != "NN" or " " in place):
                break
            noun = noun or word.tag.startswith("NN") or self._is_can(end) or self._is_misread(end)
            noun = noun or self._ends_compound(end)
            end += 1
        return self._trimmed(start, max(end, start + 1))

    def _is_result(self, at: int) -> bool:
        """Return whether a word is the result of an action: `make the table bigger`, `clockwise`."""
        word = self._words[at]
        if word.text in lexicon.DIRECTIONS:
            follows = at + 1 < self._end and self._nominal(at + 1)
            return not follows and not self._match(lexicon.PLACES, at)
        if word.text in lexicon.TONES and at + 1 < self._end:
            return self._words[at + 1].text in lexicon.COLOURS and self._is_result(at + 1)
        if word.text == "ready" and at > 0:
            return self._stops(at + 1) or bool(self._match(lexicon.PLACES, at + 1))
        adjective = word.tag[:2] == "JJ" or (word.text in lexicon.COLOURS and self._makes(at))
        return adjective and is_result(word.text) and self._stops(at + 1)

    def _makes(self, at: int) -> bool:
        """Return whether a verb of change such as `make` or `paint` precedes a word."""
        return any(word.commanded and word.text in lexicon.RESULTS for word in self._words[:at])

    @staticmethod
    def _completes(segment: Segment) -> bool:
        return segment.kind == "noun" or segment.alone or segment.text in lexicon.TONES

    def _stops(self, at: int) -> bool:
        """Return whether a sentence or clause ends before word `at`."""
        return at >= self._end or self._words[at].is_mark or self._words[at].text in _STOPS

    def _is_label(self, at: int) -> bool:
        """Return whether a number is a label of the noun before it: `mug 2`."""
        follows = at + 1 < self._end and (self._nominal(at + 1) or self._words[at + 1].token.kind == "side")
        return self._words[at].token.kind == "number" and not follows

    def _goes_on(self, at: int) -> bool:
        """Return whether the word before `at` is a determiner rather than a pronoun: `both cups`."""
        before = self._words[at - 1].text
        if before not in lexicon.DETERMINING or at >= self._end:
            return False
        return self._nominal(at) or self._words[at].text in lexicon.ARTICLES or self._words[at].tag == "CD"

    def _adjectives(self, start: int, end: int) -> bool:
        """Return whether the `and` or comma at `end` joins two adjectives of one noun."""
        before = self._words[start:end]
        if end + 1 >= self._end or not before[-1].tag.startswith(("JJ", "VBN", "NN")):
            return False
        following = self._words[end + 1]
        known = is_attribute(before[-1].text) or before[-1].tag.startswith(("JJ", "VBN"))
        ahead = is_attribute(following.text) or (following.tag.startswith("JJ") and following.dep == "amod")
        return known and ahead and self._nominal(end + 1)

    def _only_determiners(self, start: int, end: int) -> bool:
        return all(
            word.text in _PREDETERMINERS or word.text == "of" or word.tag in ("CD", "PDT", "DT")
            for word in self._words[start:end]
        )

    def _trimmed(self, start: int, end: int) -> Segment:
        """Return a noun phrase without conjunctions and adverbs at its end."""
        last = end
        while last > start + 1 and not self._words[last - 1].tag.startswith(("NN", "MD", "VB")):
            if self._words[last - 1].text in ("and", ",") or self._words[last - 1].tag.startswith("RB"):
                last -= 1
                continue
            break
        first = self._words[start]
        bare = not any(
            word.tag.startswith(("NN", "CD", "DT", "PR", "PDT", "MD")) for word in self._words[start:last]
        )
        if bare and first.text not in (*lexicon.ARTICLES, *_PREDETERMINERS, *lexicon.NUMBERS):
            return Segment("word", start, start + 1, first.text)
        return Segment("noun", start, last, " ".join(word.text for word in self._words[start:last]))

    def _with_lonely_places(self) -> list[Segment]:
        """Mark prepositions that are not followed by a noun phrase, verb or place."""
        found = list(self._found)
        for at, segment in enumerate(found):
            if segment.kind != "place" or segment.text in lexicon.POSSESSIVE_PLACES or segment.alone:
                continue
            rest = (other for other in found[at + 1 :] if other.kind != "word")
            following = next(rest, None)
            if following is None or following.kind not in ("noun", "verb", "place"):
                relation = lexicon.ADVERBIAL.get(segment.text, segment.relation)
                found[at] = Segment("place", segment.start, segment.end, segment.text, relation, alone=True)
        return found

    def _merged(self, row: list[Segment]) -> list[Segment]:
        """Merge a noun phrase that consists of attributes with the next one: `a green | bookshelf`."""
        found: list[Segment] = []
        for segment in row:
            last = found[-1] if found else None
            if last is not None and last.kind == segment.kind == "noun" and self._only_describes(last):
                first = self._words[segment.start].text
                if first not in lexicon.ARTICLES and first not in lexicon.PRONOUNS:
                    found[-1] = Segment("noun", last.start, segment.end, f"{last.text} {segment.text}")
                    continue
            found.append(segment)
        return found

    def _only_describes(self, segment: Segment) -> bool:
        texts = [word.text for word in self._words[segment.start : segment.end]]
        rest = [text for text in texts if text not in lexicon.ARTICLES and text not in lexicon.NUMBERS]
        return bool(rest) and all(is_attribute(text) for text in rest)

    def _with_verbs(self, row: list[Segment]) -> list[Segment]:
        """Split noun phrases that end in a descriptive verb: `the rug anchors | the room`."""
        found: list[Segment] = []
        for at, segment in enumerate(row):
            has_verb = self._has_verb(row, at)
            following = row[at + 1] if at + 1 < len(row) else None
            if not (segment.kind == "noun" and following and segment.end - segment.start > 1):
                found.append(segment)
                continue
            last = self._words[segment.end - 1]
            stems = [
                stem for stem in singulars(last.text) if stem in lexicon.DESCRIPTIVE or stem in _STREAMING
            ]
            beside = following.kind == "noun" and self._words[following.start].text in lexicon.ARTICLES
            led = following.kind == "place" and following.relation in ("on", "in", "against", "at", "next_to")
            compound = self._phrases.knows(
                " ".join(w.text for w in self._words[segment.end - 2 : segment.end])
            )
            of = at > 1 and row[at - 1].text == "of"
            start = row[at - 2].start if of else segment.start
            single = self._words[start].text in ("a", "an", "one") and last.tag == "NNS"
            streams = any(stem in _STREAMING for stem in stems)
            ahead = next((other for other in row[at + 1 :] if other.kind != "word"), following)
            led = led or ((single or streams) and ahead.kind == "place")
            has_verb = has_verb and not (single or streams)
            divides = bool(stems) and not compound and (beside or (led and not has_verb))
            if not divides or segment.end - segment.start < 2:
                found.append(segment)
                continue
            text = " ".join(word.text for word in self._words[segment.start : segment.end - 1])
            found.append(Segment("noun", segment.start, segment.end - 1, text))
            found.append(Segment("verb", segment.end - 1, segment.end, stems[-1]))
        return found

    def _has_verb(self, row: list[Segment], at: int) -> bool:
        """Return whether the clause around segment `at` has a verb."""
        first = last = at
        while first > 0 and not self._ends_clause(row[first - 1]):
            first -= 1
        while last + 1 < len(row) and not self._ends_clause(row[last + 1]):
            last += 1
        return any(segment.kind == "verb" for segment in row[first : last + 1])

    def _ends_clause(self, segment: Segment) -> bool:
        return segment.kind in ("mark", "relative") or segment.text in _CONJUNCTIONS


def _base(word: Word) -> str:
    """Return the lemma of a verb, corrected for forms that the parser gets wrong."""
    if word.commanded or word.text in ("put", "set", "shut", "cut", "let"):
        return word.text
    irregular = {"lain": "lie", "lay": "lay", "laid": "lay", "lying": "lie", "hung": "hang", "left": "leave"}
    return irregular.get(word.text, word.lemma)
