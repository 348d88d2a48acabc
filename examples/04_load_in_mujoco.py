"""Loads a scene in MuJoCo, simulates two seconds and prints the largest drift of a free object.

python examples/04_load_in_mujoco.py
"""

import mujoco
import numpy as np

import sage

sage.generate("an office", out="office", density="sparse", formats="mjcf", overwrite=True)
model = mujoco.MjModel.from_xml_path("office/scene.xml")
data = mujoco.MjData(model)
mujoco.mj_resetDataKeyframe(model, data, model.key("rest").id)
mujoco.mj_forward(model, data)
start = data.xpos.copy()
while data.time < 2.0:
    mujoco.mj_step(model, data)
drift = np.linalg.norm(data.xpos - start, axis=1)
print(
    f"{model.nbody} bodies; {model.body(int(drift.argmax())).name} drifts most: {1000 * drift.max():.2f} mm"
)
assert drift.max() < 0.01
