"""Adds one object by its relation to another."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice
from typing import ClassVar, Literal

from pydantic import Field

from sage.asset import Asset
from sage.context import Context
from sage.critique import Finding, FindingKind
from sage.errors import AssetNotFound, ToolRejected
from sage.generators.placement.by_place import PoseQuery, poses_at_place
from sage.generators.placement.by_relation import RelationQuery, poses_by_relation
from sage.generators.placement.scene_objects import initial_joints, scene_object
from sage.generators.placement.task_relations import must_be_visible, violation_counter
from sage.generators.recipes import Place
from sage.scene import Room, Scene, SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import holds
from sage.spatial.space import Space, patches_for, set_down, spots_on
from sage.spatial.walkway import Walkway
from sage.task import Relation
from sage.tools import Generator, Repair, ToolCall

__all__ = ["PlaceObject", "find_place"]

PlaceRelation = Literal[
    "on", "in", "next_to", "left_of", "right_of", "under", "in_front_of", "facing", "against_wall",
    "in_corner", "in_middle", "behind", "above", "between", "across", "far", "near",
]  # fmt: skip
_PLACES: dict[str, Place] = {
    "next_to": "beside",
    "left_of": "beside",
    "right_of": "beside",
    "under": "under",
    "in_front_of": "front",
    "facing": "opposite",
    "against_wall": "wall",
    "in_corner": "corner",
    "in_middle": "middle",
}
_LATERAL = ("next_to", "left_of", "right_of", "in_front_of", "behind", "between", "near")
_MOST_POSES = 400
_TRIES = 6
"""How often spots on a support are drawn for a thing that is to lie beside another."""


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
        located = find_place(
            item, asset, self.relation, self.reference, self.part, scene, context, other=self.other
        )
        context.store.add(asset)
        return scene.adding(located.item)


def find_place(
    item: SceneObject,
    asset: Asset,
    relation: str,
    reference: str,
    part: str | None,
    scene: Scene,
    context: Context,
    *,
    other: str | None = None,
) -> Located:
    """Return an object where a relation to a reference holds and nothing is in the way.

    Args:
        other: the second reference of `between`.

    Raises:
        ToolRejected: the reference does not exist, or there is no such place.
    """
    item = item.model_copy(update={"support_part": None, "placement": "on"})
    layout = Layout(scene, context.store)
    room = scene.room(item.room)
    space = Space(room, layout)
    places = {"room", *(wall.id for wall in room.walls)}
    if reference not in places and reference not in layout and scene.opening(reference) is None:
        raise ToolRejected(f"there is no {reference!r}; objects are {', '.join(o.item.id for o in layout)}")
    if relation in ("on", "in"):
        if reference not in layout:
            raise ToolRejected(f"{relation} needs an object to put it {relation}, not {reference!r}")
        patches = patches_for("in" if relation == "in" else "on", layout[reference], part)
        failing, said = violation_counter(item.id, layout)
        walkway = Walkway(room, layout) if item.role != "context" else None
        found = set_down(
            item, asset, patches, layout, space, context.rng,
            walkway=walkway if item.role == "target" else None,
            accepts=(lambda located: not failing(located)) if said else None,
            prefers=partial(space.is_seen, walkway=walkway)
            if walkway is not None and must_be_visible(item, scene.task) else None,
        )  # fmt: skip
        if found is None:
            names = ", ".join(p.surface.name for p in layout[reference].patches) or "none"
            raise ToolRejected(
                f"no free spot {relation} {reference!r} for {item.id!r} "
                f"({asset.size[0]:.2f} x {asset.size[1]:.2f} x {asset.size[2]:.2f} m); "
                f"its surfaces are {names}; remove or move what stands there, or choose another"
            )
        return found
    if relation == "between" and (other is None or other not in layout):
        raise ToolRejected(f"between needs a second object as 'other', not {other!r}")
    wish = Relation.model_validate(
        {"name": relation, "subject": item.id, "object": reference, "other": other}
    )
    companions = frozenset(filter(None, (reference, other)))
    for located in _candidates(item, asset, wish, room, layout, context):
        together = Layout.of(scene, {o.item.id: o for o in layout} | {item.id: located})
        if holds(wish, together) and space.obstacle(located, companions=companions) is None:
            return located
    raise ToolRejected(
        f"no free place where {item.id!r} would be {relation} {reference!r}; "
        f"move what stands there or choose another relation"
    )


def _candidates(
    item: SceneObject, asset: Asset, wish: Relation, room: Room, layout: Layout, context: Context
) -> Iterator[Located]:
    """Yield places for an object where a relation may hold; nothing is checked yet."""
    reference = layout[wish.object] if wish.object in layout else None
    carrier = reference.item.support if reference is not None else ""
    if asset.mount == "surface" and reference is not None and carrier in layout and wish.name in _LATERAL:
        patches = [p for p in layout[carrier].patches if p.surface.name == reference.item.support_part]
        for patch in patches:
            support = {"support": carrier, "support_part": patch.surface.name}
            update = support | {"placement": patch.surface.placement}
            for _ in range(_TRIES):
                for pose in spots_on(patch, layout[carrier].item, asset, context.rng):
                    yield Located(item.model_copy(update=update | {"pose": pose}), asset)
        return
    hangs = asset.mount == "wall"
    support = {"support": "wall" if hangs else "floor"}
    if wish.name not in _PLACES:
        partners = tuple(layout[name] for name in (wish.object, wish.other) if name and name in layout)
        asked = RelationQuery(PoseQuery(asset, room, context.rng, partners), support["support"])
        for pose in islice(poses_by_relation(wish, asked), _MOST_POSES):
            yield Located(item.model_copy(update=support | {"pose": pose}), asset)
        return
    place = "hung" if hangs and wish.name == "against_wall" else _PLACES[wish.name]
    if reference is None and layout.scene.opening(wish.object) is not None:
        place = "under_window" if wish.name == "under" else "wall"
    partners = (reference,) if reference is not None else ()
    walls = tuple(wall for wall in room.walls if wall.id == wish.object)
    room = room.model_copy(update={"walls": walls}) if walls else room
    for pose in poses_at_place(place, PoseQuery(asset, room, context.rng, partners)):
        yield Located(item.model_copy(update=support | {"pose": pose}), asset)
