"""Opening and closing of doors, drawers and lids."""

from __future__ import annotations

from collections.abc import Iterator

from sage.asset import Joint
from sage.context import Context
from sage.errors import ToolRejected
from sage.generators.placement.scene_objects import joint_position
from sage.geometry import Array
from sage.scene import Scene
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import part_name
from sage.spatial.space import Space
from sage.tools import Generator, object_named

__all__ = ["OperateObject"]


class OperateObject(Generator):
    """Open or close an object's doors, drawers and lids, or one of them. Call settle afterwards."""

    object_id: str
    """Id of the object."""
    open: bool
    """True to open, False to close."""
    part: str | None = None
    """Which one, such as `drawer_1` (the top one); all by default."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with its joints moved."""
        item = object_named(scene, self.object_id)
        asset = context.store[item.asset]
        joints = [joint for joint in asset.joints if joint.opens != "none"]
        names = tuple(joint.child for joint in joints)
        part = part_name(self.part, names) if self.part else None
        meant = [joint for joint in joints if self.part is None or joint.child == part]
        if not meant:
            raise ToolRejected(
                f"{item.id!r} has no {self.part or 'door, drawer or lid'} that opens"
                + (f"; it has {', '.join(names)}" if names else "")
            )
        moved = {joint.name: joint_position(joint, opened=self.open) for joint in meant}
        new = item.model_copy(update={"joints": item.joints | moved})
        load = {other.id for other in scene.carried_by(item.id)}
        others = {o.item.id: o for o in Layout(scene, context.store) if o.item.id not in {item.id, *load}}
        space = Space(scene.room(item.room), Layout.of(scene, others))
        located = Located(new, asset)
        if self.open and not all(space.is_free(points) for points in _pieces(located, meant)):
            raise ToolRejected(f"{item.id!r} has no room to open; move what is in front of it")
        return _with_load(scene.updating(new), Located(item, asset), located)


def _pieces(located: Located, joints: list[Joint]) -> Iterator[Array]:
    """Yield the corners of each convex piece of the links that joints move [m, world frame], shape [n, 3]."""
    for joint in joints:
        pose = located.link_pose(joint.child)
        for collider in located.asset.link(joint.child).colliders:
            yield pose.apply(collider.points)


def _with_load(scene: Scene, was: Located, now: Located) -> Scene:
    """Return the scene with the contents of moved drawers moved along."""
    moved = []
    for item in scene.supported_by(now.item.id):
        old = next((p for p in was.patches if p.surface.name == item.support_part), None)
        new = next((p for p in now.patches if p.surface.name == item.support_part), None)
        if old is None or new is None or old.pose == new.pose:
            continue
        along = new.pose @ old.pose.inverse()
        for other in (item, *scene.carried_by(item.id)):
            moved.append(other.model_copy(update={"pose": along @ other.pose}))
    return scene.updating(*moved)
