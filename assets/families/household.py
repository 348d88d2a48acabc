"""Cleaning supplies, storage boxes, photo frames, hourglasses and trophies."""

from __future__ import annotations

import math

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull, print_on, stacked, toned, tube
from sage.assets.families.printing import BRIGHT, other, paint, spot, title, wrap
from sage.assets.family import Family
from sage.geometry import Vec2, Vec3

__all__ = ["FAMILIES"]


def sponge(builder: AssetBuilder, size: Vec3) -> float:
    """Build a dish sponge with a scouring layer on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    foam = style.main("fabric", colours=("yellow", "yellow", "blue", "pink", "orange"))
    scourer = style.part("fabric", "green" if style.attributes["color"] != "blue" else "white")
    seam = height * 0.72
    part.box((depth, width, seam), (0, 0, seam / 2), foam, bevel=0.003, fill=bulk(foam, 220))
    part.box(
        (depth, width, height - seam), (0, 0, (height + seam) / 2), toned(scourer, 0.8), bevel=0.001, fill=0.9
    )
    holes = style.rng.uniform(-0.42, 0.42, (8, 2))
    for place, up in holes:
        at = (depth * float(place), 0, seam * (0.5 + 0.7 * float(up)))
        print_on(part, (0.004, width + 0.0006, 0.003), at, toned(foam, 0.72))
    return width


def dish_soap(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat bottle of dish soap with a waist, a label and a pull cap."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    soap = style.main("plastic", colours=("green", "yellow", "blue", "orange", "turquoise"))
    cap = style.part("plastic", str(style.rng.choice(["white", "red", "blue"])))
    fill, waist, top = bulk(soap, 950), height * 0.42, height - 0.036
    low = [(0, 0.92, 0.92), (0.006, 1, 1), (height * 0.2, 1, 1), (waist, 0.88, 0.84)]
    high = [(waist, 0.88, 0.84), (height * 0.6, 0.92, 0.9), (height * 0.7, 0.84, 0.76), (top, 0.52, 0.34)]
    for levels in (low, high):
        stacked(part, [(z, x * depth, y * width) for z, x, y in levels], soap, square=2.6, fill=fill)
    nozzle = [(top, 0.028), (top + 0.018, 0.026), (top + 0.022, 0.014), (height, 0.012)]
    stacked(part, [(z, r, r) for z, r in nozzle], cap, count=12, fill=0.5)
    wrap(part, (depth, width, 0), height * 0.05, height * 0.22, style.part("paper", "white"), square=2.6)
    box = (depth * 0.92, width, height)
    spot(part, box, "x", (0, height * 0.06), width * 0.56, style.part("paper", "white"), 6)
    spot(part, box, "x", (0, height * 0.06), width * 0.34, other(builder, "paper", *BRIGHT), 8)
    return depth


def detergent(builder: AssetBuilder, size: Vec3) -> float:
    """Build a large bottle of detergent: a broad body, a handle on its right, a large cap on its left."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    plastic = style.main("plastic", colours=("blue", "white", "orange", "red", "green", "purple"))
    cap = other(builder, "plastic", "white", "blue", "red", "orange", "green")
    fill, body, top = bulk(plastic, 950), height * 0.60, height - 0.055
    levels = [(0, 0.94, 0.96), (0.008, 1, 1), (body * 0.86, 1, 1), (body, 0.9, 0.96)]
    stacked(part, [(z, x * depth, y * width) for z, x, y in levels], plastic, square=4, count=20, fill=fill)
    neck_y = width * 0.17
    corners = [(x * depth * 0.36, y, body) for x in (-1, 1) for y in (width * 0.46, -width * 0.12)]
    rim = [
        (0.028 * math.cos(a), neck_y + 0.028 * math.sin(a), top) for a in np.linspace(0, 2 * math.pi, 13)[:-1]
    ]
    hull(part, np.array(corners + rim), plastic, fill=fill)
    grip = [
        (0, -width * 0.40, body - 0.006),
        (0, -width * 0.39, top - 0.034),
        (0, neck_y - 0.016, top - 0.010),
    ]
    part.bar(grip[0], grip[1], 0.026, plastic, fill=0.3)
    part.bar(grip[1], grip[2], 0.026, plastic, fill=0.3)
    stacked(
        part,
        [(top, 0.066, 0.066), (height - 0.006, 0.060, 0.060), (height, 0.052, 0.052)],
        cap,
        center=(0, neck_y),
        fill=0.3,
    )
    box = (depth, width, body)
    white = style.part("paper", "white")
    spot(
        part,
        box,
        "x",
        (0, 0),
        min(width, body) * 0.78,
        white if style.attributes["color"] != "white" else cap,
        2,
    )
    title(
        builder,
        part,
        (depth + 0.003, width, body),
        "x",
        0.0,
        (width * 0.56, body * 0.2),
        other(builder, "paper", "red", "blue", "black"),
    )
    paint(part, box, "x", (0, -body * 0.42), (width * 0.7, body * 0.05), cap, 1)
    return 0.026


def _leaning(
    part: Part, y: Vec2, z: Vec2, front: Vec2, slope: float, material: Material,
    fill: float = 0.0, collide: bool = False,
) -> None:  # fmt: skip
    """Add a board that leans backwards, with horizontal upper and lower edges.

    Args:
        part: part that receives the board.
        y: limits along y [m].
        z: limits along z [m].
        front: x of its back and of its front at z = 0 [m].
        slope: shift towards -x per metre of height.
        material: material of the board.
        fill: share of the volume that is material, 0..1.
        collide: whether to add a collider.
    """
    points = [(x - slope * up, side, up) for x in front for side in y for up in z]
    hull(part, np.array(points), material, fill=fill, collide=collide)


def photo_frame(builder: AssetBuilder, size: Vec3) -> float:
    """Build a photo frame that leans back on its foot, with a portrait or a landscape."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame = style.main("wood", "plastic", "metal", colours=("black", "white", "gold", "silver", "brown"))
    slope, thick, face = 0.20, 0.015, depth / 2
    back, half = face - thick, width / 2
    fill = bulk(frame, 900)
    _leaning(part, (-half, half), (0, height), (back, face), slope, frame, fill, True)
    mid = height * 0.6
    joint = back - slope * mid
    strut = [(-face, 0.0), (-face + 0.012, 0.0), (joint, mid), (joint - 0.004, mid)]
    foot = np.array([(x, y, z) for y in (-0.025, 0.025) for x, z in strut])
    hull(part, foot, style.part("cardboard"), fill=1.0)
    edge = min(width, height) * float(style.rng.uniform(0.08, 0.13))
    mat = edge + (0.014 if style.rng.random() < 0.6 else 0.0)

    def picture(y: tuple[float, float], z: tuple[float, float], ink: Material, coat: int) -> None:
        _leaning(part, y, z, (face - 0.003, face + 0.0005 * coat), slope, ink)

    def disc(at: Vec2, lift: float, across: float, colour: str) -> None:
        ends = (at[0], 0.0, at[1]), (at[0] + lift, 0.0, at[1])
        part.bar(*ends, across, style.part("paper", colour), sides=12, fill=0.0, collide=False)

    picture((edge - half, half - edge), (edge, height - edge), style.part("paper", "white"), 1)
    inner, low, high = half - mat, mat, height - mat
    picture(
        (-inner, inner),
        (low, high),
        style.part("paper", str(style.rng.choice(["turquoise", "blue", "beige"]))),
        2,
    )
    if style.rng.random() < 0.5:
        line = low + (high - low) * float(style.rng.uniform(0.3, 0.5))
        picture(
            (-inner, inner), (low, line), style.part("paper", str(style.rng.choice(["green", "gold"]))), 3
        )
        up, across, tone = low + (high - low) * 0.76, inner * 0.4, "yellow"
    else:
        picture(
            (-inner * 0.62, inner * 0.62),
            (low, low + (high - low) * 0.36),
            style.part("paper", str(style.rng.choice(BRIGHT))),
            3,
        )
        up, across, tone = low + (high - low) * 0.56, inner * 0.72, "tan"
        disc((face - slope * (up + 0.006), up + 0.006), 0.0018, across * 1.2, "brown")
    disc((face - slope * up, up), 0.0028, across, tone)
    return thick


def hourglass(builder: AssetBuilder, size: Vec3) -> float:
    """Build an hourglass: two discs, three posts, and a glass of two bulbs with sand."""
    height, radius = size[2], size[1] / 2
    style, part = builder.style, builder.part()
    wood = style.main("wood", "wood", "metal", "plastic", colours=("black", "gold", "brown"))
    glass, sand = (
        style.part("glass", "white"),
        style.part("food", str(style.rng.choice(["beige", "red", "blue", "pink"]))),
    )
    disc, fill = 0.012, bulk(wood, 800)
    for low in (0.0, height - disc):
        stacked(
            part,
            [(low, 2 * radius, 2 * radius), (low + disc, 2 * radius, 2 * radius)],
            wood,
            count=20,
            fill=fill,
        )
    for turn in np.arange(3) * 2 * math.pi / 3:
        x, y = 0.84 * radius * math.cos(turn), 0.84 * radius * math.sin(turn)
        part.bar((x, y, disc), (x, y, height - disc), 0.009, wood, fill=fill)
    middle, belly = height / 2, 1.28 * radius
    bulb = [
        (disc, 0.6),
        (disc + 0.2 * (middle - disc), 1.0),
        (disc + 0.5 * (middle - disc), 0.9),
        (middle, 0.12),
    ]
    for flip in (False, True):
        levels = [(height - z if flip else z, r * belly, r * belly) for z, r in bulb]
        stacked(part, levels, glass, fill=0.3)
    fallen, left = style.rng.uniform(0.25, 0.75, 2) * (middle - disc)
    heights, radii = [z for z, _ in bulb], [1.004 * r * belly for _, r in bulb]
    for low, high, flip in ((disc + 0.0005, disc + fallen, False), (middle - left, middle, True)):
        stops = sorted({low, high, *(z for z in heights if low < z < high)})
        heap = [(float(z), float(np.interp(z, heights, radii))) for z in stops]
        rings = [(height - z if flip else z, r, r) for z, r in heap]
        stacked(part, rings, sand, fill=0.4, collide=False)
    return 2 * radius


def trophy(builder: AssetBuilder, size: Vec3) -> float:
    """Build a trophy: a cup with two handles on a stem and a plinth with a plate."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    gold = style.main("metal", colours=("gold", "gold", "silver", "copper"))
    dark = style.part("wood", "walnut") if style.rng.random() < 0.5 else style.part("stone", "black")
    plinth, stem, fill = height * 0.22, height * 0.42, bulk(gold, 900)
    base = depth * 0.92
    part.box((base, base, plinth * 0.4), (0, 0, plinth * 0.2), dark, bevel=0.002, fill=bulk(dark, 1200))
    part.box(
        (base * 0.8, base * 0.8, plinth * 0.6), (0, 0, plinth * 0.7), dark, bevel=0.002, fill=bulk(dark, 1200)
    )
    print_on(part, (base * 0.8 + 0.002, base * 0.5, plinth * 0.34), (0, 0, plinth * 0.7), gold)
    radius = depth / 2
    foot = [(plinth, 1.1), (plinth + 0.1 * (stem - plinth), 1.0), (stem, 0.28)]
    stacked(part, [(z, r * radius, r * radius) for z, r in foot], gold, fill=fill)
    lip = float(style.rng.uniform(1.7, 1.95))
    bowl = [
        (stem - 0.004, 0.3),
        (stem + 0.14 * (height - stem), 1.15),
        (stem + 0.4 * (height - stem), 1.55),
        (height, lip),
    ]
    stacked(part, [(z, r * radius, r * radius) for z, r in bowl], gold, count=20, fill=fill)
    hollow = toned(gold, 0.5)
    mouth = [(z, 0.9 * lip * radius, 0.9 * lip * radius) for z in (height - 0.001, height + 0.0004)]
    stacked(part, mouth, hollow, count=20, fill=0.0, collide=False)
    low, high, edge = stem + 0.2 * (height - stem), height - 0.14 * (height - stem), 0.6 * radius
    for sign in (-1, 1):
        ear = [
            (0, sign * edge, low),
            (0, sign * (width / 2 - 0.006), (low + 2 * high) / 3),
            (0, sign * (edge + 0.2 * radius), high),
        ]
        tube(part, ear, 0.010, gold, (1, 0, 0), fill=0.4)
    return 0.3 * radius


def storage_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a stackable storage box with an overhanging lid, and a label and a hand hole in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main(
        "cardboard", "plastic", "plastic", colours=("tan", "white", "grey", "blue", "turquoise", "pink")
    )
    lid = (
        material
        if style.rng.random() < 0.5
        else style.part("plastic", str(style.rng.choice(["white", "grey", "blue", "green"])))
    )
    rim, over, fill = height * 0.20, 0.006, bulk(material, 76)
    box = (depth - 2 * over, width - 2 * over, height - rim)
    part.box(box, (0, 0, box[2] / 2), material, bevel=0.002, fill=fill)
    part.box((depth, width, rim), (0, 0, height - rim / 2), lid, bevel=0.003, fill=bulk(lid, 76))
    paint(part, box, "x", (0, -box[2] * 0.1), (width * 0.34, box[2] * 0.34), style.part("paper", "white"))
    ink = style.part("paper", "black")
    for up in (-0.02, -0.14):
        paint(part, box, "x", (0, box[2] * up), (width * 0.24, 0.005), ink, 2)
    paint(part, box, "y", (0, box[2] * 0.18), (0.09, 0.026), ink)
    builder.surface("top", (0, 0, height), (0.96 * depth, 0.96 * width))
    return rim


FAMILIES = (
    Family("sponge", "sponge.n.01", (0.090, 0.056, 0.026), (0.112, 0.066, 0.034), sponge, "sponge",
           words=("cleaning sponge", "dish sponge", "kitchen sponge", "scouring pad"), has_front=False),
    Family("dish soap", "bottle__of__dish_soap.n.01", (0.046, 0.075, 0.20), (0.056, 0.090, 0.25), dish_soap,
           "bottle_of_dish_soap", words=("washing-up liquid", "dishwashing liquid", "dish detergent",
           "bottle of dish soap")),
    Family("detergent", "bottle__of__detergent.n.01", (0.090, 0.16, 0.26), (0.115, 0.20, 0.31), detergent,
           "bottle_of_detergent", words=("laundry detergent", "bottle of detergent", "detergent bottle")),
    Family("photo frame", "picture_frame.n.01", (0.095, 0.13, 0.17), (0.12, 0.22, 0.25), photo_frame,
           "picture_frame", words=("picture frame", "framed photo", "photograph", "photo", "table picture",
           "desk picture", "desk photo", "table photo")),
    Family("hourglass", "sandglass.n.01", (0.080, 0.080, 0.15), (0.10, 0.10, 0.21), hourglass, "",
           words=("sandglass", "sand timer", "egg timer"), has_front=False),
    Family("trophy", "trophy.n.02", (0.11, 0.17, 0.27), (0.15, 0.23, 0.40), trophy, "trophy",
           words=("trophy cup",)),
    Family("storage box", "storage_container.n.01", (0.26, 0.30, 0.15), (0.36, 0.42, 0.21), storage_box,
           "storage_box", words=("storage bin", "archive box", "file box", "storage container")),
)  # fmt: skip
