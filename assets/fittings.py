"""Furniture fittings: opening fronts, their handles, and legs.

Fronts look along +x. Left and right are those of someone who faces them: left is -y.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.materials import Style
from sage.assets.sculpt import Part, Point, Sculpture
from sage.geometry import Array

__all__ = [
    "BOARD",
    "GAP",
    "REST",
    "Fronts",
    "LegKind",
    "Panel",
    "boards",
    "door",
    "drawer",
    "handle",
    "leg",
    "legs",
    "solid_share",
    "timber",
]

GAP = 0.004
"""Between two fronts, and between a front and what it slides past [m]."""
BOARD = 0.018
"""Thickness of a board [m]."""
REST = 0.0015
"""Gap between a closed front and the case behind it [m]."""
_DRAWER_WALL = 0.011
_DRAWER_FLOOR = 0.009
_OPEN_RAD = 1.7
_BOARD_DENSITY = 620.0
_BOX_DENSITY = 430.0

HandleKind = Literal["bar", "knob", "ledge"]
LegKind = Literal["square", "tapered", "round", "splayed"]


def solid_share(material: Material, density: float = _BOARD_DENSITY) -> float:
    """Return the fill with which a part weighs at most `density` [kg/m3] as a whole."""
    return min(1.0, density / material.density)


def timber(style: Style, *kinds: str) -> Material:
    """Choose the main material of furniture: what was asked for, else one of `kinds` in a quiet colour."""
    kind = str(style.rng.choice(kinds or ("wood", "wood", "wood", "painted wood")))
    quiet = kind == "painted wood" and "material" not in style.asked
    return style.main(kind, colours=("white", "white", "beige", "grey") if quiet else ())


@dataclass(frozen=True)
class Panel:
    """An upright rectangle across x."""

    left: float
    """Least y [m]."""
    right: float
    bottom: float
    top: float

    @property
    def width(self) -> float:
        """Along y [m]."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Along z [m]."""
        return self.top - self.bottom

    @property
    def center(self) -> tuple[float, float]:
        """The middle, (y, z) [m]."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def inset(self, margin: float) -> Panel:
        """Return the panel without a margin all round [m]."""
        return Panel(self.left + margin, self.right - margin, self.bottom + margin, self.top - margin)

    def within(self, other: Panel) -> Panel:
        """Return what two panels share."""
        return Panel(
            max(self.left, other.left),
            min(self.right, other.right),
            max(self.bottom, other.bottom),
            min(self.top, other.top),
        )

    def rows(self, shares: Sequence[float], gap: float = GAP) -> list[Panel]:
        """Split from top to bottom in proportion to `shares`, with gaps [m] between."""
        unit = (self.height - gap * (len(shares) - 1)) / sum(shares)
        panels, top = [], self.top
        for share in shares:
            panels.append(Panel(self.left, self.right, top - share * unit, top))
            top -= share * unit + gap
        return panels

    def columns(self, count: int, gap: float = GAP) -> list[Panel]:
        """Split from left to right into equal parts with gaps [m] between."""
        width = (self.width - gap * (count - 1)) / count
        lefts = [self.left + index * (width + gap) for index in range(count)]
        return [Panel(left, left + width, self.bottom, self.top) for left in lefts]


@dataclass(frozen=True)
class Fronts:
    """Design shared by the fronts of one piece of furniture."""

    material: Material
    inside: Material
    """Of the drawers' boxes."""
    metal: Material
    """Of the handles."""
    kind: HandleKind
    framed: bool
    """Frame and panel rather than plain."""
    reach: float
    """How far handles stick out [m]."""
    thickness: float = BOARD

    @classmethod
    def choose(cls, style: Style, material: Material, reach: float | None = None) -> Fronts:
        """Choose handles and boxes that go with fronts of `material`."""
        rng = style.rng
        kinds: tuple[HandleKind, ...] = ("bar", "bar", "knob", "ledge")
        kind = kinds[int(rng.integers(len(kinds)))]
        return cls(
            material=material,
            inside=style.part("wood", "birch"),
            metal=style.part("metal", style.colour("metal", "silver", "black", "gold", "grey")),
            kind=kind,
            framed=bool(rng.random() < 0.4),
            reach=round(float(rng.uniform(0.024, 0.032)), 3) if reach is None else reach,
        )

    @property
    def depth(self) -> float:
        """From the carcass to the outermost of the handles [m]."""
        return REST + self.thickness + self.reach


def handle(
    part: Part, look: Fronts, x: float, y: float, z: float, length: float, upright: bool = False
) -> None:
    """Add a handle that sticks out to +x from a face at `x` [m]."""
    tip = x + look.reach
    if look.kind == "knob":
        stem = look.reach - 0.012
        part.cylinder(0.006, stem, (x + stem / 2, y, z), look.metal, axis="x", collide=False)
        part.cylinder(0.015, 0.012, (tip - 0.006, y, z), look.metal, axis="x", top_radius=0.012)
    elif look.kind == "ledge":
        size = (look.reach, 0.012, length) if upright else (look.reach, length, 0.012)
        part.box(size, (x + look.reach / 2, y, z), look.metal, fill=0.4)
    else:
        run_y, run_z = (0.0, length) if upright else (length, 0.0)
        start, end = ((tip - 0.006, y + side * run_y, z + side * run_z) for side in (-0.5, 0.5))
        part.bar(start, end, 0.012, look.metal, fill=0.5)
        post = look.reach - 0.008
        for side in (-0.38, 0.38):
            place = (x + post / 2, y + side * run_y, z + side * run_z)
            part.box((post, 0.008, 0.008), place, look.metal, bevel=0.001)


def boards(part: Part, look: Fronts, x: float, panel: Panel) -> float:
    """Add a front board whose back is at `x` and return the x of its face [m]."""
    fill = solid_share(look.material)
    face = x + look.thickness
    y, z = panel.center
    part.box(
        (look.thickness, panel.width, panel.height), (x + look.thickness / 2, y, z), look.material, fill=fill
    )
    rail = 0.055
    if look.framed and min(panel.width, panel.height) > 3 * rail:
        proud = 0.005
        for sign in (-1, 1):
            for size, offset in (
                ((2 * proud, rail, panel.height), (sign * (panel.width - rail) / 2, 0.0)),
                ((2 * proud, panel.width - 2 * rail, rail), (0.0, sign * (panel.height - rail) / 2)),
            ):
                place = (face, y + offset[0], z + offset[1])
                part.box(size, place, look.material, bevel=0.002, fill=0.5 * fill, collide=False)
    return face


def drawer(
    s: Sculpture, name: str, look: Fronts, x: float, panel: Panel, cavity: Panel, depth: float
) -> Part:
    """Add a hollow drawer that slides out along +x, with its surface.

    Args:
        x: back of the front board, closed [m].
        panel: the front board.
        cavity: what the box may fill behind it.
        depth: of the box, from `x` backwards [m].
    """
    part = s.moving(
        name,
        "prismatic",
        (x, *panel.center),
        (1, 0, 0),
        round(0.75 * depth, 3),
        damping=5.0,
        friction=3.0,
        opens="drawer",
    )
    face = boards(part, look, x, panel)
    y, z = panel.center
    length = float(np.clip(panel.width * 0.36, 0.08, 0.28))
    handle(part, look, face, y, z, length)
    room = panel.within(cavity).inset(0.005)
    wall, fill = _DRAWER_WALL, solid_share(look.inside, _BOX_DENSITY)
    tall = room.height * 0.78
    middle, low = room.center[0], room.bottom
    inner = room.width - 2 * wall
    for sign in (-1, 1):
        place = (x - depth / 2, middle + sign * (room.width - wall) / 2, low + tall / 2)
        part.box((depth, wall, tall), place, look.inside, bevel=0.0015, fill=fill)
    part.box(
        (wall, inner, tall),
        (x - depth + wall / 2, middle, low + tall / 2),
        look.inside,
        bevel=0.0015,
        fill=fill,
    )
    place = (x - (depth - wall) / 2, middle, low + _DRAWER_FLOOR / 2)
    part.box((depth - wall, inner, _DRAWER_FLOOR), place, look.inside, bevel=0.0, fill=fill)
    floor = low + _DRAWER_FLOOR
    s.surface(
        name,
        (x - (depth - wall) / 2, middle, floor),
        (depth - wall - 0.01, inner - 0.01),
        placement="in",
        part=name,
        joint=f"{name}_joint",
        height=room.top - floor,
    )
    return part


def door(
    s: Sculpture,
    name: str,
    look: Fronts,
    x: float,
    panel: Panel,
    hinge: Literal["left", "right", "bottom"],
    *,
    friction: float = 0.45,
    upper: float = _OPEN_RAD,
    grip: float | None = None,
    face: bool = True,
) -> Part:
    """Add a door that turns outwards about its front edge, so that it never enters the carcass.

    Args:
        x: back of the door, closed [m].
        hinge: the edge that stays; at the bottom, the door folds down.
        grip: height of the handle's middle [m]; the middle of an upright door by default.
        face: False leaves the board out, for a door of other stuff.
    """
    front = x + look.thickness
    y, z = panel.center
    places = {
        "left": ((front, panel.left, z), (0, 0, -1)),
        "right": ((front, panel.right, z), (0, 0, 1)),
        "bottom": ((front, y, panel.bottom), (0, 1, 0)),
    }
    origin, axis = places[hinge]
    part = s.moving(name, "revolute", origin, axis, upper, damping=1.0, friction=friction, opens="door")
    if face:
        boards(part, look, x, panel)
    if hinge == "bottom":
        handle(part, look, front, y, panel.top - 0.045, panel.width * 0.8)
    else:
        side = panel.right - 0.032 if hinge == "left" else panel.left + 0.032
        length = float(np.clip(panel.height * 0.3, 0.1, 0.34))
        handle(part, look, front, side, z if grip is None else grip, length, upright=True)
    return part


def leg(
    part: Part,
    top: Point,
    foot: Point,
    thickness: float,
    material: Material,
    *,
    foot_thickness: float | None = None,
    sides: int = 4,
    fill: float = 1.0,
) -> None:
    """Add a straight leg between two points, with level ends so that it stands flat."""
    last = thickness if foot_thickness is None else foot_thickness
    points = np.concatenate([_level(top, thickness, sides), _level(foot, last, sides)])
    part.solid(trimesh.convex.convex_hull(points), material, [points], fill)


def legs(
    part: Part,
    kind: LegKind,
    spread: tuple[float, float],
    height: float,
    thickness: float,
    material: Material,
    *,
    x: float = 0.0,
) -> None:
    """Add four legs whose feet fill a rectangle of `spread` = (depth, width) about (x, 0) [m]."""
    fill = solid_share(material, 1500.0)
    last = thickness * (1.0 if kind == "square" else 0.6)
    lean = min(0.35 * height, 0.07) if kind == "splayed" else 0.0
    for sign_x in (-1, 1):
        for sign_y in (-1, 1):
            signs = np.array([sign_x, sign_y])
            half = np.array(spread) / 2
            foot = signs * (half - last / 2) + (x, 0)
            top = signs * (half - thickness / 2 - lean) + (x, 0)
            if kind == "square":
                part.box((thickness, thickness, height), (*foot, height / 2), material, fill=fill)
                continue
            sides = 4 if kind == "tapered" else 12
            leg(
                part,
                (*top, height),
                (*foot, 0.0),
                thickness,
                material,
                foot_thickness=last,
                sides=sides,
                fill=fill,
            )


def _level(center: Point, thickness: float, sides: int) -> Array:
    angles = (np.arange(sides) + 0.5) * 2 * math.pi / sides
    radius = thickness / 2 / math.cos(math.pi / sides)
    ring = np.stack([np.cos(angles), np.sin(angles), np.zeros(sides)], axis=1) * radius
    level: Array = ring + np.asarray(center, dtype=float)
    return level
