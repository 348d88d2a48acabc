"""Navigability of the floor, reach of the task's objects, and clearance of doors and drawers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sage.asset import Joint
from sage.context import Context
from sage.critique import Critique, Finding
from sage.scene import Opening, Room, Scene, SceneObject, Wall
from sage.simulation.physics import World
from sage.spatial.layout import Layout, Located
from sage.spatial.space import WINDOW_CLEAR_M, slabs
from sage.spatial.support import MAX_PENETRATION_M
from sage.spatial.walkway import ARM_M, MIN_NAVIGABLE, PASSAGE_M, Walkway
from sage.task import FLOOR

__all__ = ["AccessCritic"]

_SWEEP_STEP_M = 0.04
"""Largest motion of a point of a moving part between two tested joint positions [m]."""
_LARGE_M2 = 0.3
"""Least footprint of furniture that people must reach [m2]."""


@dataclass(frozen=True)
class AccessCritic:
    """Checks free floor, reach of task objects, clearance of doors and windows, and what opens."""

    name: str = "access"
    min_navigable: float = MIN_NAVIGABLE
    """Least share of the free floor that is connected."""
    min_openable: float = 0.9
    """Least share of doors, drawers and lids that open; those of task objects must all open."""
    door_clear_m: float = 0.8
    """Depth of the clear floor in front of doors [m]."""
    window_clear_m: float = WINDOW_CLEAR_M
    """Depth of the clear space in front of windows [m]."""
    max_depth_m: float = MAX_PENETRATION_M
    """Overlap of an opening part with another object that is tolerated [m]."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        layout = Layout(scene, context.store)
        findings: list[Finding] = []
        navigable, reachable, openings, walkable = [], [], [], []
        for room in scene.rooms:
            walkway = Walkway(room, layout)
            navigable.append(walkway.navigable)
            findings += self._walk(room, walkway)
            narrow = _narrow(room, layout, walkway.at(PASSAGE_M / 2))
            walkable += [located.item.id not in narrow for located in _large_furniture(room, layout)]
            findings += [_narrow_way(name) for name in narrow]
            for located in layout:
                if located.item.role != "context" and located.item.room == room.id:
                    distance = walkway.distance(located)
                    reachable.append(distance <= ARM_M)
                    if distance > ARM_M:
                        findings.append(_unreachable(located, distance))
                    elif not walkway.serves(scene.task.robot_bases.get(located.item.id), located):
                        findings.append(_without_base(located))
            for wall, opening in room.openings:
                blockers = self._blockers(wall, opening, room, layout)
                openings.append(not blockers)
                if blockers:
                    findings.append(_blocked(opening, blockers))
        opens = self._opens(scene, layout, context)
        stuck = [(name, link, other) for (name, link), other in opens.items() if other]
        findings += [_stuck(scene, name, link, str(other)) for name, link, other in stuck]
        metrics = {
            "navigable": round(min(navigable, default=0.0), 4),
            "accessible": _share(reachable),
            "openings_clear": _share(openings),
            "walkways": _share(walkable),
            "openable": round(1 - len(stuck) / len(opens), 4) if opens else 1.0,
        }
        hard = [f for f in findings if f.kind not in ("not_openable", "narrow_way")]
        return Critique(
            critic=self.name,
            score=max(0.0, sum(metrics.values()) / len(metrics)),
            passed=not hard and metrics["openable"] >= self.min_openable,
            findings=tuple(findings),
            metrics=metrics,
        )

    def _walk(self, room: Room, walkway: Walkway) -> Iterator[Finding]:
        if walkway.navigable < self.min_navigable:
            yield Finding(
                kind="not_navigable",
                message=f"only {walkway.navigable:.0%} of the free floor of {room.id!r} is connected; "
                f"{self.min_navigable:.0%} must be: remove or move furniture",
                value=round(walkway.navigable, 4),
                limit=self.min_navigable,
            )
        for wall, door in room.doors:
            if not walkway.reaches(wall, door):
                yield Finding(
                    kind="not_navigable",
                    message=f"no free floor joins {door.id!r} to {room.id!r}; clear the floor at the door",
                )

    def _blockers(self, wall: Wall, opening: Opening, room: Room, layout: Layout) -> list[str]:
        if opening.kind == "door":
            depth = max(self.door_clear_m, opening.width if opening.swing == "in" else 0.0)
            floor, ceiling = 0.0, opening.height
        else:
            depth, floor, ceiling = self.window_clear_m, opening.sill + 0.02, room.height
        zone = wall.zone(opening, depth)
        return [
            located.item.id
            for located in layout
            if not located.item.covering
            and located.footprint.intersects(zone)
            and any(
                slab.high > floor and slab.low < ceiling and slab.outline.intersection(zone).area > 1e-4
                for slab in slabs(located)
            )
        ]

    def _opens(self, scene: Scene, layout: Layout, context: Context) -> dict[tuple[str, str], str | None]:
        """Return what each door, drawer and lid hits when it opens, or None, by object id and link."""
        result: dict[tuple[str, str], str | None] = {}
        with World(scene, context.store) as world:
            for located in layout:
                item = located.item
                joints = [joint for joint in located.asset.joints if joint.opens != "none"]
                if not joints:
                    continue
                own = {
                    item.id,
                    *(other.id for other in scene.carried_by(item.id)),
                    *_packed_with(item, scene),
                }
                at_rest = {c.b for c in world.touching(item.id) if c.depth > self.max_depth_m}
                for joint in joints:
                    context.check()
                    result[item.id, joint.child] = self._hit(world, located, joint, own | at_rest)
                    world.set_joint(item.id, joint.name, item.joints.get(joint.name, 0.0))
        return result

    def _hit(self, world: World, located: Located, joint: Joint, ignored: set[str]) -> str | None:
        """Return the id of the first object that a part hits between closed and open, or None."""
        for value in _stops(located, joint):
            world.set_joint(located.item.id, joint.name, value)
            for contact in world.touching(located.item.id):
                if contact.depth > self.max_depth_m and contact.b not in ignored:
                    return contact.b
        return None


def _packed_with(item: SceneObject, scene: Scene) -> set[str]:
    """Return the ids of the container of a packed object and of all its contents, to be ignored."""
    for relation in scene.task.initial:
        packed = relation.subject == item.id and relation.name == "in" and not relation.negated
        if packed and relation.object == item.support:
            return {item.support, *(other.id for other in scene.carried_by(item.support))}
    return set()


def _large_furniture(room: Room, layout: Layout) -> list[Located]:
    """Return the large objects on the floor."""
    return [
        located
        for located in layout
        if located.item.room == room.id
        and located.item.support == FLOOR
        and not located.item.covering
        and located.body_footprint.area >= _LARGE_M2
    ]


def _narrow(room: Room, layout: Layout, walkway: Walkway) -> list[str]:
    """Return the ids of large objects without a passage of 0.7 m to them."""
    return [
        located.item.id
        for located in _large_furniture(room, layout)
        if not walkway.passes(walkway.approach(located.body_footprint))
    ]


def _narrow_way(name: str) -> Finding:
    return Finding(
        kind="narrow_way",
        objects=(name,),
        message=f"no passage of {PASSAGE_M} m leads to {name!r}; move or remove what is in front of it",
        limit=PASSAGE_M,
    )


def _stops(located: Located, joint: Joint) -> list[float]:
    """Return joint positions between which no point of the moving part moves more than 4 cm [rad or m]."""
    pieces = [collider.points for collider in located.asset.link(joint.child).colliders]
    radius = float(np.linalg.norm(np.concatenate(pieces), axis=1).max())
    path = (joint.upper - joint.lower) * (radius if joint.kind == "revolute" else 1.0)
    return [float(v) for v in np.linspace(joint.lower, joint.upper, 2 + int(path / _SWEEP_STEP_M))]


def _unreachable(located: Located, distance: float) -> Finding:
    return Finding(
        kind="unreachable",
        objects=(located.item.id,),
        message=f"{located.item.id!r} is {distance:.2f} m from the nearest place for a robot, which reaches "
        f"{ARM_M} m: move the object to the edge of its support, or clear the floor around it",
        value=round(distance, 3),
        limit=ARM_M,
    )


def _without_base(located: Located) -> Finding:
    return Finding(
        kind="unreachable",
        objects=(located.item.id,),
        message=f"{located.item.id!r} has no robot base on free floor that reaches it; call settle",
    )


def _blocked(opening: Opening, blockers: list[str]) -> Finding:
    return Finding(
        kind="opening_blocked",
        objects=tuple(blockers),
        message=f"{opening.id!r} is blocked by {', '.join(blockers)}; move or remove them",
    )


def _stuck(scene: Scene, name: str, link: str, other: str) -> Finding:
    needed = scene[name].role != "context"
    return Finding(
        kind="task_not_openable" if needed else "not_openable",
        objects=tuple(item for item in (other, name) if item in scene),
        message=f"{link!r} of {name!r} hits {other!r} when it opens; move one of them",
    )


def _share(flags: list[bool]) -> float:
    return round(sum(flags) / len(flags), 4) if flags else 1.0
