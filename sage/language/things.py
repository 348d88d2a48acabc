"""Objects named so far, and reference resolution of phrases and pronouns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.language import lexicon
from sage.language.phrases import Phrase, attribute, named_one, unknown
from sage.task import RelationName, RequiredObject
from sage.vocabulary import Category, Vocabulary

__all__ = ["Reference", "Thing", "Things", "joined", "other_colour", "part_needed"]

_OF_WRITING = ("office", "classroom", "meeting_room")
"""Rooms in which `the board` is one to write on."""


@dataclass
class Thing:
    """Objects of one description."""

    category: Category
    noun: str
    name: str
    ids: tuple[str, ...]
    attributes: dict[str, str]
    states: list[str]
    exact: bool
    role: Literal["target", "receptacle", "context"] = "context"
    contrast: str = ""
    """Size that others of its kind have."""
    choice: str = ""
    """How it is told from others of its kind: `left`, `middle`, `between`, `nearest`, `color`, `second`."""
    rank: int = 0
    """Place in the row from the side that `choice` names; 0 for an end."""
    among: int = 0
    """Of how many, with them; 0 if that was not said."""
    parts: list[tuple[str | None, RelationName]] = field(default_factory=list)
    """Parts that are said to be open or closed."""
    definite: bool = True
    """Named with `the`, as one that is known."""
    taken: int = 0
    """How many of them were spoken of, where the rest is left: `half of the cookies`."""
    together: list[Thing] = field(default_factory=list, repr=False)
    """Things of other kinds that one collective noun named with it, and itself: `toiletries`."""
    at: int = -1
    """Index of the word that named it first; -1 if none did."""
    elsewhere: bool = False
    """Said to be in another room, so that it does not tell which room is meant."""

    def required(self) -> RequiredObject:
        """Return it as the task states it."""
        return RequiredObject(
            ids=self.ids,
            category=self.category.name,
            name=self.name,
            attributes=self.attributes,
            states=tuple(self.states),
            role=self.role,
            exact=self.exact or self.role == "target",
        )


@dataclass(frozen=True)
class Reference:
    """Objects that a phrase means, or a part of them, or a piece of the room."""

    things: tuple[Thing, ...] = ()
    ids: tuple[str, ...] = ()
    part: str | None = None
    place: str | None = None
    """`window`, `wall`, `corner`, `floor`, `middle`, `door`, `room`, `person`."""

    @property
    def category(self) -> Category | None:
        """Category of the first of the objects."""
        return self.things[0].category if self.things else None

    def is_one_of(self, names: frozenset[str] | tuple[str, ...]) -> bool:
        """Return whether the category, or the noun that was said for it, is among some names."""
        nouns = {thing.noun for thing in self.things[:1]} | {self.category.name if self.category else ""}
        return not nouns.isdisjoint(names)


@dataclass
class Things:
    """Everything named so far."""

    vocabulary: Vocabulary
    understood: Callable[[Phrase], None] = lambda phrase: None
    """Called with each phrase that means something."""
    named: list[Thing] = field(default_factory=list)
    recent: list[Thing] = field(default_factory=list)
    """In the order in which they were last meant."""
    notes: list[str] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    group: Reference | None = None
    """What `it` and `them` mean when something is done to them."""
    held: Reference | None = None
    """What `there` and `inside` mean."""
    _numbers: dict[str, int] = field(default_factory=dict)

    @property
    def ids(self) -> frozenset[str]:
        """All ids."""
        return frozenset(name for thing in self.named for name in thing.ids)

    def of(self, object_id: str) -> Thing:
        """Return what an id belongs to."""
        return next(thing for thing in self.named if object_id in thing.ids)

    def refer(self, phrase: Phrase, besides: tuple[str, ...] = ()) -> Reference:
        """Return what a phrase means; what has not been named before is from now on.

        Args:
            phrase: what was read.
            besides: ids that a pronoun cannot mean here.

        Raises:
            TaskNotUnderstood: nothing is called so, or a pronoun means nothing.
        """
        reference = self._meaning(phrase, besides)
        self.notes += phrase.notes
        self.understood(phrase)
        if phrase.room:
            self.rooms.append(phrase.room)
        return reference

    def _meaning(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        if phrase.kind == "unknown":
            raise TaskNotUnderstood(unknown(phrase.noun, self.vocabulary))
        if phrase.kind in ("place", "room"):
            return Reference(place=phrase.noun if phrase.kind == "place" else "room", part=_side(phrase))
        if phrase.kind == "pronoun":
            return self._pronoun(phrase, besides)
        if phrase.kind == "part":
            return self._owner(phrase, besides)
        return self._noun(phrase, besides)

    def knows(self, phrase: Phrase) -> bool:
        """Return whether what a phrase means was named before."""
        return phrase.category is not None and self._known(phrase, ()) is not None

    def _noun(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        assert phrase.category is not None
        if phrase.size:
            self.notes.append(f"the size of the {phrase.noun} has no effect")
        thing, new = self._known(phrase, besides) if phrase.definite and not phrase.new else None, False
        if thing is None and phrase.definite and not phrase.counted and phrase.noun in lexicon.PARTS:
            owners = lexicon.PART_OWNERS.get(phrase.noun, ())
            whole = next((t for t in reversed(self.recent) if t.category.name in owners), None)
            if whole is not None:
                return Reference((whole,), whole.ids[:1])
        if thing is None and phrase.definite and not phrase.new:
            self._refuse_itself(phrase, besides)
        if thing is None:
            group = self._group(phrase) if phrase.choice else None
            thing = self._first_of(phrase) if group is None else self._apart(group, phrase)
            new = True
        if thing.together and (new or not phrase.counted):
            for other in thing.together:
                self._meant(other)
            return joined([Reference((other,), other.ids) for other in thing.together])
        ids = thing.ids if phrase.plural or phrase.counted or len(thing.ids) == 1 else thing.ids[:1]
        ids = ids[: phrase.count] if phrase.counted and not phrase.each else ids
        self._meant(thing)
        thing.taken = phrase.chosen or thing.taken
        return self._with_part(Reference((thing,), ids[: phrase.chosen or None], _part(phrase)), phrase)

    def _group(self, phrase: Phrase) -> Thing | None:
        """Return several of a kind that were named, of which a phrase chooses some."""
        alike = (thing for thing in reversed(self.named) if thing.category == phrase.category)
        return next((thing for thing in alike if len(thing.ids) > phrase.count), None)

    def _refuse_itself(self, phrase: Phrase, besides: tuple[str, ...]) -> None:
        for thing in self.named:
            if set(thing.ids) & set(besides) and thing.name == phrase.text and len(thing.ids) == phrase.count:
                raise TaskImpossible(f"{phrase.text!r} stands for both things: say 'another {phrase.noun}'")

    def _known(self, phrase: Phrase, besides: tuple[str, ...]) -> Thing | None:
        """Return what was named before and answers to a phrase: by its own noun, else the latest."""
        latest = list(reversed(self.recent))
        for thing in sorted(latest, key=lambda thing: thing.noun != phrase.noun):
            if set(thing.ids) & set(besides) or thing.at > phrase.head >= 0:
                continue
            same = thing.category == phrase.category and phrase.noun in (thing.noun, thing.category.name)
            same = same or thing.noun == phrase.noun
            if phrase.bare and thing.noun != phrase.noun:
                continue
            if phrase.noun in thing.category.kinds or thing.noun.endswith(phrase.noun):
                same = True
            if phrase.noun in ("screen", "display") and thing.category.name in lexicon.SCREENS:
                same = True
            kind = (
                phrase.category.name
                if phrase.category is not None and " " not in phrase.noun
                else phrase.noun
            )
            if not phrase.bare and self.vocabulary.is_a(thing.category.name, kind):
                same = True
            if thing.category == phrase.category and thing.noun.startswith(f"{phrase.noun} "):
                same = True
            fits = all(thing.attributes.get(key) == value for key, value in phrase.attributes)
            told = (phrase.choice, phrase.rank)
            fits = fits and not (phrase.choice and told != (thing.choice, thing.rank))
            enough = len(thing.ids) >= phrase.count or (phrase.plural and not phrase.counted)
            plural = len(thing.ids) > 1 or not phrase.plural or bool(phrase.part)
            if same and fits and enough and plural:
                thing.states += [state for state in phrase.states if state not in thing.states]
                return thing
        return None

    def _first_of(self, phrase: Phrase) -> Thing:
        """Name something new; several of what a collective noun stands for are of several kinds."""
        members = [self.vocabulary.find(noun) for noun in phrase.members]
        kinds = [category for category in members if category is not None][: phrase.count]
        if phrase.count < 2 or len(kinds) < 2:
            return self._new(phrase)
        shares = [len(range(index, phrase.count, len(kinds))) for index in range(len(kinds))]
        together = [
            self._new(replace(phrase, category=category, count=share))
            for category, share in zip(kinds, shares, strict=True)
        ]
        for thing in together:
            thing.together = together
        return together[-1]

    def _new(self, phrase: Phrase, ids: tuple[str, ...] = ()) -> Thing:
        assert phrase.category is not None
        phrase = replace(phrase, category=self._with_parts(phrase, phrase.category))
        assert phrase.category is not None
        thing = Thing(
            category=phrase.category,
            noun=phrase.noun,
            name=phrase.text,
            ids=ids or self.number(phrase.category, phrase.count),
            attributes=dict(phrase.attributes),
            states=list(phrase.states),
            exact=phrase.exact,
            contrast=phrase.contrast,
            choice=phrase.choice,
            rank=phrase.rank,
            among=phrase.among,
            definite=phrase.definite,
            at=phrase.head,
        )
        self.named.append(thing)
        return thing

    def _with_parts(self, phrase: Phrase, category: Category) -> Category:
        """Return the kind of a thing that has a part as spoken of: a filing cabinet for three drawers."""
        stem, needed = part_needed(phrase.part)
        if not stem or category.parts.get(stem, 0) >= needed:
            return category
        for other in self.vocabulary.categories():
            if other.parts.get(stem, 0) >= needed and self.vocabulary.is_a(other.name, phrase.noun):
                self.notes.append(f"the {phrase.noun} is made as a {other.name}, for its {stem}s")
                return other
        return category

    def number(self, category: Category, count: int) -> tuple[str, ...]:
        """Return new ids for things of a category."""
        stem = category.name.replace(" ", "_")
        first = self._numbers.get(stem, 0) + 1
        self._numbers[stem] = first + count - 1
        return tuple(f"{stem}_{number}" for number in range(first, first + count))

    def make(self, noun: str, count: int = 1, new: bool = False) -> Reference:
        """Name something that is understood without being said, `new` if what has that name is not meant.

        Raises:
            TaskNotUnderstood: the vocabulary does not hold it.
        """
        category = self.vocabulary.find(noun)
        if category is None:
            raise TaskNotUnderstood(unknown(noun, self.vocabulary))
        definite = count == 1
        return self.refer(
            Phrase(
                "object", noun, noun, category, count, count > 1, definite=definite, new=new, plural=count > 1
            )
        )

    def _pronoun(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        if phrase.noun == "person":
            return Reference(place="person")
        if phrase.noun == "there" and self.held is not None:
            return self.held
        if phrase.noun == "rest":
            return self._rest()
        if phrase.noun == "one" and phrase.text == "that one" and self.recent:
            return Reference((self.recent[-1],), self.recent[-1].ids)
        if phrase.noun == "one" and phrase.counted and not phrase.attributes:
            return self._some(phrase, besides)
        if phrase.noun == "one" and self.recent:
            last = self.recent[-1]
            if phrase.text == "one" and len(last.ids) > 1:
                return Reference((last,), last.ids[:1])
            return self._another(phrase)
        if (
            phrase.noun in ("it", "them")
            and self.group is not None
            and not set(self.group.ids) & set(besides)
        ):
            return self.group
        for thing in reversed(self.recent):
            several = phrase.noun == "them" and len(thing.ids) > 1
            fits = several or phrase.noun in ("it", "there", "others")
            if fits and not set(thing.ids) & set(besides):
                return Reference((thing,), thing.ids)
        raise TaskNotUnderstood(f"{phrase.text or phrase.noun!r} stands for nothing named before: name it")

    def _some(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        """Return what `two` or `the other two` means: some of several, or the things named last.

        Raises:
            TaskNotUnderstood: there are not so many.
        """
        latest = [thing for thing in reversed(self.recent) if not set(thing.ids) & set(besides)]
        if "other" not in phrase.text.split():
            for thing in latest:
                ids = thing.ids[thing.taken : thing.taken + phrase.count]
                if len(ids) == phrase.count and len(thing.ids) > 1:
                    thing.taken += phrase.count
                    return Reference((thing,), ids)
        mounts = [self.of(name).category.mount for name in besides if name in self.ids]
        alike = [thing for thing in latest if not mounts or thing.category.mount == mounts[0]]
        ids = tuple(name for thing in alike for name in thing.ids)[: phrase.count]
        if len(ids) < phrase.count:
            raise TaskNotUnderstood(f"{phrase.text!r} of what is meant? Name it")
        return Reference(tuple(thing for thing in alike if set(thing.ids) & set(ids)), ids)

    def _rest(self) -> Reference:
        """Return those of several that were not chosen before: `half of the cookies ... and the rest`."""
        for thing in reversed(self.recent):
            if thing.taken and len(thing.ids) > thing.taken:
                return Reference((thing,), thing.ids[thing.taken :])
        raise TaskNotUnderstood("'the rest' of what is meant? Name it")

    def _another(self, phrase: Phrase) -> Reference:
        """Return what `the blue one` means: of the category named last, one of several if there are."""
        like = self.group.things[0] if self.group and self.group.things else self.recent[-1]
        for thing in reversed(self.named):
            wanted = dict(phrase.attributes)
            same = bool(wanted) and wanted.items() <= thing.attributes.items()
            if phrase.rank:
                same = (phrase.choice, phrase.rank) == (thing.choice, thing.rank)
            if thing.category == like.category and same:
                return Reference((thing,), thing.ids)
        words = named_one(phrase.text, like.noun)
        told = phrase.choice or phrase.contrast or "color"
        one = Phrase(
            "object", like.noun, words, like.category, phrase.count, attributes=phrase.attributes,
            contrast=phrase.contrast, choice=phrase.choice, rank=phrase.rank, among=phrase.among,
            states=phrase.states,
        )  # fmt: skip
        others = [thing for thing in self.named if thing.category == like.category]
        group = self._group(one) if phrase.rank else like
        if (
            group is not None
            and len(group.ids) > phrase.count
            and phrase.definite
            and (phrase.rank or len(others) == 1)
        ):
            thing = self._apart(group, one)
        else:
            thing = self._new(one)
        alone = len(others) == 1 and others[0] is thing
        thing.choice = thing.choice or (told if alone and told == "color" else "")
        self._meant(thing)
        return Reference((thing,), thing.ids)

    def _apart(self, group: Thing, phrase: Phrase) -> Thing:
        """Take as many as a phrase means out of several, which are then the others."""
        ids, group.ids = group.ids[: phrase.count], group.ids[phrase.count :]
        thing = self._new(phrase, ids)
        thing.attributes = group.attributes | thing.attributes
        thing.states += group.states
        group.name = f"other {group.noun}"
        if phrase.attributes and "color" in dict(phrase.attributes) and "color" not in group.attributes:
            group.attributes = group.attributes | {"color": other_colour(dict(phrase.attributes)["color"])}
            group.name = f"{group.attributes['color']} {group.noun}"
        return thing

    def _owner(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        """Return what a part belongs to that is named alone: `the drawer`, `the door`."""
        stem = phrase.part.partition("_")[0]
        if stem == "door":
            names = lexicon.LIDS if phrase.noun in ("lid", "cover", "flap") else lexicon.DOORS
            for thing in reversed(self.recent):
                if thing.category.name in names:
                    return Reference((thing,), thing.ids)
            if phrase.noun == "door":
                return Reference(place="door")
            category = self.vocabulary.find(phrase.noun)
            if category is None:
                raise TaskNotUnderstood(f"which {phrase.noun} is meant? Say '{phrase.noun} of the ...'")
            return self._noun(replace(phrase, kind="object", category=category, part=""), besides)
        others = [thing for thing in self.recent if not set(thing.ids) & set(besides)]
        if stem == "region" and others:
            standing = [thing for thing in others if thing.category.mount == "floor"]
            tops = [thing for thing in standing if phrase.noun in lexicon.TOPS and _has_top(thing)]
            thing = (tops or standing or others)[-1]
            return Reference((thing,), thing.ids[:1])
        if self.held is not None and self.held.part is not None and not phrase.ordinal:
            return self.held
        owners = lexicon.PART_OWNERS[stem]
        for thing in reversed(self.recent):
            if thing.category.name in owners:
                return self._with_part(Reference((thing,), thing.ids[:1], _part(phrase)), phrase)
        if phrase.noun == "board" and not phrase.ordinal:
            return self._board(phrase, besides)
        known = (owner for owner in owners if self.vocabulary.common(owner) is not None)
        owner = next(known, None)
        if owner is None:
            raise TaskNotUnderstood(f"which {phrase.noun} is meant? Say '{phrase.noun} of the ...'")
        self.notes.append(f"the {phrase.noun} is taken to be that of a {owner}")
        made = self.make(owner)
        return self._with_part(Reference(made.things, made.ids, _part(phrase)), phrase)

    def _board(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        """Return the board that is meant where no shelves are: to cut on, to iron on, or to write on."""
        rooms = {room for thing in self.recent for room in thing.category.rooms}
        irons = any(thing.category.name == "iron" for thing in self.recent)
        writes = not self.recent or (not rooms.isdisjoint(_OF_WRITING) and "kitchen" not in rooms)
        noun = "ironing board" if irons else "whiteboard" if writes else "cutting board"
        category = self.vocabulary.find(noun)
        return self._noun(replace(phrase, kind="object", category=category, part=""), besides)

    def _with_part(self, reference: Reference, phrase: Phrase) -> Reference:
        if phrase.part_state:
            state: RelationName = "open" if phrase.part_state == "open" else "closed"
            reference.things[0].parts.append((reference.part, state))
        return reference

    def openable(self, besides: tuple[str, ...] = ()) -> Reference | None:
        """Return what was meant last that has a door or lid."""
        for names in (lexicon.DOORS, lexicon.LIDS):
            for thing in reversed(self.recent):
                if thing.category.name in names and not set(thing.ids) & set(besides):
                    return Reference((thing,), thing.ids)
        return None

    def look(self, thing: Thing, phrases: tuple[Phrase, ...]) -> None:
        """Give a thing the colour and material that are said after it: `in white`, `of oak`."""
        for phrase in phrases:
            for word in phrase.text.split():
                found = attribute(word)
                if found is not None:
                    thing.attributes.setdefault(*found)
            self.understood(phrase)

    def _meant(self, thing: Thing) -> None:
        self.recent = [other for other in self.recent if other is not thing] + [thing]


def joined(references: list[Reference]) -> Reference:
    """Return several references as one."""
    things: tuple[Thing, ...] = tuple(thing for reference in references for thing in reference.things)
    ids = tuple(dict.fromkeys(name for reference in references for name in reference.ids))
    part = references[0].part if len(references) == 1 else None
    return Reference(things, ids, part)


def part_needed(part: str) -> tuple[str, int]:
    """Return the kind of a part, and how many a thing must have for it: 3 for `drawer_middle`."""
    stem, _, place = part.rpartition("_")
    if place == "middle":
        return stem, 3
    if place.lstrip("-").isdigit():
        return stem, 2 if place == "-1" else abs(int(place))
    return ("compartment", 1) if stem == "compartment" else ("", 0)


def other_colour(colour: str) -> str:
    """Return a colour that is not mistaken for another."""
    return next(other for other in ("white", "blue", "red") if other != colour)


def _has_top(thing: Thing) -> bool:
    kinds = " ".join((thing.category.name, *thing.category.kinds)).split()
    return not lexicon.TABLES.isdisjoint(kinds)


def _side(phrase: Phrase) -> str | None:
    """Return which wall or corner a phrase means, as seen from the door, if it says so."""
    if phrase.noun == "wall" and "opposite" in phrase.text.split():
        return "opposite"
    return next(
        (lexicon.WALL_SIDES[word] for word in phrase.text.split() if word in lexicon.WALL_SIDES), None
    )


def _part(phrase: Phrase) -> str | None:
    counted = phrase.part[-1:].isdigit() or phrase.part.endswith("_middle")
    counted = counted or phrase.part.startswith("compartment_")
    return phrase.part if counted or phrase.part in lexicon.SURFACES.values() else None
