"""Resolution of coordination: the list that a noun phrase after a comma or `and` continues."""

from __future__ import annotations

from dataclasses import replace

from sage.language.clauses import Place
from sage.language.closing import finish, repeat_verb
from sage.language.phrases import Phrase
from sage.language.sentence import HOLDING, Draft, Sentence, is_furniture

__all__ = ["continue_list"]

_LISTED = ("conj", "appos")


def continue_list(sentence: Sentence, phrase: Phrase) -> bool:
    """Add a noun phrase after a comma or `and` to the list that it continues; return whether there is one."""
    places = sentence.places()
    if sentence.draft.inverted and not _is_held(sentence, phrase) and _continues_subjects(sentence, phrase):
        before = sentence.draft
        finish(sentence)
        sentence.draft = Draft(
            fronted=list(before.fronted), verb=before.verb, inverted=True, obligation=before.obligation,
            expletive=before.expletive, subjects=[phrase],
        )  # fmt: skip
        return True
    if (
        sentence.draft.is_command
        and sentence.draft.places
        and sentence.place_follows()
        and not _is_between(sentence)
    ):
        repeat_verb(sentence, phrase)
        return True
    for at in _candidate_places(sentence, phrase):
        place = places[at]
        if _fits(sentence, place, phrase):
            places[at] = replace(place, phrases=(*place.phrases, phrase))
            return True
    draft = sentence.draft
    if draft.obligation and sentence.place_follows() and draft.places:
        verb = draft.verb
        finish(sentence)
        sentence.draft = Draft(verb=verb, obligation=True)
        sentence.draft.subjects.append(phrase)
        return True
    if draft.is_command:
        if len(draft.places) > draft.leading:
            return False
        draft.objects.append(phrase)
        return True
    shares = _shares_verb(sentence) or (
        sentence.conjoined and not sentence.comma and sentence.participle_follows()
    )
    if draft.subjects and not sentence.draft_has_verb() and not draft.places and shares:
        draft.subjects.append(phrase)
        return True
    return False


def _is_held(sentence: Sentence, phrase: Phrase) -> bool:
    """Return whether a small object continues a list of contents: `a desk with a lamp, a pen and a cup`."""
    last = sentence.draft.places[-1] if sentence.draft.places else None
    return last is not None and last.relation in HOLDING and _fits(sentence, last, phrase)


def _continues_subjects(sentence: Sentence, phrase: Phrase) -> bool:
    """Return whether a noun continues subjects after their verb: `on the desk are a lamp and a pen`."""
    if sentence.verb_follows() or phrase.kind != "object":
        return False
    root = sentence.words[phrase.head]
    listed = root.dep in _LISTED and any(root.head == s.head for s in sentence.draft.subjects)
    return sentence.comma or listed or not _places_of_subject(sentence)


def _places_of_subject(sentence: Sentence) -> bool:
    return bool(sentence.draft.places)


def _candidate_places(sentence: Sentence, phrase: Phrase) -> list[int]:
    """Return the indices of the places whose list a noun phrase may continue, the parser's choice first."""
    places = sentence.places()
    heads = {p.head: at for at, place in enumerate(places) for p in place.phrases}
    root = phrase.head
    chosen: list[int] = []
    for _ in range(12):
        word = sentence.words[root]
        if word.dep not in (*_LISTED, "dobj", "pobj", "dep", "npadvmod", "attr") or word.head == root:
            break
        root = word.head
        if root in heads:
            chosen.append(heads[root])
            break
        if word.dep not in _LISTED:
            break
    return list(dict.fromkeys([*chosen, *reversed(range(len(places)))]))


def _fits(sentence: Sentence, place: Place, phrase: Phrase) -> bool:
    """Return whether a noun phrase can be a further object of a place."""
    last = place.phrases[-1] if place.phrases else None
    if last is None or (phrase.kind in ("pronoun",) and phrase.noun != "one"):
        return False
    if sentence.verb_follows() and not sentence.conjoined:
        return False
    if place.relation in (*HOLDING, "supported"):
        host = sentence.pool.get(place.host) or (
            sentence.draft.subjects[0] if sentence.draft.subjects else None
        )
        follows = last is sentence.last or last.head == (sentence.last.head if sentence.last else -1)
        if phrase.bare and not phrase.plural and sentence.conjoined and not sentence.comma:
            return follows
        if host is None or host.kind in ("room", "place"):
            return True
        return not is_furniture(phrase) or (is_furniture(last) and _at_side_follows(sentence))
    if place.relation in ("between", "divided") and len(place.phrases) == 1 and not last.plural:
        return True
    if place.relation in ("surrounded", "flanked", "beside", "mentions", "centered"):
        ends = sentence.verb_follows() or sentence.place_follows() or sentence.participle_follows()
        return not ends and is_furniture(last) == is_furniture(phrase)
    alike = last.definite == phrase.definite and last.kind == phrase.kind
    return (
        sentence.conjoined
        and not sentence.comma
        and alike
        and not sentence.place_follows()
        and not sentence.verb_follows()
    )


def _at_side_follows(sentence: Sentence) -> bool:
    """Return whether a place at a side or end follows: `and a bench along one long side`."""
    texts = {word for segment in sentence.row[sentence.at : sentence.at + 2] for word in segment.text.split()}
    return sentence.place_follows() and bool(texts & {"side", "sides", "end", "ends"})


def _is_between(sentence: Sentence) -> bool:
    places = sentence.draft.places
    last = places[-1] if places else None
    return last is not None and last.relation == "between" and len(last.phrases) == 1


def _shares_verb(sentence: Sentence) -> bool:
    """Return whether coordinated subjects share the next verb: `a vase and a candle sit on the desk`."""
    if not sentence.conjoined and not sentence.comma:
        return False
    for segment in sentence.row[sentence.at :]:
        if segment.kind == "verb":
            return sentence.words[segment.start].tag not in ("VBG", "VBN")
        if segment.kind == "place":
            return False
    return False
