"""Robustness of a resting scene to shocks of the room and small displacements of its objects."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.spatial.transform import Rotation

from sage.context import Context
from sage.critique import Critique, Finding
from sage.geometry import Pose
from sage.scene import GRAVITY, Scene
from sage.simulation.physics import World, touching_pairs
from sage.spatial.layout import Layout
from sage.spatial.predicates import CONTACT_M, is_supported

__all__ = ["ShakeCritic", "nudged"]

_LIFT_M = 0.0005
"""Clearance of displaced objects above their support [m]."""


@dataclass(frozen=True)
class ShakeCritic:
    """Disturbs the resting scene in two ways and counts objects that stay on their supports; always passes.

    Pulse: the room accelerates horizontally, along x and, from rest again, along y. Nudge: every free object
    is shifted and turned by a small random amount, and raised until it is clear of its support. Objects
    without support from the start do not count.
    """

    name: str = "shake"
    pulse_g: float = 0.3
    """Horizontal acceleration of the room, in units of gravity."""
    pulse_s: float = 0.2
    """Duration of the acceleration [s]."""
    nudge_m: float = 0.002
    """Horizontal shift of each object [m]."""
    nudge_rad: float = math.radians(0.5)
    """Rotation of each object about a random axis [rad]."""
    after_s: float = 1.5
    """Simulated time after the disturbance [s]."""

    def review(self, scene: Scene, context: Context) -> Critique:
        """Judge a scene."""
        resting = self._supported(scene, scene, context, None) - {o.id for o in scene.objects if o.fixed}
        strength = self.pulse_g * GRAVITY
        kept = {
            "a pulse along x": self._supported(scene, scene, context, (strength, 0.0, 0.0)),
            "a pulse along y": self._supported(scene, scene, context, (0.0, strength, 0.0)),
            "a nudge": self._supported(scene, self._nudged(scene, context), context, (0.0, 0.0, 0.0)),
        }
        findings = tuple(
            Finding(
                kind="shaken_off",
                objects=(name,),
                message=f"{name!r} leaves {scene[name].support!r} after {cause}; move it away from the edge",
            )
            for cause, stayed in kept.items()
            for name in sorted(resting - stayed)
        )
        shares = {cause: len(resting & stayed) / max(1, len(resting)) for cause, stayed in kept.items()}
        if not resting:
            shares = dict.fromkeys(kept, 1.0)
        *pulses, nudge = shares.values()
        metrics = {"stays_when_pulsed": round(min(pulses), 4), "stays_when_nudged": round(nudge, 4)}
        return Critique(
            critic=self.name, score=min(metrics.values()), passed=True, findings=findings, metrics=metrics
        )

    def _supported(
        self, scene: Scene, start: Scene, context: Context, pulse: tuple[float, float, float] | None
    ) -> set[str]:
        """Return the ids of the objects that rest on their supports after a pulse.

        Args:
            scene: the scene.
            start: the scene with its objects at the poses before the simulation.
            context: asset store and cancellation.
            pulse: acceleration of the room [m/s2]; None to test at once, without simulation.
        """
        context.check()
        with World(start, context.store) as world:
            if pulse is not None:
                world.accelerate(pulse)
                world.step(self.pulse_s)
                world.accelerate((0.0, 0.0, 0.0))
                world.step(self.after_s)
            poses, joints = world.state().poses, world.state().joints
            touching = touching_pairs(world.contacts(CONTACT_M))
        solid = [item for item in scene.objects if not item.covering]
        now = scene.updating(
            *(item.model_copy(update={"pose": poses[item.id], "joints": joints[item.id]}) for item in solid)
        )
        layout = Layout(now, context.store)
        return {item.id for item in solid if is_supported(layout[item.id], layout, touching)}

    def _nudged(self, scene: Scene, context: Context) -> Scene:
        rng = np.random.default_rng(scene.seed)
        return nudged(scene, context, rng, shift=self.nudge_m, turn=self.nudge_rad)


def nudged(scene: Scene, context: Context, rng: np.random.Generator, *, shift: float, turn: float) -> Scene:
    """Return the scene with each free object shifted, turned, and raised clear of its support.

    Args:
        scene: the scene.
        context: asset store.
        rng: random generator.
        shift: distance of each shift, in a random horizontal direction [m].
        turn: angle of each rotation, about a random axis through the object's middle [rad].
    """
    layout, raised = Layout(scene, context.store), dict[str, float]()
    moved = []
    for item in sorted(scene.objects, key=lambda item: scene.layer(item.id)):
        below = raised.get(item.support, 0.0)
        raised[item.id] = below
        if item.fixed or item.covering or item.support in ("wall", "ceiling"):
            continue
        located = layout[item.id]
        reach = float(np.linalg.norm(located.high - located.low)) / 2
        rise = reach * math.sin(turn) + _LIFT_M
        raised[item.id] = below + 2 * rise
        heading, axis = rng.uniform(-math.pi, math.pi), rng.normal(size=3)
        quat = Rotation.from_rotvec(turn * axis / np.linalg.norm(axis)).as_quat(scalar_first=True)
        w, i, j, k = quat.tolist()
        middle = (located.high + located.low) / 2
        x, y, z = middle.tolist()
        offset = (shift * math.cos(heading), shift * math.sin(heading), below + rise)
        new = (middle + offset).tolist()
        about = Pose(position=(new[0], new[1], new[2]), orientation=(w, i, j, k))
        pose = about @ Pose(position=(-x, -y, -z)) @ item.pose
        moved.append(item.model_copy(update={"pose": pose}))
    return scene.updating(*moved)
