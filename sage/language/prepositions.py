"""Parsing of prepositions and adverbs of place within a sentence."""

from __future__ import annotations

from dataclasses import replace

from sage.language import lexicon
from sage.language.attachment import host
from sage.language.clauses import IT, THERE, Place, is_command
from sage.language.closing import finish, repeat_verb
from sage.language.phrases import Phrase
from sage.language.relations import SIDES
from sage.language.segments import Segment
from sage.language.sentence import DIRECTED, HOLDING, Draft, Sentence

__all__ = ["CONJUNCTIONS", "read_place"]

CONJUNCTIONS = frozenset(
    "if when once while until before after because as since unless whenever although though whether".split()
)
"""Subordinating conjunctions."""
_SIDES = {
    "left_side": "left", "right_side": "right", "front_side": "front", "back_side": "back",
    "middle_of": "middle",
    "in_front_of": "front",
}  # fmt: skip
"""Places without an object that select one of several objects: `the book on the left`."""
_ROOM_ENDS = ("at the front", "in the front", "at the back", "in the back", "at the rear")
_ROOM = Phrase("place", "room", "room")
_WORN = ("drape", "cover", "dress", "wrap", "layer")
"""Participles that `in` may complete: `draped in curtains`."""
_CENTERED = ("centered", "centred")


def read_place(sentence: Sentence, segment: Segment) -> None:
    """Read a preposition; unless it has no object, it is kept until its object is read."""
    words = tuple(range(segment.start, segment.end))
    sentence.drop_place()
    relation = segment.relation
    if segment.text == "to" and sentence.verb_after_to():
        return
    if segment.text == "by" and (sentence.peek_tag() == "VBG" or sentence.length_at(sentence.at)):
        return
    if segment.text in CONJUNCTIONS and sentence.clause_follows():
        sentence.condition = segment.text
        return
    if segment.text in lexicon.ADVERBIAL and sentence.joined() and sentence.clause_follows():
        _front(sentence, segment)
        return
    if sentence.joined() and sentence.draft.subjects and _inverts(sentence):
        finish(sentence)
    relation = _participle_relation(sentence, segment) or relation
    if (
        sentence.draft.frame == "forbid"
        and relation in DIRECTED
        and sentence.found
        and is_command(sentence.found[-1])
    ):
        _resume(sentence)
    if sentence.draft.is_command and relation in DIRECTED:
        sentence.subordinate = None
        if sentence.sequel and any(place.relation in DIRECTED for place in sentence.draft.places):
            repeat_verb(sentence, IT)
    described = host(sentence, segment)
    words, sentence.verb_words = (*sentence.verb_words, *words), ()
    each = sentence.each or (described in sentence.pool and sentence.pool[described].each)
    place = Place(
        relation, (), bound=sentence.subordinate is not None, host=described, words=words, each=each,
        negated=sentence.negated,
    )  # fmt: skip
    sentence.each = sentence.negated = False
    if segment.text in lexicon.POSSESSIVE_PLACES:
        _of_it(sentence, place)
    elif segment.alone:
        _alone(sentence, place, segment)
    else:
        sentence.waiting = place


def _of_it(sentence: Sentence, place: Place) -> None:
    """Read `to its left`; after `flanked by` or `with` it applies to the objects named there."""
    last = sentence.places()[-1] if sentence.places() else None
    if last is not None and last.host == place.host and last.relation in ("flanked", "surrounded", "with"):
        place = replace(place, host=last.phrases[-1].head)
    anchor = _placed_before(sentence, place.host)
    anchor = anchor if anchor >= 0 else sentence.siblings.get(place.host, -1)
    sentence.add_place(replace(place, phrases=(IT,), anchor=anchor))


def _placed_before(sentence: Sentence, head: int) -> int:
    """Return the head of the phrase listed before `head` if that has a place without an object, else -1.

    For example the pen in `a pen in front and a cup to its left`.
    """
    holding = (place for place in sentence.places() if place.relation in HOLDING)
    heads = next((heads for p in holding if head in (heads := [q.head for q in p.phrases])[1:]), [])
    before = heads[heads.index(head) - 1] if heads else -1
    alone = (p for p in sentence.places() if p.host == before and p.relation in ("in_front_of", "behind"))
    return before if any(not place.phrases for place in alone) else -1


def _inverts(sentence: Sentence) -> bool:
    """Return whether a place starts an inverted clause: `and by the door lies a mat`."""
    kinds = [segment.kind for segment in sentence.row[sentence.at : sentence.at + 3]]
    return kinds == ["noun", "verb", "noun"] and sentence.is_finite_at(sentence.at + 1)


def _front(sentence: Sentence, segment: Segment) -> None:
    """Start a clause with an adverb of place: `and nearby a table stands`."""
    finish(sentence)
    words = tuple(range(segment.start, segment.end))
    relation = lexicon.ADVERBIAL[segment.text]
    sentence.draft.fronted.append(Place(relation, (), words=words, anchor=sentence.subject_before()))


def _resume(sentence: Sentence) -> None:
    """Continue the instruction that was interrupted by `without touching the vase`."""
    before = sentence.found.pop()
    finish(sentence)
    sentence.draft = Draft(frame=before.frame, verb=before.verb, words=list(before.words))
    sentence.draft.objects += before.objects
    sentence.draft.places += before.places


def _participle_relation(sentence: Sentence, segment: Segment) -> str:
    """Return the relation of `by` or `with` after a participle: `flanked by`, `topped with`."""
    if segment.text == "with" and any(sentence.words[k].lemma == "align" for k in sentence.verb_words):
        return "nowhere"
    passive, sentence.passive = sentence.passive, ""
    if passive in ("center", "centre") and segment.text in ("on", "upon", "around", "about"):
        return "centered"
    if segment.text not in ("by", "with", "in", "of") or not passive:
        return ""
    relation = lexicon.PASSIVE.get(passive, "")
    if segment.text == "in" and passive not in _WORN:
        return ""
    return relation


def _alone(sentence: Sentence, place: Place, segment: Segment) -> None:
    """Read a preposition without an object: `a bin beneath`, `put it inside`, `turn the lamp on`."""
    draft = sentence.draft
    if draft.is_command and draft.objects and segment.text in ("on", "off", "up", "down", "out", "over"):
        if f"{draft.verb} {segment.text}" in lexicon.VERBS:
            draft.verb = f"{draft.verb} {segment.text}"
            draft.frame = lexicon.VERBS[draft.verb]
        return
    part = sentence.last is not None and sentence.last.noun in lexicon.PARTS
    following = sentence.peek()
    if segment.text in _CENTERED and following is not None and following.kind == "place":
        return
    if place.relation == "outside" or (part and place.relation in ("under", "above")):
        return
    if place.relation in ("manner", "side_by_side"):
        sentence.add_place(place)
        return
    side = _SIDES.get(place.relation)
    if side is not None and _read_wall_side(sentence, side, place):
        return
    if draft.is_command and side is not None and segment.text.startswith("to "):
        sentence.add_place(Place("nowhere", (), words=place.words))
    elif draft.is_command and side is not None and (not draft.places or _is_another(sentence)):
        chosen = Phrase("pronoun", side, segment.text)
        host = draft.objects[-1].head if draft.objects else -1
        if draft.places and sentence.last is not None:
            host = sentence.last.head
        sentence.add_place(Place("choice", (chosen,), bound=True, host=host, words=place.words))
    elif not draft.is_command and segment.text in _ROOM_ENDS:
        sentence.add_place(replace(place, phrases=(_ROOM,)))
    elif place.relation == "between":
        sentence.add_place(place)
    elif draft.is_command and place.relation in ("in", "on", "under", "next_to", "into", "onto"):
        sentence.add_place(replace(place, phrases=(THERE,)))
    elif not _is_contact(sentence, place):
        located = place.host if place.host >= 0 or not draft.subjects else draft.subjects[0].head
        if located in sentence.others and place.relation in SIDES:
            place = replace(place, relation=SIDES[place.relation][1])
        sentence.add_place(replace(place, anchor=sentence.siblings.get(located, -1)))
    sentence.subordinate = None


def _is_another(sentence: Sentence) -> bool:
    """Return whether the place before names a second object of the moved kind: `on the cup on the left`."""
    last, objects = sentence.last, sentence.draft.objects
    return last is not None and bool(objects) and last is not objects[-1] and last.noun == objects[-1].noun


def _read_wall_side(sentence: Sentence, side: str, place: Place) -> bool:
    """Read the side in `against the wall to the right`; return whether a wall or corner preceded it."""
    places = sentence.places()
    last = places[-1].phrases[-1] if places and places[-1].phrases else None
    if last is None or last is not sentence.last or last.noun not in ("wall", "corner"):
        return False
    wall = replace(last, text=f"{side} {last.text}", words=(*last.words, *place.words))
    places[-1] = replace(places[-1], phrases=(*places[-1].phrases[:-1], wall))
    return True


def _is_contact(sentence: Sentence, place: Place) -> bool:
    """Read `on top` or `inside` after contents, as in `a table with a vase on top`.

    Returns:
        Whether the previous place lists contents, to which the contact was added.
    """
    places = sentence.places()
    last = places[-1] if places else None
    if last is None or last.relation not in HOLDING or place.relation not in ("on", "in"):
        return False
    places[-1] = replace(last, contact=place.relation, words=(*last.words, *place.words))
    return True
