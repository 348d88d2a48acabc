"""Simulate a scene folder in Newton and print the motion of its objects as JSON.

    python newton_scene.py SCENE_DIR --seconds 5

Requires newton[sim] and usd-core. Runs on the CPU with the MuJoCo solver. Isaac Sim and Isaac Lab load the
same scene.usda.
"""

from __future__ import annotations

import argparse
import json
import math
from pathlib import Path

import newton
import warp as wp
from pxr import Usd, UsdPhysics

STEP_S = 0.002
DAMPING = 2 / 0.004
STIFFNESS = (DAMPING / 2) ** 2
"""Contact parameters as in scene.xml; with Newton's defaults, thin objects sink through thin boards."""
GAP_M = 0.002
"""Distance at which contacts are created [m]; Newton's default of 0.1 creates 20 times as many."""


def load(folder: Path) -> tuple[newton.Model, newton.solvers.SolverMuJoCo, dict[str, int]]:
    """Load a scene; return its model, a solver and the body index of each object by id."""
    builder = newton.ModelBuilder(up_axis=newton.Axis.Z)
    builder.default_shape_cfg.ke, builder.default_shape_cfg.kd = STIFFNESS, DAMPING
    builder.rigid_gap = GAP_M
    stage = Usd.Stage.Open(str(folder / "scene.usda"))
    found = builder.add_usd(
        stage,
        load_visual_shapes=False,
        enable_self_collisions=False,
        schema_resolvers=[newton.usd.SchemaResolverNewton(), newton.usd.SchemaResolverPhysx()],
    )
    bodies = {}
    for prim in stage.GetPrimAtPath("/World/objects").GetChildren():
        links = [str(link.GetPath()) for link in prim.GetChildren() if link.HasAPI(UsdPhysics.RigidBodyAPI)]
        if links and links[0] in found["path_body_map"]:
            bodies[prim.GetDisplayName()] = found["path_body_map"][links[0]]
    model = builder.finalize()
    precise = {"cone": "elliptic", "impratio": 10.0, "integrator": "implicitfast", "enable_multiccd": True}
    solver = newton.solvers.SolverMuJoCo(model, use_mujoco_cpu=True, **precise)
    return model, solver, bodies


def pose(state: newton.State, body: int) -> list[float]:
    """Return a body's position [m] and quaternion wxyz in the world frame."""
    x, y, z, qx, qy, qz, qw = (float(value) for value in state.body_q.numpy()[body])
    return [x, y, z, qw, qx, qy, qz]


def main() -> None:
    """Simulate a scene and print initial and final poses and final speeds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0)
    options = parser.parse_args()
    wp.config.quiet = True
    model, solver, bodies = load(options.folder)
    now, after = model.state(), model.state()
    newton.eval_fk(model, model.joint_q, model.joint_qd, now)
    start = {name: pose(now, body) for name, body in bodies.items()}
    control = model.control()
    for _ in range(round(options.seconds / STEP_S)):
        solver.step(now, after, control, None, STEP_S)
        now, after = after, now
    velocity = now.body_qd.numpy()
    objects = {
        name: {
            "start": start[name], "end": pose(now, body),
            "speed": math.hypot(*velocity[body][:3]), "spin": math.hypot(*velocity[body][3:]),
        }
        for name, body in bodies.items()
    }  # fmt: skip
    print(json.dumps({"objects": objects}))


if __name__ == "__main__":
    main()
