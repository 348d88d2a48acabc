"""Kitchen and laundry appliances, sinks, televisions and standing lamps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull, print_on
from sage.assets.families.storage import WORKTOP, base_unit, worktop
from sage.assets.family import Family
from sage.assets.fittings import GAP, REST, Fronts, Panel, door, handle, leg, solid_share, timber
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

Hole = tuple[float, float, float, float]
"""Minimum x, maximum x, minimum y, maximum y [m]."""

_SHELL = 300.0
_WORKTOP_Z = 0.9
_KITCHEN = 0.6
_TWO_BASINS = 1.2
"""Minimum width of a unit with two basins [m]."""
_WIDE_SCREEN = 0.57


def _look(
    builder: AssetBuilder, shell: Material, thickness: float, kind: Literal["bar", "ledge"], reach: float
) -> Fronts:
    metal = builder.style.part("metal", builder.style.colour("metal", "silver", "grey"))
    return Fronts(shell, shell, metal, kind, framed=False, reach=reach, thickness=thickness)


def refrigerator(builder: AssetBuilder, size: Vec3) -> None:
    """Build a refrigerator with glass shelves, a compressor as ballast and sometimes a freezer below."""
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("sheet metal", colours=("white", "white", "silver", "silver", "grey", "black"))
    lining = style.part("plastic", "white")
    glass = style.part("glass", "white")
    depth, width, height = size
    look = _look(builder, shell, 0.05, "bar" if rng.random() < 0.7 else "ledge", 0.04)
    back, front = -depth / 2, depth / 2 - look.depth
    wall, foot = 0.04, 0.06
    deep, tall = front - back, height - foot
    middle = (front + back) / 2
    fill = bulk(shell, _SHELL)
    part.carcass((deep, width, tall), (middle, 0, foot + tall / 2), wall, shell, back=wall, fill=fill)
    part.box(
        (deep - 0.04, width - 0.03, foot),
        (middle - 0.01, 0, foot / 2),
        style.part("plastic", "black"),
        bevel=0.0,
        fill=0.8,
    )
    cavity = Panel(-width / 2 + wall, width / 2 - wall, foot + wall, height - wall)
    side: Literal["left", "right"] = "right" if rng.random() < 0.7 else "left"
    face = Panel(-width / 2, width / 2, foot + 0.004, height)
    reach = (back + wall, front)
    x = front + REST
    fresh = cavity
    if height > 1.65 or rng.random() < 0.4:
        split = foot + float(rng.uniform(0.30, 0.36)) * tall
        place = ((reach[0] + reach[1]) / 2, 0, split)
        part.box((reach[1] - reach[0], cavity.width, wall), place, shell, bevel=0.0, fill=fill)
        fresh = Panel(cavity.left, cavity.right, split + wall / 2, cavity.top)
        cold = Panel(cavity.left, cavity.right, cavity.bottom, split - wall / 2)
        lower = Panel(face.left, face.right, face.bottom, split - GAP / 2)
        face = Panel(face.left, face.right, split + GAP / 2, face.top)
        door(builder, "door_1", look, x, face, side, friction=0.6, grip=face.bottom + 0.3)
        door(builder, "door_2", look, x, lower, side, friction=0.6, grip=lower.top - 0.24)
        _cavity(builder, "freezer", reach, cold, "door_2_joint")
    else:
        door(builder, "door_1", look, x, face, side, friction=0.6, grip=foot + 0.55 * tall)
    count = 3 if fresh.height < 1.0 else 4
    for index, clear in enumerate(fresh.rows([1.0] * count, gap=0.008), start=1):
        if index < count:
            place = ((reach[0] + reach[1]) / 2 - 0.02, 0, clear.bottom - 0.004)
            part.box((reach[1] - reach[0] - 0.04, fresh.width, 0.008), place, glass, bevel=0.0, fill=0.7)
        _cavity(builder, f"shelf_{index}", (reach[0], reach[1] - 0.04), clear, "door_1_joint")
    _line(part, reach, fresh, lining)
    builder.surface("top", (middle, 0, height), (deep - 0.02, width - 0.02))


def _line(part: Part, reach: tuple[float, float], panel: Panel, material: Material) -> None:
    """Add a thin lining to a compartment between two x coordinates [m]."""
    thin, deep, x = 0.002, reach[1] - reach[0], (reach[0] + reach[1]) / 2
    y, z = panel.center
    print_on(part, (thin, panel.width, panel.height), (reach[0] + thin / 2, y, z), material)
    for sign in (-1, 1):
        print_on(part, (deep, thin, panel.height), (x, y + sign * (panel.width - thin) / 2, z), material)
        print_on(part, (deep, panel.width, thin), (x, y, z + sign * (panel.height - thin) / 2), material)


def _cavity(builder: AssetBuilder, name: str, reach: tuple[float, float], panel: Panel, joint: str) -> None:
    """Add the support surface on the floor of a closed compartment between two x coordinates [m]."""
    depth = reach[1] - reach[0]
    center = ((reach[0] + reach[1]) / 2, panel.center[0], panel.bottom)
    builder.surface(
        name,
        center,
        (depth - 0.014, panel.width - 0.012),
        placement="in",
        joint=joint,
        height=panel.height - 0.003,
    )


def microwave(builder: AssetBuilder, size: Vec3) -> None:
    """Build a microwave oven: door with a dark pane on the left, controls on the right."""
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("sheet metal", colours=("white", "black", "silver", "silver"))
    dark = style.part("plastic", "black")
    pale = style.part("plastic", "grey")
    depth, width, height = size
    look = _look(builder, shell, 0.022, "bar", 0.024)
    foot, wall = 0.008, 0.014
    back, front = -depth / 2, depth / 2 - look.depth
    panel = Panel(-width / 2, width / 2, foot, height)
    knobs = float(rng.uniform(0.2, 0.25)) * width
    split = panel.right - knobs
    tall = panel.height
    fill = bulk(shell, 900)
    middle = (front + back) / 2
    oven = (front - back, width - knobs, tall)
    part.carcass(oven, (middle, -knobs / 2, foot + tall / 2), wall, shell, back=wall, fill=fill)
    box = (front - back + look.thickness, knobs, tall)
    place = (back + box[0] / 2, split + knobs / 2, foot + tall / 2)
    part.box(box, place, shell, fill=bulk(shell, 520))
    for x in (back + 0.04, front - 0.04):
        for y in (-width / 2 + 0.04, width / 2 - 0.04):
            part.cylinder(0.014, foot, (x, y, foot / 2), dark)
    leaf = Panel(panel.left, split - 0.003, foot, height)
    swing = door(builder, "door_1", look, front + REST, leaf, "left", friction=0.3)
    _pane(swing, front + REST + look.thickness, leaf.inset(0.04), dark)
    face = back + box[0]
    y = split + knobs / 2
    print_on(part, (0.002, knobs * 0.72, 0.035), (face, y, height - 0.045), dark)
    if rng.random() < 0.5:
        for level in (0.3, 0.55):
            part.cylinder(0.018, 0.014, (face + 0.007, y, foot + level * tall), pale, axis="x", fill=0.5)
    else:
        for row in range(4):
            for column in (-1, 0, 1):
                spot = (face, y + column * knobs * 0.24, foot + (0.2 + 0.14 * row) * tall)
                print_on(part, (0.003, knobs * 0.18, 0.02), spot, pale)
    cavity = Panel(leaf.left + wall, split - wall, foot + wall, height - wall)
    radius = min(0.13, (front - back) * 0.36)
    center = (middle, cavity.center[0], cavity.bottom + 0.003)
    part.cylinder(radius, 0.006, center, style.part("glass", "white"))
    plate = cavity.bottom + 0.006
    builder.surface(
        "inside",
        (middle, cavity.center[0], plate),
        (1.9 * radius, 1.9 * radius),
        placement="in",
        round=True,
        joint="door_1_joint",
        height=cavity.top - plate - 0.003,
    )
    builder.surface("top", (middle, 0, height), (front - back - 0.02, width - 0.02))


def _pane(part: Part, face: float, panel: Panel, material: Material, right: float = 0.03) -> None:
    """Add a thin dark pane on a door, with space for the handle."""
    y, z = panel.center
    size = (0.003, panel.width - right, panel.height)
    part.box(size, (face + 0.0005, y - right / 2, z), material, bevel=0.0, fill=0.5, collide=False)


def stove(builder: AssetBuilder, size: Vec3) -> None:
    """Build a range: four burners, knobs, and an oven whose door folds down."""
    style, part = builder.style, builder.part()
    rng = style.rng
    shell = style.main("sheet metal", colours=("white", "silver", "silver", "black"))
    dark = style.part("plastic", "black")
    depth, width, height = size
    look = _look(builder, shell, 0.03, "bar", 0.035)
    edge = 0.004
    back, front = -depth / 2, depth / 2 - look.depth - edge
    plinth, wall, plate, knobs = 0.08, 0.03, 0.03, 0.1
    middle, deep = (back + front) / 2, front - back
    fill = bulk(shell, 430)
    part.box((deep - 0.03, width, plinth), (middle - 0.01, 0, plinth / 2), dark, bevel=0.0, fill=0.5)
    top = height - plate
    oven_top = top - knobs
    tall = oven_top - plinth
    part.carcass((deep, width, tall), (middle, 0, plinth + tall / 2), wall, shell, back=wall, fill=fill)
    box = (deep + look.thickness, width, knobs)
    part.box(box, (back + box[0] / 2, 0, top - knobs / 2), shell, fill=0.3 * fill)
    part.box((depth, width, plate - 0.001), (0, 0, top + (plate - 0.001) / 2), dark, fill=0.9)
    _burners(builder, part, size, height - 0.001)
    face = back + box[0]
    count = 5
    for index in range(count):
        y = (index - (count - 1) / 2) * width * 0.17
        part.cylinder(
            0.02, 0.024, (face + 0.012, y, top - knobs / 2), look.metal, axis="x", top_radius=0.016, fill=0.5
        )
    leaf = Panel(-width / 2 + 0.002, width / 2 - 0.002, plinth + 0.004, oven_top - GAP)
    swing = door(builder, "door_1", look, front + REST, leaf, "bottom", friction=1.5, upper=1.5)
    pane = Panel(leaf.left + 0.07, leaf.right - 0.07, leaf.bottom + 0.12, leaf.top - 0.1)
    _pane(swing, front + REST + look.thickness, pane, dark, right=0.0)
    cavity = Panel(-width / 2 + wall, width / 2 - wall, plinth + wall, oven_top - wall)
    rack = cavity.bottom + 0.42 * cavity.height
    reach = (back + wall, front - 0.02)
    steel = style.part("metal", "silver")
    place = ((reach[0] + reach[1]) / 2, 0, rack - 0.004)
    part.box((reach[1] - reach[0], cavity.width, 0.008), place, steel, bevel=0.0, fill=0.2)
    upper = Panel(cavity.left, cavity.right, rack, cavity.top)
    lower = Panel(cavity.left, cavity.right, cavity.bottom, rack - 0.008)
    _line(part, (back + wall, front), cavity, style.part("metal", "black"))
    _cavity(builder, "shelf_1", reach, upper, "door_1_joint")
    _cavity(builder, "shelf_2", reach, lower, "door_1_joint")
    builder.surface("top", (0, 0, height - 0.001), (depth - 0.02, width - 0.02))
    if rng.random() < 0.5:
        print_on(part, (0.002, 0.07, 0.03), (face, width * 0.44, top - knobs / 2), dark)


def _burners(builder: AssetBuilder, part: Part, size: Vec3, z: float) -> None:
    """Add four rings to a glass hob, 1 mm high."""
    grey = builder.style.part("plastic", "grey")
    dark = builder.style.part("plastic", "black")
    for index, (x, y) in enumerate(((-1, -1), (-1, 1), (1, -1), (1, 1))):
        radius = 0.095 if index in (1, 2) else 0.075
        place = (x * size[0] * 0.23, y * size[1] * 0.23, z + 0.0005)
        part.cylinder(radius, 0.0006, place, grey, fill=0.1, collide=False)
        part.cylinder(radius - 0.006, 0.001, place, dark, fill=0.1, collide=False)


def sink(builder: AssetBuilder, size: Vec3) -> None:
    """Build a sink unit with a basin and a tap; two of each if a double one is requested."""
    style, part = builder.style, builder.part()
    rng = style.rng
    double = "double" in (style.requested.get("kind"), style.requested.get("shape"))
    if double:
        style.attributes |= {
            key: "double" for key in ("kind", "shape") if style.requested.get(key) == "double"
        }
        size = (size[0], max(size[1], _TWO_BASINS), size[2])
    wood = timber(style, "painted wood", "painted wood", "wood")
    look = Fronts.choose(style, wood, reach=0.03)
    slab, fill = worktop(builder)
    steel = style.part("metal", "silver")
    depth, width, _ = size
    unit = (depth, width, _WORKTOP_Z)
    cavity = base_unit(builder, part, unit, wood, look, open_top=True)
    bowl_depth, bowl_wide = 0.4, float(rng.uniform(0.46, 0.54))
    bowl_wide = min(bowl_wide, (width - 0.24) / 2 if double else width - 0.12)
    roomy = width - bowl_wide > 0.4 and not double
    y = float(rng.choice([-1.0, 1.0])) * ((width - bowl_wide) / 2 - 0.06) if roomy else 0.0
    x = 0.03
    middles = (-width / 4, width / 4) if double else (y,)
    holes = [(x - bowl_depth / 2, x + bowl_depth / 2, m - bowl_wide / 2, m + bowl_wide / 2) for m in middles]
    _slab_with_holes(part, unit, holes, slab, fill)
    deep = float(rng.uniform(0.16, 0.19))
    names = ("basin_1", "basin_2") if double else ("basin",)
    for name, hole in zip(names, holes, strict=True):
        _basin(builder, part, name, hole, deep, steel)
    finish = style.part("metal", style.colour("metal", "silver", "silver", "black", "gold"))
    for middle in middles:
        _tap(part, (holes[0][0] - 0.045, middle, _WORKTOP_Z), size[2], x - 0.03, finish)
    front = depth / 2 - look.depth - GAP
    face = Panel(-width / 2 + 0.0015, width / 2 - 0.0015, 0.102, _WORKTOP_Z - WORKTOP - GAP)
    left, right = face.columns(2)
    grip = face.top - 0.16
    door(builder, "door_1", look, front + REST, left, "left", grip=grip)
    door(builder, "door_2", look, front + REST, right, "right", grip=grip)
    under = Panel(cavity.left, cavity.right, cavity.bottom, _WORKTOP_Z - WORKTOP - deep - 0.03)
    _cavity(builder, "inside", (-depth / 2 + 0.008, front), under, "door_1_joint")
    if roomy:
        edge = width / 2 - 0.01
        low, high = holes[0][2] - 0.02, holes[0][3] + 0.02
        free = Panel(-edge, low, 0, 0) if y > 0 else Panel(high, edge, 0, 0)
        builder.surface("top", (0, free.center[0], _WORKTOP_Z), (depth - 0.02, free.width))


def _slab_with_holes(part: Part, size: Vec3, holes: Sequence[Hole], material: Material, fill: float) -> None:
    """Add a worktop with holes of equal depth side by side."""
    depth, width, top = size
    x0, x1, *_ = holes[0]
    z = top - WORKTOP / 2
    edges = [-width / 2, *(y for hole in holes for y in hole[2:]), width / 2]
    strips = [
        (-depth / 2, depth / 2, left, right) for left, right in zip(edges[::2], edges[1::2], strict=True)
    ]
    for _, _, left, right in holes:
        strips += [(-depth / 2, x0, left, right), (x1, depth / 2, left, right)]
    for low, high, left, right in strips:
        place = ((low + high) / 2, (left + right) / 2, z)
        part.box((high - low, right - left, WORKTOP), place, material, bevel=0.0, fill=fill)


def _basin(builder: AssetBuilder, part: Part, name: str, hole: Hole, deep: float, steel: Material) -> None:
    """Add a basin of sheet steel to a hole, with its support surface."""
    x0, x1, y0, y1 = hole
    wall, floor, fill = 0.006, 0.008, solid_share(steel, 2500)
    x, y, low = (x0 + x1) / 2, (y0 + y1) / 2, _WORKTOP_Z - deep
    rim = _WORKTOP_Z + 0.002
    tall = rim - low
    for sign in (-1, 1):
        place = (x, y + sign * ((y1 - y0) - wall) / 2, low + tall / 2)
        part.box((x1 - x0, wall, tall), place, steel, bevel=0.001, fill=fill)
        place = (x + sign * ((x1 - x0) - wall) / 2, y, low + tall / 2)
        part.box((wall, y1 - y0 - 2 * wall, tall), place, steel, bevel=0.001, fill=fill)
    part.box((x1 - x0, y1 - y0, floor), (x, y, low - floor / 2), steel, bevel=0.001, fill=fill)
    part.cylinder(
        0.035, 0.001, (x, y, low + 0.0005), builder.style.part("metal", "grey"), fill=0.1, collide=False
    )
    patch = (x1 - x0 - 2 * wall - 0.01, y1 - y0 - 2 * wall - 0.01)
    builder.surface(name, (x, y, low), patch, placement="in")


def _tap(part: Part, foot: Vec3, height: float, end_x: float, metal: Material) -> None:
    """Add a swan-neck tap that ends at x = `end_x` [m], and its lever."""
    x, y, z = foot
    thick = 0.024
    part.cylinder(0.026, 0.03, (x, y, z + 0.015), metal, fill=0.5)
    radius = (end_x - x) / 2
    arch = height - thick / 2 - radius * 0.7
    part.bar((x, y, z + 0.02), (x, y, arch), thick, metal, sides=12, fill=0.4)
    angles = np.linspace(math.pi, 0, 7)
    points = [(x + radius + radius * math.cos(a), y, arch + radius * 0.7 * math.sin(a)) for a in angles]
    for start, end in pairwise(points):
        part.bar(start, end, thick, metal, sides=12, fill=0.4)
    part.bar(points[-1], (end_x, y, arch - 0.05), thick, metal, sides=12, fill=0.4)
    part.bar((x, y + 0.02, z + 0.05), (x, y + 0.075, z + 0.075), 0.012, metal)


def tv(builder: AssetBuilder, size: Vec3) -> None:
    """Build a television on two feet or on a central stand; its height follows from its width."""
    style, part = builder.style, builder.part()
    rng = style.rng
    shell, screen = _screen_materials(builder)
    metal = style.part("metal", style.colour("metal", "black", "silver"))
    depth, width, _ = size
    lift, thin = float(rng.uniform(0.05, 0.075)), 0.035
    _flat_screen(part, (thin / 2, lift), width, shell, screen)
    if rng.random() < 0.5:
        part.box((depth, width * 0.36, 0.012), (0, 0, 0.006), metal, bevel=0.004, fill=0.35)
        part.box((0.03, 0.12, lift), (-0.02, 0, 0.012 + lift / 2 - 0.004), metal, bevel=0.004, fill=0.3)
        return
    for sign in (-1, 1):
        y = sign * width * 0.36
        part.box((depth, 0.03, 0.012), (0, y, 0.006), metal, bevel=0.003, fill=0.5)
        part.box((0.03, 0.022, lift), (0, y, 0.008 + lift / 2), metal, bevel=0.002, fill=0.5)


def wall_tv(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted television, with its back at -x; its height follows from its width."""
    depth, width, _ = size
    style, part = builder.style, builder.part()
    shell, screen = _screen_materials(builder)
    metal = style.part("metal", "black")
    tall, front = width * _WIDE_SCREEN, depth / 2 - 0.0015
    _flat_screen(part, (front, 0.0), width, shell, screen)
    thick, reach = 0.006, depth - 0.05
    plate = (thick, 0.42, 0.24)
    part.box(plate, (-depth / 2 + thick / 2, 0, 0.45 * tall), metal, bevel=0.001, fill=0.25)
    for sign in (-1, 1):
        place = (-depth / 2 + reach / 2, sign * 0.15, 0.45 * tall)
        part.box((reach, 0.03, 0.3), place, metal, bevel=0.002, fill=0.1)
    light = style.part("plastic", "red")
    print_on(part, (0.002, 0.006, 0.003), (front, 0, 0.008), light)
    return depth


def _screen_materials(builder: AssetBuilder) -> tuple[Material, Material]:
    """Return the materials of the shell and of the screen of a television."""
    shell = builder.style.main("electronics", colours=("black", "black", "grey"))
    pane = builder.style.part("glass", "black").model_copy(
        update={"rgba": (0.02, 0.02, 0.03, 1.0), "roughness": 0.08}
    )
    return shell, pane


def _flat_screen(
    part: Part, corner: tuple[float, float], width: float, shell: Material, screen: Material
) -> None:
    """Add a flat screen; `corner` is x of its face and z of its lower edge [m]."""
    x, low = corner
    thin, tall, bezel = 0.035, width * _WIDE_SCREEN, 0.009
    z = low + tall / 2
    part.box((thin, width, tall), (x - thin / 2, 0, z), shell, bevel=0.004, fill=bulk(shell, 360))
    hump = (0.03, width * 0.5, tall * 0.5)
    part.box(hump, (x - 0.0475, 0, low + tall * 0.4), shell, bevel=0.012, fill=bulk(shell, 360))
    pane = (0.002, width - 2 * bezel, tall - 2.6 * bezel)
    part.box(pane, (x + 0.0005, 0, z + 0.3 * bezel), screen, bevel=0.0, fill=0.5, collide=False)


def floor_lamp(builder: AssetBuilder, size: Vec3) -> float:
    """Build a floor lamp with a fabric shade, on a heavy foot or on three legs."""
    style, part = builder.style, builder.part()
    rng = style.rng
    metal = style.main("metal", colours=("black", "silver", "gold", "copper"))
    cloth = style.part("fabric", style.colour("fabric", "white", "beige", "white", "grey"))
    radius, height = min(size[:2]) / 2, size[2]
    tall = float(rng.uniform(0.22, 0.32))
    _shade(part, radius, radius * float(rng.uniform(0.6, 1.0)), height - tall, tall, cloth)
    neck = height - 0.4 * tall
    if rng.random() < 0.35:
        hub = height - tall - 0.12
        wood = style.part("wood")
        for index in range(3):
            angle = (index + 0.5) * 2 * math.pi / 3
            foot = (0.94 * radius * math.cos(angle), 0.94 * radius * math.sin(angle), 0.0)
            top = (0.02 * math.cos(angle), 0.02 * math.sin(angle), hub)
            leg(part, top, foot, 0.024, wood, foot_thickness=0.022, sides=8)
        part.cylinder(0.035, 0.05, (0, 0, hub), metal, fill=0.3)
        part.cylinder(0.009, neck - hub, (0, 0, (neck + hub) / 2), metal, fill=0.4)
        plate = 0.02
        part.cylinder(0.6 * radius, plate, (0, 0, 0.3 * hub), wood, fill=0.9)
        _weigh(builder, part, 0.5 * radius, 0.3 * hub, 1.5)
    else:
        disc = radius * 0.82
        profile = [(disc, 0.0), (disc, 0.012), (disc * 0.85, 0.022), (0.02, 0.03)]
        part.lathe(profile, metal, fill=bulk(metal, 700))
        _weigh(builder, part, 0.8 * disc, 0.008, 2.4)
        part.cylinder(0.011, neck - 0.03, (0, 0, 0.03 + (neck - 0.03) / 2), metal, fill=0.25)
    return 0.025


def table_lamp(builder: AssetBuilder, size: Vec3) -> float:
    """Build a table lamp with a fabric shade on a turned body, a ball or a column."""
    style, part = builder.style, builder.part()
    rng = style.rng
    body = style.main("ceramic", "ceramic", "wood", "metal")
    cloth = style.part("fabric", style.colour("fabric", "white", "beige", "white", "grey"))
    brass = style.part("metal", "gold")
    radius, height = min(size[:2]) / 2, size[2]
    tall = 0.42 * height
    _shade(part, radius, radius * float(rng.uniform(0.6, 0.95)), height - tall, tall, cloth)
    waist = height - tall + 0.01
    foot = 0.58 * radius
    shapes = (
        ((1.0, 0.0), (1.0, 0.06), (0.55, 0.12), (0.85, 0.4), (0.7, 0.65), (0.28, 0.92), (0.2, 1.0)),
        ((0.8, 0.0), (0.84, 0.05), (1.02, 0.3), (0.9, 0.6), (0.5, 0.85), (0.22, 1.0)),
        ((1.0, 0.0), (1.0, 0.08), (0.3, 0.1), (0.26, 0.5), (0.3, 1.0)),
    )
    shape = shapes[int(rng.integers(len(shapes)))]
    part.lathe([(r * foot, z * waist) for r, z in shape], body, fill=bulk(body, 450))
    _weigh(builder, part, 0.7 * foot, 0.008, 0.7)
    end = height - 0.45 * tall
    part.cylinder(0.006, end - waist, (0, 0, (end + waist) / 2), brass, fill=0.5)
    return 2 * min(r for r, _ in shape) * foot


def _weigh(builder: AssetBuilder, part: Part, radius: float, z: float, mass: float) -> None:
    """Add an iron disc of a given mass [kg] inside the foot of a lamp as ballast."""
    iron, thick = builder.style.part("metal", "grey"), 0.01
    fill = mass / (iron.density * math.pi * radius**2 * thick)
    part.cylinder(radius, thick, (0, 0, z), iron, fill=fill, collide=False)


def _shade(part: Part, radius: float, top: float, low: float, tall: float, material: Material) -> None:
    """Add a lamp shade that is open above and below; its collider is a solid cone."""
    wall = 0.003
    high = low + tall
    start = (radius - wall, low)
    outline = [start, (radius, low), (top, high), (top - wall, high), start]
    mesh = trimesh.creation.revolve(np.array(outline), sections=48)
    mesh.merge_vertices()
    if mesh.volume < 0:
        mesh.invert()
    angles = np.arange(16) * 2 * math.pi / 16
    ring = np.stack([np.cos(angles), np.sin(angles), np.zeros(16)], axis=1)
    up = np.array([0.0, 0.0, 1.0])
    piece = np.concatenate([ring * radius + low * up, ring * top + (low + tall) * up])
    part.solid(mesh, material, [piece], fill=0.8)
    glow = part.solids[-1].material
    for angle in (0.0, math.pi / 2):
        reach = 0.96 * (radius * 0.55 + top * 0.45)
        x, y, z = reach * math.cos(angle), reach * math.sin(angle), low + 0.55 * tall
        part.bar((-x, -y, z), (x, y, z), 0.003, glow, sides=4, collide=False)
    part.cylinder(0.028, 0.07, (0, 0, low + 0.5 * tall), glow, fill=0.3, collide=False)


def dishwasher(builder: AssetBuilder, size: Vec3) -> None:
    """Build a dishwasher under a worktop, with a door that folds down."""
    style, part = builder.style, builder.part()
    shell = style.main("sheet metal", colours=("white", "silver", "grey"))
    dark = style.part("plastic", "black")
    slab, slab_fill = worktop(builder)
    depth, width, height = size
    look = _look(builder, shell, 0.035, "bar", 0.03)
    back, front = -depth / 2, depth / 2 - look.depth - GAP
    plinth, wall = 0.1, 0.03
    top = height - WORKTOP
    tall, deep = top - plinth, front - back
    middle = (back + front) / 2
    fill = bulk(shell, 420)
    part.box((deep - 0.04, width, plinth), (middle - 0.02, 0, plinth / 2), dark, bevel=0.0, fill=0.5)
    part.carcass((deep, width, tall), (middle, 0, plinth + tall / 2), wall, shell, back=wall, fill=fill)
    part.box((depth, width, WORKTOP), (0, 0, height - WORKTOP / 2), slab, bevel=0.004, fill=slab_fill)
    leaf = Panel(-width / 2 + 0.002, width / 2 - 0.002, plinth + 0.004, top - GAP)
    swing = door(builder, "door_1", look, front + REST, leaf, "bottom", friction=1.5, upper=1.5)
    print_on(swing, (0.002, width * 0.3, 0.022), (front + REST + look.thickness, 0, leaf.top - 0.1), dark)
    cavity = Panel(-width / 2 + wall, width / 2 - wall, plinth + wall, top - wall)
    reach = (back + wall, front - 0.01)
    rack = cavity.bottom + 0.5 * cavity.height
    steel = style.part("metal", "silver")
    place = ((reach[0] + reach[1]) / 2, 0, rack - 0.004)
    part.box((reach[1] - reach[0], cavity.width, 0.008), place, steel, bevel=0.0, fill=0.2)
    _line(part, reach, cavity, steel)
    _cavity(builder, "shelf_1", reach, Panel(cavity.left, cavity.right, rack, cavity.top), "door_1_joint")
    _cavity(
        builder,
        "shelf_2",
        reach,
        Panel(cavity.left, cavity.right, cavity.bottom, rack - 0.008),
        "door_1_joint",
    )
    builder.surface("top", (0, 0, height), (depth - 0.02, width - 0.02))


def washing_machine(builder: AssetBuilder, size: Vec3) -> None:
    """Build a washing machine with a round door and a hollow drum."""
    style, part = builder.style, builder.part()
    shell = style.main("sheet metal", colours=("white", "white", "silver", "grey"))
    dark, steel = style.part("plastic", "black"), style.part("metal", "silver")
    depth, width, height = size
    look = _look(builder, steel, 0.03, "ledge", 0.02)
    back, front = -depth / 2, depth / 2 - look.depth
    foot, wall = 0.02, 0.025
    tall, deep = height - foot, front - back
    middle, fill = (back + front) / 2, bulk(shell, 560)
    for x in (back + 0.06, front - 0.06):
        for y in (-width / 2 + 0.06, width / 2 - 0.06):
            part.cylinder(0.022, foot, (x, y, foot / 2), dark)
    part.carcass(
        (deep - wall, width, tall), (middle - wall / 2, 0, foot + tall / 2), wall, shell, back=wall, fill=fill
    )
    radius, z = min(0.175, 0.3 * width), foot + 0.47 * tall
    face = Panel(-width / 2, width / 2, foot, height)
    _porthole(part, front - wall, front, face, z, radius, shell, fill)
    drum = 1.18 * radius
    for index in range(12):
        angles = (np.array([-0.5, -0.5, 0.5, 0.5]) + index) * 2 * math.pi / 12
        radii = np.array([drum, drum + 0.008, drum, drum + 0.008])
        ring = np.stack([np.zeros(4), np.cos(angles) * radii, z + np.sin(angles) * radii], axis=1)
        ends = (back + 0.12, front - wall - 0.002)
        hull(
            part,
            np.concatenate([ring + np.array([end, 0, 0]) for end in ends]),
            steel,
            fill=bulk(steel, 2500),
        )
    part.cylinder(drum, 0.01, (back + 0.12, 0, z), steel, axis="x", fill=bulk(steel, 2500))
    block = (deep - 0.2, width - 0.2, 0.05)
    part.box(block, (middle, 0, foot + wall + 0.025), dark, fill=1.0)
    _porthole_door(builder, look, front + REST, z, 1.16 * radius, dark)
    print_on(part, (0.004, width * 0.34, 0.05), (front, width * 0.1, height - 0.065), dark)
    print_on(
        part,
        (0.004, width * 0.24, 0.07),
        (front, -width * 0.33, height - 0.065),
        style.part("plastic", "grey"),
    )
    part.cylinder(0.025, 0.02, (front + 0.01, width * 0.36, height - 0.065), steel, axis="x", fill=0.3)
    flat = drum * math.cos(math.pi / 12)
    reach = (back + 0.125, front - wall)
    builder.surface(
        "inside",
        ((reach[0] + reach[1]) / 2, 0, z - flat),
        (reach[1] - reach[0] - 0.02, 0.5 * drum),
        placement="in",
        joint="door_1_joint",
        height=1.3 * drum,
    )
    builder.surface("top", (middle, 0, height), (deep - 0.02, width - 0.02))


def _porthole(
    part: Part,
    start: float,
    end: float,
    face: Panel,
    z: float,
    radius: float,
    material: Material,
    fill: float,
) -> None:
    """Add a front with a round hole, as 16 convex pieces around the hole."""
    steps = 16
    angles = np.arange(steps) * 2 * math.pi / steps
    corners = np.stack([np.cos(angles), np.sin(angles)], axis=1)
    low, high = np.array([face.left, face.bottom]), np.array([face.right, face.top])
    center = np.array([0.0, z])

    def edge(direction: Array) -> Array:
        with np.errstate(divide="ignore"):
            reach = np.where(direction > 0, (high - center) / direction, (low - center) / direction)
        usable = reach[np.abs(direction) > 1e-9]
        return np.asarray(center + direction * float(usable.min()))

    for index in range(steps):
        a, b = corners[index], corners[(index + 1) % steps]
        outline = [center + a * radius, center + b * radius, edge(a), edge(b)]
        for corner in (low, high, np.array([low[0], high[1]]), np.array([high[0], low[1]])):
            to = corner - center
            if a[0] * to[1] > a[1] * to[0] and to[0] * b[1] > to[1] * b[0]:
                outline.append(corner)
        points = [(x, float(p[0]), float(p[1])) for x in (start, end) for p in outline]
        hull(part, points, material, fill=fill)


def _porthole_door(
    builder: AssetBuilder, look: Fronts, x: float, z: float, radius: float, dark: Material
) -> None:
    """Add a round door hinged on the right."""
    leaf = Panel(-radius, radius, z - radius, z + radius)
    part = builder.moving(
        "door_1",
        "revolute",
        (x + look.thickness, radius, z),
        (0, 0, 1),
        1.7,
        damping=1.0,
        friction=0.4,
        opens="door",
    )
    middle = (x + look.thickness / 2, 0, z)
    part.cylinder(radius, look.thickness, middle, look.material, axis="x", fill=bulk(look.material, 900))
    face = x + look.thickness
    part.cylinder(0.74 * radius, 0.006, (face + 0.002, 0, z), dark, axis="x", collide=False)
    handle(part, look, face, leaf.left + 0.02, z, 0.09, upright=True)


FAMILIES = (
    Family(
        "refrigerator", "electric_refrigerator.n.01", (0.64, 0.58, 1.5), (0.72, 0.72, 1.85), refrigerator,
        "fridge", words=("fridge",), mount="floor",
    ),
    Family(
        "microwave", "microwave.n.02", (0.36, 0.46, 0.27), (0.42, 0.54, 0.31), microwave, "microwave",
        words=("microwave oven",), mount="surface",
    ),
    Family(
        "sink", "sink.n.01", (_KITCHEN, 0.8, 1.16), (_KITCHEN, 1.2, 1.24), sink, "furniture_sink",
        words=("kitchen sink",), mount="floor", fixed=True,
    ),
    Family(
        "stove", "stove.n.01", (_KITCHEN, 0.6, 0.9), (_KITCHEN, 0.76, 0.9), stove, "stove",
        words=("cooker", "range"), mount="floor", fixed=True,
    ),
    Family(
        "dishwasher", "dishwasher.n.01", (_KITCHEN, 0.58, 0.9), (_KITCHEN, 0.6, 0.9), dishwasher,
        "dishwasher", mount="floor", fixed=True,
    ),
    Family(
        "washing machine", "washer.n.03", (0.58, 0.58, 0.84), (0.64, 0.62, 0.88), washing_machine, "washer",
        words=("washer",), mount="floor",
    ),
    Family(
        "tv", "television_receiver.n.01", (0.2, 0.85, 0.53), (0.27, 1.3, 0.82), tv, "standing_tv",
        words=("television", "flat screen", "flat screen tv", "smart tv", "tv set", "television set",
               "table tv", "desk tv"),
        mount="surface",
    ),
    Family(
        "wall tv", "television_receiver.n.01", (0.072, 0.95, 0.54), (0.09, 1.45, 0.83), wall_tv,
        "wall_mounted_tv",
        words=("wall television", "wall mounted tv", "wall mounted television", "mounted tv", "hanging tv",
               "mounted television", "wall screen", "wall display", "wall monitor", "wall mounted screen",
               "wall mounted monitor", "wall flat screen", "wall flat screen tv", "wall smart tv"),
        kinds=("tv", "television"), mount="wall", fixed=True,
    ),
    Family(
        "floor lamp", "floor_lamp.n.01", (0.36, 0.36, 1.4), (0.44, 0.44, 1.7), floor_lamp, "floor_lamp",
        words=("standing lamp", "floor light", "standing light", "arc lamp", "arc floor lamp", "tripod lamp",
               "tripod floor lamp", "torchiere", "uplighter", "floor reading lamp"),
        kinds=("lamp",), mount="floor", has_front=False,
    ),
    Family(
        "table lamp", "table_lamp.n.01", (0.22, 0.22, 0.38), (0.3, 0.3, 0.58), table_lamp, "table_lamp",
        words=("lamp", "table light", "bedside lamp", "nightstand lamp"), kinds=("lamp",), has_front=False,
    ),
)  # fmt: skip
