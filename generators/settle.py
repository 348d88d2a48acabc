"""Settles the scene in physics and restores what fell off its support."""

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
_PATIENCE_S = 2.0
"""How long small things may take to come to rest before they are put elsewhere [s]."""


class Settle(Generator):
    """Drop everything the last fraction of a millimetre and let it come to rest.

    Call it last, after all other edits. Small things that fall off what they are to rest on, or do not
    come to rest there, are put at a free place of it; those that find none or do not stay there either are
    taken away, unless the task needs them. Also works out from where a robot can reach the task's objects.
    """

    limit_s: float = Field(default=4.0, gt=0, le=20)
    """Longest simulated time [s]; it ends sooner once all is still."""
    only: tuple[str, ...] | None = None
    """Ids of what may move; everything else stays exactly where it is. By default all may."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene at rest."""
        if not scene.rooms:
            raise ToolRejected("there is nothing to settle; call floor_plan first")
        held = frozenset() if self.only is None else frozenset(o.id for o in scene.objects) - {*self.only}
        with World(scene, context.store, held=held) as world:
            settled = self._settled(scene, world, held)
            for edit in (_put_back, _taken_away):
                loose = [name for name in _loose(settled, world, context) if name not in held]
                if not loose:
                    break
                settled = self._settled(edit(settled, loose, world, context), world, held)
            return _with_robot_bases(settled, context)

    def _settled(self, scene: Scene, world: World, held: frozenset[str]) -> Scene:
        patience = min(self.limit_s, _PATIENCE_S)
        world.settle(patience)
        if any(not _is_spare(scene[name], scene) for name in world.unsettled):
            world.settle(self.limit_s - patience)
        return _written(scene, world.state(), held)


def _is_spare(item: SceneObject, scene: Scene) -> bool:
    """Return whether an object is a small thing that the task can do without, load and all."""
    load = {other.id for other in scene.carried_by(item.id)}
    return item.support in scene and not item.fixed and not scene.task.ids & {item.id, *load}


def _loose(scene: Scene, world: World, context: Context) -> list[str]:
    """Return the small things that do not rest where the scene says, with their load, carriers first."""
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


def _put_back(scene: Scene, loose: list[str], world: World, context: Context) -> Scene:
    """Put loose things at free places of what they are to rest on; take away those that find none."""
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
        context.note(f"did not stay where they were put and were put elsewhere: {names}")
    scene = scene.updating(*(located.item for located in put))
    return _taken_away(scene, lost, world, context) if lost else scene


def _taken_away(scene: Scene, loose: list[str], world: World, context: Context) -> Scene:
    for name in loose:
        world.remove(name)
    context.note(f"would not stay where they belong and were left out: {', '.join(loose)}")
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
    """Add, for each task object, where a robot reaches it from; if possible a place that sees it."""
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
