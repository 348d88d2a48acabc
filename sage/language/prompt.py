"""Reads an English prompt into a `Task`, with a dependency parser and a lexicon.

The text is split (`tokens`) and parsed (`analysis`); its sentences are cut into noun phrases, prepositions
and verbs (`segments`), put together to clauses (`reader`), and given a meaning (`meaning`) in terms of the
vocabulary's categories and the relations of `sage.task`. What a prompt says beyond that is no reason to
refuse it: each content word ends as part of the task, recorded, or not understood (`fates`).
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
from sage.language.rooms import RankedThing, rank_rooms
from sage.language.spelling import corrected
from sage.language.styles import Look, look_of, room_size_of
from sage.language.tokens import Token, tokens
from sage.language.unsuited import unsuited
from sage.task import LONGEST_PROMPT, Task
from sage.vocabulary import Vocabulary

__all__ = ["read", "words_of"]

_TIDYING = (("tidy", "up"), ("clean", "up"), ("tidy", "the"))
_EXAMPLE = "say for example 'put the mug on the table' or 'a bedroom with a desk'"


def read(prompt: str, vocabulary: Vocabulary) -> Task:
    """Understand a prompt.

    Args:
        prompt: what a robot is to do, or the description of a room, in English.
        vocabulary: the nouns that are known.

    Raises:
        TaskNotUnderstood: the prompt is empty, too long, not English, or names nothing concrete.
        TaskImpossible: it contradicts itself, or cannot fit.
    """
    words, slips = words_of(prompt, vocabulary)
    fates = Fates(words)
    reader, meaning = ClauseReader(words, vocabulary), Meaning(vocabulary, fates)
    for clause in reader.read():
        meaning.add(clause)
    meaning.finish()
    things = meaning.things
    nothing = not things.named and not things.rooms and not meaning.mentions_room
    if meaning.failures and not meaning.goal and len(meaning.failures) == meaning.commands:
        first = meaning.failures[0]
        raise type(first)(f"{_nothing(prompt)}: {first}") if nothing else first
    if meaning.forbids and not meaning.imperative and not things.rooms:
        raise TaskNotUnderstood("'not' forbids something: say what to do instead")
    if nothing:
        raise TaskNotUnderstood(f"{_nothing(prompt)}: {_EXAMPLE}")
    refused = [thing for thing in things.named if thing.category.name in meaning.excluded]
    if refused:
        raise TaskImpossible(f"{refused[0].name!r} is asked for and excluded: keep one of the two")
    check_area(things.named, meaning.size)
    meaning.drop_infeasible()
    check_fit((*meaning.initial, *meaning.goal), things.named)
    check_parts((*meaning.initial, *meaning.goal), things.named, vocabulary)
    check_order(meaning.initial)
    check_order(meaning.goal)
    look = _look(meaning, words)
    fates.mark_style(look.words)
    return Task(
        prompt=prompt,
        kind="task" if meaning.imperative else "room",
        rooms=_rooms(meaning, vocabulary),
        objects=tuple(thing.required() for thing in things.named),
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
    """Return the words of a text with their analysis, and notes on what was corrected or has no effect.

    Raises:
        TaskNotUnderstood: the text is empty, too long, not English, or no request for a scene.
    """
    row = _checked(text)
    if (message := unsuited(text)) is not None:
        raise TaskNotUnderstood(message)
    _refuse_foreign(text, row, vocabulary)
    signs = (f"{char!r} has no effect" for char in text if unicodedata.category(char) == "So")
    row, slips = corrected(without_courtesies(row), vocabulary)
    return parse_words(row, vocabulary), (*signs, *slips)


def _rooms(meaning: Meaning, vocabulary: Vocabulary) -> tuple[str, ...]:
    things = [RankedThing(t.category, len(t.ids), t.elsewhere) for t in meaning.things.named]
    return rank_rooms(meaning.things.rooms, things, vocabulary)


def _look(meaning: Meaning, words: Sequence[Word]) -> Look:
    """Return how the room is to look: what its noun phrases say, and how full and neat it is."""
    said = [word.text for word in words]
    own = look_of([*meaning.room_words, *_of_style(said)])
    every = look_of([text for text, word in zip(said, words, strict=True) if not word.commanded])
    senses = {"density": own.density or every.density, "disorder": own.disorder or every.disorder}
    told = [
        *own.words,
        *(text for text in every.words if look_of([text]).density or look_of([text]).disorder),
    ]
    notes = tuple(dict.fromkeys((*own.notes, *(note for text in told for note in look_of([text]).notes))))
    return own.model_copy(update={**senses, "words": tuple(told), "notes": notes})


def _tidies(words: Sequence[Word]) -> bool:
    """Return whether something is to be tidied, which then begins messy."""
    return any(a.commanded and (a.text, b.text) in _TIDYING for a, b in pairwise(words))


def _of_style(said: list[str]) -> list[str]:
    """Return the words shortly before `style`, `tones` or the like, and after `in` at the end."""
    found: list[str] = []
    for at, text in enumerate(said):
        if text in lexicon.STYLE_NOUNS:
            found += said[max(0, at - 3) : at + 4]
        if text in ("in", "with") and at + 2 >= len(said):
            found += said[at + 1 :]
        if text == "," and at + 2 == len(said):
            found.append(said[-1])
    return found


def _checked(prompt: str) -> tuple[Token, ...]:
    if len(prompt) > LONGEST_PROMPT:
        raise TaskNotUnderstood(
            f"the prompt has {len(prompt)} characters, the limit is {LONGEST_PROMPT}: shorten it"
        )
    for char in prompt:
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") and char not in "\n\r\t":
            raise TaskNotUnderstood(f"the prompt holds the control character U+{ord(char):04X}: remove it")
    if not any(char.isalnum() for char in prompt):
        raise TaskNotUnderstood(f"the prompt is empty: {_EXAMPLE}")
    return tokens(prompt)


def _refuse_foreign(prompt: str, row: tuple[Token, ...], vocabulary: Vocabulary) -> None:
    words = [token.text for token in row if token.kind == "word"]
    known = {word for word in words if word in lexicon.VERBS or vocabulary.common(word) is not None}
    language = foreign_language(prompt, words, known)
    if language:
        raise TaskNotUnderstood(
            f"this is in {language}, and only English prompts are read by rules: say it in English, "
            "or have a language model read it"
        )


def _nothing(prompt: str) -> str:
    line = " ".join(prompt.split())
    return f"no object or room was found in {line if len(line) <= 60 else f'{line[:57]}...'!r}"
