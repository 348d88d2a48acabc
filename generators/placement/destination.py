"""Free poses of one object by its relation to a reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Literal

from sage.asset import Asset
from sage.context import Context
from sage.errors import ToolRejected
from sage.generators.placement.by_place import PoseQuery, poses_at_place
from sage.generators.placement.by_relation import RelationQuery, poses_by_relation
from sage.generators.placement.task_relations import must_be_visible, violation_counter
from sage.generators.recipes import FurniturePlace
from sage.scene import Room, Scene, SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import holds
from sage.spatial.space import Space
from sage.spatial.surface_poses import sampled_poses
from sage.spatial.surface_search import SurfaceSearch, patches_for
from sage.spatial.walkway import Walkway
from sage.task import LATERAL_RELATIONS, Relation

__all__ = ["Destination", "PlaceRelation", "free_pose"]

PlaceRelation = Literal[
    "on", "in", "next_to", "left_of", "right_of", "under", "in_front_of", "facing", "against_wall",
    "in_corner", "in_middle", "behind", "above", "between", "across", "far", "near",
]  # fmt: skip
"""Relations by which an object can be placed."""
_PLACES: dict[str, FurniturePlace] = {
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
"""Place at the reference where poses are sampled for a relation; others are sampled by relation."""
_LATERAL = (*LATERAL_RELATIONS, "between")
_MAX_POSES = 400
_DRAWS = 6
"""Times that poses on a support are drawn for an object that goes beside another there."""


@dataclass(frozen=True)
class Destination:
    """Where an object goes: a relation to a reference."""

    relation: PlaceRelation
    reference: str
    """Id of an object, opening or wall, or `room`."""
    part: str | None = None
    """Surface, drawer or shelf of the reference."""
    other: str | None = None
    """Second reference of `between`."""


def free_pose(
    item: SceneObject, asset: Asset, destination: Destination, scene: Scene, context: Context
) -> Located:
    """Return an object at a collision-free pose where its relation to the reference holds.

    Args:
        item: the object; its pose and support are replaced.
        asset: its asset.
        destination: relation and reference.
        scene: the scene without the object.
        context: asset store and random generator.

    Raises:
        ToolRejected: the reference does not exist, or there is no such pose.
    """
    item = item.model_copy(update={"support_part": None, "placement": "on"})
    layout = Layout(scene, context.store)
    room = scene.room(item.room)
    reference = destination.reference
    places = {"room", *(wall.id for wall in room.walls)}
    if reference not in places and reference not in layout and scene.opening(reference) is None:
        raise ToolRejected(f"there is no {reference!r}; objects are {', '.join(o.item.id for o in layout)}")
    if destination.relation in ("on", "in"):
        return _on_reference(item, asset, destination, layout, context)
    return _by_reference(item, asset, destination, layout, context)


def _on_reference(
    item: SceneObject, asset: Asset, destination: Destination, layout: Layout, context: Context
) -> Located:
    relation, reference = destination.relation, destination.reference
    if reference not in layout:
        raise ToolRejected(f"{relation} needs an object to put it {relation}, not {reference!r}")
    room = layout.scene.room(item.room)
    space = Space(room, layout)
    patches = patches_for("in" if relation == "in" else "on", layout[reference], destination.part)
    violated, count = violation_counter(item.id, layout)
    walkway = Walkway(room, layout) if item.role != "context" else None
    visible = must_be_visible(item, layout.scene.task)
    search = SurfaceSearch(
        layout,
        space,
        walkway=walkway if item.role == "target" else None,
        accepts=(lambda located: not violated(located)) if count else None,
        prefers=partial(space.is_seen, walkway=walkway) if walkway is not None and visible else None,
    )
    found = search.sampled(item, asset, patches, context.rng)
    if found is None:
        names = ", ".join(p.surface.name for p in layout[reference].patches) or "none"
        raise ToolRejected(
            f"no free spot {relation} {reference!r} for {item.id!r} "
            f"({asset.size[0]:.2f} x {asset.size[1]:.2f} x {asset.size[2]:.2f} m); "
            f"its surfaces are {names}; remove or move what stands there, or choose another"
        )
    return found


def _by_reference(
    item: SceneObject, asset: Asset, destination: Destination, layout: Layout, context: Context
) -> Located:
    relation, reference, other = destination.relation, destination.reference, destination.other
    if relation == "between" and (other is None or other not in layout):
        raise ToolRejected(f"between needs a second object as 'other', not {other!r}")
    stated = Relation(name=relation, subject=item.id, object=reference, other=other)
    space = Space(layout.scene.room(item.room), layout)
    companions = frozenset(filter(None, (reference, other)))
    for located in _candidates(item, asset, stated, layout, context):
        together = Layout.of(layout.scene, {o.item.id: o for o in layout} | {item.id: located})
        if holds(stated, together) and space.obstacle(located, companions=companions) is None:
            return located
    raise ToolRejected(
        f"no free place where {item.id!r} would be {relation} {reference!r}; "
        f"move what stands there or choose another relation"
    )


def _candidates(
    item: SceneObject, asset: Asset, relation: Relation, layout: Layout, context: Context
) -> Iterator[Located]:
    """Yield an object at poses where a relation may hold, not checked for collisions."""
    reference = layout[relation.object] if relation.object in layout else None
    carrier = reference.item.support if reference is not None else ""
    if asset.mount == "surface" and reference is not None and carrier in layout and relation.name in _LATERAL:
        patches = [p for p in layout[carrier].patches if p.surface.name == reference.item.support_part]
        for patch in patches:
            support = {"support": carrier, "support_part": patch.surface.name}
            update = support | {"placement": patch.surface.placement}
            for _ in range(_DRAWS):
                for pose in sampled_poses(patch, layout[carrier].item, asset, context.rng):
                    yield Located(item.model_copy(update=update | {"pose": pose}), asset)
        return
    room = layout.scene.room(item.room)
    hangs = asset.mount == "wall"
    support = {"support": "wall" if hangs else "floor"}
    if relation.name not in _PLACES:
        partners = tuple(
            layout[name] for name in (relation.object, relation.other) if name and name in layout
        )
        query = RelationQuery(PoseQuery(asset, room, context.rng, partners), support["support"])
        for pose in islice(poses_by_relation(relation, query), _MAX_POSES):
            yield Located(item.model_copy(update=support | {"pose": pose}), asset)
        return
    place = "hung" if hangs and relation.name == "against_wall" else _PLACES[relation.name]
    if reference is None and layout.scene.opening(relation.object) is not None:
        place = "under_window" if relation.name == "under" else "wall"
    partners = (reference,) if reference is not None else ()
    for pose in poses_at_place(
        place, PoseQuery(asset, _with_wall(room, relation.object), context.rng, partners)
    ):
        yield Located(item.model_copy(update=support | {"pose": pose}), asset)


def _with_wall(room: Room, name: str) -> Room:
    """Return a room with only the wall of an id, or as it is if there is no such wall."""
    walls = tuple(wall for wall in room.walls if wall.id == name)
    return room.model_copy(update={"walls": walls}) if walls else room
