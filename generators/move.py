"""Moves of objects to another relation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from sage.context import Context
from sage.critique import Finding, FindingKind
from sage.errors import ToolRejected
from sage.generators.placement.destination import Destination, PlaceRelation, free_pose
from sage.scene import Scene
from sage.tools import Generator, Repair, ToolCall, object_named

__all__ = ["MoveObject"]


def _place_again(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Place the first of the objects concerned again on its carrier by the task, or on its support."""
    for name in finding.objects:
        if name not in scene or scene[name].support not in scene:
            continue
        item = scene[name]
        asked = scene.task.carrier(name)
        asked = asked if asked is not None and asked.object in scene else None
        arguments = {
            "object_id": name,
            "relation": asked.name if asked else item.placement,
            "reference": asked.object if asked else item.support,
        }
        part = asked.part if asked else item.support_part
        yield _move(arguments | ({"part": part} if part else {}))
        return


def _place_required_again(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Place an object again if the task requires all of those concerned."""
    if not any(scene.can_spare(name) for name in finding.objects):
        yield from _place_again(finding, scene)


def _hang_at_eye_height(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Hang an object on the wall at eye height."""
    for name in finding.objects[:1]:
        if scene[name].support == "wall" and not scene[name].covering:
            yield _move({"object_id": name, "relation": "against_wall"})


def _move(arguments: dict[str, str]) -> ToolCall:
    return ToolCall(tool=MoveObject.tool_name(), arguments=arguments)


class MoveObject(Generator):
    """Move one object to a place where it has a relation to another one, or to the room.

    Objects on it move along. Call settle afterwards.
    """

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {
        "relation": _place_again,
        "goal_holds": _place_again,
        "unreachable": _place_again,
        "not_visible": _place_again,
        "collision": _place_required_again,
        "unstable": _place_required_again,
        "unsupported": _place_required_again,
        "out_of_bounds": _place_required_again,
        "floating": _place_required_again,
        "intersects": _place_required_again,
        "z_fighting": _place_required_again,
        "composition": _hang_at_eye_height,
    }

    object_id: str
    """Id of the object to move."""
    relation: PlaceRelation
    """Its relation to the reference after the move."""
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
        destination = Destination(self.relation, self.reference, self.part, self.other)
        return scene.carrying(free_pose(item, asset, destination, rest, context).item)
