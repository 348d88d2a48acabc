"""What an instruction asks to be changed: `move the lamp to the desk and add two books on the shelf`.

Only the words are read here; which objects of a scene they mean is worked out in `sage.editing.referents`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sage.editing.shifts import Shift, Way, read_shift
from sage.errors import TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.clauses import IT
from sage.reading.cursor import Cursor
from sage.reading.phrases import Phrase, PhraseReader, is_attribute
from sage.reading.words import Token, tokens
from sage.vocabulary import Vocabulary

__all__ = ["Kind", "Place", "Request", "read_requests"]

Kind = Literal[
    "add", "remove", "move", "shift", "replace", "swap", "open", "close", "turn", "make", "tidy", "clear"
]  # fmt: skip

_VERBS: dict[str, Kind] = {
    **dict.fromkeys(("add", "add in", "insert", "create", "include", "i want", "i need", "we need"), "add"),
    **dict.fromkeys(
        ("remove", "delete", "take away", "take out", "take", "get rid of", "throw away", "throw out",
         "discard", "clear away", "drop", "erase", "lose", "pick up", "grab", "get"), "remove",
    ),
    **dict.fromkeys(
        ("move", "put", "place", "set", "bring", "shift", "push", "slide", "carry", "transfer", "relocate",
         "stand", "lay", "put down", "hang", "drag", "position", "put back", "pull"), "move",
    ),
    **dict.fromkeys(("replace", "substitute", "exchange", "change", "turn into"), "replace"),
    **dict.fromkeys(("swap", "switch"), "swap"),
    **dict.fromkeys(("open", "open up"), "open"),
    **dict.fromkeys(("close", "shut"), "close"),
    **dict.fromkeys(("turn", "rotate", "spin", "turn around", "face", "point"), "turn"),
    **dict.fromkeys(("make", "paint", "colour", "color", "recolor", "recolour"), "make"),
    **dict.fromkeys(("tidy", "tidy up", "clean up", "straighten up"), "tidy"),
    **dict.fromkeys(("clear", "clear off", "empty"), "clear"),
}  # fmt: skip
_NOT_DONE = ("turn on", "turn off", "switch on", "switch off", "do not", "never", "clean", "wash", "wipe")
_PICKING = ("take", "pick", "grab", "get")
_ABSENT = ("no", "without", "no more")
_SIZES: dict[str, float] = {
    **dict.fromkeys(("bigger", "larger", "big", "large", "huge"), 1.25),
    **dict.fromkeys(("smaller", "small", "tiny", "little"), 0.8),
}
_SIDES = ("on the left", "on the right", "at the left", "at the right")
_WITH = ("with", "by", "for", "into", "to")
_ENDS = ("and", "then")
_CLOCKWISE = ("clockwise", "right")


@dataclass(frozen=True)
class Place:
    """A preposition and what follows it."""

    relation: str
    phrase: Phrase


@dataclass(frozen=True)
class Request:
    """One change."""

    kind: Kind
    text: str
    """The words that ask for it."""
    objects: tuple[Phrase, ...] = ()
    places: tuple[Place, ...] = ()
    new: Phrase | None = None
    """What takes the place of the objects, or changes places with them."""
    attributes: tuple[tuple[str, str], ...] = ()
    scale: float | None = None
    """How much wider and deeper, if another size is asked for."""
    degrees: float | None = None
    """How far to turn, counter-clockwise."""
    way: Way | None = None
    """Which way to shift; for `towards` and `away` the first place tells from what."""
    metres: float | None = None
    """How far to shift; None if it is not said."""


def read_requests(text: str, vocabulary: Vocabulary) -> tuple[Request, ...]:
    """Read an instruction.

    Raises:
        TaskNotUnderstood: something in it cannot be read; the message names it.
    """
    row = tokens(text)
    if not any(token.kind != "mark" for token in row):
        raise TaskNotUnderstood("nothing is asked for: say for example 'move the lamp to the desk'")
    return _Reader(row, vocabulary).read()


class _Reader:
    """Reads requests one after the other."""

    def __init__(self, row: tuple[Token, ...], vocabulary: Vocabulary) -> None:
        self._row, self._vocabulary = row, vocabulary
        self._cursor = Cursor(row)
        self._phrases = PhraseReader(self._cursor, vocabulary)
        self._found: list[Request] = []

    def read(self) -> tuple[Request, ...]:
        while self._skip():
            start = self._cursor.at
            request = self._request()
            self._take(replace(request, text=self._cursor.text(start)))
        return tuple(self._found)

    def _take(self, request: Request) -> None:
        """Keep a request; `take the book and put it on the desk` is one."""
        last = self._found[-1] if self._found else None
        taken = last is not None and last.kind == "remove" and last.text.startswith(_PICKING)
        it = request.objects and request.objects[0].kind == "pronoun"
        if last is not None and taken and it and request.kind == "move":
            self._found.pop()
            joined = f"{last.text} and {request.text}"
            request = replace(
                request, text=joined, objects=last.objects, places=(*last.places, *request.places)
            )
        self._found.append(request)

    def _skip(self) -> bool:
        """Pass over what stands between requests; tell whether another follows."""
        cursor = self._cursor
        while not cursor.done:
            if cursor.token.kind == "mark" or cursor.token.text in ("also", "too", "instead", "again"):
                cursor.at += 1
            elif not cursor.read(lexicon.POLITE):
                return True
        return False

    def _request(self) -> Request:
        cursor = self._cursor
        if refused := cursor.match(_NOT_DONE):
            raise TaskNotUnderstood(
                f"{refused!r} changes nothing in a scene: say what to add, move or remove"
            )
        if cursor.read(_ABSENT):
            return Request(
                "remove", "", tuple(replace(p, definite=True, plural=True) for p in self._objects("no"))
            )
        verb = cursor.match(_VERBS)
        if not verb:
            return self._without_verb()
        cursor.read(_VERBS)
        kind = _VERBS[verb]
        if kind == "tidy" and (cursor.done or cursor.token.kind == "mark" or cursor.token.text in _ENDS):
            return Request("tidy", "")
        if kind == "make":
            return self._make(verb)
        if kind == "move" and (shift := self._shift()):
            return shift
        return self._about(kind, self._objects(verb))

    def _about(self, kind: Kind, objects: tuple[Phrase, ...]) -> Request:
        """Read on after the objects of a verb."""
        if kind in ("replace", "swap"):
            return self._exchange(kind, objects)
        if kind == "turn":
            return self._turn(objects)
        places = self._places()
        if kind == "move" and any(not phrase.definite or phrase.new for phrase in objects):
            kind = "add"
        if kind == "tidy" and objects[0].noun not in ("room", "floor"):
            kind = "clear"
        if kind == "tidy":
            return Request("tidy", "")
        return Request(kind, "", objects, places)

    def _without_verb(self) -> Request:
        """Read `a bigger table`, `two more chairs at the desk`, or what goes on after `add` and `move`."""
        cursor, start = self._cursor, self._cursor.at
        if self._found and self._found[-1].kind == "shift" and (shift := self._shift()):
            return shift
        objects = self._objects("")
        phrase = objects[0]
        last = self._found[-1].kind if self._found else None
        words = phrase.text.split()
        scale = next((_SIZES[word] for word in words if word in _SIZES and word.endswith("er")), None)
        if scale is not None and last != "add":
            meant = _without(phrase, "size")
            return Request("make", "", (replace(meant, definite=True),), scale=scale)
        if last in ("add", "move", "remove") or not phrase.definite or phrase.new:
            return self._about(last if last in ("move", "remove") else "add", objects)
        cursor.at = start
        raise TaskNotUnderstood(
            f"{cursor.token.text!r} is no change: say what to add, move, remove, replace, open, close or turn"
        )

    def _shift(self) -> Request | None:
        """Read `the lamp 30 cm to the left`, `the chair away from the wall`; else read nothing."""
        end = self._end()
        lengths = [k for k in range(self._cursor.at, end) if self._row[k].kind == "side"]
        if len(lengths) > 1:
            joints = [k for k in range(lengths[0], lengths[1]) if self._row[k].text == "and"]
            end = joints[-1] if joints else end
        said = read_shift(self._row[self._cursor.at : end])
        if said is None:
            return None
        if said.way is None:
            raise TaskNotUnderstood(
                f"{self._row[lengths[0]].text!r} which way? Say left, right, towards or away from something"
            )
        inner = _Reader(said.objects, self._vocabulary)
        objects, now = inner._objects("move"), inner._places()
        reference = self._reference(said)
        if not inner._cursor.done:
            return None
        self._cursor.at = end
        places = (*reference, *now)
        return Request("shift", "", objects, places, way=said.way, metres=said.metres)

    def _reference(self, said: Shift) -> tuple[Place, ...]:
        """Read what is approached or left."""
        if not said.reference:
            return ()
        inner = _Reader(said.reference, self._vocabulary)
        phrase = inner._phrase()
        if phrase is None or not inner._cursor.done:
            raise TaskNotUnderstood(f"{said.reference[0].text!r} could not be read here: name one thing")
        return (Place(str(said.way), phrase),)

    def _objects(self, verb: str) -> tuple[Phrase, ...]:
        """Read `the lamp, the vase and both books`."""
        cursor = self._cursor
        while cursor.token.text in ("up", "back", "out", "away", "down", "off"):
            cursor.at += 1
        found: list[Phrase] = []
        while True:
            phrase = self._phrase()
            if phrase is None:
                break
            found.append(phrase)
            start = cursor.at
            cursor.skip(",")
            cursor.skip("and")
            if cursor.at == start or cursor.match(_VERBS) or cursor.match(lexicon.PLACES):
                cursor.at = start
                break
            if self._phrase() is None:
                cursor.at = start
                break
            cursor.at = start
            cursor.skip(",")
            cursor.skip("and")
        while cursor.token.text in ("up", "back", "out", "away", "down", "too", "instead", "again"):
            cursor.at += 1
        if not found:
            after = f"follows {verb!r}" if verb else f"could be read at {cursor.token.text!r}"
            raise TaskNotUnderstood(f"nothing {after}: name an object")
        return tuple(found)

    def _phrase(self) -> Phrase | None:
        """Read a noun phrase; `mug 2` and `mug_2` are the object of that id."""
        phrase = self._phrases.read()
        if phrase is None:
            return None
        if phrase.kind == "unknown" and phrase.rare is None and phrase.noun in ("everything", "all"):
            raise TaskNotUnderstood("'everything' is too much to change at once: name what is meant")
        if self._cursor.token.kind == "number":
            stem = phrase.text.replace(" ", "_")
            phrase = replace(phrase, text=f"{stem}_{self._cursor.token.text}", ordinal="id")
            self._cursor.at += 1
        return phrase

    def _places(self) -> tuple[Place, ...]:
        """Read `on the shelf next to the door`."""
        cursor, found = self._cursor, list[Place]()
        while not cursor.done:
            start = cursor.at
            if side := self._side():
                found.append(Place("side", Phrase("place", side.split()[-1], side)))
                continue
            cursor.read(lexicon.BINDERS)
            while cursor.token.text in lexicon.ADVERBS - {"then"} and not cursor.match(lexicon.PLACES):
                cursor.at += 1
            text = cursor.read(lexicon.PLACES)
            phrase = IT if text in lexicon.OF_IT else self._phrase() if text else None
            if text and phrase is None:
                raise TaskNotUnderstood(f"nothing follows {text!r}: name an object")
            if phrase is None:
                cursor.at = start
                break
            found.append(Place(lexicon.PLACES[text], phrase))
        return tuple(found)

    def _side(self) -> str:
        """Read `on the left`, but not `on the left desk`."""
        cursor = self._cursor
        side = cursor.match(_SIDES)
        after = len(side.split())
        following = cursor.ahead(after)
        ends = following.kind == "mark" or following.text in (*_ENDS, *_WITH)
        return cursor.read(_SIDES) if ends or cursor.match(lexicon.PLACES, after) else ""

    def _exchange(self, kind: Kind, objects: tuple[Phrase, ...]) -> Request:
        cursor = self._cursor
        if kind == "swap" and len(objects) == 2:
            return Request("swap", "", objects[:1], new=objects[1])
        places = [] if cursor.token.text in _WITH else list(self._places_before_with())
        if not cursor.skip(*_WITH):
            raise TaskNotUnderstood(f"{objects[0].text!r} is to be replaced by what? Say 'with a ...'")
        colour = self._attributes_ahead()
        if colour is not None:
            return Request("make", "", objects, tuple(places), attributes=colour[0], scale=colour[1])
        (new, *more) = self._objects("with")
        if more:
            raise TaskNotUnderstood("one thing takes the place of another: name one after 'with'")
        known = kind == "swap" and new.definite
        return Request("swap" if known else "replace", "", objects, tuple(places), new=new)

    def _places_before_with(self) -> tuple[Place, ...]:
        """Read `the lamp on the desk` up to `with`."""
        cursor, found = self._cursor, list[Place]()
        while not cursor.done and cursor.token.text not in _WITH:
            text = cursor.read(lexicon.PLACES)
            phrase = self._phrase() if text else None
            if phrase is None:
                break
            found.append(Place(lexicon.PLACES[text], phrase))
        return tuple(found)

    def _turn(self, objects: tuple[Phrase, ...]) -> Request:
        cursor, degrees = self._cursor, None
        places: list[Place] = []
        while not cursor.done and cursor.token.kind != "mark" and cursor.token.text not in _ENDS:
            start = cursor.at
            cursor.skip("by")
            token = cursor.token
            if token.kind == "number":
                degrees = float(token.text)
                cursor.at += 1
                cursor.skip("degrees", "degree", "deg")
            elif token.text in ("around", "round", "over") and cursor.ahead(1).kind == "mark":
                cursor.at += 1
            elif token.text in (
                *_CLOCKWISE,
                "counterclockwise",
                "anticlockwise",
                "left",
                "counter-clockwise",
            ):
                degrees = (degrees or 90.0) * (-1 if token.text in _CLOCKWISE else 1)
                cursor.at += 1
            else:
                cursor.at = start
                cursor.skip("to")
                if cursor.token.text in (*_CLOCKWISE, "left", "the"):
                    cursor.skip("the")
                    if cursor.token.text in (*_CLOCKWISE, "left"):
                        continue
                    cursor.at = start
                text = cursor.read(lexicon.PLACES)
                phrase = self._phrase() if text else None
                if phrase is None:
                    raise TaskNotUnderstood(
                        f"{cursor.token.text!r} tells no direction: say 'by 90 degrees' or 'to face the door'"
                    )
                relation = lexicon.PLACES[text]
                places.append(Place("facing" if relation in ("to", "facing", "at") else relation, phrase))
        return Request("turn", "", objects, tuple(places), degrees=degrees)

    def _make(self, verb: str) -> Request:
        """Read `make the sofa on the left red`: the attributes are the last words before the next request."""
        end = self._end()
        row = list(self._row[self._cursor.at : end])
        words: list[str] = []
        while row and (row[-1].text in (*_SIZES, "and") or _is_look(row[-1].text)):
            words.append(row.pop().text)
        attributes, scale = _described(words)
        if not row or not (attributes or scale):
            raise TaskNotUnderstood(f"{verb} it what? Say a colour, a material, or bigger or smaller")
        inner = _Reader(tuple(row), self._vocabulary)
        objects, places = inner._objects(verb), inner._places()
        if not inner._cursor.done:
            raise TaskNotUnderstood(f"{inner._cursor.token.text!r} could not be read here: leave it out")
        self._cursor.at = end
        return Request("make", "", objects, places, attributes=attributes, scale=scale)

    def _end(self) -> int:
        """Return where the request ends: at a mark, or before `and` with another verb."""
        at = self._cursor.at
        for index in range(at, len(self._row)):
            token = self._row[index]
            if token.kind == "mark":
                return index
            ahead = self._cursor.match(_VERBS, index + 1 - at)
            if token.text in _ENDS and (ahead or token.text == "then"):
                return index
        return len(self._row)

    def _attributes_ahead(self) -> tuple[tuple[tuple[str, str], ...], float | None] | None:
        """Read `red` after `change the sofa to`, if nothing but attributes follows."""
        row = self._row[self._cursor.at : self._end()]
        skipped = [token.text for token in row if token.text not in ("a", "an", "and", "colour", "color")]
        if not skipped or not all(word in _SIZES or is_attribute(word) for word in skipped):
            return None
        self._cursor.at = self._end()
        return _described(skipped)


def _is_look(word: str) -> bool:
    return word in lexicon.COLOURS or word in lexicon.MATERIALS or word in lexicon.SHAPES


def _described(words: list[str]) -> tuple[tuple[tuple[str, str], ...], float | None]:
    found: dict[str, str] = {}
    for word in words:
        if word in lexicon.COLOURS:
            found["color"] = lexicon.COLOURS[word]
        elif word in lexicon.MATERIALS:
            found["material"] = word
        elif word in lexicon.SHAPES:
            found["shape"] = lexicon.SHAPES[word]
        elif word not in _SIZES and word != "and":
            raise TaskNotUnderstood(
                f"nothing can be made {word!r}: say a colour, a material, a shape or a size"
            )
    return tuple(found.items()), next((_SIZES[word] for word in words if word in _SIZES), None)


def _without(phrase: Phrase, key: str) -> Phrase:
    left = tuple(pair for pair in phrase.attributes if pair[0] != key)
    words = [word for word in phrase.text.split() if word not in _SIZES]
    return replace(phrase, attributes=left, contrast="", text=" ".join(words))
