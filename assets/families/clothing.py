"""Clothing and footwear."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull, loft, print_on, superellipse, tiles
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_SOFT_M = 0.05
"""Gripper opening for soft objects, which compress to this thickness [m]."""

Row = tuple[float, float, float]
"""Cross section of a shoe's upper: height, position of its front and width, relative to the size."""

_LOW_SHOE: tuple[Row, ...] = (
    (0.16, 0.985, 0.96), (0.34, 0.99, 0.97), (0.50, 0.93, 0.92), (0.64, 0.74, 0.84), (0.82, 0.58, 0.74),
    (1.0, 0.46, 0.64),
)  # fmt: skip
_BOOT: tuple[Row, ...] = (
    (0.07, 0.985, 0.96), (0.16, 0.99, 0.97), (0.25, 0.90, 0.90), (0.36, 0.62, 0.80), (0.50, 0.54, 0.76),
    (0.8, 0.55, 0.80), (1.0, 0.56, 0.84),
)  # fmt: skip


def _outline(size: Vec3, front: float, wide: float, z: float, tuck: float = 0.0) -> Array:
    """Return the horizontal cross section of a shoe up to `front` (relative), inset by `tuck` [m]."""
    long = size[0] * front - 2 * tuck
    center = (-size[0] / 2 + tuck + long / 2, 0.0, z)
    points = superellipse((long, size[1] * wide - 2 * tuck), center, 2.5, count=28)
    share = points[:, 0] / size[0] + 0.5
    waist = 1 - 0.10 * np.exp(-(((share - 0.38) / 0.16) ** 2)) - 0.10 * np.exp(-((share / 0.22) ** 2))
    points[:, 1] *= waist
    return points


def _upper(
    part: Part, size: Vec3, rows: Sequence[Row], split: int, material: Material, density: float
) -> None:
    """Add the upper of a shoe; its colliders are the foot and, from row `split` on, the shaft."""
    outside = [_outline(size, front, wide, share * size[2]) for share, front, wide in rows]
    (_, front, wide), low = rows[-1], rows[1][0] * size[2]
    inside = [_outline(size, front, wide, z, 0.006) for z in (size[2], low)]
    pieces = [np.concatenate(outside[: split + 1]), np.concatenate(outside[split:])]
    part.solid(loft([*outside, *inside]), material, pieces, fill=bulk(material, density))


def _sole(part: Part, size: Vec3, thick: float, heel: float, material: Material) -> None:
    """Add a sole with a heel of height `heel` [m], flat if 0."""
    low = thick + heel
    rings = [_outline(size, 1.0, 1.0, z) for z in (heel, low)]
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=bulk(material, 700))
    if heel > 0:
        for front, back in ((0.30, 0.0), (0.92, 0.52)):
            ring = _outline(size, 1.0, 0.96, 0.0)
            shares = ring[:, 0] / size[0] + 0.5
            ring[:, 0] = (np.clip(shares, back, front) - 0.5) * size[0]
            hull(part, np.concatenate([ring, ring + np.array([0, 0, heel])]), material, fill=0.6)


def _laces(
    part: Part, size: Vec3, rows: Sequence[Row], span: tuple[float, float], material: Material
) -> None:
    """Add laces across the front of an upper between two relative heights."""
    shares, fronts = [row[0] for row in rows], [row[1] for row in rows]
    heights = np.linspace(*span, 5)
    x = (np.interp(heights, shares, fronts) - 0.5) * size[0]
    tilt = math.atan2((span[1] - span[0]) * size[2], float(x[0] - x[-1]))
    wide = size[1] * 0.40
    blocks = [
        ((0.009, wide, 0.007), (float(a) - 0.003, 0.0, float(h) * size[2]))
        for a, h in zip(x, heights, strict=True)
    ]
    tiles(part, blocks, material, tilt)


def shoe(builder: AssetBuilder, size: Vec3) -> float:
    """Build one shoe: a sneaker with a pale sole and a stripe, or a leather shoe with a heel."""
    style, part = builder.style, builder.part()
    rng = style.rng
    if style.requested.get("material") == "leather" or rng.random() < 0.3:
        material = style.main("leather", colours=("black", "brown", "tan"))
        _sole(part, size, 0.008, 0.014, style.part("rubber", "black"))
        lace = style.part("fabric", "beige" if style.attributes["color"] == "black" else "black")
    else:
        material = style.main(
            "fabric", colours=("white", "black", "grey", "blue", "red", "green", "turquoise")
        )
        pale = style.attributes["color"] != "white" or rng.random() < 0.6
        sole = style.part("plastic", "white" if pale else str(rng.choice(["grey", "red", "blue"])))
        _sole(part, size, float(rng.uniform(0.024, 0.032)), 0.0, sole)
        lace = style.part("fabric", "white" if style.attributes["color"] != "white" else "grey")
        stripe = [_outline(size, front, wide + 0.015, share * size[2])
                  for share, front, wide in ((0.40, 0.965, 0.955), (0.47, 0.945, 0.935))]  # fmt: skip
        part.solid(loft(stripe), lace, [], fill=0.0)
    _upper(part, size, _LOW_SHOE, 3, material, 190)
    _laces(part, size, _LOW_SHOE, (0.58, 0.93), lace)
    return size[1]


def boot(builder: AssetBuilder, size: Vec3) -> float:
    """Build one boot: rubber with a band around the top, or leather with laces."""
    style, part = builder.style, builder.part()
    rng = style.rng
    dark = style.part("rubber", "black")
    laced = style.requested.get("material") == "leather" or rng.random() < 0.5
    material = (
        style.main("leather", colours=("brown", "black", "tan"))
        if laced
        else style.main("rubber", colours=("green", "yellow", "blue", "red", "black"))
    )
    _sole(part, size, 0.010, 0.012, dark if material.rgba[0] > 0.2 else style.part("rubber", "grey"))
    _upper(part, size, _BOOT, 3, material, 340)
    tone = style.part("leather", "beige") if laced else style.part("rubber", "grey")
    if laced:
        _laces(part, size, _BOOT, (0.27, 0.36), tone)
        _laces(part, size, _BOOT, (0.42, 0.92), tone)
    band = [_outline(size, 0.565, 0.865, share * size[2]) for share in (0.93, 0.985)]
    lining = [_outline(size, 0.56, 0.84, share * size[2], 0.004) for share in (0.985, 0.93)]
    part.solid(loft([*band, *lining], closed=True), dark if laced else tone, [], fill=0.0)
    return size[1]


def slipper(builder: AssetBuilder, size: Vec3) -> float:
    """Build one slipper: a soft sole and a cover over the toes."""
    length, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("fabric", colours=("grey", "blue", "pink", "brown", "beige", "red"))
    tones = [c for c in ("white", "beige", "grey", "black") if c != style.attributes["color"]]
    lining = style.part("fabric", str(rng.choice(tones)))
    thick = float(rng.uniform(0.016, 0.022))
    _sole(part, size, thick, 0.0, style.part("rubber", "black" if rng.random() < 0.5 else "grey"))
    insole = [_outline(size, 1.0, 1.0, z, 0.004) for z in (thick - 0.001, thick + 0.003)]
    part.solid(loft(insole), lining, [], fill=0.5)
    start, tall = float(rng.uniform(-0.04, 0.04)) * length, height - thick
    rows = (
        (start, 0.99, 1.0),
        (0.26 * length, 0.99, 0.86),
        (0.42 * length, 0.74, 0.62),
        (0.485 * length, 0.36, 0.36),
    )
    rings = [
        superellipse((width * w, tall * h), (x, 0, thick - 0.001 + tall * h / 2), 2.6, axis="x")
        for x, w, h in rows
    ]
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=bulk(material, 200))
    mouth = [superellipse((width * 0.86, tall * 0.84), (x, 0, thick + tall * 0.44), 2.6, axis="x")
             for x in (start - 0.0015, start + 0.001)]  # fmt: skip
    part.solid(loft(mouth), lining, [], fill=0.0)
    return min(width, _SOFT_M)


def hat(builder: AssetBuilder, size: Vec3) -> float:
    """Build a hat with a brim and a ribbon: felt with a pinched crown, or straw with a round crown."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("fabric", "wicker", colours=("beige", "brown", "black", "grey", "tan", "white"))
    tones = [c for c in ("black", "red", "blue", "white") if c != style.attributes["color"]]
    ribbon = style.part("fabric", str(rng.choice(tones)))
    brim = [superellipse((depth * k, width * k), (0, 0, z), 2.0, count=28)
            for k, z in ((0.97, 0.0), (1.0, 0.004), (0.98, 0.008), (0.6, 0.006))]  # fmt: skip
    part.solid(loft(brim), material, [np.concatenate(brim)], fill=0.5)
    long, wide = depth * float(rng.uniform(0.56, 0.62)), width * float(rng.uniform(0.54, 0.60))
    pinch = rng.random() < 0.5
    rows = ((1.0, 1.0, 0.0), (0.97, 0.96, 0.55), (0.94, 0.80, 0.92), (0.86, 0.66, 1.0)) if pinch else (
        (1.0, 1.0, 0.0), (0.97, 0.97, 0.5), (0.86, 0.86, 0.84), (0.5, 0.5, 1.0))  # fmt: skip
    crown = [
        superellipse((long * x, wide * y), (0, 0, 0.004 + z * (height - 0.004)), 2.2, count=28)
        for x, y, z in rows
    ]
    dent = [superellipse((long * 0.66, wide * 0.34), (0, 0, height * 0.88), 2.2, count=28)] if pinch else []
    part.solid(loft([*crown, *dent]), material, [np.concatenate(crown)], fill=bulk(material, 55))
    band = [superellipse((long * k, wide * k), (0, 0, z), 2.2, count=28)
            for k, z in ((1.012, 0.007), (1.0, 0.007 + 0.22 * height))]  # fmt: skip
    part.solid(loft(band), ribbon, [], fill=0.0)
    return min(width, _SOFT_M)


def cap(builder: AssetBuilder, size: Vec3) -> float:
    """Build a cap with a visor in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("fabric", colours=("blue", "red", "black", "white", "green", "grey", "orange"))
    tones = [c for c in ("white", "black", "red", "yellow") if c != style.attributes["color"]]
    second = style.part("fabric", str(rng.choice(tones)))
    long = depth * float(rng.uniform(0.68, 0.73))
    back, tall = -depth / 2, height - 0.004
    rows = ((1.0, 0.0), (1.0, 0.22), (0.94, 0.52), (0.78, 0.78), (0.50, 0.94), (0.2, 1.0))
    dome = [
        superellipse((long * k, width * k), (back + long / 2, 0, z * tall), 2.1, count=28) for k, z in rows
    ]
    part.solid(loft(dome), material, [np.concatenate(dome)], fill=bulk(material, 55))
    part.cylinder(0.008, 0.006, (back + long / 2, 0, height - 0.003), second, fill=0.3, collide=False)
    visor = [
        superellipse((2 * (depth - long * 0.82), width * 0.9), (back + long * 0.82, 0, z), 2.3, count=28)
        for z in (0, 0.005)
    ]
    shade = [np.column_stack([np.maximum(ring[:, 0], back + long * 0.7), ring[:, 1:]]) for ring in visor]
    peak = second if rng.random() < 0.5 else material
    part.solid(loft(shade), peak, [np.concatenate(shade)], fill=0.8)
    badge = (back + long * 0.965, 0, tall * 0.42)
    part.box(
        (0.010, width * 0.24, tall * 0.3),
        badge,
        second,
        rpy=(0, -0.25, 0),
        bevel=0.003,
        fill=0.0,
        collide=False,
    )
    return min(width, _SOFT_M)


def _folded(part: Part, size: Vec3, layers: int, material: Material, density: float) -> None:
    """Add a cloth folded flat, with folds visible on all sides."""
    depth, width, height = size
    step = 1 / layers
    rows = [
        (k, (layer + z) * step)
        for layer in range(layers)
        for k, z in ((0.975, 0.04), (1.0, 0.3), (1.0, 0.7), (0.975, 0.96))
    ]
    rows[0], rows[-1] = (0.985, 0.0), (0.985, 1.0)
    rings = [superellipse((depth + (k - 1) * width, width * k), (0, 0, z * height), 9.0) for k, z in rows]
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=bulk(material, density))


def shirt(builder: AssetBuilder, size: Vec3) -> float:
    """Build a folded, stackable shirt with a collar and buttons, or with a round neck."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main(
        "fabric", colours=("white", "blue", "red", "green", "grey", "black", "pink", "turquoise", "yellow")
    )
    red, green, blue, alpha = material.rgba
    shade = material.model_copy(
        update={"name": f"{material.name}_dark", "rgba": (0.78 * red, 0.78 * green, 0.78 * blue, alpha)}
    )
    pearl = style.part("plastic", "white" if style.attributes["color"] != "white" else "grey")
    top = height - 0.004
    _folded(part, (depth, width, top), 2, material, 155)
    neck, edge = width * 0.17, depth / 2 - 0.006
    if style.requested.get("kind") == "t-shirt" or rng.random() < 0.5:
        for reach, tone, rise in (
            (neck, shade, 0.0012),
            (neck * 0.72, style.part("fabric", "black"), 0.0018),
        ):
            ring = superellipse((2 * reach * 0.8, 2 * reach), (edge, 0, top), 2.0)
            ring[:, 0] = np.minimum(ring[:, 0], edge)
            part.solid(loft([ring, ring + np.array([0, 0, rise])]), tone, [], fill=0.0)
        print_on(part, (width * 0.2, width * 0.28, 0.001), (-depth * 0.08, 0, top), pearl)
    else:
        print_on(part, (depth * 0.93, 0.030, 0.0016), (0, 0, top), shade)
        for x in np.linspace(-0.40, 0.22, 5) * depth:
            part.cylinder(0.0055, 0.003, (float(x), 0, top + 0.001), pearl, fill=0.0, collide=False)
        for sign in (-1, 1):
            leaf = [(edge, 0.004), (edge, neck * 1.15), (edge - 0.052, neck * 0.95), (edge - 0.028, 0.006)]
            points = [(x, sign * y, z) for x, y in leaf for z in (top - 0.0005, top + 0.004)]
            hull(part, points, material if rng.random() < 0.3 else shade, fill=0.0, collide=False)
    builder.surface("top", (0, 0, top), (depth * 0.94, width * 0.94))
    return min(height, _SOFT_M)


def trousers(builder: AssetBuilder, size: Vec3) -> float:
    """Build folded, stackable trousers or jeans, with the waistband and a pocket on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("fabric", colours=("blue", "blue", "blue", "black", "grey", "beige", "brown"))
    seam = style.part("fabric", "orange" if style.attributes["color"] == "blue" else "black")
    patch = style.part("leather", "brown")
    top = height - 0.003
    _folded(part, (depth, width, top), int(rng.choice([3, 4])), material, 160)
    edge = depth / 2 - 0.004
    print_on(part, (0.040, width * 0.97, 0.003), (edge - 0.020, 0, top), material)
    stitches: list[tuple[Vec3, Vec3]] = [
        ((0.0022, width * 0.90, 0.004), (edge - x, 0, top)) for x in (0.004, 0.037)
    ]
    x, y, wide, long = edge - 0.12, -width * 0.2, width * 0.17, 0.062
    stitches += [
        ((0.0022, 2 * wide, 0.002), (x + long, y, top)),
        ((0.0022, 1.4 * wide, 0.002), (x - long, y, top)),
    ]
    stitches += [((2 * long, 0.0022, 0.002), (x, y + sign * wide, top)) for sign in (-1, 1)]
    tiles(part, stitches, seam)
    loops: list[tuple[Vec3, Vec3]] = [
        ((0.046, 0.010, 0.006), (edge - 0.020, w * width, top)) for w in (-0.38, -0.02, 0.38)
    ]
    tiles(part, loops, material)
    print_on(part, (0.030, 0.055, 0.0045), (edge - 0.020, width * 0.2, top), patch)
    builder.surface("top", (0, 0, top), (depth * 0.94, width * 0.94))
    return min(height, _SOFT_M)


FAMILIES = (
    Family(
        "shoe", "gym_shoe.n.01", (0.27, 0.098, 0.092), (0.31, 0.112, 0.118), shoe, "gym_shoe",
        words=("sneaker", "trainer", "running shoe", "gym shoe"), mount="floor",
    ),
    Family(
        "boot", "boot.n.01", (0.28, 0.100, 0.24), (0.31, 0.115, 0.34), boot, "rubber_boot",
        words=("rubber boot", "wellington", "wellington boot"), kinds=("shoe",),
        mount="floor",
    ),
    Family(
        "slipper", "slipper.n.01", (0.25, 0.090, 0.065), (0.29, 0.105, 0.085), slipper, "sandal",
        words=("house shoe",), kinds=("shoe",), mount="floor",
    ),
    Family(
        "hat", "hat.n.01", (0.30, 0.28, 0.10), (0.37, 0.34, 0.14), hat, "hat",
        words=("sun hat", "sunhat", "fedora"),
    ),
    Family(
        "cap", "baseball_cap.n.01", (0.25, 0.160, 0.105), (0.28, 0.180, 0.125), cap, "baseball_cap",
        words=("baseball cap",), kinds=("hat",),
    ),
    Family(
        "shirt", "shirt.n.01", (0.25, 0.28, 0.032), (0.30, 0.33, 0.046), shirt, "",
        words=("t-shirt", "tee shirt", "folded shirt", "dress shirt", "blouse"), kinds=("clothes",),
    ),
    Family(
        "trousers", "trouser.n.01", (0.26, 0.32, 0.040), (0.31, 0.39, 0.055), trousers, "",
        words=("jeans", "pants", "folded trousers", "pair of jeans", "pair of trousers"), kinds=("clothes",),
    ),
)  # fmt: skip
