"""Parses edit instructions: `move the lamp to the desk and add two books on the shelf`.

`sage.language` parses the text into clauses, which become requests here. `sage.planning.referents` resolves
the phrases of a request to objects of a scene.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sage.errors import TaskNotUnderstood
from sage.language import lexicon
from sage.language.analysis import Word
from sage.language.clauses import IT, Clause, Place
from sage.language.fates import Fates
from sage.language.phrases import Phrase, element_of, named_one, unknown
from sage.language.prompt import words_of
from sage.language.reader import ClauseReader
from sage.planning.amounts import Step, Way, degrees_of, metres_of, steps_of
from sage.vocabulary import Vocabulary

__all__ = ["VERBS", "Instruction", "Kind", "Request", "read_instruction"]

Kind = Literal[
    "add", "remove", "move", "shift", "replace", "swap", "open", "close", "turn", "make", "tidy", "clear"
]  # fmt: skip

VERBS: dict[str, Kind] = {
    **dict.fromkeys(("add", "add in", "create", "include", "insert", "install"), "add"),
    **dict.fromkeys(sorted(lexicon.DISPOSING | {"drop"}), "remove"),
    **dict.fromkeys(("bring", "bring over", "bring back"), "move"),
    **dict.fromkeys(("replace", "substitute", "exchange", "trade", "convert", "turn into"), "replace"),
    **dict.fromkeys(("swap", "switch"), "swap"),
    **dict.fromkeys(
        ("turn", "rotate", "spin", "turn around", "face", "point", "orient", "twist", "flip"), "turn"
    ),
    **dict.fromkeys(
        ("make", "change", "paint", "repaint", "colour", "color", "recolour", "recolor", "dye", "be",
         "resize", "enlarge", "shrink", "widen", "darken", "lighten", "brighten"), "make",
    ),
    **dict.fromkeys(("tidy", "tidy up", "clean up", "straighten up"), "tidy"),
}  # fmt: skip
"""Kind of request, by verb; `_FRAMES` has the kinds of other verbs, by their frame."""

_FRAMES: dict[str, Kind] = {
    "move": "move", "stack": "move", "take": "remove", "open": "open", "close": "close", "clear": "clear",
}  # fmt: skip
_KEEPING = ("leave", "keep", "let")
"""Verbs that request no change unless a place follows."""
_WITHOUT_EFFECT = (*lexicon.STATELESS, "hold", "raise", "catch", "choose", "select")
"""Verbs of actions that change nothing in a scene."""
_IMPLIED = {"enlarge": "bigger", "widen": "wider", "shrink": "smaller", "darken": "darker"}
"""Adjective that a verb implies."""
_INTO = ("to", "onto", "into")
_INSTEAD = ("with", "using", "for", "into", "to", "next_to", "as")
"""Prepositions of a replacement."""
_NOT_LOCATIVE = ("mentions", "purpose", "through", "outside", "sees", "side_by_side", "state")
"""Relations that state neither a location nor a destination."""
_RESTING = ("on", "in", "from", "choice")
"""Relations that state the present location of an object to shift."""
_SIDES = {
    "left_side": "left", "right_side": "right", "front_side": "front", "back_side": "back",
    "middle_of": "middle",
}  # fmt: skip
_LARGER, _SMALLER = 1.25, 0.8
_EXAMPLE = "say what to add, move, remove, replace, open, close or turn"
_VAGUE = ("everything", "all", "anything")


@dataclass(frozen=True)
class Request:
    """Requested change."""

    kind: Kind
    text: str
    """Words of the instruction that request it."""
    objects: tuple[Phrase, ...] = ()
    places: tuple[Place, ...] = ()
    new: Phrase | None = None
    """Replacement of the objects, or the object to swap them with."""
    attributes: tuple[tuple[str, str], ...] = ()
    scale: float | None = None
    """Factor of width and depth, for small objects also of height; None keeps the size."""
    spared: tuple[Phrase, ...] = ()
    """Objects excepted from the change: `everything but the vase`."""
    shade: str = ""
    """Shade of the colour among the attributes: `light`."""
    degrees: float | None = None
    """Counter-clockwise angle of a turn [deg]."""
    steps: tuple[Step, ...] = ()
    """Shifts in order; the first place is the reference of `towards` and `away`."""


@dataclass(frozen=True)
class Instruction:
    """Parsed edit instruction."""

    requests: tuple[Request, ...]
    notes: tuple[str, ...] = ()
    """Messages about words that were not understood or have no effect."""


def read_instruction(text: str, vocabulary: Vocabulary) -> Instruction:
    """Parse an instruction; words that request no change are ignored and listed in the notes.

    Raises:
        TaskNotUnderstood: the text requests no change; the message says why.
    """
    if not any(char.isalnum() for char in text):
        raise TaskNotUnderstood(
            "the instruction contains no words: say for example 'move the lamp to the desk'"
        )
    words, slips = words_of(text, vocabulary)
    reader = ClauseReader(words, vocabulary)
    instruction = _RequestBuilder(words, vocabulary)
    for clause in reader.read():
        instruction.add_clause(clause)
    if not instruction.requests:
        raise instruction.failures[0] if instruction.failures else _no_change(text)
    failures = (str(failure) for failure in instruction.failures)
    notes = dict.fromkeys((*slips, *reader.notes, *failures, *instruction.left_out(text)))
    return Instruction(tuple(instruction.requests), tuple(notes))


def _no_change(text: str) -> TaskNotUnderstood:
    said = " ".join(text.split())
    return TaskNotUnderstood(
        f"{said if len(said) <= 60 else f'{said[:57]}...'!r} requests no change: {_EXAMPLE}"
    )


class _RequestBuilder:
    """Converts clauses into requests, in order."""

    def __init__(self, words: Sequence[Word], vocabulary: Vocabulary) -> None:
        self._words, self._vocabulary = words, vocabulary
        self._fates = Fates(words)
        self.requests: list[Request] = []
        self.failures: list[TaskNotUnderstood] = []
        """Reasons why clauses could not be converted."""
        self._mentioned: Phrase | None = None
        """Object mentioned last without a change: `the chair is ugly`."""
        self._further: list[Request] = []
        """Additional requests of the current clause."""

    def left_out(self, text: str) -> Iterable[str]:
        """Yield a note on words of the instruction that were not understood."""
        words = (word for word in self._fates.words(text) if word.fate == "not_understood")
        left = [word.text for word in words if word.text.casefold() not in lexicon.REQUESTS]
        if left:
            yield f"not understood: {', '.join(map(repr, left))}"

    def add_clause(self, clause: Clause) -> None:
        """Add the request of a clause."""
        clause = self._resolve_pronouns(clause)
        clause = replace(clause, places=tuple(p for p in clause.places if p.relation not in _NOT_LOCATIVE))
        try:
            request = self._request(clause)
        except TaskNotUnderstood as failure:
            self.failures.append(failure)
            return
        if request is None:
            return
        self._mark_understood(clause)
        further, self._further = self._further, []
        self._keep(replace(request, text=self._fates.text(_span(clause)), spared=clause.spared))
        self.requests += further

    def _resolve_pronouns(self, clause: Clause) -> Clause:
        """Return a clause with nouns for `the left one`, and for an `it` that refers to a mention."""
        mentioned, self._mentioned = self._mentioned, None
        objects = []
        for phrase in clause.objects:
            it = mentioned is not None and phrase.kind == "pronoun" and phrase.noun in ("it", "them")
            objects.append(replace(mentioned, words=phrase.words) if it and mentioned else phrase)
        last: Phrase | None = None
        places = []
        for place in clause.places:
            found = tuple(_with_noun(phrase, last) for phrase in place.phrases)
            last = next((phrase for phrase in found if phrase.kind == "object"), last)
            places.append(replace(place, phrases=found))
        return replace(clause, objects=tuple(objects), places=tuple(places))

    def _mark_understood(self, clause: Clause) -> None:
        self._fates.mark(clause.words, "goal")
        for phrase in (*clause.objects, *clause.contents, *clause.spared):
            self._fates.mark_phrase(phrase)
        for place in clause.places:
            self._fates.mark(place.words, "relation")
            for phrase in place.phrases:
                self._fates.mark_phrase(phrase)

    def _keep(self, request: Request) -> None:
        """Add a request; `take the book and put it on the desk` is a single one."""
        last = self.requests[-1] if self.requests else None
        it = bool(request.objects) and request.objects[0].kind == "pronoun"
        taken = last is not None and last.kind == "remove" and last.text.split()[0] in lexicon.HOLDING
        if last is not None and taken and it and request.kind in ("move", "shift"):
            self.requests.pop()
            request = replace(
                request, text=f"{last.text} and {request.text}", objects=last.objects,
                places=(*last.places, *request.places),
            )  # fmt: skip
        self.requests.append(request)

    def _request(self, clause: Clause) -> Request | None:
        """Return the request of a clause, or None.

        Raises:
            TaskNotUnderstood: the clause cannot change a scene, or is incomplete.
        """
        if clause.frame == "describe":
            return None if self._is_question(clause) else self._described(clause)
        if clause.frame == "exclude":
            return Request(
                "remove", "", tuple(replace(p, definite=True, plural=True) for p in clause.objects)
            )
        if clause.verb in _KEEPING and not clause.places:
            return None
        if clause.verb == "have":
            return self._described(clause)
        kind = VERBS.get(clause.verb, _FRAMES.get(clause.frame))
        if kind is None or clause.verb in _WITHOUT_EFFECT:
            raise TaskNotUnderstood(
                f"{clause.verb!r} changes nothing in a scene: say what to add, move or remove"
            )
        if kind in ("tidy", "clear") and self._is_of_room(clause):
            return Request("tidy", "")
        if not clause.objects:
            raise TaskNotUnderstood(f"nothing follows {clause.verb!r}: name an object")
        clause = self._without_unknown(clause)
        places = tuple(_as_side(place) for place in clause.places if place.phrases or _is_side(place))
        builders = {
            "move": self._moved, "remove": self._removed, "add": self._added, "replace": self._exchanged,
            "swap": self._exchanged, "turn": self._turned, "make": self._made,
        }  # fmt: skip
        if kind in builders:
            return builders[kind](clause, places)
        return Request("clear" if kind == "tidy" else kind, "", clause.objects, places)

    def _is_question(self, clause: Clause) -> bool:
        after = self._words[_span(clause).stop : _span(clause).stop + 1]
        return bool(after) and after[0].text == "?"

    def _is_of_room(self, clause: Clause) -> bool:
        return not clause.objects or all(
            p.noun in ("room", "floor") or p.kind == "room" for p in clause.objects
        )

    def _without_unknown(self, clause: Clause) -> Clause:
        """Return a clause without its unknown nouns.

        Raises:
            TaskNotUnderstood: all its nouns are unknown.
        """
        known = [phrase for phrase in clause.objects if self._unknown(phrase) is None]
        lost = [reason for phrase in clause.objects if (reason := self._unknown(phrase))]
        if lost and not known:
            raise TaskNotUnderstood(lost[0])
        self.failures += map(TaskNotUnderstood, lost)
        return clause.of(*known)

    def _unknown(self, phrase: Phrase) -> str | None:
        """Return why a noun is unknown, or None; names of existing objects are always known."""
        asked = phrase.kind == "unknown" and (not phrase.definite or phrase.new)
        return unknown(phrase.noun or phrase.text, self._vocabulary) if asked else None

    def _described(self, clause: Clause) -> Request | None:
        """Read `a bigger table`, `two more chairs at the desk`, `there should be a lamp`."""
        if clause.verb == "remain":
            return None
        objects = clause.objects or tuple(
            phrase
            for place in clause.places
            if place.relation in ("contains", "sees")
            for phrase in place.phrases
        )
        objects = tuple(phrase for phrase in objects if phrase.kind in ("object", "unknown"))
        if not objects:
            return None
        phrase = objects[0]
        compared = [word for word in self._texts(phrase.words) if word.endswith("er") and _scale([word])]
        if compared and not (phrase.counted or phrase.new):
            meant = _without_size(phrase)
            return Request("make", "", (meant,), scale=_scale(compared))
        if all(phrase.definite and not phrase.new for phrase in objects):
            self._mentioned = phrase
            raise _no_change(" ".join(self._texts(phrase.words)))
        clause = replace(clause, objects=objects)
        places = tuple(
            place for place in clause.places if place.phrases and place.relation not in ("contains", "sees")
        )
        return self._added(self._without_unknown(clause), places)

    def _texts(self, indices: Iterable[int]) -> list[str]:
        return [self._words[index].text for index in indices]

    def _added(self, clause: Clause, places: tuple[Place, ...]) -> Request:
        instead = [place for place in places if {"instead", "rather"} & {*self._texts(place.words)}]
        if instead:
            return Request("replace", "", instead[0].phrases, new=clause.objects[0])
        with_it = [place for place in places if place.relation == "with"]
        if with_it:
            on_it = [place for place in places if place.phrases[0].kind == "pronoun"]
            inside = any("in" in (place.relation, place.contact) for place in (*with_it, *on_it))
            there = Place("in" if inside else "on", (IT,))
            phrases = tuple(phrase for place in with_it for phrase in place.phrases)
            text = self._fates.text(index for phrase in phrases for index in phrase.words)
            self._further.append(Request("add", text, phrases, (there,)))
            places = tuple(place for place in places if place not in (*with_it, *on_it))
        return Request("add", "", clause.objects, places)

    def _removed(self, clause: Clause, places: tuple[Place, ...]) -> Request:
        if any(place.relation in _INTO for place in places):
            return self._moved(clause, places)
        named = tuple(phrase for phrase in clause.objects if phrase.noun not in _VAGUE)
        if named and len(named) < len(clause.objects):
            on_it = [place for place in places if place.phrases[0].kind == "pronoun"]
            return Request("remove", "", named, tuple(place for place in places if place not in on_it))
        if not named:
            raise TaskNotUnderstood("'everything' is too much to remove at once: say from where")
        return Request("remove", "", clause.objects, places)

    def _moved(self, clause: Clause, places: tuple[Place, ...]) -> Request:
        clause = clause.of(*(_every(phrase) for phrase in clause.objects))
        if any(phrase.noun in _VAGUE for phrase in clause.objects) and not places:
            raise TaskNotUnderstood("'everything' is too much to change at once: name what is meant")
        end = _span(clause).stop
        said = {*self._texts(clause.words), *(word.text for word in self._words[end : end + 1])}
        if not places and {"go", "gone", "disappear"} & said:
            return Request("remove", "", clause.objects)
        shift = self._shift(clause, places)
        if shift is not None:
            return shift
        if any(not phrase.definite or phrase.new for phrase in clause.objects):
            return self._added(clause, places)
        return Request("move", "", clause.objects, places)

    def _shift(self, clause: Clause, places: tuple[Place, ...]) -> Request | None:
        """Read `the lamp 30 cm to the left`, `the chair away from the wall`; else return None."""
        said = [k for place in clause.places if place.relation == "nowhere" for k in place.words]
        metres = metres_of(self._words[k] for k in said)
        steps = steps_of([self._words[k] for k in said])
        for place in places:
            aimed = _aim(place, self._texts(place.words), far=metres is not None)
            if aimed is None:
                continue
            rest = tuple(other for other in places if other is not place)
            rest = (place, *rest) if aimed in ("towards", "away") else rest
            return Request("shift", "", clause.objects, rest, steps=(Step(aimed, metres),))
        if steps:
            return Request("shift", "", clause.objects, places, steps=steps)
        if metres is not None and all(place.relation in _RESTING for place in places):
            raise TaskNotUnderstood(
                f"{self._fates.text(said)!r} has no direction: "
                "say left, right, towards or away from an object"
            )
        return None

    def _exchanged(self, clause: Clause, places: tuple[Place, ...]) -> Request:
        kind: Kind = "swap" if VERBS[clause.verb] == "swap" else "replace"
        if len(clause.objects) == 2 and not any(place.relation in _INSTEAD for place in places):
            return Request("swap", "", clause.objects[:1], new=clause.objects[1])
        new = [place for place in places if place.relation in _INSTEAD]
        if not new:
            raise TaskNotUnderstood(f"{clause.objects[0].text!r} has no replacement: say 'with a ...'")
        return self._instead(clause, new[-1], tuple(place for place in places if place not in new[-1:]), kind)

    def _instead(self, clause: Clause, place: Place, rest: tuple[Place, ...], kind: Kind) -> Request:
        if len(place.phrases) > 1:
            raise TaskNotUnderstood("an object can be replaced by one other only: name one after 'with'")
        (new,) = place.phrases
        if self._unknown(new):
            raise TaskNotUnderstood(str(self._unknown(new)))
        known = kind == "swap" and new.definite and not new.bare
        return Request("swap" if known else "replace", "", clause.objects, rest, new=new)

    def _turned(self, clause: Clause, places: tuple[Place, ...]) -> Request:
        into = [place for place in places if place.relation == "into"]
        if into:
            return self._instead(clause, into[0], (), "replace")
        said = [k for p in clause.places if p.relation in ("nowhere", "manner") for k in p.words]
        degrees = degrees_of(self._texts(said))
        if clause.states:
            return self._made(clause, places)
        if said and degrees is None:
            raise TaskNotUnderstood(
                f"{self._fates.text(said)!r} states no direction: say 'by 90 degrees' or 'to face the door'"
            )
        towards = ("to", "at", "facing", "next_to")
        places = tuple(replace(p, relation="facing") if p.relation in towards else p for p in places)
        return Request("turn", "", clause.objects, places, degrees=degrees)

    def _made(self, clause: Clause, places: tuple[Place, ...]) -> Request:
        """Read `make the sofa on the left red`, `change the sofa to a red one`."""
        states = [*clause.states, *(word for word in (_IMPLIED.get(clause.verb),) if word)]
        new = [place for place in places if place.relation in ("to", "into")]
        if new and new[0].phrases[0].kind == "object":
            return self._instead(clause, new[0], tuple(p for p in places if p not in new), "replace")
        places = tuple(place for place in places if place.phrases[0].noun != "there")
        looks = {"to", "into", "from", "of", "in", "with", "using"}
        for place in places:
            texts = [text for phrase in place.phrases for text in self._texts(phrase.words)]
            if place.relation in looks and _attributes(texts):
                states += texts
                places = tuple(other for other in places if other is not place)
        attributes, scale = _attributes(states), _scale(states)
        if not (attributes or scale):
            raise TaskNotUnderstood(
                f"{clause.verb!r} needs a property: say a colour, a material, a shape, or bigger or smaller"
            )
        idle = [word for word in states if not (_attributes([word]) or _scale([word]))]
        shade = next((word for word in idle if word in lexicon.TONES), "")
        self.failures += [
            TaskNotUnderstood(f"{word!r} has no effect on the {clause.objects[0].noun}")
            for word in idle
            if word in clause.states and not (word == shade and element_of(clause.objects[0]))
        ]
        return Request("make", "", clause.objects, places, attributes=attributes, scale=scale, shade=shade)


def _span(clause: Clause) -> range:
    """Return the indices of the words from the first to the last of a clause."""
    phrases = [*clause.objects, *clause.contents]
    found = [*clause.words]
    for place in clause.places:
        found += place.words
        phrases += place.phrases
    found += [index for phrase in phrases for index in phrase.words]
    return range(min(found), max(found) + 1) if found else range(0)


def _with_noun(phrase: Phrase, last: Phrase | None) -> Phrase:
    """Return `the left one` with the noun that `one` refers to."""
    if last is None or phrase.kind != "pronoun" or phrase.noun != "one":
        return phrase
    text = named_one(phrase.text, last.noun)
    return replace(phrase, kind="object", noun=last.noun, category=last.category, text=text)


def _every(phrase: Phrase) -> Phrase:
    return replace(phrase, plural=True) if phrase.noun in _VAGUE else phrase


def _is_side(place: Place) -> bool:
    return place.relation == "choice" or (not place.phrases and place.relation in _SIDES)


def _as_side(place: Place) -> Place:
    """Return a place that identifies one of several objects by its side, in normal form."""
    if place.phrases or place.relation not in _SIDES:
        return place
    side = _SIDES[place.relation]
    return replace(place, relation="choice", phrases=(Phrase("pronoun", side, side),), bound=True)


def _aim(place: Place, texts: list[str], *, far: bool) -> Way | None:
    """Return the direction of a shift, or None if the place is a destination."""
    said = {*texts}
    if place.relation == "near" and said & {"closer", "nearer"}:
        return "towards"
    if place.relation == "to" and said & {"towards", "toward", "direction"}:
        return "towards"
    if place.relation in ("from", "far") and (said & {"away", "farther", "further"} or far):
        return "away"
    if place.relation in ("left_of", "right_of") and "its" in said:
        return "left" if place.relation == "left_of" else "right"
    return None


def _attributes(words: Iterable[str]) -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    tables = (("color", lexicon.COLOURS), ("material", lexicon.MATERIALS), ("shape", lexicon.SHAPES))
    for word in words:
        found |= {key: table[word] for key, table in tables if word in table}
    return tuple(found.items())


def _scale(words: Iterable[str]) -> float | None:
    sizes = [lexicon.SIZES[word] for word in words if word in lexicon.SIZES]
    return None if not sizes else _LARGER if sizes[0] == "large" else _SMALLER


def _without_size(phrase: Phrase) -> Phrase:
    left = tuple(pair for pair in phrase.attributes if pair[0] != "size")
    text = " ".join(word for word in phrase.text.split() if word not in lexicon.SIZES)
    return replace(phrase, definite=True, attributes=left, contrast="", text=text)
