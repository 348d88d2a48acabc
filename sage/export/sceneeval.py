"""Export in the scene-state format of SceneEval.

The folder `sceneeval/` contains `scene_0.json`, to be renamed to the number of its test case; the meshes
`assets/<id>/<id>.glb`; and `annotations.json` with a description of each asset. SceneEval reads meshes and
annotations as its `objathor` source: set `dataset_root_path` and `dataset_metadata_path` to them, and
`asset_id_prefix` to `sage`.

Requirements of SceneEval:
  - it places the floor at the lowest vertex of all objects, so no object may reach below the floor;
  - walls must run along x or y; openings are measured from the start of a wall;
  - it has no joints: an asset with another joint position has another mesh;
  - meshes are y up with the front along z, in one node without a transform;
  - rugs would block paths and collide: coverings are omitted unless the task names them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from sage.asset import Asset, AssetStore
from sage.errors import ExportError
from sage.export.gltf import asset_glb
from sage.geometry import Array, Vec3, quat_from_matrix
from sage.scene import Room, Scene, SceneObject, Wall

__all__ = ["sceneeval_positions", "write_sceneeval"]

_SOURCE = "sage"
_ASSET_FROM_MESH = np.array([[0.0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
_STRAIGHT = 1e-6
"""Tolerance on the smaller component of the unit direction of a wall along x or y."""
_FLOOR_DEPTH_M = 0.05
_JOINT_DECIMALS = 4
"""Decimals to which joint positions [rad or m] must agree for objects to share a mesh."""


def write_sceneeval(scene: Scene, store: AssetStore, folder: Path) -> None:
    """Write `sceneeval/` into a scene folder.

    Raises:
        ExportError: a wall runs along neither x nor y.
    """
    target = folder / "sceneeval"
    items = [item for item in scene.objects if not item.covering or item.id in scene.task.ids]
    models: dict[str, str] = {}
    annotations_by_model: dict[str, dict[str, str]] = {}
    for item in items:
        asset = store[item.asset]
        joints = {name: round(value, _JOINT_DECIMALS) for name, value in item.joints.items()}
        model = _model_name(asset, joints)
        models[item.id] = model
        if model not in annotations_by_model:
            annotations_by_model[model] = _annotation(asset)
            path = target / "assets" / model / f"{model}.glb"
            path.parent.mkdir(parents=True)
            path.write_bytes(asset_glb(asset, joints))
    target.mkdir(exist_ok=True)
    _write_json(target / "annotations.json", annotations_by_model)
    _write_json(target / "scene_0.json", _state(scene, items, models))


def sceneeval_positions(path: Path) -> dict[str, Vec3]:
    """Return the position of every object in a scene state file, in the world frame [m], by id."""
    objects = json.loads(path.read_text())["scene"]["object"]
    return {item["id"]: tuple(item["transform"]["data"][12:15]) for item in objects}


def _model_name(asset: Asset, joints: dict[str, float]) -> str:
    """Return the mesh name of an asset at joint positions [rad or m]."""
    opened = [f"{name}{joints[name]:g}" for name in sorted(joints) if joints[name]]
    return "".join(c if c.isalnum() or c in "_-" else "_" for c in "-".join([asset.id, *opened]))


def _annotation(asset: Asset) -> dict[str, str]:
    description = " ".join([*asset.attributes.values(), asset.category])
    return {
        "category": asset.category,
        "ref_category": asset.synset,
        "description": description,
        "description_auto": description,
    }


def _state(scene: Scene, items: list[SceneObject], models: dict[str, str]) -> dict[str, Any]:
    numbers = {item.id: index for index, item in enumerate(items)}
    axes = {"up": [0, 0, 1], "front": [0, 1, 0]}
    walls = [wall for room in scene.rooms for wall in room.walls]
    arch = {
        "version": "arch@1.0.2",
        "id": scene.rooms[0].id,
        **axes,
        "coords2d": [0, 1],
        "scaleToMeters": 1,
        "defaults": {"Wall": {"depth": walls[0].thickness}, "Floor": {"depth": _FLOOR_DEPTH_M}},
        "elements": [element for room in scene.rooms for element in _room(room)],
        "regions": [
            {"id": room.id, "type": room.type, "walls": [wall.id for wall in room.walls]}
            for room in scene.rooms
        ],
    }
    return {
        "format": "sceneState",
        "scene": {
            "version": "scene@1.0.2",
            "id": f"{scene.rooms[0].id}_{scene.seed}",
            **axes,
            "unit": 1.0,
            "assetSource": [_SOURCE],
            "arch": arch,
            "object": [_object(item, models[item.id], numbers) for item in items],
            "modifications": [],
        },
        "selected": [],
    }


def _object(item: SceneObject, model: str, numbers: dict[str, int]) -> dict[str, Any]:
    matrix: Array = item.pose.matrix @ _ASSET_FROM_MESH
    w, x, y, z = quat_from_matrix(matrix[:3, :3])
    return {
        "id": item.id,
        "index": numbers[item.id],
        "modelId": f"{_SOURCE}.{model}",
        "parentId": item.support if item.support in numbers else item.room,
        "parentIndex": numbers.get(item.support, -1),
        "transform": {
            "rows": 4,
            "cols": 4,
            "data": matrix.ravel(order="F").tolist(),
            "rotation": [x, y, z, w],
            "translation": list(item.pose.position),
            "scale": [1.0, 1.0, 1.0],
        },
    }


def _room(room: Room) -> list[dict[str, Any]]:
    floor = {
        "id": f"{room.id}_floor",
        "type": "Floor",
        "roomId": room.id,
        "depth": _FLOOR_DEPTH_M,
        "points": [[x, y, 0.0] for x, y in room.polygon],
        "materials": [],
    }
    return [floor, *(_wall(room, wall) for wall in room.walls)]


def _wall(room: Room, wall: Wall) -> dict[str, Any]:
    if min(abs(component) for component in wall.along) > _STRAIGHT:
        raise ExportError(
            f"wall {wall.id!r} runs along neither x nor y, as SceneEval requires; omit the format sceneeval"
        )
    return {
        "id": wall.id,
        "type": "Wall",
        "roomId": room.id,
        "height": wall.height,
        "depth": wall.thickness,
        "points": [[*wall.start, 0.0], [*wall.end, 0.0]],
        "holes": [
            {
                "id": opening.id,
                "type": opening.kind.capitalize(),
                "box": {
                    "min": [opening.offset - opening.width / 2, opening.sill],
                    "max": [opening.offset + opening.width / 2, opening.sill + opening.height],
                },
            }
            for opening in wall.openings
        ],
        "materials": [],
    }


def _write_json(path: Path, data: dict[str, Any]) -> None:
    path.write_text(json.dumps(data, indent=1) + "\n")
