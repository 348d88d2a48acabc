"""Printers, computers, projectors, cash registers, vending machines and water dispensers."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, print_on, prism, rounded, tiles
from sage.assets.family import Family
from sage.assets.fittings import Fronts, Panel, drawer
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def _feet(part: Part, spread: tuple[float, float], height: float, material: Material) -> None:
    """Add four feet with their centres at the corners of a rectangle of depth and width `spread` [m]."""
    for x in (-0.5, 0.5):
        for y in (-0.5, 0.5):
            part.cylinder(0.014, height, (x * spread[0], y * spread[1], height / 2), material, fill=0.6)


def printer(builder: AssetBuilder, size: Vec3) -> float:
    """Build a desk printer with a scanner lid, a slot with paper, and a tray in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "white", "grey", "black"))
    dark = style.part("plastic", "black" if max(shell.rgba[:3]) > 0.3 else "grey")
    paper = style.part("paper", "white")
    tray = 0.07
    deep, back = depth - tray, -depth / 2
    x, front = back + deep / 2, back + deep
    lid, fill = 0.045, bulk(shell, 260)
    part.box(
        (deep, width, height - lid - 0.003), (x, 0, (height - lid - 0.003) / 2), shell, bevel=0.012, fill=fill
    )
    part.box((deep, width, lid), (x, 0, height - lid / 2), shell, bevel=0.010, fill=fill)
    print_on(part, (deep - 0.006, width - 0.006, 0.008), (x, 0, height - lid - 0.002), dark)
    slot = 0.3 * height
    print_on(part, (0.003, 0.66 * width, 0.26 * height), (front, 0, slot + 0.06 * height), dark)
    part.box((tray, 0.6 * width, 0.02), (front + tray / 2, 0, slot - 0.04), shell, bevel=0.004, fill=0.3)
    print_on(part, (tray, 0.55 * width, 0.008), (front + tray / 2 - 0.01, 0, slot - 0.026), paper)
    print_on(part, (0.003, 0.5 * width, 0.003), (front, 0, 0.1 * height), dark)
    panel = (front + 0.002, -0.34 * width, 0.72 * height)
    print_on(part, (0.006, 0.2 * width, 0.1 * height), (panel[0], panel[1], panel[2] - 0.02), dark)
    screen = style.part("plastic", "blue")
    print_on(part, (0.007, 0.12 * width, 0.07 * height), (panel[0], panel[1] - 0.02, panel[2] - 0.02), screen)
    print_on(part, (0.004, 0.014, 0.014), (front, 0.4 * width, 0.66 * height), style.part("plastic", "green"))
    return height


def desktop_computer(builder: AssetBuilder, size: Vec3) -> float:
    """Build a computer tower: plain with drive bays, or with a glowing fan grille."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("sheet metal", colours=("black", "black", "silver", "white", "grey"))
    dark, glow = (
        style.part("plastic", "black"),
        style.part("plastic", str(rng.choice(["blue", "red", "green"]))),
    )
    foot, nose = 0.012, 0.02
    tall, face = height - foot, depth / 2
    _feet(part, (depth - 0.06, width - 0.05), foot, dark)
    body = (depth - nose, width, tall)
    part.box(body, (-nose / 2, 0, foot + tall / 2), shell, fill=bulk(shell, 210))
    front = style.part("plastic", "black") if rng.random() < 0.6 else shell
    outline = rounded(width, tall, 0.012, (0, foot + tall / 2))
    prism(part, outline, face - nose, face - 0.003, front, fill=0.3)
    pale = style.part("plastic", "grey")
    face -= 0.003
    bays = rng.random() < 0.5
    button = foot + (0.66 if bays else 0.86) * tall
    if bays:
        for level in (0.9, 0.8):
            place = (face, 0, foot + level * tall)
            part.box((0.006, 0.84 * width, 0.04), place, pale, bevel=0.001, fill=0.1, collide=False)
            print_on(part, (0.008, 0.7 * width, 0.003), place, dark)
        bars = [((0.004, 0.7 * width, 0.006), (face, 0, foot + z * tall)) for z in np.linspace(0.12, 0.45, 9)]
        tiles(part, bars, pale)
    else:
        reach = min(0.4 * width, 0.16 * tall)
        for level in (0.24, 0.58):
            place = (face, 0, foot + level * tall)
            for share, ink in ((1.0, glow), (0.88, dark), (0.22, pale)):
                part.cylinder(share * reach, 0.009 - 0.006 * share, place, ink, axis="x", fill=0.0,
                              collide=False)  # fmt: skip
    part.cylinder(0.012, 0.006, (face, 0.3 * width, button), glow, axis="x", fill=0.0, collide=False)
    ports = [((0.004, 0.016, 0.007), (face, y * width, button + 0.012)) for y in (-0.3, -0.15, 0.0)]
    tiles(part, ports, pale)
    return width


def projector(builder: AssetBuilder, size: Vec3) -> float:
    """Build a projector with a lens in front, vents at its sides and keys on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "white", "black", "grey"))
    dark, steel = style.part("plastic", "black"), style.part("metal", "silver")
    foot, lens = 0.02, 0.024
    deep, tall = depth - lens, height - foot
    x, front = -lens / 2, depth / 2 - lens
    _feet(part, (deep - 0.08, width - 0.08), foot, dark)
    outline = rounded(deep, width, 0.035, (x, 0))
    prism(part, outline, foot, height, shell, axis=2, fill=bulk(shell, 290))
    y, z = float(style.rng.choice([-0.24, 0.24])) * width, foot + 0.5 * tall
    radius = 0.4 * tall
    part.cylinder(radius, 2 * lens, (front, y, z), dark, axis="x", fill=0.4)
    glass = style.part("glass", "blue").model_copy(update={"rgba": (0.25, 0.32, 0.5, 1.0)})
    part.cylinder(0.8 * radius, 0.002, (front + lens, y, z), steel, axis="x", fill=0.0, collide=False)
    part.cylinder(0.68 * radius, 0.004, (front + lens, y, z), glass, axis="x", fill=0.0, collide=False)
    vents = [((0.003, 0.36 * width, 0.005), (front, -y, z + k * 0.016)) for k in range(-2, 3)]
    vents += [((0.5 * deep, 0.003, 0.005), (x, side * width / 2, z + k * 0.016)) for k in range(-2, 3)
              for side in (-1, 1)]  # fmt: skip
    keys = [((0.016, 0.022, 0.003), (x - 0.02 + 0.03 * i, -0.3 * y + 0.036 * j, height)) for i in (0, 1)
            for j in (-1, 0, 1)]  # fmt: skip
    tiles(part, vents + keys, style.part("plastic", "grey"))
    return height


def cash_register(builder: AssetBuilder, size: Vec3) -> float:
    """Build a cash register: keys and a display above a drawer that slides out."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("grey", "black", "white", "beige"))
    dark, pale = style.part("plastic", "black"), style.part("plastic", "white")
    metal = style.part("metal", "silver")
    look = Fronts(
        shell, style.part("plastic", "grey"), metal, "ledge", framed=False, reach=0.014, thickness=0.014
    )
    back, front = -depth / 2, depth / 2 - look.depth
    deep, x, box, wall = front - back, (front + back) / 2, 0.12, 0.014
    fill = bulk(shell, 700)
    part.carcass((deep, width, box), (x, 0, box / 2), wall, shell, back=wall, fill=fill)
    face = Panel(-width / 2 + 0.001, width / 2 - 0.001, 0.004, box - 0.004)
    cavity = Panel(-width / 2 + wall, width / 2 - wall, wall, box - wall)
    drawer(builder, "drawer_1", look, front + 0.0015, face, cavity, deep - wall - 0.012)
    low, top, start = box + 0.045, 0.66 * height, front - 0.02
    end = back + 0.4 * deep
    slope = [(start, box), (start, low), (end, top), (back, top), (back, box)]
    prism(part, slope, -0.45 * width, 0.45 * width, shell, axis=1, fill=bulk(shell, 380))
    tilt = float(np.arctan2(top - low, start - end))

    def key(size: Vec3, along: float, y: float) -> tuple[Vec3, Vec3]:
        return size, (start + along * (end - start), y, low + along * (top - low))

    rows, columns = (0.18, 0.36, 0.54, 0.72), np.linspace(-0.02, 0.32, 5) * width
    tiles(part, [key((0.022, 0.026, 0.014), u, y) for u in rows for y in columns], pale, tilt)
    red = style.part("plastic", "red")
    tiles(part, [key((0.05, 0.04, 0.014), u, -0.28 * width) for u in (0.27, 0.63)], red, tilt)
    post = (0.03, 0.4 * width, height - top - 0.01)
    part.box(post, (back + 0.1, 0.15 * width, height - post[2] / 2), dark, bevel=0.004, fill=0.4)
    screen = style.part("plastic", "green")
    place = (back + 0.116, 0.15 * width, 0.55 * height + 0.45 * top)
    print_on(part, (0.002, 0.34 * width, 0.5 * (height - top)), place, screen)
    part.box((0.12, 0.24 * width, 0.04), (back + 0.1, -0.28 * width, top + 0.02), dark, bevel=0.006, fill=0.4)
    slip = (back + 0.12, -0.28 * width, top + 0.06)
    print_on(part, (0.001, 0.058, 0.06), slip, style.part("paper", "white"), (0, 0.3, 0))
    return height


def vending_machine(builder: AssetBuilder, size: Vec3) -> float:
    """Build a vending machine: rows of packets behind a pane, keys on the right and a flap below."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("sheet metal", colours=("red", "blue", "black", "black", "grey", "green"))
    dark, steel = style.part("plastic", "black"), style.part("metal", "silver")
    rim, foot = 0.035, 0.05
    front, face = depth / 2, depth / 2 - rim
    deep, tall = depth - rim, height - foot
    _feet(part, (depth - 0.12, width - 0.12), foot, dark)
    part.box((deep, width, tall), (-rim / 2, 0, foot + tall / 2), shell, bevel=0.006, fill=bulk(shell, 160))
    pane = Panel(-width / 2 + 0.05, 0.2 * width, foot + 0.26 * tall, height - 0.16)
    y, z = pane.center
    for low, high, bottom, top in (
        (-width / 2, pane.left, foot, height), (pane.right, width / 2, foot, height),
        (pane.left, pane.right, foot, pane.bottom), (pane.left, pane.right, pane.top, height),
    ):  # fmt: skip
        place = (face + rim / 2, (low + high) / 2, (bottom + top) / 2)
        part.box((rim, high - low, top - bottom), place, shell, bevel=0.0, fill=0.1)
    print_on(part, (0.004, pane.width, pane.height), (face, y, z), style.part("plastic", "white"))
    shelves = pane.rows([1.0] * 5, gap=0.012)
    tiles(
        part, [((rim, pane.width, 0.012), (face + rim / 2, y, row.bottom - 0.006)) for row in shelves], steel
    )
    inks = [style.part("plastic", str(ink)) for ink in ("red", "yellow", "blue", "green", "orange", "purple")]
    packs: list[list[tuple[Vec3, Vec3]]] = [[] for _ in inks]
    for row in shelves:
        for cell in row.columns(5, gap=0.012):
            high = float(rng.uniform(0.55, 0.85)) * row.height
            block = ((0.03, 0.86 * cell.width, high), (face + 0.012, cell.center[0], row.bottom + high / 2))
            packs[int(rng.integers(len(inks)))].append(block)
    for blocks, ink in zip(packs, inks, strict=True):
        if blocks:
            tiles(part, blocks, ink)
    side = (pane.right + width / 2) / 2
    print_on(
        part, (0.004, 0.16 * width, 0.06), (front, side, 0.72 * height), style.part("plastic", "turquoise")
    )
    keys = [((0.008, 0.024, 0.024), (front, side + 0.036 * i, 0.66 * height - 0.036 * j)) for i in (-1, 0, 1)
            for j in range(4)]  # fmt: skip
    tiles(part, keys, steel)
    print_on(part, (0.006, 0.012, 0.05), (front, side, 0.5 * height), dark)
    print_on(part, (0.004, 0.8 * pane.width, 0.15), (front, y, foot + 0.15 * tall), dark)
    print_on(part, (0.003, 0.9 * width, 0.08), (front, 0, height - 0.07), style.part("plastic", "white"))
    return depth


def photocopier(builder: AssetBuilder, size: Vec3) -> float:
    """Build a photocopier: paper trays, an output slot, and a scanner with a document feeder on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "white", "grey", "beige"))
    dark, pale = style.part("plastic", "black"), style.part("plastic", "grey")
    paper = style.part("paper", "white")
    fill, wheel = bulk(shell, 165), 0.05
    deck, gap, scan = 0.62 * height, 0.10, 0.09
    front, body = depth / 2 - 0.03, depth - 0.03
    x = -0.015
    wide = width - 0.14
    y = -0.07
    for sign in (-1, 1):
        part.box(
            (body - 0.06, 0.06, wheel),
            (x, y + sign * (wide / 2 - 0.05), wheel / 2),
            dark,
            bevel=0.004,
            fill=0.5,
        )
    part.box((body, wide, deck - wheel), (x, y, (deck + wheel) / 2), shell, bevel=0.008, fill=fill)
    trays = np.linspace(wheel + 0.06, deck - 0.12, 4)
    for low, high in pairwise(trays):
        middle = (low + high) / 2
        part.box((0.016, wide - 0.06, high - low - 0.012), (front, y, middle), shell, bevel=0.004, fill=0.0,
                 collide=False)  # fmt: skip
        print_on(part, (0.02, 0.3 * wide, 0.022), (front, y, high - 0.035), dark)
    top = deck + gap + scan
    part.box((body, 0.3 * wide, gap), (x, y - 0.35 * wide, deck + gap / 2), shell, bevel=0.0, fill=fill)
    part.box(
        (0.1, 0.7 * wide, gap),
        (-depth / 2 + 0.05, y + 0.15 * wide, deck + gap / 2),
        dark,
        bevel=0.0,
        fill=0.2,
    )
    print_on(part, (0.6 * body, 0.5 * wide, 0.012), (x, y + 0.1 * wide, deck + 0.005), paper)
    part.box((body, wide, scan), (x, y, deck + gap + scan / 2), shell, bevel=0.008, fill=fill)
    lid = height - top
    plate = rounded(body - 0.04, wide, 0.02, (x - 0.02, y))
    prism(part, plate, top, top + 0.4 * lid, pale, axis=2, fill=bulk(pale, 150))
    crown = (0.6 * body, 0.5 * wide, 0.6 * lid)
    part.box(
        crown, (x - 0.05, y - 0.22 * wide, height - crown[2] / 2), pale, bevel=0.02, fill=bulk(pale, 200)
    )
    slot = (0.45 * body, 0.22 * wide, 0.012)
    print_on(part, slot, (x - 0.05, y + 0.08 * wide, height - 0.4 * lid), paper, (-0.12, 0, 0))
    panel = [(depth / 2, z) for z in (top - 0.05, top - 0.02)] + [
        (front - 0.05, top),
        (front - 0.05, top - 0.05),
    ]
    prism(part, panel, y - 0.1 * wide, y + 0.45 * wide, dark, axis=1, fill=0.3)
    screen = style.part("plastic", "blue")
    tilt = float(np.arctan2(0.02, depth / 2 - front + 0.05))
    spot = ((depth / 2 + front - 0.05) / 2, y + 0.08 * wide, top - 0.009)
    print_on(part, (0.05, 0.2 * wide, 0.004), spot, screen, (0, tilt, 0))
    key = (spot[0], y + 0.34 * wide, spot[2])
    print_on(part, (0.03, 0.03, 0.006), key, style.part("plastic", "green"), (0, tilt, 0))
    shelf = (0.7 * body, 0.14, 0.02)
    part.box(shelf, (x, width / 2 - 0.07, 0.52 * height), pale, bevel=0.004, fill=0.3)
    return depth


def water_dispenser(builder: AssetBuilder, size: Vec3) -> float:
    """Build a water cooler: two taps in a niche and an inverted bottle on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "white", "grey", "black"))
    dark = style.part("plastic", "black")
    bottle = style.part("glass", "blue").model_copy(update={"rgba": (0.45, 0.66, 0.86, 1.0)})
    full = 0.36
    body = height - full
    base, niche, front, back = 0.52 * body, 0.28 * body, depth / 2, -depth / 2
    fill = bulk(shell, 170)
    part.box((depth, width, base), (0, 0, base / 2), shell, bevel=0.010, fill=fill)
    rear = 0.5 * depth
    part.box((rear, width, niche), (back + rear / 2, 0, base + niche / 2), shell, bevel=0.0, fill=fill)
    for side in (-1, 1):
        cheek = (depth - rear, 0.02, niche)
        place = (back + rear + cheek[0] / 2, side * (width / 2 - 0.01), base + niche / 2)
        part.box(cheek, place, shell, bevel=0.0, fill=0.8)
    head = body - base - niche
    part.box((depth, width, head), (0, 0, body - head / 2), shell, bevel=0.010, fill=fill)
    print_on(part, (0.003, width - 0.04, niche), (back + rear, 0, base + niche / 2), dark)
    print_on(part, (depth - rear - 0.01, width - 0.05, 0.003), (front - (depth - rear) / 2, 0, base), dark)
    for side, colour in ((-1, "red"), (1, "blue")):
        place = (back + rear + 0.025, side * 0.2 * width, base + niche - 0.06)
        part.box((0.05, 0.035, 0.05), place, style.part("plastic", colour), bevel=0.004, fill=0.4)
    print_on(part, (0.003, 0.4 * width, 0.5 * head), (front, 0, body - 0.5 * head), dark)
    radius = 0.42 * min(depth, width)
    part.cylinder(0.7 * radius, 0.03, (0, 0, body + 0.015), dark, fill=0.3)
    jug = [(0.3 * radius, body + 0.03), (0.9 * radius, body + 0.10), (radius, body + 0.14),
           (radius, height - 0.02), (0.9 * radius, height)]  # fmt: skip
    part.lathe(jug, bottle, fill=bulk(bottle, 480))
    clear = depth - rear - 0.05
    builder.surface(
        "inside", (front - clear / 2 - 0.002, 0, base + 0.0015), (clear, width - 0.06), placement="in",
        shelf=True, height=niche - 0.09,
    )  # fmt: skip
    return depth


FAMILIES = (
    Family(
        "printer", "printer.n.03", (0.38, 0.40, 0.22), (0.48, 0.50, 0.34), printer, "printer",
        words=("copier", "laser printer", "inkjet printer", "office printer"),
    ),
    Family(
        "desktop computer", "desktop_computer.n.01", (0.38, 0.17, 0.36), (0.48, 0.22, 0.46), desktop_computer,
        "desktop_computer", words=("computer tower", "pc", "computer", "desktop pc"),
    ),
    Family(
        "projector", "projector.n.02", (0.26, 0.32, 0.148), (0.34, 0.40, 0.17), projector, "projector",
        words=("video projector", "beamer"),
    ),
    Family(
        "cash register", "cash_register.n.01", (0.38, 0.36, 0.30), (0.44, 0.42, 0.40), cash_register,
        "cash_register", words=("till",),
    ),
    Family(
        "vending machine", "vending_machine.n.01", (0.70, 0.80, 1.70), (0.85, 1.0, 1.90), vending_machine,
        "vending_machine", words=("snack machine",), mount="floor",
    ),
    Family(
        "photocopier", "photocopier.n.01", (0.58, 0.75, 1.0), (0.66, 1.0, 1.15), photocopier, "photocopier",
        words=("copy machine", "photocopy machine", "copying machine"), mount="floor",
    ),
    Family(
        "water dispenser", "water_cooler.n.01", (0.30, 0.30, 1.05), (0.36, 0.36, 1.35), water_dispenser,
        "water_cooler", words=("water cooler",), mount="floor",
    ),
)  # fmt: skip
