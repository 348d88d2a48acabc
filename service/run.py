"""Record of a run beside its checkpoint, from which an interrupted run is resumed."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from sage.errors import CheckpointError, UserError
from sage.geometry import Frozen
from sage.service.request import SceneRequest

__all__ = ["Run"]

_FORMAT = 6
"""Version of the record and of the loop's state; increased when either changes."""


def _versions() -> dict[str, str]:
    """Return the versions on which the result of a run depends."""
    return {name: version(name) for name in ("sage-scenes", "langgraph", "pybullet", "numpy")}


class Run(Frozen):
    """Request of a run, with the versions that it began with."""

    request: SceneRequest
    overwrite: bool = False
    """Whether the run may replace a scene folder."""
    format: int = _FORMAT
    versions: dict[str, str] = Field(default_factory=_versions)

    def write(self, path: Path) -> None:
        """Write the record in one step."""
        partial = path.with_suffix(".partial")
        partial.write_text(self.model_dump_json(indent=1) + "\n")
        partial.replace(path)

    @classmethod
    def read(cls, path: Path) -> Run:
        """Return the record in a file.

        Raises:
            CheckpointError: there is none, it is broken, or another version wrote it.
        """
        try:
            data: dict[str, Any] = json.loads(path.read_text())
            written = data["format"], dict(data["versions"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise CheckpointError(f"{str(path)!r} is not the record of a run; begin anew") from error
        if written != (_FORMAT, _versions()):
            changed = ", ".join(f"{name} {value}" for name, value in _differences(written[1]))
            raise CheckpointError(
                f"{str(path)!r} was written by another version ({changed or f'format {written[0]}'}), whose "
                "result may differ; resume with that version, or begin anew with --overwrite"
            )
        try:
            return cls.model_validate(data)
        except ValidationError as error:
            raise CheckpointError(f"{str(path)!r} is broken: {error.errors()[0]['msg']}") from error
        except UserError as error:
            raise CheckpointError(f"{str(path)!r} is broken: {error}") from error


def _differences(versions: dict[str, Any]) -> list[tuple[str, Any]]:
    own = _versions()
    return [(name, value) for name, value in versions.items() if own.get(name) != value]
