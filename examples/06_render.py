"""Renders a scene from above and with the near walls cut away, without a GPU.

python examples/06_render.py
"""

import numpy as np

import sage

result = sage.generate("a living room in a scandinavian style", seed=1)
for view in ("top", "cutaway_1", "preview"):
    image = result.picture(view, size=(640, 480))
    image.save(f"living_room_{view}.png")
    pixels = np.asarray(image)
    print(f"living_room_{view}.png: {pixels.shape}, mean colour {pixels.mean(axis=(0, 1)).round()}")
    assert pixels.std() > 10
