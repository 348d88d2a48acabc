"""Contents and surroundings of objects: `with`, `flanked by`, `surrounded by`."""

from __future__ import annotations

from itertools import pairwise

from sage.language import lexicon
from sage.language.clauses import THERE, Place
from sage.language.phrases import Phrase
from sage.language.relations import LATERAL
from sage.language.seating import seats_at, table_named_last
from sage.language.stated import HOLDING, Stated
from sage.language.things import Reference, joined

__all__ = ["hold", "inverse", "share"]

_INVERSE = {
    "flanked": "flanking", "surrounded": "around", "beside": "next_to", "centered": "middle_of",
    "lit": "above", "supported": "next_to",
}  # fmt: skip
"""What passive verbs say of their agent: `flanked by`, and the relation of that to their subject."""


def inverse(
    stated: Stated, host: Reference, place: Place, found: list[Reference], places: tuple[Place, ...]
) -> None:
    """State a relation of what follows to what it is said of: `a bed flanked by nightstands`."""
    relation = _INVERSE[place.relation]
    heads = {id(stated.by_head.get(phrase.head)): phrase.head for phrase in place.phrases}
    for content in found:
        head = heads.get(id(content), -1)
        stated.owners[head] = host
        if any(other.host == head and other.relation.endswith("_side") for other in places):
            stated.understood(place)
            continue
        if host.place == "room" and relation in ("middle_of",):
            stated.begin(*stated.say("middle_of", content, Reference(place="room")))
        elif place.relation == "supported" and content.category is not None and content.category.covering:
            stated.begin(*stated.say("on", host, content))
        elif host.ids and content.ids and not set(host.ids) & set(content.ids):
            stands = content.category is not None and content.category.mount == "floor"
            stated.begin(*stated.say(relation, content, stated.borne_by(host) if stands else host))
        stated.understood(place)


def hold(
    stated: Stated, host: Reference, place: Place, found: list[Reference], places: tuple[Place, ...]
) -> None:
    """State what a thing has on or in it; furniture stands beside it."""
    stated.understood(place)
    if place.relation == "laid" and not host.is_one_of(lexicon.LAID):
        host = table_named_last(stated) or host
    heads = {id(content): phrase for phrase in place.phrases if (content := stated.by_head.get(phrase.head))}
    for content in found:
        phrase = heads.get(id(content), THERE)
        if content.ids and host.place == "room" and _is_full(stated, place) and phrase.plural:
            stated.at_least(content, lexicon.FULL)
        if not content.ids or not (host.ids or host.place == "wall"):
            continue
        stated.owners[phrase.head] = host
        if host.place == "wall":
            stated.begin(*stated.say("on", content, host))
            continue
        if place.relation not in ("with", "topped") and not phrase.counted and phrase.plural:
            least = seats_at(stated, host) if place.relation == "laid" else 0
            full = place.relation == "contains" and _is_full(stated, place)
            full = full or place.relation == "laid"
            many = max(lexicon.FULL, lexicon.LOADED * len(host.ids)) if full else lexicon.PLAIN_PLURAL
            content = stated.at_least(content, least or many)
        floor = content.category is not None and content.category.mount == "floor"
        described = {other.host for other in places if other.relation not in HOLDING}
        placed = bool(described & {phrase.head, *_sharing_place(phrase, place)})
        if any(_elsewhere(other, phrase, host) for other in places) or (floor and placed):
            continue
        hangs = host.category is not None and host.category.mount == "wall"
        if hangs and _listed_below(phrase, place, places):
            stated.begin(*stated.say("under", content, host))
            continue
        topped = place.relation == "with" and host.is_one_of(lexicon.TOPPED)
        on = topped or place.relation in ("laid", "topped")
        contact = place.contact or ("on" if on else place.relation)
        if content.category is not None and (
            content.category.covering or content.category.mount in ("wall", "ceiling")
        ):
            continue
        if place.contact == "on":
            host = _bearing(stated, host)
        stated.begin(*stated.say("next_to" if floor else contact, content, host))


def _listed_below(phrase: Phrase, place: Place, places: tuple[Place, ...]) -> bool:
    """Return whether what follows in a list is below: `a clock, with a cup and a plate placed below`."""
    after = {other.head for other in place.phrases if other.head > phrase.head}
    return any(other.host in after and other.relation == "under" and not other.phrases for other in places)


def _sharing_place(phrase: Phrase, place: Place) -> list[int]:
    """Return the head word of a noun without an article that follows: `a desk and chair in the corner`."""
    following = (after for before, after in pairwise(place.phrases) if before.head == phrase.head)
    return [after.head for after in following if after.bare and not after.plural and not after.counted]


def share(stated: Stated, place: Place) -> None:
    """Let what is said of a noun without an article hold for the one before: `a desk and chair in`."""
    for before, phrase in pairwise(place.phrases):
        bare = phrase.bare and not phrase.plural and not phrase.counted
        if bare and before.head in stated.by_head and phrase.head in stated.by_head:
            both = [stated.by_head[before.head], stated.by_head[phrase.head]]
            stated.by_head[phrase.head] = joined(both)


def _bearing(stated: Stated, host: Reference) -> Reference:
    """Return what bears things: furniture rather than the computer that stands on it."""
    if host.is_one_of(lexicon.FLAT) or host.is_one_of(lexicon.CONTAINERS):
        return host
    return stated.borne_by(host)


def _is_full(stated: Stated, place: Place) -> bool:
    return bool(place.words) and stated.full(place)


def _hangs(phrase: Phrase) -> bool:
    return phrase.category is not None and phrase.category.mount in ("wall", "ceiling")


def _elsewhere(place: Place, phrase: Phrase, host: Reference) -> bool:
    """Return whether a place says where contents are to what has them: `a desk with a bin beneath`."""
    own = place.host == phrase.head and place.relation not in HOLDING
    beside = host.category is not None and host.category.mount == "surface"
    again = not place.phrases or place.phrases[0].noun in ("it", "them", "there")
    if place.phrases and again and own:
        return True
    if not again and place.relation == "under" and _hangs(place.phrases[0]):
        return False
    if not again:
        lateral = beside and place.relation in LATERAL
        there = ("on", "in", "under", "outside", "middle_of")
        return own and (place.relation in there or lateral)
    sides = () if beside else ("left_side", "right_side", "front_side", "back_side")
    return own and place.relation not in ("on", "in", *sides)
