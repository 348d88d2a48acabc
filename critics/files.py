"""Consistency of a scene folder's files with its scene.json."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sage.context import Context
from sage.critique import Critique, Finding
from sage.errors import ExportError
from sage.export.folder import formats_of
from sage.export.formats import Format
from sage.scene import Scene

__all__ = ["FilesCritic", "file_findings"]

_POSITION_TOLERANCE_M = 1e-4
"""Largest difference between positions in two files [m]."""


@dataclass(frozen=True)
class FilesCritic:
    """Checks that a scene folder has all its files, with objects at the positions in scene.json."""

    folder: Path
    name: str = "files"

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        findings = tuple(file_findings(scene, self.folder))
        return Critique(
            critic=self.name, score=0.0 if findings else 1.0, passed=not findings, findings=findings
        )


def file_findings(scene: Scene, folder: Path) -> Iterator[Finding]:
    """Yield findings on missing or broken files, and on objects at other positions than in scene.json."""
    for written in formats_of(scene, folder):
        for name in written.files(scene):
            if not (folder / name).is_file():
                yield Finding(kind="inconsistent", message=f"{name} is missing")
        if (folder / written.main).is_file():
            yield from _misplaced(scene, written, folder)


def _misplaced(scene: Scene, written: Format, folder: Path) -> Iterator[Finding]:
    try:
        positions = written.positions(folder / written.main)
    except (ExportError, SyntaxError, ValueError, LookupError, TypeError) as error:
        yield Finding(kind="inconsistent", message=f"{written.main} is broken: {error}")
        return
    for item in scene.objects:
        if item.covering and item.id not in positions:
            continue
        distance = math.dist(positions.get(item.id, [math.inf] * 3), item.pose.position)
        if distance > _POSITION_TOLERANCE_M:
            yield Finding(
                kind="inconsistent",
                objects=(item.id,),
                message=f"{written.main} has {item.id!r} {distance:g} m from its position in scene.json; "
                "export the scene again",
                value=distance if math.isfinite(distance) else None,
                limit=_POSITION_TOLERANCE_M,
            )
