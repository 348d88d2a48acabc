"""Hobby and baking equipment: typewriters, telescopes, violins, mixers, rolling pins and others."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from sage.assets.builder import AssetBuilder, Point, hull_mesh
from sage.assets.families.forms import (
    arc,
    band,
    bulk,
    ellipsoid,
    hollow,
    hull,
    print_on,
    prism,
    stacked,
    superellipse,
    tiles,
)
from sage.assets.family import Family
from sage.assets.fittings import timber
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def stand_mixer(builder: AssetBuilder, size: Vec3) -> float:
    """Build a stand mixer: a foot, a neck, and a head with a beater over a steel bowl."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paint = style.main("painted metal", colours=("red", "white", "turquoise", "black", "grey"))
    steel, dark = style.part("metal", "silver"), style.part("plastic", "black")
    fill = bulk(paint, 650)
    back, front = -depth / 2, depth / 2
    foot = 0.04
    stacked(
        part,
        [(0.0, depth, width), (foot * 0.7, depth, width), (foot, depth * 0.96, width * 0.92)],
        paint,
        square=3.0,
        fill=fill,
    )
    neck = [(back + 0.01, foot), (back + 0.13, foot), (back + 0.1, 0.7 * height), (back + 0.02, 0.7 * height)]
    prism(part, neck, -0.3 * width, 0.3 * width, paint, axis=1, fill=fill)
    high = height - 0.065
    rings = [
        superellipse((wide * width, tall * 0.13), (back + x * depth, 0, high), 2.6, count=20, axis="x")
        for x, wide, tall in (
            (0.0, 0.36, 0.6),
            (0.06, 0.52, 0.95),
            (0.5, 0.56, 1.0),
            (0.88, 0.5, 0.9),
            (0.97, 0.3, 0.5),
        )
    ]
    for ring in rings:
        ring[:, 2] = np.minimum(ring[:, 2], height)
    hull(part, np.concatenate(rings), paint, fill=fill)
    part.lathe([(0.03, high - 0.11), (0.034, high - 0.05)], steel, center=(front - 0.13, 0, 0), fill=0.4)
    part.cylinder(0.026, 0.012, (back + 0.97 * depth, 0, high), steel, axis="x", fill=0.3)
    part.box((0.012, 0.02, 0.02), (back + 0.4 * depth, -0.27 * width, high), dark, bevel=0.003, collide=False)
    print_on(part, (0.5 * depth, 0.001, 0.012), (0.0, 0.281 * width, high), steel)
    print_on(part, (0.5 * depth, 0.001, 0.012), (0.0, -0.281 * width, high), steel)
    x, r = front - 0.13, min(0.105, 0.44 * width)
    bowl = [(0.5 * r, foot), *arc((0.55 * r, foot + 0.01), (r, 0.56 * height), steps=5)]
    part.vessel(bowl, 0.003, 0.006, steel, center=(x, 0, 0), sectors=9, rings=2, fill=0.6)
    for turn in (0.0, math.pi / 2):
        y = 0.035 * math.sin(turn)
        part.bar(
            (x, y, high - 0.1), (x + 0.035 * math.cos(turn), y, high - 0.17), 0.008, steel, collide=False
        )
    part.bar((x, 0, high - 0.1), (x, 0, high - 0.2), 0.012, steel, collide=False)
    builder.surface("bowl", (x, 0, foot + 0.006), (0.6 * r, 0.6 * r), placement="in", round=True, height=0.1)
    return width


def rice_cooker(builder: AssetBuilder, size: Vec3) -> float:
    """Build a rice cooker with a lid that opens, a panel and a handle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "white", "black", "red", "grey"))
    steel, dark = (
        style.part("metal", "silver"),
        style.part("plastic", "black" if style.attributes["color"] != "black" else "grey"),
    )
    split = 0.66 * height
    wall = 0.018
    base = [(0.0, 0.86), (0.12, 0.96), (0.5, 1.0), (1.0, 1.0)]
    outer = [
        superellipse((share * (depth - 0.012), share * width), (-0.006, 0, z * split), 3.2, count=28)
        for z, share in base
    ]
    inner = [
        superellipse((depth - 0.012 - 2 * wall, width - 2 * wall), (-0.006, 0, split), 3.2, count=28),
        superellipse((0.7 * depth, 0.7 * width), (-0.006, 0, 0.03), 3.2, count=28),
    ]
    hollow(part, outer, inner, shell, sectors=8, fill=bulk(shell, 700))
    face = depth / 2 - 0.006
    part.box(
        (0.012, 0.42 * width, 0.3 * height),
        (face - 0.003, 0, 0.36 * split),
        dark,
        bevel=0.004,
        collide=False,
        fill=0.2,
    )
    print_on(
        part, (0.001, 0.2 * width, 0.06), (face + 0.0032, 0, 0.46 * split), style.part("plastic", "turquoise")
    )
    knobs: list[tuple[Point, Point]] = [
        ((0.002, 0.03, 0.012), (face + 0.003, y, 0.2 * split)) for y in (-0.12 * width, 0.0, 0.12 * width)
    ]
    tiles(part, knobs, steel)
    low = split + 0.003
    lid = builder.moving(
        "lid",
        "revolute",
        (-depth / 2 + 0.002, 0, low),
        (0, -1, 0),
        1.4,
        friction=0.5,
        damping=0.1,
        opens="lid",
    )
    rise = height - low - 0.02
    stacked(
        lid,
        [
            (low, depth - 0.012, width),
            (low + 0.5 * rise, 0.97 * depth - 0.01, 0.97 * width),
            (low + rise, 0.7 * depth, 0.72 * width),
        ],
        shell,
        square=3.2,
        count=28,
        center=(-0.006, 0.0),
        fill=bulk(shell, 260),
    )
    lid.path(
        [
            (0, -0.2 * width, low + rise - 0.004),
            (0, -0.17 * width, height - 0.008),
            (0, 0.17 * width, height - 0.008),
            (0, 0.2 * width, low + rise - 0.004),
        ],
        0.016,
        dark,
    )
    builder.surface(
        "inside",
        (-0.006, 0, 0.03),
        (0.45 * depth, 0.45 * width),
        placement="in",
        joint="lid_joint",
        height=split - 0.032,
    )
    return width


def rolling_pin(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wooden rolling pin with two turned handles, lying along y."""
    _, width, height = size
    style, part = builder.style, builder.part()
    wood = style.main("wood", "wood", "wood", "stone", colours=("birch", "pine", "cherry", "oak"))
    r = height / 2
    grip = 0.095
    body = width - 2 * grip
    part.cylinder(r, body, (0, 0, r), wood, axis="y", fill=bulk(wood, 700))
    handle = style.part("wood", "birch") if not wood.name.startswith("wood") else wood
    for sign in (-1, 1):
        start = sign * body / 2
        part.bar((0, start, r), (0, start + sign * 0.02, r), 0.02, handle)
        for a, b, wide, last in (
            (0.018, 0.04, 0.022, 0.03),
            (0.04, 0.075, 0.03, 0.026),
            (0.075, grip, 0.026, 0.016),
        ):
            part.bar(
                (0, start + sign * a, r), (0, start + sign * b, r), wide, handle, end_thickness=last, sides=12
            )
    return height


def whisk(builder: AssetBuilder, size: Vec3) -> float:
    """Build a balloon whisk, lying along x."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    steel = style.main("metal", colours=("silver",))
    grip = steel if style.rng.random() < 0.5 else style.part("wood", "birch")
    r = height / 2
    long = 0.42 * depth
    part.bar(
        (-depth / 2, 0, r), (-depth / 2 + long, 0, r), 0.024, grip, end_thickness=0.016, sides=12, fill=0.35
    )
    start = -depth / 2 + long
    wire = 0.0024
    reach = depth / 2 - start - wire / 2
    for turn in np.arange(5) * math.pi / 5:
        points = []
        for t in np.linspace(0, 2 * math.pi, 17):
            x = start + reach * (1 - math.cos(t)) / 2
            swell = math.sin(t) * (0.45 + 0.55 * math.sin(t / 2) ** 2)
            off = (r - wire / 2) * swell / 0.81
            points.append((x, off * math.cos(turn) * (width / height), r + off * math.sin(turn)))
        for a, b in pairwise(points):
            part.bar(a, b, wire, steel, sides=6, collide=False)
    belly = [
        superellipse((width * k, height * k), (start + reach * x, 0, r), 2.0, axis="x")
        for x, k in ((0.05, 0.2), (0.5, 0.7), (0.72, 0.9), (0.95, 0.3))
    ]
    points_ = np.concatenate(belly)
    part.solid(hull_mesh(points_), steel, [points_], 0.004, visible=False)
    return 0.024


def game_controller(builder: AssetBuilder, size: Vec3) -> float:
    """Build a game controller: two grips, two sticks, a cross and four buttons."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("black", "white", "red", "blue", "grey"))
    dark = style.part("rubber", "black" if style.attributes["color"] != "black" else "grey")
    fill = bulk(shell, 700)
    body = 0.68 * height
    back = -depth / 2
    stacked(
        part,
        [
            (0.2 * height, 0.5 * depth, 0.72 * width),
            (0.4 * height, 0.6 * depth, 0.8 * width),
            (body, 0.52 * depth, 0.7 * width),
        ],
        shell,
        square=3.0,
        count=24,
        center=(back + 0.32 * depth, 0.0),
        fill=fill,
    )
    for sign in (-1, 1):
        y = sign * (width / 2 - 0.2 * width)
        rings = [
            superellipse((0.5 * depth, 0.36 * width), (back + 0.3 * depth, y, 0.62 * body), 2.4, count=16),
            superellipse((0.5 * depth, 0.4 * width), (back + 0.3 * depth, y, 0.4 * height), 2.4, count=16),
            superellipse(
                (0.26 * depth, 0.2 * width),
                (depth / 2 - 0.13 * depth, sign * (width / 2 - 0.14 * width), 0.0),
                2.2,
                count=16,
            ),
            superellipse(
                (0.26 * depth, 0.2 * width),
                (depth / 2 - 0.13 * depth, sign * (width / 2 - 0.12 * width), 0.24 * height),
                2.2,
                count=16,
            ),
        ]
        hull(part, np.concatenate(rings), shell, fill=fill)
        x = back + 0.48 * depth
        part.cylinder(
            0.011, height - body, (x, sign * 0.14 * width, (height + body) / 2 - 0.002), dark, fill=0.5
        )
        part.cylinder(0.0095, 0.004, (x, sign * 0.14 * width, height - 0.002), dark, collide=False)
        part.box(
            (0.018, 0.06, 0.012),
            (back + 0.06 * depth, sign * 0.26 * width, 0.5 * body),
            dark,
            bevel=0.003,
            collide=False,
        )
    for k, tone in enumerate(("green", "red", "blue", "yellow")):
        a = k * math.pi / 2
        place = (back + 0.28 * depth + 0.011 * math.cos(a), 0.28 * width + 0.011 * math.sin(a), body)
        part.cylinder(0.0048, 0.004, place, style.part("plastic", tone), collide=False)
    cross: list[tuple[Point, Point]] = [
        ((0.024, 0.008, 0.004), (back + 0.28 * depth, -0.28 * width, body)),
        ((0.008, 0.024, 0.004), (back + 0.28 * depth, -0.28 * width, body)),
    ]
    tiles(part, cross, dark)
    return depth * 0.6


def typewriter(builder: AssetBuilder, size: Vec3) -> None:
    """Build a typewriter: a case, four rows of round keys, a roller with knobs, and a sheet of paper."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("painted metal", colours=("black", "turquoise", "green", "red", "beige"))
    steel, keys, paper = (
        style.part("metal", "silver"),
        style.part("plastic", "white" if style.attributes["color"] != "white" else "black"),
        style.part("paper", "white"),
    )
    dark = style.part("rubber", "black")
    fill = bulk(case, 900)
    back, front = -depth / 2, depth / 2
    body = width - 0.05
    deck = 0.5 * height
    side = [
        (back, 0.0),
        (front, 0.0),
        (front, 0.03),
        (front - 0.5 * depth, deck),
        (back + 0.02, deck),
        (back, 0.8 * deck),
    ]
    prism(part, side, -body / 2, body / 2, case, axis=1, fill=fill)
    slope = (deck - 0.03) / (0.5 * depth)
    rows = [(front - 0.035 - 0.028 * row, 0.032 + slope * (0.035 + 0.028 * row)) for row in range(4)]
    for row, (x, z) in enumerate(rows):
        for k in range(10):
            y = (k - 4.5) * (body - 0.06) / 10 + 0.004 * row
            part.cylinder(0.0085, 0.006, (x, y, z + 0.012), keys, collide=False, fill=0.3)
            part.cylinder(0.003, 0.014, (x, y, z + 0.003), steel, collide=False, fill=0.3)
    part.box((0.016, 0.4 * body, 0.01), (front - 0.012, 0, 0.034), keys, bevel=0.003, collide=False)
    roll = 0.02
    x, z = back + 0.06, deck + roll
    part.cylinder(roll, width - 0.04, (x, 0, z), dark, axis="y", fill=0.5)
    for sign in (-1, 1):
        part.cylinder(0.016, 0.02, (x, sign * (width / 2 - 0.01), z), case, axis="y", fill=0.4)
        part.cylinder(0.03, 0.008, (x + 0.05, sign * 0.09, deck + 0.004), steel, fill=0.2)
    part.bar((x + 0.01, -width / 2 + 0.03, z + 0.01), (x + 0.07, -width / 2 + 0.02, z + 0.02), 0.008, steel)
    top = height
    part.box(
        (0.0016, 0.6 * body, top - z - roll * 0.6),
        (x - 0.006, 0, (top + z + roll * 0.6) / 2),
        paper,
        bevel=0.0,
        fill=0.6,
    )
    lines: list[tuple[Point, Point]] = [
        ((0.0008, 0.48 * body, 0.002), (x - 0.0048, 0, z + roll + 0.012 + 0.009 * k)) for k in range(5)
    ]
    tiles(part, lines, dark)


def microscope(builder: AssetBuilder, size: Vec3) -> float:
    """Build a microscope: a foot, a bent arm, a stage, a tube with three lenses, and two knobs."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    body = style.main("painted metal", colours=("white", "black", "grey"))
    black, steel = style.part("plastic", "black"), style.part("metal", "silver")
    fill = bulk(body, 1300)
    back = -depth / 2
    foot = 0.035
    stacked(
        part,
        [(0.0, depth, width), (foot * 0.7, depth, width), (foot, 0.94 * depth, 0.9 * width)],
        body,
        square=5.0,
        fill=fill,
    )
    arm = [
        (back + 0.01, foot),
        (back + 0.08, foot),
        (back + 0.075, 0.6 * height),
        (back + 0.1, 0.68 * height),
        (back + 0.04, 0.72 * height),
        (back + 0.015, 0.55 * height),
    ]
    prism(part, arm, -0.022, 0.022, body, axis=1, fill=fill)
    x = back + 0.62 * depth
    stage = 0.36 * height
    part.box((0.62 * depth, 0.78 * width, 0.014), (x - 0.02, 0, stage), black, bevel=0.003, fill=0.5)
    part.cylinder(0.022, 0.03, (x, 0, foot + 0.015), steel, fill=0.4)
    print_on(part, (0.026, 0.075, 0.002), (x, 0, stage + 0.008), style.part("glass", "white"))
    head = 0.66 * height
    part.box((x - back - 0.02, 0.05, 0.06), ((x + back + 0.04) / 2, 0, head), body, bevel=0.01, fill=0.2)
    part.lathe(
        [(0.03, head - 0.06), (0.036, head - 0.03), (0.03, head + 0.01)], black, center=(x, 0, 0), fill=0.4
    )
    for k in range(3):
        turn = k * 2 * math.pi / 3
        top = (x + 0.015 * math.cos(turn), 0.015 * math.sin(turn), head - 0.05)
        tip = (x + 0.024 * math.cos(turn), 0.024 * math.sin(turn), max(stage + 0.02, head - 0.11))
        part.bar(top, tip, 0.02, steel, end_thickness=0.012, fill=0.5)
    start, end = np.array([x, 0, head + 0.02]), np.array([back + 0.05, 0, height - 0.016])
    part.bar(start, end, 0.04, body, end_thickness=0.034, sides=12, fill=0.25)
    part.bar(
        start + 0.86 * (end - start), end + np.array([-0.012, 0, 0.008]), 0.036, black, sides=12, fill=0.5
    )
    for sign in (-1, 1):
        part.cylinder(0.024, 0.02, (back + 0.045, sign * 0.034, 0.24 * height), black, axis="y", fill=0.4)
        part.cylinder(0.014, 0.012, (back + 0.045, sign * 0.05, 0.24 * height), steel, axis="y", fill=0.4)
    return 0.05


def telescope(builder: AssetBuilder, size: Vec3) -> None:
    """Build a telescope on a wooden tripod, pointing forward and up."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    tube_ = style.main("painted metal", colours=("white", "black", "blue"))
    brass, wood = style.part("metal", "gold"), timber(style, "wood")
    black = style.part("plastic", "black")
    tilt = math.radians(28)
    way = np.array([math.cos(tilt), 0, math.sin(tilt)])
    half = (depth / 2 - 0.045 * way[2]) / way[0]
    hub = np.array([0.0, 0.0, height - half * way[2] - 0.045 * way[0] - 0.1])
    for k in range(3):
        turn = k * 2 * math.pi / 3
        foot = np.array([0.42 * depth * math.cos(turn), 0.56 * width * math.sin(turn), 0.02])
        part.bar(foot, hub + np.array([0.03 * math.cos(turn), 0.03 * math.sin(turn), 0]), 0.03, wood, sides=4)
        part.box((0.03, 0.03, 0.02), tuple(foot - (0, 0, 0.01)), black, fill=0.6)
    part.cylinder(0.05, 0.05, tuple(hub + np.array([0, 0, 0.02])), brass, fill=0.15)
    middle = hub + np.array([0, 0, 0.1])
    part.bar(middle - way * half * 0.7, middle + way * half * 0.72, 0.075, tube_, sides=16, fill=0.25)
    part.bar(middle + way * half * 0.7, middle + way * half, 0.09, brass, sides=16, fill=0.1)
    part.bar(
        middle - way * half * 0.72,
        middle - way * half * 0.68,
        0.085,
        brass,
        sides=16,
        fill=0.1,
        collide=False,
    )
    part.bar(middle - way * half * 0.7, middle - way * half, 0.045, black, sides=12, fill=0.3)
    off = np.array([0, 0, 0.07])
    part.bar(middle - way * 0.3 * half + off, middle + way * 0.12 + off, 0.028, black, sides=10, fill=0.3)
    part.bar(hub, middle, 0.035, brass, fill=0.2)


def palette(builder: AssetBuilder, size: Vec3) -> float:
    """Build a painter's palette with blobs of paint, a thumb hole and a brush."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = style.main("wood", colours=("birch", "pine", "oak"))
    board = 0.006
    turn = np.arange(36) * 2 * math.pi / 36
    reach = 0.5 + 0.035 * np.cos(2 * turn + 0.6)
    outline = np.column_stack([depth * reach * np.cos(turn), width * reach * np.sin(turn)])
    outline *= np.array([depth, width]) / np.ptp(outline, axis=0)
    outline -= (outline.max(axis=0) + outline.min(axis=0)) / 2
    hull(part, [(x, y, z) for x, y in outline for z in (0.0, board)], wood)
    hole = style.part("plastic", "black")
    part.cylinder(0.014, 0.0012, (-0.22 * depth, -0.26 * width, board), hole, fill=0.0, collide=False)
    for k, tone in enumerate(("red", "orange", "yellow", "green", "blue", "purple", "white")):
        a = -0.9 + 0.45 * k
        place = (0.36 * depth * math.cos(a), 0.38 * width * math.sin(a), board)
        ellipsoid(
            part,
            (0.015, 0.018, 0.5 * (height - board)),
            place,
            style.part("plastic", tone),
            collide=False,
            fill=0.3,
        )
    z = board + 0.004
    part.bar(
        (-0.1 * depth, -0.36 * width, z),
        (0.02 * depth, 0.3 * width, z),
        0.006,
        style.part("wood", "cherry"),
        collide=False,
    )
    part.bar(
        (0.02 * depth, 0.3 * width, z),
        (0.04 * depth, 0.4 * width, z),
        0.008,
        style.part("fabric", "brown"),
        end_thickness=0.003,
        collide=False,
    )
    return height


def paintbrush(builder: AssetBuilder, size: Vec3) -> float:
    """Build a paintbrush, lying along x: a handle, a metal ferrule and bristles."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = style.main("wood", "painted wood", colours=("cherry", "birch", "red", "blue", "black"))
    steel, hair = (
        style.part("metal", "silver"),
        style.part("fabric", str(style.rng.choice(["brown", "beige", "black"]))),
    )
    r = height / 2
    back = -depth / 2
    bristles, ferrule = 0.26 * depth, 0.16 * depth
    grip = depth - bristles - ferrule
    stations = ((0.0, 0.35, 0.7), (0.25, 0.5, 0.9), (0.7, 0.6, 1.0), (1.0, 0.75, 0.9))
    rings = [
        superellipse((k * 0.55 * width, t * height), (back + x * grip, 0, r), 2.2, axis="x")
        for x, k, t in stations
    ]
    hull(part, np.concatenate(rings), wood)
    band_ = [
        superellipse((k * width, 0.92 * height), (back + grip + x * ferrule, 0, r), 5.0, axis="x")
        for x, k in ((0.0, 0.5), (0.5, 0.9), (1.0, 0.9))
    ]
    hull(part, np.concatenate(band_), steel, fill=0.3)
    tip = [
        superellipse((k * width, t * height), (back + grip + ferrule + x * bristles, 0, r), 5.0, axis="x")
        for x, k, t in ((0.0, 0.88, 0.85), (0.7, 1.0, 0.75), (1.0, 0.95, 0.3))
    ]
    hull(part, np.concatenate(tip), hair)
    return height


def violin(builder: AssetBuilder, size: Vec3) -> float:
    """Build a violin on its back, with its head towards +y and its bow beside it."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = style.main("wood", colours=("cherry", "walnut", "oak"))
    black, steel = style.part("plastic", "black"), style.part("metal", "silver")
    body, wide = 0.6 * width, 0.72 * depth
    start, deep, x = -width / 2, 0.04, depth / 2 - 0.36 * depth
    fill = bulk(wood, 200)
    turn = np.arange(24) * 2 * math.pi / 24

    def disc(across: float, along: float, y: float) -> None:
        ring = [(x + across * math.cos(t), y + along * math.sin(t), z) for t in turn for z in (0.0, deep)]
        hull(part, ring, wood, fill=fill)

    disc(wide / 2, 0.3 * body, start + 0.3 * body)
    disc(0.4 * wide, 0.26 * body, start + 0.74 * body)
    part.box(
        (0.56 * wide, 0.5 * body, deep), (x, start + 0.52 * body, deep / 2), wood, bevel=0.002, fill=fill
    )
    part.box(
        (0.03, width - body - 0.01, 0.02),
        (x, start + body + (width - body) / 2 - 0.03, deep - 0.008),
        wood,
        bevel=0.004,
        fill=0.8,
    )
    part.box(
        (0.03, 0.5 * width, 0.006),
        (x, start + 0.5 * body + 0.25 * width, deep + 0.006),
        black,
        bevel=0.001,
        fill=0.5,
    )
    part.box(
        (0.035, 0.012, height - deep),
        (x, start + 0.44 * body, (height + deep) / 2),
        wood,
        bevel=0.001,
        fill=0.6,
    )
    part.box((0.035, 0.1, 0.008), (x, start + 0.14 * body + 0.02, deep + 0.006), black, bevel=0.002, fill=0.5)
    strings: list[tuple[Point, Point]] = [
        ((0.001, width - 0.16, 0.001), (x + dx, start + 0.08 + (width - 0.16) / 2, deep + 0.014))
        for dx in (-0.01, -0.0035, 0.0035, 0.01)
    ]
    tiles(part, strings, steel)
    for sign in (-1, 1):
        print_on(part, (0.006, 0.07, 0.001), (x + sign * 0.32 * wide, start + 0.46 * body, deep), black)
        part.box(
            (0.06, 0.008, 0.008),
            (x, width / 2 - 0.045 + 0.02 * sign, deep),
            black,
            bevel=0.002,
            collide=False,
        )
    part.bar(
        (x, width / 2 - 0.04, deep - 0.004),
        (x, width / 2, deep - 0.012),
        0.026,
        wood,
        end_thickness=0.02,
        collide=False,
    )
    bow = -depth / 2 + 0.01
    part.bar(
        (bow, -width / 2 + 0.01, 0.012), (bow, width / 2 - 0.01, 0.012), 0.008, style.part("wood", "walnut")
    )
    part.box((0.012, 0.03, 0.02), (bow, -width / 2 + 0.05, 0.01), black, bevel=0.002)
    return deep


def barrel(builder: AssetBuilder, size: Vec3) -> None:
    """Build an upright wooden barrel with iron hoops."""
    height, radius = size[2], min(size[:2]) / 2
    style, part = builder.style, builder.part()
    wood = style.main("wood", colours=("oak", "oak", "walnut", "pine"))
    iron = style.part("metal", "black")
    levels = np.linspace(0, 1, 9)
    swell = 0.82 + 0.18 * np.sin(levels * math.pi)
    profile = [(float(r) * radius, float(z) * height) for r, z in zip(swell, levels, strict=True)]
    part.lathe(profile, wood, fill=bulk(wood, 230))
    for share in (0.06, 0.24, 0.76, 0.94):
        r = radius * (0.82 + 0.18 * math.sin(share * math.pi))
        low = share * height - 0.02
        band(part, r + 0.004, low, low + 0.04, iron, width=0.012)
    lid = style.part("wood", "oak")
    part.cylinder(0.76 * radius, 0.002, (0, 0, height - 0.0005), lid, fill=0.0, collide=False)
    builder.surface("top", (0, 0, height), (1.15 * radius, 1.15 * radius))


def cake(builder: AssetBuilder, size: Vec3) -> float:
    """Build a cake of two layers with icing, cream and cherries, on a plate."""
    height, radius = size[2], min(size[:2]) / 2
    style, part = builder.style, builder.part()
    plate = style.part("ceramic", "white")
    icing = style.main("food", colours=("white", "pink", "brown", "yellow"))
    crumb = style.part("food", "brown" if style.attributes["color"] != "brown" else "beige")
    cherry = style.part("soap", "red")
    part.lathe([(0.6 * radius, 0.0), (radius, 0.01), (radius, 0.014)], plate, fill=0.8)
    top = height - 0.024
    r = 0.84 * radius
    part.lathe([(r, 0.014), (r, 0.5 * top)], crumb, fill=bulk(crumb, 450))
    part.lathe([(r + 0.002, 0.5 * top), (r + 0.002, 0.56 * top)], icing, fill=0.4)
    part.lathe([(r, 0.56 * top), (r, top - 0.006)], crumb, fill=bulk(crumb, 450))
    part.lathe([(r + 0.004, 0.8 * top), (r + 0.004, top - 0.004), (r - 0.004, top)], icing, fill=0.4)
    for k in range(10):
        a = k * math.pi / 5
        x, y = 0.78 * r * math.cos(a), 0.78 * r * math.sin(a)
        part.lathe(
            [(0.014, top), (0.012, top + 0.008), (0.002, top + 0.014)],
            icing,
            center=(x, y, 0),
            collide=False,
            fill=0.3,
        )
        if k % 2 == 0:
            ellipsoid(part, (0.009, 0.009, 0.009), (x, y, top + 0.015), cherry, collide=False)
        drip = (r + 0.004) * math.cos(a + 0.2), (r + 0.004) * math.sin(a + 0.2)
        ellipsoid(part, (0.008, 0.008, 0.02), (*drip, 0.78 * top), icing, collide=False, fill=0.3)
    return height


def candlestick(builder: AssetBuilder, size: Vec3) -> float:
    """Build a turned candlestick with a candle."""
    height, radius = size[2], min(size[:2]) / 2
    style, part = builder.style, builder.part()
    metal = style.main("metal", colours=("gold", "silver", "black", "copper"))
    wax = style.part("food", str(style.rng.choice(["white", "beige", "red"])))
    stem = 0.5 * height
    fill = bulk(metal, 2500)
    part.lathe([(radius, 0.0), (radius, 0.006), (0.5 * radius, 0.02), (0.28 * radius, 0.035),
            (0.36 * radius, 0.3 * stem),
                (0.2 * radius, 0.45 * stem), (0.3 * radius, 0.8 * stem), (0.5 * radius, 0.93 * stem),
                (0.5 * radius, stem)], metal, fill=fill)  # fmt: skip
    part.lathe([(0.011, stem), (0.009, height - 0.014), (0.004, height - 0.01)], wax)
    part.bar((0, 0, height - 0.012), (0.001, 0, height), 0.002, style.part("paper", "black"), collide=False)
    return radius


def coaster(builder: AssetBuilder, size: Vec3) -> float:
    """Build a round or square coaster with a printed ring."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    material = style.main("wood", "leather", "rubber")
    ring = style.part("paper", str(style.rng.choice(["white", "black", "red", "blue"])))
    drawn = "round" if style.rng.random() < 0.6 else "square"
    r = depth / 2
    if style.shape("round", "square", usual=drawn) == "round":
        part.lathe([(r - 0.0015, 0.0), (r, 0.0015), (r, height - 0.001), (r - 0.001, height)], material)
    else:
        part.box((depth, depth, height), (0, 0, height / 2), material, bevel=0.001)
    band(part, 0.76 * r, height - 0.0004, height + 0.0002, ring, width=0.004)
    builder.surface("top", (0, 0, height), (1.3 * r, 1.3 * r), round=True)
    return height


def diffuser(builder: AssetBuilder, size: Vec3) -> float:
    """Build a reed diffuser: a small bottle with oil and a fan of sticks."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    glass = style.main("glass", "ceramic", colours=("white", "green", "turquoise", "beige"))
    reed, label = style.part("wicker", "beige"), style.part("paper", "white")
    r, tall = 0.46 * min(depth, width), 0.42 * height
    body = [(r - 0.003, 0.0), (r, 0.004), (r, 0.66 * tall), (0.42 * r, 0.84 * tall), (0.42 * r, tall)]
    part.lathe(body, glass, fill=bulk(glass, 900))
    band(part, r + 0.0004, 0.18 * tall, 0.5 * tall, label, width=0.002)
    reach = min(depth, width) / 2 - 0.002
    for k in range(7):
        a = k * 2 * math.pi / 7
        out = reach if k != 3 else 0.4 * reach
        part.bar(
            (0.2 * r * math.cos(a), 0.2 * r * math.sin(a), 0.7 * tall),
            (out * math.cos(a), out * math.sin(a), height - 0.002 - 0.01 * (k % 3)),
            0.003,
            reed,
            sides=6,
            collide=False,
        )
    part.bar((0, 0, 0.7 * tall), (0.1 * reach, 0, height), 0.003, reed, sides=6, collide=False)
    return 2 * r


FAMILIES = (
    Family(
        "stand mixer", "electric_mixer.n.01", (0.33, 0.22, 0.34), (0.38, 0.26, 0.40), stand_mixer, "",
        words=("kitchen mixer", "food mixer", "cake mixer", "mixer", "electric mixer"), mass=9.0,
    ),
    Family(
        "rice cooker", "rice_cooker.n.01", (0.26, 0.25, 0.22), (0.32, 0.29, 0.28), rice_cooker, "rice_cooker",
        words=("slow cooker", "multicooker", "instant pot", "pressure cooker"),
    ),
    Family(
        "rolling pin", "rolling_pin.n.01", (0.05, 0.38, 0.05), (0.06, 0.46, 0.06), rolling_pin, "rolling_pin",
        has_front=False,
    ),
    Family(
        "whisk", "whisk.n.01", (0.24, 0.06, 0.06), (0.31, 0.075, 0.075), whisk, "whisk",
        words=("balloon whisk", "egg beater"), has_front=False,
    ),
    Family(
        "game controller", "control.n.09", (0.10, 0.15, 0.055), (0.12, 0.17, 0.065), game_controller,
        "gaming_controller",
        words=("controller", "gaming controller", "gamepad", "joystick", "joypad", "video game controller"),
    ),
    Family(
        "typewriter", "typewriter.n.01", (0.28, 0.32, 0.24), (0.34, 0.38, 0.30), typewriter, "",
        mass=7.0,
    ),
    Family(
        "microscope", "compound_microscope.n.01", (0.2, 0.15, 0.34), (0.26, 0.2, 0.44), microscope,
        "microscope",
    ),
    Family(
        "telescope", "telescope.n.01", (0.85, 0.75, 1.25), (1.05, 0.9, 1.5), telescope, "",
        mount="floor", mass=8.0,
    ),
    Family(
        "palette", "palette.n.02", (0.2, 0.27, 0.018), (0.26, 0.36, 0.024), palette, "",
        words=("paint palette", "artist palette", "painter's palette"), has_front=False, mass=0.3,
    ),
    Family(
        "paintbrush", "paintbrush.n.01", (0.17, 0.026, 0.011), (0.24, 0.045, 0.016), paintbrush, "",
        words=("paint brush", "artist brush"), has_front=False, mass=0.04,
    ),
    Family(
        "violin", "violin.n.01", (0.26, 0.58, 0.075), (0.29, 0.61, 0.085), violin, "",
        words=("fiddle", "viola"), has_front=False, mass=0.7,
    ),
    Family(
        "barrel", "barrel.n.02", (0.55, 0.55, 0.78), (0.66, 0.66, 0.95), barrel, "",
        words=("cask", "wine barrel", "keg", "wooden barrel"), mount="floor", has_front=False, mass=45.0,
    ),
    Family(
        "cake", "cake.n.03", (0.24, 0.24, 0.11), (0.30, 0.30, 0.16), cake, "",
        words=("birthday cake", "layer cake", "gateau"), has_front=False, mass=2.0,
    ),
    Family(
        "candlestick", "candlestick.n.01", (0.09, 0.09, 0.28), (0.12, 0.12, 0.4), candlestick, "",
        words=("candle holder", "candleholder", "candlestick holder", "taper candle"), kinds=("candle",),
        has_front=False, mass=0.8,
    ),
    Family(
        "coaster", "coaster.n.03", (0.09, 0.09, 0.005), (0.105, 0.105, 0.009), coaster, "",
        words=("drink coaster", "beer mat"), has_front=False, mass=0.04,
    ),
    Family(
        "diffuser", "reed_diffuser.n.01", (0.085, 0.085, 0.22), (0.11, 0.11, 0.28), diffuser, "",
        words=("reed diffuser", "aroma diffuser", "oil diffuser", "essential oil diffuser"), has_front=False,
        mass=0.35,
    ),
)  # fmt: skip
