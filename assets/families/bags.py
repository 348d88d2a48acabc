"""Bags and luggage."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull, loft, print_on, superellipse, tiles, tube
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]


def handbag(builder: AssetBuilder, size: Vec3) -> float:
    """Build a standing handbag: one with a flap, a clasp and one handle, or a tote with two handles."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main(
        "leather", "leather", "fabric", colours=("brown", "black", "red", "beige", "blue", "tan")
    )
    metal = style.part("metal", style.colour("metal", "gold", "silver"))
    body = height * float(rng.uniform(0.60, 0.68))
    flap = rng.random() < 0.5
    brim, flare = (0.62, 0.90) if flap else (0.34, 1.0)
    low = 1.0 if flap else float(rng.uniform(0.78, 0.88))
    rows = ((0.96, low * 0.98, 0.0), (1.0, low, 0.06), (0.9, (low + flare) / 2, 0.6), (brim, flare, 1.0))
    rings = [superellipse((depth * x, width * y), (0, 0, z * body), 6.0) for x, y, z in rows]
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=bulk(material, 95))
    if flap:
        over = [superellipse((depth * (brim + 0.04), width * (flare + 0.015)), (0, 0, z), 6.0)
                for z in (body - 0.004, body + 0.004)]  # fmt: skip
        part.solid(loft(over), material, [np.concatenate(over)], fill=0.3)
        reach, edge = 0.45 * body, width * 0.46
        front = [(depth * (0.5 - 0.19 * (z / body) ** 1.5), y, z)
                 for z, half in ((body - 0.002, edge), (body - 0.7 * reach, edge), (body - reach, edge * 0.8))
                 for y in (-half, half)]  # fmt: skip
        points = np.array(front)
        hull(part, np.concatenate([points, points + np.array([0.006, 0, 0])]), style.part("leather", "black")
             if rng.random() < 0.4 else material, fill=0.0, collide=False)  # fmt: skip
        part.box(
            (0.016, 0.034, 0.026), (depth * 0.455, 0, body - reach + 0.01), metal, bevel=0.003, collide=False
        )
    span, top = width * float(rng.uniform(0.22, 0.3)), height - 0.007
    for x in (0.0,) if flap else (-depth * 0.16, depth * 0.16):
        points_of = [(x, -span, body - 0.006), (x, -span * 0.9, (2 * top + body) / 3), (x, 0, top),
                     (x, span * 0.9, (2 * top + body) / 3), (x, span, body - 0.006)]  # fmt: skip
        tube(part, points_of, 0.013, material, (1, 0, 0), fill=0.5)
        for y in (-span, span):
            part.box((0.018, 0.022, 0.026), (x, y, body - 0.006), metal, bevel=0.004, fill=0.3, collide=False)
    return 0.013


def backpack(builder: AssetBuilder, size: Vec3) -> float:
    """Build a standing backpack: a rounded body, pockets in front and at the sides, straps at the back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("fabric", colours=("blue", "red", "black", "grey", "green", "turquoise", "orange"))
    tones = [c for c in ("black", "grey", "yellow", "blue") if c != style.attributes["color"]]
    second, dark = style.part("fabric", str(rng.choice(tones))), style.part("fabric", "black")
    zip_of = style.part("metal", "silver")
    pocket, strap, fill = 0.26 * depth, 0.030, bulk(material, 33)
    deep, tall, wide = depth - pocket - strap, height - 0.03, width * 0.86
    middle = -depth / 2 + strap + deep / 2
    rows = ((0.94, 0.94, 0.0), (1.0, 1.0, 0.08), (1.0, 0.98, 0.62), (0.84, 0.86, 0.9), (0.46, 0.58, 1.0))
    rings = [
        superellipse((deep * x, wide * y), (middle + deep * (x - 1) / 2, 0, z * tall), 3.4)
        for x, y, z in rows
    ]
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=fill)
    face, share = middle + deep / 2, float(rng.uniform(0.46, 0.58))
    puff = ((0.8, 0.9, 0.0), (1.0, 1.0, 0.1), (1.0, 1.0, 0.7), (0.55, 0.92, 1.0))
    front = [
        superellipse((pocket * 2 * x, wide * 0.8 * y), (face - 0.002, 0, z * share * tall), 3.2)
        for x, y, z in puff
    ]
    part.solid(loft(front), second if rng.random() < 0.5 else material, [np.concatenate(front)], fill=fill)
    print_on(part, (0.006, wide * 0.52, 0.007), (face + pocket * 0.87, 0, share * tall * 0.78), zip_of)
    arc = [superellipse((deep * 1.01, wide * 1.012), (middle, 0, tall * z), 3.4) for z in (0.615, 0.63)]
    part.solid(loft(arc), dark, [], fill=0.0)
    for sign in (-1, 1):
        side = (deep * 0.62, (width - wide) / 2, tall * 0.3)
        part.box(
            side, (middle, sign * (width - side[1]) / 2, side[2] / 2 + 0.01), second, bevel=0.014, fill=0.1
        )
        y, back = sign * wide * 0.24, middle - deep / 2 + 0.006
        _strap(part, ((back, y * 1.2, 0.1 * tall), (back - strap, y * 1.1, 0.36 * tall),
                      (back - strap, y, 0.72 * tall), (back + 0.03, y, 0.88 * tall)), dark)  # fmt: skip
    x, low = middle - deep * 0.32, tall * 0.955
    loop = [(x, -0.045, low), (x, -0.03, height - 0.008), (x, 0.03, height - 0.008), (x, 0.045, low)]
    tube(part, loop, 0.014, dark, (1, 0, 0), fill=0.5)
    return 0.014


def _strap(part: Part, points: Sequence[Vec3], material: Material) -> None:
    """Add a flat strap through four points; only its middle segment has a collider."""
    rings = [superellipse((0.014, 0.05), point, 6.0, count=12) for point in points]
    part.solid(loft(rings), material, [np.concatenate(rings[1:3])], fill=0.5)


def suitcase(builder: AssetBuilder, size: Vec3) -> float:
    """Build a suitcase on its long side with the handle on top: a ribbed shell, or one with straps."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    ribbed = style.requested.get("material") != "leather" and rng.random() < 0.5
    material = (
        style.main("plastic", colours=("blue", "red", "black", "grey", "turquoise", "yellow"))
        if ribbed
        else style.main("leather", colours=("brown", "tan", "black", "beige"))
    )
    metal = style.part("metal", style.colour("metal", "silver", "gold"))
    dark = style.part("plastic", "black") if ribbed else style.part("leather", "brown")
    tall = height - 0.042
    part.box((depth, width, tall), (0, 0, tall / 2), material, bevel=0.03, fill=bulk(material, 72))
    seam = metal if ribbed else dark
    print_on(part, (0.008, width + 0.002, tall + 0.001), (0, 0, tall / 2 + 0.0005), seam)
    if ribbed:
        lines = np.linspace(-0.36, 0.36, 7) * width
        tiles(part, [((depth + 0.012, 0.026, tall * 0.8), (0, float(y), tall / 2)) for y in lines], material)
    else:
        _trim(part, (depth, width, tall), dark, metal)
    for y in (-0.2, 0.2):
        part.box((0.05, 0.05, 0.010), (0, y * width, tall), metal, bevel=0.002, fill=0.2, collide=False)
    span, top = 0.085, height - 0.009
    grip = [(0, -span, tall - 0.004), (0, -span * 0.8, top), (0, span * 0.8, top), (0, span, tall - 0.004)]
    tube(part, grip, 0.018, dark, (1, 0, 0), fill=0.6)
    return 0.018


def _trim(part: Part, size: Vec3, leather: Material, metal: Material) -> None:
    """Add two straps with buckles and corner caps to a suitcase."""
    depth, width, height = size

    def patch(extents: Vec3, center: Vec3, material: Material, bevel: float) -> None:
        part.box(extents, center, material, bevel=bevel, fill=0.0, collide=False)

    for y in (-0.3 * width, 0.3 * width):
        patch((depth + 0.005, 0.034, height + 0.004), (0, y, height / 2 + 0.002), leather, 0.028)
        patch((0.010, 0.044, 0.034), (depth / 2, y, height * 0.7), metal, 0.002)
    x, y, z = (depth * 0.7 - 0.012) / 2, (width - 0.076) / 2, (height - 0.076) / 2
    for signs in itertools.product((-1, 1), repeat=3):
        place = (signs[0] * x, signs[1] * y, height / 2 + signs[2] * z)
        patch((depth * 0.3, 0.07, 0.07), place, leather, 0.024)


def umbrella(builder: AssetBuilder, size: Vec3) -> float:
    """Build a closed umbrella that lies flat: a rolled canopy, a tip and a curved handle."""
    length, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("fabric", colours=("black", "blue", "red", "green", "yellow", "purple"))
    metal = style.part("metal", "silver")
    grip = style.part("wood", "walnut") if rng.random() < 0.5 else style.part("plastic", "black")
    end, thick = length / 2, 0.020
    bend, sag = (width - thick / 2 - height / 2) / 2, 0.951 * thick / 2
    y = -width / 2 + height / 2
    start, stop = -end + length * float(rng.uniform(0.26, 0.32)), end - 0.06

    def section(x: float, share: float) -> Array:
        across = height * share
        return superellipse((across, across), (x, y, across / 2), 2.2, count=12, axis="x")

    roll = [
        section(start, 0.62),
        section(start + 0.05, 1.0),
        section(start + 0.30 * length, 0.72),
        section(stop, 0.28),
    ]
    part.solid(
        loft(roll), material, [np.concatenate(roll[:3]), np.concatenate(roll[2:])], fill=bulk(material, 190)
    )
    strap = [section(start + 0.12, 0.96), section(start + 0.145, 0.93)]
    part.solid(loft(strap), style.part("fabric", "grey"), [], fill=0.0)
    part.bar((stop - 0.01, y, 0.0105), (end, y, 0.0105), 0.010, metal, end_thickness=0.006, fill=0.5)
    heel = -end + bend + thick / 2
    part.bar((start + 0.02, y, height * 0.3), (heel + 0.10, y, sag), 0.010, metal, fill=0.5)
    part.bar((heel + 0.11, y, sag), (heel, y, sag), 0.9 * thick, grip, sides=10, fill=0.7)
    hook = [(heel, y, sag), (heel - 0.75 * bend, y + 0.30 * bend, sag), (heel - bend, y + bend, sag),
            (heel - 0.75 * bend, y + 1.70 * bend, sag), (heel, y + 2 * bend, sag)]  # fmt: skip
    tube(part, hook, thick, grip, (0, 0, 1), fill=0.7)
    return thick


FAMILIES = (
    Family(
        "handbag", "bag.n.04", (0.11, 0.28, 0.30), (0.16, 0.36, 0.40), handbag, "shoulder_bag",
        words=("purse", "shoulder bag", "hand bag"), kinds=("bag",),
    ),
    Family(
        "backpack", "backpack.n.01", (0.25, 0.30, 0.42), (0.31, 0.37, 0.50), backpack, "backpack",
        words=("rucksack", "school bag", "schoolbag", "knapsack"), kinds=("bag",), mount="floor",
    ),
    Family(
        "suitcase", "bag.n.06", (0.212, 0.54, 0.38), (0.245, 0.62, 0.430), suitcase, "suitcase",
        words=("luggage", "travel case"), kinds=("bag",), mount="floor",
    ),
    Family(
        "umbrella", "umbrella.n.01", (0.76, 0.105, 0.066), (0.90, 0.125, 0.080), umbrella, "umbrella",
    ),
)  # fmt: skip
