"""Chairs, sofas, stools and benches."""

from __future__ import annotations

import math

import numpy as np

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, hull
from sage.assets.family import Family
from sage.assets.fittings import leg, legs, solid_share, timber
from sage.assets.materials import Style
from sage.geometry import Vec3, box_corners

__all__ = ["FAMILIES"]

_FOAM = 62.0
_PADDED = 260.0


def chair(builder: AssetBuilder, size: Vec3) -> float:
    """Build a chair with a back of slats, rungs, spindles or padding; it is grasped by a post of its back."""
    style, part = builder.style, builder.part()
    rng = style.rng
    wood = timber(style)
    seat = round(float(rng.uniform(0.445, 0.465)), 3)
    thick, plate = float(rng.uniform(0.032, 0.04)), 0.022
    padded = bool(rng.random() < 0.5)
    pad = 0.035 if padded else 0.0
    cloth = style.part(str(rng.choice(["fabric", "leather"])))
    depth, width, height = size
    under = seat - pad - plate
    fill = solid_share(wood)
    lean = 0.045
    back = -depth / 2 + lean
    front = depth / 2
    board = (front - back, width, plate)
    place = ((front + back) / 2, 0, under + plate / 2)
    part.box(board, place, wood, bevel=0.006, fill=fill)
    if padded:
        part.cushion(
            (board[0] - 0.05, width - 0.02, pad),
            (place[0] + 0.02, 0, seat - pad / 2),
            cloth,
            bulge=0.25,
            fill=bulk(cloth, 180),
        )
    y = width / 2 - thick / 2
    for sign in (-1, 1):
        leg(
            part,
            (front - 0.03, sign * (y - 0.006), under),
            (front - thick / 2, sign * y, 0),
            thick,
            wood,
            foot_thickness=0.7 * thick,
            fill=fill,
        )
        leg(
            part,
            (back + thick / 2, sign * y, under + plate),
            (-depth / 2 + thick * 0.35, sign * y, 0),
            thick,
            wood,
            foot_thickness=0.7 * thick,
            fill=fill,
        )
        leg(
            part,
            (-depth / 2 + thick * 0.35, sign * y, height),
            (back + thick / 2, sign * y, under + plate),
            0.7 * thick,
            wood,
            foot_thickness=thick,
            fill=fill,
        )
    for x in (front - 0.032, back + 0.022):
        part.box((0.018, width - 2 * thick, 0.05), (x, 0, under - 0.025), wood, bevel=0.001, fill=fill)
    for sign in (-1, 1):
        reach = front - back - 0.05
        part.box(
            (reach, 0.016, 0.04), (place[0], sign * (y - 0.004), under - 0.02), wood, bevel=0.001, fill=fill
        )
    _back(part, style, size, back + thick / 2, under + plate, thick, wood, cloth)
    patch = (board[0] - 0.08, width - 0.06)
    builder.surface("seat", (place[0] + 0.02, 0, seat), patch)
    return thick


def _back(
    part: Part, style: Style, size: Vec3, x: float, low: float, thick: float, wood: Material, cloth: Material
) -> None:
    """Add the back of a chair between its posts, which lean from `x` at height `low` to the rear edge [m]."""
    rng = style.rng
    top_x, top = -size[0] / 2 + thick * 0.35, size[2]
    slope = (top_x - x) / (top - low)
    tilt = math.atan(slope)
    inner, fill = size[1] - 2 * thick, solid_share(wood)

    def across(z: float, tall: float, depth: float, material: Material, share: float) -> None:
        place = (x + slope * (z - low), 0, z)
        part.box((depth, inner + 0.008, tall), place, material, rpy=(0, tilt, 0), bevel=0.004, fill=share)

    kind = str(rng.choice(["ladder", "slats", "spindles", "padded"]))
    crest = 0.06
    across(top - crest / 2 - 0.006, crest, 0.02, wood, fill)
    if kind == "ladder":
        count = int(rng.integers(2, 4))
        for step in range(count):
            across(low + (top - crest - low) * (step + 0.6) / (count + 0.2), 0.04, 0.016, wood, fill)
        return
    if kind == "padded":
        tall = (top - low) * 0.55
        across(top - crest - 0.02 - tall / 2, tall, 0.032, cloth, bulk(cloth, 180))
        return
    rail = low + 0.07
    across(rail, 0.035, 0.018, wood, fill)
    count = int(rng.integers(3, 5)) if kind == "slats" else int(rng.integers(5, 8))
    wide = 0.04 if kind == "slats" else 0.014
    end = top - crest - 0.002
    for y in np.linspace(-inner / 2, inner / 2, count + 2)[1:-1]:
        start, stop = (
            np.array([x + slope * (rail - low), y, rail]),
            np.array([x + slope * (end - low), y, end]),
        )
        half = np.array([0.006, wide / 2, 0.0])
        hull(
            part,
            np.concatenate([box_corners(p - half, p + half)[::2] for p in (start, stop)]),
            wood,
            fill=fill,
        )


def office_chair(builder: AssetBuilder, size: Vec3) -> None:
    """Build an office chair on a five-arm base; its casters do not turn."""
    style, part = builder.style, builder.part()
    rng = style.rng
    cloth = style.main("fabric", "fabric", "leather", colours=("black", "grey", "black", "blue", "green"))
    frame = style.part("plastic", str(rng.choice(["black", "black", "white"])))
    steel = style.part("metal", "silver")
    depth, width, height = size
    seat = round(float(rng.uniform(0.45, 0.48)), 3)
    radius, wheel = 0.285, 0.027
    hub = depth / 2 - radius - wheel
    for index in range(5):
        angle = index * 2 * math.pi / 5
        x, y = hub + radius * math.cos(angle), radius * math.sin(angle)
        part.bar((hub, 0, 0.1), (x, y, 0.075), 0.045, frame, end_thickness=0.03, sides=4, fill=0.9)
        _caster(part, x, y, wheel, frame)
    part.cylinder(0.038, 0.07, (hub, 0, 0.115), frame)
    part.cylinder(0.024, seat - 0.23, (hub, 0, 0.15 + (seat - 0.23) / 2), steel, fill=0.45)
    part.box((0.24, 0.18, 0.03), (hub, 0, seat - 0.085), frame)
    pad = 0.075
    part.cushion((0.47, 0.49, pad), (hub, 0, seat - pad / 2), cloth, bulge=0.4, fill=bulk(cloth, 110))
    builder.surface("seat", (hub, 0, seat), (0.34, 0.36))
    back = -depth / 2
    low, high = seat + 0.10, height
    thick, lean = 0.055, 0.05
    x = back + thick / 2 + 0.002 + lean / 2
    tilt = -math.atan(lean / (high - low))
    part.box(
        (thick, 0.45, high - low - 0.004),
        (x, 0, (low + high) / 2),
        cloth,
        bevel=0.02,
        rpy=(0, tilt, 0),
        fill=bulk(cloth, 120),
    )
    part.box((hub - x + 0.05, 0.07, 0.018), ((hub + x) / 2 - 0.03, 0, seat - 0.095), frame, bevel=0.002)
    part.box((0.018, 0.07, 0.33), (x - 0.006, 0, seat + 0.065), frame, bevel=0.002)
    if rng.random() < 0.7:
        _arms(part, hub, width, seat, frame)
    else:
        part.box((0.12, width - 0.14, 0.018), (hub, 0, seat - 0.095), frame, bevel=0.002)


def _caster(part: Part, x: float, y: float, wheel: float, material: Material) -> None:
    """Add a twin-wheel caster; its collider is a flat foot."""
    part.cylinder(0.011, 0.05, (x, y, 0.06), material, collide=False)
    part.cylinder(wheel, 0.04, (x, y, wheel), material, axis="y", fill=0.8, collide=False)
    part.box((1.2 * wheel, 0.036, 1.5 * wheel), (x, y, 0.75 * wheel), material, fill=0.2, visible=False)


def _arms(part: Part, hub: float, width: float, seat: float, material: Material) -> None:
    y = width / 2 - 0.03
    part.box((0.06, 2 * y - 0.02, 0.018), (hub, 0, seat - 0.095), material, bevel=0.002)
    for sign in (-1, 1):
        part.box((0.05, 0.02, 0.30), (hub, sign * (y - 0.0), seat + 0.055), material, bevel=0.004)
        part.box((0.25, 0.06, 0.025), (hub + 0.02, sign * y, seat + 0.205), material, bevel=0.008)


def sofa(builder: AssetBuilder, size: Vec3) -> None:
    """Build a sofa with two to four or the requested number of seats; if l-shaped, with a chaise."""
    style, part = builder.style, builder.part()
    bent = style.requested.get("shape") == "l-shaped"
    depth, width, height = size
    main = float(style.rng.uniform(0.86, 0.96))
    if bent:
        depth = max(depth, 1.45)
        style.attributes["shape"] = "l-shaped"
    elif depth <= _SOFA_DEPTH:
        main = depth
    else:
        depth = main
    build = _Sofa(builder, part, main, width, height)
    build.x = (main - depth) / 2
    couch = 0.0
    if bent:
        couch = 0.36 * width if width < 2.2 else 0.8
        build.couch(depth, couch)
    fitting = max(1, round((width - 2 * build.arm - couch) / 0.68))
    asked = style.requested.get("seats", "")
    if asked.isdigit() and int(asked) > bent:
        fitting = int(asked) - bent
        style.attributes["seats"] = asked
    build.seats(fitting, couch)
    build.frame(couch, depth)


def armchair(builder: AssetBuilder, size: Vec3) -> None:
    """Build an upholstered armchair."""
    build = _Sofa(builder, builder.part(), *size)
    build.seats(1, 0.0)
    build.frame(0.0, size[0])


_SOFA_DEPTH = 0.98


class _Sofa:
    """Builder of upholstered seats; `x` is the centre of the part with the backrest [m]."""

    def __init__(self, builder: AssetBuilder, part: Part, depth: float, width: float, height: float) -> None:
        self.builder, self.part, rng = builder, part, builder.style.rng
        self.depth, self.width, self.height = depth, width, height
        self.x = 0.0
        self.cloth = builder.style.main("upholstery", "upholstery", "upholstery", "leather")
        self.fill = bulk(self.cloth, _FOAM)
        self.wood = builder.style.part("wood", builder.style.colour("wood", "oak", "walnut", "birch"))
        self.steel = builder.style.part("metal", "black")
        self.seat = round(float(rng.uniform(0.43, 0.46)), 3)
        self.foot = float(rng.uniform(0.05, 0.14))
        self.arm = round(float(rng.uniform(0.11, 0.2)), 3) * (0.8 if width < 1 else 1.0)
        self.arm_top = float(rng.uniform(0.56, 0.64))
        self.thick = 0.17 if width < 1 else 0.2
        self.pad = float(rng.uniform(0.13, 0.16))
        self.round = float(rng.uniform(0.15, 0.45))
        self.rolled = bool(rng.random() < 0.35)

    def seats(self, count: int, couch: float) -> None:
        """Add `count` seat and back cushions beside a chaise of width `couch` [m]."""
        front, back = self.x + self.depth / 2, self.x - self.depth / 2
        left = -self.width / 2 + self.arm
        total = self.width - 2 * self.arm - couch
        each = total / count
        deep = self.depth - self.thick
        for index in range(count):
            y = left + (index + 0.5) * each
            size = (deep, each - 0.006, self.pad)
            self._cushion(size, (front - deep / 2, y, self.seat - self.pad / 2))
            tall = self.height - self.seat + 0.02
            size = (0.17, each - 0.012, tall)
            self._cushion(size, (back + self.thick - 0.02 + 0.055, y, self.seat + tall / 2 - 0.02))
        clear = deep - 0.2
        self.builder.surface(
            "seat", (front - clear / 2 - 0.04, left + total / 2, self.seat), (clear - 0.06, total - 0.06)
        )

    def couch(self, depth: float, wide: float) -> None:
        """Add the chaise of an l-shaped sofa, a long cushion at its right end."""
        back = self.x - self.depth / 2
        long = depth - self.thick
        y = self.width / 2 - self.arm - wide / 2
        center = (back + self.thick + long / 2, y, self.seat - self.pad / 2)
        self._cushion((long, wide - 0.006, self.pad), center)
        tall = self.height - self.seat + 0.02
        place = (back + self.thick + 0.035, y, self.seat + tall / 2 - 0.02)
        self._cushion((0.17, wide - 0.012, tall), place)
        clear = long - 0.2
        self.builder.surface(
            "couch", (back + depth - clear / 2 - 0.04, y, self.seat), (clear - 0.06, wide - 0.08)
        )

    def frame(self, couch: float, depth: float) -> None:
        """Add the body below the cushions, back, arms and feet."""
        part, cloth, fill = self.part, self.cloth, self.fill
        back = self.x - self.depth / 2
        base = self.seat - self.pad - self.foot
        inner = self.width - 2 * self.arm
        z = self.foot + base / 2
        part.box((self.depth - 0.02, inner, base), (self.x - 0.01, 0, z), cloth, bevel=0.01, fill=fill * 1.6)
        tall = self.height - 0.05 - self.foot
        part.box(
            (self.thick - 0.02, inner, tall),
            (back + (self.thick - 0.02) / 2, 0, self.foot + tall / 2),
            cloth,
            bevel=0.03,
            fill=fill,
        )
        if couch:
            long = depth - self.depth
            y = self.width / 2 - self.arm - couch / 2
            place = (self.x + self.depth / 2 - 0.02 + long / 2, y, z)
            part.box((long, couch, base), place, cloth, bevel=0.01, fill=fill * 1.6)
        for sign in (-1, 1):
            self._arm(sign)
        self._feet(couch, depth)

    def _arm(self, sign: int) -> None:
        y = sign * (self.width - self.arm) / 2
        tall = self.arm_top - self.foot
        if not self.rolled:
            size = (self.depth, self.arm, tall)
            self.part.box(size, (self.x, y, self.foot + tall / 2), self.cloth, bevel=0.025, fill=self.fill)
            return
        radius = self.arm / 2
        size = (self.depth - 0.01, self.arm * 0.86, tall - radius)
        self.part.box(size, (self.x, y, self.foot + size[2] / 2), self.cloth, bevel=0.01, fill=self.fill)
        place = (self.x, y, self.arm_top - radius)
        self.part.cylinder(radius, self.depth, place, self.cloth, axis="x", fill=self.fill)

    def _feet(self, couch: float, depth: float) -> None:
        part = self.part
        thick = 0.045
        spread = (self.depth - 0.06, self.width - 0.06)
        legs(part, "tapered" if self.foot > 0.08 else "square", spread, self.foot, thick, self.wood, x=self.x)
        if couch:
            x = self.x - self.depth / 2 + depth - 0.08
            for offset in (0.05, couch - 0.05):
                y = self.width / 2 - self.arm - offset
                part.box((thick, thick, self.foot), (x, y, self.foot / 2), self.wood)
        if self.width > 1.5:
            part.box((thick, thick, self.foot), (self.x, 0, self.foot / 2), self.steel, fill=0.2)

    def _cushion(self, size: Vec3, center: Vec3) -> None:
        self.part.cushion(size, center, self.cloth, bulge=self.round, fill=self.fill)


def stool(builder: AssetBuilder, size: Vec3) -> None:
    """Build a round or square stool on four legs."""
    style, part = builder.style, builder.part()
    wood = timber(style, "wood", "wood", "painted wood")
    rng, fill, plate = style.rng, solid_share(wood), 0.03
    under = size[2] - plate
    drawn = "round" if rng.random() < 0.6 else "square"
    circular = style.shape("round", "square", usual=drawn) == "round"
    side = min(size[:2])
    if circular:
        part.cylinder(side / 2, plate, (0, 0, size[2] - plate / 2), wood, fill=fill)
    else:
        part.box((side, side, plate), (0, 0, size[2] - plate / 2), wood, bevel=0.008, fill=fill)
    spread = side * (0.86 if circular else 0.98)
    legs(part, "splayed" if circular else "tapered", (spread, spread), under, 0.036, wood)
    reach = spread - 0.1 if circular else spread - 0.05
    for x in (-1, 1):
        y_reach = reach * (0.96 if circular else 1.0)
        part.box((0.018, y_reach, 0.025), (x * reach / 2, 0, under * 0.42), wood, fill=fill)
    part.box((reach, 0.018, 0.025), (0, 0, under * 0.42), wood, fill=fill)
    patch = side * 0.9
    builder.surface("seat", (0, 0, size[2]), (patch, patch), round=circular)


def bench(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bench: a plank on legs or on panels, sometimes with a cushion."""
    style, part = builder.style, builder.part()
    wood = timber(style, "wood", "wood", "painted wood")
    rng, fill = style.rng, solid_share(wood)
    depth, width, height = size
    pad = 0.045 if rng.random() < 0.5 else 0.0
    plate = 0.038
    under = height - pad - plate
    part.box((depth, width, plate), (0, 0, under + plate / 2), wood, bevel=0.006, fill=fill)
    if pad:
        cloth = style.part("fabric")
        part.cushion(
            (depth - 0.02, width - 0.03, pad),
            (0, 0, height - pad / 2),
            cloth,
            bulge=0.1,
            fill=bulk(cloth, 90),
        )
    if rng.random() < 0.5:
        legs(part, "tapered", (depth - 0.03, width - 0.06), under, 0.055, wood)
        for sign in (-1, 1):
            place = (sign * (depth / 2 - 0.045), 0.0, under - 0.03)
            part.box((0.02, width - 0.15, 0.06), place, wood, fill=fill)
    else:
        for sign in (-1, 1):
            place = (0.0, sign * (width / 2 - 0.12), under / 2)
            part.box((depth - 0.04, 0.035, under), place, wood, fill=fill)
        part.box((0.03, width - 0.27, 0.08), (0, 0, under * 0.6), wood, fill=fill)
    builder.surface("seat", (0, 0, height), (depth - 0.06, width - 0.08))


def bar_stool(builder: AssetBuilder, size: Vec3) -> None:
    """Build a bar stool on four legs with rungs, or on a column with a footrest ring."""
    style, part = builder.style, builder.part()
    side, height = min(size[:2]), size[2]
    pad = 0.06 if style.rng.random() < 0.6 else 0.0
    if "material" in style.requested or style.rng.random() < 0.6:
        frame = timber(style)
        _high_legs(part, side, height - pad, frame)
    else:
        frame = style.main("metal", colours=("black", "silver", "grey"))
        _column(part, side, height - pad, frame)
    cloth = style.part("leather")
    if pad:
        disc = [(side * 0.43, height - pad), (side * 0.45, height - 0.02), (side * 0.42, height)]
        part.lathe(disc, cloth, fill=bulk(cloth, 130))
    builder.surface("seat", (0, 0, height), (side * 0.8, side * 0.8), round=True)


def _high_legs(part: Part, side: float, height: float, wood: Material) -> None:
    """Add a round wooden seat on four splayed legs with rungs."""
    plate, fill = 0.03, solid_share(wood)
    part.cylinder(side * 0.45, plate, (0, 0, height - plate / 2), wood, fill=fill)
    legs(part, "splayed", (side, side), height - plate, 0.036, wood)
    for share in (0.32, 0.52):
        reach = side - 0.05 - 0.11 * share
        z = (height - plate) * share
        for sign in (-1, 1):
            part.box((0.016, reach, 0.024), (sign * reach / 2, 0, z), wood, fill=fill)
            part.box((reach, 0.016, 0.024), (0, sign * reach / 2, z + 0.03), wood, fill=fill)


def _column(part: Part, side: float, height: float, metal: Material) -> None:
    """Add a round seat on a column with a heavy foot and a footrest ring."""
    foot, post = side * 0.5, 0.026
    fill = solid_share(metal, 900.0)
    part.lathe([(foot, 0.0), (foot, 0.01), (0.05, 0.03)], metal, fill=0.2)
    part.cylinder(post, height - 0.04, (0, 0, 0.025 + (height - 0.04) / 2), metal, fill=fill)
    part.cylinder(side * 0.44, 0.018, (0, 0, height - 0.009), metal, fill=fill)
    ring = side * 0.32
    corners = [(ring * math.cos(a), ring * math.sin(a), 0.27) for a in np.linspace(0, 2 * math.pi, 9)]
    part.path(corners, 0.018, metal)
    part.box((2 * ring, 0.016, 0.016), (0, 0, 0.27), metal, fill=fill)


def ottoman(builder: AssetBuilder, size: Vec3) -> None:
    """Build an ottoman: round or square, on feet or down to the floor."""
    style, part = builder.style, builder.part()
    cloth = style.main("upholstery", "upholstery", "leather")
    wood = style.part("wood", style.colour("wood", "oak", "walnut", "birch"))
    depth, width, height = size
    fill, foot = bulk(cloth, _FOAM), 0.09 if style.rng.random() < 0.6 else 0.012
    seam = height - 0.1
    tall = seam - foot
    frame = (0.66 * depth, 0.66 * width, 0.03)
    part.box(frame, (0, 0, foot + 0.02), wood, fill=solid_share(wood), collide=False, visible=False)
    drawn = "round" if style.rng.random() < 0.4 else ""
    drawn = drawn or ("square" if abs(depth - width) < 0.04 else "rectangular")
    if style.shape("round", "square", "rectangular", usual=drawn) == "round":
        side = min(depth, width)
        r = side / 2
        part.lathe([(r - 0.012, foot), (r - 0.006, foot + 0.01), (r - 0.006, seam)], cloth, fill=fill)
        top = [(r - 0.012, seam), (r, seam + 0.025), (r, height - 0.03), (r - 0.03, height)]
        part.lathe(top, cloth, fill=fill)
        legs(part, "round", (side * 0.66, side * 0.66), foot, 0.045, wood)
        builder.surface("seat", (0, 0, height), (side - 0.08, side - 0.08), round=True)
        return
    part.box((depth - 0.012, width - 0.012, tall), (0, 0, foot + tall / 2), cloth, bevel=0.012, fill=fill)
    part.cushion((depth, width, 0.1), (0, 0, height - 0.05), cloth, bulge=0.12, fill=fill)
    legs(part, "tapered", (depth - 0.06, width - 0.06), foot, 0.045, wood)
    builder.surface("seat", (0, 0, height), (depth - 0.08, width - 0.08))


FAMILIES = (
    Family(
        "chair", "straight_chair.n.01", (0.45, 0.41, 0.82), (0.53, 0.47, 0.95), chair, "straight_chair",
        words=("dining chair", "kitchen chair", "straight chair"), mount="floor",
    ),
    Family(
        "office chair", "swivel_chair.n.01", (0.62, 0.60, 0.92), (0.70, 0.66, 1.10), office_chair,
        "swivel_chair", words=("swivel chair", "desk chair"), kinds=("chair",), mount="floor",
    ),
    Family(
        "sofa", "sofa.n.01", (0.84, 1.6, 0.78), (1.65, 2.5, 0.9), sofa, "sofa",
        words=("couch", "settee"), mount="floor", most=(1.65, 3.1, 0.9), seats=(0.66, 0.34),
    ),
    Family(
        "armchair", "armchair.n.01", (0.76, 0.74, 0.8), (0.88, 0.88, 0.95), armchair, "armchair",
        words=("easy chair",), kinds=("chair",), mount="floor",
    ),
    Family(
        "stool", "stool.n.01", (0.34, 0.34, 0.44), (0.4, 0.4, 0.5), stool, "music_stool",
        mount="floor", has_front=False,
    ),
    Family(
        "bar stool", "bar_stool.n.01", (0.36, 0.36, 0.66), (0.44, 0.44, 0.8), bar_stool, "bar_stool",
        words=("counter stool", "barstool", "high stool"), kinds=("stool",), mount="floor", has_front=False,
    ),
    Family(
        "ottoman", "ottoman.n.03", (0.45, 0.45, 0.36), (0.56, 0.66, 0.43), ottoman, "ottoman",
        words=("pouf", "pouffe", "footstool", "hassock"), mount="floor", has_front=False,
        most=(0.85, 1.0, 0.43),
    ),
    Family(
        "bench", "bench.n.01", (0.36, 1.0, 0.43), (0.44, 1.4, 0.48), bench, "bench", mount="floor",
        most=(0.45, 1.8, 0.5), seats=(0.5, 0.05),
    ),
)  # fmt: skip
