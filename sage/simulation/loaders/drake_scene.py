"""Simulate a scene folder in Drake and print the motion of its objects as JSON.

    python drake_scene.py SCENE_DIR --seconds 5

Requires only drake. Drake's MJCF parser ignores keyframes and dry joint friction, so initial joint positions
are set here, and each joint gets a brake, an actuator limited to the friction force. Without it drawers roll
open.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

from pydrake.geometry import DefaultProximityProperties, SceneGraphConfig
from pydrake.multibody.parsing import Parser
from pydrake.multibody.plant import AddMultibodyPlant, MultibodyPlant, MultibodyPlantConfig
from pydrake.multibody.tree import PdControllerGains
from pydrake.systems.analysis import Simulator
from pydrake.systems.framework import Context, DiagramBuilder

STEP_S = 0.01
MODULUS_PA = 1e7
"""Hydroelastic modulus [Pa]. With Drake's point contacts, stacked thin objects sink and tip. A higher modulus
needs half the time step, or light objects rock; with a lower one, objects sink by centimetres."""
BRAKE_GAIN = 1e4
"""Velocity gain of a joint's brake below its friction limit [N s/m or N m s/rad]."""


def load(folder: Path) -> tuple[Simulator, MultibodyPlant, Context]:
    """Load a scene and return its simulator, plant and plant context, at the stored joint positions."""
    builder = DiagramBuilder()
    compliant = DefaultProximityProperties(
        compliance_type="compliant", hydroelastic_modulus=MODULUS_PA, resolution_hint=0.1
    )
    plant, _ = AddMultibodyPlant(
        MultibodyPlantConfig(time_step=STEP_S),
        SceneGraphConfig(default_proximity_properties=compliant),
        builder,
    )
    (model,) = Parser(builder).AddModels(str(folder / "scene.xml"))
    for item in json.loads((folder / "scene.json").read_text())["objects"]:
        asset = json.loads((folder / "assets" / item["asset"] / "asset.json").read_text())
        for spec in asset["joints"]:
            joint = plant.GetJointByName(f"{item['id']}/{spec['name']}")
            joint.set_default_positions([item["joints"].get(spec["name"], 0.0)])
            if spec["friction"] > 0:
                brake = plant.AddJointActuator(f"{joint.name()}/friction", joint, spec["friction"])
                brake.set_controller_gains(PdControllerGains(p=0.0, d=BRAKE_GAIN))
    plant.Finalize()
    simulator = Simulator(builder.Build())
    context = plant.GetMyMutableContextFromRoot(simulator.get_mutable_context())
    plant.get_desired_state_input_port(model).FixValue(context, [0.0] * 2 * plant.num_actuators())
    return simulator, plant, context


def pose(plant: MultibodyPlant, context: Context, name: str) -> list[float]:
    """Return an object's position [m] and quaternion wxyz in the world frame."""
    found = plant.EvalBodyPoseInWorld(context, plant.GetBodyByName(name))
    return [*found.translation(), *found.rotation().ToQuaternion().wxyz()]


def main() -> None:
    """Simulate a scene and print initial and final poses and final speeds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    simulator, plant, context = load(options.folder)
    items = json.loads((options.folder / "scene.json").read_text())["objects"]
    names = [item["id"] for item in items if not item["covering"]]
    start = {name: pose(plant, context, name) for name in names}
    simulator.AdvanceTo(options.seconds)
    contacts = plant.get_contact_results_output_port().Eval(context)
    depths: dict[str, list[float]] = {}
    for index in range(contacts.num_point_pair_contacts()):
        pair = contacts.point_pair_contact_info(index)
        for body in (pair.bodyA_index(), pair.bodyB_index()):
            name = plant.get_body(body).name().partition("/")[0]
            depths.setdefault(name, []).append(pair.point_pair().depth)
    objects = {}
    for name in names:
        velocity = plant.EvalBodySpatialVelocityInWorld(context, plant.GetBodyByName(name))
        own_depths = depths.get(name, [])
        objects[name] = {
            "start": start[name], "end": pose(plant, context, name),
            "speed": math.hypot(*velocity.translational()), "spin": math.hypot(*velocity.rotational()),
            "contacts": len(own_depths), "depth": max(own_depths, default=0.0),
        }  # fmt: skip
    print(json.dumps({"objects": objects}))


if __name__ == "__main__":
    main()
