"""Rule-based reader of English prompts, built on a dependency parser and a lexicon.

Stages: tokenization (`tokens`), dependency parsing (`analysis`), division of sentences into noun phrases,
prepositions and verbs (`segments`), assembly into clauses (`reader`), and interpretation (`meaning`) as
categories of the vocabulary and relations of `sage.task`. Words that a task cannot express do not cause an
error: each content word is classified as used, recorded, or not understood (`fates`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import pairwise

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.language import lexicon
from sage.language.analysis import Word, parse_words
from sage.language.checks import check_area, check_fit, check_order, check_parts
from sage.language.courtesies import without_courtesies
from sage.language.fates import Fates
from sage.language.foreign import foreign_language
from sage.language.meaning import Meaning
from sage.language.reader import ClauseReader
from sage.language.rooms import RoomEvidence, rank_rooms
from sage.language.spelling import corrected
from sage.language.styles import Look, look_of, room_size_of
from sage.language.tokens import Token, tokens
from sage.language.unsuited import EXAMPLE, unsuited
from sage.task import LONGEST_PROMPT, Task
from sage.vocabulary import Vocabulary

__all__ = ["read", "words_of"]

_TIDYING = (("tidy", "up"), ("clean", "up"), ("tidy", "the"))


def read(prompt: str, vocabulary: Vocabulary) -> Task:
    """Parse a prompt into a task.

    Args:
        prompt: instruction for a robot or description of a room, in English.
        vocabulary: known nouns with their object categories and room types.

    Raises:
        TaskNotUnderstood: the prompt is empty, too long, not English, or names no object or room.
        TaskImpossible: the prompt contradicts itself, or its objects cannot fit.
    """
    words, slips = words_of(prompt, vocabulary)
    fates = Fates(words)
    reader, meaning = ClauseReader(words, vocabulary), Meaning(vocabulary, fates)
    for clause in reader.read():
        meaning.add(clause)
    meaning.finish()
    entities = meaning.entities
    nothing = not entities.named and not entities.rooms and not meaning.mentions_room
    if meaning.failures and not meaning.goal and len(meaning.failures) == meaning.commands:
        first = meaning.failures[0]
        raise type(first)(f"{_nothing(prompt)}: {first}") if nothing else first
    if meaning.forbids and not meaning.imperative and not entities.rooms:
        raise TaskNotUnderstood("'not' only says what to avoid: say what to do instead")
    if nothing:
        raise TaskNotUnderstood(f"{_nothing(prompt)}: {EXAMPLE}")
    refused = [entity for entity in entities.named if entity.category.name in meaning.excluded]
    if refused:
        raise TaskImpossible(f"{refused[0].name!r} is both requested and excluded: remove one of the two")
    check_area(entities.named, meaning.size)
    meaning.drop_infeasible()
    check_fit((*meaning.initial, *meaning.goal), entities.named)
    check_parts((*meaning.initial, *meaning.goal), entities.named, vocabulary)
    check_order(meaning.initial)
    check_order(meaning.goal)
    look = _look(meaning, words)
    fates.mark_style(look.words)
    return Task(
        prompt=prompt,
        kind="task" if meaning.imperative else "room",
        rooms=_rooms(meaning, vocabulary),
        objects=tuple(entity.required() for entity in entities.named),
        initial=tuple(meaning.initial),
        goal=tuple(meaning.goal),
        excluded=tuple(dict.fromkeys(meaning.excluded)),
        size=meaning.size,
        density=look.density,
        disorder=look.disorder or ("messy" if _tidies(words) else None),
        style=look.style,
        walls=look.walls,
        spaciousness=room_size_of(meaning.room_words),
        notes=tuple(dict.fromkeys((*slips, *look.notes, *reader.notes, *meaning.notes))),
        statements=tuple(meaning.statements),
        words=fates.words(prompt),
    )


def words_of(text: str, vocabulary: Vocabulary) -> tuple[tuple[Word, ...], tuple[str, ...]]:
    """Tokenize, spell-check and parse a text.

    Returns:
        The analysed words, and notes on corrections and on characters without effect.

    Raises:
        TaskNotUnderstood: the text is empty, too long, not English, or not a request for a scene.
    """
    row = _checked(text)
    if (message := unsuited(text)) is not None:
        raise TaskNotUnderstood(message)
    _refuse_foreign(text, row, vocabulary)
    signs = (f"{char!r} has no effect" for char in text if unicodedata.category(char) == "So")
    row, slips = corrected(without_courtesies(row), vocabulary)
    return parse_words(row, vocabulary), (*signs, *slips)


def _rooms(meaning: Meaning, vocabulary: Vocabulary) -> tuple[str, ...]:
    evidence = [RoomEvidence(t.category, len(t.ids), t.elsewhere) for t in meaning.entities.named]
    return rank_rooms(meaning.entities.rooms, evidence, vocabulary)


def _look(meaning: Meaning, words: Sequence[Word]) -> Look:
    """Return style, wall colour, density and disorder of the room.

    Style and walls come from words about the room; density and disorder may come from any word.
    """
    texts = [word.text for word in words]
    own = look_of([*meaning.room_words, *_style_words(texts)])
    every = look_of([text for text, word in zip(texts, words, strict=True) if not word.commanded])
    senses = {"density": own.density or every.density, "disorder": own.disorder or every.disorder}
    used = [
        *own.words,
        *(text for text in every.words if look_of([text]).density or look_of([text]).disorder),
    ]
    notes = tuple(dict.fromkeys((*own.notes, *(note for text in used for note in look_of([text]).notes))))
    return own.model_copy(update={**senses, "words": tuple(used), "notes": notes})


def _tidies(words: Sequence[Word]) -> bool:
    """Return whether the prompt asks to tidy up, in which case the room starts messy."""
    return any(a.commanded and (a.text, b.text) in _TIDYING for a, b in pairwise(words))


def _style_words(texts: list[str]) -> list[str]:
    """Return the words around a style noun such as `tones`, and a last word after `in`, `with` or a comma."""
    found: list[str] = []
    for at, text in enumerate(texts):
        if text in lexicon.STYLE_NOUNS:
            found += texts[max(0, at - 3) : at + 4]
        if text in ("in", "with") and at + 2 >= len(texts):
            found += texts[at + 1 :]
        if text == "," and at + 2 == len(texts):
            found.append(texts[-1])
    return found


def _checked(prompt: str) -> tuple[Token, ...]:
    if len(prompt) > LONGEST_PROMPT:
        raise TaskNotUnderstood(
            f"the prompt has {len(prompt)} characters, the limit is {LONGEST_PROMPT}: shorten it"
        )
    for char in prompt:
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") and char not in "\n\r\t":
            raise TaskNotUnderstood(f"the prompt contains the control character U+{ord(char):04X}: remove it")
    if not any(char.isalnum() for char in prompt):
        raise TaskNotUnderstood(f"the prompt is empty: {EXAMPLE}")
    return tokens(prompt)


def _refuse_foreign(prompt: str, row: tuple[Token, ...], vocabulary: Vocabulary) -> None:
    words = [token.text for token in row if token.kind == "word"]
    known = {word for word in words if word in lexicon.VERBS or vocabulary.common(word) is not None}
    language = foreign_language(prompt, words, known)
    if language:
        raise TaskNotUnderstood(
            f"the prompt is in {language}, but the rule-based reader supports only English: rewrite it in "
            "English or use a language model"
        )


def _nothing(prompt: str) -> str:
    line = " ".join(prompt.split())
    return f"no object or room was found in {line if len(line) <= 60 else f'{line[:57]}...'!r}"
