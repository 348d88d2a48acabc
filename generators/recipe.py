"""Room recipes: what stands in a room of a type, and where, read from `generators/recipes/*.toml`."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Literal

from pydantic import Field

from sage.errors import TaskImpossible
from sage.geometry import Frozen, Vec2

__all__ = ["Clutter", "Furniture", "Place", "Recipe", "recipe", "recipe_names"]

Place = Literal[
    "wall", "corner", "run", "middle", "beside", "around", "seat", "front", "opposite",
    "under", "under_window", "hung", "rug", "free",
]  # fmt: skip
"""Where a piece goes: back to a wall; into a corner; in the kitchen run; in the middle; at the side of
`of`; around `of`, facing it; at `of` as its seat; before the front of `of`; at the wall that `of` looks
at; below `of`; below a window; hung on a wall; flat under `of`; anywhere."""


class Furniture(Frozen):
    """A piece that stands on the floor or hangs on a wall."""

    category: str
    place: Place = "wall"
    of: str | None = None
    """Category of the piece that it goes with; it is left out if that is not there."""
    count: tuple[int, int] = (1, 1)
    """Least and most, drawn at normal density."""
    essential: bool = False
    """The room is not of its type without it."""
    clear: float = 0.45
    """Floor that stays free before its front [m]."""


class Clutter(Frozen):
    """Small things that people keep on or in a piece."""

    owner: str
    """Category of what carries them."""
    surface: str = "top"
    """Surfaces whose names begin so."""
    items: tuple[str, ...]
    count: tuple[int, int] = (1, 3)
    """Least and most for each surface at normal density."""
    where: Literal["anywhere", "back"] = "anywhere"
    """`back`: at the rear of the surface, as pillows at the head of a bed."""


class Recipe(Frozen):
    """How a type of room is furnished."""

    room: str
    area: Vec2
    """Smallest and largest floor [m2] when nothing else is said."""
    aspect: Vec2 = (1.0, 1.5)
    """Length over width."""
    height: Vec2 = (2.5, 2.8)
    windows: tuple[int, int] = (1, 2)
    sill: float = 0.95
    """Height of window sills [m]."""
    floors: tuple[Literal["planks", "tiles", "carpet"], ...] = ("planks",)
    furniture: tuple[Furniture, ...]
    clutter: tuple[Clutter, ...] = ()
    homes: dict[str, tuple[str, ...]] = Field(default={})
    """Where a category is at home, best first, besides what `clutter` says: owner categories."""


@lru_cache(maxsize=1)
def _recipes() -> dict[str, Recipe]:
    folder = resources.files("generators") / "recipes"
    found = [
        Recipe.model_validate(tomllib.loads(file.read_text()))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    return {item.room: item for item in sorted(found, key=lambda item: item.room)}


def recipe_names() -> tuple[str, ...]:
    """Return the room types that have a recipe."""
    return tuple(_recipes())


def recipe(room_type: str) -> Recipe:
    """Return the recipe of a room type.

    Raises:
        TaskImpossible: there is none.
    """
    if room_type not in _recipes():
        raise TaskImpossible(
            f"no recipe furnishes a {room_type!r}; ask for one of {', '.join(recipe_names())}"
        )
    return _recipes()[room_type]
