"""Preview images of a scene: the best corner, all corners, and from above."""

from __future__ import annotations

import base64
import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from PIL import Image

from sage.asset import AssetStore
from sage.geometry import Array
from sage.rendering.camera import Camera, looking
from sage.rendering.fast import FastRenderer
from sage.rendering.lighting import lighting
from sage.rendering.surfaces import surfaces
from sage.rendering.viewpoints import top_camera
from sage.scene import Room, Scene
from sage.spatial.layout import Layout
from sage.spatial.predicates import AGAINST_WALL_M, wall_distances

__all__ = ["SIZE", "VIEWS", "View", "ViewName", "as_png", "picture", "thumbnail", "view_of", "write_preview"]

ViewName = Literal["preview", "top", "cutaway_1", "cutaway_2", "cutaway_3", "cutaway_4"]
"""`top` is from above; `cutaway_1` to `cutaway_4` look in from beyond the SW, SE, NE and NW corner, the two
nearest walls taken away; `preview` is the best of them. The cameras of `viewpoints` take none away."""

VIEWS: tuple[ViewName, ...] = get_args(ViewName)

SIZE = (800, 600)
"""Width and height of a picture where nothing else is said [pixels]."""

_THUMBNAIL = (160, 120)
_FOV_DEG = 42.0
_ELEVATION = math.radians(38)
_FILL = 0.95
_CENTERINGS = 12
_WALL_M = 0.15
_OPENING_WEIGHT = {"door": 0.6, "window": 1.0}
_DIAGONALS = tuple((x, 0.8 * y) for x, y in ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)))
"""From the middle of a room to its corners, counter-clockwise, somewhat more along x."""


@dataclass(frozen=True)
class View:
    """A camera, and what is taken away so that it can look in."""

    camera: Camera
    hidden: frozenset[str]
    """Ids of walls and of objects."""


def view_of(scene: Scene, store: AssetStore, name: ViewName, size: tuple[int, int] = SIZE) -> View:
    """Return a view of the first room.

    There is no ceiling in it; from a corner the two nearest walls are taken away, and from above what
    hangs from the ceiling.
    """
    if name == "top":
        return _from_above(scene, size)
    if name == "preview":
        return _from_corner(scene, store, name, _side_to_look_from(scene, store), size)
    side = np.array(_DIAGONALS[VIEWS.index(name) - VIEWS.index("cutaway_1")])
    return _from_corner(scene, store, name, side / float(np.linalg.norm(side)), size)


def picture(
    scene: Scene,
    store: AssetStore,
    view: ViewName = "preview",
    size: tuple[int, int] = SIZE,
    hour: float | None = None,
) -> Image.Image:
    """Return a view of the room in the light of an hour, by default its own, on a plain ground."""
    chosen = view_of(scene, store, view, size)
    renderer = FastRenderer(surfaces(scene, store), lighting(scene, store, hour), chosen.hidden)
    return Image.fromarray(renderer.picture(chosen.camera))


def as_png(image: Image.Image) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def thumbnail(scene: Scene, store: AssetStore) -> str:
    """Return a preview of 160 x 120 pixels as a JPEG file in base64."""
    target = io.BytesIO()
    picture(scene, store, size=_THUMBNAIL).save(target, "JPEG", quality=85)
    return base64.b64encode(target.getvalue()).decode()


def write_preview(scene: Scene, store: AssetStore, path: Path, size: tuple[int, int] = SIZE) -> None:
    """Write `preview` as a PNG."""
    picture(scene, store, "preview", size).save(path)


def _from_corner(scene: Scene, store: AssetStore, name: ViewName, side: Array, size: tuple[int, int]) -> View:
    room = scene.rooms[0]
    eye, target = _viewpoint(room, side, size[0] / size[1])
    walls = frozenset(
        wall.id for wall in room.walls if float((eye[:2] - np.array(wall.start)) @ wall.inward) < 0
    )
    camera = Camera(name=name, pose=looking(eye, target), fov=_FOV_DEG, width=size[0], height=size[1])
    return View(camera, walls | frozenset(_on(scene, store, room, walls)))


def _from_above(scene: Scene, size: tuple[int, int]) -> View:
    hanging = [item.id for item in scene.objects if item.support == "ceiling"]
    hanging += [item.id for name in hanging for item in scene.carried_by(name)]
    camera = top_camera(scene.rooms, size[0] / size[1]).sized(*size)
    return View(camera, frozenset(hanging))


def _viewpoint(room: Room, side: Array, aspect: float) -> tuple[Array, Array]:
    """Return the eye and the point it looks at, as near as the whole room allows [m]."""
    floor = np.array(room.polygon)
    far = floor[(floor - floor.mean(axis=0)) @ side < 0.2]
    outer = floor + _WALL_M * np.sign(floor - floor.mean(axis=0))
    corners = np.array([[x, y, 0.0] for x, y in outer] + [[x, y, 0.92 * room.height] for x, y in far])
    flat = side * math.cos(_ELEVATION)
    backward = np.array([flat[0], flat[1], math.sin(_ELEVATION)])
    right = np.cross([0.0, 0.0, 1.0], backward)
    right /= np.linalg.norm(right)
    up = np.cross(backward, right)
    tangent = math.tan(math.radians(_FOV_DEG) / 2)
    target = corners.mean(axis=0)
    distance = float(np.ptp(corners, axis=0).max())
    while True:
        for _ in range(_CENTERINGS):
            rays = corners - (target + distance * backward)
            ahead = np.maximum(-(rays @ backward), 0.1)
            across, above = (rays @ right) / ahead, (rays @ up) / ahead
            shift_x, shift_y = across.max() + across.min(), above.max() + above.min()
            target = target + 0.35 * distance * (shift_x * right + shift_y * up)
        if max(np.abs(across).max() / aspect, np.abs(above).max()) <= _FILL * tangent:
            return target + distance * backward, target
        distance += 0.1


def _side_to_look_from(scene: Scene, store: AssetStore) -> Array:
    """Return the diagonal direction, shape [2], that takes away the walls with the least at them."""
    room = scene.rooms[0]
    weights = {wall.id: sum(_OPENING_WEIGHT[o.kind] for o in wall.openings) for wall in room.walls}
    for located in Layout(scene, store):
        distances = wall_distances(located, room)
        nearest = min(distances, key=lambda name: distances[name])
        if distances[nearest] < AGAINST_WALL_M and located.item.support in ("floor", "wall"):
            weights[nearest] += float(located.high[2]) * located.item.size[1]
    directions = [np.array(diagonal) for diagonal in sorted(_DIAGONALS)]
    values = [
        sum(weights[wall.id] * float(wall.inward @ direction) for wall in room.walls)
        for direction in directions
    ]
    best = directions[int(np.argmax(np.round(values, 9)))]
    return best / float(np.linalg.norm(best))


def _on(scene: Scene, store: AssetStore, room: Room, walls: frozenset[str]) -> Iterator[str]:
    """Yield what hangs on some walls, and what that carries."""
    for located in Layout(scene, store):
        if located.item.support == "wall":
            distances = wall_distances(located, room)
            if min(distances, key=lambda name: distances[name]) in walls:
                yield located.item.id
                yield from (item.id for item in scene.carried_by(located.item.id))
