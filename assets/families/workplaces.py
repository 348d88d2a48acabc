"""Pallet racks, display cases, workbenches, reception desks and serving carts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, print_on, tiles
from sage.assets.family import Family
from sage.assets.fittings import REST, Fronts, Panel, door, legs, solid_share, timber
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_LEFT: Literal["left"] = "left"
_RIGHT: Literal["right"] = "right"


def _wheel(part: Part, x: float, y: float, radius: float, material: Material) -> None:
    """Add a wheel; its collider is a flat foot."""
    part.cylinder(radius, 0.026, (x, y, radius), material, axis="y", fill=0.8, collide=False)
    part.box((1.2 * radius, 0.024, 1.6 * radius), (x, y, 0.8 * radius), material, fill=0.1, visible=False)


def rack(builder: AssetBuilder, size: Vec3) -> None:
    """Build a pallet rack: perforated steel uprights, beams, and two to four boards."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    steel = style.main("painted metal", colours=("blue", "blue", "green", "grey"))
    beam = style.part("painted metal", str(style.rng.choice(["orange", "orange", "yellow", "red"])))
    deck = style.part("wood", "birch") if style.rng.random() < 0.6 else style.part("sheet metal", "silver")
    post, tall, light = 0.075, 0.1, bulk(steel, 430)
    x, y = (depth - post) / 2, (width - post) / 2
    holes = []
    for side in (-1, 1):
        for front in (-1, 1):
            part.box((post, post, height), (front * x, side * y, height / 2), steel, fill=light)
        rungs = np.linspace(0.12, height - 0.12, max(4, round(height / 0.45)))
        for turn, (low, high) in enumerate(pairwise(rungs)):
            ends = (x, -x) if turn % 2 else (-x, x)
            part.bar((ends[0], side * y, low), (ends[1], side * y, high), 0.028, steel, sides=4, fill=0.2,
                     collide=False)  # fmt: skip
        levels = np.arange(0.05, height - 0.03, 0.075)
        holes += [((0.002, 0.014, 0.03), (depth / 2, side * y, z)) for z in levels]
    tiles(part, holes, style.part("metal", "black"))
    count = min(4, max(2, round(height / 0.68)))
    tops = np.linspace(height - float(style.rng.uniform(0.1, 0.3)), 0.16, count)
    inner = width - 2 * post
    for index, top in enumerate(float(value) for value in tops):
        for front in (-1, 1):
            place = (front * (depth - 0.05) / 2, 0, top - tall / 2)
            part.box((0.05, inner, tall), place, beam, fill=bulk(beam, 380))
        board = (depth - 0.1, inner, 0.02)
        part.box(board, (0, 0, top - 0.01), deck, bevel=0.0, fill=bulk(deck, 240))
        clear = None if index == 0 else float(tops[index - 1]) - tall - top - 0.002
        patch = (depth - 0.02, inner - 0.02)
        builder.surface(f"shelf_{index + 1}", (0, 0, top), patch, placement="in", shelf=True, height=clear)


def display_case(builder: AssetBuilder, size: Vec3) -> None:
    """Build a glass display case on a plinth, with glass shelves and two glass doors."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame = style.main("wood", "painted metal")
    glass, metal = style.part("glass", "white"), style.part("metal", "silver")
    look = Fronts(frame, frame, metal, "knob", framed=False, reach=0.024, thickness=0.02)
    back, front = -depth / 2, depth / 2 - look.depth
    deep, middle, fill = front - back, (front + back) / 2, bulk(frame, 560)
    base, crown, post, pane = (0.1 if height > 1.5 else 0.3), 0.04, 0.024, 0.008
    tall = height - base - crown
    z = base + tall / 2
    part.box((deep, width, base), (middle, 0, base / 2), frame, fill=bulk(frame, 180))
    part.box((deep, width, crown), (middle, 0, height - crown / 2), frame, fill=fill)
    part.box((0.01, width - 2 * post, tall), (back + 0.005, 0, z), frame, bevel=0.0, fill=fill)
    for side in (-1, 1):
        _pane(part, (deep - 2 * post, pane, tall), (middle, side * (width - pane) / 2, z), glass)
        for x in (back + post / 2, front - post / 2):
            part.box((post, post, tall), (x, side * (width - post) / 2, z), frame, fill=fill)
    clear = Panel(-width / 2 + post, width / 2 - post, base, height - crown)
    reach = deep - 0.05
    for index, cell in enumerate(clear.rows([1.0] * max(2, round(tall / 0.36)), gap=pane), start=1):
        floor = cell.bottom
        if floor > base + pane:
            place = (back + 0.012 + reach / 2, 0, floor - pane / 2)
            part.box((reach, clear.width, pane), place, glass, bevel=0.0)
        center, patch = (back + 0.016 + reach / 2, 0, floor), (reach - 0.01, clear.width - 0.01)
        builder.surface(
            f"shelf_{index}",
            center,
            patch,
            placement="in",
            joint="door_1_joint",
            height=cell.height - 0.002,
        )
    x = front + REST
    face = Panel(-width / 2 + 0.001, width / 2 - 0.001, base + 0.002, height - crown - 0.002)
    left, right = face.columns(2)
    for name, panel, hinge in (("door_1", left, _LEFT), ("door_2", right, _RIGHT)):
        leaf = door(builder, name, look, x, panel, hinge, face=False)
        _glass_leaf(leaf, x + look.thickness / 2, look.thickness, panel, frame, glass)
    builder.surface("top", (middle, 0, height), (deep - 0.02, width - 0.02))


def _glass_leaf(
    part: Part, x: float, thickness: float, panel: Panel, frame: Material, glass: Material
) -> None:
    """Add a clear pane in a frame to a door."""
    y, z = panel.center
    rail, fill = 0.045, bulk(frame, 560)
    clear = panel.inset(rail)
    _pane(part, (0.008, clear.width, clear.height), (x, y, z), glass)
    for sign in (-1, 1):
        stile = (x, y + sign * (panel.width - rail) / 2, z)
        part.box((thickness, rail, panel.height), stile, frame, bevel=0.002, fill=fill)
        across = (x, y, z + sign * (panel.height - rail) / 2)
        part.box((thickness, clear.width, rail), across, frame, bevel=0.002, fill=fill)


def _pane(part: Part, size: Vec3, center: Vec3, glass: Material) -> None:
    """Add clear glass of which only two highlights are visible."""
    part.box(size, center, glass, visible=False)
    flat = 0 if size[0] < size[1] else 1
    run = 0.8 * min(size[1 - flat], size[2])
    for offset, wide in ((-0.05, 0.05), (0.05, 0.018)):
        extents, place, turn = [run, run, wide], list(center), [0.0, 0.0, 0.0]
        extents[flat], turn[flat] = 0.003, math.pi / 4
        place[1 - flat] += offset
        print_on(part, extents, place, glass, turn)


def workbench(builder: AssetBuilder, size: Vec3) -> None:
    """Build a workbench with a lower shelf, sometimes with a vice, and with a pegboard if it is high."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = style.main("wood", colours=("birch", "pine", "oak"))
    frame = (
        wood if rng.random() < 0.5 else style.part("painted metal", str(rng.choice(["grey", "blue", "red"])))
    )
    level, slab, post = (0.9 if height > 1.12 else min(height, 0.96)), 0.045, 0.075
    fill, spread = solid_share(frame), (depth - 0.04, width - 0.08)
    part.box((depth, width, slab), (0, 0, level - slab / 2), wood, bevel=0.005)
    under = level - slab
    legs(part, "square", spread, under, post, frame)
    for side in (-1, 1):
        place = (side * (spread[0] / 2 - 0.03), 0, under - 0.05)
        part.box((0.03, spread[1] - 2 * post, 0.1), place, frame, fill=fill)
    low = 0.2
    board = (spread[0] - 0.02, spread[1] - 0.02, 0.022)
    part.box(board, (0, 0, low - 0.011), wood, bevel=0.002, fill=0.8)
    patch = (spread[0] - 0.04, spread[1] - 2 * post - 0.02)
    builder.surface(
        "shelf_1", (0, 0, low), patch, placement="in", shelf=True, height=under - 0.1 - low - 0.002
    )
    back, right = -depth / 2, width / 2
    if height > 1.12:
        _pegboard(builder, part, back, width, level, height)
        back += 0.04
    if rng.random() < 0.6:
        right -= 0.24
        _vice(
            part,
            depth / 2,
            width / 2 - 0.12,
            level,
            style.part("metal", style.colour("metal", "blue", "red", "grey")),
        )
    clear = (depth / 2 - back - 0.02, right + width / 2 - 0.03)
    builder.surface("top", ((depth / 2 + back) / 2, (right - width / 2) / 2, level), clear)


def _pegboard(builder: AssetBuilder, part: Part, back: float, width: float, low: float, high: float) -> None:
    """Add a pegboard with tool outlines between two posts at the back of a bench."""
    board = builder.style.part("painted wood", builder.style.colour("painted wood", "white", "beige", "grey"))
    steel, tall = builder.style.part("metal", "grey"), high - low
    for side in (-1, 1):
        part.box(
            (0.03, 0.04, tall), (back + 0.015, side * (width / 2 - 0.06), low + tall / 2), steel, fill=0.2
        )
    part.box((0.012, width - 0.06, tall - 0.05), (back + 0.03, 0, low + tall / 2 + 0.02), board, bevel=0.0)
    step, face = 0.06, back + 0.036
    spots = [(y, z) for y in np.arange(-width / 2 + 0.08, width / 2 - 0.07, step)
             for z in np.arange(low + 0.09, high - 0.02, step)]  # fmt: skip
    tiles(
        part,
        [((0.002, 0.012, 0.012), (face, y, z)) for y, z in spots],
        builder.style.part("plastic", "black"),
    )


def _vice(part: Part, front: float, y: float, level: float, iron: Material) -> None:
    """Add a vice at the front edge of a bench."""
    fill = bulk(iron, 3200)
    blocks: Sequence[tuple[Vec3, Vec3]] = (
        ((0.15, 0.13, 0.03), (front - 0.15, y, level + 0.015)),
        ((0.13, 0.06, 0.07), (front - 0.15, y, level + 0.065)),
        ((0.03, 0.14, 0.06), (front - 0.1, y, level + 0.125)),
        ((0.035, 0.14, 0.075), (front - 0.05, y, level + 0.115)),
    )
    for extents, place in blocks:
        part.box(extents, place, iron, bevel=0.006, fill=fill)
    part.cylinder(0.012, 0.09, (front - 0.06, y, level + 0.085), iron, axis="x", collide=False)
    part.bar((front - 0.012, y - 0.09, level + 0.085), (front - 0.012, y + 0.09, level + 0.085), 0.012, iron)


def reception_desk(builder: AssetBuilder, size: Vec3) -> None:
    """Build a reception desk: a high counter for visitors in front and a low worktop for staff behind."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    body = timber(style, "wood", "wood", "painted wood")
    slab = style.part("stone") if rng.random() < 0.5 else style.part("painted wood", "white")
    fill, light, side, plate, low = bulk(body, 560), bulk(slab, 700), 0.04, 0.04, 0.74
    panel, shelf = depth / 2 - 0.06, 0.3
    part.box((0.03, width - 0.04, 0.08), (panel - 0.05, 0, 0.04), style.part("metal", "black"), fill=0.1)
    tall = height - plate - 0.08
    part.box((0.03, width - 2 * side, tall), (panel - 0.015, 0, 0.08 + tall / 2), body, fill=fill)
    part.box((shelf, width, plate), (depth / 2 - shelf / 2, 0, height - plate / 2), slab, fill=light)
    rear, upper = -depth / 2, depth / 2 - shelf + 0.02
    deep = panel - 0.03 - rear
    part.box((deep, width - 2 * side, 0.03), (rear + deep / 2, 0, low - 0.015), slab, fill=light)
    for sign in (-1, 1):
        y = sign * (width - side) / 2
        part.box((panel - rear, side, low), ((rear + panel) / 2, y, low / 2), body, fill=fill)
        rise = height - plate - low
        part.box((panel - upper, side, rise), ((upper + panel) / 2, y, low + rise / 2), body, fill=fill)
    if rng.random() < 0.55:
        lines = np.arange(-width / 2 + 0.06, width / 2 - 0.05, 0.07)
        tiles(part, [((0.014, 0.035, tall - 0.02), (panel, y, 0.08 + tall / 2)) for y in lines], body)
    else:
        accent = style.part("painted wood", style.colour("painted wood", "white", "grey", "blue", "green"))
        print_on(part, (0.012, width * 0.62, tall * 0.55), (panel, 0, 0.1 + tall * 0.5), accent)
    builder.surface("top", (depth / 2 - shelf / 2, 0, height), (shelf - 0.01, width - 0.02))
    clear = upper - rear - 0.03
    builder.surface("worktop", (rear + clear / 2 + 0.01, 0, low), (clear, width - 2 * side - 0.02))


def serving_cart(builder: AssetBuilder, size: Vec3) -> None:
    """Build a serving cart of two or three trays between tubes; its wheels do not turn."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    steel = style.part("metal", style.colour("metal", "silver", "black", "gold"))
    tray = style.main("sheet metal", "plastic", "wood")
    rubber, wheel, pipe = style.part("rubber", "black"), 0.045, 0.022
    x, y, crest = depth / 2 - wheel - 0.002, width / 2 - 0.05, height - pipe / 2
    for sign in (-1, 1):
        for front in (-1, 1):
            part.bar((front * x, sign * y, 0.07), (front * x, sign * y, crest - 0.02), pipe, steel, fill=0.4)
            _wheel(part, front * x, sign * y, wheel, rubber)
        far = sign * (width / 2 - pipe / 2)
        points = [
            (-x, sign * y, crest - 0.03),
            (-x, far, crest),
            (x, far, crest),
            (x, sign * y, crest - 0.03),
        ]
        part.path(points, pipe, steel)
    count, inner, plate = (3 if rng.random() < 0.5 else 2), (depth, 2 * y - 0.01), 0.018
    tops = np.linspace(height - 0.075, 0.16, count)
    for index, top in enumerate(float(value) for value in tops):
        part.box((*inner, plate), (0, 0, top - plate / 2), tray, fill=bulk(tray, 560))
        for sign in (-1, 1):
            part.box((inner[0], 0.01, 0.05), (0, sign * (y - 0.01), top + 0.007), tray, fill=0.4)
            rail = (sign * (inner[0] - 0.01) / 2, 0, top + 0.007)
            part.box((0.01, inner[1], 0.05), rail, tray, fill=bulk(tray, 560))
        patch = (inner[0] - 0.03, inner[1] - 0.05)
        if index == 0:
            builder.surface("top", (0, 0, top), patch)
            continue
        clear = float(tops[index - 1]) - plate - top - 0.025
        builder.surface(f"shelf_{index}", (0, 0, top), patch, placement="in", shelf=True, height=clear)


FAMILIES: tuple[Family, ...] = (
    Family(
        "pallet rack", "rack.n.01", (0.9, 1.8, 1.8), (1.1, 2.7, 2.6), rack, "grocery_shelf",
        words=("warehouse rack", "industrial rack"), kinds=("rack",), mount="floor",
    ),
    Family(
        "display case", "case.n.20", (0.42, 0.8, 1.1), (0.5, 1.15, 1.9), display_case, "display_case",
        words=("showcase", "vitrine", "display cabinet"), mount="floor",
    ),
    Family(
        "workbench", "workbench.n.01", (0.6, 1.3, 0.86), (0.75, 1.7, 1.45), workbench, "desk",
        words=("work bench",), mount="floor",
    ),
    Family(
        "reception desk", "reception_desk.n.01", (0.66, 1.5, 1.04), (0.8, 2.1, 1.15), reception_desk,
        "reception_desk", words=("checkout", "service counter", "front desk"), kinds=("desk",),
        mount="floor",
    ),
    Family(
        "serving cart", "serving_cart.n.01", (0.42, 0.66, 0.8), (0.5, 0.86, 0.95), serving_cart,
        "serving_cart", words=("cart", "trolley"), mount="floor",
    ),
)  # fmt: skip
