"""Ovens, dryers, fans, vacuum cleaners, air purifiers, heaters and fireplaces."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families import office_machines, small_machines
from sage.assets.families.forms import bulk, hull, print_on, prism, rounded, tiles, tube
from sage.assets.family import Family
from sage.assets.fittings import GAP, REST, Fronts, Panel, door, handle
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES", "table_fan"]


def _look(builder: AssetBuilder, shell: Material, thickness: float, reach: float) -> Fronts:
    metal = builder.style.part("metal", builder.style.colour("metal", "silver", "grey"))
    return Fronts(shell, shell, metal, "bar", framed=False, reach=reach, thickness=thickness)


def _ring(part: Part, radius: float, thickness: float, center: Vec3, material: Material) -> None:
    """Add a wire ring around the x axis, without colliders."""
    mesh = trimesh.creation.torus(radius, thickness / 2, major_sections=28, minor_sections=4)
    turned = np.array([[0.0, 0, 1, 0], [0, 1, 0, 0], [-1, 0, 0, 0], [0, 0, 0, 1]])
    turned[:3, 3] = center
    mesh.apply_transform(turned)
    part.solid(mesh, material, [], fill=0.4)


def oven(builder: AssetBuilder, size: Vec3) -> float:
    """Build an oven with a rack behind a door that folds down, above a drawer front."""
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("sheet metal", colours=("silver", "silver", "black", "white"))
    dark, lining = style.part("plastic", "black"), style.part("sheet metal", "grey")
    depth, width, height = size
    look = _look(builder, shell, 0.03, 0.035)
    back, front = -depth / 2, depth / 2 - look.depth
    deep, middle, wall = front - back, (front + back) / 2, 0.02
    low, knobs = height - 0.60, 0.11
    tall = height - knobs - low
    fill = bulk(shell, 520)
    part.box((deep - 0.03, width, 0.06), (middle - 0.015, 0, 0.03), dark, bevel=0.0, fill=0.5)
    part.box((deep, width, low - 0.06), (middle, 0, (low + 0.06) / 2), shell, bevel=0.0, fill=bulk(shell, 90))
    print_on(part, (0.02, width - 0.004, low - 0.072), (front + 0.01, 0, low / 2 + 0.03), shell)
    part.carcass((deep, width, tall), (middle, 0, low + tall / 2), wall, shell, back=wall, fill=fill)
    inner = (deep - wall, width - 2 * wall, tall - 2 * wall)
    part.carcass(inner, (middle + wall / 2, 0, low + tall / 2), wall, lining, back=wall, fill=fill)
    box = (deep + look.thickness, width, knobs)
    part.box(box, (back + box[0] / 2, 0, height - knobs / 2), shell, fill=0.35 * fill)
    face, z = back + box[0], height - knobs / 2
    print_on(part, (0.003, 0.2 * width, 0.045), (face, 0, z), dark)
    for y in (-0.38, -0.24, 0.24, 0.38):
        part.cylinder(
            0.02, 0.022, (face + 0.011, y * width, z), look.metal, axis="x", top_radius=0.017, fill=0.5
        )
    leaf = Panel(-width / 2 + 0.002, width / 2 - 0.002, low + 0.004, low + tall - GAP)
    swing = door(builder, "door_1", look, front + REST, leaf, "bottom", friction=1.5, upper=1.5)
    place = (front + REST + look.thickness, 0, leaf.bottom + 0.44 * leaf.height)
    print_on(swing, (0.003, 0.78 * width, 0.58 * leaf.height), place, dark)
    cavity = Panel(-width / 2 + 2 * wall, width / 2 - 2 * wall, low + 2 * wall, low + tall - 2 * wall)
    rack = cavity.bottom + float(rng.uniform(0.3, 0.42)) * cavity.height
    _rack(builder, (back + 2 * wall, front - 0.01), cavity, rack)
    builder.surface("top", (middle, 0, height), (deep - 0.02, width - 0.02))
    return depth


def _rack(builder: AssetBuilder, reach: tuple[float, float], cavity: Panel, z: float) -> None:
    """Add an oven rack with its support surface at height `z`, between two x coordinates [m]."""
    part, steel = next(iter(builder.parts.values())), builder.style.part("metal", "silver")
    x, deep, wide = (reach[0] + reach[1]) / 2, reach[1] - reach[0], cavity.width
    part.box((deep, wide, 0.008), (x, 0, z - 0.004), steel, fill=0.2, visible=False)
    wires = [((deep, 0.005, 0.006), (x, y, z - 0.003)) for y in np.linspace(-0.47, 0.47, 15) * wide]
    wires += [((0.007, wide, 0.007), (x + at * deep, 0, z - 0.0045)) for at in (-0.49, 0, 0.49)]
    tiles(part, wires, steel)
    builder.surface(
        "inside", (x, 0, z), (deep - 0.014, wide - 0.012), placement="in", joint="door_1_joint",
        height=cavity.top - z - 0.003,
    )  # fmt: skip


def clothes_dryer(builder: AssetBuilder, size: Vec3) -> float:
    """Build a tumble dryer: an octagonal drum behind a door hinged at its side."""
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("sheet metal", colours=("white", "white", "silver", "grey"))
    dark, steel = style.part("plastic", "black"), style.part("metal", "silver")
    depth, width, height = size
    look = _look(builder, shell, 0.035, 0.024)
    back, front, foot, wall = -depth / 2, depth / 2 - look.depth, 0.02, 0.022
    deep, tall, middle = front - back, height - foot, (back + front) / 2
    fill, z, hole = bulk(shell, 560), foot + 0.46 * tall, 0.19
    for side in (-1, 1):
        rail = (deep - 0.08, 0.05, foot)
        part.box(rail, (middle, side * (width / 2 - 0.06), foot / 2), dark, bevel=0.0)
    box = (deep - wall, width, tall)
    part.carcass(box, (middle - wall / 2, 0, foot + tall / 2), wall, shell, back=wall, fill=fill)
    _window(part, Panel(-width / 2, width / 2, foot, height), z, hole, (front - wall, front), shell, fill)
    drum = 1.2 * hole
    _drum(part, drum, z, (back + 0.1, front - wall - 0.002), steel)
    part.box(
        (deep - 0.2, width - 0.14, 0.06), (middle, 0, foot + wall + 0.03), dark, bevel=0.0, collide=False
    )
    leaf = Panel(-1.18 * hole, 1.18 * hole, z - 1.18 * hole, z + 1.18 * hole)
    hinge = float(rng.choice([-1.0, 1.0]))
    x, face = front + REST, front + REST + look.thickness
    swing = builder.moving(
        "door_1", "revolute", (face, hinge * leaf.right, z), (0, 0, hinge), 1.7, damping=1.0, friction=0.4,
        opens="door",
    )  # fmt: skip
    outline = rounded(leaf.width, leaf.height, float(rng.uniform(0.03, 0.09)), (0, z), steps=7)
    prism(swing, outline, x, face, look.material, fill=bulk(shell, 700))
    swing.cylinder(0.66 * hole, 0.004, (face, 0, z), dark, axis="x", fill=0.3, collide=False)
    handle(swing, look, face, -hinge * 0.98 * hole, z, 0.1, upright=True)
    print_on(part, (0.004, width * 0.3, 0.05), (front, width * 0.12, height - 0.06), dark)
    print_on(part, (0.002, width - 0.02, 0.003), (front, 0, height - 0.115), steel)
    part.cylinder(0.026, 0.02, (front + 0.01, -width * 0.18, height - 0.06), steel, axis="x", fill=0.3)
    reach = (back + 0.12, front - wall)
    flat = ((reach[0] + reach[1]) / 2, 0, z - drum)
    builder.surface(
        "inside", flat, (reach[1] - reach[0] - 0.02, 0.7 * drum), placement="in", joint="door_1_joint",
        height=1.6 * drum,
    )  # fmt: skip
    builder.surface("top", (middle, 0, height), (deep - 0.02, width - 0.02))
    return depth


def _window(
    part: Part, face: Panel, z: float, half: float, reach: tuple[float, float], shell: Material, fill: float
) -> None:
    """Add a front with a square hole centred at (0, z), between two x coordinates [m]."""
    deep, x = reach[1] - reach[0], sum(reach) / 2
    for low, high in ((face.bottom, z - half), (z + half, face.top)):
        part.box((deep, face.width, high - low), (x, 0, (low + high) / 2), shell, bevel=0.0, fill=fill)
    side = face.width / 2 - half
    for sign in (-1, 1):
        part.box((deep, side, 2 * half), (x, sign * (half + side / 2), z), shell, bevel=0.0, fill=fill)


def _drum(part: Part, radius: float, z: float, reach: tuple[float, float], steel: Material) -> None:
    """Add an octagonal drum with a back, open in front, with one side horizontal at the bottom."""
    corners = (np.arange(9) - 0.5) * math.pi / 4 - math.pi / 2
    for start, end in pairwise(corners):
        angles = np.array([start, end, end, start])
        radii = np.array([radius, radius, radius + 0.01, radius + 0.01]) / math.cos(math.pi / 8)
        outline = np.column_stack([radii * np.cos(angles), z + radii * np.sin(angles)])
        prism(part, outline, *reach, steel, fill=bulk(steel, 2200))
    part.cylinder(1.06 * radius, 0.01, (reach[0], 0, z), steel, axis="x", fill=bulk(steel, 2200))


def fan(builder: AssetBuilder, size: Vec3) -> float:
    """Build a pedestal fan: blades in a cage on a pole with a heavy foot."""
    return _fan(builder, size, 0.3)


def table_fan(builder: AssetBuilder, size: Vec3) -> float:
    """Build a table fan: blades in a cage on a short neck with a heavy foot."""
    return _fan(builder, size, 0.06)


def _fan(builder: AssetBuilder, size: Vec3, sleeve: float) -> float:
    """Build a fan whose pole has a sleeve of a given length [m]."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("plastic", colours=("white", "white", "black", "grey", "turquoise"))
    metal, blade = style.part("metal", style.colour("metal", "silver", "black")), style.part("plastic")
    radius, foot = width / 2, depth / 2
    z, thick = height - radius, 0.11
    part.lathe([(foot, 0.0), (foot, 0.014), (0.8 * foot, 0.028), (0.03, 0.04)], shell, fill=0.75)
    part.cylinder(0.8 * foot, 0.008, (0, 0, 0.008), metal, fill=bulk(metal, 1900), collide=False)
    part.cylinder(0.013, z - 0.14, (0, 0, (z - 0.06) / 2), metal, fill=bulk(metal, 1100))
    part.cylinder(0.02, sleeve, (0, 0, 0.05 + sleeve / 2), shell, fill=0.3, collide=False)
    part.box((0.06, 0.06, 0.12), (-0.02, 0, z - 0.09), shell, bevel=0.008, fill=0.4)
    part.cylinder(0.055, 0.12, (-0.08, 0, z), shell, axis="x", top_radius=0.075, fill=0.9, collide=False)
    x = 0.04
    part.cylinder(radius, thick, (x, 0, z), metal, axis="x", fill=0.0)
    part.solids[-1].visible = False
    _cage(part, radius, (x - thick / 2, x + thick / 2), z, metal)
    count = int(rng.integers(3, 6))
    for index in range(count):
        angle = index * 2 * math.pi / count
        _blade(part, angle, 0.82 * radius, (x, 0.0, z), blade, 1.3 / count)
    part.cylinder(0.045, 0.05, (x, 0, z), shell, axis="x", top_radius=0.03, fill=0.4, collide=False)
    return 0.026


def _cage(part: Part, radius: float, reach: tuple[float, float], z: float, metal: Material) -> None:
    """Add a wire cage around a fan, convex on both sides, between two x coordinates [m]."""
    back, front = reach
    middle = (back + front) / 2
    _ring(part, radius - 0.004, 0.008, (middle, 0, z), metal)
    for x in reach:
        for share in (0.3, 0.62, 0.86):
            _ring(part, share * radius, 0.003, (x, 0, z), metal)
        for angle in np.arange(20) * 2 * math.pi / 20:
            y, up = math.cos(angle), math.sin(angle)
            rim, bend, root = (
                (at, share * radius * y, z + share * radius * up)
                for at, share in ((middle, 0.99), (x, 0.86), (x, 0.1))
            )
            part.bar(root, bend, 0.003, metal, sides=3, fill=0.4, collide=False)
            part.bar(bend, rim, 0.003, metal, sides=3, fill=0.4, collide=False)
        part.cylinder(0.14 * radius, 0.004, (x, 0, z), metal, axis="x", fill=0.1, collide=False)


def _blade(part: Part, angle: float, reach: float, center: Vec3, material: Material, spread: float) -> None:
    """Add a slightly twisted blade without mass and colliders."""
    points = []
    for share, pitch in ((0.15, 0.012), (0.65, 0.022), (1.0, 0.016)):
        for side in (-1, 1):
            turn = angle + side * 0.5 * spread * (1.4 if share > 0.2 else 1.0)
            for lift in (-0.002, 0.002):
                y, z = share * reach * math.cos(turn), share * reach * math.sin(turn)
                points.append((center[0] + side * pitch + lift, y, center[2] + z))
    hull(part, points, material, fill=0.3, collide=False)


def vacuum_cleaner(builder: AssetBuilder, size: Vec3) -> float:
    """Build an upright vacuum cleaner: a wide head, a body with a bin or a bag, a handle and a hose."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("plastic", colours=("red", "blue", "grey", "green", "purple", "orange"))
    dark, pale = style.part("plastic", "black"), style.part("plastic", "grey")
    back, front = -depth / 2, depth / 2
    head = [(x, y, z) for x, z in ((back + 0.05, 0.0), (front, 0.0), (front, 0.03), (front - 0.1, 0.075),
            (back + 0.05, 0.085)) for y in (-width / 2, width / 2)]  # fmt: skip
    hull(part, head, shell, fill=0.62)
    print_on(part, (0.012, 0.9 * width, 0.018), (front - 0.004, 0, 0.012), dark)
    for side in (-1, 1):
        wheel = (back + 0.07, side * (width / 2 - 0.02), 0.07)
        part.cylinder(0.07, 0.03, wheel, dark, axis="y", fill=0.5)
    top, x, wide = 0.66 * height, back + 0.10, 0.5 * width
    neck = 0.1
    part.box((0.09, wide, top - neck), (x, 0, (top + neck) / 2), shell, bevel=0.025, fill=0.16)
    part.box((0.1, 0.6 * wide, 0.1), (x, 0, 0.1), dark, bevel=0.01, fill=0.4)
    tall, low = 0.42 * height, 0.17
    if rng.random() < 0.6:
        clear = style.part("glass", "turquoise").model_copy(update={"rgba": (0.62, 0.70, 0.74, 1.0)})
        radius, z = 0.36 * wide, low + 0.06
        part.cylinder(radius, tall, (x + 0.045 + 0.5 * radius, 0, z + tall / 2), clear, fill=0.1)
        for level in (z - 0.02, z + tall):
            part.cylinder(1.06 * radius, 0.05, (x + 0.045 + 0.5 * radius, 0, level), dark, fill=0.12)
    else:
        cloth = style.part("fabric", "black")
        part.cushion((0.13, 0.9 * wide, 1.1 * tall), (x + 0.06, 0, low + tall * 0.6), cloth, fill=0.25)
    grip = back + 0.06
    part.bar((x, 0, top - 0.02), (grip, 0, height - 0.1), 0.026, pale, fill=0.5)
    loop = [(grip, 0, height - 0.11), (grip + 0.055, 0, height - 0.05), (grip + 0.005, 0, height - 0.012),
            (grip - 0.045, 0, height - 0.05), (grip, 0, height - 0.11)]  # fmt: skip
    tube(part, loop, 0.022, dark, (0, 1, 0), 0.6)
    hose = [
        (back + 0.05, 0.3 * wide, 0.2),
        (back + 0.02, 0.72 * wide, 0.45 * height),
        (x, 0.3 * wide, top - 0.06),
    ]
    tube(part, hose, 0.03, dark, (1, 0, 0), 0.3)
    return 0.03


def air_purifier(builder: AssetBuilder, size: Vec3) -> float:
    """Build an air purifier: a round or square tower with a grille and a lit panel on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("plastic", colours=("white", "white", "white", "grey"))
    shade = style.part("plastic", "grey" if max(shell.rgba[:3]) > 0.7 else "black")
    glow = style.part("plastic", "turquoise")
    wide = min(depth, width)
    if rng.random() < 0.45 and width - depth < 0.05:
        depth = width = wide
        outline = rounded(wide, wide, 0.4999 * wide, steps=9)
    else:
        outline = rounded(depth, width, 0.06)
    fill = bulk(shell, 190)
    prism(part, 0.94 * outline, 0.0, 0.02, shade, axis=2, fill=0.3)
    prism(part, outline, 0.02, height, shell, axis=2, fill=fill)
    _slots(part, outline, (0.1 * height, float(rng.uniform(0.5, 0.62)) * height), shade)
    prism(part, 0.86 * outline, height - 0.004, height, shade, axis=2, fill=0.0, collide=False)
    rings = [((0.8 * share * depth, 0.006, 0.001), (0, y * width, height)) for y, share in
             ((-0.28, 0.6), (-0.2, 0.8), (-0.12, 0.9), (0.12, 0.9), (0.2, 0.8), (0.28, 0.6))]  # fmt: skip
    tiles(part, rings, style.part("plastic", "black"))
    part.cylinder(0.026, 0.003, (0, 0, height - 0.0012), glow, fill=0.0, collide=False)
    print_on(part, (0.002, 0.07, 0.022), (depth / 2, 0, 0.8 * height), style.part("plastic", "black"))
    print_on(part, (0.003, 0.02, 0.006), (depth / 2, 0, 0.8 * height), glow)
    return depth


def _slots(part: Part, outline: Array, reach: tuple[float, float], material: Material) -> None:
    """Add vertical slots around an outline of points (x, y) [m], between two heights [m]."""
    closed = np.concatenate([outline, outline[:1]])
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(closed, axis=0), axis=1))])
    places = np.arange(0, along[-1], 0.016)
    tall = reach[1] - reach[0]
    spots = np.column_stack([np.interp(places, along, closed[:, k]) for k in (0, 1)])
    tiles(part, [((0.004, 0.004, tall), (x, y, reach[0] + tall / 2)) for x, y in spots], material)


def electric_heater(builder: AssetBuilder, size: Vec3) -> float:
    """Build an electric heater: oil-filled ribs on two feet, or glowing rods behind a grille."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("plastic", colours=("white", "white", "black", "grey"))
    dark = style.part("plastic", "black")
    foot = 0.05
    for side in (-1, 1):
        bar = (depth, 0.04, foot)
        part.box(bar, (0, side * 0.32 * width, foot / 2), dark, bevel=0.008, fill=0.9)
    tall, z = height - foot, foot + (height - foot) / 2
    if rng.random() < 0.55:
        box, deep = 0.09, 0.62 * depth
        ribs = round((width - box) / 0.045)
        wide = width - box
        part.box((deep, wide, tall), (0, -box / 2, z), shell, fill=0.11, visible=False)
        step = wide / ribs
        outline = rounded(deep, tall, 0.045, (0, z))
        for index in range(ribs):
            y = -width / 2 + (index + 0.5) * step
            prism(part, outline, y - 0.36 * step, y + 0.36 * step, shell, axis=1, fill=0.0, collide=False)
        print_on(part, (0.5 * deep, wide, 0.8 * tall), (0, -box / 2, z), shell)
        place = (0, (width - box) / 2, z)
        part.box((0.8 * deep, box, 0.92 * tall), place, dark, bevel=0.012, fill=0.2)
        for level in (0.25, 0.05):
            knob = (0.4 * deep + 0.004, place[1], z + level * tall)
            part.cylinder(0.02, 0.014, knob, style.part("plastic", "red"), axis="x", fill=0.2, collide=False)
        return deep
    deep = 0.5 * depth
    part.box((deep, width, tall), (0, 0, z), shell, bevel=0.02, fill=bulk(shell, 190))
    print_on(part, (0.004, 0.84 * width, 0.66 * tall), (deep / 2, 0, z + 0.08 * tall), dark)
    hot = style.part("plastic", "orange")
    for level in (-0.08, 0.08, 0.24):
        rod = (deep / 2 + 0.003, 0, z + level * tall)
        part.cylinder(0.008, 0.78 * width, rod, hot, axis="y", fill=0.1, collide=False)
    wires = np.linspace(-0.4, 0.4, 17) * width
    mesh = [((0.002, 0.003, 0.66 * tall), (deep / 2 + 0.012, y, z + 0.08 * tall)) for y in wires]
    tiles(part, mesh, style.part("metal", "silver"))
    for side in (-1, 1):
        knob = (deep / 2 + 0.006, side * 0.25 * width, z - 0.38 * tall)
        part.cylinder(0.02, 0.014, knob, dark, axis="x", fill=0.2, collide=False)
    return deep


def fireplace(builder: AssetBuilder, size: Vec3) -> None:
    """Build a fireplace: a stone or wooden surround with a mantelpiece, a hearth and logs in a firebox."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    surround = style.main("stone", "painted wood", "wood")
    soot, iron = style.part("stone", "black"), style.part("metal", "black")
    sill, shelf, wall = 0.05, 0.05, 0.03
    body = 0.62 * depth
    open_wide, open_high = 0.56 * width, 0.56 * height
    jamb, lintel = (width - open_wide) / 2 - 0.03, height - shelf - sill - open_high
    back = -depth / 2
    middle, fill = back + body / 2, bulk(surround, 600)
    part.box((depth, width, sill), (0, 0, sill / 2), soot, bevel=0.004, fill=0.3)
    for side in (-1, 1):
        upright = (middle, side * (open_wide + jamb) / 2, sill + (height - shelf - sill) / 2)
        part.box((body, jamb, height - shelf - sill), upright, surround, bevel=0.006, fill=fill)
        panel = (back + body + 0.006, upright[1], upright[2] - 0.04)
        part.box((0.012, 0.55 * jamb, 0.62 * height), panel, surround, bevel=0.004, fill=0.2, collide=False)
        lining = (middle, side * (open_wide / 2 - 0.004), sill + open_high / 2)
        part.box((body - 0.02, 0.008, open_high), lining, soot, bevel=0.0, fill=0.3, collide=False)
    above = (middle, 0, sill + open_high + lintel / 2)
    part.box((body, open_wide, lintel), above, surround, bevel=0.004, fill=fill)
    part.box((wall, open_wide, open_high), (back + wall / 2, 0, sill + open_high / 2), soot, fill=0.3)
    top = (back + body / 2 + 0.02, 0, height - shelf / 2)
    part.box((body + 0.06, width, shelf), (top[0] + 0.01, 0, top[2]), surround, bevel=0.008, fill=fill)
    _logs(builder, part, (middle + 0.03, 0, sill), 0.62 * open_wide, iron)
    builder.surface("top", (top[0] + 0.01, 0, height), (body + 0.02, width - 0.04))


def _logs(builder: AssetBuilder, part: Part, hearth: Vec3, length: float, iron: Material) -> None:
    """Add three logs on a grate."""
    bark = builder.style.part("wood", "brown")
    x, y, z = hearth
    for place in (-0.3, 0.0, 0.3):
        at = y + place * length
        part.bar((x - 0.11, at, z + 0.05), (x + 0.11, at, z + 0.05), 0.014, iron, sides=4, collide=False)
    for front in (-0.1, 0.1):
        for side in (-1, 1):
            foot = (x + front, y + side * 0.3 * length, z + 0.022)
            part.box((0.014, 0.014, 0.045), foot, iron, bevel=0.0, collide=False)
    for across, up in ((-0.06, 0.095), (0.05, 0.095), (0.0, 0.17)):
        askew = float(builder.style.rng.uniform(-0.03, 0.03))
        start, end = (
            (x + across - askew, y - length / 2, z + up),
            (x + across + askew, y + length / 2, z + up),
        )
        part.bar(start, end, float(builder.style.rng.uniform(0.07, 0.09)), bark, fill=0.9, collide=False)


FAMILIES = (
    *office_machines.FAMILIES,
    *small_machines.FAMILIES,
    Family(
        "oven", "oven.n.01", (0.56, 0.56, 0.82), (0.60, 0.60, 0.90), oven, "oven",
        words=("wall oven", "baking oven", "built-in oven"), mount="floor", fixed=True,
    ),
    Family(
        "clothes dryer", "clothes_dryer.n.01", (0.58, 0.58, 0.82), (0.64, 0.61, 0.87), clothes_dryer,
        "clothes_dryer", words=("tumble dryer", "dryer", "drier", "tumble drier"), mount="floor",
    ),
    Family(
        "fan", "electric_fan.n.01", (0.36, 0.40, 1.0), (0.42, 0.46, 1.3), fan, "electric_fan",
        words=("standing fan", "pedestal fan", "electric fan", "floor fan", "tower fan"), mount="floor",
    ),
    Family(
        "vacuum cleaner", "vacuum.n.04", (0.30, 0.28, 0.95), (0.36, 0.34, 1.15), vacuum_cleaner, "vacuum",
        words=("vacuum", "hoover", "upright vacuum"), mount="floor",
    ),
    Family(
        "air purifier", "purifier.n.01", (0.24, 0.26, 0.42), (0.28, 0.36, 0.60), air_purifier, "",
        words=("air cleaner", "purifier"), mount="floor",
    ),
    Family(
        "electric heater", "space_heater.n.01", (0.20, 0.36, 0.42), (0.26, 0.52, 0.64), electric_heater,
        "space_heater", words=("space heater", "heater", "oil heater"), mount="floor",
    ),
    Family(
        "fireplace", "fireplace.n.01", (0.44, 1.25, 1.05), (0.54, 1.6, 1.25), fireplace, "wood_fireplace",
        words=("mantelpiece", "chimney piece", "fire place"), mount="floor", fixed=True,
    ),
)  # fmt: skip
