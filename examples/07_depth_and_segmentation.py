"""Renders exact depth, instance ids and visibility of a task object from a robot's head camera.

python examples/07_depth_and_segmentation.py
"""

import sage
from sage.rendering.observation import Observer
from sage.rendering.surfaces import surfaces
from sage.rendering.viewpoints import head_camera

result = sage.generate("put the mug in the sink", seed=2, density="sparse")
mug = result.scene.task.objects[0].ids[0]
observer = Observer(surfaces(result.scene, result.store))
camera = head_camera(result.scene, result.store, mug).sized(640, 480)
frame = observer.look(camera)
print("intrinsics:", camera.intrinsics.tolist())
print(f"depth [m]: {frame.depth[frame.depth > 0].min():.2f} to {frame.depth.max():.2f}")
seen = observer.visibility_of(camera, mug)
print(f"{mug}: {seen.pixels} pixels, {seen.unoccluded:.0%} unoccluded, box {seen.box}")
assert seen.pixels > 0
