"""Tables and desks."""

from __future__ import annotations

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.family import Family
from sage.assets.fittings import BOARD, GAP, Fronts, LegKind, Panel, drawer, legs, solid_share, timber
from sage.assets.materials import Style
from sage.geometry import Vec3

__all__ = ["FAMILIES", "oval_top"]

_MARGIN = 0.01
_WOODEN = ("wood", "painted wood")
_OBLONG = 1.08
"""Largest ratio of length to width of round and square tops."""
_TOP_KG_M3 = 480.0
"""Density of a table top of usual length; longer ones are hollow [kg/m3]."""
_USUAL_M = 1.5
_WING_M = 1.3
"""Minimum depth of a corner desk [m]."""


def table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a dining table on four legs, two trestles or a steel frame; round or oval if requested."""
    style, part = builder.style, builder.part()
    rng = style.rng
    top, frame = _materials(style)
    plate = _plate(top, float(rng.uniform(0.024, 0.034)))
    under = size[2] - plate
    kind = str(rng.choice(["square", "tapered", "round", "splayed", "trestle", "loop"]))
    if style.requested.get("shape") in ("round", "oval"):
        style.attributes["shape"] = style.requested["shape"]
        _round_table(builder, part, size, plate, (top, frame))
        return
    _slab(part, size, plate, top, light=_TOP_KG_M3 * min(1.0, _USUAL_M / size[1]))
    if kind == "trestle":
        _trestles(part, size, under, frame)
    elif kind == "loop":
        _loops(part, size, under, frame)
    else:
        inset = float(rng.uniform(0.0, 0.06))
        thickness = float(rng.uniform(0.055, 0.075))
        spread = (size[0] - 2 * inset, size[1] - 2 * inset)
        legs(part, _leg_kind(kind), spread, under, thickness, frame)
        _apron(
            part, (spread[0] - 0.06, spread[1] - 0.06), thickness, under, 0.075, frame, lean=kind == "splayed"
        )
    _free_top(builder, size)


def _round_table(
    builder: AssetBuilder, part: Part, size: Vec3, plate: float, materials: tuple[Material, Material]
) -> None:
    """Add a round top on a column, or an oval top on four legs."""
    top, frame = materials
    if size[1] < _OBLONG * size[0]:
        _on_column(builder, size, plate, materials, column=0.05)
        return
    oval_top(part, (size[0], size[1], plate), size[2] - plate / 2, top)
    under, spread = size[2] - plate, (0.66 * size[0], 0.66 * size[1])
    legs(part, "tapered", spread, under, 0.065, frame)
    _apron(part, (spread[0] - 0.06, spread[1] - 0.06), 0.065, under, 0.075, frame)
    _free_top(builder, size, round_top=True)


def coffee_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a coffee table: rectangular, square, oval or round, sometimes with a shelf board."""
    style, part = builder.style, builder.part()
    rng = style.rng
    top, frame = _materials(style)
    plate = _plate(top, float(rng.uniform(0.024, 0.038)))
    under = size[2] - plate
    drawn = _curved(size) if rng.random() < 0.3 else _oblong(size)
    shape = style.shape("round", "oval", "square", "rectangular", usual=drawn)
    oval = shape in ("round", "oval")
    thickness = float(rng.uniform(0.035, 0.055))
    kinds = ("tapered", "splayed", "round") if oval else ("square", "tapered", "splayed", "loop")
    kind = str(rng.choice(kinds))
    if oval:
        oval_top(part, (size[0], size[1], plate), size[2] - plate / 2, top)
        spread = (size[0] * 0.7, size[1] * 0.7)
    else:
        _slab(part, size, plate, top)
        spread = (size[0] - 0.02, size[1] - 0.02)
    if kind == "loop":
        _loops(part, size, under, frame)
    else:
        legs(part, _leg_kind(kind), spread, under, thickness, frame)
        _apron(
            part, (spread[0] - 0.05, spread[1] - 0.05), thickness, under, 0.045, frame, lean=kind == "splayed"
        )
    if not oval and kind == "square" and rng.random() < 0.7:
        _lower_board(builder, part, spread, thickness, under, frame)
    _free_top(builder, size, round_top=oval)


def side_table(builder: AssetBuilder, size: Vec3) -> None:
    """Build a side table on four legs with a shelf board, or a round or oval one on a column."""
    style, part = builder.style, builder.part()
    rng = style.rng
    top, frame = _materials(style)
    plate = _plate(top, float(rng.uniform(0.024, 0.032)))
    under = size[2] - plate
    drawn = _curved(size) if rng.random() < 0.4 else _oblong(size)
    shape = style.shape("round", "oval", "square", "rectangular", usual=drawn)
    if shape in ("round", "oval"):
        _on_column(builder, size, plate, (top, frame), column=float(rng.uniform(0.022, 0.032)))
        return
    _slab(part, size, plate, top, light=620.0)
    thickness = float(rng.uniform(0.034, 0.044))
    kind = str(rng.choice(["square", "square", "tapered", "splayed"]))
    spread = (size[0] - 0.02, size[1] - 0.02)
    legs(part, _leg_kind(kind), spread, under, thickness, frame)
    _apron(part, (spread[0] - 0.04, spread[1] - 0.04), thickness, under, 0.05, frame, lean=kind == "splayed")
    if kind == "square":
        _lower_board(builder, part, spread, thickness, under, frame)
    _free_top(builder, size)


def _curved(size: Vec3) -> str:
    return "round" if max(size[:2]) < _OBLONG * min(size[:2]) else "oval"


def _oblong(size: Vec3) -> str:
    return "square" if max(size[:2]) < _OBLONG * min(size[:2]) else "rectangular"


def desk(builder: AssetBuilder, size: Vec3) -> None:
    """Build a desk: plain, with drawers or with a drawer pedestal on one side; l-shaped if requested."""
    style, part = builder.style, builder.part()
    rng = style.rng
    top, frame = _materials(style)
    plate = _plate(top, float(rng.uniform(0.024, 0.032)))
    under = size[2] - plate
    kind = str(rng.choice(["plain", "writing", "pedestal", "pedestal"]))
    if style.requested.get("shape") == "l-shaped":
        style.attributes["shape"] = "l-shaped"
        _corner_desk(builder, part, size, plate, (top, frame))
        return
    _slab(part, size, plate, top)
    if kind == "pedestal":
        _pedestal_desk(builder, part, size, under, top)
    elif kind == "writing":
        _writing_desk(builder, part, size, under, top)
    elif rng.random() < 0.5:
        _loops(part, size, under, frame)
        _modesty(part, size, under, top)
    else:
        legs(part, _leg_kind(str(rng.choice(["square", "tapered"]))), size[:2], under, 0.06, frame)
        _modesty(part, size, under, top)
    _free_top(builder, size)


def _materials(style: Style) -> tuple[Material, Material]:
    """Return the materials of the top and of its support: the same material, or steel."""
    top = timber(style)
    steel = style.part("metal", style.colour("metal", "black", "silver", "grey"))
    wooden = style.attributes["material"] in (*_WOODEN, "wooden")
    return top, top if wooden and style.rng.random() < 0.7 else steel


def _plate(top: Material, wanted: float) -> float:
    return wanted if top.density < 1500 else 0.016


def _leg_kind(kind: str) -> LegKind:
    kinds: dict[str, LegKind] = {
        "square": "square",
        "tapered": "tapered",
        "round": "round",
        "splayed": "splayed",
    }
    return kinds[kind]


def _slab(part: Part, size: Vec3, plate: float, material: Material, light: float = _TOP_KG_M3) -> None:
    place, density = (0, 0, size[2] - plate / 2), light if material.density < 1500 else 900.0
    part.box((size[0], size[1], plate), place, material, bevel=0.004, fill=solid_share(material, density))


def oval_top(part: Part, size: Vec3, z: float, material: Material, density: float = 900.0) -> None:
    """Add a round or oval board at the origin, with its centre at height `z` [m]."""
    mesh = trimesh.creation.cylinder(0.5, 1.0, sections=64)
    mesh.apply_scale(size)
    mesh.apply_translation((0, 0, z))
    angles = np.arange(24) * 2 * np.pi / 24
    ring = np.stack([np.cos(angles) * size[0] / 2, np.sin(angles) * size[1] / 2, np.zeros(24)], axis=1)
    up = np.array([0.0, 0.0, 1.0])
    piece = np.concatenate([ring + up * (z - size[2] / 2), ring + up * (z + size[2] / 2)])
    part.solid(mesh, material, [piece], solid_share(material, density))


def _on_column(
    builder: AssetBuilder, size: Vec3, plate: float, materials: tuple[Material, Material], column: float
) -> None:
    """Add a round top on a column with a heavy round foot."""
    top, frame = materials
    part, foot, under = builder.part(), 0.028, size[2] - plate
    oval_top(part, (size[0], size[1], plate), size[2] - plate / 2, top)
    oval_top(part, (size[0] * 0.76, size[1] * 0.76, foot), foot / 2, frame, density=1400)
    part.cylinder(column, under - foot, (0, 0, (foot + under) / 2), frame, fill=solid_share(frame, 1500))
    _free_top(builder, size, round_top=True)


def _free_top(builder: AssetBuilder, size: Vec3, round_top: bool = False) -> None:
    patch = (size[0] - 2 * _MARGIN, size[1] - 2 * _MARGIN)
    builder.surface("top", (0, 0, size[2]), patch, round=round_top)


def _apron(
    part: Part,
    spread: tuple[float, float],
    thickness: float,
    under: float,
    tall: float,
    material: Material,
    lean: bool = False,
) -> None:
    """Add the four rails that connect the legs below the top."""
    board = 0.02
    depth, width = (value - (0.11 if lean else 0.0) for value in spread)
    fill, z = solid_share(material), under - tall / 2
    for sign in (-1, 1):
        part.box(
            (board, width - 2 * board, tall),
            (sign * (depth - board) / 2, 0, z),
            material,
            bevel=0.001,
            fill=fill,
        )
        part.box((depth, board, tall), (0, sign * (width - board) / 2, z), material, bevel=0.001, fill=fill)


def _lower_board(
    builder: AssetBuilder,
    part: Part,
    spread: tuple[float, float],
    thickness: float,
    under: float,
    material: Material,
) -> None:
    z = 0.3 * under
    depth, width = spread[0] - 0.012, spread[1] - 0.012
    part.box((depth, width, BOARD), (0, 0, z), material, fill=solid_share(material))
    floor = z + BOARD / 2
    clear = (depth - 2 * thickness - 0.01, width - 2 * thickness - 0.01)
    builder.surface("shelf_1", (0, 0, floor), clear, placement="in", shelf=True, height=under - 0.055 - floor)


def _trestles(part: Part, size: Vec3, under: float, material: Material) -> None:
    """Add two trestles: posts on long feet, connected by a beam."""
    fill = solid_share(material)
    foot, beam = 0.05, 0.035
    side = size[1] / 2 - max(0.14, 0.15 * size[1])
    for sign in (-1, 1):
        y = sign * side
        part.box((size[0] * 0.86, 0.07, foot), (0, y, foot / 2), material, bevel=0.01, fill=fill)
        part.box((size[0] * 0.76, 0.06, beam), (0, y, under - beam / 2), material, bevel=0.006, fill=fill)
        tall = under - foot - beam
        for x in (-0.07, 0.07):
            part.box((0.055, 0.05, tall), (x, y, foot + tall / 2), material, fill=fill)
    part.box((0.03, 2 * side - 0.04, 0.075), (0, 0, under * 0.42), material, fill=fill)


def _loops(part: Part, size: Vec3, under: float, material: Material) -> None:
    """Add a closed frame of square tube at each end."""
    tube, fill = 0.04, solid_share(material, 1300)
    depth = size[0] - 0.05
    for sign in (-1, 1):
        y = sign * (size[1] / 2 - 0.07)
        for z in (tube / 2, under - tube / 2):
            part.box((depth, tube, tube), (0, y, z), material, fill=fill)
        for x in (-1, 1):
            place = (x * (depth - tube) / 2, y, under / 2)
            part.box((tube, tube, under - 2 * tube), place, material, fill=fill)
    inner = size[1] - 0.14 - tube
    for x in (-1, 1):
        place = (x * (depth / 2 - 0.08), 0, under - 0.012)
        part.box((0.03, inner, 0.024), place, material, fill=fill)


def _modesty(part: Part, size: Vec3, under: float, material: Material) -> None:
    """Add a modesty panel at the back, above knee height."""
    tall = 0.3
    place = (-size[0] / 2 + 0.045, 0, under - tall / 2)
    part.box((BOARD, size[1] - 0.13, tall), place, material, fill=solid_share(material))


def _corner_desk(
    builder: AssetBuilder, part: Part, size: Vec3, plate: float, materials: tuple[Material, Material]
) -> None:
    """Build an l-shaped desk; its second top extends forward on one side, with drawers below."""
    rng, (top, frame) = builder.style.rng, materials
    deep, width, height = min(size[0], 0.65), size[1], size[2]
    depth, wing, under = max(_WING_M, size[0]), 0.52, height - plate
    side = float(rng.choice([-1.0, 1.0]))
    back, fill = -depth / 2, solid_share(top, 480.0 if top.density < 1500 else 900.0)
    place = (back + deep / 2, 0, height - plate / 2)
    part.box((deep, width, plate), place, top, bevel=0.004, fill=fill)
    long, y = depth - deep, side * (width - wing) / 2
    part.box(
        (long, wing, plate), (back + deep + long / 2, y, height - plate / 2), top, bevel=0.004, fill=fill
    )
    edge = width / 2 - 0.035
    share = solid_share(frame, 1300)
    for x in (back + 0.035, back + deep - 0.035):
        part.box((0.05, 0.05, under), (x, -side * edge, under / 2), frame, fill=share)
    part.box((0.05, 0.05, under), (back + 0.035, side * edge, under / 2), frame, fill=share)
    part.box((BOARD, width - 0.16, 0.3), (back + 0.04, 0, under - 0.15), top, fill=solid_share(top))
    wide, tall = wing - 0.06, under
    look = Fronts.choose(builder.style, top)
    front = depth / 2 - look.depth - 0.006
    box = min(0.5, long)
    part.carcass(
        (box, wide, tall - 0.04),
        (front - box / 2, y, 0.04 + (tall - 0.04) / 2),
        BOARD,
        top,
        fill=solid_share(top),
    )
    part.box((box - 0.04, wide - 0.02, 0.04), (front - box / 2, y, 0.02), top, fill=solid_share(top))
    panel = Panel(y - wide / 2 + 0.001, y + wide / 2 - 0.001, 0.044, under - GAP)
    cavity = Panel(y - wide / 2 + BOARD, y + wide / 2 - BOARD, 0.04 + BOARD, under - BOARD)
    for index, row in enumerate(panel.rows((1, 1, 2)), start=1):
        drawer(builder, f"drawer_{index}", look, front + 0.0015, row, cavity, box - 0.04)
    builder.surface("top", (back + deep / 2, 0, height), (deep - 2 * _MARGIN, width - 2 * _MARGIN))
    builder.surface("wing", (back + deep + long / 2, y, height), (long - 2 * _MARGIN, wing - 2 * _MARGIN))


def _pedestal_desk(builder: AssetBuilder, part: Part, size: Vec3, under: float, material: Material) -> None:
    """Add a drawer pedestal on one side and a panel on the other."""
    rng = builder.style.rng
    look = Fronts.choose(
        builder.style, material if rng.random() < 0.6 else builder.style.part("painted wood", "white")
    )
    fill, side = solid_share(material), float(rng.choice([-1.0, 1.0]))
    edge, plinth = 0.012, 0.04
    wide = float(rng.uniform(0.36, 0.42))
    front, back = size[0] / 2 - look.depth - 0.006, -size[0] / 2 + edge
    middle = side * (size[1] / 2 - edge - wide / 2)
    depth = front - back
    tall = under - plinth
    part.box((depth - 0.04, wide - 0.02, plinth), (back + depth / 2, middle, plinth / 2), material, fill=fill)
    part.carcass(
        (depth, wide, tall), (back + depth / 2, middle, plinth + tall / 2), BOARD, material, fill=fill
    )
    panel = Panel(middle - wide / 2 + 0.001, middle + wide / 2 - 0.001, plinth + 0.004, under - GAP)
    cavity = Panel(middle - wide / 2 + BOARD, middle + wide / 2 - BOARD, plinth + BOARD, under - BOARD)
    shares = [(1, 1, 1), (1, 1, 2), (1, 2)][int(rng.integers(3))]
    for index, row in enumerate(panel.rows(shares), start=1):
        drawer(builder, f"drawer_{index}", look, front + 0.0015, row, cavity, depth - 0.04)
    thick = 0.03
    far = -side * (size[1] / 2 - edge - thick / 2)
    part.box((depth, thick, under), (back + depth / 2, far, under / 2), material, fill=fill)
    knee = size[1] - 2 * edge - wide - thick
    center = side * (thick - wide) / 2
    part.box((BOARD, knee, 0.35), (back + 0.06, center, under - 0.175), material, fill=fill)


def _writing_desk(builder: AssetBuilder, part: Part, size: Vec3, under: float, material: Material) -> None:
    """Add four legs and a flat case with one or two drawers below the top."""
    rng = builder.style.rng
    look = Fronts.choose(builder.style, material)
    fill, tall = solid_share(material), 0.105
    front, back = size[0] / 2 - look.depth - 0.004, -size[0] / 2 + 0.012
    depth, width = front - back, size[1] - 0.03
    part.carcass((depth, width, tall), (back + depth / 2, 0, under - tall / 2), 0.014, material, fill=fill)
    low = under - tall
    kind = _leg_kind(str(rng.choice(["square", "tapered", "splayed"])))
    legs(part, kind, (depth - 0.01, width - 0.01), low, 0.05, material, x=back + depth / 2)
    panel = Panel(-width / 2 + 0.001, width / 2 - 0.001, low + 0.001, under - GAP)
    cavity = Panel(-width / 2 + 0.014, width / 2 - 0.014, low + 0.014, under - 0.014)
    count = int(rng.integers(2, 4)) if size[1] > 1.35 else 2
    for index, column in enumerate(panel.columns(count), start=1):
        drawer(builder, f"drawer_{index}", look, front + 0.0015, column, cavity, depth - 0.04)


FAMILIES = (
    Family(
        "table", "table.n.02", (0.75, 1.2, 0.72), (0.95, 1.8, 0.76), table, "breakfast_table",
        words=("dining table", "kitchen table"), mount="floor", most=(1.05, 2.25, 0.76), seats=(0.28, 0.3),
    ),
    Family(
        "coffee table", "coffee_table.n.01", (0.5, 0.85, 0.38), (0.7, 1.25, 0.48), coffee_table,
        "coffee_table", words=("cocktail table",), kinds=("table",), mount="floor", most=(0.8, 1.4, 0.48),
    ),
    Family(
        "side table", "table.n.02", (0.4, 0.4, 0.48), (0.52, 0.52, 0.6), side_table, "stand",
        words=("end table",), kinds=("table",), mount="floor",
    ),
    Family(
        "desk", "desk.n.01", (0.6, 1.2, 0.72), (0.75, 1.6, 0.76), desk, "desk",
        words=("writing desk", "standing desk", "office desk"), mount="floor", most=(0.8, 2.0, 0.76),
    ),
)  # fmt: skip
