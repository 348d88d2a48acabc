"""Critics that judge scenes, one module each."""

from sage.critics.access import AccessCritic
from sage.critics.looks import LooksCritic
from sage.critics.physics import PhysicsCritic
from sage.critics.plausibility import PlausibilityCritic
from sage.critics.task import TaskCritic
from sage.critique import Critic

__all__ = ["CRITICS"]

CRITICS: tuple[Critic, ...] = (
    TaskCritic(),
    PlausibilityCritic(),
    AccessCritic(),
    PhysicsCritic(),
    LooksCritic(),
)
"""Critics of every generated scene, cheap ones first."""
