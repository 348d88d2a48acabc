"""Writing utensils, desk accessories, tablets, phones and headphones."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, hull_mesh
from sage.assets.families import household, papers
from sage.assets.families.forms import bulk, hull, print_on, prism, rounded, stacked, superellipse, tiles
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_INKS = ("blue", "red", "black", "green", "purple", "orange")


def _rod(
    part: Part, thickness: float, stretches: Sequence[tuple[Material, float, Sequence[tuple[float, float]]]]
) -> None:
    """Add an octagonal rod that lies along x on a facet.

    Its collider is one box, which rests on four points; in Bullet, light round hulls roll.

    Args:
        part: part that receives the rod.
        thickness: largest distance between opposite facets [m].
        stretches: for each section its material, its bulk density [kg/m3] and its profile: pairs of x [m] and
            relative thickness.
    """
    places = [x for _, _, rows in stretches for x, _ in rows]
    for material, density, rows in stretches:
        rings = [
            superellipse((share * thickness, share * thickness), (x, 0, thickness / 2), 2, count=8, axis="x")
            for x, share in rows
        ]
        hull(part, np.concatenate(rings), material, fill=bulk(material, density), collide=False)
    touch = (max(places) - min(places), 0.8 * thickness, thickness)
    part.box(touch, (0, 0, thickness / 2), stretches[0][0], fill=0.0, visible=False)


def pen(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ballpoint pen with a clip, a grip, a button and a brass refill, its tip in front."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    material = style.main("plastic", "metal", colours=_INKS)
    grip, metal = style.part("rubber", "black"), style.part("metal", "silver")
    rear, front = -depth / 2, depth / 2
    density = 1400 if material.metallic else 1050
    _rod(part, height, [
        (material, density, [(rear + 0.010, 0.9), (rear + 0.014, 1), (front - 0.040, 1)]),
        (grip, 1050, [(front - 0.040, 0.98), (front - 0.014, 0.86)]),
        (metal, 2500, [(front - 0.014, 0.84), (front - 0.003, 0.34), (front, 0.12)]),
        (metal, 2500, [(rear, 0.42), (rear + 0.010, 0.45)]),
    ])  # fmt: skip
    ends = (0.02 - depth / 2, depth / 2 - 0.014)
    tube = [superellipse((0.0045, 0.0045), (x, 0, height / 2), 2, count=8, axis="x") for x in ends]
    part.solid(hull_mesh(np.concatenate(tube)), metal, [], 1.0, visible=False)
    print_on(part, (0.038, 0.003, 0.0016), (rear + 0.034, 0, height + 0.0004), metal)
    return height


def pencil(builder: AssetBuilder, size: Vec3) -> float:
    """Build a sharpened pencil, with or without an eraser at its end, its tip in front."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    paint = style.main("painted wood", colours=("yellow", "red", "blue", "green", "black", "orange"))
    wood = style.part("wood", "birch")
    lead = style.part("rubber", "black")
    rear, front = -depth / 2, depth / 2
    tip, point = front - 0.022, front - 0.006
    stretches: list[tuple[Material, float, list[tuple[float, float]]]] = [
        (wood, 620, [(tip, 1), (point, 0.3)]), (lead, 1500, [(point, 0.3), (front, 0.06)])
    ]  # fmt: skip
    if style.rng.random() < 0.6:
        stretches.append((style.part("rubber", "red"), 1100, [(rear, 0.8), (rear + 0.008, 0.88)]))
        stretches.append((style.part("metal", "gold"), 1500, [(rear + 0.008, 0.96), (rear + 0.018, 0.96)]))
        rear += 0.018
    stretches.append((paint, 620, [(rear, 1), (tip, 1)]))
    _rod(part, height, stretches)
    return height


def marker(builder: AssetBuilder, size: Vec3) -> float:
    """Build a marker with its cap on and in front."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    ink = style.main("plastic", colours=("black", "blue", "red", "green", "orange", "pink", "yellow"))
    body = ink if style.rng.random() < 0.4 else style.part("plastic", "white")
    rear, front = -depth / 2, depth / 2
    seam = front - depth * float(style.rng.uniform(0.34, 0.42))
    _rod(part, height, [
        (body, 850, [(rear + 0.004, 0.94), (seam, 0.94)]),
        (ink, 850, [(seam, 1), (front - 0.006, 1), (front, 0.6)]),
        (ink, 850, [(rear, 0.7), (rear + 0.004, 0.8)]),
    ])  # fmt: skip
    print_on(part, (depth * 0.3, height * 0.34, 0.0012), (rear + depth * 0.32, 0, height * 0.97), ink)
    return height


def glue_stick(builder: AssetBuilder, size: Vec3) -> float:
    """Build a glue stick that lies on a facet, its cap in front."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    body = style.main("plastic", colours=("white", "yellow", "purple", "blue"))
    cap = style.part("plastic", str(style.rng.choice(["red", "yellow", "blue", "orange", "green"])))
    label = style.part("paper", str(style.rng.choice(["red", "blue", "green", "black"])))
    rear, seam, front = -depth / 2, depth * 0.2, depth / 2
    _rod(part, height, [
        (body, 850, [(rear + 0.008, 0.94), (seam, 0.94)]),
        (cap, 850, [(seam, 1), (front - 0.003, 1), (front, 0.86)]),
        (cap, 850, [(rear, 1), (rear + 0.008, 1)]),
        (label, 0, [(rear + 0.018, 0.96), (seam - 0.008, 0.96)]),
    ])  # fmt: skip
    return height


def eraser(builder: AssetBuilder, size: Vec3) -> float:
    """Build an eraser in a printed sleeve."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rubber = style.main("rubber", colours=("white", "pink", "white", "blue", "green"))
    sleeve = style.part("paper", str(style.rng.choice(["blue", "black", "red", "green"])))
    part.box(size, (0, 0, height / 2), rubber, bevel=0.002)
    cover = depth * 0.62
    for z, ink in ((height / 2, sleeve), (height, style.part("paper", "white"))):
        tall, share = (height - 0.0004, 1.0) if ink is sleeve else (0.0012, 0.3)
        print_on(
            part, (cover * share, width * min(1.02, share + 0.4), tall), (-(depth - cover) / 2, 0, z), ink
        )
    return width


def whiteboard_eraser(builder: AssetBuilder, size: Vec3) -> float:
    """Build a whiteboard eraser: a grip on a block of felt."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    grip = style.main("plastic", "wood", colours=("blue", "red", "black", "green", "yellow"))
    felt_pad = style.part("fabric", style.colour("fabric", "grey", "black"))
    pad = height * 0.45
    part.box((depth, width, pad), (0, 0, pad / 2), felt_pad, bevel=0.001, fill=1.0)
    levels = [
        (pad, depth * 0.98, width * 0.98),
        (height - 0.004, depth * 0.96, width * 0.9),
        (height, depth * 0.9, width * 0.76),
    ]
    stacked(part, levels, grip, square=7, count=20, fill=bulk(grip, 600))
    return width * 0.9


def ruler(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ruler with marks along its rear edge."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("wood", "plastic", "metal", colours=("yellow", "white", "blue", "green", "orange"))
    part.box(size, (0, 0, height / 2), material, bevel=0.0006, fill=bulk(material, 2000))
    ink = style.part("paper", "black" if style.attributes["color"] != "black" else "white")
    marks: list[tuple[Vec3, Vec3]] = []
    for number, y in enumerate(np.arange(-width / 2 + 0.005, width / 2 - 0.004, 0.005)):
        tall = depth * (0.32 if number % 2 == 0 else 0.18)
        marks.append(((tall, 0.0008, 0.0006), ((tall - depth) / 2, float(y), height)))
    tiles(part, marks, ink)
    return height


def scissors(builder: AssetBuilder, size: Vec3) -> float:
    """Build a pair of scissors, closed or slightly open, its tips in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    grip = style.main("plastic", colours=("black", "red", "blue", "orange", "green"))
    steel = style.part("metal", "silver")
    opening = float(style.rng.uniform(0.02, 0.10))
    pivot, half = 0.02, height / 2
    for sign, low in ((1, 0.0), (-1, half)):
        tip = (depth / 2, sign * (0.004 + opening * (depth / 2 - pivot)))
        heel = [(-0.014, -sign * 0.002), (-0.014, -sign * 0.014), (pivot, -sign * 0.005)]
        blade = [tip, (pivot, sign * 0.010), *heel, (tip[0], tip[1] - sign * 0.002)]
        prism(part, blade, low, low + half, steel, axis=2)
        ring_y, ring_x, long, wide = -sign * (width / 4), -depth / 2 + depth * 0.19, depth * 0.38, width / 2
        mesh = trimesh.creation.annulus(0.68, 1.0, height, sections=20)
        mesh.apply_transform(np.diag([long / 2, wide / 2, 1.0, 1.0]))
        mesh.apply_translation((ring_x, ring_y, half))
        ends = [superellipse((long, wide), (ring_x, ring_y, z), 2, count=16) for z in (0.0, height)]
        part.solid(mesh, grip, [np.concatenate(ends)], 1.0)
        start = (ring_x + long * 0.46, ring_y * 0.8, half)
        part.bar(start, (-0.004, -sign * 0.006, half), height * 0.9, steel, sides=4, collide=False)
    part.cylinder(0.004, 0.0008, (0.012, 0, height), style.part("metal", "grey"), fill=0.0, collide=False)
    return height


def stapler(builder: AssetBuilder, size: Vec3) -> float:
    """Build a stapler with its opening in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("plastic", "metal", colours=("black", "red", "blue", "grey", "green"))
    steel = style.part("metal", "silver")
    fill = bulk(material, 900)
    foot = 0.009
    part.box((depth, width, foot), (0, 0, foot / 2), material, bevel=0.003, fill=fill)
    part.box(
        (0.02, width * 0.5, 0.002), (depth / 2 - 0.018, 0, foot), steel, bevel=0.0, fill=0.5, collide=False
    )
    rear, front = -depth / 2 + 0.004, depth / 2 - 0.004
    rail = [
        (rear, foot),
        (rear + 0.03, foot),
        (front, height * 0.44),
        (front, height * 0.60),
        (rear, height * 0.5),
    ]
    prism(part, rail, -width * 0.34, width * 0.34, steel, axis=1, fill=bulk(steel, 1500))
    nose = [(front + 0.003, height * 0.58), (front + 0.003, height * 0.78), (front - 0.012, height * 0.92)]
    arm = [(rear, height * 0.46), *nose, (0.0, height), (rear + 0.02, height * 0.9), (rear, height * 0.7)]
    prism(part, arm, -width * 0.44, width * 0.44, material, axis=1, fill=fill)
    print_on(part, (depth * 0.3, width * 0.89, height * 0.06), (-depth * 0.06, 0, height * 0.74), steel)
    return width


def tape_dispenser(builder: AssetBuilder, size: Vec3) -> float:
    """Build a heavy tape dispenser with the roll at the back and a cutter in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("plastic", colours=("black", "red", "blue", "white", "green", "pink"))
    fill = bulk(material, 500)
    base = height * 0.42
    low = [(-depth / 2, 0), (depth / 2, 0), (depth / 2, base * 0.5), (depth * 0.2, base), (-depth / 2, base)]
    prism(part, low, -width / 2, width / 2, material, axis=1, fill=fill)
    nose = [
        (depth * 0.26, base * 0.7),
        (depth / 2, base * 0.45),
        (depth / 2, height * 0.58),
        (depth / 2 - 0.012, height * 0.62),
    ]
    prism(part, nose, -width * 0.32, width * 0.32, material, axis=1, fill=fill)
    radius = (height - base * 0.5) / 2
    at = (-depth * 0.16, 0, height - radius)
    tape, core = (
        style.part("plastic", "beige"),
        style.part("plastic", "white" if style.rng.random() < 0.5 else "grey"),
    )
    part.cylinder(radius, width * 0.5, at, tape, axis="y", fill=bulk(tape, 500))
    part.cylinder(radius * 0.62, width * 0.52, at, core, axis="y", fill=0.0, collide=False)
    part.cylinder(radius * 0.2, width * 0.9, at, material, axis="y", fill=0.1, collide=False)
    start, end = (at[0] + radius * 0.5, at[2] + radius * 0.84), (depth / 2 - 0.006, height * 0.62)
    strip = [start, end, (end[0], end[1] - 0.001), (start[0], start[1] - 0.001)]
    prism(part, strip, -width * 0.24, width * 0.24, tape, axis=1, fill=0.0, collide=False)
    steel = style.part("metal", "silver")
    print_on(part, (0.002, width * 0.56, 0.006), (depth / 2, 0, height * 0.58), steel)
    return width


def calculator(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat calculator with its display at the back, away from a user in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("electronics", colours=("black", "grey", "white", "blue"))
    body = height - 0.003
    slope = body * 0.30
    side = [(-depth / 2, 0), (depth / 2, 0), (depth / 2, body - slope), (-depth / 2, body)]
    prism(part, side, -width / 2, width / 2, case, axis=1, fill=bulk(case, 660))
    tilt = math.atan2(slope, depth)

    def level(x: float) -> float:
        return body - slope * (x + depth / 2) / depth

    for x, wide, tall, kind, colour in (
        (-0.33, 0.84, 0.17, "electronics", "turquoise"),
        (-0.45, 0.4, 0.05, "electronics", "black"),
    ):
        at = (x * depth, 0.0 if tall > 0.1 else width * 0.2, level(x * depth) + 0.0004)
        print_on(part, (depth * tall, width * wide, 0.0012), at, style.part(kind, colour), (0, tilt, 0))
    shapes = (depth * 0.085, width * 0.15, 0.005)
    grids = {name: [] for name in ("dark", "light", "red")}  # type: dict[str, list[tuple[Vec3, Vec3]]]
    for row in range(5):
        for column in range(4):
            x, y = depth * (-0.15 + 0.135 * row), width * (-0.315 + 0.21 * column)
            name = "red" if (row, column) == (0, 0) else "light" if column == 3 or row == 0 else "dark"
            grids[name].append((shapes, (x, y, level(x))))
    dark = "black" if style.attributes["color"] != "black" else "grey"
    for name, colour in (("dark", dark), ("light", "silver"), ("red", "red")):
        tiles(part, grids[name], style.part("rubber", colour), tilt)
    return width


def headphones(builder: AssetBuilder, size: Vec3) -> float:
    """Build headphones that lie flat with their cushions up and the band in an arc behind."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("black", "white", "grey", "blue", "red"))
    pad = style.part("leather", "black" if style.rng.random() < 0.7 else "brown")
    across = width * 0.42
    x, y = depth / 2 - across * 0.56, (width - across) / 2
    for sign in (-1, 1):
        at, seam = (x, sign * y), height * 0.55
        cup = [(0, across, 0.86 * across), (seam, 1.1 * across, across)]
        stacked(part, cup, shell, count=20, center=at, fill=bulk(shell, 550))
        cushion = [(seam, 1.08 * across, 0.98 * across), (height, 0.94 * across, 0.84 * across)]
        stacked(part, cushion, pad, count=20, center=at, fill=0.3)
        inner = [(z, across * 0.6, across * 0.5) for z in (height, height + 0.0006)]
        stacked(part, inner, style.part("fabric", "grey"), center=at, fill=0.0, collide=False)
    tall, thick, reach = height * 0.62, 0.010, depth / 2 + x
    turns = np.linspace(-math.pi / 2, math.pi / 2, 6)
    arcs = [
        [(x - r * math.cos(t), (y + 0.004 + r - reach) * math.sin(t)) for t in turns]
        for r in (reach, reach - thick)
    ]
    for number in range(5):
        outline = [arcs[0][number], arcs[0][number + 1], arcs[1][number + 1], arcs[1][number]]
        prism(part, outline, 0, tall, shell, axis=2, fill=bulk(shell, 900))
    return height


def mouse_pad(builder: AssetBuilder, size: Vec3) -> float:
    """Build a mouse pad, plain or with a printed field."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cloth = style.main("rubber", colours=("black", "grey", "blue", "red", "green"))
    outline = rounded(depth, width, 0.012)
    prism(part, outline, 0, height, cloth, axis=2, fill=0.75)
    if style.rng.random() < 0.6:
        field = style.part("fabric", style.colour("fabric", "blue", "grey", "purple", "turquoise", "orange"))
        prism(part, outline * 0.93, height, height + 0.0003, field, axis=2, fill=0.0, collide=False)
    builder.surface("top", (0, 0, height), (depth * 0.92, width * 0.92))
    return height


def tablet(builder: AssetBuilder, size: Vec3) -> float:
    """Build a tablet computer that lies on its back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("electronics", colours=("grey", "black", "silver", "white", "blue"))
    screen = style.part("electronics", "black")
    prism(part, rounded(depth, width, 0.012), 0, height, case, axis=2, fill=bulk(case, 1300))
    print_on(part, (depth - 0.010, width - 0.010, 0.0006), (0, 0, height), screen)
    if style.rng.random() < 0.6:
        lit = style.part("electronics", str(style.rng.choice(["blue", "turquoise", "purple"])))
        print_on(part, (depth - 0.026, width - 0.026, 0.0010), (0, 0, height), lit)
        step, side = width * 0.2, width * 0.11
        icons = [((side, side, 0.0014), (depth * 0.3 - row * step, (column - 1.5) * step, height))
                 for row in range(4) for column in range(4)]  # fmt: skip
        tiles(part, icons, style.part("electronics", "white"))
    return height


def desk_phone(builder: AssetBuilder, size: Vec3) -> float:
    """Build a desk phone that faces a user in front: the handset on their left, keys and a display."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    case = style.main("plastic", colours=("black", "grey", "white", "beige"))
    keys = style.part("plastic", "grey" if style.attributes["color"] in ("black", "white") else "black")
    body, nose = height - 0.034, 0.028
    side = [(-depth / 2, 0), (depth / 2, 0), (depth / 2, nose), (-depth * 0.3, body), (-depth / 2, body)]
    prism(part, side, -width / 2, width / 2, case, axis=1, fill=bulk(case, 330))
    slope = math.atan2(body - nose, depth * 0.8)
    normal = np.array([math.sin(slope), 0, math.cos(slope)])

    def on(x: float, y: float, lift: float) -> list[float]:
        place = np.array([x, y, nose + (body - nose) * (depth / 2 - x) / (0.8 * depth)]) + lift * normal
        return [float(value) for value in place]

    display = style.part("electronics", "turquoise")
    print_on(
        part,
        (depth * 0.16, width * 0.42, 0.002),
        on(-depth * 0.17, width * 0.20, 0.0),
        display,
        (0, slope, 0),
    )
    spots = [
        (depth * (0.02 + 0.105 * row), width * (0.06 + 0.14 * column))
        for row in range(4)
        for column in range(3)
    ]
    tiles(part, [((depth * 0.07, width * 0.10, 0.006), (*on(x, y, 0.001),)) for x, y in spots], keys, slope)
    line = -width * 0.30
    grip = [on(x, line, 0.026) for x in (-depth * 0.26, depth * 0.36)]
    part.bar(grip[0], grip[1], 0.032, case, fill=bulk(case, 500))
    for x in (-depth * 0.26, depth * 0.36):
        part.bar(
            on(x, line, -0.004),
            on(x, line, 0.030),
            0.056,
            case,
            end_thickness=0.044,
            sides=12,
            fill=bulk(case, 500),
        )
    return 0.032


def hole_punch(builder: AssetBuilder, size: Vec3) -> float:
    """Build a hole punch: a base with its slot in front, two dies and a lever."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("metal", "plastic", colours=("black", "grey", "blue", "red"))
    steel, dark = style.part("metal", "silver"), style.part("rubber", "black")
    base = 0.014
    part.box((depth, width, base), (0, 0, base / 2), dark, bevel=0.002, fill=0.5)
    rear, front = -depth / 2 + 0.008, depth * 0.22
    housing = [(rear, base), (front, base), (front, base + 0.014), (rear, height * 0.66)]
    prism(part, housing, -width * 0.42, width * 0.42, steel, axis=1, fill=bulk(steel, 600))
    lever = [(rear - 0.004, height * 0.62), (-depth * 0.1, height * 0.66), (depth * 0.42, height * 0.80),
             (depth * 0.44, height * 0.88), (depth * 0.2, height), (rear - 0.004, height * 0.86)]  # fmt: skip
    prism(part, lever, -width * 0.47, width * 0.47, material, axis=1, fill=bulk(material, 450))
    for sign in (-1, 1):
        at = (front - 0.004, sign * width * 0.32, base + 0.012)
        part.cylinder(0.007, 0.024, at, steel, fill=0.0, collide=False)
    return width * 0.94


FAMILIES: tuple[Family, ...] = (
    Family("pen", "pen.n.01", (0.13, 0.0092, 0.0086), (0.15, 0.0092, 0.0094), pen, "pen",
           words=("ballpoint", "ballpoint pen", "biro", "ball pen")),
    Family("pencil", "pencil.n.01", (0.135, 0.008, 0.0080), (0.15, 0.008, 0.0092), pencil, "colored_pencil",
           words=("colored pencil", "coloured pencil", "lead pencil")),
    Family("marker", "marker.n.03", (0.125, 0.014, 0.0135), (0.145, 0.018, 0.0175), marker, "marker",
           words=("felt pen", "whiteboard marker", "highlighter", "felt-tip pen", "felt tip", "marker pen")),
    Family("eraser", "rubber_eraser.n.01", (0.042, 0.019, 0.011), (0.062, 0.026, 0.015), eraser,
           "rubber_eraser", words=("rubber", "pencil eraser", "rubber eraser"), has_front=False),
    Family("whiteboard eraser", "blackboard_eraser.n.01", (0.12, 0.048, 0.030), (0.16, 0.060, 0.045),
           whiteboard_eraser, "blackboard_eraser", words=("blackboard eraser", "chalkboard eraser",
           "board eraser", "board rubber"), kinds=("eraser",), has_front=False),
    Family("ruler", "rule.n.12", (0.033, 0.305, 0.0033), (0.038, 0.34, 0.0036), ruler, "ruler"),
    Family("scissors", "scissors.n.01", (0.17, 0.070, 0.0091), (0.20, 0.085, 0.0094), scissors, "shears",
           words=("pair of scissors", "scissor", "shears")),
    Family("stapler", "stapler.n.01", (0.115, 0.032, 0.050), (0.15, 0.042, 0.062), stapler, "stapler"),
    Family("tape dispenser", "cellulose_tape_dispenser.n.01", (0.125, 0.050, 0.062), (0.155, 0.062, 0.078),
           tape_dispenser, "cellulose_tape_dispenser", words=("tape", "sticky tape", "adhesive tape",
           "sellotape", "scotch tape")),
    Family("calculator", "calculator.n.02", (0.13, 0.075, 0.018), (0.17, 0.115, 0.028), calculator,
           "calculator", words=("pocket calculator",)),
    Family("headphones", "headphone.n.01", (0.17, 0.17, 0.036), (0.20, 0.19, 0.046), headphones, "",
           words=("headphone", "headset", "pair of headphones")),
    Family("mouse pad", "mousepad.n.01", (0.25, 0.272, 0.0036), (0.28, 0.36, 0.0042), mouse_pad, "mousepad",
           words=("mousepad", "mouse mat"), has_front=False),
    Family("tablet", "tablet.n.05", (0.225, 0.155, 0.0080), (0.28, 0.20, 0.0095), tablet, "tablet",
           words=("tablet computer", "tablet pc"), has_front=False),
    Family("desk phone", "desk_phone.n.01", (0.20, 0.18, 0.105), (0.24, 0.22, 0.125), desk_phone,
           "desk_phone", words=("telephone", "landline phone", "landline", "office phone"), kinds=("phone",)),
    Family("hole punch", "punch.n.03", (0.10, 0.105, 0.060), (0.13, 0.13, 0.085), hole_punch, "",
           words=("hole puncher", "puncher", "paper punch")),
    Family("glue stick", "glue_stick.n.01", (0.085, 0.021, 0.020), (0.11, 0.028, 0.027), glue_stick,
           "glue_stick", words=("glue",)),
    *papers.FAMILIES,
    *household.FAMILIES,
)  # fmt: skip
