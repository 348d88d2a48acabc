"""Simulate a scene folder in PyBullet and print the motion of its objects as JSON.

    python pybullet_scene.py SCENE_DIR --seconds 5

Requires only pybullet. Bullet multiplies the friction coefficients of two bodies, so each is set to its
square root. Collision margins and damping are set because the defaults make objects hover or creep.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import pybullet as p

STEP_S = 1 / 240


def load(folder: Path) -> dict[str, int]:
    """Load a scene into the connected simulation; return the body index of each object by id."""
    p.setGravity(0, 0, -9.81)
    p.setTimeStep(STEP_S)
    p.setPhysicsEngineParameter(numSolverIterations=200, contactBreakingThreshold=0.002)
    configure(p.loadURDF(str(folder / "urdf/room.urdf"), useFixedBase=True), {})
    bodies = {}
    for item in json.loads((folder / "scene.json").read_text())["objects"]:
        if item["covering"]:
            continue
        file = str(folder / "assets" / item["asset"] / "bullet.urdf")
        body = p.loadURDF(file, useFixedBase=item["fixed"], flags=p.URDF_USE_INERTIA_FROM_FILE)
        w, x, y, z = item["pose"]["orientation"]
        com, principal = p.getDynamicsInfo(body, -1)[3:5]
        place = p.multiplyTransforms(item["pose"]["position"], (x, y, z, w), com, principal)
        p.resetBasePositionAndOrientation(body, *place)
        configure(body, item["joints"])
        bodies[item["id"]] = body
    return bodies


def configure(body: int, joints: dict[str, float]) -> None:
    """Correct a body's friction, damping and margins; set joint positions, with motors as dry friction."""
    for link in range(-1, p.getNumJoints(body)):
        friction = math.sqrt(p.getDynamicsInfo(body, link)[1])
        p.changeDynamics(body, link, lateralFriction=friction, linearDamping=0, angularDamping=0)
        p.changeDynamics(body, link, collisionMargin=1e-5)
        if link >= 0:
            info = p.getJointInfo(body, link)
            p.resetJointState(body, link, joints.get(info[1].decode(), 0.0))
            p.setJointMotorControl2(body, link, p.VELOCITY_CONTROL, targetVelocity=0, force=info[7])


def pose(body: int) -> list[float]:
    """Return the position [m] and quaternion wxyz of an object's frame in the world frame."""
    com, principal = p.getDynamicsInfo(body, -1)[3:5]
    base = p.getBasePositionAndOrientation(body)
    position, (x, y, z, w) = p.multiplyTransforms(*base, *p.invertTransform(com, principal))
    return [*position, w, x, y, z]


def joints(bodies: dict[str, int]) -> dict[str, float]:
    """Return the position of every joint that is not fixed [rad or m], by `object/joint`."""
    return {
        f"{name}/{p.getJointInfo(body, index)[1].decode()}": p.getJointState(body, index)[0]
        for name, body in bodies.items()
        for index in range(p.getNumJoints(body))
        if p.getJointInfo(body, index)[2] != p.JOINT_FIXED
    }


def reached(bodies: dict[str, int]) -> dict[str, float]:
    """Drive each joint in turn for 3 s with its motor; return the fraction of its range covered."""
    fractions, rest = {}, p.saveState()
    for name, body in bodies.items():
        for index in range(p.getNumJoints(body)):
            info = p.getJointInfo(body, index)
            if info[2] == p.JOINT_FIXED:
                continue
            lower, upper, force = info[8], info[9], 60.0 if info[2] == p.JOINT_PRISMATIC else 20.0
            speed = (upper - lower) / 1.5
            p.setJointMotorControl2(body, index, p.VELOCITY_CONTROL, targetVelocity=speed, force=force)
            for _ in range(round(3 / STEP_S)):
                p.stepSimulation()
            fractions[f"{name}/{info[1].decode()}"] = (p.getJointState(body, index)[0] - lower) / (
                upper - lower
            )
            p.setJointMotorControl2(body, index, p.VELOCITY_CONTROL, targetVelocity=0, force=info[7])
            p.restoreState(rest)
    return fractions


def main() -> None:
    """Simulate a scene and print initial and final poses and final speeds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--drive", action="store_true", help="also drive every joint to its upper limit")
    options = parser.parse_args()
    p.connect(p.DIRECT)
    bodies = load(options.folder)
    start, joints_start = {name: pose(body) for name, body in bodies.items()}, joints(bodies)
    for _ in range(round(options.seconds / STEP_S)):
        p.stepSimulation()
    objects = {}
    for name, body in bodies.items():
        contacts = [point for point in p.getContactPoints(body) if point[1] != point[2]]
        speed, spin = (math.hypot(*velocity) for velocity in p.getBaseVelocity(body))
        objects[name] = {
            "start": start[name], "end": pose(body), "speed": speed, "spin": spin,
            "contacts": len(contacts), "depth": max((-point[8] for point in contacts), default=0.0),
        }  # fmt: skip
    moved = {name: [joints_start[name], position] for name, position in joints(bodies).items()}
    fractions = reached(bodies) if options.drive else {}
    print(json.dumps({"objects": objects, "joints": moved, "reached": fractions}))


if __name__ == "__main__":
    main()
