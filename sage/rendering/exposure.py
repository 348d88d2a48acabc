"""Exposure, white balance and tone mapping of rendered radiance to sRGB."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sage.geometry import Array
from sage.rendering.lighting import Lighting
from sage.rendering.texels import linear_to_srgb

__all__ = ["exposure", "luminance", "tone_mapped"]

Floats = npt.NDArray[np.float32]

_MIDDLE = 0.30
"""Linear value that the median luminance is exposed to, where 1 is white."""
_BRIGHT, _BRIGHT_SHARE = 2.2, 0.93
"""Limit and quantile: this share of the pixels must stay below the limit before the tone curve. Lamps and the
tops of walls in cutaway views exceed it."""
_LIGHT, _LIGHT_SHARE = 0.8, 0.8
"""The same limit for light surfaces such as white walls."""
_EVERY = 5
"""Every fifth pixel is metered."""
_BALANCE = 0.85
"""Degree of white balance: 1 removes the colour of the light completely."""
_KNEE = 0.65
"""Value up to which the tone curve is linear."""


def luminance(colours: npt.ArrayLike) -> Floats:
    """Return the relative luminance of linear RGB (ITU-R BT.709).

    Args:
        colours: Linear RGB, shape [..., 3].

    Returns:
        Luminance, shape [...].

    Example:
        >>> [round(float(value), 4) for value in luminance([(1, 1, 1), (0, 0.5, 0)])]
        [1.0, 0.3576]
    """
    found: Floats = np.asarray(colours, dtype=np.float32) @ np.array([0.2126, 0.7152, 0.0722], np.float32)
    return found


def exposure(radiance: Floats, light: Lighting) -> Floats:
    """Return the exposure and white-balance factor of each channel.

    The median luminance is exposed to 0.3 of white, or less if more than 7 % of the pixels would be clipped.

    Args:
        radiance: Radiance of the image's pixels, linear RGB [cd/m2], shape [n, 3].
        light: Lighting of the scene; its mean indirect light defines the white balance.

    Returns:
        Factors that map radiance to linear values with white at 1, shape [3].
    """
    colour = np.maximum(light.indirect, 1e-6)
    balance = (colour / luminance(colour)) ** -_BALANCE
    bright = luminance(radiance[::_EVERY] * balance.astype(np.float32))
    if not len(bright):
        return balance.astype(np.float32)
    middle, light_part, top = np.quantile(bright, (0.5, _LIGHT_SHARE, _BRIGHT_SHARE))
    limits = ((_MIDDLE, middle), (_LIGHT, light_part), (_BRIGHT, top))
    gain = min(limit / max(float(value), 1e-6) for limit, value in limits)
    factors: Array = gain * balance
    return factors.astype(np.float32)


def tone_mapped(radiance: Floats, factors: Floats) -> Floats:
    """Return radiance as sRGB values, compressed exponentially above a knee.

    Args:
        radiance: Linear RGB [cd/m2], shape [..., 3].
        factors: Factor for each channel, from `exposure`, shape [3].

    Returns:
        Display values in 0..1, shape [..., 3].
    """
    light = radiance * factors
    over = np.maximum(light - _KNEE, 0.0) / (1 - _KNEE)
    light = np.minimum(light, _KNEE) + (1 - _KNEE) * (1 - np.exp(-over))
    return linear_to_srgb(np.maximum(light, 0.0))
