"""Bowls, plates, cups, glasses, bottles, cans, trays and jars."""

from __future__ import annotations

import math

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, Profile
from sage.assets.families.forms import arc, band, bulk, print_on, sheet, tube
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def bowl(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open, stackable round bowl on a foot."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    material = style.main("ceramic", "ceramic", "ceramic", "metal")
    wall, fill = sheet(material, 11.0, thickest=0.0095)
    foot = radius * float(style.rng.uniform(0.50, 0.55))
    curve = arc((foot * 1.06, 0.006), (radius, height), float(style.rng.uniform(0.05, 0.18)), 7)
    floor = _nesting_floor(curve, wall, 0.0105 + 0.3 * wall)
    part.vessel([(foot, 0.0), (foot, 0.005), *curve], wall, floor, material, rings=1, fill=fill)
    if style.rng.random() < 0.4 and material.name.startswith("ceramic"):
        _stripe(part, curve, 0.9 * height, style.part("ceramic"))
    inner = 1.96 * (float(np.interp(floor, [z for _, z in curve], [r for r, _ in curve])) - wall)
    builder.surface("inside", (0, 0, floor), (inner, inner), placement="in", round=True, nests=True)
    return wall


_FACET = 0.035
"""Relative difference between circumradius and inradius of the twelve-sided collider of a vessel."""


def _nesting_floor(curve: Profile, wall: float, least: float) -> float:
    """Return the floor thickness at which an identical vessel nests without touching the wall [m]."""
    radii, heights = [r for r, _ in curve], [z for _, z in curve]
    for floor in np.arange(least, 0.022, 0.0005):
        foot = float(np.interp(floor, heights, radii))
        slope = (radii[-1] - foot) / (heights[-1] - floor)
        if slope * floor > wall + 0.0003 + _FACET * foot:
            break
    return float(floor)


def plate(builder: AssetBuilder, size: Vec3) -> float:
    """Build a plate: a foot, a wider flat centre and a rising rim."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    material = style.main("ceramic", "ceramic", "ceramic", "metal")
    wall, fill = sheet(material, 9.6, thickest=0.0125)
    floor = max(wall, 0.009)
    flat = radius * float(style.rng.uniform(0.62, 0.70))
    lip = flat + (radius - flat) * float(style.rng.uniform(0.3, 0.5))
    profile = [
        (flat - 0.012, 0.0), (flat - 0.010, 0.002), (flat + wall, floor),
        (lip + wall / 2, floor + (height - floor) * 0.55), (radius, height),
    ]  # fmt: skip
    part.vessel(profile, wall, floor, material, sectors=10, rings=1, fill=fill)
    if style.rng.random() < 0.5 and material.name.startswith("ceramic"):
        band(part, flat * 0.97, floor - 0.001, floor + 0.0003, style.part("ceramic"), width=0.004)
    side = (flat - 0.004) * math.sqrt(2)
    builder.surface("top", (0, 0, floor), (side, side), shelf=True, nests=True)
    return wall


def _stripe(part: Part, outside: Profile, height: float, material: Material, width: float = 0.005) -> None:
    """Add a line around a vessel at a height [m]."""
    radii, heights = [r for r, _ in outside], [z for _, z in outside]
    top = float(np.interp(height, heights, radii))
    low = float(np.interp(height - width, heights, radii))
    band(part, max(top, low) + 0.0005, height - width, height, material)


def _handle(part: Part, edges: tuple[float, float], reach: float, low: float, high: float,
            thickness: float, material: Material) -> None:  # fmt: skip
    """Add a handle towards +y between two heights, from y = `edges` at the wall out to y = `reach` [m]."""
    outer, rise = reach - thickness / 2, high - low
    points = [
        (0, edges[0], low), (0, (edges[0] + 2 * outer) / 3, low + 0.02 * rise), (0, outer, low + 0.45 * rise),
        (0, (edges[1] + 2 * outer) / 3, high + 0.02 * rise), (0, edges[1], high - 0.02 * rise),
    ]  # fmt: skip
    tube(part, points, thickness, material, (1, 0, 0))


def mug(builder: AssetBuilder, size: Vec3) -> float:
    """Build a mug with a handle on its left."""
    style, part = builder.style, builder.part()
    height, radius = size[2], size[0] / 2
    material = style.main("ceramic")
    wall, fill = sheet(material)
    floor = wall + 0.002
    base = radius * float(style.rng.uniform(0.84, 1.0))
    belly = radius * float(style.rng.uniform(0.0, 0.06))
    profile = [
        (base - 0.003, 0.0), (base, 0.003), (min(radius, base + belly), height * 0.2),
        (min(radius, (base + radius) / 2 + belly), height * 0.55), (radius, height),
    ]  # fmt: skip
    part.vessel(profile, wall, floor, material, fill=fill)
    edges = (base - 0.001, (base + 3 * radius) / 4 - 0.002)
    _handle(part, edges, size[1] - radius, height * 0.24, height * 0.82, 0.009, material)
    if style.rng.random() < 0.5:
        _stripe(part, profile, height * float(style.rng.uniform(0.35, 0.95)), style.part("ceramic"))
    builder.surface("inside", (0, 0, floor), (base * 1.3, base * 1.3), placement="in", round=True)
    return wall


def cup(builder: AssetBuilder, size: Vec3) -> float:
    """Build a small tapered cup, with or without a handle."""
    style, part = builder.style, builder.part()
    height, radius = size[2], size[0] / 2
    material = style.main("ceramic")
    wall, fill = sheet(material)
    floor = wall + 0.002
    base = radius * float(style.rng.uniform(0.62, 0.74))
    profile = [(base, 0.0), (base, 0.004), *arc((base + 0.002, 0.005), (radius, height), 0.5, 6)]
    part.vessel(profile, wall, floor, material, fill=fill)
    if style.rng.random() < 0.6:
        edges = (base + (radius - base) * 0.66 - 0.002, radius - 0.004)
        _handle(part, edges, radius + 0.022, height * 0.32, height * 0.82, 0.007, material)
    if style.rng.random() < 0.6:
        _stripe(part, profile, height * 0.97, style.part("ceramic"), width=0.004)
    builder.surface("inside", (0, 0, floor), (base * 1.3, base * 1.3), placement="in", round=True)
    return wall


def glass(builder: AssetBuilder, size: Vec3) -> float:
    """Build a tumbler with a thick bottom."""
    style, part = builder.style, builder.part()
    height, radius = size[2], size[1] / 2
    material = style.main("glass")
    wall, fill = sheet(material, 8.0)
    floor = float(style.rng.uniform(0.006, 0.009))
    base = radius * float(style.rng.uniform(0.74, 0.98))
    profile = [(base - 0.002, 0.0), (base, 0.003), (radius, height)]
    part.vessel(profile, wall, floor, material, rings=1, fill=fill)
    builder.surface("inside", (0, 0, floor), (base * 1.3, base * 1.3), placement="in", round=True)
    return wall


def bottle(builder: AssetBuilder, size: Vec3) -> float:
    """Build a closed bottle of water with a label and a screw cap."""
    style, part = builder.style, builder.part()
    radius, height = size[1] / 2, size[2]
    material = style.main(
        "plastic", "glass", "metal", colours=("blue", "turquoise", "white", "silver", "green")
    )
    neck = radius * float(style.rng.uniform(0.36, 0.45))
    shoulder = height * float(style.rng.uniform(0.62, 0.74))
    top = height - 0.020
    profile = [
        (radius - 0.005, 0.0), (radius, 0.005), (radius, shoulder),
        (radius * 0.93, shoulder + (top - shoulder) * 0.25),
        (radius * 0.72, shoulder + (top - shoulder) * 0.55),
        (neck, top - 0.008), (neck, top),
    ]  # fmt: skip
    content = 550.0 if style.requested.get("state") != "empty" else 90.0
    part.lathe(profile, material, fill=bulk(material, content))
    cap = style.part("plastic")
    part.lathe([(neck + 0.003, top), (neck + 0.003, height - 0.002), (neck, height)], cap)
    if style.rng.random() < 0.7:
        low = shoulder * float(style.rng.uniform(0.25, 0.45))
        band(part, radius + 0.0005, low, low + shoulder * 0.42, style.part("paper"))
    return 2 * radius


def can(builder: AssetBuilder, size: Vec3) -> float:
    """Build a sealed drinks can with a printed side; full unless an empty one is requested."""
    style, part = builder.style, builder.part()
    radius, height = size[1] / 2, size[2]
    material = style.main("metal", colours=("red", "blue", "green", "silver", "orange", "black"))
    bare = style.part("metal", "silver")
    density = 900.0 if style.requested.get("state") != "empty" else 120.0
    fill = bulk(material, density)
    foot = radius * 0.8
    part.lathe([(foot, 0.0), (radius - 0.002, 0.007), (radius, 0.010)], bare, fill=bulk(bare, density))
    part.lathe(
        [(radius, 0.010), (radius, height - 0.014), (radius - 0.002, height - 0.011)], material, fill=fill
    )
    top = radius * 0.84
    part.lathe(
        [(radius - 0.002, height - 0.011), (top, height - 0.002), (top, height)],
        bare,
        fill=bulk(bare, density),
    )
    print_on(part, (0.022, 0.014, 0.001), (0.006, 0, height), style.part("metal", "grey"))
    low = height * float(style.rng.uniform(0.25, 0.4))
    band(part, radius + 0.0003, low, low + height * float(style.rng.uniform(0.08, 0.3)), style.part("paper"))
    return 2 * radius


def tray(builder: AssetBuilder, size: Vec3) -> float:
    """Build a serving tray with a raised rim and two grips; objects are both on and in it."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("wood", "wood", "plastic", "metal")
    floor, fill = sheet(material, 5.0)
    inner_x, inner_y = depth - 0.024, width - 0.024
    part.box((depth, width, floor), (0, 0, floor / 2), material, bevel=0.002, fill=fill)
    rise = float(style.rng.uniform(0.55, 0.75)) * (height - floor)
    for sign in (-1, 1):
        side = (sign * (depth - 0.012) / 2, 0, floor + rise / 2)
        part.box((0.012, width, rise), side, material, bevel=0.002, fill=fill)
        end = (0, sign * (width - 0.012) / 2, floor + rise / 2)
        part.box((inner_x, 0.012, rise), end, material, bevel=0.002, fill=fill)
        grip = (0, sign * (width - 0.012) / 2, (floor + rise + height) / 2)
        part.box((depth * 0.4, 0.012, height - floor - rise), grip, material, bevel=0.003, fill=fill)
    if style.rng.random() < 0.5:
        print_on(part, (inner_x - 0.004, inner_y - 0.004, 0.001), (0, 0, floor), style.part("fabric"))
    builder.surface("top", (0, 0, floor), (inner_x - 0.004, inner_y - 0.004), shelf=True)
    return 0.012


def jar(builder: AssetBuilder, size: Vec3) -> float:
    """Build a closed glass jar with contents and a lid."""
    style, part = builder.style, builder.part()
    radius, height = size[1] / 2, size[2]
    material = style.main("glass", "glass", "ceramic")
    lid = style.part("metal") if style.rng.random() < 0.6 else style.part("wood", "birch")
    neck, cover = radius * 0.86, 0.018
    top = height - cover
    wall = 0.004
    body = [
        (radius - 0.004, 0.0), (radius, 0.004), (radius, top - 0.018), (neck + 0.002, top - 0.005),
        (neck, top),
    ]  # fmt: skip
    if material.rgba[3] < 1:
        content = style.part(
            "food", str(style.rng.choice(["red", "orange", "yellow", "brown", "beige", "green"]))
        )
        level = float(style.rng.uniform(0.55, 0.85)) * top
        inside = [(radius - wall - 0.001, 0.006), (radius - wall, 0.008), (radius - wall, level - 0.01)]
        part.lathe([*inside, (radius - wall - 0.002, min(level, top - 0.02))], content, collide=False)
        part.lathe(body, material, fill=0.3)
    else:
        part.lathe(body, material, fill=bulk(material, 1100))
    grip = radius * 0.93
    part.lathe([(grip, top), (grip, height - 0.003), (grip - 0.003, height)], lid, fill=bulk(lid, 500))
    return 2 * radius


FAMILIES = (
    Family("bowl", "bowl.n.01", (0.15, 0.15, 0.054), (0.185, 0.185, 0.07), bowl, "bowl", has_front=False),
    Family(
        "plate", "plate.n.04", (0.215, 0.215, 0.020), (0.27, 0.27, 0.028), plate, "plate", words=("dish",),
        has_front=False,
    ),
    Family("mug", "mug.n.04", (0.075, 0.105, 0.085), (0.09, 0.125, 0.105), mug, "mug", has_front=False),
    Family(
        "cup", "cup.n.01", (0.074, 0.092, 0.062), (0.086, 0.108, 0.078), cup, "coffee_cup",
        words=("teacup", "coffee cup", "tea cup"), has_front=False,
    ),
    Family(
        "glass", "glass.n.02", (0.066, 0.066, 0.095), (0.080, 0.080, 0.145), glass, "water_glass",
        words=("drinking glass", "tumbler", "water glass"), has_front=False,
    ),
    Family(
        "bottle", "bottle.n.01", (0.064, 0.064, 0.20), (0.076, 0.076, 0.26), bottle, "water_bottle",
        words=("water bottle",), has_front=False,
    ),
    Family(
        "can", "can.n.01", (0.062, 0.062, 0.105), (0.070, 0.070, 0.135), can, "can_of_soda",
        words=("soda can", "tin can", "tin", "can of soda", "beer can"), has_front=False,
    ),
    Family(
        "jar", "jar.n.01", (0.068, 0.068, 0.10), (0.079, 0.079, 0.15), jar, "hingeless_jar",
        words=("jam jar", "glass jar"), has_front=False,
    ),
    Family(
        "tray", "tray.n.01", (0.26, 0.36, 0.032), (0.33, 0.45, 0.042), tray, "tray", words=("serving tray",),
        has_front=False,
    ),
)  # fmt: skip
