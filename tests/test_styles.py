"""Adjectives of style and size of a room."""

from __future__ import annotations

import tomllib
from importlib import resources
from pathlib import Path

import pytest

from sage.asset import AssetStore
from sage.assets.palettes import wall_color
from sage.errors import ToolRejected
from sage.generators.floor_plan import FloorPlan
from sage.generators.recipes import recipe
from sage.language.spotting import phrase_key
from sage.language.styles import Look, look_of, room_size_of
from sage.scene import Room, Scene
from sage.service.wiring import make_context
from sage.task import Spaciousness, Task

pytestmark = pytest.mark.quick


@pytest.mark.parametrize(
    ("words", "style"),
    [
        (["Victorian"], "classic"),
        (["farmhouse-style"], "rustic"),
        (["tropical"], "bohemian"),
        (["cyberpunk"], "dark"),
        (["mid-century", "modern"], "modern"),
        (["mid", "century"], "modern"),
        (["art", "deco"], "classic"),
        (["japandi"], "scandinavian"),
        (["coastal"], "coastal"),
        (["steampunk"], "industrial"),
        (["cozy"], "rustic"),
        (["cozy", "modern"], "modern"),
        (["elegant", "nautical"], "coastal"),
        (["nice"], None),
    ],
)
def test_a_word_for_a_look_means_a_style(words: list[str], style: str | None) -> None:
    assert next(iter(look_of(words).style), None) == style


def test_what_a_word_is_taken_for_is_told() -> None:
    assert look_of(["cyberpunk"]).notes == ("'cyberpunk' is furnished in the dark style",)
    night = look_of(["van Gogh starry night"])
    assert (night.walls, night.words) == ("dark blue", ("van Gogh starry night",))
    assert night.notes == ("'van Gogh starry night' is furnished in the dark style with dark blue walls",)
    assert "'cozy' is overridden by the modern style" in look_of(["cozy", "modern"]).notes


def test_words_tell_how_full_and_how_neat() -> None:
    assert look_of(["rusty,", "dusty", "and", "abandoned"]) == Look(
        disorder="messy",
        style=("industrial",),
        notes=tuple(
            f"'{word}' is furnished in the industrial style and makes the whole room messy"
            for word in ("rusty", "dusty", "abandoned")
        ),
        words=("rusty", "dusty", "abandoned"),
    )
    assert look_of(["minimalist"]).density == "sparse"
    cluttered = look_of(["cluttered"])
    assert (cluttered.density, cluttered.disorder, cluttered.style) == ("dense", "messy", ())


def test_a_word_is_listed_once() -> None:
    data = tomllib.loads((resources.files("sage.language") / "styles.toml").read_text())
    words = [phrase_key(word) for look in data["look"] for word in look["words"]]
    assert len(words) == len(set(words)), sorted(word for word in words if words.count(word) > 1)
    sizes = [phrase_key(word) for size in data["sizes"].values() for word in size]
    assert len(sizes) == len(set(sizes))


@pytest.mark.parametrize(
    ("words", "size"),
    [(["a", "compact"], "small"), (["spacious", "bright"], "large"), (["long"], "narrow"), (["cosy"], None)],
)
def test_adjectives_tell_the_size_of_a_room(words: list[str], size: Spaciousness | None) -> None:
    assert room_size_of(words) == size


def empty(folder: Path, seed: int = 0, **asked: object) -> Room:
    task = Task(prompt="a room", kind="room", rooms=("office",)).model_copy(update=asked)
    context = make_context(AssetStore(folder), lambda _: None)
    return FloorPlan().apply(Scene(task=task, seed=seed), context.drawing(seed, 0)).rooms[0]


def sides(room: Room) -> tuple[float, float]:
    xs, ys = zip(*room.polygon, strict=True)
    return max(xs) - min(xs), max(ys) - min(ys)


@pytest.mark.parametrize("seed", range(4))
def test_a_room_is_as_large_as_it_is_called(tmp_path: Path, seed: int) -> None:
    low, high = recipe("office").area
    length, width = sides(empty(tmp_path, seed, spaciousness="small"))
    assert length * width <= 1.01 * low
    length, width = sides(empty(tmp_path, seed, spaciousness="large"))
    assert high * 0.99 <= length * width <= 1.51 * high
    length, width = sides(empty(tmp_path, seed, spaciousness="narrow"))
    assert length / width == pytest.approx(2.0, abs=0.02)


def test_walls_have_the_colour_that_is_asked_for(tmp_path: Path) -> None:
    room = empty(tmp_path, rooms=("bedroom",), walls="dark blue")
    red, green, blue = room.wall_color
    assert room.wall_color == wall_color("navy") and blue > max(red, green) and not room.claddings
    with pytest.raises(ToolRejected, match="walls cannot be 'plaid'"):
        empty(tmp_path, walls="plaid")
