"""Seamless texture maps of materials as PNG files: base colour, roughness and metalness, normals.

Conventions are glTF's: the base colour multiplies a material's own; of the second image green multiplies the
roughness and blue the metallic share (red repeats the roughness, for readers of one channel); normals are
those of tangent space, green up. What was drawn once is kept below the user's cache.
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
_DEFAULT_PX, _LEAST_PX, _MOST_PX = 256, 32, 4096
_SIZE = "SAGE_TEXTURE_PX"
_STEPS = {"colour": 3, "surface": 8, "normal": 4}
"""Of 255, to which values are rounded: nobody sees it, and files are half as large."""


@dataclass(frozen=True)
class Maps:
    """The images of one material, as PNG."""

    name: str
    """Of the pattern and its variant: `wood_2`."""
    size: float
    """Side of the square that they cover [m]."""
    colour: bytes
    surface: bytes
    normal: bytes

    def file(self, kind: str) -> str:
        """Return the name of an image, one of MAP_KINDS."""
        return f"{self.name}_{kind}.png"


def texture_pixels() -> int:
    """Return how many pixels maps are wide and high: SAGE_TEXTURE_PX, by default 256.

    Raises:
        UserError: it is no power of two from 32 to 4096.
    """
    told = os.environ.get(_SIZE, "").strip() or str(_DEFAULT_PX)
    sizes = [2**k for k in range(_LEAST_PX.bit_length() - 1, _MOST_PX.bit_length())]
    if not told.isdigit() or int(told) not in sizes:
        raise UserError(f"{_SIZE} is {told!r}; it must be one of {', '.join(map(str, sizes))}")
    return int(told)


def maps(pattern: str, variant: int, pixels: int | None = None) -> Maps:
    """Return the maps of a pattern.

    Args:
        pattern: one of `sage.appearance.patterns.PATTERNS`.
        variant: seeds it.
        pixels: width and height; by default `texture_pixels()`.
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
            _keep(path, images[kind])
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
    """Return unit normals, u right, v up, from central differences; `pixel` is the width of one [m]."""
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
    """Return where maps are kept: a folder for each state of the code that draws them."""
    root = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    code = b"".join(Path(str(file)).read_bytes() for file in (patterns.__file__, __file__))
    return root / "sage" / "textures" / hashlib.sha256(code).hexdigest()[:16]


def _keep(path: Path, image: bytes) -> None:
    """Write a file whole, or not at all where that is not allowed."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(image)
        os.replace(file.name, path)
