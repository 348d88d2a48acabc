"""Adds one object by its relation to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from pydantic import Field

from sage.context import Context
from sage.critique import Finding, FindingKind
from sage.errors import AssetNotFound, ToolRejected
from sage.generators.placement.destination import Destination, PlaceRelation, free_pose
from sage.generators.placement.scene_objects import initial_joints, scene_object
from sage.scene import Scene
from sage.tools import Generator, Repair, ToolCall

__all__ = ["PlaceObject"]


def _decorate(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Hang a picture on a bare wall."""
    if finding.where is not None:
        yield _place("picture", "against_wall", finding.where)


def _occupy(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Stand a plant in a corner of an empty part of the floor."""
    if finding.where is not None:
        yield _place("plant", "in_corner", finding.where)


def _place(category: str, relation: PlaceRelation, reference: str) -> ToolCall:
    arguments = {"category": category, "relation": relation, "reference": reference}
    return ToolCall(tool=PlaceObject.tool_name(), arguments=arguments)


class PlaceObject(Generator):
    """Add one object where a relation to another one, or to the room, says.

    `on` and `in` set it down on a top or shelf, or inside a cavity; the other relations stand it on
    the floor, small things beside another small thing on the same support, and hang what is hung on a
    wall. Call settle afterwards.
    """

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {"bare_wall": _decorate, "empty_floor": _occupy}

    category: str
    """What to add: a plain noun, such as `mug`."""
    relation: PlaceRelation
    """How it is to relate to the reference."""
    reference: str = Field(default="room")
    """An object's id; for `against_wall` and `in_corner` also a wall's; `room` for these and `in_middle`."""
    part: str | None = None
    """Which surface, drawer or shelf of the reference, such as `drawer_1` (the top one)."""
    other: str | None = None
    """The second object of `between`."""
    attributes: dict[str, str] = {}
    """Such as `{"color": "red"}`."""
    object_id: str | None = None
    """Id of the required object that this is; by default a free one is made."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with the object."""
        if not scene.rooms:
            raise ToolRejected("there is no room yet; call floor_plan first")
        category = context.vocabulary.find(self.category)
        if category is None:
            near = ", ".join(context.vocabulary.nearest(self.category))
            raise ToolRejected(f"nothing makes a {self.category!r}; the nearest are {near}")
        object_id = self.object_id or scene.next_id(category.name)
        if object_id in scene:
            raise ToolRejected(f"{object_id!r} exists already; use move or replace")
        required = scene.task.required(object_id)
        asked = required.attributes if required else self.attributes
        try:
            asset = context.source.make(category.name, context.rng, asked)
        except AssetNotFound as error:
            raise ToolRejected(str(error)) from error
        item = scene_object(
            object_id, asset, required, scene.rooms[0].id, support="floor", fixed=category.fixed,
            joints=initial_joints(object_id, asset, scene.task),
        )  # fmt: skip
        destination = Destination(self.relation, self.reference, self.part, self.other)
        located = free_pose(item, asset, destination, scene, context)
        context.store.add(asset)
        return scene.adding(located.item)
