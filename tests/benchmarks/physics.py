"""Accuracy of the physics critic compared with MuJoCo, and its cost.

    python tests/benchmarks/physics.py DATASET...            # folders that hold scene folders
    python tests/benchmarks/physics.py DATASET --disturbed 3 --every 4

Each scene is judged as it is and in disturbed copies, in which some free objects are shoved, tilted and
dropped so that part of them fall: by the critic with its early exit, by the critic with all five seconds,
and by MuJoCo, which runs five seconds of scene.xml from the same poses under the same rule (1 cm, 0.1 rad).
Exit status 1
if early exit changes a verdict or MuJoCo agrees on less than 98 % of the free objects.
"""

from __future__ import annotations

import argparse
import math
import statistics
import sys
import time
from collections import Counter
from pathlib import Path

import mujoco
import numpy as np
from scipy.spatial.transform import Rotation

from sage.asset import AssetStore
from sage.assets.parametric import ParametricAssets
from sage.assets.vocabulary import TableVocabulary
from sage.context import Context
from sage.critics.physics import PhysicsCritic
from sage.export.reading import read_scene
from sage.generators.recipes import room_types
from sage.geometry import Pose
from sage.scene import Scene
from sage.simulation.physics import World
from sage.spatial.layout import Layout

MIN_AGREED = 0.98
SHARE, SHOVE_M, TILT_RAD = 0.1, 0.02, 0.2
"""Of the free objects that are disturbed, and by how much at most."""


def main() -> int:
    """Judge every scene in each way and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("datasets", type=Path, nargs="+")
    parser.add_argument("--disturbed", type=int, default=3, help="disturbed copies of each scene")
    parser.add_argument("--every", type=int, default=1, help="take every so manieth scene")
    options = parser.parse_args()
    folders = sorted(path.parent for dataset in options.datasets for path in dataset.glob("**/scene.json"))
    vocabulary = TableVocabulary(room_types())
    seconds: dict[str, list[float]] = {}
    tally: Counter[str] = Counter()
    for folder in folders[:: options.every]:
        scene, store = read_scene(folder)
        context = Context(np.random.default_rng(0), ParametricAssets(), store, vocabulary)
        for copy in range(options.disturbed + 1):
            judged = disturbed(scene, store, np.random.default_rng([scene.seed, copy])) if copy else scene
            found: dict[str, dict[str, str]] = {}
            for way in ("early exit", "all five seconds", "mujoco"):
                begin = time.process_time()
                found[way] = (
                    mujoco_unstable(judged, folder)
                    if way == "mujoco"
                    else unstable(judged, context, patient=way != "early exit")
                )
                seconds.setdefault(way, []).append(time.process_time() - begin)
            tally["scenes"] += 1
            tally["objects"] += sum(not (item.fixed or item.covering) for item in judged.objects)
            tally["unstable"] += len(found["all five seconds"])
            for way in ("early exit", "mujoco"):
                differ = found[way].keys() ^ found["all five seconds"].keys()
                tally[way] += len(differ)
                for name in sorted(differ):
                    told = f"critic {found['all five seconds'].get(name, 'stable')}, {way} " + found[way].get(
                        name, "stable"
                    )
                    print(f"{folder.name} copy {copy}: {name}: {told}", flush=True)
    return summary(tally, seconds)


def summary(tally: Counter[str], seconds: dict[str, list[float]]) -> int:
    """Print the figures and return the exit status."""
    agreed = 1.0 - tally["mujoco"] / max(1, tally["objects"])
    print(f"scenes judged              {tally['scenes']}")
    print(f"free objects               {tally['objects']}, {tally['unstable']} unstable by the critic")
    print(f"early exit differs on      {tally['early exit']}   (limit 0)")
    print(f"mujoco agrees on           {agreed:.2%}   (limit {MIN_AGREED:.0%}), differs on {tally['mujoco']}")
    for way, spent in seconds.items():
        print(f"{way:<26} {statistics.median(spent):.2f} CPU s median, {max(spent):.2f} most")
    return 0 if not tally["early exit"] and agreed >= MIN_AGREED else 1


def unstable(scene: Scene, context: Context, *, patient: bool) -> dict[str, str]:
    """Return what the critic finds unstable, with how far it goes."""
    critique = PhysicsCritic(patient=patient).review(scene, context)
    return {
        finding.objects[0]: finding.message.partition(" moves ")[2]
        for finding in critique.findings
        if finding.kind == "unstable"
    }


def mujoco_unstable(scene: Scene, folder: Path) -> dict[str, str]:
    """Return what moves too far in five seconds of MuJoCo, from the poses of a scene."""
    critic = PhysicsCritic()
    model = mujoco.MjModel.from_xml_path(str(folder / "scene.xml"))
    data = mujoco.MjData(model)
    mujoco.mj_resetDataKeyframe(model, data, model.key("rest").id)
    bodies = {item.id: model.body(item.id) for item in scene.objects if not (item.fixed or item.covering)}
    for name, body in bodies.items():
        start = model.jnt_qposadr[body.jntadr[0]]
        pose = scene[name].pose
        data.qpos[start : start + 7] = (*pose.position, *pose.orientation)
    mujoco.mj_forward(model, data)
    before = {name: (data.xpos[body.id].copy(), data.xquat[body.id].copy()) for name, body in bodies.items()}
    for _ in range(round(critic.strict_s / model.opt.timestep)):
        mujoco.mj_step(model, data)
    found = {}
    for name, (place, quat) in before.items():
        drift = float(np.linalg.norm(data.xpos[bodies[name].id] - place))
        turn = 2 * math.acos(min(1.0, abs(float(quat @ data.xquat[bodies[name].id]))))
        if not (drift < critic.max_drift_m and turn < critic.max_turn_rad):
            found[name] = f"{drift * 1e3:.1f} mm and turns {turn:.3f} rad"
    return found


def disturbed(scene: Scene, store: AssetStore, rng: np.random.Generator) -> Scene:
    """Return the scene with some of its free objects shoved, tilted and dropped.

    Only what carries nothing, and nothing that would start in another thing: how engines push apart what
    overlaps is no question of who is right.
    """
    layout, moved = Layout(scene, store), []
    for item in scene.objects:
        if item.fixed or item.covering or scene.supported_by(item.id) or rng.random() > SHARE:
            continue
        located = layout[item.id]
        turn = rng.uniform(-TILT_RAD, TILT_RAD, 3)
        rise = float(np.linalg.norm(located.high - located.low)) / 2 * math.sin(np.linalg.norm(turn)) + 0.001
        middle = (located.high + located.low) / 2
        x, y, z = np.add(middle, (*rng.uniform(-SHOVE_M, SHOVE_M, 2), rise)).tolist()
        w, i, j, k = Rotation.from_rotvec(turn).as_quat(scalar_first=True).tolist()
        back = Pose(position=tuple((-middle).tolist()))
        pose = Pose(position=(x, y, z), orientation=(w, i, j, k)) @ back @ item.pose
        moved.append(item.model_copy(update={"pose": pose}))
    with World(scene.updating(*moved), store) as world:
        deep = {name for c in world.contacts() if c.depth > 0.0005 for name in (c.a, c.b)}
    return scene.updating(*(item for item in moved if item.id not in deep))


if __name__ == "__main__":
    sys.exit(main())
