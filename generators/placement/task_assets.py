"""Assets made to the requirements of a task."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass

from sage.asset import Asset
from sage.context import Context
from sage.generators.placement.reshaping import (
    LARGE_CLOTH_M,
    MASS_LIMIT,
    STRETCHES,
    is_plausible_size,
    scaled_size,
)
from sage.geometry import Vec3
from sage.scene import Placement
from sage.spatial.predicates import part_name, serves
from sage.spatial.rescale import rescaled
from sage.spatial.walkway import GRIPPER_M
from sage.task import WINDOW, RequiredObject, Task
from sage.vocabulary import Category, Vocabulary

__all__ = ["is_table_seat", "make_for_task"]

_ATTEMPTS = 8
_GRASP_ATTEMPTS = 3
"""Attempts that require a graspable target; the last of them asks for a small one."""
_LEAST_FOR_MIDDLE = 3
"""Number of drawers or shelves from which on one of them is the middle one."""
_SEAT_M = 0.58
"""Length of a table's side for each seat [m]."""
_AT_TABLE = ("next_to", "around", "long_side", "short_side")
_TABLE_SEATS = ("chair", "stool")
_AIR_M, _BESIDE_M = 0.004, 0.012
"""Free length around a load in its surface, and between loads [m]."""
_PACKING = 2.2
"""Area needed to place several loads one by one, relative to the sum of their footprints."""
_LAYERS = 3
_INSCRIBED = 0.8
"""Sides of a nearly square load that fits on a round surface, relative to its diameter."""
_SUBSTITUTES: dict[Placement, str] = {"in": "box", "on": "cutting board"}
"""Category whose builder replaces that of an asset without the cavity or top that the task needs."""
_LEDGE = "wall shelf"
"""Substitute for a wall-mounted asset without a top."""
_LIDDED = "toy box"
"""Substitute for an asset without a door, drawer or lid."""
_UNIFORM = tuple((step, step, step) for step in reversed(STRETCHES))
_AXES = ((False, True, False), (True, True, False), (True, True, True))
_UNSCALED: Vec3 = (1.0, 1.0, 1.0)


def make_for_task(object_id: str, item: RequiredObject, task: Task, context: Context) -> Asset:
    """Make the asset of a required object so that the task is feasible with it.

    Its surfaces have room for what the task puts on and in it, it has the doors and drawers that the task
    names, and a target fits the gripper where its category allows that. If none of 8 samples has room, the
    last is stretched as far as is plausible for its category. If the category lacks the lid, cavity or top
    that the task needs, the builder of another category makes it.

    Args:
        object_id: id of the object.
        item: its requirement.
        task: the task, whose relations give loads, parts and seats.
        context: source of assets, vocabulary and random generator.
    """
    loads = _loads(object_id, task, context)
    opens = any(
        r.name in ("open", "closed") and r.subject == object_id and r.part is None
        for r in (*task.initial, *task.goal)
    )
    depth, width = _size_for_seats(object_id, task, context)
    for attempt in range(_ATTEMPTS):
        large = {"size": "large"} if loads and attempt >= _ATTEMPTS // 2 else {}
        small = {"size": "small"} if item.role == "target" and attempt == _GRASP_ATTEMPTS - 1 else {}
        asked = small | large | item.attributes
        asset = context.source.make(item.category, context.rng, asked, (depth, width, None))
        graspable = item.role != "target" or asset.grasp_width <= GRIPPER_M or attempt >= _GRASP_ATTEMPTS
        if graspable and all(load.fits(asset) for load in loads) and _has_parts(object_id, asset, task):
            return _with_shape_noted(asset, item, context)
    asset = _substituted(asset, item, loads, opens, context)
    return _with_shape_noted(_stretched(asset, item.category, loads, context), item, context)


def _with_shape_noted(asset: Asset, item: RequiredObject, context: Context) -> Asset:
    """Return the asset, after noting if it lacks the required shape."""
    required, made = item.attributes.get("shape"), asset.attributes.get("shape")
    if required and required != made:
        context.note(f"no {item.category} is made {required}" + (f": it is {made}" if made else ""))
    return asset


def _has_parts(object_id: str, asset: Asset, task: Task) -> bool:
    """Return whether an asset has every part that the task opens, closes or puts things in."""
    movable = tuple(joint.child for joint in asset.joints if joint.opens != "none")
    every = (*movable, *(surface.name for surface in asset.surfaces))
    for relation in (*task.initial, *task.goal):
        opens = relation.name in ("open", "closed") and relation.subject == object_id
        if opens and not (_has_part(relation.part, movable) if relation.part else movable):
            return False
        carries = relation.name in ("on", "in") and relation.object == object_id and not relation.negated
        if carries and relation.part and not _has_part(relation.part, every):
            return False
    return True


def _has_part(part: str, names: tuple[str, ...]) -> bool:
    """Return whether a part is among some names; a middle one has others on both sides."""
    stem, _, place = part.rpartition("_")
    alike = [name for name in names if name.rpartition("_")[0] == stem]
    return part_name(part, names) is not None and (place != "middle" or len(alike) >= _LEAST_FOR_MIDDLE)


def _substituted(
    asset: Asset, item: RequiredObject, loads: list[_Load], opens: bool, context: Context
) -> Asset:
    """Return a substitute of the same size and mass with the parts that the task needs; else the asset."""
    lacking = next(
        (p for p in _SUBSTITUTES if any(p == o.placement for o in loads) and not _has(asset, p)), None
    )
    if opens and not _opens(asset):
        makers = [_LIDDED] * _ATTEMPTS
    elif lacking == "on" and asset.mount == "wall":
        return _with_ledge(asset, item, context)
    else:
        makers = [_SUBSTITUTES[lacking]] if lacking is not None else []
    for maker in makers:
        other = context.source.make(maker, context.rng, item.attributes)
        if _opens(other) or not opens:
            context.note(f"a {item.category} as the task needs it is made by the builder of a {maker}")
            note = f"parametric: a {maker}, stretched to the size and mass of a {item.category}"
            return rescaled(
                other, asset.size, asset.mass, category=asset.category, synset=asset.synset, provenance=note
            )
    return asset


def _with_ledge(asset: Asset, item: RequiredObject, context: Context) -> Asset:
    """Return a wall-mounted asset, such as a row of hooks, as a shelf that things can lie on."""
    shelf = context.source.make(_LEDGE, context.rng, item.attributes)
    size = (shelf.size[0], max(shelf.size[1], asset.size[1]), shelf.size[2])
    context.note(f"a {item.category} that things lie on is made by the builder of a {_LEDGE}")
    note = f"parametric: a {_LEDGE}, as wide as a {item.category}"
    return rescaled(shelf, size, asset.mass, category=asset.category, synset=asset.synset, provenance=note)


def _opens(asset: Asset) -> bool:
    return any(joint.opens != "none" for joint in asset.joints)


def _has(asset: Asset, placement: Placement) -> bool:
    return any(serves(surface, placement, asset) for surface in asset.surfaces)


@dataclass(frozen=True)
class _Load:
    """Objects that the task puts on or in one part of another."""

    placement: Placement
    part: str | None
    sizes: tuple[Vec3, ...]
    """Typical depth, width, height of each object that is there at a time [m]."""

    def fits(self, asset: Asset, scale: Vec3 = _UNSCALED) -> bool:
        """Return whether the load has room on an asset that is stretched by a scale per axis."""
        surfaces = [s for s in asset.surfaces if serves(s, self.placement, asset)]
        if self.part is not None:
            name = part_name(self.part, tuple(surface.name for surface in asset.surfaces))
            surfaces = [surface for surface in surfaces if surface.name == name]
        square = [_INSCRIBED if s.round else 1.0 for s in surfaces]
        rooms = [
            (
                s.size[0] * scale[0] * share,
                s.size[1] * scale[1] * share,
                None if s.height is None else s.height * scale[2],
            )
            for s, share in zip(surfaces, square, strict=True)
        ]
        if not all(any(_fits_in(size, room) for room in rooms) for size in self.sizes):
            return False
        needed = sum((depth + _BESIDE_M) * (width + _BESIDE_M) for depth, width, _ in self.sizes)
        crowd = _PACKING if len(self.sizes) > 1 else 0.0
        mean = sum(size[2] for size in self.sizes) / len(self.sizes)
        return needed * crowd <= sum(
            depth * width * self._layers(asset.size[2] * scale[2] if height is None else height, mean)
            for depth, width, height in rooms
        )

    def _layers(self, height: float, mean: float) -> int:
        """Return the number of layers of objects of a mean height that a cavity of a height holds [m]."""
        return max(1, min(_LAYERS, int(0.8 * height / mean))) if self.placement == "in" else 1


def _fits_in(size: Vec3, room: tuple[float, float, float | None]) -> bool:
    flat = zip(sorted(size[:2]), sorted(room[:2]), strict=True)
    return all(side + _AIR_M <= free for side, free in flat) and (room[2] is None or size[2] < room[2] - 0.01)


def _loads(object_id: str, task: Task, context: Context) -> list[_Load]:
    """Return the initial loads of an object, each part's together, then those of each goal by itself."""
    first: dict[tuple[Placement, str | None], list[Vec3]] = {}
    later: list[_Load] = []
    for relation in (*task.initial, *task.goal):
        if relation.object != object_id or relation.negated or relation.name not in ("on", "in"):
            continue
        subject = task.required(relation.subject)
        known = context.vocabulary.find(subject.category) if subject else None
        if known is None:
            continue
        if relation in task.initial:
            first.setdefault((relation.name, relation.part), []).append(_stored_size(known))
        else:
            later.append(_Load(relation.name, relation.part, (_stored_size(known),)))
    return [*(_Load(*key, tuple(sizes)) for key, sizes in first.items()), *later]


def _stored_size(category: Category) -> Vec3:
    """Return the typical size of objects of a category in storage [m]: large cloths are folded twice."""
    depth, width, height = category.size
    large = category.soft and max(category.size) > LARGE_CLOTH_M
    return (depth / 2, width / 2, 4 * height) if large else category.size


def _stretched(asset: Asset, category: str, loads: list[_Load], context: Context) -> Asset:
    """Return the asset stretched by the smallest scale with room for the most loads.

    Width is stretched before depth and height. If no scale makes more room, the largest plausible is used.
    """
    known = context.vocabulary.find(category)
    if known is None:
        return asset
    best, most = _UNSCALED, sum(load.fits(asset) for load in loads)
    for step, axes in itertools.product(STRETCHES, _AXES):
        scale = (step if axes[0] else 1.0, step if axes[1] else 1.0, step if axes[2] else 1.0)
        fitting = sum(load.fits(asset, scale) for load in loads)
        if fitting > most and is_plausible_size(scaled_size(asset.size, scale), asset.size, known.size):
            best, most = scale, fitting
    if best == _UNSCALED and most < len(loads):
        usual = (s for s in _UNIFORM if is_plausible_size(scaled_size(asset.size, s), asset.size, known.size))
        best = next(usual, best)
    if best == _UNSCALED:
        return asset
    mass = min(asset.mass * math.prod(best) ** (2 / 3), max(MASS_LIMIT * known.mass, asset.mass))
    note = f"{asset.provenance}; stretched for what it has to hold"
    return rescaled(asset, scaled_size(asset.size, best), mass, provenance=note)


def is_table_seat(category: str, vocabulary: Vocabulary) -> bool:
    """Return whether objects of a category are seats that people draw up to a table."""
    return any(vocabulary.is_a(category, noun) for noun in _TABLE_SEATS)


def _size_for_seats(object_id: str, task: Task, context: Context) -> tuple[float | None, float | None]:
    """Return the depth and width of a table for the seats that the task has at it [m], or None for any."""
    seats = dict.fromkeys(_AT_TABLE, 0)
    for relation in task.initial:
        item = task.required(relation.subject) if relation.object == object_id else None
        kind = relation.name if relation.name in seats else None
        if item and kind and is_table_seat(item.category, context.vocabulary):
            seats[kind] += 1
    at_wall = any(
        r.subject == object_id and (r.name == "against_wall" or r.object == WINDOW) for r in task.initial
    )
    owner = task.required(object_id)
    known = context.vocabulary.find(owner.category) if owner else None
    fronts = known is not None and known.fixed and bool({"drawer", "door"} & known.parts.keys())
    at_ends = math.ceil(seats["short_side"] / 2)
    at_sides = seats["long_side"] if at_wall or fronts else math.ceil(seats["long_side"] / 2)
    free = max(seats["next_to"], seats["around"])
    if free > 4:
        at_sides = max(at_sides, math.ceil((free - 2) / 2))
    return at_ends * _SEAT_M if at_ends > 1 else None, at_sides * _SEAT_M if at_sides > 1 else None
