"""Syntactic roles of noun phrases: subject, object, object of a preposition, list member."""

from __future__ import annotations

from dataclasses import replace

from sage.language import lexicon
from sage.language.clauses import IT, Clause, Place
from sage.language.closing import finish
from sage.language.lists import continue_list
from sage.language.phrases import Phrase, is_attribute
from sage.language.segments import Segment
from sage.language.sentence import HOLDING, Sentence

__all__ = ["read_noun"]

_MEASURES = frozenset(
    "degrees degree deg percent times minutes seconds hours bit little tad turn turns".split()
)
"""Units and vague amounts, which name no object."""
_ADJACENT = {"adjacent": "next_to", "nearby": "near", "adjoining": "next_to", "neighbouring": "next_to"}


def read_noun(sentence: Sentence, segment: Segment) -> None:
    """Add a noun phrase to the sentence in its syntactic role."""
    if sentence.words[segment.end - 1].text in _MEASURES:
        if sentence.draft.is_command:
            sentence.add_place(Place("nowhere", (), words=tuple(range(segment.start, segment.end))))
        return
    phrase = _phrase(sentence, segment)
    if phrase is None or _continues_purpose(sentence, phrase) or _names_action(sentence, segment):
        return
    phrase = _another(sentence, phrase)
    sentence.pool[phrase.head] = phrase
    if sentence.draft.is_command and phrase.kind == "pronoun" and sentence.verb_follows():
        _subject(sentence, phrase)
        return
    if sentence.alternative and sentence.joined():
        sentence.notes.append(f"'or {phrase.text}' leaves a choice: the first option is used")
        sentence.alternative = False
        return
    following = sentence.peek()
    if phrase.text == "each" and following is not None and following.kind == "place":
        sentence.each = True
        return
    if (
        sentence.negated
        and sentence.draft.is_command
        and sentence.draft.objects
        and sentence.is_excepted(phrase)
    ):
        sentence.negated = False
        sentence.draft.objects.append(phrase)
        return
    if (sentence.negated or (sentence.excluding and sentence.joined())) and not sentence.draft.is_command:
        _exclude(sentence, phrase)
        return
    sentence.excluding = False
    last = sentence.places()[-1] if sentence.places() else None
    if sentence.waiting is not None:
        _complete_place(sentence, phrase)
    elif (
        sentence.joined()
        and last is not None
        and last.relation == "looks"
        and _is_appearance(sentence, phrase)
    ):
        sentence.places()[-1] = replace(last, phrases=(*last.phrases, phrase))
        return
    elif sentence.joined() and continue_list(sentence, phrase):
        pass
    elif _takes_object(sentence, phrase):
        sentence.draft.objects.append(phrase)
    else:
        _subject(sentence, phrase)
    _sibling(sentence, phrase)
    sentence.last = phrase
    _adjacent(sentence, phrase)


def _another(sentence: Sentence, phrase: Phrase) -> Phrase:
    """Resolve `another` alone: a further object of the kind that the description introduced with `one`."""
    alone = phrase.text == "another" and phrase.kind == "pronoun" and sentence.waiting is None
    if not alone or sentence.follows_command():
        return phrase
    named = [p for p in sentence.pool.values() if p.kind == "object"]
    ones = [p for p in named if sentence.words[p.words[0]].text == "one"]
    like = next(reversed(ones or sentence.draft.subjects), None)
    if like is None or like.kind != "object":
        return phrase
    beside = sentence.places()[-1] if sentence.places() else None
    if beside is not None and beside.host in (-1, like.head) and beside.phrases:
        sentence.siblings[phrase.head] = beside.phrases[0].head
        sentence.others.add(phrase.head)
    return replace(like, new=True, definite=False, head=phrase.head, words=phrase.words)


def _sibling(sentence: Sentence, phrase: Phrase) -> None:
    """Record the neighbour of a noun phrase: its holder, or the noun before it in the list or clauses."""
    if phrase.head in sentence.siblings:
        return
    holder = next((p.host for p in sentence.places() if p.relation in HOLDING and phrase in p.phrases), -1)
    if holder in sentence.pool and sentence.pool[holder].kind == "object":
        sentence.siblings[phrase.head] = holder
        return
    draft = sentence.draft
    for row in (draft.subjects, draft.objects, *(place.phrases for place in sentence.places())):
        heads = [item.head for item in row]
        if phrase.head in heads[1:]:
            sentence.siblings[phrase.head] = heads[heads.index(phrase.head) - 1]
            return
    if draft.subjects and draft.subjects[0].head == phrase.head:
        sentence.siblings[phrase.head] = sentence.subject_before()


def _adjacent(sentence: Sentence, phrase: Phrase) -> None:
    """Convert the adjective of `an adjacent nightstand` to a place."""
    if phrase.kind != "object":
        return
    for index in phrase.words[:-1]:
        relation = _ADJACENT.get(sentence.words[index].text)
        if relation is not None:
            anchor = sentence.siblings.get(phrase.head, -1)
            sentence.add_place(Place(relation, (), host=phrase.head, words=(index,), anchor=anchor))


def _phrase(sentence: Sentence, segment: Segment) -> Phrase | None:
    """Read a noun phrase with its modifiers `of`, `'s` and `from the left`."""
    start, end = segment.start, segment.end
    following = sentence.peek()
    if following is not None and following.text == "of" and _only_counts(sentence, start, end):
        whole = sentence.row[sentence.at + 1] if sentence.at + 1 < len(sentence.row) else None
        if whole is not None and whole.kind == "noun":
            sentence.at += 2
            end = whole.end
            following = sentence.peek()
    opening = not (sentence.before or sentence.found or sentence.draft.is_command)
    of = following is not None and (following.text == "of" or _from_side(sentence) != "")
    phrase = sentence.phrase(start, end, opening=opening, of=of)
    if phrase is None:
        return None
    while (following := sentence.peek()) is not None:
        after = sentence.row[sentence.at + 1] if sentence.at + 1 < len(sentence.row) else None
        if following.text == "'s" and after is not None and after.kind == "noun":
            sentence.at += 2
            inner = tuple(range(after.start, after.end))
            owned = sentence.phrases.possessed(phrase, tuple(sentence.words[k].token for k in inner), inner)
            phrase = owned or phrase
        elif following.text == "of" and after is not None and after.kind == "noun":
            sentence.at += 2
            whole_phrase = _phrase(sentence, after)
            phrase = phrase if whole_phrase is None else sentence.phrases.of(phrase, whole_phrase)
        elif (side := _from_side(sentence)) and (phrase.rank or phrase.kind == "part"):
            sentence.at += 2
            phrase = _ranked_from(sentence, phrase, side)
        else:
            break
    return phrase


def _ranked_from(sentence: Sentence, phrase: Phrase, side: str) -> Phrase:
    if phrase.kind == "part" and side == "bottom" and phrase.ordinal.isdigit():
        return replace(phrase, part=f"{phrase.part.partition('_')[0]}_-{phrase.ordinal}")
    return sentence.phrases.counted_from(phrase, side) if phrase.kind != "part" else phrase


def _from_side(sentence: Sentence) -> str:
    """Return the side, such as `left`, if `from the left` follows, else an empty string."""
    pair = sentence.row[sentence.at : sentence.at + 2]
    text = " ".join(segment.text for segment in pair)
    if text in ("from the top", "from the bottom"):
        return text.rpartition(" ")[2]
    return lexicon.FROM_SIDES.get(text, "")


def _only_counts(sentence: Sentence, start: int, end: int) -> bool:
    texts = [sentence.words[k].text for k in range(start, end)]
    return all(
        text in lexicon.NUMBERS or text in lexicon.ARTICLES or text in ("half", "most", "all", "each",
        "some", "many", "every", "any", "none", "several") or sentence.words[k].token.kind == "number"
        for k, text in zip(range(start, end), texts, strict=True)
    )  # fmt: skip


def _takes_object(sentence: Sentence, phrase: Phrase) -> bool:
    draft = sentence.draft
    if not draft.is_command or len(draft.places) > draft.leading:
        return False
    if draft.objects and draft.objects[0].noun == "person" and len(draft.objects) == 1:
        draft.objects.clear()
        draft.people = True
    return not draft.objects


def _complete_place(sentence: Sentence, phrase: Phrase) -> None:
    """Add the object of a preposition or verb that waits for one."""
    assert sentence.waiting is not None
    sentence.waiting, phrase = _with_side(sentence, sentence.waiting, phrase)
    last = sentence.words[phrase.head].text if phrase.head >= 0 else ""
    if phrase.part == "region" and last in ("foot", "head") and sentence.waiting.relation == "at":
        sentence.waiting = replace(sentence.waiting, relation=f"{last}_of")
    if sentence.waiting.relation in ("in", "of") and _is_appearance(sentence, phrase):
        sentence.waiting = replace(sentence.waiting, relation="looks", bound=True)
    relation = sentence.waiting.relation
    plain = phrase.kind == "pronoun" and phrase.noun == "one" and not phrase.attributes
    if plain and relation in sentence.targets and not phrase.counted:
        phrase = replace(sentence.targets[relation], head=phrase.head, words=phrase.words, definite=True)
    elif phrase.kind == "object":
        sentence.targets[relation] = phrase
    place = replace(sentence.waiting, phrases=(phrase,))
    if phrase.kind == "pronoun" and phrase.noun == "it":
        place = replace(place, anchor=sentence.siblings.get(place.host, -1))
    if relation == "across" and phrase.noun == "room":
        subject = sentence.draft.subjects[0].head if sentence.draft.subjects else sentence.subject_before()
        place = replace(place, phrases=(), anchor=subject, words=(*place.words, *phrase.words))
    sentence.waiting = sentence.subordinate = None
    sentence.add_place(place)


def _is_appearance(sentence: Sentence, phrase: Phrase) -> bool:
    """Return whether a phrase consists of a colour or material: `in bright orange`, `of dark oak`."""
    texts = [sentence.words[k].text for k in phrase.words]
    named = any(text in lexicon.COLOURS or text in lexicon.MATERIALS for text in texts)
    return named and all(is_attribute(text) for text in texts)


def _with_side(sentence: Sentence, place: Place, phrase: Phrase) -> tuple[Place, Phrase]:
    """Convert `its long sides` as the object of a place to the relation `long_side` to `it`."""
    texts = [sentence.words[k].text for k in phrase.words]
    if not texts or not any(text in ("side", "sides") for text in texts):
        return place, phrase
    side = next((text for text in texts if text in ("long", "short", "longer", "shorter")), "")
    if not side:
        return place, phrase
    its = phrase.category is None
    if its:
        place = replace(place, words=(*place.words, *phrase.words))
    relation = "long_side" if side.startswith("long") else "short_side"
    return replace(place, relation=relation), replace(
        IT, head=phrase.head, words=phrase.words
    ) if its else phrase


def _subject(sentence: Sentence, phrase: Phrase) -> None:
    """Start a statement with a noun phrase as its subject."""
    draft = sentence.draft
    if any(place.relation in HOLDING for place in draft.fronted):
        finish(sentence)
        draft = sentence.draft
    elif draft.about:
        fronted = _take_fronted(sentence)
        finish(sentence)
        draft = sentence.draft
        draft.fronted += fronted
    draft.inverted = (sentence.draft_has_verb() and bool(draft.fronted)) or draft.expletive
    draft.subjects.append(phrase)


def _take_fronted(sentence: Sentence) -> list[Place]:
    """Remove a place before a subject from the preceding clause: `, and across the room a bath stands`."""
    kinds = [segment.kind for segment in sentence.row[max(0, sentence.at - 4) : sentence.at]]
    if kinds[1:] != ["place", "noun", "noun"] or kinds[0] not in ("and", "mark"):
        return []
    return [replace(sentence.draft.places.pop(), host=-1)] if sentence.draft.places else []


def _exclude(sentence: Sentence, phrase: Phrase) -> None:
    sentence.negated, sentence.excluding, sentence.waiting = False, True, None
    sentence.found.append(Clause("exclude", "no", (phrase,)))


def _names_action(sentence: Sentence, segment: Segment) -> bool:
    """Handle an action as object, `give the pan a quick scrub`; return whether the phrase is one."""
    draft = sentence.draft
    gives = draft.verb == "give" and bool(draft.objects) and not draft.places and sentence.waiting is None
    words = [sentence.words[k].text for k in range(segment.start, segment.end)]
    if not gives or words[0] not in ("a", "an", "another") or words[-1] not in lexicon.ACTIONS:
        return False
    draft.frame = "idle"
    draft.words += range(segment.start, segment.end)
    return True


def _continues_purpose(sentence: Sentence, phrase: Phrase) -> bool:
    """Handle the clause after `so that`: a location is a destination, anything else is recorded as purpose.

    Returns:
        Whether the phrase was part of such a clause.
    """
    following = sentence.peek()
    if sentence.condition != "so" or not sentence.draft.is_command or following is None:
        return False
    if phrase.kind != "pronoun" or following.kind != "verb":
        return False
    lemma = following.text.partition(" ")[0]
    sentence.condition = ""
    if lexicon.DESCRIPTIVE.get(lemma) == "":
        sentence.at += 1
        return True
    if lemma in lexicon.DESCRIPTIVE:
        return True
    end = next(
        (k for k in range(sentence.at, len(sentence.row)) if sentence.row[k].kind == "mark"),
        len(sentence.row),
    )
    words = range(sentence.row[sentence.at].start, sentence.row[end - 1].end)
    sentence.add_place(Place("purpose", (), words=(*phrase.words, *words)))
    sentence.at = end
    return True
