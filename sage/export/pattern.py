"""The patterns of floors as images in a scene's folder."""

from __future__ import annotations

from pathlib import Path

from sage.scene import Room
from sage.structure import room_blocks
from sage.texture import texture_png

__all__ = ["pattern_file", "write_patterns"]


def pattern_file(pattern: str) -> str:
    """Return the name of a pattern's image, relative to the scene's folder."""
    return f"textures/{pattern}.png"


def write_patterns(rooms: tuple[Room, ...], folder: Path) -> None:
    """Write the images of the patterns that floors have; they modulate a floor's colour."""
    blocks = (block for room in rooms for block in room_blocks(room))
    for pattern in sorted({block.pattern for block in blocks if block.pattern}):
        path = folder / pattern_file(pattern)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(texture_png(pattern, 0))
