"""Loads a scene folder in Genesis, lets time pass, and prints where everything is as JSON.

    python genesis_scene.py SCENE_DIR --seconds 5

Needs genesis-world and PyTorch; runs on the CPU. Most of its time goes into compiling kernels for the scene.
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
    """Load a scene as it rests; return its entities by id."""
    gs.init(backend=gs.cpu, logging_level="error")
    world = gs.Scene(sim_options=gs.options.SimOptions(dt=STEP_S), show_viewer=False)
    world.add_entity(gs.morphs.URDF(file=str(folder / "urdf/room.urdf"), fixed=True))
    items = [i for i in json.loads((folder / "scene.json").read_text())["objects"] if not i["covering"]]
    things = {}
    for item in items:
        asset = json.loads((folder / "assets" / item["asset"] / "asset.json").read_text())
        morph = gs.morphs.URDF(
            file=str(folder / "urdf" / f"{item['asset']}.urdf"),
            pos=item["pose"]["position"],
            quat=item["pose"]["orientation"],
            fixed=item["fixed"],
            default_armature=None,
        )
        grip = gs.materials.Rigid(friction=max(0.01, asset["links"][0]["friction"]))
        things[item["id"]] = world.add_entity(morph, material=grip)
    world.build()
    for item in items:
        for name, position in item["joints"].items():
            thing = things[item["id"]]
            thing.set_dofs_position([position], thing.get_joint(name).dofs_idx_local)
    return world, things


def pose(thing: Any) -> list[float]:
    """Return position [m] and orientation wxyz of an entity in the world."""
    return [*map(float, thing.get_pos()), *map(float, thing.get_quat())]


def main() -> None:
    """Simulate a scene and print what became of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    world, things = load(options.folder)
    start = {name: pose(thing) for name, thing in things.items()}
    for _ in range(round(options.seconds / STEP_S)):
        world.step()
    objects = {}
    for name, thing in things.items():
        speed, spin = (math.hypot(*map(float, value)) for value in (thing.get_vel(), thing.get_ang()))
        objects[name] = {"start": start[name], "end": pose(thing), "speed": speed, "spin": spin}
    print(json.dumps({"objects": objects}))


if __name__ == "__main__":
    main()
