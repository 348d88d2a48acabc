"""Food and drinks in bottles, cans, jars and cups."""

from __future__ import annotations

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, stacked, toned
from sage.assets.families.printing import BRIGHT, INK_M, spot, title, wrap
from sage.assets.family import Family
from sage.geometry import Vec3

__all__ = ["FAMILIES"]


def _bottle(
    builder: AssetBuilder, size: Vec3, material: Material, density: float, shoulder: float, neck: float,
    *, square: float = 2.0, cap: Material, dome: float = 0.14, cap_m: float = 0.03,
) -> Part:  # fmt: skip
    """Add a bottle of three pieces: a body with domed shoulders, a neck, and a cap or foil.

    Args:
        shoulder: height at which the shoulders begin, relative to the total height.
        neck: width of the neck, relative to the body.
        dome: height of the shoulders, relative to the total height.
    """
    depth, width, height = size
    part, fill = builder.part(), bulk(material, density)
    curve = [(shoulder, 1), (shoulder + 0.4 * dome, 0.88), (shoulder + 0.75 * dome, 0.68)]
    shape = [(0, 0.9), (0.02, 1), *curve, (shoulder + dome, 1.25 * neck)]
    levels = [(z * height, x * depth, x * width) for z, x in shape]
    stacked(part, levels, material, square=square, fill=fill)
    across, low, top = neck * min(depth, width), (shoulder + dome - 0.02) * height, height - cap_m
    stacked(part, [(low, 1.3 * across, 1.3 * across), (low + 0.5 * (top - low), across, across),
                   (top, across, across)], material, count=12, fill=fill)  # fmt: skip
    wider = across + 0.004
    stacked(
        part, [(top, wider, wider), (height, 0.96 * wider, 0.96 * wider)], cap, count=12, fill=bulk(cap, 500)
    )
    return part


def wine_bottle(builder: AssetBuilder, size: Vec3) -> float:
    """Build a full bottle of wine with a label and a foil around its neck."""
    size = (size[1], size[1], size[2])
    height = size[2]
    glass = toned(builder.style.main("glass", colours=("green", "green", "brown", "yellow")), 0.45, 0.95)
    foil = builder.style.part("plastic", str(builder.style.rng.choice(["black", "red", "gold", "purple"])))
    shoulder = float(builder.style.rng.uniform(0.52, 0.60))
    part = _bottle(builder, size, glass, 950, shoulder, 0.37, dome=0.15, cap_m=0.05, cap=foil)
    wrap(
        part,
        size,
        height * 0.12,
        height * 0.42,
        builder.style.part("paper", str(builder.style.rng.choice(["white", "beige"]))),
    )
    wrap(part, size, height * 0.34, height * 0.37, builder.style.part("paper", "gold"), coat=2)
    wrap(
        part,
        size,
        height * 0.17,
        height * 0.26,
        builder.style.part("paper", str(builder.style.rng.choice(BRIGHT))),
        coat=2,
    )
    return size[1]


def beer_bottle(builder: AssetBuilder, size: Vec3) -> float:
    """Build a full bottle of beer with two labels and a crown cap."""
    size = (size[1], size[1], size[2])
    height, style = size[2], builder.style
    glass = toned(style.main("glass", colours=("brown", "brown", "green")), 0.8, 0.95)
    ink = style.part("paper", str(style.rng.choice(["red", "blue", "green", "gold", "white"])))
    crown = style.part("metal", style.colour("metal", "gold", "silver", "red"))
    shoulder = float(style.rng.uniform(0.50, 0.58))
    part = _bottle(builder, size, glass, 900, shoulder, 0.42, dome=0.16, cap_m=0.007, cap=crown)
    wrap(part, size, height * 0.14, height * 0.42, ink)
    wrap(part, size, height * 0.22, height * 0.32, style.part("paper", "beige"), coat=2)
    neck = (0.42 * size[0], 0.42 * size[1], 0.0)
    stacked(part, [(height * z, neck[0] + 0.002, neck[1] + 0.002) for z in (0.86, 0.93)], ink, count=12,
            fill=0.0, collide=False)  # fmt: skip
    return size[1]


def oil_bottle(builder: AssetBuilder, size: Vec3) -> float:
    """Build a bottle of oil, round or square, with a label and a screw cap."""
    size = (size[1], size[1], size[2])
    height, style = size[2], builder.style
    glass = toned(style.main("glass", colours=("yellow", "gold", "green")), 0.8, 0.85)
    square = float(style.rng.choice([2.0, 5.0]))
    cap = style.part("plastic", str(style.rng.choice(["black", "green", "yellow", "gold"])))
    shoulder = float(style.rng.uniform(0.60, 0.68))
    part = _bottle(builder, size, glass, 850, shoulder, 0.40, square=square, dome=0.1, cap=cap)
    wrap(part, size, height * 0.14, height * 0.5, style.part("paper", "beige"), square=square)
    box = (size[0] + 0.002, size[1], height)
    spot(part, box, "x", (0, -height * 0.15), size[1] * 0.5, style.part("food", "green"))
    wrap(part, size, height * 0.43, height * 0.47, style.part("paper", "green"), square=square, coat=2)
    return size[1]


def ketchup(builder: AssetBuilder, size: Vec3) -> float:
    """Build a squeeze bottle of sauce with a pointed cap."""
    height, style = size[2], builder.style
    plastic = style.main("plastic", colours=("red", "red", "yellow"))
    cap = style.part("plastic", "white")
    part = _bottle(builder, size, plastic, 900, 0.66, 0.5, dome=0.16, cap_m=0.03, cap=cap)
    wrap(part, size, height * 0.2, height * 0.56, style.part("paper", "white"))
    ink = style.part("paper", "green" if style.attributes["color"] == "red" else "blue")
    wrap(part, size, height * 0.5, height * 0.56, ink, coat=2)
    box = (size[0] + 0.001, size[1], height)
    spot(part, box, "x", (0, -height * 0.14), size[1] * 0.42, plastic, 3)
    return min(size[0], size[1])


def food_can(builder: AssetBuilder, size: Vec3) -> float:
    """Build a tin of food with a printed paper label between two metal rims."""
    depth, width, height = size = (size[1], size[1], size[2])
    style, part = builder.style, builder.part()
    paper, accent = style.main("paper", colours=BRIGHT), style.part("paper", "white")
    style.attributes["material"] = "metal"
    tin = style.part("metal", "silver")
    stacked(part, [(z, depth, width) for z in (0, height)], tin, count=20, fill=bulk(tin, 1000))
    for low, high, ink, coat in ((0.06, 0.94, paper, 1), (0.5, 0.8, accent, 2)):
        across = width + 3 * coat * INK_M
        levels = [(z * height, across, across) for z in (low, high)]
        stacked(part, levels, ink, count=20, fill=0.0, collide=False)
    picture = style.part("food", str(style.rng.choice(["red", "orange", "green", "brown", "yellow"])))
    spot(part, size, "x", (0, -height * 0.2), height * 0.34, picture, 3)
    title(
        builder, part, (depth + 0.003, width, height), "x", height * 0.15, (width * 0.5, height * 0.18), paper
    )
    groove = toned(tin, 0.7)
    stacked(
        part,
        [(z, 0.86 * depth, 0.86 * width) for z in (height, height + 0.0004)],
        groove,
        fill=0.0,
        collide=False,
    )
    builder.surface("top", (0, 0, height), (0.94 * depth, 0.94 * width), round=True)
    return width


def coffee_tin(builder: AssetBuilder, size: Vec3) -> float:
    """Build a tin of coffee with a plastic lid and beans on its label."""
    depth, width, height = size = (size[1], size[1], size[2])
    style, part = builder.style, builder.part()
    tin = style.main("metal", colours=("red", "blue", "black", "green", "brown", "gold"))
    lid = height - 0.014
    stacked(part, [(z, 0.97 * depth, 0.97 * width) for z in (0, lid)], tin, count=20, fill=bulk(tin, 450))
    cap = style.part("plastic", str(style.rng.choice(["black", "white", "red", "brown"])))
    stacked(part, [(z, depth, width) for z in (lid, height)], cap, count=20, fill=bulk(cap, 300))
    levels = [(z * height, 0.975 * depth, 0.975 * width) for z in (0.2, 0.62)]
    stacked(part, levels, style.part("paper", "beige"), count=20, fill=0.0, collide=False)
    bean = style.part("food", "brown")
    for y, z in ((-0.14, -0.16), (0.12, -0.19), (0.0, -0.09)):
        spot(part, (0.97 * depth, width, height), "x", (y * width, z * height), width * 0.2, bean, 3)
    title(
        builder, part, (0.98 * depth, width, height), "x", height * 0.06, (width * 0.56, height * 0.09), tin
    )
    builder.surface("top", (0, 0, height), (0.94 * depth, 0.94 * width), round=True)
    return width


def spice_jar(builder: AssetBuilder, size: Vec3) -> float:
    """Build a small jar of ground spice with a label and a lid."""
    depth, width, height = size = (size[1], size[1], size[2])
    style, part = builder.style, builder.part()
    spice = style.main("food", colours=("red", "brown", "yellow", "green", "orange", "black"))
    lid = style.part("plastic", str(style.rng.choice(["black", "red", "green", "silver"])))
    neck = height * 0.74
    body = [(0, 0.94), (0.03 * height, 1), (neck - 0.004, 1), (neck, 0.9)]
    stacked(part, [(z, x * depth, x * width) for z, x in body], spice, fill=bulk(spice, 800))
    stacked(part, [(z, 0.96 * depth, 0.96 * width) for z in (neck, height)], lid, fill=bulk(lid, 400))
    clear = style.part("glass", "white")
    wrap(part, size, neck * 0.8, neck - 0.004, clear)
    wrap(part, size, neck * 0.2, neck * 0.68, style.part("paper", "white"))
    wrap(part, size, neck * 0.2, neck * 0.32, spice, coat=2)
    return width


def yogurt(builder: AssetBuilder, size: Vec3) -> float:
    """Build a tapered cup of yogurt with a foil lid."""
    depth, width, height = size = (size[1], size[1], size[2])
    style, part = builder.style, builder.part()
    fruit = style.main("plastic", colours=("red", "purple", "orange", "yellow", "blue", "pink"))
    plastic = style.part("plastic", "white")
    rim = height - 0.004
    cup = [(0, 0.72, 0.72), (rim, 0.94, 0.94)]
    stacked(part, [(z, x * depth, y * width) for z, x, y in cup], plastic, fill=bulk(plastic, 950))
    stacked(part, [(z, depth, width) for z in (rim, height)], style.part("metal", "silver"), fill=0.1)
    belt = [
        (z * rim, (0.72 + 0.22 * z) * depth + 0.001, (0.72 + 0.22 * z) * width + 0.001) for z in (0.3, 0.82)
    ]
    stacked(part, belt, fruit, fill=0.0, collide=False)
    spot(part, (depth * 0.87, width, height), "x", (0, height * 0.05), width * 0.36, plastic, 2)
    spot(part, size, "z", (0, 0), width * 0.6, fruit)
    return width


FAMILIES = (
    Family("wine bottle", "wine_bottle.n.01", (0.072, 0.072, 0.28), (0.082, 0.082, 0.33), wine_bottle,
           "bottle_of_wine", words=("bottle of wine", "wine"), has_front=False),
    Family("beer bottle", "beer_bottle.n.01", (0.058, 0.058, 0.22), (0.066, 0.066, 0.27), beer_bottle,
           "bottle_of_beer", words=("bottle of beer", "beer"), has_front=False),
    Family("oil bottle", "bottle__of__olive_oil.n.01", (0.062, 0.062, 0.25), (0.075, 0.075, 0.30), oil_bottle,
           "bottle_of_olive_oil", words=("olive oil", "bottle of oil", "cooking oil", "bottle of olive oil"),
           has_front=False),
    Family("ketchup", "bottle__of__catsup.n.01", (0.050, 0.072, 0.19), (0.062, 0.088, 0.22), ketchup,
           "bottle_of_mustard", words=("sauce bottle", "ketchup bottle", "bottle of ketchup", "mustard",
           "bottle of sauce"), has_front=False),
    Family("food can", "can.n.01", (0.070, 0.070, 0.080), (0.084, 0.084, 0.110), food_can, "can_of_beans",
           words=("can of beans", "can of soup", "tinned food", "can of food", "soup can", "tin of beans",
           "can of tomatoes", "canned food"), has_front=False),
    Family("coffee tin", "can__of__coffee.n.01", (0.088, 0.088, 0.11), (0.105, 0.105, 0.15), coffee_tin,
           "can_of_coffee", words=("coffee can", "tin of coffee", "can of coffee"), has_front=False),
    Family("spice jar", "bottle__of__seasoning.n.01", (0.040, 0.040, 0.085), (0.048, 0.048, 0.11), spice_jar,
           "bottle_of_pumpkin_pie_spice", words=("spice", "spices", "spice bottle", "jar of spice"),
           has_front=False),
    Family("yogurt", "yogurt.n.01", (0.064, 0.064, 0.066), (0.076, 0.076, 0.085), yogurt, "cup_of_yogurt",
           words=("yoghurt", "cup of yogurt", "yogurt cup", "yoghurt pot"), has_front=False),
)  # fmt: skip
