"""Shed and garage equipment: ladders, buckets, cans, hand trucks, extinguishers and cones."""

from __future__ import annotations

import math

import numpy as np

from sage.assets.builder import AssetBuilder
from sage.assets.families.forms import band, bulk, hull, print_on, sheet, tube
from sage.assets.family import Family
from sage.assets.fittings import leg
from sage.geometry import Vec3

__all__ = ["FAMILIES"]

_BRIGHT = ("red", "yellow", "blue", "green", "orange")


def watering_can(builder: AssetBuilder, size: Vec3) -> float:
    """Build a watering can with a long spout in front and one big handle."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main(
        "plastic", "plastic", "painted metal", colours=("green", "green", "blue", "grey", "red")
    )
    radius, fill = width / 2, bulk(material, 230)
    top, rear = 0.66 * height, -width / 2 - 0.055
    tip = depth + rear
    profile = [(radius * 0.97, 0.0), (radius, 0.008), (radius * 0.92, top - 0.03), (radius * 0.8, top)]
    part.lathe(profile, material, fill=fill)
    hole = style.part("plastic", "black")
    part.cylinder(radius * 0.55, 0.002, (0.12 * radius, 0, top), hole, fill=0.0, collide=False)
    neck = (tip - 0.03, 0, height * 0.93)
    part.bar((0.8 * radius, 0, 0.22 * height), neck, 0.05, material, end_thickness=0.026, sides=12, fill=0.2)
    rose = (tip - 0.004, 0, height * 0.965)
    part.bar((tip - 0.04, 0, height * 0.91), rose, 0.028, material, end_thickness=0.07, sides=12, fill=0.3)
    thick = 0.02
    points = [
        (-0.95 * radius, 0, 0.2 * height), (rear + 0.012, 0, 0.45 * height), (rear + 0.02, 0, 0.78 * height),
        (-0.4 * radius, 0, height - thick / 2), (0.4 * radius, 0, 0.88 * height),
        (0.72 * radius, 0, top - 0.012),
    ]  # fmt: skip
    tube(part, points, thick, material, (0, 1, 0), fill=0.3)
    return thick


def bucket(builder: AssetBuilder, size: Vec3) -> float:
    """Build a round bucket with its handle folded down in front."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    material = style.main(
        "plastic", "plastic", "sheet metal", colours=("blue", "red", "grey", "black", "yellow")
    )
    steel = style.part("metal", "silver")
    radius = depth / 2.14
    wall, fill = sheet(material, 5.2)
    base = radius * float(style.rng.uniform(0.72, 0.82))
    profile = [(base, 0.0), (base + 0.001, 0.004), (radius - 0.004, height - 0.016), (radius, height - 0.014),
               (radius, height)]  # fmt: skip
    part.vessel(profile, wall, wall, material, sectors=10, rings=1, fill=fill)
    ear, level = radius + 0.004, height - 0.03
    for side in (-1, 1):
        part.box(
            (0.03, 0.012, 0.03),
            (0, side * (radius - 0.002), level + 0.01),
            material,
            bevel=0.003,
            collide=False,
        )
    reach, drop = depth - radius - 0.004, 0.045
    points = [
        (reach * math.sin(a), -ear * math.cos(a), level - drop * math.sin(a))
        for a in np.linspace(0, math.pi, 7)
    ]
    tube(part, points, 0.006, steel, (drop, 0, reach))
    part.bar((reach, -0.05, level - drop), (reach, 0.05, level - drop), 0.018, style.part("plastic", "black"),
             collide=False)  # fmt: skip
    builder.surface("inside", (0, 0, wall), (base * 1.35, base * 1.35), placement="in", round=True)
    return wall


def ladder(builder: AssetBuilder, size: Vec3) -> None:
    """Build an open stepladder with its treads in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rail = style.main("sheet metal", "painted metal", "wood", colours=())
    tread = style.part("sheet metal", "silver") if style.rng.random() < 0.5 else rail
    cap = style.part("plastic", str(style.rng.choice(["black", "red", "blue", "orange"])))
    boot, fill, thick = style.part("rubber", "black"), bulk(rail, 620), 0.04
    top = height - 0.035
    front, upper, half = depth / 2 - thick / 2, 0.06, width / 2 - thick / 2
    for side in (-1, 1):
        high = side * 0.74 * half
        leg(part, (upper, high, top), (front, side * half, 0), thick, rail, fill=fill)
        leg(part, (-upper, high, top), (-front, side * 0.92 * half, 0), thick, rail, fill=fill)
        for x, y in ((front, half), (-front, 0.92 * half)):
            part.box(
                (thick + 0.006, thick + 0.006, 0.03), (x, side * y, 0.015), boot, fill=0.3, collide=False
            )
        z, share = 0.42 * top, 0.42
        x, y = front + (upper - front) * share, side * half * (1 - 0.26 * share)
        part.bar((x, y, z), (-x, side * half * (0.92 - 0.18 * share), z), 0.016, cap, sides=4, collide=False)
    count = max(3, round(top / 0.25) - 1)
    for step in range(1, count + 1):
        share = step / (count + 1)
        x, z, span = (
            front + (upper - front) * share,
            top * share,
            2 * half * (1 - 0.26 * share) - thick + 0.004,
        )
        part.box((0.085, span, 0.024), (x, 0, z), tread, fill=bulk(tread, 700))
        if step % 2:
            bar = (0.018, 2 * half * (0.92 - 0.18 * share) - thick + 0.004, 0.03)
            part.box(bar, (-x, 0, z), rail, fill=fill)
    lid = (2 * upper + 0.09, 1.48 * half + thick + 0.01, 0.035)
    part.box(lid, (0, 0, height - 0.0175), cap, bevel=0.006, fill=0.5)
    builder.surface("top", (0, 0, height), (lid[0] - 0.02, lid[1] - 0.02))


def hand_truck(builder: AssetBuilder, size: Vec3) -> None:
    """Build a hand truck, upright on its plate and wheels."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame = style.main(
        "painted metal", "painted metal", "sheet metal", colours=("red", "blue", "green", "grey")
    )
    rubber, hub = style.part("rubber", "black"), style.part("metal", "silver")
    wheel, pipe, fill = 0.11, 0.03, bulk(frame, 1500)
    back = -depth / 2 + wheel
    rail, half, tyre = back + 0.075, width / 2 - 0.1, 0.05
    plate = depth / 2 - rail
    part.box(
        (plate, 2 * half + pipe, 0.01),
        (rail + plate / 2, 0, 0.005),
        frame,
        bevel=0.001,
        fill=bulk(frame, 2200),
    )
    for side in (-1, 1):
        y = side * half
        part.bar((rail, y, 0.006), (rail, y, height - 0.16), pipe, frame, fill=fill)
        part.bar((rail, y, height - 0.17), (back, y, height - pipe / 2), pipe, frame, fill=fill)
        part.cylinder(wheel, tyre, (back, side * (width - tyre) / 2, wheel), rubber, axis="y", fill=0.7)
        part.cylinder(0.5 * wheel, tyre + 0.004, (back, side * (width - tyre) / 2, wheel), hub, axis="y",
                      fill=0.05, collide=False)  # fmt: skip
        part.bar((rail, y, 0.35), (back, y, wheel), 0.02, frame, sides=4, fill=fill, collide=False)
        grip = style.part("rubber", "black")
        part.bar(
            (back, y, height - 0.019), (back, 0.45 * y, height - 0.019), 0.036, grip, fill=0.6, collide=False
        )
    part.bar((back, -half, height - 0.019), (back, half, height - 0.019), 0.034, frame, fill=fill)
    part.bar((back, -width / 2 + 0.02, wheel), (back, width / 2 - 0.02, wheel), 0.022, frame, fill=fill)
    for z in np.linspace(0.2, height - 0.2, 4):
        part.bar((rail, -half, z), (rail, half, z), 0.022, frame, sides=4, fill=fill)


def paint_can(builder: AssetBuilder, size: Vec3) -> float:
    """Build a closed, stackable tin of paint with a label in its colour."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    radius = depth / 2 - 0.004
    tin = style.main("sheet metal", colours=("silver", "silver", "white"))
    paint = style.part("paper", str(style.rng.choice([*_BRIGHT, "purple", "turquoise", "pink"])))
    white = style.part("paper", "white")
    body = [(radius - 0.002, 0.0), (radius, 0.002), (radius, height - 0.003), (radius - 0.003, height)]
    part.lathe(body, tin, fill=bulk(tin, 1150))
    band(part, radius - 0.012, height - 0.001, height + 0.0004, style.part("metal", "grey"), width=0.006)
    band(part, radius + 0.0006, 0.16 * height, 0.8 * height, paint)
    band(part, radius + 0.0012, 0.42 * height, 0.66 * height, white)
    for turn in (0.0, math.pi / 2):
        drip = 0.008 + 0.02 * float(style.rng.random())
        place = (radius * math.cos(turn), radius * math.sin(turn), 0.42 * height - drip / 2)
        print_on(part, (0.004, 0.014, drip + 0.01), place, white, (0, 0, turn))
    level = 0.86 * height
    points = [
        ((radius + 0.001) * math.sin(a), radius * math.cos(a), level - 0.42 * height * math.sin(a))
        for a in np.linspace(0, math.pi, 5)
    ]
    tube(part, points, 0.004, style.part("metal", "grey"), (0.42 * height, 0, radius))
    builder.surface("top", (0, 0, height), (1.9 * radius, 1.9 * radius), round=True)
    return 2 * radius


def spray_bottle(builder: AssetBuilder, size: Vec3) -> float:
    """Build a spray bottle of cleaner with a trigger."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    body = style.main("plastic", colours=("white", "blue", "turquoise", "green", "pink", "yellow"))
    nozzle = style.part("plastic", str(style.rng.choice(["white", "red", "blue", "black"])))
    reach, mid, shoulder = 0.78 * depth, -0.11 * depth, 0.68 * height
    around = (np.arange(16) + 0.5) * math.pi / 8

    def rings(*levels: tuple[float, float]) -> list[Vec3]:
        return [
            (mid + share * reach / 2 * math.cos(a), share * width / 2 * math.sin(a), z)
            for z, share in levels
            for a in around
        ]

    fill = bulk(body, 420)
    hull(part, rings((0.0, 0.92), (0.006, 1.0), (0.6 * shoulder, 0.97)), body, fill=fill)
    hull(part, rings((0.6 * shoulder, 0.97), (0.8 * shoulder, 0.8), (shoulder, 0.4)), body, fill=fill)
    label = style.part("paper", str(style.rng.choice(["white", *_BRIGHT])))
    hull(part, rings((0.14 * shoulder, 1.004), (0.52 * shoulder, 0.99)), label, fill=0.0, collide=False)
    neck, tip = 0.2 * height, depth / 2 - 0.012
    part.cylinder(0.015, neck, (mid, 0, height - neck / 2 - 0.02), nozzle, fill=0.5)
    profile = [
        (mid - 0.026, height - 0.042), (mid + 0.018, height - 0.048), (tip, height - 0.034),
        (tip, height - 0.012), (mid - 0.02, height), (mid - 0.034, height - 0.02),
    ]  # fmt: skip
    hull(part, [(x, side * 0.012, z) for x, z in profile for side in (-1, 1)], nozzle, fill=0.5)
    part.bar((tip - 0.002, 0, height - 0.023), (depth / 2, 0, height - 0.023), 0.018, label, fill=0.5)
    part.bar((tip - 0.022, 0, height - 0.036), (tip - 0.03, 0, height - 0.085), 0.01, label, sides=4)
    return 0.03


def fire_extinguisher(builder: AssetBuilder, size: Vec3) -> float:
    """Build an upright fire extinguisher with a lever, a gauge and a hose."""
    depth, _, height = size
    style, part = builder.style, builder.part()
    shell = style.main("painted metal", colours=("red",))
    dark, steel = style.part("plastic", "black"), style.part("metal", "silver")
    radius, fill = depth / 2, bulk(shell, 640)
    top = height - 0.1
    profile = [(radius - 0.004, 0.03), (radius, 0.034), (radius, top - 0.05), (0.85 * radius, top - 0.02),
               (0.3 * radius, top)]  # fmt: skip
    part.lathe([(radius - 0.003, 0.0), (radius - 0.003, 0.03)], dark, fill=bulk(dark, 640))
    part.lathe(profile, shell, fill=fill)
    part.cylinder(0.02, 0.07, (0, 0, top + 0.03), steel, fill=0.4)
    for low, rise in ((top + 0.03, 0.01), (top + 0.055, 0.035)):
        start, end = (-0.02, 0, low), (radius - 0.004, 0, low + rise)
        part.bar(start, end, 0.016, steel if rise < 0.02 else dark, sides=4, fill=0.4)
    part.cylinder(0.014, 0.012, (0.022, 0.004, top + 0.02), style.part("paper", "white"), axis="x", fill=0.0,
                  collide=False)  # fmt: skip
    side = radius + 0.012
    points = [
        (0, 0.01, top + 0.03),
        (0, 0.7 * side, top + 0.025),
        (0, side, top - 0.07),
        (0, side, 0.45 * top),
    ]
    tube(part, points, 0.016, dark, (1, 0, 0), fill=0.6)
    part.bar((0, side, 0.46 * top), (0, side, 0.3 * top), 0.018, dark, end_thickness=0.024)
    label, turn = style.part("paper", "white"), np.linspace(-0.7, 0.7, 5)
    for angle in turn:
        place = (radius * math.cos(angle), radius * math.sin(angle), 0.5 * top)
        print_on(part, (0.003, 0.37 * radius, 0.34 * top), place, label, (0, 0, float(angle)))
    band(part, radius + 0.0012, 0.64 * top, 0.68 * top, style.part("paper", "yellow"), width=0.003)
    return 0.02


def gas_can(builder: AssetBuilder, size: Vec3) -> float:
    """Build a jerrycan with a slanted shoulder, a handle on top and a cap in front."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main("plastic", "plastic", "painted metal", colours=("red", "red", "green", "yellow"))
    dark, fill = style.part("plastic", "black"), bulk(material, 360)
    top, low = height - 0.05, 0.8 * height - 0.05
    profile = [
        (-depth / 2 + 0.01, 0), (depth / 2 - 0.01, 0), (depth / 2, 0.012), (depth / 2, low),
        (0.12 * depth, top), (-depth / 2 + 0.02, top), (-depth / 2, top - 0.02), (-depth / 2, 0.012),
    ]  # fmt: skip
    points = [(x, side * width / 2, z) for x, z in profile for side in (-1, 1)]
    hull(part, points, material, fill=fill)
    for side in (-1, 1):
        for tilt in (-1, 1):
            turn = tilt * math.atan2(0.66 * low, 0.66 * depth)
            run = 0.66 * math.hypot(low, depth)
            print_on(part, (run, 0.008, 0.02), (0, side * width / 2, 0.47 * low), material, (0, turn, 0))
    bar = height - 0.011
    grip = [(-depth / 2 + 0.03, 0, top - 0.004), (-depth / 2 + 0.035, 0, bar), (0.06 * depth, 0, bar),
               (0.08 * depth, 0, top - 0.004)]  # fmt: skip
    part.path(grip, 0.022, material)
    slope = np.array([top - low, 0.0, 0.38 * depth]) / math.hypot(top - low, 0.38 * depth)
    foot = np.array([0.32 * depth, 0.0, (top + low) / 2])
    tip = foot + min(0.05, 0.9 * (depth / 2 - foot[0]) / slope[0]) * slope
    part.bar(foot.tolist(), tip.tolist(), 0.046, dark, sides=12, fill=0.5)
    return 0.022


def traffic_cone(builder: AssetBuilder, size: Vec3) -> float:
    """Build a traffic cone with reflective bands on a heavy square foot."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    shell = style.main("plastic", colours=("orange", "orange", "red", "yellow"))
    base, white = style.part("rubber", "black"), style.part("paper", "white")
    foot = base if style.rng.random() < 0.6 else shell
    thick, radius, tip = 0.03, 0.38 * min(depth, width), 0.028
    part.box((depth, width, thick), (0, 0, thick / 2), foot, bevel=0.01, fill=bulk(foot, 640))
    part.lathe([(radius, thick), (tip, height - 0.004), (0.8 * tip, height)], shell, fill=bulk(shell, 75))
    hole = style.part("rubber", "black")
    part.cylinder(0.6 * tip, 0.001, (0, 0, height), hole, fill=0.0, collide=False)
    for low, high in ((0.34, 0.56), (0.68, 0.82)) if style.rng.random() < 0.6 else ((0.45, 0.72),):
        at = [thick + share * (height - thick) for share in (low, high)]
        rings = [
            (radius + (tip - radius) * share + 0.0015, z) for share, z in zip((low, high), at, strict=True)
        ]
        part.lathe(rings, white, fill=0.0, collide=False)
    return 2 * tip


FAMILIES: tuple[Family, ...] = (
    Family(
        "watering can", "watering_can.n.01", (0.46, 0.18, 0.3), (0.58, 0.23, 0.38), watering_can,
        "watering_can",
    ),
    Family(
        "bucket", "bucket.n.01", (0.26, 0.27, 0.22), (0.32, 0.33, 0.29), bucket, "bucket", words=("pail",),
        mount="floor", has_front=False,
    ),
    Family(
        "ladder", "step_ladder.n.01", (0.72, 0.46, 1.05), (0.95, 0.56, 1.5), ladder, "hose_cart",
        words=("stepladder", "step ladder"), mount="floor",
    ),
    Family(
        "hand truck", "hand_truck.n.01", (0.42, 0.46, 1.05), (0.5, 0.54, 1.25), hand_truck, "hose_cart",
        words=("sack truck", "dolly", "hand trolley"), mount="floor",
    ),
    Family(
        "paint can", "paint_can.n.01", (0.15, 0.15, 0.17), (0.18, 0.18, 0.21), paint_can, "bucket_of_paint",
        words=("paint tin", "can of paint", "bucket of paint"), has_front=False,
    ),
    Family(
        "spray bottle", "atomizer.n.01", (0.092, 0.07, 0.23), (0.11, 0.086, 0.28), spray_bottle,
        "spray_bottle", words=("cleaner", "spray cleaner"),
    ),
    Family(
        "fire extinguisher", "fire_extinguisher.n.01", (0.145, 0.165, 0.44), (0.17, 0.195, 0.54),
        fire_extinguisher, "", words=("extinguisher",), mount="floor",
    ),
    Family(
        "gas can", "fuel_can.n.01", (0.24, 0.14, 0.29), (0.34, 0.18, 0.4), gas_can, "fuel_can",
        words=("jerrycan", "jerry can", "petrol can", "fuel can"),
    ),
    Family(
        "traffic cone", "traffic_cone.n.01", (0.28, 0.28, 0.4), (0.37, 0.37, 0.62), traffic_cone,
        "umbrella_rack", words=("cone",), mount="floor", has_front=False,
    ),
)  # fmt: skip
