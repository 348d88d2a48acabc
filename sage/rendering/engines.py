"""Rendering engines by name, behind one interface."""

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
"""`fast` is ours and needs nothing; `open3d` rasterises with Filament, which has gleam; `photo` is Mitsuba 3,
which follows light from surface to surface."""

ENGINES: tuple[EngineName, ...] = get_args(EngineName)


class Renderer(Protocol):
    """Takes pictures of surfaces in a light, both given to its constructor."""

    def picture(self, camera: Camera) -> npt.NDArray[np.uint8]:
        """Return what a camera sees, RGB, shape [height, width, 3]."""
        ...


def renderer_of(
    name: str, surfaces: Surfaces, light: Lighting, hidden: frozenset[str] = frozenset()
) -> Renderer:
    """Return an engine, ready for pictures.

    Args:
        name: of the engine.
        surfaces: of a scene.
        light: that shines on them.
        hidden: names of things, and of walls with all that is in them, that are not seen.

    Raises:
        UserError: it is unknown.
        EngineUnavailable: it is not installed, or lacks a system library.
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
    raise UserError(f"there is no engine {name!r}; name one of {', '.join(ENGINES)}")
