"""Room composition: bare walls, empty floor, clutter, and misplaced pictures, curtains, rugs and lamps.

These findings lower the score but reject no scene.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import shapely
from shapely.geometry import Point, Polygon

from sage.context import Context
from sage.critique import Finding
from sage.rendering.lighting import is_lamp
from sage.scene import Room, Wall
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import wall_distances

__all__ = ["NEVER_BARE", "amount_of_clutter", "bare_walls", "empty_quarters", "misplaced"]

NEVER_BARE: frozenset[str] = frozenset(
    {"living_room", "bedroom", "dining_room", "kitchen", "childrens_room", "office", "classroom", "library",
     "restaurant", "bar", "playroom", "break_room", "bathroom"}
)  # fmt: skip
"""Room types that are usually decorated and used all over."""
MIN_WALL_SHARE = 0.08
"""Least share of a wall's length with furniture, wall-mounted objects or openings."""
MIN_QUARTER_SHARE = 0.004
"""Least share of a quarter of the floor that objects cover."""
CLUTTER_PER_M2 = (0.1, 15.0)
"""Least and largest number of small objects per square metre of floor."""
PICTURE_M = (1.1, 2.2)
"""Least and largest height of the middle of pictures and mirrors [m]."""
MAX_LAMP_M = 0.35
"""Largest horizontal distance of a hanging lamp from a table [m]."""
MAX_CURTAIN_M = 0.35
"""Largest gap between a curtain and its window [m]."""
MAX_RUG_M = 0.3
"""Largest distance of a rug from the nearest piece of furniture [m]."""
_LONG_M, _LARGE_M2 = 2.0, 12.0
"""Length of walls [m], and floor area [m2], from which on they are judged."""
_AT_WALL_M, _TALL_M, _STANDS_M = 0.6, 0.7, 0.4
"""Distance of furniture from the wall that it covers; its least height there, and over rugs [m]."""
_LIT = frozenset({"dining_room", "restaurant", "meeting_room"})
_MIDDLE_HEIGHT = ("picture", "mirror")


def bare_walls(layout: Layout) -> Iterator[Finding]:
    """Yield findings on long bare walls."""
    for room in layout.scene.rooms:
        if room.type not in NEVER_BARE:
            continue
        for wall in room.walls:
            share = _covered(wall, room, layout)
            if wall.length >= _LONG_M and share < MIN_WALL_SHARE:
                yield Finding(
                    kind="bare_wall",
                    where=wall.id,
                    message=f"{wall.id!r} is bare: only {share:.0%} of its {wall.length:.1f} m is used, "
                    f"at least {MIN_WALL_SHARE:.0%} should be: hang a picture there",
                    value=round(share, 3),
                    limit=MIN_WALL_SHARE,
                )


def _covered(wall: Wall, room: Room, layout: Layout) -> float:
    """Return the share of a wall's length with openings, wall-mounted objects or furniture."""
    spans = [(o.offset - o.width / 2, o.offset + o.width / 2) for o in wall.openings]
    for located in layout:
        item = located.item
        if item.room != room.id or not (item.support == "wall" or _stands(located)):
            continue
        corners = shapely.get_coordinates(located.footprint) - np.array(wall.start)
        reach = 0.1 if item.support == "wall" else _AT_WALL_M
        if float((corners @ wall.inward).min()) < reach:
            along = corners @ wall.along
            spans.append((float(along.min()), float(along.max())))
    covered, cursor = 0.0, 0.0
    for start, end in sorted(spans):
        start, end = max(start, cursor), min(end, wall.length)
        covered += max(0.0, end - start)
        cursor = max(cursor, end)
    return covered / wall.length


def _stands(located: Located) -> bool:
    item = located.item
    return item.support == "floor" and not item.covering and float(located.high[2]) >= _TALL_M


def empty_quarters(layout: Layout) -> Iterator[Finding]:
    """Yield findings on quarters of a large floor without furniture."""
    for room in layout.scene.rooms:
        if room.type not in NEVER_BARE or room.floor.area < _LARGE_M2:
            continue
        taken = shapely.union_all([o.footprint for o in layout if _takes_floor(o, room)])
        for name, quarter in _quarters(room.floor):
            share = float(quarter.intersection(taken).area / max(quarter.area, 1e-9))
            if share < MIN_QUARTER_SHARE:
                wall = min(room.walls, key=lambda wall: Point(*wall.point(wall.length / 2)).distance(quarter))
                yield Finding(
                    kind="empty_floor",
                    where=wall.id,
                    message=f"the {name} quarter of {room.id!r}, {quarter.area:.1f} m2, is empty; "
                    "place an object there",
                    value=round(share, 3),
                    limit=MIN_QUARTER_SHARE,
                )


def _takes_floor(located: Located, room: Room) -> bool:
    item = located.item
    return item.room == room.id and item.support == "floor" and not item.covering


def _quarters(floor: Polygon) -> Iterator[tuple[str, Polygon]]:
    low_x, low_y, high_x, high_y = floor.bounds
    xs, ys = ((low, (low + high) / 2, high) for low, high in ((low_x, high_x), (low_y, high_y)))
    for (column, east), (row, north) in itertools.product(
        enumerate(("west", "east")), enumerate(("south", "north"))
    ):
        yield (
            north + "-" + east,
            floor.intersection(shapely.box(xs[column], ys[row], xs[column + 1], ys[row + 1])),
        )


def amount_of_clutter(layout: Layout) -> Iterator[Finding]:
    """Yield findings on rooms with unusually few or many small objects; few are right at sparse density."""
    if layout.scene.task.density == "sparse":
        return
    for room in layout.scene.rooms:
        small = [o.item.id for o in layout if o.item.room == room.id and o.item.support in layout]
        density = len(small) / room.floor.area
        low, high = CLUTTER_PER_M2
        if room.type in NEVER_BARE and not low <= density <= high:
            word = "few" if density < low else "too many"
            yield Finding(
                kind="clutter",
                message=f"{room.id!r} has {word} small objects: {density:.2f} per m2; "
                f"{low:g} to {high:g} is usual",
                value=round(density, 3),
                limit=low if density < low else high,
            )


def misplaced(layout: Layout, context: Context) -> Iterator[Finding]:
    """Yield findings on pictures, curtains, rugs and lamps at unusual places."""
    for located in layout:
        room = layout.scene.room(located.item.room)
        category = located.item.category
        words = ""
        if category in _MIDDLE_HEIGHT and located.item.support == "wall":
            words = _height(located)
        elif category == "curtain":
            words = _beside_window(located, room)
        elif category == "rug":
            words = _under_nothing(located, layout)
        if words:
            yield Finding(
                kind="composition", objects=(located.item.id,), message=f"{located.item.id!r} {words}"
            )
    yield from _unlit_tables(layout, context)


def _height(located: Located) -> str:
    middle = float(located.low[2] + located.high[2]) / 2
    low, high = PICTURE_M
    return (
        ""
        if low <= middle <= high
        else f"hangs with its middle at {middle:.2f} m; {low} to {high} m is usual"
    )


def _beside_window(located: Located, room: Room) -> str:
    distances = wall_distances(located, room)
    wall = next(wall for wall in room.walls if wall.id == min(distances, key=lambda name: distances[name]))
    along = (shapely.get_coordinates(located.footprint) - np.array(wall.start)) @ wall.along
    for opening in wall.openings:
        gap = abs(float(along.mean()) - opening.offset) - opening.width / 2 - float(np.ptp(along)) / 2
        if opening.kind == "window" and gap <= MAX_CURTAIN_M:
            return ""
    return "hangs at no window; move or remove it"


def _under_nothing(located: Located, layout: Layout) -> str:
    others = (o for o in layout if o.item.support == "floor" and not o.item.covering)
    large = [o for o in others if float(o.high[2]) >= _STANDS_M]
    near = any(o.footprint.distance(located.footprint) <= MAX_RUG_M for o in large)
    return "" if near or not large else "is apart from all furniture; move or remove it"


def _unlit_tables(layout: Layout, context: Context) -> Iterator[Finding]:
    """Yield findings on dining and meeting rooms whose hanging lamps are not over a table."""
    for room in layout.scene.rooms:
        own = [o for o in layout if o.item.room == room.id]
        lamps = [o for o in own if o.item.support == "ceiling" and is_lamp(o.item.category)]
        tables = [
            o for o in own if o.item.support == "floor" and context.vocabulary.is_a(o.item.category, "table")
        ]
        if room.type not in _LIT or not lamps or not tables:
            continue
        gap = min(o.body_footprint.distance(Point(*lamp.center[:2])) for o in tables for lamp in lamps)
        if gap > MAX_LAMP_M:
            yield Finding(
                kind="composition",
                objects=(lamps[0].item.id,),
                message=f"{lamps[0].item.id!r} hangs {gap:.2f} m beside the nearest table; "
                f"at most {MAX_LAMP_M} m is usual: move one of them",
                value=round(float(gap), 3),
                limit=MAX_LAMP_M,
            )
