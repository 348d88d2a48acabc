"""Lockers, filing and wall cabinets, shelves, crates, pallets and racks."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull, print_on, tiles
from sage.assets.families.storage import Case
from sage.assets.family import Family
from sage.assets.fittings import BOARD, GAP, REST, Fronts, Panel, door, leg, solid_share, timber
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
_PAINT = ("grey", "grey", "black", "white", "beige", "blue", "green")


def _sheet_steel(builder: AssetBuilder, kind: Literal["bar", "knob", "ledge"]) -> tuple[Material, Fronts]:
    """Return painted sheet steel and fronts made of it."""
    steel = builder.style.main("painted metal", colours=_PAINT)
    metal = builder.style.part("metal", "black" if builder.style.rng.random() < 0.4 else "silver")
    return steel, Fronts(steel, steel, metal, kind, framed=False, reach=0.024)


def _slats(
    part: Part, size: Vec3, center: Vec3, material: Material, count: int, *, gap: float = 0.02,
    along: int = 0, fill: float = 1.0,
) -> None:  # fmt: skip
    """Add slats side by side along an axis; their collider is one board."""
    part.box(size, center, material, visible=False, fill=0.0)
    step = (size[along] + gap) / count
    extents, place = list(size), list(center)
    extents[along] = step - gap
    for index in range(count):
        place[along] = center[along] + (index - (count - 1) / 2) * step
        part.box(extents, place, material, bevel=0.002, fill=fill, collide=False)


def _shelves(case: Case, cavity: Panel, count: int, first: int = 1, joint: str = "door_1_joint") -> None:
    """Divide a cavity behind a door into `count` compartments with shelf boards."""
    for index, clear in enumerate(cavity.rows([1.0] * count, gap=BOARD), start=first):
        if clear.bottom > cavity.bottom + BOARD:
            case.board(cavity, clear.bottom)
        case.space(f"shelf_{index}", clear, joint=joint)


def filing_cabinet(builder: AssetBuilder, size: Vec3) -> None:
    """Build a steel filing cabinet: two to four deep drawers with labels, and ballast at the back."""
    steel, look = _sheet_steel(builder, "bar" if builder.style.rng.random() < 0.7 else "ledge")
    case = Case(builder, size, lift=0.05, density=560, wood=steel, look=look)
    rows = case.face.rows([1.0] * min(4, max(2, round(size[2] / 0.34))))
    case.drawers([[panel] for panel in rows])
    face, paper = case.front + REST + look.thickness, builder.style.part("paper", "white")
    for index, panel in enumerate(rows, start=1):
        drawer, z = builder.parts[f"drawer_{index}"], panel.top - 0.065
        print_on(drawer, (0.003, 0.086, 0.044), (face, 0, z), look.metal)
        print_on(drawer, (0.004, 0.074, 0.032), (face, 0, z), paper)
    ballast = (0.16, size[1] - 0.06, 0.04)
    case.part.box(ballast, (case.back + 0.1, 0, 0.025), look.metal, fill=0.35, collide=False, visible=False)
    case.free_top()


def locker(builder: AssetBuilder, size: Vec3) -> None:
    """Build a steel locker of one or two doors with louvres, with a shelf behind each."""
    steel, look = _sheet_steel(builder, "knob")
    case = Case(builder, size, lift=0.07, density=430, wood=steel, look=look)
    count = 2 if size[1] > 0.56 else 1
    cells = case.cavity.columns(count, gap=BOARD)
    if count == 2:
        case.wall(0, case.cavity)
    dark, plate = builder.style.part("metal", "black"), builder.style.part("paper", "white")
    face = case.front + REST + look.thickness
    for index, (panel, clear) in enumerate(zip(case.face.columns(count), cells, strict=True), start=1):
        board, joint = clear.top - 0.29, f"door_{index}_joint"
        case.board(clear, board)
        case.space(f"shelf_{index}", Panel(clear.left, clear.right, board, clear.top), joint=joint)
        below = Panel(clear.left, clear.right, clear.bottom, board - BOARD)
        case.space("inside" if index == 1 else f"inside_{index}", below, joint=joint)
        leaf = door(builder, f"door_{index}", look, case.front + REST, panel, _SIDES[index - 1], grip=1.05)
        wide = 0.5 * panel.width
        levels = [*np.linspace(0.1, 0.2, 5), *(panel.height - np.linspace(0.1, 0.2, 5))]
        tiles(leaf, [((0.002, wide, 0.008), (face, panel.center[0], panel.bottom + z)) for z in levels], dark)
        print_on(leaf, (0.002, 0.06, 0.03), (face, panel.center[0], panel.top - 0.28), plate)
    case.free_top()


def cabinet(builder: AssetBuilder, size: Vec3) -> None:
    """Build a cabinet with two doors and shelves behind them, sometimes with drawers above."""
    rng = builder.style.rng
    case = Case(builder, size, lift=float(rng.choice([0.06, 0.12, 0.15])), density=470)
    face, cavity = case.face, case.cavity
    if rng.random() < 0.45:
        high, face = face.rows((0.17, 0.83))
        split = face.top + GAP / 2
        case.board(cavity, split)
        case.drawers([high.columns(2)], Panel(cavity.left, cavity.right, split, cavity.top))
        cavity = Panel(cavity.left, cavity.right, cavity.bottom, split - BOARD)
    _shelves(case, cavity, max(2, round(cavity.height / 0.36)))
    for index, panel in enumerate(face.columns(2)):
        door(builder, f"door_{index + 1}", case.look, case.front + REST, panel, _SIDES[index])
    case.free_top()


def wall_cabinet(builder: AssetBuilder, size: Vec3) -> None:
    """Build a wall-mounted kitchen cabinet with one or two doors."""
    case = Case(builder, size, lift=0.0, density=600)
    _shelves(case, case.cavity, 2 if size[2] < 0.68 else 3)
    count = 2 if size[1] > 0.6 else 1
    first = int(builder.style.rng.integers(2)) if count == 1 else 0
    for index, panel in enumerate(case.face.columns(count)):
        grip, side = panel.bottom + 0.22, _SIDES[(first + index) % 2]
        door(builder, f"door_{index + 1}", case.look, case.front + REST, panel, side, grip=grip)


def wall_shelf(builder: AssetBuilder, size: Vec3) -> None:
    """Build a wall shelf: a thick floating board, or a board on brackets."""
    depth, width, height = size
    wood, part = timber(builder.style), builder.part()
    rng = builder.style.rng
    thick = height if height < 0.075 else 0.03
    place = (0.0, 0.0, height - thick / 2)
    part.box((depth, width, thick), place, wood, fill=min(1.0, 0.03 / thick))
    builder.surface("shelf_1", (0, 0, height), (depth - 0.01, width - 0.02), placement="in", shelf=True)
    if thick == height:
        return
    iron = (
        builder.style.part("metal", builder.style.colour("metal", "black", "silver", "gold"))
        if rng.random() < 0.6
        else wood
    )
    wide, back, under = (0.024 if iron is wood else 0.012), -depth / 2, height - thick
    for y in (-0.34 * width, 0.34 * width):
        part.box((0.012, 2 * wide, under), (back + 0.006, y, under / 2), iron, fill=0.4)
        profile = [
            (0.0, 0.004),
            (0.0, under),
            (0.85 * depth, under),
            (0.85 * depth, under - 0.014),
            (0.03, 0.004),
        ]
        points = [(back + x, y + side * wide / 2, z) for x, z in profile for side in (-1, 1)]
        hull(part, points, iron, fill=bulk(iron, 620))


def shoe_rack(builder: AssetBuilder, size: Vec3) -> None:
    """Build a low shoe rack of slatted boards between two ends."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wooden = style.rng.random() < 0.6
    wood = timber(style) if wooden else style.main("painted metal", colours=("black", "white", "grey"))
    fill, post, thick = bulk(wood, 560), (0.03 if wooden else 0.024), 0.018
    inner = width - 2 * post
    for side in (-1, 1):
        y = side * (width - post) / 2
        for front in (-1, 1):
            place = (front * (depth - post) / 2, y, height / 2)
            part.box((post, post, height), place, wood, fill=fill)
        part.box((depth - 2 * post, 0.8 * post, 0.03), (0, y, height - 0.04), wood, fill=fill, collide=False)
    tops = np.linspace(height, 0.1, 3 if height < 0.5 else 4)
    patch, count = (depth - 0.02, inner - 0.01), int(style.rng.integers(4, 6))
    for index, top in enumerate(float(value) for value in tops):
        _slats(part, (depth - 0.006, inner, thick), (0, 0, top - thick / 2), wood, count, fill=fill)
        if index == 0:
            builder.surface("top", (0, 0, top), patch)
            continue
        clear = float(tops[index - 1]) - thick - top - 0.002
        builder.surface(f"shelf_{index}", (0, 0, top), patch, placement="in", shelf=True, height=clear)


def crate(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open crate of wooden slats, or of plastic with bars and grips."""
    depth, width, height = size
    part = builder.part()
    material = builder.style.main("wood", "wood", "plastic")
    wooden = material.name.startswith("wood")
    wall, fill = 0.012, bulk(material, 520)
    inner = (depth - 2 * wall, width - 2 * wall)
    _slats(part, (*inner, wall), (0, 0, wall / 2), material, 4, gap=0.012, fill=fill)
    sides = [((wall, width, height), (side * (depth - wall) / 2, 0.0)) for side in (-1, 1)]
    sides += [((inner[0], wall, height), (0.0, side * (width - wall) / 2)) for side in (-1, 1)]
    rows = 3 if height < 0.28 else 4
    for board, (x, y) in sides:
        if wooden:
            _slats(part, board, (x, y, height / 2), material, rows, along=2, fill=fill)
            continue
        low, rail = height * 0.64, height * 0.36
        run = 1 if y == 0 else 0
        _slats(part, (*board[:2], low), (x, y, low / 2), material, 8 if run else 6, along=run, fill=fill)
        part.box((*board[:2], rail), (x, y, height - rail / 2), material, fill=fill)
        for z in (wall / 2, low / 2):
            part.box((*board[:2], wall), (x, y, z), material, bevel=0.0, fill=0.3 * fill, collide=False)
    dark = builder.style.part("plastic", "black")
    for side in (-1, 1):
        if wooden:
            for end in (-1, 1):
                place = (end * (inner[0] / 2 - 0.012), side * (inner[1] / 2 - 0.012), (height + wall) / 2)
                part.box((0.024, 0.024, height - wall - 0.004), place, material, fill=fill, collide=False)
        else:
            grip = (0.1, wall + 0.001, 0.034)
            print_on(part, grip, (0, side * (width - wall) / 2, height - 0.045), dark)
    builder.surface("inside", (0, 0, wall), (inner[0] - 0.01, inner[1] - 0.01), placement="in")
    return wall


def toy_box(builder: AssetBuilder, size: Vec3) -> None:
    """Build a painted toy chest, open or with a lid that friction holds in any position."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = style.main("painted wood", "painted wood", "wood")
    bright = [str(c) for c in rng.permutation(["red", "yellow", "blue", "green", "orange", "pink"])]
    wall, lid_m = 0.014, 0.016
    fill, lidded = solid_share(wood, 520), rng.random() < 0.5
    tall = height - lid_m - 0.002 if lidded else height
    part.carcass((depth, width, tall), (0, 0, tall / 2), wall, wood, open_side="top", back=wall, fill=fill)
    trim = style.part("painted wood", bright[0])
    for side in (-1, 1):
        place = (depth / 2 - 0.001, side * (width / 2 - 0.03), tall / 2)
        print_on(part, (0.004, 0.03, tall - 0.06), place, trim)
    for index, y in enumerate(np.linspace(-0.26, 0.26, 4) * width):
        mark, turn = style.part("painted wood", bright[1 + index]), float(rng.uniform(-0.4, 0.4))
        print_on(part, (0.006, 0.085, 0.085), (depth / 2, y, tall * 0.55), mark, (turn, 0, 0))
        part.cylinder(0.024, 0.008, (depth / 2, y, tall * 0.55), style.part("paper", "white"), axis="x",
                      fill=0.0, collide=False)  # fmt: skip
    inside = (depth - 2 * wall - 0.01, width - 2 * wall - 0.01)
    if not lidded:
        builder.surface("inside", (0, 0, wall), inside, placement="in")
        return
    hinge = (-depth / 2, 0, height)
    lid = builder.moving("lid", "revolute", hinge, (0, -1, 0), 1.4, damping=1.0, friction=5.0, opens="lid")
    lid.box((depth, width, lid_m), (0, 0, height - lid_m / 2), trim, bevel=0.004, fill=solid_share(trim, 480))
    builder.surface(
        "inside", (0, 0, wall), inside, placement="in", joint="lid_joint", height=tall - wall - 0.002
    )
    builder.surface("top", (0, 0, height), (depth - 0.02, width - 0.02), part="lid")


def pallet(builder: AssetBuilder, size: Vec3) -> None:
    """Build a pallet: boards on nine blocks on three boards."""
    depth, width, height = size
    part, wood = builder.part(), builder.style.main("wood", colours=("pine", "birch", "oak"))
    thick, block = 0.021, (0.1, 0.13)
    deck = (depth, width, thick)
    _slats(part, deck, (0, 0, height - thick / 2), wood, int(builder.style.rng.integers(5, 8)), gap=0.035)
    tall = height - 3 * thick
    for x in np.array([-1, 0, 1]) * (depth - block[0]) / 2:
        part.box((block[0], width, thick), (x, 0, thick / 2), wood)
        for y in np.array([-1, 0, 1]) * (width - block[1]) / 2:
            part.box((*block, tall), (x, y, thick + tall / 2), wood)
    for y in np.array([-1, 0, 1]) * (width - block[1]) / 2:
        part.box((depth, block[1], thick), (0, y, height - 1.5 * thick), wood)
    builder.surface("top", (0, 0, height), (depth - 0.01, width - 0.01))


def coat_rack(builder: AssetBuilder, size: Vec3) -> None:
    """Build a coat rack: a pole with hooks around its top, on a heavy disc or on four feet."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = style.main("wood", "wood", "painted metal")
    reach, pole = min(depth, width) / 2, 0.022
    fill, heavy = bulk(wood, 900), bulk(wood, 2200)
    if style.rng.random() < 0.5:
        part.lathe([(reach, 0.0), (reach, 0.016), (0.3 * reach, 0.03)], wood, fill=bulk(wood, 1100))
    else:
        for angle in np.arange(4) * math.pi / 2:
            x, y = (reach - 0.025) * math.cos(angle), (reach - 0.025) * math.sin(angle)
            start = (0.06 * x, 0.06 * y, 0.17)
            leg(part, start, (x, y, 0), 0.056, wood, foot_thickness=0.05, fill=heavy)
    part.cylinder(pole, height - 0.02, (0, 0, (height - 0.03) / 2 + 0.005), wood, fill=fill)
    part.lathe([(0.014, height - 0.02), (0.03, height - 0.012), (0.016, height)], wood, fill=fill)
    count = int(style.rng.integers(3, 5))
    for index in range(2 * count):
        angle, low = index * math.pi / count, height - (0.1 if index % 2 else 0.34)
        x, y = 0.8 * reach * math.cos(angle), 0.8 * reach * math.sin(angle)
        part.bar((0.05 * x, 0.05 * y, low), (x, y, low + 0.09), 0.019, wood, fill=fill)
        knob = (0.03, 0.03, 0.03)
        part.box(knob, (x, y, low + 0.09), wood, bevel=0.009, fill=fill, collide=False)


def magazine_rack(builder: AssetBuilder, size: Vec3) -> None:
    """Build a magazine rack with slanted ends, a high slatted back and a low front."""
    depth, width, height = size
    part, wood = builder.part(), timber(builder.style)
    front, wall, fill = height * float(builder.style.rng.uniform(0.42, 0.55)), 0.02, solid_share(wood)
    profile = [
        (-depth / 2, 0),
        (-depth / 2, height),
        (-depth / 2 + 0.06, height),
        (depth / 2, front),
        (depth / 2, 0),
    ]
    for side in (-1, 1):
        y = side * (width - wall) / 2
        hull(part, [(x, y + end * wall / 2, z) for x, z in profile for end in (-1, 1)], wood, fill=fill)
    inner, low = width - 2 * wall, 0.04
    part.box((depth - 2 * wall, inner, wall), (0, 0, low + wall / 2), wood, bevel=0.0, fill=fill)
    for x, tall, count in (((wall - depth) / 2, height - 0.012, 5), ((depth - wall) / 2, front - 0.012, 2)):
        board = (wall, inner, tall - low)
        _slats(part, board, (x, 0, low + board[2] / 2), wood, count, gap=0.03, along=2, fill=fill)
    _magazines(builder, part, wall - depth / 2 + 0.006, inner, low + wall)
    patch = (depth - 2 * wall - 0.03, inner - 0.01)
    builder.surface("inside", (0.012, 0, low + wall), patch, placement="in")


def _magazines(builder: AssetBuilder, part: Part, x: float, width: float, low: float) -> None:
    """Add two magazines that lean on the back of a rack, without mass and colliders."""
    wide, tall, light = 0.46 * width, 0.2, builder.style.part("paper", "white")
    for side, colour in zip(
        (-1, 1), builder.style.rng.permutation(["red", "blue", "yellow", "green"])[:2], strict=True
    ):
        cover, y = builder.style.part("paper", str(colour)), side * 0.25 * width
        picture = builder.style.part(
            "paper", str(builder.style.rng.choice(["turquoise", "pink", "orange", "black"]))
        )
        print_on(part, (0.008, wide, tall), (x, y, low + tall / 2), cover)
        print_on(part, (0.009, 0.8 * wide, 0.036), (x, y, low + tall - 0.03), light)
        print_on(part, (0.009, 0.7 * wide, 0.09), (x, y, low + 0.4 * tall), picture)


FAMILIES: tuple[Family, ...] = (
    Family(
        "filing cabinet", "file.n.03", (0.5, 0.4, 0.7), (0.61, 0.46, 1.32), filing_cabinet, "bottom_cabinet",
        words=("file cabinet",), kinds=("cabinet",), mount="floor",
    ),
    Family(
        "shoe rack", "shoe_rack.n.01", (0.28, 0.6, 0.42), (0.34, 0.9, 0.62), shoe_rack, "shoe_rack",
        words=("shoe shelf",), kinds=("rack",), mount="floor",
    ),
    Family(
        "crate", "crate.n.01", (0.34, 0.44, 0.22), (0.40, 0.54, 0.32), crate, "packing_box",
        words=("wooden crate", "plastic crate", "milk crate"), has_front=False,
    ),
    Family(
        "toy box", "toy_box.n.01", (0.37, 0.58, 0.365), (0.42, 0.70, 0.4), toy_box, "cedar_chest",
        words=("toy chest", "chest"), mount="floor",
    ),
    Family(
        "cabinet", "cabinet.n.01", (0.38, 0.75, 0.75), (0.48, 1.15, 1.2), cabinet, "bottom_cabinet",
        words=("cupboard", "sideboard", "storage cabinet"), mount="floor",
    ),
    Family(
        "wall cabinet", "cabinet.n.01", (0.31, 0.5, 0.58), (0.36, 0.95, 0.8), wall_cabinet, "top_cabinet",
        words=("kitchen cabinet", "hanging cabinet", "top cabinet"), kinds=("cabinet",), mount="wall",
        fixed=True,
    ),
    Family(
        "wall shelf", "shelf.n.01", (0.22, 0.8, 0.05), (0.28, 1.2, 0.18), wall_shelf, "shelf",
        words=("floating shelf",), kinds=("shelf",), mount="wall", fixed=True,
    ),
    Family(
        "locker", "cabinet.n.03", (0.45, 0.4, 1.75), (0.52, 0.8, 1.95), locker, "locker", mount="floor",
    ),
    Family(
        "pallet", "pallet.n.02", (0.8, 1.1, 0.135), (1.0, 1.25, 0.155), pallet, "pallet",
        words=("wooden pallet",), mount="floor", has_front=False,
    ),
    Family(
        "coat rack", "coatrack.n.01", (0.42, 0.42, 1.6), (0.5, 0.5, 1.85), coat_rack, "coatrack",
        words=("coat stand", "hall tree"), mount="floor", has_front=False,
    ),
    Family(
        "magazine rack", "magazine_rack.n.01", (0.27, 0.36, 0.28), (0.32, 0.44, 0.36), magazine_rack, "",
        words=("magazine holder",), mount="floor",
    ),
)  # fmt: skip
