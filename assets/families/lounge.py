"""Bean bags, chaises, daybeds, rocking chairs, hanging chairs and play tents."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, hull_mesh
from sage.assets.families.forms import bulk, hull, loft, prism, superellipse, tube
from sage.assets.family import Family
from sage.assets.fittings import legs, solid_share, timber
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_FOAM = 55.0
_BEADS = 16.0
"""Bulk density of a bag of polystyrene beads [kg/m3]."""


def bean_bag(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bean bag: a slumped sack with a hollow seat and a gathered crown behind it."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cloth = style.main(
        "fabric", "fabric", "leather", colours=("grey", "blue", "green", "red", "orange", "purple", "beige")
    )
    fill = bulk(cloth, _BEADS)
    count = 24
    levels = ((0.0, 0.8, 0.0), (0.06, 0.93, 0.0), (0.2, 1.0, 0.0), (0.36, 0.97, 0.0), (0.5, 0.86, -0.03),
              (0.66, 0.64, -0.10), (0.8, 0.46, -0.16), (0.92, 0.28, -0.2), (1.0, 0.12, -0.22))  # fmt: skip
    rings = []
    for share, wide, shift in levels:
        ring = superellipse(
            (wide * depth, wide * width), (shift * depth, 0, share * height), 2.3, count=count
        )
        sit = np.clip((share - 0.42) / 0.3, 0, 1) * np.clip(ring[:, 0] / depth + 0.12, 0, 1)
        ring[:, 2] -= sit * 0.5 * height * (share - 0.3)
        rings.append(ring)
    low = [np.concatenate(pair) for pair in ((rings[0], rings[1], rings[2], rings[3], rings[4]),)]
    crown = [np.concatenate(rings[4:])]
    part.solid(loft(rings), cloth, [*low, *crown], fill)
    trim = (
        style.part("fabric", "black")
        if style.attributes["color"] != "black"
        else style.part("fabric", "grey")
    )
    for k in range(6):
        turn = math.pi / 6 + k * math.pi / 3
        column = round(turn / (2 * math.pi) * count) % count
        for a, b in pairwise(rings[1:-1]):
            part.bar(
                a[column] * (0.995, 0.995, 1),
                b[column] * (0.995, 0.995, 1),
                0.01,
                trim,
                sides=6,
                collide=False,
                fill=0.1,
            )
    seat = 0.5 * height
    builder.surface("seat", (0.12 * depth, 0, seat), (0.4 * depth, 0.5 * width), round=True)


def floor_cushion(builder: AssetBuilder, size: Vec3) -> None:
    """Build a thick cushion for the floor, square or round, with a seam and a button."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cloth = style.main("fabric", colours=("beige", "grey", "blue", "green", "orange", "red", "turquoise"))
    seam = style.part("fabric", "beige" if style.attributes["color"] != "beige" else "brown")
    fill = bulk(cloth, 40)
    if style.requested.get("shape", "") in ("", "round") and (
        style.requested.get("shape") or style.rng.random() < 0.5
    ):
        r = min(depth, width) / 2
        style.attributes["shape"] = "round"
        half = height / 2
        turn = np.linspace(-math.pi / 2, math.pi / 2, 9)
        part.lathe(
            [(r - half * 0.8 * (1 - math.cos(a)), half + half * math.sin(a)) for a in turn], cloth, fill=fill
        )
        ring = np.linspace(0, 2 * math.pi, 25)
        part_ring = [(r * 0.995 * math.cos(a), r * 0.995 * math.sin(a), half) for a in ring]
        for a, b in pairwise(part_ring):
            part.bar(a, b, 0.009, seam, sides=6, collide=False, fill=0.1)
        side = 2 * r
    else:
        style.attributes["shape"] = "square" if abs(depth - width) < 0.08 else "rectangular"
        side = min(depth, width)
        part.cushion((side, side, height), (0, 0, height / 2), cloth, bulge=0.55, fill=fill)
    part.cylinder(0.018, 0.004, (0, 0, height - 0.001), seam, fill=0.1, collide=False)
    builder.surface("seat", (0, 0, height), (0.6 * side, 0.6 * side), round=True)


def play_tent(builder: AssetBuilder, size: Vec3) -> None:
    """Build a play tent: a cloth tepee on four crossed poles, open in front, with pennants."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    rng = style.rng
    cloth = style.main("fabric", colours=("beige", "white", "blue", "pink", "turquoise", "grey"))
    trim = style.part("fabric", str(rng.choice(["red", "yellow", "turquoise", "orange"])))
    wood, mat = style.part("wood", "pine"), style.part("fabric", "grey")
    meet = 0.86 * height
    thick = 0.024
    half = np.array([depth, width]) / 2 - 0.6 * thick
    corners = [np.array([sx * half[0], sy * half[1], 0.0]) for sx, sy in ((1, -1), (1, 1), (-1, 1), (-1, -1))]
    crossing = np.array([0.0, 0.0, meet])
    for corner in corners:
        end = crossing + (crossing - corner) * (height - meet - 0.006) / meet
        part.bar(corner + np.array([0, 0, 0.006]), end, thick, wood)
        part.box((thick, thick, 0.012), (corner[0], corner[1], 0.006), wood, bevel=0.002)

    def at(corner: Array, share: float) -> Array:
        point: Array = corner + (crossing - corner) * share
        return point

    top = 0.93
    for a, b in ((1, 2), (2, 3), (3, 0)):
        panel = [at(corners[a], 0.01), at(corners[b], 0.01), at(corners[b], top), at(corners[a], top)]
        _sheet(part, panel, cloth)
        stripe = [at(corners[a], 0.10), at(corners[b], 0.10), at(corners[b], 0.16), at(corners[a], 0.16)]
        _sheet(part, [p + 0.004 * _out(panel) for p in stripe], trim, 0.002)
    for here, there in ((0, 1), (1, 0)):
        low = at(corners[here], 0.01)
        knee = low + (at(corners[there], 0.01) - low) * 0.2
        cut = at(corners[here], 0.55) + (at(corners[there], 0.55) - at(corners[here], 0.55)) * 0.5
        _sheet(part, [low, knee, cut, at(corners[here], top)], cloth)
    over = [at(corners[0], 0.55), at(corners[1], 0.55), at(corners[1], top), at(corners[0], top)]
    _sheet(part, over, cloth)
    part.box((2 * half[0] - 0.06, 2 * half[1] - 0.06, 0.012), (0, 0, 0.012), mat, bevel=0.004, fill=0.4)
    for k in range(5):
        across = at(corners[0], 0.55) + (at(corners[1], 0.55) - at(corners[0], 0.55)) * (k + 0.5) / 5
        outline = [
            (across[1] - 0.035, across[2] + 0.01),
            (across[1] + 0.035, across[2] + 0.01),
            (across[1], across[2] - 0.08),
        ]
        tone = style.part("fabric", str(rng.choice(["red", "yellow", "blue", "green", "orange"])))
        prism(part, outline, across[0] + 0.008, across[0] + 0.011, tone, fill=0.1, collide=False)
    inner = 0.55
    builder.surface(
        "inside", (0, 0, 0.018), (inner * depth, inner * width), placement="in", height=0.5 * height
    )


def _out(panel: list[Array]) -> Array:
    normal = np.cross(panel[1] - panel[0], panel[2] - panel[0])
    normal /= np.linalg.norm(normal)
    middle: Array = np.mean(panel, axis=0)
    outwards: Array = normal * (1.0 if normal @ (middle * (1, 1, 0)) > 0 else -1.0)
    return outwards


def _sheet(part: Part, corners: list[Array], cloth: Material, thick: float = 0.005) -> None:
    """Add a cloth panel between coplanar corners, each of shape [3]."""
    out = _out(corners) * thick / 2
    points = np.concatenate([np.array(corners) + out, np.array(corners) - out])
    part.solid(hull_mesh(points), cloth, [points], 0.8)


def chaise(builder: AssetBuilder, size: Vec3) -> None:
    """Build a chaise longue: a long seat with a raised back and one arm, on turned feet."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    cloth = style.main(
        "upholstery", "upholstery", "leather", colours=("grey", "beige", "blue", "green", "red", "pink")
    )
    wood = style.part("wood", style.colour("wood", "walnut", "oak"))
    fill, seat, foot, pad = bulk(cloth, _FOAM), 0.43, 0.16, 0.13
    base = seat - pad - foot
    part.box((depth - 0.02, width, base), (0, 0, foot + base / 2), cloth, bevel=0.02, fill=fill)
    back = 0.16
    long = depth - back - 0.1
    part.cushion(
        (long, width - 0.02, pad), (depth / 2 - long / 2, 0, seat - pad / 2), cloth, bulge=0.25, fill=fill
    )
    x = -depth / 2
    rise = [(x, seat - pad), (x + 0.3, seat - pad), (x + 0.3, seat - 0.02), (x + back, height - 0.03),
            (x + back - 0.03, height), (x + 0.04, height), (x, height - 0.05)]  # fmt: skip
    prism(part, rise, -width / 2, width / 2, cloth, axis=1, fill=fill)
    arm = float(style.rng.choice([-1.0, 1.0]))
    run = 0.42 * depth
    side = [
        (x + 0.1, seat - 0.02),
        (x + run, seat - 0.02),
        (x + run, seat + 0.02),
        (x + 0.16, height - 0.1),
        (x + 0.06, height - 0.06),
    ]
    prism(part, side, arm * width / 2, arm * (width / 2 - 0.1), cloth, axis=1, fill=fill)
    part.cylinder(
        0.075, width - 0.24, (x + back + 0.13, -0.05 * arm, seat + 0.07), cloth, axis="y", fill=fill
    )
    for k in range(4):
        z = seat + 0.16 + 0.06 * (k % 2)
        place = (x + back + 0.1 - 0.3 * (z - seat), (k - 1.5) * 0.15, z)
        part.cylinder(0.011, 0.006, place, wood, axis="x", collide=False, fill=0.2)
    legs(part, "tapered", (depth - 0.08, width - 0.08), foot, 0.055, wood)
    builder.surface("seat", (0.12 * depth, 0, seat), (long - 0.3, width - 0.2))


def daybed(builder: AssetBuilder, size: Vec3) -> None:
    """Build a daybed: a mattress between two ends and a back, with bolsters."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame = timber(style)
    cloth, bolster = (
        style.part("mattress", "white"),
        style.part("fabric", str(style.rng.choice(["blue", "grey", "green", "beige", "red"]))),
    )
    fill, board = solid_share(frame), 0.035
    seat, pad = 0.46, 0.18
    inner = width - 2 * board
    z = seat - pad - 0.06
    part.box((depth - 0.06, inner, 0.11), (0.0, 0, z), frame, fill=fill * 0.25)
    part.cushion((depth - 0.09, inner - 0.02, pad), (0.02, 0, seat - pad / 2), cloth, bulge=0.12, fill=0.9)
    back = -depth / 2
    spindles = bool(style.rng.random() < 0.6)
    for sign in (-1, 1):
        y = sign * (width - board) / 2
        for x in (back + 0.03, -back - 0.03):
            tall = height if x < 0 else height - 0.06
            part.box((0.06, board, tall), (x, y, tall / 2), frame, bevel=0.006, fill=fill)
        part.box((depth - 0.12, board, 0.06), (0, y, height - 0.1), frame, fill=fill)
        if spindles:
            for x in np.linspace(back + 0.14, -back - 0.14, 6):
                part.box(
                    (0.02, 0.02, height - 0.13 - z),
                    (x, y, (height - 0.13 + z) / 2),
                    frame,
                    bevel=0.003,
                    fill=fill,
                )
        else:
            part.box(
                (depth - 0.12, 0.018, height - 0.13 - z), (0, y, (height - 0.13 + z) / 2), frame, fill=fill
            )
        roll = (0.16, 0.58 * depth)
        part.cylinder(
            roll[0] / 2,
            roll[1],
            (0.02, sign * (inner / 2 - 0.1), seat + 0.075),
            bolster,
            axis="x",
            fill=bulk(bolster, 50),
        )
    part.box((board, inner, 0.06), (back + board / 2, 0, height - 0.04), frame, fill=fill)
    if spindles:
        for y in np.linspace(-inner / 2 + 0.1, inner / 2 - 0.1, 14):
            part.box(
                (0.02, 0.02, height - 0.07 - z),
                (back + board / 2, y, (height - 0.07 + z) / 2),
                frame,
                bevel=0.003,
                fill=fill,
            )
    else:
        part.box(
            (0.018, inner, height - 0.07 - z),
            (back + board / 2, 0, (height - 0.07 + z) / 2),
            frame,
            fill=fill,
        )
    for y in np.linspace(-0.3, 0.3, 3) * inner:
        part.box(
            (0.12, 0.4, 0.3),
            (back + 0.13, y, seat + 0.15),
            bolster,
            bevel=0.05,
            rpy=(0, -0.25, 0),
            fill=bulk(bolster, 40),
        )
    builder.surface("seat", (0.1, 0, seat), (depth - 0.42, inner - 0.5))


def rocking_chair(builder: AssetBuilder, size: Vec3) -> None:
    """Build a wooden rocking chair with arms, spindles and a seat cushion."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    wood = timber(style, "wood", "wood", "painted wood")
    cloth, fill = style.part("fabric"), solid_share(wood)
    seat, thick = 0.42, 0.034
    half = width / 2 - 0.032
    front, rear = 0.27 * depth, -0.18 * depth
    for sign in (-1, 1):
        y = sign * half
        curve = [
            (-depth / 2, 0.1),
            (-0.34 * depth, 0.035),
            (-0.17 * depth, 0.0),
            (0.17 * depth, 0.0),
            (0.34 * depth, 0.03),
            (depth / 2 - 0.02, 0.085),
        ]
        for (x, z), (x2, z2) in pairwise(curve):
            outline = [(x, z), (x2, z2), (x2, z2 + 0.04), (x, z + 0.04)]
            prism(part, outline, y - thick / 2, y + thick / 2, wood, axis=1, fill=fill)
        part.bar((0.2 * depth, y, 0.035), (front, y, 0.64), thick, wood, sides=8, fill=fill)
        part.bar((-0.2 * depth, y, 0.035), (rear - 0.02, y, seat), thick, wood, sides=8, fill=fill)
        lean = (-0.42 * depth, sign * (half - 0.02), height - 0.02)
        part.bar((rear - 0.02, y, seat - 0.02), lean, thick, wood, end_thickness=0.028, sides=8, fill=fill)
        part.box(
            (front - rear + 0.1, 0.06, 0.024), ((front + rear) / 2, y, 0.65), wood, bevel=0.008, fill=fill
        )
    part.box(
        (front - rear + 0.08, width - thick, 0.03),
        ((front + rear) / 2, 0, seat - 0.035),
        wood,
        bevel=0.008,
        fill=fill,
    )
    part.cushion(
        (front - rear + 0.02, width - 0.1, 0.05), ((front + rear) / 2, 0, seat), cloth, bulge=0.35, fill=0.3
    )
    start, end = np.array([rear - 0.02, 0, seat - 0.02]), np.array([-0.42 * depth, 0, height - 0.02])
    for y in np.linspace(-half + 0.07, half - 0.07, 6):
        part.bar(
            start + np.array([0, y, 0]), end + np.array([0, 0.95 * y, -0.03]), 0.016, wood, sides=6, fill=fill
        )
    tilt = -math.atan2(start[0] - end[0], end[2] - start[2])
    part.box(
        (0.024, width - 0.02, 0.09),
        end + np.array([0.006, 0, -0.03]),
        wood,
        bevel=0.01,
        rpy=(0, tilt, 0),
        fill=fill,
    )
    for x in (0.2 * depth, -0.2 * depth):
        part.box((0.024, width - thick, 0.024), (x, 0, 0.16), wood, bevel=0.004, fill=fill)
    builder.surface("seat", ((front + rear) / 2 + 0.02, 0, seat + 0.025), (front - rear - 0.1, width - 0.16))


def hanging_chair(builder: AssetBuilder, size: Vec3) -> None:
    """Build a hanging chair: a wicker egg with a cushion, on a bent post with a round foot."""
    depth, width, height = size
    part = builder.part()
    cane = builder.style.main("wicker", colours=("beige", "brown", "grey", "black", "white"))
    metal = builder.style.part("metal", "black")
    r = min(depth, width) / 2
    part.cylinder(r, 0.03, (0, 0, 0.015), metal, fill=0.12)
    back = -r + 0.06
    bend = [
        (back, 0, 0.03),
        (back - 0.03, 0, 0.55 * height),
        (back + 0.12, 0, 0.9 * height),
        (-0.06, 0, height - 0.03),
        (0.02, 0, height - 0.035),
    ]
    tube(part, bend, 0.05, metal, (0, 1, 0), 0.25)
    top, low = height - 0.14, 0.42
    part.bar((0.02, 0, height - 0.04), (0.02, 0, top), 0.016, metal)
    _egg(builder, part, cane, 0.05, (low, top), (0.36 * depth, 0.38 * width))


def ceiling_chair(builder: AssetBuilder, size: Vec3) -> None:
    """Build a ceiling-mounted hanging chair: a wicker egg with a cushion, on a rope."""
    depth, width, height = size
    part = builder.part()
    cane = builder.style.main("wicker", colours=("beige", "brown", "grey", "black", "white"))
    metal, rope = builder.style.part("metal", "black"), builder.style.part("fabric", "beige")
    top = 1.3
    _egg(builder, part, cane, 0.0, (0.006, top), (0.515 * depth, 0.49 * width))
    part.bar((0, 0, top - 0.01), (0, 0, height - 0.04), 0.024, rope)
    part.cylinder(0.02, 0.05, (0, 0, top + 0.02), metal, fill=0.6)
    part.lathe([(0.03, height - 0.05), (0.07, height - 0.015), (0.07, height)], metal, fill=0.5)


def _egg(
    builder: AssetBuilder,
    part: Part,
    cane: Material,
    x: float,
    levels: tuple[float, float],
    radii: tuple[float, float],
) -> None:
    """Add a wicker egg, open in front and with a seat, centred at `x` between two heights [m]."""
    (low, top), (rx, ry) = levels, radii
    cloth = builder.style.part(
        "fabric", str(builder.style.rng.choice(["white", "grey", "beige", "turquoise"]))
    )
    middle, rz = (x, 0.0, (top + low) / 2), (top - low) / 2

    def rib(turn: float, lo: float, hi: float, steps: int) -> list[tuple[float, float, float]]:
        angles = np.linspace(lo, hi, steps)
        return [
            (
                middle[0] + rx * math.cos(turn) * math.cos(a),
                ry * math.sin(turn) * math.cos(a),
                middle[2] + rz * math.sin(a),
            )
            for a in angles
        ]

    for turn in np.linspace(0.9, 2 * math.pi - 0.9, 15):
        points = rib(turn, -math.pi / 2, math.pi / 2, 10)
        for a, b in pairwise(points):
            part.bar(a, b, 0.012, cane, sides=6, collide=False, fill=0.8)
    for a in np.linspace(-1.2, 1.2, 11):
        ring = [
            (
                middle[0] + rx * math.cos(t) * math.cos(a),
                ry * math.sin(t) * math.cos(a),
                middle[2] + rz * math.sin(a),
            )
            for t in np.linspace(0.9, 2 * math.pi - 0.9, 17)
        ]
        for p, q in pairwise(ring):
            part.bar(p, q, 0.012, cane, sides=6, collide=False, fill=0.8)
    hoop = rib(0.9, -math.pi / 2, math.pi / 2, 14) + rib(-0.9, math.pi / 2, -math.pi / 2, 14)
    for p, q in pairwise(hoop):
        part.bar(p, q, 0.034, cane, sides=8, collide=False, fill=0.8)
    turns = np.linspace(0.9, 2 * math.pi - 0.9, 8)
    for t, t2 in pairwise(turns):
        for below, above in pairwise((-0.75, -0.1, 0.6, 1.3)):
            corners = [
                (
                    middle[0] + k * rx * math.cos(u) * math.cos(v),
                    k * ry * math.sin(u) * math.cos(v),
                    middle[2] + k * rz * math.sin(v),
                )
                for k in (1.0, 0.94)
                for u in (t, t2)
                for v in (below, above)
            ]
            part.solid(hull_mesh(np.array(corners)), cane, [np.array(corners)], 0.05, visible=False)
    seat = low + 0.28
    pan = [
        superellipse((1.0 * rx, 1.0 * ry), (middle[0], 0, low + 0.01), 2.0),
        superellipse((1.75 * rx, 1.7 * ry), (middle[0], 0, seat - 0.05), 2.0),
    ]
    hull(part, np.concatenate(pan), cane, fill=0.05)
    part.cushion((1.6 * rx, 1.55 * ry, 0.14), (middle[0] + 0.02, 0, seat - 0.02), cloth, bulge=0.7, fill=0.15)
    part.box(
        (0.14, 1.1 * ry, 0.44),
        (middle[0] - 0.6 * rx, 0, seat + 0.26),
        cloth,
        bevel=0.06,
        rpy=(0, -0.15, 0),
        fill=0.12,
    )
    builder.surface("seat", (middle[0] + 0.1, 0, seat + 0.05), (0.7 * rx, 1.0 * ry))


FAMILIES = (
    Family(
        "bean bag", "beanbag.n.01", (0.75, 0.75, 0.62), (0.95, 0.95, 0.8), bean_bag, "",
        words=("beanbag", "bean bag chair", "beanbag chair", "bean bag seat", "sack chair"),
        mount="floor", mass=5.0,
    ),
    Family(
        "floor cushion", "cushion.n.03", (0.5, 0.5, 0.12), (0.68, 0.68, 0.18), floor_cushion, "",
        words=("floor pillow", "meditation cushion", "zafu", "zabuton", "tatami cushion", "sitting cushion"),
        mount="floor", has_front=False, mass=1.7,
    ),
    Family(
        "play tent", "tent.n.01", (1.05, 1.05, 1.4), (1.3, 1.3, 1.7), play_tent, "",
        words=("tent", "teepee", "tepee", "tipi", "wigwam", "kids tent", "toy tent", "children's tent",
               "playhouse"),
        mount="floor", mass=6.0,
    ),
    Family(
        "chaise", "chaise_longue.n.01", (1.5, 0.66, 0.76), (1.75, 0.78, 0.86), chaise, "",
        words=("chaise longue", "chaise lounge", "fainting couch", "lounge", "lounger", "recamier"),
        mount="floor", mass=30.0,
    ),
    Family(
        "daybed", "daybed.n.01", (0.9, 1.95, 0.82), (1.02, 2.1, 0.95), daybed, "",
        words=("day bed",), kinds=("bed", "sofa"), mount="floor", mass=70.0,
    ),
    Family(
        "rocking chair", "rocking_chair.n.01", (0.82, 0.58, 0.98), (0.95, 0.66, 1.12), rocking_chair,
        "rocking_chair", words=("rocker", "glider"), kinds=("chair",), mount="floor",
    ),
    Family(
        "hanging chair", "swing.n.02", (0.98, 0.98, 1.88), (1.1, 1.1, 2.0), hanging_chair, "",
        words=("hammock chair", "swing chair", "egg chair", "swing", "hanging egg chair", "hanging swing"),
        kinds=("chair",), mount="floor", mass=30.0,
    ),
    Family(
        "ceiling chair", "swing.n.02", (0.74, 0.76, 1.9), (0.86, 0.9, 2.1), ceiling_chair, "",
        words=("ceiling hanging chair", "ceiling swing chair", "ceiling swing", "ceiling egg chair",
               "ceiling mounted chair", "hanging rattan chair", "hanging wicker chair"),
        kinds=("chair", "hanging chair"), mount="ceiling", fixed=True, mass=16.0,
    ),
)  # fmt: skip
