import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sage.appearance import texture
from sage.appearance.patterns import PATTERNS
from sage.appearance.texture import MAP_KINDS, maps
from sage.asset import SHARED
from sage.assets.materials import KINDS, Style
from sage.errors import UserError

pytestmark = pytest.mark.quick

patterns = st.sampled_from(sorted(PATTERNS))
variants = st.integers(0, 50)
sizes = st.sampled_from((32, 64, 128))


@pytest.fixture(autouse=True)
def own_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    for cached in (texture._maps, texture._folder):
        cached.cache_clear()
    yield
    for cached in (texture._maps, texture._folder):
        cached.cache_clear()


def pixels(image: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(image))).astype(float)


@settings(max_examples=60, deadline=None)
@given(patterns, variants)
def test_edges_continue_at_the_opposite_side(pattern: str, variant: int) -> None:
    for kind, image in texture._drawn(pattern, variant, 64).items():
        for axis in (0, 1):
            across = np.moveaxis(pixels(image), axis, 0)
            steps = np.abs(across - np.roll(across, 1, axis=0)).mean(axis=(1, 2))
            # The seam is the step into row 0; it may be as sharp as the sharpest joint within, no sharper.
            assert steps[0] <= 1.35 * steps[1:].max() + 4, (kind, axis)


def test_an_edge_that_does_not_continue_is_noticed() -> None:
    ramp = np.tile(np.linspace(0, 255, 64)[None, :, None], (64, 1, 3))
    steps = np.abs(ramp - np.roll(ramp, 1, axis=1)).mean(axis=(0, 2))
    assert steps[0] > 1.35 * steps[1:].max() + 4


@settings(max_examples=10, deadline=None)
@given(patterns, variants, sizes)
def test_the_same_seed_draws_the_same_bytes(pattern: str, variant: int, size: int) -> None:
    assert texture._drawn(pattern, variant, size) == texture._drawn(pattern, variant, size)


@pytest.mark.parametrize("pattern", sorted(PATTERNS))
def test_maps_are_what_they_say(pattern: str) -> None:
    found = maps(pattern, 0, 64)
    colour, surface, normal = (pixels(getattr(found, kind)) for kind in MAP_KINDS)
    assert colour.shape == surface.shape == normal.shape == (64, 64, 3)
    assert 100 < colour.mean() < 254, "it dims the base colour, and not much"
    assert (surface[..., 0] == surface[..., 1]).all() and surface[..., 2].mean() > 200
    unit = normal / 255 * 2 - 1
    assert np.abs(np.linalg.norm(unit, axis=2) - 1).max() < 0.06
    assert (unit[..., 2] > 0).all()


def test_normals_lean_away_from_a_ridge_that_runs_along_u() -> None:
    rows = np.arange(64)[:, None] * np.ones((1, 64))
    height = 0.001 * np.cos(2 * np.pi * (rows - 32) / 64)
    relief = texture.Relief(np.ones((64, 64)), height, np.ones((64, 64)))
    normals = texture._normals(relief, 1 / 64)
    assert (normals[20:30, :, 1] > 0).all(), "above the ridge in the image is up along v"
    assert (normals[36:46, :, 1] < 0).all()
    assert np.abs(normals[..., 0]).max() < 1e-12


def test_what_was_drawn_is_kept_and_an_unwritable_cache_does_no_harm(tmp_path, monkeypatch) -> None:
    drawn = maps("wood", 1, 32)
    texture._maps.cache_clear()
    monkeypatch.setattr(texture, "_drawn", lambda *_: pytest.fail("it was drawn again"))
    assert maps("wood", 1, 32) == drawn
    monkeypatch.undo()
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    for cached in (texture._maps, texture._folder):
        cached.cache_clear()
    assert maps("wood", 1, 32) == drawn


def test_the_size_is_chosen_by_the_environment(monkeypatch) -> None:
    monkeypatch.setenv("SAGE_TEXTURE_PX", "64")
    assert pixels(maps("tiles", 0).colour).shape == (64, 64, 3)
    monkeypatch.setenv("SAGE_TEXTURE_PX", "100")
    with pytest.raises(UserError, match="'100'; it must be one of 32, 64"):
        maps("tiles", 0)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_names_its_source_and_a_pattern_that_exists(kind: str) -> None:
    entry = KINDS[kind]
    assert len(entry.source) > 20 and 20 < entry.density < 9000 and 0.2 < entry.friction < 1.0
    assert entry.pattern is None or entry.pattern in PATTERNS
    style = Style(np.random.default_rng(1))
    material = style.part(kind)
    assert set(material.images) == set(style.textures)
    assert all(name.startswith(SHARED) for name in material.images)


def test_a_style_keeps_to_the_finishes_of_its_room_unless_asked_otherwise() -> None:
    rng = np.random.default_rng(0)
    finishes = {"wood": ("oak",), "metal": ("black",)}
    style = Style(rng, finishes=finishes)
    assert {style.colour("wood") for _ in range(20)} == {"oak"}
    assert {style.colour("metal", "silver", "black") for _ in range(20)} == {"black"}
    assert {style.colour("wood", "pine") for _ in range(5)} == {"pine"}, "what a family insists on"
    asked = Style(rng, {"finish": "walnut"}, finishes=finishes)
    asked.main("wood")
    assert asked.attributes["finish"] == "walnut"
