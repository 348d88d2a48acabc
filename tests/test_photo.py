"""Render engine `photo`; without the extra, its error message."""

import builtins
from typing import Any

import numpy as np
import pytest

from sage.errors import EngineUnavailable, UserError
from sage.geometry import Pose
from sage.rendering.camera import Camera, look_at
from sage.rendering.engines import ENGINES, renderer_of
from sage.rendering.lighting import lighting
from sage.rendering.surfaces import surfaces


def lit(stage: Any) -> tuple[Any, Any]:
    scene = stage.scene
    return surfaces(scene, stage.store), lighting(scene, stage.store, 12.0)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_red_block_is_red_and_in_the_middle(engine: str, stage: Any) -> None:
    if engine == "photo":
        pytest.importorskip("mitsuba")
        pytest.importorskip("pyoidn")
    block = stage.block((0.8, 0.8, 0.8), kind="plastic")
    red = block.links[0].visuals[0].material.without_maps(rgba=(0.8, 0.05, 0.05, 1.0))
    visual = block.links[0].visuals[0].model_copy(update={"material": red})
    link = block.links[0].model_copy(update={"visuals": (visual,)})
    asset = block.model_copy(update={"links": (link,), "textures": {}}).identified()
    stage.stand(asset, Pose.planar(2.0, 1.5))
    if engine == "open3d":
        pytest.importorskip("open3d", reason="Open3D is the extra `render`")
    camera = Camera(name="c", pose=look_at((2.0, -2.5, 6.0), (2.0, 1.5, 0.4)), fov=40.0, width=64, height=48)
    picture = renderer_of(engine, *lit(stage), frozenset({"wall_south"})).picture(camera).astype(float)
    assert picture.shape == (48, 64, 3)
    middle, ground = picture[22:26, 30:34].mean(axis=(0, 1)), picture[:3, :3].mean(axis=(0, 1))
    assert middle[0] > 1.6 * middle[1] and middle[0] > 1.6 * middle[2]
    assert np.ptp(ground) < 15, "the ground around the room is grey"


def test_an_engine_that_is_unknown_or_not_installed_is_told_in_one_line(stage: Any, monkeypatch: Any) -> None:
    with pytest.raises(UserError, match="engine 'blender' is unknown; use one of fast, open3d, photo"):
        renderer_of("blender", *lit(stage))
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name in ("mitsuba", "pyoidn"):
            raise ImportError(f"No module named {name!r}")
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(EngineUnavailable, match=r"'photo' is not installed .* pip install") as told:
        renderer_of("photo", *lit(stage))
    assert "\n" not in str(told.value)
