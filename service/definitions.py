"""BDDL problems: files, and the activities of the `bddl` package."""

from __future__ import annotations

import difflib
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from sage.errors import SourceError, TaskNotUnderstood
from sage.language.bddl.syntax import LONGEST_DEFINITION

__all__ = ["activities", "activity_definition", "definition_file"]

_FOLDER = "bddl/activity_definitions"
_INSTALL = "pip install --no-deps bddl==3.6.0"


def definition_file(path: Path | str) -> str:
    """Return the text of a BDDL file.

    Raises:
        SourceError: it cannot be read, or is too long.
    """
    path = Path(path)
    try:
        if path.stat().st_size > 4 * LONGEST_DEFINITION:
            raise SourceError(
                f"{path} has {path.stat().st_size} bytes; BDDL problems have at most {4 * LONGEST_DEFINITION}"
            )
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceError(f"{path} cannot be read as text: name a BDDL file ({error})") from error


@cache
def activities() -> dict[str, Path]:
    """Return the definition of each BEHAVIOR activity's first problem, by its name.

    Only data files of the package are read; it is not imported, since its dependencies are large.

    Raises:
        SourceError: the package is not installed.
    """
    try:
        folder = Path(str(distribution("bddl").locate_file(_FOLDER)))
    except PackageNotFoundError:
        raise SourceError(
            f"BEHAVIOR's activities are in the package bddl, which is not installed: {_INSTALL}"
        ) from None
    found = {file.parent.name: file for file in sorted(folder.glob("*/problem0.bddl"))}
    if not found:
        raise SourceError(f"the installed package bddl holds no activity definitions: {_INSTALL}")
    return found


def activity_definition(name: str) -> str:
    """Return the BDDL problem of an activity such as `putting_away_toys`.

    Raises:
        SourceError: the package `bddl` is not installed.
        TaskNotUnderstood: there is no such activity; the message lists the nearest.
    """
    known = activities()
    by_key = {_key(own): own for own in known}
    own = by_key.get(_key(name))
    if own is None:
        near = [by_key[key] for key in difflib.get_close_matches(_key(name), by_key, n=3, cutoff=0.5)]
        hint = (
            f"the nearest are {', '.join(near)}"
            if near
            else f"there are {len(known)}, such as {next(iter(known))}"
        )
        raise TaskNotUnderstood(f"there is no activity {name!r}: {hint}")
    return definition_file(known[own])


def _key(name: str) -> str:
    return "_".join(name.casefold().replace("-", " ").replace("_", " ").split())
