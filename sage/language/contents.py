"""Contents and surroundings of objects (`with`, `flanked by`, `surrounded by`) as relations."""

from __future__ import annotations

from itertools import pairwise

from sage.language import lexicon
from sage.language.clauses import THERE, Place
from sage.language.entities import Reference, joined
from sage.language.phrases import Phrase
from sage.language.seating import seats_at, table_named_last
from sage.language.stated import HOLDING, Stated
from sage.task import LATERAL_RELATIONS

__all__ = ["INVERSE", "share_places", "state_contents", "state_inverse"]

INVERSE = {
    "flanked": "flanking", "surrounded": "around", "beside": "next_to", "centered": "middle_of",
    "lit": "above", "supported": "next_to",
}  # fmt: skip
"""Relation of the agent of a passive verb to its subject: in `a bed flanked by lamps`, of lamps to bed."""


def state_inverse(
    stated: Stated, host: Reference, place: Place, found: list[Reference], places: tuple[Place, ...]
) -> None:
    """State the relation of the agent of a passive verb to its subject: `a bed flanked by nightstands`.

    Args:
        stated: relations so far; extended.
        host: subject of the verb.
        place: the verb with its agents.
        found: resolved agents.
        places: all places of the clause.
    """
    relation = INVERSE[place.relation]
    heads = {id(stated.by_head.get(phrase.head)): phrase.head for phrase in place.phrases}
    for content in found:
        head = heads.get(id(content), -1)
        stated.owners[head] = host
        if any(other.host == head and other.relation.endswith("_side") for other in places):
            stated.understood(place)
            continue
        if host.place == "room" and relation in ("middle_of",):
            stated.add_initial(*stated.relate("middle_of", content, Reference(place="room")))
        elif place.relation == "supported" and content.category is not None and content.category.covering:
            stated.add_initial(*stated.relate("on", host, content))
        elif host.ids and content.ids and not set(host.ids) & set(content.ids):
            on_floor = content.category is not None and content.category.mount == "floor"
            stated.add_initial(
                *stated.relate(relation, content, stated.support_of(host) if on_floor else host)
            )
        stated.understood(place)


def state_contents(
    stated: Stated, host: Reference, place: Place, found: list[Reference], places: tuple[Place, ...]
) -> None:
    """State what an object has on or in it; furniture is placed next to it instead.

    Args:
        stated: relations so far; extended.
        host: object that has the contents.
        place: locative phrase that names the contents, such as `with two books`.
        found: resolved contents.
        places: all places of the clause; contents that one of them locates elsewhere are skipped.
    """
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
            stated.add_initial(*stated.relate("on", content, host))
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
        if any(_relates_to_host(other, phrase, host) for other in places) or (floor and placed):
            continue
        hangs = host.category is not None and host.category.mount == "wall"
        if hangs and _listed_below(phrase, place, places):
            stated.add_initial(*stated.relate("under", content, host))
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
        stated.add_initial(*stated.relate("next_to" if floor else contact, content, host))


def _listed_below(phrase: Phrase, place: Place, places: tuple[Place, ...]) -> bool:
    """Return whether the list that a noun is in is below its host: `with a cup and a plate placed below`."""
    after = {other.head for other in place.phrases if other.head > phrase.head}
    return any(other.host in after and other.relation == "under" and not other.phrases for other in places)


def _sharing_place(phrase: Phrase, place: Place) -> list[int]:
    """Return the head word of the next noun if it has no article: `a desk and chair in the corner`."""
    following = (after for before, after in pairwise(place.phrases) if before.head == phrase.head)
    return [after.head for after in following if after.bare and not after.plural and not after.counted]


def share_places(stated: Stated, place: Place) -> None:
    """Apply places of a noun without an article to the one before too: `a desk and chair in the corner`."""
    for before, phrase in pairwise(place.phrases):
        bare = phrase.bare and not phrase.plural and not phrase.counted
        if bare and before.head in stated.by_head and phrase.head in stated.by_head:
            both = [stated.by_head[before.head], stated.by_head[phrase.head]]
            stated.by_head[phrase.head] = joined(both)


def _bearing(stated: Stated, host: Reference) -> Reference:
    """Return the object that supports contents: the desk rather than a computer on it."""
    if host.is_one_of(lexicon.FLAT) or host.is_one_of(lexicon.CONTAINERS):
        return host
    return stated.support_of(host)


def _is_full(stated: Stated, place: Place) -> bool:
    return bool(place.words) and stated.full(place)


def _hangs(phrase: Phrase) -> bool:
    return phrase.category is not None and phrase.category.mount in ("wall", "ceiling")


def _relates_to_host(place: Place, phrase: Phrase, host: Reference) -> bool:
    """Return whether a place relates contents to their host by itself: `a desk with a bin beneath`."""
    own = place.host == phrase.head and place.relation not in HOLDING
    small = host.category is not None and host.category.mount == "surface"
    pronoun = not place.phrases or place.phrases[0].noun in ("it", "them", "there")
    if place.phrases and pronoun and own:
        return True
    if not pronoun and place.relation == "under" and _hangs(place.phrases[0]):
        return False
    if not pronoun:
        lateral = small and place.relation in LATERAL_RELATIONS
        locating = ("on", "in", "under", "outside", "middle_of")
        return own and (place.relation in locating or lateral)
    sides = () if small else ("left_side", "right_side", "front_side", "back_side")
    return own and place.relation not in ("on", "in", *sides)
