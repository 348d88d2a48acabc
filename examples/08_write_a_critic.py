"""Writes a critic that rejects objects above the reach of a robot, and runs it on a scene.

python examples/08_write_a_critic.py
"""

from dataclasses import dataclass

import sage
from sage.context import Context
from sage.critique import Critique, Finding
from sage.scene import Scene


@dataclass(frozen=True)
class HeightCritic:
    """Rejects objects whose origin is above the reach of a robot."""

    reach_m: float = 1.8
    name: str = "height"

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        findings = tuple(
            Finding(kind="unreachable", objects=(item.id,), message=f"{item.id!r} is at {height:.2f} m",
                    value=height, limit=self.reach_m)
            for item in scene.objects
            if (height := item.pose.position[2]) > self.reach_m and not item.fixed
        )  # fmt: skip
        score = 1.0 - len(findings) / max(1, len(scene.objects))
        return Critique(critic=self.name, score=score, passed=not findings, findings=findings)


bench = sage.start("a pantry", seed=1)
bench.critics = (*bench.critics, HeightCritic())
for tool in ("floor_plan", "furnish", "populate", "settle"):
    bench.apply(sage.ToolCall(tool=tool))
*_, verdict = bench.review()
print(verdict.critic, "passed" if verdict.passed else "failed", f"score {verdict.score:.2f}")
for finding in verdict.findings[:5]:
    print(" ", finding.message)
assert verdict.critic == "height"
