"""Game tables, arcade machines, darts, and play and climbing equipment."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, Point
from sage.assets.families.forms import bulk, ellipsoid, hull, print_on, prism, rim, rounded, tiles
from sage.assets.family import Family
from sage.assets.fittings import solid_share, timber
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_FELT = ("green", "green", "blue", "red")
_BALLS = ("yellow", "blue", "red", "purple", "orange", "green", "brown", "black")


def _frame(
    part: Part,
    size: tuple[float, float],
    wide: float,
    low: float,
    high: float,
    material: Material,
    fill: float,
) -> None:
    """Add four boards of width `wide` [m] as a frame of outer depth and width `size` [m]."""
    depth, width = size
    tall, z = high - low, (low + high) / 2
    for sign in (-1, 1):
        part.box((wide, width, tall), (sign * (depth - wide) / 2, 0, z), material, bevel=0.006, fill=fill)
        part.box(
            (depth - 2 * wide, wide, tall),
            (0, sign * (width - wide) / 2, z),
            material,
            bevel=0.006,
            fill=fill,
        )


def pool_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a pool table: cloth between cushioned rails with six pockets, on four heavy legs."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = (
        timber(style, "wood")
        if "color" in style.requested
        else style.main("wood", colours=("walnut", "cherry", "oak"))
    )
    felt = style.part(
        "fabric",
        style.requested.get("color")
        if style.requested.get("color") in ("green", "blue", "red", "black", "grey")
        else str(style.rng.choice(_FELT)),
    )
    black, slate = style.part("leather", "black"), style.part("stone", "grey")
    fill, rail, bed = bulk(wood, 650), 0.115, height - 0.05
    part.box((depth - 0.1, width - 0.1, 0.03), (0, 0, bed - 0.016), slate, bevel=0.0, fill=0.85)
    part.box((depth - 2 * rail, width - 2 * rail, 0.004), (0, 0, bed + 0.002), felt, bevel=0.0)
    _frame(part, (depth, width), rail, bed - 0.03, height, wood, fill)
    inner = (depth - 2 * rail + 0.05, width - 2 * rail + 0.05)
    _frame(part, inner, 0.05, bed, height - 0.004, felt, 0.6)
    _frame(part, (depth - 0.06, width - 0.06), 0.03, bed - 0.2, bed - 0.03, wood, fill)
    for sx in (-1, 1):
        for y in (-inner[1] / 2 + 0.01, 0.0, inner[1] / 2 - 0.01):
            x = sx * (inner[0] / 2 - (0.01 if y else -0.005))
            part.cylinder(0.055, 0.003, (x, y, height - 0.0005), black, fill=0.2, collide=False)
            part.cylinder(0.05, 0.09, (x, y, height - 0.065), black, fill=0.05, collide=False)
        spots = [
            ((0.004, 0.004, 0.0006), (sx * (depth - rail + 0.05) / 2, y, height))
            for y in np.linspace(-0.36, 0.36, 7) * width
        ]
        tiles(part, spots, style.part("plastic", "white"))
        for sy in (-1, 1):
            x, y = sx * (depth / 2 - 0.16), sy * (width / 2 - 0.2)
            part.bar((x, y, bed - 0.18), (x, y, 0.0), 0.15, wood, end_thickness=0.1, sides=4, fill=fill)
    r = 0.0285
    level = bed + 0.004 + r
    white = style.part("plastic", "white")
    ellipsoid(part, (r, r, r), (0.0, -0.24 * width, level), white, detail=2, fill=1.0, collide=False)
    index = 0
    for row in range(5):
        for place in range(row + 1):
            tone = style.part("plastic", _BALLS[index % len(_BALLS)])
            at = ((place - row / 2) * 2.04 * r, 0.2 * width + row * 1.77 * r, level)
            ellipsoid(part, (r, r, r), at, tone, detail=2, fill=1.0, collide=False)
            index += 1
    cue = style.part("wood", "pine")
    part.bar(
        (0.16 * depth, -0.3 * width, bed + 0.012),
        (-0.1 * depth, 0.06 * width, bed + 0.012),
        0.024,
        cue,
        end_thickness=0.012,
        collide=False,
    )
    builder.surface("top", (0, 0, bed + 0.004), (inner[0] - 0.12, 0.2 * width))


def foosball_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a table football: a pitch between walls, eight rods with players and handles, on four legs."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = timber(style, "wood", "painted wood")
    pitch, steel = style.part("plastic", "green"), style.part("metal", "silver")
    white, black = style.part("plastic", "white"), style.part("rubber", "black")
    teams = style.part("plastic", "red"), style.part("plastic", "blue")
    body = 0.62 * depth
    fill, wall, deep = solid_share(wood, 420), 0.025, 0.28
    low = height - deep
    _frame(part, (body, width), wall, low, height, wood, fill)
    floor = low + 0.13
    part.box((body - 2 * wall, width - 2 * wall, 0.02), (0, 0, floor - 0.01), pitch, bevel=0.0, fill=0.5)
    marks: list[tuple[Point, Point]] = [((body - 2 * wall, 0.006, 0.0006), (0, 0, floor))]
    for sy in (-1, 1):
        marks += [
            ((0.3, 0.006, 0.0006), (0, sy * (width / 2 - 0.2), floor)),
            ((0.006, 0.17, 0.0006), (0.15, sy * (width / 2 - 0.115), floor)),
            ((0.006, 0.17, 0.0006), (-0.15, sy * (width / 2 - 0.115), floor)),
        ]
        part.box(
            (0.2, 0.004, 0.075),
            (0, sy * (width / 2 - wall - 0.001), floor + 0.038),
            black,
            bevel=0.0,
            fill=0.1,
            collide=False,
        )
    tiles(part, marks, white)
    part.cylinder(0.09, 0.0008, (0, 0, floor), white, fill=0.0, collide=False)
    part.cylinder(0.084, 0.0012, (0, 0, floor), pitch, fill=0.0, collide=False)
    counts = (1, 2, 3, 5, 5, 3, 2, 1)
    sides = (0, 0, 1, 0, 1, 0, 1, 1)
    for k, (count, side) in enumerate(zip(counts, sides, strict=True)):
        y = (k - 3.5) * (width - 0.16) / 8
        z = height - 0.06
        out = 1.0 if side == 0 else -1.0
        part.bar((-out * (body / 2 + 0.08), y, z), (out * (depth / 2 - 0.09), y, z), 0.016, steel, fill=0.4)
        part.bar(
            (out * (depth / 2 - 0.1), y, z),
            (out * depth / 2, y, z),
            0.036,
            black,
            end_thickness=0.03,
            fill=0.6,
        )
        for x in np.linspace(-1, 1, count + 2)[1:-1] * (body / 2 - 0.04):
            part.box(
                (0.022, 0.018, 0.055), (x, y, z - 0.012), teams[side], bevel=0.004, fill=0.5, collide=False
            )
            part.box(
                (0.02, 0.026, 0.03), (x, y, z - 0.056), teams[side], bevel=0.004, fill=0.5, collide=False
            )
            part.cylinder(0.011, 0.024, (x, y, z + 0.026), teams[side], collide=False)
    for sx in (-1, 1):
        for sy in (-1, 1):
            x, y = sx * (body / 2 - 0.06), sy * (width / 2 - 0.08)
            part.box((0.075, 0.075, low), (x, y, low / 2), wood, bevel=0.006, fill=fill)
    part.box((0.05, width - 0.3, 0.06), (0, 0, 0.25), wood, fill=fill)
    for sy in (-1, 1):
        part.box((body - 0.16, 0.05, 0.06), (0, sy * (width / 2 - 0.08), 0.25), wood, fill=fill)


def ping_pong_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a table-tennis table with its net, lines, two bats and a ball."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    colour = style.requested.get("color") or str(style.rng.choice(["blue", "green", "blue"]))
    top = style.main("painted wood", colours=(colour,))
    white, steel, black = (
        style.part("plastic", "white"),
        style.part("metal", "grey"),
        style.part("metal", "black"),
    )
    net = 0.1525
    plate, level = 0.025, height - net
    fill = solid_share(top, 500)
    for sign in (-1, 1):
        half = width / 2 - 0.002
        part.box(
            (depth, half, plate),
            (0, sign * (half / 2 + 0.002), level - plate / 2),
            top,
            bevel=0.002,
            fill=fill,
        )
        part.box(
            (depth - 0.1, 0.03, 0.05), (0, sign * (width / 2 - 0.1), level - plate - 0.025), steel, fill=0.2
        )
        for sx in (-1, 1):
            x = sx * (depth / 2 - 0.12)
            part.box(
                (0.03, half - 0.14, 0.05), (x, sign * (half / 2), level - plate - 0.025), steel, fill=0.2
            )
            for y in (0.16, half - 0.12):
                part.box(
                    (0.045, 0.045, level - plate - 0.02),
                    (x, sign * y, (level - plate + 0.02) / 2 - 0.01),
                    black,
                    bevel=0.004,
                    fill=0.16,
                )
                part.cylinder(0.035, 0.03, (x, sign * y, 0.015), black, fill=0.3)
    lines: list[tuple[Point, Point]] = [((0.003, width, 0.0008), (0, 0, level))]
    for sign in (-1, 1):
        lines += [
            ((0.02, width, 0.0008), (sign * (depth / 2 - 0.01), 0, level)),
            ((depth, 0.02, 0.0008), (0, sign * (width / 2 - 0.01), level)),
        ]
    tiles(part, lines, white)
    mesh = style.part("fabric", "black").model_copy(update={"rgba": (0.1, 0.1, 0.12, 0.6)})
    part.box((depth, 0.004, net - 0.015), (0, 0, level + (net - 0.015) / 2), mesh, bevel=0.0, fill=0.3)
    part.box((depth, 0.008, 0.016), (0, 0, height - 0.008), white, bevel=0.0, fill=0.3)
    for sign in (-1, 1):
        part.box(
            (0.02, 0.03, net + 0.03),
            (sign * (depth / 2 - 0.01), 0, level + net / 2 - 0.015),
            black,
            bevel=0.002,
            fill=0.3,
        )
        y, x = sign * 0.36 * width, sign * 0.2 * depth
        part.cylinder(
            0.078,
            0.014,
            (x, y, level + 0.008),
            style.part("rubber", "red" if sign > 0 else "black"),
            fill=0.6,
            collide=False,
        )
        part.box(
            (0.1, 0.026, 0.02),
            (x + 0.115, y, level + 0.0105),
            style.part("wood", "pine"),
            bevel=0.004,
            collide=False,
        )
    ellipsoid(
        part,
        (0.02, 0.02, 0.02),
        (0.1, 0.2, level + 0.02),
        style.part("plastic", "orange"),
        fill=0.1,
        collide=False,
    )
    builder.surface("top", (0, 0.25 * width, level), (0.9 * depth, 0.36 * width))


def air_hockey_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build an air-hockey table: a white field with rails and goals on a cabinet, two mallets and a puck."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("painted wood", colours=("blue", "black", "red", "white"))
    white, red, blue = (
        style.part("plastic", "white"),
        style.part("plastic", "red"),
        style.part("plastic", "blue"),
    )
    black = style.part("plastic", "black")
    fill, rail, level = solid_share(case, 420), 0.07, height - 0.05
    _frame(part, (depth, width), rail, level - 0.16, height, case, fill)
    part.box((depth - 2 * rail, width - 2 * rail, 0.02), (0, 0, level - 0.01), white, bevel=0.0, fill=0.5)
    tiles(part, [((depth - 2 * rail, 0.012, 0.0008), (0, 0, level))], red)
    turn = np.linspace(0, 2 * math.pi, 33)
    for radius, y in ((0.14, 0.0), (0.2, width / 2 - rail), (0.2, -width / 2 + rail)):
        points = [(radius * math.cos(t), y + radius * math.sin(t), level) for t in turn]
        for a, b in pairwise(points):
            if max(abs(a[1]), abs(b[1])) <= width / 2 - rail:
                part.bar(a, b, 0.008, blue if y else red, sides=4, collide=False, fill=0.0)
    for sy in (-1, 1):
        part.box(
            (0.3, 0.004, 0.035),
            (0, sy * (width / 2 - rail - 0.001), level + 0.018),
            black,
            bevel=0.0,
            fill=0.0,
            collide=False,
        )
        part.lathe(
            [(0.05, 0.0), (0.05, 0.012), (0.02, 0.02), (0.018, 0.05), (0.022, 0.06)],
            red if sy > 0 else blue,
            center=(sy * 0.06, sy * 0.32 * width, level),
            fill=0.5,
            collide=False,
        )
        part.box(
            (0.6 * depth, 0.07, level - 0.16),
            (0, sy * (0.34 * width), (level - 0.16) / 2),
            case,
            bevel=0.01,
            fill=fill * 0.6,
        )
        part.box((0.86 * depth, 0.16, 0.06), (0, sy * (0.34 * width), 0.03), case, bevel=0.012, fill=fill)
    part.box((0.06, 0.68 * width, 0.1), (0, 0, 0.3), case, fill=fill)
    part.cylinder(0.038, 0.008, (0.1, -0.06 * width, level + 0.004), red, collide=False)
    builder.surface("top", (0, 0, level), (depth - 2 * rail - 0.1, 0.35 * width))


def arcade_machine(builder: AssetBuilder, size: Vec3) -> None:
    """Build an upright arcade cabinet: marquee, slanted screen, sticks and buttons, and a coin door."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    case = style.main("painted wood", colours=("black", "blue", "red", "purple"))
    black, steel = style.part("plastic", "black"), style.part("metal", "silver")
    glow, light = (
        style.part("plastic", str(rng.choice(["turquoise", "blue", "purple"]))),
        style.part("plastic", str(rng.choice(["yellow", "orange", "red"]))),
    )
    board, fill = 0.03, bulk(case, 330)
    back, front = -depth / 2, depth / 2
    desk, knee = 0.55 * height, 0.16
    profile = [
        (back, 0.0), (front - knee, 0.0), (front - knee + 0.03, 0.48 * height), (front, desk - 0.05),
        (front, desk), (front - 0.32, desk + 0.08), (front - 0.44, 0.84 * height),
        (front - 0.22, 0.88 * height), (front - 0.2, height), (back, height),
    ]  # fmt: skip
    side = np.array(profile)
    for sign in (-1, 1):
        y = sign * (width / 2 - board / 2)
        for piece in ([0, 1, 2, 5, 6, 9], [2, 3, 4, 5], [6, 7, 8, 9]):
            prism(part, side[piece], y - board / 2, y + board / 2, case, axis=1, fill=fill)
        stripe = np.array(
            [
                (back + 0.06, 0.1),
                (front - knee - 0.04, 0.1),
                (front - knee - 0.1, 0.44 * height),
                (back + 0.06, 0.7 * height),
            ]
        )
        prism(
            part,
            stripe,
            sign * width / 2 - 0.0005,
            sign * width / 2 + 0.0005,
            glow,
            axis=1,
            fill=0.0,
            collide=False,
        )
    inner = width / 2 - board
    low = [
        (back + 0.01, 0.02),
        (front - knee - 0.02, 0.02),
        (front - knee + 0.005, 0.47 * height),
        (front - 0.36, desk + 0.06),
        (back + 0.01, desk + 0.06),
    ]
    prism(part, low, -inner, inner, black, axis=1, fill=bulk(black, 190))
    prism(
        part,
        [
            (back + 0.01, desk + 0.06),
            (front - 0.36, desk + 0.06),
            (front - 0.46, 0.84 * height),
            (back + 0.01, 0.84 * height),
        ],
        -inner,
        inner,
        black,
        axis=1,
        fill=bulk(black, 190),
    )
    prism(
        part,
        [
            (back + 0.01, 0.84 * height),
            (front - 0.46, 0.84 * height),
            (front - 0.24, 0.885 * height),
            (front - 0.22, height - 0.012),
            (back + 0.01, height - 0.012),
        ],
        -inner,
        inner,
        black,
        axis=1,
        fill=bulk(black, 120),
    )
    panel = [
        (front - knee, 0.48 * height),
        (front - 0.01, desk - 0.05),
        (front - 0.012, desk - 0.008),
        (front - 0.33, desk + 0.065),
        (front - 0.36, 0.48 * height),
    ]
    prism(part, panel, -inner, inner, case, axis=1, fill=fill)
    slope = math.atan2(0.073, 0.318)
    for sign in (-1, 1):
        y = sign * 0.2 * width
        base = (front - 0.17, y - 0.09, desk + 0.03)
        part.bar(base, (base[0], base[1], base[2] + 0.075), 0.012, steel, collide=False)
        ellipsoid(
            part,
            (0.02, 0.02, 0.02),
            (base[0], base[1], base[2] + 0.08),
            style.part("plastic", "red"),
            collide=False,
        )
        for k in range(6):
            x = front - 0.13 - 0.06 * (k // 3)
            z = desk - 0.006 + (front - x) * math.tan(slope)
            tone = style.part("plastic", ("red", "yellow", "green")[k % 3])
            part.cylinder(0.014, 0.016, (x, y - 0.02 + 0.045 * (k % 3), z), tone, collide=False)
    run = np.array([front - 0.36, desk + 0.06]), np.array([front - 0.46, 0.84 * height])
    along = run[1] - run[0]
    tilt = math.atan2(along[0], along[1])
    middle = (run[0] + run[1]) / 2
    long = float(np.linalg.norm(along))
    part.box(
        (0.004, 2 * inner - 0.04, long - 0.06),
        (middle[0] + 0.002, 0, middle[1]),
        black,
        bevel=0.0,
        rpy=(0, tilt, 0),
        collide=False,
        fill=0.1,
    )
    part.box(
        (0.004, 2 * inner - 0.12, long - 0.14),
        (middle[0] + 0.005, 0, middle[1]),
        glow,
        bevel=0.0,
        rpy=(0, tilt, 0),
        collide=False,
        fill=0.1,
    )
    for k in range(9):
        z = middle[1] + (k // 3 - 0.4) * 0.08
        place = (middle[0] + 0.008 + (z - middle[1]) * math.tan(tilt), (k % 3 - 1) * 0.1 + 0.02 * (k // 3), z)
        part.box(
            (0.003, 0.035, 0.025),
            place,
            style.part("plastic", str(rng.choice(["yellow", "red", "green", "white"]))),
            bevel=0.0,
            rpy=(0, tilt, 0),
            collide=False,
            fill=0.1,
        )
    sign_middle = (front - 0.21, 0, 0.945 * height)
    part.box(
        (0.012, 2 * inner - 0.01, 0.1 * height),
        sign_middle,
        light,
        bevel=0.002,
        rpy=(0, 0.1, 0),
        fill=0.1,
        collide=False,
    )
    for k, wide in enumerate((0.09, 0.06, 0.1, 0.05)):
        part.box(
            (0.004, wide, 0.045 * height),
            (sign_middle[0] + 0.006, (k - 1.5) * 0.11, sign_middle[2]),
            black,
            bevel=0.0,
            rpy=(0, 0.1, 0),
            fill=0.1,
            collide=False,
        )
    part.box((0.012, 0.3, 0.26), (front - knee + 0.006, 0, 0.3), steel, bevel=0.003, fill=0.2, collide=False)
    for sign in (-1, 1):
        part.box(
            (0.012, 0.05, 0.07),
            (front - knee + 0.012, sign * 0.07, 0.36),
            black,
            bevel=0.002,
            fill=0.2,
            collide=False,
        )
        part.box(
            (0.004, 0.02, 0.03),
            (front - knee + 0.019, sign * 0.07, 0.365),
            style.part("plastic", "red"),
            bevel=0.0,
            fill=0.1,
            collide=False,
        )


def dartboard(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted dartboard, with its back at -x and three darts in it."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    black = style.main("plastic", colours=("black",))
    red, green, cream = (
        style.part("fabric", "red"),
        style.part("fabric", "green"),
        style.part("fabric", "beige"),
    )
    steel = style.part("metal", "silver")
    r, board = height / 2, 0.038
    back = -depth / 2
    face = back + board
    part.cylinder(r, board, (back + board / 2, 0, r), black, axis="x", fill=bulk(black, 480))
    field = 0.755 * r

    def ring(outer: float, inner: float, tones: tuple[Material, Material], lift: float) -> None:
        for k in range(20):
            angles = np.linspace(k - 0.5, k + 0.5, 4) * math.pi / 10
            points = [
                (radius * math.sin(a), r + radius * math.cos(a)) for radius in (outer, inner) for a in angles
            ]
            prism(part, points, face - 0.0005, face + lift, tones[k % 2], fill=0.0, collide=False)

    dark = style.part("fabric", "black")
    ring(field, 0.08 * r, (dark, cream), 0.0008)
    ring(field, 0.94 * field, (red, green), 0.0012)
    ring(0.63 * field, 0.58 * field, (red, green), 0.0012)
    part.cylinder(0.09 * r, 0.003, (face, 0, r), green, axis="x", fill=0.0, collide=False)
    part.cylinder(0.04 * r, 0.004, (face, 0, r), red, axis="x", fill=0.0, collide=False)
    numbers = [
        ((0.001, 0.014, 0.02), (face, 0.87 * r * math.sin(a), r + 0.87 * r * math.cos(a)))
        for a in np.arange(20) * math.pi / 10
    ]
    tiles(part, numbers, style.part("plastic", "white"))
    for k in range(3):
        a, radius = float(style.rng.uniform(0, 6.28)), float(style.rng.uniform(0.05, 0.5)) * r
        y, z = radius * math.sin(a), r + radius * math.cos(a)
        tip = (depth / 2 - 0.004, y, z + 0.004)
        part.bar((face, y, z), (face + 0.4 * (tip[0] - face), y, z + 0.002), 0.007, steel, collide=False)
        part.bar((face + 0.4 * (tip[0] - face), y, z + 0.002), tip, 0.004, dark, collide=False)
        flight = style.part("plastic", ("red", "blue", "yellow")[k])
        part.box(
            (0.036, 0.03, 0.001), (tip[0] - 0.014, y, tip[2]), flight, bevel=0.0, fill=0.2, collide=False
        )
        part.box(
            (0.036, 0.001, 0.03), (tip[0] - 0.014, y, tip[2]), flight, bevel=0.0, fill=0.2, collide=False
        )
    return depth


def punching_bag(builder: AssetBuilder, size: Vec3) -> float:
    """Build a punching bag that hangs from the ceiling on four chains."""
    height = size[2]
    r = min(size[:2]) / 2
    style, part = builder.style, builder.part()
    skin = style.main("leather", colours=("black", "red", "brown", "blue"))
    steel, tape = (
        style.part("metal", "silver"),
        style.part("leather", "black" if style.attributes["color"] != "black" else "grey"),
    )
    plate, hook = 0.012, height - 0.12
    part.cylinder(0.07, plate, (0, 0, height - plate / 2), steel)
    part.bar((0, 0, height - plate), (0, 0, hook), 0.016, steel)
    top = 0.72 * height
    fill = bulk(skin, 230)
    part.lathe([(0.86 * r, 0.0), (r, 0.03), (r, top - 0.02), (0.9 * r, top)], skin, fill=fill)
    for z in (0.2, 0.52, 0.84):
        part.lathe(
            [(r + 0.002, z * top), (r + 0.002, z * top + 0.04)], tape, fill=0.02, collide=False
        ) if z != 0.52 else part.lathe(
            [(r + 0.002, z * top), (r + 0.002, z * top + 0.14)],
            style.part("leather", "beige"),
            fill=0.02,
            collide=False,
        )
    for k in range(4):
        turn = math.pi / 4 + k * math.pi / 2
        start = np.array([0.85 * r * math.cos(turn), 0.85 * r * math.sin(turn), top - 0.004])
        end = np.array([0.0, 0.0, hook])
        part.bar(start, end, 0.008, steel, sides=6, fill=0.5)
        for share in np.linspace(0.05, 0.95, 12):
            at = start + (end - start) * share
            part.bar(
                at - (end - start) * 0.02,
                at + (end - start) * 0.02,
                0.018,
                steel,
                sides=6,
                collide=False,
                fill=0.1,
            )
    return 2 * r


def slide(builder: AssetBuilder, size: Vec3) -> None:
    """Build a small slide: a chute with raised edges, and steps behind it."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    chute = style.main("plastic", colours=("red", "yellow", "blue", "green"))
    frame = style.part(
        "plastic",
        str(rng.choice([c for c in ("yellow", "blue", "green", "grey") if c != style.attributes["color"]])),
    )
    fill, edge = bulk(chute, 330), 0.04
    deck = 0.68 * height
    back, front = -depth / 2, depth / 2
    top = back + 0.36 * depth
    inner = width - 2 * edge
    run = [
        (top - 0.02, deck),
        (top + 0.1, deck - 0.03),
        (front - 0.26, 0.13),
        (front - 0.1, 0.07),
        (front, 0.06),
    ]
    for (x, z), (x2, z2) in pairwise(run):
        hull(
            part,
            [
                (a, y, b - d)
                for a, b in ((x, z), (x2, z2))
                for y in (-inner / 2, inner / 2)
                for d in (0.0, 0.03)
            ],
            chute,
            fill=fill,
        )
        for sign in (-1, 1):
            y = sign * (width - edge) / 2
            hull(
                part,
                [
                    (a, y + e, b + d)
                    for a, b in ((x, z), (x2, z2))
                    for e in (-edge / 2, edge / 2)
                    for d in (-0.04, 0.09)
                ],
                chute,
                fill=fill,
            )
    part.box((0.12, width, 0.06), (front - 0.07, 0, 0.03), chute, bevel=0.01, fill=fill)
    steps = 3
    for sign in (-1, 1):
        y = sign * (width / 2 - 0.03)
        sides = [
            (back, 0.0),
            (back + 0.1, 0.0),
            (top, deck),
            (top, height - 0.1),
            (top - 0.08, height),
            (top - 0.16, height - 0.03),
        ]
        prism(part, sides, y - 0.025, y + 0.025, frame, axis=1, fill=bulk(frame, 330))
        foot = [(top - 0.12, 0.0), (top + 0.02, 0.0), (top, deck), (top - 0.08, deck)]
        prism(part, foot, y - 0.025, y + 0.025, frame, axis=1, fill=bulk(frame, 330))
    part.box((0.2, inner, 0.03), (top - 0.1, 0, deck - 0.015), chute, bevel=0.004, fill=fill)
    for k in range(steps):
        share = (k + 0.8) / (steps + 0.6)
        x = back + 0.08 + (top - back - 0.16) * share
        part.box((0.12, inner + 0.02, 0.03), (x, 0, deck * share), frame, bevel=0.006, fill=bulk(frame, 400))


def trampoline(builder: AssetBuilder, size: Vec3) -> None:
    """Build a small round trampoline with a padded rim, springs, six legs and a handle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    pad = style.main("leather", colours=("blue", "black", "green", "pink", "red"))
    black, steel = style.part("fabric", "black"), style.part("metal", "grey")
    r, deck = min(depth, width) / 2, 0.25
    part.cylinder(r - 0.1, 0.008, (0, 0, deck - 0.02), black, fill=0.9)
    count = 24
    turn = np.arange(count + 1) * 2 * math.pi / count
    for a, b in pairwise(turn):
        ring = [
            (q * math.cos(t), q * math.sin(t), z)
            for q in (r, r - 0.11)
            for t in (a, b)
            for z in (deck - 0.025, deck)
        ]
        hull(part, ring, pad, fill=bulk(pad, 90))
    for k in range(6):
        t = k * math.pi / 3 + 0.26
        x, y = (r - 0.05) * math.cos(t), (r - 0.05) * math.sin(t)
        part.bar((x, y, 0.0), (x, y, deck - 0.01), 0.035, steel, fill=0.3)
    for sign in (-1, 1):
        t = math.pi + sign * 0.5
        x, y = (r - 0.03) * math.cos(t), (r - 0.03) * math.sin(t)
        part.bar((x, y, 0.1), (x + 0.02, y, height - 0.02), 0.03, steel, fill=0.3)
    x, y = (r - 0.03) * math.cos(math.pi + 0.5) + 0.02, (r - 0.03) * math.sin(math.pi + 0.5)
    part.bar((x, y, height - 0.02), (x, -y, height - 0.02), 0.036, style.part("rubber", "black"))
    builder.surface("mat", (0, 0, deck - 0.016), (1.1 * r, 1.1 * r), round=True)


def ball_pit(builder: AssetBuilder, size: Vec3) -> None:
    """Build a round padded pit full of coloured balls."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    cloth = style.main("fabric", colours=("grey", "beige", "blue", "pink"))
    r, wall = min(depth, width) / 2, 0.06
    part.vessel(
        [(r - 0.02, 0.0), (r, 0.02), (r, height - 0.02), (r - 0.01, height)],
        wall,
        0.03,
        cloth,
        sectors=14,
        fill=bulk(cloth, 40),
    )
    ball = 0.035
    level = 0.6 * height
    inner = r - wall - 0.004
    part.cylinder(
        inner, level - 0.04, (0, 0, 0.03 + (level - 0.04) / 2), style.part("plastic", "white"), fill=0.025
    )
    tones = [style.part("plastic", c) for c in ("red", "yellow", "blue", "green", "white", "turquoise")]
    for ring in range(int(inner / (2 * ball))):
        radius = inner - ball - 2 * ball * ring
        count = max(1, int(2 * math.pi * radius / (2.04 * ball)))
        for k in range(count):
            t = 2 * math.pi * (k + 0.5 * (ring % 2)) / count
            at = (radius * math.cos(t), radius * math.sin(t), level - 0.01 + float(rng.uniform(0, 0.02)))
            ellipsoid(
                part,
                (ball, ball, ball),
                at,
                tones[int(rng.integers(len(tones)))],
                detail=1,
                collide=False,
                fill=0.03,
            )
    builder.surface("inside", (0, 0, level + ball), (inner, inner), placement="in", round=True)


def cat_tree(builder: AssetBuilder, size: Vec3) -> None:
    """Build a cat tree: platforms and a house on rope-wrapped posts, with a ball on a string."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    plush = style.main("fabric", colours=("beige", "grey", "brown", "white"))
    rope = style.part("wicker", "beige")
    dark = style.part("fabric", "black")
    part.box((depth, width, 0.04), (0, 0, 0.02), plush, bevel=0.01, fill=1.0)
    levels = (0.36 * height, 0.64 * height, 0.9 * height)
    house = (0.72 * depth, 0.6 * width)
    y = width / 2 - house[1] / 2 - 0.02
    tall = levels[0] - 0.04 - 0.02
    part.carcass((house[0], house[1], tall), (0, y, 0.04 + tall / 2), 0.02, plush, fill=0.9)
    x = house[0] / 2
    loop = rounded(house[1], tall, 0.01, (y, 0.04 + tall / 2), 6)
    hole = rounded(0.2, 0.2, 0.0999, (y, 0.04 + tall / 2), 6)
    rim(part, loop, hole, x - 0.018, x, plush, 0.9)
    part.box((0.004, 0.22, 0.22), (x - 0.05, y, 0.04 + tall / 2), dark, collide=False, fill=0.1)
    places = (
        (0.0, y, house[0] + 0.06, house[1] + 0.04, levels[0]),
        (0.02, -width / 2 + 0.17, 0.66 * depth, 0.34, levels[1]),
        (-0.02, y - 0.03, 0.74 * depth, 0.36, levels[2]),
    )
    for k, (px, py, long, wide, z) in enumerate(places, start=1):
        part.box((long, wide, 0.035), (px, py, z - 0.0175), plush, bevel=0.012, fill=0.9)
        builder.surface(f"platform_{k}", (px, py, z), (long - 0.06, wide - 0.06))
    for (px, py), (low, high) in (
        ((-0.1, -width / 2 + 0.1), (0.04, levels[1] - 0.035)),
        ((0.12, -width / 2 + 0.2), (0.04, levels[1] - 0.035)),
        ((-0.1, y - 0.05), (levels[0], levels[2] - 0.035)),
    ):
        part.cylinder(0.042, high - low, (px, py, (low + high) / 2), rope, fill=0.8)
        for z in np.arange(low + 0.012, high, 0.022):
            part.lathe(
                [(0.0425, z), (0.0445, z + 0.006), (0.0425, z + 0.012)],
                rope,
                center=(px, py, 0),
                fill=0.0,
                collide=False,
            )
    top = levels[2]
    for sign in (-1, 1):
        part.box(
            (0.74 * depth, 0.03, height - top),
            (-0.02, y - 0.03 + sign * 0.165, (height + top) / 2),
            plush,
            bevel=0.012,
            fill=0.6,
        )
    part.bar(
        (0.2 * depth, y - 0.05, top - 0.03), (0.2 * depth, y - 0.05, top - 0.16), 0.004, dark, collide=False
    )
    ellipsoid(
        part,
        (0.025, 0.025, 0.025),
        (0.2 * depth, y - 0.05, top - 0.17),
        style.part("fabric", "red"),
        collide=False,
        fill=0.5,
    )


def puppet_theater(builder: AssetBuilder, size: Vec3) -> None:
    """Build a puppet theatre: a painted front with a stage, curtains and a gable, and two wings behind."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    front_wood = style.main("painted wood", colours=("red", "blue", "green", "white"))
    cloth = style.part("fabric", "red" if style.attributes["color"] != "red" else "blue")
    gold, wood = style.part("painted wood", "yellow"), style.part("wood", "pine")
    board, face = 0.02, depth / 2 - 0.02
    fill = solid_share(front_wood, 450)
    sill, lintel = 0.5 * height, 0.8 * height
    post = 0.12
    part.box((board, width, sill), (face - board / 2, 0, sill / 2), front_wood, fill=fill)
    for sign in (-1, 1):
        part.box(
            (board, post, lintel - sill),
            (face - board / 2, sign * (width - post) / 2, (sill + lintel) / 2),
            front_wood,
            fill=fill,
        )
        y = sign * (width / 2 - board / 2)
        part.box(
            (depth - 0.04 - board, board, sill + 0.1), (-0.01, y, (sill + 0.1) / 2), front_wood, fill=fill
        )
        drape = [
            (sign * (width / 2 - post), sill + 0.02),
            (sign * (width / 2 - post - 0.15), sill + 0.02),
            (sign * (width / 2 - post - 0.09), sill + 0.12),
            (sign * (width / 2 - post - 0.2), lintel),
            (sign * (width / 2 - post), lintel),
        ]
        prism(part, drape[:3] + drape[4:], face - board - 0.016, face - board - 0.004, cloth, fill=0.6)
        prism(
            part, [drape[2], drape[3], drape[4]], face - board - 0.016, face - board - 0.004, cloth, fill=0.6
        )
        for k in range(3):
            a = sign * (width / 2 - post - 0.02 - 0.035 * k)
            part.bar(
                (face - board - 0.003, a, lintel - 0.02),
                (face - board - 0.003, a, sill + 0.05),
                0.008,
                cloth,
                sides=6,
                collide=False,
                fill=0.2,
            )
    gable = [
        (-width / 2, lintel),
        (width / 2, lintel),
        (width / 2, lintel + 0.06),
        (0.0, height),
        (-width / 2, lintel + 0.06),
    ]
    prism(part, gable, face - board, face, front_wood, fill=fill)
    part.cylinder(0.055, 0.004, (face + 0.001, 0, lintel + 0.09), gold, axis="x", fill=0.2, collide=False)
    for k in range(7):
        y = (k - 3) * (width - 2 * post) / 7
        half = (width - 2 * post) / 14
        prism(
            part,
            [(y - half, lintel), (y + half, lintel), (y, lintel - 0.09)],
            face - board - 0.002,
            face + 0.003,
            gold,
            fill=0.2,
            collide=False,
        )
    part.box((0.16, width, 0.025), (face - 0.06, 0, sill), wood, fill=0.7)
    for k in range(3):
        print_on(part, (0.002, 0.14, 0.14), (face, (k - 1) * 0.26 * width, 0.55 * sill), gold)
        print_on(part, (0.003, 0.09, 0.09), (face, (k - 1) * 0.26 * width, 0.55 * sill), cloth)
    part.box((0.03, width - 2 * board, 0.03), (-depth / 2 + 0.02, 0, sill), wood, fill=0.8)
    builder.surface("stage", (face - 0.06, 0, sill + 0.0125), (0.13, width - 0.1))


FAMILIES = (
    Family(
        "pool table", "pool_table.n.01", (1.12, 2.05, 0.77), (1.32, 2.4, 0.82), pool_table, "pool_table",
        words=("billiard table", "billiards table", "snooker table"), mount="floor", free=True,
    ),
    Family(
        "foosball table", "game.n.01", (1.0, 1.3, 0.86), (1.15, 1.42, 0.92), foosball_table, "",
        words=("table football", "football table", "foosball", "table soccer"), mount="floor", free=True,
        mass=55.0,
    ),
    Family(
        "ping pong table", "ping-pong_table.n.01", (1.5, 2.66, 0.9), (1.53, 2.74, 0.92), ping_pong_table, "",
        words=("table tennis table", "ping-pong table", "tennis table"), mount="floor", free=True, mass=90.0,
    ),
    Family(
        "air hockey table", "game.n.01", (0.95, 1.75, 0.77), (1.15, 2.1, 0.82), air_hockey_table, "",
        words=("air hockey", "hockey table"), mount="floor", free=True, mass=75.0,
    ),
    Family(
        "arcade machine", "game.n.01", (0.74, 0.6, 1.62), (0.86, 0.7, 1.8), arcade_machine, "",
        words=("arcade cabinet", "arcade game", "arcade", "video game machine", "arcade game machine",
               "retro arcade machine"),
        mount="floor", mass=110.0,
    ),
    Family(
        "dartboard", "dartboard.n.01", (0.12, 0.44, 0.44), (0.15, 0.46, 0.46), dartboard, "",
        words=("dart board", "darts board"), mount="wall", fixed=True, mass=3.2,
    ),
    Family(
        "punching bag", "punching_bag.n.02", (0.32, 0.32, 1.35), (0.38, 0.38, 1.6), punching_bag,
        "punching_bag", words=("boxing bag", "heavy bag", "punch bag"), mount="ceiling", has_front=False,
        fixed=True,
    ),
    Family(
        "slide", "slide.n.04", (1.35, 0.52, 0.85), (1.6, 0.62, 1.05), slide, "",
        words=("mini slide", "indoor slide", "toddler slide", "play slide"), mount="floor", mass=16.0,
    ),
    Family(
        "trampoline", "trampoline.n.01", (0.95, 0.95, 0.9), (1.15, 1.15, 1.1), trampoline, "",
        words=("mini trampoline", "rebounder"), mount="floor", mass=10.0,
    ),
    Family(
        "ball pit", "plaything.n.01", (0.9, 0.9, 0.3), (1.2, 1.2, 0.4), ball_pit, "",
        words=("ball pool",), mount="floor", has_front=False, mass=7.0,
    ),
    Family(
        "cat tree", "furniture.n.01", (0.45, 0.52, 1.1), (0.55, 0.66, 1.5), cat_tree, "",
        words=("cat tower", "cat condo"), mount="floor", mass=18.0,
    ),
    Family(
        "puppet theater", "puppet_theater.n.01", (0.42, 0.85, 1.3), (0.55, 1.05, 1.55), puppet_theater, "",
        words=("puppet theatre", "puppet stage"), mount="floor", mass=16.0,
    ),
)  # fmt: skip
