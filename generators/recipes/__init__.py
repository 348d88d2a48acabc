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
"""Places of furniture, `of` being the piece that it goes with.

`wall`: back to a wall; `corner`: in a corner; `run`: in one line with all other pieces of the run; `middle`:
in the middle of the room; `beside`: at a side of `of`; `around`: around `of`, pushed under it and facing it;
`gather`: a step away from `of`, facing it; `seat`: at `of` as its seat; `front`: in front of `of`; `before`:
farther in front of it, facing it; `opposite`: at the wall that `of` faces; `rows`: in rows that face as `of`
does; `under`: below `of`; `under_window`, `at_window`: below, and at both sides of, a window; `hung`: on a
wall; `above`: on the wall above `of`; `over_run`: on the wall, side by side, above the low pieces of the run;
`ceiling`: on the ceiling, over `of` if there is one; `rug`: flat under `of`; `free`: at a wall or in a
corner, facing into the room.
"""

_SMALL_M = 0.28
"""Length below which objects are kept on furniture rather than on the floor [m]."""

Need = Literal["must", "should", "may"]
"""`must`: necessary for the room type; `should`: usual; `may`: occasional."""


class Furniture(Frozen):
    """An entry of a recipe: pieces of furniture on the floor, a wall or the ceiling."""

    category: str
    place: FurniturePlace = "wall"
    of: str | None = None
    """Category of the pieces that it goes with: `count` for each of them, none if there is none."""
    count: tuple[int, int] = (1, 1)
    """Least and largest number, drawn at normal density; for `at_window`, a pair for each window."""
    need: Need = "should"
    clear: float = 0.45
    """Depth of the clear floor in front of it [m]."""
    spacing: Vec2 = (0.9, 0.75)
    """For `rows`: free floor behind and beside each piece [m]."""
    height: float | None = None
    """Height of the bottom of a hanging piece [m]; by default its middle is at 1.55 m."""
    match: str | None = None
    """Category of the piece whose colour and material it has."""


Arrangement = Literal["scatter", "back", "stack", "row", "pile", "setting"]
"""Arrangements of small objects: `scatter`: separate; `back`: at the rear of the surface, as pillows;
`stack`: on one another; `row`: in a line, books and folders on edge; `pile`: heaped in a cavity; `setting`:
one of each item, in order, at every seat."""


class Clutter(Frozen):
    """An entry of a recipe: small objects on or in an object."""

    owner: str
    """Category, or more general noun, of the object that carries them; or `floor`."""
    surface: str = "top"
    """Prefix of the names of its surfaces."""
    items: tuple[str, ...] = Field(min_length=1)
    arrange: Arrangement = "scatter"
    count: tuple[int, int] = (1, 3)
    """Least and largest number of objects, stacks, rows or piles on each surface at normal density."""
    each: tuple[int, int] = (3, 5)
    """Least and largest number of objects in a stack, row or pile at normal density."""
    once: bool = False
    """Whether they are on one surface of the room only, such as the kettle of a kitchen."""
    mess: bool = False
    """Whether they are only in messy rooms."""


class Recipe(Frozen):
    """Floor plan, furniture and clutter of a room type."""

    room: str
    words: tuple[str, ...] = Field(min_length=1)
    """Nouns for it: `living room`, `lounge`."""
    area: Vec2
    """Smallest and largest usual floor area [m2]."""
    aspect: Vec2 = (1.0, 1.5)
    """Least and largest ratio of length to width."""
    height: Vec2 = (2.5, 2.8)
    """Least and largest height of the room [m]."""
    windows: tuple[int, int] = (1, 2)
    """Least and largest number of windows."""
    sill: float = 0.95
    """Height of window sills [m]."""
    floors: tuple[FloorPattern, ...] = ("planks",)
    wall_tiles: float = 0.0
    """Height of the tiles on all walls [m]; 0 without tiles."""
    plain: bool = False
    """Whether it is for work or storage: walls have one colour, and the default style is industrial."""
    furniture: tuple[Furniture, ...]
    clutter: tuple[Clutter, ...] = ()
    homes: dict[str, tuple[str, ...]] = Field(default={})
    """Further categories that carry a category, best first, besides those of `clutter`."""

    def keeps(self, category: Category) -> bool:
        """Return whether objects of a category are kept on or in furniture here, or are small."""
        usual = any(category.name in entry.items for entry in self.clutter if entry.owner != FLOOR)
        return usual or category.name in self.homes or max(category.size) < _SMALL_M


_MAX_QUOTED = 40
"""Characters of an unknown room type that are quoted in the error."""


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
    """Return the names of the room types that have a recipe."""
    return tuple(_recipes())


def room_types() -> tuple[RoomType, ...]:
    """Return the room types that have a recipe, with their nouns."""
    return tuple(RoomType(name=plan.room, words=plan.words) for plan in _recipes().values())


def recipe(room_type: str) -> Recipe:
    """Return the recipe of a room type.

    Raises:
        TaskImpossible: there is no such recipe; the message names the nearest room types.
    """
    if room_type not in _recipes():
        near = ", ".join(nearest_rooms(room_type, room_types()))
        raise TaskImpossible(
            f"there is no recipe for {room_type[:_MAX_QUOTED]!r}; "
            f"the nearest of {len(_recipes())} room types are {near}"
        )
    return _recipes()[room_type]
