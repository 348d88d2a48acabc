"""Loads every exported file in its simulator, and drives every joint to its limits.

    python tests/benchmarks/acceptance.py --keep scenes/
    python tests/benchmarks/formats.py scenes/*

Each URDF loads in PyBullet, scene.xml in MuJoCo, scene.glb in trimesh, with every object; scene.usda passes
pxr.UsdValidation; every format there is puts every object where scene.json does; every door,
drawer and lid, driven one at a time, reaches its upper limit in PyBullet and in MuJoCo. A laptop's
lid and the like may meet a thing beside them: `sage check` allows that for one in ten, and so does
this, of joints that do not belong to the task.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

import mujoco
import numpy as np
import pybullet
import trimesh

from sage.asset import Joint
from sage.critics.files import file_findings
from sage.export.reading import read_scene
from sage.simulation.physics import World

_DRIVE_S = 3.0
_FORCE_N, _TORQUE_NM = 60.0, 20.0
_REACHED_SHARE = 0.97
_MAX_STUCK = 0.1


def load_problems(folder: Path) -> Iterator[str]:
    """Yield what does not load."""
    client = pybullet.connect(pybullet.DIRECT)
    try:
        for path in sorted((folder / "urdf").glob("*.urdf")):
            try:
                pybullet.loadURDF(str(path), physicsClientId=client)
            except pybullet.error as error:
                yield f"PyBullet cannot load {path.name}: {error}"
    finally:
        pybullet.disconnect(client)
    yield from usd_errors(folder / "scene.usda")
    scene, _ = read_scene(folder)
    nodes = set(trimesh.load_scene(folder / "scene.glb").graph.nodes)
    yield from (f"scene.glb has no node {item.id}" for item in scene.objects if item.id not in nodes)
    yield from (finding.message for finding in file_findings(scene, folder))


def usd_errors(path: Path) -> list[str]:
    """Return what pxr.UsdValidation reports on a stage."""
    from pxr import Usd, UsdValidation

    stage = Usd.Stage.Open(str(path))
    registry = UsdValidation.ValidationRegistry()
    context = UsdValidation.ValidationContext(registry.GetOrLoadAllValidators())
    return [f"UsdValidation: {error.GetMessage()}" for error in context.Validate(stage)]


def stuck_joints(folder: Path) -> tuple[int, list[str], list[str]]:
    """Drive every joint that opens; return how many there are, and which stick in either engine.

    The second list holds those of the task's own objects.
    """
    scene, store = read_scene(folder)
    joints = [
        (item.id, joint)
        for item in scene.objects
        for joint in store[item.asset].joints
        if joint.opens != "none"
    ]
    stuck, needed = [], []
    for name, joint in joints:
        with World(scene, store) as world:
            shares = {"pybullet": _bullet_share(world, name, joint)}
        shares["mujoco"] = _mujoco_share(folder, name, joint)
        for engine, share in shares.items():
            if share < _REACHED_SHARE:
                stuck.append(f"{engine}: {name} {joint.name} stops at {share:.0%}")
                if scene[name].role != "context":
                    needed.append(stuck[-1])
    return len(joints), stuck, needed


def _bullet_share(world: World, name: str, joint: Joint) -> float:
    force = _FORCE_N if joint.kind == "prismatic" else _TORQUE_NM
    world.drive(name, joint.name, speed=2 * (joint.upper - joint.lower) / _DRIVE_S, force=force)
    world.step(_DRIVE_S)
    return (world.state().joints[name][joint.name] - joint.lower) / (joint.upper - joint.lower)


def _mujoco_share(folder: Path, name: str, joint: Joint) -> float:
    model = _model(folder)
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, model.key("rest").id)
    index = model.joint(f"{name}/{joint.name}")
    limit = _FORCE_N if joint.kind == "prismatic" else _TORQUE_NM
    span = joint.upper - joint.lower
    for step in range(round(_DRIVE_S / model.opt.timestep)):
        goal = joint.lower + span * min(1.0, 1.5 * step * model.opt.timestep / _DRIVE_S) + 0.02 * span
        push = 400 * (goal - data.qpos[index.qposadr[0]]) - 20 * data.qvel[index.dofadr[0]]
        data.qfrc_applied[index.dofadr[0]] = float(np.clip(push, -limit, limit))
        mujoco.mj_step(model, data)
    return float((data.qpos[index.qposadr[0]] - joint.lower) / span)


_models: dict[Path, mujoco.MjModel] = {}


def _model(folder: Path) -> mujoco.MjModel:
    if folder not in _models:
        _models.clear()
        _models[folder] = mujoco.MjModel.from_xml_path(str(folder / "scene.xml"))
    return _models[folder]


def main() -> int:
    """Check the folders named, print a line each, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    bad = 0
    for folder in parser.parse_args().folders:
        problems = list(load_problems(folder))
        count, stuck, needed = stuck_joints(folder)
        failed = bool(problems or needed or len(stuck) > _MAX_STUCK * 2 * count)
        bad += failed
        print(f"{folder.name}: {count} joints, {len(stuck)} stuck, {len(problems)} load problems", flush=True)
        for line in (*problems, *stuck):
            print(f"    {line}", flush=True)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
