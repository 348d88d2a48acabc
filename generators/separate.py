"""Separation of overlapping objects by small simultaneous shifts."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import ClassVar

import numpy as np
from pydantic import Field

from sage.context import Context
from sage.critique import Finding, FindingKind
from sage.errors import ToolRejected
from sage.geometry import Array, Pose
from sage.scene import Scene
from sage.simulation.physics import Contact, World
from sage.spatial.layout import Layout
from sage.spatial.predicates import holds, rests_on
from sage.task import Relation
from sage.tools import Generator, Repair, ToolCall

__all__ = ["Separate"]

_DEPTH_M = 0.0009
"""Depth from which overlaps are resolved, just below the limit of the physics critic [m]."""
_CLEARANCE_M = 0.0003
"""Gap left between separated objects [m]."""
_SWEEPS = 25
_FLAT = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
_SPACE = (*_FLAT, (0.0, 0.0, 1.0))


def _separate(finding: Finding, scene: Scene) -> Iterator[ToolCall]:
    yield ToolCall(tool=Separate.tool_name())


class Separate(Generator):
    """Push overlapping objects apart, all at once, each by the smallest shift. Call settle afterwards.

    Objects slide on their support, and along the wall that they hang on; fixed objects stay, and carriers
    move with their load. No object leaves its support, its room or a relation that the task requires. Objects
    that still overlap have to be moved or removed.
    """

    repairs: ClassVar[Mapping[FindingKind, Repair]] = {"collision": _separate}

    limit_m: float = Field(default=0.15, gt=0, le=1)
    """Largest shift of an object [m]."""

    def apply(self, scene: Scene, context: Context) -> Scene:
        """Return the scene with overlapping objects separated as far as possible."""
        if not scene.rooms:
            raise ToolRejected("there is nothing to separate; call floor_plan first")
        with World(scene, context.store) as world:
            separated = _Separation(scene, world, context).within(self.limit_m)
        if separated == scene:
            raise ToolRejected(
                "no overlapping objects can be separated by shifts; move or remove one of them"
            )
        return separated


class _Separation:
    """Gauss-Seidel iteration over all overlaps: each in turn is resolved by the smallest shift.

    The shift is shared between both objects in inverse proportion to the mass that moves with each, and more
    evenly from sweep to sweep, so that objects wedged between a heavy one and a wall get free. Objects that
    end up at a forbidden place are kept fixed in another run.
    """

    def __init__(self, scene: Scene, world: World, context: Context) -> None:
        self._scene, self._world, self._context = scene, world, context
        self._layout = Layout(scene, context.store)
        self._loads = {
            item.id: {other.id for other in scene.carried_by(item.id) if not other.covering}
            for item in scene.objects
        }
        still = {item.id for item in scene.objects if item.fixed or item.covering}
        self._kept = still | {name for name, load in self._loads.items() if load & still}
        self._shifts: dict[str, Array] = {}
        self._holding = [r for r in scene.task.initial if _holds(r, self._layout)]

    def within(self, limit: float) -> Scene:
        """Return the scene with its objects separated, none shifted by more than a limit [m]."""
        while True:
            self._sweep()
            separated = self._separated()
            misplaced = self._misplaced(separated, limit)
            if not misplaced:
                return separated
            self._kept |= misplaced
            self._restart()

    def _sweep(self) -> None:
        for sweep in range(_SWEEPS):
            self._context.check()
            overlaps = [c for c in self._world.contacts() if c.depth > _DEPTH_M]
            power = 1.0 / (1.0 + sweep)
            if not sum(self._resolve(c, power) for c in sorted(overlaps, key=lambda c: -c.depth)):
                return

    def _resolve(self, contact: Contact, power: float) -> bool:
        """Resolve one overlap by a shift; return whether an object was shifted.

        Args:
            contact: the overlap.
            power: exponent of the masses by which the shift is shared.
        """
        options = {}
        for a, b in ((contact.a, contact.b), (contact.b, contact.a)):
            mover = self._mover(a, b)
            if mover is not None:
                axes, upward = self._freedom(mover, b)
                shift = self._world.separation(a, b, axes=axes, upward=upward, clearance=_CLEARANCE_M)
                if shift is not None and np.any(shift):
                    options[mover] = (shift, self._mass(mover), axes)
        if not options:
            return False
        ranked = sorted(options, key=lambda name: options[name][1] * np.linalg.norm(options[name][0]))
        first, last = ranked[0], ranked[-1]
        share = 1.0
        if first != last and options[first][2] == options[last][2]:
            light, heavy = (options[name][1] ** power for name in (first, last))
            share = heavy / (light + heavy)
            self._shift(last, (share - 1.0) * options[first][0])
        self._shift(first, share * options[first][0])
        return True

    def _mover(self, name: str, other: str) -> str | None:
        """Return the id of what moves so that an object leaves another: itself or its carrier, or None."""
        while name in self._scene:
            if name not in self._kept:
                return None if other in self._loads[name] else name
            if self._scene[name].fixed:
                return None
            name = self._scene[name].support
        return None

    def _freedom(self, mover: str, other: str) -> tuple[tuple[tuple[float, ...], ...], bool]:
        """Return the axes along which an object may leave another, and whether it may only move upwards."""
        item = self._scene[mover]
        if item.support == "wall":
            walls = self._scene.room(item.room).walls
            wall = min(walls, key=lambda w: abs(float((self._layout[mover].center[:2] - w.start) @ w.inward)))
            return ((float(wall.along[0]), float(wall.along[1]), 0.0), (0.0, 0.0, 1.0)), False
        hollow = (
            item.placement == "in" and other in self._scene and self._scene[other].support == item.support
        )
        return (_SPACE, True) if other == item.support or hollow else (_FLAT, False)

    def _mass(self, name: str) -> float:
        return sum(self._context.store[self._scene[n].asset].mass for n in (name, *self._loads[name]))

    def _shift(self, name: str, shift: Array) -> None:
        self._shifts[name] = self._shifts.get(name, np.zeros(3)) + shift
        for moved in (name, *self._loads[name]):
            self._world.set_pose(moved, self._pose(moved))

    def _pose(self, name: str) -> Pose:
        """Return the pose of an object after its own shifts and those of its carriers."""
        pose, total = self._scene[name].pose, np.zeros(3)
        while name in self._scene:
            total += self._shifts.get(name, 0.0)
            name = self._scene[name].support
        x, y, z = np.add(pose.position, total).tolist()
        return pose.model_copy(update={"position": (x, y, z)})

    def _separated(self) -> Scene:
        moved = {other for name in self._shifts for other in (name, *self._loads[name])}
        return self._scene.updating(
            *(self._scene[name].model_copy(update={"pose": self._pose(name)}) for name in sorted(moved))
        )

    def _restart(self) -> None:
        self._shifts.clear()
        for item in self._scene.objects:
            if not item.covering:
                self._world.set_pose(item.id, item.pose)

    def _misplaced(self, separated: Scene, limit: float) -> set[str]:
        """Return the ids of objects shifted too far, off their support, out of the room or a relation."""
        layout = Layout(separated, self._context.store)
        misplaced = {name for name, shift in self._shifts.items() if math.hypot(*shift) > limit}
        misplaced |= {name for name in self._shifts if not self._is_on_support(name, layout)}
        broken = [relation for relation in self._holding if not holds(relation, layout)]
        concerned = {name for r in broken for name in (r.subject, r.object, r.other) if name}
        return misplaced | {n for n in self._shifts if concerned & {n, *self._loads[n]}}

    def _is_on_support(self, name: str, layout: Layout) -> bool:
        located = layout[name]
        item = located.item
        if not layout.scene.room(item.room).floor.buffer(0.001).contains(located.footprint):
            return False
        rested = item.support in layout and rests_on(
            self._layout[name], self._layout[item.support], item.support_part
        )
        return not rested or rests_on(located, layout[item.support], item.support_part) is not None


def _holds(relation: Relation, layout: Layout) -> bool:
    """Return whether a relation holds; False if an object is missing."""
    try:
        return holds(relation, layout)
    except KeyError:
        return False
