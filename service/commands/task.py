"""`sage task`: how a prompt or a BDDL problem is read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.display import print_json, print_task
from sage.service.commands.options import Behavior, Json, Strict

__all__ = ["task"]


def task(
    subject: Annotated[
        str | None, typer.Argument(metavar="[TEXT|FILE]", help="A prompt, or a BDDL file.")
    ] = None,
    behavior: Behavior = None,
    strict: Strict = False,
    as_json: Json = False,
) -> None:
    """Print the task read from a prompt, a BDDL file or a BEHAVIOR activity."""
    from sage.language.checks import check_understood
    from sage.service.understanding import definition_of, makers, understand, understand_definition

    file = Path(subject) if subject and _is_file(subject) else None
    definition = definition_of(None if file else subject, file, behavior)
    read = understand_definition(definition) if definition else understand(subject or "")
    if strict:
        check_understood(read)
    made_by = makers(read)
    if as_json:
        more = {"understood": read.understood.model_dump(mode="json"), "stand_ins": made_by}
        print_json(read.model_dump(mode="json") | more)
        return
    print_task(read, made_by)


def _is_file(subject: str) -> bool:
    try:
        return subject.endswith(".bddl") or Path(subject).is_file()
    except (OSError, ValueError):
        return False
