"""Hand tools, toolboxes, flashlights, helmets and screw boxes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, hull_mesh
from sage.assets.families.forms import bulk, hull, print_on, sheet, tiles
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_BRIGHT = ("red", "yellow", "blue", "green", "orange")


def _strip(
    part: Part, line: Sequence[tuple[float, float, float]], low: float, high: float, material: Material,
    fill: float = 1.0,
) -> None:  # fmt: skip
    """Add a flat bent bar through points (x, y, width), between two heights [m]."""
    for (x0, y0, w0), (x1, y1, w1) in pairwise(line):
        run = math.hypot(x1 - x0, y1 - y0)
        out = np.array([(y0 - y1) / run, (x1 - x0) / run])
        ends = ((np.array([x0, y0]), w0), (np.array([x1, y1]), w1))
        points = [
            (*(at + side * wide / 2 * out), z) for at, wide in ends for side in (-1, 1) for z in (low, high)
        ]
        hull(part, points, material, fill=fill)


def _lying(part: Part, rings: Sequence[tuple[float, float]], material: Material, fill: float = 1.0) -> None:
    """Add the convex hull of octagonal rings (x, radius), lying on a facet [m]."""
    angles = (np.arange(8) + 0.5) * math.pi / 4
    points = [
        (x, r * math.cos(a) / math.cos(math.pi / 8), r + r * math.sin(a) / math.cos(math.pi / 8))
        for x, r in rings
        for a in angles
    ]
    hull(part, points, material, fill=fill)


def hammer(builder: AssetBuilder, size: Vec3) -> float:
    """Build a claw hammer on its side."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    steel = style.part("metal", style.colour("metal", "grey", "black", "silver"))
    handle = style.main("wood", "wood", "plastic", colours=())
    grip = style.part("rubber", "black") if style.rng.random() < 0.5 else handle
    head, mid, start = depth / 2 - height / 2, height / 2, -depth / 2
    part.bar((head, 0.016, mid), (head, width / 2 - 0.022, mid), 0.8 * height, steel)
    part.bar((head, width / 2 - 0.024, mid), (head, width / 2, mid), height, steel)
    part.box((0.9 * height, 0.036, height), (head, 0, mid), steel, bevel=0.002)
    for low, high in ((0.04, 0.44), (0.56, 0.96)):
        claw = [(head, -0.014, 0.026), (head - 0.022, 4e-3 - width / 2, 0.006)]
        _strip(part, claw, low * height, high * height, steel)
    part.bar((start + 0.1, 0, mid), (head, 0, mid), 0.022, handle, end_thickness=0.018)
    part.bar((start, 0, mid), (start + 0.12, 0, mid), height, grip, end_thickness=0.026)
    return 0.026


def screwdriver(builder: AssetBuilder, size: Vec3) -> float:
    """Build a screwdriver that lies on a facet of its handle."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    handle = style.main("plastic", "plastic", "wood")
    if "color" not in style.requested and style.attributes["material"] == "plastic":
        handle = style.main("plastic", colours=_BRIGHT)
    steel, dark = style.part("metal", "silver"), style.part("rubber", "black")
    start, mid = -depth / 2, height / 2
    end = start + 0.54 * depth
    part.bar((start, 0, mid), (start + 0.012, 0, mid), 0.7 * height, handle, end_thickness=height)
    part.bar((start + 0.012, 0, mid), (end - 0.014, 0, mid), height, handle)
    part.bar((end - 0.014, 0, mid), (end, 0, mid), height, dark, end_thickness=0.5 * height)
    part.bar((end, 0, mid), (depth / 2 - 0.012, 0, mid), 0.007, steel, fill=0.7)
    tang = (0.3 * depth, 0.009, 0.009)
    part.box(tang, (start + 0.2 * depth, 0, mid), steel, collide=False, visible=False)
    flat = style.rng.random() < 0.5
    tip = [(depth / 2 - 0.012, y, mid + z) for y in (-0.0035, 0.0035) for z in (-0.003, 0.003)]
    wide, thin = (0.0045, 0.0008) if flat else (0.001, 0.001)
    tip += [(depth / 2, y, mid + z) for y in (-wide, wide) for z in (-thin, thin)]
    hull(part, tip, steel, collide=False)
    return height


def pliers(builder: AssetBuilder, size: Vec3) -> float:
    """Build flat-lying pliers with slightly open handles."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    sleeve = style.main("rubber", colours=("red", "blue", "yellow", "black", "green"))
    steel = style.part("metal", style.colour("metal", "grey", "silver", "black"))
    pivot, bow = 0.2 * depth, width / 2 - 0.006
    nose = float(style.rng.uniform(0.006, 0.014))
    _strip(part, [(pivot - 0.016, 0, 0.022), (pivot, 0, 0.03), (depth / 2, 0, nose)], 0, height, steel)
    print_on(part, (0.3 * depth - 0.004, 0.0012, 0.0008), (pivot + 0.15 * depth, 0, height), sleeve)
    part.cylinder(0.008, 0.001, (pivot, 0, height), style.part("metal", "silver"), fill=0, collide=False)
    for side in (-1, 1):
        _strip(part, [(pivot - 0.01, side * 0.006, 0.012), (0.06 * depth, side * 0.8 * bow, 0.01)],
               0.1 * height, 0.9 * height, steel)  # fmt: skip
        line = [(0.07 * depth, side * 0.78 * bow, 0.011), (-0.2 * depth, side * bow, 0.012),
                (-depth / 2, side * 0.7 * bow, 0.011)]  # fmt: skip
        _strip(part, line, 0, height, sleeve)
    return width


def wrench(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat-lying wrench: an open jaw in front, a ring or another jaw at the back."""
    depth, width, height = size
    part = builder.part()
    steel = builder.style.main("metal", colours=("silver", "grey"))
    fill = bulk(steel, 5200)
    ring = builder.style.rng.random() < 0.5
    radius, front = width / 2, depth / 2 - 0.5 * width
    rear = -depth / 2 + (0.38 * width if ring else 0.5 * width)
    _strip(
        part, [(front, 0, 0.4 * width), (rear, 0, 0.36 * width)], 0.12 * height, 0.88 * height, steel, fill
    )
    print_on(
        part, (0.4 * depth, 0.12 * width, 0.0008), (0, 0, 0.88 * height), builder.style.part("metal", "grey")
    )
    for at, way in ((front, 1), (rear, -1)) if not ring else ((front, 1),):
        _strip(
            part, [(at - way * radius, 0, 0.5 * width), (at - way * 0.1 * radius, 0, width)], 0, height, steel
        )
        for side in (-1, 1):
            line = [(at - way * 0.12 * radius, side * 0.68 * radius, 0.62 * radius),
                    (at + way * radius, side * 0.5 * radius, 0.26 * radius)]  # fmt: skip
            _strip(part, line, 0, height, steel, fill)
    if ring:
        outer = 0.38 * width
        mesh = trimesh.creation.annulus(0.62 * outer, outer, height, sections=24)
        mesh.apply_translation((rear, 0, height / 2))
        part.solid(mesh, steel, [np.asarray(mesh.vertices)], fill)
    return width


def drill(builder: AssetBuilder, size: Vec3) -> float:
    """Build a cordless drill, upright on its battery."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("yellow", "green", "blue", "red", "orange"))
    dark, steel = style.part("plastic", "black"), style.part("metal", "silver")
    barrel = min(0.42 * width, 0.03)
    z, x, pack = height - barrel, -0.08 * depth, 0.05
    part.box((0.52 * depth, width, pack), (x, 0, pack / 2), dark, bevel=0.006, fill=1.0)
    part.box((0.46 * depth, 0.9 * width, 0.024), (x, 0, pack + 0.012), shell, bevel=0.006, fill=0.6)
    part.bar((x - 0.014, 0, pack + 0.02), (x - 0.034, 0, z), 0.036, shell, end_thickness=0.042, fill=0.6)
    part.bar(
        (-depth / 2, 0, z), (-depth / 2 + 0.03, 0, z), 1.7 * barrel, dark, end_thickness=2 * barrel, fill=0.7
    )
    part.bar((-depth / 2 + 0.03, 0, z), (0.16 * depth, 0, z), 2 * barrel, shell, sides=12, fill=0.7)
    part.bar(
        (0.16 * depth, 0, z), (0.2 * depth, 0, z), 1.9 * barrel, dark, end_thickness=1.4 * barrel, sides=12
    )
    part.bar(
        (0.2 * depth, 0, z), (0.34 * depth, 0, z), 1.3 * barrel, dark, end_thickness=0.7 * barrel, sides=12
    )
    part.bar((0.34 * depth, 0, z), (depth / 2, 0, z), 0.006, steel)
    part.box((0.02, 0.016, 0.036), (x + 0.008, 0, z - barrel - 0.014), dark, bevel=0.004, collide=False)
    for side in (-1, 1):
        print_on(part, (0.2 * depth, 0.001, 0.4 * barrel), (-0.12 * depth, side * barrel, z), dark)
    return 0.042


def toolbox(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open toolbox of steel or wood: a trough between two end panels with a bar as handle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("painted metal", "painted metal", "wood", colours=())
    if material.name.startswith("painted") and "color" not in style.requested:
        material = style.main("painted metal", colours=("red", "red", "blue", "grey", "green"))
    wall, fill = sheet(material, 14.5, thickest=0.022)
    end = max(wall, 0.012)
    share, deep = fill * wall / end, float(style.rng.uniform(0.42, 0.52)) * height
    inner = width - 2 * end
    part.box((depth, inner, wall), (0, 0, wall / 2), material, bevel=0.0, fill=fill)
    for side in (-1, 1):
        board = (wall, inner, deep - wall)
        part.box(board, (side * (depth - wall) / 2, 0, (deep + wall) / 2), material, bevel=0.001, fill=fill)
        y = side * (width - end) / 2
        profile = [(0.5 * depth, 0), (0.5 * depth, deep), (0.16 * depth, height), (-0.16 * depth, height),
                   (-0.5 * depth, deep), (-0.5 * depth, 0)]  # fmt: skip
        hull(part, [(x, y + e * end / 2, z) for x, z in profile for e in (-1, 1)], material, fill=share)
    rod, level = 0.026, height - 0.028
    grip = (
        style.part("metal", "silver") if material.name.startswith("painted") else style.part("wood", "birch")
    )
    reach = width / 2 - end
    part.bar((0, -reach, level), (0, reach, level), rod, grip, sides=12, fill=bulk(grip, 900))
    if material.name.startswith("painted"):
        dark = style.part("metal", "black")
        for side in (-1, 1):
            for y in (-0.26 * width, 0.26 * width):
                print_on(part, (0.003, 0.035, 0.05), (side * depth / 2, y, deep - 0.03), dark)
    inside = (depth - 2 * wall - 0.004, inner - 0.006)
    builder.surface("inside", (0, 0, wall), inside, placement="in", height=level - rod / 2 - wall - 0.004)
    return rod


def flashlight(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flashlight that lies on a facet of its body."""
    depth, width, _ = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", "metal", colours=("black", "black", "yellow", "red", "blue", "silver"))
    dark, lens = style.part("rubber", "black"), style.part("glass", "white")
    head, body = width / 2, width / 2 * float(style.rng.uniform(0.6, 0.72))
    rear, neck, fill = -depth / 2, depth / 2 - 0.34 * depth, bulk(shell, 850)
    _lying(part, [(rear, 0.85 * body), (rear + 0.006, body), (neck, body)], shell, fill)
    _lying(part, [(neck, body), (depth / 2 - 0.2 * depth, head), (depth / 2 - 0.012, head)], shell, fill)
    _lying(part, [(depth / 2 - 0.014, head), (depth / 2, head)], dark, bulk(dark, 900))
    part.cylinder(0.86 * head, 0.001, (depth / 2, 0, head), lens, axis="x", fill=0.0, collide=False)
    part.cylinder(0.4 * head, 0.002, (depth / 2, 0, head), style.part("paper", "yellow"), axis="x", fill=0.0,
                  collide=False)  # fmt: skip
    print_on(part, (0.03, 0.012, 0.002), (neck - 0.05, 0, 2 * body), style.part("plastic", "red"))
    blocks = [
        ((0.003, 2 * body + 0.001, 1.2 * body), (rear + x, 0, body)) for x in np.linspace(0.02, 0.07, 5)
    ]
    tiles(part, blocks, dark)
    return 2 * body


def tape_measure(builder: AssetBuilder, size: Vec3) -> float:
    """Build an upright tape measure with the end of its tape protruding in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("yellow", "yellow", "red", "blue", "orange"))
    dark, tape, steel = (
        style.part("rubber", "black"),
        style.part("paper", "yellow"),
        style.part("metal", "silver"),
    )
    body, reach = depth - 0.012, height / 2
    rear = -depth / 2
    profile = [(rear + 0.006, 0), (rear + body, 0), (rear + body, 0.3 * height), (rear, 0.006)]
    for angle in np.linspace(0, math.pi, 9):
        profile.append(
            (rear + body / 2 + body / 2 * math.cos(angle), 0.46 * height + 0.54 * height * math.sin(angle))
        )
    points = [(x, side * width / 2, z) for x, z in profile for side in (-1, 1)]
    hull(part, points, shell, fill=bulk(shell, 780))
    for side in (-1, 1):
        for share, proud, material in ((0.78, 0.001, dark), (0.6, 0.002, tape)):
            place = (rear + body / 2, side * width / 2, 0.47 * height)
            disc = share * min(reach, body / 2)
            part.cylinder(disc, proud, place, material, axis="y", fill=0.0, collide=False)
    part.box(
        (0.012, 0.5 * width, 0.003), (depth / 2 - 0.006, 0, 0.012), tape, bevel=0.0, fill=0.5, collide=False
    )
    part.box(
        (0.002, 0.5 * width, 0.014), (depth / 2 - 0.001, 0, 0.008), steel, bevel=0.0, fill=0.5, collide=False
    )
    return width


def helmet(builder: AssetBuilder, size: Vec3) -> float:
    """Build a hard hat: a ribbed dome on a brim with a peak in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("yellow", "yellow", "white", "orange", "blue", "red"))
    fill, peak = bulk(shell, 105), 0.13 * depth
    mid = -peak / 2

    def dome(grow: float, squeeze: float) -> Array:
        rings = []
        for lift in np.linspace(0, math.pi / 2, 6):
            around = np.linspace(0, 2 * math.pi, 20, endpoint=False)
            radius = math.cos(lift) ** 0.8
            x = mid + grow * 0.47 * (depth - peak) * radius * np.cos(around)
            y = squeeze * 0.47 * width * radius * np.sin(around)
            rings.append(
                np.column_stack([x, y, np.full(20, 0.012 + grow * (height - 0.018) * math.sin(lift))])
            )
        return np.concatenate(rings)

    hull(part, dome(1.0, 1.0), shell, fill=fill)
    for squeeze, grow in ((0.14, 1.035), (0.07, 1.055)):
        mesh = hull_mesh(dome(grow, squeeze))
        mesh.vertices[:, 2] = np.clip(mesh.vertices[:, 2], 0.0, height)
        part.solid(mesh, shell, [], fill=0.0)
    around = np.linspace(0, 2 * math.pi, 24, endpoint=False)
    rim = [
        (mid + (depth - peak) / 2 * math.cos(a) + peak * max(0.0, math.cos(a)) ** 2, width / 2 * math.sin(a))
        for a in around
    ]
    hull(part, [(x, y, z) for x, y in rim for z in (0.0, 0.012)], shell, fill=bulk(shell, 260))
    return 0.012


def saw(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat-lying handsaw: a toothed blade and a handle with a hole."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    steel = style.part("metal", "silver")
    handle = style.main("wood", "wood", "plastic", colours=())
    join, tip, thick = -depth / 2 + 0.1, depth / 2, 0.0035
    edge, narrow = -width / 2 + 0.008, 0.35 * width
    outline = [(join - 0.02, edge), (tip, edge), (tip, edge + narrow), (join - 0.02, width / 2 - 0.012)]
    hull(part, [(x, y, z) for x, y in outline for z in (0.0, thick)], steel)
    pitch = (tip - join) / 26
    for x in np.arange(join, tip - pitch, pitch):
        corners = [(x, edge), (x + pitch, edge), (x + pitch / 2, -width / 2)]
        hull(part, [(a, b, z) for a, b in corners for z in (0.0, thick)], steel, collide=False)
    rear, low, high, bar = -depth / 2 + 0.016, -0.34 * width, 0.34 * width, 0.03
    loop = [
        (join - 0.012, low, 0.9 * bar), (rear + 0.01, low, bar), (rear, 0.0, bar), (rear + 0.014, high, bar),
        (join - 0.004, high, bar), (join - 0.014, low * 0.9, 0.8 * bar),
    ]  # fmt: skip
    _strip(part, loop, 0, height, handle, fill=bulk(handle, 640))
    for y in (low, high):
        part.cylinder(0.006, 0.001, (join - 0.012, y, height), steel, fill=0.0, collide=False)
    return height


def screw_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a closed, stackable box with compartments of small parts under a clear lid."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    body = style.main("plastic", colours=("blue", "red", "green", "black", "orange", "yellow"))
    deep = depth - 0.018
    x0 = -0.009
    part.box((deep, width, height), (x0, 0, height / 2), body, bevel=0.004, fill=bulk(body, 260))
    rows, columns = int(rng.integers(2, 4)), int(rng.integers(3, 6))
    cell = ((deep - 0.02) / rows, (width - 0.02) / columns)
    tones = [style.part("metal", c) for c in ("silver", "gold", "copper", "grey")]
    tones += [style.part("plastic", c) for c in ("white", "black")]
    blocks: list[list[tuple[Vec3, Vec3]]] = [[] for _ in tones]
    for row in range(rows):
        for column in range(columns):
            place = (x0 + (row - (rows - 1) / 2) * cell[0], (column - (columns - 1) / 2) * cell[1], height)
            blocks[int(rng.integers(len(tones)))].append(((cell[0] - 0.006, cell[1] - 0.006, 0.0008), place))
    for tone, some in zip(tones, blocks, strict=True):
        if some:
            tiles(part, some, tone)
    dark = style.part("plastic", "black")
    for y in (-0.32 * width, 0.32 * width):
        part.box(
            (0.006, 0.03, 0.5 * height),
            (depth / 2 - 0.015, y, 0.6 * height),
            dark,
            bevel=0.002,
            collide=False,
        )
    front = depth / 2 - 0.018
    reach = [(front, -0.06), (depth / 2 - 0.005, -0.05), (depth / 2 - 0.005, 0.05), (front, 0.06)]
    part.path([(x, y, height / 2) for x, y in reach], 0.01, dark)
    print_on(part, (deep + 0.001, width + 0.001, 0.003), (x0, 0, 0.72 * height), dark)
    builder.surface("top", (x0, 0, height), (deep - 0.01, width - 0.01))
    return height


FAMILIES: tuple[Family, ...] = (
    Family(
        "hammer", "hammer.n.02", (0.28, 0.104, 0.028), (0.33, 0.125, 0.034), hammer, "hammer",
        words=("claw hammer",), kinds=("tool",), has_front=False,
    ),
    Family(
        "screwdriver", "screwdriver.n.01", (0.18, 0.025, 0.025), (0.22, 0.031, 0.031), screwdriver,
        "screwdriver", words=("screw driver",), kinds=("tool",), has_front=False,
    ),
    Family(
        "pliers", "pliers.n.01", (0.155, 0.046, 0.011), (0.2, 0.062, 0.015), pliers, "plier",
        words=("plier",), kinds=("tool",), has_front=False,
    ),
    Family(
        "wrench", "wrench.n.03", (0.18, 0.042, 0.009), (0.25, 0.056, 0.013), wrench, "open_end_wrench",
        words=("spanner",), kinds=("tool",), has_front=False,
    ),
    Family(
        "drill", "drill.n.01", (0.2, 0.068, 0.205), (0.25, 0.08, 0.245), drill, "power_drill",
        words=("power drill", "cordless drill", "electric drill"), kinds=("tool",),
    ),
    Family(
        "toolbox", "toolbox.n.01", (0.22, 0.45, 0.25), (0.28, 0.58, 0.33), toolbox, "toolbox",
        words=("tool box", "tool chest"), has_front=False,
    ),
    Family(
        "flashlight", "flashlight.n.01", (0.16, 0.038, 0.038), (0.24, 0.056, 0.056), flashlight, "flashlight",
        words=("torch",), has_front=False,
    ),
    Family(
        "tape measure", "tape_measure.n.01", (0.075, 0.036, 0.062), (0.095, 0.048, 0.078), tape_measure,
        "cellulose_tape_dispenser", words=("measuring tape",), kinds=("tool",),
    ),
    Family(
        "helmet", "helmet.n.02", (0.27, 0.2, 0.135), (0.31, 0.23, 0.165), helmet, "work_helmet",
        words=("hard hat", "safety helmet"),
    ),
    Family(
        "saw", "handsaw.n.01", (0.4, 0.11, 0.02), (0.54, 0.15, 0.026), saw, "ripsaw",
        words=("handsaw", "hand saw"), kinds=("tool",), has_front=False,
    ),
    Family(
        "screw box", "storage_container.n.01", (0.18, 0.26, 0.06), (0.26, 0.36, 0.09), screw_box,
        "storage_box", words=("parts box", "organizer", "organiser"), kinds=("box",),
    ),
)  # fmt: skip
