"""Apples, oranges and bread."""

from __future__ import annotations

import math

import numpy as np

from sage.assets.builder import AssetBuilder
from sage.assets.families.forms import bulk, hull, print_on
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def _round(radius: float, height: float, top: float) -> list[tuple[float, float]]:
    """Return the profile of a fruit with a flat base, widest above its middle."""
    angles = np.linspace(0.42, math.pi - 0.42, 13)
    low, high = math.cos(angles[0]), math.cos(angles[-1])
    outline = [(math.sin(a), (low - math.cos(a)) / (low - high)) for a in angles]
    return [(radius * r * (1 + top * (z - 0.5) * (1 - r)), height * z) for r, z in outline]


def apple(builder: AssetBuilder, size: Vec3) -> float:
    """Build an apple with a stalk."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("red", "green", "yellow"))
    body = height - 0.010
    dimple = [(radius * 0.3, body - 0.0006), (radius * 0.15, body - 0.004), (radius * 0.05, body - 0.008)]
    part.lathe([*_round(radius, body, 0.5), *dimple], skin, fill=bulk(skin, 800))
    lean = float(style.rng.uniform(-0.004, 0.004))
    part.bar((0, 0, body - 0.010), (lean, 0.003, height), 0.003, style.part("wood", "walnut"), collide=False)
    return 2 * radius


def orange(builder: AssetBuilder, size: Vec3) -> float:
    """Build an orange."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("orange",))
    part.lathe(_round(radius, height - 0.001, 0.0), skin, fill=bulk(skin, 800))
    part.cylinder(0.004, 0.002, (0, 0, height - 0.001), style.part("wood", "walnut"), fill=0.0, collide=False)
    return 2 * radius


def bread(builder: AssetBuilder, size: Vec3) -> float:
    """Build a scored loaf of bread with a rounded top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    crust = style.main("food", colours=("brown", "copper"))
    crumb = style.part("food", "beige")
    ends = np.sin(np.linspace(-1, 1, 13) * math.pi / 2) / 2
    swell = np.cos(ends * math.pi * 0.86) ** 0.4
    angles = np.linspace(0, math.pi, 13)
    flat = 0.86
    points = [(0.0, 0.0, 0.0)]
    for along, share in zip(ends, swell / swell.max(), strict=True):
        for angle in angles:
            y = np.sign(math.cos(angle)) * abs(math.cos(angle)) ** 0.6 * share * width / 2
            z = (0.18 + 0.82 * math.sin(angle) ** 0.7) * height * share
            points.append((along * depth, y, z))
        points += [(along * depth * 0.98, sign * flat * share * width / 2, 0.0) for sign in (-1, 1)]
    hull(part, points, crust, fill=bulk(crust, 320))
    for along in (-0.24, -0.08, 0.08, 0.24):
        top = height * math.cos(along * math.pi * 0.86) ** 0.4
        print_on(part, (0.007, width * 0.46, 0.004), (depth * along, 0, top - 0.0022), crumb, (0, 0, 0.6))
    return width


FAMILIES = (
    Family("apple", "apple.n.01", (0.068, 0.068, 0.070), (0.078, 0.078, 0.082), apple, "apple",
           kinds=("fruit",), has_front=False),
    Family("orange", "orange.n.01", (0.070, 0.070, 0.068), (0.079, 0.079, 0.076), orange, "orange",
           kinds=("fruit",), has_front=False),
    Family(
        "bread", "loaf_of_bread.n.01", (0.20, 0.0798, 0.068), (0.25, 0.0798, 0.082), bread, "sourdough",
        words=("loaf", "loaf of bread", "bread loaf"), has_front=False,
    ),
)  # fmt: skip
