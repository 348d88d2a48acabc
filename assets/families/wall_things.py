"""Curtains, lamps, coat hooks, radiators and range hoods."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families import boards
from sage.assets.families.forms import arc, bulk, hull, print_on, prism, tiles, tube
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES", "lit_shade"]

_CLOTH = 0.0011


def lit_shade(builder: AssetBuilder, kind: str = "glass", colour: str = "white") -> Material:
    """Return the material of a lit lamp shade, with a warm tint."""
    shade = builder.style.part(kind, colour)
    red, green, blue, _ = shade.rgba
    return shade.model_copy(update={"rgba": (min(1.0, 1.05 * red), green, 0.94 * blue, 1.0)})


def curtain(builder: AssetBuilder, size: Vec3) -> float:
    """Build a curtain in folds, 4 to 5 mm deep in total."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    cloth = style.main("fabric", colours=("beige", "white", "grey", "blue", "green", "red", "turquoise"))
    shade = [round(0.8 * value, 3) for value in cloth.rgba[:3]]
    dim = cloth.model_copy(update={"name": f"{cloth.name}_fold", "rgba": (*shade, 1.0)})
    folds = max(6, round(width / float(rng.uniform(0.036, 0.048))))
    per, reach = 12, (depth - _CLOTH) / 2
    steps = np.linspace(0, 1, folds * per + 1)
    warped = steps + 0.3 / folds * np.sin(
        2 * math.pi * steps * float(rng.uniform(1.5, 3)) + rng.uniform(0, 6)
    )
    levels = np.linspace(0, height, 5)
    drift = 0.08 * np.sin(levels / height * math.pi)[:, None] * np.sin(2 * math.pi * steps)
    waves = np.sin(2 * math.pi * folds * (warped + drift / folds))
    waves *= reach / np.abs(waves).max()
    y = (steps - 0.5) * width
    for low, high, material in _stripes(waves[2], dim, cloth):
        part.solid(_folded(y[low:high], levels, waves[:, low:high]), material, [], fill=2.0)
    return depth


def _stripes(wave: Array, valley: Material, ridge: Material) -> list[tuple[int, int, Material]]:
    """Split a wave into ridges and valleys, each (first column, column after the last, material)."""
    deep = wave < -0.45 * wave.max()
    cuts = [0, *(int(i) + 1 for i in np.flatnonzero(deep[1:] != deep[:-1])), len(wave) - 1]
    pairs = [(a, b) for a, b in pairwise(cuts) if b > a]
    return [(a, b + 1, valley if deep[a] else ridge) for a, b in pairs]


def _folded(y: Array, levels: Array, waves: Array) -> trimesh.Trimesh:
    """Return a sheet of cloth with x = `waves` [m], shape [levels, columns]."""
    rows, columns = waves.shape
    grid = np.stack([waves, np.broadcast_to(y, waves.shape), np.repeat(levels[:, None], columns, 1)], axis=2)
    faces_of = np.arange(rows * columns).reshape(rows, columns)
    a, b, c, d = (
        part.ravel() for part in (faces_of[:-1, :-1], faces_of[:-1, 1:], faces_of[1:, 1:], faces_of[1:, :-1])
    )
    front = np.concatenate([np.column_stack([a, b, c]), np.column_stack([a, c, d])])
    edge = np.concatenate([faces_of[0], faces_of[1:, -1], faces_of[-1, -2::-1], faces_of[-2:0:-1, 0]])
    after, behind = np.roll(edge, -1), rows * columns
    sides = np.concatenate(
        [
            np.column_stack([edge, edge + behind, after + behind]),
            np.column_stack([edge, after + behind, after]),
        ]
    )
    offset = np.array([_CLOTH / 2, 0, 0])
    vertices = np.concatenate([(grid + offset).reshape(-1, 3), (grid - offset).reshape(-1, 3)])
    faces = np.concatenate([front, front[:, ::-1] + behind, sides])
    return trimesh.Trimesh(vertices, faces, process=False)


def wall_lamp(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall lamp: a fabric half drum, a glass half bowl, or two shades or globes on arms."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    kind = int(style.rng.integers(4))
    metal = _plain(style.main("metal", colours=("gold", "black", "silver", "copper")))
    back, fill = -depth / 2, bulk(metal, 1500)
    if kind == 0:
        cloth = lit_shade(builder, "fabric", str(style.rng.choice(["white", "beige"])))
        prism(part, _bow(depth, width), 0.012, height - 0.012, cloth, axis=2, fill=bulk(cloth, 240))
        for z in (0.0, height - 0.012):
            prism(part, _bow(depth, width), z, z + 0.012, metal, axis=2, fill=fill)
        return depth
    if kind == 1:
        glass = lit_shade(builder)
        levels = [(0.45, 0.014), (0.62, 0.2 * height), (0.86, 0.6 * height), (1.0, height)]
        rings = [np.insert(_bow(share * depth, share * width, back), 2, z, axis=1) for share, z in levels]
        hull(part, np.concatenate(rings), glass, fill=bulk(glass, 420))
        prism(part, _bow(0.5 * depth, 0.5 * width, back), 0.0, 0.016, metal, axis=2, fill=fill)
        return depth
    radius = min(0.5 * (depth - 0.03), width / 4 - 0.006)
    seat = height - (2 * radius if kind == 2 else 0.6 * height)
    x, cup = depth / 2 - radius, seat - 0.022
    plate = (0.018, 0.10, 0.8 * height)
    part.box(plate, (back + 0.009, 0, 0.4 * height), metal, bevel=0.004, fill=bulk(metal, 3200))
    for side in (-1, 1):
        y = side * (width / 2 - radius)
        if kind == 2:
            glass = lit_shade(builder)
            _globe(part, radius, (x, y, height - radius), glass, bulk(glass, 600))
        else:
            cloth = lit_shade(builder, "fabric", "white")
            shade = [(radius, seat), (0.62 * radius, height)]
            part.lathe(shade, cloth, center=(x, y, 0), fill=bulk(cloth, 200))
        part.lathe(
            [(0.014, cup - 0.02), (0.03, cup), (0.03, seat + 0.004)], metal, center=(x, y, 0), fill=fill
        )
        bends = [(back + 0.015, 0.5 * y, 0.35 * height), (0.5 * (back + x), 0.8 * y, 0.3 * cup), (x, y, cup)]
        tube(part, bends, 0.014, metal, (-0.5 * y, x - back, 0), fill)
    return depth


def _plain(metal: Material) -> Material:
    """Return the metal without its brushed texture."""
    return metal.without_maps(name=f"smooth_{metal.name}", metallic=0.4)


def _bow(depth: float, width: float, back: float | None = None) -> Array:
    """Return half an ellipse of points (x, y) [m], with its straight side at x = `back`."""
    half = np.linspace(-math.pi / 2, math.pi / 2, 17)
    start = -depth / 2 if back is None else back
    return np.column_stack([start + depth * np.cos(half), width / 2 * np.sin(half)])


def _globe(part: Part, radius: float, center: Vec3, material: Material, fill: float) -> None:
    """Add a glass ball."""
    ball = trimesh.creation.icosphere(subdivisions=2, radius=radius)
    ball.apply_translation(center)
    rough = trimesh.creation.icosphere(subdivisions=1, radius=radius)
    part.solid(ball, material, [rough.vertices + np.asarray(center)], fill)


def ceiling_lamp(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ceiling lamp: a bowl, a drum, a dome or a chandelier."""
    style, part = builder.style, builder.part()
    rng = style.rng
    height, radius = size[2], min(size[:2]) / 2
    kinds = (_bowl,) if height < 0.19 else (_drum, _dome, _chandelier)
    metal = _plain(style.main("metal", colours=("black", "gold", "silver", "copper", "white")))
    build = kinds[int(rng.integers(len(kinds)))]
    plate = 0.022
    part.cylinder(0.065, plate, (0, 0, height - plate / 2), metal, fill=bulk(metal, 6500))
    build(builder, part, radius, height - plate, metal)
    return 2 * radius


def _bowl(builder: AssetBuilder, part: Part, radius: float, top: float, metal: Material) -> None:
    """Add a shallow bowl of frosted glass below a metal ring."""
    glass = lit_shade(builder)
    part.cylinder(radius, 0.03, (0, 0, top - 0.015), metal, fill=bulk(metal, 500))
    curve = arc((0.012, 0.018), (radius * 0.96, top - 0.03), steps=8)
    part.lathe(curve, glass, fill=bulk(glass, 220))
    part.lathe([(0.004, 0.0), (0.014, 0.012), (0.010, 0.024)], metal)


def _drum(builder: AssetBuilder, part: Part, radius: float, top: float, metal: Material) -> None:
    """Add a fabric drum on a rod, closed below by a pale disc."""
    cloth = lit_shade(
        builder, "fabric", str(builder.style.rng.choice(["white", "beige", "grey", "blue", "red"]))
    )
    pale = lit_shade(builder, "plastic")
    tall = 0.62 * top
    part.lathe([(radius, 0.0), (radius, tall)], cloth, fill=bulk(cloth, 80))
    part.cylinder(0.97 * radius, 0.002, (0, 0, 0.0), pale, fill=0.0, collide=False)
    part.cylinder(0.012, top - tall, (0, 0, (top + tall) / 2), metal, fill=0.6)


def _dome(builder: AssetBuilder, part: Part, radius: float, top: float, metal: Material) -> None:
    """Add a metal dome with a glass bulb on a cord."""
    glass, cord = lit_shade(builder), builder.style.part("rubber", "black")
    tall = min(0.62 * top, 0.8 * radius)
    curve = arc((radius, 0.03), (0.035, tall), -1.0, steps=8)
    part.lathe([(radius, 0.022), *curve], metal, fill=bulk(metal, 170))
    part.lathe([(0.02, 0.0), (0.6 * radius, 0.012), (0.7 * radius, 0.022)], glass, fill=0.3)
    part.cylinder(0.02, 0.05, (0, 0, tall + 0.025), metal)
    part.cylinder(0.004, top - tall, (0, 0, (top + tall) / 2), cord)


def _chandelier(builder: AssetBuilder, part: Part, radius: float, top: float, metal: Material) -> None:
    """Add a stem with bent arms, each with a cup and a globe."""
    glass = lit_shade(builder)
    arms, ball, fill = int(builder.style.rng.integers(5, 7)), 0.046, bulk(metal, 4500)
    part.lathe([(0.008, 0.0), (0.035, 0.03), (0.02, 0.07), (0.012, top)], metal, fill=fill)
    reach, seat = radius - ball, 0.42 * top
    for index in range(arms):
        turn = index * 2 * math.pi / arms
        out = np.array([math.cos(turn), math.sin(turn), 0.0])
        up = np.array([0.0, 0, 1])
        bends = [0.05 * up, 0.5 * reach * out + 0.02 * up, reach * out + seat * up]
        tube(part, [tuple(bend) for bend in bends], 0.012, metal, (-out[1], out[0], 0), fill)
        x, y = reach * out[:2]
        part.cylinder(0.022, 0.02, (x, y, seat), metal, top_radius=0.03, fill=0.5, collide=False)
        _globe(part, ball, (x, y, seat + 0.01 + 0.9 * ball), glass, bulk(glass, 900))


def coat_hooks(builder: AssetBuilder, size: Vec3) -> float:
    """Build a coat hook board with four to seven hooks or pegs."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = style.main("wood", "painted wood", colours=("oak", "walnut", "pine", "white", "black"))
    metal = style.part("metal", style.colour("metal", "black", "silver", "gold", "copper"))
    thick = 0.018
    back, front = -depth / 2, depth / 2
    face = back + thick
    pegs = rng.random() < 0.35
    board, low = (height, 0.0) if pegs else (0.72 * height, 0.28 * height)
    fill = bulk(wood, 420)
    part.box((thick, width, board), (back + thick / 2, 0, low + board / 2), wood, bevel=0.004, fill=fill)
    count = max(4, round(width / float(rng.uniform(0.15, 0.19))))
    for index in range(count):
        y = ((index + 0.5) / count - 0.5) * width
        if pegs:
            tip = (front - 0.010, y, 0.62 * height)
            part.bar((face, y, 0.4 * height), tip, 0.020, metal, fill=bulk(metal, 700))
            part.cylinder(0.019, 0.020, tip, metal, axis="x", fill=bulk(metal, 700))
        else:
            _hook(part, metal, (face, front), y, height)
    return depth


def _hook(part: Part, metal: Material, reach: tuple[float, float], y: float, height: float) -> None:
    """Add a double hook of cast metal between the board and the front [m]."""
    face, front = reach
    low, board = 0.28 * height, 0.72 * height
    part.box(
        (0.005, 0.026, 0.66 * board), (face + 0.0025, y, low + 0.5 * board), metal, bevel=0.0, collide=False
    )
    middle = face + 0.6 * (front - face)
    up = [(face, y, low + 0.55 * board), (middle, y, low + 0.5 * board), (front - 0.006, y, height - 0.016)]
    down = [(face, y, low + 0.3 * board), (face + 0.016, y, 0.006), (front - 0.02, y, 0.3 * height)]
    for bends in (up, down):
        tube(part, bends, 0.010, metal, (0, 1, 0), bulk(metal, 1200))
        x, _, z = bends[-1]
        part.bar((x - 0.006, y, z), (x + 0.006, y, z), 0.019, metal, collide=False, fill=0.2)


def radiator(builder: AssetBuilder, size: Vec3) -> float:
    """Build a radiator on feet: ribbed panels or columns of pipes."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    steel = style.main("sheet metal", colours=("white", "white", "white", "grey"))
    steel = steel.without_maps(metallic=0.0)
    metal = style.part("metal", "silver")
    foot, gap = 0.10, 0.025
    back, front = -depth / 2 + gap, depth / 2
    deep, tall = front - back, height - foot
    x, z = (back + front) / 2, foot + tall / 2
    fill = bulk(steel, 540)
    wide, left = width - 0.036, -0.018
    if rng.random() < 0.55:
        part.box((deep - 0.008, wide, tall), (x - 0.004, left, z), steel, bevel=0.006, fill=fill)
        ribs = round(wide / 0.055)
        ys = ((np.arange(ribs) + 0.5) / ribs - 0.5) * (wide - 0.02) + left
        tiles(part, [((0.012, 0.03, tall - 0.05), (front - 0.006, y, z - 0.005)) for y in ys], steel)
        slots = np.linspace(-0.46, 0.46, round(wide / 0.03)) * wide + left
        dark = style.part("plastic", "grey")
        tiles(part, [((0.6 * deep, 0.012, 0.001), (x, y, height)) for y in slots], dark)
    else:
        part.box((deep, wide, tall), (x, left, z), steel, bevel=0.0, fill=fill, visible=False)
        columns = round(wide / 0.05)
        for index in range(columns):
            y = left + ((index + 0.5) / columns - 0.5) * wide
            for at in (back + 0.016, front - 0.016):
                part.bar((at, y, foot), (at, y, height), 0.032, steel, fill=0.0, collide=False)
            for level in (foot + 0.02, height - 0.02):
                size_in = (deep - 0.004, 0.04, 0.04)
                part.box(size_in, (x, y, level), steel, bevel=0.008, fill=0.0, collide=False)
        for level in (foot + 0.03, height - 0.03):
            print_on(part, (0.03, wide, 0.03), (x, left, level), steel)
    for side in (-1, 1):
        part.box((deep, 0.03, foot), (x, side * 0.38 * width, foot / 2), steel, fill=bulk(steel, 800))
        bracket = (gap + 0.01, 0.04, 0.04)
        part.box(bracket, (back - gap / 2 + 0.005, side * 0.38 * width, height - 0.1), metal, fill=0.3)
    part.cylinder(
        0.018, 0.05, (x, width / 2 - 0.018, height - 0.06), style.part("plastic", "white"), fill=0.6
    )
    part.cylinder(0.01, height - 0.08, (x, width / 2 - 0.018, (height - 0.08) / 2), metal, fill=0.3)
    return depth


def range_hood(builder: AssetBuilder, size: Vec3) -> float:
    """Build a range hood: a chimney on a pyramid, on a flat slab or behind slanted glass."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    steel = style.main("sheet metal", colours=("silver", "silver", "black", "white", "grey"))
    dark, glow = style.part("plastic", "black"), lit_shade(builder, "plastic")
    back, front, fill = -depth / 2, depth / 2, bulk(steel, 130)
    pipe, kind = 0.28, int(rng.integers(3))
    lip = 0.05 if kind != 1 else 0.07
    rise = height * (float(rng.uniform(0.3, 0.4)) if kind == 0 else 0.16)
    part.box((depth, width, lip), (0, 0, lip / 2), steel, bevel=0.003, fill=fill)
    chimney = (pipe, pipe, height - rise)
    part.box(chimney, (back + pipe / 2, 0, (height + rise) / 2), steel, bevel=0.003, fill=fill)
    seam = (pipe + 0.006, pipe + 0.006, 0.004)
    print_on(part, seam, (back + seam[0] / 2, 0, 0.6 * height + 0.2 * rise), dark)
    if kind == 0:
        foot = np.array([(back, -width / 2), (front, -width / 2), (front, width / 2), (back, width / 2)])
        neck = np.array(
            [(back, -pipe / 2), (back + pipe, -pipe / 2), (back + pipe, pipe / 2), (back, pipe / 2)]
        )
        corners = np.concatenate([np.insert(foot, 2, lip, axis=1), np.insert(neck, 2, rise, axis=1)])
        hull(part, corners, steel, fill=fill)
    else:
        block = (0.8 * depth, 0.6 * width if kind == 1 else width, rise - lip)
        part.box(block, (back + 0.4 * depth, 0, (rise + lip) / 2), steel, bevel=0.004, fill=fill)
    if kind == 2:
        pane = style.part("glass", "white").model_copy(update={"rgba": (0.05, 0.06, 0.07, 1.0)})
        slope = [(front - 0.004, lip), (front, lip), (back + pipe + 0.03, 0.55 * height),
                 (back + pipe + 0.01, 0.55 * height)]  # fmt: skip
        prism(part, slope, -width / 2, width / 2, pane, axis=1, fill=0.5)
    for side in (-1, 1):
        print_on(part, (0.6 * depth, 0.42 * width, 0.003), (0, side * 0.23 * width, 0.001), dark)
        part.cylinder(0.03, 0.004, (front - 0.06, side * 0.3 * width, 0.001), glow, fill=0.0, collide=False)
    knobs = [((0.003, 0.016, 0.016), (front, (k - 2) * 0.032, lip / 2)) for k in range(5)]
    tiles(part, knobs, dark)
    return depth


FAMILIES = (
    *boards.FAMILIES,
    Family(
        "curtain", "curtain.n.01", (0.0044, 0.30, 2.0), (0.005, 0.50, 2.3), curtain, "",
        words=("drape", "window curtain"), mount="wall", fixed=True, covering=True,
    ),
    Family(
        "wall lamp", "room_light.n.01", (0.14, 0.22, 0.20), (0.20, 0.28, 0.28), wall_lamp,
        "wall_mounted_light",
        words=("sconce", "wall light", "wall sconce", "wall mounted lamp", "wall mounted light"),
        kinds=("lamp",), mount="wall", fixed=True,
    ),
    Family(
        "ceiling lamp", "room_light.n.01", (0.28, 0.28, 0.14), (0.44, 0.44, 0.34), ceiling_lamp, "",
        words=("ceiling light", "overhead light", "overhead lamp", "ceiling light fixture", "light fixture"),
        kinds=("lamp",), mount="ceiling", has_front=False, fixed=True,
    ),
    Family(
        "coat hooks", "hook_rack.n.01", (0.065, 0.50, 0.11), (0.085, 0.95, 0.16), coat_hooks, "hook_rack",
        words=("coat hook", "wall hook", "wall hooks", "hook rack", "hook"), mount="wall", fixed=True,
    ),
    Family(
        "radiator", "radiator.n.02", (0.10, 0.60, 0.55), (0.15, 1.2, 0.72), radiator, "radiator",
        mount="floor", fixed=True,
    ),
    Family(
        "range hood", "range_hood.n.01", (0.45, 0.60, 0.50), (0.50, 0.90, 0.80), range_hood, "range_hood",
        words=("extractor hood", "cooker hood", "kitchen hood", "extractor fan"), mount="wall", fixed=True,
    ),
)  # fmt: skip
