"""Judges the exposure, contrast and texturing of a room's rendered image."""

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
_REC_709 = np.array([0.2126, 0.7152, 0.0722])
MAX_EMPTY = 0.7
"""Largest share of the picture that may show nothing."""
MIN_CONTRAST = 0.05
"""Least standard deviation of brightness, of 1."""
BRIGHTNESS = (0.15, 0.9)
"""Within which the mean brightness lies, of 1."""
MIN_REFLECTANCE = 0.05
"""Least share of the light that what is shown reflects, on average."""
MAX_CLIPPED = 0.5
"""Largest share of what is shown that may be black, or white."""
MAX_CAST = 0.3
"""Largest difference between the mean of a channel and the mean of all, of the latter."""
MIN_TEXTURED = 0.15
"""Least share of what is shown that has a texture."""


@dataclass(frozen=True)
class Shot:
    """Image statistics of a small preview; shares and brightness are of 1."""

    empty: float
    brightness: float
    contrast: float
    black: float
    white: float
    cast: float
    textured: float
    reflectance: float
    """Mean of the base colours, in linear light: exposure makes up for little light, not for black things."""


_NOTHING = Shot(
    empty=1.0, brightness=0.0, contrast=0.0, black=1.0, white=0.0, cast=0.0, textured=0.0, reflectance=0.0
)


def take_shot(scene: Scene, store: AssetStore, found: Surfaces) -> Shot:
    """Take a small preview and measure it."""
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
    """Yield the faults of a picture."""
    if shot.empty > MAX_EMPTY:
        yield _blank(f"{shot.empty:.0%} of the preview shows nothing", shot.empty, MAX_EMPTY)
    if shot.contrast < MIN_CONTRAST:
        yield _blank("the preview has almost no contrast", shot.contrast, MIN_CONTRAST)
    dark, bright = BRIGHTNESS
    if shot.brightness < dark or shot.black > MAX_CLIPPED or shot.reflectance < MIN_REFLECTANCE:
        told = f"{shot.black:.0%} black, reflecting {shot.reflectance:.1%} of the light"
        yield _exposure(f"too dark: mean brightness {shot.brightness:.2f}, {told}", shot, dark)
    if shot.brightness > bright or shot.white > MAX_CLIPPED:
        yield _exposure(
            f"washed out: mean brightness {shot.brightness:.2f}, {shot.white:.0%} white", shot, bright
        )
    if shot.cast > MAX_CAST:
        yield Finding(
            kind="colour_cast",
            message=f"the preview is of one hue: a channel is {shot.cast:.0%} off the mean",
            value=round(shot.cast, 3),
            limit=MAX_CAST,
        )
    if shot.textured < MIN_TEXTURED:
        yield Finding(
            kind="untextured",
            message=f"only {shot.textured:.0%} of what the preview shows has a texture",
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
