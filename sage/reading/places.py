"""Places: `on the table next to the lamp that stands by the window`, `with a vase on it`, `for four`."""

from __future__ import annotations

from dataclasses import replace

from sage.errors import TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.clauses import IT, THERE, Place
from sage.reading.cursor import Cursor
from sage.reading.phrases import Phrase, PhraseReader, is_attribute

__all__ = ["PlaceReader"]

_LOOKS = ("style", "look", "design", "tones", "tone", "colours", "colors", "colour", "color", "shades")


class PlaceReader:
    """Reads places off a cursor.

    Attributes:
        notes: what was passed over.
        spared: what is not to be touched on the way: `without knocking over the vase`.
    """

    def __init__(self, cursor: Cursor, phrases: PhraseReader) -> None:
        self._cursor, self._phrases = cursor, phrases
        self.notes: list[str] = []
        self.spared: list[Phrase] = []

    def read(self, but: tuple[str, ...] = (), taking: bool = False) -> tuple[Place, ...]:
        """Read one place after the other.

        Args:
            but: prepositions that are left for others.
            taking: nothing is put anywhere, so that `on the left` tells which of several is meant.
        """
        places: list[Place] = []
        while not self._cursor.done:
            if self._manner():
                continue
            place = self._side(taking) or self._direction() or self._next(but)
            if place is None:
                break
            places.append(place)
        return tuple(places)

    def ends(self, steps: int) -> bool:
        """Tell whether a clause ends so many tokens ahead."""
        token = self._cursor.ahead(steps)
        return token.kind == "mark" or token.text in ("and", "then", "before", "while", "please")

    def _manner(self) -> bool:
        """Read words that say how, with a note: `in a row`, `without spilling`."""
        cursor, start = self._cursor, self._cursor.at
        if self._style():
            if any(word in lexicon.LOOKS for word in cursor.text(start).split()):
                return True
        elif cursor.read(lexicon.ARRAYS):
            pass
        elif cursor.token.text == "without" and self._doing(cursor.ahead(1).text):
            cursor.at += 2
            while cursor.token.text in lexicon.PARTICLES:
                cursor.at += 1
            spared = self._phrases.read()
            self.spared += [spared] if spared else []
        else:
            return False
        self.notes.append(f"{cursor.text(start)!r} has no effect")
        return True

    def _style(self) -> bool:
        """Read `in white`, `in Scandinavian style`, `in warm colours`."""
        cursor, start = self._cursor, self._cursor.at
        if cursor.read(("in the style of", "in a style of")):
            while not cursor.done and cursor.token.kind != "mark" and cursor.token.text != "with":
                cursor.at += 1
            return True
        cursor.skip("in")
        cursor.skip("a", "the", "an")
        described = 0
        while cursor.at > start and is_attribute(cursor.token.text):
            cursor.at += 1
            described += 1
            cursor.skip("and")
        if described and (cursor.skip(*_LOOKS) or self.ends(0) or cursor.done):
            return True
        cursor.at = start
        return False

    def _doing(self, word: str) -> bool:
        return word in lexicon.GERUNDS or (word.endswith("ing") and not self._phrases.knows(word))

    def _direction(self) -> Place | None:
        """Read `to the right`, `forwards`: where to push or turn a thing, which is no place."""
        cursor, start = self._cursor, self._cursor.at
        cursor.skip("by")
        turned = cursor.token.kind == "number" and cursor.ahead(1).text in ("degrees", "degree")
        if turned or cursor.token.kind == "side":
            cursor.at += 2 if turned else 1
        else:
            cursor.at = start
            direction = cursor.match(lexicon.DIRECTIONS)
            length = len(direction.split())
            following = cursor.ahead(length)
            ends = self.ends(length) or following.kind in ("number", "side") or following.text == "by"
            if not direction or not ends:
                return None
            cursor.at += length
        self.notes.append(f"{cursor.text(start)!r} is a direction: it has no goal relation")
        return Place("nowhere", ())

    def _side(self, taking: bool) -> Place | None:
        """Read `on the left`, which chooses one of several where a thing is not pushed that way."""
        cursor = self._cursor
        side = cursor.match(lexicon.SIDES)
        length = len(side.split())
        following = cursor.ahead(length)
        if not side or following.text in ("of", "the", "a", "side") or following.text in lexicon.ARTICLES:
            return None
        goes_on = cursor.match(lexicon.PLACES, length) or following.text in lexicon.COPULAS
        goes_on = goes_on or cursor.match(lexicon.DUTIES, length)
        if not (taking and not side.startswith("to ")) and not goes_on:
            return None
        cursor.at += length
        return Place("choice", (Phrase("pronoun", lexicon.SIDES[side], side),), bound=True)

    def _next(self, but: tuple[str, ...]) -> Place | None:
        cursor, start = self._cursor, self._cursor.at
        joined = cursor.skip(",", "and")
        negated = bool(cursor.match(("but not", "not")))
        if negated:
            cursor.read(("but not", "not"))
        if (told := self._whose()) is not None:
            return told
        cursor.read(lexicon.PURPOSES)
        binder, each = cursor.read(lexicon.BINDERS), cursor.skip("each")
        while cursor.read(lexicon.BINDERS):
            pass
        while cursor.token.text in lexicon.ADVERBS - {"then"} and not cursor.match(lexicon.PLACES):
            cursor.at += 1
        state = cursor.token.text
        if binder and self.ends(1) and (state in lexicon.STATES or state in ("on", "off", "open", "closed")):
            cursor.at += 1
            return Place("state", (Phrase("pronoun", state, state),), bound=True)
        preposition = cursor.match(lexicon.PLACES)
        if cursor.token.text in ("there", "inside") and self.ends(1):
            cursor.at += 1
            return Place("to", (THERE,))
        apart = joined and not each and preposition in ("with", "for", "of")
        place = None if not preposition or preposition in but or apart else self._place(bool(binder))
        if place is None or (joined and not binder and self._starts_statement()):
            cursor.at = start
            return None
        return replace(place, each=each, negated=negated)

    def _whose(self) -> Place | None:
        """Read `whose door is open`."""
        cursor, start = self._cursor, self._cursor.at
        part = self._phrases.read() if cursor.skip("whose") else None
        while part is not None and cursor.token.text in lexicon.COPULAS:
            cursor.at += 1
        state = cursor.token.text
        if part is None or state not in lexicon.STATES:
            cursor.at = start
            return None
        cursor.at += 1
        return Place("state", (Phrase("pronoun", state, state),), bound=True)

    def _starts_statement(self) -> bool:
        return self._cursor.token.text in lexicon.COPULAS or self._cursor.token.text in ("there", ",")

    def _place(self, bound: bool) -> Place | None:
        cursor = self._cursor
        text = cursor.read(lexicon.PLACES)
        relation = lexicon.PLACES[text]
        if relation == "for":
            return self.people()
        if relation == "served":
            return self.served()
        phrase = IT if text in lexicon.OF_IT else self._phrases.read()
        if phrase is None:
            if relation == "between":
                return Place(relation, (), bound)
            if relation in ("on", "in", "into", "onto", "under", "next_to"):
                return Place(relation, (THERE,), bound)
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
        if text in ("on top", "inside") and not self.ends(len(text.split())):
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

    def served(self) -> Place | None:
        """Read `four`, `a family of four`, `dinner` after `laid for`; else read nothing."""
        people = self.people()
        if people is None and self._cursor.read(lexicon.MEALS):
            people = Place("for", (Phrase("unknown", "people", "people", count=0),))
        return replace(people, relation="served") if people else None

    def people(self) -> Place | None:
        """Read `four`, `a family of four`, `twelve pupils` after `for`; else read nothing."""
        cursor, start = self._cursor, self._cursor.at
        cursor.read(lexicon.PARTIES)
        number = lexicon.NUMBERS.get(cursor.token.text)
        if cursor.token.kind == "number":
            number = int(float(cursor.token.text[:6]))
        if number is None:
            cursor.at = start
            return None
        cursor.at += 1
        who = cursor.token.text
        people = who if cursor.skip(*lexicon.PEOPLE) else "people"
        return Place("for", (Phrase("unknown", people, people, count=number),))
