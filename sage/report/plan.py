"""SVG floor plans to scale."""

from __future__ import annotations

import math
from collections.abc import Iterator
from html import escape

import numpy as np

from sage.asset import AssetStore
from sage.geometry import Array, heading
from sage.scene import Opening, Room, Scene, Wall
from sage.spatial.layout import Layout, Located

__all__ = ["SCALE", "floor_plan"]

SCALE = 50
"""Scale denominator: lengths are drawn at 1:50."""
_MARGIN_M = 0.45
_TEXT_M, _SMALL_M = 0.13, 0.10
_INK, _SOFT = "#1c2430", "#8a94a1"
_FILLS = {"target": "#fed7aa", "receptacle": "#ffedd5", "context": "#e7ebf0"}
_EDGES = {"target": "#c2410c", "receptacle": "#c2410c", "context": "#64707d"}
_COVERING = "#f3efe6"
_LABEL_AREA_M2 = 0.06
"""Footprint area above which objects that do not belong to the task are labelled [m2]."""


def floor_plan(scene: Scene, store: AssetStore) -> str:
    """Return the floor plan of a scene at 1:50 with north up, as an SVG element.

    Wall-mounted objects have dashed outlines, ceiling-mounted ones are not drawn. Arrows show the robot
    bases.

    Args:
        scene: Scene to draw.
        store: Store of its assets.
    """
    corners = np.array([point for room in scene.rooms for point in room.polygon])
    thickness = max((wall.thickness for room in scene.rooms for wall in room.walls), default=0.0)
    swings = [door.width for room in scene.rooms for _, door in room.doors if door.swing == "out"]
    margin = thickness + max(_MARGIN_M, *swings, 0.0)
    low, high = corners.min(axis=0) - margin, corners.max(axis=0) + margin
    width, height = high - low
    parts = [
        *(part for room in scene.rooms for part in _room(room)),
        *_objects(scene, store),
        *_bases(scene),
        *_scale_bar(low),
    ]
    millimetres = 1000 / SCALE
    return (
        f'<svg class="plan" xmlns="http://www.w3.org/2000/svg" role="img" aria-label="floor plan" '
        f'width="{width * millimetres:.1f}mm" height="{height * millimetres:.1f}mm" '
        f'viewBox="{low[0]:.3f} {-high[1]:.3f} {width:.3f} {height:.3f}" '
        f'font-family="system-ui, sans-serif" stroke-linejoin="round">\n' + "\n".join(parts) + "\n</svg>"
    )


def _room(room: Room) -> Iterator[str]:
    yield _area(np.array(room.polygon), fill="#fbfaf7", stroke="none")
    for wall in room.walls:
        cursor = -wall.thickness
        for opening in sorted(wall.openings, key=lambda entry: entry.offset):
            yield _area(_strip(wall, cursor, opening.offset - opening.width / 2), fill=_INK, stroke="none")
            yield from _opening(wall, opening)
            cursor = opening.offset + opening.width / 2
        yield _area(_strip(wall, cursor, wall.length + wall.thickness), fill=_INK, stroke="none")
        yield _text(
            wall.point(wall.length / 2, -wall.thickness - 0.2), f"{wall.length:.2f} m", _SMALL_M, _SOFT
        )


def _strip(wall: Wall, start: float, end: float) -> Array:
    ends = [(start, 0.0), (end, 0.0), (end, -wall.thickness), (start, -wall.thickness)]
    return np.array([wall.point(offset, inset) for offset, inset in ends])


def _opening(wall: Wall, opening: Opening) -> Iterator[str]:
    """Draw a window as a line in the wall, or a door as its open leaf and the arc that it sweeps."""
    start, end = opening.offset - opening.width / 2, opening.offset + opening.width / 2
    yield _area(_strip(wall, start, end), fill="#ffffff", stroke=_SOFT, width=0.01)
    if opening.kind == "window":
        line = [wall.point(offset, -wall.thickness / 2) for offset in (start, end)]
        yield _line(np.array(line), stroke="#2563eb", width=0.025)
        return
    side = 1.0 if opening.swing == "in" else -1.0
    face = 0.0 if opening.swing == "in" else -wall.thickness
    angles = np.linspace(0, math.pi / 2, 13)
    along, away = opening.width * np.cos(angles), side * opening.width * np.sin(angles)
    arc = np.array([wall.point(start + a, face + b) for a, b in zip(along, away, strict=True)])
    yield _line(arc, stroke=_SOFT, width=0.012, dash="0.05 0.04")
    yield _line(np.array([wall.point(start, face), arc[-1]]), stroke=_INK, width=0.03)


def _objects(scene: Scene, store: AssetStore) -> Iterator[str]:
    """Draw objects from bottom to top and all labels last, so that none is hidden."""
    located = sorted(Layout(scene, store), key=lambda entry: (not entry.item.covering, _layer(scene, entry)))
    shown = [entry for entry in located if entry.item.support != "ceiling"]
    for entry in shown:
        yield _object(entry)
    for entry in shown:
        of_task = entry.item.role != "context"
        if of_task or (entry.item.support in ("floor", "wall") and entry.footprint.area > _LABEL_AREA_M2):
            middle = entry.footprint.centroid
            colour = _EDGES[entry.item.role] if of_task else _INK
            yield _text(np.array([middle.x, middle.y]), entry.item.name, _TEXT_M, colour, halo=True)


def _layer(scene: Scene, entry: Located) -> tuple[int, float]:
    return scene.layer(entry.item.id), float(entry.high[2])


def _object(entry: Located) -> str:
    item = entry.item
    fill = _COVERING if item.covering else _FILLS[item.role]
    dash = "0.05 0.03" if item.support == "wall" else None
    ring = np.array(entry.footprint.exterior.coords)[:-1]
    shape = _area(ring, fill=fill, stroke=_EDGES[item.role], width=0.012, dash=dash)
    return f"<g><title>{escape(item.id)}: {escape(item.name)}</title>{shape}</g>"


def _bases(scene: Scene) -> Iterator[str]:
    for name, base in scene.task.robot_bases.items():
        x, y, _ = base.position
        forward = heading(base.yaw)
        left = np.array([-forward[1], forward[0]])
        middle = np.array([x, y])
        arrow = [middle + 0.22 * forward, middle - 0.12 * forward + 0.13 * left, middle - 0.05 * forward]
        arrow.append(middle - 0.12 * forward - 0.13 * left)
        shape = _area(np.array(arrow), fill="#2563eb", stroke="#ffffff", width=0.01)
        yield f"<g><title>robot base for {escape(name)}</title>{shape}</g>"


def _scale_bar(low: Array) -> Iterator[str]:
    x, y = low + 0.12
    yield _line(np.array([(x, y), (x + 1.0, y)]), stroke=_INK, width=0.025)
    yield _text(np.array([x + 1.35, y]), f"1 m, 1:{SCALE}", _SMALL_M, _SOFT)


def _corners(points: Array) -> str:
    """Return points [m] as an SVG coordinate list, which has y down."""
    return " ".join(f"{x:.3f},{-y:.3f}" for x, y in points)


def _area(points: Array, *, fill: str, stroke: str, width: float = 0.01, dash: str | None = None) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    style = f'fill="{fill}" stroke="{stroke}" stroke-width="{width}"{dashes}'
    return f'<polygon points="{_corners(points)}" {style}/>'


def _line(points: Array, *, stroke: str, width: float, dash: str | None = None) -> str:
    dashes = f' stroke-dasharray="{dash}"' if dash else ""
    style = f'fill="none" stroke="{stroke}" stroke-width="{width}"{dashes}'
    return f'<polyline points="{_corners(points)}" {style}/>'


def _text(place: Array, text: str, size: float, colour: str, *, halo: bool = False) -> str:
    style = f'font-size="{size}" text-anchor="middle" dominant-baseline="middle"'
    text = escape(text)
    place_of = f'x="{place[0]:.3f}" y="{-place[1]:.3f}"'
    under = f'<text {place_of} {style} stroke="#ffffff" stroke-width="0.04">{text}</text>' if halo else ""
    return f'{under}<text {place_of} {style} fill="{colour}">{text}</text>'
