"""Beds, cribs and bunk beds."""

from __future__ import annotations

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk
from sage.assets.family import Family
from sage.assets.fittings import legs, solid_share, timber
from sage.geometry import Vec3

__all__ = ["FAMILIES", "bed", "guard", "storey"]

_MATTRESS = 0.2
_HEADBOARD = 0.06
_RAIL = 0.03
_BOARDS = 320.0


def bed(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bed without pillows, with its head at the back: frame, mattress and a blanket."""
    style, part = builder.style, builder.part()
    rng = style.rng
    frame = timber(style)
    linen = style.part("mattress", "white")
    colours = ["white", "beige", "grey", "blue", "green", "turquoise"]
    blanket = style.part("feathers", str(rng.choice(colours)))
    depth, width, _ = size
    top = round(float(rng.uniform(0.48, 0.54)), 3)
    rail_top = top - _MATTRESS + 0.07
    rail_tall = float(rng.uniform(0.14, 0.2))
    low = rail_top - rail_tall
    back, front, fill = -depth / 2, depth / 2, solid_share(frame, _BOARDS)
    long = depth - _HEADBOARD
    middle = back + _HEADBOARD + long / 2
    for sign in (-1, 1):
        place = (middle, sign * (width - _RAIL) / 2, rail_top - rail_tall / 2)
        part.box((long, _RAIL, rail_tall), place, frame, bevel=0.004, fill=fill)
    foot_tall = rail_tall + (0.1 if rng.random() < 0.4 else 0.0)
    place = (front - _RAIL / 2, 0, low + foot_tall / 2)
    part.box((_RAIL, width - 2 * _RAIL, foot_tall), place, frame, bevel=0.004, fill=fill)
    inner = (long - _RAIL - 0.01, width - 2 * _RAIL - 0.01)
    slats = top - _MATTRESS
    place = (middle - _RAIL / 2, 0, slats - 0.01)
    part.box((inner[0] + 0.01, inner[1] + 0.01, 0.02), place, frame, bevel=0.0, fill=fill)
    legs(part, "square", (long - 0.02, width - 0.02), low, 0.065, frame, x=middle)
    part.box((0.06, 0.06, low), (middle, 0, low / 2), frame, fill=fill)
    part.box((long - 0.1, 0.06, slats - 0.02 - low), (middle, 0, (low + slats - 0.02) / 2), frame, fill=fill)
    _headboard(part, builder, size, frame, low)
    part.cushion(
        (*inner, _MATTRESS),
        (middle - _RAIL / 2, 0, top - _MATTRESS / 2),
        linen,
        bulge=0.12,
        fill=bulk(linen, 48),
    )
    hang = top - rail_top + 0.002
    _blanket(part, middle - _RAIL / 2, inner, top, hang, blanket, linen, float(rng.uniform(0.62, 0.74)))
    builder.surface("top", (middle - _RAIL / 2, 0, top), (inner[0] - 0.08, inner[1] - 0.08))


def _blanket(
    part: Part,
    x: float,
    inner: tuple[float, float],
    top: float,
    hang: float,
    material: Material,
    sheet: Material,
    share: float,
) -> None:
    """Add a blanket over the foot of the mattress, folded back at its upper edge.

    The blanket is 4 mm thick and has no collider, so that objects rest on the mattress.
    """
    long, width = inner[0] * share, inner[1] + 0.006
    middle = x + inner[0] / 2 - long / 2 + 0.003
    rise = 0.004
    place = (middle, 0, top + rise - hang / 2)
    part.box((long, width, hang), place, material, bevel=0.016, fill=0.1, collide=False)
    fold = 0.22
    place = (middle - long / 2 + fold / 2 - 0.01, 0, top + rise + 0.004 - hang / 2)
    part.box((fold, width + 0.003, hang - 0.004), place, sheet, bevel=0.016, fill=0.05, collide=False)


def _headboard(part: Part, builder: AssetBuilder, size: Vec3, frame: Material, low: float) -> None:
    """Add a headboard: plain, slatted or padded."""
    rng = builder.style.rng
    back, width, height = -size[0] / 2, size[1], size[2]
    fill, post = solid_share(frame, _BOARDS), 0.055
    x = back + _HEADBOARD / 2
    kind = str(rng.choice(["plain", "slats", "padded"]))
    if kind == "padded":
        cloth = builder.style.part("fabric")
        part.box(
            (_HEADBOARD, width, height - 0.06),
            (x, 0, 0.06 + (height - 0.06) / 2),
            cloth,
            bevel=0.02,
            fill=bulk(cloth, 120),
        )
        for sign in (-1, 1):
            part.box((0.05, 0.05, 0.07), (x, sign * (width / 2 - 0.1), 0.035), frame)
        return
    for sign in (-1, 1):
        place = (x, sign * (width - post) / 2, height / 2)
        part.box((_HEADBOARD, post, height), place, frame, bevel=0.006, fill=fill)
    inner = width - 2 * post
    if kind == "plain":
        tall = height - low - 0.03
        part.box((0.03, inner, tall), (x, 0, low + tall / 2), frame, fill=fill)
        return
    for z, tall in ((height - 0.05, 0.07), (low + 0.07, 0.14)):
        part.box((0.035, inner, tall), (x, 0, z), frame, bevel=0.006, fill=fill)
    start, end = low + 0.14, height - 0.085
    for y in np.linspace(-inner / 2, inner / 2, round(inner / 0.11) + 1)[1:-1]:
        part.box((0.018, 0.035, end - start), (x, float(y), (start + end) / 2), frame, fill=fill)


def crib(builder: AssetBuilder, size: Vec3) -> None:
    """Build a crib: a mattress between four barred sides."""
    style, part = builder.style, builder.part()
    frame = timber(style, "painted wood", "wood")
    linen = style.part("mattress", "white")
    depth, width, height = size
    post, rail, low, soft = 0.045, 0.05, 0.2, 0.1
    fill = solid_share(frame, _BOARDS * 1.6)
    top = height - float(style.rng.uniform(0.0, 0.06))
    for fore in (-1, 1):
        for aside in (-1, 1):
            place = (fore * (depth - post) / 2, aside * (width - post) / 2, height / 2)
            part.box((post, post, height), place, frame, bevel=0.008, fill=fill)
    for sign in (-1, 1):
        long, short = width - 2 * post, depth - 2 * post
        x, y = sign * (depth - post) / 2, sign * (width - post) / 2
        for z, tall in ((top - rail / 2, rail), (low + 0.03, 0.06)):
            part.box((0.03, long, tall), (x, 0, z), frame, bevel=0.006, fill=fill)
            part.box((short, 0.03, tall), (0, y, z), frame, bevel=0.006, fill=fill)
        start, end = low + 0.06, top - rail
        middle, clear = (start + end) / 2, end - start
        for at in np.linspace(-long / 2, long / 2, round(long / 0.075) + 1)[1:-1]:
            part.bar((x, at, start), (x, at, end), 0.018, frame, sides=6, fill=fill, collide=False)
        for at in np.linspace(-short / 2, short / 2, round(short / 0.075) + 1)[1:-1]:
            part.bar((at, y, start), (at, y, end), 0.018, frame, sides=6, fill=fill, collide=False)
        part.box((0.018, long, clear), (x, 0, middle), frame, fill=0.0, visible=False)
        part.box((short, 0.018, clear), (0, y, middle), frame, fill=0.0, visible=False)
    inner = (depth - 0.05, width - 0.05)
    part.box((*inner, 0.02), (0, 0, low + 0.05), frame, bevel=0.0, fill=fill)
    pad = (inner[0] - 0.04, inner[1] - 0.04, soft)
    part.cushion(pad, (0, 0, low + 0.06 + soft / 2), linen, bulge=0.12, fill=bulk(linen, 60))
    rest = low + 0.06 + soft
    patch = (pad[0] - 0.04, pad[1] - 0.04)
    builder.surface("inside", (0, 0, rest), patch, placement="in", shelf=True)


def bunk_bed(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bunk bed with a guard rail around the upper bed and a ladder in front."""
    style, part = builder.style, builder.part()
    frame = timber(style)
    linen = style.part("mattress", "white")
    colours = ["blue", "green", "turquoise", "grey", "beige"]
    blankets = [style.part("feathers", str(c)) for c in style.rng.choice(colours, 2)]
    depth, width, height = size
    ladder, post, fill = 0.05, 0.065, solid_share(frame, _BOARDS)
    wide, shift = width - ladder, ladder / 2
    spread = ((depth - post) / 2, (wide - post) / 2)
    for x in (-1, 1):
        for y in (-1, 1):
            part.box(
                (post, post, height), (x * spread[0], y * spread[1] + shift, height / 2), frame, fill=fill
            )
    thick = 0.16
    share = float(style.rng.uniform(0.6, 0.7))
    for name, rest, blanket in (("top", height - 0.27, blankets[0]), ("lower", 0.42, blankets[1])):
        storey(part, (depth - post, wide), shift, rest - thick, frame)
        inner = (depth - 2 * _RAIL - 0.02, wide - 2 * _RAIL - 0.02)
        center = (0, shift, rest - thick / 2)
        part.cushion((*inner, thick), center, linen, bulge=0.12, fill=bulk(linen, 48))
        _spread(part, inner, shift, rest, blanket, share)
        clear = None if name == "top" else height - 0.27 - thick - 0.14 - rest
        builder.surface(name, (0, shift, rest), (inner[0] - 0.1, inner[1] - 0.08), height=clear)
    guard(part, size, shift, frame)


def storey(part: Part, size: tuple[float, float], y: float, slats: float, frame: Material) -> None:
    """Add the side rails, ends and slats of one bed of a bunk bed."""
    long, wide = size
    fill, tall = solid_share(frame, _BOARDS), 0.15
    z = slats + 0.05 - tall / 2 + 0.02
    for sign in (-1, 1):
        part.box((long, _RAIL, tall), (0, y + sign * (wide - _RAIL) / 2, z), frame, bevel=0.004, fill=fill)
        place = (sign * long / 2, y, z + 0.06)
        part.box((_RAIL, wide - 0.1, tall + 0.12), place, frame, bevel=0.004, fill=fill)
    part.box((long - _RAIL, wide - 2 * _RAIL, 0.02), (0, y, slats - 0.01), frame, bevel=0.0, fill=fill)


def _spread(
    part: Part, inner: tuple[float, float], y: float, top: float, material: Material, share: float
) -> None:
    """Add a blanket without a collider over the foot of a mattress."""
    long, hang = inner[0] * share, 0.06
    place = (inner[0] / 2 - long / 2 + 0.002, y, top + 0.004 - hang / 2)
    part.box((long, inner[1] + 0.006, hang), place, material, bevel=0.016, fill=0.1, collide=False)


def guard(part: Part, size: Vec3, y: float, frame: Material) -> None:
    """Add the guard rails of the upper bed, and the ladder in front of them at the foot."""
    depth, width, height = size
    fill, long = solid_share(frame, _BOARDS), depth - 0.13
    wide = width - 2 * y
    gap = 0.45
    for sign in (-1, 1):
        reach = long if sign > 0 else long - gap
        place = (0.0 if sign > 0 else -gap / 2, y + sign * (wide - _RAIL) / 2, height - 0.06)
        part.box((reach, 0.024, 0.09), place, frame, bevel=0.004, fill=fill)
    front = -width / 2 + 0.025
    middle = depth / 2 - 0.065 - gap / 2
    for side in (-1, 1):
        place = (middle + side * 0.18, front, (height - 0.06) / 2)
        part.box((0.04, 0.05, height - 0.06), place, frame, bevel=0.004, fill=fill)
    for z in np.arange(0.25, height - 0.2, 0.26):
        part.box((0.32, 0.035, 0.03), (middle, front, float(z)), frame, bevel=0.004, fill=fill)


FAMILIES = (
    Family(
        "bed", "bed.n.01", (2.05, 1.45, 0.9), (2.2, 1.95, 1.2), bed, "bed",
        words=("double bed", "king-size bed", "king size bed", "queen-size bed"), mount="floor",
    ),
    Family(
        "single bed", "single_bed.n.01", (2.0, 0.98, 0.85), (2.15, 1.1, 1.1), bed, "bed",
        words=("twin bed", "child's bed"), kinds=("bed",), mount="floor",
    ),
    Family(
        "crib", "crib.n.01", (0.68, 1.26, 0.88), (0.76, 1.4, 1.0), crib, "crib",
        words=("baby bed", "cot", "baby cot", "baby crib"), mount="floor",
    ),
    Family(
        "bunk bed", "bed.n.01", (2.0, 1.0, 1.55), (2.1, 1.15, 1.72), bunk_bed, "bunk_bed",
        words=("bunk", "bunkbed"), kinds=("bed",), mount="floor",
    ),
)  # fmt: skip
