"""Furniture: required pieces of the task, then pieces of the room type's recipe."""

from __future__ import annotations

from pydantic import Field

from sage.choices import Density, Disorder
from sage.context import Context
from sage.errors import ToolRejected
from sage.generators.placement.choice import FurnitureChoice
from sage.generators.placement.search import FurnitureSearch
from sage.generators.placement.splash_back import with_splash_backs
from sage.generators.recipes import recipe
from sage.scene import Scene
from sage.tools import Generator

__all__ = ["Furnish"]

_ASKEW_RAD: dict[Disorder, float] = {"tidy": 0.0, "lived_in": 0.05, "messy": 0.22}
"""Standard deviation of the heading of seats [rad]."""


class Furnish(Generator):
    """Furnish the empty room with pieces at walls and in groups.

    Places every object of the task that stands on the floor or hangs, then the usual furniture of the room
    type, with passages of 0.7 m between door, windows and groups. Needs a floor plan; call it once. Pieces
    without a free place are left out and noted.
    """

    density: Density = Field(default="normal")
    """`sparse`: necessary pieces, and the least number of usual ones; `normal`: also about half of the
    optional pieces; `dense`: all optional pieces, and the largest number of each."""
    disorder: Disorder = Field(default="lived_in")
    """How far seats are turned from their usual heading."""

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
