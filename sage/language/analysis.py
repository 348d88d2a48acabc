"""Words of a prompt with their parts of speech and dependencies.

The parser was trained on written sentences, in which imperatives are rare: `place bowl on table` is read as
a noun. Where a sentence starts with a verb of the lexicon, `you must` is therefore parsed before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sage.language import lexicon
from sage.language.pipeline import parse
from sage.language.tokens import Token, is_plural, singulars
from sage.vocabulary import Vocabulary

__all__ = ["Word", "analysed"]

_LEAD = ("you", "must")
_ENDS = (".", "!", "?", ";", ":", "-")
_BEFORE_IMPERATIVES = frozenset(
    "and then , please first next now finally also just afterwards carefully gently slowly quickly "
    "robot so but".split()
)
_POINTING = lexicon.ARTICLES | {
    "it",
    "them",
    "me",
    "us",
    "each",
    "both",
    "all",
    "every",
    "some",
    "any",
    "everything",
}


@dataclass(frozen=True)
class Word:
    """A word or mark of a prompt as the parser sees it."""

    token: Token
    tag: str
    """Part of speech in the Penn Treebank's tags."""
    dep: str
    """Dependency label towards the head."""
    head: int
    """Index of the head among the words; its own for a root."""
    lemma: str
    commanded: bool = False
    """An imperative."""

    @property
    def text(self) -> str:
        """In lower case."""
        return self.token.text

    @property
    def is_mark(self) -> bool:
        """Return whether it is punctuation."""
        return self.token.kind == "mark" and self.text != "'s"


def analysed(row: Sequence[Token], vocabulary: Vocabulary) -> tuple[Word, ...]:
    """Return the words of a text with their analysis; sizes have none.

    Args:
        row: tokens of the whole text.
        vocabulary: tells nouns that look like verbs.
    """
    texts: list[str] = []
    place: list[int] = []
    commanded = [_is_imperative(row, at, vocabulary) for at in range(len(row))]
    for at, token in enumerate(row):
        if commanded[at]:
            texts += _LEAD
        place.append(len(texts))
        texts.append("." if token.text in (";", ":") else token.text)
    doc = parse(texts)
    back = {parsed: at for at, parsed in enumerate(place)}
    found = []
    for at, token in enumerate(row):
        word = doc[place[at]]
        head = back.get(word.head.i, at)
        tag = "NNS" if word.tag_ == "RB" and _is_plural_noun(token.text, vocabulary) else word.tag_
        found.append(Word(token, tag, word.dep_, head, word.lemma_.lower(), commanded[at]))
    return tuple(found)


def _is_plural_noun(text: str, vocabulary: Vocabulary) -> bool:
    """Return whether a word that the parser takes for an adverb is a plural: `five grey sideboards`."""
    known = text in lexicon.ADVERBS or text in lexicon.DIRECTIONS or text in lexicon.ADVERBIAL
    return is_plural(text) and not known and vocabulary.common(text) is not None


def _is_imperative(row: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Return whether a verb of the lexicon starts an instruction here."""
    text = row[at].text
    following = row[at + 1].text if at + 1 < len(row) else ""
    if row[at].kind != "word" or text not in lexicon.IMPERATIVES or not following:
        return False
    before = row[at - 1].text if at else "."
    if before not in _BEFORE_IMPERATIVES and before not in _ENDS and not _polite(row, at):
        return False
    if following in _POINTING or following in lexicon.NUMBERS or row[at + 1].kind == "number":
        return following != "of"
    if f"{text} {following}" in lexicon.VERBS or f"{text} {following} of" in lexicon.VERBS:
        return True
    noun = vocabulary.find(text) is not None or vocabulary.common(f"{text} {following}") is not None
    first = before in _ENDS or before == "please" or _polite(row, at)
    return first and not noun and following in _objects(row, at, vocabulary)


def _objects(row: Sequence[Token], at: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the next word if it can start an object without an article: `place bowl on table`."""
    following = row[at + 1].text
    known = any(vocabulary.find(noun) for noun in singulars(following)) or _describes(following)
    return (following,) if known or row[at + 1].kind == "number" else ()


def _describes(word: str) -> bool:
    tables = (
        lexicon.COLOURS,
        lexicon.MATERIALS,
        lexicon.SIZES,
        lexicon.SHAPES,
        lexicon.STATES,
        lexicon.CHOICES,
    )
    return any(word in table for table in (*tables, lexicon.STYLES, lexicon.ORDINALS))


def _polite(row: Sequence[Token], at: int) -> bool:
    """Return whether `could you`, `the robot must` or the like stands before."""
    before = " ".join(token.text for token in row[max(0, at - 2) : at])
    return before in (
        "you to",
        "robot to",
        "go and",
        "try to",
        "have to",
        "need to",
        "want to",
        "is to",
        "to be",
        "let us",
    )
