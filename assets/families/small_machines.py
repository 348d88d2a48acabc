"""Irons, sewing machines, desk lamps, speakers and game consoles."""

from __future__ import annotations

import math

import numpy as np

from sage.assets.builder import AssetBuilder
from sage.assets.families.forms import bulk, hull, print_on, prism, rounded, tiles, tube
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def iron(builder: AssetBuilder, size: Vec3) -> float:
    """Build a steam iron on its sole, tip in front; it is grasped by its handle from above."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("blue", "white", "purple", "turquoise", "red"))
    steel, dark = style.part("metal", "silver"), style.part("plastic", "black")
    side = np.array([(1.0, 0.0), (0.72, 0.36), (0.3, 0.72), (-0.25, 0.98), (-0.8, 1.0), (-1.0, 0.8)])
    sole = np.concatenate([side, side[::-1] * (1, -1)]) * (depth / 2, width / 2)
    prism(part, sole, 0.0, 0.010, steel, axis=2, fill=bulk(steel, 4200))
    mid, top = 0.34 * height, 0.5 * height
    body = [np.insert(sole * share + (shift, 0), 2, z, axis=1)
            for share, shift, z in ((0.95, 0.0, 0.010), (0.86, -0.006, mid), (0.5, -0.03, top))]  # fmt: skip
    hull(part, np.concatenate(body), shell, fill=0.55)
    grip = [(0.24 * depth, 0, mid), (0.17 * depth, 0, height - 0.016), (-0.16 * depth, 0, height - 0.014),
            (-0.42 * depth, 0, 0.7 * height), (-0.40 * depth, 0, mid)]  # fmt: skip
    tube(part, grip, 0.028, dark, (0, 1, 0), 0.5)
    part.cylinder(
        0.02, 0.008, (-0.02 * depth, 0, top), style.part("plastic", "grey"), fill=0.2, collide=False
    )
    part.cylinder(
        0.007, 0.03, (-depth / 2 + 0.015, 0, 0.42 * height), dark, axis="x", fill=0.5, collide=False
    )
    return 0.028


def ironing_board(builder: AssetBuilder, size: Vec3) -> float:
    """Build an ironing board on crossed legs with its pointed end in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cloth = style.main("fabric", colours=("blue", "grey", "turquoise", "red", "white"))
    steel, rubber = (
        style.part("metal", style.colour("metal", "silver", "black", "white")),
        style.part("rubber"),
    )
    nose = np.array([(1.0, 0.0), (0.985, 0.2), (0.94, 0.38), (0.82, 0.6), (0.62, 0.82), (0.35, 1.0)])
    half = np.concatenate([nose, [(-0.97, 1.0), (-1.0, 0.9)]]) * (depth / 2, width / 2)
    outline = np.concatenate([half, (half * (1, -1))[::-1]])
    thick, fill = 0.03, bulk(steel, 950)
    prism(part, outline, height - thick, height, cloth, axis=2, fill=bulk(cloth, 150))
    prism(
        part, 0.97 * outline, height - thick - 0.006, height - thick, steel, axis=2, fill=0.02, collide=False
    )
    reach, under, wide = 0.36 * depth, height - thick, 0.8 * width
    for sign in (-1, 1):
        y = sign * 0.07
        foot, head = (sign * reach, 0.026), (-sign * 0.62 * reach, under)
        part.bar((foot[0], y, foot[1]), (head[0], y, head[1]), 0.028, steel, fill=fill)
        part.box((0.03, wide, 0.026), (foot[0], 0, 0.019), steel, bevel=0.006, fill=fill)
        part.box((0.03, 0.4 * width, 0.02), (head[0], 0, under - 0.01), steel, bevel=0.004, fill=fill)
        for end in (-1, 1):
            part.box((0.036, 0.03, 0.034), (foot[0], end * wide / 2, 0.017), rubber, bevel=0.004)
    builder.surface("top", (-0.15 * depth, 0, height), (0.66 * depth, 0.94 * width))
    return thick


def sewing_machine(builder: AssetBuilder, size: Vec3) -> float:
    """Build a sewing machine: a bed, a pillar at the right, an arm, and a needle at the left."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "white", "black", "turquoise", "pink"))
    accent, steel = style.part("plastic"), style.part("metal", "silver")
    fill = bulk(shell, 430)
    bed, arm, deep = 0.06, 0.078, 0.62 * depth
    part.box((depth, width - 0.03, bed), (0, -0.015, bed / 2), shell, bevel=0.010, fill=fill)
    x, right, spool = -0.02, width / 2 - 0.03, 0.045
    top = height - spool
    pillar = (deep, 0.26 * width, top - bed)
    part.box(pillar, (x, right - pillar[1] / 2, (top + bed) / 2), shell, bevel=0.015, fill=fill)
    beam = (deep, width - 0.03 - pillar[1], arm)
    left = -width / 2
    part.box(beam, (x, left + beam[1] / 2, top - arm / 2), shell, bevel=0.015, fill=fill)
    head = (0.9 * deep, 0.2 * width, top - arm - bed - 0.042)
    part.box(head, (x, left + head[1] / 2, top - arm - head[2] / 2), shell, bevel=0.008, fill=fill)
    needle = left + head[1] / 2
    part.bar((x, needle, bed + 0.004), (x, needle, bed + 0.05), 0.005, steel, sides=6, collide=False)
    print_on(part, (0.05, 0.022, 0.004), (x, needle, bed + 0.006), steel)
    print_on(part, (0.09, 0.07, 0.002), (x, needle, bed), steel)
    part.cylinder(0.042, 0.03, (x, width / 2 - 0.015, top - 0.05), accent, axis="y", fill=0.5)
    face = x + deep / 2
    dial = (face + 0.008, right - pillar[1] / 2, bed + 0.6 * pillar[2])
    part.cylinder(0.032, 0.016, dial, accent, axis="x", fill=0.3, collide=False)
    print_on(part, (0.002, 0.4 * width, 0.03), (face, 0, top - arm / 2), accent)
    part.cylinder(0.004, spool, (x, 0.1 * width, top + spool / 2), steel, collide=False)
    thread = style.part("fabric", style.colour("fabric", "red", "blue", "green"))
    part.cylinder(0.016, 0.034, (x, 0.1 * width, top + 0.018), thread, fill=0.6, collide=False)
    return deep


def desk_lamp(builder: AssetBuilder, size: Vec3) -> float:
    """Build a desk lamp: a heavy foot, an arm with an elbow, and a cone or a flat bar as head."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    metal = style.main("metal", colours=("black", "white", "red", "silver", "green", "yellow"))
    metal = metal.without_maps(name=f"smooth_{metal.name}", metallic=0.2)
    steel, glow = style.part("metal", "silver"), style.part("plastic", "white")
    foot = width / 2
    x = -depth / 2 + foot
    part.lathe([(foot, 0.0), (foot, 0.014), (0.9 * foot, 0.02), (0.02, 0.026)], metal, center=(x, 0, 0),
               fill=bulk(metal, 3000))  # fmt: skip
    elbow, neck = (-depth / 2 + 0.02, 0.0, 0.62 * height), (depth / 2 - 0.11, 0.0, height - 0.03)
    fill = bulk(steel, 2200)
    for start, end in (((x, 0.0, 0.02), elbow), (elbow, neck)):
        part.bar(start, end, 0.013, steel, fill=fill)
    for joint in ((x, 0.0, 0.03), elbow, neck):
        part.cylinder(0.014, 0.026, joint, metal, axis="y", fill=0.3, collide=False)
    if rng.random() < 0.65:
        axis, radius = np.array([0.5, 0.0, -0.87]), 0.062
        up = np.array([0.87, 0.0, 0.5])
        shade = np.array(neck) + 0.01 * up
        turn = np.arange(20) * 2 * math.pi / 20
        ring = np.cos(turn)[:, None] * up + np.sin(turn)[:, None] * np.array([0.0, 1.0, 0.0])
        cone = [shade + along * axis + r * ring for along, r in ((-0.02, 0.02), (0.03, 0.03), (0.10, radius))]
        hull(part, np.concatenate(cone), metal, fill=bulk(metal, 420))
        mouth = [shade + along * axis + 0.88 * radius * ring for along in (0.0985, 0.102)]
        hull(part, np.concatenate(mouth), glow, fill=0.0, collide=False)
    else:
        bar = (0.16, 0.05, 0.018)
        part.box(bar, (depth / 2 - 0.08, 0, height - 0.012), metal, bevel=0.004, fill=bulk(metal, 1100))
        print_on(part, (0.14, 0.036, 0.002), (depth / 2 - 0.08, 0, height - 0.021), glow)
    return 0.013


def speaker(builder: AssetBuilder, size: Vec3) -> float:
    """Build a bookshelf loudspeaker: a box with two cones, sometimes behind cloth."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    case = style.main("wood", "plastic", colours=("black", "walnut", "oak", "white", "cherry"))
    dark, cone = (
        style.part("rubber", "black"),
        style.part("plastic", str(rng.choice(["grey", "white", "yellow"]))),
    )
    grille = 0.012
    deep, face = depth - grille, depth / 2 - grille
    part.box((deep, width, height), (-grille / 2, 0, height / 2), case, fill=bulk(case, 420))
    if rng.random() < 0.3:
        cloth = style.part("fabric", style.colour("fabric", "black", "grey"))
        place = (face + grille / 2, 0, height / 2)
        part.box((grille, width - 0.02, height - 0.02), place, cloth, bevel=0.004, fill=0.5)
        return min(depth, width)
    woofer = min(0.4 * width, 0.24 * height)
    for radius, z in ((woofer, 0.33 * height), (0.42 * woofer, 0.78 * height)):
        part.cylinder(radius, 2 * grille, (face, 0, z), dark, axis="x", top_radius=0.94 * radius, fill=0.2)
        part.cylinder(0.8 * radius, 0.002, (face + grille, 0, z), cone, axis="x", fill=0.0, collide=False)
        part.cylinder(0.34 * radius, 0.004, (face + grille, 0, z), dark, axis="x", fill=0.0, collide=False)
    part.cylinder(0.02, 0.002, (face, 0.3 * width, 0.62 * height), dark, axis="x", fill=0.0, collide=False)
    return min(depth, width)


def game_console(builder: AssetBuilder, size: Vec3) -> float:
    """Build a game console: a slanted layered case, a plain slab or a box with a slot."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("electronics", colours=("black", "white", "grey"))
    dark, glow = (
        style.part("plastic", "black"),
        style.part("plastic", str(rng.choice(["blue", "green", "red"]))),
    )
    fill, front = bulk(shell, 520), depth / 2
    if rng.random() < 0.5:
        gap = 0.16 * height
        plate = (height - gap) / 2
        for z, slope in ((plate / 2, 0.01), (height - plate / 2, -0.01)):
            outline = rounded(depth, width, 0.012)
            prism(part, outline, z - plate / 2, z + plate / 2, shell, axis=2, fill=fill)
            print_on(part, (0.002, 0.94 * width, 0.003), (front, 0, z + slope), dark)
        part.box((depth - 0.02, width - 0.02, gap), (0, 0, height / 2), dark, bevel=0.0, fill=0.4)
        print_on(part, (0.02, 0.5 * width, 0.006), (front - 0.009, 0, height / 2), glow)
    else:
        part.box((depth, width, height), (0, 0, height / 2), shell, bevel=0.006, fill=fill)
        print_on(part, (0.002, 0.46 * width, 0.006), (front, -0.16 * width, 0.62 * height), dark)
        part.cylinder(
            0.009, 0.003, (front, 0.38 * width, 0.6 * height), glow, axis="x", fill=0.0, collide=False
        )
        pale = style.part("plastic", "grey" if max(shell.rgba[:3]) < 0.3 else "black")
        vents = [((0.5 * depth, 0.004, 0.001), (0, y, height)) for y in np.linspace(0.1, 0.4, 9) * width]
        tiles(part, vents, pale)
    for y in (0.2, 0.3):
        print_on(part, (0.003, 0.016, 0.007), (front, y * width, 0.25 * height), dark)
    return height


FAMILIES = (
    Family(
        "iron", "iron.n.04", (0.25, 0.11, 0.125), (0.30, 0.13, 0.15), iron, "iron",
        words=("steam iron", "clothes iron", "flat iron"),
    ),
    Family(
        "ironing board", "ironing_board.n.01", (1.15, 0.32, 0.80), (1.40, 0.40, 0.95), ironing_board,
        "ironing_board", mount="floor", has_front=False,
    ),
    Family(
        "sewing machine", "sewing_machine.n.01", (0.18, 0.36, 0.28), (0.21, 0.44, 0.33), sewing_machine, "",
    ),
    Family(
        "desk lamp", "table_lamp.n.01", (0.28, 0.15, 0.36), (0.38, 0.18, 0.48), desk_lamp, "table_lamp",
        words=("reading lamp", "study lamp", "task lamp"), kinds=("lamp",),
    ),
    Family(
        "speaker", "loudspeaker.n.01", (0.18, 0.14, 0.24), (0.26, 0.21, 0.40), speaker,
        "standing_loudspeaker", words=("loudspeaker", "bookshelf speaker"),
    ),
    Family(
        "game console", "game_console.n.01", (0.24, 0.26, 0.055), (0.30, 0.34, 0.075), game_console,
        "game_console", words=("games console", "video game console", "gaming console"),
    ),
)  # fmt: skip
