"""Completion of clauses from drafts."""

from __future__ import annotations

from dataclasses import replace

from sage.language import lexicon
from sage.language.clauses import THERE, Clause, Place
from sage.language.phrases import Phrase
from sage.language.sentence import DIRECTED, HOLDING, Draft, Sentence

__all__ = ["finish", "repeat_verb", "start_clause"]

_WITH_TOOLS = ("idle", "open", "close", "clear", "turn")
"""Verb frames in which `with` names a tool, not contents."""
_ALL_THINGS = ("everything", "all", "all things", "anything")
_LOCATING = ("on", "in", "middle_of", "corner_of", "against", "under", "next_to", "flanking", "near", "at")
"""Relations that state a location, so that a place carried over from an earlier clause does not apply."""
_NAMING = ("mentions", "sees", "contains")
"""Relations whose objects are only named, not located."""


def repeat_verb(sentence: Sentence, phrase: Phrase) -> None:
    """Start a clause with the verb of the preceding one: `and the plate in the sink`."""
    before = sentence.draft
    finish(sentence)
    sentence.draft = Draft(frame=before.frame, verb=before.verb, words=[])
    sentence.draft.objects.append(phrase)


def start_clause(sentence: Sentence) -> Draft:
    """Close the current clause if it has any content; return the draft of the next one."""
    if sentence.draft.about or sentence.draft.places:
        finish(sentence)
    return sentence.draft


def finish(sentence: Sentence) -> None:
    """Complete the current clause, add it to the sentence, and start an empty draft."""
    draft, sentence.draft = sentence.draft, Draft()
    sentence.waiting, sentence.passive = None, ""
    sentence.subordinate, sentence.relative, sentence.each = None, False, False
    if draft.is_command:
        _close_command(sentence, draft)
    elif draft.subjects:
        _close_statement(sentence, draft)
    elif draft.fronted:
        sentence.found.append(
            Clause("describe", draft.verb, (), tuple(draft.fronted), words=tuple(draft.words))
        )
        holds = any(place.relation in HOLDING for place in draft.fronted)
        sentence.carried = [] if holds else _as_known(draft.fronted)


def _as_known(places: list[Place]) -> list[Place]:
    """Return places that refer to objects already named, for use in the following clauses too."""
    return [
        replace(place, phrases=tuple(replace(p, definite=True, new=False) for p in place.phrases))
        for place in places
    ]


def _close_command(sentence: Sentence, draft: Draft) -> None:
    frame, verb, places = draft.frame, draft.verb, list(draft.places)
    objects = list(draft.objects)
    if frame in ("load", "lay") or (verb in ("set", "lay") and objects and objects[0].noun in lexicon.LAID):
        filled = [place for place in places if place.relation == "with"]
        draft.contents += [phrase for place in filled for phrase in place.phrases]
        places = [place for place in places if place not in filled]
        if verb in ("set", "lay") and (filled or not places or places[0].relation == "for"):
            frame = "lay"
    directed = [p for p in places if p.relation in ("into", "onto") and p.phrases]
    if frame == "idle" and objects and any(p.phrases[0].kind in ("object", "part") for p in directed):
        frame = "move"
        places = [replace(place, host=-1) for place in places]
    spared = [phrase for phrase in objects if sentence.is_excepted(phrase)]
    objects = [phrase for phrase in objects if phrase not in spared]
    if frame in ("take", "clear") and objects and objects[0].noun in _ALL_THINGS and not draft.out:
        there = [place for place in places if place.relation in ("from", "on", "in") and place.phrases]
        if len(places) == len(there) == 1:
            draft.words += objects[0].words
            if spared:
                stays = replace(there[0], relation="on")
                sentence.found.append(Clause("describe", "remain", tuple(spared), (stays,)))
            frame, objects, places = "clear", list(there[0].phrases), []
    if frame in _WITH_TOOLS:
        places = [replace(p, relation="using") if p.relation == "with" else p for p in places]
    if draft.out and not any(place.relation == "from" for place in places):
        places.insert(0, Place("from", (THERE,), bound=True))
    sentence.found.append(
        Clause(
            frame,
            verb,
            tuple(objects),
            tuple(places),
            tuple(draft.contents),
            tuple(draft.words),
            tuple(draft.states),
            spared=tuple(spared),
            to_people=draft.people,
        )
    )


def _close_statement(sentence: Sentence, draft: Draft) -> None:
    rests = any(place.relation in ("on", "in") for place in sentence.carried)
    locating = [p for p in _LOCATING if not (rests and p in ("next_to", "near"))]
    located = any(place.relation in locating and not place.bound for place in draft.places)
    fronted = draft.fronted or ([] if located or draft.expletive or not draft.verb else sentence.carried)
    if draft.fronted:
        sentence.carried = _as_known(draft.fronted)
    small = all(p.category is not None and p.category.mount == "surface" for p in draft.subjects)
    is_request = draft.expletive and draft.obligation and small and bool(draft.places)
    duty = (draft.obligation or sentence.requested) and (not draft.expletive or is_request)
    if any(phrase.noun in ("person", "nothing", *lexicon.PEOPLE) for phrase in draft.subjects[:1]):
        named = tuple(
            phrase for place in draft.places for phrase in place.phrases if place.relation in _NAMING
        )
        places = tuple(place for place in draft.places if place.relation not in _NAMING)
        start = min(k for phrase in draft.subjects for k in phrase.words)
        end = (
            sentence.row[sentence.at - 1].start
            if sentence.at <= len(sentence.row) - 1
            else sentence.row[-1].end
        )
        words = tuple(range(start, max(end, start + 1)))
        sentence.found.append(Clause("idle", draft.verb, named or tuple(draft.subjects), places, words=words))
        return
    if any(place.relation in DIRECTED for place in draft.places) and sentence.follows_command():
        sentence.found.append(Clause("move", "put", tuple(draft.subjects), tuple(draft.places)))
        return
    room = any(phrase.kind == "room" or phrase.noun == "room" for phrase in draft.subjects)
    predicate = draft.verb or draft.words or draft.expletive or draft.states
    if sentence.itemized and not (predicate or room) and draft.places and _arranges(sentence):
        sentence.found.append(Clause("move", "put", tuple(draft.subjects), tuple(draft.places)))
        return
    if (
        duty
        and not room
        and (is_request or all(phrase.definite or phrase.kind == "pronoun" for phrase in draft.subjects))
    ):
        _close_wish(sentence, draft)
        return
    fronted = [replace(place, host=-1) for place in fronted]
    sentence.found.append(
        Clause(
            "describe",
            draft.verb,
            tuple(draft.subjects),
            (*fronted, *draft.places),
            words=tuple(draft.words),
            states=tuple(draft.states),
        )
    )


def _arranges(sentence: Sentence) -> bool:
    """Return whether the last verb arranges objects, so that a list gives places: `sort the cups: ...`."""
    before = [clause for clause in (*sentence.before, *sentence.found) if clause.frame != "describe"]
    arranged = bool(before) and before[-1].frame in ("move", "idle", "lay", "stack")
    return arranged and sentence.follows_command()


def _close_wish(sentence: Sentence, draft: Draft) -> None:
    """Convert a statement of duty, `the bowl should be on the table`, to an instruction."""
    verb = draft.verb
    frame = lexicon.VERBS.get(verb)
    opened = next((state for state in draft.states if state in lexicon.OPENNESS), "")
    if opened:
        frame, verb = lexicon.OPENNESS[opened], lexicon.OPENNESS[opened]
    elif draft.states and not draft.places:
        frame, verb = "idle", "be"
    places = tuple(
        replace(place, bound=True) if k < draft.before_verb else place for k, place in enumerate(draft.places)
    )
    stays = verb in lexicon.PROCESSES and any(place.phrases for place in places)
    if frame is None or stays or (verb in ("go", "stay", "stand", "sit", "end") and frame != "idle"):
        frame, verb = "move", "put"
    words, states = tuple(draft.words), tuple(draft.states)
    sentence.found.append(Clause(frame, verb, tuple(draft.subjects), places, words=words, states=states))
