"""Preview images of a room: cutaway views from its corners, and a top view."""

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
from sage.rendering.camera import Camera, look_at
from sage.rendering.fast import FastRenderer
from sage.rendering.lighting import lighting
from sage.rendering.surfaces import surfaces
from sage.rendering.viewpoints import top_camera
from sage.scene import Room, Scene
from sage.spatial.layout import Layout
from sage.spatial.predicates import AGAINST_WALL_M, wall_distances

__all__ = ["SIZE", "VIEWS", "View", "ViewName", "as_png", "picture", "thumbnail", "view_of", "write_preview"]

ViewName = Literal["preview", "top", "cutaway_1", "cutaway_2", "cutaway_3", "cutaway_4"]
"""`top` looks straight down; `cutaway_1` to `cutaway_4` look in from outside the SW, SE, NE and NW corner,
with the two nearest walls hidden; `preview` is the best cutaway view. The cameras of `viewpoints` hide no
walls."""

VIEWS: tuple[ViewName, ...] = get_args(ViewName)

SIZE = (800, 600)
"""Default width and height of an image [px]."""

_THUMBNAIL = (160, 120)
_FOV_DEG = 42.0
_ELEVATION = math.radians(38)
_FILL = 0.95
_CENTERINGS = 12
_WALL_M = 0.15
_OPENING_WEIGHT = {"door": 0.6, "window": 1.0}
_DIAGONALS = tuple((x, 0.8 * y) for x, y in ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)))
"""Directions from the centre of a room to its SW, SE, NE and NW corner, weighted towards x."""


@dataclass(frozen=True)
class View:
    """A camera and what to hide so that it sees into the room."""

    camera: Camera
    hidden: frozenset[str]
    """Ids of the hidden walls and objects."""


def view_of(scene: Scene, store: AssetStore, name: ViewName, size: tuple[int, int] = SIZE) -> View:
    """Return a view of the first room, without its ceiling.

    Cutaway views hide the two nearest walls with the objects on them; the top view hides what hangs from the
    ceiling.

    Args:
        scene: Scene to show.
        store: Store of its assets.
        name: Name of the view.
        size: Width and height of the image [px].
    """
    if name == "top":
        return _from_above(scene, size)
    if name == "preview":
        return _from_corner(scene, store, name, _best_diagonal(scene, store), size)
    side = np.array(_DIAGONALS[VIEWS.index(name) - VIEWS.index("cutaway_1")])
    return _from_corner(scene, store, name, side / float(np.linalg.norm(side)), size)


def picture(
    scene: Scene,
    store: AssetStore,
    view: ViewName = "preview",
    size: tuple[int, int] = SIZE,
    hour: float | None = None,
) -> Image.Image:
    """Return an image of the first room, on a plain background.

    Args:
        scene: Scene to show.
        store: Store of its assets.
        view: Name of the view.
        size: Width and height of the image [px].
        hour: Time of day, 0 to 24 [h]; by default the scene's own.

    Raises:
        UserError: `hour` is out of range.
    """
    chosen = view_of(scene, store, view, size)
    renderer = FastRenderer(surfaces(scene, store), lighting(scene, store, hour), chosen.hidden)
    return Image.fromarray(renderer.picture(chosen.camera))


def as_png(image: Image.Image) -> bytes:
    """Return an image as PNG data."""
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def thumbnail(scene: Scene, store: AssetStore) -> str:
    """Return the `preview` view as a JPEG image of 160 x 120 pixels, encoded in base64."""
    target = io.BytesIO()
    picture(scene, store, size=_THUMBNAIL).save(target, "JPEG", quality=85)
    return base64.b64encode(target.getvalue()).decode()


def write_preview(scene: Scene, store: AssetStore, path: Path, size: tuple[int, int] = SIZE) -> None:
    """Write the `preview` view as a PNG file.

    Args:
        scene: Scene to show.
        store: Store of its assets.
        path: File to write.
        size: Width and height of the image [px].
    """
    picture(scene, store, "preview", size).save(path)


def _from_corner(scene: Scene, store: AssetStore, name: ViewName, side: Array, size: tuple[int, int]) -> View:
    room = scene.rooms[0]
    eye, target = _viewpoint(room, side, size[0] / size[1])
    walls = frozenset(
        wall.id for wall in room.walls if float((eye[:2] - np.array(wall.start)) @ wall.inward) < 0
    )
    camera = Camera(name=name, pose=look_at(eye, target), fov=_FOV_DEG, width=size[0], height=size[1])
    return View(camera, walls | frozenset(_mounted_on(scene, store, room, walls)))


def _from_above(scene: Scene, size: tuple[int, int]) -> View:
    hanging = [item.id for item in scene.objects if item.support == "ceiling"]
    hanging += [item.id for name in hanging for item in scene.carried_by(name)]
    camera = top_camera(scene.rooms, size[0] / size[1]).sized(*size)
    return View(camera, frozenset(hanging))


def _viewpoint(room: Room, side: Array, aspect: float) -> tuple[Array, Array]:
    """Return the nearest camera position that shows the whole room, and its target, world frame [m]."""
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


def _best_diagonal(scene: Scene, store: AssetStore) -> Array:
    """Return the unit diagonal, shape [2], whose view hides the least furniture and openings."""
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


def _mounted_on(scene: Scene, store: AssetStore, room: Room, walls: frozenset[str]) -> Iterator[str]:
    """Yield the ids of the objects mounted on given walls, and of the objects that they carry."""
    for located in Layout(scene, store):
        if located.item.support == "wall":
            distances = wall_distances(located, room)
            if min(distances, key=lambda name: distances[name]) in walls:
                yield located.item.id
                yield from (item.id for item in scene.carried_by(located.item.id))
