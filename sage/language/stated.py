"""Relations and attributes stated so far."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from sage.language.clauses import Place
from sage.language.phrases import Phrase
from sage.language.relations import relations
from sage.language.things import Reference, Things
from sage.task import Relation

__all__ = ["HOLDING", "OPENNESS", "Stated", "rests"]

HOLDING = ("with", "contains", "laid", "topped")
OPENNESS = ("open", "closed")
_CONTENTS = 3
"""How many things a container holds of which only the plural is said: `a bowl of apples`."""


@dataclass
class Stated:
    """Relations between the things of a prompt, and what its noun phrases mean."""

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
    by_head: dict[int, Reference] = field(default_factory=dict)
    """What each noun phrase means, by its head word."""
    owners: dict[int, Reference] = field(default_factory=dict)
    """What things are said to be on or in, by the head word of the phrase that named them."""
    facing: tuple[str, str] | None = None
    at_wall: Reference | None = None
    """What was last said to be at a wall."""

    def meant(self, phrase: Phrase, besides: tuple[str, ...] = ()) -> Reference:
        """Return what a phrase means, and remember it by its head word."""
        again = phrase.kind == "pronoun" and not phrase.words and phrase.head in self.by_head
        reference = self.by_head[phrase.head] if again else self.things.refer(phrase, besides)
        self.mean(phrase, reference)
        if phrase.contents and reference.ids:
            for content in phrase.contents:
                self._fill(reference, content)
        return reference

    def mean(self, phrase: Phrase, reference: Reference) -> None:
        """Remember what a phrase means that is no object."""
        if phrase.head >= 0:
            self.by_head[phrase.head] = reference

    def _fill(self, holder: Reference, content: Phrase) -> None:
        """Put contents into what is named after them: `a bowl of fruit`."""
        if content.category is None or content.category.mount != "surface":
            return
        many = content.plural and not content.counted
        count = _CONTENTS * len(holder.ids) if many else max(content.count, len(holder.ids))
        made = self.meant(replace(content, count=count, definite=False, exact=not many, contents=()))
        self.begin(*self.say("in", made, holder))

    def borne_by(self, host: Reference) -> Reference:
        """Return the furniture that small things stand on, or themselves if that is not known."""
        if host.category is None or host.category.mount != "surface":
            return host
        on = next((r.object for r in self.initial if r.subject in host.ids and rests(r)), "")
        return Reference((self.things.of(on),), (on,)) if on in self.things.ids else host

    def at_least(self, reference: Reference, count: int, *, exact: bool = False) -> Reference:
        """Name more of a thing, up to a count."""
        thing = reference.things[0]
        thing.exact = exact
        if len(reference.things) > 1 and len(reference.ids) >= count:
            return reference
        new = self.things.number(thing.category, max(0, count - len(thing.ids)))
        thing.ids += new
        others = reference.ids if len(reference.things) > 1 else ()
        return replace(reference, ids=tuple(dict.fromkeys((*thing.ids, *others))))

    def say(self, relation: str, subject: Reference, *found: Reference) -> list[Relation]:
        """Return what a preposition between things says."""
        if relation == "facing" and subject.ids and found[0].ids:
            self.facing = (subject.ids[0], found[0].ids[0])
        return relations(relation, subject, found, self.things.notes)

    def begin(self, *relations: Relation) -> None:
        """State what holds at first, once."""
        for relation in relations:
            if relation.subject != relation.object and relation not in self.initial:
                self.initial.append(relation)

    def forget(self, group: Reference) -> None:
        """Drop earlier places of things that go on to another."""
        passed = [r for r in self.goal if r.subject in group.ids and r.name not in OPENNESS]
        told = (relation for relation in passed if relation.name != "lifted")
        self.things.notes.extend(f"{relation} holds on the way only" for relation in told)
        self.goal = [relation for relation in self.goal if relation not in passed]

    def mark(self, reference: Reference, role: Literal["target", "receptacle"]) -> None:
        """Give things a part in the task; what is moved stays a target."""
        for thing in reference.things:
            if thing.role != "target":
                thing.role = role


def rests(relation: Relation) -> bool:
    """Return whether a relation says what a thing is on or in."""
    return relation.name in ("on", "in") and not relation.negated
