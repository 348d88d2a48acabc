"""Texture sampling at ray hits, and conversion between sRGB and linear RGB."""

from __future__ import annotations

import io
from functools import lru_cache

import numpy as np
import numpy.typing as npt
from PIL import Image

from sage.rendering.surfaces import Surfaces

__all__ = ["base_colours", "linear_to_srgb", "mipmaps", "srgb_to_linear", "vertex_values"]

Floats = npt.NDArray[np.float32]


def srgb_to_linear(colour: npt.ArrayLike) -> Floats:
    """Convert sRGB values in 0..1 to linear values in 0..1 (IEC 61966-2-1)."""
    srgb = np.asarray(colour, dtype=np.float32)
    linear: Floats = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return linear.astype(np.float32)


def linear_to_srgb(light: npt.ArrayLike) -> Floats:
    """Convert linear values in 0..1 to sRGB values in 0..1 (IEC 61966-2-1)."""
    linear = np.asarray(light, dtype=np.float32)
    srgb: Floats = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    return srgb


def vertex_values(values: Floats, surfaces: Surfaces, face: npt.NDArray[np.int32], bary: Floats) -> Floats:
    """Interpolate vertex attributes at points on triangles.

    Args:
        values: Attributes of all vertices, shape [v, k].
        surfaces: Surfaces that the triangles belong to.
        face: Rows in `surfaces.faces`, shape [n].
        bary: Barycentric weights of the second and third corner, shape [n, 2].

    Returns:
        Interpolated attributes, shape [n, k].
    """
    a, b, c = (values[surfaces.faces[face, corner]] for corner in range(3))
    found: Floats = a + bary[:, :1] * (b - a) + bary[:, 1:] * (c - a)
    return found


def base_colours(surfaces: Surfaces, face: npt.NDArray[np.int32], bary: Floats, footprint: Floats) -> Floats:
    """Return the base colours at points on triangles, textures included.

    Args:
        surfaces: Surfaces that the triangles belong to.
        face: Rows in `surfaces.faces`, shape [n].
        bary: Barycentric weights of the second and third corner, shape [n, 2].
        footprint: Width of a pixel on the surface [m], shape [n]; it selects the mipmap level.

    Returns:
        Base colours, linear RGB in 0..1, shape [n, 3].
    """
    plain = srgb_to_linear([look.material.rgba[:3] for look in surfaces.looks])
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
            rows = slice(start, end)
            colours[order[rows]] *= _sampled(mipmaps(image), uv[rows], repeats[rows])
    return colours


@lru_cache(maxsize=256)
def mipmaps(png: bytes) -> tuple[Floats, ...]:
    """Return the mipmap levels of an image in linear RGB, the full size first, each of shape [h, w, 3]."""
    levels: list[Floats] = [srgb_to_linear(np.asarray(Image.open(io.BytesIO(png)).convert("RGB")) / 255.0)]
    while min(levels[-1].shape[:2]) > 1:
        last = levels[-1]
        even = last[: last.shape[0] // 2 * 2, : last.shape[1] // 2 * 2]
        levels.append((even[::2, ::2] + even[1::2, ::2] + even[::2, 1::2] + even[1::2, 1::2]) / np.float32(4))
    return tuple(levels)


def _sampled(levels: tuple[Floats, ...], uv: Floats, repeats: Floats) -> Floats:
    """Sample a repeating texture at the mipmap level of the footprint, bilinearly at level 0."""
    pixels = np.maximum(repeats * levels[0].shape[1], 1.0)
    chosen = np.minimum(np.log2(pixels).astype(np.int8), len(levels) - 1)
    colours = np.empty((len(uv), 3), dtype=np.float32)
    for number in np.flatnonzero(np.bincount(chosen)):
        level, rows = levels[number], np.flatnonzero(chosen == number)
        height, width = level.shape[:2]
        x, y = uv[rows, 0] % 1.0 * width, (1.0 - uv[rows, 1]) % 1.0 * height
        if number:
            colours[rows] = level[y.astype(np.intp) % height, x.astype(np.intp) % width]
        else:
            colours[rows] = _bilinear(level, x - 0.5, y - 0.5)
    return colours


def _bilinear(level: Floats, x: Floats, y: Floats) -> Floats:
    """Interpolate bilinearly at positions given in pixels from the centre of the first pixel."""
    height, width = level.shape[:2]
    left, top = np.floor(x).astype(np.intp), np.floor(y).astype(np.intp)
    right, below = (x - left)[:, None], (y - top)[:, None]
    upper = level[top % height, left % width] * (1 - right) + level[top % height, (left + 1) % width] * right
    low = (top + 1) % height
    lower = level[low, left % width] * (1 - right) + level[low, (left + 1) % width] * right
    found: Floats = upper * (1 - below) + lower * below
    return found
