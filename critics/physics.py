"""Does everything stay where it is, without overlapping, on what it is said to rest on?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shapely.geometry import LineString

from sage.context import Context
from sage.critique import Critique, Finding
from sage.layout import Layout, Located
from sage.physics import Contact, Motion, World, motion
from sage.predicates import rests_on
from sage.scene import Room, Scene

__all__ = ["PhysicsCritic"]


@dataclass(frozen=True)
class PhysicsCritic:
    """Simulates the scene and measures collision, stability, support and bounds.

    Undamped, without sleeping, 240 Hz, 200 solver iterations, zero margins. Furniture is free too;
    only `fixed` objects are left out of stability. Coverings are left out of everything.
    """

    name: str = "physics"
    max_depth_m: float = 0.001
    max_drift_m: float = 0.01
    max_turn_rad: float = 0.1
    strict_s: float = 5.0
    lenient_s: float = 2.0
    lenient_drift_m: float = 0.2
    lenient_turn_rad: float = 0.1396
    """8 degrees."""
    support_gap_m: float = 0.01

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        solid = [item.id for item in scene.objects if not item.covering]
        free = [item.id for item in scene.objects if not item.fixed and not item.covering]
        with World(scene, context.store) as world:
            contacts = world.contacts(self.support_gap_m)
            start = world.state()
            world.step(self.lenient_s)
            context.check()
            early = motion(start, world.state())
            world.step(self.strict_s - self.lenient_s)
            late = motion(start, world.state())
        layout = Layout(scene, context.store)
        collisions = tuple(self._collisions(scene, contacts))
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

    def _collisions(self, scene: Scene, contacts: tuple[Contact, ...]) -> Iterator[Finding]:
        for contact in contacts:
            if contact.depth > self.max_depth_m:
                yield Finding(
                    kind="collision",
                    objects=tuple(name for name in (contact.a, contact.b) if name in scene),
                    message=f"{contact.a!r} is {contact.depth * 1e3:.1f} mm deep in {contact.b!r}",
                    value=round(contact.depth, 6),
                    limit=self.max_depth_m,
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
                    f"in {self.strict_s:g} s",
                    value=round(moved.drift, 6),
                    limit=self.max_drift_m,
                )

    def _unsupported(self, layout: Layout, contacts: tuple[Contact, ...]) -> Iterator[Finding]:
        touching = {frozenset((contact.a, contact.b)) for contact in contacts}
        for located in layout:
            item = located.item
            if item.covering:
                continue
            room = layout.scene.room(item.room)
            if item.support in layout:
                close = frozenset((item.id, item.support)) in touching
                support = layout[item.support]
                rests = close and rests_on(located, support, item.support_part) is not None
            else:
                rests = self._at_structure(located, room)
            if not rests:
                yield Finding(
                    kind="unsupported",
                    objects=(item.id,),
                    message=f"{item.id!r} does not rest on {item.support!r}"
                    f"{f', {item.support_part}' if item.support_part else ''}",
                    limit=self.support_gap_m,
                )

    def _at_structure(self, located: Located, room: Room) -> bool:
        if located.item.support == "floor":
            return abs(float(located.low[2])) <= self.support_gap_m
        if located.item.support == "ceiling":
            return abs(float(located.high[2]) - room.height) <= self.support_gap_m
        return any(
            LineString([wall.start, wall.end]).distance(located.footprint) <= self.support_gap_m
            for wall in room.walls
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
                    message=f"{located.item.id!r} is not wholly inside {room.id!r}",
                )


def _share(count: int, among: list[str]) -> float:
    return round(count / len(among), 4) if among else 0.0
