"""Small kitchen appliances, shakers, paper towels, lunch boxes and vacuum flasks."""

from __future__ import annotations

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder
from sage.assets.families.forms import band, bulk, hull, print_on, rounded, stacked, tiles
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def salt_shaker(builder: AssetBuilder, size: Vec3) -> float:
    """Build a salt shaker with a perforated cap; the salt is visible through glass."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    white = ("white",) if style.rng.random() < 0.7 else ()
    material = style.main("glass", "glass", "ceramic", colours=white)
    cap, dark = style.part("metal", "silver"), style.part("plastic", "black")
    top, waist = 0.78 * height, radius * float(style.rng.uniform(0.76, 0.9))
    body = [(radius - 0.002, 0.0), (radius, 0.003), (waist, top)]
    if material.rgba[3] < 1:
        salt = [(radius - 0.006, 0.005), (waist - 0.003, 0.62 * top)]
        part.lathe(salt, style.part("food", "white"), fill=0.7, collide=False)
        part.lathe(body, material, fill=0.22)
    else:
        part.lathe(body, material, fill=bulk(material, 850))
    edge = waist + 0.001
    dome = [(edge, top), (edge, top + 0.008), (0.75 * waist, height - 0.004), (0.3 * waist, height)]
    part.lathe(dome, cap, fill=bulk(cap, 900))
    turns = np.arange(3) * 2 * np.pi / 3
    places = [(0.16 * waist * np.cos(turn), 0.16 * waist * np.sin(turn), height) for turn in turns]
    tiles(part, [((0.0028, 0.0028, 0.0012), place) for place in places], dark)
    return 2 * radius


def pepper_mill(builder: AssetBuilder, size: Vec3) -> float:
    """Build a pepper mill: a waisted body, a head and a knob."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    material = style.main("wood", "wood", "wood", "painted wood")
    knob = style.part("metal", style.colour("metal", "silver", "gold"))
    fill, neck = bulk(material, 700), 0.66 * height
    waist = radius * float(style.rng.uniform(0.58, 0.75))
    body = [
        (radius, 0.0), (radius, 0.12 * height), (waist, 0.4 * height), (0.86 * radius, neck),
        (0.8 * radius, neck + 0.004),
    ]  # fmt: skip
    head = [
        (0.72 * radius, neck + 0.006), (0.9 * radius, 0.78 * height), (0.74 * radius, 0.9 * height),
        (0.3 * radius, height - 0.012),
    ]  # fmt: skip
    part.lathe(body, material, fill=fill)
    part.lathe([(0.55 * radius, neck), (0.55 * radius, neck + 0.007)], knob, collide=False)
    part.lathe(head, material, fill=fill)
    part.lathe([(0.005, height - 0.014), (0.009, height - 0.007), (0.006, height)], knob)
    return 2 * waist


def toaster(builder: AssetBuilder, size: Vec3) -> float:
    """Build a toaster with two long slots, and a lever and a dial in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    colours = ("silver", "silver", "red", "black", "white", "turquoise")
    material = style.main("sheet metal", "sheet metal", "plastic", colours=colours)
    dark = style.part("plastic", "black" if style.attributes["color"] != "black" else "grey")
    steel = style.part("metal", "silver")
    foot = 0.010
    tall, radius = height - foot, float(style.rng.uniform(0.028, 0.045))
    section = rounded(width, tall, radius, (0.0, foot + tall / 2), steps=4)
    back, front = -depth / 2, depth / 2 - 0.02
    stations = [(back, 0.95), (back + 0.012, 1.0), (front - 0.012, 1.0), (front, 0.95)]
    skin = [(x, y * share, foot + (z - foot) * share) for x, share in stations for y, z in section]
    hull(part, skin, material, fill=bulk(material, 260))
    for x in (-0.36 * depth, 0.3 * depth):
        part.box((0.03, 0.8 * width, foot + 0.004), (x, 0, foot / 2 + 0.002), dark, bevel=0.001)
    long, wide = 0.7 * depth, 0.2 * width
    for y in (-wide, wide):
        place = ((back + front) / 2, y, height)
        print_on(part, (long + 0.012, wide + 0.008, 0.002), place, steel)
        print_on(part, (long, wide, 0.004), place, dark)
    print_on(part, (0.003, 0.010, 0.55 * tall), (front, 0, foot + 0.55 * tall), dark)
    part.box((0.024, 0.042, 0.016), (depth / 2 - 0.012, 0, foot + 0.74 * tall), dark, bevel=0.004)
    dial = (front + 0.006, 0.27 * width, foot + 0.3 * tall)
    part.cylinder(0.014, 0.016, dial, dark, axis="x", collide=False)
    return width


def coffee_machine(builder: AssetBuilder, size: Vec3) -> float:
    """Build a coffee machine: a drip brewer with a glass jug, or an espresso machine."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    colours = ("black", "silver", "red", "white", "grey")
    material = style.main("plastic", "sheet metal", colours=colours)
    dark = style.part("plastic", "grey" if style.attributes["color"] == "black" else "black")
    steel = style.part("metal", "silver")
    base, head, column, back = 0.15 * height, 0.7 * height, 0.42 * depth, -depth / 2
    for long, low, top in ((depth, 0.0, base), (column, base, head), (0.9 * depth, head, height)):
        levels = [(low, long, width), (top - 0.003, long, width), (top, long - 0.005, width - 0.005)]
        middle = (back + long / 2, 0.0)
        stacked(part, levels, material, square=9.0, count=28, center=middle, fill=bulk(material, 190))
    spot = (back + (depth + column) / 2, base, head - base)
    if style.rng.random() < 0.5:
        _drip(builder, spot, min(0.36 * (depth - column) + 0.02, 0.4 * width), dark, steel)
        face = (depth / 2, 0, base / 2)
        print_on(part, (0.002, 0.3 * width, 0.55 * base), face, dark)
        button = (depth / 2, 0.3 * width, base / 2)
        part.cylinder(0.008, 0.004, button, steel, axis="x", fill=0.0, collide=False)
    else:
        _espresso(builder, spot, size, dark, steel)
    builder.surface("top", (back + 0.45 * depth, 0, height), (0.9 * depth - 0.05, width - 0.05))
    return width


def _drip(builder: AssetBuilder, spot: Vec3, radius: float, dark: Material, steel: Material) -> None:
    """Add a hot plate, a glass jug of coffee and the outlet above; `spot` is x, z and free height [m]."""
    part = builder.parts["base"]
    x, base, clear = spot
    glass, coffee = builder.style.part("glass", "white"), builder.style.part("food", "brown")
    low, tall, lip = base + 0.005, 0.78 * clear, x + radius
    at = (x, 0, low)
    part.cylinder(radius + 0.004, 0.006, (x, 0, base + 0.002), steel, fill=0.3, collide=False)
    film = 0.0008
    brew = [(0.88 * radius + film, 0.002), (radius + film, 0.3 * tall), (0.884 * radius + film, 0.55 * tall)]
    part.lathe(brew, coffee, center=at, fill=0.2, collide=False)
    can = [(0.88 * radius, 0.0), (radius, 0.3 * tall), (0.74 * radius, 0.86 * tall)]
    part.lathe(can, glass, center=at, fill=0.12)
    part.lathe([(0.78 * radius, 0.86 * tall), (0.7 * radius, tall)], dark, center=at, fill=0.3)
    funnel = [(0.4 * radius, 0.79 * clear), (0.75 * radius, 1.01 * clear)]
    part.lathe(funnel, dark, center=(x, 0, base), fill=0.2)
    ear = [(x + 0.72 * radius, 0.84), (lip + 0.016, 0.82), (lip + 0.014, 0.3), (x + 0.97 * radius, 0.28)]
    part.path([(at_x, 0, low + share * tall) for at_x, share in ear], 0.012, dark)


def _espresso(builder: AssetBuilder, spot: Vec3, size: Vec3, dark: Material, steel: Material) -> None:
    """Add a brew head with a filter holder, a drip tray, a steam pipe, knobs and a gauge."""
    part = builder.parts["base"]
    x, base, clear = spot
    depth, width, height = size
    long, wide, top = 0.5 * depth, 0.86 * width, base + clear
    print_on(part, (long, wide, 0.003), (x, 0, base), dark)
    rods = np.linspace(-0.42, 0.42, 11) * wide
    tiles(part, [((0.86 * long, 0.004, 0.005), (x, y, base)) for y in rods], steel)
    part.cylinder(0.034, 0.03, (x, 0, top - 0.014), steel, fill=0.4)
    part.cylinder(0.03, 0.022, (x, 0, top - 0.038), steel, fill=0.4)
    grip = (min(x + 0.13, depth / 2 + 0.015), 0, top - 0.046)
    part.bar((x + 0.025, 0, top - 0.038), grip, 0.018, dark, end_thickness=0.024)
    for y in (-0.008, 0.008):
        part.bar((x, y, top - 0.048), (x, 1.4 * y, top - 0.062), 0.008, steel, collide=False)
    part.bar((x, 0.36 * width, top + 0.004), (x + 0.012, 0.38 * width, top - 0.6 * clear), 0.008, steel)
    face, middle = 0.4 * depth, (top + height) / 2
    dial = builder.style.part("paper", "white")
    part.cylinder(0.021, 0.006, (face, 0, middle), steel, axis="x", fill=0.1, collide=False)
    part.cylinder(0.018, 0.008, (face, 0, middle), dial, axis="x", fill=0.0, collide=False)
    for share in (-0.32, -0.2, 0.3):
        knob = (face, share * width, middle)
        part.cylinder(0.012, 0.012, knob, dark, axis="x", fill=0.4, collide=False)
    builder.surface(
        "inside", (x, 0, base + 0.003), (0.9 * long, 0.5 * wide), placement="in", height=clear - 0.07
    )


def blender(builder: AssetBuilder, size: Vec3) -> float:
    """Build a blender: a heavy base with a dial, and a tall glass jug with a handle and a lid."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    colours = ("black", "white", "red", "silver", "turquoise")
    material = style.main("plastic", "sheet metal", colours=colours)
    dark = style.part("plastic", "grey" if style.attributes["color"] == "black" else "black")
    steel, glass = style.part("metal", "silver"), style.part("glass", "white")
    base, narrow, rim, lid = 0.32 * height, 0.72 * width, 0.41 * width, height - 0.03
    levels = [(0.0, width, width), (0.25 * base, width, width), (base, narrow, narrow)]
    square = 2.0 if style.rng.random() < 0.5 else 6.0
    stacked(part, levels, material, square=square, count=28, fill=bulk(material, 720))
    print_on(part, (0.004, 0.36 * width, 0.1 * base), (0.485 * width, 0, 0.13 * base), dark)
    dial = (0.44 * width, 0, 0.55 * base)
    part.cylinder(0.02, 0.022, dial, dark, axis="x", fill=0.3, collide=False)
    part.lathe([(0.34 * width, base - 0.002), (0.34 * width, base + 0.022)], dark, fill=0.5)
    part.lathe([(0.028, base + 0.022), (0.012, base + 0.034)], steel, fill=0.5, collide=False)
    part.lathe([(0.3 * width, base + 0.022), (rim, lid)], glass, fill=0.2)
    cover = [(rim + 0.003, lid), (rim + 0.003, lid + 0.012), (0.3 * width, height - 0.012)]
    part.lathe(cover, dark, fill=0.5)
    part.lathe([(0.14 * width, height - 0.013), (0.12 * width, height)], dark, fill=0.5)
    far = -(depth - width / 2) + 0.008
    ear = [(-0.96 * rim, 0.9), (far, 0.86), (far, 0.38), (-0.36 * width, 0.28)]
    part.path([(x, 0, base + share * (lid - base)) for x, share in ear], 0.016, dark)
    return width


def paper_towel_roll(builder: AssetBuilder, size: Vec3) -> float:
    """Build an upright paper towel roll, alone or on a holder."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    paper = style.main("paper", colours=("white",))
    held = style.rng.random() < 0.45
    foot, top = (0.012, height - 0.045) if held else (0.0, height)
    core, roll = 0.02, 0.9 * radius if held else radius
    tall, middle = top - foot, np.array([0, 0, (foot + top) / 2])
    mesh = trimesh.creation.annulus(core, roll, tall, sections=32)
    mesh.apply_translation(middle)
    around = np.asarray(trimesh.creation.cylinder(roll, tall, sections=20).vertices) + middle
    part.solid(mesh, paper, [around], bulk(paper, 130))
    band(part, core + 0.0012, foot, top, style.part("cardboard"), width=0.002)
    seam = style.part("paper", "grey")
    print_on(part, (0.002, 0.0025, tall - 0.002), (roll, 0, float(middle[2])), seam)
    if style.rng.random() < 0.6:
        hue = style.part("paper", str(style.rng.choice(["blue", "green", "pink"])))
        for z in (foot + 0.08 * tall, foot + 0.92 * tall):
            band(part, roll + 0.0004, z - 0.006, z + 0.006, hue)
    if held:
        stand = style.part("wood") if style.rng.random() < 0.5 else style.part("metal", "silver")
        fill = bulk(stand, 1500)
        part.lathe([(radius, 0.0), (radius, 0.008), (radius - 0.004, foot)], stand, fill=fill)
        part.cylinder(0.006, height - 0.022, (0, 0, height / 2 + 0.001), stand, fill=fill)
        knob = [(0.008, height - 0.02), (0.014, height - 0.010), (0.008, height)]
        part.lathe(knob, stand, fill=fill)
    return 2 * roll


def lunch_box(builder: AssetBuilder, size: Vec3) -> float:
    """Build a lunch box with a lid hinged at its back edge."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    colours = ("blue", "green", "pink", "red", "grey", "turquoise", "white")
    material = style.main("plastic", "plastic", "metal", colours=colours)
    cover = style.part("plastic") if style.rng.random() < 0.5 else material
    clasp = style.part("plastic", "white" if style.attributes["color"] != "white" else "grey")
    wall, seam = 0.004, height - 0.014
    tall, long, wide = seam - 0.001, depth - 0.008, width - 0.006
    part.carcass((long, wide, tall), (-0.004, 0, tall / 2), wall, material, open_side="top", back=wall,
                 fill=bulk(material, 950))  # fmt: skip
    hinge = (-depth / 2, 0, seam)
    lid = builder.moving("lid", "revolute", hinge, (0, -1, 0), 1.9, damping=0.02, friction=0.12, opens="lid")
    x, y, top = depth - 0.005, width, height - 0.002
    levels = [(seam, x, y), (top - 0.004, x, y), (top, x - 0.006, y - 0.006)]
    stacked(lid, levels, cover, square=9.0, count=28, center=(-0.0025, 0), fill=bulk(cover, 480))
    print_on(lid, (0.7 * depth, 0.74 * width, 0.004), (-0.004, 0, top), cover)
    for side in (-0.25, 0.25):
        place = (depth / 2 - 0.0025, side * width, height - 0.016)
        lid.box((0.005, 0.035, 0.026), place, clasp, bevel=0.001, collide=False)
    room = (long - 2 * wall - 0.004, wide - 2 * wall - 0.004)
    builder.surface("inside", (-0.004, 0, wall), room, placement="in", joint="lid_joint", height=tall - wall)
    return depth


def thermos(builder: AssetBuilder, size: Vec3) -> float:
    """Build a vacuum flask whose screw lid is a cup."""
    radius, height = size[0] / 2, size[2]
    style, part = builder.style, builder.part()
    colours = ("silver", "silver", "green", "blue", "red", "black")
    material = style.main("metal", colours=colours)
    dark = style.part("plastic", "black" if style.attributes["color"] != "black" else "grey")
    bare = style.part("metal", "silver")
    neck, top = 0.8 * radius, 0.74 * height
    part.lathe([(radius - 0.003, 0.0), (radius, 0.004), (radius, 0.02)], dark, fill=bulk(dark, 600))
    body = [(radius, 0.02), (radius, 0.88 * top), (1.05 * neck, top)]
    part.lathe(body, material, fill=bulk(material, 340))
    part.lathe([(neck, top), (neck, top + 0.006)], dark, fill=0.5)
    cup = [
        (0.88 * radius, top + 0.006), (0.88 * radius, height - 0.03), (0.8 * radius, height - 0.004),
        (0.74 * radius, height),
    ]  # fmt: skip
    lid = bare if style.rng.random() < 0.6 else dark
    part.lathe(cup, lid, fill=bulk(lid, 350))
    line = dark if style.attributes["color"] == "silver" else bare
    band(part, radius + 0.0005, 0.8 * top, 0.83 * top, line)
    return 2 * radius


FAMILIES = (
    Family(
        "salt shaker", "salt__shaker.n.01", (0.042, 0.042, 0.085), (0.052, 0.052, 0.115), salt_shaker,
        "salt_shaker", words=("salt cellar",), has_front=False,
    ),
    Family(
        "pepper mill", "pepper_mill.n.01", (0.05, 0.05, 0.15), (0.062, 0.062, 0.22), pepper_mill,
        "pepper_grinder", words=("pepper grinder", "pepper shaker"), has_front=False,
    ),
    Family("toaster", "toaster.n.02", (0.27, 0.16, 0.175), (0.32, 0.19, 0.205), toaster, "toaster"),
    Family(
        "coffee machine", "coffee_maker.n.01", (0.27, 0.22, 0.32), (0.34, 0.29, 0.39), coffee_machine,
        "coffee_maker", words=("coffee maker", "espresso machine"),
    ),
    Family("blender", "blender.n.01", (0.18, 0.16, 0.35), (0.21, 0.185, 0.42), blender, "blender"),
    Family(
        "paper towel roll", "paper_towel.n.01", (0.115, 0.115, 0.23), (0.15, 0.15, 0.30), paper_towel_roll,
        "paper_towel_holder", words=("paper towel", "kitchen roll"), has_front=False,
    ),
    Family(
        "lunch box", "lunch_box.n.01", (0.14, 0.19, 0.06), (0.18, 0.24, 0.085), lunch_box, "lunch_box",
        words=("food container", "tupperware", "food box"),
    ),
    Family(
        "thermos", "thermos.n.01", (0.075, 0.075, 0.24), (0.09, 0.09, 0.31), thermos, "",
        words=("thermos flask", "vacuum flask", "thermos bottle"), has_front=False,
    ),
)  # fmt: skip
