"""Objects made to the requirements of a task."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sage.asset import Asset
from sage.context import Context
from sage.geometry import Pose, Vec3
from sage.scene import Placement, SceneObject
from sage.spatial.layout import Layout, Located
from sage.spatial.places import exists
from sage.spatial.predicates import holds, part_name, serves
from sage.spatial.rescale import rescaled
from sage.spatial.stance import ON_BASE, on_back
from sage.spatial.walkway import GRIPPER_M
from sage.task import WINDOW, Relation, RequiredObject, Task
from sage.vocabulary import Category, Vocabulary, answers

__all__ = [
    "LARGE_CLOTH_M",
    "agreement",
    "ambiguous",
    "folded",
    "is_drawn_up",
    "is_to_be_seen",
    "laid",
    "larger",
    "make_for_task",
    "neighbours",
    "opened",
    "said_of",
    "scene_object",
    "slimmer",
]

LARGE_CLOTH_M = 0.9
"""Cloths that are longer are kept folded [m]."""
_OPEN_SHARE = 0.85
_BESIDE = ("next_to", "near", "left_of", "right_of", "in_front_of", "behind", "between")
_NOT_WHERE = ("on", "in", "in_room", "open", "closed", "lifted")
"""Relations that do not say where beside other things something is."""
_MAKES = 8
_GRASP_TRIES = 3
"""After so many, the last a small one, nothing that a gripper can take is looked for."""
_MIDDLE_OF = 3
_SEAT_M = 0.58
_AT_TABLE = ("next_to", "around", "long_side", "short_side")
_SEATS = ("chair", "stool")
_AIR_M, _BESIDE_M = 0.004, 0.012
_CROWDING = 2.2
"""Room that things need to be put down one by one, relative to what they take."""
_LAYERS = 3
_FLAT = 0.2
"""Height relative to the shorter side, below which things are flat."""
_IN_CIRCLE = 0.8
"""Sides of what is about square, relative to the round surface that it goes on."""
_UPRIGHT = 0.5
"""Depth relative to width and height, below which what is not hung up does not stay upright."""
_BUNDLE_M = 0.12
_STRETCHES = (1.1, 1.2, 1.3, 1.4, 1.55, 1.7, 1.9)
_MAKERS: dict[Placement, str] = {"in": "box", "on": "cutting board"}
"""What is made in place of something that has neither hollow nor top, though the task wants one."""
_LEDGE = "wall shelf"
"""The same for what hangs on a wall."""
_LIDDED = "toy box"
"""The same for what does not open."""
_ALL_OVER = tuple((step, step, step) for step in reversed(_STRETCHES))
_AXES = ((False, True, False), (True, True, False), (True, True, True))
_LARGEST, _HEAVIEST, _LIGHTEST = 1.9, 2.3, 0.45
"""Sides and mass of what was stretched, at most, relative to what is typical of its kind."""


def ambiguous(category: str, task: Task, vocabulary: Vocabulary) -> bool:
    """Return whether one more of a category would be unwelcome: excluded, or mistaken for what is asked.

    To who asks for one swivel chair an armchair is another; to who asks for a coffee table no side table is.
    """
    if any(vocabulary.is_a(category, name) for name in task.excluded):
        return True
    return any(
        item.exact and (answers(category, item, vocabulary) or _is_kin(category, item, vocabulary))
        for item in task.objects
    )


def _is_kin(category: str, asked: RequiredObject, vocabulary: Vocabulary) -> bool:
    """Return whether a category answers to the last word of a noun that is not the name of its kind."""
    own = asked.name.split()
    known = vocabulary.find(own[-1]) if own else None
    is_kind = asked.name.endswith(asked.category)
    return known is not None and not is_kind and vocabulary.is_a(category, own[-1])


def make_for_task(object_id: str, item: RequiredObject, task: Task, context: Context) -> Asset:
    """Make a required object that serves the task.

    Its surfaces are large enough for what the task puts there, it has the doors and drawers that the task
    speaks of, and a gripper can take it if it is to be moved, where its kind allows that. If none of a few
    has room, the last is stretched, as far as things of its kind may differ. What
    has no lid, hollow or top at all, though the task needs one, is made by a builder of what has.
    """
    loads = _loads(object_id, task, context)
    opens = any(
        r.name in ("open", "closed") and r.subject == object_id and r.part is None
        for r in (*task.initial, *task.goal)
    )
    depth, width = _room_for_seats(object_id, task, context)
    for attempt in range(_MAKES):
        large = {"size": "large"} if loads and attempt >= _MAKES // 2 else {}
        small = {"size": "small"} if item.role == "target" and attempt == _GRASP_TRIES - 1 else {}
        asked = small | large | item.attributes
        asset = context.source.make(item.category, context.rng, asked, (depth, width, None))
        graspable = item.role != "target" or asset.grasp_width <= GRIPPER_M or attempt >= _GRASP_TRIES
        if graspable and all(load.fits(asset) for load in loads) and _has_parts(object_id, asset, task):
            return _told_of_shape(asset, item, context)
    asset = _substituted(asset, item, loads, opens, context)
    return _told_of_shape(_stretched(asset, item.category, loads, context), item, context)


def _told_of_shape(asset: Asset, item: RequiredObject, context: Context) -> Asset:
    """Return the asset, with a note if it has not the shape that was asked for."""
    wanted, made = item.attributes.get("shape"), asset.attributes.get("shape")
    if wanted and wanted != made:
        context.note(f"no {item.category} is made {wanted}" + (f": it is {made}" if made else ""))
    return asset


def _has_parts(object_id: str, asset: Asset, task: Task) -> bool:
    """Return whether an asset has every part that the task opens, closes or puts things in."""
    movable = tuple(joint.child for joint in asset.joints if joint.opens != "none")
    every = (*movable, *(surface.name for surface in asset.surfaces))
    for relation in (*task.initial, *task.goal):
        opens = relation.name in ("open", "closed") and relation.subject == object_id
        if opens and not (_has_part(relation.part, movable) if relation.part else movable):
            return False
        at_home = relation.name in ("on", "in") and relation.object == object_id and not relation.negated
        if at_home and relation.part and not _has_part(relation.part, every):
            return False
    return True


def _has_part(part: str, names: tuple[str, ...]) -> bool:
    """Return whether a part is among some names; a middle one has others on both sides."""
    stem, _, place = part.rpartition("_")
    alike = [name for name in names if name.rpartition("_")[0] == stem]
    return part_name(part, names) is not None and (place != "middle" or len(alike) >= _MIDDLE_OF)


def _substituted(
    asset: Asset, item: RequiredObject, loads: list[_Load], opens: bool, context: Context
) -> Asset:
    """Return an asset of the same size and mass that can what the task needs and this one cannot, if any."""
    lacking = next((p for p in _MAKERS if any(p == o.placement for o in loads) and not _has(asset, p)), None)
    if opens and not _opens(asset):
        makers = [_LIDDED] * _MAKES
    elif lacking == "on" and asset.mount == "wall":
        return _with_ledge(asset, item, context)
    else:
        makers = [_MAKERS[lacking]] if lacking is not None else []
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
    """Return what hangs on a wall with a board that things can lie on: a rail, a row of hooks."""
    shelf = context.source.make(_LEDGE, context.rng, item.attributes)
    size = (shelf.size[0], max(shelf.size[1], asset.size[1]), shelf.size[2])
    context.note(f"a {item.category} that things lie on is made by the builder of a {_LEDGE}")
    note = f"parametric: a {_LEDGE}, as wide as a {item.category}"
    return rescaled(shelf, size, asset.mass, category=asset.category, synset=asset.synset, provenance=note)


def _opens(asset: Asset) -> bool:
    return any(joint.opens != "none" for joint in asset.joints)


def folded(asset: Asset) -> Iterator[Asset]:
    """Yield a flat asset as it is once it is folded, across its longer side, and folded again."""
    depth, width, height = asset.size
    while height < _FLAT * min(depth, width):
        shape = (depth / 2, width) if depth > width else (depth, width / 2)
        depth, width, height = (*shape, 2 * height)
        yield rescaled(
            asset, (round(depth, 4), round(width, 4), round(height, 4)), asset.mass,
            provenance=f"{asset.provenance}; folded to fit where it has to be",
        )  # fmt: skip


def laid(asset: Asset) -> tuple[Asset, Pose]:
    """Return what is made to hang as it is on the floor, and how it is set down there.

    Large cloths and blinds are drawn up, what is flat lies on its back, and anything else stands.
    """
    depth, width, height = asset.size
    if asset.mount not in ("wall", "ceiling"):
        return asset, ON_BASE
    if height > LARGE_CLOTH_M and depth < _FLAT * height:
        size = (round(max(depth, _BUNDLE_M), 4), width, _BUNDLE_M)
        note = f"{asset.provenance}; drawn up to lie on the floor"
        return rescaled(asset, size, asset.mass, provenance=note), ON_BASE
    return asset, on_back(asset) if depth < _UPRIGHT * min(width, height) else ON_BASE


def slimmer(asset: Asset, share: float) -> Asset:
    """Return an asset made smaller by a share, and lighter by less."""
    depth, width, height = (round(side * share, 4) for side in asset.size)
    note = f"{asset.provenance}; made smaller to fit where it has to be"
    mass = asset.mass * max(share**1.5, _LIGHTEST)
    return rescaled(asset, (depth, width, height), mass, provenance=note)


def larger(asset: Asset, known: Category) -> Iterator[Asset]:
    """Yield an asset made larger all over, step by step, as far as things of its kind may differ."""
    for step in _STRETCHES:
        size = _scaled(asset.size, (step, step, step))
        if not _is_usual(size, asset.size, known.size):
            return
        mass = min(asset.mass * step**2, max(_HEAVIEST * known.mass, asset.mass))
        note = f"{asset.provenance}; made larger for what it has to take"
        yield rescaled(asset, size, mass, provenance=note)


def _has(asset: Asset, placement: Placement) -> bool:
    return any(serves(surface, placement, asset) for surface in asset.surfaces)


@dataclass(frozen=True)
class _Load:
    """Objects that the task puts on or in one part of another."""

    placement: Placement
    part: str | None
    sizes: tuple[Vec3, ...]
    """Typical depth, width, height of each thing that is there at a time [m]."""

    def fits(self, asset: Asset, scale: Vec3 = (1.0, 1.0, 1.0)) -> bool:
        """Return whether all of it finds room on an asset that is stretched by a scale."""
        surfaces = [s for s in asset.surfaces if serves(s, self.placement, asset)]
        if self.part is not None:
            name = part_name(self.part, tuple(surface.name for surface in asset.surfaces))
            surfaces = [surface for surface in surfaces if surface.name == name]
        square = [_IN_CIRCLE if s.round else 1.0 for s in surfaces]
        rooms = [
            (
                s.size[0] * scale[0] * share,
                s.size[1] * scale[1] * share,
                None if s.height is None else s.height * scale[2],
            )
            for s, share in zip(surfaces, square, strict=True)
        ]
        if not all(any(_goes(size, room) for room in rooms) for size in self.sizes):
            return False
        needed = sum((depth + _BESIDE_M) * (width + _BESIDE_M) for depth, width, _ in self.sizes)
        crowd = _CROWDING if len(self.sizes) > 1 else 0.0
        mean = sum(size[2] for size in self.sizes) / len(self.sizes)
        return needed * crowd <= sum(
            depth * width * self._layers(asset.size[2] * scale[2] if height is None else height, mean)
            for depth, width, height in rooms
        )

    def _layers(self, height: float, mean: float) -> int:
        """Return how many layers of things of a mean height can lie on one another in a hollow."""
        return max(1, min(_LAYERS, int(0.8 * height / mean))) if self.placement == "in" else 1


def _goes(size: Vec3, room: tuple[float, float, float | None]) -> bool:
    flat = zip(sorted(size[:2]), sorted(room[:2]), strict=True)
    return all(side + _AIR_M <= free for side, free in flat) and (room[2] is None or size[2] < room[2] - 0.01)


def _loads(object_id: str, task: Task, context: Context) -> list[_Load]:
    """Return what is on and in an object at first, together, and what goals put there, one by one."""
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
            first.setdefault((relation.name, relation.part), []).append(_kept_size(known))
        else:
            later.append(_Load(relation.name, relation.part, (_kept_size(known),)))
    return [*(_Load(*key, tuple(sizes)) for key, sizes in first.items()), *later]


def _kept_size(category: Category) -> Vec3:
    """Return the size of things of a category where they are kept: large cloths folded twice [m]."""
    depth, width, height = category.size
    large = category.soft and max(category.size) > LARGE_CLOTH_M
    return (depth / 2, width / 2, 4 * height) if large else category.size


def _stretched(asset: Asset, category: str, loads: list[_Load], context: Context) -> Asset:
    """Return the asset stretched by the least of some steps that makes room for most.

    It becomes wider, or wider and deeper, or larger in all; as large as may be if no step makes room.
    """
    known = context.vocabulary.find(category)
    if known is None:
        return asset
    best, most = (1.0, 1.0, 1.0), sum(load.fits(asset) for load in loads)
    for step, axes in itertools.product(_STRETCHES, _AXES):
        scale = (step if axes[0] else 1.0, step if axes[1] else 1.0, step if axes[2] else 1.0)
        fitting = sum(load.fits(asset, scale) for load in loads)
        if fitting > most and _is_usual(_scaled(asset.size, scale), asset.size, known.size):
            best, most = scale, fitting
    if best == (1.0, 1.0, 1.0) and most < len(loads):
        usual = (s for s in _ALL_OVER if _is_usual(_scaled(asset.size, s), asset.size, known.size))
        best = next(usual, best)
    if best == (1.0, 1.0, 1.0):
        return asset
    mass = min(asset.mass * math.prod(best) ** (2 / 3), max(_HEAVIEST * known.mass, asset.mass))
    note = f"{asset.provenance}; stretched for what it has to hold"
    return rescaled(asset, _scaled(asset.size, best), mass, provenance=note)


def _scaled(size: Vec3, scale: Vec3) -> Vec3:
    depth, width, height = (round(side * factor, 4) for side, factor in zip(size, scale, strict=True))
    return (depth, width, height)


def _is_usual(size: Vec3, before: Vec3, known: Vec3) -> bool:
    """Return whether no side is far larger than is typical, or than it was."""
    sides = zip(sorted(size), sorted(before), sorted(known), strict=True)
    return all(side <= max(_LARGEST * typical, old) for side, old, typical in sides)


def is_drawn_up(category: str, vocabulary: Vocabulary) -> bool:
    """Return whether things of a category are seats that people draw up to a table."""
    return any(vocabulary.is_a(category, noun) for noun in _SEATS)


def _room_for_seats(object_id: str, task: Task, context: Context) -> tuple[float | None, float | None]:
    """Return how deep and how wide a table must be for the seats that the task wants at it [m], or None."""
    seats = dict.fromkeys(_AT_TABLE, 0)
    for relation in task.initial:
        item = task.required(relation.subject) if relation.object == object_id else None
        kind = relation.name if relation.name in seats else None
        if item and kind and is_drawn_up(item.category, context.vocabulary):
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


def opened(object_id: str, asset: Asset, task: Task) -> dict[str, float]:
    """Return the joint positions that an object starts with: closed, unless the task wants it open."""
    positions = {joint.name: 0.0 for joint in asset.joints}
    for relation in task.initial:
        if relation.name != "open" or relation.subject != object_id or relation.negated:
            continue
        names = tuple(joint.child for joint in asset.joints if joint.opens != "none")
        part = part_name(relation.part, names) if relation.part else None
        for joint in asset.joints:
            if joint.opens != "none" and (relation.part is None or joint.child == part):
                positions[joint.name] = round(joint.lower + _OPEN_SHARE * (joint.upper - joint.lower), 4)
    return positions


def said_of(object_id: str, layout: Layout) -> list[Relation]:
    """Return what the task says of where an object is, as far as the other things are placed.

    What it says of things that the object is to carry, it says of the object: crayons in a box at a book.
    """
    initial = layout.scene.task.initial
    carried = {
        r.subject for r in initial if r.name in ("on", "in") and r.object == object_id and not r.negated
    }
    found = []
    for relation in initial:
        if relation.name in _NOT_WHERE and not (relation.negated and relation.name in ("on", "in")):
            continue
        if carried.intersection(_named(relation)) and not relation.negated:
            own = (key for key in ("subject", "object", "other") if getattr(relation, key) in carried)
            relation = relation.model_copy(update=dict.fromkeys(own, object_id))
        named = _named(relation)
        if named.count(object_id) == 1 and _placed(named, object_id, layout):
            found.append(relation)
    return list(dict.fromkeys(found))


def is_to_be_seen(item: SceneObject, task: Task) -> bool:
    """Return whether a robot has to do with an object that the task puts in nothing."""
    put_in = any(r.subject == item.id and r.name == "in" and not r.negated for r in task.initial)
    return item.role != "context" and not put_in


def agreement(object_id: str, layout: Layout) -> tuple[Callable[[Located], int], int]:
    """Return what counts how much that is said of an object does not hold at a place, and the most of it."""
    said = said_of(object_id, layout)

    def failing(located: Located) -> int:
        names = {name for relation in said for name in _named(relation) if name in layout}
        together = Layout.of(
            layout.scene, {name: layout[name] for name in names} | _ring(said, layout) | {object_id: located}
        )
        return sum(not holds(relation, together) for relation in said)

    return failing, len(said)


def _ring(said: list[Relation], layout: Layout) -> dict[str, Located]:
    """Return what stands around the same things."""
    around = {relation.object for relation in said if relation.name == "around"}
    return {
        r.subject: layout[r.subject]
        for r in layout.scene.task.initial
        if r.name == "around" and r.object in around and r.subject in layout
    }


def neighbours(object_id: str, layout: Layout) -> tuple[Located, ...]:
    """Return what the task has beside an object, as far as it is placed."""
    return tuple(
        layout[name]
        for relation in said_of(object_id, layout)
        if relation.name in _BESIDE and not relation.negated
        for name in _named(relation)
        if name != object_id and name in layout
    )


def _named(relation: Relation) -> tuple[str, ...]:
    return tuple(filter(None, (relation.subject, relation.object, relation.other)))


def _placed(names: tuple[str, ...], object_id: str, layout: Layout) -> bool:
    room = layout.scene.rooms[0]
    return all(name == object_id or exists(name, room, layout) for name in names)


def scene_object(
    object_id: str,
    asset: Asset,
    required: RequiredObject | None,
    room: str,
    *,
    support: str,
    support_part: str | None = None,
    placement: Placement = "on",
    fixed: bool = False,
    joints: dict[str, float] | None = None,
    pose: Pose | None = None,
) -> SceneObject:
    """Return an object of an asset, named and attributed as the task asks."""
    attributes = dict(asset.attributes)
    name = asset.category
    if required is not None:
        attributes |= required.attributes
        name = required.name
    return SceneObject(
        id=object_id,
        category=asset.category,
        name=name,
        attributes=attributes,
        states=required.states if required else (),
        asset=asset.id,
        pose=pose or Pose(),
        size=asset.size,
        room=room,
        support=support,
        support_part=support_part,
        placement=placement,
        fixed=fixed,
        covering=asset.covering,
        joints=joints if joints is not None else {joint.name: 0.0 for joint in asset.joints},
        role=required.role if required else "context",
    )
