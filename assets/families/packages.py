"""Milk cartons, boxes, baskets and trash bins."""

from __future__ import annotations

import math

import numpy as np

from sage.assets.builder import AssetBuilder
from sage.assets.families.forms import bulk, frames, hull, print_on, sheet, tiles, tube
from sage.assets.family import Family
from sage.geometry import Vec3, box_corners

__all__ = ["FAMILIES"]


def milk_carton(builder: AssetBuilder, size: Vec3) -> float:
    """Build a carton of milk with a gable top and a screw cap; full unless an empty one is requested."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("paper", colours=("white",))
    accent = style.part("paper", str(style.rng.choice(["blue", "red", "green", "turquoise"])))
    content = style.part("food", "white")
    eaves, crest = height * 0.76, height - 0.018
    full = style.requested.get("state") != "empty"
    fill = bulk(content, 1000 if full else 40)
    part.box(
        (depth, width, eaves), (0, 0, eaves / 2), material, bevel=0.002, fill=bulk(material, 1000 * fill)
    )
    ridge = 0.004
    low = box_corners((-depth / 2, -width / 2, eaves), (depth / 2, width / 2, eaves))
    high = box_corners((-ridge, -width / 2 + 0.004, crest), (ridge, width / 2 - 0.004, crest))
    roof = accent if style.rng.random() < 0.5 else material
    hull(part, np.concatenate([low, high]), roof, fill=0.3)
    part.box((0.004, width - 0.006, height - crest), (0, 0, (height + crest) / 2), roof, bevel=0.0005)
    slope = math.atan2(crest - eaves, depth / 2 - ridge)
    middle = np.array([(depth / 2 + ridge) / 2, 0, (eaves + crest) / 2])
    normal = np.array([math.sin(slope), 0, math.cos(slope)])
    cap = style.part("plastic", str(style.rng.choice(["white", "blue", "red"])))
    part.bar(middle.tolist(), (middle + 0.011 * normal).tolist(), 0.024, cap, sides=16)
    low_band = float(style.rng.uniform(0.12, 0.3)) * eaves
    tall = float(style.rng.uniform(0.35, 0.55)) * eaves
    print_on(part, (depth + 0.0006, width + 0.0006, tall), (0, 0, low_band + tall / 2), accent)
    spot = width * 0.27
    part.cylinder(
        spot, depth + 0.0014, (0, 0, low_band + tall * 0.62), material, axis="x", fill=0.0, collide=False
    )
    return min(depth, width)


def cereal_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a box of cereal with a printed front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("paper", colours=("red", "blue", "green", "yellow", "orange", "purple"))
    light, food = (
        style.part("paper", "white"),
        style.part("food", str(rng.choice(["beige", "brown", "orange"]))),
    )
    flake = style.part("food", str(rng.choice(["yellow", "red", "copper"])))
    bowl = style.part("ceramic", str(rng.choice(["white", "blue", "yellow"])))
    part.box(size, (0, 0, height / 2), material, bevel=0.001, fill=bulk(material, 190))
    for sign in (-1, 1):
        face = sign * depth / 2
        title = height * float(rng.uniform(0.74, 0.82))
        print_on(part, (0.0008, width * 0.84, height * 0.16), (face, 0, title), light, (0.08 * sign, 0, 0))
        letters = np.linspace(-0.32, 0.32, 6)
        tall = rng.uniform(0.06, 0.11, 6)
        tiles(part, [((0.0016, width * 0.075, height * h), (face, width * y, title + sign * 0.08 * width * y))
                     for y, h in zip(letters, tall, strict=True)], material)  # fmt: skip
        flakes = rng.uniform(-0.17, 0.17, (9, 2)) * width
        tiles(part, [((0.0022, 0.011, 0.008), (face, y, height * 0.30 + z)) for y, z in flakes], flake)
        level = height * 0.30
        part.cylinder(width * 0.30, 0.0008, (face, 0, level), bowl, axis="x", fill=0.0, collide=False)
        part.cylinder(width * 0.24, 0.0014, (face, 0, level), food, axis="x", fill=0.0, collide=False)
    panel = (width + 0.0008, depth * 0.72, height * 0.5)
    print_on(part, (panel[1], panel[0], panel[2]), (0, 0, height * 0.45), light)
    return min(depth, width)


def box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a cardboard box with open flaps, or taped shut if a closed one is requested."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("cardboard")
    wall, fill = sheet(material, 1.6, thickest=0.011)
    tape = style.part("paper", "beige")
    if style.requested.get("state") == "closed":
        part.box(size, (0, 0, height / 2), material, bevel=0.002, fill=bulk(material, 30))
        print_on(part, (0.05, width + 0.001, 0.001), (0, 0, height), tape)
        for sign in (-1, 1):
            print_on(part, (0.05, 0.001, 0.08), (0, sign * width / 2, height - 0.04), tape)
        builder.surface("top", (0, 0, height), (depth - 0.01, width - 0.01))
        return min(depth, width)
    flap, lean = min(0.30 * depth, 0.10), float(style.rng.uniform(2.55, 2.9))
    reach = flap * math.sin(lean)
    inner_x, inner_y = depth - 2 * reach, width - 2 * reach
    part.carcass(
        (inner_x, inner_y, height), (0, 0, height / 2), wall, material, open_side="top", back=wall, fill=fill
    )
    drop = flap * abs(math.cos(lean)) / 2
    level, lift = height - drop - 0.002, math.pi - lean
    for sign in (-1, 1):
        x, y = sign * (inner_x + reach) / 2, sign * (inner_y + reach) / 2
        sides = (((0.004, inner_y - 0.004, flap), (x, 0, level), (0, -sign * lift, 0)),
                 ((inner_x - 0.004, 0.004, flap), (0, y, level), (sign * lift, 0, 0)))  # fmt: skip
        for extents, place, turn in sides:
            part.box(extents, place, material, bevel=0.0, rpy=turn, fill=fill)
        print_on(part, (0.05, 0.001, 0.06), (0, sign * inner_y / 2, 0.03), tape)
    inside = (inner_x - 2 * wall - 0.01, inner_y - 2 * wall - 0.01)
    builder.surface("inside", (0, 0, wall), inside, placement="in")
    return wall


def basket(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open woven basket with or without grips."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("wicker")
    wall, fill = sheet(material, 3.4)
    grips = height * 0.18
    body = height - grips if style.rng.random() < 0.5 else height - 0.006
    ledge = 0.004
    outer = (depth - 2 * ledge, width - 2 * ledge)
    part.carcass((*outer, body), (0, 0, body / 2), wall, material, open_side="top", back=wall, fill=fill)
    rows = int(body / 0.024)
    tone = style.part("wicker", style.attributes["color"]) if material.name.startswith("wicker") else material
    levels = body * (np.arange(rows) + 0.5) / rows
    frames(part, (depth, width), levels[::2], 0.013, material)
    frames(part, (depth - 0.003, width - 0.003), levels[1::2], 0.013, tone)
    frames(part, (depth, width), [body - 0.004], 0.018, tone)
    if body < height - 0.01:
        for sign in (-1, 1):
            y, top = sign * (width / 2 - ledge - wall / 2), height - 0.006
            points = [(-0.065, y, body - 0.02), (-0.05, y, top - 0.012), (0, y, top), (0.05, y, top - 0.012),
                      (0.065, y, body - 0.02)]  # fmt: skip
            tube(part, points, 0.012, tone, (0, 1, 0))
    inside = (outer[0] - 2 * wall - 0.008, outer[1] - 2 * wall - 0.008)
    builder.surface("inside", (0, 0, wall), inside, placement="in")
    return wall


def trash_bin(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open waste bin, round or square."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("metal", "plastic", colours=("grey", "black", "white", "silver"))
    wall, fill = sheet(material, thickest=0.02)
    floor = max(0.008, wall)
    drawn = "round" if style.rng.random() < 0.6 else "square" if abs(depth - width) < 0.02 else "rectangular"
    if style.shape("round", "square", "rectangular", usual=drawn) == "round":
        radius = width / 2
        base = radius * float(style.rng.uniform(0.76, 0.86))
        lip = height - 0.012
        profile = [
            (base, 0.0),
            (base + 0.001, 0.006),
            (radius - 0.004, lip),
            (radius, lip + 0.001),
            (radius, height),
        ]
        part.vessel(profile, wall, floor, material, rings=1, fill=fill)
        builder.surface("inside", (0, 0, floor), (base * 1.38, base * 1.38), placement="in")
        return wall
    part.carcass(size, (0, 0, height / 2), wall, material, open_side="top", back=wall, fill=fill)
    frames(part, (depth + 0.004, width + 0.004), [height - 0.004], 0.008, material)
    builder.surface(
        "inside", (0, 0, wall), (depth - 2 * wall - 0.01, width - 2 * wall - 0.01), placement="in"
    )
    return wall


FAMILIES = (
    Family(
        "milk carton", "milk_carton.n.01", (0.066, 0.072, 0.19), (0.074, 0.086, 0.24), milk_carton,
        "carton_of_milk", words=("carton of milk", "milk", "carton", "box of milk"), kinds=("carton",),
        has_front=False,
    ),
    Family(
        "cereal box", "box__of__cereal.n.01", (0.050, 0.14, 0.22), (0.070, 0.19, 0.28), cereal_box,
        "box_of_cereal", words=("box of cereal", "cereal", "box of cereals", "cornflakes"), kinds=("box",),
    ),
    Family(
        "box", "box.n.01", (0.35, 0.40, 0.28), (0.42, 0.50, 0.34), box, "carton",
        words=("cardboard box", "moving box", "packing box"), has_front=False,
    ),
    Family(
        "basket", "basket.n.01", (0.24, 0.32, 0.17), (0.34, 0.44, 0.28), basket, "wicker_basket",
        words=("wicker basket", "storage basket", "laundry basket"), has_front=False,
    ),
    Family(
        "trash bin", "ashcan.n.01", (0.22, 0.22, 0.25), (0.28, 0.28, 0.32), trash_bin, "trash_can",
        words=("bin", "trash can", "wastebasket", "waste bin", "garbage can", "dustbin", "wastepaper basket",
               "garbage bin", "rubbish bin"),
        mount="floor", has_front=False,
    ),
)  # fmt: skip
