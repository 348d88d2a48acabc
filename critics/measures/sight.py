"""Visibility of the task's objects from the robot's bases."""

from __future__ import annotations

from collections.abc import Iterator

from sage.critique import Finding
from sage.rendering.observation import Visibility
from sage.rendering.surfaces import Surfaces
from sage.rendering.visibility import MIN_PIXELS, MIN_UNOCCLUDED, Sight, is_seen
from sage.scene import SceneObject
from sage.spatial.layout import Layout
from sage.spatial.predicates import OPEN_SHARE

__all__ = ["hidden", "task_sights"]


def task_sights(layout: Layout, found: Surfaces) -> dict[str, Visibility]:
    """Return the visibility of each task object from its robot base, or a few steps back, by id.

    Objects that the task puts in a container are left out.
    """
    sight = Sight(layout, found)
    bases = layout.scene.task.robot_bases
    names = [name for name in bases if name in layout and not _is_put_away(layout[name].item, layout)]
    return {name: sight.from_around(name, bases[name]) for name in names}


def _is_put_away(item: SceneObject, layout: Layout) -> bool:
    """Return whether the task has an object, or one of its carriers, in a container."""
    while item.support in layout:
        asked = (r for r in layout.scene.task.initial if r.subject == item.id and not r.negated)
        if any(r.name == "in" and r.object == item.support for r in asked):
            return True
        item = layout[item.support].item
    return False


def hidden(sights: dict[str, Visibility], layout: Layout) -> Iterator[Finding]:
    """Yield findings on task objects that are hardly visible to the robot."""
    for name, seen in sights.items():
        if is_seen(seen):
            continue
        shut = _shut_in(layout[name].item, layout)
        few = seen.pixels < MIN_PIXELS
        measured = f"{seen.pixels} pixels of 320 x 240" if few else f"{seen.unoccluded:.0%} of it"
        needed = f"{MIN_PIXELS} pixels" if few else f"{MIN_UNOCCLUDED:.0%}"
        remedy = f"open {shut!r}" if shut else "move it, or what hides it"
        yield Finding(
            kind="not_visible",
            objects=(name,),
            message=f"the robot that reaches {name!r} sees {measured}; {needed} are needed: {remedy}",
            value=float(seen.pixels) if few else round(seen.unoccluded, 4),
            limit=float(MIN_PIXELS) if few else MIN_UNOCCLUDED,
        )


def _shut_in(item: SceneObject, layout: Layout) -> str:
    """Return the id of the closed container of an object, or an empty string."""
    while item.support in layout:
        owner = layout[item.support]
        surface = next((s for s in owner.asset.surfaces if s.name == item.support_part), None)
        if surface is not None and surface.joint is not None:
            joint = owner.asset.joint(surface.joint)
            share = (owner.item.joints.get(joint.name, 0.0) - joint.lower) / (joint.upper - joint.lower)
            if share < OPEN_SHARE:
                return owner.item.id
        item = owner.item
    return ""
