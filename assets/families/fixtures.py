"""Air conditioners, detectors, cameras, wreaths, calendars and hammocks."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from sage.assets.builder import AssetBuilder, hull_mesh
from sage.assets.families.forms import bulk, ellipsoid, hull, print_on, prism, sweep, tiles
from sage.assets.family import Family
from sage.assets.fittings import solid_share, timber
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def air_conditioner(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted air conditioner: a long rounded case with an intake, a flap and a display."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("white", "white", "white", "grey", "black"))
    dark, glow = style.part("plastic", "black"), style.part("plastic", "turquoise")
    back, front, fill = -depth / 2, depth / 2, bulk(shell, 190)
    side = [(back, 0.03), (back, height - 0.02), (back + 0.03, height), (front - 0.05, height),
            (front - 0.012, height - 0.04), (front, 0.5 * height), (front - 0.012, 0.2 * height),
            (front - 0.06, 0.02), (front - 0.1, 0.0), (back + 0.03, 0.0)]  # fmt: skip
    prism(part, side, -width / 2, width / 2, shell, axis=1, fill=fill)
    seam = 0.24 * height
    print_on(part, (0.004, 0.98 * width, 0.004), (front - 0.011, 0, seam), dark)
    tilt = math.atan2(0.048, 0.18 * height)
    flap = (0.006, 0.86 * width, 0.16 * height)
    print_on(part, flap, (front - 0.036, 0, 0.11 * height), dark, (0, tilt, 0))
    print_on(
        part, (0.006, 0.84 * width, 0.05 * height), (front - 0.032, 0, 0.12 * height), shell, (0, tilt, 0)
    )
    slots = [((0.6 * depth, 0.006, 0.002), (-0.02, y, height)) for y in np.linspace(-0.45, 0.45, 42) * width]
    tiles(part, slots, dark)
    print_on(part, (0.003, 0.05, 0.016), (front - 0.004, 0.38 * width, 0.42 * height), glow)
    return height


def smoke_detector(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ceiling-mounted round smoke detector with slots in its rim and a light."""
    style, part = builder.style, builder.part()
    radius, height = min(size[:2]) / 2, size[2]
    shell = style.main("plastic", colours=("white", "white", "beige"))
    dark, red = style.part("plastic", "grey"), style.part("plastic", "red")
    profile = [(0.5 * radius, 0.0), (0.78 * radius, 0.2 * height), (0.9 * radius, 0.5 * height),
               (0.82 * radius, 0.56 * height), (0.82 * radius, 0.68 * height), (radius, 0.72 * height),
               (radius, height)]  # fmt: skip
    part.lathe(profile, shell, fill=bulk(shell, 330))
    part.cylinder(0.2 * radius, 0.002, (0, 0, 0), dark, fill=0.0, collide=False)
    slots = []
    for turn in np.arange(18) * math.pi / 9:
        at = 0.83 * radius
        slots.append(
            ((0.006, 0.006, 0.1 * height), (at * math.cos(turn), at * math.sin(turn), 0.62 * height))
        )
    tiles(part, slots, dark)
    part.cylinder(0.004, 0.003, (0.36 * radius, 0, 0.0005), red, fill=0.0, collide=False)
    return 2 * radius


def security_camera(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted security camera: a tube under a hood on an arm, pointing down."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("painted metal", colours=("white", "white", "black", "grey"))
    dark, glass = style.part("plastic", "black"), style.part("plastic", "blue")
    back, fill = -depth / 2, bulk(shell, 900)
    plate = 0.3 * height + 0.02
    part.cylinder(0.42 * width, 0.018, (back + 0.009, 0, plate), shell, axis="x", fill=fill)
    joint = (back + 0.05, 0.0, plate)
    part.bar((back + 0.01, 0, plate), joint, 0.022, shell, fill=fill)
    radius = 0.36 * width
    ahead, up = np.array([0.96, 0.0, -0.28]), np.array([0.28, 0.0, 0.96])
    start = np.array([back + 0.02, 0.0, height - radius - 0.012])
    long = depth - 0.045
    turn = np.arange(20) * math.pi / 10
    ring = np.outer(np.cos(turn), up) + np.outer(np.sin(turn), (0.0, 1.0, 0.0))
    ends = [start + reach * ahead + radius * ring for reach in (0.0, long)]
    hull(part, np.concatenate(ends), shell, fill=fill)
    hood = [start + reach * ahead + 1.16 * radius * ring[np.cos(turn) > 0.2] for reach in (0.02, long + 0.02)]
    hull(part, np.concatenate(hood), shell, fill=0.3 * fill)
    for share, reach, material in ((0.9, 0.003, dark), (0.5, 0.006, glass)):
        face = [start + (long + at) * ahead + share * radius * ring for at in (-0.002, reach)]
        hull(part, np.concatenate(face), material, fill=0.0, collide=False)
    middle = start + 0.35 * long * ahead - 0.6 * radius * up
    part.bar(joint, (float(middle[0]), 0.0, float(middle[2])), 0.02, shell, fill=fill)
    return width


def hammock(builder: AssetBuilder, size: Vec3) -> None:
    """Build a hammock of striped cloth on a stand."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    cloth = style.main("fabric", colours=("beige", "white", "red", "blue", "green", "grey"))
    accent = style.part("fabric", str(rng.choice(["red", "yellow", "turquoise", "orange", "grey"])))
    rope = style.part("fabric", "beige")
    wood = timber(style, "wood")
    fill = solid_share(wood, 500)
    half, reach = depth / 2, width / 2
    beam = 0.07
    for sign in (-1, 1):
        y = sign * 0.62 * reach
        part.box((depth, beam, beam), (0, y, beam / 2), wood, bevel=0.006, fill=fill)
        tip = (0, sign * (reach - 0.04), height - 0.03)
        part.bar((0, sign * 0.42 * reach, beam + 0.02), tip, 0.075, wood, sides=8, fill=fill)
        for side in (-1, 1):
            part.bar((side * 0.36 * half, y, beam), (0, 0.72 * y + 0.1 * sign, 0.34), 0.04, wood, sides=6,
                     fill=fill)  # fmt: skip
    part.box((beam, 1.24 * reach, beam), (0, 0, 1.5 * beam), wood, bevel=0.006, fill=fill)
    end, sag = 0.66 * reach, 0.42
    steps = np.linspace(-1, 1, 17)
    bed = 0.46 * depth

    def level(share: float) -> float:
        return sag + (height - 0.2 - sag) * 0.55 * share**2

    for sign in (-1, 1):
        hook = (0.0, sign * (reach - 0.075), height - 0.09)
        spread = (0.0, sign * end, level(1.0))
        part.bar((-bed, *spread[1:]), (bed, *spread[1:]), 0.034, wood, sides=8, fill=fill)
        for x in np.linspace(-0.9, 0.9, 7) * bed:
            part.bar((float(x), *spread[1:]), hook, 0.008, rope, sides=4, collide=False, fill=0.6)
    stripes = 9
    edges = np.linspace(-bed, bed, stripes + 1)
    for index, (left, right) in enumerate(pairwise(edges)):
        dip = 0.05 * (1 - (2 * (index + 0.5) / stripes - 1) ** 2)
        x = (left + right) / 2
        spine = np.array([(x, share * end, level(share) - dip * (1 - share**2)) for share in steps])
        section = np.array([(-0.5, -0.003), (0.5, -0.003), (0.5, 0.003), (-0.5, 0.003)]) * (right - left, 1.0)
        mesh = sweep(spine, np.repeat(section[None], len(steps), 0), (0, 0, 1))
        part.solid(mesh, accent if index % 3 == 1 else cloth, [], fill=0.6)
    for low, high in pairwise((-1.0, -0.6, -0.2, 0.2, 0.6, 1.0)):
        points = np.array([(x, share * end, level(share) + lift - 0.02) for x in (-bed, bed)
                           for share in (low, high) for lift in (-0.004, 0.004)])  # fmt: skip
        part.solid(hull_mesh(points), cloth, [points], fill=0.0, visible=False)
    builder.surface("seat", (0, 0, sag - 0.01), (0.6 * bed, 0.4 * end))


def wreath(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted wreath of leaves with berries and a bow."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    needles = style.main("plastic", colours=("green",)).without_maps(name="needles")
    dim = [round(0.7 * value, 3) for value in needles.rgba[:3]]
    shade = needles.model_copy(update={"name": "needles_shade", "rgba": (*dim, 1.0)})
    red = style.part("fabric", str(rng.choice(["red", "red", "white", "yellow"])))
    berry = style.part("plastic", "red")
    across = min(width, height) / 2
    thick = 0.42 * depth
    middle, radius = across, across - 2.1 * thick
    for index in range(24):
        ends = 2 * math.pi * np.array([index, index + 1.2]) / 24
        a, b = ((0.0, radius * math.sin(t), middle + radius * math.cos(t)) for t in ends)
        part.bar(a, b, 1.4 * thick, shade, sides=6, fill=0.25)
    for index in range(170):
        turn, around = index * 2.39996, index * 1.1
        ring = np.array([0.0, math.sin(turn), math.cos(turn)])
        base = ring * radius + (0, 0, middle)
        out = math.cos(around) * ring + np.array([abs(math.sin(around)), 0, 0])
        along = np.array([0.0, math.cos(turn), -math.sin(turn)])
        tip = base + out * 2.0 * thick * float(rng.uniform(0.8, 1.0)) + along * 1.6 * thick
        tip[0] = min(tip[0], depth / 2)
        wide = 0.5 * thick * along + 0.2 * thick * ring
        flat = np.array([0.004, 0.0, 0.0])
        leaf = np.array([base + wide, base - wide, base + flat, base - flat, tip])
        hull(part, leaf, needles if index % 2 else shade, fill=0.25, collide=False)
    for index in range(14):
        turn = index * 2.39996
        place = (0.7 * thick, radius * math.sin(turn), middle + radius * math.cos(turn))
        ellipsoid(part, (0.3 * thick,) * 3, place, berry, detail=1, fill=0.2, collide=False)
    knot = (1.1 * thick, 0.0, middle - radius)
    part.box((0.5 * thick, 0.7 * thick, 0.7 * thick), knot, red, bevel=0.004, fill=0.4, collide=False)
    for sign in (-1, 1):
        x, y, z = knot[0], sign * 2.2 * thick, knot[2]
        loop = (knot, (x, y, z + 0.9 * thick), (x, y, z - 0.5 * thick))
        points = np.array([(at + lift, *rest) for at, *rest in loop for lift in (-0.008, 0.008)])
        hull(part, points, red, fill=0.2, collide=False)
    return depth


def calendar(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall calendar: a picture above a page of days, with a spiral binding on a hook."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    page = style.main("paper", colours=("white",))
    picture = [
        style.part("paper", str(tone)) for tone in rng.permutation(["blue", "green", "orange", "pink"])
    ]
    ink, red, wire = style.part("plastic", "grey"), style.part("plastic", "red"), style.part("metal", "black")
    back, thick = -depth / 2, 0.006
    part.box((thick, width, height - 0.03), (back + thick / 2, 0, (height - 0.03) / 2), page, bevel=0.001)
    x = back + thick
    fold = 0.5 * (height - 0.03)
    print_on(part, (0.001, 0.92 * width, 0.9 * fold), (x, 0, 1.46 * fold), picture[0])
    hill = np.linspace(-0.46, 0.46, 12) * width
    wave = 1.02 * fold + 0.3 * fold * (1 + 0.5 * np.sin(np.linspace(0, 5, 12) + float(rng.uniform(0, 6))))
    for (y, z), (y2, z2) in pairwise(zip(hill, wave, strict=True)):
        slope = [(y, 1.01 * fold), (y2, 1.01 * fold), (y2, z2), (y, z)]
        prism(part, slope, x, x + 0.0012, picture[1], fill=0.0, collide=False)
    sun = (x, 0.24 * width, 1.72 * fold)
    part.cylinder(0.09 * width, 0.0016, sun, picture[2], axis="x", fill=0.0, collide=False)
    print_on(part, (0.001, 0.4 * width, 0.05 * fold), (x, 0, 0.9 * fold), red)
    days = []
    for row in range(5):
        for column in range(7):
            at = ((column - 3) * 0.128 * width, (0.74 - 0.155 * row) * fold)
            days.append(((0.001, 0.05 * width, 0.06 * fold), (x, *at)))
    tiles(part, days, ink)
    for y in np.linspace(-0.44, 0.44, 18) * width:
        ring = (back + 0.008, float(y), height - 0.03)
        part.cylinder(0.006, 0.003, ring, wire, axis="y", fill=0.3, collide=False)
    for side in (-1, 1):
        start, end = (back + 0.008, side * 0.05 * width, height - 0.028), (back + 0.008, 0, height - 0.004)
        part.bar(start, end, 0.003, wire, collide=False)
    return width


FAMILIES = (
    Family(
        "air conditioner", "air_conditioner.n.01", (0.2, 0.78, 0.27), (0.25, 1.0, 0.32), air_conditioner, "",
        words=("air conditioning", "air conditioning unit", "ac", "ac unit", "air con", "aircon",
               "wall air conditioner", "wall ac", "wall mounted air conditioner", "split air conditioner",
               "split ac"),
        mount="wall", fixed=True, mass=10.0,
    ),
    Family(
        "smoke detector", "fire_alarm.n.02", (0.1, 0.1, 0.036), (0.13, 0.13, 0.05), smoke_detector, "",
        words=("smoke alarm", "fire alarm", "fire detector", "ceiling smoke detector", "ceiling smoke alarm"),
        mount="ceiling", has_front=False, fixed=True, mass=0.12,
    ),
    Family(
        "security camera", "security_camera.n.01", (0.2, 0.085, 0.115), (0.28, 0.12, 0.17), security_camera,
        "",
        words=("surveillance camera", "cctv camera", "cctv", "wall camera", "wall security camera"),
        mount="wall", fixed=True, mass=0.9,
    ),
    Family(
        "hammock", "hammock.n.03", (0.9, 2.28, 1.02), (1.1, 2.8, 1.3), hammock, "",
        words=("indoor hammock", "floor hammock", "hammock bed", "hammock with stand"), mount="floor",
        mass=24.0,
    ),
    Family(
        "wreath", "wreath.n.01", (0.07, 0.34, 0.34), (0.1, 0.5, 0.5), wreath, "",
        words=("christmas wreath", "door wreath", "wall wreath", "holiday wreath"), mount="wall", fixed=True,
        mass=0.5,
    ),
    Family(
        "calendar", "calendar.n.02", (0.014, 0.28, 0.42), (0.02, 0.36, 0.62), calendar, "",
        words=("wall calendar", "hanging calendar"), mount="wall", fixed=True, mass=0.6,
    ),
)  # fmt: skip
