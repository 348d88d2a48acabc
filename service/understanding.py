"""Reads prompts and definitions with the default vocabulary.

Separate from `sage.service.wiring`, so that reading a prompt does not import generators and engines.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from sage.assets.vocabulary import TableVocabulary
from sage.errors import UserError
from sage.generators.recipes import room_types
from sage.language.bddl import read_bddl
from sage.language.llm_reader import read_with_model
from sage.language.prompt import read
from sage.llm import Chat
from sage.service.definitions import activity_definition, definition_file
from sage.task import Task
from sage.vocabulary import RoomType

__all__ = ["definition_of", "makers", "understand", "understand_definition"]


def understand(prompt: str, chat: Chat | None = None) -> Task:
    """Read a prompt with the default vocabulary, by grammar or with a language model.

    Raises:
        UserError: it cannot be understood.
    """
    vocabulary = _vocabulary(room_types())
    if chat is None:
        return read(prompt, vocabulary)
    return read_with_model(prompt, chat, vocabulary, lambda words: read(words, vocabulary))


def understand_definition(text: str) -> Task:
    """Read a definition in BDDL with the default vocabulary.

    Raises:
        UserError: it cannot be understood.
    """
    return read_bddl(text, _vocabulary(room_types()))


@cache
def _vocabulary(rooms: tuple[RoomType, ...]) -> TableVocabulary:
    return TableVocabulary(rooms)


def definition_of(prompt: str | None, bddl: Path | str | None, behavior: str | None) -> str:
    """Return the text of the definition that is given in place of a prompt; empty for a prompt.

    Raises:
        UserError: none of the three is given, or more than one, or there is no such definition.
    """
    given = {"a prompt": prompt, "a BDDL file": bddl, "a BEHAVIOR activity": behavior}
    names = [name for name, value in given.items() if value is not None]
    if len(names) != 1:
        told = f"{' and '.join(names)} are given" if names else "nothing is given"
        raise UserError(f"{told}: say either a prompt, or a BDDL file, or a BEHAVIOR activity")
    if bddl is not None:
        return definition_file(bddl)
    return "" if behavior is None else activity_definition(behavior)


def makers(task: Task) -> dict[str, str]:
    """Return what stands in for each category of a task that nothing makes as such."""
    vocabulary = TableVocabulary(room_types())
    found = (vocabulary.find(item.category) for item in task.objects)
    return {category.name: category.stand_in for category in found if category and category.stand_in}
