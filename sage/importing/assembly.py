"""Assembles a scene and its assets from what an importer found.

Formats do not say what a thing rests on: it is inferred. A thing is held by whatever it touches,
within 1 cm, that lies lowest below it; one that touches nothing is said to be on the floor, and is
found not to be. The place where it touches becomes a surface of its support.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from pydantic import ValidationError
from shapely.geometry import LineString, Point

from sage.asset import Asset, AssetStore, Joint, Link, Surface
from sage.errors import SourceError
from sage.geometry import Array, Pose, Vec3
from sage.importing.architecture import Building, building, with_floor
from sage.importing.foreign import ImportedObject, ImportedPart, SourceScene, category_of, plain_name
from sage.importing.limits import MAX_BODIES, MAX_PIECES, bounded
from sage.scene import Room, Scene, SceneObject
from sage.simulation.physics import World
from sage.spatial.layout import Layout, Located
from sage.task import Task

__all__ = ["ImportedScene", "assemble"]

_TOUCH_M = 0.01
_PATCH_M = 0.05
_SPREAD_M = 0.05
_LEAST_KG = 1e-6


@dataclass(frozen=True)
class ImportedScene:
    """Imported scene in sage's representation, and the criteria that cannot be judged."""

    scene: Scene
    format: str
    not_judged: dict[str, str]
    """Metrics and critics for which something is missing, each with what."""
    notes: tuple[str, ...]


def assemble(found: SourceScene, store: AssetStore) -> ImportedScene:
    """Build a scene and its assets from the data of an importer.

    Raises:
        SourceError: there is nothing to judge, or too much, or a thing that cannot be.
    """
    things = tuple(thing for thing in found.things if any(part.colliders for part in thing.parts))
    if not things:
        raise SourceError("the scene has no object with a collision shape: there is nothing to judge")
    bounded("bodies", len(things), MAX_BODIES)
    bounded("convex pieces", sum(len(p.colliders) for t in things for p in t.parts), MAX_PIECES)
    found = with_floor(replace(found, things=things))
    things = found.things
    house = building(found)
    objects, assets = _objects(things, house, store)
    task = Task(prompt=f"a foreign scene ({found.format})", kind="room", rooms=("room",))
    scene = Scene(task=task, seed=0, rooms=house.rooms, objects=objects)
    scene = _supported(scene, things, assets, store)
    free = any(not item.fixed for item in objects)
    return ImportedScene(scene, found.format, _not_judged(house, found, free), _notes(house, found))


def _objects(
    things: tuple[ImportedObject, ...], house: Building, store: AssetStore
) -> tuple[tuple[SceneObject, ...], dict[str, Asset]]:
    used = {block.name for room in house.rooms for block in room.shell or ()}
    objects, assets = [], {}
    for thing in things:
        name = plain_name(thing.id, used)
        used.add(name)
        try:
            asset, shift = _asset(thing)
        except ValidationError as error:
            raise SourceError(f"{thing.id!r} cannot be: {error.errors()[0]['msg']}") from error
        pose = Pose(position=(0.0, 0.0, house.lift)) @ thing.pose @ shift
        assets[name] = asset
        objects.append(
            SceneObject(
                id=name,
                category=thing.category,
                name=thing.category,
                asset=store.add(asset),
                pose=pose,
                size=asset.size,
                room=thing.room or _room_of(pose.apply(asset.collision_points()), house.rooms).id,
                support="floor",
                fixed=thing.fixed,
                joints={_joint_name(p): p.hinge.position for p in thing.parts if p.hinge},
            )
        )
    return tuple(objects), assets


def _room_of(points: Array, rooms: tuple[Room, ...]) -> Room:
    middle = Point(*(points.min(axis=0) + points.max(axis=0))[:2] / 2)
    return min(rooms, key=lambda room: float(room.floor.distance(middle)))


def _asset(thing: ImportedObject) -> tuple[Asset, Pose]:
    """Return the asset of an object and `root_from_asset`.

    A root frame that lies far from its body would make every turn look like a shift: the asset's
    frame then is moved to the middle of the bottom.
    """
    points = np.concatenate([c.points for part in thing.parts for c in part.colliders])
    low, high = points.min(axis=0), points.max(axis=0)
    shift = np.zeros(3)
    if (low > _SPREAD_M).any() or (high < -_SPREAD_M).any():
        shift = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    anchors = {p.name: np.array(p.hinge.anchor) if p.hinge else shift for p in thing.parts}
    joints = tuple(_joint(part, anchors) for part in thing.parts if part.hinge)
    depth, width, height = (float(value) for value in high - low)
    asset = Asset(
        category=_plain(category_of(thing.category)),
        synset="",
        size=(depth, width, height),
        grasp_width=min(depth, width, height),
        has_front=False,
        links=tuple(_link(part, anchors[part.name]) for part in thing.parts),
        joints=joints,
        provenance="imported",
        licence="as the source's",
    )
    return asset.identified(), Pose(position=_triple(shift))


def _plain(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "_", text) or "object"


def _triple(values: Iterable[float]) -> Vec3:
    x, y, z = (float(value) for value in values)
    return (x, y, z)


def _joint_name(part: ImportedPart) -> str:
    return f"{_plain(part.name)}_joint"


def _joint(part: ImportedPart, anchors: dict[str, Array]) -> Joint:
    assert part.hinge is not None and part.parent is not None
    return Joint(
        name=_joint_name(part),
        kind=part.hinge.kind,
        parent=_plain(part.parent),
        child=_plain(part.name),
        origin=_triple(anchors[part.name] - anchors[part.parent]),
        axis=part.hinge.axis,
        lower=part.hinge.lower,
        upper=part.hinge.upper,
        damping=part.hinge.damping,
        friction=part.hinge.friction,
    )


def _link(part: ImportedPart, anchor: Array) -> Link:
    colliders = tuple(
        piece.model_copy(
            update={
                "name": str(index),
                "points": piece.points - anchor,
                "pose": Pose(position=_triple(-anchor)) @ piece.pose if piece.box else Pose(),
            }
        )
        for index, piece in enumerate(part.colliders)
    )
    xx, yy, zz = (float(part.inertia[i, i]) for i in range(3))
    xy, xz, yz = float(part.inertia[0, 1]), float(part.inertia[0, 2]), float(part.inertia[1, 2])
    return Link(
        name=_plain(part.name),
        visuals=(),
        colliders=colliders,
        mass=max(part.mass, _LEAST_KG),
        com=_triple(part.com - anchor),
        inertia=(xx, yy, zz, xy, xz, yz),
        friction=part.friction,
    )


def _supported(
    scene: Scene, things: tuple[ImportedObject, ...], assets: dict[str, Asset], store: AssetStore
) -> Scene:
    """Return the scene with the support of each object: from the source, or inferred from contact.

    The place where it rests becomes a surface of its support.
    """
    with World(scene, store) as world:
        contacts = world.contacts(_TOUCH_M)
    depths = {frozenset((contact.a, contact.b)): contact.depth for contact in contacts}
    layout = Layout(scene, store)
    names = {thing.id: item.id for thing, item in zip(things, scene.objects, strict=True)}
    chosen = {}
    for thing, item in zip(things, scene.objects, strict=True):
        if thing.support is None:
            others = {name for pair in depths if item.id in pair for name in pair if name != item.id}
            chosen[item.id] = _support(layout[item.id], others, layout)
        else:
            said = names.get(thing.support, thing.support)
            chosen[item.id] = said if said in layout or said in ("wall", "ceiling") else "floor"
    _break_rings(chosen, layout)
    surfaces: dict[str, list[Surface]] = {}
    for name, support in chosen.items():
        if support in layout:
            sunk = max(0.0, depths.get(frozenset((name, support)), 0.0))
            surfaces.setdefault(support, []).append(_surface(layout[name], layout[support], sunk))
    objects = []
    for item in scene.objects:
        part = _under(item.id) if chosen[item.id] in layout else None
        update: dict[str, object] = {"support": chosen[item.id], "support_part": part}
        if item.id in surfaces:
            asset = assets[item.id].model_copy(update={"id": "", "surfaces": tuple(surfaces[item.id])})
            update["asset"] = store.add(asset.identified())
        objects.append(item.model_copy(update=update))
    return scene.replacing(objects=tuple(objects))


def _support(item: Located, others: set[str], layout: Layout) -> str:
    room = layout.scene.room(item.item.room)
    if abs(float(item.low[2])) <= _TOUCH_M:
        return "floor"
    below = [layout[name] for name in others if name in layout and _holds(layout[name], item)]
    if below:
        return max(below, key=lambda other: (_overlap(item, other), -float(other.low[2]))).item.id
    if item.item.fixed and abs(float(item.high[2]) - room.height) <= _TOUCH_M:
        return "ceiling"
    sides = [LineString([wall.start, wall.end]) for wall in room.walls]
    if item.item.fixed and any(side.distance(item.footprint) <= _TOUCH_M for side in sides):
        return "wall"
    return "floor"


def _holds(other: Located, item: Located) -> bool:
    """Return whether a touching object may be the support: it reaches further down."""
    return other.low[2] < item.low[2] + _TOUCH_M and not (item.item.fixed and not other.item.fixed)


def _overlap(item: Located, other: Located) -> float:
    """Return the area of an object's outline above pieces that end where it begins [m2]."""
    bottom = float(item.low[2])
    return sum(
        float(outline.intersection(item.footprint).area)
        for outline, _, top in other.prisms
        if abs(top - bottom) <= 2 * _TOUCH_M
    )


def _break_rings(chosen: dict[str, str], layout: Layout) -> None:
    """Break cycles of objects that support each other: the lowest is put on the floor."""
    for start in chosen:
        ring, place = [start], chosen[start]
        while place in chosen and place not in ring:
            ring.append(place)
            place = chosen[place]
        if place in ring:
            loop = ring[ring.index(place) :]
            chosen[min(loop, key=lambda name: (float(layout[name].low[2]), name))] = "floor"


def _under(name: str) -> str:
    return f"under_{name}"


def _surface(item: Located, support: Located, sunk: float) -> Surface:
    """Return the surface patch of a support under a carried object, `sunk` above its bottom [m]."""
    root = support.asset.links[0].name
    place = np.array([*item.center[:2], item.low[2] + sunk])
    center = support.link_pose(root).inverse().apply(place)
    return Surface(
        name=_under(item.item.id), link=root, placement="on", center=_triple(center),
        size=(_PATCH_M, _PATCH_M),
    )  # fmt: skip


def _not_judged(house: Building, found: SourceScene, free: bool) -> dict[str, str]:
    told = {
        "task": "the scene names no task",
        "accessible": "the scene names no task",
        "plausible": "its names are not known categories",
        "openable": "nothing says which joints are doors, drawers and lids",
        "visible": "looks are not read",
    }
    if not found.rooms:
        told |= {"openings_clear": "nothing says where doors and windows are"}
        told |= {"walkways": "nothing says where doors and windows are"}
    if not free:
        told |= {name: "nothing is free to move" for name in ("stable_strict", "stable_lenient")}
    if not house.has_walls:
        told |= {name: "no walls were found" for name in ("in_bounds", "navigable")}
    return told


def _notes(house: Building, found: SourceScene) -> tuple[str, ...]:
    missing = () if house.has_floor else ("no floor was found: what rests on nothing else falls",)
    return (*found.notes, *missing)
