"""Teddy bears, dolls, games, rocking horses, doll houses, globes and abacuses."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, ellipsoid, hull, patch, print_on, tiles, tube
from sage.assets.families.toys import BRIGHT, bright
from sage.assets.family import Family
from sage.assets.fittings import leg, solid_share, timber
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_LANDS = {
    "America": ((62, -100, 26), (42, -100, 19), (22, -102, 9), (-3, -62, 17), (-24, -61, 15)),
    "Old World": ((22, 10, 19), (2, 24, 19), (-20, 26, 13), (50, 15, 15), (60, 45, 20), (62, 90, 26),
                  (38, 70, 20), (32, 104, 20), (60, 130, 20), (20, 78, 10)),
    "South": ((-25, 134, 16), (74, -42, 12), (-86, 20, 22)),
}  # fmt: skip
"""Discs that approximate the continents: latitude, longitude, radius [degrees]."""


def teddy_bear(builder: AssetBuilder, size: Vec3) -> float:
    """Build a sitting teddy bear."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    fur = style.main("fabric", colours=("brown", "tan", "beige", "brown", "white", "pink", "grey"))
    pale = style.part("fabric", "beige" if style.attributes["color"] != "beige" else "white")
    black, fill = style.part("plastic", "black"), bulk(fur, 118)
    belly, head, ear = height * 0.3, height * 0.2, height * 0.075
    back = -depth * 0.16
    trunk = (depth * 0.33, width * 0.33, belly)
    ellipsoid(part, trunk, (back, 0, belly * 0.85), fur, facet=0.5, fill=fill)
    print_at = (back + depth * 0.14, 0, belly * 0.95)
    ellipsoid(
        part, (depth * 0.22, width * 0.22, belly * 0.7), print_at, pale, detail=1, fill=0.0, collide=False
    )
    face = (back + depth * 0.06, 0.0, height - head * 1.08)
    ellipsoid(part, (head * 0.95, head * 1.08, head), face, fur, fill=fill)
    nose = (face[0] + head * 0.85, 0.0, face[2] - head * 0.25)
    ellipsoid(part, (head * 0.42, head * 0.45, head * 0.36), nose, pale, detail=1, fill=fill, collide=False)
    tip = (nose[0] + head * 0.38, 0, nose[2] + head * 0.18)
    ellipsoid(part, (head * 0.1, head * 0.17, head * 0.12), tip, black, detail=0, fill=0.0, collide=False)
    for sign in (-1, 1):
        eye = (face[0] + head * 0.82, sign * head * 0.42, face[2] + head * 0.25)
        ellipsoid(part, (head * 0.11,) * 3, eye, black, detail=0, fill=0.0, collide=False)
        at = (face[0] - head * 0.1, sign * head * 0.82, height - ear)
        ellipsoid(part, (ear * 0.6, ear, ear), at, fur, detail=1, fill=fill, collide=False)
        at = (at[0] + ear * 0.35, at[1], at[2])
        ellipsoid(part, (ear * 0.4, ear * 0.62, ear * 0.62), at, pale, detail=0, fill=0.0, collide=False)
        paw = height * 0.1
        at = (depth / 2 - depth * 0.3, sign * width * 0.27, paw * 0.9)
        ellipsoid(part, (depth * 0.3, width * 0.15, paw), at, fur, facet=0.4, detail=1, fill=fill)
        at = (depth * 0.46, at[1], at[2])
        ellipsoid(
            part, (depth * 0.045, width * 0.09, paw * 0.66), at, pale, detail=1, fill=0.0, collide=False
        )
        start = (back + 0.02, sign * width * 0.26, height * 0.5)
        part.bar(start, (depth * 0.12, sign * width * 0.42, height * 0.24), width * 0.18, fur,
                 end_thickness=width * 0.16, sides=10, fill=fill)  # fmt: skip
    return width * 0.18


def doll(builder: AssetBuilder, size: Vec3) -> float:
    """Build a sitting doll in a dress, with its legs in front."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    dress = style.main("fabric", colours=("pink", "red", "blue", "yellow", "purple", "green"))
    skin = style.part("plastic", str(style.rng.choice(["beige", "tan", "brown", "beige"])))
    hair = style.part("fabric", style.colour("fabric", "brown", "yellow", "black", "orange"))
    shoe, black = bright(style, 1)[0], style.part("plastic", "black")
    fill, back = bulk(skin, 300), -depth / 2
    head, seat = height * 0.17, back + 0.42 * width - 0.018
    waist, neck = height * 0.36, height * 0.62
    ring = np.arange(14) * 2 * np.pi / 14
    levels = (
        (0.42, 1.0, 0.0, 0.02), (0.46, 0.9, 0.06 * height, 0.02), (0.17, 0.9, waist, 0.0),
        (0.17, 0.8, waist, 0.0), (0.25, 0.8, neck * 0.95, 0.0), (0.1, 0.8, neck + 0.01, 0.0),
    )  # fmt: skip
    for piece, weight in ((levels[:3], 110), (levels[3:], 120)):
        points = [
            (seat + ahead + width * r * flat * math.cos(a), width * r * math.sin(a), z)
            for r, flat, z, ahead in piece
            for a in ring
        ]
        hull(part, points, dress, fill=bulk(dress, weight))
    face = (seat, 0.0, height - head)
    ellipsoid(part, (head * 0.9, head * 0.86, head * 0.96), face, skin, fill=fill)
    cap = (seat - head * 0.16, 0.0, face[2] + head * 0.06)
    ellipsoid(part, (head * 0.9, head * 0.96, head * 0.94), cap, hair, fill=0.2, collide=False)
    for sign in (-1, 1):
        tail = (seat - head * 0.3, sign * head * 1.0, face[2] - head * 0.35)
        ellipsoid(
            part, (head * 0.25, head * 0.28, head * 0.55), tail, hair, detail=1, fill=0.2, collide=False
        )
        eye = (seat + head * 0.8, sign * head * 0.34, face[2] + head * 0.02)
        ellipsoid(part, (head * 0.1, head * 0.1, head * 0.14), eye, black, detail=1, fill=0.0, collide=False)
        hand = (seat + depth * 0.22, sign * width * 0.44, waist * 0.75)
        shoulder = (seat, sign * width * 0.22, neck * 0.92)
        part.bar(shoulder, hand, width * 0.13, skin, end_thickness=width * 0.1, fill=fill)
        thick = width * 0.16
        start, end = (seat, sign * width * 0.17, thick / 2), (depth / 2 - 0.03, sign * width * 0.2, thick / 2)
        part.bar(start, end, thick, skin, sides=8, fill=fill)
        at = (depth / 2 - 0.024, end[1], thick * 0.62)
        part.box((0.048, thick * 1.15, thick * 1.24), at, shoe, bevel=0.008, fill=0.4)
    mouth = (seat + head * 0.88, 0, face[2] - head * 0.36)
    print_on(part, (0.006, head * 0.3, head * 0.07), mouth, style.part("plastic", "red"))
    return width * 0.34


def puzzle_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build the flat box of a jigsaw puzzle with a landscape on its lid."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    edge = _lidded(builder, part, size, "paper")
    sky = style.part("paper", str(style.rng.choice(["turquoise", "blue", "orange", "pink"])))
    hill = style.part("paper", str(style.rng.choice(["brown", "purple", "grey"])))
    field = style.part("paper", "green")
    sun, white = style.part("paper", "yellow"), style.part("paper", "white")
    long, wide = depth * 0.62, width - 0.03
    x = depth * 0.1
    print_on(part, (long, wide, 0.0004), (x, 0, edge), sky)
    print_on(part, (long * 0.34, wide, 0.0008), (x + long * 0.33, 0, edge), field)
    for y, share in ((-0.22, 0.36), (0.12, 0.5), (0.36, 0.26)):
        foot, tall, half = x + long * 0.17, long * share, wide / 2
        peak = [(foot, y * wide - tall / 2), (foot, y * wide + tall / 2), (foot - tall, y * wide)]
        corners = [(a, min(max(b, -half), half), edge + up) for a, b in peak for up in (0.0, 0.0006)]
        hull(part, corners, hill, fill=0.0, collide=False)
    part.cylinder(long * 0.09, 0.0008, (x - long * 0.32, wide * 0.3, edge), sun, fill=0.0, collide=False)
    blocks: list[tuple[Vec3, Vec3]] = []
    for step in np.linspace(-0.5, 0.5, 7)[1:-1]:
        blocks.append(((0.0008, wide, 0.0012), (x + float(step) * long, 0.0, edge)))
        blocks.append(((long, 0.0008, 0.0012), (x, float(step) * wide, edge)))
    tiles(part, blocks, white)
    print_on(part, (depth * 0.1, width * 0.6, 0.0008), (-depth * 0.36, 0, edge), white)
    print_on(part, (depth * 0.04, width * 0.5, 0.0012), (-depth * 0.36, 0, edge), hill)
    return height


def board_game(builder: AssetBuilder, size: Vec3) -> float:
    """Build the flat box of a board game, with a track, dice and pieces on its lid."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    edge = _lidded(builder, part, size, "cardboard")
    paints, white = bright(style, 4, "paper"), style.part("paper", "white")
    black = style.part("paper", "black")
    side = min(depth * 0.62, width * 0.62)
    x, y = depth * 0.12, width * 0.12
    print_on(part, (side, side, 0.0004), (x, y, edge), white)
    fields = 7
    ring = [(i, j) for i in range(fields) for j in range(fields) if {i, j} & {0, fields - 1}]
    for index, paint in enumerate(paints):
        blocks: list[tuple[Vec3, Vec3]] = []
        for i, j in ring[index::4]:
            at = (x + side * ((i + 0.5) / fields - 0.5), y + side * ((j + 0.5) / fields - 0.5), edge)
            blocks.append(((side * 0.12, side * 0.12, 0.0008), at))
        tiles(part, blocks, paint)
        middle = (x + side * (0.14 if index % 2 else -0.14), y + side * (0.14 if index > 1 else -0.14), edge)
        part.cylinder(side * 0.1, 0.001, middle, paint, fill=0.0, collide=False)
    print_on(part, (depth * 0.14, width * 0.8, 0.0008), (-depth * 0.36, 0, edge), paints[0])
    print_on(part, (depth * 0.05, width * 0.55, 0.0012), (-depth * 0.36, 0, edge), white)
    for share, dot in ((-0.02, 1), (0.24, -1)):
        at = (depth * share + 0.02, -width * 0.36, edge)
        print_on(part, (width * 0.1, width * 0.1, 0.0008), at, white, rpy=(0, 0, 0.3 * dot))
        pip, step = (width * 0.018, width * 0.018, 0.0012), width * 0.026
        dots: list[tuple[Vec3, Vec3]] = [
            (pip, (at[0] + k * step, at[1] + dot * k * step, edge)) for k in (-1, 0, 1)
        ]
        tiles(part, dots, black)
    return height


def _lidded(builder: AssetBuilder, part: Part, size: Vec3, kind: str) -> float:
    """Add a flat box with a lid and a support surface, and return the height of the lid's sides [m]."""
    depth, width, height = size
    style, step = builder.style, 0.0012
    lid = style.main("paper", colours=("red", "blue", "green", "black", "purple", "turquoise", "orange"))
    base = style.part(kind, "tan" if kind == "cardboard" else "white")
    low = height * float(style.rng.uniform(0.2, 0.4))
    inner = (depth - 2 * step, width - 2 * step, low)
    part.box(inner, (0, 0, low / 2), base, bevel=0.001, fill=bulk(base, 330), collide=False)
    tall = height - low - 0.0006
    part.box(
        (depth, width, tall), (0, 0, low + tall / 2), lid, bevel=0.001, fill=bulk(lid, 330), collide=False
    )
    part.box(size, (0, 0, height / 2), lid, fill=0.0, visible=False)
    label = style.part("paper", "white")
    for sign in (-1, 1):
        print_on(part, (0.0006, width * 0.5, tall * 0.5), (sign * depth / 2, 0, low + tall / 2), label)
    builder.surface("top", (0, 0, height), (depth * 0.9, width * 0.9))
    return height - 0.0006


def rocking_horse(builder: AssetBuilder, size: Vec3) -> None:
    """Build a wooden rocking horse; the middle of its rockers is flat, so that it is stable."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    wood = timber(style, "wood", "wood", "painted wood")
    hair = style.part("fabric", style.colour("fabric", "brown", "black", "white", "beige"))
    leather = style.part("leather", style.colour("leather", "brown", "black"))
    paint, black = bright(style, 1, "painted wood")[0], style.part("plastic", "black")
    half, y, thick, fill = depth / 2, width / 2 - 0.022, 0.044, solid_share(wood)
    levels = [(-half, 0.075), (-half * 0.5, 0.0), (half * 0.5, 0.0), (half, 0.075)]
    for sign in (-1, 1):
        for (x0, z0), (x1, z1) in pairwise(levels):
            corners = [(x, sign * y + side * thick / 2, z + up) for x, z in ((x0, z0), (x1, z1))
                       for side in (-1, 1) for up in (0.0, 0.058)]  # fmt: skip
            hull(part, corners, paint, fill=solid_share(paint))
        for x in (-0.26, 0.26):
            hip = (x * 0.72 * depth, sign * width * 0.17, height * 0.46)
            leg(part, hip, (x * depth, sign * y, 0.045), 0.072, wood, foot_thickness=0.044, fill=fill)
    for x in (-0.3, 0.3):
        part.box((0.06, 2 * y, 0.024), (x * depth, 0, 0.066), paint, fill=solid_share(paint))
    trunk = (0.3 * depth, 0.35 * width, 0.14 * height)
    ellipsoid(part, trunk, (-0.02, 0, height * 0.47), wood, fill=fill)
    front, top = depth * 0.2, height - 0.02
    throat = (
        (-0.1, height * 0.5, 0.06), (0.06, height * 0.44, 0.06), (0.03, top - 0.03, 0.035),
        (0.12, top - 0.08, 0.035),
    )  # fmt: skip
    neck = [(front + x, side * wide, z) for x, z, wide in throat for side in (-1, 1)]
    hull(part, neck, wood, fill=fill)
    head = [(x, side * wide, z) for x, z, wide in (
        (front + 0.02, top, 0.034), (front + 0.08, top - 0.1, 0.036), (front + 0.21, top - 0.14, 0.028),
        (front + 0.23, top - 0.1, 0.024), (front + 0.1, top - 0.005, 0.034)) for side in (-1, 1)]  # fmt: skip
    hull(part, head, wood, fill=fill)
    for side in (-1, 1):
        ear = [(front + 0.03 + a, side * 0.022 + b, top - 0.006) for a in (0, 0.025) for b in (-0.008, 0.008)]
        hull(part, [*ear, (front + 0.035, side * 0.024, height)], wood, fill=fill, collide=False)
        ellipsoid(part, (0.008,) * 3, (front + 0.11, side * 0.032, top - 0.04), black, detail=1, fill=0.0,
                  collide=False)  # fmt: skip
    mane = [(front - 0.115, height * 0.52), (front + 0.01, top - 0.02), (front + 0.05, top + 0.008),
            (front - 0.06, height * 0.56)]  # fmt: skip
    hull(part, [(x, side * 0.016, z) for x, z in mane for side in (-1, 1)], hair, fill=0.5, collide=False)
    rear = (-0.02 - 0.28 * depth, 0.0, height * 0.52)
    part.bar(
        rear, (rear[0] - 0.09, 0, height * 0.28), 0.04, hair, end_thickness=0.02, fill=0.5, collide=False
    )
    part.bar((front + 0.05, -0.13, top - 0.13), (front + 0.05, 0.13, top - 0.13), 0.024, paint)
    saddle = (0.12 * depth, 0.36 * width, 0.145 * height)
    ellipsoid(part, saddle, (-0.03, 0, height * 0.475), leather, fill=0.1, collide=False)


def doll_house(builder: AssetBuilder, size: Vec3) -> None:
    """Build a doll house, open in front, with two storeys and an attic below a gable roof."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    kind = str(style.rng.choice(["painted wood", "painted wood", "wood"]))
    wood = style.main(kind, colours=("white", "pink", "turquoise", "yellow") if kind != "wood" else ())
    roof = style.part("painted wood", style.colour("painted wood", "red", "blue", "green", "purple", "brown"))
    papers, pane = bright(style, 3, "painted wood"), style.part("glass", "turquoise")
    fill, board, slab, over = solid_share(wood), 0.017, 0.018, 0.025
    wall, inner = height * 0.66, width - 2 * over - 2 * board
    half = inner / 2 + board
    for sign in (-1, 1):
        part.box((depth, board, wall), (0, sign * (half - board / 2), wall / 2), wood, bevel=0.001, fill=fill)
        for z in (0.26, 0.74):
            place = (-depth * 0.05, sign * half, wall * z)
            print_on(part, (depth * 0.32, 0.003, wall * 0.2), place, papers[0])
            print_on(part, (depth * 0.26, 0.006, wall * 0.16), place, pane)
    gable = [(-depth / 2 + x, y, z) for x in (0, board) for y, z in
             ((-half, wall), (half, wall), (0.0, height - slab))]  # fmt: skip
    hull(part, gable, wood, fill=fill)
    part.box((board, inner, wall), (-depth / 2 + board / 2, 0, wall / 2), wood, bevel=0.0, fill=fill)
    rise, run = height - slab - wall, half
    lift = slab * math.hypot(rise, run) / run
    for sign in (-1, 1):
        low, high = (half + over, wall - over * rise / run), (0.0, height - slab)
        ends = [(y * sign, z + up) for y, z in (low, high) for up in (0.0, lift)]
        hull(
            part, [(x, y, min(z, height)) for x in (-depth / 2, depth / 2) for y, z in ends], roof, fill=fill
        )
    top = wall + rise * 0.7
    part.box((0.05, 0.05, rise * 0.6), (-depth * 0.2, half * 0.5, top), roof, fill=fill, collide=False)
    storey = (wall - board) / 2
    deep = depth - board
    for index, z in enumerate((wall, storey + board / 2, board), start=1):
        plate = (deep, inner, board)
        part.box(plate, (board / 2, 0, z - board / 2), wood, bevel=0.0, fill=fill)
        clear = (rise * 0.5 if index == 1 else storey - board) - 0.004
        patch_m = (deep - 0.01, inner * (0.45 if index == 1 else 1.0) - 0.01)
        builder.surface(
            f"shelf_{index}", (board / 2, 0, z), patch_m, placement="in", shelf=True, height=clear
        )
        if index > 1:
            middle = (-depth / 2 + board, 0, z + (storey - board) / 2)
            print_on(part, (0.002, inner, storey - board - 0.002), middle, papers[index - 1])
            for sign in (-1, 1):
                window = (middle[0], sign * inner * 0.28, middle[2] + 0.01)
                print_on(part, (0.006, inner * 0.2, storey * 0.4), window, wood)
                print_on(part, (0.009, inner * 0.16, storey * 0.32), window, pane)


def globe(builder: AssetBuilder, size: Vec3) -> float:
    """Build a globe of the Earth, tilted in a half ring on a foot."""
    style, part = builder.style, builder.part()
    height, radius = size[2], min(size[:2]) / 2 - 0.008
    sea = style.main("plastic", colours=("blue", "blue", "turquoise", "beige"))
    land = style.part("plastic", str(style.rng.choice(["green", "green", "tan", "yellow"])))
    metal = style.part("metal", style.colour("metal", "gold", "silver", "black"))
    wood = style.part("wood", style.colour("wood", "walnut", "oak", "cherry"))
    foot = radius * 0.66
    part.lathe([(foot, 0.0), (foot, 0.014), (foot * 0.5, 0.03), (0.016, 0.036)], wood)
    middle = (0.0, 0.0, height - radius - 0.013)
    ring = radius + 0.008
    part.cylinder(0.011, middle[2] - ring - 0.028, (0, 0, (middle[2] - ring + 0.03) / 2 + 0.004), metal)
    ellipsoid(part, (radius,) * 3, middle, sea, fill=bulk(sea, 90))
    lean = math.radians(23.4)
    arc = [
        (0.0, middle[1] - ring * math.sin(a), middle[2] + ring * math.cos(a))
        for a in np.linspace(-lean, math.pi - lean, 5)
    ]
    tube(part, arc, 0.01, metal, (1, 0, 0))
    _continents(part, radius, middle, land, lean, float(style.rng.uniform(0, 2 * math.pi)))
    return 0.02


def _continents(part: Part, radius: float, middle: Vec3, land: Material, lean: float, turn: float) -> None:
    """Add the continents to a globe whose axis leans towards +y."""
    angles = np.arange(7) * 2 * np.pi / 7
    tilt = np.array([[1, 0, 0], [0, math.cos(lean), -math.sin(-lean)], [0, math.sin(-lean), math.cos(lean)]])
    for discs in _LANDS.values():
        for latitude, longitude, spread in discs:
            north, east = math.radians(latitude), math.radians(longitude) + turn
            up = np.array(
                [math.cos(north) * math.cos(east), math.cos(north) * math.sin(east), math.sin(north)]
            )
            side = np.array([-math.sin(east), math.cos(east), 0.0])
            reach = math.tan(math.radians(spread) * 0.8)
            ring = up + reach * (
                np.cos(angles)[:, None] * side + np.sin(angles)[:, None] * np.cross(up, side)
            )
            outline = ring / np.linalg.norm(ring, axis=1, keepdims=True) @ tilt.T
            patch(part, outline, radius * 1.012, middle, land)


def crayon_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build an upright open box of crayons, with two rows of tips above its edge."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    box = style.main("paper", colours=("yellow", "yellow", "green", "blue", "red"))
    band, black = style.part("paper", "green"), style.part("paper", "black")
    tall = height * 0.74
    part.box((depth, width, tall), (0, 0, tall / 2), box, bevel=0.001, fill=bulk(box, 330))
    print_on(part, (depth - 0.003, width - 0.003, 0.001), (0, 0, tall), black)
    back = (0.002, width, height * 0.92 - tall)
    part.box(
        back,
        (-(depth - 0.002) / 2, 0, tall + back[2] / 2),
        box,
        bevel=0.0,
        fill=bulk(box, 330),
        collide=False,
    )
    for z, share in ((0.75, 0.12), (0.3, 0.06)):
        print_on(part, (depth + 0.0008, width + 0.0008, tall * share), (0, 0, tall * z), band)
    print_on(part, (0.001, width * 0.7, tall * 0.25), (depth / 2, 0, tall * 0.52), black)
    count = max(4, int(width / 0.0105))
    pitch, order = (width - 0.006) / count, style.rng.permutation(len(BRIGHT))
    for row, x in ((0, depth * 0.24), (1, -depth * 0.2)):
        for index in range(count):
            paint = style.part("plastic", BRIGHT[int(order[(index + 3 * row) % len(BRIGHT)])])
            y, end = (index + 0.5 - count / 2) * pitch, height * (0.93 if row == 0 else 1.0)
            part.bar(
                (x, y, tall - 0.01),
                (x, y, end - 0.012),
                pitch * 0.92,
                paint,
                sides=6,
                fill=0.0,
                collide=False,
            )
            part.bar((x, y, end - 0.012), (x, y, end), pitch * 0.8, paint, end_thickness=pitch * 0.3, sides=6,
                     fill=0.0, collide=False)  # fmt: skip
    rows = (depth - 0.008, width - 0.008, height * 0.94 - tall)
    part.box(rows, (0, 0, tall + rows[2] / 2), box, fill=bulk(box, 300), visible=False)
    return depth


def abacus(builder: AssetBuilder, size: Vec3) -> float:
    """Build an abacus: an upright frame with rods of coloured beads."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    wood = style.main("wood", colours=("birch", "pine", "oak", "cherry"))
    steel, rows = style.part("metal", "silver"), int(style.rng.integers(5, 8))
    fill, post, base = solid_share(wood), 0.018, 0.022
    for sign in (-1, 1):
        y = sign * (width - post) / 2
        part.box((depth, post * 1.2, base), (0, sign * (width - post * 1.2) / 2, base / 2), wood, fill=fill)
        part.box((post, post, height - base), (0, y, base + (height - base) / 2), wood, fill=fill)
    inner = width - 2 * post
    for z in (height - 0.009, base + 0.009):
        part.box((post, inner, 0.018), (0, 0, z), wood, bevel=0.001, fill=fill)
    low, high = base + 0.018, height - 0.018
    pitch = (high - low) / rows
    bead = min(0.9 * pitch, 0.026)
    order, long = style.rng.permutation(len(BRIGHT)), min(0.017, inner * 0.7 / 10)
    for row in range(rows):
        z, paint = low + (row + 0.5) * pitch, style.part("plastic", BRIGHT[int(order[row % len(BRIGHT)])])
        part.bar((0, -inner / 2, z), (0, inner / 2, z), 0.004, steel, sides=4, collide=False)
        left = int(style.rng.integers(2, 9))
        spots = [-inner / 2 + (i + 0.5) * long for i in range(left)]
        spots += [inner / 2 - (i + 0.5) * long for i in range(10 - left)]
        part.solid(_beads(spots, z, bead, long), paint, [], fill=0.55)
    part.box((bead * 0.9, inner, high - low), (0, 0, (low + high) / 2), wood, fill=0.0, visible=False)
    return depth * 0.2 + post * 0.5


def _beads(spots: list[float], z: float, thick: float, long: float) -> trimesh.Trimesh:
    """Return double cones along y, at the y coordinates `spots` and height `z` [m]."""
    angles = np.arange(7) * 2 * np.pi / 7
    shape = [np.column_stack([np.cos(angles), np.zeros(7), np.sin(angles)]) * thick / 2]
    points = np.concatenate([*shape, [[0, -long / 2, 0], [0, long / 2, 0]]])
    points[7:, 1] *= 1.3
    after = (np.arange(7) + 1) % 7
    faces = [(i, int(after[i]), 7) for i in range(7)] + [(int(after[i]), i, 8) for i in range(7)]
    vertices = np.concatenate([points + np.array((0.0, y, z)) for y in spots])
    index = np.concatenate([np.array(faces) + 9 * k for k in range(len(spots))])
    mesh = trimesh.Trimesh(vertices, index, process=False)
    if mesh.volume < 0:
        mesh.invert()
    return mesh


FAMILIES: tuple[Family, ...] = (
    Family(
        "teddy bear", "teddy.n.01", (0.19, 0.19, 0.24), (0.25, 0.24, 0.32), teddy_bear, "teddy_bear",
        words=("teddy", "stuffed animal", "plush toy", "stuffed toy", "soft toy"), kinds=("toy",),
    ),
    Family(
        "doll", "doll.n.01", (0.25, 0.2, 0.27), (0.29, 0.23, 0.34), doll, "doll",
        words=("baby doll", "rag doll"), kinds=("toy",),
    ),
    Family(
        "puzzle box", "jigsaw_puzzle.n.01", (0.19, 0.26, 0.04), (0.25, 0.33, 0.058), puzzle_box,
        "board_game", words=("jigsaw puzzle", "jigsaw", "puzzle"),
    ),
    Family(
        "board game", "board_game.n.01", (0.2, 0.26, 0.04), (0.26, 0.34, 0.06), board_game, "board_game",
        words=("game box",),
    ),
    Family(
        "rocking horse", "hobby.n.02", (0.68, 0.26, 0.54), (0.8, 0.31, 0.64), rocking_horse, "",
        words=("hobby horse",), mount="floor",
    ),
    Family(
        "doll house", "dollhouse.n.01", (0.25, 0.46, 0.52), (0.33, 0.6, 0.68), doll_house, "",
        words=("doll's house", "dolls house"), mount="floor",
    ),
    Family(
        "globe", "globe.n.03", (0.21, 0.21, 0.32), (0.27, 0.27, 0.4), globe, "globe",
        words=("world globe", "terrestrial globe"), has_front=False,
    ),
    Family(
        "crayon box", "crayon.n.01", (0.036, 0.07, 0.105), (0.046, 0.1, 0.12), crayon_box, "",
        words=("box of crayons", "pack of crayons", "crayon set", "crayon pack"),
    ),
    Family(
        "abacus", "abacus.n.02", (0.1, 0.25, 0.24), (0.13, 0.32, 0.31), abacus, "alphabet_abacus",
        words=("counting frame",), kinds=("toy",),
    ),
)  # fmt: skip
