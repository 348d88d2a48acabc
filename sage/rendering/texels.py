"""Surface colours at ray hits, in linear RGB."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from sage.rendering.surfaces import Surfaces

__all__ = ["base_colours", "encoded", "linear", "mipmaps", "vertex_values"]

Floats = npt.NDArray[np.float32]


def linear(colour: npt.ArrayLike) -> Floats:
    """Return colours as they are displayed, 0..1, in linear light (IEC 61966-2-1)."""
    shown = np.asarray(colour, dtype=np.float32)
    found: Floats = np.where(shown <= 0.04045, shown / 12.92, ((shown + 0.055) / 1.055) ** 2.4)
    return found.astype(np.float32)


def encoded(light: npt.ArrayLike) -> Floats:
    """Return linear light as it is displayed, 0..1 (IEC 61966-2-1)."""
    values = np.asarray(light, dtype=np.float32)
    found: Floats = np.where(values <= 0.0031308, 12.92 * values, 1.055 * values ** (1 / 2.4) - 0.055)
    return found


def vertex_values(values: Floats, surfaces: Surfaces, face: npt.NDArray[np.int32], bary: Floats) -> Floats:
    """Return what vertices carry, shape [v, k], at n points on triangles, shape [n, k]."""
    a, b, c = (values[surfaces.faces[face, corner]] for corner in range(3))
    found: Floats = a + bary[:, :1] * (b - a) + bary[:, 1:] * (c - a)
    return found


def base_colours(surfaces: Surfaces, face: npt.NDArray[np.int32], bary: Floats, footprint: Floats) -> Floats:
    """Return the base colours at n points on triangles, linear, shape [n, 3].

    Args:
        surfaces: what the triangles belong to.
        face: rows in `surfaces.faces`, shape [n].
        bary: weights of the second and third corner, shape [n, 2].
        footprint: width of a pixel on the surface [m], shape [n]: textures are averaged over it.
    """
    plain = linear([look.material.rgba[:3] for look in surfaces.looks])
    images = list(dict.fromkeys(look.image for look in surfaces.looks if look.image is not None))
    numbers: dict[bytes | None, int] = {image: number for number, image in enumerate(images)}
    number_of_look = np.array([numbers.get(look.image, -1) for look in surfaces.looks], dtype=np.int32)
    look = surfaces.look_of_face[face]
    colours, number = plain[look], number_of_look[look]
    order = np.argsort(number, kind="stable")
    ends = np.searchsorted(number[order], np.arange(len(images) + 1))
    order, ends = order[ends[0] :], ends - ends[0]
    textured = face[order]
    uv = vertex_values(surfaces.uv, surfaces, textured, bary[order])
    repeats = footprint[order] * surfaces.repeats_per_m[textured]
    for image, start, end in zip(images, ends[:-1], ends[1:], strict=True):
        if start < end:
            mine = slice(start, end)
            colours[order[mine]] *= _sampled(mipmaps(image), uv[mine], repeats[mine])
    return colours


@lru_cache(maxsize=256)
def mipmaps(png: bytes) -> tuple[Floats, ...]:
    """Return an image in linear light, and its halves, quarters, ... down to a pixel."""
    levels: list[Floats] = [linear(np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) / 255.0)]
    while min(levels[-1].shape[:2]) > 1:
        last = levels[-1]
        even = last[: last.shape[0] // 2 * 2, : last.shape[1] // 2 * 2]
        levels.append((even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / np.float32(4))
    return tuple(levels)


def _sampled(levels: tuple[Floats, ...], uv: Floats, repeats: Floats) -> Floats:
    """Sample a repeating texture in the level that suits the footprint, smoothly where it is large."""
    pixels = np.maximum(repeats * levels[0].shape[1], 1.0)
    chosen = np.minimum(np.log2(pixels).astype(np.int8), len(levels) - 1)
    colours = np.empty((len(uv), 3), dtype=np.float32)
    for number in np.flatnonzero(np.bincount(chosen)):
        level, mine = levels[number], np.flatnonzero(chosen == number)
        height, width = level.shape[:2]
        x, y = uv[mine, 0] % 1.0 * width, (1.0 - uv[mine, 1]) % 1.0 * height
        if number:
            colours[mine] = level[y.astype(np.intp) % height, x.astype(np.intp) % width]
        else:
            colours[mine] = _between(level, x - 0.5, y - 0.5)
    return colours


def _between(level: Floats, x: Floats, y: Floats) -> Floats:
    """Interpolate between the four pixels around places, in pixels from the first one's middle."""
    height, width = level.shape[:2]
    left, top = np.floor(x).astype(np.intp), np.floor(y).astype(np.intp)
    right, below = (x - left)[:, None], (y - top)[:, None]
    upper = level[top % height, left % width] * (1 - right) + level[top % height, (left + 1) % width] * right
    low = (top + 1) % height
    lower = level[low, left % width] * (1 - right) + level[low, (left + 1) % width] * right
    found: Floats = upper * (1 - below) + lower * below
    return found
