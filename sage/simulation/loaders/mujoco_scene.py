"""Simulate a scene folder in MuJoCo and print the motion of its objects as JSON.

    python mujoco_scene.py SCENE_DIR --seconds 5

Requires only mujoco. Each top-level body is an object and is named by its id; the bodies below it are its
links.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import mujoco
import numpy as np


def load(folder: Path) -> tuple[mujoco.MjModel, mujoco.MjData]:
    """Load a scene in its `rest` keyframe."""
    model = mujoco.MjModel.from_xml_path(str(folder / "scene.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, model.key("rest").id)
    mujoco.mj_forward(model, data)
    return model, data


def poses(model: mujoco.MjModel, data: mujoco.MjData) -> dict[str, list[float]]:
    """Return position [m] and quaternion wxyz of every object in the world frame, by object id."""
    tops = np.flatnonzero(model.body_parentid[1:] == 0) + 1
    return {model.body(k).name: [*data.xpos[k], *data.xquat[k]] for k in tops}


def joints(model: mujoco.MjModel, data: mujoco.MjData) -> dict[str, float]:
    """Return the position of every articulated joint [rad or m], by `object/joint`."""
    moving = np.flatnonzero(model.jnt_type != mujoco.mjtJoint.mjJNT_FREE)
    return {model.joint(k).name: data.qpos[model.jnt_qposadr[k]] for k in moving}


def contacts(model: mujoco.MjModel, data: mujoco.MjData) -> dict[str, list[float]]:
    """Return the penetration depths of each object's contacts with other bodies [m], by object id."""
    found: dict[str, list[float]] = {}
    for contact in data.contact:
        a, b = (int(model.body_rootid[model.geom_bodyid[geom]]) for geom in contact.geom)
        if a != b:
            for body in (a, b):
                found.setdefault(model.body(body).name, []).append(-contact.dist)
    return found


def speeds(model: mujoco.MjModel, data: mujoco.MjData, name: str) -> tuple[float, float]:
    """Return the linear [m/s] and angular [rad/s] speed of an object."""
    velocity = np.zeros(6)
    body = model.body(name).id
    mujoco.mj_objectVelocity(model, data, mujoco.mjtObj.mjOBJ_BODY, body, velocity, 0)
    return math.hypot(*velocity[3:]), math.hypot(*velocity[:3])


def reached(model: mujoco.MjModel, data: mujoco.MjData) -> dict[str, float]:
    """Drive each joint in turn for 3 s with a PD controller; return the fraction of its range covered."""
    fractions = {}
    rest, pushed = data.qpos.copy(), mujoco.MjData(model)
    for joint in np.flatnonzero(model.jnt_type != mujoco.mjtJoint.mjJNT_FREE):
        lower, upper = model.jnt_range[joint]
        place, dof = model.jnt_qposadr[joint], model.jnt_dofadr[joint]
        limit = 60.0 if model.jnt_type[joint] == mujoco.mjtJoint.mjJNT_SLIDE else 20.0
        mujoco.mj_resetData(model, pushed)
        pushed.qpos[:] = rest
        while pushed.time < 3:
            target = lower + (upper - lower) * (min(1.0, pushed.time / 2) + 0.02)
            force = 400 * (target - pushed.qpos[place]) - 20 * pushed.qvel[dof]
            pushed.qfrc_applied[dof] = float(np.clip(force, -limit, limit))
            mujoco.mj_step(model, pushed)
        fractions[model.joint(joint).name] = float((pushed.qpos[place] - lower) / (upper - lower))
    return fractions


def main() -> None:
    """Simulate a scene and print initial and final poses and final speeds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--drive", action="store_true", help="also drive every joint to its upper limit")
    options = parser.parse_args()
    model, data = load(options.folder)
    start, joints_start = poses(model, data), joints(model, data)
    while data.time < options.seconds:
        mujoco.mj_step(model, data)
    mujoco.mj_forward(model, data)
    depths_by_object, objects = contacts(model, data), {}
    for name, end in poses(model, data).items():
        speed, spin = speeds(model, data, name)
        depths = depths_by_object.get(name, [])
        objects[name] = {
            "start": start[name], "end": end, "speed": speed, "spin": spin,
            "contacts": len(depths), "depth": max(depths, default=0.0),
        }  # fmt: skip
    moved = {name: [joints_start[name], position] for name, position in joints(model, data).items()}
    fractions = reached(model, data) if options.drive else {}
    print(json.dumps({"objects": objects, "joints": moved, "reached": fractions}))


if __name__ == "__main__":
    main()
