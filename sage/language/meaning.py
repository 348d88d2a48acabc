"""Construction of a task from clauses: required objects, initial relations and goals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sage.errors import TaskImpossible, TaskNotUnderstood, UserError
from sage.language import lexicon
from sage.language.acts import OPPOSITE, Acts
from sage.language.arrangement import Arrangement
from sage.language.checks import missing_part_relations, oversized_relations
from sage.language.clauses import Clause, Place, is_command
from sage.language.entities import Entities, Reference, joined
from sage.language.fates import Fates
from sage.language.inhabitants import furnish_for_occupants
from sage.language.mounting import fit_to_mounts
from sage.language.others import add_others
from sage.language.phrases import Phrase
from sage.language.rooms import several_rooms
from sage.language.seating import imply_facing, lay, people_of
from sage.language.sentence import HOLDING
from sage.language.supports import stand_somewhere
from sage.task import Relation, RelationName, Statement
from sage.vocabulary import Vocabulary

__all__ = ["Meaning"]


_APART = ("near", "far", "next_to", "across", "left_of", "right_of", "in_front_of", "behind")
"""Relations that cannot hold between an object and its support."""


class Meaning:
    """Objects, relations and goals that the clauses of one prompt express.

    Call `add` with each clause in order, then `finish`.

    Args:
        vocabulary: known nouns and categories.
        fates: receives the interpretation status of each word.
    """

    def __init__(self, vocabulary: Vocabulary, fates: Fates) -> None:
        self.entities = Entities(vocabulary, understood=fates.mark_phrase)
        self._fates = fates
        self._arrangement = Arrangement(
            self.entities, understood=self._place_understood, record=self.record, full=self._is_full
        )
        self.excluded: list[str] = []
        """Categories that must not be in the scene."""
        self.statements: list[Statement] = []
        self.room_words: list[str] = []
        """Words of the noun phrases that name the room."""
        self.commands = 0
        """Number of instructions read."""
        self.failures: list[UserError] = []
        """Errors of the instructions that could not be converted."""
        self.forbids = False
        """Whether an action is forbidden: `do not touch the mug`."""
        self.size: tuple[float, float] | None = None
        """Width and depth of the room [m]."""
        self.imperative = False
        """Whether there is an instruction, so that the task is not only a room description."""
        self.mentions_room = False
        """Whether a room of any type is mentioned."""
        self._vocabulary = vocabulary
        self._inhabitants: tuple[str, int, str] | None = None
        self._acts = Acts(self.entities, self._arrangement, vocabulary, self._room)

    def _place_understood(self, place: Place) -> None:
        self._fates.mark(place.words, "relation")

    def _is_full(self, place: Place) -> bool:
        return bool(
            {"full", "filled", "stocked", "packed", "loaded", "crammed", "stacked", "lined"}
            & {*self._fates.text(place.words).split()}
        )

    @property
    def notes(self) -> list[str]:
        """Notes on parts of the prompt that have no effect."""
        return self.entities.notes

    @property
    def initial(self) -> list[Relation]:
        """Relations that hold initially."""
        return self._arrangement.initial

    @property
    def goal(self) -> list[Relation]:
        """Relations that must hold in the end."""
        return self._arrangement.goal

    def add(self, clause: Clause) -> None:
        """Add the objects and relations of a clause.

        A clause that cannot be converted becomes a note, and an instruction also one of `failures`.

        Raises:
            TaskImpossible: the clause is a statement that contradicts itself or earlier ones.
        """
        places = (self._as_room(place, clause) for place in clause.places)
        places = (self._with_furniture(place) for place in places)
        kept = tuple(place for place in places if not (self._room_place(place) or self._purpose(place)))
        clause = replace(clause, places=kept)
        self.commands += is_command(clause)
        try:
            self._add(clause)
        except UserError as error:
            if not is_command(clause) and isinstance(error, TaskImpossible):
                raise
            self.notes.append(str(error))
            if is_command(clause):
                self.imperative = True
                self.failures.append(error)
                if not isinstance(error, TaskImpossible):
                    self.record(clause.words, clause)

    def _add(self, clause: Clause) -> None:
        if clause.frame == "describe":
            self._describe(clause)
        elif clause.frame == "exclude":
            self._exclude(clause)
        elif clause.frame == "forbid":
            self._spare(clause)
        elif clause.objects and all(phrase.noun == "nothing" for phrase in clause.objects):
            self._arrangement.arrange([Reference()], clause.places)
            self.record(clause.words, clause)
        else:
            self.imperative = True
            before = list(self.goal)
            self._acts.apply(clause)
            if self.goal != before:
                self._fates.mark(clause.words, "goal")
            else:
                self.record(clause.words, clause)

    def record(self, indices: Iterable[int], clause: Clause | None = None) -> None:
        """Record words that a rigid-body scene cannot show as a statement: boil, rinse, "for recycling".

        Args:
            indices: indices of the words.
            clause: clause whose objects and places the statement includes.
        """
        places = clause.places if clause is not None else ()
        phrases = (
            *(clause.objects if clause is not None else ()),
            *(p for place in places for p in place.phrases),
        )
        related = (
            *(k for place in places for k in place.words),
            *(k for phrase in phrases for k in phrase.words),
        )
        text = self._fates.text(sorted({*indices, *related}))
        self._fates.mark(indices, "recorded")
        if text and all(statement.text != text for statement in self.statements):
            self.statements.append(
                Statement(
                    text=text, when="goal", fate="not_simulated", why="a rigid-body scene cannot show it"
                )
            )

    def _purpose(self, place: Place) -> bool:
        """Record a purpose, `for recycling`, `as a guide`; return whether the place is one."""
        if place.relation not in ("as", "during", "through", "for") or not place.phrases:
            return False
        phrase = place.phrases[0]
        people = place.relation == "for" and (phrase.counted or phrase.noun in lexicon.MEALS)
        if people and (
            phrase.noun in lexicon.PEOPLE or phrase.kind == "pronoun" or phrase.noun in lexicon.MEALS
        ):
            return False
        self.record((*place.words, *(k for item in place.phrases for k in item.words)))
        return True

    def drop_infeasible(self) -> None:
        """Remove relations that sizes or parts make impossible, with a note for each.

        A goal on a missing part is kept if the task has no other goal or statement.
        """
        supported = {(r.subject, r.object) for r in self.initial if r.name in ("on", "in") and not r.negated}
        for relation in list(self.initial):
            pair = (relation.subject, relation.object)
            if relation.name in _APART and not supported.isdisjoint((pair, pair[::-1])):
                self.initial.remove(relation)
                self.notes.append(f"{relation} has no effect: one of them rests on or in the other")
        for relation, message in list(oversized_relations(self.initial, self.entities.named)):
            self.initial.remove(relation)
            self.notes.append(message)
        for relation, message in list(
            missing_part_relations(self.goal, self.entities.named, self._vocabulary)
        ):
            others = [goal for goal in self.goal if goal != relation]
            if others or self.statements:
                self._arrangement.goal = others
                opposite = (
                    r for r in list(self.initial) if r.subject == relation.subject and r.name in OPPOSITE
                )
                for known in opposite:
                    self.initial.remove(known)
                self.notes.append(message)

    def finish(self) -> None:
        """Add the implied objects and relations, once all clauses are added.

        Raises:
            TaskImpossible: a goal already holds at the start.
            TaskNotUnderstood: the contents of an object to clear are neither stated nor typical.
        """
        self._acts.finish()
        add_others(self._arrangement)
        self.notes.extend(fit_to_mounts(self.entities.named, self.initial, self.goal, self._vocabulary))
        self._arrangement.share_supports()
        if self._inhabitants is not None:
            furnish_for_occupants(self._arrangement, *self._inhabitants)
        if not self.imperative:
            stand_somewhere(self._arrangement)
            imply_facing(self._arrangement)
        if self.imperative and not self.goal:
            self.notes.append("no instruction requires a final place or state: no goal relation")
        for relation in self.goal:
            if relation.name not in OPPOSITE and not relation.negated:
                self._require_initially_false(relation)
        self._state_doors()

    def _state_doors(self) -> None:
        """Add the stated initial states of doors and drawers, unless a goal already determines them."""
        for entity in self.entities.named:
            stated = [(name, part, state) for part, state in entity.parts for name in entity.ids[:1]]
            opens = any(entity.category.parts.get(kind) for kind in ("drawer", "door", "lid"))
            whole: tuple[RelationName, ...] = ("open", "closed") if opens else ()
            stated += [
                (name, None, state) for state in whole if state in entity.states for name in entity.ids
            ]
            for name, part, state in stated:
                known = (r for r in self.initial if r.name in OPPOSITE and r.subject == name)
                if not any(part in (None, r.part) for r in known):
                    self._arrangement.add_initial(Relation(name=state, subject=name, part=part))

    def _as_room(self, place: Place, clause: Clause) -> Place:
        """Return `in a closet` as a room if furniture is placed in it."""
        phrase = place.phrases[0] if place.phrases else None
        named = {word: room.name for room in self._vocabulary.room_types() for word in room.words}
        others = [
            *clause.objects,
            *(p for other in clause.places if other is not place for p in other.phrases),
        ]
        furniture = any(other.category is not None and other.category.mount == "floor" for other in others)
        if phrase is None or place.relation != "in" or phrase.noun not in named or not furniture:
            return place
        return replace(place, phrases=(replace(phrase, kind="room", noun=named[phrase.noun]),))

    def _room_place(self, place: Place) -> bool:
        """Handle `in the kitchen`; return whether the place is a room."""
        phrase = place.phrases[0] if place.phrases else None
        sized = phrase is not None and phrase.kind == "place" and phrase.noun == "room" and phrase.size
        if (
            phrase is None
            or not (phrase.kind == "room" or sized)
            or place.relation not in ("in", "to", "into", "for", "from", "at")
        ):
            return False
        self._room(phrase)
        self._fates.mark(place.words, "room")
        return True

    def _room(self, phrase: Phrase) -> None:
        """Set the type, size and style words of the room from a noun phrase that names it."""
        self._refuse_several([phrase])
        self.mentions_room = True
        self._fates.mark_room(phrase)
        self.room_words += [self._fates.text([k]) for k in phrase.words]
        if phrase.kind == "room":
            self.entities.rooms.insert(0, phrase.noun)
        if phrase.size:
            if self.size is not None and self.size != phrase.size[:2]:
                raise TaskImpossible(
                    f"the room has two sizes, {self.size} m and {phrase.size[:2]} m: keep one"
                )
            self.size = (phrase.size[0], phrase.size[1])
            if len(phrase.size) > 2:
                self.notes.append(f"the height of {phrase.size[2]} m has no effect")
        self.notes.extend(phrase.notes)

    def _refuse_several(self, rooms: Sequence[Phrase]) -> None:
        """Raise if several rooms are named: `two bedrooms`, `an apartment with a kitchen and a bathroom`."""
        words = [k for phrase in rooms for k in phrase.words]
        text = self._fates.text(range(min(words), max(words) + 1)) if words else ""
        message = several_rooms(text, self._vocabulary) if text else None
        if message is not None:
            raise TaskImpossible(message)

    def _describe(self, clause: Clause) -> None:
        clause = replace(clause, objects=tuple(self._as_furniture(phrase) for phrase in clause.objects))
        rooms = [phrase for phrase in clause.objects if _is_room(phrase)]
        subjects = [phrase for phrase in clause.objects if not _is_room(phrase)]
        for phrase in rooms:
            self._room(phrase)
            inner = [p for place in clause.places if place.relation in HOLDING for p in place.phrases]
            self._refuse_several([phrase, *filter(_is_room, inner)])
        references = [r for phrase in subjects if (r := self._mention(phrase)) is not None]
        for phrase in rooms:
            self._arrangement.bind(phrase, Reference(place="room"))
        if rooms:
            clause = replace(
                clause, places=tuple(p for p in clause.places if not self._people_in(rooms[0], p))
            )
        named = [reference for reference in references if reference.ids]
        others = [Reference(place="room")] if rooms else [r for r in references if r.place]
        about = joined(named) if named else next(iter(others), Reference())
        self._fates.mark(clause.words, "relation")
        self._arrangement.arrange([about], clause.places)
        self._states_of(about, clause)
        if about.part is not None:
            self.entities.held = about
        if about.category is not None and about.category.mount == "surface":
            self.entities.group = about

    def _as_furniture(self, phrase: Phrase) -> Phrase:
        """Return a second room noun as furniture: `a pantry` in a kitchen."""
        if phrase.kind != "room" or not self.entities.rooms or phrase.noun == self.entities.rooms[0]:
            return phrase
        word = phrase.text.rpartition(" ")[2]
        nouns = (word, f"{word} cabinet", lexicon.BUILT_IN.get(word, word))
        category = next((c for noun in nouns if (c := self._vocabulary.common(noun)) is not None), None)
        return phrase if category is None else replace(phrase, kind="object", noun=word, category=category)

    def _with_furniture(self, place: Place) -> Place:
        if place.relation in ("in", "at", "to", "into", "for", "from", "of"):
            return place
        return replace(place, phrases=tuple(self._as_furniture(phrase) for phrase in place.phrases))

    def _mention(self, phrase: Phrase) -> Reference | None:
        """Resolve a phrase of a description; return None if no object is added for it."""
        if phrase.kind == "part" and not phrase.category:
            if not self.entities.recent:
                return None
            reference = self.entities.resolve(phrase)
            if phrase.part_state:
                self.entities.held = self.entities.group = reference
            return reference
        try:
            return self._arrangement.resolve(phrase)
        except TaskNotUnderstood as error:
            self._arrangement.unread.add(phrase.head)
            self.notes.append(str(error))
            return None

    def _states_of(self, about: Reference, clause: Clause) -> None:
        """Set predicate adjectives of the subject: `the drawer is open`, `the chair is white`."""
        for word in clause.states:
            for entity in about.entities:
                if word in ("open", "closed") and about.part is not None:
                    entity.parts.append((about.part, "open" if word == "open" else "closed"))
                elif word in lexicon.STATES or word in ("on", "off"):
                    entity.states += [word] if word not in entity.states else []
                elif word in lexicon.COLOURS:
                    entity.attributes.setdefault("color", lexicon.COLOURS[word])

    def _people_in(self, room: Phrase, place: Place) -> bool:
        """Handle `for twelve pupils` or `laid for four` after a room; return whether the place is one."""
        if place.relation not in ("for", "served") or not place.phrases or place.host not in (-1, room.head):
            return False
        phrase = place.phrases[0]
        people = people_of(phrase)
        if people is None:
            return False
        if place.relation == "served":
            lay(self._arrangement, self._arrangement.entities.make("table"), people)
        else:
            noun = phrase.noun if phrase.noun in lexicon.PEOPLE else f"{phrase.noun}s"
            self._inhabitants = (room.noun, people, noun if noun in lexicon.PEOPLE else "people")
        self._fates.mark_phrase(phrase, "count")
        return True

    def _exclude(self, clause: Clause) -> None:
        for phrase in clause.objects:
            if phrase.kind == "place":
                self.notes.append(f"'no {phrase.noun}' has no effect")
                continue
            if phrase.category is None:
                self.entities.resolve(phrase)
                continue
            self._fates.mark_phrase(phrase)
            self.excluded.append(phrase.category.name)

    def _spare(self, clause: Clause) -> None:
        """Add the known objects of a forbidden action to the scene: `do not touch the mug`."""
        self.forbids = True
        self.record(clause.words, clause)
        if clause.verb:
            self.notes.append(f"{clause.verb!r} has no goal relation")
        spared = []
        for phrase in (*clause.objects, *(phrase for place in clause.places for phrase in place.phrases)):
            try:
                reference = self.entities.resolve(phrase)
            except TaskNotUnderstood:
                self.notes.append(f"{phrase.text!r} has no effect")
            else:
                spared += [reference] if phrase in clause.objects and reference.ids else []
        if spared:
            self.entities.group = joined(spared)

    def _require_initially_false(self, goal: Relation) -> None:
        """Add the negation of a goal to the initial relations."""
        if goal in self.initial:
            raise TaskImpossible(f"{goal} holds before and after the task: name another place")
        same = [
            r for r in self.initial if (r.name, r.subject, r.object) == (goal.name, goal.subject, goal.object)
        ]
        part = goal.part if any(not relation.negated for relation in same) else None
        self._arrangement.add_initial(goal.model_copy(update={"negated": True, "part": part}))


def _is_room(phrase: Phrase) -> bool:
    return phrase.kind == "room" or (phrase.kind == "place" and phrase.noun == "room")
