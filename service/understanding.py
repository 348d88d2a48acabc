"""Reads prompts and BDDL problems with the default vocabulary.

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
    """Read a BDDL problem with the default vocabulary.

    Raises:
        UserError: it cannot be understood.
    """
    return read_bddl(text, _vocabulary(room_types()))


@cache
def _vocabulary(rooms: tuple[RoomType, ...]) -> TableVocabulary:
    return TableVocabulary(rooms)


def definition_of(prompt: str | None, bddl: Path | str | None, behavior: str | None) -> str:
    """Return the text of the BDDL problem in place of a prompt; empty if a prompt is given.

    Args:
        prompt: a prompt.
        bddl: path of a BDDL file.
        behavior: name of a BEHAVIOR activity.

    Raises:
        UserError: not exactly one of the three is given, or there is no such problem.
    """
    given = {"a prompt": prompt, "a BDDL file": bddl, "a BEHAVIOR activity": behavior}
    names = [name for name, value in given.items() if value is not None]
    if len(names) != 1:
        given_names = f"{' and '.join(names)} are given" if names else "nothing is given"
        raise UserError(
            f"{given_names}: give a prompt, a BDDL file or a BEHAVIOR activity, exactly one of them"
        )
    if bddl is not None:
        return definition_file(bddl)
    return "" if behavior is None else activity_definition(behavior)


def makers(task: Task) -> dict[str, str]:
    """Return the stand-in category of each category of a task that has no builder of its own."""
    vocabulary = TableVocabulary(room_types())
    found = (vocabulary.find(item.category) for item in task.objects)
    return {category.name: category.stand_in for category in found if category and category.stand_in}
