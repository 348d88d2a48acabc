"""Reading a prompt: from English to a `Task`, by grammar and lexicon, without any model.

The words are split (`reading.words`), read as clauses (`reading.clauses`) of noun phrases
(`reading.phrases`), and given a meaning (`reading.meaning`) in terms of the vocabulary's categories
and the relations of `sage.task`. Everything that was read but has no effect is told in the notes of
the task; a noun that nobody knows is an error, never left out in silence.
"""

from __future__ import annotations

import unicodedata

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.checks import check_area, check_fit, check_order, check_parts
from sage.reading.languages import foreign_language
from sage.reading.meaning import Meaning
from sage.reading.moods import mood_of
from sage.reading.rooms import rank_rooms
from sage.reading.spelling import corrected
from sage.reading.steps import ClauseReader
from sage.reading.words import Token, tokens
from sage.task import Task
from sage.vocabulary import Vocabulary

__all__ = ["LONGEST_PROMPT", "read"]

LONGEST_PROMPT = 2000
"""Most characters of a prompt."""

_EXAMPLE = "say for example 'put the mug on the table' or 'a bedroom with a desk'"


def read(prompt: str, vocabulary: Vocabulary) -> Task:
    """Understand a prompt.

    Args:
        prompt: what a robot is to do, or the description of a room, in English.
        vocabulary: the nouns that are known.

    Raises:
        TaskNotUnderstood: the prompt is empty, too long, not English, or names what is not known.
        TaskImpossible: it contradicts itself, or cannot fit.
    """
    row = _checked(prompt)
    _refuse_foreign(prompt, row, vocabulary)
    row, slips = corrected(row, vocabulary)
    signs = tuple(f"{char!r} has no effect" for char in prompt if unicodedata.category(char) == "So")
    mood = mood_of(row)
    reader, meaning = ClauseReader(row, vocabulary), Meaning(vocabulary)
    try:
        for clause in reader.read():
            meaning.take_in(clause)
    except TaskNotUnderstood as error:
        raise _explained(error, prompt, row, vocabulary) from error
    meaning.finish()
    things = meaning.things
    if not things.named and not things.rooms and not meaning.of_a_room:
        raise TaskNotUnderstood(f"no object or room was found in {_short(prompt)!r}: {_EXAMPLE}")
    refused = [thing for thing in things.named if thing.category.name in meaning.excluded]
    if refused:
        raise TaskImpossible(f"{refused[0].name!r} is asked for and excluded: keep one of the two")
    check_area(things.named, meaning.size)
    check_fit((*meaning.initial, *meaning.goal), things.named)
    check_parts((*meaning.initial, *meaning.goal), things.named, vocabulary)
    check_order(meaning.initial)
    check_order(meaning.goal)
    return Task(
        prompt=prompt,
        kind="task" if meaning.imperative else "room",
        rooms=rank_rooms(things.rooms, things.named, vocabulary),
        objects=tuple(thing.required() for thing in things.named),
        initial=tuple(meaning.initial),
        goal=tuple(meaning.goal),
        excluded=tuple(dict.fromkeys(meaning.excluded)),
        size=meaning.size,
        density=mood.density,
        disorder=mood.disorder,
        style=mood.style,
        notes=tuple(dict.fromkeys((*signs, *slips, *mood.notes, *reader.notes, *meaning.notes))),
    )


def _checked(prompt: str) -> tuple[Token, ...]:
    if len(prompt) > LONGEST_PROMPT:
        raise TaskNotUnderstood(
            f"the prompt has {len(prompt)} characters, the limit is {LONGEST_PROMPT}: shorten it"
        )
    for char in prompt:
        if unicodedata.category(char) in ("Cc", "Cs", "Co", "Cn") and char not in "\n\r\t":
            raise TaskNotUnderstood(f"the prompt holds the control character U+{ord(char):04X}: remove it")
    row = tokens(prompt)
    if not any(char.isalnum() for char in prompt):
        raise TaskNotUnderstood(f"the prompt is empty: {_EXAMPLE}")
    return row


def _refuse_foreign(prompt: str, row: tuple[Token, ...], vocabulary: Vocabulary) -> None:
    words = [token.text for token in row if token.kind == "word"]
    known = {word for word in words if word in lexicon.VERBS or vocabulary.common(word) is not None}
    language = foreign_language(prompt, words, known)
    if language:
        raise TaskNotUnderstood(
            f"this is in {language}, and only English prompts are read by rules: say it in English, "
            "or have a language model read it"
        )


def _explained(
    error: TaskNotUnderstood, prompt: str, row: tuple[Token, ...], vocabulary: Vocabulary
) -> TaskNotUnderstood:
    """Say what is wrong with the prompt as a whole, if nothing in it is known."""
    words = [token.text for token in row if token.kind == "word"]
    text = f" {' '.join(words)} "
    rooms = {word for room in vocabulary.room_types() for word in room.words} | lexicon.OTHER_ROOMS
    known = any(vocabulary.common(word) or word in lexicon.VERBS for word in words)
    if not known and not any(f" {room} " in text for room in rooms):
        return TaskNotUnderstood(f"no object or room was found in {_short(prompt)!r}: {_EXAMPLE}")
    return error


def _short(prompt: str) -> str:
    line = " ".join(prompt.split())
    return line if len(line) <= 60 else f"{line[:57]}..."
