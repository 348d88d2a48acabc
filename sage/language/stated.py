"""Accumulated relations between the objects of a prompt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from sage.language.clauses import Place
from sage.language.entities import Entities, Reference
from sage.language.phrases import Phrase
from sage.language.relations import relations
from sage.task import Relation

__all__ = ["HOLDING", "OPENNESS", "Stated", "rests"]

HOLDING = ("with", "contains", "laid", "topped")
OPENNESS = ("open", "closed")
_CONTENTS = 3
"""Number of objects in a container with uncounted contents: `a bowl of apples`."""


@dataclass
class Stated:
    """Relations stated so far, and the references of the noun phrases read so far."""

    entities: Entities
    initial: list[Relation] = field(default_factory=list)
    goal: list[Relation] = field(default_factory=list)
    moved: set[str] = field(default_factory=set)
    """Ids of objects with a goal; later statements about them no longer describe the initial scene."""
    understood: Callable[[Place], None] = lambda place: None
    """Called with each place that had an effect."""
    record: Callable[[tuple[int, ...]], None] = lambda words: None
    """Called with the indices of words that are recorded but not shown in the scene."""
    full: Callable[[Place], bool] = lambda place: False
    """Returns whether a place states that something is full."""
    unread: set[int] = field(default_factory=set)
    """Head words of noun phrases that could not be resolved."""
    by_head: dict[int, Reference] = field(default_factory=dict)
    """Reference of each noun phrase, by its head word."""
    owners: dict[int, Reference] = field(default_factory=dict)
    """Supports and containers, by the head word of the phrase for the supported objects."""
    facing: tuple[str, str] | None = None
    """Ids of the objects of the last `facing` statement."""
    at_wall: Reference | None = None
    """Objects that were last stated to be at a wall."""

    def resolve(self, phrase: Phrase, besides: tuple[str, ...] = ()) -> Reference:
        """Resolve a phrase, add its contents, and store the reference by head word.

        Args:
            phrase: A noun phrase or pronoun.
            besides: ids that a pronoun cannot refer to.

        Raises:
            TaskNotUnderstood: the noun is unknown, or a pronoun has no referent.
        """
        again = phrase.kind == "pronoun" and not phrase.words and phrase.head in self.by_head
        reference = self.by_head[phrase.head] if again else self.entities.resolve(phrase, besides)
        self.bind(phrase, reference)
        if phrase.contents and reference.ids:
            for content in phrase.contents:
                self._fill(reference, content)
        return reference

    def bind(self, phrase: Phrase, reference: Reference) -> None:
        """Store the reference of a phrase by its head word."""
        if phrase.head >= 0:
            self.by_head[phrase.head] = reference

    def _fill(self, holder: Reference, content: Phrase) -> None:
        """Put contents into their container: the fruit of `a bowl of fruit`."""
        if content.category is None or content.category.mount != "surface":
            return
        many = content.plural and not content.counted
        count = _CONTENTS * len(holder.ids) if many else max(content.count, len(holder.ids))
        made = self.resolve(replace(content, count=count, definite=False, exact=not many, contents=()))
        self.add_initial(*self.relate("in", made, holder))

    def support_of(self, host: Reference) -> Reference:
        """Return the support of small objects, or the objects themselves if it is not stated."""
        if host.category is None or host.category.mount != "surface":
            return host
        on = next((r.object for r in self.initial if r.subject in host.ids and rests(r)), "")
        return Reference((self.entities.of(on),), (on,)) if on in self.entities.ids else host

    def at_least(self, reference: Reference, count: int, *, exact: bool = False) -> Reference:
        """Extend a reference to at least `count` objects by adding objects of its first category."""
        entity = reference.entities[0]
        entity.exact = exact
        if len(reference.entities) > 1 and len(reference.ids) >= count:
            return reference
        new = self.entities.number(entity.category, max(0, count - len(entity.ids)))
        entity.ids += new
        others = reference.ids if len(reference.entities) > 1 else ()
        return replace(reference, ids=tuple(dict.fromkeys((*entity.ids, *others))))

    def relate(self, relation: str, subject: Reference, *found: Reference) -> list[Relation]:
        """Return the relations that a preposition states; see `sage.language.relations.relations`."""
        if relation == "facing" and subject.ids and found[0].ids:
            self.facing = (subject.ids[0], found[0].ids[0])
        return relations(relation, subject, found, self.entities.notes)

    def add_initial(self, *relations: Relation) -> None:
        """Add relations of the initial scene, skipping duplicates and relations of an object to itself."""
        for relation in relations:
            if relation.subject != relation.object and relation not in self.initial:
                self.initial.append(relation)

    def drop_goals(self, group: Reference) -> None:
        """Drop the earlier goals of objects that are moved again, with a note on each."""
        dropped = [r for r in self.goal if r.subject in group.ids and r.name not in OPENNESS]
        noted = (relation for relation in dropped if relation.name != "lifted")
        self.entities.notes.extend(f"{relation} is an intermediate step, not a goal" for relation in noted)
        self.goal = [relation for relation in self.goal if relation not in dropped]

    def mark(self, reference: Reference, role: Literal["target", "receptacle"]) -> None:
        """Set the role of objects in the task; targets keep their role."""
        for entity in reference.entities:
            if entity.role != "target":
                entity.role = role


def rests(relation: Relation) -> bool:
    """Return whether a relation states the support or container of its subject."""
    return relation.name in ("on", "in") and not relation.negated
