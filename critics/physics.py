"""Physical stability in PyBullet: collisions, motion at rest, support and bounds."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sage.context import Context
from sage.critique import Critique, Finding
from sage.geometry import Vec3
from sage.scene import Scene
from sage.simulation.physics import Contact, Motion, State, World, motion, touching_pairs
from sage.spatial.layout import Layout, Located
from sage.spatial.predicates import CONTACT_M, is_supported
from sage.spatial.stance import falls_over
from sage.spatial.support import MAX_PENETRATION_M

__all__ = ["PhysicsCritic"]

_INTERVAL_S = 0.5
"""Simulated time between two measurements [s]."""
_JITTER_M, _JITTER_RAD = 1e-4, 1.5e-3
"""Motion in an interval below which objects count as at rest."""
_TILT_RAD = 0.05
"""Tilt that stable objects recover from [rad]."""
_TOUCH_M = 0.0005
"""Largest distance of touching bodies [m]."""
_UPRIGHT = 0.9
"""Least vertical component of contact directions from below."""


@dataclass(frozen=True)
class PhysicsCritic:
    """Simulates the scene and measures collision, stability, support and bounds.

    No damping, no sleeping, 240 Hz, 200 solver iterations, zero collision margins. Furniture is free too;
    only `fixed` objects do not count for stability, and coverings for nothing.

    Unless `patient`, the simulation ends early once no object can fail any more: none was faster in the last
    half second than in the one before, and none would get half as far as the limits at twice its present
    speed in the remaining time. If an object stands so that a tilt of 3 degrees topples it, as a coin on its
    rim, the simulation takes the full time. `tests/benchmarks/physics.py` compares its verdicts with full
    simulations.
    """

    name: str = "physics"
    max_depth_m: float = MAX_PENETRATION_M
    """Largest penetration of two bodies [m]."""
    max_drift_m: float = 0.01
    """Largest motion of an object in `strict_s` [m]."""
    max_turn_rad: float = 0.1
    """Largest rotation of an object in `strict_s` [rad]."""
    strict_s: float = 5.0
    """Simulated time of the strict criterion, which decides [s]."""
    lenient_s: float = 2.0
    """Simulated time of the lenient criterion, which is only measured [s]."""
    lenient_drift_m: float = 0.2
    lenient_turn_rad: float = 0.1396
    """8 degrees."""
    patient: bool = False
    """Whether to simulate all of `strict_s` even if everything is at rest."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        solid = [item.id for item in scene.objects if not item.covering]
        free = [item.id for item in scene.objects if not item.fixed and not item.covering]
        layout = Layout(scene, context.store)
        with World(scene, context.store) as world:
            contacts = world.contacts(CONTACT_M)
            collisions = tuple(self._collisions(scene, world, contacts))
            patient = self.patient or any(_is_precarious(layout[name], contacts) for name in free)
            states = self._simulate(world, free, context, patient=patient)
        early = motion(states[0], states[min(len(states) - 1, round(self.lenient_s / _INTERVAL_S))])
        late = motion(states[0], states[-1])
        unstable = tuple(self._unstable(late, free))
        unsupported = tuple(self._unsupported(layout, contacts))
        outside = tuple(self._outside(layout))
        lenient = sum(self._within(early[name], self.lenient_drift_m, self.lenient_turn_rad) for name in free)
        colliding = {name for finding in collisions for name in finding.objects}
        metrics = {
            "collision": _share(len(colliding & set(solid)), solid),
            "stable_strict": 1.0 - _share(len(unstable), free),
            "stable_lenient": _share(lenient, free) if free else 1.0,
            "supported": 1.0 - _share(len(unsupported), solid),
            "in_bounds": 1.0 - _share(len(outside), solid),
            "max_drift_m": round(max((late[name].drift for name in free), default=0.0), 6),
            "max_depth_m": round(max((c.depth for c in contacts), default=0.0), 6),
            "simulated_s": (len(states) - 1) * _INTERVAL_S,
        }
        findings = (*collisions, *unstable, *unsupported, *outside)
        parts = (
            1.0 - metrics["collision"],
            metrics["stable_strict"],
            metrics["supported"],
            metrics["in_bounds"],
        )
        return Critique(
            critic=self.name,
            score=max(0.0, sum(parts) / len(parts)),
            passed=not findings,
            findings=findings,
            metrics=metrics,
        )

    def _simulate(self, world: World, free: list[str], context: Context, *, patient: bool) -> list[State]:
        """Simulate, and return the state at the start and after each interval.

        Args:
            world: the physics world, which is changed.
            free: ids of the objects that may move.
            context: cancellation.
            patient: whether to simulate the full time.
        """
        states = [world.state()]
        for left in reversed(range(round(self.strict_s / _INTERVAL_S))):
            context.check()
            world.step(_INTERVAL_S)
            states.append(world.state())
            if not patient and self._remains_stable(states, free, left):
                break
        return states

    def _remains_stable(self, states: list[State], free: list[str], intervals_left: int) -> bool:
        """Return whether no object can exceed the limits in the remaining intervals."""
        if len(states) < 3:
            return False
        whole, before, last = (motion(states[a], states[b]) for a, b in ((0, -1), (-3, -2), (-2, -1)))
        ahead = 2.0 * intervals_left
        return _same_joints(states[-2], states[-1]) and all(
            last[name].drift <= max(before[name].drift, _JITTER_M)
            and last[name].turn <= max(before[name].turn, _JITTER_RAD)
            and whole[name].drift + ahead * last[name].drift < self.max_drift_m / 2
            and whole[name].turn + ahead * last[name].turn < self.max_turn_rad / 2
            for name in free
        )

    def _collisions(self, scene: Scene, world: World, contacts: tuple[Contact, ...]) -> Iterator[Finding]:
        for contact in contacts:
            if contact.depth <= self.max_depth_m:
                continue
            mover, other, way = contact.a, contact.b, contact.direction
            if _ease(mover, scene) < _ease(other, scene):
                mover, other, way = other, mover, (-way[0], -way[1], -way[2])
            shift = world.separation(mover, other, upward=True)
            yield Finding(
                kind="collision",
                objects=tuple(name for name in (mover, other) if name in scene),
                message=f"{mover!r} is {contact.depth * 1e3:.1f} mm deep in {other!r}; at most "
                f"{self.max_depth_m * 1e3:g} mm is allowed: separate them",
                value=round(contact.depth, 6),
                limit=self.max_depth_m,
                direction=_rounded(way),
                displacement=None if shift is None else _rounded(shift.tolist()),
            )

    @staticmethod
    def _within(moved: Motion, drift: float, turn: float) -> bool:
        return moved.drift <= drift and moved.turn <= turn

    def _unstable(self, late: dict[str, Motion], free: list[str]) -> Iterator[Finding]:
        for name in free:
            moved = late[name]
            if not (moved.drift < self.max_drift_m and moved.turn < self.max_turn_rad):
                yield Finding(
                    kind="unstable",
                    objects=(name,),
                    message=f"{name!r} moves {moved.drift * 1e3:.1f} mm and turns {moved.turn:.3f} rad "
                    f"in {self.strict_s:g} s; at most {self.max_drift_m * 1e3:g} mm and "
                    f"{self.max_turn_rad:g} rad are allowed: settle, move or remove it",
                    value=round(moved.drift, 6),
                    limit=self.max_drift_m,
                )

    def _unsupported(self, layout: Layout, contacts: tuple[Contact, ...]) -> Iterator[Finding]:
        touching = touching_pairs(contacts)
        for located in layout:
            item = located.item
            if not item.covering and not is_supported(located, layout, touching):
                yield Finding(
                    kind="unsupported",
                    objects=(item.id,),
                    message=f"{item.id!r} does not rest on {item.support!r}"
                    f"{f', {item.support_part}' if item.support_part else ''}; move it there or settle",
                    limit=CONTACT_M,
                )

    def _outside(self, layout: Layout) -> Iterator[Finding]:
        for located in layout:
            if located.item.covering:
                continue
            room = layout.scene.room(located.item.room)
            inside = room.floor.buffer(0.002).contains(located.footprint)
            if not (inside and located.low[2] > -0.01 and located.high[2] <= room.height + 0.002):
                yield Finding(
                    kind="out_of_bounds",
                    objects=(located.item.id,),
                    message=f"{located.item.id!r} is not entirely inside {room.id!r}; move or remove it",
                )


def _is_precarious(located: Located, contacts: tuple[Contact, ...]) -> bool:
    """Return whether an object is touched only from below and topples at a small tilt."""
    name = located.item.id
    touching = (c for c in contacts if name in (c.a, c.b) and c.depth > -_TOUCH_M)
    stands = all(abs(contact.direction[2]) > _UPRIGHT for contact in touching)
    return stands and falls_over(located.points, located.center_of_mass, _TILT_RAD)


def _ease(name: str, scene: Scene) -> tuple[bool, bool, int, float]:
    """Return a rank of how easy a body is to move; the larger one is easier."""
    if name not in scene:
        return (False, False, 0, 0.0)
    item = scene[name]
    return (True, not item.fixed, -len(scene.carried_by(name)), -math.prod(item.size))


def _rounded(vector: Sequence[float]) -> Vec3:
    x, y, z = (round(value, 6) + 0.0 for value in vector)
    return (x, y, z)


def _share(count: int, among: list[str]) -> float:
    return round(count / len(among), 4) if among else 0.0


def _same_joints(before: State, now: State) -> bool:
    """Return whether no door or drawer has moved by more than a millimetre or milliradian."""
    return all(
        abs(position - before.joints[name][joint]) < 1e-3
        for name, joints in now.joints.items()
        for joint, position in joints.items()
    )
