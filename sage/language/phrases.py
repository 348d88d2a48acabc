"""Noun phrase parsing: `the two small red mugs`, `the top drawer of the dresser`, `a cosy home office`."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from typing import Literal

from sage.language import lexicon
from sage.language.cursor import Cursor
from sage.language.determiners import read_determiner
from sage.language.rooms import NamedRoom, room_named
from sage.language.styles import look_of, room_size_of
from sage.language.tokens import Token, is_plural, singulars
from sage.vocabulary import Category, Vocabulary

__all__ = [
    "Phrase", "PhraseReader", "attribute", "element_of", "is_attribute", "is_result", "named_one", "unknown",
]  # fmt: skip

_SIDE_OF = {"rear": "back"}
_SEATS = re.compile(r"(\w+)-(?:seat|seater|person)")
_ADJECTIVES = ("ful", "ous", "ish", "ic", "able", "ive", "ed", "y")

Kind = Literal["object", "room", "place", "pronoun", "part", "unknown"]


@dataclass(frozen=True)
class Phrase:
    """A parsed noun phrase."""

    kind: Kind
    noun: str
    """Noun in the singular as written; the room type if `kind` is `room`; the canonical meaning if it is
    `place` or `pronoun`."""
    text: str
    """The phrase with its attributes, as shown to the user."""
    category: Category | None = None
    count: int = 1
    counted: bool = False
    """Whether the phrase has a number or quantifier."""
    exact: bool = True
    """Whether `count` is exact rather than a minimum."""
    definite: bool = True
    """Whether the determiner is definite: `the`, `my`, `this`."""
    new: bool = False
    """Whether the phrase introduces a further object: `another mug`."""
    bare: bool = False
    """Whether the phrase has no article, number or quantifier."""
    contrast: str = ""
    """Size of the other objects of the same category: `large` for `the smallest bottle`."""
    choice: str = ""
    """Selector among several objects: `left`, `middle`, `top`, `other`, `color`."""
    rank: int = 0
    """Position in the row, counted from the side `choice`: 2 for `the second from the left`; 0 for an end."""
    among: int = 0
    """Number of objects in that row; 0 if not given."""
    chosen: int = 0
    """Size of the selected subset: 2 for `two of the five books`; 0 for all."""
    each: bool = False
    """Whether the phrase is distributive: `each table`."""
    part_state: str = ""
    """`open` or `closed` if the phrase gives the state of the part, else empty."""
    attributes: tuple[tuple[str, str], ...] = ()
    """Pairs of attribute and value, such as `("color", "red")`."""
    states: tuple[str, ...] = ()
    """State adjectives from `lexicon.STATES`, such as `dirty`."""
    ordinal: str = ""
    """Ordinal of the part, a value of `lexicon.ORDINALS`."""
    part: str = ""
    """Part of `category` or of an object named before: `drawer_1`, `door`, `region`."""
    room: str = ""
    """Room type mentioned as a modifier: `kitchen` in `the kitchen table`."""
    plural: bool = False
    notes: tuple[str, ...] = ()
    size: tuple[float, ...] = ()
    """Dimensions given for a room [m]: width, depth and optionally height."""
    head: int = -1
    """Index in the prompt of the head word in the dependency parse; -1 for an implied phrase."""
    words: tuple[int, ...] = ()
    """Indices in the prompt of all words of the phrase."""
    contents: tuple[Phrase, ...] = ()
    """Contents of a container: the fruit in `a bowl of fruit`."""
    label: str = ""
    """Number after the noun: `2` for `mug 2`."""
    members: tuple[str, ...] = ()
    """Nouns that a collective noun such as `toiletries` expands to."""


class PhraseReader:
    """Parser of noun phrases."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._rooms = {word: room.name for room in vocabulary.room_types() for word in room.words}
        self._opening = False
        self._before_of = self._owned = False
        self._definite = True

    def read(
        self, row: tuple[Token, ...], words: tuple[int, ...] = (), *, opening: bool = False, of: bool = False
    ) -> Phrase | None:
        """Parse a base noun phrase, without the phrases that modify it.

        Args:
            row: tokens of the phrase.
            words: indices of the tokens in the prompt.
            opening: whether this is the first phrase of the prompt, where `a closet` is read as a room
                rather than as a wardrobe.
            of: whether the phrase is followed by `of`.

        Returns:
            The phrase, or None if it has no noun.
        """
        cursor = Cursor(row)
        self._opening, self._before_of = opening, of
        head = words[-1] if words else -1
        pronoun = cursor.match(lexicon.PRONOUNS)
        if pronoun and len(pronoun.split()) == len(row):
            meant = lexicon.PRONOUNS[pronoun]
            return Phrase("pronoun", meant, pronoun, counted=pronoun == "both", head=head, words=words)
        base = Phrase("unknown", "", "", head=head, words=words, **asdict(read_determiner(cursor)))
        self._definite = base.definite
        rest = [token for token in row[cursor.at :] if token.text not in (",", "and")]
        sizes = [token for token in rest if token.kind == "size"]
        texts = [token.text for token in rest if token.kind == "word" and not _is_manner(token.text)]
        if texts and texts[-1] in lexicon.PAIRS and any(token.text == "pair" for token in row):
            base = replace(base, count=1)
        if not texts and base.counted and not of:
            return replace(base, kind="pronoun", noun="one", text=" ".join(token.text for token in row))
        if not texts:
            return None
        parts = lexicon.REGIONS | lexicon.FEATURES
        if row[0].text in ("its", "their") and any(stem in parts for stem in singulars(texts[-1])):
            return Phrase("pronoun", "it", "it", head=head, words=words)
        label = next((token.text for token in rest[-1:] if token.kind == "number"), "")
        found = self._resolve(texts, base)
        sides = tuple(f"{t.text!r} has no effect on the {found.noun}" for t in rest if t.kind == "side")
        notes = (*found.notes, *sides)
        return replace(found, size=sizes[0].size if sizes else (), label=label, notes=notes)

    def knows(self, noun: str) -> bool:
        """Return whether a noun is a common one of the vocabulary."""
        return self._vocabulary.common(noun) is not None

    def names(self, word: str) -> bool:
        """Return whether a word names an object or a room."""
        return self._vocabulary.find(word) is not None or room_named(word, self._vocabulary) is not None

    def counted_from(self, phrase: Phrase, side: str) -> Phrase:
        """Return a ranked phrase such as `the second mug` with the side that it is counted from."""
        if not phrase.rank:
            return phrase
        text = f"{phrase.text} from the {side}"
        if phrase.rank < 0:
            return replace(phrase, choice=lexicon.OPPOSITE_CHOICES[side], rank=-phrase.rank, text=text)
        return replace(phrase, choice=side, text=text)

    def _resolve(self, words: list[str], base: Phrase) -> Phrase:
        """Find the noun at the end of `words` and interpret the modifiers before it."""
        spread = [part for word in words for part in _spread(word)]
        category, first = self._category(spread)
        room, room_first = self._room(spread)
        if room is not None and not (self._opening or self._plain(spread[:room_first])):
            room = None
        kinds = {kind for word in spread[:room_first] if (found := attribute(word)) for kind in found[:1]}
        if room is not None and category is not None and kinds & {"color", "material", "shape"}:
            room = None
        if room is not None and (room_first < first or (self._opening and room_first == first)):
            notes = (*base.notes, *((room.note,) if room.note else ()))
            phrase = replace(base, kind="room", noun=room.type, text=" ".join(spread), notes=notes)
            return self._modified(phrase, spread[:room_first], room.words)
        if category is not None and not self._is_generic(spread, first):
            return self._object(category, spread, first, base)
        return self._other(spread, base)

    def _is_generic(self, words: list[str], first: int) -> bool:
        """Return whether the last noun adds nothing to the noun before it: `bench seat`."""
        generic = any(word in lexicon.GENERIC for word in singulars(words[-1]))
        return generic and first == len(words) - 1 > 0 and self._vocabulary.common(words[-2]) is not None

    def _category(self, words: list[str]) -> tuple[Category | None, int]:
        """Return the category of the longest noun that ends `words`, and the index of its first word."""
        for first in range(len(words)):
            if first + 1 == len(words) and (self._is_part(words) or self._is_region(words)):
                break
            if any(word in lexicon.ARCHITECTURE for word in singulars(words[-1])) and first + 1 == len(words):
                break
            noun = " ".join(words[first:])
            part = first + 1 == len(words) and self._names_a_part(noun)
            rare = not part and not self._is_look(words[first:])
            found = self._vocabulary.find(noun) if rare else self._vocabulary.common(noun)
            if found is None and first + 2 == len(words) and not is_attribute(words[first]):
                found = self._vocabulary.find("".join(words[first:]))
            if found is None and (members := self._vocabulary.members(noun)):
                found = self._vocabulary.find(members[0])
            if found is not None and not (self._names_part(words) and self._vocabulary.common(noun) is None):
                return found, first
        return None, len(words)

    def _is_look(self, words: list[str]) -> bool:
        """Return whether words are only an appearance, or a colour and a common noun.

        Keeps rare nouns of the vocabulary from matching: `blue bottle` is a bottle, not the fly `bluebottle`.
        """
        word, rest = words[0], " ".join(words[1:])
        if not rest:
            looks = (lexicon.SIZES, lexicon.STATES, lexicon.SHAPES, lexicon.COLOURS.values())
            return any(word in table for table in looks)
        return word in lexicon.COLOURS.values() and self._vocabulary.common(rest) is not None

    def _names_a_part(self, word: str) -> bool:
        stems = (*lexicon.PARTS, *lexicon.OPENINGS)
        return word != "board" and any(stem in stems for stem in singulars(word))

    def _plain(self, words: list[str]) -> bool:
        """Return whether the words before a noun do not change its category: `small`, but not `filing`."""
        return bool(look_of(words).words) or all(
            is_attribute(word)
            or word in lexicon.ORDINALS
            or word in self._rooms
            or word.endswith(_ADJECTIVES)
            for word in words
        )

    def _is_part(self, words: list[str]) -> bool:
        """Return whether the last word names a part of an object: `second shelf`, `shelf of`."""
        if any(word in lexicon.OPENINGS for word in singulars(words[-1])):
            return self._ends_in_object(words[:-1]) and self._vocabulary.common(" ".join(words)) is None
        if not any(word in lexicon.PARTS for word in singulars(words[-1])):
            return False
        if words[-1] == "board" and not self._before_of and len(words) == 1:
            return False
        before = words[:-1]
        return (
            any(word in lexicon.ORDINALS for word in before)
            or any(self._vocabulary.common(word) for word in before)
            or self._before_of
        )

    def _names_part(self, words: list[str]) -> bool:
        """Return whether the last word of a definite phrase is a part noun, such as `burner` or `door`."""
        last = singulars(words[-1])
        parts = (lexicon.REGIONS, lexicon.OPENINGS, lexicon.PARTS)
        return self._definite and any(word in table for word in last for table in parts)

    def _is_region(self, words: list[str]) -> bool:
        """Return whether the last word names a region of an object: `stove burner`, `burner of`."""
        region = any(word in lexicon.REGIONS for word in singulars(words[-1]))
        return region and (self._before_of or self._owned or self._ends_in_object(words[:-1]))

    def _room(self, words: list[str]) -> tuple[NamedRoom | None, int]:
        """Return the room named at the end of `words`, and the index of its first word."""
        if len(words) > 1 and words[-1] in lexicon.ZONES:
            for noun in (words[:-1], [*words[:-1], "room"]):
                found, first = self._room(noun)
                if found is not None:
                    return found, first
        named = room_named(" ".join(words), self._vocabulary)
        length = len(named.words.split()) if named is not None else 0
        if named is None or " ".join(words[len(words) - length :]) != named.words:
            return None, len(words)
        return named, len(words) - length

    def _object(self, category: Category, words: list[str], first: int, base: Phrase) -> Phrase:
        noun = _singular(words[first:], self._vocabulary, category)
        plural = is_plural(words[-1]) and noun.split()[-1] != words[-1]
        if words[-1] in lexicon.PAIRS:
            plural, noun = False, " ".join(words[first:])
        members = self._vocabulary.members(" ".join(words[first:])) or self._vocabulary.members(noun)
        several = bool(members) or (noun in lexicon.COLLECTIVES and category.name != noun)
        plural = plural or (several and (base.bare or base.definite or base.counted))
        members = members if plural else ()
        known = {*category.name.split()}
        inner = [word for word in words[first:-1] if word not in known]
        inner = [word for word in inner if attribute(word) or word in lexicon.STATES]
        phrase = replace(base, kind="object", noun=noun, category=category, plural=plural, members=members)
        phrase = replace(phrase, notes=(*phrase.notes, *(() if members else _stand_in_note(phrase))))
        if base.definite and base.count == 2 and not plural and not base.each:
            phrase = replace(phrase, count=1, counted=False)
        if plural and not base.counted:
            pairs = 2 if category.name in lexicon.PAIRED else 1
            count = max(len(members), pairs * lexicon.PLAIN_PLURAL)
            phrase = replace(phrase, count=count, exact=False)
        phrase = self._modified(phrase, [*words[:first], *inner], noun)
        left_out = (
            lexicon.ORDINALS.keys()
            - lexicon.CHOICES.keys()
            - (lexicon.RANKS.keys() if phrase.rank else set())
        )
        shown = " ".join((*(word for word in words[:first] if word not in left_out), noun))
        return replace(phrase, text=shown)

    def _other(self, words: list[str], base: Phrase) -> Phrase:
        """Interpret words without a vocabulary category: a part, a room element or an unknown noun."""
        text = " ".join(words)
        for first in range(len(words)):
            for last in singulars(words[-1]):
                noun = " ".join((*words[first:-1], last))
                before = words[:first]
                plain = all(word in lexicon.ORDINALS or is_attribute(word) for word in before)
                if noun in lexicon.PARTS or noun in lexicon.OPENINGS:
                    return self._part(noun, before, base, is_plural(words[-1]))
                owned = noun in ("center", "centre", "middle", "corner") and self._ends_in_object(before)
                owned = owned and base.definite
                if noun in lexicon.ARCHITECTURE and not owned:
                    phrase = replace(base, kind="place", noun=lexicon.ARCHITECTURE[noun], text=text)
                    return self._modified(phrase, before, noun)
                if noun in lexicon.REGIONS and (plain or self._owned or self._ends_in_object(before)):
                    return self._part(noun, before, base, is_plural(words[-1]))
                if last in ("one", "thing", "object", "item") and first == len(words) - 1 and before:
                    return self._modified(replace(base, kind="pronoun", noun="one"), before, "one")
        for generic in singulars(words[-1]) if len(words) > 1 else ():
            owner, first = self._category(words[:-1]) if generic in lexicon.GENERIC else (None, 0)
            if owner is not None:
                whole = self._object(owner, words[:-1], first, base)
                return replace(whole, text=f"{whole.text} {generic}", plural=is_plural(words[-1]))
        if "potted" in words and (plant := self._vocabulary.common("plant")) is not None:
            return replace(base, kind="object", noun="plant", text=text, category=plant)
        if base.definite and all(w in lexicon.RANKS or w in lexicon.CHOICES for w in words):
            return self._modified(replace(base, kind="pronoun", noun="one"), words, "one")
        return replace(base, kind="unknown", noun=text, text=text, plural=is_plural(words[-1]))

    def _ends_in_object(self, words: list[str]) -> bool:
        return bool(words) and self._category(words)[0] is not None

    def _part(self, noun: str, before: list[str], base: Phrase, plural: bool) -> Phrase:
        ordinal = next((lexicon.ORDINALS[word] for word in before if word in lexicon.ORDINALS), "")
        stem = lexicon.PARTS.get(noun, "door" if noun in lexicon.OPENINGS else "region")
        named = next((word for word in before if word in lexicon.NAMED_PARTS), "")
        state = next((word for word in before if word in lexicon.OPENNESS), "")
        chosen = lexicon.CHOICES.keys() if stem in ("region", "door") else set()
        aside = lexicon.ORDINALS.keys() | chosen
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
        if stem == "door" and owner is not None and not _opens(owner):
            owner = None
        if owner is None:
            return self._modified(phrase, rest, noun)
        whole = self._object(owner, rest, first, replace(base, count=1, counted=False))
        if stem == "compartment" and not owner.parts.get(stem):
            part = "region"
        return replace(whole, part=part, plural=every, part_state=phrase.part_state)

    def possessed(self, owner: Phrase, row: tuple[Token, ...], words: tuple[int, ...]) -> Phrase | None:
        """Parse a possessive, such as `the dresser's top drawer`.

        Args:
            owner: phrase before the possessive `'s`.
            row: tokens after it.
            words: indices of those tokens in the prompt.
        """
        texts = [token.text for token in row if token.kind == "word"]
        if not texts:
            return owner
        joined = (*owner.words, *words)
        base = replace(
            owner, category=None, kind="unknown", attributes=(), states=(), head=words[-1], words=joined
        )
        if owner.kind == "unknown":
            whole = self._resolve([*owner.text.split(), *texts], base)
            if whole.kind == "room":
                return whole
        self._owned = True
        part = self._resolve(texts, base)
        self._owned = False
        if part.kind == "part":
            return replace(_joined(part, owner), head=words[-1], words=joined)
        if part.kind == "unknown" and part.noun in ("colour", "color", "size"):
            return replace(owner, words=joined)
        note = f"the owner of the {part.noun} ({owner.text}) has no effect"
        if part.kind == "object":
            owned = f"{owner.text}'s {part.noun}"
            part = replace(part, noun=owned, text=owned)
        return replace(part, notes=(*part.notes, note))

    def of(self, phrase: Phrase, whole: Phrase) -> Phrase:
        """Combine two phrases joined by `of`, such as `the top drawer` and `the dresser`."""
        words = (*phrase.words, *whole.words)
        if phrase.kind in ("part", "place"):
            joined = _joined(phrase, whole)
        elif phrase.kind == "room" and whole.kind in ("place", "room"):
            joined = phrase
        else:
            joined = self._chosen_from(phrase, whole) or self._filled(phrase, whole)
        return replace(joined, words=words, head=phrase.head)

    def _chosen_from(self, phrase: Phrase, whole: Phrase) -> Phrase | None:
        """Combine a selection and its set: `the red one of the two balls`, `a slice of bread`."""
        if whole.kind != "object":
            return None
        words = phrase.noun.split() if phrase.kind in ("unknown", "object") else []
        if phrase.kind == "object" and words and words[-1] not in lexicon.MEASURES:
            words = []
        if words and words[-1] in lexicon.MEASURES | {f"{word}s" for word in lexicon.MEASURES}:
            note = f"'{phrase.noun} of' has no effect on the {whole.noun}"
            whole = replace(whole, notes=(*whole.notes, *phrase.notes, note))
            return replace(whole, count=phrase.count, counted=True) if phrase.counted else whole
        if words and words[-1] == "one" and len(words) == 1 and phrase.counted:
            return replace(whole, chosen=1)
        same = phrase.kind == "object" and phrase.category == whole.category
        if phrase.kind != "pronoun" and not same:
            return None
        one = replace(phrase if same else self._one(phrase, whole), exact=whole.exact)
        one = replace(one, among=whole.count if whole.counted else 0)
        if one.choice in lexicon.RANKS:
            return replace(one, choice="left")
        return (
            one if one.choice or one.contrast else replace(one, choice="color" if one.attributes else "other")
        )

    def _one(self, phrase: Phrase, like: Phrase) -> Phrase:
        """Return `the red one` with the noun and category of the phrase after `of`."""
        text = named_one(phrase.text, like.noun)
        return replace(phrase, kind="object", noun=like.noun, category=like.category, text=text)

    def _filled(self, phrase: Phrase, content: Phrase) -> Phrase:
        """Combine a container and its contents, or an adjective and its set.

        For example `a carton of milk`, `a stack of books`, `the smaller of the two boxes`.
        """
        if (vessel := lexicon.VESSELS.get(phrase.noun)) is not None:
            category = self._vocabulary.common(vessel)
            text = f"{phrase.text} of {content.text}"
            return (
                phrase if category is None else replace(phrase, kind="object", category=category, text=text)
            )
        if phrase.noun.endswith(" set") and content.kind == "object" and content.counted:
            return replace(content, text=f"{phrase.text} of {content.text}")
        for noun in (f"{phrase.noun} of {content.noun}", f"{content.noun} {phrase.noun}"):
            category = self._vocabulary.common(noun)
            if category is not None and not (category == phrase.category and content.kind == "object"):
                text = f"{phrase.text} of {content.text}"
                return replace(phrase, kind="object", category=category, noun=noun, text=text)
        if phrase.kind == "unknown" and all(map(is_attribute, phrase.noun.split())):
            one = replace(content, count=1, counted=False, plural=False, exact=True)
            return self._modified(one, phrase.noun.split(), content.noun)
        if phrase.kind == "object" and content.kind == "object" and _is_part_of(phrase, content):
            return replace(content, part="region")
        if phrase.kind == "object" and content.kind == "object" and _is_packed(content):
            return replace(phrase, text=f"{phrase.text} of {content.text}")
        if phrase.kind == "object" and content.kind == "object":
            return replace(phrase, contents=(content,))
        if phrase.kind == "object":
            note = f"the filling of the {phrase.noun} ({content.text or content.noun}) has no effect"
            return replace(phrase, notes=(*phrase.notes, note))
        return content if phrase.kind == "unknown" and content.kind == "object" else phrase

    def _modified(self, phrase: Phrase, words: list[str], noun: str) -> Phrase:
        """Add the meaning of the words before a noun to its phrase."""
        attributes, states, notes, room = dict(phrase.attributes), list(phrase.states), list(phrase.notes), ""
        contrast = next((lexicon.CONTRASTS[word] for word in words if word in lexicon.CONTRASTS), "")
        choice, rank = phrase.choice, phrase.rank
        chooses = phrase.kind in ("object", "pronoun") and phrase.definite
        styles = {part for text in look_of(words).words for part in text.replace("-", " ").split()}
        for at, word in enumerate(words):
            if word in lexicon.MATERIALS and words[at + 1 : at + 2] and words[at + 1] in lexicon.COLOURS:
                continue
            if chooses and not choice and word in lexicon.CHOICES:
                choice = lexicon.CHOICES[word]
                continue
            if chooses and not choice and self._ranks(word):
                choice, rank = word, lexicon.RANKS[word]
                continue
            found = attribute(word)
            if found is not None and found[0] == "size" and "size" in attributes and phrase.kind == "object":
                attributes["size"] = " ".join(dict.fromkeys((*attributes["size"].split(), found[1])))
            elif found is not None and found[0] not in attributes and phrase.kind in ("object", "pronoun"):
                attributes[found[0]] = found[1]
            elif word in lexicon.STATES:
                states.append(word)
            elif word in lexicon.ORDINALS and phrase.kind == "part":
                continue
            elif word in self._rooms:
                room = self._rooms[word]
            elif phrase.kind == "place" and word in (*lexicon.WALL_SIDES, "opposite", "adjacent", "side"):
                continue
            elif phrase.kind in ("room", "object") and word in styles:
                continue
            elif phrase.kind == "room" and room_size_of([word]):
                continue
            else:
                notes.append(f"{word!r} has no effect on the {noun}")
        text = " ".join((*words, noun))
        return replace(
            phrase, attributes=tuple(attributes.items()), states=tuple(states), notes=tuple(notes),
            room=room, text=text, contrast=contrast, choice=choice, rank=rank,
        )  # fmt: skip

    def _ranks(self, word: str) -> bool:
        """Return whether a word selects by position in a row; a plain `the first mug` may be the only one."""
        return word in lexicon.RANKS and (self._before_of or word not in ("first", "1st", "last"))


def unknown(noun: str, vocabulary: Vocabulary) -> str:
    """Return the error message for a noun that is vague or not in the vocabulary."""
    shown = noun if len(noun) <= 60 else f"{noun[:57]}..."
    near = vocabulary.nearest(noun)
    if lexicon.VAGUE & {noun, noun.rpartition(" ")[2]}:
        return f"{shown!r} is too vague: name the objects"
    hint = f"the nearest known nouns are {', '.join(near)}; " if near else ""
    return f"{shown!r} is not known: {hint}use another word or leave it out"


def element_of(phrase: Phrase) -> str:
    """Return the room element that a phrase names, such as `wall`, `door`, `middle` or `room`, else empty."""
    if phrase.kind == "room":
        return "room"
    if phrase.kind == "place":
        return phrase.noun
    return "door" if phrase.kind == "part" and phrase.part == "door" and phrase.noun == "door" else ""


def _joined(part: Phrase, whole: Phrase) -> Phrase:
    """Return the phrase for `part` of `whole`."""
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


def _stand_in_note(phrase: Phrase) -> tuple[str, ...]:
    """Return a note on the stand-in of a category that has no asset builder, if it has one."""
    category = phrase.category
    if category is None or not category.stand_in:
        return ()
    sides = " x ".join(f"{side:.2f}" for side in category.size)
    return (f"the {phrase.noun} is made as a {category.stand_in} of {sides} m and {category.mass:g} kg",)


def named_one(text: str, noun: str) -> str:
    """Return a text with a noun in place of `one`.

    Example:
        >>> named_one("the red one", "mug")
        'the red mug'
    """
    return " ".join(noun if word in ("one", "ones") else word for word in text.split())


def attribute(word: str) -> tuple[str, str] | None:
    """Return the attribute that an adjective states and its value, or None if it is not an attribute.

    Example:
        >>> attribute("crimson")
        ('color', 'red')
        >>> attribute("two-seater")
        ('seats', '2')
    """
    if word in lexicon.COLOURS:
        return "color", lexicon.COLOURS[word]
    if word in lexicon.MATERIALS:
        return "material", lexicon.MATERIALS[word]
    if word in lexicon.SIZES:
        return "size", lexicon.SIZES[word]
    if (seats := _SEATS.fullmatch(word)) is not None:
        number = seats.group(1)
        return "seats", str(lexicon.NUMBERS.get(number, number))
    if word in lexicon.KINDS:
        return "kind", word
    if word in lexicon.SHAPES:
        return "shape", lexicon.SHAPES[word]
    return None


def is_attribute(word: str) -> bool:
    """Return whether a word describes an object."""
    return attribute(word) is not None or any(word in words for words in (lexicon.STATES, lexicon.STYLES))


def is_result(word: str) -> bool:
    """Return whether a word can be the result of a change: `red`, `round`, `darker`."""
    stems = (word[:-2], word[:-1]) if word.endswith("er") else ()
    return is_attribute(word) or any(map(is_attribute, stems))


def _spread(word: str) -> list[str]:
    """Split a hyphenated word unless it is a known adjective or a participle such as `blue-handled`."""
    if is_attribute(word) or word in lexicon.ORDINALS:
        return [word]
    first, *_, last = word.split("-") if "-" in word else (word, "")
    if last in ("coloured", "colored", "sized"):
        return [first]
    return [word] if last.endswith("ed") else word.split("-")


def _opens(category: Category) -> bool:
    """Return whether a category has doors or lids."""
    names = {category.name, *category.kinds}
    return bool(names & (lexicon.DOORS | lexicon.LIDS)) or any(category.parts.get(k) for k in ("door", "lid"))


def _is_packed(content: Phrase) -> bool:
    """Return whether contents are a substance represented by its package: `a can of cola`."""
    category = content.category
    if category is None or content.plural or content.counted or not content.bare:
        return False
    shown = f"{category.name} {category.stand_in}".split()
    return not lexicon.PACKAGES.isdisjoint(shown)


def _is_part_of(phrase: Phrase, whole: Phrase) -> bool:
    """Return whether a phrase is part of a larger object: `the upper rack of the dishwasher`."""
    own, other = phrase.category, whole.category
    return (
        whole.definite and not whole.bare and own is not None and other is not None and other.mount == "floor"
    )


def _is_manner(word: str) -> bool:
    return word.endswith("ly") and word in lexicon.ADVERBS


def _singular(words: list[str], vocabulary: Vocabulary, category: Category) -> str:
    for last in reversed(singulars(words[-1])):
        noun = " ".join((*words[:-1], last))
        found = vocabulary.find(noun)
        if found is not None and found.name == category.name:
            return noun
    return " ".join(words)
