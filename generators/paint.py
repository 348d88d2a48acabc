"""Wall colours."""

from __future__ import annotations

from pydantic import Field

from sage.assets.materials import COLOURS
from sage.assets.palettes import wall_color
from sage.context import Context
from sage.errors import ToolRejected
from sage.scene import Room, Scene
from sage.tools import Generator

__all__ = ["PaintWalls", "painted"]


class PaintWalls(Generator):
    """Paint all walls of the room in one colour; tiles that do not reach the ceiling stay."""

    color: str = Field(max_length=60)
    """Colour, such as `blue`, `light green`, `dark red`."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with other walls."""
        if not scene.rooms:
            raise ToolRejected("there is no room yet; call floor_plan first")
        rooms = tuple(painted(room, self.color) for room in scene.rooms)
        if rooms == scene.rooms:
            raise ToolRejected(f"the walls are {self.color} already; choose another colour")
        return scene.replacing(rooms=rooms)


def painted(room: Room, color: str) -> Room:
    """Return a room with all walls in one colour, without accent walls; tiles stay.

    Raises:
        ToolRejected: the colour is unknown.
    """
    paint = wall_color(color)
    if paint is None:
        raise ToolRejected(f"walls cannot be {color!r}; choose one of {', '.join(COLOURS)}, light or dark")
    tiles = tuple(cladding for cladding in room.claddings if cladding.heights[1] < room.height)
    return room.model_copy(update={"wall_color": paint, "claddings": tiles})
