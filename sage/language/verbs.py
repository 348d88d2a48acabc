"""Parsing of verbs within a sentence: imperatives, statements, participles and auxiliaries."""

from __future__ import annotations

from dataclasses import replace

from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.attachment import antecedent
from sage.language.clauses import IT, Place
from sage.language.closing import finish
from sage.language.phrases import Phrase
from sage.language.segments import Segment
from sage.language.sentence import Draft, Sentence

__all__ = ["read_verb"]

_NATURAL_LIGHT = frozenset("light sunlight daylight moonlight sunshine glow ray beam breeze".split())
_STREAMING = frozenset("filter stream pour spill flood shine flow drift fall enter illuminate".split())
"""Verbs of natural light, which needs no lamp: `light streams through the window`."""
_MADE = frozenset("make paint finish upholster color colour carve craft build stain wrap bind".split())


def read_verb(sentence: Sentence, segment: Segment) -> None:
    """Read a verb as an auxiliary, an imperative, a participle or the verb of a statement."""
    word = sentence.words[segment.start]
    sentence.drop_place()
    if _ensures(sentence, segment) or _requests(sentence, segment) or _begins(sentence, segment, word):
        return
    helps = word.dep in ("aux", "auxpass") and not word.commanded
    if word.tag == "MD" or helps or _is_auxiliary(sentence, segment):
        _auxiliary(sentence, segment, word)
        return
    if sentence.negated and sentence.draft.is_command and word.tag == "VBG":
        _forbid(sentence, segment)
    elif (
        sentence.draft.obligation
        and sentence.conjoined
        and word.tag in ("VBN", "VBD")
        and segment.text in lexicon.VERBS
    ):
        finish(sentence)
        sentence.draft = Draft(subjects=[IT], verb=segment.text, obligation=True)
    elif _starts_command(sentence, segment, word):
        _command(sentence, segment, word)
    elif _describes_noun(sentence, word):
        _participle(sentence, segment, word)
    else:
        _predicate(sentence, segment, word)


def _ensures(sentence: Sentence, segment: Segment) -> bool:
    """Read `make sure that` or `ensure`, after which a goal follows; return whether the verb is one."""
    following = sentence.peek()
    sure = segment.text == "make" and following is not None and following.text in ("sure", "certain")
    that = following is not None and (following.kind == "relative" or following.kind == "noun")
    if not (sure or (segment.text in ("ensure", "verify", "check") and that and not sentence.draft.subjects)):
        return False
    if segment.text == "check" and following is not None and following.kind != "relative":
        return False
    sentence.at += sure
    if sentence.draft_has_verb():
        finish(sentence)
    sentence.draft = Draft()
    sentence.requested = True
    return True


def _begins(sentence: Sentence, segment: Segment, word: Word) -> bool:
    """Skip an adverbial such as `starting from the left`; return whether the verb begins one."""
    if word.tag != "VBG" or segment.text not in ("start", "begin") or not sentence.draft.is_command:
        return False
    end = next(
        (k for k in range(sentence.at, len(sentence.row)) if sentence.row[k].kind == "mark"),
        len(sentence.row),
    )
    words = tuple(range(segment.start, sentence.row[end - 1].end))
    sentence.add_place(Place("purpose", (), words=words))
    sentence.at = end
    return True


def _requests(sentence: Sentence, segment: Segment) -> bool:
    """Read `I want`, `we need` or `let us`, after which a request follows; return whether the verb is one."""
    lemma = segment.text.partition(" ")[0]
    draft = sentence.draft
    if lemma == "let" and not draft.subjects:
        following = sentence.peek()
        us = following is not None and following.kind == "noun" and following.text in ("us", "me")
        sentence.at += us
        if not us:
            finish(sentence)
        sentence.requested = sentence.requested or not us
        return True
    person = bool(draft.subjects) and draft.subjects[-1].noun == "person"
    if lemma not in lexicon.REQUESTS or not person:
        return False
    sentence.draft = Draft()
    sentence.requested = True
    return True


def _is_auxiliary(sentence: Sentence, segment: Segment) -> bool:
    """Return whether the verb forms `have to`, `need to` or `is to` with the infinitive after it."""
    lemma = segment.text
    following = [sentence.row[k] for k in range(sentence.at, min(sentence.at + 2, len(sentence.row)))]
    to = bool(following) and following[0].text == "to" and len(following) > 1 and following[1].kind == "verb"
    return to and lemma in ("have", "need", "be", "ought", "go")


def _auxiliary(sentence: Sentence, segment: Segment, word: Word) -> None:
    lemma = word.lemma
    to = _is_auxiliary(sentence, segment)
    if word.text in ("should", "must", "shall") or (to and lemma in ("have", "need", "be", "ought")):
        sentence.draft.obligation = True
    if lemma == "be" or word.dep == "auxpass":
        sentence.draft.words.append(segment.start)


def _starts_command(sentence: Sentence, segment: Segment, word: Word) -> bool:
    if segment.text not in lexicon.VERBS:
        return _is_unknown_command(sentence, segment, word)
    if word.commanded:
        return True
    draft = sentence.draft
    before = sentence.row[sentence.at - 2].text if sentence.at > 1 else ""
    if before == "to" and draft.is_command and lexicon.DESCRIPTIVE.get(segment.text) == "facing":
        return False
    actor = bool(draft.subjects) and _is_actor(sentence, draft.subjects[-1])
    following = sentence.peek()
    object_follows = following is not None and following.kind == "noun"
    meant = draft.obligation and object_follows and any(phrase.noun == "it" for phrase in draft.subjects[-1:])
    if actor or meant:
        return True
    follows = sentence.follows_command()
    led = sentence.at > 1 and sentence.row[sentence.at - 2].text in ("before", "after", "while", "by")
    if led and word.tag == "VBG":
        return True
    again = sentence.conjoined and word.tag == "VBG" and draft.is_command and draft.gerund
    if again:
        return True
    bare = word.tag in ("VB", "VBP", "VBD") and not draft.subjects and not draft.fronted
    if bare and follows and (sentence.joined() or not draft.objects):
        return True
    if bare and not (sentence.before or sentence.found or draft.subjects):
        return True
    tags = ("VB", "VBP", "VBZ") if not draft.subjects else ("VB", "VBP")
    return sentence.joined() and follows and word.tag in tags and word.dep in ("conj", "dep", "ROOT")


def _forbid(sentence: Sentence, segment: Segment) -> None:
    """Read `without spilling the water`."""
    sentence.negated = False
    finish(sentence)
    words = list(range(segment.start, segment.end))
    sentence.draft = Draft(frame="forbid", verb=segment.text, words=words)


def _is_unknown_command(sentence: Sentence, segment: Segment, word: Word) -> bool:
    """Return whether a verb that is not in the lexicon is an imperative: `defragment the disk`."""
    draft = sentence.draft
    if word.tag != "VB" or draft.subjects or segment.text in ("be", "have"):
        return False
    before = sentence.row[sentence.at - 2].text if sentence.at > 1 else ""
    starts = sentence.at == 1 or before in ("and", "then", ",", "please")
    return (
        starts
        and (sentence.at == 1 or sentence.follows_command())
        and word.dep in ("ROOT", "conj", "ccomp", "dep")
    )


def _is_actor(sentence: Sentence, phrase: Phrase) -> bool:
    words = {*phrase.text.split(), phrase.noun}
    return bool(words & lexicon.ACTORS) or phrase.noun == "person"


def _command(sentence: Sentence, segment: Segment, word: Word) -> None:
    draft = sentence.draft
    negated, fronted = draft.negated or sentence.negated, draft.fronted
    actor = bool(draft.subjects) and _is_actor(sentence, draft.subjects[-1])
    has_verb = sentence.draft_has_verb()
    if not has_verb and (
        actor or (draft.subjects and not draft.is_command and draft.subjects[0].kind == "pronoun")
    ):
        draft.subjects.clear()
        fronted = draft.fronted
        sentence.draft = Draft()
    elif draft.subjects or draft.is_command or draft.fronted:
        if draft.fronted and not draft.subjects and not draft.is_command:
            sentence.draft = Draft()
        else:
            finish(sentence)
            fronted = []
    sentence.negated = False
    verb = segment.text
    frame = lexicon.VERBS.get(verb, "idle")
    sentence.draft = Draft(frame="forbid" if negated else frame, verb=verb)
    sentence.draft.places += fronted
    sentence.draft.leading = len(fronted)
    sentence.draft.words += list(range(segment.start, segment.end))
    sentence.draft.out = "out" in verb.split()
    sentence.draft.gerund = word.tag == "VBG"
    sentence.last = None
    sentence.subordinate = None
    if sentence.condition in ("without",):
        sentence.draft.frame = "forbid"


def _describes_noun(sentence: Sentence, word: Word) -> bool:
    """Return whether a participle or relative clause modifies the noun phrase before it."""
    if sentence.last is None or (len(sentence.draft.subjects) > 1 and not sentence.draft_has_verb()):
        return False
    if sentence.relative:
        return True
    if sentence.draft.words and not sentence.draft.is_command and _passive_aux(sentence):
        return False
    return word.tag in ("VBG", "VBN", "VBD") and (
        word.dep
        in ("acl", "relcl", "advcl", "amod", "dep", "ccomp", "conj", "pcomp", "xcomp", "appos", "ROOT")
        and not _is_finite(sentence, word)
    )


def _passive_aux(sentence: Sentence) -> bool:
    return any(sentence.words[k].lemma in ("be", "get") for k in sentence.draft.words[-1:])


def _is_finite(sentence: Sentence, word: Word) -> bool:
    """Return whether a past form is the verb of its clause rather than a participle."""
    return (
        word.tag == "VBD"
        and not sentence.draft_has_verb()
        and word.dep == "ROOT"
        and bool(sentence.draft.subjects)
    )


def _participle(sentence: Sentence, segment: Segment, word: Word) -> None:
    described = antecedent(sentence, word)
    sentence.relative = False
    sentence.subordinate = described
    sentence.owners[segment.start] = described.head
    _describe(sentence, segment, word, described.head, passive=word.tag in ("VBN", "VBD"))


def _predicate(sentence: Sentence, segment: Segment, word: Word) -> None:
    """Read the verb of a statement."""
    draft = sentence.draft
    lemma = segment.text.partition(" ")[0]
    if sentence.draft_has_verb() and sentence.joined() and not draft.is_command and draft.subjects:
        subjects = list(draft.subjects)
        finish(sentence)
        draft = sentence.draft
        draft.subjects += [replace(IT, head=p.head) if p.kind != "room" else p for p in subjects[:1]]
    if lemma in _STREAMING and draft.subjects and draft.subjects[-1].noun.split()[-1] in _NATURAL_LIGHT:
        draft.subjects[-1] = replace(draft.subjects[-1], kind="unknown", category=None)
    if not draft.verb:
        draft.before_verb = len(draft.places)
    draft.verb = draft.verb or segment.text
    draft.words += list(range(segment.start, segment.end))
    owner = draft.subjects[0].head if len(draft.subjects) == 1 else -1
    sentence.owners[segment.start] = owner
    if lemma in ("go", "belong") and not draft.expletive:
        draft.obligation = draft.obligation or bool(draft.subjects and draft.subjects[0].definite)
    passive = word.tag in ("VBN", "VBD") and _passive_aux_before(sentence, segment)
    acted = passive and segment.text in lexicon.VERBS and lemma not in lexicon.RESTING
    if acted and lemma not in lexicon.PASSIVE and not sentence.describes_room():
        draft.obligation = True
        draft.verb = segment.text
    if draft.obligation or sentence.requested:
        draft.verb = segment.text
    _describe(sentence, segment, word, owner, passive=passive)


def _passive_aux_before(sentence: Sentence, segment: Segment) -> bool:
    return any(
        sentence.words[k].lemma in ("be", "get") for k in range(max(0, segment.start - 3), segment.start)
    )


def _describe(sentence: Sentence, segment: Segment, word: Word, owner: int, *, passive: bool) -> None:
    """Read a descriptive verb, whose relation applies to the next preposition or object.

    Args:
        sentence: parser state.
        segment: the verb with its particles.
        word: the verb.
        owner: head word of its subject; -1 for the subjects of the clause.
        passive: whether it is a passive participle.
    """
    lemma = segment.text.partition(" ")[0]
    words = tuple(range(segment.start, segment.end))
    following = sentence.peek()
    on = following is not None and following.text in ("on", "upon", "around", "about")
    if lemma in ("center", "centre") and on:
        sentence.passive = lemma
        return
    if passive and lemma in lexicon.PASSIVE:
        sentence.passive, sentence.verb_words = lemma, words
        return
    relation = "for" if lemma in ("seat", "accommodate") else lexicon.DESCRIPTIVE.get(lemma)
    stays = (sentence.draft.obligation or sentence.requested) and segment.text in lexicon.PROCESSES
    if relation == "" or (lemma in _MADE and word.tag == "VBN") or stays:
        sentence.verb_words = words
        return
    bound = sentence.subordinate is not None
    sentence.waiting = Place(relation or "mentions", (), bound=bound, host=owner, words=words)
