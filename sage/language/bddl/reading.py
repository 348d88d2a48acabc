"""Reads the text of a BDDL definition into a task."""

from __future__ import annotations

from sage.language.bddl.behavior import read_behavior
from sage.language.bddl.libero import read_libero
from sage.language.bddl.syntax import parse
from sage.task import Task
from sage.vocabulary import Vocabulary

__all__ = ["read_bddl"]


def read_bddl(text: str, vocabulary: Vocabulary) -> Task:
    """Understand a definition in BDDL, of BEHAVIOR's or LIBERO's kind.

    Raises:
        TaskNotUnderstood: it is malformed, or names what nobody knows.
        TaskImpossible: it contradicts itself, or lies outdoors.
    """
    definition = parse(text)
    return read_libero(definition, vocabulary) if definition.libero else read_behavior(definition, vocabulary)
