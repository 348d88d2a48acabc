"""Books, binders, laptops, keyboards, monitors, phones and desk organisers."""

from __future__ import annotations

import numpy as np

from sage.assets.builder import AssetBuilder
from sage.assets.families.forms import band, bulk, hull, print_on, sheet, tiles
from sage.assets.family import Family
from sage.geometry import Vec3, box_corners

__all__ = ["FAMILIES"]

_COVERS = ("red", "blue", "green", "brown", "black", "orange", "purple", "turquoise", "beige", "grey")


def book(builder: AssetBuilder, size: Vec3) -> float:
    """Build a hardcover book that lies flat, its spine on the left: two boards, a spine and the pages.

    Its collider is one box, since boards of 3 mm would penetrate each other.
    """
    depth, width, height = size
    style, part = builder.style, builder.part()
    cover = style.main("paper", colours=_COVERS)
    pages = style.part("paper", str(style.rng.choice(["white", "beige"])))
    gold = style.part("paper", str(style.rng.choice(["gold", "white", "black", "yellow"])))
    board = 0.003
    for z in (board / 2, height - board / 2):
        part.box((depth, width, board), (0, 0, z), cover, bevel=0.001, fill=bulk(cover, 900), collide=False)
    spine = (depth, board, height - 2 * board)
    part.box(
        spine, (0, (width - board) / 2, height / 2), cover, bevel=0.0, fill=bulk(cover, 900), collide=False
    )
    block = (depth - 0.008, width - board - 0.004, height - 2 * board)
    part.box(block, (0, -board / 2 + 0.002, height / 2), pages, bevel=0.0, collide=False)
    part.box(size, (0, 0, height / 2), cover, fill=0.0, visible=False)
    face = height + 0.0001
    wide, high = width * float(style.rng.uniform(0.4, 0.7)), depth * float(style.rng.uniform(0.06, 0.14))
    up = -depth * float(style.rng.uniform(0.12, 0.32))
    print_on(part, (high, wide, 0.0006), (up, 0, face), gold)
    print_on(part, (0.006, wide * 0.7, 0.0006), (up + high, 0, face), gold)
    if style.rng.random() < 0.6:
        picture = style.part("paper", str(style.rng.choice(_COVERS)))
        print_on(part, (depth * 0.3, width * 0.6, 0.0006), (depth * 0.22, 0, face), picture)
    print_on(part, (depth * 0.5, 0.0006, height * 0.4), (-depth * 0.08, width / 2, height / 2), gold)
    builder.surface("top", (0, 0, height), (depth * 0.85, width * 0.85))
    return height


def notebook(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat notebook with a bound spine and an elastic band."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cover = style.main("leather", "paper", colours=("black", "brown", "red", "blue", "green", "grey"))
    pages, strap = style.part("paper", "white"), style.part("rubber")
    board = 0.003
    for z in (board / 2, height - board / 2):
        part.box((depth, width, board), (0, 0, z), cover, bevel=0.0014, fill=bulk(cover, 900), collide=False)
    block = (depth - 0.004, width - 0.003, height - 2 * board)
    part.box(block, (0, 0.0015, height / 2), pages, bevel=0.0, collide=False)
    part.box(size, (0, 0, height / 2), cover, fill=0.0, visible=False)
    print_on(part, (depth, 0.0012, height - 0.001), (0, width / 2, height / 2), cover)
    print_on(part, (depth + 0.001, 0.008, height), (0, -width * 0.38, height / 2 + 0.0005), strap)
    builder.surface("top", (0, 0, height), (depth * 0.85, width * 0.85))
    return height


def folder(builder: AssetBuilder, size: Vec3) -> float:
    """Build an upright ring binder, its spine with label and finger hole in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main(
        "plastic", "paper", colours=("black", "blue", "red", "green", "grey", "yellow", "white")
    )
    pages, metal, label = (
        style.part("paper", "white"),
        style.part("metal", "silver"),
        style.part("paper", "white"),
    )
    board = 0.004
    light = bulk(material, 600)
    for sign in (-1, 1):
        part.box(
            (depth, board, height),
            (0, sign * (width - board) / 2, height / 2),
            material,
            bevel=0.001,
            fill=light,
        )
    spine = (depth - board) / 2
    part.box((board, width - 2 * board, height), (spine, 0, height / 2), material, bevel=0.0, fill=light)
    inner = (depth - 0.03, (width - 2 * board) * float(style.rng.uniform(0.6, 1.0)), height - 0.022)
    part.box(inner, (0.004, 0, inner[2] / 2), pages, bevel=0.0, fill=bulk(pages, 230))
    face = depth / 2
    print_on(part, (0.0008, width * 0.72, height * 0.42), (face, 0, height * 0.60), label)
    line = style.part("paper", "black")
    for row in range(3):
        print_on(part, (0.0014, width * 0.5, 0.003), (face, 0, height * (0.70 - 0.07 * row)), line)
    part.cylinder(width * 0.21, 0.0016, (face, 0, height * 0.2), metal, axis="x", fill=0.0, collide=False)
    part.cylinder(width * 0.17, 0.0022, (face, 0, height * 0.2), line, axis="x", fill=0.0, collide=False)
    return width


def laptop(builder: AssetBuilder, size: Vec3) -> float:
    """Build a closed laptop: a base with keys and touch pad, and a lid with the screen."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("sheet metal", "plastic", colours=("silver", "grey", "black", "white"))
    keys = style.part("electronics", "black" if style.attributes["color"] != "black" else "grey")
    dark = style.part("electronics", "black")
    lid_m, gap = 0.007, 0.0015
    base_m = height - lid_m - gap
    part.box((depth, width, base_m), (0, 0, base_m / 2), material, bevel=0.002, fill=bulk(material, 1000))
    pitch = width * 0.9 / 13
    blocks: list[tuple[Vec3, Vec3]] = []
    for row in range(5):
        x = -depth * 0.36 + row * pitch
        spans = (
            [(-6 + i, 1.0) for i in range(13)]
            if row < 4
            else [(-5.5, 2.0), (-3, 2.0), (0.5, 4.0), (4, 2.0), (6, 1)]
        )
        for at, wide in spans:
            blocks.append(((pitch * 0.82, pitch * (wide - 0.18), 0.0012), (x, at * pitch, base_m + 0.0004)))
    tiles(part, blocks, keys)
    pad = (depth * 0.30, width * 0.34, 0.0008)
    print_on(part, pad, (depth * 0.31, 0, base_m), style.part("electronics", "grey"))
    print_on(part, (0.012, width * 0.6, gap), (-depth / 2 + 0.008, 0, base_m + gap / 2), dark)
    lid = builder.moving(
        "lid",
        "revolute",
        (-depth / 2, 0, base_m + gap),
        (0, -1, 0),
        1.9,
        damping=0.05,
        friction=1.2,
        opens="lid",
    )
    lid.box(
        (depth, width, lid_m),
        (0, 0, base_m + gap + lid_m / 2),
        material,
        bevel=0.002,
        fill=bulk(material, 800),
    )
    print_on(lid, (depth - 0.012, width - 0.012, 0.0008), (0, 0, base_m + gap), dark)
    glow = style.part("electronics", str(style.rng.choice(["blue", "turquoise", "grey", "purple"])))
    print_on(lid, (depth - 0.034, width - 0.028, 0.0008), (0.002, 0, base_m + gap - 0.0003), glow)
    light = style.part("paper", "white")
    print_on(lid, (depth * 0.34, width * 0.42, 0.0008), (0.02, width * 0.12, base_m + gap - 0.0006), light)
    mark = style.part("metal", "silver" if style.attributes["color"] != "silver" else "grey")
    lid.cylinder(0.014, 0.0008, (0, 0, height), mark, fill=0.0, collide=False)
    return height


def remote_control(builder: AssetBuilder, size: Vec3) -> float:
    """Build a remote control that lies flat and points forward."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("electronics", colours=("black", "grey", "white"))
    lit = style.attributes["color"] == "black"
    button = style.part("rubber", "grey" if lit else "black")
    low, high = (
        box_corners((-depth / 2, -width / 2, 0.0), (depth / 2, width / 2, height - 0.003)),
        height - 0.0012,
    )
    top = box_corners(
        (-depth / 2 + 0.003, -width / 2 + 0.003, high), (depth / 2 - 0.003, width / 2 - 0.003, high)
    )
    hull(part, np.concatenate([low, top]), material, fill=bulk(material, 770))
    shape = (depth * 0.048, width * 0.17, 0.0024)
    places = [(depth * (0.20 - 0.095 * row), y * width * 0.27, high) for row in range(6) for y in (-1, 0, 1)]
    tiles(part, [(shape, place) for place in places], button)
    part.cylinder(width * 0.27, 0.0018, (-depth * 0.40 + 0.002, 0, high), button, fill=0.0, collide=False)
    part.cylinder(width * 0.13, 0.0026, (-depth * 0.40 + 0.002, 0, high), material, fill=0.0, collide=False)
    power = style.part("rubber", "red")
    part.cylinder(width * 0.10, 0.0024, (depth * 0.40, width * 0.26, high), power, fill=0.0, collide=False)
    print_on(
        part,
        (0.001, width * 0.5, height * 0.4),
        (depth / 2, 0, height * 0.45),
        style.part("electronics", "purple"),
    )
    return width


def pen_holder(builder: AssetBuilder, size: Vec3) -> float:
    """Build an empty pen cup, round or square."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("metal", "plastic", "ceramic", "wood")
    wall, fill = sheet(material, 7.0)
    if style.rng.random() < 0.6:
        radius = width / 2
        profile = [(radius - 0.002, 0.0), (radius, 0.002), (radius, height - 0.003), (radius - 0.001, height)]
        part.vessel(profile, wall, wall, material, rings=1, fill=fill)
        band(part, radius + 0.0004, height * 0.86, height * 0.92, style.part("metal"))
        builder.surface("inside", (0, 0, wall), (radius * 1.2, radius * 1.2), placement="in", round=True)
    else:
        part.carcass(size, (0, 0, height / 2), wall, material, open_side="top", back=wall, fill=fill)
        builder.surface(
            "inside", (0, 0, wall), (depth - 2 * wall - 0.004, width - 2 * wall - 0.004), placement="in"
        )
    return wall


def caddy(builder: AssetBuilder, size: Vec3) -> float:
    """Build a desk caddy of four open compartments: one in front, two in the middle, one at the back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("wood", "plastic", "metal", "painted wood")
    wall, fill = sheet(material, 5.0)
    part.carcass(size, (0, 0, height / 2), wall, material, open_side="top", back=wall, fill=fill)
    room = (depth - 4 * wall) / 3
    inner, tall = width - 2 * wall, height * 0.8
    for sign in (-1, 1):
        x = sign * (room + wall) / 2
        part.box((wall, inner, tall), (x, 0, wall + tall / 2), material, bevel=0.0, fill=fill)
    part.box((room, wall, tall), (0, 0, wall + tall / 2), material, bevel=0.0, fill=fill)
    half = (inner - wall) / 2
    places = {
        "front": (room + wall, 0.0, inner), "left": (0.0, (half + wall) / 2, half),
        "right": (0.0, -(half + wall) / 2, half), "back": (-room - wall, 0.0, inner),
    }  # fmt: skip
    for name, (x, y, wide) in places.items():
        builder.surface(f"compartment_{name}", (x, y, wall), (room - 0.004, wide - 0.004), placement="in")
    return wall


def phone(builder: AssetBuilder, size: Vec3) -> float:
    """Build a smartphone that lies on its back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("electronics", colours=("black", "grey", "white", "blue", "red"))
    screen = style.part("electronics", "black")
    fill = bulk(material, 1000)
    corner, edge = 0.009, height / 2
    points = []
    for x in (-1, 1):
        for y in (-1, 1):
            middle = np.array([x * (depth / 2 - corner), y * (width / 2 - corner)])
            for angle in np.linspace(0, np.pi / 2, 5):
                out = np.array([x * np.cos(angle), y * np.sin(angle)])
                points += [(*(middle + out * (corner - 0.0012)), z) for z in (0.0, height)]
                points.append((*(middle + out * corner), edge))
    hull(part, points, material, fill=fill)
    print_on(part, (depth - 0.008, width - 0.007, 0.0006), (0, 0, height), screen)
    part.cylinder(0.0025, 0.0010, (depth / 2 - 0.009, 0, height), style.part("electronics", "grey"), fill=0.0,
                  collide=False)  # fmt: skip
    print_on(part, (0.014, 0.0012, height * 0.35), (depth * 0.2, -width / 2, height / 2), screen)
    return width


def alarm_clock(builder: AssetBuilder, size: Vec3) -> float:
    """Build an alarm clock: a body on a foot, a face with hands, a button on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("plastic", "wood", "metal")
    fill = bulk(material, 800)
    face, dark = style.part("paper", "white"), style.part("plastic", "black")
    hand = style.part("plastic", "red")
    body = height - 0.014
    radius = min(body, width) / 2
    if style.rng.random() < 0.5:
        part.box((depth, width, 0.014), (0, 0, 0.007), material, bevel=0.003, fill=fill)
        part.cylinder(
            radius - 0.004, depth * 0.8, (0, 0, 0.010 + radius - 0.004), material, axis="x", fill=fill
        )
        middle, front, dial = 0.010 + radius - 0.004, depth * 0.4, radius - 0.012
    else:
        part.box((depth, width, body), (0, 0, body / 2), material, bevel=0.008, fill=fill)
        middle, front, dial = body / 2, depth / 2, radius - 0.010
    part.box((0.018, width * 0.36, 0.018), (0, 0, height - 0.009), dark, bevel=0.003, fill=0.5)
    part.cylinder(dial, 0.002, (front, 0, middle), face, axis="x", fill=0.0, collide=False)
    for hour in range(12):
        turn = hour * np.pi / 6
        place = (front + 0.0012, 0.86 * dial * np.sin(turn), middle + 0.86 * dial * np.cos(turn))
        print_on(part, (0.001, 0.0022, dial * 0.14), place, dark, (-turn, 0, 0))
    for length, wide, paint in ((0.5, 0.004, dark), (0.75, 0.003, dark), (0.6, 0.0016, hand)):
        turn = float(style.rng.uniform(0, 2 * np.pi))
        reach = dial * length / 2
        place = (front + 0.0018, reach * np.sin(turn), middle + reach * np.cos(turn))
        print_on(part, (0.001, wide, dial * length), place, paint, (-turn, 0, 0))
    return depth


def keyboard(builder: AssetBuilder, size: Vec3) -> float:
    """Build a computer keyboard with the edge nearest to the user in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("electronics", colours=("black", "white", "grey"))
    keys = style.part("electronics", "grey" if style.attributes["color"] != "grey" else "white")
    body, slope = height - 0.005, 0.004
    low = box_corners((-depth / 2, -width / 2, 0.0), (depth / 2, width / 2, body - slope))
    back = box_corners((-depth / 2, -width / 2, body), (-depth / 2 + 0.004, width / 2, body))
    hull(part, np.concatenate([low, back]), material, fill=bulk(material, 800))
    tilt = np.arctan2(slope, depth - 0.004)
    blocks: list[tuple[Vec3, Vec3]] = []
    pitch = min((depth - 0.012) / 6, (width - 0.012) / 20)
    for row in range(6):
        x = (row - 2.5) * (depth - 0.012) / 6
        z = body - slope * (x + depth / 2) / depth + 0.0015
        spans = [(i - 9.5, 1.0) for i in range(20) if i not in (14, 15)]
        if row == 5:
            spans = [(-9, 1.6), (-7.3, 1.6), (-2.5, 7.0), (2.3, 1.6), (4, 1.0), (7, 1.0), (8, 1.0), (9, 1.0)]
        for at, wide in spans:
            key = (pitch * 0.84, (width - 0.012) / 20 * (wide - 0.14), 0.006)
            blocks.append((key, (x, at * (width - 0.012) / 20, z)))
    tiles(part, blocks, keys, float(tilt))
    return height


def computer_mouse(builder: AssetBuilder, size: Vec3) -> float:
    """Build a computer mouse with its buttons at the back, away from a user in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("electronics", colours=("black", "white", "grey"))
    seam = style.part("rubber", "grey" if style.attributes["color"] == "black" else "black")
    points = []
    for z, share in ((0.0, 0.93), (0.25, 1.0), (0.55, 0.95), (0.8, 0.78), (0.95, 0.5), (1.0, 0.28)):
        for angle in np.linspace(0, 2 * np.pi, 24, endpoint=False):
            x = np.sign(np.cos(angle)) * abs(np.cos(angle)) ** 0.8 * share
            y = np.sign(np.sin(angle)) * abs(np.sin(angle)) ** 0.8 * share**0.7
            drop = 1 - 0.25 * max(0.0, -x) ** 2
            points.append((x * depth / 2, y * width / 2, z * height * (drop if z else 1.0)))
    hull(part, points, material, fill=bulk(material, 550))
    part.cylinder(0.007, 0.006, (-depth * 0.26, 0, height * 0.76), seam, axis="y", fill=0.0, collide=False)
    return width


def monitor(builder: AssetBuilder, size: Vec3) -> float:
    """Build a monitor on a stand."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("electronics", colours=("black", "grey", "silver"))
    screen = style.part("electronics", "black")
    foot = (depth, width * 0.42, 0.014)
    part.box(foot, (0, 0, 0.007), material, bevel=0.003, fill=bulk(material, 900))
    back = -depth * 0.22
    tall = min(height * 0.74, width * 0.62)
    center = height - tall / 2
    part.box(
        (0.030, 0.07, center - 0.014 + 0.03),
        (back, 0, (center + 0.044) / 2),
        material,
        bevel=0.004,
        fill=bulk(material, 700),
    )
    part.box((0.030, width, tall), (back + 0.030, 0, center), material, bevel=0.004, fill=bulk(material, 500))
    part.box(
        (0.02, width * 0.45, tall * 0.5),
        (back + 0.012, 0, center),
        material,
        bevel=0.006,
        fill=bulk(material, 270),
        collide=False,
    )
    front = back + 0.045
    print_on(part, (0.001, width - 0.020, tall - 0.030), (front, 0, center + 0.006), screen)
    shade = str(style.rng.choice(["blue", "turquoise", "purple", "grey"]))
    if style.rng.random() < 0.5:
        print_on(
            part,
            (0.0016, width - 0.024, tall - 0.034),
            (front, 0, center + 0.006),
            style.part("electronics", shade),
        )
        light = style.part("paper", "white")
        for side in (-1, 1):
            y, z = side * style.rng.uniform(0.20, 0.26) * width, style.rng.uniform(-0.1, 0.1) * tall
            print_on(part, (0.0022, width * 0.36, tall * 0.45), (front, y, center + z), light)
            print_on(part, (0.0028, width * 0.36, tall * 0.05), (front, y, center + z + tall * 0.2), screen)
    return 0.030


FAMILIES = (
    Family(
        "book", "hardback.n.01", (0.20, 0.14, 0.018), (0.26, 0.19, 0.042), book, "hardback",
        words=("hardback", "hardcover", "novel", "textbook"), has_front=False,
    ),
    Family(
        "notebook", "notebook.n.01", (0.18, 0.13, 0.012), (0.24, 0.18, 0.02), notebook, "notebook",
        words=("notepad", "diary", "journal"), has_front=False,
    ),
    Family(
        "folder", "folder.n.02", (0.25, 0.060, 0.28), (0.29, 0.078, 0.32), folder, "",
        words=("binder", "ring binder", "file"),
    ),
    Family(
        "laptop", "laptop.n.01", (0.21, 0.30, 0.020), (0.25, 0.36, 0.026), laptop, "laptop",
        words=("laptop computer", "notebook computer"), kinds=("computer",),
    ),
    Family(
        "remote control", "remote_control.n.01", (0.15, 0.043, 0.018), (0.175, 0.050, 0.023), remote_control,
        "cell_phone", words=("remote", "tv remote", "tv remote control"),
    ),
    Family(
        "pen holder", "pencil_holder.n.01", (0.078, 0.078, 0.09), (0.10, 0.10, 0.12), pen_holder,
        "pencil_holder", words=("pencil holder", "pen cup", "pencil cup"), has_front=False,
    ),
    Family(
        "caddy", "caddy.n.01", (0.25, 0.41, 0.14), (0.29, 0.46, 0.17), caddy, "",
        words=("desk caddy", "desk organizer", "desk organiser", "organizer", "organiser", "utensil caddy"),
    ),
    Family(
        "phone", "cellular_telephone.n.01", (0.140, 0.068, 0.008), (0.162, 0.078, 0.010), phone, "cell_phone",
        words=("smartphone", "mobile phone", "cell phone", "mobile", "telephone"), has_front=False,
    ),
    Family(
        "alarm clock", "alarm_clock.n.01", (0.0765, 0.105, 0.10), (0.080, 0.14, 0.12), alarm_clock,
        "alarm_clock", kinds=("clock",),
    ),
    Family(
        "keyboard", "keyboard.n.01", (0.125, 0.40, 0.018), (0.15, 0.46, 0.026), keyboard, "keyboard",
        words=("computer keyboard",),
    ),
    Family(
        "computer mouse", "mouse.n.04", (0.10, 0.058, 0.034), (0.12, 0.066, 0.040), computer_mouse, "mouse",
        words=("mouse", "pc mouse"),
    ),
    Family(
        "monitor", "monitor.n.04", (0.18, 0.48, 0.38), (0.22, 0.60, 0.46), monitor, "monitor",
        words=("screen", "computer monitor", "computer screen", "display"),
    ),
)  # fmt: skip
