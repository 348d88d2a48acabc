"""Paper, magazines, newspapers, envelopes, clipboards and letter trays."""

from __future__ import annotations

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull, print_on, prism, tiles
from sage.assets.families.printing import BRIGHT
from sage.assets.family import Family
from sage.geometry import Vec3, box_corners

__all__ = ["FAMILIES"]


def _lines(
    builder: AssetBuilder, part: Part, low: tuple[float, float], high: tuple[float, float], level: float,
    ink: Material, count: int,
) -> None:  # fmt: skip
    """Add lines of text to a horizontal sheet between two corners [m], readable from the front."""
    blocks: list[tuple[Vec3, Vec3]] = []
    pitch = (high[0] - low[0]) / count
    for row in range(count):
        wide = (high[1] - low[1]) * float(builder.style.rng.uniform(0.7, 1.0))
        blocks.append(
            ((0.42 * pitch, wide, 0.0008), (low[0] + (row + 0.5) * pitch, low[1] + wide / 2, level))
        )
    tiles(part, blocks, ink)


def _disc(
    part: Part, at: tuple[float, float], level: float, lift: float, across: float, ink: Material
) -> None:
    """Add a printed disc to a horizontal sheet, `lift` [m] above it."""
    part.bar((*at, level - 0.001), (*at, level + lift), across, ink, sides=12, fill=0.0, collide=False)


def paper_stack(builder: AssetBuilder, size: Vec3) -> float:
    """Build a stack of paper, some sheets slightly askew; its collider is one box."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paper = style.main("paper", colours=("white", "white", "white", "beige"))
    part.box(size, (0, 0, height / 2), paper, bevel=0.0, fill=bulk(paper, 740), visible=False)
    count = 7
    for layer in range(count):
        tall = height / count
        slip, turn = style.rng.uniform(-0.0015, 0.0015, 2), float(style.rng.uniform(-0.006, 0.006))
        tint = paper if layer % 2 == 0 else style.part("paper", style.attributes["color"])
        at = (float(slip[0]), float(slip[1]), (layer + 0.5) * tall)
        flat = (depth - 0.003, width - 0.003, tall)
        part.box(flat, at, tint, bevel=0.0, rpy=(0, 0, turn), fill=0.0, collide=False)
    if style.rng.random() < 0.7:
        ink = style.part("paper", "grey")
        _lines(builder, part, (-depth * 0.30, -width * 0.36), (depth * 0.40, width * 0.36), height, ink, 16)
        print_on(
            part,
            (0.008, width * 0.4, 0.0008),
            (-depth * 0.38, -width * 0.12, height),
            style.part("paper", "black"),
        )
    builder.surface("top", (0, 0, height), (0.92 * depth, 0.92 * width))
    return height


def paper_tray(builder: AssetBuilder, size: Vec3) -> float:
    """Build a letter tray of two boards between posts, open in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("plastic", "metal", "wood", colours=("black", "grey", "white", "blue"))
    board, wall = 0.005, 0.005
    fill = bulk(material, 720)
    tiers = 2
    pitch, rail = (height - 0.012) / tiers, 0.026
    part.box((wall, width, height), (-(depth - wall) / 2, 0, height / 2), material, bevel=0.001, fill=fill)
    for sign in (-1, 1):
        post = (0.014, wall, height)
        part.box(post, (depth * 0.3, sign * (width - wall) / 2, height / 2), material, bevel=0.001, fill=fill)
    inner = (depth - wall - 0.004, width - 2 * wall - 0.004)
    for tier in range(tiers):
        level = pitch * tier
        part.box(
            (depth - wall, width - 2 * wall, board),
            (wall / 2, 0, level + board / 2),
            material,
            bevel=0.001,
            fill=fill,
        )
        for sign in (-1, 1):
            side = (wall / 2 - depth * 0.06, sign * (width - wall) / 2, level + rail / 2)
            part.box((depth * 0.88 - wall, wall, rail), side, material, bevel=0.001, fill=fill)
        name, free = f"shelf_{tiers - tier}", None if tier == tiers - 1 else pitch - board
        builder.surface(name, (wall / 2, 0, level + board), inner, shelf=True, height=free)
    return wall


def magazine(builder: AssetBuilder, size: Vec3) -> float:
    """Build a magazine that lies flat: a cover with a title, a portrait and headlines, over white pages."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cover = style.main("paper", colours=(*BRIGHT, "pink", "black", "white"))
    pages = style.part("paper", "white")
    sheet = height - 0.0012
    part.box((depth, width, sheet), (0, 0, sheet / 2), pages, bevel=0.0, fill=bulk(pages, 700), collide=False)
    part.box(size, (0, 0, height / 2), cover, fill=0.0, visible=False)
    print_on(part, (depth, width, 0.0012), (0, 0, height - 0.0006), cover)
    print_on(part, (depth, 0.0010, height), (0, -width / 2, height / 2), cover)
    pale, dark = style.part("paper", "beige"), style.part("paper", "brown")
    bright = style.part("paper", "yellow" if style.attributes["color"] in ("red", "black", "blue") else "red")
    head = depth * float(style.rng.uniform(-0.10, 0.0))
    for x, share, tone, lift in ((head - 0.012, 0.36, dark, 0.0003), (head, 0.28, pale, 0.0005)):
        _disc(part, (x, 0.02), height, lift, width * share, tone)
    neck, hem = head + depth * 0.16, depth / 2 - 0.004
    bust = [(hem, -width * 0.2), (hem, width * 0.4), (neck, width * 0.24), (neck, -width * 0.04)]
    dress = style.part("paper", str(style.rng.choice(BRIGHT)))
    prism(part, bust, height - 0.001, height + 0.0004, dress, axis=2, fill=0.0, collide=False)
    letters = np.linspace(-0.38, 0.38, 6) * width
    tiles(
        part,
        [((depth * 0.11, width * 0.10, 0.0014), (-depth * 0.40, float(y), height)) for y in letters],
        bright,
    )
    _lines(
        builder,
        part,
        (depth * 0.16, -width * 0.44),
        (depth * 0.44, -width * 0.18),
        height + 0.0002,
        bright,
        6,
    )
    builder.surface("top", (0, 0, height), (0.9 * depth, 0.9 * width))
    return height


def newspaper(builder: AssetBuilder, size: Vec3) -> float:
    """Build a folded newspaper: a title, a picture and columns of text."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paper = style.main("paper", colours=("beige", "white", "white"))
    part.box(size, (0, 0, height / 2), paper, bevel=0.0, fill=0.0, visible=False)
    shades = (paper, style.part("paper", style.attributes["color"]))
    for layer in range(4):
        tall, inset = height / 4, 0.003 * (layer % 2)
        flat = (depth - inset, width - 2 * inset, tall)
        at, fill = (-inset / 2, 0, (layer + 0.5) * tall), bulk(paper, 330)
        part.box(flat, at, shades[layer % 2], bevel=0.0, fill=fill, collide=False)
    black, grey = style.part("paper", "black"), style.part("paper", "grey")
    letters = np.linspace(-0.40, 0.40, 9) * width
    tiles(
        part,
        [((depth * 0.07, width * 0.066, 0.0008), (-depth * 0.42, float(y), height)) for y in letters],
        black,
    )
    print_on(part, (0.002, width * 0.94, 0.0008), (-depth * 0.36, 0, height), black)
    print_on(part, (depth * 0.045, width * 0.7, 0.0008), (-depth * 0.30, -width * 0.1, height), black)
    place = width * float(style.rng.choice([-0.16, 0.16]))
    print_on(part, (depth * 0.30, width * 0.56, 0.0008), (-depth * 0.08, place, height), grey)
    print_on(part, (depth * 0.12, width * 0.3, 0.0011), (-depth * 0.02, place, height), black)
    for column in range(4):
        left = width * (-0.46 + 0.235 * column)
        beside = abs(left + 0.11 * width - place) > 0.34 * width
        start = -depth * (0.24 if beside else -0.10)
        _lines(
            builder,
            part,
            (start, left),
            (depth * 0.46, left + width * 0.20),
            height,
            grey,
            16 if beside else 10,
        )
    builder.surface("top", (0, 0, height), (0.9 * depth, 0.9 * width))
    return height


def envelope(builder: AssetBuilder, size: Vec3) -> float:
    """Build a filled envelope with its address or its flap on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paper = style.main("paper", colours=("white", "white", "beige", "tan", "red"))
    rim, fill = 0.4 * height, bulk(paper, 300)
    edge = box_corners((-depth / 2, -width / 2, 0), (depth / 2, width / 2, rim))
    swell = box_corners((-depth * 0.42, -width * 0.45, height - 1e-4), (depth * 0.42, width * 0.45, height))
    hull(part, np.concatenate([edge, swell]), paper, fill=fill)
    builder.surface("top", (0, 0, height), (depth * 0.6, width * 0.6))
    grey = style.part("paper", "grey")
    if style.rng.random() < 0.5:
        stamp = style.part("paper", str(style.rng.choice(BRIGHT)))
        print_on(part, (0.024, 0.020, 0.0008), (-depth * 0.25, width * 0.34, height), stamp)
        _lines(builder, part, (0.0, -width * 0.06), (depth * 0.30, width * 0.28), height, grey, 4)
        _lines(builder, part, (-depth * 0.36, -width * 0.42), (-depth * 0.18, -width * 0.22), height, grey, 3)
        return height
    flap = [(-depth * 0.42, -width * 0.45), (-depth * 0.42, width * 0.45), (depth * 0.12, 0.0)]
    prism(part, flap, height - 0.0004, height + 0.0002, grey, axis=2, fill=0.0, collide=False)
    inner = [(-depth * 0.42, -width * 0.43), (-depth * 0.42, width * 0.43), (depth * 0.10, 0.0)]
    prism(part, inner, height - 0.0004, height + 0.0005, paper, axis=2, fill=0.0, collide=False)
    if style.rng.random() < 0.5:
        _disc(part, (depth * 0.1, 0.0), height, 0.001, 0.016, style.part("plastic", "red"))
    return height


def clipboard(builder: AssetBuilder, size: Vec3) -> float:
    """Build a clipboard that lies flat, with a form under its clip."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    board = style.main("wood", "plastic", colours=("brown", "black", "blue", "grey"))
    metal, paper = style.part("metal", "silver"), style.part("paper", "white")
    thick = 0.0045
    part.box((depth, width, thick), (0, 0, thick / 2), board, bevel=0.001, fill=bulk(board, 850))
    print_on(part, (depth * 0.86, width * 0.90, 0.001), (depth * 0.045, 0, thick), paper)
    _lines(builder, part, (-depth * 0.22, -width * 0.38), (depth * 0.40, width * 0.38), thick + 0.0004,
           style.part("paper", "grey"), 14)  # fmt: skip
    rear = -depth / 2
    jaw = [(rear + 0.040, thick), (rear + 0.040, thick + 0.003)]
    clip = [(rear + 0.004, thick), *jaw, (rear + 0.016, height), (rear + 0.004, height)]
    prism(part, clip, -width * 0.22, width * 0.22, metal, axis=1, fill=bulk(metal, 1500))
    return height


def sticky_notes(builder: AssetBuilder, size: Vec3) -> float:
    """Build a block of sticky notes, the top one blank or written on."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    paper = style.main("paper", colours=("yellow", "yellow", "pink", "orange", "green", "turquoise"))
    part.box(size, (0, 0, height / 2), paper, bevel=0.0, fill=bulk(paper, 560))
    if style.rng.random() < 0.6:
        ink = style.part("paper", "black")
        _lines(builder, part, (-depth * 0.3, -width * 0.36), (depth * 0.2, width * 0.30), height, ink, 4)
    curl = box_corners((depth * 0.2, -width / 2, height - 0.0004), (depth * 0.21, width / 2, height))
    lip = box_corners(
        (depth / 2 - 0.001, -width / 2, height + 0.0012), (depth / 2, width / 2, height + 0.0016)
    )
    hull(part, np.concatenate([curl, lip]), paper, fill=0.0, collide=False)
    return height


FAMILIES = (
    Family("paper stack", "sheet.n.02", (0.28, 0.20, 0.025), (0.30, 0.22, 0.050), paper_stack, "textbook",
           words=("stack of paper", "paper", "sheets", "pile of paper", "stack of papers", "ream of paper",
           "sheet of paper")),
    Family("paper tray", "tray.n.01", (0.32, 0.245, 0.108), (0.35, 0.265, 0.132), paper_tray,
           "desk_organizer", words=("letter tray", "document tray", "desk tray", "inbox tray")),
    Family("magazine", "magazine.n.02", (0.26, 0.20, 0.0065), (0.30, 0.23, 0.011), magazine, "magazine"),
    Family("newspaper", "newspaper.n.03", (0.29, 0.24, 0.009), (0.36, 0.29, 0.0128), newspaper, "newspaper",
           words=("paper", "daily paper")),
    Family("envelope", "envelope.n.01", (0.11, 0.16, 0.0042), (0.13, 0.23, 0.0055), envelope, "",
           words=("letter",)),
    Family("clipboard", "clipboard.n.01", (0.31, 0.22, 0.014), (0.33, 0.24, 0.0185), clipboard, "clipboard"),
    Family("sticky notes", "sticky_note.n.01", (0.070, 0.070, 0.0085), (0.078, 0.078, 0.0115), sticky_notes,
           "sticky_note", words=("post-it", "notepad", "sticky note", "post-its", "post-it note",
           "block of notes"), has_front=False),
)  # fmt: skip
