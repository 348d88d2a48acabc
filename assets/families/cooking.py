"""Cooking utensils, baking trays, knife blocks and dish racks; `worktop` has the small appliances."""

from __future__ import annotations

import itertools
import math

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, Point, Profile
from sage.assets.families import worktop
from sage.assets.families.forms import (
    arc,
    band,
    bulk,
    hull,
    loft,
    print_on,
    prism,
    sheet,
    stacked,
    tiles,
    tube,
)
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_HANDLES = ("black", "black", "grey", "red", "blue", "turquoise")


def cutting_board(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat cutting board: plain with a hole, with a groove, of strips, or with a handle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("wood", "wood", "wood", "plastic")
    wooden = material.name.startswith("wood")
    form = str(style.rng.choice(["hole", "groove", "handle", "strips" if wooden else "groove"]))
    dark = style.part("wood", "walnut") if wooden else style.part("plastic", "grey")
    neck = 0.1 if form == "handle" else 0.0
    long, middle = width - neck, -neck / 2
    _plank(part, (depth, long), middle, height, material)
    if form == "handle":
        _plank(part, (0.05, neck + 0.05), (width - neck - 0.05) / 2, height, material)
    if form in ("hole", "handle"):
        place = (0, width / 2 - 0.024, height / 2) if neck else (0.36 * depth, long / 2 - 0.03, height / 2)
        hole = style.part("plastic", "black")
        part.cylinder(0.009, height + 0.0008, place, hole, fill=0.0, collide=False)
    elif form == "groove":
        x, y = depth - 0.042, long - 0.042
        rows = [((x + 0.006, 0.006, 0.0008), (0.0, side * y, height)) for side in (-0.5, 0.5)]
        rows += [((0.006, y + 0.006, 0.0008), (side * x, 0.0, height)) for side in (-0.5, 0.5)]
        tiles(part, rows, dark)
    else:
        strip = (depth - 0.006, 0.06 * long, 0.0008)
        tiles(part, [(strip, (0, long * at, height)) for at in (-0.3, -0.1, 0.1, 0.3)], dark)
    builder.surface("top", (0, middle, height), (depth - 0.03, long - 0.03))
    return height


def _plank(part: Part, size: tuple[float, float], y: float, height: float, material: Material) -> None:
    """Add a horizontal board with rounded corners and edges."""
    depth, width = size
    cut = 0.003
    levels = [(0.0, depth - cut, width - cut), (cut, depth, width), (height - cut, depth, width),
              (height, depth - cut, width - cut)]  # fmt: skip
    stacked(part, levels, material, square=9.0, count=28, center=(0.0, y))


def _handle(
    builder: AssetBuilder,
    root: Vec3,
    width: float,
    length: float,
    shank: Material,
    grip: Material,
    thin: float = 0.007,
) -> None:
    """Add a handle that starts at `root`, bends down and rests on its end at x = 0.

    With `thin`, a thin shank leads to a grip of a given `length` [m] with a hole.
    """
    part = builder.parts["base"]
    x, _, z = root
    joint = 0.62 * z
    bend = [(length - 0.01, 0, joint - 0.001), ((length + x) / 2, 0, 0.5 * (joint + z) + 0.1 * z), root]
    tube(part, bend, thin, shank, (0, 1, 0), end_thickness=thin + 0.002)
    half, thick = width / 2, 0.012
    tail = [(0.0, y, h) for y in (-0.7 * half, 0.7 * half) for h in (0.0, 0.8 * thick)]
    fat = [(0.25 * length, y, h + 0.02 * z) for y in (-half, half) for h in (0.002, thick)]
    neck = [(length, y, joint + h) for y in (-0.5 * half, 0.5 * half) for h in (-0.005, 0.005)]
    hull(part, [*tail, *fat, *neck], grip, fill=bulk(grip, 900))
    hole = builder.style.part("plastic", "black")
    place = (0.02, 0, 0.006 + 0.01 * z)
    part.cylinder(0.2 * width, 0.8 * thick + 0.002, place, hole, fill=0.0, collide=False)


def _grip(builder: AssetBuilder) -> Material:
    """Choose the material of a utensil's handle."""
    if builder.style.rng.random() < 0.7:
        return builder.style.part("plastic", str(builder.style.rng.choice(_HANDLES)))
    return builder.style.part("wood")


def spatula(builder: AssetBuilder, size: Vec3) -> float:
    """Build a spatula (turner), sometimes slotted, that rests on its blade and handle end."""
    length, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("metal", "metal", "plastic", "wood")
    wooden, metal = material.name.startswith("wood"), material.name.startswith("metal")
    thick, fill = 0.003 if metal else 0.010 if wooden else 0.005, bulk(material, 6000)
    back = (1 - float(style.rng.uniform(0.26, 0.32))) * length
    stations = [(back, 0.36 * width), (length - 0.012, 0.5 * width), (length, 0.5 * width - 0.012)]
    outline = [(x, sign * y) for sign in (1, -1) for x, y in stations[::sign]]
    slots = int(style.rng.choice([0, 3, 4]))
    prism(part, outline, 0.0, thick, material, axis=2, fill=0.0 if slots else fill)
    if slots:
        part.solids[-1].visible = False
        _slotted(part, stations, slots, thick, material, fill)
    shank = material if wooden or metal else style.part("metal", "silver")
    root = (back - 0.035, 0.0, height - 0.006)
    thin = 0.014 if wooden else 0.007
    part.bar((back + 0.012, 0, 0.005), root, thin + 0.002, shank, fill=0.9)
    _handle(builder, root, 0.028, 0.4 * length, shank, material if wooden else _grip(builder), thin)
    return 0.028


def _slotted(part: Part, stations: list[tuple[float, float]], slots: int, thick: float, material: Material,
             fill: float) -> None:  # fmt: skip
    """Add the visual of a slotted blade; `stations` are x and half the width there [m]."""
    places, halves = [x for x, _ in stations], [y for _, y in stations]
    back, front = places[0], places[-1]
    start, stop = back + 0.25 * (front - back), front - 0.018
    count = 2 * slots + 1
    spans = [(back, start, -1.0, 1.0), (stop, places[1], -1.0, 1.0), (places[1], front, -1.0, 1.0)]
    spans += [(start, stop, 2 * i / count - 1, 2 * (i + 1) / count - 1) for i in range(0, count, 2)]
    for low, high, right, left in spans:
        outline = [(x, side * np.interp(x, places, halves)) for x in (low, high) for side in (right, left)]
        prism(part, outline, 0.0, thick, material, axis=2, fill=fill, collide=False)


def ladle(builder: AssetBuilder, size: Vec3) -> float:
    """Build a soup ladle that rests on its bowl and handle end; the collider of its bowl is solid."""
    length, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("metal", "metal", "plastic", colours=("silver", "silver", "black", "grey"))
    radius, deep, wall = width / 2, 0.8 * height, 0.002
    outside = [(0.45 * radius, 0.0), *arc((0.5 * radius, 0.002), (radius, deep), 0.8, 5)]
    inside = [(r - wall, z + wall * (1 - z / deep)) for r, z in reversed(outside[1:])]
    turns = np.arange(24) * 2 * math.pi / 24
    center = length - radius
    rings = [
        np.column_stack([center + r * np.cos(turns), r * np.sin(turns), np.full(24, z)])
        for r, z in (*outside, *inside)
    ]
    part.solid(loft(rings), material, [np.concatenate(rings)], bulk(material, 5000))
    shank = material if material.name.startswith("metal") else style.part("metal", "silver")
    root = (center - radius - 0.012, 0.0, height - 0.004)
    part.bar((center - radius + 0.004, 0, deep - 0.005), root, 0.010, shank)
    _handle(builder, root, 0.024, 0.36 * length, shank, _grip(builder))
    return 0.024


def carving_knife(builder: AssetBuilder, size: Vec3) -> float:
    """Build a kitchen knife on its side, with its tip in front and its edge on the left."""
    length, width, height = size
    style, part = builder.style, builder.part()
    steel = style.part("metal", "silver")
    kind = str(style.rng.choice(["plastic", "wood"]))
    material = style.main(kind, colours=("black", "black", "grey", "red") if kind == "plastic" else ())
    handle, thick = float(style.rng.uniform(0.34, 0.4)) * length, 0.003
    back, wide = -0.45 * width, 0.6 * width
    low, belly = back + 0.004, back + width
    for start, stop in ((0.0, 0.3 * handle), (0.25 * handle, handle)):
        ends = [(start, 0.9 if start else 0.75), (start + 0.012, 0.9 if start else 1.0), (stop, 0.85)]
        section = ((0.0, 0.0), (0.0, 1.0), (0.8, 0.0), (0.8, 1.0), (1.0, 0.2), (1.0, 0.8))
        grip = [(x, low + y * share * wide, z * height) for x, share in ends for y, z in section]
        hull(part, grip, material, fill=bulk(material, 1300))
    collar = (0.014, 0.8 * wide, 0.75 * height)
    part.box(collar, (handle + 0.005, low + 0.4 * wide, 0.375 * height), steel, fill=0.5, collide=False)
    tip = float(style.rng.uniform(0.1, 0.7)) * width
    outline = [
        (handle + 0.005, back), (length - 0.06, back), (length - 0.02, back + 0.5 * tip - 0.05 * width),
        (length, back + tip), (length - 0.018, back + tip + 0.55 * (width - tip)),
        (length - 0.075, belly - 0.002), (handle + 0.014, belly), (handle + 0.008, belly),
    ]  # fmt: skip
    prism(part, outline, 0.0, thick, steel, axis=2, fill=0.8)
    for share in (0.22, 0.5, 0.78):
        place = (share * handle, low + 0.45 * wide, height)
        part.cylinder(0.0035, 0.0012, place, steel, fill=0.0, collide=False)
    return wide


def knife_block(builder: AssetBuilder, size: Vec3) -> float:
    """Build a slanted knife block with knives, whose handles point forward and up."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("wood", "wood", "painted wood")
    grip = style.part("plastic", "black") if style.rng.random() < 0.7 else style.part("wood", "walnut")
    steel = style.part("metal", "silver")
    pitch = math.radians(float(style.rng.uniform(24, 32)))
    axis = np.array([math.sin(pitch), math.cos(pitch)])
    face = np.array([axis[1], -axis[0]])
    longest, long = 0.115, 0.62 * depth
    back = np.array([-depth / 2, 0.0])
    crown = back + axis * (height / axis[1] - longest)
    chin = crown + face * long
    side = [back, crown, chin, np.array([min(chin[0] + 0.01, depth / 2), 0.0])]
    corners = [(x, y, z) for x, z in side for y in (-width / 2, width / 2)]
    hull(part, corners, material, fill=bulk(material, 560))
    places = [(0.24, -0.3), (0.24, 0.3), (0.58, -0.3), (0.58, 0.0), (0.58, 0.3)]
    for index, (row, column) in enumerate(places):
        root, y = crown + face * row * long, column * width
        reach = longest * (float(style.rng.uniform(0.78, 0.92)) if index else 1.0)
        x, z = root + axis * reach / 2
        part.box((0.026, 0.018, reach), (x, y, z), grip, bevel=0.004, rpy=(0, pitch, 0), fill=0.9)
        x, z = root + axis * 0.006
        print_on(part, (0.022, 0.0195, 0.012), (x, y, z), steel, (0, pitch, 0))
    return width


def colander(builder: AssetBuilder, size: Vec3) -> float:
    """Build a colander: a perforated bowl on a foot ring, with a handle on each side."""
    depth, width, height = size
    radius = depth / 2
    style, part = builder.style, builder.part()
    material = style.main("metal", "metal", "plastic", colours=("silver", "white", "red", "turquoise"))
    wall, fill = sheet(material, 5.5)
    foot = 0.5 * radius
    curve = arc((foot + 0.012, 0.012), (radius, height), 0.3, 4)
    floor = max(_rise(curve, wall), 0.0155)
    part.vessel([(foot, 0.0), (foot, 0.010), *curve], wall, floor, material, sectors=10, fill=fill)
    spots = []
    for row, share in enumerate((0.34, 0.5, 0.66, 0.82)):
        z = floor + share * (height - floor)
        r = float(np.interp(z, [h for _, h in curve], [q for q, _ in curve])) - wall / 2
        spots += [(r, z, (turn + 0.5 * (row % 2)) * math.pi / 7) for turn in range(14)]
    _holes(part, spots, wall / 2 + 0.0022, style.part("plastic", "black"))
    level, reach, half = height - 0.008, width / 2 - 0.006, 0.3 * radius
    edge = radius * math.cos(0.3) - 0.004
    for sign in (-1, 1):
        points = [(-half, edge), (-0.8 * half, reach), (0.8 * half, reach), (half, edge)]
        part.path([(x, sign * y, level) for x, y in points], 0.010, material)
    builder.surface("inside", (0, 0, floor), (2 * foot, 2 * foot), placement="in", round=True, nests=True)
    return 0.010


def _holes(part: Part, spots: list[Vec3], depth: float, material: Material, radius: float = 0.009) -> None:
    """Add holes to both sides of a round wall, each given by radius [m], height [m] and azimuth [rad]."""
    corners: list[Point] = []
    faces: list[tuple[int, int, int]] = []
    for index, (r, z, turn) in enumerate(spots):
        out, along = (
            np.array([math.cos(turn), math.sin(turn), 0]),
            np.array([-math.sin(turn), math.cos(turn), 0]),
        )
        middle = out * r + np.array([0, 0, z])
        up = np.array([0, 0, radius])
        corners += [middle + along * radius, middle + up, middle - along * radius, middle - up]
        corners += [middle + out * depth, middle - out * depth]
        for side in range(4):
            a, b = 6 * index + side, 6 * index + (side + 1) % 4
            faces += [(a, b, 6 * index + 4), (b, a, 6 * index + 5)]
    mesh = trimesh.Trimesh(np.array(corners), np.array(faces), process=False)
    part.solid(mesh, material, [], fill=0.0)


def _rise(outside: Profile, wall: float) -> float:
    """Return the floor thickness at which two identical vessels nest without touching at the walls [m]."""
    steepest = min((high[0] - low[0]) / (high[1] - low[1]) for low, high in itertools.pairwise(outside))
    return wall / steepest + 0.001


def baking_tray(builder: AssetBuilder, size: Vec3) -> float:
    """Build a shallow baking tray with sloped sides and a horizontal rim."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("metal", colours=("grey", "black", "silver"))
    wall, fill = sheet(material, 6.2)
    lean, edge = 0.010, 0.008
    mouth = np.array([depth, width]) - 2 * edge
    flat = mouth - 2 * lean
    part.box((*flat, wall), (0, 0, wall / 2), material, bevel=0.0, fill=fill)
    corner = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) / 2
    below, above = corner * flat, corner * mouth
    shrink = 2 * wall * corner
    rings = [(below, 0.0), (below - shrink, 0.0), (above, height), (above - shrink, height)]
    rolled = [(above + 2 * edge * corner, z) for z in (height - 0.004, height)]
    rolled += [(above, z) for z in (height - 0.004, height)]
    for loops, (a, b) in itertools.product((rings, rolled), itertools.pairwise((0, 1, 2, 3, 0))):
        hull(part, [(*ring[i], z) for ring, z in loops for i in (a, b)], material, fill=fill)
    builder.surface("top", (0, 0, wall), (flat[0] - 0.012, flat[1] - 0.012), shelf=True)
    return 0.02


def mixing_bowl(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wide deep mixing bowl with a rolled rim; mixing bowls nest."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    material = style.main("metal", "metal", "ceramic", "plastic", "glass")
    wall, fill = sheet(material, 5.6)
    foot, lip = radius * float(style.rng.uniform(0.44, 0.52)), 0.96 * radius
    curve = arc((foot + 0.004, 0.004), (lip, height - 0.007), float(style.rng.uniform(0.05, 0.25)), 6)
    floor = _rise(curve, wall + 0.02 * foot)
    profile = [(foot, 0.0), *curve, (radius, height - 0.004), (radius, height)]
    part.vessel(profile, wall, floor, material, sectors=16, rings=1, fill=fill)
    if style.rng.random() < 0.5 and material.name.startswith(("ceramic", "plastic")):
        r = float(np.interp(0.7 * height, [z for _, z in curve], [q for q, _ in curve]))
        band(part, r + 0.001, 0.67 * height, 0.7 * height, style.part("ceramic"))
    builder.surface("inside", (0, 0, floor), (1.9 * foot, 1.9 * foot), placement="in", round=True, nests=True)
    return wall


def dish_rack(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wire dish rack on a tray, with prongs for plates on the left and free space beside them."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wire = style.main("metal", colours=("silver", "silver", "black", "white"))
    tray = style.part("plastic", str(style.rng.choice(["white", "grey", "black"])))
    floor, thick, base = 0.022, 0.006, 0.012
    part.box((depth, width, base), (0, 0, base / 2), tray, fill=0.9)
    x, y = depth - 0.03, width - 0.03
    for share in np.linspace(-0.5, 0.5, 4):
        place = (0, share * (y - thick), (floor + base) / 2)
        part.box((x, thick, floor - base), place, wire, bevel=0.0, fill=0.5)
    part.box((x, y, 0.005), (0, 0, floor - 0.0025), wire, bevel=0.0, fill=0.06, visible=False)
    rods = np.linspace(-0.5, 0.5, 18) * y
    tiles(part, [((x, 0.003, 0.003), (0, at, floor - 0.0015)) for at in rods], wire)
    _fence(part, (x, y), floor, height, thick, wire)
    for at in np.linspace(y / 2 - 0.025, y / 2 - 0.105, 4):
        for row in (-0.16, 0.16):
            prong = (row * depth, at, floor + 0.035)
            part.box((0.005, 0.005, 0.07), prong, wire, bevel=0.0, fill=0.7)
    free = y - 0.13
    spot, room = (0, (free - y) / 2 + 0.004, floor), (x - 0.02, free - 0.012)
    builder.surface("inside", spot, room, placement="in", shelf=True)
    return 0.012


def _fence(part: Part, inner: tuple[float, float], floor: float, height: float, thick: float, wire: Material,
           ) -> None:  # fmt: skip
    """Add four wire walls around a floor; the collider of each is a thin board."""
    tall = height - floor
    posts: list[tuple[Point, Point]] = []
    for axis, sign in itertools.product((0, 1), (-1, 1)):
        along = 1 - axis
        place, board, rail = [0.0, 0.0, floor + tall / 2], [thick, thick, tall], [thick, thick, thick]
        place[axis] = sign * (inner[axis] - thick) / 2
        board[along] = inner[along] - 2 * thick * axis
        rail[along] = inner[along]
        part.box(board, place, wire, bevel=0.0, fill=0.05, visible=False)
        for z in (floor + 0.5 * tall, height - thick / 2):
            part.box(rail, (place[0], place[1], z), wire, bevel=0.001, fill=0.7, collide=False)
        for share in np.linspace(-0.5, 0.5, 7 if axis else 10):
            at = place.copy()
            at[along] = float(share) * (inner[along] - thick)
            posts.append(((0.003, 0.003, tall), at))
    tiles(part, posts, wire)


FAMILIES = (
    Family(
        "cutting board", "chopping_board.n.01", (0.23, 0.34, 0.018), (0.28, 0.43, 0.025), cutting_board,
        "chopping_board", words=("chopping board", "bread board"), has_front=False,
    ),
    Family(
        "spatula", "spatula.n.01", (0.29, 0.072, 0.03), (0.34, 0.09, 0.042), spatula, "spatula",
        words=("turner", "fish slice"), has_front=False,
    ),
    Family(
        "ladle", "soup_ladle.n.01", (0.28, 0.08, 0.05), (0.33, 0.098, 0.065), ladle, "soup_ladle",
        words=("soup ladle",), has_front=False,
    ),
    Family(
        "carving knife", "carving_knife.n.01", (0.29, 0.038, 0.015), (0.35, 0.052, 0.02), carving_knife,
        "carving_knife", words=("kitchen knife", "chef's knife", "chef knife"), kinds=("knife",),
        has_front=False,
    ),
    Family(
        "knife block", "knife_block.n.01", (0.22, 0.1, 0.27), (0.255, 0.13, 0.31), knife_block,
        "knife_block", words=("knife holder",),
    ),
    Family(
        "colander", "colander.n.01", (0.23, 0.28, 0.11), (0.27, 0.33, 0.135), colander, "colander",
        words=("strainer", "sieve"), has_front=False,
    ),
    Family(
        "baking tray", "cookie_sheet.n.01", (0.27, 0.37, 0.02), (0.33, 0.44, 0.03), baking_tray,
        "baking_sheet", words=("oven tray", "cookie sheet", "baking sheet", "sheet pan"), has_front=False,
    ),
    Family(
        "mixing bowl", "mixing_bowl.n.01", (0.24, 0.24, 0.11), (0.29, 0.29, 0.14), mixing_bowl,
        "mixing_bowl", has_front=False,
    ),
    Family(
        "dish rack", "dish_rack.n.01", (0.33, 0.46, 0.11), (0.37, 0.52, 0.14), dish_rack, "",
        words=("dish drainer", "plate rack"),
    ),
    *worktop.FAMILIES,
)  # fmt: skip
