"""Exporters: scene folders, simulator formats, datasets of frames, revisions."""

from collections.abc import Sequence
from typing import Literal, get_args

from sage.errors import UserError

__all__ = ["DATASET_FORMATS", "DEFAULT_FORMATS", "FormatName", "format_names"]

FormatName = Literal["usd", "mjcf", "urdf", "glb", "sdf", "sceneeval"]
"""Names of the export formats; see `sage.export.formats`."""

DEFAULT_FORMATS: tuple[FormatName, ...] = ("usd", "mjcf", "urdf", "glb")
"""Formats of a scene folder."""

DATASET_FORMATS: tuple[FormatName, ...] = ("usd", "mjcf", "urdf")
"""Formats of the scenes of a dataset: a GLB file would hold every mesh again."""


def format_names(names: str | Sequence[str]) -> tuple[FormatName, ...]:
    """Return export formats by name, each once, in their usual order.

    Args:
        names: a list of names, or one text with commas between them; `all` stands for every format.

    Raises:
        UserError: a name is unknown, or there is none.

    Example:
        >>> format_names("urdf, usd")
        ('usd', 'urdf')
    """
    formats: tuple[FormatName, ...] = get_args(FormatName)
    parts = names.split(",") if isinstance(names, str) else names
    asked = [part.strip().lower() for part in parts if part.strip()]
    known = ", ".join(formats)
    for name in asked:
        if name not in formats and name != "all":
            raise UserError(f"there is no format {name!r}; there are {known}, and all")
    if not asked:
        raise UserError(f"no format is named; there are {known}, and all")
    return tuple(name for name in formats if name in asked or "all" in asked)
