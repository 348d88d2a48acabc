"""Pots, pans and kettles."""

from __future__ import annotations

from sage.assets.builder import AssetBuilder
from sage.assets.families.forms import arc, bulk, sheet, tube
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def pot(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open cooking pot with a handle on each side."""
    height, radius = size[2], size[0] / 2
    style, part = builder.style, builder.part()
    material = style.main("metal", colours=("silver", "grey", "black", "red", "blue"))
    wall, fill = sheet(material, 13.0)
    floor = wall + 0.003
    base = radius * float(style.rng.uniform(0.92, 1.0))
    profile = [
        (base - 0.006, 0.0),
        (base - 0.002, 0.003),
        (base, 0.010),
        (radius, height - 0.004),
        (radius, height),
    ]
    part.vessel(profile, wall, floor, material, rings=1, fill=fill)
    grip = material if style.rng.random() < 0.5 else style.part("plastic", "black")
    level, reach, half = height * float(style.rng.uniform(0.74, 0.86)), size[1] / 2 - 0.006, radius * 0.32
    edge = (base + (radius - base) * level / height) * 0.948 - 0.003
    for sign in (-1, 1):
        far = edge + 0.9 * (reach - edge)
        points = [(-half, sign * edge, level), (-half * 0.85, sign * far, level), (0, sign * reach, level),
                  (half * 0.85, sign * far, level), (half, sign * edge, level)]  # fmt: skip
        tube(part, points, 0.012, grip, (0, 0, 1))
    builder.surface("inside", (0, 0, floor), (base * 1.35, base * 1.35), placement="in", round=True)
    return 0.012


def frying_pan(builder: AssetBuilder, size: Vec3) -> float:
    """Build a frying pan whose handle points forward."""
    depth, width, height = size
    radius = width / 2
    style, part = builder.style, builder.part()
    material = style.main("metal", colours=("black", "grey", "silver"))
    wall, fill = sheet(material, 14.0)
    floor, rim = wall + 0.002, height * 0.68
    base = radius * float(style.rng.uniform(0.76, 0.84))
    profile = [(base - 0.003, 0.0), (base, 0.003), *arc((base + 0.001, 0.004), (radius, rim), 0.4, 5)]
    part.vessel(profile, wall, floor, material, rings=1, sectors=14, fill=fill)
    grip = style.part("plastic", "black") if style.rng.random() < 0.7 else style.part("wood")
    end = depth - radius
    part.bar((radius - 0.006, 0, rim - 0.008), (radius + 0.045, 0, rim + 0.002), 0.013, material, fill=0.4)
    part.bar((radius + 0.040, 0, rim), (end - 0.010, 0, height - 0.012), 0.018, grip, end_thickness=0.024)
    part.bar((end - 0.0115, 0, height - 0.012), (end, 0, height - 0.0115), 0.024, grip, end_thickness=0.014)
    builder.surface("inside", (0, 0, floor), (base * 1.35, base * 1.35), placement="in", round=True)
    return 0.022


def kettle(builder: AssetBuilder, size: Vec3) -> float:
    """Build a kettle with a spout in front, a lid, and a handle above or at the back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    material = style.main(
        "metal", "metal", "plastic", colours=("silver", "white", "red", "black", "turquoise")
    )
    dark = style.part("plastic", "black")
    radius = width / 2
    over = style.rng.random() < 0.5
    top = height * (0.68 if over else 0.88)
    fill = bulk(material, 380)
    mouth = radius * 0.58
    if over:
        body = [
            (radius * 0.9, 0.0),
            (radius, top * 0.12),
            *arc((mouth, top), (radius, top * 0.35), 0.9, 6)[::-1],
        ]
    else:
        body = [(radius, 0.0), (radius, 0.02), (radius * 0.95, top * 0.4), (radius * 0.72, top)]
        mouth = radius * 0.62
    part.lathe(body, material, fill=fill)
    part.lathe([(mouth, top), (mouth * 0.95, top + 0.005), (mouth * 0.4, top + 0.011)], material, fill=fill)
    part.lathe([(0.007, top + 0.011), (0.011, top + 0.018), (0.009, top + 0.026)], dark)
    tip = depth - radius
    if over:
        part.bar(
            (radius * 0.8, 0, top * 0.42),
            (tip - 0.006, 0, top * 0.97),
            0.040,
            material,
            end_thickness=0.020,
            fill=0.1,
        )
        rear, front, crown = -radius * 0.86, radius * 0.72, height - 0.007
        points = [(rear, 0, top * 0.70), (rear * 0.96, 0, (top + crown) / 2), (rear * 0.45, 0, crown - 0.004),
                  (0, 0, crown), (front * 0.5, 0, crown - 0.004), (front, 0, (top + crown) / 2),
                  (front * 1.04, 0, top * 0.74)]  # fmt: skip
        tube(part, points, 0.014, dark, (0, 1, 0))
        return 0.014
    part.bar(
        (radius * 0.62, 0, top * 0.72),
        (radius * 0.98, 0, top * 0.97),
        0.044,
        material,
        end_thickness=0.024,
        fill=0.1,
    )
    back = -(depth - radius * 1.05)
    points = [(-radius * 0.66, 0, top * 0.97), (back + 0.022, 0, top * 1.0), (back + 0.010, 0, top * 0.66),
              (back + 0.018, 0, top * 0.34), (-radius * 0.92, 0, top * 0.22)]  # fmt: skip
    tube(part, points, 0.020, dark, (0, 1, 0))
    return 0.020


FAMILIES = (
    Family(
        "pot", "pot.n.01", (0.20, 0.31, 0.12), (0.27, 0.38, 0.19), pot, "stockpot",
        words=("cooking pot", "saucepan", "stockpot", "stock pot"), has_front=False,
    ),
    Family(
        "frying pan", "frying_pan.n.01", (0.42, 0.23, 0.058), (0.50, 0.28, 0.075), frying_pan, "frying_pan",
        words=("pan", "skillet", "fry pan"), has_front=False,
    ),
    Family(
        "kettle", "kettle.n.01", (0.20, 0.15, 0.18), (0.24, 0.18, 0.23), kettle, "kettle",
        words=("teakettle", "tea kettle"),
    ),
)  # fmt: skip
