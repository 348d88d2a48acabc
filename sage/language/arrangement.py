"""Where things are at first and where they are to go, as the places of clauses tell."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from sage.errors import TaskNotUnderstood
from sage.language import lexicon
from sage.language.clauses import THERE, Place
from sage.language.phrases import Phrase
from sage.language.relations import LATERAL, can_rest, mutual, relations
from sage.language.things import Reference, Things, joined
from sage.task import Relation

__all__ = ["OPENNESS", "Arrangement", "people_of"]

OPENNESS = ("open", "closed")
_HOLDING = ("with", "contains", "laid", "topped")
_BESIDE = ("next_to", "near", "left_of", "right_of", "in_front_of", "behind", "around", "across")
_INVERSE = {
    "flanked": "flanking", "surrounded": "around", "beside": "next_to", "centered": "middle_of",
    "lit": "above", "supported": "next_to",
}  # fmt: skip
"""What passive verbs say of their agent: `flanked by`, and the relation of that to their subject."""
_NAMED_BY_USE = ("stand", "rack", "holder", "case", "chair", "lamp")
"""Nouns that what is on or at them makes special: a stand under a tv is a tv stand."""
_AT_WALLS = ("wall", "window", "corner")
_CONTENTS = 3
"""How many things a container holds of which only the plural is said: `a bowl of apples`."""
_OTHER_SIDE = {"left_of": "right_of", "right_of": "left_of", "in_front_of": "behind", "behind": "in_front_of"}


@dataclass
class Arrangement:
    """Collects relations between the things of a prompt."""

    things: Things
    initial: list[Relation] = field(default_factory=list)
    goal: list[Relation] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    """Ids of what has a goal: what is said of it from then on is not where it begins."""
    understood: Callable[[Place], None] = lambda place: None
    """Called with each place that had an effect."""
    record: Callable[[tuple[int, ...]], None] = lambda words: None
    """Called with words that no scene shows."""
    full: Callable[[Place], bool] = lambda place: False
    """Tells whether a place says that something is full."""
    unread: set[int] = field(default_factory=set)
    """Head words of noun phrases for which nothing is made."""
    _by_head: dict[int, Reference] = field(default_factory=dict)
    """What each noun phrase means, by its head word."""
    _owners: dict[int, Reference] = field(default_factory=dict)
    """What things are said to be on or in, by the head word of the phrase that named them."""
    _facing: tuple[str, str] | None = None
    _at_wall: Reference | None = None
    """What was last said to be at a wall."""

    def arrange(
        self, hosts: list[Reference], places: tuple[Place, ...], goal: bool = False
    ) -> list[Relation]:
        """State where things are, or are to go.

        A place belongs to the noun phrase that the parser relates it to, where that can be, else to the one
        before it.

        Args:
            hosts: what the places are said of.
            places: in the order in which they are said.
            goal: they are to hold in the end.

        Returns:
            The new goals, if `goal`.
        """
        goals: list[Relation] = []
        for place in places:
            try:
                hosts = self._arrange_one(hosts, place, places, goals, goal)
            except TaskNotUnderstood as error:
                self.things.notes.append(str(error))
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
        """State one place; return the hosts, with what it names."""
        if place.relation in ("purpose", "manner"):
            self.record(place.words)
            return hosts
        if place.relation == "side_by_side":
            return self._side_by_side(hosts, place, places, goals, goal)
        if place.host in self.unread:
            for phrase in place.phrases:
                self.meant(phrase)
            return hosts
        near = self._by_head.get(place.host, hosts[-1])
        if self._names_nothing(place, [hosts[0], near]) or self._describes(place, near):
            self.understood(place)
            return hosts
        if place.phrases and place.phrases[0].noun == "others":
            among = mutual(place.relation, near if len(near.ids) > 1 else hosts[0])
            goals += among if goal else []
            self.begin(*(() if goal else among))
            self.understood(place)
            return hosts
        if place.each:
            place = replace(place, phrases=tuple(_times(p, len(near.ids)) for p in place.phrases))
        if place.relation == "between" and self._between_all(place):
            place = replace(place, phrases=())
        found = [] if place.relation == "between" and not place.phrases else self._found(place, hosts, near)
        if not found and place.relation == "between":
            self._in_between(near)
            self.understood(place)
            return hosts
        if not found:
            return hosts
        if place.relation == "using":
            self.mark(found[0], "target")
            return [*hosts, found[0]]
        host = self._host(hosts, place, found[0], goals, goal)
        if place.relation in ("nearest", "farthest"):
            self._tell_apart(host, place.relation, found[0])
            self.understood(place)
            return hosts
        if place.relation in _HOLDING:
            self._hold(host, place, found, places)
            self._share(place)
            return [*hosts, *found]
        if place.relation in _INVERSE:
            self._inverse(host, place, found, places)
            return [*hosts, *found]
        if place.relation in ("mentions", "sees"):
            self.understood(place)
            return [*hosts, *found]
        if found[0].place == "wall" and found[0].part == "opposite":
            found = [replace(found[0], part=None)]
            self._opposite(host)
        elif (found[0].place in _AT_WALLS or place.relation == "corner_of") and host.ids:
            self._at_wall = host
        moves = goal and host is hosts[0]
        if not moves and place.relation == "flanking" and len(host.ids) == 1 and not _told(host):
            host = self.at_least(host, 2, exact=True)
        relations = self.say(_preposition(place, host, found[0], moves), host, *found)
        if relations:
            self.understood(place)
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
        return [*hosts, *found]

    def _side_by_side(
        self,
        hosts: list[Reference],
        place: Place,
        places: tuple[Place, ...],
        goals: list[Relation],
        goal: bool,
    ) -> list[Reference]:
        """State that several stand in a row: those of a phrase, or of the list that it ends."""
        row = hosts[0] if goal else self._by_head.get(place.host, hosts[-1])
        heads = next((heads for p in places if place.host in (heads := [q.head for q in p.phrases])), [])
        listed = [] if goal else [self._by_head[head] for head in heads if head in self._by_head]
        rows = [reference for reference in listed if len(reference.ids) > 1] or [row]
        if len(listed) > 1:
            row = joined(listed)
        elif len(row.ids) < 2:
            row = hosts[0]
        if place.host >= 0 and row.ids and not goal:
            self._by_head[place.host] = row
        rows = rows if all(len(reference.ids) > 1 for reference in rows) else [row]
        among = [relation for reference in rows for relation in mutual("next_to", reference)]
        goals += among if goal else []
        self.begin(*(() if goal else among))
        self.understood(place)
        return hosts if goal else [*hosts, row]

    def meant(self, phrase: Phrase, besides: tuple[str, ...] = ()) -> Reference:
        """Return what a phrase means, and remember it by its head word."""
        again = phrase.kind == "pronoun" and not phrase.words and phrase.head in self._by_head
        reference = self._by_head[phrase.head] if again else self.things.refer(phrase, besides)
        self.mean(phrase, reference)
        if phrase.contents and reference.ids:
            for content in phrase.contents:
                self._fill(reference, content)
        return reference

    def mean(self, phrase: Phrase, reference: Reference) -> None:
        """Remember what a phrase means that is no object."""
        if phrase.head >= 0:
            self._by_head[phrase.head] = reference

    def _fill(self, holder: Reference, content: Phrase) -> None:
        """Put contents into what is named after them: `a bowl of fruit`."""
        if content.category is None or content.category.mount != "surface":
            return
        many = content.plural and not content.counted
        count = _CONTENTS * len(holder.ids) if many else max(content.count, len(holder.ids))
        made = self.meant(replace(content, count=count, definite=False, exact=not many, contents=()))
        self.begin(*self.say("in", made, holder))

    def _found(self, place: Place, hosts: list[Reference], near: Reference) -> list[Reference]:
        """Return what a place refers to; without words for it, what bears the host, or was named before."""
        if place.relation == "mentions":
            return self._mentioned(place)
        if place.phrases:
            contents = place.relation in _HOLDING
            parts = [p for p in place.phrases if contents and _is_made_so(p)]
            for thing in near.things if parts else ():
                self.things.look(thing, tuple(parts))
            phrases = [p for p in place.phrases if p not in parts]
            return [found for p in phrases if (found := self._referred(p, hosts, place, near)) is not None]
        owner = self._owners.get(place.host)
        small = near.category is not None and near.category.mount == "surface"
        if place.relation == "middle_of" and not small:
            return [Reference(place="room")]
        anchor = self._by_head.get(place.anchor)
        if owner is None and anchor is not None and anchor.ids and not set(anchor.ids) & set(near.ids):
            owner = anchor
        stands = near.category is not None and near.category.mount == "floor"
        if owner is not None:
            return [self._borne_by(owner) if stands else owner]
        for thing in reversed(self.things.recent):
            furniture = thing.category.mount in ("floor", "wall")
            if not set(thing.ids) & set(near.ids) and furniture:
                return [Reference((thing,), thing.ids)]
        return []

    def _opposite(self, host: Reference) -> None:
        """State that a thing at `the opposite wall` is across from what was last said to be at a wall."""
        other = self._at_wall
        if other is not None and host.ids and not set(other.ids) & set(host.ids):
            self.begin(*self.say("across", host, other))

    def _mentioned(self, place: Place) -> list[Reference]:
        """Return what a verb without a spatial sense speaks of, if that was named before; record the rest."""
        found = []
        for phrase in place.phrases:
            if phrase.kind == "pronoun" or (
                phrase.definite and not phrase.bare and self.things.knows(phrase)
            ):
                found.append(self.meant(phrase))
            else:
                self.record((*place.words, *phrase.words))
        return found

    def _host(
        self, hosts: list[Reference], place: Place, target: Reference, goals: list[Relation], goal: bool
    ) -> Reference:
        """Return what a place is said of."""
        if goal and not goals and not place.bound:
            return hosts[0]
        own = self._by_head.get(place.host)
        if own is not None and own is not target and (own.ids or own.place) and _can_be(own, place, target):
            return own
        return host_of(hosts, place.relation, target) if goal or place.host >= 0 else hosts[0]

    def _inverse(
        self, host: Reference, place: Place, found: list[Reference], places: tuple[Place, ...]
    ) -> None:
        """State a relation of what follows to what it is said of: `a bed flanked by nightstands`."""
        relation = _INVERSE[place.relation]
        heads = {id(self._by_head.get(phrase.head)): phrase.head for phrase in place.phrases}
        for content in found:
            head = heads.get(id(content), -1)
            self._owners[head] = host
            if any(other.host == head and other.relation.endswith("_side") for other in places):
                self.understood(place)
                continue
            if host.place == "room" and relation in ("middle_of",):
                self.begin(*self.say("middle_of", content, Reference(place="room")))
            elif place.relation == "supported" and content.category is not None and content.category.covering:
                self.begin(*self.say("on", host, content))
            elif host.ids and content.ids and not set(host.ids) & set(content.ids):
                stands = content.category is not None and content.category.mount == "floor"
                self.begin(*self.say(relation, content, self._borne_by(host) if stands else host))
            self.understood(place)

    def _names_nothing(self, place: Place, hosts: list[Reference]) -> bool:
        """Take in `for four`, `with nothing on it` or `in the next room`; tell whether it was one."""
        noun = place.phrases[0].noun if place.phrases else ""
        if place.relation in ("for", "served") and place.phrases:
            people = people_of(place.phrases[0])
            if people is None:
                return place.relation == "for"
            if place.relation == "served":
                self.lay(hosts[-1], people)
            else:
                self._serve(hosts[-1], people)
        elif noun == "nothing" and place.relation == "with":
            for thing in hosts[-1].things:
                thing.states += [] if "empty" in thing.states else ["empty"]
        elif noun == "next room":
            for thing in hosts[-1].things:
                thing.elsewhere = True
                self.things.notes.append(f"the other room is left out: the {thing.noun} is in the same room")
        elif place.relation in ("lit", "supported"):
            return not any(phrase.category is not None for phrase in place.phrases)
        elif place.relation not in ("as", "during", "through", "of"):
            return False
        return True

    def _describes(self, place: Place, host: Reference) -> bool:
        """Take in `on the left`, `that is open`; tell whether it was one."""
        if place.relation not in ("choice", "state", "nowhere", "looks"):
            return False
        for thing in host.things:
            if place.relation == "looks":
                self.things.look(thing, place.phrases)
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

    def _refer(self, phrase: Phrase, hosts: list[Reference], place: Place, near: Reference) -> Reference:
        """Return what a phrase means beside some things; `it` has something else on its other side."""
        last = self.goal[-1] if self.goal else None
        if phrase.noun == "it" and last is not None and last.name == _OTHER_SIDE.get(place.relation):
            return Reference((self.things.of(last.object),), (last.object,))
        if phrase.kind == "part" and phrase.noun == "door":
            self.things.understood(phrase)
            return Reference(place="door")
        owner = self._owners.get(place.host)
        if phrase.kind == "pronoun" and phrase.noun in ("it", "them", "there") and owner is not None:
            return owner
        besides = near.ids if near.ids and place.host >= 0 else hosts[0].ids
        if phrase.noun == "it" and not self.goal:
            if (
                place.relation == "middle_of"
                and near.category is not None
                and near.category.mount != "surface"
            ):
                return Reference(place="room")
            anchor = self._by_head.get(place.anchor)
            if anchor is not None and anchor.ids and not set(anchor.ids) & set(near.ids):
                return anchor
            if (standing := self._standing(near, phrase.head)) is not None:
                return standing
        found = self.meant(self._compound(phrase, near), besides)
        beside_itself = phrase.noun == "it" and place.relation in LATERAL and found.ids == near.ids
        return hosts[0] if beside_itself and len(hosts) > 1 else found

    def _referred(
        self, phrase: Phrase, hosts: list[Reference], place: Place, near: Reference
    ) -> Reference | None:
        """Return what one of several phrases means; of a single one it must be known."""
        try:
            return self._refer(phrase, hosts, place, near)
        except TaskNotUnderstood as error:
            self.unread.add(phrase.head)
            if len(place.phrases) == 1:
                raise
            self.things.notes.append(str(error))
            return None

    def _standing(self, near: Reference, before: int) -> Reference | None:
        """Return what `it` means beside furniture: the furniture that was named last before that word."""
        if near.category is None or near.category.mount == "surface":
            return None
        for head in sorted(self._by_head, reverse=True) if before >= 0 else ():
            found = self._by_head[head]
            stands = found.category is not None and found.category.mount == "floor"
            if head < before and stands and not set(found.ids) & set(near.ids):
                return found
        for thing in reversed(self.things.recent):
            if thing.category.mount == "floor" and not set(thing.ids) & set(near.ids):
                return Reference((thing,), thing.ids)
        return None

    def _compound(self, phrase: Phrase, host: Reference) -> Phrase:
        """Return `a tv stand` for `a stand` that a tv is on, `a dumbbell rack` for a rack with dumbbells."""
        head = phrase.noun.split()[-1:]
        if phrase.kind not in ("unknown", "object") or phrase.part or not head or not host.things:
            return phrase
        if phrase.kind == "object" and (phrase.noun not in _NAMED_BY_USE):
            return phrase
        noun = f"{host.things[0].noun} {head[0]}"
        category = self.things.vocabulary.common(noun)
        if category is None and head[0] in ("stand", "rack", "holder"):
            category = self.things.vocabulary.find(noun)
        plain = phrase.category if self.things.vocabulary.common(phrase.noun) is not None else None
        if category is None or category in (host.category, plain):
            return phrase
        named = any(thing.category == plain for thing in self.things.named)
        special = head[0] in category.kinds or category.stand_in
        if plain is not None and (named or not special):
            return phrase
        text = " ".join((*phrase.text.split()[:-1], noun))
        return replace(phrase, kind="object", noun=noun, text=text, category=category)

    def _serve(self, host: Reference, people: int) -> None:
        if host.is_one_of(("table", "desk", "counter")) or (
            host.category is not None and "table" in host.category.kinds
        ):
            self.seats(host, people)

    def _hold(self, host: Reference, place: Place, found: list[Reference], places: tuple[Place, ...]) -> None:
        """State what a thing has on or in it; furniture stands beside it."""
        self.understood(place)
        if place.relation == "laid" and not host.is_one_of(lexicon.LAID):
            host = self._table() or host
        heads = {
            id(content): phrase for phrase in place.phrases if (content := self._by_head.get(phrase.head))
        }
        for content in found:
            phrase = heads.get(id(content), THERE)
            if content.ids and host.place == "room" and self._is_full(place) and phrase.plural:
                self.at_least(content, lexicon.FULL)
            if not content.ids or not (host.ids or host.place == "wall"):
                continue
            self._owners[phrase.head] = host
            if host.place == "wall":
                self.begin(*self.say("on", content, host))
                continue
            if place.relation not in ("with", "topped") and not phrase.counted and phrase.plural:
                least = self._seats_at(host) if place.relation == "laid" else 0
                full = place.relation == "contains" and self._is_full(place)
                full = full or place.relation == "laid"
                many = max(lexicon.FULL, lexicon.LOADED * len(host.ids)) if full else lexicon.PLAIN_PLURAL
                content = self.at_least(content, least or many)
            floor = content.category is not None and content.category.mount == "floor"
            placed = any(other.host == phrase.head and other.relation not in _HOLDING for other in places)
            if any(_elsewhere(other, phrase, host) for other in places) or (floor and placed):
                continue
            topped = place.relation == "with" and host.is_one_of(lexicon.TOPPED)
            on = topped or place.relation in ("laid", "topped")
            contact = place.contact or ("on" if on else place.relation)
            if content.category is not None and (
                content.category.covering or content.category.mount in ("wall", "ceiling")
            ):
                continue
            if place.contact == "on":
                host = self._bearing(host)
            self.begin(*self.say("next_to" if floor else contact, content, host))

    def _share(self, place: Place) -> None:
        """Let what is said of a noun without an article hold for the one before: `a desk and chair in`."""
        for before, phrase in pairwise(place.phrases):
            bare = phrase.bare and not phrase.plural and not phrase.counted
            if bare and before.head in self._by_head and phrase.head in self._by_head:
                both = [self._by_head[before.head], self._by_head[phrase.head]]
                self._by_head[phrase.head] = joined(both)

    def _bearing(self, host: Reference) -> Reference:
        """Return what bears things: furniture rather than the computer that stands on it."""
        if host.is_one_of(lexicon.FLAT) or host.is_one_of(lexicon.CONTAINERS):
            return host
        return self._borne_by(host)

    def _borne_by(self, host: Reference) -> Reference:
        """Return the furniture that small things stand on, or themselves if that is not known."""
        if host.category is None or host.category.mount != "surface":
            return host
        on = next((r.object for r in self.initial if r.subject in host.ids and _rests(r)), "")
        return Reference((self.things.of(on),), (on,)) if on in self.things.ids else host

    def _table(self) -> Reference | None:
        """Return the tables that were named last."""
        for thing in reversed(self.things.recent):
            if "table" in (thing.category.name, *thing.category.kinds):
                return Reference((thing,), thing.ids)
        return None

    def _is_full(self, place: Place) -> bool:
        return bool(place.words) and self.full(place)

    def _seats_at(self, host: Reference) -> int:
        """Return how many seats were said to be at some tables."""
        seated = {r.subject for r in self.initial if r.name in ("next_to", "facing") and r.object in host.ids}
        return sum(1 for name in seated if self.things.of(name).category.mount == "floor")

    def at_least(self, reference: Reference, count: int, *, exact: bool = False) -> Reference:
        """Name more of a thing, up to a count."""
        thing = reference.things[0]
        thing.ids += self.things.number(thing.category, max(0, count - len(thing.ids)))
        thing.exact = exact
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
        for relation in relations:
            if relation.subject != relation.object and relation not in self.initial:
                self.initial.append(relation)

    def share_supports(self) -> None:
        """Put small things that are beside each other on the same support, where only one's is said."""
        resting = {r.subject: r for r in self.initial if _rests(r)}
        beside = [r for r in self.initial if r.name in _BESIDE and not r.negated]
        for _ in range(len(beside)):
            before = len(resting)
            for relation in beside:
                pair = (relation.subject, relation.object)
                for own, other in (pair, pair[::-1]):
                    if own in resting or other not in resting or own in self.moved or not self._is_small(own):
                        continue
                    if resting[other].object in (own, *resting) and resting[other].name == "in":
                        continue
                    resting[own] = resting[other].model_copy(update={"subject": own})
                    self.begin(resting[own])
            if len(resting) == before:
                break

    def _is_small(self, name: str) -> bool:
        return name in self.things.ids and self.things.of(name).category.mount == "surface"

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
    if not moves and not small and place.relation in ("on", "in") and not can_rest(host, target):
        return "next_to"
    if not moves and small and place.relation in ("next_to", "near") and target.is_one_of(lexicon.STOOD_ON):
        return "on"
    return place.relation


def _can_be(host: Reference, place: Place, target: Reference) -> bool:
    """Tell whether a place can be true of what the parser relates it to."""
    if place.relation in ("on", "in", "onto", "into") and host.ids and target.ids:
        return can_rest(host, target) or place.bound
    return True


def host_of(hosts: list[Reference], relation: str, target: Reference) -> Reference:
    """Return which of the nouns before a place it belongs to: the last that it can be true of."""
    for host in reversed(hosts):
        if host.category is None:
            continue
        floor = host.category.mount != "surface"
        thing = target.category
        rests = relation in ("on", "in", "onto", "into", "from") and thing is not None and not thing.covering
        beside = relation in LATERAL and thing is not None and thing.mount == "surface"
        if not (floor and (rests or beside)):
            return host
    return hosts[0]


def _is_made_so(phrase: Phrase) -> bool:
    """Tell whether contents are a part of what has them: `with three drawers`, `with a marble top`."""
    feature = phrase.noun.rpartition(" ")[2] in lexicon.FEATURES
    return feature or (phrase.kind == "part" and phrase.category is None) or phrase.part == "region"


def _elsewhere(place: Place, phrase: Phrase, host: Reference) -> bool:
    """Tell whether a place says where contents are to what has them: `a desk with a bin beneath`."""
    own = place.host == phrase.head and place.relation not in _HOLDING
    beside = host.category is not None and host.category.mount == "surface"
    again = not place.phrases or place.phrases[0].noun in ("it", "them", "there")
    if place.phrases and again and own:
        return True
    if not again:
        lateral = beside and place.relation in LATERAL
        return own and (place.relation in ("on", "in", "under", "outside") or lateral)
    sides = () if beside else ("left_side", "right_side", "front_side", "back_side")
    return own and place.relation not in ("on", "in", *sides)


def _told(host: Reference) -> bool:
    return len(host.things) != 1 or not host.things[0].exact


def people_of(phrase: Phrase) -> int | None:
    """Return how many people `for four` or `for a family of four` speaks of, or None."""
    words = phrase.text.split()
    people = phrase.noun in lexicon.PEOPLE or phrase.noun == "one" or not words
    number = next((lexicon.NUMBERS[word] for word in words if word in lexicon.NUMBERS), None)
    if people or {*words} & lexicon.PEOPLE:
        return phrase.count if phrase.counted else number
    return 0 if phrase.text in lexicon.MEALS or phrase.noun in lexicon.MEALS else None


def _singled_out(host: Reference) -> bool:
    return len(host.ids) == 1 and len(host.things) == 1 and host.things[0].definite


def _times(phrase: Phrase, number: int) -> Phrase:
    return replace(phrase, count=phrase.count * max(1, number), counted=True)


def _rests(relation: Relation) -> bool:
    return relation.name in ("on", "in") and not relation.negated
