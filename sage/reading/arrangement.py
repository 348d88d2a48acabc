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
            if place.relation == "for":
                self._serve(hosts[0], place)
                continue
            if place.phrases and place.phrases[0].noun == "others":
                among = mutual(place.relation, hosts[0])
                goals += among if goal else []
                self.begin(*(() if goal else among))
                continue
            if place.each:
                place = replace(place, phrases=tuple(_times(p, len(hosts[-1].ids)) for p in place.phrases))
            found = [
                self.things.refer(self._stand(phrase, hosts[-1]), hosts[0].ids) for phrase in place.phrases
            ]
            if not found and place.relation == "between":
                self._in_between(hosts[0])
                continue
            host = host_of(hosts, place.relation, found[0]) if goals or not goal else hosts[0]
            region = any(phrase.part == "region" for phrase in place.phrases)
            if place.relation in ("with", "contains"):
                self._hold(host, place, found)
                continue
            relations = self.say("to" if region and place.relation == "at" else place.relation, host, *found)
            if goal and host is hosts[0]:
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

    def _stand(self, phrase: Phrase, host: Reference) -> Phrase:
        """Return `a tv stand` for `a stand` that a tv is on."""
        head = phrase.noun.split()[-1:]
        if phrase.kind != "unknown" or not head or not host.things:
            return phrase
        noun = f"{host.things[0].noun} {head[0]}"
        category = self.things.vocabulary.find(noun)
        text = " ".join((*phrase.noun.split()[:-1], noun))
        return replace(phrase, kind="object", noun=noun, text=text, category=category) if category else phrase

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
            if place.relation == "contains" and not phrase.counted and phrase.plural:
                content = self._at_least(content, max(lexicon.FULL, lexicon.PLAIN_PLURAL * len(host.ids)))
            floor = content.category is not None and content.category.mount == "floor"
            topped = place.relation == "with" and host.is_one_of(lexicon.TOPPED)
            contact = place.contact or ("on" if topped else place.relation)
            if content.category is not None and (
                content.category.covering or content.category.mount == "wall"
            ):
                continue
            self.begin(*self.say("next_to" if floor else contact, content, host))

    def _at_least(self, reference: Reference, count: int) -> Reference:
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
        """Put chairs for people at a table, unless chairs are named."""
        if not any(thing.category.name == "chair" for thing in self.things.named):
            chairs = self.things.make("chair", people)
            self.begin(*self.say("facing", chairs, table))

    def forget(self, group: Reference) -> None:
        """Drop earlier places of things that go on to another."""
        passed = [r for r in self.goal if r.subject in group.ids and r.name not in OPENNESS]
        self.things.notes.extend(f"{relation} holds on the way only" for relation in passed)
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


def _times(phrase: Phrase, number: int) -> Phrase:
    return replace(phrase, count=phrase.count * max(1, number), counted=True)


def _rests(relation: Relation) -> bool:
    return relation.name in ("on", "in") and not relation.negated
