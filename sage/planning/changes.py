"""Changes of an edit: the calls to make, and the conditions that must hold afterwards."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

import numpy as np

from sage.asset import AssetStore
from sage.errors import EditRejected, TaskNotUnderstood
from sage.geometry import Array, Frozen, Vec2, Vec3
from sage.language import lexicon
from sage.language.clauses import Place
from sage.language.phrases import Phrase, element_of, unknown
from sage.planning.amounts import Way
from sage.planning.bearings import direction_from, direction_of, nearest_corner, nearest_wall
from sage.planning.goals import Goal, Goals
from sage.planning.referents import Referents
from sage.planning.requests import Request
from sage.scene import Scene, SceneObject, free_id
from sage.spatial.layout import Layout
from sage.spatial.predicates import part_name
from sage.task import ROOM, Relation
from sage.tools import ToolCall
from sage.vocabulary import Category, Vocabulary

__all__ = ["OBJECTS", "Change", "changes_for"]

OBJECTS = ("object_id", "first", "second")
"""Arguments of calls that name the object to be changed."""

_DIRECTED = ("to", "onto", "into")
_NUDGE_M, _STEP_M = 0.1, 0.3
"""Default shifts of small objects and of furniture [m]."""


class Change(Frozen):
    """Change of one object."""

    words: str
    """Words of the instruction that request it."""
    subject: str
    """Id of the object after the change, or of the removed object."""
    calls: tuple[ToolCall, ...]
    gone: bool = False
    """Whether the object must be removed."""
    category: str | None = None
    """Required category."""
    attributes: dict[str, str] = {}
    """Required attributes."""
    relation: Relation | None = None
    """Required relation: its place, or whether it is open."""
    larger: bool | None = None
    """Whether it must be larger (True) or smaller (False) than `size`; None for any size."""
    size: Vec3 | None = None
    """Depth, width and height before the change [m]."""
    yaw: float | None = None
    """Required heading in the world frame [rad]."""
    to: Vec2 | None = None
    """Required position on the floor plan, in the world frame [m]."""
    painted: bool = False
    """Whether the subject is a room whose walls are painted."""


def changes_for(
    requests: Iterable[Request], scene: Scene, store: AssetStore, vocabulary: Vocabulary
) -> tuple[Change, ...]:
    """Return the changes of a scene that requests ask for.

    Raises:
        TaskNotUnderstood: a phrase matches no object, or more than it may.
        EditRejected: a request cannot be done, or nothing would change.
    """
    editor = _Editor(scene, store, vocabulary)
    changes = tuple(change for request in requests for change in editor.changes(request))
    if not changes:
        raise EditRejected("nothing would change")
    return changes


class _Editor:
    def __init__(self, scene: Scene, store: AssetStore, vocabulary: Vocabulary) -> None:
        self._scene, self._store, self._vocabulary = scene, store, vocabulary
        self._layout = Layout(scene, store)
        self._referents = Referents(self._layout, vocabulary)
        self._goals = Goals(self._layout, self._referents, vocabulary)
        self._used = {item.id for item in scene.objects} | scene.task.ids
        self._new: dict[str, Category] = {}
        """Categories of the objects that earlier requests add, by id."""
        self._gone: set[str] = set()
        """Ids of the objects that earlier requests remove."""

    def changes(self, request: Request) -> Iterator[Change]:
        """Yield the changes of a request."""
        handlers = {
            "add": self._add, "remove": self._remove, "move": self._move, "replace": self._replace,
            "shift": self._shift,
            "swap": self._swap, "open": self._operate, "close": self._operate, "turn": self._turn,
            "make": self._make, "tidy": self._tidy, "clear": self._clear,
        }  # fmt: skip
        yield from handlers[request.kind](request)

    def _add(self, request: Request) -> Iterator[Change]:
        for phrase in request.objects:
            category = self._category(phrase)
            goals = self._goals.each(request.places, category)
            category = self._goals.fitting(category, phrase.noun, goals[0])
            added = []
            for goal in [goal for goal in goals for _ in range(phrase.count)]:
                name = free_id(category.name, self._used)
                self._used.add(name)
                self._new[name] = category
                added.append(name)
                attributes = {key: value for key, value in phrase.attributes if key != "contrast"}
                arguments = {"category": category.name, "attributes": attributes, "object_id": name}
                yield Change(
                    words=request.text, subject=name, category=category.name, attributes=attributes,
                    calls=(_call("place_object", goal, arguments),), relation=_relation_of(name, goal),
                )  # fmt: skip
            self._referents.last = tuple(added)

    def _category(self, phrase: Phrase) -> Category:
        if phrase.category is None:
            raise TaskNotUnderstood(unknown(phrase.noun or phrase.text, self._vocabulary))
        if phrase.category.covering or phrase.category.mount == "ceiling":
            raise EditRejected(
                f"a {phrase.noun} cannot be added by an edit; ask for it when the room is generated"
            )
        return phrase.category

    def _remove(self, request: Request) -> Iterator[Change]:
        names = [name for phrase in request.objects for name in self._referents.find(phrase, request.places)]
        spared = self._spared(request)
        names = [self._existing(name).id for name in names if name not in {*self._gone, *spared}]
        carried = {item.id for name in names for item in self._scene.carried_by(name)}
        self._gone |= {*names}
        for name in names:
            calls = () if name in carried else (_tool("remove_object", object_id=name),)
            if calls:
                yield Change(words=request.text, subject=name, gone=True, calls=calls)

    def _move(self, request: Request) -> Iterator[Change]:
        for phrase in request.objects:
            now, after = self._split_places(phrase, request.places)
            if not after:
                raise TaskNotUnderstood(f"no destination is given for {phrase.text!r}: name a place for it")
            before = self._referents.last
            names = self._referents.find(phrase, now, prefer=partial(self._is_elsewhere, places=after))
            self._referents.last = before or names
            for name in names:
                item = self._movable(name)
                goal = self._goals.of(after, self._category_of(name), mover=name)
                yield Change(
                    words=request.text, subject=name, relation=_relation_of(name, goal),
                    calls=(_call("move_object", goal, {"object_id": item}),),
                )  # fmt: skip
            self._referents.last = names

    def _shift(self, request: Request) -> Iterator[Change]:
        """Shift objects by a distance, left and right as seen from the door."""
        aimed = request.steps[0].way in ("towards", "away")
        now = request.places[1:] if aimed else request.places
        for phrase in request.objects:
            for name in self._referents.find(phrase, now):
                item = self._existing(self._movable(name))
                usual = _NUDGE_M if self._store[item.asset].mount == "surface" else _STEP_M
                moves = [
                    (usual if step.metres is None else step.metres) * self._direction(name, step.way, request)
                    for step in request.steps
                ]
                x, y = (round(float(share), 4) for share in np.sum(moves, axis=0))
                to = (item.pose.position[0] + x, item.pose.position[1] + y)
                yield Change(
                    words=request.text, subject=name, to=to,
                    calls=(_tool("shift_object", object_id=name, x=x, y=y),),
                )  # fmt: skip

    def _existing(self, name: str) -> SceneObject:
        """Return an object of the scene.

        Raises:
            EditRejected: an earlier request adds it.
        """
        if name not in self._scene:
            raise EditRejected(f"{name!r} does not exist yet; change it in another edit")
        return self._scene[name]

    def _direction(self, name: str, way: Way, request: Request) -> Array:
        """Return the unit vector of a shift, shape (2,)."""
        located = self._layout[name]
        room = self._scene.room(located.item.room)
        if way not in ("towards", "away"):
            return direction_of(way, located, room)
        phrase = request.places[0].phrases[0]
        if element_of(phrase) == "wall":
            point = nearest_wall(located, room)
        elif element_of(phrase) == "corner":
            point = nearest_corner(located, room)
        else:
            _, point = self._facing_target(phrase)
        return direction_from(located, point) * (1 if way == "away" else -1)

    def _is_elsewhere(self, name: str, places: tuple[Place, ...]) -> bool:
        """Return whether an object is not at its destination yet."""
        place, *more = places
        phrase = place.phrases[0]
        if phrase.kind != "object" or phrase.choice == "other" or name not in self._scene:
            return True
        return self._scene[name].support not in self._goals.reference(phrase, tuple(more))

    def _split_places(
        self, phrase: Phrase, places: tuple[Place, ...]
    ) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Split places into current locations and destinations."""
        directed = [k for k, place in enumerate(places) if place.relation in _DIRECTED]
        if directed:
            return places[: directed[0]], places[directed[0] :]
        now = [k for k, place in enumerate(places) if place.relation in ("from", "choice")]
        first = now[-1] + 1 if now else 0
        if len(places) - first > 1 and not now and phrase.kind != "pronoun":
            candidates = self._referents.matching(phrase)
            first = int(any(self._referents.is_at(name, places[0]) for name in candidates))
        return places[:first], places[first:]

    def _movable(self, name: str) -> str:
        """Return the id of an object that can be moved.

        Raises:
            EditRejected: it is built in or hangs.
        """
        if name not in self._scene:
            return name
        item = self._scene[name]
        if item.fixed or item.support in ("wall", "ceiling"):
            raise EditRejected(
                f"{name!r} is built in or hangs, so that it cannot be moved; remove or replace it instead"
            )
        return name

    def _category_of(self, name: str) -> Category:
        if name in self._new:
            return self._new[name]
        item = self._scene[name]
        category = self._vocabulary.find(item.category)
        mount = self._store[item.asset].mount
        if category is None:
            return Category(name=item.category, synset="", mount=mount, size=item.size, mass=1.0)
        return category.model_copy(update={"mount": mount})

    def _replace(self, request: Request) -> Iterator[Change]:
        assert request.new is not None
        category = self._category(request.new)
        attributes = {key: value for key, value in request.new.attributes if key != "contrast"}
        for phrase in request.objects:
            for name in self._referents.find(phrase, request.places):
                same = name in self._scene.task.ids or category.name == self._existing(name).category
                new = name if same else free_id(category.name, self._used)
                self._used.add(new)
                arguments: dict[str, Any] = {
                    "object_id": name,
                    "category": category.name,
                    "attributes": attributes,
                }
                arguments |= {} if same else {"new_id": new}
                yield Change(
                    words=request.text, subject=new, category=category.name, attributes=attributes,
                    calls=(_tool("replace_object", **arguments),),
                )  # fmt: skip
                self._referents.last = (new,)

    def _swap(self, request: Request) -> Iterator[Change]:
        assert request.new is not None
        (first, *_), (second, *_) = (
            self._referents.find(request.objects[0]),
            self._referents.find(request.new),
        )
        one, other = self._existing(first), self._existing(second)
        for name in (first, second):
            self._movable(name)
        yield Change(
            words=request.text, subject=first, relation=_resting(first, other),
            calls=(_tool("swap_objects", first=first, second=second),),
        )  # fmt: skip
        yield Change(words=request.text, subject=second, relation=_resting(second, one), calls=())

    def _operate(self, request: Request) -> Iterator[Change]:
        state = request.kind == "open"
        for phrase in request.objects:
            for name in self._operated(phrase, request):
                self._existing(name)
                part = phrase.part if phrase.part not in ("", "door", "region", "drawer") else None
                arguments: dict[str, Any] = {"object_id": name, "open": state}
                relation = Relation(name="open" if state else "closed", subject=name, part=part)
                yield Change(
                    words=request.text, subject=name, relation=relation,
                    calls=(_tool("operate_object", **arguments, **({"part": part} if part else {})),),
                )  # fmt: skip

    def _operated(self, phrase: Phrase, request: Request) -> tuple[str, ...]:
        """Return the objects to open or close; `everything` is every object with a door, drawer or lid."""
        if phrase.noun not in ("everything", "all"):
            return self._referents.find(phrase, request.places)
        assets = {located.item.id: located.asset for located in self._layout}
        return tuple(
            name for name, asset in assets.items() if any(joint.opens != "none" for joint in asset.joints)
        )

    def _turn(self, request: Request) -> Iterator[Change]:
        facing = next((p.phrases[0] for p in request.places if p.relation == "facing"), None)
        where = tuple(p for p in request.places if p.relation != "facing")
        for phrase in request.objects:
            for name in self._referents.find(phrase, where):
                pose = self._existing(name).pose
                if facing is not None:
                    target, (x, y) = self._facing_target(facing)
                    yaw = math.atan2(y - pose.position[1], x - pose.position[0])
                    calls = (_tool("turn_object", object_id=name, facing=target),)
                    yield Change(words=request.text, subject=name, calls=calls, yaw=yaw)
                    continue
                degrees = request.degrees if request.degrees is not None else 180.0
                yaw = pose.yaw + math.radians(degrees)
                yield Change(
                    words=request.text, subject=name, yaw=yaw,
                    calls=(_tool("turn_object", object_id=name, degrees=degrees),),
                )  # fmt: skip

    def _facing_target(self, phrase: Phrase) -> tuple[str, Array]:
        """Return the object or opening to face, and its position on the floor plan [m]."""
        element = element_of(phrase)
        if not element:
            name = self._goals.reference(phrase, ())[0]
            if name not in self._layout:
                raise EditRejected(f"{name!r} does not exist yet; turn to face it in another edit")
            return name, self._layout[name].center[:2]
        room = self._scene.rooms[0]
        if element in ("room", "middle"):
            return ROOM, np.array(room.floor.centroid.coords[0])
        found = [(wall, opening) for wall, opening in room.openings if opening.kind == element]
        if not found:
            raise TaskNotUnderstood(f"there is no {element!r} in the room")
        wall, opening = found[0]
        return opening.id, wall.point(opening.offset)

    def _make(self, request: Request) -> Iterator[Change]:
        attributes = dict(request.attributes)
        for phrase in request.objects:
            if element_of(phrase):
                yield self._painted(element_of(phrase), request)
                continue
            for name in self._referents.find(phrase, request.places):
                item = self._existing(name)
                depth, width, height = item.size
                scale = request.scale or 1.0
                asset = self._store[item.asset]
                tall = scale if asset.mount == "surface" else 1.0
                size = (depth * scale, width * scale, height * tall)
                was = asset.attributes.get("color", "")
                kept = {"color": was} if was in lexicon.COLOURS and not attributes else {}
                yield Change(
                    words=request.text, subject=name, category=item.category, attributes=attributes,
                    larger=None if request.scale is None else scale > 1, size=item.size,
                    calls=(_tool("replace_object", object_id=name, attributes=kept | attributes, size=size),),
                )  # fmt: skip

    def _painted(self, element: str, request: Request) -> Change:
        """Return the change of the wall colour."""
        color = dict(request.attributes).get("color")
        if element not in ("wall", "room") or color is None:
            raise EditRejected(
                f"an edit cannot change the {element} in this way; walls can be painted in a colour"
            )
        calls = (_tool("paint_walls", color=f"{request.shade} {color}".strip()),)
        return Change(words=request.text, subject=self._scene.rooms[0].id, calls=calls, painted=True)

    def _tidy(self, request: Request) -> Iterator[Change]:
        """Move small objects from the floor onto surfaces."""
        lying = [item for item in self._scene.objects if self._lies_about(item)]
        if not lying:
            raise EditRejected("nothing small lies on the floor; name the objects to move or remove")
        for item in lying:
            goal = self._goals.home(self._category_of(item.id))
            yield Change(
                words=request.text, subject=item.id, relation=_relation_of(item.id, goal),
                calls=(_call("move_object", goal, {"object_id": item.id}),),
            )  # fmt: skip

    def _lies_about(self, item: SceneObject) -> bool:
        needed = any(r.subject == item.id for r in self._scene.task.initial)
        return item.support == "floor" and self._store[item.asset].mount == "surface" and not needed

    def _clear(self, request: Request) -> Iterator[Change]:
        """Remove the objects on furniture that the task does not need."""
        for phrase in request.objects:
            for name in self._referents.find(phrase, request.places):
                there = [item for item in self._scene.supported_by(name) if self._is_in(item, phrase.part)]
                there = [item for item in there if item.id not in self._spared(request)]
                if not there:
                    raise EditRejected(f"nothing is on or in {name!r}")
                for item in there:
                    calls = (_tool("remove_object", object_id=item.id),)
                    yield Change(words=request.text, subject=item.id, gone=True, calls=calls)

    def _spared(self, request: Request) -> set[str]:
        return {name for phrase in request.spared for name in self._goals.reference(phrase, ())}

    def _is_in(self, item: SceneObject, part: str) -> bool:
        """Return whether an object is in the named part of its support."""
        if not part.rpartition("_")[2].lstrip("-").isdigit():
            return True
        surfaces = self._layout[item.support].asset.surfaces
        return item.support_part == part_name(part, tuple(surface.name for surface in surfaces))


def _tool(name: str, **arguments: Any) -> ToolCall:
    return ToolCall(tool=name, arguments=arguments)


def _call(name: str, goal: Goal, arguments: dict[str, Any]) -> ToolCall:
    place = {"relation": goal.relation, "reference": goal.reference}
    more = {key: value for key, value in (("part", goal.part), ("other", goal.other)) if value}
    return ToolCall(tool=name, arguments=arguments | place | more)


def _relation_of(name: str, goal: Goal) -> Relation:
    return Relation.model_validate(
        {
            "name": goal.relation,
            "subject": name,
            "object": goal.reference,
            "part": goal.part,
            "other": goal.other,
        }
    )


def _resting(name: str, place: SceneObject) -> Relation | None:
    """Return the relation that puts an object where another one rested, if that was on an object."""
    if place.support in ("floor", "wall", "ceiling"):
        return None
    return Relation(name=place.placement, subject=name, object=place.support)
