"""Vases, pictures, candles and figurines."""

from __future__ import annotations

import math

import numpy as np
from scipy.interpolate import PchipInterpolator

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import band, bulk, hull, print_on, sheet, tube
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]


def vase(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open vase: slender, bulbous or conical."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    material = style.main(
        "ceramic", "ceramic", "glass", colours=("white", "blue", "green", "turquoise", "beige")
    )
    wall, fill = sheet(material, 15.0, thickest=0.02)
    floor = 0.012
    shapes = (
        ((0.62, 0.0), (0.84, 0.16), (1.0, 0.38), (0.86, 0.62), (0.52, 0.84), (0.60, 1.0)),
        ((0.70, 0.0), (0.76, 0.20), (0.86, 0.45), (0.94, 0.75), (0.98, 0.9), (1.0, 1.0)),
        ((0.72, 0.0), (0.92, 0.14), (1.0, 0.30), (0.90, 0.5), (0.72, 0.74), (0.80, 1.0)),
    )
    knots = np.array(shapes[int(style.rng.integers(len(shapes)))])
    knots[1:-1, 0] *= style.rng.uniform(0.94, 1.0)
    heights = np.linspace(0, 1, 13)
    radii = PchipInterpolator(knots[:, 1], knots[:, 0])(heights)
    profile = [(float(r) * radius, float(z) * height) for r, z in zip(radii, heights, strict=True)]
    part.vessel(profile, wall, floor, material, sectors=9, rings=3, fill=fill)
    if style.rng.random() < 0.4 and material.rgba[3] == 1:
        accent = style.part("ceramic")
        for level in (0.88, 0.94):
            at = float(np.interp(level, heights, radii)) * radius
            band(part, at + 0.0012, level * height, level * height + 0.004, accent, width=0.003)
    foot = float(knots[0, 0]) * radius
    builder.surface("inside", (0, 0, floor), (foot, foot), placement="in", round=True)
    return wall


def picture(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted framed picture, with its back at -x: a landscape or an abstract."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame = style.main("wood", "painted wood", "metal", colours=("oak", "walnut", "black", "white", "gold"))
    edge = float(style.rng.uniform(0.018, 0.032))
    fill = bulk(frame, 600)
    for sign in (-1, 1):
        part.box((depth, width, edge), (0, 0, height / 2 + sign * (height - edge) / 2), frame, fill=fill)
        side = (depth, edge, height - 2 * edge)
        part.box(side, (0, sign * (width - edge) / 2, height / 2), frame, bevel=0.001, fill=fill)
    paper = style.part("paper", "white")
    inner = (width - 2 * edge, height - 2 * edge)
    part.box((depth - 0.008, *inner), (-0.004, 0, height / 2), paper, bevel=0.0, fill=bulk(paper, 270))
    margin = float(style.rng.choice([0.0, 0.05])) if min(inner) > 0.25 else 0.0
    canvas = (inner[0] - 2 * margin, inner[1] - 2 * margin)
    paint = _landscape if style.rng.random() < 0.5 else _abstract
    paint(builder, part, depth / 2 - 0.008, height / 2, canvas)
    return depth


def _flat(part: Part, x: float, outline: Array, thickness: float, material: Material) -> None:
    """Add a thin convex polygon of points (y, z) [m] on the plane at `x` [m]."""
    back = np.column_stack([np.full(len(outline), x - 0.0005), outline])
    hull(
        part,
        np.concatenate([back, back + np.array([thickness + 0.0005, 0, 0])]),
        material,
        fill=0.0,
        collide=False,
    )


def _landscape(builder: AssetBuilder, part: Part, x: float, z: float, canvas: tuple[float, float]) -> None:
    rng, (wide, high) = builder.style.rng, canvas
    tones = [("beige", "orange", "brown", "walnut"), ("white", "turquoise", "blue", "black"),
             ("beige", "yellow", "green", "black"), ("pink", "purple", "blue", "black")]  # fmt: skip
    sky, *hills = tones[int(rng.integers(len(tones)))]
    print_on(part, (0.0008, wide, high), (x, 0, z), builder.style.part("paper", sky))
    sun = builder.style.part("paper", str(rng.choice(["yellow", "red", "white"])))
    place = (x + 0.0003, float(rng.uniform(-0.25, 0.25)) * wide, z + high * float(rng.uniform(0.12, 0.3)))
    part.cylinder(0.09 * min(wide, high), 0.0008, place, sun, axis="x", fill=0.0, collide=False)
    low = z - high / 2
    for layer, tone in enumerate(hills):
        kind = "wood" if tone == "walnut" else "paper"
        material = builder.style.part(kind, tone)
        level = high * (0.52 - 0.17 * layer)
        phase, waves = float(rng.uniform(0, 6.3)), float(rng.uniform(0.7, 1.6))
        steps = np.linspace(-0.5, 0.5, 15)
        tops = low + level + high * 0.07 * np.sin(phase + waves * 2 * math.pi * steps)
        for a, b, top_a, top_b in zip(steps, steps[1:], tops, tops[1:], strict=False):
            outline = np.array([(a * wide, low), (b * wide, low), (b * wide, top_b), (a * wide, top_a)])
            _flat(part, x, outline, 0.0008 + 0.0004 * layer, material)


def _abstract(builder: AssetBuilder, part: Part, x: float, z: float, canvas: tuple[float, float]) -> None:
    rng, (wide, high) = builder.style.rng, canvas
    print_on(
        part,
        (0.0008, wide, high),
        (x, 0, z),
        builder.style.part("paper", str(rng.choice(["white", "beige"]))),
    )
    tones = rng.permutation(["red", "blue", "yellow", "turquoise", "black", "orange", "pink", "green"])[:4]
    for layer, tone in enumerate(tones):
        material = builder.style.part("paper", str(tone))
        radius = min(wide, high) * float(rng.uniform(0.12, 0.24))
        y = float(rng.uniform(-0.5, 0.5)) * (wide - 2 * radius)
        up = z + float(rng.uniform(-0.5, 0.5)) * (high - 2 * radius)
        sides = int(rng.choice([3, 4, 4, 40]))
        angles = np.arange(sides) * 2 * math.pi / sides + float(rng.uniform(0, 3))
        outline = np.column_stack([y + radius * np.cos(angles), up + radius * np.sin(angles)])
        _flat(part, x, outline, 0.0008 + 0.0004 * layer, material)


def candle(builder: AssetBuilder, size: Vec3) -> float:
    """Build a pillar candle with a wick."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    wax = style.main("food", colours=("white", "beige", "red", "green", "blue", "purple"))
    top = height - 0.010
    melt = radius * float(style.rng.uniform(0.6, 0.8))
    body = [(radius, 0.0), (radius, top - 0.003), (radius - 0.003, top), (melt, top)]
    part.lathe(body, wax, fill=bulk(wax, 920))
    pool = style.part("food", style.attributes["color"] if style.attributes["color"] != "brown" else None)
    part.cylinder(melt, 0.0008, (0, 0, top), pool, fill=0.0, collide=False)
    part.bar((0, 0, top - 0.002), (0.001, 0.001, height), 0.0025, style.part("paper", "black"), collide=False)
    return 2 * radius


def figurine(builder: AssetBuilder, size: Vec3) -> float:
    """Build a small abstract sculpture: balanced stones, a tilted ring or a twisted column."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("stone", "stone", "metal")
    fill = bulk(material, 2800)
    plinth = style.part("stone")
    foot = 0.030
    part.box((depth, width, foot), (0, 0, foot / 2), plinth, bevel=0.003)
    kind = int(rng.integers(3))
    rise = height - foot
    if kind == 0:
        z, sizes = foot, np.array([0.44, 0.32, 0.24]) * rise
        for index, tall in enumerate(sizes):
            radius = min(depth, width) * (0.46 - 0.10 * index)
            arc_ = [
                (radius * math.sin(a), z + tall / 2 * (1 - math.cos(a))) for a in np.linspace(0.35, 2.79, 11)
            ]
            low, high = arc_[0][1], arc_[-1][1]
            part.lathe([(r, z + (h - low) * tall / (high - low)) for r, h in arc_], material, fill=fill)
            z += tall
    elif kind == 1:
        radius, thick = min(rise, width * 1.0) / 2 - 0.012, 0.024
        middle = foot + rise / 2
        angles = np.linspace(0, 2 * math.pi, 15) - math.pi / 2
        ring = [(0.0, radius * math.cos(a), middle + (rise / 2 - thick / 2) * math.sin(a)) for a in angles]
        tube(part, ring, thick, material, (1, 0, 0), fill)
    else:
        side = min(depth, width) * 0.56
        slabs = 7
        for index in range(slabs):
            share = 1 - 0.45 * index / slabs
            place = (0, 0, foot + rise * (index + 0.5) / slabs)
            turn = (0, 0, index * 0.26)
            part.box(
                (side * share, side * share, rise / slabs), place, material, bevel=0.004, rpy=turn, fill=fill
            )
    return min(depth, width)


FAMILIES = (
    Family(
        "vase", "vase.n.01", (0.095, 0.095, 0.19), (0.15, 0.15, 0.30), vase, "vase", words=("flower vase",),
        has_front=False,
    ),
    Family(
        "floor vase", "vase.n.01", (0.24, 0.24, 0.55), (0.32, 0.32, 0.8), vase, "",
        words=("large vase", "tall vase", "big vase", "floor urn", "urn"), kinds=("vase",), mount="floor",
        has_front=False, mass=8.0,
    ),
    Family(
        "picture", "picture.n.01", (0.022, 0.40, 0.38), (0.032, 0.75, 0.65), picture, "painting",
        words=("painting", "picture frame", "framed picture", "wall art", "poster", "wall picture",
               "wall painting", "hanging picture", "wall photo", "wall poster"), mount="wall", fixed=True,
    ),
    Family(
        "candle", "candle.n.01", (0.052, 0.052, 0.085), (0.066, 0.066, 0.13), candle, "beeswax_candle",
        words=("pillar candle",), has_front=False,
    ),
    Family(
        "figurine", "figurine.n.01", (0.074, 0.09, 0.18), (0.08, 0.12, 0.26), figurine, "statue",
        words=("sculpture", "statue", "statuette", "ornament"), has_front=False,
    ),
)  # fmt: skip
