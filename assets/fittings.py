"""Furniture components: doors, drawers, handles and legs.

Coordinates are in the asset frame. Fronts face +x; left and right are as seen by a person facing the front,
so left is -y.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import trimesh

from sage.asset import Material
from sage.assets.builder import AssetBuilder, Part, Point
from sage.assets.materials import Style
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
"""Gap between two fronts, and between a front and the parts it moves past [m]."""
BOARD = 0.018
"""Thickness of a board [m]."""
REST = 0.0015
"""Gap between a closed front and the case behind it [m]."""
_DRAWER_WALL = 0.011
"""Thickness of the sides of a drawer box [m]."""
_DRAWER_FLOOR = 0.009
"""Thickness of the bottom of a drawer box [m]."""
_OPEN_RAD = 1.7
_BOARD_DENSITY = 620.0
_BOX_DENSITY = 430.0
"""Largest densities of boards and of drawer boxes [kg/m3]."""

HandleKind = Literal["bar", "knob", "ledge"]
LegKind = Literal["square", "tapered", "round", "splayed"]


def solid_share(material: Material, density: float = _BOARD_DENSITY) -> float:
    """Return the fill factor, 0..1, at which a part of `material` has at most this density.

    Args:
        material: material of the part.
        density: largest density [kg/m3].
    """
    return min(1.0, density / material.density)


def timber(style: Style, *kinds: str) -> Material:
    """Choose the main material of furniture: the requested one, else one of `kinds`, painted in pale colours.

    Args:
        style: style of the asset.
        kinds: kinds of material to choose from; empty for mostly wood and sometimes painted wood.
    """
    kind = str(style.rng.choice(kinds or ("wood", "wood", "wood", "painted wood")))
    neutral = kind == "painted wood" and "material" not in style.requested
    return style.main(kind, colours=("white", "white", "beige", "grey") if neutral else ())


@dataclass(frozen=True)
class Panel:
    """Vertical rectangle in a plane of constant x, in the asset frame."""

    left: float
    """Lower limit of y [m]."""
    right: float
    """Upper limit of y [m]."""
    bottom: float
    """Lower limit of z [m]."""
    top: float
    """Upper limit of z [m]."""

    @property
    def width(self) -> float:
        """Extent along y [m]."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Extent along z [m]."""
        return self.top - self.bottom

    @property
    def center(self) -> tuple[float, float]:
        """Centre (y, z) [m]."""
        return (self.left + self.right) / 2, (self.bottom + self.top) / 2

    def inset(self, margin: float) -> Panel:
        """Return the panel shrunk by a margin [m] on each side."""
        return Panel(self.left + margin, self.right - margin, self.bottom + margin, self.top - margin)

    def within(self, other: Panel) -> Panel:
        """Return the intersection with another panel."""
        return Panel(
            max(self.left, other.left),
            min(self.right, other.right),
            max(self.bottom, other.bottom),
            min(self.top, other.top),
        )

    def rows(self, shares: Sequence[float], gap: float = GAP) -> list[Panel]:
        """Split the panel from top to bottom in proportion to `shares`, with gaps [m] between."""
        unit = (self.height - gap * (len(shares) - 1)) / sum(shares)
        panels, top = [], self.top
        for share in shares:
            panels.append(Panel(self.left, self.right, top - share * unit, top))
            top -= share * unit + gap
        return panels

    def columns(self, count: int, gap: float = GAP) -> list[Panel]:
        """Split the panel from left to right into equal parts with gaps [m] between."""
        width = (self.width - gap * (count - 1)) / count
        lefts = [self.left + index * (width + gap) for index in range(count)]
        return [Panel(left, left + width, self.bottom, self.top) for left in lefts]


@dataclass(frozen=True)
class Fronts:
    """Design shared by the doors and drawer fronts of one piece of furniture."""

    material: Material
    """Material of the front boards."""
    inside: Material
    """Material of the drawer boxes."""
    metal: Material
    """Material of the handles."""
    kind: HandleKind
    framed: bool
    """Whether boards have a raised frame (rails and stiles)."""
    reach: float
    """Length by which handles stick out of the boards [m]."""
    thickness: float = BOARD
    """Thickness of the boards [m]."""

    @classmethod
    def choose(cls, style: Style, material: Material, reach: float | None = None) -> Fronts:
        """Choose handles, boards and drawer boxes at random.

        Args:
            style: style of the asset.
            material: material of the front boards.
            reach: length by which handles stick out [m]; None draws it.
        """
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
        """Distance along x from the carcass to the outer end of the handles [m]."""
        return REST + self.thickness + self.reach


def handle(
    part: Part, look: Fronts, x: float, y: float, z: float, length: float, upright: bool = False
) -> None:
    """Add a handle on a face.

    Args:
        part: part that carries the handle.
        look: design of the fronts.
        x: position of the face; the handle sticks out along +x [m].
        y: y of the handle's centre [m].
        z: z of the handle's centre [m].
        length: length of a bar or ledge [m]; a knob ignores it.
        upright: whether a bar or ledge is vertical.
    """
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
    """Add a front board and return the x of its outer face [m].

    Args:
        part: part that carries the board.
        look: design of the fronts.
        x: position of the back of the board [m].
        panel: extent of the board.
    """
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
    builder: AssetBuilder, name: str, look: Fronts, x: float, panel: Panel, cavity: Panel, depth: float
) -> Part:
    """Add a hollow drawer that slides out along +x, with a support surface inside.

    Args:
        builder: asset builder that receives the drawer.
        name: name of the part and of its support surface.
        look: design of the fronts.
        x: position of the back of the front board when closed [m].
        panel: extent of the front board.
        cavity: space available to the box behind the front.
        depth: depth of the box, from `x` towards -x [m].
    """
    part = builder.moving(
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
    builder.surface(
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
    builder: AssetBuilder,
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
    """Add a door that opens outwards. Its axis is the front edge, so that it never enters the carcass.

    Args:
        builder: asset builder that receives the door.
        name: name of the part.
        look: design of the fronts.
        x: position of the back of the door when closed [m].
        panel: extent of the door.
        hinge: hinged edge; a door hinged at the bottom folds down.
        friction: torque that a motion must overcome [N m].
        upper: angle when fully open [rad].
        grip: z of the handle's centre on a door hinged at a side [m]; None for the middle.
        face: whether to add the front board; False for a door of another material.
    """
    front = x + look.thickness
    y, z = panel.center
    places = {
        "left": ((front, panel.left, z), (0, 0, -1)),
        "right": ((front, panel.right, z), (0, 0, 1)),
        "bottom": ((front, y, panel.bottom), (0, 1, 0)),
    }
    origin, axis = places[hinge]
    part = builder.moving(name, "revolute", origin, axis, upper, damping=1.0, friction=friction, opens="door")
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
    """Add a straight leg with horizontal ends.

    Args:
        part: part that carries the leg.
        top: centre of the upper end (x, y, z) [m].
        foot: centre of the lower end (x, y, z) [m].
        thickness: thickness at the top [m].
        material: material of the leg.
        foot_thickness: thickness at the foot [m]; None for `thickness`.
        sides: number of sides of the cross section.
        fill: share of the volume that is material, 0..1.
    """
    last = thickness if foot_thickness is None else foot_thickness
    points = np.concatenate(
        [_horizontal_polygon(top, thickness, sides), _horizontal_polygon(foot, last, sides)]
    )
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
    """Add four legs.

    Args:
        part: part that carries the legs.
        kind: shape of the legs.
        spread: depth and width of the rectangle around the feet, centred at (x, 0) [m].
        height: length of the legs along z [m].
        thickness: thickness at the top [m].
        material: material of the legs.
        x: centre of the rectangle along x [m].
    """
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


def _horizontal_polygon(center: Point, thickness: float, sides: int) -> Array:
    """Return the corners of a regular polygon in a horizontal plane [m], shape [sides, 3]."""
    angles = (np.arange(sides) + 0.5) * 2 * math.pi / sides
    radius = thickness / 2 / math.cos(math.pi / sides)
    ring = np.stack([np.cos(angles), np.sin(angles), np.zeros(sides)], axis=1) * radius
    polygon: Array = ring + np.asarray(center, dtype=float)
    return polygon
