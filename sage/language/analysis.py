"""Part-of-speech tagging and dependency parsing of a prompt.

The parser was trained on written text, in which imperatives are rare: it reads `place` in `place bowl on
table` as a noun. `you must` is therefore inserted before each imperative verb of the lexicon for parsing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sage.language import lexicon
from sage.language.pipeline import parse
from sage.language.tokens import Token, is_plural, singulars
from sage.vocabulary import Vocabulary

__all__ = ["Word", "parse_words"]

_LEAD = ("you", "must")
"""Words inserted before an imperative."""
_ENDS = (".", "!", "?", ";", ":", "-")
_BEFORE_IMPERATIVES = frozenset(
    "and then , please first next now finally also just afterwards carefully gently slowly quickly "
    "robot so but".split()
)
_OBJECT_STARTS = lexicon.ARTICLES | {
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
    """A word or punctuation mark of a prompt, with its syntactic analysis."""

    token: Token
    tag: str
    """Penn Treebank part-of-speech tag."""
    dep: str
    """Label of the dependency on the head."""
    head: int
    """Index of the syntactic head among the words; the word's own index for a root."""
    lemma: str
    """Dictionary form, in lower case."""
    commanded: bool = False
    """Whether the word is an imperative verb."""

    @property
    def text(self) -> str:
        """The word in lower case."""
        return self.token.text

    @property
    def is_mark(self) -> bool:
        """Return whether the word is punctuation."""
        return self.token.kind == "mark" and self.text != "'s"


def parse_words(row: Sequence[Token], vocabulary: Vocabulary) -> tuple[Word, ...]:
    """Tag and parse the tokens of a text.

    Args:
        row: tokens of the whole text.
        vocabulary: distinguishes nouns from imperative verbs of the same spelling.

    Returns:
        One word per token, in order.
    """
    texts: list[str] = []
    positions: list[int] = []
    commanded = [_is_imperative(row, at, vocabulary) for at in range(len(row))]
    for at, token in enumerate(row):
        if commanded[at]:
            texts += _LEAD
        positions.append(len(texts))
        texts.append("." if token.text in (";", ":") else token.text)
    doc = parse(texts)
    token_at = {position: at for at, position in enumerate(positions)}
    found = []
    for at, token in enumerate(row):
        word = doc[positions[at]]
        head = token_at.get(word.head.i, at)
        tag = "NNS" if word.tag_ == "RB" and _is_plural_noun(token.text, vocabulary) else word.tag_
        found.append(Word(token, tag, word.dep_, head, word.lemma_.lower(), commanded[at]))
    return tuple(found)


def _is_plural_noun(text: str, vocabulary: Vocabulary) -> bool:
    """Return whether a word tagged as an adverb is a plural noun: `five grey sideboards`."""
    known = text in lexicon.ADVERBS or text in lexicon.DIRECTIONS or text in lexicon.ADVERBIAL
    return is_plural(text) and not known and vocabulary.common(text) is not None


def _is_imperative(row: Sequence[Token], at: int, vocabulary: Vocabulary) -> bool:
    """Return whether the token at index `at` is an imperative verb of the lexicon."""
    text = row[at].text
    following = row[at + 1].text if at + 1 < len(row) else ""
    if row[at].kind != "word" or text not in lexicon.IMPERATIVES or not following:
        return False
    before = row[at - 1].text if at else "."
    if before not in _BEFORE_IMPERATIVES and before not in _ENDS and not _follows_request(row, at):
        return False
    if following in _OBJECT_STARTS or following in lexicon.NUMBERS or row[at + 1].kind == "number":
        return following != "of"
    if f"{text} {following}" in lexicon.VERBS or f"{text} {following} of" in lexicon.VERBS:
        return True
    noun = vocabulary.find(text) is not None or vocabulary.common(f"{text} {following}") is not None
    first = before in _ENDS or before == "please" or _follows_request(row, at)
    return first and not noun and following in _objects(row, at, vocabulary)


def _objects(row: Sequence[Token], at: int, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Return the next word if it can start an object without an article: `place bowl on table`."""
    following = row[at + 1].text
    known = any(vocabulary.find(noun) for noun in singulars(following)) or _is_adjective(following)
    return (following,) if known or row[at + 1].kind == "number" else ()


def _is_adjective(word: str) -> bool:
    tables = (
        lexicon.COLOURS,
        lexicon.MATERIALS,
        lexicon.SIZES,
        lexicon.SHAPES,
        lexicon.STATES,
        lexicon.CHOICES,
    )
    return any(word in table for table in (*tables, lexicon.STYLES, lexicon.ORDINALS))


def _follows_request(row: Sequence[Token], at: int) -> bool:
    """Return whether `want you to`, `have to` or the like precedes the token at index `at`."""
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
