"""Conversion of instruction clauses (move, open, clear, load, set a table) to goal relations."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.language import lexicon
from sage.language.arrangement import Arrangement
from sage.language.clauses import Clause, Place
from sage.language.entities import Entities, Reference, joined
from sage.language.phrases import Phrase, unknown
from sage.language.seating import seats, setting
from sage.task import FLOOR, Relation, RelationName
from sage.vocabulary import Category, Vocabulary

__all__ = ["OPPOSITE", "Acts"]

OPPOSITE: dict[str, RelationName] = {"open": "closed", "closed": "open"}
"""Each door state and the one opposite to it."""
_SWITCHED = {"on": "off", "off": "on"}
"""Initial state of a device, by the state that an instruction switches it to."""


class Acts:
    """Converts instruction clauses to initial and goal relations.

    Args:
        entities: entities introduced so far; extended.
        arrangement: receives the initial and goal relations.
        vocabulary: known nouns and categories.
        name_room: called with a noun phrase that names the room.
    """

    def __init__(
        self,
        entities: Entities,
        arrangement: Arrangement,
        vocabulary: Vocabulary,
        name_room: Callable[[Phrase], None],
    ) -> None:
        self.entities = entities
        self._arrangement = arrangement
        self._vocabulary = vocabulary
        self._name_room = name_room
        self._cleared: Reference | None = None
        self._initial_states: dict[tuple[str, str | None], str] = {}

    def apply(self, clause: Clause) -> None:
        """Add the relations that an instruction implies.

        Raises:
            TaskImpossible: the instruction cannot be carried out, such as moving a built-in object.
            TaskNotUnderstood: an object or a place is missing.
        """
        handlers = {
            "move": self._move, "take": self._move, "stack": self._stack, "clear": self._clear,
            "load": self._load, "lay": self._lay, "open": self._operate, "close": self._operate,
            "idle": self._idle, "turn": self._idle,
        }  # fmt: skip
        if clause.objects or clause.frame == "idle":
            handlers[clause.frame](clause)
        elif clause.frame in ("clear", "turn", "take") or clause.places:
            self._idle(clause)
        else:
            raise TaskNotUnderstood(f"{clause.verb!r} has no object: name one")

    def finish(self) -> None:
        """Add typical contents to a surface or container that must be cleared and has none yet.

        Raises:
            TaskNotUnderstood: no typical contents are known for it.
        """
        if self._cleared is not None and not self._arrangement.moved:
            self._clear_typically(self._cleared)

    def _move(self, clause: Clause) -> None:
        if self._slides_part(clause) or self._covers(clause):
            return
        subjects = [self._object(phrase, "move") for phrase in clause.objects]
        subjects = [subject for subject in subjects if subject.ids]
        if not subjects:
            return
        group = joined(subjects)
        self._refuse_fixed(group)
        self._arrangement.mark(group, "target")
        clause = replace(
            clause, places=tuple(_for_each(place, clause, len(group.ids)) for place in clause.places)
        )
        nowhere = any(place.relation == "nowhere" for place in clause.places)
        clause = replace(clause, places=tuple(p for p in clause.places if p.relation != "nowhere"))
        now, after = clause.split_places()
        if not after and clause.verb in lexicon.DISPOSING:
            after = (Place("into", (self._bin(),)),)
        nowhere = nowhere or (not now and clause.verb in lexicon.NUDGING)
        if not after and nowhere:
            self.entities.notes.append(f"{clause.verb!r} has no goal relation")
        elif not after and clause.frame == "move" and clause.verb in lexicon.ARRANGING:
            self.entities.notes.append(f"{clause.verb!r} has no goal relation")
        elif not after and clause.frame == "move" and self._needs_place(clause):
            raise TaskNotUnderstood(f"{clause.verb} {group.entities[0].name!r} where? Name a place for it")
        first_time = not set(group.ids) & self._arrangement.moved
        before = len(self._arrangement.initial)
        self._arrangement.arrange([group], now)
        self._begin_among(group, now)
        if not first_time:
            del self._arrangement.initial[before:]
        self._start_on_cleared(group, after)
        if after:
            self._arrangement.drop_goals(group)
            goals = self._arrangement.arrange([group], after, goal=True)
            unread = [p for place in after for p in place.phrases if p.head in self._arrangement.unread]
            if unread and not goals:
                raise TaskNotUnderstood(unknown(unread[0].noun, self._vocabulary))
            self._arrangement.stand_on_support(group, goals, after)
            self._arrangement.moved |= set(group.ids)
        elif clause.verb in lexicon.HOLDING:
            self._arrangement.drop_goals(group)
            self._arrangement.goal.extend(Relation(name="lifted", subject=name) for name in group.ids)
        self.entities.group = group

    def _slides_part(self, clause: Clause) -> bool:
        """Handle `pull the drawer out`, `push the drawer in`; return whether the clause is one."""
        verb = clause.verb.partition(" ")[0]
        frame = lexicon.SLIDING.get(verb)
        parts = [
            p
            for p in clause.objects
            if p.part.startswith(("drawer", "door")) and p.kind in ("part", "object")
        ]
        if frame is None or not parts or len(parts) != len(clause.objects):
            return False
        if any(place.relation in ("to", "into", "onto") for place in clause.places):
            return False
        self._operate(replace(clause, frame=frame))
        return True

    def _covers(self, clause: Clause) -> bool:
        """Handle `put its lid back on` for a pot with a separate lid; return whether the clause is one."""
        lids = [p for p in clause.objects if p.kind == "part" and p.noun in ("lid", "cover")]
        category = self._vocabulary.find("lid")
        if not lids or len(lids) != len(clause.objects) or category is None:
            return False
        owner = self.entities.resolve(lids[0])
        if owner.category is None or owner.category.mount != "surface" or _opens(owner.category):
            return False
        lid = replace(lids[0], kind="object", noun="lid", text="lid", category=category, part="")
        noun = owner.entities[0].noun
        whole = Phrase("object", noun, noun, owner.category, definite=True, head=lids[0].head)
        places = tuple(place for place in clause.places if place.phrases)
        if not places and clause.frame == "move":
            places = _onto(whole)
        self._move(replace(clause, objects=(lid,), places=places))
        return True

    def _refuse_fixed(self, group: Reference) -> None:
        for entity in group.entities:
            if entity.category.fixed and not entity.category.covering:
                raise TaskImpossible(
                    f"{entity.name!r} is built in and cannot be moved: name a movable object"
                )

    def _bin(self) -> Phrase:
        category = self._vocabulary.common("trash bin")
        return Phrase("object" if category else "unknown", "trash bin", "trash bin", category)

    def _needs_place(self, clause: Clause) -> bool:
        return not any(
            phrase.noun == "person" for place in clause.places for phrase in place.phrases
        ) and clause.verb not in ("hand", "hand over", "give", "deliver", "pass")

    def _object(self, phrase: Phrase, frame: str) -> Reference:
        """Resolve the object of an instruction; a part that cannot be moved stands for its whole."""
        if phrase.kind == "pronoun" and phrase.noun == "there":
            raise TaskNotUnderstood("the object to move is missing: name it")
        reference = self._arrangement.resolve(phrase)
        if reference.place is not None and reference.place != "person":
            raise TaskImpossible(f"the {reference.place} cannot be moved: name an object")
        if not reference.ids and frame != "move":
            raise TaskNotUnderstood(f"{phrase.text!r} is not an object: name one")
        return reference

    def _stack(self, clause: Clause) -> None:
        if any(place.relation in ("from",) for place in clause.places) or len(clause.objects) > 1:
            self._move(replace(clause, frame="move"))
            return
        group = self._object(clause.objects[0], "stack")
        self._refuse_fixed(group)
        self._arrangement.mark(group, "target")
        self.entities.group = group
        places = tuple(p for p in clause.places if not any(q.noun == "others" for q in p.phrases))
        first = next(
            (k for k, p in enumerate(places) if p.relation in ("on", "onto") and p.phrases), len(places)
        )
        self._arrangement.arrange([group], places[:first])
        base = Reference()
        if first < len(places):
            base = self._arrangement.resolve(places[first].phrases[0], group.ids)
            self._arrangement.mark(base, "receptacle")
            self._arrangement.arrange([base], places[first + 1 :])
        chain = ((base.ids or (FLOOR,))[0], *group.ids) if first < len(places) else group.ids
        if len(chain) < 2:
            raise TaskNotUnderstood(f"stack {group.entities[0].name!r} on what? Name an object or a surface")
        part = base.part
        for index, (lower, upper) in enumerate(pairwise(chain)):
            self._arrangement.goal.append(
                Relation(name="on", subject=upper, object=lower, part=part if index == 0 else None)
            )
        self._arrangement.moved |= set(group.ids)

    def _clear(self, clause: Clause) -> None:
        into = tuple(place for place in clause.places if place.relation in ("into", "to", "onto"))
        if into and clause.verb in ("empty", "unload", "unpack") and clause.objects[0].category is not None:
            self._empty(clause, into)
            return
        if any(place.relation in ("from", "into", "to") for place in clause.places):
            self._move(replace(clause, frame="take"))
            return
        if clause.objects[0].kind == "room":
            self._name_room(clause.objects[0])
            self.entities.notes.append(f"'{clause.verb} {clause.objects[0].text}' has no goal relation")
            return
        cleared = self._object(clause.objects[0], "clear")
        self._arrangement.mark(cleared, "receptacle")
        self._arrangement.arrange([cleared], clause.places)
        self._cleared = cleared

    def _empty(self, clause: Clause, into: tuple[Place, ...]) -> None:
        """Move the typical contents of a container: `empty the washing machine into the basket`."""
        holder = self._object(clause.objects[0], "clear")
        name = holder.category.name if holder.category else ""
        nouns = lexicon.TYPICAL_CONTENTS.get(name, ((), ""))[0]
        if not nouns:
            self._idle(clause)
            return
        for noun in nouns:
            item = self.entities.make(noun, 2)
            self.entities.notes.append(f"the contents of the {name} are taken to be 2 of {noun}")
            self._arrangement.mark(item, "target")
            self._arrangement.mark(holder, "receptacle")
            self._arrangement.add_initial(*self._arrangement.relate("from", item, holder))
            self._arrangement.arrange([item], into, goal=True)
            self._arrangement.moved |= set(item.ids)

    def _clear_typically(self, cleared: Reference) -> None:
        """Add typical contents to the object to clear, and the goal of moving them to a typical place."""
        nouns, place = lexicon.TYPICAL_CONTENTS.get(
            cleared.category.name if cleared.category else "", ((), "")
        )
        if not nouns:
            raise TaskNotUnderstood(
                f"clear {cleared.entities[0].name!r} of what? Name the objects and where to put them"
            )
        for noun in nouns:
            item, target = self.entities.make(noun, 2), self.entities.make(place)
            self.entities.notes.append(f"the objects to clear are taken to be 2 of {noun}, to the {place}")
            self._arrangement.mark(item, "target")
            self._arrangement.mark(target, "receptacle")
            self._arrangement.add_initial(*self._arrangement.relate("from", item, cleared))
            self._arrangement.goal.extend(self._arrangement.relate("to", item, target))
            self._arrangement.moved |= set(item.ids)

    def _begin_among(self, group: Reference, places: tuple[Place, ...]) -> None:
        """Place objects chosen from a group, such as `the apple from the fruit`, where the group rests."""
        for phrase in (p for place in places if place.relation == "from" for p in place.phrases):
            several = self._arrangement.by_head.get(phrase.head)
            if several is None or not _is_among(group, several):
                continue
            stated = self._arrangement.initial
            stated[:] = [r for r in stated if not (r.subject in group.ids and r.object in several.ids)]
            support = next((r for r in stated if r.subject in several.ids and r.name in ("on", "in")), None)
            if support is not None:
                self._arrangement.add_initial(
                    *(support.model_copy(update={"subject": name}) for name in group.ids)
                )

    def _start_on_cleared(self, group: Reference, after: tuple[Place, ...]) -> None:
        """Place objects initially on the surface or container to clear, unless their place is known."""
        cleared = self._cleared
        if cleared is None or any(_may_be(phrase, cleared) for place in after for phrase in place.phrases):
            return
        for name in group.ids:
            known = any(
                r.subject == name and r.name in ("on", "in") and not r.negated
                for r in self._arrangement.initial
            )
            if name not in self._arrangement.moved and not known:
                self._arrangement.add_initial(
                    *self._arrangement.relate("from", Reference(group.entities, (name,)), cleared)
                )

    def _load(self, clause: Clause) -> None:
        target = _onto if clause.verb in lexicon.COVERING else _into
        if clause.contents:
            self._object(clause.objects[0], "load")
            self._move(
                Clause("move", clause.verb, clause.contents, clause.places + target(clause.objects[0]))
            )
        elif any(place.relation in ("into", "onto", "in", "on") for place in clause.places):
            self._move(replace(clause, frame="move"))
        else:
            self._idle(clause)

    def _lay(self, clause: Clause) -> None:
        """Set a table, with one of each item per person."""
        table = self._object(clause.objects[0], "lay")
        self._arrangement.mark(table, "receptacle")
        people = next((p.phrases[0].count for p in clause.places if p.relation == "for"), 0)
        if people:
            seats(self._arrangement, table, people)
        contents = clause.contents or self._setting()
        for phrase in contents:
            each = replace(phrase, count=people, counted=True) if people and not phrase.counted else phrase
            self._move(Clause("move", clause.verb, (each,), _onto(clause.objects[0])))

    def _setting(self) -> tuple[Phrase, ...]:
        found = ((noun, self._vocabulary.common(noun)) for noun in setting(self._arrangement))
        return tuple(Phrase("object", noun, noun, category, definite=False) for noun, category in found)

    def _operate(self, clause: Clause) -> None:
        state: RelationName = "open" if clause.frame == "open" else "closed"
        for phrase in clause.objects:
            if phrase.kind == "pronoun":
                reference = self._opened() or self.entities.resolve(phrase)
            else:
                reference = self.entities.resolve(phrase)
            if not reference.ids:
                raise TaskNotUnderstood(f"the {phrase.noun} of what? Name the furniture")
            self._arrangement.mark(reference, "receptacle")
            self.entities.held = self.entities.group = reference
            self._arrangement.arrange([reference], clause.places)
            for name in reference.ids:
                self._require_state(name, reference.part, state)

    def _opened(self) -> Reference | None:
        """Resolve `it` in `open it`: the drawer mentioned last, else the latest object with a door or lid."""
        held, moved = self.entities.held, self._arrangement.moved
        if held is not None and (held.part or "").startswith("drawer") and not moved & set(held.ids):
            return held
        return self.entities.openable(tuple(moved))

    def _require_state(self, name: str, part: str | None, state: RelationName) -> None:
        """Make the state of a door or drawer a goal, and the opposite state its initial one."""
        initial = self._initial_states.setdefault((name, part), OPPOSITE[state])
        self._arrangement.goal = [
            r
            for r in self._arrangement.goal
            if not (r.name in OPPOSITE and (r.subject, r.part) == (name, part))
        ]
        self._arrangement.add_initial(Relation(name=initial, subject=name, part=part))
        if state == initial:
            self.entities.notes.append(f"{name} is {state} at the start and at the end: no goal relation")
        else:
            self._arrangement.goal.append(Relation(name=state, subject=name, part=part))

    def _idle(self, clause: Clause) -> None:
        """Name the objects of an action that no relation describes, such as `wipe the table`."""
        self.entities.notes.append(f"{clause.verb!r} has no goal relation")
        found = []
        for phrase in clause.objects:
            known = self.entities.recent or phrase.part.partition("_")[0] in ("drawer", "shelf")
            if phrase.kind != "part" or phrase.category is not None or known:
                found.append(self._arrangement.resolve(phrase))
        acted_on = joined([reference for reference in found if reference.ids]) if found else Reference()
        self._arrangement.mark(acted_on, "receptacle")
        self._arrangement.arrange([acted_on], clause.places)
        if acted_on.ids:
            self.entities.group = acted_on
        for entity in acted_on.entities if clause.frame == "turn" else ():
            initial = _SWITCHED.get(clause.verb.rpartition(" ")[2], "off")
            entity.states += [] if {"on", "off"} & {*entity.states} else [initial]


def _for_each(place: Place, clause: Clause, count: int) -> Place:
    """Return a place with one target per moved object: `each cup on its saucer`."""
    if count < 2 or not any(phrase.each for phrase in clause.objects):
        return place
    targets = tuple(
        replace(phrase, count=count, counted=True)
        if phrase.category is not None
        and phrase.category.mount == "surface"
        and not (phrase.plural or phrase.counted)
        and (phrase.each or not phrase.definite)
        else phrase
        for phrase in place.phrases
    )
    return replace(place, phrases=targets)


def _opens(category: Category) -> bool:
    """Return whether objects of a category have a lid or door attached to them."""
    return bool(category.parts.get("lid") or category.parts.get("door"))


def _is_among(group: Reference, several: Reference) -> bool:
    """Return whether every object of a group has the category of one of several others."""
    kinds = {entity.category.name for entity in several.entities}
    return len(several.ids) > 1 and all(entity.category.name in kinds for entity in group.entities)


def _may_be(phrase: Phrase, reference: Reference) -> bool:
    """Return whether a phrase can refer to an object named before."""
    return phrase.kind == "pronoun" or (phrase.category is not None and phrase.category == reference.category)


def _onto(phrase: Phrase) -> tuple[Place, ...]:
    return (Place("onto", (replace(phrase, definite=True, new=False),)),)


def _into(phrase: Phrase) -> tuple[Place, ...]:
    return (Place("into", (replace(phrase, definite=True, new=False),)),)
