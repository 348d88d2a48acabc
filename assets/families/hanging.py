"""Chandeliers and pendant lamps."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import arc, bulk, tube
from sage.assets.families.wall_things import lit_shade
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_ROSE_M = 0.025
"""Height of the ceiling plate [m]."""


def chandelier(builder: AssetBuilder, size: Vec3) -> float:
    """Build a chandelier: one or two rings of curved arms with candles or globes, and crystal drops."""
    height, radius = size[2], min(size[:2]) / 2
    style, part = builder.style, builder.part()
    rng = style.rng
    metal = style.main("metal", colours=("gold", "black", "silver", "copper"))
    metal = metal.without_maps(name=metal.name, rgba=metal.rgba, roughness=0.3)
    shade, fill = lit_shade(builder), bulk(metal, 1500)
    crystal = style.part("glass", "white").model_copy(update={"rgba": (0.86, 0.93, 0.97, 1.0)})
    part.cylinder(0.07, _ROSE_M, (0, 0, height - _ROSE_M / 2), metal, fill=fill)
    body = 0.52 * height
    for z in np.arange(body, height - _ROSE_M, 0.045):
        part.bar((0, 0, z), (0, 0, min(z + 0.04, height - _ROSE_M)), 0.016, metal, fill=fill)
    part.lathe(
        [(0.008, 0.0), (0.03, 0.03), (0.012, 0.06), (0.045, 0.15 * height), (0.02, 0.26 * height), (0.03,
                body)],
        metal, fill=fill,
    )  # fmt: skip
    candles = bool(rng.random() < 0.6)
    tiers = ((8, 1.0, 0.12), (4, 0.55, 0.3)) if radius > 0.34 else ((8, 1.0, 0.12),)
    for count, share, level in tiers:
        reach, seat = share * (radius - 0.045), (level + 0.14) * height
        for k in range(count):
            turn = k * 2 * math.pi / count
            out = np.array([math.cos(turn), math.sin(turn), 0.0])
            up = np.array([0.0, 0.0, 1.0])
            bends = [
                level * height * up + 0.02 * out,
                0.55 * reach * out + (level * height - 0.05) * up,
                reach * out + seat * up,
            ]
            tube(part, [tuple(bend) for bend in bends], 0.014, metal, (-out[1], out[0], 0), fill)
            _light(part, reach * out[0], reach * out[1], seat, candles, metal, shade, fill)
            drop = 0.55 * reach * out
            part.lathe(
                [(0.002, 0.0), (0.012, 0.014), (0.004, 0.034)],
                crystal,
                center=(drop[0], drop[1], level * height - 0.09),
                collide=False,
                fill=0.5,
            )
        ring = [
            (0.55 * reach * math.cos(t), 0.55 * reach * math.sin(t), level * height - 0.05)
            for t in np.linspace(0, 2 * math.pi, 17)
        ]
        for a, b in pairwise(ring):
            part.bar(a, b, 0.009, metal, sides=6, collide=False, fill=fill)
    return 2 * radius


def _light(
    part: Part, x: float, y: float, z: float, candle: bool, metal: Material, shade: Material, fill: float
) -> None:
    """Add a cup with a burning candle or with a globe."""
    part.lathe(
        [(0.012, z - 0.01), (0.034, z + 0.006), (0.034, z + 0.012)], metal, center=(x, y, 0), fill=fill
    )
    if candle:
        part.cylinder(0.012, 0.09, (x, y, z + 0.055), shade, fill=0.3)
        part.lathe(
            [(0.004, z + 0.1), (0.014, z + 0.118), (0.002, z + 0.15)], shade, center=(x, y, 0), fill=0.2
        )
    else:
        turn = np.linspace(0.2, math.pi - 0.05, 8)
        part.lathe(
            [(0.045 * math.sin(a), z + 0.055 - 0.045 * math.cos(a)) for a in turn],
            shade,
            center=(x, y, 0),
            fill=0.2,
        )


def pendant_lamp(builder: AssetBuilder, size: Vec3) -> float:
    """Build a pendant lamp on a long cord: a dome, a glass globe, a cone, a basket or a drum."""
    height, radius = size[2], min(size[:2]) / 2
    style, part = builder.style, builder.part()
    kind = str(style.rng.choice(["dome", "globe", "cone", "basket", "drum"]))
    kind = {"globe": "globe", "drum": "drum"}.get(style.requested.get("shape", ""), kind)
    if style.requested.get("shape") == "round":
        kind, style.attributes["shape"] = "globe", "round"
    mains = {"basket": "wicker", "drum": "fabric", "globe": "glass"}
    body = style.main(
        mains.get(kind, "painted metal"),
        colours=("black", "white", "beige", "green", "grey") if kind != "globe" else ("white",),
    )
    cord, glow = style.part("rubber", "black"), lit_shade(builder)
    steel = style.part("metal", style.colour("metal", "black", "gold", "silver"))
    part.cylinder(0.055, _ROSE_M, (0, 0, height - _ROSE_M / 2), steel, fill=0.2)
    tall = {"globe": 2 * radius, "cone": 1.25 * radius, "drum": 0.9 * radius}.get(kind, 1.05 * radius)
    part.cylinder(0.022, 0.06, (0, 0, tall + 0.02), steel, fill=0.3)
    part.cylinder(0.004, height - tall - _ROSE_M, (0, 0, (tall + height - _ROSE_M) / 2), cord)
    if kind == "globe":
        turn = np.linspace(0.08, math.pi - 0.08, 14)
        ball = [(radius * math.sin(a), radius * (1 - math.cos(a))) for a in turn]
        part.lathe(
            [(r, z if 0 < i < 13 else (0.0 if i == 0 else 2 * radius)) for i, (r, z) in enumerate(ball)],
            glow,
            fill=bulk(glow, 60),
        )
        return 2 * radius
    profiles = {
        "dome": [(radius, 0.0), *arc((radius, 0.012), (0.03, tall), -1.0, steps=8)],
        "cone": [(radius, 0.0), (radius, 0.01), (0.03, tall)],
        "drum": [(radius, 0.0), (0.94 * radius, tall)],
        "basket": [
            (0.7 * radius, 0.0),
            (0.94 * radius, 0.3 * tall),
            (radius, 0.5 * tall),
            (0.8 * radius, 0.8 * tall),
            (0.2 * radius, tall),
        ],
    }
    part.lathe(profiles[kind], body, fill=bulk(body, 110))
    open_ = 0.7 * radius if kind == "basket" else 0.9 * radius
    part.cylinder(open_, 0.004, (0, 0, 0.0), glow, fill=0.05, collide=False)
    if kind == "basket":
        for z in np.linspace(0.06, 0.94, 9) * tall:
            r = float(np.interp(z, [q for _, q in profiles[kind]], [p for p, _ in profiles[kind]]))
            part.lathe([(r, z), (r + 0.004, z + 0.006), (r, z + 0.012)], body, fill=0.05, collide=False)
    return 2 * radius


FAMILIES = (
    Family(
        "chandelier", "chandelier.n.01", (0.6, 0.6, 0.6), (0.85, 0.85, 0.85), chandelier, "",
        words=("candelabra chandelier", "crystal chandelier", "pendant chandelier"),
        kinds=("ceiling lamp", "pendant lamp", "lamp"), mount="ceiling", has_front=False, fixed=True,
        mass=8.0,
    ),
    Family(
        "pendant lamp", "room_light.n.01", (0.26, 0.26, 0.55), (0.42, 0.42, 0.85), pendant_lamp, "",
        words=("pendant light", "pendant", "hanging lamp", "hanging light", "hanging pendant light",
               "hanging pendant", "ceiling pendant", "ceiling pendant light", "pendant fixture"),
        kinds=("ceiling lamp", "lamp"), mount="ceiling", has_front=False, fixed=True, mass=1.6,
    ),
)  # fmt: skip
