"""Categories without a builder use the nearest family at their own size and mass."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sage.asset import Asset
from sage.assets.parametric import ParametricAssets
from sage.assets.stand_in import construction_of_row, rows, rows_by_name, rows_by_noun, stand_in, typical
from sage.assets.vocabulary import TableVocabulary
from sage.language.prompt import read
from sage.spatial.rescale import rescaled
from sage.vocabulary import PLAIN


@pytest.mark.parametrize(
    ("row", "family"),
    [
        ("stockpot", "pot"),
        ("hand_towel", "towel"),
        ("chopping_board", "cutting board"),
        ("canteen", "bottle"),
        ("tank_top", "shirt"),
        ("waffle_maker", "toaster"),
    ],
)
def test_the_nearest_family_stands_in(row: str, family: str) -> None:
    assert stand_in(row).category == family


@pytest.mark.parametrize(
    ("row", "family"), [("vest", "shirt"), ("sweatshirt", "shirt"), ("shorts", "trousers")]
)
def test_garments_that_the_table_has_as_they_are_worn_are_folded(row: str, family: str) -> None:
    made = construction_of_row(row)
    assert made.family is not None and made.family.category == family
    assert min(made.size) < 0.06 and max(made.size) < 0.4


@pytest.mark.parametrize("row", ["walls", "lawn", "low_resolution_tree", "black_pepper"])
def test_what_is_no_object_of_a_room_has_no_stand_in(row: str) -> None:
    assert row.replace("_", "") not in rows_by_noun()


def test_a_rare_noun_is_understood_named_as_asked_and_told(vocabulary: TableVocabulary) -> None:
    task = read("put the red waffle maker on the table", vocabulary)
    maker = next(item for item in task.objects if item.category == "waffle maker")
    assert maker.name == "red waffle maker" and maker.attributes == {"color": "red"}
    assert [str(goal) for goal in task.goal] == ["on(waffle_maker_1, table_1)"]
    assert any("waffle maker is made as a toaster" in note for note in task.notes)


def test_the_row_of_a_family_names_the_family(vocabulary: TableVocabulary) -> None:
    assert vocabulary.find("beefsteak tomato").name == "tomato"
    assert vocabulary.common("beefsteak tomato") is None


@pytest.mark.parametrize("noun", ["harpsichord", "thermostat", "helicopter", "anvil", "pizza", "coin"])
def test_a_plain_body_has_the_size_mass_and_mount_that_are_known(
    noun: str, vocabulary: TableVocabulary
) -> None:
    category = vocabulary.find(noun)
    asset = ParametricAssets().make(noun, np.random.default_rng(0), {"color": "red"})
    assert category.stand_in == PLAIN and asset.mount == category.mount
    assert np.allclose(asset.size, category.size, rtol=0.06)
    assert asset.mass == pytest.approx(category.mass, rel=0.2)
    assert asset.attributes["color"] == "red" and "plain body" in asset.provenance
    assert asset.id == ParametricAssets().make(noun, np.random.default_rng(0), {"color": "red"}).id


def test_a_stand_in_keeps_the_proportions_of_what_stands_in() -> None:
    for row in rows_by_name().values():
        made = construction_of_row(row)
        if made.family is not None and "family" not in rows()[row]:
            scales = np.maximum(made.size, 0.01) / np.maximum(typical(made.family).size, 0.01)
            assert scales.max() <= 3.0 * scales.min() + 1e-9, row


def test_its_size_and_mass_are_its_own(vocabulary: TableVocabulary) -> None:
    category = vocabulary.find("waffle maker")
    asset = ParametricAssets().make("waffle maker", np.random.default_rng(0), {"color": "red"})
    assert asset.category == "waffle maker" and asset.attributes["color"] == "red"
    assert np.allclose(asset.size, category.size, rtol=0.06)
    assert asset.mass == pytest.approx(category.mass, rel=0.2)
    assert "a toaster" in asset.provenance


@pytest.mark.parametrize("category", ["box", "mug", "dresser"])
@settings(max_examples=5)
@given(stretch=st.tuples(*[st.floats(0.4, 2.5)] * 3), mass=st.floats(0.05, 80))
def test_inertia_follows_the_stretch_exactly(
    category: str, stretch: tuple[float, float, float], mass: float
) -> None:
    asset = ParametricAssets().make(category, np.random.default_rng(0))
    depth, width, height = (float(a * b) for a, b in zip(asset.size, stretch, strict=True))
    other = rescaled(
        asset, (depth, width, height), mass, category="thing", synset="thing.n.01", provenance="a test"
    )
    assert other.mass == pytest.approx(mass)
    assert np.allclose(other.size, (depth, width, height), atol=1e-8)
    assert np.allclose(
        moments(other), heavier(asset, mass) * np.outer(stretch, stretch) * moments(asset), rtol=1e-6
    )
    low = np.min([c.points.min(axis=0) for c in other.links[0].colliders], axis=0)
    before = np.min([c.points.min(axis=0) for c in asset.links[0].colliders], axis=0)
    assert np.allclose(low, before * stretch, atol=1e-8)


def moments(asset: Asset) -> np.ndarray:
    """Return the second moments of the root link about its centre of mass [kg m2]."""
    xx, yy, zz, xy, xz, yz = asset.links[0].inertia
    inertia = np.array([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])
    return np.trace(inertia) / 2 * np.eye(3) - inertia


def heavier(asset: Asset, mass: float) -> float:
    return mass / asset.mass


def test_a_kind_is_what_its_first_row_is_unless_nobody_means_that() -> None:
    assert rows_by_noun()["tripod"] == "camera_tripod"
    assert "matter" not in rows_by_noun() and "set" not in rows_by_noun()
