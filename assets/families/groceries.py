"""Packaged groceries; also collects the families of `bottled` and `produce`."""

from __future__ import annotations

import math

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families import bottled, produce
from sage.assets.families.forms import bulk, hull, prism, stacked, tiles, toned
from sage.assets.families.printing import BRIGHT, INK_M, other, paint, spot, title
from sage.assets.family import Family
from sage.geometry import Vec3, box_corners

__all__ = ["FAMILIES"]


def _carton(
    builder: AssetBuilder, size: Vec3, density: float, *colours: str
) -> tuple[Part, Material, Material]:
    """Add a printed box with a second colour around its lower part; return its part and both materials."""
    part = builder.part()
    paper = builder.style.main("paper", colours=colours or BRIGHT)
    part.box(size, (0, 0, size[2] / 2), paper, bevel=0.001, fill=bulk(paper, density))
    return part, paper, other(builder, "paper", *BRIGHT, "white")


def _flat_top(builder: AssetBuilder, size: Vec3) -> None:
    builder.surface("top", (0, 0, size[2]), (0.94 * size[0], 0.94 * size[1]))


def cookie_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat box of cookies with a picture of cookies on top."""
    depth, width, height = size
    part, _, accent = _carton(builder, size, 270)
    light = builder.style.part("paper", "white")
    cookie, chip = builder.style.part("food", "tan"), builder.style.part("food", "brown")
    paint(part, size, "z", (0, depth * 0.27), (width * 0.9, depth * 0.3), light)
    title(builder, part, size, "z", depth * 0.27, (width * 0.74, depth * 0.18), accent)
    paint(part, size, "x", (0, 0), (width * 0.8, height * 0.6), light)
    across = min(width * 0.36, depth * 0.42)
    for sign in (-1, 1):
        middle = (sign * width * 0.2, -depth * (0.2 + 0.04 * sign))
        spot(part, size, "z", middle, across, cookie)
        dots = builder.style.rng.uniform(-0.3, 0.3, (4, 2)) * across + middle
        tiles(part, [((0.008, 0.008, 6 * INK_M), (-v, u, height)) for u, v in dots], chip)
    _flat_top(builder, size)
    return height


def tea_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a box of tea bags with a printed leaf on its front."""
    depth, width, height = size
    part, paper, accent = _carton(
        builder, size, 230, "green", "yellow", "red", "purple", "orange", "turquoise"
    )
    light = builder.style.part("paper", "beige")
    paint(part, size, "x", (0, 0), (width * 0.62, height), light)
    title(builder, part, size, "x", height * 0.26, (width * 0.5, height * 0.2), paper)
    leaf = builder.style.part("food", "green")
    for sign in (-1, 1):
        x, y, z = depth / 2 + 2 * INK_M, sign * 0.006, height * 0.34
        outline = [
            (y, z - 0.018),
            (y + sign * 0.012, z - 0.004),
            (y + sign * 0.014, z + 0.016),
            (y, z + 0.004),
        ]
        prism(part, outline, -x, x, leaf, fill=0.0, collide=False)
    paint(part, size, "z", (0, 0), (width * 0.98, 0.004), accent)
    paint(part, size, "y", (0, 0), (depth * 0.7, height * 0.8), light)
    _flat_top(builder, size)
    return min(depth, width)


def pasta_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat packet of spaghetti with a window."""
    depth, width, height = size
    part, paper, _ = _carton(builder, size, 900, "blue", "red", "green", "turquoise", "yellow")
    pasta, light = builder.style.part("food", "yellow"), builder.style.part("paper", "white")
    paint(part, size, "z", (width * 0.2, 0), (width * 0.46, depth * 0.62), toned(pasta, 0.8))
    strands = np.linspace(-0.26, 0.26, 7) * depth
    blocks = [((0.003, width * 0.46, 4 * INK_M), (float(x), width * 0.2, height)) for x in strands]
    tiles(part, blocks, toned(pasta, 1.06))
    paint(part, size, "z", (-width * 0.25, 0), (width * 0.34, depth * 0.7), light)
    lines = [(-0.12, 0.24), (0.12, 0.3)]
    word = [((depth * 0.14, width * w, 4 * INK_M), (depth * x, -width * 0.25, height)) for x, w in lines]
    tiles(part, word, paper)
    paint(part, size, "x", (-width * 0.25, 0), (width * 0.34, height * 0.7), light)
    _flat_top(builder, size)
    return height


def butter(builder: AssetBuilder, size: Vec3) -> float:
    """Build a packet of butter in printed foil with folded ends."""
    depth, width, height = size
    part, _, accent = _carton(builder, size, 900, "gold", "silver", "yellow", "white")
    ink = builder.style.part("paper", str(builder.style.rng.choice(["blue", "red", "green"])))
    for sign in (-1, 1):
        paint(part, size, "z", (sign * width * 0.4, 0), (width * 0.1, depth), ink)
        paint(part, size, "x", (sign * width * 0.4, 0), (width * 0.1, height), ink)
    spot(part, size, "z", (0, 0), depth * 0.8, accent)
    title(builder, part, size, "z", 0.0, (width * 0.56, depth * 0.34), ink)
    title(builder, part, size, "x", 0.0, (width * 0.56, height * 0.5), ink)
    fold = builder.style.part("paper", "grey")
    paint(part, size, "y", (0, 0), (depth * 0.9, 0.0012), fold)
    return depth


def chocolate_bar(builder: AssetBuilder, size: Vec3) -> float:
    """Build a bar of chocolate in its wrapper, with foil visible at one end."""
    depth, width, height = size
    part, _, accent = _carton(builder, size, 750, "red", "blue", "purple", "brown", "orange", "green")
    gold, brown = builder.style.part("paper", "gold"), builder.style.part("food", "brown")
    paint(part, size, "z", (0, 0.46 * depth), (width, 0.08 * depth), gold)
    paint(part, size, "z", (0, -0.1 * depth), (width * 0.8, depth * 0.36), accent)
    title(builder, part, size, "z", -0.1 * depth, (width * 0.66, depth * 0.16), gold)
    squares = [
        ((0.018, 0.018, 4 * INK_M), (-depth * 0.3 + x, y, height))
        for x in (0, 0.022)
        for y in (-0.011, 0.011)
    ]
    tiles(part, squares, brown)
    return height


def juice_carton(builder: AssetBuilder, size: Vec3) -> float:
    """Build a juice carton with a slanted top, a cap and a printed orange on the front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paper = style.main("paper", colours=("orange", "yellow", "green", "red", "white"))
    top = height - 0.012
    low = box_corners((-depth / 2, -width / 2, 0), (depth / 2, width / 2, top - 0.022))
    ridge = box_corners((-depth / 2, -width / 2, top - 0.001), (-depth / 2 + 0.012, width / 2, top))
    hull(part, np.concatenate([low, ridge]), paper, fill=bulk(paper, 1000))
    cap = other(builder, "plastic", "white", "green", "red", "blue")
    part.bar((-depth * 0.06, 0, top - 0.012), (-depth * 0.02, 0, height), 0.028, cap, sides=12)
    box = (depth, width, top - 0.024)
    band, peel = other(builder, "paper", "white", "green", "blue"), style.part("food", "orange")
    paint(part, box, "x", (0, box[2] * 0.3), (width, box[2] * 0.26), band)
    paint(part, box, "y", (0, box[2] * 0.3), (depth, box[2] * 0.26), band)
    title(builder, part, box, "x", box[2] * 0.3, (width * 0.8, box[2] * 0.15), paper)
    light = style.part("paper", "white")
    for across, ink, coat in ((0.74, light, 1), (0.66, peel, 2), (0.54, style.part("food", "yellow"), 3)):
        spot(part, box, "x", (0, -box[2] * 0.17), width * across, ink, coat)
    return min(depth, width)


def egg_carton(builder: AssetBuilder, size: Vec3) -> float:
    """Build a closed carton of eighteen eggs: cups below, a printed lid above."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    pulp = style.main("paper", colours=("grey", "beige", "tan", "blue"))
    fill, seam = bulk(pulp, 330), height * 0.46
    for x in (-1, 0, 1):
        for y in np.arange(6) - 2.5:
            at, cell = (x * depth * 0.31, float(y) * width * 0.158), min(depth / 3, width / 6)
            levels = [(0, cell * 0.6, cell * 0.6), (seam, cell * 0.96, cell * 0.96)]
            stacked(part, levels, toned(pulp, 0.92), square=10, count=4, center=at, collide=False, fill=fill)
    corners = [(x * depth * 0.41, y * width * 0.445, 0.0) for x in (-1, 1) for y in (-1, 1)]
    rim = box_corners((-depth / 2, -width / 2, seam), (depth / 2, width / 2, seam + 0.004))
    hull(part, rim, pulp, fill=fill, collide=False)
    produce.add_collider(part, np.concatenate([corners, rim]), pulp)
    edge = box_corners(
        (-depth / 2 + 0.003, -width / 2 + 0.003, seam + 0.004),
        (depth / 2 - 0.003, width / 2 - 0.003, seam + 0.005),
    )
    roof = box_corners((-depth * 0.42, -width * 0.46, height - 0.001), (depth * 0.42, width * 0.46, height))
    hull(part, np.concatenate([edge, roof]), pulp, fill=fill)
    ink = other(builder, "paper", "yellow", "green", "red", "blue")
    paint(part, size, "z", (0, 0), (width * 0.7, depth * 0.62), ink)
    title(builder, part, size, "z", 0.0, (width * 0.5, depth * 0.3), style.part("paper", "white"))
    builder.surface("top", (0, 0, height), (depth * 0.8, width * 0.9))
    return height


def cheese(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wedge of cheese with holes, its tip in front and the rind at the back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paste = style.main("food", colours=("yellow", "beige", "orange"))
    rind = style.part("food", str(style.rng.choice(["red", "orange", "tan"])))
    hole = toned(paste, 0.72)
    back = 0.006 - depth / 2
    wedge = [(depth / 2, 0), (back, width / 2), (back, -width / 2)]
    prism(part, wedge, 0, height, paste, axis=2, fill=bulk(paste, 1000))
    crust = [(back, width / 2), (-depth / 2, width * 0.3), (-depth / 2, -width * 0.3), (back, -width / 2)]
    prism(part, crust, 0, height, rind, axis=2, fill=bulk(rind, 1000))
    for x, y, across in zip(
        *style.rng.uniform(-1, 1, (2, 5)), style.rng.uniform(0.007, 0.016, 5), strict=True
    ):
        along, room = (0.18 * x - 0.1) * depth, 0.36 * width * (0.5 - 0.25 * x)
        part.bar((along, room * y, height - 0.001), (along, room * y, height + 0.0004), across, hole,
                 sides=10, fill=0.0, collide=False)  # fmt: skip
    for sign in (-1, 1):
        for share in style.rng.uniform(0.15, 0.7, 3):
            x, y = back + share * (depth / 2 - back), sign * width / 2 * (1 - share)
            z, across = height * float(style.rng.uniform(0.3, 0.7)), float(style.rng.uniform(0.008, 0.014))
            flank = math.hypot(width / 2, depth / 2 - back)
            out_x, out_y = width / 2 / flank, sign * (depth / 2 - back) / flank
            inner, outer = ((x + out * out_x, y + out * out_y, z) for out in (-0.001, 0.0005))
            part.bar(inner, outer, across, hole, sides=10, fill=0.0, collide=False)
    return height


def chips_bag(builder: AssetBuilder, size: Vec3) -> float:
    """Build a standing, inflated bag of chips, sealed along its top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    foil = style.main("plastic", colours=BRIGHT)
    accent, light = other(builder, "plastic", *BRIGHT), style.part("plastic", "white")
    fill, seal = bulk(foil, 70), height - 0.018
    outline = [
        (0, 0.8, 0.88),
        (0.05, 0.94, 0.94),
        (0.3, 1, 1),
        (0.6, 0.94, 1),
        (0.85, 0.5, 0.98),
        (1, 0.05, 0.98),
    ]
    levels = [(z * seal, x * depth, y * width) for z, x, y in outline]
    stacked(part, levels, foil, square=2.7, fill=fill)
    part.box((0.003, width * 0.98, 0.018), (0, 0, height - 0.009), accent, bevel=0.0)
    low, high = (0.12, 0.962), (0.3, 1.0)
    for z, share in (low, high):
        ring = [(h * seal, share * depth + 0.001, share * width + 0.001) for h in (z - 0.02, z + 0.02)]
        stacked(part, ring, accent, square=2.7, fill=0.0, collide=False)
    box, chip = (depth * 0.99, width, height), style.part("food", "yellow")
    spot(part, box, "x", (0, height * 0.04), width * 0.56, light, 4)
    title(
        builder, part, (depth + 0.005, width, height), "x", height * 0.06, (width * 0.46, height * 0.08), foil
    )
    for y, z in ((-0.16, -0.11), (0.02, -0.14), (0.17, -0.10)):
        spot(part, box, "x", (y * width, z * height), 0.2 * width, chip, 6)
    return depth


def flour_bag(builder: AssetBuilder, size: Vec3) -> float:
    """Build a paper bag of flour or sugar, its top folded over."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paper = style.main("paper", colours=("white", "beige", "white"))
    ink = style.part("paper", str(style.rng.choice(["blue", "red", "green", "orange"])))
    crest = height - 0.020
    part.box((depth, width, crest), (0, 0, crest / 2), paper, bevel=0.007, fill=bulk(paper, 700))
    slope = [(-depth * 0.42, crest), (depth * 0.42, crest), (0.014, height), (-0.014, height)]
    prism(part, slope, -width * 0.47, width * 0.47, paper, axis=1, fill=0.4)
    box = (depth, width, crest)
    for side, across in (("x", width), ("y", depth)):
        paint(part, box, "x" if side == "x" else "y", (0, -crest * 0.3), (across - 0.014, crest * 0.24), ink)
    paint(part, (0.026, width, height), "z", (0, 0), (width * 0.94, 0.026), ink)
    title(builder, part, box, "x", crest * 0.22, (width * 0.7, crest * 0.16), ink)
    spot(part, box, "x", (0, -crest * 0.05), width * 0.4, style.part("food", "gold"), 1)
    return depth


FAMILIES: tuple[Family, ...] = (
    *produce.FAMILIES,
    *bottled.FAMILIES,
    Family("egg carton", "carton__of__eggs.n.01", (0.140, 0.28, 0.066), (0.160, 0.32, 0.076), egg_carton,
           "carton_of_eggs", words=("carton of eggs", "box of eggs", "egg box"), has_front=False),
    Family("cheese", "cheese.n.01", (0.105, 0.066, 0.036), (0.135, 0.088, 0.050), cheese, "cheddar",
           words=("wedge of cheese", "piece of cheese", "block of cheese"), has_front=False),
    Family("chips bag", "bag__of__chips.n.01", (0.065, 0.17, 0.23), (0.085, 0.21, 0.29), chips_bag,
           "bag_of_snacks", words=("bag of chips", "crisps", "bag of crisps", "potato chips", "crisp bag",
           "chip bag")),
    Family("cookie box", "box__of__cookies.n.01", (0.15, 0.17, 0.044), (0.19, 0.23, 0.060), cookie_box,
           "box_of_cookies", words=("box of cookies", "biscuits", "box of biscuits", "biscuit box")),
    Family("juice carton", "carton__of__orange_juice.n.01", (0.062, 0.085, 0.19), (0.075, 0.100, 0.23),
           juice_carton, "carton_of_orange_juice", words=("orange juice", "juice", "carton of juice",
           "carton of orange juice", "juice box"), kinds=("carton",)),
    Family("flour bag", "bag__of__flour.n.01", (0.070, 0.105, 0.17), (0.090, 0.13, 0.22), flour_bag,
           "bag_of_flour", words=("bag of flour", "sugar bag", "bag of sugar", "flour", "sugar")),
    Family("tea box", "tea.n.01", (0.060, 0.125, 0.075), (0.075, 0.155, 0.095), tea_box, "",
           words=("box of tea", "tea bag", "tea", "box of tea bags")),
    Family("pasta box", "pasta__box.n.01", (0.065, 0.24, 0.026), (0.085, 0.27, 0.036), pasta_box,
           "pack_of_pasta", words=("box of pasta", "pasta", "spaghetti", "packet of pasta")),
    Family("butter", "butter.n.01", (0.046, 0.080, 0.026), (0.053, 0.093, 0.030), butter, "butter",
           words=("margarine", "stick of butter", "packet of butter"), has_front=False),
    Family("chocolate bar", "chocolate_bar.n.01", (0.15, 0.072, 0.008), (0.19, 0.090, 0.012), chocolate_bar,
           "chocolate_bar", words=("chocolate", "bar of chocolate"), has_front=False),
)  # fmt: skip
