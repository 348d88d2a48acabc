"""Let physics bring everything to rest and write the resting poses back."""

from __future__ import annotations

from typing import ClassVar

from pydantic import Field

from sage.context import Context
from sage.critique import FindingKind
from sage.errors import ToolRejected
from sage.geometry import Pose
from sage.layout import Layout
from sage.physics import State, World
from sage.scene import Scene
from sage.tools import Generator
from sage.walkway import Walkway, eye_above

__all__ = ["Settle"]

_DIGITS = 7


class Settle(Generator):
    """Drop everything the last fraction of a millimetre and let it come to rest.

    Call it last, after all other edits. Also works out from where a robot can reach the task's
    objects.
    """

    repairs: ClassVar[frozenset[FindingKind]] = frozenset({"unstable", "unsupported"})

    limit_s: float = Field(default=4.0, gt=0, le=20)
    """Longest simulated time [s]; it ends sooner once all is still."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene at rest."""
        if not scene.rooms:
            raise ToolRejected("there is nothing to settle; call floor_plan first")
        with World(scene, context.store) as world:
            world.settle(self.limit_s)
            return _with_robot_bases(_written(scene, world.state()), world, context)


def _written(scene: Scene, state: State) -> Scene:
    objects = []
    for item in scene.objects:
        if item.covering:
            continue
        joints = {name: round(value, _DIGITS) + 0.0 for name, value in state.joints[item.id].items()}
        pose = _rounded(item.pose if item.fixed else state.poses[item.id])
        objects.append(item.model_copy(update={"pose": pose, "joints": joints}))
    return scene.updating(*objects)


def _rounded(pose: Pose) -> Pose:
    x, y, z = (round(value, _DIGITS) + 0.0 for value in pose.position)
    a, b, c, d = (round(value, 9) + 0.0 for value in pose.orientation)
    return Pose(position=(x, y, z), orientation=(a, b, c, d))


def _with_robot_bases(scene: Scene, world: World, context: Context) -> Scene:
    """Add, for each task object, where a robot reaches it from; if possible a place that sees it."""
    layout = Layout(scene, context.store)
    walkway = Walkway(scene.rooms[0], layout)
    bases = {}
    for located in layout:
        if located.item.role == "context" or located.item.covering:
            continue
        options = walkway.bases(located)
        seeing = (base for base in options if world.sees(eye_above(base), located.item.id, located.points))
        if options:
            bases[located.item.id] = next(seeing, options[0])
    return scene.replacing(task=scene.task.model_copy(update={"robot_bases": bases}))
