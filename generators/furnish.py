"""Furnishes a room with what the task needs and what is usual in a room of its type."""

from __future__ import annotations

from pydantic import Field

from sage.context import Context
from sage.errors import ToolRejected
from sage.generators.placement.choice import FurnitureChoice
from sage.generators.placement.search import FurnitureSearch
from sage.generators.placement.splash_back import with_splash_backs
from sage.generators.recipes import recipe
from sage.scene import Scene
from sage.tools import Density, Disorder, Generator

__all__ = ["Furnish"]

_ASKEW_RAD: dict[Disorder, float] = {"tidy": 0.0, "lived_in": 0.05, "messy": 0.22}


class Furnish(Generator):
    """Furnish the empty room: against walls, in groups, facing what they belong to.

    Puts everything of the task that stands on the floor or hangs, then what a room of its type has,
    with ways of 0.7 m between door, windows and groups. Needs a floor plan; call it once. Pieces that
    found no place are left out and noted.
    """

    density: Density = Field(default="normal")
    """`sparse`: what must be there, and the least of what is usual; `normal`: also half of what may be
    there; `dense`: all that may be there, the most of it."""
    disorder: Disorder = Field(default="lived_in")
    """How far seats are turned from where they belong."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the furnished scene."""
        if not scene.rooms:
            raise ToolRejected("there is no room yet; call floor_plan first")
        if scene.objects:
            raise ToolRejected("the room is furnished; use place, move, replace or remove")
        choice = FurnitureChoice(scene, recipe(scene.rooms[0].type), self.density, context)
        askew = _ASKEW_RAD[self.disorder]
        furnished = FurnitureSearch(scene, choice.pieces(), choice.placing, askew, context).run()
        return with_splash_backs(furnished, context.store)
