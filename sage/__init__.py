"""sage: embodied tasks in words become stable, simulator-ready indoor 3D scenes.

World frame: right-handed, z up, floor at z = 0; SI units; quaternions wxyz.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from sage.errors import SageError, UserError

if TYPE_CHECKING:
    from sage.scene import Scene
    from sage.task import Task
    from service.dataset.reader import Dataset
    from service.wiring import generate, resume

__all__ = ["Dataset", "SageError", "Scene", "Task", "UserError", "generate", "resume"]

_LAZY = {
    "Dataset": "service.dataset.reader",
    "Scene": "sage.scene",
    "Task": "sage.task",
    "generate": "service.wiring",
    "resume": "service.wiring",
}


def __getattr__(name: str) -> Any:
    """Import what is heavy only when it is asked for."""
    if name not in _LAZY:
        raise AttributeError(f"module 'sage' has no attribute {name!r}")
    return getattr(import_module(_LAZY[name]), name)
