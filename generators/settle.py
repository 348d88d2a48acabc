"""Settling of a scene in physics, with objects restored that fell off their support."""

from __future__ import annotations

from pydantic import Field

from sage.context import Context
from sage.errors import ToolRejected
from sage.geometry import Pose
from sage.rendering.surfaces import surfaces
from sage.rendering.visibility import Sight, is_seen
from sage.scene import Scene, SceneObject
from sage.simulation.physics import State, World, touching_pairs
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import CONTACT_M, is_supported
from sage.spatial.space import Space
from sage.spatial.surface_search import SurfaceSearch
from sage.spatial.walkway import Walkway
from sage.tools import Generator

__all__ = ["Settle"]

_DIGITS = 7
"""Decimal places of settled positions [m]."""
_MAX_SETTLING_S = 2.0
"""Time for small objects to come to rest before they are placed elsewhere [s]."""


class Settle(Generator):
    """Simulate the scene until all objects are at rest.

    Call it last, after all other edits. Small objects that fall off their support, or do not come to rest on
    it, are placed at another free pose there; those without one, or that do not stay there either, are
    removed unless the task requires them. Also computes robot bases that reach the task's objects.
    """

    limit_s: float = Field(default=4.0, gt=0, le=20)
    """Longest simulated time [s]; the simulation ends once everything is at rest."""
    only: tuple[str, ...] | None = None
    """Ids of the objects that may move; all others keep their poses. All may move by default."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene at rest."""
        if not scene.rooms:
            raise ToolRejected("there is nothing to settle; call floor_plan first")
        held = frozenset() if self.only is None else frozenset(o.id for o in scene.objects) - {*self.only}
        with World(scene, context.store, held=held) as world:
            settled = self._settled(scene, world, held)
            for edit in (_placed_again, _removed):
                loose = [name for name in _loose(settled, world, context) if name not in held]
                if not loose:
                    break
                settled = self._settled(edit(settled, loose, world, context), world, held)
            return _with_robot_bases(settled, context)

    def _settled(self, scene: Scene, world: World, held: frozenset[str]) -> Scene:
        first_s = min(self.limit_s, _MAX_SETTLING_S)
        world.settle(first_s)
        if any(not _is_spare(scene[name], scene) for name in world.unsettled):
            world.settle(self.limit_s - first_s)
        return _written(scene, world.state(), held)


def _is_spare(item: SceneObject, scene: Scene) -> bool:
    """Return whether an object is on another, and the task requires neither it nor its load."""
    load = {other.id for other in scene.carried_by(item.id)}
    return item.support in scene and not item.fixed and not scene.task.ids & {item.id, *load}


def _loose(scene: Scene, world: World, context: Context) -> list[str]:
    """Return the ids of small objects that do not rest on their support, with their load, carriers first."""
    layout = Layout(scene, context.store)
    touching = touching_pairs(world.contacts(CONTACT_M))
    loose: set[str] = set()
    for located in layout:
        item = located.item
        if item.covering or not _is_spare(item, scene):
            continue
        if item.id in world.unsettled or not is_supported(located, layout, touching):
            loose |= {item.id, *(other.id for other in scene.carried_by(item.id))}
    return sorted(loose, key=scene.layer)


def _placed_again(scene: Scene, loose: list[str], world: World, context: Context) -> Scene:
    """Place loose objects at free poses on their support; remove those without one."""
    rest, lost = scene.removing(*loose), []
    layout = Layout(rest, context.store)
    space = Space(rest.rooms[0], layout)
    put: list[Located] = []
    for name in loose:
        item = scene[name]
        if item.support in lost:
            lost.append(name)
            continue
        together = Layout.of(scene, {o.item.id: o for o in (*layout, *put)})
        patches = [p for p in together[item.support].patches if p.surface.name == item.support_part]
        located = SurfaceSearch(together, space).sampled(
            item, context.store[item.asset], patches, context.rng
        )
        if located is None:
            lost.append(name)
            continue
        put.append(located)
        space.add(located)
        world.set_pose(name, located.item.pose)
    if put:
        names = ", ".join(located.item.id for located in put)
        context.note(f"fell off their support and were placed elsewhere on it: {names}")
    scene = scene.updating(*(located.item for located in put))
    return _removed(scene, lost, world, context) if lost else scene


def _removed(scene: Scene, loose: list[str], world: World, context: Context) -> Scene:
    for name in loose:
        world.remove(name)
    context.note(f"did not stay on their support and were left out: {', '.join(loose)}")
    return scene.removing(*loose)


def _written(scene: Scene, state: State, held: frozenset[str]) -> Scene:
    objects = []
    for item in scene.objects:
        if item.covering or item.id in held:
            continue
        joints = {name: round(value, _DIGITS) + 0.0 for name, value in state.joints[item.id].items()}
        pose = _rounded(item.pose if item.fixed else state.poses[item.id])
        objects.append(item.model_copy(update={"pose": pose, "joints": joints}))
    return scene.updating(*objects)


def _rounded(pose: Pose) -> Pose:
    x, y, z = (round(value, _DIGITS) + 0.0 for value in pose.position)
    a, b, c, d = (round(value, 9) + 0.0 for value in pose.orientation)
    return Pose(position=(x, y, z), orientation=(a, b, c, d))


def _with_robot_bases(scene: Scene, context: Context) -> Scene:
    """Return the scene with a robot base for each task object, if possible one from which it is visible."""
    layout = Layout(scene, context.store)
    wanted = [o for o in layout if o.item.role != "context"]
    if not wanted:
        return scene.replacing(task=scene.task.model_copy(update={"robot_bases": {}}))
    walkway = Walkway(scene.rooms[0], layout)
    sight = Sight(layout, surfaces(scene, context.store))
    bases = {}
    for located in wanted:
        options = walkway.bases(located)
        seeing = (base for base in options if is_seen(sight.of(located.item.id, base)))
        if options:
            bases[located.item.id] = next(seeing, options[0])
    return scene.replacing(task=scene.task.model_copy(update={"robot_bases": bases}))
