"""Render engine `open3d`; without the extra, its error message."""

import builtins
from typing import Any

import numpy as np
import pytest

import sage
from sage.errors import EngineUnavailable
from sage.geometry import Pose
from sage.rendering import filament
from sage.rendering.camera import Camera, look_at
from sage.rendering.engines import renderer_of
from sage.rendering.lighting import lighting
from sage.rendering.observation import Observer
from sage.rendering.surfaces import surfaces
from sage.rendering.viewpoints import corner_cameras


def lit(stage: Any) -> tuple[Any, Any]:
    return surfaces(stage.scene, stage.store), lighting(stage.scene, stage.store, 12.0)


def test_a_red_block_is_where_the_camera_says_and_gone_when_hidden(stage: Any) -> None:
    pytest.importorskip("open3d", reason="Open3D is the extra `render`")
    block = stage.block((0.8, 0.8, 0.8), kind="plastic")
    red = block.links[0].visuals[0].material.without_maps(rgba=(0.8, 0.05, 0.05, 1.0))
    visual = block.links[0].visuals[0].model_copy(update={"material": red})
    link = block.links[0].model_copy(update={"visuals": (visual,)})
    asset = block.model_copy(update={"links": (link,), "textures": {}}).identified()
    name = stage.stand(asset, Pose.planar(2.3, 1.2))
    camera = Camera(name="c", pose=look_at((2.0, -2.5, 6.0), (2.0, 1.5, 0.4)), fov=40.0, width=128, height=96)
    found, light = lit(stage)
    south = frozenset({"wall_south"})
    picture = renderer_of("open3d", found, light, south).picture(camera).astype(float)
    assert picture.shape == (96, 128, 3) and 40 < picture.mean() < 250
    seen = (picture[..., 0] > 1.6 * picture[..., 1]) & (picture[..., 0] > 1.6 * picture[..., 2])
    pixels, _ = camera.project(found.vertices[np.unique(found.faces[found.faces_of({name})])])
    rows, columns = np.nonzero(seen)
    assert [columns.min(), columns.max()] == pytest.approx([pixels[:, 0].min(), pixels[:, 0].max()], abs=2)
    assert [rows.min(), rows.max()] == pytest.approx([pixels[:, 1].min(), pixels[:, 1].max()], abs=2)
    without = renderer_of("open3d", found, light, south | {name}).picture(camera).astype(float)
    assert not ((without[..., 0] > 1.6 * without[..., 1]) & (without[..., 0] > 1.6 * without[..., 2])).any()


def test_its_rays_meet_what_ours_meet() -> None:
    open3d = pytest.importorskip("open3d", reason="Open3D is the extra `render`")
    result = sage.generate("a small office", seed=1, density="sparse", max_rounds=1)
    found = surfaces(result.scene, result.store)
    for camera in corner_cameras(result.scene, result.store, result.scene.rooms[0]):
        frame = Observer(found).look(camera.sized(320, 240))
        met = found.visible_from(camera.pose.position[2])
        judge = open3d.t.geometry.RaycastingScene()
        judge.add_triangles(found.vertices.astype(np.float32), found.faces[met].astype(np.uint32))
        eye = np.broadcast_to(camera.eye.astype(np.float32), frame.rays.shape)
        hits = judge.cast_rays(np.concatenate([eye, frame.rays], axis=2))
        depth, row = hits["t_hit"].numpy(), hits["primitive_ids"].numpy().astype(np.int64)
        seen = np.isfinite(depth)
        assert (seen == frame.seen).mean() > 0.9999
        both = seen & frame.seen
        assert (np.abs(depth - frame.depth)[both] < 1e-4).mean() > 0.9999
        thing = found.thing_of_face[np.flatnonzero(met)[row[both]]] + 1
        assert (thing == frame.instances[both]).mean() > 0.999


def test_without_open3d_or_egl_one_line_says_what_to_install(stage: Any, monkeypatch: Any) -> None:
    found, light = lit(stage)
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "open3d":
            raise OSError("libusb-1.0.so.0: cannot open shared object file")
        return real(name, *rest)

    filament._module.cache_clear()
    with monkeypatch.context() as patch:
        patch.setattr(builtins, "__import__", without)
        with pytest.raises(EngineUnavailable, match=r"libusb.* pip install .*apt install") as told:
            renderer_of("open3d", found, light)
    assert "\n" not in str(told.value)


def test_a_trial_that_aborts_is_told(monkeypatch: Any) -> None:
    pytest.importorskip("open3d", reason="Open3D is the extra `render`")
    filament._module.cache_clear()
    monkeypatch.setattr(filament, "_TRIAL", "import os; os.abort()")
    with pytest.raises(EngineUnavailable, match="because EGL fails; run: apt install"):
        filament._module()
    filament._module.cache_clear()
