"""Texture images in scene folders."""

from __future__ import annotations

import posixpath
from pathlib import Path

from sage.asset import TEXTURES
from sage.scene import Room
from sage.spatial.structure import block_images, room_blocks

__all__ = ["asset_image", "block_image", "write_patterns"]


def block_image(name: str) -> str:
    """Return the path of a structural block's texture image, relative to the scene folder."""
    return f"assets/{TEXTURES}/{name}"


def asset_image(asset_id: str, name: str) -> str:
    """Return the path of an asset's texture image, relative to the scene folder.

    Args:
        asset_id: id of the asset.
        name: path relative to the asset's folder, which may start with `../` for shared images.

    Example:
        >>> asset_image("mug_1", "../textures/oak.png")
        'assets/textures/oak.png'
    """
    return posixpath.normpath(f"assets/{asset_id}/{name}")


def write_patterns(rooms: tuple[Room, ...], folder: Path) -> None:
    """Write the pattern images of floors and walls, which multiply their colours, into a scene folder."""
    patterned = {block.pattern: block for room in rooms for block in room_blocks(room) if block.pattern}
    for block in patterned.values():
        for name, image in block_images(block).items():
            path = folder / block_image(name)
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(image)
