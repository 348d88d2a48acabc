"""Put an existing object elsewhere."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from generators.place import PlaceRelation, find_place
from sage.context import Context
from sage.critique import FindingKind
from sage.errors import ToolRejected
from sage.scene import Scene
from sage.tools import Generator, object_named

__all__ = ["MoveObject"]


class MoveObject(Generator):
    """Move one object to where a relation to another one, or to the room, says.

    What stands on it goes along. Call settle afterwards.
    """

    repairs: ClassVar[frozenset[FindingKind]] = frozenset(
        {
            "relation",
            "goal_holds",
            "unreachable",
            "collision",
            "unstable",
            "unsupported",
            "out_of_bounds",
            "not_visible",
            "floating",
            "intersects",
            "z_fighting",
            "composition",
        }
    )

    object_id: str
    """What to move."""
    relation: PlaceRelation
    """How it is to relate to the reference."""
    reference: str = Field(default="room")
    """An object's id, or `room`."""
    part: str | None = None
    """Which surface, drawer or shelf of the reference."""
    other: str | None = None
    """The second object of `between`."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with the object moved."""
        item = object_named(scene, self.object_id)
        carried = scene.carried_by(item.id)
        if self.reference in (item.id, *(other.id for other in carried)):
            raise ToolRejected(f"{item.id!r} cannot be placed by what is on it; choose another reference")
        rest = scene.removing(item.id, *(other.id for other in carried))
        asset = context.store[item.asset]
        located = find_place(
            item, asset, self.relation, self.reference, self.part, rest, context, other=self.other
        )
        return scene.carrying(located.item)
