"""Files of `sage observe` agree with each other and with their stated conventions."""

from __future__ import annotations

import contextlib
import io
import json
from pathlib import Path

import numpy as np
import pytest
import trimesh
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from PIL import Image
from pycocotools import mask as coco_mask
from pycocotools.coco import COCO

from sage.errors import FolderError, UserError
from sage.export.coco import run_lengths
from sage.export.frames import DATA, chosen_data, write_frames, write_video
from sage.geometry import Pose
from sage.rendering.camera import Camera, look_at
from sage.rendering.fast import FastRenderer
from sage.rendering.lighting import lighting
from sage.rendering.observation import Observer
from sage.rendering.surfaces import surfaces

SIZE = {"width": 64, "height": 48}

pytestmark = pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning")  # pycocotools


@pytest.fixture
def observed(stage, block, tmp_path: Path) -> Path:
    """A table with a mug, seen from two sides."""
    table = stage.stand(block((0.8, 0.6, 0.5), "table"), Pose.planar(2.5, 2.0))
    stage.set_down("mug", table)
    seen = surfaces(stage.scene, stage.store)
    cameras = [
        Camera(name=name, pose=look_at(eye, (2.5, 2.0, 0.5)), fov=40, **SIZE)
        for name, eye in (("east", (3.8, 2.1, 1.2)), ("a/south", (2.4, 0.8, 1.2)))
    ]
    out = tmp_path / "out"
    renderer = FastRenderer(seen, lighting(stage.scene, stage.store))
    write_frames(
        Observer(seen), cameras, out, picture=renderer.picture, data=DATA, categories=("mug", "table", "wall")
    )
    return out


def read(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image)


def test_stated_conventions_lead_from_pixels_to_the_world(observed: Path) -> None:
    told = json.loads((observed / "cameras.json").read_text())
    assert [camera["name"] for camera in told["cameras"]] == ["east", "a/south"]
    for camera in told["cameras"]:
        arrays = np.load(observed / camera["files"]["arrays"])
        depth = arrays["depth"]
        millimetres = read(observed / camera["files"]["depth"])
        assert millimetres.dtype == np.uint16 and np.abs(millimetres / 1000 - depth).max() <= 0.0006
        v, u = np.nonzero(depth)
        intrinsics, world_from_camera = (np.array(camera[k]) for k in ("intrinsics", "world_from_camera"))
        local = np.linalg.solve(intrinsics, np.stack([u, v, np.ones(len(u))])) * depth[v, u]
        world = world_from_camera[:3, :3] @ local + world_from_camera[:3, 3:]
        assert world.T == pytest.approx(arrays["points_world"][v, u], abs=1e-3)
        opengl = np.array(camera["world_from_camera_opengl"])
        assert opengl == pytest.approx(world_from_camera @ np.diag([1, -1, -1, 1]), abs=1e-9)
        turned = arrays["normals_camera"] @ world_from_camera[:3, :3].T
        assert turned == pytest.approx(arrays["normals_world"], abs=1e-5)


def test_ids_mean_what_the_tables_say(observed: Path) -> None:
    told = json.loads((observed / "objects.json").read_text())
    things = {entry["id"]: entry for entry in told["instances"]}
    categories = {entry["id"]: entry for entry in told["categories"]}
    parts = {entry["id"]: entry for entry in told["parts"]}
    assert categories[1]["name"] == "mug" and categories[1]["synset"] == "mug.n.04"
    instances, kinds = (read(observed / name / "east.png") for name in ("instances", "categories"))
    links = read(observed / "parts" / "east.png")
    for number in np.unique(instances[instances > 0]):
        assert set(np.unique(kinds[instances == number])) == {things[number]["category_id"]}
        assert {parts[part]["instance_id"] for part in np.unique(links[instances == number])} == {number}
    mug = next(number for number, entry in things.items() if entry["name"] == "mug_1")
    v, u = np.nonzero(instances == mug)
    local = np.load(observed / "arrays" / "east.npz")["points_object"][v, u]
    assert (np.abs(local[:, :2]) < 0.1).all() and (local[:, 2] > -0.001).all() and (local[:, 2] < 0.15).all()
    seen = told["visibility"]["east"]["mug_1"]
    assert seen["pixels"] == len(u) and seen["unoccluded"] == 1.0
    assert seen["box"] == [u.min(), v.min(), u.max(), v.max()]


def test_coco_tools_read_the_annotations(observed: Path) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(observed / "annotations.json")
    images = coco.loadImgs(coco.getImgIds())
    assert [image["file_name"] for image in images] == ["rgb/east.png", "rgb/a_south.png"]
    (mug,) = coco.getCatIds(catNms=["mug"])
    found = coco.loadAnns(coco.getAnnIds(catIds=[mug]))
    assert len(found) == 2
    for annotation, image in zip(found, images, strict=True):
        mask = coco.annToMask(annotation)
        instances = read(observed / image["file_name"].replace("rgb", "instances"))
        assert (mask == (instances == annotation["instance_id"])).all()
        assert coco_mask.toBbox(coco.annToRLE(annotation)).tolist() == annotation["bbox"]
        assert coco_mask.area(coco.annToRLE(annotation)) == annotation["area"]


def test_the_point_cloud_is_labelled(observed: Path) -> None:
    path = observed / "points" / "east.ply"
    cloud = trimesh.load(path)
    arrays = np.load(observed / "arrays" / "east.npz")
    seen = arrays["depth"] > 0
    assert cloud.vertices == pytest.approx(arrays["points_world"][seen], abs=1e-6)
    assert (cloud.colors[:, :3] == read(observed / "rgb" / "east.png")[seen]).all()
    told = cloud.metadata["_ply_raw"]["vertex"]["data"]
    assert (told["instance"].ravel() == read(observed / "instances" / "east.png")[seen]).all()


def test_pictures_become_a_video(observed: Path) -> None:
    write_video([observed / "rgb" / f"{name}.png" for name in ("east", "a_south")], observed / "video.png")
    with Image.open(observed / "video.png") as video:
        assert video.n_frames == 2
        video.seek(1)
        last = np.asarray(video.convert("RGB"))
    assert (last == read(observed / "rgb" / "a_south.png")).all()


@given(hnp.arrays(bool, hnp.array_shapes(min_dims=2, max_dims=2, max_side=9), elements=st.booleans()))
def test_run_lengths_decode_to_the_mask(mask: np.ndarray) -> None:
    runs = run_lengths(mask)
    packed = coco_mask.frPyObjects(runs, *mask.shape)
    assert (coco_mask.decode(packed) == mask).all()


def test_what_cannot_be_observed_is_told(observed: Path) -> None:
    assert chosen_data("depth, IDS") == ("depth", "ids") and chosen_data("all") == DATA
    with pytest.raises(UserError, match="no data 'flow'"):
        chosen_data("rgb,flow")
    with pytest.raises(FolderError, match="not empty"):
        write_frames(None, [], observed, picture=lambda camera: np.zeros((1, 1, 3), np.uint8))
