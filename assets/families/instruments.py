"""Musical instruments, audio players, amplifiers, microphones and music stands."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import band, bulk, hull, print_on, prism, tiles
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_WHITE_KEYS = 52
_KEY_M = 0.0236
_BLACK_AFTER = (0, 2, 3, 5, 6)
"""Indices of the white keys of an octave, counted from A, that are followed by a black key."""
_CASES = ("black", "walnut", "black", "brown", "white")


def _keys(
    builder: AssetBuilder, part: Part, front: float, z: float, count: int = _WHITE_KEYS, length: float = 0.14
) -> None:
    """Add a keyboard of `count` white keys with its front edge at x = `front` and its bottom at `z` [m]."""
    white, black = builder.style.part("plastic", "white"), builder.style.part("plastic", "black")
    start = -count * _KEY_M / 2
    part.box((length, count * _KEY_M, 0.018), (front - length / 2, 0, z + 0.009), white, bevel=0.001)
    gaps = [
        ((length, 0.0012, 0.0006), (front - length / 2, start + i * _KEY_M, z + 0.0182)) for i in range(count)
    ]
    tiles(part, gaps, black)
    raised = [
        ((0.62 * length, 0.011, 0.011), (front - 0.69 * length, -(start + (i + 1) * _KEY_M), z + 0.0235))
        for i in range(count - 1)
        if i % 7 in _BLACK_AFTER
    ]
    tiles(part, raised, black)


def _case(builder: AssetBuilder) -> Material:
    """Choose the material of a piano: lacquered or plain wood."""
    colour = builder.style.requested.get("color") or str(builder.style.rng.choice(_CASES))
    return builder.style.main("wood" if colour == "walnut" else "painted wood", colours=(colour,))


def piano(builder: AssetBuilder, size: Vec3) -> None:
    """Build an upright piano with its keys in front: case, cheeks, legs, music desk and pedals."""
    depth, width, height = size
    part, wood = builder.part(), _case(builder)
    brass, board = builder.style.part("metal", "gold"), 0.02
    fill = bulk(wood, 270)
    back, front = -depth / 2, depth / 2
    face = back + 0.56 * depth
    body = face - back
    part.box(
        (body, width - 0.01, height - board), (back + body / 2, 0, (height - board) / 2), wood, fill=fill
    )
    lid = body + 0.03
    part.box((lid, width, board), (back + lid / 2, 0, height - board / 2), wood, bevel=0.006, fill=fill)
    bed, thick, cheek = 0.61, 0.05, 0.055
    reach = front - face
    part.box((reach, width - 0.03, thick), (face + reach / 2, 0, bed + thick / 2), wood, fill=fill)
    top = bed + 0.2
    for sign in (-1, 1):
        y = sign * (width - cheek - 0.01) / 2
        side = [(face, bed), (front, bed), (front, bed + 0.09), (front - 0.07, bed + 0.11), (face, top)]
        outline = np.array(side)
        prism(part, outline, y - cheek / 2, y + cheek / 2, wood, axis=1, fill=fill)
        part.box((0.055, 0.05, bed), (front - 0.06, y, bed / 2), wood, bevel=0.006, fill=fill)
        part.box((reach, 0.05, 0.045), (face + reach / 2, y, 0.0225), wood, fill=fill)
    keys = width - 2 * cheek - 0.02
    _keys(builder, part, front - 0.02, bed + thick, min(_WHITE_KEYS, int(keys / _KEY_M)))
    fall = builder.style.part("fabric", "red")
    part.box((0.012, keys, 0.006), (front - 0.166, 0, bed + thick + 0.02), fall, bevel=0.0, collide=False)
    shelf = bed + thick + 0.03
    part.box((0.07, keys, 0.1), (face + 0.033, 0, shelf + 0.05), wood, rpy=(0, -0.1, 0), fill=0.3)
    wide, tall = 0.5 * width, min(0.24, height - top - 0.06)
    part.box((0.014, wide, tall), (face + 0.03, 0, top + 0.03 + tall / 2), wood, rpy=(0, -0.14, 0), fill=0.8)
    part.box((0.03, wide, 0.012), (face + 0.045, 0, top + 0.026), wood, bevel=0.002, fill=0.8)
    panel = (0.006, width - 0.24, bed - 0.2)
    part.box(panel, (face + 0.002, 0, 0.06 + panel[2] / 2), wood, bevel=0.004, fill=0.3, collide=False)
    for y in (-0.07, 0.0, 0.07):
        part.box((0.09, 0.03, 0.012), (face + 0.045, y, 0.05), brass, bevel=0.004)
    builder.surface("top", (back + body / 2, 0, height), (body - 0.02, width - 0.04))


def grand_piano(builder: AssetBuilder, size: Vec3) -> None:
    """Build a closed grand piano with its keys in front and its straight side on the player's left."""
    depth, width, height = size
    part, wood = builder.part(), _case(builder)
    brass, black = builder.style.part("metal", "gold"), builder.style.part("metal", "black")
    fill = bulk(wood, 420)
    front, back, left = depth / 2, -depth / 2, -width / 2
    low, deck = height - 0.33, height - 0.025
    arm, reach = 0.06, 0.28
    shoulder = front - reach
    stations = np.linspace(0.0, 1.0, 9)
    xs = shoulder - stations * (shoulder - back)
    bend = 0.5 - 0.5 * np.cos(math.pi * np.clip((stations - 0.12) / 0.72, 0, 1))
    rights = width / 2 - 0.48 * width * bend
    round_off = np.sqrt(np.clip(1 - ((stations - 0.86) / 0.14).clip(0) ** 2, 0, 1))
    middle = left + 0.26 * width
    rights = middle + (rights - middle) * np.maximum(round_off, 0.25)
    lefts = left + (middle - left) * (1 - np.maximum(round_off, 0.25))
    for (x, low_y, high_y), (x2, low_y2, high_y2) in pairwise(zip(xs, lefts, rights, strict=True)):
        outline = [(x, low_y), (x, high_y), (x2, high_y2), (x2, low_y2)]
        prism(part, outline, low, deck, wood, axis=2, fill=fill)
        prism(part, outline, deck, height, wood, axis=2, fill=fill)
    part.box((reach, width, 0.11), (shoulder + reach / 2, 0, low + 0.055), wood, bevel=0.004, fill=fill)
    for sign in (-1, 1):
        y = sign * (width - arm) / 2
        outline = [(shoulder, low + 0.1), (front - 0.02, low + 0.1), (front - 0.02, low + 0.17),
                   (front - 0.1, low + 0.21), (shoulder, deck)]  # fmt: skip
        prism(part, outline, y - arm / 2, y + arm / 2, wood, axis=1, fill=fill)
    keys = width - 2 * arm - 0.02
    _keys(builder, part, front - 0.03, low + 0.11, min(_WHITE_KEYS, int(keys / _KEY_M)))
    part.box(
        (0.05, keys, deck - low - 0.14), (shoulder + 0.05, 0, (low + 0.12 + deck - 0.02) / 2), wood, fill=0.3
    )
    for x, y in ((front - 0.2, left + 0.13), (front - 0.2, -left - 0.13), (back + 0.3, middle - 0.02)):
        part.bar((x, y, low), (x, y, 0.09), 0.13, wood, end_thickness=0.08, sides=4, fill=fill)
        part.cylinder(0.035, 0.09, (x, y, 0.045), brass, fill=0.5)
    x = shoulder - 0.05
    for sign in (-1, 1):
        part.bar((x, sign * 0.07, low), (x, sign * 0.06, 0.16), 0.035, wood, fill=fill)
    part.box((0.13, 0.26, 0.08), (x, 0, 0.13), wood, bevel=0.008, fill=fill)
    for y in (-0.07, 0.0, 0.07):
        part.box((0.1, 0.026, 0.012), (x + 0.1, y, 0.105), brass, bevel=0.004)
    part.bar((x - 0.06, 0, 0.12), (x - 0.3, 0, low), 0.014, black)
    span = 0.42 * (shoulder - back)
    builder.surface("top", (shoulder - span / 2 - 0.02, left + 0.4 * width, height), (span, 0.66 * width))


def _discs(
    part: Part,
    discs: Sequence[tuple[float, float, float]],
    x: float,
    thick: float,
    wood: Material,
    fill: float,
) -> None:
    """Add elliptic plates perpendicular to x, each given by its radii along y and z and its centre z [m]."""
    turn = np.arange(28) * 2 * math.pi / 28
    for wide, tall, z in discs:
        outline = np.column_stack([wide * np.cos(turn), z + tall * np.sin(turn)])
        prism(part, outline, x - thick / 2, x + thick / 2, wood, fill=fill)


def _stand(
    part: Part, metal: Material, reach: float, x: float, half: float, cradle: float, high: float
) -> None:
    """Add a tubular guitar stand on four feet, with a cradle and a fork for the neck."""
    tube = 0.016
    for sign in (-1, 1):
        y = sign * half
        part.bar((reach, y, tube / 2), (x - 0.06, 0.35 * y, cradle + 0.05), tube, metal, fill=0.3)
        part.bar((-reach, y, tube / 2), (x - 0.06, 0.35 * y, cradle + 0.05), tube, metal, fill=0.3)
        part.box((0.02, 0.03, 0.016), (reach - 0.01, y, 0.008), metal, fill=0.3)
        part.box((0.02, 0.03, 0.016), (-reach + 0.01, y, 0.008), metal, fill=0.3)
        part.bar((x - 0.06, 0.35 * y, cradle), (x + 0.06, 0.35 * y, cradle), tube, metal, fill=0.3)
        part.bar((x + 0.06, 0.35 * y, cradle), (x + 0.06, 0.35 * y, cradle + 0.03), tube, metal, fill=0.3)
        part.bar((x - 0.06, 0, high), (x + 0.02, sign * 0.035, high), 0.012, metal, fill=0.3)
    part.bar(
        (x - 0.06, -0.36 * half, cradle + 0.05), (x - 0.06, 0.36 * half, cradle + 0.05), tube, metal, fill=0.3
    )
    part.bar((x - 0.06, 0, cradle + 0.05), (x - 0.06, 0, high), tube, metal, fill=0.3)


def _neck(
    builder: AssetBuilder, part: Part, x: float, low: float, top: float, wood: Material, pegs: int
) -> None:
    """Add neck, fretboard, head and strings of a guitar, from z = `low` to z = `top` [m]."""
    dark, steel = builder.style.part("wood", "walnut"), builder.style.part("metal", "silver")
    nut = top - 0.17
    part.box((0.022, 0.05, nut - low), (x, 0, (nut + low) / 2), wood, fill=0.9)
    part.box((0.006, 0.054, nut - low + 0.1), (x + 0.014, 0, (nut + low) / 2 - 0.05), dark, bevel=0.001)
    frets = [((0.001, 0.054, 0.002), (x + 0.0175, 0, low + (nut - low) * k / 9)) for k in range(1, 9)]
    head = [(-0.03, nut), (0.03, nut), (0.042, top - 0.02), (0.03, top), (-0.03, top), (-0.042, top - 0.02)]
    prism(part, head, x - 0.011, x + 0.007, wood, fill=0.9)
    strings = [((0.001, 0.0012, nut - low + 0.3), (x + 0.022, y, (nut + low) / 2 - 0.15))
               for y in np.linspace(-0.02, 0.02, 6)]  # fmt: skip
    tiles(part, frets + strings, steel)
    for k in range(pegs):
        z = nut + 0.03 + 0.11 * k / max(1, pegs - 1)
        for sign in (-1, 1):
            part.box((0.008, 0.022, 0.012), (x, sign * 0.048, z), steel, bevel=0.003, collide=False)


def guitar(builder: AssetBuilder, size: Vec3) -> float:
    """Build an acoustic guitar on its stand."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = style.main("wood", colours=("pine", "oak", "cherry", "birch", "walnut"))
    dark, black = style.part("wood", "walnut"), style.part("metal", "black")
    foot = 0.1
    r, thick, x = 0.19, 0.1, 0.03
    fill = bulk(wood, 130)
    long = 0.47 * (height - foot)
    lower, upper = foot + 0.19, foot + long - 0.125
    _discs(part, [(r, 0.19, lower), (0.75 * r, 0.125, upper)], x, thick, wood, fill)
    waist = [(-0.66 * r, lower + 0.1), (0.66 * r, lower + 0.1), (0.6 * r, upper), (-0.6 * r, upper)]
    prism(part, waist, x - thick / 2, x + thick / 2, wood, fill=fill)
    face = x + thick / 2
    part.cylinder(0.058, 0.002, (face, 0, upper - 0.05), dark, axis="x", collide=False)
    part.cylinder(
        0.05, 0.003, (face, 0, upper - 0.05), style.part("plastic", "black"), axis="x", collide=False
    )
    part.box((0.014, 0.16, 0.026), (face + 0.005, 0, lower - 0.03), dark, bevel=0.004)
    _neck(builder, part, face - 0.008, foot + long - 0.02, height, dark, 3)
    _stand(part, black, depth / 2, x, width / 2 - 0.015, foot - 0.02, foot + long + 0.12)
    return 0.05


def electric_guitar(builder: AssetBuilder, size: Vec3) -> float:
    """Build a solid-body electric guitar with two horns on its stand."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paint = style.main("plastic", colours=("red", "black", "blue", "white", "orange", "turquoise"))
    maple, black = style.part("wood", "pine"), style.part("metal", "black")
    steel, guard = style.part("metal", "silver"), style.part("plastic", "white")
    foot, x, thick = 0.1, 0.02, 0.045
    fill = bulk(paint, 480)
    lower = foot + 0.165
    _discs(part, [(0.165, 0.165, lower), (0.13, 0.11, lower + 0.15)], x, thick, paint, fill)
    for sign, reach in ((-1, 0.4), (1, 0.345)):
        horn = [(sign * 0.05, lower + 0.13), (sign * 0.13, lower + 0.16), (sign * 0.145,
                lower + reach - 0.17),
                (sign * 0.115, lower + reach - 0.155), (sign * 0.07, lower + 0.22)]  # fmt: skip
        prism(part, horn, x - thick / 2, x + thick / 2, paint, fill=fill)
    face = x + thick / 2
    plate = [
        (-0.09, lower - 0.02),
        (-0.05, lower - 0.1),
        (0.0, lower - 0.02),
        (0.04, lower + 0.18),
        (-0.09, lower + 0.2),
    ]
    prism(part, plate, face - 0.001, face + 0.003, guard, collide=False)
    for k in range(3):
        part.box((0.012, 0.07, 0.018), (face + 0.006, 0, lower + 0.02 + 0.055 * k), black, bevel=0.003)
    part.box((0.014, 0.075, 0.03), (face + 0.006, 0, lower - 0.05), steel, bevel=0.003)
    for y, z in ((-0.07, -0.03), (-0.09, 0.01)):
        part.cylinder(0.012, 0.016, (face + 0.008, y, lower + z), steel, axis="x", collide=False)
    _neck(builder, part, face + 0.002, lower + 0.2, height, maple, 3)
    _stand(part, black, depth / 2, x, width / 2 - 0.015, foot - 0.02, lower + 0.42)
    return 0.05


def _cymbal(part: Part, x: float, y: float, z: float, radius: float, brass: Material) -> None:
    part.lathe(
        [(radius, z), (0.3 * radius, z + 0.012), (0.12 * radius, z + 0.03), (0.03, z + 0.034)],
        brass, center=(x, y, 0), fill=0.05,
    )  # fmt: skip


def _tripod(
    part: Part, x: float, y: float, high: float, metal: Material, reach: float = 0.2, thick: float = 0.02
) -> None:
    """Add a pole on three feet."""
    for k in range(3):
        turn = 0.5 + k * 2 * math.pi / 3
        fx, fy = x + reach * math.cos(turn), y + reach * math.sin(turn)
        part.bar((fx, fy, thick / 2), (x, y, 0.26), thick, metal, fill=0.5)
        part.box((thick, thick, thick), (fx, fy, thick / 2), metal, fill=0.5)
    part.bar((x, y, 0.2), (x, y, high), thick, metal, fill=0.5)


def drum_kit(builder: AssetBuilder, size: Vec3) -> None:
    """Build a drum kit that faces the audience in front: bass drum, toms, snare, cymbals and a stool."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("painted wood", colours=("red", "blue", "black", "white", "green"))
    skin, chrome = style.part("plastic", "white"), style.part("metal", "silver")
    brass, black = style.part("metal", "gold"), style.part("leather", "black")
    fill = bulk(shell, 60)
    front = depth / 2
    r, deep = 0.28, 0.38
    x = front - deep / 2
    part.cylinder(r, deep, (x, 0, r + 0.02), shell, axis="x", fill=fill)
    for end in (front - 0.006, front - deep + 0.006):
        part.cylinder(
            r + 0.008,
            0.03,
            (end - math.copysign(0.01, end - x), 0, r + 0.02),
            chrome,
            axis="x",
            fill=0.1,
            collide=False,
        )
    part.cylinder(r - 0.012, 0.003, (front + 0.0005, 0, r + 0.02), skin, axis="x", collide=False)
    part.cylinder(0.09, 0.002, (front + 0.001, 0, r + 0.02), shell, axis="x", fill=0.1, collide=False)
    for sign in (-1, 1):
        part.bar((x + 0.06, sign * 0.2, 0.2), (x + 0.1, sign * 0.36, 0.008), 0.016, chrome)
        part.bar((x - 0.14, sign * 0.2, 0.2), (x - 0.14, sign * 0.3, 0.008), 0.016, chrome)
        _drum(part, x - 0.06, sign * 0.165, 0.7, 0.145, 0.22, shell, skin, chrome, fill, tilt=0.3)
        part.bar((x - 0.02, sign * 0.05, 2 * r), (x - 0.05, sign * 0.13, 0.75), 0.02, chrome)
    side = width / 2
    _drum(part, -0.22 * depth, -side + 0.24, 0.22, 0.2, 0.36, shell, skin, chrome, fill)
    for k in range(3):
        turn = 0.3 + k * 2 * math.pi / 3
        fx, fy = -0.22 * depth + 0.2 * math.cos(turn), -side + 0.24 + 0.2 * math.sin(turn)
        part.bar((fx, fy, 0.0), (fx, fy, 0.4), 0.012, chrome)
    _drum(part, -0.2 * depth, side - 0.5, 0.5, 0.178, 0.14, shell, skin, chrome, fill)
    _tripod(part, -0.2 * depth, side - 0.5, 0.52, chrome)
    _tripod(part, 0.0, side - 0.18, 0.93, chrome)
    for z in (0.86, 0.885):
        _cymbal(part, 0.0, side - 0.18, z, 0.178, brass)
    for y, high, radius in ((side - 0.26, height, 0.23), (-side + 0.27, height - 0.06, 0.26)):
        _tripod(part, 0.18 * depth, y, high, chrome, reach=0.22)
        _cymbal(part, 0.18 * depth, y, high - 0.08, radius, brass)
    _tripod(part, -depth / 2 + 0.17, 0.0, 0.45, chrome)
    part.lathe([(0.15, 0.44), (0.17, 0.47), (0.16, 0.51)], black, center=(-depth / 2 + 0.17, 0, 0), fill=0.4)


def _drum(
    part: Part, x: float, y: float, z: float, radius: float, tall: float, shell: Material, skin: Material,
    chrome: Material, fill: float, tilt: float = 0.0,
) -> None:  # fmt: skip
    """Add a drum with its underside at `z` [m], tilted towards the drummer behind it by `tilt` [rad]."""
    turn = np.arange(24) * 2 * math.pi / 24
    ring = np.column_stack([radius * np.cos(turn), radius * np.sin(turn), np.zeros(24)])
    lean = np.array([[math.cos(tilt), 0, -math.sin(tilt)], [0, 1, 0], [math.sin(tilt), 0, math.cos(tilt)]])
    middle = np.array([x, y, z + tall / 2])

    def disc(share: float, low: float, high: float, material: Material, weight: float, collide: bool) -> None:
        levels = [ring * (share, share, 1) + (0, 0, level) for level in (low, high)]
        hull(part, np.concatenate(levels) @ lean.T + middle, material, fill=weight, collide=collide)

    disc(1.0, -tall / 2, tall / 2, shell, fill, True)
    for level in (-tall / 2, tall / 2 - 0.02):
        disc(1.03, level, level + 0.02, chrome, 0.05, False)
    disc(0.95, tall / 2, tall / 2 + 0.003, skin, 0.3, False)


def digital_piano(builder: AssetBuilder, size: Vec3) -> None:
    """Build a digital piano on crossed legs."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    body = style.main("electronics", colours=("black", "black", "white", "grey"))
    black, lit = style.part("metal", "black"), style.part("plastic", "turquoise")
    tall = 0.1
    low = height - tall
    part.box((depth, width, 0.07), (0, 0, low + 0.035), body, bevel=0.008, fill=0.35)
    rear = 0.48 * depth
    part.box(
        (rear, width, tall - 0.06), (-depth / 2 + rear / 2, 0, height - (tall - 0.06) / 2), body, fill=0.3
    )
    count = int((width - 0.08) / _KEY_M)
    _keys(builder, part, depth / 2 - 0.008, low + 0.066, count, 0.14)
    print_on(part, (0.05, 0.14, 0.001), (-0.25 * depth, 0, height), lit)
    knobs = [
        ((0.016, 0.016, 0.006), (-0.25 * depth, y, height))
        for y in (*np.linspace(-0.45, -0.14, 7) * width, *np.linspace(0.14, 0.45, 7) * width)
    ]
    tiles(part, knobs, style.part("plastic", "grey"))
    for sign in (-1, 1):
        y = sign * 0.3 * width
        for lean in (-1, 1):
            part.bar(
                (lean * (depth / 2 - 0.02), y, 0.02),
                (-lean * (depth / 2 - 0.04), y, low),
                0.03,
                black,
                sides=4,
                fill=0.3,
            )
            part.box((0.04, 0.04, 0.024), (lean * (depth / 2 - 0.02), y, 0.012), black, fill=0.3)
    part.bar((0, -0.3 * width, low / 2), (0, 0.3 * width, low / 2), 0.03, black, fill=0.3)


def record_player(builder: AssetBuilder, size: Vec3) -> float:
    """Build a turntable with a record under a clear lid that opens."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = style.main("wood", "wood", "painted wood", colours=("walnut", "oak", "black"))
    black, steel = style.part("plastic", "black"), style.part("metal", "silver")
    rubber, label = (
        style.part("rubber", "black"),
        style.part("paper", str(style.rng.choice(["red", "orange", "blue"]))),
    )
    foot, cover, clear = 0.012, 0.052, 0.003
    top = height - cover - clear
    part.box((depth, width, top - foot), (0, 0, (top + foot) / 2), wood, bevel=0.004, fill=bulk(wood, 420))
    for sx in (-1, 1):
        for sy in (-1, 1):
            part.cylinder(0.02, foot, (sx * (depth / 2 - 0.04), sy * (width / 2 - 0.04), foot / 2), rubber)
    r = min(0.152, depth / 2 - 0.02)
    y = -width / 2 + r + 0.02
    part.cylinder(r, 0.012, (0, y, top + 0.006), steel, fill=0.4)
    part.cylinder(r - 0.003, 0.003, (0, y, top + 0.0135), black)
    for share in (0.9, 0.75, 0.6):
        band(part, r * share, top + 0.0148, top + 0.0154, rubber, width=0.004)
    part.cylinder(0.048, 0.001, (0, y, top + 0.0155), label, collide=False)
    part.cylinder(0.003, 0.012, (0, y, top + 0.02), steel, collide=False)
    post = (-depth / 2 + 0.07, width / 2 - 0.055)
    part.cylinder(0.022, 0.028, (*post, top + 0.014), steel)
    part.bar((*post, top + 0.03), (0.06, y + 0.1, top + 0.026), 0.008, steel)
    part.box((0.03, 0.016, 0.012), (0.066, y + 0.096, top + 0.024), black, bevel=0.002)
    part.cylinder(0.014, 0.012, (depth / 2 - 0.04, width / 2 - 0.04, top + 0.006), steel)
    low, wall = top + clear, 0.003
    lid = builder.moving(
        "lid", "revolute", (-depth / 2, 0, low), (0, -1, 0), 1.1, friction=0.9, damping=0.1, opens="lid"
    )
    glass = style.part("glass", "white").model_copy(update={"rgba": (0.85, 0.88, 0.9, 0.3)})
    tall = cover
    lid.box((depth, width, wall), (0, 0, low + tall - wall / 2), glass, bevel=0.0, fill=0.45)
    for sign in (-1, 1):
        lid.box(
            (depth, wall, tall - wall),
            (0, sign * (width - wall) / 2, low + (tall - wall) / 2),
            glass,
            bevel=0.0,
            fill=0.45,
        )
        lid.box(
            (wall, width - 2 * wall, tall - wall),
            (sign * (depth - wall) / 2, 0, low + (tall - wall) / 2),
            glass,
            bevel=0.0,
            fill=0.45,
        )
    return height


def vinyl_record(builder: AssetBuilder, size: Vec3) -> float:
    """Build a vinyl record that protrudes from its printed sleeve."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    sleeve = style.main("paper", colours=("white", "black", "red", "blue", "orange", "beige", "green"))
    black = style.part("plastic", "black")
    part.box((depth, width - 0.05, height), (0, -0.025, height / 2), sleeve, bevel=0.001, fill=0.8)
    r = depth / 2 - 0.006
    turn = np.linspace(-0.5, 0.5, 13) * math.pi
    reach = width / 2 - 0.025 - 0.025
    arc = np.column_stack([r * np.sin(turn), reach - r + 0.05 + 0.0 + r * np.cos(turn)])
    arc = arc[arc[:, 1] > width / 2 - 0.051]
    edge = np.vstack([arc, [(arc[-1, 0], width / 2 - 0.05), (arc[0, 0], width / 2 - 0.05)]])
    edge[:, 1] += width / 2 - edge[:, 1].max()
    prism(part, edge, 0.3 * height, 0.7 * height, black, axis=2, fill=0.6)
    tones = rng.permutation(["white", "black", "red", "turquoise", "yellow", "pink"])
    for k, radius in enumerate((0.36, 0.26, 0.16)):
        ink = style.part("paper", str(tones[k]))
        part.cylinder(
            radius * depth, 0.0006, (0, -0.025, height - 0.0001 + 0.0001 * k), ink, fill=0.0, collide=False
        )
    return height


def amplifier(builder: AssetBuilder, size: Vec3) -> None:
    """Build a guitar amplifier: a speaker behind cloth, knobs above and a handle on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("leather", colours=("black", "black", "brown", "beige"))
    cloth, steel = (
        style.part("fabric", str(style.rng.choice(["grey", "beige", "black"]))),
        style.part("metal", "silver"),
    )
    gold, black = style.part("metal", "gold"), style.part("plastic", "black")
    grip = 0.03
    top = height - grip
    part.box(
        (depth - 0.012, width, top - 0.02),
        (-0.006, 0, 0.02 + (top - 0.02) / 2),
        case,
        bevel=0.012,
        fill=bulk(case, 260),
    )
    for sx in (-1, 1):
        for sy in (-1, 1):
            part.cylinder(0.02, 0.02, (sx * (depth / 2 - 0.05), sy * (width / 2 - 0.05), 0.01), black)
    face = depth / 2 - 0.012
    part.box(
        (0.012, width - 0.05, top - 0.15),
        (face + 0.005, 0, 0.045 + (top - 0.15) / 2),
        cloth,
        bevel=0.003,
        fill=0.4,
    )
    part.box((0.01, width - 0.05, 0.055), (face + 0.004, 0, top - 0.055), steel, bevel=0.002, fill=0.2)
    for y in np.linspace(-0.38, 0.3, 6) * width:
        part.cylinder(0.012, 0.006, (face + 0.01, y, top - 0.055), black, axis="x", collide=False)
    part.cylinder(
        0.006,
        0.002,
        (face + 0.011, 0.42 * width, top - 0.055),
        style.part("plastic", "red"),
        axis="x",
        collide=False,
    )
    print_on(part, (0.001, 0.12, 0.02), (face + 0.0112, -0.3 * width, top - 0.13), gold)
    part.path(
        [
            (0, -0.09, top - 0.004),
            (0, -0.075, height - 0.008),
            (0, 0.075, height - 0.008),
            (0, 0.09, top - 0.004),
        ],
        0.016,
        black,
    )


def microphone_stand(builder: AssetBuilder, size: Vec3) -> float:
    """Build a microphone on a straight stand with a round foot."""
    height = size[2]
    radius = min(size[:2]) / 2
    style, part = builder.style, builder.part()
    metal = style.main("metal", colours=("black", "black", "silver"))
    mesh, black = style.part("metal", "grey"), style.part("plastic", "black")
    part.lathe([(radius, 0.0), (radius, 0.012), (0.04, 0.026), (0.02, 0.05)], metal, fill=0.22)
    high = height - 0.2
    part.bar((0, 0, 0.03), (0, 0, 0.6 * high), 0.022, metal, fill=0.35)
    part.bar((0, 0, 0.5 * high), (0, 0, high), 0.016, style.part("metal", "silver"), fill=0.35)
    part.cylinder(0.016, 0.05, (0, 0, 0.6 * high), black)
    part.bar((0, 0, high), (0.01, 0, high + 0.05), 0.034, black, fill=0.6)
    part.bar((-0.02, 0, high + 0.02), (0.055, 0, height - 0.055), 0.03, black, end_thickness=0.04, fill=0.6)
    turn = np.linspace(0.3, 2.85, 9)
    ball = [(0.028 * math.sin(a), height - 0.028 - 0.028 * math.cos(a)) for a in turn]
    ball[-1] = (ball[-1][0], height)
    part.lathe(ball, mesh, center=(0.06, 0, 0), fill=0.3)
    return 0.03


def microphone(builder: AssetBuilder, size: Vec3) -> float:
    """Build a studio microphone on a small round foot."""
    height, radius = size[2], min(size[:2]) / 2
    style, part = builder.style, builder.part()
    body = style.main("metal", colours=("black", "silver", "grey"))
    mesh = style.part("metal", "silver")
    part.lathe([(radius, 0.0), (radius, 0.01), (0.018, 0.018), (0.01, 0.024)], body, fill=0.4)
    part.bar((0, 0, 0.02), (0, 0, 0.45 * height), 0.014, body, fill=0.5)
    low = 0.4 * height
    part.lathe([(0.02, low), (0.027, low + 0.015), (0.027, low + 0.3 * height)], body, fill=0.25)
    top = [(0.027, low + 0.3 * height), (0.029, low + 0.31 * height), (0.029, height - 0.02), (0.016, height)]
    part.lathe(top, mesh, fill=0.1)
    for z in np.linspace(low + 0.33 * height, height - 0.03, 5):
        band(part, 0.0297, z, z + 0.003, body, width=0.002)
    return 0.054


def music_stand(builder: AssetBuilder, size: Vec3) -> float:
    """Build a music stand: a tilted desk with a ledge, on a tripod."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    metal = style.main("metal", colours=("black", "black", "silver"))
    paper = style.part("paper", "white")
    _tripod(part, 0.0, 0.0, height - 0.22, metal, reach=0.53 * depth, thick=0.02)
    tilt = 0.36
    tall = 0.33
    up = np.array([-math.sin(tilt), 0, math.cos(tilt)])
    low = np.array([0.06, 0, height - tall * math.cos(tilt) - 0.004])
    middle = low + up * tall / 2
    part.box((0.006, width, tall), tuple(middle), metal, bevel=0.002, rpy=(0, -tilt, 0), fill=0.35)
    ledge = low + np.array([0.028, 0, 0.012])
    part.box((0.05, width, 0.006), tuple(ledge), metal, bevel=0.001, rpy=(0, -tilt, 0), fill=0.35)
    for sign in (-1, 1):
        sheet = middle + np.array([0.006, sign * 0.11, 0.0])
        part.box((0.002, 0.21, 0.28), tuple(sheet), paper, bevel=0.0, rpy=(0, -tilt, 0), collide=False)
    lines = [((0.001, 0.17, 0.0018), tuple(_on(middle, up, sign * 0.11, -0.11 + 0.03 * k + 0.006 * line)))
             for sign in (-1, 1) for k in range(8) for line in range(3)]  # fmt: skip
    tiles(part, lines, style.part("plastic", "black"), tilt=-tilt)
    return 0.02


def _on(middle: Array, up: Array, y: float, along: float) -> Array:
    place: Array = middle + np.array([0.0078, y, 0.0]) + up * along
    return place


def radio(builder: AssetBuilder, size: Vec3) -> float:
    """Build a table radio: speaker cloth, a dial, two knobs and a handle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("wood", "plastic", colours=("walnut", "oak", "red", "turquoise", "black", "beige"))
    cloth, steel, dial = (
        style.part("fabric", "beige"),
        style.part("metal", "gold"),
        style.part("paper", "white"),
    )
    grip = 0.028
    top = height - grip
    face = depth / 2 - 0.012
    part.box(
        (depth - 0.012, width, top - 0.008),
        (-0.006, 0, 0.008 + (top - 0.008) / 2),
        case,
        bevel=0.014,
        fill=bulk(case, 330),
    )
    for sx in (-1, 1):
        for sy in (-1, 1):
            part.cylinder(
                0.01, 0.008, (sx * (depth / 2 - 0.025), sy * (width / 2 - 0.03), 0.004), steel, fill=0.3
            )
    part.box(
        (0.004, 0.52 * width, 0.72 * top),
        (face + 0.001, -0.19 * width, 0.5 * top),
        cloth,
        bevel=0.001,
        fill=0.3,
    )
    ribs = [
        ((0.001, 0.5 * width, 0.003), (face + 0.0035, -0.19 * width, 0.22 * top + 0.08 * top * k))
        for k in range(8)
    ]
    tiles(part, ribs, style.part("fabric", "brown"))
    part.cylinder(
        0.17 * width, 0.004, (face + 0.001, 0.27 * width, 0.62 * top), dial, axis="x", collide=False
    )
    part.cylinder(0.06 * width, 0.014, (face + 0.005, 0.27 * width, 0.62 * top), steel, axis="x", fill=0.3)
    part.box(
        (0.001, 0.003, 0.13 * width),
        (face + 0.0035, 0.27 * width, 0.62 * top + 0.1 * width),
        style.part("plastic", "red"),
        bevel=0.0,
        collide=False,
    )
    for y in (0.18, 0.36):
        part.cylinder(
            0.022 * width / 0.28, 0.012, (face + 0.006, y * width, 0.2 * top), steel, axis="x", fill=0.3
        )
    half = 0.34 * width
    part.path(
        [
            (0, -half, top - 0.003),
            (0, -half, height - 0.006),
            (0, half, height - 0.006),
            (0, half, top - 0.003),
        ],
        0.012,
        steel,
    )
    return depth


FAMILIES = (
    Family(
        "piano", "piano.n.01", (0.58, 1.44, 1.12), (0.66, 1.54, 1.32), piano, "",
        words=("upright piano", "spinet"), mount="floor", mass=225.0,
    ),
    Family(
        "grand piano", "grand_piano.n.01", (1.48, 1.46, 0.97), (1.85, 1.54, 1.02), grand_piano, "",
        words=("baby grand", "baby grand piano", "concert piano"), kinds=("piano",), mount="floor",
               mass=300.0,
    ),
    Family(
        "digital piano", "synthesizer.n.02", (0.28, 1.18, 0.78), (0.36, 1.36, 0.88), digital_piano, "",
        words=("electric piano", "keyboard piano", "piano keyboard", "synthesizer", "synth",
               "electronic keyboard", "electronic piano", "music keyboard", "midi keyboard"),
        kinds=("piano",), mount="floor", mass=17.0,
    ),
    Family(
        "guitar", "guitar.n.01", (0.34, 0.38, 1.08), (0.40, 0.42, 1.16), guitar, "",
        words=("acoustic guitar", "classical guitar", "guitar on a stand"), mount="floor", mass=4.0,
    ),
    Family(
        "electric guitar", "electric_guitar.n.01", (0.34, 0.36, 1.08), (0.40, 0.42, 1.14), electric_guitar,
        "",
        words=("bass guitar",), kinds=("guitar",), mount="floor", mass=6.0,
    ),
    Family(
        "drum kit", "drum.n.01", (1.2, 1.55, 1.15), (1.4, 1.75, 1.3), drum_kit, "",
        words=("drum set", "drumset", "drumkit", "drums"), mount="floor", mass=42.0,
    ),
    Family(
        "amplifier", "amplifier.n.01", (0.24, 0.46, 0.43), (0.30, 0.62, 0.55), amplifier, "",
        words=("amp", "guitar amp", "guitar amplifier", "tube amplifier"), mount="floor", mass=15.0,
    ),
    Family(
        "microphone stand", "stand.n.04", (0.25, 0.25, 1.35), (0.30, 0.30, 1.65), microphone_stand, "",
        words=("mic stand",), mount="floor", mass=4.5,
    ),
    Family(
        "microphone", "microphone.n.01", (0.11, 0.11, 0.22), (0.13, 0.13, 0.29), microphone, "",
        words=("mic", "studio microphone", "condenser microphone"), has_front=False, mass=0.8,
    ),
    Family(
        "music stand", "music_stand.n.01", (0.40, 0.46, 1.1), (0.48, 0.54, 1.35), music_stand, "",
        mount="floor", mass=3.0,
    ),
    Family(
        "record player", "record_player.n.01", (0.34, 0.42, 0.13), (0.38, 0.46, 0.16), record_player, "",
        words=("turntable", "phonograph", "vinyl player", "gramophone"), mass=6.0,
    ),
    Family(
        "vinyl record", "phonograph_record.n.01", (0.315, 0.365, 0.005), (0.315, 0.375, 0.008),
        vinyl_record, "",
        words=("record", "vinyl", "lp", "phonograph record", "music record"), has_front=False, mass=0.3,
    ),
    Family(
        "radio", "radio_receiver.n.01", (0.11, 0.24, 0.16), (0.15, 0.32, 0.22), radio, "radio",
        words=("radio set", "transistor radio", "boombox"),
    ),
)  # fmt: skip
