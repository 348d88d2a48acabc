"""Desk clocks, longcase clocks and table mirrors."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.boards import dial, outline, pane
from sage.assets.families.forms import bulk, ellipsoid, prism, rim
from sage.assets.family import Family
from sage.assets.fittings import timber
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def _plain(metal: Material) -> Material:
    return metal.without_maps(name=f"smooth_{metal.name}", metallic=0.4)


def _framed(
    builder: AssetBuilder,
    part: Part,
    shape: str,
    size: tuple[float, float],
    low: float,
    edge: float,
    frame: Material,
) -> None:
    """Add a framed mirror, 14 mm thick, with its lower edge at z = `low` and its face at x = 7 mm."""
    lift = np.array([0.0, low])
    outer, inner = outline(shape, *size) + lift, outline(shape, *size, edge) + lift
    prism(part, outer, -0.007, 0.003, frame, fill=bulk(frame, 900))
    rim(part, outer, inner, 0.002, 0.007, frame, fill=bulk(frame, 600))
    pane(builder, part, 0.003, inner)


def table_mirror(builder: AssetBuilder, size: Vec3) -> float:
    """Build a table mirror: round or oval on a foot, or square in a frame with bulbs."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    kind = str(style.rng.choice(["foot", "yoke", "bulbs"]))
    if kind == "bulbs":
        frame = style.main("painted wood", "plastic", colours=("white", "black", "pink"))
        glow = style.part("glass", "white").model_copy(update={"rgba": (1.0, 0.95, 0.80, 1.0)})
        part.box((depth, 0.7 * width, 0.02), (0, 0, 0.01), frame, bevel=0.005, fill=bulk(frame, 620))
        for side in (-1, 1):
            place = (0, side * 0.22 * width, 0.03)
            part.box((0.014, 0.03, 0.04), place, frame, bevel=0.002, fill=0.6)
        tall, low, edge = min(height - 0.04, max(1.25 * width, 0.29)), 0.04, 0.036
        _framed(builder, part, "square", (width, tall), low, edge, frame)
        spots = [(side * (width / 2 - edge / 2), low + share * tall) for side in (-1, 1)
                 for share in (0.12, 0.37, 0.63, 0.88)]  # fmt: skip
        spots += [(share * width, low + tall - edge / 2) for share in (-0.2, 0.0, 0.2)]
        for y, z in spots:
            ellipsoid(part, (0.012, 0.012, 0.012), (0.011, y, z), glow, fill=0.2, collide=False)
        return width
    metal = _plain(style.main("metal", colours=("gold", "silver", "black", "copper")))
    fill = bulk(metal, 2600)
    foot = depth / 2
    part.lathe([(foot, 0.0), (foot, 0.008), (0.6 * foot, 0.016), (0.014, 0.022)], metal, fill=fill)
    oval = style.rng.random() < 0.4
    wide = min(width if kind == "foot" else width - 0.036, height - 0.09)
    tall = min(height - 0.07, 1.25 * wide) if oval else wide
    low = height - tall
    shape = "oval" if oval else "round"
    style.attributes["shape"] = shape
    _framed(builder, part, shape, (wide, tall), low, 0.009, metal)
    if kind == "foot":
        part.cylinder(0.008, low - 0.01, (0, 0, (low + 0.026) / 2), metal, fill=0.6)
        return wide
    middle, radius = low + tall / 2, wide / 2 + 0.012
    angles = np.linspace(math.pi, 2 * math.pi, 15)
    drop = tall / 2 + 0.012
    arch = [(0.0, radius * math.cos(a), middle + drop * math.sin(a)) for a in angles]
    for start, end in pairwise(arch):
        part.bar(start, end, 0.010, metal, fill=0.5)
    bottom = middle - drop
    part.cylinder(0.008, bottom - 0.014, (0, 0, (bottom + 0.02) / 2), metal, fill=0.6)
    for side in (-1, 1):
        place = (0, side * (wide / 2 + 0.010), middle)
        part.cylinder(0.008, 0.016, place, metal, axis="y", fill=0.5)
    return wide


def _face(builder: AssetBuilder, part: Part, x: float, z: float, radius: float, metal: Material) -> None:
    """Add a dial in a metal ring to a face at `x` [m]."""
    pale = builder.style.rng.random() < 0.8
    paper = builder.style.part("paper", "white" if pale else "black")
    ink = builder.style.part("plastic", "black" if pale else "white")
    part.cylinder(radius, 0.008, (x + 0.003, 0, z), metal, axis="x", fill=0.3, collide=False)
    part.cylinder(0.9 * radius, 0.002, (x + 0.007, 0, z), paper, axis="x", fill=0.0, collide=False)
    dial(part, builder.style.rng, (x + 0.008, z), 0.88 * radius, ink)


def desk_clock(builder: AssetBuilder, size: Vec3) -> float:
    """Build a desk clock: an arched wooden case, a round one on feet, or a box with a handle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    brass = _plain(style.part("metal", style.colour("metal", "gold", "gold", "silver")))
    kind = str(style.rng.choice(["arched", "round", "box"]))
    x = depth / 2 - 0.013
    if kind == "arched":
        wood = style.main("wood", colours=("walnut", "cherry", "oak", "walnut"))
        fill, plinth = bulk(wood, 480), 0.022
        part.box((depth, width, plinth), (0, 0, plinth / 2), wood, bevel=0.004, fill=fill)
        half = np.linspace(0, math.pi, 21)
        tall = height - plinth
        shoulder = np.array([(0.47 * width, 0.0), (0.46 * width, 0.25 * tall), (-0.46 * width, 0.25 * tall),
                             (-0.47 * width, 0.0)])  # fmt: skip
        arch = np.column_stack([0.36 * width * np.cos(half), 0.35 * tall + 0.65 * tall * np.sin(half) ** 0.9])
        case = np.concatenate([arch, shoulder]) + np.array([0, plinth])
        prism(part, case, -depth / 2 + 0.008, x, wood, fill=fill)
        radius = min(0.33 * width, 0.42 * tall)
        _face(builder, part, x, plinth + 0.5 * tall, radius, brass)
        return depth
    if kind == "round":
        case = style.main("metal", "plastic", colours=("gold", "black", "silver", "white", "red"))
        case = _plain(case) if case.metallic > 0.5 else case
        radius = min(width, height - 0.02) / 2
        z = height - radius
        place = (-0.004, 0, z)
        part.cylinder(radius, depth - 0.02, place, case, axis="x", fill=bulk(case, 620))
        for side in (-1, 1):
            y = side * 0.62 * radius
            part.bar((0, 0.9 * y, z - 0.6 * radius), (0.0, 1.15 * y, 0.006), 0.014, case, fill=0.6)
            for end in (-1, 1):
                part.bar((0, 1.15 * y, 0.006), (end * 0.42 * depth, 1.15 * y, 0.006), 0.012, case, fill=0.6)
        _face(builder, part, depth / 2 - 0.014, z, 0.94 * radius, brass)
        return depth
    wood = style.main("wood", "painted wood", colours=("walnut", "oak", "black", "white"))
    ring = 0.035
    tall, wide = height - ring, 0.86 * width
    fill = bulk(wood, 520)
    for z, thick in ((0.009, 0.018), (tall - 0.008, 0.016)):
        part.box((depth, width, thick), (0, 0, z), wood, bevel=0.004, fill=fill)
    part.box((depth - 0.016, wide, tall - 0.03), (-0.005, 0, tall / 2), wood, bevel=0.003, fill=fill)
    grip = [(0, -0.16 * width, tall), (0, -0.12 * width, height - 0.004), (0, 0.12 * width, height - 0.004),
            (0, 0.16 * width, tall)]  # fmt: skip
    part.path(grip, 0.008, brass)
    _face(builder, part, x, 0.5 * tall, min(0.42 * wide, 0.38 * tall), brass)
    return depth


def grandfather_clock(builder: AssetBuilder, size: Vec3) -> float:
    """Build a longcase clock: a base, a trunk with a pendulum behind glass, and a hood with the dial."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = timber(style, "wood")
    brass, dark = _plain(style.part("metal", "gold")), style.part("wood", "walnut")
    fill = bulk(wood, 330)
    base, trunk = 0.24 * height, 0.66 * height
    part.box((depth, width, 0.06), (0, 0, 0.03), wood, bevel=0.006, fill=fill)
    part.box((depth - 0.02, width - 0.02, base - 0.06), (-0.01, 0, (base + 0.06) / 2), wood, fill=fill)
    panel = (0.012, 0.62 * width, 0.55 * (base - 0.06))
    part.box(panel, (depth / 2 - 0.02, 0, (base + 0.06) / 2), wood, bevel=0.005, fill=fill, collide=False)
    part.box((depth - 0.01, width - 0.01, 0.03), (-0.005, 0, base), wood, bevel=0.008, fill=fill)
    wide, deep = 0.68 * width, depth - 0.07
    back = -depth / 2
    middle, tall = back + deep / 2, trunk - base
    part.carcass((deep, wide, tall), (middle, 0, (trunk + base) / 2), 0.022, wood, back=0.014, fill=fill)
    face = back + deep
    pane_ = style.part("glass", "white").model_copy(update={"rgba": (0.85, 0.9, 0.92, 0.18)})
    for sign in (-1, 1):
        y = sign * (wide / 2 - 0.035)
        part.box((0.012, 0.07, tall), (face + 0.004, y, (trunk + base) / 2), wood, bevel=0.003, fill=fill)
        z = (trunk + base) / 2 + sign * (tall / 2 - 0.035)
        part.box((0.012, wide - 0.14, 0.07), (face + 0.004, 0, z), wood, bevel=0.003, fill=fill)
    clear = (0.004, wide - 0.13, tall - 0.13)
    part.box(clear, (face, 0, (trunk + base) / 2), pane_, bevel=0.0, fill=0.5)
    x, swing = back + 0.45 * deep, base + 0.24 * tall
    part.box((0.006, 0.012, 0.72 * tall), (x, 0, swing + 0.36 * tall), brass, bevel=0.0, fill=0.3)
    part.cylinder(0.22 * wide, 0.012, (x, 0, swing), brass, axis="x", fill=0.4)
    for sign in (-1, 1):
        place = (x - 0.02, sign * 0.2 * wide, base + 0.62 * tall)
        part.cylinder(0.02, 0.2, place, brass, fill=0.6)
        part.cylinder(0.003, 0.28 * tall, (x - 0.02, sign * 0.2 * wide, trunk - 0.14 * tall), brass)
    part.box((depth - 0.02, width - 0.03, 0.03), (-0.01, 0, trunk), wood, bevel=0.008, fill=fill)
    hood, brow = width - 0.05, 0.88 * height
    part.box((deep + 0.01, hood, brow - trunk), (middle + 0.005, 0, (brow + trunk) / 2), wood, fill=fill)
    half = np.linspace(0, math.pi, 17)
    arch = np.column_stack([0.5 * hood * np.cos(half), brow + (height - 0.05 - brow) * np.sin(half)])
    prism(part, arch, back, face + 0.01, wood, fill=fill)
    crown = np.column_stack([0.5 * (width - 0.01) * np.cos(half), (height - 0.04 - brow) * np.sin(half)])
    for start, end in pairwise(crown):
        a, b = (face + 0.02, start[0], brow + start[1]), (face + 0.02, end[0], brow + end[1])
        part.bar(a, b, 0.026, wood, sides=6, fill=fill)
    for sign in (-1, 1):
        post = (face + 0.02, sign * (hood / 2 - 0.01), (brow + trunk) / 2)
        part.cylinder(0.012, brow - trunk, post, dark, fill=0.9)
    part.lathe([(0.02, height - 0.05), (0.022, height - 0.03), (0.006, height)], brass, fill=0.4,
               center=(face - 0.02, 0, 0))  # fmt: skip
    radius = min(0.42 * hood, 0.46 * (brow - trunk))
    _face(builder, part, face + 0.01, (brow + trunk) / 2 + 0.02, radius, brass)
    return width


FAMILIES = (
    Family(
        "desk clock", "clock.n.01", (0.06, 0.16, 0.17), (0.09, 0.24, 0.24), desk_clock, "",
        words=("table clock", "mantel clock", "mantle clock", "shelf clock", "carriage clock",
               "bracket clock", "tabletop clock", "standing clock"),
        kinds=("clock",), mass=1.0,
    ),
    Family(
        "grandfather clock", "grandfather_clock.n.01", (0.27, 0.44, 1.8), (0.34, 0.52, 2.05),
        grandfather_clock, "",
        words=("floor clock", "longcase clock", "tall case clock", "grandmother clock",
               "floor standing clock"),
        kinds=("clock",), mount="floor", mass=48.0,
    ),
    Family(
        "table mirror", "mirror.n.01", (0.12, 0.2, 0.32), (0.16, 0.30, 0.44), table_mirror, "",
        words=("vanity mirror", "makeup mirror", "make up mirror", "desk mirror", "cosmetic mirror",
               "tabletop mirror", "shaving mirror", "hollywood mirror", "counter mirror"),
        kinds=("mirror",), mass=1.3,
    ),
)  # fmt: skip
