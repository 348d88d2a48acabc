"""Textual description of a scene, for language models and consoles."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from sage.scene import Room, Scene, SceneObject

__all__ = ["describe"]

_MOST_OBJECTS = 120


def describe(scene: Scene) -> str:
    """Return the plan of a scene as text: a line for each room, opening and object.

    Positions are in metres and headings in degrees, in the world frame: x and y span the floor, and a
    heading of 0 points along x. In scenes of more than 120 objects, those on furniture that the task does not
    name are only counted.
    """
    if not scene.rooms:
        return "There is no room yet."
    return "\n".join((*_rooms(scene.rooms), *_objects(scene)))


def _rooms(rooms: tuple[Room, ...]) -> Iterator[str]:
    for room in rooms:
        low_x, low_y, high_x, high_y = room.floor.bounds
        yield (
            f"room {room.id} ({room.type}): x {low_x:.2f} to {high_x:.2f}, y {low_y:.2f} to {high_y:.2f}, "
            f"{room.height:.2f} high"
        )
        for wall, opening in room.openings:
            x, y = wall.point(opening.offset)
            yield f"  {opening.kind} {opening.id} at ({x:.2f}, {y:.2f}), {opening.width:.2f} wide"


def _objects(scene: Scene) -> Iterator[str]:
    if not scene.objects:
        yield "The room is empty."
        return
    carried = Counter(item.support for item in scene.objects)
    listed = [item for item in scene.objects if _is_notable(item) or len(scene.objects) <= _MOST_OBJECTS]
    for item in listed:
        yield _object(item)
    rest = Counter(
        (item.category, item.support)
        for item in scene.objects
        if item not in listed and item.support in carried
    )
    for (category, support), count in rest.items():
        yield f"{count} {category} on {support}"


def _is_notable(item: SceneObject) -> bool:
    return item.role != "context" or item.support in ("floor", "wall", "ceiling")


def _object(item: SceneObject) -> str:
    x, y, z = item.pose.position
    depth, width, height = item.size
    part = f".{item.support_part}" if item.support_part else ""
    role = "" if item.role == "context" else f", {item.role} of the task"
    return (
        f"{item.id} ({item.name}) at ({x:.2f}, {y:.2f}, {z:.2f}), heading {math.degrees(item.pose.yaw):.0f}, "
        f"{depth:.2f} x {width:.2f} x {height:.2f}, {item.placement} {item.support}{part}{role}"
    )
