"""Conversion of imported objects to a scene with assets, and inference of supports.

Most formats do not state what supports an object, so it is inferred from contacts within 1 cm: among the
objects in contact that reach lower, the support is the one with the largest overlap from above, or else the
lowest. An object without contacts is assigned to the floor, and critics report that it is unsupported. The
contact area becomes a support surface of the support's asset.
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
from sage.importing.architecture import Building, detect_building, with_floor
from sage.importing.foreign import ImportedObject, ImportedPart, SourceScene, category_of, plain_name
from sage.importing.limits import MAX_BODIES, MAX_PIECES, bounded
from sage.scene import Room, Scene, SceneObject
from sage.simulation.physics import World
from sage.spatial.layout import Layout, Located
from sage.task import Task

__all__ = ["ImportedScene", "assemble"]

_TOUCH_M = 0.01
"""Largest distance between objects in contact [m]."""
_PATCH_M = 0.05
"""Side length of inferred support surfaces [m]."""
_SPREAD_M = 0.05
"""Largest distance of an object from the origin of its root frame before the frame is moved [m]."""
_MIN_KG = 1e-6
"""Smallest mass of a link [kg]."""


@dataclass(frozen=True)
class ImportedScene:
    """Imported scene in sage's representation, and the criteria that cannot be judged."""

    scene: Scene
    format: str
    """Name of the source format."""
    not_judged: dict[str, str]
    """Reason why a metric or critic does not apply, by its name."""
    notes: tuple[str, ...]
    """Parts of the source that were omitted or simplified."""


def assemble(source: SourceScene, store: AssetStore) -> ImportedScene:
    """Build a scene from the data of an importer.

    Args:
        source: data of an importer.
        store: store to which the assets of the scene are added.

    Returns:
        The scene, shifted vertically so that its floor is at z = 0.

    Raises:
        SourceError: no object has colliders, a limit is exceeded, or an object is physically impossible.
    """
    things = tuple(thing for thing in source.objects if any(part.colliders for part in thing.parts))
    if not things:
        raise SourceError("the scene has no object with a collision shape: there is nothing to judge")
    bounded("bodies", len(things), MAX_BODIES)
    bounded("convex pieces", sum(len(p.colliders) for t in things for p in t.parts), MAX_PIECES)
    source = with_floor(replace(source, objects=things))
    things = source.objects
    house = detect_building(source)
    objects, assets = _objects(things, house, store)
    task = Task(prompt=f"an imported scene ({source.format})", kind="room", rooms=("room",))
    scene = Scene(task=task, seed=0, rooms=house.rooms, objects=objects)
    scene = _supported(scene, things, assets, store)
    free = any(not item.fixed for item in objects)
    return ImportedScene(scene, source.format, _not_judged(house, source, free), _notes(house, source))


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
            raise SourceError(f"object {thing.id!r} is invalid: {error.errors()[0]['msg']}") from error
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
                joints={_joint_name(p): p.joint.position for p in thing.parts if p.joint},
            )
        )
    return tuple(objects), assets


def _room_of(points: Array, rooms: tuple[Room, ...]) -> Room:
    """Return the room nearest to the centre of points in the world frame [m], shape [n, 3]."""
    middle = Point(*(points.min(axis=0) + points.max(axis=0))[:2] / 2)
    return min(rooms, key=lambda room: float(room.floor.distance(middle)))


def _asset(thing: ImportedObject) -> tuple[Asset, Pose]:
    """Return the asset of an object and `root_from_asset`.

    If the root frame is far from the object, every rotation would count as a displacement: the asset frame is
    then at the bottom centre of the object's bounding box.
    """
    points = np.concatenate([c.points for part in thing.parts for c in part.colliders])
    low, high = points.min(axis=0), points.max(axis=0)
    shift = np.zeros(3)
    if (low > _SPREAD_M).any() or (high < -_SPREAD_M).any():
        shift = np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]])
    anchors = {p.name: np.array(p.joint.anchor) if p.joint else shift for p in thing.parts}
    joints = tuple(_joint(part, anchors) for part in thing.parts if part.joint)
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
    """Return a name of letters, digits, `_` and `-`."""
    return re.sub(r"[^A-Za-z0-9_-]+", "_", text) or "object"


def _triple(values: Iterable[float]) -> Vec3:
    x, y, z = (float(value) for value in values)
    return (x, y, z)


def _joint_name(part: ImportedPart) -> str:
    return f"{_plain(part.name)}_joint"


def _joint(part: ImportedPart, anchors: dict[str, Array]) -> Joint:
    assert part.joint is not None and part.parent is not None
    return Joint(
        name=_joint_name(part),
        kind=part.joint.kind,
        parent=_plain(part.parent),
        child=_plain(part.name),
        origin=_triple(anchors[part.name] - anchors[part.parent]),
        axis=part.joint.axis,
        lower=part.joint.lower,
        upper=part.joint.upper,
        damping=part.joint.damping,
        friction=part.joint.friction,
    )


def _link(part: ImportedPart, anchor: Array) -> Link:
    """Return a part as a link whose frame has its origin at `anchor` in the root frame [m], shape [3]."""
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
        mass=max(part.mass, _MIN_KG),
        com=_triple(part.com - anchor),
        inertia=(xx, yy, zz, xy, xz, yz),
        friction=part.friction,
    )


def _supported(
    scene: Scene, things: tuple[ImportedObject, ...], assets: dict[str, Asset], store: AssetStore
) -> Scene:
    """Return the scene with the support of each object, from the source or inferred from contacts.

    The contact area of each object becomes a support surface of its support.
    """
    with World(scene, store) as world:
        contacts = world.contacts(_TOUCH_M)
    depths = {frozenset((contact.a, contact.b)): contact.depth for contact in contacts}
    layout = Layout(scene, store)
    names = {thing.id: item.id for thing, item in zip(things, scene.objects, strict=True)}
    supports = {}
    for thing, item in zip(things, scene.objects, strict=True):
        if thing.support is None:
            others = {name for pair in depths if item.id in pair for name in pair if name != item.id}
            supports[item.id] = _support(layout[item.id], others, layout)
        else:
            stated = names.get(thing.support, thing.support)
            supports[item.id] = stated if stated in layout or stated in ("wall", "ceiling") else "floor"
    _break_cycles(supports, layout)
    surfaces: dict[str, list[Surface]] = {}
    for name, support in supports.items():
        if support in layout:
            depth = max(0.0, depths.get(frozenset((name, support)), 0.0))
            surfaces.setdefault(support, []).append(_surface(layout[name], layout[support], depth))
    objects = []
    for item in scene.objects:
        part = _surface_name(item.id) if supports[item.id] in layout else None
        update: dict[str, object] = {"support": supports[item.id], "support_part": part}
        if item.id in surfaces:
            asset = assets[item.id].model_copy(update={"id": "", "surfaces": tuple(surfaces[item.id])})
            update["asset"] = store.add(asset.identified())
        objects.append(item.model_copy(update=update))
    return scene.replacing(objects=tuple(objects))


def _support(item: Located, others: set[str], layout: Layout) -> str:
    """Return `floor`, `wall`, `ceiling` or the id of the supporting object, given the objects in contact."""
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
    """Return whether a touching object may be the support: it reaches lower, and is fixed if `item` is."""
    return other.low[2] < item.low[2] + _TOUCH_M and not (item.item.fixed and not other.item.fixed)


def _overlap(item: Located, other: Located) -> float:
    """Return the area of an object's footprint on top faces at its bottom of another object [m2]."""
    bottom = float(item.low[2])
    return sum(
        float(outline.intersection(item.footprint).area)
        for outline, _, top in other.prisms
        if abs(top - bottom) <= 2 * _TOUCH_M
    )


def _break_cycles(supports: dict[str, str], layout: Layout) -> None:
    """Break cycles of objects that support each other by assigning the lowest to the floor."""
    for start in supports:
        chain, support = [start], supports[start]
        while support in supports and support not in chain:
            chain.append(support)
            support = supports[support]
        if support in chain:
            cycle = chain[chain.index(support) :]
            supports[min(cycle, key=lambda name: (float(layout[name].low[2]), name))] = "floor"


def _surface_name(name: str) -> str:
    return f"under_{name}"


def _surface(item: Located, support: Located, depth: float) -> Surface:
    """Return the surface of a support below an object that penetrates it by `depth` [m]."""
    root = support.asset.links[0].name
    contact = np.array([*item.center[:2], item.low[2] + depth])
    center = support.link_pose(root).inverse().apply(contact)
    return Surface(
        name=_surface_name(item.item.id), link=root, placement="on", center=_triple(center),
        size=(_PATCH_M, _PATCH_M),
    )  # fmt: skip


def _not_judged(house: Building, source: SourceScene, free: bool) -> dict[str, str]:
    """Return the reason why a metric or critic does not apply, by its name."""
    reasons = {
        "task": "the scene has no task",
        "accessible": "the scene has no task",
        "plausible": "object names are not known categories",
        "openable": "the scene does not state which joints are doors, drawers and lids",
        "visible": "appearance is not imported",
    }
    if not source.rooms:
        reasons |= {"openings_clear": "the scene does not state where doors and windows are"}
        reasons |= {"walkways": "the scene does not state where doors and windows are"}
    if not free:
        reasons |= {name: "no object is free to move" for name in ("stable_strict", "stable_lenient")}
    if not house.has_walls:
        reasons |= {name: "no walls were found" for name in ("in_bounds", "navigable")}
    return reasons


def _notes(house: Building, source: SourceScene) -> tuple[str, ...]:
    missing = () if house.has_floor else ("no floor was found: objects without another support fall",)
    return (*source.notes, *missing)
