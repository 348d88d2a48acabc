"""Simulate a scene folder in SAPIEN and print the motion of its objects as JSON.

    python sapien_scene.py SCENE_DIR --seconds 5

Requires only sapien, and no graphics card, because visuals are removed from the URDFs before loading.
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
    """Load a scene; return it and its objects by id: articulations, or entities of a single link."""
    scene = sapien.Scene([sapien.physx.PhysxCpuSystem()])
    scene.timestep = STEP_S
    place(scene, folder / "urdf/room.urdf", sapien.Pose(), fixed=True)
    objects = {}
    for item in json.loads((folder / "scene.json").read_text())["objects"]:
        if not item["covering"]:
            pose = sapien.Pose(item["pose"]["position"], item["pose"]["orientation"])
            entity = place(scene, folder / "urdf" / f"{item['asset']}.urdf", pose, item["fixed"])
            if item["joints"]:
                entity.set_qpos([item["joints"][joint.name] for joint in entity.active_joints])
            objects[item["id"]] = entity
    return scene, objects


def place(scene: sapien.Scene, path: Path, pose: sapien.Pose, fixed: bool) -> Any:
    """Load a URDF without visuals at a pose in the world frame."""
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


def pose(entity: Any) -> list[float]:
    """Return an object's position [m] and quaternion wxyz in the world frame."""
    return [*map(float, entity.pose.p), *map(float, entity.pose.q)]


def velocity(entity: Any) -> tuple[float, float]:
    """Return the linear [m/s] and angular [rad/s] speed of an object; both are 0 if it is fixed."""
    if isinstance(entity, PhysxArticulation):
        entity = entity.root
    else:
        entity = entity.find_component_by_type(PhysxRigidDynamicComponent)
    return (
        (math.hypot(*entity.linear_velocity), math.hypot(*entity.angular_velocity)) if entity else (0.0, 0.0)
    )


def main() -> None:
    """Simulate a scene and print initial and final poses and final speeds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    scene, objects_by_id = load(options.folder)
    start = {name: pose(entity) for name, entity in objects_by_id.items()}
    for _ in range(round(options.seconds / STEP_S)):
        scene.step()
    objects = {}
    for name, entity in objects_by_id.items():
        speed, spin = velocity(entity)
        objects[name] = {"start": start[name], "end": pose(entity), "speed": speed, "spin": spin}
    print(json.dumps({"objects": objects}))


if __name__ == "__main__":
    main()
