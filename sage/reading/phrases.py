"""Noun phrases: `the two small red mugs`, `the top drawer of the dresser`, `it`, `a cosy home office`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Literal

from sage.errors import TaskNotUnderstood
from sage.reading import lexicon
from sage.reading.cursor import Cursor
from sage.reading.determiners import read_determiner
from sage.reading.words import is_plural, singulars
from sage.vocabulary import Category, Vocabulary

__all__ = ["Phrase", "PhraseReader", "is_attribute", "named_one", "unknown"]

_LONGEST = 10
_PART_NOUNS = (lexicon.PARTS, lexicon.OPENINGS, lexicon.REGIONS)
_SIDE_OF = {"rear": "back"}
_ADJECTIVES_TOO = ("face", "opposite", "inside", "nearest", "closest")
"""Prepositions that are adjectives at the head of a phrase."""
_ADJECTIVES = ("ful", "ous", "ish", "ic", "able", "ive", "ed", "y")

Kind = Literal["object", "room", "place", "pronoun", "part", "unknown"]


@dataclass(frozen=True)
class Phrase:
    """What a noun phrase says."""

    kind: Kind
    noun: str
    """As written, in the singular; of a room its type; of a place or pronoun what it stands for."""
    text: str
    """With its attributes."""
    category: Category | None = None
    count: int = 1
    counted: bool = False
    """A number or quantifier was given."""
    exact: bool = True
    definite: bool = True
    new: bool = False
    """Said to be another one."""
    contrast: str = ""
    """Size that others of its kind have: `large` for `the smallest bottle`."""
    choice: str = ""
    """Which of several is meant: `left`, `middle`, `top`, `other`, `color`."""
    rank: int = 0
    """Place in the row from the side that `choice` names: 2 for `the second from the left`; 0 for an end."""
    among: int = 0
    """How many stand in that row; 0 if that was not said."""
    chosen: int = 0
    """How many of them are meant: 2 for `two of the five books`; 0 for all."""
    each: bool = False
    """Said of every single one."""
    part_state: str = ""
    """`open` or `closed` if the part is said to be."""
    attributes: tuple[tuple[str, str], ...] = ()
    states: tuple[str, ...] = ()
    ordinal: str = ""
    part: str = ""
    """`drawer_1`, `door`, `region`: which part of `category` or of something named before."""
    room: str = ""
    """A room named in passing: `the kitchen table`."""
    plural: bool = False
    notes: tuple[str, ...] = ()
    size: tuple[float, ...] = ()
    """Of a room [m]."""
    rare: Phrase | None = None
    """What an unknown noun means if nothing else explains it: a kind that another stands in for."""


class PhraseReader:
    """Reads noun phrases off a cursor."""

    def __init__(self, cursor: Cursor, vocabulary: Vocabulary) -> None:
        self._cursor = cursor
        self._vocabulary = vocabulary
        named = [(_bare(word), room.name) for room in vocabulary.room_types() for word in room.words]
        self._rooms = {word.replace(" ", ""): room for word, room in named} | dict(named)
        self._opening = False
        self._before: tuple[int, Phrase] | None = None
        """The phrase that was read last, and where it ended."""

    def read(self, opening: bool = False) -> Phrase | None:
        """Read a noun phrase; return None, and read nothing, if there is none.

        Args:
            opening: nothing was read before, so that `a closet` rather is a room than a wardrobe.
        """
        cursor, start = self._cursor, self._cursor.at
        self._opening = opening
        pronoun = cursor.match(lexicon.PRONOUNS)
        if pronoun and not self._goes_on(len(pronoun.split())):
            cursor.read(lexicon.PRONOUNS)
            return Phrase("pronoun", lexicon.PRONOUNS[pronoun], pronoun, counted=pronoun == "both")
        base = Phrase("unknown", "", "", **asdict(read_determiner(cursor)))
        words, size, measures = self._chunk()
        if not words:
            cursor.at = start
            return None
        phrase = self._counted_along(replace(self._resolve(words, base), size=size), start)
        phrase = self._counted_from(phrase)
        told = tuple(f"{measure!r} has no effect on the {phrase.noun}" for measure in measures)
        phrase = replace(phrase, notes=(*phrase.notes, *told))
        phrase = self._possessive(phrase) if cursor.token.text == "'s" else self._of(phrase)
        self._before = (cursor.at, phrase)
        return phrase

    def knows(self, word: str) -> bool:
        """Tell whether a word is a noun of the vocabulary."""
        return self._vocabulary.common(word) is not None

    def is_compound(self, verb: str) -> bool:
        """Tell whether a verb and the word after it are one noun: `water bottle`, `throw pillow`."""
        following = self._cursor.ahead(len(verb.split()))
        if following.kind != "word" or not self._cursor.at:
            return False
        return " " not in verb and self._vocabulary.common(f"{verb} {following.text}") is not None

    def _counted_along(self, phrase: Phrase, start: int) -> Phrase:
        """Return as many chairs for `ten desks and chairs` as there are desks."""
        end, before = self._before or (0, phrase)
        alike = _mount(before) == _mount(phrase)
        joined = start == end + 1 and self._cursor.ahead(end - self._cursor.at).text == "and"
        bare = phrase.plural and not phrase.counted
        if not (alike and joined and bare and before.counted and before.plural and before.count > 1):
            return phrase
        return replace(phrase, count=max(phrase.count, before.count))

    def _counted_from(self, phrase: Phrase) -> Phrase:
        """Read on after `the second mug`: `from the left`."""
        side = lexicon.FROM_SIDES.get(self._cursor.match(lexicon.FROM_SIDES), "")
        if not (phrase.rank and side):
            return phrase
        self._cursor.read(lexicon.FROM_SIDES)
        text = f"{phrase.text} from the {side}"
        if phrase.rank < 0:
            return replace(phrase, choice=lexicon.OPPOSITE_CHOICES[side], rank=-phrase.rank, text=text)
        return replace(phrase, choice=side, text=text)

    def _goes_on(self, steps: int) -> bool:
        """Tell whether a noun follows: `both cups`, `this mug`."""
        token = self._cursor.ahead(steps)
        if self._cursor.token.text not in lexicon.DETERMINING:
            return False
        if token.text in ("of", *lexicon.ARTICLES):
            return self._cursor.token.text in (*lexicon.QUANTIFIERS, *lexicon.NUMBERS)
        if token.kind == "mark" or self._cursor.match(lexicon.PLACES, steps):
            return False
        return token.text not in lexicon.BOUNDARIES and token.text not in lexicon.ADVERBS

    def _chunk(self) -> tuple[list[str], tuple[float, ...], list[str]]:
        """Read the words of a phrase, and sizes among them, up to the next that cannot belong to it.

        Returns:
            The words, a size of two sides or more [m], and single lengths as they are written.
        """
        cursor, words, measures = self._cursor, list[str](), list[str]()
        size: tuple[float, ...] = ()
        while not cursor.done and len(words) < _LONGEST:
            token = cursor.token
            if token.kind == "size":
                size = token.size
            elif token.kind == "side":
                measures.append(token.text)
            elif token.text in (",", "and"):
                if not (words and all(map(is_attribute, words)) and is_attribute(cursor.ahead(1).text)):
                    break
            elif token.kind != "word" or self._ends(words):
                break
            else:
                words.append(token.text)
            cursor.at += 1
        return words, size, measures

    def _ends(self, words: list[str]) -> bool:
        cursor, text = self._cursor, self._cursor.token.text
        place = cursor.match(lexicon.PLACES)
        if place and not (place in _ADJECTIVES_TOO and not words):
            return True
        if words and (cursor.match(lexicon.DUTIES) or cursor.match(lexicon.ARRAYS)) and self._head(words):
            return True
        if words and text in lexicon.DIRECTIONS and self._head(words):
            following = cursor.ahead(1)
            return following.kind == "mark" or following.text in ("and", "then", "on", "in", "to")
        if text in lexicon.BOUNDARIES or (text in lexicon.NUMBERS and words and text != "one"):
            return True
        if not words:
            return False
        if cursor.match(lexicon.BINDERS) and self._head(words):
            return True
        if text.endswith("ly") or any(
            text in w for w in (lexicon.ADVERBS, lexicon.MANNER, lexicon.PARTICLES)
        ):
            return self._head(words) and self._vocabulary.common(" ".join((words[-1], text))) is None
        if text in lexicon.COPULAS or cursor.match(lexicon.VERBS):
            compound = " ".join((words[-1], text))
            return (
                self._head(words)
                and self._vocabulary.common(compound) is None
                and compound not in self._rooms
            )
        return False

    def _head(self, words: list[str]) -> bool:
        """Tell whether words end in a noun that is known."""
        last = {" ".join((*words[:-1], word)) for word in singulars(words[-1])} | set(singulars(words[-1]))
        known = (lexicon.ARCHITECTURE, lexicon.PARTS, lexicon.OPENINGS, self._rooms)
        return any(self._vocabulary.find(noun) for noun in last) or any(
            noun in names for noun in last for names in known
        )

    def _resolve(self, words: list[str], base: Phrase) -> Phrase:
        """Find the noun at the end of some words, and read those before it."""
        spread = [part for word in words for part in _spread(word)]
        category, first = self._category(spread)
        room, room_first = self._room(spread)
        if room and (room_first < first or (self._opening and room_first == first)):
            noun = self._rooms[room]
            return self._modified(replace(base, kind="room", noun=noun), spread[:room_first], room)
        if category is not None:
            return self._object(category, spread, first, base)
        return self._other(spread, base)

    def _category(self, words: list[str]) -> tuple[Category | None, int]:
        for first in range(len(words)):
            noun = " ".join(words[first:])
            if noun in lexicon.MISLEADING and self._vocabulary.common(noun) is None:
                return None, len(words)
            found = self._vocabulary.common(noun)
            special = self._vocabulary.find(noun) if found is None and first + 1 < len(words) else None
            if special is not None and self._plain(words[:first]) and not _names_part(words[-1]):
                return special, first
            if found is not None and not (self._plain(words[:first]) or _is_head(noun, found)):
                return None, len(words)
            if found is not None and not (first + 1 == len(words) and self._is_part(words)):
                return found, first
        return None, len(words)

    def _plain(self, words: list[str]) -> bool:
        """Tell whether words before a noun leave it what it is: `kitchen`, `small`, not `filing`."""
        return all(
            is_attribute(word)
            or word in lexicon.ORDINALS
            or word in self._rooms
            or word.endswith(_ADJECTIVES)
            for word in words
        )

    def _is_part(self, words: list[str]) -> bool:
        """Tell whether a last word such as `shelf` means a part: `second shelf`, `shelf of`."""
        if not any(word in lexicon.PARTS for word in singulars(words[-1])):
            return False
        before = words[:-1]
        return (
            any(word in lexicon.ORDINALS for word in before)
            or any(self._vocabulary.common(word) for word in before)
            or self._cursor.token.text == "of"
        )

    def _room(self, words: list[str]) -> tuple[str, int]:
        if any(" ".join(words[first:]) in lexicon.MISLEADING for first in range(len(words))):
            return "", len(words)
        for first in range(len(words)):
            for last in singulars(words[-1]):
                noun = " ".join((*words[first:-1], last))
                if noun in self._rooms:
                    return noun, first
        return "", len(words)

    def _object(self, category: Category, words: list[str], first: int, base: Phrase) -> Phrase:
        noun = _singular(words[first:], self._vocabulary, category)
        plural = is_plural(words[-1]) and noun.split()[-1] != words[-1]
        plural = plural or (noun in lexicon.COLLECTIVES and category.name != noun)
        known = {*category.name.split()}
        inner = [word for word in words[first:-1] if word not in known]
        inner = [word for word in inner if _attribute(word) or word in lexicon.STATES]
        phrase = replace(base, kind="object", noun=noun, category=category, plural=plural)
        phrase = replace(phrase, notes=(*phrase.notes, *_told(phrase)))
        if base.definite and base.count == 2 and not plural and not base.each:
            phrase = replace(phrase, count=1, counted=False)
        if plural and not base.counted:
            pairs = 2 if category.name in lexicon.PAIRED else 1
            phrase = replace(phrase, count=pairs * lexicon.PLAIN_PLURAL, exact=False)
        phrase = self._modified(phrase, [*words[:first], *inner], noun)
        left_out = (
            lexicon.ORDINALS.keys()
            - lexicon.CHOICES.keys()
            - (lexicon.RANKS.keys() if phrase.rank else set())
        )
        shown = " ".join((*(word for word in words[:first] if word not in left_out), noun))
        return replace(phrase, text=shown)

    def _other(self, words: list[str], base: Phrase) -> Phrase:
        """Read a part, a piece of architecture, or a noun that nobody knows."""
        text = " ".join(words)
        misleading = text in lexicon.MISLEADING
        for first in range(0 if not misleading else len(words), len(words)):
            for last in singulars(words[-1]):
                noun = " ".join((*words[first:-1], last))
                before = words[:first]
                plain = all(word in lexicon.ORDINALS or is_attribute(word) for word in before)
                part = noun in lexicon.PARTS or noun in lexicon.OPENINGS
                if part and (self._plain(before) or self._category(before)[0] is not None):
                    return self._part(noun, before, base, is_plural(words[-1]))
                if noun in lexicon.ARCHITECTURE and plain:
                    phrase = replace(base, kind="place", noun=lexicon.ARCHITECTURE[noun], text=text)
                    return self._modified(phrase, before, noun)
                if noun in lexicon.REGIONS and (plain or self._ends_in_object(before)):
                    return self._part(noun, before, base, is_plural(words[-1]))
                if last in ("one", "thing", "object", "item") and first == len(words) - 1 and before:
                    return self._modified(replace(base, kind="pronoun", noun="one"), before, "one")
        if base.definite and all(w in lexicon.RANKS or w in lexicon.CHOICES for w in words):
            if self._cursor.token.text == "of" or self._cursor.match(lexicon.FROM_SIDES):
                return self._modified(replace(base, kind="pronoun", noun="one"), words, "one")
        for first in range(len(words)):
            rare = self._vocabulary.find(" ".join(words[first:]))
            plain = all(word in lexicon.ORDINALS or is_attribute(word) for word in words[:first])
            if rare is not None and plain:
                base = replace(base, rare=self._object(rare, words, first, base))
                break
        return replace(base, kind="unknown", noun=text, text=text, plural=is_plural(words[-1]))

    def _ends_in_object(self, words: list[str]) -> bool:
        return bool(words) and self._category(words)[0] is not None

    def _part(self, noun: str, before: list[str], base: Phrase, plural: bool) -> Phrase:
        ordinal = next((lexicon.ORDINALS[word] for word in before if word in lexicon.ORDINALS), "")
        stem = lexicon.PARTS.get(noun, "door" if noun in lexicon.OPENINGS else "region")
        named = next((word for word in before if word in lexicon.NAMED_PARTS), "")
        state = next((word for word in before if word in lexicon.OPENNESS), "")
        aside = lexicon.ORDINALS.keys() | (lexicon.CHOICES.keys() if stem == "region" else set())
        rest = [word for word in before if word not in aside and word != state]
        owner, first = self._category(rest)
        every = plural or (base.counted and not ordinal)
        counted = stem in lexicon.COUNTED_PARTS and not every and (ordinal or stem == "drawer")
        part = f"{stem}_{ordinal or '1'}" if counted else stem
        if stem == "compartment":
            rest = [word for word in rest if word != named]
            owner, first = self._category(rest)
            part = f"{stem}_{_SIDE_OF.get(named, named) or 'front'}"
        phrase = replace(base, kind="part", noun=noun, part=part, ordinal=ordinal, plural=every)
        phrase = replace(
            phrase, part_state={"open": "open", "close": "closed", "": ""}[lexicon.OPENNESS.get(state, "")]
        )
        phrase = replace(phrase, count=1, counted=False, exact=True)
        if owner is None:
            return self._modified(phrase, rest, noun)
        whole = self._object(owner, rest, first, replace(base, count=1, counted=False))
        return replace(whole, part=part, plural=every, part_state=phrase.part_state)

    def _possessive(self, phrase: Phrase) -> Phrase:
        """Read on after `the dresser's`."""
        self._cursor.skip("'s")
        words, _, _ = self._chunk()
        if not words:
            return phrase
        base = replace(phrase, category=None, kind="unknown", attributes=(), states=())
        if phrase.kind == "unknown":
            whole = self._resolve([*phrase.text.split(), *words], base)
            if whole.kind == "room":
                return whole
        part = self._resolve(words, base)
        if part.kind == "part":
            return _joined(part, phrase)
        note = f"whose {part.noun} it is ({phrase.text}) has no effect"
        if part.kind == "object":
            owned = f"{phrase.text}'s {part.noun}"
            part = replace(part, noun=owned, text=owned)
        return replace(part, notes=(*part.notes, note))

    def _of(self, phrase: Phrase) -> Phrase:
        """Read on after `the top drawer`: `of the dresser`."""
        cursor, start = self._cursor, self._cursor.at
        if phrase.kind == "part" and cursor.match(("from the top", "from the bottom")):
            if cursor.match(("from the bottom",)) and phrase.ordinal.isdigit():
                phrase = replace(phrase, part=f"{phrase.part.partition('_')[0]}_-{phrase.ordinal}")
            cursor.at += 3
            start = cursor.at
        inner = phrase.kind == "part" and cursor.token.text in ("in", "on")
        inner = inner and phrase.part.startswith(lexicon.COUNTED_PARTS)
        if not (cursor.token.text == "of" or inner):
            return phrase
        cursor.at += 1
        whole = self.read()
        if whole is None or (inner and whole.kind != "object"):
            cursor.at = start
            return phrase
        if phrase.kind in ("part", "place"):
            return _joined(phrase, whole)
        if phrase.kind == "room" and whole.kind in ("place", "room"):
            return phrase
        return self._chosen_from(phrase, whole) or self._filled(phrase, whole)

    def _chosen_from(self, phrase: Phrase, whole: Phrase) -> Phrase | None:
        """Join `the red one of the two balls`, `the upper of the books`, `a slice of bread`."""
        if whole.kind != "object":
            return None
        words = phrase.noun.split() if phrase.kind == "unknown" else []
        if words and words[-1] in lexicon.MEASURES | {f"{word}s" for word in lexicon.MEASURES}:
            note = f"'{phrase.noun} of' has no effect on the {whole.noun}"
            return replace(whole, notes=(*whole.notes, *phrase.notes, note), rare=None)
        if words and words[-1] == "one" and len(words) == 1 and phrase.counted:
            return replace(whole, chosen=1)
        same = phrase.kind == "object" and phrase.category == whole.category
        if phrase.kind != "pronoun" and not same:
            return None
        one = replace(phrase if same else self._one(phrase, whole), exact=whole.exact)
        one = self._counted_from(replace(one, among=whole.count if whole.counted else 0))
        if one.choice in lexicon.RANKS:
            return replace(one, choice="left")
        return (
            one if one.choice or one.contrast else replace(one, choice="color" if one.attributes else "other")
        )

    def _one(self, phrase: Phrase, like: Phrase) -> Phrase:
        """Return the object that `the red one` means where it is said of which."""
        text = named_one(phrase.text, like.noun)
        return replace(phrase, kind="object", noun=like.noun, category=like.category, text=text)

    def _filled(self, phrase: Phrase, content: Phrase) -> Phrase:
        """Join `a carton of milk`, or `the smaller of the two boxes`."""
        for noun in (f"{phrase.noun} of {content.noun}", f"{content.noun} {phrase.noun}"):
            category = self._vocabulary.common(noun)
            if category is not None:
                text = f"{phrase.text} of {content.text}"
                return replace(phrase, kind="object", category=category, noun=noun, text=text)
        if phrase.kind == "unknown" and all(map(is_attribute, phrase.noun.split())):
            one = replace(content, count=1, counted=False, plural=False, exact=True)
            return self._modified(one, phrase.noun.split(), content.noun)
        if phrase.kind == "object":
            note = f"what the {phrase.noun} is filled with ({content.text or content.noun}) has no effect"
            return replace(phrase, notes=(*phrase.notes, note))
        raise TaskNotUnderstood(unknown(f"{phrase.noun} of {content.noun}", self._vocabulary))

    def _modified(self, phrase: Phrase, words: list[str], noun: str) -> Phrase:
        """Read what stands before a noun."""
        attributes, states, notes, room = dict(phrase.attributes), list(phrase.states), list(phrase.notes), ""
        contrast = next((lexicon.CONTRASTS[word] for word in words if word in lexicon.CONTRASTS), "")
        choice, rank = phrase.choice, phrase.rank
        chooses = phrase.kind in ("object", "pronoun") and phrase.definite
        for word in words:
            if chooses and not choice and word in lexicon.CHOICES:
                choice = lexicon.CHOICES[word]
                continue
            if chooses and not choice and self._ranks(word):
                choice, rank = word, lexicon.RANKS[word]
                continue
            found = _attribute(word)
            if found is not None and found[0] not in attributes and phrase.kind in ("object", "pronoun"):
                attributes[found[0]] = found[1]
            elif word in lexicon.STATES:
                states.append(word)
            elif word in lexicon.ORDINALS and phrase.kind == "part":
                continue
            elif word in self._rooms:
                room = self._rooms[word]
            elif word not in lexicon.MOODS and word not in lexicon.LOOKS:
                notes.append(f"{word!r} has no effect on the {noun}")
        text = " ".join((*words, noun))
        return replace(
            phrase, attributes=tuple(attributes.items()), states=tuple(states), notes=tuple(notes),
            room=room, text=text, contrast=contrast, choice=choice, rank=rank,
        )  # fmt: skip

    def _ranks(self, word: str) -> bool:
        """Tell whether a word chooses by its place in a row; `the first mug` may be the only one."""
        row = self._cursor.token.text == "of" or bool(self._cursor.match(lexicon.FROM_SIDES))
        return word in lexicon.RANKS and (row or word not in ("first", "1st", "last"))


def unknown(noun: str, vocabulary: Vocabulary) -> str:
    """Return the message for a noun that nobody knows."""
    shown = noun if len(noun) <= 60 else f"{noun[:57]}..."
    if noun in lexicon.OTHER_ROOMS or noun.endswith(" room"):
        rooms = ", ".join(room.words[0] for room in vocabulary.room_types())
        return f"no {shown!r} can be furnished; rooms that can are: {rooms}"
    near = vocabulary.nearest(noun)
    if lexicon.VAGUE & {noun, noun.rpartition(" ")[2]}:
        return f"{shown!r} does not say what is meant: name the objects"
    hint = f"the nearest known: {', '.join(near)}; " if near else ""
    return f"{shown!r} is not known: {hint}say it in other words or leave it out"


def _joined(part: Phrase, whole: Phrase) -> Phrase:
    """Return a whole of which a part is meant."""
    if part.kind == "place":
        if whole.kind in ("place", "room") or part.noun in ("window", "door", "wall", "floor"):
            return part
        part = replace(part, part="region")
    if whole.part and part.part == "region":
        return whole
    if whole.category is not None:
        part = replace(part, part=lexicon.SURFACES.get((whole.category.name, part.noun), part.part))
    lost = [f"{word!r} has no effect on the {part.noun}" for word in part.states]
    return replace(
        whole,
        part=part.part,
        plural=part.plural,
        part_state=part.part_state,
        notes=(*part.notes, *lost, *whole.notes),
    )


def _mount(phrase: Phrase) -> str:
    return phrase.category.mount if phrase.category else ""


def _told(phrase: Phrase) -> tuple[str, ...]:
    """Say what is made for a kind that has no maker of its own."""
    category = phrase.category
    if category is None or not category.stand_in:
        return ()
    sides = " x ".join(f"{side:.2f}" for side in category.size)
    return (f"the {phrase.noun} is made as a {category.made_as} of {sides} m and {category.mass:g} kg",)


def named_one(text: str, noun: str) -> str:
    """Return `the red one` with a noun in place of `one`."""
    return " ".join(noun if word in ("one", "ones") else word for word in text.split())


def _attribute(word: str) -> tuple[str, str] | None:
    if word in lexicon.COLOURS:
        return "color", lexicon.COLOURS[word]
    if word in lexicon.MATERIALS:
        return "material", lexicon.MATERIALS[word]
    if word in lexicon.SIZES:
        return "size", lexicon.SIZES[word]
    if word in lexicon.KINDS:
        return "kind", word
    if word in lexicon.SHAPES:
        return "shape", lexicon.SHAPES[word]
    return None


def is_attribute(word: str) -> bool:
    """Tell whether a word describes an object."""
    return _attribute(word) is not None or any(
        word in words for words in (lexicon.STATES, lexicon.STYLES, lexicon.MOODS, lexicon.LOOKS)
    )


def _names_part(word: str) -> bool:
    return any(noun in names for noun in singulars(word) for names in _PART_NOUNS)


def _bare(noun: str) -> str:
    """Return a noun as it is looked up: `children's room` is read without its mark."""
    return noun.replace("'s", "").replace("'", "")


def _spread(word: str) -> list[str]:
    """Split a hyphenated word unless it is known as it stands, or says how a thing is: `blue-handled`."""
    if is_attribute(word) or word in lexicon.ORDINALS:
        return [word]
    first, *_, last = word.split("-") if "-" in word else (word, "")
    if last in ("coloured", "colored", "sized"):
        return [first]
    return [word] if last.endswith("ed") else word.split("-")


def _is_head(noun: str, category: Category) -> bool:
    """Tell whether a category is named so: a toy box may be a box, a filing cabinet is no counter."""
    return category.name.split()[-1] in singulars(noun.split()[-1])


def _singular(words: list[str], vocabulary: Vocabulary, category: Category) -> str:
    for last in reversed(singulars(words[-1])):
        noun = " ".join((*words[:-1], last))
        found = vocabulary.find(noun)
        if found is not None and found.name == category.name:
            return noun
    return " ".join(words)
