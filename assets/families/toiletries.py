"""Toiletries and cleaning supplies."""

from __future__ import annotations

import numpy as np
import trimesh

from sage.assets.builder import AssetBuilder
from sage.assets.families.forms import arc, bulk, hollow, hull, loft, print_on, superellipse, tiles
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]


def soap_bar(builder: AssetBuilder, size: Vec3) -> float:
    """Build a rounded bar of soap with an embossed brand."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("soap")
    square = float(style.rng.uniform(2.2, 5.0))
    rows = ((0.80, 0.0), (0.97, 0.25), (1.0, 0.5), (0.97, 0.75), (0.80, 1.0))
    rings = [superellipse((depth * k, width * k), (0, 0, z * height), square) for k, z in rows]
    part.solid(loft(rings), material, [np.concatenate(rings)])
    mark = style.part("soap", style.attributes["color"]) if material.name.startswith("soap") else material
    print_on(part, (depth * 0.22, width * 0.5, 0.0006), (0, 0, height), mark)
    return depth


def soap_dish(builder: AssetBuilder, size: Vec3) -> float:
    """Build a shallow dish for a bar of soap."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("ceramic", "plastic", "wood", "stone")
    square = float(style.rng.choice([2.6, 4.0, 9.0]))
    floor, wall = 0.007, 0.006
    flat = (depth - 0.016, width - 0.016)
    outside = [
        superellipse((depth * 0.84, width * 0.88), (0, 0, 0), square),
        superellipse(size[:2], (0, 0, height), square),
    ]
    rim = (depth - 2 * wall, width - 2 * wall)
    inside = [superellipse(rim, (0, 0, height), square), superellipse(flat, (0, 0, floor), square)]
    hollow(part, outside, inside, material, fill=bulk(material, 1500))
    builder.surface("top", (0, 0, floor), (flat[0] * 0.9, flat[1] * 0.86), shelf=True)
    return wall


def soap_dispenser(builder: AssetBuilder, size: Vec3) -> float:
    """Build a soap dispenser: a round or square bottle with a pump."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main(
        "ceramic", "plastic", "stone", colours=("white", "grey", "black", "turquoise", "pink")
    )
    metal = style.part("metal", style.colour("metal", "silver", "black", "gold"))
    square, top = float(rng.choice([2.0, 6.0])), height - 0.062
    waist = float(rng.uniform(0.86, 1.0))
    rows = ((0.94, 0.0), (1.0, 0.03), (waist, 0.85), (waist * 0.92, 0.96), (0.5, 1.0))
    rings = [superellipse((depth * k, width * k), (0, 0, z * top), square, count=28) for k, z in rows]
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=bulk(material, 620))
    part.cylinder(0.015, 0.014, (0, 0, top + 0.007), metal, fill=0.3)
    part.cylinder(0.005, 0.04, (0, 0, top + 0.03), metal, collide=False, fill=0.3)
    part.cylinder(0.011, 0.016, (0, 0, height - 0.008), metal, fill=0.3)
    part.bar((0, 0, height - 0.007), (depth / 2 - 0.002, 0, height - 0.012), 0.010, metal, fill=0.3)
    return min(depth, width) * waist


def toothbrush(builder: AssetBuilder, size: Vec3) -> float:
    """Build a toothbrush that lies on its back."""
    length, width, height = size
    style, part = builder.style, builder.part()
    material = style.main(
        "plastic", "plastic", "wood", colours=("blue", "red", "green", "pink", "purple", "white")
    )
    thick, head = 0.0085, 0.027
    end, neck = length / 2, length / 2 - head
    rows = ((-end, 0.62, 0.8), (-end + 0.02, 0.9, 1.0), (0.0, 0.8, 1.0), (neck - 0.02, 0.42, 0.75),
            (neck, 0.95, 0.75), (end - 0.004, 0.9, 0.75), (end, 0.55, 0.75))  # fmt: skip
    rings = [
        superellipse((width * w, thick * h), (x, 0, thick * h / 2), 5.0, count=12, axis="x")
        for x, w, h in rows
    ]
    part.solid(loft(rings), material, [np.concatenate(rings[:4]), np.concatenate(rings[3:])])
    bristles, low = style.part("plastic", "white"), thick * 0.7
    tuft = (end - head / 2 - 0.001, 0, (height + low) / 2)
    part.box((head - 0.006, width * 0.8, height - low), tuft, bristles, bevel=0.001, fill=0.3)
    stripe = (0.006, width * 0.82, height - low - 0.001)
    print_on(part, stripe, (end - head / 2, 0, (height + low) / 2 + 0.0008), material)
    return width


def toothpaste(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat tube of toothpaste, crimped at one end and capped at the other."""
    length, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("plastic", colours=("white", "white", "blue", "red", "green", "turquoise"))
    tones = [c for c in ("red", "blue", "green", "turquoise", "white") if c != style.attributes["color"]]
    accent = style.part("plastic", str(rng.choice(tones)))
    cap, end = 0.02, -length / 2
    shoulder = length / 2 - cap

    def section(x: float, grow: float = 0.0) -> Array:
        share = (x - end) / (shoulder - end)
        tall = 0.005 + (height - 0.005) * min(1.0, 1.3 * share) ** 0.8
        wide = width * (1.0 - 0.22 * share)
        return superellipse((wide + grow, tall + grow), (x, 0, tall / 2), 2.4, axis="x")

    rings = [section(x) for x in (end, end + 0.006, end + 0.3 * length, end + 0.6 * length, shoulder)]
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=bulk(material, 950))
    for low, high in ((0.12, 0.2), (0.3, 0.66)):
        steps = np.linspace(end + low * length, end + high * length, 3)
        part.solid(loft([section(float(x), 0.0008) for x in steps]), accent, [], fill=0.0)
    middle, radius = height / 2, height * 0.4
    part.bar((shoulder - 0.002, 0, middle), (length / 2, 0, middle), 2 * radius, accent, sides=12,
             end_thickness=1.7 * radius, fill=0.5)  # fmt: skip
    return height


def toilet_roll(builder: AssetBuilder, size: Vec3) -> float:
    """Build an upright roll of toilet paper."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    material = style.main("paper", colours=("white",))
    core = style.part("cardboard", "tan")
    mesh = trimesh.creation.annulus(0.0215, radius, height, sections=28)
    mesh.apply_translation((0, 0, height / 2))
    disc = superellipse((2 * radius, 2 * radius), (0, 0, 0), 2.0)
    ends = np.concatenate([disc, disc + np.array([0, 0, height])])
    part.solid(mesh, material, [ends], fill=bulk(material, 220))
    tube_mesh = trimesh.creation.annulus(0.0195, 0.0216, height - 0.002, sections=28)
    tube_mesh.apply_translation((0, 0, height / 2))
    part.solid(tube_mesh, core, [])
    print_on(part, (0.001, 0.03, height), (radius - 0.0008, 0.012, height / 2), material, (0, 0, 0.3))
    return 2 * radius


def toilet_brush(builder: AssetBuilder, size: Vec3) -> float:
    """Build a toilet brush in its stand."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main(
        "plastic", "ceramic", "metal", colours=("white", "white", "black", "grey", "silver")
    )
    grip = style.part("metal", style.colour("metal", "silver", "black")) if rng.random() < 0.5 else material
    stand = height * float(rng.uniform(0.34, 0.46))
    neck = radius * float(rng.uniform(0.6, 0.92))
    body = [(radius - 0.004, 0.0), (radius, 0.006), *arc((radius, stand * 0.4), (neck, stand), -0.6)]
    part.lathe(body, material, fill=bulk(material, 450))
    part.lathe([(neck * 0.8, stand), (neck * 0.7, stand + 0.008), (0.012, stand + 0.014)], grip, fill=0.3)
    part.bar((0, 0, stand + 0.01), (0, 0, height - 0.03), 0.014, grip, sides=10, fill=0.35)
    part.lathe([(0.008, height - 0.09), (0.013, height - 0.02), (0.009, height)], grip, fill=0.4)
    return 0.022


def shampoo(builder: AssetBuilder, size: Vec3) -> float:
    """Build a bottle of shampoo with a label and a cap."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main(
        "plastic", colours=("white", "blue", "green", "pink", "purple", "orange", "turquoise", "black")
    )
    others = [c for c in ("white", "yellow", "red", "silver", "green") if c != style.attributes["color"]]
    accent = style.part("plastic", str(rng.choice(others)))
    lid = float(rng.uniform(0.12, 0.2)) * height
    top, square = height - lid, float(rng.uniform(2.2, 4.0))
    waist, brow = (float(rng.uniform(low, 1.0)) for low in (0.86, 0.9))
    rows = ((0.93, 0.0), (1.0, 0.03), (waist, 0.45), (brow, 0.8), (0.62, 1.0))

    def section(share: float, grow: float = 0.0) -> Array:
        k = float(np.interp(share, [z for _, z in rows], [w for w, _ in rows]))
        return superellipse((depth * k + grow, width * k + grow), (0, 0, share * top), square)

    rings = [section(z) for _, z in rows]
    content = 850.0 if style.requested.get("state") != "empty" else 90.0
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=bulk(material, content))
    part.solid(loft([section(z, 0.001) for z in (0.16, 0.45, 0.7)]), accent, [], fill=0.0)
    print_on(part, (depth * 0.97, width * 0.45, top * 0.12), (0, 0, top * 0.52), material)
    cover = 0.6 * (depth + width) / 2
    disc = [
        superellipse((cover * k, cover * k), (0, 0, z), 2.0)
        for k, z in ((1.0, top), (1.0, height - 0.004), (0.9, height))
    ]
    part.solid(loft(disc), accent, [np.concatenate(disc)], fill=0.5)
    return depth


def hair_dryer(builder: AssetBuilder, size: Vec3) -> float:
    """Build a hair dryer on its side, resting on its barrel and the end of its grip."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("plastic", colours=("black", "black", "white", "pink", "red", "blue", "turquoise"))
    dark = style.part("plastic", "grey" if style.attributes["color"] == "black" else "black")
    radius, fill = height / 2, bulk(material, 380)
    back, front = -depth / 2, depth / 2
    nozzle = front - float(rng.uniform(0.05, 0.065))

    def section(x: float, share: float) -> Array:
        return superellipse((2 * radius * share, 2 * radius * share), (x, 0, radius), 2.0, count=12, axis="x")

    bend = back + 0.6 * (nozzle - back)
    barrel = [section(back, 0.72), section(back + 0.02, 1.0), section(bend, 1.0), section(nozzle, 0.72)]
    part.solid(loft(barrel), material, [np.concatenate(barrel)], fill=fill)
    tip = [section(nozzle, 0.62), section(front - 0.012, 0.6)]
    flat = superellipse((1.5 * radius, 0.55 * radius), (front, 0, radius), 3.0, count=12, axis="x")
    part.solid(loft([*tip, flat]), dark, [np.concatenate([*tip, flat])], fill=0.3)
    grille = [section(back - 0.0008, 0.6), section(back + 0.002, 0.6)]
    part.solid(loft(grille), dark, [], fill=0.0)
    x, end, thick = back + 0.3 * (nozzle - back), width - radius, 0.036
    lean = float(rng.uniform(-0.012, 0.022))
    rows = ((radius * 0.5, radius, 0.042, 0.0), (end * 0.6, radius * 0.8, thick, lean * 0.5),
            (end, thick / 2, thick * 0.95, lean))  # fmt: skip
    level = [superellipse((w, thick), (0, 0, 0), 3.0, count=12)[:, [0, 2, 1]] for _, _, w, _ in rows]
    grip = [ring + np.array([x + shift, y, z]) for ring, (y, z, _, shift) in zip(level, rows, strict=True)]
    part.solid(loft(grip), material, [np.concatenate(grip)], fill=fill)
    button = (x + lean * 0.5 + thick / 2, end * 0.6, radius * 0.8)
    part.box((0.006, 0.03, 0.014), button, dark, bevel=0.002, fill=0.0, collide=False)
    return thick


def hairbrush(builder: AssetBuilder, size: Vec3) -> float:
    """Build a hairbrush on its back: an oval or square paddle with rows of bristles."""
    length, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("wood", "plastic", colours=("oak", "walnut", "black", "pink", "blue", "white"))
    rubber, dark = style.part("rubber", "grey"), style.part("plastic", "black")
    thick, square = 0.014, float(rng.choice([2.2, 5.0]))
    head = length * float(rng.uniform(0.48, 0.54))
    center, tail = length / 2 - head / 2, -length / 2
    paddle = [
        superellipse((head * k, width * k), (center, 0, z), square)
        for k, z in ((0.9, 0.0), (1.0, 0.006), (0.97, thick))
    ]
    part.solid(loft(paddle), material, [np.concatenate(paddle)], fill=0.6)
    rows = ((tail, 0.014), (tail + 0.015, 0.024), (tail + 0.07, 0.026), (length / 2 - head + 0.014, 0.017))
    grip = [superellipse((w, thick), (x, 0, thick / 2), 3.0, count=12, axis="x") for x, w in rows]
    part.solid(loft(grip), material, [np.concatenate(grip)], fill=0.6)
    pad = [
        superellipse((head * 0.82, width * 0.8), (center, 0, z), square)
        for z in (thick - 0.001, thick + 0.003)
    ]
    part.solid(loft(pad), rubber, [], fill=0.5)
    tall = height - thick - 0.003
    spots = [
        (i, j)
        for i in np.linspace(-0.8, 0.8, 9)
        for j in np.linspace(-0.8, 0.8, 5)
        if abs(i) ** 2 + abs(j) ** 2 < 1.05
    ]
    pins = [
        ((0.0028, 0.0028, tall), (center + i * head * 0.40, j * width * 0.38, height - tall / 2))
        for i, j in spots
    ]
    tiles(part, pins, dark)
    block = superellipse((head * 0.7, width * 0.66), (center, 0, thick), 2.5, count=12)
    ends = [block, block + np.array([0, 0, tall + 0.003])]
    part.solid(loft(ends), dark, [np.concatenate(ends)], 0.03, visible=False)
    return 0.022


def tissue_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a box of tissues, one of which sticks out of the slot."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main(
        "paper", colours=("blue", "turquoise", "pink", "green", "white", "purple", "yellow")
    )
    light = style.part("paper", "white" if style.attributes["color"] != "white" else "blue")
    tall = height - 0.042
    part.box((depth, width, tall), (0, 0, tall / 2), material, bevel=0.001, fill=bulk(material, 100))
    slot = [
        superellipse((depth * 0.42, min(0.13, width * 0.62)), (0, 0, z), 2.0)
        for z in (tall - 0.0005, tall + 0.0006)
    ]
    part.solid(loft(slot), style.part("plastic", "grey"), [], fill=0.0)
    wave = float(rng.uniform(0.2, 0.8))
    for y0, y1, lean, top in ((-0.03, 0.008, -0.016, 0.042), (-0.006, 0.03, 0.014, 0.036)):
        foot = [(-0.004, y0, tall - 0.004), (0.006, y1, tall - 0.004)]
        crest = [(lean, y0 * (1 + wave), tall + top * 0.82), (lean + 0.006, (y0 + y1) / 2, tall + top),
                 (lean * 0.4, y1 * (1 + wave) + 0.004, tall + top * 0.66)]  # fmt: skip
        points = [(x + d, y, z) for x, y, z in foot + crest for d in (0.0, 0.004)]
        hull(part, points, style.part("paper", "white"), fill=0.05, collide=False)
    for sign in (-1, 1):
        for low, high in ((0.1, 0.22), (0.3, 0.36)) if rng.random() < 0.5 else ((0.2, 0.62),):
            level, deep = (low + high) / 2 * tall, (high - low) * tall
            print_on(part, (0.0012, width * 0.98, deep), (sign * depth / 2, 0, level), light)
            print_on(part, (depth * 0.98, 0.0012, deep), (0, sign * width / 2, level), light)
    return min(depth, width)


FAMILIES = (
    Family(
        "soap bar", "bar_soap.n.01", (0.050, 0.075, 0.024), (0.060, 0.090, 0.031), soap_bar, "bar_soap",
        words=("soap", "bar of soap", "bar soap"), has_front=False,
    ),
    Family(
        "soap dish", "soap_dish.n.01", (0.090, 0.125, 0.017), (0.105, 0.145, 0.024), soap_dish, "soap_dish",
        words=("soap tray", "soap holder"), has_front=False,
    ),
    Family(
        "soap dispenser", "soap_dispenser.n.01", (0.066, 0.066, 0.155), (0.078, 0.078, 0.195), soap_dispenser,
        "soap_dispenser", words=("liquid soap", "hand soap", "bottle of soap", "soap bottle"),
    ),
    Family(
        "toothbrush", "toothbrush.n.01", (0.170, 0.011, 0.015), (0.190, 0.014, 0.018), toothbrush,
        "toothbrush",
    ),
    Family(
        "toothpaste", "tube__of__toothpaste.n.01", (0.145, 0.042, 0.033), (0.170, 0.050, 0.040), toothpaste,
        "tube_of_toothpaste", words=("tube of toothpaste", "toothpaste tube"),
    ),
    Family(
        "toilet roll", "toilet_tissue.n.01", (0.100, 0.100, 0.095), (0.115, 0.115, 0.110), toilet_roll,
        "toilet_paper", words=("toilet paper", "roll of toilet paper", "toilet tissue"), has_front=False,
    ),
    Family(
        "toilet brush", "brush.n.02", (0.090, 0.090, 0.36), (0.115, 0.115, 0.44), toilet_brush, "",
        words=("lavatory brush",), mount="floor", has_front=False,
    ),
    Family(
        "shampoo", "bottle__of__shampoo.n.01", (0.044, 0.066, 0.175), (0.056, 0.082, 0.225), shampoo,
        "bottle_of_shampoo", words=("shampoo bottle", "bottle of shampoo", "shower gel", "conditioner"),
    ),
    Family(
        "hair dryer", "hand_blower.n.01", (0.20, 0.20, 0.072), (0.24, 0.235, 0.088), hair_dryer, "hair_dryer",
        words=("hairdryer", "blow dryer", "hair drier", "blow drier"), has_front=False,
    ),
    Family(
        "hairbrush", "hairbrush.n.01", (0.22, 0.056, 0.034), (0.25, 0.078, 0.042), hairbrush, "hairbrush",
        words=("hair brush",), has_front=False,
    ),
    Family(
        "tissue box", "box__of__tissue.n.01", (0.11, 0.13, 0.105), (0.125, 0.235, 0.135), tissue_box,
        "box_of_tissues", words=("box of tissues", "tissues", "tissue", "box of tissue", "tissue dispenser"),
        has_front=False,
    ),
)  # fmt: skip
