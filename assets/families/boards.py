"""Wall mirrors, clocks, maps, whiteboards and notice boards."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import shapely
import trimesh
from shapely.geometry import Polygon

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, print_on, prism, rim, tiles
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES", "dial", "outline", "pane"]

_BACK_KG_M2 = 6.3
_LEDGE = 0.010
_LIP = 0.004
_LONGITUDES = (-172.0, 182.0)
_LATITUDES = (-60.0, 86.0)

_LANDS: tuple[tuple[tuple[float, float], ...], ...] = (
    ((-168, 66), (-156, 71), (-128, 70), (-95, 69), (-82, 68), (-80, 62), (-93, 60), (-92, 57), (-82, 55),
     (-79, 52), (-77, 60), (-70, 61), (-64, 59), (-56, 52), (-66, 46), (-70, 43), (-76, 36), (-81, 31),
     (-80, 25), (-84, 30), (-97, 27), (-97, 21), (-91, 18), (-87, 21), (-88, 16), (-83, 10), (-78, 8),
     (-86, 11), (-95, 16), (-105, 20), (-112, 29), (-117, 32), (-124, 40), (-124, 48), (-135, 58),
     (-150, 60), (-162, 56), (-158, 60)),
    ((-72, 78), (-58, 82), (-30, 83), (-18, 78), (-22, 70), (-40, 65), (-44, 60), (-53, 66), (-56, 74)),
    ((-77, 8), (-72, 12), (-62, 10), (-51, 4), (-50, 0), (-35, -6), (-39, -15), (-41, -22), (-48, -26),
     (-54, -34), (-62, -39), (-66, -46), (-69, -54), (-74, -52), (-74, -42), (-71, -30), (-70, -18),
     (-76, -14), (-81, -5), (-80, 1)),
    ((-6, 36), (10, 37), (11, 33), (20, 31), (32, 31), (36, 23), (43, 12), (51, 12), (42, -1), (40, -11),
     (35, -20), (32, -28), (26, -34), (18, -34), (12, -18), (13, -7), (9, 1), (8, 5), (-4, 5), (-12, 8),
     (-17, 15), (-16, 22), (-10, 30)),
    ((-9, 37), (-2, 37), (3, 42), (9, 44), (16, 38), (14, 45), (20, 40), (24, 37), (27, 41), (36, 37),
     (34, 31), (39, 21), (44, 13), (52, 16), (59, 22), (50, 30), (57, 26), (67, 25), (73, 20), (77, 8),
     (80, 15), (88, 22), (94, 17), (98, 9), (104, 1), (102, 12), (109, 12), (108, 21), (119, 25), (122, 31),
     (119, 38), (127, 35), (129, 40), (140, 50), (136, 54), (155, 59), (157, 51), (163, 60), (179, 65),
     (179, 69), (160, 70), (140, 73), (113, 75), (104, 78), (80, 73), (68, 69), (44, 67), (28, 71), (14, 67),
     (5, 61), (8, 58), (14, 60), (20, 64), (17, 58), (9, 54), (4, 52), (-3, 48), (-1, 44), (-9, 43)),
    ((114, -22), (122, -18), (130, -12), (136, -12), (139, -17), (142, -11), (146, -19), (153, -27),
     (150, -37), (144, -39), (137, -34), (130, -32), (116, -35)),
    ((130, 32), (136, 34), (141, 37), (143, 44), (139, 41), (136, 36)),
    ((-5, 50), (1, 51), (-2, 56), (-4, 58), (-6, 56), (-3, 53)),
    ((44, -25), (47, -25), (50, -16), (49, -12), (44, -17)),
    ((96, 5), (104, -2), (105, -6), (100, -1)),
    ((109, 1), (117, 7), (118, 1), (115, -4), (110, -3)),
    ((131, -1), (141, -3), (150, -9), (143, -9), (138, -7)),
    ((167, -46), (174, -41), (178, -38), (173, -35), (171, -42)),
)  # fmt: skip
"""Coarse outlines of the land masses: (longitude, latitude) [degrees]."""


def outline(shape: str, width: float, height: float, inset: float = 0.0) -> Array:
    """Return the outline of a shape on z = 0, shrunk by `inset` [m], as points (y, z) [m]."""
    wide, high = width / 2 - inset, height / 2 - inset
    turn = np.arange(48) * 2 * math.pi / 48
    if shape in ("round", "oval"):
        return np.column_stack([wide * np.cos(turn), height / 2 + high * np.sin(turn)])
    if shape == "arched":
        half = np.linspace(0, math.pi, 25)
        arch = np.column_stack([wide * np.cos(half), height - width / 2 + wide * np.sin(half)])
        return np.concatenate([arch, [(-wide, inset), (wide, inset)]])
    return np.array([(wide, inset), (wide, height - inset), (-wide, height - inset), (-wide, inset)])


def mirror(builder: AssetBuilder, size: Vec3) -> float:
    """Build a framed wall mirror: rectangular, arched, oval or round."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    shape = style.requested.get("shape", "")
    if shape not in ("round", "oval", "square", "rectangular"):
        shape = str(rng.choice(["rectangular", "rectangular", "arched", "oval", "round"]))
    if shape in ("round", "square"):
        width = height = max(min(width, height), 0.62)
    style.attributes["shape"] = shape
    frame = style.main("wood", "metal", "painted wood", colours=("oak", "walnut", "black", "gold", "white"))
    edge = float(rng.uniform(0.014, 0.024) if "metal" in frame.name else rng.uniform(0.022, 0.045))
    back, front = -depth / 2, depth / 2
    glass = front - 0.006
    plate = outline(shape, width, height)
    inner = outline(shape, width, height, edge)
    prism(part, plate, back, glass, frame, fill=bulk(frame, _BACK_KG_M2 / (glass - back)))
    rim(part, plate, inner, glass - 0.001, front, frame, fill=bulk(frame, 500))
    pane(builder, part, glass, inner)
    return depth


def pane(builder: AssetBuilder, part: Part, x: float, edge: Array) -> None:
    """Add the glass of a mirror on a face at `x` [m], within an outline of points (y, z) [m]."""
    silver = builder.style.part("metal", "silver").without_maps(
        name="mirror", rgba=(0.66, 0.75, 0.80, 1.0), roughness=0.03
    )
    light = silver.model_copy(update={"name": "mirror_gleam", "rgba": (0.76, 0.84, 0.88, 1.0)})
    prism(part, edge, x - 0.001, x + 0.0008, silver, fill=0.17, collide=False)
    _gleam(part, Polygon(edge), x + 0.0008, light)


def _gleam(part: Part, glass: Polygon, x: float, material: Material) -> None:
    """Add two slanted highlights to a pane."""
    left, low, right, high = glass.bounds
    wide, tall = right - left, high - low
    for start, share in ((0.16, 0.16), (0.38, 0.05)):
        streak = Polygon(
            [
                (left + (start + lean + more) * wide, low + up * tall)
                for lean, more, up in ((0, 0, 0), (0, share, 0), (0.45, share, 1), (0.45, 0, 1))
            ]
        )
        seen = np.array(streak.intersection(glass).exterior.coords)
        prism(part, seen, x - 0.0004, x + 0.0004, material, fill=0.0, collide=False)


def wall_clock(builder: AssetBuilder, size: Vec3) -> float:
    """Build a round or square wall clock with twelve marks and two hands."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    across = min(width, height)
    case = style.main(
        "plastic", "metal", "wood", colours=("black", "white", "silver", "red", "walnut", "oak")
    )
    pale = rng.random() < 0.75
    face = style.part("paper", "white" if pale else "black")
    ink = style.part("plastic", "black" if pale else "white")
    square = style.requested.get("shape", "square" if rng.random() < 0.2 else "round") == "square"
    shape = style.attributes["shape"] = "square" if square else "round"
    edge = float(rng.uniform(0.010, 0.026))
    front, face_radius = depth / 2 - 0.008, across / 2 - edge
    fill = bulk(case, 500)
    plate, inner = outline(shape, across, across), outline(shape, across, across, edge)
    prism(part, plate, -depth / 2, front, case, fill=fill)
    rim(part, plate, inner, front - 0.001, depth / 2, case, fill=fill)
    prism(part, inner, front - 0.001, front + 0.001, face, fill=0.0, collide=False)
    dial(part, rng, (front, across / 2), face_radius, ink)
    red = style.part("plastic", "red")
    second = float(rng.uniform(0, 1))
    _spoke(part, front + 0.003, across / 2, -0.15 * face_radius, 0.95 * face_radius, second, 0.003, red)
    return depth


def dial(
    part: Part, rng: np.random.Generator, center: tuple[float, float], radius: float, ink: Material
) -> None:
    """Add twelve marks and two hands to a clock face centred at (x, z) = `center` [m]."""
    x, z = center
    for hour in range(12):
        long = 0.16 if hour % 3 == 0 else 0.10
        wide = 0.006 + 0.006 * (long > 0.1)
        _spoke(part, x, z, 0.92 * radius, -long * radius, hour / 12, min(wide, 0.06 * radius), ink)
    minute = float(rng.uniform(0, 1))
    hour_hand = (int(rng.integers(12)) + minute) / 12
    _spoke(part, x + 0.001, z, -0.1 * radius, 0.62 * radius, hour_hand, min(0.011, 0.1 * radius), ink)
    _spoke(part, x + 0.002, z, -0.1 * radius, 0.92 * radius, minute, min(0.008, 0.07 * radius), ink)
    hub = min(0.009, 0.08 * radius)
    part.cylinder(hub, 0.005, (x + 0.003, 0, z), ink, axis="x", fill=0.0, collide=False)


def _spoke(
    part: Part, x: float, z: float, start: float, long: float, turn: float, wide: float, material: Material
) -> None:
    """Add a mark to a dial from radius `start` outwards [m], `turn` clockwise turns from 12 o'clock."""
    angle = 2 * math.pi * turn
    reach = start + long / 2
    place = (x + 0.001, reach * math.sin(angle), z + reach * math.cos(angle))
    print_on(part, (0.0015, wide, abs(long)), place, material, (-angle, 0, 0))


def _board(
    builder: AssetBuilder, size: Vec3, face: Material, frame: Material, thick: float, weight: float
) -> float:
    """Add a framed wall board with a ledge along its bottom, and return the x of its face [m].

    Args:
        builder: asset builder that receives the board.
        size: depth, width, height [m].
        face: material of the board.
        frame: material of the frame and the ledge.
        thick: thickness of the board [m].
        weight: mass per area of the board [kg/m2].
    """
    depth, width, height = size
    part = builder.part()
    back, front = -depth / 2, -depth / 2 + thick
    plate, inner = outline("", width, height), outline("", width, height, 0.02)
    prism(part, plate, back, front - 0.002, face, fill=bulk(face, weight / thick))
    rim(part, plate, inner, back, front, frame, fill=bulk(frame, 900))
    deep = depth - thick
    place = (front + deep / 2, 0, _LEDGE / 2)
    part.box((deep, width - 0.04, _LEDGE), place, frame, bevel=0.002, fill=bulk(frame, 800))
    lip = (depth / 2 - _LIP / 2, 0, _LEDGE + 0.003)
    part.box((_LIP, width - 0.04, 0.006), lip, frame, bevel=0.001, fill=bulk(frame, 800))
    builder.surface("ledge", (front + (deep - _LIP) / 2, 0, _LEDGE), (deep - _LIP, width - 0.06))
    return front - 0.002


def whiteboard(builder: AssetBuilder, size: Vec3) -> float:
    """Build a whiteboard with a ledge, sometimes with notes and a chart on it."""
    style, rng = builder.style, builder.style.rng
    sheet = style.main("plastic", colours=("white",)).model_copy(update={"roughness": 0.15})
    frame = style.part("sheet metal", style.colour("sheet metal", "silver", "silver", "grey", "black"))
    x = _board(builder, size, sheet, frame, 0.012, 6.0)
    if rng.random() < 0.75:
        part = next(iter(builder.parts.values()))
        inks = [style.part("plastic", str(ink)) for ink in rng.permutation(["blue", "black", "red", "green"])]
        left, right = -size[1] / 2 + 0.10, size[1] / 2 - 0.10
        split = left + float(rng.uniform(0.45, 0.6)) * (right - left)
        tall = size[2] - 0.14
        tiles(part, _words(rng, x, (left, split - 0.06), (0.45 * tall, tall)), inks[0])
        _chart(part, rng, x, (split, right), (0.35 * tall, 0.9 * tall), inks)
    return size[0]


def blackboard(builder: AssetBuilder, size: Vec3) -> float:
    """Build a blackboard in a wooden frame with a ledge for chalk."""
    style, rng = builder.style, builder.style.rng
    slate = style.main("painted wood", colours=("black", "green")).model_copy(update={"roughness": 0.95})
    dim = [round(0.55 * value, 3) for value in slate.rgba[:3]]
    slate = slate.model_copy(update={"rgba": (*dim, 1.0)})
    frame = style.part("wood", style.colour("wood", "oak", "walnut", "pine"))
    x = _board(builder, size, slate, frame, 0.04, 5.0)
    part = next(iter(builder.parts.values()))
    chalks = [style.part("plastic", colour) for colour in ("white", "yellow", "pink", "white")]
    left, right = -size[1] / 2 + 0.12, size[1] / 2 - 0.12
    middle = (left + right) / 2
    tall = size[2] - 0.16
    tiles(part, _words(rng, x, (left, middle - 0.1), (float(rng.uniform(0.4, 0.7)) * tall, tall)), chalks[0])
    if rng.random() < 0.6:
        _chart(part, rng, x, (middle + 0.15, right), (0.4 * tall, 0.95 * tall), chalks)
    return size[0]


def _words(
    rng: np.random.Generator, x: float, across: tuple[float, float], up: tuple[float, float]
) -> list[tuple[Sequence[float], Sequence[float]]]:
    """Return lines of handwriting on the plane at `x` [m] as size and centre of blocks; see `tiles`.

    `across` and `up` limit y and z [m]. Lines start on the reader's left, at the lowest y.
    """
    marks: list[tuple[Sequence[float], Sequence[float]]] = []
    z = up[1]
    while z > up[0]:
        y = across[0]
        end = across[1] - float(rng.uniform(0, 0.35)) * (across[1] - across[0])
        while y < end:
            for _ in range(int(rng.integers(2, 6))):
                tall = float(rng.uniform(0.014, 0.034))
                marks.append(((0.0012, 0.006, tall), (x, y, z + tall / 2)))
                if rng.random() < 0.4:
                    marks.append(((0.0012, 0.016, 0.006), (x, y + 0.008, z + float(rng.uniform(0, 0.02)))))
                y += 0.020
            y += 0.028
        z -= 0.085
    return marks


def _chart(
    part: Part,
    rng: np.random.Generator,
    x: float,
    across: tuple[float, float],
    up: tuple[float, float],
    inks: Sequence[Material],
) -> None:
    """Add a chart: two axes with bars or a curve."""
    wide, tall = min(across[1] - across[0], 0.8), up[1] - up[0]
    y, z = across[0], up[0]
    axes = [
        ((0.0012, wide, 0.007), (x, y + wide / 2, z)),
        ((0.0012, 0.007, tall), (x, y, z + tall / 2)),
    ]
    tiles(part, axes, inks[1])
    heights = tall * np.sort(rng.uniform(0.15, 0.9, 5))
    ys = y + wide * (np.arange(5) + 0.7) / 5.6
    if rng.random() < 0.5:
        bars = [((0.0012, 0.1 * wide, h), (x, at, z + h / 2)) for at, h in zip(ys, heights, strict=True)]
        tiles(part, bars, inks[2])
        return
    for a, b, low, high in zip(ys, ys[1:], heights, heights[1:], strict=False):
        place = (x, (a + b) / 2, z + (low + high) / 2)
        angle = math.atan2(high - low, b - a)
        print_on(part, (0.0012, math.hypot(b - a, high - low), 0.009), place, inks[2], (angle, 0, 0))


def notice_board(builder: AssetBuilder, size: Vec3) -> float:
    """Build a framed cork board with papers pinned to it."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    frame = style.main("wood", "sheet metal", colours=("oak", "pine", "walnut", "silver", "black"))
    cork = style.part("cardboard", "tan")
    front = depth / 2 - 0.006
    plate, inner = outline("", width, height), outline("", width, height, 0.022)
    prism(part, plate, -depth / 2, front, frame, fill=bulk(frame, 250))
    prism(part, inner, front - 0.002, front + 0.001, cork, collide=False)
    rim(part, plate, inner, front - 0.002, depth / 2, frame, fill=bulk(frame, 620))
    front += 0.001
    columns, rows = round(width / 0.25), max(1, round(height / 0.3))
    cell = np.array([(width - 0.08) / columns, (height - 0.08) / rows])
    pins = [style.part("plastic", colour) for colour in ("red", "blue", "yellow")]
    ink = style.part("plastic", "grey")
    for index in range(columns * rows):
        if rng.random() < 0.2:
            continue
        wide, tall = cell * rng.uniform(0.55, 0.9, 2)
        spot = (np.array([index % columns, index // columns]) + 0.5) * cell + rng.uniform(
            -0.05, 0.05, 2
        ) * cell
        y, z = spot[0] - (width - 0.08) / 2, spot[1] + 0.04
        tone = str(rng.choice(["white", "white", "white", "yellow", "pink", "turquoise", "orange"]))
        turn = (float(rng.normal(0, 0.05)), 0, 0)
        print_on(part, (0.0016, wide, tall), (front, y, z), style.part("paper", tone), turn)
        lines = [((0.001, 0.7 * wide, 0.006), (front + 0.0008, y, z + k * 0.024)) for k in (-1.5, -0.5, 0.5)]
        if tall > 0.13:
            tiles(part, lines, ink)
        pin = pins[int(rng.integers(3))]
        place = (front + 0.003, y, z + tall / 2 - 0.014)
        part.cylinder(0.006, 0.006, place, pin, axis="x", fill=0.0, collide=False)
    return depth


def world_map(builder: AssetBuilder, size: Vec3) -> float:
    """Build a world map poster between two rails."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    antique = rng.random() < 0.3
    sea = style.main("paper", colours=("beige",) if antique else ("turquoise", "blue"))
    white, rail = style.part("paper", "beige" if antique else "white"), style.part("wood")
    tones = ["tan", "brown"] if antique else ["green", "yellow", "orange", "pink", "beige", "red"]
    inks = [style.part("paper", str(tone)) for tone in rng.permutation(tones)]
    thin, bar = 0.004, 0.022
    back = -depth / 2
    part.box((thin, width - 0.02, height), (back + thin / 2, 0, height / 2), white, bevel=0.0, fill=0.07)
    for z in (bar / 2, height - bar / 2):
        part.box((depth, width, bar), (0, 0, z), rail, bevel=0.003, fill=0.3)
    wide, tall = width - 0.07, height - 2 * bar - 0.05
    face = back + thin
    print_on(part, (0.0008, wide, tall), (face, 0, height / 2), sea)
    scale = np.array([wide / np.ptp(_LONGITUDES), tall / np.ptp(_LATITUDES)])
    for index, coast in enumerate(_LANDS):
        spots = (np.array(coast) - (_LONGITUDES[0], _LATITUDES[0])) * scale
        spots += (-wide / 2, (height - tall) / 2)
        part.solid(_land(spots, face, 0.001), inks[index % len(inks)], [], fill=0.0)
    return depth


def _land(outline: Array, x: float, thick: float) -> trimesh.Trimesh:
    """Return a polygon of points (y, z) [m] as a thin sheet on the plane at `x` [m]."""
    corners = {tuple(corner): index for index, corner in enumerate(outline.tolist())}
    triangles = shapely.constrained_delaunay_triangles(Polygon(outline)).geoms
    faces = [[corners[corner] for corner in piece.exterior.coords[:3]] for piece in triangles]
    mesh = trimesh.creation.extrude_triangulation(outline, np.array(faces), thick)
    mesh.apply_transform(np.array([[0.0, 0, 1, x], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]]))
    return mesh


FAMILIES = (
    Family(
        "mirror", "mirror.n.01", (0.018, 0.45, 0.62), (0.021, 0.95, 1.25), mirror, "mirror",
        words=("wall mirror", "bathroom mirror", "hanging mirror", "wall mounted mirror"), mount="wall",
        fixed=True,
    ),
    Family(
        "wall clock", "wall_clock.n.01", (0.034, 0.26, 0.26), (0.045, 0.40, 0.40), wall_clock, "wall_clock",
        words=("clock", "hanging clock", "wall mounted clock"), mount="wall", fixed=True,
    ),
    Family(
        "whiteboard", "display_panel.n.01", (0.092, 1.2, 0.8), (0.094, 2.4, 1.2), whiteboard, "whiteboard",
        words=("white board", "dry-erase board", "dry erase board", "marker board"), mount="wall", fixed=True,
    ),
    Family(
        "blackboard", "blackboard.n.01", (0.134, 1.6, 1.0), (0.145, 2.6, 1.25), blackboard, "blackboard",
        words=("chalkboard", "black board", "chalk board"), mount="wall", fixed=True,
    ),
    Family(
        "notice board", "bulletin_board.n.02", (0.020, 0.6, 0.45), (0.028, 1.2, 0.85), notice_board, "",
        words=("bulletin board", "pinboard", "pin board", "cork board"), mount="wall", fixed=True,
    ),
    Family(
        "map", "map.n.01", (0.012, 0.9, 0.6), (0.016, 1.2, 0.75), world_map, "poster",
        words=("world map", "poster", "wall map"), mount="wall", fixed=True,
    ),
)  # fmt: skip
