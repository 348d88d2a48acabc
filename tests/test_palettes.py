from pathlib import Path

import numpy as np
import pytest

from sage.asset import AssetStore
from sage.assets.materials import COLOURS, KINDS, Style
from sage.assets.palettes import PALETTES, STYLES, palette_with
from sage.assets.parametric import ParametricAssets
from sage.assets.pool import AssetPool
from sage.errors import UserError
from sage.generators.floor_plan import FloorPlan
from sage.generators.recipes import recipe, recipe_names
from sage.scene import Scene
from sage.service.generation import generate
from sage.service.understanding import understand
from sage.service.wiring import make_context

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("prompt", "style"),
    [
        ("a Scandinavian living room", "scandinavian"),
        ("put the mug on the desk in the loft-style office", "industrial"),
        ("a farmhouse kitchen with a modern oven", "rustic"),
        ("a bedroom in Swedish style", "scandinavian"),
        ("a bedroom", None),
    ],
)
def test_a_style_is_read_from_words(prompt: str, style: str | None) -> None:
    task = understand(prompt)
    assert next(iter(task.style), None) == style
    assert not any("no effect" in note for note in task.notes)


def test_a_style_that_is_asked_for_apart_comes_before_that_of_the_prompt() -> None:
    result = generate("a rustic closet", style="industrial", density="sparse", max_rounds=1)
    assert result.scene.rooms[0].style == "industrial"
    with pytest.raises(UserError, match="the style is 'baroque'; it must be one of modern, rustic"):
        generate("a closet", style="baroque")  # type: ignore[arg-type]


def test_palettes_name_colours_that_there_are() -> None:
    assert {palette.style for palette in PALETTES} == set(STYLES)
    for palette in PALETTES:
        assert palette_with(dict(palette.finishes)) is palette, "told apart by their finishes"
        for kind, colours in palette.finishes.items():
            assert kind in KINDS and colours
            for colour in colours:
                Style(np.random.default_rng(0)).part(kind, colour)
                assert colour in COLOURS or kind == "wood"


@pytest.mark.parametrize("room", recipe_names())
def test_rooms_are_covered_in_one_palette(room: str, tmp_path: Path) -> None:
    context = make_context(AssetStore(tmp_path), lambda _: None)
    task = understand(f"a rustic {room.replace('_', ' ')}").model_copy(update={"rooms": (room,)})
    (made,) = FloorPlan().apply(Scene(task=task, seed=0), context.drawing(4, 0)).rooms
    palette = palette_with(made.finishes)
    assert palette is not None and made.style == palette.style == "rustic"
    plan = recipe(room)
    assert made.floor_pattern in {palette.floor(covering)[0] for covering in plan.floors}
    if plan.wall_tiles:
        assert {(c.wall, c.heights[1]) for c in made.claddings} == {
            (w.id, plan.wall_tiles) for w in made.walls
        }


def test_furniture_is_of_the_rooms_materials_and_what_is_asked_for_comes_first() -> None:
    finishes = {"wood": ("oak",), "painted wood": ("white",), "upholstery": ("green",), "leather": ("black",)}
    source = ParametricAssets().within(finishes)
    for seed, kind in enumerate(("table", "bookcase", "sofa", "nightstand", "chair", "wardrobe") * 3):
        found = source.make(kind, np.random.default_rng(seed)).attributes
        assert (
            found["color"] in finishes.get(found["material"], (found["color"],)) or found["finish"] == "oak"
        )
    red = source.make("sofa", np.random.default_rng(0), {"color": "red"})
    assert red.attributes["color"] == "red"


def test_a_pool_keeps_rooms_of_different_palettes_apart() -> None:
    pool = AssetPool(ParametricAssets(), 1, 2)
    oak, pine = (pool.within({"wood": (wood,), "painted wood": ("white",)}) for wood in ("oak", "pine"))
    made = {source.make("bookcase", np.random.default_rng(0)).id for source in (pool, oak, oak, pine)}
    assert len(made) == 3


@pytest.mark.parametrize(
    ("material", "colours"),
    [("steel", {"silver", "grey"}), ("iron", {"black", "grey"}), ("brass", {"gold"}), ("chrome", {"silver"})],
)
def test_a_metal_asked_for_has_its_own_colour(material: str, colours: set[str]) -> None:
    for seed in range(4):
        asset = ParametricAssets().make("stool", np.random.default_rng(seed), {"material": material})
        assert asset.attributes["material"] == material
        assert asset.attributes["color"] in colours
    red = {"material": material, "color": "red"}
    asset = ParametricAssets().make("stool", np.random.default_rng(0), red)
    assert asset.attributes["color"] == "red"
