"""Balls, tennis rackets and skateboards."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part
from sage.assets.families.forms import bulk, ellipsoid, hull, patch, print_on, tiles
from sage.assets.family import Family
from sage.geometry import Array, Vec3

__all__ = ["FAMILIES"]

_BRIGHT = ("red", "blue", "green", "orange", "yellow", "purple", "turquoise", "black")


def ball(builder: AssetBuilder, size: Vec3) -> float:
    """Build a ball with patches or stripes; it rests on a small flat facet."""
    style, part = builder.style, builder.part()
    radius = size[1] / 2
    skin = style.main("rubber", colours=("white", "white", "white", "yellow", "orange", "red", "blue"))
    dark = style.attributes["color"] in ("red", "blue")
    colour = str(style.rng.choice(["white"] if dark else ["black", "black", "blue", "red", "green"]))
    middle = _resting(part, radius, skin, 24.0 / radius)
    if style.rng.random() < 0.75:
        _pentagons(part, radius, middle, style.part("rubber", colour), float(style.rng.uniform(0, 6)))
    else:
        stripe = style.part("rubber", colour)
        for at in (0.32, 0.0, -0.32):
            _hoop(part, (radius, middle), np.array((0.0, 0.0, 1.0)), at, 0.14, stripe)
    return 2 * radius


def basketball(builder: AssetBuilder, size: Vec3) -> float:
    """Build a basketball with black seams; it rests on a small flat facet."""
    style, part = builder.style, builder.part()
    radius = size[1] / 2
    skin = style.main("rubber", colours=("orange", "orange", "copper"))
    seam = style.part("rubber", "black")
    middle = _resting(part, radius, skin, 82.0)
    yaw = float(style.rng.uniform(0, 2 * math.pi))
    turn = _upright(-np.array((0.55, 0.35, 0.755)), yaw)
    for axis, at in ((0, 0.0), (1, -0.56), (1, 0.0), (1, 0.56)):
        _hoop(part, (radius, middle), turn[axis], at, 0.035, seam)
    return 2 * radius


def _upright(axis: Array, yaw: float = 0.0) -> Array:
    """Return a rotation matrix with `axis` as z and `yaw` [rad] about it, shape [3, 3]."""
    up = axis / np.linalg.norm(axis)
    side = np.cross(up, (1.0, 0.0, 0.0) if abs(up[0]) < 0.9 else (0.0, 1.0, 0.0))
    side /= np.linalg.norm(side)
    other = np.cross(up, side)
    along = math.cos(yaw) * side + math.sin(yaw) * other
    turn: Array = np.column_stack([along, np.cross(up, along), up])
    return turn


def _resting(part: Part, radius: float, skin: Material, density: float) -> Vec3:
    """Add a ball on a flat facet and return its centre [m]."""
    facet = 0.2
    middle = (0.0, 0.0, radius * math.sqrt(1 - facet**2))
    ellipsoid(part, (radius,) * 3, middle, skin, facet=facet, fill=bulk(skin, density))
    return middle


def _pentagons(part: Part, radius: float, middle: Vec3, material: Material, yaw: float) -> None:
    """Add the twelve pentagons of a football, none of them at the bottom."""
    shape = trimesh.creation.icosahedron()
    turn = _upright(-np.asarray(shape.face_normals)[0], yaw)
    corners = np.asarray(shape.vertices) @ turn
    corners /= np.linalg.norm(corners, axis=1, keepdims=True)
    for corner in corners:
        near = corners[np.argsort(corners @ -corner)[1:6]]
        across = np.cross(corner, near[0])
        angles = np.arctan2(near @ across, near @ np.cross(across, corner))
        outline = corner + 0.36 * (near[np.argsort(angles)] - corner)
        outline /= np.linalg.norm(outline, axis=1, keepdims=True)
        patch(part, outline, radius * 1.012, middle, material)


def _hoop(
    part: Part, ball: tuple[float, Vec3], axis: Array, at: float, wide: float, material: Material
) -> None:
    """Add a ring around a ball (radius, centre); `at`, along the axis, and `wide` are relative."""
    radius, middle = ball
    outer = radius * math.sqrt(1 - at**2) + 0.0006
    mesh = trimesh.creation.annulus(outer - 0.004, outer, wide * radius, sections=32)
    mesh.apply_translation((0, 0, at * radius))
    mesh.vertices = np.asarray(mesh.vertices) @ _upright(axis).T + middle
    part.solid(mesh, material, [], fill=0.0)


def tennis_racket(builder: AssetBuilder, size: Vec3) -> float:
    """Build a flat tennis racket: an oval frame with strings, a throat and a wrapped grip."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    frame = style.main("plastic", colours=("black", "red", "blue", "yellow", "green", "white", "orange"))
    wrap, cord = style.part("rubber", "black"), style.part("paper", "white")
    thick, bar = height - 0.006, 0.016
    long, hand, front = depth * 0.5, depth * 0.26, depth / 2
    x0, fill = front - long / 2, bulk(frame, 700)
    angles = np.arange(28) * 2 * np.pi / 28
    round_ = np.column_stack([np.cos(angles), np.sin(angles)])
    rings = [
        np.column_stack([round_ * (long / 2 - cut, width / 2 - cut) + (x0, 0), np.full(28, z)])
        for cut, z in ((0.0, thick), (bar, thick), (bar, 0.0), (0.0, 0.0))
    ]
    part.solid(_loop(rings), frame, [np.concatenate([rings[0], rings[3]])], fill)
    strings: list[tuple[Vec3, Vec3]] = []
    for share in np.linspace(-0.85, 0.85, 15):
        reach, gauge = 2 * math.sqrt(1 - share**2), 0.0018
        y, x = share * (width / 2 - bar), x0 + share * (long / 2 - bar)
        strings.append(((reach * (long / 2 - 0.01), gauge, gauge), (x0, y, thick / 2)))
        strings.append(((gauge, reach * (width / 2 - 0.01), gauge), (x, 0, thick / 2)))
    tiles(part, strings, cord)
    grip = -front + hand
    for sign in (-1, 1):
        ends = ((x0 - long * 0.43, sign * width * 0.26), (grip, sign * 0.008))
        part.bar((*ends[0], thick / 2), (*ends[1], thick / 2), thick * 0.8, frame, sides=4, fill=fill)
    part.bar((-front, 0, height / 2), (grip + 0.01, 0, height / 2), height, wrap, sides=8, fill=0.7)
    print_on(part, (0.012, 0.004, height + 0.0006), (grip, 0, height / 2), frame)
    return height


def _loop(rings: Sequence[Array]) -> trimesh.Trimesh:
    """Return the closed surface through rings with the same number of points; the last meets the first."""
    count, sides = len(rings), len(rings[0])
    faces = []
    for ring in range(count):
        here, there = ring * sides, (ring + 1) % count * sides
        for corner in range(sides):
            after = (corner + 1) % sides
            faces += [(here + corner, there + corner, here + after)]
            faces += [(here + after, there + corner, there + after)]
    mesh = trimesh.Trimesh(np.concatenate(rings), np.array(faces), process=False)
    if mesh.volume < 0:
        mesh.invert()
    return mesh


def skateboard(builder: AssetBuilder, size: Vec3) -> float:
    """Build a skateboard on four wheels, which do not turn."""
    depth, width, height = size
    style, part = builder.style, builder.part()
    deck = style.main("wood", "painted wood", colours=("birch", "oak", "red", "blue", "green", "black"))
    tape = style.part("rubber", str(style.rng.choice(["black", "black", "grey"])))
    metal, wheel = (
        style.part("metal", "silver"),
        style.part("plastic", str(style.rng.choice(["white", *_BRIGHT]))),
    )
    rise, thick, radius = 0.035, 0.012, 0.027
    low = height - rise - thick
    flat = width * 0.3
    fill = bulk(deck, 620)
    part.box((depth, 2 * flat, thick), (0, 0, low + thick / 2), deck, bevel=0.004, fill=fill)
    print_on(part, (depth - 0.004, 2 * flat, 0.001), (0, 0, low + thick), tape)
    for sign in (-1, 1):
        edge = ((1.0, flat, 0.0), (0.93, 0.42 * width, 0.62), (0.6, width / 2, 1.0), (0.0, width / 2, 1.0))
        kick = [
            (share * depth / 2, sign * y, low + up * rise + lift)
            for share, y, up in edge
            for lift in (0, thick)
        ]
        points = np.array(kick + [(-x, y, z) for x, y, z in kick])
        hull(part, points, deck, fill=fill)
        place = (0, sign * (flat + 0.5 * (width / 2 - flat)), low + thick + rise / 2 + 0.001)
        slope = math.atan2(rise, width / 2 - flat)
        print_on(part, (depth * 0.55, 0.19 * width, 0.001), place, tape, rpy=(sign * slope, 0, 0))
        y = sign * width * 0.24
        part.box((0.05, 0.04, low - 0.03), (0, y, 0.03 + (low - 0.03) / 2), metal, fill=0.4, collide=False)
        part.cylinder(0.008, depth * 0.86, (0, y, radius), metal, axis="x", fill=0.5, collide=False)
        for side in (-1, 1):
            part.cylinder(radius, 0.034, (side * depth * 0.4, y, radius), wheel, axis="x")
    return thick + 0.01


FAMILIES: tuple[Family, ...] = (
    Family(
        "ball", "ball.n.01", (0.066, 0.066, 0.066), (0.12, 0.12, 0.12), ball, "softball",
        words=("football", "soccer ball"), has_front=False,
    ),
    Family(
        "basketball", "basketball.n.02", (0.225, 0.225, 0.225), (0.245, 0.245, 0.245), basketball,
        "soccer_ball", has_front=False,
    ),
    Family(
        "tennis racket", "tennis_racket.n.01", (0.66, 0.25, 0.026), (0.7, 0.28, 0.031), tennis_racket,
        "tennis_racket", words=("racket", "racquet", "tennis racquet"), has_front=False,
    ),
    Family(
        "skateboard", "skateboard.n.01", (0.19, 0.75, 0.11), (0.21, 0.82, 0.13), skateboard,
        "skateboard_deck", words=("longboard",), mount="floor", has_front=False,
    ),
)  # fmt: skip
