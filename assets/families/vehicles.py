"""Parked cars and bicycles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, hull_mesh
from sage.assets.families.forms import bulk, hull, loft, print_on, sweep, toned
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_KERB_DENSITY = 110.0
"""Mass of a car over the volume of its bounding box [kg/m3]; manufacturers' data of the VW Polo, the VW Golf
VII and the Toyota Corolla give 108-118."""
_WHEEL_KG = 16.0
"""Mass of a 15 inch wheel with its tyre [kg]."""
_SHELL_DENSITY = 55.0
"""Density of the body with glass, seats and trim [kg/m3]; the rest of the mass is low in the car."""
_MIRROR_M, _PLATE_M = 0.09, 0.013
"""Protrusion of mirrors and of number plates [m]."""
_STEP_M = 0.12
_TUBE_DENSITY = 900.0
"""Bulk density of a steel tube of 30 mm diameter with a wall of 0.9 mm [kg/m3]."""
_FOOT_M = 0.165
"""Distance from the centre plane of a bicycle to a foot of its stand [m]."""
_Knots = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class _Coachwork:
    """Outer surface of a car as a function of `u`, the distance from its front end [m]."""

    length: float
    half: float
    """Half its width without mirrors [m]."""
    axles: tuple[float, float]
    """`u` of the front and rear axles [m]."""
    wheel: float
    """Radius of the wheels [m]."""
    top: _Knots
    """Knots (u, z) of the centre line over bonnet, windscreen, roof and tail [m]."""
    belt: _Knots
    """Knots (u, z) of the belt line, above which the sides lean inwards [m]."""

    def rise(self, u: float) -> float:
        """Return the height of the centre line [m]."""
        return _smooth(self.top, u)

    def shoulder(self, u: float) -> float:
        """Return the height of the belt line [m]."""
        return min(_smooth(self.belt, u), self.rise(u) - 0.012)

    def wide(self, u: float) -> float:
        """Return the largest half width [m]."""
        end = self.length
        plan = [(0.0, 0.72), (0.06, 0.83), (0.18, 0.92), (0.45, 0.98), (0.9, 1.0), (end - 0.9, 1.0),
                (end - 0.35, 0.965), (end - 0.1, 0.9), (end, 0.82)]  # fmt: skip
        return self.half * _smooth(plan, u, 0.04)

    def floor(self, u: float) -> float:
        """Return the height of the underside [m]."""
        return _smooth([(0.0, 0.25), (0.5, 0.18), (self.length - 0.6, 0.18), (self.length, 0.28)], u)

    def lip(self, u: float) -> float:
        """Return the height of the lower edge of the side: the floor, or the arch over a wheel [m]."""
        low, arch = self.floor(u) + 0.004, self.wheel + 0.045
        nearest = min(abs(u - axle) for axle in self.axles)
        over = self.wheel + math.sqrt(arch**2 - nearest**2) if nearest < arch else 0.0
        return max(low, over)

    def flank(self, u: float, z: float) -> float:
        """Return the half width at a height `z` [m]."""
        wide, belt, low = self.wide(u), self.shoulder(u), self.floor(u)
        share = (min(z, belt) - low) / (belt - low)
        bulge = float(np.interp(share, [0, 0.2, 0.45, 0.7, 0.76, 1.0], [0.94, 0.975, 1.0, 0.99, 0.975, 0.93]))
        return wide * bulge - 0.42 * max(0.0, z - belt)

    def heights(self, u: float) -> Array:
        """Return the sampled heights of the side [m]."""
        lip = self.lip(u)
        cuts: Array = lip + (self.shoulder(u) - lip) * np.array([0.0, 0.15, 0.4, 0.7, 0.78, 1.0])
        return cuts

    def edge(self, u: float) -> float:
        """Return the height of the edge between side and top [m]."""
        rise, belt = self.rise(u), self.shoulder(u)
        return belt + 0.86 * (rise - belt)

    def crown(self, u: float, share: float) -> Vec3:
        """Return a point of the top, at `share` (0..1) between its centre and its left edge."""
        rise, edge = self.rise(u), self.edge(u)
        across = self.flank(u, edge)
        return self.at(u, share * across, rise - (rise - edge) * abs(share) ** 2.6)

    def at(self, u: float, y: float, z: float) -> Vec3:
        """Return a point in the asset frame [m]."""
        return (self.length / 2 - u, y, z)

    def ring(self, u: float) -> Array:
        """Return the closed cross section [m], shape [n, 3], from the right of the floor over the top."""
        floor, lip, belt, edge = self.floor(u), self.lip(u), self.shoulder(u), self.edge(u)
        inner = self.half - 0.24
        side = [(min(inner, 0.9 * self.flank(u, lip)), floor), (min(inner, 0.9 * self.flank(u, lip)), lip)]
        side += [(self.flank(u, z), z) for z in self.heights(u)]
        side += [(self.flank(u, z), z) for z in belt + (edge - belt) * np.array([0.12, 0.5, 0.9])]
        left = [self.at(u, y, z) for y, z in side]
        left += [self.crown(u, share) for share in (0.985, 0.93, 0.8, 0.5)]
        right = [(x, -y, z) for x, y, z in left]
        return np.array([*right, self.crown(u, 0.0), *reversed(left)])

    def stations(self) -> Array:
        """Return the sampled values of `u`, denser at the ends and around the wheels [m]."""
        arch = self.wheel + 0.045
        turn = arch * np.array([-1.004, *0.999 * np.cos(np.linspace(math.pi, 0.0, 13)), 1.004])
        round_ = [axle + turn for axle in self.axles]
        ends = np.array([0.0, 0.02, 0.045])
        even = np.arange(_STEP_M, self.length - _STEP_M / 2, _STEP_M)
        clear = [u for u in even if min(abs(u - axle) for axle in self.axles) > arch + 0.02]
        return np.unique(np.concatenate([ends, self.length - ends, *round_, clear]).round(4))


def _smooth(knots: _Knots, u: float, reach: float = 0.1) -> float:
    """Return the moving average of a polyline through knots, over `reach` to each side [m]."""
    xs, ys = zip(*knots, strict=True)
    low, high = max(xs[0], u - reach), min(xs[-1], u + reach)
    reach = min(u - low, high - u)
    return float(np.interp(u + np.linspace(-reach, reach, 9), xs, ys).mean())


def _hatchback(length: float, width: float, height: float, wheel: float) -> _Coachwork:
    roof, end = height, length
    top = [(0.0, 0.54), (0.03, 0.66), (0.1, 0.73), (0.35, 0.82), (1.02, 0.98), (1.72, roof - 0.06),
           (2.05, roof - 0.01), (2.5, roof), (end - 0.75, roof - 0.06), (end - 0.5, roof - 0.11),
           (end - 0.13, 1.0), (end - 0.05, 0.93), (end, 0.74)]  # fmt: skip
    belt = [(0.0, 0.5), (0.05, 0.63), (0.25, 0.74), (0.95, 0.88), (end - 1.2, 0.94), (end - 0.15, 0.97),
            (end - 0.05, 0.88), (end, 0.7)]  # fmt: skip
    return _Coachwork(length, width / 2, (0.8, end - 0.66), wheel, top, belt)


def _saloon(length: float, width: float, height: float, wheel: float) -> _Coachwork:
    roof, end = height, length
    top = [(0.0, 0.54), (0.03, 0.65), (0.1, 0.72), (0.4, 0.8), (1.12, 0.95), (1.85, roof - 0.06),
           (2.2, roof - 0.01), (2.6, roof), (end - 1.35, roof - 0.05), (end - 1.15, roof - 0.11),
           (end - 0.62, 1.04), (end - 0.1, 0.99), (end - 0.04, 0.92), (end, 0.72)]  # fmt: skip
    belt = [(0.0, 0.5), (0.05, 0.62), (0.25, 0.72), (1.1, 0.87), (end - 1.2, 0.93), (end - 0.15, 0.94),
            (end - 0.05, 0.86), (end, 0.68)]  # fmt: skip
    return _Coachwork(length, width / 2, (0.84, end - 0.92), wheel, top, belt)


def _lacquered(material: Material) -> Material:
    return material.model_copy(update={"name": f"{material.name}_lacquered", "roughness": 0.25})


def car(builder: AssetBuilder, size: Vec3) -> None:
    """Build a closed small car: a hatchback, or a saloon if it is long."""
    length, width, height = size
    style, part = builder.style, builder.part()
    colours = ("white", "silver", "grey", "black", "blue", "red", "red", "green", "beige")
    paint = _lacquered(style.main("painted metal", colours=colours))
    glass = toned(style.part("glass", "grey"), 0.09, 1.0)
    black, wheel = style.part("plastic", "black"), float(style.rng.uniform(0.295, 0.32))
    saloon = length > 4.1 + 0.25 * style.rng.random()
    shape = (_saloon if saloon else _hatchback)(length - 2 * _PLATE_M, width - 2 * _MIRROR_M, height, wheel)
    _shell(part, shape, paint)
    _windows(part, shape, glass, black, saloon)
    _doors(part, shape, paint, black)
    _face(builder, part, shape, black)
    _tail(builder, part, shape, black)
    _wheels(builder, part, shape)


def _shell(part: Part, shape: _Coachwork, paint: Material) -> None:
    """Add the body, with most of its mass low and in front, where the engine is."""
    rings = [shape.ring(float(u)) for u in shape.stations()]
    mesh = loft(rings)
    cowl, back = shape.axles[0] + 0.3, shape.axles[1] - 0.35
    points = np.concatenate(rings)
    u = shape.length / 2 - points[:, 0]
    low = points[:, 2] < np.array([shape.shoulder(float(x)) for x in u]) + 0.02
    cabin = ~low & (u > cowl - 0.1)
    bounds = (0.0, 0.25, cowl, back, shape.length - 0.25, shape.length)
    spans = [(a - _STEP_M / 2, b + _STEP_M / 2) for a, b in pairwise(bounds)]
    pieces = [points[(u > a) & (u < b) & ~cabin] for a, b in spans]
    part.solid(mesh, paint, [*pieces, points[cabin]], bulk(paint, _SHELL_DENSITY))
    box = shape.length * 2 * shape.half * shape.rise(shape.length / 2)
    steel = _KERB_DENSITY * box - _SHELL_DENSITY * mesh.volume - 4 * _WHEEL_KG
    for share, size, at in ((0.5, (0.6, 0.8, 0.4), 0.75), (0.5, (2.0, 1.2, 0.12), shape.length / 2)):
        fill = share * steel / math.prod(size) / paint.density
        center = shape.at(at, 0.0, 0.28 + size[2] / 2)
        part.box(size, center, paint, fill=fill, collide=False, visible=False)


def _pane(part: Part, outer: Sequence[Vec3], material: Material, out: Vec3 = (0.0, 0.0, 0.0)) -> None:
    """Add a convex pane on the surface, moved outwards by `out` [m], without mass and colliders."""
    points = np.asarray(outer) + np.asarray(out)
    middle = np.array([points[:, 0].mean(), 0.0, 0.7])
    hull(part, np.concatenate([points, points + 0.02 * (middle - points)]), material, fill=0, collide=False)


def _windows(part: Part, shape: _Coachwork, glass: Material, black: Material, saloon: bool) -> None:
    rises = [(u, shape.rise(u)) for u in np.arange(0.8, shape.length, 0.02)]
    roof = max(rise for _, rise in rises)
    front = [float(u) for u, rise in rises if 1.04 < rise < roof - 0.075 and u < 2.2]
    rear = [float(u) for u, rise in rises if 1.08 < rise < roof - 0.1 and u > 2.8]
    for span, out in ((front, (0.004, 0.0, 0.004)), (rear, (-0.004, 0.0, 0.004))):
        us = np.linspace(span[0], span[-1], 5)
        pane = [shape.crown(float(u), y) for u in us for y in np.linspace(-0.93, 0.93, 9)]
        _pane(part, pane, glass, out)
    low, high = shape.shoulder(2.2) + 0.035, roof - 0.13
    tip = next(u for u, rise in rises if rise > low + 0.05)
    pillar = (front[-1] + rear[0]) / 2 + (0.05 if saloon else 0.0)
    heel, last = rear[-1] - (0.28 if saloon else 0.2), rear[0] - (0.06 if saloon else 0.12)
    panes = [
        [(tip + 0.16, low), (front[-1] + 0.12, high), (pillar - 0.02, high), (pillar - 0.04, low)],
        [(pillar + 0.04, low), (pillar + 0.02, high), (last, high), (heel, low + 0.02)],
    ]
    for corners in panes:
        (a, b), (c, d), (e, f), (g, h) = corners
        grid = [
            ((1 - v) * ((1 - t) * a + t * g) + v * ((1 - t) * c + t * e),
             (1 - v) * ((1 - t) * b + t * h) + v * ((1 - t) * d + t * f))
            for t in np.linspace(0, 1, 5) for v in np.linspace(0, 1, 4)
        ]  # fmt: skip
        for sign in (-1, 1):
            pane = [shape.at(u, sign * shape.flank(u, z), z) for u, z in grid]
            _pane(part, pane, glass, (0.0, sign * 0.005, 0.002))
    for sign in (-1, 1):
        post = [
            shape.at(pillar + u, sign * shape.flank(pillar, z), z) for u in (-0.04, 0.04) for z in (low, high)
        ]
        _pane(part, post, black, (0.0, sign * 0.003, 0.0))
        u = tip + 0.3
        root = shape.flank(u, low)
        reach = shape.half + _MIRROR_M - root
        stalk = shape.at(u, sign * (root - 0.02), low - 0.005)
        part.bar(stalk, shape.at(u, sign * (root + 0.06), low + 0.03), 0.04, black, fill=0.3, collide=False)
        head = (0.1, reach - 0.03, 0.13)
        place = shape.at(u + 0.02, sign * (shape.half + _MIRROR_M - head[1] / 2), low + 0.06)
        part.box(head, place, black, bevel=0.03, fill=0.4)


def _seam(part: Part, points: Sequence[Vec3], material: Material, thickness: float = 0.007) -> None:
    """Add a line on the surface, without mass and colliders."""
    square = np.array([(1, -1), (1, 1), (-1, 1), (-1, -1)]) * thickness / 2
    part.solid(sweep(points, np.repeat(square[None], len(points), axis=0), (0.9, 0.1, 0.45)), material, [], 0)


def _doors(part: Part, shape: _Coachwork, paint: Material, black: Material) -> None:
    fore, aft = shape.axles
    first, last = fore + shape.wheel + 0.1, aft - shape.wheel + 0.02
    middle = (first + last) / 2 + 0.05
    for sign in (-1, 1):
        for u in (first, middle, last):
            _seam(part, [shape.at(u, sign * shape.flank(u, z), z) for z in shape.heights(u)], black)
        for u in (middle - 0.16, last - 0.1):
            z = shape.shoulder(u) - 0.1
            place = shape.at(u, sign * (shape.flank(u, z) + 0.008), z)
            part.box((0.17, 0.03, 0.028), place, paint, bevel=0.008, fill=0, collide=False)
        bonnet = [shape.crown(u, 0.86 * sign) for u in np.linspace(0.3, fore + 0.24, 5)]
        _seam(part, bonnet, black)
        reach = aft - fore - 2 * shape.wheel - 0.14
        place = shape.at((fore + aft) / 2, sign * (shape.flank((fore + aft) / 2, 0.22) - 0.01), 0.215)
        part.box((reach, 0.045, 0.07), place, black, bevel=0.01, fill=0, collide=False)


def _lamp(
    part: Part, shape: _Coachwork, span: tuple[float, float], heights: tuple[float, float], material: Material
) -> None:
    """Add a lamp to both corners, between two values of `u` and two heights [m]."""
    for sign in (-1, 1):
        points = [
            shape.at(u, sign * (shape.flank(u, z) + 0.005), z)
            for u in np.linspace(*span, 8)
            for z in np.linspace(heights[0], min(heights[1], shape.shoulder(u) - 0.01), 5)
        ]
        hull(part, points, material, fill=0, collide=False)


def _face(builder: AssetBuilder, part: Part, shape: _Coachwork, black: Material) -> None:
    """Add the front: head lamps, grille, bumper and number plate."""
    clear, white = (
        toned(builder.style.part("glass", "white"), 0.75, 1.0),
        builder.style.part("plastic", "white"),
    )
    chrome = builder.style.part("metal", "silver")
    _lamp(part, shape, (0.05, 0.42), (0.57, 0.7), clear)
    nose, wide = shape.length / 2, 2 * shape.wide(0.0)
    print_on(part, (0.02, 0.62 * wide, 0.075), (nose, 0, 0.475), black)
    print_on(part, (0.024, 0.1, 0.05), (nose, 0, 0.475), chrome)
    print_on(part, (0.02, 0.86 * wide, 0.09), (nose - 0.004, 0, 0.3), black)
    _plate(part, (nose, 0, 0.37), white, black)


def _plate(part: Part, center: Vec3, white: Material, black: Material) -> None:
    """Add a number plate in a dark frame."""
    print_on(part, (0.02, 0.55, 0.14), center, black)
    print_on(part, (2 * _PLATE_M, 0.52, 0.11), center, white)


def _tail(builder: AssetBuilder, part: Part, shape: _Coachwork, black: Material) -> None:
    """Add the rear: tail lamps, bumper and number plate."""
    red, white = toned(builder.style.part("plastic", "red"), 0.7), builder.style.part("plastic", "white")
    end = shape.length
    _lamp(part, shape, (end - 0.3, end - 0.008), (0.68, 0.86), red)
    wide = 2 * shape.wide(end)
    _plate(part, (-end / 2, 0, 0.56), white, black)
    print_on(part, (0.02, 0.92 * wide, 0.1), (-end / 2 + 0.002, 0, 0.34), black)


def _wheels(builder: AssetBuilder, part: Part, shape: _Coachwork) -> None:
    """Add four wheels whose tyres are flat at the ground."""
    rubber, dark = builder.style.part("rubber", "black"), toned(builder.style.part("metal", "grey"), 0.35)
    alloy = builder.style.part("metal", "silver")
    radius, thick, count = shape.wheel, 0.185, 24
    rim, spokes = 0.66 * radius, int(builder.style.rng.choice([5, 7, 10]))
    turn = (np.arange(count) + 0.5) * 2 * math.pi / count
    unit = np.column_stack([np.cos(turn), np.sin(turn)]) / math.cos(math.pi / count)
    for u in shape.axles:
        for sign in (-1, 1):
            x, y, _ = shape.at(u, sign * (shape.half - 0.015 - thick / 2), 0.0)
            tyre = []
            for share, out in ((0.86, 0.52), (0.96, 0.48), (1.0, 0.39)):
                for side in (-1, 1):
                    ring = unit * share * radius
                    places = np.full(count, y + side * out * thick)
                    tyre.append(np.column_stack([x + ring[:, 0], places, radius + ring[:, 1]]))
            points = np.concatenate(tyre)
            mesh = hull_mesh(points)
            part.solid(mesh, rubber, [points], _WHEEL_KG / (mesh.volume * rubber.density))
            face = y + sign * 0.52 * thick
            part.cylinder(rim, 0.012, (x, face, radius), dark, axis="y", fill=0, collide=False)
            _hoop(part, (x, face, radius), (rim - 0.008, 0.012), alloy)
            for angle in np.arange(spokes) * 2 * math.pi / spokes + 0.3:
                way = np.array([math.cos(angle), 0.0, math.sin(angle)])
                start, end = (np.array([x, face + sign * 0.004, radius]) + way * r for r in (0.02, rim))
                part.bar(start.tolist(), end.tolist(), 0.036 if spokes > 5 else 0.056, alloy, sides=4,
                         end_thickness=0.028, fill=0, collide=False)  # fmt: skip
            part.cylinder(0.05, 0.05, (x, face, radius), alloy, axis="y", fill=0, collide=False)


def _hoop(
    part: Part,
    center: Vec3,
    radii: tuple[float, float],
    material: Material,
    *,
    axis: Literal["x", "y"] = "y",
    round_by: tuple[int, int] = (24, 4),
    fill: float = 0.0,
) -> None:
    """Add a ring around an axis, without colliders; `radii` are its radius and half its thickness [m]."""
    mesh = trimesh.creation.torus(*radii, major_sections=round_by[0], minor_sections=round_by[1])
    points = np.roll(np.asarray(mesh.vertices), 1 if axis == "x" else 2, axis=1) + np.asarray(center)
    part.solid(trimesh.Trimesh(points, mesh.faces, process=False), material, [], fill)


@dataclass(frozen=True)
class _Frame:
    """Node positions of a bicycle frame: (distance ahead of its centre, height) [m]."""

    rear: tuple[float, float]
    front: tuple[float, float]
    """Front and rear axle."""
    crank: tuple[float, float]
    seat: tuple[float, float]
    """Top of the seat tube."""
    saddle: tuple[float, float]
    crown: tuple[float, float]
    """Crown of the fork."""
    head: tuple[float, float]
    stem: tuple[float, float]
    """Clamp of the handlebar."""

    @staticmethod
    def at(place: tuple[float, float], side: float = 0.0) -> Vec3:
        """Return a point in the asset frame, whose +x points to the rider's left [m]."""
        return (side, -place[0], place[1])


def bicycle(builder: AssetBuilder, size: Vec3) -> None:
    """Build a city bicycle or a plain one on a two-legged stand.

    Its front (+x) is its left side, from which it is mounted, so that it is placed parallel to walls.
    """
    reach, length, height = size
    style, part = builder.style, builder.part()
    colours = ("black", "red", "blue", "green", "white", "grey", "turquoise")
    paint = _lacquered(style.main("painted metal", colours=colours))
    city = bool(style.rng.random() < 0.6)
    low = city and bool(style.rng.random() < 0.6)
    wheel, guard = 0.335, 0.022 if city else 0.0
    rear, front = -length / 2 + wheel + guard, length / 2 - wheel - guard
    crank = rear + 0.44
    frame = _Frame(
        (rear, wheel), (front, wheel), (crank, 0.275), (crank - 0.165, 0.745), (crank - 0.215, height - 0.1),
        (front - 0.125, 0.69), (front - 0.185, 0.85), (front - 0.2, height - (0.06 if city else 0.022)),
    )  # fmt: skip
    black, steel = style.part("rubber", "black"), style.part("metal", "silver")
    _tubes(part, frame, paint, low)
    for axle in (frame.rear, frame.front):
        _bicycle_wheel(part, frame.at(axle), wheel, black, steel)
    _handlebar(part, frame, (reach, height), steel, black, city)
    _saddle(part, frame, steel, style.part("leather", "brown" if style.rng.random() < 0.3 else "black"))
    _drive(part, frame, steel, black, paint if city else None)
    _stand(part, frame, steel, black)
    if city:
        _fittings(builder, part, frame, wheel, paint)


def _tubes(part: Part, frame: _Frame, paint: Material, low: bool) -> None:
    """Add the frame and the fork; a `low` frame is a step-through frame."""
    fill, at = bulk(paint, _TUBE_DENSITY), frame.at
    down = (frame.crown[0] - 0.012, frame.crown[1] + 0.03)
    neck = (frame.head[0] + 0.012, frame.head[1] - 0.03)
    waist = (frame.crank[0] - 0.06, frame.crank[1] + 0.17) if low else frame.seat
    for start, end, thick in (
        (frame.crank, down, 0.036), (frame.crank, frame.seat, 0.032), (waist, neck, 0.03),
        (frame.crown, frame.head, 0.04),
    ):  # fmt: skip
        part.bar(at(start), at(end), thick, paint, sides=12, fill=fill)
    part.cylinder(0.024, 0.075, at(frame.crank), paint, axis="x", fill=0.5, collide=False)
    for side in (-1, 1):
        for top, foot, thick in (
            (at(frame.crank, side * 0.032), at(frame.rear, side * 0.06), 0.02),
            (at(frame.seat, side * 0.016), at(frame.rear, side * 0.06), 0.016),
            (at((frame.crown[0], frame.crown[1] + 0.005), side * 0.044), at(frame.front, side * 0.05), 0.024),
        ):
            part.bar(top, foot, thick, paint, fill=fill, end_thickness=0.016)
    part.box((0.11, 0.035, 0.035), at(frame.crown), paint, bevel=0.008, fill=fill)


def _bicycle_wheel(part: Part, center: Vec3, radius: float, rubber: Material, steel: Material) -> None:
    """Add a wheel that is flat at the ground; its collider is a disc."""
    x, y, z = center
    tyre, count = 0.019, 24
    _hoop(part, center, (radius - tyre, tyre), rubber, axis="x", round_by=(36, 8), fill=0.5)
    _hoop(part, center, (radius - 2 * tyre - 0.004, 0.011), steel, axis="x", round_by=(36, 4), fill=0.2)
    turn = (np.arange(count) + 0.5) * 2 * math.pi / count
    ring = radius / math.cos(math.pi / count) * np.column_stack([np.cos(turn), np.sin(turn)])
    disc = np.concatenate([np.insert(ring, 0, side * 0.7 * tyre, axis=1) for side in (-1, 1)])
    hub = hull_mesh(disc * 0.01 + np.asarray(center))
    part.solid(hub, steel, [disc + np.asarray(center)], 0)
    part.cylinder(0.022, 0.09, center, steel, axis="x", fill=0.5, collide=False)
    part.cylinder(0.008, 0.14, center, steel, axis="x", collide=False)
    for index, angle in enumerate(np.arange(18) * math.pi / 9):
        way = (math.cos(angle), math.sin(angle))
        far = radius - 2 * tyre
        start = (x + (-1) ** index * 0.035, y + 0.02 * way[0], z + 0.02 * way[1])
        end = (x, y + far * way[0], z + far * way[1])
        part.bar(start, end, 0.003, steel, sides=4, fill=0.5, collide=False)


def _handlebar(
    part: Part, frame: _Frame, size: tuple[float, float], steel: Material, black: Material, city: bool
) -> None:
    """Add stem, handlebar, grips and brake levers; the handlebar of a city bicycle is bent back."""
    (reach, height), (u, z) = size, frame.stem
    thick, grip = 0.022, 0.034
    part.bar(frame.at(frame.head), frame.at((u, z)), 0.028, steel, fill=0.4)
    half, top = reach / 2, height - grip / 2
    for side in (-1, 1):
        if city:
            bend = [(0.0, 0.0, z), (0.06, 0.3, z + 0.012), (0.05, 0.62, top), (-0.06, 0.88, top)]
            end, tip = (-0.07, half - 0.033, top), (-0.2, half - grip / 2, top)
        else:
            bend = [(0.0, 0.0, z), (0.0, 0.3, z), (-0.01, 0.42, top)]
            end, tip = (-0.025, half - 0.13, top), (-0.04, half, top)
        points = [frame.at((u + a, h), side * b * (half - 0.02)) for a, b, h in bend]
        points.append(frame.at((u + end[0], end[2]), side * end[1]))
        for start, stop in pairwise(points):
            part.bar(start, stop, thick, steel, fill=0.3)
        hand = frame.at((u + tip[0], tip[2]), side * tip[1])
        part.bar(points[-1], hand, grip, black, fill=0.6)
        lever = np.array(points[-1]) + frame.at((0.045, -0.02))
        part.bar(
            (*points[-1][:2], top - 0.01), lever.tolist(), 0.014, steel, sides=4, fill=0.5, collide=False
        )
        pull = lever + 0.8 * (np.array(hand) - np.array(points[-1]))
        part.bar(lever.tolist(), pull.tolist(), 0.012, steel, sides=4, fill=0.5, collide=False)


def _saddle(part: Part, frame: _Frame, steel: Material, cover: Material) -> None:
    u, z = frame.saddle
    part.bar(frame.at(frame.seat), frame.at((u, z - 0.03)), 0.027, steel, fill=0.25)
    shape = [
        (-0.125, 0.05, 0.016), (-0.105, 0.085, 0.008), (-0.08, 0.06, 0.018), (-0.1, 0.075, -0.04),
        (-0.05, 0.078, -0.004), (0.0, 0.045, 0.0), (0.0, 0.035, -0.04), (0.14, 0.018, 0.0),
        (0.14, 0.012, -0.03),
    ]  # fmt: skip
    hull(
        part,
        [frame.at((u + a, z + up), side * b) for a, b, up in shape for side in (-1, 1)],
        cover,
        fill=0.35,
    )


def _drive(part: Part, frame: _Frame, steel: Material, black: Material, case: Material | None) -> None:
    """Add the crank, the pedals, the right one in front, and the chain, in a case if `case` is given."""
    (u, z), right = frame.crank, -0.05
    part.cylinder(0.09, 0.006, frame.at((u, z), right), black, axis="x", fill=0.5, collide=False)
    part.cylinder(0.075, 0.007, frame.at((u, z), right), steel, axis="x", fill=0.2, collide=False)
    part.cylinder(0.036, 0.02, frame.at(frame.rear, right), steel, axis="x", fill=0.5, collide=False)
    for sign in (-1, 1):
        behind = (frame.rear[0], frame.rear[1] + sign * 0.035)
        ends = (frame.at((u, z + sign * 0.088), right), frame.at(behind, right))
        part.bar(*ends, 0.008, black, sides=4, collide=False)
    if case:
        run = [frame.at((u + 0.1 * math.cos(a), z + 0.1 * math.sin(a)), right + x)
               for a in np.linspace(-1.4, 1.9, 9) for x in (-0.014, -0.004)]  # fmt: skip
        run += [frame.at((frame.rear[0] + 0.02, frame.rear[1] + up), right + x)
                for up in (0.045, 0.0) for x in (-0.014, -0.004)]  # fmt: skip
        hull(part, run, case, fill=bulk(case, 400), collide=False)
    for side in (-1, 1):
        ahead = u - side * 0.17
        part.bar(
            frame.at((u, z), side * 0.075),
            frame.at((ahead, z), side * 0.085),
            0.022,
            steel,
            sides=4,
            fill=0.6,
        )
        part.box((0.095, 0.085, 0.024), frame.at((ahead, z), side * 0.135), black, bevel=0.006, fill=0.5)


def _stand(part: Part, frame: _Frame, steel: Material, black: Material) -> None:
    """Add a stand with two feet wide apart."""
    u, z = frame.crank
    for side in (-1, 1):
        foot = frame.at((u - 0.09, 0.012), side * _FOOT_M)
        part.bar(frame.at((u - 0.06, z - 0.01), side * 0.03), foot, 0.02, steel, fill=0.6)
        part.box((0.05, 0.16, 0.02), (foot[0], foot[1], 0.01), black, bevel=0.004)
    part.bar(
        frame.at((u - 0.06, z - 0.01), -0.05), frame.at((u - 0.06, z - 0.01), 0.05), 0.024, steel, fill=0.6
    )


def _fittings(builder: AssetBuilder, part: Part, frame: _Frame, wheel: float, paint: Material) -> None:
    """Add mudguards, a carrier and lamps."""
    black, glass = builder.style.part("metal", "black"), builder.style.part("plastic", "white")
    section = np.array([(1, -1), (1, 1), (-1, 1), (-1, -1)]) * (0.002, 0.026)
    for axle, start, end in ((frame.rear, 0.5, 3.4), (frame.front, 0.25, 2.6)):
        arc = [
            frame.at((axle[0] + (wheel + 0.018) * math.cos(a), axle[1] + (wheel + 0.018) * math.sin(a)))
            for a in np.linspace(start, end, 15)
        ]
        part.solid(sweep(arc, np.repeat(section[None], 15, axis=0), (1, 0, 0)), paint, [], bulk(paint, 900))
    u, z = frame.rear[0], 2 * wheel + 0.06
    for side in (-1, 1):
        part.bar(
            frame.at((u - 0.22, z), side * 0.06), frame.at((u + 0.2, z), side * 0.05), 0.012, black, fill=0.3
        )
        part.bar(
            frame.at((u - 0.04, z), side * 0.06), frame.at(frame.rear, side * 0.075), 0.01, black, fill=0.3
        )
    for a in (-0.22, -0.08, 0.06, 0.2):
        part.bar(
            frame.at((u + a, z), -0.06), frame.at((u + a, z), 0.06), 0.01, black, fill=0.3, collide=False
        )
    part.box(
        (0.08, 0.02, 0.045), frame.at((u - 0.225, z - 0.02)), builder.style.part("plastic", "red"), fill=0.4
    )
    lamp = (frame.crown[0] + 0.06, frame.crown[1] + 0.13)
    part.bar(frame.at((lamp[0] - 0.07, lamp[1])), frame.at(lamp), 0.04, black, end_thickness=0.07, fill=0.2)
    part.bar(frame.at(lamp), frame.at((lamp[0] + 0.008, lamp[1])), 0.066, glass, fill=0.5, collide=False)


FAMILIES: tuple[Family, ...] = (
    Family(
        "car", "car.n.01", (3.7, 1.82, 1.42), (4.5, 1.98, 1.52), car, "car",
        words=("automobile", "motorcar", "motor car", "hatchback", "saloon car", "sedan"), mount="floor",
    ),
    Family(
        "bicycle", "bicycle.n.01", (0.56, 1.66, 1.02), (0.62, 1.76, 1.1), bicycle, "bicycle",
        words=("bike", "push bike", "pushbike", "city bike", "mountain bike"), mount="floor",
    ),
)  # fmt: skip
