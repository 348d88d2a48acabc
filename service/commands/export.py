"""`sage export`: write a scene in further formats."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sage.service.commands.options import Formats

__all__ = ["export"]


def export(
    folder: Annotated[Path, typer.Argument(help="A scene folder.")],
    formats: Formats = "all",
) -> None:
    """Write the scene of a folder in further formats; print the files."""
    from sage.service.checking import export as write

    for name in write(folder, formats):
        typer.echo(str(folder / name))
