"""Builds a scene tool call by tool call, reviews it and undoes a call, as a planner would.

python examples/09_build_step_by_step.py
"""

import sage
from sage.errors import ToolRejected

bench = sage.start("an office", seed=1)
calls = [
    ("floor_plan", {"size": (3.5, 3.0)}),
    ("place_object", {"category": "desk", "relation": "against_wall"}),
    ("place_object", {"category": "laptop", "relation": "on", "reference": "desk_1"}),
    ("place_object", {"category": "piano", "relation": "on", "reference": "laptop_1"}),
    ("settle", {}),
]
for tool, arguments in calls:
    try:
        bench.apply(sage.ToolCall(tool=tool, arguments=arguments))
    except ToolRejected as error:
        print(f"{tool} rejected: {error}")
print([item.id for item in bench.scene.objects])
for critique in bench.review():
    print(f"{critique.critic:13} {'passed' if critique.passed else 'failed'}")
print("undone:", bench.undo().tool)
folder = bench.result().write("office", formats="mjcf", overwrite=True)
assert (folder / "scene.xml").is_file() and "laptop_1" in bench.scene
