"""Loads a scene folder in SAPIEN, lets time pass, and prints where everything is as JSON.

    python sapien_scene.py SCENE_DIR --seconds 5

Needs sapien alone, without a graphics card: what is seen is left out of the URDFs before they load.
"""

from __future__ import annotations

import argparse
import json
import math
import re
import tempfile
from pathlib import Path
from typing import Any

import sapien
from sapien.physx import PhysxArticulation, PhysxRigidDynamicComponent

STEP_S = 1 / 240


def load(folder: Path) -> tuple[sapien.Scene, dict[str, Any]]:
    """Load a scene as it rests; return its objects by id: articulations, or entities of one link."""
    scene = sapien.Scene([sapien.physx.PhysxCpuSystem()])
    scene.timestep = STEP_S
    place(scene, folder / "urdf/room.urdf", sapien.Pose(), fixed=True)
    objects = {}
    for item in json.loads((folder / "scene.json").read_text())["objects"]:
        if not item["covering"]:
            pose = sapien.Pose(item["pose"]["position"], item["pose"]["orientation"])
            thing = place(scene, folder / "urdf" / f"{item['asset']}.urdf", pose, item["fixed"])
            if item["joints"]:
                thing.set_qpos([item["joints"][joint.name] for joint in thing.active_joints])
            objects[item["id"]] = thing
    return scene, objects


def place(scene: sapien.Scene, path: Path, pose: sapien.Pose, fixed: bool) -> Any:
    """Load a URDF at a pose, without what is seen, which needs a graphics card."""
    text = re.sub(r"(?s)<visual.*?</visual>", "", path.read_text())
    loader = scene.create_urdf_loader()
    loader.fix_root_link = fixed
    for name, friction in re.findall(r'<link name="(.*?)">\s*<contact>\s*<\w+ value="(.*?)"', text):
        loader.set_link_material(name, float(friction), float(friction), 0.0)
    with tempfile.NamedTemporaryFile("w", suffix=".urdf", dir=path.parent) as file:
        file.write(text)
        file.flush()
        articulations, actors = loader.parse(file.name)[:2]
    builder = (articulations + actors)[0]
    builder.initial_pose = pose
    if actors and fixed:
        builder.set_physx_body_type("kinematic")
    return builder.build()


def pose(thing: Any) -> list[float]:
    """Return position [m] and orientation wxyz of an object in the world."""
    return [*map(float, thing.pose.p), *map(float, thing.pose.q)]


def velocity(thing: Any) -> tuple[float, float]:
    """Return how fast an object moves [m/s] and turns [rad/s]; what is fixed does neither."""
    if isinstance(thing, PhysxArticulation):
        thing = thing.root
    else:
        thing = thing.find_component_by_type(PhysxRigidDynamicComponent)
    return (math.hypot(*thing.linear_velocity), math.hypot(*thing.angular_velocity)) if thing else (0.0, 0.0)


def main() -> None:
    """Simulate a scene and print what became of it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    scene, things = load(options.folder)
    start = {name: pose(thing) for name, thing in things.items()}
    for _ in range(round(options.seconds / STEP_S)):
        scene.step()
    objects = {}
    for name, thing in things.items():
        speed, spin = velocity(thing)
        objects[name] = {"start": start[name], "end": pose(thing), "speed": speed, "spin": spin}
    print(json.dumps({"objects": objects}))


if __name__ == "__main__":
    main()
