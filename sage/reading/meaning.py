"""What clauses mean: required objects, what holds at first, and what is to hold in the end."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.clauses import Clause, Place
from sage.reading.phrases import Phrase
from sage.reading.relations import LATERAL, host_of, mutual, relations
from sage.reading.things import Reference, Thing, Things
from sage.task import FLOOR, Relation, RelationName
from sage.vocabulary import Vocabulary

__all__ = ["Meaning"]

_OPPOSITE: dict[str, RelationName] = {"open": "closed", "closed": "open"}


class Meaning:
    """Collects what the clauses of one prompt say; give them to `take_in` in order."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.things = Things(vocabulary)
        self.initial: list[Relation] = []
        self.goal: list[Relation] = []
        self.excluded: list[str] = []
        self.size: tuple[float, float] | None = None
        self.imperative = False
        self._vocabulary = vocabulary
        self._cleared: Reference | None = None
        self._moved: set[str] = set()
        self._facing: tuple[str, str] | None = None
        self._began: dict[tuple[str, str | None], str] = {}

    @property
    def notes(self) -> list[str]:
        """What was read but has no effect."""
        return self.things.notes

    def take_in(self, clause: Clause) -> None:
        """Add what a clause says.

        Raises:
            TaskNotUnderstood: a noun is not known or something is missing.
            TaskImpossible: it contradicts itself.
        """
        clause = replace(
            clause, places=tuple(place for place in clause.places if not self._room_place(place))
        )
        if clause.frame == "describe":
            self._describe(clause)
        elif clause.frame == "exclude":
            self._exclude(clause)
        else:
            self.imperative = True
            acts = {
                "move": self._move, "take": self._move, "stack": self._stack, "clear": self._clear,
                "load": self._load, "lay": self._lay, "open": self._operate, "close": self._operate,
                "idle": self._idle,
            }  # fmt: skip
            acts[clause.frame](clause)

    def finish(self) -> None:
        """Add what follows from all clauses together."""
        self._imply_facing()
        for relation in self.goal:
            if relation.name not in _OPPOSITE:
                self._forbid(relation)
        if self._cleared is not None and not self._moved:
            raise TaskNotUnderstood(f"clear {self._cleared.things[0].name!r} of what? Say what goes where")
        for thing in self.things.named:
            for state in ("open", "closed"):
                known = any(r.name in _OPPOSITE and r.subject in thing.ids for r in self.initial)
                if state in thing.states and not known:
                    self._begin(*(Relation(name=state, subject=name) for name in thing.ids))

    def _room_place(self, place: Place) -> bool:
        """Take in `in the kitchen`."""
        phrase = place.phrases[0] if place.phrases else None
        if (
            phrase is None
            or phrase.kind != "room"
            or place.relation not in ("in", "to", "into", "for", "from", "at")
        ):
            return False
        self._room(phrase)
        return True

    def _room(self, phrase: Phrase) -> None:
        if phrase.kind == "room":
            self.things.rooms.insert(0, phrase.noun)
        if phrase.size:
            if self.size is not None and self.size != phrase.size[:2]:
                raise TaskImpossible(
                    f"two sizes are asked for: {self.size} m and {phrase.size[:2]} m; keep one"
                )
            self.size = (phrase.size[0], phrase.size[1])
            if len(phrase.size) > 2:
                self.notes.append(f"the height of {phrase.size[2]} m has no effect")
        self.notes.extend(phrase.notes)

    def _describe(self, clause: Clause) -> None:
        phrase = clause.objects[0] if clause.objects else None
        if phrase is None:
            if clause.places:
                raise TaskNotUnderstood("a place is named but nothing that is there: name an object")
            return
        if phrase.kind == "room" or (phrase.kind == "place" and phrase.noun == "room"):
            self._room(phrase)
        elif phrase.kind in ("place", "part"):
            self.notes.append(f"{phrase.text or phrase.noun!r} has no effect")
        else:
            reference = self.things.refer(phrase)
            self._arrange([reference], clause.places)
            if reference.category is not None and reference.category.mount == "surface":
                self.things.group = reference

    def _exclude(self, clause: Clause) -> None:
        for phrase in clause.objects:
            if phrase.kind == "place":
                self.notes.append(f"'no {phrase.noun}' has no effect")
                continue
            if phrase.category is None:
                self.things.refer(phrase)
                continue
            self.excluded.append(phrase.category.name)

    def _move(self, clause: Clause) -> None:
        subjects = [self._object(phrase, "move") for phrase in clause.objects]
        subjects = [subject for subject in subjects if subject.ids]
        if not subjects:
            return
        group = _union(subjects)
        self._refuse_fixed(group)
        self._mark(group, "target")
        now, after = clause.divided()
        if not after and clause.verb in lexicon.DISPOSING:
            after = (Place("into", (self._bin(),)),)
        if not after and clause.frame == "move" and self._needs_place(clause):
            raise TaskNotUnderstood(f"{clause.verb} {group.things[0].name!r} where? Name a place for it")
        first_time = not set(group.ids) & self._moved
        before = len(self.initial)
        self._arrange([group], now)
        if not first_time:
            del self.initial[before:]
        self._start_on_cleared(group)
        if after:
            self._forget(group)
            goals = self._arrange([group], after, goal=True)
            self._stand_on_support(group, goals, after)
            self._moved |= set(group.ids)
        self.things.group = group

    def _refuse_fixed(self, group: Reference) -> None:
        for thing in group.things:
            if thing.category.fixed and not thing.category.covering:
                raise TaskImpossible(f"{thing.name!r} is built in and cannot be moved: name a loose object")

    def _bin(self) -> Phrase:
        category = self._vocabulary.find("trash bin")
        return Phrase("object" if category else "unknown", "trash bin", "trash bin", category)

    def _needs_place(self, clause: Clause) -> bool:
        return not any(
            phrase.noun == "person" for place in clause.places for phrase in place.phrases
        ) and clause.verb not in ("hand", "hand over", "give", "deliver", "pass")

    def _object(self, phrase: Phrase, frame: str) -> Reference:
        """Return what is acted on; a whole is meant where a part cannot be moved."""
        if phrase.kind == "pronoun" and phrase.noun == "there":
            raise TaskNotUnderstood("an object is missing: name what is to be moved")
        reference = self.things.refer(phrase)
        if reference.place is not None and reference.place != "person":
            raise TaskImpossible(f"the {reference.place} cannot be moved: name an object")
        if not reference.ids and frame != "move":
            raise TaskNotUnderstood(f"{phrase.text!r} is no object: name one")
        return reference

    def _stack(self, clause: Clause) -> None:
        if any(place.relation in ("from",) for place in clause.places) or len(clause.objects) > 1:
            self._move(replace(clause, frame="move"))
            return
        group = self._object(clause.objects[0], "stack")
        self._refuse_fixed(group)
        self._mark(group, "target")
        self.things.group = group
        places = tuple(p for p in clause.places if not any(q.noun == "others" for q in p.phrases))
        first = next(
            (k for k, p in enumerate(places) if p.relation in ("on", "onto") and p.phrases), len(places)
        )
        self._arrange([group], places[:first])
        base = Reference()
        if first < len(places):
            base = self.things.refer(places[first].phrases[0], group.ids)
            self._mark(base, "receptacle")
            self._arrange([base], places[first + 1 :])
        chain = ((base.ids or (FLOOR,))[0], *group.ids) if first < len(places) else group.ids
        if len(chain) < 2:
            raise TaskNotUnderstood(f"stack {group.things[0].name!r} on what? Name something")
        part = base.part
        for index, (lower, upper) in enumerate(pairwise(chain)):
            self.goal.append(
                Relation(name="on", subject=upper, object=lower, part=part if index == 0 else None)
            )
        self._moved |= set(group.ids)

    def _clear(self, clause: Clause) -> None:
        if any(place.relation in ("from", "into", "to") for place in clause.places):
            self._move(replace(clause, frame="take"))
            return
        cleared = self._object(clause.objects[0], "clear")
        self._mark(cleared, "receptacle")
        self._arrange([cleared], clause.places)
        self._cleared = cleared

    def _start_on_cleared(self, group: Reference) -> None:
        cleared = self._cleared
        if cleared is None:
            return
        for name in group.ids:
            known = any(r.subject == name and r.name in ("on", "in") and not r.negated for r in self.initial)
            if name not in self._moved and not known:
                self._begin(*self._say("from", Reference(group.things, (name,)), cleared))

    def _load(self, clause: Clause) -> None:
        holder = self._object(clause.objects[0], "load")
        if clause.contents:
            self._move(Clause("move", clause.verb, clause.contents, clause.places + _into(clause.objects[0])))
        elif any(place.relation in ("into", "onto", "in", "on") for place in clause.places):
            self._move(replace(clause, frame="move"))
        else:
            raise TaskNotUnderstood(f"{clause.verb} {holder.things[0].name!r} with what? Name the objects")

    def _lay(self, clause: Clause) -> None:
        """Set a table: each thing once for everybody."""
        table = self._object(clause.objects[0], "lay")
        self._mark(table, "receptacle")
        people = next((p.phrases[0].count for p in clause.places if p.relation == "for"), 0)
        if people:
            self._seats(table, people)
        if not clause.contents:
            raise TaskNotUnderstood(f"{clause.verb} {table.things[0].name!r} with what? Name the objects")
        for phrase in clause.contents:
            each = replace(phrase, count=people, counted=True) if people and not phrase.counted else phrase
            self._move(Clause("move", clause.verb, (each,), _onto(clause.objects[0])))

    def _seats(self, table: Reference, people: int) -> None:
        if not any(thing.category.name == "chair" for thing in self.things.named):
            chairs = self.things.make("chair", people)
            self._begin(*self._say("facing", chairs, table))

    def _operate(self, clause: Clause) -> None:
        state: RelationName = "open" if clause.frame == "open" else "closed"
        for phrase in clause.objects:
            if phrase.kind == "pronoun":
                reference = self.things.openable(tuple(self._moved)) or self.things.refer(phrase)
            else:
                reference = self.things.refer(phrase)
            if not reference.ids:
                raise TaskNotUnderstood(f"the {phrase.noun} of what is meant? Name the furniture")
            self._mark(reference, "receptacle")
            self.things.held = self.things.group = reference
            self._arrange([reference], clause.places)
            for name in reference.ids:
                self._turn(name, reference.part, state)

    def _turn(self, name: str, part: str | None, state: RelationName) -> None:
        """Make a state of a door or drawer a goal; it begins in the other one."""
        began = self._began.setdefault((name, part), _OPPOSITE[state])
        self.goal = [
            r for r in self.goal if not (r.name in _OPPOSITE and (r.subject, r.part) == (name, part))
        ]
        self._begin(Relation(name=began, subject=name, part=part))
        if state == began:
            self.notes.append(f"{name} ends {state} as it began: no goal")
        else:
            self.goal.append(Relation(name=state, subject=name, part=part))

    def _idle(self, clause: Clause) -> None:
        self.notes.append(f"{clause.verb!r} has no goal relation")
        for phrase in clause.objects:
            reference = self.things.refer(phrase)
            if reference.category is not None:
                self._mark(reference, "receptacle" if reference.category.mount == "floor" else "target")
                self._arrange([reference], clause.places)
                self.things.group = reference

    def _arrange(
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
                self._begin(*(() if goal else among))
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
            relations = self._say("to" if region and place.relation == "at" else place.relation, host, *found)
            if goal and host is hosts[0]:
                goals += relations
                self._mark(found[0], "receptacle")
            else:
                self._begin(*(r for r in relations if r.subject not in self._moved))
            if place.relation in ("from", "on", "in", "to", "onto", "into") and found[0].ids:
                if goal or place.relation == "from":
                    self._mark(found[0], "receptacle")
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
        category = self._vocabulary.find(noun)
        text = " ".join((*phrase.noun.split()[:-1], noun))
        return replace(phrase, kind="object", noun=noun, text=text, category=category) if category else phrase

    def _serve(self, host: Reference, place: Place) -> None:
        if host.is_one_of(("table", "desk", "counter")):
            self._seats(host, place.phrases[0].count)
        else:
            self.notes.append(f"'for {place.phrases[0].count}' has no effect")

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
            self._begin(*self._say("next_to" if floor else contact, content, host))

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
        self._begin(*(Relation(name="between", subject=s, object=pair[0], other=pair[1]) for s in item.ids))

    def _say(self, relation: str, subject: Reference, *found: Reference) -> list[Relation]:
        """Return what a preposition between things says."""
        if relation == "facing" and subject.ids and found[0].ids:
            self._facing = (subject.ids[0], found[0].ids[0])
        return relations(relation, subject, found, self.notes)

    def _stand_on_support(self, group: Reference, goals: list[Relation], places: tuple[Place, ...]) -> None:
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
                self._begin(resting[0].model_copy(update={"subject": relation.object}))

    def _begin(self, *relations: Relation) -> None:
        self.initial += [relation for relation in relations if relation not in self.initial]

    def _forget(self, group: Reference) -> None:
        """Drop earlier places of things that go on to another."""
        passed = [r for r in self.goal if r.subject in group.ids and r.name not in _OPPOSITE]
        self.notes.extend(f"{relation} holds on the way only" for relation in passed)
        self.goal = [relation for relation in self.goal if relation not in passed]

    def _forbid(self, goal: Relation) -> None:
        """State that a goal does not hold yet."""
        if goal in self.initial:
            raise TaskImpossible(f"{goal} is to hold before and after: name another place")
        same = [
            r for r in self.initial if (r.name, r.subject, r.object) == (goal.name, goal.subject, goal.object)
        ]
        part = goal.part if any(not relation.negated for relation in same) else None
        self._begin(goal.model_copy(update={"negated": True, "part": part}))

    def _imply_facing(self) -> None:
        placed = {relation.subject for relation in self.initial if not relation.negated}
        placed |= {relation.subject for relation in self.goal}
        for seat, table in lexicon.IMPLIED_FACING:
            tables = [thing for thing in self.things.named if thing.category.name == table]
            for thing in self.things.named:
                if (
                    thing.category.name == seat
                    and tables
                    and not placed & set(thing.ids)
                    and not self.imperative
                ):
                    target = Reference((tables[0],), tables[0].ids)
                    self._begin(*self._say("facing", Reference((thing,), thing.ids), target))
                    placed |= set(thing.ids)

    def _mark(self, reference: Reference, role: str) -> None:
        for thing in reference.things:
            if thing.role != "target":
                thing.role = role  # type: ignore[assignment]


def _times(phrase: Phrase, number: int) -> Phrase:
    return replace(phrase, count=phrase.count * max(1, number), counted=True)


def _rests(relation: Relation) -> bool:
    return relation.name in ("on", "in") and not relation.negated


def _union(references: list[Reference]) -> Reference:
    things: tuple[Thing, ...] = tuple(thing for reference in references for thing in reference.things)
    ids = tuple(dict.fromkeys(name for reference in references for name in reference.ids))
    part = references[0].part if len(references) == 1 else None
    return Reference(things, ids, part)


def _into(phrase: Phrase) -> tuple[Place, ...]:
    return (Place("into", (replace(phrase, definite=True, new=False),)),)


def _onto(phrase: Phrase) -> tuple[Place, ...]:
    return (Place("onto", (replace(phrase, definite=True, new=False),)),)
