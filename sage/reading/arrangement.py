"""Where things are at first and where they are to go, as the places of clauses tell."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Literal

from sage.errors import TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.clauses import Place
from sage.reading.phrases import Phrase
from sage.reading.relations import LATERAL, host_of, mutual, relations
from sage.reading.things import Reference, Things
from sage.task import Relation

__all__ = ["OPENNESS", "Arrangement"]

OPENNESS = ("open", "closed")
_OTHER_SIDE = {"left_of": "right_of", "right_of": "left_of", "in_front_of": "behind", "behind": "in_front_of"}


@dataclass
class Arrangement:
    """Collects relations between the things of a prompt."""

    things: Things
    initial: list[Relation] = field(default_factory=list)
    goal: list[Relation] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    """Ids of what has a goal: what is said of it from then on is not where it begins."""
    _facing: tuple[str, str] | None = None

    def arrange(
        self, hosts: list[Reference], places: tuple[Place, ...], goal: bool = False
    ) -> list[Relation]:
        """State where things are, or are to go; a place belongs to the noun before it where that can be.

        Returns:
            The new goals, if `goal`.
        """
        goals: list[Relation] = []
        for place in places:
            if self._names_nothing(place, hosts) or self._describes(place, hosts[-1]):
                continue
            if place.phrases and place.phrases[0].noun == "others":
                among = mutual(place.relation, hosts[0])
                goals += among if goal else []
                self.begin(*(() if goal else among))
                continue
            if place.each:
                place = replace(place, phrases=tuple(_times(p, len(hosts[-1].ids)) for p in place.phrases))
            if place.relation == "between" and self._between_all(place):
                place = replace(place, phrases=())
            found = [self._refer(phrase, hosts, place.relation) for phrase in place.phrases]
            if place.relation == "using":
                self.mark(found[0], "target")
                hosts = [*hosts, found[0]]
                continue
            if not found and place.relation == "between":
                self._in_between(hosts[0])
                continue
            host = host_of(hosts, place.relation, found[0]) if goals or not goal else hosts[0]
            if place.relation in ("nearest", "farthest"):
                self._tell_apart(host, place.relation, found[0])
                continue
            if place.relation in ("with", "contains", "laid"):
                self._hold(host, place, found)
                continue
            moves = goal and host is hosts[0]
            relations = self.say(_preposition(place, host, found[0], moves), host, *found)
            if place.negated:
                relations = [r.model_copy(update={"negated": True}) for r in relations]
            if place.relation == "between" and not moves and _singled_out(host):
                host.things[0].choice = host.things[0].choice or "between"
            if moves:
                goals += relations
                self.mark(found[0], "receptacle")
            else:
                self.begin(*(r for r in relations if r.subject not in self.moved))
            if place.relation in ("from", "on", "in", "to", "onto", "into") and found[0].ids:
                if goal or place.relation == "from":
                    self.mark(found[0], "receptacle")
                self.things.held = found[0]
            hosts = [*hosts, *found]
        self.goal += [relation for relation in goals if relation not in self.goal]
        return goals

    def _names_nothing(self, place: Place, hosts: list[Reference]) -> bool:
        """Take in `for four`, `with nothing on it` or `in the next room`; tell whether it was one."""
        noun = place.phrases[0].noun if place.phrases else ""
        if place.relation == "for":
            self._serve(hosts[0], place)
        elif place.relation == "served":
            self.lay(hosts[0], place.phrases[0].count)
        elif noun == "nothing" and place.relation == "with":
            for thing in hosts[-1].things:
                thing.states += [] if "empty" in thing.states else ["empty"]
        elif noun == "next room":
            for thing in hosts[-1].things:
                thing.elsewhere = True
                self.things.notes.append(f"the other room is left out: the {thing.noun} is in the same room")
        else:
            return False
        return True

    def _describes(self, place: Place, host: Reference) -> bool:
        """Take in `on the left`, `that is open`; tell whether it was one."""
        if place.relation not in ("choice", "state", "nowhere"):
            return False
        for thing in host.things:
            if place.relation == "choice" and len(thing.ids) == 1:
                thing.choice = place.phrases[0].noun
                thing.name = f"{thing.choice} {thing.name}"
            elif place.relation == "state" and place.phrases[0].noun not in thing.states:
                thing.states.append(place.phrases[0].noun)
        return True

    def _tell_apart(self, host: Reference, relation: str, target: Reference) -> None:
        """State which of several is nearest to a thing, or farthest from it."""
        for thing in host.things:
            thing.choice = relation
        if not target.ids:
            self.things.notes.append(f"'{relation} to the {target.place}' has no effect")
            return
        far = relation == "farthest"
        self.begin(
            *(Relation(name="next_to", subject=s, object=target.ids[0], negated=far) for s in host.ids)
        )

    def _between_all(self, place: Place) -> bool:
        """Tell whether `between them` means things that were not named as one group."""
        several = any(len(thing.ids) > 1 for thing in self.things.recent)
        return bool(place.phrases) and place.phrases[0].noun == "them" and not several

    def _refer(self, phrase: Phrase, hosts: list[Reference], relation: str) -> Reference:
        """Return what a phrase means beside some things; `it` has something else on its other side."""
        last = self.goal[-1] if self.goal else None
        if phrase.noun == "it" and last is not None and last.name == _OTHER_SIDE.get(relation):
            return Reference((self.things.of(last.object),), (last.object,))
        found = self.things.refer(self._compound(phrase, hosts[-1]), hosts[0].ids)
        beside_itself = phrase.noun == "it" and relation in LATERAL and found.ids == hosts[-1].ids
        return hosts[0] if beside_itself and len(hosts) > 1 else found

    def _compound(self, phrase: Phrase, host: Reference) -> Phrase:
        """Return `a tv stand` for `a stand` that a tv is on, `a dumbbell rack` for a rack with dumbbells."""
        head = phrase.noun.split()[-1:]
        if phrase.kind not in ("unknown", "object") or phrase.part or not head or not host.things:
            return phrase
        noun = f"{host.things[0].noun} {head[0]}"
        category = self.things.vocabulary.common(noun)
        if category is None and head[0] in ("stand", "rack", "holder"):
            category = self.things.vocabulary.find(noun)
        plain = phrase.category
        if category is None or category in (host.category, plain):
            return phrase
        named = any(thing.category == plain for thing in self.things.named)
        special = head[0] in category.kinds or category.stand_in
        if plain is not None and (named or not special):
            return phrase
        text = " ".join((*phrase.text.split()[:-1], noun))
        return replace(phrase, kind="object", noun=noun, text=text, category=category)

    def _serve(self, host: Reference, place: Place) -> None:
        if host.is_one_of(("table", "desk", "counter")):
            self.seats(host, place.phrases[0].count)
        else:
            self.things.notes.append(f"'for {place.phrases[0].count}' has no effect")

    def _hold(self, host: Reference, place: Place, found: list[Reference]) -> None:
        """State what a thing has on or in it; furniture stands beside it."""
        for phrase, content in zip(place.phrases, found, strict=True):
            if not content.ids or not host.ids:
                continue
            if place.relation != "with" and not phrase.counted and phrase.plural:
                least = self._seats_at(host) if place.relation == "laid" else 0
                content = self.at_least(content, least or max(lexicon.FULL, lexicon.LOADED * len(host.ids)))
            floor = content.category is not None and content.category.mount == "floor"
            topped = place.relation == "with" and host.is_one_of(lexicon.TOPPED)
            contact = place.contact or ("on" if topped or place.relation == "laid" else place.relation)
            if content.category is not None and (
                content.category.covering or content.category.mount == "wall"
            ):
                continue
            self.begin(*self.say("next_to" if floor else contact, content, host))

    def _seats_at(self, host: Reference) -> int:
        """Return how many seats were said to be at some tables."""
        seated = {r.subject for r in self.initial if r.name in ("next_to", "facing") and r.object in host.ids}
        return sum(1 for name in seated if self.things.of(name).category.mount == "floor")

    def at_least(self, reference: Reference, count: int) -> Reference:
        """Name more of a thing, up to a count."""
        thing = reference.things[0]
        thing.ids += self.things.number(thing.category, max(0, count - len(thing.ids)))
        thing.exact = False
        return replace(reference, ids=thing.ids)

    def _in_between(self, item: Reference) -> None:
        """State that things are between the two that were named as a pair, or just before."""
        pair = self._facing
        if pair is None:
            floor = [t for t in self.things.named if t.category.mount == "floor" and t not in item.things]
            if len(floor) < 2:
                raise TaskNotUnderstood("'between' what? Name two objects")
            pair = (floor[-2].ids[0], floor[-1].ids[0])
        self.begin(*(Relation(name="between", subject=s, object=pair[0], other=pair[1]) for s in item.ids))

    def say(self, relation: str, subject: Reference, *found: Reference) -> list[Relation]:
        """Return what a preposition between things says."""
        if relation == "facing" and subject.ids and found[0].ids:
            self._facing = (subject.ids[0], found[0].ids[0])
        return relations(relation, subject, found, self.things.notes)

    def stand_on_support(self, group: Reference, goals: list[Relation], places: tuple[Place, ...]) -> None:
        """Put what goes next to a thing on the same support, and the thing on the support that is named."""
        beside = [r for r in goals if r.name in LATERAL and r.object in self.things.ids]
        resting = [r for r in goals if r.name in ("on", "in")]
        for relation in beside:
            known = (*self.goal, *self.initial)
            support = next((r for r in known if r.subject == relation.object and _rests(r)), None)
            if support is not None and not resting:
                own = support.model_copy(update={"subject": relation.subject})
                self.goal.insert(self.goal.index(relation), own)
                if support.object in self.things.ids:
                    self.things.of(support.object).role = "receptacle"
            elif support is None and resting and self.things.of(relation.object).category.mount == "surface":
                self.begin(resting[0].model_copy(update={"subject": relation.object}))

    def begin(self, *relations: Relation) -> None:
        """State what holds at first, once."""
        self.initial += [relation for relation in relations if relation not in self.initial]

    def seats(self, table: Reference, people: int) -> None:
        """Put chairs for people at each of some tables, unless chairs are named."""
        if not any(thing.category.name == "chair" for thing in self.things.named):
            chairs = self.things.make("chair", people * len(table.ids))
            self.begin(*self.say("next_to", chairs, table))

    def lay(self, table: Reference, people: int) -> None:
        """Put chairs and a setting for each of some people at tables; 0 are as many as sit there, or four."""
        people = people or self._seats_at(table) or lexicon.AT_A_TABLE
        self.seats(table, people)
        for noun in self.setting():
            self.begin(*self.say("on", self.things.make(noun, people * len(table.ids)), table))

    def setting(self) -> tuple[str, ...]:
        """Return what a table is set with where nobody says so, with a note."""
        self.things.notes.append(f"the table is taken to be set with: {', '.join(lexicon.SETTING)}")
        return lexicon.SETTING

    def forget(self, group: Reference) -> None:
        """Drop earlier places of things that go on to another."""
        passed = [r for r in self.goal if r.subject in group.ids and r.name not in OPENNESS]
        told = (relation for relation in passed if relation.name != "lifted")
        self.things.notes.extend(f"{relation} holds on the way only" for relation in told)
        self.goal = [relation for relation in self.goal if relation not in passed]

    def imply_facing(self) -> None:
        """Turn seats of which nothing is said to their tables."""
        placed = {relation.subject for relation in self.initial if not relation.negated}
        placed |= {relation.subject for relation in self.goal}
        for seat, table in lexicon.IMPLIED_FACING:
            tables = [thing for thing in self.things.named if thing.category.name == table]
            for thing in self.things.named:
                if thing.category.name == seat and tables and not placed & set(thing.ids):
                    target = Reference((tables[0],), tables[0].ids)
                    self.begin(*self.say("facing", Reference((thing,), thing.ids), target))
                    placed |= set(thing.ids)

    def mark(self, reference: Reference, role: Literal["target", "receptacle"]) -> None:
        """Give things a part in the task; what is moved stays a target."""
        for thing in reference.things:
            if thing.role != "target":
                thing.role = role


def _preposition(place: Place, host: Reference, target: Reference, moves: bool) -> str:
    """Return what a preposition means here: at the head of a bed is on it, a cup by the sink stands on it."""
    region = any(phrase.part == "region" for phrase in place.phrases)
    small = host.category is not None and host.category.mount == "surface"
    if region and place.relation in ("at", "in"):
        return "to"
    if not moves and small and place.relation in ("next_to", "near") and target.is_one_of(lexicon.STOOD_ON):
        return "on"
    return place.relation


def _singled_out(host: Reference) -> bool:
    return len(host.ids) == 1 and len(host.things) == 1 and host.things[0].definite


def _times(phrase: Phrase, number: int) -> Phrase:
    return replace(phrase, count=phrase.count * max(1, number), counted=True)


def _rests(relation: Relation) -> bool:
    return relation.name in ("on", "in") and not relation.negated
