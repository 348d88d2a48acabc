"""What is known about nouns."""

from __future__ import annotations

import pytest

from assets.families import FAMILIES
from assets.homes import HOMES
from assets.knowledge.derive import derive
from assets.knowledge.table import knowledge
from assets.vocabulary import TableVocabulary
from generators.recipe import recipe, recipe_names, room_types

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


@pytest.mark.parametrize("noun", ["elephant", "", " ", "mug of", "red mug"])
def test_other_words_are_not_found(noun: str) -> None:
    assert VOCABULARY.find(noun) is None


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


def test_every_estimate_of_homes_is_of_a_noun_that_is_known() -> None:
    assert [noun for noun in HOMES if VOCABULARY.find(noun) is None] == []
    rooms = {room.name for room in room_types()}
    assert all(rooms.issuperset(homes) for homes in HOMES.values())


def test_the_table_is_derived_per_room() -> None:
    row = {
        "synset": "bed.n.01", "bbox_median_m": [2, 1, 1], "bbox_min_m": [2, 1, 1], "bbox_max_m": [2, 1, 1],
        "mass_kg": 50, "affordances": [], "rooms": {"bedroom": 8, "childs_room": 5},
    }  # fmt: skip
    rows = derive({"bed": row, "floors": row | {"rooms": {"bedroom": 4}}})
    assert rows["bed"]["rooms"] == {"bedroom": 2.0, "childrens_room": 0.5}
