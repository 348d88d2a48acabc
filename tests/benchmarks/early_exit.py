"""Does the physics critic say the same when it stops early as after all five seconds?

    python tests/benchmarks/early_exit.py DATASET...            # folders that hold scene folders
    python tests/benchmarks/early_exit.py DATASET --disturbed 3

Each scene is judged as it is and in disturbed copies, in which some free objects are shoved and tilted so
that part of them fall. Exit status 1 if an object is found unstable by one way and not by the other.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation

from assets.parametric import ParametricAssets
from assets.vocabulary import TableVocabulary
from critics.physics import PhysicsCritic
from generators.recipe import room_types
from sage.context import Context
from sage.export.folder import read_scene
from sage.geometry import Pose
from sage.scene import Scene

SHARE, SHOVE_M, TILT_RAD = 0.1, 0.02, 0.2
"""Of the free objects that are disturbed, and by how much at most."""


def main() -> int:
    """Judge every scene both ways and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("datasets", type=Path, nargs="+")
    parser.add_argument("--disturbed", type=int, default=3, help="disturbed copies of each scene")
    options = parser.parse_args()
    folders = sorted(path.parent for dataset in options.datasets for path in dataset.glob("**/scene.json"))
    vocabulary = TableVocabulary(room_types())
    critic, seconds, differ, unstable, objects = PhysicsCritic(), {False: [], True: []}, 0, 0, 0
    for folder in folders:
        scene, store = read_scene(folder)
        context = Context(np.random.default_rng(0), ParametricAssets(), store, vocabulary)
        for copy in range(options.disturbed + 1):
            judged = disturbed(scene, np.random.default_rng([scene.seed, copy])) if copy else scene
            found = {}
            for patient in (False, True):
                begin = time.process_time()
                critique = replace(critic, patient=patient).review(judged, context)
                seconds[patient].append(time.process_time() - begin)
                found[patient] = {f.objects[0]: f.message for f in critique.findings if f.kind == "unstable"}
            objects += len(judged.objects)
            unstable += len(found[True])
            for name in sorted(found[True].keys() ^ found[False].keys()):
                differ += 1
                print(f"{folder.name} copy {copy}: {(found[True] | found[False])[name]}", flush=True)
    print(f"scenes judged both ways      {len(seconds[True])}, {objects} objects, {unstable} unstable")
    print(f"objects judged differently   {differ}")
    for patient, name in ((True, "all five seconds"), (False, "early exit")):
        print(f"{name:<28} {statistics.median(seconds[patient]):.2f} CPU s median")
    return 1 if differ else 0


def disturbed(scene: Scene, rng: np.random.Generator) -> Scene:
    """Return the scene with some of its free objects shoved and tilted."""
    moved = []
    for item in scene.objects:
        if item.fixed or item.covering or rng.random() > SHARE:
            continue
        shove = rng.uniform(-SHOVE_M, SHOVE_M, 3) * (1, 1, 0) + (0, 0, 0.002)
        w, x, y, z = (
            Rotation.from_rotvec(rng.uniform(-TILT_RAD, TILT_RAD, 3)).as_quat(scalar_first=True).tolist()
        )
        px, py, pz = (np.array(item.pose.position) + shove).tolist()
        turn = Pose(orientation=(w, x, y, z))
        pose = Pose(
            position=(px, py, pz), orientation=(turn @ Pose(orientation=item.pose.orientation)).orientation
        )
        moved.append(item.model_copy(update={"pose": pose}))
    return scene.updating(*moved)


if __name__ == "__main__":
    sys.exit(main())
