"""Generates a room from a description and shows how each word was understood.

python examples/02_describe_a_room.py
"""

import sage

text = "A small rustic bedroom with a double bed, two nightstands and a desk by the window. Zorbs everywhere."
result = sage.generate(text, seed=3, density="sparse")
task = result.scene.task
for required in task.objects:
    print(f"{required.name}: {', '.join(required.ids)}")
for relation in task.initial:
    print("holds:", relation)
print(f"coverage {task.understood.coverage:.0%}, without effect:", [w.text for w in task.not_understood])
result.picture("top", size=(640, 480)).save("bedroom.png")
assert {"bed", "desk"} <= {item.category.split()[-1] for item in result.scene.objects}
