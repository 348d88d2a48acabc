"""Floor plans: a rectangular room with a door and windows."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from pydantic import Field

from sage.assets.palettes import USUAL_STYLES, Palette, palette_of
from sage.choices import StyleName
from sage.context import Context
from sage.errors import TaskImpossible, ToolRejected
from sage.generators.paint import painted
from sage.generators.placement.by_relation import SHARED_PLACES
from sage.generators.placement.task_assets import is_table_seat
from sage.generators.recipes import Recipe, recipe
from sage.geometry import Vec2, Vec3
from sage.scene import Cladding, Opening, Room, Scene, Wall
from sage.spatial.walkway import PASSAGE_M
from sage.task import DOOR, FLOOR, WINDOW, Spaciousness, Task
from sage.tools import Generator
from sage.vocabulary import Vocabulary

__all__ = ["MAX_SIDE_M", "MIN_SIDE_M", "FloorPlan"]

_WALL_M = 0.12
"""Thickness of walls [m]."""
_DOOR_M = (0.9, 2.05)
"""Width and height of doors [m]."""
_WINDOW_TOP_M = 2.25
_FLOOR_FACTOR, _ROWS_FLOOR_FACTOR = 3.2, 1.35
"""Floor area relative to the footprints on it, and to those of rows with their spacing."""
_FRONT_AREA_M2 = 12.0
"""Floor area in front of the first row [m2]."""
MIN_SIDE_M, MAX_SIDE_M = 1.8, 20.0
"""Least and largest inner side of a room [m]."""
_PLAIN_WALLS: tuple[Vec3, ...] = (
    (0.93, 0.92, 0.89),
    (0.89, 0.90, 0.88),
    (0.88, 0.90, 0.92),
    (0.93, 0.90, 0.84),
)
_APART_M = {"far": 4.1, "across": 1.9}
"""Length of a room for two pieces in a relation, without their depths [m]."""
_RUN_DEPTH_M = 0.65
"""Depth of a run of kitchen furniture [m]."""
_WALL_TURNS = {"right": 1, "back": 2, "left": 3}
"""Position of a wall after the door's, counter-clockwise, by its side as seen on entering."""
_AT_WINDOW = ("next_to", "near", "under")
_TO_CORNER_M = 0.3
"""Length of wall between a window and a corner with a piece at both [m]."""
_BESIDE_DOOR_M = 1.1
"""Length of wall on the shorter side of a door with pieces on both sides [m]."""
_SILL_ROOM, _HIGHEST_SILL_M = 1.12, 1.5
"""Height of sills relative to the pieces below them; largest height of a sill [m]."""
_SMALL, _LARGE = 0.7, 1.5
"""Floor area of small and large rooms, relative to the smallest and largest usual area."""
_NARROW = 2.0
"""Least ratio of length to width of a narrow room."""
_ACCENT = 0.35
"""Share of rooms with an accent wall across from the door."""


@dataclass(frozen=True)
class _Openings:
    """Requirements of a task on the door and the windows."""

    windows: int
    """Least number of windows."""
    sill: float
    """Height of the sills [m]."""
    blank: frozenset[int]
    """Walls without a window if possible, as positions after the door's, counter-clockwise."""
    central_door: bool
    """Whether pieces stand on both sides of the door."""
    window_in_corner: bool
    """Whether a piece stands both in a corner and at a window."""


class FloorPlan(Generator):
    """Start the scene with one rectangular room, with a door and windows. Removes all objects and rooms."""

    room_type: str | None = None
    """Room type, such as `kitchen`; by default the first that fits the task."""
    size: Vec2 | None = Field(default=None)
    """Inner length and width [m]; by default as the task says, or as its contents need."""
    style: StyleName | None = None
    """Style whose palette the room uses; by default as the prompt says, or drawn at random."""
    grow: float = Field(default=1.0, ge=1.0, le=3.0)
    """Factor on the default floor area, for contents that did not fit."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return a scene with an empty room."""
        room_type = self.room_type or scene.task.rooms[0]
        try:
            plan = recipe(room_type)
        except TaskImpossible as error:
            raise ToolRejected(str(error)) from error
        size = self.size or scene.task.size
        length, width = size or self._size(plan, scene.task, context)
        for value in (length, width):
            if not MIN_SIDE_M <= value <= MAX_SIDE_M:
                raise ToolRejected(
                    f"a side of {value:g} m is outside {MIN_SIDE_M:g}..{MAX_SIDE_M:g} m; choose one within"
                )
        style = self.style or next(iter(scene.task.style), None) or _usual(plan, context.rng)
        needs = _openings_needed(plan, scene.task, context.vocabulary)
        room = _room(plan, needs, length, width, palette_of(style, context.rng), context.rng)
        walls = scene.task.walls
        return scene.replacing(rooms=(painted(room, walls) if walls else room,), objects=())

    def _size(self, plan: Recipe, task: Task, context: Context) -> Vec2:
        rng = context.rng
        usual = rng.uniform(*_areas(plan, task.spaciousness))
        area = max(usual, _floor_needed(plan, task, context.vocabulary)) * self.grow
        ratio = max(rng.uniform(*plan.aspect), _NARROW if task.spaciousness == "narrow" else 1.0)
        width = max(
            math.sqrt(area / ratio),
            min(MIN_SIDE_M, math.sqrt(area)),
            min(_width_needed(plan, task, context.vocabulary), MAX_SIDE_M),
        )
        length = min(max(area / width, _length_needed(task, context.vocabulary)), MAX_SIDE_M)
        return (round(length, 2), round(width, 2))


def _areas(plan: Recipe, spaciousness: Spaciousness | None) -> Vec2:
    """Return the smallest and largest floor area of a room of a size [m2]."""
    low, high = plan.area
    if spaciousness == "small":
        return _SMALL * low, low
    return (high, _LARGE * high) if spaciousness == "large" else (low, high)


def _floor_needed(plan: Recipe, task: Task, vocabulary: Vocabulary) -> float:
    """Return the floor area for required pieces and the recipe's necessary ones, with space to walk [m2]."""
    counts: dict[str, int] = {}
    spacings: dict[str, Vec2] = {}
    for entry in plan.furniture:
        if entry.place == "rows":
            spacings[entry.category] = entry.spacing
        if entry.need == "must" and entry.of not in spacings:
            leaders = counts.get(entry.of, 0) if entry.of else 1
            counts[entry.category] = counts.get(entry.category, 0) + entry.count[0] * leaders
    asked: dict[str, int] = {}
    for item in task.objects:
        asked[item.category] = asked.get(item.category, 0) + item.count
    for name, count in asked.items():
        counts[name] = max(count, counts.get(name, 0))
    total = _FRONT_AREA_M2 if spacings else 0.0
    lying = {r.subject for r in task.initial if r.name == "on" and r.object == FLOOR and not r.negated}
    laid = {item.category for item in task.objects if lying & {*item.ids}}
    for name, count in counts.items():
        category = vocabulary.find(name)
        stands = category is not None and (category.mount == "floor" or name in laid)
        if category is None or not stands or category.covering:
            continue
        depth, width = category.size[:2]
        behind, beside = spacings.get(name, (0.0, 0.0))
        share = _ROWS_FLOOR_FACTOR if name in spacings else _FLOOR_FACTOR
        total += share * count * (depth + behind) * (width + beside)
    return total


def _length_needed(task: Task, vocabulary: Vocabulary) -> float:
    """Return the length of a room with pieces far from, or across from, each other [m]."""
    longest = 0.0
    for relation in task.initial:
        if relation.name not in _APART_M or relation.negated:
            continue
        names = (relation.subject, relation.object)
        items = (task.required(name) for name in names)
        found = [vocabulary.find(item.category) for item in items if item is not None]
        depths = (
            category.size[0] for category in found if category is not None and category.mount == "floor"
        )
        longest = max(longest, _APART_M[relation.name] + sum(depths))
    return longest


def _width_needed(plan: Recipe, task: Task, vocabulary: Vocabulary) -> float:
    """Return the width of a room with seats at both sides of a table and passages behind them [m]."""
    widest = 0.0
    for relation in task.initial:
        seat, table = task.required(relation.subject), task.required(relation.object)
        if relation.name not in SHARED_PLACES or relation.negated or seat is None or table is None:
            continue
        sizes = [found.size for item in (seat, table) if (found := vocabulary.find(item.category))]
        if len(sizes) == 2 and is_table_seat(seat.category, vocabulary):
            widest = max(widest, min(sizes[1][:2]) + 2 * (sizes[0][0] + PASSAGE_M))
    run = any(entry.place == "run" and entry.need == "must" for entry in plan.furniture)
    return widest + (_RUN_DEPTH_M if run and widest else 0.0)


def _openings_needed(plan: Recipe, task: Task, vocabulary: Vocabulary) -> _Openings:
    """Return the task's requirements on the door and the windows.

    Sills are above the pieces below windows and their loads, such as a monitor on a desk. Walls at which the
    task has pieces have no window, unless the pieces are at a window too.
    """
    said = [r for r in task.initial if not r.negated]
    named = [r for r in said if WINDOW in (r.object, r.other)]
    sill = plan.sill
    for relation in named:
        if relation.name == "under":
            below = _height(relation.subject, task, vocabulary)
            carried = [r.subject for r in said if r.name == "on" and r.object == relation.subject]
            above = max((_height(name, task, vocabulary) for name in carried), default=0.0)
            sill = max(sill, min(_SILL_ROOM * (below + above), _HIGHEST_SILL_M))
    at_window = {r.subject for r in named}
    blank = {
        _WALL_TURNS[r.part]
        for r in said
        if r.name in ("against_wall", "on") and r.part in _WALL_TURNS and r.subject not in at_window
    }
    at_door = {r.subject for r in said if r.name in ("next_to", "near") and r.object == DOOR}
    cornered = any(
        r.name == "in_corner" and r.subject == other.subject and other.name in _AT_WINDOW
        for r in said
        for other in named
    )
    return _Openings(1 if named else 0, round(sill, 2), frozenset(blank), len(at_door) > 1, cornered)


def _height(name: str, task: Task, vocabulary: Vocabulary) -> float:
    item = task.required(name)
    category = vocabulary.find(item.category) if item is not None else None
    return category.size[2] if category is not None else 0.0


def _usual(plan: Recipe, rng: np.random.Generator) -> StyleName:
    return "industrial" if plan.plain else USUAL_STYLES[int(rng.integers(len(USUAL_STYLES)))]


def _room(
    plan: Recipe,
    needs: _Openings,
    length: float,
    width: float,
    palette: Palette,
    rng: np.random.Generator,
) -> Room:
    corners: tuple[Vec2, ...] = ((0.0, 0.0), (length, 0.0), (length, width), (0.0, width))
    height = round(float(rng.uniform(*plan.height)), 2)
    names = ("south", "east", "north", "west")
    spans = [math.dist(corners[k], corners[(k + 1) % 4]) for k in range(4)]
    door_wall = int(rng.integers(4))
    openings: dict[int, list[Opening]] = {k: [] for k in range(4)}
    openings[door_wall].append(_door(spans[door_wall], needs.central_door, rng))
    count = max(needs.windows, int(rng.integers(plan.windows[0], plan.windows[1] + 1)))
    others = [k for k in range(4) if k != door_wall]
    opposite = (door_wall + 2) % 4
    order = [opposite, *(k for k in rng.permutation(others) if k != opposite)]
    order.sort(key=lambda k: (k - door_wall) % 4 in needs.blank)
    count = min(count, max(needs.windows, 3 - len(needs.blank)))
    for number, k in enumerate(order[:count], start=1):
        openings[int(k)].append(_window(f"window_{number}", spans[int(k)], needs, rng))
    walls = tuple(
        Wall(
            id=f"wall_{names[k]}",
            start=corners[k],
            end=corners[(k + 1) % 4],
            height=height,
            thickness=_WALL_M,
            openings=tuple(openings[k]),
        )
        for k in range(4)
    )
    covering = plan.floors[int(rng.integers(len(plan.floors)))]
    pattern, floor_color = palette.floor(covering)
    wall_pattern, wall_color = palette.wall
    if covering == "tiles" and wall_pattern == "wallpaper":
        wall_pattern = "paint"
    if plan.plain:
        wall_pattern, wall_color = "paint", _PLAIN_WALLS[int(rng.integers(len(_PLAIN_WALLS)))]
    return Room(
        id=plan.room,
        type=plan.room,
        polygon=corners,
        height=height,
        walls=walls,
        floor_pattern=pattern,
        floor_color=floor_color,
        wall_color=wall_color,
        wall_pattern=wall_pattern,
        claddings=tuple(_claddings(plan, walls, walls[opposite], palette, rng)),
        trim_color=palette.trim,
        door_color=palette.door,
        style=palette.style,
        finishes=dict(palette.finishes),
    )


def _claddings(
    plan: Recipe, walls: tuple[Wall, ...], across: Wall, palette: Palette, rng: np.random.Generator
) -> Iterator[Cladding]:
    """Yield tiles on all walls of a wet room, or at random an accent wall."""
    if plan.wall_tiles:
        pattern, color = palette.wall_tiles
        for wall in walls:
            yield Cladding(
                wall=wall.id,
                span=(0.0, wall.length),
                heights=(0.0, plan.wall_tiles),
                pattern=pattern,
                color=color,
            )
    elif not plan.plain and rng.random() < _ACCENT:
        pattern, color = palette.accent
        yield Cladding(
            wall=across.id,
            span=(0.0, across.length),
            heights=(0.0, across.height),
            pattern=pattern,
            color=color,
        )


def _door(span: float, central: bool, rng: np.random.Generator) -> Opening:
    width, height = _DOOR_M
    edge = min(_BESIDE_DOOR_M + width / 2, span / 2) if central else 0.15 + width / 2
    offset = edge if rng.random() < 0.5 else span - edge
    return Opening(id="door_1", kind="door", offset=round(offset, 3), width=width, height=height, swing="out")


def _window(name: str, span: float, needs: _Openings, rng: np.random.Generator) -> Opening:
    width = round(float(min(rng.uniform(0.9, 1.6), span - 0.8)), 2)
    room_left = span / 2 - width / 2 - 0.35
    shift = float(rng.uniform(-1, 1))
    offset = span / 2 + shift * max(0.0, min(room_left, 0.5))
    if needs.window_in_corner:
        offset = span / 2 + math.copysign(max(0.0, span / 2 - width / 2 - _TO_CORNER_M), shift)
    return Opening(
        id=name,
        kind="window",
        offset=round(offset, 3),
        width=width,
        height=round(_WINDOW_TOP_M - needs.sill, 3),
        sill=needs.sill,
    )
