"""Reference resolution of the noun phrases after prepositions."""

from __future__ import annotations

from dataclasses import replace

from sage.errors import TaskNotUnderstood
from sage.language import lexicon
from sage.language.clauses import Place
from sage.language.entities import Reference
from sage.language.phrases import Phrase
from sage.language.stated import HOLDING, Stated
from sage.task import LATERAL_RELATIONS

__all__ = ["between_all", "found_by"]

_NAMED_BY_USE = ("stand", "rack", "holder", "case", "chair", "lamp")
"""Nouns specialized by the object on or at them: a stand with a tv on it is a tv stand."""
_OTHER_SIDE = {"left_of": "right_of", "right_of": "left_of", "in_front_of": "behind", "behind": "in_front_of"}


def found_by(stated: Stated, place: Place, hosts: list[Reference], near: Reference) -> list[Reference]:
    """Return the references of a place; without an object, its support or the last furniture named.

    Args:
        stated: relations and references so far.
        place: preposition or verb with its phrases.
        hosts: objects of the clause that may be located.
        near: objects that the place locates.

    Raises:
        TaskNotUnderstood: the only phrase of the place cannot be resolved.
    """
    if place.relation == "mentions":
        return _mentioned(stated, place)
    if place.phrases:
        contents = place.relation in HOLDING
        parts = [p for p in place.phrases if contents and (_is_feature(p) or _is_basin(p, near))]
        for entity in near.entities if parts else ():
            stated.entities.describe(entity, tuple(parts))
        phrases = [p for p in place.phrases if p not in parts]
        return [found for p in phrases if (found := _referred(stated, p, hosts, place, near)) is not None]
    owner = stated.owners.get(place.host)
    small = near.category is not None and near.category.mount == "surface"
    if place.relation == "middle_of" and not small:
        return [Reference(place="room")]
    bearing = stated.support_of(near) if place.relation == "middle_of" else near
    if bearing is not near:
        return [bearing]
    anchor = stated.by_head.get(place.anchor)
    if owner is None and anchor is not None and anchor.ids and not set(anchor.ids) & set(near.ids):
        owner = anchor
    on_floor = near.category is not None and near.category.mount == "floor"
    if owner is not None:
        return [stated.support_of(owner) if on_floor or len(owner.ids) > len(near.entities) else owner]
    furniture = [
        entity
        for entity in reversed(stated.entities.recent)
        if entity.category.mount in ("floor", "wall") and not set(entity.ids) & set(near.ids)
    ]
    about = [entity for entity in furniture if entity.category.name not in lexicon.SEATS] or furniture
    return [Reference((entity,), entity.ids) for entity in about[:1]]


def _mentioned(stated: Stated, place: Place) -> list[Reference]:
    """Return the objects of a verb without spatial meaning that were named before; record the others."""
    found = []
    for phrase in place.phrases:
        if phrase.kind == "pronoun" or (
            phrase.definite and not phrase.bare and stated.entities.knows(phrase)
        ):
            found.append(stated.resolve(phrase))
        else:
            stated.record((*place.words, *phrase.words))
    return found


def between_all(stated: Stated, place: Place) -> bool:
    """Return whether `them` in `between them` refers to objects that were named separately."""
    several = any(len(entity.ids) > 1 for entity in stated.entities.recent)
    return bool(place.phrases) and place.phrases[0].noun == "them" and not several


def _refer(
    stated: Stated, phrase: Phrase, hosts: list[Reference], place: Place, near: Reference
) -> Reference:
    """Resolve a phrase; after a relation to one side, `it` in one to the opposite side is the same object."""
    last = stated.goal[-1] if stated.goal else None
    if phrase.noun == "it" and last is not None and last.name == _OTHER_SIDE.get(place.relation):
        return Reference((stated.entities.of(last.object),), (last.object,))
    if phrase.kind == "part" and phrase.noun == "door":
        stated.entities.understood(phrase)
        return Reference(place="door")
    owner = stated.by_head.get(place.anchor) or stated.owners.get(place.host)
    if place.host not in stated.owners or (owner is not None and set(owner.ids) & set(near.ids)):
        owner = stated.owners.get(place.host)
    if phrase.kind == "pronoun" and phrase.noun in ("it", "them", "there") and owner is not None:
        return owner
    besides = near.ids if near.ids and place.host >= 0 else hosts[0].ids
    if phrase.noun == "it" and not stated.goal:
        if place.relation == "middle_of" and near.category is not None and near.category.mount != "surface":
            return Reference(place="room")
        anchor = stated.by_head.get(place.anchor)
        if anchor is not None and anchor.ids and not set(anchor.ids) & set(near.ids):
            return anchor
        if (standing := _standing(stated, near, phrase.head)) is not None:
            return standing
    found = stated.resolve(_compound(stated, phrase, near), besides)
    beside_itself = phrase.noun == "it" and place.relation in LATERAL_RELATIONS and found.ids == near.ids
    return hosts[0] if beside_itself and len(hosts) > 1 else found


def _referred(
    stated: Stated, phrase: Phrase, hosts: list[Reference], place: Place, near: Reference
) -> Reference | None:
    """Resolve a phrase of a place; a failure is fatal only if the place has no other phrase.

    Raises:
        TaskNotUnderstood: the phrase cannot be resolved and is the only one.
    """
    try:
        return _refer(stated, phrase, hosts, place, near)
    except TaskNotUnderstood as error:
        stated.unread.add(phrase.head)
        if len(place.phrases) == 1:
            raise
        stated.entities.notes.append(str(error))
        return None


def _standing(stated: Stated, near: Reference, before: int) -> Reference | None:
    """Return the referent of `it` beside furniture: the furniture named last before word `before`."""
    if near.category is None or near.category.mount == "surface":
        return None
    for head in sorted(stated.by_head, reverse=True) if before >= 0 else ():
        found = stated.by_head[head]
        on_floor = found.category is not None and found.category.mount == "floor"
        if head < before and on_floor and not set(found.ids) & set(near.ids):
            return found
    for entity in reversed(stated.entities.recent):
        if entity.category.mount == "floor" and not set(entity.ids) & set(near.ids):
            return Reference((entity,), entity.ids)
    return None


def _compound(stated: Stated, phrase: Phrase, host: Reference) -> Phrase:
    """Specialize a noun by its host: `a stand` with a tv on it to `a tv stand`, and likewise for racks."""
    head = phrase.noun.split()[-1:]
    if phrase.kind not in ("unknown", "object") or phrase.part or not head or not host.entities:
        return phrase
    if phrase.kind == "object" and (phrase.noun not in _NAMED_BY_USE):
        return phrase
    noun = f"{host.entities[0].noun} {head[0]}"
    category = stated.entities.vocabulary.common(noun)
    if category is None and head[0] in ("stand", "rack", "holder"):
        category = stated.entities.vocabulary.find(noun)
    plain = phrase.category if stated.entities.vocabulary.common(phrase.noun) is not None else None
    if category is None or category in (host.category, plain):
        return phrase
    named = any(entity.category == plain for entity in stated.entities.named)
    special = head[0] in category.kinds or category.stand_in
    if plain is not None and (named or not special):
        return phrase
    text = " ".join((*phrase.text.split()[:-1], noun))
    return replace(phrase, kind="object", noun=noun, text=text, category=category)


def _is_basin(phrase: Phrase, near: Reference) -> bool:
    """Return whether a sink is a part of a vanity or counter: `a vanity with double sinks`."""
    sink = phrase.category is not None and phrase.category.name == "sink"
    return sink and near.is_one_of(("vanity", "counter", "kitchen island", "cabinet"))


def _is_feature(phrase: Phrase) -> bool:
    """Return whether contents are a part of the object: `with three drawers`, `with a marble top`."""
    feature = phrase.noun.rpartition(" ")[2] in lexicon.FEATURES
    return feature or (phrase.kind == "part" and phrase.category is None) or phrase.part == "region"
