"""Initial and goal relations of objects, from the locative phrases of clauses."""

from __future__ import annotations

from dataclasses import replace

from sage.errors import TaskNotUnderstood
from sage.language import lexicon
from sage.language.clauses import Place
from sage.language.contents import INVERSE, share_places, state_contents, state_inverse
from sage.language.entities import Reference, joined
from sage.language.phrases import Phrase
from sage.language.relations import can_rest, mutual
from sage.language.resolving import between_all, found_by
from sage.language.seating import lay, people_of, serve
from sage.language.stated import HOLDING, Stated, rests
from sage.task import CEILING, LATERAL_RELATIONS, WALL, Relation

__all__ = ["Arrangement"]

_BESIDE = ("next_to", "near", "left_of", "right_of", "in_front_of", "behind", "around", "across")
_AT_WALLS = ("wall", "window", "corner")


class Arrangement(Stated):
    """Initial and goal relations between the objects of a prompt."""

    def arrange(
        self, hosts: list[Reference], places: tuple[Place, ...], goal: bool = False
    ) -> list[Relation]:
        """Add the relations that locative phrases state, as initial relations or as goals.

        A place modifies the noun phrase that the parser attaches it to, if that is physically possible, else
        the nearest noun phrase before it. A place that cannot be understood becomes a note.

        Args:
            hosts: objects that the places describe; the first is the subject of the clause.
            places: locative phrases in the order of the text.
            goal: whether the relations must hold at the end rather than at the start.

        Returns:
            The new goal relations; empty unless `goal`.
        """
        goals: list[Relation] = []
        for place in places:
            try:
                hosts = self._arrange_one(hosts, place, places, goals, goal)
            except TaskNotUnderstood as error:
                self.entities.notes.append(str(error))
        self.goal += [relation for relation in goals if relation not in self.goal]
        return goals

    def _arrange_one(
        self,
        hosts: list[Reference],
        place: Place,
        places: tuple[Place, ...],
        goals: list[Relation],
        goal: bool,
    ) -> list[Reference]:
        """Add the relations of one place; return the hosts, extended by the objects that it names."""
        if place.relation in ("purpose", "manner"):
            self.record(place.words)
            return hosts
        if place.relation == "side_by_side":
            return self._side_by_side(hosts, place, places, goals, goal)
        if place.host in self.unread:
            for phrase in place.phrases:
                self.resolve(phrase)
            return hosts
        near = self.by_head.get(place.host, hosts[-1])
        if self._names_no_object(place, [hosts[0], near]) or self._describes(place, near):
            self.understood(place)
            return hosts
        if place.phrases and place.phrases[0].noun == "others":
            among = mutual(place.relation, near if len(near.ids) > 1 else hosts[0])
            goals += among if goal else []
            self.add_initial(*(() if goal else among))
            self.understood(place)
            return hosts
        if place.each:
            place = replace(place, phrases=tuple(_multiplied(p, len(near.ids)) for p in place.phrases))
        if place.relation == "between" and between_all(self, place):
            place = replace(place, phrases=())
        found = (
            [] if place.relation == "between" and not place.phrases else found_by(self, place, hosts, near)
        )
        if not found and place.relation == "between":
            self._in_between(near)
            self.understood(place)
            return hosts
        if not found:
            return hosts
        if place.relation in ("on", "onto"):
            found = [self._whole_if_closed(reference) for reference in found]
        if place.relation == "using":
            self.mark(found[0], "target")
            return [*hosts, found[0]]
        host = self._host(hosts, place, found[0], goals, goal)
        if place.relation in ("nearest", "farthest"):
            self._choose_by_distance(host, place.relation, found[0])
            self.understood(place)
            return hosts
        if place.relation in HOLDING:
            state_contents(self, host, place, found, places)
            share_places(self, place)
            return [*hosts, *found]
        if place.relation in INVERSE:
            state_inverse(self, host, place, found, places)
            return [*hosts, *found]
        if place.relation in ("mentions", "sees"):
            self.understood(place)
            return [*hosts, *found]
        if found[0].place == "wall" and found[0].part == "opposite":
            found = [replace(found[0], part=None)]
            self._state_across(host)
        elif (found[0].place in _AT_WALLS or place.relation == "corner_of") and host.ids:
            self.at_wall = host
        moves = goal and host is hosts[0]
        if not moves and place.relation == "flanking" and len(host.ids) == 1 and not _is_inexact(host):
            host = self.at_least(host, 2, exact=True)
        relations = self.relate(_preposition(place, host, found[0], moves), host, *found)
        if relations:
            self.understood(place)
        if place.negated:
            relations = [r.model_copy(update={"negated": True}) for r in relations]
        if place.relation == "between" and not moves and _is_single_definite(host):
            host.entities[0].choice = host.entities[0].choice or "between"
        if moves:
            goals += relations
            self.mark(found[0], "receptacle")
        else:
            self.add_initial(*(r for r in relations if r.subject not in self.moved))
        if place.relation in ("from", "on", "in", "to", "onto", "into") and found[0].ids:
            if goal or place.relation == "from":
                self.mark(found[0], "receptacle")
            self.entities.held = found[0]
        return [*hosts, *found]

    def _whole_if_closed(self, reference: Reference) -> Reference:
        """Return the furniture of a drawer that a goal closes: `close the drawer and put it on top of it`."""
        closed = any(
            r.name == "closed" and r.subject in reference.ids and r.part == reference.part for r in self.goal
        )
        return replace(reference, part=None) if reference.part is not None and closed else reference

    def _side_by_side(
        self,
        hosts: list[Reference],
        place: Place,
        places: tuple[Place, ...],
        goals: list[Relation],
        goal: bool,
    ) -> list[Reference]:
        """State that the objects of a phrase, or of the list that it ends, are next to each other."""
        row = hosts[0] if goal else self.by_head.get(place.host, hosts[-1])
        heads = next((heads for p in places if place.host in (heads := [q.head for q in p.phrases])), [])
        listed = [] if goal else [self.by_head[head] for head in heads if head in self.by_head]
        rows = [reference for reference in listed if len(reference.ids) > 1] or [row]
        if len(listed) > 1:
            row = joined(listed)
        elif len(row.ids) < 2:
            row = hosts[0]
        if place.host >= 0 and row.ids and not goal:
            self.by_head[place.host] = row
        rows = rows if all(len(reference.ids) > 1 for reference in rows) else [row]
        among = [relation for reference in rows for relation in mutual("next_to", reference)]
        goals += among if goal else []
        self.add_initial(*(() if goal else among))
        self.understood(place)
        return hosts if goal else [*hosts, row]

    def _state_across(self, host: Reference) -> None:
        """State that an object at `the opposite wall` is across from the object last placed at a wall."""
        other = self.at_wall
        if other is not None and host.ids and not set(other.ids) & set(host.ids):
            self.add_initial(*self.relate("across", host, other))

    def _host(
        self, hosts: list[Reference], place: Place, target: Reference, goals: list[Relation], goal: bool
    ) -> Reference:
        """Return the object that a place describes."""
        if goal and not goals and not place.bound:
            return hosts[0]
        own = self.by_head.get(place.host)
        if own is not None and own is not target and (own.ids or own.place) and _can_be(own, place, target):
            return own
        return host_of(hosts, place.relation, target) if goal or place.host >= 0 else hosts[0]

    def _names_no_object(self, place: Place, hosts: list[Reference]) -> bool:
        """Handle `for four`, `with nothing on it`, `in the next room`; return whether the place is one."""
        noun = place.phrases[0].noun if place.phrases else ""
        if place.relation in ("for", "served") and place.phrases:
            people = people_of(place.phrases[0])
            if people is None:
                return place.relation == "for"
            if place.relation == "served":
                lay(self, hosts[-1], people)
            else:
                serve(self, hosts[-1], people)
        elif noun == "nothing" and place.relation == "with":
            for entity in hosts[-1].entities:
                entity.states += [] if "empty" in entity.states else ["empty"]
        elif noun == "next room":
            for entity in hosts[-1].entities:
                entity.elsewhere = True
                self.entities.notes.append(
                    f"the other room is left out: the {entity.noun} is placed in the same room"
                )
        elif place.relation in ("lit", "supported"):
            return not any(phrase.category is not None for phrase in place.phrases)
        elif place.relation not in ("as", "during", "through", "of"):
            return False
        return True

    def _describes(self, place: Place, host: Reference) -> bool:
        """Handle `on the left`, `that is open`, `in white`; return whether the place is one."""
        if place.relation not in ("choice", "state", "nowhere", "looks"):
            return False
        for entity in host.entities:
            if place.relation == "looks":
                self.entities.describe(entity, place.phrases)
            if place.relation == "choice" and len(entity.ids) == 1:
                entity.choice = place.phrases[0].noun
                entity.name = f"{entity.choice} {entity.name}"
            elif place.relation == "state" and place.phrases[0].noun not in entity.states:
                entity.states.append(place.phrases[0].noun)
        return True

    def _choose_by_distance(self, host: Reference, relation: str, target: Reference) -> None:
        """Choose among objects of one kind by their distance to another: `the mug nearest to the sink`."""
        for entity in host.entities:
            entity.choice = relation
        if not target.ids:
            self.entities.notes.append(f"'{relation} to the {target.place}' has no effect")
            return
        far = relation == "farthest"
        self.add_initial(
            *(Relation(name="next_to", subject=s, object=target.ids[0], negated=far) for s in host.ids)
        )

    def _in_between(self, item: Reference) -> None:
        """State that objects are between the pair that faces each other, or the two named last."""
        pair = self.facing
        if pair is None:
            floor = [t for t in self.entities.named if t.category.mount == "floor" and t not in item.entities]
            if len(floor) < 2:
                raise TaskNotUnderstood("'between' needs two objects: name them")
            pair = (floor[-2].ids[0], floor[-1].ids[0])
        self.add_initial(
            *(Relation(name="between", subject=s, object=pair[0], other=pair[1]) for s in item.ids)
        )

    def stand_on_support(self, group: Reference, goals: list[Relation], places: tuple[Place, ...]) -> None:
        """Put objects with a lateral goal on the same support as their neighbour.

        If only the support of the moved objects is stated, the neighbour starts on that one. `goals` are the
        new goal relations of the moved objects.
        """
        lateral = [r for r in goals if r.name in LATERAL_RELATIONS and r.object in self.entities.ids]
        resting = [r for r in goals if r.name in ("on", "in")]
        for relation in lateral:
            known = (*self.goal, *self.initial)
            support = next((r for r in known if r.subject == relation.object and rests(r)), None)
            if support is not None and not resting:
                own = support.model_copy(update={"subject": relation.subject})
                self.goal.insert(self.goal.index(relation), own)
                if support.object in self.entities.ids:
                    self.entities.of(support.object).role = "receptacle"
            elif (
                support is None and resting and self.entities.of(relation.object).category.mount == "surface"
            ):
                self.add_initial(resting[0].model_copy(update={"subject": relation.object}))

    def share_supports(self) -> None:
        """Put adjacent small objects on the same support, where only one of them has a stated support."""
        resting = {r.subject: r for r in self.initial if rests(r)}
        lateral = [r for r in self.initial if r.name in _BESIDE and not r.negated]
        for _ in range(len(lateral)):
            before = len(resting)
            for relation in lateral:
                pair = (relation.subject, relation.object)
                for own, other in (pair, pair[::-1]):
                    if own in resting or other not in resting or own in self.moved or not self._is_small(own):
                        continue
                    if resting[other].object in (WALL, CEILING):
                        continue
                    if resting[other].object in (own, *resting) and resting[other].name == "in":
                        continue
                    resting[own] = resting[other].model_copy(update={"subject": own})
                    self.add_initial(resting[own])
            if len(resting) == before:
                break

    def _is_small(self, name: str) -> bool:
        return name in self.entities.ids and self.entities.of(name).category.mount == "surface"


def _preposition(place: Place, host: Reference, target: Reference, moves: bool) -> str:
    """Return the relation of a preposition in context: `a cup by the sink` rests on the counter there."""
    region = any(phrase.part == "region" for phrase in place.phrases)
    small = host.category is not None and host.category.mount == "surface"
    if region and place.relation in ("at", "in"):
        return "to"
    if not moves and not small and place.relation in ("on", "in") and not can_rest(host, target):
        return "next_to"
    if (
        not moves
        and small
        and place.relation in ("next_to", "near")
        and target.is_one_of(lexicon.RIM_SUPPORTS)
    ):
        return "on"
    return place.relation


def _can_be(host: Reference, place: Place, target: Reference) -> bool:
    """Return whether it is physically possible that a place describes a host."""
    if place.relation in ("on", "in", "onto", "into") and host.ids and target.ids:
        return can_rest(host, target) or place.bound
    return True


def host_of(hosts: list[Reference], relation: str, target: Reference) -> Reference:
    """Return the last of the preceding objects that a place can physically describe.

    Args:
        hosts: objects named before the place, in order.
        relation: relation of the place; see `sage.language.lexicon`.
        target: object of the place.
    """
    for host in reversed(hosts):
        if host.category is None:
            continue
        floor = host.category.mount != "surface"
        entity = target.category
        rests = (
            relation in ("on", "in", "onto", "into", "from") and entity is not None and not entity.covering
        )
        beside = relation in LATERAL_RELATIONS and entity is not None and entity.mount == "surface"
        if not (floor and (rests or beside)):
            return host
    return hosts[0]


def _is_inexact(host: Reference) -> bool:
    """Return whether a reference means several kinds of object, or an inexact number."""
    return len(host.entities) != 1 or not host.entities[0].exact


def _is_single_definite(host: Reference) -> bool:
    return len(host.ids) == 1 and len(host.entities) == 1 and host.entities[0].definite


def _multiplied(phrase: Phrase, number: int) -> Phrase:
    return replace(phrase, count=phrase.count * max(1, number), counted=True)
