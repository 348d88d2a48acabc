"""Interpretation status of each content word of a prompt: understood, recorded or not understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.phrases import Phrase
from sage.language.styles import look_of, room_size_of
from sage.task import Word as TaskWord
from sage.task import WordFate

__all__ = ["Fates"]

_CONTENT = ("NN", "VB", "JJ", "RB", "CD", "FW")
_FUNCTION = frozenset(
    "be is are was were been being am have has had do does did can could will would shall should "
    "must may might "
    "not no there then also too very just only so as well please let us robot it they them one ones "
    "each other "
    "another both all some any every many much more most few several same such own that this these "
    "those here "
    "now first next finally again back up down out off away over together even still yet already where when "
    "how why who which what you we i he she me your my our their its his her etc about around room scene "
    "left right kindly".split()
)
"""Function words, which are not counted as content."""


class Fates:
    """Interpretation status of the words of a prompt, by word index.

    Args:
        words: all words of the prompt.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._fates: dict[int, WordFate] = {}

    def mark(self, indices: Iterable[int], fate: WordFate, *, overwrite: bool = False) -> None:
        """Set the status of words that have none yet; with `overwrite`, of all of them."""
        for index in indices:
            if overwrite or index not in self._fates:
                self._fates[index] = fate

    def mark_phrase(self, phrase: Phrase, fate: WordFate = "object") -> None:
        """Mark the words of a noun phrase: its noun with `fate`, then number, selection and attributes."""
        nouns = {*phrase.noun.split(), *(phrase.category.name.split() if phrase.category else ())}
        for index in phrase.words:
            word = self._words[index]
            text, lemma = word.text, word.lemma
            if index == phrase.head or text in nouns or lemma in nouns or lemma.rstrip("s") in nouns:
                self.mark([index], fate)
            elif text in lexicon.NUMBERS or word.token.kind == "number" or text in lexicon.RANKS:
                self.mark([index], "count")
            elif text in lexicon.ORDINALS or text in lexicon.CHOICES:
                self.mark([index], "relation")
            elif word.tag.startswith(_CONTENT):
                self.mark([index], "attribute")

    def mark_room(self, phrase: Phrase) -> None:
        """Mark the words of a noun phrase that names the room, with those for its style and size."""
        for index in phrase.words:
            word = self._words[index].text
            if look_of([word]).words:
                self.mark([index], "style")
            elif room_size_of([word]) or self._words[index].token.kind == "size":
                self.mark([index], "size")
            else:
                self.mark([index], "room" if phrase.kind == "room" or index == phrase.head else "recorded")

    def mark_style(self, phrases: Iterable[str]) -> None:
        """Mark the words that describe the style of the room, wherever they occur in the prompt."""
        texts = {part for text in phrases for part in text.casefold().replace("-", " ").split()}
        for index, word in enumerate(self._words):
            if word.text in texts or {*word.text.split("-")} <= texts:
                self.mark([index], "style")

    def words(self, prompt: str) -> tuple[TaskWord, ...]:
        """Return the content words as written in `prompt`; those without a status are `not_understood`."""
        found = []
        for index, word in enumerate(self._words):
            fate = self._fates.get(index)
            content = word.tag.startswith(_CONTENT) and word.text not in _FUNCTION and not word.is_mark
            content = content and (fate is not None or word.text not in lexicon.REQUESTS)
            if word.token.kind in ("size", "side"):
                content, fate = True, "size" if word.token.kind == "size" else fate or "recorded"
            if content:
                written = prompt[word.token.start : word.token.end].rstrip()
                found.append(TaskWord(text=written, start=word.token.start, fate=fate or "not_understood"))
        return tuple(found)

    def text(self, indices: Iterable[int]) -> str:
        """Return words, in the order of the prompt, as one text."""
        return " ".join(self._words[index].text for index in sorted(set(indices)))
