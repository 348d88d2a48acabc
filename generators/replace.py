"""Replacement of objects in place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from shapely.geometry import Point

from sage.asset import Asset
from sage.context import Context
from sage.critique import Finding, FindingKind
from sage.errors import ToolRejected
from sage.generators.placement.scene_objects import initial_joints, scene_object
from sage.generators.placement.task_assets import make_for_task
from sage.geometry import Vec3
from sage.scene import Scene, SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.space import Space
from sage.task import RequiredObject
from sage.tools import Generator, Repair, ToolCall, object_named
from sage.vocabulary import Category

__all__ = ["ReplaceObject"]

_ATTEMPTS = 8


def _replace(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Replace an object with a wrong attribute or a bad mesh by another of its category."""
    if finding.objects:
        yield ToolCall(tool=ReplaceObject.tool_name(), arguments={"object_id": finding.objects[0]})


def _replace_unsuitable(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    """Replace the only object concerned in an infeasible goal; see `RemoveObject` for crowded targets."""
    if len(finding.objects) == 1:
        yield from _replace(finding, scene)


class ReplaceObject(Generator):
    """Replace an object by a new one at the same pose: of its category, or of another one.

    Objects on it go on the new one. Call settle afterwards.
    """

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {
        "wrong_attribute": _replace,
        "missing_texture": _replace,
        "inverted_faces": _replace,
        "stretched_texture": _replace,
        "goal_impossible": _replace_unsuitable,
    }

    object_id: str
    """Id of the object to replace."""
    size: Vec3 | None = None
    """Target depth, width, height [m]; drawn at random by default."""
    category: str | None = None
    """Category of the new object; by default that of the old one."""
    attributes: dict[str, str] = {}
    """Attributes, such as `{"color": "red"}`."""
    like: str | None = None
    """Id of an object whose asset it copies; a new asset by default."""
    new_id: str | None = None
    """Id of the new object; by default that of the old one."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with the new object."""
        old = object_named(scene, self.object_id)
        required = scene.task.required(old.id)
        name = self.new_id or old.id
        if name != old.id and (required is not None or name in scene):
            raise ToolRejected(f"{old.id!r} cannot become {name!r}; keep its id")
        category = self._category(old, context)
        asked = (required.attributes if required else {}) | self.attributes
        load = scene.carried_by(old.id)
        rest = scene.removing(old.id, *(item.id for item in load))
        space = Space(scene.room(old.room), Layout(rest, context.store))
        was = Located(old, context.store[old.asset])
        for _ in range(_ATTEMPTS):
            asset = self._made(old, category.name, asked, required, scene, context)
            made = scene_object(
                name, asset, required, old.room, support=old.support, fixed=category.fixed,
                joints=initial_joints(name, asset, scene.task),
            )  # fmt: skip
            place = {"pose": old.pose, "support_part": old.support_part, "placement": old.placement}
            new = made.model_copy(update=place)
            located = Located(new, asset)
            carried = _moved_load(load, was, located)
            if carried is not None and space.obstacle(located, margin=0.003) is None:
                context.store.add(asset)
                fresh = {old.id: new} | {item.id: item for item in carried}
                return scene.replacing(objects=tuple(fresh.get(o.id, o) for o in scene.objects))
        bears = f" and bears {len(load)} things" if load else ""
        raise ToolRejected(
            f"no other {category.name} fits where {old.id!r} is{bears}; "
            "move or remove what is on it or beside it"
        )

    def _made(
        self,
        old: SceneObject,
        category: str,
        asked: dict[str, str],
        required: RequiredObject | None,
        scene: Scene,
        context: Context,
    ) -> Asset:
        if self.like is not None:
            if self.like not in scene:
                raise ToolRejected(f"there is no {self.like!r} to copy; name an object of the scene")
            return context.store[scene[self.like].asset]
        if required is not None and not self._overrides_task(required):
            return make_for_task(old.id, required, scene.task, context)
        return context.source.make(category, context.rng, asked, self.size or (None, None, None))

    def _overrides_task(self, required: RequiredObject) -> bool:
        """Return whether size, attributes or category differ from the task's requirement."""
        return bool(self.size or self.attributes) or self.category not in (None, required.category)

    def _category(self, old: SceneObject, context: Context) -> Category:
        noun = self.category or old.category
        category = context.vocabulary.find(noun)
        if category is None:
            near = ", ".join(context.vocabulary.nearest(noun))
            raise ToolRejected(f"nothing makes a {noun!r}; the nearest are {near}")
        held = old.support if old.support in ("floor", "wall", "ceiling") else "surface"
        if category.mount != held and not (category.mount == "surface" and held == "floor"):
            raise ToolRejected(f"a {noun} does not go where {old.id!r} is: remove it and place a {noun}")
        return category


def _moved_load(load: tuple[SceneObject, ...], was: Located, now: Located) -> list[SceneObject] | None:
    """Return the objects on an object moved to its replacement, or None if one has no surface there."""
    rises: dict[str, float] = {}
    carried = []
    for item in load:
        if item.support == was.item.id:
            old = next((p for p in was.patches if p.surface.name == item.support_part), None)
            new = next((p for p in now.patches if p.surface.name == item.support_part), None)
            new = new or next((p for p in now.patches if p.surface.placement == item.placement), None)
            if old is None or new is None or not new.area.contains(Point(*item.pose.position[:2])):
                return None
            rises[item.id] = new.z - old.z
            update = {"support": now.item.id, "support_part": new.surface.name}
        else:
            rises[item.id], update = rises[item.support], {}
        x, y, z = item.pose.position
        pose = item.pose.model_copy(update={"position": (x, y, z + rises[item.id])})
        carried.append(item.model_copy(update=update | {"pose": pose}))
    return carried
