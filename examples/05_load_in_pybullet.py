"""Loads the room and the objects of a scene in PyBullet, one URDF per object.

python examples/05_load_in_pybullet.py
"""

from pathlib import Path

import pybullet as p

import sage

result = sage.generate("a pantry", out="pantry", density="sparse", formats="urdf", overwrite=True)
p.connect(p.DIRECT)
p.loadURDF("pantry/urdf/room.urdf", useFixedBase=True)
bodies = {}
for item in result.scene.objects:
    if item.covering:
        continue  # rugs and curtains have no collision geometry
    w, x, y, z = item.pose.orientation
    body = p.loadURDF(str(Path("pantry/urdf") / f"{item.asset}.urdf"), useFixedBase=item.fixed)
    offset = p.getDynamicsInfo(body, -1)[3:5]
    p.resetBasePositionAndOrientation(body, *p.multiplyTransforms(item.pose.position, (x, y, z, w), *offset))
    bodies[item.id] = body
print(p.getNumBodies(), "bodies:", ", ".join(sorted(bodies)[:8]), "...")
assert p.getNumBodies() == len(bodies) + 1
