"""Room types named by words and implied by objects."""

from __future__ import annotations

import tomllib
from importlib import resources

import pytest

from sage.assets.vocabulary import TableVocabulary
from sage.generators.recipes import recipe_names, room_types
from sage.language.rooms import RoomEvidence, rank_rooms, room_named, several_rooms
from sage.language.spotting import phrase_key

pytestmark = pytest.mark.quick

VOCABULARY = TableVocabulary(room_types())
DATA = tomllib.loads((resources.files("sage.language") / "rooms.toml").read_text())


def named(words: str) -> str | None:
    room = room_named(words, VOCABULARY)
    return room.type if room else None


def ranked(*nouns: str, elsewhere: tuple[str, ...] = ()) -> tuple[str, ...]:
    things = []
    for noun in (*nouns, *elsewhere):
        category = VOCABULARY.find(noun)
        assert category is not None, noun
        things.append(RoomEvidence(category, elsewhere=noun in elsewhere))
    return rank_rooms((), things, VOCABULARY)


def test_every_word_of_a_recipe_names_its_room_without_a_note() -> None:
    for room in VOCABULARY.room_types():
        for word in room.words:
            found = room_named(f"a bright {word} with a chair", VOCABULARY)
            assert found is not None and (found.type, found.note) == (room.name, None), word
            assert phrase_key(found.words) == phrase_key(word)


def test_every_other_word_names_a_recipe_and_is_told() -> None:
    assert set(DATA["furnished_as"]) | set(DATA["dwellings"]) <= set(recipe_names())
    for table in ("furnished_as", "dwellings"):
        for room, words in DATA[table].items():
            for word in words:
                found = room_named(f"a {word}", VOCABULARY)
                assert found is not None and found.type == room and found.note, word


def test_no_word_for_a_room_is_listed_twice() -> None:
    recipes = [phrase_key(word) for room in VOCABULARY.room_types() for word in dict.fromkeys(room.words)]
    listed = [
        phrase_key(word)
        for table in ("furnished_as", "dwellings")
        for words in DATA[table].values()
        for word in words
    ]
    assert len(listed) == len(set(listed))
    assert not set(listed) & set(recipes)


@pytest.mark.parametrize(
    ("words", "room"),
    [
        ("teenager's bedroom", "bedroom"),
        ("a Master Bedroom", "bedroom"),
        ("the kids' playroom", "playroom"),
        ("my daughter's room", "childrens_room"),
        ("a home office", "office"),
        ("kitchenette", "kitchen"),
        ("the corner of the bedroom", "bedroom"),
        ("living room area", "living_room"),
        ("a narrow attic bedroom", "bedroom"),
        ("an office with a filing cabinet in a warehouse", "office"),
        ("the kitchen table", None),
        ("a bar stool", None),
        ("a bar of soap", None),
        ("a bar of chocolate beside a chocolate bar", None),
        ("a toy kitchen", None),
        ("a table", None),
        ("", None),
    ],
)
def test_a_phrase_names_a_room(words: str, room: str | None) -> None:
    assert named(words) == room


def test_a_room_without_a_recipe_is_told() -> None:
    found = room_named("the queen's boudoir", VOCABULARY)
    assert found is not None and found.words == "boudoir"
    assert found.note == "'boudoir' is furnished as a bedroom"


def test_of_two_rooms_in_one_the_first_is_made() -> None:
    found = room_named("an open-plan living and dining room", VOCABULARY)
    assert found is not None and found.type == "living_room"
    assert found.note == "only one room of 'living and dining room' is made, a living room"
    assert named("kitchen/dining room") == "kitchen"


@pytest.mark.parametrize(
    "words",
    [
        "a two-bedroom apartment", "two bedrooms", "3 large offices", "a bedroom and a bathroom",
        "a kitchen, a hallway and an office", "an entire house", "a two-storey villa",
    ],
)  # fmt: skip
def test_several_rooms_are_told(words: str) -> None:
    message = several_rooms(words, VOCABULARY)
    assert message is not None and message.startswith(repr(words)) and "ask for one" in message


@pytest.mark.parametrize(
    "words",
    [
        "a bedroom", "a studio apartment", "a small apartment", "an open-plan living and dining room",
        "a bedroom for two children", "a five-star hotel room", "an office for two people",
        "a bedroom with a desk and a bed", "a classroom with two desks",
    ],
)  # fmt: skip
def test_one_room_is_not_several(words: str) -> None:
    assert several_rooms(words, VOCABULARY) is None


@pytest.mark.parametrize(
    ("nouns", "rooms"),
    [
        (("cabinet", "butter"), {"kitchen"}),
        (("cabinet", "bowl"), {"kitchen"}),
        (("stove", "moka pot"), {"kitchen"}),
        (("basket", "alphabet soup"), {"kitchen"}),
        (("basket", "cream cheese", "tomato sauce"), {"kitchen"}),
        (("wine rack", "wine bottle", "cabinet"), {"kitchen"}),
        (("bowl", "plate"), {"kitchen", "dining_room"}),
        (("knife", "fork", "plate", "table"), {"kitchen", "dining_room"}),
        (("book", "caddy"), {"office"}),
        (("folder", "filing cabinet"), {"office"}),
        (("monitor", "keyboard"), {"office"}),
        (("pillow", "sofa"), {"living_room"}),
        (("towel", "bathtub"), {"bathroom"}),
        (("drill", "workbench"), {"workshop", "garage"}),
        (("shirt", "washing machine"), {"laundry_room"}),
        (("wardrobe",), {"bedroom"}),
        (("toy car", "toy box"), {"childrens_room", "playroom"}),
    ],
)
def test_things_tell_the_room(nouns: tuple[str, ...], rooms: set[str]) -> None:
    assert ranked(*nouns)[0] in rooms


def test_what_is_elsewhere_tells_nothing() -> None:
    assert ranked("sofa", elsewhere=("bed", "nightstand"))[0] == "living_room"


def test_named_rooms_come_before_what_things_tell() -> None:
    butter = VOCABULARY.find("butter")
    assert butter is not None
    assert rank_rooms(["office", "garage", "office"], [RoomEvidence(butter)], VOCABULARY) == (
        "office",
        "garage",
    )


def test_rooms_that_fit_nearly_as_well_follow() -> None:
    assert set(ranked("wardrobe")) >= {"bedroom", "closet"}
    assert rank_rooms((), (), VOCABULARY)[0] == "kitchen", "the likeliest where nothing is known"
