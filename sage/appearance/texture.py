"""Tileable texture maps as PNG data: base colour, roughness and metalness, and normals.

Channels follow glTF: the base-colour map multiplies the material's base colour; in the surface map, green
multiplies the roughness and blue the metalness (red repeats the roughness, for single-channel readers); the
normal map is in tangent space with green up. Maps are cached below XDG_CACHE_HOME.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import tempfile
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from sage.appearance import patterns
from sage.appearance.patterns import PATTERNS, Canvas, Relief
from sage.errors import UserError

__all__ = ["MAP_KINDS", "Maps", "maps", "texture_pixels"]

MAP_KINDS = ("colour", "surface", "normal")
"""Kinds of map: base colour; roughness and metalness; normals."""
_DEFAULT_PX, _LEAST_PX, _MOST_PX = 256, 32, 4096
_SIZE = "SAGE_TEXTURE_PX"
_STEPS = {"colour": 3, "surface": 8, "normal": 4}
"""Quantisation step of each kind of map, of 255; it halves the file size without visible loss."""


@dataclass(frozen=True)
class Maps:
    """Texture maps of one material as PNG data."""

    name: str
    """Name of pattern and variant, such as `wood_2`."""
    size: float
    """Side of the square patch that the maps cover [m]."""
    colour: bytes
    """Base-colour map."""
    surface: bytes
    """Roughness and metalness map."""
    normal: bytes
    """Tangent-space normal map."""

    def file(self, kind: str) -> str:
        """Return the file name of a map of a kind in `MAP_KINDS`."""
        return f"{self.name}_{kind}.png"


def texture_pixels() -> int:
    """Return the side of texture maps [px]: the environment variable SAGE_TEXTURE_PX, by default 256.

    Raises:
        UserError: The variable is not a power of two from 32 to 4096.
    """
    value = os.environ.get(_SIZE, "").strip() or str(_DEFAULT_PX)
    sizes = [2**k for k in range(_LEAST_PX.bit_length() - 1, _MOST_PX.bit_length())]
    if not value.isdigit() or int(value) not in sizes:
        raise UserError(f"{_SIZE} is {value!r}; it must be one of {', '.join(map(str, sizes))}")
    return int(value)


def maps(pattern: str, variant: int, pixels: int | None = None) -> Maps:
    """Return the texture maps of a pattern, from the cache if possible.

    Args:
        pattern: Name of a pattern in `sage.appearance.patterns.PATTERNS`.
        variant: Seed of the pattern.
        pixels: Side of the maps [px]; by default `texture_pixels()`.

    Raises:
        KeyError: The pattern is unknown.
        UserError: SAGE_TEXTURE_PX is invalid.
    """
    return _maps(pattern, variant, texture_pixels() if pixels is None else pixels)


@lru_cache(maxsize=256)
def _maps(pattern: str, variant: int, pixels: int) -> Maps:
    name = f"{pattern}_{variant}"
    files = {kind: _folder() / f"{name}_{pixels}_{kind}.png" for kind in MAP_KINDS}
    try:
        images = {kind: path.read_bytes() for kind, path in files.items()}
    except OSError:
        images = _drawn(pattern, variant, pixels)
        for kind, path in files.items():
            _write_cached(path, images[kind])
    return Maps(name, PATTERNS[pattern].size, **images)


def _drawn(pattern: str, variant: int, pixels: int) -> dict[str, bytes]:
    rng = np.random.default_rng([7, variant, *pattern.encode()])
    relief = PATTERNS[pattern].draw(Canvas(rng, pixels))
    metallic = np.ones_like(relief.roughness) if relief.metallic is None else relief.metallic
    images = {
        "colour": relief.colour,
        "surface": np.stack([relief.roughness, relief.roughness, metallic], axis=2),
        "normal": _normals(relief, PATTERNS[pattern].size / pixels) * 0.5 + 0.5,
    }
    return {kind: _png(image, _STEPS[kind]) for kind, image in images.items()}


def _normals(relief: Relief, pixel: float) -> npt.NDArray[np.float64]:
    """Return unit normals, shape [n, n, 3], with u right and v up, by central differences.

    Args:
        relief: Relief with the heights.
        pixel: Width of a pixel [m].
    """
    h = relief.height
    right = (np.roll(h, -1, axis=1) - np.roll(h, 1, axis=1)) / (2 * pixel)
    up = (np.roll(h, 1, axis=0) - np.roll(h, -1, axis=0)) / (2 * pixel)
    found = np.stack([-right, -up, np.ones_like(h)], axis=2)
    unit: npt.NDArray[np.float64] = found / np.linalg.norm(found, axis=2, keepdims=True)
    return unit


def _png(values: npt.NDArray[np.float64], step: int) -> bytes:
    rounded = np.round(np.clip(values, 0, 1) * 255 / step) * step
    buffer = io.BytesIO()
    Image.fromarray(np.minimum(rounded, 255).astype(np.uint8)).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


@cache
def _folder() -> Path:
    """Return the cache folder, which is named by a hash of the code that draws the maps."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    code = b"".join(Path(str(file)).read_bytes() for file in (patterns.__file__, __file__))
    return root / "sage" / "textures" / hashlib.sha256(code).hexdigest()[:16]


def _write_cached(path: Path, image: bytes) -> None:
    """Write a cache file atomically; do nothing if the folder is not writable."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(image)
        os.replace(file.name, path)
