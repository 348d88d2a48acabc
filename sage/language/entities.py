"""Discourse entities: the objects introduced by a prompt, and reference resolution of its noun phrases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from sage.errors import TaskImpossible, TaskNotUnderstood
from sage.language import lexicon
from sage.language.phrases import Phrase, attribute, named_one, unknown
from sage.task import RelationName, RequiredObject
from sage.vocabulary import Category, Vocabulary

__all__ = ["Entities", "Entity", "Reference", "joined", "other_colour", "part_needed"]

_OF_WRITING = ("office", "classroom", "meeting_room")
"""Rooms in which `the board` is a whiteboard."""


@dataclass
class Entity:
    """One or more objects introduced by one description, such as `two red mugs`."""

    category: Category
    noun: str
    name: str
    """The description, as shown to the user."""
    ids: tuple[str, ...]
    """Id of each object."""
    attributes: dict[str, str]
    states: list[str]
    exact: bool
    """Whether the number of objects is exact rather than a minimum."""
    role: Literal["target", "receptacle", "context"] = "context"
    contrast: str = ""
    """Size of the other objects of the same category: `large` for `the smallest bottle`."""
    choice: str = ""
    """What sets it apart from others of its category: `left`, `middle`, `between`, `nearest`, `color`."""
    rank: int = 0
    """Position in the row, counted from the side `choice`; 0 for an end."""
    among: int = 0
    """Number of objects in that row; 0 if not given."""
    parts: list[tuple[str | None, RelationName]] = field(default_factory=list)
    """Parts stated to be `open` or `closed`; None stands for the object as a whole."""
    definite: bool = True
    """Whether it was introduced with a definite determiner such as `the`."""
    selected: int = 0
    """Number of objects already selected, after which `the rest` begins: `half of the cookies`."""
    together: list[Entity] = field(default_factory=list, repr=False)
    """All entities introduced by the same collective noun, such as `toiletries`, including this one."""
    at: int = -1
    """Index of the word that introduced it; -1 if it is implied."""
    elsewhere: bool = False
    """Whether it is in another room, so that it is no evidence of the room type."""

    def required(self) -> RequiredObject:
        """Return it as an object of the task."""
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
    """What a phrase refers to: objects, a part of them, or an element of the room."""

    entities: tuple[Entity, ...] = ()
    ids: tuple[str, ...] = ()
    """Objects referred to, possibly a subset of those of the entities."""
    part: str | None = None
    """Part of the objects such as `drawer_1`, or the wall or corner such as `left`, as seen from the door."""
    place: str | None = None
    """Room element: `window`, `wall`, `corner`, `floor`, `middle`, `door`, `room` or `person`."""

    @property
    def category(self) -> Category | None:
        """Category of the first entity, or None."""
        return self.entities[0].category if self.entities else None

    def is_one_of(self, names: frozenset[str] | tuple[str, ...]) -> bool:
        """Return whether the category or the noun of the first entity is one of `names`."""
        nouns = {entity.noun for entity in self.entities[:1]} | {self.category.name if self.category else ""}
        return not nouns.isdisjoint(names)


@dataclass
class Entities:
    """All entities introduced so far, and the state of pronoun resolution."""

    vocabulary: Vocabulary
    understood: Callable[[Phrase], None] = lambda phrase: None
    """Called with each resolved phrase."""
    named: list[Entity] = field(default_factory=list)
    """Entities in the order of introduction."""
    recent: list[Entity] = field(default_factory=list)
    """Entities in the order of their last reference, the most recent last."""
    notes: list[str] = field(default_factory=list)
    rooms: list[str] = field(default_factory=list)
    """Room types named so far."""
    group: Reference | None = None
    """Preferred referent of `it` and `them` in instructions."""
    held: Reference | None = None
    """Referent of `there` and `inside`."""
    _numbers: dict[str, int] = field(default_factory=dict)
    """Highest number used in ids, by category."""

    @property
    def ids(self) -> frozenset[str]:
        """Ids of all objects."""
        return frozenset(name for entity in self.named for name in entity.ids)

    def of(self, object_id: str) -> Entity:
        """Return the entity with an object id.

        Raises:
            StopIteration: no entity has the id.
        """
        return next(entity for entity in self.named if object_id in entity.ids)

    def resolve(self, phrase: Phrase, besides: tuple[str, ...] = ()) -> Reference:
        """Resolve a phrase, introducing a new entity if it does not refer to a known one.

        Args:
            phrase: A noun phrase or pronoun.
            besides: ids that the phrase cannot refer to.

        Raises:
            TaskNotUnderstood: the noun is unknown, or a pronoun has no referent.
            TaskImpossible: the phrase would relate an object to itself.
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
        """Return whether a phrase refers to a known entity."""
        return phrase.category is not None and self._known(phrase, ()) is not None

    def _noun(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        assert phrase.category is not None
        if phrase.size:
            self.notes.append(f"the size of the {phrase.noun} has no effect")
        entity, new = self._known(phrase, besides) if phrase.definite and not phrase.new else None, False
        if entity is None and phrase.definite and not phrase.counted and phrase.noun in lexicon.PARTS:
            owners = lexicon.PART_OWNERS.get(phrase.noun, ())
            whole = next((t for t in reversed(self.recent) if t.category.name in owners), None)
            if whole is not None:
                return Reference((whole,), whole.ids[:1])
        if entity is None and phrase.definite and not phrase.new:
            self._refuse_itself(phrase, besides)
        if entity is None:
            group = self._group(phrase) if phrase.choice else None
            entity = self._first_of(phrase) if group is None else self._apart(group, phrase)
            new = True
        if entity.together and (new or not phrase.counted):
            for other in entity.together:
                self._meant(other)
            return joined([Reference((other,), other.ids) for other in entity.together])
        ids = entity.ids if phrase.plural or phrase.counted or len(entity.ids) == 1 else entity.ids[:1]
        ids = ids[: phrase.count] if phrase.counted and not phrase.each else ids
        self._meant(entity)
        entity.selected = phrase.chosen or entity.selected
        return self._with_part(Reference((entity,), ids[: phrase.chosen or None], _part(phrase)), phrase)

    def _group(self, phrase: Phrase) -> Entity | None:
        """Return the latest entity with more objects of the phrase's category than the phrase selects."""
        alike = (entity for entity in reversed(self.named) if entity.category == phrase.category)
        return next((entity for entity in alike if len(entity.ids) > phrase.count), None)

    def _refuse_itself(self, phrase: Phrase, besides: tuple[str, ...]) -> None:
        for entity in self.named:
            if (
                set(entity.ids) & set(besides)
                and entity.name == phrase.text
                and len(entity.ids) == phrase.count
            ):
                raise TaskImpossible(
                    f"{phrase.text!r} refers to both objects of the relation: say 'another {phrase.noun}'"
                )

    def _known(self, phrase: Phrase, besides: tuple[str, ...]) -> Entity | None:
        """Return the known entity that matches a phrase: one with the same noun, else the latest."""
        latest = list(reversed(self.recent))
        for entity in sorted(latest, key=lambda entity: entity.noun != phrase.noun):
            if set(entity.ids) & set(besides) or entity.at > phrase.head >= 0:
                continue
            same = entity.category == phrase.category and phrase.noun in (entity.noun, entity.category.name)
            same = same or entity.noun == phrase.noun
            if phrase.bare and entity.noun != phrase.noun:
                continue
            if phrase.noun in entity.category.kinds or entity.noun.endswith(phrase.noun):
                same = True
            if phrase.noun in ("screen", "display") and entity.category.name in lexicon.SCREENS:
                same = True
            kind = (
                phrase.category.name
                if phrase.category is not None and " " not in phrase.noun
                else phrase.noun
            )
            if not phrase.bare and self.vocabulary.is_a(entity.category.name, kind):
                same = True
            if entity.category == phrase.category and entity.noun.startswith(f"{phrase.noun} "):
                same = True
            fits = all(entity.attributes.get(key) == value for key, value in phrase.attributes)
            selector = (phrase.choice, phrase.rank)
            fits = fits and not (phrase.choice and selector != (entity.choice, entity.rank))
            enough = len(entity.ids) >= phrase.count or (phrase.plural and not phrase.counted)
            plural = len(entity.ids) > 1 or not phrase.plural or bool(phrase.part)
            if same and fits and enough and plural:
                entity.states += [state for state in phrase.states if state not in entity.states]
                return entity
        return None

    def _first_of(self, phrase: Phrase) -> Entity:
        """Introduce a new entity; a plural collective noun introduces one per member category."""
        members = [self.vocabulary.find(noun) for noun in phrase.members]
        kinds = [category for category in members if category is not None][: phrase.count]
        if phrase.count < 2 or len(kinds) < 2:
            return self._new(phrase)
        shares = [len(range(index, phrase.count, len(kinds))) for index in range(len(kinds))]
        together = [
            self._new(replace(phrase, category=category, count=share))
            for category, share in zip(kinds, shares, strict=True)
        ]
        for entity in together:
            entity.together = together
        return together[-1]

    def _new(self, phrase: Phrase, ids: tuple[str, ...] = ()) -> Entity:
        assert phrase.category is not None
        phrase = replace(phrase, category=self._with_parts(phrase, phrase.category))
        assert phrase.category is not None
        entity = Entity(
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
        self.named.append(entity)
        return entity

    def _with_parts(self, phrase: Phrase, category: Category) -> Category:
        """Return a category that has the part of a phrase: a filing cabinet for a third drawer."""
        stem, needed = part_needed(phrase.part)
        if not stem or category.parts.get(stem, 0) >= needed:
            return category
        for other in self.vocabulary.categories():
            if other.parts.get(stem, 0) >= needed and self.vocabulary.is_a(other.name, phrase.noun):
                self.notes.append(f"the {phrase.noun} is made as a {other.name}, which has enough {stem}s")
                return other
        return category

    def number(self, category: Category, count: int) -> tuple[str, ...]:
        """Return `count` new object ids for a category, such as `mug_1`, `mug_2`."""
        stem = category.name.replace(" ", "_")
        first = self._numbers.get(stem, 0) + 1
        self._numbers[stem] = first + count - 1
        return tuple(f"{stem}_{number}" for number in range(first, first + count))

    def make(self, noun: str, count: int = 1, new: bool = False) -> Reference:
        """Introduce objects that the prompt implies.

        Args:
            noun: noun of the vocabulary.
            count: number of objects.
            new: whether a single object is always new, rather than a known one with the same noun.

        Raises:
            TaskNotUnderstood: the noun is not in the vocabulary.
        """
        category = self.vocabulary.find(noun)
        if category is None:
            raise TaskNotUnderstood(unknown(noun, self.vocabulary))
        definite = count == 1
        return self.resolve(
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
        for entity in reversed(self.recent):
            several = phrase.noun == "them" and len(entity.ids) > 1
            fits = several or phrase.noun in ("it", "there", "others")
            if fits and not set(entity.ids) & set(besides):
                return Reference((entity,), entity.ids)
        raise TaskNotUnderstood(f"{phrase.text or phrase.noun!r} refers to nothing named before: name it")

    def _some(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        """Resolve `two` or `the other two`: a subset of one entity, or the objects named last.

        Raises:
            TaskNotUnderstood: there are fewer objects than that.
        """
        latest = [entity for entity in reversed(self.recent) if not set(entity.ids) & set(besides)]
        if "other" not in phrase.text.split():
            for entity in latest:
                ids = entity.ids[entity.selected : entity.selected + phrase.count]
                if len(ids) == phrase.count and len(entity.ids) > 1:
                    entity.selected += phrase.count
                    return Reference((entity,), ids)
        mounts = [self.of(name).category.mount for name in besides if name in self.ids]
        alike = [entity for entity in latest if not mounts or entity.category.mount == mounts[0]]
        ids = tuple(name for entity in alike for name in entity.ids)[: phrase.count]
        if len(ids) < phrase.count:
            raise TaskNotUnderstood(f"it is unclear which objects {phrase.text!r} refers to: name them")
        return Reference(tuple(entity for entity in alike if set(entity.ids) & set(ids)), ids)

    def _rest(self) -> Reference:
        """Return the objects of a set that were not selected before: `half of the cookies ... the rest`."""
        for entity in reversed(self.recent):
            if entity.selected and len(entity.ids) > entity.selected:
                return Reference((entity,), entity.ids[entity.selected :])
        raise TaskNotUnderstood("it is unclear which objects 'the rest' refers to: name them")

    def _another(self, phrase: Phrase) -> Reference:
        """Resolve `the blue one`: a known entity of the category named last, part of one, or a new one."""
        like = self.group.entities[0] if self.group and self.group.entities else self.recent[-1]
        for entity in reversed(self.named):
            required = dict(phrase.attributes)
            same = bool(required) and required.items() <= entity.attributes.items()
            if phrase.rank:
                same = (phrase.choice, phrase.rank) == (entity.choice, entity.rank)
            if entity.category == like.category and same:
                return Reference((entity,), entity.ids)
        words = named_one(phrase.text, like.noun)
        distinction = phrase.choice or phrase.contrast or "color"
        one = Phrase(
            "object", like.noun, words, like.category, phrase.count, attributes=phrase.attributes,
            contrast=phrase.contrast, choice=phrase.choice, rank=phrase.rank, among=phrase.among,
            states=phrase.states,
        )  # fmt: skip
        others = [entity for entity in self.named if entity.category == like.category]
        group = self._group(one) if phrase.rank else like
        if (
            group is not None
            and len(group.ids) > phrase.count
            and phrase.definite
            and (phrase.rank or len(others) == 1)
        ):
            entity = self._apart(group, one)
        else:
            entity = self._new(one)
        alone = len(others) == 1 and others[0] is entity
        entity.choice = entity.choice or (distinction if alone and distinction == "color" else "")
        self._meant(entity)
        return Reference((entity,), entity.ids)

    def _apart(self, group: Entity, phrase: Phrase) -> Entity:
        """Split the objects that a phrase selects from an entity; the remaining ones become the others."""
        ids, group.ids = group.ids[: phrase.count], group.ids[phrase.count :]
        entity = self._new(phrase, ids)
        entity.attributes = group.attributes | entity.attributes
        entity.states += group.states
        group.name = f"other {group.noun}"
        if phrase.attributes and "color" in dict(phrase.attributes) and "color" not in group.attributes:
            group.attributes = group.attributes | {"color": other_colour(dict(phrase.attributes)["color"])}
            group.name = f"{group.attributes['color']} {group.noun}"
        return entity

    def _owner(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        """Resolve a part that is named without its owner: `the drawer`, `the door`.

        Raises:
            TaskNotUnderstood: no owner is known or can be assumed.
        """
        stem = phrase.part.partition("_")[0]
        if stem == "door":
            names = lexicon.LIDS if phrase.noun in ("lid", "cover", "flap") else lexicon.DOORS
            for entity in reversed(self.recent):
                if entity.category.name in names:
                    return Reference((entity,), entity.ids)
            if phrase.noun == "door":
                return Reference(place="door")
            category = self.vocabulary.find(phrase.noun)
            if category is None:
                raise TaskNotUnderstood(f"which {phrase.noun} is meant? Say '{phrase.noun} of the ...'")
            return self._noun(replace(phrase, kind="object", category=category, part=""), besides)
        others = [entity for entity in self.recent if not set(entity.ids) & set(besides)]
        if stem == "region" and others:
            standing = [entity for entity in others if entity.category.mount == "floor"]
            tops = [entity for entity in standing if phrase.noun in lexicon.TOPS and _has_top(entity)]
            entity = (tops or standing or others)[-1]
            return Reference((entity,), entity.ids[:1])
        if self.held is not None and self.held.part is not None and not phrase.ordinal:
            return self.held
        owners = lexicon.PART_OWNERS[stem]
        for entity in reversed(self.recent):
            if entity.category.name in owners:
                return self._with_part(Reference((entity,), entity.ids[:1], _part(phrase)), phrase)
        if phrase.noun == "board" and not phrase.ordinal:
            return self._board(phrase, besides)
        known = (owner for owner in owners if self.vocabulary.common(owner) is not None)
        owner = next(known, None)
        if owner is None:
            raise TaskNotUnderstood(f"which {phrase.noun} is meant? Say '{phrase.noun} of the ...'")
        self.notes.append(f"the {phrase.noun} is taken to be that of a {owner}")
        made = self.make(owner)
        return self._with_part(Reference(made.entities, made.ids, _part(phrase)), phrase)

    def _board(self, phrase: Phrase, besides: tuple[str, ...]) -> Reference:
        """Resolve `the board` where no shelves are: an ironing board, whiteboard or cutting board."""
        rooms = {room for entity in self.recent for room in entity.category.rooms}
        irons = any(entity.category.name == "iron" for entity in self.recent)
        writes = not self.recent or (not rooms.isdisjoint(_OF_WRITING) and "kitchen" not in rooms)
        noun = "ironing board" if irons else "whiteboard" if writes else "cutting board"
        category = self.vocabulary.find(noun)
        return self._noun(replace(phrase, kind="object", category=category, part=""), besides)

    def _with_part(self, reference: Reference, phrase: Phrase) -> Reference:
        if phrase.part_state:
            state: RelationName = "open" if phrase.part_state == "open" else "closed"
            reference.entities[0].parts.append((reference.part, state))
        return reference

    def openable(self, besides: tuple[str, ...] = ()) -> Reference | None:
        """Return the most recently mentioned entity with a door, else one with a lid, or None."""
        for names in (lexicon.DOORS, lexicon.LIDS):
            for entity in reversed(self.recent):
                if entity.category.name in names and not set(entity.ids) & set(besides):
                    return Reference((entity,), entity.ids)
        return None

    def describe(self, entity: Entity, phrases: tuple[Phrase, ...]) -> None:
        """Add the attributes of phrases after a noun to its entity: `in white`, `of oak`."""
        for phrase in phrases:
            for word in phrase.text.split():
                found = attribute(word)
                if found is not None:
                    entity.attributes.setdefault(*found)
            self.understood(phrase)

    def _meant(self, entity: Entity) -> None:
        self.recent = [other for other in self.recent if other is not entity] + [entity]


def joined(references: list[Reference]) -> Reference:
    """Merge references into one; the part is kept only for a single reference."""
    entities: tuple[Entity, ...] = tuple(entity for reference in references for entity in reference.entities)
    ids = tuple(dict.fromkeys(name for reference in references for name in reference.ids))
    part = references[0].part if len(references) == 1 else None
    return Reference(entities, ids, part)


def part_needed(part: str) -> tuple[str, int]:
    """Return the kind of a part, and how many of them the owner needs.

    Example:
        >>> part_needed("drawer_middle")
        ('drawer', 3)
        >>> part_needed("shelf_-1")
        ('shelf', 2)
    """
    stem, _, place = part.rpartition("_")
    if place == "middle":
        return stem, 3
    if place.lstrip("-").isdigit():
        return stem, 2 if place == "-1" else abs(int(place))
    return ("compartment", 1) if stem == "compartment" else ("", 0)


def other_colour(colour: str) -> str:
    """Return a colour that clearly differs from `colour`."""
    return next(other for other in ("white", "blue", "red") if other != colour)


def _has_top(entity: Entity) -> bool:
    kinds = " ".join((entity.category.name, *entity.category.kinds)).split()
    return not lexicon.TABLES.isdisjoint(kinds)


def _side(phrase: Phrase) -> str | None:
    """Return which wall or corner a phrase specifies, as seen from the door, or None."""
    if phrase.noun == "wall" and "opposite" in phrase.text.split():
        return "opposite"
    return next(
        (lexicon.WALL_SIDES[word] for word in phrase.text.split() if word in lexicon.WALL_SIDES), None
    )


def _part(phrase: Phrase) -> str | None:
    counted = phrase.part[-1:].isdigit() or phrase.part.endswith("_middle")
    counted = counted or phrase.part.startswith("compartment_")
    return phrase.part if counted or phrase.part in lexicon.SURFACES.values() else None
