"""The request of a run, recorded beside its checkpoint for resumption."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

from pydantic import Field, ValidationError

from sage.errors import CheckpointError
from sage.geometry import Frozen
from sage.llm import Limits
from sage.task import StyleName
from sage.tools import Density, Disorder

__all__ = ["PlannerName", "Run"]

PlannerName = Literal["rules", "openai"]
"""Who may choose the edits."""

_FORMAT = 5
"""Of the record and of the loop's state; a change of either counts it up."""


def _versions() -> dict[str, str]:
    """Return what must be the same for a run to end as it would have."""
    return {name: version(name) for name in ("sage-scenes", "langgraph", "pybullet", "numpy")}


class Run(Frozen):
    """The arguments of `generate`; see there."""

    format: int = _FORMAT
    versions: dict[str, str] = Field(default_factory=_versions)
    prompt: str
    definition: str = ""
    """In BDDL, in place of a prompt."""
    seed: int
    room: str | None
    density: Density
    disorder: Disorder
    style: StyleName | None
    max_rounds: int
    planner: PlannerName
    limits: Limits
    vision: bool
    vlm: bool
    strict: bool
    formats: tuple[str, ...]
    asset_pool: tuple[int, int] | None
    overwrite: bool

    def write(self, path: Path) -> None:
        """Put it on record, whole or not at all."""
        partial = path.with_suffix(".partial")
        partial.write_text(self.model_dump_json(indent=1) + "\n")
        partial.replace(path)

    @classmethod
    def read(cls, path: Path) -> Run:
        """Read what `write` wrote.

        Raises:
            CheckpointError: there is nothing, it is broken, or another version wrote it.
        """
        try:
            data: dict[str, Any] = json.loads(path.read_text())
            written = data["format"], dict(data["versions"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CheckpointError(f"{str(path)!r} is no record of a run; begin anew") from error
        if written != (_FORMAT, _versions()):
            told = ", ".join(f"{name} {value}" for name, value in _differences(written[1]))
            raise CheckpointError(
                f"{str(path)!r} was written by another version ({told or f'format {written[0]}'}), which may "
                "end otherwise; resume it with that one, or begin anew with --overwrite"
            )
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise CheckpointError(f"{str(path)!r} is broken: {error.errors()[0]['msg']}") from error


def _differences(versions: dict[str, Any]) -> list[tuple[str, Any]]:
    own = _versions()
    return [(name, value) for name, value in versions.items() if own.get(name) != value]
