"""Potted plants for tables, floors, walls and ceilings."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, hull_mesh
from sage.assets.families.forms import band, bulk, sweep
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_UP = np.array([0.0, 0.0, 1.0])


def _blade(spine: Array, widths: Array, thickness: float = 0.002) -> trimesh.Trimesh:
    """Return a leaf of lens-shaped cross section along `spine`, shape [n, 3], of `widths`, shape [n] [m]."""
    lens = np.array([(0.5, 0.0), (0.0, 0.5), (-0.5, 0.0), (0.0, -0.5)])
    sections = lens * np.stack([widths, np.full(len(widths), thickness)], axis=1)[:, None]
    ahead = spine[-1] - spine[0]
    return sweep(spine, sections, (-ahead[0], -ahead[1], abs(ahead[2]) + math.hypot(ahead[0], ahead[1])))


def _arching(rng: np.random.Generator, root: float, size: Vec3) -> list[trimesh.Trimesh]:
    """Return long leaves that rise from the soil at height `root` [m] and bend outwards, some upright."""
    depth, width, height = size
    leaves = []
    steps = np.linspace(0, 1, 7)
    for index in range(18):
        turn = index * math.pi / 2 if index < 4 else float(rng.uniform(0, 2 * math.pi))
        out = 1.0 if index < 4 else float(rng.uniform(0.25, 0.95))
        top = (height - root) * (1.0 if index == 4 else float(rng.uniform(0.55, 0.9)) * (1.1 - 0.45 * out))
        if index == 4:
            out = 0.12
        bend = steps ** (1.0 + 0.9 * out)
        rise = top * (steps * (1 + 0.9 * out) - 0.9 * out * steps**2.2)
        spine = np.column_stack(
            [
                bend * out * depth / 2 * math.cos(turn),
                bend * out * width / 2 * math.sin(turn),
                root - 0.004 + rise,
            ]
        )
        widths = 0.030 * np.sin(0.35 + steps * (math.pi - 0.40)) * float(rng.uniform(0.8, 1.2))
        leaves.append(_blade(spine, np.maximum(widths, 0.001)))
    return leaves


def _bushy(rng: np.random.Generator, root: float, size: Vec3) -> list[trimesh.Trimesh]:
    """Return stems with broad leaves at their ends, from the soil at height `root` [m]."""
    depth, width, height = size
    leaves = []
    steps = np.linspace(0, 1, 6)
    for index in range(26):
        turn = index * math.pi / 2 if index < 4 else index * 2.4
        level = 0.30 if index < 4 else 0.15 + 0.7 * (index - 4) / 21
        out = 1.0 if index < 4 else float(rng.uniform(0.75, 1.0)) * math.sqrt(max(0.0, 1 - level**2.5))
        z = root + (height - root) * level
        tip = np.array([out * depth / 2 * math.cos(turn), out * width / 2 * math.sin(turn), z])
        tip[2] = height if index == 25 else min(z + 0.02, height)
        start = np.array([0.0, 0.0, root - 0.004])
        knee = np.array([tip[0] * 0.5, tip[1] * 0.5, z - 0.02 + 0.3 * (height - z) * (index != 25)])
        share = steps[:, None]
        stem = (1 - share) ** 2 * start + 2 * share * (1 - share) * (
            start * [1, 1, 0.4] + knee * [0.5, 0.5, 0.6]
        )
        stem = stem + share**2 * knee
        leaves.append(_blade(stem, np.full(6, 0.004), 0.004))
        arch = np.array([0, 0, 0.010]) * np.sin(math.pi * share)
        leaf = knee + share * (tip - knee) + arch
        length = float(np.linalg.norm(tip - knee))
        leaves.append(_blade(leaf, np.maximum(0.62 * length * np.sin(math.pi * steps**0.8), 0.001)))
    return leaves


def plant(builder: AssetBuilder, size: Vec3) -> float:
    """Build a potted plant: arching leaves, or stems with broad leaves."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("ceramic", colours=("white", "copper", "grey", "beige", "blue", "black"))
    reach = min(depth, width) / 2
    radius, tall = reach * float(rng.uniform(0.60, 0.68)), height * float(rng.uniform(0.34, 0.40))
    base = radius * float(rng.uniform(0.72, 0.9))
    body = [(base, 0.0), (radius - 0.003, tall - 0.022), (radius, tall - 0.021), (radius, tall)]
    part.lathe(body, material, fill=bulk(material, 550))
    band(part, radius, tall - 0.001, tall + 0.008, material, width=0.006)
    soil = style.part("stone", "brown")
    earth = [
        (base - 0.006, 0.010),
        (radius - 0.008, tall - 0.010),
        (radius - 0.005, tall),
        (radius - 0.005, tall + 0.004),
    ]
    part.lathe(earth, soil, fill=bulk(soil, 1450), collide=False)
    grow = _arching if rng.random() < 0.5 else _bushy
    leaves = grow(rng, tall, size)
    greens = [style.part("plastic", "green") for _ in range(2)]
    for index, leaf in enumerate(leaves):
        part.solid(leaf, greens[index % 2], [], fill=0.4)
    middle = tall + 0.5 * (height - tall)
    crown = [
        (0.4 * depth * math.cos(a), 0.4 * width * math.sin(a), middle) for a in np.arange(8) * math.pi / 4
    ]
    points = np.array([(0, 0, tall), *crown, (0, 0, height - 0.01)])
    part.solid(hull_mesh(points), greens[0], [points], fill=0.004, visible=False)
    return 2 * radius


def _out(turn: float) -> Array:
    return np.array([math.cos(turn), math.sin(turn), 0.0])


def _spot(point: Array) -> Vec3:
    x, y, z = (float(value) for value in point)
    return x, y, z


def _fitted(leaves: Sequence[trimesh.Trimesh], low: Vec3, high: Vec3) -> Sequence[trimesh.Trimesh]:
    """Scale leaves so that their common bounding box has the corners `low` and `high` [m]."""
    least = np.min([leaf.bounds[0] for leaf in leaves], axis=0)
    most = np.max([leaf.bounds[1] for leaf in leaves], axis=0)
    scale = (np.array(high) - low) / (most - least)
    for leaf in leaves:
        leaf.vertices = (leaf.vertices - least) * scale + low
    return leaves


def _leafy(builder: AssetBuilder, part: Part, leaves: Sequence[trimesh.Trimesh], fill: float) -> None:
    """Add leaves in two shades of green, without colliders."""
    greens = [builder.style.part("plastic", "green") for _ in range(2)]
    for index, green in enumerate(greens):
        half = leaves[index::2]
        starts = np.cumsum([0, *(len(leaf.vertices) for leaf in half[:-1])])
        faces = np.concatenate([leaf.faces + start for leaf, start in zip(half, starts, strict=True)])
        mesh = trimesh.Trimesh(np.concatenate([leaf.vertices for leaf in half]), faces, process=False)
        part.solid(mesh, green, [], fill=fill)


def _crown(part: Part, points: Array, material: Material) -> None:
    """Add the convex hull of points as an invisible collider for leaves."""
    part.solid(hull_mesh(points), material, [points], fill=0.004, visible=False)


def _tall_pot(builder: AssetBuilder, part: Part, radius: float, tall: float) -> None:
    """Add a floor pot filled with soil: conical, cylindrical, square or a basket."""
    style, rng = builder.style, builder.style.rng
    kind = str(rng.choice(["cone", "cylinder", "square", "basket"]))
    if kind == "basket":
        material = style.main("wicker", colours=("beige", "brown", "white"))
        body = [(0.82 * radius, 0.0), (radius, 0.45 * tall), (0.9 * radius, tall)]
    else:
        colours = ("white", "grey", "black", "beige", "copper", "turquoise")
        material = style.main("ceramic", "ceramic", "stone", colours=colours)
        foot = {"cone": 0.68, "cylinder": 0.96, "square": 1.0}[kind]
        body = [(foot * radius, 0.0), (radius, tall)]
    soil = style.part("stone", "brown")
    if kind == "square":
        side = 1.7 * radius
        part.box((side, side, tall), (0, 0, tall / 2), material, bevel=0.008, fill=bulk(material, 420))
        part.box(
            (side - 0.03, side - 0.03, 0.01), (0, 0, tall - 0.002), soil, bevel=0.0, fill=0.3, collide=False
        )
        return
    part.lathe(body, material, fill=bulk(material, 420))
    band(part, body[-1][0], tall - 0.002, tall + 0.014, material, width=0.012)
    part.cylinder(body[-1][0] - 0.01, 0.01, (0, 0, tall - 0.002), soil, fill=0.3, collide=False)


def _frond(
    rng: np.random.Generator, root: Array, turn: float, out: float, rise: float
) -> list[trimesh.Trimesh]:
    """Return a palm frond: an arched rib with leaflets, extending `out` and `rise` from its root [m]."""
    share = np.linspace(0, 1, 9)
    droop = rise * (1.9 * share - 0.9 * share**2.4) if rise > 0 else rise * share
    spine = root + np.outer(out * share**1.25, _out(turn)) + np.outer(droop, _UP)
    leaves = [_blade(spine, np.linspace(0.014, 0.004, 9), 0.008)]
    long = 0.34 * math.hypot(out, rise)
    for at in np.linspace(0.26, 1.0, 11):
        base = np.array([np.interp(at, share, spine[:, axis]) for axis in range(3)])
        reach = long * math.sin(0.5 + 2.2 * at) * float(rng.uniform(0.85, 1.1))
        for side in (-1, 1):
            lean = turn + side * (1.15 - 0.75 * at)
            tip = base + reach * (_out(lean) * 0.93) - _UP * reach * float(rng.uniform(0.25, 0.5))
            middle = 0.5 * (base + tip) + 0.1 * reach * _UP
            leaves.append(_blade(np.array([base, middle, tip]), np.array([0.012, 0.034, 0.002])))
    return leaves


def _palm(rng: np.random.Generator, root: float, size: Vec3) -> tuple[list[trimesh.Trimesh], list[Array]]:
    """Return arching fronds, and no stems."""
    height = size[2]
    leaves: list[trimesh.Trimesh] = []
    for index in range(12):
        turn = index * 2.4 + float(rng.uniform(-0.2, 0.2))
        level = 1.0 - 0.055 * index
        start = np.array([0, 0, root]) + 0.03 * _out(turn)
        out = size[0] / 2 * (0.35 + 0.6 * index / 11)
        leaves += _frond(rng, start, turn, out, (height - root) * level * 0.92)
    return leaves, []


def _broad(base: Array, turn: float, long: float, lift: float) -> trimesh.Trimesh:
    """Return a broad leaf that grows outwards from a point, with a drooping tip."""
    share = np.linspace(0, 1, 6)
    rise = long * (lift * share - 0.75 * share**2)
    spine = base + np.outer(long * share * 0.9, _out(turn)) + np.outer(rise, _UP)
    widths = np.array([0.006, 0.30, 0.46, 0.60, 0.52, 0.01]) * long
    return _blade(spine, widths, 0.003)


def _fig(rng: np.random.Generator, root: float, size: Vec3) -> tuple[list[trimesh.Trimesh], list[Array]]:
    """Return large leaves around the upper part of one to three stems, and the stems."""
    depth, height = size[0], size[2]
    leaves, stems = [], []
    count = int(rng.integers(1, 4))
    for index in range(count):
        turn = index * 2.1 + float(rng.uniform(0, 0.5))
        top = height * (0.97 - 0.13 * index)
        lean = 0.0 if count == 1 else 0.16 * depth
        stem = np.array([0, 0, root - 0.02]) + np.outer([0.1, 0.5, 1.0], lean * _out(turn))
        stem[:, 2] = [root - 0.02, root + 0.45 * (top - root), top - 0.04]
        stems.append(stem)
        for k, share in enumerate(np.linspace(0.36, 1.0, 18 if count == 1 else 12)):
            base = np.array([np.interp(share, [0, 0.5, 1], stem[:, axis]) for axis in range(3)])
            long = min(0.25, 0.42 * depth) * (1.1 - 0.4 * share) * float(rng.uniform(0.85, 1.15))
            leaves.append(_broad(base, k * 2.4 + index, long, 0.35 + 0.75 * share**3))
    return leaves, stems


def _canopy(rng: np.random.Generator, root: float, size: Vec3) -> tuple[list[trimesh.Trimesh], list[Array]]:
    """Return small leaves that fill a round crown, and a forked trunk."""
    depth, height = size[0], size[2]
    fork = root + 0.42 * (height - root)
    stems = [
        np.array([(0.0, 0.0, root - 0.02), (0.012, -0.01, root + 0.5 * (fork - root)), (0.0, 0.0, fork)])
    ]
    middle = np.array([0, 0, height - 0.3 * (height - root)])
    radii = np.array([0.46 * depth, 0.46 * depth, 0.28 * (height - root)])
    leaves = []
    for index in range(7):
        turn, up = index * 2.4, -0.35 + 1.2 * index / 6
        tip = middle + radii * 0.62 * (_out(turn) * math.sqrt(max(0.1, 1 - up**2)) + up * _UP)
        stems.append(
            np.array([(0.0, 0.0, fork - 0.01), 0.5 * (np.array([0, 0, fork]) + tip) + 0.02 * _UP, tip])
        )
    for index in range(170):
        up = 1 - 2 * (index + 0.5) / 170
        across = math.sqrt(1 - up**2)
        turn = index * 2.39996
        shell = float(rng.uniform(0.55, 1.0))
        at = middle + radii * shell * (across * _out(turn) + up * _UP)
        long = float(rng.uniform(0.085, 0.125))
        share = np.linspace(0, 1, 4)
        swing = turn + float(rng.normal(0, 0.7))
        spine = (
            at
            + np.outer(long * share, _out(swing))
            + np.outer(long * (0.35 * up * share - 0.3 * share**2), _UP)
        )
        leaves.append(_blade(spine, np.array([0.004, 0.5, 0.42, 0.01]) * long, 0.002))
    return leaves, stems


def _swords(rng: np.random.Generator, root: float, size: Vec3) -> tuple[list[trimesh.Trimesh], list[Array]]:
    """Return stiff upright leaves that taper to a point, and no stems."""
    depth, height = size[0], size[2]
    leaves = []
    share = np.linspace(0, 1, 6)
    for index in range(15):
        turn = index * (2.4 if index < 11 else math.pi / 2)
        start = 0.1 * depth * math.sqrt(index / 14) * _out(turn) + np.array([0, 0, root - 0.01])
        out = 0.02 + 0.4 * depth * (index / 14)
        tall = (height - root) * (1 - 0.35 * index / 14) * float(rng.uniform(0.85, 1.0))
        spine = start + np.outer(out * share**1.6, _out(turn)) + np.outer(tall * share, _UP)
        widths = np.array([0.045, 0.07, 0.08, 0.07, 0.045, 0.002]) * min(1.3, 0.25 + 0.8 * height)
        leaves.append(_blade(spine, widths, 0.006))
    return leaves, []


_Grown = Callable[[np.random.Generator, float, Vec3], tuple[list[trimesh.Trimesh], list[Array]]]


def _standing(*growths: _Grown) -> Callable[[AssetBuilder, Vec3], float]:
    """Return a build function for floor plants that picks one of these growth functions at random."""

    def build(builder: AssetBuilder, size: Vec3) -> float:
        depth, width, height = size
        style, part = builder.style, builder.part()
        grow = growths[int(style.rng.integers(len(growths)))]
        radius = min(0.34 * depth, 0.19)
        tall = min(radius * float(style.rng.uniform(1.5, 1.9)), 0.3 * height)
        _tall_pot(builder, part, radius, tall)
        leaves, stems = grow(style.rng, tall, size)
        low = min(float(leaf.bounds[0][2]) for leaf in leaves)
        _fitted(leaves, (-depth / 2, -width / 2, low), (depth / 2, width / 2, height))
        bark = style.part("wood", "walnut")
        for index, stem in enumerate(stems):
            thick = (0.03, 0.022) if index == 0 else (0.018, 0.01)
            for (a, b), wide in zip(pairwise(stem), thick, strict=True):
                part.bar(_spot(a), _spot(b), wide, bark, end_thickness=0.85 * wide, collide=index == 0)
        _leafy(builder, part, leaves, 0.4)
        base = max(low, tall) + 0.1 * (height - max(low, tall))
        half = [
            0.32 * depth * _out(a) + _UP * (0.6 * height + 0.4 * base) for a in np.arange(8) * math.pi / 4
        ]
        _crown(part, np.array([_UP * base, *half, _UP * (height - 0.02)]), style.part("plastic", "green"))
        return 2 * radius

    return build


def _vine(
    rng: np.random.Generator, start: Array, turn: float, out: float, drop: float
) -> list[trimesh.Trimesh]:
    """Return a stem with leaves that bends over the edge of a pot, `out` [m], and hangs down, `drop` [m]."""
    share = np.linspace(0, 1, 8)
    over = out * np.minimum(1.0, 3.0 * share) ** 0.6
    spine = (
        start
        + np.outer(over, _out(turn))
        + np.outer(0.05 * np.sin(math.pi * share**0.5) - drop * share**1.6, _UP)
    )
    leaves = [_blade(spine, np.full(8, 0.004), 0.004)]
    for at in np.linspace(0.12, 1.0, max(4, round(drop / 0.045) + 4)):
        base = np.array([np.interp(at, share, spine[:, axis]) for axis in range(3)])
        heading = turn + float(rng.uniform(-1.5, 1.5))
        long = float(rng.uniform(0.05, 0.085)) * (1.1 - 0.4 * at)
        steps = np.linspace(0, 1, 4)
        leaf = (
            base
            + np.outer(long * steps, _out(heading))
            + np.outer(long * (0.25 * steps - 0.8 * steps**2), _UP)
        )
        leaves.append(_blade(leaf, np.array([0.1, 0.75, 0.6, 0.02]) * long, 0.002))
    return leaves


def hanging_plant(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ceiling-mounted plant: a pot on cords with trailing leaves."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    pot = style.main("ceramic", "ceramic", "wicker", colours=("white", "copper", "grey", "beige", "black"))
    cord, metal = style.part("fabric", "beige"), style.part("metal", "silver")
    radius = 0.27 * min(depth, width)
    tall = 1.35 * radius
    low = height - float(rng.uniform(0.62, 0.68)) * height
    rim = low + tall
    body = [(0.5 * radius, low), (0.85 * radius, low + 0.35 * tall), (radius, rim - 0.02), (radius, rim)]
    part.lathe(body, pot, fill=bulk(pot, 560))
    part.cylinder(radius - 0.012, 0.008, (0, 0, rim), style.part("stone", "brown"), fill=0.3, collide=False)
    knot = height - 0.07
    for index in range(4):
        out = _out(index * math.pi / 2 + 0.4)
        edge = _spot(out * (radius + 0.004) + _UP * (rim - 0.01))
        under = _spot(0.55 * radius * out + _UP * (low - 0.004))
        part.bar((0, 0, knot), edge, 0.007, cord, sides=5, fill=0.5)
        part.bar(edge, under, 0.007, cord, sides=5, fill=0.5, collide=False)
    part.cylinder(0.012, 0.03, (0, 0, low - 0.01), cord, top_radius=0.02, collide=False)
    part.bar((0, 0, knot - 0.005), (0, 0, height - 0.01), 0.01, cord, fill=0.5)
    part.cylinder(0.03, 0.012, (0, 0, height - 0.006), metal, fill=0.3)
    leaves: list[trimesh.Trimesh] = []
    for index in range(15):
        turn = index * 2.4
        start = 0.5 * radius * _out(turn) + _UP * (rim + 0.005)
        drop = (0.0, 0.3, 0.65, 1.0)[index % 4] * rim + 0.03
        leaves += _vine(rng, start, turn, 0.7 * radius + 0.06 * (index % 3), drop)
    top = max(float(leaf.bounds[1][2]) for leaf in leaves)
    _fitted(leaves, (-depth / 2, -width / 2, 0.0), (depth / 2, width / 2, top))
    _leafy(builder, part, leaves, 0.4)
    return 2 * radius


def wall_plant(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted plant: a half pot with its flat back at -x and trailing leaves."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    pot = style.main("ceramic", "painted metal", colours=("white", "grey", "copper", "beige", "black"))
    back, across = -depth / 2, 0.62 * width
    rim, low = 0.72 * height, 0.34 * height
    half = np.linspace(-math.pi / 2, math.pi / 2, 13)
    rings = [
        np.column_stack(
            [back + r * 0.6 * depth * np.cos(half), r * across / 2 * np.sin(half), np.full(13, z)]
        )
        for r, z in ((0.6, low), (0.9, 0.5 * (low + rim)), (1.0, rim - 0.012), (1.0, rim))
    ]
    points = np.concatenate(rings)
    part.solid(hull_mesh(points), pot, [points], fill=bulk(pot, 520))
    soil = np.concatenate([rings[-1] * (0.94, 0.9, 1.0) + (0.001, 0, dz) for dz in (0.0, 0.004)])
    part.solid(hull_mesh(soil), style.part("stone", "brown"), [], fill=0.3)
    leaves: list[trimesh.Trimesh] = []
    for index in range(13):
        turn = -1.35 + 2.7 * index / 12
        start = np.array([back + 0.12 * depth, 0.25 * across * math.sin(turn), rim + 0.005])
        drop = (0.0, 0.35, 0.7, 1.0)[(3 * index) % 4] * rim + 0.02
        leaves += _vine(rng, start, turn, 0.4 * depth + 0.25 * across * abs(math.sin(turn)), drop)
    for turn in np.linspace(-1.2, 1.2, 7):
        leaves.append(_broad(np.array([back + 0.2 * depth, 0.0, rim]), turn, 0.12, 1.8 - 0.4 * abs(turn)))
    _fitted(leaves, (back + 0.004, -width / 2, 0.0), (depth / 2, width / 2, height))
    _leafy(builder, part, leaves, 0.4)
    return depth


FAMILIES = (
    Family(
        "plant", "pot_plant.n.01", (0.21, 0.21, 0.31), (0.28, 0.28, 0.44), plant, "pot_plant",
        words=("potted plant", "houseplant", "pot plant", "house plant", "indoor plant", "table plant",
               "desk plant", "tabletop plant", "small plant"),
        has_front=False,
    ),
    Family(
        "floor plant", "pot_plant.n.01", (0.52, 0.52, 0.95), (0.8, 0.8, 1.6),
        _standing(_palm, _fig, _canopy, _swords), "",
        words=("large plant", "big plant", "tall plant", "large potted plant", "tall potted plant",
               "big potted plant", "standing plant", "floor potted plant", "floor standing plant",
               "corner plant", "floor planter", "floor snake plant", "bird of paradise", "dracaena", "yucca"),
        kinds=("plant", "potted plant"), mount="floor", has_front=False, mass=14.0,
    ),
    Family(
        "potted tree", "tree.n.01", (0.56, 0.56, 1.2), (0.85, 0.85, 1.75), _standing(_fig, _canopy), "",
        words=("indoor tree", "tree in a pot", "ficus", "ficus tree", "fiddle leaf fig", "fiddle leaf",
               "fiddle leaf fig tree", "fig tree", "rubber plant", "rubber tree", "lemon tree",
               "citrus tree", "small tree", "floor tree"),
        kinds=("tree", "plant", "potted plant"), mount="floor", has_front=False, mass=15.0,
    ),
    Family(
        "palm", "palm.n.03", (0.7, 0.7, 1.2), (1.0, 1.0, 1.8), _standing(_palm), "",
        words=("palm tree", "potted palm", "palm plant", "areca palm", "kentia palm", "indoor palm",
               "parlor palm", "floor palm"),
        kinds=("tree", "plant", "potted plant"), mount="floor", has_front=False, mass=14.0,
    ),
    Family(
        "snake plant", "mother-in-law's_tongue.n.01", (0.2, 0.2, 0.38), (0.28, 0.28, 0.55),
        _standing(_swords), "",
        words=("sansevieria", "mother in law's tongue"), kinds=("plant", "potted plant"), has_front=False,
        mass=1.2,
    ),
    Family(
        "ceiling plant", "pot_plant.n.01", (0.44, 0.44, 0.7), (0.58, 0.58, 1.0), hanging_plant,
        "hanging_plant",
        words=("hanging plant", "hanging planter", "hanging potted plant", "ceiling planter",
               "ceiling potted plant", "hanging pot", "hanging basket", "hanging houseplant",
               "ceiling houseplant", "macrame planter", "macrame plant hanger"),
        kinds=("plant", "potted plant"), mount="ceiling", has_front=False, fixed=True,
    ),
    Family(
        "wall plant", "pot_plant.n.01", (0.2, 0.3, 0.42), (0.28, 0.44, 0.62), wall_plant, "",
        words=("wall planter", "wall mounted planter", "wall potted plant", "wall mounted plant"),
        kinds=("plant", "potted plant"), mount="wall", fixed=True, mass=2.2,
    ),
)  # fmt: skip
