"""State of a room while it is filled: occupied space, and placement of one more object."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from sage.asset import Asset
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
from sage.spatial.space import ASKEW_RAD, TOUCHING_M, Space, has_room, patches_for, set_at, set_down
from sage.spatial.walkway import MIN_NAVIGABLE, PASSAGE_M, Walkway
from sage.task import FLOOR, Relation, RequiredObject
from sage.tools import Disorder

__all__ = ["Stock"]

_ASKEW_RAD: dict[Disorder, float] = {"tidy": 0.0, "lived_in": ASKEW_RAD, "messy": 0.6}
_MOST_POSES = 200
"""Poses on the floor that are tried for each thing that is said of what is put there."""
_BY: dict[str, FurniturePlace] = {"under": "under", "touching": "run", "next_to": "beside"}
"""Where what is in a relation to something on the floor stands."""


class Stock:
    """The things of a room, while more are put in.

    Attributes:
        located: every object by id, in the order in which they came.
        counts: how many there are of each category.
        askew: how far things are turned from square to what they lie on [rad].
    """

    def __init__(self, scene: Scene, disorder: Disorder, context: Context) -> None:
        self._start, self._context = scene, context
        self.task, self.room, self.disorder = scene.task, scene.rooms[0], disorder
        self.plan = recipe(self.room.type)
        self.askew = _ASKEW_RAD[disorder]
        self.located = {item.id: Located(item, context.store[item.asset]) for item in scene.objects}
        self.layout = Layout.of(scene, self.located)
        self.counts = Counter(item.category for item in scene.objects)
        self._space = Space(self.room, self.layout)
        self._walkway = Walkway(self.room, self.layout)
        wide = self._walkway.at(PASSAGE_M / 2)
        standing = (piece for piece in self.located.values() if piece.item.support == FLOOR)
        approaches = [wide.approach(piece.body_footprint) for piece in standing if not piece.item.covering]
        self._approaches = [cells for cells in approaches if wide.passes(cells)]
        """Where people come up to the furniture."""
        self._added: list[SceneObject] = []
        goals = (r for r in self.task.goal if r.name in ("on", "in") and not r.negated)
        self._owners_of_goals = {goal.object for goal in goals}
        self._hopeless: set[Relation] = set()
        """Goals that found no free spot even before something more was put."""

    def scene(self) -> Scene:
        """Return the scene with what was put."""
        return self._start.adding(*self._added)

    def free_name(self, category: str) -> str:
        """Return an id for one more of a category."""
        return free_id(category, self.located.keys() | self.task.ids)

    def owns(self, entry: Clutter, located: Located) -> bool:
        """Return whether an entry of the recipe speaks of an object."""
        is_a = self._context.vocabulary.is_a
        return is_a(located.item.category, entry.owner) and "empty" not in located.item.states

    def settings(self, owner: Located, entry: Clutter) -> Iterator[tuple[Patch, Located]]:
        """Yield the surface that an entry speaks of with each seat at its owner."""
        patch = next((p for p in owner.patches if p.surface.name.startswith(entry.surface)), None)
        if patch is not None:
            yield from ((patch, seat) for seat in seats_at(owner.item, self.layout))

    def put(
        self,
        name: str,
        asset: Asset,
        patches: list[Patch],
        *,
        required: RequiredObject | None = None,
        poses: Iterable[Pose] | None = None,
        margin: float | None = None,
        reachable: bool = False,
        back: bool = False,
        agreeing: bool = True,
        insist: bool = False,
    ) -> bool:
        """Set a thing down on the first of some patches that has room; tell whether it was.

        What a robot has to do with, and is not to be in something, comes where it is seen by who reaches it,
        if there is such a place.

        Args:
            poses: where to try on the first patch, instead of anywhere.
            margin: air to keep to everything beside it [m], with `poses`; see `set_at`.
            reachable: only within a robot's reach.
            back: only at the rear.
            agreeing: only where all holds that the task says of it; else where the most of it does.
            insist: even if that takes the last free spot of a goal; then it need not be `agreeing`.
        """
        item = self._item(name, asset, required)
        walkway = self._walkway if reachable else None
        spots = None if poses is None else list(poses)
        prefers = self._is_seen if must_be_visible(item, self.task) else None

        def search(accepts: Callable[[Located], bool] | None) -> Located | None:
            if spots is None:
                return set_down(
                    item, asset, patches, self.layout, self._space, self._context.rng, walkway=walkway,
                    back=back, askew=self.askew, accepts=accepts, prefers=prefers,
                )  # fmt: skip
            return set_at(
                item, asset, patches[0], spots, self.layout, self._space, walkway=walkway, margin=margin,
                accepts=accepts, prefers=prefers,
            )  # fmt: skip

        located = search(None) if required is None else self._best(name, search, agreeing and not insist)
        return located is not None and self._keep(located, insist=insist)

    def _is_seen(self, located: Located) -> bool:
        return self._space.is_seen(located, self._walkway)

    def _best(
        self, name: str, search: Callable[[Callable[[Located], bool] | None], Located | None], agreeing: bool
    ) -> Located | None:
        """Return a place where all, or the most, holds that the task says of an object."""
        failing, said = violation_counter(name, self.layout)
        best, most = None, 0 if agreeing else said
        while said and most >= 0:
            found = search(lambda located, limit=most: failing(located) <= limit)  # type: ignore[misc]
            if found is None:
                return best
            best, most = found, failing(found) - 1
        return best if said else search(None)

    def put_by(self, name: str, asset: Asset, required: RequiredObject, relation: Relation) -> bool:
        """Put a thing on the floor where a relation to something there holds; tell whether it was."""
        item = self._item(name, asset, required)
        place = _BY.get(relation.name, "beside")
        query = PoseQuery(asset, self.room, self._context.rng, (self.located[relation.object],))
        for pose in poses_at_place(place, query):
            located = Located(item.model_copy(update={"pose": pose}), asset)
            together = Layout.of(self._start, self.located | {name: located})
            companions = frozenset({relation.object})
            free = self._space.obstacle(located, margin=TOUCHING_M, companions=companions) is None
            if free and holds(relation, together) and self._keep(located, insist=True):
                self._walkway = self._walkway.adding(located)
                return True
        return False

    def said(self, name: str) -> list[Relation]:
        """Return what the task says of where an object is, as far as the other things are there."""
        return relations_of(name, self.layout)

    def put_on_floor(
        self, name: str, asset: Asset, required: RequiredObject | None = None, *, agreeing: bool = False
    ) -> bool:
        """Put a thing on the free floor, at walls and beside furniture, where nobody has to step over it.

        It comes where all holds that the task says of it, or else the most of it. What a robot has to do
        with comes where it is seen by who reaches it, if there is such a place.

        Args:
            agreeing: only where all holds.
        """
        failing, said = violation_counter(name, self.layout) if required is not None else (_nothing, 0)
        return any(
            self._put_on_floor(name, asset, required, lambda located, limit=limit: failing(located) <= limit)  # type: ignore[misc]
            for limit in range(1 if agreeing else said + 1)
        )

    def _put_on_floor(
        self,
        name: str,
        asset: Asset,
        required: RequiredObject | None,
        accepts: Callable[[Located], bool],
    ) -> bool:
        asset, stance = for_the_floor(asset)
        item = self._item(name, asset, required).model_copy(update={"fixed": False})
        query = PoseQuery(asset, self.room, self._context.rng)
        places: Iterable[Pose] = poses_at_place("free", query)
        concerns = required is not None and required.role != "context"
        hidden: tuple[Located, Walkway] | None = None
        if required is not None:
            places = chain(self._said_on_floor(name, query), places, poses_on_floor(query))
        for pose in places:
            located = Located(item.model_copy(update={"pose": pose @ stance}), asset)
            if not accepts(located) or self._space.obstacle(located) is not None:
                continue
            walkway = self._walkway.adding(located)
            doors = all(walkway.reaches(wall, door) for wall, door in self.room.doors)
            if not doors or walkway.navigable < MIN_NAVIGABLE:
                continue
            if required is None and not self._leaves_ways(walkway):
                continue
            if concerns and not self._space.is_seen(located, walkway):
                hidden = hidden or (located, walkway)
            elif self._keep(located, insist=required is not None):
                self._walkway = walkway
                return True
        if hidden is None or not self._keep(hidden[0], insist=True):
            return False
        self._walkway = hidden[1]
        return True

    def _said_on_floor(self, name: str, query: PoseQuery) -> Iterator[Pose]:
        """Yield where on the floor what the task says of a thing may hold."""
        for relation in self.said(name):
            if relation.subject != name or relation.negated or relation.name not in CONSTRAINING:
                continue
            names = [other for other in (relation.object, relation.other) if other and other in self.layout]
            partners = tuple(self.layout[other] for other in names)
            alike = [
                r.subject for r in self.task.initial if (r.name, r.object) == (relation.name, relation.object)
            ]
            request = RelationQuery(
                replace(query, partners=partners), FLOOR, slot=(alike.index(name), len(alike))
            )
            yield from itertools.islice(poses_by_relation(relation, request), _MOST_POSES)

    def _leaves_ways(self, walkway: Walkway) -> bool:
        """Return whether people still get to all furniture that they got to."""
        wide = walkway.at(PASSAGE_M / 2)
        return all(wide.passes(cells) for cells in self._approaches)

    def exchange(self, name: str, asset: Asset) -> bool:
        """Put another asset where a thing is that carries nothing; tell whether it fits there."""
        old = self.located[name]
        if any(other.item.support == name for other in self.located.values()):
            return False
        item = old.item.model_copy(update={"asset": asset.id, "size": asset.size})
        new = Located(item, asset)
        rest = {key: located for key, located in self.located.items() if key != name}
        space = Space(self.room, Layout.of(self._start, rest))
        support = rest.get(item.support)
        home = support is None or rests_on(new, support, item.support_part) is not None
        if not home or space.obstacle(new, margin=TOUCHING_M) is not None:
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

    def has_room(self, goal: Relation) -> bool:
        """Return whether a goal's object finds a free spot on or in its target, as far as both exist."""
        if goal.subject not in self.layout or goal.object not in self.layout:
            return True
        subject = self.layout[goal.subject]
        placement: Placement = "in" if goal.name == "in" else "on"
        patches = patches_for(placement, self.layout[goal.object], goal.part)
        return has_room(subject.item, subject.asset, patches, self.layout, self._space, self._context.rng)

    def _item(self, name: str, asset: Asset, required: RequiredObject | None) -> SceneObject:
        category = self._context.vocabulary.find(asset.category)
        return scene_object(
            name, asset, required, self.room.id, support=FLOOR,
            fixed=bool(category and category.fixed), joints=initial_joints(name, asset, self.task),
        )  # fmt: skip

    def _keep(self, located: Located, *, insist: bool = False) -> bool:
        """Count a thing in, unless it takes the last free spot of a goal."""
        name, mark = located.item.id, self._space.mark()
        self._space.add(located)
        self.located[name] = located
        crowds = located.item.role != "context" or located.item.support in self._owners_of_goals
        crowded = self._crowded_goal() if crowds and not insist else None
        if crowded is not None:
            self._space.rewind(mark)
            del self.located[name]
            if self._crowded_goal() != crowded:
                return False
            self._hopeless.add(crowded)
            return self._keep(located)
        self._context.store.add(located.asset)
        self._added.append(located.item)
        self.counts[located.item.category] += 1
        return True

    def _crowded_goal(self) -> Relation | None:
        """Return the first goal of the task without a free spot, of those that ever had one."""
        for relation in self.task.goal:
            if relation.name not in ("on", "in") or relation.negated or relation in self._hopeless:
                continue
            if not self.has_room(relation):
                return relation
        return None


def _nothing(located: Located) -> int:
    return 0
