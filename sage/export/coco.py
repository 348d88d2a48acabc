"""COCO annotations of rendered frames (Lin et al. 2014)."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from sage.rendering.observation import Frame, Visibility

__all__ = ["coco", "coco_image", "run_lengths"]


def coco(
    images_and_objects: list[tuple[dict[str, Any], list[dict[str, Any]]]], numbers: dict[str, int]
) -> dict[str, Any]:
    """Return the annotations of several images as one COCO document.

    Args:
        images_and_objects: entries of each image, as returned by `coco_image`.
        numbers: category id of each category name.

    Returns:
        The document, which lists only the categories that occur. Image and annotation ids start at 1.
    """
    images, annotations = [], []
    for image_id, (image, found) in enumerate(images_and_objects, start=1):
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


def coco_image(
    frame: Frame, file: str, visible: tuple[Visibility, ...], numbers: dict[str, int]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the COCO entries of one image and its objects, without ids.

    Masks cover the visible pixels, as uncompressed run lengths; boxes are left, top, width and height [px].
    Objects without a visible pixel have no annotation. `unoccluded`, `instance_id` and `name` extend COCO.

    Args:
        frame: ground truth of the image.
        file: image file, relative to the folder of the annotations.
        visible: visibility of each object in the frame.
        numbers: category id of each category name.

    Returns:
        The image entry and its annotations.
    """
    image = {"file_name": file, "width": frame.camera.width, "height": frame.camera.height}
    instance_ids = {thing.name: number for number, thing in enumerate(frame.surfaces.things, start=1)}
    found = []
    for entry in visible:
        if entry.box is None:
            continue
        number = instance_ids[entry.thing]
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
    """Return a mask of shape [height, width] as COCO run lengths: column-major, zeros first.

    Example:
        >>> run_lengths(np.array([[False, True], [False, True]]))
        {'size': [2, 2], 'counts': [2, 2]}
    """
    flat = mask.ravel(order="F")
    changes = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    runs = np.diff(np.concatenate([[0], changes, [len(flat)]])).tolist()
    return {"size": list(mask.shape), "counts": [0, *runs] if flat[0] else runs}
