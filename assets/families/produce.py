"""Fruit, vegetables, eggs and croissants."""

from __future__ import annotations

import itertools
import math

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, hull_mesh
from sage.assets.families.forms import bulk, hull, stacked, superellipse, tiles, toned
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES", "add_collider"]


def _mixed(one: Material, other: Material, share: float) -> Material:
    """Return a material with a colour interpolated between two materials: 0 is `one`, 1 is `other`."""
    r, g, b, alpha = (
        round((1 - share) * a + share * b, 3) for a, b in zip(one.rgba, other.rgba, strict=True)
    )
    return one.model_copy(
        update={"name": f"{one.name}_{other.name}_{round(100 * share)}", "rgba": (r, g, b, alpha)}
    )


def _lying(
    part: Part, length: float, width: float, outline: Array, skin: Material, density: float,
    *, level: bool = True, bumps: Array | None = None,
) -> None:  # fmt: skip
    """Add a fruit that lies along x on a flat facet; its height is 0.94 times its width.

    Args:
        part: part that receives the fruit.
        length: length along x [m].
        width: largest width [m].
        outline: relative position (-1..1) and relative radius (0..1) along the axis, shape [n, 2].
        skin: material of the fruit.
        density: bulk density [kg/m3].
        level: whether the axis is horizontal; otherwise the underside is.
        bumps: shift of each cross section sideways and up, relative to the radius, shape [n, 2].
    """
    radius, rings = width / 2, []
    for row, (place, share) in enumerate(outline):
        side, up = (0.0, 0.0) if bumps is None else bumps[row] * radius
        height = 0.88 * radius * (1.0 if level else share)
        at, across = (place * length / 2, side, height + up), 2 * radius * share
        rings.append(np.maximum(superellipse((across, across), at, 2, count=12, axis="x"), (-1, -1, 0)))
    hull(part, np.concatenate(rings), skin, fill=bulk(skin, density))


def _oval(point: float, blunt: float, steps: int = 9) -> Array:
    """Return an elliptic outline, tapered by `blunt` to the front, with relative end radius `point`."""
    place = np.sin(np.linspace(-1, 1, steps) * math.pi / 2)
    share = np.sqrt(np.maximum(1 - place**2, point**2)) * (1 - blunt * place)
    return np.column_stack([place, share / share.max()])


def lemon(builder: AssetBuilder, size: Vec3) -> float:
    """Build a lemon that lies on its side."""
    skin = builder.style.main("food", colours=("yellow",))
    outline = np.array([(-1, 0.13), (-0.9, 0.2), (-0.76, 0.56), (-0.4, 0.9), (0, 1), (0.4, 0.9), (0.76, 0.56),
                        (0.88, 0.26), (1, 0.17)])  # fmt: skip
    _lying(builder.part(), size[0], size[1], outline, skin, 950)
    return size[1]


def potato(builder: AssetBuilder, size: Vec3) -> float:
    """Build a lumpy potato with a few eyes."""
    depth, width, _ = size
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("tan", "beige", "copper"))
    outline = _oval(0.3, float(style.rng.uniform(-0.1, 0.1)), 8)
    _lying(part, depth, 0.9 * width, outline, skin, 1050, bumps=style.rng.uniform(-0.1, 0.1, (8, 2)))
    eyes = style.rng.uniform(-1, 1, (5, 2)) * (0.26 * depth, 0.2 * width)
    level = 0.80 * width
    spots = [((0.006, 0.004, 0.014), (x, y, level - 4 * x * x / depth - 8 * y * y / width)) for x, y in eyes]
    tiles(part, spots, toned(skin, 0.6))
    return width


def egg(builder: AssetBuilder, size: Vec3) -> float:
    """Build an egg that lies on its side."""
    skin = builder.style.main("food", colours=("beige", "white", "tan"))
    _lying(builder.part(), size[0], size[1], _oval(0.22, 0.16), skin, 950)
    return size[1]


def carrot(builder: AssetBuilder, size: Vec3) -> float:
    """Build a carrot with leaf stubs, its tip in front."""
    depth, width, _ = size
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("orange",))
    leaf, stub = style.part("food", "green"), 0.022
    outline = np.array([(-1, 0.6), (-0.94, 0.92), (-0.82, 1), (0, 0.74), (0.8, 0.36), (0.96, 0.2), (1, 0.1)])
    outline[:, 0] += stub / (depth - stub)
    _lying(part, depth - stub, width, outline, skin, 950, level=False)
    rear = -depth / 2 + stub
    for y in (-0.3, 0.0, 0.3):
        rise = width * (0.5 + 0.3 * float(style.rng.uniform(0, 1)))
        end = (rear - stub * (1 - abs(y)), y * width, rise)
        part.bar((rear, 0.4 * y * width, width * 0.4), end, 0.006, leaf, sides=5, collide=False)
    return width


def _crescent(size: Vec3, radii: Array, bend: float, lift: float) -> Array:
    """Return rings along a horizontal arc [m], shape [n, 12, 3].

    Args:
        size: depth, width, height of the crescent [m].
        radii: radii of the rings, relative to the largest, shape [n].
        bend: half the angle of the arc [rad].
        lift: height of the ends above the ground, relative to the largest radius.
    """
    radius = size[2] / 1.9
    turn = size[0] / 2 / math.sin(bend)
    rings = []
    for angle, share in zip(np.linspace(-bend, bend, len(radii)), radii, strict=True):
        flat = superellipse((2 * radius * share, 2 * radius * share), (0, 0, 0), 2, count=12, axis="x")
        outwards = np.array([math.sin(angle), math.cos(angle), 0.0])
        height = radius * (0.9 * share + lift * (1 - share))
        ring = turn * outwards + (0, -turn, height) + flat[:, 1:2] * outwards + flat * (0, 0, 1)
        rings.append(np.maximum(ring, (-1, -1, 0)))
    return np.array(rings)


def banana(builder: AssetBuilder, size: Vec3) -> float:
    """Build a banana that lies on its side."""
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("yellow",))
    dark = style.part("food", "brown")
    radii = np.array([0.34, 0.8, 0.97, 1.0, 1.0, 0.97, 0.82, 0.5, 0.3, 0.27])
    rings = _crescent(size, radii, float(style.rng.uniform(0.68, 0.85)), 0.14)
    for low, high in ((0, 4), (3, 7), (6, 10)):
        hull(part, rings[low:high].reshape(-1, 3), skin, fill=bulk(skin, 850))
    for end, before, thick in ((0, 1, 0.013), (9, 8, 0.010)):
        tip, inner = rings[end].mean(axis=0), rings[before].mean(axis=0)
        out = (tip - inner) / np.linalg.norm(tip - inner)
        part.bar(tip, tip + out * 0.006, thick, dark, sides=6, collide=False)
    return size[2]


def croissant(builder: AssetBuilder, size: Vec3) -> float:
    """Build a croissant of seven segments with three colliders."""
    style, part = builder.style, builder.part()
    crust = style.main("food", colours=("gold", "tan"))
    shades = (toned(crust, 0.92), toned(crust, 0.74))
    swell = np.array([0.22, 0.46, 0.72, 0.94, 0.72, 0.46, 0.22])
    shares = np.array([value * rise for value in swell for rise in (0.86, 1.06, 0.9)])
    rings = _crescent(size, shares, float(style.rng.uniform(0.9, 1.15)), 0.0)
    for roll in range(7):
        points = rings[max(0, 3 * roll - 1) : 3 * roll + 3].reshape(-1, 3)
        hull(part, points, shades[roll % 2], fill=bulk(crust, 330), collide=False)
    for low, high in ((0, 8), (7, 14), (13, 21)):
        add_collider(part, rings[low:high].reshape(-1, 3), crust)
    return size[2]


def add_collider(part: Part, points: Array, material: Material) -> None:
    """Add a convex collider without a visual and without mass."""
    part.solid(hull_mesh(points), material, [points], 0.0, visible=False)


def _round(size: Vec3, widest: float, crown: float, steps: int = 8) -> list[Vec3]:
    """Return the levels, see `stacked`, of a fruit on a flat base; `crown` is its relative top radius."""
    depth, width, height = size
    low, high = -math.acos(0.45), math.acos(crown)
    levels = []
    for angle in np.linspace(low, high, steps):
        share = math.sin(angle) / (math.sin(high) if angle > 0 else -math.sin(low))
        z = widest + share * (1 - widest if angle > 0 else widest)
        levels.append((z * height, depth * math.cos(angle), width * math.cos(angle)))
    return levels


def _calyx(part: Part, height: float, reach: float, leaf: Material, stalk: float) -> None:
    """Add a star of five leaves and a stalk on top of a fruit, without colliders."""
    for turn in np.arange(5) * 2 * math.pi / 5:
        tip = (reach * math.cos(turn), reach * math.sin(turn), height - 0.0015)
        part.bar((0, 0, height), tip, 0.007, leaf, end_thickness=0.001, sides=4, fill=0.0, collide=False)
    lean = (0.3 * stalk, 0.1 * stalk, height + stalk)
    part.bar((0, 0, height - 0.002), lean, 0.004, leaf, sides=6, fill=0.2, collide=False)


def tomato(builder: AssetBuilder, size: Vec3) -> float:
    """Build a tomato with its calyx."""
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("red", "red", "orange"))
    body = size[2] - 0.008
    stacked(part, _round((size[0], size[1], body), 0.48, 0.25), skin, fill=bulk(skin, 950))
    _calyx(part, body, size[0] * 0.3, style.part("food", "green"), 0.008)
    return size[1]


def pear(builder: AssetBuilder, size: Vec3) -> float:
    """Build an upright pear with a stalk."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("green", "yellow"))
    if style.attributes["color"] == "green":
        skin = _mixed(skin, style.part("food", "yellow"), 0.55)
    body, fill = height - 0.016, bulk(skin, 900)
    stacked(part, _round((depth, width, body * 0.68), 0.5, 0.66), skin, fill=fill)
    neck = [(0.6, 0.72), (0.72, 0.58), (0.86, 0.48), (0.95, 0.38), (1.0, 0.18)]
    stacked(part, [(z * body, r * depth, r * width) for z, r in neck], skin, fill=fill)
    part.bar(
        (0, 0, body - 0.004), (0.006, 0.002, height), 0.0035, style.part("wood", "walnut"), collide=False
    )
    return width


def onion(builder: AssetBuilder, size: Vec3) -> float:
    """Build an onion on its root end, with a dry tip."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("copper", "purple", "white"))
    body = height * 0.82
    stacked(part, _round((depth, width, body), 0.5, 0.3), skin, fill=bulk(skin, 950))
    neck = [(body * 0.93, 0.42), (body * 1.04, 0.19), (height, 0.10)]
    stacked(part, [(z, r * depth, r * width) for z, r in neck], toned(skin, 0.86), count=8, fill=0.5)
    return width


def bell_pepper(builder: AssetBuilder, size: Vec3) -> float:
    """Build a bell pepper of four lobes with its stalk up."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("red", "yellow", "green", "orange"))
    body = height - 0.018
    profile = [(0, 0.50), (0.06, 0.66), (0.3, 0.8), (0.6, 0.95), (0.8, 1.0), (0.94, 0.86), (1.0, 0.6)]
    for quarter in range(4):
        turn = (quarter + 0.5) * math.pi / 2
        at = (0.19 * depth * math.cos(turn), 0.19 * width * math.sin(turn))
        levels = [(z * body, 0.72 * r * depth, 0.72 * r * width) for z, r in profile]
        stacked(part, levels, skin, count=10, center=at, fill=bulk(skin, 380), collide=False)
    levels = [(z * body, r * depth * 0.98, r * width * 0.98) for z, r in profile]
    add_collider(
        part, np.concatenate([superellipse((x, y), (0, 0, z), 2, count=12) for z, x, y in levels]), skin
    )
    stalk = toned(style.part("food", "green"), 0.8)
    stacked(part, [(body - 0.004, 0.022, 0.022), (body + 0.002, 0.014, 0.014)], stalk, count=8, collide=False)
    part.bar((0, 0, body), (0.006, 0, height), 0.008, stalk, end_thickness=0.010, sides=6, collide=False)
    return width


def _toward(turn: float, rise: float) -> Array:
    """Return the unit vector of an azimuth `turn` and an elevation `rise` [rad]."""
    return np.array([math.cos(turn) * math.cos(rise), math.sin(turn) * math.cos(rise), math.sin(rise)])


def cabbage(builder: AssetBuilder, size: Vec3) -> float:
    """Build a cabbage: a pale head in leaves with white veins."""
    style, part = builder.style, builder.part()
    leaf = style.main("food", colours=("green", "green", "purple"))
    vein = style.part("food", "white")
    pale = style.part("food", "yellow") if style.attributes["color"] == "green" else vein
    head, wrap = _mixed(toned(leaf, 1.5), pale, 0.5), (_mixed(leaf, pale, 0.2), _mixed(leaf, pale, 0.32))
    stacked(part, _round((size[0] * 0.94, size[1] * 0.94, size[2]), 0.5, 0.25), head, fill=bulk(head, 750))
    half = np.array(size) / 2
    for number, start in enumerate(np.arange(5) * 2 * math.pi / 5 + float(style.rng.uniform(0, 1))):
        rise = float(style.rng.uniform(0.35, 0.75))
        rows = [(-0.85, 0.5), (-0.4, 1.0), (0.1, 1.0), (rise, 0.55)]
        points = [_toward(start + wide * t, u) for u, wide in rows for t in (-0.62, -0.35, 0.0, 0.35, 0.62)]
        hull(part, np.array(points) * half + (0, 0, half[2]), wrap[number % 2], fill=0.0, collide=False)
        ribs = [0.99 * half * _toward(start, u) + (0, 0, half[2]) for u in (-0.6, 0.0, rise - 0.1)]
        for low, high in itertools.pairwise(ribs):
            part.bar(
                low.tolist(),
                high.tolist(),
                0.006,
                vein,
                end_thickness=0.004,
                sides=4,
                fill=0.0,
                collide=False,
            )
    return size[1]


def watermelon(builder: AssetBuilder, size: Vec3) -> float:
    """Build a watermelon on a flat facet, with dark lengthwise stripes."""
    depth, width, _ = size
    style, part = builder.style, builder.part()
    skin = style.main("food", colours=("green",))
    light, dark = _mixed(skin, style.part("food", "yellow"), 0.4), toned(skin, 0.6)
    outline = _oval(0.16, 0.0, 9)
    _lying(part, depth, width, outline, light, 950)
    radius, level = width / 2, 0.44 * width
    for middle in np.arange(9) * 2 * math.pi / 9 + 0.35:
        points = []
        for place, share in outline[1:-1]:
            wide = 0.13 * float(style.rng.uniform(0.6, 1.3))
            for angle in (middle - wide, middle + wide):
                y, z = (radius * share + 0.001) * np.array([math.cos(angle), math.sin(angle)])
                points.append((place * depth / 2, y, max(z + level, 0.0004)))
        if min(z for _, _, z in points) > 0.0005:
            hull(part, points, dark, fill=0.0, collide=False)
    return 0.94 * width


FAMILIES = (
    Family("banana", "banana.n.02", (0.17, 0.055, 0.034), (0.20, 0.080, 0.038), banana, "banana",
           kinds=("fruit",), has_front=False),
    Family("lemon", "lemon.n.01", (0.082, 0.060, 0.056), (0.098, 0.070, 0.066), lemon, "lemon",
           kinds=("fruit",), has_front=False),
    Family("pear", "pear.n.01", (0.070, 0.070, 0.105), (0.080, 0.080, 0.130), pear, "pear",
           kinds=("fruit",), has_front=False),
    Family("tomato", "tomato.n.01", (0.066, 0.066, 0.060), (0.080, 0.080, 0.074), tomato, "beefsteak_tomato",
           has_front=False),
    Family("potato", "potato.n.01", (0.080, 0.058, 0.054), (0.105, 0.070, 0.066), potato, "potato",
           has_front=False),
    Family("onion", "onion.n.03", (0.068, 0.068, 0.072), (0.084, 0.084, 0.090), onion, "vidalia_onion",
           has_front=False),
    Family("carrot", "carrot.n.03", (0.17, 0.027, 0.028), (0.21, 0.034, 0.035), carrot, "carrot",
           has_front=False),
    Family("egg", "egg.n.02", (0.056, 0.043, 0.040), (0.063, 0.047, 0.044), egg, "egg", has_front=False),
    Family("croissant", "crescent_roll.n.01", (0.125, 0.075, 0.044), (0.155, 0.095, 0.055), croissant,
           "croissant", has_front=False),
    Family("watermelon", "watermelon.n.02", (0.24, 0.215, 0.20), (0.32, 0.25, 0.235), watermelon,
           "watermelon", has_front=False),
    Family("cabbage", "head_cabbage.n.02", (0.145, 0.145, 0.125), (0.18, 0.18, 0.155), cabbage,
           "head_cabbage", words=("lettuce", "head of cabbage", "head of lettuce"), has_front=False),
    Family("bell pepper", "bell_pepper.n.02", (0.070, 0.070, 0.090), (0.082, 0.082, 0.110), bell_pepper,
           "bell_pepper", words=("sweet pepper", "capsicum", "paprika"), has_front=False),
)  # fmt: skip
