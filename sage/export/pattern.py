"""Floor and wall images of a scene's folder, shared with its assets."""

from __future__ import annotations

import posixpath
from pathlib import Path

from sage.asset import TEXTURES
from sage.scene import Room
from sage.spatial.structure import block_images, room_blocks

__all__ = ["asset_image", "block_image", "write_patterns"]


def block_image(name: str) -> str:
    """Return the path of an image of a block's material, relative to the scene folder."""
    return f"assets/{TEXTURES}/{name}"


def asset_image(asset_id: str, name: str) -> str:
    """Return the path of an image of an asset's material, relative to the scene folder."""
    return posixpath.normpath(f"assets/{asset_id}/{name}")


def write_patterns(rooms: tuple[Room, ...], folder: Path) -> None:
    """Write the pattern images of floors and walls, which modulate their colours."""
    patterned = {block.pattern: block for room in rooms for block in room_blocks(room) if block.pattern}
    for block in patterned.values():
        for name, image in block_images(block).items():
            path = folder / block_image(name)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(image)
