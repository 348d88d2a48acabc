"""Party and holiday decorations: lanterns, string lights, disco balls and Christmas trees."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Literal

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, hull_mesh
from sage.assets.families.forms import band, bulk, ellipsoid, prism, tiles
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]


def _glowing(builder: AssetBuilder, colour: str = "white") -> Material:
    """Return a warm-tinted material that looks lit from inside."""
    base = builder.style.part("paper", colour).without_maps(name=f"glow_{colour}")
    red, green, blue, _ = base.rgba
    return base.model_copy(update={"rgba": (min(1.0, 1.08 * red), green, 0.92 * blue, 1.0)})


def paper_lantern(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ceiling-mounted paper lantern on a cord: a ribbed ball or barrel."""
    style, part = builder.style, builder.part()
    rng = style.rng
    height, radius = size[2], min(size[:2]) / 2
    paper = style.main("paper", colours=("white", "white", "red", "yellow", "pink", "orange", "turquoise"))
    paper = paper.without_maps(name=f"lantern_{paper.name}")
    wire, cord = style.part("metal", "black"), style.part("rubber", "black")
    barrel = rng.random() < 0.3
    tassel = 0.09 if "red" in paper.name else 0.0
    tall = min(1.9 * radius if not barrel else 1.5 * radius, height - tassel - 0.08)
    ribs = 15
    mouth, power = 0.3, 0.5 if not barrel else 0.32
    steps = np.linspace(-1, 1, 2 * ribs + 1)
    swell = np.maximum(1 - steps**2, 0.0) ** power
    profile = [
        (
            radius * (mouth + (1 - mouth) * wide) * (0.975 if index % 2 else 1.0),
            tassel + tall * (level + 1) / 2,
        )
        for index, (level, wide) in enumerate(zip(steps, swell, strict=True))
    ]
    part.lathe(profile, paper, fill=bulk(paper, 9), collide=False)
    turn = np.arange(12) * 2 * math.pi / 12
    rough = np.concatenate(
        [np.column_stack([r * np.cos(turn), r * np.sin(turn), np.full(12, z)]) for r, z in profile[::5]]
    )
    part.solid(hull_mesh(rough), paper, [rough], fill=0.0, visible=False)
    for z in (tassel, tassel + tall):
        band(part, mouth * radius + 0.003, z - 0.004, z + 0.004, wire, width=0.006)
    if tassel:
        gold = style.part("fabric", "yellow")
        part.cylinder(0.010, 0.02, (0, 0, tassel - 0.012), gold, fill=0.5, collide=False)
        part.cylinder(0.016, tassel - 0.02, (0, 0, (tassel - 0.02) / 2), style.part("fabric", "red"),
                      top_radius=0.007, fill=0.5, collide=False)  # fmt: skip
    top = tassel + tall
    part.bar((-mouth * radius, 0, top), (mouth * radius, 0, top), 0.004, wire, collide=False)
    part.cylinder(0.003, height - top, (0, 0, (height + top) / 2), cord)
    part.cylinder(0.03, 0.014, (0, 0, height - 0.007), style.part("plastic", "white"), fill=0.5)
    return 2 * radius


def lantern(builder: AssetBuilder, size: Vec3) -> float:
    """Build a standing lantern: four panes in a frame, a roof with a ring, and a candle inside."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame = style.main("metal", "wood", colours=("black", "copper", "white", "silver", "oak", "walnut"))
    if frame.metallic > 0.5:
        frame = frame.without_maps(name=f"smooth_{frame.name}", metallic=0.4)
    side, fill = min(depth, width), bulk(frame, 1500)
    base, roof, ring = 0.022, 0.62 * height, 0.12 * height
    part.box((side, side, base), (0, 0, base / 2), frame, bevel=0.003, fill=fill)
    half = side / 2 - 0.014
    post = 0.014
    glass = style.part("glass", "white").model_copy(update={"rgba": (0.9, 0.95, 0.97, 0.16)})
    for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1)):
        place = (a * half, b * half, (roof + base) / 2)
        part.box((post, post, roof - base), place, frame, bevel=0.002, fill=fill)
    for sign in (-1, 1):
        tall, z = roof - base, (roof + base) / 2
        part.box((0.003, 2 * half - post, tall), (sign * half, 0, z), glass, bevel=0.0, fill=0.6)
        part.box((2 * half - post, 0.003, tall), (0, sign * half, z), glass, bevel=0.0, fill=0.6)
    part.box((side, side, 0.012), (0, 0, roof + 0.006), frame, bevel=0.002, fill=fill)
    start = roof + 0.012
    corners = np.array([(1, 1), (-1, 1), (-1, -1), (1, -1)]) / 2
    peak = height - ring
    points = np.concatenate(
        [
            np.insert(corners * wide, 2, z, axis=1)
            for wide, z in ((0.92 * side, start), (0.3 * side, peak - 0.02), (0.3 * side, peak))
        ]
    )
    part.solid(hull_mesh(points), frame, [points], fill=0.25 * fill)
    turn = np.linspace(-0.5 * math.pi, 1.5 * math.pi, 13)
    radius = ring / 2 - 0.003
    loop = [(0.0, radius * math.cos(t), peak + ring / 2 + radius * math.sin(t)) for t in turn]
    for a_, b_ in pairwise(loop):
        part.bar(a_, b_, 0.006, frame, fill=0.8)
    wax, flame = style.part("food", "white"), style.part("food", "yellow")
    tall = 0.4 * (roof - base)
    part.cylinder(0.24 * side, tall, (0, 0, base + tall / 2), wax, fill=0.9)
    ellipsoid(part, (0.007, 0.007, 0.016), (0, 0, base + tall + 0.018), flame, fill=0.0, collide=False)
    return side


def string_lights(builder: AssetBuilder, size: Vec3) -> float:
    """Build wall-mounted string lights that sag between pins."""
    return _string(builder, size, "x")


def ceiling_string_lights(builder: AssetBuilder, size: Vec3) -> float:
    """Build ceiling-mounted string lights that sag between pins."""
    return _string(builder, size, "z")


def _string(builder: AssetBuilder, size: Vec3, pinned: Literal["x", "z"]) -> float:
    """Build string lights with pins towards the wall (`x`) or the ceiling (`z`)."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    cord = style.main("rubber", colours=("black", "white", "green"))
    many = style.requested.get("color") is None and rng.random() < 0.25
    tones = ("red", "yellow", "green", "blue", "orange") if many else ("yellow",)
    warm = _glowing(builder, "white").model_copy(update={"name": "glow_warm", "rgba": (1.0, 0.86, 0.52, 1.0)})
    bulbs = [_glowing(builder, tone) for tone in tones] if many else [warm]
    socket = style.part("plastic", "black" if "black" in cord.name else "white")
    bows = max(2, round(width / 0.62))
    bulb = 0.45 * depth
    sag = height - 0.012 - 2.6 * bulb - 0.016
    x = -depth / 2 + bulb
    steps = np.linspace(0, 1, 9)
    pins = np.linspace(-width / 2 + 0.008, width / 2 - 0.008, bows + 1)
    for left, right in pairwise(pins):
        share = steps - 0.5
        points = np.column_stack(
            [
                np.full(9, x),
                left + (right - left) * steps,
                height - 0.012 - sag * (1 - 4 * share**2) * float(rng.uniform(0.85, 1.0)),
            ]
        )
        for a, b in pairwise([(float(p[0]), float(p[1]), float(p[2])) for p in points]):
            part.bar(a, b, 0.007, cord, sides=5)
        for k in range(1, 8):
            y, z = float(points[k, 1]), float(points[k, 2])
            part.cylinder(0.006, 0.016, (x, y, z - 0.009), socket, fill=0.5, collide=False)
            shine = bulbs[int(rng.integers(len(bulbs)))]
            place = (x, y, z - 0.016 - 1.25 * bulb)
            ellipsoid(part, (bulb, bulb, 1.3 * bulb), place, shine, fill=0.35, collide=False)
    metal = style.part("metal", "silver")
    for y in pins:
        if pinned == "x":
            pin = (-depth / 2 + bulb / 2 + 0.002, float(y), height - 0.008)
            part.cylinder(0.008, bulb + 0.004, pin, metal, axis="x", fill=0.5)
        else:
            part.cylinder(0.008, 0.014, (x, float(y), height - 0.007), metal, fill=0.5)
    return depth


def disco_ball(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ceiling-mounted ball of small mirrors on a chain."""
    style, part = builder.style, builder.part()
    height, radius = size[2], min(size[:2]) / 2
    silver = style.main("metal", colours=("silver",)).without_maps(name="mirror", roughness=0.05)
    dark = style.part("metal", "black")
    tones = [
        silver.model_copy(
            update={"name": f"mirror_{index}", "rgba": (shade, shade * 1.02, shade * 1.05, 1.0)}
        )
        for index, shade in enumerate((0.62, 0.76, 0.9))
    ]
    ball = trimesh.creation.icosphere(subdivisions=3, radius=radius - 0.003)
    ball.apply_translation((0, 0, radius))
    rough = trimesh.creation.icosphere(subdivisions=1, radius=radius - 0.002).vertices
    rough = rough + np.array([0, 0, radius])
    part.solid(ball, style.part("plastic", "grey"), [rough], fill=0.12)
    rows = 19
    squares: list[list[Array]] = [[], [], []]
    for row in range(rows):
        up = math.pi * (row + 0.5) / rows - math.pi / 2
        count = max(3, round(2 * rows * math.cos(up)))
        for index in range(count):
            turn = 2 * math.pi * (index + 0.5) / count
            half_turn, half_up = 0.45 * 2 * math.pi / count, 0.45 * math.pi / rows
            corners = []
            for r in (radius - 0.006, radius):
                for dt, du in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                    t, u = turn + dt * half_turn, up + du * half_up
                    corners.append((r * math.cos(u) * math.cos(t), r * math.cos(u) * math.sin(t),
                                    radius + r * math.sin(u)))  # fmt: skip
            squares[int(style.rng.integers(3))].append(np.array(corners))
    quad = np.array([(0, 2, 1), (0, 3, 2), (4, 5, 6), (4, 6, 7), (0, 1, 5), (0, 5, 4), (1, 2, 6), (1, 6, 5),
                     (2, 3, 7), (2, 7, 6), (3, 0, 4), (3, 4, 7)])  # fmt: skip
    for tone, blocks in zip(tones, squares, strict=True):
        faces = np.concatenate([quad + 8 * index for index in range(len(blocks))])
        part.solid(trimesh.Trimesh(np.concatenate(blocks), faces, process=False), tone, [], fill=0.0)
    part.cylinder(0.03, 0.02, (0, 0, 2 * radius), dark, fill=0.5)
    part.cylinder(0.005, height - 2 * radius, (0, 0, height / 2 + radius), dark)
    part.cylinder(0.05, 0.03, (0, 0, height - 0.015), dark, fill=0.4)
    return 2 * radius


def christmas_tree(builder: AssetBuilder, size: Vec3) -> float:
    """Build a decorated fir tree on a stand or in a pot, with balls, string lights and a star on top."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    needles = style.main("plastic", colours=("green",)).without_maps(name="needles")
    dim = [round(0.72 * value, 3) for value in needles.rgba[:3]]
    shade = needles.model_copy(update={"name": "needles_shade", "rgba": (*dim, 1.0)})
    bark, foot = style.part("wood", "walnut"), style.part("metal", "black")
    radius, low, star = min(depth, width) / 2, 0.2, 0.13
    top = height - 0.6 * star
    part.cylinder(0.035, 0.9 * height, (0, 0, 0.45 * height), bark, top_radius=0.012, fill=0.5, collide=False)
    part.lathe([(0.2, 0.0), (0.2, 0.05), (0.12, 0.14)], foot, fill=bulk(foot, 900))
    part.cylinder(0.04, low + 0.04, (0, 0, low / 2 + 0.02), bark)
    tiers = 8
    count = 22
    for tier in range(tiers):
        start = low + (top - low) * tier / tiers * 0.93
        end = min(start + (top - low) * 0.26, top)
        wide = radius * (1 - 0.93 * tier / tiers)
        turn = (np.arange(2 * count) + float(rng.uniform(0, 1))) * math.pi / count
        reach = np.where(np.arange(2 * count) % 2, 0.78, 1.0) * wide * rng.uniform(0.92, 1.0, 2 * count)
        drop = np.where(np.arange(2 * count) % 2, 0.03, 0.0)
        ring = np.column_stack([reach * np.cos(turn), reach * np.sin(turn), start + drop])
        inner = np.column_stack(
            [0.2 * wide * np.cos(turn), 0.2 * wide * np.sin(turn), np.full(2 * count, start + 0.06)]
        )
        peak = np.array([[0.0, 0.0, end]])
        corner, n = np.arange(2 * count), 2 * count
        after = (corner + 1) % n
        faces = np.concatenate(
            [
                np.column_stack([corner, after, np.full(n, 2 * n)]),
                np.column_stack([corner, n + corner, n + after]),
                np.column_stack([corner, n + after, after]),
                np.column_stack([n + corner, np.full(n, 2 * n + 1), n + after]),
            ]
        )
        vertices = np.concatenate([ring, inner, peak, [[0.0, 0.0, start + 0.06]]])
        mesh = trimesh.Trimesh(vertices, faces, process=False)
        if mesh.volume < 0:
            mesh.invert()
        part.solid(mesh, needles if tier % 2 else shade, [], fill=0.02)
    turn = np.arange(10) * math.pi / 5
    cone = np.column_stack(
        [0.92 * radius * np.cos(turn), 0.92 * radius * np.sin(turn), np.full(10, low + 0.03)]
    )
    _touching(part, np.concatenate([cone, [[0.0, 0.0, top - 0.05]]]), needles)
    tones = [style.part("plastic", tone) for tone in ("red", "yellow", "blue", "white")]
    gold = style.part("plastic", "yellow")
    glow = _glowing(builder, "white").model_copy(update={"name": "glow_warm", "rgba": (1.0, 0.88, 0.55, 1.0)})

    def on(level: float, angle: float, out: float) -> Vec3:
        r = radius * (1 - 0.93 * level) * out
        return (r * math.cos(angle), r * math.sin(angle), low + 0.03 + level * 0.9 * (top - low))

    for index in range(44):
        level = (index + 0.5) / 46
        place = on(level, index * 2.39996, 0.93)
        ellipsoid(part, (0.032, 0.032, 0.034), place, tones[index % 4], detail=2, fill=0.1, collide=False)
    sparks = [((0.014, 0.014, 0.014), on(k / 120, k * 0.42, 0.97)) for k in range(112)]
    tiles(part, sparks, glow)
    angles = np.arange(10) * math.pi / 5 + math.pi / 2
    reach = np.where(np.arange(10) % 2, 0.42, 1.0) * 0.5 * star
    tips = np.column_stack([reach * np.cos(angles), height - 0.5 * star + reach * np.sin(angles)])
    tips[:, 1] = np.minimum(tips[:, 1], height)
    for index in range(0, 10, 2):
        arm = np.array([tips[index - 1], tips[index], tips[(index + 1) % 10], (0.0, height - 0.5 * star)])
        prism(part, arm, -0.008, 0.008, gold, fill=0.3, collide=False)
    return 2 * radius


def _touching(part: Part, points: Array, material: Material) -> None:
    part.solid(hull_mesh(points), material, [points], fill=0.006, visible=False)


FAMILIES = (
    Family(
        "lantern", "lantern.n.01", (0.15, 0.15, 0.26), (0.2, 0.2, 0.4), lantern, "",
        words=("table lantern", "candle lantern", "glass lantern", "floor lantern", "storm lantern"),
        has_front=False, mass=2.4,
    ),
    Family(
        "paper lantern", "paper_lantern.n.01", (0.3, 0.3, 0.42), (0.46, 0.46, 0.8), paper_lantern,
        "paper_lantern",
        words=("ceiling lantern", "hanging lantern", "chinese lantern", "hanging paper lantern",
               "ceiling paper lantern", "rice paper lantern", "paper lamp", "red lantern"),
        kinds=("lantern",), mount="ceiling", has_front=False, fixed=True,
    ),
    Family(
        "string lights", "fairy_light.n.01", (0.05, 1.5, 0.22), (0.062, 2.4, 0.36), string_lights, "",
        words=("string light", "fairy light", "fairy lights", "christmas lights", "christmas light",
               "light string", "string of lights", "wall string lights", "wall fairy lights", "light garland",
               "twinkle lights", "twinkle light", "led string lights", "strand of lights", "icicle lights",
               "led strip", "led strip light", "led light strip", "led light"),
        mount="wall", fixed=True, mass=0.6,
    ),
    Family(
        "ceiling string lights", "fairy_light.n.01", (0.05, 1.5, 0.22), (0.062, 2.4, 0.36),
        ceiling_string_lights, "",
        words=("ceiling string light", "hanging string lights", "ceiling fairy lights",
               "hanging fairy lights", "ceiling fairy light", "ceiling christmas lights",
               "hanging string light"),
        kinds=("string lights", "fairy lights"), mount="ceiling", has_front=False, fixed=True, mass=0.6,
    ),
    Family(
        "disco ball", "ball.n.01", (0.28, 0.28, 0.4), (0.42, 0.42, 0.7), disco_ball, "",
        words=("mirror ball", "glitter ball", "mirrorball", "ceiling disco ball", "hanging disco ball"),
        mount="ceiling", has_front=False, fixed=True, mass=3.0,
    ),
    Family(
        "christmas tree", "christmas_tree.n.05", (0.85, 0.85, 1.5), (1.2, 1.2, 2.1), christmas_tree, "",
        words=("decorated christmas tree", "xmas tree", "decorated tree", "floor christmas tree"),
        kinds=("tree",), mount="floor", has_front=False, mass=14.0,
    ),
)  # fmt: skip
