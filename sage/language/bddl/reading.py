"""Entry point for reading BDDL definitions as tasks."""

from __future__ import annotations

from sage.language.bddl.behavior import read_behavior
from sage.language.bddl.libero import read_libero
from sage.language.bddl.syntax import parse
from sage.task import Task
from sage.vocabulary import Vocabulary

__all__ = ["read_bddl"]


def read_bddl(text: str, vocabulary: Vocabulary) -> Task:
    """Read a BDDL definition, in the dialect of BEHAVIOR or LIBERO, as a task.

    Raises:
        TaskNotUnderstood: the definition is malformed, or names an unknown object type or room.
        TaskImpossible: the definition contradicts itself, or all of it is outdoors.
    """
    definition = parse(text)
    return read_libero(definition, vocabulary) if definition.libero else read_behavior(definition, vocabulary)
