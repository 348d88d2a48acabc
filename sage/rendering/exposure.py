"""Tone mapping: exposure, white balance, tone curve, sRGB."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sage.geometry import Array
from sage.rendering.lighting import Lighting
from sage.rendering.texels import encoded

__all__ = ["developed", "exposure", "luminance"]

Floats = npt.NDArray[np.float32]

_MIDDLE = 0.30
"""Linear brightness that the middle of the picture gets, of 1."""
_BRIGHT, _BRIGHT_SHARE = 2.2, 0.93
"""The share of pixels that may not be brighter than this before the tone curve: the tops of walls, which
lie in the open, and lamps are."""
_LIGHT, _LIGHT_SHARE = 0.8, 0.8
"""The same for what is merely light, as white walls are."""
_EVERY = 5
"""Of so many pixels one is looked at."""
_BALANCE = 0.85
"""How much of the light's colour is taken out: eyes and cameras leave some."""
_KNEE = 0.65


def luminance(colours: npt.ArrayLike) -> Floats:
    """Return the luminance of linear RGB (ITU-R BT.709), shape [...]."""
    found: Floats = np.asarray(colours, dtype=np.float32) @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    return found


def exposure(radiance: Floats, light: Lighting) -> Floats:
    """Return the factor for each channel, shape [3], that shows a picture's light, shape [n, 3], well.

    The median goes to 0.3 of white, unless more than 7 % of the pixels would be far beyond white then. The
    mean colour of the light is mostly taken out.
    """
    colour = np.maximum(light.bounced, 1e-6)
    balance = (colour / luminance(colour)) ** -_BALANCE
    bright = luminance(radiance[::_EVERY] * balance.astype(np.float32))
    if not len(bright):
        return balance.astype(np.float32)
    middle, light_part, top = np.quantile(bright, (0.5, _LIGHT_SHARE, _BRIGHT_SHARE))
    limits = ((_MIDDLE, middle), (_LIGHT, light_part), (_BRIGHT, top))
    gain = min(limit / max(float(value), 1e-6) for limit, value in limits)
    factors: Array = gain * balance
    return factors.astype(np.float32)


def developed(radiance: Floats, factors: Floats) -> Floats:
    """Return light as sRGB, 0..1: straight up to a knee, then ever flatter towards white."""
    light = radiance * factors
    over = np.maximum(light - _KNEE, 0.0) / (1 - _KNEE)
    light = np.minimum(light, _KNEE) + (1 - _KNEE) * (1 - np.exp(-over))
    return encoded(np.maximum(light, 0.0))
