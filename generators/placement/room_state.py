"""State of a room while objects are added: poses, occupied space and free floor."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain

from sage.asset import Asset
from sage.choices import Disorder
from sage.context import Context
from sage.generators.placement.arrangements import seats_at
from sage.generators.placement.by_place import PoseQuery, poses_at_place, poses_on_floor
from sage.generators.placement.by_relation import CONSTRAINING, RelationQuery, poses_by_relation
from sage.generators.placement.reshaping import for_the_floor
from sage.generators.placement.scene_objects import initial_joints, scene_object
from sage.generators.placement.task_relations import must_be_visible, relations_of, violation_counter
from sage.generators.recipes import Clutter, FurniturePlace, recipe
from sage.geometry import Pose
from sage.scene import Placement, Scene, SceneObject, free_id
from sage.spatial.layout import Layout, Located, Patch
from sage.spatial.predicates import holds, rests_on
from sage.spatial.space import TOUCHING_M, Space
from sage.spatial.surface_poses import ASKEW_RAD
from sage.spatial.surface_search import SurfaceSearch, patches_for
from sage.spatial.walkway import MIN_NAVIGABLE, PASSAGE_M, Walkway
from sage.task import FLOOR, Relation, RequiredObject

__all__ = ["NewObject", "RoomState", "Rules"]

_ASKEW_RAD: dict[Disorder, float] = {"tidy": 0.0, "lived_in": ASKEW_RAD, "messy": 0.6}
_MAX_POSES = 200
"""Poses on the floor that are tried for each relation of an object."""
_PLACES: dict[str, FurniturePlace] = {"under": "under", "touching": "run", "next_to": "beside"}
"""Place, at an object on the floor, of what is in a relation to it."""


@dataclass(frozen=True)
class NewObject:
    """An object to add to a room."""

    id: str
    asset: Asset
    required: RequiredObject | None = None
    """The task's requirement that it meets; None for clutter."""


@dataclass(frozen=True)
class Rules:
    """What a pose on a surface must satisfy."""

    reachable: bool = False
    """Whether it must be within a robot's reach."""
    back: bool = False
    """Whether it must be at the rear of the surface; for sampled poses."""
    margin: float | None = None
    """Air to keep to other objects [m]; for given poses, see `SurfaceSearch.first_free`."""
    all_relations: bool = True
    """Whether all relations of the object must hold there, rather than as many as possible."""
    last_resort: bool = False
    """Whether it may take the last free pose of a goal and violate relations."""


_DEFAULT = Rules()


class RoomState:
    """Objects of a room while more are added.

    Attributes:
        task: the task.
        room: the room.
        recipe: recipe of its type.
        disorder: how untidy it is.
        located: every object by id, in the order in which they were added.
        layout: the same objects as a layout.
        counts: number of objects of each category.
        askew: standard deviation of the heading of small objects [rad].
    """

    def __init__(self, scene: Scene, disorder: Disorder, context: Context) -> None:
        self._start, self._context = scene, context
        self.task, self.room, self.disorder = scene.task, scene.rooms[0], disorder
        self.recipe = recipe(self.room.type)
        self.askew = _ASKEW_RAD[disorder]
        self.located = {item.id: Located(item, context.store[item.asset]) for item in scene.objects}
        self.layout = Layout.of(scene, self.located)
        self.counts = Counter(item.category for item in scene.objects)
        self._space = Space(self.room, self.layout)
        self._walkway = Walkway(self.room, self.layout)
        wide = self._walkway.at(PASSAGE_M / 2)
        on_floor = (piece for piece in self.located.values() if piece.item.support == FLOOR)
        approaches = [wide.approach(piece.body_footprint) for piece in on_floor if not piece.item.covering]
        self._approaches = [cells for cells in approaches if wide.passes(cells)]
        """Cells from which people reach each piece of furniture."""
        self._added: list[SceneObject] = []
        goals = (r for r in self.task.goal if r.name in ("on", "in") and not r.negated)
        self._goal_targets = {goal.object for goal in goals}
        self._infeasible: set[Relation] = set()
        """Goals without a free pose even before anything was added."""

    def scene(self) -> Scene:
        """Return the scene with the added objects."""
        return self._start.adding(*self._added)

    def free_id(self, category: str) -> str:
        """Return an unused id for an object of a category."""
        return free_id(category, self.located.keys() | self.task.ids)

    def is_owner(self, entry: Clutter, located: Located) -> bool:
        """Return whether an entry of the recipe applies to an object."""
        is_a = self._context.vocabulary.is_a
        return is_a(located.item.category, entry.owner) and "empty" not in located.item.states

    def place_settings(self, owner: Located, entry: Clutter) -> Iterator[tuple[Patch, Located]]:
        """Yield the surface of an owner that an entry applies to, with each seat at the owner."""
        patch = next((p for p in owner.patches if p.surface.name.startswith(entry.surface)), None)
        if patch is not None:
            yield from ((patch, seat) for seat in seats_at(owner.item, self.layout))

    def place(
        self,
        new: NewObject,
        patches: list[Patch],
        poses: Iterable[Pose] | None = None,
        rules: Rules = _DEFAULT,
    ) -> bool:
        """Place an object on the first of some surfaces that has room; return whether it was placed.

        An object that the robot handles, and that is in no container, goes where a robot that reaches it also
        sees it, if there is such a pose.

        Args:
            new: the object.
            patches: surfaces, best first.
            poses: poses to try on the first surface, `world_from_object`; sampled on all surfaces by default.
            rules: conditions on the pose.
        """
        item = self._item(new)
        search = SurfaceSearch(
            self.layout,
            self._space,
            walkway=self._walkway if rules.reachable else None,
            prefers=self._is_visible if must_be_visible(item, self.task) else None,
        )
        given = None if poses is None else list(poses)

        def find(accepts: Callable[[Located], bool] | None) -> Located | None:
            conditioned = replace(search, accepts=accepts)
            if given is None:
                rng = self._context.rng
                return conditioned.sampled(item, new.asset, patches, rng, back=rules.back, askew=self.askew)
            return conditioned.first_free(item, new.asset, patches[0], given, rules.margin)

        if new.required is None:
            located = find(None)
        else:
            located = self._best(new.id, find, rules.all_relations and not rules.last_resort)
        return located is not None and self._keep(located, last_resort=rules.last_resort)

    def _is_visible(self, located: Located) -> bool:
        return self._space.is_seen(located, self._walkway)

    def _best(
        self,
        name: str,
        find: Callable[[Callable[[Located], bool] | None], Located | None],
        all_relations: bool,
    ) -> Located | None:
        """Return a pose where all relations of an object hold, or as many as possible, or None."""
        violated, count = violation_counter(name, self.layout)
        best, limit = None, 0 if all_relations else count
        while count and limit >= 0:
            found = find(lambda located, limit=limit: violated(located) <= limit)  # type: ignore[misc]
            if found is None:
                return best
            best, limit = found, violated(found) - 1
        return best if count else find(None)

    def place_beside(self, new: NewObject, relation: Relation) -> bool:
        """Place an object on the floor where a relation holds; return whether it was placed."""
        item = self._item(new)
        place = _PLACES.get(relation.name, "beside")
        query = PoseQuery(new.asset, self.room, self._context.rng, (self.located[relation.object],))
        for pose in poses_at_place(place, query):
            located = Located(item.model_copy(update={"pose": pose}), new.asset)
            together = Layout.of(self._start, self.located | {new.id: located})
            companions = frozenset({relation.object})
            free = self._space.obstacle(located, margin=TOUCHING_M, companions=companions) is None
            if free and holds(relation, together) and self._keep(located, last_resort=True):
                self._walkway = self._walkway.adding(located)
                return True
        return False

    def relations_of(self, name: str) -> list[Relation]:
        """Return the task's relations of an object whose other objects are all placed."""
        return relations_of(name, self.layout)

    def place_on_floor(self, new: NewObject, *, all_relations: bool = False) -> bool:
        """Place an object on the free floor, off the walkways; return whether it was placed.

        An object that the robot handles goes where a robot that reaches it also sees it, if possible.

        Args:
            new: the object.
            all_relations: whether all its relations must hold there, rather than as many as possible.
        """
        violated, count = (
            violation_counter(new.id, self.layout) if new.required is not None else (_none_violated, 0)
        )
        return any(
            self._place_on_floor(new, lambda located, limit=limit: violated(located) <= limit)  # type: ignore[misc]
            for limit in range(1 if all_relations else count + 1)
        )

    def _place_on_floor(self, new: NewObject, accepts: Callable[[Located], bool]) -> bool:
        asset, stance = for_the_floor(new.asset)
        required = new.required
        item = self._item(replace(new, asset=asset)).model_copy(update={"fixed": False})
        query = PoseQuery(asset, self.room, self._context.rng)
        poses: Iterable[Pose] = poses_at_place("free", query)
        handled = required is not None and required.role != "context"
        hidden: tuple[Located, Walkway] | None = None
        if required is not None:
            poses = chain(self._floor_poses_by_relations(new.id, query), poses, poses_on_floor(query))
        for pose in poses:
            located = Located(item.model_copy(update={"pose": pose @ stance}), asset)
            if not accepts(located) or self._space.obstacle(located) is not None:
                continue
            walkway = self._walkway.adding(located)
            doors = all(walkway.reaches(wall, door) for wall, door in self.room.doors)
            if not doors or walkway.navigable < MIN_NAVIGABLE:
                continue
            if required is None and not self._keeps_approaches(walkway):
                continue
            if handled and not self._space.is_seen(located, walkway):
                hidden = hidden or (located, walkway)
            elif self._keep(located, last_resort=required is not None):
                self._walkway = walkway
                return True
        if hidden is None or not self._keep(hidden[0], last_resort=True):
            return False
        self._walkway = hidden[1]
        return True

    def _floor_poses_by_relations(self, name: str, query: PoseQuery) -> Iterator[Pose]:
        """Yield poses on the floor by the relations of an object."""
        for relation in self.relations_of(name):
            if relation.subject != name or relation.negated or relation.name not in CONSTRAINING:
                continue
            names = [other for other in (relation.object, relation.other) if other and other in self.layout]
            partners = tuple(self.layout[other] for other in names)
            alike = [
                r.subject for r in self.task.initial if (r.name, r.object) == (relation.name, relation.object)
            ]
            slot = (alike.index(name), len(alike))
            request = RelationQuery(replace(query, partners=partners), FLOOR, slot=slot)
            yield from itertools.islice(poses_by_relation(relation, request), _MAX_POSES)

    def _keeps_approaches(self, walkway: Walkway) -> bool:
        """Return whether people still reach all furniture that they reached at first."""
        wide = walkway.at(PASSAGE_M / 2)
        return all(wide.passes(cells) for cells in self._approaches)

    def replace_asset(self, name: str, asset: Asset) -> bool:
        """Replace the asset of an object that carries nothing; return whether the new one fits there."""
        old = self.located[name]
        if any(other.item.support == name for other in self.located.values()):
            return False
        item = old.item.model_copy(update={"asset": asset.id, "size": asset.size})
        new = Located(item, asset)
        rest = {key: located for key, located in self.located.items() if key != name}
        space = Space(self.room, Layout.of(self._start, rest))
        support = rest.get(item.support)
        supported = support is None or rests_on(new, support, item.support_part) is not None
        if not supported or space.obstacle(new, margin=TOUCHING_M) is not None:
            return False
        space.add(new)
        self._space = space
        self.located[name] = new
        self._walkway = Walkway(self.room, self.layout)
        self._context.store.add(asset)
        if name in self._start:
            self._start = self._start.updating(item)
        self._added = [item if other.id == name else other for other in self._added]
        return True

    def goal_has_room(self, goal: Relation) -> bool:
        """Return whether a goal's object has a free pose on or in its target; True if one is not placed."""
        if goal.subject not in self.layout or goal.object not in self.layout:
            return True
        subject = self.layout[goal.subject]
        placement: Placement = "in" if goal.name == "in" else "on"
        patches = patches_for(placement, self.layout[goal.object], goal.part)
        search = SurfaceSearch(self.layout, self._space)
        return search.has_room(subject.item, subject.asset, patches, self._context.rng)

    def _item(self, new: NewObject) -> SceneObject:
        category = self._context.vocabulary.find(new.asset.category)
        return scene_object(
            new.id, new.asset, new.required, self.room.id, support=FLOOR,
            fixed=bool(category and category.fixed), joints=initial_joints(new.id, new.asset, self.task),
        )  # fmt: skip

    def _keep(self, located: Located, *, last_resort: bool = False) -> bool:
        """Add an object, unless it takes the last free pose of a goal; return whether it was added."""
        name, mark = located.item.id, self._space.mark()
        self._space.add(located)
        self.located[name] = located
        may_crowd = located.item.role != "context" or located.item.support in self._goal_targets
        crowded = self._crowded_goal() if may_crowd and not last_resort else None
        if crowded is not None:
            self._space.rewind(mark)
            del self.located[name]
            if self._crowded_goal() != crowded:
                return False
            self._infeasible.add(crowded)
            return self._keep(located)
        self._context.store.add(located.asset)
        self._added.append(located.item)
        self.counts[located.item.category] += 1
        return True

    def _crowded_goal(self) -> Relation | None:
        """Return the first goal without a free pose, of those that had one, or None."""
        for relation in self.task.goal:
            if relation.name not in ("on", "in") or relation.negated or relation in self._infeasible:
                continue
            if not self.goal_has_room(relation):
                return relation
        return None


def _none_violated(located: Located) -> int:
    return 0
