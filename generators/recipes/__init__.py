"""Room recipes: furniture and clutter by room type, read from `generators/recipes/*.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Literal

from pydantic import Field

from sage.errors import TaskImpossible
from sage.geometry import Frozen, Vec2
from sage.language.rooms import nearest_rooms
from sage.scene import FloorPattern
from sage.task import FLOOR
from sage.vocabulary import Category, RoomType

__all__ = ["Clutter", "Furniture", "FurniturePlace", "Recipe", "recipe", "recipe_names", "room_types"]

FurniturePlace = Literal[
    "wall", "corner", "run", "middle", "beside", "around", "gather", "seat", "front", "before", "opposite",
    "rows", "under", "under_window", "at_window", "hung", "above", "over_run", "ceiling", "rug", "free",
]  # fmt: skip
"""Where a piece goes: back to a wall; into a corner; in one line with everything else that is `run`; in the
middle; at the side of `of`; around `of`, tucked in and facing it; a step away from `of`, facing it; at `of`
as its seat; before the front of `of`; some way before it, facing it; at the wall that `of` looks at; in
rows that look the way `of` does; below `of`; below a window; at both sides of a window; hung on a wall;
hung over `of`; hung side by side over what is low in the run; from the ceiling, over `of` if there is one;
flat under `of`; along a wall or in a corner, looking into the room."""

_SMALL_M = 0.28
"""Things that are shorter stand on something rather than on the floor [m]."""

Need = Literal["must", "should", "may"]
"""What must be there makes the room what it is; what should be is usual; what may be is met at times."""


class Furniture(Frozen):
    """A piece that stands on the floor, or hangs on a wall or from the ceiling."""

    category: str
    place: FurniturePlace = "wall"
    of: str | None = None
    """Category of the piece that it goes with: as many as `count` for each of them, none without one."""
    count: tuple[int, int] = (1, 1)
    """Least and most, drawn at normal density; `at_window` makes a pair for each window of it."""
    need: Need = "should"
    clear: float = 0.45
    """Floor that stays free before its front [m]."""
    spacing: Vec2 = (0.9, 0.75)
    """Of `rows`: room behind and beside each [m]."""
    height: float | None = None
    """Bottom of what hangs [m]; by default its middle is at eye height."""
    match: str | None = None
    """Category of the piece whose colour and material it takes."""


Arrangement = Literal["scatter", "back", "stack", "row", "pile", "setting"]
"""How small things lie: each for itself; at the rear of the surface, as pillows do; on one another; in
a line, books and folders on edge; heaped up in a hollow; one of each item, in order, before every seat."""


class Clutter(Frozen):
    """Small things that people keep on or in a piece, or in another small thing."""

    owner: str
    """Category, or more general noun, of what carries them; or `floor`."""
    surface: str = "top"
    """Surfaces whose names begin so."""
    items: tuple[str, ...] = Field(min_length=1)
    arrange: Arrangement = "scatter"
    count: tuple[int, int] = (1, 3)
    """Least and most single things, stacks, rows or piles on each surface at normal density."""
    each: tuple[int, int] = (3, 5)
    """Least and most things in a stack, row or pile at normal density."""
    once: bool = False
    """On one surface of the room only, as the kettle of a kitchen with three counters."""
    mess: bool = False
    """Only met where it is messy."""


class Recipe(Frozen):
    """Furniture and clutter of a type of room."""

    room: str
    words: tuple[str, ...] = Field(min_length=1)
    """How people call it: `living room`, `lounge`."""
    area: Vec2
    """Smallest and largest floor [m2] when nothing else is said."""
    aspect: Vec2 = (1.0, 1.5)
    """Length over width."""
    height: Vec2 = (2.5, 2.8)
    windows: tuple[int, int] = (1, 2)
    sill: float = 0.95
    """Height of window sills [m]."""
    floors: tuple[FloorPattern, ...] = ("planks",)
    wall_tiles: float = 0.0
    """How high all walls are tiled [m]."""
    plain: bool = False
    """Walls are painted in one colour, and what is usual is industrial: a place to work or to keep things."""
    furniture: tuple[Furniture, ...]
    clutter: tuple[Clutter, ...] = ()
    homes: dict[str, tuple[str, ...]] = Field(default={})
    """Where a category is at home, best first, besides what `clutter` says: owner categories."""

    def keeps(self, category: Category) -> bool:
        """Return whether things of a category are kept on or in furniture here, or are that small."""
        usual = any(category.name in entry.items for entry in self.clutter if entry.owner != FLOOR)
        return usual or category.name in self.homes or max(category.size) < _SMALL_M


_SHOWN = 40
"""Letters of a name that is quoted in a refusal."""


@lru_cache(maxsize=1)
def _recipes() -> dict[str, Recipe]:
    folder = resources.files("sage.generators") / "recipes"
    found = [
        Recipe.model_validate(tomllib.loads(file.read_text()))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    return {item.room: item for item in sorted(found, key=lambda item: item.room)}


def recipe_names() -> tuple[str, ...]:
    """Return the room types that have a recipe."""
    return tuple(_recipes())


def room_types() -> tuple[RoomType, ...]:
    """Return the room types that have a recipe, with the words for them."""
    return tuple(RoomType(name=plan.room, words=plan.words) for plan in _recipes().values())


def recipe(room_type: str) -> Recipe:
    """Return the recipe of a room type.

    Raises:
        TaskImpossible: there is none.
    """
    if room_type not in _recipes():
        near = ", ".join(nearest_rooms(room_type, room_types()))
        raise TaskImpossible(
            f"no recipe furnishes a {room_type[:_SHOWN]!r}; the nearest of {len(_recipes())} types are {near}"
        )
    return _recipes()[room_type]
