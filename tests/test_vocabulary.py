"""Vocabulary of nouns."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sage.assets.families import FAMILIES
from sage.assets.knowledge.derive import derive
from sage.assets.knowledge.table import hypernyms, knowledge, members, natures, wordnet
from sage.assets.room_counts import ROOM_COUNTS
from sage.assets.vocabulary import TableVocabulary
from sage.generators.recipes import recipe, recipe_names, room_types

pytestmark = pytest.mark.quick

VOCABULARY = TableVocabulary(room_types())


def test_every_family_is_a_category_with_a_size_and_a_mass() -> None:
    assert [c.name for c in VOCABULARY.categories()] == [family.category for family in FAMILIES]
    for category in VOCABULARY.categories():
        assert min(category.size) > 0, category.name
        assert category.mass > 0, category.name


def test_every_family_names_a_row_of_the_table_or_none() -> None:
    assert [family.category for family in FAMILIES if family.known and family.known not in knowledge()] == []


def test_a_category_is_found_by_its_name_and_every_word() -> None:
    for family in FAMILIES:
        for noun in (family.category, family.category.upper(), f"the {family.category}"):
            found = VOCABULARY.find(noun)
            assert found is not None and found.name == family.category, noun
        for noun in family.words:
            assert VOCABULARY.find(noun) is not None, noun


@pytest.mark.parametrize(
    ("noun", "category"),
    [
        ("fridge", "refrigerator"), ("Fridges", "refrigerator"), ("bookshelf", "bookcase"),
        ("book shelves", "bookcase"), ("boxes", "box"), ("dishes", "plate"), ("glasses", "glass"),
        ("television", "tv"), ("TV", "tv"), ("dining tables", "table"), ("night_stand", "nightstand"),
        ("trash-can", "trash bin"), ("a mug", "mug"), ("mice", "computer mouse"), ("couches", "sofa"),
        ("coffee table", "coffee table"), ("milk cartons", "milk carton"), ("loaves", "bread"),
    ],
)  # fmt: skip
def test_a_noun_is_found_however_it_is_written(noun: str, category: str) -> None:
    found = VOCABULARY.find(noun)
    assert found is not None
    assert found.name == category


@pytest.mark.parametrize(
    "noun", ["", " ", "mug of", "red mug", "corner", "oak", "guest", "comfort", "wall", "armrest"]
)
def test_other_words_are_not_found(noun: str) -> None:
    assert VOCABULARY.find(noun) is None


@pytest.mark.parametrize(
    ("noun", "stand_in", "mount"),
    [
        ("elephant", "figurine", "surface"), ("tambourine", "toy drum", "surface"),
        ("harpsichord", "plain", "floor"),
        ("pendulum clock", "alarm clock", "surface"), ("tapestry", "picture", "wall"),
        ("soda", "can", "surface"), ("water", "bottle", "surface"),
        ("coffee", "cup", "surface"), ("rice", "flour bag", "surface"),
        ("fern", "plant", "surface"), ("helicopters", "plain", "surface"), ("thermostat", "plain", "wall"),
    ],
)  # fmt: skip
def test_any_thing_is_made_by_one_of_the_same_nature_or_as_a_plain_body(
    noun: str, stand_in: str, mount: str
) -> None:
    found = VOCABULARY.find(noun)
    assert found is not None
    assert (found.stand_in, found.mount) == (stand_in, mount)


@pytest.mark.parametrize(
    ("noun", "category"),
    [("trestle table", "table"), ("cookbook", "book"), ("folding chairs", "chair"), ("deck chair", "chair")],
)
def test_what_is_nothing_but_a_kind_of_what_is_made_is_that(noun: str, category: str) -> None:
    found = VOCABULARY.find(noun)
    assert found is not None and found.name == category


@pytest.mark.parametrize(
    ("noun", "concrete"),
    [("wall", True), ("oak", True), ("guitar", True), ("toiletries", True), ("mug", True),
     ("functionality", False), ("comfort", False), ("style", False), ("space", False),
     ("atmosphere", False), ("guest", False)],
)  # fmt: skip
def test_a_concrete_noun_names_a_physical_thing(noun: str, concrete: bool) -> None:
    assert VOCABULARY.concrete(noun) is concrete


def test_nouns_of_many_things_have_members_that_are_made() -> None:
    assert VOCABULARY.members("toiletries") == ("shampoo", "toothpaste", "soap bar")
    assert VOCABULARY.members("gaming-equipment") and VOCABULARY.members("the groceries")
    assert VOCABULARY.members("mug") == ()
    for noun, names in members().items():
        assert 1 <= len(names) <= 5, noun
        assert [name for name in names if VOCABULARY.common(name) is None] == [], noun


def test_what_the_natures_name_exists() -> None:
    known = {*wordnet()[1], *wordnet()[1].values(), *hypernyms(), *hypernyms().values()}
    assert [synset for synset in natures() if synset not in known] == []
    categories = {family.category for family in FAMILIES}
    assert [
        nature["make"] for nature in natures().values() if nature.get("make", "table") not in categories
    ] == []
    assert [synset for synset, nature in natures().items() if ("size" in nature) != ("mass" in nature)] == []


@given(noun=st.sampled_from(sorted(wordnet()[0])))
@settings(max_examples=150, deadline=None)
def test_whatever_is_found_is_of_a_size_for_a_room_and_is_made_so(noun: str) -> None:
    found = VOCABULARY.find(noun)
    assert found is None or (max(found.size) <= 5.5 and 0 < found.mass <= 3000)
    assert found is None or VOCABULARY.find(found.name) == found


def test_the_nearest_names_are_those_spelled_alike() -> None:
    assert "bookcase" in VOCABULARY.nearest("bookase")
    assert "refrigerator" in VOCABULARY.nearest("fridgee")
    assert VOCABULARY.nearest("\u4e2d") == ()


def test_special_kinds_answer_to_general_nouns() -> None:
    assert VOCABULARY.is_a("coffee table", "table")
    assert VOCABULARY.is_a("coffee table", "tables")
    assert VOCABULARY.is_a("refrigerator", "fridge")
    assert not VOCABULARY.is_a("table", "coffee table")
    assert not VOCABULARY.is_a("mug", "table")
    assert not VOCABULARY.is_a("mug", "elephant")


def test_rooms_are_those_where_things_are_met() -> None:
    def most(noun: str) -> str:
        category = VOCABULARY.find(noun)
        assert category is not None
        return max(category.rooms, key=category.rooms.__getitem__)

    assert [most(n) for n in ("bed", "stove", "sofa", "monitor", "dresser")] == [
        "bedroom", "kitchen", "living_room", "office", "bedroom",
    ]  # fmt: skip


def test_every_room_type_has_words_of_its_own() -> None:
    words = [word for room in room_types() for word in room.words]
    assert len(words) == len(set(words))
    assert all(room.words for room in room_types())


def test_every_category_is_met_in_a_room_that_can_be_furnished() -> None:
    names = {room.name for room in room_types()}
    assert [c.name for c in VOCABULARY.categories() if names.isdisjoint(c.rooms)] == []


def test_what_a_recipe_furnishes_is_met_in_that_room() -> None:
    for room in recipe_names():
        for entry in recipe(room).furniture:
            category = VOCABULARY.find(entry.category)
            assert category is not None, f"{room}: {entry.category}"
            usual = max(category.rooms.values(), default=0.0) >= 0.5 and category.mount == "floor"
            assert category.rooms.get(room, 0.0) > 0 or not usual, f"{room}: {entry.category}"


def test_every_room_count_is_of_a_known_noun() -> None:
    assert [noun for noun in ROOM_COUNTS if VOCABULARY.find(noun) is None] == []
    rooms = {room.name for room in room_types()}
    assert all(rooms.issuperset(counts) for counts in ROOM_COUNTS.values())


def test_the_table_is_derived_per_room() -> None:
    row = {
        "synset": "bed.n.01", "bbox_median_m": [2, 1, 1], "bbox_min_m": [2, 1, 1], "bbox_max_m": [2, 1, 1],
        "mass_kg": 50, "affordances": [], "rooms": {"bedroom": 8, "childs_room": 5},
    }  # fmt: skip
    rows = derive({"bed": row, "floors": row | {"rooms": {"bedroom": 4}}})
    assert rows["bed"]["rooms"] == {"bedroom": 2.0, "childrens_room": 0.5}
