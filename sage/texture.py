"""Seamless procedural textures."""

from __future__ import annotations

import io
import math
from functools import lru_cache

import numpy as np
from PIL import Image

from sage.geometry import Array

__all__ = ["texture_png"]

_TEXTURE_PX = 128


@lru_cache(maxsize=64)
def texture_png(grain: str, variant: int) -> bytes:
    """Return a seamless greyscale PNG of 128 x 128 pixels that modulates a base colour.

    Sums of sines with whole periods, so that it tiles; `variant` chooses the phases.
    """
    rng = np.random.default_rng([7, variant, *grain.encode()])
    line = np.arange(_TEXTURE_PX) / _TEXTURE_PX * 2 * math.pi
    u, v = np.meshgrid(line, line)

    def noise(low: int, high: int, stretch: int = 1) -> Array:
        total = np.zeros_like(u)
        for _ in range(10):
            a, b = rng.integers(low, high + 1, 2)
            total += np.sin(a * u + b * stretch * v + rng.uniform(0, 2 * math.pi)) / 10
        return total * 2

    if grain == "wood":
        rings = np.sin(9 * v + 1.6 * noise(1, 2) + 0.5 * noise(2, 4))
        value = 0.88 + 0.05 * rings + 0.04 * np.sin(37 * v + 2.2 * noise(1, 3))
    elif grain == "weave":
        value = 0.88 + 0.05 * np.sin(32 * u) * np.sin(32 * v) + 0.04 * noise(2, 9)
    elif grain == "brushed":
        streaks = rng.normal(0, 0.035, (_TEXTURE_PX, 1))
        value = 0.93 + streaks + 0.02 * noise(1, 3)
    elif grain == "stone":
        veins = 1 - np.abs(np.sin(2 * u + 3 * v + 2.5 * noise(1, 3)))
        value = 0.88 - 0.16 * veins**10 + 0.05 * noise(3, 11)
    elif grain == "planks":
        row = np.floor(v / (2 * math.pi) * 8).astype(int)
        shade = rng.uniform(-0.10, 0.06, 8)[row]
        seam = (np.mod(v / (2 * math.pi) * 8, 1) < 0.07) | (np.mod(u / (2 * math.pi) + row * 0.37, 1) < 0.008)
        value = 0.86 + shade + 0.05 * np.sin(45 * v + 2 * noise(1, 3)) - 0.28 * seam
    elif grain == "tiles":
        seam = (np.mod(u / (2 * math.pi) * 2, 1) < 0.03) | (np.mod(v / (2 * math.pi) * 2, 1) < 0.03)
        value = 0.92 + 0.04 * noise(1, 5) - 0.22 * seam
    else:
        value = 0.92 + 0.05 * noise(6, 24)
    pixels = (np.clip(value, 0, 1) * 255).astype(np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()
