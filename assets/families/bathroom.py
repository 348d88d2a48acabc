"""Bathroom fixtures and furniture."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hollow, loft, print_on, sheet, superellipse, tiles
from sage.assets.family import Family
from sage.assets.fittings import Panel
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_EDGE_M = 0.105
"""Width of the flat rim of a bathtub, wide enough for a bar of soap [m]."""
_WALL_M = 0.02
_OVAL = 3.0
"""Exponent of the outline of an oval tub; see `superellipse`."""
_PANE_M = 0.008
_CLEAR = (0.76, 0.87, 0.87, 0.4)
"""RGBA of shower glass."""


def bathtub(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bathtub, boxed in or tapered, with a flat rim and a tap at the back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("plastic", "ceramic", colours=("white", "white", "white", "beige", "grey", "black"))
    metal = style.part("metal", style.colour("metal", "silver", "silver", "black", "gold"))
    rim, floor, lip = height - 0.12, 0.10, 0.03
    boxed = rng.random() < 0.5
    if style.requested.get("shape") in ("oval", "rectangular"):
        style.attributes["shape"] = style.requested["shape"]
        boxed = style.requested["shape"] == "rectangular"
    oval = style.attributes.get("shape") == "oval"
    square, foot = (24.0, 0.985) if boxed else (_OVAL if oval else 7.0, float(rng.uniform(0.84, 0.9)))
    plain = (depth, width)
    outside = [
        superellipse((depth * foot, width * foot), (0, 0, 0), square),
        superellipse((depth * 0.975, width * 0.985), (0, 0, rim - lip - 0.005), square),
        superellipse(plain, (0, 0, rim - lip), square),
        superellipse(plain, (0, 0, rim), square),
    ]
    hole = (depth - 2 * _EDGE_M, width - 2 * _EDGE_M)
    floor_size = (hole[0] - 0.12, hole[1] - 0.26)
    inside = [superellipse(hole, (0, 0, rim), 4.0), superellipse(floor_size, (0, 0, floor), 4.0)]
    hollow(part, outside, inside, material, sectors=8, fill=bulk(material, 240))
    part.cylinder(0.03, 0.002, (0, hole[1] * 0.28, floor + 0.001), metal, fill=0.0, collide=False)
    back = -depth / 2 + 0.05
    _bath_tap(part, (back, 0.0, rim), height - rim, metal)
    builder.surface("inside", (0, 0, floor), (floor_size[0] * 0.84, floor_size[1] * 0.84), placement="in")
    builder.surface(
        "edge", (depth / 2 - _EDGE_M / 2 - 0.002, 0, rim), (_EDGE_M - 0.008, width * (0.3 if oval else 0.6))
    )


def _bath_tap(part: Part, foot: Vec3, height: float, metal: Material) -> None:
    """Add a spout over the tub and a knob on each side."""
    x, y, z = foot
    part.cylinder(0.02, height - 0.02, (x, y, z + (height - 0.02) / 2), metal, fill=0.5)
    part.bar((x - 0.015, y, z + height - 0.017), (x + 0.17, y, z + height - 0.03), 0.034, metal, fill=0.4)
    for sign in (-1, 1):
        part.lathe(
            [(0.022, 0), (0.014, 0.02), (0.026, 0.045), (0.022, 0.062)], metal,
            center=(x, y + sign * 0.13, z), fill=0.5,
        )  # fmt: skip


def toilet(builder: AssetBuilder, size: Vec3) -> None:
    """Build a toilet: an oval bowl with a seat, an openable lid, and a cistern behind it."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("ceramic", colours=("white", "white", "white", "beige", "grey", "black"))
    pale = style.part("plastic", "white" if material.rgba[0] > 0.5 else "black")
    metal = style.part("metal", "silver")
    fill = bulk(material, 520)
    rim, tank = float(rng.uniform(0.40, 0.43)), float(rng.uniform(0.165, 0.18))
    back, front = -depth / 2, depth / 2
    long = front - back - tank - 0.02
    middle, wide = front - long / 2, width * 0.96
    square = float(rng.uniform(2.2, 2.7))

    def oval(length: float, across: float, z: float, shift: float = 0.0) -> Array:
        return superellipse((long * length, wide * across), (middle + shift * long, 0, z), square, count=28)

    slim = float(rng.uniform(0.5, 0.62))
    outside = [
        oval(0.72, slim + 0.06, 0.0, -0.1), oval(0.70, slim, 0.03, -0.1), oval(0.74, slim + 0.06, 0.18, -0.1),
        oval(0.98, 0.96, rim - 0.08), oval(0.98, 0.96, rim),
    ]  # fmt: skip
    inside = [oval(0.66, 0.60, rim), oval(0.44, 0.36, rim - 0.17)]
    hollow(part, outside, inside, material, sectors=8, fill=fill)
    seat = [oval(1.0, 1.0, rim - 0.018), oval(1.0, 1.0, rim + 0.001), oval(0.62, 0.56, rim + 0.001),
            oval(0.62, 0.56, rim - 0.018)]  # fmt: skip
    part.solid(loft(seat, closed=True), pale, [], fill=0.3)
    water = [oval(0.46, 0.38, rim - 0.16), oval(0.46, 0.38, rim - 0.158)]
    part.solid(loft(water), style.part("glass", "turquoise"), [], fill=0.0)
    neck = tank + 0.13
    part.box((neck, wide * 0.52, rim - 0.03), (back + neck / 2, 0, (rim - 0.03) / 2), material, fill=fill)
    slab, body = 0.032, height - 0.032 - rim + 0.03
    place = (back + tank / 2, 0, rim - 0.03 + body / 2)
    part.box((tank - 0.01, width - 0.014, body), place, material, bevel=0.014, fill=fill)
    part.box((tank, width, slab), (back + tank / 2, 0, height - slab / 2), material, bevel=0.01, fill=fill)
    place = (back + tank / 2, 0, height)
    part.cylinder(0.026, 0.001, place, metal, fill=0.0, collide=False)
    builder.surface("top", (back + tank / 2, 0, height), (tank - 0.024, width - 0.03))
    hinge = back + tank + 0.055
    _toilet_lid(builder, pale, [oval(1.0, 1.0, rim + z) for z in (0.003, 0.02)], (hinge, 0, rim + 0.012))


def _toilet_lid(builder: AssetBuilder, material: Material, rings: list[Array], hinge: Vec3) -> None:
    """Add the lid of a toilet, hinged at its rear edge; friction holds it in any position."""
    part = builder.moving(
        "lid", "revolute", hinge, (0, -1, 0), 1.65, damping=1.0, friction=2.8, opens="lid"
    )  # fmt: skip
    cut = [np.column_stack([np.maximum(ring[:, 0], hinge[0]), ring[:, 1:]]) for ring in rings]
    part.solid(loft(cut), material, [np.concatenate(cut)], fill=bulk(material, 560))


def shower(builder: AssetBuilder, size: Vec3) -> None:
    """Build a walk-in shower: a tray, a wall panel with a shower head, and glass screens."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("ceramic", "stone", colours=("white", "white", "grey", "beige"))
    metal = style.part("metal", style.colour("metal", "silver", "silver", "black"))
    glass = style.part("glass", "white").model_copy(update={"rgba": _CLEAR})
    step, rim = 0.055, 0.04
    back = -depth / 2
    part.carcass((depth, width, step), (0, 0, step / 2), rim, material, open_side="top", back=rim)
    part.cylinder(0.045, 0.001, (0, 0, rim + 0.0005), metal, fill=0.0, collide=False)
    wall = style.part("stone", style.colour("stone", "white", "grey", "beige"))
    tall = height - step - 0.02
    place = (back + _WALL_M / 2, 0, step + tall / 2)
    part.box((_WALL_M, width, tall), place, wall, bevel=0.0, fill=bulk(wall, 900))
    joints: list[tuple[Vec3, Vec3]] = [
        ((0.001, width, 0.004), (back + _WALL_M, 0, step + z)) for z in np.arange(0.3, tall, 0.3)
    ]
    joints += [((0.001, 0.004, tall), (back + _WALL_M, y, step + tall / 2))
               for y in (-width / 6, width / 6)]  # fmt: skip
    tiles(part, joints, style.part("stone", "white" if wall.rgba[0] < 0.7 else "grey"))
    side = float(rng.choice([-1.0, 1.0]))
    two = rng.random() < 0.4
    edge = width / 2 - 0.02
    reach = (back + _WALL_M, depth / 2 - 0.02)
    for sign in (side, -side) if two else (side,):
        _screen(part, (reach[0], sign * edge), (reach[1], sign * edge), (step, height), glass, metal)
    if not two:
        pane = max(width - 0.60, 0.25)
        ends = sorted((side * (edge - 0.014), side * (edge - 0.014 - pane)))
        _screen(part, (reach[1], ends[0]), (reach[1], ends[1]), (step, height), glass, metal)
    _shower_head(part, back + _WALL_M, height, float(rng.uniform(0.09, 0.14)), metal)
    margin = rim + 0.03
    builder.surface("inside", (0.02, 0, rim), (depth - 2 * margin - 0.06, width - 2 * margin), placement="in")


def _screen(
    part: Part, start: tuple[float, float], end: tuple[float, float], levels: tuple[float, float],
    glass: Material, metal: Material,
) -> None:  # fmt: skip
    """Add a framed glass pane between two floor points (x, y) and two heights [m]."""
    low, high = levels
    a, b = np.array(start), np.array(end)
    middle, span = (a + b) / 2, np.abs(b - a)
    edge = 0.022
    along = 0 if span[0] > span[1] else 1
    size = np.where(span > 0, span, _PANE_M)
    part.box((*size, high - low - 0.01), (*middle, (high + low) / 2), glass, bevel=0.0)
    for z in (low + edge / 2, high - edge / 2):
        part.box((*np.where(span > 0, span, edge), edge), (*middle, z), metal, fill=0.2, collide=False)
    for point in (a, b):
        spot = point.copy()
        spot[along] += (edge / 2) * np.sign((middle - point)[along])
        place = (*spot, (high + low) / 2)
        part.box((edge, edge, high - low), place, metal, fill=0.2, collide=False)


def _shower_head(part: Part, wall: float, height: float, radius: float, metal: Material) -> None:
    """Add a mixer at hand height, a riser and a downward shower head."""
    x, high = wall + 0.045, height - 0.03
    part.box((0.05, 0.26, 0.045), (wall + 0.03, 0, 1.05), metal, bevel=0.01, fill=0.4)
    for sign in (-1, 1):
        part.cylinder(0.026, 0.05, (wall + 0.03, sign * 0.155, 1.05), metal, axis="y", fill=0.4)
    part.bar((x, 0, 1.05), (x, 0, high), 0.024, metal, sides=10, fill=0.4)
    part.bar((x, 0, high - 0.012), (x + 0.26, 0, high - 0.012), 0.024, metal, sides=10, fill=0.4)
    part.cylinder(0.014, 0.03, (x + 0.24, 0, high - 0.03), metal, fill=0.4, collide=False)
    part.cylinder(radius, 0.014, (x + 0.24, 0, high - 0.052), metal, fill=0.4)


def towel_rail(builder: AssetBuilder, size: Vec3) -> float:
    """Build a wall-mounted towel rail with a towel over it, or a heated ladder of bars."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    metal = style.main("metal", colours=("silver", "silver", "black", "white", "gold"))
    cloth = style.part(
        "fabric", style.colour("fabric", "white", "blue", "turquoise", "beige", "pink", "green")
    )
    heated = style.requested.get("kind") == "heated" or rng.random() < 0.4
    back, thick = -depth / 2, 0.018
    x = depth / 2 - 0.014 - thick / 2
    posts = Panel(-width / 2 + 0.014, width / 2 - 0.014, 0.0, height)
    level = height - 0.025
    for y in (posts.left, posts.right):
        if heated:
            part.box((0.024, 0.024, height), (x, y, height / 2), metal, bevel=0.005, fill=0.35)
        for z in (0.08, height - 0.08) if heated else (level,):
            part.cylinder(0.014, x - back, ((x + back) / 2, y, z), metal, axis="x", fill=0.5)
            part.cylinder(0.022, 0.008, (back + 0.004, y, z), metal, axis="x", fill=0.5, collide=False)
    if heated:
        count = int(rng.integers(5, 8))
        for z in np.linspace(0.06, height - 0.04, count):
            part.bar((x, posts.left, z), (x, posts.right, z), thick, metal, fill=0.4)
        level = height - 0.04
    else:
        part.bar((x, -width / 2, level), (x, width / 2, level), thick, metal)
    if not heated or rng.random() < 0.6:
        span = posts.width * float(rng.uniform(0.5, 0.75))
        spare = (posts.width - span) / 2 - 0.03
        _hang(
            part,
            (x, float(rng.uniform(-spare, spare)), level),
            span,
            level - 0.002,
            cloth,
            style.part("fabric"),
        )
    return thick


def _hang(part: Part, bar: Vec3, width: float, drop: float, cloth: Material, tone: Material) -> None:
    """Add a folded towel over a bar of 18 mm, with its longer end in front."""
    x, y, z = bar
    thick, gap = 0.011, 0.0095
    for sign, length in ((1, drop), (-1, drop * 0.8)):
        place = (x + sign * (gap + thick / 2), y, z - length / 2)
        part.box((thick, width, length), place, cloth, bevel=0.004, fill=0.7, collide=sign > 0)
    part.box((2 * (gap + thick), width, 0.016), (x, y, z + 0.012), cloth, bevel=0.006, collide=False)
    for offset, wide in ((0.08, 0.022), (0.115, 0.008)):
        print_on(part, (0.001, width, wide), (x + gap + thick, y, z - drop + offset), tone)
    print_on(part, (0.001, 0.004, drop * 0.94), (x + gap + thick, y + width * 0.02, z - drop / 2), tone)


def hamper(builder: AssetBuilder, size: Vec3) -> float:
    """Build an open laundry basket, woven or slotted, with a hand hole at each end."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("wicker", "plastic", "fabric")
    woven = "color" not in style.requested and material.name.startswith("wicker")
    dark = style.part("plastic", "black")
    wall, fill = sheet(material, 1.6)
    square, foot = float(rng.choice([2.4, 6.0, 10.0])), float(rng.uniform(0.84, 0.97))
    if style.requested.get("shape") in ("round", "oval", "square", "rectangular"):
        style.attributes["shape"] = style.requested["shape"]
    square = {"round": 2.0, "oval": 2.0, "square": 10.0, "rectangular": 10.0}.get(
        style.requested.get("shape", ""), square
    )

    def hoop(share: float, grow: float = 0.0) -> Array:
        k = foot + (1 - foot) * share
        return superellipse(
            ((depth - 0.01) * k + grow, (width - 0.01) * k + grow), (0, 0, share * height), square, count=28
        )

    inside = [hoop(1.0, -2 * wall), hoop(wall / height, -2 * wall)]
    hollow(part, [hoop(0.0), hoop(1.0)], inside, material, sectors=8, fill=fill)
    tone = style.part("wicker") if woven else material
    cord = 0.016 / height
    for share in np.arange(0.06, 0.94, 2 * cord) if woven else (0.02,):
        part.solid(loft(_cord(hoop, float(share), cord, 0.006), closed=True), tone, [], fill=0.0)
    part.solid(loft(_cord(hoop, 1.0 - 1.2 * cord, 1.2 * cord, 0.010), closed=True), tone, [], fill=0.0)
    level = height * 0.87
    half = width / 2 * (foot + (1 - foot) * 0.87)
    for sign in (-1, 1):
        part.box(
            (0.11, 0.008, 0.034),
            (0, sign * (half - 0.005), level),
            dark,
            bevel=0.0035,
            fill=0.0,
            collide=False,
        )
    if material.name.startswith("plastic"):
        _slots(part, (depth * foot, width * foot), height, dark)
    k = 0.7 if square < 3 else 0.9
    room = ((depth * foot - 2 * wall - 0.01) * k, (width * foot - 2 * wall - 0.01) * k)
    builder.surface("inside", (0, 0, wall), room, placement="in")
    return wall


def _cord(hoop: Callable[[float, float], Array], share: float, tall: float, proud: float) -> list[Array]:
    """Return the rings of a cord around a basket; `share` (start) and `tall` are relative to its height."""
    return [
        hoop(share, 0.0),
        hoop(share + tall / 2, proud),
        hoop(share + tall, 0.0),
        hoop(share + tall / 2, -0.004),
    ]


def _slots(part: Part, foot: tuple[float, float], height: float, material: Material) -> None:
    """Add rows of slots to all four sides of a basket."""
    blocks: list[tuple[Vec3, Vec3]] = []
    for level in (0.3, 0.5, 0.7):
        for place in np.linspace(-0.3, 0.3, 7):
            for sign in (-1, 1):
                x, y = float(place) * foot[0], float(place) * foot[1]
                blocks.append(((0.02, 0.012, 0.07), (sign * foot[0] / 2, y, level * height)))
                blocks.append(((0.012, 0.02, 0.07), (x, sign * foot[1] / 2, level * height)))
    tiles(part, blocks, material)


def bath_mat(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bath mat of tufted cotton with a rubber back."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    pile = style.main("fabric", colours=("white", "blue", "grey", "turquoise", "beige", "pink", "green"))
    back = style.part("rubber", "grey")
    second = style.part("fabric", "white" if style.attributes["color"] != "white" else "grey")
    low, flat = 0.002, height - 0.001
    part.box((depth - 0.006, width - 0.006, low), (0, 0, low / 2), back, bevel=0.0)
    part.box((depth, width, flat - low), (0, 0, (flat + low) / 2), pile, bevel=0.001)
    edge = float(rng.uniform(0.03, 0.05))
    x, y = depth / 2 - edge, width / 2 - edge
    for sign in (-1, 1):
        print_on(part, (0.012, 2 * y, 0.001), (sign * x, 0, flat), second)
        print_on(part, (2 * x, 0.012, 0.001), (0, sign * y, flat), second)
    rows, columns = (int(rng.integers(4, 7)), int(rng.choice([1, 7, 9])))
    step = (2 * x - 0.05) / rows, (2 * y - 0.05) / columns
    tufts = [((step[0] * 0.55, step[1] * (0.96 if columns == 1 else 0.6), 0.002),
              ((i - (rows - 1) / 2) * step[0], (j - (columns - 1) / 2) * step[1], flat))
             for i in range(rows) for j in range(columns)]  # fmt: skip
    tiles(part, tufts, second if rng.random() < 0.5 else pile)
    builder.surface("top", (0, 0, 0), (depth, width))


def bathroom_scale(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat bathroom scale: a ribbed plate with a display."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    material = style.main("plastic", "plastic", "metal", colours=("white", "black", "grey", "silver", "blue"))
    dark = material.rgba[0] < 0.3
    rubber = style.part("rubber", "grey" if dark else "black")
    square = float(rng.choice([2.0, 6.0, 12.0], p=[0.2, 0.4, 0.4]))
    low = height * 0.45
    rows = ((0.9, 0.0), (0.93, low), (1.0, low + 0.004), (1.0, height - 0.003), (0.985, height))
    rings = [superellipse((depth * k, width * k), (0, 0, z), square, count=28) for k, z in rows]
    part.solid(loft(rings), material, [np.concatenate(rings)], fill=bulk(material, 420))
    screen = style.part("plastic", "black")
    glow = style.part("plastic", "green" if rng.random() < 0.5 else "grey")
    x = depth * 0.33
    part.box(
        (0.05, 0.10, 0.002), (x, 0, height), glow if dark else screen, bevel=0.0, fill=0.0, collide=False
    )
    digits = [((0.022, 0.010, 0.003), (x, y, height)) for y in (-0.026, -0.008, 0.016)]
    tiles(part, digits, screen if dark else glow)
    ribs = [((depth * 0.42, 0.006, 0.0016), (-0.05 * depth, sign * width * y, height))
            for sign in (-1, 1) for y in (0.14, 0.19, 0.24, 0.29)]  # fmt: skip
    tiles(part, ribs, rubber)
    return height


FAMILIES = (
    Family(
        "bathtub", "bathtub.n.01", (0.86, 1.60, 0.66), (0.93, 1.78, 0.72), bathtub, "bathtub",
        words=("bath", "tub", "bath tub"), mount="floor", fixed=True,
    ),
    Family(
        "toilet", "toilet.n.02", (0.64, 0.37, 0.76), (0.71, 0.41, 0.84), toilet, "toilet",
        words=("lavatory", "loo", "toilet bowl"), mount="floor", fixed=True,
    ),
    Family(
        "shower", "shower_stall.n.01", (0.86, 0.86, 2.0), (1.0, 1.3, 2.15), shower, "shower_stall",
        words=("walk-in shower", "shower stall", "shower cabin", "shower cubicle",
               "shower enclosure", "glass shower", "glass shower enclosure", "shower box", "corner shower",
               "shower unit", "shower area"), mount="floor", fixed=True,
    ),
    Family(
        "towel rail", "towel_rack.n.01", (0.070, 0.48, 0.42), (0.085, 0.66, 0.52), towel_rail, "",
        words=("towel rack", "towel bar", "towel holder"), mount="wall", fixed=True,
    ),
    Family(
        "hamper", "hamper.n.02", (0.33, 0.40, 0.46), (0.43, 0.52, 0.60), hamper, "hamper",
        words=("laundry basket", "laundry hamper", "clothes basket", "clothes hamper"), mount="floor",
        has_front=False,
    ),
    Family(
        "bath mat", "mat.n.01", (0.45, 0.68, 0.005), (0.58, 0.86, 0.005), bath_mat, "mat",
        words=("bathmat", "shower mat", "bath rug", "bathroom mat"), mount="floor", has_front=False,
        fixed=True, covering=True,
    ),
    Family(
        "bathroom scale", "scale.n.07", (0.28, 0.28, 0.027), (0.33, 0.33, 0.045), bathroom_scale,
        "digital_scale", words=("scale", "scales", "bathroom scales", "weighing scale"), mount="floor",
    ),
)  # fmt: skip
