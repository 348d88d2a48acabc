"""Simulate a scene folder in NVIDIA PhysX and print the motion of its objects as JSON.

    python physx_scene.py SCENE_DIR --seconds 5

Requires ovphysx, physx-usd-schemas and newton-usd-schemas. Runs on the CPU. Isaac Sim loads the same
scene.usda.
"""

from __future__ import annotations

import argparse
import json
import math
import re
from pathlib import Path

import ovphysx
import ovstage
from ovphysx.samples.python_samples.schema_support import physx_schema_paths
from ovphysx.types import ObjectScope, SimObjectType

STEP_S = 1 / 240


def load(folder: Path) -> tuple[ovphysx.PhysX, ovstage.Stage]:
    """Load a scene; return the simulation and the stage that it is attached to."""
    ovphysx.PhysX.set_cpu_mode(True)
    physx = ovphysx.PhysX()
    schemas = [*map(str, physx_schema_paths()), str(ovphysx.newton_schema_root())]
    ovstage.population.register_usd_schemas(schemas)
    stage = ovstage.Stage("scene")
    path = str(folder / "scene.usda")
    ovstage.population.open_usd(stage, path, ordinal=1, domains=ovstage.PopulationDomain.ALL)
    stage.advance_write_floor(ordinal=1).wait()
    physx.wait_task(physx.attach_ovstage(stage, read_ordinal=1))
    return physx, stage


def roots(folder: Path) -> dict[str, str]:
    """Return object ids by the prim path of the object's root link."""
    found = {}
    for item in json.loads((folder / "scene.json").read_text())["objects"]:
        asset = json.loads((folder / "assets" / item["asset"] / "asset.json").read_text())
        names = (re.sub(r"\W|^(?=\d)", "_", name) for name in (item["id"], asset["links"][0]["name"]))
        found["/World/objects/" + "/".join(names)] = item["id"]
    return found


def read(physx: ovphysx.PhysX, ids: dict[str, str], attribute: str) -> dict[str, list[float]]:
    """Return an attribute of the root link of every free object or articulation, by object id."""
    found = {}
    for kind in (SimObjectType.RIGID_BODY, SimObjectType.ARTICULATION_LINK):
        with physx.read_sync(kind, [attribute], scope=ObjectScope.ALL) as result:
            for group in result.groups:
                paths = result.dictionary.get_path_strings(group.prim_list)
                for path, value in zip(paths, group.tensors[0].numpy(), strict=True):
                    if path in ids:
                        found[ids[path]] = [float(number) for number in value]
    return found


def poses(physx: ovphysx.PhysX, ids: dict[str, str]) -> dict[str, list[float]]:
    """Return position [m] and quaternion wxyz of every object in the world frame, by object id."""
    xyzw = read(physx, ids, "orientation")
    return {
        name: [*position, xyzw[name][3], *xyzw[name][:3]]
        for name, position in read(physx, ids, "position").items()
    }


def main() -> None:
    """Simulate a scene and print initial and final poses and final speeds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    physx, stage = load(options.folder)
    ids = roots(options.folder)
    start = poses(physx, ids)
    for _ in range(round(options.seconds / STEP_S)):
        physx.step_sync(STEP_S)
    end = poses(physx, ids)
    speeds, spins = read(physx, ids, "linearVelocity"), read(physx, ids, "angularVelocity")
    objects = {
        name: {
            "start": start[name], "end": end[name],
            "speed": math.hypot(*speeds[name]), "spin": math.hypot(*spins[name]),
        }
        for name in start
    }  # fmt: skip
    physx.wait_task(physx.detach_ovstage())
    physx.destroy()
    stage.destroy()
    print(json.dumps({"objects": objects}))


if __name__ == "__main__":
    main()
