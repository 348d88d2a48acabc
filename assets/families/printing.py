"""Prints on packages: fields, words of large letters, spots, labels."""

from __future__ import annotations

from typing import Literal

import numpy as np

from sage.asset import Material
from sage.assets.families.forms import print_on, stacked, tiles
from sage.assets.sculpt import Part, Sculpture
from sage.geometry import Vec2, Vec3

__all__ = ["BRIGHT", "INK_M", "other", "paint", "spot", "title", "wrap"]

BRIGHT = ("red", "blue", "green", "yellow", "orange", "purple", "turquoise")
"""Colours of packages."""
INK_M = 0.0004
"""How far a layer of print lies above a package [m]."""


def other(s: Sculpture, kind: str, *colours: str) -> Material:
    """Choose a material of another colour than the main one."""
    return s.style.part(
        kind, str(s.style.rng.choice([c for c in colours if c != s.style.attributes["color"]]))
    )


def paint(
    part: Part, box: Vec3, side: Literal["x", "y", "z"], at: Vec2, size: Vec2, ink: Material, coat: int = 1
) -> None:
    """Print a rectangle on a box that stands at the origin: on the top, or on two opposite sides.

    Args:
        at: from the middle of the side to the right and up, as someone in front reads it [m].
        coat: how many layers of ink lie above the box.
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
    s: Sculpture, part: Part, box: Vec3, side: Literal["x", "z"], up: float, size: Vec2, ink: Material
) -> None:
    """Print a word in large letters in the middle of the looking side, `up` from its centre [m]."""
    count = int(s.style.rng.integers(4, 7))
    pitch, coat = size[0] / count, 4 * INK_M
    blocks: list[tuple[Vec3, Vec3]] = []
    for place, tall in zip(
        np.arange(count) - (count - 1) / 2, s.style.rng.uniform(0.6, 1, count), strict=True
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
    """Print a disc on the top of a box, or on its front and back."""
    depth, _, height = box
    lift = coat * INK_M
    ends = ((-depth / 2 - lift, at[0], height / 2 + at[1]), (depth / 2 + lift, at[0], height / 2 + at[1]))
    if side == "z":
        ends = ((-at[1], at[0], height - 0.001), (-at[1], at[0], height + lift))
    part.bar(*ends, across, ink, sides=12, fill=0.0, collide=False)


def wrap(
    part: Part, size: Vec3, low: float, high: float, ink: Material, *, square: float = 2.0, coat: int = 1
) -> None:
    """Put a label around an upright thing between two heights [m]."""
    ink_m = 3 * coat * INK_M
    levels = [(z, size[0] + ink_m, size[1] + ink_m) for z in (low, high)]
    stacked(part, levels, ink, square=square, fill=0.0, collide=False)
