"""Folders of rendered frames: images, depth, segmentation, camera and object tables, COCO annotations."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt
from PIL import Image

from sage.errors import FolderError, UserError
from sage.export.coco import coco, coco_image
from sage.rendering.camera import Camera
from sage.rendering.observation import Frame, Observer, Visibility, category_numbers
from sage.rendering.surfaces import Surfaces

__all__ = ["DATA", "DataName", "chosen_data", "picture_file", "write_frames", "write_video"]

DataName = Literal["rgb", "depth", "ids", "normals", "coordinates", "points"]
DATA: tuple[DataName, ...] = get_args(DataName)
"""Kinds of data that `write_frames` can write."""
_DEFAULT: tuple[DataName, ...] = ("rgb", "depth", "ids", "normals")
_CONVENTIONS = {
    "units": "metres, degrees; depth PNGs in millimetres",
    "world": "right-handed, z up, floor at z = 0",
    "camera": "x right, y down, z forward (OpenCV); world_from_camera_opengl: y up, looking along -z",
    "pixels": "(u, v) right and down; integers are pixel centres; arrays are indexed [v, u]",
    "intrinsics": "K @ point_in_camera / depth = (u, v, 1)",
    "depth": "along the camera's z; 0 for background; in PNGs 65535 means 65.535 m or more",
    "ids": "uint16, 0 for background; objects.json lists them",
    "normals": "of the triangle, towards the camera; 0 for background",
    "box": "left, top, right, bottom [px], all inclusive",
    "unoccluded": "visible pixels of an object / pixels it would have if nothing occluded it",
}
_FRAME_MS = 100
"""Duration of a video frame [ms]."""
_MM = 1000.0
"""Millimetres per metre."""

Picture = Callable[[Camera], npt.NDArray[np.uint8]]
"""Renders the colour image of a camera, shape [height, width, 3]."""


def chosen_data(names: str | None) -> tuple[DataName, ...]:
    """Return the kinds of data in a comma-separated list, each once, in the order of `DATA`.

    Args:
        names: names from `DATA`, or `all`; None stands for rgb, depth, ids and normals.

    Raises:
        UserError: a name is unknown.

    Example:
        >>> chosen_data("depth, rgb")
        ('rgb', 'depth')
    """
    if names is None:
        return _DEFAULT
    words = [word.strip().lower() for word in names.split(",")]
    if words == ["all"]:
        return DATA
    unknown = [word for word in words if word not in DATA]
    if unknown:
        raise UserError(f"there are no data {unknown[0]!r}; name some of {', '.join(DATA)}, or all")
    return tuple(name for name in DATA if name in words)


def write_frames(
    observer: Observer,
    cameras: Sequence[Camera],
    out: Path,
    *,
    picture: Picture,
    data: Sequence[DataName] = _DEFAULT,
    categories: Sequence[str] = (),
    progress: Callable[[str], None] = lambda name: None,
) -> None:
    """Write the images, ground truth and annotations of each camera.

    Args:
        observer: renderer of the ground truth.
        cameras: cameras to render; their names become file names.
        out: folder to write, which must be empty or not exist yet.
        picture: renders the colour image of a camera, uint8, shape [height, width, 3]; called only if `data`
            contains `rgb` or `points`.
        data: kinds of data to write.
        categories: known categories, numbered alphabetically so that ids agree between scenes.
        progress: called with the name of each camera before it is rendered.

    Raises:
        FolderError: `out` is not empty, or cannot be written.
    """
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise FolderError(f"{str(out)!r} is not empty; choose a folder that does not exist yet")
    numbers = category_numbers(observer.surfaces, categories)
    listed: list[dict[str, Any]] = []
    annotated: list[tuple[dict[str, Any], list[dict[str, Any]]]] = []
    visible: dict[str, dict[str, Any]] = {}
    try:
        for camera in cameras:
            progress(camera.name)
            frame = observer.look(camera)
            files = _write(frame, out, picture, data, numbers)
            seen = observer.visibility(frame)
            visible[camera.name] = _visibility(seen)
            annotated.append(coco_image(frame, files.get("rgb", ""), seen, numbers))
            listed.append(_camera(camera) | {"files": files})
        conventions = _CONVENTIONS | {"glass": "transparent" if observer.through_glass else "opaque"}
        _write_json(out / "cameras.json", {"conventions": conventions, "cameras": listed})
        _write_json(out / "objects.json", _objects(observer.surfaces, numbers) | {"visibility": visible})
        _write_json(out / "annotations.json", coco(annotated, numbers))
    except OSError as error:
        raise FolderError(f"cannot write to {str(out)!r}: {error.strerror or error}") from error


def write_video(pictures: Sequence[Path], path: Path) -> None:
    """Write images of equal size as an animated PNG at 10 frames per second."""
    images = []
    for picture in pictures:
        with Image.open(picture) as image:
            images.append(image.copy())
    images[0].save(path, save_all=True, append_images=images[1:], duration=_FRAME_MS, loop=0)


def picture_file(camera: Camera) -> str:
    """Return the image file name of a camera; characters other than letters, digits and `_.-` become `_`."""
    return re.sub(r"[^A-Za-z0-9_.-]", "_", camera.name) + ".png"


def _write(
    frame: Frame, out: Path, picture: Picture, data: Sequence[DataName], numbers: dict[str, int]
) -> dict[str, str]:
    """Write the files of a frame; return their paths relative to `out`, by subfolder."""
    files: dict[str, bytes] = {}
    name = picture_file(frame.camera).removesuffix(".png")
    colours = picture(frame.camera) if {"rgb", "points"} & set(data) else None
    if "rgb" in data and colours is not None:
        files[f"rgb/{name}.png"] = _png(colours)
    if "depth" in data:
        millimetres = np.clip(np.rint(frame.depth * _MM), 0, 65535).astype(np.uint16)
        files[f"depth/{name}.png"] = _png(millimetres)
    if "ids" in data:
        files[f"instances/{name}.png"] = _png(frame.instances)
        files[f"categories/{name}.png"] = _png(frame.categories(numbers))
        files[f"parts/{name}.png"] = _png(frame.parts)
    if "points" in data and colours is not None:
        files[f"points/{name}.ply"] = _point_cloud(frame, colours, numbers)
    arrays = _arrays(frame, data)
    if arrays:
        buffer = io.BytesIO()
        np.savez_compressed(buffer, allow_pickle=False, **arrays)
        files[f"arrays/{name}.npz"] = buffer.getvalue()
    for file, content in files.items():
        (out / file).parent.mkdir(parents=True, exist_ok=True)
        (out / file).write_bytes(content)
    return {file.partition("/")[0]: file for file in files}


def _arrays(frame: Frame, data: Sequence[DataName]) -> dict[str, npt.NDArray[np.float32]]:
    arrays = {}
    if "depth" in data:
        arrays["depth"] = frame.depth
    if "normals" in data:
        arrays |= {"normals_world": frame.normals, "normals_camera": frame.camera_normals}
    if "coordinates" in data:
        arrays |= {"points_world": frame.points, "points_object": frame.object_points}
    return arrays


def _point_cloud(frame: Frame, colours: npt.NDArray[np.uint8], numbers: dict[str, int]) -> bytes:
    """Return the visible points as a binary PLY: world position [m], colour, instance and category."""
    seen = frame.seen
    fields = [("x", "<f4"), ("y", "<f4"), ("z", "<f4"), ("red", "u1"), ("green", "u1"), ("blue", "u1")]
    fields += [("instance", "<u2"), ("category", "<u2")]
    rows = np.empty(int(seen.sum()), dtype=fields)
    for axis, field in enumerate("xyz"):
        rows[field] = frame.points[seen][:, axis]
    for channel, field in enumerate(("red", "green", "blue")):
        rows[field] = colours[seen][:, channel]
    rows["instance"], rows["category"] = frame.instances[seen], frame.categories(numbers)[seen]
    kinds = {"<f4": "float", "u1": "uchar", "<u2": "ushort"}
    properties = "".join(f"property {kinds[kind]} {field}\n" for field, kind in fields)
    head = f"ply\nformat binary_little_endian 1.0\nelement vertex {len(rows)}\n{properties}end_header\n"
    return head.encode() + rows.tobytes()


def _png(pixels: npt.NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=3)
    return buffer.getvalue()


def _camera(camera: Camera) -> dict[str, Any]:
    return {
        "name": camera.name,
        "width": camera.width,
        "height": camera.height,
        "fov_vertical_deg": camera.fov,
        "intrinsics": camera.intrinsics.tolist(),
        "world_from_camera": camera.pose.matrix.tolist(),
        "world_from_camera_opengl": camera.opengl_pose.matrix.tolist(),
    }


def _objects(surfaces: Surfaces, numbers: dict[str, int]) -> dict[str, Any]:
    """Return the tables of instance, part and category ids."""
    things, parts = surfaces.things, surfaces.parts
    synsets = {thing.category: thing.synset for thing in things}
    return {
        "instances": [
            {
                "id": number,
                "name": thing.name,
                "kind": thing.kind,
                "category": thing.category,
                "category_id": numbers[thing.category],
                "world_from_object": thing.pose.matrix.tolist(),
            }
            for number, thing in enumerate(things, start=1)
        ],
        "parts": [
            {"id": number, "instance_id": part.thing + 1, "link": part.link}
            for number, part in enumerate(parts, start=1)
        ],
        "categories": [
            {"id": numbers[name], "name": name, "synset": synset or None}
            for name, synset in sorted(synsets.items(), key=lambda pair: numbers[pair[0]])
        ],
    }


def _visibility(visible: tuple[Visibility, ...]) -> dict[str, Any]:
    return {
        entry.thing: {
            "pixels": entry.pixels,
            "pixels_alone": entry.pixels_alone,
            "unoccluded": round(entry.unoccluded, 4),
            "box": entry.box,
            "box_alone": entry.box_alone,
            "cut": entry.cut,
        }
        for entry in visible
        if entry.pixels_alone
    }


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, indent=1) + "\n")
