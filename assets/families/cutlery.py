"""Cutlery, wine glasses, table linen, teapots and jugs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import arc, band, bulk, hull, print_on, sheet, sweep, tiles, tube
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_STEEL = ("silver", "silver", "silver", "gold", "black")
_SECTION = np.array([(0.5, 0.0), (0.38, 0.5), (-0.38, 0.5), (-0.5, 0.0), (-0.38, -0.5), (0.38, -0.5)])
_Row = tuple[float, float, float, float, float]
"""Cross section of a strip: x, y, z of its underside, width, thickness [m]."""


def _strip(rows: Sequence[_Row]) -> trimesh.Trimesh:
    """Return a flat bar along x with rounded edges."""
    table = np.array(rows)
    spine = table[:, :3] + np.array([0, 0, 0.5]) * table[:, 4:]
    return sweep(spine, _SECTION * table[:, None, 3:], (0, 0, 1))


def _smooth(rows: Sequence[_Row], count: int) -> list[_Row]:
    """Return `count` cross sections on a smooth curve through the given ones."""
    table = np.array(rows)
    fine = np.linspace(0, len(rows) - 1, count)
    low = np.clip(np.floor(fine).astype(int), 0, len(rows) - 2)
    share = fine - low
    ease = (share**2 * (3 - 2 * share))[:, None]
    eased = table[low] * (1 - ease) + table[low + 1] * ease
    eased[:, 0] = np.interp(fine, np.arange(len(rows)), table[:, 0])
    return [(x, y, z, wide, thick) for x, y, z, wide, thick in eased.tolist()]


def _join(part: Part, meshes: Sequence[trimesh.Trimesh], material: Material, fill: float) -> None:
    """Add meshes whose collider is their common convex hull."""
    corners: Array = np.concatenate([np.asarray(mesh.vertices) for mesh in meshes])
    for index, mesh in enumerate(meshes):
        part.solid(mesh, material, [] if index else [corners], fill)


def _stem(builder: AssetBuilder, part: Part, length: float, width: float, neck: Sequence[_Row]) -> Material:
    """Add the handle of a fork or spoon from its end at x = 0, all metal or with a separate grip.

    Args:
        builder: asset builder that receives the handle.
        part: root part.
        length: length of the handle up to the neck [m].
        width: width of the handle [m].
        neck: cross sections from there to the head.
    """
    style = builder.style
    metal = style.main("metal", colours=_STEEL)
    fill, thick = 0.85, 0.003
    if style.rng.random() < 0.3:
        kind = str(style.rng.choice(["plastic", "wood"]))
        grip = style.part(kind)
        rows = [(0.0, 0.0, 0.0, 0.7 * width, 0.005), (0.006, 0.0, 0.0, width, 0.008),
                (length, 0.0, 0.0, 0.62 * width, 0.007)]  # fmt: skip
        _join(part, [_strip(rows)], grip, 1.0)
        shaft: list[_Row] = [(length - 0.004, 0.0, 0.002, 0.45 * width, thick)]
    else:
        end = width * float(style.rng.uniform(0.75, 1.0))
        shaft = [(0.0, 0.0, 0.0, 0.72 * end, thick), (0.004, 0.0, 0.0, end, thick),
                 (length, 0.0, 0.6 * neck[0][2], 0.5 * width, thick)]  # fmt: skip
    _join(part, [_strip([*shaft[:-1], *_smooth([shaft[-1], *neck], 7)])], metal, fill)
    return metal


def fork(builder: AssetBuilder, size: Vec3) -> float:
    """Build a fork with its tines up and in front."""
    length, width, height = size
    part, thick = builder.part(), 0.003
    tines = int(builder.style.rng.choice([4, 4, 3]))
    crest, root, low = 0.62 * length, 0.705 * length, 0.80 * length
    lift = height - thick
    grip = 0.68 * width
    neck = [(crest, 0.0, lift, 0.26 * width, thick), (root, 0.0, 0.35 * lift, 0.8 * width, thick)]
    metal = _stem(builder, part, 0.45 * length, grip, neck)
    palm = _strip(_smooth([(root, 0.0, 0.35 * lift, 0.8 * width, thick), (low, 0.0, 0.0, width, thick)], 4))
    prong = width / tines
    prongs = []
    for index in range(tines):
        y = (index - (tines - 1) / 2) * prong
        row = [(low - 0.002, y, 0.0, 0.62 * prong, thick), (0.9 * length, y, 0.16 * lift, 0.6 * prong, thick),
               (length, y, 0.75 * lift, 0.35 * prong, 0.6 * thick)]  # fmt: skip
        prongs.append(_strip(row))
    _join(part, [palm, *prongs], metal, 0.85)
    return grip


def spoon(builder: AssetBuilder, size: Vec3) -> float:
    """Build a spoon with its bowl up and in front."""
    length, width, height = size
    part, thick = builder.part(), 0.003
    deep, long = 0.62 * height, float(builder.style.rng.uniform(1.45, 1.65)) * width
    back = length - long
    lift = height - thick
    grip = 0.45 * width
    neck = [
        (back - 0.02, 0.0, lift, 0.2 * width, thick),
        (back + 0.002, 0.0, deep - thick, 0.3 * width, thick),
    ]
    metal = _stem(builder, part, 0.38 * length, grip, neck)
    part.solid(*_bowl(width / 2, deep, long / width, length - long / 2, metal))
    return grip


def _bowl(radius: float, deep: float, stretch: float, x: float, material: Material,
          ) -> tuple[trimesh.Trimesh, Material, list[Array]]:  # fmt: skip
    """Return mesh, material and collider points of an egg-shaped bowl; its collider is solid."""
    wall = 0.0016
    outside = [(0.35, 0.0), (0.62, 0.14), (0.86, 0.5), (1.0, 1.0)]
    outline = [(0.0, 0.0), *[(radius * r, deep * z) for r, z in outside],
               (radius - wall, deep), (0.82 * radius, 0.5 * deep + wall), (0.5 * radius, 0.12 * deep + wall),
               (0.0, wall)]  # fmt: skip
    mesh = trimesh.creation.revolve(np.array(outline), sections=20)
    mesh.merge_vertices()
    points = np.array(mesh.vertices)
    points[:, 1] *= 1 - 0.16 * points[:, 0] / radius
    points[:, 0] = x + stretch * points[:, 0]
    egg = trimesh.Trimesh(points, mesh.faces, process=False)
    if egg.volume < 0:
        egg.invert()
    return egg, material, [points]


def knife(builder: AssetBuilder, size: Vec3) -> float:
    """Build a table knife on its side, with its tip in front and its edge on the left."""
    length, width, height = size
    style, part = builder.style, builder.part()
    metal = style.main("metal", colours=_STEEL)
    handle, thick = float(style.rng.uniform(0.46, 0.54)) * length, 0.003
    own = style.rng.random() < 0.3
    grip = style.part(str(style.rng.choice(["plastic", "wood"]))) if own else metal
    wide = width * float(style.rng.uniform(0.78, 0.95))
    rows = [
        (0.0, 0.0, 0.0, 0.75 * wide, 0.6 * height), (0.008, 0.0, 0.0, wide, height),
        (0.6 * handle, 0.0, 0.0, 0.85 * wide, height), (handle, 0.0, 0.0, 0.6 * wide, 0.75 * height),
    ]  # fmt: skip
    _join(part, [_strip(rows)], grip, 1.0 if own else 0.6)
    back, belly = -0.4 * width, 0.6 * width
    tip = float(style.rng.uniform(0.3, 0.75)) * width
    outline = [(handle - 0.006, back * 0.7), (handle - 0.006, 0.3 * width), (handle + 0.02, 0.45 * width),
               (length - 0.05, belly), (length - 0.02, 0.52 * width), (length - 0.006, 0.25 * width),
               (length, back + 0.25 * tip), (length - 0.004, back), (handle + 0.02, back)]  # fmt: skip
    hull(part, [(x, y, z) for x, y in outline for z in (0.0, thick)], metal, fill=0.7)
    return wide


def wine_glass(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wine glass: a flat foot, a thin stem, and a bowl that narrows to the rim."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    material = style.main("glass", colours=("white", "white", "white", "turquoise"))
    wall, fill = sheet(material, 6.0)
    flute = style.rng.random() < 0.25
    base = 0.5 * height if not flute else 0.4 * height
    widest = radius if not flute else 0.78 * radius
    rim = widest * float(style.rng.uniform(0.76, 0.92))
    foot = 0.92 * radius if not flute else radius
    part.lathe([(foot, 0.0), (foot, 0.003), (0.006, 0.009)], material, fill=0.7)
    part.bar((0, 0, 0.006), (0, 0, base + 0.004), 0.008, material)
    belly = base + (height - base) * (0.42 if not flute else 0.5)
    curve = arc((0.012, base + 0.002), (widest, belly), 0.9 if not flute else 0.5, 4)
    profile = [
        (0.005, base),
        *curve,
        ((0.3 * widest + 0.7 * rim), height - 0.3 * (height - belly)),
        (rim, height),
    ]
    part.vessel(profile, wall, 0.006, material, sectors=8, fill=fill)
    builder.surface("inside", (0, 0, base + 0.006), (0.03, 0.03), placement="in", round=True)
    return 2 * rim


def saucer(builder: AssetBuilder, size: Vec3) -> float:
    """Build a saucer: a small plate with a flat centre for a cup or mug."""
    radius, height = size[1] / 2, size[2]
    style, part = builder.style, builder.part()
    material = style.main("ceramic")
    wall, fill = sheet(material)
    floor, flat = 0.008, max(0.8 * radius, 0.07)
    profile = [(flat - 0.012, 0.0), (flat - 0.010, 0.002), (flat + wall, floor), (radius, height)]
    part.vessel(profile, wall, floor, material, sectors=10, rings=1, fill=fill)
    ring = style.part("ceramic") if style.rng.random() < 0.5 else material
    band(part, 0.036, floor - 0.001, floor + 0.0006, ring, width=0.003)
    if ring is not material:
        edge = flat + 0.7 * (radius - flat)
        band(part, edge, floor, floor + 0.72 * (height - floor), ring, width=0.003)
    builder.surface("top", (0, 0, floor), (1.86 * flat, 1.86 * flat), shelf=True, nests=True)
    return wall


def napkin(builder: AssetBuilder, size: Vec3) -> float:
    """Build a folded napkin of four layers: a square, a strip or a triangle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("fabric", colours=("white", "beige", "blue", "green", "red", "grey"))
    seam = style.part("fabric")
    fill = bulk(material, 140)
    form = str(style.rng.choice(["square", "strip", "triangle"]))
    if form == "triangle":
        corners = np.array([(-depth / 2, -width / 2), (-depth / 2, width / 2), (depth / 2, 0)])
    else:
        wide = width if form == "square" else max(0.7 * width, 0.112)
        corners = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)]) * (depth / 2, wide / 2)
    layer = height / 4
    for index in range(4):
        outline = corners * (1 - 0.012 * index)
        rounded = [(outline * shrink, (index + share) * layer) for shrink, share in _FOLD]
        points = np.concatenate([np.column_stack([xy, np.full(len(xy), z)]) for xy, z in rounded])
        hull(part, points, material, fill=fill, collide=False)
    block = [(x, y, z) for x, y in corners for z in (0.0, height)]
    part.solid(trimesh.convex.convex_hull(np.array(block)), material, [np.array(block)], 0.0, visible=False)
    _border(part, corners * 0.88, height, seam)
    inner = (depth * 0.4, width * 0.4) if form == "triangle" else tuple(0.9 * np.ptp(corners, axis=0))
    middle = -depth * 0.2 if form == "triangle" else 0.0
    builder.surface("top", (middle, 0, height), (float(inner[0]), float(inner[1])))
    return height


_FOLD = ((0.97, 0.03), (1.0, 0.3), (1.0, 0.7), (0.97, 0.97))
"""Rounded edge of a layer of cloth: relative outline at relative thickness."""


def _border(part: Part, corners: Array, height: float, material: Material) -> None:
    """Add a thin line along an outline on a horizontal face, without mass and colliders."""
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        middle, run = (a + b) / 2, b - a
        yaw = math.atan2(run[1], run[0])
        place = (middle[0], middle[1], height)
        print_on(part, (float(np.hypot(*run)), 0.004, 0.0006), place, material, (0, 0, yaw))


def place_mat(builder: AssetBuilder, size: Vec3) -> float:
    """Build a thin stiff place mat: rectangular or oval, plain, bordered or slatted."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("fabric", "wicker", "leather", "wood")
    second = style.part(material.name.split("_")[0])
    fill = bulk(material, 600)
    form = str(style.rng.choice(["oblong", "oval", "slats"]))
    asked = {"round": "oval", "oval": "oval", "rectangular": "oblong", "square": "oblong"}
    form = asked.get(style.requested.get("shape", ""), form)
    if form == "oval":
        turns = np.arange(36) * 2 * math.pi / 36
        rim = np.column_stack([np.cos(turns) * depth / 2, np.sin(turns) * width / 2])
        hull(part, [(x, y, z) for x, y in rim for z in (0.0, height)], material, fill=fill)
        _border(part, rim * 0.9, height, second)
    else:
        part.box(size, (0, 0, height / 2), material, bevel=0.001, fill=fill)
    if form == "oblong":
        corners = np.array([(-1, -1), (-1, 1), (1, 1), (1, -1)]) * (depth / 2 - 0.022, width / 2 - 0.022)
        _border(part, corners, height, second)
    if form == "slats":
        count = 17
        pitch = width / count
        places = [(0.0, (index - count / 2 + 0.5) * pitch, height) for index in range(0, count, 2)]
        tiles(part, [((depth, 0.8 * pitch, 0.0006), place) for place in places], second)
    share = math.sqrt(0.5) if form == "oval" else 0.98
    builder.surface("top", (0, 0, height), (share * depth, share * width), shelf=True)
    return height


def teapot(builder: AssetBuilder, size: Vec3) -> float:
    """Build a teapot with a spout in front, a handle at the back and a lid with a knob."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("ceramic", "ceramic", "ceramic", "metal")
    radius, top = width / 2, 0.78 * height
    fill = bulk(material, 620)
    belly, mouth = float(style.rng.uniform(0.36, 0.5)) * top, float(style.rng.uniform(0.46, 0.6)) * radius
    foot = float(style.rng.uniform(0.62, 0.8)) * radius
    rise = arc((foot, 0.0), (radius, belly), 0.9, 4)
    shoulder = arc((mouth, top), (radius, belly), 0.9, 5)[::-1]
    part.lathe([*rise, *shoulder[1:]], material, fill=fill)
    lid = style.part("wood") if style.rng.random() < 0.2 else material
    dome = top + 0.09 * height
    part.lathe([(1.06 * mouth, top), (mouth, top + 0.004), (0.35 * mouth, dome)], material, fill=fill)
    part.lathe([(0.006, dome - 0.002), (0.012, (dome + height) / 2), (0.008, height)], lid)
    spare = depth - width
    tip, back = radius + 0.5 * spare, -radius - 0.5 * spare
    spout = [(0.72 * radius, 0, 0.34 * top), (radius + 0.16 * spare, 0, 0.48 * top),
             (radius + 0.3 * spare, 0, 0.76 * top), (tip - 0.008, 0, 0.98 * top)]  # fmt: skip
    tube(part, spout, 0.036, material, (0, 1, 0), fill=0.35, end_thickness=0.015)
    ear = [(-0.8 * radius, 0, 0.84 * top), (back + 0.012, 0, 0.86 * top), (back + 0.006, 0, 0.55 * top),
           (-0.97 * radius, 0, 0.24 * top)]  # fmt: skip
    tube(part, ear, 0.012, material, (0, 1, 0))
    if style.rng.random() < 0.4:
        band(part, radius + 0.0006, belly - 0.006, belly + 0.006, style.part("ceramic"), width=0.004)
    return 0.012


def jug(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open jug with a lip in front and a handle at the back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("glass", "ceramic", "ceramic", "metal", "plastic")
    wall, fill = sheet(material)
    radius, floor = width / 2, wall + 0.003
    waisted = style.rng.random() < 0.6
    shape = _WAISTED if waisted else _STRAIGHT
    profile = [(radius * r, height * z) for r, z in shape]
    part.vessel(profile, wall, floor, material, sectors=8, rings=3, fill=fill)
    rim = radius * shape[-1][0]
    lip = rim + 0.022
    for sign in (-1, 1):
        edge = np.array(
            [(math.cos(a) * r, sign * math.sin(a) * r) for a in (0.5, 0.6) for r in (rim, rim - wall)]
        )
        tips = np.array([(lip, 0.0), (lip - 1.6 * wall, 0.0)])
        points = [(x, y, z) for x, y in edge for z in (height, height - 0.045)]
        points += [(x, y, z) for x, y in tips for z in (height, height - 0.012)]
        points += [(rim - wall, 0.0, height - 0.045)]
        hull(part, points, material, fill=fill)
    back = -(depth - lip)
    shoulder = -radius * float(np.interp(0.84, [z for _, z in shape], [r for r, _ in shape]))
    low = -radius * float(np.interp(0.3, [z for _, z in shape], [r for r, _ in shape]))
    ear = [(shoulder - 0.002, 0.84), (back + 0.014, 0.84), (back + 0.007, 0.58), (low - 0.001, 0.3)]
    tube(part, [(x, 0, share * height) for x, share in ear], 0.014, material, (0, 1, 0))
    flat = 1.3 * radius * shape[0][0]
    builder.surface("inside", (0, 0, floor), (flat, flat), placement="in", round=True)
    return 0.014


_WAISTED = ((0.70, 0.0), (0.74, 0.015), (0.95, 0.2), (1.0, 0.36), (0.70, 0.8), (0.74, 1.0))
_STRAIGHT = ((0.95, 0.0), (1.0, 0.02), (0.97, 0.3), (0.90, 0.7), (0.84, 1.0))
"""Outlines of jugs: relative radius at relative height."""

_TABLEWARE = ("cutlery", "silverware", "utensil")

FAMILIES = (
    Family(
        "fork", "tablefork.n.01", (0.175, 0.023, 0.012), (0.205, 0.028, 0.016), fork, "tablefork",
        words=("table fork", "dinner fork"), kinds=_TABLEWARE, has_front=False,
    ),
    Family(
        "knife", "table_knife.n.01", (0.20, 0.018, 0.006), (0.235, 0.023, 0.009), knife, "table_knife",
        words=("table knife", "dinner knife", "butter knife"), kinds=_TABLEWARE, has_front=False,
    ),
    Family(
        "spoon", "tablespoon.n.02", (0.135, 0.028, 0.013), (0.20, 0.042, 0.018), spoon, "tablespoon",
        words=("tablespoon", "teaspoon", "soup spoon"), kinds=_TABLEWARE, has_front=False,
    ),
    Family(
        "wine glass", "wineglass.n.01", (0.07, 0.07, 0.17), (0.09, 0.09, 0.225), wine_glass, "wineglass",
        words=("goblet", "stemmed glass"), has_front=False,
    ),
    Family(
        "saucer", "saucer.n.02", (0.165, 0.165, 0.014), (0.18, 0.18, 0.018), saucer, "saucer",
        has_front=False,
    ),
    Family(
        "napkin", "dinner_napkin.n.01", (0.15, 0.13, 0.010), (0.19, 0.18, 0.014), napkin, "dinner_napkin",
        words=("table napkin", "serviette"), has_front=False,
    ),
    Family(
        "place mat", "place_mat.n.01", (0.31, 0.43, 0.0038), (0.36, 0.48, 0.0045), place_mat, "place_mat",
        words=("table mat",),
    ),
    Family(
        "teapot", "teapot.n.01", (0.25, 0.14, 0.135), (0.29, 0.17, 0.165), teapot, "teapot",
    ),
    Family(
        "jug", "pitcher.n.02", (0.17, 0.125, 0.20), (0.20, 0.145, 0.26), jug, "jug",
        words=("pitcher", "carafe", "water jug"),
    ),
)  # fmt: skip
