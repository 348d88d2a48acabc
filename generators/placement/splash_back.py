"""Tiled splash-backs behind stoves, sinks and counters."""

from __future__ import annotations

from collections.abc import Iterator

from sage.asset import AssetStore
from sage.assets.palettes import palette_with
from sage.scene import Cladding, Room, Scene, Wall
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import AGAINST_WALL_M, wall_distances

__all__ = ["with_splash_backs"]

_BEHIND = ("counter", "sink", "stove", "dishwasher", "oven")
_TOP_M, _RISE_M = 0.86, 0.58
"""Height of the lower edge of the tiles, and their height [m]."""
_JOIN_M = 0.75
"""Largest gap between pieces that share one splash-back [m]."""


def with_splash_backs(scene: Scene, store: AssetStore) -> Scene:
    """Return the scene with splash-backs in its first room, unless its walls are tiled."""
    room = scene.rooms[0]
    palette = palette_with(room.finishes)
    if palette is None or any(cladding.heights[0] == 0.0 and _wet(cladding) for cladding in room.claddings):
        return scene
    pattern, color = palette.wall_tiles
    tops = [located for located in Layout(scene, store) if located.item.category in _BEHIND]
    found = [
        Cladding(wall=wall.id, span=span, heights=heights, pattern=pattern, color=color)
        for wall in room.walls
        for span, heights in _runs(wall, [located for located in tops if _stands_at(located, room, wall)])
    ]
    # Later claddings are drawn over earlier ones.
    changed = room.model_copy(update={"claddings": (*room.claddings, *found)})
    return scene.replacing(rooms=(changed, *scene.rooms[1:]))


def _wet(cladding: Cladding) -> bool:
    return cladding.pattern in ("wall_tiles", "mosaic")


def _stands_at(located: Located, room: Room, wall: Wall) -> bool:
    distances = wall_distances(located, room)
    nearest = min(distances, key=lambda name: distances[name])
    return nearest == wall.id and distances[nearest] < AGAINST_WALL_M


def _runs(wall: Wall, tops: list[Located]) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the span of each splash-back along a wall, and the heights of its edges [m]."""
    spans = []
    for located in tops:
        places = [
            float((corner[:2] - wall.point(0.0)) @ wall.along) for corner in (located.low, located.high)
        ]
        spans.append((max(0.0, min(places)), min(wall.length, max(places))))
    joined: list[tuple[float, float]] = []
    for start, end in sorted(spans):
        if joined and start - joined[-1][1] < _JOIN_M:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    for start, end in joined:
        yield (round(start, 3), round(end, 3)), (_TOP_M, _TOP_M + _RISE_M)
