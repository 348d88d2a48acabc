"""Clauses: `put the mug on the table next to the plate`, `a wardrobe in the corner`, `no sofa`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from sage.errors import TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.cursor import Cursor
from sage.reading.phrases import Phrase, PhraseReader, is_attribute, unknown
from sage.reading.words import Token
from sage.vocabulary import Vocabulary

__all__ = ["Clause", "ClauseReader", "Place"]

_THERE = Phrase("pronoun", "there", "there")
_IT = Phrase("pronoun", "it", "it")
_WITH_TOOLS = ("idle", "open", "close", "clear")
"""Frames in which `with` names a tool, not contents."""


@dataclass(frozen=True)
class Place:
    """A preposition and what follows it."""

    relation: str
    phrases: tuple[Phrase, ...]
    bound: bool = False
    """It tells where something is, never where to put it: `the mug that stands on the table`."""
    contact: str = ""
    """`on` or `in` for `with`: `a dresser with a vase on it`."""
    each: bool = False
    """What follows is there once for each: `six tables, each with four chairs`."""


@dataclass(frozen=True)
class Clause:
    """What is to be done with objects, or what is there."""

    frame: lexicon.Frame | Literal["describe", "exclude", "lay"]
    verb: str
    objects: tuple[Phrase, ...]
    places: tuple[Place, ...] = ()
    contents: tuple[Phrase, ...] = ()
    """What something is loaded or laid with."""

    def divided(self) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """Divide the places of a moved object into where it is now and where it goes."""
        places = self.places
        directed = [
            k
            for k, place in enumerate(places)
            if place.relation in ("to", "onto", "into") and not place.bound
        ]
        if directed:
            return places[: directed[0]], places[directed[0] :]
        if self.frame == "take":
            return places, ()
        sources = [k for k, place in enumerate(places) if place.relation == "from"]
        free = [
            k for k, place in enumerate(places) if not place.bound and place.relation not in ("from", "with")
        ]
        if not free:
            return places, ()
        if sources and sources[0] < free[0]:
            return places[: free[-1]], places[free[-1] :]
        start = free[0]
        if len(free) > 1 and free[1] == start + 1 and _is_furniture(places[start], places[free[1]]):
            start = free[1]
        return places[:start], places[start:]


class ClauseReader:
    """Reads the clauses of a prompt; `notes` tells what it passed over."""

    def __init__(self, row: tuple[Token, ...], vocabulary: Vocabulary) -> None:
        self._cursor = Cursor(row)
        self._vocabulary = vocabulary
        self._phrases = PhraseReader(self._cursor, vocabulary)
        self._clauses: list[Clause] = []
        self._fronted: tuple[Place, ...] = ()
        self.notes: list[str] = []

    def read(self) -> tuple[Clause, ...]:
        """Read everything.

        Raises:
            TaskNotUnderstood: something could not be read; the message names it.
        """
        while not self._cursor.done:
            start = self._cursor.at
            self._step()
            if self._cursor.at == start:
                raise TaskNotUnderstood(f"{self._cursor.token.text!r} could not be read here: leave it out")
        if self._fronted:
            self._add(Clause("describe", "", (), ()))
        return tuple(self._clauses)

    def _step(self) -> None:
        cursor = self._cursor
        if cursor.token.kind == "size":
            room = Phrase("place", "room", "room", size=cursor.token.size)
            self._add(Clause("describe", "", (room,)))
            cursor.at += 1
        elif cursor.match(("do not", "never", "must not", "should not", "can not")):
            raise TaskNotUnderstood("'not' forbids something: say what to do instead")
        elif cursor.token.kind == "mark":
            cursor.at += 1
        elif cursor.token.text == "or":
            raise TaskNotUnderstood("'or' leaves a choice: name one of the two")
        elif cursor.read(lexicon.NEGATIONS):
            self._exclusion()
        elif verb := self._verb():
            cursor.read(lexicon.VERBS)
            self._imperative(verb)
        elif self._filler():
            pass
        elif cursor.match(lexicon.PLACES):
            self._front()
        else:
            self._statement()

    def _filler(self) -> bool:
        """Read words without effect."""
        cursor = self._cursor
        for phrases in (lexicon.POLITE, lexicon.DESCRIBE):
            text = cursor.match(phrases)
            following = cursor.ahead(len(text.split()))
            if text and not (text in ("next", "to") and following.text == "to"):
                if text == "to" and not cursor.match(lexicon.VERBS, 1):
                    continue
                cursor.read(phrases)
                return True
        word = cursor.token.text
        if (
            word in lexicon.ADVERBS
            or word.endswith("ly")
            or word in lexicon.COPULAS
            or word in lexicon.PARTICLES
        ):
            if word.endswith("ly"):
                self.notes.append(f"{word!r} has no effect")
            cursor.at += 1
            return True
        return False

    def _verb(self) -> str:
        """Return the verb that starts an imperative here, or nothing."""
        cursor = self._cursor
        verb = cursor.match(lexicon.VERBS)
        following = cursor.ahead(len(verb.split()))
        if not verb or following.text == "of" or (verb == "close" and following.text in ("to", "by")):
            return ""
        described = bool(self._clauses) and self._clauses[-1].frame == "describe"
        pointed = following.text in (
            *lexicon.ARTICLES,
            *lexicon.PRONOUNS,
            *lexicon.QUANTIFIERS,
            *lexicon.NUMBERS,
        )
        if (
            described
            and not pointed
            and (is_attribute(verb) or cursor.ahead(-1).text in ("with", "and", ","))
        ):
            return ""
        return verb

    def _imperative(self, verb: str) -> None:
        frame: lexicon.Frame | Literal["lay"] = lexicon.VERBS[verb]
        out = "out" in verb.split()
        self._particles()
        objects = self._list()
        if objects and all(phrase.noun == "nothing" for phrase in objects):
            self._places()
            self.notes.append(f"'{verb} nothing' asks for nothing")
            return
        if objects and objects[0].noun == "person" and len(objects) == 1:
            self.notes.append(f"'{verb} {objects[0].text}' has no goal relation")
            objects = self._list() or objects
        out = self._particles() or out
        if verb in ("set", "lay") and self._cursor.token.text in ("for", "with"):
            frame = "lay"
        contents: tuple[Phrase, ...] = ()
        if frame in ("load", "lay"):
            places = self._places(("with",))
            if self._cursor.skip("with"):
                contents = self._list()
        else:
            places = ()
        places += self._places()
        if frame in _WITH_TOOLS:
            places = tuple(replace(p, relation="using") if p.relation == "with" else p for p in places)
        if out and not any(place.relation == "from" for place in places):
            places = (Place("from", (_THERE,), bound=True), *places)
        if not objects:
            raise TaskNotUnderstood(f"nothing follows {verb!r}: name an object")
        self._add(Clause(frame, verb, objects, places, contents))

    def _particles(self) -> bool:
        """Read `up`, `down`, `back` and adverbs; tell whether `out` was among them."""
        cursor, out = self._cursor, False
        while not cursor.done:
            text = cursor.token.text
            if cursor.match(lexicon.PLACES) and not (text in lexicon.PARTICLES and self._ends(1)):
                break
            how = text.endswith("ly") or text in lexicon.MANNER
            if not (text in lexicon.PARTICLES or text in lexicon.ADVERBS or how):
                break
            if how:
                if self._vocabulary.common(text):
                    break
                self.notes.append(f"{text!r} has no effect")
            out = out or text == "out"
            cursor.at += 1
        return out

    def _ends(self, steps: int) -> bool:
        token = self._cursor.ahead(steps)
        return token.kind == "mark" or token.text in ("and", "then")

    def _list(self) -> tuple[Phrase, ...]:
        """Read `the mug, the bowl and both plates`."""
        cursor = self._cursor
        found = [phrase] if (phrase := self._phrases.read()) else []
        while found:
            start = cursor.at
            comma, conjunction = cursor.skip(","), cursor.skip("and")
            if not (comma or conjunction) or self._verb() or cursor.match(lexicon.PLACES):
                cursor.at = start
                break
            following = self._phrases.read() if not cursor.match(lexicon.POLITE) else None
            if following is None or following.kind not in ("object", "pronoun", "unknown"):
                cursor.at = start
                break
            found.append(following)
        return tuple(found)

    def _places(self, but: tuple[str, ...] = ()) -> tuple[Place, ...]:
        """Read `on the table next to the lamp that stands by the window`."""
        cursor, places = self._cursor, list[Place]()
        while not cursor.done:
            if manner := cursor.read(lexicon.ARRAYS):
                self.notes.append(f"{manner!r} has no effect")
                continue
            start = cursor.at
            joined = cursor.skip(",", "and")
            binder, each = cursor.read(lexicon.BINDERS), cursor.skip("each")
            while cursor.read(lexicon.BINDERS):
                pass
            while cursor.token.text in lexicon.ADVERBS - {"then"} and not cursor.match(lexicon.PLACES):
                cursor.at += 1
            preposition = cursor.match(lexicon.PLACES)
            bare = cursor.token.text in ("there", "inside") and self._ends(1)
            if bare:
                cursor.at += 1
                places.append(Place("to", (_THERE,)))
                continue
            if (
                not preposition
                or preposition in but
                or (joined and not each and preposition in ("with", "for", "of"))
            ):
                cursor.at = start
                break
            place = self._place(bool(binder))
            if place is None or (joined and self._starts_statement()):
                cursor.at = start
                break
            places.append(replace(place, each=each))
        return tuple(places)

    def _starts_statement(self) -> bool:
        return self._cursor.token.text in lexicon.COPULAS or self._cursor.token.text in ("there", ",")

    def _place(self, bound: bool) -> Place | None:
        cursor = self._cursor
        text = cursor.read(lexicon.PLACES)
        relation = lexicon.PLACES[text]
        if relation == "for":
            return self._people()
        phrase = self._phrases.read()
        if phrase is None:
            if relation == "between":
                return Place(relation, (), bound)
            if relation in ("on", "in", "into", "onto", "under", "next_to"):
                return Place(relation, (_THERE,), bound)
            raise TaskNotUnderstood(f"nothing follows {text!r}: name an object")
        phrases = [phrase]
        if relation == "between" and phrase.count == 1 and cursor.skip("and"):
            phrases += [other] if (other := self._phrases.read()) else []
        if relation in ("with", "contains", "laid"):
            phrases += self._more_contents()
            return Place(relation, tuple(phrases), bound, self._contact())
        return Place(relation, tuple(phrases), bound)

    def _contact(self) -> str:
        """Read `on it`, `inside` after contents."""
        cursor = self._cursor
        text = cursor.match(
            ("on it", "on top of it", "on them", "on top", "in it", "inside it", "inside", "in them")
        )
        if text in ("on top", "inside") and not self._ends(len(text.split())):
            return ""
        cursor.at += len(text.split())
        return text[:2]

    def _more_contents(self) -> list[Phrase]:
        """Read `and a lamp` after `a desk with a laptop`, but not furniture of its own."""
        cursor, found = self._cursor, list[Phrase]()
        while cursor.token.text == "and":
            start = cursor.at
            cursor.at += 1
            phrase = self._phrases.read()
            small = phrase is not None and phrase.category is not None and phrase.category.mount == "surface"
            if phrase is None or not small:
                cursor.at = start
                break
            found.append(phrase)
        return found

    def _people(self) -> Place | None:
        cursor = self._cursor
        cursor.read(lexicon.PARTIES)
        number = lexicon.NUMBERS.get(cursor.token.text)
        if cursor.token.kind == "number":
            number = int(float(cursor.token.text[:6]))
        if number is None:
            return None
        cursor.at += 1
        who = cursor.token.text
        people = who if cursor.skip(*lexicon.PEOPLE) else "people"
        return Place("for", (Phrase("unknown", people, people, count=number),))

    def _exclusion(self) -> None:
        phrases = list(self._list())
        while self._cursor.skip("or", "nor"):
            phrases += self._list()
        if not phrases:
            raise TaskNotUnderstood("'no' is followed by nothing: name what must not be there")
        self._add(Clause("exclude", "no", tuple(phrases)))

    def _front(self) -> None:
        """Read a place that stands before its clause: `in the kitchen, ...`, `and the plate in the sink`."""
        text = self._cursor.match(lexicon.PLACES)
        if lexicon.PLACES[text] == "for" and (people := self._skipped_people()):
            self.notes.append(people)
            return
        places = self._places()
        if not places:
            raise TaskNotUnderstood(f"nothing could be read after {text!r}: name an object there")
        relation = places[0].relation
        if self._previous_move() and relation in ("to", "into", "onto") and self._ends(0):
            self._add(Clause("move", "move", (_IT,), places))
        else:
            self._fronted += places

    def _skipped_people(self) -> str:
        """Read `for two children`, which says nothing of objects."""
        cursor, start = self._cursor, self._cursor.at
        cursor.at += 1
        while cursor.token.kind in ("word", "number") and not cursor.match(lexicon.PLACES):
            if cursor.token.text in lexicon.BOUNDARIES - lexicon.ARTICLES:
                break
            cursor.at += 1
        return f"{cursor.text(start)!r} has no effect" if cursor.at > start + 1 else ""

    def _previous_move(self) -> Clause | None:
        last = self._clauses[-1] if self._clauses else None
        return last if last is not None and last.frame in ("move", "take") and last.places else None

    def _statement(self) -> None:
        """Read `a sofa facing the tv`, `the mug is on the table`, or `the plate in the sink` after a verb."""
        cursor = self._cursor
        start = cursor.at
        objects = self._list() if self._previous_move() else ()
        places = self._places() if objects else ()
        move = self._previous_move()
        if objects and places and move is not None and move.frame == "move":
            self._add(Clause("move", move.verb, objects, places))
            return
        cursor.at = start
        phrase = self._phrases.read(opening=not self._clauses)
        if phrase is None:
            raise TaskNotUnderstood(unknown(cursor.token.text, self._vocabulary))
        phrase = self._predicate(phrase)
        room = phrase.kind == "room" or (phrase.kind == "place" and phrase.noun == "room")
        self._add(Clause("describe", "", (phrase,), self._inhabitants() if room else self._places()))
        if room and lexicon.PLACES.get(cursor.match(lexicon.PLACES)) == "contains":
            cursor.read(lexicon.PLACES)
            for content in self._list():
                many = content.plural and not content.counted
                content = replace(content, count=lexicon.FULL) if many else content
                self._add(Clause("describe", "", (content,)))

    def _inhabitants(self) -> tuple[Place, ...]:
        """Read `for twelve pupils` after a room."""
        start = self._cursor.at
        people = self._people() if self._cursor.skip("for") else None
        if people is None:
            self._cursor.at = start
        return (people,) if people else ()

    def _predicate(self, phrase: Phrase) -> Phrase:
        """Read `is open`, `are red`, `is` before a place."""
        cursor = self._cursor
        if cursor.token.text not in lexicon.COPULAS:
            return phrase
        while cursor.token.text in lexicon.COPULAS or cursor.token.text in lexicon.ADVERBS:
            cursor.at += 1
        while is_attribute(cursor.token.text) and not cursor.match(lexicon.PLACES):
            word = cursor.token.text
            if word in lexicon.STATES:
                phrase = replace(phrase, states=(*phrase.states, word))
            elif word in lexicon.COLOURS:
                phrase = replace(phrase, attributes=(*phrase.attributes, ("color", lexicon.COLOURS[word])))
            else:
                self.notes.append(f"{word!r} has no effect on the {phrase.noun}")
            cursor.at += 1
            cursor.skip("and")
        return phrase

    def _add(self, clause: Clause) -> None:
        self._clauses.append(replace(clause, places=(*self._fronted, *clause.places)))
        self._fronted = ()


def _is_furniture(place: Place, following: Place) -> bool:
    """Tell whether `on the nightstand in the box` cannot mean a nightstand in a box."""
    host, item = place.phrases[0] if place.phrases else None, following.phrases[:1]
    if host is None or host.category is None or following.relation not in ("on", "in") or not item:
        return False
    return host.category.mount == "floor" and item[0].category is not None
