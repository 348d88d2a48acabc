"""sage: embodied tasks in words become stable, simulator-ready indoor 3D scenes.

World frame: right-handed, z up, floor at z = 0; SI units; quaternions wxyz.
"""

from __future__ import annotations

from typing import Any

from sage.errors import SageError, UserError
from sage.scene import Scene
from sage.task import Task

__all__ = ["SageError", "Scene", "Task", "UserError", "generate"]


def __getattr__(name: str) -> Any:
    """Reach the wiring only when `sage.generate` is asked for, so that importing stays light."""
    if name == "generate":
        from service.wiring import generate

        return generate
    raise AttributeError(f"module 'sage' has no attribute {name!r}")
