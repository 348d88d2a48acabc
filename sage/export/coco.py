"""COCO annotations of rendered frames (Lin et al. 2014)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sage.rendering.observation import Frame, Visibility

__all__ = ["coco", "coco_picture", "run_lengths"]


def coco(
    pictures: list[tuple[dict[str, Any], list[dict[str, Any]]]], numbers: dict[str, int]
) -> dict[str, Any]:
    """Return the annotations of several images as one COCO document.

    Args:
        pictures: of `coco_picture`.
        numbers: of the categories, by name; those that occur are listed.
    """
    images, annotations = [], []
    for image_id, (image, found) in enumerate(pictures, start=1):
        images.append({"id": image_id} | image)
        annotations += [{"image_id": image_id} | entry for entry in found]
    for number, entry in enumerate(annotations, start=1):
        entry["id"] = number
    used = {entry["category_id"] for entry in annotations}
    categories = [
        {"id": number, "name": name, "supercategory": ""}
        for name, number in numbers.items()
        if number in used
    ]
    return {"images": images, "annotations": annotations, "categories": categories}


def coco_picture(
    frame: Frame, file: str, visible: tuple[Visibility, ...], numbers: dict[str, int]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the COCO entries of one image and its objects, without ids.

    Masks are of the visible pixels, as uncompressed run lengths; boxes are left, top, width, height. An
    object that no pixel shows has no annotation. `unoccluded`, `instance_id` and `name` are ours.
    """
    image = {"file_name": file, "width": frame.camera.width, "height": frame.camera.height}
    places = {thing.name: place for place, thing in enumerate(frame.surfaces.things, start=1)}
    found = []
    for entry in visible:
        if entry.box is None:
            continue
        number = places[entry.thing]
        left, top, right, bottom = entry.box
        annotation = {
            "category_id": numbers[frame.surfaces.things[number - 1].category],
            "segmentation": run_lengths(frame.instances == number),
            "area": entry.pixels,
            "bbox": [left, top, right - left + 1, bottom - top + 1],
            "iscrowd": 0,
            "instance_id": number,
            "name": entry.thing,
            "unoccluded": round(entry.unoccluded, 4),
        }
        found.append(annotation)
    return image, found


def run_lengths(mask: npt.NDArray[np.bool_]) -> dict[str, list[int]]:
    """Return a mask of shape (height, width) as COCO run lengths: column-major, zeros first."""
    flat = mask.ravel(order="F")
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    runs = np.diff(np.concatenate([[0], changes, [len(flat)]])).tolist()
    return {"size": list(mask.shape), "counts": [0, *runs] if flat[0] else runs}
