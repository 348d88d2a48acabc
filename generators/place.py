"""Addition of one object by its relation to another."""

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
    """Place a plant in a corner of an empty part of the floor."""
    if finding.where is not None:
        yield _place("plant", "in_corner", finding.where)


def _place(category: str, relation: PlaceRelation, reference: str) -> ToolCall:
    arguments = {"category": category, "relation": relation, "reference": reference}
    return ToolCall(tool=PlaceObject.tool_name(), arguments=arguments)


class PlaceObject(Generator):
    """Add one object at a place where it has a relation to another one, or to the room.

    `on` and `in` place it on a top or shelf, or inside a cavity. By the other relations furniture goes on the
    floor, a small object on the support of the reference, and a wall-mounted object on a wall. Call settle
    afterwards.
    """

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {"bare_wall": _decorate, "empty_floor": _occupy}

    category: str
    """Category to add, a noun such as `mug`."""
    relation: PlaceRelation
    """Its relation to the reference."""
    reference: str = Field(default="room")
    """An object's id; for `against_wall` and `in_corner` also a wall's; `room` for these and `in_middle`."""
    part: str | None = None
    """Surface, drawer or shelf of the reference, such as `drawer_1` (the top one)."""
    other: str | None = None
    """The second object of `between`."""
    attributes: dict[str, str] = {}
    """Attributes, such as `{"color": "red"}`."""
    object_id: str | None = None
    """Id of the required object that it is; by default a new id."""

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
