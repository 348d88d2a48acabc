"""Printed graphics on packaging: rectangles, titles, discs and labels."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import print_on, stacked, tiles
from sage.geometry import Vec2, Vec3

__all__ = ["BRIGHT", "INK_M", "other", "paint", "spot", "title", "wrap"]

BRIGHT = ("red", "blue", "green", "yellow", "orange", "purple", "turquoise")
"""Colours of packaging."""
INK_M = 0.0004
"""Thickness of one layer of print [m]."""


def other(builder: AssetBuilder, kind: str, *colours: str) -> Material:
    """Choose a material of `kind` in one of `colours` other than the main colour."""
    return builder.style.part(
        kind, str(builder.style.rng.choice([c for c in colours if c != builder.style.attributes["color"]]))
    )


def paint(
    part: Part, box: Vec3, side: Literal["x", "y", "z"], at: Vec2, size: Vec2, ink: Material, coat: int = 1
) -> None:
    """Print a rectangle on the top of a box that stands at the origin, or on two opposite sides.

    Args:
        part: part that receives the print.
        box: depth, width, height of the box [m].
        side: `z` for the top, `x` for front and back, `y` for left and right.
        at: position to the right of and above the centre of the side, as seen by a reader [m].
        size: width and height of the rectangle [m].
        ink: material of the print.
        coat: number of layers of print up to this one, so that later layers cover earlier ones.
    """
    depth, width, height = box
    right, up = at
    wide, tall = size
    ink_m = 2 * coat * INK_M
    if side == "x":
        print_on(part, (depth + ink_m, wide, tall), (0, right, height / 2 + up), ink)
    elif side == "y":
        print_on(part, (wide, width + ink_m, tall), (right, 0, height / 2 + up), ink)
    else:
        print_on(part, (tall, wide, ink_m), (-up, right, height), ink)


def title(
    builder: AssetBuilder,
    part: Part,
    box: Vec3,
    side: Literal["x", "z"],
    up: float,
    size: Vec2,
    ink: Material,
) -> None:
    """Print a word as a row of blocks on the front and back of a box, or on its top.

    Args:
        builder: asset builder, whose random generator draws the letters.
        part: part that receives the print.
        box: depth, width, height of the box [m].
        side: `x` for front and back, `z` for the top.
        up: height above the centre of the side, as seen by a reader [m].
        size: width of the word and height of its letters [m].
        ink: material of the print.
    """
    count = int(builder.style.rng.integers(4, 7))
    pitch, coat = size[0] / count, 4 * INK_M
    blocks: list[tuple[Vec3, Vec3]] = []
    for place, tall in zip(
        np.arange(count) - (count - 1) / 2, builder.style.rng.uniform(0.6, 1, count), strict=True
    ):
        letter, lift = size[1] * float(tall), up + size[1] * (float(tall) - 1) / 2
        if side == "x":
            at = (0.0, float(place) * pitch, box[2] / 2 + lift)
            blocks.append(((box[0] + coat, 0.7 * pitch, letter), at))
        else:
            blocks.append(((letter, 0.7 * pitch, coat), (-lift, float(place) * pitch, box[2])))
    tiles(part, blocks, ink)


def spot(
    part: Part, box: Vec3, side: Literal["x", "z"], at: Vec2, across: float, ink: Material, coat: int = 2
) -> None:
    """Print a disc on the top of a box, or on its front and back.

    Args:
        part: part that receives the print.
        box: depth, width, height of the box [m].
        side: `x` for front and back, `z` for the top.
        at: position to the right of and above the centre of the side, as seen by a reader [m].
        across: diameter [m].
        ink: material of the print.
        coat: number of layers of print up to this one.
    """
    depth, _, height = box
    lift = coat * INK_M
    ends = ((-depth / 2 - lift, at[0], height / 2 + at[1]), (depth / 2 + lift, at[0], height / 2 + at[1]))
    if side == "z":
        ends = ((-at[1], at[0], height - 0.001), (-at[1], at[0], height + lift))
    part.bar(*ends, across, ink, sides=12, fill=0.0, collide=False)


def wrap(
    part: Part, size: Vec3, low: float, high: float, ink: Material, *, square: float = 2.0, coat: int = 1
) -> None:
    """Print a label around an upright object.

    Args:
        part: part that receives the print.
        size: depth, width, height of the object [m].
        low: z of the lower edge [m].
        high: z of the upper edge [m].
        ink: material of the print.
        square: exponent of the cross section; see `superellipse`.
        coat: number of layers of print up to this one.
    """
    ink_m = 3 * coat * INK_M
    levels = [(z, size[0] + ink_m, size[1] + ink_m) for z in (low, high)]
    stacked(part, levels, ink, square=square, fill=0.0, collide=False)
