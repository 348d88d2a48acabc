"""Hand-held toys."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, ellipsoid, hull, print_on, tiles
from sage.assets.family import Family
from sage.assets.fittings import leg
from sage.assets.materials import Style
from sage.geometry import Array, Vec3

__all__ = ["BRIGHT", "FAMILIES", "bright"]

BRIGHT = ("red", "blue", "green", "yellow", "orange", "purple", "pink", "turquoise")
"""Colours of toys."""


def bright(style: Style, count: int, kind: str = "plastic") -> list[Material]:
    """Choose materials in `count` different bright colours."""
    return [style.part(kind, str(c)) for c in style.rng.choice(BRIGHT, count, replace=False)]


def _main(style: Style) -> Material:
    return style.main("plastic", colours=BRIGHT)


def _core(part: Part, size: Vec3, center: Vec3, material: Material) -> None:
    """Add a box-shaped collider without a visual and without mass."""
    part.box(size, center, material, fill=0.0, visible=False)


def _wheels(part: Part, spots: Sequence[tuple[float, float]], radius: float, wide: float, dark: Material,
            hub: Material) -> None:  # fmt: skip
    """Add wheels with hubs at points (x, y) [m], without colliders."""
    for x, y in spots:
        ends = ((x, y - wide / 2, radius), (x, y + wide / 2, radius))
        part.bar(*ends, 2 * radius, dark, sides=12, fill=0.6, collide=False)
        out = math.copysign(wide * 0.5, y)
        print_on(part, (radius * 0.8, 0.002, radius * 0.8), (x, y + out, radius), hub, rpy=(0, 0.785, 0))


def toy(builder: AssetBuilder, size: Vec3) -> float:
    """Build a random small toy: a car, a tower of blocks, a robot, a rocket, a boat or an animal."""
    kinds: tuple[Callable[[AssetBuilder, Vec3], float], ...] = (
        toy_car, _tower, _robot, _rocket, _boat, toy_dinosaur, rubber_duck,
    )  # fmt: skip
    width, tall = min(size[1], 0.078), size[2]
    index = int(builder.style.rng.integers(len(kinds)))
    sizes = (
        (0.125, width, 0.06), (0.078, 0.078, tall), (0.08, width, tall), (0.082, 0.078, tall),
        (0.14, width, tall), (0.145, 0.072, 0.112), (0.1, width, 0.088),
    )  # fmt: skip
    return kinds[index](builder, sizes[index])


def _tower(builder: AssetBuilder, size: Vec3) -> float:
    """Build a tower of blocks in one piece."""
    style, part = builder.style, builder.part()
    side, height = min(size[:2]), size[2]
    paints = [_main(style), *bright(style, 3)]
    roof = 0.3 * height
    count = int(style.rng.integers(2, 4))
    each = (height - roof) / count
    for level in range(count):
        wide = side * (1 - 0.12 * level)
        turn = float(style.rng.uniform(-0.12, 0.12)) if level else 0.0
        block = (wide, wide, each)
        place = (0, 0, (level + 0.5) * each)
        part.box(block, place, paints[level], rpy=(0, 0, turn), fill=bulk(paints[level], 700))
        print_on(part, (wide * 0.5, wide + 0.001, each * 0.5), place, paints[level - 1], rpy=(0, 0, turn))
    top = side * 0.38
    base = [(x * top, y * top, height - roof) for x in (-1, 1) for y in (-1, 1)]
    hull(part, [*base, (0, 0, height)], paints[3], fill=bulk(paints[3], 500))
    return side


def _robot(builder: AssetBuilder, size: Vec3) -> float:
    """Build a robot that stands on two feet."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    shell, limb = _main(style), style.part("plastic", "grey")
    black, white, lamp = style.part("plastic", "black"), style.part("paper", "white"), bright(style, 1)[0]
    fill = bulk(shell, 750)
    for sign in (-1, 1):
        shoe = (depth * 0.98, width * 0.4, height * 0.1)
        part.box(shoe, (0, sign * width * 0.25, shoe[2] / 2), limb, fill=bulk(limb, 900))
        place = (0.0, sign * width * 0.2, height * 0.2)
        part.box((depth * 0.3, width * 0.2, height * 0.22), place, limb, fill=fill, collide=False)
        place = (depth * 0.1, sign * width * 0.44, height * 0.48)
        part.box((depth * 0.25, width * 0.12, height * 0.28), place, limb, fill=fill, rpy=(0, -0.4, 0))
    part.box((depth * 0.5, width * 0.76, height * 0.37), (0, 0, height * 0.475), shell, fill=fill)
    part.box((depth * 0.45, width * 0.56, height * 0.24), (0, 0, height * 0.79), shell, fill=fill)
    part.box((0.008, 0.008, height * 0.1), (0, 0, height * 0.95), lamp, fill=fill, collide=False)
    face = depth * 0.225
    for sign in (-1, 1):
        print_on(part, (0.004, 0.011, 0.011), (face, sign * width * 0.13, height * 0.83), white)
        print_on(part, (0.006, 0.005, 0.005), (face, sign * width * 0.13, height * 0.83), black)
        print_on(part, (0.004, 0.008, 0.008), (depth * 0.25, sign * width * 0.2, height * 0.55), lamp)
    print_on(part, (0.004, width * 0.25, 0.005), (face, 0, height * 0.73), black)
    print_on(part, (0.003, width * 0.5, 0.012), (depth * 0.25, 0, height * 0.42), white)
    return width * 0.76


def _rocket(builder: AssetBuilder, size: Vec3) -> float:
    """Build a rocket that stands on four fins."""
    style, part = builder.style, builder.part()
    height, reach = size[2], min(size[:2]) / 2
    body, (fin, pane) = _main(style), bright(style, 2)
    radius, low = reach * 0.7, height * 0.1
    shape = [(radius * 0.7, low), (radius, height * 0.35), (radius * 0.9, height * 0.62)]
    part.lathe(shape, body)
    nose = [(radius * 0.9, height * 0.62), (radius * 0.5, height * 0.86), (0.003, height)]
    part.lathe(nose, fin)
    for sign in (-1, 1):
        for axis in (0, 1):
            outline = np.array([(radius * 0.6, low), (radius * 0.9, height * 0.42), (reach, 0.0),
                                (reach * 0.72, 0.0)])  # fmt: skip
            points = np.zeros((8, 3))
            points[:, axis] = sign * np.tile(outline[:, 0], 2)
            points[:, 1 - axis] = np.repeat([-0.003, 0.003], 4)
            points[:, 2] = np.tile(outline[:, 1], 2)
            hull(part, points, fin, fill=0.9)
    part.cylinder(radius * 0.42, 0.004, (radius * 0.97, 0, height * 0.5), pane, axis="x", fill=0.0,
                  collide=False)  # fmt: skip
    return 2 * radius


def _boat(builder: AssetBuilder, size: Vec3) -> float:
    """Build a boat with a cabin and a funnel."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    body, (cabin, funnel) = _main(style), bright(style, 2)
    deck, half = height * 0.38, depth / 2
    outline = [(-half, 0.8), (-half * 0.9, 1.0), (half * 0.25, 1.0), (half * 0.7, 0.6), (half, 0.0)]
    points = [(x, sign * y * width / 2, deck) for x, y in outline for sign in (-1, 1)]
    points += [
        (0.82 * x - 0.05 * depth, sign * y * width * 0.36, 0.0) for x, y in outline for sign in (-1, 1)
    ]
    hull(part, points, body, fill=bulk(body, 850))
    place = (-depth * 0.12, 0, deck + 0.18 * height)
    part.box((depth * 0.42, width * 0.6, height * 0.36), place, cabin, fill=bulk(cabin, 300))
    top = deck + 0.36 * height
    part.cylinder(width * 0.14, height - top, (-depth * 0.18, 0, (top + height) / 2), funnel, fill=0.5)
    white = style.part("paper", "white")
    for share in (-0.24, -0.12, 0.0):
        print_on(part, (0.014, width * 0.6 + 0.002, 0.012), (share * depth, 0, place[2]), white)
    print_on(part, (0.002, width * 0.45, 0.012), (place[0] + depth * 0.21, 0, place[2]), white)
    return width


def toy_car(builder: AssetBuilder, size: Vec3) -> float:
    """Build a toy car, van-like or sporty, on four wheels that do not turn."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    paint = _main(style)
    glass, black = style.part("electronics", "black"), style.part("rubber", "black")
    silver, lamp = style.part("plastic", "grey"), style.part("plastic", "yellow")
    half, belt, low, fill = depth / 2, 0.56 * height, 0.16 * height, bulk(paint, 620)
    body = width - 0.008
    front, rear = float(style.rng.uniform(0.05, 0.3)), float(style.rng.uniform(-0.46, -0.3))
    outline = (
        (-1.0, 0.2, 0.9), (-0.98, 0.54, 0.92), (0.9, 0.48, 0.9), (1.0, 0.36, 0.86), (1.0, 0.2, 0.86),
        (-0.6, 0.56, 1.0), (0.5, 0.54, 1.0), (-0.6, 0.16, 1.0), (0.5, 0.16, 1.0),
    )  # fmt: skip
    lower = [(half * x, sign * body / 2 * y, z * height) for x, z, y in outline for sign in (-1, 1)]
    hull(part, lower, paint, fill=fill)
    feet, roof = (depth * rear, depth * front), (depth * rear * 0.86, depth * (front - 0.13))
    cabin = [(x, sign * body * 0.46, belt - 0.003) for x in feet for sign in (-1, 1)]
    cabin += [(x, sign * body * 0.37, height - 0.004) for x in roof for sign in (-1, 1)]
    hull(part, cabin, glass, fill=fill)
    middle, long = (roof[0] + roof[1]) / 2, roof[1] - roof[0]
    part.box((long + 0.003, body * 0.76, 0.006), (middle, 0, height - 0.003), paint, fill=fill, collide=False)
    pillar = [(middle + x, sign * y, z) for x in (-0.004, 0.004) for sign in (-1, 1)
              for y, z in ((body * 0.466, belt - 0.003), (body * 0.375, height - 0.004))]  # fmt: skip
    hull(part, pillar, paint, fill=0.0, collide=False)
    radius = 0.21 * height
    spots = [(x * depth, sign * (width - 0.013) / 2) for x in (-0.29, 0.3) for sign in (-1, 1)]
    _wheels(part, spots, radius, 0.013, black, silver)
    _core(part, (depth * 0.8, width - 0.008, low + 0.01), (0, 0, (low + 0.01) / 2), black)
    for sign in (-1, 1):
        print_on(part, (0.003, 0.012, 0.008), (half - 0.001, sign * body * 0.3, 0.32 * height), lamp)
        print_on(
            part,
            (0.003, 0.01, 0.007),
            (-half, sign * body * 0.32, 0.4 * height),
            style.part("plastic", "red"),
        )
    return width


def toy_block(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wooden cube with a painted figure on each face."""
    style, part = builder.style, builder.part()
    side = min(size)
    wood = style.main("wood", colours=("birch", "pine", "oak"))
    paints = bright(style, 4)
    part.box((side - 0.004,) * 3, (0, 0, side / 2), wood, bevel=0.002, fill=bulk(wood, 620), collide=False)
    _core(part, (side, side, side), (0, 0, side / 2), wood)
    figure = int(style.rng.integers(4))
    for axis in range(3):
        for sign in (-1, 1):
            ink = paints[3 if figure % 2 else (axis + 1) % 3]
            for share, out, paint in ((0.88, -0.002, paints[axis]), (0.66, -0.0015, wood)):
                plate, at = np.full(3, share * side), np.array((0.0, 0.0, side / 2))
                plate[axis] = 0.002
                at[axis] += sign * (side / 2 + out)
                print_on(part, plate.tolist(), at.tolist(), paint)
            at[axis] += sign * 0.0005
            _glyph(part, (figure + 2 * axis + sign) % 4, axis, at, side, ink)
    builder.surface("top", (0, 0, side), (side, side))
    return side


def _glyph(part: Part, figure: int, axis: int, at: Array, side: float, ink: Material) -> None:
    """Add a letter of bars (T, L, H or I) to the faces of a block perpendicular to `axis`."""
    bars = (
        ((0.46, 0.12, 0.0, 0.17), (0.12, 0.46, 0.0, 0.0)),
        ((0.12, 0.46, -0.15, 0.0), (0.4, 0.12, 0.0, -0.17)),
        ((0.12, 0.46, -0.16, 0.0), (0.12, 0.46, 0.16, 0.0), (0.3, 0.12, 0.0, 0.0)),
        ((0.12, 0.46, 0.0, 0.0), (0.34, 0.1, 0.0, 0.2), (0.34, 0.1, 0.0, -0.2)),
    )[figure]  # fmt: skip
    across, up = ((1, 2), (0, 2), (1, 0))[axis]
    blocks: list[tuple[Vec3, Vec3]] = []
    for wide, tall, right, high in bars:
        size, place = np.full(3, 0.002), at.copy()
        size[across], size[up] = wide * side, tall * side
        place[across] += right * side
        place[up] += high * side
        blocks.append(((size[0], size[1], size[2]), (place[0], place[1], place[2])))
    tiles(part, blocks, ink)


def rubber_duck(builder: AssetBuilder, size: Vec3) -> float:
    """Build a rubber duck with a flat base, a beak and a tail."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    skin = style.main("plastic", colours=("yellow", "yellow", "yellow", "pink", "blue", "white"))
    beak, black = style.part("plastic", "orange"), style.part("plastic", "black")
    fill, body = bulk(skin, 500), height * 0.33
    ellipsoid(
        part, (depth * 0.44, width / 2, body), (-depth * 0.04, 0, body * 0.8), skin, facet=0.6, fill=fill
    )
    radius = height * 0.25
    head = (depth * 0.17, 0.0, height - radius)
    ellipsoid(part, (radius,) * 3, head, skin, fill=fill)
    tail = [(-depth * 0.3, y, body * z) for y in (-0.2 * width, 0.2 * width) for z in (0.8, 1.4)]
    hull(
        part, [*tail, (-depth * 0.5, 0.008, body * 2.0), (-depth * 0.5, -0.008, body * 2.0)], skin, fill=fill
    )
    face = head[0] + radius
    bill = [(face - 0.012, y * width, head[2] + z) for y in (-0.13, 0.13) for z in (-0.012, 0.002)]
    tip = [
        (depth * 0.5 + 0.004, y * width, head[2] - 0.008 + z) for y in (-0.09, 0.09) for z in (-0.003, 0.003)
    ]
    hull(part, [*bill, *tip], beak, fill=fill, collide=False)
    for sign in (-1, 1):
        eye = (head[0] + radius * 0.78, sign * radius * 0.46, head[2] + radius * 0.36)
        ellipsoid(part, (radius * 0.17,) * 3, eye, black, detail=1, fill=0.0, collide=False)
        wing = (-depth * 0.1, sign * width * 0.42, body * 1.0)
        ellipsoid(
            part, (depth * 0.22, width * 0.1, body * 0.42), wing, skin, detail=1, fill=0.1, collide=False
        )
    return 2 * radius


def toy_dinosaur(builder: AssetBuilder, size: Vec3) -> float:
    """Build a four-legged dinosaur with a long neck or with plates along its back."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    skin = style.main("plastic", colours=("green", "green", "blue", "orange", "purple", "turquoise", "red"))
    accent, black = bright(style, 1)[0], style.part("plastic", "black")
    long_neck = bool(style.rng.random() < 0.5)
    fill, belly = bulk(skin, 650), height * (0.36 if long_neck else 0.45)
    rise = height * (0.19 if long_neck else 0.27)
    ellipsoid(part, (depth * 0.24, width * 0.46, rise), (0, 0, belly), skin, fill=fill)
    for x in (-0.13, 0.13):
        for sign in (-1, 1):
            top, foot = (x * depth * 0.9, sign * width * 0.26, belly), (x * depth, sign * width * 0.32, 0.0)
            leg(part, top, foot, width * 0.32, skin, sides=6, fill=fill)
    part.bar((-depth * 0.16, 0, belly), (-depth / 2 + 0.004, 0, height * 0.14), width * 0.5, skin,
             end_thickness=0.008, fill=fill)  # fmt: skip
    head = (depth * 0.41, 0.0, height * 0.9) if long_neck else (depth * 0.39, 0.0, height * 0.34)
    joints = [(depth * 0.12, belly * 1.02), (depth * 0.27, height * 0.56), (depth * 0.35, height * 0.88)]
    if not long_neck:
        joints = [(depth * 0.1, belly), (head[0], head[2])]
    wide = width * (0.46 if long_neck else 0.6)
    for (x0, z0), (x1, z1) in pairwise(joints):
        part.bar((x0, 0, z0), (x1, 0, z1), wide, skin, end_thickness=0.62 * wide, fill=fill)
        wide *= 0.62
    snout = (depth * 0.085, width * 0.24, height * 0.1)
    ellipsoid(part, snout, head, skin, detail=1, fill=fill)
    for sign in (-1, 1):
        eye = (head[0] + snout[0] * 0.2, sign * snout[1] * 0.85, head[2] + snout[2] * 0.45)
        ellipsoid(part, (0.0033,) * 3, eye, black, detail=1, fill=0.0, collide=False)
    count = 5
    for index in range(count):
        share = index / (count - 1) - 0.5
        base = belly + rise * math.sqrt(1 - (1.3 * share) ** 2) * 0.92
        tall = height - base if not long_neck else 0.016
        tall *= 1 - 1.1 * abs(share)
        x, deep = share * depth * 0.42, depth * 0.055
        plate = [(x + a, y, base - 0.008) for a in (-deep, deep) for y in (-0.004, 0.004)]
        hull(part, [*plate, (x, 0, base + tall)], accent, fill=0.6, collide=False)
    return width


def toy_train(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wooden locomotive with two wagons, in one piece."""
    style, part = builder.style, builder.part()
    depth, width, height = size
    wood = style.main("wood", "painted wood", colours=("birch", "pine", *BRIGHT[:5]))
    paints, black = bright(style, 4, "painted wood"), style.part("plastic", "black")
    gap, low, plate = 0.02, height * 0.14, 0.012
    long = (depth - 2 * gap) / 3
    fill, radius = bulk(wood, 620), height * 0.15
    for index in range(3):
        x = depth / 2 - long / 2 - index * (long + gap)
        part.box((long, width * 0.8, plate), (x, 0, low + plate / 2), wood, fill=fill, collide=False)
        spots = [(x + a * long, sign * (width - 0.012) / 2) for a in (-0.3, 0.3) for sign in (-1, 1)]
        _wheels(part, spots, radius, 0.012, black, paints[index])
        _core(part, (long, width * 0.96, low + plate), (x, 0, (low + plate) / 2), wood)
        if index:
            start = x + long / 2
            part.bar((start - 0.005, 0, low + 0.004), (start + gap + 0.005, 0, low + 0.004), 0.006, black)
    floor = low + plate
    _engine(part, (depth / 2 - long / 2, long, width, height), floor, paints)
    for index in (1, 2):
        x = depth / 2 - long / 2 - index * (long + gap)
        tall = (height - floor) * float(style.rng.uniform(0.4, 0.62))
        place = (x, 0, floor + tall / 2)
        part.box((long * 0.9, width * 0.8, tall), place, paints[index], fill=bulk(paints[index], 500))
        if style.rng.random() < 0.6:
            for share in (-0.25, 0.0, 0.25):
                y, z = width * 0.3, floor + tall + 0.008
                log = ((x + share * long, -y, z), (x + share * long, y, z))
                part.bar(*log, 0.024, wood, fill=fill, collide=False)
        else:
            print_on(part, (long * 0.5, width * 0.8 + 0.002, tall * 0.5), place, paints[3])
    return width


def _engine(
    part: Part, frame: tuple[float, float, float, float], floor: float, paints: list[Material]
) -> None:
    """Add boiler, cab and funnel to a locomotive; `frame` is x, length, width and height of its floor [m]."""
    x, long, width, height = frame
    radius = (height - floor) * 0.29
    fill = bulk(paints[0], 520)
    boiler = (x + long * 0.15, 0, floor + radius)
    part.cylinder(radius, long * 0.66, boiler, paints[0], axis="x", fill=fill)
    part.cylinder(radius * 1.06, 0.008, (x + long * 0.42, 0, floor + radius), paints[3], axis="x", fill=fill)
    tall = (height - floor) * 0.82
    part.box((long * 0.32, width * 0.84, tall), (x - long * 0.33, 0, floor + tall / 2), paints[1], fill=fill)
    roof = (x - long * 0.33, 0, floor + tall + 0.004)
    part.box((long * 0.4, width * 0.96, 0.008), roof, paints[3], fill=fill, collide=False)
    print_on(
        part, (long * 0.16, width * 0.84 + 0.002, tall * 0.3), (roof[0], 0, floor + tall * 0.68), paints[2]
    )
    chimney = height - floor - radius * 1.6
    part.cylinder(0.008, chimney, (x + long * 0.33, 0, height - chimney / 2), paints[3], top_radius=0.013,
                  fill=fill, collide=False)  # fmt: skip


def stacking_rings(builder: AssetBuilder, size: Vec3) -> float:
    """Build stacking rings, smaller towards the top, on a base with a knob on top."""
    style, part = builder.style, builder.part()
    height, radius = size[2], min(size[:2]) / 2
    base, knob = _main(style), style.part("plastic", str(style.rng.choice(["red", "white", "yellow"])))
    foot, end = height * 0.13, height * 0.17
    fill, start = 0.4, int(style.rng.integers(len(BRIGHT)))
    part.lathe([(radius, 0.0), (radius, foot * 0.5), (radius * 0.9, foot)], base, fill=bulk(base, 420))
    count = 4
    each = (height - foot - end) / count
    for index in range(count):
        r, z = radius * (0.94 - 0.14 * index), foot + index * each
        ring = style.part("plastic", BRIGHT[(start + index) % len(BRIGHT)])
        part.lathe([(r * 0.84, z), (r, z + each / 2), (r * 0.84, z + each)], ring, fill=fill)
    r, z = radius * 0.26, height - end
    part.lathe([(r * 0.6, z), (r, z + end * 0.5), (r * 0.5, height)], knob, fill=fill)
    return 2 * radius * 0.52


def toy_drum(builder: AssetBuilder, size: Vec3) -> float:
    """Build a small drum with cords along its side and two sticks on its skin."""
    style, part = builder.style, builder.part()
    radius, stick = min(size[:2]) / 2, 0.009
    height = size[2] - stick
    shell, (hoop, cord) = _main(style), bright(style, 2)
    skin, wood = style.part("paper", "white"), style.part("wood", "birch")
    part.cylinder(radius - 0.003, height, (0, 0, height / 2), shell, fill=bulk(shell, 165))
    part.cylinder(radius - 0.006, 0.002, (0, 0, height), skin, fill=0.0, collide=False)
    for z in (0.007, height - 0.007):
        part.cylinder(radius, 0.014, (0, 0, z), hoop, fill=0.3, collide=False)
    count, r = 16, radius - 0.002
    for index in range(count):
        low, high = (0.012, height - 0.012) if index % 2 else (height - 0.012, 0.012)
        a, b = (2 * math.pi * (index + step) / count for step in (0, 1))
        ends = ((r * math.cos(a), r * math.sin(a), low), (r * math.cos(b), r * math.sin(b), high))
        part.bar(*ends, 0.004, cord, sides=4, fill=0.0, collide=False)
    for sign in (-1, 1):
        start, end = (-radius * 0.8, sign * radius * 0.1), (radius * 0.8, sign * radius * 0.45)
        part.bar((*start, height + stick / 2), (*end, height + stick / 2), stick, wood, sides=6)
    return stick


FAMILIES: tuple[Family, ...] = (
    Family(
        "toy", "toy.n.01", (0.08, 0.072, 0.08), (0.145, 0.078, 0.125), toy, "toy_figure",
        words=("plaything", "toy figure", "action figure"),
    ),
    Family(
        "toy car", "toy_car.n.01", (0.11, 0.07, 0.055), (0.16, 0.078, 0.068), toy_car, "toy_figure",
        words=("model car", "matchbox car"), kinds=("toy",),
    ),
    Family(
        "toy block", "block.n.01", (0.047, 0.047, 0.047), (0.056, 0.056, 0.056), toy_block, "toy_dice",
        words=("building block", "wooden block", "alphabet block"), kinds=("toy",), has_front=False,
    ),
    Family(
        "rubber duck", "toy.n.01", (0.09, 0.072, 0.08), (0.115, 0.078, 0.098), rubber_duck, "toy_figure",
        words=("rubber ducky", "bath duck", "toy duck"), kinds=("toy",),
    ),
    Family(
        "toy dinosaur", "toy.n.01", (0.15, 0.07, 0.1), (0.21, 0.08, 0.13), toy_dinosaur, "toy_figure",
        words=("dinosaur", "dino"), kinds=("toy",),
    ),
    Family(
        "toy train", "train_set.n.01", (0.34, 0.05, 0.07), (0.44, 0.06, 0.085), toy_train, "toy_train",
        words=("wooden train", "train set"), kinds=("toy",),
    ),
    Family(
        "stacking rings", "toy.n.01", (0.095, 0.095, 0.12), (0.12, 0.12, 0.155), stacking_rings,
        "toy_figure", words=("ring stacker", "stacking toy"), kinds=("toy",), has_front=False,
    ),
    Family(
        "toy drum", "drum.n.01", (0.11, 0.11, 0.085), (0.15, 0.15, 0.115), toy_drum, "toy_figure",
        words=("drum",), kinds=("toy",), has_front=False,
    ),
)  # fmt: skip
