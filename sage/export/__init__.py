"""Exporters: scene folders, simulator formats, datasets of frames, revisions."""

from typing import Literal

__all__ = ["DEFAULT_FORMATS", "FormatName"]

FormatName = Literal["usd", "mjcf", "urdf", "glb", "sdf", "sceneeval"]
"""Names of the export formats; see `sage.export.formats`."""

DEFAULT_FORMATS: tuple[FormatName, ...] = ("usd", "mjcf", "urdf", "glb")
