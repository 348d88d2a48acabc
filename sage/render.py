"""Pictures of a scene from PyBullet's software renderer, which needs no display and no GPU."""

from __future__ import annotations

import io
import math
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image

from sage.asset import AssetStore
from sage.geometry import Array
from sage.layout import Layout
from sage.physics import World
from sage.predicates import AGAINST_WALL_M, wall_distances
from sage.scene import Room, Scene, SceneObject

__all__ = ["VIEWS", "ViewName", "as_png", "picture", "preview", "write_preview"]

ViewName = Literal["preview", "top", "corner_1", "corner_2", "corner_3", "corner_4"]
"""`preview` is the best corner, `top` from above, `corner_1` to `corner_4` are all, counter-clockwise."""

VIEWS: tuple[ViewName, ...] = get_args(ViewName)

_FOV_DEG = 42.0
_BACKGROUND = (244, 245, 247)
_SUPERSAMPLING = 1.5
_ELEVATION = math.radians(38)
_FILL = 0.95
_CENTERINGS = 12
_WALL_M = 0.15
_TILT = 1e-3
"""How far a look down is from the vertical, so that `up` is a direction in the picture."""
_OPENING_WEIGHT = {"door": 0.6, "window": 1.0}
_DIAGONALS = tuple((x, 0.8 * y) for x, y in ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)))
"""From the middle of a room to its corners, counter-clockwise, somewhat more along x."""

_Image = tuple[npt.NDArray[np.uint8], npt.NDArray[np.int32], dict[int, str]]


def preview(scene: Scene, store: AssetStore, size: tuple[int, int] = (800, 600)) -> _Image:
    """Look into the room from above one corner, the two nearest walls taken away.

    Returns:
        RGB of shape [h, w, 3], body numbers of shape [h, w] (-1 where nothing is), names by number.
    """
    return _from_corner(scene, store, _side_to_look_from(scene, store), size)


def picture(
    scene: Scene, store: AssetStore, view: ViewName = "preview", size: tuple[int, int] = (800, 600)
) -> Image.Image:
    """Return a view of the room, smooth and on a plain ground.

    There is no ceiling in it; from a corner the two nearest walls are taken away, and from above what
    hangs from the ceiling.
    """
    large = (round(size[0] * _SUPERSAMPLING), round(size[1] * _SUPERSAMPLING))
    if view == "preview":
        rgb, bodies, _ = preview(scene, store, large)
    elif view == "top":
        rgb, bodies, _ = _from_above(scene, store, large)
    else:
        side = np.array(_DIAGONALS[VIEWS.index(view) - VIEWS.index("corner_1")])
        rgb, bodies, _ = _from_corner(scene, store, side / float(np.linalg.norm(side)), large)
    rgb = rgb.copy()
    rgb[bodies < 0] = _BACKGROUND
    return Image.fromarray(rgb).resize(size, Image.Resampling.LANCZOS)


def as_png(image: Image.Image) -> bytes:
    """Return a picture as the bytes of a PNG file."""
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


def write_preview(scene: Scene, store: AssetStore, path: Path, size: tuple[int, int] = (800, 600)) -> None:
    """Write `preview` as a PNG."""
    picture(scene, store, "preview", size).save(path)


def _from_corner(scene: Scene, store: AssetStore, side: Array, size: tuple[int, int]) -> _Image:
    room = scene.rooms[0]
    eye, target = _viewpoint(room, side, size[0] / size[1])
    hidden = frozenset(
        wall.id for wall in room.walls if float((eye[:2] - np.array(wall.start)) @ wall.inward) < 0
    )
    shown = scene.replacing(objects=tuple(_not_on(scene, store, room, hidden)))
    with World(shown, store, visuals=True, hidden_walls=hidden) as world:
        return world.image(eye, target, size, _FOV_DEG)


def _from_above(scene: Scene, store: AssetStore, size: tuple[int, int]) -> _Image:
    """Look straight down, y upwards, as near as the tops of the walls allow."""
    room = scene.rooms[0]
    low_x, low_y, high_x, high_y = room.floor.bounds
    half = max((high_x - low_x) * size[1] / size[0], high_y - low_y) / 2 + _WALL_M
    rise = room.height + half / math.tan(math.radians(_FOV_DEG) / 2)
    target = np.array([(low_x + high_x) / 2, (low_y + high_y) / 2, 0.0])
    hanging = [item.id for item in scene.objects if item.support == "ceiling"]
    hanging += [item.id for name in hanging for item in scene.carried_by(name)]
    with World(scene.removing(*hanging), store, visuals=True) as world:
        return world.image(target + np.array([0.0, -_TILT * rise, rise]), target, size, _FOV_DEG)


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


def _not_on(scene: Scene, store: AssetStore, room: Room, hidden: frozenset[str]) -> list[SceneObject]:
    """Return everything but what hangs on hidden walls, and what that carries."""
    gone: set[str] = set()
    for located in Layout(scene, store):
        if located.item.support == "wall":
            distances = wall_distances(located, room)
            if min(distances, key=lambda name: distances[name]) in hidden:
                gone |= {located.item.id, *(item.id for item in scene.carried_by(located.item.id))}
    return [item for item in scene.objects if item.id not in gone]
