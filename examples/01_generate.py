"""Generates a scene for a robot task and prints the verdict of each critic.

python examples/01_generate.py
"""

import sage

result = sage.generate("pick up a bowl and place it on the table", out="scene", overwrite=True)
print("accepted" if result.accepted else "not accepted", "after", result.rounds, "rounds")
for critique in result.critiques:
    print(f"{critique.critic:13} score {critique.score:.2f}, {len(critique.findings)} findings")
for goal in result.scene.task.goal:
    print("goal:", goal)
print(len(result.scene.objects), "objects in scene/")
assert result.accepted
