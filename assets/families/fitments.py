"""Special beds, high tables, server racks, lecterns, clothes rails and wood stoves."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from sage.assets.builder import AssetBuilder, Point
from sage.assets.families.beds import bed, guard, storey
from sage.assets.families.forms import bulk, hull, print_on, prism, rounded, superellipse, tiles
from sage.assets.families.tables import oval_top
from sage.assets.family import Family
from sage.assets.fittings import legs, solid_share, timber
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def canopy_bed(builder: AssetBuilder, size: Vec3) -> None:
    """Build a canopy bed: four posts that carry a frame, with curtains gathered at the posts."""
    depth, width, height = size
    bed(builder, (depth - 0.02, width - 0.02, 1.05))
    style = builder.style
    part = next(iter(builder.parts.values()))
    frame = timber(style) if style.rng.random() < 0.6 else style.part("metal", "black")
    cloth = style.part("fabric", str(style.rng.choice(["white", "beige", "grey", "blue"])))
    post, fill = 0.055, solid_share(frame, 900.0)
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = sx * (depth - post) / 2, sy * (width - post) / 2
            part.box((post, post, height), (x, y, height / 2), frame, bevel=0.008, fill=fill)
            for k in range(3):
                part.bar(
                    (x - sx * (0.02 + 0.04 * (k > 0)), y - sy * (0.02 + 0.04 * (k != 1)), height - post),
                    (x - sx * 0.045, y - sy * 0.045, 1.0),
                    0.07, cloth, end_thickness=0.035, sides=6, fill=0.1, collide=False,
                )  # fmt: skip
            part.bar(
                (x - sx * 0.045, y - sy * 0.045, 1.02),
                (x - sx * 0.06, y - sy * 0.06, 0.25),
                0.04,
                cloth,
                end_thickness=0.08,
                sides=6,
                fill=0.1,
                collide=False,
            )
    z = height - post / 2
    for sign in (-1, 1):
        part.box(
            (post, width - 2 * post, post), (sign * (depth - post) / 2, 0, z), frame, bevel=0.006, fill=fill
        )
        part.box(
            (depth - 2 * post, post, post), (0, sign * (width - post) / 2, z), frame, bevel=0.006, fill=fill
        )


def loft_bed(builder: AssetBuilder, size: Vec3) -> None:
    """Build a loft bed with a ladder and a desk top below."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame, linen = timber(style), style.part("mattress", "white")
    blanket = style.part("feathers", str(style.rng.choice(["blue", "green", "turquoise", "grey"])))
    ladder, post, fill = 0.05, 0.065, solid_share(frame, 360.0)
    wide, shift = width - ladder, ladder / 2
    for x in (-1, 1):
        for y in (-1, 1):
            part.box(
                (post, post, height),
                (x * (depth - post) / 2, y * (wide - post) / 2 + shift, height / 2),
                frame,
                fill=fill,
            )
    rest, thick = height - 0.27, 0.16
    storey(part, (depth - post, wide), shift, rest - thick, frame)
    inner = (depth - 0.08, wide - 0.08)
    part.cushion((*inner, thick), (0, shift, rest - thick / 2), linen, bulge=0.12, fill=bulk(linen, 48))
    part.box(
        (0.6 * inner[0], inner[1] + 0.006, 0.06),
        (0.2 * inner[0], shift, rest - 0.026),
        blanket,
        bevel=0.016,
        fill=0.1,
        collide=False,
    )
    guard(part, size, shift, frame)
    desk, deep = 0.74, 0.55
    across = width / 2 - post - deep / 2 + 0.02
    part.box((depth - 2 * post, deep, 0.025), (0, across, desk - 0.0125), frame, bevel=0.003, fill=fill)
    part.box((depth - 2 * post, 0.02, 0.3), (0, width / 2 - 0.03, desk - 0.18), frame, fill=fill)
    builder.surface("top", (0, shift, rest), (inner[0] - 0.1, inner[1] - 0.08))
    builder.surface(
        "desk", (0, across, desk), (depth - 2 * post - 0.1, deep - 0.05), height=rest - thick - 0.2 - desk
    )


def hospital_bed(builder: AssetBuilder, size: Vec3) -> None:
    """Build a hospital bed: wheels, a raised head end, boards at head and foot, and side rails."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "beige", "grey"))
    steel, sheet = style.part("metal", "grey"), style.part("mattress", "white")
    blue, dark = style.part("feathers", "blue"), style.part("rubber", "black")
    back, wheel, top = -depth / 2, 0.075, 0.62
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = sx * (depth / 2 - 0.3), sy * (width / 2 - 0.14)
            part.cylinder(wheel, 0.04, (x, y, wheel), dark, axis="y", fill=0.7, collide=False)
            part.box((0.07, 0.036, wheel), (x, y, wheel / 2), dark, bevel=0.004, fill=0.2, visible=False)
            part.box((0.06, 0.06, 0.2), (x, y, wheel + 0.14), steel, fill=0.4)
    part.box((depth - 0.24, width - 0.2, 0.06), (0, 0, 0.3), steel, fill=0.22)
    for x in (-0.5, 0.5):
        part.bar((x - 0.2, 0, 0.32), (x + 0.15, 0, 0.46), 0.07, steel, sides=4, fill=0.3)
    part.box((depth - 0.12, width - 0.06, 0.05), (0, 0, 0.475), shell, bevel=0.006, fill=0.35)
    pad, fold = 0.12, back + 0.75
    part.cushion(
        (depth / 2 - 0.08 - fold, width - 0.1, pad),
        ((depth / 2 - 0.08 + fold) / 2, 0, top - pad / 2),
        sheet,
        bulge=0.2,
        fill=0.8,
    )
    tilt = 0.5
    long = 0.68
    middle = (fold - long / 2 * math.cos(tilt), 0.0, top - pad / 2 + long / 2 * math.sin(tilt) - 0.01)
    part.box((long, width - 0.1, pad), middle, sheet, bevel=0.02, rpy=(0, tilt, 0), fill=0.8)
    part.box((0.5, width - 0.2, 0.03), (middle[0] + 0.12, 0, 0.54), steel, bevel=0.004, fill=0.1)
    part.box(
        (0.95, width - 0.09, 0.05),
        (depth / 2 - 0.56, 0, top - 0.022),
        blue,
        bevel=0.016,
        fill=0.15,
        collide=False,
    )
    part.box(
        (0.3, 0.5, 0.09),
        (middle[0] - 0.12, 0, middle[2] + 0.16),
        sheet,
        bevel=0.03,
        rpy=(0, tilt, 0),
        fill=0.5,
    )
    for x, tall in ((back + 0.03, height), (depth / 2 - 0.03, height - 0.18)):
        board = rounded(width, tall - 0.35, 0.09, (0, 0.35 + (tall - 0.35) / 2))
        prism(part, board, x - 0.025, x + 0.025, shell, fill=0.3)
    for sign in (-1, 1):
        y = sign * (width / 2 - 0.02)
        for low, high in ((back + 0.2, back + 0.85), (0.05, 0.75)):
            rail = [(low, y, 0.5), (low + 0.05, y, 0.84), (high - 0.05, y, 0.84), (high, y, 0.5)]
            for a, b in pairwise(rail):
                part.bar(a, b, 0.032, shell, fill=0.4)
            part.bar((low + 0.02, y, 0.68), (high - 0.02, y, 0.68), 0.026, shell, fill=0.4)
    builder.surface("top", (0.25, 0, top), (depth / 2 - 0.2, width - 0.2))


def bar_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a high table for bar stools: on a column if round, else on four legs with rungs."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    top = timber(style)
    steel = style.part("metal", style.colour("metal", "black", "silver"))
    drawn = "round" if max(depth, width) < 1.1 * min(depth, width) and rng.random() < 0.6 else "rectangular"
    if style.shape("round", "square", "rectangular", usual=drawn) == "round":
        side = min(depth, width)
        oval_top(part, (side, side, 0.028), height - 0.014, top)
        part.lathe([(0.36 * side, 0.0), (0.36 * side, 0.012), (0.06, 0.03), (0.03, 0.05)], steel, fill=0.28)
        part.cylinder(0.032, height - 0.07, (0, 0, 0.04 + (height - 0.07) / 2), steel, fill=0.2)
        part.box((0.3, 0.05, 0.012), (0, 0, height - 0.034), steel, fill=0.4)
        part.box((0.05, 0.3, 0.012), (0, 0, height - 0.034), steel, fill=0.4)
        ring = [(0.2 * math.cos(t), 0.2 * math.sin(t), 0.3) for t in np.linspace(0, 2 * math.pi, 13)]
        for a, b in pairwise(ring):
            part.bar(a, b, 0.018, steel, sides=6, fill=0.3)
        part.box((0.4, 0.016, 0.016), (0, 0, 0.3), steel, fill=0.3)
        builder.surface("top", (0, 0, height), (side - 0.02, side - 0.02), round=True)
        return
    part.box((depth, width, 0.035), (0, 0, height - 0.0175), top, bevel=0.004, fill=solid_share(top, 480))
    frame = top if rng.random() < 0.5 else steel
    fill = solid_share(frame, 900)
    thick, under = 0.05, height - 0.035
    legs(part, "square", (depth - 0.04, width - 0.04), under, thick, frame)
    for z, tall in ((under - 0.04, 0.07), (0.25, 0.035)):
        for sign in (-1, 1):
            part.box(
                (0.025, width - 0.04 - 2 * thick, tall),
                (sign * (depth - 0.04 - thick) / 2, 0, z),
                frame,
                bevel=0.002,
                fill=fill,
            )
            part.box(
                (depth - 0.04 - 2 * thick, 0.025, tall),
                (0, sign * (width - 0.04 - thick) / 2, z),
                frame,
                bevel=0.002,
                fill=fill,
            )
    builder.surface("top", (0, 0, height), (depth - 0.02, width - 0.02))


def drafting_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a drafting table: a tilted board with a ledge, a drawing and a ruler, on a trestle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = timber(style, "wood", "painted wood")
    steel, paper, blue = (
        style.part("metal", "black"),
        style.part("paper", "white"),
        style.part("paper", "blue"),
    )
    fill, tilt = solid_share(wood, 520), 0.32
    long = (depth - 0.014) / math.cos(tilt)
    z = height - 0.014 - long / 2 * math.sin(tilt)
    board = (long, width, 0.028)
    part.box(board, (0, 0, z), wood, bevel=0.004, rpy=(0, tilt, 0), fill=fill)
    up, along = np.array([math.sin(tilt), 0, math.cos(tilt)]), np.array([-math.cos(tilt), 0, math.sin(tilt)])

    def at(share: float, y: float, lift: float) -> Vec3:
        place = np.array([0, y, z]) + along * share * long + up * lift
        return (float(place[0]), float(place[1]), float(place[2]))

    part.box((0.03, width, 0.035), at(-0.47, 0, 0.028), wood, bevel=0.004, rpy=(0, tilt, 0), fill=fill)
    part.box(
        (0.6 * long, 0.55 * width, 0.001),
        at(0.04, 0, 0.0148),
        paper,
        bevel=0.0,
        rpy=(0, tilt, 0),
        fill=0.3,
        collide=False,
    )
    for k in range(5):
        part.box(
            (0.003, (0.45 - 0.06 * k) * width, 0.001),
            at(-0.12 + 0.08 * k, 0, 0.0156),
            blue,
            bevel=0.0,
            rpy=(0, tilt, 0),
            fill=0.1,
            collide=False,
        )
    part.box(
        (0.04, 0.7 * width, 0.004),
        at(-0.26, 0.02, 0.017),
        style.part("plastic", "yellow"),
        bevel=0.001,
        rpy=(0, tilt, 0),
        fill=0.6,
        collide=False,
    )
    for sign in (-1, 1):
        y = sign * (width / 2 - 0.12)
        part.box((depth - 0.06, 0.05, 0.04), (0, y, 0.02), steel, bevel=0.004, fill=0.2)
        for x in (-0.28 * depth, 0.28 * depth):
            roof = z - 0.02 - x * math.tan(tilt)
            part.box(
                (0.04, 0.04, roof - 0.03),
                (x, y, 0.03 + (roof - 0.03) / 2 - 0.004),
                steel,
                bevel=0.003,
                fill=0.2,
            )
        part.bar((-0.28 * depth, y, 0.1), (0.28 * depth, y, 0.5), 0.025, steel, sides=4, fill=0.2)
    part.box((0.03, width - 0.24, 0.05), (-0.28 * depth, 0, 0.3), steel, fill=0.2)
    tray = (0.26, 0.5 * width, 0.015)
    part.box(tray, (-0.05, 0, 0.34), wood, bevel=0.003, fill=fill)
    part.box((0.03, width - 0.24, 0.03), (0.0, 0, 0.32), steel, fill=0.2)
    builder.surface("tray", (-0.05, 0, 0.3475), (tray[0] - 0.04, tray[1] - 0.06), height=z - 0.5)


def server_rack(builder: AssetBuilder, size: Vec3) -> None:
    """Build a server rack: a black cabinet with rows of machines, lights and cables behind a frame."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    case = style.main("sheet metal", colours=("black", "black", "grey", "white"))
    dark, steel = style.part("electronics", "black"), style.part("metal", "silver")
    wall, fill = 0.03, bulk(case, 900)
    front = depth / 2 - 0.04
    part.box((depth - 0.04, width, 0.06), (-0.02, 0, 0.03), case, fill=fill)
    part.box((depth - 0.04, width, wall), (-0.02, 0, height - wall / 2), case, fill=fill)
    for sign in (-1, 1):
        part.box(
            (depth - 0.04, wall, height - 0.09),
            (-0.02, sign * (width - wall) / 2, 0.06 + (height - 0.09) / 2),
            case,
            bevel=0.003,
            fill=fill,
        )
        part.box(
            (0.04, 0.05, height),
            (depth / 2 - 0.02, sign * (width - 0.05) / 2, height / 2),
            case,
            bevel=0.004,
            fill=fill,
        )
    part.box(
        (0.02, width - 2 * wall, height - 0.09),
        (-depth / 2 + 0.01, 0, 0.06 + (height - 0.09) / 2),
        case,
        bevel=0.0,
        fill=fill,
    )
    inner, z = width - 2 * wall - 0.02, 0.075
    leds: list[tuple[Point, Point]] = []
    slots: list[tuple[Point, Point]] = []
    while z < height - 0.14:
        tall = float(rng.choice([0.044, 0.088, 0.088, 0.13]))
        if rng.random() < 0.82:
            part.box(
                (depth - 0.14, inner, tall - 0.006),
                (front - (depth - 0.14) / 2 - 0.01, 0, z + tall / 2),
                dark,
                bevel=0.002,
                fill=0.22,
            )
            face = front - 0.01
            for k in range(int(rng.integers(2, 6))):
                leds.append(((0.002, 0.006, 0.006), (face, -inner / 2 + 0.03 + 0.015 * k, z + tall / 2)))
            for k in range(4):
                slots.append(((0.002, 0.08, 0.55 * tall), (face, -0.06 + 0.095 * k - 0.03, z + tall / 2)))
        z += tall
    tiles(part, leds, style.part("plastic", "green"))
    tiles(part, slots, style.part("plastic", "grey"))
    for tone in ("blue", "yellow"):
        cable = style.part("rubber", "black") if tone == "blue" else style.part("plastic", "yellow")
        y = (inner / 2 - 0.02) * (1 if tone == "blue" else -1)
        part.bar(
            (front + 0.002, y, 0.3),
            (front + 0.002, y, height - 0.3),
            0.014,
            cable,
            sides=6,
            collide=False,
            fill=0.3,
        )
    part.box(
        (0.012, 0.02, 0.14),
        (depth / 2 - 0.004, width / 2 - 0.025, 0.5 * height),
        steel,
        bevel=0.003,
        collide=False,
        fill=0.3,
    )
    builder.surface("top", (-0.02, 0, height), (depth - 0.1, width - 0.05))


def lectern(builder: AssetBuilder, size: Vec3) -> None:
    """Build a lectern: a slanting desk with a ledge on a column, open papers on it."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood, paper = timber(style, "wood"), style.part("paper", "white")
    fill, tilt = solid_share(wood, 520), 0.35
    part.box((depth, 0.8 * width, 0.04), (0, 0, 0.02), wood, bevel=0.008, fill=fill)
    long = (depth - 0.02) / math.cos(tilt)
    z = height - 0.015 - long / 2 * math.sin(tilt)
    body = [
        (-0.32 * depth, 0.04),
        (0.3 * depth, 0.04),
        (0.3 * depth, z + 0.3 * depth * math.tan(tilt) - 0.04),
        (-0.32 * depth, z - 0.32 * depth * math.tan(tilt) - 0.0),
    ]
    prism(part, body, -0.36 * width, 0.36 * width, wood, axis=1, fill=0.35 * fill)
    part.box((long, width, 0.025), (0, 0, z), wood, bevel=0.004, rpy=(0, -tilt, 0), fill=fill)
    up, along = (
        np.array([-math.sin(tilt), 0, math.cos(tilt)]),
        np.array([-math.cos(tilt), 0, -math.sin(tilt)]),
    )
    ledge = np.array([0, 0, z]) + along * 0.47 * long + up * 0.022
    part.box((0.02, width, 0.025), ledge, wood, bevel=0.003, rpy=(0, -tilt, 0), fill=fill)
    for sign in (-1, 1):
        sheet = np.array([0, sign * 0.11, z]) + up * 0.0135
        part.box((0.29, 0.2, 0.001), sheet, paper, bevel=0.0, rpy=(0, -tilt, 0), fill=0.5, collide=False)
    print_on(part, (0.004, 0.3 * width, 0.2), (0.3 * depth, 0, 0.6 * height), style.part("metal", "gold"))


def clothes_rail(builder: AssetBuilder, size: Vec3) -> None:
    """Build a clothes rail on wheels with clothes on hangers and a shoe board below."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    steel = style.main("metal", "metal", "wood", colours=("black", "white", "silver", "oak", "birch"))
    fill = solid_share(steel, 1500)
    tube = 0.028
    for sign in (-1, 1):
        y = sign * (width / 2 - 0.03)
        part.box((depth, tube, tube), (0, y, 0.06), steel, fill=fill)
        part.bar((0, y, 0.06), (0, y, height - 0.01), tube, steel, fill=fill)
        for x in (-1, 1):
            part.cylinder(
                0.024, 0.05, (x * (depth / 2 - 0.03), y, 0.025), style.part("rubber", "black"), fill=0.6
            )
    part.bar((0, -width / 2, height - tube / 2), (0, width / 2, height - tube / 2), tube, steel, fill=fill)
    board = style.part("wood", style.colour("wood", "oak", "birch", "pine"))
    part.box((depth - 0.04, width - 0.1, 0.018), (0, 0, 0.083), board, fill=0.8)
    count = int((width - 0.3) / 0.085)
    for k in range(count):
        y = (k - (count - 1) / 2) * 0.085 + float(rng.uniform(-0.012, 0.012))
        cloth = style.part(
            "fabric", str(rng.choice(["white", "blue", "grey", "red", "green", "black", "beige"]))
        )
        long, half = float(rng.uniform(0.55, 0.95)), 0.46 * depth
        top = height - 0.085
        shape = [
            (-half, top - 0.09),
            (-0.05, top),
            (0.05, top),
            (half, top - 0.09),
            (0.9 * half, top - long),
            (-0.9 * half, top - long),
        ]
        prism(part, shape, y - 0.014, y + 0.014, cloth, axis=1, fill=0.18)
        part.bar(
            (0, y, top - 0.01),
            (0, y, height - 0.005),
            0.005,
            style.part("metal", "silver"),
            sides=6,
            collide=False,
        )
    builder.surface("board", (0, 0, 0.092), (depth - 0.08, width - 0.2), height=height - 1.2)


def wood_stove(builder: AssetBuilder, size: Vec3) -> None:
    """Build an iron wood stove on legs, with a fire behind a pane, logs below and a pipe on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    iron = style.main("metal", colours=("black", "grey"))
    glow, log = style.part("plastic", "orange"), style.part("wood", "cherry")
    body, low = 0.62 * height, 0.2
    fill = bulk(iron, 700)
    part.box((depth - 0.05, width, body - low), (-0.015, 0, (body + low) / 2), iron, bevel=0.012, fill=fill)
    part.box((depth, width + 0.0, 0.025), (0, 0, body + 0.0125), iron, bevel=0.006, fill=fill)
    for sx in (-1, 1):
        for sy in (-1, 1):
            part.bar(
                (sx * (depth / 2 - 0.08), sy * (width / 2 - 0.06), low),
                (sx * (depth / 2 - 0.05), sy * (width / 2 - 0.04), 0.0),
                0.05,
                iron,
                sides=4,
                fill=0.4,
            )
    face = depth / 2 - 0.04
    pane = rounded(0.66 * width, 0.6 * (body - low), 0.05, (0, low + 0.52 * (body - low)))
    rim = rounded(0.8 * width, 0.76 * (body - low), 0.06, (0, low + 0.52 * (body - low)))
    prism(part, rim, face - 0.002, face + 0.018, iron, fill=fill)
    prism(
        part,
        pane,
        face + 0.012,
        face + 0.0195,
        style.part("glass", "white").model_copy(update={"rgba": (0.1, 0.08, 0.07, 1.0)}),
        fill=0.2,
        collide=False,
    )
    for k, (y, tall) in enumerate(((-0.12, 0.6), (-0.03, 0.9), (0.06, 0.75), (0.13, 0.5))):
        base = low + 0.26 * (body - low)
        rise = tall * 0.42 * (body - low)
        flame = [
            (y * width - 0.05 * width, base),
            (y * width + 0.05 * width, base),
            (y * width + 0.02 * width * (k - 1.5), base + rise),
        ]
        prism(
            part,
            flame,
            face + 0.018,
            face + 0.0205,
            glow if k % 2 else style.part("plastic", "yellow"),
            fill=0.0,
            collide=False,
        )
    part.box(
        (0.02, 0.016, 0.12),
        (face + 0.026, 0.35 * width, low + 0.5 * (body - low)),
        style.part("metal", "silver"),
        bevel=0.003,
        fill=0.4,
    )
    part.cylinder(
        0.075,
        height - body - 0.025,
        (-0.16 * depth, 0, body + 0.025 + (height - body - 0.025) / 2),
        iron,
        fill=0.12,
    )
    for k in range(3):
        part.cylinder(
            0.045, 0.7 * width, (-0.05 + 0.06 * k, 0, 0.05 + 0.07 * (k == 1)), log, axis="y", fill=0.8
        )
    part.box((0.2, 0.6 * width, 0.012), (0.02, 0, 0.006), iron, fill=0.3)


def pet_bed(builder: AssetBuilder, size: Vec3) -> None:
    """Build a pet bed: a soft ring, lower in front, around a cushion."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cloth = style.main("fabric", colours=("grey", "beige", "brown", "blue", "red"))
    soft = style.part("fabric", "white" if style.attributes["color"] != "white" else "grey")
    count = 20
    turn = np.arange(count + 1) * 2 * math.pi / count
    reach = np.array([depth, width]) / 2
    fill = bulk(cloth, 60)
    for a, b in pairwise(turn):
        ring = []
        for t in (a, b):
            tall = height * (0.62 if abs(math.remainder(t, 2 * math.pi)) < 0.75 else 1.0)
            way = np.array([math.cos(t), math.sin(t)])
            for share, z in (
                (1.0, 0.3),
                (0.97, 0.75),
                (0.88, 1.0),
                (0.78, 0.85),
                (0.74, 0.3),
                (0.78, 0.0),
                (0.94, 0.0),
            ):
                ring.append((*(way * reach * share), z * tall))
        hull(part, ring, cloth, fill=fill)
    pad = [superellipse((1.5 * reach[0], 1.5 * reach[1]), (0, 0, z), 2.0) for z in (0.0, 0.5 * height)]
    hull(part, np.concatenate(pad), soft, fill=bulk(soft, 50))
    builder.surface(
        "inside", (0, 0, 0.5 * height), (0.95 * depth / 2, 0.95 * width / 2), placement="in", round=True
    )


FAMILIES = (
    Family(
        "canopy bed", "four-poster.n.01", (2.1, 1.5, 1.95), (2.22, 1.95, 2.1), canopy_bed, "",
        words=("four poster bed", "four-poster bed", "four poster", "poster bed", "canopied bed"),
               kinds=("bed",), mount="floor",
        mass=95.0,
    ),
    Family(
        "loft bed", "bed.n.01", (2.0, 1.0, 1.75), (2.1, 1.15, 1.95), loft_bed, "",
        words=("high sleeper", "mezzanine bed"), kinds=("bed",), mount="floor", mass=70.0,
    ),
    Family(
        "hospital bed", "hospital_bed.n.02", (2.05, 0.9, 1.02), (2.2, 1.0, 1.12), hospital_bed,
        "hospital_bed",
        words=("medical bed", "patient bed", "adjustable bed"), kinds=("bed",), mount="floor",
    ),
    Family(
        "bar table", "table.n.02", (0.58, 0.6, 1.0), (0.7, 1.2, 1.1), bar_table, "",
        words=("high table", "pub table", "bar height table", "high top table", "standing table"),
               kinds=("table",), mount="floor",
        mass=20.0,
    ),
    Family(
        "drafting table", "drafting_table.n.01", (0.72, 1.0, 1.0), (0.85, 1.3, 1.15), drafting_table, "",
        words=("drawing table", "architect table", "drafting desk", "drawing desk", "light table"),
               mount="floor", mass=30.0,
    ),
    Family(
        "server rack", "rack.n.05", (0.8, 0.58, 1.7), (1.0, 0.64, 2.0), server_rack, "",
        words=("server cabinet", "server", "network rack", "computer rack", "rack server",
               "mining rig rack"), mount="floor",
        mass=160.0,
    ),
    Family(
        "lectern", "lectern.n.01", (0.42, 0.52, 1.1), (0.5, 0.62, 1.25), lectern, "",
        words=("podium", "speaker's stand", "pulpit", "reading stand"), mount="floor", mass=22.0,
    ),
    Family(
        "clothes rail", "rack.n.05", (0.42, 0.95, 1.5), (0.5, 1.4, 1.75), clothes_rail, "",
        words=("clothes rack", "clothing rack", "garment rack", "clothing rail", "garment rail",
               "coat rail", "costume rack"),
        mount="floor", mass=16.0,
    ),
    Family(
        "wood stove", "stove.n.02", (0.42, 0.5, 1.5), (0.55, 0.68, 1.9), wood_stove, "",
        words=("wood burning stove", "log burner", "wood burner", "pot belly stove", "pellet stove",
               "franklin stove"),
        mount="floor", fixed=True, mass=110.0,
    ),
    Family(
        "pet bed", "pet_bed.n.01", (0.55, 0.62, 0.17), (0.7, 0.85, 0.24), pet_bed, "",
        words=("dog bed", "cat bed", "dog basket", "cat basket"), mount="floor", mass=2.6,
    ),
)  # fmt: skip
