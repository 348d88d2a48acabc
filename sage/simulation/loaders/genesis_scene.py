"""Simulate a scene folder in Genesis and print the motion of its objects as JSON.

    python genesis_scene.py SCENE_DIR --seconds 5

Requires genesis-world and PyTorch, and runs on the CPU. Most of the time is spent compiling kernels for the
scene.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path
from typing import Any

import genesis as gs

STEP_S = 1 / 240


def load(folder: Path) -> tuple[gs.Scene, dict[str, Any]]:
    """Load a scene at the stored poses and joint positions; return it and its entities by object id."""
    gs.init(backend=gs.cpu, logging_level="error")
    world = gs.Scene(sim_options=gs.options.SimOptions(dt=STEP_S), show_viewer=False)
    world.add_entity(gs.morphs.URDF(file=str(folder / "urdf/room.urdf"), fixed=True))
    items = [i for i in json.loads((folder / "scene.json").read_text())["objects"] if not i["covering"]]
    entities = {}
    for item in items:
        asset = json.loads((folder / "assets" / item["asset"] / "asset.json").read_text())
        morph = gs.morphs.URDF(
            file=str(folder / "urdf" / f"{item['asset']}.urdf"),
            pos=item["pose"]["position"],
            quat=item["pose"]["orientation"],
            fixed=item["fixed"],
            default_armature=None,
        )
        material = gs.materials.Rigid(friction=max(0.01, asset["links"][0]["friction"]))
        entities[item["id"]] = world.add_entity(morph, material=material)
    world.build()
    for item in items:
        for name, position in item["joints"].items():
            entity = entities[item["id"]]
            entity.set_dofs_position([position], entity.get_joint(name).dofs_idx_local)
    return world, entities


def pose(entity: Any) -> list[float]:
    """Return an entity's position [m] and quaternion wxyz in the world frame."""
    return [*map(float, entity.get_pos()), *map(float, entity.get_quat())]


def main() -> None:
    """Simulate a scene and print initial and final poses and final speeds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    world, entities = load(options.folder)
    start = {name: pose(entity) for name, entity in entities.items()}
    for _ in range(round(options.seconds / STEP_S)):
        world.step()
    objects = {}
    for name, entity in entities.items():
        speed, spin = (math.hypot(*map(float, value)) for value in (entity.get_vel(), entity.get_ang()))
        objects[name] = {"start": start[name], "end": pose(entity), "speed": speed, "spin": spin}
    print(json.dumps({"objects": objects}))


if __name__ == "__main__":
    main()
