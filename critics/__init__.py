"""The judges, one file each."""

from critics.access import AccessCritic
from critics.looks import LooksCritic
from critics.physics import PhysicsCritic
from critics.plausibility import PlausibilityCritic
from critics.task import TaskCritic
from sage.critique import Critic

__all__ = ["CRITICS"]

CRITICS: tuple[Critic, ...] = (
    TaskCritic(),
    PlausibilityCritic(),
    AccessCritic(),
    PhysicsCritic(),
    LooksCritic(),
)
"""Every critic, cheap ones first."""
