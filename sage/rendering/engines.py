"""Rendering engines and their common interface."""

from __future__ import annotations

from typing import Literal, Protocol, get_args

import numpy as np
import numpy.typing as npt

from sage.errors import UserError
from sage.rendering.camera import Camera
from sage.rendering.lighting import Lighting
from sage.rendering.surfaces import Surfaces

__all__ = ["ENGINES", "EngineName", "Renderer", "renderer_of"]

EngineName = Literal["fast", "open3d", "photo"]
"""`fast` is the built-in ray caster and needs no extra package; `open3d` rasterises physically based
materials with Filament; `photo` traces paths with Mitsuba 3."""

ENGINES: tuple[EngineName, ...] = get_args(EngineName)


class Renderer(Protocol):
    """Renderer of fixed surfaces under fixed lighting, both given to its constructor."""

    def picture(self, camera: Camera) -> npt.NDArray[np.uint8]:
        """Return the image of a camera, sRGB, shape [height, width, 3]."""
        ...


def renderer_of(
    name: str, surfaces: Surfaces, light: Lighting, hidden: frozenset[str] = frozenset()
) -> Renderer:
    """Return a renderer of the engine of a given name.

    Args:
        name: Name of the engine, one of `ENGINES`.
        surfaces: Surfaces of a scene.
        light: Lighting of the scene.
        hidden: Names of objects, structural elements and walls to leave out of images; a wall includes its
            doors, windows and trim.

    Raises:
        UserError: The name is unknown.
        EngineUnavailable: The engine, or a system library that it needs, is not installed.
    """
    if name == "fast":
        from sage.rendering.fast import FastRenderer

        return FastRenderer(surfaces, light, hidden)
    if name == "open3d":
        from sage.rendering.filament import FilamentRenderer

        return FilamentRenderer(surfaces, light, hidden)
    if name == "photo":
        from sage.rendering.photo import PhotoRenderer

        return PhotoRenderer(surfaces, light, hidden)
    raise UserError(f"rendering engine {name!r} is unknown; use one of {', '.join(ENGINES)}")
