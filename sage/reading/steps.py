"""Reading clauses: what is to be done, what is there, what is not."""

from __future__ import annotations

from dataclasses import replace

from sage.errors import TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.clauses import IT, THERE, Clause, Frame, Place
from sage.reading.cursor import Cursor
from sage.reading.phrases import Phrase, PhraseReader, is_attribute, unknown
from sage.reading.places import PlaceReader
from sage.reading.words import Token, singulars
from sage.vocabulary import Vocabulary

__all__ = ["ClauseReader"]

_WITH_TOOLS = ("idle", "open", "close", "clear", "turn")
"""Frames in which `with` names a tool, not contents."""
_ALONE = ("idle", "clear", "turn", "take", "move")
"""Frames of verbs that may stand without an object: `turn around`, `tidy up`, `look up`."""
_SPEAKERS = ("i", "we", "he", "she", "my", "our", "you", "someone", "somebody", "they")


class ClauseReader:
    """Reads the clauses of a prompt; `notes` tells what it passed over."""

    def __init__(self, row: tuple[Token, ...], vocabulary: Vocabulary) -> None:
        self._cursor = Cursor(row)
        self._vocabulary = vocabulary
        self._phrases = PhraseReader(self._cursor, vocabulary)
        self._places = PlaceReader(self._cursor, self._phrases)
        self._clauses: list[Clause] = []
        self._fronted: tuple[Place, ...] = ()
        self._wished = False
        """Whether what is read is to hold in the end: after `make sure that`."""

    @property
    def notes(self) -> list[str]:
        """What was passed over, in plain words."""
        return self._places.notes

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
        if self._clauses and all(clause.frame == "forbid" for clause in self._clauses):
            raise TaskNotUnderstood("'not' forbids something: say what to do instead")
        return tuple(self._clauses)

    def _step(self) -> None:
        cursor = self._cursor
        if cursor.token.kind == "size":
            room = Phrase("place", "room", "room", size=cursor.token.size)
            self._add(Clause("describe", "", (room,)))
            cursor.at += 1
        elif cursor.token.kind == "mark":
            self._wished = self._wished and cursor.token.text == ","
            cursor.at += 1
        elif cursor.token.text == "or":
            raise TaskNotUnderstood("'or' leaves a choice: name one of the two")
        elif self._forbidding():
            self._prohibition()
        elif cursor.read(lexicon.NEGATIONS):
            self._exclusion()
        elif cursor.read(lexicon.ENSURING):
            self._wished = True
        elif verb := self._verb():
            cursor.at += len(verb.split())
            self._imperative(lexicon.GERUNDS.get(verb, verb))
        elif verb := self._third_person():
            self._imperative(verb)
        elif self._filler() or self._aside():
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
        if is_attribute(word) and self._places.ends(1) and self._clauses:
            if word not in lexicon.MOODS:
                self.notes.append(f"{word!r} has no effect")
            cursor.at += 1
            return True
        if (
            word in lexicon.ADVERBS
            or word.endswith("ly")
            or word in lexicon.COPULAS
            or word in lexicon.PARTICLES
        ):
            if word.endswith("ly") and word not in lexicon.MOODS:
                self.notes.append(f"{word!r} has no effect")
            cursor.at += 1
            return True
        return False

    def _aside(self) -> bool:
        """Read what people say of themselves: `I am thirsty`, `I spilled my coke`."""
        cursor, start = self._cursor, self._cursor.at
        begins = start == 0 or cursor.ahead(-1).kind == "mark" or cursor.ahead(-1).text in ("and", "so")
        if not begins or cursor.token.text not in _SPEAKERS or self._names_something():
            return False
        while not cursor.done and cursor.token.kind != "mark" and cursor.token.text != "so":
            cursor.at += 1
        self.notes.append(f"{cursor.text(start)!r} has no effect")
        return True

    def _names_something(self) -> bool:
        """Tell whether `my`, `our`, `you` stand before a noun rather than a verb."""
        start = self._cursor.at
        phrase = self._phrases.read() if self._cursor.token.text in lexicon.ARTICLES else None
        self._cursor.at = start
        return phrase is not None and phrase.kind != "unknown"

    def _forbidding(self) -> bool:
        """Tell whether what follows forbids an act: `do not touch`, `without touching`."""
        cursor = self._cursor
        text = cursor.match(lexicon.FORBIDDING)
        length = len(text.split())
        if not text or len(cursor.match(lexicon.NEGATIONS).split()) > length:
            return False
        act = cursor.match(lexicon.VERBS, length) or cursor.match(lexicon.GERUNDS, length)
        doing = cursor.ahead(length).text.endswith("ing") and not self._phrases.knows(
            cursor.ahead(length).text
        )
        return bool(act) or doing or text not in lexicon.NEGATIONS

    def _prohibition(self) -> None:
        """Read what is not to be done; what it names is there all the same."""
        cursor, start = self._cursor, self._cursor.at
        cursor.read(lexicon.FORBIDDING)
        verb = cursor.read(lexicon.VERBS) or cursor.read(lexicon.GERUNDS)
        if not verb and (cursor.token.text.endswith("ing") or cursor.ahead(1).text in lexicon.ARTICLES):
            cursor.at += 1
        self._particles()
        objects, places = self._list(), self._places.read()
        if not objects:
            while not cursor.done and cursor.token.kind != "mark":
                cursor.at += 1
        named = (*objects, *(phrase for place in places for phrase in place.phrases))
        self._add(Clause("forbid", cursor.text(start), named))

    def _verb(self) -> str:
        """Return the verb, or its gerund, that starts an imperative here, or nothing."""
        cursor = self._cursor
        gerund = cursor.match(lexicon.GERUNDS)
        if gerund and cursor.ahead(-1).text in lexicon.GERUND_LEADS and cursor.at:
            return gerund
        verb = cursor.match(lexicon.VERBS)
        following = cursor.ahead(len(verb.split()))
        if not verb or following.text == "of" or (verb == "close" and following.text in ("to", "by")):
            return ""
        if self._phrases.is_compound(verb):
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

    def _third_person(self) -> str:
        """Read the verb of `the robot picks up`, or nothing."""
        cursor = self._cursor
        word, rest = cursor.token.text, cursor.ahead(1).text
        if cursor.ahead(-1).text not in lexicon.ACTORS or self._vocabulary.find(word) is not None:
            return ""
        for stem in singulars(word)[1:]:
            for verb in (f"{stem} {rest}", stem):
                if verb in lexicon.VERBS:
                    cursor.at += len(verb.split())
                    return verb
        return ""

    def _imperative(self, verb: str) -> None:
        frame: Frame = lexicon.VERBS[verb]
        out = "out" in verb.split()
        self._particles()
        objects = self._list()
        if verb in ("turn", "switch") and self._cursor.token.text in ("on", "off") and self._places.ends(1):
            verb, frame = f"{verb} {self._cursor.token.text}", "turn"
            self._cursor.at += 1
        if verb == "set" and objects and objects[0].noun in lexicon.LAID and self._places.ends(0):
            frame = "lay"
        if objects and all(phrase.noun == "nothing" for phrase in objects):
            self._places.read()
            self.notes.append(f"'{verb} nothing' asks for nothing")
            return
        if objects and objects[0].noun == "person" and len(objects) == 1:
            self.notes.append(f"'{verb} {objects[0].text}' has no goal relation")
            objects = self._list() or objects
        out = self._particles() or out
        if verb in ("set", "lay") and self._cursor.token.text in ("for", "with"):
            frame = "lay"
        contents: tuple[Phrase, ...] = ()
        taking = frame in ("take", "idle", "turn")
        if frame in ("load", "lay"):
            places = self._places.read(("with",))
            if self._cursor.skip("with"):
                contents = self._list()
        else:
            places = ()
        places += self._places.read(taking=taking)
        if frame in _WITH_TOOLS:
            places = tuple(replace(p, relation="using") if p.relation == "with" else p for p in places)
        if out and not any(place.relation == "from" for place in places):
            places = (Place("from", (THERE,), bound=True), *places)
        if not objects and frame in _ALONE:
            self._act_alone(frame, verb, places)
            return
        if not objects:
            raise TaskNotUnderstood(f"nothing follows {verb!r}: name an object")
        self._add(Clause(frame, verb, objects, places, contents))

    def _act_alone(self, frame: Frame, verb: str, places: tuple[Place, ...]) -> None:
        """Take in `turn around`, `tidy up`, `look under the bed`."""
        if frame not in ("idle", "clear") and not places:
            raise TaskNotUnderstood(f"nothing follows {verb!r}: name an object")
        self.notes.append(f"{verb!r} has no goal relation")
        self._add(Clause("idle", verb, tuple(p for place in places for p in place.phrases)))

    def _particles(self) -> bool:
        """Read `up`, `down`, `back` and adverbs; tell whether `out` was among them."""
        cursor, out = self._cursor, False
        while not cursor.done:
            text = cursor.token.text
            if cursor.match(lexicon.PLACES) and not (text in lexicon.PARTICLES and self._places.ends(1)):
                break
            how = text.endswith("ly") or text in lexicon.MANNER
            if not (text in lexicon.PARTICLES or text in lexicon.ADVERBS or how):
                break
            if cursor.match(lexicon.QUANTIFIERS) or self._vocabulary.common(text):
                break
            if how:
                self.notes.append(f"{text!r} has no effect")
            out = out or text == "out"
            cursor.at += 1
        return out

    def _list(self) -> tuple[Phrase, ...]:
        """Read `the mug, the bowl and both plates`."""
        cursor = self._cursor
        found = [phrase] if (phrase := self._phrases.read()) else []
        while found:
            start = cursor.at
            comma, conjunction = cursor.skip(","), cursor.skip("and")
            other = self._verb() or self._forbidding() or cursor.match(lexicon.PLACES)
            if not (comma or conjunction) or other:
                cursor.at = start
                break
            polite = cursor.match(lexicon.POLITE)
            following = self._phrases.read() if not polite or polite in lexicon.COLOURS else None
            if following is None or following.kind not in ("object", "pronoun", "unknown"):
                cursor.at = start
                break
            found.append(following)
        return tuple(found)

    def _exclusion(self) -> None:
        cursor = self._cursor
        cursor.read(lexicon.QUANTIFIERS)
        phrases = list(self._list())
        while cursor.skip("or", "nor"):
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
        start = self._cursor.at
        places = self._places.read()
        if not places and self._cursor.at > start:
            return
        if not places:
            raise TaskNotUnderstood(f"nothing could be read after {text!r}: name an object there")
        relation = places[0].relation
        if self._previous_move() and relation in ("to", "into", "onto") and self._places.ends(0):
            self._add(Clause("move", "move", (IT,), places))
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
        return last if last is not None and last.frame in ("move", "take", "stack") and last.places else None

    def _statement(self) -> None:
        """Read `a sofa facing the tv`, `the mug is on the table`, or `the plate in the sink` after a verb."""
        cursor, start = self._cursor, self._cursor.at
        if self._wished or self._owed():
            return self._wish()
        objects = self._list() if self._previous_move() else ()
        places = self._places.read() if objects else ()
        move = self._previous_move()
        if objects and places and move is not None and move.frame in ("move", "stack"):
            self._add(Clause("move", move.verb, objects, places))
            return None
        cursor.at = start
        phrase = self._phrases.read(opening=not self._clauses)
        if phrase is None:
            raise TaskNotUnderstood(unknown(cursor.token.text, self._vocabulary))
        phrase = self._predicate(phrase)
        room = phrase.kind == "room" or (phrase.kind == "place" and phrase.noun == "room")
        self._add(Clause("describe", "", (phrase,), self._inhabitants() if room else self._places.read()))
        if room and lexicon.PLACES.get(cursor.match(lexicon.PLACES)) == "contains":
            cursor.read(lexicon.PLACES)
            for content in self._list():
                many = content.plural and not content.counted
                content = replace(content, count=lexicon.FULL) if many else content
                self._add(Clause("describe", "", (content,)))
        return None

    def _owed(self) -> bool:
        """Tell whether `the bowl should be ...` follows, where no room is described."""
        cursor, start = self._cursor, self._cursor.at
        told = len(self.notes)
        try:
            objects = self._list()
            if objects and not cursor.match(lexicon.DUTIES):
                self._places.read(taking=True)
            owed = bool(objects) and bool(cursor.match(lexicon.DUTIES) or self._passive())
        except TaskNotUnderstood:
            owed = False
        cursor.at = start
        del self.notes[told:]
        described = any(
            phrase.kind == "room"
            for clause in self._clauses
            for phrase in clause.objects
            if clause.frame == "describe"
        )
        return owed and not described and all(phrase.definite for phrase in objects)

    def _passive(self) -> str:
        """Return the verb of `is picked up`, `has been moved`, which is to be done, or nothing."""
        cursor, start = self._cursor, self._cursor.at
        cursor.read(lexicon.DUTIES)
        while cursor.token.text in (*lexicon.COPULAS, *lexicon.ADVERBS, "gets", "has", "been", "being"):
            cursor.at += 1
        moved, done = cursor.at > start, cursor.match(lexicon.PARTICIPLES)
        verb = lexicon.PARTICIPLES.get(done, "")
        plain = not cursor.text(start).startswith(("should", "must", "needs", "need", "has", "have", "is to"))
        cursor.at = start
        rests = verb in lexicon.RESTING and plain
        return verb if moved and verb and not rests and done not in lexicon.OPENNESS else ""

    def _wish(self) -> None:
        """Read what is to hold in the end: `the bowl should be on the table`, `the lid is closed`."""
        cursor = self._cursor
        objects = self._list()
        if not objects:
            raise TaskNotUnderstood(unknown(cursor.token.text, self._vocabulary))
        if verb := self._passive():
            while not cursor.match(lexicon.PARTICIPLES):
                cursor.at += 1
            while done := cursor.read(lexicon.PARTICIPLES):
                verb = lexicon.PARTICIPLES[done]
                self._particles()
                goes_on = cursor.token.text == "and" and bool(cursor.match(lexicon.PARTICIPLES, 1))
                places = () if goes_on else self._places.read()
                self._add(Clause(lexicon.VERBS[verb], verb, objects, places))
                objects = (IT,)
                cursor.at += goes_on
            return
        now = () if cursor.match(lexicon.DUTIES) else self._places.read(taking=True)
        if cursor.read(lexicon.DUTIES) or cursor.token.text in lexicon.COPULAS:
            now = tuple(replace(place, bound=True) for place in now)
        while cursor.token.text in (*lexicon.COPULAS, *lexicon.ADVERBS) and not cursor.match(lexicon.PLACES):
            cursor.at += 1
        word = cursor.token.text
        if word in lexicon.OPENNESS and not cursor.match(lexicon.PLACES):
            cursor.at += 1
            self._add(Clause(lexicon.OPENNESS[word], lexicon.OPENNESS[word], objects, now))
            return
        if (is_attribute(word) or word in ("on", "off")) and self._places.ends(1):
            cursor.at += 1
            self.notes.append(f"'to be {word}' has no goal relation")
            self._add(Clause("idle", "be", objects, now))
            return
        places = (*now, *self._places.read())
        self._add(Clause("move", "put", objects, places))

    def _inhabitants(self) -> tuple[Place, ...]:
        """Read `for twelve pupils` or `laid for four` after a room."""
        start = self._cursor.at
        served = lexicon.PLACES.get(self._cursor.match(lexicon.PLACES)) == "served"
        if served:
            self._cursor.read(lexicon.PLACES)
            people = self._places.served()
        else:
            people = self._places.people() if self._cursor.skip("for") else None
        if people is None:
            self._cursor.at = start
        return (people,) if people else ()

    def _predicate(self, phrase: Phrase) -> Phrase:
        """Read `is open`, `are red`, `is` before a place."""
        cursor, start = self._cursor, self._cursor.at
        cursor.skip("that", "which")
        if cursor.token.text not in lexicon.COPULAS:
            cursor.at = start
            return phrase
        while cursor.token.text in lexicon.COPULAS or cursor.token.text in lexicon.ADVERBS:
            cursor.at += 1
        while is_attribute(cursor.token.text) and not cursor.match(lexicon.PLACES):
            word = cursor.token.text
            if word in lexicon.OPENNESS and (phrase.kind == "part" or phrase.part):
                state = "open" if lexicon.OPENNESS[word] == "open" else "closed"
                phrase = replace(phrase, part_state=state)
            elif word in lexicon.STATES:
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
        if self._places.spared:
            self._clauses.append(Clause("forbid", "", tuple(self._places.spared)))
            self._places.spared.clear()
