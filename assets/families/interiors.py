"""Vanities, dressing tables, kitchen islands, bar cabinets, floor mirrors, aquariums and others."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
from scipy.interpolate import PchipInterpolator

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import arc, bulk, hull, loft, prism, rounded, superellipse
from sage.assets.families.storage import WORKTOP, Case, worktop
from sage.assets.family import Family
from sage.assets.fittings import BOARD, GAP, Fronts, Panel, door, drawer, legs, solid_share, timber
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_PANE = {"name": "mirror", "rgba": (0.66, 0.75, 0.80, 1.0), "roughness": 0.03}
_BASIN_M, _TAP_M = 0.12, 0.24
"""Heights of a basin and of its tap above the top of a vanity [m]."""
_TORSO = ((0.0, 0.94, 0.86), (0.16, 1.0, 0.92), (0.42, 0.7, 0.66), (0.66, 0.9, 0.86), (0.8, 0.94, 0.74),
          (0.9, 0.78, 0.6), (0.95, 0.36, 0.44), (1.0, 0.27, 0.36))  # fmt: skip
"""Cross section of a torso: relative height; width and depth relative to the hips."""


def _glass(builder: AssetBuilder) -> Material:
    """Return the material of mirror glass."""
    return builder.style.part("metal", "silver").without_maps(**_PANE)


def vanity(builder: AssetBuilder, size: Vec3) -> None:
    """Build a vanity: a cabinet with a basin and a tap on top; two of each if a double one is requested."""
    depth, width, height = size
    style, rng = builder.style, builder.style.rng
    double = "double" in (style.requested.get("kind"), style.requested.get("shape"))
    if double:
        style.attributes |= {
            key: "double" for key in ("kind", "shape") if style.requested.get(key) == "double"
        }
        width = max(width, 1.35)
    desk, slab = height - _TAP_M, 0.02
    material = timber(style, "wood", "painted wood")
    case = Case(builder, (depth, width, desk - slab), lift=float(rng.choice([0.05, 0.18])), wood=material)
    part = case.part
    stone, white = (
        style.part("stone", str(rng.choice(["white", "white", "grey", "black"]))),
        style.part("ceramic", "white"),
    )
    steel = style.part("metal", style.colour("metal", "silver", "black", "gold"))
    part.box((depth, width, slab), (0, 0, desk - slab / 2), stone, bevel=0.004, fill=bulk(stone, 1000))
    face = case.face
    high, low = face.rows((0.3, 1.0))
    cavity = case.cavity
    split = low.top + GAP / 2
    case.board(cavity, split)
    columns = 3 if width > 1.1 else 2
    boxes = Panel(cavity.left, cavity.right, split, cavity.top)
    case.drawers([high.columns(columns)], boxes)
    for index, panel in enumerate(low.columns(2), start=1):
        door(
            builder,
            f"door_{index}",
            case.look,
            case.front + 0.0015,
            panel,
            "left" if index == 1 else "right",
            grip=low.top - 0.12,
        )
    inner = case.inner_depth - 0.02
    builder.surface(
        "inside", (case.back + 0.01 + inner / 2, 0, cavity.bottom), (inner, cavity.width - 0.02),
        placement="in",
        joint="door_1_joint", height=split - BOARD - cavity.bottom - 0.004,
    )  # fmt: skip
    r = min(0.19, depth / 2 - 0.05)
    middles = (-width / 4, width / 4) if double else (0.0,)
    for index, y in enumerate(middles, start=1):
        name = f"basin_{index}" if double else "basin"
        bowl = [(0.55 * r, desk), *arc((0.6 * r, desk + 0.004), (r, desk + _BASIN_M), steps=5)]
        part.vessel(bowl, 0.012, 0.014, white, center=(0.03, y, 0), sectors=10, fill=0.8)
        builder.surface(name, (0.03, y, desk + 0.014), (0.7 * r, 0.7 * r), placement="in", round=True)
        x = -depth / 2 + 0.045
        part.cylinder(0.02, _TAP_M - 0.02, (x, y, desk + (_TAP_M - 0.02) / 2), steel, fill=0.3)
        part.bar((x - 0.01, y, height - 0.02), (x + 0.15, y, height - 0.03), 0.03, steel, fill=0.3)
        part.cylinder(0.012, 0.03, (x + 0.14, y, height - 0.045), steel, fill=0.3)
        part.box((0.08, 0.014, 0.012), (x + 0.05, y, height - 0.006), steel, bevel=0.003, fill=0.3)
    edges = [
        -width / 2 + 0.02,
        *(y + side * (r + 0.015) for y in middles for side in (-1, 1)),
        width / 2 - 0.02,
    ]
    free = [(edges[k], edges[k + 1]) for k in range(0, len(edges), 2) if edges[k + 1] - edges[k] > 0.08]
    for index, (left, right) in enumerate(free, start=1):
        builder.surface(f"top_{index}", (0, (left + right) / 2, desk), (depth - 0.05, right - left))


def dressing_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a dressing table with drawers, turned legs and a round or arched mirror."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = timber(style, "painted wood", "wood")
    look = Fronts.choose(style, wood)
    gold, fill = style.part("metal", str(rng.choice(["gold", "silver", "black"]))), solid_share(wood)
    top, plate, tall = 0.76, 0.022, 0.14
    back, front = -depth / 2, depth / 2 - look.depth - 0.004
    deep, wide = front - back, width - 0.03
    low = top - plate - tall
    part.box((depth - 0.01, width, plate), (-0.005, 0, top - plate / 2), wood, bevel=0.005, fill=fill)
    part.carcass((deep, wide, tall), (back + deep / 2, 0, low + tall / 2), 0.014, wood, fill=fill)
    legs(part, "tapered", (deep - 0.01, wide - 0.01), low, 0.045, wood, x=back + deep / 2)
    panel = Panel(-wide / 2 + 0.001, wide / 2 - 0.001, low + 0.001, top - plate - GAP)
    cavity = Panel(-wide / 2 + 0.014, wide / 2 - 0.014, low + 0.014, top - plate - 0.014)
    for index, column in enumerate(panel.columns(2), start=1):
        drawer(builder, f"drawer_{index}", look, front + 0.0015, column, cavity, deep - 0.04)
    x, rise = back + 0.05, height - top
    shape = style.requested.get("shape") or str(rng.choice(["round", "arched"]))
    if shape in ("round", "oval"):
        r = rise / 2 - 0.015
        turn = np.arange(36) * 2 * math.pi / 36
        outline = np.column_stack([r * np.cos(turn), height - r + r * np.sin(turn)])
        inside = np.column_stack([(r - 0.018) * np.cos(turn), height - r + (r - 0.018) * np.sin(turn)])
        part.box((0.05, 0.2, 0.02), (x, 0, top + 0.01), gold, fill=0.3)
        part.box((0.02, 0.05, 0.05), (x, 0, top + 0.025), gold, fill=0.3)
    else:
        wide_m = 0.5 * width
        outline = rounded(wide_m, rise, 0.12, (0, top + rise / 2))
        outline[:, 1] = np.where(outline[:, 1] < top + 0.12, np.maximum(outline[:, 1], top), outline[:, 1])
        inside = rounded(wide_m - 0.05, rise - 0.05, 0.1, (0, top + rise / 2))
        part.box((0.04, wide_m * 0.7, 0.02), (x, 0, top + 0.01), wood, fill=fill)
    prism(
        part,
        outline,
        x - 0.012,
        x + 0.006,
        gold if shape in ("round", "oval") else wood,
        fill=0.1 if shape in ("round", "oval") else fill,
    )
    prism(part, inside, x + 0.004, x + 0.009, _glass(builder), fill=0.1, collide=False)
    builder.surface("top", (0.035, 0, top), (depth - 0.12, width - 0.05))


def console_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a narrow console table, open or with drawers, with a board below."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = timber(style)
    fill, plate, thick = solid_share(wood), 0.028, 0.04
    low = height - plate
    kind = str(rng.choice(["drawers", "open", "steel"]))
    part.box((depth, width, plate), (0, 0, low + plate / 2), wood, bevel=0.004, fill=fill)
    metal = style.part("metal", style.colour("metal", "black", "gold"))
    if kind == "steel":
        tube = 0.025
        for sy in (-1, 1):
            y = sy * (width / 2 - 0.05)
            for sx in (-1, 1):
                part.box((tube, tube, low), (sx * (depth / 2 - tube), y, low / 2), metal, fill=0.25)
            part.box((depth - 3 * tube, tube, tube), (0, y, tube / 2), metal, fill=0.25)
        for sy in (-1, 1):
            start, end = (
                (-depth / 2 + tube, sy * (width / 2 - 0.06), 0.14),
                (-depth / 2 + tube, -sy * (width / 2 - 0.06), low - 0.02),
            )
            part.bar(start, end, 0.012, metal, fill=0.3)
    else:
        under = low
        spread = (depth - 0.02, width - 0.03)
        if kind == "drawers":
            tall = 0.13
            look = Fronts.choose(style, wood)
            back, front = -depth / 2 + 0.008, depth / 2 - look.depth - 0.004
            deep = front - back
            under = low - tall
            part.carcass(
                (deep, width - 0.03, tall), (back + deep / 2, 0, low - tall / 2), 0.014, wood, fill=fill
            )
            half = width / 2 - 0.015
            panel, cavity = (
                Panel(-half + 0.001, half - 0.001, under + 0.001, low - GAP),
                Panel(-half + 0.014, half - 0.014, under + 0.014, low - 0.014),
            )
            for index, column in enumerate(panel.columns(2), start=1):
                drawer(builder, f"drawer_{index}", look, front + 0.0015, column, cavity, deep - 0.03)
            spread = (deep - 0.004, width - 0.034)
            legs(
                part,
                "square" if rng.random() < 0.5 else "tapered",
                spread,
                under,
                thick,
                wood,
                x=back + deep / 2,
            )
        else:
            legs(part, "square", spread, under, thick, wood)
            part.box(
                (spread[0] - 2 * thick, spread[1] - 2 * thick, 0.02),
                (0, 0, under - 0.03),
                wood,
                fill=fill * 0.4,
            )
        z = 0.18
        board = (spread[0] - 0.014, spread[1] - 0.014, BOARD)
        x = 0.0 if kind == "open" else (-depth / 2 + 0.008) + spread[0] / 2
        part.box(board, (x, 0, z), wood, fill=fill)
        builder.surface(
            "shelf_1",
            (x, 0, z + BOARD / 2),
            (board[0] - 2 * thick + 0.02, board[1] - 2 * thick),
            placement="in",
            shelf=True,
            height=under - 0.05 - z,
        )
    builder.surface("top", (0, 0, height), (depth - 0.02, width - 0.02))


def kitchen_island(builder: AssetBuilder, size: Vec3) -> None:
    """Build a kitchen island: drawers and doors in front and a slab that overhangs at the back for stools."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = timber(style, "painted wood", "painted wood", "wood")
    look = Fronts.choose(style, wood, reach=0.028)
    slab, fill = worktop(builder)
    over = 0.24
    unit = depth - over
    shift = over / 2
    cavity = _island_unit(part, (unit, width - 0.06, height), wood, look, shift)
    part.box((depth, width, WORKTOP), (0, 0, height - WORKTOP / 2), slab, bevel=0.006, fill=fill)
    front = shift + unit / 2 - look.depth - 0.004
    back = shift - unit / 2
    deep = front - back - 0.012
    half = (width - 0.06) / 2
    face = Panel(-half + 0.0015, half - 0.0015, 0.102, height - WORKTOP - GAP)
    high, low = face.rows((0.26, 1.0))
    split = low.top + GAP / 2
    part.box(
        (deep, cavity.width, BOARD),
        (back + 0.01 + deep / 2, 0, split - BOARD / 2),
        wood,
        bevel=0.0,
        fill=solid_share(wood),
    )
    boxes = Panel(cavity.left, cavity.right, split, cavity.top)
    for index, column in enumerate(high.columns(2), start=1):
        drawer(builder, f"drawer_{index}", look, front + 0.0015, column, boxes, deep - 0.02)
    for index, column in enumerate(low.columns(2), start=1):
        door(
            builder,
            f"door_{index}",
            look,
            front + 0.0015,
            column,
            "left" if index == 1 else "right",
            grip=low.top - 0.16,
        )
    builder.surface(
        "inside", (back + 0.01 + deep / 2, 0, cavity.bottom), (deep - 0.02, cavity.width - 0.02),
        placement="in",
        joint="door_1_joint", height=split - BOARD - cavity.bottom - 0.004,
    )  # fmt: skip
    for sign in (-1, 1):
        bracket = [
            (back, height - WORKTOP),
            (back - 0.16, height - WORKTOP),
            (back - 0.16, height - WORKTOP - 0.03),
            (back, height - WORKTOP - 0.2),
        ]
        prism(
            part,
            bracket,
            sign * 0.3 * width - 0.02,
            sign * 0.3 * width + 0.02,
            wood,
            axis=1,
            fill=solid_share(wood),
        )
    builder.surface("top", (0, 0, height), (depth - 0.04, width - 0.04))


def _island_unit(part: Part, size: Vec3, wood: Material, look: Fronts, shift: float) -> Panel:
    """Build the carcass of an island on its plinth and return its clear opening."""
    depth, width, height = size
    deep = depth - look.depth - 0.004
    plinth, fill = 0.1, solid_share(wood, 500)
    tall = height - WORKTOP - plinth
    x = shift - depth / 2 + deep / 2
    part.box((deep - 0.05, width - 0.04, plinth), (x - 0.02, 0, plinth / 2), wood, bevel=0.0, fill=0.7 * fill)
    part.carcass((deep, width, tall), (x, 0, plinth + tall / 2), BOARD, wood, fill=fill)
    half = width / 2 - BOARD
    return Panel(-half, half, plinth + BOARD, plinth + tall - BOARD)


def bar_cabinet(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bar cabinet: doors below, an open compartment for glasses and a rack of horizontal bottles."""
    height = size[2]
    case = Case(builder, size, lift=0.12)
    part, wood = case.part, case.wood
    cavity, fill = case.cavity, case.fill
    split = case.lift + 0.5 * (height - case.lift)
    rack = split + 0.5 * (case.top - split)
    case.board(cavity, split)
    case.board(cavity, rack)
    low = Panel(case.face.left, case.face.right, case.face.bottom, split - BOARD / 2)
    for index, panel in enumerate(low.columns(2), start=1):
        door(
            builder, f"door_{index}", case.look, case.front + 0.0015, panel, "left" if index == 1 else "right"
        )
    deep = case.inner_depth - 0.01
    x = case.back + 0.01 + deep / 2
    builder.surface(
        "inside",
        (x, 0, cavity.bottom),
        (deep - 0.02, cavity.width - 0.02),
        placement="in",
        joint="door_1_joint",
        height=split - BOARD - cavity.bottom - 0.004,
    )
    builder.surface(
        "shelf_1",
        (x, 0, rack),
        (deep - 0.02, cavity.width - 0.02),
        placement="in",
        shelf=True,
        height=cavity.top - rack - 0.004,
    )
    tall = rack - BOARD - split
    count = max(3, int(cavity.width / max(0.12, tall)))
    for k in range(1, count):
        y = cavity.left + cavity.width * k / count
        part.box((deep - 0.01, 0.012, tall), (x, y, split + tall / 2), wood, bevel=0.001, fill=fill)
    for k in range(count):
        _bottle(builder, part, (x, cavity.left + cavity.width * (k + 0.5) / count, split), deep)
    case.free_top()


def _bottle(builder: AssetBuilder, part: Part, at: Vec3, deep: float) -> None:
    """Add a wine bottle on its side with its neck in front."""
    glass = builder.style.part("glass", "green").model_copy(update={"rgba": (0.1, 0.22, 0.12, 1.0)})
    foil = builder.style.part("plastic", str(builder.style.rng.choice(["red", "black", "gold"])))
    x, y, z = at
    r, long = 0.036, min(0.3, deep - 0.02)
    start = x - long / 2
    part.cylinder(r, 0.66 * long, (start + 0.33 * long, y, z + r), glass, axis="x", fill=0.5)
    part.bar(
        (start + 0.64 * long, y, z + r),
        (start + 0.78 * long, y, z + r),
        1.9 * r,
        glass,
        end_thickness=0.03,
        collide=False,
        fill=0.3,
    )
    part.cylinder(0.015, 0.24 * long, (start + 0.88 * long, y, z + r), foil, axis="x", fill=0.5)


def wine_rack(builder: AssetBuilder, size: Vec3) -> None:
    """Build a wooden wine rack: rows of cradles, some with bottles, and a board on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = timber(style, "wood")
    fill, side = solid_share(wood), 0.03
    part.box((depth, width, 0.022), (0, 0, height - 0.011), wood, bevel=0.004, fill=fill)
    for sy in (-1, 1):
        for sx in (-1, 1):
            part.box(
                (0.035, side, height - 0.022),
                (sx * (depth / 2 - 0.022), sy * (width - side) / 2, (height - 0.022) / 2),
                wood,
                bevel=0.003,
                fill=fill,
            )
    pitch = 0.115
    rows = int((height - 0.1) / pitch)
    columns = int((width - 2 * side) / 0.11)
    wide = (width - 2 * side) / columns
    for row in range(rows):
        z = 0.05 + row * (height - 0.12) / rows
        for sx in (-1, 1):
            part.box(
                (0.02, width - 2 * side, 0.022),
                (sx * (depth / 2 - 0.022), 0, z),
                wood,
                bevel=0.002,
                fill=fill,
            )
        for sy in (-1, 1):
            part.box(
                (depth - 0.06, 0.016, 0.022), (0, sy * (width - side) / 2, z), wood, bevel=0.002, fill=fill
            )
        for column in range(columns):
            y = -width / 2 + side + (column + 0.5) * wide
            for edge in (-1, 1):
                part.box(
                    (0.02, 0.012, 0.03),
                    (depth / 2 - 0.022, y + edge * wide / 2 * 0.92, z + 0.02),
                    wood,
                    bevel=0.002,
                    fill=fill,
                    collide=False,
                )
            if style.rng.random() < 0.55:
                _bottle(builder, part, (0.015, y, z + 0.012), depth)
    builder.surface("top", (0, 0, height), (depth - 0.03, width - 0.03))


def changing_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a changing table: a padded mat between low rails, drawers and a shelf below."""
    depth, width, height = size
    style = builder.style
    rail = 0.1
    case = Case(builder, (depth, width, height - rail), lift=0.12)
    part = case.part
    cavity = case.cavity
    face = case.face
    high, low = face.rows((1.0, 2.0))
    split = low.top + GAP / 2
    case.board(cavity, split)
    case.drawers([high.columns(2)], Panel(cavity.left, cavity.right, split, cavity.top))
    middle = cavity.bottom + (split - BOARD - cavity.bottom) / 2
    case.board(cavity, middle)
    deep = case.inner_depth - 0.01
    x = case.back + 0.01 + deep / 2
    for index, (floor, roof) in enumerate(
        ((middle, split - BOARD), (cavity.bottom, middle - BOARD)), start=1
    ):
        builder.surface(
            f"shelf_{index}",
            (x, 0, floor),
            (deep - 0.02, cavity.width - 0.02),
            placement="in",
            shelf=True,
            height=roof - floor - 0.004,
        )
    base, deck = case.front - case.back, height - rail
    mid = (case.front + case.back) / 2
    for sign in (-1, 1):
        part.box(
            (base, 0.02, rail),
            (mid, sign * (width - 0.02) / 2, deck + rail / 2),
            case.wood,
            bevel=0.006,
            fill=case.fill,
        )
    part.box(
        (0.02, width - 0.04, rail),
        (case.back + 0.01, 0, deck + rail / 2),
        case.wood,
        bevel=0.006,
        fill=case.fill,
    )
    cloth = style.part("fabric", str(style.rng.choice(["white", "beige", "blue", "green", "pink"])))
    pad = 0.05
    part.cushion(
        (base - 0.05, width - 0.08, pad), (mid + 0.01, 0, deck + pad / 2), cloth, bulge=0.3, fill=0.15
    )
    builder.surface("top", (mid + 0.01, 0, deck + pad), (base - 0.14, width - 0.2))


def room_divider(builder: AssetBuilder, size: Vec3) -> None:
    """Build a folding screen in a zigzag, with panels of paper, cane or slats."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = timber(style, "wood", "wood", "painted wood")
    kind = str(rng.choice(["paper", "paper", "slats", "cane"]))
    fillings = {"paper": ("paper", "white"), "cane": ("wicker", "beige"), "slats": ("wood", None)}
    material = wood if kind == "slats" else style.part(*fillings[kind])
    fill = solid_share(wood, 560)
    count = 4 if width > 1.6 else 3
    thick, edge = 0.022, 0.04
    span, swing = width / count, depth - thick * 0.9
    long = math.hypot(span, swing) - 0.004
    turn = math.atan2(swing, span)
    for k in range(count):
        sign = 1 if k % 2 == 0 else -1
        y, yaw = -width / 2 + (k + 0.5) * span, -sign * turn
        along = np.array([math.sin(sign * turn), math.cos(turn), 0.0])

        def at(across: float, z: float, along: Array = along, y: float = y) -> Vec3:
            x, dy, _ = along * across
            return (float(x), float(y + dy), z)

        inner = long - 2 * edge
        shrink = long - 0.024
        for side in (-1, 1):
            part.box(
                (thick, edge, height),
                at(side * (shrink - edge) / 2, height / 2),
                wood,
                bevel=0.003,
                rpy=(0, 0, yaw),
                fill=fill,
            )
        for z in (0.1, height - edge / 2, *((height / 2,) if kind != "paper" else ())):
            part.box((thick, inner, edge), at(0, z), wood, bevel=0.002, rpy=(0, 0, yaw), fill=fill)
        if kind == "slats":
            for z in np.arange(0.15, height - 0.06, 0.05):
                part.box((0.012, inner, 0.036), at(0, z), material, bevel=0.001, rpy=(0, 0, yaw), fill=fill)
            continue
        part.box(
            (0.004, inner, height - 0.12),
            at(0, height / 2 + 0.04),
            material,
            bevel=0.0,
            rpy=(0, 0, yaw),
            fill=0.8,
        )
        if kind == "paper":
            for z in np.linspace(0.1, height - edge / 2, 8)[1:-1]:
                part.box((0.01, inner, 0.014), at(0, z), wood, bevel=0.0, rpy=(0, 0, yaw), fill=fill)
            for across in (-inner / 6, inner / 6):
                part.box(
                    (0.01, 0.014, height - 0.14),
                    at(across, height / 2 + 0.03),
                    wood,
                    bevel=0.0,
                    rpy=(0, 0, yaw),
                    fill=fill,
                )


def floor_mirror(builder: AssetBuilder, size: Vec3) -> None:
    """Build a tall mirror that leans back on a rear foot."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = style.main("wood", "painted wood", "metal", colours=("oak", "walnut", "black", "white", "gold"))
    fill, edge, thick = bulk(wood, 600), 0.045, 0.03
    lean = math.asin(min(0.2, (0.34 * depth) / height))
    up = np.array([-math.sin(lean), 0.0, math.cos(lean)])
    base = np.array([depth / 2 - thick / 2 - 0.004, 0.0, thick * math.sin(lean) / 2])
    long = (height - thick * math.sin(lean)) / math.cos(lean)

    def beam(
        size_: Vec3,
        y: float,
        along: float,
        material: Material,
        share: float,
        out: float = 0.0,
        collide: bool = True,
    ) -> None:
        at = base + up * along + np.array([math.cos(lean), 0, math.sin(lean)]) * out
        part.box(
            size_,
            (float(at[0]), y, float(at[2])),
            material,
            bevel=0.004,
            rpy=(0, -lean, 0),
            fill=share,
            collide=collide,
        )

    shape = style.requested.get("shape", "")
    if shape in ("oval", "round"):
        style.attributes["shape"] = "oval"
        turn = np.arange(40) * 2 * math.pi / 40
        for grow, low, high, material, collide in (
            (0.0, -thick / 2, thick / 2 - 0.006, wood, True),
            (edge, 0.0, thick / 2 - 0.003, _glass(builder), False),
        ):
            ring = np.column_stack(
                [np.zeros(40), (width / 2 - grow) * np.cos(turn), long / 2 + (long / 2 - grow) * np.sin(turn)]
            )
            tilted = [
                base
                + np.outer(ring[:, 2], up)
                + ring * (0, 1, 0)
                + np.array([math.cos(lean), 0, math.sin(lean)]) * x
                for x in (low, high)
            ]
            hull(part, np.concatenate(tilted), material, fill=fill if collide else 0.15, collide=collide)
        foot = np.array([base[0], 0.0, 0.0])
        for sign in (-1, 1):
            part.bar(
                (foot[0], sign * 0.3 * width, 0.012),
                tuple(base + up * 0.3 * long + np.array([0, sign * 0.4 * width, 0])),
                0.024,
                wood,
                fill=fill,
            )
    else:
        style.attributes["shape"] = "rectangular"
        beam((thick - 0.012, width - 0.02, long - 0.02), 0, long / 2, wood, 0.5 * fill, -0.006)
        for sign in (-1, 1):
            beam((thick, edge, long), sign * (width - edge) / 2, long / 2, wood, fill)
            beam((thick, width - 2 * edge, edge), 0, edge / 2 if sign < 0 else long - edge / 2, wood, fill)
        beam((0.006, width - 2 * edge, long - 2 * edge), 0, long / 2, _glass(builder), 0.3, 0.004, False)
    for sign in (-1, 1):
        y = sign * 0.34 * width
        part.bar(
            (-depth / 2 + 0.014, y, 0.014),
            tuple(base + up * 0.72 * long - (0.016, 0, 0) + np.array([0, y, 0])),
            0.028,
            wood,
            sides=4,
            fill=fill,
        )
        part.box((0.028, 0.03, 0.02), (-depth / 2 + 0.014, y, 0.01), wood, bevel=0.002, fill=fill)
    part.box((0.02, 0.68 * width, 0.03), (-depth / 2 + 0.02, 0, 0.02), wood, fill=fill)


def easel(builder: AssetBuilder, size: Vec3) -> None:
    """Build an easel: three legs, a ledge and a canvas."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = timber(style, "wood")
    cloth = style.part("fabric", "white")
    fill, bar = solid_share(wood), 0.035
    top = np.array([-0.04, 0.0, height - 0.01])
    front = depth / 2 - bar / 2
    for sign in (-1, 1):
        part.bar(
            (front, sign * (width / 2 - bar), 0.03),
            (top[0] + 0.02, sign * 0.06, height - 0.03),
            bar,
            wood,
            sides=4,
            fill=fill,
        )
        part.box((bar, 1.8 * bar, 0.03), (front, sign * (width / 2 - bar), 0.015), wood, fill=fill)
    part.bar((-depth / 2 + bar / 2, 0, 0.03), (top[0], 0, height - 0.06), bar, wood, sides=4, fill=fill)
    part.box((bar, bar, 0.03), (-depth / 2 + bar / 2, 0, 0.015), wood, fill=fill)
    slope = (front - top[0] - 0.02) / height
    tilt = math.atan(slope)
    ledge = 0.36 * height

    def x_at(z: float) -> float:
        return float(front - slope * z + bar / 2)

    part.bar((x_at(0.2) - 0.02, 0, 0.2), (x_at(height) - 0.03, 0, height), 0.03, wood, sides=4, fill=fill)
    part.box((0.06, width * 0.86, 0.025), (x_at(ledge) + 0.02, 0, ledge), wood, bevel=0.003, fill=fill)
    part.box((0.025, width * 0.62, 0.03), (x_at(0.24) - 0.02, 0, 0.24), wood, fill=fill)
    tall, wide = 0.42 * height, 0.86 * width
    middle = ledge + 0.015 + tall / 2 * math.cos(tilt)
    x = x_at(middle) + 0.014
    part.box((0.02, wide, tall), (x, 0, middle), cloth, bevel=0.002, rpy=(0, -tilt, 0), fill=0.8)
    tones = rng.permutation(["blue", "red", "yellow", "green", "orange", "turquoise"])
    for k in range(5):
        z = middle + tall * float(rng.uniform(-0.3, 0.3))
        paint = style.part("paper", str(tones[k]))
        place = (x + 0.0105 - slope * (z - middle), wide * float(rng.uniform(-0.3, 0.3)), z)
        part.box(
            (0.001, float(rng.uniform(0.08, 0.3)) * wide, float(rng.uniform(0.05, 0.16)) * tall),
            place,
            paint,
            bevel=0.0,
            rpy=(0, -tilt, float(0)),
            fill=0.0,
            collide=False,
        )


def dress_form(builder: AssetBuilder, size: Vec3) -> None:
    """Build a dress form: a fabric torso on a pole with three turned feet."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cloth = style.main("fabric", colours=("beige", "white", "grey", "black", "red"))
    wood = style.part("wood", style.colour("wood", "walnut", "oak"))
    low, fill = 0.5 * height, bulk(cloth, 120)
    tall = height - low - 0.05
    knots = np.array(_TORSO)
    shares = np.linspace(0, 1, 15)
    wides, deeps = (PchipInterpolator(knots[:, 0], knots[:, axis])(shares) for axis in (1, 2))
    rings = [
        superellipse((0.3 * deep, 0.38 * wide), (0, 0, low + share * tall), 2.2, count=24)
        for share, wide, deep in zip(shares, wides, deeps, strict=True)
    ]
    part.solid(
        loft(rings),
        cloth,
        [np.concatenate(rings[:6]), np.concatenate(rings[5:12]), np.concatenate(rings[11:])],
        fill,
    )
    part.lathe([(0.05, height - 0.055), (0.035, height - 0.03), (0.012, height)], wood)
    part.bar((0, 0, 0.2), (0, 0, low + 0.02), 0.035, wood)
    reach = min(depth, width) / 2
    for k in range(3):
        t = math.pi / 3 + k * 2 * math.pi / 3
        out = np.array([math.cos(t), math.sin(t), 0.0])
        points = [
            out * 0.0 + (0, 0, 0.27),
            out * 0.5 * reach + (0, 0, 0.2),
            out * (reach - 0.02) + (0, 0, 0.02),
        ]
        for a, b in pairwise(points):
            part.bar(a, b, 0.032, wood)
        part.box((0.04, 0.04, 0.022), tuple(out * (reach - 0.02) + (0, 0, 0.011)), wood, rpy=(0, 0, t))


def aquarium(builder: AssetBuilder, size: Vec3) -> float:
    """Build an aquarium: glass walls, gravel, water, plants, fish and a lamp on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    black = style.main("plastic", colours=("black", "black", "white"))
    pane = style.part("glass", "white").model_copy(update={"rgba": (0.8, 0.9, 0.92, 0.25)})
    water = style.part("glass", "turquoise").model_copy(
        update={"rgba": (0.45, 0.75, 0.85, 0.35), "density": 1000.0}
    )
    gravel, green = style.part("stone", "beige"), style.part("plastic", "green")
    lid, wall = 0.035, 0.006
    low, top = 0.02, height - lid
    part.box((depth, width, low), (0, 0, low / 2), black, bevel=0.003, fill=0.6)
    tall = top - low
    for sign in (-1, 1):
        part.box(
            (wall, width - 0.004, tall),
            (sign * (depth - wall - 0.004) / 2, 0, low + tall / 2),
            pane,
            bevel=0.0,
        )
        part.box(
            (depth - 2 * wall - 0.004, wall, tall),
            (0, sign * (width - wall - 0.004) / 2, low + tall / 2),
            pane,
            bevel=0.0,
        )
    inner = (depth - 2 * wall - 0.006, width - 2 * wall - 0.006)
    part.box((*inner, 0.04), (0, 0, low + 0.02), gravel, bevel=0.0, fill=0.6)
    part.box(
        (*inner, tall - 0.075),
        (0, 0, low + 0.04 + (tall - 0.075) / 2),
        water,
        bevel=0.0,
        fill=0.6,
        visible=False,
    )
    surface = style.part("glass", "turquoise").model_copy(update={"rgba": (0.5, 0.8, 0.9, 0.3)})
    part.box((*inner, 0.002), (0, 0, top - 0.034), surface, bevel=0.0, fill=0.0, collide=False)
    part.box((depth, width, lid), (0, 0, height - lid / 2), black, bevel=0.004, fill=0.35)
    for _ in range(9):
        x, y = float(rng.uniform(-0.36, 0.2)) * depth, float(rng.uniform(-0.44, 0.44)) * width
        rise = float(rng.uniform(0.35, 0.8)) * tall
        for j in range(3):
            lean = (x + 0.02 * (j - 1), y + float(rng.uniform(-0.03, 0.03)), low + rise * (1 - 0.15 * j))
            part.bar(
                (x, y, low + 0.03), lean, 0.012, green, end_thickness=0.004, sides=4, fill=0.1, collide=False
            )
    rock = style.part("stone", "grey")
    hull(
        part,
        [
            (0.2 * depth * math.cos(t), -0.2 * width + 0.11 * width * math.sin(t), low + z)
            for t in np.arange(8) * 0.78
            for z in (0.04, 0.09)
        ]
        + [(0, -0.2 * width, low + 0.14)],
        rock,
        fill=0.3,
        collide=False,
    )
    for k in range(6):
        tone = style.part("plastic", ("orange", "yellow", "red", "blue", "orange", "white")[k])
        x, y, z = (
            float(rng.uniform(-0.2, 0.32)) * depth,
            float(rng.uniform(-0.4, 0.4)) * width,
            low + float(rng.uniform(0.3, 0.8)) * tall,
        )
        way = float(rng.choice([-1, 1]))
        body = [
            (x + dx, y + way * dy, z + dz)
            for dx, dy, dz in (
                (0, 0.024, 0),
                (0.006, 0.008, 0),
                (-0.006, 0.008, 0),
                (0, 0.006, 0.012),
                (0, 0.006, -0.012),
                (0, -0.016, 0.003),
                (0, -0.016, -0.003),
            )
        ]
        hull(part, body, tone, fill=0.1, collide=False)
        tail = [
            (x + dx, y + way * dy, z + dz)
            for dx, dy, dz in (
                (0.001, -0.014, 0),
                (-0.001, -0.014, 0),
                (0, -0.03, 0.011),
                (0, -0.03, -0.011),
                (0.001, -0.03, 0),
            )
        ]
        hull(part, tail, tone, fill=0.1, collide=False)
    return depth


FAMILIES = (
    Family(
        "vanity", "dressing_table.n.01", (0.46, 0.8, 1.04), (0.54, 1.25, 1.12), vanity, "",
        words=("bathroom vanity", "vanity unit", "vanity cabinet", "sink vanity", "vanity sink",
               "sink cabinet"),
        kinds=("sink",), mount="floor", fixed=True, mass=75.0,
    ),
    Family(
        "dressing table", "dressing_table.n.01", (0.42, 0.85, 1.28), (0.5, 1.15, 1.45), dressing_table, "",
        words=("vanity table", "makeup table", "makeup vanity", "vanity desk", "dresser with mirror",
               "make up table", "vanity set"),
        mount="floor", mass=26.0,
    ),
    Family(
        "console table", "console_table.n.01", (0.32, 0.95, 0.74), (0.4, 1.35, 0.84), console_table,
        "console_table", words=("hall table", "entryway table", "sofa table", "hallway table", "entry table",
        "altar table"),
        kinds=("table",), mount="floor",
    ),
    Family(
        "kitchen island", "countertop.n.01", (0.85, 1.2, 0.9), (0.95, 1.7, 0.92), kitchen_island, "",
        words=("island", "island counter", "kitchen island counter", "breakfast bar"), mount="floor",
        free=True, fixed=True, mass=115.0, most=(0.95, 2.4, 0.92),
    ),
    Family(
        "bar cabinet", "cabinet.n.01", (0.4, 0.8, 1.0), (0.46, 1.05, 1.25), bar_cabinet, "",
        words=("wine cabinet", "liquor cabinet", "drinks cabinet", "cocktail cabinet", "home bar"),
        kinds=("cabinet",), mount="floor", mass=60.0,
    ),
    Family(
        "wine rack", "rack.n.05", (0.28, 0.5, 0.8), (0.34, 0.7, 1.1), wine_rack, "",
        words=("bottle rack", "wine shelf", "wine holder"), mount="floor", mass=19.0,
    ),
    Family(
        "changing table", "cabinet.n.01", (0.48, 0.85, 0.92), (0.55, 1.05, 1.02), changing_table, "",
        words=("baby changing table", "nappy changing table", "diaper changing table", "changing station"),
        mount="floor", mass=38.0,
    ),
    Family(
        "room divider", "screen.n.09", (0.2, 1.3, 1.6), (0.32, 1.9, 1.85), room_divider, "",
        words=("folding screen", "divider", "privacy screen", "shoji screen", "partition screen", "shoji",
               "dressing screen", "screen divider", "room partition"),
        mount="floor", mass=13.0,
    ),
    Family(
        "floor mirror", "mirror.n.01", (0.38, 0.5, 1.5), (0.48, 0.7, 1.75), floor_mirror, "",
        words=("standing mirror", "full length mirror", "cheval mirror", "leaning mirror", "dressing mirror",
               "full body mirror", "standing floor mirror"),
        kinds=("mirror",), mount="floor", mass=13.0,
    ),
    Family(
        "easel", "easel.n.01", (0.56, 0.58, 1.5), (0.68, 0.76, 1.8), easel, "easel",
        words=("art easel", "painting easel", "artist easel", "painting stand", "drawing easel"),
               mount="floor",
    ),
    Family(
        "dress form", "mannequin.n.02", (0.31, 0.39, 1.4), (0.37, 0.46, 1.6), dress_form, "",
        words=("mannequin", "tailor dummy", "dressmaker dummy", "tailor's dummy", "sewing mannequin"),
        mount="floor", mass=6.0,
    ),
    Family(
        "aquarium", "aquarium.n.01", (0.28, 0.5, 0.34), (0.36, 0.75, 0.46), aquarium, "",
        words=("fish tank", "fishtank", "terrarium", "goldfish tank"), mass=60.0,
    ),
)  # fmt: skip
