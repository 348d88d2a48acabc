"""Exposure, contrast and texturing of a small preview of a scene."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sage.asset import AssetStore
from sage.critique import Finding
from sage.geometry import Array
from sage.rendering.exposure import luminance
from sage.rendering.fast import FastRenderer
from sage.rendering.lighting import lighting
from sage.rendering.surfaces import Surfaces
from sage.rendering.texels import srgb_to_linear
from sage.rendering.views import view_of
from sage.scene import Scene

__all__ = ["Shot", "faults", "take_shot"]

_SIZE_PX = (64, 48)
"""Width and height of the preview [pixels]."""
_REC_709 = np.array([0.2126, 0.7152, 0.0722])
"""Luminance of red, green and blue (ITU-R BT.709)."""
MAX_EMPTY = 0.7
"""Largest share of pixels without a surface."""
MIN_CONTRAST = 0.05
"""Least standard deviation of brightness, in 0..1."""
BRIGHTNESS = (0.15, 0.9)
"""Least and largest mean brightness, in 0..1."""
MIN_REFLECTANCE = 0.05
"""Least mean reflectance, in 0..1."""
MAX_CLIPPED = 0.5
"""Largest share of pixels that are black, or white."""
MAX_CAST = 0.3
"""Largest difference between the mean of a channel and that of all, relative to the latter."""
MIN_TEXTURED = 0.15
"""Least share of pixels with a texture."""


@dataclass(frozen=True)
class Shot:
    """Image statistics of a preview, all in 0..1."""

    empty: float
    brightness: float
    contrast: float
    black: float
    white: float
    cast: float
    textured: float
    reflectance: float
    """Mean of the base colours in linear light; exposure compensates little light, but not dark surfaces."""


_NOTHING = Shot(
    empty=1.0, brightness=0.0, contrast=0.0, black=1.0, white=0.0, cast=0.0, textured=0.0, reflectance=0.0
)


def take_shot(scene: Scene, store: AssetStore, found: Surfaces) -> Shot:
    """Render a preview and measure it."""
    view = view_of(scene, store, "preview", _SIZE_PX)
    renderer = FastRenderer(found, lighting(scene, store), view.hidden)
    face = renderer.hits(view.camera).face
    colours = renderer.picture(view.camera).reshape(-1, 3)[face >= 0] / 255.0
    if not len(colours):
        return Shot(
            empty=1.0,
            brightness=0.0,
            contrast=0.0,
            black=1.0,
            white=0.0,
            cast=0.0,
            textured=0.0,
            reflectance=0.0,
        )
    brightness: Array = colours @ _REC_709
    mean = colours.mean(axis=0)
    look = found.look_of_face[face[face >= 0]]
    reflecting = luminance(srgb_to_linear([entry.material.rgba[:3] for entry in found.looks]))
    textured = np.array([entry.image is not None for entry in found.looks], dtype=bool)
    return Shot(
        empty=float((face < 0).mean()),
        brightness=float(brightness.mean()),
        contrast=float(brightness.std()),
        black=float((brightness < 0.03).mean()),
        white=float((brightness > 0.985).mean()),
        cast=float(np.abs(mean / max(float(mean.mean()), 1e-6) - 1).max()),
        textured=float(textured[look].mean()),
        reflectance=float(reflecting[look].mean()),
    )


def faults(shot: Shot) -> Iterator[Finding]:
    """Yield findings on a preview."""
    if shot.empty > MAX_EMPTY:
        yield _blank(
            f"{shot.empty:.0%} of the preview shows nothing; at most {MAX_EMPTY:.0%} may",
            shot.empty,
            MAX_EMPTY,
        )
    if shot.contrast < MIN_CONTRAST:
        yield _blank(
            f"the preview has a contrast of {shot.contrast:.3f}; at least {MIN_CONTRAST} is needed",
            shot.contrast,
            MIN_CONTRAST,
        )
    dark, bright = BRIGHTNESS
    if shot.brightness < dark or shot.black > MAX_CLIPPED or shot.reflectance < MIN_REFLECTANCE:
        details = f"{shot.black:.0%} black, reflecting {shot.reflectance:.1%} of the light"
        yield _exposure(f"too dark: mean brightness {shot.brightness:.2f}, {details}", shot, dark)
    if shot.brightness > bright or shot.white > MAX_CLIPPED:
        yield _exposure(
            f"washed out: mean brightness {shot.brightness:.2f}, {shot.white:.0%} white", shot, bright
        )
    if shot.cast > MAX_CAST:
        yield Finding(
            kind="colour_cast",
            message=f"the preview has a colour cast: a channel is {shot.cast:.0%} off the mean; "
            f"at most {MAX_CAST:.0%} is usual",
            value=round(shot.cast, 3),
            limit=MAX_CAST,
        )
    if shot.textured < MIN_TEXTURED:
        yield Finding(
            kind="untextured",
            message=f"only {shot.textured:.0%} of the preview is textured; {MIN_TEXTURED:.0%} should be",
            value=round(shot.textured, 3),
            limit=MIN_TEXTURED,
        )


def _blank(message: str, value: float, limit: float) -> Finding:
    return Finding(kind="blank", message=message, value=round(value, 3), limit=limit)


def _exposure(message: str, shot: Shot, limit: float) -> Finding:
    return Finding(
        kind="exposure",
        message=f"the preview is {message}",
        value=round(shot.brightness, 3),
        limit=limit,
    )
