"""Attachment of prepositional phrases and participles to noun phrases.

The parser attaches them by the syntax of written text and makes systematic errors. Its choice is kept
unless one of these rules, in this order, overrides it:

- In an instruction, the places after a verb of motion belong to its object: `put the cup on the plate`.
- A place after contents describes their small container: `a vase with flowers on the table`. A wall, corner
  or window describes the furniture, not the contents: `a desk with a lamp in the corner`.
- A place after a wall or corner describes the object there: `a picture on the wall above the sofa`.
- A place next to furniture describes the furniture that holds small objects, not these: `a rail holds two
  towels beside the bath`.
- `with` describes an object that can hold others: after a comma the subject, else the noun before it.
- A participle after a part or a place describes its owner: `a chest with handles set in the corner`.
  After a comma, `accompanied by` and `-ing` describe the subject.
- An object on or in something is not on or in another: `pots on the shelf and fruit on the table`.
- A place shared by several subjects describes all of them: `a stove and a fridge stand nearby`.

Imperatives that the parser reads as nouns are handled before parsing (`analysis`), verbs inside noun phrases
in segmentation (`segments`).
"""

from __future__ import annotations

from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.phrases import Phrase
from sage.language.segments import Segment
from sage.language.sentence import HOLDING, Sentence, is_furniture, is_room
from sage.task import LATERAL_RELATIONS

__all__ = ["antecedent", "host"]

_PUTTING = ("move", "take", "stack", "load", "lay", "forbid")
"""Verb frames whose places are the source or destination of their object."""


def host(sentence: Sentence, segment: Segment) -> int:
    """Return the head word of the noun phrase that a preposition describes; -1 for the clause's subject."""
    if sentence.subordinate is not None:
        small = _small_holder(sentence, sentence.subordinate.head, segment)
        return small if small >= 0 else sentence.subordinate.head
    head = _object_at_place(sentence, _nearest_host(sentence, segment), segment)
    head = _unsupported(sentence, segment, _of_contents(sentence, head))
    return _furniture_beside(sentence, head, segment)


def _unsupported(sentence: Sentence, segment: Segment, head: int) -> int:
    """Return the noun before a second `on` or `in`: `pots on a shelf and fruit on a table`."""
    supports = [p for p in sentence.places() if p.host == head and p.relation == segment.relation]
    last = sentence.last
    if segment.relation not in ("on", "in") or sentence.draft.is_command or not supports or last is None:
        return head
    known = {phrase.head for place in supports for phrase in place.phrases}
    return last.head if last.head not in known and last.kind == "object" else head


def _furniture_beside(sentence: Sentence, head: int, segment: Segment) -> int:
    """Return the furniture that holds a small object if other furniture follows, else the object."""
    beside = segment.relation in LATERAL_RELATIONS
    if not beside or sentence.draft.is_command or not _furniture_follows(sentence):
        return head
    small = sentence.pool[head].category if head in sentence.pool else None
    if small is not None and small.mount == "surface":
        holder = _holder_of(sentence, head)
        if holder is not None and holder.category is not None and holder.category.mount != "surface":
            return holder.head
    last, place = sentence.last, sentence.places()[-1] if sentence.places() else None
    if last is None or place is None or last not in place.phrases or place.relation not in ("on", "in"):
        return head
    new = is_furniture(last) and not sentence.is_known(last) and not sentence.joined()
    return last.head if new and _about_small(sentence) else head


def _furniture_follows(sentence: Sentence) -> bool:
    following = sentence.peek()
    if following is None or following.kind != "noun":
        return False
    target = sentence.phrase(following.start, following.end)
    return target is not None and is_furniture(target)


def _of_contents(sentence: Sentence, head: int) -> int:
    """Return the contents where `its` refers to their holder: the box in `a bench holds a box on its top`."""
    following = sentence.peek()
    its = following is not None and following.text.split()[0] in ("its", "their")
    last = sentence.last.head if sentence.last is not None else -1
    holder = _holder_of(sentence, last) if its else None
    return last if holder is not None and holder.head == head else head


def _object_at_place(sentence: Sentence, head: int, segment: Segment) -> int:
    """Return the object at a wall or known place: the picture in `a picture on the wall above the sofa`."""
    if sentence.draft.is_command or segment.relation in ("with", "contains"):
        return head
    for _ in range(4):
        phrase = sentence.pool.get(head)
        known = phrase is not None and sentence.is_known(phrase) and not _is_subject(sentence, phrase)
        if phrase is None or not (known or phrase.kind == "place"):
            break
        on_floor = phrase.category is not None and phrase.category.mount == "floor"
        if on_floor and _about_small(sentence):
            break
        owner = next((p for p in sentence.places() if any(q.head == head for q in p.phrases)), None)
        if owner is None or owner.relation in HOLDING:
            break
        head = (
            owner.host
            if owner.host >= 0
            else (sentence.draft.subjects[0].head if sentence.draft.subjects else -1)
        )
    return head


def _about_small(sentence: Sentence) -> bool:
    """Return whether the subject of the clause is an object that rests on furniture."""
    first = sentence.draft.subjects[0] if sentence.draft.subjects else None
    return first is not None and first.category is not None and first.category.mount == "surface"


def _is_subject(sentence: Sentence, phrase: Phrase) -> bool:
    return any(phrase.head == subject.head for subject in sentence.draft.subjects)


def _nearest_host(sentence: Sentence, segment: Segment) -> int:
    """Return the head word of the noun phrase that the parser attaches a preposition to, or the last one."""
    head = _syntactic_head(sentence, segment)
    subjects = {phrase.head for phrase in sentence.draft.subjects}
    if sentence.draft_has_verb() and not sentence.draft.is_command and len(subjects) > 1:
        if head in subjects or sentence.owners.get(head, 0) == -1:
            return -1
    last = sentence.last.head if sentence.last is not None else -1
    if segment.relation == "between" and not sentence.draft.is_command:
        return last
    if segment.relation in ("with", "contains"):
        return _with_host(sentence, head, segment)
    if (
        sentence.comma
        and not sentence.draft.is_command
        and (holder := _holder_of(sentence, last)) is not None
    ):
        return holder.head
    if segment.alone:
        return last
    from_last = bool(sentence.draft.places) and sentence.draft.places[-1].relation == "from"
    if sentence.draft.is_command and sentence.draft.places and sentence.draft.places[-1].relation == "using":
        return last
    if sentence.draft.frame == "take" and from_last and segment.relation in ("on", "in", "under"):
        return last
    if head in sentence.pool and sentence.in_draft(head):
        if is_room(sentence.pool[head]):
            return last
        small = _small_holder(sentence, head, segment)
        return small if small >= 0 else head
    if head in sentence.owners:
        owner = sentence.owners[head]
        holder = _holder_of(sentence, last)
        if (
            segment.relation in LATERAL_RELATIONS
            and sentence.at > 1
            and sentence.row[sentence.at - 2].kind == "noun"
            and holder is not None
            and holder.head == owner
            and not sentence.comma
        ):
            return last
        return last if owner in sentence.pool and is_room(sentence.pool[owner]) else owner
    if sentence.draft.is_command and sentence.draft_has_verb():
        return -1 if sentence.draft.frame in _PUTTING else last
    if sentence.words[head].tag.startswith("VB") and not _in_place(sentence, head):
        return -1
    return last


def _small_holder(sentence: Sentence, head: int, segment: Segment) -> int:
    """Return the holder that a place describes: `a vase with flowers on the table`; -1 if none."""
    following = sentence.peek()
    pronoun = following is None or following.text in lexicon.PRONOUNS
    wall = following is not None and following.text.split()[-1] in lexicon.ARCHITECTURE
    rests = segment.relation in ("on", "in")
    if pronoun or sentence.draft.is_command or not (rests or wall):
        return -1
    flanked = _holder_of(sentence, head, ("flanked", "surrounded")) if wall else None
    holder = _holder_of(sentence, head)
    category = sentence.pool[head].category if head in sentence.pool else None
    if flanked is not None or holder is None or holder.category is None or category is None:
        return flanked.head if flanked is not None else -1
    place = next(p for p in sentence.places() if any(phrase.head == head for phrase in p.phrases))
    nouns = {phrase.noun.split()[-1] for phrase in place.phrases}
    last = following.text.split()[-1] if following is not None else ""
    small = rests and holder.category.mount == "surface" and last not in nouns
    return holder.head if small or (wall and category.mount == "surface") else -1


def _holder_of(sentence: Sentence, head: int, relations: tuple[str, ...] = HOLDING) -> Phrase | None:
    """Return the object that holds another: the table in `a table bearing a can, far from the desk`."""
    holding = (place for place in sentence.places() if place.relation in relations)
    place = next((p for p in holding if any(q.head == head for q in p.phrases)), None)
    holder = sentence.pool.get(place.host) if place is not None else None
    return holder if holder is not None and holder.kind == "object" else None


def _with_host(sentence: Sentence, head: int, segment: Segment) -> int:
    """Return the noun that `with` describes: after a comma the subject, else the parser's choice."""
    subject = sentence.draft.subjects[0] if sentence.draft.subjects else None
    about = subject is not None and _can_hold(sentence, subject) and subject.kind != "room"
    if sentence.comma and subject is not None and about and sentence.draft_has_verb():
        return subject.head
    if segment.relation == "with" and head in sentence.pool and _can_hold(sentence, sentence.pool[head]):
        known = sentence.pool[head].definite and subject is not None and is_furniture(subject)
        if known and subject is not None and not subject.definite and sentence.draft_has_verb():
            return subject.head
        return head
    owner = sentence.owners.get(head, -1)
    if segment.relation == "with" and owner in sentence.pool and sentence.pool[owner].kind != "room":
        return owner
    return _holder(sentence)


def _in_place(sentence: Sentence, index: int) -> bool:
    """Return whether a word, such as `facing`, is part of a preposition."""
    return any(s.kind == "place" and s.start <= index < s.end for s in sentence.row)


def _syntactic_head(sentence: Sentence, segment: Segment) -> int:
    at = segment.start
    for _ in range(8):
        head = sentence.words[at].head
        if head == at:
            return at
        if not segment.start <= head < segment.end and sentence.words[head].tag not in (
            "IN",
            "RB",
            "TO",
            "RP",
        ):
            return head
        at = head
    return at


def _holder(sentence: Sentence) -> int:
    """Return the nearest preceding noun phrase that can hold objects, which a corner or wall cannot."""
    holders = [
        phrase
        for phrase in reversed([*sentence.pool.values()])
        if _can_hold(sentence, phrase) and sentence.in_draft(phrase.head)
    ]
    standing = [phrase for phrase in holders if sentence.comma and is_furniture(phrase)]
    return next((phrase.head for phrase in (*standing, *holders)), -1)


def _can_hold(sentence: Sentence, phrase: Phrase) -> bool:
    return phrase.kind in ("object", "room", "unknown", "part") or phrase.noun in ("one", "room")


def antecedent(sentence: Sentence, word: Word) -> Phrase:
    """Return the noun phrase that a participle describes: the choice of the parser, else the last one."""
    assert sentence.last is not None
    subject = sentence.draft.subjects[0] if sentence.draft.subjects else None
    if sentence.comma and subject is not None and word.tag == "VBG" and sentence.draft_has_verb():
        return subject
    if sentence.relative and sentence.last.kind != "place":
        return sentence.last
    found = _related(sentence, word) or sentence.last
    if found.kind == "part" and (holder := _holder_of(sentence, found.head)) is not None:
        return holder
    if found.kind == "room" and word.lemma in lexicon.PASSIVE:
        standing = (
            p for head, p in reversed(sentence.pool.items()) if is_furniture(p) and sentence.in_draft(head)
        )
        return next(standing, found)
    if found.kind == "place" and sentence.draft.about:
        return _owner_of(sentence, found) or sentence.draft.about[-1]
    relation = lexicon.PASSIVE.get(word.lemma)
    after = sentence.comma and subject is not None and sentence.draft_has_verb()
    if after and relation == "beside":
        return subject or found
    holder = _holder_of(sentence, found.head)
    if after and relation == "topped" and holder is not None and is_furniture(holder):
        return holder
    holds = lexicon.DESCRIPTIVE.get(word.lemma) == "contains" or word.lemma in lexicon.PASSIVE
    if holds and subject is not None and is_furniture(subject) and found.definite and not subject.definite:
        return subject
    return found


def _related(sentence: Sentence, word: Word) -> Phrase | None:
    """Return the noun phrase of the clause that the parser attaches a participle to."""
    head = word.head
    for _ in range(4):
        if head in sentence.pool and sentence.in_draft(head):
            return sentence.pool[head]
        if sentence.words[head].dep not in ("conj", "acl", "advcl"):
            break
        head = sentence.words[head].head
    return None


def _owner_of(sentence: Sentence, phrase: Phrase) -> Phrase | None:
    """Return the object at a place: the sideboard in `a sideboard along the wall topped with a vase`."""
    place = next((p for p in sentence.places() if any(q.head == phrase.head for q in p.phrases)), None)
    return sentence.pool.get(place.host) if place is not None else None
